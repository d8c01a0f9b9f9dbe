//! Every way to satisfy a list of literals, the most bound literal first.

use super::FactSource;
use super::term::{self, Env, bound, fit, is_ready, is_wildcard, plain_value};
use crate::analysis::StratifiedProgram;
use crate::base::Value;
use crate::eval::Birth;
use crate::logic::typed::{Atom, Literal, RelationId, Rule, Term, VarId};
use crate::logic::{Test, Tuple};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// Whether to look for more.
pub(super) type Flow = ControlFlow<()>;

/// How far a search has come.
pub(super) struct State {
    /// The variables' values.
    pub env: Vec<Option<Value>>,
    /// The row chosen for each positive atom.
    pub rows: Vec<Option<(Tuple, Birth)>>,
    /// Which literals are satisfied.
    pub done: Vec<bool>,
}

impl State {
    /// Nothing done yet.
    pub fn new(body: &[Literal], env: Vec<Option<Value>>) -> State {
        State { env, rows: vec![None; body.len()], done: vec![false; body.len()] }
    }
}

/// Who wants the solutions.
pub(super) trait Visitor {
    /// Whether a row may be used for an atom.
    fn allows(&self, _relation: RelationId, _row: &[Value], _birth: Birth) -> bool {
        true
    }

    /// Every literal is satisfied.
    fn solution(&mut self, state: &State) -> Flow;

    /// The literal can't be satisfied together with those that are.
    fn dead_end(&mut self, _state: &State, _literal: usize) {}
}

/// Searches over one source, with a common allowance of steps.
pub(super) struct Search<'a> {
    pub program: &'a StratifiedProgram,
    pub source: &'a dyn FactSource,
    /// Relations that some rule derives: mostly the larger ones.
    heads: BTreeSet<RelationId>,
    steps: Cell<usize>,
    /// What is aggregated over in recursion must be older than this.
    pub before: Cell<Option<Birth>>,
}

/// A body in search.
struct Run<'a, 'v> {
    rule: &'a Rule,
    body: &'a [Literal],
    visitor: &'v mut dyn Visitor,
}

