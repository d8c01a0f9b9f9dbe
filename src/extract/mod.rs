//! Articles to entities, dates and claims, by lexicons and patterns that are
//! data (`data/id/`). Knows no rules.
//!
//! An article goes through these stages:
//! - `token`: words, numbers and marks, looked up in one vocabulary;
//! - `trie`: names and phrases of the data, found in one pass;
//! - `typo`: typing errors in trigger words;
//! - `dates`: calendar dates and expressions relative to the article's own;
//! - `names`: names that no lexicon has, known by their surroundings;
//! - `mention`: which names mean one entity;
//! - `items`: a sentence as entity groups, dates, cues and plain words;
//! - `pattern`, `matcher`: patterns over these items;
//! - `status`: whether a clause states, reports, plans or denies;
//! - `claims`: one claim for each pair, with its evidence.
//!
//! `tracing` tells how one article's findings came about (`trace`).
//! `reading` and `load` read the data, `check` tries every pattern's examples.

mod apart;
mod api;
mod apposed;
mod asides;
mod capitals;
mod check;
mod claims;
mod classes;
mod counted;
mod cues;
mod cut;
mod data;
mod dates;
mod day_words;
mod demote;
mod discourse;
mod element;
mod extractor;
mod given;
mod glued;
mod group;
mod groups;
mod guards;
mod impossible;
mod item;
mod items;
mod jsonl;
mod kin;
mod known;
mod leaders;
mod legal;
mod lexical;
mod lexicon;
mod listing;
mod load;
mod locals;
mod looks;
mod matcher;
mod meaning;
mod members;
mod mention;
mod ministers;
mod names;
mod needs;
mod objects;
mod open;
mod parts;
mod pattern;
mod phrases;
mod places;
mod plain;
mod reading;
mod recent;
mod refer;
mod role;
mod roles;
mod run;
mod runs;
mod sift;
mod sound;
mod spelt;
mod status;
mod subjects;
mod teams;
mod titles;
mod token;
mod told;
mod trace;
mod tracing;
mod trie;
mod triggered;
mod triggers;
mod trims;
mod typo;
mod units;
mod words;

pub use api::{Claim, ClaimKind, EntityKind, Evidence, Extraction, FoundDate, FoundEntity, Status, Typo};
pub use extractor::Extractor;
pub use jsonl::jsonl;
pub use load::is_extraction_data;
pub use trace::{FiredTrace, MentionTrace, NearTrace, ReferenceTrace, SentenceTrace, TokenTrace, Trace};
