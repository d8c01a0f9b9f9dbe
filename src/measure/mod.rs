//! Measuring what extraction found against labelled articles.
//!
//! - `gold`: [`GoldArticle`], what a careful reader wrote down;
//! - `score`: one article's findings against its labels;
//! - `report`: [`Measure`], counts over all articles; [`Report`], the figures;
//! - `baseline`: [`Changes`] since an earlier report.
//!
//! A found name is right if it equals one of the labelled entity's names, once
//! case, punctuation and company forms (PT, Tbk, Inc …) are set aside. A fact
//! is right if relation and arguments are, and it is negated just where the
//! label is. Facts are sets: repeats in one article count once.

mod baseline;
mod gold;
mod report;
mod score;

pub use baseline::Changes;
pub use gold::{GoldArticle, GoldEntity, GoldFact, read_gold};
pub use report::{Figures, Measure, Report};
pub use score::{Finding, RELATIONS, bare_name};
