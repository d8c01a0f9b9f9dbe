//! Programs that mean the same, written otherwise.

use super::dice::Dice;
use super::draft::{Draft, Literal, Relation, Rule, Term};

/// A program with the same rows in the relations that both have.
pub fn vary(draft: &Draft, dice: &mut Dice) -> Draft {
    let mut out = draft.clone();
    if dice.chance(40) {
        split_a_rule(&mut out, dice);
    }
    if dice.chance(40) {
        repeat_a_literal(&mut out, dice);
    }
    if dice.chance(40) {
        rename_variables(&mut out, dice);
    }
    dice.shuffle(&mut out.rules);
    dice.shuffle(&mut out.facts);
    out.rules.iter_mut().for_each(|rule| dice.shuffle(&mut rule.body));
    out
}

fn rename_variables(draft: &mut Draft, dice: &mut Dice) {
    let ending = ["1", "_b", "X"][dice.below(3)];
    for rule in &mut draft.rules {
        let to = |name: &str| {
            format!("{}{ending}", name.chars().rev().collect::<String>().replace(char::is_numeric, "q"))
        };
        let mut names = std::collections::BTreeSet::new();
        let mut again = Vec::new();
        let mut note = |name: &str, _| {
            if names.insert(name.to_owned()) {
                again.push(to(name));
            }
        };
        rule.head.1.iter().for_each(|t| t.each_var(&mut note));
        rule.body.iter().for_each(|l| l.each_var(&mut note));
        again.sort();
        if again.windows(2).all(|w| w[0] != w[1]) {
            rule.head.1.iter_mut().for_each(|t| t.rename(&to));
            rule.body.iter_mut().for_each(|l| l.rename(&to));
        }
    }
}

/// An atom once more, with some columns left open.
fn repeat_a_literal(draft: &mut Draft, dice: &mut Dice) {
    if draft.rules.is_empty() {
        return;
    }
    let at = dice.below(draft.rules.len());
    let body = &mut draft.rules[at].body;
    if body.is_empty() {
        return;
    }
    let mut literal = dice.pick(body).clone();
    if let Literal::Atom(_, terms) = &mut literal {
        for term in terms {
            if dice.chance(30) {
                *term = Term::Any;
            }
        }
    }
    body.push(literal);
}

/// Some atoms of a rule become a relation of their own.
fn split_a_rule(draft: &mut Draft, dice: &mut Dice) {
    if draft.rules.is_empty() {
        return;
    }
    let at = dice.below(draft.rules.len());
    let rule = &draft.rules[at];
    let plain = |literal: &Literal| {
        let Literal::Atom(name, _) = literal else { return false };
        draft.relations.iter().any(|r| r.name == *name && r.extremum.is_none())
    };
    let (own, rest): (Vec<Literal>, Vec<Literal>) =
        rule.body.iter().cloned().partition(|literal| plain(literal) && dice.chance(60));
    if own.is_empty() {
        return;
    }
    let mut terms: Vec<Term> = Vec::new();
    let mut columns = Vec::new();
    for literal in &own {
        literal.each_var(&mut |name, kind| {
            let var = Term::Var(name.to_owned(), kind);
            if !terms.contains(&var) {
                terms.push(var);
                columns.push(kind);
            }
        });
    }
    let level = draft.relations.iter().find(|r| r.name == rule.head.0).map_or(1, |r| r.level);
    let mut body = rest;
    body.push(Literal::Atom("part".into(), terms.clone()));
    draft.rules[at].body = body;
    draft.rules.push(Rule { head: ("part".into(), terms), body: own });
    draft.relations.push(Relation { name: "part".into(), columns, level, extremum: None });
}
