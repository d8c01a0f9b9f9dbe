//! Files are found, read once, and never outside their folder.

use katak::base::{Diagnostic, SourceMap};
use katak::logic::Program;
use katak::syntax::Loader;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const BUILTIN: fn(&str) -> Option<&'static str> = |name| match name {
    "base.ron" => Some("(facts: [base()])"),
    "more.ron" => Some(r#"(include: ["base.ron"], facts: [more()])"#),
    _ => None,
};

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn load(paths: &[PathBuf]) -> Result<Program, Vec<Diagnostic>> {
    Loader::new(BUILTIN).load_files(paths, &mut SourceMap::new())
}

fn facts(program: &Program) -> Vec<String> {
    program.facts.iter().map(|f| f.relation.text.to_string()).collect()
}

/// Codes and messages, the folder's own name taken out.
fn said(folder: &Path, found: &[Diagnostic]) -> Vec<String> {
    let name = folder.display().to_string();
    found.iter().map(|f| format!("{} {}", f.code, f.message.replace(&name, "DIR"))).collect()
}

fn errors(files: &[(&str, &str)], start: &str) -> Vec<String> {
    let folder = folder(files);
    let found = load(&[folder.path().join(start)]).unwrap_err();
    assert!(found.iter().all(|f| f.help.is_some()), "{found:?}");
    said(folder.path(), &found)
}

#[test]
fn a_folder_is_read_in_order_of_names_and_each_file_once() {
    let folder = folder(&[
        ("b.ron", r#"(include: ["sub/c.ron", "./a.ron"], facts: [b()])"#),
        ("a.ron", "(facts: [a()])"),
        ("sub/c.ron", "(facts: [c()])"),
        ("notes.txt", "no rules"),
    ]);
    let program = load(&[folder.path().to_owned(), folder.path().join("a.ron")]).unwrap();
    assert_eq!(facts(&program), ["a", "c", "b"]);
}

#[test]
fn built_in_files_are_included_by_name_and_include_each_other() {
    let folder = folder(&[("a.ron", r#"(include: ["builtin/more.ron"], facts: [a()])"#)]);
    assert_eq!(facts(&load(&[folder.path().join("a.ron")]).unwrap()), ["base", "more", "a"]);
    for name in ["more.ron", "builtin/more.ron"] {
        let (program, found) = Loader::new(BUILTIN).read_builtin(&[name], &mut SourceMap::new());
        assert_eq!(found, []);
        assert_eq!(facts(&program), ["base", "more"]);
    }
    assert_eq!(
        errors(&[("a.ron", r#"(include: ["builtin/x.ron"])"#)], "a.ron"),
        ["E0111 there is no built-in file \"x.ron\""]
    );
}

#[test]
fn an_include_may_not_leave_the_folder() {
    let outside = folder(&[("x.ron", "()")]);
    let absolute = outside.path().join("x.ron").display().to_string();
    for path in ["../x.ron", "sub/../../x.ron", "sub/../a.ron", &absolute] {
        let text = format!("(include: [{path:?}])");
        let found = errors(&[("a.ron", &text), ("sub/b.ron", "()")], "a.ron");
        assert!(found.len() == 1 && found[0].starts_with("E0116"), "{found:?}");
    }
    assert!(
        errors(&[("a.ron", r#"(include: ["none.ron"])"#)], "a.ron")[0]
            .starts_with("E0111 DIR/none.ron can't be read")
    );
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_refused_and_one_inside_is_read_once() {
    let outside = folder(&[("x.ron", "()")]);
    let inside =
        folder(&[("a.ron", r#"(include: ["link.ron"], facts: [a()])"#), ("b.ron", "(facts: [b()])")]);
    let link = inside.path().join("link.ron");
    std::os::unix::fs::symlink(inside.path().join("b.ron"), &link).unwrap();
    assert_eq!(facts(&load(&[inside.path().to_owned()]).unwrap()), ["b", "a"]);
    fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink(outside.path().join("x.ron"), &link).unwrap();
    let found = load(&[inside.path().to_owned()]).unwrap_err();
    assert!(found.iter().all(|f| f.code == "E0116"), "{found:?}");
}

#[test]
fn cycles_are_named_with_every_include_on_the_way() {
    assert_eq!(errors(&[("a.ron", r#"(include: ["a.ron"])"#)], "a.ron"), ["E0115 DIR/a.ron includes itself"]);
    let files = [
        ("a.ron", r#"(include: ["b.ron"])"#),
        ("b.ron", r#"(include: ["c.ron"])"#),
        ("c.ron", r#"(include: ["b.ron"])"#),
    ];
    let folder = folder(&files);
    let found = load(&[folder.path().join("a.ron")]).unwrap_err();
    assert_eq!(said(folder.path(), &found), ["E0115 DIR/b.ron includes itself by way of 1 more"]);
    assert_eq!(found[0].labels.len(), 2);
}

#[test]
fn long_chains_of_includes_end_in_a_named_limit() {
    let files: Vec<(String, String)> =
        (0..200).map(|n| (format!("{n}.ron"), format!("(include: [\"{}.ron\"])", n + 1))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (&**a, &**b)).collect();
    assert_eq!(errors(&files, "0.ron"), ["E0104 includes nest deeper than 64 levels"]);
}

#[test]
fn unusable_files_say_why() {
    assert_eq!(errors(&[("a.ron", " \n")], "a.ron"), ["E0114 DIR/a.ron is empty"]);
    assert!(errors(&[], "a.ron")[0].starts_with("E0111 DIR/a.ron can't be read"));
    assert_eq!(errors(&[("a.txt", "")], ""), ["E0111 DIR/: no .ron files in this folder"]);
    let folder = folder(&[("long.ron", "(facts: [a()])")]);
    fs::write(folder.path().join("bytes.ron"), b"(facts: [a(\"\xff\")])").unwrap();
    let found = load(&[folder.path().join("bytes.ron")]).unwrap_err();
    assert_eq!(said(folder.path(), &found), ["E0113 DIR/bytes.ron is not UTF-8 text: byte 12 doesn't fit"]);
    let mut small = Loader::new(BUILTIN).max_file_bytes(10);
    let found = small.load_files(&[folder.path().join("long.ron")], &mut SourceMap::new()).unwrap_err();
    assert_eq!(said(folder.path(), &found), ["E0112 DIR/long.ron has more than 10 bytes"]);
}

#[test]
fn unnamed_rules_of_several_files_keep_names_of_their_own() {
    let folder = folder(&[("a.ron", "(rules: [(then: a())])"), ("b.ron", "(rules: [(then: b())])")]);
    let program = load(&[folder.path().to_owned()]).unwrap();
    let names: Vec<_> = program.rules.iter().map(|r| &*r.name.text).collect();
    assert_eq!(names[0], "rule 1");
    assert!(names[1].starts_with("rule 1 of ") && names[1].ends_with("b.ron"));
    assert!(katak::analysis::check(&program, &katak::base::EntityNames::new()).program.is_some());
}
