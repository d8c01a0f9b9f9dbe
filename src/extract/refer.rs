//! Words that point back to entities: "keduanya", "perusahaan asal Alfa itu", "mereka".

use super::EntityKind;
use super::classes::Cue;
use super::counted::{count_of, counted, is_told, may_count, two_of_kind};
use super::cues::Cues;
use super::cut::Cut;
use super::discourse::{Discourse, shown};
use super::extractor::Extractor;
use super::fits::Fits;
use super::item::{Item, Kind, word, words_of};
use super::lands::{home, home_state, own_state, speaks_for_state, state_before};
use super::locals::{Local, Locals};
use super::parts::{acts, is_verb};
use super::pointed::{behind, coded, is_that_company};
use super::relative::relative_end;
use super::token::Shape;

/// "suporter mereka", "laga mereka": whether a plain noun stands before the word at `n`.
fn is_theirs(cut: &Cut, all: &[Item], n: usize, cues: &Cues) -> bool {
    let links = cues.clause | cues.verb_like | cues.company_verb | cues.oblique | cues.with | cues.and;
    n.checked_sub(1).is_some_and(|b| {
        let first = cut.tokens[all[b].from];
        let nouns = cues.crowd | cues.team_head | cues.bearer_noun | cues.match_noun;
        all[b].kind == Kind::Word
            && first.shape == Shape::Lower
            && all[b].classes & (links | cues.speech | cues.that) == 0
            && all[b].classes & nouns != 0
    })
}

/// Turns "keduanya", "perusahaan asal … itu" and the like into groups.
/// Says whether there may be any.
pub(super) fn refer(
    x: &Extractor,
    text: &str,
    cut: &Cut,
    all: &mut Vec<Item>,
    seen: Cue,
    talk: &Discourse,
    locals: &Locals,
) -> bool {
    let cues = &x.cues;
    let they = cut.all & cues.speech != 0;
    let Some(mut last) = last(text, cut, all, (seen, they), cues) else { return false };
    let counts = may_count(seen, cues);
    let (here, named, pair) = (Vec::new(), Vec::new(), None);
    let mut said = Said { x, text, cut, cues, talk, locals, here, named, pair };
    let mut told = None;
    let mut next = 0;
    while next <= last {
        let n = next;
        next += 1;
        if all[n].kind == Kind::Group {
            said.note(all, n, seen);
            continue;
        }
        let several = if counts { counted(text, cut, all, n, cues) } else { None };
        let two = if counts { two_of_kind(text, cut, all, n, cues) } else { None };
        // "penyedia itu" in "kedua penyedia itu".
        if told.replace(two.unwrap_or(usize::MAX)) == Some(n) {
            continue;
        }
        let c = all[n].classes;
        let counted = several.is_some() || two.is_some();
        let may = c & cues.refers() != 0 || counted || they && is_they(text, cut, &all[n]);
        // "Dompet Kita": part of a name.
        let inside = all[n].capital && n > 0 && all[n - 1].capital && all[n - 1].kind == Kind::Word;
        if !may || inside || said.unnamed(all, n) {
            continue;
        }
        let Some(members) = said.meant(all, n, several, two) else { continue };
        // "pihaknya menggandeng Beta untuk proyek itu": what speaks has no noun of its own.
        let speaks = c & cues.speaker_ref != 0 || said.is(&all[n], "mereka");
        if c & (cues.both | cues.all_of) == 0 && two.is_none() && !speaks {
            // "perusahaan asal Tiongkok itu" is one thing: the place in it is none.
            let end = phrase_end(text, cut, all, n, cues);
            let far = if c & cues.company_word != 0 { relative_end(text, cut, all, n, cues) } else { None };
            for item in all[n + 1..end.unwrap_or(n + 1)].iter_mut() {
                item.kind = Kind::Word;
                item.members.clear();
            }
            // "kampus itu dan Alfa": nothing parts the two.
            let near = end.filter(|m| *m == n + 1);
            let near = near.filter(|m| matches!(word(text, cut, &all[*m]), "itu" | "tersebut" | "ini"));
            if let Some(end) = far.or(near) {
                let to = all[end].to;
                all.drain(n + 1..=end);
                all[n].extend(to);
                last = last.saturating_sub(end - n);
            }
        }
        all[n].kind = Kind::Group;
        all[n].members = members.into();
        all[n].reference = true;
    }
    true
}

