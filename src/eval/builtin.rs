//! The built-in functions and tests on values (language: settled points 2 to 7).

use crate::base::{Decimal, PartialDate, Value};
use crate::logic::{Function, Test};
use std::cmp::Ordering;

/// Longest text that a function may make, in bytes.
const LONGEST_TEXT: usize = 1 << 20;

/// Applies a function. `None` where it has no value for these arguments (the
/// month of a year), which makes the literal fail.
///
/// # Errors
/// Overflow, division by zero, a failed `to_int`: what went wrong, with the values.
pub fn call(function: Function, args: &[Value]) -> Result<Option<Value>, String> {
    use Function as F;
    let value = match (function, args) {
        (F::Year, [Value::Date(d)]) => return Ok(d.year().map(|y| Value::Int(y.into()))),
        (F::Month, [Value::Date(d)]) => return Ok(d.month().map(|m| Value::Int(m.into()))),
        (F::DaysBetween, [Value::Date(a), Value::Date(b)]) => return Ok(a.days_to(*b).map(Value::Int)),
        (F::Least, [a, b]) => {
            if compare(a, b).is_le() {
                a.clone()
            } else {
                b.clone()
            }
        }
        (F::Greatest, [a, b]) => {
            if compare(a, b).is_ge() {
                a.clone()
            } else {
                b.clone()
            }
        }
        (F::ToText, [value]) => Value::text(value.to_string()),
        (F::ToInt, [value]) => to_int(value)?,
        (F::Concat, parts) => joined(parts)?,
        (F::Length | F::Lower | F::Upper | F::Slice | F::Replace, [text, rest @ ..]) => {
            on_text(function, text, rest)?
        }
        (_, [Value::Int(a)]) => Value::Int(on_int(function, *a)?),
        (_, [Value::Int(a), Value::Int(b)]) => Value::Int(on_ints(function, *a, *b)?),
        (F::Abs, [Value::Decimal(a)]) => Value::Decimal(a.abs()),
        (F::Neg, [Value::Decimal(a)]) => Value::Decimal(-*a),
        (_, [a, b]) => match (decimal(a), decimal(b)) {
            (Some(x), Some(y)) => Value::Decimal(on_decimals(function, x, y)?),
            _ => return Err(wrong(function, args)),
        },
        _ => return Err(wrong(function, args)),
    };
    Ok(Some(value))
}

fn wrong(function: Function, args: &[Value]) -> String {
    let args: Vec<String> = args.iter().map(Value::to_string).collect();
    format!("{function}({}) has no result", args.join(", "))
}

fn decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::Int(n) => Some(Decimal::from(*n)),
        Value::Decimal(n) => Some(*n),
        _ => None,
    }
}

/// The order of values by kind, an int beside a decimal widened.
pub fn compare(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Int(_), Value::Decimal(_)) | (Value::Decimal(_), Value::Int(_)) => {
            decimal(a).cmp(&decimal(b))
        }
        (Value::Entity(x), Value::Text(y)) | (Value::Text(x), Value::Entity(y)) => x.cmp(y),
        _ => a.cmp(b),
    }
}

fn on_int(function: Function, a: i64) -> Result<i64, String> {
    let result = match function {
        Function::Abs => a.checked_abs(),
        Function::Neg => a.checked_neg(),
        _ => return Err(wrong(function, &[Value::Int(a)])),
    };
    result.ok_or_else(|| format!("overflow in {function}({a})"))
}

fn on_ints(function: Function, a: i64, b: i64) -> Result<i64, String> {
    use Function as F;
    if matches!(function, F::Div | F::Rem) && b == 0 {
        return Err(format!("division by zero in {function}({a}, {b})"));
    }
    let result = match function {
        F::Add => a.checked_add(b),
        F::Sub => a.checked_sub(b),
        F::Mul => a.checked_mul(b),
        F::Div => a.checked_div(b),
        F::Rem => a.checked_rem(b),
        F::Pow if b < 0 => return Err(format!("a negative exponent in {function}({a}, {b})")),
        F::Pow => int_power(a, b),
        F::Band => Some(a & b),
        F::Bor => Some(a | b),
        F::Bxor => Some(a ^ b),
        F::Shl | F::Shr if !(0..64).contains(&b) => {
            return Err(format!("a shift by other than 0 to 63 in {function}({a}, {b})"));
        }
        F::Shl => Some(a << b),
        F::Shr => Some(a >> b),
        _ => return Err(wrong(function, &[Value::Int(a), Value::Int(b)])),
    };
    result.ok_or_else(|| format!("overflow in {function}({a}, {b})"))
}

fn int_power(a: i64, b: i64) -> Option<i64> {
    match a {
        0 | 1 => Some(if b == 0 { 1 } else { a }),
        -1 => Some(if b % 2 == 0 { 1 } else { -1 }),
        _ => a.checked_pow(u32::try_from(b).ok()?),
    }
}

fn on_decimals(function: Function, a: Decimal, b: Decimal) -> Result<Decimal, String> {
    use Function as F;
    if matches!(function, F::Div | F::Rem) && b.is_zero() {
        return Err(format!("division by zero in {function}({a}, {b})"));
    }
    let result = match function {
        F::Add => a.checked_add(b),
        F::Sub => a.checked_sub(b),
        F::Mul => a.checked_mul(b),
        F::Div => a.checked_div(b),
        F::Rem => a.checked_rem(b),
        F::Pow => decimal_power(a, b),
        _ => None,
    };
    result
        .map(|n| n.normalize())
        .ok_or_else(|| format!("overflow, or no exact result, in {function}({a}, {b})"))
}

