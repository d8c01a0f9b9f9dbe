//! Floor 6: why a fact holds, and why another doesn't.
//!
//! - [`prove`] builds one proof from the facts alone, from each fact to facts
//!   born strictly earlier; [`all_reasons`] lists every rule instance that
//!   gives a fact; [`supports`] the claims under it.
//! - [`verify`] checks a proof by itself: it shares neither the evaluator's
//!   joins nor the search that found the proof.
//! - [`nearest_miss`] says how far each rule came towards a fact that isn't there.
//!
//! All of it works on demand over a [`FactSource`] and within [`Limits`].

mod miss;
mod proof;
mod prove;
mod rank;
mod search;
mod solutions;
mod source;
mod term;
mod text;
mod verify;

pub use miss::{Failure, Miss, Missing, nearest_miss};
pub use proof::{Aggregation, Contribution, Derivation, Fact, Limits, Premise, Proof, Reason, Unshown};
pub use prove::{all_reasons, prove, supports};
pub use source::FactSource;
pub use verify::verify;

#[cfg(test)]
mod tests;
