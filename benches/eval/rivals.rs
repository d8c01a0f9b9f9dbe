//! Companies with the same rival that are no partners, counted by pair.

use super::random::Random;
use super::{Case, give, pairs};
use datafrog::Relation;
use katak::eval::Database;

/// Some companies have far more rivals than others.
pub fn shared_rivals(size: u32) -> Case {
    let mut random = Random::new(13);
    let n = 500 * size;
    let mut rival: Vec<[u32; 2]> =
        (0..25 * n as usize).map(|_| [random.below(n), random.skewed(n)]).collect();
    rival.sort_unstable();
    rival.dedup();
    let partner = random.pairs(n as usize * 4, n, n);
    let mut given = Database::new();
    give(&mut given, "rival", &rival);
    give(&mut given, "partner", &partner);
    let (rival, partner) = (pairs(&rival), pairs(&partner));
    let by_hand = Box::new(move || {
        let by_rival: Relation<(u32, u32)> = rival.iter().map(|(a, r)| (*r, *a)).collect();
        let partners = Relation::from_vec(partner.clone());
        let mut shared: Vec<(u32, u32, u32)> = Vec::new();
        for group in by_rival.chunk_by(|a, b| a.0 == b.0) {
            for (n, (r, a)) in group.iter().enumerate() {
                for (_, b) in &group[n + 1..] {
                    if partners.binary_search(&(*a, *b)).is_err() {
                        shared.push((*a, *b, *r));
                    }
                }
            }
        }
        let shared: Relation<(u32, u32, u32)> = Relation::from_vec(shared);
        let counted = shared.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1));
        let counted: Relation<(u32, u32, u32)> = counted.map(|g| (g[0].0, g[0].1, g.len() as u32)).collect();
        shared.len() + counted.len()
    });
    Case {
        name: "shared rivals, counted",
        rules: "(relations: [rival(a: int, b: int), partner(a: int, b: int), shared(a: int, b: int, r: int), counted(a: int, b: int, n: int)], rules: [
            (name: \"shared\", then: shared(a, b, r), when: [rival(a, r), rival(b, r), lt(a, b), not(partner(a, b))]),
            (name: \"counted\", then: counted(a, b, n), when: [shared(a, b, _), eq(n, count(r, [shared(a, b, r)]))])])",
        given,
        counted: &["shared", "counted"],
        by_hand,
    }
}
