//! Random programs, safe and stratified by how they are made. Whatever
//! recursion computes stays in a small range, so that it ends.

use super::dice::Dice;
use super::draft::{Draft, Kind, Literal, Relation, Rule, Term};
use std::collections::BTreeMap;

/// What a family of programs has much or little of, in hundredths.
#[derive(Clone, Copy)]
pub struct Taste {
    /// Rules of the usual recursive shapes.
    pub shapes: usize,
    pub negation: usize,
    pub aggregates: usize,
    pub functions: usize,
    pub tests: usize,
    pub extremes: usize,
    pub text: usize,
    pub columns: usize,
    pub domain: usize,
    pub facts: usize,
}

struct Maker<'a> {
    dice: &'a mut Dice,
    taste: Taste,
    relations: Vec<Relation>,
    locals: usize,
}

pub fn make(dice: &mut Dice, taste: Taste) -> Draft {
    let relations = relations(dice, &taste);
    let mut maker = Maker { dice, taste, relations, locals: 0 };
    let derived: Vec<Relation> = maker.relations.iter().filter(|r| r.level > 0).cloned().collect();
    let mut rules = Vec::new();
    for relation in &derived {
        if relation.extremum.is_some() {
            maker.extreme(relation, &mut rules);
        } else if relation.columns.len() == 2
            && relation.columns[0] == relation.columns[1]
            && maker.dice.chance(taste.shapes)
        {
            maker.shape(relation, &mut rules);
        } else {
            for _ in 0..1 + maker.dice.below(3) {
                let rule = maker.rule(relation);
                rules.push(rule);
            }
        }
    }
    let top = derived.iter().map(|r| r.level).max().unwrap_or(0) + 1;
    let mut question = Vec::new();
    while question.is_empty() {
        let parts = 1 + maker.dice.below(3);
        question = maker.body(top, parts, 55, true, &[]);
    }
    let facts = maker.facts(&derived);
    Draft { relations: maker.relations, rules, facts, question }
}

fn relations(dice: &mut Dice, taste: &Taste) -> Vec<Relation> {
    let mut relations = vec![
        Relation { name: "i".into(), columns: vec![Kind::Int], level: 0, extremum: None },
        Relation { name: "t".into(), columns: vec![Kind::Text], level: 0, extremum: None },
    ];
    let kind = |dice: &mut Dice| if dice.chance(taste.text) { Kind::Text } else { Kind::Int };
    for n in 0..2 + dice.below(2) {
        let pair = kind(dice);
        let columns = match dice.below(4) {
            0 => (0..1 + dice.below(taste.columns)).map(|_| kind(dice)).collect(),
            _ => vec![pair; 2],
        };
        relations.push(Relation { name: format!("e{n}"), columns, level: 0, extremum: None });
    }
    let mut level = 1;
    for n in 0..1 + dice.below(4) {
        let pair = kind(dice);
        let mut columns: Vec<Kind> = match dice.below(12) {
            0 => Vec::new(),
            1..=4 => (0..1 + dice.below(taste.columns)).map(|_| kind(dice)).collect(),
            _ => vec![pair; 2],
        };
        let extremum = dice.chance(taste.extremes).then(|| dice.word(&["min", "max"]));
        if extremum.is_some() {
            columns.truncate(2);
            columns.push(Kind::Int);
            level += 1;
        }
        relations.push(Relation { name: format!("d{n}"), columns, level, extremum });
        if extremum.is_some() || dice.chance(50) {
            level += 1;
        }
    }
    relations
}

