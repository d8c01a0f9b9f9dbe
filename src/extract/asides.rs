//! What stands among a name's words, or before a report, and names nobody.

use super::cut::{Cut, Run};
use super::extractor::Extractor;
use super::known::Sort;
use super::looks::abbreviates;
use super::token::{OTHER_MARKS, Shape, Token, mark_bit};

/// How many tokens a dateline may have.
const DATELINE: usize = 14;

/// Takes the short form out of "Pemerintah Kabupaten (Pemkab) Alfa" and "Kantor Beta
/// Gama (KBG) Medan", so that what is left reads as one name.
pub(super) fn fold(x: &Extractor, text: &str, tokens: &mut Vec<Token>) {
    let mut at = 1;
    while at + 3 < tokens.len() {
        if let Some(end) = photo(text, tokens, at).or_else(|| gloss(text, tokens, at)) {
            tokens.drain(at..end);
            continue;
        }
        if let Some(end) = person_initials(x, text, tokens, at) {
            tokens.drain(at..end);
            continue;
        }
        let inside = tokens[at].shape == Shape::Mark
            && tokens[at].is(text, "(")
            && tokens[at + 2].is(text, ")")
            && tokens[at + 1].is_name_like()
            && tokens[at - 1].is_name_like()
            && tokens[at + 3].is_name_like()
            && !tokens[at + 3].glued;
        let folds = || {
            is_head(x, tokens, at + 1)
                || is_initials_at_place(x, text, tokens, at)
                || is_initials_of_head(x, text, tokens, at)
                || is_within_name(x, tokens, at)
        };
        if inside && folds() {
            tokens.drain(at..at + 3);
        }
        at += 1;
    }
}

/// "Bupati Alfa (kiri)", "Direktur Beta (kedua dari kanan)": where who stands in a picture ends.
fn photo(text: &str, tokens: &[Token], open: usize) -> Option<usize> {
    if !tokens[open].is(text, "(") {
        return None;
    }
    let close = (open + 2..tokens.len().min(open + 6)).find(|n| tokens[*n].is(text, ")"))?;
    let lower = tokens[open + 1..close].iter().all(|t| t.shape == Shape::Lower);
    let place = matches!(tokens[close - 1].text(text), "kiri" | "kanan" | "tengah");
    (lower && place).then_some(close + 1)
}

/// "Presiden Alfa Budi bin Cita (BBC) dan": where a person's short form ends.
fn person_initials(x: &Extractor, text: &str, tokens: &[Token], open: usize) -> Option<usize> {
    let short = tokens.get(open + 1).filter(|t| t.shape == Shape::Upper && tokens[open].is(text, "("))?;
    tokens.get(open + 2).filter(|t| t.is(text, ")"))?;
    let short = short.text(text);
    let from = open.checked_sub(short.chars().count())?;
    let firsts =
        tokens[from..open].iter().map(|t| t.text(text).chars().next().map(|c| c.to_ascii_uppercase()));
    let given = x.trie.hit(&tokens[..=from], from).classes & x.cues.given_name != 0;
    // "PT Alfa Beta (AB)", where Alfa is a given name too.
    let titled = (from.saturating_sub(4)..from).any(|n| {
        let hit = x.trie.hit(&tokens[..from], n);
        hit.classes & (x.cues.person_title | x.cues.company_title) != 0
    });
    let head = from > 0 && x.trie.hit(&tokens[..from], from - 1).classes & x.cues.company_head != 0;
    (given && titled && !head && firsts.eq(short.chars().map(Some))).then_some(open + 3)
}

/// "perusahaan rintisan (startup) Alfa", "usaha patungan (joint venture) Beta": where what only
/// says the noun again ends.
fn gloss(text: &str, tokens: &[Token], open: usize) -> Option<usize> {
    if !tokens[open].is(text, "(") || tokens[open - 1].shape != Shape::Lower {
        return None;
    }
    let close = (open + 2..tokens.len().min(open + 4)).find(|n| tokens[*n].is(text, ")"))?;
    let lower = tokens[open + 1..close].iter().all(|t| t.shape == Shape::Lower);
    let named = tokens.get(close + 1).is_some_and(Token::is_name_like);
    (lower && named).then_some(close + 1)
}

/// "Pemkab", "Ditjen": a head that a name goes on behind.
fn is_head(x: &Extractor, tokens: &[Token], at: usize) -> bool {
    let heads = x.cues.government_head | x.cues.organisation_head | x.cues.venue_head;
    x.trie.hit(&tokens[..=at], at).classes & heads != 0
}

