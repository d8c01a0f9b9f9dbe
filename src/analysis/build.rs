//! Resolved and typed rules to checked ones.

use super::fold;
use super::relations::Relations;
use super::resolved as from;
use super::types::Solver;
use crate::base::{Decimal, Diagnostic, EntityNames, Location, Type, Value};
use crate::logic::typed::{Aggregate, Atom, HeadTerm, Literal, RelationId, Rule, RuleId, Term, Variable};
use crate::logic::{Constant, Test, Tuple};

pub(super) struct Builder<'a> {
    pub solver: &'a mut Solver,
    pub names: &'a EntityNames,
    pub found: &'a mut Vec<Diagnostic>,
}

impl Builder<'_> {
    pub(super) fn rule(&mut self, id: RuleId, rule: &from::Rule) -> Rule {
        let variables = rule.variables.iter();
        let variables = variables
            .map(|v| Variable { name: v.name.clone(), type_: self.solver.type_of(v.slot) })
            .collect();
        let heads = rule.heads.iter().map(|head| {
            let terms = head.atom.terms.iter().enumerate().map(|(n, term)| match head.extremum {
                Some((column, op)) if column == n => HeadTerm::Extremum(op, self.term(term)),
                _ => HeadTerm::Term(self.term(term)),
            });
            (head.atom.relation, terms.collect())
        });
        Rule {
            id,
            name: rule.name.clone(),
            doc: rule.doc.clone(),
            heads: heads.collect(),
            body: self.body(&rule.body),
            variables,
            because: rule.because.clone(),
            at: rule.at,
        }
    }

    fn body(&mut self, body: &[from::Literal]) -> Vec<Literal> {
        body.iter()
            .map(|literal| match literal {
                from::Literal::Atom(atom) => Literal::Atom(self.atom(atom)),
                from::Literal::NotAtom(atom, _) => Literal::NotAtom(self.atom(atom)),
                from::Literal::Test { op, terms, negated, .. } => {
                    let terms: Vec<Term> = terms.iter().map(|t| self.term(t)).collect();
                    if let (Test::Matches, [_, Term::Const(pattern)]) = (op, &terms[..]) {
                        self.pattern(pattern, literal);
                    }
                    Literal::Test { op: *op, terms, negated: *negated }
                }
            })
            .collect()
    }

    fn pattern(&mut self, pattern: &Value, literal: &from::Literal) {
        let Some(text) = pattern.as_text() else { return };
        if let Err(error) = regex::Regex::new(text) {
            let why = error.to_string();
            let why = why.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            let at = literal.terms().get(1).map_or(literal.at(), |t| t.at);
            let error = Diagnostic::error("E0305", at, "this pattern is not valid").saying(why);
            self.found
                .push(error.help("patterns follow the regex crate's syntax; contains(…) takes plain text"));
        }
    }

    fn atom(&mut self, atom: &from::Atom) -> Atom {
        Atom { relation: atom.relation, terms: atom.terms.iter().map(|t| self.term(t)).collect() }
    }

    fn term(&mut self, term: &from::Term) -> Term {
        let type_ = self.solver.type_of(term.slot);
        match &term.kind {
            from::Kind::Var(v) => Term::Var(*v),
            from::Kind::Const(constant) => Term::Const(self.constant(constant, type_)),
            from::Kind::Call(function, terms) => {
                let terms: Vec<Term> = terms.iter().map(|t| self.term(t)).collect();
                let constants: Option<Vec<&Value>> = terms
                    .iter()
                    .map(|t| match t {
                        Term::Const(value) => Some(value),
                        _ => None,
                    })
                    .collect();
                if let Some(values) = constants
                    && let Err(why) = fold::apply(*function, &values, type_)
                {
                    self.fails(term.at, &why);
                }
                Term::Call(*function, terms, type_)
            }
            from::Kind::Aggregate(aggregate) => Term::Aggregate(Box::new(Aggregate {
                op: aggregate.op,
                term: aggregate.term.as_ref().map(|t| self.term(t)),
                body: self.body(&aggregate.body),
                groups: aggregate.groups.clone(),
                locals: aggregate.locals.clone(),
                type_,
            })),
        }
    }

    fn fails(&mut self, at: Location, why: &str) {
        let error = Diagnostic::error("E0304", at, format!("this can't be computed: {why}"));
        self.found.push(error.help("every run would stop here; change the constants"));
    }

    fn constant(&self, constant: &Constant, type_: Type) -> Value {
        match constant {
            Constant::Quoted(text) if type_ == Type::Entity => Value::Entity(self.names.resolve(text)),
            Constant::Quoted(text) => Value::Text(text.clone()),
            Constant::Int(n) if type_ == Type::Decimal => Value::Decimal(Decimal::from(*n)),
            Constant::Int(n) => Value::Int(*n),
            Constant::Decimal(n) => Value::Decimal(*n),
            Constant::Date(date) => Value::Date(*date),
            Constant::Bool(b) => Value::Bool(*b),
        }
    }

    /// A fact's values; `None` where one can't be computed, which is reported.
    pub(super) fn fact(&mut self, atom: &from::Atom, relations: &Relations) -> Option<(RelationId, Tuple)> {
        let mut row = Vec::new();
        for (n, term) in atom.terms.iter().enumerate() {
            let built = self.term(term);
            match fold::evaluate(&built) {
                Ok(Some(value)) => row.push(value),
                Ok(None) => {
                    let column = &relations.get(atom.relation).columns[n].0;
                    self.fails(term.at, &format!("there is no value for column `{column}`"));
                    return None;
                }
                // `term` has reported it already.
                Err(_) => return None,
            }
        }
        Some((atom.relation, row))
    }
}
