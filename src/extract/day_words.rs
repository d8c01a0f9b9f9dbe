//! The words that the grammar of dates asks for, and sets of them.

/// A set of words that is known when this is compiled.
macro_rules! words {
    ($($word:literal),+ $(,)?) => { const { super::day_words::set(&[$($word),+]) } };
}
pub(super) use words;

/// All of them.
pub(super) const WORDS: &[&str] = &[
    "beberapa",
    "tahun",
    "bulan",
    "pekan",
    "minggu",
    "hari",
    "lalu",
    "silam",
    "ini",
    "depan",
    "mendatang",
    "kemarin",
    "besok",
    "lusa",
    "sejak",
    "pada",
    "hingga",
    "sampai",
    "awal",
    "akhir",
    "pertengahan",
    "medio",
    "periode",
    "mulai",
    "dari",
    "antara",
    "dan",
    "sekitar",
    "selama",
    "sebelum",
    "setelah",
    "-",
    "(",
    ")",
    "/",
    "–",
    "tanggal",
    "per",
    "kuartal",
    "triwulan",
    "paruh",
    "pertama",
    "kedua",
    "ketiga",
    "keempat",
    "i",
    "ii",
    "iii",
    "iv",
    "q1",
    "q2",
    "q3",
    "q4",
    "semester",
    "era",
    "s",
    "d",
    ",",
    "dekade",
    "abad",
    "di",
    "sebelumnya",
    "tersebut",
    "kemudian",
    "nanti",
    "yang",
    "untuk",
    "ke",
    "januari",
    "terakhir",
    "semalam",
    "tadi",
    "dalam",
    "tepatnya",
    "—",
    "usia",
    "sepanjang",
    "lambat",
    "tgl",
    "pagi",
    "siang",
    "sore",
    "malam",
    "petang",
    "dini",
    "waktu",
    "setempat",
    "wib",
    "wita",
    "wit",
    "\"",
    "“",
    "”",
];

/// The part of a day, between the weekday and the date: "Selasa dini hari waktu setempat".
pub(super) const PART_OF_DAY: u128 = words![
    "pagi", "siang", "sore", "malam", "petang", "dini", "hari", "waktu", "setempat", "wib", "wita", "wit",
    "lalu", "kemarin",
];
/// What a date may be introduced by, and belongs to it.
pub(super) const UNITS: u128 =
    words!["hari", "tanggal", "bulan", "tahun", "awal", "akhir", "pertengahan", "medio"];
/// What tells that a month or a year behind it is meant as a date.
pub(super) const INTRODUCING: u128 = words![
    "pada",
    "sejak",
    "hingga",
    "sampai",
    "awal",
    "akhir",
    "pertengahan",
    "per",
    "mulai",
    "di",
    "dari",
    "sepanjang",
];
/// Those that a date may begin with, besides numbers.
pub(super) const OPENERS: u128 = words!["hari", "pekan", "minggu", "bulan", "tahun", "kemarin", "besok"];

/// A set of words: a bit for each by its place, from 1.
pub(super) const fn set(words: &[&str]) -> u128 {
    let (mut all, mut n) = (0, 0);
    while n < words.len() {
        let mut at = 0;
        while !same(WORDS[at].as_bytes(), words[n].as_bytes()) {
            at += 1;
        }
        all |= 1 << (at + 1);
        n += 1;
    }
    all
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut n = 0;
    while n < a.len() && n < b.len() && a[n] == b[n] {
        n += 1;
    }
    n == a.len() && n == b.len()
}
