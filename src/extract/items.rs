//! A sentence as groups of entities, dates, cues and plain words; and what
//! "the two companies" or "that company" point back to.

use super::apposed::{apposition, clauses, delegates, homes, initials, lead_ins, owners};
use super::classes::{Cue, Tags};
use super::counted::{counted, may_count};
use super::cues::Cues;
use super::cut::Cut;
use super::demote::demote;
use super::discourse::Discourse;
use super::extractor::Extractor;
use super::group::{asides, group};
use super::groups::Groups;
use super::item::{Item, Kind, word};
use super::kin::kin;
use super::locals::Locals;
use super::members::Members;
use super::refer::refer;
use super::token::Shape;
use super::trims::{trims, unnamed};

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
    let seen = plain(x, text, cut, all);
    let refers = refer(x, text, cut, all, seen, talk, locals);
    talk.referred.clear();
    if refers {
        talk.referred.extend(all.iter().filter(|i| i.reference).map(|i| (i.from, i.to, i.members.to_vec())));
    }
    talk.wanting = seen & cues.all_of != 0
        && all.iter().any(|i| i.kind == Kind::Word && i.classes & cues.all_of != 0)
        || cut.all & x.triggers != 0
            && may_count(seen, cues)
            && (0..all.len()).any(|n| counted(text, cut, all, n, cues).is_some());
    let groups = Groups::of(all);
    if groups.find(all, 0).is_none() {
        let spoken =
            if cut.all & cues.speech != 0 { talk.speaks(text, cut, all, locals, cues) } else { None };
        return talk.note(text, cut, &[], locals, cues, spoken);
    }
    if cut.all & (cues.person_title | cues.company_title) != 0 {
        talk.note_people(text, cut, all, locals, cues);
    }
    join(x, text, cut, locals, all, (seen, groups, refers));
    let spoken = if cut.all & cues.speech != 0 { talk.speaks(text, cut, all, locals, cues) } else { None };
    talk.note(text, cut, all, locals, cues, spoken);
    talk.note_lines(x, cut, all);
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
    let seen = plain(x, text, cut, all);
    let refers = refer(x, text, cut, all, seen, talk, locals);
    let groups = Groups::of(all);
    if groups.find(all, 0).is_some() {
        join(x, text, cut, locals, all, (seen, groups, refers));
    }
}

/// Joins what belongs together around names. The items have at most the cues `seen`, groups
/// at these places, and references if it `refers`.
fn join(
    x: &Extractor,
    text: &str,
    cut: &Cut,
    locals: &Locals,
    all: &mut Vec<Item>,
    (seen, mut groups, refers): (Cue, Groups, bool),
) {
    let cues = &x.cues;
    demote(x, text, cut, all, (seen, groups), locals);
    let first = groups.find(all, 0);
    let (any, several) = (first.is_some(), first.is_some_and(|n| groups.find(all, n + 1).is_some()));
    if any {
        brackets(cut, all, cues);
        people(text, cut, all, cues);
        if seen & (cues.kin_firm | cues.kin_word) != 0 {
            kin(text, cut, all, cues);
        }
        if seen & (cues.company_word | cues.kin_word) != 0 {
            asides(text, cut, all, cues);
        }
        groups = groups.renewed(all);
        clauses(x, text, cut, all, groups);
        delegates(text, cut, all, locals, cues);
        if refers && all.iter().any(|i| i.reference) {
            owners(text, cut, all, cues);
        }
        if seen & cues.company_word != 0 {
            lead_ins(text, cut, all, locals, cues);
        }
    }
    if several {
        homes(all, locals);
        groups = groups.renewed(all);
        trims(x, text, cut, all, groups);
        groups = groups.renewed(all);
        group(x, text, cut, all, groups);
    }
    if any && seen & cues.and != 0 {
        unnamed(text, cut, all, groups.renewed(all), cues);
    }
    if any && seen & cues.company_word != 0 {
        apposition(cut, all, groups.renewed(all), cues);
    }
}

