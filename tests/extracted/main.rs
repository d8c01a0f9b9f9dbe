//! Extraction on invented sentences: what a text gives, as plain lines.

mod affairs;
mod bodies;
mod bonds;
mod clauses;
mod crossed;
mod frames;
mod lists;
mod measures;
mod members;
mod pointed;
mod rivals;
mod rulings;
mod sentences;
mod signs;
mod speakers;
mod states;
mod threads;
mod trade;
mod turns;
mod ventures;
mod wholes;
mod wordings;

use katak::article::Article;
use katak::extract::{EntityKind, Extraction, Extractor};

fn extraction(text: &str) -> Extraction {
    Extractor::builtin().extract(&Article::new("a", text))
}

/// Each claim as "kind a - b status".
fn claims(text: &str) -> Vec<String> {
    let found = extraction(text);
    found.claims.iter().map(|c| format!("{} {} - {} {}", c.kind, c.a, c.b, c.status)).collect()
}

/// Each text beside the one line of claims that it gives, or nothing.
fn hold(told: &[(&str, &str)]) {
    for (text, claim) in told {
        assert_eq!(claims(text).join("; "), *claim, "{text}");
    }
}

fn companies(text: &str) -> Vec<String> {
    let found = extraction(text);
    let firms = found.entities.iter().filter(|e| e.kind == EntityKind::Company);
    firms.map(|e| e.name.to_string()).collect()
}
