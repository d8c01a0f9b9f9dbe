//! What rules say of the types of their slots.

use super::relations::Relations;
use super::resolved::{Atom, Kind, Literal, Rule, Slot, Term};
use super::types::{Constraint, Solver};
use crate::base::{Location, Type};
use crate::logic::{AggregateOp, Constant, Function, Test};

impl Solver {
    /// Adds what a rule says of its slots.
    pub(super) fn rule(&mut self, rule: &Rule, relations: &Relations) {
        self.body(&rule.body, relations);
        for head in &rule.heads {
            self.atom(&head.atom, relations);
        }
    }

    pub(super) fn atom(&mut self, atom: &Atom, relations: &Relations) {
        for (term, (_, column)) in atom.terms.iter().zip(&relations.get(atom.relation).columns) {
            self.term(term, relations);
            self.unify(term.slot, *column, term.at);
        }
    }

    fn body(&mut self, body: &[Literal], relations: &Relations) {
        for literal in body {
            match literal {
                Literal::Atom(atom) | Literal::NotAtom(atom, _) => self.atom(atom, relations),
                Literal::Test { op, terms, at, .. } => {
                    terms.iter().for_each(|t| self.term(t, relations));
                    self.test(*op, terms, *at);
                }
            }
        }
    }

    fn test(&mut self, op: Test, terms: &[Term], at: Location) {
        match op {
            Test::Eq | Test::Ne | Test::Lt | Test::Le | Test::Gt | Test::Ge => {
                if let [a, b] = terms {
                    self.constraints.push(Constraint::Compare(a.slot, b.slot, at));
                }
            }
            Test::Contains | Test::StartsWith | Test::EndsWith | Test::Matches => {
                terms.iter().for_each(|t| self.constraints.push(Constraint::TextLike(t.slot, t.at)));
            }
            Test::Before | Test::After | Test::Within => {
                terms.iter().for_each(|t| self.set(t.slot, Type::Date, t.at, &format!("`{op}` takes dates")));
            }
            Test::Range => {
                terms.iter().for_each(|t| self.set(t.slot, Type::Int, t.at, "`range` takes ints"));
            }
        }
    }

    fn term(&mut self, term: &Term, relations: &Relations) {
        let (slot, at) = (term.slot, term.at);
        match &term.kind {
            Kind::Var(_) => {}
            Kind::Const(constant) => match constant {
                Constant::Quoted(_) => self.constraints.push(Constraint::Quoted(slot, at)),
                Constant::Int(_) => self.constraints.push(Constraint::Whole(slot, at)),
                Constant::Decimal(_) => self.set(slot, Type::Decimal, at, "this is a decimal"),
                Constant::Date(_) => self.set(slot, Type::Date, at, "this is a date"),
                Constant::Bool(_) => self.set(slot, Type::Bool, at, "this is a bool"),
            },
            Kind::Call(function, terms) => {
                terms.iter().for_each(|t| self.term(t, relations));
                self.call(*function, terms, slot, at);
            }
            Kind::Aggregate(aggregate) => {
                self.body(&aggregate.body, relations);
                aggregate.term.iter().for_each(|t| self.term(t, relations));
                match (aggregate.op, &aggregate.term) {
                    (AggregateOp::Count, _) | (_, None) => {
                        self.set(slot, Type::Int, at, "`count` gives an int")
                    }
                    (op, Some(term)) => {
                        if op == AggregateOp::Sum {
                            self.constraints.push(Constraint::Number(term.slot, term.at));
                        }
                        self.unify(slot, term.slot, at);
                    }
                }
            }
        }
    }

    fn call(&mut self, function: Function, terms: &[Term], result: Slot, at: Location) {
        use Function::*;
        let takes = |kind: &str| format!("`{function}` takes {kind}");
        let gives = |kind: &str| format!("`{function}` gives {kind}");
        match (function, terms) {
            (Add | Sub | Mul | Div | Rem | Pow, [a, b]) => {
                self.constraints.push(Constraint::Arithmetic {
                    result,
                    sides: [(a.slot, a.at), (b.slot, b.at)],
                    at,
                });
            }
            (Least | Greatest, [a, b]) => {
                self.constraints.push(Constraint::Join {
                    result,
                    sides: [(a.slot, a.at), (b.slot, b.at)],
                    at,
                });
            }
            (Abs | Neg, [a]) => {
                self.constraints.push(Constraint::Number(a.slot, a.at));
                self.unify(result, a.slot, at);
            }
            (Band | Bor | Bxor | Shl | Shr, _) => {
                terms.iter().for_each(|t| self.set(t.slot, Type::Int, t.at, &takes("ints")));
                self.set(result, Type::Int, at, &gives("an int"));
            }
            (Concat | Lower | Upper | Replace, _) => {
                terms.iter().for_each(|t| self.constraints.push(Constraint::TextLike(t.slot, t.at)));
                self.set(result, Type::Text, at, &gives("a text"));
            }
            (Slice, [text, numbers @ ..]) => {
                self.constraints.push(Constraint::TextLike(text.slot, text.at));
                numbers.iter().for_each(|t| self.set(t.slot, Type::Int, t.at, "`slice` counts in ints"));
                self.set(result, Type::Text, at, &gives("a text"));
            }
            (Length | ToInt, [text]) => {
                self.constraints.push(Constraint::TextLike(text.slot, text.at));
                self.set(result, Type::Int, at, &gives("an int"));
            }
            (ToText, _) => self.set(result, Type::Text, at, &gives("a text")),
            (Year | Month | DaysBetween, _) => {
                terms.iter().for_each(|t| self.set(t.slot, Type::Date, t.at, &takes("a date")));
                self.set(result, Type::Int, at, &gives("an int"));
            }
            // The parser checked the number of arguments.
            _ => {}
        }
    }
}
