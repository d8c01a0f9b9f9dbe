//! Broken and hostile input: a clear message or a correct result, never a panic.

use super::{Scratch, katak};

#[track_caller]
fn refused(arguments: &[&str], expected: &[&str]) {
    let ran = katak(arguments);
    assert!(ran.code == 2 || ran.code == 1, "code {}: {}", ran.code, ran.err);
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    for part in expected {
        assert!(ran.err.contains(part), "no `{part}` in: {}", ran.err);
    }
}

#[test]
fn a_hundred_thousand_brackets_are_refused() {
    let nest = |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
    let scratch = Scratch::new(&[("list.ron", &nest("[", "]")), ("paren.ron", &nest("(", ")"))]);
    let term = format!(
        "(rules: [(name: \"a\", then: p(x), when: [eq(x, {}1{})])])",
        "neg(".repeat(100_000),
        ")".repeat(100_000)
    );
    scratch.write("term.ron", term.as_bytes());
    for file in ["list.ron", "paren.ron", "term.ron"] {
        refused(&["check", &scratch.path(file)], &[file]);
    }
    let question = format!("p({}", "neg(".repeat(20_000));
    refused(&["ask", &question, "--articles", "data/articles"], &["question"]);
}

#[test]
fn an_article_of_many_megabytes_in_one_line_is_parsed() {
    let sentence = "Huawei menggandeng Sberbank untuk membangun pabrik, kata juru bicara perusahaan itu. ";
    let scratch = Scratch::new(&[("long.txt", &sentence.repeat(8_000_000 / sentence.len()))]);
    let ran = katak(&["extract", &scratch.path("long.txt")]);
    assert!(ran.code <= 2 && !ran.err.contains("panicked"), "{}", ran.err);
    assert!(ran.code == 2 || !ran.out.is_empty());
}

#[test]
fn files_that_are_not_text_are_named() {
    let scratch = Scratch::new(&[("empty.ron", ""), ("empty.txt", "")]);
    scratch.write("bad.txt", b"Katak\xff\xfe");
    scratch.write("bad.ron", b"(rules: [\xff])");
    refused(&["extract", &scratch.path("bad.txt")], &["bad.txt", "UTF-8"]);
    refused(&["check", &scratch.path("bad.ron")], &["bad.ron", "UTF-8"]);
    refused(&["check", &scratch.path("empty.ron")], &["empty.ron"]);
    let empty = katak(&["extract", &scratch.path("empty.txt")]);
    assert!([1, 2].contains(&empty.code) && !empty.err.contains("panicked"), "{}", empty.err);
}

#[test]
fn includes_stay_inside_and_do_not_circle() {
    let scratch = Scratch::new(&[
        ("d/missing.ron", "(include: [\"none.ron\"])"),
        ("d/out.ron", "(include: [\"../secret.ron\"])"),
        ("d/self.ron", "(include: [\"self.ron\"])"),
        ("secret.ron", "(facts: [secret(1)])"),
    ]);
    refused(&["check", &scratch.path("d/missing.ron")], &["missing.ron:1:", "none.ron"]);
    refused(&["check", &scratch.path("d/out.ron")], &["out.ron:1:", "../secret.ron"]);
    refused(&["check", &scratch.path("d/self.ron")], &["self.ron"]);
}

#[test]
fn control_and_bidi_characters_do_not_reach_the_terminal() {
    let text = "Huawei \u{202e}menggandeng\u{202c} Sberbank\u{1b}[2J pada Maret 2020. Huawei menggandeng Sberbank\u{1b}[31m.\n";
    let scratch = Scratch::new(&[("a\u{1b}[2J.txt", text), ("b.txt", text)]);
    let articles = scratch.path("");
    for format in ["table", "jsonl", "csv", "ron"] {
        let ran = katak(&["extract", &articles, "--format", format]);
        let hostile = |text: &str| text.contains(['\u{1b}', '\u{202e}', '\u{202c}']);
        assert!(!hostile(&ran.out) && !hostile(&ran.err), "{format}: {:?} {:?}", ran.out, ran.err);
    }
}
