//! Entities that may be one.

use super::Engine;
use crate::base::fold_name;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Two names that may mean one entity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duplicate {
    /// The entity that more is known of, or the first by text.
    pub entity: Arc<str>,
    /// The other.
    pub name: Arc<str>,
    /// What speaks for it.
    pub why: Arc<str>,
}

/// Words that tell a company's legal form and nothing else.
const LEGAL_FORMS: [&str; 22] = [
    "pt",
    "cv",
    "tbk",
    "persero",
    "ud",
    "inc",
    "corp",
    "corporation",
    "company",
    "co",
    "ltd",
    "limited",
    "llc",
    "plc",
    "ag",
    "gmbh",
    "sa",
    "nv",
    "bv",
    "group",
    "grup",
    "holdings",
];
/// Least likeness of names that are spelt alike, and least letters.
const ALIKE: f64 = 0.94;
const ALIKE_LETTERS: usize = 6;
/// A name that more entities share says nothing.
const MOST_SHARING: usize = 8;

/// Pairs of entities that share a name, differ by their legal form, their
/// spelling or by being abbreviated, and were not told apart by a split.
pub fn duplicates(engine: &Engine) -> Vec<Duplicate> {
    let identity = &engine.rows.identity;
    let text = |symbol| identity.texts.text(symbol).clone();
    let entities: BTreeSet<Arc<str>> = identity.entities().map(text).collect();
    let mut groups: BTreeMap<(String, &str), BTreeSet<Arc<str>>> = BTreeMap::new();
    let mut sort = |key: String, why, entity: &Arc<str>| {
        if !key.is_empty() {
            groups.entry((key, why)).or_default().insert(entity.clone());
        }
    };
    for (entity, name) in &identity.aliases {
        sort(fold_name(&text(*name)), "share the name", &text(*entity));
    }
    for entity in &entities {
        let words = words(entity);
        sort(fold_name(entity), "share the name", entity);
        sort(core(&words).concat(), "differ by legal form or punctuation", entity);
        let initials: String = core(&words).iter().filter_map(|word| word.chars().next()).collect();
        if core(&words).len() >= 3 {
            sort(initials, "abbreviation and full name", entity);
        } else if words.len() == 1 && (3..=6).contains(&entity.chars().count()) {
            sort(words.concat(), "abbreviation and full name", entity);
        }
    }
    let parted: BTreeSet<(String, String)> = (engine.rows.base.name_changes())
        .filter(|change| change.holds && !change.joins)
        .flat_map(|change| {
            let (a, b) = (fold_name(&change.entity), fold_name(&change.name));
            [(a.clone(), b.clone()), (b, a)]
        })
        .collect();
    let mut found: BTreeMap<(Arc<str>, Arc<str>), Arc<str>> = BTreeMap::new();
    let mut add = |a: &Arc<str>, b: &Arc<str>, why: &str| {
        if a != b && !parted.contains(&(fold_name(a), fold_name(b))) {
            let pair = if a < b { (a.clone(), b.clone()) } else { (b.clone(), a.clone()) };
            found.entry(pair).or_insert_with(|| why.into());
        }
    };
    for ((key, why), members) in groups.iter().filter(|(_, members)| members.len() <= MOST_SHARING) {
        let members: Vec<_> = members.iter().collect();
        for (n, a) in members.iter().enumerate() {
            for b in &members[n + 1..] {
                match *why {
                    "share the name" => add(a, b, &format!("both go by \"{key}\"")),
                    // Two full names with the same initials are nothing.
                    "abbreviation and full name" if words(a).len().min(words(b).len()) > 1 => {}
                    why => add(a, b, why),
                }
            }
        }
    }
    // Names that are spelt alike stand near each other, read from either end.
    let mut forth: Vec<(String, &Arc<str>)> =
        entities.iter().map(|name| (core(&words(name)).join(" "), name)).collect();
    forth.sort();
    let mut back = forth.clone();
    back.sort_by_cached_key(|(folded, _)| folded.chars().rev().collect::<String>());
    for order in [forth, back] {
        for (n, (a, first)) in order.iter().enumerate() {
            for (b, second) in order[n + 1..].iter().take(4) {
                if a.chars().count().min(b.chars().count()) >= ALIKE_LETTERS
                    && digits(a) == digits(b)
                    && strsim::jaro_winkler(a, b) >= ALIKE
                    && strsim::levenshtein(a, b) <= 2
                {
                    add(first, second, "spelt alike");
                }
            }
        }
    }
    let mut all: Vec<Duplicate> =
        found.into_iter().map(|((entity, name), why)| Duplicate { entity, name, why }).collect();
    all.sort();
    all
}

fn digits(name: &str) -> Vec<char> {
    name.chars().filter(char::is_ascii_digit).collect()
}

fn words(name: &str) -> Vec<String> {
    let letters = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    fold_name(name).chars().map(letters).collect::<String>().split_whitespace().map(str::to_owned).collect()
}

/// The words without those for a legal form.
fn core(words: &[String]) -> Vec<String> {
    words.iter().filter(|word| !LEGAL_FORMS.contains(&&***word)).cloned().collect()
}
