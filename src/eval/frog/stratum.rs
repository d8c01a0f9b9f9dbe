//! One stratum: all at once where it doesn't recurse, else round by round until
//! nothing is new.

use super::Session;
use super::closure::{self, Closure, Found, Shape};
use super::code::{Coder, Need, Part};
use super::domain;
use super::factor;
use super::follow::follow;
use super::job::{self, Harvest, Indexes, Variant};
use super::limits::Stop;
use super::live::{self, Live};
use crate::eval::rounds::Rounds;
use crate::eval::table::Table;
use crate::eval::{Database, EvalError, RuleStats, Stats, pack, rows, weave};
use crate::logic::typed::RelationId;
use crate::plan;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

type Harvests = BTreeMap<RelationId, Vec<Harvest>>;

/// How many rounds it took.
pub(super) fn run(session: &mut Session, n: usize, stats: &mut Stats) -> Result<u32, EvalError> {
    let program = session.program;
    let stratum = &program.strata()[n];
    let mut costs: Vec<RuleStats> = (stratum.rules.iter())
        .map(|id| program.rule(*id))
        .map(|r| RuleStats { rule: r.name.clone(), stratum: n as u32 + 1, ..RuleStats::default() })
        .collect();
    let variants = compile(session, n);
    let indexes = indexes(session, &variants);
    let extreme = stratum.relations.iter().any(|id| program.relation(*id).extremum.is_some());
    let rounds = if !stratum.recursive && !extreme {
        once(session, n, &variants, &indexes, &mut costs)?;
        1
    } else if close_transitively(session, n, &variants, &indexes, &mut costs)? {
        1
    } else {
        repeat(session, n, &variants, &indexes, &mut costs)?
    };
    stats.rules.extend(costs);
    Ok(rounds)
}

/// Runs the rules of one round; what they found by relation.
fn round(
    session: &mut Session,
    n: usize,
    variants: &[Variant],
    (again, round): (bool, u32),
    live: &BTreeMap<RelationId, Live>,
    indexes: &Indexes,
    costs: &mut [RuleStats],
) -> Result<Harvests, EvalError> {
    let rules = &session.program.strata()[n].rules;
    let mut harvests = Harvests::new();
    for variant in variants.iter().filter(|v| v.again == again) {
        let name = &session.program.rule(rules[variant.rule]).name;
        session.limits.check_round(round).map_err(|stop| stop.at(name))?;
        let started = Instant::now();
        let found = job::run(session, variant, live, indexes).map_err(|stop| stop.at(name))?;
        costs[variant.rule].seconds += started.elapsed().as_secs_f64();
        for (relation, harvest) in found {
            // It lies beside what the next rules find.
            session.limits.held_bytes += harvest.bytes();
            harvests.entry(relation).or_default().push(harvest);
        }
        let bytes = session.database.cells.bytes();
        session.limits.check_values(bytes).map_err(|stop| stop.at(name))?;
    }
    session.limits.held_bytes -= harvests.values().flatten().map(Harvest::bytes).sum::<u64>();
    Ok(harvests)
}

/// A stratum without recursion.
fn once(
    session: &mut Session,
    n: usize,
    variants: &[Variant],
    indexes: &Indexes,
    costs: &mut [RuleStats],
) -> Result<(), EvalError> {
    let program = session.program;
    let mut found = round(session, n, variants, (false, 1), &BTreeMap::new(), indexes, costs)?;
    for id in &program.strata()[n].relations {
        let (relation, mut harvest) = (program.relation(*id), found.remove(id).unwrap_or_default());
        let Some(table) = session.table(*id) else { continue };
        let (given, stride) = (table.cells.clone(), table.stride);
        let mut fresh = together(&mut harvest, stride);
        if !given.is_empty() {
            fresh = without(fresh, &given, stride);
        }
        let new = (fresh.len() / stride) as u64;
        let last = attribute(&harvest, &fresh, stride, costs);
        session.limits.held += new;
        session.limits.held_bytes += new * 4 * stride as u64;
        if let Some(rule) = last.and_then(|at| program.strata()[n].rules.get(at)) {
            session.limits.check_rows(0, 1).map_err(|stop| stop.at(&program.rule(*rule).name))?;
        }
        let (cells, rounds) = if given.is_empty() {
            (fresh, Rounds::All(1))
        } else {
            let cells = pack::merge(&given, &fresh, stride);
            let mut rounds = Rounds::zeros(cells.len() / stride);
            let mut at = 0;
            for row in fresh.chunks_exact(stride) {
                at = rows::gallop(&cells, stride, row, at, cells.len() / stride);
                rounds.set(at, 1);
            }
            (cells, rounds)
        };
        let types = relation.columns.iter().map(|c| c.1).collect();
        let table = Table::derived(types, cells, n as u32 + 1, session.provenance.then_some(rounds));
        session.database.tables.insert(relation.name.clone(), table);
    }
    Ok(())
}

