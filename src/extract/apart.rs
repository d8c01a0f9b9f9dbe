//! A second reading of phrases: "memberlakukan pembatasan" is a phrase of the data, but
//! also a verb with its object. What a longer phrase hides is read word by word, so that
//! no phrase that is added takes a fact away.

use super::classes::{ClassSet, Cue, Tags};
use super::cut::Cut;
use super::extractor::Extractor;
use super::item::Item;
use super::trie::Hit;

/// A sentence with its phrases taken apart.
#[derive(Debug)]
pub(super) struct Apart {
    pub cut: Cut,
    /// All classes of its words.
    pub all: ClassSet,
    /// The tokens of each phrase, first and one past the last, and what it begins with.
    phrases: Vec<(usize, usize, Hit)>,
}

impl Apart {
    /// Whether an item was hidden by a longer phrase.
    pub(super) fn hid(&self, item: &Item) -> bool {
        self.phrases.iter().any(|(from, to, _)| (*from..*to).contains(&item.from))
    }
}

/// The sentence with its phrases taken apart, in the room of another; none if nothing new
/// would be read.
pub(super) fn apart(x: &Extractor, cut: &Cut, room: &mut Cut) -> Option<Apart> {
    let mut parts: Vec<(usize, usize, Hit)> = Vec::new();
    let mut at = 0;
    while at < cut.tokens.len() {
        let to = at + usize::from(cut.phrase[at]);
        if to > at + 1 && cut.classes[at] & x.asked != 0 {
            let first = x.trie.hit_within(&cut.tokens, at, to - at - 1);
            if hides(x, cut, at, to, first.classes) {
                parts.push((at, to, first));
            }
        }
        at = to.max(at + 1);
    }
    if parts.is_empty() {
        return None;
    }
    let cues = parts.iter().fold(cut.all, |all, part| all | part.2.classes);
    let all =
        parts.iter().fold(x.trie.all(&cut.classes, cut.all), |all, part| all | x.trie.whole(part.2.classes));
    let names = most_names(x, cut, cues);
    let tells = |part: &(usize, usize, Hit)| {
        let mut inner = cut.classes[part.0 + 1..part.1].iter().copied().chain([part.2.classes]);
        inner.any(|c| x.may_tell(c, &all, names))
    };
    if !parts.iter().any(tells) {
        return None;
    }
    let mut other = std::mem::take(room);
    other.clone_from(cut);
    other.all = cues;
    for part in &parts {
        other.classes[part.0] = part.2.classes;
        other.phrase[part.0] = part.2.phrase_len.clamp(1, 20) as u8;
    }
    Some(Apart { cut: other, all, phrases: parts })
}

/// No more names than these can a sentence of these classes have, and words that stand
/// for names.
fn most_names(x: &Extractor, cut: &Cut, all: Cue) -> usize {
    let cues = &x.cues;
    match all & (cues.refers() | cues.speech | cues.peer_noun | cues.bearer_noun | cues.company_word) != 0 {
        true => usize::MAX,
        false => cut.runs.iter().filter(|r| r.local.is_some()).count(),
    }
}

/// Whether a phrase has words inside that may tell something else than it does.
fn hides(x: &Extractor, cut: &Cut, at: usize, to: usize, first: Tags) -> bool {
    let mut inner = cut.classes[at + 1..to].iter().copied().chain([first]);
    let others = || *x.by_classes.own() & !x.trie.whole(cut.classes[at]);
    inner.any(|c| c & x.triggers != 0 && x.trie.whole(c).meets(&others()))
}
