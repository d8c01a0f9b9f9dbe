//! Pointing into the data files.

use crate::base::{Location, SourceId, SourceMap, Span};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// A data file's name and text.
pub(super) type File = (String, Cow<'static, str>);

/// The data files; one becomes a source when something points into it.
pub(super) struct Places<'a> {
    files: &'a [File],
    sources: &'a mut SourceMap,
    ids: FxHashMap<usize, SourceId>,
}

impl<'a> Places<'a> {
    pub(super) fn new(files: &'a [File], sources: &'a mut SourceMap) -> Places<'a> {
        Places { files, sources, ids: FxHashMap::default() }
    }

    fn at(&mut self, file: usize, span: Span) -> Location {
        let Some((name, text)) = self.files.get(file) else { return Location::default() };
        let id = *self.ids.entry(file).or_insert_with(|| self.sources.add(name.as_str(), &**text));
        Location::new(id, span)
    }

    /// Where the texts stand, quoted, each behind the one before; the last one
    /// that is found is pointed at.
    pub(super) fn of(&mut self, file: usize, path: &[&str]) -> Location {
        let text = self.files.get(file).map_or("", |(_, text)| text);
        let (mut from, mut span) = (0, Span::default());
        for part in path {
            if let Some(found) = quoted(&text[from..], part) {
                span = Span::new(from + found.start, from + found.end);
                from = span.range().start + 1;
            }
        }
        self.at(file, span)
    }

    /// Where a word last stands inside of the quoted text that `path` leads to.
    pub(super) fn inside(&mut self, file: usize, path: &[&str], word: &str) -> Location {
        let whole = self.of(file, path);
        let text = self.files.get(file).map_or("", |(_, text)| text);
        let found = text[whole.span.range()].rfind(word).filter(|_| !word.is_empty());
        let start = whole.span.range().start;
        found.map_or(whole, |n| Location { span: Span::new(start + n, start + n + word.len()), ..whole })
    }

    /// The first place of a quoted text in any file, behind a text of that file.
    pub(super) fn anywhere(&mut self, behind: Option<&str>, text: &str) -> Location {
        let has =
            |(_, all): &File| behind.is_none_or(|b| quoted(all, b).is_some()) && quoted(all, text).is_some();
        let file = self.files.iter().position(has).unwrap_or(0);
        match behind {
            Some(behind) => self.of(file, &[behind, text]),
            None => self.of(file, &[text]),
        }
    }
}

/// The first place of a text in quotes, as RON may write it.
fn quoted(text: &str, part: &str) -> Option<std::ops::Range<usize>> {
    let find = |needle: String| text.find(&needle).map(|n| n..n + needle.len());
    let escaped = || part.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    find(format!("\"{part}\""))
        .or_else(|| part.contains(['"', '\\', '\n']).then(|| find(format!("\"{}\"", escaped())))?)
}
