//! Floor 1: small values that everything shares.
//!
//! Nothing here knows of rules, articles or files. [`Diagnostic`] lives here
//! and not in `analysis`, because rule files, lexicons and pattern files are
//! all read on the same floor and must report in the same way.

mod date;
mod diagnostic;
mod eight;
mod escape;
mod mark;
mod moment;
mod names;
mod nearest;
mod source;
mod span;
mod symbol;
mod value;

pub use date::{DateError, PartialDate};
pub use diagnostic::{Diagnostic, Label, Severity};
pub use eight::between;
pub use escape::escape_hostile;
pub use mark::without_mark;
pub use moment::Moment;
pub use names::{EntityNames, fold_name};
pub use nearest::{by_nearness, nearest};
pub use rust_decimal::Decimal;
pub use source::{Source, SourceId, SourceMap};
pub use span::{Location, Span};
pub use symbol::{Interner, Symbol};
pub use value::{Type, Value};
