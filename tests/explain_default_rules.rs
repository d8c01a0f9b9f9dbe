//! Everything that the default rules derive has a proof that the checker accepts.

use katak::analysis::{StratifiedProgram, check};
use katak::base::{EntityNames, SourceMap, Value};
use katak::eval::{Backend, Database, Frog, Options};
use katak::explain::{Limits, Missing, Reason, nearest_miss, prove, supports, verify};
use katak::syntax::Loader;
use std::path::PathBuf;

fn default_rules() -> StratifiedProgram {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/rules"));
    let mut sources = SourceMap::default();
    let mut loader = Loader::new(|_| None);
    let program = loader.load_files(&[folder], &mut sources).expect("the default rules load");
    let checked = check(&program, &EntityNames::new());
    checked.program.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics))
}

/// Claims made up by arithmetic, many of them at odds with each other.
fn facts() -> Database {
    let mut database = Database::new();
    let name = |n: usize| Value::entity(["Ardo", "Bima", "Cakra", "Dwipa", "Elang", "Fajar"][n % 6]);
    let text = |text: &str| Value::text(text);
    let date = |text: &str| Value::Date(text.parse().expect("a date"));
    let dates = ["2019-05-02", "2020-03", "2021", "", "2020-11-30"];
    for (n, published) in dates.iter().enumerate() {
        let row = [text(&n.to_string()), text(&format!("outlet {}", n % 3)), date(published), text("Title")];
        database.insert("article", &row);
    }
    for n in 0..6 {
        let kind = ["company", "government", "company", "alliance"][n % 4];
        database.insert("mentioned", &[name(n), text(kind), text(&(n % 5).to_string())]);
        database.insert("date", &[text(&(n % 5).to_string()), date(dates[(n + 1) % 5])]);
    }
    for n in 0..40 {
        let row = [
            Value::Int(n as i64 + 1),
            text(["partner", "rival", "sanction"][n % 3]),
            name(n * n + n / 3),
            name(n * 5 + 1 + n / 7),
            text(["asserted", "reported", "asserted", "negated", "asserted", "planned", "asserted"][n % 7]),
            date(dates[n % 5]),
            text(&((n * 3) % 5).to_string()),
        ];
        database.insert("claim", &row);
    }
    database
}

#[test]
fn every_fact_by_the_default_rules_is_proved_from_articles() {
    let program = default_rules();
    let plan = katak::plan::plan(&program, None);
    let options = Options { provenance: true, ..Options::default() };
    let database = Frog.evaluate(&program, &plan, facts(), &options).expect("the rules run").database;
    let limits = Limits::default();
    let mut derived = 0;
    for relation in program.relations() {
        for row in database.rows(&relation.name) {
            let proof = prove(&program, &database, &relation.name, &row, &limits).expect("the fact holds");
            assert_eq!(verify(&program, &database, &proof), Ok(()), "{}", proof.fact);
            if proof.reason != Reason::Given {
                derived += 1;
            }
            let all: Vec<Option<Value>> = row.iter().cloned().map(Some).collect();
            assert!(
                nearest_miss(&program, &database, &Missing::new(&relation.name, &all), &limits).is_empty()
            );
        }
    }
    assert!(derived > 100, "{derived} facts");
    for row in database.rows("rival") {
        assert!(!supports(&program, &database, "rival", &row, &limits).is_empty(), "{row:?}");
    }
}
