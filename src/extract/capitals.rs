//! Where a run of capitals ends: what goes on with a name, and what begins another.

use super::cues::Cues;
use super::cut::Cut;
use super::extractor::Extractor;
use super::known::Sort;
use super::looks::{is_amount, is_derived, is_domain, is_roman};
use super::parts::is_verb;
use super::token::Shape;

/// Whether a title stands before a body's name: "Rektor Alfa", "Wakil Rektor III Alfa".
pub(super) fn titled(x: &Extractor, cut: &Cut, text: &str, at: usize) -> bool {
    let numbered = at > 0 && is_roman(cut.tokens[at - 1].text(text));
    cut.before(at - usize::from(numbered)) & x.cues.person_title != 0
}

/// Where a known body stands in a run behind a title, with only common words before it:
/// "Deputi Pengawas Lembaga Pembiayaan ALFA".
pub(super) fn body_of_part(
    x: &Extractor,
    cut: &Cut,
    text: &str,
    names: &[Option<(u32, u32)>],
    at: usize,
    to: usize,
) -> Option<usize> {
    let known =
        |n: usize| names[n].is_some_and(|(id, _)| matches!(x.known[id as usize].sort, Sort::Entity(_)));
    if !titled(x, cut, text, at) || known(at) {
        return None;
    }
    let body = (at + 1..to).find(|n| known(*n) && cut.tokens[*n].shape == Shape::Upper)?;
    let heads = x.cues.government_head | x.cues.organisation_head;
    let plain = x.cues.common | x.cues.small | x.cues.department | heads;
    let common = |n: usize| cut.classes[n] & plain != 0 || is_derived(cut.tokens[n].text(text));
    (at..body).all(common).then_some(body)
}

/// Whether what goes from `at` to `to` behind a title is a whole body: "Chairman
/// International Alfa Association Budi".
pub(super) fn bodied(x: &Extractor, cut: &Cut, text: &str, at: usize, to: usize) -> bool {
    let tails = x.cues.organisation_tail | x.cues.body_tail;
    titled(x, cut, text, at)
        && to > at + 1
        && (cut.classes[to - 1] & tails != 0 || (at + 1..to).any(|n| english(cut.tokens[n].text(text))))
}

/// Where a name ends that goes on behind a known one, with words of its own and
/// a tail such as "Group".
pub(super) fn tail_end(x: &Extractor, cut: &Cut, text: &str, end: usize, company: bool) -> Option<usize> {
    // "Alfa Beta Foundation", where Alfa is a firm.
    let tails = if company {
        x.cues.company_tail | x.cues.body_tail
    } else {
        x.cues.company_tail | x.cues.organisation_tail
    };
    // "Alfa Food and Drug Authority", "Alfa Centre & Trading".
    let small = |at: usize| matches!(cut.tokens[at].bytes(text), b"and" | b"&" | b"of" | b"for");
    let own = |at: usize| {
        let class = cut.classes[at] & !x.cues.common;
        // "Korea Alfa Trade Association": whatever it means, the tail behind it tells.
        let next = cut.tokens.get(at + 1).is_some_and(|t| t.is_name_like() && !t.glued)
            && at > end
            && cut.classes[at + 1] & tails != 0;
        let word = cut.tokens[at].is_name_like() && (class == 0 || class & tails != 0 || next);
        // "Alfa All-Stars".
        let hyphen = cut.tokens[at].shape == Shape::Mark && cut.tokens[at].is(text, "-") && at > end;
        (word || hyphen) && joins(cut, text, at)
    };
    let n = cut.tokens.len().min(end + 6);
    let mut to = end;
    while to < n && (own(to) || to > end && to + 1 < n && small(to) && own(to + 1)) {
        to += 1;
    }
    let last = (end..to).rfind(|at| cut.classes[*at] & tails != 0)?;
    // "Alfa Property", but not "Alfa Land Cruiser".
    let body = cut.classes[end] & x.cues.body_tail != 0 && last + 1 == to;
    (!company || last > end || body).then_some(last + 1)
}

