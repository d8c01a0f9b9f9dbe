//! Ordering bodies so that each literal can run, and naming what can't.

use super::resolved::{Aggregate, Kind, Literal, Rule, Term, Use};
use crate::base::Diagnostic;
use crate::logic::Test;
use crate::logic::typed::VarId;
use std::collections::BTreeSet;

/// Orders a rule's body (ties by written order) and reports every variable
/// that nothing binds.
pub(super) fn order(rule: &mut Rule, found: &mut Vec<Diagnostic>) {
    let mut bound = vec![false; rule.variables.len()];
    let mut unbound = BTreeSet::new();
    let mut body = std::mem::take(&mut rule.body);
    order_body(&mut body, &mut bound, rule, &mut unbound);
    rule.body = body;
    let mut in_head = BTreeSet::new();
    for head in &rule.heads {
        for term in &head.atom.terms {
            term.each_variable(&mut |v| {
                if !bound[v.0 as usize] && !rule.variables[v.0 as usize].is_wildcard() {
                    in_head.insert(v);
                }
            });
        }
    }
    // A head's variable that a failing literal would have bound is no cause.
    let derived = if unbound.is_empty() { BTreeSet::new() } else { rule_targets(&rule.body) };
    unbound.extend(in_head.into_iter().filter(|v| !derived.contains(v)));
    for v in unbound {
        found.push(report(rule, v));
    }
}

/// Variables on a side of `eq` or first in `range`.
fn rule_targets(body: &[Literal]) -> BTreeSet<VarId> {
    body.iter().flat_map(targets).collect()
}

fn targets(literal: &Literal) -> Vec<VarId> {
    let var = |term: &Term| match term.kind {
        Kind::Var(v) => Some(v),
        _ => None,
    };
    match literal {
        Literal::Test { op: Test::Eq, terms, negated: false, .. } => terms.iter().filter_map(var).collect(),
        Literal::Test { op: Test::Range, terms, negated: false, .. } => {
            terms.iter().take(1).filter_map(var).collect()
        }
        _ => Vec::new(),
    }
}

fn order_body(body: &mut Vec<Literal>, bound: &mut [bool], rule: &Rule, unbound: &mut BTreeSet<VarId>) {
    for literal in body.iter_mut() {
        order_inner(literal, rule, unbound);
    }
    let mut left: Vec<Option<Literal>> = body.drain(..).map(Some).collect();
    // After each step, back to the first literal that waits: written order wins.
    let mut n = 0;
    let mut waiting = false;
    while n < left.len() {
        match &left[n] {
            Some(literal) if can_run(literal, bound, rule) => {
                let bound_new = bind(literal, bound);
                body.extend(left[n].take());
                n = if waiting && bound_new { 0 } else { n + 1 };
                waiting &= n != 0;
            }
            Some(_) => {
                waiting = true;
                n += 1;
            }
            None => n += 1,
        }
    }
    let left: Vec<Literal> = left.into_iter().flatten().collect();
    let mut causes = BTreeSet::new();
    let mut all = BTreeSet::new();
    for literal in &left {
        let needed = needs(literal, bound, rule);
        for v in &needed {
            let made =
                left.iter().any(|other| targets(other).contains(v) && needs_beside(other, *v, bound, rule));
            all.insert(*v);
            if !made {
                causes.insert(*v);
            }
        }
    }
    unbound.extend(if causes.is_empty() { all } else { causes });
    body.extend(left);
}

/// Whether a literal that could bind `v` waits for something else.
fn needs_beside(literal: &Literal, v: VarId, bound: &[bool], rule: &Rule) -> bool {
    needs(literal, bound, rule).iter().any(|n| *n != v)
}

fn order_inner(literal: &mut Literal, rule: &Rule, unbound: &mut BTreeSet<VarId>) {
    let Literal::Test { terms, .. } = literal else { return };
    for term in terms {
        if let Kind::Aggregate(aggregate) = &mut term.kind {
            let mut bound = vec![false; rule.variables.len()];
            // Outside of this list everything that could bind has done so.
            let scope = |v: &VarId| rule.variables[v.0 as usize].scope;
            let own = aggregate.locals.iter().map(scope).min();
            for (v, variable) in rule.variables.iter().enumerate() {
                bound[v] = own.is_some_and(|own| variable.scope < own);
            }
            aggregate.groups.iter().for_each(|v| bound[v.0 as usize] = true);
            let Aggregate { body, term, .. } = &mut **aggregate;
            order_body(body, &mut bound, rule, unbound);
            if let Some(term) = term {
                term.each_variable(&mut |v| {
                    if !bound[v.0 as usize] && !rule.variables[v.0 as usize].is_wildcard() {
                        unbound.insert(v);
                    }
                });
            }
        }
    }
}

