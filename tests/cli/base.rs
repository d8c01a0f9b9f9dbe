//! Fact bases as a user meets them: what goes in, what comes out again.

use super::{Ran, Scratch, katak};

/// Two articles whose rivals stand together.
pub(crate) const ARTICLES: &str = concat!(
    "{\"id\": \"satu\", \"outlet\": \"Harian Kolam\", \"published\": \"2020-03-01\", \"text\": \"Huawei menggandeng Xiaomi.\"}\n",
    "{\"id\": \"dua\", \"outlet\": \"Warta Rawa\", \"published\": \"2020-04-01\", \"text\": \"Grab bersaing dengan Gojek. Gojek menggandeng BCA.\"}\n",
);

/// A scratch folder with articles, and a base in it.
pub(crate) struct Base(pub(crate) Scratch);

impl Base {
    pub(crate) fn new() -> Base {
        let base = Base(Scratch::new(&[("a.jsonl", ARTICLES)]));
        let ran = base.run(&["ingest", &base.0.path("a.jsonl")]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        base
    }

    pub(crate) fn db(&self) -> String {
        self.0.path("b.katak")
    }

    /// Runs a command on the base; changes are dated, so that all is the same each time.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let db = self.db();
        let dated = ["ingest", "retract", "restore", "merge", "split", "withdraw", "renew"];
        let at: &[&str] = if dated.contains(&arguments[0]) { &["--at", "2024-05-01T08:00:00Z"] } else { &[] };
        let mut ran = katak(&[arguments, &["--db", &db], at].concat());
        let folder = self.0.path("");
        ran.err = ran.err.replace(&folder, "");
        ran
    }

    /// What an ingestion of these lines says.
    pub(crate) fn ingest(&self, lines: &str) -> Ran {
        self.0.write("more.jsonl", lines.as_bytes());
        self.run(&["ingest", &self.0.path("more.jsonl")])
    }

    /// The rows of a question, one a line.
    pub(crate) fn ask(&self, question: &str) -> String {
        self.run(&["ask", question, "--format", "csv"]).out
    }
}

