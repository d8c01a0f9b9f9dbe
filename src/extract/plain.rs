//! Lexicons and word lists that are written plainly, as nearly all are: the same result as the
//! RON reader's, in a small part of its time. Whatever is not plain (rare escapes,
//! block comments, errors) is left to that reader.

use super::data::{ClassEntry, Entry, Listed, Text, WordsFile};
use super::lexicon::Listing;
use memchr::memchr2;
use std::borrow::Cow;

/// The lexicon in a file, if the file is plain.
pub(super) fn lexicon(text: &str) -> Option<Listing> {
    let mut r = Reader { text, at: 0 };
    let (mut doc, mut kind, mut listing, mut common) = (None, None, None, None);
    r.fields(|r, field| {
        match field {
            "sort" if common.is_none() => r.strings(common.insert(Vec::new()))?,
            "doc" if doc.is_none() => doc = Some(r.string()?),
            "kind" if kind.is_none() => kind = Some(listed(r.word()?)?),
            "entries" if listing.is_none() => {
                let mut all = Listing::new(Listed::NotAName);
                all.entries.reserve(text.len() / 80);
                all.texts.reserve(text.len() / 25, text.len() / 2);
                let mut room = Entry::default();
                r.list(|r| {
                    entry(r, &mut room)?;
                    all.add(&room);
                    Some(())
                })?;
                listing = Some(all);
            }
            _ => return None,
        }
        Some(())
    })?;
    r.space()?;
    (r.at == text.len()).then_some(())?;
    let mut listing: Listing = listing?;
    listing.common = listing.sorts_of(&common.unwrap_or_default());
    Some(Listing { kind: kind?, ..listing })
}

/// The classes of words in a file, if the file is plain.
pub(super) fn words(text: &str) -> Option<WordsFile<'_>> {
    let mut r = Reader { text, at: 0 };
    let (mut doc, mut classes) = (None, None);
    r.fields(|r, field| {
        match field {
            "doc" if doc.is_none() => doc = Some(r.string()?),
            "classes" if classes.is_none() => {
                let mut all = Vec::new();
                r.list(|r| {
                    all.push(class(r)?);
                    Some(())
                })?;
                classes = Some(all);
            }
            _ => return None,
        }
        Some(())
    })?;
    r.space()?;
    (r.at == text.len()).then_some(())?;
    Some(WordsFile { doc: doc.unwrap_or_default(), classes: classes? })
}

fn class<'a>(r: &mut Reader<'a>) -> Option<ClassEntry<'a>> {
    let (mut name, mut doc, mut words) = (None, None, None);
    r.fields(|r, field| {
        match field {
            "name" if name.is_none() => name = Some(r.string()?),
            "doc" if doc.is_none() => doc = Some(r.string()?),
            "words" if words.is_none() => r.strings(words.insert(Vec::new()))?,
            _ => return None,
        }
        Some(())
    })?;
    Some(ClassEntry { name: name?, doc: doc.unwrap_or_default(), words: words? })
}

fn listed(word: &str) -> Option<Listed> {
    Some(match word {
        "company" => Listed::Company,
        "government" => Listed::Government,
        "bloc" => Listed::Bloc,
        "alliance" => Listed::Alliance,
        "organisation" => Listed::Organisation,
        "place" => Listed::Place,
        "person" => Listed::Person,
        "person_title" => Listed::PersonTitle,
        "not_a_name" => Listed::NotAName,
        _ => return None,
    })
}

