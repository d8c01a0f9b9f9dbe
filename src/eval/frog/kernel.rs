//! Runs a rule's steps over flat rows, nested loop in nested loop, straight
//! into the heads; limits are checked inside.

use super::code::{Code, Leaf, MAX_KEY, Operand, Probe, Step};
use super::dense::Dense;
use super::emit::{Buffer, get};
use super::limits::{Limits, Stop};
use super::stamps::Stamps;
use crate::base::{Type, Value};
use crate::eval::cells::Cells;
use crate::eval::rows::{self, Offsets};
use rustc_hash::FxHashMap;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

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
    /// The same rows as bits, if that is worth its memory.
    pub(super) dense: Option<&'a Dense>,
    /// For relations with an extreme: rows that are no longer it are skipped.
    /// The second is the order of the columns.
    pub(super) best: Option<(&'a Best, &'a [usize])>,
    /// Where the last search ended up, per batch.
    pub(super) hints: Vec<AtomicUsize>,
}

impl<'a> Source<'a> {
    /// The same for another thread.
    pub(super) fn again(&self) -> Source<'a> {
        let hints = self.batches.iter().map(|_| AtomicUsize::new(0)).collect();
        Source { batches: self.batches.clone(), hints, ..*self }
    }

    /// Rows of a batch that start with the key.
    #[inline]
    pub(super) fn range(&self, batch: usize, key: &[u32]) -> (usize, usize) {
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
            // The next of ascending searches begins where the last ended.
            let hint = self.hints[batch].load(Relaxed);
            if from < hint && hint < to && rows::below(cells, (hint - 1) * self.stride, key) {
                from = rows::gallop(cells, self.stride, key, hint, to);
            } else {
                from = rows::lower_bound(cells, self.stride, key, from, to);
            }
            if from >= to || cells[from * self.stride..from * self.stride + key.len()] != *key {
                self.hints[batch].store(from, Relaxed);
                return (from, from);
            }
            to = rows::upper_bound(cells, self.stride, key, from, to);
            self.hints[batch].store(to, Relaxed);
            return (from, to);
        } else {
            let hint = self.hints[batch].load(Relaxed);
            let below = |n: usize| rows::below(cells, n * self.stride, key);
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
            self.hints[batch].store(from, Relaxed);
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

/// Where complete solutions go.
pub(super) enum Sink<'s, 'f> {
    /// Each head's columns and rows; of a single head also how the innermost
    /// loop makes them.
    Heads(&'s [Vec<Operand>], Option<&'s Leaf>, &'s mut [Buffer<'f>]),
    Solutions(&'s [Operand], &'s mut Buffer<'f>),
}

/// Values as they are, or with room for new ones.
pub(super) enum Values<'a> {
    Own(&'a mut Cells),
    /// Of a run beside others, which makes no new values.
    Shared(&'a Cells),
}

impl Values<'_> {
    pub(super) fn get(&self) -> &Cells {
        match self {
            Values::Own(cells) => cells,
            Values::Shared(cells) => cells,
        }
    }

    /// The cell of a value; a run beside others has to stop for a new one.
    pub(super) fn encode(&mut self, value: &Value) -> Result<u32, Stop> {
        match self {
            Values::Own(cells) => Ok(cells.encode(value)),
            Values::Shared(cells) => cells.find(value).ok_or(Stop::Alone),
        }
    }
}

/// The rows that a rule starts from, where they lie side by side.
pub(super) fn driver<'a>(code: &Code, sources: &[Source<'a>]) -> Option<&'a [u32]> {
    let Some(Step::Rows(probe) | Step::Groups(probe)) = code.steps.first() else { return None };
    let source = &sources[probe.source];
    let [cells] = source.batches[..] else { return None };
    let mut key = [0; MAX_KEY];
    let span = source.range(0, key_of(probe, &[], &mut key));
    let (from, to) = source.narrow(0, probe, &[], span);
    Some(&cells[from * source.stride..to * source.stride])
}

