//! Comparisons that a search takes over: rows ascend in the column after the
//! key, so those that a bound lets through lie side by side.

use super::code::{Expr, Operand, Probe, Step};
use super::emit::get;
use super::kernel::{Source, seek};
use crate::base::Type;
use crate::eval::cells::Cells;
use crate::logic::Test;
use std::collections::BTreeSet;

/// What the column after a search's key is compared with. The test itself
/// stays where it is, for values that don't ascend as their cells do.
#[derive(Debug, Clone)]
pub(super) struct Bound {
    test: Test,
    other: Operand,
    type_: Type,
}

/// Gives searches the bounds that tests right after them set.
pub(super) fn bound(steps: &mut [Step]) {
    let mut known = BTreeSet::new();
    for n in 0..steps.len() {
        let (before, after) = steps.split_at_mut(n + 1);
        let tests = || after.iter().take_while(|step| !grows(step)).filter_map(sides);
        match &mut before[n] {
            Step::Rows(probe) => {
                let next = probe.loads.iter().find(|load| load.0 == probe.key.len());
                if let Some((_, slot)) = next {
                    probe.bounds = tests().filter_map(|sides| of(sides, *slot, &known)).collect();
                }
                known.extend(probe.loads.iter().map(|load| load.1));
            }
            Step::Meet(slot, probes) => {
                for probe in probes {
                    probe.bounds = tests().filter_map(|sides| of(sides, *slot, &known)).collect();
                }
                known.insert(*slot);
            }
            Step::Groups(probe) => known.extend(probe.loads.iter().map(|load| load.1)),
            Step::Bind(slot, ..) | Step::Range(slot, ..) => {
                known.insert(*slot);
            }
            _ => {}
        }
    }
}

fn grows(step: &Step) -> bool {
    matches!(step, Step::Rows(_) | Step::Meet(..) | Step::Groups(_) | Step::Range(..))
}

/// Both sides of a comparison of two cells of a type whose cells ascend.
fn sides(step: &Step) -> Option<(Test, [Operand; 2], Type)> {
    let Step::Test(test, terms, negated) = step else { return None };
    let [a, b] = &terms[..] else { return None };
    let plain = |expr: &Expr| match expr {
        Expr::Slot(slot, type_) => Some((Operand::Slot(*slot), *type_)),
        Expr::Const(value, cell) => Some((Operand::Cell(*cell), value.type_of())),
        _ => None,
    };
    let ((a, type_), (b, other)) = (plain(a)?, plain(b)?);
    let test = match (test, negated) {
        (Test::Lt, false) | (Test::Ge, true) => Test::Lt,
        (Test::Le, false) | (Test::Gt, true) => Test::Le,
        (Test::Gt, false) | (Test::Le, true) => Test::Gt,
        (Test::Ge, false) | (Test::Lt, true) => Test::Ge,
        _ => return None,
    };
    (type_ == other && Cells::ordered(type_, 0, 0)).then_some((test, [a, b], type_))
}

/// The bound that a comparison sets to a slot, by what is known before it.
fn of(
    (test, [a, b], type_): (Test, [Operand; 2], Type),
    slot: usize,
    known: &BTreeSet<usize>,
) -> Option<Bound> {
    let is_known = |operand: Operand| match operand {
        Operand::Slot(other) => known.contains(&other),
        Operand::Cell(_) => true,
    };
    if a == Operand::Slot(slot) && is_known(b) {
        return Some(Bound { test, other: b, type_ });
    }
    let turned = match test {
        Test::Lt => Test::Gt,
        Test::Le => Test::Ge,
        Test::Gt => Test::Lt,
        _ => Test::Le,
    };
    (b == Operand::Slot(slot) && is_known(a)).then_some(Bound { test: turned, other: a, type_ })
}

impl Source<'_> {
    /// Of rows that start with a search's key, those within its bounds.
    #[inline]
    pub(super) fn narrow(
        &self,
        batch: usize,
        probe: &Probe,
        slots: &[u32],
        (mut from, mut to): (usize, usize),
    ) -> (usize, usize) {
        let (cells, stride, place) = (self.batches[batch], self.stride, probe.key.len());
        for bound in &probe.bounds {
            if from >= to {
                break;
            }
            let (other, last) = (get(bound.other, slots), cells[(to - 1) * stride + place]);
            if !Cells::ordered(bound.type_, other, last) {
                continue;
            }
            let first_from = |cell: Option<u32>| match cell {
                Some(cell) if cell <= last => seek(cells, stride, place, cell, from, to),
                _ => to,
            };
            match bound.test {
                Test::Lt => to = first_from(Some(other)),
                Test::Le => to = first_from(other.checked_add(1)),
                Test::Gt => from = first_from(other.checked_add(1)),
                _ => from = first_from(Some(other)),
            }
        }
        (from, to)
    }
}
