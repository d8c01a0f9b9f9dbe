//! Extraction on hostile text: no panic, no span outside of the text or inside
//! a character, and the same findings each time.
//!
//! `KATAK_TEST_ARTICLES` names more articles to edit at random, and
//! `PROPTEST_CASES` how often.

use katak::article::{Article, read_paths, read_text};
use katak::base::{PartialDate, SourceMap, Span};
use katak::extract::{Extractor, jsonl};
use proptest::prelude::*;
use proptest::sample::Index;
use std::path::PathBuf;
use std::sync::OnceLock;

fn sound(article: &Article) {
    let x = Extractor::builtin();
    let text = &article.text;
    let found = x.extract(article);
    let fits = |s: Span| assert!(text.get(s.range()).is_some(), "{s:?} in {text:?}");
    found.entities.iter().for_each(|e| fits(e.span));
    found.dates.iter().for_each(|d| fits(d.span));
    for c in &found.claims {
        fits(c.evidence.span);
        fits(c.evidence.sentence);
        assert!(c.evidence.sentence.contains(c.evidence.span), "{c:?} in {text:?}");
        assert_ne!(c.a, c.b, "{text:?}");
    }
    for line in jsonl(&found).lines() {
        serde_json::from_str::<serde_json::Value>(line).expect(line);
    }
    let trace = x.explain(article);
    assert_eq!(trace.found, found, "{text:?}");
    for s in &trace.sentences {
        fits(s.span);
        s.tokens.iter().for_each(|t| fits(t.span));
        s.mentions.iter().for_each(|m| fits(m.span));
        s.dates.iter().for_each(|d| fits(d.1));
        s.references.iter().for_each(|r| fits(r.span));
        s.near.iter().for_each(|n| fits(n.at));
        s.fired.iter().for_each(|f| fits(f.trigger));
    }
}

const WORDS: &[&str] = &[
    "Huawei",
    "AS",
    "menggandeng",
    "dan",
    ",",
    "(",
    ")",
    "\"",
    "kerja sama",
    "dengan",
    "PT",
    "Tbk",
    "26",
    "Maret",
    "2018",
    "/",
    "Senin",
    "keduanya",
    "perusahaan",
    "itu",
    ".",
    "\n",
    "Baca:",
    "é",
    "𝕏",
    "bersaing",
    "Dirut",
    "lalu",
    "disanksi",
    "-",
    "\u{a0}",
    "sanksi",
    "terhadap",
    "tidak",
    "Xiaomi",
    "aliansi",
    "membentuk",
    "tahun",
    "30",
    "13",
];

const ODD: &[&str] = &[
    "\u{202e}",
    "\u{0}",
    "\u{1b}[2J",
    "\u{feff}",
    "\u{301}",
    "İ",
    "ß",
    "ﬁ",
    "Ǆ",
    "\r\n",
    "\u{2028}",
    "((((",
    "))))",
    "99999999999999999999",
    "30/02/2019",
    "0/0/0",
    "(13/13)",
    "........",
    ",,,,",
    "\"\"\"",
    "PT PT PT",
    "- - -",
    "𝔄",
    "👩‍👩‍👧",
    "\u{e0001}",
    "tahun 0",
    "seribu juta tahun lalu",
    "dan dan dan",
    "A&B&",
    "e.",
    "Tbk.",
    "\u{fffd}",
];

/// Own articles, and those of the folder that the environment names.
fn articles() -> &'static [Article] {
    static ALL: OnceLock<Vec<Article>> = OnceLock::new();
    ALL.get_or_init(|| {
        let more = std::env::var_os("KATAK_TEST_ARTICLES").map(PathBuf::from);
        let paths: Vec<PathBuf> = [PathBuf::from("data/articles")].into_iter().chain(more).collect();
        let (all, wrong) = read_paths(&paths, &mut SourceMap::new());
        assert!(wrong.is_empty(), "{wrong:?}");
        all
    })
}

#[derive(Debug, Clone)]
enum Edit {
    Drop(Index, usize),
    Put(Index, &'static str),
    Copy(Index, Index, usize),
    Shout(Index, usize),
    Flip(Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let place = any::<Index>;
    prop_oneof![
        (place(), 1..200usize).prop_map(|(at, len)| Edit::Drop(at, len)),
        (place(), prop::sample::select(WORDS)).prop_map(|(at, word)| Edit::Put(at, word)),
        (place(), prop::sample::select(ODD)).prop_map(|(at, odd)| Edit::Put(at, odd)),
        (place(), place(), 1..300usize).prop_map(|(from, to, len)| Edit::Copy(from, to, len)),
        (place(), 1..100usize).prop_map(|(at, len)| Edit::Shout(at, len)),
        place().prop_map(Edit::Flip),
    ]
}

fn apply(edits: &[Edit], text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for edit in edits {
        if chars.is_empty() {
            break;
        }
        let n = chars.len();
        match edit {
            Edit::Drop(at, len) => {
                let at = at.index(n);
                chars.drain(at..(at + len).min(n));
            }
            Edit::Put(at, text) => {
                let at = at.index(n);
                chars.splice(at..at, text.chars());
            }
            Edit::Copy(from, to, len) => {
                let (from, to) = (from.index(n), to.index(n));
                let part = chars[from..(from + len).min(n)].to_vec();
                chars.splice(to..to, part);
            }
            Edit::Shout(at, len) => {
                let at = at.index(n);
                let part: String = chars[at..(at + len).min(n)].iter().collect();
                let end = (at + len).min(n);
                chars.splice(at..end, part.to_uppercase().chars());
            }
            Edit::Flip(at) => {
                let at = at.index(n);
                chars.swap(at, (at + 1) % n);
            }
        }
    }
    chars.into_iter().collect()
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,200}") {
        sound(&Article::new("a", text));
    }

    #[test]
    fn any_unicode_is_read_without_panic(text in any::<String>(), title in any::<Option<String>>()) {
        sound(&Article { title, ..Article::new("a", text) });
    }

    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        sound(&read_text("a", &String::from_utf8_lossy(&bytes)));
    }

    #[test]
    fn any_row_of_telling_words_is_read_without_panic(
        words in prop::collection::vec(prop::sample::select(WORDS), 0..60),
        glue in prop::collection::vec(any::<bool>(), 60),
        year in 0..=9999u16,
    ) {
        let text: String =
            words.iter().zip(glue).map(|(w, g)| format!("{w}{}", if g { " " } else { "" })).collect();
        let published = format!("{year:04}-12-31").parse::<PartialDate>().ok();
        sound(&Article { published, ..Article::new("a", text) });
    }

    #[test]
    fn articles_edited_at_random_are_read_without_panic(
        which in any::<Index>(),
        edits in prop::collection::vec(edit(), 1..12),
    ) {
        let all = articles();
        let article = &all[which.index(all.len())];
        sound(&Article { text: apply(&edits, &article.text), ..article.clone() });
    }
}

#[test]
fn lists_that_break_off_are_read_without_panic() {
    for text in [
        "Alfa asal, Beta dan Gama bekerja sama.",
        "Telkom menggandeng Grab asal, BCA.",
        "Telkom menggandeng tiga bank (",
        "Telkom menggandeng perusahaan asal (BCA",
        "Berikut mitra Grab:",
        "Mitra Grab:\n1.\n2.",
        "Telkom menggandeng anak usaha",
        "Anak usaha Telkom,",
        "Telkom, BCA dan Grab 500 juta dan",
        "Telkom Kabupaten, dan Grab",
        "mereka bahwa mereka dan mereka",
    ] {
        sound(&Article::new("broken off", text));
    }
}
