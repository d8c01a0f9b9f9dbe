//! The stages in order, for one article.

use super::apart::{Apart, apart};
use super::claims::{Claims, Role};
use super::continued::continued;
use super::cut::Cut;
use super::discourse::{About, Discourse};
use super::extractor::Extractor;
use super::item::Item;
use super::items::{items, items_again};
use super::locals::Locals;
use super::meaning::resolve;
use super::mention::{Desk, cut};
use super::open::Open;
use super::recent::Recent;
use super::token::{Shape, same_in_lower};
use super::told::BACK;
use super::{EntityKind, Extraction, FoundDate, FoundEntity, dates};
use crate::article::{Article, Layout};
use crate::base::{PartialDate, Span};
use memchr::memchr;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// How many sentences are looked at together: names of a longer text are
/// known from this many sentences at a time, so that memory stays bounded.
const BLOCK: usize = 20_000;

/// How many sentences on they may be named whom a sentence only counts.
const AHEAD: usize = 4;

/// Within how many sentences on a quotation ends.
const CLOSED: usize = 3;

/// Who is shown each sentence.
type Watch<'a> = &'a mut dyn FnMut(&Seen);

/// A sentence as the patterns see it.
pub(super) struct Seen<'a> {
    pub text: &'a str,
    pub cut: &'a Cut,
    pub items: &'a [Item],
    /// The same with phrases taken apart, and its items.
    pub again: Option<&'a (Apart, Vec<Item>)>,
    /// It and the one before as one sentence, whose list it goes on with, and its items.
    pub both: Option<&'a (Cut, Vec<Item>)>,
    pub locals: &'a Locals,
    /// What the text has been about: one entity, and two.
    pub about: About,
    /// Who was left without the other side by the sentences before, and their number.
    pub left: (Open, usize),
    /// What its references mean: tokens and entities.
    pub referred: &'a [(usize, usize, Vec<u32>)],
}

impl Extractor {
    /// Finds an article's entities, dates and claims.
    pub fn extract(&self, article: &Article) -> Extraction {
        run(self, article, None)
    }
}

/// The same, showing each sentence to `watch`.
pub(super) fn watched(x: &Extractor, article: &Article, watch: &mut dyn FnMut(&Seen)) -> Extraction {
    run(x, article, Some(watch))
}

/// Room that is used again from sentence to sentence and article to article.
#[derive(Default)]
struct Room {
    cuts: Vec<Cut>,
    desk: Desk,
    rows: Rows,
}

/// The same, for a sentence's items and for what it is with its phrases taken apart.
#[derive(Default)]
struct Rows {
    items: Vec<Item>,
    parted: Cut,
    again: Vec<Item>,
}

impl Room {
    /// How many sentences have their room kept.
    const KEPT: usize = 64;

    /// Cuts sentences and finds what their names mean.
    fn cut(&mut self, x: &Extractor, text: &str, block: &[Span], anchor: Option<PartialDate>) -> Locals {
        self.cuts.resize_with(self.cuts.len().max(block.len()), Cut::default);
        cut(x, text, block, anchor, &mut self.desk, &mut self.cuts[..block.len()]);
        resolve(x, text, &mut self.cuts[..block.len()])
    }

    /// Lets go of what an unusually long article took.
    fn tidy(&mut self) {
        self.cuts.truncate(Room::KEPT);
    }
}

thread_local! {
    static ROOM: RefCell<Room> = RefCell::default();
}

fn run(x: &Extractor, article: &Article, watch: Option<Watch>) -> Extraction {
    let mut room = ROOM.take();
    let found = with_room(x, article, watch, &mut room);
    room.tidy();
    ROOM.replace(room);
    found
}

fn with_room(x: &Extractor, article: &Article, mut watch: Option<Watch>, room: &mut Room) -> Extraction {
    let text = &*article.text;
    let layout = Layout::of(article, &x.zones);
    let sentences = layout.sentences(text);
    let mut found = Extraction { article: article.id.clone(), ..Extraction::default() };
    let anchor = article.published.or_else(|| own_date(x, text, &sentences, &mut room.desk.recent));
    found.published = anchor;
    let mut all_dates: BTreeMap<PartialDate, FoundDate> = BTreeMap::new();
    let mut entities: Vec<FoundEntity> = Vec::new();
    let mut claims = Vec::new();
    for block in sentences.chunks(BLOCK) {
        let locals = room.cut(x, text, block, anchor);
        let cuts = &room.cuts[..block.len()];
        let given =
            block_claims(x, text, cuts, &locals, (anchor, layout.title()), &mut watch, &mut room.rows);
        for cut in cuts {
            for d in &cut.dates {
                let span = dates::span(text, &cut.tokens, d);
                all_dates.entry(d.date).or_insert(FoundDate { date: d.date, span });
            }
        }
        let roles = given.roles(&locals);
        for (role, mut l) in roles.into_iter().zip(locals.all) {
            if l.weak && role == Role::Club {
                l.kind = EntityKind::Organisation;
            }
            // A headline's capitals alone make no entity.
            let heading = l.id.is_none() && l.count == 1 && within(layout.title(), l.first);
            let shown = role != Role::None
                || !l.weak && !l.by_product && !heading && (l.kind == EntityKind::Company || !l.state);
            if shown && !l.names.is_empty() {
                if !l.written.is_empty() && !same_in_lower(&l.written, &l.name) {
                    found.written.entry(l.name.clone()).or_insert_with(|| l.written.clone());
                }
                let mut names = l.names;
                names.sort_unstable();
                names.dedup();
                entities.push(FoundEntity { name: l.name, kind: l.kind, names, span: l.first });
            }
        }
        found.typos.extend(given.typos.iter().cloned());
        claims.extend(given.into_sorted());
    }
    Claims::sort(&mut claims);
    claims.dedup_by(|b, a| (a.kind, &a.a, &a.b) == (b.kind, &b.a, &b.b));
    found.claims = claims;
    // The first of those with one name, as they came.
    entities.sort_by(|a, b| (&a.name, a.kind).cmp(&(&b.name, b.kind)));
    entities.dedup_by(|b, a| (&a.name, a.kind) == (&b.name, b.kind));
    found.entities = entities;
    found.dates = all_dates.into_values().collect();
    found
}

