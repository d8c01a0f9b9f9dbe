//! Transitive closure, source by source against a bitmap of what is reached.
//! A recursion of this one shape needs no rounds and drops every repeat at
//! once; all others go the general way.

use super::limits::{Limits, Stop};
use crate::eval::rows;
use crate::logic::typed::{HeadTerm, Literal, RelationId, Rule, Term};

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

/// Successors of nodes, which are cells less the least one.
struct Graph {
    starts: Vec<u32>,
    targets: Vec<u32>,
}

impl Graph {
    /// Of pairs sorted by their first cell.
    fn new(pairs: &[[u32; 2]], least: u32, nodes: usize) -> Graph {
        let mut starts = vec![0; nodes + 1];
        pairs.iter().for_each(|p| starts[(p[0] - least) as usize + 1] += 1);
        for n in 0..nodes {
            starts[n + 1] += starts[n];
        }
        Graph { starts, targets: pairs.iter().map(|p| p[1] - least).collect() }
    }

    fn of(&self, node: u32) -> &[u32] {
        &self.targets[self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize]
    }
}

/// The closure of sorted rows, and how many derivations it took. `None` where
/// the cells lie too far apart for a bitmap.
pub(super) fn run(
    shape: Shape,
    base: &[u32],
    edges: &[u32],
    limits: &mut Limits,
) -> Result<Option<(Vec<u32>, u64)>, Stop> {
    let edges = if shape == Shape::Both { base } else { edges };
    let turned = matches!(shape, Shape::Right(_)) && base != edges;
    if turned {
        let (base, edges) = (rows::project(base, 2, &[1, 0], 2), rows::project(edges, 2, &[1, 0], 2));
        let Some((turned, steps)) = sweep(&base, &edges, limits)? else { return Ok(None) };
        return Ok(Some((rows::project(&turned, 2, &[1, 0], 2), steps)));
    }
    sweep(base, edges, limits)
}

fn sweep(base: &[u32], edges: &[u32], limits: &mut Limits) -> Result<Option<(Vec<u32>, u64)>, Stop> {
    let (base, edges) = (base.as_chunks::<2>().0, edges.as_chunks::<2>().0);
    // Sources need no place in the graph.
    let cells = || base.iter().map(|pair| &pair[1]).chain(edges.iter().flatten());
    let (Some(least), Some(most)) = (cells().min().copied(), cells().max().copied()) else {
        return Ok(Some((Vec::new(), 0)));
    };
    let nodes = (most - least) as usize + 1;
    if nodes > 16 * (base.len() + edges.len()) + 4096 || edges.len() > u32::MAX as usize {
        return Ok(None);
    }
    let graph = Graph::new(edges, least, nodes);
    let mut reached = vec![0u64; nodes.div_ceil(64)];
    let mut list: Vec<u32> = Vec::new();
    let mut out: Vec<u32> = Vec::new();
    let mut steps = 0;
    for group in base.chunk_by(|a, b| a[0] == b[0]) {
        list.clear();
        let mut reach = |node: u32, list: &mut Vec<u32>| {
            let (word, bit) = (&mut reached[node as usize / 64], 1 << (node % 64));
            if *word & bit == 0 {
                *word |= bit;
                list.push(node);
            }
        };
        group.iter().for_each(|pair| reach(pair[1] - least, &mut list));
        let (mut at, before) = (0, steps);
        while at < list.len() {
            let next = graph.of(list[at]);
            steps += next.len() as u64;
            next.iter().for_each(|node| reach(*node, &mut list));
            at += 1;
        }
        let source = group[0][0];
        if list.len() > reached.len() {
            for (n, word) in reached.iter_mut().enumerate() {
                let mut bits = std::mem::take(word);
                while bits != 0 {
                    out.extend([source, least + n as u32 * 64 + bits.trailing_zeros()]);
                    bits &= bits - 1;
                }
            }
        } else {
            list.sort_unstable();
            for node in &list {
                reached[*node as usize / 64] = 0;
                out.extend([source, least + node]);
            }
        }
        limits.ticks(steps - before + list.len() as u64)?;
        limits.check_rows(out.len() / 2, 2)?;
    }
    Ok(Some((out, steps)))
}