/// "Badan Alfa Beta (BAB) Gama": initials of a body's head and what follows it.
fn is_initials_of_head(x: &Extractor, text: &str, tokens: &[Token], open: usize) -> bool {
    let short = tokens[open + 1].text(text);
    let Some(from) = open.checked_sub(short.chars().count()).filter(|_| short.len() > 1) else {
        return false;
    };
    let firsts = tokens[from..open].iter().map(|t| t.text(text).chars().next());
    let heads = x.cues.government_head | x.cues.organisation_head | x.cues.company_head;
    let class = |at: usize| x.trie.hit(tokens, at).classes;
    firsts.eq(short.chars().map(Some))
        && x.trie.hit(&tokens[..open], from).classes & heads != 0
        && class(open + 3) & (x.cues.given_name | x.cues.person_title | heads) == 0
}

/// "Kementerian Alfa (Kemalf) Beta": a state's ministry whose known name goes on behind the
/// bracket.
fn is_within_name(x: &Extractor, tokens: &[Token], open: usize) -> bool {
    let state = x.trie.hit(tokens, open + 3).name.is_some_and(|(id, _)| x.known[id as usize].state);
    state
        && (open.saturating_sub(4)..open).any(|from| {
            let left = open - from;
            let behind = tokens[open + 3..].iter().take(4);
            let whole: Vec<Token> = tokens[from..open].iter().chain(behind).copied().collect();
            let (long, short) = (x.trie.hit(&whole, 0).name, x.trie.hit_within(&whole, 0, left).name);
            long.is_some_and(|(id, len)| len as usize > left && short.is_none_or(|(own, _)| own != id))
        })
}

/// Initials of the capitals before a bracket, with a place's name behind it, where the
/// lexicons don't have what stands before.
fn is_initials_at_place(x: &Extractor, text: &str, tokens: &[Token], open: usize) -> bool {
    let short = tokens[open + 1].text(text);
    let place = x.trie.hit(tokens, open + 3).name.is_some_and(|(id, _)| {
        let known = &x.known[id as usize];
        matches!(known.sort, Sort::Place) && !known.state
    });
    let Some(from) = open.checked_sub(short.chars().count()).filter(|_| place) else { return false };
    let firsts = tokens[from..open].iter().map(|t| t.text(text).chars().next());
    firsts.eq(short.chars().map(Some)) && x.trie.hit(tokens, from).name.is_none()
}

/// Where the report begins behind "ALFA.COM, Jakarta -": those before the dash are the
/// paper and its place.
pub(super) fn dateline(x: &Extractor, text: &str, cut: &Cut) -> usize {
    if cut.marks & (mark_bit(b'-') | OTHER_MARKS) == 0 {
        return 0;
    }
    let tokens = &cut.tokens;
    let word = |at: usize| tokens.get(at).map_or("", |t| t.text(text));
    let site = |at: usize| is_site(word(at));
    let dash = |at: usize| match word(at) {
        "–" | "—" | "|" => true,
        "-" => tokens.get(at + 1).is_none_or(|t| !t.glued) || at > 0 && site(at - 1),
        _ => false,
    };
    let Some(end) = (1..tokens.len().min(DATELINE)).find(|at| tokens[*at].shape == Shape::Mark && dash(*at))
    else {
        return 0;
    };
    let before = &tokens[..end];
    let plain = before.iter().enumerate().all(|(n, t)| t.shape != Shape::Lower || site(n));
    // "KABARALFA - Beta": a site that no list has.
    let own = tokens[0].shape == Shape::Upper && tokens[0].word == 0 && word(0).len() > 5;
    let told = end == 1 && own
        || is_city(x, text, cut, end)
        || (0..end).any(|n| matches!(word(n), "," | "(") || site(n));
    if plain && told && !cut.headline { end + 1 } else { 0 }
}

/// "Tokyo - Alfa menggandeng Beta": whether all before the dash is a capital, and no other
/// state's stands behind it.
fn is_city(x: &Extractor, text: &str, cut: &Cut, dash: usize) -> bool {
    let capital = |from: usize, to: usize| {
        cut.runs.iter().find(|r| r.from == from && (to == 0 || r.to == to)).is_some_and(|r| {
            let written = &text[cut.tokens[r.from].start as usize..cut.tokens[r.to - 1].end as usize];
            let state = r.known.map(|id| &x.known[id as usize]).filter(|k| k.state);
            state.and_then(|k| k.capital(&x.texts)).is_some_and(|name| name.eq_ignore_ascii_case(written))
        })
    };
    capital(0, dash) && !capital(dash + 1, 0)
}

/// What a paper's site ends with.
fn is_site(word: &str) -> bool {
    matches!(word, "com" | "COM" | "id" | "ID" | "net" | "co" | "CO")
}