/// "PT Alfa dan Beta (AB)", "Gereja Alfa di Beta (GAB)": the initials in brackets show that it
/// is one name.
pub(super) fn initials_end(x: &Extractor, cut: &Cut, text: &str, from: usize, to: usize) -> Option<usize> {
    let purpose = ["untuk", "bagi"].iter().any(|word| cut.tokens.get(to).is_some_and(|t| t.is(text, word)));
    if cut.classes.get(to)? & (x.cues.and | x.cues.place_prep) == 0 && !purpose {
        return None;
    }
    let end = (to + 1..cut.tokens.len().min(to + 5)).find(|at| cut.tokens[*at].is(text, "("))?;
    let short = cut.tokens.get(end + 1).filter(|t| t.shape == Shape::Upper)?.text(text);
    let legal = usize::from(cut.classes[from] & x.cues.company_head != 0);
    let words = cut.tokens[from + legal..end].iter().filter(|t| t.is_name_like());
    let initials: String = words.filter_map(|t| t.text(text).chars().next()).collect();
    initials.eq_ignore_ascii_case(short).then_some(end)
}

/// Where the capitals from `at` on end.
pub(super) fn capital_end(
    x: &Extractor,
    cut: &Cut,
    text: &str,
    names: &[Option<(u32, u32)>],
    at: usize,
) -> usize {
    let cues = &x.cues;
    let mut to = at + 1;
    let company = cut.classes[at] & cues.company_head != 0;
    let heads = cues.company_head | cues.government_head | cues.organisation_head;
    // "Polres Alfa dan KPU": an abbreviation of another body.
    let is_other = |at: usize| {
        let known = names[at].is_some_and(|(id, _)| matches!(x.known[id as usize].sort, Sort::Entity(_)));
        known && (cut.tokens[at].shape == Shape::Upper || names[at].is_some_and(|(_, len)| len == 1))
    };
    // "Kemenag dan Baznas": a body's short name is whole.
    let whole = names[at].is_some_and(|(id, len)| {
        len == 1 && matches!(x.known[id as usize].sort, Sort::Entity(_)) && !x.known[id as usize].state
    });
    // "Koramil Alfa di Beta": that is where it is, but for "Perhimpunan Alfa di Malaysia".
    let seat = |to: usize| {
        let state = names.get(to + 1).copied().flatten().is_some_and(|(id, _)| x.known[id as usize].state);
        !state && cut.classes[to] & cues.place_prep != 0
    };
    // "Perkumpulan Alfa Beta dan Relawan Gama": what is derived goes on, as in "Lembaga
    // Penelitian dan Pengabdian", another name doesn't.
    let ends = |to: usize| {
        let body =
            cut.classes[at] & cues.organisation_head != 0 && cut.classes[at] & cues.government_head == 0;
        let own = to - at > 1 + usize::from(cut.phrase[at]);
        body && own && cut.classes[to] & cues.and != 0 && !is_derived(cut.tokens[to + 1].text(text))
    };
    while to < cut.tokens.len() {
        let next = cut.classes.get(to + 1).copied().unwrap_or_default();
        // "PT Bank Alfa" is one name, "PT Alfa PT Beta" two.
        let heads_on = cut.classes[to - 1] & cues.company_head != 0;
        if company && to > at + 1 && cut.classes[to] & cues.company_head != 0 && !heads_on {
            break;
        }
        // "Kementerian Alfa Rabu 3 Mei": a day begins.
        let day = cut.classes[to] & cues.calendar != 0
            && cut
                .tokens
                .get(to + 1)
                .is_some_and(|t| t.shape == Shape::Number || matches!(t.bytes(text), b"(" | b","));
        // "GP Ansor Bidang Alfa": a part of the body.
        let part =
            !company && cut.classes[at] & cues.government_head == 0 && cut.classes[to] & cues.department != 0;
        // "Angkatan Darat Alfa Mayor Jenderal Budi": a rank.
        let rank = !company && to > at + 1 && cut.classes[to] & cues.person_prefix != 0;
        if day || part || rank {
            break;
        }
        let small = cut.classes[to] & cues.small != 0
            && !company
            && !whole
            // "BPBD dan Alfa": an abbreviation goes on with a place at most.
            && cut.tokens[at].shape != Shape::Upper
            && next & (heads | cues.person_title) == 0
            && to + 1 < cut.tokens.len()
            && cut.tokens[to + 1].is_name_like()
            && !is_other(to + 1)
            && !seat(to)
            && !ends(to);
        if joins(cut, text, to) {
            to += 1;
        } else if small && to > at {
            to += 2;
        } else if cut.tokens[to].is(text, ".")
            && to == at + 1
            && to + 1 < cut.tokens.len()
            && cut.tokens[to].glued
        {
            to += 1;
        } else {
            break;
        }
    }
    to
}