/// Whole exponents only: others have no exact result.
fn decimal_power(a: Decimal, b: Decimal) -> Option<Decimal> {
    let exponent: i64 = b.is_integer().then(|| b.normalize().to_string().parse().ok()).flatten()?;
    let mut power = Decimal::ONE;
    let (mut base, mut left) = (a, exponent.unsigned_abs());
    while left > 0 {
        if left & 1 == 1 {
            power = power.checked_mul(base)?;
        }
        left >>= 1;
        if left > 0 {
            base = base.checked_mul(base)?;
        }
    }
    if exponent < 0 { Decimal::ONE.checked_div(power) } else { Some(power) }
}

fn to_int(value: &Value) -> Result<Value, String> {
    let failed = || format!("to_int({:?}): not a whole number of 64 bits", value.to_string());
    match value {
        Value::Int(n) => Ok(Value::Int(*n)),
        Value::Text(text) | Value::Entity(text) => {
            let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
            let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            let number = if plain { text.parse().ok() } else { None };
            number.map(Value::Int).ok_or_else(failed)
        }
        _ => Err(failed()),
    }
}

fn joined(parts: &[Value]) -> Result<Value, String> {
    let mut text = String::new();
    for part in parts {
        text.push_str(part.as_text().ok_or_else(|| wrong(Function::Concat, parts))?);
        bounded(text.len())?;
    }
    Ok(Value::text(text))
}

fn bounded(length: usize) -> Result<(), String> {
    if length > LONGEST_TEXT { Err(format!("a text longer than {LONGEST_TEXT} bytes")) } else { Ok(()) }
}

fn on_text(function: Function, text: &Value, rest: &[Value]) -> Result<Value, String> {
    let all = || std::iter::once(text.clone()).chain(rest.iter().cloned()).collect::<Vec<_>>();
    let plain = text.as_text().ok_or_else(|| wrong(function, &all()))?;
    Ok(match (function, rest) {
        (Function::Length, []) => Value::Int(plain.chars().count() as i64),
        (Function::Lower, []) => Value::text(plain.to_lowercase()),
        (Function::Upper, []) => Value::text(plain.to_uppercase()),
        (Function::Slice, [Value::Int(start), Value::Int(length)]) => {
            let clip = |n: i64| usize::try_from(n.max(0)).unwrap_or(usize::MAX);
            let skipped = start.min(&0);
            let length = length.saturating_add(*skipped);
            Value::text(plain.chars().skip(clip(*start)).take(clip(length)).collect::<String>())
        }
        (Function::Replace, [from, to]) => match (from.as_text(), to.as_text()) {
            (Some(from), Some(_)) if from.is_empty() => text.clone(),
            (Some(from), Some(to)) => {
                bounded(plain.len() + plain.matches(&**from).count() * to.len())?;
                Value::text(plain.replace(&**from, to))
            }
            _ => return Err(wrong(function, &all())),
        },
        _ => return Err(wrong(function, &all())),
    })
}

/// Whether a test holds of values; `range` as a test.
///
/// # Errors
/// A pattern that is no regular expression.
pub fn test(test: Test, args: &[Value]) -> Result<bool, String> {
    use Test as T;
    let dates = |holds: fn(PartialDate, PartialDate) -> bool| match args {
        [Value::Date(a), Value::Date(b)] => holds(*a, *b),
        _ => false,
    };
    let texts = |holds: fn(&str, &str) -> bool| match args {
        [a, b] => matches!((a.as_text(), b.as_text()), (Some(a), Some(b)) if holds(a, b)),
        _ => false,
    };
    let order = || args.first().zip(args.get(1)).map(|(a, b)| compare(a, b));
    Ok(match test {
        T::Eq => order().is_some_and(Ordering::is_eq),
        T::Ne => order().is_some_and(Ordering::is_ne),
        T::Lt => order().is_some_and(Ordering::is_lt),
        T::Le => order().is_some_and(Ordering::is_le),
        T::Gt => order().is_some_and(Ordering::is_gt),
        T::Ge => order().is_some_and(Ordering::is_ge),
        T::Contains => texts(|a, b| a.contains(b)),
        T::StartsWith => texts(|a, b| a.starts_with(b)),
        T::EndsWith => texts(|a, b| a.ends_with(b)),
        T::Matches => match args {
            [text, pattern] => match (text.as_text(), pattern.as_text()) {
                (Some(text), Some(pattern)) => regex::Regex::new(&format!("^(?:{pattern})$"))
                    .map_err(|_| format!("`{pattern}` is no regular expression"))?
                    .is_match(text),
                _ => false,
            },
            _ => false,
        },
        T::Before => dates(PartialDate::is_before),
        T::After => dates(|a, b| b.is_before(a)),
        T::Within => dates(PartialDate::is_within),
        T::Range => match args {
            [x, low, high] => compare(x, low).is_ge() && compare(x, high).is_lt(),
            _ => false,
        },
    })
}
