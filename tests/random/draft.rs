//! A program before it is text, so that it can be varied and cut down.

use std::fmt::Write;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Int,
    Text,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    Var(String, Kind),
    Any,
    Const(String),
    /// A function with its arguments.
    Call(&'static str, Vec<Term>),
    /// An aggregate, what it aggregates, and over which literals.
    Aggregate(&'static str, Option<Box<Term>>, Vec<Literal>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    Atom(String, Vec<Term>),
    Not(String, Vec<Term>),
    Test(&'static str, Vec<Term>),
}

#[derive(Debug, Clone)]
pub struct Rule {
    pub head: (String, Vec<Term>),
    pub body: Vec<Literal>,
}

#[derive(Debug, Clone)]
pub struct Relation {
    pub name: String,
    pub columns: Vec<Kind>,
    /// Given relations are on level 0; a rule negates and aggregates over
    /// lower levels only.
    pub level: usize,
    pub extremum: Option<&'static str>,
}

#[derive(Debug, Clone)]
pub struct Draft {
    pub relations: Vec<Relation>,
    pub rules: Vec<Rule>,
    pub facts: Vec<(String, Vec<String>)>,
    pub question: Vec<Literal>,
}

fn list<T>(items: &[T], one: impl Fn(&T) -> String) -> String {
    items.iter().map(one).collect::<Vec<_>>().join(", ")
}

impl Term {
    pub fn text(&self) -> String {
        match self {
            Term::Var(name, _) => name.clone(),
            Term::Any => "_".to_owned(),
            Term::Const(text) => text.clone(),
            Term::Call(name, terms) => format!("{name}({})", list(terms, Term::text)),
            Term::Aggregate(name, None, body) => format!("{name}([{}])", list(body, Literal::text)),
            Term::Aggregate(name, Some(term), body) => {
                format!("{name}({}, [{}])", term.text(), list(body, Literal::text))
            }
        }
    }

    pub fn each_var(&self, visit: &mut dyn FnMut(&str, Kind)) {
        match self {
            Term::Var(name, kind) => visit(name, *kind),
            Term::Any | Term::Const(_) => {}
            Term::Call(_, terms) => terms.iter().for_each(|t| t.each_var(visit)),
            Term::Aggregate(_, term, body) => {
                term.iter().for_each(|t| t.each_var(visit));
                body.iter().for_each(|l| l.each_var(visit));
            }
        }
    }

    pub fn rename(&mut self, to: &dyn Fn(&str) -> String) {
        match self {
            Term::Var(name, _) => *name = to(name),
            Term::Any | Term::Const(_) => {}
            Term::Call(_, terms) => terms.iter_mut().for_each(|t| t.rename(to)),
            Term::Aggregate(_, term, body) => {
                term.iter_mut().for_each(|t| t.rename(to));
                body.iter_mut().for_each(|l| l.rename(to));
            }
        }
    }
}

impl Literal {
    pub fn text(&self) -> String {
        match self {
            Literal::Atom(name, terms) => format!("{name}({})", list(terms, Term::text)),
            Literal::Not(name, terms) => format!("not({name}({}))", list(terms, Term::text)),
            Literal::Test(name, terms) => format!("{name}({})", list(terms, Term::text)),
        }
    }

    pub fn terms(&self) -> &[Term] {
        match self {
            Literal::Atom(_, terms) | Literal::Not(_, terms) | Literal::Test(_, terms) => terms,
        }
    }

    pub fn each_var(&self, visit: &mut dyn FnMut(&str, Kind)) {
        self.terms().iter().for_each(|t| t.each_var(visit));
    }

    pub fn rename(&mut self, to: &dyn Fn(&str) -> String) {
        let (Literal::Atom(_, terms) | Literal::Not(_, terms) | Literal::Test(_, terms)) = self;
        terms.iter_mut().for_each(|t| t.rename(to));
    }
}

impl Draft {
    pub fn question(&self) -> String {
        list(&self.question, Literal::text)
    }

    /// The rule file.
    pub fn text(&self) -> String {
        let kind = |k: &Kind| if *k == Kind::Int { "int" } else { "text" };
        let mut out = String::from("(\n  relations: [");
        for relation in &self.relations {
            let columns: Vec<String> =
                relation.columns.iter().enumerate().map(|(n, k)| format!("c{n}: {}", kind(k))).collect();
            let _ = write!(out, "{}({}), ", relation.name, columns.join(", "));
        }
        out.push_str("],\n  rules: [\n");
        for (n, rule) in self.rules.iter().enumerate() {
            let (name, terms) = &rule.head;
            let _ = writeln!(
                out,
                "    (name: \"r{n}\", then: {name}({}), when: [{}]),",
                list(terms, Term::text),
                list(&rule.body, Literal::text)
            );
        }
        out.push_str("  ],\n  facts: [");
        for (name, row) in &self.facts {
            let _ = write!(out, "{name}({}), ", row.join(", "));
        }
        out.push_str("],\n)\n");
        out
    }
}
