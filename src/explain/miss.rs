//! Why a fact doesn't hold: how far each rule came.

use super::search::{Flow, Search, State, Visitor};
use super::solutions::{gives_column, head_bindings, plain};
use super::{Fact, FactSource, Limits, term, text};
use crate::analysis::StratifiedProgram;
use crate::base::Value;
use crate::logic::Test;
use crate::logic::typed::{Atom, HeadTerm, Literal, RelationId, Rule, RuleId, Term, VarId};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;

/// How far a rule came towards a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// Which rule.
    pub rule: RuleId,
    /// Its name.
    pub name: Arc<str>,
    /// The values that its named variables had got.
    pub bindings: Vec<(Arc<str>, Value)>,
    /// The conditions that hold together under them, in the rule's order.
    pub satisfied: Vec<String>,
    /// What fails under them: first where the search ended, then every other
    /// condition whose variables are bound. Unbound variables stand by name.
    pub failing: Vec<Failure>,
    /// Conditions with unbound variables that weren't reached.
    pub untried: Vec<String>,
}

/// A condition that fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The condition, or what else is wrong.
    pub text: String,
    /// The row that it lacks, `None` being any value: to ask for next.
    pub missing: Option<Missing>,
    /// Facts that would do but for one constant of the rule's, at most
    /// [`Limits::rows`], sorted.
    pub almost: Vec<Fact>,
    /// The aggregates in a test, each with its result, if it has one
    /// and its group is known.
    pub aggregates: Vec<(String, Option<Value>)>,
    /// Facts that a `not` meets, at most [`Limits::rows`], sorted.
    pub in_the_way: Vec<Fact>,
}

/// A relation that has no such row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// The relation's name.
    pub relation: Arc<str>,
    /// The columns.
    pub pattern: Vec<Option<Value>>,
    /// Open columns that share a variable, with its name: their values are equal.
    pub shared: BTreeMap<usize, Arc<str>>,
}

impl Missing {
    /// Rows of this pattern, `None` being any value.
    pub fn new(relation: &str, pattern: &[Option<Value>]) -> Missing {
        Missing { relation: relation.into(), pattern: pattern.to_vec(), shared: BTreeMap::new() }
    }

    /// The rows that an atom of a rule asks for under some values.
    pub fn of(program: &StratifiedProgram, rule: &Rule, atom: &Atom, env: &[Option<Value>]) -> Missing {
        let pattern = text::columns(program, atom, env);
        let open = |n: usize| match &atom.terms[n] {
            Term::Var(var) if pattern[n].is_none() && !term::is_wildcard(rule, *var) => Some(*var),
            _ => None,
        };
        let is_shared = |n: usize| (0..pattern.len()).any(|other| other != n && open(other) == open(n));
        let shared = (0..pattern.len()).filter(|n| is_shared(*n));
        let shared = shared.filter_map(|n| Some((n, rule.variables[open(n)?.0 as usize].name.clone())));
        let shared = shared.collect();
        Missing { relation: program.relation(atom.relation).name.clone(), pattern, shared }
    }

    /// Whether a row, of this pattern otherwise, has equal values where it must.
    pub fn fits(&self, row: &[Value]) -> bool {
        self.equal().all(|(a, b)| row.get(a) == row.get(b))
    }

    /// The columns that are equal, each with the one before it.
    fn equal(&self) -> impl Iterator<Item = (usize, usize)> {
        self.shared.iter().filter_map(|(n, name)| {
            let before = self.shared.range(..n).rev().find(|(_, other)| *other == name)?;
            Some((*before.0, *n))
        })
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text::named_pattern(&self.relation, &self.pattern, &self.shared))
    }
}

