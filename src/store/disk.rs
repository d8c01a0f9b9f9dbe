//! Keys and values in one file, by redb: the only place that names it.

use super::StoreError;
use super::backing::{Backing, Space, Transaction, Visit};
use super::guard;
use super::holder::holder;
use redb::backends::InMemoryBackend;
use redb::{
    Builder, Database, Durability, ReadOnlyDatabase, ReadTransaction, ReadableDatabase, StorageBackend,
    TableDefinition,
};
use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// How much of the file redb keeps in memory.
const CACHE_BYTES: usize = 64 << 20;
/// What every redb file begins with.
const MAGIC: [u8; 9] = [b'r', b'e', b'd', b'b', 0x1a, 0x0a, 0xa9, 0x0d, 0x0a];
/// The largest file that is copied to memory, where one that was not closed
/// properly can't be mended in its place.
const MAX_COPY_BYTES: u64 = 4 << 30;

/// Files shorter than this are left as they grew.
const SHORT_BYTES: u64 = 8 << 20;

type Table = TableDefinition<'static, &'static [u8], &'static [u8]>;

fn table(space: Space) -> Table {
    TableDefinition::new(space.name())
}

enum Handle {
    Writing(Database),
    Reading(ReadOnlyDatabase),
    /// A copy in memory of a file that can neither be mended nor read as it is.
    Copied(Database),
    /// Nothing any more.
    Closed,
}

/// A base in a file.
pub(super) struct Disk {
    path: PathBuf,
    handle: Handle,
    /// Closing shortens the file, however much of it is in use.
    shortens: bool,
}

fn builder() -> Builder {
    let mut builder = Builder::new();
    builder.set_cache_size(CACHE_BYTES);
    builder
}

impl Disk {
    fn with(path: &Path, handle: Handle) -> Disk {
        Disk { path: path.into(), handle, shortens: false }
    }

    /// Makes a file with these first contents. It appears under its name when
    /// it is whole, so that no crash leaves half of one.
    pub(super) fn create(path: &Path, first: Transaction) -> Result<(), StoreError> {
        let name = path.file_name().ok_or_else(|| StoreError::NotABase(path.into()))?.to_string_lossy();
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let aside = folder.join(format!(".{name}.{:016x}.new", RandomState::new().hash_one(&*name)));
        let made = Disk::create_aside(&aside, path, first).and_then(|()| {
            match fs::hard_link(&aside, path) {
                Ok(()) => fs::remove_file(&aside),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
                // Not every file system has links; between the two calls of
                // this way another process might make the same base.
                Err(_) if !path.exists() => fs::rename(&aside, path),
                Err(error) => Err(error),
            }
            .and_then(|()| sync_folder(folder))
            .map_err(|error| StoreError::file("making", path, error))
        });
        if made.is_err() {
            // Best effort: what is left aside disturbs nobody.
            let _ = fs::remove_file(&aside);
        }
        made
    }

    fn create_aside(aside: &Path, path: &Path, first: Transaction) -> Result<(), StoreError> {
        let making = |error| StoreError::file("making", path, error);
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(aside).map_err(making)?;
        let again = file.try_clone().map_err(making)?;
        guarded(path, || {
            let database = builder().create_file(file).map_err(|e| told(path, e))?;
            let mut disk = Disk::with(path, Handle::Writing(database));
            disk.apply(first)
        })?;
        again.sync_all().map_err(making)
    }

    /// Opens a file for writing.
    pub(super) fn open(path: &Path) -> Result<Disk, StoreError> {
        check_magic(path)?;
        let database = guarded(path, || builder().open(path).map_err(|e| told(path, e)))?;
        Ok(Disk::with(path, Handle::Writing(database)))
    }

    /// Opens a file for reading; several processes may.
    pub(super) fn open_read_only(path: &Path) -> Result<Disk, StoreError> {
        check_magic(path)?;
        let opened = |path: &Path| guarded(path, || Ok(builder().open_read_only(path)));
        let reading = |database| Disk::with(path, Handle::Reading(database));
        match opened(path)? {
            Ok(database) => return Ok(reading(database)),
            Err(redb::DatabaseError::RepairAborted) => {}
            Err(error) => return Err(told(path, error)),
        }
        // It was not closed properly: opening it for writing mends it.
        match Disk::open(path) {
            Ok(mended) => drop(mended),
            Err(StoreError::Io { .. }) => return Disk::copied(path),
            Err(error) => return Err(error),
        }
        match opened(path)? {
            Ok(database) => Ok(reading(database)),
            Err(error) => Err(told(path, error)),
        }
    }

