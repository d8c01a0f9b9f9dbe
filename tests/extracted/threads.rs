//! Whom a text goes on to be about, while others are named beside.

use super::{claims, hold};

#[test]
fn those_named_beside_are_not_whom_the_text_goes_on_about() {
    for beside in [
        "Saham Blibli juga naik.",
        "Analis Blibli Sari Dewi menilai langkah itu tepat.",
        "Pasar itu selama ini dikuasai Blibli.",
        "Langkah serupa lebih dulu dilakukan Blibli.",
        "Sebagian dananya berasal dari pinjaman Blibli.",
        "Layanan itu bisa dibeli di toko Blibli.",
        "Acara itu dihadiri perwakilan Blibli.",
        "Kasus serupa pernah menimpa Blibli.",
    ] {
        for told in [
            "Perseroan juga menggandeng Grab.",
            "Untuk itu, perusahaan bekerja sama dengan Grab.",
            "Perusahaan itu kini menjadi mitra Grab.",
            "Layanan itu dikembangkan bersama Grab.",
        ] {
            let text = format!("Telkom mencatatkan kenaikan laba. {beside} {told}");
            assert_eq!(claims(&text).join("; "), "partner Grab - Telkom asserted", "{text}");
        }
    }
}

#[test]
fn a_state_beside_is_not_that_state() {
    for beside in
        ["Pertemuan itu digelar di Mesir.", "Langkah itu dipuji Mesir.", "Warga Mesir berunjuk rasa."]
    {
        let text = format!("Vietnam memperkuat militernya. {beside} Negara itu bersekutu dengan Jepang.");
        assert_eq!(claims(&text).join("; "), "partner Jepang - Vietnam asserted", "{text}");
    }
}

#[test]
fn a_verb_ends_the_noun_of_the_firm_told_of() {
    hold(&[
        (
            "Grab memulai proyek baru. Perusahaan menggandeng Pertamina untuk proyek itu.",
            "partner Grab - Pertamina asserted",
        ),
        (
            "Grab memulai proyek baru. Perusahaan asal Tiongkok itu menggandeng Pertamina.",
            "partner Grab - Pertamina asserted",
        ),
    ]);
}

#[test]
fn a_source_says_nothing_of_its_own_partners() {
    hold(&[
        (
            "Menurut Toyota, Grab mengumumkan bahwa pihaknya telah menggandeng Indosat.",
            "partner Grab - Indosat asserted",
        ),
        (
            "Menurut CEO Tokopedia Budi Santoso, kerja sama dengan Grab berlangsung lama.",
            "partner Grab - Tokopedia asserted",
        ),
    ]);
}

#[test]
fn penalties_are_told_over_two_sentences() {
    let one = "sanction Komisi Pengawas Persaingan Usaha - Grab asserted";
    hold(&[
        ("Grab terbukti melanggar aturan. Atas pelanggaran itu, KPPU menjatuhkan denda Rp2 miliar.", one),
        ("Grab terbukti melanggar aturan. KPPU pun mencabut izinnya.", one),
        ("Grab tak lagi bisa beroperasi setelah KPPU mencabut izinnya.", one),
        ("Grab diblokir sejak Sabtu. Pemblokiran dilakukan KPPU karena konten negatif.", one),
        ("KPPU mengeluarkan keputusan pada Senin. Dalam keputusan itu, Grab dijatuhi denda.", one),
        ("KPPU mengumumkan sanksi baru. Grab menjadi sasarannya.", one),
        ("Grab terbukti melanggar aturan. KPPU pun menjatuhkan pilihan.", ""),
    ]);
}

#[test]
fn who_is_punished_for_a_partner_has_it() {
    hold(&[(
        "KPPU menghukum Grab karena bekerja sama dengan Sritex.",
        "sanction Komisi Pengawas Persaingan Usaha - Grab asserted",
    )]);
}

#[test]
fn nouns_are_spelt_out_behind_a_comma_or_seperti() {
    hold(&[
        (
            "Jepang menggelar patroli bersama sejumlah negara seperti Turki dan India.",
            "partner India - Jepang asserted; partner Jepang - Turki asserted",
        ),
        ("Jepang menjadi sekutu dekat negara tetangganya, India.", "partner India - Jepang asserted"),
        (
            "Traveloka menjadi rival terberat sejumlah merek, antara lain Grab dan Blibli.",
            "rival Blibli - Traveloka asserted; rival Grab - Traveloka asserted",
        ),
        (
            "Lewat kerja sama dengan beberapa mitra, termasuk Samsung, Traveloka menyediakan layanan.",
            "partner Samsung - Traveloka asserted",
        ),
    ]);
}

#[test]
fn nouns_that_look_like_verbs_end_no_phrase() {
    hold(&[
        (
            "Jepang menjalin kerja sama pemberantasan terorisme dengan Turki.",
            "partner Jepang - Turki asserted",
        ),
        ("Telkom meluncurkan terobosan baru bersama Grab.", "partner Grab - Telkom asserted"),
    ]);
}

#[test]
fn authorities_in_a_state_and_its_officials_act_for_it() {
    hold(&[
        ("Otoritas di Jepang mendenda Telegram.", "sanction Jepang - Telegram asserted"),
        ("Kemarin pejabat India menjatuhkan sanksi kepada Xiaomi.", "sanction India - Xiaomi asserted"),
        ("Brasil dilaporkan bermusuhan dengan Turki.", "rival Brasil - Turki asserted"),
    ]);
}

#[test]
fn what_ended_at_a_time_has_ended() {
    hold(&[
        ("Kerja sama antara Indosat dan Telkom resmi dihentikan.", "partner Indosat - Telkom negated"),
        ("Kerja sama Indosat dengan Telkom berakhir 2019.", "partner Indosat - Telkom negated"),
    ]);
}
