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

#[test]
fn explain_tells_names_references_matches_and_near_misses() {
    let text =
        "Huawei menggandeng Xiaomi pada 3 Mei 2019. Keduanya bersaing ketat. Grab bersaing dengan sehat.";
    let scratch = Scratch::new(&[("a.txt", text)]);
    let ran = katak(&["extract", "--explain", &scratch.path("a.txt")]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for part in [
        "tokens",
        "menggandeng{",
        "\"Huawei\" = Huawei, company (lexicon)",
        "\"3 Mei 2019\" = 2019-05-03",
        "\"Keduanya\" = Huawei, Xiaomi (the two named last)",
        "partner Huawei · Xiaomi, asserted, 2019-05-03",
        "nearly",
        "behind \"",
    ] {
        assert!(ran.out.contains(part), "no {part} in {}", ran.out);
    }
    let json = katak(&["extract", "--explain", "--format", "jsonl", &scratch.path("a.txt")]);
    let rows: Vec<serde_json::Value> =
        json.out.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    assert_eq!(rows.len(), 3, "{}", json.out);
    assert_eq!(rows[0]["matched"][0]["claims"][0]["relation"], "partner");
    assert_eq!(rows[1]["references"][0]["entities"][1], "Xiaomi");
    let near = rows[2]["nearly"].as_array().expect("near misses");
    let lacking = |miss: &serde_json::Value| miss["reason"].as_str().expect("a reason").starts_with("no `");
    assert!(near.iter().any(lacking), "{}", json.out);
    let csv = katak(&["extract", "--explain", "--format", "csv", &scratch.path("a.txt")]);
    assert_eq!(csv.code, 2, "{}", csv.out);
}

#[test]
fn a_page_marks_findings_and_takes_no_text_for_html() {
    let text = "<script>alert(1)</script> & \u{202e}balik\u{7} \"'\nHuawei menggandeng Xiaomi.\n<!-- -->";
    let line = serde_json::json!({"id": "\"><img src=x>", "title": "<b>", "text": text}).to_string();
    let scratch = Scratch::new(&[("a.jsonl", &line)]);
    for explain in [false, true] {
        let path = scratch.path("a.jsonl");
        let mut arguments = vec!["extract", "--format", "html", &path];
        arguments.extend(explain.then_some("--explain"));
        let ran = katak(&arguments);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let page = &ran.out;
        assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
        assert!(page.contains("<mark class=\"company\" title=\"Huawei: company (lexicon)\">Huawei</mark>"));
        assert!(page.contains("&lt;script&gt;alert(1)") && page.contains("\\u{202e}balik\\u{7}"));
        for part in ["<script", "<img", "<b>&lt;", "<!-- -->", "\u{202e}", "\u{7}", "http://", "https://"] {
            assert!(!page.contains(part), "{part:?} in {page}");
        }
        assert_eq!(page.contains("<details"), explain);
        balanced(page);
    }
}

/// Every tag that opens closes, and none of them overlap.
fn balanced(page: &str) {
    let mut open = Vec::new();
    for tag in page.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag) {
        let name = tag.split([' ', '\n']).next().unwrap_or("");
        match name.strip_prefix('/') {
            Some(close) => assert_eq!(open.pop(), Some(close), "<{tag}>"),
            None if name == "!DOCTYPE" || name == "meta" => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}
