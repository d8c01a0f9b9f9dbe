//! Valid rule texts are read as meant, with places that point at the text.

use katak::base::{SourceId, SourceMap};
use katak::syntax::{parse_program, parse_question};

const SHOWCASE: &str = r##"// A comment, and é to tell bytes from characters.
(
    doc: "Who has a reason to stand together",
    include: ["base.ron"],
    relations: [
        shared_rival(a: entity, b: entity, rival: entity),
        rivals(company: entity, count: int),
        open(a, b), /* a /* nested */ comment */
        alarm(),
    ],
    rules: [
        (
            name: "shared rival",
            doc: "é",
            then: [shared_rival(a, b, r), open(a, b)],
            when: [rival(a, r), rival(subject: b, object: r), lt(a, b), not(partner(a, _))],
            because: (en: "{a} and {b} both compete with {r}", id: "{a} dan {b}"),
        ),
        (then: rivals(c, n), when: [company(c), eq(n, count(r, [rival(c, r), not(eq(r, "x"))]))]),
        (then: distance(x, min(add(d, w)),), when: [distance(y, d), edge(y, x, w)], because: r#"a "why""#),
        (then: alarm(), when: [gt(count([partner(_, _)]), -2), ne(max(x, [p(x)]), 0.50)]),
    ],
    facts: [company("Tencent"), born("a\u{e9}\n", date("2020-03"), true, 1_000, 0xff, add(1, 2)), p(1e3)],
)
"##;

#[test]
fn every_form_of_the_language_is_read_and_prints_as_datalog() {
    let file = parse_program(SHOWCASE, SourceId(0)).unwrap();
    insta::assert_snapshot!(file.program.to_string());
    assert_eq!(file.include.len(), 1);
    assert_eq!(file.program.rules[0].because.get("id").unwrap().as_ref(), "{a} dan {b}");
    assert_eq!(file.program.rules[2].because.get("en").unwrap().as_ref(), "a \"why\"");
}

#[test]
fn places_count_bytes_also_after_wide_characters() {
    let mut sources = SourceMap::new();
    let source = sources.add("x", SHOWCASE);
    let file = parse_program(SHOWCASE, source).unwrap();
    let at = |l: katak::base::Location| sources.get(l.source).slice(l.span);
    let rule = &file.program.rules[0];
    assert_eq!(at(rule.when[1].at()), "rival(subject: b, object: r)");
    assert_eq!(at(rule.name.at), "\"shared rival\"");
    assert_eq!(at(rule.then[1].at), "open(a, b)");
    assert!(at(rule.at).starts_with("(\n            name") && at(rule.at).ends_with(')'));
    assert_eq!(at(file.program.relations[0].at), "shared_rival(a: entity, b: entity, rival: entity)");
}

#[test]
fn a_question_is_one_literal_or_several() {
    let question = parse_question("partner(\"Huawei\", x), not(rival(x, \"AS\")),", SourceId(0)).unwrap();
    assert_eq!(question.len(), 2);
    assert!(parse_question("partner(x", SourceId(0)).is_err());
    assert!(parse_question("  ", SourceId(0)).is_err());
}
