//! Runs a rule's steps over flat rows, nested loop in nested loop, straight
//! into the heads; limits are checked inside.

use super::code::{Code, Expr, Operand, Probe, Step, Sum};
use super::compute;
use super::limits::{Limits, Stop};
use crate::base::{Type, Value};
use crate::eval::builtin;
use crate::eval::cells::Cells;
use crate::eval::rows::{self, Offsets};
use crate::logic::{AggregateOp, Function, Test};
use rustc_hash::FxHashMap;
use std::cell::Cell;

/// The extreme kept for each value of the other columns.
pub(super) struct Best {
    pub(super) column: usize,
    pub(super) columns: usize,
    pub(super) type_: Type,
    pub(super) kept: FxHashMap<Vec<u32>, u32>,
}

impl Best {
    pub(super) fn key(&self, row: &[u32]) -> Vec<u32> {
        (0..self.columns).filter(|c| *c != self.column).map(|c| row[c]).collect()
    }
}

/// The rows that a search goes over.
pub(super) struct Source<'a> {
    pub(super) batches: Vec<&'a [u32]>,
    pub(super) stride: usize,
    pub(super) offsets: Option<&'a Offsets>,
    /// For relations with an extreme: rows that are no longer it are skipped.
    /// The second is the order of the columns.
    pub(super) best: Option<(&'a Best, &'a [usize])>,
    /// Where the last search ended up, per batch.
    pub(super) hints: Vec<Cell<usize>>,
}

impl Source<'_> {
    /// Rows of a batch that start with the key.
    #[inline]
    fn range(&self, batch: usize, key: &[u32]) -> (usize, usize) {
        let cells = self.batches[batch];
        let count = cells.len() / self.stride;
        let (mut from, mut to) = (0, count);
        if key.is_empty() {
            return (from, to);
        }
        if let Some(offsets) = self.offsets {
            (from, to) = offsets.range(key[0]);
            if key.len() == 1 || from == to {
                return (from, to);
            }
            from = rows::lower_bound(cells, self.stride, key, from, to);
        } else {
            let hint = self.hints[batch].get();
            let below = |n: usize| cells[n * self.stride..n * self.stride + key.len()] < *key;
            // Searches mostly ascend: gallop on from the last one, if it was below.
            if hint > 0 && hint <= count && below(hint - 1) {
                from = hint;
                let mut step = 1;
                while from + step < count && below(from + step) {
                    from += step;
                    step *= 2;
                }
                to = (from + step).min(count);
                if from + step < count {
                    to += 1;
                }
            }
            from = rows::lower_bound(cells, self.stride, key, from, to.min(count));
            self.hints[batch].set(from);
            to = count;
        }
        if from >= to || cells[from * self.stride..from * self.stride + key.len()] != *key {
            return (from, from);
        }
        (from, rows::upper_bound(cells, self.stride, key, from, to))
    }

    fn is_stale(&self, row: &[u32]) -> bool {
        let Some((best, order)) = self.best else { return false };
        let mut plain = vec![0; row.len()];
        for (n, column) in order.iter().enumerate() {
            plain[*column] = row[n];
        }
        best.kept.get(&best.key(&plain)) != Some(&plain[best.column])
    }
}

/// Rows under way, compacted when there are many.
pub(super) struct Buffer {
    pub(super) stride: usize,
    pub(super) cells: Vec<u32>,
    compact_at: usize,
    /// Rows pushed in all.
    pub(super) pushed: u64,
}

impl Buffer {
    pub(super) fn new(stride: usize, limits: &Limits) -> Buffer {
        Buffer { stride, cells: Vec::new(), compact_at: limits.first_check() * stride, pushed: 0 }
    }

    #[inline]
    fn push(&mut self, row: &[Operand], slots: &[u32], limits: &mut Limits) -> Result<(), Stop> {
        for operand in row {
            self.cells.push(get(*operand, slots));
        }
        self.pushed += 1;
        if self.cells.len() >= self.compact_at { self.compact(limits) } else { Ok(()) }
    }

    #[cold]
    fn compact(&mut self, limits: &mut Limits) -> Result<(), Stop> {
        let before = self.cells.len();
        self.cells = rows::sort(std::mem::take(&mut self.cells), self.stride);
        limits.check_rows(self.cells.len() / self.stride, self.stride)?;
        limits.check_time()?;
        if self.cells.len() * 2 > before {
            self.compact_at = limits.next_check(self.compact_at, self.stride);
        }
        Ok(())
    }
}

#[inline]
fn get(operand: Operand, slots: &[u32]) -> u32 {
    match operand {
        Operand::Slot(n) => slots[n],
        Operand::Cell(cell) => cell,
    }
}

/// Where complete solutions go.
enum Sink<'s> {
    Heads(&'s [Vec<Operand>], &'s mut [Buffer]),
    Solutions(&'s [Operand], &'s mut Buffer),
}

