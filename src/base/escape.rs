//! Making text from articles harmless to print.

use std::borrow::Cow;
use std::fmt::Write;

/// Replaces control characters (line ends and tabs included), bidirectional
/// controls and other invisible formatting characters by `\u{…}`, so that
/// hostile text can neither move a terminal's cursor nor reorder a line.
pub fn escape_hostile(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hostile) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hostile(c) {
            write!(out, "\\u{{{:x}}}", u32::from(c)).expect("a String takes all");
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_bidi_characters_become_escapes() {
        assert_eq!(escape_hostile("a\u{1b}[2Jb\u{202e}c"), "a\\u{1b}[2Jb\\u{202e}c");
        assert!(matches!(escape_hostile("Perusahaan é 中国"), Cow::Borrowed(_)));
    }
}
