//! The parts of an article: its title, its body, links to other articles, and
//! what the site adds to every page.

use super::Article;
use super::sentences::add_sentences;
use crate::base::{PartialDate, Span, between};
use memchr::memchr;

/// What a part of an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ZoneKind {
    /// The headline, where the text begins with it.
    Title,
    /// A line that holds nothing but the article's own date.
    Dateline,
    /// What the article says.
    Body,
    /// A link to another article.
    Related,
    /// What the site adds: newsletters, comment rules, advertisements.
    Boilerplate,
}

/// A part of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone {
    /// What it is.
    pub kind: ZoneKind,
    /// Where, in bytes of the text.
    pub span: Span,
}

/// The words by which a language's zones are known, in lower case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ZoneWords {
    /// Openers of links to other articles, such as "baca juga".
    pub related: Vec<String>,
    /// Openers of a site's own text, which runs to the end of the article.
    pub boilerplate: Vec<String>,
    /// Phrases that sites put into the middle of a text.
    pub notices: Vec<String>,
    /// Words that stand in small letters in a headline.
    pub headline_small: Vec<String>,
}

/// The zones of one article, in order and without gaps except white space.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// The zones.
    pub zones: Vec<Zone>,
}

impl Layout {
    /// Finds an article's zones.
    pub fn of(article: &Article, words: &ZoneWords) -> Layout {
        let text = &article.text;
        let words = &Openers::of(words);
        let mut zones = Vec::new();
        let mut start = 0;
        let (mut in_footer, mut links) = (false, false);
        for (n, line) in lines(text).enumerate() {
            let span = Span::new(start, start + line.len());
            start += line.len();
            let kind = if in_footer || opens(line, words) {
                in_footer = true;
                ZoneKind::Boilerplate
            } else if stands_alone(line, words) {
                links = true;
                ZoneKind::Related
            } else if opens_related(line, words) || links && is_link(line, words) {
                ZoneKind::Related
            } else if n == 0 && is_title(article, line) {
                ZoneKind::Title
            } else if n < 3 && date_line(line).is_some() {
                ZoneKind::Dateline
            } else {
                links &= line.trim().is_empty();
                split_inline(text, span, words, &mut zones, &mut in_footer);
                continue;
            };
            push(&mut zones, kind, span);
        }
        Layout { zones }
    }

    /// Where the title stands, if the text begins with it.
    pub fn title(&self) -> Option<Span> {
        self.zones.iter().find(|z| z.kind == ZoneKind::Title).map(|z| z.span)
    }

    /// The sentences of the title and the body.
    pub fn sentences(&self, text: &str) -> Vec<Span> {
        let own = |z: &&Zone| matches!(z.kind, ZoneKind::Title | ZoneKind::Body);
        let mut found = Vec::with_capacity(text.len() / SENTENCE);
        self.zones.iter().filter(own).for_each(|z| add_sentences(text, z.span, &mut found));
        found
    }
}

/// The words by which zones are known, with their first letters.
struct Openers<'a> {
    related: &'a [String],
    boilerplate: &'a [String],
    notices: &'a [String],
    headline_small: &'a [String],
    /// A bit for the first three bytes of each opener; several may share one.
    heads: [u64; HEADS],
    /// For the last five bits of their first byte, a bit for those of the second: they are
    /// the same for small letters and capitals.
    seconds: [u32; LETTERS],
}

/// About how many bytes a sentence has.
const SENTENCE: usize = 120;

/// How many words of bits `heads` has.
const HEADS: usize = 32;
/// How many values the last five bits of a byte have.
const LETTERS: usize = 32;

/// The bit of a text's first three bytes, whatever their case; none if it is shorter.
fn head(text: &[u8]) -> Option<usize> {
    let [a, b, c] = text.first_chunk::<3>()?.map(|b| usize::from(b.to_ascii_lowercase()));
    Some((a + b * 37 + c * 1031) % (64 * HEADS))
}