/// For each rule with a head for the relation, in the rules' order, the
/// instance that satisfies most conditions and lacks the fewest; of equal ones
/// the first found. Columns may be left open: then it is about any such row;
/// equal columns are a condition of their own.
/// Empty where such a row holds, or no rule is about it. The
/// search tries bound conditions first, so a test that fails counts as soon as
/// its variables are known.
pub fn nearest_miss(
    program: &StratifiedProgram,
    source: &dyn FactSource,
    row: &Missing,
    limits: &Limits,
) -> Vec<Miss> {
    let is_there = || source.scan(&row.relation, &row.pattern).iter().any(|(found, _)| row.fits(found));
    let Some(id) = program.find(&row.relation).filter(|_| !is_there()) else {
        return Vec::new();
    };
    let search = Search::new(program, source, limits.steps);
    let mut misses = Vec::new();
    for rule in program.rules() {
        for (_, head) in rule.heads.iter().filter(|head| head.0 == id) {
            let mut rule = Cow::Borrowed(rule);
            for (a, b) in row.equal().filter(|(a, b)| head[*a] != head[*b]) {
                let terms = [a, b].map(|n| plain(&head[n]).clone()).into();
                rule.to_mut().body.push(Literal::Test { op: Test::Eq, terms, negated: false });
            }
            misses.push(miss(&search, &rule, (id, head), &row.pattern, limits.rows));
        }
    }
    misses
}

/// The best state so far, and what fails in it.
struct Deepest<'d> {
    head: &'d [HeadTerm],
    target: &'d [Option<Value>],
    best: Option<Best>,
}

/// Conditions met, values, which conditions, and what fails.
type Best = (usize, Vec<Option<Value>>, Vec<bool>, Failing);

enum Failing {
    Literal(usize),
    Head,
    Beaten,
}

impl Deepest<'_> {
    fn keep(&mut self, state: &State, failing: Failing) {
        let depth =
            state.done.iter().filter(|done| **done).count() + usize::from(matches!(failing, Failing::Beaten));
        if self.best.as_ref().is_none_or(|best| best.0 < depth) {
            self.best = Some((depth, state.env.clone(), state.done.clone(), failing));
        }
    }
}

impl Visitor for Deepest<'_> {
    fn solution(&mut self, state: &State) -> Flow {
        let columns = self.head.iter().zip(self.target);
        let mut known = columns.filter_map(|(item, value)| Some((item, value.as_ref()?)));
        let beaten = known.all(|(item, value)| gives_column(item, value, &state.env));
        self.keep(state, if beaten { Failing::Beaten } else { Failing::Head });
        ControlFlow::Continue(())
    }

    fn dead_end(&mut self, state: &State, literal: usize) {
        self.keep(state, Failing::Literal(literal));
    }
}

fn miss(
    search: &Search,
    rule: &Rule,
    (relation, head): (RelationId, &[HeadTerm]),
    target: &[Option<Value>],
    rows: usize,
) -> Miss {
    let program = search.program;
    let mut deepest = Deepest { head, target, best: None };
    if let Some(env) = head_bindings(rule, head, target) {
        search.solve(rule, &rule.body, env, &mut deepest);
    }
    let unmatched = || (0, vec![None; rule.variables.len()], vec![false; rule.body.len()], Failing::Head);
    let (_, env, mut done, stop) = deepest.best.unwrap_or_else(unmatched);
    let written = |n: usize| text::literal(program, rule, &rule.body[n], &env);
    let plain = |text: String| Failure {
        text,
        missing: None,
        almost: Vec::new(),
        aggregates: Vec::new(),
        in_the_way: Vec::new(),
    };
    let mut failing = vec![match &stop {
        Failing::Literal(n) => failure(search, rule, &rule.body[*n], &env, rows),
        Failing::Head => {
            let head = text::heads(program, rule, head, &env);
            plain(format!("{}({head}) as the head", program.relation(relation).name))
        }
        Failing::Beaten => plain(beaten(search, relation, head, target)),
    }];
    let mut untried = Vec::new();
    for n in (0..rule.body.len()).filter(|n| !matches!(stop, Failing::Literal(stop) if stop == *n)) {
        let wildcard = |item: &Term| matches!(item, Term::Var(var) if term::is_wildcard(rule, *var));
        let is_known = |item: &Term| wildcard(item) || term::is_ready(item, &env);
        if done[n] {
            continue;
        } else if !term::terms(&rule.body[n]).iter().all(is_known) {
            untried.push(written(n));
        } else if holds(search, rule, n, &env) {
            done[n] = true;
        } else {
            failing.push(failure(search, rule, &rule.body[n], &env, rows));
        }
    }
    Miss {
        rule: rule.id,
        name: rule.name.clone(),
        bindings: term::bindings(rule, (0..rule.variables.len() as u32).map(VarId), &env),
        satisfied: (0..rule.body.len()).filter(|n| done[*n]).map(written).collect(),
        failing,
        untried,
    }
}

