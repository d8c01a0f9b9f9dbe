//! The naive evaluator: every rule over all rows, round after round, until
//! nothing is new. Slow and plain; the oracle that other back ends are compared with.

use super::sets::Sets;
use super::{
    Backend, Birth, Database, EvalError, Evaluation, Options, RuleStats, Stats, StratumStats, builtin,
};
use crate::analysis::StratifiedProgram;
use crate::base::{Decimal, Value};
use crate::logic::typed::{Aggregate, Atom, HeadTerm, Literal, Rule, Term, VarId};
use crate::logic::{AggregateOp, Test, Tuple};
use crate::plan::Plan;
use std::collections::BTreeSet;
use std::time::Instant;

/// The naive evaluator.
#[derive(Debug, Clone, Copy, Default)]
pub struct Naive;

impl Backend for Naive {
    fn evaluate(
        &self,
        program: &StratifiedProgram,
        plan: &Plan,
        input: Database,
        options: &Options,
    ) -> Result<Evaluation, EvalError> {
        let mut whole = input;
        whole.prepare(program)?;
        let mut database = Sets::new(program, &whole);
        let start = Instant::now();
        let mut stats = Stats::default();
        let mut derived = 0u64;
        for (number, stratum) in program.strata().iter().enumerate() {
            let number = number as u32 + 1;
            if !plan.covers(number as usize - 1) {
                stats.strata.push(StratumStats::default());
                continue;
            }
            let mut costs: Vec<RuleStats> = (stratum.rules.iter())
                .map(|id| RuleStats {
                    rule: program.rule(*id).name.clone(),
                    stratum: number,
                    ..RuleStats::default()
                })
                .collect();
            let mut round = 0;
            loop {
                round += 1;
                let mut news: Vec<(usize, Vec<(String, Tuple)>)> = Vec::new();
                for (n, id) in stratum.rules.iter().enumerate() {
                    let rule = program.rule(*id);
                    let began = Instant::now();
                    let mut solver = Solver {
                        program,
                        database: &database,
                        rule,
                        options,
                        start,
                        derived,
                        found: BTreeSet::new(),
                    };
                    let mut bindings = vec![None; rule.variables.len()];
                    solver.solve(&rule.body, 0, &mut bindings, &mut |solver, bindings| {
                        solver.emit(stratum, bindings)
                    })?;
                    news.push((n, solver.found.into_iter().collect()));
                    costs[n].seconds += began.elapsed().as_secs_f64();
                }
                let mut changed = false;
                for (n, rows) in news {
                    for (relation, row) in rows {
                        let extremum = program.find(&relation).and_then(|id| program.relation(id).extremum);
                        if database.derive(&relation, row, Birth { stratum: number, round }, extremum) {
                            changed = true;
                            derived += 1;
                            costs[n].new += 1;
                        } else {
                            costs[n].known += 1;
                        }
                    }
                }
                if !changed || !stratum.recursive {
                    break;
                }
                if round >= options.budget.rounds {
                    let rule =
                        stratum.rules.first().map(|id| program.rule(*id).name.clone()).unwrap_or_default();
                    return Err(EvalError::Limit {
                        rule,
                        limit: "rounds",
                        value: options.budget.rounds.into(),
                    });
                }
            }
            stats.strata.push(StratumStats { rounds: round, ..StratumStats::default() });
            stats.rules.extend(costs);
        }
        for stratum in program.strata() {
            for id in &stratum.relations {
                whole.replace(program, *id, database.take(&program.relation(*id).name));
            }
        }
        Ok(Evaluation { database: whole, stats })
    }
}

type Bindings = Vec<Option<Value>>;

struct Solver<'a> {
    program: &'a StratifiedProgram,
    database: &'a Sets,
    rule: &'a Rule,
    options: &'a Options,
    start: Instant,
    derived: u64,
    found: BTreeSet<(String, Tuple)>,
}

type Then<'a, 'f> = &'f mut dyn FnMut(&mut Solver<'a>, &Bindings) -> Result<(), EvalError>;

impl<'a> Solver<'a> {
    fn limit(&self, limit: &'static str, value: u64) -> EvalError {
        EvalError::Limit { rule: self.rule.name.clone(), limit, value }
    }

    fn failed(&self, message: String) -> EvalError {
        EvalError::Run { rule: self.rule.name.clone(), message }
    }

