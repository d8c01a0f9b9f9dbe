//! Transitive closure, source by source against a bitmap of what is reached.
//! A recursion of this one shape needs no rounds and drops every repeat at
//! once; `condense` may be quicker still. Rounds are `sought` when a proof wants
//! them. All other recursions go the general way.

use super::condense;
use super::limits::{Limits, Stop};
use super::sought::Sought;
use crate::eval::rounds::Rounds;
use crate::logic::typed::{HeadTerm, Literal, RelationId, Rule, Term};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
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
#[derive(Debug)]
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

/// One closure to run, over sorted pairs.
#[derive(Debug)]
pub(super) struct Closure {
    shape: Shape,
    base: Arc<Vec<u32>>,
    edges: Arc<Vec<u32>>,
    /// The rows of the base that are given, where rounds are asked for.
    given: Option<Arc<Vec<u32>>>,
    least: u32,
    count: usize,
}

impl Closure {
    /// `None` where the cells lie too far apart for a bitmap.
    pub(super) fn new(
        shape: Shape,
        base: Arc<Vec<u32>>,
        edges: Arc<Vec<u32>>,
        given: Option<Arc<Vec<u32>>>,
    ) -> Option<Closure> {
        let edges = if shape == Shape::Both || base == edges { base.clone() } else { edges };
        let mut closure = Closure { shape, base, edges, given, least: 0, count: 0 };
        let (base, edges) = (closure.base.as_chunks::<2>().0, closure.edges.as_chunks::<2>().0);
        // Sources need no place in the graph, unless it is gone through from them.
        let firsts = base.iter().map(|pair| &pair[0]).filter(|_| closure.ends_elsewhere());
        let mut cells = base.iter().map(|pair| &pair[1]).chain(edges.iter().flatten()).chain(firsts);
        if let Some(first) = cells.next() {
            let (least, most) = cells.fold((*first, *first), |(low, high), c| (low.min(*c), high.max(*c)));
            (closure.least, closure.count) = (least, (most - least) as usize + 1);
        }
        let few = base.len() + edges.len();
        (closure.count <= 16 * few + 4096 && few <= u32::MAX as usize).then_some(closure)
    }

    /// Whether what is reached along the edges is not yet what is found.
    fn ends_elsewhere(&self) -> bool {
        matches!(self.shape, Shape::Right(_)) && !Arc::ptr_eq(&self.base, &self.edges)
    }

    /// All pairs.
    pub(super) fn run(self, limits: &mut Limits, threads: usize) -> Result<Found, Stop> {
        let sweep = self.sweep(self.graphs());
        let mut condensed = None;
        if sweep.last.is_none() {
            let sources: Vec<_> = sweep.sources().collect();
            let threads = threads.min(sources.len() / SOURCES_A_THREAD);
            condensed = condense::run(&sources, &sweep.edges, &sweep.nodes, limits, threads)?;
        }
        let (cells, steps) = match condensed {
            Some(all) => all,
            None => {
                let (cells, steps, _) = sweep.all::<()>(limits, threads)?.unwrap_or_default();
                (cells, steps)
            }
        };
        let rows = cells.len() / 2;
        Ok(Found { cells, steps, rounds: self.rounds(rows, threads) })
    }

    /// The rounds of so many pairs, if they are asked for.
    pub(super) fn rounds(self, rows: usize, threads: usize) -> Option<Rounds> {
        self.given.is_some().then(|| Rounds::Later(Arc::new(Sought::new(self, rows, threads))))
    }

    /// The rounds of all pairs.
    pub(super) fn all_rounds(&self, graphs: Graphs, threads: usize) -> Rounds {
        let (sweep, limits) = (self.sweep(graphs), &mut Limits::none());
        if let Ok(Some((_, _, rounds))) = sweep.all::<u8>(limits, threads) {
            return Rounds::Bytes(rounds);
        }
        if let Ok(Some((_, _, rounds))) = sweep.all::<u16>(limits, threads) {
            return Rounds::Words(rounds);
        }
        let (_, _, rounds) = sweep.all::<u32>(limits, threads).unwrap_or_default().unwrap_or_default();
        Rounds::Wide(rounds)
    }

    /// The nodes found from one source, each with its round; and how much work
    /// it was.
    pub(super) fn rounds_from(&self, source: u32, graphs: Graphs) -> (Vec<(u32, u32)>, usize) {
        let sweep = self.sweep(graphs);
        let from = sweep.base.partition_point(|pair| pair[0] < source);
        let group = sweep.base[from..].chunk_by(|a, b| a[0] == b[0]).next();
        let group = group.filter(|group| group[0][0] == source).unwrap_or_default();
        let found = sweep.some::<u32>(&[(source, group)], &mut Limits::none());
        let (cells, _, rounds) = found.unwrap_or_default().unwrap_or_default();
        let work = cells.len() + self.count / 8;
        (cells.as_chunks::<2>().0.iter().map(|pair| pair[1]).zip(rounds).collect(), work)
    }

    /// What every sweep goes through.
    pub(super) fn graphs(&self) -> Graphs {
        let nodes = Nodes { least: self.least, count: self.count };
        let graph = |pairs: &[u32]| Arc::new(Graph::new(pairs.as_chunks::<2>().0, &nodes));
        Graphs { edges: graph(&self.edges), last: self.ends_elsewhere().then(|| graph(&self.base)) }
    }

    pub(super) fn sweep(&self, graphs: Graphs) -> Sweep<'_> {
        let (base, edges) = (self.base.as_chunks::<2>().0, self.edges.as_chunks::<2>().0);
        let given = self.given.as_deref().map_or(&[][..], |given| given.as_chunks::<2>().0);
        let Graphs { edges: along, last } = graphs;
        Sweep {
            nodes: Nodes { least: self.least, count: self.count },
            edges: along,
            behind: !matches!(self.shape, Shape::Left(_)) && self.given.is_some() && given.len() < base.len(),
            base: if last.is_some() { edges } else { base },
            last,
            given,
        }
    }
}

/// The graphs of a closure.
#[derive(Debug, Clone)]
pub(super) struct Graphs {
    edges: Arc<Graph>,
    /// What reached nodes lead to in the end, where that is not themselves.
    last: Option<Arc<Graph>>,
}

/// A closure with its graph.
pub(super) struct Sweep<'a> {
    nodes: Nodes,
    edges: Arc<Graph>,
    last: Option<Arc<Graph>>,
    base: &'a [[u32; 2]],
    given: &'a [[u32; 2]],
    /// Whether a step goes over rows that are themselves of the first round.
    behind: bool,
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
