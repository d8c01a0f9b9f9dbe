//! The checked program: the only thing that planning accepts.

use crate::logic::Tuple;
use crate::logic::typed::{Relation, RelationId, Rule, RuleId, Stratum};

/// A program that passed every check, with its strata in order of evaluation.
/// Only this module's checks make one.
#[derive(Debug, Clone)]
pub struct StratifiedProgram {
    pub(super) relations: Vec<Relation>,
    pub(super) rules: Vec<Rule>,
    pub(super) facts: Vec<(RelationId, Tuple)>,
    pub(super) strata: Vec<Stratum>,
}

impl StratifiedProgram {
    /// Whether a relation is derived together with one that a rule derives.
    pub fn recurses(&self, rule: &Rule, relation: RelationId) -> bool {
        let with = |stratum: &Stratum| {
            stratum.recursive
                && stratum.relations.contains(&relation)
                && rule.heads.iter().any(|head| stratum.relations.contains(&head.0))
        };
        self.strata.iter().any(with)
    }

    /// Every relation: base relations in use, declared and inferred ones, sorted by name.
    pub fn relations(&self) -> &[Relation] {
        &self.relations
    }

    /// One relation.
    pub fn relation(&self, id: RelationId) -> &Relation {
        &self.relations[id.0 as usize]
    }

    /// The relation of a name.
    pub fn find(&self, name: &str) -> Option<RelationId> {
        let at = self.relations.binary_search_by(|r| (*r.name).cmp(name)).ok()?;
        Some(RelationId(at as u32))
    }

    /// Every rule.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// One rule.
    pub fn rule(&self, id: RuleId) -> &Rule {
        &self.rules[id.0 as usize]
    }

    /// Facts given in rule files, sorted and without repeats.
    pub fn facts(&self) -> &[(RelationId, Tuple)] {
        &self.facts
    }

    /// Strata, each depending only on earlier ones and itself.
    pub fn strata(&self) -> &[Stratum] {
        &self.strata
    }
}
