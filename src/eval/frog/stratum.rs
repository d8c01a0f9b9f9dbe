//! One stratum, round by round until nothing is new.

use super::closure::{self, Shape};
use super::code::{Code, Coder, Operand, Part};
use super::kernel::{Best, Buffer, Run, Source};
use super::store::{Guard, Store, store};
use super::{Index, Session};
use crate::eval::rows;
use crate::eval::table::Table;
use crate::eval::{EvalError, RuleStats, Stats, builtin};
use crate::logic::AggregateOp;
use crate::logic::typed::RelationId;
use crate::plan;
use rustc_hash::FxHashMap;
use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

/// A relation that grows.
struct Live {
    store: Box<dyn Store>,
    orders: Vec<(Vec<usize>, Box<dyn Store>)>,
    best: Option<(Best, AggregateOp)>,
    stride: usize,
    columns: usize,
    /// Rows by round, where provenance is wanted.
    log: Vec<(u32, Vec<u32>)>,
}

/// A rule in one order, with what it may be run for.
struct Variant {
    rule: usize,
    code: Code,
    /// The heads' rows, as the kernel takes them.
    heads: Vec<Vec<Operand>>,
    again: bool,
}

/// One rule's distinct rows for a head, in one round.
struct Harvest {
    rule: usize,
    cells: Vec<u32>,
    pushed: u64,
}

type Harvests = BTreeMap<RelationId, Vec<Harvest>>;

pub(super) fn run(session: &mut Session, n: usize, stats: &mut Stats) -> Result<(), EvalError> {
    let program = session.program;
    let stratum = &program.strata()[n];
    let rules: Vec<_> = stratum.rules.iter().map(|id| program.rule(*id)).collect();
    let mut costs: Vec<RuleStats> = (rules.iter())
        .map(|r| RuleStats { rule: r.name.clone(), stratum: n as u32 + 1, ..RuleStats::default() })
        .collect();
    let variants = compile(session, n);
    let mut live = open(session, n, &variants);
    let indexes = indexes(session, &variants);
    if close_transitively(session, n, &variants, &live, &indexes, &mut costs)? {
        stats.rounds.push(1);
        stats.rules.extend(costs);
        return Ok(());
    }
    let mut round = 0;
    loop {
        round += 1;
        let again = round > 1;
        let mut harvests = Harvests::new();
        for variant in variants.iter().filter(|v| v.again == again) {
            let name = &rules[variant.rule].name;
            session.limits.check_round(round).map_err(|stop| stop.at(name))?;
            let started = Instant::now();
            let found = run_variant(session, variant, &live, &indexes).map_err(|stop| stop.at(name))?;
            costs[variant.rule].seconds += started.elapsed().as_secs_f64();
            for (relation, harvest) in found {
                harvests.entry(relation).or_default().push(harvest);
            }
        }
        let changed = end_round(session, &mut live, harvests, round, &mut costs);
        // The limit is the last rule's that brought something new.
        let at = changed.unwrap_or(0);
        if let Some(rule) = rules.get(at) {
            session.limits.check_rows(0, 1).map_err(|stop| stop.at(&rule.name))?;
            session.limits.check_values(&session.database.cells).map_err(|stop| stop.at(&rule.name))?;
        }
        if changed.is_none() || !stratum.recursive {
            break;
        }
    }
    stats.rounds.push(round);
    stats.rules.extend(costs);
    close(session, live, n);
    Ok(())
}

