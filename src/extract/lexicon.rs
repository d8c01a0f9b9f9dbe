//! A lexicon as it was read.

use super::data::Listed;
use super::known::Texts;
use super::phrases::Phrases;

/// A lexicon.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Listing {
    pub kind: Listed,
    /// The names of each entry, the canonical one first, and then its products.
    pub texts: Texts,
    /// The same, cut into words.
    pub cut: Phrases,
    pub entries: Vec<Given>,
}

/// What an entry of a lexicon gives.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Given {
    pub names: u32,
    /// How many of them, from the first, are its own: no epithet, demonym or capital.
    pub own: u32,
    pub products: u32,
    pub state: bool,
    pub from: Option<Box<str>>,
}
