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