/// What a rule's run works with.
pub(super) struct Run<'a> {
    pub(super) sources: Vec<Source<'a>>,
    pub(super) values: Values<'a>,
    pub(super) limits: &'a mut Limits,
    /// Results of aggregates by group.
    pub(super) known: Vec<FxHashMap<Vec<u32>, Option<u32>>>,
    /// Batch and rows of each search that is being intersected.
    spans: Vec<(usize, usize, usize)>,
    /// How often the first so many columns of the driver's rows have changed.
    turns: [u32; MAX_KEY + 1],
    /// When a value last went on, for each step that lets it on once.
    gone: Vec<Stamps>,
    /// The driver's rows that the present combination starts.
    pub(super) group: &'a [u32],
    /// Rows that meet conditions.
    pub(super) kept: Vec<u32>,
}

/// The most searches that one intersection takes.
pub(super) const MAX_MEET: usize = 8;

impl<'a> Run<'a> {
    pub(super) fn new(
        sources: Vec<Source<'a>>,
        values: Values<'a>,
        limits: &'a mut Limits,
        code: &Code,
    ) -> Run<'a> {
        let known = vec![FxHashMap::default(); code.aggregates];
        let gone = (0..code.onces).map(|_| Stamps::default()).collect();
        let (spans, group, kept): (_, &[u32], _) = Default::default();
        Run { sources, values, limits, known, spans, turns: [1; MAX_KEY + 1], gone, group, kept }
    }

    /// Runs a rule into one buffer per head, over these of its driver's rows.
    pub(super) fn rule(
        &mut self,
        code: &Code,
        part: Option<&'a [u32]>,
        out: &mut [Buffer],
    ) -> Result<(), Stop> {
        let mut slots = vec![0; code.slots];
        let sink = &mut Sink::Heads(&code.rows, code.leaf.as_ref(), out);
        let (Some((first, rest)), Some(part)) = (code.steps.split_first(), part) else {
            return self.steps(&code.steps, &mut slots, sink);
        };
        let (Step::Rows(probe) | Step::Groups(probe)) = first else {
            return self.steps(&code.steps, &mut slots, sink);
        };
        let stride = self.sources[probe.source].stride;
        let (mut from, count) = (0, part.len() / stride);
        while from < count {
            let to = match code.grouped {
                true => rows::upper_bound(part, stride, &part[from * stride..=from * stride], from, count),
                false => count,
            };
            let some = &part[from * stride..to * stride];
            match first {
                Step::Groups(_) => self.groups(probe, some, rest, &mut slots, sink)?,
                _ => self.over(probe, some, rest, &mut slots, sink)?,
            }
            if let (true, Sink::Heads(_, _, out)) = (code.grouped, &mut *sink) {
                out.iter_mut().for_each(Buffer::end_block);
            }
            from = to;
        }
        Ok(())
    }

    pub(super) fn steps(&mut self, steps: &[Step], slots: &mut [u32], sink: &mut Sink) -> Result<(), Stop> {
        let mut steps = steps;
        // What only lets a solution on or not needs no loop of its own.
        let (step, rest) = loop {
            let Some((step, rest)) = steps.split_first() else { return self.found(slots, sink) };
            let goes_on = match step {
                Step::Exists(probe) => self.exists(probe, slots)?,
                Step::Absent(computed, probe) => {
                    let mut defined = true;
                    for (slot, type_, expr) in computed {
                        match self.cell(expr, *type_, slots)? {
                            Some(cell) => slots[*slot] = cell,
                            None => defined = false,
                        }
                    }
                    !(defined && self.exists(probe, slots)?)
                }
                Step::Test(test, terms, negated) => {
                    self.test(*test, terms, slots)?.is_some_and(|holds| holds != *negated)
                }
                Step::Bind(slot, type_, expr) => match self.cell(expr, *type_, slots)? {
                    Some(cell) => {
                        slots[*slot] = cell;
                        true
                    }
                    None => false,
                },
                Step::Once { slot, start, number } => {
                    self.gone[*number].stamp(slots[*slot], self.turns[*start])
                }
                Step::Rows(_) | Step::Groups(_) | Step::Meet(..) | Step::Range(..) => break (step, rest),
            };
            if !goes_on {
                return Ok(());
            }
            steps = rest;
        };
        match step {
            Step::Rows(probe) => {
                let mut key = [0; MAX_KEY];
                let key = key_of(probe, slots, &mut key);
                for batch in 0..self.sources[probe.source].batches.len() {
                    let source = &self.sources[probe.source];
                    let (from, to) = source.narrow(batch, probe, slots, source.range(batch, key));
                    let part = &source.batches[batch][from * source.stride..to * source.stride];
                    self.over(probe, part, rest, slots, sink)?;
                }
                Ok(())
            }
            Step::Groups(probe) => {
                for batch in 0..self.sources[probe.source].batches.len() {
                    let part = self.sources[probe.source].batches[batch];
                    self.groups(probe, part, rest, slots, sink)?;
                }
                Ok(())
            }
            Step::Meet(slot, probes) => self.meet(*slot, probes, rest, slots, sink),
            Step::Range(slot, low, high) => {
                let (Some(Value::Int(low)), Some(Value::Int(high))) =
                    (self.value(low, slots)?, self.value(high, slots)?)
                else {
                    return Ok(());
                };
                for n in low..high {
                    self.limits.tick()?;
                    slots[*slot] = self.int(n)?;
                    self.steps(rest, slots, sink)?;
                }
                Ok(())
            }
            // Done above.
            _ => Ok(()),
        }
    }

    /// Takes a solution.
    fn found(&mut self, slots: &[u32], sink: &mut Sink) -> Result<(), Stop> {
        match sink {
            Sink::Heads(heads, _, out) => {
                for (head, buffer) in heads.iter().zip(out.iter_mut()) {
                    buffer.push(head, slots, self.limits)?;
                }
                Ok(())
            }
            Sink::Solutions([], buffer) => buffer.push(&[Operand::Cell(0)], slots, self.limits),
            Sink::Solutions(row, buffer) => buffer.push(row, slots, self.limits),
        }
    }

    /// The rest of the steps for each combination that these rows start with.
    fn groups(
        &mut self,
        probe: &Probe,
        part: &'a [u32],
        rest: &[Step],
        slots: &mut [u32],
        sink: &mut Sink,
    ) -> Result<(), Stop> {
        let (stride, width) = (self.sources[probe.source].stride, probe.loads.len());
        let (mut from, count) = (0, part.len() / stride);
        let mut before: &[u32] = &[];
        while from < count {
            let key = &part[from * stride..from * stride + width];
            let same = before.iter().zip(key).take_while(|(a, b)| a == b).count();
            self.turns[same + 1..=width].iter_mut().for_each(|turn| *turn += 1);
            for ((_, slot), cell) in probe.loads.iter().zip(key) {
                slots[*slot] = *cell;
            }
            self.limits.tick()?;
            let to = rows::upper_bound(part, stride, key, from, count);
            self.group = &part[from * stride..to * stride];
            self.steps(rest, slots, sink)?;
            (before, from) = (key, to);
        }
        Ok(())
    }

    /// The rest of the steps for each of these rows.
    fn over(
        &mut self,
        probe: &Probe,
        part: &[u32],
        rest: &[Step],
        slots: &mut [u32],
        sink: &mut Sink,
    ) -> Result<(), Stop> {
        let source = &self.sources[probe.source];
        let (stride, stale) = (source.stride, source.best.is_some());
        // The innermost loop, where nothing but the row is left to do.
        if let (false, Sink::Heads(_, Some(leaf), [buffer])) = (stale, &mut *sink)
            && leaf.conditions == rest.len()
        {
            if !(rest.is_empty() && probe.checks.is_empty()) {
                return self.leaf((probe, rest), part, &leaf.pieces, slots, buffer);
            }
            buffer.push_all(&leaf.pieces, slots, part, stride, self.limits)?;
            return self.limits.ticks((part.len() / stride) as u64);
        }
        for row in part.chunks_exact(stride) {
            self.limits.tick()?;
            for (place, slot) in &probe.loads {
                slots[*slot] = row[*place];
            }
            let fits = probe.checks.iter().all(|(place, is)| row[*place] == get(*is, slots));
            if fits && !(stale && self.sources[probe.source].is_stale(row)) {
                self.steps(rest, slots, sink)?;
            }
        }
        Ok(())
    }

    /// The rest of the steps for each value that all searches give in their
    /// next column: whichever gives fewest is gone through, the others looked
    /// up, by bits or by ascending searches.
    fn meet(
        &mut self,
        slot: usize,
        probes: &[Probe],
        rest: &[Step],
        slots: &mut [u32],
        sink: &mut Sink,
    ) -> Result<(), Stop> {
        let mark = self.spans.len();
        let mut starts = [mark; MAX_MEET + 1];
        // Of those looked up by bits, the place of the key.
        let mut bits: [Option<usize>; MAX_MEET] = [None; MAX_MEET];
        let (mut fewest, mut driver) = (usize::MAX, 0);
        for (n, probe) in probes.iter().enumerate() {
            let mut key = [0; MAX_KEY];
            let key = key_of(probe, slots, &mut key);
            let source = &self.sources[probe.source];
            let mut total = 0;
            for batch in 0..source.batches.len() {
                let (from, to) = source.narrow(batch, probe, slots, source.range(batch, key));
                if from < to {
                    self.spans.push((batch, from, to));
                    total += to - from;
                }
            }
            starts[n + 1] = self.spans.len();
            bits[n] = source.dense.and_then(|dense| dense.place(key));
            if total < fewest {
                (fewest, driver) = (total, n);
            }
            if total == 0 {
                break;
            }
        }
        if fewest > 0 {
            let own = &self.sources[probes[driver].source];
            let (stride, place) = (own.stride, probes[driver].key.len());
            for span in starts[driver]..starts[driver + 1] {
                let (batch, from, to) = self.spans[span];
                let part = &self.sources[probes[driver].source].batches[batch][from * stride..to * stride];
                let mut cursors = [0; MAX_MEET];
                for row in part.chunks_exact(stride) {
                    self.limits.tick()?;
                    let cell = row[place];
                    let all = probes.iter().enumerate().all(|(n, probe)| {
                        let spans = &self.spans[starts[n]..starts[n + 1]];
                        n == driver || self.meets(probe, cell, spans, bits[n], &mut cursors[n])
                    });
                    if all {
                        slots[slot] = cell;
                        self.steps(rest, slots, sink)?;
                    }
                }
            }
        }
        self.spans.truncate(mark);
        Ok(())
    }

    /// Whether a search gives this value in its next column.
    #[inline]
    fn meets(
        &self,
        probe: &Probe,
        cell: u32,
        spans: &[(usize, usize, usize)],
        bits: Option<usize>,
        cursor: &mut usize,
    ) -> bool {
        let source = &self.sources[probe.source];
        let place = probe.key.len();
        if let (Some(base), Some(dense)) = (bits, source.dense) {
            let part = dense.columns().get(place).and_then(|column| column.part(cell));
            return part.is_some_and(|part| dense.has(base + part));
        }
        // One batch is gone through once; of several, each is searched anew.
        let alone = spans.len() == 1;
        spans.iter().any(|(batch, from, to)| {
            let cells = source.batches[*batch];
            let from = if alone { *from.max(cursor) } else { *from };
            let at = seek(cells, source.stride, place, cell, from, *to);
            if alone {
                *cursor = at;
            }
            at < *to && cells[at * source.stride + place] == cell
        })
    }

    pub(super) fn exists(&mut self, probe: &Probe, slots: &[u32]) -> Result<bool, Stop> {
        let mut key = [0; MAX_KEY];
        let key = key_of(probe, slots, &mut key);
        let source = &self.sources[probe.source];
        if let (Some(dense), []) = (source.dense, &probe.checks[..])
            && key.len() == dense.columns().len()
        {
            return Ok(dense.place(key).is_some_and(|place| dense.has(place)));
        }
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
}

/// The first of some rows, ascending in a column, that isn't below a value.
pub(super) fn seek(cells: &[u32], stride: usize, place: usize, cell: u32, from: usize, to: usize) -> usize {
    let below = |n: usize| cells[n * stride + place] < cell;
    if from >= to || !below(from) {
        return from;
    }
    let (mut low, mut step) = (from, 1);
    while low + step < to && below(low + step) {
        low += step;
        step *= 2;
    }
    let mut high = (low + step).min(to);
    low += 1;
    while low < high {
        let middle = low + (high - low) / 2;
        if below(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

/// What a search goes by, now.
#[inline]
pub(super) fn key_of<'k>(probe: &Probe, slots: &[u32], key: &'k mut [u32; MAX_KEY]) -> &'k [u32] {
    for (to, operand) in key.iter_mut().zip(&probe.key) {
        *to = get(*operand, slots);
    }
    &key[..probe.key.len()]
}
