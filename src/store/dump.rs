//! A base as JSON lines, and back again: byte for byte the same each time.

use super::StoreError;
use super::base::FactBase;
use super::lack::Lack;
use super::log::Operation;
use crate::article::Article;
use crate::base::{Moment, PartialDate, Span};
use crate::extract::{Claim, ClaimKind, EntityKind, Evidence, Extraction, FoundDate, FoundEntity, Status};
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, Read, Write};

/// The dump format that this program writes, and the only one it reads.
pub const DUMP_FORMAT: u64 = 1;
/// The longest line of a dump: an article with all that was found in it.
const MAX_LINE_BYTES: u64 = 1 << 30;

/// One line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Line {
    /// The first line.
    KatakDump(u64),
    Entry(EntryLine),
    Article(Box<ArticleLine>),
    /// The last line: how many entries there were.
    End(u64),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryLine {
    number: u64,
    at: String,
    what: What,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum What {
    /// So many articles follow.
    Ingest(u32),
    Retract {
        articles: Vec<u32>,
        because: String,
    },
    Restore {
        articles: Vec<u32>,
        because: String,
    },
    Merge {
        into: String,
        name: String,
        because: String,
    },
    Split {
        from: String,
        name: String,
        because: String,
    },
    Withdraw {
        entry: u64,
        because: String,
    },
    Renew {
        entry: u64,
        because: String,
    },
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ArticleLine {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    outlet: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    /// The date that extraction counted from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    found: Option<String>,
    text: String,
    entities: Vec<EntityLine>,
    claims: Vec<ClaimLine>,
    dates: Vec<(String, u32, u32)>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EntityLine {
    name: String,
    kind: String,
    names: Vec<String>,
    span: (u32, u32),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClaimLine {
    kind: String,
    a: String,
    b: String,
    status: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    when: Option<String>,
    span: (u32, u32),
    sentence: (u32, u32),
    pattern: String,
}

fn pair(span: Span) -> (u32, u32) {
    (span.start, span.end)
}

fn span((start, end): (u32, u32)) -> Span {
    Span { start, end }
}

fn written(date: Option<PartialDate>) -> Option<String> {
    date.map(|date| date.to_string())
}

impl FactBase {
    /// Writes the whole base as JSON lines: its log, and with each ingestion
    /// its articles and what was found in them. What rules derived is left out.
    ///
    /// # Errors
    /// If the file is damaged or can't be read, or `out` can't be written.
    pub fn dump(&self, out: &mut dyn Write) -> Result<(), StoreError> {
        let mut put = |line: &Line| {
            let written = serde_json::to_writer(&mut *out, line).map_err(io::Error::from);
            written
                .and_then(|()| out.write_all(b"\n"))
                .map_err(|error| StoreError::io("writing the dump", error))
        };
        put(&Line::KatakDump(DUMP_FORMAT))?;
        let log = self.log()?;
        let mut batch = 0;
        for entry in &log {
            let at = entry.at.to_string();
            put(&Line::Entry(EntryLine { number: entry.number, at, what: what(&entry.what) }))?;
            if matches!(entry.what, Operation::Ingest { .. }) {
                for line in self.article_lines(batch)? {
                    put(&Line::Article(Box::new(line?)))?;
                }
                batch += 1;
            }
        }
        put(&Line::End(log.len() as u64))
    }

    fn article_lines(
        &self,
        batch: usize,
    ) -> Result<impl Iterator<Item = Result<ArticleLine, StoreError>> + '_, StoreError> {
        let rows = self.batch(batch)?;
        let text = |symbol| self.text(symbol).to_string();
        let (mut mention, mut claim, mut date) = (0, 0, 0);
        Ok((0..rows.articles.len()).map(move |n| {
            let row = &rows.articles[n];
            let mut entities = Vec::new();
            while let Some(one) = rows.mentions.get(mention).filter(|one| one.article == row.number) {
                entities.push(EntityLine {
                    name: text(one.entity),
                    kind: one.kind.name().into(),
                    names: rows.names[one.names as usize].iter().map(|name| text(*name)).collect(),
                    span: pair(one.span),
                });
                mention += 1;
            }
            let mut claims = Vec::new();
            while let Some(one) = rows.claims.get(claim).filter(|one| one.article == row.number) {
                claims.push(ClaimLine {
                    kind: one.kind.name().into(),
                    a: text(one.a),
                    b: text(one.b),
                    status: one.status.name().into(),
                    when: written(one.when),
                    span: pair(one.span),
                    sentence: pair(one.sentence),
                    pattern: text(one.pattern),
                });
                claim += 1;
            }
            let mut dates = Vec::new();
            while let Some(one) = rows.dates.get(date).filter(|one| one.article == row.number) {
                dates.push((one.date.to_string(), one.span.start, one.span.end));
                date += 1;
            }
            Ok(ArticleLine {
                id: row.id.to_string(),
                title: row.title.as_deref().map(str::to_owned),
                outlet: row.outlet.map(text),
                url: row.url.as_deref().map(str::to_owned),
                published: written(row.given),
                found: written(row.found),
                text: self.article(row.number)?.1,
                entities,
                claims,
                dates,
            })
        }))
    }

    /// Repeats what a dump says, in a base that is empty or holds the dump's
    /// beginning: so a load that was interrupted can be run again. Gives the
    /// number of entries. Until all are in, the base says that it lacks some.
    ///
    /// # Errors
    /// If a line is wrong or the dump is cut off, the base holds something
    /// else, or it can't be written. Entries before that are in the base.
    pub fn load(&mut self, dump: &mut dyn BufRead) -> Result<u64, StoreError> {
        let mut work = Lack { from: Vec::new(), at: Moment::default(), refused: None };
        self.begin(&work);
        let loaded = self.load_entries(dump);
        self.give_up();
        if loaded.is_ok() {
            work.refused = Some(0);
            self.end(&work)?;
        }
        loaded
    }

    fn load_entries(&mut self, dump: &mut dyn BufRead) -> Result<u64, StoreError> {
        let mut lines = Lines { dump, number: 0 };
        match lines.next()? {
            Some(Line::KatakDump(DUMP_FORMAT)) => {}
            Some(Line::KatakDump(format)) => {
                return Err(
                    lines.wrong(format!("the dump has format {format}, this program reads {DUMP_FORMAT}"))
                );
            }
            _ => return Err(lines.wrong("this is not the dump of a fact base")),
        }
        let known = self.log()?;
        let (mut count, mut batch) = (0, 0);
        loop {
            let entry = match lines.next()? {
                Some(Line::Entry(entry)) => entry,
                Some(Line::End(all)) if all == count => break,
                Some(_) => return Err(lines.wrong("an entry of the log is missing")),
                None => return Err(lines.wrong("the dump ends too early")),
            };
            count += 1;
            if entry.number != count {
                return Err(lines.wrong(format!("this entry should have the number {count}")));
            }
            let at: Moment = entry.at.parse().map_err(|_| lines.wrong("this time is wrong"))?;
            let known = known.get(count as usize - 1);
            let other =
                || StoreError::Refused(format!("the base holds something else: its entry {count} differs"));
            if known.is_some_and(|known| known.at != at) {
                return Err(other());
            }
            if let What::Ingest(articles) = entry.what {
                let all = lines.articles(articles)?;
                match known {
                    Some(known) => {
                        let same =
                            matches!(known.what, Operation::Ingest { .. }) && self.same_batch(batch, &all)?;
                        if !same {
                            return Err(other());
                        }
                    }
                    None => {
                        let done = self.ingest(&all, at).map_err(|error| lines.told(error))?;
                        if all.is_empty() || done.skipped > 0 {
                            return Err(lines.wrong("an article stands in this dump twice"));
                        }
                    }
                }
                batch += 1;
                continue;
            }
            let operation = operation(entry.what);
            match known {
                Some(known) if known.what == operation => {}
                Some(_) => return Err(other()),
                None => self.add(operation, at).map(drop).map_err(|error| lines.told(error))?,
            }
        }
        match lines.next()? {
            None if count < known.len() as u64 => Err(StoreError::Refused(format!(
                "the base holds more than the dump: {} entries, not {count}",
                known.len()
            ))),
            None => Ok(count),
            Some(_) => Err(lines.wrong("something follows the end of the dump")),
        }
    }

    fn same_batch(&self, batch: usize, all: &[(Article, Extraction)]) -> Result<bool, StoreError> {
        let rows = self.articles(batch)?;
        Ok(rows.len() == all.len()
            && rows.iter().zip(all).all(|(row, (article, _))| {
                *row.id == *article.id && row.digest == super::catalogue::digest(&article.text)
            }))
    }
}

fn what(operation: &Operation) -> What {
    match operation.clone() {
        Operation::Ingest { articles, .. } => What::Ingest(articles),
        Operation::Retract { articles, because } => What::Retract { articles, because },
        Operation::Restore { articles, because } => What::Restore { articles, because },
        Operation::Merge { into, name, because } => What::Merge { into, name, because },
        Operation::Split { from, name, because } => What::Split { from, name, because },
        Operation::Withdraw { entry, because } => What::Withdraw { entry, because },
        Operation::Renew { entry, because } => What::Renew { entry, because },
    }
}

/// What isn't an ingestion.
fn operation(what: What) -> Operation {
    match what {
        What::Retract { articles, because } => Operation::Retract { articles, because },
        What::Restore { articles, because } => Operation::Restore { articles, because },
        What::Merge { into, name, because } => Operation::Merge { into, name, because },
        What::Split { from, name, because } => Operation::Split { from, name, because },
        What::Withdraw { entry, because } => Operation::Withdraw { entry, because },
        What::Renew { entry, because } => Operation::Renew { entry, because },
        What::Ingest(articles) => {
            Operation::Ingest { articles, claims: 0, symbols: 0, superseded: vec![], reprints: vec![] }
        }
    }
}

struct Lines<'a> {
    dump: &'a mut dyn BufRead,
    number: usize,
}

impl Lines<'_> {
    fn next(&mut self) -> Result<Option<Line>, StoreError> {
        let mut bytes = Vec::new();
        self.number += 1;
        let read = Read::take(&mut *self.dump, MAX_LINE_BYTES).read_until(b'\n', &mut bytes);
        read.map_err(|error| StoreError::io("reading the dump", error))?;
        if bytes.is_empty() {
            return Ok(None);
        }
        if bytes.pop() != Some(b'\n') {
            return Err(self.wrong("the line is cut off, or too long"));
        }
        serde_json::from_slice(&bytes).map(Some).map_err(|error| self.wrong(error.to_string()))
    }

    fn articles(&mut self, count: u32) -> Result<Vec<(Article, Extraction)>, StoreError> {
        let mut all = Vec::new();
        for _ in 0..count {
            match self.next()? {
                Some(Line::Article(line)) => all.push(self.article(*line)?),
                Some(_) => return Err(self.wrong("an article is missing")),
                None => return Err(self.wrong("the dump ends too early")),
            }
        }
        Ok(all)
    }

    fn article(&self, line: ArticleLine) -> Result<(Article, Extraction), StoreError> {
        let date = |text: Option<String>| match text {
            None => Ok(None),
            Some(text) => text.parse().map(Some).map_err(|_| self.wrong(format!("\"{text}\" is no date"))),
        };
        let unknown = |word: &str| self.wrong(format!("\"{word}\" is unknown"));
        let mut found =
            Extraction { article: line.id.clone(), published: date(line.found)?, ..Extraction::default() };
        for one in line.entities {
            let kind = EntityKind::from_name(&one.kind).ok_or_else(|| unknown(&one.kind))?;
            let names = one.names.into_iter().map(Into::into).collect();
            found.entities.push(FoundEntity { name: one.name.into(), kind, names, span: span(one.span) });
        }
        for one in line.claims {
            found.claims.push(Claim {
                kind: ClaimKind::from_name(&one.kind).ok_or_else(|| unknown(&one.kind))?,
                a: one.a.into(),
                b: one.b.into(),
                status: Status::from_name(&one.status).ok_or_else(|| unknown(&one.status))?,
                when: date(one.when)?,
                evidence: Evidence {
                    span: span(one.span),
                    sentence: span(one.sentence),
                    pattern: one.pattern.into(),
                },
            });
        }
        for (when, start, end) in line.dates {
            let date = when.parse().map_err(|_| self.wrong(format!("\"{when}\" is no date")))?;
            found.dates.push(FoundDate { date, span: span((start, end)) });
        }
        let article = Article {
            title: line.title,
            published: date(line.published)?,
            outlet: line.outlet,
            url: line.url,
            ..Article::new(line.id, line.text)
        };
        Ok((article, found))
    }

    fn wrong(&self, what: impl Into<String>) -> StoreError {
        StoreError::Refused(format!("line {} of the dump: {}", self.number, what.into()))
    }

    /// An error of the base that the dump's content caused.
    fn told(&self, error: StoreError) -> StoreError {
        match error {
            StoreError::Damaged { what, .. } | StoreError::Refused(what) => self.wrong(what),
            other => other,
        }
    }
}
