//! Proofs as data.

use super::text;
use crate::base::Value;
use crate::logic::Tuple;
use crate::logic::typed::RuleId;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// A row of a relation. Displays as it would be written in a rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fact {
    /// The relation's name.
    pub relation: Arc<str>,
    /// The row.
    pub row: Tuple,
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row: Vec<Option<Value>> = self.row.iter().cloned().map(Some).collect();
        f.write_str(&text::pattern(&self.relation, &row))
    }
}

/// A fact and why it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// What is proved.
    pub fact: Fact,
    /// Why it holds.
    pub reason: Reason,
}

/// Why a fact holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It was given: by an article, a fact file or a rule file.
    Given,
    /// A rule gives it.
    Rule(Box<Derivation>),
    /// It holds, and its reason isn't shown here.
    Unshown(Unshown),
}

/// Why a proof ends before its facts are given ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unshown {
    /// The same fact is proved in full further up or to the left.
    Repeated,
    /// The proof reached [`Limits::depth`], or [`Limits::row_depth`] inside an aggregate.
    Depth,
    /// The proof reached [`Limits::nodes`].
    Nodes,
    /// The search reached [`Limits::steps`] or [`Limits::ranked`].
    Search,
    /// No rule gives it from what holds now: it was derived from a `min` or
    /// `max` that a better value has replaced since.
    Superseded,
}

/// One use of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derivation {
    /// Which rule.
    pub rule: RuleId,
    /// Its name.
    pub name: Arc<str>,
    /// The rule's named variables outside of aggregates, in the rule's order.
    pub bindings: Vec<(Arc<str>, Value)>,
    /// The rule's prose with its holes filled, by language, as it is: nothing
    /// is escaped.
    pub prose: Vec<(Arc<str>, String)>,
    /// One premise per condition, in the rule's order; before a test, one for
    /// each aggregate in it.
    pub premises: Vec<Premise>,
}

/// A condition that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Premise {
    /// There is this fact.
    Fact(Proof),
    /// There is no such row; `None` is any value.
    Absent {
        /// The relation's name.
        relation: Arc<str>,
        /// The columns.
        pattern: Vec<Option<Value>>,
    },
    /// A test that holds, with its values; or a `not` of a row with an
    /// undefined value, which there can't be.
    Test(String),
    /// An aggregate in the test that follows.
    Aggregate(Aggregation),
}

/// A computed aggregate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregation {
    /// The aggregate with the group's values.
    pub text: String,
    /// Its result.
    pub result: Value,
    /// How many distinct solutions it ranges over.
    pub solutions: usize,
    /// How many of them decide it: all, but for `min` and `max` those that
    /// attain the result.
    pub deciding: usize,
    /// Of those that decide it at most [`Limits::rows`], in order.
    pub rows: Vec<Contribution>,
}

/// One solution of an aggregate's conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// The aggregate's own variables.
    pub bindings: Vec<(Arc<str>, Value)>,
    /// The facts it rests on, with their proofs.
    pub facts: Vec<Proof>,
}

/// How much to look for and to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Facts by rule in one proof.
    pub nodes: usize,
    /// Rules one below the other; more than [`Limits::DEEPEST`] is cut to that.
    pub depth: usize,
    /// Rows looked at in the search.
    pub steps: usize,
    /// Rows shown of an aggregate.
    pub rows: usize,
    /// Depth of the proofs of an aggregate's rows; they are no deeper than the
    /// whole proof in any case.
    pub row_depth: usize,
    /// Facts whose reasons are gathered where births alone decide nothing.
    pub ranked: usize,
    /// Reasons that [`super::all_reasons`] returns.
    pub reasons: usize,
}

impl Limits {
    /// The greatest depth of a proof, for the sake of the stack.
    pub const DEEPEST: usize = 300;
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            nodes: 2_000,
            depth: 200,
            steps: 5_000_000,
            rows: 5,
            row_depth: usize::MAX,
            ranked: 20_000,
            reasons: 100,
        }
    }
}

impl Proof {
    /// Every fact in the proof, each once, sorted.
    pub fn facts(&self) -> BTreeSet<&Fact> {
        let mut facts = BTreeSet::new();
        self.gather(&mut |proof| {
            facts.insert(&proof.fact);
        });
        facts
    }

    /// The ids of the claims that the proof rests on, the shown rows of
    /// aggregates included.
    pub fn claims(&self) -> BTreeSet<i64> {
        let id = |fact: &&Fact| match fact.row.first() {
            Some(Value::Int(id)) if &*fact.relation == "claim" => Some(*id),
            _ => None,
        };
        self.facts().iter().filter_map(id).collect()
    }

    /// Whether every branch ends in given facts or in one proved elsewhere in
    /// the proof. Rows of aggregates don't count: an aggregate is a statement
    /// on all facts.
    pub fn is_complete(&self) -> bool {
        match &self.reason {
            Reason::Given | Reason::Unshown(Unshown::Repeated) => true,
            Reason::Unshown(_) => false,
            Reason::Rule(derivation) => derivation.premises.iter().all(|premise| match premise {
                Premise::Fact(proof) => proof.is_complete(),
                _ => true,
            }),
        }
    }

    /// Whether an aggregate has more rows that decide it than are shown.
    pub fn leaves_rows_out(&self) -> bool {
        let Reason::Rule(derivation) = &self.reason else { return false };
        derivation.premises.iter().any(|premise| match premise {
            Premise::Fact(proof) => proof.leaves_rows_out(),
            Premise::Aggregate(Aggregation { deciding, rows, .. }) => {
                rows.len() < *deciding || rows.iter().flat_map(|row| &row.facts).any(Proof::leaves_rows_out)
            }
            Premise::Absent { .. } | Premise::Test(_) => false,
        })
    }

    /// The facts at which a limit cut the proof: those to ask for next.
    pub fn cuts(&self) -> BTreeSet<&Fact> {
        let mut facts = BTreeSet::new();
        self.gather(&mut |proof| {
            if let Reason::Unshown(Unshown::Depth | Unshown::Nodes | Unshown::Search) = proof.reason {
                facts.insert(&proof.fact);
            }
        });
        facts
    }

    fn gather<'a>(&'a self, visit: &mut dyn FnMut(&'a Proof)) {
        visit(self);
        let Reason::Rule(derivation) = &self.reason else { return };
        for premise in &derivation.premises {
            match premise {
                Premise::Fact(proof) => proof.gather(visit),
                Premise::Aggregate(aggregation) => {
                    aggregation.rows.iter().flat_map(|row| &row.facts).for_each(|proof| proof.gather(visit));
                }
                Premise::Absent { .. } | Premise::Test(_) => {}
            }
        }
    }
}
