//! Which entity each name in a fact base means: abbreviations that articles
//! spell out, merges and splits.

use super::kept::Since;
use crate::base::{EntityNames, Interner, Symbol, Type, fold_name};
use crate::store::{FactBase, Keeping, KeptRows, NameChange, StoreError, fingerprint};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The entities of a base.
#[derive(Debug, Default)]
pub(super) struct Identity {
    /// The base's texts and what merges add to them.
    pub(super) texts: Interner,
    /// Entities of single articles that a split gave another name.
    renamed: FxHashMap<(u32, Symbol), Symbol>,
    /// Names that stand for another entity in all articles.
    joined: FxHashMap<Symbol, Symbol>,
    /// What the articles say.
    pairs: FxHashSet<(Symbol, Symbol)>,
    /// Entities with their further names, sorted.
    pub(super) aliases: Vec<(Symbol, Symbol)>,
    /// What merges come to: the entity, a name that was joined into it, and why.
    pub(super) merged: Vec<[Arc<str>; 3]>,
    /// The entities by the names they are known by, sorted.
    own: Vec<Symbol>,
    /// What questions go by.
    pub(super) names: EntityNames,
    /// Whether the base keeps what the articles say of names, as they are now.
    is_kept: bool,
}

/// The key under which a base keeps what its articles say of names.
pub(super) const NAMES_KEY: &[u8] = b"names";

impl Identity {
    /// Reads the entities of the articles that hold.
    pub(super) fn of(base: &FactBase) -> Result<Identity, StoreError> {
        let mut identity = Identity { texts: base.symbols().clone(), ..Identity::default() };
        let splits: Vec<&NameChange> = base.name_changes().filter(|c| c.holds && !c.joins).collect();
        let parted: FxHashSet<(String, String)> =
            splits.iter().map(|s| (fold_name(&s.entity), fold_name(&s.name))).collect();
        let known: FxHashMap<&str, &NameChange> = splits.iter().map(|s| (&*s.entity, *s)).collect();
        let apart = |texts: &Interner, entity: Symbol, name: Symbol| {
            !parted.is_empty()
                && parted.contains(&(fold_name(texts.text(entity)), fold_name(texts.text(name))))
        };
        let (mut pairs, first_batch) = match known.is_empty() {
            true => identity.recall(base)?,
            false => Default::default(),
        };
        for n in first_batch..base.batches() {
            let (mentions, lists) = base.mentions(n)?;
            let mut seen: FxHashSet<(Symbol, u32)> = FxHashSet::default();
            for row in mentions.iter().filter(|row| base.holds(row.article)) {
                if !known.is_empty() && apart(&identity.texts, row.entity, row.form) {
                    identity.renamed.insert((row.article, row.entity), row.form);
                    pairs.insert((row.form, row.form));
                    continue;
                }
                if seen.insert((row.entity, row.names)) {
                    let names = lists.get(row.names as usize).into_iter().flatten();
                    pairs.extend(names.map(|name| (row.entity, *name)));
                    pairs.insert((row.entity, row.entity));
                }
            }
        }
        pairs.retain(|(entity, name)| entity == name || !apart(&identity.texts, *entity, *name));
        identity.join_abbreviations(&pairs);
        identity.settle_names(&pairs);
        identity.merge(base.name_changes().filter(|c| c.holds && c.joins), &pairs);
        identity.pairs = pairs;
        Ok(identity)
    }

    /// What the base keeps of names, and the first batch that isn't in it.
    fn recall(&mut self, base: &FactBase) -> Result<(FxHashSet<(Symbol, Symbol)>, usize), StoreError> {
        let nothing = Default::default();
        let Some((version, bytes)) = base.kept(NAMES_KEY)? else { return Ok(nothing) };
        let Some(since) = Since::of_articles(base, version)?.filter(Since::only_adds) else {
            return Ok(nothing);
        };
        let Some(rows) = KeptRows::unpack(&bytes).ok().filter(|rows| rows.types == PAIR) else {
            return Ok(nothing);
        };
        if rows.cells.iter().any(|cell| *cell as usize >= base.symbols().len()) {
            return Ok(nothing);
        }
        self.is_kept = version == base.version();
        let pairs = rows.cells.as_chunks::<2>().0.iter();
        Ok((pairs.map(|[entity, name]| (Symbol(*entity), Symbol(*name))).collect(), since.first_batch))
    }

