//! A rule as the kernel runs it: slots for variables, cells for constants.

use crate::base::{Type, Value};
use crate::eval::cells::Cells;
use crate::logic::typed::{Atom, HeadTerm, Literal, RelationId, Rule, Term, VarId};
use crate::logic::{AggregateOp, Function, Test};
use crate::plan;

/// The most columns that one search goes by; further ones are checked.
pub(super) const MAX_KEY: usize = 8;

/// Where a cell comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operand {
    Slot(usize),
    Cell(u32),
}

/// A computation.
#[derive(Debug)]
pub(super) enum Expr {
    Slot(usize, Type),
    Const(Value, u32),
    Call(Function, Vec<Expr>, Type),
    Aggregate(Box<Sum>),
}

impl Expr {
    pub(super) fn type_of(&self) -> Type {
        match self {
            Expr::Slot(_, type_) | Expr::Call(_, _, type_) => *type_,
            Expr::Const(value, _) => value.type_of(),
            Expr::Aggregate(sum) => sum.type_,
        }
    }
}

/// An aggregate.
#[derive(Debug)]
pub(super) struct Sum {
    pub(super) op: AggregateOp,
    pub(super) type_: Type,
    /// Number among the rule's aggregates.
    pub(super) number: usize,
    pub(super) groups: Vec<usize>,
    pub(super) steps: Vec<Step>,
    /// What solutions are distinct over; of `Some` term, the last is its value.
    pub(super) solution: Vec<Operand>,
    /// The aggregated value's type, if there is one.
    pub(super) value: Option<Type>,
}

/// A search in a relation.
#[derive(Debug)]
pub(super) struct Probe {
    /// Number among the rule's searches.
    pub(super) source: usize,
    pub(super) key: Vec<Operand>,
    /// Place in the row and what it must equal.
    pub(super) checks: Vec<(usize, Operand)>,
    /// Place in the row and the slot that takes it.
    pub(super) loads: Vec<(usize, usize)>,
}

/// Which rows a search goes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A relation that is complete.
    Complete,
    /// What this round brought.
    New,
    /// What was known before this round.
    Old,
    /// Both.
    All,
}

/// What a search needs: the relation, which rows, and the order of columns.
#[derive(Debug, Clone)]
pub(super) struct Need {
    pub(super) relation: RelationId,
    pub(super) part: Part,
    pub(super) order: Vec<usize>,
}

/// One step of a rule.
#[derive(Debug)]
pub(super) enum Step {
    Rows(Probe),
    Exists(Probe),
    /// No such row; where what is computed for it has no value, there is none.
    Absent(Vec<(usize, Type, Expr)>, Probe),
    Test(Test, Vec<Expr>, bool),
    Bind(usize, Type, Expr),
    Range(usize, Expr, Expr),
}

/// A rule in one order.
#[derive(Debug)]
pub(super) struct Code {
    pub(super) steps: Vec<Step>,
    pub(super) heads: Vec<(RelationId, Vec<Operand>)>,
    pub(super) needs: Vec<Need>,
    pub(super) slots: usize,
    pub(super) aggregates: usize,
}

/// Compiles rules.
pub(super) struct Coder<'a> {
    pub(super) rule: &'a Rule,
    /// Relations of the stratum under way.
    pub(super) own: &'a [RelationId],
    pub(super) recursive: bool,
    pub(super) size: &'a dyn Fn(RelationId) -> usize,
    pub(super) columns: &'a dyn Fn(RelationId) -> usize,
    pub(super) cells: &'a mut Cells,
    needs: Vec<Need>,
    slots: usize,
    aggregates: usize,
}

