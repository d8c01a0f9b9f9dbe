//! What extraction gives.

use crate::base::{PartialDate, Span};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$vdoc])* $variant,)+
        }

        impl $name {
            /// Every value.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// The name in data and output.
            pub fn name(self) -> &'static str {
                match self {
                    $($name::$variant => $text,)+
                }
            }

            /// The value of a name.
            pub fn from_name(name: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|v| v.name() == name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

named! {
    /// What an entity is.
    EntityKind {
        /// A business, brand, platform or service on the market.
        Company = "company",
        /// A state, its government, a ministry, regulator, or a bloc of states.
        Government = "government",
        /// A named consortium or alliance.
        Alliance = "alliance",
        /// A club, university, association, party or agency.
        Organisation = "organisation",
    }
}

named! {
    /// What a claim says of its two entities.
    ClaimKind {
        /// They work together; the order means nothing.
        Partner = "partner",
        /// They compete or oppose each other; the order means nothing.
        Rival = "rival",
        /// The first restricts or punishes the second.
        Sanction = "sanction",
    }
}

named! {
    /// How the article puts a claim, strongest first.
    Status {
        /// As done or standing.
        Asserted = "asserted",
        /// As hearsay.
        Reported = "reported",
        /// As intended.
        Planned = "planned",
        /// As denied, failed or ended.
        Negated = "negated",
    }
}

/// Everything found in one article, in a fixed order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extraction {
    /// The article's id.
    pub article: String,
    /// The article's date: as given with it, else as its text gives it.
    pub published: Option<PartialDate>,
    /// The entities, by name.
    pub entities: Vec<FoundEntity>,
    /// The claims, by kind, arguments and place.
    pub claims: Vec<Claim>,
    /// The dates, by time.
    pub dates: Vec<FoundDate>,
    /// Entities that the article never calls by their name, with what it calls
    /// them first: "Kuala Lumpur" for Malaysia.
    pub written: BTreeMap<Arc<str>, Arc<str>>,
    /// Typing errors in words that claims rest on.
    pub typos: Vec<Typo>,
}

impl Extraction {
    /// An entity's name as the article gives it.
    pub fn as_written<'a>(&'a self, name: &'a str) -> &'a str {
        self.written.get(name).map_or(name, |written| written)
    }
}

/// A typing error that was forgiven.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Typo {
    /// The word as it stands.
    pub span: Span,
    /// The word that was meant.
    pub meant: Arc<str>,
}

/// An entity that the article names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundEntity {
    /// The lexicon's name, else the fullest form in the article.
    pub name: Arc<str>,
    /// What it is.
    pub kind: EntityKind,
    /// All its names, of the lexicon and of the article, sorted.
    pub names: Vec<Arc<str>>,
    /// The first mention.
    pub span: Span,
}

/// One claim of the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What is claimed.
    pub kind: ClaimKind,
    /// The first entity; of a partner or rival claim, the first by text.
    pub a: Arc<str>,
    /// The second entity.
    pub b: Arc<str>,
    /// How the article puts it.
    pub status: Status,
    /// When it held, if the article says.
    pub when: Option<PartialDate>,
    /// Where the article says so.
    pub evidence: Evidence,
}

/// Where an article makes a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// From the first to the last word that the pattern used.
    pub span: Span,
    /// The sentence.
    pub sentence: Span,
    /// The pattern's name.
    pub pattern: Arc<str>,
}

/// A date that the article gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FoundDate {
    /// The date.
    pub date: PartialDate,
    /// Its first mention.
    pub span: Span,
}
