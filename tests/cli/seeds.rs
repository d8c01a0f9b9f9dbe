//! The three real articles that the project began with, read where they are.

use super::{Ran, katak, shared};

fn on_seeds(command: &str, question: &str, more: &[&str]) -> Option<Ran> {
    let seeds = shared("seeds")?;
    let mut all = vec![command, question, "--articles", seeds.to_str()?];
    all.extend(more);
    Some(katak(&all))
}

#[test]
fn partners_of_huawei_are_all_found_and_no_more_from_related_links() {
    let Some(ran) = on_seeds("ask", r#"partner("Huawei", x)"#, &["--format", "csv"]) else { return };
    for partner in ["Sberbank", "Xiaomi", "Oppo", "Vivo", "Global Developer Service Alliance", "Quick App"] {
        assert!(
            ran.out.to_lowercase().lines().any(|line| line.contains(&partner.to_lowercase())),
            "{partner}: {}",
            ran.out
        );
    }
    assert!(!["Google", "Telegram", "Rusia"].iter().any(|name| ran.out.contains(name)), "{}", ran.out);
}

#[test]
fn wechat_explains_why_huawei_and_xiaomi_allied() {
    let Some(shared) = on_seeds("ask", r#"shared_rival("Huawei", "Xiaomi", r)"#, &[]) else { return };
    assert!(shared.out.contains("WeChat"), "{}", shared.out);
    let Some(reason) = on_seeds("ask", r#"alliance_reason("Huawei", "Xiaomi", "common rival", who)"#, &[])
    else {
        return;
    };
    assert!(reason.out.contains("WeChat"), "{}", reason.out);
}

#[test]
fn facebook_and_xiaomi_are_no_partners_but_the_denial_is_kept() {
    let Some(ran) = on_seeds("ask", r#"partner("Facebook", "Xiaomi")"#, &[]) else { return };
    assert_eq!(ran.code, 1, "{}", ran.out);
    let Some(ran) = on_seeds("ask", r#"claim(_, "partner", "Facebook", "Xiaomi", status, _, article)"#, &[])
    else {
        return;
    };
    assert!(ran.out.contains("negated"), "{}", ran.out);
}

#[test]
fn any_name_of_the_united_states_finds_its_sanction() {
    for name in ["AS", "Amerika Serikat", "United States"] {
        let Some(ran) = on_seeds("ask", &format!("sanction({name:?}, \"Huawei\")"), &[]) else { return };
        assert_eq!(ran.code, 0, "{name}: {}", ran.err);
    }
}

#[test]
fn a_proof_ends_in_article_span_and_sentence() {
    let fact = r#"shared_rival("Huawei","Xiaomi","WeChat")"#;
    let Some(tree) = on_seeds("why", fact, &["--format", "table"]) else { return };
    for part in ["shared rival", "both compete with", "001_d23373b9ca82ce42", "melawan pesaing bersama"] {
        assert!(tree.out.contains(part), "no `{part}` in {}", tree.out);
    }
    let Some(data) = on_seeds("why", fact, &["--format", "jsonl"]) else { return };
    let proof: serde_json::Value = serde_json::from_str(data.out.lines().next().unwrap_or("")).expect("JSON");
    let text = proof.to_string();
    assert!(text.contains("\"start\":") && text.contains("\"sentence\":"), "{text}");
}
