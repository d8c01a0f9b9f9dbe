//! Articles from files and folders.

use super::stream::ArticleStream;
use super::{Article, zones};
use crate::base::{Diagnostic, PartialDate, SourceMap};
use serde::Deserialize;
use std::path::PathBuf;

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

/// Reads `.txt` files, `.jsonl` files and folders of them, sorted by id, with
/// everything that was wrong.
///
/// Only texts that something was wrong in are added to `sources`.
pub fn read_paths(paths: &[PathBuf], sources: &mut SourceMap) -> (Vec<Article>, Vec<Diagnostic>) {
    read_paths_within(paths, sources, ReadLimits::default())
}

/// [`read_paths`] with other limits.
pub fn read_paths_within(
    paths: &[PathBuf],
    sources: &mut SourceMap,
    limits: ReadLimits,
) -> (Vec<Article>, Vec<Diagnostic>) {
    let (mut articles, mut found) = (Vec::new(), Vec::new());
    for raw in ArticleStream::within(paths, limits) {
        match raw.and_then(|raw| {
            let place = raw.place();
            raw.read().map(|article| (article, place))
        }) {
            Ok(read) => articles.push(read),
            Err(error) => found.push(error.diagnostic(sources)),
        }
    }
    articles.sort_by(|a, b| (&a.0.id, &a.1).cmp(&(&b.0.id, &b.1)));
    for pair in articles.windows(2).filter(|p| p[0].0.id == p[1].0.id) {
        let note = format!("they are in {} and {}", pair[0].1, pair[1].1);
        found.push(same_id(&pair[0].0.id).note(note));
    }
    articles.dedup_by(|b, a| a.0.id == b.0.id);
    (articles.into_iter().map(|(a, _)| a).collect(), found)
}

/// Two articles that are read together have one id.
pub fn same_id(id: &str) -> Diagnostic {
    Diagnostic::without_place("E0807", format!("two articles have the id \"{id}\""))
        .help("give one of them another id or name")
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

#[derive(Deserialize)]
struct Line {
    id: Option<serde_json::Value>,
    title: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    text: Option<String>,
}

/// The article of one JSON line.
pub(super) fn article_of_line(line: &str) -> Result<Article, String> {
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
