//! Who can be a party to a claim: bodies that may punish, and not their own state; a firm
//! and the state where it does something.

use super::EntityKind;
use super::cues::Cues;
use super::element::Past;
use super::item::{Item, Kind, word as text_of};
use super::locals::Locals;
use super::matcher::{Filler, Match, Matcher};
use super::names::is_camel;
use super::parts::is_verb;
use super::teams::NATIONAL;

/// Whether a careful reader would take a pair.
pub(super) fn is_sound(
    matcher: &Matcher,
    at: usize,
    m: &Match,
    mutual: bool,
    (a, b): (u32, u32),
    peers: &[u32],
) -> bool {
    let local = |n: u32| &matcher.locals.all[n as usize];
    // A ministry neither punishes its own state nor joins with it.
    let part = |a: u32, b: u32| {
        let ends = |whole: &str| {
            let names = &local(b).names;
            names.iter().any(|n| whole.strip_suffix(&**n).is_some_and(|rest| rest.ends_with(' ')))
        };
        let agency = local(a).kind == EntityKind::Government && !local(a).state || local(a).id.is_none();
        agency && local(b).kind == EntityKind::Government && local(a).names.iter().any(|n| ends(n))
    };
    // Nor does a state meet its own team.
    let team = |a: u32, b: u32| {
        let names = &local(b).names;
        let national = |n: &str| NATIONAL.iter().any(|head| n.starts_with(head));
        local(a).state && names.iter().any(|n| national(n) && n.contains(&*local(a).name))
    };
    let own = part(a, b) || part(b, a) || team(a, b) || team(b, a);
    // What only its place makes an entity needs a sound partner, or issuer.
    // Of two that nothing else tells, one must look like no person.
    let firm = |n: u32| {
        let name = &local(n).name;
        let first = name.split(' ').next().unwrap_or_default();
        is_camel(first) || first.len() > 1 && first.bytes().all(|b| !b.is_ascii_lowercase())
    };
    let sound = !local(a).weak || mutual && (!local(b).weak || firm(a) || firm(b) || in_league(matcher, at));
    // Companies have no power to punish, but for an exchange, which suspends those it lists.
    let exchange = || local(a).names.iter().any(|n| n.starts_with("Bursa "));
    let may = mutual || local(a).kind != EntityKind::Company || exchange();
    // "Di Gama, Beta diblokir": another state does that; "Kelima klub Alfa itu
    // dihukum": the state Alfa isn't.
    let rules =
        |n: &u32| *n != a && *n != b && !peers.contains(n) && local(*n).kind == EntityKind::Government;
    // Those who are struck together are no others.
    let struck = |n: usize| matches!(m.slots[1], Some(Filler::Item(s)) if s == n);
    // "Mereka yang kena antara lain Beta" are those themselves.
    let they =
        |n: usize| text_of(matcher.text, matcher.cut, &matcher.items[n]).eq_ignore_ascii_case("mereka");
    let other = || (0..at).any(|n| !struck(n) && matcher.items[n].members.iter().any(rules) && !they(n));
    // "Di Asia ada Alfa" lists where a firm's partners are.
    let place = m.has(Past::More) && is_place(matcher.locals, a, b);
    // "Gama juga dikenai tarif": as those before.
    let also = || matcher.items[m.first..at].iter().any(|i| i.classes & matcher.cues.also != 0);
    // "kita kena tarif": a ministry speaks of its state.
    let spoken = !mutual && local(b).kind == EntityKind::Government && !local(b).state && {
        let said = |slot: Option<Filler>| matches!(slot, Some(Filler::Item(n)) if matcher.items[n].reference);
        said(m.slots[1])
    };
    // "Alfa mengumumkan tarif. Beta dikenai tarif": tariffs are for states.
    let tariff = || matcher.items.iter().any(|i| text_of(matcher.text, matcher.cut, i).starts_with("tarif"));
    // "… kepada Gama. Beta dikenai sanksi": after another state.
    let likely = || peers.iter().any(|e| local(*e).state);
    let guessed = m.has(Past::Issuer) && (local(b).state && !also() && !likely() && !tariff() || other());
    // "Partai Alfa bertemu Partai Beta": they talk.
    let party = |n: u32| local(n).names.iter().any(|n| n.starts_with("Partai "));
    let meets = || {
        let written = text_of(matcher.text, matcher.cut, &matcher.items[at]);
        let first = written.split(' ').find(|w| *w != "kembali").unwrap_or_default();
        ["bertemu", "ketemu", "bersua", "berjumpa", "jumpa", "menjamu", "dijamu", "jamu", "pertemuan"]
            .iter()
            .any(|w| first.eq_ignore_ascii_case(w))
    };
    let talk = mutual && (party(a) || party(b)) && meets();
    a != b && sound && may && !own && !place && !guessed && !spoken && !talk
}

