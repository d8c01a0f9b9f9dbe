//! `katak dump` and `katak load`: a fact base as JSON lines, and back.

use super::base::{BaseOptions, counted};
use super::{Failure, Found};
use crate::store::FactBase;
use clap::Args;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Write a fact base as JSON lines: its log, articles and findings
///
/// The same base always gives the same bytes. What rules derived is left out:
/// it can be derived again.
#[derive(Args)]
pub(super) struct Dump {
    #[command(flatten)]
    base: BaseOptions,
    /// File to write, in place of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Dump {
    pub(super) fn run(self) -> Result<Found, Failure> {
        let base = self.base.read()?;
        let Some(path) = self.output else {
            let mut out = BufWriter::new(Output::new(io::stdout().lock()));
            let dumped = base.dump(&mut out).map_err(Failure::from);
            let flushed = out.flush();
            // A closed pipe says more than the dump that broke on it.
            if let Some(error) = out.get_mut().error.take() {
                return Err(Failure::Output(error));
            }
            dumped?;
            flushed?;
            return Ok(Found::Yes);
        };
        let Some(path) = replaced(&path, &self.base.path())? else {
            // A pipe or a device takes what is written; it is not replaced.
            let file = File::options().write(true).open(&path).map_err(told(&path))?;
            let mut out = BufWriter::new(file);
            base.dump(&mut out)?;
            out.flush().map_err(told(&path))?;
            return Ok(Found::Yes);
        };
        let aside = aside(&path);
        let written = write_file(&base, &aside).and_then(|()| fs::rename(&aside, &path).map_err(told(&path)));
        if written.is_err() {
            // Already failing; what is left aside is not the dump.
            let _ = fs::remove_file(&aside);
        }
        written.map(|()| Found::Yes)
    }
}

/// The file that the dump takes the place of, behind any links; none if `path` is
/// no plain file.
fn replaced(path: &Path, base: &Path) -> Result<Option<PathBuf>, Failure> {
    let Ok(meta) = fs::metadata(path) else { return Ok(Some(path.into())) };
    if !meta.is_file() {
        return Ok(None);
    }
    let real = fs::canonicalize(path).map_err(told(path))?;
    if fs::canonicalize(base).is_ok_and(|base| base == real) {
        let shown = path.display();
        return Err(Failure::Message(format!(
            "`{shown}` is the fact base itself: write the dump to another file"
        )));
    }
    Ok(Some(real))
}

fn aside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.part"))
}

fn told(path: &Path) -> impl Fn(io::Error) -> Failure + '_ {
    move |error| Failure::Message(format!("`{}` can't be written: {error}", path.display()))
}

fn write_file(base: &FactBase, path: &Path) -> Result<(), Failure> {
    let mut out = BufWriter::new(File::create(path).map_err(told(path))?);
    base.dump(&mut out)?;
    let file = out.into_inner().map_err(|error| told(path)(error.into_error()))?;
    file.sync_all().map_err(told(path))
}

/// Keeps the error that a dump hides in its own.
struct Output<W> {
    to: W,
    error: Option<io::Error>,
}

impl<W: Write> Output<W> {
    fn new(to: W) -> Output<W> {
        Output { to, error: None }
    }

    fn keep<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        result.map_err(|error| {
            let kind = error.kind();
            self.error = Some(error);
            kind.into()
        })
    }
}

impl<W: Write> Write for Output<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = self.to.write(bytes);
        self.keep(result)
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = self.to.flush();
        self.keep(result)
    }
}

/// Make a fact base from a dump
///
/// A load that was interrupted goes on where it stopped when it is run again.
#[derive(Args)]
pub(super) struct Load {
    /// What katak dump wrote; - is standard input
    dump: PathBuf,
    #[command(flatten)]
    base: BaseOptions,
}

impl Load {
    pub(super) fn run(self) -> Result<Found, Failure> {
        let mut dump: Box<dyn BufRead> = if self.dump.as_os_str() == "-" {
            Box::new(io::stdin().lock())
        } else {
            let opened = File::open(&self.dump).map_err(|error| {
                Failure::Message(format!("`{}` can't be read: {error}", self.dump.display()))
            })?;
            Box::new(BufReader::with_capacity(1 << 16, opened))
        };
        let (entries, articles) = self.base.change(false, |base| {
            let entries = base.load(&mut dump)?;
            Ok((entries, counted(base.info()?.articles, "article", "articles")))
        })?;
        writeln!(io::stdout(), "{}, {articles}", counted(entries, "entry", "entries"))?;
        Ok(Found::Yes)
    }
}
