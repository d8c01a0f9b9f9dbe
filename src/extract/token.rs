//! Words, numbers and marks.

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

/// Cuts `text[start..end]` into tokens and appends them.
pub(super) fn tokens(text: &str, start: usize, end: usize, out: &mut Vec<Token>) {
    let end = end.min(text.len());
    let bytes = &text.as_bytes()[..end];
    let (mut at, mut glued) = (start, false);
    // The word before was cut from this one.
    let mut glue_before = false;
    while at < bytes.len() {
        let (from, mut simple, mut ascii) = (at, false, true);
        let shape = match CLASSES[bytes[at] as usize] {
            Class::Space => {
                at += 1;
                glued = false;
                continue;
            }
            Class::Mark => {
                at += 1;
                Shape::Mark
            }
            Class::High => {
                let c = text[at..end].chars().next().unwrap_or(' ');
                if c.is_whitespace() || is_invisible(c) {
                    at += c.len_utf8();
                    glued = false;
                    continue;
                }
                ascii = false;
                if c.is_alphanumeric() {
                    word(text, &mut at, end)
                } else {
                    at += c.len_utf8();
                    Shape::Mark
                }
            }
            class => {
                at = lower_end(text.as_bytes(), at + 1).min(end);
                let next = bytes.get(at).map_or(Class::Space, |b| CLASSES[usize::from(*b)]);
                // As most words are: small letters, the first perhaps a capital.
                simple = class != Class::Digit && matches!(next, Class::Space | Class::Mark);
                if simple {
                    if class == Class::Low { Shape::Lower } else { Shape::Capital }
                } else {
                    at = from;
                    let shape = word(text, &mut at, end);
                    ascii = bytes[from..at].is_ascii();
                    shape
                }
            }
        };
        let full = text.as_bytes();
        let after = glue_before;
        glue_before = false;
        let numbers = || full.get(at) == Some(&b'.') && full.get(at + 1) == Some(&b' ');
        let written = &text[from..at];
        let glue = || glue(written).or_else(|| item_number(written).filter(|_| numbers()));
        if shape == Shape::Capital
            && (!simple || after)
            && let Some(cut) = glue().or_else(|| glued_tail(written, after))
        {
            at = from + cut;
            glue_before = true;
            let capitals = bytes[from..at].iter().all(u8::is_ascii_uppercase);
            let shape = match bytes[from].is_ascii_lowercase() {
                true => Shape::Lower,
                false if capitals => Shape::Upper,
                false => Shape::Capital,
            };
            let ascii = full[from..at].is_ascii();
            out.push(Token { start: from as u32, end: at as u32, shape, glued, ascii, word: 0 });
            // What follows stands as if after a space.
            glued = false;
            continue;
        }
        out.push(Token { start: from as u32, end: at as u32, shape, glued, ascii, word: 0 });
        // As most words end: before one space.
        glued = bytes.get(at) != Some(&b' ');
        at += usize::from(!glued);
    }
}

/// Where the small letters of ASCII from `at` on end; eight bytes are looked at together.
#[inline]
fn lower_end(bytes: &[u8], mut at: usize) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const TOP: u64 = 0x80 * EACH;
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let eight = u64::from_le_bytes(*chunk);
        // The top bit of each byte tells whether it is at least "a", and beyond "z".
        let low = eight & !TOP;
        let from_a = low + (0x80 - u64::from(b'a')) * EACH;
        let beyond_z = low + (0x7f - u64::from(b'z')) * EACH;
        let others = !(from_a & !beyond_z & !eight) & TOP;
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|b| !b.is_ascii_lowercase()).unwrap_or(rest.len())
}

/// Words that are often glued to the capital after them: "keAlfa".
const GLUED: [&str; 20] = [
    "di", "ke", "dari", "dan", "oleh", "yang", "dengan", "untuk", "pada", "antara", "terhadap", "atau",
    "serta", "bagi", "dalam", "kepada", "bahwa", "sebagai", "melawan", "dgn",
];

/// Outlets whose names begin with a small letter and go on with a capital.
const OUTLETS: [&str; 3] = ["detik", "kumparan", "haibunda"];

/// Where a small word ends that is glued to a capital: after it, or before it
/// where a name stands first, as in "AlfadanBeta".
fn glue(word: &str) -> Option<usize> {
    let bytes = word.as_bytes();
    let at = (1..bytes.len())
        .find(|n| CLASSES[bytes[*n] as usize] == Class::Up && bytes[*n - 1].is_ascii_lowercase())?;
    let left = word.get(..at)?;
    if GLUED.contains(&left) {
        return Some(at);
    }
    // "resmiAlfa": a word of small letters, but for outlets that are written so.
    let plain = bytes[..at].iter().all(u8::is_ascii_lowercase);
    let name = bytes.len() >= at + 3 || bytes[at..].iter().all(u8::is_ascii_uppercase);
    if plain && at >= 5 && name && !OUTLETS.contains(&left) {
        return Some(at);
    }
    let small = GLUED.iter().filter(|g| g.len() >= 3 && left.len() > g.len() + 2 && left.ends_with(**g));
    small.map(|g| at - g.len()).min()
}

/// Where a small word begins that is glued to capitals, or to a name that was glued itself:
/// "ALFAyang", "diAlfadengan".
fn glued_tail(word: &str, after: bool) -> Option<usize> {
    const TIME: [&str; 6] = ["pekan", "tahun", "bulan", "akan", "telah", "tidak"];
    let upper = word.bytes().take_while(u8::is_ascii_uppercase).count();
    if upper >= 3 && GLUED.contains(&word.get(upper..)?) {
        return Some(upper);
    }
    let tails = GLUED.iter().chain(&TIME).filter(|t| after && t.len() >= 3 && word.ends_with(**t));
    tails.map(|t| word.len() - t.len()).find(|at| *at >= 4)
}

/// Where the number of a list's next item is glued to a word: "Alfa9. Beta".
fn item_number(word: &str) -> Option<usize> {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = word.len() - letters.len();
    ((1..=2).contains(&digits) && letters.len() >= 5).then_some(letters.len())
}

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
