//! Names that a sentence has for sources, places and attributes: they are no actors.

use super::EntityKind;
use super::classes::Cue;
use super::cues::Cues;
use super::cut::Cut;
use super::extractor::Extractor;
use super::group::merged;
use super::groups::Groups;
use super::item::{Item, Kind, word};
use super::locals::Locals;
use super::parts::{acts, is_verb};
use super::teams::NATIONAL;
use super::token::Shape;

/// What strikes for the state whose it is.
const ARMS: [&str; 10] = [
    "jet tempur",
    "pesawat tempur",
    "pesawat nirawak",
    "kapal perang",
    "kapal selam",
    "helikopter",
    "drone",
    "rudal",
    "roket",
    "tank",
];

/// What is told of a body's seat.
const SEATED: [&str; 8] =
    ["berlokasi", "berbasis", "bermarkas", "berkantor", "terletak", "berpusat", "berkedudukan", "berada"];

/// Sources, places and attributes are no actors. The items have at most the cues `seen`.
pub(super) fn demote(
    x: &Extractor,
    text: &str,
    cut: &Cut,
    all: &mut [Item],
    (seen, groups): (Cue, Groups),
    locals: &Locals,
) {
    let cues = &x.cues;
    let mut source = 0;
    let told = seen & cues.source != 0;
    let mut from = 0;
    loop {
        let n = if told { from } else { groups.next(from) };
        if n >= all.len() {
            return;
        }
        from = n + 1;
        if !told && all[n].kind != Kind::Group {
            continue;
        }
        if all[n].classes & cues.source != 0 {
            // "Alfa dilaporkan menggandeng Beta": what is reported of it follows.
            let verb = cues.verb_like | cues.company_verb;
            // "dilaporkan bermusuhan dengan Beta" as well.
            let passive = word(text, cut, &all[n]).starts_with("di");
            let does = |i: &Item| {
                i.classes & verb != 0 || passive && i.classes & x.triggers != 0 && acts(text, cut, i, cues)
            };
            let told = all.get(n + 1).is_some_and(|i| i.kind == Kind::Word && does(i));
            source = if told { 0 } else { 3 };
            continue;
        }
        if source > 0 && all[n].kind == Kind::Mark && all[n].mark == b',' {
            source = 0;
        }
        if all[n].kind != Kind::Group {
            if source > 0
                && all[n].classes & cues.source == 0
                && !matches!(word(text, cut, &all[n]), "dari" | "oleh")
            {
                // "Laporan itu menyebut Alfa": it tells of Alfa.
                // "Dalam siaran pers menggandeng Alfa" as well.
                let does = word(text, cut, &all[n]).starts_with("me") && acts(text, cut, &all[n], cues);
                let says = does || all[n].classes & (cues.that | cues.reporting) != 0;
                source = if says { 0 } else { source - 1 };
            }
            continue;
        }
        if source > 0 {
            all[n].kind = Kind::Word;
            continue;
        }
        let state = all[n].members.iter().all(|m| locals.all[*m as usize].state) && !all[n].reference;
        if state && is_ruled(cut, all, n, cues) && bracketed(all, n, locals) {
            all[n].members = all[n + 2].members.clone();
        } else if state
            && !is_counted(all, n, cues)
            && !is_joined(text, cut, all, n, locals, cues)
            && describes(x, text, cut, all, n, locals)
        {
            let bearer = cues.bearer_noun | cues.company_word;
            // "satu entitas dari Alfa, Beta, dan Gama".
            let from = usize::from(n > 1 && word(text, cut, &all[n - 1]) == "dari");
            // "warga Alfa dan Beta": those of both.
            let head = n.checked_sub(1 + from).map(|b| all[b].classes);
            let people = head.is_some_and(|h| h & bearer != 0 && h & cues.crowd != 0);
            let borne = head.is_some_and(|h| h & bearer != 0) && !people;
            let onto = n > 0 && all[n - 1].classes & cues.oblique != 0 && is_attribute(x, text, cut, all, n);
            // "timnas Alfa dan Beta": teams of both.
            let head = |h: &&str| h.trim_end().eq_ignore_ascii_case(word(text, cut, &all[n - 1]));
            let teams = n > 0 && NATIONAL.iter().any(head);
            all[n].kind = Kind::Word;
            // "Republik Alfa (RA)".
            let short = all.get(n + 2).is_some_and(|i| i.members == all[n].members);
            if short && all[n + 1].mark == b'(' {
                all[n + 2].kind = Kind::Word;
            }
            if borne || people || onto || teams {
                beside(all, n, borne, locals, cues);
            }
        }
    }
}

