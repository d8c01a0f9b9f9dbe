//! A name of the lexicons where a longer one may begin.

use super::EntityKind;
use super::capitals::{capital_end, joins, tail_end};
use super::cut::{Cut, Run};
use super::extractor::Extractor;
use super::known::Sort;
use super::names::is_camel;
use super::token::Shape;
use super::units::local_unit;
use std::ops::ControlFlow;

/// Takes the lexicon's name `(id, len)` at a token, alone or as the beginning of a longer
/// one; breaks with the token to go on at, or goes on with the name's end where a head's
/// name may be longer still.
pub(super) fn listed_name(
    x: &Extractor,
    text: &str,
    cut: &mut Cut,
    names: &[Option<(u32, u32)>],
    at: usize,
    (id, len): (u32, u32),
    is_head: bool,
) -> ControlFlow<usize, usize> {
    let n = cut.tokens.len();
    let token = cut.tokens[at];
    let heads =
        x.cues.company_head | x.cues.government_head | x.cues.organisation_head | x.cues.alliance_head;
    let mut end = at + len as usize;
    let sort = x.known[id as usize].sort;
    // "Mal Alfa": where something is.
    if at > 0 && cut.classes[at - 1] & x.cues.site != 0 && matches!(sort, Sort::Entity(EntityKind::Company)) {
        return ControlFlow::Break(end);
    }
    // "Menteri Kesehatan Alfa": another state's minister.
    let foreign = names.get(end).copied().flatten().is_some_and(|(place, _)| {
        let k = &x.known[place as usize];
        k.state && Some(place) != x.home
    });
    let ministry = matches!(sort, Sort::Entity(EntityKind::Government));
    if ministry && foreign && cut.classes[at] & x.cues.person_title != 0 {
        cut.entitle(at..end, x.cues.person_title | x.cues.leader_title);
        return ControlFlow::Break(end);
    }
    // "Kementerian Pertahanan Alfa": another state's.
    let body = ministry && !x.known[id as usize].state && cut.classes[at] & x.cues.government_head != 0;
    if body
        && token.shape == Shape::Capital
        && let Some(to) = abroad(x, cut, names, end)
    {
        cut.runs.push(Run { of: Some(id), ..Run::new(at, to, None) });
        return ControlFlow::Break(to);
    }
    // "CT Alfa Foundation": capitals that mean something else when alone.
    let begins = len == 1
        && matches!(sort, Sort::NotAName)
        && cut.classes[at] & x.cues.common == 0
        && token.shape == Shape::Upper
        && !is_head
        && cut.tokens.get(end).is_some_and(|t| t.is_name_like() && !t.glued && t.shape != Shape::Number)
        && (names.get(end).is_some_and(|n| n.is_none())
            || cut.classes.get(end + 1).is_some_and(|c| c & x.cues.organisation_tail != 0))
        && cut.classes[end] == 0
        && !cut.headline;
    if begins {
        let ends = |to: usize| !joins(cut, text, to) || names[to].is_some() && to > end;
        let to = (end..n).find(|to| ends(*to)).unwrap_or(n);
        cut.runs.push(Run::new(at, to, None));
        return ControlFlow::Break(to);
    }
    // "ujar Alfa Cita": whoever speaks has a surname.
    let surname = |to: usize| {
        let token = cut.tokens.get(to);
        token.is_some_and(|t| t.shape == Shape::Capital && !t.glued)
            && cut.classes[to] & !x.cues.given_name == 0
            && names[to].is_none()
    };
    let speaks = at > 0 && cut.classes[at - 1] & x.cues.speech != 0;
    // "Direktur Alfa Beta Cita": so has who bears the title, though Beta is a firm elsewhere.
    let titles = x.cues.person_title | x.cues.company_title;
    let bears = cut.runs.last().is_some_and(|r| r.to == at && cut.before(r.from) & titles != 0);
    if len == 1 && (speaks || bears) && token.shape == Shape::Capital && surname(end) {
        return ControlFlow::Break(end + 1);
    }
    let entity = !matches!(sort, Sort::NotAName);
    // "Komdis VFF", "Komisi Disiplin (Komdis) VFF", where the lexicon has a Komdis of another body.
    let bracket = cut.tokens.get(end).is_some_and(|t| t.is(text, "("))
        && cut.tokens.get(end + 2).is_some_and(|t| t.is(text, ")"));
    let next = if bracket { end + 3 } else { end };
    let other = names.get(next).copied().flatten().filter(|(other, other_len)| {
        let k = &x.known[*other as usize];
        let body = matches!(k.sort, Sort::Entity(EntityKind::Organisation));
        body && *other_len == 1 && cut.tokens[next].shape == Shape::Upper && !cut.tokens[next].glued
    });
    if let Some((_, other_len)) = other
        && (len == 1 || bracket)
        && entity
        && matches!(sort, Sort::Entity(EntityKind::Organisation))
        && token.shape == Shape::Capital
        && !cut.headline
    {
        let to = next + other_len as usize;
        cut.runs.push(Run { of: Some(id), ..Run::new(at, to, None) });
        return ControlFlow::Break(to);
    }
    // "Bali United", "Alfa Musik Group": a longer name begins with a known one.
    let company = matches!(sort, Sort::Entity(EntityKind::Company));
    // "perusahaan Alfa Beta Company": the state Alfa is whence Beta comes.
    let whence = x.known[id as usize].state
        && at > 0
        && cut.tokens[at - 1].shape == Shape::Lower
        && (cut.classes[at - 1] & (x.cues.company_word | x.cues.bearer_noun) != 0
            || cut.tokens[at - 1].is(text, "asal"))
        && cut.tokens.get(end).is_some_and(|t| !t.is(text, "All"));
    let parted = token.glued && at > 0 && cut.tokens[at - 1].is(text, "-");
    // "Sebelumnya Alfa FC": a word that the sentence begins with.
    // "KPR Bank Alfa": the bank's name begins.
    let next = |at: usize| cut.tokens.get(at).is_some_and(|t| t.is_name_like() && !t.glued);
    let head = cut.classes.get(end).is_some_and(|c| c & x.cues.company_head != 0) && next(end + 1);
    let word = !entity
        && (cut.classes[at] != 0 && token.shape == Shape::Capital
            || cut.classes[at] & x.cues.company_word != 0
            || head);
    // "Jepang Bank Alfa", where the lexicon has that bank.
    let another =
        x.known[id as usize].state && names.get(end).copied().flatten().is_some_and(|(_, len)| len > 1);
    let ends = !whence && !parted && !word && !another;
    if let Some(to) = tail_end(x, cut, text, end, company).filter(|_| ends) {
        // "Alfa Indonesia Tbk" is Alfa, but "Alfa Indonesia Group" a longer name.
        let state = |n: usize| names[n].is_some_and(|(id, len)| len == 1 && x.known[id as usize].state);
        let form = cut.tokens[to - 1].is(text, "Tbk");
        let known = (company && form && (end..to - 1).all(state)).then_some(id);
        cut.runs.push(Run::new(at, to, known));
        return ControlFlow::Break(to);
    }
    // "Indonesia-Australia Business Forum": two states, and what they have together.
    let joined = !cut.headline
        && cut.tokens.get(end).is_some_and(|t| t.glued && t.is(text, "-"))
        && cut.tokens.get(end + 1).is_some_and(|t| t.glued && t.is_name_like());
    let other = names.get(end + 1).copied().flatten().filter(|(other, len)| {
        let k = &x.known[*other as usize];
        let bodies = [Sort::Entity(EntityKind::Government), Sort::Entity(EntityKind::Alliance)];
        joined && (*len == 1 && k.state || bodies.contains(&k.sort))
    });
    if let Some((_, len)) = other.filter(|_| x.known[id as usize].state) {
        let words = x.cues.calendar | x.cues.person_title | x.cues.person_prefix | x.cues.government_word;
        let free = |to: &usize| {
            let t = cut.tokens[*to];
            t.is_name_like() && !t.glued && names[*to].is_none() && cut.classes[*to] & words == 0
        };
        // "Jepang-Korea Selatan": the second has a name of two words.
        let from = end + 1 + len as usize;
        let to = (from..n).take_while(free).count() + from;
        // "Indonesia-Australia Partnership Agreement" is no body.
        let paper = x.cues.event_head | x.cues.product_word;
        if to > from && cut.classes[to - 1] & paper == 0 {
            cut.runs.push(Run::new(at, to, None));
            return ControlFlow::Break(to);
        }
    }
    // "Alfa DataCo", ", Indonesia Flight,": a state's name begins a longer one.
    let own = cut.tokens.get(end).is_some_and(|t| {
        let free = cut.classes[end] == 0 && names[end].is_none() && t.is_name_like() && !t.glued;
        let lists = at > 0
            && (cut.tokens[at - 1].is(text, ",") || cut.classes[at - 1] & x.cues.and != 0)
            && cut.tokens.get(end + 1).is_some_and(|t| t.is(text, ","));
        free && (lists || is_camel(t.text(text)))
    });
    // "bekerja sama dengan Kuwait Alfa": the state's name begins a firm's.
    let next =
        cut.tokens.get(end).filter(|t| t.shape == Shape::Capital && !t.glued).map_or("", |t| t.text(text));
    let compass = matches!(next, "Utara" | "Selatan" | "Barat" | "Timur" | "Tengah" | "Raya" | "Serikat");
    let behind = |class| at > 0 && cut.classes[at - 1] & class != 0;
    let joined = !next.is_empty()
        && !compass
        && len == 1
        && token.shape == Shape::Capital
        && (behind(x.cues.with | x.cues.and | x.cues.agent | x.cues.company_verb | x.cues.like)
            || at > 1 && cut.tokens[at - 1].is(text, ","))
        && cut.classes[end] & !x.cues.common == 0
        && names[end].is_none();
    let own = own || joined;
    if own && x.known[id as usize].state && !cut.headline {
        cut.runs.push(Run::new(at, end + 1, None));
        return ControlFlow::Break(end + 1);
    }
    // "bermitra dengan Shenzhen Alfa": a town's name begins a firm's.
    let free = |to: usize| {
        let own = cut.classes[to] & !x.cues.common == 0 && names[to].is_none();
        own && cut.tokens[to].is_name_like() && cut.tokens[to].shape != Shape::Number && !cut.tokens[to].glued
    };
    let sided = at > 0
        && cut.classes[at - 1]
            & (x.cues.with | x.cues.and | x.cues.agent | x.cues.company_word | x.cues.company_verb)
            != 0;
    if matches!(sort, Sort::Place)
        && !x.known[id as usize].state
        && sided
        && !cut.headline
        && end < n
        && free(end)
    {
        let to = (end..n).find(|to| !free(*to)).unwrap_or(n);
        cut.runs.push(Run::new(at, to, None));
        return ControlFlow::Break(to);
    }
    // "Manila Alfa": a capital that stands for its state, but not here.
    let k = &x.known[id as usize];
    let city = k.state && len == 1 && k.capital(&x.texts) == Some(token.text(text));
    let inside = at > 0 && cut.tokens[at - 1].shape == Shape::Lower && !cut.headline;
    let titled = at > 0 && cut.before(at) & (x.cues.person_title | x.cues.government_word) != 0;
    if city && inside && !titled && surname(end) && cut.classes[end] == 0 {
        let to = (end..n).find(|to| !free(*to)).unwrap_or(n);
        cut.runs.push(Run::new(at, to, None));
        return ControlFlow::Break(to);
    }
    let next_head = cut.classes.get(end).is_some_and(|c| c & heads != 0);
    // "Bank Perkreditan Rakyat" is none, but "Bank Perkreditan Rakyat Alfa" is.
    let begun = len == 1 || !entity || u32::from(cut.phrase[at]) == len;
    // "Ketua Alfa Budi": the body's leader.
    let led = entity
        && begun
        && cut.before(at) & x.cues.person_title != 0
        && surname(end)
        && cut
            .tokens
            .get(end + 1)
            .is_none_or(|t| !t.is_name_like() || cut.classes[end] & x.cues.given_name != 0);
    let longer =
        if is_head && !next_head && begun && !led { capital_end(x, cut, text, names, at) } else { end };
    if longer <= end {
        if entity {
            let to = local_unit(x, cut, names, id, end);
            let unit = to > end && !company;
            let to = if company && to == end { branch(x, cut, names, at, end) } else { to };
            cut.runs.push(Run { unit, ..Run::new(at, to, Some(id)) });
            end = to;
        }
        return ControlFlow::Break(end);
    }
    ControlFlow::Continue(end)
}

