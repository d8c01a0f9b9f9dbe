//! Work done once for rows that differ only in what isn't asked for, and
//! aggregates in one pass: where a rule starts from the first columns alone, it
//! goes through their combinations, and the rows of each are at hand for
//! aggregates over them.

use super::code::{Code, Expr, MAX_KEY, Operand, Part, Probe, Step, Sum};

/// Lets a driver go over combinations rather than rows.
pub(super) fn gather(code: &mut Code) {
    let Some((Step::Rows(driver), rest)) = code.steps.split_first_mut() else { return };
    let need = code.needs[driver.source].clone();
    let plain = need.part == Part::Complete && driver.key.is_empty() && driver.checks.is_empty();
    let mut loads = driver.loads.clone();
    loads.sort_unstable();
    let start = loads.iter().enumerate().all(|(n, load)| n == load.0);
    if !plain || !start || rest.is_empty() || loads.len() > MAX_KEY {
        return;
    }
    let columns = &need.order[..loads.len()];
    let mut order = None;
    for sum in rest.iter_mut().flat_map(sums) {
        let Some(probe) = searched(sum) else { continue };
        let other = &code.needs[probe.source];
        let same = other.relation == need.relation
            && other.part == Part::Complete
            && other.order.len() > columns.len()
            && other.order.starts_with(columns)
            && order.as_ref().is_none_or(|order| *order == other.order);
        let key: Vec<Operand> = loads.iter().map(|load| Operand::Slot(load.1)).collect();
        if same && probe.key == key {
            order = Some(other.order.clone());
            sum.of_group = true;
        }
    }
    let source = driver.source;
    match order {
        Some(order) => code.needs[source].order = order,
        // Rows are combinations already.
        None if columns.len() == need.order.len() => return,
        None => {}
    }
    let groups = Probe { source, key: Vec::new(), checks: Vec::new(), loads, bounds: Vec::new() };
    code.steps[0] = Step::Groups(groups);
}

/// The aggregates that a step computes.
fn sums(step: &mut Step) -> Vec<&mut Sum> {
    let of = |expr| match expr {
        &mut Expr::Aggregate(ref mut sum) => Some(&mut **sum),
        _ => None,
    };
    match step {
        Step::Bind(_, _, expr) => of(expr).into_iter().collect(),
        Step::Test(_, terms, _) => terms.iter_mut().filter_map(of).collect(),
        _ => Vec::new(),
    }
}

/// The one search whose rows are an aggregate's solutions.
fn searched(sum: &Sum) -> Option<&Probe> {
    match &sum.steps[..] {
        [Step::Rows(probe)] if sum.quick => Some(probe),
        _ => None,
    }
}
