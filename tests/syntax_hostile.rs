//! Whatever the text, reading and checking end cleanly.

use katak::analysis::{check, check_with_question};
use katak::base::{EntityNames, SourceId, SourceMap};
use katak::cli::report::render;
use katak::syntax::{parse_program, parse_question};
use proptest::prelude::*;

/// Reads and checks; every place must lie in the text, at characters' bounds.
fn survive(text: &str) {
    let mut sources = SourceMap::new();
    let source = sources.add("text", text);
    let found = match parse_program(text, source) {
        Ok(file) => check(&file.program, &EntityNames::new()).diagnostics,
        Err(found) => {
            assert!(!found.is_empty());
            found
        }
    };
    for label in found.iter().flat_map(|f| &f.labels) {
        assert!(text.get(label.at.span.range()).is_some(), "{label:?} in {text:?}");
    }
    render(&found, &sources, false);
}

fn valid() -> Vec<String> {
    let mut texts = vec![];
    for entry in std::fs::read_dir("tests/rejected").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "ron") {
            texts.push(std::fs::read_to_string(path).unwrap());
        }
    }
    texts.sort();
    texts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn random_text_never_panics(text in "\\PC{0,80}") {
        survive(&text);
        let _ = parse_question(&text, SourceId(0));
    }

    #[test]
    fn random_tokens_never_panic(tokens in prop::collection::vec(prop::sample::select(vec![
        "(", ")", "[", "]", "{", "}", ",", ":", "rules", "then", "when", "facts", "p", "x", "_", "not", "eq", "count",
        "min", "add", "date", "\"2020\"", "\"", "r#\"", "'", "\\", "1", "-", "0.5", "/*", "*/", "//", "\n", "é", " ",
    ]), 0..60)) {
        survive(&tokens.concat());
        survive(&format!("(rules: [(then: p(x), when: [{}])])", tokens.join(" ")));
        let _ = parse_question(&tokens.join(""), SourceId(0));
    }

    #[test]
    fn mutations_of_rule_files_never_panic(
        which in any::<prop::sample::Index>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..3, "\\PC"), 1..4),
    ) {
        let texts = valid();
        let mut chars: Vec<char> = which.get(&texts).chars().collect();
        for (at, kind, text) in edits {
            if chars.is_empty() {
                break;
            }
            let at = at.index(chars.len());
            match kind {
                0 => { chars.remove(at); }
                1 => chars.insert(at, text.chars().next().unwrap_or('x')),
                _ => chars.truncate(at.max(1)),
            }
        }
        survive(&chars.into_iter().collect::<String>());
    }

    /// Bodies of random literals: what passes the checks can be asked as well.
    #[test]
    fn random_bodies_are_ordered_or_refused(literals in prop::collection::vec(prop::sample::select(vec![
        "p(x, y)", "p(y, z)", "q(x)", "not(q(y))", "not(p(z, _))", "eq(x, add(y, 1))", "eq(z, x)", "lt(x, 3)",
        "range(y, 0, z)", "eq(n, count(w, [p(w, x)]))", "gt(sum(w, [p(w, n)]), 2)", "q(add(x, 1))",
    ]), 1..6)) {
        let program = parse_program("(facts: [p(1, 2), q(1)])", SourceId(0)).unwrap().program;
        let question = parse_question(&literals.join(", "), SourceId(1)).unwrap();
        let (checked, _) = check_with_question(&program, &question, &EntityNames::new());
        let errors = checked.diagnostics.iter().any(|d| d.is_error());
        prop_assert_eq!(errors, checked.program.is_none());
    }
}

#[test]
fn a_hundred_thousand_brackets_give_a_clean_error() {
    for (open, close) in
        [("(", ")"), ("[", "]"), ("p(", ")"), ("not(", ")"), ("add(1, ", ")"), ("count([", "])")]
    {
        let nested = format!("{}{}", open.repeat(100_000), close.repeat(100_000));
        for text in [
            nested.clone(),
            open.repeat(100_000),
            format!("(facts: [p({nested})])"),
            format!("(rules: [(then: p(), when: [{nested}])])"),
            format!("(rules: [{nested}])"),
        ] {
            let found = parse_program(&text, SourceId(0)).unwrap_err();
            assert!(found.len() < 10 && !found[0].message.is_empty());
        }
        assert!(parse_question(&nested, SourceId(0)).is_err());
    }
    let deep = format!("(facts: [p({}1{})])", "neg(".repeat(70), ")".repeat(70));
    assert!(parse_program(&deep, SourceId(0)).unwrap_err()[0].message.contains("64 levels"));
}

#[test]
fn a_comment_that_never_ends_is_named() {
    survive("(facts: [p(1)]) /* so");
    survive("/*");
    survive("(doc: r#\"abc");
}
