//! The order of a body's literals.

use crate::logic::typed::{Atom, Literal, RelationId, Term, VarId};
use crate::logic::{Function, Test};

/// Orders a body so that each literal can run after those before it. The
/// literal `first` comes first, `bound` are variables bound outside, `size`
/// tells how many rows an atom's relation has.
///
/// What filters runs as soon as it can; what may fail at run time (overflow,
/// division) waits for all filters, and for the atoms too unless they need its
/// result; aggregates come as late as they can; atoms go by how few rows they
/// are likely to give.
pub fn order(
    body: &[Literal],
    variables: usize,
    bound: &[VarId],
    first: Option<usize>,
    size: &dyn Fn(&Atom) -> usize,
) -> Vec<usize> {
    let mut known = vec![false; variables];
    bound.iter().for_each(|v| known[v.0 as usize] = true);
    let mut left: Vec<usize> = (0..body.len()).collect();
    let mut order = Vec::new();
    let bindable = bindable(body, variables);
    let mut next = first;
    while !left.is_empty() {
        let by_rank = |n: &&usize| rank(&body[**n], &known, &bindable, &remaining(body, &left, **n), size);
        let chosen = next.take().or_else(|| {
            let ranked = left.iter().filter_map(|n| Some((by_rank(&n)?, *n)));
            ranked
                .min_by(|a, b| a.0.0.cmp(&b.0.0).then(a.0.1.total_cmp(&b.0.1)).then(a.1.cmp(&b.1)))
                .map(|r| r.1)
        });
        // Checked programs always have a literal that can run.
        let chosen = chosen.unwrap_or(left[0]);
        left.retain(|n| *n != chosen);
        bind(&body[chosen], &mut known);
        order.push(chosen);
    }
    order
}

/// Variables that the other literals' atoms would be searched by.
fn remaining(body: &[Literal], left: &[usize], but: usize) -> Vec<VarId> {
    let mut out = Vec::new();
    for n in left.iter().filter(|n| **n != but) {
        if let Literal::Atom(atom) | Literal::NotAtom(atom) = &body[*n] {
            atom.terms.iter().for_each(|t| each_var(t, &mut |v| out.push(v)));
        }
    }
    out
}

/// Variables that some literal binds. All others are wildcards, which a
/// negated atom need not wait for.
fn bindable(body: &[Literal], variables: usize) -> Vec<bool> {
    let mut out = vec![false; variables];
    body.iter().for_each(|l| bind(l, &mut out));
    out
}

fn bind(literal: &Literal, known: &mut [bool]) {
    let terms = match literal {
        Literal::Atom(atom) => &atom.terms[..],
        Literal::Test { op: Test::Eq, terms, negated: false } => terms,
        Literal::Test { op: Test::Range, terms, negated: false } => &terms[..1],
        _ => &[],
    };
    for term in terms {
        if let Term::Var(v) = term {
            known[v.0 as usize] = true;
        }
    }
}

/// Variables that a term needs; of an aggregate, its groups.
fn each_var(term: &Term, to: &mut dyn FnMut(VarId)) {
    match term {
        Term::Var(v) => to(*v),
        Term::Const(_) => {}
        Term::Call(_, terms, _) => terms.iter().for_each(|t| each_var(t, to)),
        Term::Aggregate(aggregate) => aggregate.groups.iter().for_each(|v| to(*v)),
    }
}

fn has(term: &Term, wanted: &dyn Fn(&Term) -> bool) -> bool {
    wanted(term) || matches!(term, Term::Call(_, terms, _) if terms.iter().any(|t| has(t, wanted)))
}

/// Whether a term may fail at run time.
fn can_fail(term: &Term) -> bool {
    use Function::*;
    let sure = |f: Function| {
        matches!(
            f,
            Least
                | Greatest
                | Band
                | Bor
                | Bxor
                | Length
                | Lower
                | Upper
                | Slice
                | ToText
                | Year
                | Month
                | DaysBetween
        )
    };
    has(term, &|t| matches!(t, Term::Call(f, ..) if !sure(*f)))
}

/// How early a literal should run: a class, then a cost. `None`: not yet.
fn rank(
    literal: &Literal,
    known: &[bool],
    bindable: &[bool],
    searched: &[VarId],
    size: &dyn Fn(&Atom) -> usize,
) -> Option<(u8, f64)> {
    let is_known = |t: &Term| {
        let mut all = true;
        each_var(t, &mut |v| all &= known[v.0 as usize]);
        all
    };
    let free = |t: &Term| matches!(t, Term::Var(v) if !known[v.0 as usize]);
    match literal {
        Literal::Atom(atom) => {
            if atom.terms.iter().any(|t| !matches!(t, Term::Var(_)) && !is_known(t)) {
                return None;
            }
            let fails = atom.terms.iter().any(can_fail);
            let by = atom.terms.iter().filter(|t| is_known(t)).count();
            let rows = (size(atom) + 1) as f64;
            match atom.terms.len() {
                columns if by == columns => Some((if fails { 4 } else { 0 }, 0.0)),
                columns => {
                    let share = 1.0 - 0.85 * by as f64 / columns as f64;
                    Some((3, rows.powf(share)))
                }
            }
        }
        Literal::NotAtom(atom) => {
            let mut ready = true;
            for term in &atom.terms {
                each_var(term, &mut |v| {
                    let v = v.0 as usize;
                    ready &= known[v] || (!bindable[v] && matches!(term, Term::Var(_)));
                });
            }
            let fails = atom.terms.iter().any(can_fail);
            ready.then_some((if fails { 4 } else { 0 }, 1.0))
        }
        Literal::Test { op, terms, negated } => {
            let aggregate = terms.iter().any(|t| has(t, &|t| matches!(t, Term::Aggregate(_))));
            let fails = terms.iter().any(can_fail) || *op == Test::Matches;
            let class = |filter: u8| match (aggregate, fails) {
                (true, _) => 5,
                (_, true) => 4,
                _ => filter,
            };
            if terms.iter().all(is_known) {
                return Some((class(0), if *op == Test::Eq { 0.0 } else { 2.0 }));
            }
            if *negated {
                return None;
            }
            let target = match (op, &terms[..]) {
                (Test::Eq, [a, b]) if free(a) && is_known(b) => a,
                (Test::Eq, [a, b]) if free(b) && is_known(a) => b,
                (Test::Range, [x, low, high]) if free(x) && is_known(low) && is_known(high) => {
                    return Some((3, if fails { 1e6 } else { 100.0 }));
                }
                _ => return None,
            };
            let wanted = matches!(target, Term::Var(v) if searched.contains(v));
            Some(match (fails, wanted) {
                (_, true) if !aggregate => (2, if fails { 1.0 } else { 0.0 }),
                _ => (class(1), 0.0),
            })
        }
    }
}

/// Places of a body's positive atoms over the stratum's own relations.
pub fn recursive_atoms(body: &[Literal], relations: &[RelationId]) -> Vec<usize> {
    let own = |l: &Literal| matches!(l, Literal::Atom(atom) if relations.contains(&atom.relation));
    (0..body.len()).filter(|n| own(&body[*n])).collect()
}

/// Whether a body has an aggregate over some of these relations.
pub fn aggregates_any(body: &[Literal], relations: &[RelationId]) -> bool {
    let within = |term: &Term| match term {
        Term::Aggregate(aggregate) => {
            !recursive_atoms(&aggregate.body, relations).is_empty()
                || aggregates_any(&aggregate.body, relations)
        }
        _ => false,
    };
    body.iter().any(|literal| matches!(literal, Literal::Test { terms, .. } if terms.iter().any(within)))
}
