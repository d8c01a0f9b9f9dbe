//! Evaluation: every feature by example, and the two back ends against each other.

mod agree;
mod compared;
mod directed;
mod examples;
mod features;
mod growing;
mod loading;
mod threads;

use katak::analysis::{self, StratifiedProgram};
use katak::base::{EntityNames, SourceId};
use katak::eval::{Backend, Database, EvalError, Frog, Naive, Options};
use katak::syntax::parse_program;
use std::fmt::Write;

/// A checked program from the text of a rule file.
pub fn checked(text: &str) -> StratifiedProgram {
    let file = parse_program(text, SourceId(0)).unwrap_or_else(|found| panic!("{text}\n{found:#?}"));
    let checked = analysis::check(&file.program, &EntityNames::new());
    checked.program.unwrap_or_else(|| panic!("{text}\n{:#?}", checked.diagnostics))
}

/// Every row of every derived relation as facts, one a line.
pub fn derived(
    backend: &dyn Backend,
    program: &StratifiedProgram,
    options: &Options,
) -> Result<String, EvalError> {
    let plan = katak::plan::plan(program, None);
    let evaluation = backend.evaluate(program, &plan, Database::new(), options)?;
    let mut out = String::new();
    for relation in program.relations() {
        for row in evaluation.database.rows(&relation.name) {
            let row: Vec<String> = row.iter().map(ToString::to_string).collect();
            writeln!(out, "{}({})", relation.name, row.join(", ")).expect("a String takes all");
        }
    }
    Ok(out)
}

/// The rows of one relation, by both back ends, which must agree.
#[track_caller]
pub fn rows(text: &str, relation: &str) -> Vec<String> {
    let program = checked(text);
    let frog = derived(&Frog, &program, &Options::default()).expect("frog runs");
    let naive = derived(&Naive, &program, &Options::default()).expect("naive runs");
    assert_eq!(frog, naive);
    let mine = |line: &&str| line.split('(').next() == Some(relation);
    frog.lines().filter(mine).map(|line| line[relation.len()..].to_string()).collect()
}
