//! Checked rules printed as Datalog.

use super::StratifiedProgram;
use crate::base::Value;
use crate::logic::typed::{Aggregate, Atom, HeadTerm, Literal, Rule, RuleId, Term};

/// A checked rule as Datalog, its body in the order chosen.
pub fn show_rule(program: &StratifiedProgram, id: RuleId) -> String {
    let rule = program.rule(id);
    let show = Show { program, rule };
    let heads = rule.heads.iter().map(|(relation, terms)| {
        let terms = terms.iter().map(|term| match term {
            HeadTerm::Term(term) => show.term(term),
            HeadTerm::Extremum(op, term) => format!("{op}({})", show.term(term)),
        });
        format!("{}({})", program.relation(*relation).name, commas(terms))
    });
    let heads = commas(heads);
    if rule.body.is_empty() { format!("{heads}.") } else { format!("{heads} :- {}.", show.body(&rule.body)) }
}

fn commas(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}

struct Show<'a> {
    program: &'a StratifiedProgram,
    rule: &'a Rule,
}

impl Show<'_> {
    fn body(&self, body: &[Literal]) -> String {
        commas(body.iter().map(|l| self.literal(l)))
    }

    fn literal(&self, literal: &Literal) -> String {
        match literal {
            Literal::Atom(atom) => self.atom(atom),
            Literal::NotAtom(atom) => format!("not({})", self.atom(atom)),
            Literal::Test { op, terms, negated } => {
                let test = format!("{op}({})", self.terms(terms));
                if *negated { format!("not({test})") } else { test }
            }
        }
    }

    fn atom(&self, atom: &Atom) -> String {
        format!("{}({})", self.program.relation(atom.relation).name, self.terms(&atom.terms))
    }

    fn terms(&self, terms: &[Term]) -> String {
        commas(terms.iter().map(|t| self.term(t)))
    }

    fn term(&self, term: &Term) -> String {
        match term {
            Term::Var(v) => self.rule.variables[v.0 as usize].name.to_string(),
            Term::Const(value) => match value {
                Value::Entity(text) | Value::Text(text) => format!("{text:?}"),
                Value::Date(date) => format!("date(\"{date}\")"),
                other => other.to_string(),
            },
            Term::Call(function, terms, _) => format!("{function}({})", self.terms(terms)),
            Term::Aggregate(aggregate) => self.aggregate(aggregate),
        }
    }

    fn aggregate(&self, aggregate: &Aggregate) -> String {
        let body = self.body(&aggregate.body);
        match &aggregate.term {
            Some(term) => format!("{}({}, [{body}])", aggregate.op, self.term(term)),
            None => format!("{}([{body}])", aggregate.op),
        }
    }
}