/// All rows that rules found, sorted; a single rule's are taken from it.
fn together(harvest: &mut [Harvest], stride: usize) -> Vec<u32> {
    match harvest {
        [only] => std::mem::take(&mut only.cells),
        many => job::union_of(&many.iter().map(|h| &h.cells[..]).collect::<Vec<_>>(), stride),
    }
}

/// Sorted rows less those of a second list.
fn without(cells: Vec<u32>, given: &[u32], stride: usize) -> Vec<u32> {
    let (mut at, count) = (0, given.len() / stride);
    let mut out = Vec::with_capacity(cells.len());
    for row in cells.chunks_exact(stride) {
        at = rows::gallop(given, stride, row, at, count);
        if at == count || given[at * stride..(at + 1) * stride] != *row {
            out.extend_from_slice(row);
        }
    }
    out
}

/// Counts what was new and known; a row is new for the first rule that derived
/// it. The last rule that had something new.
fn attribute(harvest: &[Harvest], fresh: &[u32], stride: usize, costs: &mut [RuleStats]) -> Option<usize> {
    let mut last = None;
    let mut taken = vec![false; if harvest.len() > 1 { fresh.len() / stride } else { 0 }];
    for h in harvest {
        let mine = match harvest.len() {
            1 => (fresh.len() / stride) as u64,
            _ => take(fresh, stride, &h.cells, &mut taken),
        };
        last = h.count(mine, costs).or(last);
    }
    last
}

/// How many of a rule's rows are fresh and not taken; they are then.
fn take(fresh: &[u32], stride: usize, cells: &[u32], taken: &mut [bool]) -> u64 {
    let (mut at, mut count) = (0, 0);
    for row in cells.chunks_exact(stride) {
        at = rows::gallop(fresh, stride, row, at, taken.len());
        if at < taken.len() && fresh[at * stride..(at + 1) * stride] == *row && !taken[at] {
            taken[at] = true;
            count += 1;
        }
    }
    count
}

/// A stratum that recurses, or keeps extremes; how many rounds it took.
fn repeat(
    session: &mut Session,
    n: usize,
    variants: &[Variant],
    indexes: &Indexes,
    costs: &mut [RuleStats],
) -> Result<u32, EvalError> {
    let program = session.program;
    let stratum = &program.strata()[n];
    let ranges = domain::ranges(session, n);
    let mut live = live::open(session, n, variants, ranges);
    let (before, mut derived) = (session.limits.held_bytes, 0);
    session.limits.held_bytes += live.values().map(Live::bytes).sum::<u64>();
    let mut count = 0;
    loop {
        count += 1;
        let found = round(session, n, variants, (count > 1, count), &live, indexes, costs)?;
        let last = found.values().flatten().last();
        if let Some(rule) = last.and_then(|harvest| stratum.rules.get(harvest.rule)) {
            let bytes = |found: &[Harvest]| found.iter().map(Harvest::bytes).sum::<u64>();
            let threads = session.threads;
            let needed = |(id, one): (_, &Live)| bytes(found.get(id)?).checked_mul(one.copies(threads));
            let needed = live.iter().filter_map(needed).sum();
            session.limits.check_buffers(needed).map_err(|stop| stop.at(&program.rule(*rule).name))?;
        }
        let (changed, bytes) = end_round(session, &mut live, found, count, costs);
        derived += bytes;
        // The limit is the last rule's that brought something new.
        if let Some(rule) = stratum.rules.get(changed.unwrap_or(0)) {
            session.limits.check_rows(0, 1).map_err(|stop| stop.at(&program.rule(*rule).name))?;
        }
        if changed.is_none() || !stratum.recursive {
            break;
        }
    }
    live::close(session, live, n);
    // What each round brought is kept beside the rows.
    session.limits.held_bytes = before + derived * if session.provenance { 2 } else { 1 };
    Ok(count)
}

