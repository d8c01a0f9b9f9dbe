//! Running a rule's steps: nested loops over sorted cells, straight from the
//! driver to the head, with the budget checked inside.

use super::index::Index;
use super::meter::Meter;
use super::steps::{Operand, Step, compile};
use super::{Cells, Extrema};
use crate::analysis::StratifiedProgram;
use crate::base::{Type, Value};
use crate::eval::naive::fit;
use crate::eval::{EvalError, builtin};
use crate::logic::AggregateOp;
use crate::logic::typed::{Aggregate, RelationId, Rule, Term};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// All that a kernel reads.
pub(super) struct Kernel<'a> {
    pub(super) program: &'a StratifiedProgram,
    pub(super) rule: &'a Rule,
    pub(super) indexes: &'a [Index],
    /// Steps of the rule's aggregates, by their address in the rule.
    pub(super) aggregates: &'a FxHashMap<*const Aggregate, Vec<Step<'a>>>,
    pub(super) extrema: &'a Extrema,
    /// New rows of the relations of a recursive stratum.
    pub(super) recent: &'a FxHashMap<RelationId, Vec<u32>>,
    pub(super) cells: &'a mut Cells,
    pub(super) meter: &'a mut Meter,
}

type Then<'t, 'a> = &'t mut dyn FnMut(&mut Kernel<'a>, &mut [u32]) -> Result<(), EvalError>;

impl<'a> Kernel<'a> {
    fn failed(&self, message: String) -> EvalError {
        EvalError::Run { rule: self.rule.name.clone(), message }
    }

