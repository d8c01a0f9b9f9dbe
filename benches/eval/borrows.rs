//! The borrow checker's rules in their plain form, after Polonius.

use super::random::Random;
use super::{Case, give};
use datafrog::{Iteration, Relation, RelationLeaper};
use katak::eval::Database;

type Three = (u32, u32, u32);

/// A random control flow with loans, regions and what is live where.
pub fn naive_rules(size: u32) -> Case {
    let mut random = Random::new(14);
    let (points, regions) = (150 * size, 60 * size);
    let mut flow: Vec<[u32; 2]> = (1..points).map(|p| [p - 1, p]).collect();
    flow.extend((0..points / 10).map(|_| [random.below(points), random.below(points)]));
    flow.sort_unstable();
    flow.dedup();
    // A region is live over some stretch.
    let mut live: Vec<[u32; 2]> = Vec::new();
    for region in 0..regions {
        let (from, length) = (random.below(points), random.below(points) + points / 10);
        live.extend((from..(from + length).min(points)).map(|p| [region, p]));
    }
    live.sort_unstable();
    let three = |random: &mut Random, count: u32, a: u32, b: u32| {
        let mut rows: Vec<[u32; 3]> =
            (0..count).map(|_| [random.below(a), random.below(b), random.below(points)]).collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    };
    let outlives = three(&mut random, regions * 4, regions, regions);
    let loans = regions / 2;
    let issued = three(&mut random, loans, regions, loans);
    let killed = random.pairs(points as usize / 4, loans, points);
    let invalid = random.pairs(points as usize, points, loans);
    let mut given = Database::new();
    give(&mut given, "flow", &flow);
    give(&mut given, "live", &live);
    give(&mut given, "outlives", &outlives);
    give(&mut given, "issued", &issued);
    give(&mut given, "killed", &killed);
    give(&mut given, "invalid", &invalid);
    let by_hand = Box::new(move || {
        let pair = |rows: &[[u32; 2]]| rows.iter().map(|[a, b]| (*a, *b)).collect::<Relation<_>>();
        let (flow, live, killed) = (pair(&flow), pair(&live), pair(&killed));
        let mut iteration = Iteration::new();
        let subset = iteration.variable::<Three>("subset (from, to, at)");
        let first = iteration.variable::<((u32, u32), u32)>("subset by (to, at)");
        let second = iteration.variable::<((u32, u32), u32)>("subset by (from, at)");
        let holds = iteration.variable::<Three>("holds (region, loan, at)");
        let held = iteration.variable::<((u32, u32), u32)>("holds by (region, at)");
        subset.extend(outlives.iter().map(|[a, b, p]| (*a, *b, *p)));
        holds.extend(issued.iter().map(|[r, l, p]| (*r, *l, *p)));
        while iteration.changed() {
            first.from_map(&subset, |(a, b, p)| ((*b, *p), *a));
            second.from_map(&subset, |(a, b, p)| ((*a, *p), *b));
            held.from_map(&holds, |(r, l, p)| ((*r, *p), *l));
            subset.from_join(&first, &second, |(_, p), a, c| (*a, *c, *p));
            subset.from_leapjoin(
                &subset,
                (
                    flow.extend_with(|(_, _, p): &Three| *p),
                    live.extend_with(|(a, _, _): &Three| *a),
                    live.extend_with(|(_, b, _): &Three| *b),
                ),
                |(a, b, _), q| (*a, *b, *q),
            );
            holds.from_join(&held, &second, |(_, p), l, b| (*b, *l, *p));
            holds.from_leapjoin(
                &holds,
                (
                    killed.filter_anti(|(_, l, p): &Three| (*l, *p)),
                    flow.extend_with(|(_, _, p): &Three| *p),
                    live.extend_with(|(r, _, _): &Three| *r),
                ),
                |(r, l, _), q| (*r, *l, *q),
            );
        }
        let (subset, holds) = (subset.complete(), holds.complete());
        let is_live = |r: u32, p: u32| live.binary_search(&(r, p)).is_ok();
        let live_loans: Relation<(u32, u32)> =
            holds.iter().filter(|(r, _, p)| is_live(*r, *p)).map(|(_, l, p)| (*p, *l)).collect();
        let errors: Relation<(u32, u32)> = invalid
            .iter()
            .map(|[p, l]| (*p, *l))
            .filter(|pair| live_loans.binary_search(pair).is_ok())
            .collect();
        subset.len() + holds.len() + live_loans.len() + errors.len()
    });
    Case {
        name: "borrows, Polonius",
        rules: "(relations: [flow(a: int, b: int), live(r: int, p: int), outlives(a: int, b: int, p: int), issued(r: int, l: int, p: int), killed(l: int, p: int), invalid(p: int, l: int), subset(a: int, b: int, p: int), holds(r: int, l: int, p: int), live_loan(l: int, p: int), error(p: int, l: int)], rules: [
            (name: \"outlives\", then: subset(a, b, p), when: [outlives(a, b, p)]),
            (name: \"transitive\", then: subset(a, c, p), when: [subset(a, b, p), subset(b, c, p)]),
            (name: \"flows on\", then: subset(a, b, q), when: [subset(a, b, p), flow(p, q), live(a, q), live(b, q)]),
            (name: \"issued\", then: holds(r, l, p), when: [issued(r, l, p)]),
            (name: \"passed\", then: holds(b, l, p), when: [holds(a, l, p), subset(a, b, p)]),
            (name: \"kept\", then: holds(r, l, q), when: [holds(r, l, p), not(killed(l, p)), flow(p, q), live(r, q)]),
            (name: \"live\", then: live_loan(l, p), when: [holds(r, l, p), live(r, p)]),
            (name: \"error\", then: error(p, l), when: [invalid(p, l), live_loan(l, p)])])",
        given,
        counted: &["subset", "holds", "live_loan", "error"],
        by_hand,
    }
}
