//! Literals, atoms, terms and declarations.

use super::Parsed;
use super::cursor::Cursor;
use crate::base::{Diagnostic, Location, PartialDate, SourceId, Type, nearest};
use crate::logic::{
    Aggregate, AggregateOp, Arguments, Atom, Constant, Function, Ident, Literal, Prose, RelationDecl, Term,
    TermKind, Test,
};

/// How deep terms and literals may nest.
pub const MAX_TERM_DEPTH: usize = 64;

/// RON's own words, which can name nothing.
const WORDS: [&str; 6] = ["Some", "None", "inf", "NaN", "true", "false"];

/// Where a term stands, which decides what it may be.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    Head,
    Body,
}

/// One or more literals between commas, as in a rule's `when`.
pub fn parse_question(text: &str, source: SourceId) -> Result<Vec<Literal>, Vec<Diagnostic>> {
    let mut cursor = Cursor::new(text, 0, text.len(), source);
    if text.len() > super::MAX_FILE_BYTES as usize {
        return Err(vec![Diagnostic::without_place("E0112", "the question is too long")]);
    }
    let mut literals = Vec::new();
    if cursor.at_end() {
        let found = Diagnostic::error("E0102", cursor.here(), "the question is empty");
        return Err(vec![found.help("ask for example partner(\"Huawei\", x)")]);
    }
    let mut read = || -> Parsed<()> {
        while !cursor.at_end() {
            literals.push(cursor.literal()?);
            if !cursor.eat(',') && !cursor.at_end() {
                return cursor.stray("`,` between literals, or the end");
            }
        }
        Ok(())
    };
    match read() {
        Ok(()) => Ok(literals),
        Err(found) => Err(vec![*found]),
    }
}

