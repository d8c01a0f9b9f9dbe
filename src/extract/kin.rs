//! "anak usaha Alfa": a firm that is told by another's name, and isn't that other.

use super::cues::Cues;
use super::cut::Cut;
use super::item::{Item, Kind, word};
use super::parts::is_verb;

/// How many words may stand between the noun and the other's name.
const TO_OWNER: usize = 3;
/// How many may stand between the other's name and its own.
const TO_OWN: usize = 5;

/// Nouns before a firm's name that tell of it, but for one whose own name follows: "pengelola
/// Alfa, Beta".
const HOLDERS: [&str; 2] = ["pemilik", "pengelola"];

/// Lets "anak usaha Alfa, Beta" be Beta alone, and the Alfa of "anak usaha Alfa" nobody.
pub(super) fn kin(text: &str, cut: &Cut, all: &mut Vec<Item>, cues: &Cues) {
    let mut n = 0;
    while n < all.len() {
        let firm = all[n].classes & cues.kin_firm != 0;
        if all[n].kind == Kind::Word
            && (firm || holds(text, cut, &all[n]))
            && let Some(owner) = owner(text, cut, all, n, cues)
            && (firm || own(text, cut, all, n, owner, cues).is_some())
        {
            let owners = owners(all, n, owner, cues);
            for at in &owners {
                all[*at].kind = Kind::Word;
                all[*at].members.clear();
            }
            if owners.len() > 1 {
                n += 1;
                continue;
            }
            if let Some(own) = own(text, cut, all, n, owner, cues) {
                all.drain(n..own);
            }
        }
        n += 1;
    }
}

/// How many in a row are owners all: fewer may be an owner and those it has.
const OWNERS: usize = 4;

/// "anak usaha Alfa, Beta, Gama, dan Delta": one firm has several owners, unless more than
/// one firm is told of.
fn owners(all: &[Item], noun: usize, owner: usize, cues: &Cues) -> Vec<usize> {
    let joins = |n: usize| all.get(n).is_some_and(|i| i.mark == b',' || i.classes & cues.and != 0);
    let mut found = vec![owner];
    let mut at = owner + 1;
    while joins(at) {
        at += 1 + usize::from(joins(at + 1));
        let brackets = |n: usize| all.get(n).is_some_and(|i| i.mark == b'(');
        if all.get(at).is_none_or(|i| i.kind != Kind::Group) {
            break;
        }
        found.push(at);
        at += 1;
        if brackets(at) {
            at += all[at..].iter().take(4).position(|i| i.mark == b')').map_or(0, |n| n + 1);
        }
    }
    let counted = noun > 0 && all[noun - 1].classes & cues.count != 0;
    let several = found.len() >= OWNERS && !counted;
    if several { found } else { vec![owner] }
}

/// Whose relation it is.
fn owner(text: &str, cut: &Cut, all: &[Item], noun: usize, cues: &Cues) -> Option<usize> {
    let at = (noun + 1..all.len().min(noun + 2 + TO_OWNER)).find(|n| all[*n].kind == Kind::Group)?;
    let plain = |i: &Item| {
        let verb = i.classes & cues.not_verb == 0 && is_verb(word(text, cut, i));
        let links = i.classes & (cues.owner | cues.from | cues.company_word | cues.company_head) != 0;
        i.kind == Kind::Word && (links || !verb && i.classes & !(cues.that | cues.count) == 0)
    };
    all[noun + 1..at].iter().all(plain).then_some(at)
}

/// Its own name behind that: ", Beta", "yakni Beta", or a second name right there.
fn own(text: &str, cut: &Cut, all: &[Item], noun: usize, owner: usize, cues: &Cues) -> Option<usize> {
    let comma = |n: usize| all.get(n).is_some_and(|i| i.mark == b',');
    let group = |n: usize| all.get(n).is_some_and(|i| i.kind == Kind::Group);
    let like =
        |n: usize| all.get(n).is_some_and(|i| i.classes & cues.like != 0 || word(text, cut, i) == "bernama");
    let words = all[owner + 1..].iter().take(TO_OWN).take_while(|i| {
        i.kind == Kind::Word
            && i.classes & (cues.with | cues.clause | cues.and | cues.like | cues.verb_like | cues.negated)
                == 0
            && (i.classes & cues.not_verb != 0 || !is_verb(word(text, cut, i)))
            && word(text, cut, i) != "bernama"
    });
    let at = owner + 1 + words.count();
    if group(at) {
        return (at == owner + 1).then_some(at);
    }
    if like(at) {
        return group(at + 1).then_some(at + 1);
    }
    if !comma(at) {
        return None;
    }
    if like(at + 1) {
        return group(at + 2).then_some(at + 2);
    }
    // "Lewat anak usaha Alfa, Beta menggandeng Gama": the clause begins behind the comma.
    let verb = all.get(at + 2).is_some_and(|i| {
        let verbs = cues.adverb | cues.verb_like | cues.company_verb | cues.speech | cues.planned;
        i.kind == Kind::Word
            && (i.classes & verbs != 0 || i.classes & cues.not_verb == 0 && is_verb(word(text, cut, i)))
    });
    (group(at + 1) && !(verb && noun > 0)).then_some(at + 1)
}

fn holds(text: &str, cut: &Cut, item: &Item) -> bool {
    HOLDERS.iter().any(|noun| word(text, cut, item).eq_ignore_ascii_case(noun))
}
