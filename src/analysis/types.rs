//! Finding the type of every column, variable and term by unification.

use super::resolved::Slot;
use crate::base::{Diagnostic, Location, Type};

/// A type with the reason for it.
#[derive(Debug, Clone)]
struct Known {
    type_: Type,
    at: Option<Location>,
    why: String,
}

/// What must hold between slots besides being equal.
#[derive(Debug, Clone)]
pub(super) enum Constraint {
    /// Quoted text: entity or text.
    Quoted(Slot, Location),
    /// An int literal: int or decimal.
    Whole(Slot, Location),
    /// An argument of a text function: entity or text.
    TextLike(Slot, Location),
    /// Numbers, the result decimal if one is.
    Arithmetic { result: Slot, sides: [(Slot, Location); 2], at: Location },
    /// As arithmetic, or any one type for all three.
    Join { result: Slot, sides: [(Slot, Location); 2], at: Location },
    /// A number.
    Number(Slot, Location),
    /// Of one type, or both numbers.
    Compare(Slot, Slot, Location),
}

/// Slots in classes of equal type.
#[derive(Debug, Default)]
pub(super) struct Solver {
    parent: Vec<Slot>,
    types: Vec<Option<Known>>,
    pub(super) constraints: Vec<Constraint>,
    found: Vec<Diagnostic>,
    /// Whether rules are missing that could say more: nothing is guessed then.
    pub(super) careful: bool,
}

impl Solver {
    pub(super) fn fresh(&mut self) -> Slot {
        self.parent.push(self.parent.len());
        self.types.push(None);
        self.parent.len() - 1
    }

    pub(super) fn known(&mut self, type_: Type, at: Option<Location>, why: String) -> Slot {
        let slot = self.fresh();
        self.types[slot] = Some(Known { type_, at, why });
        slot
    }

    fn root(&mut self, slot: Slot) -> Slot {
        let mut root = slot;
        while self.parent[root] != root {
            root = self.parent[root];
        }
        let mut at = slot;
        while self.parent[at] != root {
            at = std::mem::replace(&mut self.parent[at], root);
        }
        root
    }

    fn get(&mut self, slot: Slot) -> Option<Type> {
        let root = self.root(slot);
        self.types[root].as_ref().map(|k| k.type_)
    }

    /// The type found; text where nothing says.
    pub(super) fn type_of(&mut self, slot: Slot) -> Type {
        self.get(slot).unwrap_or(Type::Text)
    }

    pub(super) fn set(&mut self, slot: Slot, type_: Type, at: Location, why: &str) {
        let root = self.root(slot);
        match &self.types[root] {
            None => self.types[root] = Some(Known { type_, at: Some(at), why: why.to_owned() }),
            Some(known) if known.type_ == type_ => {}
            Some(known) => {
                let known = known.clone();
                self.conflict(at, &known, &Known { type_, at: None, why: why.to_owned() });
            }
        }
    }