impl<'a> Coder<'a> {
    pub(super) fn new(
        rule: &'a Rule,
        own: &'a [RelationId],
        recursive: bool,
        size: &'a dyn Fn(RelationId) -> usize,
        columns: &'a dyn Fn(RelationId) -> usize,
        cells: &'a mut Cells,
    ) -> Coder<'a> {
        let slots = rule.variables.len();
        Coder { rule, own, recursive, size, columns, cells, needs: Vec::new(), slots, aggregates: 0 }
    }

    /// The rule over all rows, or with the atom `new` over new rows alone.
    pub(super) fn rule(mut self, new: Option<usize>) -> Code {
        let rule = self.rule;
        let mut known = vec![false; rule.variables.len()];
        let mut heads_use = vec![0usize; rule.variables.len()];
        for term in rule.heads.iter().filter(|h| self.own.contains(&h.0)).flat_map(|h| &h.1) {
            let (HeadTerm::Term(term) | HeadTerm::Extremum(_, term)) = term;
            count_uses(term, &mut heads_use);
        }
        let mut steps = Vec::new();
        self.body(&rule.body, &[], new, heads_use, &mut known, &mut steps);
        let mut heads = Vec::new();
        for (relation, terms) in rule.heads.iter().filter(|h| self.own.contains(&h.0)) {
            let mut row = Vec::new();
            for term in terms {
                let (HeadTerm::Term(term) | HeadTerm::Extremum(_, term)) = term;
                row.push(self.operand(term, &mut steps));
            }
            let width = crate::eval::rows::width((self.columns)(*relation)).unwrap_or(64);
            row.resize(width, Operand::Cell(0));
            heads.push((*relation, row));
        }
        Code { steps, heads, needs: self.needs, slots: self.slots, aggregates: self.aggregates }
    }

    fn body(
        &mut self,
        body: &[Literal],
        bound: &[VarId],
        new: Option<usize>,
        mut uses: Vec<usize>,
        known: &mut [bool],
        steps: &mut Vec<Step>,
    ) {
        let size = |atom: &Atom| (self.size)(atom.relation);
        let order = plan::order(body, known.len(), bound, new, &size);
        body.iter().for_each(|l| count_literal(l, &mut uses));
        for n in order {
            match &body[n] {
                Literal::Atom(atom) => {
                    let part = match new {
                        _ if !self.recursive || !self.own.contains(&atom.relation) => Part::Complete,
                        None => Part::All,
                        Some(new) if new == n => Part::New,
                        Some(new) if n < new => Part::Old,
                        Some(_) => Part::All,
                    };
                    let probe = self.probe(atom, part, known, &uses, steps);
                    steps.push(match probe.loads.is_empty() {
                        true => Step::Exists(probe),
                        false => Step::Rows(probe),
                    });
                }
                Literal::NotAtom(atom) => {
                    // What is unbound here is any, also for later literals.
                    let mut inside = known.to_vec();
                    let none = vec![0; inside.len()];
                    let mut before = Vec::new();
                    let mut probe = self.probe(atom, Part::Complete, &mut inside, &none, &mut before);
                    probe.loads.clear();
                    let computed = before.into_iter().filter_map(|step| match step {
                        Step::Bind(slot, type_, expr) => Some((slot, type_, expr)),
                        _ => None,
                    });
                    steps.push(Step::Absent(computed.collect(), probe));
                }
                Literal::Test { op, terms, negated } => self.test(*op, terms, *negated, known, steps),
            }
        }
    }

    fn test(&mut self, op: Test, terms: &[Term], negated: bool, known: &mut [bool], steps: &mut Vec<Step>) {
        let free = |t: &Term| match t {
            Term::Var(v) if !known[v.0 as usize] => Some(v.0 as usize),
            _ => None,
        };
        let mut target = None;
        match (op, terms) {
            (Test::Eq, [a, b]) if !negated => match (free(a), free(b)) {
                (Some(v), _) => target = Some((v, b)),
                (_, Some(v)) => target = Some((v, a)),
                _ => {}
            },
            (Test::Range, [x, low, high]) if !negated => {
                if let Some(v) = free(x) {
                    known[v] = true;
                    let (low, high) = (self.expr(low), self.expr(high));
                    steps.push(Step::Range(v, low, high));
                    return;
                }
            }
            _ => {}
        }
        if let Some((v, term)) = target {
            known[v] = true;
            let expr = self.expr(term);
            steps.push(Step::Bind(v, self.rule.variables[v].type_, expr));
            return;
        }
        let terms = terms.iter().map(|t| self.expr(t)).collect();
        steps.push(Step::Test(op, terms, negated));
    }

    /// A search for an atom's rows. A variable that nothing else uses is not
    /// read; where the relation is complete, its column is left out.
    fn probe(
        &mut self,
        atom: &Atom,
        part: Part,
        known: &mut [bool],
        uses: &[usize],
        steps: &mut Vec<Step>,
    ) -> Probe {
        let mut key = Vec::new();
        let mut key_columns = Vec::new();
        let mut checks = Vec::new();
        let mut loads: Vec<(usize, usize)> = Vec::new();
        let mut unused = Vec::new();
        for (column, term) in atom.terms.iter().enumerate() {
            let operand = match term {
                Term::Var(v) if !known[v.0 as usize] => {
                    let v = v.0 as usize;
                    if loads.iter().any(|l| l.1 == v) {
                        checks.push((column, Operand::Slot(v)));
                    } else if uses.get(v).is_none_or(|n| *n > 1) {
                        loads.push((column, v));
                    } else {
                        unused.push(column);
                    }
                    continue;
                }
                term => self.operand(term, steps),
            };
            if key.len() < MAX_KEY && part != Part::New {
                key.push(operand);
                key_columns.push(column);
            } else {
                checks.push((column, operand));
            }
        }
        for (_, v) in &loads {
            known[*v] = true;
        }
        let rest = (0..atom.terms.len()).filter(|c| !key_columns.contains(c));
        let rest = rest.filter(|c| part != Part::Complete || !unused.contains(c));
        let mut order: Vec<usize> = key_columns.iter().copied().chain(rest).collect();
        // Columns left out at the end need no order of their own.
        if order.iter().enumerate().all(|(n, c)| n == *c) && order.len() + 1 >= atom.terms.len() {
            order = (0..atom.terms.len()).collect();
        }
        let place = |column: usize| order.iter().position(|c| *c == column).unwrap_or(0);
        // A variable that stands twice in the atom is loaded before it is checked.
        checks.iter_mut().for_each(|c| c.0 = place(c.0));
        loads.iter_mut().for_each(|l| l.0 = place(l.0));
        self.needs.push(Need { relation: atom.relation, part, order });
        Probe { source: self.needs.len() - 1, key, checks, loads }
    }

    /// A term as a cell, computed into a slot of its own where it is a call.
    fn operand(&mut self, term: &Term, steps: &mut Vec<Step>) -> Operand {
        match term {
            Term::Var(v) => Operand::Slot(v.0 as usize),
            Term::Const(value) => Operand::Cell(self.cells.encode(value)),
            term => {
                let expr = self.expr(term);
                let slot = self.slots;
                self.slots += 1;
                steps.push(Step::Bind(slot, expr.type_of(), expr));
                Operand::Slot(slot)
            }
        }
    }

    fn expr(&mut self, term: &Term) -> Expr {
        match term {
            Term::Var(v) => Expr::Slot(v.0 as usize, self.rule.variables[v.0 as usize].type_),
            Term::Const(value) => Expr::Const(value.clone(), self.cells.encode(value)),
            Term::Call(function, terms, type_) => {
                Expr::Call(*function, terms.iter().map(|t| self.expr(t)).collect(), *type_)
            }
            Term::Aggregate(aggregate) => {
                let number = self.aggregates;
                self.aggregates += 1;
                let mut known = vec![false; self.rule.variables.len()];
                aggregate.groups.iter().for_each(|v| known[v.0 as usize] = true);
                let mut steps = Vec::new();
                let mut uses = vec![0usize; known.len()];
                // Named variables are what solutions are distinct over.
                if aggregate.op == AggregateOp::Sum || aggregate.term.is_none() {
                    aggregate.locals.iter().for_each(|v| uses[v.0 as usize] += 1);
                }
                if let Some(term) = &aggregate.term {
                    count_uses(term, &mut uses);
                }
                self.body(&aggregate.body, &aggregate.groups, None, uses, &mut known, &mut steps);
                let value = aggregate.term.as_ref().map(|t| (self.operand(t, &mut steps), self.term_type(t)));
                let distinct = match (aggregate.op, &value) {
                    (AggregateOp::Sum, _) | (_, None) => &aggregate.locals[..],
                    _ => &[],
                };
                let solution = distinct.iter().map(|v| Operand::Slot(v.0 as usize));
                let solution = solution.chain(value.map(|v| v.0)).collect();
                Expr::Aggregate(Box::new(Sum {
                    op: aggregate.op,
                    type_: aggregate.type_,
                    number,
                    groups: aggregate.groups.iter().map(|v| v.0 as usize).collect(),
                    steps,
                    solution,
                    value: value.map(|v| v.1),
                }))
            }
        }
    }

    fn term_type(&self, term: &Term) -> Type {
        match term {
            Term::Var(v) => self.rule.variables[v.0 as usize].type_,
            Term::Const(value) => value.type_of(),
            Term::Call(_, _, type_) => *type_,
            Term::Aggregate(aggregate) => aggregate.type_,
        }
    }
}

fn count_literal(literal: &Literal, uses: &mut [usize]) {
    match literal {
        Literal::Atom(atom) | Literal::NotAtom(atom) => {
            atom.terms.iter().for_each(|t| count_uses(t, uses));
        }
        Literal::Test { terms, .. } => terms.iter().for_each(|t| count_uses(t, uses)),
    }
}

fn count_uses(term: &Term, uses: &mut [usize]) {
    match term {
        Term::Var(v) => uses[v.0 as usize] += 1,
        Term::Const(_) => {}
        Term::Call(_, terms, _) => terms.iter().for_each(|t| count_uses(t, uses)),
        Term::Aggregate(aggregate) => {
            aggregate.groups.iter().for_each(|v| uses[v.0 as usize] += 1);
            aggregate.body.iter().for_each(|l| count_literal(l, uses));
            aggregate.term.iter().for_each(|t| count_uses(t, uses));
        }
    }
}
