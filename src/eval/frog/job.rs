//! One run of a rule in one order, on one thread or several.

use super::Index;
use super::Session;
use super::code::{Code, Need, Part, Step};
use super::emit::Buffer;
use super::kernel::{self, Run, Source, Values};
use super::limits::{Limits, Stop};
use super::live::Live;
use super::store::Guard;
use crate::eval::cells::Cells;
use crate::eval::{RuleStats, pack, rows, weave};
use crate::logic::typed::RelationId;
use rustc_hash::FxHashMap;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

/// A rule in one order, with what it may be run for.
pub(super) struct Variant {
    pub(super) rule: usize,
    pub(super) code: Code,
    pub(super) again: bool,
    /// Nanoseconds that each cell of its driver took when it last ran.
    pub(super) pace: Cell<u64>,
}

/// One rule's distinct rows for a head, in one round.
pub(super) struct Harvest {
    pub(super) rule: usize,
    pub(super) cells: Vec<u32>,
    pub(super) pushed: u64,
}

impl Harvest {
    /// Bytes of the rows.
    pub(super) fn bytes(&self) -> u64 {
        4 * self.cells.len() as u64
    }

    /// Counts what was new and known; the rule, if it brought something new.
    pub(super) fn count(&self, new: u64, costs: &mut [RuleStats]) -> Option<usize> {
        costs[self.rule].new += new;
        costs[self.rule].known += self.pushed.saturating_sub(new);
        (new > 0).then_some(self.rule)
    }
}

pub(super) type Indexes = FxHashMap<(RelationId, Vec<usize>), Arc<Index>>;

/// Nanoseconds of work that are worth a thread of their own.
const WORTH: u64 = 100_000;
/// The pace of what hasn't run yet.
pub(super) const PACE: u64 = 50;
/// Pieces a thread, so that none waits long for another.
const PIECES: usize = 4;

pub(super) fn run(
    session: &mut Session,
    variant: &Variant,
    live: &BTreeMap<RelationId, Live>,
    indexes: &Indexes,
) -> Result<Vec<(RelationId, Harvest)>, Stop> {
    let code = &variant.code;
    // Borrowed rows of growing relations, for as long as the rule runs.
    let guards: Vec<_> = code.needs.iter().map(|need| guards(need, live)).collect();
    let mut sources = Vec::new();
    let counts: Vec<usize> = (code.needs.iter().zip(&guards))
        .map(|(need, held)| match indexes.get(&(need.relation, need.order.clone())) {
            Some(index) if need.part == Part::Complete => index.cells.len() / index.stride,
            _ => held.iter().flat_map(|guard| guard.batches()).map(<[u32]>::len).sum(),
        })
        .collect();
    for (n, (need, held)) in code.needs.iter().zip(&guards).enumerate() {
        sources.push(match live.get(&need.relation) {
            Some(one) if need.part != Part::Complete => Source {
                batches: match one.news.iter().find(|news| need.part == Part::New && news.0 == need.order) {
                    Some((_, cells)) if cells.is_empty() => Vec::new(),
                    Some((_, cells)) => vec![&cells[..]],
                    None => held.iter().flat_map(|guard| guard.batches()).collect(),
                },
                stride: one.stride,
                offsets: None,
                dense: None,
                best: one.best.as_ref().map(|best| (&best.0, &need.order[..])),
                hints: Vec::new(),
            }
            .again(),
            _ => {
                let Some(index) = indexes.get(&(need.relation, need.order.clone())) else { continue };
                let others = counts.iter().enumerate().filter(|other| other.0 != n);
                let worth = index.is_searched(others.fold(1, |all: usize, c| all.saturating_mul(*c.1)));
                Source {
                    batches: if index.cells.is_empty() { Vec::new() } else { vec![&index.cells[..]] },
                    stride: index.stride,
                    offsets: index.offsets(worth),
                    dense: if need.member && worth { index.dense() } else { None },
                    best: None,
                    hints: Vec::new(),
                }
                .again()
            }
        });
    }
    let driver = kernel::driver(code, &sources);
    let filter = |id| live.get(id).and_then(|one: &Live| one.filter.as_ref());
    let filters: Vec<_> = code.heads.iter().map(filter).collect();
    let buffers = |limits: &Limits| -> Vec<Buffer> {
        let heads = code.rows.iter().zip(&filters);
        heads.map(|(row, filter)| Buffer::new(row.len(), limits, *filter)).collect()
    };
    let pieces = match driver {
        Some(driver) if session.threads > 1 && !code.makes && !code.alone => {
            split(code, &sources, driver, session.threads, variant.pace.get())
        }
        _ => Vec::new(),
    };
    let (begun, threads) = (Instant::now(), session.threads.min(pieces.len()).max(1));
    let found: Vec<(Vec<u32>, u64)> = if threads > 1 {
        let cells = &session.database.cells;
        let limits = session.limits.split(threads);
        beside(code, &sources, cells, limits, &pieces, &buffers)?
    } else {
        let mut buffers = buffers(&session.limits);
        let values = Values::Own(&mut session.database.cells);
        let mut run = Run::new(sources, values, &mut session.limits, code);
        run.rule(code, driver, &mut buffers)?;
        buffers
            .into_iter()
            .map(|buffer| (buffer.pushed, buffer.finish()))
            .map(|(n, cells)| (cells, n))
            .collect()
    };
    if let Some(cells) = driver.map(|driver| driver.len()).filter(|cells| *cells > 0) {
        variant.pace.set(begun.elapsed().as_nanos() as u64 * threads as u64 / cells as u64);
    }
    let harvest = |(cells, pushed)| Harvest { rule: variant.rule, cells, pushed };
    let found = code.heads.iter().copied().zip(found.into_iter().map(harvest));
    Ok(found.filter(|(_, harvest)| harvest.pushed > 0).collect())
}

