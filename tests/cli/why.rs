use super::{Scratch, TRIANGLE, katak};

#[test]
fn a_proof_names_rules_prose_and_given_facts() {
    let scratch = Scratch::new(&[("r.ron", TRIANGLE), ("facts/x", "")]);
    let (rules, facts) = (scratch.path("r.ron"), scratch.path("facts"));
    let why = |fact: &str, format: &str| {
        katak(&["why", fact, "--rules", &rules, "--facts", &facts, "--format", format])
    };
    let ran = why(r#"ally("Katak", "Kodok", "Ular")"#, "table");
    assert_eq!(ran.code, 0, "{}", ran.err);
    insta::assert_snapshot!(ran.out);
    let data = why(r#"ally("Katak", _, who)"#, "jsonl");
    for line in data.out.lines() {
        serde_json::from_str::<serde_json::Value>(line).expect(line);
    }
    insta::assert_snapshot!(data.out);
}

#[test]
fn what_does_not_hold_has_no_proof_and_code_1() {
    let scratch = Scratch::new(&[("r.ron", TRIANGLE), ("facts/x", "")]);
    let (rules, facts) = (scratch.path("r.ron"), scratch.path("facts"));
    let ran = katak(&["why", r#"ally("Ular", "Kodok", "Ular")"#, "--rules", &rules, "--facts", &facts]);
    assert_eq!((ran.code, &*ran.out), (1, ""), "{}", ran.err);
}

#[test]
fn why_not_says_what_is_lacking_and_that_what_holds_holds() {
    let scratch = Scratch::new(&[("r.ron", TRIANGLE), ("facts/x", "")]);
    let (rules, facts) = (scratch.path("r.ron"), scratch.path("facts"));
    let why_not = |fact: &str| katak(&["why-not", fact, "--rules", &rules, "--facts", &facts]);
    let ran = why_not(r#"ally("Ular", "Kodok", "Ular")"#);
    assert_eq!(ran.code, 0, "{}", ran.err);
    insta::assert_snapshot!(ran.out);
    let ran = why_not(r#"ally("Katak", "Kodok", "Ular")"#);
    assert_eq!((ran.code, &*ran.out), (1, ""), "{}", ran.err);
}

/// Four articles with a rival of Grab each.
const RIVALS: &str = concat!(
    "{\"id\": \"a1\", \"published\": \"2020-01-01\", \"text\": \"Grab bersaing dengan Gojek.\"}\n",
    "{\"id\": \"a2\", \"published\": \"2020-02-01\", \"text\": \"Grab bersaing dengan Uber.\"}\n",
    "{\"id\": \"a3\", \"published\": \"2020-03-01\", \"text\": \"Grab bersaing dengan Apple.\"}\n",
);

#[test]
fn a_counted_fact_is_explained_down_to_every_sentence() {
    let scratch = Scratch::new(&[("a.jsonl", RIVALS)]);
    let articles = scratch.path("a.jsonl");
    let why = |more: &[&str]| {
        let ran = katak(&[&["why", r#"rivals("Grab", n)"#, "--articles", &articles], more].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out
    };
    let whole = why(&[]);
    for sentence in
        ["Grab bersaing dengan Gojek.", "Grab bersaing dengan Uber.", "Grab bersaing dengan Apple."]
    {
        assert!(whole.contains(sentence) && why(&["--format", "jsonl"]).contains(sentence), "{whole}");
    }
    assert!(!whole.contains("katak why"), "{whole}");
    for (option, n) in [("--depth", "2"), ("--rows", "1"), ("--nodes", "2")] {
        for format in ["table", "jsonl"] {
            let cut = why(&[option, n, "--format", format]);
            assert!(cut.contains(&format!("`katak why {option}`")), "{option}: {cut}");
        }
    }
}

#[test]
fn why_not_takes_a_repeated_variable_for_one_value() {
    let scratch = Scratch::new(&[("a.jsonl", RIVALS)]);
    let articles = scratch.path("a.jsonl");
    let ask = |command: &str, fact: &str| katak(&[command, fact, "--articles", &articles]);
    assert_eq!(ask("why", "rival(x, x)").code, 1);
    let none = ask("why-not", "rival(x, x)");
    assert_eq!(none.code, 0, "{}", none.err);
    assert!(
        none.out.starts_with("rival(x, x) doesn't hold") && none.out.contains("fails: eq("),
        "{}",
        none.out
    );
    let other = ask("why-not", "rival(x, y)");
    assert_eq!((other.code, &*other.out), (1, ""), "{}", other.err);
}
