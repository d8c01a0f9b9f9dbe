use super::{Scratch, TRIANGLE, katak};

#[test]
fn good_rules_are_code_0_and_bad_ones_1_with_every_finding() {
    let scratch = Scratch::new(&[("good.ron", TRIANGLE)]);
    assert_eq!(katak(&["check", &scratch.path("good.ron")]).code, 0);
    let bad = "(rules: [\n  (name: \"a\", then: p(x), when: [q(y)]),\n  (name: \"a\", then: p(z), when: [r(w)]),\n])";
    scratch.write("bad.ron", bad.as_bytes());
    let ran = katak(&["check", &scratch.path("bad.ron")]);
    assert_eq!((ran.code, &*ran.out), (1, ""));
    assert!(ran.err.contains("bad.ron:2:") && ran.err.contains("bad.ron:3:"), "{}", ran.err);
}

#[test]
fn the_built_in_rules_and_words_pass() {
    let ran = katak(&["check", "rules", "data/id"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("0 errors, 0 warnings"), "{}", ran.err);
}

#[test]
fn a_byte_order_mark_is_no_fault() {
    let scratch = Scratch::new(&[("r.ron", &format!("\u{feff}{TRIANGLE}"))]);
    let ran = katak(&["check", &scratch.path("r.ron")]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn a_path_that_is_not_there_is_code_2() {
    assert_eq!(katak(&["check", "nowhere.ron"]).code, 2);
}

#[test]
fn a_file_of_words_is_checked_from_its_own_folder() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/id");
    let mut katak = std::process::Command::new(env!("CARGO_BIN_EXE_katak"));
    let ran = katak.args(["check", "patterns.ron"]).current_dir(folder).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

#[test]
fn a_bad_escape_is_told_where_it_stands() {
    let scratch = Scratch::new(&[("r.ron", r#"(relations: [q(a: text)], facts: [q("\q")])"#)]);
    let ran = katak(&["check", &scratch.path("r.ron")]);
    assert!(ran.err.contains("r.ron:1:38") && ran.err.contains("unknown escape"), "{}", ran.err);
}
