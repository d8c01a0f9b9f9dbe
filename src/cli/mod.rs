//! Floor 8: the command line, one file per command.
//!
//! Data goes to standard output, everything else to standard error. Exit codes:
//! 0 done, found or true; 1 nothing found, false, or a check failed; 2 wrong
//! use or bad input; 3 a limit was reached.

/// Says a line on standard error. Where that is closed, nobody wants to hear it.
macro_rules! tell {
    ($($text:tt)*) => {{
        let _ = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("{}\n", format_args!($($text)*)));
    }};
}

mod ask;
mod base;
mod check;
mod costs;
mod csv_file;
mod dump;
mod eval;
mod extract;
mod failure;
mod info;
mod ingest;
mod names;
mod options;
mod proof;
pub mod report;
mod retract;
mod rows;
mod run;
mod test;
mod why;
mod why_not;

pub use test::case_text;

use crate::store::panics_are_told;
use clap::{Parser, Subcommand};
use failure::Failure;
use std::ffi::OsString;
use std::process::ExitCode;

/// Turns Indonesian news into facts, derives what no article says outright,
/// and explains every answer down to the sentence it rests on.
#[derive(Parser)]
#[command(name = "katak", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Extract(extract::Extract),
    Ingest(ingest::Ingest),
    Dump(dump::Dump),
    Load(dump::Load),
    Info(info::Info),
    Verify(info::Verify),
    Retract(retract::Retract),
    Restore(retract::Restore),
    Merge(names::Merge),
    Split(names::Split),
    Names(names::Names),
    Eval(eval::Eval),
    Run(run::Run),
    Ask(ask::Ask),
    Why(why::Why),
    WhyNot(why_not::WhyNotCommand),
    Check(check::Check),
    Test(test::Test),
}

/// Whether a command found what it looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Yes,
    No,
}

/// Runs the command that the arguments (the program's name first) ask for.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            // A closed pipe leaves nobody to tell.
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !panics_are_told() {
            hook(panic);
        }
    }));
    let result = match cli.command {
        Command::Extract(command) => command.run(),
        Command::Ingest(command) => command.run(),
        Command::Dump(command) => command.run(),
        Command::Load(command) => command.run(),
        Command::Info(command) => command.run(),
        Command::Verify(command) => command.run(),
        Command::Retract(command) => command.run(),
        Command::Restore(command) => command.run(),
        Command::Merge(command) => command.run(),
        Command::Split(command) => command.run(),
        Command::Names(command) => command.run(),
        Command::Eval(command) => command.run(),
        Command::Run(command) => command.run(),
        Command::Ask(command) => command.run(),
        Command::Why(command) => command.run(),
        Command::WhyNot(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Test(command) => command.run(),
    };
    match result {
        Ok(Found::Yes) => ExitCode::SUCCESS,
        Ok(Found::No) => ExitCode::from(1),
        Err(failure) => failure.tell(),
    }
}
