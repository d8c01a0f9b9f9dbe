use super::{Scratch, katak, shared};
use serde_json::{Value, json};
use std::process::Command;

const ARTICLES: &str = r#"{"id": "1", "text": "Huawei menggandeng Xiaomi. Grab tidak bekerja sama dengan BCA."}
{"id": "2", "text": "Gojek bersaing dengan Grab sejak 2015."}
{"id": "3", "text": "Tidak ada label untuk berita ini."}
"#;
const GOLD: &str = r#"{"id": "1", "entities": [{"id": "h", "kind": "company", "names": ["Huawei"]}, {"id": "x", "kind": "company", "names": ["PT Xiaomi"]}, {"id": "g", "kind": "company", "names": ["Grab"]}, {"id": "b", "kind": "company", "names": ["BCA"]}], "facts": [{"rel": "partner", "args": ["x", "h"], "status": "planned", "quote": "Huawei menggandeng"}, {"rel": "partner", "args": ["g", "b"], "status": "asserted", "quote": "Grab tidak"}], "dates": []}
{"id": "2", "entities": [{"id": "g", "kind": "company", "names": ["Grab"]}, {"id": "o", "kind": "company", "names": ["Gojek"]}], "facts": [], "dates": ["2015", "2016"]}
{"id": "9", "entities": [], "facts": [], "dates": []}
"#;

fn scratch() -> (Scratch, String, String) {
    let scratch = Scratch::new(&[("a.jsonl", ARTICLES), ("gold.jsonl", GOLD)]);
    let (articles, gold) = (scratch.path("a.jsonl"), scratch.path("gold.jsonl"));
    (scratch, articles, gold)
}

/// Patterns are data that may be renamed.
fn without_patterns(out: &str) -> String {
    let plain = |line: &str| match line.rsplit_once(" (") {
        Some((head, tail)) if tail.ends_with(')') => head.to_string(),
        _ => line.to_string(),
    };
    out.lines().map(plain).collect::<Vec<_>>().join("\n")
}

#[test]
fn figures_misses_and_wrong_finds_are_told() {
    let (_scratch, articles, gold) = scratch();
    let ran = katak(&["eval", "--gold", &gold, &articles, "--format", "table", "--misses"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    insta::assert_snapshot!(without_patterns(&ran.out));
    insta::assert_snapshot!(ran.err);
}

#[test]
fn a_baseline_shows_what_changed() {
    let (scratch, articles, gold) = scratch();
    let saved = scratch.path("before.json");
    katak(&["eval", "--gold", &gold, &articles, "--save", &saved]);
    let same = katak(&["eval", "--gold", &gold, &articles, "--baseline", &saved, "--format", "table"]);
    assert!(same.out.contains("nothing changed"), "{}", same.out);
    scratch.write("a.jsonl", ARTICLES.replace("tidak bekerja", "bekerja").as_bytes());
    let ran = katak(&["eval", "--gold", &gold, &articles, "--baseline", &saved, "--format", "table"]);
    insta::assert_snapshot!(without_patterns(&ran.out));
}

#[test]
fn a_figure_below_its_floor_is_code_1() {
    let (_scratch, articles, gold) = scratch();
    let with = |floor: &str| katak(&["eval", "--gold", &gold, &articles, "--floor", floor]);
    assert_eq!(with("company=0.5").code, 0);
    let low = with("rival=0.5");
    assert_eq!(low.code, 1);
    assert!(low.err.contains("below the floor: rival"), "{}", low.err);
    assert_eq!(with("friend=0.5").code, 2);
}

#[test]
fn broken_labels_are_told_with_their_place() {
    let scratch = Scratch::new(&[
        ("a.jsonl", ARTICLES),
        (
            "gold.jsonl",
            "{\"id\": \"1\"}\nnothing\n{\"id\": \"1\"}\n{\"id\": \"2\", \"facts\": [{\"rel\": \"partner\", \"args\": [\"a\", \"b\"]}]}\n",
        ),
    ]);
    let ran = katak(&["eval", "--gold", &scratch.path("gold.jsonl"), &scratch.path("a.jsonl")]);
    assert_eq!(ran.code, 2);
    for part in ["gold.jsonl:2", "labelled twice", "which is no entity"] {
        assert!(ran.err.contains(part), "{}", ran.err);
    }
}

/// The reference scorer and `eval` count alike, over all labelled articles.
#[test]
fn the_reference_scorer_gives_the_same_figures() {
    let Some(folder) = shared("extraction") else { return };
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("skipped: there is no python3");
        return;
    }
    let path = |name: &str| folder.join(name).to_str().expect("UTF-8").to_string();
    let (articles, gold) = (path("articles.jsonl"), path("gold.jsonl"));
    let found = katak(&["extract", &articles, "--format", "jsonl"]);
    let scratch = Scratch::new(&[("found.jsonl", &found.out)]);
    let theirs = Command::new("python3")
        .args([&path("score.py"), &gold, &scratch.path("found.jsonl"), "--json", "--misses"])
        .output()
        .expect("python3 runs");
    let theirs = String::from_utf8(theirs.stdout).expect("UTF-8");
    let (lists, figures) = theirs.trim_end().rsplit_once('\n').expect("misses, then figures");
    let figures: Value = serde_json::from_str(figures).expect("JSON");
    let ours: Value =
        serde_json::from_str(&katak(&["eval", "--gold", &gold, &articles, "--format", "json"]).out)
            .expect("JSON");
    let near = |a: &Value, b: &Value| (a.as_f64().unwrap() - b.as_f64().unwrap()).abs() < 0.0011;
    for relation in ["company", "partner", "rival", "sanction", "date", "relations"] {
        let (a, b) = (&ours["relations"][relation], &figures[relation]);
        assert_eq!((&a["gold"], &a["found"]), (&b["gold"], &b["found"]), "{relation}");
        assert!(
            near(&a["precision"], &b["p"]) && near(&a["recall"], &b["r"]) && near(&a["f1"], &b["f1"]),
            "{relation}: {a} {b}"
        );
    }
    assert!(near(&ours["status_right"], &figures["status_right"]));
    assert!(near(&ours["when_right"], &figures["when_right"]));
    assert_eq!(ours["articles"], figures["articles"]);
    for (name, word) in [("missed", "missed"), ("wrong", "wrong ")] {
        let count = lists.lines().filter(|line| line.starts_with(word)).count();
        assert_eq!(json!(ours[name].as_array().map(Vec::len)), json!(count), "{name}");
    }
}
