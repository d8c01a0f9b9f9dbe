//! Names that no lexicon has: what their heads, tails, shape and neighbours say
//! of them, summed over all places where the article has the name.

use super::EntityKind;
use super::classes::{Cue, Tags};
use super::cues::Cues;
use super::cut::Cut;
use super::evidence::Evidence;
use super::looks::{abbreviates, is_derived, is_model};
use super::token::{Shape, Token};

/// What a name's own form says outweighs its neighbours.
const FORM: i32 = 20;

/// Who somebody's people are.
const PEOPLE: [&str; 14] = [
    "pelatih",
    "direktur",
    "pendiri",
    "ketua",
    "presiden",
    "pemilik",
    "istri",
    "suami",
    "ayah",
    "kapten",
    "manajer",
    "pengacara",
    "bos",
    "asisten",
];

/// What common words alone say against a name.
const COMMON: i32 = 5;

/// How far before a name its list may begin, in tokens.
const LIST: usize = 40;

/// What bodies do to those under them.
const PUNISHES: [&str; 8] =
    ["menghukum", "menjatuhkan", "menjatuhi", "mendenda", "mengganjar", "menskors", "menyanksi", "memvonis"];

/// What a name follows that names a source, a place of work or a title: "dikutip Alfa".
const LED_IN: [&str; 10] = [
    "dikutip",
    "dilansir",
    "dihubungi",
    "mengutip",
    "melansir",
    "tentang",
    "berbasis",
    "bertajuk",
    "berjudul",
    "bertema",
];

/// What one place says of the run `from..to` of a sentence.
pub(super) fn evidence(cut: &Cut, cues: &Cues, text: &str, from: usize, to: usize) -> Evidence {
    let mut e = Evidence { long: to - from > 1, ..Evidence::default() };
    if form(cut, cues, text, from, to, &mut e) {
        return e;
    }
    before(cut, cues, text, from, to, &mut e);
    after(cut, cues, text, from, to, &mut e);
    // A word at a sentence's start has its capital anyway.
    if to == from + 1
        && opens(cut, text, from)
        && cut.tokens[from].shape == Shape::Capital
        && !is_camel(cut.tokens[from].text(text))
    {
        if !does(cut, cues, text, from, to) {
            e.company = e.company.min(2);
        }
        if cut.tokens[from].text(text).ends_with("nya") {
            e.nothing += 6;
        }
    }
    e
}

/// Whether a token opens a sentence or what is quoted.
fn opens(cut: &Cut, text: &str, from: usize) -> bool {
    from == 0 || cut.tokens[from - 1].shape == Shape::Mark && !mark(cut, text, from - 1, ",")
}

/// "Alfa menggandeng Beta": a word that none of our lists knows, and that is built as no
/// common word is, does what firms do.
fn does(cut: &Cut, cues: &Cues, text: &str, from: usize, to: usize) -> bool {
    let next = cut.classes.get(to).copied().unwrap_or_default();
    from == 0
        && cut.classes[from] == Tags::NONE
        && next & cues.company_verb != 0
        && !is_derived(cut.tokens[from].text(text))
}

/// "5 Federasi Basket": several, and none of them by name.
fn is_counted(cut: &Cut, text: &str, from: usize) -> bool {
    let figure = |t: &Token| {
        t.shape == Shape::Number && t.text(text).parse().is_ok_and(|n: u32| (2..100).contains(&n))
    };
    cut.headline && from.checked_sub(1).is_some_and(|before| figure(&cut.tokens[before]))
}

/// A capital inside, as in the names of sites and apps.
pub(super) fn is_camel(word: &str) -> bool {
    word.len() > 3
        && word.chars().skip(1).any(char::is_uppercase)
        && word.chars().any(char::is_lowercase)
        && !["Mc", "Mac", "De", "Di", "La", "Le", "Al"].iter().any(|p| word.starts_with(p))
}

/// Whether a bracket is open before a token.
fn in_brackets(cut: &Cut, text: &str, from: usize) -> bool {
    cut.has(b'(')
        && (from.saturating_sub(8)..from)
            .rev()
            .map(|at| cut.tokens[at].text(text))
            .find(|t| matches!(*t, "(" | ")"))
            == Some("(")
}

