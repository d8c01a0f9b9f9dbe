//! Numbers and texts as bytes: variable-length integers, whole columns, and a
//! check sum over the result.

use super::StoreError;
use crate::base::{PartialDate, Span};

/// Bytes being written.
#[derive(Debug, Default)]
pub(super) struct Packer {
    bytes: Vec<u8>,
}

impl Packer {
    pub(super) fn number(&mut self, n: u64) {
        let mut rest = n;
        while rest >= 0x80 {
            self.bytes.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        self.bytes.push(rest as u8);
    }

    pub(super) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    pub(super) fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.raw(text.as_bytes());
    }

    /// A text that may be missing; the empty text is not missing.
    pub(super) fn maybe(&mut self, text: Option<&str>) {
        match text {
            None => self.number(0),
            Some(text) => {
                self.number(text.len() as u64 + 1);
                self.raw(text.as_bytes());
            }
        }
    }

    /// Ascending numbers, by their differences.
    pub(super) fn ascending(&mut self, all: impl ExactSizeIterator<Item = u32>) {
        self.number(all.len() as u64);
        let mut last = 0;
        for n in all {
            self.number(u64::from(n.wrapping_sub(last)));
            last = n;
        }
    }

    pub(super) fn span(&mut self, span: Span) {
        self.number(u64::from(span.start));
        self.number(span.len() as u64);
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// Bytes being read. Whatever they hold, reading ends with a value or an error.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unpacker<'a> {
    rest: &'a [u8],
}

impl<'a> Unpacker<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Unpacker<'a> {
        Unpacker { rest: bytes }
    }

    pub(super) fn byte(&mut self) -> Result<u8, StoreError> {
        let (first, rest) = self.rest.split_first().ok_or_else(short)?;
        self.rest = rest;
        Ok(*first)
    }

    pub(super) fn number(&mut self) -> Result<u64, StoreError> {
        let mut n = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let part = u64::from(byte & 0x7f);
            if shift == 63 && part > 1 {
                break;
            }
            n |= part << shift;
            if byte < 0x80 {
                return Ok(n);
            }
        }
        Err(StoreError::damaged("a number is too long"))
    }

    pub(super) fn small(&mut self) -> Result<u32, StoreError> {
        u32::try_from(self.number()?).map_err(|_| StoreError::damaged("a number is too large"))
    }

    /// How many things follow, each of at least `bytes` bytes; so that no
    /// damaged count makes memory run out.
    pub(super) fn count(&mut self, bytes: usize) -> Result<usize, StoreError> {
        let n = self.number()?;
        match usize::try_from(n) {
            Ok(n) if n.checked_mul(bytes).is_some_and(|all| all <= self.rest.len()) => Ok(n),
            _ => Err(short()),
        }
    }

    pub(super) fn raw(&mut self, len: usize) -> Result<&'a [u8], StoreError> {
        let (taken, rest) = self.rest.split_at_checked(len).ok_or_else(short)?;
        self.rest = rest;
        Ok(taken)
    }

    pub(super) fn text(&mut self) -> Result<&'a str, StoreError> {
        let len = self.count(1)?;
        utf8(self.raw(len)?)
    }

    pub(super) fn maybe(&mut self) -> Result<Option<&'a str>, StoreError> {
        match self.number()? {
            0 => Ok(None),
            n => {
                let len = usize::try_from(n - 1).map_err(|_| short())?;
                Ok(Some(utf8(self.raw(len)?)?))
            }
        }
    }

    pub(super) fn ascending(&mut self) -> Result<Vec<u32>, StoreError> {
        let count = self.count(1)?;
        let mut all = Vec::with_capacity(count);
        let mut last = 0u32;
        for n in 0..count {
            let step = self.small()?;
            last = match last.checked_add(step) {
                Some(next) if n == 0 || step > 0 => next,
                _ => return Err(StoreError::damaged("a list is out of order")),
            };
            all.push(last);
        }
        Ok(all)
    }

    pub(super) fn span(&mut self) -> Result<Span, StoreError> {
        let start = self.small()?;
        let end = start.checked_add(self.small()?).ok_or_else(|| StoreError::damaged("a span overflows"))?;
        Ok(Span { start, end })
    }

    pub(super) fn date(&mut self) -> Result<PartialDate, StoreError> {
        PartialDate::unpack(self.small()?).map_err(|_| StoreError::damaged("a date is none"))
    }

    /// Everything must have been read.
    pub(super) fn end(self) -> Result<(), StoreError> {
        if self.rest.is_empty() { Ok(()) } else { Err(StoreError::damaged("bytes are left over")) }
    }
}

