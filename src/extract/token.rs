//! Words, numbers and marks.

use super::glued::{glue, glued_tail, item_number};
use crate::base::between;
use std::ops::Range;

/// The bit of marks that have none of their own: no space is a mark.
pub(super) const OTHER_MARKS: u64 = 1;

/// The bit of a mark by its first byte.
#[inline]
pub(super) fn mark_bit(byte: u8) -> u64 {
    if (0x20..0x60).contains(&byte) { 1 << (byte - 0x20) } else { OTHER_MARKS }
}

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A word in small letters.
    Lower,
    /// A word that begins with a capital.
    Capital,
    /// A word of capitals only, two or more.
    Upper,
    /// Digits.
    Number,
    /// One mark.
    Mark,
}

/// One token of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub start: u32,
    pub end: u32,
    pub shape: Shape,
    /// No white space stands before it.
    pub glued: bool,
    /// It is written in ASCII.
    pub ascii: bool,
    /// The word's number in the vocabulary; 0 for words that no data has.
    pub word: u32,
}

impl Token {
    pub(super) fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }

    /// Its bytes: no look at whether it begins and ends with whole characters is needed.
    #[inline]
    pub(super) fn bytes<'t>(&self, text: &'t str) -> &'t [u8] {
        &text.as_bytes()[self.start as usize..self.end as usize]
    }

    /// Whether it is written so.
    #[inline]
    pub(super) fn is(&self, text: &str, word: &str) -> bool {
        self.bytes(text) == word.as_bytes()
    }

    /// Whether it opens or closes a quotation.
    pub(super) fn is_quote(&self, text: &str) -> bool {
        matches!(self.bytes(text), b"\"" | [0xe2, 0x80, 0x9c | 0x9d])
    }

    /// Whether it is written as names are.
    pub(super) fn is_name_like(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Low,
    Up,
    Digit,
    High,
    Mark,
}

const CLASSES: [Class; 256] = {
    let mut table = [Class::Mark; 256];
    let mut n = 0;
    while n < 256 {
        let byte = n as u8;
        table[n] = match byte {
            b' ' | b'\t' | b'\n' | b'\r' => Class::Space,
            b'a'..=b'z' => Class::Low,
            b'A'..=b'Z' => Class::Up,
            b'0'..=b'9' => Class::Digit,
            0x80.. => Class::High,
            _ => Class::Mark,
        };
        n += 1;
    }
    table
};

/// The letters of a short word of ASCII as they stand, with zeros behind them.
pub(super) type Letters = [u64; 2];

/// Gives words their numbers as they are cut.
pub(super) trait Numbers {
    /// The number of a mark of ASCII.
    fn mark(&mut self, byte: u8) -> u32;
    /// The number of a short word in letters of ASCII, all `small` or the first a capital.
    fn short(&mut self, word: Range<usize>, letters: Letters, small: bool) -> u32;
    /// The number of what else there is.
    fn other(&mut self, token: &Token) -> u32;
}

/// Leaves words without numbers.
struct Unnumbered;

impl Numbers for Unnumbered {
    fn mark(&mut self, _: u8) -> u32 {
        0
    }

    fn short(&mut self, _: Range<usize>, _: Letters, _: bool) -> u32 {
        0
    }

    fn other(&mut self, _: &Token) -> u32 {
        0
    }
}

/// Cuts `text[start..end]` into tokens and appends them.
pub(super) fn tokens(text: &str, start: usize, end: usize, out: &mut Vec<Token>) {
    numbered(text, start, end, out, &mut Unnumbered);
}

/// The same, with numbers.
pub(super) fn numbered(text: &str, start: usize, end: usize, out: &mut Vec<Token>, of: &mut impl Numbers) {
    let end = end.min(text.len());
    let full = text.as_bytes();
    let bytes = &full[..end];
    let (mut at, mut glued) = (start, false);
    // The word before was cut from this one.
    let mut after = false;
    while let Some(first) = bytes.get(at) {
        let class = CLASSES[usize::from(*first)];
        let (start, before) = (at as u32, glued);
        let token =
            |to: usize, shape, ascii| Token { start, end: to as u32, shape, glued: before, ascii, word: 0 };
        // As most words are: small letters, the first perhaps a capital.
        if class == Class::Low || class == Class::Up && !after {
            if let Some((to, letters)) = short(full, at)
                && to <= end
                && let next = bytes.get(to).copied().unwrap_or(b' ')
                && matches!(CLASSES[usize::from(next)], Class::Space | Class::Mark)
            {
                let small = class == Class::Low;
                let word = of.short(at..to, letters, small);
                let shape = if small { Shape::Lower } else { Shape::Capital };
                out.push(Token { word, ..token(to, shape, true) });
                after = false;
                // As most end: before one space.
                glued = next != b' ';
                at = to + usize::from(!glued);
                continue;
            }
        } else if class == Class::Space {
            at += 1;
            glued = false;
            continue;
        } else if class == Class::Mark {
            at += 1;
            out.push(Token { word: of.mark(*first), ..token(at, Shape::Mark, true) });
            after = false;
            glued = true;
            continue;
        }
        let (shape, ascii) = match class {
            Class::High => {
                let c = text[at..end].chars().next().unwrap_or(' ');
                if c.is_whitespace() || is_invisible(c) {
                    at += c.len_utf8();
                    glued = false;
                    continue;
                }
                if c.is_alphanumeric() {
                    (word(text, &mut at, end), false)
                } else {
                    at += c.len_utf8();
                    (Shape::Mark, false)
                }
            }
            _ => {
                let shape = word(text, &mut at, end);
                (shape, full[start as usize..at].is_ascii())
            }
        };
        let plain = || full[start as usize + 1..at].iter().all(u8::is_ascii_lowercase);
        let may = shape == Shape::Capital && (after || !plain());
        let cut = if may { apart(text, start as usize, at, after) } else { None };
        after = cut.is_some();
        let mut token = token(at, shape, ascii);
        if let Some(cut) = cut {
            at = start as usize + cut;
            token.end = at as u32;
            let part = &full[start as usize..at];
            token.shape = match part[0].is_ascii_lowercase() {
                true => Shape::Lower,
                false if part.iter().all(u8::is_ascii_uppercase) => Shape::Upper,
                false => Shape::Capital,
            };
            token.ascii = part.is_ascii();
        }
        token.word = of.other(&token);
        out.push(token);
        // What follows a glued word stands as if after a space.
        glued = cut.is_none();
    }
}

