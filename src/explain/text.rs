//! Facts, conditions and prose with their values filled in.

use super::term::{Env, bound, fit, is_ready, is_wildcard, plain_value};
use crate::analysis::StratifiedProgram;
use crate::base::Value;
use crate::logic::typed::{Aggregate, Atom, HeadTerm, Literal, Rule, Term};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A value as it is written in rules.
fn quoted(value: &Value) -> String {
    match value {
        Value::Entity(text) | Value::Text(text) => format!("{text:?}"),
        Value::Date(date) => format!("date(\"{date}\")"),
        other => other.to_string(),
    }
}

/// A relation with some columns known.
pub(super) fn pattern(relation: &str, columns: &[Option<Value>]) -> String {
    named_pattern(relation, columns, &BTreeMap::new())
}

/// The same where some of the other columns have a variable's name.
pub(super) fn named_pattern(
    relation: &str,
    columns: &[Option<Value>],
    names: &BTreeMap<usize, Arc<str>>,
) -> String {
    let open = |n: usize| names.get(&n).map_or("_", |name| name).to_owned();
    let columns: Vec<String> = (columns.iter().enumerate())
        .map(|(n, column)| column.as_ref().map_or_else(|| open(n), quoted))
        .collect();
    format!("{relation}({})", columns.join(", "))
}

/// A literal with the values of its bound variables and the names of the others.
pub(super) fn literal(program: &StratifiedProgram, rule: &Rule, literal: &Literal, env: &Env) -> String {
    let list = |items: &[Term]| terms(program, rule, items, env);
    match literal {
        Literal::Atom(atom) => format!("{}({})", program.relation(atom.relation).name, list(&atom.terms)),
        Literal::NotAtom(atom) => {
            format!("not({}({}))", program.relation(atom.relation).name, list(&atom.terms))
        }
        Literal::Test { op, terms, negated: false } => format!("{op}({})", list(terms)),
        Literal::Test { op, terms, negated: true } => format!("not({op}({}))", list(terms)),
    }
}

/// An aggregate with the values of its group.
pub(super) fn aggregate(
    program: &StratifiedProgram,
    rule: &Rule,
    aggregate: &Aggregate,
    env: &Env,
) -> String {
    let env = &super::term::inside(aggregate, env);
    let body: Vec<String> = aggregate.body.iter().map(|item| literal(program, rule, item, env)).collect();
    let over = aggregate.term.as_ref().map_or(String::new(), |item| term(program, rule, item, env) + ", ");
    format!("{}({over}[{}])", aggregate.op, body.join(", "))
}

fn terms(program: &StratifiedProgram, rule: &Rule, items: &[Term], env: &Env) -> String {
    items.iter().map(|item| term(program, rule, item, env)).collect::<Vec<_>>().join(", ")
}

fn term(program: &StratifiedProgram, rule: &Rule, item: &Term, env: &Env) -> String {
    match item {
        Term::Var(var) => match (bound(*var, env), rule.variables.get(var.0 as usize)) {
            (Some(value), _) => quoted(value),
            (None, Some(variable)) => variable.name.to_string(),
            (None, None) => "_".to_owned(),
        },
        Term::Const(value) => quoted(value),
        Term::Call(function, items, _) => format!("{function}({})", terms(program, rule, items, env)),
        Term::Aggregate(inner) => aggregate(program, rule, inner, env),
    }
}

/// A rule's prose, its holes filled, by language. A hole that names no bound
/// variable stays as it is.
pub(super) fn prose(rule: &Rule, bindings: &[(Arc<str>, Value)]) -> Vec<(Arc<str>, String)> {
    let fill = |template: &str| {
        let mut text = String::new();
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            let Some(close) = rest[open..].find('}') else { break };
            let hole = rest[open + 1..open + close].trim();
            text.push_str(&rest[..open]);
            match bindings.iter().find(|binding| &*binding.0 == hole) {
                Some((_, value)) => text.push_str(&value.to_string()),
                None => text.push_str(&rest[open..=open + close]),
            }
            rest = &rest[open + close + 1..];
        }
        text + rest
    };
    rule.because.templates.iter().map(|(language, template, _)| (language.clone(), fill(template))).collect()
}

/// The known columns of an atom.
pub(super) fn columns(program: &StratifiedProgram, atom: &Atom, env: &Env) -> Vec<Option<Value>> {
    let columns = &program.relation(atom.relation).columns;
    let known = |item: &Term, type_| {
        let value = if is_ready(item, env) { plain_value(item, env).ok()? } else { None };
        fit(value?, type_)
    };
    atom.terms.iter().zip(columns).map(|(item, column)| known(item, column.1)).collect()
}

/// What an atom under `not` excludes; `None` where a value is undefined, so
/// that there can be no such row.
pub(super) fn excluded(
    program: &StratifiedProgram,
    rule: &Rule,
    atom: &Atom,
    env: &Env,
) -> Result<Option<Vec<Option<Value>>>, String> {
    let columns = &program.relation(atom.relation).columns;
    let mut pattern = Vec::with_capacity(columns.len());
    for (item, (_, type_)) in atom.terms.iter().zip(columns) {
        pattern.push(match item {
            Term::Var(var) if is_wildcard(rule, *var) => None,
            _ => match plain_value(item, env)?.and_then(|value| fit(value, *type_)) {
                Some(value) => Some(value),
                None => return Ok(None),
            },
        });
    }
    Ok(Some(pattern))
}

/// A head's arguments with the values of its bound variables.
pub(super) fn heads(program: &StratifiedProgram, rule: &Rule, head: &[HeadTerm], env: &Env) -> String {
    let item = |item: &HeadTerm| match item {
        HeadTerm::Term(inner) => term(program, rule, inner, env),
        HeadTerm::Extremum(op, inner) => format!("{op}({})", term(program, rule, inner, env)),
    };
    head.iter().map(item).collect::<Vec<_>>().join(", ")
}
