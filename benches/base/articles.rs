//! Generated articles, of two kinds.
//!
//! *News* is as sparse as news is: who cooperates and competes with whom is
//! settled once, and articles tell it again and again.
//! - One company in four articles is new. How often a company is written about
//!   goes by its rank, as 1/rank; an article is about one company.
//! - The company of rank r has up to 3 + 120/√r partners and 2 + 40/√r rivals
//!   of its own choice and as many of others', of a rank that differs at most
//!   eightfold: companies deal with their like.
//! - A line in six tells of partners, one in twelve of rivals, one in 240
//!   denies a partnership, one in 12 names another company without a claim, one
//!   in 300 spells a short name out. Where it is about one of the tenth of the
//!   companies that are punished at all, a line in 40 tells of a sanction by
//!   one of at most three of eight states.
//!
//! *Dense* pairs any of 24 companies with any other, and with 8,000 more, at
//! random: everybody is everybody's partner and rival.

use katak::article::Article;

/// Numbers that look random and are the same each time.
pub struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ z >> 31) % n as u64) as usize
    }

    /// A number in [0, 1).
    fn part(&mut self) -> f64 {
        self.below(1 << 30) as f64 / (1u64 << 30) as f64
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

const STATES: [&str; 8] =
    ["Amerika Serikat", "Tiongkok", "Rusia", "India", "Jepang", "Australia", "Singapura", "Vietnam"];

/// Which kind of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    News,
    Dense,
}

/// About 2 KB of text with a few claims: article `n` of `count`.
pub fn article(kind: Kind, n: usize, count: usize) -> Article {
    let mut dice = Dice(n as u64);
    let mut text = String::new();
    let about = ranked(&mut dice, n);
    for line in 0..14 + dice.below(14) {
        match kind {
            Kind::News => news_line(&mut dice, n, about, &mut text),
            Kind::Dense => dense_line(&mut dice, &mut text),
        }
        text.push_str(dice.pick(&FILLER));
        text.push(if line % 4 == 3 { '\n' } else { ' ' });
    }
    text.push_str(&format!("Catatan redaksi nomor {n}.\n"));
    // The years go by.
    let year = 2001 + n * 24 / count.max(n + 1);
    let day = format!("{year}-{:02}-{:02}", dice.below(12) + 1, dice.below(28) + 1);
    Article {
        title: Some(format!("Kabar {} nomor {n}", dice.pick(&SECOND))),
        outlet: Some(format!("Harian {}", dice.pick(&FIRST))),
        published: day.parse().ok(),
        ..Article::new(format!("berita-{n:06}"), text)
    }
}

fn day(dice: &mut Dice) -> String {
    format!("{} Mei {}", dice.below(28) + 1, 2001 + dice.below(24))
}

fn dense_line(dice: &mut Dice, text: &mut String) {
    let company = |dice: &mut Dice| match dice.below(3) {
        0 => format!("PT {} {} {}", dice.pick(&FIRST), dice.pick(&SECOND), dice.pick(&SECOND)),
        _ => dice.pick(&KNOWN).to_owned(),
    };
    let (a, b, day) = (company(dice), company(dice), day(dice));
    match dice.below(9) {
        0 => text.push_str(&format!("{a} menggandeng {b} pada {day}. ")),
        1 => text.push_str(&format!("{a} bersaing dengan {b} di pasar itu. ")),
        2 => text.push_str(&format!("Juru bicara {a} hadir pada {day}. ")),
        _ => {}
    }
}

/// The rank of a company that article `n` may name, the first most often.
fn ranked(dice: &mut Dice, n: usize) -> usize {
    let companies = 200.0 + n as f64 / 4.0;
    companies.powf(dice.part()) as usize - 1
}

/// The name of the company of a rank; ranks beyond all names share some.
fn named(rank: usize) -> String {
    if let Some(known) = KNOWN.get(rank) {
        return (*known).to_owned();
    }
    let mut dice = Dice(rank as u64 ^ 0x5eed);
    let [a, b, c, d] = [dice.pick(&FIRST), dice.pick(&SECOND), dice.pick(&SECOND), dice.pick(&FIRST)];
    format!("PT {a} {b} {c} {d}")
}

/// One of the companies that a company has to do with in this way.
fn other(dice: &mut Dice, rank: usize, way: u64, few: f64, many: f64, n: usize) -> String {
    let most = few + many / ((rank + 1) as f64).sqrt();
    let mut settled = Dice(way << 56 ^ (rank as u64) << 16 ^ dice.below(most as usize) as u64);
    let times = 8f64.powf(2.0 * settled.part() - 1.0);
    let other = (((rank + 1) as f64 * times) as usize + settled.below(3)).min(200 + n / 4);
    named(if other == rank { rank + 1 } else { other })
}

fn news_line(dice: &mut Dice, n: usize, about: usize, text: &mut String) {
    // Every other line is about the article's own company.
    let rank = if dice.below(2) == 0 { about } else { ranked(dice, n) };
    let (a, day) = (named(rank), day(dice));
    match dice.below(1200) {
        0..200 => {
            text.push_str(&format!("{a} menggandeng {} pada {day}. ", other(dice, rank, 1, 3.0, 120.0, n)));
        }
        200..300 => {
            text.push_str(&format!(
                "{a} bersaing dengan {} di pasar itu. ",
                other(dice, rank, 2, 2.0, 40.0, n)
            ));
        }
        300..330 if Dice(rank as u64 ^ 0xbad).below(10) == 0 => {
            let state = STATES[(rank + dice.below(3)) % STATES.len()];
            text.push_str(&format!("Pemerintah {state} menjatuhkan sanksi kepada {a} pada {day}. "));
        }
        330..335 => {
            let b = other(dice, rank, 1, 3.0, 120.0, n);
            text.push_str(&format!("{a} tidak lagi bermitra dengan {b}. "));
        }
        335..435 => text.push_str(&format!("Juru bicara {a} hadir pada {day}. ")),
        435..439 if rank >= KNOWN.len() => {
            let short: String = a.split(' ').skip(1).filter_map(|word| word.chars().next()).collect();
            text.push_str(&format!("{a} ({short}) membuka kantor baru. "));
        }
        _ => {}
    }
}
