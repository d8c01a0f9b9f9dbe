//! Why a fact doesn't hold.

use super::explanation::goal;
use super::{Engine, EngineError};
use crate::analysis::{self, StratifiedProgram};
use crate::base::Diagnostic;
use crate::eval::Database;
use crate::explain::{self, Limits, Miss, Missing, Proof};
use std::collections::BTreeSet;

/// How many missing facts one below the other are looked into.
const DEEPEST: usize = 3;

/// A row that there isn't, and how far each rule came towards it.
#[derive(Debug, Clone)]
pub struct WhyNot {
    /// The row.
    pub row: Missing,
    /// One per rule about it; none where it could only be given, or where it
    /// was looked into before or lies too deep.
    pub near: Vec<Near>,
}

/// How far a rule came.
#[derive(Debug, Clone)]
pub struct Near {
    /// What holds and what fails.
    pub miss: Miss,
    /// The rows that it lacks.
    pub missing: Vec<WhyNot>,
    /// Proofs of the facts in its way.
    pub in_the_way: Vec<Proof>,
}

impl Engine {
    /// Says why a fact such as `partner("Huawei", "Grab")` doesn't hold; with
    /// open arguments, why none that fits does. `None` where one does.
    ///
    /// # Errors
    /// Findings about the question, a limit, or a computation without result.
    pub fn why_not(&self, fact: &str) -> Result<Option<WhyNot>, EngineError> {
        let (literals, sources) = self.parse(fact)?;
        let (checked, _) = analysis::check_with_question(&self.program, &literals, &self.names);
        let Some(program) = checked.program else {
            return Err(EngineError::refused(checked.diagnostics, sources));
        };
        let Some((row, relation)) = goal(&program) else {
            let text = "`why-not` looks into one fact at a time";
            let finding = match literals.get(1).or(literals.first()) {
                Some(literal) => Diagnostic::error("E0107", literal.at(), text),
                None => Diagnostic::without_place("E0107", text),
            };
            let help = "give one relation with its arguments, such as partner(\"Huawei\", x)";
            return Err(EngineError::refused(vec![finding.help(help)], sources));
        };
        let database = self.derive(&program, relation)?.database;
        if database.scan(&row.relation, &row.pattern).iter().any(|(found, _)| row.fits(found)) {
            return Ok(None);
        }
        Ok(Some(look(&program, &database, row, DEEPEST, &mut BTreeSet::new())))
    }
}

fn look(
    program: &StratifiedProgram,
    database: &Database,
    row: Missing,
    depth: usize,
    seen: &mut BTreeSet<Missing>,
) -> WhyNot {
    let limits = Limits::default();
    let mut near = Vec::new();
    if depth > 0 && seen.insert(row.clone()) {
        for miss in explain::nearest_miss(program, database, &row, &limits) {
            let lacking = miss.failing.iter().filter_map(|failure| failure.missing.clone());
            let missing = lacking.map(|row| look(program, database, row, depth - 1, seen)).collect();
            let met = miss.failing.iter().flat_map(|failure| &failure.in_the_way);
            let proof =
                |fact: &explain::Fact| explain::prove(program, database, &fact.relation, &fact.row, &limits);
            let in_the_way = met.filter_map(proof).collect();
            near.push(Near { miss, missing, in_the_way });
        }
    }
    WhyNot { row, near }
}