/// "antara dua raksasa ekonomi Alfa dan Beta": the two counted are named from `n` on.
fn is_counted(all: &[Item], n: usize, cues: &Cues) -> bool {
    let pair = all.get(n + 1).is_some_and(|i| i.classes & cues.and != 0)
        && all.get(n + 2).is_some_and(|i| i.kind == Kind::Group);
    let between = || (n.saturating_sub(5)..n).rfind(|m| all[*m].classes & cues.between != 0);
    pair && between().is_some_and(|m| {
        let words = all[m + 1..n].iter().all(|i| i.kind == Kind::Word);
        words && m + 1 < n && all[m + 1].classes & cues.count != 0
    })
}

/// "berada di Alfa bersama Beta", "keanggotaan Beta di Alfa", where Alfa is a bloc: no place.
fn is_joined(text: &str, cut: &Cut, all: &[Item], n: usize, locals: &Locals, cues: &Cues) -> bool {
    let bloc = || all[n].members.iter().all(|m| locals.all[*m as usize].union);
    let Some(before) = n.checked_sub(1).map(|p| &all[p]).filter(|b| is_at(text, cut, b, cues) && bloc())
    else {
        return false;
    };
    let membership = |i: &Item| i.classes & cues.membership != 0;
    word(text, cut, before).contains(' ') || all[n.saturating_sub(4)..n].iter().any(membership)
}

/// "di", "yang berada di".
fn is_at(text: &str, cut: &Cut, item: &Item, cues: &Cues) -> bool {
    item.classes & cues.place_prep != 0 || word(text, cut, item).ends_with(" di")
}

/// Whether the state at `n` only describes what stands before it.
fn is_attribute(x: &Extractor, text: &str, cut: &Cut, all: &[Item], n: usize) -> bool {
    let cues = &x.cues;
    let before = n.checked_sub(1).map(|p| &all[p]);
    // "serangan besar Alfa": an adjective after a trigger; "bank Alfa" is a bank, though.
    let head = before.is_some_and(|b| b.classes & cues.company_head != 0);
    let plain = before.is_some_and(|b| b.classes & !cues.title_area == 0);
    // "mitra dagang terbesar kedua Alfa": two of them.
    let more = || n > 2 && all[n - 2].kind == Kind::Word && all[n - 2].classes & !cues.title_area == 0;
    let triggered = || {
        !head
            && plain
            && n > 1
            && (all[n - 2].classes & x.triggers != 0 || more() && all[n - 3].classes & x.triggers != 0)
    };
    // "Bahkan Alfa": a sentence's first word is not what Alfa describes.
    let opener = n == 1 && plain;
    let verb = || {
        before.is_some_and(|b| {
            let first = cut.tokens[b.from];
            let word = first.text(text);
            // "Alfa Tegaskan Beta Siap": verbs of headlines have no prefix.
            let bare = cut.headline
                && word.len() > 6
                && word.ends_with("kan")
                && !word.starts_with("Ke")
                && !word.starts_with("Pe");
            b.classes & cues.not_verb == 0
                && !is_at(text, cut, b, cues)
                && (bare || first.shape == Shape::Lower && is_verb(word))
        })
    };
    // "diblokir di Alfa, Beta, dan Gama": the states that do it.
    let shut = || {
        n > 1
            && before.is_some_and(|b| b.classes & cues.place_prep != 0)
            && all[n - 2].classes & cues.shut_out != 0
    };
    // "keengganan Alfa untuk menyerang": who would do it.
    let purpose = || {
        before.is_some_and(|b| b.is_nominal(text, cut, cues))
            && all.get(n + 1).is_some_and(|i| word(text, cut, i) == "untuk")
    };
    // "Jet tempur Alfa menyerang Beta": its arms strike for it.
    let strikes = || {
        let does = |i: &&Item| i.kind == Kind::Word && i.classes & cues.adverb == 0;
        all[n + 1..].iter().find(does).is_some_and(|i| i.classes & x.triggers != 0)
            && before.is_some_and(|b| ARMS.iter().any(|w| word(text, cut, b).eq_ignore_ascii_case(w)))
    };
    before.is_some_and(|b| {
        let bears = cues.company_word
            | cues.product_word
            | cues.company_head
            | cues.organisation_head
            | cues.oblique
            | cues.area_word;
        b.kind == Kind::Word
            // "sanksi ke-19 Alfa".
            && cut.tokens[b.from].shape != Shape::Number
            && b.classes & (cues.attributive_ok | cues.and | cues.with | cues.government_word) == 0
            && (plain || b.classes & bears != 0 || is_at(text, cut, b, cues))
    }) && !opener
        && !triggered()
        && !purpose()
        && !strikes()
        && !shut()
        && !is_hit(all, n, cues)
        && !verb()
}

