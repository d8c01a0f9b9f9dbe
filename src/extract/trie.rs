//! Names and phrases as a trie over word numbers, matched in one pass.

use super::token::{Shape, Token, lower, tokens};
use super::words::ClassSet;
use rustc_hash::FxHashMap;

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

#[derive(Debug, Default, Clone)]
struct Node {
    names: Vec<NameRef>,
    classes: ClassSet,
    has_children: bool,
}

/// The vocabulary and all names and phrases.
#[derive(Debug)]
pub(super) struct Trie {
    words: FxHashMap<Box<str>, u32>,
    /// The node of each first word; 0 for none.
    roots: Vec<u32>,
    edges: FxHashMap<u64, u32>,
    nodes: Vec<Node>,
    /// Room that is used again while names are added.
    cut: Vec<Token>,
    buffer: String,
}

/// The longest name and the longest phrase that begin at a token.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hit {
    /// The entity and the number of tokens.
    pub name: Option<(u32, u32)>,
    /// The classes and the number of tokens; no tokens for none.
    pub classes: ClassSet,
    pub phrase_len: u32,
}

impl Default for Trie {
    fn default() -> Trie {
        Trie {
            words: FxHashMap::default(),
            roots: vec![0],
            edges: FxHashMap::default(),
            nodes: vec![Node::default()],
            cut: Vec::new(),
            buffer: String::new(),
        }
    }
}

impl Trie {
    /// Makes room for about so many names and phrases.
    pub(super) fn reserve(&mut self, names: usize) {
        self.words.reserve(names);
        self.roots.reserve(names);
        self.edges.reserve(names);
        self.nodes.reserve(names * 2);
    }

    fn intern(&mut self, word: &str) -> u32 {
        if let Some(id) = self.words.get(word) {
            return *id;
        }
        let id = self.roots.len() as u32;
        self.words.insert(word.into(), id);
        self.roots.push(0);
        id
    }

    /// The number of a word in lower case; 0 if no data has it.
    pub(super) fn word(&self, lower: &str) -> u32 {
        self.words.get(lower).copied().unwrap_or(0)
    }

    fn node(&mut self, phrase: &str) -> Option<usize> {
        let (mut cut, mut buffer) = (std::mem::take(&mut self.cut), std::mem::take(&mut self.buffer));
        cut.clear();
        tokens(phrase, 0, phrase.len(), &mut cut);
        let mut node = 0usize;
        for (n, token) in cut.iter().enumerate() {
            let word = self.intern(lower(token.text(phrase), &mut buffer));
            let new = self.nodes.len();
            let next = if n == 0 {
                let root = &mut self.roots[word as usize];
                *root = if *root > 0 { *root } else { new as u32 };
                *root as usize
            } else {
                *self.edges.entry(key(node, word)).or_insert(new as u32) as usize
            };
            if next == new {
                self.nodes.push(Node::default());
                self.nodes[node].has_children |= n > 0;
            }
            node = next;
        }
        (self.cut, self.buffer) = (cut, buffer);
        (node > 0).then_some(node)
    }

    /// Adds a name; says which entity had it already, if one had.
    pub(super) fn add_name(&mut self, name: &str, entity: u32) -> Option<u32> {
        let node = self.node(name)?;
        let names = &mut self.nodes[node].names;
        let before = names.first().map(|n| n.entity).filter(|e| *e != entity);
        let new = NameRef { entity, writing: writing(name) };
        if !names.contains(&new) {
            names.push(new);
        }
        before
    }

    /// Adds a word or phrase to classes.
    pub(super) fn add_phrase(&mut self, phrase: &str, classes: ClassSet) {
        if let Some(node) = self.node(phrase) {
            self.nodes[node].classes |= classes;
        }
    }

    /// Looks up every token's word.
    pub(super) fn number(&self, text: &str, tokens: &mut [Token], buffer: &mut String) {
        for token in tokens {
            let word = token.text(text);
            token.word = match token.shape {
                Shape::Lower if word.is_ascii() => self.word(word),
                Shape::Number => 0,
                _ => self.word(lower(word, buffer)),
            };
            if token.shape == Shape::Number {
                token.word = self.word(word);
            }
        }
    }

    /// What begins at token `at`.
    pub(super) fn hit(&self, tokens: &[Token], at: usize) -> Hit {
        let mut hit = Hit::default();
        let word = tokens[at].word;
        let mut node = if word == 0 { 0 } else { self.roots[word as usize] as usize };
        let mut len = 1;
        while node > 0 {
            let here = &self.nodes[node];
            if !here.names.is_empty() {
                let run = &tokens[at..at + len];
                if let Some(name) = here.names.iter().find(|n| fits(run, n.writing)) {
                    hit.name = Some((name.entity, len as u32));
                }
            }
            if here.classes != 0 {
                (hit.classes, hit.phrase_len) = (here.classes, len as u32);
            }
            if !here.has_children || at + len >= tokens.len() || tokens[at + len].word == 0 {
                break;
            }
            node = self.edges.get(&key(node, tokens[at + len].word)).copied().unwrap_or(0) as usize;
            len += 1;
        }
        hit
    }
}

fn key(node: usize, word: u32) -> u64 {
    (node as u64) << 32 | u64::from(word)
}

/// Short names in capitals, such as "AS", are only meant in capitals.
fn writing(name: &str) -> Writing {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    match name.chars().next() {
        Some(c) if c.is_lowercase() => Writing::Free,
        _ if letters().count() <= 5 && letters().all(char::is_uppercase) && letters().count() > 1 => {
            Writing::Upper
        }
        _ => Writing::Capital,
    }
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
