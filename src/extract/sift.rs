//! What looks like a name and is none, and what belongs to one.

use super::cues::Cues;
use super::cut::Cut;
use super::token::{Shape, Token};

/// Takes the figure of a footnote off a sentence's last word, and gives that word: "PT Alfa
/// Beta3.".
pub(super) fn footnote<'t>(text: &str, tokens: &'t mut [Token]) -> Option<&'t mut Token> {
    let at = tokens.iter().rposition(|t| t.shape != Shape::Mark)?;
    let [.., before, word] = &mut tokens[..=at] else { return None };
    if !text.as_bytes()[word.end as usize - 1].is_ascii_digit() {
        return None;
    }
    let bare = word.text(text).trim_end_matches(|c: char| c.is_ascii_digit());
    let figures = word.text(text).len() - bare.len();
    let small = bare.len() > 4 && bare.ends_with(char::is_lowercase);
    if !((1..=2).contains(&figures) && small && word.is_name_like() && before.is_name_like()) {
        return None;
    }
    word.end -= figures as u32;
    Some(word)
}

/// Drops runs that name nobody.
pub(super) fn sift(cut: &mut Cut, text: &str, cues: &Cues) {
    let Cut { tokens, classes, runs, .. } = cut;
    let mut last = 0;
    runs.retain_mut(|run| {
        let form = |at: &usize| classes[*at] & cues.legal_form != 0 || tokens[*at].shape == Shape::Mark;
        // "PT. Dirut Alfa": the form stands alone; "PT Ratu Alfa" is a name.
        let named = (run.from..run.to).find(|at| !form(at));
        let titled = |at: usize| {
            let dotted = tokens[at - 1].shape == Shape::Mark;
            classes[at] & cues.company_title != 0 || dotted && classes[at] & cues.person_title != 0
        };
        if named.is_none_or(|at| at > run.from && titled(at)) {
            return false;
        }
        // "Alfa International Summit": what is held.
        let event = tokens.get(run.to).is_some_and(|t| t.is_name_like() && !t.glued)
            && classes[run.to] & cues.event_tail != 0;
        if event && tokens[run.to - 1].is_name_like() {
            return false;
        }
        // "Center of Alfa": the rest of a term.
        let of = run.from > 1
            && run.known.is_none()
            && matches!(tokens[run.from - 1].bytes(text), b"of" | b"for")
            && tokens[run.from - 2].is_name_like()
            && last <= run.from - 2;
        // "Indo-Alfa Research Week", where Alfa is known.
        let rest = run.from > 1
            && run.known.is_none()
            && last == run.from
            && !tokens[run.from].glued
            && tokens[run.from - 1].glued
            && tokens[run.from - 2].is(text, "-");
        if of || rest {
            return false;
        }
        // "V-Alfa" is one name.
        let word = |at: usize| tokens[at].text(text);
        let joined = run.from > 1
            && run.known.is_none()
            && word(run.from - 1) == "-"
            && tokens[run.from].glued
            && tokens[run.from - 1].glued
            && tokens[run.from - 2].is_name_like()
            && last <= run.from - 2;
        run.from -= if joined { 2 } else { 0 };
        // "ANU-K": so does a letter behind a hyphen.
        let tail = |at: usize| tokens.get(at).filter(|t| t.glued);
        let hyphen = tail(run.to).is_some_and(|t| t.is(text, "-"));
        let letter = tail(run.to + 1).is_some_and(|t| t.is_name_like() && t.end - t.start <= 2);
        let upper = run.known.is_none() && tokens[run.to - 1].shape == Shape::Upper;
        run.to += if hyphen && letter && upper { 2 } else { 0 };
        // "operator A".
        if run.known.is_none() && tokens[run.to - 1].end - tokens[run.from].start < 2 {
            return false;
        }
        // "The Alfa Group".
        let the = run.from > 0
            && run.known.is_none()
            && tokens[run.from - 1].is(text, "The")
            && tokens[run.from].is_name_like();
        run.from -= usize::from(the);
        last = run.to;
        true
    });
}
