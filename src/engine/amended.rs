//! Rules that say which rows a stratum gains and which it loses, where rows of
//! others came and went: for strata that `continued` can't go on with.
//!
//! Suspects are rows that some derivation may have lost; those that can still
//! be derived stay. For a least or greatest value the keys are suspected, or,
//! where rows only came, better values are looked for.

use super::delta::{arguments, is_extreme, made, plain_declarations, read_names, reads_any, renamed_to};
use crate::analysis::StratifiedProgram;
use crate::base::Location;
use crate::logic::{
    Aggregate, AggregateOp, Arguments, Atom, Constant, Ident, Literal, Program, RelationDecl, Rule, Term,
    TermKind, Test,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Atoms of relations with lost rows in one body.
const MOST_LOST: usize = 4;

/// Relations of a relation's rows.
fn tagged(relation: &str, times: usize) -> Arc<str> {
    format!("{relation}{}", "'".repeat(times)).into()
}

/// Rows that a relation gained.
pub(super) fn gained(relation: &str) -> Arc<str> {
    tagged(relation, 1)
}

/// Rows that a relation lost.
pub(super) fn lost(relation: &str) -> Arc<str> {
    tagged(relation, 2)
}

fn suspect(relation: &str) -> Arc<str> {
    tagged(relation, 3)
}

fn still(relation: &str) -> Arc<str> {
    tagged(relation, 4)
}

fn keys(relation: &str) -> Arc<str> {
    tagged(relation, 5)
}

/// What changed, and how rules are to be written about it.
pub(super) struct Amending<'a> {
    pub(super) program: &'a Program,
    pub(super) checked: &'a StratifiedProgram,
    /// The stratum.
    pub(super) own: &'a BTreeSet<Arc<str>>,
    /// Relations that gained rows, and that lost some.
    pub(super) grown: &'a BTreeSet<Arc<str>>,
    pub(super) shrunk: &'a BTreeSet<Arc<str>>,
    /// Whether suspicion goes by atoms only, where tests can't be safe alone.
    pub(super) loose: bool,
}

