//! Where explanations read facts.

use crate::base::Value;
use crate::eval::{Birth, Database};
use crate::logic::Tuple;

/// All facts after evaluation, with their births.
pub trait FactSource {
    /// The rows of a relation that have these values in these columns, in any order.
    fn scan(&self, relation: &str, pattern: &[Option<Value>]) -> Vec<(Tuple, Birth)>;

    /// When a row first appeared; `None` where there is no such row.
    fn birth(&self, relation: &str, row: &[Value]) -> Option<Birth>;

    /// Whether there is such a row.
    fn contains(&self, relation: &str, row: &[Value]) -> bool {
        self.birth(relation, row).is_some()
    }
}

impl FactSource for Database {
    fn scan(&self, relation: &str, pattern: &[Option<Value>]) -> Vec<(Tuple, Birth)> {
        Database::scan(self, relation, pattern)
    }

    fn birth(&self, relation: &str, row: &[Value]) -> Option<Birth> {
        Database::birth(self, relation, row)
    }

    fn contains(&self, relation: &str, row: &[Value]) -> bool {
        Database::contains(self, relation, row)
    }
}
