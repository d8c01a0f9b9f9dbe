//! Who speaks, signs or is shown, and what is told of them.

use super::{claims, hold};

#[test]
fn who_speaks_may_be_told_where_the_quotation_ends() {
    assert_eq!(
        claims(
            "“Kami menggandeng Telkom. Antrean jadi pendek,” kata Direktur Operasi BCA. “Kami puas,” kata \
             Dirut Grab Budi Cahya."
        ),
        ["partner BCA - Telkom asserted"]
    );
    // The next quotation is another's.
    assert!(
        claims("“Kami menggandeng Telkom.” “Antrean jadi pendek,” kata Dirut Grab Budi Cahya.").is_empty()
    );
}

#[test]
fn who_speaks_has_no_noun_of_its_own() {
    assert_eq!(
        claims("Direktur Utama BCA Budi Cahya mengatakan pihaknya menggandeng Telkom untuk layanan itu."),
        ["partner BCA - Telkom asserted"]
    );
}

#[test]
fn places_in_a_picture_and_persons_before_their_body_do_not_break_a_list() {
    let two = ["partner BCA - UGM asserted"];
    assert_eq!(
        claims(
            "Dirut BCA Budi Cahya (kiri) dan Rektor UGM Dedi Eka (kedua dari kanan) meneken nota kesepahaman."
        ),
        two
    );
    assert_eq!(
        claims(
            "Nota kesepahaman itu diteken oleh Budi Cahya selaku Direktur Utama BCA dan Dedi Eka selaku \
             Rektor UGM."
        ),
        two
    );
}

#[test]
fn the_one_passed_over_denies_nothing() {
    assert_eq!(claims("Bukan Grab, Telkom menggandeng BCA."), ["partner BCA - Telkom asserted"]);
}

#[test]
fn a_state_and_a_noun_before_it_only_tell_of_the_firm_behind() {
    let two = ["partner BCA - Nordvik asserted"];
    assert_eq!(claims("BCA bekerja sama dengan perusahaan teknologi asal Swedia Nordvik."), two);
    assert_eq!(
        claims("BCA bekerja sama dengan BUMN energi Malaysia, Petronas."),
        ["partner BCA - Petronas asserted"]
    );
}

#[test]
fn a_consortium_of_firms_has_no_name_of_its_own() {
    assert_eq!(
        claims("Konsorsium PT Hutama Karya dan Waskita Karya keluar sebagai pemenang."),
        ["partner Hutama Karya - Waskita Karya asserted"]
    );
}

#[test]
fn what_is_given_up_or_ends_by_agreement_is_no_more() {
    let two = ["partner BCA - Telkom negated"];
    assert_eq!(claims("BCA mengurungkan niat untuk bekerja sama dengan Telkom."), two);
    assert_eq!(claims("BCA dan Telkom sepakat mengakhiri nota kesepahaman itu."), two);
    assert_eq!(claims("Ia menyinggung berhentinya kerja sama BCA dengan Telkom."), two);
}

#[test]
fn a_title_is_no_verb() {
    assert_eq!(
        claims("Direktur Utama BCA menyambut baik kesempatan untuk dapat berkolaborasi dengan Telkom."),
        ["partner BCA - Telkom planned"]
    );
}

#[test]
fn a_titles_bearer_is_no_part_of_a_body_of_one_word() {
    assert_eq!(
        claims("Ketua Umum Kadin Anindya Bakrie bilang pihaknya menggandeng Telkom."),
        ["partner Kadin Indonesia - Telkom asserted"]
    );
}

#[test]
fn whoever_is_said_to_have_told_it_signs() {
    let deal = "partner BCA - Grab asserted";
    hold(&[
        (
            "Pernyataan itu disampaikan Direktur Utama Grab Budi Cahya setelah penandatanganan kerja sama dengan BCA.",
            deal,
        ),
        (
            "Demikian diungkapkan Direktur Utama Grab, Budi Santoso, dalam penandatanganan MoU dengan BCA.",
            deal,
        ),
    ]);
}

#[test]
fn a_paper_and_its_city_open_a_report_without_a_dash() {
    hold(&[
        ("Kabarnusa.com, Jakarta Arab Saudi menggandeng Mesir.", "partner Arab Saudi - Mesir asserted"),
        ("Kabarnusa.com, Jakarta - Arab Saudi menggandeng Mesir.", "partner Arab Saudi - Mesir asserted"),
    ]);
}

#[test]
fn people_speak_for_whom_they_were_said_to_lead() {
    hold(&[
        (
            "Rektor ITS Mochamad Ashari menggandeng INKA. INKA membuat kereta. Ashari mengungkapkan, pihaknya \
             juga bekerja sama dengan PLN.",
            "partner INKA - ITS asserted; partner ITS - PLN asserted",
        ),
        (
            "CEO Amartha Andi Taufan hadir. Direktur BRI Sunarso juga hadir. Menurut Andi, pihaknya bekerja sama \
             dengan Telkom.",
            "partner Amartha - Telkom asserted",
        ),
        (
            "CEO Amartha Andi Taufan hadir. Direktur BRI Andi Cita juga hadir. \"Kami bekerja sama dengan Telkom,\" \
             kata Andi Cita, Direktur BRI.",
            "partner BRI - Telkom asserted",
        ),
    ]);
}
