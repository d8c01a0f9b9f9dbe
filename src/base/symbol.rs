//! Interned strings.

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;
use std::sync::Arc;

/// An interned string. The number tells nothing of the text's order: sort by
/// text wherever a person sees the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(pub u32);

/// Strings and their symbols, both ways. What is frozen is shared by clones.
#[derive(Debug, Clone, Default)]
pub struct Interner {
    frozen: Option<Arc<Layer>>,
    own: Layer,
}

#[derive(Debug, Clone, Default)]
struct Layer {
    /// Hashes and places in `texts`.
    table: HashTable<(u64, u32)>,
    texts: Vec<Arc<str>>,
}

impl Layer {
    fn get(&self, text: &str, hash: u64) -> Option<u32> {
        let fits = |entry: &(u64, u32)| entry.0 == hash && *self.texts[entry.1 as usize] == *text;
        self.table.find(hash, fits).map(|entry| entry.1)
    }
}

impl Interner {
    /// An interner without strings.
    pub fn new() -> Interner {
        Interner::default()
    }

    /// The hash that [`Interner::intern_hashed`] wants.
    pub fn hash(text: &str) -> u64 {
        FxBuildHasher.hash_one(text)
    }

    /// The symbol of a text, new or known.
    pub fn intern(&mut self, text: &str) -> Symbol {
        self.intern_hashed(text, Interner::hash(text))
    }

    /// The symbol of a text, new or known, whose hash is known.
    pub fn intern_hashed(&mut self, text: &str, hash: u64) -> Symbol {
        if let Some(symbol) = self.find(text, hash) {
            return symbol;
        }
        let symbol = Symbol(u32::try_from(self.len()).expect("fewer than 2^32 strings"));
        let place = self.own.texts.len() as u32;
        self.own.texts.push(text.into());
        self.own.table.insert_unique(hash, (hash, place), |entry| entry.0);
        symbol
    }

    /// The symbol of a text, if it has one.
    pub fn get(&self, text: &str) -> Option<Symbol> {
        self.find(text, Interner::hash(text))
    }

    fn find(&self, text: &str, hash: u64) -> Option<Symbol> {
        let below = self.frozen_len();
        let frozen = self.frozen.as_ref().and_then(|layer| layer.get(text, hash));
        frozen.or_else(|| Some(self.own.get(text, hash)? + below)).map(Symbol)
    }

    fn frozen_len(&self) -> u32 {
        self.frozen.as_ref().map_or(0, |layer| layer.texts.len() as u32)
    }

    /// The text of a symbol that this interner gave out.
    ///
    /// # Panics
    /// If the symbol is of another interner.
    pub fn text(&self, symbol: Symbol) -> &Arc<str> {
        match &self.frozen {
            Some(layer) if (symbol.0 as usize) < layer.texts.len() => &layer.texts[symbol.0 as usize],
            _ => &self.own.texts[(symbol.0 - self.frozen_len()) as usize],
        }
    }

    /// How many strings there are.
    pub fn len(&self) -> usize {
        self.frozen_len() as usize + self.own.texts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Makes clones cheap: they share what is there now.
    pub fn freeze(&mut self) {
        if self.own.texts.is_empty() {
            return;
        }
        let own = std::mem::take(&mut self.own);
        let Some(frozen) = &mut self.frozen else {
            self.frozen = Some(Arc::new(own));
            return;
        };
        let below = frozen.texts.len() as u32;
        let layer = Arc::make_mut(frozen);
        layer.texts.extend(own.texts);
        for (hash, place) in own.table {
            layer.table.insert_unique(hash, (hash, place + below), |entry| entry.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn freezing_keeps_every_symbol() {
        let mut interner = Interner::new();
        let mut symbols = Vec::new();
        for n in 0..60 {
            symbols.push(interner.intern(&format!("text {}", n % 40)));
            if n % 17 == 0 {
                interner.freeze();
            }
        }
        assert_eq!(interner.len(), 40);
        for (n, symbol) in symbols.iter().enumerate() {
            let text = format!("text {}", n % 40);
            assert_eq!(interner.get(&text), Some(*symbol));
            assert_eq!(**interner.text(*symbol), *text);
        }
        assert_eq!(interner.get("none"), None);
    }
}