/// Runs a stratum that is a transitive closure; false, and nothing done,
/// where it is not, or where rounds are to be kept.
fn close_transitively(
    session: &mut Session,
    n: usize,
    variants: &[Variant],
    live: &BTreeMap<RelationId, Live>,
    indexes: &Indexes,
    costs: &mut [RuleStats],
) -> Result<bool, EvalError> {
    let program = session.program;
    let stratum = &program.strata()[n];
    let [own] = stratum.relations[..] else { return Ok(false) };
    let relation = program.relation(own);
    let mut again = variants.iter().filter(|v| v.again).map(|v| v.rule).collect::<Vec<_>>();
    again.dedup();
    let ([at], 2, None, false) = (&again[..], relation.columns.len(), relation.extremum, session.provenance)
    else {
        return Ok(false);
    };
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
        let found = run_variant(session, variant, live, indexes).map_err(|stop| stop.at(name))?;
        for (_, harvest) in found {
            let before = base.len();
            base.extend(harvest.cells);
            base = rows::sort(base, 2);
            counts.push((variant.rule, (base.len() - before) as u64 / 2, harvest.pushed));
        }
        session.limits.check_rows(base.len() / 2, 2).map_err(|stop| stop.at(name))?;
        costs[variant.rule].seconds += started.elapsed().as_secs_f64();
    }
    let started = Instant::now();
    let found = closure::run(shape, &base, &edges, &mut session.limits);
    let Some((cells, steps)) = found.map_err(|stop| stop.at(&rule.name))? else { return Ok(false) };
    costs[*at].seconds = started.elapsed().as_secs_f64();
    for (rule, new, pushed) in counts {
        costs[rule].new += new;
        costs[rule].known += pushed.saturating_sub(new);
    }
    costs[*at].new = (cells.len() - base.len()) as u64 / 2;
    costs[*at].known = steps.saturating_sub(costs[*at].new);
    session.limits.held += (cells.len() - given.len()) as u64 / 2;
    session.limits.held_bytes += 4 * (cells.len() - given.len()) as u64;
    let types = relation.columns.iter().map(|c| c.1).collect();
    let table = Table::derived(types, cells, n as u32 + 1, None);
    session.database.tables.insert(relation.name.clone(), table);
    Ok(true)
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
    let columns = |r: RelationId| program.relation(r).columns.len();
    let mut variants = Vec::new();
    for (at, id) in stratum.rules.iter().enumerate() {
        let rule = program.rule(*id);
        let mut news = vec![None];
        if stratum.recursive {
            news.extend(plan::recursive_atoms(&rule.body, &stratum.relations).into_iter().map(Some));
        }
        for new in news {
            let cells = &mut session.database.cells;
            let coder = Coder::new(rule, &stratum.relations, stratum.recursive, &size, &columns, cells);
            let code = coder.rule(new);
            let heads = code.heads.iter().map(|h| h.1.clone()).collect();
            variants.push(Variant { rule: at, code, heads, again: new.is_some() });
        }
    }
    variants
}

fn open(session: &Session, n: usize, variants: &[Variant]) -> BTreeMap<RelationId, Live> {
    let program = session.program;
    let mut live = BTreeMap::new();
    for id in &program.strata()[n].relations {
        let relation = program.relation(*id);
        let columns = relation.columns.len();
        let Some(table) = session.table(*id) else { continue };
        let best = relation.extremum.map(|(column, op)| {
            let type_ = relation.columns[column].1;
            (Best { column, columns, type_, kept: FxHashMap::default() }, op)
        });
        let mut one = Live {
            store: store(columns, true),
            orders: Vec::new(),
            best,
            stride: table.stride,
            columns,
            log: Vec::new(),
        };
        for need in variants.iter().flat_map(|v| &v.code.needs) {
            let whole = need.order.iter().enumerate().all(|(n, c)| n == *c);
            let wanted = need.relation == *id && matches!(need.part, Part::Old | Part::All) && !whole;
            if wanted && one.orders.iter().all(|o| o.0 != need.order) {
                one.orders.push((need.order.clone(), store(columns, false)));
            }
        }
        let given = improve(&mut one, &table.cells, session);
        one.advance(given.as_deref().unwrap_or(&table.cells), 0, session.provenance);
        live.insert(*id, one);
    }
    live
}

impl Live {
    /// Ends the round with these sorted rows; how many of them are new.
    fn advance(&mut self, sorted: &[u32], round: u32, log: bool) -> usize {
        self.store.insert(sorted);
        self.store.advance();
        let guard = self.store.new_rows();
        let batches = guard.batches();
        let new = batches.first().copied().unwrap_or_default();
        for (order, store) in &mut self.orders {
            store.insert(&rows::project(new, self.stride, order, self.stride));
            store.advance();
        }
        if log && !new.is_empty() {
            self.log.push((round, new.to_vec()));
        }
        new.len() / self.stride
    }
}