/// "pejabat Alfa menjatuhkan": who acts for the state at `n`.
fn is_official(text: &str, cut: &Cut, all: &[Item], n: usize, cues: &Cues) -> bool {
    let does = |i: &Item| word(text, cut, i).starts_with("me") && acts(text, cut, i, cues);
    let next = all[n + 1..].iter().find(|i| i.kind != Kind::Word || i.classes & cues.adverb == 0);
    word(text, cut, &all[n - 1]).eq_ignore_ascii_case("pejabat") && next.is_some_and(does)
}

/// Whether the state at `n` only tells whence or where somebody or something is.
fn describes(x: &Extractor, text: &str, cut: &Cut, all: &[Item], n: usize, locals: &Locals) -> bool {
    let cues = &x.cues;
    let before = n.checked_sub(1).map(|p| &all[p]);
    // "Alfa (Korea Selatan)": where it is.
    let seat = || {
        n > 1
            && all[n - 1].mark == b'('
            && all.get(n + 1).is_some_and(|i| i.mark == b')')
            && all[n - 2].kind == Kind::Word
            && cut.tokens[all[n - 2].from].is_name_like()
    };
    // "Otoritas Gama (OG) Alfa": whose body it is.
    let tail = || {
        let body = |m: &u32| {
            let l = &locals.all[*m as usize];
            !l.state && matches!(l.kind, EntityKind::Government | EntityKind::Organisation)
        };
        n > 2
            && all[n - 1].mark == b')'
            && all[n - 3].mark == b'('
            && all[n - 2].kind == Kind::Group
            && all[n - 2].members.iter().all(body)
    };
    // "di Kota Beta, Alfa.": whose town it is.
    let sits = || {
        n > 2 && {
            // "yang berbasis di" is one phrase of the data.
            let told = all[n.saturating_sub(4)..n - 2].iter().flat_map(|i| word(text, cut, i).split(' '));
            told.into_iter().any(|word| SEATED.contains(&word))
        }
    };
    let town = || {
        n > 2
            && all[n - 1].mark == b','
            && all[n - 2].kind == Kind::Word
            && cut.tokens[all[n - 2].from].is_name_like()
            // "di Gama, Alfa": two states are no town and its state.
            && !all[n - 2].members.iter().any(|m| locals.all[*m as usize].state && !all[n].members.contains(m))
            && is_at(text, cut, &all[n - 3], cues)
            && (sits() || all.get(n + 1).is_none_or(|i| i.kind == Kind::Mark))
    };
    // "pengelola Alfa PT Beta": what Beta runs.
    let unknown = || all[n].members.iter().all(|m| locals.all[*m as usize].id.is_none());
    let run = || {
        all.get(n + 1).is_some_and(|i| i.kind == Kind::Group && cut.classes[i.from] & cues.company_head != 0)
            && unknown()
    };
    // "kelompok militan Alfa Beta": whence Beta comes.
    let owned = || {
        before.is_some_and(|b| {
            let joins =
                cues.and | cues.with | cues.between | cues.agent | cues.person_title | cues.government_word;
            b.kind == Kind::Word
                && b.classes & joins == 0
                && !all[n - 1].capital
                && cut.tokens[b.from].shape == Shape::Lower
        }) && all.get(n + 1).is_some_and(|i| {
            i.kind == Kind::Group && i.members.iter().all(|m| !locals.all[*m as usize].state)
        })
    };
    // "layanan dari Alfa yang menyaingi Beta": the service does.
    let from = |n: usize| word(text, cut, &all[n]);
    let bears = cues.company_word | cues.peer_word;
    let noun = || n > 1 && all[n - 2].classes & bears != 0 && from(n - 1) == "dari";
    let comes = || {
        (noun() || n > 0 && all[n - 1].classes & bears != 0 && from(n - 1).ends_with(" dari"))
            && all
                .get(n + 1)
                .is_some_and(|i| matches!(word(text, cut, i), "yang" | ",") || i.classes & cues.like != 0)
    };
    // "perusahaan migas Alfa": whence it comes.
    let firm = || {
        (1..=3usize).any(|k| {
            let plain = |i: &Item| {
                let ends = cues.verb_like
                    | cues.with
                    | cues.and
                    | cues.oblique
                    | cues.clause
                    | cues.that
                    | cues.like;
                i.kind == Kind::Word && i.classes & ends == 0 && cut.tokens[i.from].shape == Shape::Lower
            };
            let bears = cues.company_word | cues.bearer_noun;
            // "pejabat Alfa menjatuhkan sanksi": they do so for it.
            if k == 1 && n > 0 && is_official(text, cut, all, n, cues) {
                return false;
            }
            // "BUMN energi Alfa": the noun itself may be of capitals.
            k <= n && all[n - k].classes & bears != 0 && all[n - k + 1..n].iter().all(plain) && {
                let head = &all[n - k];
                plain(head) || head.kind == Kind::Word && cut.tokens[head.from].shape == Shape::Upper
            }
        })
    };
    // "Badan Alfa (BA) Republik Beta": it ends the body's name.
    let ends_name = || {
        n > 0 && {
            let close = all[n - 1].mark == b')';
            let open = close.then(|| (n.saturating_sub(5)..n).rev().find(|m| all[*m].mark == b'('));
            open.flatten().is_some_and(|m| {
                let body = m.checked_sub(1).map(|b| &all[b]).filter(|b| b.kind == Kind::Group);
                body.is_some_and(|b| b.members.iter().all(|e| !locals.all[*e as usize].state))
            })
        }
    };
    // "Regulator media Alfa, Beta, memblokir": Alfa's, and Beta is its name.
    let named = || {
        let comma = all.get(n + 1).is_some_and(|i| i.mark == b',');
        let body = all.get(n + 2).filter(|i| i.kind == Kind::Group);
        comma && body.is_some_and(|i| i.members.iter().all(|m| !locals.all[*m as usize].state))
    };
    let ruler = || is_ruled(cut, all, n, cues) && named();
    // "Pesawat Alfa dilarang", "produk Alfa dikenai tarif": that strikes Alfa.
    let behind = || all[n + 1..].iter().find(|i| i.classes & cues.adverb == 0);
    let upon = || {
        n > 1
            && cut.all & cues.measure_noun != 0
            && all[n - 1].classes & cues.barred_noun != 0
            && all[n - 2].classes & cues.upon != 0
    };
    let struck = || {
        behind().is_some_and(|i| i.classes & cues.shut_out != 0)
            && all[n.saturating_sub(3)..n]
                .iter()
                .any(|i| i.classes & (cues.barred_noun | cues.product_word | cues.area_word) != 0)
    };
    let goods = || struck() || upon();
    // "perusahaan asal tiga negara lain, yakni Alfa, Beta, dan Gama": whence they come.
    let counted = || {
        let from = n.saturating_sub(7);
        let led = n > 1 && all[n - 1].classes & cues.like != 0;
        let place =
            |m: usize| all[m].classes & cues.area_word != 0 || word(text, cut, &all[m]).ends_with("negara");
        let whence = |m: usize| {
            matches!(word(text, cut, &all[m]), "asal" | "dari") && m > 0 && all[m - 1].classes & bears != 0
                || all[m].classes & bears != 0 && word(text, cut, &all[m]).ends_with(" asal")
        };
        led && (from..n).any(|m| place(m) && (from..m).any(whence))
    };
    (is_attribute(x, text, cut, all, n)
        || owned()
        || firm()
        || comes()
        || ruler()
        || ends_name()
        || counted())
        && !goods()
        || seat()
        || tail()
        || town()
        || run()
}

