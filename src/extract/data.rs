//! The shapes of the data files, as RON gives them.

use serde::Deserialize;
use std::borrow::Cow;

/// A file of names: `lexicon/*.ron`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LexiconFile<'a> {
    #[serde(default, borrow)]
    #[allow(dead_code, reason = "for the reader of the file")]
    pub doc: Text<'a>,
    pub kind: Listed,
    /// The sort of the entries that have none of their own.
    #[serde(default, borrow)]
    pub sort: Vec<Text<'a>>,
    #[serde(borrow)]
    pub entries: Vec<Entry<'a>>,
}

/// A text that is copied only if it has escapes: there are thousands of names.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Text<'a>(#[serde(borrow)] pub Cow<'a, str>);

impl AsRef<str> for Text<'_> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// What a lexicon lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Listed {
    Company,
    Government,
    /// Of states: it acts as a government does, and has members as an alliance has.
    Bloc,
    Alliance,
    Organisation,
    Place,
    Person,
    PersonTitle,
    NotAName,
}

/// One thing and its names.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry<'a> {
    #[serde(borrow)]
    pub name: Text<'a>,
    #[serde(default, borrow)]
    pub also: Vec<Text<'a>>,
    #[serde(default, borrow)]
    #[allow(dead_code, reason = "read by people and by `check`")]
    pub from: Option<Text<'a>>,
    /// What sort of thing it is, which may tell its line of business.
    #[serde(default, borrow)]
    pub sort: Vec<Text<'a>>,
    #[serde(default, borrow)]
    pub epithets: Vec<Text<'a>>,
    #[serde(default, borrow)]
    pub demonyms: Vec<Text<'a>>,
    #[serde(default, borrow)]
    pub capital: Option<Text<'a>>,
    /// What a company makes: under such a name it competes, but is not called so.
    #[serde(default, borrow)]
    pub products: Vec<Text<'a>>,
    /// It is a state, where no epithet, demonym or capital says so.
    #[serde(default)]
    pub state: bool,
}

/// `words*.ron`: classes of words and phrases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WordsFile<'a> {
    #[serde(default, borrow)]
    #[allow(dead_code, reason = "for the reader of the file")]
    pub doc: Text<'a>,
    #[serde(borrow)]
    pub classes: Vec<ClassEntry<'a>>,
}

/// One class of words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClassEntry<'a> {
    #[serde(borrow)]
    pub name: Text<'a>,
    #[serde(default, borrow)]
    #[allow(dead_code, reason = "for the reader of the file")]
    pub doc: Text<'a>,
    #[serde(borrow)]
    pub words: Vec<Text<'a>>,
}

/// `triggers.ron`: roots whose forms are made at load.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TriggersFile {
    #[serde(default)]
    #[allow(dead_code, reason = "for the reader of the file")]
    pub doc: String,
    pub triggers: Vec<TriggerEntry>,
    /// Words that look like a trigger with a typing error, and are none.
    #[serde(default)]
    pub real_words: Vec<String>,
}

/// Roots with the forms of each voice, such as `meN-kan`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TriggerEntry {
    pub name: String,
    #[serde(default)]
    #[allow(dead_code, reason = "for the reader of the file")]
    pub doc: String,
    pub roots: Vec<String>,
    #[serde(default)]
    pub active: Vec<String>,
    #[serde(default)]
    pub passive: Vec<String>,
    #[serde(default)]
    pub middle: Vec<String>,
    #[serde(default)]
    pub bare: Vec<String>,
    #[serde(default)]
    pub noun: Vec<String>,
}

/// `dates.ron`: the calendar's words.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DatesFile {
    #[serde(default)]
    #[allow(dead_code, reason = "for the reader of the file")]
    pub doc: String,
    /// Twelve lists of names.
    pub months: Vec<Vec<String>>,
    /// Seven lists of names, Monday first.
    pub weekdays: Vec<Vec<String>>,
    /// Words for numbers.
    pub numbers: Vec<(String, u32)>,
}

/// `lines.ron`: lines of business.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinesFile {
    #[serde(default)]
    #[allow(dead_code, reason = "for the reader of the file")]
    pub doc: String,
    pub lines: Vec<LineEntry>,
}

/// One line of business.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LineEntry {
    #[allow(dead_code, reason = "for the reader of the file")]
    pub name: String,
    /// What a firm of the line is called.
    pub nouns: Vec<String>,
    /// Words in the names of such firms.
    #[serde(default)]
    pub names: Vec<String>,
    /// The sorts of the lexicons that are of it.
    #[serde(default)]
    pub sorts: Vec<String>,
}

/// `zones.ron`: how links and site text begin.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ZonesFile {
    #[serde(default)]
    #[allow(dead_code, reason = "for the reader of the file")]
    pub doc: String,
    pub related: Vec<String>,
    pub boilerplate: Vec<String>,
    #[serde(default)]
    pub notices: Vec<String>,
    #[serde(default)]
    pub headline_small: Vec<String>,
}

/// `patterns.ron`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PatternsFile {
    #[serde(default)]
    #[allow(dead_code, reason = "for the reader of the file")]
    pub doc: String,
    pub patterns: Vec<PatternEntry>,
}

/// One pattern.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PatternEntry {
    pub name: String,
    #[serde(default)]
    #[allow(dead_code, reason = "for the reader of the file")]
    pub doc: String,
    /// `partner`, `rival` or `sanction`.
    pub kind: String,
    /// See `pattern`.
    pub shape: String,
    /// What it claims: `A-B`, `A` (all pairs), several with commas.
    #[serde(default)]
    pub gives: String,
    /// Slot `A` is left without the other side: a later sentence's `O` is it.
    #[serde(default)]
    pub opens: bool,
    /// A status that the pattern itself fixes.
    #[serde(default)]
    pub status: Option<String>,
    /// Only where no other pattern took the trigger.
    #[serde(default)]
    pub fallback: bool,
    /// Sentences with what they must give: `Alfa menggandeng Beta. => Alfa, Beta`.
    #[serde(default)]
    pub examples: Vec<String>,
    /// Sentences that the pattern must leave alone.
    #[serde(default)]
    pub counter_examples: Vec<String>,
}

pub(super) fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, ron::error::SpannedError> {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(text)
}