/// What a rule's run works with.
pub(super) struct Run<'a> {
    pub(super) sources: Vec<Source<'a>>,
    pub(super) cells: &'a mut Cells,
    pub(super) limits: &'a mut Limits,
    /// Results of aggregates by group.
    pub(super) known: Vec<FxHashMap<Vec<u32>, Option<u32>>>,
}

/// Groups remembered per aggregate.
const MAX_GROUPS: usize = 1 << 20;

impl Run<'_> {
    /// Runs a rule into one buffer per head.
    pub(super) fn rule(
        &mut self,
        code: &Code,
        heads: &[Vec<Operand>],
        out: &mut [Buffer],
    ) -> Result<(), Stop> {
        let mut slots = vec![0; code.slots];
        self.steps(&code.steps, &mut slots, &mut Sink::Heads(heads, out))
    }

    fn steps(&mut self, steps: &[Step], slots: &mut [u32], sink: &mut Sink) -> Result<(), Stop> {
        let Some((step, rest)) = steps.split_first() else {
            return match sink {
                Sink::Heads(heads, out) => {
                    for (head, buffer) in heads.iter().zip(out.iter_mut()) {
                        buffer.push(head, slots, self.limits)?;
                    }
                    Ok(())
                }
                Sink::Solutions(row, buffer) => {
                    if row.is_empty() {
                        return buffer.push(&[Operand::Cell(0)], slots, self.limits);
                    }
                    buffer.push(row, slots, self.limits)
                }
            };
        };
        match step {
            Step::Rows(probe) => self.rows(probe, rest, slots, sink),
            Step::Exists(probe) => match self.exists(probe, slots)? {
                true => self.steps(rest, slots, sink),
                false => Ok(()),
            },
            Step::Absent(computed, probe) => {
                let mut defined = true;
                for (slot, type_, expr) in computed {
                    match self.cell(expr, *type_, slots)? {
                        Some(cell) => slots[*slot] = cell,
                        None => defined = false,
                    }
                }
                match defined && self.exists(probe, slots)? {
                    true => Ok(()),
                    false => self.steps(rest, slots, sink),
                }
            }
            Step::Test(test, terms, negated) => match self.test(*test, terms, slots)? {
                Some(holds) if holds != *negated => self.steps(rest, slots, sink),
                _ => Ok(()),
            },
            Step::Bind(slot, type_, expr) => {
                let Some(cell) = self.cell(expr, *type_, slots)? else { return Ok(()) };
                slots[*slot] = cell;
                self.steps(rest, slots, sink)
            }
            Step::Range(slot, low, high) => {
                let (Some(Value::Int(low)), Some(Value::Int(high))) =
                    (self.value(low, slots)?, self.value(high, slots)?)
                else {
                    return Ok(());
                };
                for n in low..high {
                    self.limits.tick()?;
                    slots[*slot] = self.cells.int(n);
                    self.steps(rest, slots, sink)?;
                }
                Ok(())
            }
        }
    }

    fn rows(&mut self, probe: &Probe, rest: &[Step], slots: &mut [u32], sink: &mut Sink) -> Result<(), Stop> {
        let mut key = [0; super::code::MAX_KEY];
        let key = key_of(probe, slots, &mut key);
        for batch in 0..self.sources[probe.source].batches.len() {
            let source = &self.sources[probe.source];
            let (from, to) = source.range(batch, key);
            let (cells, stride, stale) = (source.batches[batch], source.stride, source.best.is_some());
            // The innermost loop, where nothing but the row is left to do.
            if let (true, false, [], Sink::Heads([head], [buffer])) =
                (rest.is_empty(), stale, &probe.checks[..], &mut *sink)
            {
                for row in cells[from * stride..to * stride].chunks_exact(stride) {
                    for (place, slot) in &probe.loads {
                        slots[*slot] = row[*place];
                    }
                    buffer.push(head, slots, self.limits)?;
                }
                self.limits.ticks((to - from) as u64)?;
                continue;
            }
            for row in cells[from * stride..to * stride].chunks_exact(stride) {
                self.limits.tick()?;
                for (place, slot) in &probe.loads {
                    slots[*slot] = row[*place];
                }
                let fits = probe.checks.iter().all(|(place, is)| row[*place] == get(*is, slots));
                if fits && !(stale && self.sources[probe.source].is_stale(row)) {
                    self.steps(rest, slots, sink)?;
                }
            }
        }
        Ok(())
    }

    fn exists(&mut self, probe: &Probe, slots: &[u32]) -> Result<bool, Stop> {
        let mut key = [0; super::code::MAX_KEY];
        let key = key_of(probe, slots, &mut key);
        let source = &self.sources[probe.source];
        for batch in 0..source.batches.len() {
            let (from, to) = source.range(batch, key);
            for row in
                source.batches[batch][from * source.stride..to * source.stride].chunks_exact(source.stride)
            {
                self.limits.tick()?;
                let fits = probe.checks.iter().all(|(place, is)| row[*place] == get(*is, slots));
                if fits && !source.is_stale(row) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Whether a test holds; `None` where a term has no value.
    fn test(&mut self, test: Test, terms: &[Expr], slots: &mut [u32]) -> Result<Option<bool>, Stop> {
        if let [a, b] = terms
            && let (Some((type_, a)), Some((other, b))) = (self.plain(a, slots), self.plain(b, slots))
            && type_ == other
        {
            let ordered = Cells::ordered(type_, a, b);
            match test {
                Test::Eq => return Ok(Some(a == b)),
                Test::Ne => return Ok(Some(a != b)),
                Test::Lt if ordered => return Ok(Some(a < b)),
                Test::Le if ordered => return Ok(Some(a <= b)),
                Test::Gt if ordered => return Ok(Some(a > b)),
                Test::Ge if ordered => return Ok(Some(a >= b)),
                _ => {}
            }
        }
        let mut values = Vec::with_capacity(terms.len());
        for term in terms {
            match self.value(term, slots)? {
                Some(value) => values.push(value),
                None => return Ok(None),
            }
        }
        builtin::test(test, &values).map(Some).map_err(Stop::Run)
    }

    /// The cell of a term that needs no computing.
    fn plain(&self, expr: &Expr, slots: &[u32]) -> Option<(Type, u32)> {
        match expr {
            Expr::Slot(n, type_) => Some((*type_, slots[*n])),
            Expr::Const(value, cell) => Some((value.type_of(), *cell)),
            _ => None,
        }
    }

    fn cell(&mut self, expr: &Expr, type_: Type, slots: &mut [u32]) -> Result<Option<u32>, Stop> {
        if let Some((own, cell)) = self.plain(expr, slots)
            && own == type_
        {
            return Ok(Some(cell));
        }
        if let (Expr::Call(function, terms, Type::Int), Type::Int) = (expr, type_)
            && let [a, b] = &terms[..]
            && let (Some((Type::Int, a)), Some((Type::Int, b))) = (self.plain(a, slots), self.plain(b, slots))
        {
            let (a, b) = (self.cells.to_int(a), self.cells.to_int(b));
            let quick = match function {
                Function::Add => a.checked_add(b),
                Function::Sub => a.checked_sub(b),
                Function::Mul => a.checked_mul(b),
                _ => None,
            };
            if let Some(n) = quick {
                return Ok(Some(self.cells.int(n)));
            }
        }
        let value = self.value(expr, slots)?.and_then(|value| compute::convert(value, type_));
        Ok(value.map(|value| self.cells.encode(&value)))
    }

    fn value(&mut self, expr: &Expr, slots: &mut [u32]) -> Result<Option<Value>, Stop> {
        match expr {
            Expr::Slot(n, type_) => Ok(Some(self.cells.decode(*type_, slots[*n]))),
            Expr::Const(value, _) => Ok(Some(value.clone())),
            Expr::Call(function, terms, type_) => {
                let mut values = Vec::with_capacity(terms.len());
                for term in terms {
                    match self.value(term, slots)? {
                        Some(value) => values.push(value),
                        None => return Ok(None),
                    }
                }
                compute::limit_text(*function, &values).map_err(Stop::Run)?;
                let value = builtin::call(*function, &values).map_err(Stop::Run)?;
                Ok(value.and_then(|value| compute::convert(value, *type_)))
            }
            Expr::Aggregate(sum) => {
                let cell = self.aggregate(sum, slots)?;
                Ok(cell.map(|cell| self.cells.decode(sum.type_, cell)))
            }
        }
    }

    fn aggregate(&mut self, sum: &Sum, slots: &mut [u32]) -> Result<Option<u32>, Stop> {
        let group: Vec<u32> = sum.groups.iter().map(|n| slots[*n]).collect();
        if let Some(known) = self.known[sum.number].get(&group) {
            return Ok(*known);
        }
        let stride = sum.solution.len().max(1);
        let mut buffer = Buffer::new(stride, self.limits);
        // Slots of the list may shadow nothing outside, but its own run of
        // another group must not leave anything behind.
        let mut inner = slots.to_vec();
        self.steps(&sum.steps, &mut inner, &mut Sink::Solutions(&sum.solution, &mut buffer))?;
        let found = rows::sort(buffer.cells, stride);
        let result = match (sum.op, sum.value) {
            (AggregateOp::Count, _) | (_, None) => Some(Value::Int((found.len() / stride) as i64)),
            (op, Some(type_)) => {
                let values = found.chunks_exact(stride).map(|r| self.cells.decode(type_, r[stride - 1]));
                compute::aggregate(op, sum.type_, values.collect()).map_err(Stop::Run)?
            }
        };
        let cell = result.map(|value| self.cells.encode(&value));
        let known = &mut self.known[sum.number];
        if known.len() >= MAX_GROUPS {
            known.clear();
        }
        known.insert(group, cell);
        Ok(cell)
    }
}

fn key_of<'k>(probe: &Probe, slots: &[u32], key: &'k mut [u32; super::code::MAX_KEY]) -> &'k [u32] {
    for (to, operand) in key.iter_mut().zip(&probe.key) {
        *to = get(*operand, slots);
    }
    &key[..probe.key.len()]
}