/// Whether what a regulator is called stands before the state at `n`, or begins its name.
fn is_ruled(cut: &Cut, all: &[Item], n: usize, cues: &Cues) -> bool {
    cut.all & cues.regulator_noun != 0
        && (cut.classes[all[n].from] & cues.regulator_noun != 0
            || all[n.saturating_sub(3)..n].iter().any(|i| i.classes & cues.regulator_noun != 0))
}

/// "regulator media Alfa (BETA)": whether a body stands in brackets behind its state.
fn bracketed(all: &[Item], n: usize, locals: &Locals) -> bool {
    let [open, body, close] = all.get(n + 1..n + 4).unwrap_or_default() else { return false };
    open.mark == b'('
        && close.mark == b')'
        && body.kind == Kind::Group
        && body.members.iter().all(|m| !locals.all[*m as usize].state)
}

/// "perusahaan Alfa, Beta dan Gama": they come from each of these. "tarif pada Alfa dan
/// Beta": it strikes each.
fn beside(all: &mut [Item], n: usize, borne: bool, locals: &Locals, cues: &Cues) {
    let mut at = n + 1;
    let mut last = None;
    while last.is_none() {
        let and = all.get(at).is_some_and(|i| i.classes & cues.and != 0);
        let comma = all.get(at).is_some_and(|i| i.mark == b',');
        let oxford = usize::from(comma && all.get(at + 1).is_some_and(|i| i.classes & cues.and != 0));
        let state = all.get(at + 1 + oxford).is_some_and(|i| {
            i.kind == Kind::Group && i.members.iter().all(|m| locals.all[*m as usize].state)
        });
        if !(and || comma) || !state {
            return;
        }
        at += 2 + oxford;
        last = (and || oxford > 0).then_some(at);
    }
    if !borne {
        let named = |i: &&Item| !i.members.is_empty();
        all[n].members = merged(all[n..at].iter().filter(named)).into();
    }
    for item in &mut all[n + 1..at] {
        if item.kind == Kind::Group {
            item.kind = Kind::Word;
        }
    }
}

/// "serangan rudal Beta di Alfa": whether that hits the one named at `n`.
pub(super) fn is_hit(items: &[Item], n: usize, cues: &Cues) -> bool {
    n > 2
        && items[n - 1].classes & cues.place_prep != 0
        && items[n - 2].kind == Kind::Group
        && items[n.saturating_sub(5)..n - 2].iter().any(|i| i.classes & cues.attack_noun != 0)
}
