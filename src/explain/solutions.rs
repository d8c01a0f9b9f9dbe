//! Solutions of aggregates and instances of rules, as the search finds them.

use super::search::{Flow, Search, State, Visitor};
use super::term::{Env, bound, fit, inside, plain_value};
use crate::base::Value;
use crate::eval::Birth;
use crate::logic::typed::{Aggregate, HeadTerm, RelationId, Rule, RuleId, Term};
use crate::logic::{AggregateOp, Function, Tuple};
use std::collections::{BTreeMap, BTreeSet};

/// One solution of an aggregate's literals.
pub(super) struct Solution {
    /// All variables.
    pub env: Vec<Option<Value>>,
    /// The aggregated term's value.
    pub value: Option<Value>,
    /// The rows of the positive atoms.
    pub rows: Vec<(RelationId, Tuple, Birth)>,
}

/// A rule with its variables bound so that it gives a certain fact.
#[derive(Clone)]
pub(super) struct Instance {
    pub rule: RuleId,
    pub env: Vec<Option<Value>>,
    /// The row of each positive atom, by its place in the body.
    pub rows: Vec<Option<(Tuple, Birth)>>,
}

/// Whether a row may be a premise.
pub(super) type Allowed<'f> = &'f dyn Fn(RelationId, &[Value], Birth) -> bool;

struct Gather<'g> {
    aggregate: &'g Aggregate,
    /// Whether a row may be among those aggregated over.
    allowed: Allowed<'g>,
    found: BTreeMap<Vec<Option<Value>>, Solution>,
    failed: Option<String>,
}

impl Visitor for Gather<'_> {
    fn allows(&self, relation: RelationId, row: &[Value], birth: Birth) -> bool {
        (self.allowed)(relation, row, birth)
    }

    fn solution(&mut self, state: &State) -> Flow {
        let key: Vec<Option<Value>> =
            self.aggregate.locals.iter().map(|var| bound(*var, &state.env).cloned()).collect();
        if self.found.contains_key(&key) {
            return Flow::Continue(());
        }
        let value = match self.aggregate.term.as_ref().map(|term| plain_value(term, &state.env)) {
            Some(Ok(None)) => return Flow::Continue(()),
            Some(Err(error)) => {
                self.failed = Some(error);
                return Flow::Break(());
            }
            Some(Ok(value)) => value,
            None => None,
        };
        let rows = state.rows.iter().zip(&self.aggregate.body).filter_map(|(row, literal)| {
            let (row, birth) = row.clone()?;
            let crate::logic::typed::Literal::Atom(atom) = literal else { return None };
            Some((atom.relation, row, birth))
        });
        let solution = Solution { env: state.env.clone(), value, rows: rows.collect() };
        self.found.insert(key, solution);
        Flow::Continue(())
    }
}

struct Instances<'i> {
    rule: &'i Rule,
    head: &'i [HeadTerm],
    target: &'i [Value],
    allowed: Allowed<'i>,
    each: &'i mut dyn FnMut(Instance) -> Flow,
}

impl Visitor for Instances<'_> {
    fn allows(&self, relation: RelationId, row: &[Value], birth: Birth) -> bool {
        (self.allowed)(relation, row, birth)
    }

    fn solution(&mut self, state: &State) -> Flow {
        if !gives(self.head, self.target, &state.env) {
            return Flow::Continue(());
        }
        (self.each)(Instance { rule: self.rule.id, env: state.env.clone(), rows: state.rows.clone() })
    }
}

