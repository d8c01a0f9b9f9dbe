//! What stands behind a name inside a list and only describes it: "Alfa sebesar 20
//! persen, Beta asal Gama, dan Delta yang berbasis di Epsilon".

use super::cues::Cues;
use super::cut::{Cut, Run};
use super::extractor::Extractor;
use super::group::merged;
use super::groups::Groups;
use super::item::{Item, Kind, word};
use super::known::Sort;
use super::parts::is_verb;
use super::token::Shape;

/// How many items such a description may have.
const MOST: usize = 9;
/// How many items a sum's figures may have, as "Rp 1.250.000.000,00 miliar".
const FIGURES: usize = 14;
/// How many the brackets behind it may have: "(dua miliar rupiah)".
const SPELT_OUT: usize = 16;

/// Drops them, and the brackets around names that a noun stands for: "tiga bank
/// (Alfa, Beta, Gama)".
pub(super) fn trims(x: &Extractor, text: &str, cut: &Cut, all: &mut Vec<Item>, mut groups: Groups) {
    let cues = &x.cues;
    let brackets = cut.has(b'(');
    let mut from = 0;
    loop {
        let n = if brackets { from } else { groups.next(from) };
        if n + 1 >= all.len() {
            return;
        }
        from = n + 1;
        if all[n].kind == Kind::Group && all[n + 1].kind == Kind::Mark {
            // As it stands behind most names: no description begins with a mark.
            if n > 0 && all[n - 1].classes & cues.and != 0 && in_state(x, text, cut, all, n) {
                let to = all[n + 2].to;
                all.drain(n + 1..n + 3);
                all[n].extend(to);
            }
        } else if all[n].kind == Kind::Group {
            let end = share(text, cut, all, n + 1, cues)
                .or_else(|| base(cut, all, n + 1, cues))
                .or_else(|| part_played(x, text, cut, all, n + 1))
                .or_else(|| seat(x, cut, all, n + 1))
                .or_else(|| sum(text, cut, all, n + 1, cues))
                .or_else(|| dated(text, cut, all, n + 1, cues))
                .or_else(|| model(cut, all, n + 1, cues));
            if let Some(end) = end {
                let to = all[end - 1].to;
                all.drain(n + 1..end);
                all[n].extend(to);
            }
        } else if brackets
            && all[n].classes & (cues.company_word | cues.bearer_noun) != 0
            && let Some((open, close)) = bracketed(text, cut, all, n + 1, cues)
        {
            all[open].members = merged(all[open + 1..close].iter()).into();
            let to = all[close].to;
            all[open].kind = Kind::Group;
            all[open].extend(to);
            all.drain(open + 1..=close);
        }
        groups = groups.renewed(all);
    }
}

/// "dan Universitas Alfa, Jepang telah menjalin": behind a list's last name stands where it is.
fn in_state(x: &Extractor, text: &str, cut: &Cut, all: &[Item], n: usize) -> bool {
    let cues = &x.cues;
    let state = |i: &Item| {
        let names = |r: &Run| r.from == i.from && r.known.is_some_and(|id| x.known[id as usize].state);
        i.kind == Kind::Group && !i.reference && i.members.len() == 1 && cut.runs.iter().any(names)
    };
    let acts = |i: &Item| {
        let verb = cues.adverb | cues.verb_like | cues.company_verb | cues.planned;
        i.kind == Kind::Word && (i.classes & verb != 0 || is_verb(word(text, cut, i)))
    };
    all[n + 1].mark == b','
        && !state(&all[n])
        && all.get(n + 2).is_some_and(state)
        && all.get(n + 3).is_some_and(acts)
        && (all[0].classes & (cues.same_subject | cues.clause | cues.oblique | cues.with) == 0
            // "Sementara itu, Beta dan Universitas Alfa, Jepang telah menjalin".
            || all[..n].iter().any(|i| i.mark == b','))
}