/// Brings the harvest in; the last rule that had something new, and the bytes
/// of what is new.
fn end_round(
    session: &mut Session,
    live: &mut BTreeMap<RelationId, Live>,
    mut harvests: Harvests,
    round: u32,
    costs: &mut [RuleStats],
) -> (Option<usize>, u64) {
    let (mut changed, mut derived) = (None, 0);
    for (relation, one) in live {
        let mut harvest = harvests.remove(relation).unwrap_or_default();
        let (stride, before) = (one.stride, one.bytes());
        let fresh = if one.best.is_some() {
            let all: Vec<u32> = harvest.iter().flat_map(|h| h.cells.iter().copied()).collect();
            one.improve(&all, session).unwrap_or_default()
        } else if one.filter.is_some() {
            // Each row was let through once.
            for found in &harvest {
                changed = found.count((found.cells.len() / stride) as u64, costs).or(changed);
            }
            let lists = harvest.drain(..).map(|found| found.cells).collect();
            weave::unite(lists, stride, session.threads)
        } else {
            together(&mut harvest, stride)
        };
        let new = one.advance(fresh, round, session.provenance) as u64;
        session.limits.held += new;
        session.limits.held_bytes += one.bytes().saturating_sub(before);
        derived += new * 4 * stride as u64;
        session.orders_bytes += new * 4 * (stride * one.orders.len()) as u64;
        let guard = one.store.new_rows();
        let batches = guard.batches();
        let fresh = batches.first().copied().unwrap_or_default();
        changed = attribute(&harvest, fresh, stride, costs).or(changed);
    }
    (changed, derived)
}

/// Runs a stratum that is a transitive closure; false, and nothing done,
/// where it is not.
fn close_transitively(
    session: &mut Session,
    n: usize,
    variants: &[Variant],
    indexes: &Indexes,
    costs: &mut [RuleStats],
) -> Result<bool, EvalError> {
    let program = session.program;
    let stratum = &program.strata()[n];
    let [own] = stratum.relations[..] else { return Ok(false) };
    let relation = program.relation(own);
    let mut again = variants.iter().filter(|v| v.again).map(|v| v.rule).collect::<Vec<_>>();
    again.dedup();
    let ([at], 2, None) = (&again[..], relation.columns.len(), relation.extremum) else { return Ok(false) };
    let rule = program.rule(stratum.rules[*at]);
    let Some(shape) = closure::shape(rule, own) else { return Ok(false) };
    let edges = match shape {
        Shape::Left(edges) | Shape::Right(edges) => session.index(edges, &[0, 1]).cells.clone(),
        Shape::Both => Arc::default(),
    };
    let Some(table) = session.table(own) else { return Ok(false) };
    let given = table.cells.clone();
    let (mut base, mut counts) = (given.to_vec(), Vec::new());
    for variant in variants.iter().filter(|v| v.rule != *at) {
        let name = &program.rule(stratum.rules[variant.rule]).name;
        let started = Instant::now();
        let found = job::run(session, variant, &BTreeMap::new(), indexes).map_err(|stop| stop.at(name))?;
        for (_, harvest) in found {
            let before = base.len();
            base = if before == 0 { harvest.cells } else { pack::merge(&base, &harvest.cells, 2) };
            counts.push((variant.rule, (base.len() - before) as u64 / 2, harvest.pushed));
        }
        session.limits.check_rows(base.len() / 2, 2).map_err(|stop| stop.at(name))?;
        costs[variant.rule].seconds += started.elapsed().as_secs_f64();
    }
    let started = Instant::now();
    let (base_rows, given_rows) = (base.len(), session.provenance.then(|| given.clone()));
    let base = Arc::new(base);
    let mut closure = Closure::new(shape, base.clone(), edges, given_rows);
    let mut found = None;
    if closure.is_some() || !session.provenance {
        let few = follow_few(session, shape, &base).map_err(|stop| stop.at(&rule.name))?;
        found = few.map(|(cells, steps)| {
            let rows = cells.len() / 2;
            let rounds = closure.take().and_then(|closure| closure.rounds(rows, session.threads));
            Found { cells, steps, rounds }
        });
    }
    if let Some(closure) = closure.filter(|_| found.is_none()) {
        let swept = closure.run(&mut session.limits, session.threads);
        found = Some(swept.map_err(|stop| stop.at(&rule.name))?);
    }
    let Some(found) = found else { return Ok(false) };
    costs[*at].seconds = started.elapsed().as_secs_f64();
    for (rule, new, pushed) in counts {
        costs[rule].new += new;
        costs[rule].known += pushed.saturating_sub(new);
    }
    let cells = found.cells;
    costs[*at].new = (cells.len() - base_rows) as u64 / 2;
    costs[*at].known = found.steps.saturating_sub(costs[*at].new);
    session.limits.held += (cells.len() - given.len()) as u64 / 2;
    session.limits.held_bytes += 4 * (cells.len() - given.len()) as u64;
    let types = relation.columns.iter().map(|c| c.1).collect();
    let table = Table::derived(types, cells, n as u32 + 1, found.rounds);
    session.database.tables.insert(relation.name.clone(), table);
    Ok(true)
}

