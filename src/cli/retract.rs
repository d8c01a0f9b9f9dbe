//! `katak retract` and `katak restore`: taking back, and letting hold again.

use super::base::{BaseOptions, TimeOptions, counted};
use super::options::RuleOptions;
use super::rows::{self, Format};
use super::{Failure, Found};
use crate::base::{PartialDate, Type, Value};
use crate::engine::{Consequences, Engine};
use crate::explain::{Limits, Premise, Proof, Reason};
use crate::store::{FactBase, Selection, StoreError};
use clap::Args;
use std::collections::BTreeSet;
use std::io::{self, BufWriter, Write};

/// Take articles back, or a merge or split of names, and say what falls
///
/// Nothing is deleted: katak restore lets the same hold again.
#[derive(Args)]
pub(super) struct Retract {
    #[command(flatten)]
    options: Options,
}

/// Let what was retracted hold again, and say what comes back
#[derive(Args)]
pub(super) struct Restore {
    #[command(flatten)]
    options: Options,
}

#[derive(Args)]
struct Options {
    #[command(flatten)]
    which: Which,
    /// Only articles published wholly before this date
    #[arg(long, value_name = "DATE")]
    before: Option<PartialDate>,
    /// Why, for the log
    #[arg(long, value_name = "TEXT", default_value = "")]
    because: String,
    /// Say what would happen, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Survivors that are shown with their other proof
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: usize,
    #[command(flatten)]
    base: BaseOptions,
    #[command(flatten)]
    time: TimeOptions,
    #[command(flatten)]
    rules: RuleOptions,
    /// How rows are printed; a table at a terminal, else JSON lines
    #[arg(long, value_enum)]
    format: Option<Format>,
}

#[derive(Args)]
struct Which {
    /// Article; may be repeated
    #[arg(long, value_name = "ID", conflicts_with = "entry")]
    article: Vec<String>,
    /// All articles of this outlet
    #[arg(long, value_name = "NAME", conflicts_with = "entry")]
    outlet: Option<String>,
    /// A merge or split, by its entry in katak info --log
    #[arg(long, value_name = "N", conflicts_with = "before")]
    entry: Option<u64>,
}

impl Retract {
    pub(super) fn run(self) -> Result<Found, Failure> {
        self.options.run(false)
    }
}

impl Restore {
    pub(super) fn run(self) -> Result<Found, Failure> {
        self.options.run(true)
    }
}

impl Options {
    fn run(self, restores: bool) -> Result<Found, Failure> {
        if self.which.article.is_empty()
            && self.which.outlet.is_none()
            && self.which.entry.is_none()
            && self.before.is_none()
        {
            let message = "nothing is named: give --article ID, --outlet NAME, --before DATE or --entry N";
            return Err(Failure::Message(message.into()));
        }
        let base = self.base.write(self.dry_run)?;
        let engine = self.rules.apply(Engine::builder(), false).base(base).build()?;
        let at = self.time.moment();
        let (engine, articles, all) = engine.change(|base| self.change(base, restores, at))?;
        self.print(&engine, articles, &all, restores)?;
        Ok(Found::Yes)
    }

    /// How many articles were changed.
    fn change(
        &self,
        base: &mut FactBase,
        restores: bool,
        at: crate::base::Moment,
    ) -> Result<usize, StoreError> {
        if let Some(entry) = self.which.entry {
            match restores {
                true => base.renew(entry, &self.because, at)?,
                false => base.withdraw(entry, &self.because, at)?,
            };
            return Ok(0);
        }
        let selection = Selection {
            ids: self.which.article.clone(),
            outlet: self.which.outlet.clone(),
            before: self.before,
        };
        let articles = base.select(&selection, restores)?;
        let count = articles.len();
        match restores {
            true => base.restore(articles, &self.because, at)?,
            false => base.retract(articles, &self.because, at)?,
        };
        Ok(count)
    }

    fn print(
        &self,
        engine: &Engine,
        articles: usize,
        all: &Consequences,
        restores: bool,
    ) -> Result<(), Failure> {
        let text = |text: &str| Value::text(text);
        let mut table = Vec::new();
        for (change, facts) in [("falls", &all.falls), ("rises", &all.rises)] {
            table.extend(facts.iter().map(|fact| vec![text(change), text(&fact.to_string()), text("")]));
        }
        let shown = &all.survives[..all.survives.len().min(self.limit)];
        // Every article counts here, also of a count's thousandth row.
        let limits = Limits { nodes: 100_000, rows: usize::MAX, ..Limits::default() };
        for (fact, proof) in shown.iter().zip(engine.prove(shown, &limits)?) {
            let mut articles = BTreeSet::new();
            let mut is_cut = false;
            if let Some(proof) = &proof {
                cited(engine, proof, &mut articles);
                is_cut = !proof.cuts().is_empty();
            }
            let mut by = Vec::from_iter(articles);
            if is_cut {
                by.push("…".into());
            }
            let by = by.join(", ");
            table.push(vec![text("survives"), text(&fact.to_string()), text(&by)]);
        }
        let columns = ["change", "fact", "by"].map(|name| (name.into(), Type::Text));
        let mut out = BufWriter::new(io::stdout().lock());
        if !table.is_empty() {
            rows::print(&mut out, Format::or_default(self.format), "change", &columns, &table)?;
        }
        out.flush()?;
        let would = match (restores, self.dry_run) {
            (false, false) => "retracted",
            (false, true) => "would be retracted",
            (true, false) => "restored",
            (true, true) => "would be restored",
        };
        let what = match self.which.entry {
            Some(entry) => format!("entry {entry}"),
            None => counted(articles, "article", "articles"),
        };
        let (falls, rises, survives) = (all.falls.len(), all.rises.len(), all.survives.len());
        let facts = counted(falls, "fact falls", "facts fall");
        tell!("{what} {would}: {facts}, {rises} rise, {survives} survive");
        Ok(())
    }
}

/// The articles that a proof rests on.
fn cited(engine: &Engine, proof: &Proof, articles: &mut BTreeSet<String>) {
    if let Some(citation) = engine.citation(&proof.fact.relation, &proof.fact.row) {
        articles.insert(citation.article.to_string());
    }
    // What these say of an article is in no sentence of it.
    if let ("article" | "date", Some(Value::Text(id))) = (&*proof.fact.relation, proof.fact.row.first())
        && matches!(proof.reason, Reason::Given)
    {
        articles.insert(id.to_string());
    }
    let Reason::Rule(derivation) = &proof.reason else { return };
    for premise in &derivation.premises {
        match premise {
            Premise::Fact(proof) => cited(engine, proof, articles),
            Premise::Aggregate(all) => {
                all.rows.iter().flat_map(|row| &row.facts).for_each(|proof| cited(engine, proof, articles));
            }
            Premise::Absent { .. } | Premise::Test(_) => {}
        }
    }
}