impl<'a> Search<'a> {
    /// A search that looks at no more than so many rows.
    pub fn new(program: &'a StratifiedProgram, source: &'a dyn FactSource, steps: usize) -> Search<'a> {
        let heads = program.rules().iter().flat_map(|rule| &rule.heads).map(|head| head.0).collect();
        Search { program, source, heads, steps: Cell::new(steps), before: Cell::new(None) }
    }

    /// Whether the steps are used up, so that nothing found means nothing.
    pub fn is_exhausted(&self) -> bool {
        self.steps.get() == 0
    }

    /// Shows the visitor every solution of a body, in an order that depends on
    /// the facts alone.
    pub fn solve(&self, rule: &Rule, body: &[Literal], env: Vec<Option<Value>>, visitor: &mut dyn Visitor) {
        let mut state = State::new(body, env);
        let _ = self.next(&mut Run { rule, body, visitor }, &mut state);
    }

    fn spend(&self) -> Flow {
        match self.steps.get().checked_sub(1) {
            None | Some(0) => {
                self.steps.set(0);
                Flow::Break(())
            }
            Some(left) => {
                self.steps.set(left);
                Flow::Continue(())
            }
        }
    }

    fn next(&self, run: &mut Run, state: &mut State) -> Flow {
        self.spend()?;
        let open = (0..run.body.len()).filter(|n| !state.done[*n]);
        let first = open.clone().next();
        let Some(first) = first else { return run.visitor.solution(state) };
        let urgent = open.filter_map(|n| Some((self.urgency(run.rule, &run.body[n], &state.env)?, n))).min();
        let Some((_, chosen)) = urgent else {
            run.visitor.dead_end(state, first);
            return Flow::Continue(());
        };
        let mut met = false;
        let flow = match &run.body[chosen] {
            Literal::Atom(atom) => self.atom(run, state, chosen, atom, &mut met),
            Literal::NotAtom(atom) if self.is_absent(atom, &state.env) => {
                self.advance(run, state, chosen, &mut met)
            }
            Literal::Test { op, terms, negated } => {
                self.test(run, state, chosen, (*op, terms, *negated), &mut met)
            }
            Literal::NotAtom(_) => Flow::Continue(()),
        };
        if !met && flow.is_continue() {
            run.visitor.dead_end(state, chosen);
        }
        flow
    }

    fn advance(&self, run: &mut Run, state: &mut State, chosen: usize, met: &mut bool) -> Flow {
        *met = true;
        state.done[chosen] = true;
        let flow = self.next(run, state);
        state.done[chosen] = false;
        flow
    }

    fn atom(&self, run: &mut Run, state: &mut State, chosen: usize, atom: &Atom, met: &mut bool) -> Flow {
        let Some(pattern) = self.pattern(atom, &state.env) else { return Flow::Continue(()) };
        let name = &self.program.relation(atom.relation).name;
        let mut rows = self.source.scan(name, &pattern);
        rows.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
        for (row, birth) in rows {
            self.spend()?;
            if !run.visitor.allows(atom.relation, &row, birth) {
                continue;
            }
            let mut trail = Vec::new();
            let mut flow = Flow::Continue(());
            if unify(run.rule, atom, &row, &mut state.env, &mut trail) {
                state.rows[chosen] = Some((row, birth));
                flow = self.advance(run, state, chosen, met);
                state.rows[chosen] = None;
            }
            trail.iter().for_each(|var| state.env[var.0 as usize] = None);
            flow?;
        }
        Flow::Continue(())
    }

    fn test(
        &self,
        run: &mut Run,
        state: &mut State,
        chosen: usize,
        (op, terms, negated): (Test, &[Term], bool),
        met: &mut bool,
    ) -> Flow {
        let rule = run.rule;
        let value = |item: &Term, env: &Env| {
            term::value(item, env, &mut |inner, env| self.aggregate(rule, inner, env)).ok().flatten()
        };
        match binder(op, terms, negated, &state.env) {
            Some((var, sources)) => {
                let sources: Option<Vec<Value>> =
                    sources.iter().map(|item| value(item, &state.env)).collect();
                let candidates: Box<dyn Iterator<Item = Value>> = match sources.as_deref() {
                    Some([Value::Int(low), Value::Int(high)]) => Box::new((*low..*high).map(Value::Int)),
                    Some([one]) => Box::new(std::iter::once(one.clone())),
                    _ => Box::new(std::iter::empty()),
                };
                let type_ = rule.variables[var.0 as usize].type_;
                for candidate in candidates {
                    self.spend()?;
                    let Some(candidate) = fit(candidate, type_) else { continue };
                    state.env[var.0 as usize] = Some(candidate);
                    let flow = self.advance(run, state, chosen, met);
                    state.env[var.0 as usize] = None;
                    flow?;
                }
                Flow::Continue(())
            }
            None => {
                let aggregate = &mut |inner: &_, env: &Env| self.aggregate(rule, inner, env);
                match term::holds(op, terms, negated, &state.env, aggregate) {
                    Ok(true) => self.advance(run, state, chosen, met),
                    Ok(false) | Err(_) => Flow::Continue(()),
                }
            }
        }
    }

    /// The least goes first; `None` can't go yet.
    fn urgency(&self, rule: &Rule, literal: &Literal, env: &Env) -> Option<(u8, usize, bool)> {
        let plain = |class| Some((class, 0, false));
        match literal {
            Literal::Test { op, terms, negated } => {
                let aggregates = terms.iter().any(|item| {
                    let mut found = Vec::new();
                    term::aggregates(item, &mut found);
                    !found.is_empty()
                });
                let whole = terms.iter().all(|item| is_ready(item, env));
                match binder(*op, terms, *negated, env) {
                    _ if whole => plain(if aggregates { 4 } else { 0 }),
                    Some(_) if *op == Test::Range => plain(3),
                    Some(_) => plain(if aggregates { 4 } else { 0 }),
                    None => None,
                }
            }
            Literal::NotAtom(atom) => {
                let mut needed = Default::default();
                atom.terms.iter().for_each(|item| term::outer_variables(item, &mut needed));
                let known = |var: &VarId| is_wildcard(rule, *var) || bound(*var, env).is_some();
                if needed.iter().all(known) { plain(1) } else { None }
            }
            Literal::Atom(atom) => {
                let own =
                    |var: &VarId| atom.terms.iter().any(|item| matches!(item, Term::Var(v) if v == var));
                let computable = |item: &Term| {
                    let mut needed = Default::default();
                    term::outer_variables(item, &mut needed);
                    needed.iter().all(|var| bound(*var, env).is_some() || own(var))
                };
                if !atom.terms.iter().all(computable) {
                    return None;
                }
                let known = atom.terms.iter().filter(|item| is_ready(item, env)).count();
                let class = if known > 0 || atom.terms.is_empty() { 2 } else { 5 };
                Some((class, atom.terms.len() - known, self.heads.contains(&atom.relation)))
            }
        }
    }

    /// Whether there is no such row; none has a value that is undefined.
    fn is_absent(&self, atom: &Atom, env: &Env) -> bool {
        let name = &self.program.relation(atom.relation).name;
        self.pattern(atom, env).is_none_or(|pattern| self.source.scan(name, &pattern).is_empty())
    }

    /// The known columns of an atom; `None` where one has no value or none of its type.
    fn pattern(&self, atom: &Atom, env: &Env) -> Option<Vec<Option<Value>>> {
        let columns = &self.program.relation(atom.relation).columns;
        let known = |(item, column): (&Term, &(_, _))| {
            let (_, type_): &(std::sync::Arc<str>, crate::base::Type) = column;
            if !is_ready(item, env) {
                return Some(None);
            }
            Some(Some(fit(plain_value(item, env).ok()??, *type_)?))
        };
        atom.terms.iter().zip(columns).map(known).collect()
    }
}

