//! One article from a plain text or a line of JSON.

use super::{Article, zones};
use crate::base::PartialDate;
use serde::Deserialize;

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
    let text = titled(read.title.as_deref(), text);
    Ok(Article { id, title: read.title, published, outlet: read.outlet, url: read.url, text })
}

/// The text with the title as its first line, as plain texts have it: what only the
/// headline says is said too.
fn titled(title: Option<&str>, text: String) -> String {
    match title.map(str::trim) {
        Some(title) if !title.is_empty() && !text.trim_start().starts_with(title) => {
            format!("{title}\n\n{text}")
        }
        _ => text,
    }
}
