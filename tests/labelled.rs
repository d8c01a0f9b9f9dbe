//! The parser on labelled articles of our own: it may get better, not worse.

use katak::article::{Article, read_paths};
use katak::base::{PartialDate, SourceMap};
use katak::extract::Extractor;
use katak::measure::{GoldArticle, Measure, read_gold};
use std::path::Path;

/// Least precision and recall, a little under what was measured.
const FLOORS: [(&str, f64, f64); 6] = [
    ("company", 0.96, 0.95),
    ("partner", 0.91, 0.88),
    ("rival", 0.94, 0.79),
    ("sanction", 0.84, 0.84),
    ("relations", 0.91, 0.85),
    ("date", 0.97, 0.95),
];
const LEAST_STATUS_RIGHT: f64 = 0.95;

fn labelled() -> (Vec<Article>, Vec<GoldArticle>) {
    let mut sources = SourceMap::new();
    let (articles, wrong) = read_paths(&["tests/labelled/articles".into()], &mut sources);
    assert!(wrong.is_empty(), "{wrong:#?}");
    let (gold, wrong) = read_gold(Path::new("tests/labelled/gold.jsonl"), &mut sources);
    assert!(wrong.is_empty(), "{wrong:#?}");
    (articles, gold)
}

#[test]
fn precision_and_recall_keep_their_floors() {
    let (articles, gold) = labelled();
    let mut measure = Measure::new();
    for (article, gold) in articles.iter().zip(&gold) {
        assert_eq!(article.id, gold.id);
        measure.add(article, &Extractor::builtin().extract(article), gold);
    }
    let report = measure.report();
    let mut low = Vec::new();
    for (relation, precision, recall) in FLOORS {
        let figures = report.relations[relation];
        eprintln!("{relation}: {figures:?}");
        if figures.precision < precision || figures.recall < recall {
            low.push(format!("{relation}: {figures:?}, floors {precision} and {recall}"));
        }
    }
    eprintln!("status right {}, when right {}", report.status_right, report.when_right);
    if report.status_right < LEAST_STATUS_RIGHT {
        low.push(format!("status right {}", report.status_right));
    }
    assert!(low.is_empty(), "{low:#?}\nmissed {:#?}\nwrong {:#?}", report.missed, report.wrong);
}

#[test]
fn every_label_is_about_its_article() {
    let (articles, gold) = labelled();
    assert!(articles.len() >= 40);
    assert_eq!(articles.len(), gold.len());
    for (article, gold) in articles.iter().zip(&gold) {
        let id = &article.id;
        assert_eq!(*id, gold.id);
        for entity in &gold.entities {
            let named = entity.names.iter().any(|name| article.text.contains(name.as_str()));
            assert!(named, "{id}: {:?}", entity.names);
        }
        for fact in &gold.facts {
            assert!(article.text.contains(&fact.quote), "{id}: {}", fact.quote);
            let day = fact.when.as_ref();
            assert!(day.is_none_or(|day| gold.dates.contains(day)), "{id}: {day:?}");
        }
        for date in &gold.dates {
            assert!(date.parse::<PartialDate>().is_ok(), "{id}: {date}");
        }
    }
}
