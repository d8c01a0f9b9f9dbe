//! Damaged files: an error, or what they hold is unharmed.

use super::made::{at, content, of, told};
use crate::store::backing::{Backing, Space, Transaction};
use crate::store::base::first;
use crate::store::disk::Disk;
use crate::store::pack::{Packer, seal};
use crate::store::{Access, FactBase, StoreError};
use redb::StorageBackend;
use redb::backends::InMemoryBackend;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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
fn damage_is_told_with_the_file_what_it_means_and_what_mends_it_in_our_own_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b.katak");
    make(&path);
    let whole = fs::read(&path).unwrap();
    let used: Vec<usize> = (0..whole.len()).filter(|at| whole[*at] != 0).collect();
    let mut files: Vec<Vec<u8>> = [9, 320, 4096, whole.len() / 2].map(|len| whole[..len].to_vec()).into();
    files.extend((0..150).map(|n| {
        let (mut bytes, at) = (whole.clone(), used[n * used.len() / 150]);
        bytes[at] ^= 0x15;
        bytes
    }));
    files.extend((0..20).map(|n| {
        let (mut bytes, page) = (whole.clone(), used[n * used.len() / 20] / 4096 * 4096);
        bytes[page..page + 4096].fill(0xa5);
        bytes
    }));
    let mut told = BTreeMap::<String, usize>::new();
    for bytes in files {
        fs::write(&path, bytes).unwrap();
        if let Err(error) = sound(&path) {
            let said = error.to_string().replace(&path.display().to_string(), "FILE");
            *told.entry(said).or_default() += 1;
        }
    }
    let lines: Vec<&str> = told.keys().map(|said| &**said).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn a_base_of_another_format_is_refused_for_reading_and_writing() {
    let folder = tempfile::tempdir().unwrap();
    for found in [0, 2, 300] {
        let path = folder.path().join(found.to_string());
        let mut transaction = Transaction::default();
        let mut format = Packer::default();
        format.number(found);
        transaction.put(Space::Meta, b"format", seal(b"format", format.finish()));
        Disk::create(&path, transaction).unwrap();
        for access in [Access::Read, Access::Write] {
            let error = FactBase::open(&path, access).err().unwrap();
            assert!(matches!(error, StoreError::Format { found: f, known: 1 } if f == found), "{error}");
        }
    }
}

#[test]
fn a_panic_while_closing_goes_no_further() {
    let stumbling = Stumbling::default();
    let mut disk = Disk::on(stumbling.clone()).unwrap();
    disk.apply(first()).unwrap();
    let mut base = FactBase::on(Box::new(disk)).unwrap();
    base.ingest(&[told("1", "Katak", "Kodok", "")], at(0)).unwrap();
    stumbling.1.store(true, Ordering::Relaxed);
    drop(base);
    assert!(stumbling.2.load(Ordering::Relaxed), "closing writes nothing");
}

/// A file of which the storage crate makes nothing any more.
#[derive(Debug, Clone, Default)]
struct Stumbling(Arc<InMemoryBackend>, Arc<AtomicBool>, Arc<AtomicBool>);

impl StorageBackend for Stumbling {
    fn len(&self) -> io::Result<u64> {
        self.0.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.0.read(offset, out)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.0.sync_data()
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        if self.1.load(Ordering::Relaxed) {
            self.2.store(true, Ordering::Relaxed);
            panic!("stumbled");
        }
        self.0.write(offset, data)
    }
}

#[test]
fn a_later_format_is_refused_clearly() {
    let error = StoreError::Format { found: 9, known: 1 }.to_string();
    assert!(error.contains("format 9") && error.contains("newer katak"), "{error}");
}