impl Amending<'_> {
    /// Rules for `gained` and `lost` of the stratum's relations; `None` where
    /// there is no way but to derive the stratum again.
    pub(super) fn rules(&self) -> Option<Program> {
        let own = |name: &str| self.own.contains(name);
        let of_stratum = |rule: &&Rule| rule.then.iter().any(|head| own(&head.relation.text));
        let rules: Vec<&Rule> = self.program.rules.iter().filter(of_stratum).collect();
        let gains = |name: &Arc<str>| {
            let mut of_it =
                rules.iter().filter(|rule| rule.then.iter().any(|head| head.relation.text == *name));
            of_it.all(|rule| self.only_gains(&rule.when))
        };
        let gaining: BTreeSet<Arc<str>> = self.own.iter().filter(|name| gains(name)).cloned().collect();
        let recursive = rules.iter().any(|rule| rule.when.iter().any(|literal| reads_any(literal, &own)));
        let mut made = Vec::new();
        for rule in rules {
            for head in rule.then.iter().filter(|head| own(&head.relation.text)) {
                match (is_extreme(head), recursive) {
                    (true, _) if gaining.contains(&head.relation.text) => {
                        self.better(rule, head, &mut made)?
                    }
                    (true, false) => self.extreme(rule, head, &mut made)?,
                    (false, false) => self.plain(rule, head, &mut made)?,
                    (_, true) => return None,
                }
            }
        }
        let derives = |name: &Arc<str>| made.iter().any(|rule| rule.then[0].relation.text == *name);
        let found: Vec<[bool; 3]> = self
            .own
            .iter()
            .map(|name| [suspect(name), keys(name), gained(name)].map(|name| derives(&name)))
            .collect();
        let mut facts = Vec::new();
        for ([suspected, keyed, better], name) in found.into_iter().zip(self.own) {
            if suspected || keyed {
                let stated = self.program.facts.iter().filter(|fact| fact.relation.text == *name);
                facts.extend(stated.map(|fact| renamed_to(fact, still)));
            }
            if suspected || keyed || better {
                self.conclude(name, suspected, keyed, &mut made)?;
            }
        }
        let mut named = BTreeSet::new();
        for rule in &made {
            named.extend(rule.then.iter().map(|head| head.relation.text.clone()));
            rule.when.iter().for_each(|literal| read_names(literal, &mut named));
        }
        let relations = self.declarations().into_iter().filter(|decl| named.contains(&decl.name.text));
        Some(Program { relations: relations.collect(), rules: made, facts, ..Program::default() })
    }

    fn declarations(&self) -> Vec<RelationDecl> {
        let mut all = Vec::new();
        for decl in plain_declarations(self.checked) {
            let called = |name: Arc<str>| {
                let name = Ident { text: name, at: decl.name.at };
                RelationDecl { name, ..decl.clone() }
            };
            let name = &decl.name.text;
            all.extend([gained(name), lost(name), suspect(name), still(name)].map(called));
            if let Some((column, _)) = self.extremum(name) {
                let mut keyed = called(keys(name));
                keyed.columns.remove(column);
                all.push(keyed);
            }
            all.push(decl);
        }
        all
    }

    fn extremum(&self, name: &str) -> Option<(usize, AggregateOp)> {
        self.checked.relation(self.checked.find(name)?).extremum
    }

    fn has_grown(&self, atom: &Atom) -> bool {
        self.grown.contains(&atom.relation.text)
    }

    fn has_shrunk(&self, atom: &Atom) -> bool {
        self.shrunk.contains(&atom.relation.text)
    }

    fn is_touched(&self, literal: &Literal) -> bool {
        reads_any(literal, &|name| self.grown.contains(name) || self.shrunk.contains(name))
    }

    /// Whether changes only add to what a body's atoms match.
    fn only_gains(&self, body: &[Literal]) -> bool {
        body.iter().all(|literal| match literal {
            Literal::Atom(atom) => !self.has_shrunk(atom) && !has_aggregate(atom),
            other => !self.is_touched(other),
        })
    }

    /// Whether changes only take from what a body's atoms match.
    fn only_loses(&self, body: &[Literal]) -> bool {
        body.iter().all(|literal| match literal {
            Literal::Atom(atom) => !self.has_grown(atom) && !has_aggregate(atom),
            other => !self.is_touched(other),
        })
    }

    /// Suspects, what is still derived and what is new by a rule.
    fn plain(&self, rule: &Rule, head: &Atom, made_rules: &mut Vec<Rule>) -> Option<()> {
        let mut add = |then: Atom, when: Vec<Literal>| {
            let made = made(rule, made_rules.len(), then, when);
            made_rules.push(made);
        };
        for mut when in self.losing(rule)? {
            when.push(Literal::Atom(head.clone()));
            add(renamed_to(head, suspect), when);
        }
        for mut when in self.gaining(rule)? {
            when.push(Literal::Not(Box::new(Literal::Atom(head.clone())), head.at));
            add(renamed_to(head, gained), when);
        }
        let mut when = rule.when.clone();
        when.push(Literal::Atom(renamed_to(head, suspect)));
        add(renamed_to(head, still), when);
        Some(())
    }

    /// Keys whose least or greatest value may be another now, and those values.
    fn extreme(&self, rule: &Rule, head: &Atom, made_rules: &mut Vec<Rule>) -> Option<()> {
        let (column, _) = self.extremum(&head.relation.text)?;
        let Arguments::Positional(terms) = &head.arguments else { return None };
        let mut key = renamed_to(head, keys);
        let mut terms = terms.clone();
        terms.remove(column);
        key.arguments = Arguments::Positional(terms);
        let mut add = |then: Atom, when: Vec<Literal>| {
            let made = made(rule, made_rules.len(), then, when);
            made_rules.push(made);
        };
        for when in self.losing(rule)?.into_iter().chain(self.gaining(rule)?) {
            add(key.clone(), when);
        }
        let mut when = rule.when.clone();
        when.push(Literal::Atom(key));
        add(renamed_to(head, still), when);
        Some(())
    }

    /// Better values than there are, by rows that came.
    fn better(&self, rule: &Rule, head: &Atom, made_rules: &mut Vec<Rule>) -> Option<()> {
        let (column, op) = self.extremum(&head.relation.text)?;
        let Arguments::Positional(terms) = &head.arguments else { return None };
        let TermKind::Aggregate(chosen) = &terms.get(column)?.kind else { return None };
        let value = chosen.term.clone()?;
        let [new, old] = ["better'", "known'"].map(|name| variable(name, head.at));
        let mut known = terms.clone();
        known[column] = old.clone();
        let known = Atom { arguments: Arguments::Positional(known), ..head.clone() };
        let no_worse = match op {
            AggregateOp::Min => Test::Le,
            AggregateOp::Max => Test::Ge,
            _ => return None,
        };
        let no_worse = Literal::Test(no_worse, vec![old.clone(), new.clone()], head.at);
        let count = Aggregate {
            op: AggregateOp::Count,
            term: Some(old),
            body: Some(vec![Literal::Atom(known), no_worse]),
        };
        let count = Term { kind: TermKind::Aggregate(Box::new(count)), at: head.at };
        let zero = Term { kind: TermKind::Constant(Constant::Int(0)), at: head.at };
        let (own, others): (Vec<usize>, Vec<usize>) = {
            let atoms = |which: &dyn Fn(&Atom) -> bool| {
                let all = rule.when.iter().enumerate();
                all.filter(|(_, l)| matches!(l, Literal::Atom(atom) if which(atom)))
                    .map(|(at, _)| at)
                    .collect()
            };
            (
                atoms(&|atom| self.own.contains(&atom.relation.text)),
                atoms(&|atom| self.has_grown(atom) && !self.own.contains(&atom.relation.text)),
            )
        };
        let variants = others.into_iter().map(|at| vec![at]).chain(subsets(&own)?);
        for news in variants {
            let mut when = rule.when.clone();
            for at in news {
                if let Literal::Atom(atom) = &rule.when[at] {
                    when[at] = Literal::Atom(renamed_to(atom, gained));
                }
            }
            when.push(Literal::Test(Test::Eq, vec![new.clone(), value.clone()], head.at));
            when.push(Literal::Test(Test::Eq, vec![zero.clone(), count.clone()], head.at));
            let mut then = terms.clone();
            let chosen = Aggregate { term: Some(new.clone()), ..(**chosen).clone() };
            then[column].kind = TermKind::Aggregate(Box::new(chosen));
            let then = Atom { arguments: Arguments::Positional(then), ..renamed_to(head, gained) };
            let made = made(rule, made_rules.len(), then, when);
            made_rules.push(made);
        }
        Some(())
    }

    /// What a relation gained and lost, by what was suspected.
    fn conclude(
        &self,
        name: &Arc<str>,
        suspected: bool,
        keyed: bool,
        made_rules: &mut Vec<Rule>,
    ) -> Option<()> {
        let relation = self.checked.relation(self.checked.find(name)?);
        let at = Location::default();
        let row = |column: Option<usize>, called: Arc<str>| {
            let terms = (0..relation.columns.len()).filter(|n| Some(*n) != column);
            let terms = terms.map(|n| variable(&format!("column{n}'"), at)).collect();
            Atom { relation: Ident { text: called, at }, arguments: Arguments::Positional(terms), at }
        };
        let holds = |atom: Atom| Literal::Atom(atom);
        let fails = |atom: Atom| Literal::Not(Box::new(Literal::Atom(atom)), at);
        let mut add = |then: Atom, when: Vec<Literal>| {
            let name = Ident { text: format!("{name}, change {}", made_rules.len()).into(), at };
            let rule = Rule { name, doc: None, then: vec![then], when, because: Default::default(), at };
            made_rules.push(rule);
        };
        if let Some((column, _)) = self.extremum(name) {
            let known = || row(None, name.clone());
            if keyed {
                let key = || holds(row(Some(column), keys(name)));
                let now = || row(None, still(name));
                add(row(None, lost(name)), vec![key(), holds(known()), fails(now())]);
                add(row(None, gained(name)), vec![holds(now()), fails(known())]);
            } else {
                let mut better = row(None, gained(name));
                if let Arguments::Positional(terms) = &mut better.arguments {
                    terms[column].kind = TermKind::Wildcard;
                }
                add(row(None, lost(name)), vec![holds(better), holds(known())]);
            }
        } else if suspected {
            let when = vec![holds(row(None, suspect(name))), fails(row(None, still(name)))];
            add(row(None, lost(name)), when);
        }
        Some(())
    }

    /// Bodies that had a solution which may be none any more. What they leave
    /// out only makes more solutions suspected.
    fn losing(&self, rule: &Rule) -> Option<Vec<Vec<Literal>>> {
        let mut all = Vec::new();
        let body = |but: usize| -> Vec<Literal> {
            let kept = rule.when.iter().enumerate().filter(|(at, literal)| *at != but && self.stays(literal));
            kept.map(|(_, literal)| literal.clone()).collect()
        };
        let atoms = rule.when.iter().map(|literal| match literal {
            Literal::Atom(atom) => Some(atom),
            _ => None,
        });
        if atoms.clone().flatten().any(has_aggregate) {
            return None;
        }
        let shrunk =
            |(at, atom): (usize, Option<&Atom>)| atom.filter(|atom| self.has_shrunk(atom)).map(|_| at);
        let shrunk: Vec<usize> = atoms.enumerate().filter_map(shrunk).collect();
        for news in subsets(&shrunk)? {
            let stays = rule.when.iter().enumerate().filter(|(_, literal)| self.stays(literal));
            let with_lost = |(at, literal): (usize, &Literal)| match literal {
                Literal::Atom(atom) if news.contains(&at) => Literal::Atom(renamed_to(atom, lost)),
                other => other.clone(),
            };
            all.push(stays.map(with_lost).collect());
        }
        for (at, literal) in rule.when.iter().enumerate() {
            match literal {
                Literal::Atom(_) => {}
                Literal::Not(inner, _) if matches!(&**inner, Literal::Atom(atom) if !has_aggregate(atom)) => {
                    if let Literal::Atom(atom) = &**inner
                        && self.has_grown(atom)
                    {
                        let mut when = body(at);
                        when.push(Literal::Atom(renamed_to(atom, gained)));
                        all.push(when);
                    }
                }
                // Where fewer match, none still do.
                other if counts_none(other).is_some_and(|body| self.only_loses(body)) => {}
                other => {
                    for changed in self.aggregated(rule, other)? {
                        let mut when = body(at);
                        when.extend(changed);
                        all.push(when);
                    }
                }
            }
        }
        Some(all)
    }

    /// Bodies that may have a solution which was none before.
    fn gaining(&self, rule: &Rule) -> Option<Vec<Vec<Literal>>> {
        let mut all = Vec::new();
        for (at, literal) in rule.when.iter().enumerate() {
            let mut when = rule.when.clone();
            match literal {
                Literal::Atom(atom) if self.has_grown(atom) => {
                    when[at] = Literal::Atom(renamed_to(atom, gained));
                    all.push(when);
                }
                Literal::Atom(_) => {}
                Literal::Not(inner, _) if matches!(&**inner, Literal::Atom(atom) if !has_aggregate(atom)) => {
                    if let Literal::Atom(atom) = &**inner
                        && self.has_shrunk(atom)
                    {
                        when.push(Literal::Atom(renamed_to(atom, lost)));
                        all.push(when);
                    }
                }
                // Where more match, there are not none for the first time.
                other if counts_none(other).is_some_and(|body| self.only_gains(body)) => {}
                other => {
                    for changed in self.aggregated(rule, other)? {
                        let mut when = when.clone();
                        when.extend(changed);
                        all.push(when);
                    }
                }
            }
        }
        Some(all)
    }

    /// Whether a literal that held before the change holds of rows that are
    /// there or were lost, so that suspicion may ask for it.
    fn stays(&self, literal: &Literal) -> bool {
        match literal {
            Literal::Atom(_) => true,
            Literal::Not(inner, _) => match &**inner {
                Literal::Atom(atom) => !self.loose && !self.has_grown(atom) && !has_aggregate(atom),
                other => !self.loose && self.stays(other),
            },
            Literal::Test(_, terms, _) => !self.loose && !terms.iter().any(is_aggregated),
        }
    }

    /// What binds the groups of the aggregates in a literal whose solutions changed.
    fn aggregated(&self, rule: &Rule, literal: &Literal) -> Option<Vec<Vec<Literal>>> {
        let mut all = Vec::new();
        if !self.is_touched(literal) {
            return Some(all);
        }
        let mut aggregates = Vec::new();
        collect(literal, &mut aggregates)?;
        let outside = outside(rule);
        for aggregate in aggregates {
            let body = aggregate.body.as_ref()?;
            let inner = Rule { when: body.clone(), ..rule.clone() };
            let nested = |literal: &Literal| !matches!(literal, Literal::Atom(_)) && has_nested(literal);
            if body.iter().any(nested) {
                return None;
            }
            let changed = self.losing(&inner)?.into_iter().chain(self.gaining(&inner)?);
            for mut when in changed {
                when.iter_mut().for_each(|literal| rename(literal, &outside));
                all.push(when);
            }
        }
        Some(all)
    }
}