impl Search<'_> {
    /// The distinct solutions of an aggregate's literals, in the order of its
    /// own variables' values.
    pub fn solutions(&self, rule: &Rule, aggregate: &Aggregate, env: &Env) -> Result<Vec<Solution>, String> {
        let before = self.before.get();
        let allowed = |relation, _: &[Value], birth: Birth| {
            before.is_none_or(|before| birth < before) || !self.program.recurses(rule, relation)
        };
        let mut gather = Gather { aggregate, allowed: &allowed, found: BTreeMap::new(), failed: None };
        self.solve(rule, &aggregate.body, inside(aggregate, env), &mut gather);
        match gather.failed {
            Some(error) => Err(error),
            None if self.is_exhausted() => Err("the search was cut short".to_owned()),
            None => Ok(gather.found.into_values().collect()),
        }
    }

    /// An aggregate's result; `None` for the least or greatest of nothing.
    pub fn aggregate(&self, rule: &Rule, aggregate: &Aggregate, env: &Env) -> Result<Option<Value>, String> {
        fold(aggregate, &self.solutions(rule, aggregate, env)?)
    }

    /// Shows every instance of a rule that gives a row through one of its heads.
    pub fn instances(
        &self,
        rule: &Rule,
        head: &[HeadTerm],
        target: &[Value],
        allowed: Allowed,
        each: &mut dyn FnMut(Instance) -> Flow,
    ) {
        let target_columns: Vec<Option<Value>> = target.iter().cloned().map(Some).collect();
        if let Some(env) = head_bindings(rule, head, &target_columns) {
            let mut visitor = Instances { rule, head, target, allowed, each };
            self.solve(rule, &rule.body, env, &mut visitor);
        }
    }
}

/// An aggregate's result from its solutions.
pub(super) fn fold(aggregate: &Aggregate, solutions: &[Solution]) -> Result<Option<Value>, String> {
    let values = || solutions.iter().filter_map(|solution| solution.value.as_ref());
    let result = match aggregate.op {
        AggregateOp::Count if aggregate.term.is_none() => Some(Value::Int(solutions.len() as i64)),
        AggregateOp::Count => Some(Value::Int(values().collect::<BTreeSet<_>>().len() as i64)),
        AggregateOp::Min => values().min().cloned(),
        AggregateOp::Max => values().max().cloned(),
        AggregateOp::Sum => {
            let mut sum = Value::Int(0);
            for value in values() {
                let next = crate::eval::builtin::call(Function::Add, &[sum, value.clone()])?;
                sum = next.ok_or_else(|| "a sum has no value".to_owned())?;
            }
            Some(sum)
        }
    };
    Ok(result.and_then(|value| fit(value, aggregate.type_)))
}

/// The variables that a head's known columns bind; `None` where the head can't
/// give such a row.
pub(super) fn head_bindings(
    rule: &Rule,
    head: &[HeadTerm],
    target: &[Option<Value>],
) -> Option<Vec<Option<Value>>> {
    if head.len() != target.len() {
        return None;
    }
    let mut env = vec![None; rule.variables.len()];
    for (item, value) in head.iter().zip(target) {
        let Some(value) = value else { continue };
        match plain(item) {
            Term::Var(var) => {
                let value = fit(value.clone(), rule.variables[var.0 as usize].type_)?;
                let slot = &mut env[var.0 as usize];
                if slot.as_ref().is_some_and(|known| *known != value) {
                    return None;
                }
                *slot = Some(value);
            }
            Term::Const(constant) if fit(constant.clone(), value.type_of()).as_ref() != Some(value) => {
                return None;
            }
            _ => {}
        }
    }
    Some(env)
}

/// Whether a head gives a row.
fn gives(head: &[HeadTerm], target: &[Value], env: &Env) -> bool {
    head.iter().zip(target).all(|(item, value)| gives_column(item, value, env))
}

/// Whether a head's argument gives a value.
pub(super) fn gives_column(item: &HeadTerm, value: &Value, env: &Env) -> bool {
    let given = plain_value(plain(item), env).ok().flatten();
    given.and_then(|given| fit(given, value.type_of())).as_ref() == Some(value)
}

/// A head argument's term.
pub(super) fn plain(item: &HeadTerm) -> &Term {
    match item {
        HeadTerm::Term(term) | HeadTerm::Extremum(_, term) => term,
    }
}
