//! Names that their neighbours tell, and turns of the news that hide who did what.

use super::{claims, companies};

#[test]
fn the_number_of_a_lists_next_item_is_no_part_of_a_name() {
    let text = "Tersangka ialah Budi Cita, direktur PT Lautan Lestari2. Dodi Eka, direktur PT Samudra Raharja3. Fani Gita.";
    assert_eq!(companies(text), ["PT Lautan Lestari", "PT Samudra Raharja"]);
}

#[test]
fn a_villages_firm_is_a_firm_and_a_loan_is_no_bank() {
    assert_eq!(companies("Program BUMDes Maju Bersama Pemalang berhasil."), ["BUMDes Maju Bersama Pemalang"]);
    assert_eq!(companies("Bunga KPR Bank Mandiri turun lagi."), ["Bank Mandiri"]);
}

#[test]
fn a_title_tells_the_firm_where_its_bearer_is_named_or_is_not_told() {
    assert_eq!(
        companies("Bambang Hartono adalah Co-Founder Rindumog yang kini menjadi dosen."),
        ["Rindumog"]
    );
    assert_eq!(companies("Menurut Lee Gan, Managing Partner 02VC, pasar ini besar."), ["02VC"]);
    assert_eq!(companies("Ia dihubungi seorang juru bicara Nordlink kemarin."), ["Nordlink"]);
    assert_eq!(companies("Kekecewaan Direktur Utama Envirata terlihat kemarin."), ["Envirata"]);
    assert!(companies("Kemarin Dirut Budi Hartono mengatakan pasar ini besar.").is_empty());
}

#[test]
fn ours_and_the_state_where_a_firm_works_end_its_name() {
    assert_eq!(
        claims("KPPU menjatuhkan denda Rp1 miliar kepada Kurir Kita Sdn Bhd."),
        ["sanction Komisi Pengawas Persaingan Usaha - Kurir Kita Sdn Bhd asserted"]
    );
    assert_eq!(
        claims("Blujetra Indonesia melakukan kerja sama dengan Telkomsel."),
        ["partner Blujetra Indonesia - Telkomsel asserted"]
    );
    assert_eq!(
        claims("Pekan lalu Antam tak lagi bekerja sama dengan Kuwait Metals."),
        ["partner Antam - Kuwait Metals negated"]
    );
}

#[test]
fn names_in_an_apposition_to_a_noun_for_firms_are_firms() {
    assert_eq!(
        claims("Ada dua aplikator baru, Gudangin dan Rakita, yang akan bersaing dengan Grab."),
        ["rival Grab - Gudangin planned", "rival Grab - Rakita planned"]
    );
}

#[test]
fn two_unknown_names_make_a_fact_where_both_stand_in_it() {
    assert_eq!(
        claims("Selama ini CBTA Helm bersaing ketat dengan Kytar Jaya."),
        ["rival CBTA Helm - Kytar Jaya asserted"]
    );
    assert!(claims("Selama ini CBTA Helm dihukum Kytar Jaya.").is_empty());
}

#[test]
fn a_government_that_acts_through_a_ministry_is_the_ministry() {
    assert_eq!(
        claims("Pemerintah melalui Kementerian Komunikasi dan Digital (Komdigi) memblokir situs Telegram."),
        ["sanction Kementerian Komunikasi dan Digital - Telegram asserted"]
    );
}

#[test]
fn what_is_stopped_as_a_whole_has_ended() {
    for all in ["seluruh", "semua", "segala"] {
        let text = format!("Google memutuskan untuk menghentikan {all} kerja sama dengan Huawei.");
        assert_eq!(claims(&text), ["partner Google - Huawei negated"], "{all}");
    }
}

#[test]
fn several_firms_and_officials_are_none_that_was_named() {
    let text = "OJK menindak tegas dua perusahaan pembiayaan. Dua perusahaan pembiayaan itu adalah \
                PT Cahaya Ratu berlokasi di Cikupa, Tangerang, Banten dan PT Mutiara Raya di Medan.";
    assert_eq!(
        claims(text),
        [
            "sanction Otoritas Jasa Keuangan - PT Cahaya Ratu asserted",
            "sanction Otoritas Jasa Keuangan - PT Mutiara Raya asserted"
        ]
    );
    let text =
        "Belgia menjadi tuan rumah. Para pejabat mengatakan bahwa mereka menyiapkan sanksi terhadap Rusia.";
    assert!(claims(text).is_empty());
}

#[test]
fn a_court_that_rules_against_a_firm_is_no_rival() {
    assert!(claims("Pengadilan Negeri Jakarta Pusat melawan Samsung dalam putusan itu.").is_empty());
}

