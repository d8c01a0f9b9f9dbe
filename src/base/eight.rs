//! Eight bytes looked at together.

/// The top bit of each of eight bytes that lies from `first` to `last`, both of ASCII.
#[inline(always)]
pub fn between(eight: u64, first: u8, last: u8) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const TOP: u64 = 0x80 * EACH;
    // The top bit tells whether a byte is at least the first, and beyond the last.
    let low = eight & !TOP;
    let reached = low + (0x80 - u64::from(first)) * EACH;
    let passed = low + (0x7f - u64::from(last)) * EACH;
    reached & !passed & !eight & TOP
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_is_told_by_itself() {
        for byte in 0..=u8::MAX {
            let bytes = [byte, 0, byte, 0xff, byte, b'a', byte, b'Z'];
            let told = between(u64::from_le_bytes(bytes), b'a', b'z').to_le_bytes();
            for (byte, told) in bytes.iter().zip(told) {
                assert_eq!(told, if byte.is_ascii_lowercase() { 0x80 } else { 0 });
            }
        }
    }
}
