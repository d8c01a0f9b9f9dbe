//! What is broken in a rule text hides nothing of the rest, and nothing is said
//! of the rest that isn't so.

use katak::analysis::check;
use katak::base::{Diagnostic, EntityNames, SourceId};
use katak::logic::Program;
use katak::syntax::read_program;

/// Without fault, and with much that rests on something else: inferred types,
/// columns known by one head alone, a base relation declared anew.
const SOUND: &str = r##"(
    doc: "What is sound",
    relations: [
        edge(from: text, to: text, weight: int), price(item: text, price: decimal),
        alarm(), open(a, b), alias(x: entity, y: text),
    ],
    rules: [
        (name: "named", then: either(left: a, right: b), when: [claim(kind: "partner", a: a, b: b)]),
        (name: "by name", then: either(right: a, left: b), when: [either(left: a, right: b)]),
        (then: [circle(a, c), open(a, c)], when: [ne(a, c), either(a, b), circle(b, c), not(rival(a, c))]),
        (then: circle(a, b), when: [either(a, b)], because: (en: "{a} and {b}", id: "{a} dan {b}")),
        (then: rivals(c, n), when: [eq(n, count(r, [rival(c, r)])), circle(c, _)]),
        (then: distance(x, min(add(d, w))), when: [distance(y, d), edge(y, x, w)]),
        (then: distance("start", min(0)), when: []),
        (then: far(x), when: [distance(x, d), gt(d, max(w, [edge(_, _, w)]))]),
        (then: taxed(i, mul(p, 1.1)), when: [price(i, p), gt(p, 10), matches(i, "[a-z]+")]),
        (then: cheap(i), when: [taxed(i, p), price(i, q), lt(p, least(q, 3)), tax(r), le(r, p)]),
        (then: alarm(), when: [alarms(n), eq(5, n), alias(x: "AS")]),
        (then: alarms(n), when: [range(n, 0, 10), eq(m, add(n, 1)), gt(m, 2)]),
        (then: old(a, y), when: [article(a, _, d, _), eq(y, year(d)), before(d, date("2020"))]),
    ],
    facts: [rival("AS", "Tencent"), price("tea", 3), tax(2.5), edge("start", "end", pow(2, 5)), alarms(4)],
)"##;

fn read(text: &str) -> (Program, Vec<Diagnostic>, Vec<Diagnostic>) {
    let (file, broken) = read_program(text, SourceId(0));
    let found = check(&file.program, &EntityNames::new());
    assert!(broken.is_empty() || file.program.lost.is_empty() || found.program.is_none());
    (file.program, broken, found.diagnostics)
}

/// That the rest of a sound text that was broken passes.
fn passes(text: &str) -> bool {
    let (_, broken, found) = read(text);
    let wrong: Vec<_> = found.iter().filter(|one| one.is_error()).collect();
    assert!(broken.is_empty() || wrong.is_empty(), "{text}\n{broken:#?} also {wrong:#?}");
    broken.is_empty()
}

#[test]
fn two_quotes_left_out_make_no_other_error() {
    let quotes: Vec<usize> = SOUND.match_indices('"').map(|found| found.0).collect();
    for (n, first) in quotes.iter().enumerate() {
        for second in &quotes[n + 1..] {
            let parts = [&SOUND[..*first], &SOUND[first + 1..*second], &SOUND[second + 1..]];
            passes(&parts.concat());
        }
    }
}

#[test]
fn what_is_broken_in_a_sound_text_makes_no_other_error() {
    let (_, broken, found) = read(SOUND);
    assert!(broken.is_empty() && !found.iter().any(Diagnostic::is_error), "{broken:#?} {found:#?}");
    let mut seen = 0;
    for (at, c) in SOUND.char_indices() {
        let (before, behind) = SOUND.split_at(at);
        let mut texts: Vec<String> = Vec::new();
        // A letter less would be another name, which is no matter of syntax.
        if !c.is_alphanumeric() {
            texts.push(format!("{before}{}", &behind[c.len_utf8()..]));
        }
        let put = ["(", ")", "[", "]", "\"", ", ", " x ", ":", " 5x ", " not("];
        // Some of the places for each.
        let put = put.into_iter().enumerate().filter(|(n, _)| (at + n) % 3 == 0);
        texts.extend(put.map(|(_, put)| format!("{before}{put}{behind}")));
        for text in texts {
            seen += usize::from(!passes(&text));
        }
    }
    assert!(seen > 3000, "{seen}");
}
