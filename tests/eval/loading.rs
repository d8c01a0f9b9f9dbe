//! Fact files: what is read is what was written, by any number of threads.

use katak::base::{EntityNames, Type, Value};
use katak::eval::Database;
use katak::logic::typed::Relation;
use proptest::prelude::*;
use std::fs;

fn relation(types: &[Type]) -> Relation {
    let columns = types.iter().enumerate().map(|(n, t)| (format!("c{n}").into(), *t)).collect();
    Relation { name: "r".into(), columns, extremum: None, derived: false }
}

fn load(relation: &Relation, file: &str, text: &str, threads: usize) -> Result<Vec<Vec<Value>>, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file);
    fs::write(&path, text).unwrap();
    let mut names = EntityNames::new();
    names.add_name("Katak Hijau", "katak");
    let mut database = Database::new();
    let found = database.load_file(relation, &path, &names, threads);
    found.map_err(|found| found.iter().map(|f| f.message.clone()).collect::<Vec<_>>().join("\n"))?;
    Ok(database.rows("r"))
}

fn value(type_: Type) -> BoxedStrategy<(Value, String)> {
    let shown = |value: Value| (value.clone(), value.to_string());
    match type_ {
        Type::Int => prop_oneof![
            -5..40i64,
            any::<i32>().prop_map(i64::from),
            any::<i64>(),
            Just(9_999_999),
            Just(10_000_000),
            Just(-(1 << 30)),
            Just(1 << 30)
        ]
        .prop_map(move |n| shown(Value::Int(n)))
        .boxed(),
        Type::Decimal => (any::<i32>(), 0..4u32)
            .prop_map(move |(n, scale)| {
                shown(Value::Decimal(katak::base::Decimal::new(n.into(), scale).normalize()))
            })
            .boxed(),
        Type::Bool => any::<bool>().prop_map(move |b| shown(Value::Bool(b))).boxed(),
        Type::Date => prop::sample::select(vec!["", "2020", "2021-03", "2019-12-31"])
            .prop_map(move |d| shown(Value::Date(d.parse().unwrap())))
            .boxed(),
        Type::Entity => prop::sample::select(vec!["katak", "Kodok", "PT Élan"])
            .prop_map(|name| {
                (Value::entity(if name == "katak" { "Katak Hijau" } else { name }), name.to_owned())
            })
            .boxed(),
        Type::Text => prop_oneof!["[a-z ]{1,9}", "[\\\\\t\"é,x]{0,4}"]
            .prop_map(move |text| shown(Value::text(&*text)))
            .boxed(),
    }
}

type Rows = (Vec<Type>, Vec<Vec<(Value, String)>>);

