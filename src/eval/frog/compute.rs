//! What kernels compute with beside the built-in functions.

use crate::base::{Decimal, Type, Value};
use crate::eval::builtin;
use crate::logic::{AggregateOp, Function};

/// A value as another numeric type, where that loses nothing.
pub(super) fn convert(value: Value, type_: Type) -> Option<Value> {
    match (value, type_) {
        (Value::Int(n), Type::Decimal) => Some(Value::Decimal(Decimal::from(n))),
        (Value::Decimal(n), Type::Int) if n.is_integer() => i64::try_from(n).ok().map(Value::Int),
        (value, type_) if value.type_of() == type_ => Some(value),
        _ => None,
    }
}

/// An aggregate of the values that its solutions give. `Ok(None)` is the least
/// or greatest of nothing.
pub(super) fn aggregate(
    op: AggregateOp,
    type_: Type,
    mut values: Vec<Value>,
) -> Result<Option<Value>, String> {
    match op {
        AggregateOp::Count => Ok(Some(Value::Int(values.len() as i64))),
        AggregateOp::Min => Ok(values.into_iter().min_by(builtin::compare)),
        AggregateOp::Max => Ok(values.into_iter().max_by(builtin::compare)),
        AggregateOp::Sum => {
            // Sorted, since decimals are rounded and ints overflow by order.
            values.sort();
            let mut sum = convert(Value::Int(0), type_);
            for value in values {
                let Some(before) = sum else { break };
                sum = builtin::call(Function::Add, &[before, value])?;
            }
            Ok(sum)
        }
    }
}

/// The longest text that a rule may build, in bytes.
const MAX_TEXT: usize = 16 << 20;

/// Refuses what would build a text so long that memory ends before a budget is
/// looked at.
pub(super) fn limit_text(function: Function, values: &[Value]) -> Result<(), String> {
    let text = |n: usize| values.get(n).and_then(Value::as_text).map_or("", |t| &**t);
    let length = match function {
        Function::Concat => (0..values.len()).map(|n| text(n).len()).sum(),
        Function::Replace => {
            let longer = text(2).len().saturating_sub(text(1).len());
            let places = if longer == 0 { 0 } else { text(0).matches(text(1)).count() };
            places.saturating_mul(longer).saturating_add(text(0).len())
        }
        _ => 0,
    };
    if length > MAX_TEXT {
        return Err(format!("`{function}` would make a text of {length} bytes; the limit is {MAX_TEXT}"));
    }
    Ok(())
}