/// A sentence up to a word that refers to somebody, and whom it has named so far.
struct Said<'a> {
    x: &'a Extractor,
    text: &'a str,
    cut: &'a Cut,
    cues: &'a Cues,
    talk: &'a Discourse,
    locals: &'a Locals,
    /// They count first.
    here: Vec<u32>,
    /// The same with those beside the point, for what tells whence somebody comes.
    named: Vec<u32>,
    /// The two that "dan" joined last.
    pair: Option<Vec<u32>>,
}

impl Said<'_> {
    /// Takes note of the group at item `n`.
    fn note(&mut self, all: &[Item], n: usize, seen: Cue) {
        let (cues, members) = (self.cues, &all[n].members);
        if shown(all, n, cues) {
            return;
        }
        self.named.extend(members);
        if seen & cues.both != 0 {
            self.pair = coordinated(all, n, cues).or(self.pair.take());
        }
        // "Alfa, pemain asal Beta, menantang keduanya": Beta is none of the two.
        let part = cues.oblique | cues.owner | cues.area_word;
        // "Terhadap Alfa dan Beta, Gama menghukum keduanya": Alfa is.
        let fronted = n == 1 && all[0].classes & cues.upon != 0;
        if n == 0 || fronted || all[n - 1].classes & part == 0 {
            let locals = self.locals;
            self.here.extend(members.iter().filter(|m| !locals.all[**m as usize].weak));
        }
    }

    fn local(&self, entity: u32) -> &Local {
        &self.locals.all[entity as usize]
    }

    fn is(&self, item: &Item, written: &str) -> bool {
        word(self.text, self.cut, item).eq_ignore_ascii_case(written)
    }

    /// "para pejabat mengatakan bahwa mereka": nobody who is named.
    fn unnamed(&self, all: &[Item], n: usize) -> bool {
        let people = |m: usize| all[m].kind == Kind::Word && all[m].classes & self.cues.people_noun != 0;
        n > 2
            && self.is(&all[n], "mereka")
            && word(self.text, self.cut, &all[n - 1]).ends_with("bahwa")
            && (n - 3..n - 1).any(people)
    }

    /// Whom item `n` means, which counts others at its noun, or two of a kind.
    fn meant(
        &self,
        all: &[Item],
        n: usize,
        several: Option<(usize, usize)>,
        two: Option<usize>,
    ) -> Option<Vec<u32>> {
        let Said { text, cut, cues, talk, locals, .. } = *self;
        let c = all[n].classes;
        let one = |e: Option<u32>| e.map(|e| vec![e]);
        if let Some((count, noun)) = several {
            self.counted(all, n, count, noun)
        } else if c & cues.both != 0 || two.is_some() {
            self.both(all, n, &Fits::of(word(text, cut, &all[two.unwrap_or(n)])))
        } else if c & cues.all_of != 0 {
            let written = word(text, cut, &all[n]);
            let fits = Fits::of(written);
            count_of(written).and_then(|k| talk.last(k, locals, |e| fits.takes(self.local(e))))
        } else if c & cues.speaker_ref != 0 {
            said_of_itself(text, cut, all, n, cues).or_else(|| one(self.speaker(all, n)))
        } else if let Some(who) = said_of_itself(text, cut, all, n, cues).or_else(|| coded(text, cut, all, n))
        {
            Some(who)
        } else if self.is(&all[n], "mereka") && self.here.len() == 1 && is_theirs(cut, all, n, cues) {
            // "Alfa didenda karena suporter mereka": of the one whom the sentence names.
            Some(self.here.clone())
        } else if let Some(who) = self.listed(&all[n]) {
            Some(who.clone())
        } else if is_bare_member(all, n, cues) && self.is(&all[n], "perusahaan") {
            one(talk.firm(locals))
        } else if c & cues.company_ref != 0 || is_that_company(text, cut, all, n, cues) {
            self.company(all, n)
        } else if c & cues.state_ref != 0 || c & cues.state_noun != 0 && is_that_one(text, cut, all, n, cues)
        {
            one(self.state(all, n))
        } else if c & (cues.body_ref | cues.rule_ref) != 0 {
            one(self.body(all, n))
        } else if c & cues.alliance_ref != 0 || is_that_alliance(all, n, cues) {
            // "Sekjen Alfa pulang, meski Beta yang juga anggota blok itu tidak": of this sentence.
            let told = self.named.iter().rev().find(|e| self.local(**e).union).copied();
            one(told.or(talk.alliance))
        } else {
            None
        }
    }

    /// "ketiga kampus", "enam institusi": so many of the noun, told before or named behind.
    fn counted(&self, all: &[Item], n: usize, count: usize, noun: usize) -> Option<Vec<u32>> {
        let states = self.is(&all[noun], "negara");
        let fits = |e: u32| self.local(e).state == states;
        // "Dua partai terbesar di provinsi itu, Alfa dan Beta,": they are told right there, too.
        let comma = (noun + 1..all.len().min(noun + 7)).find(|m| all[*m].kind == Kind::Mark);
        let group = |m: usize| all.get(m).is_some_and(|i| i.kind == Kind::Group);
        let apposed = comma.is_some_and(|m| all[m].mark == b',' && group(m + 1) && group(m + 3));
        let before = is_told(self.text, self.cut, all, n, self.cues) && !apposed;
        let told = before.then(|| self.talk.last(count, self.locals, fits)).flatten();
        // "enam institusi antara lain, Alfa dan Beta": they are told right there.
        let here = names_some(all, noun + 1, self.cues);
        told.or_else(|| self.talk.counted(count, fits).filter(|_| !here))
    }

    /// "keduanya", "kedua perusahaan".
    fn both(&self, all: &[Item], n: usize, fits: &Fits) -> Option<Vec<u32>> {
        let states = fits.states;
        // "Alfa dan Beta menjajaki kerja sama dengan kedua dompet itu": with others.
        let apart = n > 0 && all[n - 1].classes & self.cues.with != 0;
        // "Keduanya merupakan pesaing Alfa": others than Alfa.
        let copula = all.get(n + 1).is_some_and(|i| i.classes & self.cues.copula != 0);
        let named = all[n + 1..].iter().take(if copula { 5 } else { 0 });
        let told: Vec<u32> = named.flat_map(|i| i.members.iter().copied()).collect();
        let fits =
            |e: u32| fits.takes(self.local(e)) && !(apart && self.here.contains(&e)) && !told.contains(&e);
        let these = |of: &[u32]| {
            let mut these: Vec<u32> = of.iter().copied().filter(|e| fits(*e)).collect();
            these.dedup();
            these
        };
        let two = |these: &Vec<u32>| these.len() == 2 && these[0] != these[1];
        // A state and a firm are no two of a kind, but a state and those who fight it are.
        let state = |e: &u32| self.local(*e).state;
        let firm = |e: &u32| self.local(*e).kind == EntityKind::Company;
        let sides = self.is(&all[n], "kedua kubu") || self.is(&all[n], "kedua pihak");
        let alike =
            |p: &Vec<u32>| p.iter().all(state) || !p.iter().any(state) || sides && !p.iter().any(firm);
        let whole = |p: &Vec<u32>| p.iter().all(|e| fits(*e));
        let coupled = || self.pair.clone().filter(whole);
        // "separuh dari Alfa, separuh dari Beta … kedua pihak".
        let beside = || {
            let beside = these(&self.named);
            let sure = beside.iter().all(|e| !self.local(*e).weak);
            Some(beside).filter(|b| sure && two(b) && alike(b))
        };
        // "Alfa menggandeng Beta. … Kedua perusahaan".
        let of = |p: [u32; 2]| Some(Vec::from(p)).filter(|p| whole(p) && alike(p));
        let couple = || self.talk.each.and_then(of).or_else(|| self.talk.couple.and_then(of));
        let told = || {
            let any = self.talk.last(2, self.locals, fits);
            any.filter(alike).or_else(|| self.talk.last(2, self.locals, |e| fits(e) && !state(&e)))
        };
        let here = these(&self.here);
        // "Alfa mendanai Beta. … Gama menyusul dan keduanya": Gama is one of the two.
        // "antara Gama dan kedua bank": with others.
        let anded = n > 1 && all[n - 1].classes & self.cues.and != 0 && all[n - 2].kind != Kind::Group;
        let joined = || {
            let [one] = here[..] else { return None };
            let other = |e: u32| e != one && fits(e) && !state(&e);
            let found = (anded && !state(&one)).then(|| self.talk.last(1, self.locals, other)).flatten()?;
            Some(vec![found[0], one])
        };
        let couple = || couple().filter(|p| !anded || here.is_empty() || p.contains(&here[0]));
        // "Pertemuan pejabat Alfa dan Beta digelar. … kedua negara".
        let lands = || self.talk.lands.and_then(of).filter(|_| states);
        let joined = || couple().or_else(joined).or_else(lands).or_else(&told);
        // "Saat Alfa membeli Beta, Gama menghukum keduanya": Gama is none of them.
        let struck = || {
            let object = |i: &Item| {
                i.classes & (self.cues.upon | self.cues.oblique) != 0
                    || i.kind == Kind::Word && word(self.text, self.cut, i).starts_with("me")
            };
            let upon = n > 0 && object(&all[n - 1]);
            let mut three = these(&self.here);
            let last = three.pop().filter(|e| upon && three.len() == 2 && !three.contains(e));
            last.map(|_| three)
        };
        Some(here.clone()).filter(two).or_else(coupled).or_else(struck).or_else(beside).or_else(joined)
    }

    /// "kita", "pihaknya", "negaranya": who speaks.
    fn speaker(&self, all: &[Item], n: usize) -> Option<u32> {
        let Said { talk, locals, cues, .. } = *self;
        let general = self.is(&all[n], "kita");
        let topic = || talk.topic.or(talk.begun).filter(|_| !general);
        // "selain bekerja sama dengan Alfa, pihaknya": another than Alfa.
        let other = |e: &u32| !self.is(&all[n], "pihaknya") || !self.here.contains(e);
        let told = || talk.speaker.or_else(topic).filter(other).or_else(|| topic().filter(other));
        let spoken = talk.speaks(self.text, self.cut, all, locals, cues);
        let who = spoken.or(talk.quoted).or_else(told);
        // "Alfa menilai sanksi terhadap negaranya": the state that speaks, or is told of.
        let land = word(self.text, self.cut, &all[n]).get(..3).is_some_and(|w| w.eq_ignore_ascii_case("neg"));
        let who = if land { own_state(who, &all[..n], locals) } else { who };
        let of_state = general && who.is_some_and(|e| speaks_for_state(all, locals, e));
        if of_state { home_state(locals) } else { who }
    }

    /// "mereka", of those whom the sentence before lists.
    fn listed(&self, item: &Item) -> Option<&Vec<u32>> {
        self.talk.listed.as_ref().filter(|_| self.here.is_empty() && self.is(item, "mereka"))
    }

    /// "perusahaan itu", "perusahaan asal Alfa itu", "mereka".
    fn company(&self, all: &[Item], n: usize) -> Option<Vec<u32>> {
        let Said { text, cut, cues, talk, locals, .. } = *self;
        let they = self.is(&all[n], "mereka");
        let firm = || {
            let noun = word(text, cut, &all[n]).to_ascii_lowercase();
            noun.starts_with("raksasa") || Fits::of(&noun).firms
        };
        let who = match home(text, cut, all, n, cues, locals) {
            Some(state) => talk.native(self.told_beside(all), state, locals).or_else(|| {
                let unknown = |e: &u32| self.local(*e).home.is_none();
                talk.company(&self.here, locals, they, firm).filter(unknown)
            }),
            None => fronted(all, n, cues, locals).or_else(|| self.told_of(all, n)).or_else(|| {
                // "Perusahaan asuransi itu bermitra dengan Alfa": it is another than Alfa.
                let behind = behind(all, n, cues);
                match talk.topic.filter(|t| self.here.is_empty() && behind.first() == Some(t)) {
                    Some(topic) => talk.company(&[&self.here[..], &[topic]].concat(), locals, they, firm),
                    None => talk.company(&self.here, locals, they, firm),
                }
            }),
        };
        let who = self.of_line(all, n, who);
        // "mereka" in a speech are others than the speaker's.
        // "Budi menyatakan mereka" within it tells what others say.
        let said = n > 0 && all[n - 1].classes & cues.speech != 0;
        let own = they && !said && is_quoted(text, cut, &all[n]);
        // "Mereka" may be a state, too.
        let who = who.or(talk.begun.filter(|_| they)).filter(|e| !own || talk.speaker != Some(*e));
        who.filter(|_| !self.are_others(all, n)).map(|t| vec![t])
    }

    /// "Bank itu" is no airline: a firm of the line of business that the words from item `n`
    /// tell, where the one meant is known to be of another.
    fn of_line(&self, all: &[Item], n: usize, who: Option<u32>) -> Option<u32> {
        let Said { x, cut, cues, talk, .. } = *self;
        let whole = all[n].classes & cues.company_ref != 0;
        let that = all[n].classes & cues.that != 0;
        let end = if whole || that { None } else { phrase_end(self.text, cut, all, n, cues) };
        let end = end.unwrap_or(n);
        let asked = x.lines.of_nouns(words_of(cut, &all[n..=end]));
        let of = |e: u32| self.local(e).lines(x) | talk.line(e);
        let fits = |e: u32| asked.iter().all(|lines| of(e) & lines != 0);
        if asked.is_empty() || who.is_some_and(fits) {
            return who;
        }
        let firm = |e: &u32| self.local(*e).kind == EntityKind::Company && Some(*e) != who;
        let recent = || talk.recent().filter(firm);
        let unknown = who.is_some_and(|e| of(e) == 0);
        // What is known of no line may be of it: only another of the last sentence is meant rather.
        let near = recent().find(|e| fits(*e) && (!unknown || talk.latest().contains(e)));
        let here = || self.here.iter().rev().copied().filter(firm).find(|e| fits(*e));
        match near.or_else(here) {
            None if unknown || who.is_none() => who,
            None => recent().find(|e| of(*e) == 0),
            told => told,
        }
    }

    /// Whom the sentence names, but for "Bersama Alfa, perusahaan Beta itu": another than Alfa.
    fn told_beside(&self, all: &[Item]) -> &[u32] {
        let beside = ["bersama", "bareng", "selain", "dengan"].iter().any(|w| self.is(&all[0], w));
        if beside { &[] } else { &self.named }
    }

    /// "Alfa memilih jalur lain. Perusahaan asal Gama itu": the firm that the sentence before
    /// began with, however seldom the article names it.
    ///
    /// But "perseroan" without "itu" stays with the one that it names far more often.
    fn told_of(&self, all: &[Item], n: usize) -> Option<u32> {
        let firm = |e: &u32| self.local(*e).kind == EntityKind::Company && !self.here.contains(e);
        let written = word(self.text, self.cut, &all[n]);
        let bare = ["perseroan", "perusahaan"].iter().any(|w| written.eq_ignore_ascii_case(w))
            && all.get(n + 1).is_none_or(|i| i.classes & self.cues.that == 0);
        let main = self.talk.topic.map_or(0, |t| self.local(t).count);
        self.talk.begun.filter(firm).filter(|e| !bare || self.local(*e).count * 2 > main)
    }

    /// "Bank yang dimaksud adalah Alfa dan Beta", "dua perusahaan kosmetik itu": whether item
    /// `n` means not the one told of.
    fn are_others(&self, all: &[Item], n: usize) -> bool {
        let Said { text, cut, cues, .. } = *self;
        let counted =
            n > 0 && all[n - 1].classes & cues.count != 0 && count_of(word(text, cut, &all[n - 1])).is_some();
        // "Perseroan menghadapi merek seperti Alfa dan Beta": it acts itself.
        let names = cues.copula | cues.like;
        let acts =
            |at: usize| all.get(at).is_some_and(|i| i.classes & names == 0 && is_verb(word(text, cut, i)));
        let mut behind = (n + 1..n + 5).take_while(|at| !acts(*at));
        counted || behind.any(|at| names_several(all, at, cues) || names_one(all, at, cues))
    }

    /// "negara itu".
    fn state(&self, all: &[Item], n: usize) -> Option<u32> {
        // "Negara itu antara lain Alfa dan Beta".
        let several = names_several(all, n + 1, self.cues);
        // "regulator negara itu, Alfa": whose body Alfa is.
        let ruled = all[..n].iter().rev().take(2).any(|i| i.classes & self.cues.regulator_noun != 0);
        // "Alfa, tempat pasukan Beta berlatih, membantah bahwa negara itu": who speaks.
        let says = |i: &Item| i.classes & self.cues.speech != 0 || self.is(i, "bahwa");
        let speaks = all[n.saturating_sub(3)..n].iter().any(says) && all[0].kind == Kind::Group;
        let own = || own_state(None, &all[..n], self.locals).filter(|_| speaks);
        let before = || state_before(self.text, self.cut, &all[..n], self.locals, self.cues);
        let state = own().or_else(before).or(self.talk.state);
        state.filter(|_| !several && !ruled)
    }

    /// "klub itu", "kementerian itu", "forum itu".
    fn body(&self, all: &[Item], n: usize) -> Option<u32> {
        let Said { text, cut, cues, talk, locals, .. } = *self;
        let several = (n + 2..n + 6).any(|at| names_several(all, at, cues));
        if several || !is_that_one(text, cut, all, n, cues) {
            return None;
        }
        let c = all[n].classes;
        let ruler = || talk.body(&self.here, locals, true).filter(|_| c & cues.rule_ref != 0);
        let body = || talk.body(&self.here, locals, false).filter(|_| c & cues.body_ref != 0);
        // "Forum itu" is no other than "Forum Pangan Selatan".
        let written = word(text, cut, &all[n]);
        let alliance = talk.alliance.filter(|e| called(&self.local(*e).name, written));
        let others = || if written.eq_ignore_ascii_case("forum") { None } else { ruler().or_else(body) };
        // "Komite itu" is no club.
        let same = || {
            // "Alfa, lawan Beta dulu, bersama partai itu": Beta.
            let bodies = c & (cues.body_ref | cues.rule_ref) != 0 && self.here.len() < 2;
            let noun = written.split(' ').next().filter(|_| bodies)?;
            talk.headed(&self.here, locals, noun)
        };
        // "Organisasi itu" is an alliance only where no other body was named.
        let last = || talk.alliance.filter(|_| matches!(written, "organisasi" | "kelompok"));
        alliance.or_else(same).or_else(others).or_else(last)
    }
}