fn rows() -> impl Strategy<Value = Rows> {
    let types = prop::collection::vec(prop::sample::select(Type::ALL.to_vec()), 1..5);
    let types = prop_oneof![types, Just(vec![Type::Int; 2]), Just(vec![Type::Int, Type::Text])];
    types.prop_flat_map(|types| {
        let row: Vec<_> = types.iter().map(|t| value(*t)).collect();
        (Just(types), prop::collection::vec(row, 0..30))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_formats_give_the_rows_that_were_written((types, rows) in rows(), crlf: bool, ended: bool, turn in 0..4usize) {
        let relation = relation(&types);
        let mut expected: Vec<Vec<Value>> =
            rows.iter().map(|row| row.iter().map(|(value, _)| value.clone()).collect()).collect();
        expected.sort();
        expected.dedup();
        let newline = if crlf { "\r\n" } else { "\n" };
        let escape = |text: &str| text.replace('\\', "\\\\").replace('\t', "\\t");
        let mut facts: String = rows.iter().map(|row| {
            let fields: Vec<String> = row.iter().map(|(_, text)| escape(text)).collect();
            fields.join("\t") + newline
        }).collect();
        // A last line that is empty text can't do without its end.
        if !ended && rows.last().is_some_and(|row| row.iter().any(|(_, text)| !text.is_empty())) {
            facts.truncate(facts.len() - newline.len());
        }
        let alone = types.len() == 1 && rows.iter().any(|row| row[0].1.is_empty());
        for threads in [1, 3] {
            if !(rows.len() == 1 && alone) {
                prop_assert_eq!(load(&relation, "r.facts", &facts, threads), Ok(expected.clone()));
            }
        }
        let mut order: Vec<usize> = (0..types.len()).collect();
        order.rotate_left(turn % types.len());
        let quote = |text: &str| if text.contains(['"', ',', '\n']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        };
        let line = |fields: Vec<String>| fields.join(",") + newline;
        let mut csv = line(order.iter().map(|n| format!("c{n}")).collect());
        for row in &rows {
            csv += &line(order.iter().map(|n| quote(&row[*n].1)).collect());
        }
        if !alone {
            for threads in [1, 3] {
                prop_assert_eq!(load(&relation, "r.csv", &csv, threads), Ok(expected.clone()));
            }
        }
    }
}

#[test]
fn files_of_several_pieces_lose_no_line() {
    let types = relation(&[Type::Int, Type::Int]);
    let mut text = String::new();
    let mut expected = Vec::new();
    for n in 0..180_000i64 {
        let (a, b) = (n * 7919 % 180_000, n % 1000 * n % 12_345_678 - 3);
        text.push_str(&format!("{a}\t{b}\n"));
        expected.push(vec![Value::Int(a), Value::Int(b)]);
    }
    expected.sort();
    for threads in [1, 2, 5] {
        assert!(load(&types, "r.facts", &text, threads).as_ref() == Ok(&expected), "{threads} threads");
    }
    // Most rows of one value, some twice, and a few far from all others.
    let (mut text, mut expected) = (String::new(), Vec::new());
    for n in 0..300_000i64 {
        let (a, b) = (if n % 4 > 0 { 70 } else { n % 100 }, n * 7919 % 290_000);
        let far = if n % 50_000 == 49_999 { 5_000_000_000 } else { 0 };
        text.push_str(&format!("{}\t{}\n", a + far, b - far));
        expected.push(vec![Value::Int(a + far), Value::Int(b - far)]);
    }
    expected.sort();
    expected.dedup();
    assert!(expected.len() < 300_000);
    for threads in [1, 3] {
        assert!(load(&types, "r.facts", &text, threads).as_ref() == Ok(&expected), "{threads} threads");
    }
    let texts = relation(&[Type::Text, Type::Int]);
    let text: String = (0..200_000).map(|n| format!("word {}\t{}\n", n % 70_001 * 31, n % 3)).collect();
    let one = load(&texts, "r.facts", &text, 1);
    assert!(one.as_ref().is_ok_and(|rows| rows.len() == 200_000));
    assert!(load(&texts, "r.facts", &text, 4) == one);
}

#[test]
fn odd_files_get_the_plain_readers_word() {
    let ints = relation(&[Type::Int, Type::Int]);
    let bad = |file: &str, text: &str| load(&ints, file, text, 2).unwrap_err();
    assert!(bad("r.facts", "1\t2\n3\tx\n").contains("r.facts:2:3: `x` is not an int"));
    assert!(bad("r.facts", "1\t2\n\n3\t4\n").contains("r.facts:2:1: 1 fields"));
    assert!(bad("r.facts", "1\t9223372036854775808\n").contains("r.facts:1:3"));
    assert!(bad("r.csv", "c0,c1\n1\n").contains("r.csv:2:1"));
    assert!(bad("r.csv", "c0,c2\n1,2\n").contains("no column `c1`"));
    let rows = load(&ints, "r.facts", "\u{feff}+1\t-0\n1\t9223372036854775807\n", 1).unwrap();
    assert_eq!(rows, [[Value::Int(1), Value::Int(0)], [Value::Int(1), Value::Int(i64::MAX)]]);
    let rows = load(&ints, "r.csv", "\u{feff} c1 , c0\r\n\r\n1,2\r\n\"3\",4", 1).unwrap();
    assert_eq!(rows, [[Value::Int(2), Value::Int(1)], [Value::Int(4), Value::Int(3)]]);
}