impl Maker<'_> {
    fn constant(&mut self, kind: Kind) -> Term {
        Term::Const(self.value(kind))
    }

    fn value(&mut self, kind: Kind) -> String {
        match kind {
            Kind::Int => self.dice.below(self.taste.domain).to_string(),
            Kind::Text => format!(
                "\"{}\"",
                ["a", "b", "ab", "c", "", "z", "zz", "y"][self.dice.below(self.taste.domain.min(8))]
            ),
        }
    }

    fn var(&mut self, kind: Kind) -> Term {
        let names = if kind == Kind::Int { ["x", "y", "z", "w"] } else { ["p", "q", "r", "s"] };
        Term::Var((*self.dice.pick(&names)).to_owned(), kind)
    }

    fn argument(&mut self, kind: Kind, constants: usize) -> Term {
        match self.dice.below(100) {
            n if n < constants => self.constant(kind),
            n if n >= 92 => Term::Any,
            _ => self.var(kind),
        }
    }

    fn atom(&mut self, below: usize, constants: usize) -> (String, Vec<Term>) {
        let from: Vec<Relation> = self.relations.iter().filter(|r| r.level < below).cloned().collect();
        // Derived relations are what is interesting.
        let derived: Vec<&Relation> = from.iter().filter(|r| r.level > 0).collect();
        let relation = match derived.is_empty() || self.dice.chance(45) {
            true => self.dice.pick(&from[2..]).clone(),
            false => (*self.dice.pick(&derived)).clone(),
        };
        let terms = relation.columns.iter().map(|k| self.argument(*k, constants)).collect();
        (relation.name, terms)
    }

    /// A rule of any form for a plain relation.
    fn rule(&mut self, relation: &Relation) -> Rule {
        let computed = self.dice.chance(self.taste.functions);
        let mut terms: Vec<Term> = Vec::new();
        for kind in &relation.columns {
            terms.push(match (self.dice.below(10), kind) {
                (0, _) => self.constant(*kind),
                (1..=3, Kind::Int) if computed => self.number(),
                (1..=3, Kind::Text) if computed => {
                    let var = self.var(*kind);
                    Term::Call("slice", vec![var, Term::Const("0".into()), Term::Const("1".into())])
                }
                _ => self.var(*kind),
            });
        }
        let parts = 1 + self.dice.below(3);
        let level = relation.level;
        let body = self.body(level, parts, 15, false, &terms);
        Rule { head: (relation.name.clone(), terms), body }
    }

    /// A number computed from variables, within a small range.
    fn number(&mut self) -> Term {
        let (a, b) = (self.var(Kind::Int), self.var(Kind::Int));
        let modulus = Term::Const(self.taste.domain.to_string());
        match self.dice.below(5) {
            0 => Term::Call("rem", vec![Term::Call("add", vec![a, b]), modulus]),
            1 => Term::Call("rem", vec![Term::Call("add", vec![a, Term::Const("1".into())]), modulus]),
            2 => Term::Call("least", vec![a, b]),
            3 => Term::Call("band", vec![a, Term::Const("3".into())]),
            _ => Term::Call("rem", vec![Term::Call("mul", vec![a, b]), modulus]),
        }
    }

    /// A body whose literals and the given head are safe.
    fn body(
        &mut self,
        level: usize,
        parts: usize,
        constants: usize,
        question: bool,
        head: &[Term],
    ) -> Vec<Literal> {
        let mut body = Vec::new();
        for n in 0..parts {
            let (name, terms) = self.atom(if question { level } else { level + 1 }, constants);
            let extreme =
                self.relations.iter().any(|r| r.name == name && r.extremum.is_some() && r.level == level);
            if n > 0 && self.dice.chance(20) || extreme {
                continue;
            }
            body.push(Literal::Atom(name, terms));
        }
        if self.dice.chance(self.taste.negation) {
            let (name, terms) = self.atom(level, constants);
            body.push(Literal::Not(name, terms));
        }
        if self.dice.chance(self.taste.aggregates) {
            let literal = self.aggregate(level, constants);
            body.push(literal);
        }
        if self.dice.chance(self.taste.tests) {
            let kind = if self.dice.chance(self.taste.text) { Kind::Text } else { Kind::Int };
            let test = self.dice.word(&["eq", "eq", "ne", "lt", "ge"]);
            let (a, b) = (self.var(kind), self.argument(kind, 40));
            let b = if b == Term::Any { self.constant(kind) } else { b };
            body.push(Literal::Test(test, vec![a, b]));
        }
        if self.dice.chance(self.taste.functions) {
            let number = self.number();
            let other = self.var(Kind::Int);
            body.push(Literal::Test(self.dice.word(&["eq", "eq", "lt", "ne"]), vec![other, number]));
        }
        self.make_safe(&mut body, head);
        if question && body.iter().all(|l| !matches!(l, Literal::Atom(..))) {
            body.clear();
        }
        self.dice.shuffle(&mut body);
        body
    }

    /// Binds what no atom binds.
    fn make_safe(&mut self, body: &mut Vec<Literal>, head: &[Term]) {
        let mut used: BTreeMap<String, Kind> = BTreeMap::new();
        let mut bound: BTreeMap<String, Kind> = BTreeMap::new();
        let mut note = |name: &str, kind: Kind| {
            if !name.starts_with('k') {
                used.insert(name.to_owned(), kind);
            }
        };
        head.iter().for_each(|t| t.each_var(&mut note));
        body.iter().for_each(|l| l.each_var(&mut note));
        for literal in body.iter() {
            if let Literal::Atom(_, terms) = literal {
                for term in terms {
                    if let Term::Var(name, kind) = term {
                        bound.insert(name.clone(), *kind);
                    }
                }
            }
        }
        for (name, kind) in used {
            if bound.contains_key(&name) {
                continue;
            }
            let fits = |r: &&Relation| r.level == 0 && r.columns.first() == Some(&kind);
            let from: Vec<Relation> = self.relations.iter().filter(fits).cloned().collect();
            let relation = self.dice.pick(&from).clone();
            let mut terms = vec![Term::Any; relation.columns.len()];
            terms[0] = Term::Var(name, kind);
            body.push(Literal::Atom(relation.name, terms));
        }
    }

    fn aggregate(&mut self, level: usize, constants: usize) -> Literal {
        self.locals += 1;
        let (number, text) = (format!("k{}", self.locals), format!("kt{}", self.locals));
        let mut list = Vec::new();
        let mut local = None;
        for _ in 0..1 + self.dice.below(2) {
            let (name, mut terms) = self.atom(level, constants);
            for term in &mut terms {
                match term {
                    Term::Var(_, Kind::Int) if self.dice.chance(50) => {
                        *term = Term::Var(number.clone(), Kind::Int);
                        local = Some(term.clone());
                    }
                    Term::Var(_, Kind::Text) if self.dice.chance(30) => {
                        *term = Term::Var(text.clone(), Kind::Text);
                    }
                    _ => {}
                }
            }
            list.push(Literal::Atom(name, terms));
        }
        if self.dice.chance(25) {
            let (name, terms) = self.atom(level, constants);
            let mut safe = true;
            terms.iter().for_each(|t| t.each_var(&mut |_, _| safe &= local.is_none()));
            if safe {
                list.push(Literal::Not(name, terms));
            }
        }
        let aggregate = match (local, self.dice.below(5)) {
            (None, _) | (_, 0) => Term::Aggregate("count", None, list),
            (Some(k), 1) => Term::Aggregate("count", Some(Box::new(k)), list),
            (Some(k), 2) => Term::Aggregate("sum", Some(Box::new(k)), list),
            (Some(k), 3) => Term::Aggregate("min", Some(Box::new(k)), list),
            (Some(k), _) => Term::Aggregate("max", Some(Box::new(k)), list),
        };
        let other = if self.dice.chance(40) { self.constant(Kind::Int) } else { self.var(Kind::Int) };
        Literal::Test(self.dice.word(&["eq", "eq", "lt", "ge"]), vec![other, aggregate])
    }

    /// A closure, or people of the same generation, with something of its own.
    fn shape(&mut self, relation: &Relation, rules: &mut Vec<Rule>) {
        let kind = relation.columns[0];
        let name = &relation.name;
        let fits =
            |r: &&Relation| r.level < relation.level && r.extremum.is_none() && r.columns == relation.columns;
        let from: Vec<Relation> = self.relations.iter().filter(fits).cloned().collect();
        let var = |n: usize| match kind {
            Kind::Int => Term::Var(["x", "y", "z", "w"][n].to_owned(), kind),
            Kind::Text => Term::Var(["p", "q", "r", "s"][n].to_owned(), kind),
        };
        let Some(edge) = from.get(self.dice.below(from.len())).map(|r| r.name.clone()) else {
            let rule = self.rule(relation);
            rules.push(rule);
            return;
        };
        let edge = &edge;
        let atom = |name: &String, a: usize, b: usize| Literal::Atom(name.clone(), vec![var(a), var(b)]);
        let base = match self.dice.below(4) {
            0 => atom(edge, 1, 0),
            _ => atom(edge, 0, 1),
        };
        let mut bodies = vec![vec![base]];
        bodies.push(match self.dice.below(6) {
            0 => vec![atom(name, 0, 2), atom(edge, 2, 1)],
            1 => vec![atom(edge, 0, 2), atom(name, 2, 1)],
            2 => vec![atom(name, 0, 2), atom(name, 2, 1)],
            3 => vec![atom(edge, 0, 2), atom(name, 2, 3), atom(edge, 1, 3)],
            4 => vec![atom(name, 1, 0)],
            _ => vec![atom(name, 2, 0), atom(edge, 2, 1)],
        });
        for (n, mut body) in bodies.into_iter().enumerate() {
            if self.dice.chance(if n == 0 { 10 } else { 25 }) {
                let more = self.body(relation.level, 0, 30, false, &[]);
                body.extend(more);
            }
            rules.push(Rule { head: (name.clone(), vec![var(0), var(1)]), body });
        }
        if self.dice.chance(20) {
            let rule = self.rule(relation);
            rules.push(rule);
        }
    }

    /// The least or greatest, handed on along some relation.
    fn extreme(&mut self, relation: &Relation, rules: &mut Vec<Rule>) {
        let op = relation.extremum.unwrap_or("min");
        let last = relation.columns.len() - 1;
        let keys: Vec<Term> = relation.columns[..last].iter().map(|k| self.var(*k)).collect();
        let value = self.var(Kind::Int);
        let with = |keys: &[Term], value: Term| {
            let mut terms = keys.to_vec();
            terms.push(Term::Call(if op == "min" { "min" } else { "max" }, vec![value]));
            (relation.name.clone(), terms)
        };
        let parts = 1 + self.dice.below(2);
        let head = with(&keys, value);
        let body = self.body(relation.level - 1, parts, 10, false, &head.1);
        rules.push(Rule { head, body });
        let to = self
            .relations
            .iter()
            .filter(|r| r.level < relation.level && r.columns.len() >= 2 && r.extremum.is_none());
        let to: Vec<Relation> = to.cloned().collect();
        if last == 0 || to.is_empty() {
            return;
        }
        let moved = self.dice.below(last);
        let edge = self.dice.pick(&to).clone();
        let kind = relation.columns[moved];
        if edge.columns[0] != kind || edge.columns[1] != kind {
            return;
        }
        let name = |n: usize| format!("v{n}");
        let old: Vec<Term> = (0..last).map(|n| Term::Var(name(n), relation.columns[n])).collect();
        let mut new = old.clone();
        new[moved] = Term::Var("v8".into(), kind);
        let cost = Term::Var("v9".into(), Kind::Int);
        let mut from = old.clone();
        from.push(cost.clone());
        let mut step = vec![Term::Any; edge.columns.len()];
        (step[0], step[1]) = (old[moved].clone(), new[moved].clone());
        let by = Term::Const(self.dice.below(3).to_string());
        let next = match (op, self.dice.below(2)) {
            ("min", 0) => Term::Call("add", vec![cost, by]),
            ("min", _) => Term::Call("greatest", vec![cost, by]),
            _ => Term::Call("least", vec![cost, by]),
        };
        let body = vec![Literal::Atom(relation.name.clone(), from), Literal::Atom(edge.name.clone(), step)];
        rules.push(Rule { head: with(&new, next), body });
    }

    fn facts(&mut self, derived: &[Relation]) -> Vec<(String, Vec<String>)> {
        let mut facts = Vec::new();
        let given: Vec<Relation> = self.relations.iter().filter(|r| r.level == 0).cloned().collect();
        for relation in &given[2..] {
            for _ in 0..self.dice.below(self.taste.facts) {
                let row = relation.columns.iter().map(|k| self.value(*k)).collect();
                facts.push((relation.name.clone(), row));
            }
        }
        for relation in &given[..2] {
            for _ in 0..self.taste.domain {
                let row = vec![self.value(relation.columns[0])];
                facts.push((relation.name.clone(), row));
            }
        }
        for relation in derived {
            if self.dice.chance(15) {
                let row = relation.columns.iter().map(|k| self.value(*k)).collect();
                facts.push((relation.name.clone(), row));
            }
        }
        facts
    }
}