fn short() -> StoreError {
    StoreError::damaged("bytes are missing")
}

fn utf8(bytes: &[u8]) -> Result<&str, StoreError> {
    std::str::from_utf8(bytes).map_err(|_| StoreError::damaged("a text is not UTF-8"))
}

/// Bytes of a check sum.
const SUM: usize = 8;

/// Puts a check sum over place and content behind the content.
pub(super) fn seal(place: &[u8], mut content: Vec<u8>) -> Vec<u8> {
    let sum = check_sum(place, &content);
    content.extend_from_slice(&sum.to_le_bytes());
    content
}

/// The content, if it is what was sealed for this place.
pub(super) fn unseal<'a>(place: &[u8], sealed: &'a [u8]) -> Result<&'a [u8], StoreError> {
    let at = sealed.len().checked_sub(SUM).ok_or_else(short)?;
    let (content, sum) = sealed.split_at(at);
    if check_sum(place, content).to_le_bytes() == sum {
        Ok(content)
    } else {
        Err(StoreError::damaged("a check sum is wrong"))
    }
}

/// A 64-bit sum that notices chance damage: words multiplied and folded. The
/// format depends on it, so it must never change.
fn check_sum(place: &[u8], content: &[u8]) -> u64 {
    let fold = |a: u64, b: u64| {
        let wide = u128::from(a) * u128::from(b);
        wide as u64 ^ (wide >> 64) as u64
    };
    let mut sum = 0x9e37_79b9_7f4a_7c15 ^ content.len() as u64;
    for part in [place, content] {
        let (words, rest) = part.as_chunks::<8>();
        for word in words {
            sum = fold(sum ^ u64::from_le_bytes(*word), 0xd6e8_feb8_6659_fd93) ^ sum.rotate_left(23);
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        sum = fold(sum ^ u64::from_le_bytes(last), 0xa076_1d64_78bd_642f) ^ sum.rotate_left(29);
    }
    fold(sum, 0xe703_7ed1_a0b4_28db)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_packed_is_unpacked(numbers: Vec<u64>, text: String, maybe: Option<String>, mut list: Vec<u32>) {
            list.sort_unstable();
            list.dedup();
            let mut packer = Packer::default();
            packer.number(numbers.len() as u64);
            numbers.iter().for_each(|n| packer.number(*n));
            packer.text(&text);
            packer.maybe(maybe.as_deref());
            packer.ascending(list.iter().copied());
            let bytes = packer.finish();
            let mut unpacker = Unpacker::new(&bytes);
            let count = unpacker.count(1).unwrap();
            let read: Vec<u64> = (0..count).map(|_| unpacker.number().unwrap()).collect();
            prop_assert_eq!(read, numbers);
            prop_assert_eq!(unpacker.text().unwrap(), text);
            prop_assert_eq!(unpacker.maybe().unwrap(), maybe.as_deref());
            prop_assert_eq!(unpacker.ascending().unwrap(), list);
            unpacker.end().unwrap();
        }

        #[test]
        fn a_changed_byte_breaks_the_seal(content: Vec<u8>, place: [u8; 5], at: prop::sample::Index, bit in 0..8) {
            let mut sealed = seal(&place, content.clone());
            prop_assert_eq!(unseal(&place, &sealed).unwrap(), &content[..]);
            let at = at.index(sealed.len());
            sealed[at] ^= 1u8 << bit;
            prop_assert!(unseal(&place, &sealed).is_err());
        }

        #[test]
        fn random_bytes_end_in_an_error_and_take_little_memory(bytes: Vec<u8>) {
            let mut unpacker = Unpacker::new(&bytes);
            while unpacker.ascending().is_ok() && unpacker.maybe().is_ok() && unpacker.span().is_ok() {}
        }
    }
}