#[test]
fn what_is_ingested_is_answered_from_the_base() {
    let base = Base::new();
    assert_eq!(base.ask("partner(a, b), lt(a, b)"), "a,b\nBCA,Gojek\nHuawei,Xiaomi\n");
    let run = base.run(&["run", "--print", "rival", "--format", "csv"]);
    assert_eq!(run.out, "a,b\nGojek,Grab\nGrab,Gojek\n", "{}", run.err);
    let why = base.run(&["why", r#"partner("Huawei", "Xiaomi")"#]);
    assert!(why.out.contains("Huawei menggandeng Xiaomi.") && why.out.contains("satu"), "{}", why.out);
}

#[test]
fn articles_that_are_there_are_skipped_and_another_text_is_a_new_version() {
    let base = Base::new();
    assert_eq!(base.ingest(ARTICLES).out, "0 new articles, 2 skipped as known\n");
    let other = "{\"id\": \"satu\", \"text\": \"Huawei menggandeng Sberbank.\"}\n";
    assert_eq!(base.ingest(other).out, "0 new articles, 1 new version, 1 claim\n");
    assert_eq!(base.ask(r#"partner("Huawei", who)"#), "who\nSberbank\n");
    let reprint = "{\"id\": \"tiga\", \"text\": \"Huawei menggandeng Sberbank.\"}\n";
    assert_eq!(base.ingest(reprint).out, "1 new article, 1 reprint, 1 claim\n");
}

#[test]
fn a_dry_run_says_what_would_be_and_writes_nothing() {
    let base = Base::new();
    base.0.write("more.jsonl", b"{\"id\": \"tiga\", \"text\": \"Apple bersaing dengan Samsung.\"}\n");
    let more = base.0.path("more.jsonl");
    let dry = base.run(&["ingest", &more, "--dry-run"]);
    assert_eq!(dry.out, "1 new article, 1 claim (nothing was written)\n", "{}", dry.err);
    assert_eq!(base.ask(r#"rival("Apple", x)"#), "x\n");
    let none = katak(&["ingest", &more, "--dry-run", "--db", &base.0.path("none.katak")]);
    assert_eq!((none.code, &*none.out), (0, "1 new article, 1 claim (nothing was written)\n"));
    assert!(!std::path::Path::new(&base.0.path("none.katak")).exists());
    assert_eq!(base.run(&["ingest", &more]).code, 0);
    assert_eq!(base.ask(r#"rival("Apple", x)"#), "x\nSamsung\n");
}

#[test]
fn articles_beside_a_base_are_tried_and_not_written() {
    let base = Base::new();
    base.0.write("c.txt", b"Apple bersaing dengan Samsung.");
    let with =
        base.run(&["ask", "rival(a, b), lt(a, b)", "--format", "csv", "--articles", &base.0.path("c.txt")]);
    assert_eq!(with.out, "a,b\nApple,Samsung\nGojek,Grab\n", "{}", with.err);
    assert_eq!(base.ask("rival(a, b), lt(a, b)"), "a,b\nGojek,Grab\n");
}

#[test]
fn broken_articles_are_told_and_the_others_go_in() {
    let base = Base::new();
    let ran = base.ingest(
        "{\"id\": \"tiga\", \"text\": \"Apple bersaing dengan Samsung.\"}\n{\"id\": \"empat\"}\n\
         {\"id\": \"tiga\", \"text\": \"Apple bersaing dengan Xiaomi.\"}\n",
    );
    assert_eq!((ran.code, &*ran.out), (2, "1 new article, 1 claim\n"));
    insta::assert_snapshot!(ran.err);
    assert_eq!(base.ask(r#"rival("Apple", x)"#), "x\nSamsung\n");
}

#[test]
fn batches_of_any_size_make_the_same_base() {
    let lines: String = (0..25)
        .map(|n| format!("{{\"id\": \"a{n}\", \"text\": \"Huawei menggandeng Grab. PT Maju{n} bersaing dengan Gojek.\"}}\n"))
        .collect();
    let answers: Vec<String> = ["1", "7", "1000"]
        .map(|size| {
            let scratch = Scratch::new(&[("a.jsonl", &lines)]);
            let db = scratch.path("b.katak");
            let ran = katak(&["ingest", &scratch.path("a.jsonl"), "--batch", size, "--db", &db]);
            assert_eq!(ran.code, 0, "{}", ran.err);
            katak(&["run", "--print", "claim", "--print", "mentioned", "--db", &db]).out
        })
        .into();
    assert!(answers[0].lines().count() > 50);
    assert!(answers.iter().all(|one| *one == answers[0]));
}

#[test]
fn a_missing_a_foreign_and_a_cut_file_are_refused_with_code_2() {
    let base = Base::new();
    let missing = katak(&["ask", "partner(a, b)", "--db", &base.0.path("none.katak")]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("katak ingest"), "{}", missing.err);
    base.0.write("f.katak", b"Bukan pangkalan fakta.");
    for command in [vec!["ask", "partner(a, b)"], vec!["ingest", "data/articles"]] {
        let foreign = katak(&[&command[..], &["--db", &base.0.path("f.katak")]].concat());
        assert_eq!(foreign.code, 2);
        assert!(foreign.err.contains("is not a fact base"), "{}", foreign.err);
    }
    let bytes = std::fs::read(base.db()).unwrap();
    for len in [9, 100, 4096, bytes.len() / 2, bytes.len() - 1] {
        base.0.write("b.katak", &bytes[..len]);
        let cut = base.run(&["ask", "partner(a, b)"]);
        assert_eq!(cut.code, 2, "{len}: {}", cut.err);
        assert!(cut.err.starts_with("error: ") && !cut.err.contains("panicked"), "{}", cut.err);
    }
}

#[test]
fn what_was_derived_is_kept_and_brought_up_to_date() {
    let base = Base::new();
    let kept = || {
        let info = base.run(&["info", "--format", "csv"]).out;
        info.lines().find_map(|line| line.strip_prefix("kept results,")).unwrap().parse::<u32>().unwrap()
    };
    assert_eq!(kept(), 0);
    let question = "partner(a, b), lt(a, b)";
    let first = base.ask(question);
    let after = kept();
    assert!(after > 3);
    assert_eq!(base.ask(question), first);
    assert_eq!(kept(), after, "nothing new is kept of an unchanged base");
    base.ingest("{\"id\": \"tiga\", \"text\": \"Apple menggandeng Samsung.\"}\n");
    assert_eq!(
        base.ask(question),
        format!("{}Apple,Samsung\n{}", "a,b\n", first.strip_prefix("a,b\n").unwrap())
    );
    assert!(kept() > after, "what was added is kept beside the rest");
    base.run(&["retract", "--article", "tiga"]);
    assert_eq!(base.ask(question), first);
    base.0.write("r.ron", b"(include: [\"builtin/base.ron\"], rules: [(name: \"pals\", then: pals(a, b), when: [partner(a, b), rival(_, a)])])");
    let rules = base.0.path("r.ron");
    let other = base.run(&["ask", "pals(a, b)", "--rules", &rules, "--format", "csv"]);
    assert_eq!(other.out, "a,b\nGojek,BCA\n", "{}", other.err);
    let fresh = base.run(&["run", "--print", "partner", "--format", "csv", "--max-rounds", "1000"]).out;
    assert_eq!(base.run(&["run", "--print", "partner", "--format", "csv"]).out, fresh);
    assert_eq!(base.run(&["verify"]).code, 0);
}

#[test]
fn what_fails_before_anything_is_in_it_leaves_no_new_base() {
    let scratch = Scratch::new(&[("a.jsonl", ARTICLES), ("bad.dump", "{\"x\": 1}\n")]);
    let db = scratch.path("new.katak");
    for (command, path) in [("load", "bad.dump"), ("load", "missing"), ("ingest", "missing")] {
        let ran = katak(&[command, &scratch.path(path), "--db", &db]);
        assert_eq!(ran.code, 2, "{command} {path}: {}", ran.err);
        assert!(!std::fs::exists(&db).unwrap(), "{command} {path}");
    }
    // What is there already stays, and what can be read goes in.
    let ran = katak(&["ingest", &scratch.path("a.jsonl"), &scratch.path("missing"), "--db", &db]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert_eq!(katak(&["load", &scratch.path("bad.dump"), "--db", &db]).code, 2);
    let verify = katak(&["verify", "--db", &db]);
    assert!(verify.out.contains("2 article versions"), "{} {}", verify.out, verify.err);
}

#[test]
fn names_are_changed_in_no_base_that_is_not_there() {
    let scratch = Scratch::new(&[]);
    let db = scratch.path("typo.katak");
    for command in ["merge", "split"] {
        let ran = katak(&[command, "Gojek", "GoTo", "--db", &db]);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains("there is no fact base"), "{}", ran.err);
        assert!(!std::fs::exists(&db).unwrap(), "{command}");
    }
}

#[test]
fn a_closed_standard_error_is_no_reason_to_fail() {
    let base = Base::new();
    let db = base.db();
    let nobody = r#"partner("Huawei", "Gojek"), rival("Huawei", who)"#;
    for (arguments, code) in [(&["retract", "--article", "satu"][..], 0), (&["ask", nobody], 1)] {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_katak"))
            .args(arguments)
            .env("KATAK_DB", &db)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stderr.take());
        assert_eq!(child.wait().unwrap().code(), Some(code), "{arguments:?}");
    }
}

#[test]
fn a_base_that_lacks_refused_articles_or_the_rest_of_a_dump_says_so_until_it_has_them() {
    let line = |n: usize| {
        format!("{{\"id\": \"{n}\", \"text\": \"Huawei menggandeng Xiaomi pada {n} Mei 2019.\"}}\n")
    };
    let (good, bad) = (line(1) + &line(2), line(1) + "{\"id\": \"2\"\n");
    let scratch = Scratch::new(&[("in/a.jsonl", &bad)]);
    let (db, copy) = (scratch.path("b.katak"), scratch.path("c.katak"));
    let ingest = || katak(&["ingest", &scratch.path("in"), "--batch", "1", "--db", &db]).code;
    let warned = |db: &str| {
        let said = katak(&["info", "--db", db]).err;
        for command in [&["ask", "partner(a, b)"][..], &["run"], &["why", "partner(\"Huawei\", \"Xiaomi\")"]]
        {
            let ran = katak(&[command, &["--db", db]].concat());
            assert_eq!((ran.code, &*ran.err), (0, &*said), "{command:?}");
        }
        said
    };
    assert_eq!(ingest(), 2);
    assert!(warned(&db).contains("lacks 1 article of ") && warned(&db).contains("run katak ingest"));
    scratch.write("in/a.jsonl", good.as_bytes());
    assert_eq!((ingest(), &*warned(&db)), (0, ""));
    // A path that isn't there is no part of anything.
    assert_eq!(katak(&["ingest", &scratch.path("nowhere.txt"), "--db", &db]).code, 2);
    assert_eq!(warned(&db), "");

    let dump = katak(&["dump", "--db", &db]).out;
    let half: String = dump.split_inclusive('\n').take(4).collect();
    scratch.write("half.jsonl", half.as_bytes());
    scratch.write("whole.jsonl", dump.as_bytes());
    assert_eq!(katak(&["load", &scratch.path("half.jsonl"), "--db", &copy]).code, 2);
    assert!(warned(&copy).contains("a part of a dump"));
    assert_eq!(katak(&["load", &scratch.path("whole.jsonl"), "--db", &copy]).code, 0);
    assert_eq!(warned(&copy), "");
}