/// "Untuk Alfa, Beta sudah memblokir platform itu": what the sentence begins with.
fn fronted(all: &[Item], n: usize, cues: &Cues, locals: &Locals) -> Option<u32> {
    let [first, group, comma, ..] = all else { return None };
    let led = first.classes & (cues.oblique | cues.about | cues.upon) != 0 && n > 2;
    let firm = |m: &u32| locals.all[*m as usize].kind == EntityKind::Company;
    let alone = group.kind == Kind::Group && group.members.len() == 1 && group.members.iter().all(firm);
    (led && alone && comma.mark == b',').then(|| group.members[0])
}

/// The last item that may refer to others.
fn last(text: &str, cut: &Cut, all: &[Item], (seen, they): (Cue, bool), cues: &Cues) -> Option<usize> {
    let (refers, counts) = (cues.refers(), may_count(seen, cues));
    if seen & refers == 0 && !they && !counts {
        return None;
    }
    (0..all.len()).rev().find(|n| {
        let item = &all[*n];
        item.classes & refers != 0
            || they && is_they(text, cut, item)
            || counts && counted(text, cut, all, *n, cues).is_some()
    })
}

/// "mereka" or "perusahaan", which refer where somebody speaks.
#[inline]
fn is_they(text: &str, cut: &Cut, item: &Item) -> bool {
    let first = cut.tokens[item.from];
    let alone = item.kind == Kind::Word && item.to == item.from + 1;
    alone && matches!(first.end - first.start, 6 | 10) && {
        let written = word(text, cut, item);
        written.eq_ignore_ascii_case("mereka") || written.eq_ignore_ascii_case("perusahaan")
    }
}

