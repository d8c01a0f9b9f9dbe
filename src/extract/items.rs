//! A sentence as groups of entities, dates, cues and plain words; and what
//! "the two companies" or "that company" point back to.

use super::apposed::{apposition, clauses, delegates, initials, lead_ins};
use super::classes::Tags;
use super::cues::Cues;
use super::cut::Cut;
use super::discourse::Discourse;
use super::group::{asides, group};
use super::kin::kin;
use super::load::Extractor;
use super::locals::Locals;
use super::members::Members;
use super::parts::is_verb;
use super::refer::{counted, may_count, refer};
use super::token::{Shape, Token};
use super::trims::{trims, unnamed};
use crate::base::PartialDate;

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Group,
    Date(PartialDate, bool),
    Word,
    Mark,
}

/// One item of a sentence.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub kind: Kind,
    pub classes: Tags,
    /// Tokens, first and one past the last.
    pub from: usize,
    pub to: usize,
    /// The members of a group.
    pub members: Members,
    /// It begins with a capital inside a sentence.
    pub capital: bool,
    /// A noun made of a verb: "keinginan", "upaya".
    pub nominal: bool,
    /// It came from a word such as "keduanya".
    pub reference: bool,
    /// It is told by its leader: "Bupati Alfa".
    pub leader: bool,
}

/// The items of a sentence, into `all`; takes note of what it is about.
pub(super) fn items(
    x: &Extractor,
    text: &str,
    cut: &Cut,
    locals: &Locals,
    talk: &mut Discourse,
    all: &mut Vec<Item>,
) {
    let cues = &x.cues;
    plain(x, text, cut, all);
    let refers = refer(text, cut, all, cues, talk, locals);
    talk.referred.clear();
    if refers {
        talk.referred.extend(all.iter().filter(|i| i.reference).map(|i| (i.from, i.to, i.members.to_vec())));
    }
    talk.wanting = cut.all & cues.all_of != 0
        && all.iter().any(|i| i.kind == Kind::Word && i.classes & cues.all_of != 0)
        || cut.all & x.triggers != 0
            && may_count(cut, cues)
            && (0..all.len()).any(|n| counted(text, cut, all, n, cues).is_some());
    if !all.iter().any(|i| i.kind == Kind::Group) {
        return talk.note(&[], locals, cues, false);
    }
    let any = join(x, text, cut, locals, all);
    talk.note(if any { all } else { &[] }, locals, cues, cut.all & cues.speech != 0);
}

/// The items of a sentence that is read in another way as well, without a note.
pub(super) fn items_again(
    x: &Extractor,
    text: &str,
    cut: &Cut,
    locals: &Locals,
    talk: &Discourse,
    all: &mut Vec<Item>,
) {
    plain(x, text, cut, all);
    refer(text, cut, all, &x.cues, talk, locals);
    if all.iter().any(|i| i.kind == Kind::Group) {
        join(x, text, cut, locals, all);
    }
}

/// Joins what belongs together around names; says whether any names are left.
fn join(x: &Extractor, text: &str, cut: &Cut, locals: &Locals, all: &mut Vec<Item>) -> bool {
    let cues = &x.cues;
    demote(x, text, cut, all, locals);
    let mut names = all.iter().filter(|i| i.kind == Kind::Group);
    let (any, several) = (names.next().is_some(), names.next().is_some());
    if any {
        brackets(text, cut, all, cues);
        people(text, cut, all, cues);
        kin(text, cut, all, cues);
        asides(text, cut, all, cues);
        clauses(x, text, cut, all);
        delegates(text, cut, all, locals, cues);
        lead_ins(text, cut, all, locals, cues);
    }
    if several {
        trims(x, text, cut, all);
        group(x, text, cut, all);
    }
    if any {
        unnamed(text, cut, all, cues);
    }
    if any && cut.all & cues.company_word != 0 {
        apposition(text, cut, all, cues);
    }
    any
}

