//! Articles from files and folders.

use super::{Article, zones};
use crate::base::{Diagnostic, Location, PartialDate, SourceId, SourceMap, Span};
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

/// What reading may take in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadLimits {
    /// The largest file, in bytes.
    pub file_bytes: u64,
    /// How deep folders may nest.
    pub folder_depth: usize,
}

impl Default for ReadLimits {
    fn default() -> ReadLimits {
        ReadLimits { file_bytes: 256 << 20, folder_depth: 32 }
    }
}

/// Reads `.txt` files, `.jsonl` files and folders of them, sorted by id, with
/// everything that was wrong.
///
/// Only files that something was wrong in are added to `sources`.
pub fn read_paths(paths: &[PathBuf], sources: &mut SourceMap) -> (Vec<Article>, Vec<Diagnostic>) {
    read_paths_within(paths, sources, ReadLimits::default())
}

/// [`read_paths`] with other limits.
pub fn read_paths_within(
    paths: &[PathBuf],
    sources: &mut SourceMap,
    limits: ReadLimits,
) -> (Vec<Article>, Vec<Diagnostic>) {
    let mut reader = Reader { sources, limits, articles: Vec::new(), found: Vec::new() };
    for path in paths {
        reader.path(path, 0, true);
    }
    let Reader { mut articles, mut found, .. } = reader;
    articles.sort_by(|a, b| (&a.0.id, &a.1).cmp(&(&b.0.id, &b.1)));
    for pair in articles.windows(2).filter(|p| p[0].0.id == p[1].0.id) {
        let message = format!("two articles have the id \"{}\"", pair[0].0.id);
        let note = format!("they are in {} and {}", pair[0].1, pair[1].1);
        found.push(
            Diagnostic::without_place("E0807", message)
                .note(note)
                .help("give one of them another id or name"),
        );
    }
    articles.dedup_by(|b, a| a.0.id == b.0.id);
    (articles.into_iter().map(|(a, _)| a).collect(), found)
}

/// The article of a plain text: its first line may be a title, its second a
/// date such as `2020-03-12`.
pub fn read_text(id: &str, text: &str) -> Article {
    let mut lines = text.lines();
    let first = lines.next().map(str::trim).filter(|l| !l.is_empty() && l.len() <= 200);
    let published = text.lines().take(3).find_map(zones::date_line);
    let title = first
        .filter(|l| lines.next().is_some() && !l.ends_with(['.', '"', ',', ':', ';']))
        .filter(|l| zones::date_line(l).is_none());
    Article { title: title.map(str::to_string), published, ..Article::new(id, text) }
}

struct Reader<'a> {
    sources: &'a mut SourceMap,
    limits: ReadLimits,
    /// Each article with where it was read, for errors.
    articles: Vec<(Article, String)>,
    found: Vec<Diagnostic>,
}

#[derive(Deserialize)]
struct Line {
    id: Option<serde_json::Value>,
    title: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    text: Option<String>,
}

impl Reader<'_> {
    fn path(&mut self, path: &Path, depth: usize, named: bool) {
        let meta = match fs::metadata(path) {
            Ok(meta) => meta,
            Err(e) => return self.fail("E0801", path, format!("can't be read: {e}")),
        };
        if meta.is_dir() {
            return self.folder(path, depth);
        }
        let kind = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
        let text_like = matches!(kind.as_deref(), Some("txt" | "jsonl"));
        if !text_like {
            if named {
                self.fail("E0802", path, "is neither a .txt nor a .jsonl file, nor a folder".into());
            }
            return;
        }
        if meta.len() > self.limits.file_bytes {
            let limit = self.limits.file_bytes;
            return self.fail(
                "E0803",
                path,
                format!("has {} bytes, more than the {limit} allowed", meta.len()),
            );
        }
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(e) => return self.fail("E0801", path, format!("can't be read: {e}")),
        };
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(e) => {
                let valid = e.utf8_error().valid_up_to();
                let line = e.as_bytes()[..valid].iter().filter(|b| **b == b'\n').count() + 1;
                return self.fail("E0804", path, format!("is not UTF-8: byte {valid}, in line {line}"));
            }
        };
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_string(),
            None => text,
        };
        if text.trim().is_empty() {
            return self.fail("E0805", path, "is empty".into());
        }
        if kind.as_deref() == Some("jsonl") {
            self.lines(path, text);
        } else {
            let id = path.file_stem().unwrap_or_default().to_string_lossy();
            self.articles.push((read_text(&id, &text), path.display().to_string()));
        }
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

    fn lines(&mut self, path: &Path, text: String) {
        let name = path.display().to_string();
        let mut wrong: Vec<(Span, String)> = Vec::new();
        let mut start = 0;
        for (n, line) in text.split_inclusive('\n').enumerate() {
            let span = Span::new(start, start + line.trim_end().len());
            start += line.len();
            if line.trim().is_empty() {
                continue;
            }
            match article_of_line(line) {
                Ok(article) => self.articles.push((article, format!("{name}:{}", n + 1))),
                Err(message) => wrong.push((span, message)),
            }
        }
        if wrong.is_empty() {
            return;
        }
        let source: SourceId = self.sources.add(name, text);
        for (span, message) in wrong {
            self.found.push(Diagnostic::error("E0806", Location::new(source, span), message).help(
                "a line is {\"id\": …, \"text\": …}, and may have \"title\", \"published\", \"outlet\", \"url\"",
            ));
        }
    }

    fn fail(&mut self, code: &'static str, path: &Path, what: String) {
        self.found.push(Diagnostic::without_place(code, format!("{} {what}", path.display())));
    }
}

fn article_of_line(line: &str) -> Result<Article, String> {
    let read: Line = serde_json::from_str(line).map_err(|e| format!("this line is not an article: {e}"))?;
    let id = match read.id {
        Some(serde_json::Value::String(id)) if !id.is_empty() => id,
        Some(serde_json::Value::Number(n)) => n.to_string(),
        Some(_) => return Err("the id of this article is no text".into()),
        None => return Err("this article has no id".into()),
    };
    let text = read.text.ok_or_else(|| format!("the article \"{id}\" has no text"))?;
    if text.trim().is_empty() {
        return Err(format!("the text of the article \"{id}\" is empty"));
    }
    let published = match read.published.as_deref() {
        None | Some("") => None,
        Some(date) => {
            let date = date.get(..10).filter(|_| date.as_bytes().get(10) == Some(&b'T')).unwrap_or(date);
            let parsed: PartialDate = date.parse().map_err(|e| format!("\"{date}\" is no date: {e}"))?;
            Some(parsed)
        }
    };
    Ok(Article { id, title: read.title, published, outlet: read.outlet, url: read.url, text })
}
