//! Firms, those who compete with them, and the bodies that stop them.

use super::claims;

#[test]
fn who_is_told_by_a_rivals_name_is_another() {
    assert_eq!(
        claims("Telkom menggandeng pesaing Google, Apple, untuk layanan barunya."),
        ["partner Apple - Telkom asserted", "rival Apple - Google asserted"]
    );
    assert!(claims("Telkom bekerja sama eksklusif dengan layanan sejenis Netflix.").is_empty());
    assert_eq!(
        claims("Telegram, aplikasi pesaing WhatsApp, dirilis kemarin."),
        ["rival Telegram - WhatsApp asserted"]
    );
    assert_eq!(
        claims("Tesla dan pesaingnya dari China seperti BYD menguasai pasar."),
        ["rival BYD - Tesla asserted"]
    );
}

#[test]
fn a_clause_behind_a_firm_that_is_referred_to_has_its_own_names() {
    assert_eq!(
        claims(
            "Viu ditutup. Perusahaan asal Hong Kong itu, yang merupakan mitra Telkom sejak 2018, bersaing dengan Netflix."
        ),
        ["partner Telkom - Viu asserted", "rival Netflix - Viu asserted"]
    );
}

#[test]
fn those_who_compete_with_others_do_not_compete_with_each_other() {
    assert_eq!(
        claims("Honda dan Nissan bekerja sama. Kedua perusahaan ini akan bersaing dengan aliansi lain."),
        ["partner Honda - Nissan asserted"]
    );
}

#[test]
fn what_nobody_fears_takes_place() {
    assert_eq!(claims("Telkomsel tidak takut tersaingi Indosat."), ["rival Indosat - Telkomsel asserted"]);
}

#[test]
fn a_sentence_may_open_with_a_firms_first_word() {
    assert_eq!(
        claims("Trihill Ventures membuka kantor. Trihill telah menggandeng Telkomsel."),
        ["partner Telkomsel - Trihill Ventures asserted"]
    );
}

#[test]
fn two_owners_part_no_list() {
    assert_eq!(
        claims("TikTok milik ByteDance dan WeChat kepunyaan Tencent diblokir India."),
        ["sanction India - TikTok asserted", "sanction India - WeChat asserted"]
    );
}

#[test]
fn a_rivals_rival_is_no_subject() {
    assert_eq!(
        claims("Saingan berat Gojek, Grab, menggandeng OVO."),
        ["partner Grab - OVO asserted", "rival Gojek - Grab asserted"]
    );
    assert!(claims("Rival Gojek itu menggandeng OVO.").is_empty());
}

#[test]
fn whence_one_leaves_is_no_subject() {
    assert_eq!(
        claims("Gojek mundur dari Vietnam karena kalah bersaing dengan Grab."),
        ["rival Gojek - Grab asserted"]
    );
}

#[test]
fn who_stands_beside_another_subject_is_that_ones() {
    assert!(
        claims("Meski BCA dan BRI telah mengembangkan aplikasi, Grab bersama Gojek masih yang terbesar.")
            .is_empty()
    );
}

#[test]
fn an_alliance_that_one_competes_with_is_none_of_ones_own() {
    assert_eq!(
        claims("Honda dan Nissan akan bersaing dengan aliansi lain yang dipimpin oleh Toyota."),
        ["rival Honda - Toyota planned", "rival Nissan - Toyota planned"]
    );
}

#[test]
fn both_firms_are_meant_by_any_noun_for_them() {
    assert_eq!(
        claims(
            "OVO dan LinkAja merilis laporan. Bergabungnya kedua fintech tersebut akan menjadi penantang kuat bagi GoPay."
        ),
        ["rival GoPay - LinkAja planned", "rival GoPay - OVO planned"]
    );
}
