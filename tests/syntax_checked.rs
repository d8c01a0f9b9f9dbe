//! Valid programs pass every check: orders, types and strata are as meant.

use katak::analysis::{Checked, check, check_with_question, show_rule};
use katak::base::{EntityNames, SourceId, Type};
use katak::logic::Program;
use katak::logic::typed::RuleId;
use katak::syntax::{parse_program, parse_question};
use std::fmt::Write;

fn parse(text: &str) -> Program {
    parse_program(text, SourceId(0)).unwrap_or_else(|found| panic!("{found:#?}")).program
}

fn names() -> EntityNames {
    let mut names = EntityNames::new();
    names.add_name("Amerika Serikat", "AS");
    names
}

/// Relations with types, rules in Datalog, facts, strata.
fn describe(checked: Checked) -> String {
    let Some(program) = checked.program else { panic!("{:#?}", checked.diagnostics) };
    let mut out = String::new();
    for relation in program.relations().iter().filter(|r| r.derived) {
        let columns: Vec<_> = relation.columns.iter().map(|(n, t)| format!("{n}: {t}")).collect();
        let extremum = relation.extremum.map(|(n, op)| format!(" {op} of {n}")).unwrap_or_default();
        writeln!(out, "{}({}){extremum}", relation.name, columns.join(", ")).unwrap();
    }
    for rule in program.rules() {
        writeln!(out, "{}", show_rule(&program, rule.id)).unwrap();
    }
    for (relation, row) in program.facts() {
        writeln!(out, "{} {row:?}", program.relation(*relation).name).unwrap();
    }
    for stratum in program.strata() {
        let names: Vec<_> = stratum.relations.iter().map(|r| &*program.relation(*r).name).collect();
        let rules: Vec<_> = stratum.rules.iter().map(|RuleId(n)| n).collect();
        writeln!(out, "stratum {names:?} rules {rules:?} recursive {}", stratum.recursive).unwrap();
    }
    out
}

const ALL: &str = r##"(
    relations: [
        edge(from: text, to: text, weight: int),
        price(item: text, price: decimal),
        alarm(),
        open(a, b),
    ],
    rules: [
        (then: company(x), when: [mentioned(entity: x, kind: "company")]),
        (then: partner(a, b), when: [claim(kind: "partner", a: a, b: b, status: "asserted")]),
        (name: "either way", then: partner(a, b), when: [partner(b, a)]),
        (then: [circle(a, c), open(a, c)], when: [ne(a, c), partner(a, b), circle(b, c), not(rival(a, c))]),
        (then: circle(a, b), when: [partner(a, b)]),
        (then: rivals(c, n), when: [eq(n, count(r, [rival(c, r)])), company(c)]),
        (then: distance(x, min(add(d, w))), when: [distance(y, d), edge(y, x, w)]),
        (then: distance("start", min(0)), when: []),
        (then: far(x), when: [distance(x, d), gt(d, max(w, [edge(_, _, w)]))]),
        (then: total(s), when: [eq(s, sum(p, [price(_, p)]))]),
        (then: dear(i), when: [price(i, p), gt(p, 10), matches(i, "[a-z]+")]),
        (then: taxed(i, mul(p, 1.1)), when: [price(i, p)]),
        (then: alarm(), when: [alarms(n), eq(5, n)]),
        (then: alarms(n), when: [range(n, 0, 10), eq(m, add(n, 1)), gt(m, 2)]),
        (then: old(a, y), when: [article(a, _, d, _), eq(y, year(d)), before(d, date("2020"))]),
        (then: dated(a), when: [date(a, date("2020-03"))]),
        (then: nested(c), when: [company(c), gt(count(r, [rival(c, r), gt(count(x, [rival(r, x), ne(x, c)]), 1)]), 2)]),
        (then: named(t), when: [company(c), eq(t, concat("x ", lower(c)))]),
        (then: american(x), when: [partner("AS", x), not(eq(x, "as")), not(contains(x, "Inc"))]),
        (then: mutual_a(x), when: [mutual_b(x)]),
        (then: mutual_b(x), when: [mutual_a(x)]),
        (then: mutual_a(x), when: [company(x)]),
    ],
    facts: [
        rival("AS", "Tencent"),
        rival("Amerika Serikat", "Tencent"),
        price("tea", 3),
        price("rice", add(1.5, 2)),
        edge("start", "end", pow(2, 5)),
        alarms(least(3, 4)),
    ],
)"##;

#[test]
fn every_feature_passes_with_types_orders_and_strata() {
    insta::assert_snapshot!(describe(check(&parse(ALL), &names())));
}

#[test]
fn a_question_becomes_a_relation_with_a_column_per_variable() {
    let ask = |text: &str| {
        let question = parse_question(text, SourceId(1)).unwrap();
        let (checked, columns) = check_with_question(&parse(ALL), &question, &names());
        let Some(program) = checked.program else { panic!("{:#?}", checked.diagnostics) };
        assert_eq!(checked.diagnostics, []);
        let id = program.find("?").unwrap();
        let shown = show_rule(&program, program.rules().last().unwrap().id);
        assert_eq!(program.relation(id).columns, columns);
        (shown, columns.into_iter().map(|c| (c.0.to_string(), c.1)).collect::<Vec<_>>())
    };
    let (shown, columns) =
        ask("not(rival(x, \"AS\")), partner(\"Huawei\", x), eq(n, count(r, [rival(x, r)]))");
    insta::assert_snapshot!(shown);
    assert_eq!(columns, [("x".into(), Type::Entity), ("n".into(), Type::Int)]);
    assert_eq!(ask("partner(\"Huawei\", \"as\")").1, []);
}

#[test]
fn a_declaration_of_ones_own_replaces_a_base_relation() {
    let program =
        parse(r#"(relations: [date(x: int)], rules: [(then: p(x), when: [date(x)])], facts: [date(1)])"#);
    insta::assert_snapshot!(describe(check(&program, &EntityNames::new())));
}
