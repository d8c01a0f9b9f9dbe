//! Words that point back to entities: "keduanya", "perusahaan asal Alfa itu", "mereka".

use super::EntityKind;
use super::classes::Cue;
use super::cues::Cues;
use super::cut::Cut;
use super::discourse::{Discourse, shown, speaker};
use super::item::{Item, Kind, word};
use super::known::HOME;
use super::locals::Locals;
use super::parts::is_verb;
use super::token::{Shape, Token};

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
    text: &str,
    cut: &Cut,
    all: &mut [Item],
    seen: Cue,
    cues: &Cues,
    talk: &Discourse,
    locals: &Locals,
) -> bool {
    let they = cut.all & cues.speech != 0;
    let Some(last) = last(text, cut, all, (seen, they), cues) else { return false };
    // What the sentence itself has named so far counts first.
    let mut here: Vec<u32> = Vec::new();
    // The same with those beside the point, for what tells whence somebody comes.
    let mut named: Vec<u32> = Vec::new();
    let mut pair = None;
    let counts = may_count(seen, cues);
    let mut told = None;
    for n in 0..=last {
        if all[n].kind == Kind::Group {
            if shown(all, n, cues) {
                continue;
            }
            named.extend(&all[n].members);
            if seen & cues.both != 0 {
                pair = coordinated(all, n, cues).or(pair);
            }
            // "Alfa, pemain asal Beta, menantang keduanya": Beta is none of the two.
            let part = cues.oblique | cues.owner | cues.area_word;
            if n == 0 || all[n - 1].classes & part == 0 {
                here.extend(all[n].members.iter().filter(|m| !locals.all[**m as usize].weak));
            }
            continue;
        }
        let is = |n: usize, written: &str| word(text, cut, &all[n]).eq_ignore_ascii_case(written);
        let c = all[n].classes;
        let several = if counts { counted(text, cut, all, n, cues) } else { None };
        let two = if counts { two_of_kind(text, cut, all, n, cues) } else { None };
        let counted = several.is_some() || two.is_some();
        // "penyedia itu" in "kedua penyedia itu".
        if told.replace(two.unwrap_or(usize::MAX)) == Some(n) {
            continue;
        }
        if c & cues.refers() == 0 && !counted && !(they && is_they(text, cut, &all[n])) {
            continue;
        }
        // "para pejabat mengatakan bahwa mereka": nobody who is named.
        let unnamed = |m: usize| all[m].kind == Kind::Word && all[m].classes & cues.people_noun != 0;
        let people = n > 2
            && is(n, "mereka")
            && word(text, cut, &all[n - 1]).ends_with("bahwa")
            && (n - 3..n - 1).any(unnamed);
        if people {
            continue;
        }
        // "kedua negara" are states, "kedua perusahaan" are none.
        let counts = c & (cues.both | cues.all_of) != 0;
        let several_of = counts || two.is_some();
        let noun = word(text, cut, &all[two.unwrap_or(n)]);
        let (states, firms) = if several_of { meant(noun) } else { (false, false) };
        let bodies = several_of && BODIES.iter().any(|w| noun.contains(w));
        let teams = several_of && TEAMS.iter().any(|w| noun.contains(w));
        let fits = |e: u32| {
            let l = &locals.all[e as usize];
            let firm = !l.state && l.kind != EntityKind::Government;
            let club = !teams || l.kind != EntityKind::Government || l.state;
            (!states || l.state) && (!firms || firm) && !(bodies && l.state) && club
        };
        let found = if let Some((count, noun)) = several {
            let states = word(text, cut, &all[noun]).eq_ignore_ascii_case("negara");
            let fits = |e: u32| locals.all[e as usize].state == states;
            let told = is_ordinal(word(text, cut, &all[n])).then(|| talk.last(count, locals, fits)).flatten();
            // "enam institusi antara lain, Alfa dan Beta": they are told right there.
            told.or_else(|| talk.counted(count, fits).filter(|_| !names_some(all, noun + 1, cues)))
        } else if c & cues.both != 0 || two.is_some() {
            // "Alfa dan Beta menjajaki kerja sama dengan kedua dompet itu": with others.
            let apart = n > 0 && all[n - 1].classes & cues.with != 0;
            let fits = |e: u32| fits(e) && !(apart && here.contains(&e));
            let mut here: Vec<u32> = here.iter().copied().filter(|e| fits(*e)).collect();
            let coupled = pair.clone().filter(|p| p.iter().all(|e| fits(*e)));
            here.dedup();
            // A state and a firm are no two of a kind.
            let state = |e: &u32| locals.all[*e as usize].state;
            let alike = |p: &Vec<u32>| p.iter().all(state) || !p.iter().any(state);
            let told = || {
                let any = talk.last(2, locals, fits);
                any.filter(alike).or_else(|| talk.last(2, locals, |e| fits(e) && !state(&e)))
            };
            // "Alfa menggandeng Beta. … Kedua perusahaan".
            let of = |p: [u32; 2]| Some(Vec::from(p)).filter(|p| p.iter().all(|e| fits(*e)) && alike(p));
            let couple = talk.each.and_then(of).or_else(|| talk.couple.and_then(of));
            // "separuh dari Alfa, separuh dari Beta … kedua pihak".
            let mut beside: Vec<u32> = named.iter().copied().filter(|e| fits(*e)).collect();
            beside.dedup();
            let two = |h: &Vec<u32>| h.len() == 2 && h[0] != h[1];
            let sure = beside.iter().all(|e| !locals.all[*e as usize].weak);
            let beside = Some(beside).filter(|b| sure && two(b) && alike(b));
            Some(here).filter(two).or(coupled).or(beside).or(couple).or_else(told)
        } else if c & cues.all_of != 0 {
            let count = count_of(word(text, cut, &all[n]));
            count.and_then(|k| talk.last(k, locals, fits))
        } else if let Some(who) =
            (c & cues.speaker_ref != 0).then(|| said_of_itself(text, cut, all, n, cues)).flatten()
        {
            Some(who)
        } else if c & cues.speaker_ref != 0 {
            let general = word(text, cut, &all[n]).eq_ignore_ascii_case("kita");
            let who = talk.speaker.or(talk.topic.or(talk.begun).filter(|_| !general));
            // "selain bekerja sama dengan Alfa, pihaknya": another than Alfa.
            let other = |e: &u32| !is(n, "pihaknya") || !here.contains(e);
            let who = who.filter(other).or(talk.topic.or(talk.begun).filter(|_| !general).filter(other));
            let who = speaker(all, locals, cues).or(who);
            // "Alfa menilai sanksi terhadap negaranya": the state that speaks, or is told of.
            let land = word(text, cut, &all[n]).get(..3).is_some_and(|w| w.eq_ignore_ascii_case("neg"));
            let who = if land { own_state(who, &all[..n], locals) } else { who };
            let of_state = general && who.is_some_and(|e| speaks_for_state(all, locals, e));
            if of_state { home_state(locals) } else { who }.map(|t| vec![t])
        } else if let Some(who) = said_of_itself(text, cut, all, n, cues) {
            Some(who)
        } else if let Some(who) = coded(text, cut, all, n) {
            Some(who)
        } else if is(n, "mereka") && here.len() == 1 && is_theirs(cut, all, n, cues) {
            // "Alfa didenda karena suporter mereka": of the one whom the sentence names.
            Some(here.clone())
        } else if let Some(who) = talk.listed.as_ref().filter(|_| here.is_empty() && is(n, "mereka")) {
            Some(who.clone())
        } else if is_bare_member(all, n, cues) && is(n, "perusahaan") {
            talk.firm(locals).map(|t| vec![t])
        } else if c & cues.company_ref != 0 || is_that_company(text, cut, all, n, cues) {
            // "Mereka" may be a state, too.
            let they = talk.begun.filter(|_| is(n, "mereka"));
            let whence = home(all, n, cues, locals);
            let firm = || meant(&word(text, cut, &all[n]).to_ascii_lowercase()).1;
            let who = match whence {
                Some(state) => talk.native(&named, state, locals).or_else(|| {
                    let unknown = |e: &u32| locals.all[*e as usize].home.is_none();
                    talk.company(&here, locals, firm).filter(unknown)
                }),
                None => fronted(all, n, cues, locals).or_else(|| talk.company(&here, locals, firm)),
            };
            // "mereka" in a speech are others than the speaker's.
            // "Budi menyatakan mereka" within it tells what others say.
            let said = n > 0 && all[n - 1].classes & cues.speech != 0;
            let own = is(n, "mereka") && !said && is_quoted(text, cut, &all[n]);
            let who = who.or(they).filter(|e| !own || talk.speaker != Some(*e));
            // "Bank yang dimaksud adalah Alfa dan Beta" as well.
            // "Dua perusahaan kosmetik itu" are no one.
            let counted = n > 0
                && all[n - 1].classes & cues.count != 0
                && count_of(word(text, cut, &all[n - 1])).is_some();
            // "Perseroan menghadapi merek seperti Alfa dan Beta": it acts itself.
            let names = cues.copula | cues.like;
            let acts = |at: usize| {
                all.get(at).is_some_and(|i| i.classes & names == 0 && is_verb(word(text, cut, i)))
            };
            let behind = (n + 1..n + 5).take_while(|at| !acts(*at));
            let several = counted || { behind }.any(|at| names_several(all, at, cues));
            // "kedua fintech tersebut".
            let two = n > 0 && is(n - 1, "kedua");
            let pair = || talk.last(2, locals, |e| !locals.all[e as usize].state);
            let pair = if two { pair() } else { None };
            pair.or_else(|| who.filter(|_| !several).map(|t| vec![t]))
        } else if c & cues.state_ref != 0 || c & cues.state_noun != 0 && is_that_one(text, cut, all, n, cues)
        {
            // "Negara itu antara lain Alfa dan Beta".
            let several = names_several(all, n + 1, cues);
            // "regulator negara itu, Alfa": whose body Alfa is.
            let ruled = all[..n].iter().rev().take(2).any(|i| i.classes & cues.regulator_noun != 0);
            let state = state_before(&all[..n], locals, cues).or(talk.state);
            state.filter(|_| !several && !ruled).map(|t| vec![t])
        } else if c & (cues.body_ref | cues.rule_ref) != 0 {
            let several = (n + 2..n + 6).any(|at| names_several(all, at, cues));
            let that = is_that_one(text, cut, all, n, cues) && !several;
            if !that {
                continue;
            }
            let rules = c & cues.rule_ref != 0;
            let ruler = rules.then(|| talk.body(&here, locals, true)).flatten();
            // "Forum itu" is no other than "Forum Pangan Selatan".
            let written = word(text, cut, &all[n]);
            let own = |e: &u32| called(&locals.all[*e as usize].name, written);
            if written.eq_ignore_ascii_case("forum") {
                talk.alliance.filter(own).map(|t| vec![t])
            } else {
                talk.alliance
                    .filter(own)
                    .or(ruler)
                    .or_else(|| talk.body(&here, locals, false).filter(|_| c & cues.body_ref != 0))
                    .map(|t| vec![t])
            }
        } else if c & cues.alliance_ref != 0 || is_that_alliance(all, n, cues) {
            talk.alliance.map(|t| vec![t])
        } else {
            None
        };
        if found.is_some() && !several_of {
            // "perusahaan asal Tiongkok itu" is one thing: the place in it is none.
            let end = (n + 1..all.len().min(n + 6)).find(|m| all[*m].classes & cues.that != 0);
            for item in all[n + 1..end.unwrap_or(n + 1)].iter_mut() {
                item.kind = Kind::Word;
                item.members.clear();
            }
        }
        if let Some(members) = found {
            all[n].kind = Kind::Group;
            all[n].members = members.into();
            all[n].reference = true;
        }
    }
    true
}