impl Openers<'_> {
    fn of(words: &ZoneWords) -> Openers<'_> {
        let ZoneWords { related, boilerplate, notices, headline_small } = words;
        let (mut heads, mut seconds) = ([0; HEADS], [0; LETTERS]);
        for opener in related.iter().chain(boilerplate).chain(notices) {
            match (head(opener.as_bytes()), opener.as_bytes()) {
                (Some(bit), [first, second, ..]) => {
                    heads[bit / 64] |= 1 << (bit % 64);
                    seconds[usize::from(first & 31)] |= 1 << (second & 31);
                }
                _ => (heads, seconds) = ([u64::MAX; HEADS], [u32::MAX; LETTERS]),
            }
        }
        Openers { related, boilerplate, notices, headline_small, heads, seconds }
    }

    /// Whether a text may begin with an opener.
    fn may_begin(&self, text: &[u8]) -> bool {
        head(text).is_none_or(|bit| self.heads[bit / 64] >> (bit % 64) & 1 != 0)
    }

    /// Whether an opener may stand at a capital.
    fn may_open(&self, bytes: &[u8], at: usize) -> bool {
        let [first, second] = [0, 1].map(|n| bytes.get(at + n).map_or(0, |b| b & 31));
        self.seconds[usize::from(first)] >> second & 1 != 0
            && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric())
            && self.may_begin(&bytes[at..])
    }

    /// Where the next opener may stand from `at` on: at the start of a word with
    /// a capital.
    fn next(&self, bytes: &[u8], mut at: usize) -> usize {
        while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<64>) {
            let (eights, _) = chunk.as_chunks::<8>();
            let each = eights.iter().map(|eight| one_each(between(u64::from_le_bytes(*eight), b'A', b'Z')));
            let mut found = each.rev().fold(0, |all, bits| all << 8 | bits);
            while found != 0 {
                let place = at + found.trailing_zeros() as usize;
                if self.may_open(bytes, place) {
                    return place;
                }
                found &= found - 1;
            }
            at += 64;
        }
        let opens = |at: &usize| bytes[*at].is_ascii_uppercase() && self.may_open(bytes, *at);
        (at..bytes.len()).find(opens).unwrap_or(bytes.len())
    }
}

/// The top bits of eight bytes, one beside the other.
fn one_each(eight: u64) -> u64 {
    (eight >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// The lines of a text with their ends.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |n| n + 1);
        let (line, behind) = rest.split_at(end);
        rest = behind;
        (!line.is_empty()).then_some(line)
    })
}

/// The date of a line that is nothing else, such as `2020-03-12`.
pub(super) fn date_line(line: &str) -> Option<PartialDate> {
    let line = line.trim();
    let may = (4..=10).contains(&line.len()) && line.as_bytes()[0].is_ascii_digit();
    may.then(|| line.parse().ok()).flatten()
}

/// Whether the first line is a headline: short, without a full stop, and either
/// known to be the title or followed by more lines.
fn is_title(article: &Article, line: &str) -> bool {
    let bare = line.trim();
    if article.title.as_deref() == Some(bare) {
        return true;
    }
    let ends_open = !bare.ends_with(['.', '!', ',', ';', ':', '"']);
    line.ends_with('\n') && !bare.is_empty() && bare.len() <= 200 && ends_open
}

fn opens(line: &str, words: &Openers) -> bool {
    let line = line.trim_start();
    words.may_begin(line.as_bytes()) && words.boilerplate.iter().any(|o| starts_folded(line, o))
}

/// Whether the text starts with `lower`, which is in lower case, whatever the
/// text's own case.
fn starts_folded(text: &str, lower: &str) -> bool {
    text.get(..lower.len()).is_some_and(|head| head.eq_ignore_ascii_case(lower))
}

/// Whether a line opens with a related-link opener followed by a colon.
fn opens_related(line: &str, words: &Openers) -> bool {
    let line = line.trim_start().trim_start_matches(['(', '[', '*', '>', '-', '•', '"', ' ']);
    words.may_begin(line.as_bytes())
        && words.related.iter().any(|o| starts_folded(line, o) && follows_colon(&line[o.len()..]))
}

/// Whether a line is but an opener: "Artikel Terkait", above links that are lines of their own.
fn stands_alone(line: &str, words: &Openers) -> bool {
    let line = line.trim_matches(|c: char| c.is_whitespace() || "([*>-•:".contains(c));
    words.may_begin(line.as_bytes())
        && words.related.iter().any(|o| o.contains(' ') && o.eq_ignore_ascii_case(line))
}

/// Whether a line is a link to another article: a headline.
fn is_link(line: &str, words: &Openers) -> bool {
    let bare = line.trim();
    let ends = bare.ends_with(['.', ',', ';', ':', '"', '”']);
    let small =
        |word: &str| word.starts_with(char::is_lowercase) && !words.headline_small.iter().any(|s| s == word);
    !bare.is_empty() && !ends && bare.split_whitespace().filter(|w| small(w)).count() <= 1
}

fn follows_colon(rest: &str) -> bool {
    rest.trim_start_matches([' ', '\u{a0}', '*']).starts_with(':')
}

