//! What a rule computes while it runs: tests, terms and aggregates.

use super::code::{Expr, MAX_KEY, Operand, Probe, Step, Sum};
use super::compute;
use super::emit::Buffer;
use super::kernel::{Run, Sink, key_of};
use super::limits::Stop;
use crate::base::{Type, Value};
use crate::eval::builtin;
use crate::eval::cells;
use crate::logic::{AggregateOp, Function, Test};

/// Groups remembered per aggregate.
const MAX_GROUPS: usize = 1 << 20;

impl Run<'_> {
    /// Whether a test holds; `None` where a term has no value.
    pub(super) fn test(
        &mut self,
        test: Test,
        terms: &[Expr],
        slots: &mut [u32],
    ) -> Result<Option<bool>, Stop> {
        if let [a, b] = terms
            && let (Some((type_, a)), Some((other, b))) = (self.plain(a, slots), self.plain(b, slots))
        {
            let order = || self.values.get().compare((type_, a), (other, b));
            match test {
                Test::Eq if type_ == other => return Ok(Some(a == b)),
                Test::Ne if type_ == other => return Ok(Some(a != b)),
                Test::Lt => return Ok(Some(order().is_lt())),
                Test::Le => return Ok(Some(order().is_le())),
                Test::Gt => return Ok(Some(order().is_gt())),
                Test::Ge => return Ok(Some(order().is_ge())),
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

    pub(super) fn cell(&mut self, expr: &Expr, type_: Type, slots: &mut [u32]) -> Result<Option<u32>, Stop> {
        if let Some((own, cell)) = self.plain(expr, slots)
            && own == type_
        {
            return Ok(Some(cell));
        }
        if let Expr::Aggregate(sum) = expr
            && sum.type_ == type_
        {
            return self.aggregate(sum, slots);
        }
        if let (Expr::Call(function, terms, Type::Int), Type::Int) = (expr, type_)
            && let [a, b] = &terms[..]
            && let (Some((Type::Int, a)), Some((Type::Int, b))) = (self.plain(a, slots), self.plain(b, slots))
        {
            let (a, b) = (self.values.get().to_int(a), self.values.get().to_int(b));
            let quick = match function {
                Function::Add => a.checked_add(b),
                Function::Sub => a.checked_sub(b),
                Function::Mul => a.checked_mul(b),
                _ => None,
            };
            if let Some(n) = quick {
                return self.int(n).map(Some);
            }
        }
        let value = self.value(expr, slots)?.and_then(|value| compute::convert(value, type_));
        value.map(|value| self.encode(&value)).transpose()
    }

    pub(super) fn value(&mut self, expr: &Expr, slots: &mut [u32]) -> Result<Option<Value>, Stop> {
        match expr {
            Expr::Slot(n, type_) => Ok(Some(self.values.get().decode(*type_, slots[*n]))),
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
                Ok(cell.map(|cell| self.values.get().decode(sum.type_, cell)))
            }
        }
    }

    fn encode(&mut self, value: &Value) -> Result<u32, Stop> {
        // Most ints are their own cell and take nothing.
        if let Value::Int(n) = value
            && let Some(cell) = cells::inline(*n)
        {
            return Ok(cell);
        }
        let cell = self.values.encode(value)?;
        self.limits.check_values(self.values.get().bytes())?;
        Ok(cell)
    }

    /// The cell of an int.
    pub(super) fn int(&mut self, n: i64) -> Result<u32, Stop> {
        match cells::inline(n) {
            Some(cell) => Ok(cell),
            None => self.encode(&Value::Int(n)),
        }
    }

    /// An aggregate over rows that lie side by side and are its solutions;
    /// `None` where it has to go the long way.
    fn quick(&mut self, sum: &Sum, probe: &Probe, slots: &[u32]) -> Result<Option<Option<u32>>, Stop> {
        let stride = self.sources[probe.source].stride;
        let rows = if sum.of_group {
            self.group
        } else {
            let mut key = [0; MAX_KEY];
            let key = key_of(probe, slots, &mut key);
            let source = &self.sources[probe.source];
            let [cells] = source.batches[..] else { return Ok(None) };
            let (from, to) = source.range(0, key);
            &cells[from * stride..to * stride]
        };
        let count = rows.len() / stride;
        self.limits.tick()?;
        if sum.op == AggregateOp::Count || sum.value.is_none() {
            return self.int(count as i64).map(|cell| Some(Some(cell)));
        }
        let value = probe.loads.iter().find(|l| sum.solution.last() == Some(&Operand::Slot(l.1)));
        let (Some((place, _)), Some(Type::Int), Type::Int) = (value, sum.value, sum.type_) else {
            return Ok(None);
        };
        let ints = &self.values;
        let found = rows.chunks_exact(stride).map(|row| ints.get().to_int(row[*place]));
        let result = match sum.op {
            AggregateOp::Min => found.min(),
            AggregateOp::Max => found.max(),
            _ => {
                // Overflow is as if the least came first.
                let (mut below, mut all) = (0i128, 0i128);
                for n in found {
                    below += i128::from(n.min(0));
                    all += i128::from(n);
                }
                match (i64::try_from(below), i64::try_from(all)) {
                    (Ok(_), Ok(all)) => Some(all),
                    _ => return Ok(None),
                }
            }
        };
        self.limits.ticks(count as u64)?;
        result.map(|n| self.int(n)).transpose().map(Some)
    }

    fn aggregate(&mut self, sum: &Sum, slots: &mut [u32]) -> Result<Option<u32>, Stop> {
        let quick = match &sum.steps[..] {
            [Step::Rows(probe)] if sum.quick => Some(probe),
            _ => None,
        };
        if let Some(probe) = quick
            && (sum.op == AggregateOp::Count || sum.of_group)
            && let Some(found) = self.quick(sum, probe, slots)?
        {
            return Ok(found);
        }
        let group: Vec<u32> = sum.groups.iter().map(|n| slots[*n]).collect();
        if let Some(known) = self.known[sum.number].get(&group) {
            return Ok(*known);
        }
        if let Some(probe) = quick
            && let Some(found) = self.quick(sum, probe, slots)?
        {
            self.remember(sum.number, group, found);
            return Ok(found);
        }
        let stride = sum.solution.len().max(1);
        let mut buffer = Buffer::new(stride, self.limits, None);
        // Slots of the list may shadow nothing outside, but its own run of
        // another group must not leave anything behind.
        let mut inner = slots.to_vec();
        self.steps(&sum.steps, &mut inner, &mut Sink::Solutions(&sum.solution, &mut buffer))?;
        let found = buffer.finish();
        let result = match (sum.op, sum.value) {
            (AggregateOp::Count, _) | (_, None) => Some(Value::Int((found.len() / stride) as i64)),
            (op, Some(type_)) => {
                let values =
                    found.chunks_exact(stride).map(|r| self.values.get().decode(type_, r[stride - 1]));
                compute::aggregate(op, sum.type_, values.collect()).map_err(Stop::Run)?
            }
        };
        let cell = result.map(|value| self.encode(&value)).transpose()?;
        self.remember(sum.number, group, cell);
        Ok(cell)
    }

    fn remember(&mut self, aggregate: usize, group: Vec<u32>, result: Option<u32>) {
        let known = &mut self.known[aggregate];
        if known.len() >= MAX_GROUPS {
            known.clear();
        }
        known.insert(group, result);
    }
}
