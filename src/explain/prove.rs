//! Building proofs.

use super::FactSource;
use super::rank::{Key, ranks};
use super::search::Search;
use super::solutions::{Instance, Solution, fold};
use super::{Aggregation, Contribution, Derivation, Fact, Limits, Premise, Proof, Reason, Unshown};
use super::{term, text};
use crate::analysis::StratifiedProgram;
use crate::base::Value;
use crate::eval::Birth;
use crate::logic::AggregateOp;
use crate::logic::typed::{Aggregate, Literal, RelationId, Rule, VarId};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

/// One proof of a fact; `None` where it doesn't hold.
///
/// Which one depends on the program and the facts alone: the first rule in
/// order that gives the fact from facts born strictly earlier, and of its
/// instances the one with the earliest and then, in text order, first rows.
/// A fact's second proof in the tree is [`Unshown::Repeated`]. Where a limit
/// cuts the tree, the fact at the cut can be asked for again.
pub fn prove(
    program: &StratifiedProgram,
    source: &dyn FactSource,
    relation: &str,
    row: &[Value],
    limits: &Limits,
) -> Option<Proof> {
    let id = program.find(relation)?;
    let birth = source.birth(relation, row)?;
    let mut prover = Prover::new(program, source, limits);
    Some(prover.prove(&(id, row.to_vec()), birth, limits.depth.min(Limits::DEEPEST), false))
}

/// Every way in which a fact is given directly, without repeats: that it was
/// given, and each rule instance, those from facts born early first; at most
/// [`Limits::reasons`], whichever are found first. The premises have proofs of their own within the
/// limits; those may pass through the fact itself. Empty where the fact doesn't hold.
pub fn all_reasons(
    program: &StratifiedProgram,
    source: &dyn FactSource,
    relation: &str,
    row: &[Value],
    limits: &Limits,
) -> Vec<Proof> {
    let (Some(id), Some(birth)) = (program.find(relation), source.birth(relation, row)) else {
        return Vec::new();
    };
    let search = Search::new(program, source, limits.steps);
    search.before.set(Some(birth));
    let mut instances: Vec<Instance> = Vec::new();
    let mut seen = BTreeSet::new();
    let room = limits.reasons.saturating_sub(usize::from(birth.stratum == 0));
    for rule in program.rules() {
        for (_, head) in rule.heads.iter().filter(|head| head.0 == id) {
            search.instances(rule, head, row, &|_, _, _| true, &mut |instance| {
                if instances.len() >= room {
                    return ControlFlow::Break(());
                }
                let named = term::bindings(rule, (0..rule.variables.len() as u32).map(VarId), &instance.env);
                if seen.insert((rule.id, named)) {
                    instances.push(instance);
                }
                ControlFlow::Continue(())
            });
        }
    }
    // Reasons from early facts are the shorter ones.
    instances.sort_by_key(|instance| {
        let latest = instance.rows.iter().flatten().map(|row| row.1).max();
        (latest, instance.rule, instance.rows.clone())
    });
    let fact = Fact { relation: program.relation(id).name.clone(), row: row.to_vec() };
    let given = (birth.stratum == 0).then(|| Proof { fact: fact.clone(), reason: Reason::Given });
    let derived = instances.into_iter().map(|instance| {
        // Each reason is a tree of its own, so that none points into another.
        let mut prover = Prover::new(program, source, limits);
        let depth = limits.depth.clamp(1, Limits::DEEPEST);
        let reason =
            Reason::Rule(Box::new(prover.derivation(&(id, row.to_vec()), birth, &instance, depth, false).0));
        Proof { fact: fact.clone(), reason }
    });
    given.into_iter().chain(derived).collect()
}

/// The ids of the claims that one proof of a fact rests on; of aggregates,
/// those of the rows that the limits show. Empty where the fact doesn't hold.
pub fn supports(
    program: &StratifiedProgram,
    source: &dyn FactSource,
    relation: &str,
    row: &[Value],
    limits: &Limits,
) -> BTreeSet<i64> {
    prove(program, source, relation, row, limits).map(|proof| proof.claims()).unwrap_or_default()
}