/// Cuts links and site text out of the middle of a line.
fn split_inline(text: &str, line: Span, words: &Openers, zones: &mut Vec<Zone>, in_footer: &mut bool) {
    let (mut body_start, mut at, end) = (line.range().start, line.range().start, line.range().end);
    let bytes = text.as_bytes();
    loop {
        at = words.next(&bytes[..end], at);
        if at >= end {
            break;
        }
        let rest = &text[at..end];
        if words.boilerplate.iter().any(|o| o.len() > 12 && starts_folded(rest, o)) {
            push(zones, ZoneKind::Body, Span::new(body_start, at));
            push(zones, ZoneKind::Boilerplate, Span::new(at, end));
            *in_footer = true;
            return;
        }
        if let Some(notice) = words.notices.iter().find(|o| starts_folded(rest, o)) {
            push(zones, ZoneKind::Body, Span::new(body_start, at));
            push(zones, ZoneKind::Boilerplate, Span::new(at, at + notice.len()));
            at += notice.len();
            body_start = at;
            continue;
        }
        let Some(opener) =
            words.related.iter().find(|o| starts_folded(rest, o) && follows_colon(&rest[o.len()..]))
        else {
            at += 1;
            continue;
        };
        let inside = at > 0 && matches!(bytes[at - 1], b'(' | b'[');
        let from = if inside { at - 1 } else { at };
        let close = if inside { rest.find([')', ']']).map(|n| at + n + 1) } else { None };
        let stop = close.unwrap_or_else(|| link_end(text, at + opener.len(), end, words.headline_small));
        push(zones, ZoneKind::Body, Span::new(body_start, from));
        push(zones, ZoneKind::Related, Span::new(from, stop));
        body_start = stop;
        at = stop;
    }
    push(zones, ZoneKind::Body, Span::new(body_start, end));
}

/// Where a link in running text ends: its headline is written with capitals, so
/// the text goes on at the last capital before the first word in small letters.
fn link_end(text: &str, from: usize, end: usize, small: &[String]) -> usize {
    let rest = &text[from..end];
    let mut last_capital = None;
    let mut at = 0;
    for word in rest.split_inclusive([' ', '\u{a0}']) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let first = bare.chars().next();
        if word.trim_start().starts_with(['"', '\u{201c}']) && at > 0 && last_capital.is_some() {
            return from + at;
        }
        if first.is_some_and(char::is_lowercase) && !small.iter().any(|s| s == bare) {
            return from + last_capital.unwrap_or(at);
        }
        if first.is_some_and(char::is_uppercase) {
            last_capital = Some(at);
        }
        at += word.len();
    }
    end
}

fn push(zones: &mut Vec<Zone>, kind: ZoneKind, span: Span) {
    if span.is_empty() {
        return;
    }
    match zones.last_mut() {
        Some(last) if last.kind == kind && kind != ZoneKind::Title && last.span.end == span.start => {
            last.span.end = span.end;
        }
        _ => zones.push(Zone { kind, span }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> ZoneWords {
        ZoneWords {
            related: vec!["baca juga".into(), "baca".into()],
            boilerplate: vec!["dapatkan update berita".into()],
            notices: vec!["advertisement".into()],
            headline_small: vec!["di".into()],
        }
    }

    #[test]
    fn a_link_in_running_text_ends_where_small_letters_begin() {
        let text = "Isi satu. Baca: Alfa Gandeng Beta di Medan Kerja sama itu baru. ADVERTISEMENT Isi lain.";
        let layout = Layout::of(&Article::new("a", text), &words());
        let body: Vec<_> = layout.sentences(text).into_iter().map(|s| &text[s.range()]).collect();
        assert_eq!(body, ["Isi satu.", "Kerja sama itu baru.", "Isi lain."]);
    }

    #[test]
    fn headlines_below_a_lone_opener_are_links() {
        let text = "Isi satu.\nBaca Juga\nAlfa Gandeng Beta di Medan\n\nGama vs Delta: Siapa Juara?\nIsi lain di sini.";
        let layout = Layout::of(&Article::new("a", text), &words());
        let body: Vec<_> = layout.sentences(text).into_iter().map(|s| &text[s.range()]).collect();
        assert_eq!(body, ["Isi satu.", "Isi lain di sini."]);
    }

    #[test]
    fn links_and_footers_are_no_part_of_the_body() {
        let text = "Judul Berita\n2020-03-12\nIsi satu. (Baca: Alfa Gandeng Beta) Isi dua.\nBaca juga : Gama\n\
                    Isi tiga.\nDapatkan update berita pilihan.\nSyarat";
        let layout = Layout::of(&Article::new("a", text), &words());
        let parts: Vec<_> = layout.zones.iter().map(|z| (z.kind, text[z.span.range()].trim())).collect();
        use ZoneKind::*;
        assert_eq!(
            parts,
            [
                (Title, "Judul Berita"),
                (Dateline, "2020-03-12"),
                (Body, "Isi satu."),
                (Related, "(Baca: Alfa Gandeng Beta)"),
                (Body, "Isi dua."),
                (Related, "Baca juga : Gama"),
                (Body, "Isi tiga."),
                (Boilerplate, "Dapatkan update berita pilihan.\nSyarat"),
            ]
        );
        assert_eq!(layout.sentences(text).len(), 4);
    }
}