/// "regulator media Alfa, BETA", "pengawas data Alfa (BETA)": what a regulator is called
/// and its state stand before.
fn follows_ruler(cut: &Cut, cues: &Cues, text: &str, from: usize) -> bool {
    let marked = usize::from(from > 0 && matches!(cut.tokens[from - 1].bytes(text), b"," | b"("));
    let end = from - marked;
    let is_state =
        |at: &usize| cut.tokens[*at].shape == Shape::Capital && cut.classes[*at] & cues.regulator_noun == 0;
    let states = (0..end).rev().take(3).take_while(is_state).count();
    let ruler = |at: usize| cut.classes[at] & cues.regulator_noun != 0;
    states > 0 && (0..end - states).rev().take(4).any(ruler)
}

/// "Direktur Alfa, Budi": a title stands in the phrase before the comma.
fn after_title(cut: &Cut, cues: &Cues, text: &str, from: usize) -> bool {
    from > 1
        && mark(cut, text, from - 1, ",")
        && (from.saturating_sub(16)..from - 1)
            .rev()
            .take_while(|at| !matches!(cut.tokens[*at].bytes(text), b"," | b"."))
            .any(|at| cut.classes[at] & cues.person_title != 0)
}

/// What the name's own words say; whether that settles it.
fn form(cut: &Cut, cues: &Cues, text: &str, from: usize, to: usize, e: &mut Evidence) -> bool {
    let head = cut.classes[from];
    let long = to - from > 1;
    let tail = cut.classes[to - 1];
    match () {
        () if long && is_counted(cut, text, from) => e.nothing = FORM,
        () if long && head & cues.alliance_head != 0 => e.alliance = FORM,
        () if long && head & cues.venue_head != 0 && at_place(cut, text, from) => e.nothing = FORM,
        () if long && head & (cues.government_head | cues.force) != 0 => e.government = FORM,
        () if long && head & cues.organisation_head != 0 => e.organisation = FORM,
        () if long && head & cues.company_head != 0 => e.company = FORM,
        // "The End of Easy Energy" is a title.
        () if long && tail & cues.company_tail != 0 && !has_of(cut, text, from, to) => e.company = FORM,
        () if long && is_union(cut.tokens[to - 1].text(text)) => e.alliance = FORM,
        () if long && tail & cues.organisation_tail != 0 => e.organisation = FORM,
        () if long && of_body(cut, cues, text, from, to) => e.organisation = FORM,
        () if (head.cues() | if long { tail } else { Tags::NONE }) & cues.event_head != 0 => e.nothing = FORM,
        () => {}
    }
    let last = cut.tokens[to - 1].text(text);
    if !long && is_model(last) {
        e.nothing = FORM;
    }
    // "program \"Alfa Beta\"": a title.
    let quote = |at: usize| cut.tokens.get(at).is_some_and(|t| t.is_quote(text));
    if long && from > 0 && quote(from - 1) && quote(to) {
        e.nothing = e.nothing.max(2 * COMMON);
    }
    let site = to - from > 2 && matches!(last, "com" | "id" | "co" | "net" | "org" | "io" | "ai");
    let paper = long && matches!(last, "Media" | "News" | "Today" | "Times" | "Post" | "Daily" | "Tribune");
    // "kepada Alfa.com", "dari laman Alfa Today": whom a paper quotes.
    let quoted = from.checked_sub(1).map_or("", |at| cut.tokens[at].text(text));
    // "Alfa.id, BANDUNG": the paper itself, at the head of its news.
    let dateline = site
        && from == 0
        && (mark(cut, text, to, ",") || is_line(cut, text, to) || mark(cut, text, to, "|"))
        && !cut.headline;
    if dateline
        || (site || paper)
            && matches!(
                quoted,
                "kepada" | "dari" | "laman" | "media" | "oleh" | "harian" | "situs" | "berita" | "jaringan"
            )
    {
        e.nothing = FORM;
    } else if site {
        e.company += 6;
    }
    if !long && is_camel(cut.tokens[from].text(text)) {
        e.company += 4;
    }
    // "M Iqbal".
    let initial = long && cut.tokens[from].shape == Shape::Upper && to_len(cut, from) == 1;
    if long && head & cues.given_name != 0 || initial {
        e.person += 5;
    }
    // "Pengelolaan Sampah": a field of work.
    let plain = |at: usize| {
        cut.classes[at] & (cues.common | cues.small) != 0 || is_derived(cut.tokens[at].text(text))
    };
    if (from..to).all(plain) {
        e.nothing = e.nothing.max(COMMON);
    }
    e.company >= FORM || e.alliance + e.government + e.organisation + e.nothing >= FORM
}

