//! Articles from files and folders.

use super::Article;
use super::stream::{ArticleStream, ReadLimits};
use crate::base::{Diagnostic, SourceMap};
use std::path::PathBuf;

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
