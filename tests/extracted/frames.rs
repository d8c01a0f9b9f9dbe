//! Whose a noun's purpose is, whom "that state" means, names that a bracket completes, words
//! that the site has glued.

use crate::{claims, extraction};

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

/// The date of the only claim.
fn when(text: &str) -> Option<String> {
    let found = extraction(text);
    assert_eq!(found.claims.len(), 1, "{:?}", found.claims);
    found.claims[0].when.map(|date| date.to_string())
}

#[test]
fn a_date_that_a_sentence_begins_with_holds_for_the_next_of_its_paragraph() {
    let text = "Pada 3 Maret 2008, federasi itu dinilai melanggar aturan. Arema dihukum PSSI.";
    assert_eq!(when(text).as_deref(), Some("2008-03-03"));
    assert_eq!(when(&text.replace(". Arema", ".\nArema")), None);
    assert_eq!(when(&text.replace("dihukum", "akan dihukum")), None);
}

#[test]
fn what_is_told_of_a_deal_is_as_old_as_the_deal() {
    let text = "Mereka bertemu seusai MoU diteken pada 23 Desember 2016. \
                Dalam MoU tersebut, Telkomsel bekerja sama dengan BCA.";
    assert_eq!(when(text).as_deref(), Some("2016-12-23"));
}

#[test]
fn the_news_dates_what_is_told_later_of_the_same_two() {
    let text = "Pada Senin, 24 Juli 2017, Grab mengumumkan dana segar dari SoftBank.\n\
                Pasar sedang tumbuh.\n\"Kami mempererat kemitraan dengan SoftBank,\" kata Direktur Grab, Budi.";
    assert_eq!(when(text).as_deref(), Some("2017-07-24"));
    let text = "Telkomsel bekerja sama dengan BCA.\nPasar sedang tumbuh.\n\
                Pelanggan menyambutnya.\nHarga tetap.\n\
                Peluncuran layanan pada Senin, 24 Juli 2017, dihadiri Direktur Telkomsel dan Direktur BCA.";
    assert_eq!(when(text).as_deref(), Some("2017-07-24"));
}

#[test]
fn war_material_and_drills_are_no_war() {
    for text in ["Kapal perang Filipina dan Jepang berlayar.", "Latihan perang Filipina dan Jepang usai."] {
        assert!(claims(text).is_empty(), "{text}");
    }
    assert!(claims("Danantara menargetkan semua pesawat Garuda Indonesia kembali terbang.").is_empty());
    assert_eq!(claims("Iran menargetkan pangkalan Israel."), ["rival Iran - Israel asserted"]);
}

#[test]
fn a_deal_like_the_one_told_is_of_the_other_side() {
    let text = "Unram diajak Telkomsel bekerja sama. Rektor bangga karena kerja sama serupa baru dijalin \
                dengan ITB.";
    assert_eq!(claims(text), ["partner Telkomsel - Universitas Mataram asserted"]);
}

#[test]
fn a_ministry_that_says_we_speaks_of_its_state() {
    let text = "Indonesia menggelar latihan. \"MoU antara kita dengan Turki,\" \
                kata juru bicara Kementerian Pertahanan.";
    assert_eq!(claims(text), ["partner Indonesia - Turki asserted"]);
}

#[test]
fn what_failed_in_another_clause_ends_nothing() {
    assert_eq!(
        claims("PSIS Semarang didenda oleh Komdis PSSI lantaran gagal membendung suporter."),
        ["sanction Komdis PSSI - PSIS Semarang asserted"]
    );
    assert_eq!(
        claims("Persaingan Uber dengan Grab di Asia yang berakhir tahun lalu dikenang."),
        ["rival Grab - Uber negated"]
    );
}

#[test]
fn a_penalty_that_is_lifted_is_the_one_told_of() {
    let text = "Amerika Serikat menjatuhkan embargo terhadap Indonesia. Pesawat tidak terbang. \
                Embargo tersebut dicabut pada 2005.";
    assert_eq!(claims(text), ["sanction Amerika Serikat - Indonesia negated"]);
}

#[test]
fn two_who_are_asked_to_work_together_do_so_with_each_other() {
    let text = "Amman Mineral dan Freeport Indonesia merugi. \
                Kementerian ESDM meminta kedua perusahaan bekerja sama.";
    assert_eq!(claims(text), ["partner Amman Mineral - Freeport Indonesia planned"]);
}

#[test]
fn who_needs_a_thing_for_a_purpose_has_that_purpose() {
    let text = "Uang segar dibutuhkan Gojek untuk meladeni Grab dan Uber.";
    assert_eq!(claims(text), ["rival Gojek - Grab asserted", "rival Gojek - Uber asserted"]);
}

#[test]
fn both_may_stand_for_the_list_before_it() {
    assert_eq!(
        claims("Garuda Indonesia dan Lion Air, keduanya pesaing AirAsia, menolak."),
        ["rival AirAsia - Garuda Indonesia asserted", "rival AirAsia - Lion Air asserted"]
    );
}

#[test]
fn bodies_of_two_states_have_one_name() {
    assert_eq!(
        claims("Telkomsel bekerja sama dengan Indonesia-Australia Business Council."),
        ["partner Indonesia-Australia Business Council - Telkomsel asserted"]
    );
}

#[test]
fn a_state_behind_the_last_name_of_a_list_is_where_that_body_is() {
    assert_eq!(
        claims("Undip dan Universitas Ryukyu, Jepang telah lama menjalin kerja sama."),
        ["partner Undip - Universitas Ryukyu asserted"]
    );
    assert_eq!(
        claims("Undip, UGM, dan Jepang telah lama menjalin kerja sama."),
        ["partner Jepang - UGM asserted", "partner Jepang - Undip asserted", "partner UGM - Undip asserted"]
    );
}

#[test]
fn who_has_to_pay_was_punished_by_who_was_told_of() {
    let text = "Komdis PSSI mendenda Persib. Arema FC wajib membayar Rp75 juta.";
    assert_eq!(
        claims(text),
        ["sanction Komdis PSSI - Arema FC asserted", "sanction Komdis PSSI - Persib asserted"]
    );
}
