//! Which state is meant by "negaranya", "kita" and "negara itu".

use super::EntityKind;
use super::cues::Cues;
use super::cut::Cut;
use super::item::{Item, Kind, word};
use super::known::HOME;
use super::locals::Locals;
use super::parts::is_verb;

/// "kita dengan Turki": whether a ministry speaks, and another state stands in the sentence.
pub(super) fn speaks_for_state(all: &[Item], locals: &Locals, speaker: u32) -> bool {
    let local = |e: u32| &locals.all[e as usize];
    let abroad = |e: &u32| local(*e).state && &*local(*e).name != HOME;
    let rules = local(speaker).kind == EntityKind::Government && !local(speaker).state;
    rules && all.iter().any(|i| i.kind == Kind::Group && i.members.iter().all(abroad))
}

/// Whose state "negaranya" is: the one that speaks, or else that the sentence begins with.
pub(super) fn own_state(speaker: Option<u32>, before: &[Item], locals: &Locals) -> Option<u32> {
    let state = |e: &u32| locals.all[*e as usize].state;
    let first = || before.iter().find(|i| i.kind == Kind::Group)?.members.first().copied();
    speaker.filter(state).or_else(|| first().filter(state))
}

/// The state of the news, if the article names it.
pub(super) fn home_state(locals: &Locals) -> Option<u32> {
    locals.all.iter().position(|l| l.state && &*l.name == HOME).map(|n| n as u32)
}

/// "terhadap Alfa jika negara itu": the state that the clause before names last.
pub(super) fn state_before(
    text: &str,
    cut: &Cut,
    items: &[Item],
    locals: &Locals,
    cues: &Cues,
) -> Option<u32> {
    let verb = |at: usize| {
        let item = items.get(at).filter(|i| i.kind == Kind::Word && i.classes & cues.not_verb == 0);
        item.is_some_and(|i| is_verb(word(text, cut, i)))
    };
    let joins = |at: usize| items[at].classes & cues.and != 0 && verb(at + 1);
    let clause = (0..items.len()).rev().find(|at| items[*at].classes & cues.clause != 0 || joins(*at))?;
    let told = items[..clause].iter().rev().take_while(|i| i.classes & cues.clause == 0);
    let mut told = told.filter(|i| i.kind == Kind::Group);
    let [state] = told.next()?.members[..] else { return None };
    // "Alfa mengusir utusan Beta dan menghukum negara itu": not who does both.
    let other = items[clause].classes & cues.clause != 0 || told.next().is_some();
    (other && locals.all[state as usize].state).then_some(state)
}

/// The state in "perusahaan asal Alfa itu", "raksasa Alfa tersebut", as the lexicon has it.
pub(super) fn home(
    text: &str,
    cut: &Cut,
    all: &[Item],
    n: usize,
    cues: &Cues,
    locals: &Locals,
) -> Option<u32> {
    let whence = all.get(n + 1).is_some_and(|i| i.classes & (cues.from | cues.oblique) != 0);
    // "perusahaan itu didenda Alfa": the phrase has ended.
    let ended = ["itu", "ini", "tersebut"].iter().any(|end| word(text, cut, &all[n]).ends_with(end));
    if ended && !whence {
        return None;
    }
    let ends = cues.that | cues.verb_like | cues.company_verb | cues.clause;
    let phrase = all[n + 1..]
        .iter()
        .take(5)
        .take_while(|i| i.kind != Kind::Mark && i.classes & ends == 0 && !is_verb(word(text, cut, i)));
    let mut states = phrase.flat_map(|i| &i.members).filter(|m| locals.all[**m as usize].state);
    states.next().and_then(|m| locals.all[*m as usize].id)
}
