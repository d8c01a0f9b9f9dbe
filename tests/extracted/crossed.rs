//! One fact in every sentence that parts of sentences make together: two of them at a time,
//! since what hides a fact is often how they meet.

use super::claims;

/// A plain sentence's parts, each plain one first.
struct Parts {
    before: &'static [&'static str],
    doer: &'static [&'static str],
    verb: &'static [&'static str],
    other: &'static [&'static str],
    after: &'static [&'static str],
}

impl Parts {
    /// Every sentence in which no more than two parts are other than plain.
    fn sentences(&self, told: &str) -> Vec<String> {
        let lists = [self.before, self.doer, self.verb, self.other, self.after];
        let mut all = Vec::new();
        for a in 0..lists.len() {
            for b in a + 1..lists.len() {
                for one in lists[a] {
                    for two in lists[b] {
                        let part = |n: usize| match n {
                            n if n == a => *one,
                            n if n == b => *two,
                            n => lists[n][0],
                        };
                        let verb = part(2).replace('#', &told.replace('@', part(3)));
                        let whole = format!("{}{} {}{}.", part(0), part(1), verb, part(4));
                        let mut letters = whole.chars();
                        let first = letters.next().expect("a sentence").to_uppercase();
                        all.push(first.chain(letters).collect());
                    }
                }
            }
        }
        all.sort();
        all.dedup();
        all
    }
}

const FIRMS: Parts = Parts {
    before: &[
        "",
        "setelah meninggalkan Toyota pada 2018, ",
        "tak seperti Toyota, ",
        "di tengah kerugian Toyota, ",
        "menurut riset Toyota, ",
        "di sela pameran yang digelar Toyota, ",
        "dengan masuknya Toyota ke pasar, ",
        "dikutip dari Toyota, ",
        "kabar lain menyebut ",
    ],
    doer: &[
        "Telkom",
        "Telkom, anak usaha Blibli,",
        "Telkom sebagai pemegang saham Blibli",
        "Telkom, bukan Blibli,",
        "pengelola Blibli, Telkom,",
        "salah satu pemasok Blibli, Telkom,",
        "Telkom (TLKM), yang 30 persen sahamnya dikuasai Blibli,",
        "perusahaan yang didirikan mantan karyawan Blibli, Telkom,",
        "Telkom yang pada kuartal I 2019 membukukan laba lebih besar dibandingkan periode yang sama tahun sebelumnya",
    ],
    verb: &[
        "#",
        "tidak hanya menutup kantornya, tetapi juga #",
        "membuka kantor, merekrut karyawan, dan #",
        "mengumumkan telah #",
        "melebarkan sayap dengan #",
        "pada kesempatan itu juga #",
        "baru saja #",
    ],
    other: &[
        "Grab",
        "Grab, pemasok utama Samsung",
        "perusahaan milik Samsung, Grab",
        "perusahaan logistik bernama Grab",
        "mantan pemasok Samsung, Grab",
        "sejumlah perusahaan, antara lain Grab",
        "beberapa mitra, termasuk Grab",
        "raksasa asal Korea Selatan Grab",
        "perusahaan asal Surabaya, Grab",
    ],
    after: &[
        "",
        " untuk mengejar ketertinggalan dari Indosat",
        " di gedung milik Indosat",
        " setelah Indosat keluar dari pasar",
        ", sedangkan Indosat memilih menunggu",
        ", kata analis Indosat Sari Dewi",
        " dan Indosat akan menyusul tahun depan",
        ". Indosat belum berkomentar",
    ],
};

/// The sentences of which a claim of the two is missing, or one of others was found.
fn wrong(parts: &Parts, told: &str, fact: &str) -> Vec<String> {
    let sentences = parts.sentences(told);
    assert!(sentences.len() > 300, "{}", sentences.len());
    let right = |all: &[String]| matches!(all, [one] if one.starts_with(fact));
    sentences
        .into_iter()
        .filter_map(|s| {
            let found = claims(&s);
            (!right(&found)).then(|| format!("{s} => {}", found.join("; ")))
        })
        .collect()
}

#[test]
fn whatever_two_parts_meet_partners_are_found_and_nobody_else() {
    for told in ["menggandeng @", "bekerja sama dengan @", "menandatangani nota kesepahaman dengan @"] {
        let wrong = wrong(&FIRMS, told, "partner Grab - Telkom ");
        assert!(wrong.len() <= 3, "{}\n{}", wrong.len(), wrong.join("\n"));
    }
}

#[test]
fn whatever_two_parts_meet_rivals_are_found_and_nobody_else() {
    for told in ["bersaing dengan @", "menantang @"] {
        let wrong = wrong(&FIRMS, told, "rival Grab - Telkom ");
        assert!(wrong.len() <= 3, "{}\n{}", wrong.len(), wrong.join("\n"));
    }
}

const RULERS: Parts = Parts {
    before: &[
        "",
        "atas laporan Reuters, ",
        "sepekan setelah Toyota meninggalkan pasar, ",
        "dalam putusannya, ",
        "akibat pelanggaran itu, ",
        "di tengah protes warga, ",
    ],
    doer: &[
        "KPPU",
        "KPPU, menurut Reuters,",
        "KPPU, setelah memeriksa Toyota,",
        "KPPU melalui siaran pers",
        "Kepala KPPU Budi Santoso mengatakan pihaknya",
        "otoritas KPPU",
        "KPPU akhirnya",
    ],
    verb: &[
        "#",
        "memutuskan untuk #",
        "menggelar penyelidikan dan #",
        "mengumumkan telah #",
        "untuk pertama kalinya #",
        "mengambil langkah tegas dengan #",
    ],
    other: &[
        "Grab",
        "Grab, anak usaha Samsung",
        "raksasa teknologi Grab",
        "Grab yang sahamnya dimiliki Samsung",
        "anak usaha Samsung, Grab",
        "perusahaan bernama Grab",
        "Grab (GRAB)",
    ],
    after: &[
        "",
        " karena melanggar aturan",
        " setelah Indosat mengadu",
        ", sedangkan Indosat lolos",
        " pada 2019",
        " karena bekerja sama dengan pihak yang tak berizin",
        ". Indosat belum berkomentar",
    ],
};

#[test]
fn whatever_two_parts_meet_penalties_are_found_and_nobody_else() {
    let parts = Parts { before: &RULERS.before[..5], ..RULERS };
    for told in ["menjatuhkan sanksi kepada @", "mendenda @", "memasukkan @ ke daftar hitam"] {
        let sentences = parts.sentences(told);
        let fact = "sanction Komisi Pengawas Persaingan Usaha - Grab ";
        let wrong: Vec<String> = sentences
            .into_iter()
            .filter_map(|s| {
                let found = claims(&s);
                let right = matches!(&found[..], [one] if one.starts_with(fact));
                (!right).then(|| format!("{s} => {}", found.join("; ")))
            })
            .collect();
        assert!(wrong.len() <= 3, "{}\n{}", wrong.len(), wrong.join("\n"));
    }
}
