//! Trying the data: examples, counter-examples, clashes of names.

use super::data::place_of;
use super::load::Extractor;
use super::run::try_pattern;
use crate::base::{Diagnostic, SourceId, SourceMap};
use rustc_hash::FxHashMap;

impl Extractor {
    /// Runs every pattern's examples and counter-examples, and looks for names
    /// that two entities have. Files with findings are added to `sources`.
    pub fn check(&self, sources: &mut SourceMap) -> Vec<Diagnostic> {
        let mut files = Files { extractor: self, sources, ids: FxHashMap::default() };
        let mut found = Vec::new();
        for pattern in &self.patterns {
            for example in &pattern.examples {
                let (sentence, want) = example.split_once("=>").unwrap_or((example, ""));
                let mut want: Vec<&str> = want.split(';').map(str::trim).filter(|w| !w.is_empty()).collect();
                want.sort_unstable();
                let given = try_pattern(self, sentence.trim(), &pattern.name);
                let mut got: Vec<String> = given.iter().map(|(a, b)| format!("{a} - {b}")).collect();
                got.sort_unstable();
                if got != want {
                    let at = files.place(example);
                    let message = format!("an example of the pattern \"{}\" doesn't hold", pattern.name);
                    let gave = if got.is_empty() { "nothing".to_string() } else { got.join("; ") };
                    found.push(Diagnostic::error("E0711", at, message).saying(format!("gives {gave}")));
                }
            }
            for example in &pattern.counter_examples {
                let given = try_pattern(self, example, &pattern.name);
                if let Some((a, b)) = given.first() {
                    let at = files.place(example);
                    let message =
                        format!("the pattern \"{}\" takes one of its counter-examples", pattern.name);
                    found.push(Diagnostic::error("E0712", at, message).saying(format!("gives {a} - {b}")));
                }
            }
            if pattern.examples.is_empty() {
                let at = files.place(&pattern.name);
                let message = format!("the pattern \"{}\" has no example", pattern.name);
                found.push(Diagnostic::warning("W0713", at, message));
            }
        }
        for (name, first, second) in &self.clashes {
            let (first, second) = (&self.known[*first as usize], &self.known[*second as usize]);
            let at = files.place(name);
            let message = format!("the name \"{name}\" means both {} and {}", first.name, second.name);
            found.push(Diagnostic::warning("W0714", at, message).help("the first one is taken"));
        }
        Diagnostic::sort(&mut found);
        found
    }
}

struct Files<'a> {
    extractor: &'a Extractor,
    sources: &'a mut SourceMap,
    ids: FxHashMap<usize, SourceId>,
}

impl Files<'_> {
    /// The place of a quoted text in the data.
    fn place(&mut self, quoted: &str) -> crate::base::Location {
        let files = &self.extractor.files;
        let needle = format!("\"{quoted}\"");
        let n = files.iter().position(|(_, text)| text.contains(&needle)).unwrap_or(0);
        let (name, text) = &files[n];
        let id = *self.ids.entry(n).or_insert_with(|| self.sources.add(name.as_str(), &**text));
        place_of(text, quoted, id)
    }
}
