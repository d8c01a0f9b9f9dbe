//! Legal forms around a name: "PT Alfa Tbk", "Alfa Co., Ltd.".

use super::cues::Cues;
use super::cut::Cut;
use super::extractor::Extractor;

/// Takes forms that stand behind a name with marks between into it.
pub(super) fn legal_forms(cut: &mut Cut, text: &str, cues: &Cues) {
    let tokens = &cut.tokens;
    let is = |at: usize, mark: &str| tokens.get(at).is_some_and(|t| t.is(text, mark));
    // "PT" stands before its name.
    let form = |at: usize| {
        let classes = cut.classes.get(at);
        classes.is_some_and(|c| *c & cues.legal_form != 0 && *c & cues.company_head == 0)
            && tokens[at].is_name_like()
    };
    let mut last = 0;
    let any = cut.all & cues.legal_form != 0;
    cut.runs.retain_mut(|run| {
        if run.from < last {
            return false;
        }
        if !any {
            last = run.to;
            return true;
        }
        loop {
            // "Co., Ltd", "Co. Ltd", "Alfa, Inc".
            let dotted = is(run.to, ".") && form(run.to - 1);
            let marks = usize::from(dotted);
            let marks = marks + usize::from(is(run.to + marks, ","));
            let inner = marks > 0 && form(run.to + marks);
            // "Ltd." before what goes on in small letters or with a comma.
            let more = tokens.get(run.to + 1).is_some_and(|t| !t.is_name_like());
            match () {
                () if inner => run.to += marks + 1,
                () if dotted && more => {
                    run.to += 1;
                    break;
                }
                () => break,
            }
        }
        last = run.to;
        true
    });
}

/// A name in lower case without its legal forms.
pub(super) fn core<'n>(x: &Extractor, name: &'n str) -> &'n str {
    let is = |word: &str| x.trie.classes(word.trim_matches(['.', ',', '(', ')'])) & x.cues.legal_form != 0;
    let mut rest = name;
    loop {
        let shorter = match (rest.split_once(' '), rest.rsplit_once(' ')) {
            (Some((first, behind)), _) if is(first) => behind,
            (_, Some((before, last))) if is(last) => before,
            _ => return rest.trim_end_matches(','),
        };
        if !shorter.contains(' ') {
            return rest.trim_end_matches(',');
        }
        rest = shorter;
    }
}
