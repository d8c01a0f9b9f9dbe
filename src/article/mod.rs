//! Reading articles and knowing their parts.
//!
//! - `item`: [`Article`], one article with its bytes as they were read;
//! - `parse`: [`read_text`], one article from a text or a line of JSON;
//! - `files`: [`read_paths`], from `.txt`, `.jsonl` and folders;
//! - `stream`: [`ArticleStream`], the same one by one, in bounded memory;
//! - `zones`: [`Layout`], title, body, related links and boilerplate;
//! - `sentences`: where a sentence ends.

mod files;
mod item;
mod parse;
mod sentences;
mod stream;
mod zones;

pub use files::{read_paths, read_paths_within, same_id};
pub use item::Article;
pub use parse::read_text;
pub use sentences::{MAX_SENTENCE_BYTES, sentences};
pub use stream::{ArticleStream, RawArticle, ReadError, ReadLimits};
pub use zones::{Layout, Zone, ZoneKind, ZoneWords};