    fn copied(path: &Path) -> Result<Disk, StoreError> {
        let reading = |error| StoreError::file("reading", path, error);
        let len = fs::metadata(path).map_err(reading)?.len();
        if len > MAX_COPY_BYTES {
            return Err(StoreError::Refused(format!(
                "{} was not closed properly and is too large to be mended in memory: open it once where it may be written",
                path.display()
            )));
        }
        let bytes = fs::read(path).map_err(reading)?;
        let backend = InMemoryBackend::new();
        backend.set_len(bytes.len() as u64).map_err(reading)?;
        backend.write(0, &bytes).map_err(reading)?;
        drop(bytes);
        let database = guarded(path, || builder().create_with_backend(backend).map_err(|e| told(path, e)))?;
        Ok(Disk::with(path, Handle::Copied(database)))
    }

    /// The same on other storage than a file.
    #[cfg(test)]
    pub(super) fn on(backend: impl StorageBackend) -> Result<Disk, StoreError> {
        let path = Path::new("the storage");
        let database = guarded(path, || builder().create_with_backend(backend).map_err(|e| told(path, e)))?;
        Ok(Disk::with(path, Handle::Writing(database)))
    }

    /// The same, shortened when it is closed.
    #[cfg(test)]
    pub(super) fn shortening(mut self) -> Disk {
        self.shortens = true;
        self
    }

    fn reader(&self) -> Result<ReadTransaction, StoreError> {
        let begun = match &self.handle {
            Handle::Writing(database) | Handle::Copied(database) => database.begin_read(),
            Handle::Reading(database) => database.begin_read(),
            Handle::Closed => return Err(StoreError::Refused("the fact base was closed".into())),
        };
        begun.map_err(|e| told(&self.path, e))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let handle = std::mem::replace(&mut self.handle, Handle::Closed);
        let shortens = self.shortens || is_hollow(&self.path);
        // Closing writes too, and may stumble over damage; what was
        // acknowledged is there already.
        let _ = guarded(&self.path, || {
            if let Handle::Writing(mut database) = handle
                && shortens
            {
                // The file grew by doubling; whoever copies it shall not copy the rest.
                let _ = database.compact();
            }
            Ok(())
        });
    }
}

impl Backing for Disk {
    fn get(&self, space: Space, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        guarded(&self.path, || {
            let table = match self.reader()?.open_table(table(space)) {
                Err(redb::TableError::TableDoesNotExist(_)) => return Ok(None),
                opened => opened.map_err(|e| told(&self.path, e))?,
            };
            let value = table.get(key).map_err(|e| told(&self.path, e))?;
            Ok(value.map(|value| value.value().to_vec()))
        })
    }

    fn scan(&self, space: Space, prefix: &[u8], visit: Visit) -> Result<(), StoreError> {
        guarded(&self.path, || {
            let table = match self.reader()?.open_table(table(space)) {
                Err(redb::TableError::TableDoesNotExist(_)) => return Ok(()),
                opened => opened.map_err(|e| told(&self.path, e))?,
            };
            let mut last: Option<Vec<u8>> = None;
            for entry in table.range(prefix..).map_err(|e| told(&self.path, e))? {
                let (key, value) = entry.map_err(|e| told(&self.path, e))?;
                let key = key.value();
                if !key.starts_with(prefix) {
                    break;
                }
                // Keys ascend, whatever a damaged file says: so this ends.
                if last.as_deref().is_some_and(|last| last >= key) {
                    return Err(StoreError::damaged("keys are out of order"));
                }
                visit(key, value.value())?;
                last = Some(key.to_vec());
            }
            Ok(())
        })
    }