/// "pelatihnya": one of somebody's people.
fn is_one_of_them(word: &str) -> bool {
    let stem = word.strip_suffix("nya").unwrap_or_default();
    PEOPLE.iter().any(|w| w.eq_ignore_ascii_case(stem))
}

/// Whether a dash stands at `at`.
fn is_line(cut: &Cut, text: &str, at: usize) -> bool {
    ["-", "–", "—"].iter().any(|line| mark(cut, text, at, line))
}

/// What alliances are called at the end of an English name.
fn is_union(word: &str) -> bool {
    matches!(word, "Alliance" | "Coalition" | "Consortium")
}

/// Whether English "of" or "for" stands inside a name.
fn has_of(cut: &Cut, text: &str, from: usize, to: usize) -> bool {
    (from + 1..to).any(|at| matches!(cut.tokens[at].bytes(text), b"of" | b"for"))
}

/// "Asian Centre for Reefs": a body's noun stands before "of" or "for".
fn of_body(cut: &Cut, cues: &Cues, text: &str, from: usize, to: usize) -> bool {
    (from + 1..to).any(|at| {
        matches!(cut.tokens[at].bytes(text), b"of" | b"for") && cut.classes[at - 1] & cues.body_tail != 0
    })
}

fn at_place(cut: &Cut, text: &str, from: usize) -> bool {
    from > 0 && matches!(cut.tokens[from - 1].bytes(text), b"di" | b"ke" | b"sekitar")
}

/// "di Stadion Alfa Beta, Gama": where something is, and in which town.
fn is_town(cut: &Cut, cues: &Cues, text: &str, from: usize) -> bool {
    let Some(comma) = from.checked_sub(1).filter(|at| mark(cut, text, *at, ",")) else { return false };
    let words = (0..comma).rev().take(4).take_while(|at| cut.tokens[*at].is_name_like());
    let places = cues.venue_head | cues.event_head | cues.site;
    words.last().is_some_and(|first| cut.classes[first] & places != 0 && at_place(cut, text, first))
}

/// A token's length in bytes.
fn to_len(cut: &Cut, at: usize) -> u32 {
    cut.tokens[at].end - cut.tokens[at].start
}

fn mark(cut: &Cut, text: &str, at: usize, m: &str) -> bool {
    cut.tokens.get(at).is_some_and(|t| t.is(text, m))
}

