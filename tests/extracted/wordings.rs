//! Who is meant by "that club", "both" and "by whom": references by kind, names with
//! particles, and who beside a name is no party to a fact.

use super::{claims, companies, extraction};
use katak::article::Article;
use katak::extract::Extractor;

/// The dates of a text published on 20 November 2025.
fn dates(text: &str) -> Vec<String> {
    let mut article = Article::new("a", text);
    article.published = Some("2025-11-20".parse().unwrap());
    Extractor::builtin().extract(&article).dates.iter().map(|d| d.date.to_string()).collect()
}

#[test]
fn what_a_sentence_begins_with_is_no_part_of_a_name() {
    for opener in ["Sebelumnya", "Adapun", "Rupanya", "Alhasil", "Sayangnya"] {
        let told = claims(&format!("{opener} Karuna FC didenda PSSI."));
        assert_eq!(told, ["sanction PSSI - Karuna FC asserted"], "{opener}");
    }
}

#[test]
fn a_footnotes_figure_a_bare_form_and_what_is_held_are_no_firm() {
    assert_eq!(companies("Budi adalah Direktur PT Lautan Lestari3."), ["PT Lautan Lestari"]);
    assert!(companies("Rapat disaksikan oleh PT. Dirut Budi Cita.").is_empty());
    assert!(companies("Budi hadir pada Nusabaya International Summit di Bali.").is_empty());
}

#[test]
fn short_forms_of_common_nouns_name_nobody() {
    let text = "Telkom meneken perjanjian kerja sama (PKS) bersama Kejaksaan Negeri Manado. PKS itu berlaku.";
    assert_eq!(claims(text), ["partner Kejaksaan Negeri Manado - Telkom asserted"]);
}

#[test]
fn a_short_form_behind_or_is_the_name_before_it() {
    let text = "PT Karya Wira Lestari Ltd atau KWL menang tender. Pertamina bekerja sama dengan KWL.";
    assert_eq!(claims(text), ["partner PT Karya Wira Lestari Ltd - Pertamina asserted"]);
}

#[test]
fn particles_letters_and_hyphens_stay_inside_a_name() {
    assert_eq!(
        claims("Telkom bermitra dengan Cabos de Timor-Leste tahun ini."),
        ["partner Cabos de Timor-Leste - Telkom asserted"]
    );
    assert_eq!(
        claims("V-Kirana, perusahaan listrik baru, menggandeng BCA."),
        ["partner BCA - V-Kirana asserted"]
    );
    assert_eq!(
        claims("Dua bank, Lembang Rural Bank dan Ciwidey Rural Bank, dikenai sanksi oleh OJK.").len(),
        2
    );
}

#[test]
fn those_who_sign_are_their_bodies_whatever_they_are_called() {
    let text = "MoU diteken Direktur Utama PLN Abdul Rahman bin Ali, Wakil Rektor III ITB Siti Nurbaya, \
                M.Sc., dan Kepala BNPB Brigjen Pol. Tono Wibowo di Jakarta.";
    assert_eq!(claims(text).len(), 3, "{:?}", claims(text));
    let text = "Yang membubuhkan tanda tangan ialah Menteri Kesehatan M Budi Cita, Menteri BUMN Rini \
                Sari, dan Menteri Pertanian Andi Amran.";
    assert_eq!(claims(text).len(), 3, "{:?}", claims(text));
}

#[test]
fn that_club_is_whom_the_text_is_about_and_not_who_punishes_it() {
    let text = "Persib kalah lagi. Komdis PSSI mendenda klub itu karena ulah suporternya.";
    assert_eq!(claims(text), ["sanction Komdis PSSI - Persib asserted"]);
}

#[test]
fn both_are_those_just_told_of_rather_than_others_named_since() {
    let text = "Toyota menggandeng Mazda. Tesla dan Nissan lebih dulu maju. Kedua pabrikan akan bekerja \
                sama mengembangkan mobil listrik.";
    assert_eq!(claims(text), ["partner Mazda - Toyota asserted"]);
    let text = "Honda dan Nissan menjadi grup terbesar ketiga setelah Toyota dan Volkswagen. Keduanya \
                bersaing dengan BYD.";
    assert_eq!(claims(text), ["rival BYD - Honda asserted", "rival BYD - Nissan asserted"]);
}

#[test]
fn a_firm_does_not_work_with_the_state_that_it_works_in() {
    assert!(claims("Grab memperkuat kerja sama dengan Indonesia.").is_empty());
    assert_eq!(
        claims("Grab memperkuat kerja sama dengan pemerintah Indonesia."),
        ["partner Grab - Indonesia asserted"]
    );
}

#[test]
fn a_service_from_a_state_acts_and_not_the_state() {
    let text = "Telkom menggandeng iflix, layanan dari Malaysia yang menyaingi Netflix.";
    assert_eq!(claims(text), ["partner Telkom - iflix asserted", "rival Netflix - iflix asserted"]);
}

#[test]
fn a_penalty_with_an_issuer_of_its_own_is_that_issuers() {
    let text = "Amerika Serikat harus menerapkan sanksi PBB terhadap Korea Utara.";
    let told = claims(text);
    assert!(told.iter().all(|c| c.starts_with("sanction PBB - Korea Utara")), "{told:?}");
}

