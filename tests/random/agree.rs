//! The ways of evaluating a program, compared.

use super::dice::Dice;
use super::draft::Draft;
use super::vary::vary;
use katak::analysis::{self, StratifiedProgram};
use katak::ask::{answer, answer_in_full};
use katak::base::{EntityNames, SourceId};
use katak::eval::{Backend, Database, Frog, Naive, Options};
use katak::logic::{Program, Tuple};
use katak::plan;
use katak::syntax::{parse_program, parse_question};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

type Rows = BTreeMap<String, Vec<Tuple>>;

fn parsed(draft: &Draft) -> Result<Program, String> {
    let file = parse_program(&draft.text(), SourceId(0)).map_err(|found| format!("not read: {found:?}"))?;
    Ok(file.program)
}

fn checked(program: &Program) -> Result<StratifiedProgram, String> {
    let checked = analysis::check(program, &EntityNames::new());
    checked.program.ok_or_else(|| format!("refused: {:?}", checked.diagnostics))
}

fn run(backend: &dyn Backend, program: &StratifiedProgram, options: &Options) -> Result<Rows, String> {
    let plan = plan::plan(program, None);
    let found = backend.evaluate(program, &plan, Database::new(), options).map_err(|e| e.to_string())?;
    let names = program.relations().iter().filter(|r| &*r.name != "part");
    Ok(names.map(|r| (r.name.to_string(), found.database.rows(&r.name))).collect())
}

fn same(what: &str, found: &Rows, expected: &Rows) -> Result<(), String> {
    for (name, rows) in expected {
        let mine = found.get(name).cloned().unwrap_or_default();
        if mine != *rows {
            return Err(format!("{what}: {name} is {mine:?}\nnot {rows:?}"));
        }
    }
    Ok(())
}

/// Evaluates a program in every way; what differs, if anything.
pub fn check(draft: &Draft, seed: u64) -> Result<(), String> {
    match catch_unwind(AssertUnwindSafe(|| compare(draft, seed))) {
        Ok(result) => result,
        Err(_) => Err("it panics".to_owned()),
    }
}

fn compare(draft: &Draft, seed: u64) -> Result<(), String> {
    let written = parsed(draft)?;
    let program = checked(&written)?;
    let odd = seed / 8 % 2 == 1;
    let one = Options { threads: 1, provenance: odd, ..Options::default() };
    let several = Options { threads: 3, provenance: !odd, ..Options::default() };
    let expected = run(&Naive, &program, &one).map_err(|e| format!("naive: {e}"))?;
    same("one thread", &run(&Frog, &program, &one)?, &expected)?;
    same("several threads", &run(&Frog, &program, &several)?, &expected)?;
    let varied = vary(draft, &mut Dice::new(seed + 1));
    let other = checked(&parsed(&varied)?).map_err(|e| format!("varied, {e}\n{}", varied.text()))?;
    let found = run(&Frog, &other, &one).map_err(|e| format!("varied, {e}\n{}", varied.text()))?;
    same(&format!("varied\n{}", varied.text()), &found, &expected)?;
    let literals = parse_question(&draft.question(), SourceId(1)).map_err(|e| format!("not read: {e:?}"))?;
    let (asked, columns) = analysis::check_with_question(&written, &literals, &EntityNames::new());
    let Some(asked) = asked.program else { return Err(format!("question refused: {:?}", asked.diagnostics)) };
    let full =
        answer_in_full(&asked, columns.clone(), Database::new(), &Naive, &one).map_err(|e| e.to_string())?;
    let found = answer(&asked, columns, Database::new(), &Frog, &one).map_err(|e| e.to_string())?;
    if found != full {
        return Err(format!("asked: {:?}\nnot {:?}", found.rows, full.rows));
    }
    Ok(())
}

/// A smaller program that still fails, and how.
pub fn cut_down(mut draft: Draft, seed: u64) -> (Draft, String) {
    let kind = |why: &str| why.split(['\n', '[', '{', '`']).next().unwrap_or("").to_owned();
    let mut why = check(&draft, seed).err().unwrap_or_default();
    loop {
        let mut tries = Vec::new();
        for n in 0..draft.rules.len() {
            let mut less = draft.clone();
            less.rules.remove(n);
            tries.push(less);
        }
        for n in 0..draft.facts.len() {
            let mut less = draft.clone();
            less.facts.remove(n);
            tries.push(less);
        }
        for n in 0..draft.question.len() {
            let mut less = draft.clone();
            less.question.remove(n);
            tries.push(less);
        }
        for rule in 0..draft.rules.len() {
            for n in 0..draft.rules[rule].body.len() {
                let mut less = draft.clone();
                less.rules[rule].body.remove(n);
                tries.push(less);
            }
        }
        let smaller = tries.into_iter().find_map(|less| {
            let found = check(&less, seed).err()?;
            (kind(&found) == kind(&why)).then_some((less, found))
        });
        match smaller {
            Some((less, found)) => (draft, why) = (less, found),
            None => return (draft, why),
        }
    }
}
