//! Taking back, restoring, joining and parting names, dumps.

use super::base::Base;
use super::{Scratch, katak};

/// Two articles say the first thing, one the second.
const LINES: &str = concat!(
    "{\"id\": \"tiga\", \"outlet\": \"Warta Rawa\", \"published\": \"2020-05-01\", \"text\": \"Xiaomi menggandeng Huawei.\"}\n",
    "{\"id\": \"empat\", \"outlet\": \"Warta Rawa\", \"published\": \"2021-05-01\", \"text\": \"GoTo bersaing dengan Huawei.\"}\n",
);

fn base() -> Base {
    let base = Base::new();
    assert_eq!(base.ingest(LINES).code, 0);
    base
}

#[test]
fn what_falls_and_what_survives_by_another_article_is_told() {
    let base = base();
    let dry = base.run(&["retract", "--article", "satu", "--dry-run", "--format", "csv"]);
    assert_eq!(dry.code, 0, "{}", dry.err);
    insta::assert_snapshot!(format!("{}{}", dry.out, dry.err));
    assert_eq!(base.ask("article(\"satu\", o, d, t)").lines().count(), 2, "nothing was retracted");
    let done = base.run(&["retract", "--article", "satu", "--because", "salah kutip", "--format", "csv"]);
    assert_eq!(done.out, dry.out);
    assert_eq!(done.err, dry.err.replace("would be retracted", "retracted"));
    assert_eq!(base.ask("article(\"satu\", o, d, t)"), "o,d,t\n");
    assert_eq!(base.ask(r#"partner("Huawei", who)"#), "who\nXiaomi\n");
    let again = base.run(&["retract", "--article", "satu"]);
    assert_eq!(again.code, 2);
    assert!(again.err.contains("no article \"satu\" holds here"), "{}", again.err);
}

#[test]
fn what_is_restored_holds_as_before() {
    let base = base();
    let all = || base.run(&["run", "--print", "claim", "--print", "partner", "--print", "rival"]).out;
    let before = all();
    assert_eq!(base.run(&["retract", "--outlet", "warta rawa"]).code, 0);
    assert_eq!(base.ask("rival(a, b)"), "a,b\n");
    assert_eq!(base.run(&["retract", "--before", "2020-04"]).code, 0);
    assert_eq!(base.ask("partner(a, b)"), "a,b\n");
    for which in [["--outlet", "Warta Rawa"], ["--article", "satu"]] {
        let ran = base.run(&[&["restore"], &which[..]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    assert_eq!(all(), before);
    assert_eq!(base.run(&["retract"]).code, 2);
    assert_eq!(base.run(&["restore", "--article", "satu"]).code, 2);
}

#[test]
fn merged_names_are_one_entity_until_the_merge_is_taken_back() {
    let base = base();
    let who = || base.ask("rival(\"Huawei\", who)");
    assert_eq!(who(), "who\nGoTo\n");
    let merge = base.run(&["merge", "Gojek", "GoTo", "--because", "satu perusahaan"]);
    assert_eq!(
        (merge.code, &*merge.out),
        (0, "entry 3; katak retract --entry 3 takes it back\n"),
        "{}",
        merge.err
    );
    assert_eq!(who(), "who\nGojek\n");
    assert_eq!(base.ask("rival(\"goto\", who)"), "who\nGrab\nHuawei\n");
    assert_eq!(base.ask("merged(e, n, why)"), "e,n,why\nGojek,GoTo,satu perusahaan\n");
    let why = base.run(&["why", r#"rival("Gojek", "Huawei")"#]);
    assert!(why.out.contains("GoTo bersaing dengan Huawei."), "{}", why.out);
    let back = base.run(&["retract", "--entry", "3", "--format", "csv"]);
    assert_eq!(back.code, 0, "{}", back.err);
    assert!(back.out.contains("falls,\"rival(\"\"Gojek\"\", \"\"Huawei\"\")\""), "{}", back.out);
    assert!(back.out.contains("rises,\"rival(\"\"GoTo\"\", \"\"Huawei\"\")\""), "{}", back.out);
    assert_eq!(who(), "who\nGoTo\n");
    assert_eq!(base.run(&["restore", "--entry", "3"]).code, 0);
    assert_eq!(who(), "who\nGojek\n");
    assert_eq!(base.run(&["split", "Gojek", "GoTo"]).code, 0);
    assert_eq!(who(), "who\nGoTo\n");
    let log = base.run(&["info", "--log", "--format", "csv"]);
    insta::assert_snapshot!(log.out);
}

#[test]
fn a_split_name_is_an_entity_of_its_own() {
    let base = Base::new();
    let line = "{\"id\": \"lima\", \"text\": \"PT Samudra Niaga Utama (SNU) bersaing dengan Gojek.\"}\n{\"id\": \"enam\", \"text\": \"SNU menggandeng Grab, kata juru bicara PT Rawa Indah.\"}\n";
    assert_eq!(base.ingest(line).code, 0);
    let before = base.ask("partner(\"Grab\", who)");
    assert_eq!(
        base.run(&["split", "Gojek", "GOJEK Indonesia"]).code,
        0,
        "a name that no article has may be split"
    );
    assert_eq!(base.ask("partner(\"Grab\", who)"), before);
    assert_eq!(base.ask("parted(e, n, why)"), "e,n,why\nGojek,GOJEK Indonesia,\n");
}

#[test]
fn names_that_may_be_one_are_listed_until_they_are_settled() {
    let base = Base::new();
    let lines: String = [
        "Perusahaan teknologi Samudra Rawa bersaing dengan Gojek.",
        "PT Samudra Rawa bersaing dengan Grab.",
        "Samudera-Rawa Group bersaing dengan Apple.",
    ]
    .iter()
    .enumerate()
    .map(|(n, text)| format!("{{\"id\": \"n{n}\", \"text\": \"{text}\"}}\n"))
    .collect();
    assert_eq!(base.ingest(&lines).code, 0);
    let names = || base.run(&["names", "--format", "csv"]);
    let first = names();
    insta::assert_snapshot!(first.out);
    let pair: Vec<&str> = first.out.lines().nth(1).unwrap().split(',').collect();
    assert_eq!(base.run(&["split", pair[0], pair[1]]).code, 0);
    assert_eq!(names().out.lines().count(), first.out.lines().count() - 1);
}

#[test]
fn a_dump_loaded_and_dumped_again_is_the_same() {
    let base = base();
    base.run(&["merge", "Gojek", "GoTo"]);
    base.run(&["retract", "--article", "dua"]);
    let dump = base.run(&["dump"]);
    assert_eq!(dump.code, 0, "{}", dump.err);
    base.0.write("d.jsonl", dump.out.as_bytes());
    let (file, other) = (base.0.path("d.jsonl"), base.0.path("c.katak"));
    for _ in 0..2 {
        let load = katak(&["load", &file, "--db", &other]);
        assert_eq!((load.code, &*load.out), (0, "4 entries, 4 articles\n"), "{}", load.err);
    }
    let again = base.0.path("e.jsonl");
    assert_eq!(katak(&["dump", "--db", &other, "-o", &again]).code, 0);
    assert!(base.0.read("e.jsonl") == dump.out);
    assert_eq!(katak(&["ask", "partner(a, b)", "--db", &other]).out, base.run(&["ask", "partner(a, b)"]).out);
    let wrong = Scratch::new(&[("d.jsonl", "{\"katak_dump\":9}\n")]);
    let refused = katak(&["load", &wrong.path("d.jsonl"), "--db", &wrong.path("b.katak")]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("format 9"), "{}", refused.err);
}

#[test]
fn a_sound_base_is_verified_and_counted() {
    let base = base();
    base.run(&["retract", "--article", "dua"]);
    let info = base.run(&["info", "--format", "csv"]);
    // How many names the lexicon gives an entity is not of interest here.
    let moving = |line: &&str| line.starts_with("bytes of the file") || line.starts_with("names,");
    let stable: Vec<&str> = info.out.lines().filter(|line| !moving(line)).collect();
    insta::assert_snapshot!(stable.join("\n"));
    let verify = base.run(&["verify"]);
    assert_eq!(verify.code, 0, "{}", verify.err);
    assert!(verify.out.contains("is sound: 3 entries, 4 article versions"), "{}", verify.out);
}

#[test]
fn a_damaged_base_is_an_error_and_never_a_panic() {
    let base = base();
    let whole = std::fs::read(base.db()).unwrap();
    let dump = base.run(&["dump"]).out;
    // Most of a small base's file is not in use.
    let used: Vec<usize> = (0..whole.len()).filter(|at| whole[*at] != 0).collect();
    let mut told = 0;
    for n in 0..30 {
        let mut bytes = whole.clone();
        let at = used[n * used.len() / 30];
        bytes[at] ^= 0x55;
        base.0.write("b.katak", &bytes);
        let ran = base.run(&["verify"]);
        assert!(!ran.err.contains("panicked"), "byte {at}: {}", ran.err);
        match ran.code {
            0 => assert!(base.run(&["dump"]).out == dump, "byte {at} changed the base unseen"),
            _ => assert!(ran.err.starts_with("error: "), "byte {at}: {}", ran.err),
        }
        told += usize::from(ran.code != 0);
    }
    assert!(told > 0);
}

#[test]
#[cfg(unix)]
fn a_dump_replaces_neither_its_base_nor_a_link() {
    let base = base();
    let dump = base.run(&["dump"]).out;
    let same = base.run(&["dump", "-o", &base.0.path("b.katak")]);
    assert!(same.code == 2 && same.err.contains("is the fact base itself"), "{}", same.err);
    assert_eq!(base.run(&["verify"]).code, 0);
    base.0.write("far.jsonl", b"old");
    let link = base.0.path("link.jsonl");
    std::os::unix::fs::symlink(base.0.path("far.jsonl"), &link).unwrap();
    assert_eq!(base.run(&["dump", "-o", &link]).code, 0);
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(base.0.read("far.jsonl") == dump);
}

#[test]
fn what_survives_names_every_article_under_a_count() {
    let base = Base::new();
    let line = |id: &str, rival: &str| {
        format!("{{\"id\": \"{id}\", \"text\": \"Uber bersaing dengan {rival}.\"}}\n")
    };
    let lines: String = [("a1", "Apple"), ("a2", "Samsung"), ("a3", "Apple"), ("a4", "Nokia")]
        .map(|(id, who)| line(id, who))
        .concat();
    assert_eq!(base.ingest(&lines).code, 0);
    let dry = base.run(&["retract", "--article", "a1", "--dry-run", "--format", "csv"]);
    let kept = r#"survives,"rivals(""Uber"", 3)","a2, a3, a4""#;
    assert!(dry.out.lines().any(|line| line == kept), "{}{}", dry.out, dry.err);
}

#[test]
fn merges_in_a_circle_are_refused_with_their_chain() {
    let base = base();
    assert_eq!(base.run(&["merge", "Grab", "Gojek"]).code, 0);
    assert_eq!(base.run(&["merge", "Gojek", "Uber"]).code, 0);
    let before = base.run(&["dump"]).out;
    let circle = base.run(&["merge", "uber", "Grab"]);
    assert_eq!(circle.code, 2);
    let chain = r#""Uber" into "Gojek" by entry 4, "Gojek" into "Grab" by entry 3"#;
    assert!(circle.err.contains(chain), "{}", circle.err);
    assert_eq!(base.run(&["dump"]).out, before);
    // The same, with the first merge taken back and let hold again.
    assert_eq!(base.run(&["retract", "--entry", "3"]).code, 0);
    assert_eq!(base.run(&["merge", "Uber", "Grab"]).code, 0);
    let again = base.run(&["restore", "--entry", "3"]);
    assert!(again.code == 2 && again.err.contains("by entry 6"), "{}", again.err);
    assert_eq!(base.ask("merged(e, n, _)"), "e,n\nGojek,Grab\nGojek,Uber\n");
}

#[test]
fn every_name_of_merged_entities_has_its_row() {
    let base = base();
    for (n, [into, name]) in [["Gojek", "Uber"], ["Uber", "Grab"], ["Tokopedia", "Grab"]].iter().enumerate() {
        let because = format!("alasan {n}");
        assert_eq!(base.run(&["merge", into, name, "--because", &because]).code, 0);
    }
    let rows = "n,why\nGojek,alasan 2\nGrab,alasan 1\nGrab,alasan 2\nUber,alasan 0\n";
    assert_eq!(base.ask("merged(\"Tokopedia\", n, why)"), rows);
    assert_eq!(base.ask("merged(e, n, _), not(eq(e, \"Tokopedia\"))"), "e,n\n");
    base.0.write("d.jsonl", base.run(&["dump"]).out.as_bytes());
    let other = base.0.path("c.katak");
    assert_eq!(katak(&["load", &base.0.path("d.jsonl"), "--db", &other]).code, 0);
    let asked = katak(&["ask", "merged(\"Tokopedia\", n, why)", "--db", &other, "--format", "csv"]);
    assert_eq!(asked.out, rows);
    assert_eq!(katak(&["verify", "--db", &other]).code, 0);
}