/// The items before anything is joined; their cues.
fn plain(x: &Extractor, text: &str, cut: &Cut, all: &mut Vec<Item>) -> Cue {
    let tokens = &cut.tokens[..];
    let (classes, phrase) = (&cut.classes[..tokens.len()], &cut.phrase[..tokens.len()]);
    all.clear();
    all.reserve(tokens.len());
    let (mut runs, mut dates) = (cut.runs.iter().peekable(), cut.dates.iter().peekable());
    let (decimals, inside, bytes) = (cut.has(b','), !cut.headline, text.as_bytes());
    let (mut seen, mut at) = (Cue::NONE, cut.start);
    while at < tokens.len() {
        while runs.next_if(|r| r.from < at).is_some() {}
        while dates.next_if(|d| d.from < at).is_some() {}
        let (run, date) = (runs.peek(), dates.peek());
        let named = run.map_or(tokens.len(), |r| r.from);
        let stop = date.map_or(named, |d| d.from.min(named)).min(tokens.len());
        // Words that neither a name nor a date has.
        while at < stop {
            let (token, classes) = (&tokens[at], classes[at].without(x.cues.common));
            let mut to = (at + usize::from(phrase[at])).min(named).max(at + 1);
            seen |= classes.cues();
            if token.shape == Shape::Lower {
                all.push(Item::plain(classes, at, to));
                at = to;
                continue;
            }
            let mut item = Item::plain(classes, at, to);
            if token.shape == Shape::Mark {
                item.kind = if classes == 0 { Kind::Mark } else { Kind::Word };
                if token.ascii && to == at + 1 {
                    item.mark = bytes[token.start as usize];
                }
            } else {
                // "13,4 triliun": its comma parts no clauses.
                if decimals && decimal(text, cut, at) {
                    to = at + 3;
                    item.to = to;
                }
                item.capital = inside && at > 0 && token.is_name_like();
            }
            all.push(item);
            at = to;
        }
        if at > stop || at == tokens.len() {
            continue;
        }
        let classes = classes[at].without(x.cues.common);
        // What a date or a name is, its words don't tell.
        let mut item = Item::plain(Tags::NONE, at, at + 1);
        item.capital = inside && at > 0 && tokens[at].is_name_like();
        match (date.filter(|d| d.from == at), run) {
            (Some(d), _) => {
                (item.kind, item.to) = (Kind::Date(d.date, d.bracketed), d.to.max(at + 1));
            }
            (None, Some(r)) => match r.local {
                Some(local) => {
                    (item.kind, item.members, item.to) = (Kind::Group, Members::One(local), r.to);
                    item.leader = classes & x.cues.person_title != 0;
                }
                None if r.to == at + 1 => item.classes = classes,
                // "Penandatanganan Kerja Sama Alfa": an event, but its words tell.
                None if tells(x, cut, at, r.to) => {
                    item.classes = classes;
                    item.to = (at + usize::from(phrase[at])).clamp(at + 1, r.to);
                }
                None => item.to = r.to,
            },
            (None, None) => {}
        }
        if tokens[at].shape == Shape::Mark && tokens[at].ascii && item.to == at + 1 {
            item.mark = text.as_bytes()[tokens[at].start as usize];
        }
        at = item.to;
        seen |= item.classes.cues();
        all.push(item);
    }
    seen
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

/// Drops short brackets, such as the abbreviation after a name.
fn brackets(cut: &Cut, all: &mut Vec<Item>, cues: &Cues) {
    if !cut.has(b'(') {
        return;
    }
    let is_tail = |i: &Item| {
        i.kind == Kind::Word && i.classes & cues.company_tail != 0 && cut.tokens[i.from].is_name_like()
    };
    let mut n = 0;
    while n + 1 < all.len() {
        let opens = all[n].kind == Kind::Group && all[n + 1].mark == b'(';
        let close = opens.then(|| (n + 2..(n + 9).min(all.len())).find(|m| all[*m].mark == b')')).flatten();
        match close {
            Some(close) => {
                // "Alfa (Persero) Tbk (ALFA)".
                let tails = all[close + 1..].iter().take_while(|i| is_tail(i)).count();
                // "saat melawan Alfa (9 Maret 2025)": that day, and no name; but not in a list.
                let listed = all.get(close + 1).is_some_and(|i| i.classes & cues.and != 0 || i.mark == b',');
                if close == n + 3 && matches!(all[n + 2].kind, Kind::Date(..)) && !listed {
                    n = close;
                    continue;
                }
                // "Alfa (Persero) Tbk. dan Beta": its dot ends no sentence.
                let dot =
                    tails > 0 && all[close + tails + 1..].len() > 1 && all[close + tails + 1].mark == b'.';
                let last = close + tails + usize::from(dot);
                let to = all[last].to;
                all.drain(n + 1..=last);
                all[n].extend(to);
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
            let comma = all.get(n + 1).is_some_and(|i| i.mark == b',');
            let at = bearer(cut, all, n + 1 + usize::from(comma), cues);
            if let Some(at) = at {
                let mut end = degrees(text, cut, all, at, cues);
                if all.get(end + 1).is_some_and(|i| i.mark == b',') {
                    // The next of a list follows.
                    let next =
                        all.get(end + 2).is_some_and(|i| i.classes & (cues.and | cues.person_title) != 0);
                    end += usize::from(!next && comma);
                }
                let to = all[end].to;
                all.drain(n + 1..=end);
                all[n].extend(to);
            }
        }
        n += 1;
    }
}

/// The person's name from `at` on, behind "Dr. H." and the like.
fn bearer(cut: &Cut, all: &[Item], at: usize, cues: &Cues) -> Option<usize> {
    let styles = |i: &&Item| i.kind != Kind::Group && (i.classes & cues.person_prefix != 0 || i.mark == b'.');
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
        let comma = usize::from(all.get(end + 1).is_some_and(|i| i.mark == b','));
        let degree = |i: &Item| i.kind == Kind::Word && i.classes & cues.degree != 0;
        if !all.get(end + 1 + comma).is_some_and(degree) {
            return end;
        }
        end += 1 + comma;
        // "M.Pd.": its last dot.
        end += usize::from(all.get(end + 1).is_some_and(|i| i.mark == b'.' && all.get(end + 2).is_some()));
    }
}
