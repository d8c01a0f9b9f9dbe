//! The texts of one piece of a file, numbered as they come.

use crate::base::Interner;
use hashbrown::HashTable;

/// Texts and their numbers; kept in one buffer.
#[derive(Default)]
pub(super) struct Words {
    /// Hashes and numbers.
    table: HashTable<(u64, u32)>,
    ends: Vec<usize>,
    bytes: Vec<u8>,
    hashes: Vec<u64>,
}

impl Words {
    /// The number of a text, new or known; `None` where it isn't UTF-8, or
    /// where there are too many.
    pub(super) fn number(&mut self, text: &[u8]) -> Option<u32> {
        // Only UTF-8 is ever kept, so bytes that are known are text.
        let plain = std::str::from_utf8(text).ok()?;
        let hash = Interner::hash(plain);
        let fits = |entry: &(u64, u32)| entry.0 == hash && self.bytes_of(entry.1) == text;
        if let Some(entry) = self.table.find(hash, fits) {
            return Some(entry.1);
        }
        let number = u32::try_from(self.ends.len()).ok()?;
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len());
        self.hashes.push(hash);
        self.table.insert_unique(hash, (hash, number), |entry| entry.0);
        Some(number)
    }

    fn bytes_of(&self, number: u32) -> &[u8] {
        let n = number as usize;
        let start = if n == 0 { 0 } else { self.ends[n - 1] };
        &self.bytes[start..self.ends[n]]
    }

    /// The texts in order, with their hashes.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&str, u64)> {
        let text = |n: usize| std::str::from_utf8(self.bytes_of(n as u32)).unwrap_or_default();
        self.hashes.iter().enumerate().map(move |(n, hash)| (text(n), *hash))
    }
}