/// Whether a span begins in another.
fn within(outer: Option<Span>, span: Span) -> bool {
    outer.is_some_and(|o| o.range().contains(&span.range().start))
}

/// How many of the sentences, from the first, are to be looked at closely: what
/// stands behind the last trigger only dates what was told shortly before it, and
/// names those whom an earlier sentence speaks of.
fn telling(x: &Extractor, text: &str, cuts: &[Cut], watched: bool) -> usize {
    if watched || cuts.iter().any(|cut| cut.all & x.cues.all_of != 0) {
        return cuts.len();
    }
    let last = cuts.iter().rposition(|cut| cut.all & x.triggers != 0);
    // A list of lines follows.
    let told = |cuts: &[Cut]| cuts.iter().any(|cut| cut.all & x.triggers != 0);
    let listed = |n: usize| {
        let cut = &cuts[n];
        let colon = cut.tokens.last().is_some_and(|t| t.text(text) == ":");
        // "7 Negara Sekutu Alfa": so many lines.
        let figure = || cut.tokens.iter().take(2).any(|t| t.shape == Shape::Number);
        let heads = || figure() && cut.tokens.last().is_some_and(|t| t.text(text) != ".");
        colon && told(&cuts[n.saturating_sub(2)..=n])
            || cut.all & x.triggers != 0 && (cut.all & x.cues.list_intro != 0 || heads())
    };
    if (0..cuts.len()).any(listed) {
        return cuts.len();
    }
    last.map_or(0, |last| (last + 1 + BACK).min(cuts.len()))
}

fn block_claims(
    x: &Extractor,
    text: &str,
    cuts: &[Cut],
    locals: &Locals,
    (today, title): (Option<PartialDate>, Option<Span>),
    watch: &mut Option<Watch>,
    rows: &mut Rows,
) -> Claims {
    let mut claims = Claims::default();
    let mut talk = Discourse::on(today);
    let mut wanting = Vec::new();
    // The groups that each sentence names, by its number.
    let mut named: Vec<(usize, Vec<u32>)> = Vec::new();
    for (now, cut) in cuts[..telling(x, text, cuts, watch.is_some())].iter().enumerate() {
        // The body tells by itself whom it is about.
        if now > 0 && within(title, cuts[now - 1].span) {
            talk = Discourse::on(today);
        }
        let claims_any = cut.all & x.triggers != 0;
        let names_any = cut.all & x.cues.refers() != 0 || cut.runs.iter().any(|r| r.local.is_some());
        let parted = if claims_any { apart(x, cut, &mut rows.parted) } else { None };
        // No pattern tells anything of nobody.
        let nobody = !names_any && parted.is_none() && cut.dates.is_empty();
        // "Budi membantahnya": it goes on with what was told.
        let goes_on = cut.all & x.nameless != 0;
        if watch.is_none() && nobody && (!claims_any && !goes_on || stands_for_nobody(x, cut)) {
            talk.wanting = false;
            talk.note(text, cut, &[], locals, &x.cues, None);
            claims.pass_over(text, cut, &x.cues);
            continue;
        }
        let about = match claims_any || watch.is_some() {
            true => talk.about(locals, watch.is_some() || cut.all & x.of_pairs != 0),
            false => About::default(),
        };
        let topic = talk.topic;
        talk.quoted = None;
        if claims_any && cut.all & x.cues.speaker_ref != 0 {
            talk.quoted = quoted(x, text, &cuts[now..], locals, &talk);
        }
        talk.couple = claims.couple();
        let again = parted.map(|parted| {
            let mut again = std::mem::take(&mut rows.again);
            items_again(x, text, &parted.cut, locals, &talk, &mut again);
            (parted, again)
        });
        let row = &mut rows.items;
        items(x, text, cut, locals, &mut talk, row);
        if talk.wanting {
            wanting.push((now, cut));
        }
        named.extend(talk.named.drain(..).map(|group| (now, group)));
        let left = watch.is_some().then(|| claims.left());
        // "MoU itu diteken dengan Alfa": the text goes on to be about who was told of.
        if claims.sentence(x, text, cut, row, locals, about) {
            talk.topic = topic.or(talk.topic);
        }
        if let Some((parted, again)) = &again {
            claims.reread(x, text, parted, again, locals, about);
        }
        let mut both = None;
        if let Some(before) = now.checked_sub(1).map(|n| &cuts[n])
            && before.all & x.triggers != 0
            && !claims.has_told()
            && let Some(cut) = continued(text, before, cut, &x.cues)
        {
            let mut items = Vec::new();
            items_again(x, text, &cut, locals, &talk, &mut items);
            claims.continued(x, text, &cut, &items, locals, about);
            both = Some((cut, items));
        }
        if let (Some(watch), Some(left)) = (watch.as_mut(), left) {
            let (again, both, referred) = (again.as_ref(), both.as_ref(), &talk.referred);
            watch(&Seen { text, cut, items: row, again, both, locals, about, left, referred });
        }
        if let Some((parted, again)) = again {
            (rows.parted, rows.again) = (parted.cut, again);
        }
    }
    // "Empat vendor ini bersaing": the four are named later.
    claims.late = true;
    for (now, cut) in wanting {
        let near = named.iter().filter(|(at, _)| (now..=now + AHEAD).contains(at));
        let next = near.map(|(_, group)| group.clone()).collect();
        items(x, text, cut, locals, &mut talk.ahead(next), &mut rows.items);
        claims.sentence(x, text, cut, &rows.items, locals, About::default());
    }
    claims
}

