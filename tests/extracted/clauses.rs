//! Who takes part in a fact and who doesn't, by the clause that names them.

use super::{extraction, hold};
use katak::article::Article;
use katak::extract::{Extraction, Extractor};

/// Each claim as "kind a - b status", with its date if it has one.
fn claims(text: &str) -> Vec<String> {
    shown(extraction(text))
}

/// The same for an article of that day.
fn on(day: &str, text: &str) -> Vec<String> {
    let article = Article { published: day.parse().ok(), ..Article::new("a", text) };
    shown(Extractor::builtin().extract(&article))
}

fn shown(found: Extraction) -> Vec<String> {
    let dated = |when| format!(" {when}");
    let told = found.claims.iter().map(|c| {
        format!("{} {} - {} {}{}", c.kind, c.a, c.b, c.status, c.when.map(dated).unwrap_or_default())
    });
    told.collect()
}

#[test]
fn a_sum_names_no_state() {
    assert_eq!(
        claims("AFC menjatuhkan denda 120 ribu dolar AS kepada Persib."),
        ["sanction AFC - Persib asserted"]
    );
}

#[test]
fn owners_in_a_row_are_no_party_to_what_their_firm_does() {
    let text = "Semen Padang bekerja sama dengan PT Surya Karya, anak perusahaan dari PT Telkom, PT Pindad, \
                PT Pertamina, dan PT PLN, untuk mendirikan usaha patungan.";
    assert_eq!(claims(text), ["partner PT Surya Karya - Semen Padang asserted"]);
}

#[test]
fn the_winner_of_a_match_is_nobody_yet() {
    assert_eq!(
        claims("Pemenang laga Taiwan vs India akan menghadapi pemenang laga Jepang melawan Thailand."),
        ["rival India - Taiwan planned", "rival Jepang - Thailand planned"]
    );
}

#[test]
fn who_does_something_with_others_agreement_is_no_party_to_it() {
    assert!(claims("Spanyol, Portugal, dan Norwegia berusaha menyelamatkan kesepakatan itu.").is_empty());
}

#[test]
fn what_a_clause_says_of_the_one_just_named_is_not_said_of_the_subject() {
    assert_eq!(
        claims("Huawei akan menggandeng OmniVision, yang merupakan saingan Sony."),
        ["partner Huawei - OmniVision planned", "rival OmniVision - Sony asserted"]
    );
}

#[test]
fn a_list_behind_a_clause_word_is_whole() {
    assert_eq!(
        claims("Sementara Telkomsel, Indosat, dan Pertamina bekerja sama membangun menara."),
        [
            "partner Indosat - Pertamina asserted",
            "partner Indosat - Telkomsel asserted",
            "partner Pertamina - Telkomsel asserted",
        ]
    );
}

#[test]
fn those_who_are_asked_along_are_no_pair() {
    assert_eq!(
        claims("Pertamina berencana mengajak Telkomsel dan Gojek bekerja sama."),
        ["partner Gojek - Pertamina planned", "partner Pertamina - Telkomsel planned"]
    );
}

#[test]
fn a_relative_clause_that_names_nobody_stands_before_whom_it_is_upon() {
    for clause in ["yang tersisa", "yang berat", "yang luas"] {
        let text = format!("Inggris mencabut semua sanksi ekonomi {clause} terhadap Myanmar.");
        let told = claims(&text);
        assert!(told.len() == 1 && told[0].starts_with("sanction Inggris - Myanmar negated"), "{told:?}");
    }
}

#[test]
fn the_regulator_named_in_apposition_is_the_issuer() {
    assert_eq!(
        claims("Regulator media Rusia, Roskomnadzor, memblokir Instagram."),
        ["sanction Roskomnadzor - Instagram asserted"]
    );
    assert_eq!(claims("DPC, pengawas data Irlandia, mendenda Meta."), ["sanction DPC - Meta asserted"]);
}

#[test]
fn the_state_behind_a_bodys_short_name_ends_that_name() {
    let text = "Badan Amil Zakat Nasional (Baznas) Republik Indonesia meneken kerja sama dengan Unicef.";
    assert_eq!(claims(text), ["partner Baznas - Unicef asserted"]);
}

#[test]
fn a_coalition_acts_and_not_those_of_whom_it_consists() {
    let text = "Koalisi Danau Toba yang terdiri dari Golkar dan PDI Perjuangan menyebut akan menyambut partai \
                baru untuk bergabung ke koalisi.";
    assert!(claims(text).iter().all(|c| c.contains("Koalisi Danau Toba")), "{:?}", claims(text));
}

