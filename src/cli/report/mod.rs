//! Drawing: diagnostics, tables, trees, progress. No other module draws.

mod diagnostics;
mod progress;
mod table;
mod tree;

pub use diagnostics::render;
pub use progress::Progress;
pub use table::table;
pub use tree::Tree;