/// Where a word with a capital is to be cut, since two are glued together; `after` such a cut.
fn apart(text: &str, from: usize, to: usize, after: bool) -> Option<usize> {
    let written = &text[from..to];
    // A list's next item.
    let numbers = || text.as_bytes()[to..].starts_with(b". ");
    let item = || item_number(written).filter(|_| numbers());
    glue(written).or_else(item).or_else(|| glued_tail(written, after))
}

/// How many letters no short word has.
const SHORT: usize = 16;

/// Where the small letters of ASCII end that follow the letter at `at`, and all of them, if
/// they are few.
#[inline]
fn short(bytes: &[u8], at: usize) -> Option<(usize, Letters)> {
    let rest = bytes.get(at..)?;
    let mut last = [0; SHORT];
    let sixteen = rest.first_chunk().unwrap_or_else(|| {
        // The text ends before.
        last[..rest.len()].copy_from_slice(rest);
        &last
    });
    let (first, second) = sixteen.split_first_chunk::<8>()?;
    let (first, second) = (u64::from_le_bytes(*first), u64::from_le_bytes(*second.first_chunk::<8>()?));
    // Only its first letter may be none in small letters.
    let (here, there) = (others(first) & !0xff, others(second));
    // How long it is nobody knows: both halves without a branch.
    let ends = |others: u64| others.trailing_zeros() & !7;
    let kept = |bits: u32| 1u64.checked_shl(bits).map_or(u64::MAX, |bit| bit - 1);
    let (bits, more) = (ends(here), if here == 0 { ends(there) } else { 0 });
    (here | there != 0).then(|| (at + (bits + more) as usize / 8, [first & kept(bits), second & kept(more)]))
}

/// The top bit of each of eight bytes that is no small letter of ASCII.
#[inline]
fn others(eight: u64) -> u64 {
    !between(eight, b'a', b'z') & TOP
}

/// The top bits of eight bytes.
const TOP: u64 = 0x8080_8080_8080_8080;

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Reads a word or number from `at` on.
fn word(text: &str, at: &mut usize, end: usize) -> Shape {
    let bytes = text.as_bytes();
    let (mut lower, mut upper, mut digit, mut first_upper, mut first) = (0, 0, 0, false, true);
    while *at < end {
        match CLASSES[bytes[*at] as usize] {
            Class::Low => {
                lower += 1;
                *at += 1;
            }
            Class::Up => {
                upper += 1;
                first_upper |= first;
                *at += 1;
            }
            Class::Digit => {
                digit += 1;
                *at += 1;
            }
            Class::High => {
                let c = text[*at..end].chars().next().unwrap_or(' ');
                if !c.is_alphanumeric() && !matches!(c, '\u{300}'..='\u{36f}') {
                    break;
                }
                if c.is_uppercase() {
                    upper += 1;
                    first_upper |= first;
                } else {
                    lower += 1;
                }
                *at += c.len_utf8();
            }
            _ => break,
        }
        first = false;
    }
    match () {
        () if lower == 0 && upper == 0 => Shape::Number,
        () if lower == 0 && upper + digit > 1 => Shape::Upper,
        () if first_upper || upper > 0 || digit > 0 => Shape::Capital,
        () => Shape::Lower,
    }
}

/// Whether two texts are the same in lower case.
pub(super) fn same_in_lower(a: &str, b: &str) -> bool {
    match a.is_ascii() && b.is_ascii() {
        true => a.eq_ignore_ascii_case(b),
        false => a.to_lowercase() == b.to_lowercase(),
    }
}

/// A word in lower case, in a buffer that is used again.
pub(super) fn lower<'b>(word: &str, buffer: &'b mut String) -> &'b str {
    buffer.clear();
    if word.is_ascii() {
        buffer.push_str(word);
        buffer.make_ascii_lowercase();
    } else {
        buffer.extend(word.chars().flat_map(char::to_lowercase));
    }
    buffer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_marks_and_glue_are_told_apart() {
        let text = "Go-Jek’s É2 AS, (26/3/2018).";
        let mut all = Vec::new();
        tokens(text, 0, text.len(), &mut all);
        let seen: Vec<_> = all.iter().map(|t| (t.text(text), t.glued)).collect();
        assert_eq!(seen[..5], [("Go", false), ("-", true), ("Jek", true), ("’", true), ("s", true)]);
        assert_eq!(all[5].shape, Shape::Upper);
        assert_eq!(all[6].shape, Shape::Upper);
        assert_eq!(seen.len(), 16, "{seen:?}");
    }
}
