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

#[test]
fn a_base_relation_declared_with_other_columns_is_told_by_check_and_refused_over_a_fact_base() {
    let own = "(relations: [claim(id: int, text: text)], rules: [(name: \"r\", then: p(x), when: [claim(_, x)])], facts: [claim(1, \"a\")])";
    let mixed = own.replace("claim(_, x)", "claim(_, x), article(id: x)");
    let scratch = Scratch::new(&[
        ("own.ron", own),
        ("mixed.ron", &mixed),
        ("a/1.txt", "Huawei bermitra dengan Xiaomi."),
    ]);
    let (rules, base) = (scratch.path("own.ron"), scratch.path("b.katak"));
    let ran = katak(&["check", &rules]);
    assert!(ran.code == 0 && ran.err.contains("warning[W0606]"), "{}", ran.err);
    assert!(ran.err.contains("own.ron:1:14"), "{}", ran.err);
    let ran = katak(&["check", &scratch.path("mixed.ron")]);
    assert!(ran.code == 1 && ran.err.contains("error[E0211]"), "{}", ran.err);
    // Without a fact base the name is free.
    scratch.write("facts/other.txt", b"");
    let ran = katak(&["run", "--rules", &rules, "--facts", &scratch.path("facts")]);
    assert_eq!((ran.code, &*ran.out, &*ran.err), (0, "claim\t1\np\t1\n", ""));
    assert_eq!(katak(&["ingest", "--db", &base, &scratch.path("a")]).code, 0);
    for command in [&["run"][..], &["ask", "p(x)"]] {
        let ran = katak(&[command, &["--rules", &rules, "--db", &base]].concat());
        assert!(ran.code == 2 && ran.err.contains("error[E0211]"), "{}", ran.err);
        assert!(ran.err.contains("own.ron:1:14"), "{}", ran.err);
    }
}

#[test]
fn a_syntax_error_hides_no_finding_of_other_rules_nor_of_other_files() {
    let broken = "(rules: [\n(name: \"a\", then: p(x), when: [article(x y)]),\n(name: \"b\", then: q(x), when: [nowhere(x)]),\n])";
    let other = "(rules: [\n(name: \"c\", then: r(z), when: [p(x)]),\n])";
    let unbalanced = "(rules: [(name: \"d\", then: s(x), when: [t(x)])";
    let scratch = Scratch::new(&[("r/broken.ron", broken), ("r/other.ron", other)]);
    let rules = scratch.path("r");
    let told = ["broken.ron:2:42", "broken.ron:3:32", "other.ron:2:21"];
    for command in [&["check", &rules][..], &["run", "--rules", &rules, "--articles", &rules]] {
        let ran = katak(command);
        assert!(told.iter().all(|place| ran.err.contains(place)), "{}", ran.err);
        assert!(!ran.err.contains("`p`"), "{}", ran.err);
    }
    // What fills a relation may stand in what can't be made out.
    scratch.write("r/unbalanced.ron", unbalanced.as_bytes());
    let ran = katak(&["check", &rules]);
    assert!(ran.err.contains("3 errors") && !ran.err.contains("`nowhere`"), "{}", ran.err);
    assert!(ran.err.contains("unbalanced.ron:1:9") && ran.err.contains("other.ron:2:21"), "{}", ran.err);
}
