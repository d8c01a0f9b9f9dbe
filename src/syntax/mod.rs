//! Floor 3: rule texts to programs, with a place for every term.
//!
//! [`Loader`] reads files and resolves includes; `file` reads one text's outer
//! structs with `ron`; `cursor` and `term` read what stands inside: atoms,
//! terms, declarations; `broken` and `outline` find the pieces of a text that `ron` refuses.
//! Everything wrong in a text is reported at once, and what can be read is read.

mod broken;
mod cursor;
mod file;
mod loader;
mod outline;
mod term;

pub use file::{Include, RuleFile, parse_program, read_program};
pub use loader::{Loader, MAX_FILE_BYTES, MAX_FILES, MAX_INCLUDE_DEPTH};
pub use term::{MAX_TERM_DEPTH, parse_question};

use crate::base::Diagnostic;

/// What parsing one piece gives; boxed, as findings are large and rare.
type Parsed<T> = Result<T, Box<Diagnostic>>;