    pub(super) fn unify(&mut self, a: Slot, b: Slot, at: Location) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        match (self.types[a].clone(), self.types[b].clone()) {
            (Some(x), Some(y)) if x.type_ != y.type_ => self.conflict(at, &x, &y),
            (None, Some(_)) => self.parent[a] = b,
            _ => self.parent[b] = a,
        }
    }

    fn conflict(&mut self, at: Location, is: &Known, wanted: &Known) {
        let message = format!("type `{}` meets type `{}`", is.type_, wanted.type_);
        let mut error = Diagnostic::error("E0301", at, message);
        let mut said = false;
        for known in [is, wanted] {
            let text = format!("`{}`: {}", known.type_, known.why);
            match known.at {
                Some(place) if place != at => error = error.label(place, text),
                Some(_) if !said => {
                    said = true;
                    error = error.saying(text);
                }
                _ => error = error.note(text),
            }
        }
        self.found.push(error.help(way_out(is.type_, wanted.type_)));
    }

    fn wrong(&mut self, slot: Slot, at: Location, message: impl Fn(&str) -> String, help: &str) {
        let root = self.root(slot);
        let Some(known) = self.types[root].clone() else { return };
        let mut error = Diagnostic::error("E0302", at, message(known.type_.name()));
        let why = format!("`{}`: {}", known.type_, known.why);
        error = match known.at {
            Some(place) if place != at => error.label(place, why),
            _ => error.note(why),
        };
        let help = match known.type_ {
            Type::Date if help.is_empty() => "write a date as date(\"2020-03-01\")".to_owned(),
            Type::Int if help.is_empty() => "write an int without quotes, or use to_int(…)".to_owned(),
            _ if help.is_empty() => format!("write a value of type {}", known.type_),
            _ => help.to_owned(),
        };
        self.found.push(error.help(help));
    }

    /// Solves all constraints; findings go to `found`.
    pub(super) fn solve(&mut self, found: &mut Vec<Diagnostic>) {
        let mut open = std::mem::take(&mut self.constraints);
        loop {
            let before = open.len();
            open.retain(|c| !self.step(c));
            if open.is_empty() {
                break;
            }
            if open.len() == before && !self.guess(&open) {
                break;
            }
        }
        found.append(&mut self.found);
    }

    /// Tries one constraint; whether it is settled.
    fn step(&mut self, constraint: &Constraint) -> bool {
        match *constraint {
            Constraint::Quoted(slot, at) => match self.get(slot) {
                None => return false,
                Some(Type::Entity | Type::Text) => {}
                Some(_) => {
                    self.wrong(slot, at, |t| format!("quoted text stands where type `{t}` is wanted"), "")
                }
            },
            Constraint::Whole(slot, at) => match self.get(slot) {
                None => return false,
                Some(Type::Int | Type::Decimal) => {}
                Some(_) => self.wrong(
                    slot,
                    at,
                    |t| format!("a number stands where type `{t}` is wanted"),
                    "put text and names in quotes; a year alone is written date(\"2020\")",
                ),
            },
            Constraint::TextLike(slot, at) => match self.get(slot) {
                None => return false,
                Some(Type::Entity | Type::Text) => {}
                Some(_) => self.wrong(
                    slot,
                    at,
                    |t| format!("type `{t}` stands where text is wanted"),
                    "use to_text(…)",
                ),
            },
            Constraint::Number(slot, at) => match self.get(slot) {
                None => return false,
                Some(Type::Int | Type::Decimal) => {}
                Some(_) => self.not_a_number(slot, at),
            },
            Constraint::Arithmetic { result, sides, at } | Constraint::Join { result, sides, at } => {
                let join = matches!(constraint, Constraint::Join { .. });
                let [(left, _), (right, _)] = sides;
                let (Some(a), Some(b)) = (self.get(left), self.get(right)) else {
                    // An int result has int arguments.
                    if self.get(result) == Some(Type::Int) {
                        self.unify(left, result, at);
                        self.unify(right, result, at);
                        return true;
                    }
                    return false;
                };
                let number = |t| matches!(t, Type::Int | Type::Decimal);
                if number(a) && number(b) {
                    let type_ = if a == b { a } else { Type::Decimal };
                    self.set(result, type_, at, &format!("this gives type {type_}"));
                } else if join {
                    self.unify(left, right, at);
                    self.unify(result, left, at);
                } else {
                    for ((slot, at), type_) in sides.into_iter().zip([a, b]) {
                        if !number(type_) {
                            self.not_a_number(slot, at);
                        }
                    }
                }
            }
            Constraint::Compare(a, b, at) => match (self.get(a), self.get(b)) {
                (None, None) => return self.root(a) == self.root(b),
                (Some(Type::Int), Some(Type::Decimal)) | (Some(Type::Decimal), Some(Type::Int)) => {}
                // The other may yet be the other kind of number.
                (None, Some(Type::Int | Type::Decimal)) | (Some(Type::Int | Type::Decimal), None)
                    if self.careful =>
                {
                    return false;
                }
                _ => self.unify(a, b, at),
            },
        }
        true
    }

    fn not_a_number(&mut self, slot: Slot, at: Location) {
        let help = "numbers are int or decimal; to_int(…) reads an int from text";
        self.wrong(slot, at, |t| format!("type `{t}` stands where a number is wanted"), help);
    }

    /// When nothing follows any more: one likely step.
    fn guess(&mut self, open: &[Constraint]) -> bool {
        if self.careful {
            return false;
        }
        let mut whole = false;
        for constraint in open {
            if let Constraint::Whole(slot, at) = constraint
                && self.get(*slot).is_none()
            {
                self.set(*slot, Type::Int, *at, "this is an int");
                whole = true;
            }
        }
        if whole {
            return true;
        }
        for constraint in open {
            if let Constraint::Compare(a, b, at) = *constraint {
                self.unify(a, b, at);
                return true;
            }
        }
        for constraint in open {
            match *constraint {
                Constraint::Arithmetic { result, sides, at } | Constraint::Join { result, sides, at } => {
                    let [(left, _), (right, _)] = sides;
                    let known = [result, left, right].into_iter().find(|s| self.get(*s).is_some());
                    let join = matches!(constraint, Constraint::Join { .. });
                    let [(left, _), (right, _)] = sides;
                    match known {
                        Some(known) => {
                            let type_ = self.type_of(known);
                            for slot in [left, right] {
                                if self.get(slot).is_none() {
                                    self.set(slot, type_, at, "taken from what stands beside it");
                                }
                            }
                        }
                        None if join => {
                            self.unify(left, right, at);
                            self.unify(result, left, at);
                            if open.iter().all(|c| matches!(c, Constraint::Join { .. })) {
                                self.set(left, Type::Text, at, "nothing says otherwise");
                            }
                        }
                        None => self.set(left, Type::Int, at, "nothing says otherwise"),
                    }
                    if !join || known.is_some() {
                        return true;
                    }
                }
                Constraint::Number(slot, at) => {
                    self.set(slot, Type::Int, at, "nothing says otherwise");
                    return true;
                }
                _ => {}
            }
        }
        let mut progress = false;
        for constraint in open {
            let (slot, at) = match *constraint {
                Constraint::Quoted(slot, at) | Constraint::TextLike(slot, at) => (slot, at),
                Constraint::Join { sides: [(left, at), _], .. } => (left, at),
                _ => continue,
            };
            if self.get(slot).is_none() {
                self.set(slot, Type::Text, at, "quoted text, where nothing says otherwise");
                progress = true;
            }
        }
        progress
    }
}

fn way_out(is: Type, wanted: Type) -> &'static str {
    match (is, wanted) {
        (Type::Entity, Type::Text) | (Type::Text, Type::Entity) => {
            "to_text(…) makes text of an entity; to keep the entity, declare the column as entity"
        }
        (Type::Int, Type::Decimal) | (Type::Decimal, Type::Int) => {
            "add(…, 0.0) makes a decimal of an int; or declare both columns alike"
        }
        (Type::Text | Type::Entity, Type::Int) | (Type::Int, Type::Text | Type::Entity) => {
            "to_text(…) makes text, to_int(…) reads an int from text; or declare both columns alike"
        }
        (Type::Date, Type::Int) | (Type::Int, Type::Date) => {
            "year(…), month(…) and days_between(…, …) make ints of dates"
        }
        _ => "use another variable, or declare both columns alike",
    }
}
