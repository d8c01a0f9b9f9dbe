//! Transitive closure, source by source against a bitmap of what is reached.
//! A recursion of this one shape needs no rounds and drops every repeat at
//! once; where nobody asks for rounds, `condense` may be quicker still. All
//! other recursions go the general way.

use super::condense;
use super::limits::{Limits, Stop};
use crate::eval::rounds::Rounds;
use crate::logic::typed::{HeadTerm, Literal, RelationId, Rule, Term};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How a closure recurses; `R` is the relation, `E` a complete one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `R(x, z)` by `R(x, y), E(y, z)`.
    Left(RelationId),
    /// `R(x, z)` by `E(x, y), R(y, z)`.
    Right(RelationId),
    /// `R(x, z)` by `R(x, y), R(y, z)`.
    Both,
}

/// The shape of a rule, if it is a closure of the relation.
pub(super) fn shape(rule: &Rule, own: RelationId) -> Option<Shape> {
    let ([(head, to)], [Literal::Atom(first), Literal::Atom(second)]) = (&rule.heads[..], &rule.body[..])
    else {
        return None;
    };
    let pair = |terms: &[Term]| match terms {
        [Term::Var(a), Term::Var(b)] if a != b => Some((*a, *b)),
        _ => None,
    };
    let [HeadTerm::Term(Term::Var(x)), HeadTerm::Term(Term::Var(z))] = to[..] else { return None };
    let (mut one, mut two) = (first, second);
    if pair(&one.terms)?.1 != pair(&two.terms)?.0 {
        (one, two) = (two, one);
    }
    let ((from, middle), (again, end)) = (pair(&one.terms)?, pair(&two.terms)?);
    if *head != own || x == z || (from, end) != (x, z) || middle != again || middle == x || middle == z {
        return None;
    }
    match (one.relation == own, two.relation == own) {
        (true, true) => Some(Shape::Both),
        (true, false) => Some(Shape::Left(two.relation)),
        (false, true) => Some(Shape::Right(one.relation)),
        (false, false) => None,
    }
}

/// What a closure gives.
pub(super) struct Found {
    /// Sorted pairs.
    pub(super) cells: Vec<u32>,
    /// How many derivations it took.
    pub(super) steps: u64,
    pub(super) rounds: Option<Rounds>,
}

/// How far a pair was from what it started with; nothing where nobody asks.
trait Level: Copy + Default + PartialEq + Send {
    /// `None` where the distance is too great for the type.
    fn of(distance: u32) -> Option<Self>;
}

impl Level for () {
    fn of(_: u32) -> Option<()> {
        Some(())
    }
}

impl Level for u8 {
    fn of(distance: u32) -> Option<u8> {
        distance.try_into().ok()
    }
}

impl Level for u16 {
    fn of(distance: u32) -> Option<u16> {
        distance.try_into().ok()
    }
}

impl Level for u32 {
    fn of(distance: u32) -> Option<u32> {
        Some(distance)
    }
}

/// Successors of nodes, which are cells less the least one.
pub(super) struct Graph {
    starts: Vec<u32>,
    targets: Vec<u32>,
}

impl Graph {
    /// How many edges there are.
    pub(super) fn count(&self) -> usize {
        self.targets.len()
    }

    /// Of pairs sorted by their first cell, as far as they start from nodes.
    pub(super) fn new(pairs: &[[u32; 2]], nodes: &Nodes) -> Graph {
        let mut starts = vec![0; nodes.count + 1];
        let (low, high) = (nodes.least, nodes.least as usize + nodes.count);
        let from = pairs.partition_point(|p| p[0] < low);
        let to = pairs.partition_point(|p| (p[0] as usize) < high);
        let pairs = &pairs[from..to];
        pairs.iter().for_each(|p| starts[(p[0] - low) as usize + 1] += 1);
        for n in 0..nodes.count {
            starts[n + 1] += starts[n];
        }
        Graph { starts, targets: pairs.iter().map(|p| p[1] - low).collect() }
    }

    pub(super) fn of(&self, node: u32) -> &[u32] {
        &self.targets[self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize]
    }
}

/// The cells that a bitmap stands for.
pub(super) struct Nodes {
    pub(super) least: u32,
    pub(super) count: usize,
}

/// One closure to run.
struct Sweep<'a> {
    nodes: Nodes,
    edges: Graph,
    /// What reached nodes lead to in the end, where that is not themselves.
    last: Option<Graph>,
    base: &'a [[u32; 2]],
    given: &'a [[u32; 2]],
    /// Whether a step goes over rows that are themselves of the first round.
    behind: bool,
}

