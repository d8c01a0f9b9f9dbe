//! A rule's body as steps of a kernel: seeks in indexes, and computations.

use crate::analysis::StratifiedProgram;
use crate::base::Type;
use crate::logic::Test;
use crate::logic::typed::{Atom, Literal, RelationId, Rule, Term, VarId};
use crate::plan::order_body;
use std::collections::BTreeSet;

/// Where a cell comes from when a row is sought.
#[derive(Debug, Clone)]
pub(super) enum Operand<'p> {
    /// A bound variable.
    Slot(usize),
    /// A constant or function, computed and fitted to the column's type.
    Term(&'p Term, Type),
}

/// One step; all of a body's steps met is one solution.
#[derive(Debug, Clone)]
pub(super) enum Step<'p> {
    /// Every row of an index that begins with the operands.
    Seek {
        index: usize,
        prefix: Vec<Operand<'p>>,
        /// (place in the row, variable) to bind.
        binds: Vec<(usize, usize)>,
        /// (place in the row, variable) to compare.
        checks: Vec<(usize, usize)>,
        /// Whether a replaced `min` or `max` must be passed over.
        relation: RelationId,
    },
    /// The rows that are new in this round, as flat cells in column order.
    Driver {
        relation: RelationId,
        bound: Vec<(usize, Operand<'p>)>,
        binds: Vec<(usize, usize)>,
        checks: Vec<(usize, usize)>,
    },
    /// No row of an index begins with the operands.
    Absent { index: usize, prefix: Vec<Operand<'p>> },
    /// Two bound cells of one type are equal, or aren't.
    Compare { left: usize, right: usize, equal: bool },
    /// Binds a variable to a computed term.
    Bind { slot: usize, term: &'p Term },
    /// Binds a variable to each int of a range.
    Range { slot: usize, low: &'p Term, high: &'p Term },
    /// A test over computed terms.
    Test { op: Test, terms: &'p [Term], negated: bool },
}

/// Asks for an index of a relation in a column order; gives its number.
pub(super) type WantIndex<'a> = dyn FnMut(RelationId, Vec<usize>) -> usize + 'a;

/// Compiles a body, led by the new rows of literal `driver` if given.
pub(super) fn compile<'p>(
    program: &StratifiedProgram,
    rule: &'p Rule,
    body: &'p [Literal],
    driver: Option<usize>,
    outside: &BTreeSet<VarId>,
    size: &dyn Fn(RelationId) -> usize,
    want: &mut WantIndex<'_>,
) -> Vec<Step<'p>> {
    let mut bound = outside.clone();
    let mut steps = Vec::new();
    for at in order_body(body, driver, outside, size) {
        let step = match &body[at] {
            Literal::Atom(atom) if driver == Some(at) => drive(program, atom, &mut bound),
            Literal::Atom(atom) => seek(program, atom, &mut bound, want),
            Literal::NotAtom(atom) => {
                let columns = &program.relation(atom.relation).columns;
                let is_bound = |term: &Term| !matches!(term, Term::Var(var) if !bound.contains(var));
                let (fixed, free): (Vec<usize>, Vec<usize>) =
                    (0..atom.terms.len()).partition(|column| is_bound(&atom.terms[*column]));
                let prefix =
                    fixed.iter().map(|column| operand(&atom.terms[*column], columns[*column].1)).collect();
                Step::Absent { index: want(atom.relation, fixed.into_iter().chain(free).collect()), prefix }
            }
            Literal::Test { op, terms, negated } => test(rule, *op, terms, *negated, &mut bound),
        };
        steps.push(step);
    }
    steps
}

fn operand<'p>(term: &'p Term, type_: Type) -> Operand<'p> {
    match term {
        Term::Var(var) => Operand::Slot(var.0 as usize),
        term => Operand::Term(term, type_),
    }
}

/// Splits an atom's columns into bound ones, first occurrences and repeats.
struct Columns {
    fixed: Vec<usize>,
    free: Vec<usize>,
    binds: Vec<(usize, usize)>,
    checks: Vec<(usize, usize)>,
}

fn split(atom: &Atom, bound: &mut BTreeSet<VarId>) -> Columns {
    let mut all = Columns { fixed: Vec::new(), free: Vec::new(), binds: Vec::new(), checks: Vec::new() };
    let before = bound.clone();
    for (column, term) in atom.terms.iter().enumerate() {
        match term {
            Term::Var(var) if !before.contains(var) => {
                all.free.push(column);
                let list = if bound.insert(*var) { &mut all.binds } else { &mut all.checks };
                list.push((column, var.0 as usize));
            }
            _ => all.fixed.push(column),
        }
    }
    all
}

fn drive<'p>(program: &StratifiedProgram, atom: &'p Atom, bound: &mut BTreeSet<VarId>) -> Step<'p> {
    let columns = &program.relation(atom.relation).columns;
    let all = split(atom, bound);
    let fixed =
        all.fixed.iter().map(|column| (*column, operand(&atom.terms[*column], columns[*column].1))).collect();
    Step::Driver { relation: atom.relation, bound: fixed, binds: all.binds, checks: all.checks }
}

fn seek<'p>(
    program: &StratifiedProgram,
    atom: &'p Atom,
    bound: &mut BTreeSet<VarId>,
    want: &mut WantIndex<'_>,
) -> Step<'p> {
    let columns = &program.relation(atom.relation).columns;
    let all = split(atom, bound);
    let prefix = all.fixed.iter().map(|column| operand(&atom.terms[*column], columns[*column].1)).collect();
    let order: Vec<usize> = all.fixed.iter().chain(&all.free).copied().collect();
    let place = |list: Vec<(usize, usize)>| {
        let of = |column| order.iter().position(|c| *c == column).unwrap_or(0);
        list.into_iter().map(|(column, slot)| (of(column), slot)).collect::<Vec<_>>()
    };
    let (binds, checks) = (place(all.binds), place(all.checks));
    Step::Seek { index: want(atom.relation, order), prefix, binds, checks, relation: atom.relation }
}

fn test<'p>(
    rule: &Rule,
    op: Test,
    terms: &'p [Term],
    negated: bool,
    bound: &mut BTreeSet<VarId>,
) -> Step<'p> {
    let free = |term: &Term, bound: &BTreeSet<VarId>| match term {
        Term::Var(var) if !bound.contains(var) => Some(*var),
        _ => None,
    };
    if !negated
        && op == Test::Range
        && let Some(var) = free(&terms[0], bound)
    {
        bound.insert(var);
        return Step::Range { slot: var.0 as usize, low: &terms[1], high: &terms[2] };
    }
    if !negated && op == Test::Eq {
        for (n, term) in terms.iter().enumerate() {
            if let Some(var) = free(term, bound) {
                bound.insert(var);
                return Step::Bind { slot: var.0 as usize, term: &terms[1 - n] };
            }
        }
    }
    if let (Test::Eq | Test::Ne, [Term::Var(a), Term::Var(b)]) = (op, terms)
        && rule.variables[a.0 as usize].type_ == rule.variables[b.0 as usize].type_
    {
        return Step::Compare { left: a.0 as usize, right: b.0 as usize, equal: (op == Test::Eq) != negated };
    }
    Step::Test { op, terms, negated }
}
