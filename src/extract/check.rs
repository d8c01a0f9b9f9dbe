//! Trying the data: examples, counter-examples, clashes of names.

use super::extractor::Extractor;
use super::known::Known;
use super::places::Places;
use super::run::try_pattern;
use crate::base::{Diagnostic, SourceMap};

impl Extractor {
    /// Runs every pattern's examples and counter-examples, and looks for names
    /// that two entities have. Files with findings are added to `sources`.
    pub fn check(&self, sources: &mut SourceMap) -> Vec<Diagnostic> {
        let mut places = Places::new(&self.files, sources);
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
                    let at = places.anywhere(Some(&pattern.name), example);
                    let message = format!("an example of the pattern \"{}\" doesn't hold", pattern.name);
                    let gave = if got.is_empty() { "nothing".to_string() } else { got.join("; ") };
                    found.push(Diagnostic::error("E0711", at, message).saying(format!("gives {gave}")));
                }
            }
            for example in &pattern.counter_examples {
                let given = try_pattern(self, example, &pattern.name);
                if let Some((a, b)) = given.first() {
                    let at = places.anywhere(Some(&pattern.name), example);
                    let message =
                        format!("the pattern \"{}\" takes one of its counter-examples", pattern.name);
                    found.push(Diagnostic::error("E0712", at, message).saying(format!("gives {a} - {b}")));
                }
            }
            if pattern.examples.is_empty() && !pattern.opens {
                let at = places.anywhere(None, &pattern.name);
                let message = format!("the pattern \"{}\" has no example", pattern.name);
                found.push(Diagnostic::warning("W0713", at, message));
            }
        }
        for sort in &self.no_sorts {
            let at = places.of(self.lines.file, &[sort]);
            let message = format!("no entry of the lexicons is of the sort \"{sort}\"");
            found.push(Diagnostic::warning("W0720", at, message).help("write it as the lexicons do"));
        }
        for (name, first, second) in &self.clashes {
            let (first, second) = (&self.known[*first as usize], &self.known[*second as usize]);
            let (first_name, second_name) = (first.name(&self.texts), second.name(&self.texts));
            let mut place = |known: &Known, earlier: bool| {
                let own = known.name(&self.texts);
                let mut path = vec![own];
                // Of two entries of one name the second stands behind the first.
                if first.file == second.file && first_name == second_name && !earlier {
                    path.push(own);
                }
                if own != name {
                    path.push(name);
                }
                places.of(known.file as usize, &path)
            };
            let (at, before) = (place(second, false), place(first, true));
            let message = match first_name == second_name {
                true => format!("the name \"{name}\" is listed twice"),
                false => format!("the name \"{name}\" means both {first_name} and {second_name}"),
            };
            let new = Diagnostic::warning("W0714", at, message).label(before, "the first");
            found.push(new.help("the first one is taken"));
        }
        Diagnostic::sort(&mut found);
        found
    }
}
