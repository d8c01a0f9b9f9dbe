//! Firms that are pointed at, datelines of capitals, and what ends a list.

use super::{claims, hold};

#[test]
fn a_firm_that_the_clause_names_is_not_the_one_pointed_at() {
    hold(&[
        (
            "Tokopedia tumbuh pesat. Setiap kiriman di Tokopedia dijamin Allianz. Perusahaan asuransi itu bermitra dengan Tokopedia.",
            "partner Allianz - Tokopedia asserted",
        ),
        (
            "Sharp membuat layar sendiri. Adapun Panasonic tidak diam. Produsen asal Osaka itu menggandeng Sony.",
            "partner Panasonic - Sony asserted",
        ),
    ]);
}

#[test]
fn a_firm_may_be_told_by_its_owners() {
    hold(&[
        (
            "Halodoc masuk ke Medan. Startup yang didukung Allianz itu menggandeng Telkomsel.",
            "partner Halodoc - Telkomsel asserted",
        ),
        ("Halodoc masuk ke Medan. Startup yang didukung Allianz itu membuka kantor.", ""),
    ]);
}

#[test]
fn a_third_that_strikes_the_two_is_none_of_them() {
    hold(&[(
        "Saat Lazada membeli RedMart, CCCS menjatuhkan denda kepada keduanya.",
        "sanction CCCS - Lazada asserted; sanction CCCS - RedMart asserted",
    )]);
}

#[test]
fn a_capital_before_a_dash_only_says_where() {
    hold(&[
        (
            "London - Tiga operator terbesar di Inggris, yakni Vodafone, EE, dan BT, sepakat bekerja sama.",
            "partner BT - EE asserted; partner BT - Vodafone asserted; partner EE - Vodafone asserted",
        ),
        ("Paris - Canal+ menggandeng Netflix.", "partner Canal+ - Netflix asserted"),
    ]);
}

#[test]
fn who_is_told_to_be_a_peer_opens_no_list() {
    hold(&[(
        "Nissan menggugat Denso, pesaing Bosch dan Continental.",
        "rival Bosch - Denso asserted; rival Continental - Denso asserted",
    )]);
}

#[test]
fn counted_others_end_a_list() {
    hold(&[(
        "Nepal melarang Telegram, TikTok, dan 26 aplikasi lain.",
        "sanction Nepal - Telegram asserted; sanction Nepal - TikTok asserted",
    )]);
}

#[test]
fn a_condition_before_the_comma_denies_nothing_behind_it() {
    hold(&[(
        "Kominfo memblokir Telegram. Jika tidak patuh, Discord terancam bernasib sama.",
        "sanction Kementerian Komunikasi dan Informatika - Discord planned; sanction Kementerian Komunikasi dan Informatika - Telegram asserted",
    )]);
}

#[test]
fn those_chosen_as_partners_are_with_whoever_chooses() {
    hold(&[(
        "Grab menunjuk BCA dan BRI sebagai mitra.",
        "partner BCA - Grab asserted; partner BRI - Grab asserted",
    )]);
}

#[test]
fn a_way_of_trading_is_nobody() {
    hold(&[("Grab menggandeng platform p2p lending Modalku.", "partner Grab - Modalku asserted")]);
}

#[test]
fn a_noun_phrase_goes_on_to_its_itu() {
    let grab = ["partner Grab - Visa asserted"];
    let told = |phrase: &str| claims(&format!("Grab merilis kartu. {phrase} menggandeng Visa."));
    assert_eq!(told("Perusahaan yang berpusat di One-North, Singapura, itu"), grab);
    assert_eq!(told("Perusahaan yang didirikan dua sahabat pada 2012 itu"), grab);
    assert_eq!(told("Sebagai langkah awal, perusahaan"), grab);
}

