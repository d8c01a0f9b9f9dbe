//! Whether each quotation mark that opens a field of a CSV file is closed at the
//! field's end (RFC 4180): the csv crate takes whatever comes.

use std::io::{self, Read};

/// Line and column, in bytes, and what is wrong there.
type Wrong = (usize, usize, &'static str);

#[derive(Debug, Clone, Copy, PartialEq)]
enum At {
    Start,
    Plain,
    Quoted,
    Behind,
}

/// The quotation marks of what was read so far.
#[derive(Debug)]
pub(super) struct Quotes {
    at: At,
    line: usize,
    column: usize,
    /// Where the field in quotes opened.
    opened: (usize, usize),
    wrong: Option<Wrong>,
}

impl Quotes {
    fn new() -> Quotes {
        Quotes { at: At::Start, line: 1, column: 0, opened: (1, 1), wrong: None }
    }

    /// Those of a whole file.
    pub(super) fn of(bytes: &[u8]) -> Result<(), Wrong> {
        let mut quotes = Quotes::new();
        quotes.read(bytes);
        quotes.end()
    }

    fn read(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.column += 1;
            self.at = match (self.at, byte) {
                // A byte order mark.
                (At::Start, 0xef | 0xbb | 0xbf) if self.line == 1 && self.column < 4 => At::Start,
                (At::Start, b'"') => {
                    self.opened = (self.line, self.column);
                    At::Quoted
                }
                (At::Quoted, b'"') => At::Behind,
                (At::Quoted, _) | (At::Behind, b'"') => At::Quoted,
                (_, b',' | b'\n' | b'\r') => At::Start,
                (At::Behind, _) => {
                    let wrong = (self.line, self.column, "something stands behind a quoted field");
                    self.wrong.get_or_insert(wrong);
                    At::Plain
                }
                (At::Start | At::Plain, _) => At::Plain,
            };
            if *byte == b'\n' {
                (self.line, self.column) = (self.line + 1, 0);
            }
        }
    }

    /// What was wrong first, if anything was.
    pub(super) fn end(self) -> Result<(), Wrong> {
        let open = (self.opened.0, self.opened.1, "this quoted field never ends");
        self.wrong.or((self.at == At::Quoted).then_some(open)).map_or(Ok(()), Err)
    }
}

/// A reader that looks at the quotation marks that pass.
pub(super) struct Quoted<R> {
    from: R,
    pub(super) quotes: Quotes,
}

impl<R> Quoted<R> {
    pub(super) fn new(from: R) -> Quoted<R> {
        Quoted { from, quotes: Quotes::new() }
    }
}

impl<R: Read> Read for Quoted<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let len = self.from.read(to)?;
        self.quotes.read(&to[..len]);
        Ok(len)
    }
}