/// Whether a quotation that began in the sentence is still open at an item.
fn is_quoted(text: &str, cut: &Cut, item: &Item) -> bool {
    cut.tokens[..item.from].iter().filter(|t| t.is_quote(text)).count() % 2 == 1
}

/// "Alfa mengatakan bahwa mereka", "Alfa dan Beta mengumumkan bahwa mereka": those who speak.
fn said_of_itself(text: &str, cut: &Cut, all: &[Item], n: usize, cues: &Cues) -> Option<Vec<u32>> {
    let written = word(text, cut, &all[n]);
    if !["mereka", "pihaknya", "negaranya", "negerinya"].iter().any(|w| written.eq_ignore_ascii_case(w)) {
        return None;
    }
    // "mengumumkan bahwa" may be one phrase of the data.
    let that = n > 1 && word(text, cut, &all[n - 1]).ends_with("bahwa");
    let own = !written.eq_ignore_ascii_case("mereka");
    let verb = |i: &Item| i.classes & (cues.oblique | cues.upon) == 0 && is_verb(word(text, cut, i));
    let says = |i: &Item| i.classes & cues.speech != 0 || (that || own) && verb(i);
    let verb = (n.saturating_sub(2)..n).rev().find(|m| says(&all[*m]))?;
    let adverbs =
        all[..verb].iter().rev().take_while(|i| i.kind == Kind::Word && i.classes & cues.adverb != 0);
    let mut at = verb.checked_sub(1 + adverbs.count())?;
    let mut who = Vec::new();
    // "Menurut Alfa, Beta mengumumkan bahwa pihaknya": Beta alone.
    let mut listed = false;
    while all[at].kind == Kind::Group {
        who.splice(0..0, all[at].members.iter().copied());
        let comma = |m: usize| all[m].mark == b',';
        let and = |m: usize| all[m].classes & cues.and != 0;
        let Some(mut before) = at.checked_sub(1).filter(|m| and(*m) || listed && comma(*m)) else {
            break;
        };
        listed = true;
        before -= usize::from(before > 0 && comma(before - 1));
        let Some(next) = before.checked_sub(1) else { break };
        at = next;
    }
    (!who.is_empty()).then_some(who)
}

