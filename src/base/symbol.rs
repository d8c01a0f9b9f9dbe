//! Interned strings.

use rustc_hash::FxHashMap;
use std::sync::Arc;

/// An interned string. The number tells nothing of the text's order: sort by
/// text wherever a person sees the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(pub u32);

/// Strings and their symbols, both ways.
#[derive(Debug, Clone, Default)]
pub struct Interner {
    ids: FxHashMap<Arc<str>, Symbol>,
    texts: Vec<Arc<str>>,
}

impl Interner {
    /// An interner without strings.
    pub fn new() -> Interner {
        Interner::default()
    }

    /// The symbol of a text, new or known.
    pub fn intern(&mut self, text: &str) -> Symbol {
        if let Some(symbol) = self.ids.get(text) {
            return *symbol;
        }
        let symbol = Symbol(u32::try_from(self.texts.len()).expect("fewer than 2^32 strings"));
        let text: Arc<str> = text.into();
        self.texts.push(text.clone());
        self.ids.insert(text, symbol);
        symbol
    }

    /// The symbol of a text, if it has one.
    pub fn get(&self, text: &str) -> Option<Symbol> {
        self.ids.get(text).copied()
    }

    /// The text of a symbol that this interner gave out.
    ///
    /// # Panics
    /// If the symbol is of another interner.
    pub fn text(&self, symbol: Symbol) -> &Arc<str> {
        &self.texts[symbol.0 as usize]
    }

    /// How many strings there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}
