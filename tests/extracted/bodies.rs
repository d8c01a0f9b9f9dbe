//! Bodies of towns and provinces, their leaders and boards, and teams.

use super::{claims, companies, extraction, hold};
use katak::extract::EntityKind;

#[test]
fn a_titles_bearer_is_no_part_of_the_bodys_name() {
    assert_eq!(
        claims("Kepala Dinas Perikanan Sugeng menggandeng Grab."),
        ["partner Dinas Perikanan - Grab asserted"]
    );
    assert_eq!(
        claims("Kepala Dinas Koperasi dan UMKM Jabar Kurnia Wijang Setiadi menggandeng Grab."),
        ["partner Dinas Koperasi dan UMKM Jabar - Grab asserted"]
    );
    // Where the article has the body alone as well.
    assert_eq!(
        claims("Ketua Yayasan Melati Putih Wijang Setiadi hadir. Yayasan Melati Putih menggandeng Grab."),
        ["partner Grab - Yayasan Melati Putih asserted"]
    );
}

#[test]
fn a_partys_local_board_speaks_for_it() {
    assert_eq!(
        claims("DPC PPP dan DPD PAN Wonosobo menyatakan berkoalisi. PPP dan PAN sudah lama dekat."),
        ["partner Partai Amanat Nasional - Partai Persatuan Pembangunan asserted"]
    );
}

#[test]
fn a_regions_government_may_stand_in_small_letters() {
    assert_eq!(
        claims("pemerintah kabupaten Kebumen menggandeng Grab."),
        ["partner Grab - Pemkab Kebumen asserted"]
    );
    assert_eq!(claims("Hotel di kota Kebumen menggandeng Grab."), Vec::<String>::new());
}

#[test]
fn who_is_with_each_of_several_counted_is_with_each_alone() {
    assert_eq!(
        claims("Kerja sama antara Grab dan tiga bank di Jawa, yaitu BCA, BRI, dan BNI, diteken."),
        ["partner BCA - Grab asserted", "partner BNI - Grab asserted", "partner BRI - Grab asserted"]
    );
    assert_eq!(
        claims("Kerja sama antara Grab, BCA, dan BRI diteken."),
        ["partner BCA - BRI asserted", "partner BCA - Grab asserted", "partner BRI - Grab asserted"]
    );
}

#[test]
fn those_with_whom_an_agreement_is_signed_are_no_pair() {
    assert_eq!(
        claims("Grab menggelar penandatanganan MoU bersama BCA serta BRI."),
        ["partner BCA - Grab asserted", "partner BRI - Grab asserted"]
    );
}

#[test]
fn a_roman_number_behind_what_is_counted_ends_a_sentence() {
    assert_eq!(
        companies("Grab menggandeng PT Melati Kencana Regional I. Kerja sama itu berlaku setahun."),
        ["Grab", "PT Melati Kencana Regional I"]
    );
}

#[test]
fn a_state_in_an_article_about_national_teams_is_a_team() {
    let text = "Laga Timnas Malaysia melawan Timnas Laos berakhir imbang. Pada pertandingan lain, \
                Vietnam akan menghadapi Thailand.";
    assert!(claims(text).contains(&"rival Thailand - Vietnam planned".to_string()));
    assert_eq!(claims("Vietnam akan menghadapi Thailand."), Vec::<String>::new());
}

#[test]
fn an_unknown_name_that_only_meets_clubs_is_no_company() {
    let found = extraction("Persib akan menjamu Melati Kencana dalam laga kandang.");
    assert!(found.entities.iter().all(|e| e.kind != EntityKind::Company));
}

#[test]
fn a_team_called_after_its_player_is_not_the_player() {
    assert_eq!(claims("Budi Kencana dan kolega menahan imbang Persib di laga kedua."), Vec::<String>::new());
}

#[test]
fn whose_supporters_they_are_the_sentence_tells() {
    assert_eq!(
        claims("Persib menang. Persita didenda karena suporter mereka ricuh saat melawan Arema FC."),
        ["rival Arema FC - Persita asserted"]
    );
}

#[test]
fn seats_in_blocs_are_taken_frozen_and_new() {
    let told = |text: &str| claims(&format!("Mercosur berdiri pada 1991. {text}"));
    assert_eq!(told("Bolivia menjadi anggota terbaru sejak 2024."), ["partner Bolivia - Mercosur asserted"]);
    assert_eq!(told("Blok itu menerima Venezuela pada 2012."), ["partner Mercosur - Venezuela asserted"]);
    assert_eq!(
        told("Venezuela ditangguhkan keanggotaannya pada 2016."),
        ["sanction Mercosur - Venezuela asserted"]
    );
}

#[test]
fn a_body_whose_name_begins_as_a_phrase_of_common_words_is_one_name() {
    hold(&[
        (
            "Komisi Pengawas Angkutan Lagos mendenda Grab.",
            "sanction Komisi Pengawas Angkutan Lagos - Grab asserted",
        ),
        ("Bank Mitra Rakyat menggandeng Grab.", "partner Bank Mitra Rakyat - Grab asserted"),
        ("FIFA menghukum tim nasional Rusia.", "sanction FIFA - Rusia asserted"),
        ("Grab dan bank mitra memakai layanan BCA.", ""),
    ]);
}

#[test]
fn a_body_is_the_known_one_whose_foreign_short_form_follows() {
    hold(&[("Federasi Catur Internasional (FIDE) menghukum Rusia.", "sanction FIDE - Rusia asserted")]);
}
