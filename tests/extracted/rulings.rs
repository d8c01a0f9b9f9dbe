//! Penalties: whom they hit, with which sums, and who strikes them.

use super::claims;

#[test]
fn people_of_a_club_or_firm_are_no_targets() {
    let none = Vec::<String>::new();
    assert_eq!(claims("FIFA menjatuhkan sanksi kepada pelatih fisik Persebaya."), none);
    assert_eq!(claims("Kanada menjatuhkan sanksi kepada empat pejabat eksekutif dari Sberbank."), none);
    assert_eq!(claims("Sanksi Kanada itu menyasar sembilan anggota dewan Gazprom."), none);
    assert_eq!(
        claims("Kanada menjatuhkan sanksi kepada bank terbesar Rusia, Sberbank."),
        ["sanction Kanada - Sberbank asserted"]
    );
}

#[test]
fn a_list_goes_on_behind_sums_and_what_is_counted() {
    let fined = [
        "sanction Komisi Pengawas Persaingan Usaha - Grab asserted",
        "sanction Komisi Pengawas Persaingan Usaha - Lazada asserted",
    ];
    assert_eq!(
        claims("KPPU mendenda Grab sebesar Rp 3.400.500.000,00, dan Lazada sebesar Rp 900 juta."),
        fined
    );
    assert_eq!(
        claims("KPPU mendenda Grab Rp1,5 miliar (satu setengah miliar), dan Lazada Rp900 juta."),
        fined
    );
    assert_eq!(
        claims("Kementerian Perhubungan menghukum Citilink dua pelanggaran serta Susi Air tiga pelanggaran."),
        [
            "sanction Kementerian Perhubungan - Citilink asserted",
            "sanction Kementerian Perhubungan - Susi Air asserted"
        ]
    );
}

#[test]
fn a_ministrys_name_goes_on_behind_its_short_form() {
    assert_eq!(
        claims("Kementerian Perdagangan (Kemendag) China melarang Micron."),
        ["sanction Kementerian Perdagangan China - Micron asserted"]
    );
}

#[test]
fn what_speaks_against_a_penalty_tells_that_it_stands() {
    assert_eq!(
        claims("Kami menolak sanksi sepihak Amerika Serikat terhadap Huawei."),
        ["sanction Amerika Serikat - Huawei asserted"]
    );
}

#[test]
fn a_regulator_has_the_name_behind_what_it_is_called_and_its_state() {
    let fined = ["sanction ACCC - Qantas asserted"];
    assert_eq!(claims("Regulator persaingan Australia, ACCC, mendenda Qantas."), fined);
    assert_eq!(claims("Pengawas persaingan Australia (ACCC) mendenda Qantas."), fined);
    assert_eq!(claims("Qantas didenda 20 juta dolar oleh regulator persaingan Australia, ACCC."), fined);
    assert_eq!(claims("Regulator Australia mendenda Qantas."), ["sanction Australia - Qantas asserted"]);
}

#[test]
fn who_punished_last_is_meant_by_what_it_is() {
    let told = "OJK membekukan kegiatan Akulaku. ";
    let both = |second: &str| claims(&format!("{told}{second}"));
    let akulaku = "sanction Otoritas Jasa Keuangan - Akulaku asserted";
    assert_eq!(
        both("Regulator juga mencabut izin Investree."),
        [akulaku, "sanction Otoritas Jasa Keuangan - Investree asserted"]
    );
    assert_eq!(
        both("Kini giliran Investree yang terkena sanksi."),
        [akulaku, "sanction Otoritas Jasa Keuangan - Investree asserted"]
    );
    assert_eq!(both("Regulator juga memuji Investree."), [akulaku]);
}

#[test]
fn verbs_with_nya_strike_or_join_the_one_told_of() {
    assert_eq!(
        claims("Lazada tumbuh cepat. KPPU mendendanya Rp2 miliar."),
        ["sanction Komisi Pengawas Persaingan Usaha - Lazada asserted"]
    );
    assert_eq!(
        claims("Lazada tumbuh cepat. Visa bermitra dengannya sejak awal."),
        ["partner Lazada - Visa asserted"]
    );
    assert_eq!(claims("Lazada tumbuh cepat. Visa mengawasinya sejak awal."), Vec::<String>::new());
}

#[test]
fn a_penalty_strikes_whom_it_strikes_instead_of_another() {
    assert_eq!(
        claims("Kanada menjatuhkan sanksi bukan kepada Belarus, melainkan kepada Rosneft."),
        ["sanction Kanada - Rosneft asserted"]
    );
}

#[test]
fn a_list_has_a_heading_for_each() {
    let text = "Kominfo memblokir sejumlah layanan. Berikut daftarnya.\n\nTumblr\nLayanan ini penuh keluhan. \
                Pemiliknya diam saja.\n\nSteam\nToko gim ini belum mendaftar.";
    assert_eq!(
        claims(text),
        [
            "sanction Kementerian Komunikasi dan Informatika - Steam asserted",
            "sanction Kementerian Komunikasi dan Informatika - Tumblr asserted"
        ]
    );
    let other = "Kominfo membina sejumlah layanan. Berikut daftarnya.\n\nTumblr\nLayanan ini penuh keluhan.";
    assert_eq!(claims(other), Vec::<String>::new());
}

#[test]
fn a_list_told_of_names_whom_it_strikes() {
    let told = |text: &str| claims(&format!("Kanada menambahkan 30 entitas ke daftar hitam. {text}"));
    let both = ["sanction Kanada - Gazprom asserted", "sanction Kanada - Rosneft asserted"];
    assert_eq!(told("Dalam daftar tersebut terdapat Gazprom dan Rosneft."), both);
    assert_eq!(told("Di antara nama-nama itu ada Gazprom dan Rosneft."), both);
    assert_eq!(told("Dalam acara tersebut terdapat Gazprom dan Rosneft."), Vec::<String>::new());
}

#[test]
fn a_measure_is_answered_with_another() {
    assert_eq!(
        claims("Kanada mengenakan tarif kepada India. New Delhi membalas dengan tarif serupa."),
        ["sanction India - Kanada asserted", "sanction Kanada - India asserted"]
    );
}
