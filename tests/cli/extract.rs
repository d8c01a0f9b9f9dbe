use super::{Scratch, katak};

#[test]
fn findings_are_json_lines_with_spans_inside_the_text() {
    let ran = katak(&["extract", "data/articles"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.lines().count() > 50);
    for line in ran.out.lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect(line);
        let id = row["article"].as_str().expect(line);
        let path = format!("{}/data/articles/{id}.txt", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect(line);
        let at = |key: &str| row[key].as_u64().expect(line) as usize;
        assert!(!text.get(at("start")..at("end")).expect(line).is_empty(), "{line}");
    }
}

#[test]
fn threads_and_order_of_paths_do_not_show() {
    let one = katak(&["extract", "data/articles", "--threads", "1"]).out;
    let two = katak(&["extract", "data/articles", "--threads", "2"]).out;
    assert_eq!(one, two);
    let mut paths: Vec<String> = std::fs::read_dir(format!("{}/data/articles", env!("CARGO_MANIFEST_DIR")))
        .unwrap()
        .map(|entry| entry.unwrap().path().to_str().unwrap().to_string())
        .collect();
    paths.sort_by(|a, b| b.cmp(a));
    let mut arguments = vec!["extract"];
    arguments.extend(paths.iter().map(String::as_str));
    assert_eq!(katak(&arguments).out, one);
}

#[test]
fn an_article_without_findings_is_code_1() {
    let scratch = Scratch::new(&[("a.txt", "Hari ini hujan turun di mana-mana.")]);
    let ran = katak(&["extract", &scratch.path("a.txt")]);
    assert_eq!((ran.code, &*ran.out), (1, ""), "{}", ran.err);
}

#[test]
fn lines_are_parsed_in_their_order_whatever_the_threads() {
    let line =
        |n: usize| format!("{{\"id\": {n}, \"text\": \"Huawei menggandeng Xiaomi pada {n} Mei 2019.\"}}\n");
    let lines: String = (1..2000).rev().map(line).collect();
    let scratch = Scratch::new(&[("a.jsonl", &lines)]);
    let with = |threads: &str| katak(&["extract", &scratch.path("a.jsonl"), "--threads", threads]);
    let one = with("1");
    assert_eq!(one.code, 0, "{}", one.err);
    let ids = one.out.lines().filter(|line| line.contains("\"partner\"")).map(|line| {
        let row: serde_json::Value = serde_json::from_str(line).expect(line);
        row["article"].as_str().expect(line).parse::<usize>().expect(line)
    });
    assert!(ids.eq((1..2000).rev()));
    for threads in ["0", "3"] {
        assert!(with(threads).out == one.out, "{threads} threads give another output");
    }
}

#[test]
fn broken_lines_and_repeated_ids_are_told_and_the_rest_is_printed() {
    let scratch = Scratch::new(&[(
        "a.jsonl",
        "{\"id\": 1, \"text\": \"Huawei menggandeng Xiaomi.\"}\n\n{\"id\": 2}\n{\"id\": 1, \"text\": \"Lagi.\"}\n{\"id\": 3, \"text\": \"Grab menggandeng BCA.\"}\n",
    )]);
    let ran = katak(&["extract", &scratch.path("a.jsonl")]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert_eq!(ran.out.lines().filter(|line| line.contains("\"partner\"")).count(), 2, "{}", ran.out);
    for part in ["a.jsonl:3", "the article \"2\" has no text", "two articles have the id \"1\""] {
        assert!(ran.err.contains(part), "{}", ran.err);
    }
}
