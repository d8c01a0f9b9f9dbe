//! "Direktur Alfa Budi Cita": where the firm's name ends and the person's begins.

use super::EntityKind;
use super::classes::Cue;
use super::cut::{Cut, Run, run_text};
use super::extractor::Extractor;
use super::known::Sort;
use rustc_hash::FxHashSet;

/// "Direktur Alfa Budi Cita": where the article also names "Alfa" alone, the title's
/// run is cut after it.
pub(super) fn split_titles(x: &Extractor, text: &str, cuts: &mut [Cut]) {
    let heads = x.cues.organisation_head | x.cues.government_head | x.cues.alliance_head;
    let titled = |cut: &Cut, run: &Run| {
        let before = cut.before(run.from);
        // "Kepala Dinas Alfa Budi Cita".
        let body = before & x.cues.person_title != 0 && cut.classes[run.from] & heads != 0;
        before & x.cues.company_title != 0 || body
    };
    let titles = x.cues.company_title | x.cues.person_title;
    let mut may = cuts.iter().filter(|cut| cut.all & titles != 0);
    let any = may.any(|cut| cut.runs.iter().any(|r| r.known.is_none() && titled(cut, r)));
    if !any {
        return;
    }
    let mut alone: FxHashSet<String> = FxHashSet::default();
    for cut in cuts.iter() {
        let own = cut.runs.iter().filter(|r| r.known.is_none() && !titled(cut, r));
        alone.extend(own.map(|r| run_text(cut, text, r).to_lowercase()));
    }
    for cut in cuts.iter_mut() {
        for r in 0..cut.runs.len() {
            let run = cut.runs[r];
            if run.known.is_some() || !titled(cut, &run) {
                continue;
            }
            let part = |from: usize, to: usize| run_text(cut, text, &Run { from, to, ..run }).to_lowercase();
            // "Alfa Beta" for "PT Alfa Beta".
            let own = run.from + usize::from(cut.classes[run.from] & x.cues.company_head != 0);
            let body = cut.classes[run.from] & heads != 0;
            if body && alone.contains(&part(run.from, run.to)) {
                continue;
            }
            // "Dinas" alone tells of no "Dinas Alfa Budi Cita" where its name ends.
            let stands = (own + 1 + usize::from(body)..run.to)
                .rev()
                .find(|to| alone.contains(&part(run.from, *to)) || alone.contains(&part(own, *to)));
            if let Some(to) = stands.or_else(|| person(x, cut, &run)) {
                cut.runs[r].to = to;
                cut.classes[run.from - 1] = cut.classes[run.from - 1].without(x.cues.person_title);
            }
        }
    }
}

/// Where the person begins in a run behind a title that no other sentence helps to cut:
/// at a given name, behind a firm's last word, else two words before its end.
fn person(x: &Extractor, cut: &Cut, run: &Run) -> Option<usize> {
    let is = |at: usize, class| cut.classes[at] & class != 0;
    let words = cut.tokens[run.from..run.to].iter().all(|t| t.is_name_like());
    if !words || is(run.from, x.cues.given_name | x.cues.person_prefix | x.cues.title_area) {
        return None;
    }
    // "Direktur Lembaga Alfa Beta | Budi": the person has been cut off already.
    let heads = x.cues.organisation_head | x.cues.government_head | x.cues.alliance_head;
    let body = is(run.from, heads) || is(run.to - 1, x.cues.organisation_tail | x.cues.body_tail);
    let behind = cut.classes.get(run.to).is_some_and(|c| c & x.cues.given_name != 0);
    if body || behind {
        return None;
    }
    let inside = run.from + 1..run.to;
    let given = inside.clone().find(|at| is(*at, x.cues.given_name));
    let tail = inside.clone().rev().find(|at| is(*at, x.cues.company_tail)).map(|at| at + 1);
    // "Direktur PT Alfa Beta Gama" may name no person.
    let two = (run.to - run.from > 2 && !is(run.from, x.cues.company_head)).then(|| run.to - 2);
    given.or(tail).or(two).filter(|at| inside.contains(at))
}

/// "Menteri Tenaga Kerja dan Alih Daya Alfa": where the field of another state's minister ends.
fn minister_of(
    x: &Extractor,
    text: &str,
    cut: &Cut,
    names: &[Option<(u32, u32)>],
    at: usize,
) -> Option<usize> {
    let minister = at > 0 && cut.tokens[at - 1].bytes(text).eq_ignore_ascii_case(b"menteri");
    if !minister || cut.headline {
        return None;
    }
    let state = |to: usize| names[to].is_some_and(|(id, _)| x.known[id as usize].state && Some(id) != x.home);
    let joint = |to: usize| cut.classes[to] & x.cues.and != 0 || cut.tokens[to].is(text, ",");
    let field = |to: &usize| {
        let word = cut.tokens[*to].is_name_like() && cut.classes[*to] & x.cues.given_name == 0;
        !state(*to) && (word && !cut.tokens[*to].glued || joint(*to))
    };
    let to = (at..cut.tokens.len().min(at + 8)).find(|to| !field(to))?;
    (to > at && state(to) && !joint(to - 1)).then_some(to)
}

