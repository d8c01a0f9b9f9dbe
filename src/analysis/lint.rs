//! Warnings: what can be run, but likely doesn't say what was meant.

use super::relations::{Origin, Relations};
use super::resolved::{self, Head, each_atom};
use crate::base::{Diagnostic, Location, Value};
use crate::logic::Test;
use crate::logic::typed::{self, Literal, RelationId, Term, VarId};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

const FROM_FILE: &str = "rows may also come from a file of facts; then this is no matter";

/// Variables used once; `_` says that nothing more is meant.
pub(super) fn unused_variables(rule: &resolved::Rule, found: &mut Vec<Diagnostic>) {
    for variable in &rule.variables {
        let [(at, _)] = variable.places[..] else { continue };
        // In an aggregate's list a name counts even if used once: solutions
        // are distinct over the named variables.
        let hole = format!("{{{}}}", variable.name);
        let told = rule.because.templates.iter().any(|t| t.1.contains(&hole));
        if variable.scope != 0 || variable.name.starts_with('_') || told {
            continue;
        }
        let warning = Diagnostic::warning("W0601", at, format!("`{}` is used only once", variable.name));
        found.push(warning.help(format!("write `_`, or `_{}` to keep the name", variable.name)));
    }
}

/// Relations declared and then forgotten. Those of `filled` get rows from the fact base.
pub(super) fn relations(
    rules: &[resolved::Rule],
    relations: &Relations,
    filled: &BTreeSet<RelationId>,
    found: &mut Vec<Diagnostic>,
) {
    let mut read: BTreeMap<RelationId, BTreeSet<Location>> = BTreeMap::new();
    for rule in rules {
        each_atom(&rule.body, false, &mut |atom, _, _| {
            read.entry(atom.relation).or_default().insert(atom.at);
        });
    }
    for (n, relation) in relations.all.iter().enumerate() {
        let (Origin::Declared, Some(at)) = (relation.origin, relation.at) else { continue };
        if relation.derived {
            continue;
        }
        match read.get(&RelationId(n as u32)) {
            None => {
                let message = format!("`{}` is declared and never used", relation.name);
                found.push(
                    Diagnostic::warning("W0602", at, message)
                        .help("remove the declaration, or write its rules"),
                );
            }
            Some(_) if filled.contains(&RelationId(n as u32)) => {}
            Some(places) => {
                let message = format!("`{}` is declared and never filled", relation.name);
                let mut warning =
                    Diagnostic::warning("W0603", at, message).saying("no rule or fact fills it");
                for place in places {
                    warning = warning.label(*place, "read here");
                }
                let help = format!("write a fact, or a rule whose `then` is {}(…)", relation.name);
                found.push(warning.note(FROM_FILE).help(help));
            }
        }
    }
}

/// Rules that wait for relations which only they could fill.
pub(super) fn never_fire(
    rules: &[resolved::Rule],
    facts: &[resolved::Atom],
    relations: &Relations,
    from_base: &BTreeSet<RelationId>,
    found: &mut Vec<Diagnostic>,
) {
    let mut filled: Vec<bool> = relations
        .all
        .iter()
        .map(|r| r.origin == Origin::Base || r.origin == Origin::Unknown || !r.derived)
        .collect();
    from_base.iter().for_each(|id| filled[id.0 as usize] = true);
    facts.iter().for_each(|fact| filled[fact.relation.0 as usize] = true);
    let empty = |rule: &resolved::Rule, filled: &[bool]| -> Vec<(Location, RelationId)> {
        let atoms = rule.body.iter().filter_map(|literal| match literal {
            resolved::Literal::Atom(atom) if !filled[atom.relation.0 as usize] => {
                Some((atom.at, atom.relation))
            }
            _ => None,
        });
        atoms.collect()
    };
    let mut waiting: Vec<&resolved::Rule> = rules.iter().collect();
    loop {
        let before = waiting.len();
        waiting.retain(|rule| {
            let fires = empty(rule, &filled).is_empty();
            if fires {
                let fill = |head: &Head| filled[head.atom.relation.0 as usize] = true;
                rule.heads.iter().for_each(fill);
            }
            !fires
        });
        if waiting.len() == before {
            break;
        }
    }
    for rule in waiting {
        let places = empty(rule, &filled);
        let Some((first, relation)) = places.first() else { continue };
        let message = format!("rule \"{}\" can never fire", rule.name);
        let name = |id: &RelationId| format!("`{}` can have no rows before this", relations.get(*id).name);
        let mut warning = Diagnostic::warning("W0604", *first, message).saying(name(relation));
        for (place, relation) in &places[1..] {
            warning = warning.label(*place, name(relation));
        }
        let help = "every rule that fills it waits for it: add a rule or fact to begin with";
        found.push(warning.note(FROM_FILE).help(help));
    }
}

/// What tests against constants leave of a variable.
#[derive(Default)]
struct Limits {
    low: Option<(Value, bool, Location)>,
    high: Option<(Value, bool, Location)>,
    not: Vec<(Value, Location)>,
}

