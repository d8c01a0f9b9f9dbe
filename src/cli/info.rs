//! `katak info` and `katak verify`: what a fact base holds, and whether it is sound.

use super::base::{BaseOptions, tell_lacks};
use super::rows::{self, Format};
use super::{Failure, Found};
use crate::base::{Type, Value};
use crate::engine::kept_programs;
use crate::store::{Access, Entry, FORMAT, FactBase, Operation, StoreError};
use clap::Args;
use std::io::{self, BufWriter, Write};

/// Say what a fact base holds
#[derive(Args)]
pub(super) struct Info {
    #[command(flatten)]
    base: BaseOptions,
    /// Print what was done to the base, and when
    #[arg(long)]
    log: bool,
    /// How rows are printed; a table at a terminal, else JSON lines
    #[arg(long, value_enum)]
    format: Option<Format>,
}

impl Info {
    pub(super) fn run(self) -> Result<Found, Failure> {
        let base = self.base.read()?;
        let mut out = BufWriter::new(io::stdout().lock());
        let format = Format::or_default(self.format);
        if self.log {
            let rows: Vec<_> = base.log()?.iter().map(|entry| log_row(&base, entry)).collect();
            let columns = [
                ("entry", Type::Int),
                ("at", Type::Text),
                ("did", Type::Text),
                ("to", Type::Text),
                ("because", Type::Text),
            ]
            .map(|(name, type_)| (name.into(), type_));
            rows::print(&mut out, format, "log", &columns, &rows)?;
        } else {
            let rows = numbers(&base, std::fs::metadata(self.base.path()).map_or(0, |meta| meta.len()))?;
            let columns = [("what".into(), Type::Text), ("number".into(), Type::Int)];
            rows::print(&mut out, format, "info", &columns, &rows)?;
            out.flush()?;
            tell_lacks(&base)?;
            tell_unkept(&base)?;
        }
        out.flush()?;
        Ok(Found::Yes)
    }
}

/// Which derived relations are not kept, and why, by the rules kept last.
fn tell_unkept(base: &FactBase) -> Result<(), StoreError> {
    let Some(newest) = kept_programs(base)?.into_iter().next() else { return Ok(()) };
    if !newest.unkept.is_empty() {
        let (kept, all) = (newest.kept.len(), newest.kept.len() + newest.unkept.len());
        tell!("of {all} derived relations {kept} are kept; questions on the others are derived each time:");
    }
    for (name, why) in newest.unkept {
        tell!("  {name}: {why}");
    }
    Ok(())
}

fn numbers(base: &FactBase, file_bytes: u64) -> Result<Vec<Vec<Value>>, StoreError> {
    let info = base.info()?;
    let rows = [
        ("format", FORMAT),
        ("log entries", info.entries),
        ("article versions", info.articles),
        ("of these holding", info.holding),
        ("of these replaced by a newer version", info.superseded),
        ("of these retracted", info.retracted),
        ("of these reprints", info.reprints),
        ("claims", info.claims),
        ("names", info.symbols),
        ("merges and splits that hold", info.name_changes),
        ("loads and ingestions that lack something", base.lacks()?.len() as u64),
        ("kept results", info.kept),
        ("bytes of text", info.text_bytes),
        ("bytes of the file", file_bytes),
    ];
    let int = |n: u64| Value::Int(i64::try_from(n).unwrap_or(i64::MAX));
    Ok(rows.into_iter().map(|(what, n)| vec![Value::text(what), int(n)]).collect())
}

fn log_row(base: &FactBase, entry: &Entry) -> Vec<Value> {
    let id = |n: &u32| base.article(*n).map_or_else(|_| n.to_string(), |(row, _)| row.id.to_string());
    let ids = |all: &[u32]| {
        let few: Vec<String> = all.iter().take(5).map(id).collect();
        let more = if all.len() > few.len() {
            format!(" and {} more", all.len() - few.len())
        } else {
            String::new()
        };
        few.join(", ") + &more
    };
    let (to, because) = match &entry.what {
        Operation::Ingest { articles, claims, .. } => (format!("{articles} articles, {claims} claims"), ""),
        Operation::Retract { articles, because } | Operation::Restore { articles, because } => {
            (ids(articles), &**because)
        }
        Operation::Merge { into: entity, name, because }
        | Operation::Split { from: entity, name, because } => (format!("{entity}, {name}"), &**because),
        Operation::Withdraw { entry, because } | Operation::Renew { entry, because } => {
            (format!("entry {entry}"), &**because)
        }
    };
    let number = Value::Int(i64::try_from(entry.number).unwrap_or(i64::MAX));
    let texts = [&*entry.at.to_string(), entry.what.name(), &*to, because].map(Value::text);
    [vec![number], texts.into()].concat()
}

/// Check every page, check sum, number, span and digest of a fact base
#[derive(Args)]
pub(super) struct Verify {
    #[command(flatten)]
    base: BaseOptions,
}

impl Verify {
    pub(super) fn run(self) -> Result<Found, Failure> {
        match self.verify() {
            Err(error @ (StoreError::Damaged { .. } | StoreError::Mended(_))) => {
                Failure::from(error).tell();
                Ok(Found::No)
            }
            Err(error) => Err(error.into()),
            Ok(said) => {
                writeln!(io::stdout(), "{said}")?;
                Ok(Found::Yes)
            }
        }
    }

    fn verify(&self) -> Result<String, StoreError> {
        let path = self.base.path();
        // Pages are checked where the file may be mended too.
        let mut base = match FactBase::open(&path, Access::Write) {
            Err(StoreError::Io { .. }) | Err(StoreError::Held { .. }) => FactBase::open(&path, Access::Read)?,
            opened => opened?,
        };
        let info = base.verify()?;
        Ok(format!(
            "{} is sound: {} entries, {} article versions, {} claims, {} names",
            path.display(),
            info.entries,
            info.articles,
            info.claims,
            info.symbols
        ))
    }
}