    /// Runs the steps from `at` on; `then` is called with each solution.
    pub(super) fn run(
        &mut self,
        steps: &[Step<'a>],
        env: &mut [u32],
        then: Then<'_, 'a>,
    ) -> Result<(), EvalError> {
        let Some((step, rest)) = steps.split_first() else { return then(self, env) };
        match step {
            Step::Seek { index, prefix, binds, checks, relation } => {
                let mut key = [0; super::row::WIDEST];
                if !self.key(prefix, env, &mut key)? {
                    return Ok(());
                }
                let index = &self.indexes[*index];
                let width = index.columns.len();
                if width == 0 {
                    return if index.filled { self.run(rest, env, then) } else { Ok(()) };
                }
                for run in index.runs(&key[..prefix.len()]) {
                    for row in run.chunks_exact(width) {
                        binds.iter().for_each(|(place, slot)| env[*slot] = row[*place]);
                        if checks.iter().all(|(place, slot)| env[*slot] == row[*place])
                            && self.extrema.is_current(*relation, row, &index.columns)
                        {
                            self.meter.step(self.rule)?;
                            self.run(rest, env, then)?;
                        }
                    }
                }
                Ok(())
            }
            Step::Driver { relation, bound, binds, checks } => {
                let mut wanted = Vec::with_capacity(bound.len());
                for (column, operand) in bound {
                    match self.operand(operand, env)? {
                        Some(cell) => wanted.push((*column, cell)),
                        None => return Ok(()),
                    }
                }
                let recent = self.recent;
                let Some(rows) = recent.get(relation) else { return Ok(()) };
                let width = self.program.relation(*relation).columns.len();
                if width == 0 {
                    return if !rows.is_empty() { self.run(rest, env, then) } else { Ok(()) };
                }
                for row in rows.chunks_exact(width) {
                    if !wanted.iter().all(|(column, cell)| row[*column] == *cell) {
                        continue;
                    }
                    binds.iter().for_each(|(place, slot)| env[*slot] = row[*place]);
                    if checks.iter().all(|(place, slot)| env[*slot] == row[*place]) {
                        self.meter.step(self.rule)?;
                        self.run(rest, env, then)?;
                    }
                }
                Ok(())
            }
            Step::Absent { index, prefix } => {
                let mut key = [0; super::row::WIDEST];
                let known = self.key(prefix, env, &mut key)?;
                let index = &self.indexes[*index];
                let found = known
                    && if index.columns.is_empty() {
                        index.filled
                    } else {
                        index.runs(&key[..prefix.len()]).next().is_some()
                    };
                if found { Ok(()) } else { self.run(rest, env, then) }
            }
            Step::Compare { left, right, equal } => {
                if (env[*left] == env[*right]) == *equal {
                    self.run(rest, env, then)
                } else {
                    Ok(())
                }
            }
            Step::Bind { slot, term } => {
                let Some(value) = self.value(term, env)? else { return Ok(()) };
                env[*slot] = self.cells.encode(&fit(value, self.rule.variables[*slot].type_));
                self.run(rest, env, then)
            }
            Step::Range { slot, low, high } => {
                let (Some(Value::Int(low)), Some(Value::Int(high))) =
                    (self.value(low, env)?, self.value(high, env)?)
                else {
                    return Ok(());
                };
                for n in low..high {
                    env[*slot] = self.cells.encode(&Value::Int(n));
                    self.meter.step(self.rule)?;
                    self.run(rest, env, then)?;
                }
                Ok(())
            }
            Step::Test { op, terms, negated } => {
                let Some(values) = self.values(terms, env)? else { return Ok(()) };
                let holds = builtin::test(*op, &values).map_err(|message| self.failed(message))?;
                if holds != *negated { self.run(rest, env, then) } else { Ok(()) }
            }
        }
    }

    /// Fills the sought key; false where a function of it has no value.
    fn key(&mut self, prefix: &[Operand<'a>], env: &[u32], key: &mut [u32]) -> Result<bool, EvalError> {
        for (place, operand) in prefix.iter().enumerate() {
            match self.operand(operand, env)? {
                Some(cell) => key[place] = cell,
                None => return Ok(false),
            }
        }
        Ok(true)
    }

    fn operand(&mut self, operand: &Operand<'a>, env: &[u32]) -> Result<Option<u32>, EvalError> {
        match operand {
            Operand::Slot(slot) => Ok(Some(env[*slot])),
            Operand::Term(term, type_) => self.cell(term, *type_, env),
        }
    }

    /// The cell of a term in a column of this type.
    pub(super) fn cell(
        &mut self,
        term: &'a Term,
        type_: Type,
        env: &[u32],
    ) -> Result<Option<u32>, EvalError> {
        if let Term::Var(var) = term
            && self.rule.variables[var.0 as usize].type_ == type_
        {
            return Ok(Some(env[var.0 as usize]));
        }
        Ok(self.value(term, env)?.map(|value| self.cells.encode(&fit(value, type_))))
    }

    fn values(&mut self, terms: &'a [Term], env: &[u32]) -> Result<Option<Vec<Value>>, EvalError> {
        let mut values = Vec::with_capacity(terms.len());
        for term in terms {
            match self.value(term, env)? {
                Some(value) => values.push(value),
                None => return Ok(None),
            }
        }
        Ok(Some(values))
    }

    fn value(&mut self, term: &'a Term, env: &[u32]) -> Result<Option<Value>, EvalError> {
        match term {
            Term::Var(var) => {
                let type_ = self.rule.variables[var.0 as usize].type_;
                Ok(Some(self.cells.decode(env[var.0 as usize], type_)))
            }
            Term::Const(value) => Ok(Some(value.clone())),
            Term::Call(function, terms, type_) => {
                let Some(values) = self.values(terms, env)? else { return Ok(None) };
                let value = builtin::call(*function, &values).map_err(|message| self.failed(message))?;
                Ok(value.map(|value| fit(value, *type_)))
            }
            Term::Aggregate(aggregate) => self.aggregate(aggregate, env),
        }
    }

    fn aggregate(&mut self, aggregate: &'a Aggregate, env: &[u32]) -> Result<Option<Value>, EvalError> {
        let all = self.aggregates;
        let Some(steps) = all.get(&std::ptr::from_ref(aggregate)) else { return Ok(None) };
        let mut inner = env.to_vec();
        // Distinct solutions by their cells; `min` and `max` need the best alone.
        let mut solutions: BTreeSet<Vec<u32>> = BTreeSet::new();
        let (mut best, mut sum) = (None::<Value>, fit(Value::Int(0), aggregate.type_));
        let op = aggregate.op;
        self.run(steps, &mut inner, &mut |kernel, env| {
            let value = match &aggregate.term {
                Some(term) => match kernel.value(term, env)? {
                    Some(value) => Some(value),
                    None => return Ok(()),
                },
                None => None,
            };
            match (op, value) {
                (AggregateOp::Count, Some(value)) => {
                    let cell = kernel.cells.encode(&value);
                    solutions.insert(vec![cell]);
                }
                (AggregateOp::Min | AggregateOp::Max, Some(value)) => {
                    let better = best.as_ref().is_none_or(|best| {
                        let order = builtin::compare(&value, best);
                        if op == AggregateOp::Min { order.is_lt() } else { order.is_gt() }
                    });
                    if better {
                        best = Some(value);
                    }
                }
                (_, value) => {
                    let row: Vec<u32> = aggregate.locals.iter().map(|var| env[var.0 as usize]).collect();
                    if solutions.insert(row)
                        && let Some(value) = value
                    {
                        let next = builtin::call(crate::logic::Function::Add, &[sum.clone(), value]);
                        let next = next.map_err(|message| kernel.failed(message))?;
                        sum = next.map_or_else(|| sum.clone(), |next| fit(next, aggregate.type_));
                    }
                }
            }
            Ok(())
        })?;
        Ok(match op {
            AggregateOp::Count => Some(Value::Int(solutions.len() as i64)),
            AggregateOp::Sum => Some(sum),
            AggregateOp::Min | AggregateOp::Max => best,
        })
    }
}

/// Compiles the aggregates of a rule's terms, nested ones too.
pub(super) fn compile_aggregates<'a>(
    program: &'a StratifiedProgram,
    rule: &'a Rule,
    term: &'a Term,
    size: &dyn Fn(RelationId) -> usize,
    want: &mut super::steps::WantIndex<'_>,
    found: &mut FxHashMap<*const Aggregate, Vec<Step<'a>>>,
) {
    match term {
        Term::Call(_, terms, _) => {
            terms.iter().for_each(|term| compile_aggregates(program, rule, term, size, want, found));
        }
        Term::Aggregate(aggregate) => {
            let outside = aggregate.groups.iter().copied().collect();
            let steps = compile(program, rule, &aggregate.body, None, &outside, size, want);
            found.insert(std::ptr::from_ref(&**aggregate), steps);
            for literal in &aggregate.body {
                let terms = match literal {
                    crate::logic::typed::Literal::Atom(atom)
                    | crate::logic::typed::Literal::NotAtom(atom) => &atom.terms,
                    crate::logic::typed::Literal::Test { terms, .. } => terms,
                };
                terms.iter().for_each(|term| compile_aggregates(program, rule, term, size, want, found));
            }
        }
        Term::Var(_) | Term::Const(_) => {}
    }
}