fn before(cut: &Cut, cues: &Cues, text: &str, from: usize, to: usize, e: &mut Evidence) {
    let one = cut.before(from);
    let class = |n: usize| {
        if n == 1 { one } else { from.checked_sub(n).map_or(Cue::NONE, |at| cut.classes[at].cues()) }
    };
    if cut.all & cues.regulator_noun != 0 && follows_ruler(cut, cues, text, from) {
        e.government += 7;
    } else if in_brackets(cut, text, from) {
        e.nothing += 5;
    }
    if class(1) & cues.alliance_word != 0 {
        e.alliance += 7;
    }
    let written = from.checked_sub(1).map_or("", |at| cut.tokens[at].text(text));
    if LED_IN.contains(&written) {
        e.nothing += 6;
    }
    if class(1) & (cues.product_word | cues.event_head) != 0 {
        e.nothing += 6;
    }
    // "Direktur Alfa, Budi": the title is of a company, the name after the comma its bearer's.
    let title = cues.company_title | cues.person_title;
    // "Menteri Budi Cita, Senin", "Menteri Budi Cita, Menteri Dedi": neither bears the title.
    let bearer = cut.tokens.get(to + 1).is_some_and(|t| t.is_name_like())
        && cut.classes[to + 1] & (title | cues.calendar) == 0;
    // "Pelatihnya, Budi Cita, juga dihukum".
    let own = from > 1 && mark(cut, text, from - 1, ",") && is_one_of_them(cut.tokens[from - 2].text(text));
    // "Hj. Rara", "Rara, S.E.".
    let styled = from > 1 && mark(cut, text, from - 1, ".") && class(2) & cues.person_prefix != 0;
    let degree = cut.classes.get(to + 1).is_some_and(|c| c & cues.degree != 0);
    if own || styled || degree && mark(cut, text, to, ",") {
        e.person += 9;
    }
    // "Direktur Alfa Budi Cita": there he stands without a comma.
    let given = |at: usize| cut.classes.get(at).is_some_and(|c| c & cues.given_name != 0);
    let joined = class(1) & cues.company_title != 0 && given(to) && !given(from);
    // "Ketua ALFA Budi Cita".
    let short = cut.tokens[from].shape == Shape::Upper && to == from + 1;
    if !joined && short && class(1) & cues.person_title != 0 && given(to) {
        e.organisation += 7;
        return;
    }
    let is_one = class(1) & cues.company_title != 0 && bearer_named(cut, cues, text, from, to);
    let of_company = joined || is_one || class(1) & title != 0 && mark(cut, text, to, ",") && bearer;
    // "Dirut Alfa mengatakan": who has the title is named by two words or more, as a rule.
    let lone = to == from + 1
        && class(1) & cues.company_title != 0
        && cut.classes[from] & (cues.given_name | cues.person_prefix | cues.title_area) == 0
        && cut.tokens.get(to).is_none_or(|t| !t.is_name_like())
        && !after_title(cut, cues, text, from);
    if of_company {
        e.company += 7;
    } else if lone {
        e.company += 5;
        e.person += 4;
    } else if class(1) & (cues.person_title | cues.person_prefix) != 0 || after_title(cut, cues, text, from) {
        e.person += 9;
    } else if class(1) & cues.speech != 0 {
        e.person += 7;
    } else if class(1) & cues.company_word != 0 {
        e.company += 7;
    } else if class(1) & cues.government_word != 0 {
        e.government += 6;
    } else if class(1) & cues.company_object != 0 {
        e.company += 4;
    } else {
        e.company += noun_before(cut, cues, from);
    }
    match listed(cut, cues, text, from) {
        Some(EntityKind::Company) => e.company += 5,
        // "sejumlah serikat buruh seperti ALFA, BETA, dan lainnya".
        Some(_) => e.organisation = e.organisation.max(6),
        None => {}
    }
    if cut.all & (cues.people_noun | cues.crowd) != 0 && of_people(cut, cues, text, from) {
        e.person += 9;
    }
    described(cut, cues, text, from, to, e);
    if at_place(cut, text, from) || is_town(cut, cues, text, from) {
        e.place += 6;
    } else if class(1) & cues.oblique != 0 && !mark(cut, text, from.wrapping_sub(1), "dari") {
        let owner = class(1) & cues.owner != 0;
        if owner {
            e.company += 3;
        } else {
            e.nothing += 2;
        }
    }
}

/// "startup periklanan digital Alfa": what the noun a few words before says for a firm.
fn noun_before(cut: &Cut, cues: &Cues, from: usize) -> i32 {
    let ends = cues.oblique | cues.with | cues.and | cues.clause | cues.verb_like | cues.company_verb;
    let plain = |at: usize| cut.tokens[at].shape == Shape::Lower && cut.classes[at] & ends == 0;
    let near = (2..=4).take_while(|n| from >= *n && plain(from + 1 - n));
    let noun = near.into_iter().any(|n| cut.classes[from - n] & cues.company_word != 0);
    if noun { 5 } else { 0 }
}

/// "Badan pengawas media Beta, Alfa, memblokir": what the noun phrase before the comma says.
fn described(cut: &Cut, cues: &Cues, text: &str, from: usize, to: usize, e: &mut Evidence) {
    let closed = mark(cut, text, to, ",")
        || mark(cut, text, to, "(")
        || mark(cut, text, to, ".") && to + 1 == cut.tokens.len();
    if from > 1 && mark(cut, text, from - 1, ",") && closed {
        let phrase = (from.saturating_sub(9)..from - 1)
            .rev()
            .take_while(|at| !matches!(cut.tokens[*at].bytes(text), b"," | b"." | b";" | b"yang"));
        let stop = cues.verb_like | cues.company_verb | cues.clause | cues.with | cues.person_title;
        let first = phrase.take_while(|at| cut.classes[*at] & stop == 0).last();
        // "salah satu bank terbesar di Beta, Alfa" as well.
        let opening = first.map_or(Cue::NONE, |at| {
            let next = |n: usize| cut.classes.get(at + n).copied().unwrap_or_default().cues();
            next(0) | next(1) | next(usize::from(cut.phrase[at]))
        });
        if opening & (cues.government_word | cues.government_head) != 0 {
            e.government += 5;
        } else if opening & cues.company_word != 0 && opening & (cues.area_word | cues.like) == 0 {
            e.company += 5;
        }
    }
}