    /// Derives the heads of one solution.
    fn emit(&mut self, stratum: &crate::logic::typed::Stratum, bindings: &Bindings) -> Result<(), EvalError> {
        for (relation, terms) in &self.rule.heads {
            if !stratum.relations.contains(relation) {
                continue;
            }
            let mut row = Tuple::new();
            for term in terms {
                let (HeadTerm::Term(term) | HeadTerm::Extremum(_, term)) = term;
                match self.value(term, bindings)? {
                    Some(value) => row.push(value),
                    None => break,
                }
            }
            if row.len() == terms.len() {
                let columns = &self.program.relation(*relation).columns;
                let row = row.into_iter().zip(columns).map(|(v, (_, type_))| fit(v, *type_)).collect();
                self.found.insert((self.program.relation(*relation).name.to_string(), row));
            }
        }
        let budget = &self.options.budget;
        let held = self.derived + self.found.len() as u64;
        if held > budget.tuples {
            return Err(self.limit("tuples", budget.tuples));
        }
        if held.saturating_mul(64) > budget.bytes {
            return Err(self.limit("bytes", budget.bytes));
        }
        self.in_time()
    }

    fn in_time(&self) -> Result<(), EvalError> {
        match self.options.budget.time {
            Some(time) if self.start.elapsed() > time => Err(self.limit("seconds", time.as_secs())),
            _ => Ok(()),
        }
    }

    fn solve(
        &mut self,
        body: &'a [Literal],
        at: usize,
        bindings: &mut Bindings,
        then: Then<'a, '_>,
    ) -> Result<(), EvalError> {
        let Some(literal) = body.get(at) else { return then(self, bindings) };
        match literal {
            Literal::Atom(atom) => {
                let Some(pattern) = self.pattern(atom, bindings)? else { return Ok(()) };
                let rows = self.database.matching(&self.program.relation(atom.relation).name, &pattern);
                for row in rows {
                    let mut bound = Vec::new();
                    if bind(atom, row, bindings, &mut bound) {
                        self.solve(body, at + 1, bindings, then)?;
                    }
                    bound.into_iter().for_each(|var: VarId| bindings[var.0 as usize] = None);
                }
                self.in_time()
            }
            Literal::NotAtom(atom) => {
                let Some(pattern) = self.pattern(atom, bindings)? else {
                    return self.solve(body, at + 1, bindings, then);
                };
                let name = &self.program.relation(atom.relation).name;
                let mut scratch = bindings.clone();
                let found = self.database.matching(name, &pattern).any(|row| {
                    let mut bound = Vec::new();
                    let fits = bind(atom, row, &mut scratch, &mut bound);
                    bound.into_iter().for_each(|var: VarId| scratch[var.0 as usize] = None);
                    fits
                });
                if found { Ok(()) } else { self.solve(body, at + 1, bindings, then) }
            }
            Literal::Test { op: Test::Range, terms, negated: false }
                if unbound(&terms[0], bindings).is_some() =>
            {
                let (Some(Value::Int(low)), Some(Value::Int(high))) =
                    (self.value(&terms[1], bindings)?, self.value(&terms[2], bindings)?)
                else {
                    return Ok(());
                };
                let var = unbound(&terms[0], bindings).expect("matched above").0 as usize;
                for n in low..high {
                    bindings[var] = Some(Value::Int(n));
                    self.solve(body, at + 1, bindings, then)?;
                    self.in_time()?;
                }
                bindings[var] = None;
                Ok(())
            }
            Literal::Test { op: Test::Eq, terms, negated: false }
                if terms.iter().any(|t| unbound(t, bindings).is_some()) =>
            {
                let (free, other) = if unbound(&terms[0], bindings).is_some() { (0, 1) } else { (1, 0) };
                let Some(value) = self.value(&terms[other], bindings)? else { return Ok(()) };
                let var = unbound(&terms[free], bindings).expect("matched above").0 as usize;
                bindings[var] = Some(fit(value, self.rule.variables[var].type_));
                self.solve(body, at + 1, bindings, then)?;
                bindings[var] = None;
                Ok(())
            }
            Literal::Test { op, terms, negated } => {
                let mut values = Vec::new();
                for term in terms {
                    match self.value(term, bindings)? {
                        Some(value) => values.push(value),
                        None => return Ok(()),
                    }
                }
                let holds = builtin::test(*op, &values).map_err(|message| self.failed(message))?;
                if holds != *negated { self.solve(body, at + 1, bindings, then) } else { Ok(()) }
            }
        }
    }

