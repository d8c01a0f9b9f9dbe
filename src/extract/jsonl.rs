//! An extraction as JSON lines.

use super::Extraction;
use crate::base::{PartialDate, Span};
use serde::Serialize;

#[derive(Serialize)]
struct Row<'a> {
    article: &'a str,
    relation: &'a str,
    args: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    names: Option<Vec<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<String>,
    start: u32,
    end: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    typo: Option<&'a str>,
}

/// One line for each entity, claim and date: `{"article", "relation", "args",
/// "names", "status", "when", "start", "end", "pattern", "typo"}`, where keys
/// without a value are left out. The args are what the article itself calls the
/// entities; "names" has the lexicon's names where they differ, "typo" what a
/// mistyped word of the evidence was taken for.
pub fn jsonl(found: &Extraction) -> String {
    let mut out = String::new();
    let article = &*found.article;
    let mut write = |relation: &str,
                     args: Vec<&str>,
                     span: Span,
                     status: Option<&str>,
                     when: Option<PartialDate>,
                     pattern: Option<&str>,
                     typo: Option<&str>| {
        let when = when.map(|d| d.to_string());
        let written: Vec<&str> = args.iter().map(|name| found.as_written(name)).collect();
        let names = (written != args).then_some(args);
        let (args, start, end) = (written, span.start, span.end);
        let row = Row { article, relation, args, names, status, when, start, end, pattern, typo };
        if let Ok(line) = serde_json::to_string(&row) {
            out.push_str(&line);
            out.push('\n');
        }
    };
    for e in &found.entities {
        write(e.kind.name(), vec![&*e.name], e.span, None, None, None, None);
    }
    for c in &found.claims {
        let args = vec![&*c.a, &*c.b];
        let pattern = Some(&*c.evidence.pattern);
        let typo = found.typos.iter().find(|t| c.evidence.span.contains(t.span)).map(|t| &*t.meant);
        write(c.kind.name(), args, c.evidence.span, Some(c.status.name()), c.when, pattern, typo);
    }
    for d in &found.dates {
        let date = d.date.to_string();
        write("date", vec![&date], d.span, None, None, None, None);
    }
    out
}