/// "Budi adalah Co-Founder Alfa", "Budi, Co-Founder Alfa,": whether the title before a name
/// is of somebody named already.
fn bearer_named(cut: &Cut, cues: &Cues, text: &str, from: usize, to: usize) -> bool {
    let title =
        |at: &usize| cut.classes[*at] & cues.company_title != 0 && at + usize::from(cut.phrase[*at]) == from;
    let Some(start) = (from.saturating_sub(5)..from).find(title) else { return false };
    // "seorang juru bicara Alfa": it isn't told who.
    if cut.before(start) & (cues.the_word | cues.copula) != 0 {
        return true;
    }
    // A person's name has two words or more, as a rule.
    let named = |n: usize| start > n && cut.tokens[start - n - 1].is_name_like();
    let given = cut.classes[from] & (cues.given_name | cues.person_prefix | cues.title_area) != 0;
    let ends = matches!(cut.tokens.get(to).map(|t| t.text(text)), Some("," | "." | "\"" | ";"));
    mark(cut, text, start.wrapping_sub(1), ",") && named(1) && named(2) && !given && ends
}

/// "dua tokoh partai, yaitu Budi dan Cita".
fn of_people(cut: &Cut, cues: &Cues, text: &str, from: usize) -> bool {
    let floor = from.saturating_sub(LIST / 2);
    let names = |at: usize| {
        cut.tokens[at].is_name_like() || mark(cut, text, at, ",") || cut.classes[at] & cues.and != 0
    };
    // "dua suporter Alfa, Budi dan Cita".
    let start = (floor..from).rev().take_while(|at| names(*at) && cut.classes[*at] & cues.like == 0).last();
    let counted = start.is_some_and(|start| {
        let begin = start.saturating_sub(4);
        (begin..start).any(|at| {
            cut.classes[at] & cues.count != 0
                && cut.classes.get(at + 1).is_some_and(|c| c & (cues.people_noun | cues.crowd) != 0)
        }) && (start..from).any(|at| mark(cut, text, at, ","))
    });
    if counted {
        return true;
    }
    let Some(like) = (floor..from).rev().find(|at| cut.classes[*at] & (cues.like | cues.clause) != 0) else {
        return false;
    };
    let nouns = cues.people_noun | cues.company_word | cues.peer_noun | cues.bearer_noun;
    let noun = (like.saturating_sub(9)..like).rev().find(|at| cut.classes[*at] & nouns != 0);
    cut.classes[like] & cues.like != 0
        && (like + 1..from).all(names)
        && noun.is_some_and(|at| cut.classes[at] & cues.people_noun != 0)
}

/// "beberapa perusahaan rintisan seperti Alfa, Beta, dan Gama": of what a name is that stands
/// in such a list.
fn listed(cut: &Cut, cues: &Cues, text: &str, from: usize) -> Option<EntityKind> {
    if cut.all & cues.like == 0 || cut.all & (cues.company_word | cues.body_noun) == 0 {
        return None;
    }
    let floor = from.saturating_sub(LIST);
    let mut at = from;
    // Back over the names before it, each behind a comma or "dan".
    while at > floor && cut.classes[at - 1] & cues.like == 0 {
        let parts = |n: usize| mark(cut, text, n, ",") || cut.classes[n] & cues.and != 0;
        if !parts(at - 1) {
            return None;
        }
        while at > floor && parts(at - 1) {
            at -= 1;
        }
        let names = (floor..at).rev().take_while(|n| cut.tokens[*n].is_name_like()).count();
        if names == 0 {
            return None;
        }
        at -= names;
    }
    let like = (floor..at).rev().take_while(|n| cut.classes[*n] & cues.like != 0).count();
    let ends = cues.oblique | cues.with | cues.and | cues.clause | cues.verb_like | cues.company_verb;
    let comma = usize::from(at > like && mark(cut, text, at - like - 1, ","));
    let noun = (floor..at - like - comma)
        .rev()
        .take(4)
        .find(|n| {
            cut.classes[*n] & (cues.company_word | cues.body_noun | ends) != 0
                || cut.tokens[*n].shape != Shape::Lower
        })
        .filter(|_| like > 0)?;
    // "pemain seperti Budi" are people.
    let firm = cut.classes[noun] & cues.company_word != 0 && cut.classes[noun] & cues.area_word == 0;
    let body = cut.classes[noun] & cues.body_noun != 0;
    body.then_some(EntityKind::Organisation).or(firm.then_some(EntityKind::Company))
}

