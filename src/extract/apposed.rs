//! What describes a name right before or behind it and can be left away: "perusahaan
//! asal Beta, Alfa", "Alfa, yang kini tumbuh pesat, menggandeng", "Alfa, anak usaha Beta,".

use super::EntityKind;
use super::cues::Cues;
use super::cut::Cut;
use super::extractor::Extractor;
use super::groups::Groups;
use super::item::{Item, Kind, word};
use super::locals::Locals;
use super::parts::is_verb;
use super::token::Shape;

/// How many words a lead-in may have behind its noun.
const LEAD_IN: usize = 7;
/// How many items a clause may have.
const CLAUSE: usize = 10;

/// Drops whose it is of "dengan salah satu sponsor mereka, Alfa".
pub(super) fn owners(text: &str, cut: &Cut, all: &mut Vec<Item>, cues: &Cues) {
    let verbal = cues.with | cues.and | cues.oblique | cues.clause | cues.verb_like | cues.agent | cues.upon;
    for n in (1..all.len().saturating_sub(2)).rev() {
        let noun = &all[n - 1];
        let owned = noun.kind == Kind::Word
            && noun.classes & verbal == 0
            && cut.tokens[noun.from].shape == Shape::Lower
            && !is_verb(word(text, cut, noun));
        let named = all[n + 2].kind == Kind::Group && !all[n + 2].reference;
        let mereka = all[n].reference && word(text, cut, &all[n]) == "mereka";
        if mereka && owned && named && all[n + 1].mark == b',' {
            all.drain(n..n + 2);
        }
    }
}

/// Drops the state of "Alfa Jepang dan Beta Korea": it only tells whence the body is.
pub(super) fn homes(all: &mut Vec<Item>, locals: &Locals) {
    let local = |m: u32| &locals.all[m as usize];
    let named = |i: &Item| i.kind == Kind::Group && !i.reference;
    // "Kementerian Pertahanan Alfa" is none of the news' own state.
    let native = |body: u32, home: u32| {
        let body = local(body);
        !body.state
            && local(home).state
            && (body.id.is_none() || body.kind != EntityKind::Government || body.home == local(home).id)
    };
    for n in (1..all.len()).rev() {
        let (body, home) = (&all[n - 1], &all[n]);
        if !named(body) || !named(home) || body.to != home.from {
            continue;
        }
        if let ([b], [h]) = (&body.members[..], &home.members[..])
            && native(*b, *h)
        {
            let to = home.to;
            all.remove(n);
            all[n - 1].extend(to);
        }
    }
}

/// Drops the noun phrase of "dengan perusahaan asal Beta, Alfa": it is Alfa.
pub(super) fn lead_ins(text: &str, cut: &Cut, all: &mut Vec<Item>, locals: &Locals, cues: &Cues) {
    let comma = |i: &Item| i.kind == Kind::Mark && i.mark == b',';
    let ends = cues.clause | cues.with | cues.and | cues.like | cues.negated | cues.speech | cues.source;
    let mut n = 0;
    while n + 3 < all.len() {
        n += 1;
        let at = n - 1;
        if all[at].kind != Kind::Word || all[at].classes & cues.company_word == 0 {
            continue;
        }
        let plain = |i: &&Item| {
            let verb = i.classes & cues.not_verb == 0
                && (i.classes & cues.verb_like != 0 || is_verb(word(text, cut, i)));
            // "salah satu sponsor mereka, Alfa".
            i.reference || i.kind == Kind::Word && i.classes & ends == 0 && !verb
        };
        let end = at + 1 + all[at + 1..].iter().take(LEAD_IN).take_while(plain).count();
        let one = all.get(end + 1).is_some_and(|i| {
            i.kind == Kind::Group && i.members.len() == 1 && !locals.all[i.members[0] as usize].state
        });
        if !all.get(end).is_some_and(comma) || !one {
            continue;
        }
        // "salah satu bank terbesar di Beta, Alfa".
        let one_of = |i: &&Item| matches!(word(text, cut, i), "salah satu" | "salah" | "satu" | "sebuah");
        let ones = all[..at].iter().rev().take(2).take_while(one_of).count();
        // "serta satu bank, Alfa": the last of a list.
        let last = ones > 0 && all[..at - ones].last().is_some_and(|i| i.classes & cues.and != 0);
        if end == at + 1 && !last {
            continue;
        }
        let at = at - ones;
        match at.checked_sub(1).map(|p| &all[p]) {
            // "Perusahaan asal Beta, Alfa, menggandeng".
            None if all.get(end + 2).is_some_and(comma) => drop(all.drain(end + 2..end + 3)),
            None => continue,
            // "Menurut perusahaan asal Beta, Alfa naik".
            // "Alfa selaku pengelola kawasan, Beta".
            Some(p) if p.classes & cues.copula != 0 && at > 1 && all[at - 2].kind == Kind::Group => continue,
            Some(p)
                if p.kind == Kind::Mark || p.classes & (cues.source | cues.speech | cues.place_prep) != 0 =>
            {
                continue;
            }
            Some(_) => {}
        }
        all.drain(at..=end);
    }
}

