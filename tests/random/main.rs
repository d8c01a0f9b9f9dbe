//! Random programs: every way of evaluating one derives the same rows, and so
//! does every way of writing it.
//!
//! `KATAK_PROGRAMS` sets how many programs each family has, `KATAK_SEED` which
//! they are. What fails is cut down before it is shown.

mod agree;
mod dice;
mod draft;
mod make;
mod vary;

use agree::check;
use dice::Dice;
use make::{Taste, make};

/// Programs of each of the families; over 20,000 in all.
const PROGRAMS: u64 = 4_800;
/// The share of programs that recurse far, which take longer.
const FAR: u64 = 4;

fn number(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

#[track_caller]
fn family(number_of_family: u64, share: u64, taste: Taste) {
    let first = number("KATAK_SEED", 0);
    for n in first..first + number("KATAK_PROGRAMS", PROGRAMS) / share {
        let seed = n * 8 + number_of_family;
        let draft = make(&mut Dice::new(seed), taste);
        if let Err(first) = check(&draft, seed) {
            let (small, why) = agree::cut_down(draft, seed);
            panic!("program {n}: {first}\n\n{}\nquestion: {}\n{why}", small.text(), small.question());
        }
    }
}

const PLAIN: Taste = Taste {
    shapes: 30,
    negation: 0,
    aggregates: 0,
    functions: 0,
    tests: 15,
    extremes: 0,
    text: 25,
    columns: 3,
    domain: 5,
    facts: 10,
};

#[test]
fn closures_and_their_kin_agree() {
    family(0, FAR, Taste { shapes: 90, negation: 8, domain: 8, facts: 18, ..PLAIN });
}

#[test]
fn programs_with_negation_agree() {
    family(1, 1, Taste { negation: 50, ..PLAIN });
}

#[test]
fn programs_with_aggregates_agree() {
    family(2, 1, Taste { aggregates: 40, negation: 10, text: 10, ..PLAIN });
}

#[test]
fn programs_with_functions_and_extremes_agree() {
    family(3, 1, Taste { functions: 40, extremes: 35, negation: 8, aggregates: 8, text: 15, ..PLAIN });
}

#[test]
fn programs_of_wide_relations_agree() {
    family(4, 1, Taste { columns: 6, shapes: 10, domain: 3, negation: 15, tests: 30, text: 40, ..PLAIN });
}