/// How many words a body's name may have in a headline.
const IN_HEADLINE: usize = 6;

/// Where a body's name ends in a headline, whose verbs have capitals too: "Polres Alfa
/// Gandeng Beta". What follows must show that it is whole.
pub(super) fn headline_end(
    x: &Extractor,
    cut: &Cut,
    text: &str,
    names: &[Option<(u32, u32)>],
    at: usize,
) -> Option<usize> {
    let cues = &x.cues;
    let heads = cues.government_head | cues.organisation_head;
    let head = at + usize::from(cut.phrase[at]);
    if cut.classes[at] & heads == 0 || !cut.tokens[at].is_name_like() {
        return None;
    }
    let ends = cues.with | cues.and | cues.adverb | cues.verb_like | cues.company_verb | cues.agent;
    let acts = |at: usize| cut.classes[at] & ends != 0 || cut.classes[at] & x.triggers != 0;
    let place = |at: usize| names[at].is_some_and(|(id, _)| matches!(x.known[id as usize].sort, Sort::Place));
    let own = |at: usize| {
        let word = cut.tokens[at].text(text);
        // "Universitas Alfa Beta", where Alfa is a body as well.
        let inner = at == head && cut.tokens.get(at + 1).is_some_and(|t| t.is_name_like());
        joins(cut, text, at)
            && !acts(at)
            && !word.ends_with("kan")
            && (names[at].is_none() || place(at) || inner)
    };
    let n = cut.tokens.len();
    let to = (head..n.min(at + IN_HEADLINE)).find(|to| !own(*to)).or((n <= at + IN_HEADLINE).then_some(n))?;
    let led = at > 0 && (cut.before(at) & (cues.with | cues.and) != 0 || cut.tokens[at - 1].is(text, ","));
    let whole =
        if to == n { led } else { acts(to) || matches!(cut.tokens[to].bytes(text), b"," | b":" | b";") };
    (to > head && whole).then_some(to)
}

/// The small words inside English names.
pub(super) fn english(word: &str) -> bool {
    matches!(word, "of" | "for" | "the" | "and")
}

/// The small words inside Romance names and those of people.
pub(super) fn is_particle(word: &str) -> bool {
    matches!(word, "de" | "du" | "del" | "da" | "do" | "dos" | "bin" | "binti" | "ibn" | "van" | "von")
}

/// Whether the mark at `at` stands in "U-17", how old those of a team are.
fn is_age(cut: &Cut, text: &str, at: usize) -> bool {
    let number = cut.tokens.get(at + 1).is_some_and(|t| t.glued && t.shape == Shape::Number);
    let team = at > 1 && cut.tokens[at - 1].is(text, "U") && cut.tokens[at - 2].is_name_like();
    number && team && cut.tokens[at].is(text, "-")
}

