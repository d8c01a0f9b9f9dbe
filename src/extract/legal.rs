//! Legal forms that stand behind a name with marks between: "Alfa Co., Ltd.".

use super::cut::{Cut, Run};

/// Forms behind a mark.
const FORMS: &[&str] = &[
    "Ltd",
    "Limited",
    "Inc",
    "LLC",
    "Corp",
    "Tbk",
    "GmbH",
    "Plc",
    "Bhd",
    "Co",
    "Pte",
    "Sdn",
    "LTD",
    "INC",
    "Incorporated",
    "Corporation",
    "JSC",
    "FZE",
    "DMCC",
    "SA",
    "NV",
    "BV",
    "AG",
];
/// Forms whose dot is their own.
const SHORT: &[&str] = &["Ltd", "Inc", "Corp", "Tbk", "Co", "Pte", "Sdn", "LTD", "INC", "Plc"];

/// Takes such forms into the names before them.
pub(super) fn legal_forms(cut: &mut Cut, text: &str) {
    let tokens = &cut.tokens;
    let is = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|t| words.contains(&t.text(text)));
    let mut kept: Vec<Run> = Vec::new();
    for run in &cut.runs {
        if kept.last().is_some_and(|last| run.from < last.to) {
            continue;
        }
        let mut run = *run;
        loop {
            // "Co., Ltd", "Co. Ltd", "Alfa, Inc".
            let marks = usize::from(is(run.to, &["."]) && is(run.to - 1, SHORT));
            let marks = marks + usize::from(is(run.to + marks, &[","]));
            let inner = marks > 0 && is(run.to + marks, FORMS);
            // "Ltd." before what goes on in small letters or with a comma.
            let more = tokens.get(run.to + 1).is_some_and(|t| !t.is_name_like());
            let own = is(run.to, &["."]) && is(run.to - 1, SHORT) && more;
            match () {
                () if inner => run.to += marks + 1,
                () if own => {
                    run.to += 1;
                    break;
                }
                () => break,
            }
        }
        kept.push(run);
    }
    cut.runs = kept;
}
