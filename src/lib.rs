//! `katak`: an embedded rules-engine fact database. Articles go in, facts and
//! explained inferences come out.
//!
//! # The house
//! Each floor imports only floors below it; rooms on one floor don't know each
//! other (`tests/house.rs` holds this).
//!
//! | floor | module | what it does |
//! |---|---|---|
//! | 1 | [`base`] | small values that everything shares |
//! | 2 | [`logic`] | the rule language as pure data |
//! | 2 | [`article`] | reading articles: zones, sentences |
//! | 3 | [`syntax`] | RON text to `Program` |
//! | 3 | [`analysis`] | checks, types, strata: `StratifiedProgram` |
//! | 3 | [`extract`] | article to mentions to claims, by data |
//! | 4 | [`plan`] | stratum to plan |
//! | 4 | [`measure`] | extraction against labelled articles |
//! | 5 | [`eval`] | runs plans: `frog` on datafrog, `naive` as oracle |
//! | 5 | [`store`] | the fact base on disk, a log that loses nothing |
//! | 6 | [`ask`] | questions to answers |
//! | 6 | [`explain`] | proofs and their checker |
//! | 7 | [`engine`] | the façade for embedding programs |
//! | 7 | [`snapshot`] | rule authors' tests |
//! | 8 | [`cli`] | one file per command |
#![warn(missing_docs)]

pub mod analysis;
pub mod article;
pub mod ask;
pub mod base;
pub mod cli;
pub mod engine;
pub mod eval;
pub mod explain;
pub mod extract;
pub mod logic;
pub mod measure;
pub mod plan;
pub mod snapshot;
pub mod store;
pub mod syntax;