#[test]
fn a_disciplinary_body_of_another_federation_is_its_own() {
    assert_eq!(claims("Komdis VFF menghukum Hanoi FC."), ["sanction Komdis VFF - Hanoi FC asserted"]);
}

#[test]
fn what_completes_an_earlier_sentence_is_as_old_as_that() {
    let text =
        "Kominfo memblokir tiga situs pada 12 Maret 2022. Ketiga situs itu adalah Steam, PayPal, dan Dota.";
    let told = claims(text);
    assert!(told.len() > 1 && told.iter().all(|c| c.ends_with("2022-03-12")), "{told:?}");
}

#[test]
fn firms_below_an_announcement_are_its_list() {
    let text = "BPOM menjatuhkan sanksi kepada dua perusahaan.\nKedua perusahaan tersebut adalah:\nPT Melati\nPT Kenanga";
    assert_eq!(
        claims(text),
        [
            "sanction Badan Pengawas Obat dan Makanan - PT Kenanga asserted",
            "sanction Badan Pengawas Obat dan Makanan - PT Melati asserted",
        ]
    );
}

#[test]
fn headlines_below_a_lone_opener_are_links() {
    assert!(
        claims("Rapat selesai.\nArtikel Terkait\nTelkomsel Gandeng Gojek di Medan\nPersib vs Persija")
            .is_empty()
    );
}

#[test]
fn what_ends_with_a_deal_is_not_the_deal() {
    assert_eq!(
        claims("Jepang dan Filipina menyudahi tiga tahun perundingan dengan kesepakatan dagang."),
        ["partner Filipina - Jepang asserted"]
    );
    assert_eq!(
        claims("Nasabah terkejut oleh penghentian kerja sama Traveloka dan Bank Jago."),
        ["partner Bank Jago - Traveloka negated"]
    );
}

#[test]
fn a_rejected_rumour_is_a_denial_and_an_outbreak_no_end() {
    assert_eq!(
        claims("Direktur itu menepis kabar bahwa Blibli menggandeng Traveloka."),
        ["partner Blibli - Traveloka negated"]
    );
    assert_eq!(
        claims("Sejak dahulu belum ada kerja sama resmi soal data antara Blibli dan Traveloka."),
        ["partner Blibli - Traveloka negated"]
    );
    assert_eq!(
        claims("Harga pupuk naik sejak pecahnya perang Armenia-Azerbaijan."),
        ["rival Armenia - Azerbaijan asserted"]
    );
}

#[test]
fn a_states_forces_strike_for_it() {
    assert_eq!(
        claims("Semalam militer Armenia menggempur Azerbaijan."),
        ["rival Armenia - Azerbaijan asserted"]
    );
}

#[test]
fn what_fails_in_a_match_is_not_the_match() {
    assert_eq!(
        claims("Persebaya gagal mencetak gol saat melawan Borneo FC."),
        ["rival Borneo FC - Persebaya asserted"]
    );
}

#[test]
fn who_condemns_an_attack_makes_none() {
    assert!(claims("Serbia mengecam serangan ke Armenia.").is_empty());
    assert!(claims("Serbia prihatin atas invasi terhadap Armenia.").is_empty());
    assert!(claims("Serbia mengutuk perang dengan Armenia.").is_empty());
    assert_eq!(claims("Serbia menghentikan serangan ke Armenia."), ["rival Armenia - Serbia negated"]);
}

#[test]
fn the_opponent_of_one_of_several_is_no_opponent_of_the_others() {
    assert!(claims("Serbia dan Armenia tak mau dekat dengan lawan Armenia.").is_empty());
}

#[test]
fn whose_partner_it_is_may_stand_before_its_name() {
    assert_eq!(
        claims(
            "UEFA mengumumkan sikapnya. Mereka memutus kontrak dengan salah satu sponsor lama mereka, Gazprom."
        ),
        ["partner Gazprom - UEFA negated"]
    );
    assert_eq!(
        claims("FIFA menangguhkan partisipasi klub dan timnas Serbia."),
        ["sanction FIFA - Serbia asserted"]
    );
}

#[test]
fn a_deal_that_is_cut_is_denied() {
    assert_eq!(claims("Grab memutuskan kerja sama dengan Alfamart."), ["partner Alfamart - Grab negated"]);
}

