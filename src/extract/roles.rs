//! Who does what to whom: the entities in a grammatical role to a trigger,
//! found by walking a sentence's parts, over appositions, relative clauses,
//! brackets and whatever else comes between.

use super::classes::Tags;
use super::cues::Cues;
use super::cut::Cut;
use super::item::Item;
use super::parts::Part;
use super::role::Role;
use super::token::Shape;

/// How far a subject may stand from its verb, in items.
pub(super) const FAR: usize = 40;
/// How far a phrase with a preposition may stand.
pub(super) const PHRASE: usize = 14;

/// A sentence to find roles in.
pub(super) struct Clauses<'a> {
    pub text: &'a str,
    pub cut: &'a Cut,
    pub items: &'a [Item],
    pub parts: &'a [Part],
    pub cues: &'a Cues,
}

impl Clauses<'_> {
    /// The item in a role to the left of item `at`.
    pub(super) fn find_left(&self, role: Role, at: usize) -> Option<usize> {
        let found = match role {
            Role::Beside => self.beside(at),
            Role::Host => self.host(at),
            _ => self.subject(at),
        };
        // "Empat anggota Alfa menjadi mitra Beta": Alfa itself isn't.
        found.filter(|n| *n == 0 || self.class(n - 1) & self.cues.membership == 0)
    }

    /// The item in a role to the right, from item `at` on.
    pub(super) fn find_right(&self, role: Role, at: usize) -> Option<usize> {
        match role {
            Role::With => self.after(at, PHRASE, |c| c & self.cues.with != 0),
            Role::Upon => self.after(at, PHRASE, |c| c & self.cues.upon != 0),
            Role::Target => self.target(at),
            Role::Against => self.against(at),
            Role::Toward => self.after(at, 10, |c| c & (self.cues.upon | self.cues.from) != 0),
            Role::By => self.by(at),
            Role::Of => self.of(at),
            Role::Between => self.between(at),
            Role::Named => self.named(at),
            _ => self.object(at, 7),
        }
    }

    /// The names after "antara". "Konflik Alfa antara Beta dan Gama" is called so; "perang Alfa,
    /// kompromi antara Beta dan Gama": those are told of another thing.
    fn between(&self, at: usize) -> Option<usize> {
        let between = |n: usize| self.class(n) & self.cues.between != 0;
        let found = self.after(at, 8, |c| c & self.cues.between != 0)?;
        let word = (at..found).rev().find(|n| between(*n))?;
        (at..word).all(|n| self.parts[n] != Part::Name || n + 1 == word).then_some(found)
    }

    /// Whether the clause of what begins at `verb` names a subject.
    pub(super) fn has_subject(&self, verb: usize) -> bool {
        // "Pemerintah juga menjajaki kerja sama dengan Alfa".
        let acts = |n: usize| {
            self.class(n) & self.cues.government_word != 0
                && matches!(self.parts[n], Part::Word)
                && (self.part(n + 1) == Some(Part::Verb) || self.class(n + 1) & self.cues.adverb != 0)
        };
        // "Pemasok Tiongkok masih harus bersaing dengan Alfa".
        let others = |n: usize| {
            self.class(n) & (self.cues.company_word | self.cues.bearer_noun) != 0
                && self.items.get(n + 1).is_some_and(|i| i.capital && self.part(n + 1) == Some(Part::Word))
                && (self.part(n + 2) == Some(Part::Verb) || self.class(n + 2) & self.cues.adverb != 0)
        };
        // ", bank sentral bekerja sama dengan Alfa": another bank than those told of.
        let common = |n: usize| {
            let opens = n == 0 || matches!(self.parts[n - 1], Part::Comma | Part::Clause);
            opens
                && self.part(n) == Some(Part::Word)
                && self.class(n) & (self.cues.company_word | self.cues.bearer_noun) != 0
                && self.part(n + 1) == Some(Part::Word)
                && self.class(n + 1) & (self.cues.that | self.cues.adverb) == 0
                && n + 2 == verb
        };
        // "Sebanyak 17 kampus di Jawa bekerja sama dengan Alfa": so many others.
        let counted = |n: usize| {
            let nouns = self.cues.company_word | self.cues.bearer_noun | self.cues.peer_noun;
            let ends = |at: usize| {
                let part = self.parts[at];
                self.class(at) & self.cues.that != 0 || !matches!(part, Part::Word | Part::Prep | Part::Mark)
            };
            let figure = |at: usize| {
                self.parts[at] == Part::Word
                    && (self.class(at) & self.cues.count != 0
                        || self.cut.tokens[self.items[at].from].shape == Shape::Number)
            };
            self.parts[n] == Part::Word
                && self.class(n) & nouns != 0
                && n > 0
                && figure(n - 1)
                && !(n + 1..verb).any(ends)
        };
        // "Menurutnya, Dompet Gama harus bersaing": one that nothing else tells.
        let unknown = |n: usize| {
            let item = &self.items[n];
            let helps = self.cues.adverb | self.cues.planned | self.cues.negated;
            let runs = self.part(n + 1) == Some(Part::Verb) || self.class(n + 1) & helps != 0;
            let name = item.capital && self.parts[n] == Part::Word && runs;
            let opens = n > 0 && matches!(self.parts[n - 1], Part::Comma | Part::Clause);
            name && opens && self.class(n) & (self.cues.calendar | self.cues.person_title) == 0
        };
        let acts = |n: usize| acts(n) || others(n) || common(n) || counted(n) || unknown(n);
        self.subject(verb).is_some()
            || (0..verb)
                .rev()
                .take_while(|n| !matches!(self.parts[*n], Part::Clause | Part::Stop | Part::Comma))
                .any(acts)
            || verb > 0 && self.parts[verb - 1] == Part::Which
            || (0..verb)
                .rev()
                .take_while(|n| !matches!(self.parts[*n], Part::Clause | Part::Stop))
                .any(|n| self.parts[n] == Part::Name && !self.is_oblique(n))
    }

    pub(super) fn part(&self, n: usize) -> Option<Part> {
        self.parts.get(n).copied()
    }

    pub(super) fn class(&self, n: usize) -> Tags {
        self.items.get(n).map_or(Tags::NONE, |i| i.classes)
    }

    /// What governs a name: the preposition or verb before its noun phrase.
    pub(super) fn governor(&self, name: usize) -> Option<usize> {
        let mut n = name;
        let mut words = 0;
        while n > 0 {
            n -= 1;
            match self.parts[n] {
                // "dengan tiga negara yaitu, Alfa".
                Part::Comma if n + 1 == name && n > 0 && self.parts[n - 1] == Part::Like => {}
                // "Di Indonesia, hari ini Alfa": another phrase ends here.
                Part::Word if self.ends_phrase(n) => return None,
                // "mundur dari Alfa": the verb has its preposition with it.
                Part::Word if n + 1 == name && self.leaves(n) => return Some(n),
                Part::Word | Part::Mark if words < 4 => words += 1,
                Part::Prep | Part::Verb => return Some(n),
                // "menyita aset dan fasilitas Alfa".
                Part::And if words > 0 && n > 0 && self.has_noun(n - 1) => words += 1,
                // "Selain Alfa, Beta juga": no clause, but a phrase.
                Part::Same if n + 1 == name => {
                    let opens = n == 0 || matches!(self.parts[n - 1], Part::Comma | Part::Clause);
                    return (opens && self.part(name + 1) == Some(Part::Comma)).then_some(n);
                }
                // "dengan sejumlah bank seperti Alfa".
                Part::Like => {
                    if n > 1 && self.parts[n - 1] == Part::Comma {
                        n -= 1;
                    } else if n == 0 || self.parts[n - 1] != Part::Word {
                        return None;
                    }
                }
                _ => return None,
            }
        }
        None
    }

    /// Whether an item is a noun, or a verb with its noun: "menyita aset".
    fn has_noun(&self, n: usize) -> bool {
        let item = &self.items[n];
        self.parts[n] == Part::Word || self.parts[n] == Part::Verb && item.to > item.from + 1
    }

    /// Whether a noun phrase ends with this word: "itu", a place's name.
    fn ends_phrase(&self, n: usize) -> bool {
        let item = &self.items[n];
        let heads = self.cues.company_word
            | self.cues.person_title
            | self.cues.product_word
            | self.cues.government_word;
        item.classes & (self.cues.that | self.cues.adverb) != 0 || item.capital && item.classes & heads == 0
    }

    /// Whether a name stands in a phrase with a preposition.
    pub(super) fn is_oblique(&self, name: usize) -> bool {
        let oblique = |g: usize| matches!(self.parts[g], Part::Prep | Part::Same) || self.leaves(g);
        self.governor(name).is_some_and(oblique)
    }

    /// "mundur dari", "angkat kaki dari", "masuk": a verb and whence or whither one goes.
    fn leaves(&self, n: usize) -> bool {
        let item = &self.items[n];
        let nouns = self.cues.peer_word | self.cues.company_word | self.cues.from | self.cues.within_noun;
        let last = self.cut.tokens[item.to - 1];
        self.parts[n] == Part::Word
            && item.classes & nouns == 0
            && (item.to > item.from + 1 && last.is(self.text, "dari") || last.is(self.text, "masuk"))
    }

    /// Whether a name is some verb's object.
    pub(super) fn is_object(&self, name: usize) -> bool {
        // "mengatakan Alfa masuk": what is said has a subject of its own.
        let said = self.cues.copula | self.cues.speech;
        self.governor(name).is_some_and(|g| self.parts[g] == Part::Verb && self.class(g) & said == 0)
    }
}
