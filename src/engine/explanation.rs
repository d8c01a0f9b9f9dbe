//! Why a fact holds, down to the sentences.

use super::{Citation, Engine, EngineError};
use crate::analysis::{self, StratifiedProgram};
use crate::ask::GOAL;
use crate::base::Value;
use crate::eval::{Backend, Evaluation, Frog, Options};
use crate::explain::{self, Fact, Limits, Missing, Proof};
use crate::logic::typed::{Literal, RelationId, Term};
use crate::plan;

/// The proofs of one question: an atom that may leave arguments open.
pub struct Explanation {
    /// The rules that the proofs apply.
    pub program: StratifiedProgram,
    /// One proof per row that fits, in the order of the rows.
    pub proofs: Vec<Proof>,
    /// How many rows fit in all; more than `proofs` where the limit cut.
    pub total: usize,
}

impl Engine {
    /// Proves a fact such as `shared_rival("Huawei", "Xiaomi", "WeChat")`. Where
    /// arguments are variables or `_`, the first `limit` rows are proved. No
    /// proof where the fact doesn't hold.
    ///
    /// # Errors
    /// Findings about the question, a limit, or a computation without result.
    pub fn why(&self, fact: &str, limit: usize) -> Result<Explanation, EngineError> {
        self.why_within(fact, limit, &Limits::default())
    }

    /// The same within other limits of a proof.
    ///
    /// # Errors
    /// As [`Engine::why`].
    pub fn why_within(&self, fact: &str, limit: usize, limits: &Limits) -> Result<Explanation, EngineError> {
        let (literals, sources) = self.parse(fact)?;
        let (checked, _) = analysis::check_with_question(&self.program, &literals, &self.names);
        let Some(program) = checked.program else {
            return Err(EngineError::refused(checked.diagnostics, sources));
        };
        let Some((wanted, relation)) = goal(&program) else {
            let at = literals.get(1).or(literals.first()).map(|literal| literal.at());
            let finding = match at {
                Some(at) => crate::base::Diagnostic::error("E0107", at, "`why` explains one fact at a time"),
                None => crate::base::Diagnostic::without_place("E0107", "`why` explains one fact at a time"),
            };
            let help = "give one relation with its arguments, such as partner(\"Huawei\", x)";
            return Err(EngineError::refused(vec![finding.help(help)], sources));
        };
        let evaluation = self.derive(&program, relation)?;
        let relation = &wanted.relation;
        let rows: Vec<_> = (evaluation.database.scan(relation, &wanted.pattern))
            .into_iter()
            .map(|(row, _)| row)
            .filter(|row| wanted.fits(row))
            .collect();
        let proofs = (rows.iter().take(limit))
            .filter_map(|row| explain::prove(&program, &evaluation.database, relation, row, limits))
            .collect();
        Ok(Explanation { program, proofs, total: rows.len() })
    }

    /// Proves facts, all from one run; `None` for one that doesn't hold.
    ///
    /// # Errors
    /// A limit, or a computation without result.
    pub fn prove(&self, facts: &[Fact], limits: &Limits) -> Result<Vec<Option<Proof>>, EngineError> {
        if facts.is_empty() {
            return Ok(Vec::new());
        }
        let program = &self.checked;
        let goals: Vec<RelationId> = facts.iter().filter_map(|fact| program.find(&fact.relation)).collect();
        let plan = plan::plan(program, Some(&goals));
        let options = Options { provenance: true, ..self.options.clone() };
        let found = Frog.evaluate(program, &plan, self.input(program, &plan)?, &options)?.database;
        let prove = |fact: &Fact| {
            let holds = found.contains(&fact.relation, &fact.row);
            holds.then(|| explain::prove(program, &found, &fact.relation, &fact.row, limits)).flatten()
        };
        Ok(facts.iter().map(prove).collect())
    }

    /// Where the articles state a base fact; `None` for facts from rule files
    /// and fact files, and for relations that no sentence states.
    pub fn citation(&self, relation: &str, row: &[Value]) -> Option<Citation> {
        // A proof without a sentence is better than none.
        self.rows.citation(relation, row).ok().flatten()
    }

    pub(super) fn derive(
        &self,
        program: &StratifiedProgram,
        goal: RelationId,
    ) -> Result<Evaluation, EngineError> {
        let plan = plan::plan(program, Some(&[goal]));
        let options = Options { provenance: true, ..self.options.clone() };
        Ok(Frog.evaluate(program, &plan, self.input(program, &plan)?, &options)?)
    }
}

/// The rows that a question asks for, if it is one atom, and their relation.
pub(super) fn goal(program: &StratifiedProgram) -> Option<(Missing, RelationId)> {
    let goal = program.find(GOAL)?;
    let rule = program.rules().iter().find(|rule| rule.heads.iter().any(|(id, _)| *id == goal))?;
    match &rule.body[..] {
        [Literal::Atom(atom)] if atom.terms.iter().all(|t| matches!(t, Term::Var(_) | Term::Const(_))) => {
            let free = vec![None; rule.variables.len()];
            Some((Missing::of(program, rule, atom, &free), atom.relation))
        }
        _ => None,
    }
}
