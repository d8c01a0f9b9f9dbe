//! Articles to entities, dates and claims, by lexicons and patterns that are
//! data (`data/id/`). Knows no rules.
//!
//! An article goes through these stages:
//! - `token`: words, numbers and marks, looked up in one vocabulary;
//! - `trie`: names and phrases of the data, found in one pass;
//! - `typo`: typing errors in trigger words;
//! - `dates`: calendar dates and expressions relative to the article's own;
//! - `mention`, `runs`: where a sentence's names begin and end;
//! - `names`, `evidence`: what the surroundings of names that no lexicon has say of them;
//! - `meaning`, `locals`: which names mean one entity;
//! - `items`: a sentence as entity groups, dates, cues and plain words;
//! - `refer`, `discourse`: whom "that company" and "the two" mean;
//! - `pattern`, `matcher`: patterns over these items;
//! - `guards`, `sound`, `given`: what a match gives, and what speaks against it;
//! - `status`: whether a clause states, reports, plans or denies;
//! - `open`, `told`: what a sentence leaves for later ones to complete or date;
//! - `claims`: one claim for each pair, with its evidence;
//! - `run`: all of these in order, for one article.
//!
//! `tracing` tells how one article's findings came about (`trace`).
//! `reading` and `load` read the data into an `extractor`, `check` tries every pattern's
//! examples. Files import each other in one direction, which `tests/house.rs` holds.

mod apart;
mod api;
mod apposed;
mod asides;
mod bystanders;
mod cabinet;
mod capitals;
mod check;
mod claims;
mod classes;
mod continued;
mod counted;
mod cues;
mod cut;
mod data;
mod dates;
mod day_words;
mod demote;
mod discourse;
mod element;
mod evidence;
mod extractor;
mod fits;
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
mod lands;
mod leaders;
mod legal;
mod lexical;
mod lexicon;
mod lines;
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
mod others;
mod parts;
mod pattern;
mod phrases;
mod places;
mod plain;
mod pointed;
mod reading;
mod recent;
mod refer;
mod relative;
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
mod when;
mod wholes;
mod words;

pub use api::{Claim, ClaimKind, EntityKind, Evidence, Extraction, FoundDate, FoundEntity, Status, Typo};
pub use extractor::Extractor;
pub use jsonl::jsonl;
pub use load::is_extraction_data;
pub use trace::{FiredTrace, MentionTrace, NearTrace, ReferenceTrace, SentenceTrace, TokenTrace, Trace};
