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