fn guards<'l>(need: &Need, live: &'l BTreeMap<RelationId, Live>) -> Vec<Box<dyn Guard + 'l>> {
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
    held
}

/// A driver's rows in pieces for several threads, no value of its first column
/// in two of them where that would part what belongs together.
fn split<'a>(
    code: &Code,
    sources: &[Source<'a>],
    driver: &'a [u32],
    threads: usize,
    pace: u64,
) -> Vec<&'a [u32]> {
    let stride = match code.steps.first() {
        Some(Step::Rows(probe) | Step::Groups(probe)) => sources[probe.source].stride,
        _ => return Vec::new(),
    };
    let aligned = code.grouped || matches!(code.steps[0], Step::Groups(_));
    let count = driver.len() / stride;
    let threads = threads.min((pace.saturating_mul(driver.len() as u64) / WORTH) as usize);
    if threads < 2 {
        return Vec::new();
    }
    let (wanted, mut pieces, mut from) = (threads * PIECES, Vec::new(), 0);
    for n in 1..=wanted {
        let mut to = count * n / wanted;
        if aligned && to > 0 && to < count {
            let last = (to - 1) * stride;
            to = rows::upper_bound(driver, stride, &driver[last..=last], to - 1, count);
        }
        if to > from {
            pieces.push(&driver[from * stride..to * stride]);
            from = to;
        }
    }
    pieces
}

/// Runs the rule over the driver's pieces, on as many threads as there are
/// limits.
fn beside<'f>(
    code: &Code,
    sources: &[Source<'_>],
    cells: &Cells,
    limits: Vec<Limits>,
    pieces: &[&[u32]],
    buffers: &(dyn Fn(&Limits) -> Vec<Buffer<'f>> + Sync),
) -> Result<Vec<(Vec<u32>, u64)>, Stop> {
    type Found = Result<Vec<(Vec<u32>, u64, bool)>, Stop>;
    let (threads, next) = (limits.len(), AtomicUsize::new(0));
    let found: Mutex<Vec<(usize, Found)>> = Mutex::new(Vec::new());
    let end = |n: usize, limits: &mut Limits, ran: Result<(), Stop>, buffers: Vec<Buffer>| {
        let rows = |buffer: Buffer| {
            let (pushed, stride, settled) = (buffer.pushed, buffer.stride, buffer.is_filtered());
            let cells = buffer.finish();
            limits.set_aside(cells.len() / stride, stride)?;
            Ok((cells, pushed, settled))
        };
        let result: Found = ran.and_then(|()| buffers.into_iter().map(rows).collect());
        if result.is_err() {
            next.store(pieces.len(), Relaxed);
        }
        found.lock().unwrap_or_else(PoisonError::into_inner).push((n, result));
    };
    let work = |mut limits: Limits| {
        let mut kept = None;
        loop {
            let n = next.fetch_add(1, Relaxed);
            let Some(piece) = pieces.get(n) else { break };
            let mut own = kept.take().unwrap_or_else(|| buffers(&limits));
            let mine = sources.iter().map(Source::again).collect();
            let mut run = Run::new(mine, Values::Shared(cells), &mut limits, code);
            let ran = run.rule(code, Some(piece), &mut own);
            // Where pieces ascend, so do their rows, which needn't be sorted together.
            if code.grouped || ran.is_err() {
                end(n, &mut limits, ran, own);
            } else {
                kept = Some(own);
            }
        }
        if let Some(own) = kept {
            end(pieces.len(), &mut limits, Ok(()), own);
        }
    };
    thread::scope(|scope| {
        let mut limits = limits.into_iter();
        let own = limits.next();
        limits.for_each(|limits| drop(scope.spawn(|| work(limits))));
        own.into_iter().for_each(work);
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort_by_key(|f| f.0);
    let mut heads: Vec<(Vec<Vec<u32>>, u64, bool)> = code.heads.iter().map(|_| Default::default()).collect();
    for (_, found) in found {
        for (head, (cells, pushed, settled)) in heads.iter_mut().zip(found?) {
            head.0.push(cells);
            (head.1, head.2) = (head.1 + pushed, settled);
        }
    }
    let strides = code.rows.iter().map(Vec::len);
    let one = |((lists, pushed, settled), stride)| match settled {
        true => (weave::unite(lists, stride, threads), pushed),
        false => (union(lists, stride), pushed),
    };
    Ok(heads.into_iter().zip(strides).map(one).collect())
}

/// Sorted lists as one, without repeats.
pub(super) fn union(mut lists: Vec<Vec<u32>>, stride: usize) -> Vec<u32> {
    lists.retain(|list| !list.is_empty());
    let ascend = lists.windows(2).all(|two| two[0][two[0].len() - stride..] < two[1][..stride]);
    if ascend && lists.len() > 1 {
        let mut all = Vec::with_capacity(lists.iter().map(Vec::len).sum());
        lists.drain(..).for_each(|list| all.extend(list));
        return all;
    }
    while lists.len() > 1 {
        lists = merged(&mut lists.into_iter(), stride);
    }
    lists.pop().unwrap_or_default()
}

/// The same, of lists that are kept.
pub(super) fn union_of(lists: &[&[u32]], stride: usize) -> Vec<u32> {
    union(merged(&mut lists.iter(), stride), stride)
}

/// Two lists each as one.
fn merged<L: AsRef<[u32]>>(lists: &mut dyn Iterator<Item = L>, stride: usize) -> Vec<Vec<u32>> {
    let mut out = Vec::new();
    while let Some(first) = lists.next() {
        out.push(match lists.next() {
            Some(second) => pack::merge(first.as_ref(), second.as_ref(), stride),
            None => first.as_ref().to_vec(),
        });
    }
    out
}