/// The closure of sorted rows. `None` where the cells lie too far apart for a
/// bitmap. Rounds are kept where it is told which rows are given.
pub(super) fn run(
    shape: Shape,
    base: &[u32],
    edges: &[u32],
    given: Option<&[u32]>,
    limits: &mut Limits,
    threads: usize,
) -> Result<Option<Found>, Stop> {
    let edges = if shape == Shape::Both { base } else { edges };
    let last = matches!(shape, Shape::Right(_)) && base != edges;
    let (base, edges) = (base.as_chunks::<2>().0, edges.as_chunks::<2>().0);
    // Sources need no place in the graph, unless it is gone through from them.
    let firsts = base.iter().map(|pair| &pair[0]).filter(|_| last);
    let cells = || base.iter().map(|pair| &pair[1]).chain(edges.iter().flatten()).chain(firsts.clone());
    let (Some(least), Some(most)) = (cells().min().copied(), cells().max().copied()) else {
        return Ok(Some(Found { cells: Vec::new(), steps: 0, rounds: given.map(|_| Rounds::All(0)) }));
    };
    let nodes = Nodes { least, count: (most - least) as usize + 1 };
    let few = base.len() + edges.len();
    if nodes.count > 16 * few + 4096 || few > u32::MAX as usize {
        return Ok(None);
    }
    let sweep = Sweep {
        edges: Graph::new(edges, &nodes),
        last: last.then(|| Graph::new(base, &nodes)),
        nodes,
        behind: shape == Shape::Both && given.is_some_and(|given| given.len() < 2 * base.len()),
        base: if last { edges } else { base },
        given: given.unwrap_or_default().as_chunks::<2>().0,
    };
    let found = |(cells, steps), rounds| Some(Found { cells, steps, rounds });
    if given.is_none() {
        if sweep.last.is_none() {
            let sources: Vec<_> = sweep.sources().collect();
            let threads = threads.min(sources.len() / SOURCES_A_THREAD);
            let all = condense::run(&sources, &sweep.edges, &sweep.nodes, limits, threads)?;
            if let Some(all) = all {
                return Ok(found(all, None));
            }
        }
        let (cells, steps, _) = sweep.all::<()>(limits, threads)?.unwrap_or_default();
        return Ok(found((cells, steps), None));
    }
    if let Some((cells, steps, rounds)) = sweep.all::<u8>(limits, threads)? {
        return Ok(found((cells, steps), Some(Rounds::Bytes(rounds))));
    }
    if let Some((cells, steps, rounds)) = sweep.all::<u16>(limits, threads)? {
        return Ok(found((cells, steps), Some(Rounds::Words(rounds))));
    }
    let (cells, steps, rounds) = sweep.all::<u32>(limits, threads)?.unwrap_or_default();
    Ok(found((cells, steps), Some(Rounds::Wide(rounds))))
}

/// Pairs, derivations, and the round of each pair.
type Part<L> = (Vec<u32>, u64, Vec<L>);

/// `None` where a round doesn't fit its type.
type Ended<L> = Result<Option<Part<L>>, Stop>;

/// Sources that are worth a thread of their own.
const SOURCES_A_THREAD: usize = 64;

impl<'a> Sweep<'a> {
    /// Each source with its rows.
    fn sources(&self) -> impl Iterator<Item = (u32, &'a [[u32; 2]])> {
        self.base.chunk_by(|a, b| a[0] == b[0]).map(|group| (group[0][0], group))
    }

    /// All pairs.
    fn all<L: Level>(&self, limits: &mut Limits, threads: usize) -> Ended<L> {
        // Those of what leads to a source, too.
        let mut sources: Vec<_> = self.sources().collect();
        if let Some(last) = &self.last {
            let starts = (0..self.nodes.count as u32).filter(|n| !last.of(*n).is_empty());
            sources.extend(starts.map(|n| (n + self.nodes.least, &[][..])));
            sources.sort_unstable_by_key(|source| source.0);
            sources.dedup_by_key(|source| source.0);
        }
        let threads = threads.min(sources.len() / SOURCES_A_THREAD);
        if threads < 2 {
            return self.some(&sources, limits);
        }
        let pieces: Vec<_> = sources.chunks(sources.len().div_ceil(threads * 8)).collect();
        let next = AtomicUsize::new(0);
        let found: Mutex<Vec<(usize, Ended<L>)>> = Mutex::default();
        let work = |mut limits: Limits| {
            loop {
                let n = next.fetch_add(1, Relaxed);
                let Some(piece) = pieces.get(n) else { break };
                let part = self.some::<L>(piece, &mut limits);
                if !matches!(part, Ok(Some(_))) {
                    next.store(pieces.len(), Relaxed);
                }
                found.lock().unwrap_or_else(PoisonError::into_inner).push((n, part));
            }
        };
        let split = limits.split(threads);
        thread::scope(|scope| split.into_iter().for_each(|limits| drop(scope.spawn(|| work(limits)))));
        let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
        found.sort_by_key(|f| f.0);
        let mut all: Part<L> = Part::default();
        for (_, part) in found {
            let Some((cells, steps, rounds)) = part? else { return Ok(None) };
            all.0.extend(cells);
            all.1 += steps;
            all.2.extend(rounds);
        }
        Ok(Some(all))
    }

