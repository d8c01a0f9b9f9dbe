//! From rules as written to rules with numbered relations and variables.

use super::relations::{Origin, Relations};
use super::resolved::{Aggregate, Atom, Head, Kind, Literal, Rule, Term, Use, Variable};
use super::types::Solver;
use crate::base::{Diagnostic, Location, nearest};
use crate::logic::typed::VarId;
use crate::logic::{self as written, Arguments, TermKind, Test};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What holds while one rule is resolved.
pub(super) struct Resolver<'a> {
    relations: &'a Relations,
    solver: &'a mut Solver,
    found: &'a mut Vec<Diagnostic>,
    variables: Vec<Variable>,
    scopes: Vec<Scope>,
    next_scope: usize,
}

/// Names known in a body or an aggregate's list.
struct Scope {
    id: usize,
    names: BTreeMap<Arc<str>, VarId>,
    /// Names that some literal of this body can bind.
    bindable: BTreeSet<Arc<str>>,
}

/// Where a term stands.
#[derive(Clone, Copy)]
struct Spot {
    used: Use,
    wildcard: bool,
    aggregate: bool,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(
        relations: &'a Relations,
        solver: &'a mut Solver,
        found: &'a mut Vec<Diagnostic>,
    ) -> Resolver<'a> {
        Resolver { relations, solver, found, variables: Vec::new(), scopes: Vec::new(), next_scope: 0 }
    }

    pub(super) fn rule(mut self, rule: &written::Rule) -> Rule {
        self.enter(&rule.when);
        let body = self.body(&rule.when, None);
        let heads = rule.then.iter().filter_map(|atom| self.head(atom)).collect();
        self.prose(rule);
        let (name, doc, because) = (rule.name.text.clone(), rule.doc.clone(), rule.because.clone());
        Rule { name, doc, heads, body, variables: self.variables, because, at: rule.at }
    }

    /// A question as a rule that derives `?`.
    pub(super) fn question(mut self, literals: &[written::Literal], at: Location) -> Rule {
        self.enter(literals);
        let body = self.body(literals, None);
        let relation = self.relations.find("?");
        let columns = relation.map(|r| &self.relations.get(r).columns[..]).unwrap_or_default();
        let mut terms = Vec::new();
        for (name, _) in columns {
            let var = self.variable(name, at, Use::Head);
            let slot = self.variables[var.0 as usize].slot;
            terms.push(Term { kind: Kind::Var(var), at, slot });
        }
        let heads = relation
            .map(|relation| Head { atom: Atom { relation, terms, at }, extremum: None })
            .into_iter()
            .collect();
        let because = written::Prose::default();
        Rule { name: "question".into(), doc: None, heads, body, variables: self.variables, because, at }
    }

    /// A fact: constants and functions of constants.
    pub(super) fn fact(mut self, fact: &written::Atom) -> Option<Atom> {
        self.enter(&[]);
        let head = self.head(fact)?;
        for variable in self.variables.iter().filter(|v| !v.is_wildcard()) {
            for (at, _) in &variable.places {
                let message = format!("`{}` is a variable, and a fact has none", variable.name);
                let help = format!("write \"{}\" for text or a name, or make it a rule", variable.name);
                self.found.push(Diagnostic::error("E0407", *at, message).help(help));
            }
        }
        if let Some((column, op)) = head.extremum {
            let message = format!("`{op}` can't stand in a fact");
            let at = head.atom.terms.get(column).map_or(fact.at, |t| t.at);
            self.found.push(Diagnostic::error("E0108", at, message).help("write the value itself"));
        }
        (self.variables.is_empty()
            && head.extremum.is_none()
            && head.atom.terms.len() == self.columns(&head.atom))
        .then_some(head.atom)
    }

    fn columns(&self, atom: &Atom) -> usize {
        self.relations.get(atom.relation).columns.len()
    }

    fn enter(&mut self, body: &[written::Literal]) {
        let mut bindable = BTreeSet::new();
        bindable_names(body, &mut bindable);
        self.scopes.push(Scope { id: self.next_scope, names: BTreeMap::new(), bindable });
        self.next_scope += 1;
    }

    fn variable(&mut self, name: &Arc<str>, at: Location, used: Use) -> VarId {
        let last = self.scopes.len() - 1;
        let home = self.scopes.iter().position(|s| s.bindable.contains(name)).unwrap_or(last);
        let scope = &mut self.scopes[home];
        let used = if home < last && used != Use::Head { Use::Inner } else { used };
        let var = *scope.names.entry(name.clone()).or_insert_with(|| {
            let slot = self.solver.fresh();
            self.variables.push(Variable { name: name.clone(), slot, scope: scope.id, places: Vec::new() });
            VarId(self.variables.len() as u32 - 1)
        });
        self.variables[var.0 as usize].places.push((at, used));
        var
    }

    fn wildcard(&mut self, at: Location) -> Term {
        let slot = self.solver.fresh();
        let scope = self.scopes.last().map_or(0, |s| s.id);
        self.variables.push(Variable { name: "_".into(), slot, scope, places: Vec::new() });
        Term { kind: Kind::Var(VarId(self.variables.len() as u32 - 1)), at, slot }
    }

    fn body(&mut self, body: &[written::Literal], negated: Option<Location>) -> Vec<Literal> {
        body.iter().filter_map(|literal| self.literal(literal, negated)).collect()
    }

    fn literal(&mut self, literal: &written::Literal, negated: Option<Location>) -> Option<Literal> {
        match literal {
            written::Literal::Not(inner, at) => self.literal(inner, Some(*at)),
            written::Literal::Atom(atom) => {
                let used = if negated.is_some() { Use::Negated } else { Use::Binding };
                let atom = self.atom(atom, Spot { used, wildcard: true, aggregate: false });
                Some(match negated {
                    Some(at) => Literal::NotAtom(atom, at),
                    None => Literal::Atom(atom),
                })
            }
            written::Literal::Test(op, terms, at) => {
                let comparison =
                    matches!(op, Test::Eq | Test::Ne | Test::Lt | Test::Le | Test::Gt | Test::Ge);
                let used = if negated.is_some() { Use::Negated } else { Use::Tested };
                let spot = Spot { used, wildcard: false, aggregate: comparison };
                let terms = terms.iter().map(|t| self.term(t, spot)).collect();
                Some(Literal::Test { op: *op, terms, negated: negated.is_some(), at: negated.unwrap_or(*at) })
            }
        }
    }

    fn head(&mut self, atom: &written::Atom) -> Option<Head> {
        let relation = self.relations.find(&atom.relation.text)?;
        let columns = self.relations.get(relation).columns.len();
        let written_terms: Vec<Option<&written::Term>> = self.arguments(atom);
        if let Arguments::Named(_) = atom.arguments {
            let open: Vec<&str> = (0..columns)
                .filter(|n| written_terms.get(*n).is_none_or(Option::is_none))
                .map(|n| &*self.relations.get(relation).columns[n].0)
                .collect();
            if !open.is_empty() {
                let message = format!("`{}` lacks {}", atom.relation.text, quoted_list(&open));
                let error = Diagnostic::error("E0209", atom.at, message);
                self.found.push(error.help("what is derived needs a value for every column"));
                return None;
            }
        }
        let mut extremum: Option<(usize, written::AggregateOp)> = None;
        let mut terms = Vec::new();
        for (n, term) in written_terms.into_iter().enumerate() {
            let Some(term) = term else { continue };
            let spot = Spot { used: Use::Head, wildcard: false, aggregate: false };
            let inner = match &term.kind {
                TermKind::Aggregate(aggregate) if aggregate.body.is_none() => {
                    if extremum.is_some() {
                        let message = format!("`{}` has two aggregated columns", atom.relation.text);
                        let error = Diagnostic::error("E0503", term.at, message);
                        self.found.push(error.help("split it into two relations, one for each"));
                    }
                    extremum = Some((n, aggregate.op));
                    aggregate.term.as_ref().unwrap_or(term)
                }
                _ => term,
            };
            terms.push(self.term(inner, spot));
        }
        Some(Head { atom: Atom { relation, terms, at: atom.at }, extremum })
    }

    /// The arguments in column order; `None` where a column is left open. After
    /// an error more than there are columns.
    fn arguments<'t>(&mut self, atom: &'t written::Atom) -> Vec<Option<&'t written::Term>> {
        let Some(id) = self.relations.find(&atom.relation.text) else { return Vec::new() };
        let relation = self.relations.get(id);
        let columns = relation.columns.len();
        match &atom.arguments {
            Arguments::Named(terms) if relation.origin == Origin::Loose => {
                terms.iter().map(|(_, term)| Some(term)).collect()
            }
            Arguments::Positional(terms) => {
                if terms.len() != columns && !matches!(relation.origin, Origin::Unknown | Origin::Loose) {
                    let names: Vec<&str> = relation.columns.iter().map(|c| &*c.0).collect();
                    let plural = if columns == 1 { "" } else { "s" };
                    let message =
                        format!("`{}` has {columns} column{plural}, not {}", relation.name, terms.len());
                    let mut error = Diagnostic::error("E0202", atom.at, message)
                        .saying(format!("{} given", terms.len()))
                        .help(match relation.origin {
                            Origin::Base => format!(
                                "write {}({}), name the columns that matter, or give a relation of your own another name",
                                relation.name,
                                names.join(", ")
                            ),
                            _ => format!("write {}({})", relation.name, names.join(", ")),
                        });
                    if let Some(at) = relation.at {
                        let first = if relation.origin == Origin::Declared {
                            "declared here"
                        } else {
                            "first filled here"
                        };
                        error = error.label(at, first);
                    }
                    self.found.push(error);
                }
                // Terms too many are kept, so that they bind their variables.
                let mut all: Vec<_> = terms.iter().map(Some).collect();
                all.resize(columns.max(terms.len()), None);
                all
            }
            Arguments::Named(terms) => {
                let mut all: Vec<Option<&written::Term>> = vec![None; columns];
                let mut seen: BTreeMap<&str, Location> = BTreeMap::new();
                for (name, term) in terms {
                    if let Some(first) = seen.insert(&name.text, name.at) {
                        let message = format!("column `{}` is given twice", name.text);
                        let error = Diagnostic::error("E0204", name.at, message).label(first, "first here");
                        self.found.push(error.help("keep one of the two"));
                        continue;
                    }
                    let Some(n) = relation.columns.iter().position(|c| c.0 == name.text) else {
                        self.unknown_column(id, name);
                        all.push(Some(term));
                        continue;
                    };
                    all[n] = Some(term);
                }
                all
            }
        }
    }

    fn unknown_column(&mut self, id: crate::logic::typed::RelationId, name: &written::Ident) {
        let relation = self.relations.get(id);
        if relation.origin == Origin::Unknown {
            return;
        }
        let columns: Vec<&str> = relation.columns.iter().map(|c| &*c.0).collect();
        let message = format!("`{}` has no column `{}`", relation.name, name.text);
        let known = format!("its columns are {}", quoted_list(&columns));
        let help = match nearest(&name.text, columns.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`? {}", known.replacen("its", "Its", 1)),
            None => known,
        };
        let mut error = Diagnostic::error("E0203", name.at, message);
        if let Some(at) = relation.at {
            error = error.label(at, "its columns are given here");
        }
        self.found.push(error.help(help));
    }

    fn atom(&mut self, atom: &written::Atom, spot: Spot) -> Atom {
        let arguments = self.arguments(atom);
        let terms = arguments
            .into_iter()
            .map(|term| match term {
                Some(term) => self.term(term, spot),
                None => self.wildcard(atom.at),
            })
            .collect();
        // `collect` made an entry for every relation that any body names.
        let relation = self.relations.find(&atom.relation.text).unwrap_or(crate::logic::typed::RelationId(0));
        Atom { relation, terms, at: atom.at }
    }

    fn term(&mut self, term: &written::Term, spot: Spot) -> Term {
        let kind = match &term.kind {
            TermKind::Variable(name) => {
                let var = self.variable(name, term.at, spot.used);
                let slot = self.variables[var.0 as usize].slot;
                return Term { kind: Kind::Var(var), at: term.at, slot };
            }
            TermKind::Wildcard => {
                if !spot.wildcard {
                    let (message, help) = match spot.used {
                        Use::Head => {
                            ("`_` can't be derived: it has no value", "use a variable that `when` binds")
                        }
                        _ => ("`_` can't be tested or computed with", "use a variable that an atom binds"),
                    };
                    self.found.push(Diagnostic::error("E0405", term.at, message).help(help));
                }
                return self.wildcard(term.at);
            }
            TermKind::Constant(constant) => Kind::Const(constant.clone()),
            TermKind::Call(function, _, terms) => {
                let used = if spot.used == Use::Binding { Use::Computed } else { spot.used };
                let inner = Spot { used, wildcard: false, aggregate: false };
                Kind::Call(*function, terms.iter().map(|t| self.term(t, inner)).collect())
            }
            TermKind::Aggregate(aggregate) => {
                if !spot.aggregate {
                    let message = format!("`{}` can only stand in a comparison", aggregate.op);
                    let help =
                        format!("give it a condition of its own: eq(n, {}(…)), and use n here", aggregate.op);
                    self.found.push(Diagnostic::error("E0406", term.at, message).help(help));
                }
                Kind::Aggregate(Box::new(self.aggregate(aggregate)))
            }
        };
        Term { kind, at: term.at, slot: self.solver.fresh() }
    }

    fn aggregate(&mut self, aggregate: &written::Aggregate) -> Aggregate {
        let body = aggregate.body.as_deref().unwrap_or_default();
        self.enter(body);
        let scope = self.next_scope - 1;
        let body = self.body(body, None);
        let spot = Spot { used: Use::Tested, wildcard: false, aggregate: false };
        let term = aggregate.term.as_ref().map(|t| self.term(t, spot));
        self.scopes.pop();
        let mut groups = BTreeSet::new();
        let mut locals = BTreeSet::new();
        let mut visit = |v: VarId| {
            let variable = &self.variables[v.0 as usize];
            if variable.scope < scope {
                groups.insert(v);
            } else if variable.scope == scope && !variable.is_wildcard() {
                locals.insert(v);
            }
        };
        term.iter().for_each(|t| t.each_variable(&mut visit));
        for literal in &body {
            literal.terms().iter().for_each(|t| t.each_variable(&mut visit));
        }
        let (groups, locals) = (groups.into_iter().collect(), locals.into_iter().collect());
        Aggregate { op: aggregate.op, term, body, groups, locals }
    }

    /// Holes of `because` name variables of the rule.
    fn prose(&mut self, rule: &written::Rule) {
        for (_, template, at) in &rule.because.templates {
            let mut rest = &**template;
            while let Some(open) = rest.find(['{', '}']) {
                let Some(close) = rest[open..].find('}').filter(|close| *close > 0) else {
                    let error = Diagnostic::error("E0210", *at, "a `{` or `}` of this text has no partner");
                    self.found.push(error.help("a hole is written {variable}"));
                    break;
                };
                let name = &rest[open + 1..open + close];
                let names = &self.scopes[0].names;
                if !names.contains_key(name) {
                    let message = format!("`{{{name}}}` names no variable of this rule");
                    let help = match nearest(name, names.keys().map(|n| &**n)) {
                        Some(meant) => format!("did you mean `{{{meant}}}`?"),
                        None => {
                            let known: Vec<&str> = names.keys().map(|n| &**n).collect();
                            format!("the variables are {}", quoted_list(&known))
                        }
                    };
                    self.found.push(Diagnostic::error("E0207", *at, message).help(help));
                }
                rest = &rest[open + close + 1..];
            }
        }
    }
}

pub(super) fn quoted_list(names: &[&str]) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ")
}

/// Names that literals of a body bind: arguments of atoms, sides of `eq`, the
/// first of `range`.
pub(super) fn bindable_names(body: &[written::Literal], names: &mut BTreeSet<Arc<str>>) {
    let mut take = |term: &written::Term| {
        if let TermKind::Variable(name) = &term.kind {
            names.insert(name.clone());
        }
    };
    for literal in body {
        match literal {
            written::Literal::Atom(atom) => match &atom.arguments {
                Arguments::Positional(terms) => terms.iter().for_each(&mut take),
                Arguments::Named(terms) => terms.iter().for_each(|t| take(&t.1)),
            },
            written::Literal::Test(Test::Eq, terms, _) => terms.iter().for_each(&mut take),
            written::Literal::Test(Test::Range, terms, _) => terms.iter().take(1).for_each(&mut take),
            _ => {}
        }
    }
}

/// A question's columns: its named variables in order of first appearance,
/// those inside aggregates only where the question itself binds them.
pub(super) fn question_columns(body: &[written::Literal]) -> Vec<Arc<str>> {
    let mut bindable = BTreeSet::new();
    bindable_names(body, &mut bindable);
    let mut columns = Vec::new();
    for literal in body {
        names_of(literal, false, &bindable, &mut columns);
    }
    columns
}

fn names_of(literal: &written::Literal, inner: bool, bindable: &BTreeSet<Arc<str>>, out: &mut Vec<Arc<str>>) {
    match literal {
        written::Literal::Not(literal, _) => names_of(literal, inner, bindable, out),
        written::Literal::Test(_, terms, _) => terms.iter().for_each(|t| term_names(t, inner, bindable, out)),
        written::Literal::Atom(atom) => match &atom.arguments {
            Arguments::Positional(terms) => terms.iter().for_each(|t| term_names(t, inner, bindable, out)),
            Arguments::Named(terms) => terms.iter().for_each(|t| term_names(&t.1, inner, bindable, out)),
        },
    }
}

fn term_names(term: &written::Term, inner: bool, bindable: &BTreeSet<Arc<str>>, out: &mut Vec<Arc<str>>) {
    match &term.kind {
        TermKind::Variable(name) if (!inner || bindable.contains(name)) && !out.contains(name) => {
            out.push(name.clone());
        }
        TermKind::Call(_, _, terms) => terms.iter().for_each(|t| term_names(t, inner, bindable, out)),
        TermKind::Aggregate(aggregate) => {
            aggregate.term.iter().for_each(|t| term_names(t, true, bindable, out));
            for literal in aggregate.body.iter().flatten() {
                names_of(literal, true, bindable, out);
            }
        }
        _ => {}
    }
}
