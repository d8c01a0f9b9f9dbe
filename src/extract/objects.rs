//! Who stands to the right of a trigger: its object, and those behind prepositions.

use super::classes::Tags;
use super::item::{Kind, word};
use super::parts::Part;
use super::roles::{Clauses, PHRASE};

/// How many items a relative clause may have that names nobody.
const CLAUSE: usize = 9;

/// How many items a noun phrase may have whose name follows.
const INTRODUCED: usize = 7;

impl Clauses<'_> {
    /// The object from `at` on, over at most `reach` words.
    pub(super) fn object(&self, at: usize, reach: usize) -> Option<usize> {
        let mut words = 0;
        let mut n = at;
        // "menghadapi kegagalan di laga pertama mereka": the noun phrase has ended.
        let mut place = false;
        while let Some(part) = self.part(n) {
            let class = self.class(n);
            match part {
                Part::Name if place && matches!(self.parts[n - 1], Part::Word | Part::Mark) => return None,
                Part::Name => {
                    // "aplikasi milik Gama, yakni Beta": the second is meant.
                    let meant = self.renamed(at, n);
                    return (meant != n || !self.is_another(at, n)).then_some(meant);
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
                    place |= class & self.cues.place_prep != 0;
                }
                Part::And if words == 0 || self.joins_named(at, n) || self.adds_quality(n) => {}
                Part::Which if words > 0 => return self.named_behind(n),
                _ => return None,
            }
            n += 1;
        }
        None
    }

    /// "dengan sejumlah kampus dan Beta": whether "dan" joins bodies from `at` on, who have no
    /// names, and one that has, and that does nothing itself.
    fn joins_named(&self, at: usize, and: usize) -> bool {
        let cues = self.cues;
        let bodies = cues.company_word | cues.bearer_noun | cues.government_word | cues.body_noun;
        self.part(and + 1) == Some(Part::Name)
            && (at..and).any(|n| self.class(n) & bodies != 0)
            && !matches!(self.part(and + 2), Some(Part::Verb | Part::Which))
            && self.class(and + 2) & cues.adverb == 0
    }

    /// "mitra terkemuka dan berpengalaman yakni Beta": whether "dan" joins but what is told of
    /// the one that is named next.
    fn adds_quality(&self, and: usize) -> bool {
        let words = (and + 1..and + 3).take_while(|n| self.part(*n) == Some(Part::Word)).count();
        let like = and + 1 + words;
        words > 0 && self.part(like) == Some(Part::Like) && self.part(like + 1) == Some(Part::Name)
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
    pub(super) fn target(&self, at: usize) -> Option<usize> {
        for n in at..self.parts.len().min(at + 7) {
            let owner = self.parts[n] == Part::Word && !self.items[n].members.is_empty();
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
                // "tiga layanan yang abai, di antaranya Beta".
                Part::Which if n > at && self.parts[n - 1] == Part::Word => return self.named_behind(n),
                // "menyerang milisi dukungan Alfa": it isn't Alfa.
                Part::Prep if self.backs(n) || self.is_its_place(at, n) => return None,
                Part::Prep
                    if n > at && self.class(n) & self.cues.within_noun != 0
                        || self.class(n) & self.cues.owner != 0 => {}
                Part::Comma if n > at && matches!(self.part(n + 1), Some(Part::Name | Part::Like)) => {}
                Part::And => {}
                _ => return None,
            }
        }
        None
    }

    /// "membekukan keanggotaannya di Alfa": where one's own is, not whose.
    fn is_its_place(&self, at: usize, n: usize) -> bool {
        let its = |n: usize| word(self.text, self.cut, &self.items[n]).ends_with("nya");
        n > at && self.class(n) & self.cues.place_prep != 0 && its(n - 1)
    }

    /// "dukungan", "milisi sokongan": who backs those is named next.
    fn backs(&self, n: usize) -> bool {
        let written = word(self.text, self.cut, &self.items[n]);
        self.class(n) & self.cues.owner != 0
            && ["dukungan", "sokongan", "binaan"].iter().any(|w| written.ends_with(w))
    }

    /// Whether "perusahaan" and the like stand from `at` to `n`, but not those of "klub dan
    /// timnas Alfa".
    fn names_bearers(&self, at: usize, n: usize) -> bool {
        let mut near = (at..n).rev().take_while(|k| self.parts[*k] != Part::And);
        near.any(|k| self.class(k) & self.cues.bearer_noun != 0)
    }

    /// Whether a comma and another name follow.
    fn lists_on(&self, n: usize) -> bool {
        // "federasi Asia Tenggara (Gama), yakni Beta".
        let n = n + usize::from(self.items.get(n + 1).is_some_and(|i| i.mark == b')'));
        let words = (n + 2..n + 6).take_while(|m| self.part(*m) == Some(Part::Word)).count();
        self.part(n + 1) == Some(Part::Comma)
            && matches!(self.part(n + 2 + words), Some(Part::Name | Part::Like))
    }

    pub(super) fn against(&self, at: usize) -> Option<usize> {
        let mut end = self.parts.len().min(at + PHRASE);
        let mut n = at;
        while n < end {
            // "denda 350 ribu dolar (sekitar Rp 7,3 miliar) kepada Beta": the sum once more.
            if let Some(close) = self.bracket_end(n) {
                (n, end) = (close + 1, self.parts.len().min(end + close + 1 - n));
                continue;
            }
            match self.parts[n] {
                // "menjatuhkan sanksi bukan kepada Beta": it strikes another.
                _ if self.class(n) & self.cues.negated != 0
                    && word(self.text, self.cut, &self.items[n]) == "bukan" =>
                {
                    return None;
                }
                // "kepada satu entitas dari Alfa": whence that comes.
                Part::Prep if self.class(n) & self.cues.upon != 0 && !self.is_whence(n) => {
                    if let Some(found) = self.target(n + 1) {
                        return Some(found);
                    }
                }
                Part::Clause | Part::Stop | Part::Which | Part::Verb | Part::Comma => return None,
                _ => {}
            }
            n += 1;
        }
        None
    }

    /// Whether the preposition at `n` tells whence a firm or body comes.
    fn is_whence(&self, n: usize) -> bool {
        let bearer = self.cues.bearer_noun | self.cues.company_word;
        self.class(n) & self.cues.within_noun != 0 && n > 0 && self.class(n - 1) & bearer != 0
    }

    /// Where the brackets end that open at `n` and have nobody's name.
    fn bracket_end(&self, n: usize) -> Option<usize> {
        (self.items[n].mark == b'(').then_some(())?;
        let end = (n + 1..self.items.len().min(n + PHRASE)).find(|at| self.items[*at].mark == b')')?;
        (n + 1..end).all(|at| self.parts[at] != Part::Name).then_some(end)
    }

    /// "menggandeng pesaing Gama", "layanan sejenis Gama": it isn't Gama.
    pub(super) fn is_another(&self, from: usize, name: usize) -> bool {
        let Some(noun) = name.checked_sub(1).filter(|n| *n >= from && self.parts[*n] == Part::Word) else {
            return false;
        };
        let written = word(self.text, self.cut, &self.items[noun]);
        // "pesaing terdekat Gama".
        let first = written.split(' ').next().unwrap_or(written);
        let one = |of: &[&str], word: &str| of.iter().any(|w| w.eq_ignore_ascii_case(word));
        one(&["rival", "sejenis", "serupa", "semacam"], written)
            || one(&["pesaing", "saingan", "kompetitor"], first)
    }

    /// "perusahaan milik Gama, Beta": the one meant, where the name of another stands at `n`.
    pub(super) fn meant(&self, n: usize) -> usize {
        let owned = n > 1
            && self.items.get(n).is_some_and(|i| i.kind == Kind::Group)
            && self.class(n - 1) & self.cues.owner != 0
            && self.class(n - 2) & (self.cues.company_word | self.cues.bearer_noun) != 0;
        if owned { self.renamed(0, n) } else { n }
    }

    /// "aplikasi milik Gama, yakni Beta" and "bank dari Gama, Beta": what the noun
    /// phrase itself is called, else the name.
    fn renamed(&self, from: usize, name: usize) -> usize {
        let owned = name > from && self.class(name - 1) & (self.cues.within_noun | self.cues.owner) != 0
            || self.is_another(from, name);
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

    /// Whether others, named or not, follow behind "dengan" in the clause.
    pub(super) fn names_others(&self, at: usize) -> bool {
        let cues = self.cues;
        let others = cues.company_word
            | cues.peer_word
            | cues.bearer_noun
            | cues.government_word
            | cues.alliance_word
            | cues.count;
        let other = |n: usize| self.part(n) == Some(Part::Name) || self.class(n) & others != 0;
        (at..self.parts.len().min(at + PHRASE))
            .take_while(|n| !matches!(self.parts[*n], Part::Clause | Part::Stop | Part::Which | Part::Comma))
            .any(|n| self.class(n) & cues.with != 0 && (n + 1..n + 4).any(other))
    }

    /// Where a relative clause that names nobody ends with what fits.
    fn plain_clause(&self, which: usize, fits: &impl Fn(Tags) -> bool) -> Option<usize> {
        let end = self.parts.len().min(which + CLAUSE);
        // "yang telah berlangsung sejak 1998".
        let since = |n: usize| self.parts[n] == Part::Same && self.part(n + 1) == Some(Part::Date);
        let silent = |n: &usize| {
            matches!(self.parts[*n], Part::Word | Part::Verb | Part::Prep | Part::Date) || since(*n)
        };
        let triggers = |n: usize| self.class(n) & (self.cues.measure_noun | self.cues.event_noun) != 0;
        let last =
            (which + 1..end).take_while(|n| silent(n) && !triggers(*n)).find(|n| fits(self.class(*n)))?;
        (last > which + 1).then_some(last)
    }

    /// The name after the first fitting preposition from `at` on.
    pub(super) fn after(&self, at: usize, reach: usize, fits: impl Fn(Tags) -> bool) -> Option<usize> {
        let carries = self.cues.copula | self.cues.support_passive | self.cues.adverb;
        let mut next = at;
        while next < self.parts.len().min(at + reach) {
            let n = next;
            next += 1;
            let class = self.class(n);
            if self.parts[n] != Part::Name && fits(class) {
                if let Some(found) = self.object(n + 1, 7) {
                    return Some(found);
                }
                continue;
            }
            // "kerja sama di tengah persaingan antara Alfa": that is another event's.
            let another =
                self.parts[n] == Part::Word && class & (self.cues.event_noun | self.cues.attributive_ok) != 0;
            if n > at + 1 && another && self.parts[n - 1] == Part::Prep {
                return None;
            }
            // "mendorong kerja sama antara Alfa dengan Beta": those are a pair of their own.
            if class & self.cues.between != 0 && !fits(class) && self.part(n + 1) == Some(Part::Name) {
                return None;
            }
            match self.parts[n] {
                // "kerja sama antara Alfa, dan Beta dengan": those are a pair of their own.
                _ if class & self.cues.between != 0 => return None,
                // "persaingan yang sengit antara".
                Part::Which if self.part(n + 1) == Some(Part::Word) && fits(self.class(n + 2)) => {}
                // "sanksi yang berlaku selama sepuluh tahun terhadap": it names nobody.
                Part::Which if let Some(end) = self.plain_clause(n, &fits) => next = end,
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

    pub(super) fn by(&self, at: usize) -> Option<usize> {
        let agent = |n: usize| self.items.get(n).is_some_and(|i| i.classes & self.cues.agent != 0);
        // "oleh badan yang sama, yakni Alfa dan Beta": they suffer it.
        let named =
            |from: usize| self.object(from, 4).filter(|n| !self.parts[from..*n].contains(&Part::Which));
        if agent(at) {
            return named(at + 1);
        }
        if self.part(at) == Some(Part::Name) {
            return Some(at);
        }
        // "diblokir sementara oleh Alfa", "diblokir pemerintah Alfa".
        let oleh = (at..self.parts.len().min(at + 10))
            .take_while(|n| !matches!(self.parts[*n], Part::Clause | Part::Stop | Part::Which | Part::Verb));
        match oleh.clone().find(|n| agent(*n)) {
            Some(oleh) => named(oleh + 1),
            None => self.of(at),
        }
    }

    /// "sejumlah lembaga, antara lain Beta", "negara tetangganya, Beta": the name that spells
    /// out a noun phrase from `at` on.
    pub(super) fn introduced(&self, at: usize) -> Option<usize> {
        let cues = self.cues;
        let nouns = cues.company_word
            | cues.government_word
            | cues.alliance_word
            | cues.bearer_noun
            | cues.peer_noun
            | cues.body_noun
            | cues.body_ref
            | cues.count;
        let mut n = at;
        let mut whence = false;
        while n < at + INTRODUCED {
            match self.part(n)? {
                Part::Word => n += 1,
                // "asal Gama".
                Part::Prep
                    if n > at
                        && self.class(n) & cues.within_noun != 0
                        && matches!(self.part(n + 1), Some(Part::Word)) =>
                {
                    n += 2;
                    whence = true;
                }
                _ => break,
            }
        }
        if !(at..n).any(|n| self.class(n) & nouns != 0) {
            return None;
        }
        let comma = self.part(n) == Some(Part::Comma);
        let next = n + usize::from(comma);
        if self.part(next) == Some(Part::Like) && self.part(next + 1) == Some(Part::Name) {
            return Some(next + 1);
        }
        let own = whence || word(self.text, self.cut, &self.items[n - 1]).ends_with("nya");
        (comma && own && self.part(next) == Some(Part::Name)).then_some(next)
    }

    /// The name right behind a noun.
    pub(super) fn of(&self, at: usize) -> Option<usize> {
        self.right_behind(at).or_else(|| self.introduced(at))
    }

    fn right_behind(&self, at: usize) -> Option<usize> {
        for n in at..self.parts.len().min(at + 4) {
            match self.parts[n] {
                Part::Name => return Some(n),
                // "Larangan ekspor chip Alfa ke Beta".
                // "gempuran mobil Alfa seperti Beta": those who follow are meant.
                Part::Word
                    if !self.items[n].members.is_empty()
                        && self.part(n + 1) == Some(Part::Prep)
                        && self.class(n + 1) & self.cues.like == 0 =>
                {
                    return Some(n);
                }
                _ if self.class(n) & self.cues.between != 0 => return None,
                // "kerja sama serupa dengan Alfa dan Beta": it is another's with each.
                Part::Word if word(self.text, self.cut, &self.items[n]).ends_with(" dengan") => return None,
                // "usaha patungan bernama Alfa": its own name.
                Part::Word if word(self.text, self.cut, &self.items[n]) == "bernama" => return None,
                // "kerja sama ini menguntungkan keduanya": its noun phrase has ended.
                Part::Word if self.class(n) & self.cues.that != 0 => return None,
                Part::Word | Part::Mark => {}
                Part::Prep if self.class(n) & self.cues.owner != 0 => {}
                _ => return None,
            }
        }
        None
    }

    /// "pesaing Beta, Alfa", "pesaing Beta di pasar itu seperti Alfa", "pesaing
    /// Beta lainnya adalah Alfa".
    pub(super) fn named(&self, at: usize) -> Option<usize> {
        let mut linked = false;
        let mut plain = true;
        let mut words = 0;
        for n in at..self.parts.len().min(at + 8) {
            let class = self.class(n);
            let copula = class & self.cues.copula != 0;
            match self.parts[n] {
                Part::Name if linked || n == at => return Some(n),
                // "pesaingnya dari Gama seperti Beta".
                Part::Name
                    if self.class(n - 1) & self.cues.within_noun != 0
                        && self.part(n + 1) == Some(Part::Like) => {}
                Part::Comma if plain || self.part(n + 1) == Some(Part::Like) => linked = true,
                // "pesaing Beta adalah layanan asal Gama, Alfa".
                _ if copula => return self.object(n + 1, 6),
                Part::Like => linked = true,
                // "pesaing Beta yang mulai tumbuh adalah Alfa".
                Part::Which if plain && !linked => {
                    let told = self.parts[n + 1..].iter().take(7);
                    let silent =
                        |p: &Part| !matches!(p, Part::Name | Part::Comma | Part::Clause | Part::Stop);
                    let is = n + 1 + told.take_while(|p| silent(p)).count();
                    let is = (n + 1..is).find(|m| self.class(*m) & self.cues.copula != 0)?;
                    return self.object(is + 1, 6);
                }
                // "mitra Beta, bukan dengan Gama".
                _ if linked && word(self.text, self.cut, &self.items[n]).starts_with("bukan") => return None,
                // "pesaing Beta," kata Alfa: who says so.
                _ if linked && class & self.cues.speech != 0 => return None,
                // ", masuk dalam rencana Gama": the sentence goes on.
                Part::Word if linked && words > 1 => return None,
                Part::Word | Part::Mark => {
                    // "pesaingnya asal Gama, Beta", "pesaing terdekatnya itu, Beta".
                    let inner = n > at && self.class(n - 1) & self.cues.within_noun != 0;
                    plain = linked || plain && (inner || class & self.cues.that != 0);
                    words += usize::from(linked);
                }
                // "pesaing asal Gama, Beta".
                Part::Prep if !linked => {
                    // "pesaingnya di Gama, Beta" as well.
                    let place = n == at && self.items.get(n + 1).is_some_and(|i| !i.members.is_empty());
                    let inner = class & self.cues.within_noun != 0;
                    plain = plain && inner && (place || class & self.cues.place_prep == 0);
                }
                _ => return None,
            }
        }
        None
    }
}
