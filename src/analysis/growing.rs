//! Aggregates that recursion may go through: tests that, once they hold, hold
//! on whatever their lists gain.

use super::resolved::{Aggregate, Kind, Literal, Term};
use crate::base::Decimal;
use crate::logic::typed::VarId;
use crate::logic::{AggregateOp, Constant, Function, Test};

/// Whether a literal that holds still holds when rows are added to what its
/// aggregates' positive atoms go over; else why that isn't known.
pub(super) fn only_grows(literal: &Literal) -> Result<(), &'static str> {
    let is_aggregate = |term: &Term| matches!(term.kind, Kind::Aggregate(_));
    let (large, small) = match literal {
        Literal::Test { op: Test::Gt | Test::Ge, terms, negated: false, .. } => (terms.first(), terms.get(1)),
        Literal::Test { op: Test::Lt | Test::Le, terms, negated: false, .. } => (terms.get(1), terms.first()),
        _ => (None, None),
    };
    let (Some(large), Some(small)) = (large, small) else { return Err(COMPARED) };
    let Kind::Aggregate(aggregate) = &large.kind else { return Err(COMPARED) };
    if is_aggregate(small) {
        return Err(COMPARED);
    }
    let nested = |literal: &Literal| literal.terms().iter().any(is_aggregate);
    if aggregate.body.iter().any(nested) {
        return Err("an aggregate within an aggregate may become less when rows are added");
    }
    match (aggregate.op, &aggregate.term) {
        (AggregateOp::Count, _) => Ok(()),
        (AggregateOp::Sum, Some(term)) if is_never_negative(term, aggregate) => Ok(()),
        (AggregateOp::Sum, _) => Err(
            "a `sum` may recurse where nothing in it is negative, which a test such as ge(n, 0) in its list says",
        ),
        (AggregateOp::Min | AggregateOp::Max, _) => Err(COMPARED),
    }
}

const COMPARED: &str =
    "a `count` or `sum` may recurse where its result is only tested to be greater, by gt or ge, than a value";

/// Whether a term of an aggregate's list can't be less than 0.
fn is_never_negative(term: &Term, of: &Aggregate) -> bool {
    let all = |terms: &[Term]| terms.iter().all(|term| is_never_negative(term, of));
    match &term.kind {
        Kind::Const(constant) => is_positive_or_zero(constant),
        Kind::Call(Function::Abs | Function::Length, _) => true,
        Kind::Call(Function::Add | Function::Mul | Function::Least, terms) => all(terms),
        Kind::Call(Function::Greatest, terms) => terms.iter().any(|term| is_never_negative(term, of)),
        Kind::Var(variable) => of.body.iter().any(|literal| says_so(literal, *variable)),
        _ => false,
    }
}

/// Whether a literal holds only where a variable isn't less than 0.
fn says_so(literal: &Literal, variable: VarId) -> bool {
    let Literal::Test { op, terms, negated: false, .. } = literal else { return false };
    let is_it = |term: &Term| matches!(term.kind, Kind::Var(v) if v == variable);
    let bound = |term: &Term| matches!(&term.kind, Kind::Const(constant) if is_positive_or_zero(constant));
    match (op, &terms[..]) {
        (Test::Gt | Test::Ge, [it, low]) | (Test::Lt | Test::Le, [low, it]) => is_it(it) && bound(low),
        (Test::Range, [it, low, _]) => is_it(it) && bound(low),
        _ => false,
    }
}

fn is_positive_or_zero(constant: &Constant) -> bool {
    match constant {
        Constant::Int(n) => *n >= 0,
        Constant::Decimal(n) => *n >= Decimal::ZERO,
        _ => false,
    }
}
