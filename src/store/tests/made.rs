//! Articles and findings made up for tests.

use crate::article::Article;
use crate::base::{Moment, Span};
use crate::extract::{Claim, ClaimKind, EntityKind, Evidence, Extraction, FoundDate, FoundEntity, Status};
use crate::store::{FactBase, Selection};

pub fn at(n: i64) -> Moment {
    Moment::from_seconds(1_700_000_000 + n).unwrap()
}

/// An article saying that two are partners, with what a parser would find in it.
pub fn told(id: &str, a: &str, b: &str, more: &str) -> (Article, Extraction) {
    let sentence = format!("{a} menggandeng {b} sejak 2020.");
    let text = format!("{sentence}\n{more}");
    let span = |part: &str| {
        let start = text.find(part).unwrap();
        Span::new(start, start + part.len())
    };
    let entity = |name: &str| FoundEntity {
        name: name.into(),
        kind: EntityKind::Company,
        names: vec![name.into(), format!("PT {name}").into()],
        span: span(name),
    };
    let claim = Claim {
        kind: ClaimKind::Partner,
        a: a.into(),
        b: b.into(),
        status: Status::Asserted,
        when: "2020".parse().ok(),
        evidence: Evidence {
            span: Span::new(0, sentence.len() - 1),
            sentence: span(&sentence),
            pattern: "A menggandeng B".into(),
        },
    };
    let found = Extraction {
        article: id.into(),
        published: "2020-05-01".parse().ok(),
        entities: vec![entity(a), entity(b)],
        claims: vec![claim],
        dates: vec![FoundDate { date: "2020".parse().unwrap(), span: span("2020") }],
        written: Default::default(),
        typos: Vec::new(),
    };
    let article = Article {
        outlet: Some("Harian Kolam".into()),
        title: Some(format!("{a} dan {b}")),
        ..Article::new(id, text)
    };
    (article, found)
}

/// The numbers of the versions of one article that hold.
pub fn of(base: &FactBase, id: &str) -> Vec<u32> {
    base.select(&Selection { ids: vec![id.into()], ..Selection::default() }, false).unwrap_or_default()
}

/// All that a base holds, as text: to compare bases by.
pub fn content(base: &mut FactBase) -> String {
    let mut out = format!("{:?}\n", base.log().unwrap());
    for n in 0..base.batches() {
        let batch = base.batch(n).unwrap();
        for row in &batch.articles {
            let (again, text) = base.article(row.number).unwrap();
            assert_eq!(again, *row);
            out.push_str(&format!("{} {row:?} {text:?}\n", base.holds(row.number)));
        }
        out.push_str(&format!(
            "{:?}\n{:?}\n{:?}\n{:?}\n",
            batch.mentions, batch.names, batch.claims, batch.dates
        ));
    }
    let symbols = base.symbols();
    for n in 0..symbols.len() {
        out.push_str(&format!("{:?}\n", symbols.text(crate::base::Symbol(n as u32))));
    }
    out
}
