//! The house stands: imports go down, heavy crates stay in their rooms, files
//! stay short.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const LONGEST_FILE: usize = 600;

/// Crates and the only places that may name them.
const ROOMS: [(&str, &[&str]); 12] = [
    ("redb", &["src/store/disk.rs", "src/store/tests"]),
    ("sha2", &["src/store"]),
    ("datafrog", &["src/eval/frog"]),
    ("annotate_snippets", &["src/cli"]),
    ("comfy_table", &["src/cli"]),
    ("indicatif", &["src/cli"]),
    ("clap", &["src/cli", "src/main.rs"]),
    ("ron", &["src/syntax", "src/extract", "src/snapshot", "src/cli"]),
    ("csv", &["src/eval/facts_file.rs", "src/engine", "src/cli"]),
    ("include_dir", &["src/engine", "src/extract", "src/cli"]),
    ("unicode_normalization", &["src/base", "src/extract", "src/article", "src/measure"]),
    ("chrono", &["src/base", "src/article", "src/extract"]),
];

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

fn all() -> Vec<(String, String)> {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    files
        .into_iter()
        .map(|p| (p.display().to_string().replace('\\', "/"), fs::read_to_string(p).unwrap()))
        .collect()
}

/// Code without comments and the text in quotes.
fn code(text: &str) -> String {
    let plain = |line: &str| {
        let line = line.split("//").next().unwrap_or("").to_owned();
        line.split('"').step_by(2).collect::<Vec<_>>().join("\"\"")
    };
    text.lines().map(plain).collect::<Vec<_>>().join("\n")
}

/// Floors from the table that opens `src/lib.rs`.
fn floors() -> Vec<(u32, String)> {
    let lib = fs::read_to_string("src/lib.rs").unwrap();
    let rows = lib.lines().filter_map(|line| {
        let cells: Vec<&str> = line.strip_prefix("//! |")?.split('|').map(str::trim).collect();
        let name = cells.get(1)?.trim_matches(|c: char| !(c.is_alphanumeric() || c == '_'));
        Some((cells.first()?.parse().ok()?, name.to_owned()))
    });
    rows.collect()
}

/// Names right after `crate::` or `super::`, also those in braces.
fn imports(code: &str, from: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices(from) {
        let rest = &code[at + from.len()..];
        let word =
            |s: &str| s.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        match rest.strip_prefix('{') {
            None => names.push(word(rest)),
            Some(list) => {
                let mut depth = 0;
                let mut start = 0;
                for (n, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => {
                            names.push(word(&list[start..n]));
                            break;
                        }
                        '}' => depth -= 1,
                        ',' if depth == 0 => {
                            names.push(word(&list[start..n]));
                            start = n + 1;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    names.retain(|n| !n.is_empty());
    names
}

/// What is wrong with one file's imports.
fn climbs(path: &str, text: &str, floors: &[(u32, String)]) -> Vec<String> {
    let own = path.trim_start_matches("src/").split(['/', '.']).next().unwrap_or("");
    let floor = |name: &str| floors.iter().find(|f| f.1 == name).map(|f| f.0);
    let Some(own_floor) = floor(own) else { return Vec::new() };
    let found = imports(&code(text), "crate::").into_iter().filter(|name| name != own);
    let found = found.filter_map(|name| match floor(&name) {
        Some(other) if other >= own_floor => {
            Some(format!("{path}: `{own}` (floor {own_floor}) imports `{name}` (floor {other})"))
        }
        _ => None,
    });
    found.collect()
}

#[test]
fn no_import_climbs_or_stays_on_its_floor() {
    let floors = floors();
    assert!(floors.len() >= 14, "the table of src/lib.rs was not read: {floors:?}");
    let wrong: Vec<String> = all().iter().flat_map(|(path, text)| climbs(path, text, &floors)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_climbing_import_would_be_found() {
    let floors = floors();
    let found = |text: &str| climbs("src/logic/x.rs", text, &floors).len();
    assert_eq!(found("use crate::base::Span;\nuse crate::logic::Term; // crate::cli"), 0);
    assert_eq!(found("use crate::{base::{Span, Type}, eval::Row, cli};"), 2);
    assert_eq!(found("fn f() { crate::article::read(\"crate::cli\") }"), 1);
}

/// The files of one folder that import each other in a circle, from (name, text).
fn circle(files: &[(&str, &str)]) -> Vec<String> {
    let own = |text: &str| code(text.split("#[cfg(test)]").next().unwrap_or_default());
    let mut open: Vec<(String, Vec<String>)> =
        files.iter().map(|(name, text)| (name.to_string(), imports(&own(text), "super::"))).collect();
    // What imports nothing that is left stands below the rest, what nothing imports above it.
    loop {
        let left: Vec<String> = open.iter().map(|(name, _)| name.clone()).collect();
        let needed = |name: &String| open.iter().any(|(n, needs)| n != name && needs.contains(name));
        let above: Vec<String> = left.iter().filter(|name| !needed(name)).cloned().collect();
        open.retain(|(name, needs)| {
            !above.contains(name) && needs.iter().any(|n| n != name && left.contains(n))
        });
        if open.len() == left.len() {
            return left;
        }
    }
}

/// Where they may: the kernel's parts compile each other.
const ENTWINED: [&str; 1] = ["src/eval/frog"];

#[test]
fn files_of_a_folder_import_each_other_in_one_direction() {
    let all = all();
    let mut folders: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for (path, text) in &all {
        if let Some((folder, file)) = path.rsplit_once('/').filter(|(_, file)| *file != "mod.rs") {
            folders.entry(folder).or_default().push((file.trim_end_matches(".rs"), text));
        }
    }
    let circles = folders.iter().filter(|(folder, _)| !ENTWINED.contains(folder));
    let circles = circles.map(|(folder, files)| (folder, circle(files)));
    let wrong: Vec<_> = circles.filter(|(_, circle)| !circle.is_empty()).collect();
    assert!(folders.len() > 10 && wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_circle_of_files_would_be_found() {
    let (a, b, c) = ("use super::b::B;", "use super::{c::{C, D}, Kind};", "// super::a\nuse super::Kind;");
    assert!(circle(&[("a", a), ("b", b), ("c", c)]).is_empty());
    assert_eq!(circle(&[("a", a), ("b", "use super::a::A;"), ("c", c)]), ["a", "b"]);
}

#[test]
fn every_module_has_its_floor() {
    let floors = floors();
    let lib = fs::read_to_string("src/lib.rs").unwrap();
    for module in lib.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';')) {
        assert!(floors.iter().any(|f| f.1 == module), "{module} is missing in the table of src/lib.rs");
    }
}

#[test]
fn heavy_crates_are_named_in_their_rooms_only() {
    for (path, text) in all() {
        let code = code(&text);
        for (name, rooms) in ROOMS {
            let named = [format!("{name}::"), format!("use {name};")].iter().any(|wanted| {
                code.match_indices(wanted.as_str()).any(|(at, _)| {
                    let before = code[..at].chars().next_back();
                    !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
                })
            });
            let allowed = rooms.iter().any(|room| path.starts_with(room));
            assert!(!named || allowed, "{path} names {name}, which belongs to {rooms:?}");
        }
    }
}

#[test]
fn no_file_is_too_long() {
    for (path, text) in all() {
        let lines = text.lines().count();
        assert!(lines <= LONGEST_FILE, "{path} has {lines} lines, at most {LONGEST_FILE} are allowed");
    }
}

#[test]
fn every_file_opens_with_what_it_is() {
    for (path, text) in all() {
        assert!(text.starts_with("//!"), "{path} lacks its first line of documentation");
    }
}
