//! Who stands to the left of a trigger: its subject, over appositions, relative
//! clauses and brackets, and whom a noun is said of.

use super::item::word;
use super::parts::Part;
use super::roles::{Clauses, FAR, PHRASE};

impl Clauses<'_> {
    /// "dibongkar oleh Alfa bekerja sama dengan Beta": whether the name at `n` did what stands
    /// before it, and goes on right behind.
    fn is_agent(&self, n: usize, verb: usize) -> bool {
        let verbs = ["bekerja", "berkolaborasi", "bersinergi", "berkoordinasi", "bermitra"];
        let told = word(self.text, self.cut, &self.items[verb]);
        let together = verbs.iter().any(|verb| told.starts_with(verb));
        let agent = |g: usize| self.class(g) & self.cues.agent != 0;
        n + 1 == verb && together && self.governor(n).is_some_and(agent)
    }

    /// The subject of what begins at `verb`.
    pub(super) fn subject(&self, verb: usize) -> Option<usize> {
        // "ujar Gama dalam penandatanganan kerja sama Alfa dengan Beta": the noun has both.
        let words = self.parts[verb..].iter().take(3).take_while(|p| **p == Part::Word).count();
        let paired = |n: usize| self.part(n) == Some(Part::Name) && self.class(n + 1) & self.cues.with != 0;
        if words > 0 && paired(verb + words) {
            return None;
        }
        // "pesaing Alfa adalah Beta dan konsorsium Gama": one more in the list.
        let listed = verb > 1
            && self.class(verb) & self.cues.alliance_head != 0
            && self.parts[verb] == Part::Word
            && self.parts[verb - 1] == Part::And
            && matches!(self.parts[verb - 2], Part::Name | Part::Comma);
        if listed {
            return None;
        }
        // "Setelah Gama mundur, lewat kerja sama dengan Beta, Alfa": the main clause follows.
        let led = |at: usize| self.parts[at] == Part::Prep && self.class(at) & self.cues.via_word != 0;
        if verb > 1
            && led(verb - 1)
            && self.parts[verb - 2] == Part::Comma
            && let Some(main) = self.main_subject(verb)
        {
            return Some(main);
        }
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
                // "Alfa soal lima klub dihukum": what Alfa speaks of has a subject of its own.
                _ if self.class(n) & self.cues.about != 0
                    && !shared
                    && n + 2 < verb
                    && n > 0
                    && self.parts[n - 1] == Part::Name
                    && self.parts[verb] == Part::Verb =>
                {
                    return None;
                }
                // "berselisih dengan Beta mengenai rencana menyerang Gama": whose plan isn't told.
                _ if self.class(n) & self.cues.about != 0
                    && n > 1
                    && self.parts[n - 1] == Part::Name
                    && self.class(n - 2) & self.cues.with != 0
                    && self.parts[verb] == Part::Verb =>
                {
                    return None;
                }
                Part::Name => {
                    if let Some(whole) = self.made_of(n).or_else(|| self.bracketed(n)) {
                        return Some(whole);
                    }
                    if self.leads(n) || self.is_agent(n, verb) {
                        return Some(n);
                    }
                    if let Some(host) = self.in_capacity(n) {
                        return Some(host);
                    }
                    // "Alfa, bukan Gama, menggandeng Beta".
                    if n > 1 && self.parts[n - 2] == Part::Comma && self.is_other_than(n) {
                        close = false;
                        continue;
                    }
                    if self.is_aimed_at(n, verb) {
                        return None;
                    }
                    if let Some(which) = self.relative_of(n) {
                        return self.antecedent(which);
                    }
                    // "Pesaing Gama itu menggandeng": it isn't Gama.
                    if self.is_another(floor, n) {
                        return None;
                    }
                    // "dengan keengganan Alfa untuk menyerang Beta": who would do it.
                    let noun = n > 0
                        && self.parts[n - 1] == Part::Word
                        && self.items[n - 1].is_nominal(self.text, self.cut, self.cues);
                    let word = |m: &Part| matches!(m, Part::Word | Part::Verb);
                    let near = n + 2 <= verb && verb <= n + 4;
                    if noun
                        && near
                        && self.parts[n + 1] == Part::Prep
                        && self.parts[n + 2..verb].iter().all(word)
                    {
                        return Some(n);
                    }
                    // "ke medan perang Alfa melawan Beta": whose war it is.
                    // "wasit laga Alfa kontra Beta": who plays it.
                    let contest = self.cues.contest_noun | self.cues.match_noun;
                    let war = n > 0 && n + 1 == verb && self.class(n - 1) & contest != 0;
                    // "menantang Alfa, dan kini bersaing dengan Beta": who challenges goes on.
                    let made = self.part(n + 1) != Some(Part::Comma) && self.is_made_to(n);
                    if war || made || self.is_meant_to(n, verb) || self.acts_for_another(n) {
                        return Some(n);
                    }
                    if self.is_oblique(n) || shared && (self.is_object(n) || self.ends_objects(n)) {
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
                    // "Alfa, …, menggandeng": a parenthesis, but for "mengusir Beta, …, lalu menggandeng".
                    let host = self.before_parenthesis(n);
                    if let Some(host) = host.filter(|host| !self.is_object(*host)) {
                        return Some(host);
                    }
                    // "Perusahaan itu, yang …, menggandeng": of one that isn't named.
                    if self.tells_of_unnamed(n) {
                        return None;
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
                // "Alfa menegaskan bahwa kerja sama dengan Beta": the speaker's.
                Part::Clause
                    if n > 0
                        && n + 1 == verb
                        && self.parts[verb] == Part::Word
                        && (self.parts[n - 1] == Part::Verb || self.class(n - 1) & self.cues.speech != 0) =>
                {
                    return self.subject(n - 1);
                }
                // "Alfa unggul, namun akan melawan Beta".
                Part::Clause
                    if n > 0
                        && self.class(n) & self.cues.rather != 0
                        && (self.parts[verb] == Part::Verb || self.class(n + 1) & self.cues.also != 0) =>
                {
                    shared = true
                }
                Part::Clause | Part::Stop => return maker,
                // "Alfa meminta pemerintah meneken": one that isn't named would.
                Part::Verb if n + 1 < verb && self.asks_unnamed(n) => return None,
                // "Alfa, pemilik Beta, mengumumkan kerja sama": a comma right before the verb.
                Part::Verb => close = n > 0 && self.parts[n - 1] == Part::Comma && !shared,
                Part::Word | Part::Like | Part::Mark | Part::Date => {}
            }
        }
        // "Dengan menggandeng Beta, Alfa …", "Gandeng Beta, Alfa …".
        let opens = verb == 0 && self.part(1) != Some(Part::Comma);
        // "dengan pesaingnya, Beta": the comma ends no clause.
        let shared = shared && (self.parts[verb] == Part::Verb || self.part(verb + 1) != Some(Part::Comma));
        let main = (shared && n == 0 || opens).then(|| self.main_subject(verb)).flatten();
        main.or(maker)
    }

    /// "mengajak Alfa untuk bergabung", "meminta kepada Alfa agar bergabung": Alfa would.
    fn is_made_to(&self, name: usize) -> bool {
        let Some(governor) = self.governor(name) else { return false };
        let bears = self.cues.company_word
            | self.cues.government_word
            | self.cues.bearer_noun
            | self.cues.person_title
            | self.cues.count
            | self.cues.small;
        let plain = (governor + 1..name).all(|n| self.parts[n] == Part::Mark || self.class(n) & bears != 0);
        let upon = self.parts[governor] == Part::Prep && self.class(governor) & self.cues.upon != 0;
        let verb = governor - usize::from(upon && governor > 0);
        plain && self.parts[verb] == Part::Verb && self.class(verb) & self.cues.control != 0
    }

    /// "meminta pemerintah segera meneken": it would, and no state is named.
    fn asks_unnamed(&self, verb: usize) -> bool {
        let follows = |n: usize, class| self.part(n) == Some(Part::Word) && self.class(n) & class != 0;
        self.class(verb) & self.cues.control != 0
            && follows(verb + 1, self.cues.government_word)
            && self.part(verb + 2) != Some(Part::Name)
    }

    /// "Alfa yang terdiri dari Beta dan Gama menggandeng": Alfa does.
    fn made_of(&self, name: usize) -> Option<usize> {
        // "yang beranggotakan empat firma seperti Beta" as well.
        let word = |p: &&Part| matches!(p, Part::Word | Part::Like);
        let words = self.parts[..name].iter().rev().take(4).take_while(word).count();
        let reach = name.saturating_sub(words + 1)..name;
        let which = reach.rev().find(|n| self.class(*n) & self.cues.which_consists != 0)?;
        self.named_before(which)
    }

    /// "koalisi negara Teluk yang dipimpin Alfa menyerang": Alfa does, with others.
    fn leads(&self, name: usize) -> bool {
        let by = usize::from(name > 0 && self.class(name - 1) & self.cues.agent != 0);
        let Some(led) = name.checked_sub(1 + by) else { return false };
        let ends = |p: &Part| matches!(p, Part::Name | Part::Comma | Part::Clause | Part::Stop | Part::Verb);
        let mut before = (led.saturating_sub(PHRASE)..led).rev().take_while(|n| !ends(&self.parts[*n]));
        word(self.text, self.cut, &self.items[led]).starts_with("dipimpin")
            && before.any(|n| self.class(n) & (self.cues.alliance_word | self.cues.force) != 0)
    }

    /// "Alfa sebagai pemegang saham Gama menggandeng": Alfa does.
    fn in_capacity(&self, name: usize) -> Option<usize> {
        let words = self.parts[..name].iter().rev().take(5).take_while(|p| **p == Part::Word).count();
        let role = |n: &usize| word(self.text, self.cut, &self.items[*n]) == "sebagai";
        self.named_before((name - words..name).rev().find(role)?)
    }

    /// "bukan Gama": it is another's.
    fn is_other_than(&self, name: usize) -> bool {
        word(self.text, self.cut, &self.items[name - 1]) == "bukan"
    }

    /// "Blok Alfa (Beta, Gama, Delta) menerima": Alfa does.
    fn bracketed(&self, name: usize) -> Option<usize> {
        let mark = |n: usize, byte| self.items.get(n).is_some_and(|i| i.mark == byte);
        let host = name.checked_sub(2).filter(|n| mark(n + 1, b'(') && mark(name + 1, b')'))?;
        (self.parts[host] == Part::Name && self.items[name].members.len() > 1).then_some(host)
    }

    /// The name right before `n`, or before a comma there.
    fn named_before(&self, n: usize) -> Option<usize> {
        let comma = usize::from(n > 0 && self.parts[n - 1] == Part::Comma);
        let before = n.checked_sub(1 + comma)?;
        (self.parts[before] == Part::Name).then_some(before)
    }

    /// "Pemerintah melalui Alfa memblokir Beta": one that isn't named acts through Alfa.
    fn acts_for_another(&self, name: usize) -> bool {
        let Some(via) = self.governor(name).filter(|g| self.class(*g) & self.cues.via_word != 0) else {
            return false;
        };
        let words = self.parts[..via].iter().rev().take_while(|p| **p == Part::Word).count();
        let opens = via
            .checked_sub(words + 1)
            .is_none_or(|n| !matches!(self.parts[n], Part::Name | Part::Verb | Part::Prep | Part::And));
        let bears = self.cues.government_word | self.cues.company_word;
        words > 0 && words < 4 && opens && (via - words..via).any(|n| self.class(n) & bears != 0)
    }

    /// "menggandeng bank besar, Alfa, dan Beta untuk": a list of objects that begins with one
    /// that isn't named.
    fn ends_objects(&self, name: usize) -> bool {
        let on = matches!(self.part(name + 1), Some(Part::Prep));
        if !on || name < 3 || self.parts[name - 1] != Part::Comma || self.items[name].members.len() < 2 {
            return false;
        }
        let words = self.parts[..name - 1].iter().rev().take_while(|p| **p == Part::Word).count();
        let before = (name - 1).checked_sub(words + 1);
        words > 0 && words < 5 && before.is_some_and(|n| n > 0 && self.parts[n] == Part::Verb)
    }

    /// "dorongan untuk menurunkan harga minyak Alfa telah ditangguhkan": what is put off is the
    /// push, not Alfa.
    fn is_aimed_at(&self, name: usize, verb: usize) -> bool {
        let passive = word(self.text, self.cut, &self.items[verb]).starts_with("di");
        let inner = self.parts[..name].iter().rev().take_while(|p| **p == Part::Word).count();
        let aim = name.checked_sub(inner + 2).filter(|aim| *aim > 0 && inner > 0 && passive);
        aim.is_some_and(|aim| {
            self.parts[aim - 1] == Part::Word
                && self.parts[aim + 1] == Part::Verb
                && word(self.text, self.cut, &self.items[aim]) == "untuk"
        })
    }

    /// "senjata bagi Alfa melawan Beta": Alfa would.
    fn is_meant_to(&self, name: usize, verb: usize) -> bool {
        // "bagi duo Alfa dan Beta melawan".
        let pair =
            name > 2 && self.parts[name - 1] == Part::Word && self.class(name - 2) & self.cues.benefit != 0;
        let name = name - usize::from(pair);
        let to = name > 1 && self.class(name - 1) & self.cues.benefit != 0;
        // "mengirim rudal kepada Alfa untuk melawan Beta" as well.
        let given = name > 1
            && self.part(name + 1) == Some(Part::Prep)
            && self.class(name + 1) & self.cues.benefit != 0
            && word(self.text, self.cut, &self.items[name - 1]).eq_ignore_ascii_case("kepada");
        let right = name + 1 + usize::from(pair) == verb || given && name + 2 == verb;
        (to || given) && right && self.parts[name - 2] != Part::Comma
    }

    /// The "yang" of a relative clause that ends with this name: "mitra yang
    /// tergabung dalam Alfa merupakan …".
    fn relative_of(&self, name: usize) -> Option<usize> {
        // "laporan yang menyebut Alfa tengah menggandeng": what is said has its own subject.
        let mut n = self.governor(name).filter(|g| self.class(*g) & self.cues.speech == 0)?;
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
            self.parts[*n] == Part::Comma
                && self.part(n + 1) != Some(Part::Like)
                && self.parts[n + 1..].iter().take(5).any(|p| *p == Part::Name)
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
                    let host = self.referred_before(open)?;
                    // "Alfa, bukan Gama, membuka kantor, dan menggandeng".
                    if host > 0 && self.parts[host] == Part::Name && self.is_other_than(host) {
                        continue;
                    }
                    // "sejumlah bank Alfa, seperti Beta, menggandeng": those who are listed.
                    let listed =
                        self.parts[open + 1] == Part::Like && self.part(open + 2) == Some(Part::Name);
                    if listed && host > 0 && self.parts[host - 1] == Part::Word {
                        return Some(open + 2);
                    }
                    // "Pesaing Gama, Alfa, menggandeng": Alfa does.
                    if self.parts[host] == Part::Name && self.is_another(0, host) {
                        return (open + 2 == close && self.parts[open + 1] == Part::Name).then_some(open + 1);
                    }
                    // "perusahaan yang didirikan Gama, Alfa, menggandeng": so does it here.
                    let whose = self.parts[host] == Part::Name && self.tells_whose(host);
                    if whose && open + 2 == close && self.parts[open + 1] == Part::Name {
                        return Some(open + 1);
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

    /// "perusahaan yang didirikan mantan karyawan Gama": Gama only tells which firm is meant.
    fn tells_whose(&self, name: usize) -> bool {
        let firm = |n: usize| self.class(n) & (self.cues.company_word | self.cues.bearer_noun) != 0;
        let plain = |n: &usize| matches!(self.parts[*n], Part::Word | Part::Verb | Part::Prep | Part::Date);
        let yang = |n: &usize| self.cut.tokens[self.items[*n].from].is(self.text, "yang");
        let which = (1..name).rev().take(7).take_while(|n| yang(n) || plain(n)).find(yang);
        which.is_some_and(|n| firm(n - 1) && (n < 2 || self.parts[n - 2] != Part::Name))
    }

    /// What ends before a comma, or the "perusahaan" of "perusahaan asal Gama itu" there.
    fn referred_before(&self, comma: usize) -> Option<usize> {
        let last = comma.checked_sub(1)?;
        let refers = |n: &usize| self.parts[*n] == Part::Name && self.items[*n].reference;
        let inside =
            (last.saturating_sub(5)..last).rev().find(|n| !matches!(self.parts[*n], Part::Word | Part::Prep));
        let that = self.parts[last] == Part::Word && self.class(last) & self.cues.that != 0;
        inside.filter(|n| that && refers(n)).or(Some(last))
    }

    /// Whether the comma at `close` ends a relative clause that a comma opens behind a noun.
    fn tells_of_unnamed(&self, close: usize) -> bool {
        let open = (close.saturating_sub(16)..close)
            .rev()
            .find(|n| matches!(self.parts[*n], Part::Comma | Part::Stop | Part::Clause));
        open.is_some_and(|n| {
            n > 0
                && self.parts[n] == Part::Comma
                && self.parts[n + 1] == Part::Which
                && self.class(n - 1) & (self.cues.that | self.cues.company_word) != 0
                && !self.parts[..n].contains(&Part::Name)
        })
    }

    /// What "yang" at `which` is about.
    fn antecedent(&self, which: usize) -> Option<usize> {
        let mut commas = 0;
        for n in (which.saturating_sub(12)..which).rev() {
            match self.parts[n] {
                Part::Name => return Some(n),
                Part::Comma if commas < 2 => commas += 1,
                // "dimiliki Alfa, maka ada tiga firma yang menyaingi Beta": others than Alfa.
                Part::Word | Part::Verb
                    if matches!(word(self.text, self.cut, &self.items[n]), "ada" | "terdapat")
                        && !word(self.text, self.cut, &self.items[0]).eq_ignore_ascii_case("selain") =>
                {
                    return None;
                }
                // "Alfa menjadi klub yang dihukum".
                _ if self.class(n) & self.cues.copula != 0 && commas == 0 => return self.subject(n),
                Part::Word | Part::Mark | Part::Like | Part::Date | Part::Prep => {}
                // "Alfa menjadi mitra yang digandeng Beta".
                Part::Verb if self.class(n) & (self.cues.copula | self.cues.adverb) != 0 => {}
                _ => return None,
            }
        }
        None
    }

    /// "Alfa bersama Beta": the name after "bersama" between subject and verb.
    pub(super) fn beside(&self, verb: usize) -> Option<usize> {
        for n in (verb.saturating_sub(20)..verb).rev() {
            match self.parts[n] {
                Part::Name => {
                    // Right behind the subject, or before it at the sentence's start.
                    let with = self.governor(n).is_some_and(|g| {
                        let host =
                            g == 0 || matches!(self.parts[g - 1], Part::Name | Part::Comma | Part::Mark);
                        // "antara Alfa dengan Beta": two of a kind, and none of them the subject.
                        let pair = (g.saturating_sub(4)..g).any(|b| self.class(b) & self.cues.between != 0);
                        // ", dengan kedua pihak sepakat": those do so themselves.
                        let own = self.items[n].reference
                            && g > 0
                            && self.parts[g - 1] == Part::Comma
                            && word(self.text, self.cut, &self.items[g]) == "dengan";
                        // "Dengan masuknya Alfa, Beta": what Alfa did.
                        let event = (g + 1..n).any(|b| self.is_happening(b));
                        let joins = self.class(g) & self.cues.with != 0 && host;
                        joins && !pair && !own && !event && !self.is_between(g)
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

    /// "masuknya", "hadirnya", "mundurnya": what somebody does, as a noun.
    fn is_happening(&self, n: usize) -> bool {
        let written = word(self.text, self.cut, &self.items[n]);
        let bears =
            self.cues.company_word | self.cues.bearer_noun | self.cues.person_title | self.cues.peer_word;
        self.parts[n] == Part::Word && written.ends_with("nya") && self.class(n) & bears == 0
    }

    /// "Hubungan Alfa dengan Beta": what is between the two has a noun, which "dengan" belongs to.
    fn is_between(&self, with: usize) -> bool {
        let bears = self.cues.company_word | self.cues.bearer_noun | self.cues.person_title;
        with > 1
            && word(self.text, self.cut, &self.items[with]) == "dengan"
            && self.parts[with - 1] == Part::Name
            && self.parts[with - 2] == Part::Word
            && self.class(with - 2) & bears == 0
    }

    /// "mitra dekat Gama", "saingan Gama": whether Gama at `name` is told of as somebody's peer.
    fn is_peer_of(&self, name: usize) -> bool {
        let peer = |n: usize| self.parts[n] == Part::Word && self.class(n) & self.cues.peer_word != 0;
        self.parts[name] == Part::Name
            && (peer(name - 1) || self.parts[name - 1] == Part::Word && peer(name - 2))
    }

    /// "Alfa, pesaing Beta", "Alfa adalah pesaing Beta": the name before.
    pub(super) fn host(&self, noun: usize) -> Option<usize> {
        let mut words = 0;
        let mut n = noun;
        while n > 0 {
            n -= 1;
            match self.parts[n] {
                // "menggandeng Alfa, yang merupakan pesaing Beta": Alfa is.
                _ if self.class(n) & self.cues.which_is != 0 => {
                    return self.named_before(n).or_else(|| self.subject(n));
                }
                _ if self.class(n) & self.cues.copula != 0 => {
                    // "yang dihadapi Alfa sebagai mitra Beta".
                    let agent = |b: &usize| self.parts[*b] == Part::Name && self.parts[b - 1] == Part::Verb;
                    let beside = n.checked_sub(1).filter(|b| *b > 0 && agent(b));
                    return self.subject(n).or(beside);
                }
                Part::Comma => {
                    let before = n.checked_sub(1)?;
                    // "bertemu Alfa, negara mitra Beta yakni Gama": Gama is.
                    let owner = (noun + 1..noun + 4).find(|k| self.part(*k) == Some(Part::Name));
                    if owner.is_some_and(|k| self.part(k + 1) == Some(Part::Like)) {
                        return None;
                    }
                    // "hubungan dengan Alfa, pesaing Beta", "pabrik milik Alfa, mitra Beta".
                    let onto = self.cues.with | self.cues.upon | self.cues.owner | self.cues.from;
                    let inner = self.governor(before).is_some_and(|g| g > 1 && self.class(g) & onto != 0);
                    let free = inner || !self.is_oblique(before);
                    return (self.parts[before] == Part::Name && free).then_some(before);
                }
                Part::Which => return self.antecedent(n),
                Part::Verb if self.class(n) & self.cues.also != 0 => {}
                // "Alfa dan Beta, keduanya pesaing Gama".
                Part::Name if n + 1 == noun && self.class(n) & self.cues.both != 0 => return Some(n),
                // "Alfa adalah mitra Gama, tetapi juga mitra Beta".
                Part::Clause if n + 2 == noun && self.class(n + 1) & self.cues.also != 0 => {
                    let copula = (n.saturating_sub(PHRASE)..n)
                        .rev()
                        .take_while(|b| !matches!(self.parts[*b], Part::Clause | Part::Stop | Part::Which))
                        .find(|b| self.class(*b) & self.cues.copula != 0)?;
                    return self.subject(copula);
                }
                // "menjadi ancaman sekaligus pesaing Beta": both are said of one.
                Part::And | Part::Same if n + 1 == noun && n > 1 && self.parts[n - 1] == Part::Word => {}
                // "menjadi mitra dekat Gama dan saingan Beta" as well.
                Part::And if n + 1 == noun && n > 2 && self.is_peer_of(n - 1) => n -= 2,
                // ", para mitra Beta": others than whom the comma follows.
                Part::Word if self.class(n) & self.cues.small & !self.cues.adverb != 0 => return None,
                Part::Word | Part::Mark if words < 4 => words += 1,
                _ => return None,
            }
        }
        None
    }
}
