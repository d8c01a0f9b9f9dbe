//! Transitive closure, of three kinds of graphs.

use super::random::Random;
use super::{Case, give, pairs};
use datafrog::{Iteration, Relation};
use katak::eval::Database;

const RULES: &str = "(relations: [edge(a: int, b: int), path(a: int, b: int)], rules: [
    (name: \"step\", then: path(x, y), when: [edge(x, y)]),
    (name: \"steps\", then: path(x, z), when: [path(x, y), edge(y, z)])])";

fn case(name: &'static str, edges: Vec<[u32; 2]>) -> Case {
    let mut given = Database::new();
    give(&mut given, "edge", &edges);
    let edges = pairs(&edges);
    let by_hand = Box::new(move || {
        let edges = Relation::from_vec(edges.clone());
        let mut iteration = Iteration::new();
        let path = iteration.variable::<(u32, u32)>("path, turned");
        path.extend(edges.iter().map(|(x, y)| (*y, *x)));
        while iteration.changed() {
            path.from_join(&path, &edges, |_, x, z| (*z, *x));
        }
        path.complete().len()
    });
    Case { name, rules: RULES, given, counted: &["path"], by_hand }
}

/// Two edges a node.
pub fn random_graph(size: u32) -> Case {
    let nodes = 900 * size;
    case("closure, random graph", Random::new(7).pairs(2 * nodes as usize, nodes, nodes))
}

/// One long chain.
pub fn chain(size: u32) -> Case {
    case("closure, chain", (0..750 * size).map(|n| [n, n + 1]).collect())
}

/// Twenty edges a node: each pair is found by many ways.
pub fn dense(size: u32) -> Case {
    let nodes = 400 * size;
    case("closure, dense graph", Random::new(8).pairs(20 * nodes as usize, nodes, nodes))
}
