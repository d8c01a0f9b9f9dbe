//! What speaks for each sort of thing that a name may mean, and the verdict.

use super::EntityKind;
use super::known::Sort;

/// What the surroundings say of a run of capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guess {
    /// It is such a thing.
    Sure(Sort),
    /// It may be an organisation of some kind.
    Maybe,
    /// It names no entity.
    No,
}

/// Points for each sort of thing that a name may mean.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    pub company: i32,
    pub government: i32,
    pub organisation: i32,
    pub alliance: i32,
    pub person: i32,
    pub place: i32,
    /// A product, an event, a heading.
    pub nothing: i32,
    /// It has several words.
    pub long: bool,
}

/// How many points make a guess sure.
const SURE: i32 = 5;
/// How many more a name of several words takes: more often than one word it is
/// an event, a product or a person.
const LONG: i32 = 1;
impl Evidence {
    /// Adds what another place says.
    pub(super) fn add(&mut self, o: Evidence) {
        self.company += o.company;
        self.government = self.government.max(o.government);
        self.organisation = self.organisation.max(o.organisation);
        self.alliance = self.alliance.max(o.alliance);
        self.person += o.person;
        self.place += o.place;
        self.nothing = self.nothing.max(o.nothing);
        self.long |= o.long;
    }

    /// The sort with the most points.
    pub(super) fn verdict(&self) -> Guess {
        let entity = Sort::Entity;
        // "membuka toko di Alfa": firms are places, too, but no place is a firm.
        let firm = self.company >= SURE && !self.long;
        let all = [
            (self.person, Guess::Sure(Sort::Person)),
            (self.nothing, Guess::No),
            (self.alliance, Guess::Sure(entity(EntityKind::Alliance))),
            (self.government, Guess::Sure(entity(EntityKind::Government))),
            (self.organisation, Guess::Sure(entity(EntityKind::Organisation))),
            (self.company - if self.long { LONG } else { 0 }, Guess::Sure(entity(EntityKind::Company))),
            (if firm { 0 } else { self.place }, Guess::Sure(Sort::Place)),
        ];
        // The first of equals, so that a person is no company.
        let best = all.iter().rev().max_by_key(|(points, _)| *points).copied();
        match best {
            Some((points, guess)) if points >= SURE => guess,
            _ => Guess::Maybe,
        }
    }
}
