//! What the project contains is its own: no sentence of the labelled articles stands in it.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// How many words in a row are nobody's own.
const RUN: usize = 8;
/// Marks that sites put between their paragraphs, which articles are cut by.
const MARKS: &str = "data/id/zones.ron";

fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    parts.filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

fn files(dir: &Path, all: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("a folder of the project") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, all);
        } else if path
            .extension()
            .is_some_and(|e| ["rs", "ron", "md", "txt", "snap", "jsonl"].iter().any(|k| e == *k))
        {
            all.push(path);
        }
    }
}

#[test]
fn no_sentence_of_the_labelled_articles_stands_in_the_project() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Ok(articles) = fs::read_to_string(root.join("../shared/extraction/articles.jsonl")) else {
        eprintln!("skipped: ../shared/extraction/articles.jsonl is not there");
        return;
    };
    let mut runs = HashSet::new();
    for line in articles.lines() {
        let article: serde_json::Value = serde_json::from_str(line).expect("an article");
        for field in ["title", "text"] {
            let words = words(article[field].as_str().unwrap_or_default());
            runs.extend(words.windows(RUN).map(|run| run.join(" ")));
        }
    }
    assert!(!runs.is_empty());
    let mut all = vec![root.join("README.md")];
    for dir in ["src", "data", "rules", "tests", "benches"] {
        files(&root.join(dir), &mut all);
    }
    let mut taken = Vec::new();
    for path in all.iter().filter(|p| !p.ends_with(MARKS)) {
        let words = words(&fs::read_to_string(path).expect("text"));
        let found = words.windows(RUN).map(|run| run.join(" ")).find(|run| runs.contains(run));
        taken.extend(found.map(|run| format!("{}: {run}", path.display())));
    }
    assert!(taken.is_empty(), "{taken:#?}");
}
