//! Articles one by one, as they stand in files: what is read is not kept.

use super::Article;
use super::parse::{article_of_line, read_text};
use crate::base::{Diagnostic, Location, SourceMap, Span};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// Beyond this line an error is told with the line's number alone.
const MAX_PLACED_LINE: usize = 1 << 20;
/// Bytes after which a batch has no more articles.
const BATCH_BYTES: usize = 1 << 18;

/// What reading may take in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadLimits {
    /// The largest plain text, in bytes.
    pub file_bytes: u64,
    /// The longest line of a `.jsonl` file, in bytes.
    pub line_bytes: u64,
    /// How deep folders may nest.
    pub folder_depth: usize,
}

impl Default for ReadLimits {
    fn default() -> ReadLimits {
        ReadLimits { file_bytes: 256 << 20, line_bytes: 64 << 20, folder_depth: 32 }
    }
}

/// An article's text as it stands in a file, not yet parsed.
#[derive(Debug)]
pub struct RawArticle {
    name: String,
    /// The line's number in a `.jsonl` file.
    line: Option<usize>,
    id: String,
    text: String,
}

/// Why an article can't be read.
#[derive(Debug)]
pub struct ReadError(Box<Wrong>);

#[derive(Debug)]
struct Wrong {
    found: Diagnostic,
    /// A line with its number and the name of its file.
    line: Option<(String, usize, String)>,
}

impl RawArticle {
    /// The file, with the line's number where it has several articles.
    pub fn place(&self) -> String {
        self.line.map_or_else(|| self.name.clone(), |n| format!("{}:{n}", self.name))
    }

    /// Its size in bytes.
    pub fn size(&self) -> usize {
        self.text.len()
    }

    /// The article.
    ///
    /// # Errors
    /// If a line isn't the JSON of an article.
    pub fn read(self) -> Result<Article, ReadError> {
        let Some(n) = self.line else { return Ok(read_text(&self.id, &self.text)) };
        article_of_line(&self.text).map_err(|message| {
            let help =
                "a line is {\"id\": …, \"text\": …}, and may have \"title\", \"published\", \"outlet\", \"url\"";
            let found = Diagnostic::without_place("E0806", message).help(help);
            ReadError(Box::new(Wrong { found, line: Some((self.name, n, self.text)) }))
        })
    }
}

impl ReadError {
    fn new(code: &'static str, path: &Path, what: String) -> ReadError {
        let found = Diagnostic::without_place(code, format!("{} {what}", path.display()));
        ReadError(Box::new(Wrong { found, line: None }))
    }

    /// The finding; a line that is wrong is added to `sources`.
    pub fn diagnostic(self, sources: &mut SourceMap) -> Diagnostic {
        let Wrong { mut found, line } = *self.0;
        match line {
            Some((name, n, text)) if n <= MAX_PLACED_LINE => {
                // Empty lines before it give the line its number.
                let padding = n - 1;
                let span = Span::new(padding, padding + text.trim_end().len());
                let id = sources.add(name, "\n".repeat(padding) + &text);
                Diagnostic {
                    notes: found.notes,
                    help: found.help,
                    ..Diagnostic::error(found.code, Location::new(id, span), found.message)
                }
            }
            Some((name, n, _)) => {
                found.message = format!("{name}:{n}: {}", found.message);
                found
            }
            None => found,
        }
    }
}

/// Reads `.txt` files, `.jsonl` files and folders of them: files by name, the
/// articles of a `.jsonl` file in its order.
#[derive(Debug)]
pub struct ArticleStream {
    /// The last one is next.
    files: Vec<(PathBuf, bool)>,
    wrong: Vec<ReadError>,
    lines: Option<Lines>,
    limits: ReadLimits,
    bytes: u64,
}

#[derive(Debug)]
struct Lines {
    path: PathBuf,
    file: BufReader<File>,
    number: usize,
    /// A line that isn't blank was seen.
    any: bool,
    /// The file can't be read on.
    broken: bool,
}

impl ArticleStream {
    /// The articles of these paths.
    pub fn new(paths: &[PathBuf]) -> ArticleStream {
        ArticleStream::within(paths, ReadLimits::default())
    }

    /// The same with other limits.
    pub fn within(paths: &[PathBuf], limits: ReadLimits) -> ArticleStream {
        let mut stream =
            ArticleStream { files: Vec::new(), wrong: Vec::new(), lines: None, limits, bytes: 0 };
        for path in paths {
            stream.path(path, 0, true);
        }
        let stem = |path: &Path| path.file_stem().unwrap_or_default().to_os_string();
        stream.files.sort_by_cached_key(|(path, _)| std::cmp::Reverse((stem(path), path.clone())));
        stream.wrong.reverse();
        stream
    }

