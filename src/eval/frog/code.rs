//! A rule as the kernel runs it: slots for variables, cells for constants.

use super::bounds::{self, Bound};
use super::emit::Piece;
use super::gather;
use super::kernel::MAX_MEET;
use super::leaf;
use crate::analysis::StratifiedProgram;
use crate::base::{Type, Value};
use crate::eval::cells::Cells;
use crate::eval::rows;
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
    /// Whether its solutions are the rows of one search, each once.
    pub(super) quick: bool,
    /// Whether these are the rows that the driver's combination starts.
    pub(super) of_group: bool,
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
    /// What the column after the key is compared with.
    pub(super) bounds: Vec<Bound>,
}

/// How the innermost loop makes a head's rows.
#[derive(Debug)]
pub(super) struct Leaf {
    pub(super) pieces: Vec<Piece>,
    /// Steps after the loop, all of them conditions.
    pub(super) conditions: usize,
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
    /// Whether single rows are looked up, so that bits may serve.
    pub(super) member: bool,
}

/// One step of a rule.
#[derive(Debug)]
pub(super) enum Step {
    Rows(Probe),
    /// The values that all of these searches give in their next column.
    Meet(usize, Vec<Probe>),
    /// The combinations that the driver's rows, in this order, start with.
    Groups(Probe),
    /// A slot's value once for each start of the driver's rows of so many columns.
    Once {
        slot: usize,
        start: usize,
        /// Number among the rule's steps of this kind.
        number: usize,
    },
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
    pub(super) heads: Vec<RelationId>,
    /// Each head's columns, as wide as its rows are kept.
    pub(super) rows: Vec<Vec<Operand>>,
    /// A single head's columns, as rows of the last search give them.
    pub(super) leaf: Option<Leaf>,
    /// Whether heads start with what the first search ascends by.
    pub(super) grouped: bool,
    pub(super) needs: Vec<Need>,
    pub(super) slots: usize,
    pub(super) aggregates: usize,
    /// Whether it may make values that are not there yet.
    pub(super) makes: bool,
    /// Whether its driver's rows can't be gone through in pieces.
    pub(super) alone: bool,
    pub(super) onces: usize,
}

impl Code {
    /// Prepares the ends of the steps, once these stand.
    pub(super) fn finish(&mut self) {
        gather::gather(self);
        bounds::bound(&mut self.steps);
        let conditions = self.steps.iter().rev().take_while(|step| leaf::is_condition(step)).count();
        let last = self.steps.iter().rev().nth(conditions);
        self.leaf = match (last, &self.rows[..]) {
            (Some(Step::Rows(probe)), [row]) => Some(Leaf { pieces: pieces(row, probe), conditions }),
            _ => None,
        };
        let first = match self.steps.first() {
            // Where rows are checked, most blocks would be empty.
            Some(Step::Rows(probe) | Step::Groups(probe))
                if probe.key.is_empty() && probe.checks.is_empty() =>
            {
                Some(probe)
            }
            _ => None,
        };
        let first = first.and_then(|probe| probe.loads.iter().find(|load| load.0 == 0));
        self.grouped =
            first.is_some_and(|(_, slot)| self.rows.iter().all(|row| row[0] == Operand::Slot(*slot)));
    }
}

/// Compiles rules.
pub(super) struct Coder<'a> {
    pub(super) rule: &'a Rule,
    /// Relations of the stratum under way.
    pub(super) own: &'a [RelationId],
    pub(super) recursive: bool,
    pub(super) size: &'a dyn Fn(RelationId) -> usize,
    pub(super) program: &'a StratifiedProgram,
    pub(super) cells: &'a mut Cells,
    /// Whether a complete relation, searched once, is gone through rather than
    /// put in this order.
    pub(super) scan: &'a mut dyn FnMut(RelationId, &[usize]) -> bool,
    pub(super) needs: Vec<Need>,
    pub(super) slots: usize,
    pub(super) aggregates: usize,
    pub(super) makes: bool,
    /// Whether the next search runs once.
    pub(super) once: bool,
}

