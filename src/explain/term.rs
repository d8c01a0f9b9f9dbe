//! The values of terms. Search and checker share this, and nothing else.

use crate::base::{Decimal, Type, Value};
use crate::eval::builtin;
use crate::logic::Test;
use crate::logic::typed::{Aggregate, Literal, Rule, Term, VarId};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The values of a rule's variables so far.
pub(super) type Env = [Option<Value>];

/// Computes an aggregate under an environment.
pub(super) type Aggregator<'a> = &'a mut dyn FnMut(&Aggregate, &Env) -> Result<Option<Value>, String>;

/// The value of a variable.
pub(super) fn bound(var: VarId, env: &Env) -> Option<&Value> {
    env.get(var.0 as usize)?.as_ref()
}

/// A value as one of a type: the same, or a whole number in its other form.
pub(super) fn fit(value: Value, type_: Type) -> Option<Value> {
    match (value, type_) {
        (Value::Int(n), Type::Decimal) => Some(Value::Decimal(Decimal::from(n))),
        (Value::Decimal(n), Type::Int) if n.is_integer() => i64::try_from(n).ok().map(Value::Int),
        (value, _) => (value.type_of() == type_).then_some(value),
    }
}

/// The value of a term. `None` where it is undefined, which fails the literal.
pub(super) fn value(term: &Term, env: &Env, aggregate: Aggregator) -> Result<Option<Value>, String> {
    match term {
        Term::Var(var) => {
            bound(*var, env).cloned().map(Some).ok_or_else(|| "a variable has no value".to_owned())
        }
        Term::Const(value) => Ok(Some(value.clone())),
        Term::Call(function, terms, type_) => {
            let Some(values) = values(terms, env, aggregate)? else { return Ok(None) };
            Ok(builtin::call(*function, &values)?.and_then(|value| fit(value, *type_)))
        }
        Term::Aggregate(inner) => aggregate(inner, env),
    }
}

/// The values of terms; `None` where one is undefined.
pub(super) fn values(terms: &[Term], env: &Env, aggregate: Aggregator) -> Result<Option<Vec<Value>>, String> {
    let mut all = Vec::with_capacity(terms.len());
    for term in terms {
        match value(term, env, aggregate)? {
            Some(value) => all.push(value),
            None => return Ok(None),
        }
    }
    Ok(Some(all))
}

/// The value of a term that stands outside of tests, where no aggregate can.
pub(super) fn plain_value(term: &Term, env: &Env) -> Result<Option<Value>, String> {
    value(term, env, &mut |_, _| Err("an aggregate stands where none can".to_owned()))
}

/// Whether a test holds, or doesn't where negated. With an undefined term
/// neither is so.
pub(super) fn holds(
    op: Test,
    terms: &[Term],
    negated: bool,
    env: &Env,
    aggregate: Aggregator,
) -> Result<bool, String> {
    let Some(values) = values(terms, env, aggregate)? else { return Ok(false) };
    Ok(builtin::test(op, &values)? != negated)
}

/// Whether all that a term needs from outside has a value.
pub(super) fn is_ready(term: &Term, env: &Env) -> bool {
    let mut needed = BTreeSet::new();
    outer_variables(term, &mut needed);
    needed.iter().all(|var| bound(*var, env).is_some())
}

/// Adds the variables that a term needs from outside.
pub(super) fn outer_variables(term: &Term, into: &mut BTreeSet<VarId>) {
    match term {
        Term::Var(var) => {
            into.insert(*var);
        }
        Term::Const(_) => {}
        Term::Call(_, terms, _) => terms.iter().for_each(|term| outer_variables(term, into)),
        Term::Aggregate(aggregate) => into.extend(&aggregate.groups),
    }
}

/// The aggregates of a term, outermost only, from left to right.
pub(super) fn aggregates<'a>(term: &'a Term, into: &mut Vec<&'a Aggregate>) {
    match term {
        Term::Aggregate(aggregate) => into.push(aggregate),
        Term::Call(_, terms, _) => terms.iter().for_each(|term| aggregates(term, into)),
        Term::Var(_) | Term::Const(_) => {}
    }
}

/// The environment inside an aggregate: the group, and nothing else.
pub(super) fn inside(aggregate: &Aggregate, env: &Env) -> Vec<Option<Value>> {
    let mut inner = vec![None; env.len()];
    for var in &aggregate.groups {
        inner[var.0 as usize] = bound(*var, env).cloned();
    }
    inner
}

/// Whether a variable was written as `_`.
pub(super) fn is_wildcard(rule: &Rule, var: VarId) -> bool {
    rule.variables.get(var.0 as usize).is_none_or(|variable| &*variable.name == "_")
}

/// The named variables among some, with their values.
pub(super) fn bindings(
    rule: &Rule,
    vars: impl IntoIterator<Item = VarId>,
    env: &Env,
) -> Vec<(Arc<str>, Value)> {
    let named = vars.into_iter().filter(|var| !is_wildcard(rule, *var));
    let pair = |var: VarId| Some((rule.variables[var.0 as usize].name.clone(), bound(var, env)?.clone()));
    named.filter_map(pair).collect()
}

/// The terms of a literal.
pub(super) fn terms(literal: &Literal) -> &[Term] {
    match literal {
        Literal::Atom(atom) | Literal::NotAtom(atom) => &atom.terms,
        Literal::Test { terms, .. } => terms,
    }
}