fn plain(x: &Extractor, text: &str, cut: &Cut, all: &mut Vec<Item>) {
    all.clear();
    all.reserve(cut.tokens.len());
    let (mut runs, mut dates) = (cut.runs.iter(), cut.dates.iter());
    let (mut run, mut date) = (runs.next(), dates.next());
    let mut at = cut.start;
    while let Some(token) = cut.tokens.get(at) {
        while run.is_some_and(|r| r.from < at) {
            run = runs.next();
        }
        while date.is_some_and(|d| d.from < at) {
            date = dates.next();
        }
        let classes = cut.classes[at].without(x.cues.common);
        let phrase = at + usize::from(cut.phrase[at]);
        // Whether its words tell nothing beside what it is.
        let (mut bare, mut members) = (false, Members::None);
        let (kind, to) = match (date.filter(|d| d.from == at), run) {
            (Some(d), _) => {
                bare = true;
                (Kind::Date(d.date, d.bracketed), d.to.max(at + 1))
            }
            (None, Some(r)) if r.from == at => match r.local {
                Some(local) => {
                    bare = true;
                    members = Members::One(local);
                    (Kind::Group, r.to)
                }
                None if r.to == at + 1 => (Kind::Word, r.to),
                // "Penandatanganan Kerja Sama Alfa": an event, but its words tell.
                None if tells(x, cut, at, r.to) => (Kind::Word, phrase.clamp(at + 1, r.to)),
                None => {
                    bare = true;
                    (Kind::Word, r.to)
                }
            },
            // "13,4 triliun": its comma parts no clauses.
            _ if decimal(text, cut, at) => (Kind::Word, at + 3),
            (None, run) => {
                let to = phrase.min(run.map_or(usize::MAX, |r| r.from)).max(at + 1);
                let mark = token.shape == Shape::Mark && classes == 0;
                (if mark { Kind::Mark } else { Kind::Word }, to)
            }
        };
        all.push(Item {
            kind,
            classes: if bare { Tags::NONE } else { classes },
            from: at,
            to,
            capital: at > 0 && !cut.headline && token.is_name_like(),
            nominal: nominal(token, text) || classes & x.cues.purpose_noun != 0,
            reference: false,
            leader: !members.is_empty() && classes & x.cues.person_title != 0,
            members,
        });
        at = to;
    }
}

/// Whether a run of capitals has nothing but triggers in it.
fn tells(x: &Extractor, cut: &Cut, from: usize, to: usize) -> bool {
    let mut at = from;
    while at < to && cut.classes[at] & x.triggers != 0 {
        at += usize::from(cut.phrase[at]).max(1);
    }
    at == to
}

/// A number with a decimal comma, or an amount as "Rp13,4".
fn decimal(text: &str, cut: &Cut, at: usize) -> bool {
    if matches!(cut.tokens[at].shape, Shape::Lower | Shape::Mark) {
        return false;
    }
    let number = |at: usize| cut.tokens.get(at).is_some_and(|t| t.shape == Shape::Number);
    let glued = |at: usize| cut.tokens.get(at).is_some_and(|t| t.glued);
    let figure = text.as_bytes()[cut.tokens[at].end as usize - 1].is_ascii_digit();
    figure && number(at + 2) && glued(at + 1) && glued(at + 2) && cut.tokens[at + 1].text(text) == ","
}

/// "ke…an", "pe…an": what somebody does, as a noun.
fn nominal(token: &Token, text: &str) -> bool {
    if token.end - token.start <= 7 {
        return false;
    }
    let word = &text.as_bytes()[token.start as usize..token.end as usize];
    word.ends_with(b"an") && (word.starts_with(b"ke") || word.starts_with(b"pe"))
}

/// An item as written.
pub(super) fn word<'t>(text: &'t str, cut: &Cut, item: &Item) -> &'t str {
    &text[cut.tokens[item.from].start as usize..cut.tokens[item.to - 1].end as usize]
}