#[test]
fn what_fails_behind_a_relative_clause_is_something_else() {
    assert_eq!(
        claims("Bank Jago, yang menggandeng Alfamart, gagal melunasi utangnya."),
        ["partner Alfamart - Bank Jago asserted"]
    );
    assert_eq!(claims("Kerja sama Bank Jago dan Alfamart gagal."), ["partner Alfamart - Bank Jago negated"]);
}

#[test]
fn who_acted_first_goes_on_behind_a_parenthesis_on_whom_it_struck() {
    hold(&[
        (
            "Chad mengusir pasukan Prancis, bekas penjajahnya, dan kemudian bekerja sama dengan Turki.",
            "partner Chad - Turki asserted",
        ),
        (
            "Grab membeli Uber, pesaingnya, kemudian menggandeng BCA.",
            "partner BCA - Grab asserted; rival Grab - Uber asserted",
        ),
        ("Grab, pesaing Uber, menggandeng BCA.", "partner BCA - Grab asserted; rival Grab - Uber asserted"),
    ]);
}

#[test]
fn what_a_parenthesis_ends_or_a_standing_deal_hopes_for_is_not_the_deal() {
    hold(&[
        (
            "Chad menemui Prancis, bekas penjajahnya, dan kemudian bekerja sama dengan Turki.",
            "partner Chad - Turki asserted",
        ),
        ("Kolaborasi Grab dan BCA ini diharapkan dapat memperluas pasar.", "partner BCA - Grab asserted"),
        ("Kolaborasi Grab dan BCA ini diharapkan rampung tahun depan.", "partner BCA - Grab planned"),
    ]);
}

#[test]
fn a_period_is_dated_by_its_beginning() {
    for period in
        ["Dari 2015 hingga 2018", "Sejak 2015 sampai 2018", "Antara 2015 dan 2018", "Pada 2015-2018"]
    {
        let text = format!("{period}, Telkom bekerja sama dengan Singtel.");
        assert_eq!(claims(&text), ["partner Singtel - Telkom asserted 2015"], "{period}");
    }
}

#[test]
fn what_lasts_until_a_day_to_come_stands_and_isnt_of_that_day() {
    let allied = "Telkom dan Singtel bersekutu hingga 2019.";
    assert_eq!(on("2016-05-20", allied), ["partner Singtel - Telkom asserted"]);
    assert_eq!(on("2024-05-20", allied), ["partner Singtel - Telkom negated 2019"]);
    assert_eq!(
        on("2016-05-20", "Uni Eropa memperpanjang sanksi terhadap Rusia hingga 31 Januari 2017."),
        ["sanction Uni Eropa - Rusia asserted"]
    );
    assert_eq!(
        on("2024-05-20", "BRI memperpanjang kerja sama dengan BNI sampai Desember 2027."),
        ["partner BNI - BRI asserted"]
    );
}

#[test]
fn the_next_sentence_tells_from_when_a_decision_holds() {
    for (told, day) in [
        ("Keputusan berlaku terhitung Senin (13/5/2024).", "2024-05-13"),
        ("Keputusan itu berlaku efektif sejak 13 Mei 2024.", "2024-05-13"),
        ("Menurut dia, keputusan itu diambil pada 8 Mei 2024.", "2024-05-08"),
        ("Aturan tersebut mulai berlaku pada 1 Mei 2024.", "2024-05-01"),
    ] {
        let text = format!("OJK mencabut izin usaha PT Asuransi Jiwa Sentosa. {told}");
        assert_eq!(
            on("2024-05-20", &text),
            [format!("sanction Otoritas Jasa Keuangan - PT Asuransi Jiwa Sentosa asserted {day}")]
        );
    }
}

#[test]
fn what_happens_the_same_day_is_of_that_day() {
    assert_eq!(
        claims("FIFA menghukum PSSI pada 8 Mei 2024. Pada hari yang sama, AFC mendenda Persija."),
        ["sanction AFC - Persija asserted 2024-05-08", "sanction FIFA - PSSI asserted 2024-05-08"]
    );
}

#[test]
fn a_date_told_of_one_of_them_isnt_the_facts() {
    for of_one in [
        "dompet digital yang sebagian besar sahamnya dibeli pada Januari 2019",
        "perusahaan yang didirikan pada 1 Mei 1990",
    ] {
        assert_eq!(
            claims(&format!("Grab menggandeng Singtel, {of_one}.")),
            ["partner Grab - Singtel asserted"]
        );
    }
    let both = "Grab menggandeng Singtel, operator yang berdiri pada 1990, pada Selasa (14/5/2024).";
    assert_eq!(claims(both), ["partner Grab - Singtel asserted 2024-05-14"]);
    let own = "Grab menggandeng Singtel lewat piagam yang mereka teken bersama pada 2 Mei 2024.";
    assert_eq!(claims(own), ["partner Grab - Singtel asserted 2024-05-02"]);
}