#[test]
fn people_in_a_list_are_not_punished_bodies() {
    let text = "PSSI menghukum dua suporter Persib, Yuli Supana dan Fandi, pekan lalu.";
    assert!(claims(text).iter().all(|c| !c.contains("Fandi")), "{:?}", claims(text));
}

#[test]
fn what_is_signed_once_stays_signed_and_what_is_restored_is_barred_no_more() {
    assert_eq!(
        claims("Pada 2023 Pertamina pernah meneken MoU bersama Telkom."),
        ["partner Pertamina - Telkom asserted"]
    );
    assert_eq!(
        claims("Telegram diblokir Kominfo pada Juli, tetapi sudah dipulihkan pada Agustus."),
        ["sanction Kementerian Komunikasi dan Informatika - Telegram negated"]
    );
}

#[test]
fn those_who_sign_together_sign_with_each_other() {
    let text = "Danantara bersama Pertamina dan PLN meneken nota kesepahaman.";
    assert_eq!(claims(text).len(), 3, "{:?}", claims(text));
}

#[test]
fn parts_of_the_day_quarters_and_yesterday_in_speech() {
    assert_eq!(dates("Acara digelar Selasa dini hari waktu setempat (11/11/2025)."), ["2025-11-11"]);
    assert_eq!(dates("Toko itu dibuka sejak 5 Oktober kemarin."), ["2025-10-05"]);
    assert_eq!(
        dates("Laba naik pada kuartal III 2019, triwulan pertama 2018, dan Q2-2020."),
        ["2018", "2019", "2020"]
    );
    assert!(dates("\"Kemarin kami bertemu,\" kata Budi.").is_empty());
}

#[test]
fn a_match_that_is_to_come_is_dated_by_the_sentence_behind_it() {
    let text = "Persib akan menghadapi Persija dalam laga berikutnya. Laga itu akan digelar Minggu \
                (23/11/2025) di Bandung.";
    let found = extraction(text);
    assert_eq!(found.claims[0].when.map(|d| d.to_string()), Some("2025-11-23".into()));
}

#[test]
fn references_may_say_more_of_whom_they_mean() {
    let text = "Xendit mendapat pendanaan. BCA menggandeng startup pembayaran asal Jakarta itu.";
    assert_eq!(claims(text), ["partner BCA - Xendit asserted"]);
    let text = "Iran mengecam resolusi itu. Israel menyerang negara di Teluk itu.";
    assert_eq!(claims(text), ["rival Iran - Israel asserted"]);
    let text = "Persib menang lagi. Tim asuhan Bojan Hodak itu bekerja sama dengan Telkomsel.";
    assert_eq!(claims(text), ["partner Persib - Telkomsel asserted"]);
}

#[test]
fn several_states_may_be_struck_by_whom_the_text_told_of() {
    let before = "Uni Eropa menjatuhkan sanksi kepada Rusia.";
    for next in [
        "Iran dan Kuba juga dijatuhi sanksi.",
        "Sanksi serupa dijatuhkan kepada Iran dan Kuba.",
        "Sebelumnya, Iran dan Kuba lebih dulu dikenai sanksi.",
        "Sanksi itu juga menyasar Iran dan Kuba.",
    ] {
        let told = claims(&format!("{before} {next}"));
        for state in ["Iran", "Kuba", "Rusia"] {
            let fact = format!("sanction Uni Eropa - {state} asserted");
            assert!(told.contains(&fact), "{next} {told:?}");
        }
    }
}

#[test]
fn a_list_may_begin_with_what_it_is_of() {
    let before = "FIFA menghukum tiga negara.";
    for next in ["Negara itu antara lain", "Daftarnya mencakup", "Negara yang dimaksud ialah"] {
        let told = claims(&format!("{before} {next} Kenya, Sudan, dan Nigeria."));
        assert_eq!(told.len(), 3, "{next} {told:?}");
    }
}

#[test]
fn what_each_member_of_a_list_does_is_passed_over() {
    for objects in [
        "Google Cloud sebagai penyedia layanan dan Telkomsel selaku mitra pembayaran",
        "Google Cloud untuk layanan awan dan Telkomsel untuk jaringan",
        "raksasa teknologi Google Cloud dan lembaga riset Indef",
    ] {
        let told = claims(&format!("Gojek menggandeng {objects}."));
        assert_eq!(told.len(), 2, "{objects} {told:?}");
    }
}

#[test]
fn an_alliance_is_known_by_its_name_and_its_members_by_what_is_said_of_it() {
    let text = "Huawei mendirikan Harmoni Mobility Alliance. Aliansi besar itu beranggotakan BYD dan Chery.";
    assert_eq!(
        claims(text),
        [
            "partner BYD - Harmoni Mobility Alliance asserted",
            "partner Chery - Harmoni Mobility Alliance asserted",
            "partner Harmoni Mobility Alliance - Huawei asserted"
        ]
    );
}

#[test]
fn next_week_is_the_month_it_falls_in_and_a_comma_may_part_weekday_and_bracket() {
    assert_eq!(dates("Rapat digelar pekan depan."), ["2025-11"]);
    assert_eq!(dates("Tarif berlaku mulai Jumat, (28/11/2025)."), ["2025-11-28"]);
}