/// "kita dengan Turki": whether a ministry speaks, and another state stands in the sentence.
fn speaks_for_state(all: &[Item], locals: &Locals, speaker: u32) -> bool {
    let local = |e: u32| &locals.all[e as usize];
    let abroad = |e: &u32| local(*e).state && &*local(*e).name != HOME;
    let rules = local(speaker).kind == EntityKind::Government && !local(speaker).state;
    rules && all.iter().any(|i| i.kind == Kind::Group && i.members.iter().all(abroad))
}

/// Whose state "negaranya" is: the one that speaks, or else that the sentence begins with.
fn own_state(speaker: Option<u32>, before: &[Item], locals: &Locals) -> Option<u32> {
    let state = |e: &u32| locals.all[*e as usize].state;
    let first = || before.iter().find(|i| i.kind == Kind::Group)?.members.first().copied();
    speaker.filter(state).or_else(|| first().filter(state))
}

/// The state of the news, if the article names it.
fn home_state(locals: &Locals) -> Option<u32> {
    locals.all.iter().position(|l| l.state && &*l.name == HOME).map(|n| n as u32)
}

/// "terhadap Alfa jika negara itu": the state that the clause before names last.
fn state_before(items: &[Item], locals: &Locals, cues: &Cues) -> Option<u32> {
    let clause = items.iter().rposition(|i| i.classes & cues.clause != 0)?;
    let told = items[..clause].iter().rev().take_while(|i| i.classes & cues.clause == 0);
    let [state] = told.into_iter().find(|i| i.kind == Kind::Group)?.members[..] else { return None };
    locals.all[state as usize].state.then_some(state)
}

