//! A fact base of generated articles: how much of the time the store takes,
//! how large the file is, how soon a question is answered, and what one more
//! article costs. `cargo bench --bench base -- 100000` takes so many articles.

use katak::article::Article;
use katak::base::Moment;
use katak::engine::{Engine, extract_one};
use katak::eval::Options;
use katak::extract::{Extraction, Extractor};
use katak::store::{Access, FactBase};
use std::path::Path;
use std::time::{Duration, Instant};

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ z >> 31) % n as u64) as usize
    }

    fn pick<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

const KNOWN: [&str; 24] = [
    "Huawei",
    "Xiaomi",
    "Grab",
    "Gojek",
    "Apple",
    "Samsung",
    "Google",
    "Microsoft",
    "Amazon",
    "Telkomsel",
    "Indosat",
    "Bukalapak",
    "Tokopedia",
    "Shopee",
    "Lazada",
    "Traveloka",
    "Sberbank",
    "Intel",
    "Nokia",
    "Oppo",
    "Vivo",
    "Tesla",
    "Toyota",
    "Netflix",
];
const FIRST: [&str; 20] = [
    "Samudra", "Rawa", "Cakra", "Bintang", "Nusa", "Wira", "Surya", "Karya", "Mega", "Tirta", "Bahari",
    "Arung", "Lintas", "Citra", "Duta", "Graha", "Inti", "Jaya", "Kencana", "Pelita",
];
const SECOND: [&str; 20] = [
    "Makmur",
    "Sentosa",
    "Perdana",
    "Mandiri",
    "Lestari",
    "Abadi",
    "Sejahtera",
    "Utama",
    "Gemilang",
    "Mulia",
    "Pratama",
    "Buana",
    "Persada",
    "Raharja",
    "Sarana",
    "Wahana",
    "Nirwana",
    "Kusuma",
    "Asih",
    "Bangsa",
];
const FILLER: [&str; 16] = [
    "Warga kampung nelayan menunggu perahu pertama sejak subuh sambil menyiapkan jala dan bekal.",
    "Hujan turun hampir sepanjang pekan sehingga jalan setapak menuju kebun teh menjadi licin.",
    "Panitia menyediakan kursi tambahan karena penonton yang datang melebihi perkiraan semula.",
    "Harga cabai di pasar induk naik lagi, sedangkan bawang putih justru lebih murah daripada bulan lalu.",
    "Para pelajar menanam bibit bakau di tepi muara dan berjanji merawatnya sampai tumbuh besar.",
    "Menurut catatan perpustakaan, buku resep masakan kuno itu paling sering dipinjam tahun ini.",
    "Kereta malam terlambat dua jam lantaran pohon tumbang menutup rel di tikungan lembah.",
    "Seorang perajin bambu memamerkan sepeda buatannya yang ringan tetapi cukup kuat dikendarai.",
    "Tim peneliti mencatat suara kodok di rawa untuk mengetahui mutu air dari musim ke musim.",
    "Lampu jalan di kawasan pelabuhan lama akhirnya diganti setelah lama redup dan berkedip.",
    "Kue apem buatan nenek di ujung gang selalu habis sebelum matahari naik tinggi.",
    "Anak-anak berlomba membuat layang-layang dari kertas bekas dan lem kanji.",
    "Pengunjung museum kini dapat mendengar penjelasan dalam empat bahasa daerah.",
    "Musim kemarau membuat sumur dangkal mengering, jadi air bersih diantar dengan truk tangki.",
    "Pertandingan ditunda sampai sore karena lapangan masih tergenang.",
    "Kelompok tani mencoba pupuk kompos baru dan membandingkan hasilnya dengan petak sebelah.",
];

fn company(dice: &mut Dice) -> String {
    match dice.below(3) {
        0 => format!("PT {} {} {}", dice.pick(&FIRST), dice.pick(&SECOND), dice.pick(&SECOND)),
        _ => dice.pick(&KNOWN).to_owned(),
    }
}

/// About 2 KB of text with a few claims.
fn article(n: usize) -> Article {
    let mut dice = Dice(n as u64);
    let mut text = String::new();
    for line in 0..14 + dice.below(14) {
        let (a, b) = (company(&mut dice), company(&mut dice));
        let day = format!("{} Mei {}", dice.below(28) + 1, 2001 + dice.below(24));
        match dice.below(9) {
            0 => text.push_str(&format!("{a} menggandeng {b} pada {day}. ")),
            1 => text.push_str(&format!("{a} bersaing dengan {b} di pasar itu. ")),
            2 => text.push_str(&format!("Juru bicara {a} hadir pada {day}. ")),
            _ => {}
        }
        text.push_str(dice.pick(&FILLER));
        text.push(if line % 4 == 3 { '\n' } else { ' ' });
    }
    text.push_str(&format!("Catatan redaksi nomor {n}.\n"));
    let day = format!("{}-{:02}-{:02}", 2001 + dice.below(24), dice.below(12) + 1, dice.below(28) + 1);
    Article {
        title: Some(format!("Kabar {} nomor {n}", dice.pick(&SECOND))),
        outlet: Some(format!("Harian {}", dice.pick(&FIRST))),
        published: day.parse().ok(),
        ..Article::new(format!("berita-{n:06}"), text)
    }
}