#[test]
fn foreign_legal_forms_with_stops_end_no_sentence() {
    assert_eq!(
        claims("Surya Biologics Pvt. Ltd. (SBP) bekerja sama dengan Indofarma."),
        ["partner Indofarma - Surya Biologics Pvt. Ltd. asserted"]
    );
}

#[test]
fn a_score_is_no_part_of_a_name() {
    let found = claims("Laga PSIM kontra Rajawali United 3-1 berlangsung seru.");
    assert_eq!(found, ["rival PSIM Yogyakarta - Rajawali United asserted"]);
}

#[test]
fn an_exchange_punishes_whom_it_lists() {
    assert_eq!(
        claims("BEI menghentikan sementara perdagangan saham PT Cahaya Ratu Tbk."),
        ["sanction Bursa Efek Indonesia - PT Cahaya Ratu Tbk asserted"]
    );
    assert!(claims("Telkom menghentikan sementara langganan PT Cahaya Ratu Tbk.").is_empty());
    assert!(claims("BEI mencoret saham PT Cahaya Ratu Tbk dari indeks utama.").is_empty());
}

#[test]
fn they_in_a_speech_are_not_the_speakers() {
    let text = "Ketua Umum Asosiasi Baja Lestari Budi Cita mengungkap harga naik. \
                \"Pabrik mereka mau menyaingi Krakatau Steel,\" ujarnya.";
    assert!(claims(text).is_empty());
}

#[test]
fn whom_somebody_asks_would_do_it() {
    assert!(claims("Grab meminta pemerintah segera meneken perjanjian dagang dengan Turki.").is_empty());
    assert_eq!(
        claims("Kementerian Perhubungan meminta Grab dan BCA bekerja sama."),
        ["partner BCA - Grab planned"]
    );
}

#[test]
fn a_word_for_any_such_firm_is_no_ministrys_short_name() {
    let text = "Deputi Kementerian Badan Usaha Milik Negara (BUMN) Budi Cita hadir. \
                Sucofindo meneken nota kesepahaman dengan dua BUMN, yaitu Barata Indonesia dan Boma Bisma Indra.";
    assert_eq!(
        claims(text),
        ["partner Barata Indonesia - Sucofindo asserted", "partner Boma Bisma Indra - Sucofindo asserted"]
    );
}

#[test]
fn a_firms_last_word_ends_its_name_before_a_hyphen() {
    assert_eq!(
        claims("Lelang itu diikuti konsorsium PT Cahaya Ratu Tbk-Samudra Engineering."),
        ["partner PT Cahaya Ratu Tbk - Samudra Engineering asserted"]
    );
}

#[test]
fn those_counted_are_named_behind_a_word_for_all_of_them() {
    let text = "Sebanyak tiga bank meneken perjanjian tidak mengikat dengan Telkom. \
                Ketiga bank tersebut yaitu BCA, BRI, dan BTN.";
    assert_eq!(
        claims(text),
        ["partner BCA - Telkom asserted", "partner BRI - Telkom asserted", "partner BTN - Telkom asserted"]
    );
}

#[test]
fn an_abbreviation_that_is_glued_to_the_next_word_ends_no_sentence() {
    assert_eq!(
        claims("Samudra Ratu Co.Ltd (SRC) dan Telkom menjalin kerja sama."),
        ["partner Samudra Ratu Co.Ltd - Telkom asserted"]
    );
}

#[test]
fn what_falls_through_does_so_behind_its_place() {
    assert_eq!(
        claims("Kerja sama Telkom dengan Huawei di Medan tidak berlanjut."),
        ["partner Huawei - Telkom negated"]
    );
}

#[test]
fn a_firm_that_is_called_one_is_the_one_that_the_sentence_before_began_with() {
    let text = "Sharp memimpin pasar kulkas. Sharp menambah pabrik. Sharp menaikkan harga. \
                Sharp membuka gerai. Polytron tidak tinggal diam. \
                Produsen asal Kudus tersebut bekerja sama dengan Gotion.";
    assert_eq!(claims(text), ["partner Gotion - Polytron asserted"]);
}

#[test]
fn the_two_that_are_somebodys_rivals_are_others() {
    let text = "Analis membandingkan Nestle dengan Danone dan Ultrajaya. \
                Keduanya merupakan pesaing utama Nestle.";
    assert_eq!(claims(text), ["rival Danone - Nestle asserted", "rival Nestle - Ultrajaya asserted"]);
}

#[test]
fn all_of_them_takes_in_whom_the_text_is_about() {
    let text = "Vivo memimpin pasar. Vivo tumbuh pesat. Oppo dan Xiaomi menempel ketat. \
                Persaingan ketiganya merembet ke tablet.";
    assert_eq!(
        claims(text),
        ["rival OPPO - Vivo asserted", "rival OPPO - Xiaomi asserted", "rival Vivo - Xiaomi asserted"]
    );
}
