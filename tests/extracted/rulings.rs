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