#[test]
fn lists_go_on_behind_those_who_are_pointed_at_or_not_named() {
    assert_eq!(
        claims("Unair membuka laboratorium. Bio Farma menggandeng kampus itu dan Kimia Farma."),
        ["partner Bio Farma - Kimia Farma asserted", "partner Bio Farma - Unair asserted"]
    );
    assert_eq!(
        claims("Bio Farma menggandeng sejumlah kampus dan Kimia Farma."),
        ["partner Bio Farma - Kimia Farma asserted"]
    );
    assert_eq!(
        claims("Bio Farma menggandeng Indofarma serta satu apotek, Kimia Farma."),
        ["partner Bio Farma - Indofarma asserted", "partner Bio Farma - Kimia Farma asserted"]
    );
    assert_eq!(
        claims("Bio Farma menggandeng sejumlah kampus dan Kimia Farma menggandeng Indofarma."),
        ["partner Indofarma - Kimia Farma asserted"]
    );
}

#[test]
fn that_state_is_the_one_the_verb_before_struck() {
    assert_eq!(
        claims("Iran mengusir duta besar Swedia dan membekukan perdagangan dengan negara itu."),
        ["sanction Iran - Swedia asserted"]
    );
}

#[test]
fn both_are_the_two_whom_alone_the_sentence_before_names() {
    assert_eq!(
        claims(
            "Kanada menghukum Belarus. Sebelumnya, Norwegia dan Swiss bertemu. Keduanya menghukum Rosneft."
        ),
        [
            "sanction Kanada - Belarus asserted",
            "sanction Norwegia - Rosneft asserted",
            "sanction Swiss - Rosneft asserted"
        ]
    );
}

#[test]
fn a_noun_points_at_a_firm_of_its_line_of_business() {
    hold(&[
        (
            "Garuda Indonesia menggandeng BRI. Bank pelat merah itu juga bekerja sama dengan Telkom.",
            "partner BRI - Garuda Indonesia asserted; partner BRI - Telkom asserted",
        ),
        (
            "BRI menggandeng Garuda Indonesia. Maskapai itu juga bekerja sama dengan Telkom.",
            "partner BRI - Garuda Indonesia asserted; partner Garuda Indonesia - Telkom asserted",
        ),
        (
            "Grab menggandeng Toyota. Pabrikan otomotif itu juga bersaing dengan Honda.",
            "partner Grab - Toyota asserted; rival Honda - Toyota asserted",
        ),
        (
            "Pertamina bekerja sama dengan Gojek. Perusahaan ride-hailing itu bersaing dengan Grab.",
            "partner Gojek - Pertamina asserted; rival Gojek - Grab asserted",
        ),
    ]);
}

#[test]
fn the_text_tells_a_firms_line_of_business_where_no_list_does() {
    hold(&[
        (
            "Danamon menggandeng Nusapay, startup pembayaran asal Bandung. Startup itu bersaing dengan OVO.",
            "partner Danamon - Nusapay asserted; rival Nusapay - OVO asserted",
        ),
        (
            "BRI menggandeng maskapai Karuna. Maskapai itu bersaing dengan Lion Air.",
            "partner BRI - Karuna asserted; rival Karuna - Lion Air asserted",
        ),
    ]);
}

#[test]
fn a_noun_for_any_firm_points_at_whom_the_text_is_about() {
    hold(&[(
        "BRI menggandeng Traveloka. Perusahaan itu juga bekerja sama dengan Telkom.",
        "partner BRI - Telkom asserted; partner BRI - Traveloka asserted",
    )]);
}

#[test]
fn whose_customers_do_something_is_not_what_the_text_goes_on_to_be_about() {
    hold(&[(
        "Netflix meluncur di Indonesia dengan menggandeng Telkomsel. Pelanggan operator itu memperoleh harga khusus. \
         Layanan tersebut menjadi pesaing Vidio.",
        "partner Netflix - Telkomsel asserted; rival Netflix - Vidio asserted",
    )]);
}

#[test]
fn a_bodys_noun_means_the_one_whose_name_begins_so() {
    hold(&[
        (
            "Komite Disiplin AFC bersidang. Persipura hadir. Yangon United didenda komite itu.",
            "sanction Komite Disiplin AFC - Yangon United asserted",
        ),
        (
            "PAN yang dulu menjadi lawan Nasdem pada pemilu lalu, kini banyak membuka kerja sama dengan partai itu.",
            "partner Partai Amanat Nasional - Partai NasDem asserted; rival Partai Amanat Nasional - Partai NasDem negated",
        ),
    ]);
}
