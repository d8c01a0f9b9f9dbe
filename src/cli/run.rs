//! `katak run`: derive everything.

use super::base::keep;
use super::options::{FactOptions, RuleOptions, engine};
use super::rows::{self, Format};
use super::{Failure, Found};
use super::{costs, csv_file};
use crate::eval::Database;
use crate::logic::typed::Relation;
use clap::Args;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Derive everything that the rules say
#[derive(Args)]
pub(super) struct Run {
    #[command(flatten)]
    facts: FactOptions,
    #[command(flatten)]
    rules: RuleOptions,
    /// Write one file per derived relation into this folder
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Print this relation's rows; may be repeated
    #[arg(long, value_name = "NAME")]
    print: Vec<String>,
    /// How rows are printed; for files, CSV unless said otherwise
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Print what each rule and stratum cost, on standard error: time, rounds,
    /// tuples new and known, memory of indexes
    #[arg(long, value_name = "FORMAT", value_enum, num_args = 0..=1, require_equals = true,
        default_missing_value = "json")]
    stats: Option<costs::Format>,
    /// Print the plan and don't run it
    #[arg(long)]
    explain_plan: bool,
}

impl Run {
    pub(super) fn run(self) -> Result<Found, Failure> {
        let engine = engine(&self.rules, &self.facts, false)?;
        let program = engine.program();
        let mut wanted = Vec::new();
        for name in &self.print {
            match program.find(name) {
                Some(id) => wanted.push(program.relation(id)),
                None => {
                    return Err(Failure::Message(format!("--print {name}: there is no relation `{name}`")));
                }
            }
        }
        let mut out = BufWriter::new(io::stdout().lock());
        if self.explain_plan {
            write!(out, "{}", engine.plan())?;
            out.flush()?;
            return Ok(Found::Yes);
        }
        if let Some(folder) = &self.output {
            fs::create_dir_all(folder).map_err(|error| {
                Failure::Message(format!("the folder `{}` can't be made: {error}", folder.display()))
            })?;
        }
        let keeps = self.facts.are_base_only()
            && engine.base().is_read_only()
            && !self.rules.is_limited()
            && self.stats.is_none();
        let settled = keeps && engine.settle(engine.options())?.is_some();
        let (database, stats) = match if settled { engine.everything() } else { Ok(None) } {
            Ok(Some(database)) => (database, None),
            // Relations that no limit stopped are worth keeping all the same.
            Err(error) => {
                keep(engine, &self.facts.base);
                return Err(error.into());
            }
            Ok(None) => {
                let evaluation = engine.run()?;
                (evaluation.database, Some(evaluation.stats))
            }
        };
        let derived = || program.relations().iter().filter(|relation| relation.derived);
        if let Some(folder) = &self.output {
            let format = self.format.unwrap_or(Format::Csv);
            for relation in derived() {
                write_file(folder, format, relation, &database)?;
            }
        }
        for relation in &wanted {
            let format = Format::or_default(self.format);
            rows::print(&mut out, format, &relation.name, &relation.columns, &database.rows(&relation.name))?;
        }
        if self.output.is_none() && wanted.is_empty() {
            for relation in derived() {
                writeln!(out, "{}\t{}", relation.name, database.len(&relation.name))?;
            }
        }
        out.flush()?;
        if let (Some(stats), Some(format)) = (stats, self.stats) {
            tell!("{}", costs::text(&stats, format));
        }
        if keeps {
            keep(engine, &self.facts.base);
        }
        Ok(Found::Yes)
    }
}

/// Writes a relation's file beside its place first, so that none is ever half written.
fn write_file(
    folder: &Path,
    format: Format,
    relation: &Relation,
    database: &Database,
) -> Result<(), Failure> {
    let path = folder.join(format!("{}.{}", relation.name, format.ending()));
    let aside = folder.join(format!(".{}.{}.part", relation.name, format.ending()));
    let save = || -> io::Result<()> {
        let mut file = BufWriter::with_capacity(1 << 18, File::create(&aside)?);
        match (format, database.sorted(&relation.name)) {
            (Format::Csv, Some(sorted)) => csv_file::write(&mut file, &relation.columns, &sorted)?,
            _ => {
                let tuples = database.rows(&relation.name);
                rows::write(&mut file, format, true, &relation.name, &relation.columns, &tuples)?;
            }
        }
        file.into_inner().map_err(|error| error.into_error())?;
        fs::rename(&aside, &path)
    };
    save().map_err(|error| {
        // Already failing; what is left aside is not the result.
        let _ = fs::remove_file(&aside);
        Failure::Message(format!("`{}` can't be written: {error}", path.display()))
    })
}