/// Of rows for a relation with an extreme, the best of each group where it is
/// better than what is kept, sorted; the kept ones are replaced. `None` for
/// other relations.
fn improve(live: &mut Live, cells: &[u32], session: &Session) -> Option<Vec<u32>> {
    let stride = live.stride;
    let (best, op) = live.best.as_mut()?;
    let mut improved: FxHashMap<Vec<u32>, Vec<u32>> = FxHashMap::default();
    for row in cells.chunks_exact(stride) {
        let key = best.key(row);
        let better = match best.kept.get(&key) {
            None => true,
            Some(kept) => is_better(session, best, *op, row[best.column], *kept),
        };
        if better {
            best.kept.insert(key.clone(), row[best.column]);
            improved.insert(key, row.to_vec());
        }
    }
    let rows: Vec<u32> = improved.into_values().flatten().collect();
    Some(rows::sort(rows, stride))
}

fn is_better(session: &Session, best: &Best, op: AggregateOp, new: u32, kept: u32) -> bool {
    let type_ = best.type_;
    let cells = &session.database.cells;
    let order = builtin::compare(&cells.decode(type_, new), &cells.decode(type_, kept));
    order == if op == AggregateOp::Max { Ordering::Greater } else { Ordering::Less }
}

type Indexes = FxHashMap<(RelationId, Vec<usize>), Rc<Index>>;

fn indexes(session: &mut Session, variants: &[Variant]) -> Indexes {
    let needs = variants.iter().flat_map(|v| &v.code.needs).filter(|n| n.part == Part::Complete);
    needs.map(|n| ((n.relation, n.order.clone()), session.index(n.relation, &n.order))).collect()
}

fn run_variant(
    session: &mut Session,
    variant: &Variant,
    live: &BTreeMap<RelationId, Live>,
    indexes: &Indexes,
) -> Result<Vec<(RelationId, Harvest)>, super::limits::Stop> {
    let code = &variant.code;
    // Borrowed rows of growing relations, for as long as the rule runs.
    let mut guards: Vec<Vec<Box<dyn Guard + '_>>> = Vec::new();
    for need in &code.needs {
        let mut held = Vec::new();
        if let (true, Some(one)) = (need.part != Part::Complete, live.get(&need.relation)) {
            let store = one.orders.iter().find(|o| o.0 == need.order).map_or(&one.store, |o| &o.1);
            if need.part != Part::New {
                held.push(store.old());
            }
            if need.part != Part::Old {
                held.push(store.new_rows());
            }
        }
        guards.push(held);
    }
    let mut sources = Vec::new();
    for (need, held) in code.needs.iter().zip(&guards) {
        let source = match (need.part, live.get(&need.relation)) {
            (Part::Complete, _) | (_, None) => {
                let Some(index) = indexes.get(&(need.relation, need.order.clone())) else { continue };
                let batches = if index.cells.is_empty() { Vec::new() } else { vec![&index.cells[..]] };
                Source {
                    batches,
                    stride: index.stride,
                    offsets: index.offsets.as_ref(),
                    best: None,
                    hints: Vec::new(),
                }
            }
            (_, Some(one)) => Source {
                batches: held.iter().flat_map(|g| g.batches()).collect(),
                stride: one.stride,
                offsets: None,
                best: one.best.as_ref().map(|b| (&b.0, &need.order[..])),
                hints: Vec::new(),
            },
        };
        let hints = vec![Cell::new(0); source.batches.len()];
        sources.push(Source { hints, ..source });
    }
    let mut buffers: Vec<Buffer> =
        variant.heads.iter().map(|h| Buffer::new(h.len(), &session.limits)).collect();
    let known = vec![FxHashMap::default(); code.aggregates];
    let mut run = Run { sources, cells: &mut session.database.cells, limits: &mut session.limits, known };
    run.rule(code, &variant.heads, &mut buffers)?;
    let mut found = Vec::new();
    for ((relation, _), buffer) in code.heads.iter().zip(buffers) {
        if buffer.pushed > 0 {
            let cells = rows::sort(buffer.cells, buffer.stride);
            found.push((*relation, Harvest { rule: variant.rule, cells, pushed: buffer.pushed }));
        }
    }
    Ok(found)
}

