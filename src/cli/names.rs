//! `katak merge`, `katak split` and `katak names`: who is who.

use super::base::{BaseOptions, TimeOptions};
use super::options::{FactOptions, RuleOptions, engine};
use super::rows::{self, Format};
use super::{Failure, Found};
use crate::base::{Type, Value};
use crate::engine::duplicates;
use crate::store::{FactBase, Operation};
use clap::Args;
use std::io::{self, BufWriter, Write};

/// Say that two names mean one entity, which goes by the first
#[derive(Args)]
pub(super) struct Merge {
    /// The name it goes by
    entity: String,
    /// The other name
    name: String,
    #[command(flatten)]
    change: ChangeOptions,
}

/// Say that a name means an entity of its own, not this one
#[derive(Args)]
pub(super) struct Split {
    /// The entity that it was taken for
    entity: String,
    /// The name
    name: String,
    #[command(flatten)]
    change: ChangeOptions,
}

/// Why, when and where names are changed.
#[derive(Args)]
struct ChangeOptions {
    /// Why; rules see it, and the log keeps it
    #[arg(long, value_name = "TEXT", default_value = "")]
    because: String,
    #[command(flatten)]
    base: BaseOptions,
    #[command(flatten)]
    time: TimeOptions,
}

impl Merge {
    pub(super) fn run(self) -> Result<Found, Failure> {
        let Merge { entity, name, change } = self;
        change.make(|base| base.merge(&entity, &name, &change.because, change.time.moment()))
    }
}

impl Split {
    pub(super) fn run(self) -> Result<Found, Failure> {
        let Split { entity, name, change } = self;
        change.make(|base| base.split(&entity, &name, &change.because, change.time.moment()))
    }
}

impl ChangeOptions {
    fn make(
        &self,
        change: impl FnOnce(&mut FactBase) -> Result<u64, crate::store::StoreError>,
    ) -> Result<Found, Failure> {
        let mut base = self.base.write(false)?;
        let entry = change(&mut base)?;
        let last = base.log()?.pop();
        match last.map(|last| last.what) {
            Some(Operation::Withdraw { entry, .. }) => writeln!(
                io::stdout(),
                "entry {entry} is taken back; katak restore --entry {entry} lets it hold again"
            )?,
            _ => writeln!(io::stdout(), "entry {entry}; katak retract --entry {entry} takes it back")?,
        }
        Ok(Found::Yes)
    }
}

/// List entities that may be one
#[derive(Args)]
pub(super) struct Names {
    #[command(flatten)]
    facts: FactOptions,
    /// How rows are printed; a table at a terminal, else JSON lines
    #[arg(long, value_enum)]
    format: Option<Format>,
}

impl Names {
    pub(super) fn run(self) -> Result<Found, Failure> {
        let engine = engine(&RuleOptions::none(), &self.facts, true)?;
        let columns = ["entity", "name", "why"].map(|name| (name.into(), Type::Text));
        let found = duplicates(&engine);
        let rows: Vec<_> =
            found.iter().map(|one| [&*one.entity, &*one.name, &*one.why].map(Value::text).into()).collect();
        let mut out = BufWriter::new(io::stdout().lock());
        rows::print(&mut out, Format::or_default(self.format), "duplicate", &columns, &rows)?;
        out.flush()?;
        Ok(if found.is_empty() { Found::No } else { Found::Yes })
    }
}
