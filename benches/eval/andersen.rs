//! Andersen's points-to analysis.

use super::random::Random;
use super::{Case, give, pairs};
use datafrog::{Iteration, Relation};
use katak::eval::Database;

/// What each variable of a random program may point to.
pub fn points_to(size: u32) -> Case {
    let mut random = Random::new(10);
    let n = 500 * size;
    let count = n as usize;
    let address = random.pairs(count / 2, n, n);
    let assign = random.pairs(count * 5 / 4, n, n);
    let load = random.pairs(count / 5, n, n);
    let store = random.pairs(count / 5, n, n);
    let mut given = Database::new();
    give(&mut given, "address", &address);
    give(&mut given, "assign", &assign);
    give(&mut given, "load", &load);
    give(&mut given, "store", &store);
    let (address, assign, load, store) = (pairs(&address), pairs(&assign), pairs(&load), pairs(&store));
    let by_hand = Box::new(move || {
        let turned = |rows: &[(u32, u32)]| rows.iter().map(|(a, b)| (*b, *a)).collect::<Relation<_>>();
        let (assign, load) = (turned(&assign), turned(&load));
        let by_target = Relation::from_vec(store.clone());
        let mut iteration = Iteration::new();
        let points = iteration.variable::<(u32, u32)>("points to");
        let loaded = iteration.variable::<(u32, u32)>("loaded through");
        let stored = iteration.variable::<(u32, u32)>("stored through");
        points.insert(Relation::from_vec(address.clone()));
        while iteration.changed() {
            points.from_join(&points, &assign, |_, x, y| (*y, *x));
            // load(y, x), points(x, z), points(z, w)
            loaded.from_join(&points, &load, |_, z, y| (*z, *y));
            points.from_join(&loaded, &points, |_, y, w| (*y, *w));
            // store(y, x), points(y, z), points(x, w)
            stored.from_join(&points, &by_target, |_, z, x| (*x, *z));
            points.from_join(&stored, &points, |_, z, w| (*z, *w));
        }
        points.complete().len()
    });
    Case {
        name: "points-to, Andersen",
        rules: "(relations: [address(a: int, b: int), assign(a: int, b: int), load(a: int, b: int), store(a: int, b: int), points(a: int, b: int)], rules: [
            (name: \"address\", then: points(y, x), when: [address(y, x)]),
            (name: \"assign\", then: points(y, x), when: [assign(y, z), points(z, x)]),
            (name: \"load\", then: points(y, w), when: [load(y, x), points(x, z), points(z, w)]),
            (name: \"store\", then: points(z, w), when: [store(y, x), points(y, z), points(x, w)])])",
        given,
        counted: &["points"],
        by_hand,
    }
}
