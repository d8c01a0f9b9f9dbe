//! Names and phrases as a trie over word numbers, matched in one pass.

use super::classes::{ClassSet, Cue, Tags, marks};
use super::recent::{Key, Recent};
use super::spelt::Spelt;
use super::token::{Letters, Numbers, OTHER_MARKS, Shape, Token, lower, mark_bit, numbered, tokens};
use super::typo::Typos;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

/// How a name must be written in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writing {
    /// With a capital at its start.
    Capital,
    /// In capitals only: an abbreviation that would also be a word.
    Upper,
    /// In any way: the name itself begins with a small letter.
    Free,
}

/// A name that ends at a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NameRef {
    pub entity: u32,
    pub writing: Writing,
}

/// What ends at a node and whether more follows; most have one name and no
/// classes, and there are thousands.
#[derive(Debug, Clone, Copy)]
struct Node {
    name: Option<NameRef>,
    /// The place of its classes in `classes`; 0 for none.
    classes: u32,
    /// A bit for each word that goes on; several may share one.
    children: u64,
    /// It has more names, in `more`.
    has_more: bool,
}

const EMPTY: Node = Node { name: None, classes: 0, children: 0, has_more: false };

/// The vocabulary and all names and phrases.
#[derive(Debug)]
pub(super) struct Trie {
    words: Spelt,
    /// The numbers of marks of ASCII.
    marks: [u32; MARKS],
    /// The node of each first word; 0 for none.
    roots: Vec<u32>,
    edges: FxHashMap<u64, u32>,
    nodes: Vec<Node>,
    more: FxHashMap<u32, Vec<NameRef>>,
    classes: Vec<ClassSet>,
    /// The same as words have them; made last.
    tags: Vec<Tags>,
    /// Where each set stands in `classes`.
    class_places: FxHashMap<ClassSet, u32>,
    typos: Typos,
    /// What each word begins; made last.
    begins: Vec<Beginning>,
    /// A bit for each two words that begin something; several may share one.
    pairs: Box<[u64]>,
    /// Tells this vocabulary from others.
    id: u64,
}

/// The number of vocabularies so far.
static COUNT: AtomicU64 = AtomicU64::new(0);

/// What begins with a word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Beginning {
    /// A bit for each word that may go on, as a [`Node`] has them.
    children: u64,
    /// The place of the word's own classes.
    classes: u32,
    name: Option<NameRef>,
    /// It has more names.
    has_more: bool,
    /// A date may begin with it.
    pub dates: bool,
}

/// How many words of bits tell of pairs.
const PAIRS: usize = 1 << 13;

/// How many bytes ASCII has.
const MARKS: usize = 128;

/// The longest name and the longest phrase that begin at a token.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hit {
    /// The entity and the number of tokens.
    pub name: Option<(u32, u32)>,
    /// The classes and the number of tokens; no tokens for none.
    pub classes: Tags,
    pub phrase_len: u32,
}

impl Default for Trie {
    fn default() -> Trie {
        Trie {
            words: Spelt::default(),
            marks: [0; MARKS],
            roots: vec![0],
            edges: FxHashMap::default(),
            nodes: vec![EMPTY],
            more: FxHashMap::default(),
            classes: vec![ClassSet::NONE],
            tags: Vec::new(),
            class_places: FxHashMap::default(),
            typos: Typos::default(),
            begins: Vec::new(),
            pairs: vec![0; PAIRS].into(),
            id: COUNT.fetch_add(1, Ordering::Relaxed) + 1,
        }
    }
}

impl Trie {
    /// Makes room for about so many names and phrases.
    pub(super) fn reserve(&mut self, names: usize) {
        self.roots.reserve(names);
        self.edges.reserve(names);
        self.nodes.reserve(names * 2);
    }

    /// Takes the vocabulary, by which names and phrases were added.
    pub(super) fn finish(&mut self, words: Spelt) {
        for (byte, mark) in (0u8..).zip(&mut self.marks) {
            *mark = words.number(char::from(byte).encode_utf8(&mut [0; 4]));
        }
        self.roots.resize(words.len(), 0);
        self.words = words;
    }