/// "Perusahaan tersebut adalah Alfa, Beta dan Gama": those who are named, and not the one
/// told of.
fn names_several(all: &[Item], at: usize, cues: &Cues) -> bool {
    let group = |n: usize| all.get(n).is_some_and(|i| i.kind == Kind::Group);
    let joins = |i: &Item| i.classes & cues.and != 0 || i.mark == b',';
    all.get(at).is_some_and(|i| i.classes & (cues.copula | cues.like) != 0)
        && group(at + 1)
        && all.get(at + 2).is_some_and(joins)
        && (group(at + 3) || group(at + 4))
}

/// "Investor dimaksud adalah Alfa.": the one who is named there, and not the one told of.
fn names_one(all: &[Item], at: usize, cues: &Cues) -> bool {
    all.get(at).is_some_and(|i| i.classes & cues.copula != 0)
        && all[at - 1].classes & cues.that != 0
        && all.get(at + 1).is_some_and(|i| i.kind == Kind::Group)
        && all.get(at + 2).is_none_or(|i| i.kind == Kind::Mark)
}

/// Whether "antara lain" and names stand from `at` on.
fn names_some(all: &[Item], at: usize, cues: &Cues) -> bool {
    let comma = usize::from(all.get(at + 1).is_some_and(|i| i.mark == b','));
    all.get(at).is_some_and(|i| i.classes & cues.like != 0)
        && all.get(at + 1 + comma).is_some_and(|i| i.kind == Kind::Group)
}