    /// What the base should keep of names, unless it does. Splits change what
    /// single articles mean, so with them nothing is kept.
    pub(super) fn keepable(&self, base: &FactBase) -> Option<Keeping> {
        if self.is_kept || base.name_changes().any(|change| change.holds && !change.joins) {
            return None;
        }
        let mut pairs: Vec<[u32; 2]> = self.pairs.iter().map(|(entity, name)| [entity.0, name.0]).collect();
        pairs.sort_unstable();
        let symbols = base.symbols().len() as u32;
        let rows =
            KeptRows { types: PAIR.into(), cells: pairs.into_flattened(), symbols, ..KeptRows::default() };
        Some((NAMES_KEY.into(), Some(rows.pack())))
    }

    /// The entities once these batches were added and nothing else was done.
    pub(super) fn extended(mut self, base: &FactBase, first_batch: usize) -> Result<Identity, StoreError> {
        if base.name_changes().any(|change| change.holds) {
            return Identity::of(base);
        }
        self.texts = base.symbols().clone();
        self.is_kept = false;
        let mut new: FxHashSet<(Symbol, Symbol)> = FxHashSet::default();
        for n in first_batch..base.batches() {
            let (mentions, lists) = base.mentions(n)?;
            for row in mentions.iter().filter(|row| base.holds(row.article)) {
                let names = lists.get(row.names as usize).into_iter().flatten();
                let pairs = names.map(|name| (row.entity, *name)).chain([(row.entity, row.entity)]);
                new.extend(pairs.filter(|pair| !self.pairs.contains(pair)));
            }
        }
        self.pairs.extend(&new);
        let pairs = std::mem::take(&mut self.pairs);
        let short = |symbol: &Symbol| is_abbreviation(self.texts.text(*symbol));
        if new.iter().any(|(entity, name)| short(entity) || short(name)) {
            self.join_abbreviations(&pairs);
            self.settle_names(&pairs);
        } else if !new.is_empty() {
            self.add_names(&new);
        }
        self.pairs = pairs;
        Ok(self)
    }

    /// Names and aliases with more pairs that join nothing.
    fn add_names(&mut self, new: &FxHashSet<(Symbol, Symbol)>) {
        for (owner, name) in new {
            let entity = self.joined.get(owner).copied().unwrap_or(*owner);
            for other in [*name, *owner] {
                if entity == other {
                    self.names.add_entity(self.texts.text(entity));
                    self.own.push(entity);
                } else {
                    self.names.add_name(self.texts.text(entity), self.texts.text(other));
                    self.aliases.push((entity, other));
                }
            }
        }
        self.own.sort_unstable();
        self.own.dedup();
        self.aliases.sort_unstable();
        self.aliases.dedup();
    }

