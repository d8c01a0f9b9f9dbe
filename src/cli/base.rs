//! The fact base that a command works on, and when it does.

use super::Failure;
use crate::base::Moment;
use crate::engine::Engine;
use crate::store::{Access, FactBase, StoreError};
use clap::Args;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// The file that is used where none is named.
const DEFAULT_FILE: &str = "facts.katak";
/// The variable that names another.
const FILE_VARIABLE: &str = "KATAK_DB";

/// How long to wait for a base that another process is using.
const PATIENCE: Duration = Duration::from_millis(1500);
const PAUSE: Duration = Duration::from_millis(25);

/// Which fact base.
#[derive(Args, Clone)]
pub(super) struct BaseOptions {
    /// Fact base; facts.katak, or what KATAK_DB says, unless given
    #[arg(long, value_name = "FILE")]
    pub(super) db: Option<PathBuf>,
}

impl BaseOptions {
    pub(super) fn path(&self) -> PathBuf {
        let named = || std::env::var_os(FILE_VARIABLE).filter(|name| !name.is_empty()).map(PathBuf::from);
        self.db.clone().or_else(named).unwrap_or_else(|| DEFAULT_FILE.into())
    }

    /// Opens it for reading.
    pub(super) fn read(&self) -> Result<FactBase, Failure> {
        self.open(Access::Read)
    }

    /// Opens it for writing; with `rehearse` for reading, and changes are forgotten.
    pub(super) fn write(&self, rehearse: bool) -> Result<FactBase, Failure> {
        match rehearse {
            true => Ok(self.open(Access::Read)?.rehearsal()),
            false => self.open(Access::Write),
        }
    }

    /// The same, with an empty base where there is none. One that is made for
    /// this goes again where it fails and nothing is in it.
    pub(super) fn change<T>(
        &self,
        rehearse: bool,
        change: impl FnOnce(&mut FactBase) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let path = self.path();
        if path.exists() {
            return change(&mut self.write(rehearse)?);
        }
        if rehearse {
            return change(&mut FactBase::in_memory());
        }
        let mut base = FactBase::create(&path)?;
        let changed = change(&mut base);
        if changed.is_err() && base.version() == 0 {
            // Removed while it is held, so that nobody else has put anything in.
            let _ = std::fs::remove_file(&path);
        }
        changed
    }

    fn open(&self, access: Access) -> Result<FactBase, Failure> {
        let path = self.path();
        let begun = Instant::now();
        loop {
            match FactBase::open(&path, access) {
                Err(StoreError::Held { .. }) if begun.elapsed() < PATIENCE => sleep(PAUSE),
                Err(StoreError::Missing(_)) => {
                    let path = path.display();
                    let message = format!("there is no fact base {path}: make one with katak ingest");
                    return Err(Failure::Message(message));
                }
                opened => return Ok(opened?),
            }
        }
    }
}

/// Warns of work of which the base holds a part only.
pub(super) fn tell_lacks(base: &FactBase) -> Result<(), StoreError> {
    base.lacks()?.iter().for_each(|lack| tell!("warning: {lack}"));
    Ok(())
}

/// Has the base keep what the engine derived, where it may be written and
/// nobody else is using it: the rows can be made again.
pub(super) fn keep(engine: Engine, base: &BaseOptions) {
    let version = engine.base().version();
    let Ok(keepings) = engine.keepable() else { return };
    if keepings.is_empty() {
        return;
    }
    drop(engine);
    if let Ok(mut base) = FactBase::open(&base.path(), Access::Write)
        && base.version() == version
    {
        // An answer is not worse for being forgotten.
        let _ = base.keep(keepings);
    }
}

/// When something is done.
#[derive(Args)]
pub(super) struct TimeOptions {
    /// When this is done, for the log; now, unless given
    #[arg(long, value_name = "TIME")]
    at: Option<Moment>,
}

impl TimeOptions {
    pub(super) fn moment(&self) -> Moment {
        let now = || {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
            Moment::from_seconds(i64::try_from(since.as_secs()).ok()?)
        };
        self.at.or_else(now).unwrap_or_default()
    }
}

/// "1 article", "2 articles".
pub(super) fn counted(n: impl TryInto<u64>, one: &str, many: &str) -> String {
    let n = n.try_into().unwrap_or(u64::MAX);
    format!("{n} {}", if n == 1 { one } else { many })
}