/// Where it begins behind "Alfa.com, Jakarta" without a dash.
pub(super) fn undashed(x: &Extractor, text: &str, cut: &Cut) -> usize {
    let word = |at: usize| cut.tokens.get(at).map_or("", |t| t.text(text));
    if word(1) != "." || word(3) != "," || !is_site(word(2)) {
        return 0;
    }
    let place = cut.runs.iter().find(|r| r.from == 4 && r.to < cut.tokens.len());
    let known =
        place.and_then(|r| r.known).is_some_and(|id| matches!(x.known[id as usize].sort, Sort::Place));
    place.filter(|_| known).map_or(0, |r| r.to)
}

/// The short name in brackets right after a name: "Alfa Beta (AB)".
pub(super) fn bracket_after<'t>(cut: &Cut, text: &'t str, to: usize) -> Option<&'t str> {
    let open = cut.tokens.get(to).filter(|t| cut.has(b'(') && t.is(text, "("))?;
    let close = (to + 2..(to + 5).min(cut.tokens.len())).find(|at| cut.tokens[*at].is(text, ")"))?;
    let inner = text[open.end as usize..cut.tokens[close].start as usize].trim();
    let name_like = cut.tokens[to + 1].is_name_like() && inner.len() >= 2;
    (name_like && inner != "Persero").then_some(inner)
}

/// Drops short forms of what is no name: "perjanjian kerja sama (PKS)".
pub(super) fn plain_shorts(x: &Extractor, text: &str, cuts: &mut [Cut]) {
    let heads =
        x.cues.company_head | x.cues.government_head | x.cues.organisation_head | x.cues.alliance_head;
    let mut shorts: Vec<&str> = Vec::new();
    for cut in cuts.iter().filter(|cut| cut.has(b'(')) {
        for at in 1..cut.tokens.len().saturating_sub(2) {
            let short = cut.tokens[at + 1];
            if short.shape != Shape::Upper
                || !cut.tokens[at].is(text, "(")
                || !cut.tokens[at + 2].is(text, ")")
            {
                continue;
            }
            let word = |n: usize| cut.tokens[n].text(text);
            let lower = |n: &usize| cut.tokens[*n].shape == Shape::Lower;
            let begin = (at.saturating_sub(5)..at).rev().take_while(lower).find(|n| {
                let span = cut.tokens[*n].start as usize..cut.tokens[at - 1].end as usize;
                cut.classes[*n] & heads == 0 && at - *n > 1 && abbreviates(word(at + 1), &text[span])
            });
            if begin.is_some_and(|n| cut.tokens[n].text(text).len() > 2) {
                shorts.push(word(at + 1));
            }
        }
    }
    if shorts.is_empty() {
        return;
    }
    for cut in cuts {
        let Cut { runs, tokens, .. } = cut;
        runs.retain(|r| r.to > r.from + 1 || !shorts.contains(&tokens[r.from].text(text)));
    }
}

/// Takes the short forms that the article itself gives, "PT Alfa Beta (AB)", for names
/// wherever they stand, though the lexicons have them for a term or a place.
pub(super) fn own_shorts(x: &Extractor, text: &str, cuts: &mut [Cut]) {
    let heads =
        x.cues.company_head | x.cues.government_head | x.cues.organisation_head | x.cues.alliance_head;
    let entity = |r: &Run| r.known.is_some_and(|id| matches!(x.known[id as usize].sort, Sort::Entity(_)));
    let mut shorts: Vec<&str> = Vec::new();
    for cut in cuts.iter().filter(|cut| cut.has(b'(')) {
        for run in &cut.runs {
            let form = run.to > run.from + 1 && cut.classes[run.from] & heads != 0;
            let named = if run.known.is_none() { form } else { entity(run) };
            let short = named.then(|| bracket_after(cut, text, run.to)).flatten();
            let Some(short) = short.filter(|s| s.bytes().all(|b| b.is_ascii_uppercase())) else { continue };
            // What stands in the bracket means somebody already.
            let at = run.to + 1;
            // "Kementerian Badan Usaha Alfa (BUA)", where any such firm is called so.
            if cut.classes[at] & x.cues.company_word == 0
                && !cut.runs.iter().any(|r| r.from == at && (r.known.is_none() || entity(r)))
            {
                shorts.push(short);
            }
        }
    }
    if shorts.is_empty() {
        return;
    }
    for cut in cuts {
        for at in 0..cut.tokens.len() {
            if cut.tokens[at].shape != Shape::Upper || !shorts.contains(&cut.tokens[at].text(text)) {
                continue;
            }
            let n = cut.runs.partition_point(|r| r.to <= at);
            match cut.runs.get_mut(n).filter(|r| r.from <= at) {
                Some(run) if run.to == run.from + 1 => run.known = None,
                Some(_) => {}
                None => cut.runs.insert(n, Run::new(at, at + 1, None)),
            }
        }
    }
}