/// Drops the person of "Budi Cita dari Alfa", "Budi Cita (Alfa)" and "Budi Cita, Ketua
/// Alfa" or "selaku Ketua Alfa", who stands for Alfa.
pub(super) fn delegates(text: &str, cut: &Cut, all: &mut Vec<Item>, locals: &Locals, cues: &Cues) {
    let words = |i: &Item| i.kind == Kind::Word && i.to > i.from + 1;
    if !all.iter().any(|i| words(i) && cut.tokens[i.from].is_name_like()) {
        return;
    }
    let mut n = 0;
    while n + 2 < all.len() {
        // As most: neither a person of several words nor right before a body.
        if all[n].to == all[n].from + 1 && all[n + 2].kind != Kind::Group {
            n += 1;
            continue;
        }
        if let Some((body, end)) = bearer_of(text, cut, all, n, cues) {
            let to = all[end].to;
            all[body].extend(to);
            all.drain(body + 1..=end);
            all.drain(n..body);
            continue;
        }
        let (person, body) = (&all[n], &all[n + 2]);
        if body.kind != Kind::Group {
            n += 1;
            continue;
        }
        let one = body.kind == Kind::Group
            && body.members.len() == 1
            && !locals.all[body.members[0] as usize].state;
        let named = || {
            let name = &cut.tokens[person.from..person.to];
            person.kind == Kind::Word && name.len() > 1 && name.iter().all(|t| t.is_name_like())
        };
        if one && person.classes == 0 && word(text, cut, &all[n + 1]) == "dari" && named() {
            all.drain(n..n + 2);
        }
        n += 1;
    }
}

/// Joins an initial with the name behind it: "M Budi Cita".
pub(super) fn initials(cut: &Cut, all: &mut Vec<Item>) {
    let initial = |i: &Item| {
        let token = cut.tokens[i.from];
        i.kind == Kind::Word && i.to == i.from + 1 && token.end - token.start == 1 && token.is_name_like()
    };
    for n in (1..all.len()).rev() {
        let next = &all[n];
        if next.kind == Kind::Word && cut.tokens[next.from].is_name_like() && initial(&all[n - 1]) {
            let to = next.to;
            all[n - 1].extend(to);
            all.remove(n);
        }
    }
}

