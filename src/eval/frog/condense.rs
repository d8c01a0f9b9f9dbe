//! A closure by what reaches the same: nodes that reach each other are one
//! component, what a component reaches is a row of bits, made from the rows of
//! those that it leads to. Rounds are not kept.

use super::closure::{Graph, Nodes};
use super::limits::{Limits, Stop};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;

/// Bytes that all components' bits may take.
const MOST_BYTES: usize = 16 << 20;
/// Words of bits for each edge, at most: where few pairs come of many nodes,
/// going from node to node is cheaper.
const WORDS_AN_EDGE: usize = 64;
/// How many sources must reach just what a component reaches, to make it a list.
const SHARED: u32 = 4;
/// No component.
const NONE: u32 = u32::MAX;

/// Sources, each with the pairs that it starts with.
pub(super) type Sources<'a> = &'a [(u32, &'a [[u32; 2]])];

/// What components reach.
struct Reach<'a> {
    edges: &'a Graph,
    /// Each node's component, if it leads anywhere; those that it leads to have
    /// lower numbers.
    component: Vec<u32>,
    words: usize,
    bits: Vec<u64>,
}

/// The nodes that components reach just as some sources do.
struct List {
    nodes: Vec<u32>,
    steps: u64,
}

/// What each source leads to along edges, in order, and how many derivations
/// that stands for; `None` where that would take too much memory.
pub(super) fn run(
    sources: Sources,
    edges: &Graph,
    nodes: &Nodes,
    limits: &mut Limits,
    threads: usize,
) -> Result<Option<(Vec<u32>, u64)>, Stop> {
    let words = nodes.count.div_ceil(64);
    let (component, count) = components(edges, nodes.count);
    let pairs = edges.count() + sources.iter().map(|source| source.1.len()).sum::<usize>();
    if count.saturating_mul(words) > (WORDS_AN_EDGE * pairs).min(MOST_BYTES / 8) {
        return Ok(None);
    }
    let mut reach = Reach { edges, component, words, bits: vec![0; count * words] };
    reach.fill(nodes.count, count);
    limits.check_time()?;
    let least = nodes.least;
    // Each source's number of nodes, and the component that reaches the same.
    let (mut same, mut uses, mut total) = (Vec::with_capacity(sources.len()), vec![0u32; count], 0);
    let mut union = vec![0; words];
    for (_, group) in sources {
        let only = reach.union(group, least, &mut union);
        if let Some(times) = uses.get_mut(only as usize) {
            *times += 1;
        }
        let found: usize = union.iter().map(|word| word.count_ones() as usize).sum();
        same.push((found, only));
        total += found;
        limits.ticks(words as u64)?;
    }
    limits.check_rows(total, 2)?;
    let list = |n: usize| {
        (uses[n] >= SHARED).then(|| {
            let mut nodes = Vec::new();
            each(reach.of(n as u32), |node| nodes.push(node + least));
            let steps = nodes.iter().map(|node| edges.of(node - least).len() as u64).sum();
            List { nodes, steps }
        })
    };
    let lists: Vec<Option<List>> = (0..count).map(list).collect();
    let mut out = vec![[0u32; 2]; total];
    let steps = AtomicU64::new(0);
    let work = |some: Sources, same: &[(usize, u32)], mut out: &mut [[u32; 2]]| {
        let (mut union, mut taken) = (vec![0; reach.words], 0u64);
        for ((source, group), (found, only)) in some.iter().zip(same) {
            let (mine, rest) = out.split_at_mut(*found);
            out = rest;
            if let Some(Some(list)) = lists.get(*only as usize) {
                mine.iter_mut().zip(&list.nodes).for_each(|(to, node)| *to = [*source, *node]);
                taken += list.steps;
                continue;
            }
            let bits = match *only {
                NONE => {
                    reach.union(group, least, &mut union);
                    &union
                }
                only => reach.of(only),
            };
            let mut places = mine.iter_mut();
            each(bits, |node| {
                taken += edges.of(node).len() as u64;
                if let Some(place) = places.next() {
                    *place = [*source, node + least];
                }
            });
        }
        steps.fetch_add(taken, Relaxed);
    };
    let threads = threads.clamp(1, sources.len().max(1));
    thread::scope(|scope| {
        let (mut rest, mut from) = (&mut out[..], 0);
        for n in 1..=threads {
            let to = sources.len() * n / threads;
            let rows = same[from..to].iter().map(|same| same.0).sum();
            let (mine, later) = rest.split_at_mut(rows);
            let (some, same, work) = (&sources[from..to], &same[from..to], &work);
            if n == threads {
                work(some, same, mine);
            } else {
                scope.spawn(move || work(some, same, mine));
            }
            (rest, from) = (later, to);
        }
    });
    Ok(Some((out.into_flattened(), steps.into_inner())))
}

impl Reach<'_> {
    fn of(&self, component: u32) -> &[u64] {
        &self.bits[component as usize * self.words..(component as usize + 1) * self.words]
    }

    /// Makes all bits: components go in the order of their numbers.
    fn fill(&mut self, nodes: usize, count: usize) {
        let mut members: Vec<u32> = (0..nodes as u32).collect();
        members.retain(|node| self.component[*node as usize] != NONE);
        members.sort_unstable_by_key(|node| self.component[*node as usize]);
        let mut taken = vec![NONE; count];
        for group in members.chunk_by(|a, b| self.component[*a as usize] == self.component[*b as usize]) {
            let own = self.component[group[0] as usize];
            let (below, mine) = self.bits.split_at_mut(own as usize * self.words);
            let mine = &mut mine[..self.words];
            for node in group {
                mine[*node as usize / 64] |= 1 << (node % 64);
                for next in self.edges.of(*node) {
                    let other = self.component[*next as usize];
                    if other == NONE {
                        mine[*next as usize / 64] |= 1 << (next % 64);
                    } else if other < own && taken[other as usize] != own {
                        let other = other as usize;
                        taken[other] = own;
                        let theirs = &below[other * self.words..(other + 1) * self.words];
                        mine.iter_mut().zip(theirs).for_each(|(to, word)| *to |= word);
                    }
                }
            }
        }
    }

    /// What a source's pairs lead to; the component that reaches the same, if
    /// one is seen to.
    fn union(&self, group: &[[u32; 2]], least: u32, union: &mut [u64]) -> u32 {
        union.fill(0);
        let (mut only, mut parts) = (NONE, 0);
        for node in group.iter().map(|pair| pair[1] - least) {
            // What is reached already leads to nothing new.
            if union[node as usize / 64] & 1 << (node % 64) != 0 {
                continue;
            }
            parts += 1;
            only = self.component[node as usize];
            if only == NONE {
                union[node as usize / 64] |= 1 << (node % 64);
                continue;
            }
            union.iter_mut().zip(self.of(only)).for_each(|(to, word)| *to |= word);
        }
        if only != NONE && parts > 1 && *union != *self.of(only) { NONE } else { only }
    }
}

