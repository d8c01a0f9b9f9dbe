//! Comparisons bound searches and are met by many rows at once; whatever the
//! type, the rows are those of the plain back end.

use super::rows;

/// Values of a type, some of which don't ascend as they are kept.
const VALUES: [&[&str]; 4] = [
    &["-3", "0", "5", "6", "7", "1073741823", "1073741824", "-9000000000", "9000000000"],
    &["\"b\"", "\"\"", "\"é\"", "\"a\"", "\"B\"", "\"ab\""],
    &["date(\"2020\")", "date(\"2020-03\")", "date(\"2019-12-31\")", "date(\"2020-03-01\")"],
    &["1.5", "-2.0", "1.0", "10.25", "0.25"],
];

fn rules(kind: &str, values: &[&str], body: &str) -> String {
    let mut facts = Vec::new();
    for (n, value) in values.iter().enumerate() {
        for key in 0..3 {
            if (n + key) % 3 > 0 {
                facts.push(format!("p({key}, {value})"));
            }
            if (n * 5 + key) % 4 > 0 {
                facts.push(format!("q({key}, {value})"));
            }
        }
    }
    format!(
        "(relations: [p(k: int, v: {kind}), q(k: int, v: {kind})],
          rules: [(name: \"r\", then: r(k, x, y), when: [{body}])], facts: [{}])",
        facts.join(", ")
    )
}

#[test]
fn comparisons_of_every_type_let_the_same_rows_through() {
    for (kind, values) in ["int", "text", "date", "decimal"].into_iter().zip(VALUES) {
        let mut found = 0;
        for test in ["lt", "le", "gt", "ge", "ne", "eq"] {
            for test in [
                format!("{test}(x, y)"),
                format!("{test}(y, x)"),
                format!("not({test}(x, y))"),
                format!("{test}(x, {0}), {test}({0}, y)", values[2]),
                format!("{test}(y, x), ne(y, {}), not(p(k, y))", values[0]),
            ] {
                for atoms in ["p(k, x), q(k, y)", "p(k, x), p(_, y), q(k, y)", "q(_, x), p(k, y)"] {
                    found += rows(&rules(kind, values, &format!("{atoms}, {test}")), "r").len();
                }
            }
        }
        assert!(found > 500, "{kind}: {found}");
    }
}

#[test]
fn aggregates_over_what_a_rule_starts_from_agree() {
    for kind in ["p(k, _)", "p(k, _), q(k, _)", "p(k, _), lt(k, 2)"] {
        for aggregate in
            ["count(v, [p(k, v)])", "sum(v, [p(k, v)])", "max(v, [p(k, v)])", "min(v, [q(k, v)])"]
        {
            let rule = format!(
                "(relations: [p(k: int, v: int), q(k: int, v: int)], rules: [
                   (name: \"r\", then: r(k, n), when: [{kind}, eq(n, {aggregate})]),
                   (name: \"s\", then: s(n, k), when: [{kind}, eq(n, {aggregate}), gt(count(w, [p(k, w)]), 1)])],
                  facts: [p(1, 2), p(1, 3), p(1, 9000000000), p(2, -5), p(0, 0), p(0, 7), q(0, 1), q(1, 4), q(1, -4)])"
            );
            assert!(!rows(&rule, "r").is_empty(), "{rule}");
            assert!(!rows(&rule, "s").is_empty(), "{rule}");
        }
    }
}

#[test]
fn many_rows_give_the_same_gone_through_or_put_in_order() {
    let hits: Vec<String> = (0..12)
        .map(|n| format!("(name: \"hit {n}\", then: hit(x, {n}), when: [p(x, {n}, _), ne(x, 17)])"))
        .collect();
    let rules = format!(
        "(rules: [
           (name: \"many\", then: p(x, rem(mul(x, 7), 13), rem(x, 5)), when: [range(x, 0, 6000)]),
           (name: \"there\", then: there(2), when: [p(_, _, 4)]),
           (name: \"both\", then: both(x), when: [p(x, 3, 3), not(p(x, 4, _)), lt(x, 100)]),
           (name: \"same\", then: same(x), when: [p(x, x, 1)]), {}])",
        hits.join(", ")
    );
    assert_eq!(rows(&rules, "hit").len(), (0..6000).filter(|x| x * 7 % 13 < 12 && *x != 17).count());
    assert_eq!(rows(&rules, "there"), ["(2)"]);
    assert_eq!(rows(&rules, "both").len(), (0..100).filter(|x| x * 7 % 13 == 3 && x % 5 == 3).count());
}