/// The body of the person at an item, and the last item of what is said of both.
fn bearer_of(text: &str, cut: &Cut, all: &[Item], n: usize, cues: &Cues) -> Option<(usize, usize)> {
    let person = &all[n];
    if person.to == person.from + 1 {
        return None;
    }
    let is = |n: usize, mark: u8| all.get(n).is_some_and(|i| i.mark == mark);
    let group = |n: usize| all.get(n).is_some_and(|i| i.kind == Kind::Group && !i.reference);
    let name = &cut.tokens[person.from..person.to];
    let named = person.kind == Kind::Word && name.len() > 1 && name.iter().all(|t| t.is_name_like());
    if !named || person.classes & !(cues.given_name) != 0 {
        return None;
    }
    if is(n + 1, b'(') && group(n + 2) && is(n + 3, b')') {
        return Some((n + 2, n + 3));
    }
    // "Budi Cita selaku Ketua Alfa".
    let plays = all.get(n + 1).is_some_and(|i| word(text, cut, i) == "selaku");
    if !is(n + 1, b',') && !plays {
        return None;
    }
    let titles = all[n + 2..].iter().take(3).take_while(|i| {
        let title = i.classes & (cues.person_title | cues.company_title | cues.title_area) != 0;
        i.kind == Kind::Word && (title || super::looks::is_roman(word(text, cut, i)))
    });
    let titles = titles.count();
    let body = n + 2 + titles;
    // In a list of such: another person follows, or has stood before.
    let then_and = is(body + 1, b',') && all.get(body + 2).is_some_and(|i| i.classes & cues.and != 0);
    let closed = is(body + 1, b';') || is(body + 1, b'.') || all.get(body + 1).is_none();
    let joined = all.get(body + 1).is_some_and(|i| i.classes & (cues.and | cues.with) != 0);
    let begun = n == 0 || all[n - 1].classes & (cues.and | cues.with) != 0 || is(n - 1, b';');
    (titles > 0 && group(body) && (plays || closed && begun || joined || then_and || is(body + 1, b';')))
        .then_some((body, body))
}

/// Drops ", yang kini tumbuh pesat," behind a name, if it tells of nobody.
pub(super) fn clauses(x: &Extractor, text: &str, cut: &Cut, all: &mut Vec<Item>, mut groups: Groups) {
    if !cut.has(b',') {
        return;
    }
    let mut from = 0;
    loop {
        let at = groups.next(from);
        if at + 4 >= all.len() {
            return;
        }
        from = at + 1;
        if all[at + 1].mark != b',' || all[at].kind != Kind::Group || word(text, cut, &all[at + 2]) != "yang"
        {
            continue;
        }
        let silent = |i: &&Item| matches!(i.kind, Kind::Word | Kind::Date(..)) && i.classes & x.triggers == 0;
        let close = at + 3 + all[at + 3..].iter().take(CLAUSE).take_while(silent).count();
        if all.get(close).is_some_and(|i| i.mark == b',') {
            // A list goes on behind it.
            let listed = all.get(close + 1).is_some_and(|i| i.kind == Kind::Group);
            let to = all[close - 1].to;
            all[at].extend(to);
            all.drain(at + 1..close + usize::from(!listed));
            groups = groups.renewed(all);
        }
    }
}

/// Drops "…, anak usaha Y, …" after a name.
pub(super) fn apposition(cut: &Cut, all: &mut Vec<Item>, mut groups: Groups, cues: &Cues) {
    if !cut.has(b',') {
        return;
    }
    let mut from = 0;
    loop {
        let n = groups.next(from);
        if n + 2 >= all.len() {
            return;
        }
        from = n + 1;
        let opens = all[n].kind == Kind::Group
            && all[n + 1].mark == b','
            && all[n + 2].classes & cues.company_word != 0;
        if opens {
            let close = (n + 3..(n + 14).min(all.len())).find(|m| all[*m].mark == b',');
            let verbs = |r: &[Item]| r.iter().any(|i| i.classes & cues.with != 0);
            // "Alfa, aplikasi pesaing Beta,": that tells of both.
            let peers = |r: &[Item]| {
                r.windows(2).any(|w| w[0].classes & cues.peer_word != 0 && w[1].kind == Kind::Group)
            };
            // "Alfa, perusahaan yang dihukum oleh Beta," as well.
            let suffers = |r: &[Item]| {
                let agent = r.iter().position(|i| i.classes & cues.agent != 0);
                agent.is_some_and(|at| r[at..].iter().any(|i| i.kind == Kind::Group))
            };
            let tells = |c: &usize| {
                let said = &all[n + 2..*c];
                verbs(said) || peers(said) || suffers(said)
            };
            if let Some(close) = close.filter(|c| !tells(c)) {
                let to = all[close].to;
                all.drain(n + 1..=close);
                all[n].extend(to);
                groups = groups.renewed(all);
            }
        }
    }
}