/// Where "Alfa Cloud" ends, a branch of a firm that is known; people's last names and what
/// is capital from a title aside.
fn branch(x: &Extractor, cut: &Cut, names: &[Option<(u32, u32)>], at: usize, end: usize) -> usize {
    let name = |at: usize| cut.tokens.get(at).is_some_and(|t| t.is_name_like() && !t.glued);
    let titles = x.cues.person_title | x.cues.company_title | x.cues.person_prefix | x.cues.speech;
    let own = name(end)
        && cut.tokens[end].shape == Shape::Capital
        && cut.tokens[end].word > 0
        && cut.tokens[end].end - cut.tokens[end].start > 2
        && !name(end + 1)
        && names[end].is_none()
        && cut.classes[end] & !(x.cues.common | x.cues.title_area) == 0
        && !cut.headline
        && cut.before(at) & titles == 0;
    end + usize::from(own)
}

/// Where another state's name ends that stands behind a ministry's, at once or behind the rest
/// of its field: "Kementerian Pertahanan | Alfa", "Kementerian Perdagangan | dan Industri Alfa".
fn abroad(x: &Extractor, cut: &Cut, names: &[Option<(u32, u32)>], end: usize) -> Option<usize> {
    let and = |at: usize| cut.classes[at] & x.cues.and != 0;
    let heads = x.cues.government_head | x.cues.organisation_head | x.cues.company_head;
    let own = names[end - 1].is_some_and(|(id, _)| Some(id) == x.home);
    let field = |at: &usize| {
        let class = cut.classes[*at];
        let common = class & (x.cues.common | x.cues.title_area) != 0 && class & heads == 0 && !own;
        names[*at].is_none()
            && (and(*at) || common && cut.tokens[*at].is_name_like() && !cut.tokens[*at].glued)
    };
    let at = (end..cut.tokens.len().min(end + 5)).find(|at| !field(at))?;
    let (_, len) = names[at].filter(|(id, _)| x.known[*id as usize].state && Some(*id) != x.home)?;
    let ends = at == end || and(end) && at > end + 1;
    (ends && !cut.tokens[at].glued && cut.tokens[at].is_name_like()).then_some(at + len as usize)
}
