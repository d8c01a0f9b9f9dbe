//! Context-sensitive pointer analysis (CSPA): value flow and aliases.

use super::random::Random;
use super::{Case, give, pairs};
use datafrog::{Iteration, Relation};
use katak::eval::Database;

/// Aliases in a random program.
pub fn pointer_aliases(size: u32) -> Case {
    let mut random = Random::new(11);
    let n = 200 * size;
    let count = n as usize;
    let assign = random.pairs(count * 3 / 4, n, n);
    let dereference = random.pairs(count / 2, n, n);
    let mut given = Database::new();
    give(&mut given, "assign", &assign);
    give(&mut given, "dereference", &dereference);
    let (assign, dereference) = (pairs(&assign), pairs(&dereference));
    let by_hand = Box::new(move || {
        let assigned: Relation<(u32, u32)> = assign.iter().map(|(x, z)| (*z, *x)).collect();
        let dereference = Relation::from_vec(dereference.clone());
        let mut iteration = Iteration::new();
        let flow = iteration.variable::<(u32, u32)>("flow");
        let turned = iteration.variable::<(u32, u32)>("flow, turned");
        let memory = iteration.variable::<(u32, u32)>("memory alias");
        let alias = iteration.variable::<(u32, u32)>("value alias");
        let reached = iteration.variable::<(u32, u32)>("flow to memory");
        let half = iteration.variable::<(u32, u32)>("half dereferenced");
        let same = || assign.iter().flat_map(|(x, y)| [(*x, *x), (*y, *y)]);
        flow.extend(assign.iter().copied().chain(same()));
        memory.extend(same());
        while iteration.changed() {
            turned.from_map(&flow, |(x, z)| (*z, *x));
            flow.from_join(&turned, &flow, |_, x, y| (*x, *y));
            flow.from_join(&memory, &assigned, |_, y, x| (*x, *y));
            half.from_join(&alias, &dereference, |_, z, x| (*z, *x));
            memory.from_join(&half, &dereference, |_, x, w| (*x, *w));
            alias.from_join(&flow, &flow, |_, x, y| (*x, *y));
            reached.from_join(&flow, &memory, |_, x, w| (*w, *x));
            alias.from_join(&reached, &flow, |_, x, y| (*x, *y));
        }
        flow.complete().len() + memory.complete().len() + alias.complete().len()
    });
    Case {
        name: "pointer aliases, CSPA",
        rules: "(relations: [assign(a: int, b: int), dereference(a: int, b: int), flow(a: int, b: int), memory(a: int, b: int), alias(a: int, b: int)], rules: [
            (name: \"assigned\", then: flow(y, x), when: [assign(y, x)]),
            (name: \"itself\", then: [flow(x, x), memory(x, x)], when: [assign(x, _)]),
            (name: \"itself too\", then: [flow(x, x), memory(x, x)], when: [assign(_, x)]),
            (name: \"on\", then: flow(x, y), when: [flow(x, z), flow(z, y)]),
            (name: \"through memory\", then: flow(x, y), when: [assign(x, z), memory(z, y)]),
            (name: \"same place\", then: memory(x, w), when: [dereference(y, x), alias(y, z), dereference(z, w)]),
            (name: \"same source\", then: alias(x, y), when: [flow(z, x), flow(z, y)]),
            (name: \"over memory\", then: alias(x, y), when: [flow(z, x), memory(z, w), flow(w, y)])])",
        given,
        counted: &["flow", "memory", "alias"],
        by_hand,
    }
}
