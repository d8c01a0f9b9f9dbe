//! Ranks: an order among the facts of one stratum, for where births are none.
//!
//! A fact is mostly derived from facts born before it. Not always: when a
//! better `min` or `max` replaces the premise, the premise is younger than what
//! it led to; and an evaluator may find a whole stratum in one round. Then the
//! reasons of the fact, of their facts, and so on are gathered, and each fact
//! gets the number of the step in which it can first be derived.

use super::search::Search;
use super::solutions::Instance;
use crate::eval::Birth;
use crate::logic::Tuple;
use crate::logic::typed::{Literal, RelationId};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// A row of a relation.
pub(super) type Key = (RelationId, Tuple);

/// Ranks all facts that a fact may rest on within its stratum. Facts that
/// nothing well-founded derives get none; `None` where a limit cut the work.
pub(super) fn ranks(
    search: &Search,
    goal: &Key,
    same_stratum: &dyn Fn(RelationId) -> bool,
    limit: usize,
) -> Option<BTreeMap<Key, u32>> {
    let mut facts: Vec<Key> = vec![goal.clone()];
    let mut numbers: BTreeMap<Key, usize> = BTreeMap::from([(goal.clone(), 0)]);
    // Per instance: what it gives, and how many premises are still open.
    let mut instances: Vec<(usize, usize)> = Vec::new();
    let mut users: Vec<Vec<usize>> = vec![Vec::new()];
    let mut next = 0;
    while next < facts.len() {
        let key = facts[next].clone();
        let mut found: Vec<Vec<Key>> = Vec::new();
        each_instance(search, &key, &mut |instance| {
            found.push(premises(search, &instance, same_stratum));
        });
        found.sort();
        found.dedup();
        for premises in found {
            instances.push((next, premises.len()));
            for premise in premises {
                let number = *numbers.entry(premise.clone()).or_insert_with(|| {
                    facts.push(premise);
                    users.push(Vec::new());
                    facts.len() - 1
                });
                users[number].push(instances.len() - 1);
            }
        }
        next += 1;
        if facts.len() > limit || search.is_exhausted() {
            return None;
        }
    }
    let mut ranked: Vec<Option<u32>> = vec![None; facts.len()];
    let mut fresh: Vec<usize> = instances.iter().filter(|i| i.1 == 0).map(|i| i.0).collect();
    for rank in 1.. {
        fresh.retain(|fact| ranked[*fact].is_none());
        fresh.sort_unstable();
        fresh.dedup();
        if fresh.is_empty() {
            break;
        }
        fresh.iter().for_each(|fact| ranked[*fact] = Some(rank));
        let mut given = Vec::new();
        for instance in fresh.iter().flat_map(|fact| &users[*fact]) {
            instances[*instance].1 -= 1;
            if instances[*instance].1 == 0 {
                given.push(instances[*instance].0);
            }
        }
        fresh = given;
    }
    Some(facts.into_iter().zip(ranked).filter_map(|(fact, rank)| Some((fact, rank?))).collect())
}

fn each_instance(search: &Search, key: &Key, each: &mut dyn FnMut(Instance)) {
    for rule in search.program.rules() {
        for (_, head) in rule.heads.iter().filter(|head| head.0 == key.0) {
            search.instances(rule, head, &key.1, &|_, _, _| true, &mut |instance| {
                each(instance);
                ControlFlow::Continue(())
            });
        }
    }
}

/// The derived facts of the same stratum that an instance rests on.
fn premises(search: &Search, instance: &Instance, same_stratum: &dyn Fn(RelationId) -> bool) -> Vec<Key> {
    let body = &search.program.rule(instance.rule).body;
    let premise = |(literal, row): (&Literal, &Option<(Tuple, Birth)>)| match (literal, row) {
        (Literal::Atom(atom), Some((row, birth))) if birth.stratum > 0 && same_stratum(atom.relation) => {
            Some((atom.relation, row.clone()))
        }
        _ => None,
    };
    let mut all: Vec<Key> = body.iter().zip(&instance.rows).filter_map(premise).collect();
    all.sort();
    all.dedup();
    all
}
