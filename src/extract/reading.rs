//! Reading the data files, on a thread of its own while what they hold is put together.

use super::data::{
    DatesFile, Entry, LexiconFile, Listed, PatternsFile, TriggersFile, WordsFile, ZonesFile, parse,
};
use super::known::Texts;
use super::places::File;
use super::plain;
use crate::base::{Diagnostic, Location, SourceMap, Span};
use std::sync::mpsc;
use std::thread;

/// A file's content by its kind.
pub(super) enum Content<'a> {
    Lexicon(Listing),
    Words(WordsFile<'a>),
    Triggers(TriggersFile),
    Dates(DatesFile),
    Zones(ZonesFile),
    Patterns(PatternsFile),
}

/// A lexicon.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Listing {
    pub kind: Listed,
    /// The names of each entry, the canonical one first, and then its products.
    pub texts: Texts,
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

/// Why a file can't be read.
pub(super) enum Refused {
    /// No file of such a name is known.
    Name,
    Syntax(Box<ron::error::SpannedError>),
}

/// Reads the files and shows each, in order.
pub(super) fn read_all<'a>(
    files: &'a [File],
    mut show: impl FnMut(usize, &'a File, Result<Content<'a>, Refused>),
) {
    let mut shown = files.iter().enumerate();
    let mut next = |content| {
        if let Some((n, file)) = shown.next() {
            show(n, file, content);
        }
    };
    thread::scope(|scope| {
        let (give, given) = mpsc::channel();
        let all = move || files.iter().all(|(name, text)| give.send(read(name, text)).is_ok());
        match thread::Builder::new().spawn_scoped(scope, all) {
            Ok(_) => given.into_iter().for_each(&mut next),
            Err(_) => files.iter().for_each(|(name, text)| next(read(name, text))),
        }
    });
}

fn read<'a>(name: &str, text: &'a str) -> Result<Content<'a>, Refused> {
    let base = name.rsplit('/').next().unwrap_or(name);
    let content = match base {
        _ if name.contains("lexicon/") => {
            plain::lexicon(text).map_or_else(|| parse(text).map(listing), Ok).map(Content::Lexicon)
        }
        _ if base.starts_with("words") => {
            plain::words(text).map_or_else(|| parse(text), Ok).map(Content::Words)
        }
        "triggers.ron" => parse(text).map(Content::Triggers),
        "dates.ron" => parse(text).map(Content::Dates),
        "zones.ron" => parse(text).map(Content::Zones),
        _ if base.starts_with("patterns") => parse(text).map(Content::Patterns),
        _ => return Err(Refused::Name),
    };
    content.map_err(|error| Refused::Syntax(Box::new(error)))
}

/// A lexicon as the RON reader gives it.
pub(super) fn listing(file: LexiconFile) -> Listing {
    let mut listing = Listing { kind: file.kind, texts: Texts::default(), entries: Vec::new() };
    file.entries.iter().for_each(|entry| listing.add(entry));
    listing
}

impl Listing {
    pub(super) fn add(&mut self, entry: &Entry) {
        let Entry { name, also, epithets, demonyms, capital, products, state, from, .. } = entry;
        let before = self.texts.len();
        let lists = [also, epithets, demonyms];
        let names = std::iter::once(name).chain(lists.into_iter().flatten()).chain(capital);
        names.for_each(|name| self.texts.push(&name.0));
        let names = self.texts.len() - before;
        products.iter().for_each(|name| self.texts.push(&name.0));
        self.entries.push(Given {
            names,
            own: 1 + also.len() as u32,
            products: products.len() as u32,
            state: *state || capital.is_some() || !epithets.is_empty() || !demonyms.is_empty(),
            from: from.as_ref().map(|from| (*from.0).into()),
        });
    }
}

impl Refused {
    /// What is wrong with a file, with its place.
    pub(super) fn told(self, (name, text): &File, sources: &mut SourceMap) -> Diagnostic {
        let Refused::Syntax(error) = self else {
            let message = format!("{name} is no kind of data file that is known");
            let help =
                "there are words*.ron, triggers.ron, dates.ron, zones.ron, patterns*.ron and lexicon/*.ron";
            return Diagnostic::without_place("E0702", message).help(help);
        };
        let at = offset(text, error.span.start.line, error.span.start.col);
        let place = Location::new(sources.add(name.as_str(), &**text), Span::new(at, at));
        Diagnostic::error("E0701", place, format!("this file can't be read: {}", error.code))
    }
}

/// The byte offset of a line and column, both from 1 and in characters.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start.min(text.len())..];
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(n, _)| n)
}
