use super::{Scratch, TRIANGLE, katak};

fn ask(question: &str, more: &[&str]) -> super::Ran {
    let scratch = Scratch::new(&[("r.ron", TRIANGLE), ("facts/x", "")]);
    let (rules, facts) = (scratch.path("r.ron"), scratch.path("facts"));
    let mut all = vec!["ask", question, "--rules", &rules, "--facts", &facts];
    all.extend(more);
    katak(&all)
}

#[test]
fn bindings_are_json_lines_when_piped_and_the_code_is_0() {
    let ran = ask(r#"ally("Katak", who, rival)"#, &[]);
    assert_eq!((ran.code, &*ran.out), (0, "{\"who\": \"Kodok\", \"rival\": \"Ular\"}\n"), "{}", ran.err);
}

#[test]
fn nothing_found_is_code_1_and_no_data() {
    let ran = ask(r#"ally("Ular", who, rival)"#, &[]);
    assert_eq!((ran.code, &*ran.out), (1, ""), "{}", ran.err);
}

#[test]
fn a_question_without_variables_is_yes_or_no() {
    let yes = ask(r#"ally("Katak", "Kodok", "Ular")"#, &["--format", "table"]);
    assert_eq!((yes.code, &*yes.out), (0, "yes\n"), "{}", yes.err);
    let no = ask(r#"ally("Katak", "Ular", "Ular")"#, &["--format", "table"]);
    assert_eq!((no.code, &*no.out), (1, "no\n"), "{}", no.err);
}

#[test]
fn several_literals_with_negation_are_one_question() {
    let ran = ask(r#"rival(x, "Ular"), not(partner(_, x))"#, &["--format", "csv"]);
    assert_eq!((ran.code, &*ran.out), (0, "x\nKatak\n"), "{}", ran.err);
}

#[test]
fn every_format_prints_the_same_rows() {
    let of = |format| ask("rival(x, y)", &["--format", format]).out;
    assert_eq!(of("ron"), "answer(\"Katak\", \"Ular\")\nanswer(\"Kodok\", \"Ular\")\n");
    insta::assert_snapshot!(of("table"));
}

#[test]
fn a_broken_question_is_code_2_with_the_place_underlined() {
    let ran = ask("alli(x, y)", &[]);
    assert_eq!((ran.code, &*ran.out), (2, ""));
    insta::assert_snapshot!(ran.err);
}

#[test]
fn without_facts_the_way_out_is_told() {
    let ran = katak(&["ask", "partner(x, y)"]);
    assert_eq!((ran.code, &*ran.out), (2, ""));
    assert!(ran.err.contains("--articles"), "{}", ran.err);
}

#[test]
fn the_plan_of_a_question_asks_for_what_its_constants_lead_to() {
    let rules = r#"(rules: [
        (name: "one", then: reach(x, y), when: [edge(x, y)]),
        (name: "on", then: reach(x, z), when: [reach(x, y), edge(y, z)]),
    ], facts: [edge(1, 2), edge(2, 3), edge(4, 5)])"#;
    let scratch = Scratch::new(&[("r.ron", rules), ("facts/x", "")]);
    let (rules, facts) = (scratch.path("r.ron"), scratch.path("facts"));
    let ran = katak(&["ask", "reach(1, y)", "--rules", &rules, "--facts", &facts, "--explain-plan"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("recursive: reach[bf]") && ran.out.contains("reach[bf] wanted"), "{}", ran.out);
    let ran = katak(&["ask", "reach(1, y)", "--rules", &rules, "--facts", &facts, "--format", "csv"]);
    assert_eq!(ran.out, "y\n2\n3\n", "{}", ran.err);
}

#[test]
fn wrong_use_is_code_2_and_help_is_0() {
    assert_eq!(katak(&["ask"]).code, 2);
    assert_eq!(katak(&["leap"]).code, 2);
    assert_eq!(katak(&["--help"]).code, 0);
    assert_eq!(katak(&["--version"]).out, format!("katak {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_runaway_question_ends_with_code_3_and_names_rule_and_limit() {
    let rules = r#"(rules: [(name: "onwards", then: n(add(x, 1)), when: [n(x)])], facts: [n(0)])"#;
    let scratch = Scratch::new(&[("r.ron", rules)]);
    let path = scratch.path("r.ron");
    let ran = katak(&["run", "--rules", &path, "--max-rounds", "100"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("onwards") && ran.err.contains("100"), "{}", ran.err);
}

#[test]
fn the_readme_shows_what_its_questions_give() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let part = |from: &str, to: &str| {
        let begun = &readme[readme.find(from).expect(from) + from.len()..];
        begun[..begun.find(to).expect(to)].to_string()
    };
    let table = ["--articles", "data/articles", "--format", "table"];
    let question = part("-- ask --articles data/articles '", "'");
    let first = katak(&[&["ask", &*question], &table[..]].concat());
    assert!(readme.contains(first.out.trim()), "{}", first.out);
    let rules = part("**Write a rule.**", "**Check it.**");
    let rules = &rules[rules.find("```ron\n").unwrap() + 7..rules.rfind("```").unwrap()];
    let scratch = Scratch::new(&[("squeezed.ron", rules)]);
    let question = part("ask --rules squeezed.ron --articles data/articles '", "'");
    let second =
        katak(&[&["ask", "--rules", &scratch.path("squeezed.ron"), &*question], &table[..]].concat());
    assert!(readme.contains(second.out.trim()), "{}", second.out);
}
