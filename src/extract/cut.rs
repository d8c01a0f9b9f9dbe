//! A sentence cut into tokens, with its names and dates.

use super::classes::{Cue, Tags};
use super::dates::Dated;
use super::token::{Token, mark_bit};
use crate::base::Span;
use std::borrow::Cow;
use std::ops::Range;

/// How many tokens a title may have before more is taken into it.
const TITLE: usize = 5;

/// A sentence, cut and looked up.
#[derive(Debug, Default)]
pub(super) struct Cut {
    pub span: Span,
    pub tokens: Vec<Token>,
    /// The classes of the longest phrase that begins at each token.
    pub classes: Vec<Tags>,
    /// Its number of tokens.
    pub phrase: Vec<u8>,
    pub dates: Vec<Dated>,
    /// Runs that are names, in order.
    pub runs: Vec<Run>,
    /// Where the report begins, behind its dateline.
    pub start: usize,
    /// Most words have capitals, as in a headline.
    pub headline: bool,
    /// All classes that any of its phrases has.
    pub all: Cue,
    /// A bit for each mark that it has, from `'!'` to `'_'`, and one for any others.
    pub marks: u64,
    /// What stood in brackets among its names' words has been taken out.
    pub folded: bool,
}

impl Clone for Cut {
    fn clone(&self) -> Cut {
        let mut other = Cut::default();
        other.clone_from(self);
        other
    }

    /// Keeps the room that it has.
    fn clone_from(&mut self, from: &Cut) {
        let Cut { span, tokens, classes, phrase, dates, runs, start, headline, all, marks, folded } = from;
        self.tokens.clone_from(tokens);
        self.classes.clone_from(classes);
        self.phrase.clone_from(phrase);
        self.dates.clone_from(dates);
        self.runs.clone_from(runs);
        (self.span, self.start, self.headline) = (*span, *start, *headline);
        (self.all, self.marks, self.folded) = (*all, *marks, *folded);
    }
}

impl Cut {
    /// Whether it has a mark from `'!'` to `'_'`.
    #[inline]
    pub(super) fn has(&self, mark: u8) -> bool {
        self.marks & mark_bit(mark) != 0
    }

    /// The classes of what ends right before a token: "direktur utama" as one.
    #[inline]
    pub(super) fn before(&self, at: usize) -> Cue {
        // As most stand: one word, behind no phrase of several.
        if let Some([a, b, c, d, 1]) = self.phrase[..at].last_chunk()
            && !((*a == 5) | (*b == 4) | (*c == 3) | (*d == 2))
        {
            return self.classes[at - 1].cues();
        }
        self.any_before(at)
    }

    /// Makes words part of the title before them: each a phrase of its own with these classes
    /// alone, since "Wakil Rektor Bidang Kerja Sama" tells of no cooperation.
    pub(super) fn entitle(&mut self, words: Range<usize>, title: Cue) {
        self.classes[words.clone()].iter_mut().for_each(|c| *c = Tags::new(title, 0));
        self.phrase[words.clone()].fill(1);
        // All of it is one phrase.
        let ends = |from: &usize| from + usize::from(self.phrase[*from]) == words.start;
        let head = (words.start.saturating_sub(TITLE)..words.start).find(ends);
        if let Some(head) = head.filter(|h| self.classes[*h] & title != 0) {
            self.phrase[head] = u8::try_from(words.end - head).unwrap_or(self.phrase[head]);
        }
    }

    fn any_before(&self, at: usize) -> Cue {
        let ends = |from: &usize| from + usize::from(self.phrase[*from]) == at;
        (at.saturating_sub(5)..at).filter(ends).fold(Cue::NONE, |set, from| set | self.classes[from])
    }
}

/// A name in a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub from: usize,
    pub to: usize,
    /// The lexicon's entity.
    pub known: Option<u32>,
    /// The article's entity; none for what is no entity.
    pub local: Option<u32>,
    /// The number of a name that no lexicon has.
    pub spelt: u32,
    /// It is a body's name with a place behind it.
    pub unit: bool,
    /// The lexicon's body whose local unit it is, beside others of that body.
    pub of: Option<u32>,
}

impl Run {
    /// A name that means what its entry in the lexicon says, if it has one.
    pub(super) fn new(from: usize, to: usize, known: Option<u32>) -> Run {
        Run { from, to, known, local: None, spelt: 0, unit: false, of: None }
    }
}

/// A name without the short form in its middle.
pub(super) fn clean_text<'t>(cut: &Cut, text: &'t str, run: &Run) -> Cow<'t, str> {
    let written = run_text(cut, text, run);
    let bare = if cut.folded || cut.has(b'(') { clean(written) } else { written.into() };
    // A line may end within a name.
    match bare.contains('\n') {
        true => bare.split_whitespace().collect::<Vec<_>>().join(" ").into(),
        false => bare,
    }
}

/// A name as written, without the short form in its middle.
pub(super) fn clean(written: &str) -> Cow<'_, str> {
    if !written.as_bytes().contains(&b'(') {
        return written.into();
    }
    let (Some(open), Some(close)) = (written.find(" ("), written.find(") ")) else { return written.into() };
    if open < close {
        format!("{}{}", &written[..open], &written[close + 1..]).into()
    } else {
        written.into()
    }
}

/// A name as written.
pub(super) fn run_text<'t>(cut: &Cut, text: &'t str, run: &Run) -> &'t str {
    &text[cut.tokens[run.from].start as usize..cut.tokens[run.to - 1].end as usize]
}
