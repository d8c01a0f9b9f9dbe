//! One article's findings against its labels.

use super::gold::{GoldArticle, GoldEntity, GoldFact};
use crate::article::{Article, sentences};
use crate::base::Span;
use crate::extract::{Claim, EntityKind, Extraction, Status};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// What is measured, in the order in which it is shown.
pub const RELATIONS: [&str; 5] = ["company", "partner", "rival", "sanction", "date"];

/// Words of a company's form, which don't make another name.
const FORMS: [&str; 22] = [
    "pt",
    "tbk",
    "persero",
    "inc",
    "corp",
    "corporation",
    "co",
    "ltd",
    "llc",
    "limited",
    "plc",
    "cv",
    "group",
    "grup",
    "company",
    "technologies",
    "holdings",
    "holding",
    "ag",
    "sa",
    "nv",
    "gmbh",
];

/// A name as it is compared with labels.
pub fn bare_name(name: &str) -> String {
    let lower: String = name.nfkc().flat_map(char::to_lowercase).collect();
    let text = lower.replace('ß', "ss").replace('&', " dan ");
    let words = || text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty());
    let kept: Vec<&str> = words().filter(|w| !FORMS.contains(w)).collect();
    if kept.is_empty() { words().collect::<Vec<_>>().join(" ") } else { kept.join(" ") }
}

/// One fact that was missed, wrong, or right with another status.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Finding {
    /// The article.
    pub article: String,
    /// One of [`RELATIONS`].
    pub relation: String,
    /// The names, or the date.
    pub args: Vec<String>,
    /// How the article puts it; of a miss, as labelled.
    #[serde(default)]
    pub status: String,
    /// Where that differs: what the other side says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
    /// The pattern that found it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// The sentence.
    #[serde(default)]
    pub sentence: String,
}

/// Relation and arguments: ids of labelled entities, `?` and the bare name of others.
type Key = (usize, Vec<String>);

/// What a key stands for, on either side.
struct Side<'a> {
    status: Status,
    when: Option<String>,
    args: Vec<String>,
    fact: Option<&'a GoldFact>,
    claim: Option<&'a Claim>,
    span: Option<Span>,
}

/// What came of one article.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Relation, status as labelled and as found.
    pub right: Vec<(usize, Status, Status)>,
    /// Of each dated fact that is right: whether the date is.
    pub when: Vec<bool>,
    pub missed: Vec<(usize, Status, Finding)>,
    pub wrong: Vec<(usize, Status, Finding)>,
    pub status_off: Vec<Finding>,
}

pub(super) fn score(article: &Article, found: &Extraction, gold: &GoldArticle) -> Outcome {
    let want = labelled(gold);
    let have = found_facts(found, gold);
    let text = Text::new(&article.text);
    let mut out = Outcome::default();
    for (key, w) in &want {
        let h = have.get(key);
        match h.filter(|h| negated(h) == negated(w)) {
            Some(h) => {
                out.right.push((key.0, w.status, h.status));
                let claimed = w.fact.is_some();
                if let Some(when) = w.when.as_ref().filter(|_| claimed) {
                    out.when.push(h.when.as_ref() == Some(when));
                }
                if claimed && h.status != w.status {
                    out.status_off.push(finding(article, key, w, Some(h), &text, gold));
                }
            }
            None => out.missed.push((key.0, w.status, finding(article, key, w, h, &text, gold))),
        }
    }
    for (key, h) in &have {
        let w = want.get(key);
        if w.is_none_or(|w| negated(h) != negated(w)) {
            out.wrong.push((key.0, h.status, finding(article, key, h, w, &text, gold)));
        }
    }
    out
}

fn negated(side: &Side) -> bool {
    side.status == Status::Negated
}

fn relation(name: &str) -> Option<usize> {
    RELATIONS.iter().position(|r| *r == name)
}

fn key(relation: usize, mut args: Vec<String>) -> Key {
    if matches!(RELATIONS[relation], "partner" | "rival") {
        args.sort();
    }
    (relation, args)
}

