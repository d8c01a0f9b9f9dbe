//! The proof checker.
//!
//! It takes a proof at its word about the rule and the bindings, substitutes,
//! and looks at each condition itself. Aggregates are recomputed by a plain
//! walk through their conditions in the written order, over every row: slow,
//! and nothing that the search or an evaluator does.

use super::term::{self, Env, bound, fit, is_wildcard, plain_value};
use super::text;
use super::{Aggregation, Derivation, Fact, FactSource, Premise, Proof, Reason, Unshown};
use crate::analysis::StratifiedProgram;
use crate::base::Value;
use crate::eval::{Birth, builtin};
use crate::logic::typed::{Aggregate, Atom, HeadTerm, Literal, Rule, Term, VarId};
use crate::logic::{AggregateOp, Function, Test};
use std::collections::{BTreeMap, BTreeSet};

/// The widest `range` that the checker walks through.
const WIDEST_RANGE: i64 = 1_000_000;

/// Checks a proof against the program and all facts.
///
/// Accepted is a complete proof alone: each branch ends in given facts or in a
/// fact proved before in it. Facts must hold, absences be absent, tests hold,
/// aggregates have their result, heads with `min` or `max` be unbeaten.
///
/// # Errors
/// What is wrong first, in reading order.
pub fn verify(program: &StratifiedProgram, source: &dyn FactSource, proof: &Proof) -> Result<(), String> {
    let mut checker = Checker { program, source, proved: BTreeSet::new(), before: None };
    match checker.proof(proof)? {
        true => Ok(()),
        false => Err(format!("the proof of {} is cut short", proof.fact)),
    }
}

struct Checker<'a> {
    program: &'a StratifiedProgram,
    source: &'a dyn FactSource,
    proved: BTreeSet<Fact>,
    /// What is aggregated over in recursion must be older than this.
    before: Option<Birth>,
}

type Solutions = BTreeMap<Vec<Option<Value>>, Option<Value>>;

