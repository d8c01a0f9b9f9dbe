//! What a run cost, as JSON or as tables.

use super::report;
use crate::eval::Stats;
use clap::ValueEnum;

/// How costs are printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum Format {
    /// One JSON object
    Json,
    /// Two tables: rules, the dearest first, and strata
    Table,
}

pub(super) fn text(stats: &Stats, format: Format) -> String {
    match format {
        Format::Json => stats.to_json().to_string(),
        Format::Table => tables(stats),
    }
}

fn tables(stats: &Stats) -> String {
    let header = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
    let ms = |seconds: f64| format!("{:.3}", seconds * 1e3);
    let mut rules: Vec<_> = stats.rules.iter().collect();
    rules.sort_by(|a, b| b.seconds.total_cmp(&a.seconds).then(a.stratum.cmp(&b.stratum)));
    let rules: Vec<Vec<String>> = (rules.iter())
        .map(|r| {
            vec![
                r.rule.to_string(),
                r.stratum.to_string(),
                ms(r.seconds),
                r.new.to_string(),
                r.known.to_string(),
            ]
        })
        .collect();
    let strata: Vec<Vec<String>> = (stats.strata.iter().zip(1u32..))
        .filter(|(stratum, _)| stratum.rounds > 0)
        .map(|(stratum, n)| {
            let (new, known) = stats.tuples(n);
            vec![
                n.to_string(),
                stratum.relations.join(", "),
                stratum.rounds.to_string(),
                ms(stratum.seconds),
                new.to_string(),
                known.to_string(),
                stratum.index_bytes.div_ceil(1024).to_string(),
            ]
        })
        .collect();
    format!(
        "{}\n{}\n{} ms in all",
        report::table(&header(&["rule", "stratum", "ms", "new", "known"]), &rules),
        report::table(
            &header(&["stratum", "relations", "rounds", "ms", "new", "known", "index KiB"]),
            &strata
        ),
        ms(stats.seconds)
    )
}