fn labelled(gold: &GoldArticle) -> BTreeMap<Key, Side<'_>> {
    let plain =
        |args| Side { status: Status::Asserted, when: None, args, fact: None, claim: None, span: None };
    let name = |id: &String| {
        let named = gold.entities.iter().find(|e| e.id == *id);
        named.and_then(|e| e.names.first()).cloned().unwrap_or_else(|| id.clone())
    };
    let mut all = BTreeMap::new();
    for e in gold.entities.iter().filter(|e| e.kind == EntityKind::Company.name()) {
        all.insert((0, vec![e.id.clone()]), plain(vec![name(&e.id)]));
    }
    for f in &gold.facts {
        let (Some(r), Some(status)) = (relation(&f.rel), Status::from_name(&f.status)) else { continue };
        let args = f.args.iter().map(name).collect();
        let side = Side { status, when: f.when.clone(), fact: Some(f), ..plain(args) };
        all.insert(key(r, f.args.to_vec()), side);
    }
    for d in &gold.dates {
        all.insert((RELATIONS.len() - 1, vec![d.clone()]), plain(vec![d.clone()]));
    }
    all
}

fn found_facts<'a>(found: &'a Extraction, gold: &GoldArticle) -> BTreeMap<Key, Side<'a>> {
    let mut ids: BTreeMap<String, &str> = BTreeMap::new();
    for e in &gold.entities {
        for name in &e.names {
            ids.entry(bare_name(name)).or_insert(&e.id);
        }
    }
    let id = |name: &str| {
        let bare = bare_name(found.as_written(name));
        ids.get(&bare).map_or_else(|| format!("?{bare}"), |id| id.to_string())
    };
    let mut all = BTreeMap::new();
    let side = |args: Vec<String>, span| Side {
        status: Status::Asserted,
        when: None,
        args,
        fact: None,
        claim: None,
        span: Some(span),
    };
    for e in found.entities.iter().filter(|e| e.kind == EntityKind::Company) {
        all.entry((0, vec![id(&e.name)])).or_insert_with(|| side(vec![e.name.to_string()], e.span));
    }
    for c in &found.claims {
        let Some(r) = relation(c.kind.name()) else { continue };
        let args = vec![c.a.to_string(), c.b.to_string()];
        all.entry(key(r, vec![id(&c.a), id(&c.b)])).or_insert_with(|| Side {
            status: c.status,
            when: c.when.map(|d| d.to_string()),
            claim: Some(c),
            ..side(args, c.evidence.sentence)
        });
    }
    for d in &found.dates {
        let date = d.date.to_string();
        all.entry((RELATIONS.len() - 1, vec![date.clone()])).or_insert_with(|| side(vec![date], d.span));
    }
    all
}

fn finding(
    article: &Article,
    key: &Key,
    side: &Side,
    other: Option<&Side>,
    text: &Text,
    gold: &GoldArticle,
) -> Finding {
    let sentence = match (side.fact, side.span) {
        (Some(fact), _) => text.quoted(&fact.quote),
        (None, Some(span)) => text.around(span),
        (None, None) => {
            let entity = gold.entities.iter().find(|e| Some(&e.id) == key.1.first());
            entity.map_or("", |e| text.naming(e))
        }
    };
    Finding {
        article: article.id.clone(),
        relation: RELATIONS[key.0].into(),
        args: side.args.clone(),
        status: side.status.name().into(),
        instead: other.map(|o| o.status.name().to_string()),
        pattern: side.claim.map(|c| c.evidence.pattern.to_string()),
        sentence: sentence.into(),
    }
}

/// An article's sentences.
struct Text<'a> {
    text: &'a str,
    sentences: Vec<Span>,
}

impl<'a> Text<'a> {
    fn new(text: &'a str) -> Text<'a> {
        Text { text, sentences: sentences(text, Span::new(0, text.len())) }
    }

    fn one(&self, at: usize) -> &'a str {
        let found = self.sentences.iter().find(|s| s.range().contains(&at));
        found.and_then(|s| self.text.get(s.range())).unwrap_or("")
    }

    fn around(&self, span: Span) -> &'a str {
        self.one(span.range().start)
    }

    /// The sentence that a label quotes; the quote itself where it isn't found.
    fn quoted<'b>(&self, quote: &'b str) -> &'b str
    where
        'a: 'b,
    {
        match self.text.find(quote) {
            Some(at) if !quote.is_empty() => self.one(at),
            _ => quote,
        }
    }

    fn naming(&self, entity: &GoldEntity) -> &'a str {
        let first = entity.names.iter().filter_map(|n| self.text.find(n.as_str())).min();
        first.map_or("", |at| self.one(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_case_and_marks_do_not_make_another_name() {
        assert_eq!(bare_name("PT. Katak-Hijau Tbk"), "katak hijau");
        assert_eq!(bare_name("Bank A&B"), "bank a dan b");
        assert_eq!(bare_name("Group"), "group");
    }
}