/// All choices of some of these, but of none.
fn subsets(all: &[usize]) -> Option<Vec<Vec<usize>>> {
    if all.len() > MOST_LOST {
        return None;
    }
    let chosen = |which: usize| {
        all.iter().enumerate().filter(|(n, _)| which >> n & 1 == 1).map(|(_, at)| *at).collect::<Vec<_>>()
    };
    Some((1..1usize << all.len()).map(chosen).collect())
}

fn variable(name: &str, at: Location) -> Term {
    Term { kind: TermKind::Variable(name.into()), at }
}

fn has_aggregate(atom: &Atom) -> bool {
    arguments(atom).any(is_aggregated)
}

fn is_aggregated(term: &Term) -> bool {
    match &term.kind {
        TermKind::Aggregate(_) => true,
        TermKind::Call(_, _, terms) => terms.iter().any(is_aggregated),
        _ => false,
    }
}

fn has_nested(literal: &Literal) -> bool {
    match literal {
        Literal::Atom(atom) => has_aggregate(atom),
        Literal::Not(inner, _) => has_nested(inner),
        Literal::Test(_, terms, _) => terms.iter().any(is_aggregated),
    }
}

/// The body of which a test wants that nothing matches it, `eq(0, count(…))`.
fn counts_none(literal: &Literal) -> Option<&[Literal]> {
    let Literal::Test(Test::Eq, terms, _) = literal else { return None };
    let count = match (&terms.first()?.kind, &terms.get(1)?.kind) {
        (TermKind::Constant(Constant::Int(0)), TermKind::Aggregate(count))
        | (TermKind::Aggregate(count), TermKind::Constant(Constant::Int(0))) => count,
        _ => return None,
    };
    count.body.as_deref().filter(|_| count.op == AggregateOp::Count)
}