/// "PT Alfa Beta 530 hektare", "Alfa United 3-1", "Alfa Beta 2.100": a figure behind a name.
fn is_figure(cut: &Cut, text: &str, at: usize) -> bool {
    let Some(next) = cut.tokens.get(at + 1) else { return false };
    let digits = |n: usize| cut.tokens.get(n).is_some_and(|t| t.glued && t.shape == Shape::Number);
    if next.glued && matches!(next.text(text), "." | "," | "-" | "–") {
        return digits(at + 2);
    }
    if next.is(text, "%") {
        return true;
    }
    // What is counted follows: a noun, of a name that is whole without the number.
    let cues = Cues;
    let numbered = cues.organisation_head | cues.government_head | cues.company_head | cues.venue_head;
    let goes_on = cues.and
        | cues.clause
        | cues.oblique
        | cues.with
        | cues.verb_like
        | cues.adverb
        | cues.company_verb
        | cues.that
        | cues.source
        | cues.speech
        | cues.planned
        | cues.negated
        | cues.copula
        | cues.place_prep
        | cues.agent
        | cues.done
        | cues.also
        | cues.alongside;
    next.shape == Shape::Lower
        && at > 1
        && cut.tokens[at - 2].is_name_like()
        && cut.classes[at - 1] & numbered == 0
        && cut.classes[at + 1] & goes_on == 0
        && !is_verb(next.text(text))
}

/// What only a firm's name ends with.
const ENDS: [&str; 8] = ["Tbk", "Corp", "Ltd", "Inc", "Group", "Energy", "Power", "Engineering"];

/// Whether a token goes on with a name.
pub(super) fn joins(cut: &Cut, text: &str, at: usize) -> bool {
    let t = cut.tokens[at];
    let next = cut.tokens.get(at + 1);
    match t.shape {
        // "PT Alfa Rp22,4 miliar": a sum follows. "Budi Cita Cs": he and his team.
        Shape::Capital | Shape::Upper => !is_amount(t.text(text)) && !matches!(t.text(text), "Cs" | "Dkk"),
        // A year is no part of a name.
        Shape::Number if t.end - t.start == 4 && matches!(&t.text(text)[..2], "19" | "20") => false,
        // "Timnas U-17".
        Shape::Number if is_age(cut, text, at - 1) => true,
        // Nor is the number of a list's next item: "Alfa2. Beta".
        Shape::Number if cut.tokens[at - 1].end == t.start => false,
        Shape::Number if is_figure(cut, text, at) => false,
        Shape::Number => true,
        Shape::Mark => {
            let name_next = next.is_some_and(|t| t.is_name_like());
            match t.text(text) {
                // "S. Alfa".
                "." if t.glued && cut.tokens[at - 1].end - cut.tokens[at - 1].start == 1 => name_next,
                "." if t.glued && next.is_some_and(|n| n.glued && is_domain(n.text(text))) => true,
                "-" if is_age(cut, text, at) => true,
                "'" | "’"
                    if next.is_some_and(|n| n.glued && n.shape == Shape::Lower && n.text(text) != "s") =>
                {
                    t.glued
                }
                // "Alfa Tbk-Beta": the one's name has ended.
                "-" if ENDS.contains(&cut.tokens[at - 1].text(text)) => false,
                "-" | "." | "'" | "’" => t.glued && next.is_some_and(|n| n.glued) && name_next,
                "&" | "+" => name_next,
                // "Kodim 0714/Alfa", "Kodam XIV/Alfa".
                "/" => {
                    let before = cut.tokens[at - 1];
                    let number = before.shape == Shape::Number || is_roman(before.text(text));
                    t.glued && number && name_next
                }
                _ => false,
            }
        }
        Shape::Lower if at == 0 => false,
        // "Friends of the Forest": English stands in names only.
        Shape::Lower if english(t.text(text)) => {
            let the = english(cut.tokens[at - 1].text(text)) && t.is(text, "the");
            let on = next.is_some_and(|n| n.is_name_like() && !n.glued || n.is(text, "the"));
            on && (the || cut.tokens[at - 1].is_name_like() && !t.is(text, "the"))
        }
        // "Banco de Alfa", "Budi bin Alfa".
        Shape::Lower if is_particle(t.text(text)) => {
            next.is_some_and(|n| n.is_name_like() && !n.glued) && cut.tokens[at - 1].is_name_like()
        }
        Shape::Lower if t.glued && cut.tokens[at - 1].is(text, ".") => is_domain(t.text(text)),
        // "Ma'arif", but not "Alfa's".
        Shape::Lower => {
            let mark = cut.tokens[at - 1];
            t.glued && mark.glued && matches!(mark.text(text), "'" | "’") && t.text(text) != "s"
        }
    }
}
