//! Counts over all articles, and the figures that they give.

use super::gold::GoldArticle;
use super::score::{Finding, RELATIONS, score};
use crate::article::Article;
use crate::extract::{Extraction, Status};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What precision and recall are made of.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Figures {
    /// How many are labelled.
    pub gold: usize,
    /// How many were found.
    pub found: usize,
    /// How many of these are right.
    pub right: usize,
    /// The share of the found that is right, to three places.
    pub precision: f64,
    /// The share of the labelled that was found.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

impl Figures {
    fn of(gold: usize, found: usize, right: usize) -> Figures {
        let share = |part: usize, all: usize| if all == 0 { 0.0 } else { part as f64 / all as f64 };
        let (p, r) = (share(right, found), share(right, gold));
        let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        Figures { gold, found, right, precision: places(p), recall: places(r), f1: places(f1) }
    }
}

fn places(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

/// The figures over all measured articles.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Report {
    /// How many articles were measured.
    pub articles: usize,
    /// By relation, and of partner, rival and sanction together (`relations`).
    pub relations: BTreeMap<String, Figures>,
    /// By relation and status; here a fact is right only with the same status.
    pub by_status: BTreeMap<String, BTreeMap<String, Figures>>,
    /// Of the claims that are right, the share with the right status.
    pub status_right: f64,
    /// Of the dated claims that are right, the share with the right date.
    pub when_right: f64,
    /// What was labelled and not found, by article.
    pub missed: Vec<Finding>,
    /// What was found and not labelled, by article.
    pub wrong: Vec<Finding>,
    /// Claims that are right but for the status.
    pub status_off: Vec<Finding>,
}

/// Counts while articles are measured.
#[derive(Debug, Default)]
pub struct Measure {
    articles: usize,
    /// By relation and status: labelled, found, right in everything.
    by_status: BTreeMap<(usize, Status), [usize; 3]>,
    /// By relation: labelled, found, right.
    counts: [[usize; 3]; RELATIONS.len()],
    status: [usize; 2],
    when: [usize; 2],
    report: Report,
}

impl Measure {
    /// Nothing measured yet.
    pub fn new() -> Measure {
        Measure::default()
    }

    /// Measures one article.
    pub fn add(&mut self, article: &Article, found: &Extraction, gold: &GoldArticle) {
        let out = score(article, found, gold);
        self.articles += 1;
        for (r, want, have) in out.right {
            self.counts[r].iter_mut().for_each(|n| *n += 1);
            let claimed = matches!(RELATIONS[r], "partner" | "rival" | "sanction");
            if claimed {
                self.status[usize::from(want == have)] += 1;
            }
            self.by_status.entry((r, want)).or_default()[0] += 1;
            self.by_status.entry((r, have)).or_default()[1] += 1;
            if want == have {
                self.by_status.entry((r, want)).or_default()[2] += 1;
            }
        }
        for right in out.when {
            self.when[usize::from(right)] += 1;
        }
        for (r, status, finding) in out.missed {
            self.counts[r][0] += 1;
            self.by_status.entry((r, status)).or_default()[0] += 1;
            self.report.missed.push(finding);
        }
        for (r, status, finding) in out.wrong {
            self.counts[r][1] += 1;
            self.by_status.entry((r, status)).or_default()[1] += 1;
            self.report.wrong.push(finding);
        }
        self.report.status_off.extend(out.status_off);
    }

    /// The figures.
    pub fn report(mut self) -> Report {
        let mut report = std::mem::take(&mut self.report);
        let sum = |wanted: &dyn Fn(&str) -> bool| {
            let mut all = [0; 3];
            for (_, counts) in RELATIONS.iter().zip(&self.counts).filter(|(name, _)| wanted(name)) {
                all.iter_mut().zip(counts).for_each(|(a, n)| *a += n);
            }
            Figures::of(all[0], all[1], all[2])
        };
        for name in RELATIONS {
            report.relations.insert(name.into(), sum(&|n| n == name));
        }
        report.relations.insert("relations".into(), sum(&|n| n != "company" && n != "date"));
        for ((r, status), [gold, found, right]) in &self.by_status {
            if matches!(RELATIONS[*r], "partner" | "rival" | "sanction") {
                let of = report.by_status.entry(RELATIONS[*r].into()).or_default();
                of.insert(status.name().into(), Figures::of(*gold, *found, *right));
            }
        }
        let share = |[off, on]: [usize; 2]| places(on as f64 / (off + on).max(1) as f64);
        report.articles = self.articles;
        report.status_right = share(self.status);
        report.when_right = share(self.when);
        for list in [&mut report.missed, &mut report.wrong, &mut report.status_off] {
            list.sort();
        }
        report
    }
}