/// Where "itu" ends the phrase of the noun at `n`, but not behind a verb: "perusahaan
/// menggandeng Beta untuk proyek itu".
fn phrase_end(text: &str, cut: &Cut, all: &[Item], n: usize, cues: &Cues) -> Option<usize> {
    let end = (n + 1..all.len().min(n + 6)).find(|m| all[*m].classes & cues.that != 0)?;
    let acts =
        |i: &Item| i.kind == Kind::Word && (i.classes & cues.company_verb != 0 || acts(text, cut, i, cues));
    let verb = (n + 1..end).find(|m| acts(&all[*m])).unwrap_or(end);
    // "raksasa Beta untuk proyek itu".
    let named = (n + 1..end).find(|m| all[*m].kind == Kind::Group).filter(|_| verb == end);
    let ends = cues.with | cues.upon | cues.oblique;
    if named.is_some_and(|m| all[m..end].iter().any(|i| i.kind == Kind::Word && i.classes & ends != 0)) {
        return None;
    }
    let which = |i: &Item| cut.tokens[i.from].is(text, "yang");
    (verb == end || all[n + 1..verb].iter().any(which)).then_some(end)
}

/// The two of "Alfa dan Beta", if the list ends with item `n` and has no more.
fn coordinated(all: &[Item], n: usize, cues: &Cues) -> Option<Vec<u32>> {
    let joins = |i: &Item| i.classes & cues.and != 0 || i.mark == b',';
    let first = n.checked_sub(2).map(|m| &all[m]).filter(|i| i.kind == Kind::Group)?;
    let two = all[n - 1].classes & cues.and != 0
        && (n < 3 || !joins(&all[n - 3]))
        && all.get(n + 1).is_none_or(|i| i.classes & cues.and == 0);
    match (&first.members[..], &all[n].members[..]) {
        ([a], [b]) if two && a != b => Some(vec![*a, *b]),
        ([a, b], []) | ([], [a, b]) if two && a != b => Some(vec![*a, *b]),
        _ => None,
    }
}

