//! Floor 3: what can be said of a program without running it.

mod program;

pub use program::StratifiedProgram;
