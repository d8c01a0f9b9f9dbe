//! Where a sentence ends.

use crate::base::Span;
use memchr::{memchr2, memchr3};

/// A sentence is cut at this length, so that a text without full stops can't
/// make the later stages slow.
pub const MAX_SENTENCE_BYTES: usize = 4096;

/// Whether a word's full stop doesn't end a sentence; the word is in lower case.
fn is_abbreviation(word: &[u8]) -> bool {
    #[rustfmt::skip]
    let known = matches!(
        word,
        b"pt" | b"cv" | b"tbk" | b"dr" | b"ir" | b"hj" | b"prof" | b"drs" | b"st" | b"mr" | b"mrs" | b"no"
            | b"rp" | b"jl" | b"jr" | b"sr" | b"inc" | b"co" | b"ltd" | b"pvt" | b"pte" | b"sdn" | b"corp"
            | b"vs" | b"kh" | b"tgk" | b"moch" | b"dra" | b"drg" | b"pdt" | b"rs" | b"sdr" | b"ust" | b"plt"
            | b"pj" | b"lt" | b"kav" | b"gd" | b"kec" | b"kab" | b"kombes" | b"brigjen" | b"mayjen"
            | b"letjen" | b"irjen" | b"kol" | b"jend" | b"pol" | b"purn" | b"bpk" | b"ny" | b"tn"
    );
    known
}

/// Whether such a word closes a name, and so may close a sentence too.
fn is_closing_form(word: &[u8]) -> bool {
    matches!(word, b"tbk" | b"inc" | b"ltd" | b"corp")
}

/// How many bytes before a full stop are looked at: more than any abbreviation has.
const TAIL: usize = 8;

/// The sentences of `text[zone]`, as byte ranges of `text`, without the white
/// space around them. A line break always ends a sentence.
pub fn sentences(text: &str, zone: Span) -> Vec<Span> {
    let mut found = Vec::new();
    add_sentences(text, zone, &mut found);
    found
}

/// The same, appended to others.
pub(super) fn add_sentences(text: &str, zone: Span, found: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    let end = zone.range().end.min(text.len());
    let (mut start, mut at) = (zone.range().start.min(end), zone.range().start.min(end));
    let (mut stop, mut line) = (None, None);
    let mut wrapped = None;
    loop {
        // Nearly all bytes end nothing: on to the next that may.
        let far = |n: Option<usize>| n.map_or(end, |n| at + n);
        stop = stop.filter(|n| *n >= at).or_else(|| Some(far(memchr3(b'.', b'!', b'?', &bytes[at..end]))));
        line = line.filter(|n| *n >= at).or_else(|| Some(far(memchr2(b'\n', b'\r', &bytes[at..end]))));
        let near = (start + MAX_SENTENCE_BYTES).max(at);
        at = near.min(stop.unwrap_or(end)).min(line.unwrap_or(end));
        let Some(byte) = bytes[..end].get(at).copied() else { break };
        let cut = match byte {
            b'\n' | b'\r' => {
                let wrapped =
                    *wrapped.get_or_insert_with(|| is_wrapped(&text[zone.range().start.min(end)..end]));
                (!(wrapped && goes_on(&text[start..at], &text[at..end]))).then_some(at + 1)
            }
            b'.' | b'!' | b'?' => after_stop(text, start, at, end),
            _ if at - start >= MAX_SENTENCE_BYTES => Some(cut_long(text, start, at)),
            _ => None,
        };
        match cut {
            Some(cut) => {
                push_trimmed(text, start, cut, found);
                start = cut;
                at = cut;
            }
            None => at += 1,
        }
    }
    push_trimmed(text, start, end, found);
}

/// How many lines tell that a text's lines end where its column does.
const WRAPPED: usize = 2;
/// How long such a line is at least, in bytes.
const COLUMN: usize = 40;

/// Whether the lines of a text end within sentences: the next ones begin in small letters.
fn is_wrapped(text: &str) -> bool {
    let mut lines = text.split('\n').map(str::trim);
    let mut before = lines.next().unwrap_or_default();
    let within = lines.filter(|line| {
        let open = before.len() >= COLUMN && before.ends_with(|c: char| c.is_alphanumeric() || c == ',');
        let goes_on = open && line.starts_with(|c: char| c.is_lowercase() || c == '(');
        before = line;
        goes_on
    });
    within.take(WRAPPED).count() == WRAPPED
}

