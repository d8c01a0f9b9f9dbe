//! Whose a noun's purpose is, whom "that state" means, names that a bracket completes, words
//! that the site has glued.

use crate::claims;

#[test]
fn words_of_a_link_are_parted_from_what_they_are_glued_to() {
    assert_eq!(claims("Inggris menjatuhkan sanksi terhadapRusia."), ["sanction Inggris - Rusia asserted"]);
    assert_eq!(claims("Perang antaraIrandanIsraelpekan lalu mereda."), ["rival Iran - Israel asserted"]);
    assert_eq!(
        claims("Maskapai resmiGaruda Indonesia bekerja sama dengan Telkomsel."),
        ["partner Garuda Indonesia - Telkomsel asserted"]
    );
    assert_eq!(claims("PLNdan KAI bekerja sama."), ["partner Kereta Api Indonesia - PLN asserted"]);
}

#[test]
fn who_would_act_stands_between_a_noun_and_its_purpose() {
    assert_eq!(
        claims("Dukungan Bank Dunia terhadap inisiatif Indonesia untuk mempererat kerja sama dengan Jepang."),
        ["partner Indonesia - Jepang asserted"]
    );
    assert_eq!(
        claims("Pendukung Hamas kesal dengan keengganan Iran untuk menyerang Israel."),
        ["rival Iran - Israel negated"]
    );
}

#[test]
fn that_state_is_the_one_of_the_clause_before() {
    assert_eq!(
        claims("Donald Trump mengancam Oman jika negara tersebut berkolaborasi dengan Iran."),
        ["partner Iran - Oman planned"]
    );
    assert!(claims("Donald Trump marah setelah Telegram didenda regulator negara itu, Weko.").is_empty());
}

#[test]
fn where_something_was_posted_is_none_of_the_two() {
    let text = "Gedung Putih melalui unggahan di X menyambut hal itu. \
                \"Kedua belah pihak membahas cara meningkatkan kerja sama,\" tulisnya.";
    assert!(claims(text).is_empty());
}

#[test]
fn a_second_partner_may_follow_behind_but_also() {
    assert_eq!(
        claims("Irak merupakan sekutu dekat Iran, tetapi juga mitra strategis Jepang."),
        ["partner Irak - Iran asserted", "partner Irak - Jepang asserted"]
    );
}

#[test]
fn initials_in_brackets_tell_where_a_name_begins() {
    assert_eq!(
        claims("Jaringan Sopir Nusantara (JSN) bekerja sama dengan Pertamina."),
        ["partner Jaringan Sopir Nusantara - Pertamina asserted"]
    );
}

#[test]
fn a_report_tells_of_others() {
    assert_eq!(
        claims("Laporan Reuters menyebut Indosat bekerja sama dengan Telkomsel."),
        ["partner Indosat - Telkomsel asserted"]
    );
}

#[test]
fn teams_of_a_state_or_region_bear_its_name() {
    assert_eq!(
        claims("Manchester United dipermalukan tim ASEAN All-Stars dalam pertandingan di Kuala Lumpur."),
        ["rival ASEAN All-Stars - Manchester United asserted"]
    );
}