/// Drops those at a list's end who are not named: "Alfa dan 35 bank asal Gama lainnya".
pub(super) fn unnamed(text: &str, cut: &Cut, all: &mut Vec<Item>, groups: Groups, cues: &Cues) {
    let mut end = all.len();
    while let Some(n) = groups.before(end) {
        end = n;
        if all[n].kind != Kind::Group {
            continue;
        }
        let comma = usize::from(all.get(n + 1).is_some_and(|i| i.mark == b','));
        let and = n + 1 + comma;
        if !all.get(and).is_some_and(|i| i.classes & cues.and != 0) {
            continue;
        }
        let ends = |i: &Item| {
            let written = word(text, cut, i);
            written == "lain" || written.ends_with(" lain") || written.ends_with("lainnya")
        };
        let close = (and..all.len().min(and + MOST)).find(|m| ends(&all[*m]));
        let silent =
            |i: &Item| i.kind == Kind::Word && i.classes & (cues.with | cues.clause | cues.verb_like) == 0;
        if let Some(close) = close.filter(|close| all[and..*close].iter().all(silent)) {
            let to = all[close].to;
            all.drain(n + 1..=close);
            all[n].extend(to);
        }
    }
}

/// Whether a list may go on at an item, or ends there.
fn ends_part(all: &[Item], at: usize, cues: &Cues) -> bool {
    all.get(at).is_none_or(|i| matches!(i.mark, b',' | b'.' | b';' | b')') || i.classes & cues.and != 0)
}

/// Whether a list goes on behind what ends at an item, with a name among so many items.
fn goes_on(all: &[Item], end: usize, within: usize, cues: &Cues) -> bool {
    let on = all.get(end).is_some_and(|i| i.classes & cues.and != 0 || i.mark == b',');
    on && all[end + 1..].iter().take(within).any(|i| i.kind == Kind::Group)
}

/// The end of "dengan porsi kepemilikan 38 persen", "sebesar 25%", "51,37%".
fn share(text: &str, cut: &Cut, all: &[Item], from: usize, cues: &Cues) -> Option<usize> {
    let first = &all[from];
    let opens =
        first.classes & (cues.with | cues.share) != 0 || cut.tokens[first.from].shape == Shape::Number;
    if !opens {
        return None;
    }
    let last = (from..all.len().min(from + MOST))
        .take_while(|n| {
            matches!(all[*n].kind, Kind::Word | Kind::Mark) && (*n == from || all[*n].mark != b',')
        })
        .find(|n| matches!(word(text, cut, &all[*n]), "%" | "persen"))?;
    let number = cut.tokens[all[last - 1].from].shape == Shape::Number;
    let end = last + 1 + usize::from(all.get(last + 1).is_some_and(|i| word(text, cut, i) == "saham"));
    (number && ends_part(all, end, cues) && all.get(end).is_some_and(|i| i.mark != b'.')).then_some(end)
}

/// The end of "yang berbasis di Gama", "asal Gama", if the list goes on behind it.
fn base(cut: &Cut, all: &[Item], from: usize, cues: &Cues) -> Option<usize> {
    if all[from].classes & cues.within_noun == 0 {
        return None;
    }
    let place = from + 1;
    let first = all.get(place)?;
    let capital = cut.tokens[first.from].is_name_like();
    let mut end = (place + 1..all.len().min(place + 4)).find(|n| ends_part(all, *n, cues))?;
    let plain = all[place + 1..end].iter().all(|i| matches!(i.kind, Kind::Word | Kind::Date(..)));
    // "di Gama, Delta, dan Epsilon Jaya": the province is no entry of its own.
    let wide = |n: usize| {
        let comma = all.get(n).is_some_and(|i| i.mark == b',');
        let next = all.get(n + 1).is_some_and(|i| i.kind == Kind::Word && cut.tokens[i.from].is_name_like());
        comma && next && ends_part(all, n + 2, cues)
    };
    while wide(end) {
        end += 2;
    }
    (capital && plain && goes_on(all, end, 3, cues)).then_some(end)
}

