//! What changed since an earlier report.

use super::report::Report;
use super::score::Finding;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The differences of two reports over the same labels.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Changes {
    /// By relation: what precision, recall and F1 gained.
    pub gained: BTreeMap<String, [f64; 3]>,
    /// Missed before, found now.
    pub now_found: Vec<Finding>,
    /// Found before, missed now.
    pub now_missed: Vec<Finding>,
    /// Wrong only now.
    pub now_wrong: Vec<Finding>,
    /// Wrong only before.
    pub no_longer_wrong: Vec<Finding>,
}

impl Changes {
    /// What `now` has that `before` hadn't, and the other way round.
    pub fn between(before: &Report, now: &Report) -> Changes {
        let mut gained = BTreeMap::new();
        for (name, new) in &now.relations {
            if let Some(old) = before.relations.get(name) {
                let by = |new: f64, old: f64| ((new - old) * 1000.0).round() / 1000.0;
                let each = [by(new.precision, old.precision), by(new.recall, old.recall), by(new.f1, old.f1)];
                gained.insert(name.clone(), each);
            }
        }
        Changes {
            gained,
            now_found: without(&before.missed, &now.missed),
            now_missed: without(&now.missed, &before.missed),
            now_wrong: without(&now.wrong, &before.wrong),
            no_longer_wrong: without(&before.wrong, &now.wrong),
        }
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.gained.values().flatten().all(|by| *by == 0.0)
            && [&self.now_found, &self.now_missed, &self.now_wrong, &self.no_longer_wrong]
                .iter()
                .all(|list| list.is_empty())
    }
}

/// The findings of `these` that aren't among `those`, whatever sentence or
/// pattern either gives.
fn without(these: &[Finding], those: &[Finding]) -> Vec<Finding> {
    fn key(f: &Finding) -> (&str, &str, &[String], bool) {
        (&f.article, &f.relation, &f.args, f.status == "negated")
    }
    let those: BTreeSet<_> = those.iter().map(key).collect();
    these.iter().filter(|f| !those.contains(&key(f))).cloned().collect()
}
