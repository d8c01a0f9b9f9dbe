//! Reading articles and knowing their parts.
//!
//! - `item`: [`Article`], one article with its bytes as they were read;
//! - `files`: [`read_paths`], from `.txt`, `.jsonl` and folders;
//! - `stream`: [`ArticleStream`], the same one by one, in bounded memory;
//! - `zones`: [`Layout`], title, body, related links and boilerplate;
//! - `sentences`: where a sentence ends.

mod files;
mod item;
mod sentences;
mod stream;
mod zones;

pub use files::{ReadLimits, read_paths, read_paths_within, read_text, same_id};
pub use item::Article;
pub use sentences::{MAX_SENTENCE_BYTES, sentences};
pub use stream::{ArticleStream, RawArticle, ReadError};
pub use zones::{Layout, Zone, ZoneKind, ZoneWords};