/// Tests that no value passes.
pub(super) fn contradictions(rule: &resolved::Rule, built: &typed::Rule, found: &mut Vec<Diagnostic>) {
    let mut limits: BTreeMap<VarId, Limits> = BTreeMap::new();
    for (place, literal) in rule.body.iter().zip(&built.body) {
        let Literal::Test { op, terms, negated } = literal else { continue };
        let (Some(op), [a, b]) = (if *negated { opposite(*op) } else { Some(*op) }, &terms[..]) else {
            continue;
        };
        let at = place.at();
        match (a, b) {
            (Term::Const(a), Term::Const(b)) if compare(a, b).is_some_and(|order| !holds(op, order)) => {
                never(found, rule, at, "no constants like these pass", None);
            }
            (Term::Var(a), Term::Var(b)) if a == b && comparison(op) && !holds(op, Ordering::Equal) => {
                never(found, rule, at, "the two sides are the same", None);
            }
            (Term::Var(v), Term::Const(value)) => {
                limit(limits.entry(*v).or_default(), op, value, at, rule, found);
            }
            (Term::Const(value), Term::Var(v)) => {
                limit(limits.entry(*v).or_default(), mirrored(op), value, at, rule, found);
            }
            _ => {}
        }
    }
}

fn limit(
    limits: &mut Limits,
    op: Test,
    value: &Value,
    at: Location,
    rule: &resolved::Rule,
    found: &mut Vec<Diagnostic>,
) {
    let tighter = |old: &Option<(Value, bool, Location)>, wanted: Ordering, strict: bool| match old {
        None => true,
        Some((old, was_strict, _)) => match compare(value, old) {
            Some(Ordering::Equal) => strict && !was_strict,
            order => order == Some(wanted),
        },
    };
    if matches!(op, Test::Eq | Test::Gt | Test::Ge) && tighter(&limits.low, Ordering::Greater, op == Test::Gt)
    {
        limits.low = Some((value.clone(), op == Test::Gt, at));
    }
    if matches!(op, Test::Eq | Test::Lt | Test::Le) && tighter(&limits.high, Ordering::Less, op == Test::Lt) {
        limits.high = Some((value.clone(), op == Test::Lt, at));
    }
    if op == Test::Ne {
        limits.not.push((value.clone(), at));
    }
    let (Some((low, low_strict, low_at)), Some((high, high_strict, high_at))) = (&limits.low, &limits.high)
    else {
        return;
    };
    let order = compare(low, high);
    let excluded = limits.not.iter().find(|(not, _)| order == Some(Ordering::Equal) && not == low);
    let empty = order == Some(Ordering::Greater)
        || order == Some(Ordering::Equal) && (*low_strict || *high_strict)
        || excluded.is_some();
    if empty {
        let mut others = [*low_at, *high_at].into_iter().chain(excluded.map(|e| e.1));
        never(found, rule, at, "no value passes this", others.find(|other| *other != at));
        *limits = Limits::default();
    }
}

fn never(
    found: &mut Vec<Diagnostic>,
    rule: &resolved::Rule,
    at: Location,
    text: &str,
    beside: Option<Location>,
) {
    let message = format!("rule \"{}\" can never fire", rule.name);
    let mut warning = Diagnostic::warning("W0605", at, message).saying(text);
    if let Some(beside) = beside {
        warning = warning.saying(format!("{text} and the other test")).label(beside, "the other test");
    }
    found.push(warning.help("remove the test, or the rule"));
}

fn comparison(op: Test) -> bool {
    matches!(op, Test::Eq | Test::Ne | Test::Lt | Test::Le | Test::Gt | Test::Ge)
}

/// Whether a comparison holds for an order of its sides; other tests count as holding.
fn holds(op: Test, order: Ordering) -> bool {
    match op {
        Test::Eq => order.is_eq(),
        Test::Ne => order.is_ne(),
        Test::Lt => order.is_lt(),
        Test::Le => order.is_le(),
        Test::Gt => order.is_gt(),
        Test::Ge => order.is_ge(),
        _ => true,
    }
}

/// The comparison that holds where another doesn't; none for other tests.
fn opposite(op: Test) -> Option<Test> {
    Some(match op {
        Test::Eq => Test::Ne,
        Test::Ne => Test::Eq,
        Test::Lt => Test::Ge,
        Test::Le => Test::Gt,
        Test::Gt => Test::Le,
        Test::Ge => Test::Lt,
        _ => return None,
    })
}

fn mirrored(op: Test) -> Test {
    match op {
        Test::Lt => Test::Gt,
        Test::Le => Test::Ge,
        Test::Gt => Test::Lt,
        Test::Ge => Test::Le,
        other => other,
    }
}

/// The order of two values of comparable types.
fn compare(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Int(a), Value::Decimal(b)) => Some(crate::base::Decimal::from(*a).cmp(b)),
        (Value::Decimal(a), Value::Int(b)) => Some(a.cmp(&crate::base::Decimal::from(*b))),
        _ if a.type_of() == b.type_of() => Some(a.cmp(b)),
        _ => None,
    }
}