/// The end of "selaku penyedia jaringan", "yang menyediakan lahan", if the list goes
/// on behind it and it tells of nobody.
fn part_played(x: &Extractor, text: &str, cut: &Cut, all: &[Item], from: usize) -> Option<usize> {
    if all[from].classes & x.cues.part_played == 0 {
        return None;
    }
    // "yang punya 1.200 cabang": a mark inside a figure ends nothing.
    let figure = |n: usize| {
        let number = |n: usize| cut.tokens[all[n].from].shape == Shape::Number;
        number(n - 1) && all.get(n + 1).is_some_and(|i| cut.tokens[i.from].glued && number(n + 1))
    };
    let ends = |n: &usize| ends_part(all, *n, &x.cues) && !figure(*n);
    let end = (from + 1..all.len().min(from + MOST)).find(ends)?;
    // "selaku tuan rumah": "selaku" only tells what part somebody plays, and so does "sebagai"
    // where the next one plays a part too.
    let also = (end + 1..all.len().min(end + 5)).find(|n| all[*n].kind == Kind::Group);
    let parallel = also.is_some_and(|n| {
        all.get(n + 1).is_some_and(|i| {
            i.classes & x.cues.part_played != 0 && !matches!(word(text, cut, i), "yang" | "melalui" | "lewat")
        })
    });
    let named = word(text, cut, &all[from]);
    let plays = named == "selaku" || parallel && !matches!(named, "yang" | "melalui" | "lewat");
    let silent = |i: &Item| {
        (matches!(i.kind, Kind::Word | Kind::Date(..)) || matches!(i.mark, b'.' | b','))
            && (plays || named == "yang" || i.classes & x.triggers == 0)
    };
    let next = (end + 1..all.len().min(end + 6)).find(|n| all[*n].kind == Kind::Group)?;
    let nouns = x.cues.company_word | x.cues.bearer_noun | x.cues.peer_noun | x.cues.title_area;
    let fits = |i: &Item| {
        i.classes & (x.cues.and | nouns) != 0 || i.kind == Kind::Word && i.classes & !x.cues.common == 0
    };
    let listed = all[end + 1..next].iter().all(fits);
    let on = goes_on(all, end, 5, &x.cues);
    (all[from..end].iter().all(silent) && listed && on).then_some(end)
}

/// The end of "Kabupaten Gama", "Cabang Gama", "Gama": where a body is.
fn seat(x: &Extractor, cut: &Cut, all: &[Item], from: usize) -> Option<usize> {
    let first = all[from].from;
    let capital = |n: usize| all.get(n).is_some_and(|i| cut.tokens[i.from].is_name_like());
    let place = |r: &&Run| {
        r.from == first
            && r.local.is_none()
            && r.known.is_some_and(|id| matches!(x.known[id as usize].sort, Sort::Place))
    };
    if all[from].kind != Kind::Word || !capital(from) {
        return None;
    }
    let known = cut.runs.iter().any(|r| place(&r));
    if !known && cut.classes[first] & x.cues.branch == 0 {
        return None;
    }
    let plain = |i: &&Item| i.kind == Kind::Word && i.classes == 0 && cut.tokens[i.from].is_name_like();
    let words = if known { 0 } else { all[from + 1..].iter().take(3).take_while(plain).count() };
    let end = from + 1 + words;
    // ", Jawa Tengah,": the province.
    let comma = |n: usize| all.get(n).is_some_and(|i| i.mark == b',');
    let province = comma(end) && comma(end + 2) && all[end + 1].kind == Kind::Word && capital(end + 1);
    (known || words > 0).then_some(if province { end + 3 } else { end })
}