struct Prover<'a> {
    search: Search<'a>,
    limits: &'a Limits,
    nodes: usize,
    /// Facts proved in full, never one whose proof is under way.
    done: BTreeSet<Key>,
    stratum: Vec<Option<usize>>,
    ranks: BTreeMap<Key, u32>,
    /// Whether a limit cut the ranking.
    cut: bool,
}

impl<'a> Prover<'a> {
    fn new(program: &'a StratifiedProgram, source: &'a dyn FactSource, limits: &'a Limits) -> Prover<'a> {
        let mut stratum = vec![None; program.relations().len()];
        for (n, members) in program.strata().iter().enumerate() {
            members.relations.iter().for_each(|id| stratum[id.0 as usize] = Some(n));
        }
        Prover {
            search: Search::new(program, source, limits.steps),
            limits,
            nodes: limits.nodes,
            done: BTreeSet::new(),
            stratum,
            ranks: BTreeMap::new(),
            cut: false,
        }
    }

    fn is_same_stratum(&self, a: RelationId, b: RelationId) -> bool {
        let of = |id: RelationId| self.stratum.get(id.0 as usize).copied().flatten();
        of(a).is_some() && of(a) == of(b)
    }

    /// A proof of a fact that holds. Below a fact proved by ranks, those of its
    /// stratum are too: births and ranks in turn could go round in a circle.
    fn prove(&mut self, key: &Key, birth: Birth, depth: usize, ranked: bool) -> Proof {
        let fact = Fact { relation: self.search.program.relation(key.0).name.clone(), row: key.1.clone() };
        let unshown = match () {
            _ if birth.stratum == 0 => return Proof { fact, reason: Reason::Given },
            _ if self.done.contains(key) => Some(Unshown::Repeated),
            _ if depth == 0 => Some(Unshown::Depth),
            _ if self.nodes == 0 => Some(Unshown::Nodes),
            _ => None,
        };
        if let Some(unshown) = unshown {
            return Proof { fact, reason: Reason::Unshown(unshown) };
        }
        self.nodes -= 1;
        self.search.before.set(Some(birth));
        let by_birth = if ranked { None } else { self.first_by_birth(key, birth) };
        let ranked = by_birth.is_none();
        let Some(instance) = by_birth.or_else(|| self.first_by_rank(key)) else {
            let cut = self.cut || self.search.is_exhausted();
            let unshown = if cut { Unshown::Search } else { Unshown::Superseded };
            return Proof { fact, reason: Reason::Unshown(unshown) };
        };
        let (derivation, complete) = self.derivation(key, birth, &instance, depth, ranked);
        if complete {
            self.done.insert(key.clone());
        }
        Proof { fact, reason: Reason::Rule(Box::new(derivation)) }
    }

    fn first_by_birth(&self, key: &Key, birth: Birth) -> Option<Instance> {
        self.first(key, &|_, _, premise| premise < birth)
    }

    fn first_by_rank(&mut self, key: &Key) -> Option<Instance> {
        if !self.ranks.contains_key(key) {
            let same = |id| self.is_same_stratum(key.0, id);
            match ranks(&self.search, key, &same, self.limits.ranked) {
                Some(more) => self.ranks.extend(more),
                None => self.cut = true,
            }
        }
        let rank = *self.ranks.get(key)?;
        self.first(key, &|relation, row, birth| {
            birth.stratum == 0
                || !self.is_same_stratum(key.0, relation)
                || self.ranks.get(&(relation, row.to_vec())).is_some_and(|premise| *premise < rank)
        })
    }

    fn first(&self, key: &Key, allowed: super::solutions::Allowed) -> Option<Instance> {
        let mut first = None;
        for rule in self.search.program.rules() {
            for (_, head) in rule.heads.iter().filter(|head| head.0 == key.0) {
                self.search.instances(rule, head, &key.1, allowed, &mut |instance| {
                    first = Some(instance);
                    ControlFlow::Break(())
                });
                if first.is_some() {
                    return first;
                }
            }
        }
        None
    }

    /// An instance written out, and whether everything under it is proved.
    fn derivation(
        &mut self,
        key: &Key,
        birth: Birth,
        instance: &Instance,
        depth: usize,
        ranked: bool,
    ) -> (Derivation, bool) {
        let program = self.search.program;
        let rule = program.rule(instance.rule);
        let mut premises = Vec::new();
        let mut complete = true;
        for (literal, row) in rule.body.iter().zip(&instance.rows) {
            match (literal, row) {
                (Literal::Atom(atom), Some((row, birth))) => {
                    let ranked = ranked && self.is_same_stratum(key.0, atom.relation);
                    let proof = self.prove(&(atom.relation, row.clone()), *birth, depth - 1, ranked);
                    complete &= self.is_whole(&proof, atom.relation);
                    premises.push(Premise::Fact(proof));
                }
                (Literal::NotAtom(atom), _) => {
                    let relation = program.relation(atom.relation).name.clone();
                    premises.push(match text::excluded(program, rule, atom, &instance.env) {
                        Ok(Some(pattern)) => Premise::Absent { relation, pattern },
                        _ => Premise::Test(text::literal(program, rule, literal, &instance.env)),
                    });
                }
                (Literal::Test { terms, .. }, _) => {
                    let mut inner = Vec::new();
                    terms.iter().for_each(|item| term::aggregates(item, &mut inner));
                    for aggregate in inner {
                        // Proofs of other facts have set their own.
                        self.search.before.set(Some(birth));
                        premises.extend(self.aggregation(rule, aggregate, &instance.env, depth));
                    }
                    premises.push(Premise::Test(text::literal(program, rule, literal, &instance.env)));
                }
                (Literal::Atom(_), None) => complete = false,
            }
        }
        let all = (0..rule.variables.len() as u32).map(VarId);
        let bindings = term::bindings(rule, all, &instance.env);
        let prose = text::prose(rule, &bindings);
        (Derivation { rule: rule.id, name: rule.name.clone(), bindings, prose, premises }, complete)
    }

    fn is_whole(&self, proof: &Proof, relation: RelationId) -> bool {
        match &proof.reason {
            Reason::Given => true,
            _ => self.done.contains(&(relation, proof.fact.row.clone())),
        }
    }

    fn aggregation(
        &mut self,
        rule: &Rule,
        aggregate: &Aggregate,
        env: &term::Env,
        depth: usize,
    ) -> Option<Premise> {
        let solutions = self.search.solutions(rule, aggregate, env).ok()?;
        let result = fold(aggregate, &solutions).ok()??;
        let extreme = matches!(aggregate.op, AggregateOp::Min | AggregateOp::Max);
        let counts = |solution: &&Solution| {
            let value = solution.value.clone().and_then(|value| term::fit(value, aggregate.type_));
            !extreme || value.as_ref() == Some(&result)
        };
        let depth = self.limits.row_depth.min(depth - 1);
        // What stands beside the aggregate keeps its share of the nodes.
        let reserved = self.nodes / 2;
        self.nodes -= reserved;
        let mut rows = Vec::new();
        for solution in solutions.iter().filter(counts).take(self.limits.rows) {
            let facts = solution.rows.iter();
            rows.push(Contribution {
                bindings: term::bindings(rule, aggregate.locals.iter().copied(), &solution.env),
                facts: facts
                    .map(|(id, row, birth)| self.prove(&(*id, row.clone()), *birth, depth, false))
                    .collect(),
            });
        }
        self.nodes += reserved;
        let text = text::aggregate(self.search.program, rule, aggregate, env);
        let deciding = solutions.iter().filter(counts).count();
        Some(Premise::Aggregate(Aggregation { text, result, solutions: solutions.len(), deciding, rows }))
    }
}