impl Checker<'_> {
    /// Whether the proof is complete; an error where it is wrong.
    fn proof(&mut self, proof: &Proof) -> Result<bool, String> {
        let fact = &proof.fact;
        let birth =
            self.source.birth(&fact.relation, &fact.row).ok_or_else(|| format!("{fact} doesn't hold"))?;
        match &proof.reason {
            Reason::Given if birth.stratum == 0 => Ok(true),
            Reason::Given => Err(format!("{fact} wasn't given")),
            Reason::Unshown(Unshown::Repeated) if self.proved.contains(fact) => Ok(true),
            Reason::Unshown(Unshown::Repeated) => Err(format!("{fact} isn't proved further up")),
            Reason::Unshown(_) => Ok(false),
            Reason::Rule(derivation) => {
                let outer = self.before.replace(birth);
                let complete = self.derivation(fact, derivation).map_err(|e| format!("{fact}: {e}"))?;
                self.before = outer;
                if complete {
                    self.proved.insert(fact.clone());
                }
                Ok(complete)
            }
        }
    }

    fn derivation(&mut self, fact: &Fact, derivation: &Derivation) -> Result<bool, String> {
        let rule = self.program.rules().iter().find(|rule| rule.id == derivation.rule);
        let rule = rule.filter(|rule| rule.name == derivation.name).ok_or("there is no such rule")?;
        let env = environment(rule, derivation)?;
        let relation = self.program.find(&fact.relation).ok_or("there is no such relation")?;
        let heads = rule.heads.iter().filter(|head| head.0 == relation);
        let head = heads.map(|head| &head.1).find(|head| is_head(head, &fact.row, &env));
        self.unbeaten(fact, head.ok_or("the rule doesn't give this fact")?)?;
        let mut complete = true;
        let mut premises = derivation.premises.iter();
        for literal in &rule.body {
            complete &= self.literal(rule, literal, &env, &mut premises)?;
        }
        if premises.next().is_some() {
            return Err("there are more premises than conditions".to_owned());
        }
        if derivation.prose != text::prose(rule, &derivation.bindings) {
            return Err("the prose isn't the rule's".to_owned());
        }
        Ok(complete)
    }

    /// That no row beats the fact where its relation keeps the extreme alone.
    fn unbeaten(&self, fact: &Fact, head: &[HeadTerm]) -> Result<(), String> {
        for (column, item) in head.iter().enumerate() {
            let HeadTerm::Extremum(op, _) = item else { continue };
            let mut pattern: Vec<Option<Value>> = fact.row.iter().cloned().map(Some).collect();
            pattern[column] = None;
            for (row, _) in self.source.scan(&fact.relation, &pattern) {
                let beaten = match op {
                    AggregateOp::Max => row[column] > fact.row[column],
                    _ => row[column] < fact.row[column],
                };
                if beaten {
                    return Err(format!("{} is the {op}", row[column]));
                }
            }
        }
        Ok(())
    }

    fn literal<'p>(
        &mut self,
        rule: &Rule,
        literal: &Literal,
        env: &Env,
        premises: &mut impl Iterator<Item = &'p Premise>,
    ) -> Result<bool, String> {
        let written = || text::literal(self.program, rule, literal, env);
        let missing = || format!("no premise fits {}", written());
        match literal {
            Literal::Atom(atom) => {
                let Some(Premise::Fact(proof)) = premises.next() else { return Err(missing()) };
                let name = &self.program.relation(atom.relation).name;
                if *name != proof.fact.relation || !self.is_instance(rule, atom, &proof.fact.row, env)? {
                    return Err(missing());
                }
                self.proof(proof)
            }
            Literal::NotAtom(atom) => match (text::excluded(self.program, rule, atom, env)?, premises.next())
            {
                (None, Some(Premise::Test(said))) if *said == written() => Ok(true),
                (Some(wanted), Some(Premise::Absent { relation, pattern }))
                    if *relation == self.program.relation(atom.relation).name && *pattern == wanted =>
                {
                    match self.source.scan(relation, pattern).is_empty() {
                        true => Ok(true),
                        false => Err(format!("{} isn't absent", text::pattern(relation, pattern))),
                    }
                }
                _ => Err(missing()),
            },
            Literal::Test { op, terms, negated } => {
                let mut inner = Vec::new();
                terms.iter().for_each(|item| term::aggregates(item, &mut inner));
                for aggregate in inner {
                    let Some(Premise::Aggregate(said)) = premises.next() else { return Err(missing()) };
                    self.aggregation(rule, aggregate, env, said)?;
                }
                match premises.next() {
                    Some(Premise::Test(said)) if *said == text::literal(self.program, rule, literal, env) => {
                    }
                    _ => {
                        return Err(format!(
                            "no premise fits {}",
                            text::literal(self.program, rule, literal, env)
                        ));
                    }
                }
                let aggregate = &mut |inner: &_, env: &Env| self.result(rule, inner, env);
                match term::holds(*op, terms, *negated, env, aggregate)? {
                    true => Ok(true),
                    false => Err(format!("{} doesn't hold", text::literal(self.program, rule, literal, env))),
                }
            }
        }
    }

    fn is_instance(&self, rule: &Rule, atom: &Atom, row: &[Value], env: &Env) -> Result<bool, String> {
        if row.len() != atom.terms.len() {
            return Ok(false);
        }
        for (item, there) in atom.terms.iter().zip(row) {
            if matches!(item, Term::Var(var) if is_wildcard(rule, *var)) {
                continue;
            }
            let said = plain_value(item, env)?.and_then(|value| fit(value, there.type_of()));
            if said.as_ref() != Some(there) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn aggregation(
        &mut self,
        rule: &Rule,
        aggregate: &Aggregate,
        env: &Env,
        said: &Aggregation,
    ) -> Result<(), String> {
        let mut solutions = Solutions::new();
        self.walk(rule, &aggregate.body, &mut term::inside(aggregate, env), &mut |env| {
            note(aggregate, env, &mut solutions)
        })?;
        let result = total(aggregate, &solutions)?.ok_or("an aggregate has no result")?;
        let text = text::aggregate(self.program, rule, aggregate, env);
        if said.result != result || said.solutions != solutions.len() || said.text != text {
            return Err(format!("{text} is {result} over {} solutions", solutions.len()));
        }
        let attain = |value: &&Option<Value>| {
            (**value).clone().and_then(|value| fit(value, aggregate.type_)).as_ref() == Some(&result)
        };
        let deciding = match aggregate.op {
            AggregateOp::Min | AggregateOp::Max => solutions.values().filter(attain).count(),
            AggregateOp::Count | AggregateOp::Sum => solutions.len(),
        };
        if said.deciding != deciding {
            return Err(format!("{deciding} rows decide {text}"));
        }
        for row in &said.rows {
            let known = solutions.keys().any(|key| {
                let mut env = vec![None; rule.variables.len()];
                aggregate.locals.iter().zip(key).for_each(|(var, value)| env[var.0 as usize] = value.clone());
                term::bindings(rule, aggregate.locals.iter().copied(), &env) == row.bindings
            });
            if !known {
                return Err(format!("a row of {text} is no solution"));
            }
            for proof in &row.facts {
                self.proof(proof)?;
            }
        }
        Ok(())
    }

    fn result(&self, rule: &Rule, aggregate: &Aggregate, env: &Env) -> Result<Option<Value>, String> {
        let mut solutions = Solutions::new();
        self.walk(rule, &aggregate.body, &mut term::inside(aggregate, env), &mut |env| {
            note(aggregate, env, &mut solutions)
        })?;
        total(aggregate, &solutions)
    }

    /// Every solution of literals, taken from left to right.
    fn walk(
        &self,
        rule: &Rule,
        body: &[Literal],
        env: &mut Vec<Option<Value>>,
        each: &mut dyn FnMut(&Env) -> Result<(), String>,
    ) -> Result<(), String> {
        let Some((literal, rest)) = body.split_first() else { return each(env) };
        match literal {
            Literal::Atom(atom) => {
                let name = &self.program.relation(atom.relation).name;
                let recurses = self.program.recurses(rule, atom.relation);
                for (row, birth) in self.source.scan(name, &vec![None; atom.terms.len()]) {
                    if recurses && self.before.is_some_and(|before| birth >= before) {
                        continue;
                    }
                    let before = env.clone();
                    for (item, value) in atom.terms.iter().zip(&row) {
                        if let Term::Var(var) = item
                            && env[var.0 as usize].is_none()
                        {
                            env[var.0 as usize] = fit(value.clone(), rule.variables[var.0 as usize].type_);
                        }
                    }
                    if self.is_instance(rule, atom, &row, env)? {
                        self.walk(rule, rest, env, each)?;
                    }
                    *env = before;
                }
                Ok(())
            }
            Literal::NotAtom(atom) => {
                let name = &self.program.relation(atom.relation).name;
                match text::excluded(self.program, rule, atom, env)? {
                    Some(pattern) if !self.source.scan(name, &pattern).is_empty() => Ok(()),
                    _ => self.walk(rule, rest, env, each),
                }
            }
            Literal::Test { op, terms, negated } => {
                let aggregate = &mut |inner: &_, env: &Env| self.result(rule, inner, env);
                let free = |item: &Term| match item {
                    Term::Var(var) if bound(*var, env).is_none() => Some(*var),
                    _ => None,
                };
                let (var, candidates) = match (op, &terms[..]) {
                    (Test::Eq, [a, b]) if !negated && free(a).or(free(b)).is_some() => {
                        let from = if free(a).is_some() { b } else { a };
                        (free(a).or(free(b)), Vec::from_iter(term::value(from, env, aggregate)?))
                    }
                    (Test::Range, [x, bounds @ ..]) if !negated && free(x).is_some() => {
                        match term::values(bounds, env, aggregate)?.as_deref() {
                            Some([Value::Int(low), Value::Int(high)]) => {
                                if high.saturating_sub(*low) > WIDEST_RANGE {
                                    return Err("a range is too wide to check".to_owned());
                                }
                                (free(x), (*low..*high).map(Value::Int).collect())
                            }
                            _ => return Ok(()),
                        }
                    }
                    _ => {
                        if !term::holds(*op, terms, *negated, env, aggregate)? {
                            return Ok(());
                        }
                        return self.walk(rule, rest, env, each);
                    }
                };
                let Some(var) = var else { return Ok(()) };
                for candidate in candidates {
                    let candidate = fit(candidate, rule.variables[var.0 as usize].type_);
                    if candidate.is_some() {
                        env[var.0 as usize] = candidate;
                        self.walk(rule, rest, env, each)?;
                        env[var.0 as usize] = None;
                    }
                }
                Ok(())
            }
        }
    }
}

/// The environment that a derivation states: a value of its type for each
/// named variable outside of aggregates, and no others.
fn environment(rule: &Rule, derivation: &Derivation) -> Result<Vec<Option<Value>>, String> {
    let mut outer = BTreeSet::new();
    for item in rule.heads.iter().flat_map(|head| &head.1) {
        let (HeadTerm::Term(item) | HeadTerm::Extremum(_, item)) = item;
        term::outer_variables(item, &mut outer);
    }
    rule.body.iter().flat_map(term::terms).for_each(|item| term::outer_variables(item, &mut outer));
    let mut env = vec![None; rule.variables.len()];
    let mut stated = derivation.bindings.iter();
    for var in outer.into_iter().filter(|var: &VarId| !is_wildcard(rule, *var)) {
        let variable = &rule.variables[var.0 as usize];
        match stated.next() {
            Some((name, value)) if *name == variable.name && value.type_of() == variable.type_ => {
                env[var.0 as usize] = Some(value.clone());
            }
            _ => return Err(format!("`{}` has no value", variable.name)),
        }
    }
    match stated.next() {
        Some((name, _)) => Err(format!("`{name}` isn't a variable of the rule's")),
        None => Ok(env),
    }
}

fn is_head(head: &[HeadTerm], row: &[Value], env: &Env) -> bool {
    head.len() == row.len()
        && head.iter().zip(row).all(|(item, there)| {
            let (HeadTerm::Term(item) | HeadTerm::Extremum(_, item)) = item;
            let value = plain_value(item, env).ok().flatten().and_then(|value| fit(value, there.type_of()));
            value.as_ref() == Some(there)
        })
}

fn note(aggregate: &Aggregate, env: &Env, solutions: &mut Solutions) -> Result<(), String> {
    let value = match &aggregate.term {
        Some(item) => match plain_value(item, env)? {
            Some(value) => Some(value),
            None => return Ok(()),
        },
        None => None,
    };
    let key = aggregate.locals.iter().map(|var| bound(*var, env).cloned()).collect();
    solutions.insert(key, value);
    Ok(())
}

fn total(aggregate: &Aggregate, solutions: &Solutions) -> Result<Option<Value>, String> {
    let mut values: Vec<&Value> = solutions.values().flatten().collect();
    values.sort();
    let result = match aggregate.op {
        AggregateOp::Min => values.first().map(|value| (*value).clone()),
        AggregateOp::Max => values.last().map(|value| (*value).clone()),
        AggregateOp::Count if aggregate.term.is_none() => Some(Value::Int(solutions.len() as i64)),
        AggregateOp::Count => {
            values.dedup();
            Some(Value::Int(values.len() as i64))
        }
        AggregateOp::Sum => {
            let add = |sum: Value, value: &&Value| builtin::call(Function::Add, &[sum, (*value).clone()]);
            let mut sum = Value::Int(0);
            for value in &values {
                sum = add(sum, value)?.ok_or("a sum has no value")?;
            }
            Some(sum)
        }
    };
    Ok(result.and_then(|value| fit(value, aggregate.type_)))
}
