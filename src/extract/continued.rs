//! A sentence that only goes on with the list of the one before: "Sejumlah negara melarang
//! Alfa. Di antaranya Beta dan Gama." is read as one sentence as well.

use super::cues::Cues;
use super::cut::{Cut, Run};
use super::dates::Dated;
use super::parts::is_verb;
use super::token::{Shape, Token};
use crate::base::Span;

/// How many tokens the two may have together.
const LONG: usize = 120;

/// Whether a sentence is but a list that another begins: it has no verb of its own.
fn goes_on(text: &str, cut: &Cut, cues: &Cues) -> bool {
    let Some(first) = cut.classes.first() else { return false };
    let begins = *first & cues.like != 0 && cut.tokens[0].text(text) != ":";
    let from = usize::from(cut.phrase[0]).max(1);
    let named = |run: &Run| run.local.is_some() && run.from < from + 4;
    let verb = |t: &Token| t.shape == Shape::Lower && is_verb(t.text(text));
    begins && cut.runs.iter().any(named) && !cut.tokens[from..].iter().any(verb)
}

/// Both as one sentence, without the stop between them; none if the second stands alone.
pub(super) fn continued(text: &str, before: &Cut, cut: &Cut, cues: &Cues) -> Option<Cut> {
    let stop = before.tokens.len().checked_sub(1)?;
    if before.tokens[stop].text(text) != "." || stop + cut.tokens.len() > LONG || !goes_on(text, cut, cues) {
        return None;
    }
    let mut both = before.clone();
    both.tokens.truncate(stop);
    both.classes.truncate(stop);
    both.phrase.truncate(stop);
    // No phrase reaches over the stop.
    for (at, len) in both.phrase.iter_mut().enumerate() {
        *len = (*len).min(u8::try_from(stop - at).unwrap_or(u8::MAX));
    }
    both.tokens.extend_from_slice(&cut.tokens);
    both.classes.extend_from_slice(&cut.classes);
    both.phrase.extend_from_slice(&cut.phrase);
    both.runs.extend(cut.runs.iter().map(|r| Run { from: r.from + stop, to: r.to + stop, ..*r }));
    both.dates.extend(cut.dates.iter().map(|d| Dated { from: d.from + stop, to: d.to + stop, ..*d }));
    both.span = Span::new(before.span.range().start, cut.span.range().end);
    both.headline &= cut.headline;
    both.all |= cut.all;
    both.marks |= cut.marks;
    both.folded |= cut.folded;
    Some(both)
}
