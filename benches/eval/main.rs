//! The evaluator against the same programs written by hand on datafrog, on
//! seeded random data, in one process, one thread each. Prints one table: a
//! ratio below 1 is faster than by hand. `cargo bench` runs everything;
//! `cargo bench -- closure` those with that name. `KATAK_RUNS` sets how often
//! each is run, `KATAK_SIZES=3` shows growth over three sizes.

mod alias;
mod andersen;
mod borrows;
mod closure;
mod generation;
mod measure;
mod random;
mod rivals;
mod triangle;

use katak::base::Value;
use katak::eval::Database;
use std::collections::BTreeSet;

/// One program with its data and its twin.
pub struct Case {
    /// What the table calls it.
    pub name: &'static str,
    /// The program as a rule file.
    pub rules: &'static str,
    /// What is given.
    pub given: Database,
    /// The relations whose rows are counted.
    pub counted: &'static [&'static str],
    /// The same by hand on datafrog: how many rows those relations have.
    pub by_hand: Box<dyn Fn() -> usize>,
}

/// Adds rows of ints to a database, each once.
pub fn give<const N: usize>(database: &mut Database, relation: &str, rows: &[[u32; N]]) {
    for row in rows.iter().collect::<BTreeSet<_>>() {
        let row: Vec<Value> = row.iter().map(|n| Value::Int((*n).into())).collect();
        database.insert(relation, &row);
    }
}

/// Rows as the pairs that datafrog's joins want.
pub fn pairs(rows: &[[u32; 2]]) -> Vec<(u32, u32)> {
    rows.iter().map(|[a, b]| (*a, *b)).collect()
}

fn number(name: &str, otherwise: u32) -> u32 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(otherwise)
}

fn main() {
    let makers: [fn(u32) -> Case; 10] = [
        closure::random_graph,
        closure::chain,
        closure::dense,
        generation::same_generation,
        andersen::points_to,
        alias::pointer_aliases,
        triangle::triangles,
        triangle::four_cliques,
        rivals::shared_rivals,
        borrows::naive_rules,
    ];
    let wanted = std::env::args().skip(1).find(|a| !a.starts_with('-')).unwrap_or_default();
    let sizes: &[u32] = match number("KATAK_SIZES", 1) {
        1 => &[2],
        2 => &[1, 2],
        _ => &[1, 2, 4],
    };
    let runs = number("KATAK_RUNS", 5) as usize;
    let one = std::env::var("KATAK_SIZE").ok().and_then(|n| n.parse::<u32>().ok());
    let sizes = one.as_ref().map_or(sizes, std::slice::from_ref);
    if one.is_none() {
        measure::heading();
    }
    let mut figures = Vec::new();
    for make in makers {
        for size in sizes {
            let case = make(*size);
            if case.name.contains(&wanted) {
                figures.push(measure::measure(&case, *size, runs));
            }
        }
    }
    if one.is_none() {
        measure::summary(&figures);
        if sizes.len() > 1 {
            measure::growth(&figures);
        }
    }
}