/// Unbound variables that a term needs; of an aggregate, its groups.
fn wanted(term: &Term, bound: &[bool], out: &mut Vec<VarId>) {
    match &term.kind {
        Kind::Var(v) if !bound[v.0 as usize] => out.push(*v),
        Kind::Var(_) | Kind::Const(_) => {}
        Kind::Call(_, terms) => terms.iter().for_each(|t| wanted(t, bound, out)),
        Kind::Aggregate(aggregate) => {
            out.extend(aggregate.groups.iter().filter(|v| !bound[v.0 as usize]));
        }
    }
}

/// Unbound variables without which a literal can't run.
fn needs(literal: &Literal, bound: &[bool], rule: &Rule) -> Vec<VarId> {
    let mut out = Vec::new();
    match literal {
        Literal::Atom(atom) => {
            for term in atom.terms.iter().filter(|t| !matches!(t.kind, Kind::Var(_))) {
                wanted(term, bound, &mut out);
            }
        }
        Literal::NotAtom(atom, _) => atom.terms.iter().for_each(|t| wanted(t, bound, &mut out)),
        Literal::Test { op, terms, negated, .. } => {
            let sides: Vec<Vec<VarId>> = terms
                .iter()
                .map(|t| {
                    let mut side = Vec::new();
                    wanted(t, bound, &mut side);
                    side
                })
                .collect();
            let free = |n: usize| matches!(terms[n].kind, Kind::Var(v) if !bound[v.0 as usize]);
            match op {
                Test::Eq if !negated && free(0) && sides[1].is_empty() => {}
                Test::Eq if !negated && free(1) && sides[0].is_empty() => {}
                Test::Range if !negated && free(0) => out = [&sides[1][..], &sides[2]].concat(),
                _ => out = sides.concat(),
            }
        }
    }
    out.retain(|v| !rule.variables[v.0 as usize].is_wildcard());
    out
}

fn can_run(literal: &Literal, bound: &[bool], rule: &Rule) -> bool {
    needs(literal, bound, rule).is_empty()
}

/// Marks what a literal binds; whether anything was new.
fn bind(literal: &Literal, bound: &mut [bool]) -> bool {
    let mut new = false;
    let mut mark = |v: VarId| new |= !std::mem::replace(&mut bound[v.0 as usize], true);
    match literal {
        Literal::Atom(atom) => {
            for term in &atom.terms {
                if let Kind::Var(v) = term.kind {
                    mark(v);
                }
            }
        }
        _ => targets(literal).into_iter().for_each(mark),
    }
    new
}

fn report(rule: &Rule, v: VarId) -> Diagnostic {
    let variable = &rule.variables[v.0 as usize];
    let name = &variable.name;
    let mut places = variable.places.clone();
    places.sort_by_key(|(at, _)| *at);
    let has = |used: Use| places.iter().any(|p| p.1 == used);
    let (code, why, help) = if has(Use::Negated) {
        let help =
            format!("add an atom that binds `{name}`, or write `_` in `not(…)` for \"no such row at all\"");
        ("E0402", format!("`{name}` is not bound outside `not`"), help)
    } else if has(Use::Tested) || has(Use::Computed) {
        let why = format!("`{name}` is tested or computed with, but nothing binds it");
        (
            "E0403",
            why,
            format!("add an atom that has `{name}` as an argument, or eq({name}, …) over bound variables"),
        )
    } else if has(Use::Inner) {
        let why = format!("`{name}` is used inside and outside an aggregate, but nothing outside binds it");
        ("E0404", why, format!("add an atom outside of the list that has `{name}` as an argument"))
    } else {
        let help = format!("add an atom with `{name}` to `when`, or use a constant");
        ("E0401", format!("`{name}` of the head is bound by nothing in `when`"), help)
    };
    let mut error = Diagnostic::error(code, places[0].0, why);
    for (n, (at, used)) in places.iter().enumerate() {
        let text = match used {
            Use::Head => "derived here",
            Use::Negated => "negated here",
            Use::Inner => "inside the aggregate",
            Use::Tested => "tested here",
            Use::Computed => "computed with here",
            Use::Binding => "",
        };
        error = if n == 0 { error.saying(text) } else { error.label(*at, text) };
    }
    for other in rule.variables.iter().filter(|o| o.name == *name && o.scope != variable.scope) {
        if let Some((at, _)) = other.places.first() {
            error = error.label(*at, format!("this `{name}` is local to its aggregate"));
        }
    }
    error.help(help)
}