/// The aggregates of a test.
fn collect<'a>(literal: &'a Literal, to: &mut Vec<&'a Aggregate>) -> Option<()> {
    fn within<'a>(term: &'a Term, to: &mut Vec<&'a Aggregate>) {
        match &term.kind {
            TermKind::Aggregate(aggregate) => to.push(aggregate),
            TermKind::Call(_, _, terms) => terms.iter().for_each(|term| within(term, to)),
            _ => {}
        }
    }
    match literal {
        Literal::Atom(_) => None,
        Literal::Not(inner, _) => collect(inner, to),
        Literal::Test(_, terms, _) => {
            terms.iter().for_each(|term| within(term, to));
            Some(())
        }
    }
}

/// Variables of a rule that stand outside its aggregates.
fn outside(rule: &Rule) -> BTreeSet<Arc<str>> {
    fn term(term_: &Term, to: &mut BTreeSet<Arc<str>>) {
        match &term_.kind {
            TermKind::Variable(name) => {
                to.insert(name.clone());
            }
            TermKind::Call(_, _, terms) => terms.iter().for_each(|inner| term(inner, to)),
            _ => {}
        }
    }
    fn literal(literal_: &Literal, to: &mut BTreeSet<Arc<str>>) {
        match literal_ {
            Literal::Atom(atom) => arguments(atom).for_each(|inner| term(inner, to)),
            Literal::Not(inner, _) => literal(inner, to),
            Literal::Test(_, terms, _) => terms.iter().for_each(|inner| term(inner, to)),
        }
    }
    let mut all = BTreeSet::new();
    rule.when.iter().for_each(|inner| literal(inner, &mut all));
    all
}

/// Gives variables that aren't among these other names.
fn rename(literal: &mut Literal, but: &BTreeSet<Arc<str>>) {
    fn term(term_: &mut Term, but: &BTreeSet<Arc<str>>) {
        match &mut term_.kind {
            TermKind::Variable(name) if !but.contains(name) => *name = format!("{name}'").into(),
            TermKind::Call(_, _, terms) => terms.iter_mut().for_each(|inner| term(inner, but)),
            _ => {}
        }
    }
    match literal {
        Literal::Atom(atom) => match &mut atom.arguments {
            Arguments::Positional(terms) => terms.iter_mut().for_each(|inner| term(inner, but)),
            Arguments::Named(terms) => terms.iter_mut().for_each(|(_, inner)| term(inner, but)),
        },
        Literal::Not(inner, _) => rename(inner, but),
        Literal::Test(_, terms, _) => terms.iter_mut().for_each(|inner| term(inner, but)),
    }
}