    /// The number of a word in lower case; 0 if no data has it.
    pub(super) fn word(&self, lower: &str) -> u32 {
        self.words.number(lower)
    }

    /// The classes of a word in lower case.
    pub(super) fn classes(&self, lower: &str) -> Tags {
        self.tags[self.nodes[self.roots[self.word(lower) as usize] as usize].classes as usize]
    }

    fn node(&mut self, phrase: &[u32]) -> Option<usize> {
        let (first, rest) = phrase.split_first()?;
        if *first as usize >= self.roots.len() {
            self.roots.resize(*first as usize + 1, 0);
        }
        let root = &mut self.roots[*first as usize];
        if *root == 0 {
            *root = self.nodes.len() as u32;
            self.nodes.push(EMPTY);
        }
        let mut node = *root;
        for (n, word) in rest.iter().enumerate() {
            let new = self.nodes.len() as u32;
            let next = *self.edges.entry(key(node as usize, *word)).or_insert(new);
            if next == new {
                self.nodes.push(EMPTY);
                self.nodes[node as usize].children |= bit(*word);
                if n == 0 {
                    let (at, bit) = pair(*first, *word);
                    self.pairs[at] |= bit;
                }
            }
            node = next;
        }
        Some(node as usize)
    }

    /// Adds a name; says which entity had it already, if one had.
    pub(super) fn add_name(&mut self, words: &[u32], name: &str, entity: u32) -> Option<u32> {
        let node = self.node(words)?;
        let new = NameRef { entity, writing: writing(name) };
        let slot = &mut self.nodes[node];
        let Some(first) = slot.name else {
            slot.name = Some(new);
            return None;
        };
        if first != new {
            slot.has_more = true;
            let more = self.more.entry(node as u32).or_default();
            if !more.contains(&new) {
                more.push(new);
            }
        }
        Some(first.entity).filter(|e| *e != entity)
    }

    /// Adds a word or phrase to classes.
    pub(super) fn add_phrase(&mut self, phrase: &[u32], classes: ClassSet) {
        let Some(node) = self.node(phrase).filter(|_| classes != 0) else { return };
        let all = self.classes[self.nodes[node].classes as usize] | classes;
        let new = self.classes.len() as u32;
        let place = *self.class_places.entry(all).or_insert(new);
        if place == new {
            self.classes.push(all);
        }
        self.nodes[node].classes = place;
    }

    /// The sets of classes that words and phrases have, by place.
    pub(super) fn class_sets(&self) -> &[ClassSet] {
        &self.classes
    }

    /// Marks each set as it is told of.
    pub(super) fn mark(&mut self, marks: impl Fn(&ClassSet) -> Cue) {
        let sets = self.classes.iter().zip(0u32..);
        self.tags = sets.map(|(set, place)| Tags::new(set.cues() | marks(set), place)).collect();
    }

    /// All classes that any of a sentence's words has, whose cues together are these.
    pub(super) fn all(&self, tags: &[Tags], cues: Cue) -> ClassSet {
        let others = tags.iter().filter(|tags| **tags & marks::OTHER != 0);
        others.fold(ClassSet::NONE, |all, tags| all | self.classes[tags.set()]).with_cues(cues)
    }

    /// All classes of a word.
    pub(super) fn whole(&self, tags: Tags) -> ClassSet {
        self.classes[tags.set()].with_cues(tags.cues())
    }

    /// The name at a node that fits how the text writes it.
    fn name_at(&self, node: usize, run: &[Token]) -> Option<u32> {
        let here = &self.nodes[node];
        let first = here.name?;
        if fits(run, first.writing) {
            return Some(first.entity);
        }
        let more = here.has_more.then(|| self.more.get(&(node as u32))).flatten()?;
        more.iter().find(|n| fits(run, n.writing)).map(|n| n.entity)
    }