/// "Untuk Alfa, Beta sudah memblokir platform itu": what the sentence begins with.
fn fronted(all: &[Item], n: usize, cues: &Cues, locals: &Locals) -> Option<u32> {
    let [first, group, comma, ..] = all else { return None };
    let led = first.classes & (cues.oblique | cues.about | cues.upon) != 0 && n > 2;
    let firm = |m: &u32| locals.all[*m as usize].kind == EntityKind::Company;
    let alone = group.kind == Kind::Group && group.members.len() == 1 && group.members.iter().all(firm);
    (led && alone && comma.mark == b',').then(|| group.members[0])
}

/// The state in "perusahaan asal Alfa itu", "raksasa Alfa tersebut", as the lexicon has it.
fn home(all: &[Item], n: usize, cues: &Cues, locals: &Locals) -> Option<u32> {
    let phrase =
        all[n + 1..].iter().take(5).take_while(|i| i.kind != Kind::Mark && i.classes & cues.that == 0);
    let mut states = phrase.flat_map(|i| &i.members).filter(|m| locals.all[**m as usize].state);
    states.next().and_then(|m| locals.all[*m as usize].id)
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
    let quote = |t: &Token| matches!(t.text(text), "\"" | "“" | "”");
    cut.tokens[..item.from].iter().filter(|t| quote(t)).count() % 2 == 1
}