    /// Tells apart which names mean which entities.
    pub(super) fn fingerprint(&self) -> String {
        let text = |symbol: &Symbol| self.texts.text(*symbol).clone();
        let joined = self.joined.iter().map(|(name, entity)| (None, text(name), text(entity)));
        let renamed = self.renamed.iter().map(|((n, name), to)| (Some(*n), text(name), text(to)));
        let all: BTreeSet<_> = joined.chain(renamed).collect();
        fingerprint(format!("{all:?}").as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Every entity, once or more.
    pub(super) fn entities(&self) -> impl Iterator<Item = Symbol> {
        self.own.iter().copied()
    }

    /// The entity that is meant by this name in this article.
    pub(super) fn entity(&self, article: u32, name: Symbol) -> Symbol {
        let own = match self.renamed.is_empty() {
            true => name,
            false => self.renamed.get(&(article, name)).copied().unwrap_or(name),
        };
        self.joined.get(&own).copied().unwrap_or(own)
    }

    /// Entities known only by an abbreviation that another article spells out
    /// ("X (ABC)") are one, where just one entity claims the abbreviation.
    fn join_abbreviations(&mut self, pairs: &FxHashSet<(Symbol, Symbol)>) {
        let text = |symbol: Symbol| &**self.texts.text(symbol);
        let mut claimed: BTreeMap<String, BTreeSet<(&str, Symbol)>> = BTreeMap::new();
        for (entity, name) in
            pairs.iter().filter(|(entity, name)| entity != name && is_abbreviation(text(*name)))
        {
            claimed.entry(fold_name(text(*name))).or_default().insert((text(*entity), *entity));
        }
        let mut joined = FxHashMap::default();
        for (entity, _) in
            pairs.iter().filter(|(entity, name)| entity == name && is_abbreviation(text(*entity)))
        {
            let owners = claimed.get(&fold_name(text(*entity)));
            if let Some((owner, symbol)) = owners.filter(|owners| owners.len() == 1).and_then(BTreeSet::first)
                && !is_abbreviation(owner)
            {
                joined.insert(*entity, *symbol);
            }
        }
        self.joined = joined;
    }

    /// Joins what analysts said is one; the later merge wins.
    fn merge<'a>(
        &mut self,
        merges: impl Iterator<Item = &'a NameChange>,
        pairs: &FxHashSet<(Symbol, Symbol)>,
    ) {
        let mut rows: Vec<(Symbol, Arc<str>, &str)> = Vec::new();
        for merge in merges {
            let into = self.names.resolve(&merge.entity);
            let name = self.names.resolve(&merge.name);
            let (into, name, other) =
                (self.texts.intern(&into), self.texts.intern(&name), self.texts.intern(&merge.name));
            // A name that is known is told as it is known, and where it went by
            // another, that is joined too.
            let own = self.texts.text(name).clone();
            let spelt = if fold_name(&own) == fold_name(&merge.name) { &own } else { self.texts.text(other) };
            rows.push((into, spelt.clone(), &merge.because));
            if into != name && *spelt != own {
                rows.push((into, own, &merge.because));
            }
            if into != name {
                self.joined.values_mut().filter(|to| **to == name).for_each(|to| *to = into);
                self.joined.insert(name, into);
            }
            if other != into {
                self.joined.insert(other, into);
            }
            self.settle_names(pairs);
        }
        // Later merges say what the entities of earlier ones go by.
        let rows = rows.into_iter().map(|(into, name, because)| {
            let entity = self.joined.get(&into).copied().unwrap_or(into);
            [self.texts.text(entity).clone(), name, because.into()]
        });
        self.merged = rows.filter(|[entity, name, _]| entity != name).collect();
    }

    /// Names and aliases as the joins have them.
    fn settle_names(&mut self, pairs: &FxHashSet<(Symbol, Symbol)>) {
        let entity = |symbol: &Symbol| self.joined.get(symbol).copied().unwrap_or(*symbol);
        let mut aliases: FxHashSet<(Symbol, Symbol)> = FxHashSet::default();
        let mut names = EntityNames::new();
        for (owner, name) in pairs {
            aliases.extend([(entity(owner), *name), (entity(owner), *owner)]);
        }
        aliases.extend(self.joined.iter().flat_map(|(name, entity)| [(*entity, *name), (*entity, *entity)]));
        for (entity, name) in &aliases {
            if entity == name {
                names.add_entity(self.texts.text(*entity));
            } else {
                names.add_name(self.texts.text(*entity), self.texts.text(*name));
            }
        }
        self.own = aliases.iter().filter(|(entity, name)| entity == name).map(|pair| pair.0).collect();
        self.own.sort_unstable();
        let mut aliases: Vec<_> = aliases.into_iter().filter(|(entity, name)| entity != name).collect();
        aliases.sort_unstable();
        (self.aliases, self.names) = (aliases, names);
    }
}

const PAIR: [Type; 2] = [Type::Entity, Type::Entity];

fn is_abbreviation(name: &str) -> bool {
    name.len() >= 2 && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}
