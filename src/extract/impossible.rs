//! Patterns that no sentence can ever match, told with their places.

use super::classes::{ClassSet, Classes};
use super::data::PatternEntry;
use super::places::Places;
use super::trie::Trie;
use super::{ClaimKind, EntityKind};
use crate::base::{Diagnostic, Location, nearest};

/// What patterns are checked against.
pub(super) struct Vocabulary<'a> {
    pub classes: &'a Classes,
    /// The classes that have words.
    pub filled: ClassSet,
    pub trie: &'a Trie,
}

/// Everything that keeps a pattern from ever matching.
pub(super) fn impossible(
    entry: &PatternEntry,
    file: usize,
    words: &Vocabulary,
    places: &mut Places,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let path = [&*entry.name, &*entry.shape];
    let mut slots: Vec<char> = Vec::new();
    for element in entry.shape.split_whitespace() {
        let bare = element.strip_suffix('?').filter(|b| !b.is_empty()).unwrap_or(element);
        let mut tell = |code, part: &str, message: String, help: Option<String>| {
            let said = format!("the pattern \"{}\" can never match: {message}", entry.name);
            let new = Diagnostic::error(code, places.inside(file, &path, part), said);
            found.push(match help {
                Some(help) => new.help(help),
                None => new,
            });
        };
        if let Some(names) = bare.strip_prefix('@') {
            for name in names.split('|') {
                let set = words.classes.get(name);
                if set == 0 {
                    let all = words.classes.names();
                    let meant = nearest(name, all.iter().map(|n| &**n));
                    let what = if name.contains('.') { "trigger" } else { "word class" };
                    let help = match meant {
                        Some(meant) => format!("did you mean \"{meant}\"?"),
                        None => "define it in triggers.ron or words.ron".into(),
                    };
                    tell("E0715", name, format!("there is no {what} \"{name}\""), Some(help));
                } else if set & words.filled == 0 {
                    tell("E0716", name, format!("no word is of the class \"{name}\""), None);
                }
            }
            continue;
        }
        let slot = bare.split_once('=').map_or(bare, |(_, slot)| slot);
        let (letter, kind) = slot.split_once(':').map_or((slot, None), |(l, k)| (l, Some(k)));
        let letter = match letter {
            "A" | "T" | "P" | "L" | "O" | "M" | "S" | "I" => Some('A'),
            "B" => Some('B'),
            "C" => Some('C'),
            _ => None,
        };
        if let Some(letter) = letter {
            if let Some(kind) = kind.filter(|k| EntityKind::from_name(k).is_none()) {
                let all: Vec<&str> = EntityKind::ALL.iter().map(|k| k.name()).collect();
                let help = format!("there are {}", all.join(", "));
                tell("E0717", bare, format!("no entity is of the kind \"{kind}\""), Some(help));
            }
            if slots.contains(&letter) {
                tell("E0718", bare, format!("its slot {letter} stands twice"), None);
            }
            slots.push(letter);
        } else if !matches!(bare, "^" | "!with")
            && !bare.starts_with('~')
            && !bare.contains('=')
            && !words.trie.can_be_one(bare)
        {
            let help = "add it to a class of words.ron, or write its words apart".into();
            tell("E0719", bare, format!("\"{bare}\" is never one word of a text"), Some(help));
        }
    }
    if ClaimKind::from_name(&entry.kind) == Some(ClaimKind::Sanction)
        && !(entry.opens && entry.gives.is_empty())
        && entry.gives.split(',').any(|give| !give.contains('-'))
    {
        let message = format!("the pattern \"{}\" doesn't say who punishes whom", entry.name);
        let at = places.of(file, &[&entry.name, &entry.gives]);
        found.push(Diagnostic::error("E0720", at, message).help("a sanction gives pairs such as A-B"));
    }
    found
}

/// Two patterns of one name.
pub(super) fn same_name(name: &str, at: Location, first: Location) -> Diagnostic {
    Diagnostic::error("E0721", at, format!("two patterns have the name \"{name}\"")).label(first, "the first")
}
