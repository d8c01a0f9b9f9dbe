//! Programs as written, printed as Datalog.

use super::{Aggregate, Arguments, Atom, Constant, Literal, Program, Rule, Term, TermKind};
use std::fmt::{self, Display, Formatter};

/// Items between commas.
fn list<T: Display>(f: &mut Formatter<'_>, items: &[T]) -> fmt::Result {
    for (n, item) in items.iter().enumerate() {
        if n > 0 {
            f.write_str(", ")?;
        }
        item.fmt(f)?;
    }
    Ok(())
}

impl Display for Constant {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Constant::Quoted(text) => write!(f, "{text:?}"),
            Constant::Int(n) => n.fmt(f),
            Constant::Decimal(n) => n.fmt(f),
            Constant::Date(date) => write!(f, "date(\"{date}\")"),
            Constant::Bool(b) => b.fmt(f),
        }
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            TermKind::Variable(name) => f.write_str(name),
            TermKind::Wildcard => f.write_str("_"),
            TermKind::Constant(constant) => constant.fmt(f),
            TermKind::Call(function, _, terms) => {
                write!(f, "{function}(")?;
                list(f, terms)?;
                f.write_str(")")
            }
            TermKind::Aggregate(aggregate) => aggregate.fmt(f),
        }
    }
}

impl Display for Aggregate {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.op)?;
        if let Some(term) = &self.term {
            term.fmt(f)?;
        }
        if let Some(body) = &self.body {
            f.write_str(if self.term.is_some() { ", [" } else { "[" })?;
            list(f, body)?;
            f.write_str("]")?;
        }
        f.write_str(")")
    }
}

impl Display for Atom {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.relation.text)?;
        match &self.arguments {
            Arguments::Positional(terms) => list(f, terms)?,
            Arguments::Named(terms) => {
                for (n, (name, term)) in terms.iter().enumerate() {
                    write!(f, "{}{}: {term}", if n > 0 { ", " } else { "" }, name.text)?;
                }
            }
        }
        f.write_str(")")
    }
}

impl Display for Literal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Literal::Atom(atom) => atom.fmt(f),
            Literal::Not(literal, _) => write!(f, "not({literal})"),
            Literal::Test(test, terms, _) => {
                write!(f, "{test}(")?;
                list(f, terms)?;
                f.write_str(")")
            }
        }
    }
}

impl Display for Rule {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        list(f, &self.then)?;
        if !self.when.is_empty() {
            f.write_str(" :- ")?;
            list(f, &self.when)?;
        }
        f.write_str(".")
    }
}

impl Display for Program {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.facts.iter().try_for_each(|fact| writeln!(f, "{fact}."))?;
        self.rules.iter().try_for_each(|rule| writeln!(f, "{rule}"))
    }
}
