use super::{Scratch, TRIANGLE, katak};

#[test]
fn derived_relations_are_counted_tab_separated() {
    let scratch = Scratch::new(&[("r.ron", TRIANGLE)]);
    let ran = katak(&["run", "--rules", &scratch.path("r.ron")]);
    assert_eq!((ran.code, &*ran.out), (0, "ally\t1\npartner\t1\nrival\t2\n"), "{}", ran.err);
}

#[test]
fn print_shows_the_rows_of_one_relation() {
    let scratch = Scratch::new(&[("r.ron", TRIANGLE)]);
    let ran = katak(&["run", "--rules", &scratch.path("r.ron"), "--print", "ally", "--format", "csv"]);
    assert_eq!((ran.code, &*ran.out), (0, "a,b,against\nKatak,Kodok,Ular\n"), "{}", ran.err);
    let ran = katak(&["run", "--rules", &scratch.path("r.ron"), "--print", "none"]);
    assert_eq!((ran.code, &*ran.out), (2, ""), "{}", ran.err);
}

#[test]
fn facts_come_from_files_and_go_to_files() {
    let rules = r#"(
        relations: [edge(from: int, to: int), path(from: int, to: int)],
        rules: [
            (name: "step", then: path(x, y), when: [edge(x, y)]),
            (name: "on", then: path(x, z), when: [path(x, y), edge(y, z)]),
        ],
    )"#;
    let scratch = Scratch::new(&[("r.ron", rules), ("in/edge.facts", "1\t2\n2\t3\r\n3\t1\n")]);
    let (rules, facts, out) = (scratch.path("r.ron"), scratch.path("in"), scratch.path("out"));
    let ran = katak(&["run", "--rules", &rules, "--facts", &facts, "-o", &out]);
    assert_eq!((ran.code, &*ran.out), (0, ""), "{}", ran.err);
    assert_eq!(scratch.read("out/path.csv"), "from,to\n1,1\n1,2\n1,3\n2,1\n2,2\n2,3\n3,1\n3,2\n3,3\n");
}

#[test]
fn a_bad_row_is_named_with_file_line_and_column_and_code_2() {
    let rules =
        "(relations: [edge(from: int, to: int)], rules: [(name: \"r\", then: p(x), when: [edge(x, _)])])";
    let scratch = Scratch::new(&[("r.ron", rules), ("in/edge.facts", "1\t2\n3\tx\n4\n")]);
    let ran = katak(&["run", "--rules", &scratch.path("r.ron"), "--facts", &scratch.path("in")]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("edge.facts:2:3") && ran.err.contains("edge.facts:3:"), "{}", ran.err);
}

#[test]
fn stats_are_json_on_standard_error_and_name_every_rule() {
    let scratch = Scratch::new(&[("r.ron", TRIANGLE)]);
    let ran = katak(&["run", "--rules", &scratch.path("r.ron"), "--stats"]);
    let stats: serde_json::Value = serde_json::from_str(&ran.err).expect(&ran.err);
    assert!(stats.to_string().contains("allies"), "{stats}");
}

#[test]
fn stats_tell_rounds_tuples_and_indexes_of_each_stratum() {
    let rules = r#"(rules: [
        (name: "one", then: path(x, y), when: [edge(x, y)]),
        (name: "on", then: path(x, z), when: [path(x, y), edge(y, z), ne(x, z)]),
        (name: "back", then: back(x, y), when: [path(y, x)]),
    ], facts: [edge(1, 2), edge(2, 3), edge(3, 4)])"#;
    let scratch = Scratch::new(&[("r.ron", rules)]);
    let ran = katak(&["run", "--rules", &scratch.path("r.ron"), "--stats=json"]);
    let stats: serde_json::Value = serde_json::from_str(&ran.err).expect(&ran.err);
    let path = &stats["strata"][0];
    assert_eq!(path["relations"], serde_json::json!(["path"]));
    assert_eq!((&path["rounds"], &path["new"], &path["known"]), (&4.into(), &6.into(), &0.into()), "{stats}");
    assert_eq!(stats["strata"][1]["new"], 6);
    let ran = katak(&["run", "--rules", &scratch.path("r.ron"), "--stats=table"]);
    for part in ["rule", "rounds", "index KiB", "path", "on", "ms in all"] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    assert_eq!(ran.out, "back\t6\nedge\t3\npath\t6\n");
}

#[test]
fn division_by_zero_is_code_2_and_names_the_rule() {
    let rules = r#"(rules: [(name: "half", then: q(div(1, x)), when: [p(x)])], facts: [p(0)])"#;
    let scratch = Scratch::new(&[("r.ron", rules)]);
    let ran = katak(&["run", "--rules", &scratch.path("r.ron")]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("half"), "{}", ran.err);
}

#[test]
fn quotes_of_a_csv_file_that_are_not_closed_are_told() {
    let rules = "(relations: [q(a: text, b: text)], rules: [(name: \"r\", then: p(a), when: [q(a, _)])])";
    let scratch = Scratch::new(&[("r.ron", rules)]);
    let run = |csv: &str| {
        scratch.write("facts/q.csv", csv.as_bytes());
        katak(&["run", "--rules", &scratch.path("r.ron"), "--facts", &scratch.path("facts"), "--print", "p"])
    };
    let open = run("a,b\nx,\"1\ny,2\nz,3\n");
    assert!(open.code == 2 && open.err.contains("q.csv:2:3: this quoted field never ends"), "{}", open.err);
    let behind = run("a,b\n\"x\"y,1\n");
    assert!(behind.err.contains("q.csv:2:4: something stands behind a quoted field"), "{}", behind.err);
    assert_eq!(run("a,b\n\"x, \"\"y\"\"\",1\n").out, "{\"c0\": \"x, \\\"y\\\"\"}\n");
}

#[test]
fn a_file_of_facts_that_no_relation_is_named_like_is_warned_about_with_the_nearest_names() {
    let rules =
        "(relations: [edge(from: int, to: int)], rules: [(name: \"r\", then: node(x), when: [edge(x, _)])])";
    let files = [("r.ron", rules), ("in/edges.facts", "1\t2\n"), ("in/Edge.csv", "from,to\n1,2\n")];
    let scratch = Scratch::new(&[&files[..], &[("in/zzz.csv", "x"), ("in/notes.txt", "x")]].concat());
    let ran = katak(&["run", "--rules", &scratch.path("r.ron"), "--facts", &scratch.path("in")]);
    assert_eq!((ran.code, &*ran.out), (0, "node\t0\n"), "{}", ran.err);
    let folder = format!("{}/", scratch.path("in"));
    let warnings: Vec<&str> = ran.err.split("\n\n").filter(|text| text.contains("W0823")).collect();
    insta::assert_snapshot!(warnings.join("\n\n").replace(&folder, ""));
}

#[test]
fn files_that_relations_are_named_like_and_other_kinds_of_files_are_not_warned_about() {
    let rules = "(relations: [seen(x: entity)], rules: [(name: \"r\", then: seen(x), when: [alias(x, _)])])";
    let files = [("r.ron", rules), ("in/alias.facts", "a\tb\n"), ("in/seen.csv", "x\na\n"), ("in/x.md", "")];
    let scratch = Scratch::new(&files);
    let ran = katak(&["run", "--rules", &scratch.path("r.ron"), "--facts", &scratch.path("in")]);
    assert_eq!((ran.code, &*ran.err), (0, ""));
}
