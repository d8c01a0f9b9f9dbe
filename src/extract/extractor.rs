//! The data of one language, ready to find things by.

use super::classes::Cue;
use super::cues::Cues;
use super::dates::Calendar;
use super::known::{Known, Texts};
use super::lines::Lines;
use super::needs::AllNeeds;
use super::pattern::Pattern;
use super::places::File;
use super::trie::Trie;
use super::triggers::Triggers;
use crate::article::ZoneWords;

/// Finds entities, dates and claims in articles, by the data of one language.
#[derive(Debug)]
pub struct Extractor {
    pub(super) trie: Trie,
    pub(super) known: Vec<Known>,
    /// The state of the news, if the lexicons have it.
    pub(super) home: Option<u32>,
    /// What those are called.
    pub(super) texts: Texts,
    pub(super) cues: Cues,
    pub(super) calendar: Calendar,
    pub(super) lines: Lines,
    /// Sorts of which lines of business are, but no lexicon's entry.
    pub(super) no_sorts: Vec<Box<str>>,
    pub(super) zones: ZoneWords,
    pub(super) patterns: Vec<Pattern>,
    /// What each asks for.
    pub(super) needs: AllNeeds,
    pub(super) by_classes: Triggers,
    /// The triggers of all patterns but those that go on with what was left open.
    pub(super) triggers: Cue,
    /// Those of all patterns.
    pub(super) all_triggers: Cue,
    /// All classes that patterns ask for.
    pub(super) asked: Cue,
    /// The triggers of those that go on with two whom the text has been about.
    pub(super) of_pairs: Cue,
    /// The triggers of those that ask for no name of the sentence itself.
    pub(super) nameless: Cue,
    /// The word classes, by bit.
    pub(super) class_names: Vec<Box<str>>,
    /// Each file's name and text, to point at.
    pub(super) files: Vec<File>,
    /// Two entities with one name: the name, and the first and second entity.
    pub(super) clashes: Vec<(String, u32, u32)>,
}
