//! Who is of the same generation in a random tree.

use super::random::Random;
use super::{Case, give};
use datafrog::{Iteration, Relation};
use katak::eval::Database;

/// Nodes as far from a common ancestor.
pub fn same_generation(size: u32) -> Case {
    let mut random = Random::new(9);
    let up: Vec<[u32; 2]> = (1..2_500 * size).map(|n| [n, random.below(n)]).collect();
    let mut given = Database::new();
    give(&mut given, "up", &up);
    let by_hand = Box::new(move || {
        let children: Relation<(u32, u32)> = up.iter().map(|[x, p]| (*p, *x)).collect();
        let mut iteration = Iteration::new();
        let same = iteration.variable::<(u32, u32)>("same");
        let half = iteration.variable::<(u32, u32)>("half");
        same.insert(Relation::from_join(&children, &children, |_, x, y| (*x, *y)));
        while iteration.changed() {
            half.from_join(&same, &children, |_, b, x| (*b, *x));
            same.from_join(&half, &children, |_, x, y| (*x, *y));
        }
        same.complete().len()
    });
    Case {
        name: "same generation",
        rules: "(relations: [up(a: int, b: int), same(a: int, b: int)], rules: [
            (name: \"siblings\", then: same(x, y), when: [up(x, p), up(y, p)]),
            (name: \"cousins\", then: same(x, y), when: [up(x, a), same(a, b), up(y, b)])])",
        given,
        counted: &["same"],
        by_hand,
    }
}
