//! Damaged files: an error, or what they hold is unharmed.

use super::made::{at, content, of, told};
use crate::store::{Access, FactBase, StoreError};
use std::fs;
use std::path::Path;

fn make(path: &Path) -> String {
    let mut base = FactBase::create(path).unwrap();
    let more = "berang-berang ".repeat(6000);
    base.ingest(&[told("1", "Katak", "Kodok", ""), told("2", "Kodok", "Ular", &more)], at(0)).unwrap();
    base.retract(of(&base, "1"), "salah", at(1)).unwrap();
    base.ingest(&[told("3", "Bangau", "Kodok", "")], at(2)).unwrap();
    base.merge("Ular", "Bangau", "", at(3)).unwrap();
    base.keep(vec![(b"k".to_vec(), Some(vec![7; 5000]))]).unwrap();
    content(&mut base)
}

/// What a file holds where it passes for sound.
fn sound(path: &Path) -> Result<String, StoreError> {
    // As a reader first: a writer mends what it can.
    let mut reader = FactBase::open(path, Access::Read)?;
    reader.verify()?;
    let read = content(&mut reader);
    drop(reader);
    let mut base = FactBase::open(path, Access::Write)?;
    base.verify()?;
    assert_eq!(content(&mut base), read);
    Ok(read)
}

#[test]
fn whatever_is_damaged_is_told_or_does_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b");
    let before = make(&path);
    let whole = fs::read(&path).unwrap();
    let used: Vec<usize> = (0..whole.len()).filter(|at| whole[*at] != 0).collect();
    let (mut told, mut next) = (0, 12345u64);
    let mut random = |below: usize| {
        next = next.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (next >> 33) as usize % below
    };
    let mut tries = 0;
    let mut try_bytes = |bytes: &[u8], what: &str| {
        fs::write(&path, bytes).unwrap();
        tries += 1;
        match sound(&path) {
            Ok(after) => assert!(after == before, "{what} changed the base unseen"),
            Err(_) => told += 1,
        }
    };
    for _ in 0..150 {
        let mut bytes = whole.clone();
        let at = used[random(used.len())];
        bytes[at] ^= 1 << random(8);
        try_bytes(&bytes, &format!("a bit of byte {at}"));
    }
    for _ in 0..40 {
        let mut bytes = whole.clone();
        let (from, to) = (used[random(used.len())] / 4096, used[random(used.len())] / 4096);
        match random(3) {
            0 => bytes[to * 4096..(to + 1) * 4096].fill(0),
            1 => bytes.copy_within(from * 4096..(from + 1) * 4096, to * 4096),
            _ => bytes[to * 4096..(to + 1) * 4096].fill_with(|| random(256) as u8),
        }
        try_bytes(&bytes, &format!("page {to} from {from}"));
    }
    for len in [0, 1, 9, 320, 4095, 4096, 8192, whole.len() / 2, whole.len() - 1] {
        try_bytes(&whole[..len], &format!("a file cut to {len}"));
    }
    assert!(told > 30, "{told} of {tries} were seen");
}

#[test]
fn a_later_format_is_refused_clearly() {
    let error = StoreError::Format { found: 9, known: 1 }.to_string();
    assert!(error.contains("format 9") && error.contains("newer katak"), "{error}");
}