    /// Whether a text can hold this as one item: it is one token, or a phrase.
    pub(super) fn can_be_one(&self, phrase: &str) -> bool {
        let mut cut = Vec::new();
        tokens(phrase, 0, phrase.len(), &mut cut);
        if cut.len() > 1 {
            cut.clear();
            self.cut(phrase, 0..phrase.len(), &mut Recent::default(), &mut cut);
        }
        match cut.len() {
            0 => false,
            1 => true,
            len => self.hit(&cut, 0).phrase_len as usize == len,
        }
    }

    /// One more than the highest number of a word.
    pub(super) fn word_count(&self) -> usize {
        self.roots.len()
    }

    /// Forgives typing errors in the words of these classes from now on. A date may begin
    /// with those words that `dates` tells.
    pub(super) fn forgive(&mut self, classes: ClassSet, dates: impl Fn(u32) -> bool) {
        let is_trigger = |node: u32| self.classes[self.nodes[node as usize].classes as usize].meets(&classes);
        let words = (1..self.roots.len() as u32).filter(|word| is_trigger(self.roots[*word as usize]));
        self.typos = Typos::new(words.map(|word| (self.words.of(word), word)));
        let begun = |(word, root): (u32, &u32)| {
            let Node { name, classes, children, has_more } = self.nodes[*root as usize];
            Beginning { children, classes, name, has_more, dates: dates(word) }
        };
        self.begins = (0..).zip(&self.roots).map(begun).collect();
    }

    /// The trigger that a token stands for, where its text is another word.
    pub(super) fn mended(&self, text: &str, token: &Token) -> Option<&str> {
        let word = (token.word > 0).then(|| self.words.of(token.word))?;
        (token.shape == Shape::Lower && token.text(text).is_ascii() && word != token.text(text))
            .then_some(word)
    }

    /// Cuts `text[start..end]` into tokens with their numbers and appends them.
    /// Tells which marks they have, each by its bit.
    pub(super) fn cut(
        &self,
        text: &str,
        span: Range<usize>,
        recent: &mut Recent,
        out: &mut Vec<Token>,
    ) -> u64 {
        recent.turn_to(self.id);
        let mut lookup = Lookup { trie: self, text, recent, marks: 0 };
        numbered(text, span.start, span.end, out, &mut lookup);
        lookup.marks
    }

    /// Looks up a token's word.
    pub(super) fn number(&self, text: &str, token: &Token, recent: &mut Recent) -> u32 {
        match token.shape {
            _ if token.shape == Shape::Mark && token.ascii => {
                self.marks[usize::from(text.as_bytes()[token.start as usize]) % MARKS]
            }
            _ if token.ascii => {
                let (word, small) = (token.text(text), token.shape == Shape::Lower);
                let find = || self.ascii_number(word, small);
                Key::of(word.as_bytes(), small).map_or_else(find, |key| recent.number(key, find))
            }
            Shape::Number => self.word(token.text(text)),
            _ => self.word(lower(token.text(text), &mut recent.buffer)),
        }
    }

    /// Looks up a word in ASCII; one in small letters may be a trigger with a typing error.
    fn ascii_number(&self, word: &str, small: bool) -> u32 {
        match small {
            true => match self.word(word) {
                0 => self.typos.meant(word),
                known => known,
            },
            false => self.words.ascii_number(word),
        }
    }

    /// What begins with a word.
    #[inline]
    pub(super) fn begun(&self, word: u32) -> &Beginning {
        const NOTHING: &Beginning =
            &Beginning { children: 0, classes: 0, name: None, has_more: false, dates: false };
        self.begins.get(word as usize).unwrap_or(NOTHING)
    }

    /// Whether more may begin at a token than [`Trie::alone`] tells.
    #[inline]
    pub(super) fn goes_on(&self, begun: &Beginning, token: &Token, next: Option<&Token>) -> bool {
        let next = next.map_or(0, |t| t.word);
        // One look at both: which of them says no is as chance has it.
        let on = (next != 0) & (begun.children & bit(next) != 0);
        begun.has_more
            || on && {
                let (at, bit) = pair(token.word, next);
                self.pairs[at] & bit != 0
            }
    }