    /// The bound columns of an atom; `None` where a function of it has no value.
    fn pattern(
        &mut self,
        atom: &'a Atom,
        bindings: &Bindings,
    ) -> Result<Option<Vec<Option<Value>>>, EvalError> {
        let mut pattern = Vec::new();
        for (term, (_, type_)) in atom.terms.iter().zip(&self.program.relation(atom.relation).columns) {
            if unbound(term, bindings).is_some() {
                pattern.push(None);
            } else {
                match self.value(term, bindings)? {
                    Some(value) => pattern.push(Some(fit(value, *type_))),
                    None => return Ok(None),
                }
            }
        }
        Ok(Some(pattern))
    }

    fn value(&mut self, term: &'a Term, bindings: &Bindings) -> Result<Option<Value>, EvalError> {
        match term {
            Term::Var(var) => Ok(bindings[var.0 as usize].clone()),
            Term::Const(value) => Ok(Some(value.clone())),
            Term::Call(function, terms, type_) => {
                let mut values = Vec::new();
                for term in terms {
                    match self.value(term, bindings)? {
                        Some(value) => values.push(value),
                        None => return Ok(None),
                    }
                }
                let value = builtin::call(*function, &values).map_err(|message| self.failed(message))?;
                Ok(value.map(|value| fit(value, *type_)))
            }
            Term::Aggregate(aggregate) => self.aggregate(aggregate, bindings),
        }
    }

    fn aggregate(
        &mut self,
        aggregate: &'a Aggregate,
        bindings: &Bindings,
    ) -> Result<Option<Value>, EvalError> {
        let mut inner = bindings.clone();
        let mut solutions: BTreeSet<(Vec<Option<Value>>, Option<Value>)> = BTreeSet::new();
        self.solve(&aggregate.body, 0, &mut inner, &mut |solver, bindings| {
            let value = match &aggregate.term {
                Some(term) => match solver.value(term, bindings)? {
                    Some(value) => Some(value),
                    None => return Ok(()),
                },
                None => None,
            };
            let counts_values = aggregate.op == AggregateOp::Count && value.is_some();
            let key = if counts_values {
                Vec::new()
            } else {
                aggregate.locals.iter().map(|v| bindings[v.0 as usize].clone()).collect()
            };
            solutions.insert((key, value));
            Ok(())
        })?;
        let values = || solutions.iter().filter_map(|(_, value)| value.clone());
        Ok(match aggregate.op {
            AggregateOp::Count => Some(Value::Int(solutions.len() as i64)),
            AggregateOp::Min => values().min_by(builtin::compare),
            AggregateOp::Max => values().max_by(builtin::compare),
            AggregateOp::Sum => {
                let zero = fit(Value::Int(0), aggregate.type_);
                let mut sum = zero;
                for value in values() {
                    let next = builtin::call(crate::logic::Function::Add, &[sum, value]);
                    sum = next.map_err(|message| self.failed(message))?.unwrap_or(Value::Int(0));
                }
                Some(fit(sum, aggregate.type_))
            }
        })
    }
}

/// An int where a decimal is expected is widened; a whole decimal is an int
/// where one is expected.
pub(super) fn fit(value: Value, type_: crate::base::Type) -> Value {
    match (value, type_) {
        (Value::Int(n), crate::base::Type::Decimal) => Value::Decimal(Decimal::from(n)),
        (Value::Decimal(n), crate::base::Type::Int) if n.is_integer() => {
            i64::try_from(n).map_or(Value::Decimal(n), Value::Int)
        }
        (value, _) => value,
    }
}

fn unbound(term: &Term, bindings: &Bindings) -> Option<VarId> {
    match term {
        Term::Var(var) if bindings[var.0 as usize].is_none() => Some(*var),
        _ => None,
    }
}

/// Binds the free variables of an atom to a row that fits its bound columns.
fn bind(atom: &Atom, row: &[Value], bindings: &mut Bindings, bound: &mut Vec<VarId>) -> bool {
    atom.terms.iter().zip(row).all(|(term, value)| match term {
        Term::Var(var) => match &bindings[var.0 as usize] {
            Some(known) => known == value,
            None => {
                bindings[var.0 as usize] = Some(value.clone());
                bound.push(*var);
                true
            }
        },
        _ => true,
    })
}