/// What only firms are called.
const FIRMS: [&str; 17] = [
    "perusahaan",
    "bank",
    "maskapai",
    "vendor",
    "operator",
    "pabrikan",
    "produsen",
    "platform",
    "aplikasi",
    "startup",
    "emiten",
    "merek",
    "brand",
    "pengembang",
    "peritel",
    "korporasi",
    "penyedia",
];

/// What no state is called.
const BODIES: [&str; 7] =
    ["lembaga", "institusi", "kampus", "universitas", "kementerian", "instansi", "partai"];

/// Nouns of clubs: the police of a match is none.
const TEAMS: [&str; 4] = ["kesebelasan", "klub", "tim", "skuad"];

/// Whether a phrase such as "kedua perusahaan" means states, and whether it means firms.
fn meant(phrase: &str) -> (bool, bool) {
    let states = phrase.ends_with("negara") || phrase.contains("negara ");
    (states, FIRMS.iter().any(|w| phrase.contains(w)))
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
    while all[at].kind == Kind::Group {
        who.splice(0..0, all[at].members.iter().copied());
        let comma = |m: usize| all[m].mark == b',';
        let Some(mut before) = at.checked_sub(1).filter(|m| comma(*m) || all[*m].classes & cues.and != 0)
        else {
            break;
        };
        before -= usize::from(before > 0 && comma(before - 1));
        let Some(next) = before.checked_sub(1) else { break };
        at = next;
    }
    (!who.is_empty()).then_some(who)
}

