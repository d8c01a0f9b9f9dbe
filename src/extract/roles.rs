//! Who does what to whom: the entities in a grammatical role to a trigger,
//! found by walking a sentence's parts, over appositions, relative clauses,
//! brackets and whatever else comes between.

use super::classes::ClassSet;
use super::items::Item;
use super::load::Cues;
use super::parts::Part;

/// A role that a pattern asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// To the left: the subject of the trigger's clause.
    Subject,
    /// To the left: beside the subject, "Alfa bersama Beta".
    Beside,
    /// To the left: what the trigger's noun is said of: "Alfa, pesaing Beta".
    Host,
    /// To the right: the object.
    Object,
    /// To the right: the object, or the state whose it is: "menyerang pangkalan Alfa".
    Target,
    /// To the right: after "dengan".
    With,
    /// To the right: who does it, in a passive clause.
    By,
    /// To the right: after "terhadap" and the like.
    Upon,
    /// To the right: after "terhadap" and the like, or the state whose it is.
    Against,
    /// To the right: whither goods go or whence they come: "ekspor chip ke Alfa".
    Toward,
    /// To the right: whose it is, right behind the noun.
    Of,
    /// To the right: after "antara".
    Between,
    /// To the right: which names the noun's bearer: "pesaing Beta, Alfa".
    Named,
}

impl Role {
    /// The role of this name in `patterns.ron`.
    pub(super) fn from_name(name: &str) -> Option<Role> {
        Some(match name {
            "subject" => Role::Subject,
            "beside" => Role::Beside,
            "host" => Role::Host,
            "object" => Role::Object,
            "target" => Role::Target,
            "against" => Role::Against,
            "toward" => Role::Toward,
            "with" => Role::With,
            "by" => Role::By,
            "upon" => Role::Upon,
            "of" => Role::Of,
            "between" => Role::Between,
            "named" => Role::Named,
            _ => return None,
        })
    }

    /// Whether it stands to the left of the trigger.
    pub(super) fn is_left(self) -> bool {
        matches!(self, Role::Subject | Role::Beside | Role::Host)
    }
}

/// How far a subject may stand from its verb, in items.
const FAR: usize = 40;
/// How far a phrase with a preposition may stand.
const PHRASE: usize = 14;

/// A sentence to find roles in.
pub(super) struct Clauses<'a> {
    pub items: &'a [Item],
    pub parts: &'a [Part],
    pub cues: &'a Cues,
}