/// Sources, places and attributes are no actors.
fn demote(x: &Extractor, text: &str, cut: &Cut, all: &mut [Item], locals: &Locals) {
    let cues = &x.cues;
    let mut source = 0;
    let told = cut.all & cues.source != 0;
    for n in 0..all.len() {
        if !told && all[n].kind != Kind::Group {
            continue;
        }
        if all[n].classes & cues.source != 0 {
            // "Alfa dilaporkan menggandeng Beta": what is reported of it follows.
            let verb = cues.verb_like | cues.company_verb;
            let told = all.get(n + 1).is_some_and(|i| i.kind == Kind::Word && i.classes & verb != 0);
            source = if told { 0 } else { 3 };
            continue;
        }
        if source > 0 && all[n].kind == Kind::Mark && word(text, cut, &all[n]) == "," {
            source = 0;
        }
        if all[n].kind != Kind::Group {
            if source > 0
                && all[n].classes & cues.source == 0
                && !matches!(word(text, cut, &all[n]), "dari" | "oleh")
            {
                // "Laporan itu menyebut Alfa": it tells of Alfa.
                let says = all[n].classes & (cues.that | cues.reporting) != 0;
                source = if says { 0 } else { source - 1 };
            }
            continue;
        }
        let state = all[n].members.iter().all(|m| locals.all[*m as usize].state) && !all[n].reference;
        if source == 0 && !state {
            continue;
        }
        let before = n.checked_sub(1).map(|p| &all[p]);
        // "serangan besar Alfa": an adjective after a trigger; "bank Alfa" is a bank, though.
        let head = before.is_some_and(|b| b.classes & cues.company_head != 0);
        let plain = before.is_some_and(|b| b.classes & !cues.title_area == 0);
        // "mitra dagang terbesar kedua Alfa": two of them.
        let more = n > 2 && all[n - 2].kind == Kind::Word && all[n - 2].classes & !cues.title_area == 0;
        let triggered = !head
            && plain
            && n > 1
            && (all[n - 2].classes & x.triggers != 0 || more && all[n - 3].classes & x.triggers != 0);
        // "Bahkan Alfa": a sentence's first word is not what Alfa describes.
        let opener = n == 1 && before.is_some_and(|b| b.classes & !cues.title_area == 0);
        let verb = before.is_some_and(|b| {
            let first = cut.tokens[b.from];
            let word = first.text(text);
            // "Alfa Tegaskan Beta Siap": verbs of headlines have no prefix.
            let bare = cut.headline
                && word.len() > 6
                && word.ends_with("kan")
                && !word.starts_with("Ke")
                && !word.starts_with("Pe");
            b.classes & cues.not_verb == 0 && (bare || first.shape == Shape::Lower && is_verb(word))
        });
        // "diblokir di Alfa, Beta, dan Gama": the states that do it.
        let shut = n > 1
            && before.is_some_and(|b| b.classes & cues.place_prep != 0)
            && all[n - 2].classes & cues.shut_out != 0;
        let hit = is_hit(all, n, cues);
        // "keengganan Alfa untuk menyerang": who would do it.
        let purpose = before.is_some_and(|b| b.nominal)
            && all.get(n + 1).is_some_and(|i| word(text, cut, i) == "untuk");
        let attribute = !triggered
            && !purpose
            && !shut
            && !hit
            && !opener
            && !verb
            && before.is_some_and(|b| {
                b.kind == Kind::Word
                    // "sanksi ke-19 Alfa".
                    && cut.tokens[b.from].shape != Shape::Number
                    && b.classes & (cues.attributive_ok | cues.and | cues.with | cues.government_word) == 0
                    && (b.classes & !cues.title_area == 0
                        || b.classes
                            & (cues.company_word
                                | cues.product_word
                                | cues.company_head
                                | cues.organisation_head
                                | cues.oblique
                                | cues.area_word)
                            != 0)
            });
        // "Alfa (Korea Selatan)": where it is.
        let seat = state
            && n > 1
            && word(text, cut, &all[n - 1]) == "("
            && all.get(n + 1).is_some_and(|i| word(text, cut, i) == ")")
            && all[n - 2].kind == Kind::Word
            && cut.tokens[all[n - 2].from].is_name_like();
        // "pengelola Alfa PT Beta": what Beta runs.
        let unknown = all[n].members.iter().all(|m| locals.all[*m as usize].id.is_none());
        let run = unknown
            && !all[n].reference
            && all[n].kind == Kind::Group
            && all
                .get(n + 1)
                .is_some_and(|i| i.kind == Kind::Group && cut.classes[i.from] & cues.company_head != 0);
        // "kelompok militan Alfa Beta": whence Beta comes.
        let owned = state
            && before.is_some_and(|b| {
                let joins = cues.and
                    | cues.with
                    | cues.between
                    | cues.agent
                    | cues.person_title
                    | cues.government_word;
                b.kind == Kind::Word
                    && b.classes & joins == 0
                    && !all[n - 1].capital
                    && cut.tokens[b.from].shape == Shape::Lower
            })
            && all.get(n + 1).is_some_and(|i| {
                i.kind == Kind::Group && i.members.iter().all(|m| !locals.all[*m as usize].state)
            });
        // "layanan dari Alfa yang menyaingi Beta": the service does.
        let from = |n: usize| word(text, cut, &all[n]);
        let bears = cues.company_word | cues.peer_word;
        let noun = n > 1 && from(n - 1) == "dari" && all[n - 2].classes & bears != 0;
        let comes = state
            && (noun || n > 0 && from(n - 1).ends_with(" dari") && all[n - 1].classes & bears != 0)
            && all
                .get(n + 1)
                .is_some_and(|i| matches!(word(text, cut, i), "yang" | ",") || i.classes & cues.like != 0);
        // "perusahaan migas Alfa": whence it comes.
        let firm = state
            && (1..=3usize).any(|k| {
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
                k <= n && all[n - k].classes & bears != 0 && all[n - k..n].iter().all(plain)
            });
        // "Badan Alfa (BA) Republik Beta": it ends the body's name.
        let ends_name = state && n > 0 && {
            let close = word(text, cut, &all[n - 1]) == ")";
            let open =
                close.then(|| (n.saturating_sub(5)..n).rev().find(|m| word(text, cut, &all[*m]) == "("));
            open.flatten().is_some_and(|m| {
                let body = m.checked_sub(1).map(|b| &all[b]).filter(|b| b.kind == Kind::Group);
                body.is_some_and(|b| b.members.iter().all(|e| !locals.all[*e as usize].state))
            })
        };
        // "Regulator media Alfa, Beta, memblokir": Alfa's, and Beta is its name.
        let named = || {
            let comma = all.get(n + 1).is_some_and(|i| word(text, cut, i) == ",");
            let body = all.get(n + 2).filter(|i| i.kind == Kind::Group);
            comma && body.is_some_and(|i| i.members.iter().all(|m| !locals.all[*m as usize].state))
        };
        let ruler =
            state && (1..=3usize).any(|k| k <= n && all[n - k].classes & cues.regulator_noun != 0) && named();
        // "Pesawat Alfa dilarang", "produk Alfa dikenai tarif": that strikes Alfa.
        let behind = all[n + 1..].iter().find(|i| i.classes & cues.adverb == 0);
        let upon = n > 1
            && cut.all & cues.measure_noun != 0
            && all[n - 1].classes & cues.barred_noun != 0
            && all[n - 2].classes & cues.upon != 0;
        let struck = behind.is_some_and(|i| i.classes & cues.shut_out != 0)
            && all[n.saturating_sub(3)..n]
                .iter()
                .any(|i| i.classes & (cues.barred_noun | cues.product_word | cues.area_word) != 0);
        let goods = state && (struck || upon);
        if source > 0
            || (state && attribute || owned || firm || comes || ruler || ends_name) && !goods
            || seat
            || run
        {
            let bearer = before.is_some_and(|b| b.classes & (cues.bearer_noun | cues.company_word) != 0);
            all[n].kind = Kind::Word;
            if source == 0 && bearer {
                whence(text, cut, all, n + 1, locals, cues);
            }
        }
    }
}

