//! Which relations there are, with which columns.

use super::resolved::Slot;
use super::types::Solver;
use crate::base::{Diagnostic, Location};
use crate::logic::typed::RelationId;
use crate::logic::{Arguments, Atom, BASE_RELATIONS, Literal, Lost, Program, RelationDecl, TermKind};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How a relation became known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    Base,
    Declared,
    /// Taken from the first head or fact.
    Inferred,
    /// Only read, and declared nowhere: an error; columns guessed from the use.
    Unknown,
    /// Of columns that only something broken tells: uses are not compared.
    Loose,
    Question,
}

#[derive(Debug, Clone)]
pub(super) struct Relation {
    pub name: Arc<str>,
    pub columns: Vec<(Arc<str>, Slot)>,
    pub origin: Origin,
    /// Where it was declared or first filled.
    pub at: Option<Location>,
    pub derived: bool,
}

/// Every relation, sorted by name.
pub(super) struct Relations {
    pub all: Vec<Relation>,
}

impl Relations {
    pub(super) fn find(&self, name: &str) -> Option<RelationId> {
        self.all.binary_search_by(|r| (*r.name).cmp(name)).ok().map(|n| RelationId(n as u32))
    }

    pub(super) fn get(&self, id: RelationId) -> &Relation {
        &self.all[id.0 as usize]
    }

    pub(super) fn collect(
        program: &Program,
        question: Option<(&[Literal], &[Arc<str>])>,
        solver: &mut Solver,
        found: &mut Vec<Diagnostic>,
    ) -> Relations {
        let mut map: BTreeMap<Arc<str>, Relation> = BTreeMap::new();
        let mut first: BTreeMap<Arc<str>, &RelationDecl> = BTreeMap::new();
        for decl in &program.relations {
            duplicate_columns(decl, found);
            if let Some(earlier) = first.get(&decl.name.text) {
                let message = format!("relation `{}` is declared twice", decl.name.text);
                let error = Diagnostic::error("E0205", decl.name.at, message).saying("again here");
                found.push(
                    error.label(earlier.name.at, "first here").help("keep one of the two, or rename one"),
                );
                continue;
            }
            first.insert(decl.name.text.clone(), decl);
            map.insert(decl.name.text.clone(), declared(decl, solver));
        }
        for (name, columns) in BASE_RELATIONS {
            map.entry(name.into()).or_insert_with(|| {
                let column = |(column, type_): &(&str, _)| {
                    (
                        Arc::from(*column),
                        solver.known(
                            *type_,
                            None,
                            format!("column `{column}` of the base relation `{name}`"),
                        ),
                    )
                };
                let columns = columns.iter().map(column).collect();
                Relation { name: name.into(), columns, origin: Origin::Base, at: None, derived: false }
            });
        }
        let heads = program.rules.iter().flat_map(|r| &r.then).chain(&program.facts);
        for atom in heads {
            add(&mut map, atom, Origin::Inferred, solver).derived = true;
        }
        if let Some((_, columns)) = question {
            let columns = columns.iter().map(|c| (c.clone(), solver.fresh())).collect();
            let name: Arc<str> = "?".into();
            let relation =
                Relation { name: name.clone(), columns, origin: Origin::Question, at: None, derived: true };
            map.insert(name, relation);
        }
        let bodies = program.rules.iter().map(|r| &r.when[..]).chain(question.map(|q| q.0));
        let mut unknown: BTreeMap<Arc<str>, Vec<Location>> = BTreeMap::new();
        for body in bodies {
            each_written_atom(body, &mut |atom| {
                if add(&mut map, atom, Origin::Unknown, solver).origin == Origin::Unknown {
                    unknown.entry(atom.relation.text.clone()).or_default().push(atom.relation.at);
                }
            });
        }
        map.values_mut().for_each(|relation| loosen(relation, &program.lost));
        for (name, places) in unknown {
            if map.get(&name).is_some_and(|relation| relation.origin == Origin::Loose) {
                continue;
            }
            let known = map.values().filter(|r| r.origin != Origin::Unknown).map(|r| &*r.name);
            let help = match crate::base::nearest(&name, known) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("declare it under `relations`, or write a rule whose `then` is {name}(…)"),
            };
            let message = format!("there is no relation `{name}`");
            let mut error =
                Diagnostic::error("E0201", places[0], message).saying("no rule, fact or declaration has it");
            for place in &places[1..] {
                error = error.label(*place, "also here");
            }
            found.push(error.help(help));
        }
        Relations { all: map.into_values().collect() }
    }
}

/// Has a relation no columns where they may be others than those that can be read.
fn loosen(relation: &mut Relation, lost: &Lost) {
    let redeclared = lost.declared.contains(&relation.name);
    let loose = match relation.origin {
        Origin::Declared => redeclared,
        Origin::Base => redeclared || lost.declarations,
        Origin::Question => false,
        _ => redeclared || lost.declarations || lost.heads || lost.filled.contains(&relation.name),
    };
    if loose {
        relation.origin = Origin::Loose;
        relation.columns.clear();
    }
}

fn duplicate_columns(decl: &RelationDecl, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, Location> = BTreeMap::new();
    for (column, _) in &decl.columns {
        if let Some(first) = seen.insert(&column.text, column.at) {
            let message = format!("`{}` has two columns called `{}`", decl.name.text, column.text);
            let error = Diagnostic::error("E0208", column.at, message).label(first, "first here");
            found.push(error.help("give each column a name of its own"));
        }
    }
}

fn declared(decl: &RelationDecl, solver: &mut Solver) -> Relation {
    let column = |(column, type_): &(crate::logic::Ident, Option<(_, Location)>)| {
        let why = format!("column `{}` of `{}`", column.text, decl.name.text);
        let slot = match type_ {
            Some((type_, at)) => solver.known(*type_, Some(*at), why),
            None => solver.fresh(),
        };
        (column.text.clone(), slot)
    };
    let columns = decl.columns.iter().map(column).collect();
    let name = decl.name.text.clone();
    Relation { name, columns, origin: Origin::Declared, at: Some(decl.name.at), derived: false }
}

fn add<'m>(
    map: &'m mut BTreeMap<Arc<str>, Relation>,
    atom: &Atom,
    origin: Origin,
    solver: &mut Solver,
) -> &'m mut Relation {
    map.entry(atom.relation.text.clone()).or_insert_with(|| {
        let columns = match &atom.arguments {
            Arguments::Positional(terms) => {
                (0..terms.len()).map(|n| (format!("c{n}").into(), solver.fresh())).collect()
            }
            Arguments::Named(terms) => terms.iter().map(|t| (t.0.text.clone(), solver.fresh())).collect(),
        };
        let (name, at) = (atom.relation.text.clone(), Some(atom.at));
        Relation { name, columns, origin, at, derived: false }
    })
}

fn each_written_atom(body: &[Literal], visit: &mut impl FnMut(&Atom)) {
    for literal in body {
        match literal {
            Literal::Atom(atom) => visit(atom),
            Literal::Not(inner, _) => each_written_atom(std::slice::from_ref(inner), visit),
            Literal::Test(_, terms, _) => {
                for term in terms {
                    if let TermKind::Aggregate(aggregate) = &term.kind {
                        each_written_atom(aggregate.body.as_deref().unwrap_or_default(), visit);
                    }
                }
            }
        }
    }
}