/// "Menteri Perdagangan Internasional Alfa": where the title of another state's minister ends
/// that begins as one of home does.
pub(super) fn foreign_minister(
    x: &Extractor,
    text: &str,
    cut: &mut Cut,
    names: &[Option<(u32, u32)>],
    at: usize,
) -> Option<usize> {
    let to = minister_of(x, text, cut, names, at + 1)?;
    let title = x.cues.person_title | x.cues.leader_title;
    cut.entitle(at..to, title);
    Some(to)
}

/// "Deputi Perdana Menteri sekaligus Menteri Pertahanan Alfa": the second title, at `at`, goes
/// on with the first.
pub(super) fn one_more(x: &Extractor, cut: &mut Cut, at: usize) {
    let leads = |c: Cue| c & x.cues.leader_title != 0;
    let joins = at > 1 && cut.classes[at - 1] & x.cues.same_subject != 0;
    if joins && leads(cut.classes[at].cues()) && leads(cut.before(at - 1)) {
        cut.entitle(at - 1..at, x.cues.person_title | x.cues.leader_title);
    }
}

/// Whether "dan" follows among the next words, and only words with capitals and commas stand before it.
fn lists(cut: &Cut, x: &Extractor, text: &str, at: usize) -> bool {
    let mut rest = (at + 1..cut.tokens.len().min(at + 8))
        .skip_while(|n| cut.tokens[*n].is_name_like() || cut.tokens[*n].is(text, ","));
    rest.next().is_some_and(|n| cut.classes[n] & x.cues.and != 0)
}

/// Where a title goes on that stands before a token: what it is of, up to the body.
pub(super) fn title_goes_on(
    x: &Extractor,
    text: &str,
    cut: &mut Cut,
    names: &[Option<(u32, u32)>],
    at: usize,
) -> Option<usize> {
    let n = cut.tokens.len();
    let heads =
        x.cues.company_head | x.cues.government_head | x.cues.organisation_head | x.cues.alliance_head;
    // "Direktur Operasional Alfa": the title goes on.
    if cut.classes[at] & x.cues.title_area != 0
        && at > 0
        && cut.classes[at - 1] & (x.cues.person_title | x.cues.company_title) != 0
    {
        let title = cut.classes[at - 1] & (x.cues.person_title | x.cues.company_title);
        cut.classes[at] |= title;
        return Some(at + 1);
    }
    if let Some(to) = minister_of(x, text, cut, names, at) {
        cut.entitle(at..to, x.cues.person_title | x.cues.leader_title);
        return Some(to);
    }
    // "Direktur Jenderal Pengawasan Ruang Alfa Kementerian Beta": what the title is of.
    if cut.before(at) & x.cues.person_title != 0 && cut.classes[at] & heads == 0 {
        let body = |to: usize| {
            let known = names[to].is_some_and(|(id, _)| {
                let k = &x.known[id as usize];
                matches!(k.sort, Sort::Entity(EntityKind::Government)) && !k.state
            });
            known || cut.classes[to] & x.cues.government_head != 0 && cut.tokens[to].is_name_like()
        };
        let area = |to: usize| cut.tokens[to].is_name_like() || cut.classes[to] & x.cues.and != 0;
        let to = (at + 1..n.min(at + 8)).take_while(|to| area(*to) || body(*to)).find(|to| body(*to));
        let given = |to: usize| {
            (at..to).any(|t| cut.classes[t] & (x.cues.given_name | x.cues.person_prefix) & !x.cues.and != 0)
        };
        if let Some(to) =
            to.filter(|to| !given(*to) && (at..*to).any(|t| cut.classes[t] & x.cues.common != 0))
        {
            let title = cut.before(at) & (x.cues.person_title | x.cues.company_title);
            cut.entitle(at..to, title);
            return Some(to);
        }
    }
    // "Asisten Bidang Perekonomian dan Pembangunan Alfa": of what the title is.
    let title = x.cues.person_title | x.cues.company_title;
    let department = cut.classes[at] & x.cues.department != 0;
    // "Direktur Pengelolaan Sampah Alfa".
    let field = cut.classes[at] & x.cues.common != 0 && cut.classes[at] & heads == 0;
    if (department || field) && cut.before(at) & title != 0 {
        let title = cut.before(at) & title;
        let area = |to: usize| {
            let word = department || cut.classes[to] & (x.cues.common | x.cues.title_area) != 0;
            let name =
                word && cut.tokens[to].is_name_like() && names[to].is_none() && cut.classes[to] & heads == 0;
            let next = cut.tokens.get(to + 1).is_some_and(|t| t.is_name_like());
            // "Wakil Rektor Bidang Perencanaan, Kerja Sama, dan Informasi Alfa".
            let common = |at: usize| cut.classes.get(at).is_some_and(|c| *c & x.cues.common != 0);
            let comma = cut.tokens[to].is(text, ",");
            let oxford = comma && cut.classes.get(to + 1).is_some_and(|c| *c & x.cues.and != 0);
            let more = oxford || comma && next && common(to + 1);
            name || next && cut.classes[to] & x.cues.and != 0 || more && lists(cut, x, text, to)
        };
        let to = (at + 1..n).find(|to| !area(*to)).unwrap_or(n);
        cut.entitle(at..to, title);
        return Some(to);
    }
    None
}