/// The places of bits, in order.
#[inline]
fn each(bits: &[u64], mut to: impl FnMut(u32)) {
    for (n, word) in bits.iter().enumerate() {
        let mut left = *word;
        while left != 0 {
            to(n as u32 * 64 + left.trailing_zeros());
            left &= left - 1;
        }
    }
}

/// The strongly connected components by Tarjan: each node's, and how many;
/// those that lead nowhere are left out.
fn components(edges: &Graph, nodes: usize) -> (Vec<u32>, usize) {
    let (mut component, mut count) = (vec![NONE; nodes], 0);
    let (mut low, mut entered) = (vec![0u32; nodes], 0);
    let mut open: Vec<u32> = Vec::new();
    // Nodes being gone through, each with its next edge.
    let mut path: Vec<(u32, usize)> = Vec::new();
    for start in 0..nodes as u32 {
        if low[start as usize] > 0 || edges.of(start).is_empty() {
            continue;
        }
        path.push((start, 0));
        while let Some((node, at)) = path.pop() {
            let n = node as usize;
            if at == 0 {
                entered += 1;
                low[n] = entered;
                open.push(node);
            }
            let mut deeper = None;
            for (place, next) in edges.of(node).iter().enumerate().skip(at) {
                if low[*next as usize] == 0 && !edges.of(*next).is_empty() {
                    deeper = Some((place + 1, *next));
                    break;
                }
            }
            if let Some((at, next)) = deeper {
                path.push((node, at));
                path.push((next, 0));
                continue;
            }
            let own = low[n];
            let open_low = |next: &&u32| component[**next as usize] == NONE && low[**next as usize] > 0;
            let least = edges.of(node).iter().filter(open_low).map(|next| low[*next as usize]).min();
            low[n] = own.min(least.unwrap_or(own));
            if low[n] == own {
                while let Some(member) = open.pop() {
                    component[member as usize] = count as u32;
                    if member == node {
                        break;
                    }
                }
                count += 1;
            }
        }
    }
    (component, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_that_reach_each_other_are_one_component_below_those_before_it() {
        let pairs = [[0, 1], [1, 2], [2, 0], [2, 3], [3, 4], [4, 3], [5, 5], [6, 0], [6, 4], [7, 6], [7, 8]];
        let nodes = Nodes { least: 0, count: 9 };
        let edges = Graph::new(&pairs, &nodes);
        let (component, count) = components(&edges, 9);
        assert_eq!((count, component[8]), (5, NONE));
        assert!(component[0] == component[1] && component[1] == component[2]);
        assert!(component[3] == component[4] && component[3] < component[0]);
        assert!(component[0] < component[6] && component[6] < component[7]);
    }
}