    /// The entity that has a token as its name, and the token's classes, where nothing longer
    /// begins there.
    #[inline]
    pub(super) fn alone(&self, begun: &Beginning, token: &Token) -> (Option<u32>, Tags) {
        let name = begun.name.filter(|name| fits(&[*token], name.writing));
        (name.map(|name| name.entity), self.tags[begun.classes as usize])
    }

    /// What begins at token `at`.
    pub(super) fn hit(&self, tokens: &[Token], at: usize) -> Hit {
        self.hit_within(tokens, at, usize::MAX)
    }

    /// The longest that begins at token `at` and has at most so many tokens.
    pub(super) fn hit_within(&self, tokens: &[Token], at: usize, most: usize) -> Hit {
        // The word 0 has no node.
        let (mut hit, mut node) = (Hit::default(), self.roots[tokens[at].word as usize] as usize);
        let (mut len, mut place) = (1, 0);
        while node > 0 {
            let here = &self.nodes[node];
            if here.name.is_some()
                && let Some(entity) = self.name_at(node, &tokens[at..at + len])
            {
                hit.name = Some((entity, len as u32));
            }
            if here.classes != 0 {
                (place, hit.phrase_len) = (here.classes as usize, len as u32);
            }
            let next = tokens.get(at + len).map_or(0, |t| t.word);
            if next == 0 || here.children & bit(next) == 0 || len == most {
                break;
            }
            node = self.edges.get(&key(node, next)).copied().unwrap_or(0) as usize;
            len += 1;
        }
        hit.classes = self.tags.get(place).copied().unwrap_or_default();
        hit
    }
}

/// Numbers for tokens as they are cut.
struct Lookup<'a> {
    trie: &'a Trie,
    text: &'a str,
    recent: &'a mut Recent,
    /// The bits of the marks so far.
    marks: u64,
}

impl Numbers for Lookup<'_> {
    #[inline]
    fn mark(&mut self, byte: u8) -> u32 {
        self.marks |= mark_bit(byte);
        self.trie.marks[usize::from(byte) % MARKS]
    }

    #[inline]
    fn short(&mut self, word: Range<usize>, letters: Letters, small: bool) -> u32 {
        let Lookup { trie, text, recent, .. } = self;
        recent.number(Key::of_letters(letters, small), || trie.ascii_number(&text[word], small))
    }

    fn other(&mut self, token: &Token) -> u32 {
        if token.shape == Shape::Mark {
            self.marks |= OTHER_MARKS;
        }
        self.trie.number(self.text, token, self.recent)
    }
}

fn bit(word: u32) -> u64 {
    1 << (word.wrapping_mul(0x9e37_79b1) >> (u32::BITS - 6))
}

/// Where the bit stands for what two words begin.
fn pair(first: u32, next: u32) -> (usize, u64) {
    let mixed = key(first as usize, next).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed >> 40) as usize % PAIRS, 1 << (mixed >> 58))
}

fn key(node: usize, word: u32) -> u64 {
    (node as u64) << 32 | u64::from(word)
}

/// Short names in capitals, such as "AS", are only meant in capitals.
fn writing(name: &str) -> Writing {
    if name.starts_with(char::is_lowercase) {
        return Writing::Free;
    }
    let mut letters = 0;
    for letter in name.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        if letters > 5 || !letter.is_uppercase() {
            return Writing::Capital;
        }
    }
    if letters > 1 { Writing::Upper } else { Writing::Capital }
}

fn fits(run: &[Token], writing: Writing) -> bool {
    match writing {
        Writing::Free => true,
        Writing::Upper => {
            run.iter().all(|t| !matches!(t.shape, Shape::Lower | Shape::Capital) || t.end - t.start == 1)
        }
        Writing::Capital => matches!(run[0].shape, Shape::Capital | Shape::Upper | Shape::Number),
    }
}
