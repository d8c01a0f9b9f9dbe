//! Functions of constants, computed while checking.

use crate::base::{Decimal, Type, Value};
use crate::logic::Function;
use crate::logic::typed::Term;

/// A constant term's value. `Ok(None)` where it has none (the year of no date).
pub(super) fn evaluate(term: &Term) -> Result<Option<Value>, String> {
    match term {
        Term::Const(value) => Ok(Some(value.clone())),
        Term::Call(function, terms, type_) => {
            let mut values = Vec::new();
            for term in terms {
                match evaluate(term)? {
                    Some(value) => values.push(value),
                    None => return Ok(None),
                }
            }
            apply(*function, &values.iter().collect::<Vec<_>>(), *type_)
        }
        Term::Var(_) | Term::Aggregate(_) => Err("it is no constant".to_owned()),
    }
}

/// A function of values; its result has the given type.
pub(super) fn apply(function: Function, values: &[&Value], type_: Type) -> Result<Option<Value>, String> {
    use Function::*;
    let text = |n: usize| values.get(n).and_then(|v| v.as_text()).map_or("", |t| &**t);
    let int = |n: usize| match values.get(n) {
        Some(Value::Int(n)) => *n,
        _ => 0,
    };
    let result = match (function, values) {
        (Add | Sub | Mul | Div | Rem | Pow | Abs | Neg, _) => {
            return number(function, values, type_).map(Some);
        }
        (Least | Greatest, [a, b]) => {
            let (a, b) = (widen(a, type_), widen(b, type_));
            if function == Least { a.min(b) } else { a.max(b) }
        }
        (Band, _) => Value::Int(int(0) & int(1)),
        (Bor, _) => Value::Int(int(0) | int(1)),
        (Bxor, _) => Value::Int(int(0) ^ int(1)),
        (Shl | Shr, _) => {
            let by = u32::try_from(int(1)).ok().filter(|by| *by < 64);
            let Some(by) = by else { return Err(format!("a shift by {} is outside 0 to 63", int(1))) };
            Value::Int(if function == Shl { int(0) << by } else { int(0) >> by })
        }
        (Concat, _) => Value::text((0..values.len()).map(text).collect::<String>()),
        (Length, _) => Value::Int(text(0).chars().count() as i64),
        (Lower, _) => Value::text(text(0).to_lowercase()),
        (Upper, _) => Value::text(text(0).to_uppercase()),
        (Slice, _) => {
            let count = |n: usize| usize::try_from(int(n).max(0)).unwrap_or(usize::MAX);
            Value::text(text(0).chars().skip(count(1)).take(count(2)).collect::<String>())
        }
        (Replace, _) => Value::text(text(0).replace(text(1), text(2))),
        (ToText, [value]) => Value::text(value.to_string()),
        (ToInt, _) => match text(0).parse::<i64>() {
            Ok(n) => Value::Int(n),
            Err(_) => return Err(format!("{:?} is no int", text(0))),
        },
        (Year, [Value::Date(date)]) => return Ok(date.year().map(|y| Value::Int(y.into()))),
        (Month, [Value::Date(date)]) => return Ok(date.month().map(|m| Value::Int(m.into()))),
        (DaysBetween, [Value::Date(a), Value::Date(b)]) => return Ok(a.days_to(*b).map(Value::Int)),
        _ => return Err("the arguments don't fit".to_owned()),
    };
    Ok(Some(result))
}

/// An int as decimal where a decimal is wanted.
fn widen(value: &Value, type_: Type) -> Value {
    match value {
        Value::Int(n) if type_ == Type::Decimal => Value::Decimal(Decimal::from(*n)),
        other => other.clone(),
    }
}

fn number(function: Function, values: &[&Value], type_: Type) -> Result<Value, String> {
    use Function::*;
    let wide: Vec<Value> = values.iter().map(|v| widen(v, type_)).collect();
    let overflow = || {
        let values: Vec<String> = values.iter().map(|v| v.to_string()).collect();
        format!("{function}({}) overflows", values.join(", "))
    };
    match wide[..] {
        [_, Value::Int(0)] if matches!(function, Div | Rem) => Err("division by zero".to_owned()),
        [_, Value::Decimal(d)] if matches!(function, Div | Rem) && d.is_zero() => {
            Err("division by zero".to_owned())
        }
        [_, Value::Int(n)] if function == Pow && n < 0 => Err(format!("the exponent {n} is negative")),
        [Value::Int(a)] => match function {
            Abs => a.checked_abs(),
            _ => a.checked_neg(),
        }
        .map(Value::Int)
        .ok_or_else(overflow),
        [Value::Decimal(a)] => Ok(Value::Decimal(if function == Abs { a.abs() } else { -a })),
        [Value::Int(a), Value::Int(b)] => match function {
            Add => a.checked_add(b),
            Sub => a.checked_sub(b),
            Mul => a.checked_mul(b),
            Div => a.checked_div(b),
            Rem => a.checked_rem(b),
            _ => u32::try_from(b).ok().and_then(|b| a.checked_pow(b)),
        }
        .map(Value::Int)
        .ok_or_else(overflow),
        [Value::Decimal(a), Value::Decimal(b)] => match function {
            Add => a.checked_add(b),
            Sub => a.checked_sub(b),
            Mul => a.checked_mul(b),
            Div => a.checked_div(b),
            Rem => a.checked_rem(b),
            _ => power(a, b),
        }
        .map(Value::Decimal)
        .ok_or_else(overflow),
        _ => Err("the arguments are no numbers".to_owned()),
    }
}

/// A decimal to a whole power.
fn power(base: Decimal, exponent: Decimal) -> Option<Decimal> {
    if !exponent.is_integer() {
        return None;
    }
    let exponent: i64 = exponent.normalize().to_string().parse().ok()?;
    let (mut result, mut square, mut left) = (Decimal::ONE, base, exponent.unsigned_abs());
    while left > 0 {
        if left & 1 == 1 {
            result = result.checked_mul(square)?;
        }
        left >>= 1;
        if left > 0 {
            square = square.checked_mul(square)?;
        }
    }
    if exponent < 0 { Decimal::ONE.checked_div(result) } else { Some(result) }
}
