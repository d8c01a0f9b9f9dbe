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
    /// What sorts the file speaks of.
    pub sorts: Vec<Box<str>>,
    /// Those of the entries that have none of their own, by their places.
    pub common: Box<[u32]>,
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
    /// Its sorts, by their places among the file's.
    pub sorts: Box<[u32]>,
}

/// The place of a sort among all, of which there are few.
pub(super) fn place_of(sorts: &mut Vec<Box<str>>, sort: &str) -> u32 {
    let place = sorts.iter().position(|s| **s == *sort).unwrap_or(sorts.len());
    if place == sorts.len() {
        sorts.push(sort.into());
    }
    place as u32
}