    /// The size of all files together.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    fn path(&mut self, path: &Path, depth: usize, named: bool) {
        let meta = match fs::metadata(path) {
            Ok(meta) => meta,
            Err(e) => return self.fail("E0801", path, format!("can't be read: {e}")),
        };
        if meta.is_dir() {
            return self.folder(path, depth);
        }
        let kind = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
        match kind.as_deref() {
            Some("txt") if meta.len() > self.limits.file_bytes => {
                let limit = self.limits.file_bytes;
                let what = format!("has {} bytes, more than the {limit} allowed", meta.len());
                return self.fail("E0803", path, what);
            }
            Some("txt") => self.files.push((path.into(), false)),
            Some("jsonl") => self.files.push((path.into(), true)),
            _ if named => {
                let what = "is neither a .txt nor a .jsonl file, nor a folder";
                return self.fail("E0802", path, what.into());
            }
            _ => return,
        }
        self.bytes += meta.len();
    }

    fn folder(&mut self, path: &Path, depth: usize) {
        if depth >= self.limits.folder_depth {
            let limit = self.limits.folder_depth;
            return self.fail("E0808", path, format!("lies deeper than {limit} folders"));
        }
        let entries = fs::read_dir(path).and_then(|all| all.map(|e| e.map(|e| e.path())).collect());
        let mut entries: Vec<PathBuf> = match entries {
            Ok(entries) => entries,
            Err(e) => return self.fail("E0801", path, format!("can't be read: {e}")),
        };
        entries.sort();
        let hidden = |p: &PathBuf| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
        for entry in entries.into_iter().filter(|p| !hidden(p)) {
            self.path(&entry, depth + 1, false);
        }
    }

    fn fail(&mut self, code: &'static str, path: &Path, what: String) {
        self.wrong.push(ReadError::new(code, path, what));
    }

    fn whole(&self, path: &Path) -> Result<RawArticle, ReadError> {
        let bytes =
            fs::read(path).map_err(|e| ReadError::new("E0801", path, format!("can't be read: {e}")))?;
        let text = String::from_utf8(bytes).map_err(|e| {
            let valid = e.utf8_error().valid_up_to();
            let line = e.as_bytes()[..valid].iter().filter(|b| **b == b'\n').count() + 1;
            ReadError::new("E0804", path, format!("is not UTF-8: byte {valid}, in line {line}"))
        })?;
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_string(),
            None => text,
        };
        if text.trim().is_empty() {
            return Err(ReadError::new("E0805", path, "is empty".into()));
        }
        let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(RawArticle { name: path.display().to_string(), line: None, id, text })
    }
}

impl Lines {
    /// The next line that isn't blank.
    fn next(&mut self, limit: u64) -> Option<Result<RawArticle, ReadError>> {
        while !self.broken {
            let mut line = Vec::new();
            let read = self.file.by_ref().take(limit + 1).read_until(b'\n', &mut line);
            self.number += 1;
            let wrong = |code, what: String| Some(Err(ReadError::new(code, &self.path, what)));
            match read {
                Ok(0) if self.any => return None,
                Ok(0) => {
                    self.any = true;
                    return Some(Err(ReadError::new("E0805", &self.path, "is empty".into())));
                }
                Ok(_) => {}
                Err(e) => {
                    (self.any, self.broken) = (true, true);
                    return wrong("E0801", format!("can't be read: {e}"));
                }
            }
            if line.len() as u64 > limit {
                self.any = true;
                let number = self.number;
                if let Err(e) = self.file.skip_until(b'\n') {
                    self.broken = true;
                    return wrong("E0801", format!("can't be read: {e}"));
                }
                return wrong("E0803", format!("has more than the {limit} bytes allowed in line {number}"));
            }
            let text = match String::from_utf8(line) {
                Ok(text) => text,
                Err(e) => {
                    self.any = true;
                    let (n, byte) = (self.number, e.utf8_error().valid_up_to());
                    return wrong("E0804", format!("is not UTF-8: byte {byte} of line {n}"));
                }
            };
            let text = match text.strip_prefix('\u{feff}').filter(|_| self.number == 1) {
                Some(rest) => rest.to_string(),
                None => text,
            };
            if text.trim().is_empty() {
                continue;
            }
            self.any = true;
            let name = self.path.display().to_string();
            return Some(Ok(RawArticle { name, line: Some(self.number), id: String::new(), text }));
        }
        None
    }
}

impl Iterator for ArticleStream {
    type Item = Result<RawArticle, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(wrong) = self.wrong.pop() {
                return Some(Err(wrong));
            }
            if let Some(lines) = &mut self.lines {
                match lines.next(self.limits.line_bytes) {
                    Some(item) => return Some(item),
                    None => self.lines = None,
                }
            }
            let (path, has_lines) = self.files.pop()?;
            if !has_lines {
                return Some(self.whole(&path));
            }
            match File::open(&path) {
                Ok(file) => {
                    let file = BufReader::with_capacity(1 << 16, file);
                    self.lines = Some(Lines { path, file, number: 0, any: false, broken: false });
                }
                Err(e) => return Some(Err(ReadError::new("E0801", &path, format!("can't be read: {e}")))),
            }
        }
    }
}

impl ArticleStream {
    /// The articles in batches for threads to parse: up to `count` of them, or
    /// fewer once they have 256 KiB, so that memory stays bounded.
    pub fn batches(mut self, count: usize) -> impl Iterator<Item = Vec<Result<RawArticle, ReadError>>> {
        std::iter::from_fn(move || {
            let (mut batch, mut bytes) = (Vec::new(), 0);
            while bytes < BATCH_BYTES && batch.len() < count {
                let Some(raw) = self.next() else { break };
                bytes += raw.as_ref().map_or(0, RawArticle::size);
                batch.push(raw);
            }
            (!batch.is_empty()).then_some(batch)
        })
    }
}
