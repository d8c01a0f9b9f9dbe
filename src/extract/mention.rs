//! Where the names of a sentence stand.

use super::asides::{dateline, fold, undashed};
use super::classes::{Cue, Tags};
use super::cut::{Cut, Run};
use super::extractor::Extractor;
use super::legal::legal_forms;
use super::listing::{initialled, parts};
use super::recent::Recent;
use super::runs::runs;
use super::sift::{footnote, sift};
use super::token::{Shape, Token, mark_bit};
use crate::base::{PartialDate, Span};

/// Room that is used again from sentences to sentences.
#[derive(Debug, Default)]
pub(super) struct Desk {
    places: Vec<Places>,
    pub recent: Recent,
}

/// What is known of a sentence's words until its names are found.
#[derive(Debug, Default)]
struct Places {
    /// The name that begins at each token: the entity and the number of tokens.
    names: Vec<Option<(u32, u32)>>,
    /// Where dates may begin.
    dated: Vec<usize>,
    /// Where runs may begin: so many.
    starts: Vec<usize>,
    begun: usize,
    /// Most words have capitals.
    capitals: bool,
    /// Phrases in capitals that begin as a body's name does.
    headed: Vec<usize>,
}

/// How many sentences take each step together: so its code stays at hand, and they do.
const TOGETHER: usize = 16;
/// How long a line above a listed name may be, in bytes.
const LINE: usize = 4096;

/// Cuts sentences and finds their names and dates.
pub(super) fn cut(
    x: &Extractor,
    text: &str,
    spans: &[Span],
    anchor: Option<PartialDate>,
    Desk { places, recent }: &mut Desk,
    cuts: &mut [Cut],
) {
    places.resize_with(TOGETHER, Places::default);
    for (spans, cuts) in spans.chunks(TOGETHER).zip(cuts.chunks_mut(TOGETHER)) {
        for (span, cut) in spans.iter().zip(&mut *cuts) {
            tokens(x, text, *span, recent, cut);
        }
        for (cut, places) in cuts.iter_mut().zip(&mut *places) {
            look_up(x, cut, places);
        }
        for (cut, places) in cuts.iter_mut().zip(&mut *places) {
            x.calendar.find_at(text, &cut.tokens, anchor, places.dated.iter().copied(), &mut cut.dates);
            let ends = cut.tokens.last().is_some_and(|t| matches!(t.bytes(text), b"." | b"\"" | CLOSING));
            cut.headline = places.capitals && !ends && !is_entry(text, cut) && !is_listed(x, text, cut);
            if !cut.headline {
                places.headed.iter().for_each(|at| unphrase(x, cut, *at));
            }
        }
        for (cut, places) in cuts.iter_mut().zip(&*places) {
            cut.runs.clear();
            runs(x, text, cut, &places.names, &places.starts[..places.begun]);
        }
        for cut in cuts {
            settle(x, text, cut);
        }
    }
}

/// The mark that closes what is quoted.
const CLOSING: &[u8] = "”".as_bytes();

/// Cuts a sentence into tokens.
fn tokens(x: &Extractor, text: &str, span: Span, recent: &mut Recent, cut: &mut Cut) {
    let toks = &mut cut.tokens;
    toks.clear();
    cut.span = span;
    cut.marks = x.trie.cut(text, span.range(), recent, toks);
    if let Some(bare) = footnote(text, toks) {
        bare.word = x.trie.number(text, bare, recent);
    }
    cut.folded = false;
    if cut.marks & mark_bit(b'(') != 0 {
        let count = toks.len();
        fold(x, text, toks);
        if toks.len() < count {
            let marks = toks.iter().filter(|t| t.shape == Shape::Mark);
            cut.marks = marks.fold(0, |all, t| all | mark_bit(t.bytes(text)[0]));
            cut.folded = true;
        }
    }
}

/// Finds what begins at each token.
fn look_up(x: &Extractor, cut: &mut Cut, places: &mut Places) {
    let Places { names, dated, starts, begun, capitals, headed } = places;
    let Cut { tokens: toks, classes, phrase, .. } = cut;
    let count = toks.len();
    phrase.clear();
    phrase.resize(count, 1);
    names.clear();
    names.resize(count, None);
    dated.clear();
    headed.clear();
    if starts.len() < count {
        starts.resize(count, 0);
    }
    let mut begun_at = 0;
    let (mut words, mut high) = (0, 0);
    let mut all = Cue::NONE;
    classes.clear();
    classes.resize(count, Tags::NONE);
    let places = classes.iter_mut().zip(phrase.iter_mut()).zip(names.iter_mut());
    let trie = &x.trie;
    for (at, (token, ((class, phrase), name))) in toks.iter().zip(places).enumerate() {
        let number = token.shape == Shape::Number;
        let name_like = token.is_name_like();
        words += usize::from(!number & (token.shape != Shape::Mark));
        high += usize::from(name_like);
        let beginning = trie.begun(token.word);
        if trie.goes_on(beginning, token, toks.get(at + 1)) {
            let hit = trie.hit(toks, at);
            *phrase = hit.phrase_len.clamp(1, 20) as u8;
            *name = hit.name;
            *class = hit.classes;
            if name_like & (*phrase > 1)
                && hit.name.is_none_or(|n| n.1 < hit.phrase_len)
                && is_headed(x, toks, at, hit.classes)
            {
                headed.push(at);
            }
        } else {
            let (entity, tags) = trie.alone(beginning, token);
            if let Some(entity) = entity {
                *name = Some((entity, 1));
            }
            *class = tags;
        }
        all |= class.cues();
        if number | beginning.dates {
            dated.push(at);
        }
        // All are written, and some kept: there is no telling which.
        starts[begun_at] = at;
        begun_at += usize::from(name_like | name.is_some() | (*class & x.cues.government_word != 0));
    }
    *begun = begun_at;
    cut.all = all;
    *capitals = words >= 4 && high * 10 > words * 7;
}

