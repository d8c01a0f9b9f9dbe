//! What a run cost.

use serde_json::{Value, json};
use std::sync::Arc;

/// One rule's share of a stratum.
#[derive(Debug, Clone, Default)]
pub struct RuleStats {
    /// The rule.
    pub rule: Arc<str>,
    /// Its stratum, from 1.
    pub stratum: u32,
    /// Seconds spent in it.
    pub seconds: f64,
    /// Rows that it was the first to derive.
    pub new: u64,
    /// Rows that it derived again.
    pub known: u64,
}

/// What a stratum cost besides its rules.
#[derive(Debug, Clone, Default)]
pub struct StratumStats {
    /// The relations derived in it, sorted.
    pub relations: Vec<Arc<str>>,
    /// Rounds until nothing was new; 0 where it wasn't run.
    pub rounds: u32,
    /// Seconds in all, sorting and merging included.
    pub seconds: f64,
    /// Bytes of the column orders and lookup tables that it was the first to need.
    pub index_bytes: u64,
}

/// Cost by rule and stratum.
#[derive(Debug, Clone, Default)]
pub struct Stats {
    /// Seconds in all.
    pub seconds: f64,
    /// Rules in order of strata.
    pub rules: Vec<RuleStats>,
    /// Strata, the first being stratum 1.
    pub strata: Vec<StratumStats>,
}

impl Stats {
    /// Rows that a stratum's rules derived: new ones, and known ones again.
    pub fn tuples(&self, stratum: u32) -> (u64, u64) {
        let rules = self.rules.iter().filter(|rule| rule.stratum == stratum);
        rules.fold((0, 0), |sum, rule| (sum.0 + rule.new, sum.1 + rule.known))
    }

    /// As JSON: `{"seconds", "rounds", "index_bytes", "strata": [{"stratum", "relations",
    /// "rounds", "seconds", "new", "known", "index_bytes"}], "rules": [{"rule",
    /// "stratum", "seconds", "new", "known"}]}`.
    pub fn to_json(&self) -> Value {
        let rules: Vec<Value> = (self.rules.iter())
            .map(|r| json!({"rule": &*r.rule, "stratum": r.stratum, "seconds": r.seconds, "new": r.new, "known": r.known}))
            .collect();
        let strata = self.strata.iter().zip(1u32..).map(|(s, n)| {
            let relations: Vec<&str> = s.relations.iter().map(|name| &**name).collect();
            let (new, known) = self.tuples(n);
            json!({"stratum": n, "relations": relations, "rounds": s.rounds, "seconds": s.seconds,
                "new": new, "known": known, "index_bytes": s.index_bytes})
        });
        let strata: Vec<Value> = strata.collect();
        let index_bytes: u64 = self.strata.iter().map(|s| s.index_bytes).sum();
        let rounds: Vec<u32> = self.strata.iter().map(|s| s.rounds).collect();
        json!({"seconds": self.seconds, "rounds": rounds, "index_bytes": index_bytes, "strata": strata, "rules": rules})
    }
}
