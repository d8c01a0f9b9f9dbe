//! Joins with a circle, where any join of two alone would be too large.

use super::random::Random;
use super::{Case, give, pairs};
use datafrog::{Iteration, Relation, RelationLeaper};
use katak::eval::Database;

fn graph(size: u32, edges: usize) -> Vec<[u32; 2]> {
    let mut random = Random::new(12);
    let nodes = 750 * size;
    let mut edges: Vec<[u32; 2]> =
        (0..edges * (size * size) as usize).map(|_| [random.skewed(nodes), random.below(nodes)]).collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// Triangles of a skewed graph.
pub fn triangles(size: u32) -> Case {
    let edges = graph(size, 15_000);
    let mut given = Database::new();
    give(&mut given, "edge", &edges);
    let edges = pairs(&edges);
    let by_hand = Box::new(move || {
        let edges = Relation::from_vec(edges.clone());
        let mut iteration = Iteration::new();
        let start = iteration.variable::<(u32, u32)>("edges");
        start.insert(edges.clone());
        let found = iteration.variable::<(u32, u32, u32)>("found");
        while iteration.changed() {
            found.from_leapjoin(
                &start,
                (edges.extend_with(|(_, y): &(u32, u32)| *y), edges.extend_with(|(x, _): &(u32, u32)| *x)),
                |(x, y), z| (*x, *y, *z),
            );
        }
        found.complete().len()
    });
    Case {
        name: "triangles",
        rules: "(relations: [edge(a: int, b: int), triangle(a: int, b: int, c: int)], rules: [
            (name: \"triangle\", then: triangle(x, y, z), when: [edge(x, y), edge(y, z), edge(x, z)])])",
        given,
        counted: &["triangle"],
        by_hand,
    }
}

/// Four nodes, each with an edge to all after it.
pub fn four_cliques(size: u32) -> Case {
    let edges = graph(size, 6_000);
    let mut given = Database::new();
    give(&mut given, "edge", &edges);
    let edges = pairs(&edges);
    let by_hand = Box::new(move || {
        let edges = Relation::from_vec(edges.clone());
        let mut iteration = Iteration::new();
        let start = iteration.variable::<(u32, u32)>("edges");
        start.insert(edges.clone());
        let three = iteration.variable::<(u32, u32, u32)>("three");
        let four = iteration.variable::<(u32, u32, u32, u32)>("four");
        while iteration.changed() {
            three.from_leapjoin(
                &start,
                (edges.extend_with(|(_, y): &(u32, u32)| *y), edges.extend_with(|(x, _): &(u32, u32)| *x)),
                |(x, y), z| (*x, *y, *z),
            );
            four.from_leapjoin(
                &three,
                (
                    edges.extend_with(|(x, _, _): &(u32, u32, u32)| *x),
                    edges.extend_with(|(_, y, _): &(u32, u32, u32)| *y),
                    edges.extend_with(|(_, _, z): &(u32, u32, u32)| *z),
                ),
                |(x, y, z), w| (*x, *y, *z, *w),
            );
        }
        four.complete().len()
    });
    Case {
        name: "four-cliques",
        rules: "(relations: [edge(a: int, b: int), clique(a: int, b: int, c: int, d: int)], rules: [
            (name: \"clique\", then: clique(x, y, z, w), when: [
                edge(x, y), edge(x, z), edge(x, w), edge(y, z), edge(y, w), edge(z, w)])])",
        given,
        counted: &["clique"],
        by_hand,
    }
}