/// Brings the harvest in; the last rule that had something new.
fn end_round(
    session: &mut Session,
    live: &mut BTreeMap<RelationId, Live>,
    mut harvests: Harvests,
    round: u32,
    costs: &mut [RuleStats],
) -> Option<usize> {
    let mut changed = None;
    for (relation, one) in live {
        let harvest = harvests.remove(relation).unwrap_or_default();
        let stride = one.stride;
        let fresh = if one.best.is_some() {
            let all = harvest.iter().flat_map(|h| h.cells.iter().copied()).collect::<Vec<_>>();
            improve(one, &all, session).unwrap_or_default()
        } else {
            match &harvest[..] {
                [] => Vec::new(),
                [only] => only.cells.clone(),
                [first, rest @ ..] => {
                    let mut all = first.cells.clone();
                    rest.iter().for_each(|h| all.extend(&h.cells));
                    rows::sort(all, stride)
                }
            }
        };
        let new = one.advance(&fresh, round, session.provenance) as u64;
        session.limits.held += new;
        session.limits.held_bytes += new * 4 * (stride * (1 + one.orders.len())) as u64;
        let guard = one.store.new_rows();
        let batches = guard.batches();
        let fresh = batches.first().copied().unwrap_or_default();
        // A tuple counts as new for the first rule that derived it.
        let mut taken = vec![harvest.len() == 1; if harvest.len() == 1 { 0 } else { fresh.len() / stride }];
        for h in &harvest {
            let mine = if harvest.len() == 1 { new } else { take(fresh, stride, &h.cells, &mut taken) };
            let rule = &mut costs[h.rule];
            rule.new += mine;
            rule.known += h.pushed.saturating_sub(mine);
            if mine > 0 {
                changed = Some(h.rule);
            }
        }
    }
    changed
}

/// How many of a rule's rows are fresh and not taken; they are then.
fn take(fresh: &[u32], stride: usize, rows: &[u32], taken: &mut [bool]) -> u64 {
    let (mut at, mut count) = (0, 0);
    for row in rows.chunks_exact(stride) {
        while at < taken.len() && fresh[at * stride..(at + 1) * stride] < *row {
            at += 1;
        }
        if at < taken.len() && fresh[at * stride..(at + 1) * stride] == *row && !taken[at] {
            taken[at] = true;
            count += 1;
        }
    }
    count
}

/// Makes tables of what has grown.
fn close(session: &mut Session, live: BTreeMap<RelationId, Live>, n: usize) {
    for (id, mut one) in live {
        // After a stratum without recursion the last round is still new.
        one.store.advance();
        let (stride, columns) = (one.stride, one.columns);
        let mut cells = one.store.complete();
        if let Some((best, _)) = &one.best {
            let current = |row: &&[u32]| best.kept.get(&best.key(row)) == Some(&row[best.column]);
            cells = cells.chunks_exact(stride).filter(current).flatten().copied().collect();
        }
        let rounds = session.provenance.then(|| {
            let mut rounds = vec![0; cells.len() / stride];
            for (round, rows) in &one.log {
                let mut at = 0;
                for row in rows.chunks_exact(stride) {
                    at = rows::lower_bound(&cells, stride, row, at, rounds.len());
                    if at < rounds.len() && cells[at * stride..(at + 1) * stride] == *row {
                        rounds[at] = *round;
                    }
                }
            }
            rounds
        });
        let relation = session.program.relation(id);
        let types = relation.columns.iter().map(|c| c.1).collect();
        debug_assert_eq!(columns, relation.columns.len());
        let name: Arc<str> = relation.name.clone();
        session.database.tables.insert(name, Table::derived(types, cells, n as u32 + 1, rounds));
    }
}