/// The closure of a few pairs along a large relation, and how many derivations
/// it took.
fn follow_few(session: &mut Session, shape: Shape, base: &[u32]) -> Result<Option<(Vec<u32>, u64)>, Stop> {
    let (edges, turned) = match shape {
        Shape::Left(edges) => (edges, false),
        Shape::Right(edges) => (edges, true),
        Shape::Both => return Ok(None),
    };
    if session.table(edges).is_none_or(|table| table.len() < base.len()) {
        return Ok(None);
    }
    let index = session.index(edges, if turned { &[1, 0] } else { &[0, 1] });
    let found = if turned {
        let found = follow(&rows::project(base, 2, &[1, 0], 2), &index, &mut session.limits)?;
        found.map(|(cells, steps)| (rows::project(&cells, 2, &[1, 0], 2), steps))
    } else {
        follow(base, &index, &mut session.limits)?
    };
    Ok(found)
}

fn compile(session: &mut Session, n: usize) -> Vec<Variant> {
    let program = session.program;
    let stratum = &program.strata()[n];
    let tables = &session.database.tables;
    let sizes: Vec<usize> =
        program.relations().iter().map(|r| tables.get(&r.name).map_or(0, Table::len)).collect();
    let most = sizes.iter().copied().max().unwrap_or(0);
    // What grows may become as large as anything.
    let size =
        |r: RelationId| if stratum.relations.contains(&r) { most.max(1000) } else { sizes[r.0 as usize] };
    let mut variants = Vec::new();
    for (at, id) in stratum.rules.iter().enumerate() {
        let rule = program.rule(*id);
        let mut news = vec![(None, false)];
        if plan::aggregates_any(&rule.body, &stratum.relations) {
            // New rows add to what was summed up, so they can't be taken alone.
            news.push((None, true));
        } else if stratum.recursive {
            let places = plan::recursive_atoms(&rule.body, &stratum.relations);
            news.extend(places.into_iter().map(|at| (Some(at), true)));
        }
        for (new, again) in news {
            let Session { database, indexes, scans, .. } = &mut *session;
            let Database { cells, tables } = database;
            let mut scan = |relation: RelationId, order: &[usize]| {
                let table = tables.get(&program.relation(relation).name);
                let made = indexes.contains_key(&(relation, order.to_vec()));
                !made && table.is_some_and(|table| scans.next(relation, table, order))
            };
            // The first round sees what is given, often nothing.
            let given = |r: RelationId| sizes[r.0 as usize];
            let size: &dyn Fn(RelationId) -> usize = if again { &size } else { &given };
            let coder = Coder {
                rule,
                own: &stratum.relations,
                recursive: stratum.recursive,
                size,
                program,
                cells,
                scan: &mut scan,
                needs: Vec::new(),
                slots: rule.variables.len(),
                aggregates: 0,
                makes: false,
                once: false,
            };
            let mut code = coder.rule(new);
            let extreme = |need: &Need| program.relation(need.relation).extremum.is_some();
            if new.is_some() && !code.needs.first().is_none_or(extreme) {
                factor::factor(&mut code, &mut |relation, column| session.is_unique(relation, column));
            }
            code.finish();
            variants.push(Variant { rule: at, code, again, pace: Cell::new(job::PACE) });
        }
    }
    variants
}

fn indexes(session: &mut Session, variants: &[Variant]) -> Indexes {
    let needs = variants.iter().flat_map(|v| &v.code.needs).filter(|n| n.part == Part::Complete);
    needs.map(|n| ((n.relation, n.order.clone()), session.index(n.relation, &n.order))).collect()
}
