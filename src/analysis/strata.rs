//! Strata: what must be complete before what, and cycles that forbid it.

use super::growing::only_grows;
use super::relations::Relations;
use super::resolved::{Rule, each_atom};
use crate::base::{Diagnostic, Location};
use crate::logic::typed::{RelationId, RuleId, Stratum};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// One rule's need: its head depends on a relation in its body.
#[derive(Debug, Clone)]
struct Need {
    on: usize,
    rule: usize,
    at: Location,
    how: How,
    /// Why recursion can't go through the aggregate.
    why: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Plain,
    Negated,
    Aggregated,
    /// In an aggregate whose test holds on when rows are added.
    Growing,
}

/// Strata in order of evaluation; reports negation and aggregation in cycles.
pub(super) fn strata(rules: &[Rule], relations: &Relations, found: &mut Vec<Diagnostic>) -> Vec<Stratum> {
    let mut needs: Vec<Vec<Need>> = vec![Vec::new(); relations.all.len()];
    for (n, rule) in rules.iter().enumerate() {
        for literal in &rule.body {
            let grows = only_grows(literal);
            each_atom(std::slice::from_ref(literal), false, &mut |atom, negated, inner| {
                let how = match (negated, inner) {
                    (false, true) if grows.is_ok() => How::Growing,
                    (_, true) => How::Aggregated,
                    (true, false) => How::Negated,
                    _ => How::Plain,
                };
                let why = grows.err().filter(|_| how == How::Aggregated);
                for head in &rule.heads {
                    let need = Need { on: atom.relation.0 as usize, rule: n, at: atom.at, how, why };
                    needs[head.atom.relation.0 as usize].push(need);
                }
            });
        }
    }
    let edges: Vec<Vec<usize>> = needs.iter().map(|list| list.iter().map(|need| need.on).collect()).collect();
    let groups = components(&edges);
    let mut group_of = vec![0; needs.len()];
    for (n, group) in groups.iter().enumerate() {
        group.iter().for_each(|r| group_of[*r] = n);
    }
    let heads = rules.iter().flat_map(|rule| &rule.heads).filter(|head| head.extremum.is_some());
    let extreme: BTreeSet<usize> = heads.map(|head| head.atom.relation.0 as usize).collect();
    let mut said = BTreeSet::new();
    for (from, list) in needs.iter().enumerate() {
        for need in list {
            if need.how == How::Plain || group_of[from] != group_of[need.on] {
                continue;
            }
            if need.how == How::Growing
                && !groups[group_of[from]].iter().any(|member| extreme.contains(member))
            {
                continue;
            }
            if said.insert(need.at) {
                found.push(cycle(from, need, &needs, &group_of, rules, relations));
            }
        }
    }
    let mut by_head: BTreeMap<usize, BTreeSet<RuleId>> = BTreeMap::new();
    for (n, rule) in rules.iter().enumerate() {
        for head in &rule.heads {
            by_head.entry(head.atom.relation.0 as usize).or_default().insert(RuleId(n as u32));
        }
    }
    let mut strata = Vec::new();
    for group in &groups {
        let rules: BTreeSet<RuleId> =
            group.iter().filter_map(|r| by_head.get(r)).flatten().copied().collect();
        if rules.is_empty() {
            continue;
        }
        let mut members: Vec<RelationId> = group.iter().map(|r| RelationId(*r as u32)).collect();
        members.sort();
        let recursive = group.iter().any(|r| needs[*r].iter().any(|need| group_of[need.on] == group_of[*r]));
        strata.push(Stratum { relations: members, rules: rules.into_iter().collect(), recursive });
    }
    strata
}

/// Tarjan's algorithm without recursion; components come after those that
/// they need.
pub(super) fn components(needs: &[Vec<usize>]) -> Vec<Vec<usize>> {
    const NONE: usize = usize::MAX;
    let (mut index, mut low) = (vec![NONE; needs.len()], vec![0; needs.len()]);
    let (mut on_stack, mut stack, mut next) = (vec![false; needs.len()], Vec::new(), 0);
    let mut groups = Vec::new();
    for start in 0..needs.len() {
        if index[start] != NONE {
            continue;
        }
        let mut calls = vec![(start, 0)];
        while let Some((node, edge)) = calls.pop() {
            if edge == 0 {
                (index[node], low[node]) = (next, next);
                next += 1;
                stack.push(node);
                on_stack[node] = true;
            }
            if let Some(on) = needs[node].get(edge).copied() {
                calls.push((node, edge + 1));
                if index[on] == NONE {
                    calls.push((on, 0));
                } else if on_stack[on] {
                    low[node] = low[node].min(index[on]);
                }
                continue;
            }
            if let Some((parent, _)) = calls.last() {
                low[*parent] = low[*parent].min(low[node]);
            }
            if low[node] == index[node] {
                let mut group = Vec::new();
                while let Some(member) = stack.pop() {
                    on_stack[member] = false;
                    group.push(member);
                    if member == node {
                        break;
                    }
                }
                groups.push(group);
            }
        }
    }
    groups
}

fn cycle(
    from: usize,
    need: &Need,
    needs: &[Vec<Need>],
    group_of: &[usize],
    rules: &[Rule],
    relations: &Relations,
) -> Diagnostic {
    // The shortest way back from what is needed to what needs it.
    let mut came: BTreeMap<usize, (usize, &Need)> = BTreeMap::new();
    let mut queue = VecDeque::from([need.on]);
    while let Some(node) = queue.pop_front() {
        if node == from {
            break;
        }
        for next in &needs[node] {
            if group_of[next.on] == group_of[from] && next.on != need.on && !came.contains_key(&next.on) {
                came.insert(next.on, (node, next));
                queue.push_back(next.on);
            }
        }
    }
    let mut way = Vec::new();
    let mut node = from;
    while node != need.on {
        let Some((before, step)) = came.get(&node) else { break };
        way.push((*before, *step));
        node = *before;
    }
    way.reverse();
    let name = |r: usize| &*relations.all[r].name;
    let (code, what, through) = match need.how {
        How::Aggregated | How::Growing => ("E0502", "an aggregate over", "aggregation"),
        _ => ("E0501", "the absence of", "negation"),
    };
    let mut words = format!("`{}` needs {what} `{}`", name(from), name(need.on));
    let message = format!("`{}` depends on itself through {through}", name(from));
    let mut error = Diagnostic::error(code, need.at, message).saying(format!(
        "rule \"{}\": `{}` needs {what} `{}`",
        rules[need.rule].name,
        name(from),
        name(need.on)
    ));
    for (node, step) in &way {
        let how = match step.how {
            How::Plain => "",
            How::Negated => "the absence of ",
            How::Aggregated | How::Growing => "an aggregate over ",
        };
        words.push_str(&format!(", which needs {how}`{}`", name(step.on)));
        let text =
            format!("rule \"{}\": `{}` needs {how}`{}`", rules[step.rule].name, name(*node), name(step.on));
        error = error.label(step.at, text);
    }
    let help = match need.how {
        How::Aggregated | How::Growing => {
            "break the cycle: aggregate over a relation that is complete before; a recursive least or greatest value \
             is written min(…) or max(…) in the head"
        }
        _ => {
            "break the cycle: negate a relation that is complete before, such as one that no rule of the cycle derives"
        }
    };
    let error = error.note(words);
    let why = match need.how {
        How::Growing => Some("a cycle with `min` or `max` in a head can't go through another aggregate"),
        _ => need.why,
    };
    match why {
        Some(why) => error.note(why).help(help),
        None => error.help(help),
    }
}
