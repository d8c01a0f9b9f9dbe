//! Extractions as rows of the base relations.

use super::citation::{Citation, Citations};
use crate::article::Article;
use crate::base::{EntityNames, PartialDate, Span, Value, fold_name};
use crate::eval::Database;
use crate::extract::Extraction;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Fills base relations, names and citations from articles in the order of
/// their ids; claims are numbered from 1 in that order.
pub(super) fn fill(
    articles: &[(Article, Extraction)],
    input: &mut Database,
    names: &mut EntityNames,
) -> Citations {
    let same = joined_names(articles);
    let joined = |name: &Arc<str>| same.get(name).unwrap_or(name).clone();
    let mut citations = Citations::default();
    let mut claim_id = 0;
    for (article, found) in articles {
        let id: Arc<str> = article.id.as_str().into();
        let text = |text: &str| Value::text(text);
        let outlet = article.outlet.as_deref().unwrap_or("");
        let published = article.published.or(found.published).unwrap_or(PartialDate::UNKNOWN);
        let title = article.title.as_deref().unwrap_or("");
        input.insert("article", &[text(&id), text(outlet), Value::Date(published), text(title)]);
        for entity in &found.entities {
            let name = joined(&entity.name);
            names.add_entity(&name);
            input.insert("mentioned", &[Value::Entity(name.clone()), text(entity.kind.name()), text(&id)]);
            for other in entity.names.iter().filter(|other| **other != name) {
                names.add_name(&name, other);
                input.insert("alias", &[Value::Entity(name.clone()), Value::Text(other.clone())]);
            }
            let cited = cite(article, entity.span, sentence_around(&article.text, entity.span));
            citations.mentions.entry((name, id.clone())).or_insert(cited);
        }
        for claim in &found.claims {
            claim_id += 1;
            input.insert(
                "claim",
                &[
                    Value::Int(claim_id),
                    text(claim.kind.name()),
                    Value::Entity(joined(&claim.a)),
                    Value::Entity(joined(&claim.b)),
                    text(claim.status.name()),
                    Value::Date(claim.when.unwrap_or(PartialDate::UNKNOWN)),
                    text(&id),
                ],
            );
            let mut cited = cite(article, claim.evidence.span, claim.evidence.sentence);
            cited.pattern = claim.evidence.pattern.clone();
            cited.status = claim.status.name().into();
            citations.claims.insert(claim_id, cited);
        }
        for date in &found.dates {
            input.insert("date", &[text(&id), Value::Date(date.date)]);
        }
    }
    citations
}

fn cite(article: &Article, span: Span, sentence: Span) -> Citation {
    Citation {
        article: article.id.as_str().into(),
        span,
        sentence: article.text.get(sentence.range()).unwrap_or("").into(),
        pattern: "".into(),
        status: "".into(),
    }
}

/// The line around a mention, at most some 200 bytes to either side.
fn sentence_around(text: &str, span: Span) -> Span {
    let range = span.range();
    let (Some(before), Some(after)) = (text.get(..range.start), text.get(range.end..)) else {
        return span;
    };
    let mut start = before.rfind('\n').map_or(0, |n| n + 1).max(range.start.saturating_sub(200));
    let mut end = range.end + after.find('\n').unwrap_or(after.len()).min(200);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Span::new(start, end)
}

/// Entities known in one article only by an abbreviation that another article
/// spells out ("X (ABC)") are one, where just one entity claims the abbreviation.
fn joined_names(articles: &[(Article, Extraction)]) -> FxHashMap<Arc<str>, Arc<str>> {
    let mut claimed: BTreeMap<String, BTreeSet<&Arc<str>>> = BTreeMap::new();
    let entities = || articles.iter().flat_map(|(_, found)| &found.entities);
    for entity in entities() {
        for name in entity.names.iter().filter(|name| **name != entity.name && is_abbreviation(name)) {
            claimed.entry(fold_name(name)).or_default().insert(&entity.name);
        }
    }
    let mut joined = FxHashMap::default();
    for entity in entities().filter(|entity| is_abbreviation(&entity.name)) {
        let owners = claimed.get(&fold_name(&entity.name));
        if let Some(owner) = owners.filter(|owners| owners.len() == 1).and_then(BTreeSet::first)
            && !is_abbreviation(owner)
        {
            joined.insert(entity.name.clone(), (*owner).clone());
        }
    }
    joined
}

fn is_abbreviation(name: &str) -> bool {
    name.len() >= 2 && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}