    fn apply(&mut self, transaction: Transaction) -> Result<(), StoreError> {
        let Handle::Writing(database) = &self.handle else { return Err(StoreError::ReadOnly) };
        let path = &self.path;
        guarded(path, || {
            let mut write = database.begin_write().map_err(|e| told(path, e))?;
            write.set_durability(Durability::Immediate).map_err(|e| told(path, e))?;
            write.set_two_phase_commit(true);
            for space in Space::ALL {
                let mut table = write.open_table(table(space)).map_err(|e| told(path, e))?;
                for (_, key, value) in transaction.changes.iter().filter(|change| change.0 == space) {
                    match value {
                        Some(value) => table.insert(&**key, &**value).map(drop),
                        None => table.remove(&**key).map(drop),
                    }
                    .map_err(|e| told(path, e))?;
                }
            }
            write.commit().map_err(|e| told(path, e))
        })
    }

    fn check(&mut self) -> Result<(), StoreError> {
        let path = &self.path;
        guarded(path, || match &mut self.handle {
            Handle::Writing(database) => match database.check_integrity().map_err(|e| told(path, e))? {
                true => Ok(()),
                false => Err(StoreError::Mended(path.clone())),
            },
            Handle::Copied(database) => match database.check_integrity().map_err(|e| told(path, e))? {
                true => Ok(()),
                false => Err(StoreError::damaged(PAGES)),
            },
            Handle::Reading(_) | Handle::Closed => Ok(()),
        })
    }

    fn path(&self) -> Option<&Path> {
        Some(&self.path)
    }

    fn is_read_only(&self) -> bool {
        !matches!(self.handle, Handle::Writing(_))
    }
}

/// Runs this with panics told as damage of the file, as any damage that is found.
fn guarded<T>(path: &Path, run: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    guard::guarded(run).map_err(|error| error.in_file(path))
}

fn check_magic(path: &Path) -> Result<(), StoreError> {
    let reading = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => StoreError::Missing(path.into()),
        _ => StoreError::file("reading", path, error),
    };
    let mut start = Vec::new();
    let file = File::open(path).map_err(reading)?;
    if file.metadata().map_err(reading)?.is_dir() {
        return Err(StoreError::NotABase(path.into()));
    }
    file.take(MAGIC.len() as u64).read_to_end(&mut start).map_err(reading)?;
    if start == MAGIC { Ok(()) } else { Err(StoreError::NotABase(path.into())) }
}

/// Whether more than a third of a file was never written to.
#[cfg(unix)]
fn is_hollow(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let room = |file: fs::Metadata| (file.len(), file.blocks() * 512);
    fs::metadata(path).map(room).is_ok_and(|(len, used)| len > SHORT_BYTES && used < len - len / 3)
}

#[cfg(not(unix))]
fn is_hollow(_: &Path) -> bool {
    false
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

const CUT: &str = "it is cut off, its last pages are missing";
const PAGES: &str = "its pages contradict each other";

/// What redb says, in our words.
fn told(path: &Path, error: impl Into<redb::Error>) -> StoreError {
    match error.into() {
        redb::Error::DatabaseAlreadyOpen => StoreError::Held { path: path.into(), by: holder(path) },
        redb::Error::Io(error) if error.kind() == io::ErrorKind::NotFound => StoreError::Missing(path.into()),
        // What isn't there though it should be: the file was cut.
        redb::Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            StoreError::damaged(CUT).in_file(path)
        }
        redb::Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => {
            StoreError::damaged(PAGES).in_file(path)
        }
        redb::Error::Io(error) => StoreError::file("using", path, error),
        redb::Error::PreviousIo => {
            StoreError::file("using", path, io::Error::other("writing failed before; open the base again"))
        }
        redb::Error::UpgradeRequired(_) => StoreError::Refused(format!(
            "the fact base {} is of an older make: dump it with the katak that wrote it and load the dump",
            path.display()
        )),
        redb::Error::ValueTooLarge(bytes) => StoreError::Refused(format!(
            "{bytes} bytes are too many to be written as one: use smaller batches"
        )),
        // It says so in words only; a cut file that isn't recognized is told as the others.
        redb::Error::Corrupted(said) if said.contains("truncated") => StoreError::damaged(CUT).in_file(path),
        _ => StoreError::damaged(PAGES).in_file(path),
    }
}
