//! Names that stand in a list with companies or organisations, and so are likely
//! such too.

use super::EntityKind;
use super::cut::{Cut, Run};
use super::evidence::{Evidence, Guess};
use super::extractor::Extractor;
use super::known::Sort;
use super::token::Shape;

/// What stands in a list with companies is one, unless more speaks for something
/// else: "Alfa, Beta, dan Gama".
pub(super) fn lists(x: &Extractor, text: &str, cuts: &[Cut], said: &mut [(Evidence, bool)]) {
    for cut in cuts.iter().filter(|cut| cut.runs.len() > 1) {
        let mut start = 0;
        while start < cut.runs.len() {
            let mut end = start + 1;
            while end < cut.runs.len() && listed(x, cut, text, cut.runs[end - 1].to, cut.runs[end].from) {
                end += 1;
            }
            if end - start > 1 {
                list(x, cut, text, &cut.runs[start..end], said);
            }
            start = end;
        }
    }
}

/// Whether only a comma, "dan" or a bracket stands between two names.
fn listed(x: &Extractor, cut: &Cut, text: &str, from: usize, to: usize) -> bool {
    let mut depth = 0;
    let mut joined = false;
    to > from
        && to - from <= 7
        && (from..to).all(|at| match cut.tokens[at].text(text) {
            "(" => {
                depth += 1;
                true
            }
            ")" => {
                depth -= 1;
                true
            }
            _ if depth > 0 => true,
            "," | ";" => {
                joined = true;
                true
            }
            _ if cut.classes[at] & x.cues.and != 0 => {
                joined = true;
                true
            }
            _ => false,
        })
        && joined
}

fn list(x: &Extractor, cut: &Cut, text: &str, runs: &[Run], said: &mut [(Evidence, bool)]) {
    let (mut companies, mut organisations, mut others, mut places) = (0, 0, 0, 0);
    // "Alfa, Beta, serta Gama, tiga perusahaan yang": what they are follows.
    let to = runs[runs.len() - 1].to;
    let class = |at: usize| cut.classes.get(at).copied().unwrap_or_default();
    let comma = cut.tokens.get(to).is_some_and(|t| t.is(text, ","));
    let told = comma && class(to + 1) & x.cues.count != 0 && class(to + 2) & x.cues.company_word != 0;
    companies += if told { runs.len() } else { 0 };
    for run in runs {
        let sort = match run.known {
            Some(id) => Guess::Sure(x.known[id as usize].sort),
            None => said[run.spelt as usize].0.verdict(),
        };
        match sort {
            Guess::Sure(Sort::Entity(EntityKind::Company)) => companies += 1,
            Guess::Sure(Sort::Entity(EntityKind::Organisation)) => organisations += 1,
            // "Budi, Tono, dan Joko".
            Guess::Maybe if run.to == run.from + 1 && cut.classes[run.from] & x.cues.given_name != 0 => {
                others += 1
            }
            Guess::Maybe => {}
            Guess::Sure(Sort::Place) => {
                places += 1;
                others += 1;
            }
            _ => others += 1,
        }
    }
    let company = companies > others + organisations;
    if !company && organisations <= others + companies {
        // "Provinsi Alfa dan Beta".
        if places > 0 && places == others && companies + organisations == 0 {
            for run in runs.iter().filter(|r| r.known.is_none()) {
                said[run.spelt as usize].0.place += 5;
            }
        }
        return;
    }
    // "Apalagi, Alfa": a sentence's first word may be any word, but not "Xyz dan Alfa".
    let joined = |at: usize| cut.classes.get(at).is_some_and(|c| c & x.cues.and != 0);
    let opener = |r: &&Run| {
        r.from == 0
            && r.to == 1
            && cut.tokens[0].shape == Shape::Capital
            && !(cut.tokens[0].word == 0 && joined(1))
    };
    for run in runs.iter().filter(|r| r.known.is_none() && !opener(r)) {
        let slot = &mut said[run.spelt as usize];
        if company {
            slot.0.company += if told { 7 } else { 5 + i32::from(companies > 1) };
        } else if run.to > run.from + 1 {
            slot.0.organisation = slot.0.organisation.max(5);
        }
        slot.1 = true;
    }
}

