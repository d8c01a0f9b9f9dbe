//! Broken rule files with the diagnostics that they get: one snapshot each.

use katak::base::{Diagnostic, EntityNames, SourceMap};
use katak::cli::report::render;
use katak::syntax::Loader;
use std::path::{Path, PathBuf};

fn diagnostics(path: &Path) -> (Vec<Diagnostic>, SourceMap) {
    let mut sources = SourceMap::new();
    let (program, mut found) = Loader::new(|_| None).read_files(&[path.to_owned()], &mut sources);
    found.extend(katak::analysis::check(&program, &EntityNames::new()).diagnostics);
    Diagnostic::sort(&mut found);
    (found, sources)
}

fn files() -> Vec<PathBuf> {
    let folder = std::fs::read_dir("tests/rejected").unwrap();
    let mut files: Vec<PathBuf> = folder.map(|e| e.unwrap().path()).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "ron"));
    files.sort();
    files
}

#[test]
fn every_rejected_file_says_what_is_wrong_and_what_would_mend_it() {
    let files = files();
    assert!(files.len() >= 40, "{}", files.len());
    for file in files {
        let (found, sources) = diagnostics(&file);
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(!found.is_empty(), "{name} passes");
        for one in &found {
            assert!(!one.labels.is_empty(), "{name}: no place: {one:?}");
            assert!(one.help.is_some(), "{name}: no way out: {one:?}");
        }
        insta::with_settings!({ snapshot_path => "rejected/snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, render(&found, &sources, false));
        });
    }
}