impl Clauses<'_> {
    /// The item in a role to the left of item `at`.
    pub(super) fn find_left(&self, role: Role, at: usize) -> Option<usize> {
        match role {
            Role::Beside => self.beside(at),
            Role::Host => self.host(at),
            _ => self.subject(at),
        }
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
            Role::Between => self.after(at, 5, |c| c & self.cues.between != 0),
            Role::Named => self.named(at),
            _ => self.object(at, 7),
        }
    }

    /// Whether the clause of what begins at `verb` names a subject.
    pub(super) fn has_subject(&self, verb: usize) -> bool {
        self.subject(verb).is_some()
            || verb > 0 && self.parts[verb - 1] == Part::Which
            || (0..verb)
                .rev()
                .take_while(|n| !matches!(self.parts[*n], Part::Clause | Part::Stop))
                .any(|n| self.parts[n] == Part::Name && !self.is_oblique(n))
    }

    fn part(&self, n: usize) -> Option<Part> {
        self.parts.get(n).copied()
    }

    fn class(&self, n: usize) -> ClassSet {
        self.items.get(n).map_or(ClassSet::NONE, |i| i.classes)
    }

    /// What governs a name: the preposition or verb before its noun phrase.
    fn governor(&self, name: usize) -> Option<usize> {
        let mut n = name;
        let mut words = 0;
        while n > 0 {
            n -= 1;
            match self.parts[n] {
                // "Di Indonesia, hari ini Alfa": another phrase ends here.
                Part::Word if self.ends_phrase(n) => return None,
                Part::Word | Part::Mark if words < 4 => words += 1,
                Part::Prep | Part::Verb => return Some(n),
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
    fn is_oblique(&self, name: usize) -> bool {
        self.governor(name).is_some_and(|g| matches!(self.parts[g], Part::Prep | Part::Same))
    }

    /// Whether a name is some verb's object.
    fn is_object(&self, name: usize) -> bool {
        // "mengatakan Alfa masuk": what is said has a subject of its own.
        let said = self.cues.copula | self.cues.speech;
        self.governor(name).is_some_and(|g| self.parts[g] == Part::Verb && self.class(g) & said == 0)
    }

    /// The subject of what begins at `verb`.
    fn subject(&self, verb: usize) -> Option<usize> {
        let floor = verb.saturating_sub(FAR);
        let mut n = verb;
        // Verbs joined by "dan" or "untuk" share their subject.
        let mut shared = false;
        let mut close = true;
        // "Perangkat dari Alfa menyaingi Beta": a product stands for its maker.
        let mut maker = None;
        while n > floor {
            n -= 1;
            match self.parts[n] {
                Part::Name => {
                    if let Some(which) = self.relative_of(n) {
                        return self.antecedent(which);
                    }
                    // "dengan keengganan Alfa untuk menyerang Beta": who would do it.
                    let noun = n > 0 && self.parts[n - 1] == Part::Word && self.items[n - 1].nominal;
                    if noun && n + 2 == verb && self.parts[n + 1] == Part::Prep {
                        return Some(n);
                    }
                    if self.is_oblique(n) || shared && self.is_object(n) {
                        let made = |g: usize| self.class(g) & (self.cues.owner | self.cues.from) != 0;
                        if maker.is_none()
                            && self
                                .governor(n)
                                .is_some_and(|g| made(g) && g > 0 && self.parts[g - 1] == Part::Word)
                        {
                            maker = Some(n);
                        }
                        close = false;
                        continue;
                    }
                    return Some(n);
                }
                Part::Comma if close => {
                    // "Alfa, …, menggandeng": a parenthesis.
                    if let Some(host) = self.before_parenthesis(n) {
                        return Some(host);
                    }
                    shared = true;
                }
                Part::Comma => shared = true,
                Part::And => shared = true,
                Part::Prep => {
                    if close {
                        shared = true;
                    }
                }
                Part::Which => return self.antecedent(n),
                Part::Same => {
                    shared = true;
                    // "Setelah menggandeng Beta, Alfa …": the main clause follows.
                    if !self.names_before(n) {
                        return self.main_subject(verb);
                    }
                }
                Part::Clause | Part::Stop => return maker,
                // "Alfa, pemilik Beta, mengumumkan kerja sama": a comma right before the verb.
                Part::Verb => close = n > 0 && self.parts[n - 1] == Part::Comma && !shared,
                Part::Word | Part::Like | Part::Mark | Part::Date => {}
            }
        }
        // "Dengan menggandeng Beta, Alfa …", "Gandeng Beta, Alfa …".
        let opens = verb == 0 && self.part(1) != Some(Part::Comma);
        let main = (shared && n == 0 || opens).then(|| self.main_subject(verb)).flatten();
        main.or(maker)
    }

    /// The "yang" of a relative clause that ends with this name: "mitra yang
    /// tergabung dalam Alfa merupakan …".
    fn relative_of(&self, name: usize) -> Option<usize> {
        let mut n = self.governor(name)?;
        let mut steps = 0;
        while n > 0 && steps < 6 {
            n -= 1;
            steps += 1;
            match self.parts[n] {
                Part::Which => return Some(n),
                Part::Word | Part::Verb | Part::Prep | Part::Date => {}
                _ => return None,
            }
        }
        None
    }

    fn names_before(&self, n: usize) -> bool {
        self.parts[..n].contains(&Part::Name)
    }

    /// The subject after the comma that ends the clause of `verb`.
    fn main_subject(&self, verb: usize) -> Option<usize> {
        let comma = (verb..self.parts.len().min(verb + 24)).find(|n| {
            self.parts[*n] == Part::Comma && self.parts[n + 1..].iter().take(5).any(|p| *p == Part::Name)
        })?;
        for n in comma + 1..self.parts.len().min(comma + 6) {
            match self.parts[n] {
                Part::Name => return (!self.is_oblique(n) && !self.is_object(n)).then_some(n),
                Part::Word | Part::Mark => {}
                _ => return None,
            }
        }
        None
    }

    /// The name before the comma that opens a parenthesis which `close` closes.
    fn before_parenthesis(&self, close: usize) -> Option<usize> {
        for open in (close.saturating_sub(24)..close).rev() {
            match self.parts[open] {
                Part::Comma => {
                    let host = open.checked_sub(1)?;
                    // "sejumlah bank Alfa, seperti Beta, menggandeng": those who are listed.
                    let listed =
                        self.parts[open + 1] == Part::Like && self.part(open + 2) == Some(Part::Name);
                    if listed && host > 0 && self.parts[host - 1] == Part::Word {
                        return Some(open + 2);
                    }
                    if self.parts[host] == Part::Name {
                        return (!self.is_oblique(host)).then_some(host);
                    }
                }
                Part::Clause | Part::Stop => return None,
                _ => {}
            }
        }
        None
    }

    /// What "yang" at `which` is about.
    fn antecedent(&self, which: usize) -> Option<usize> {
        let mut commas = 0;
        for n in (which.saturating_sub(12)..which).rev() {
            match self.parts[n] {
                Part::Name => return Some(n),
                Part::Comma if commas < 2 => commas += 1,
                Part::Word | Part::Mark | Part::Like | Part::Date | Part::Prep => {}
                _ => return None,
            }
        }
        None
    }

    /// "Alfa bersama Beta": the name after "bersama" between subject and verb.
    fn beside(&self, verb: usize) -> Option<usize> {
        for n in (verb.saturating_sub(20)..verb).rev() {
            match self.parts[n] {
                Part::Name => {
                    // Right behind the subject, or before it at the sentence's start.
                    let with = self.governor(n).is_some_and(|g| {
                        let host =
                            g == 0 || matches!(self.parts[g - 1], Part::Name | Part::Comma | Part::Mark);
                        // "antara Alfa dengan Beta": two of a kind, and none of them the subject.
                        let pair = (g.saturating_sub(4)..g).any(|b| self.class(b) & self.cues.between != 0);
                        self.class(g) & self.cues.with != 0 && host && !pair
                    });
                    if with {
                        return Some(n);
                    }
                }
                Part::Clause | Part::Stop | Part::Which => return None,
                _ => {}
            }
        }
        None
    }

    /// "Alfa, pesaing Beta", "Alfa adalah pesaing Beta": the name before.
    fn host(&self, noun: usize) -> Option<usize> {
        let mut words = 0;
        let mut n = noun;
        while n > 0 {
            n -= 1;
            match self.parts[n] {
                _ if self.class(n) & self.cues.copula != 0 => {
                    // "yang dihadapi Alfa sebagai mitra Beta".
                    let agent = |b: &usize| self.parts[*b] == Part::Name && self.parts[b - 1] == Part::Verb;
                    let beside = n.checked_sub(1).filter(|b| *b > 0 && agent(b));
                    return self.subject(n).or(beside);
                }
                Part::Comma => {
                    let before = n.checked_sub(1)?;
                    // "hubungan dengan Alfa, pesaing Beta".
                    let inner = self
                        .governor(before)
                        .is_some_and(|g| g > 1 && self.class(g) & (self.cues.with | self.cues.upon) != 0);
                    let free = inner || !self.is_oblique(before);
                    return (self.parts[before] == Part::Name && free).then_some(before);
                }
                Part::Which => return self.antecedent(n),
                // ", para mitra Beta": others than whom the comma follows.
                Part::Word if self.class(n) & self.cues.small & !self.cues.adverb != 0 => return None,
                Part::Word | Part::Mark if words < 4 => words += 1,
                _ => return None,
            }
        }
        None
    }

    /// The object from `at` on, over at most `reach` words.
    fn object(&self, at: usize, reach: usize) -> Option<usize> {
        let mut words = 0;
        let mut n = at;
        while let Some(part) = self.part(n) {
            let class = self.class(n);
            match part {
                Part::Name => {
                    // "aplikasi milik Gama, yakni Beta": the second is meant.
                    return Some(self.renamed(at, n));
                }
                // "menggaet pelanggan Beta": those are won, not Beta.
                Part::Word if class & self.cues.crowd != 0 && self.part(n + 1) == Some(Part::Name) => {
                    return None;
                }
                Part::Word => {
                    words += 1;
                    if words > reach {
                        return None;
                    }
                }
                Part::Like | Part::Mark => {}
                Part::Date => {}
                Part::Comma => {
                    let next = self.part(n + 1);
                    let like = next == Some(Part::Like);
                    if !like && (words == 0 || next != Some(Part::Name)) {
                        return None;
                    }
                }
                Part::Prep if words > 0 && self.class(n) & self.cues.within_noun != 0 => {
                    // "bank asal Rusia, Beta".
                    if self.part(n + 1) == Some(Part::Name) {
                        let next = self.renamed(at, n + 1);
                        let place = self.class(n) & (self.cues.place_prep | self.cues.owner) != 0;
                        return (next != n + 1 || !place).then_some(next);
                    }
                }
                Part::And if words == 0 => {}
                Part::Which if words > 0 => return self.named_behind(n),
                _ => return None,
            }
            n += 1;
        }
        None
    }

    /// "perusahaan yang bergerak di bidang logistik, yakni Beta": the name behind
    /// a relative clause that has none of its own.
    fn named_behind(&self, which: usize) -> Option<usize> {
        for n in which + 1..self.parts.len().min(which + 11) {
            match self.parts[n] {
                Part::Like if self.part(n + 1) == Some(Part::Name) => return Some(n + 1),
                Part::Name | Part::Clause | Part::Same | Part::Stop | Part::Which => return None,
                _ => {}
            }
        }
        None
    }

    /// The object, or the state that its noun phrase names.
    fn target(&self, at: usize) -> Option<usize> {
        for n in at..self.parts.len().min(at + 7) {
            let owner = self.parts[n] == Part::Word && self.items[n].members.len() == 1;
            match self.parts[n] {
                Part::Name => return Some(self.renamed(at, n)),
                // "11 perusahaan Alfa", "klub sepak bola Alfa" have names of their own.
                _ if owner && self.names_bearers(at, n) => {
                    if self.part(n + 1) != Some(Part::Name) && !self.lists_on(n) {
                        return None;
                    }
                }
                _ if owner && !self.lists_on(n) => return Some(n),
                Part::Word | Part::Mark | Part::Date | Part::Like => {}
                Part::Prep
                    if n > at && self.class(n) & self.cues.within_noun != 0
                        || self.class(n) & self.cues.owner != 0 => {}
                Part::Comma if n > at && matches!(self.part(n + 1), Some(Part::Name | Part::Like)) => {}
                Part::And if n > at => {}
                _ => return None,
            }
        }
        None
    }

    /// Whether "perusahaan" and the like stand from `at` to `n`.
    fn names_bearers(&self, at: usize, n: usize) -> bool {
        (at..n).any(|k| self.class(k) & self.cues.bearer_noun != 0)
    }

    /// Whether a comma and another name follow.
    fn lists_on(&self, n: usize) -> bool {
        let words = (n + 2..n + 6).take_while(|m| self.part(*m) == Some(Part::Word)).count();
        self.part(n + 1) == Some(Part::Comma)
            && matches!(self.part(n + 2 + words), Some(Part::Name | Part::Like))
    }

    fn against(&self, at: usize) -> Option<usize> {
        for n in at..self.parts.len().min(at + PHRASE) {
            match self.parts[n] {
                Part::Prep if self.class(n) & self.cues.upon != 0 => {
                    if let Some(found) = self.target(n + 1) {
                        return Some(found);
                    }
                }
                Part::Clause | Part::Stop | Part::Which | Part::Verb | Part::Comma => return None,
                _ => {}
            }
        }
        None
    }

    /// "aplikasi milik Gama, yakni Beta" and "bank dari Gama, Beta": what the noun
    /// phrase itself is called, else the name.
    fn renamed(&self, from: usize, name: usize) -> usize {
        let owned = name > from && self.class(name - 1) & (self.cues.within_noun | self.cues.owner) != 0;
        // "perusahaan pesaing Gama seperti Beta".
        let noun = name > from && self.parts[name - 1] == Part::Word;
        if noun && self.part(name + 1) == Some(Part::Like) && self.part(name + 2) == Some(Part::Name) {
            return name + 2;
        }
        let next = self.part(name + 1) == Some(Part::Comma);
        let like = self.part(name + 2) == Some(Part::Like) && self.part(name + 3) == Some(Part::Name);
        if owned && next && like {
            return name + 3;
        }
        if owned && next && self.part(name + 2) == Some(Part::Name) {
            return name + 2;
        }
        name
    }

    /// The name after the first fitting preposition from `at` on.
    fn after(&self, at: usize, reach: usize, fits: impl Fn(ClassSet) -> bool) -> Option<usize> {
        let carries = self.cues.copula | self.cues.support_passive | self.cues.adverb;
        for n in at..self.parts.len().min(at + reach) {
            let class = self.class(n);
            if self.parts[n] != Part::Name && fits(class) {
                if let Some(found) = self.object(n + 1, 7) {
                    return Some(found);
                }
                continue;
            }
            match self.parts[n] {
                // "kolaborasi yang dijalin … dengan".
                Part::Which if self.class(n + 1) & self.cues.support_passive != 0 => {}
                // "juga dilakukan antara".
                Part::Verb if self.class(n) & carries != 0 => {}
                Part::Clause | Part::Stop | Part::Which | Part::Verb => return None,
                Part::Comma => {
                    let named = matches!(self.part(n + 1), Some(Part::Like | Part::Date));
                    if !named && !fits(self.class(n + 1)) {
                        return None;
                    }
                }
                _ => {}
            }
        }
        None
    }

    fn by(&self, at: usize) -> Option<usize> {
        let agent = |n: usize| self.items.get(n).is_some_and(|i| i.classes & self.cues.agent != 0);
        if agent(at) {
            return self.object(at + 1, 4);
        }
        if self.part(at) == Some(Part::Name) {
            return Some(at);
        }
        // "diblokir sementara oleh Alfa", "diblokir pemerintah Alfa".
        let oleh = (at..self.parts.len().min(at + 10))
            .take_while(|n| !matches!(self.parts[*n], Part::Clause | Part::Stop | Part::Which | Part::Verb));
        match oleh.clone().find(|n| agent(*n)) {
            Some(oleh) => self.object(oleh + 1, 4),
            None => self.of(at),
        }
    }

    /// The name right behind a noun.
    fn of(&self, at: usize) -> Option<usize> {
        for n in at..self.parts.len().min(at + 4) {
            match self.parts[n] {
                Part::Name => return Some(n),
                // "Larangan ekspor chip Alfa ke Beta".
                Part::Word if self.items[n].members.len() == 1 && self.part(n + 1) == Some(Part::Prep) => {
                    return Some(n);
                }
                _ if self.class(n) & self.cues.between != 0 => return None,
                Part::Word | Part::Mark => {}
                Part::Prep if self.class(n) & self.cues.owner != 0 => {}
                _ => return None,
            }
        }
        None
    }

    /// "pesaing Beta, Alfa", "pesaing Beta di pasar itu seperti Alfa", "pesaing
    /// Beta lainnya adalah Alfa".
    fn named(&self, at: usize) -> Option<usize> {
        let mut linked = false;
        let mut plain = true;
        let mut words = 0;
        for n in at..self.parts.len().min(at + 8) {
            let class = self.class(n);
            let copula = class & self.cues.copula != 0;
            match self.parts[n] {
                Part::Name if linked || n == at => return Some(n),
                Part::Comma if plain || self.part(n + 1) == Some(Part::Like) => linked = true,
                Part::Like => linked = true,
                _ if copula => linked = true,
                // ", masuk dalam rencana Gama": the sentence goes on.
                Part::Word if linked && words > 1 => return None,
                Part::Word | Part::Mark => {
                    plain = linked;
                    words += usize::from(linked);
                }
                // "pesaing asal Gama, Beta".
                Part::Prep if !linked => {
                    let inner = class & self.cues.within_noun != 0 && class & self.cues.place_prep == 0;
                    plain = plain && inner;
                }
                _ => return None,
            }
        }
        None
    }
}