impl<'a> Coder<'a> {
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
        self.once = new.is_none();
        self.body(&rule.body, &[], new, heads_use, &mut known, &mut steps);
        let (mut heads, mut rows) = (Vec::new(), Vec::new());
        for (relation, terms) in rule.heads.iter().filter(|h| self.own.contains(&h.0)) {
            let mut row = Vec::new();
            for term in terms {
                let (HeadTerm::Term(term) | HeadTerm::Extremum(_, term)) = term;
                row.push(self.operand(term, &mut steps));
            }
            let columns = self.program.relation(*relation).columns.len();
            row.resize(rows::width(columns).unwrap_or(64), Operand::Cell(0));
            heads.push(*relation);
            rows.push(row);
        }
        let Coder { needs, slots, aggregates, makes, .. } = self;
        let (leaf, grouped, alone, onces) = (None, false, false, 0);
        Code { steps, heads, rows, leaf, grouped, needs, slots, aggregates, makes, alone, onces }
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
        let (recursive, own) = (self.recursive, self.own);
        let mut met = vec![false; body.len()];
        let mut once = std::mem::take(&mut self.once);
        for (at, n) in order.iter().copied().enumerate() {
            let first = std::mem::take(&mut once);
            if met[n] {
                continue;
            }
            let part = |n: usize, atom: &Atom| match new {
                _ if !recursive || !own.contains(&atom.relation) => Part::Complete,
                None => Part::All,
                Some(new) if new == n => Part::New,
                Some(new) if n < new => Part::Old,
                Some(_) => Part::All,
            };
            match &body[n] {
                Literal::Atom(atom) => {
                    // Later atoms that would only look up the variable that
                    // this one brings.
                    let mut meeting = Vec::new();
                    if let Some(variable) = self.meeting(atom, part(n, atom), known) {
                        for other in order[at..].iter().copied() {
                            if let Literal::Atom(atom) = &body[other]
                                && self.meeting(atom, part(other, atom), known) == Some(variable)
                                && meeting.len() < MAX_MEET
                            {
                                meeting.push((other, part(other, atom), atom));
                            }
                        }
                        if meeting.len() > 1 {
                            meeting.iter().for_each(|m| met[m.0] = true);
                            let probes = meeting.into_iter().map(|(_, part, atom)| {
                                let mut known = known.to_vec();
                                let probe = self.probe(atom, part, &mut known, &uses, steps);
                                self.needs[probe.source].member = true;
                                probe
                            });
                            let probes = probes.collect();
                            steps.push(Step::Meet(variable, probes));
                            known[variable] = true;
                            continue;
                        }
                    }
                    let part = part(n, atom);
                    self.once = first;
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

    /// The one variable that an atom's rows are wanted for, if all else in it is
    /// known or a constant.
    fn meeting(&self, atom: &Atom, part: Part, known: &[bool]) -> Option<usize> {
        let growing_extreme =
            part != Part::Complete && self.program.relation(atom.relation).extremum.is_some();
        if part == Part::New || growing_extreme || atom.terms.len() > MAX_KEY {
            return None;
        }
        let mut found = None;
        for term in &atom.terms {
            match term {
                Term::Var(v) if known[v.0 as usize] => {}
                Term::Var(v) if found.is_none() => found = Some(v.0 as usize),
                Term::Const(_) => {}
                _ => return None,
            }
        }
        found
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
                    self.makes = true;
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
        let once = std::mem::take(&mut self.once);
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
        let constant = key.iter().all(|operand| matches!(operand, Operand::Cell(_)));
        let plain = order.iter().enumerate().all(|(n, column)| n == *column);
        if once
            && part == Part::Complete
            && constant
            && !key.is_empty()
            && !plain
            && (self.scan)(atom.relation, &order)
        {
            checks.extend(key_columns.drain(..).zip(key.drain(..)));
            order = (0..atom.terms.len()).collect();
        }
        let place = |column: usize| order.iter().position(|c| *c == column).unwrap_or(0);
        // A variable that stands twice in the atom is loaded before it is checked.
        checks.iter_mut().for_each(|c| c.0 = place(c.0));
        loads.iter_mut().for_each(|l| l.0 = place(l.0));
        let member = key.len() == order.len();
        self.needs.push(Need { relation: atom.relation, part, order, member });
        Probe { source: self.needs.len() - 1, key, checks, loads, bounds: Vec::new() }
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
        self.makes |= matches!(term, Term::Call(..) | Term::Aggregate(_));
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
                let solution: Vec<Operand> = solution.chain(value.map(|v| v.0)).collect();
                let quick = match &steps[..] {
                    [Step::Rows(probe)] if probe.checks.is_empty() => {
                        let loaded = probe.loads.iter().all(|l| solution.contains(&Operand::Slot(l.1)));
                        let whole =
                            probe.key.len() + probe.loads.len() == self.needs[probe.source].order.len();
                        let extreme = matches!(aggregate.op, AggregateOp::Min | AggregateOp::Max);
                        extreme || loaded && whole
                    }
                    _ => false,
                };
                Expr::Aggregate(Box::new(Sum {
                    op: aggregate.op,
                    type_: aggregate.type_,
                    number,
                    groups: aggregate.groups.iter().map(|v| v.0 as usize).collect(),
                    steps,
                    solution,
                    value: value.map(|v| v.1),
                    quick,
                    of_group: false,
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

/// A head's columns by where the innermost loop finds them.
fn pieces(row: &[Operand], last: &Probe) -> Vec<Piece> {
    let piece = |operand: &Operand| {
        let load = last.loads.iter().find(|l| *operand == Operand::Slot(l.1));
        load.map_or(Piece::Fixed(*operand), |load| Piece::Place(load.0))
    };
    row.iter().map(piece).collect()
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