/// "Emiten berkode ALFA itu": whose code it is.
fn coded(text: &str, cut: &Cut, all: &[Item], n: usize) -> Option<Vec<u32>> {
    all.get(n + 1).filter(|i| i.kind == Kind::Word && word(text, cut, i).starts_with("berkode"))?;
    let named = all[n + 2..].iter().take(2).find(|i| !i.members.is_empty())?;
    (named.members.len() == 1).then(|| named.members.to_vec())
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

/// Whether "antara lain" and names stand from `at` on.
fn names_some(all: &[Item], at: usize, cues: &Cues) -> bool {
    let comma = usize::from(all.get(at + 1).is_some_and(|i| i.mark == b','));
    all.get(at).is_some_and(|i| i.classes & cues.like != 0)
        && all.get(at + 1 + comma).is_some_and(|i| i.kind == Kind::Group)
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

fn count_of(phrase: &str) -> Option<usize> {
    let first = phrase.split(' ').next()?;
    let ke = first.get(..2).is_some_and(|ke| ke.eq_ignore_ascii_case("ke"));
    let bare = if ke && !first[2..].starts_with('-') { &first[2..] } else { first };
    let end = bare.len().saturating_sub(3);
    let nya = bare.get(end..).is_some_and(|nya| nya.eq_ignore_ascii_case("nya"));
    let bare = if nya { &bare[..end] } else { bare };
    COUNTS.iter().position(|w| w.eq_ignore_ascii_case(bare)).map(|n| n + 2)
}

/// "ketiga", "kelima": all of those told of.
fn is_ordinal(written: &str) -> bool {
    written.get(..2).is_some_and(|ke| ke.eq_ignore_ascii_case("ke"))
}

/// The numerals from two on.
const COUNTS: [&str; 9] = ["dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"];
/// How many may be counted whom another sentence names.
const MOST: usize = 20;

/// Whether a sentence has a noun for bodies that may be counted.
pub(super) fn may_count(seen: Cue, cues: &Cues) -> bool {
    seen & (cues.peer_noun | cues.bearer_noun | cues.company_word) != 0
}

/// "Tiga kampus", "5 klub": how many, and the noun's place.
#[inline]
pub(super) fn counted(text: &str, cut: &Cut, all: &[Item], n: usize, cues: &Cues) -> Option<(usize, usize)> {
    let item = &all[n];
    let figure = cut.tokens[item.from].shape == Shape::Number && item.kind == Kind::Word;
    if figure || item.classes & cues.count != 0 {
        noun_counted(text, cut, all, n, figure, cues)
    } else {
        None
    }
}

/// The same, where item `n` is a number, as a figure or a word.
fn noun_counted(
    text: &str,
    cut: &Cut,
    all: &[Item],
    n: usize,
    figure: bool,
    cues: &Cues,
) -> Option<(usize, usize)> {
    let nouns = cues.peer_noun | cues.bearer_noun | cues.company_word;
    let item = &all[n];
    all.get(n + 1).filter(|i| i.kind == Kind::Word && i.classes & nouns != 0)?;
    // "tiga klub itu": who were told of before.
    let written = word(text, cut, item);
    let known = !is_ordinal(written) && all.get(n + 2).is_some_and(|i| i.classes & cues.that != 0);
    let count = if figure { written.parse().ok() } else { count_of(written) };
    count.filter(|k| (2..=MOST).contains(k) && !known).map(|k| (k, n + 1))
}

/// "Kedua penyedia dompet itu": the noun's place.
fn two_of_kind(text: &str, cut: &Cut, all: &[Item], n: usize, cues: &Cues) -> Option<usize> {
    let nouns = cues.peer_noun | cues.bearer_noun | cues.company_word;
    let plain =
        |i: &Item| i.kind == Kind::Word && i.classes & (cues.with | cues.verb_like | cues.clause) == 0;
    let kedua = all[n].kind == Kind::Word && word(text, cut, &all[n]).eq_ignore_ascii_case("kedua");
    let noun = all.get(n + 1).filter(|i| kedua && i.kind == Kind::Word && i.classes & nouns != 0);
    noun?;
    let behind = all[n + 2..].iter().take(3);
    let end = behind.take_while(|i| plain(i)).find(|i| i.classes & cues.that != 0);
    end.map(|_| n + 1)
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

/// "perusahaan asal Tiongkok itu": a company word, then "itu" with no name but
/// a place between.
fn is_that_company(text: &str, cut: &Cut, all: &[Item], n: usize, cues: &Cues) -> bool {
    if all[n].classes & cues.company_word == 0 {
        return false;
    }
    // "Adapun Alfa, perusahaan asal Beta ini, menggandeng": it is told of Alfa.
    let told = n > 1
        && n < 5
        && all[n - 1].mark == b','
        && all[n - 2].kind == Kind::Group
        && all[..n - 2].iter().all(|i| i.kind == Kind::Word && i.classes == 0);
    if told {
        return false;
    }
    // "Menurut Budi, perusahaan menggandeng": at a clause's start.
    // "Selain Alfa, perusahaan juga menggandeng" as well.
    let starts = n == 0 || all[n - 1].mark == b',' && all[0].classes & (cues.source | cues.same_subject) != 0;
    let alone =
        starts && all.get(n + 1).is_some_and(|i| i.kind == Kind::Word && i.classes & cues.verb_like != 0);
    alone
        || all[n + 1..]
            .iter()
            .take(5)
            .take_while(|i| i.kind != Kind::Mark)
            .any(|i| i.classes & cues.that != 0)
            && all[n + 1..].iter().take(5).take_while(|i| i.classes & cues.that == 0).all(|i| {
                i.classes & (cues.clause | cues.with | cues.verb_like) == 0 || word(text, cut, i) == "asal"
            })
}