/// "Badan Pengawas Alfa": whether a phrase of common words is written as a body's name, and
/// begins as one.
fn is_headed(x: &Extractor, tokens: &[Token], at: usize, phrase: Tags) -> bool {
    let cues = &x.cues;
    let heads = cues.organisation_head | cues.government_head | cues.company_head;
    // "Partai Final", "Badan Usaha", "Sdn Bhd".
    let common = heads | cues.alliance_head | cues.company_word | cues.company_tail | cues.match_noun;
    let first = || x.trie.alone(x.trie.begun(tokens[at].word), &tokens[at]).1;
    // "Pakta Pertahanan Alfa" may as well be a treaty.
    let head = |first: Tags| first & heads != 0 && first & cues.alliance_head == 0;
    tokens.get(at + 1).is_some_and(|t| t.is_name_like()) && phrase & common == 0 && head(first())
}

/// Takes such a phrase word by word.
fn unphrase(x: &Extractor, cut: &mut Cut, at: usize) {
    let first = &cut.tokens[at];
    cut.classes[at] = x.trie.alone(x.trie.begun(first.word), first).1;
    cut.phrase[at] = 1;
}

/// What is to be said of a sentence's names once all of them are found.
fn settle(x: &Extractor, text: &str, cut: &mut Cut) {
    parts(x, text, cut);
    initialled(text, cut);
    legal_forms(cut, text, &x.cues);
    sift(cut, text, &x.cues);
    cut.start = dateline(x, text, cut).max(undashed(x, text, cut));
    let Cut { runs, classes, phrase, start, all, .. } = cut;
    // "40 miliar dolar AS": no state.
    let sums = *all & x.cues.amount != 0;
    if *start > 0 || sums {
        let sum = |at: usize| classes[at] & x.cues.amount != 0 && phrase[at] > 1;
        let in_sum = |run: &Run| sums && run.from > 0 && run.to == run.from + 1 && sum(run.from - 1);
        runs.retain(|run| run.from >= *start && !in_sum(run));
    }
}

/// Whether a sentence is a list's line: behind "5." on a line of its own, or a dash.
fn is_entry(text: &str, cut: &Cut) -> bool {
    let dash = cut.tokens.first().is_some_and(|t| matches!(t.text(text), "-" | "–" | "•" | "*" | "●" | "▪"));
    let number = |t: Option<&Token>| t.is_some_and(|t| t.shape == Shape::Number);
    let dot = cut.tokens.get(1).is_some_and(|t| matches!(t.bytes(text), b"." | b")"));
    let before = text[..cut.span.start as usize].trim_end_matches([' ', '\t']);
    let alone = before.strip_suffix(['.', ')']).is_some_and(|rest| {
        let line = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        line.len() < rest.len() && (line.is_empty() || line.ends_with('\n'))
    });
    dash || dot && number(cut.tokens.first()) || alone
}

/// Whether a line is but a company or body, one of those that lines list: "PT Alfa Beta Gama"
/// or "Sekolah Tinggi Alfa Beta" behind a colon, or below another such line.
fn is_listed(x: &Extractor, text: &str, cut: &Cut) -> bool {
    let first = cut.tokens[0];
    let acts = x.cues.company_verb | x.cues.verb_like | x.cues.with | x.cues.adverb | x.cues.agent;
    let plain = |(n, t): (usize, &Token)| t.is_name_like() && cut.classes[n] & acts == 0;
    let heads = x.cues.organisation_head | x.cues.government_head;
    if cut.classes[0] & (x.cues.legal_form | heads) == 0 || !cut.tokens.iter().enumerate().all(plain) {
        return false;
    }
    // A line above that is no longer than a sentence may be.
    let start = cut.span.start as usize;
    let from = text.floor_char_boundary(start.saturating_sub(LINE));
    let above = text[from..start].trim_end();
    let above = above.rsplit('\n').next().unwrap_or_default();
    let class = |word: &str| x.trie.classes(&word.to_lowercase());
    let body = |line: &str| line.split(' ').next().is_some_and(|word| class(word) & heads != 0);
    let also = || match cut.classes[0] & heads != 0 {
        true => !above.ends_with('.') && body(above),
        false => above.split(' ').next() == Some(first.text(text)),
    };
    above.ends_with(':') || also()
}