/// "antara perusahaan, Alfa, dan Beta", "antara perusahaan dan Alfa": the one told of.
fn is_bare_member(all: &[Item], n: usize, cues: &Cues) -> bool {
    let between = n > 0 && all[n - 1].classes & cues.between != 0;
    let next = all.get(n + 1).is_some_and(|i| i.kind == Kind::Mark || i.classes & cues.and != 0);
    between && next && all.get(n + 2).is_some_and(|i| i.kind == Kind::Group)
}

/// "Aliansi yang diprakarsai Alfa tersebut", "konsorsium besar itu".
fn is_that_alliance(all: &[Item], n: usize, cues: &Cues) -> bool {
    let opens = all[n].kind == Kind::Word && all[n].classes & cues.alliance_word != 0;
    let phrase = || all[n + 1..].iter().take(6).take_while(|i| i.kind != Kind::Mark);
    opens && phrase().skip(1).any(|i| i.kind == Kind::Word && i.classes & cues.that != 0)
}

/// Whether a noun is a part of a name.
fn called(name: &str, noun: &str) -> bool {
    name.split(' ').any(|part| part.eq_ignore_ascii_case(noun))
}

/// "klub itu", "tim asuhan Budi itu", "negara di Teluk itu".
fn is_that_one(text: &str, cut: &Cut, all: &[Item], n: usize, cues: &Cues) -> bool {
    let phrase = || all[n + 1..].iter().take(6).take_while(|i| i.kind != Kind::Mark);
    let Some(end) = phrase().position(|i| i.kind == Kind::Word && i.classes & cues.that != 0) else {
        return false;
    };
    let ends = cues.with | cues.verb_like | cues.clause;
    let plain = |i: &Item| {
        i.classes & ends == 0 && !is_verb(word(text, cut, i))
            || matches!(word(text, cut, i), "asal" | "asuhan")
    };
    all[n].kind == Kind::Word && phrase().take(end).all(plain)
}
