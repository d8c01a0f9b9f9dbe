//! Reading the data files, on a thread of its own while what they hold is put together.

use super::data::{
    ClassEntry, DatesFile, Entry, LexiconFile, LinesFile, Listed, PatternsFile, Text, TriggersFile,
    WordsFile, ZonesFile, parse,
};
use super::known::Texts;
use super::lexicon::{Given, Listing, place_of};
use super::phrases::{Cutter, Phrases};
use super::places::File;
use super::spelt::Spelt;
use super::words::inflect;
use super::{day_words, plain};
use crate::base::{Diagnostic, Location, SourceMap, Span};
use std::sync::mpsc;
use std::thread;

/// About so many bytes of a lexicon make one name.
pub(super) const BYTES_PER_NAME: usize = 40;

/// A file's content by its kind.
pub(super) enum Content {
    Lexicon(Listing),
    Words(Vec<Class>),
    Triggers(Triggers),
    /// With the calendar's words.
    Dates(DatesFile, Phrases),
    Zones(ZonesFile),
    /// With each line's nouns and words in names.
    Lines(LinesFile, Vec<[Phrases; 2]>),
    Patterns(PatternsFile),
}

/// A class of words.
pub(super) struct Class {
    pub name: String,
    pub words: Phrases,
}

/// The triggers that are made of roots.
pub(super) struct Triggers {
    pub classes: Vec<Class>,
    pub real_words: Phrases,
    /// Forms that are not known, with their trigger.
    pub wrong: Vec<(String, String)>,
}

/// Why a file can't be read.
pub(super) enum Refused {
    /// No file of such a name is known.
    Name,
    Syntax(Box<ron::error::SpannedError>),
}

