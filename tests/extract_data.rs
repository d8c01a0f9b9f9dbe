//! What is wrong with lexicons, triggers and patterns is told with its place.

use katak::base::{Diagnostic, SourceMap};
use katak::cli::report::render;
use katak::extract::Extractor;
use std::fs;
use std::path::Path;

/// What is told of the built-in data with one file more or changed.
fn findings(file: &str, change: impl Fn(&str) -> String) -> String {
    let folder = tempfile::tempdir().unwrap();
    copy(Path::new("data/id"), folder.path());
    edit(folder.path(), file, change);
    told(folder.path())
}

fn edit(folder: &Path, file: &str, change: impl Fn(&str) -> String) {
    let path = folder.join(file);
    let old = fs::read_to_string(&path).unwrap_or_default();
    fs::write(&path, change(&old)).unwrap();
}

fn told(folder: &Path) -> String {
    let mut sources = SourceMap::new();
    let mut found: Vec<Diagnostic> = match Extractor::load(folder, &mut sources) {
        Ok(extractor) => extractor.check(&mut sources),
        Err(found) => found,
    };
    Diagnostic::sort(&mut found);
    render(&found, &sources, false)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let to = to.join(entry.file_name().unwrap());
        if entry.is_dir() {
            copy(&entry, &to);
        } else {
            fs::copy(entry, to).unwrap();
        }
    }
}

fn pattern(fields: &str) -> String {
    let text = format!(
        "(\n    patterns: [\n        (name: \"p\", kind: \"partner\", {fields}, examples: []),\n    ],\n)\n"
    );
    findings("patterns_own.ron", |_| text.clone())
}

#[test]
fn an_unknown_trigger_is_told_with_what_was_meant() {
    insta::assert_snapshot!(pattern("shape: \"A ~4 @team_up.actve ~3 B\", gives: \"A-B\""));
}

#[test]
fn patterns_that_never_match_are_told() {
    let shapes = [
        "shape: \"A @team_up.active A\", gives: \"A\"",
        "shape: \"A:firm @team_up.active B\", gives: \"A-B\"",
        "shape: \"A dengan-susah-payah @team_up.active B\", gives: \"A-B\"",
        "shape: \"A dengan B\", gives: \"A-B\"",
        "shape: \"A @team_up.active B\", gives: \"A-C\"",
    ];
    insta::assert_snapshot!(shapes.map(pattern).join("\n"));
    let sanction =
        "(patterns: [\n(name: \"s\", kind: \"sanction\", shape: \"A @team_up.active B\", gives: \"A\")])";
    insta::assert_snapshot!(findings("patterns_own.ron", |_| sanction.into()));
}

#[test]
fn a_trigger_without_words_is_told() {
    let folder = tempfile::tempdir().unwrap();
    copy(Path::new("data/id"), folder.path());
    edit(folder.path(), "words.ron", |old| {
        old.replacen("classes: [", "classes: [(name: \"no.word\", words: []),", 1)
    });
    assert_eq!(told(folder.path()), "");
    let own = "(patterns: [\n(name: \"n\", kind: \"rival\", shape: \"A @no.word B\", gives: \"A-B\")])";
    edit(folder.path(), "patterns_own.ron", |_| own.into());
    insta::assert_snapshot!(told(folder.path()));
}

#[test]
fn two_patterns_of_one_name_are_told_with_both_places() {
    let twice = "(patterns: [\n(name: \"s\", kind: \"rival\", shape: \"A @team_up.active B\", gives: \"A-B\"),\n\
                 (name: \"s\", kind: \"rival\", shape: \"A @team_up.active B\", gives: \"A-B\"),\n])";
    insta::assert_snapshot!(findings("patterns_own.ron", |_| twice.into()));
}

/// A file with so many word classes of one word each.
fn own_classes(count: usize) -> String {
    let classes: Vec<String> =
        (0..count).map(|n| format!("(name: \"own_{n}\", words: [\"kataku{n}\"])")).collect();
    findings("words_own.ron", |_| format!("(classes: [\n{}\n])", classes.join(",\n")))
}

#[test]
fn users_have_room_for_a_hundred_classes_and_are_told_where_it_ends() {
    let fresh = own_classes(0);
    assert_eq!(own_classes(100), fresh);
    let told = own_classes(700);
    assert!(told.contains("E0705") && told.contains("there are more than 768 word classes"), "{told}");
}

#[test]
fn a_form_of_a_trigger_that_is_not_known_is_told() {
    let text = findings("triggers.ron", |old| old.replacen("active: [\"meN-\"", "active: [\"mem-\"", 1));
    assert!(text.contains("error[E0706]") && text.contains("triggers.ron:"), "{text}");
}

#[test]
fn a_name_of_two_entities_is_told_with_both_places() {
    let own = "(\n    kind: company,\n    entries: [\n        (name: \"Alfa Nusantara Raya\", also: [\"Beta Samudra\"]),\n        \
               (name: \"Gama Samudra\", also: [\"Beta Samudra\"]),\n        (name: \"Alfa Nusantara Raya\"),\n    ],\n)\n";
    insta::assert_snapshot!(findings("lexicon/own.ron", |_| own.into()));
}

#[test]
fn a_lexicon_that_is_no_ron_is_told_with_line_and_column() {
    let own =
        "(\n    kind: company,\n    entries: [\n        (name: \"Alfa\", alsa: [\"Beta\"]),\n    ],\n)\n";
    insta::assert_snapshot!(findings("lexicon/own.ron", |_| own.into()));
}

#[test]
fn a_line_of_business_names_sorts_that_the_lexicons_have() {
    insta::assert_snapshot!(findings("lines.ron", |lines| lines
        .replace("\"maskapai\", \"penerbangan\", \"transportasi\"", "\"maskapi\", \"penerbangan\"")));
}
