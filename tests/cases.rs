//! Every story in `tests/cases`, against the facts that are kept beside it;
//! `katak test` runs the same folders.

use katak::cli::case_text;
use katak::snapshot;
use std::path::Path;

#[test]
fn every_story_gives_the_facts_that_are_kept_beside_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    for case in snapshot::find(&folder).expect("the stories can be read") {
        let text = case_text(&case).unwrap_or_else(|error| panic!("{}: {error}", case.name));
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&case.folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("expected", text));
    }
}
