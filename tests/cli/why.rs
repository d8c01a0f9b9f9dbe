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