    fn some<L: Level>(&self, sources: &[(u32, &[[u32; 2]])], limits: &mut Limits) -> Ended<L> {
        let mut found: Marks<L> = Marks::new(self.nodes.count);
        let mut through: Marks<()> = Marks::new(if self.last.is_some() { self.nodes.count } else { 0 });
        let (mut out, mut rounds): (Vec<u32>, Vec<L>) = Default::default();
        let (least, mut steps) = (self.nodes.least, 0);
        for (source, group) in sources {
            let before = steps;
            let first = |node: u32| {
                let given = self.given.binary_search(&[*source, node + least]).is_ok();
                L::of(u32::from(!given)).unwrap_or_default()
            };
            let (mut at, mut distance) = (0, 1u32);
            match &self.last {
                None => {
                    // Given rows come first; the others are a round behind.
                    let mut late = false;
                    for node in group.iter().map(|pair| pair[1] - least) {
                        let level = first(node);
                        if level == L::default() || self.behind {
                            found.mark(node, level);
                        } else {
                            late = true;
                        }
                    }
                    if !self.behind {
                        distance = 0;
                    }
                    while at < found.list.len() || late {
                        distance += 1;
                        let (Some(level), end) = (L::of(distance), found.list.len()) else { return Ok(None) };
                        while at < end {
                            let next = self.edges.of(found.list[at]);
                            steps += next.len() as u64;
                            next.iter().for_each(|node| found.mark(*node, level));
                            at += 1;
                        }
                        if late {
                            group.iter().for_each(|pair| found.mark(pair[1] - least, level));
                            late = false;
                        }
                    }
                }
                Some(last) => {
                    through.mark(source - least, ());
                    last.of(source - least).iter().for_each(|node| found.mark(*node, first(*node)));
                    while at < through.list.len() {
                        distance += 1;
                        let (Some(level), end) = (L::of(distance), through.list.len()) else {
                            return Ok(None);
                        };
                        while at < end {
                            for middle in self.edges.of(through.list[at]) {
                                if through.marked(*middle) {
                                    continue;
                                }
                                through.mark(*middle, ());
                                let next = last.of(*middle);
                                steps += next.len() as u64;
                                next.iter().for_each(|node| found.mark(*node, level));
                            }
                            at += 1;
                        }
                    }
                    through.drain(&mut |_, ()| {});
                }
            }
            limits.ticks(steps - before + found.list.len() as u64)?;
            out.reserve(2 * found.list.len());
            found.drain(&mut |node, level| {
                out.extend([*source, least + node]);
                rounds.push(level);
            });
            limits.check_rows(out.len() / 2, 2)?;
        }
        Ok(Some((out, steps, rounds)))
    }
}

/// Nodes marked for one source.
struct Marks<L> {
    bits: Vec<u64>,
    levels: Vec<L>,
    list: Vec<u32>,
}

impl<L: Level> Marks<L> {
    fn new(nodes: usize) -> Marks<L> {
        Marks { bits: vec![0; nodes.div_ceil(64)], levels: vec![L::default(); nodes], list: Vec::new() }
    }

    #[inline]
    fn marked(&self, node: u32) -> bool {
        self.bits[node as usize / 64] & 1 << (node % 64) != 0
    }

    /// Marks a node, unless it is already.
    #[inline]
    fn mark(&mut self, node: u32, level: L) {
        let (word, bit) = (&mut self.bits[node as usize / 64], 1 << (node % 64));
        if *word & bit == 0 {
            *word |= bit;
            self.list.push(node);
            self.levels[node as usize] = level;
        }
    }

    /// Takes all marks away, in order.
    #[inline]
    fn drain(&mut self, to: &mut impl FnMut(u32, L)) {
        if self.list.len() > self.bits.len() {
            for (n, word) in self.bits.iter_mut().enumerate() {
                let mut left = std::mem::take(word);
                while left != 0 {
                    let node = n as u32 * 64 + left.trailing_zeros();
                    to(node, self.levels[node as usize]);
                    left &= left - 1;
                }
            }
        } else {
            self.list.sort_unstable();
            for node in &self.list {
                self.bits[*node as usize / 64] = 0;
                to(*node, self.levels[*node as usize]);
            }
        }
        self.list.clear();
    }
}
