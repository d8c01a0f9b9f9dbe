//! Doing work once for all new rows that share it.
//!
//! A rule that starts from new rows uses some of their columns to search on and
//! others only in its head. It goes through each combination of the former once
//! and fetches the latter at the end. Where all that is still wanted of a
//! partial solution is the start of the driver's row and one more value, each
//! such value goes on once.

use super::code::{Code, Expr, MAX_KEY, Operand, Part, Probe, Step};
use crate::logic::typed::RelationId;
use std::collections::BTreeSet;

/// Whether each value of a column stands in one row of a complete relation.
pub(super) type Unique<'u> = &'u mut dyn FnMut(RelationId, usize) -> bool;

/// Rewrites a rule's steps where that saves work.
pub(super) fn factor(code: &mut Code, unique: Unique) {
    let Some((Step::Rows(driver), rest)) = code.steps.split_first() else { return };
    let need = &code.needs[driver.source];
    if need.part != Part::New || !driver.checks.is_empty() || !driver.key.is_empty() {
        return;
    }
    let Some(read) = rest.iter().map(reads).collect::<Option<Vec<_>>>() else { return };
    let heads: BTreeSet<usize> = code.rows.iter().flatten().filter_map(slot).collect();
    let last = |slot: usize| read.iter().rposition(|slots| slots.contains(&slot));
    let (mut needed, deferred): (Vec<_>, Vec<_>) =
        driver.loads.iter().copied().partition(|(_, slot)| last(*slot).is_some());
    // Those that live longest first, so that what lives on is always the start.
    let life = |slot: usize| (heads.contains(&slot), last(slot));
    needed.sort_by_key(|(place, slot)| (std::cmp::Reverse(life(*slot)), *place));
    let grows = |step: &Step| matches!(step, Step::Rows(_) | Step::Meet(..));
    let Some(last_growing) = rest.iter().rposition(grows) else { return };

    let (mut steps, mut dead_before, mut numbers) = (Vec::new(), 0, 0);
    let mut bound: BTreeSet<usize> = needed.iter().map(|n| n.1).collect();
    for (n, step) in rest.iter().enumerate() {
        bound.extend(binds(step));
        let live = |slot: &usize| {
            // What is fetched at the end goes by the whole start.
            let start = !deferred.is_empty() && needed.iter().any(|d| d.1 == *slot);
            start || heads.contains(slot) || read[n + 1..].iter().any(|r| r.contains(slot))
        };
        let others: Vec<usize> =
            bound.iter().copied().filter(|s| live(s) && needed.iter().all(|d| d.1 != *s)).collect();
        let dead = bound.iter().filter(|s| !live(s)).count();
        let goes_on = n < last_growing || !deferred.is_empty();
        if let (true, true, [one]) = (grows(step), goes_on && dead > dead_before, &others[..])
            && !brings_unique(step, *one, code, &mut *unique)
        {
            let start = needed.iter().take_while(|d| live(&d.1)).count();
            steps.push((n, Step::Once { slot: *one, start, number: numbers }));
            numbers += 1;
            dead_before = dead;
        }
    }
    if steps.is_empty() || needed.is_empty() || needed.len() > MAX_KEY {
        return;
    }
    let mut old = std::mem::take(&mut code.steps).into_iter();
    let Some(Step::Rows(driver)) = old.next() else { return };
    let columns = &code.needs[driver.source].order;
    let chosen: Vec<usize> = needed.iter().chain(&deferred).map(|(place, _)| columns[*place]).collect();
    let unused = columns.iter().copied().filter(|c| !chosen.contains(c));
    let order: Vec<usize> = chosen.iter().copied().chain(unused).collect();
    code.needs[driver.source].order = order;
    let loads = needed.iter().enumerate().map(|(n, (_, slot))| (n, *slot)).collect();
    let probe =
        |key, loads| Probe { source: driver.source, key, checks: Vec::new(), loads, bounds: Vec::new() };
    code.steps.push(Step::Groups(probe(Vec::new(), loads)));
    let mut onces = steps.into_iter().peekable();
    for (n, step) in old.enumerate() {
        code.steps.push(step);
        if let Some((_, once)) = onces.next_if(|once| once.0 == n) {
            code.alone |= matches!(once, Step::Once { start: 0, .. });
            code.steps.push(once);
        }
    }
    if !deferred.is_empty() {
        let key = needed.iter().map(|(_, slot)| Operand::Slot(*slot)).collect();
        let places = needed.len()..;
        let loads = deferred.iter().zip(places).map(|((_, slot), place)| (place, *slot)).collect();
        code.steps.push(Step::Rows(probe(key, loads)));
    }
    code.onces = numbers;
}

/// Whether a search brings each value at most once whatever it searches for.
fn brings_unique(step: &Step, slot: usize, code: &Code, unique: Unique) -> bool {
    let Step::Rows(probe) = step else { return false };
    let need = &code.needs[probe.source];
    let load = probe.loads.iter().find(|l| l.1 == slot);
    match (load, need.part) {
        (Some((place, _)), Part::Complete) => unique(need.relation, need.order[*place]),
        _ => false,
    }
}

fn slot(operand: &Operand) -> Option<usize> {
    match operand {
        Operand::Slot(slot) => Some(*slot),
        Operand::Cell(_) => None,
    }
}

/// Slots that a step reads; `None` where that is not so plain.
fn reads(step: &Step) -> Option<BTreeSet<usize>> {
    let mut found = BTreeSet::new();
    let mut probe = |probe: &Probe| {
        let checks = probe.checks.iter().map(|check| &check.1);
        found.extend(probe.key.iter().chain(checks).filter_map(slot));
        found.retain(|slot| probe.loads.iter().all(|load| load.1 != *slot));
    };
    match step {
        Step::Rows(p) | Step::Exists(p) => probe(p),
        Step::Meet(_, probes) => probes.iter().for_each(probe),
        Step::Absent(computed, p) if computed.is_empty() => probe(p),
        Step::Test(_, terms, _) => terms.iter().try_for_each(|term| expr(term, &mut found))?,
        Step::Bind(_, _, term) => expr(term, &mut found)?,
        Step::Range(_, low, high) => [low, high].into_iter().try_for_each(|term| expr(term, &mut found))?,
        Step::Absent(..) | Step::Groups(_) | Step::Once { .. } => return None,
    }
    Some(found)
}

fn expr(term: &Expr, found: &mut BTreeSet<usize>) -> Option<()> {
    match term {
        Expr::Slot(slot, _) => {
            found.insert(*slot);
            Some(())
        }
        Expr::Const(..) => Some(()),
        Expr::Call(_, terms, _) => terms.iter().try_for_each(|term| expr(term, found)),
        Expr::Aggregate(_) => None,
    }
}

fn binds(step: &Step) -> Vec<usize> {
    match step {
        Step::Rows(probe) => probe.loads.iter().map(|load| load.1).collect(),
        Step::Meet(slot, _) | Step::Bind(slot, ..) | Step::Range(slot, ..) => vec![*slot],
        _ => Vec::new(),
    }
}