fn after(cut: &Cut, cues: &Cues, text: &str, from: usize, to: usize, e: &mut Evidence) {
    let class = |n: usize| cut.classes.get(to + n).copied().unwrap_or_default();
    let long = to - from > 1;
    let skip = usize::from(class(0) & cues.adverb != 0);
    if class(skip) & cues.company_verb != 0 {
        e.company += 5;
    }
    // "ALFA menghukum Beta": bodies do, by their short names.
    let verb = cut.tokens.get(to + skip).map_or("", |t| t.text(text));
    if !long && cut.tokens[from].shape == Shape::Upper && to_len(cut, from) >= 3 && PUNISHES.contains(&verb) {
        e.organisation += 6;
    }
    // "Budi mengatakan", "Budi, kata": companies speak, too, but less often.
    let comma = from > 0 && mark(cut, text, from - 1, ",");
    if class(0) & cues.speech != 0 {
        e.person += if comma || long { 5 } else { 2 };
    }
    // "AB selaku direktur", "CD dari Bank Alfa": people by their initials.
    let initials = !long && cut.tokens[from].shape == Shape::Upper && to_len(cut, from) <= 3;
    if mark(cut, text, to, "selaku") || initials && mark(cut, text, to, "dari") {
        e.person += 9;
    }
    // "Budi dkk", "Budi dan kolega": a team is called after its player.
    let others = |n: usize| {
        let word = cut.tokens.get(to + n).map_or("", |t| t.text(text));
        matches!(word, "dkk" | "Dkk" | "cs" | "Cs" | "kolega" | "kawan-kawan" | "rekan-rekan" | "rekan")
    };
    if others(0) || class(0) & cues.and != 0 && others(1) {
        e.person += 9;
    }
    // "Alfa buatan Beta" is a product.
    if class(0) & cues.owner != 0 {
        e.nothing += 6;
    }
    if class(0) & cues.copula != 0 && class(1) & cues.person_title != 0 {
        e.person += 7;
    }
    if class(0) & cues.copula != 0 && (1..=4).any(|n| class(n) & cues.company_word != 0) {
        e.company += 6;
    }
    if mark(cut, text, to, ",") {
        // "Budi, Partner Alfa".
        let titled = cut.tokens.get(to + 1).is_some_and(|t| t.shape == Shape::Capital);
        if class(1) & cues.person_title != 0 || titled && class(1) & cues.peer_word != 0 {
            e.person += 7;
        } else if class(1) & cues.regulator_noun != 0 {
            // "DPC, pengawas data Irlandia,".
            e.government += 7;
        } else if class(1) & cues.company_word != 0 {
            e.company += 6;
        }
    }
    if mark(cut, text, to, "(") {
        let inner = cut.tokens.get(to + 1);
        let closed = mark(cut, text, to + 2, ")");
        if class(1) & cues.company_word != 0 {
            e.company += 5;
        }
        // A ticker of the stock exchange.
        let short = inner.filter(|t| t.shape == Shape::Upper).map_or("", |t| t.text(text));
        let words = cut.tokens[from..to].iter().filter(|t| t.is_name_like());
        let initials: String = words.filter_map(|t| t.text(text).chars().next()).collect();
        let common = |at: usize| cut.classes[at] & cues.common != 0;
        if closed && short.len() == 4 && long && initials != short && !(from..to).all(common) {
            e.company += 7;
        }
        // "Hilfa (HILF)".
        let own = cut.tokens[from].text(text);
        if closed && short.len() == 4 && !long && own.len() > 4 && abbreviates(short, own) {
            e.company += 7;
        }
        // "Budi Cita (BC), Direktur Alfa".
        let then = cut.classes.get(to + 4).copied().unwrap_or_default();
        if closed && initials == short && mark(cut, text, to + 3, ",") && then & cues.person_title != 0 {
            e.person += 9;
        }
        // An age.
        let age = inner.is_some_and(|t| t.shape == Shape::Number && t.text(text).len() == 2);
        if closed && age {
            e.person += 6;
        }
    }
}
