//! Floor 5: the fact base: articles, what was found in them, merges,
//! retractions, and what rules derived from them.
//!
//! A base is a log of operations: nothing is overwritten or deleted, each
//! operation can be taken back by a later one. An ingestion adds a batch of
//! articles as packed columns:
//! - `pack`: numbers and texts as bytes, with check sums;
//! - `batch`: the columns; `log`: the operations; `state`: what they come to;
//! - `backing`: ordered keys with values, changed in transactions; there is one
//!   on `disk` (redb, named nowhere else) and its twin in `memory`, and an
//!   `overlay` for changes that are only tried;
//! - `base`: opening and reading; `ingest`, `changes`: writing; `catalogue`:
//!   articles by id and text; `kept`: what can be made again;
//! - `lack`: what isn't there of work that didn't end;
//! - `verify`: whether all of it is sound; `dump`: all of it as JSON lines;
//! - `guard`: panics of the storage crate as errors; `holder`: who has the file.

mod backing;
mod base;
mod batch;
mod catalogue;
mod changes;
mod disk;
mod dump;
mod error;
mod guard;
mod holder;
mod ingest;
mod kept;
mod lack;
mod log;
mod memory;
mod overlay;
mod pack;
mod state;
#[cfg(test)]
mod tests;
mod verify;

pub use base::{Access, FORMAT, FactBase};
pub use batch::{ArticleRow, Batch, ClaimRow, DateRow, Digest, MentionRow};
pub use catalogue::Seen;
pub use changes::Selection;
pub use dump::DUMP_FORMAT;
pub use error::StoreError;
pub use guard::panics_are_told;
pub use ingest::{Ingested, Known, MAX_ID_BYTES, Prepared};
pub use kept::{Keeping, KeptRows, fingerprint};
pub use lack::Lack;
pub use log::{Entry, Operation};
pub use state::NameChange;
pub use verify::Info;