impl Cursor<'_> {
    /// After a whole item: nothing may follow.
    pub(super) fn finish(&mut self) -> Parsed<()> {
        if self.at_end() { Ok(()) } else { self.stray("the end") }
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth == MAX_TERM_DEPTH {
            let message = format!("nested deeper than {MAX_TERM_DEPTH} levels");
            return self.fail("E0104", self.here(), message, "split it over several rules");
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// Something stands where `wanted` was expected.
    pub(super) fn stray<T>(&mut self, wanted: &str) -> Parsed<T> {
        self.trivia();
        let rest = self.rest();
        let infix = [
            ("<=", "le(a, b)"),
            (">=", "ge(a, b)"),
            ("==", "eq(a, b)"),
            ("!=", "ne(a, b)"),
            ("<", "lt(a, b)"),
            (">", "gt(a, b)"),
            ("=", "eq(a, b)"),
            ("+", "add(a, b)"),
            ("-", "sub(a, b)"),
            ("*", "mul(a, b)"),
            ("/", "div(a, b)"),
            ("%", "rem(a, b)"),
            (":-", "when: […]"),
            ("|", "two rules with the same `then`"),
            (";", "two rules with the same `then`"),
            ("&", "`,` between literals"),
        ];
        if let Some((sign, instead)) = infix.iter().find(|(sign, _)| rest.starts_with(sign)) {
            let start = self.pos;
            self.pos += sign.len();
            let at = self.from(start);
            return self.fail("E0107", at, format!("`{sign}` is not supported"), format!("write {instead}"));
        }
        let found = match self.peek() {
            Some(c) => format!("`{}`", crate::base::escape_hostile(&c.to_string())),
            None => "the end".to_owned(),
        };
        let quoted = self.text[..self.pos].ends_with('"') && self.peek().is_some_and(char::is_alphanumeric);
        let help = match wanted.starts_with("`,`") {
            _ if quoted => "perhaps an earlier text lacks its closing quotation mark".to_owned(),
            true => "put a comma between items, or close the bracket before this".to_owned(),
            false => format!("write {wanted} here"),
        };
        self.fail("E0102", self.here(), format!("found {found} where {wanted} should be"), help)
    }

    /// Items between brackets and commas, after the opening one.
    pub(super) fn items<T>(
        &mut self,
        close: char,
        mut item: impl FnMut(&mut Self) -> Parsed<T>,
    ) -> Parsed<Vec<T>> {
        let mut items = Vec::new();
        while !self.eat(close) {
            items.push(item(self)?);
            if !self.eat(',') {
                if self.eat(close) {
                    break;
                }
                return self.stray(&format!("`,` or `{close}`"));
            }
        }
        Ok(items)
    }

    /// One condition.
    pub(super) fn literal(&mut self) -> Parsed<Literal> {
        self.trivia();
        let start = self.pos;
        if self.peek() == Some('!') {
            return self.fail("E0107", self.here(), "`!` is not supported", "write not(…)");
        }
        if self.at_string() || self.peek().is_some_and(|c| c.is_ascii_digit() || "([{'-".contains(c)) {
            let message = "a condition is wanted here, not a value";
            return self.fail("E0102", self.here(), message, "write for example partner(a, b) or eq(x, 1)");
        }
        let Some(name) = self.ident() else { return self.stray("a condition such as partner(a, b)") };
        if &*name.text == "not" {
            self.open(&name)?;
            let inner = self.deeper(|s| s.literal())?;
            self.eat(',');
            if !self.eat(')') {
                return self.stray("`)` after the one condition of `not`");
            }
            let at = self.from(start);
            if let Literal::Not(..) = inner {
                return self.fail("E0107", at, "`not` in `not` is not supported", "drop both");
            }
            return Ok(Literal::Not(Box::new(inner), at));
        }
        if let Some(test) = Test::from_name(&name.text) {
            self.open(&name)?;
            let terms = self.items(')', |s| s.term(Place::Body))?;
            self.check_count(&name, terms.len(), test.arity())?;
            return Ok(Literal::Test(test, terms, self.from(start)));
        }
        Ok(Literal::Atom(self.atom_of(name, Place::Body)?))
    }

    fn open(&mut self, name: &Ident) -> Parsed<()> {
        if self.eat('(') {
            return Ok(());
        }
        if self.at_end() || matches!(self.peek(), Some(',' | ']' | ')')) {
            let message = format!("`{}` lacks its brackets", name.text);
            return self.fail(
                "E0102",
                name.at,
                message,
                format!("write {}(…), or {0}() without arguments", name.text),
            );
        }
        self.stray("`(`")
    }

    fn check_count(&self, name: &Ident, found: usize, (least, most): (usize, usize)) -> Parsed<()> {
        if (least..=most).contains(&found) {
            return Ok(());
        }
        let wanted = match (least, most) {
            (1, 1) => "1 argument".to_owned(),
            _ if least == most => format!("{least} arguments"),
            _ => format!("{least} to {most} arguments"),
        };
        let letters = ["x", "y", "z"][..least.min(3)].join(", ");
        let message = format!("`{}` takes {wanted}, not {found}", name.text);
        self.fail(
            "E0109",
            self.from(name.at.span.start as usize),
            message,
            format!("write {}({letters})", name.text),
        )
    }

    /// An atom of a head, a body or a fact.
    pub(super) fn atom(&mut self, place: Place) -> Parsed<Atom> {
        match self.ident() {
            Some(name) => self.atom_of(name, place),
            None => self.stray("an atom such as partner(a, b)"),
        }
    }

    fn relation_name(&self, name: &Ident) -> Parsed<()> {
        let text = &*name.text;
        let what = if Function::from_name(text).is_some() {
            "a function"
        } else if AggregateOp::from_name(text).is_some() {
            "an aggregate"
        } else if Test::from_name(text).is_some() || text == "not" {
            "a test"
        } else if WORDS.contains(&text) || text == "_" {
            "a word of RON"
        } else {
            return Ok(());
        };
        let help = match what {
            "a function" | "an aggregate" => {
                format!("compare its result: eq(x, {text}(…)), or rename the relation")
            }
            _ => "choose another name".to_owned(),
        };
        self.fail("E0106", name.at, format!("`{text}` is {what} and can't stand as a relation"), help)
    }

    fn atom_of(&mut self, name: Ident, place: Place) -> Parsed<Atom> {
        self.relation_name(&name)?;
        self.open(&name)?;
        let start = name.at.span.start as usize;
        let arguments = self.items(')', |s| {
            s.trivia();
            let before = s.pos;
            if let Some(column) = s.ident() {
                if s.eat(':') {
                    return Ok((Some(column), s.term(place)?));
                }
                s.pos = before;
            }
            Ok((None, s.term(place)?))
        })?;
        let named = arguments.iter().filter(|a| a.0.is_some()).count();
        let arguments = if named == 0 {
            Arguments::Positional(arguments.into_iter().map(|a| a.1).collect())
        } else if named == arguments.len() {
            Arguments::Named(arguments.into_iter().filter_map(|(n, t)| n.map(|n| (n, t))).collect())
        } else {
            let message = "named and positional arguments are mixed";
            return self.fail("E0118", self.from(start), message, "name all of them, or none");
        };
        Ok(Atom { relation: name, arguments, at: self.from(start) })
    }

    /// One term.
    pub(super) fn term(&mut self, place: Place) -> Parsed<Term> {
        self.deeper(|s| {
            s.trivia();
            let start = s.pos;
            let kind = s.term_kind(place)?;
            Ok(Term { kind, at: s.from(start) })
        })
    }

    fn term_kind(&mut self, place: Place) -> Parsed<TermKind> {
        if self.at_string() {
            return Ok(TermKind::Constant(Constant::Quoted(self.string()?.0)));
        }
        match self.peek() {
            Some(c) if c.is_ascii_digit() || matches!(c, '+' | '-' | '.') => {
                return Ok(TermKind::Constant(self.number()?));
            }
            Some('\'') => {
                return self.fail(
                    "E0107",
                    self.here(),
                    "a single character is not supported",
                    "write it as text, \"…\"",
                );
            }
            Some('[' | '(' | '{') => {
                let help = "a column holds one value: use one column each, or one row each";
                return self.fail(
                    "E0107",
                    self.here(),
                    "a list, tuple or map as a value is not supported",
                    help,
                );
            }
            _ => {}
        }
        let Some(name) = self.ident() else { return self.stray("a term such as x, \"text\" or 42") };
        let text = &*name.text;
        if !self.eat('(') {
            return match text {
                "_" => Ok(TermKind::Wildcard),
                "true" => Ok(TermKind::Constant(Constant::Bool(true))),
                "false" => Ok(TermKind::Constant(Constant::Bool(false))),
                _ if WORDS.contains(&text) => self.fail(
                    "E0106",
                    name.at,
                    format!("`{text}` is a word of RON"),
                    "choose another variable name",
                ),
                _ => Ok(TermKind::Variable(name.text)),
            };
        }
        if let Some(function) = Function::from_name(text) {
            let terms = self.items(')', |s| s.term(place))?;
            self.check_count(&name, terms.len(), function.arity())?;
            return Ok(TermKind::Call(function, name.at, terms));
        }
        if let Some(op) = AggregateOp::from_name(text) {
            return Ok(TermKind::Aggregate(Box::new(self.aggregate(op, &name, place)?)));
        }
        if text == "date" {
            return self.date(&name);
        }
        if Test::from_name(text).is_some() || text == "not" {
            let message = format!("`{text}` is a test and has no value");
            return self.fail("E0102", name.at, message, "let it stand as a condition of its own in `when`");
        }
        let known = Function::ALL.iter().map(|f| f.name()).chain(AggregateOp::ALL.iter().map(|a| a.name()));
        let help = match nearest(text, known) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => {
                "only functions can stand inside an atom; give a relation a condition of its own in `when`"
                    .into()
            }
        };
        self.fail("E0119", name.at, format!("there is no function `{text}`"), help)
    }

    fn date(&mut self, name: &Ident) -> Parsed<TermKind> {
        self.trivia();
        const HELP: &str = "write date(\"2020-03-01\"), date(\"2020-03\") or date(\"2020\")";
        if !self.at_string() {
            return self.fail("E0105", self.here(), "`date` takes quoted text", HELP);
        }
        let (text, at) = self.string()?;
        self.eat(',');
        if !self.eat(')') {
            return self.stray("`)`");
        }
        match text.parse::<PartialDate>() {
            Ok(date) => Ok(TermKind::Constant(Constant::Date(date))),
            Err(_) => {
                let message = format!("{:?} is no date", &*text);
                let found = Diagnostic::error("E0105", at, message).help(HELP);
                Err(Box::new(found.label(name.at, "")))
            }
        }
    }

    fn aggregate(&mut self, op: AggregateOp, name: &Ident, place: Place) -> Parsed<Aggregate> {
        self.trivia();
        let mut term = None;
        let mut list = self.eat('[');
        if !list && self.peek() != Some(')') {
            term = Some(self.term(place)?);
            list = self.eat(',') && self.eat('[');
        }
        let body = if list {
            let body = self.deeper(|s| s.items(']', |s| s.literal()))?;
            self.eat(',');
            Some(body)
        } else {
            None
        };
        if !self.eat(')') {
            return self.stray(if list { "`)`" } else { "`,` and a list of conditions, or `)`" });
        }
        let at = self.from(name.at.span.start as usize);
        let example = match op {
            AggregateOp::Count => "count(x, [p(x)]) or count([p(x)])".to_owned(),
            _ => format!("{op}(x, [p(x)])"),
        };
        let extremum = matches!(op, AggregateOp::Min | AggregateOp::Max);
        match (&term, &body) {
            (Some(_), Some(body)) | (None, Some(body)) if body.is_empty() => {
                self.fail("E0108", at, format!("`{op}` over an empty list"), format!("write {example}"))
            }
            (None, Some(_)) if op != AggregateOp::Count => {
                self.fail("E0108", at, format!("`{op}` lacks what to aggregate"), format!("write {example}"))
            }
            (_, Some(_)) if place == Place::Head => {
                let message = format!("`{op}` over a list can't stand here");
                self.fail("E0108", at, message, format!("bind it in `when`: eq(n, {op}(…)), and use n here"))
            }
            (None, None) => {
                self.fail("E0108", at, format!("`{op}` lacks its list"), format!("write {example}"))
            }
            (Some(_), None) if place == Place::Body => self.fail(
                "E0108",
                at,
                format!("`{op}` lacks its list of conditions"),
                format!("write {example}"),
            ),
            (Some(_), None) if !extremum => {
                let message = format!("`{op}` in a head is not supported; only `min` and `max` are");
                self.fail(
                    "E0107",
                    at,
                    message,
                    format!("bind it in `when`: eq(n, {op}(x, […])), and use n here"),
                )
            }
            _ => Ok(Aggregate { op, term, body }),
        }
    }

    /// `shared_rival(a: entity, b)`
    pub(super) fn declaration(&mut self) -> Parsed<RelationDecl> {
        let Some(name) = self.ident() else {
            return self.stray("a declaration such as rivals(company: entity)");
        };
        self.relation_name(&name)?;
        self.open(&name)?;
        let columns = self.items(')', |s| {
            let Some(column) = s.ident() else { return s.stray("a column's name") };
            if !s.eat(':') {
                return Ok((column, None));
            }
            let Some(type_) = s.ident() else { return s.stray("a type") };
            match Type::from_name(&type_.text) {
                Some(known) => Ok((column, Some((known, type_.at)))),
                None => s.unknown_type(&type_),
            }
        })?;
        Ok(RelationDecl { at: self.from(name.at.span.start as usize), name, columns })
    }

    fn unknown_type<T>(&self, type_: &Ident) -> Parsed<T> {
        let meant = match &*type_.text.to_lowercase() {
            "string" | "str" | "symbol" | "char" => Some("text"),
            "integer" | "number" | "i64" | "unsigned" | "long" => Some("int"),
            "float" | "double" | "real" => Some("decimal"),
            "boolean" => Some("bool"),
            "company" | "government" | "name" | "organisation" => Some("entity"),
            lower => nearest(lower, Type::ALL.iter().map(|t| t.name())),
        };
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "the types are entity, text, int, decimal, date and bool".to_owned(),
        };
        self.fail("E0120", type_.at, format!("there is no type `{}`", type_.text), help)
    }

    /// `(en: "…", id: "…")`, or one text for every language.
    pub(super) fn prose(&mut self) -> Parsed<Prose> {
        self.trivia();
        if self.at_string() {
            let (text, at) = self.string()?;
            return Ok(Prose { templates: vec![("".into(), text, at)] });
        }
        if !self.eat('(') {
            return self.stray("a text, or (en: \"…\", id: \"…\")");
        }
        let mut places: Vec<(Ident, Location)> = Vec::new();
        let mut templates = self.items(')', |s| {
            let Some(language) = s.ident() else { return s.stray("a language such as `en`") };
            if !s.eat(':') {
                return s.stray("`:`");
            }
            let (text, at) = s.string()?;
            if let Some((first, _)) = places.iter().find(|p| p.0.text == language.text) {
                let message = format!("language `{}` is given twice", language.text);
                let found = Diagnostic::error("E0117", language.at, message).label(first.at, "first here");
                return Err(Box::new(found.help("keep one of the two")));
            }
            places.push((language.clone(), at));
            Ok((language.text, text, at))
        })?;
        templates.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(Prose { templates })
    }
}