/// The variable that a test binds, and the terms that it does so from.
fn binder<'t>(op: Test, terms: &'t [Term], negated: bool, env: &Env) -> Option<(VarId, &'t [Term])> {
    let free = |item: &Term| match item {
        Term::Var(var) if bound(*var, env).is_none() => Some(*var),
        _ => None,
    };
    match (op, terms) {
        _ if negated => None,
        (Test::Eq, [a, b]) => match (free(a), free(b)) {
            (Some(var), None) if is_ready(b, env) => Some((var, &terms[1..])),
            (None, Some(var)) if is_ready(a, env) => Some((var, &terms[..1])),
            _ => None,
        },
        (Test::Range, [x, bounds @ ..]) => {
            let var = free(x)?;
            bounds.iter().all(|item| is_ready(item, env)).then_some((var, bounds))
        }
        _ => None,
    }
}

/// Binds an atom's free variables to a row, noting them on the trail.
fn unify(rule: &Rule, atom: &Atom, row: &[Value], env: &mut [Option<Value>], trail: &mut Vec<VarId>) -> bool {
    for (item, value) in atom.terms.iter().zip(row) {
        let Term::Var(var) = item else { continue };
        let Some(value) = fit(value.clone(), rule.variables[var.0 as usize].type_) else { return false };
        match &env[var.0 as usize] {
            Some(known) if *known != value => return false,
            Some(_) => {}
            None => {
                env[var.0 as usize] = Some(value);
                trail.push(*var);
            }
        }
    }
    atom.terms.iter().zip(row).all(|(item, value)| {
        matches!(item, Term::Var(_))
            || matches!(plain_value(item, env), Ok(Some(v)) if fit(v.clone(), value.type_of()).as_ref() == Some(value))
    })
}
