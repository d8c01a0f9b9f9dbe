//! `katak why-not`: how near the rules came to a fact that doesn't hold.

use super::options::{FactOptions, RuleOptions, engine};
use super::proof::proof_tree;
use super::report::Tree;
use super::{Failure, Found};
use crate::engine::{Engine, Near, WhyNot};
use clap::Args;
use std::io::{self, Write};

/// Say why a fact doesn't hold: per rule what is met and what is lacking
#[derive(Args)]
pub(super) struct WhyNotCommand {
    /// Such as: partner("Huawei", "Grab"); open arguments stand for any value
    fact: String,
    #[command(flatten)]
    facts: FactOptions,
    #[command(flatten)]
    rules: RuleOptions,
}

impl WhyNotCommand {
    pub(super) fn run(self) -> Result<Found, Failure> {
        let engine = engine(&self.rules, &self.facts, true)?;
        let Some(why_not) = engine.why_not(&self.fact)? else {
            tell!("this holds; `katak why` explains it");
            return Ok(Found::No);
        };
        let mut tree = Tree::new(format!("{} doesn't hold", why_not.row));
        if why_not.near.is_empty() {
            tree.lines.push("no rule derives it, and no article or file gives it".into());
        }
        tree.children = why_not.near.iter().map(|near| near_tree(&engine, near)).collect();
        let mut out = io::stdout().lock();
        write!(out, "{}", tree.draw())?;
        out.flush()?;
        Ok(Found::Yes)
    }
}

fn near_tree(engine: &Engine, near: &Near) -> Tree {
    let mut node = Tree::new(format!("by the rule \"{}\"", near.miss.name));
    node.children.extend(near.miss.satisfied.iter().map(|text| Tree::new(format!("holds: {text}"))));
    for failure in &near.miss.failing {
        let mut fails = Tree::new(format!("fails: {}", failure.text));
        for (text, result) in &failure.aggregates {
            let result = result.as_ref().map_or("nothing".to_owned(), ToString::to_string);
            fails.lines.push(format!("{text} = {result}"));
        }
        fails.lines.extend(failure.almost.iter().map(|fact| format!("but there is {fact}")));
        let missing = near.missing.iter().filter(|inner| failure.missing.as_ref() == Some(&inner.row));
        fails
            .children
            .extend(missing.flat_map(|inner: &WhyNot| &inner.near).map(|near| near_tree(engine, near)));
        let met = near.in_the_way.iter().filter(|proof| failure.in_the_way.contains(&proof.fact));
        fails.children.extend(met.map(|proof| proof_tree(engine, proof)));
        node.children.push(fails);
    }
    node.children.extend(near.miss.untried.iter().map(|text| Tree::new(format!("not reached: {text}"))));
    node
}