/// "Pusat Kajian Universitas Alfa (PKUA)": the initials in brackets show that two runs
/// are one name.
pub(super) fn initialled(text: &str, cut: &mut Cut) {
    if !cut.has(b'(') {
        return;
    }
    longer(text, cut);
    for n in (1..cut.runs.len()).rev() {
        let (first, last) = (cut.runs[n - 1], cut.runs[n]);
        let word = |at: usize| cut.tokens.get(at).map_or("", |t| t.text(text));
        if first.known.is_some() || first.to != last.from || word(last.to) != "(" || word(last.to + 2) != ")"
        {
            continue;
        }
        let initials = (first.from..last.to).filter_map(|at| word(at).chars().next());
        if initials.eq(word(last.to + 1).chars()) {
            cut.runs[n - 1] = Run::new(first.from, last.to, None);
            cut.runs.remove(n);
        }
    }
}

/// "Jaringan Sopir Alfa (JSA)": the initials show that the name begins further left.
fn longer(text: &str, cut: &mut Cut) {
    let Cut { runs, tokens, .. } = cut;
    let word = |at: usize| tokens.get(at).map_or("", |t| t.text(text));
    for n in 0..runs.len() {
        let run = runs[n];
        let short = word(run.to + 1);
        let closed = word(run.to) == "(" && word(run.to + 2) == ")";
        if run.known.is_some() || !closed || short.len() < 3 || tokens[run.to + 1].shape != Shape::Upper {
            continue;
        }
        let floor = n.checked_sub(1).map_or(0, |before| runs[before].to);
        let initial = |at: usize| word(at).chars().next().unwrap_or_default();
        let named = |from: usize| (from..run.to).filter(|at| tokens[*at].is_name_like()).map(initial);
        let starts = (floor..run.from).rev().take_while(|at| tokens[*at].is_name_like());
        if let Some(from) = starts.take(3).find(|from| named(*from).eq(short.chars())) {
            runs[n] = Run::new(from, run.to, None);
        }
    }
}

/// How many tokens a name between semicolons may have.
const PART: usize = 10;

/// "Institut Seni, Sains, dan Bisnis Alfa (ISSBA); Universitas Beta (UB); …": between
/// semicolons stands one name, if its short form follows it in brackets.
pub(super) fn parts(x: &Extractor, text: &str, cut: &mut Cut) {
    if !cut.has(b';') {
        return;
    }
    let word = |at: usize| cut.tokens.get(at).map_or("", |t| t.text(text));
    let marks: Vec<usize> = (0..cut.tokens.len()).filter(|at| word(*at) == ";").collect();
    if marks.len() < 2 {
        return;
    }
    let and = |at: usize| cut.classes[at] & x.cues.and != 0;
    let mut names = Vec::new();
    for mark in marks {
        let from = mark + 1 + usize::from(mark + 1 < cut.tokens.len() && and(mark + 1));
        let fits = |at: usize| cut.tokens[at].is_name_like() || and(at) || word(at) == ",";
        let to = (from..cut.tokens.len().min(from + PART)).find(|at| !fits(*at)).unwrap_or(from);
        let short = word(to) == "(" && word(to + 2) == ")" && matches!(word(to + 3), ";" | "." | "");
        if to > from + 1 && short && cut.tokens[from].is_name_like() && cut.tokens[to - 1].is_name_like() {
            names.push((from, to));
        }
    }
    if names.len() < 2 {
        return;
    }
    for (from, to) in names {
        if !cut.runs.iter().any(|r| r.from == from && r.to == to) {
            cut.runs.retain(|r| r.to <= from || r.from >= to);
            let at = cut.runs.partition_point(|r| r.from < from);
            cut.runs.insert(at, Run::new(from, to, None));
        }
    }
}
