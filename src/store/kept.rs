//! What can be made again and is kept until it is out of date: derived rows.

use super::StoreError;
use super::backing::{Space, Transaction};
use super::base::{FactBase, PIECE};
use super::pack::{Packer, Unpacker, seal, unseal};
use crate::base::Type;
use sha2::{Digest as _, Sha256};

/// Bytes to keep under a key, or with none a key to drop.
pub type Keeping = (Vec<u8>, Option<Vec<u8>>);

/// Tells one lot of bytes from another.
pub fn fingerprint(bytes: &[u8]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&Sha256::digest(bytes)[..16]);
    half
}

/// Keys tell their length, so that none is another's beginning.
fn prefix(key: &[u8]) -> Vec<u8> {
    [&(key.len() as u16).to_be_bytes(), key].concat()
}

impl FactBase {
    /// What was kept under a key, with the version that it was kept at.
    ///
    /// # Errors
    /// If the file can't be read; what is damaged is as good as not there.
    pub fn kept(&self, key: &[u8]) -> Result<Option<(u64, Vec<u8>)>, StoreError> {
        let (mut bytes, mut next) = (Vec::new(), 0u32);
        let prefix = prefix(key);
        self.backing.scan(Space::Kept, &prefix, &mut |place, sealed| {
            if place.strip_prefix(&prefix[..]) == Some(&next.to_be_bytes()[..])
                && let Ok(content) = unseal(place, sealed)
            {
                bytes.extend_from_slice(content);
                next += 1;
            }
            Ok(())
        })?;
        let read = || {
            let mut from = Unpacker::new(&bytes);
            let version = from.number()?;
            let len = from.count(1)?;
            let content = from.raw(len)?.to_vec();
            from.end().map(|()| (version, content))
        };
        Ok(read().ok())
    }

    /// Keeps bytes under keys, as of the base's version.
    ///
    /// # Errors
    /// If a key is too long, or the file can't be written.
    pub fn keep(&mut self, all: Vec<Keeping>) -> Result<(), StoreError> {
        let mut transaction = Transaction::default();
        for (key, bytes) in all {
            if key.len() > usize::from(u16::MAX) {
                return Err(StoreError::Refused("the key is too long".into()));
            }
            let prefix = prefix(&key);
            self.backing.scan(Space::Kept, &prefix, &mut |place, _| {
                transaction.remove(Space::Kept, place);
                Ok(())
            })?;
            let Some(bytes) = bytes else { continue };
            let mut out = Packer::default();
            out.number(self.state.entries);
            out.number(bytes.len() as u64);
            out.raw(&bytes);
            for (n, piece) in (0u32..).zip(out.finish().chunks(PIECE)) {
                let place = [&prefix[..], &n.to_be_bytes()].concat();
                transaction.put(Space::Kept, &place, seal(&place, piece.to_vec()));
            }
        }
        self.backing.apply(transaction)
    }

    /// The keys under which something is kept.
    ///
    /// # Errors
    /// If the file can't be read.
    pub fn kept_keys(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        let mut keys: Vec<Vec<u8>> = Vec::new();
        self.backing.scan(Space::Kept, &[], &mut |place, _| {
            let key = place.get(2..place.len().saturating_sub(4)).unwrap_or_default();
            if keys.last().is_none_or(|last| last != key) {
                keys.push(key.to_vec());
            }
            Ok(())
        })?;
        Ok(keys)
    }
}

/// Rows of one relation as columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeptRows {
    /// The columns.
    pub types: Vec<Type>,
    /// Values that the base has no number for, as text.
    pub values: Vec<String>,
    /// In columns of texts, a symbol of the base below `symbols`, else a place
    /// in `values` counted from there; in others the value's own bits, or from
    /// `u32::MAX` downwards a place in `values`. Row by row, ascending.
    pub cells: Vec<u32>,
    /// Symbols that the base had.
    pub symbols: u32,
}

impl KeptRows {
    /// As bytes: each cell by its difference from the one above.
    pub fn pack(&self) -> Vec<u8> {
        let mut out = Packer::default();
        out.number(self.types.len() as u64);
        self.types.iter().for_each(|type_| out.byte(*type_ as u8));
        out.number(u64::from(self.symbols));
        out.number(self.values.len() as u64);
        self.values.iter().for_each(|value| out.text(value));
        let width = self.types.len().max(1);
        let mut above = vec![0u32; width];
        out.number((self.cells.len() / width) as u64);
        for row in self.cells.chunks_exact(width) {
            for (cell, above) in row.iter().zip(&mut above) {
                let step = i64::from(*cell) - i64::from(*above);
                out.number((step << 1 ^ step >> 63) as u64);
                *above = *cell;
            }
        }
        out.finish()
    }

    /// The rows again.
    ///
    /// # Errors
    /// If the bytes are something else.
    pub fn unpack(bytes: &[u8]) -> Result<KeptRows, StoreError> {
        let mut from = Unpacker::new(bytes);
        let mut rows = KeptRows::default();
        for _ in 0..from.count(1)? {
            let code = from.byte()?;
            let known = Type::ALL.into_iter().find(|type_| *type_ as u8 == code);
            rows.types.push(known.ok_or_else(|| StoreError::damaged("a type is unknown"))?);
        }
        rows.symbols = from.small()?;
        for _ in 0..from.count(1)? {
            rows.values.push(from.text()?.to_owned());
        }
        let width = rows.types.len().max(1);
        let count = from.count(width)?;
        rows.cells.reserve(count * width);
        let mut above = vec![0i64; width];
        for _ in 0..count {
            for above in &mut above {
                let step = from.number()?;
                let step = (step >> 1) as i64 ^ -((step & 1) as i64);
                *above =
                    above.checked_add(step).ok_or_else(|| StoreError::damaged("a cell is out of range"))?;
                let cell = u32::try_from(*above);
                rows.cells.push(cell.map_err(|_| StoreError::damaged("a cell is out of range"))?);
            }
        }
        from.end()?;
        Ok(rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn kept_rows_are_packed_and_unpacked(cells in prop::collection::vec(any::<(u32, u32)>(), 0..50), values: Vec<String>, symbols: u32) {
            let rows = KeptRows {
                types: vec![Type::Entity, Type::Date],
                values,
                cells: cells.into_iter().flat_map(|(a, b)| [a, b]).collect(),
                symbols,
            };
            prop_assert_eq!(KeptRows::unpack(&rows.pack()).unwrap(), rows);
        }

        #[test]
        fn other_bytes_are_an_error_or_rows(bytes: Vec<u8>) {
            let _ = KeptRows::unpack(&bytes);
        }
    }
}
