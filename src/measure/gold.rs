//! Labelled articles: JSON lines of what a careful reader wrote down.

use crate::base::{Diagnostic, Location, SourceMap, Span};
use crate::extract::{ClaimKind, EntityKind, Status};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The labels of one article.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldArticle {
    /// The article's id.
    pub id: String,
    /// The entities that facts may name.
    #[serde(default)]
    pub entities: Vec<GoldEntity>,
    /// The facts.
    #[serde(default)]
    pub facts: Vec<GoldFact>,
    /// The dates: days, months or years.
    #[serde(default)]
    pub dates: Vec<String>,
}

/// A labelled entity.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldEntity {
    /// What facts call it by.
    pub id: String,
    /// `company`, `government`, `alliance` or `organisation`.
    pub kind: String,
    /// Every name that the article may use.
    pub names: Vec<String>,
}

/// A labelled fact.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldFact {
    /// `partner`, `rival` or `sanction`.
    pub rel: String,
    /// The ids of two entities.
    pub args: [String; 2],
    /// How the article puts it.
    #[serde(default = "asserted")]
    pub status: String,
    /// When it held, if the article says.
    #[serde(default)]
    pub when: Option<String>,
    /// The first words of the sentence that says so.
    #[serde(default)]
    pub quote: String,
}

fn asserted() -> String {
    Status::Asserted.name().to_string()
}

/// Reads a file of labels with everything that is wrong with it; with errors,
/// the file is added to `sources`.
pub fn read_gold(path: &Path, sources: &mut SourceMap) -> (Vec<GoldArticle>, Vec<Diagnostic>) {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) => {
            let message = format!("{} can't be read: {e}", path.display());
            return (Vec::new(), vec![Diagnostic::without_place("E0831", message)]);
        }
    };
    let mut gold: Vec<GoldArticle> = Vec::new();
    let mut wrong: Vec<(Span, String)> = Vec::new();
    let mut ids = BTreeSet::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(start, start + line.trim_end().len());
        start += line.len();
        if line.trim().is_empty() {
            continue;
        }
        let read = serde_json::from_str::<GoldArticle>(line);
        let read = read.map_err(|e| format!("this line is no labelled article: {e}"));
        match read.and_then(|g| sound(&g).map(|()| g)) {
            Ok(g) if ids.insert(g.id.clone()) => gold.push(g),
            Ok(g) => wrong.push((span, format!("the article \"{}\" is labelled twice", g.id))),
            Err(message) => wrong.push((span, message)),
        }
    }
    if wrong.is_empty() && gold.is_empty() {
        wrong.push((Span::new(0, 0), "there are no labels in this file".into()));
    }
    if wrong.is_empty() {
        return (gold, Vec::new());
    }
    let source = sources.add(path.display().to_string(), text);
    let help = "a line is {\"id\", \"entities\": [{\"id\", \"kind\", \"names\"}], \
                \"facts\": [{\"rel\", \"args\", \"status\", \"when\"}], \"dates\"}";
    let found = wrong
        .into_iter()
        .map(|(span, message)| Diagnostic::error("E0832", Location::new(source, span), message).help(help));
    (gold, found.collect())
}

/// What a label may not be.
fn sound(gold: &GoldArticle) -> Result<(), String> {
    let mut ids = BTreeSet::new();
    for entity in &gold.entities {
        if EntityKind::from_name(&entity.kind).is_none() {
            return Err(format!("\"{}\" is no kind of entity", entity.kind));
        }
        if entity.names.is_empty() {
            return Err(format!("the entity \"{}\" has no name", entity.id));
        }
        if !ids.insert(&entity.id) {
            return Err(format!("two entities of the article \"{}\" are called \"{}\"", gold.id, entity.id));
        }
    }
    for fact in &gold.facts {
        if ClaimKind::from_name(&fact.rel).is_none() {
            return Err(format!("\"{}\" is none of partner, rival, sanction", fact.rel));
        }
        if Status::from_name(&fact.status).is_none() {
            return Err(format!("\"{}\" is no status", fact.status));
        }
        if let Some(arg) = fact.args.iter().find(|arg| !ids.contains(arg)) {
            return Err(format!("a fact of the article \"{}\" names \"{arg}\", which is no entity", gold.id));
        }
    }
    Ok(())
}