fn parsed(extractor: &Extractor, numbers: std::ops::Range<usize>) -> Vec<(Article, Extraction)> {
    let one = |n| {
        let mut article = article(n);
        let found = extract_one(extractor, &mut article, None);
        (article, found)
    };
    numbers.map(one).collect()
}

fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let made = run();
    (made, begun.elapsed())
}

fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

/// The middle of five tries.
fn median(mut run: impl FnMut() -> Duration) -> Duration {
    let mut times: Vec<Duration> = (0..5).map(|_| run()).collect();
    times.sort();
    times[2]
}

const QUESTION: &str = r#"partner("Huawei", who)"#;

/// Opens the base, asks, and closes it.
fn ask(path: &Path, settles: bool) -> (usize, Duration) {
    timed(|| {
        let base = FactBase::open(path, Access::Read).expect("it opens");
        let engine = Engine::builder().base(base).build().expect("it builds");
        if settles {
            engine.settle(&Options::default()).expect("it settles");
        }
        engine.ask(QUESTION).expect("it answers").rows.len()
    })
}

/// The same, step by step.
fn steps(path: &Path) {
    let (base, opening) = timed(|| FactBase::open(path, Access::Read).expect("it opens"));
    let (engine, building) = timed(|| Engine::builder().base(base).build().expect("it builds"));
    let (_, settling) = timed(|| engine.settle(&Options::default()).expect("it settles"));
    let (_, asking) = timed(|| engine.ask(QUESTION).expect("it answers"));
    println!(
        "  opening {}, rules and names {}, finding what is kept {}, answering {}",
        ms(opening),
        ms(building),
        ms(settling),
        ms(asking)
    );
}

fn main() {
    let count = std::env::args().filter_map(|n| n.parse().ok()).next().unwrap_or(5_000);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("b.katak");
    let extractor = Extractor::builtin();
    let mut base = FactBase::create(&path).expect("it is made");
    let (mut extracting, mut storing) = (Duration::ZERO, Duration::ZERO);
    let mut next = 0;
    while next < count {
        let to = count.min(next + 1000);
        let (batch, time) = timed(|| parsed(extractor, next..to));
        extracting += time;
        let (_, time) = timed(|| base.ingest(&batch, Moment::default()).expect("it goes in"));
        storing += time;
        next = to;
    }
    let info = base.info().expect("it reads");
    let (_, closing) = timed(|| drop(base));
    let share = storing.as_secs_f64() / (extracting + storing).as_secs_f64();
    println!("{count} articles, {} claims, {} names", info.claims, info.symbols);
    println!(
        "extraction {}, store {} ({:.1} % of both), closing {}",
        ms(extracting),
        ms(storing),
        100.0 * share,
        ms(closing)
    );
    let bytes = std::fs::metadata(&path).expect("a file").len();
    println!(
        "text {} bytes, file {bytes} bytes: {:.2} times the text",
        info.text_bytes,
        bytes as f64 / info.text_bytes as f64
    );
    println!(
        "opened and asked, nothing kept, deriving what is asked: {}",
        ms(median(|| ask(&path, false).1))
    );
    let mut engine = Engine::builder()
        .base(FactBase::open(&path, Access::Write).expect("it opens"))
        .build()
        .expect("it builds");
    let (_, deriving) = timed(|| engine.settle(&Options::default()).expect("it settles"));
    let (_, keeping) = timed(|| engine.keep().expect("it keeps"));
    drop(engine);
    let bytes = std::fs::metadata(&path).expect("a file").len();
    println!(
        "deriving everything {}, keeping it {}; file {bytes} bytes: {:.2} times the text",
        ms(deriving),
        ms(keeping),
        bytes as f64 / info.text_bytes as f64
    );
    println!("opened and asked, from what is kept, median of 5: {}", ms(median(|| ask(&path, true).1)));
    steps(&path);
    let mut engine = Engine::builder()
        .base(FactBase::open(&path, Access::Write).expect("it opens"))
        .build()
        .expect("it builds");
    engine.settle(&Options::default()).expect("it settles");
    engine.run().expect("it runs");
    let mut times = Vec::new();
    for more in count..count + 6 {
        let batch = parsed(extractor, more..more + 1);
        let begun = Instant::now();
        let mut committed = Duration::ZERO;
        let change = |base: &mut FactBase| {
            let done = base.ingest(&batch, Moment::default());
            committed = begun.elapsed();
            done
        };
        engine = engine.rebased(change).expect("it goes in").0;
        let rows = engine.ask(QUESTION).expect("it answers").rows.len();
        // The first brings everything into memory.
        if more > count {
            times.push((begun.elapsed(), committed, rows));
        }
    }
    times.sort();
    let (whole, committed, rows) = times[2];
    println!(
        "one more article in a living engine, median of 5: in {}, and answered {} ({rows} rows)",
        ms(committed),
        ms(whole)
    );
}