/// Whether the sentence goes on behind the line's end, in such a text.
fn goes_on(sentence: &str, rest: &str) -> bool {
    let line = sentence.rsplit('\n').next().unwrap_or_default().trim();
    let next = rest.trim_start_matches('\r').strip_prefix('\n').unwrap_or(rest);
    line.len() >= COLUMN
        && line.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ')'))
        && next.starts_with(|c: char| c.is_alphabetic() || c == '(')
}

/// What is told apart by letters.
const SORTED: [&str; 10] =
    ["seri", "grup", "kelas", "kategori", "golongan", "blok", "tipe", "pot", "hepatitis", "putaran"];

/// The end of the sentence that stops with the mark at `at`, if it does.
fn after_stop(text: &str, start: usize, at: usize, end: usize) -> Option<usize> {
    let rest = &text[at + 1..end];
    let closes = |c: &char| matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '»' | '.' | '!' | '?');
    let closing: usize = rest.chars().take_while(closes).map(char::len_utf8).sum();
    let after = &rest[closing..];
    let next = after.chars().next();
    let mut space = after.trim_start_matches([' ', '\t', '\u{a0}']).chars();
    let glued = next.is_some_and(|c| !c.is_whitespace());
    let first = space.next();
    if glued {
        // "… katanya.Ia …": a capital straight after a word in small letters.
        let small_before = text[start..at].chars().next_back().is_some_and(char::is_lowercase);
        let word_follows = first.is_some_and(char::is_uppercase)
            && space.next().is_some_and(|c| c.is_lowercase() || c == ' ');
        // "Alfa Beta Co.Ltd", "Ir.Budi".
        let cut = small_before && word_follows && !is_shortened(&text.as_bytes()[start..at], after);
        return cut.then_some(at + 1 + closing);
    }
    let opens =
        |c| matches!(c, '"' | '\'' | '“' | '‘' | '(' | '[' | '-' | '–' | '—' | '*' | '•' | '\n' | '\r');
    let begins = first.is_none_or(|c| c.is_uppercase() || c.is_numeric() || opens(c));
    if !begins {
        return None;
    }
    // "Pelaksana Tugas (Plt.) Direktur".
    if text.as_bytes()[at] == b'.' && (closing == 0 || rest.starts_with(')')) {
        let tail = &text.as_bytes()[at.saturating_sub(TAIL).max(start)..at];
        let from = tail.iter().rposition(|b| !b.is_ascii_alphanumeric() && *b < 0x80).map_or(0, |n| n + 1);
        let word = &tail[from..];
        // "KSOP I. Kedua kapal itu": a number, not an initial.
        // "putaran seri A. Di luar itu": nor a letter that sorts.
        let before = || text.get(start..at - 1).unwrap_or_default().trim_end();
        let numbered = match word {
            [b'I' | b'V' | b'X'] => {
                new_word(after) && (in_capitals(before()) || ends_with(before(), &COUNTED))
            }
            [b'A'..=b'H'] => new_word(after) && ends_with(before(), &SORTED),
            _ => false,
        };
        let initial = closing == 0 && matches!(word, [one] if one.is_ascii_alphabetic()) && !numbered;
        let mut lower = [0; TAIL];
        lower[..word.len()].copy_from_slice(word);
        lower.make_ascii_lowercase();
        let lower = &lower[..word.len()];
        let shortened = || is_abbreviation(lower) && !(is_closing_form(lower) && new_word(after));
        if initial || shortened() && (closing == 0 || opened(&text[start..at], word.len())) {
            return None;
        }
    }
    Some(at + 1 + closing)
}

/// What is counted in Roman numbers, beside bodies in capitals.
const COUNTED: [&str; 10] =
    ["regional", "region", "wilayah", "divisi", "kelas", "tahap", "angkatan", "jilid", "zona", "seri"];

