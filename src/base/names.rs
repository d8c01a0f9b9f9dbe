//! The names that entities go by.

use rustc_hash::FxHashMap;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// A name as it is compared: compatibility-normalised, lower case, runs of
/// white space as one space.
pub fn fold_name(name: &str) -> String {
    let plain = name.is_ascii() && !name.contains("  ") && !name.bytes().any(|b| b.is_ascii_control());
    if plain && name.trim() == name {
        return name.to_ascii_lowercase();
    }
    let lower = name.nfkc().flat_map(char::to_lowercase).collect::<String>();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Which entity a name means. Names are compared as [`fold_name`] folds them.
///
/// An entity's own canonical name always means itself; a further name claimed
/// by several entities means the first of them in text order, so that the
/// order of adding never shows.
///
/// Clones share the names until one of them is given more.
#[derive(Debug, Clone, Default)]
pub struct EntityNames {
    canonical: Arc<FxHashMap<String, Arc<str>>>,
    further: Arc<FxHashMap<String, Arc<str>>>,
}

impl EntityNames {
    /// No names.
    pub fn new() -> EntityNames {
        EntityNames::default()
    }

    /// Adds an entity under its canonical name.
    pub fn add_entity(&mut self, entity: &str) {
        keep_first(&mut self.canonical, entity, entity);
    }

    /// Adds a further name of an entity.
    pub fn add_name(&mut self, entity: &str, name: &str) {
        self.add_entity(entity);
        keep_first(&mut self.further, name, entity);
    }

    /// The canonical name of the entity that a name means, if any does.
    pub fn get(&self, name: &str) -> Option<&Arc<str>> {
        let folded = fold_name(name);
        self.canonical.get(&folded).or_else(|| self.further.get(&folded))
    }

    /// The canonical name, or the name itself where no entity has it.
    pub fn resolve(&self, name: &str) -> Arc<str> {
        self.get(name).cloned().unwrap_or_else(|| name.into())
    }

    /// Every canonical name, sorted.
    pub fn entities(&self) -> Vec<Arc<str>> {
        let mut all: Vec<Arc<str>> = self.canonical.values().cloned().collect();
        all.sort();
        all
    }
}

fn keep_first(map: &mut Arc<FxHashMap<String, Arc<str>>>, name: &str, entity: &str) {
    let folded = fold_name(name);
    if map.get(&folded).is_some_and(|first| **first <= *entity) {
        return;
    }
    let slot = Arc::make_mut(map).entry(folded).or_insert_with(|| entity.into());
    if entity < &**slot {
        *slot = entity.into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_means_one_entity_whatever_the_order_of_adding() {
        let pairs = [("Zeta", "AS"), ("Amerika Serikat", "AS"), ("Amerika Serikat", "United  States")];
        let mut forth = EntityNames::new();
        let mut back = EntityNames::new();
        pairs.iter().for_each(|(e, n)| forth.add_name(e, n));
        pairs.iter().rev().for_each(|(e, n)| back.add_name(e, n));
        for names in [forth, back] {
            assert_eq!(&*names.resolve("as"), "Amerika Serikat");
            assert_eq!(&*names.resolve("united states"), "Amerika Serikat");
            assert_eq!(&*names.resolve("ZETA"), "Zeta");
            assert_eq!(&*names.resolve("nobody"), "nobody");
        }
    }
}
