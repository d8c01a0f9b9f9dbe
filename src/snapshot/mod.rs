//! Floor 7: rule authors' tests.
//!
//! A case is a folder: `articles/` and `facts/` to work on, `rules.ron` (else
//! the built-in rules), `case.ron` with what to ask (else every derived
//! relation), and `expected.snap` with the facts that should come out. How the
//! facts are derived is the caller's; here they are found, compared and kept.

mod case;
mod outcome;

pub use case::{Case, CaseError, find};
pub use outcome::Outcome;