/// “Kami menggandeng Beta. Ini penting,” kata Direktur Alfa: whose words the first of the
/// sentences has, where what it quotes ends in one of the next.
fn quoted(x: &Extractor, text: &str, cuts: &[Cut], locals: &Locals, talk: &Discourse) -> Option<u32> {
    let marks =
        |cut: &Cut| (0..cut.tokens.len()).filter(|n| cut.tokens[*n].is_quote(text)).collect::<Vec<_>>();
    let (first, rest) = cuts.split_first()?;
    let own = marks(first);
    let open = own.last().is_none_or(|n| first.tokens[*n].text(text) == "“" || own.len() % 2 == 1);
    let next = rest.iter().take(CLOSED).map(|cut| (cut, marks(cut))).find(|(_, m)| !m.is_empty());
    let (end, marks) = next.filter(|_| open)?;
    let said = end.classes.get(marks[0] + 1).is_some_and(|c| *c & x.cues.speech != 0);
    if !said || marks[0] == 0 {
        return None;
    }
    let mut items = Vec::new();
    items_again(x, text, end, locals, talk, &mut items);
    talk.speaks(text, end, &items, locals, &x.cues)
}

/// Whether a sentence without names has no word that may stand for one either, and no
/// pattern asks for none.
fn stands_for_nobody(x: &Extractor, cut: &Cut) -> bool {
    let cues = &x.cues;
    cut.all & (cues.refers() | cues.speech | cues.peer_noun | cues.bearer_noun | x.nameless) == 0
}

/// The date of publication as the text gives it: a line below the title that
/// is nothing but a date, else the first full date in brackets or after a weekday.
fn own_date(x: &Extractor, text: &str, sentences: &[Span], recent: &mut Recent) -> Option<PartialDate> {
    // A day is never told without a figure here, since no date is known to count from.
    let figures = |s: &&Span| text[s.range()].bytes().any(|b| b.is_ascii_digit());
    let mut dates_of = |s: &Span| {
        let mut all = Vec::new();
        x.trie.cut(text, s.range(), recent, &mut all);
        let mut dates = x.calendar.find(text, &all, None);
        dates.retain(|d| d.date.day().is_some());
        (dates, all.len())
    };
    let alone = sentences.iter().take(3).filter(figures).find_map(|s| {
        let (dates, len) = dates_of(s);
        dates.iter().find(|d| d.from == 0 && d.to == len).map(|d| d.date)
    });
    alone.or_else(|| {
        let brackets = |s: &&Span| memchr(b'(', text[s.range()].as_bytes()).is_some();
        let told = sentences.iter().take(40).filter(figures).filter(brackets);
        told.into_iter().find_map(|s| dates_of(s).0.iter().find(|d| d.bracketed).map(|d| d.date))
    })
}

/// The pairs that one pattern gives for a sentence.
pub(super) fn try_pattern(
    x: &Extractor,
    sentence: &str,
    pattern: &std::sync::Arc<str>,
) -> Vec<(std::sync::Arc<str>, std::sync::Arc<str>)> {
    let layout = Layout::of(&Article::new("example", sentence), &x.zones);
    let mut room = Room::default();
    let block = layout.sentences(sentence);
    let locals = room.cut(x, sentence, &block, None);
    block_claims(x, sentence, &room.cuts, &locals, (None, None), &mut None, &mut room.rows).given_by(pattern)
}
