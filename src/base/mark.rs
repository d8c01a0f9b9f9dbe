//! The byte order mark that some editors begin a file with.

/// A file's text without its byte order mark.
pub fn without_mark(mut text: String) -> String {
    const MARK: char = '\u{feff}';
    if text.starts_with(MARK) {
        text.drain(..MARK.len_utf8());
    }
    text
}