/// "perusahaan Alfa, Beta dan Gama": they come from each of these.
fn whence(text: &str, cut: &Cut, all: &mut [Item], from: usize, locals: &Locals, cues: &Cues) {
    let mut at = from;
    let mut last = None;
    while last.is_none() {
        let and = all.get(at).is_some_and(|i| i.classes & cues.and != 0);
        let comma = all.get(at).is_some_and(|i| word(text, cut, i) == ",");
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
    for item in &mut all[from..at] {
        if item.kind == Kind::Group {
            item.kind = Kind::Word;
        }
    }
}

/// Drops short brackets, such as the abbreviation after a name.
fn brackets(text: &str, cut: &Cut, all: &mut Vec<Item>, cues: &Cues) {
    if !cut.has(b'(') {
        return;
    }
    let is_tail = |i: &Item| {
        i.kind == Kind::Word && i.classes & cues.company_tail != 0 && cut.tokens[i.from].is_name_like()
    };
    let mut n = 0;
    while n + 1 < all.len() {
        let opens = all[n].kind == Kind::Group && word(text, cut, &all[n + 1]) == "(";
        let close = opens
            .then(|| (n + 2..(n + 9).min(all.len())).find(|m| word(text, cut, &all[*m]) == ")"))
            .flatten();
        match close {
            Some(close) => {
                // "Alfa (Persero) Tbk (ALFA)".
                let tails = all[close + 1..].iter().take_while(|i| is_tail(i)).count();
                let to = all[close + tails].to;
                all.drain(n + 1..=close + tails);
                all[n].to = to;
            }
            None => n += 1,
        }
    }
}

/// "Direktur Alfa, Budi Cita" and "Bupati Alfa Dr. Budi, S.H." stand for Alfa.
fn people(text: &str, cut: &Cut, all: &mut Vec<Item>, cues: &Cues) {
    if cut.all & cues.person_title == 0 {
        return;
    }
    initials(cut, all);
    let mut n = 0;
    while n < all.len() {
        let titled = n > 0 && all[n - 1].classes & cues.person_title != 0;
        if all[n].kind == Kind::Group && (titled || all[n].leader) {
            let comma = all.get(n + 1).is_some_and(|i| word(text, cut, i) == ",");
            let at = bearer(text, cut, all, n + 1 + usize::from(comma), cues);
            if let Some(at) = at {
                let mut end = degrees(text, cut, all, at, cues);
                if all.get(end + 1).is_some_and(|i| word(text, cut, i) == ",") {
                    // The next of a list follows.
                    let next =
                        all.get(end + 2).is_some_and(|i| i.classes & (cues.and | cues.person_title) != 0);
                    end += usize::from(!next && comma);
                }
                let to = all[end].to;
                all.drain(n + 1..=end);
                all[n].to = to;
            }
        }
        n += 1;
    }
}

/// The person's name from `at` on, behind "Dr. H." and the like.
fn bearer(text: &str, cut: &Cut, all: &[Item], at: usize, cues: &Cues) -> Option<usize> {
    let styles = |i: &&Item| {
        i.kind != Kind::Group && (i.classes & cues.person_prefix != 0 || word(text, cut, i) == ".")
    };
    let at = at + all.iter().skip(at).take(8).take_while(styles).count();
    let names = |i: &Item| {
        let known = i.classes & !(cues.given_name | cues.title_area);
        i.kind == Kind::Word && known == 0 && cut.tokens[i.from].is_name_like()
    };
    all.get(at).is_some_and(names).then_some(at)
}

/// The last item of the person's name at `at` with what stands behind: ", S.H., M.H.".
fn degrees(text: &str, cut: &Cut, all: &[Item], at: usize, cues: &Cues) -> usize {
    let mut end = at;
    // "Abdul Rahman bin Ali".
    let particle = |i: &Item| matches!(word(text, cut, i), "bin" | "binti" | "van" | "von" | "ibn");
    let name = |i: &Item| i.kind == Kind::Word && cut.tokens[i.from].is_name_like();
    while all.get(end + 1).is_some_and(particle) && all.get(end + 2).is_some_and(name) {
        end += 2;
    }
    loop {
        let comma = usize::from(all.get(end + 1).is_some_and(|i| word(text, cut, i) == ","));
        let degree = |i: &Item| i.kind == Kind::Word && i.classes & cues.degree != 0;
        if !all.get(end + 1 + comma).is_some_and(degree) {
            return end;
        }
        end += 1 + comma;
        // "M.Pd.": its last dot.
        end += usize::from(
            all.get(end + 1).is_some_and(|i| word(text, cut, i) == "." && all.get(end + 2).is_some()),
        );
    }
}

/// "serangan rudal Beta di Alfa": whether that hits the one named at `n`.
pub(super) fn is_hit(items: &[Item], n: usize, cues: &Cues) -> bool {
    n > 2
        && items[n - 1].classes & cues.place_prep != 0
        && items[n - 2].kind == Kind::Group
        && items[n.saturating_sub(5)..n - 2].iter().any(|i| i.classes & cues.attack_noun != 0)
}