/// Whether what stands before a stop ends with an abbreviation, and no sentence follows.
fn is_shortened(before: &[u8], after: &str) -> bool {
    let tail = &before[before.len().saturating_sub(TAIL)..];
    let from = tail.iter().rposition(|b| !b.is_ascii_alphanumeric() && *b < 0x80).map_or(0, |n| n + 1);
    let lower = tail[from..].to_ascii_lowercase();
    is_abbreviation(&lower) && !(is_closing_form(&lower) && new_word(after))
}

/// Whether one word with a capital, and then one in small letters, follows: "Tbk.
/// Perusahaan itu", but not "Tbk. (ABCD)" or "Inc. Jepang,".
fn new_word(after: &str) -> bool {
    let mut words = after.split_ascii_whitespace();
    let first = words.next().unwrap_or_default().chars().collect::<Vec<_>>();
    let capital = first.len() > 1 && first[0].is_uppercase() && first[1..].iter().all(|c| c.is_lowercase());
    capital && words.next().is_some_and(|w| w.starts_with(char::is_lowercase))
}

/// Whether the last word is one of these.
fn ends_with(before: &str, words: &[&str]) -> bool {
    let last = before.rsplit(' ').next().unwrap_or_default();
    words.iter().any(|word| word.eq_ignore_ascii_case(last))
}

/// Whether the last word is an abbreviation in capitals.
fn in_capitals(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether the abbreviation stands alone in its brackets.
fn opened(before: &str, word: usize) -> bool {
    before.len() > word && before.as_bytes()[before.len() - word - 1] == b'('
}

/// A place to cut a text that is too long: after its last white space, else at
/// a character's edge.
fn cut_long(text: &str, start: usize, at: usize) -> usize {
    let mut edge = at;
    while !text.is_char_boundary(edge) {
        edge += 1;
    }
    let space = text.as_bytes()[start..at].iter().rposition(|b| *b == b' ');
    space.map_or(edge, |n| start + n + 1)
}

fn push_trimmed(text: &str, start: usize, end: usize, found: &mut Vec<Span>) {
    let part = text[start..end].trim_end();
    let bare = part.trim_start();
    if !bare.is_empty() {
        found.push(Span::new(start + (part.len() - bare.len()), start + part.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text, Span::new(0, text.len())).into_iter().map(|s| &text[s.range()]).collect()
    }

    #[test]
    fn stops_inside_names_numbers_and_initials_do_not_end_a_sentence() {
        assert_eq!(
            split("PT. Maju Tbk. Baru untung Rp 1.5 juta. Kata A. Budi di maju.co.id: \"Ya.\" Lalu?\nAkhir"),
            [
                "PT. Maju Tbk.",
                "Baru untung Rp 1.5 juta.",
                "Kata A. Budi di maju.co.id: \"Ya.\"",
                "Lalu?",
                "Akhir"
            ]
        );
        assert_eq!(split("Itu milik ALFA I. Kedua kapal berlayar.").len(), 2);
        assert_eq!(split("Kata Budi I. Cita kemarin.").len(), 1);
        assert_eq!(split("Ia pergi.Mereka tinggal."), ["Ia pergi.", "Mereka tinggal."]);
        let kept = "PT Maju Tbk. (MAJU) di Lt. 3 Gd. Alfa, Kav. 5, kata Irjen. Budi.";
        assert_eq!(split(kept), [kept]);
    }

    #[test]
    fn a_line_of_a_column_does_not_end_a_sentence() {
        let column = "Rapat di balai kota itu dihadiri Alfa Raya,\nbeserta pengurus lama yang datang dari Kota\n\
                      Beta dan para tamu undangan dari desa-desa\nsekitar. Makan siang menyusul.\nAcara selesai";
        assert_eq!(split(column).len(), 3);
        assert_eq!(split("Rapat di balai kota itu dihadiri Alfa Raya\nbeserta pengurus lama.").len(), 2);
    }

    #[test]
    fn a_text_without_stops_is_cut_at_spaces() {
        let text = "kata é ".repeat(3000);
        let all = sentences(&text, Span::new(0, text.len()));
        assert!(all.len() > 3 && all.iter().all(|s| s.len() <= MAX_SENTENCE_BYTES));
        let solid = "é".repeat(10_000);
        assert!(sentences(&solid, Span::new(0, solid.len())).len() > 2);
    }
}
