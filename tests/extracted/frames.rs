//! Whose a noun's purpose is, whom "that state" means, names that a bracket completes, words
//! that the site has glued.

use crate::{claims, extraction};

#[test]
fn words_of_a_link_are_parted_from_what_they_are_glued_to() {
    assert_eq!(
        claims("Kanada memberlakukan embargo terhadapBelarus."),
        ["sanction Kanada - Belarus asserted"]
    );
    assert_eq!(claims("Persaingan antaraBrasildanPerubulan lalu mereda."), ["rival Brasil - Peru asserted"]);
    assert_eq!(
        claims("Maskapai resmiGaruda Indonesia bekerja sama dengan Telkomsel."),
        ["partner Garuda Indonesia - Telkomsel asserted"]
    );
    assert_eq!(claims("PLNdan KAI bekerja sama."), ["partner Kereta Api Indonesia - PLN asserted"]);
}

#[test]
fn who_would_act_stands_between_a_noun_and_its_purpose() {
    assert_eq!(
        claims("IMF memuji langkah Vietnam untuk memperluas kemitraan dengan Filipina."),
        ["partner Filipina - Vietnam asserted"]
    );
    assert_eq!(
        claims("Ekuador heran akan keengganan Kolombia untuk melawan Venezuela."),
        ["rival Kolombia - Venezuela negated"]
    );
}

#[test]
fn that_state_is_the_one_of_the_clause_before() {
    assert_eq!(
        claims("Brasil menekan Paraguay bila negara itu bersekutu dengan Peru."),
        ["partner Paraguay - Peru planned"]
    );
    assert!(claims("Brasil kecewa setelah Shopee didenda pengawas negara itu, Hikma.").is_empty());
}

#[test]
fn where_something_was_posted_is_none_of_the_two() {
    let text = "Kementerian Perhubungan lewat postingan di Instagram berterima kasih. \
                \"Kedua pihak akan memperluas kolaborasi,\" tulisnya.";
    assert!(claims(text).is_empty());
}

#[test]
fn a_second_partner_may_follow_behind_but_also() {
    assert_eq!(
        claims("Telkomsel adalah mitra lama Oracle, tetapi juga mitra resmi Nokia."),
        ["partner Nokia - Telkomsel asserted", "partner Oracle - Telkomsel asserted"]
    );
}

#[test]
fn initials_in_brackets_tell_where_a_name_begins() {
    assert_eq!(
        claims("Jaringan Petani Lestari (JPL) bekerja sama dengan Pertamina."),
        ["partner Jaringan Petani Lestari - Pertamina asserted"]
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
        claims("Ajax menekuk Oseania All-Stars dalam laga amal di Sydney."),
        ["rival Ajax - Oseania All-Stars asserted"]
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
    let text = "Pada 9 Mei 2014, suporter menyalakan suar. Persib didenda PSSI.";
    assert_eq!(when(text).as_deref(), Some("2014-05-09"));
    assert_eq!(when(&text.replace(". Persib", ".\nPersib")), None);
    assert_eq!(when(&text.replace("didenda", "akan didenda")), None);
}

#[test]
fn what_is_told_of_a_deal_is_as_old_as_the_deal() {
    let text = "Semua bermula dari nota kesepahaman pada 7 Juni 2011. \
                Lewat nota kesepahaman itu, Telkomsel menggandeng BCA.";
    assert_eq!(when(text).as_deref(), Some("2011-06-07"));
}

#[test]
fn the_news_dates_what_is_told_later_of_the_same_two() {
    let text = "Pada Rabu, 13 Mei 2020, Indosat meresmikan gedung baru milik Nokia.\n\
                Hujan turun.\n\"Kami bermitra dengan Nokia,\" kata Direktur Indosat, Budi.";
    assert_eq!(when(text).as_deref(), Some("2020-05-13"));
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
    assert!(claims("Pertamina membidik pelanggan Shell.").is_empty());
    assert_eq!(claims("Ukraina membidik gudang Rusia."), ["rival Rusia - Ukraina asserted"]);
}

#[test]
fn a_deal_like_the_one_told_is_of_the_other_side() {
    let text = "BCA digandeng Telkomsel. Kolaborasi serupa sudah berjalan dengan Mandiri.";
    assert_eq!(claims(text), ["partner BCA - Telkomsel asserted"]);
}

#[test]
fn a_ministry_that_says_we_speaks_of_its_state() {
    let text = "Indonesia mengirim dokter. \"Perjanjian antara kita dengan Peru sudah berlaku,\" \
                ujar juru bicara Kementerian Kesehatan.";
    assert_eq!(claims(text), ["partner Indonesia - Peru asserted"]);
}

#[test]
fn what_failed_in_another_clause_ends_nothing() {
    assert_eq!(
        claims("Shopee didenda oleh KPPU karena gagal melapor."),
        ["sanction Komisi Pengawas Persaingan Usaha - Shopee asserted"]
    );
    assert_eq!(
        claims("Persaingan Uber dengan Grab di Asia yang berakhir tahun lalu dikenang."),
        ["rival Grab - Uber negated"]
    );
}

#[test]
fn a_penalty_that_is_lifted_is_the_one_told_of() {
    let text = "Kanada memberlakukan embargo terhadap Belarus. Gudang kosong. \
                Embargo itu dicabut pada 2012.";
    assert_eq!(claims(text), ["sanction Kanada - Belarus negated"]);
}

#[test]
fn two_who_are_asked_to_work_together_do_so_with_each_other() {
    let text = "Indosat dan Smartfren merugi. \
                Kementerian Keuangan meminta kedua operator bermitra.";
    assert_eq!(claims(text), ["partner Indosat - Smartfren planned"]);
}

#[test]
fn who_needs_a_thing_for_a_purpose_has_that_purpose() {
    let text = "Pabrik baru dibutuhkan Wuling untuk menyaingi Honda dan Suzuki.";
    assert_eq!(claims(text), ["rival Honda - Wuling asserted", "rival Suzuki - Wuling asserted"]);
}

#[test]
fn both_may_stand_for_the_list_before_it() {
    assert_eq!(
        claims("Bukalapak dan Blibli, keduanya pesaing Lazada, memprotes."),
        ["rival Blibli - Lazada asserted", "rival Bukalapak - Lazada asserted"]
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
        claims("UGM dan Universitas Leiden, Belanda akan berkolaborasi."),
        ["partner UGM - Universitas Leiden planned"]
    );
    assert_eq!(
        claims("Undip, UGM, dan Belanda akan berkolaborasi."),
        ["partner Belanda - UGM planned", "partner Belanda - Undip planned", "partner UGM - Undip planned"]
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

#[test]
fn a_date_in_brackets_behind_a_name_is_no_short_form_of_it() {
    let text = "Persik dihukum setelah ricuh saat melawan Persija (9 Maret 2025).";
    assert_eq!(when(text).as_deref(), Some("2025-03-09"));
}

#[test]
fn a_date_may_have_its_unit_before_it() {
    let text = "Undip dan Telkomsel membangun kerja sama yang erat sejak tahun 1999.";
    assert_eq!(when(text).as_deref(), Some("1999"));
}