/// Reads an entry into one whose lists have room from the entry before.
fn entry<'a>(r: &mut Reader<'a>, entry: &mut Entry<'a>) -> Option<()> {
    let Entry { name, also, from, sort, epithets, demonyms, capital, products, state } = entry;
    (*from, *capital, *state) = (None, None, false);
    [&mut *also, sort, epithets, demonyms, products].into_iter().for_each(Vec::clear);
    let mut seen = 0u16;
    r.fields(|r, field| {
        const FIELDS: [&str; 9] =
            ["name", "also", "from", "sort", "epithets", "demonyms", "capital", "products", "state"];
        let bit = 1 << FIELDS.iter().position(|f| *f == field)?;
        (seen & bit == 0).then_some(())?;
        seen |= bit;
        match field {
            "name" => *name = r.string()?,
            "from" => *from = Some(r.string()?),
            "capital" => *capital = Some(r.string()?),
            "also" => r.strings(also)?,
            "sort" => r.strings(sort)?,
            "epithets" => r.strings(epithets)?,
            "demonyms" => r.strings(demonyms)?,
            "products" => r.strings(products)?,
            _ => {
                *state = match r.word()? {
                    "true" => true,
                    "false" => false,
                    _ => return None,
                }
            }
        }
        Some(())
    })?;
    (seen & 1 > 0).then_some(())
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes over white space and line comments.
    fn space(&mut self) -> Option<()> {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                Some(b'/') => {
                    let rest = &self.text[self.at..];
                    rest.starts_with("//").then_some(())?;
                    self.at += rest.find('\n').unwrap_or(rest.len());
                }
                _ => return Some(()),
            }
        }
    }

    /// Takes a mark, after any space.
    fn mark(&mut self, mark: u8) -> Option<()> {
        self.space()?;
        (self.peek() == Some(mark)).then(|| self.at += 1)
    }

    /// A word of small letters and underscores.
    fn word(&mut self) -> Option<&'a str> {
        self.space()?;
        let rest = &self.text[self.at..];
        let len = rest.bytes().take_while(|b| b.is_ascii_lowercase() || *b == b'_').count();
        let goes_on = rest.as_bytes().get(len).is_some_and(|b| b.is_ascii_alphanumeric() || !b.is_ascii());
        self.at += len;
        (len > 0 && !goes_on).then(|| &rest[..len])
    }

    /// Quoted text, in which only quotes and backslashes are escaped.
    fn string(&mut self) -> Option<Text<'a>> {
        self.mark(b'"')?;
        let mut text = Cow::Borrowed("");
        loop {
            let rest = &self.text[self.at..];
            let len = memchr2(b'"', b'\\', rest.as_bytes())?;
            match &mut text {
                text if text.is_empty() => *text = Cow::Borrowed(&rest[..len]),
                text => text.to_mut().push_str(&rest[..len]),
            }
            self.at += len + 1;
            if rest.as_bytes()[len] == b'"' {
                return Some(Text(text));
            }
            let escaped = rest.as_bytes().get(len + 1).filter(|b| matches!(b, b'"' | b'\\'))?;
            text.to_mut().push(char::from(*escaped));
            self.at += 1;
        }
    }

    fn strings(&mut self, all: &mut Vec<Text<'a>>) -> Option<()> {
        self.list(|r| {
            all.push(r.string()?);
            Some(())
        })
    }

    /// `[item, …]`.
    fn list(&mut self, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.mark(b'[')?;
        loop {
            if self.mark(b']').is_some() {
                return Some(());
            }
            item(self)?;
            if self.mark(b',').is_none() {
                return self.mark(b']');
            }
        }
    }

    /// `(field: …, …)`.
    fn fields(&mut self, mut field: impl FnMut(&mut Self, &'a str) -> Option<()>) -> Option<()> {
        self.mark(b'(')?;
        loop {
            if self.mark(b')').is_some() {
                return Some(());
            }
            let name = self.word()?;
            self.mark(b':')?;
            field(self, name)?;
            if self.mark(b',').is_none() {
                return self.mark(b')');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::data::parse;
    use super::super::reading::listing;
    use super::*;
    use proptest::prelude::*;

    fn words_agree(text: &str) -> bool {
        let plain = words(text);
        if let Some(plain) = &plain {
            let slow: WordsFile = parse(text).unwrap_or_else(|e| panic!("only plain reads {text}: {e:?}"));
            assert_eq!(format!("{plain:?}"), format!("{slow:?}"));
        }
        plain.is_some()
    }

    fn agree(text: &str) -> bool {
        let plain = lexicon(text);
        if let Some(plain) = &plain {
            let slow = parse(text).unwrap_or_else(|e| panic!("only plain reads {text}: {e:?}"));
            assert_eq!(*plain, listing(slow));
        }
        plain.is_some()
    }

    #[test]
    fn the_word_lists_of_this_crate_are_plain_and_read_alike() {
        for entry in std::fs::read_dir("data/id").unwrap() {
            let path = entry.unwrap().path();
            if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("words")) {
                assert!(words_agree(&std::fs::read_to_string(&path).unwrap()), "{}", path.display());
            }
        }
        assert!(words_agree(
            "(classes: [(words: [\"a b\", \"\\\"\",], name: \"c\"), (name: \"d\", words: [], doc: \"e\")])"
        ));
        for odd in
            ["(classes: [(name: \"a\")])", "(classes: [(words: [])])", "(classes: [], x: 1)", "(doc: \"a\")"]
        {
            assert!(!words_agree(odd), "{odd}");
        }
    }

    #[test]
    fn the_lexicons_of_this_crate_are_plain_and_read_alike() {
        for entry in std::fs::read_dir("data/id/lexicon").unwrap() {
            let path = entry.unwrap().path();
            assert!(agree(&std::fs::read_to_string(&path).unwrap()), "{}", path.display());
        }
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_other_reader() {
        let plain = "( // of a line\n kind: company, doc: \"d\", entries: [(name: \"a\", state: true, also: [\"b\",],),],)";
        assert!(agree(plain));
        assert!(agree("(kind: place, entries: [(name: \"\\\"a\\\\\\\"b\", from: \"\\\"\")])"));
        for odd in [
            "(kind: company, entries: [(name: \"a\\n\")])",
            "(kind: company, entries: [(name: \"a\", name: \"b\")])",
            "(kind: company, entries: [(also: [\"b\"])])",
            "(kind: company, entries: [(name: \"a\",, from: \"b\")])",
            "(kind: company, entries: [(name: \"a\" from: \"b\")])",
            "(kind: company, entries: [/* */])",
            "(kind: company, entries: [(name: \"a\", state: truex)])",
            "(kind: companies, entries: [])",
            "(kind: company, entries: [(name: \"a\")]) x",
            "(kind: company, entries: [(name: \"a\", from: Some(\"b\"))])",
            "(kind: company, entries: [(name: \"a\"",
        ] {
            assert!(!agree(odd), "{odd}");
        }
    }

    proptest! {
        #[test]
        fn edited_lexicons_read_alike_or_are_left_alone(
            edits in proptest::collection::vec((any::<prop::sample::Index>(), prop::sample::select(
                vec!["", "(", ")", "[", "]", ",", ":", "\"", "\\", "\\\"", "/", "//", "a", "_", " ", "\n", "é", "\u{b}", "r#", "name", "true"])), 1..4),
        ) {
            let mut text = String::from(
                "( // c\n doc: \"d\", kind: place,\n entries: [(name: \"A b\", also: [\"C\", \"É\"], from: \"x\"), (name: \"D\", state: true, capital: \"E\", epithets: [\"F\"]), (name: \"G\", products: [\"H\"])])");
            for (place, put) in edits {
                let at: Vec<usize> = text.char_indices().map(|(n, _)| n).collect();
                let at = at[place.index(at.len())];
                let len = text[at..].chars().next().map_or(0, char::len_utf8);
                text.replace_range(at..at + len, put);
            }
            agree(&text);
        }
    }
}