/// A condition that fails, with what it lacks, computes or meets.
fn failure(search: &Search, rule: &Rule, literal: &Literal, env: &term::Env, rows: usize) -> Failure {
    let program = search.program;
    let text = text::literal(program, rule, literal, env);
    let (mut missing, mut almost, mut in_the_way) = (None, Vec::new(), Vec::new());
    if let Literal::Atom(atom) | Literal::NotAtom(atom) = literal {
        let relation = &program.relation(atom.relation).name;
        let pattern = text::columns(program, atom, env);
        let fact = |row| Fact { relation: relation.clone(), row };
        if matches!(literal, Literal::NotAtom(_)) {
            let met = search.source.scan(relation, &pattern).into_iter();
            in_the_way = met.map(|(row, _)| fact(row)).collect();
            in_the_way.sort();
            in_the_way.truncate(rows);
        } else {
            for column in (0..pattern.len()).filter(|n| matches!(atom.terms[*n], Term::Const(_))) {
                let mut other = pattern.clone();
                other[column] = None;
                almost.extend(search.source.scan(relation, &other).into_iter().map(|(row, _)| fact(row)));
            }
            almost.sort();
            almost.dedup();
            almost.truncate(rows);
            missing = Some(Missing::of(program, rule, atom, env));
        }
    }
    let mut inner = Vec::new();
    term::terms(literal).iter().for_each(|item| term::aggregates(item, &mut inner));
    let results = inner.into_iter().map(|aggregate| {
        let text = text::aggregate(program, rule, aggregate, env);
        let whole = aggregate.groups.iter().all(|var| term::bound(*var, env).is_some());
        let result = whole.then(|| search.aggregate(rule, aggregate, env).ok().flatten());
        (text, result.flatten())
    });
    Failure { text, missing, almost, aggregates: results.collect(), in_the_way }
}

/// Whether one condition holds by itself.
fn holds(search: &Search, rule: &Rule, n: usize, env: &term::Env) -> bool {
    struct Any(bool);
    impl Visitor for Any {
        fn solution(&mut self, _: &State) -> Flow {
            self.0 = true;
            ControlFlow::Break(())
        }
    }
    let mut any = Any(false);
    search.solve(rule, &rule.body[n..=n], env.to_vec(), &mut any);
    any.0
}

/// What is kept instead of a row that a rule gives.
fn beaten(search: &Search, relation: RelationId, head: &[HeadTerm], target: &[Option<Value>]) -> String {
    let name = &search.program.relation(relation).name;
    let mut pattern = target.to_vec();
    let all = text::pattern(name, &pattern);
    let Some(column) = head.iter().position(|item| matches!(item, HeadTerm::Extremum(..))) else {
        return format!("{all} isn't among the facts");
    };
    pattern[column] = None;
    match search.source.scan(name, &pattern).into_iter().map(|found| found.0).min() {
        Some(row) => {
            let kept: Vec<Option<Value>> = row.into_iter().map(Some).collect();
            format!("{} is kept instead", text::pattern(name, &kept))
        }
        None => format!("{all} isn't among the facts"),
    }
}