/// What a sentence about a league's match has, and none about people who fight.
const LEAGUE: [&str; 9] =
    ["liga", "league", "pekan", "stadion", "kandang", "tandang", "klasemen", "suporter", "matchday"];

/// How one says that two teams meet.
const MEETS: [&str; 7] = ["vs", "versus", "kontra", "melawan", "menjamu", "menghadapi", "lawan"];

/// "Laga Alfa kontra Beta di pekan keenam": two teams that nothing else tells.
fn in_league(matcher: &Matcher, at: usize) -> bool {
    let Matcher { text, cut, items, cues, .. } = *matcher;
    let one = |of: &[&str], word: &str| of.iter().any(|w| w.eq_ignore_ascii_case(word));
    let meets = one(&MEETS, text_of(text, cut, &items[at])) || items[at].classes & cues.match_noun != 0;
    meets && cut.tokens.iter().any(|t| one(&LEAGUE, t.text(text)))
}

/// Whether a state in a list that began with a firm is where something is.
pub(super) fn is_place(locals: &Locals, a: u32, b: u32) -> bool {
    locals.all[b as usize].state && locals.all[a as usize].kind == EntityKind::Company
}

/// "Alfa lebih suka sendiri, walau ia punya pabrik bersama Beta": the subject of an earlier
/// clause of the sentence, before whom the text has been about.
pub(super) fn own_subject(items: &[Item], locals: &Locals, cues: &Cues) -> Option<u32> {
    let first = items.iter().position(|i| i.kind == Kind::Group)?;
    let item = &items[first];
    let part =
        cues.oblique | cues.owner | cues.area_word | cues.source | cues.with | cues.like | cues.channel;
    // "Selain Alfa, perusahaan itu bekerja sama dengan Beta": nor does Alfa.
    let acts = first == 0 || items[first - 1].classes & (part | cues.same_subject) == 0;
    let one = item.members.len() == 1 && !locals.all[item.members[0] as usize].weak;
    (acts && one).then(|| item.members[0])
}

/// "bekerja sama dengan Alfa" of a firm and a state: where it does so, unless its
/// government is named, or several states are, or the state itself does.
pub(super) fn works_in(matcher: &Matcher, m: &Match, at: usize, firm: u32, state: u32) -> bool {
    let Matcher { text, cut, items, cues, locals, .. } = *matcher;
    let kinds = locals.all[firm as usize].kind == EntityKind::Company && locals.all[state as usize].state;
    // "Alfa memutus kerja sama dengan Beta": the state does.
    let whom = |slot: Option<Filler>| match slot {
        Some(Filler::Item(n)) => Some(n),
        _ => None,
    };
    // "Gama Alfa bekerja sama" may be a firm's name.
    let begins =
        |n: usize| n == 0 || items[n - 1].kind == Kind::Mark || items[n - 1].classes & cues.clause != 0;
    let alone = |n: &usize| *n < at && *items[*n].members == [state] && begins(*n);
    let acts = whom(m.slots[0]).filter(alone).is_some() && whom(m.slots[1]).is_some_and(|n| n > at);
    kinds
        && !(acts && is_verb(text_of(text, cut, &items[at])))
        && !m.slots.iter().flatten().any(|slot| match slot {
            Filler::Item(n) => {
                let Item { members, from, to, .. } = &items[*n];
                let governs = || (*from..*to).any(|t| cut.classes[t] & cues.government_word != 0);
                // "dengan empat negara, yaitu Alfa, Beta, Gama, dan Delta".
                let counted = || {
                    items[n.saturating_sub(5)..*n]
                        .iter()
                        .any(|i| text_of(text, cut, i).eq_ignore_ascii_case("negara"))
                };
                let states = || members.len() > 1 && members.iter().all(|e| locals.all[*e as usize].state);
                // "konsorsium Alfa, Gama, dan Beta": a party as the firms beside it.
                let mixed = || members.len() > 2 && !states();
                members.contains(&state) && (governs() || counted() && states() || mixed())
            }
            Filler::Past(_) => false,
        })
}