/// The end of "500 juta euro", "sebesar Rp2 miliar (dua miliar rupiah)", "18 pelanggaran", if
/// the list goes on behind it.
fn sum(text: &str, cut: &Cut, all: &[Item], from: usize, cues: &Cues) -> Option<usize> {
    let written = |n: usize| all.get(n).map_or("", |i| word(text, cut, i));
    let from = from + usize::from(matches!(written(from), "sebesar" | "senilai" | "sejumlah"));
    let first = cut.tokens[all.get(from)?.from];
    let money = match first.shape {
        Shape::Lower | Shape::Mark => false,
        Shape::Number => true,
        _ => first.text(text).starts_with("Rp") || first.text(text).starts_with("US"),
    };
    let counted = money || all[from].classes & cues.count != 0 || written(from) == "satu";
    let things = counted && matches!(written(from + 1), "pelanggaran" | "poin" | "rute" | "penerbangan");
    if !money && !things {
        return None;
    }
    let number = |n: usize| all.get(n).is_some_and(|i| cut.tokens[i.from].shape == Shape::Number);
    let figure = |n: &usize| {
        // "1,7 miliar", "2.500.000".
        let digits = matches!(all[*n].mark, b',' | b'.') && (n - 1 == from || number(n - 1)) && number(n + 1);
        let glued = || cut.tokens[all[n + 1].from].glued;
        all[*n].classes & cues.amount != 0 || number(*n) || written(*n) == "$" || digits && glued()
    };
    let whole = first.shape != Shape::Number && first.text(text).len() > 4;
    let end = match things {
        true => from + 2,
        false => from + 1 + (from + 1..all.len()).take(FIGURES).take_while(figure).count(),
    };
    let close = all
        .get(end)
        .filter(|i| i.mark == b'(')
        .and_then(|_| (end + 1..all.len().min(end + SPELT_OUT)).find(|n| all[*n].mark == b')'));
    let end = close.map_or(end, |n| n + 1);
    let and = all.get(end + 1).is_some_and(|i| i.classes & cues.and != 0);
    ((whole || end > from + 1) && goes_on(all, end, 1 + usize::from(and), cues)).then_some(end)
}

/// The end of "pada 1979", if the list goes on behind it.
fn dated(text: &str, cut: &Cut, all: &[Item], from: usize, cues: &Cues) -> Option<usize> {
    if !matches!(word(text, cut, &all[from]), "pada" | "sejak" | "tahun" | "mulai" | "per") {
        return None;
    }
    let year = from + 1 + usize::from(all.get(from + 1).is_some_and(|i| word(text, cut, i) == "tahun"));
    let date = all.get(year).is_some_and(|i| matches!(i.kind, Kind::Date(..)));
    (date && goes_on(all, year + 1, 2, cues)).then_some(year + 1)
}

/// The end of what a maker's product is called, if another maker follows: "Alfa X1 dan
/// Beta Y2".
fn model(cut: &Cut, all: &[Item], from: usize, cues: &Cues) -> Option<usize> {
    let called = |i: &Item| {
        let first = cut.tokens[i.from];
        i.kind == Kind::Word && i.classes == 0 && (first.is_name_like() || first.shape == Shape::Number)
    };
    if !called(&all[from]) {
        return None;
    }
    let person = from > 1 && all[from - 2].classes & cues.person_title != 0;
    let end = (from + 1..all.len().min(from + 3)).find(|n| ends_part(all, *n, cues))?;
    (all[from - 1].members.len() == 1
        && all[from..end].iter().all(called)
        && goes_on(all, end, 1, cues)
        && !person
        && !all[from - 1].leader)
        .then_some(end)
}

/// A bracket that has names alone in it, right behind a noun or "perusahaan asal Gama".
fn bracketed(text: &str, cut: &Cut, all: &[Item], from: usize, cues: &Cues) -> Option<(usize, usize)> {
    let at = (from..all.len().min(from + 4)).find(|n| all[*n].mark == b'(')?;
    let from = from + usize::from(all[from].classes & cues.within_noun != 0);
    // "dua negara tetangga (Alfa dan Beta)".
    let ends = cues.verb_like | cues.with | cues.clause | cues.oblique;
    let plain = |i: &Item| i.classes & ends == 0 && !is_verb(word(text, cut, i));
    let place = |i: &Item| i.kind == Kind::Word && (cut.tokens[i.from].is_name_like() || plain(i));
    if !all[from.min(at)..at].iter().all(place) {
        return None;
    }
    let close = (at + 1..all.len()).find(|n| all[*n].mark == b')')?;
    let names = all[at + 1..close].iter().filter(|i| i.kind == Kind::Group).count();
    let only = all[at + 1..close]
        .iter()
        .all(|i| i.kind == Kind::Group || i.classes & cues.and != 0 || matches!(i.mark, b',' | b';'));
    (only && names > 1).then_some((at, close))
}