/// Reads the files and shows each, in order; gives the vocabulary of all.
pub(super) fn read_all<'a>(
    files: &'a [File],
    mut show: impl FnMut(usize, &'a File, Result<Content, Refused>),
) -> Spelt {
    thread::scope(|scope| {
        let (give, given) = mpsc::channel();
        let others = move || {
            let mut reader = Reader::of(files);
            // Nobody listens any more where showing them has panicked.
            let mut others = files.iter().filter(|file| !has_patterns(file));
            let _ = others.all(|file| give.send(reader.read(file)).is_ok());
            reader.0.words
        };
        let Ok(thread) = thread::Builder::new().spawn_scoped(scope, others) else {
            let mut reader = Reader::of(files);
            files.iter().enumerate().for_each(|(n, file)| show(n, file, reader.read(file)));
            return reader.0.words;
        };
        // Patterns ask for no vocabulary: time for them is left here.
        for (n, file) in files.iter().enumerate() {
            let content = if has_patterns(file) { Some(patterns(file)) } else { given.recv().ok() };
            let Some(content) = content else { break };
            show(n, file, content);
        }
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// The name of a file without its folders.
fn base(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

fn has_patterns((name, _): &File) -> bool {
    !name.contains("lexicon/") && base(name).starts_with("patterns")
}

fn patterns((_, text): &File) -> Result<Content, Refused> {
    parse(text).map(Content::Patterns).map_err(|error| Refused::Syntax(Box::new(error)))
}

struct Reader(Cutter);

impl Reader {
    fn of(files: &[File]) -> Reader {
        let mut cutter = Cutter::default();
        let names = files.iter().map(|(_, text)| text.len()).sum::<usize>() / BYTES_PER_NAME;
        cutter.words.reserve(names, names * 8);
        Reader(cutter)
    }

    fn read(&mut self, file: &File) -> Result<Content, Refused> {
        let (name, text) = file;
        let base = base(name);
        let content = match base {
            _ if has_patterns(file) => return patterns(file),
            _ if name.contains("lexicon/") => {
                let file = plain::lexicon(text).map_or_else(|| parse(text).map(listing), Ok);
                file.map(|file| Content::Lexicon(self.lexicon(file)))
            }
            _ if base.starts_with("words") => {
                let file = plain::words(text).map_or_else(|| parse(text), Ok);
                file.map(|file| Content::Words(self.words(&file)))
            }
            "triggers.ron" => parse(text).map(|file| Content::Triggers(self.triggers(&file))),
            "dates.ron" => parse(text).map(|file| self.dates(file)),
            "lines.ron" => parse(text).map(|file| self.lines(file)),
            "zones.ron" => parse(text).map(Content::Zones),
            _ => return Err(Refused::Name),
        };
        content.map_err(|error| Refused::Syntax(Box::new(error)))
    }

    fn lexicon(&mut self, mut file: Listing) -> Listing {
        file.cut = self.0.all((0..file.texts.len()).map(|n| file.texts.of(n)));
        file
    }

    fn words(&mut self, file: &WordsFile) -> Vec<Class> {
        let class = |c: &ClassEntry| Class { name: c.name.0.to_string(), words: self.0.all(&c.words) };
        file.classes.iter().map(class).collect()
    }

    fn triggers(&mut self, file: &TriggersFile) -> Triggers {
        let real_words = self.0.all(&file.real_words);
        let (mut classes, mut wrong) = (Vec::new(), Vec::new());
        for t in &file.triggers {
            let voices = [
                ("active", &t.active),
                ("passive", &t.passive),
                ("middle", &t.middle),
                ("bare", &t.bare),
                ("noun", &t.noun),
            ];
            for (voice, forms) in voices.into_iter().filter(|v| !v.1.is_empty()) {
                let mut words = Phrases::default();
                for (root, form) in t.roots.iter().flat_map(|r| forms.iter().map(move |f| (r, f))) {
                    match inflect(root, form) {
                        Some(word) => self.0.add(&word, &mut words),
                        None => wrong.push((t.name.clone(), form.clone())),
                    }
                }
                classes.push(Class { name: format!("{}.{voice}", t.name), words });
            }
        }
        Triggers { classes, real_words, wrong }
    }

    fn lines(&mut self, file: LinesFile) -> Content {
        let words = file.lines.iter().map(|l| [self.0.all(&l.nouns), self.0.all(&l.names)]).collect();
        Content::Lines(file, words)
    }

    fn dates(&mut self, file: DatesFile) -> Content {
        let named = file.months.iter().chain(&file.weekdays).flatten();
        let words = named.chain(file.numbers.iter().map(|n| &n.0)).map(String::as_str);
        let words = self.0.all(words.chain(day_words::WORDS.iter().copied()));
        Content::Dates(file, words)
    }
}

/// A lexicon as the RON reader gives it.
pub(super) fn listing(file: LexiconFile) -> Listing {
    let mut listing = Listing::new(file.kind);
    file.entries.iter().for_each(|entry| listing.add(entry));
    listing.common = listing.sorts_of(&file.sort);
    listing
}

impl Listing {
    pub(super) fn new(kind: Listed) -> Listing {
        let (sorts, common) = (Vec::new(), Box::default());
        Listing { kind, texts: Texts::default(), cut: Phrases::default(), sorts, common, entries: Vec::new() }
    }

    /// The places of sorts among the file's, which has few.
    pub(super) fn sorts_of(&mut self, sorts: &[Text]) -> Box<[u32]> {
        sorts.iter().map(|sort| place_of(&mut self.sorts, &sort.0)).collect()
    }

    pub(super) fn add(&mut self, entry: &Entry) {
        let Entry { name, also, epithets, demonyms, capital, products, state, from, sort } = entry;
        let before = self.texts.len();
        let lists = [also, epithets, demonyms];
        let names = std::iter::once(name).chain(lists.into_iter().flatten()).chain(capital);
        names.for_each(|name| self.texts.push(&name.0));
        let names = self.texts.len() - before;
        products.iter().for_each(|name| self.texts.push(&name.0));
        let sorts = self.sorts_of(sort);
        self.entries.push(Given {
            names,
            own: 1 + also.len() as u32,
            products: products.len() as u32,
            state: *state || capital.is_some() || !epithets.is_empty() || !demonyms.is_empty(),
            from: from.as_ref().map(|from| (*from.0).into()),
            sorts,
        });
    }
}

impl Refused {
    /// What is wrong with a file, with its place.
    pub(super) fn told(self, (name, text): &File, sources: &mut SourceMap) -> Diagnostic {
        let Refused::Syntax(error) = self else {
            let message = format!("{name} is no kind of data file that is known");
            let help = "there are words*.ron, triggers.ron, dates.ron, lines.ron, zones.ron, patterns*.ron and lexicon/*.ron";
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
