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

/// Cost by rule and stratum.
#[derive(Debug, Clone, Default)]
pub struct Stats {
    /// Rules in order of strata.
    pub rules: Vec<RuleStats>,
    /// Rounds of each stratum, the first being stratum 1.
    pub rounds: Vec<u32>,
}

impl Stats {
    /// As JSON: `{"rounds": […], "rules": [{"rule", "stratum", "seconds", "new", "known"}]}`.
    pub fn to_json(&self) -> Value {
        let rules: Vec<Value> = (self.rules.iter())
            .map(|r| json!({"rule": &*r.rule, "stratum": r.stratum, "seconds": r.seconds, "new": r.new, "known": r.known}))
            .collect();
        json!({"rounds": self.rounds, "rules": rules})
    }
}