#[test]
fn from_when_something_holds_is_its_date_beside_a_source_too() {
    assert_eq!(
        on(
            "2024-05-20",
            "Sejak kemarin (19/5) Belanda memblokir Huawei, langkah yang menurut Beijing tak adil."
        ),
        ["sanction Belanda - Huawei asserted 2024-05-19"]
    );
    assert_eq!(
        on(
            "2024-05-20",
            "BEI menggembok saham PT Sumber Wana Tbk di pasar reguler sejak sesi I tanggal 30 April 2024."
        ),
        ["sanction Bursa Efek Indonesia - PT Sumber Wana Tbk asserted 2024-04-30"]
    );
}

#[test]
fn the_most_exact_of_two_dates_beside_each_other_is_the_facts() {
    assert_eq!(
        on("2024-05-20", "Telkom menggandeng Singtel pada bulan ini, tepatnya 11 Mei 2024."),
        ["partner Singtel - Telkom asserted 2024-05-11"]
    );
}

#[test]
fn who_stands_in_what_something_is_for_is_not_what_happens_to_it() {
    let told =
        "Uni Eropa menyiapkan sanksi.\nDorongan untuk menurunkan harga minyak Rusia telah ditangguhkan.";
    assert!(claims(told).is_empty());
    assert_eq!(
        claims("Belgia berselisih dengan Uni Eropa soal rencana untuk memblokir Huawei."),
        ["rival Belgia - Uni Eropa asserted"]
    );
    assert_eq!(
        claims("Belgia berbicara tentang rencana untuk memblokir Huawei."),
        ["sanction Belgia - Huawei planned"]
    );
}

#[test]
fn an_agreement_announced_together_is_between_those_whom_it_names() {
    assert_eq!(
        claims(
            "Uni Eropa bersama Argentina dan Brasil mengumumkan perjanjian dagang antara Uni Eropa dan Mercosur."
        ),
        ["partner Mercosur - Uni Eropa asserted"]
    );
    assert_eq!(
        claims("Uni Eropa bersama Argentina mengumumkan perjanjian dagang."),
        ["partner Argentina - Uni Eropa asserted"]
    );
}

#[test]
fn what_is_said_to_have_ended_behind_its_matter_has_ended() {
    hold(&[
        ("Perseteruan Apple dan Samsung soal paten berakhir damai.", "rival Apple - Samsung negated"),
        (
            "Perang dagang AS dan China selama dua tahun akhirnya berakhir.",
            "rival Amerika Serikat - Tiongkok negated",
        ),
        (
            "Kerja sama Persib dan Indofood yang terjalin sejak 2014 resmi berakhir.",
            "partner Indofood - Persib negated",
        ),
        (
            "Kerja sama Persib dan Indofood yang diteken pada 2014 akan berakhir pada 2030.",
            "partner Indofood - Persib asserted",
        ),
        ("Perseteruan Apple dan Samsung soal paten belum berakhir.", "rival Apple - Samsung asserted"),
        ("Laga Persib melawan Persija di Bandung berakhir imbang.", "rival Persib - Persija asserted"),
    ]);
}

#[test]
fn a_sentence_that_counts_something_dates_no_later_facts() {
    assert_eq!(
        on(
            "2019-08-21",
            "Telkomsel menjalin kerja sama dengan Gojek. Program itu mulai berlaku bulan ini di 20 kota. Indosat \
             membantah bekerja sama dengan Maxim."
        ),
        ["partner Gojek - Telkomsel asserted 2019-08", "partner Indosat - Maxim negated"]
    );
}

#[test]
fn who_does_what_a_passive_tells_may_go_on_behind_it() {
    hold(&[
        (
            "Sindikat jaringan Malaysia dibongkar oleh petugas Bea Cukai bekerja sama dengan BNN.",
            "partner BNN - Ditjen Bea dan Cukai asserted",
        ),
        (
            "Telkomsel bermitra dengan perusahaan terkemuka dan berpengalaman yakni Metaswitch.",
            "partner Metaswitch - Telkomsel asserted",
        ),
        (
            "Ada dua, yakni investasi bersama antara Jepang dan Australia, serta yang tunggal.",
            "partner Australia - Jepang asserted",
        ),
        ("Portugal tidak pernah memutus kerja sama dengan Angola.", "partner Angola - Portugal asserted"),
    ]);
}
