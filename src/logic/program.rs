//! Rules, declarations and programs as written.

use super::{Atom, Ident, Literal};
use crate::base::{Location, Type};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A relation declared in a rule file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationDecl {
    /// Its name.
    pub name: Ident,
    /// Column names and types; `None` where the type is to be inferred.
    pub columns: Vec<(Ident, Option<(Type, Location)>)>,
    /// The whole declaration's place.
    pub at: Location,
}

/// Prose templates by language code (`en`, `id`, or empty for a text
/// that serves every language), with `{variable}` holes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prose {
    /// `(language, template, place of the template)`, sorted by language.
    pub templates: Vec<(Arc<str>, Arc<str>, Location)>,
}

impl Prose {
    /// The template of a language, or the one without a language (`""`).
    pub fn get(&self, language: &str) -> Option<&Arc<str>> {
        let of = |wanted: &str| self.templates.iter().find(|t| &*t.0 == wanted).map(|t| &t.1);
        of(language).or_else(|| of(""))
    }
}

/// A rule as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its name; an unnamed rule is called `rule N` by its place in the file.
    pub name: Ident,
    /// What it is for.
    pub doc: Option<Arc<str>>,
    /// What it derives, one atom or several; arguments may hold functions and head aggregates.
    pub then: Vec<Atom>,
    /// Under which conditions; none makes facts.
    pub when: Vec<Literal>,
    /// The reason in prose.
    pub because: Prose,
    /// The whole rule's place.
    pub at: Location,
}

/// A fact of a rule file: an atom over constants (functions of constants allowed).
pub type FactRow = Atom;

/// All that the rule files of one run say, includes resolved, in reading order.
#[derive(Debug, Clone, Default)]
pub struct Program {
    /// Declarations.
    pub relations: Vec<RelationDecl>,
    /// Rules.
    pub rules: Vec<Rule>,
    /// Facts.
    pub facts: Vec<FactRow>,
    /// What couldn't be read.
    pub lost: Lost,
}

/// What is missing of a program for being broken, as far as it bears on the
/// rest. Such a program can't be run, but what is wrong in the rest can be told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lost {
    /// Relations with a broken declaration.
    pub declared: BTreeSet<Arc<str>>,
    /// Relations that a broken fact or rule fills.
    pub filled: BTreeSet<Arc<str>>,
    /// Whether there may be declarations besides.
    pub declarations: bool,
    /// Whether there may be rules or facts besides.
    pub heads: bool,
}

impl Lost {
    /// Marks that anything may be missing.
    pub fn anything(&mut self) {
        (self.declarations, self.heads) = (true, true);
    }

    /// Whether nothing is missing.
    pub fn is_empty(&self) -> bool {
        *self == Lost::default()
    }

    fn extend(&mut self, other: Lost) {
        self.declared.extend(other.declared);
        self.filled.extend(other.filled);
        self.declarations |= other.declarations;
        self.heads |= other.heads;
    }
}

impl Program {
    /// Adds all of another program.
    pub fn extend(&mut self, other: Program) {
        self.relations.extend(other.relations);
        self.rules.extend(other.rules);
        self.facts.extend(other.facts);
        self.lost.extend(other.lost);
    }
}
