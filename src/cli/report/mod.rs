//! Drawing: diagnostics, tables, trees, progress. No other module draws.

mod diagnostics;
mod page;
mod progress;
mod table;
mod trace;
mod tree;

pub use diagnostics::render;
pub use page::{page_article, page_end, page_start};
pub use progress::Progress;
pub use table::table;
pub use trace::{trace_json, trace_text};
pub use tree::Tree;
