//! States and their bodies: by whom they are told, whence a body is, and what is said beside.

use crate::{claims, hold};

#[test]
fn whoever_leads_a_state_stands_for_it() {
    let text = "Putra Mahkota Kuwait Nasser Karim dan PM Laos Sonexay Siphandone meneken nota kesepahaman.";
    assert_eq!(claims(text), ["partner Kuwait - Laos asserted"]);
    let text = "Presiden Chad Idris Wardi bertemu PM Fiji Anil Tavua. Wardi dan Tavua meneken perjanjian.";
    assert_eq!(claims(text), ["partner Chad - Fiji asserted"]);
    let text = "Menlu Marty Natalegawa meneken MoU dengan Menlu Peru. Indonesia gembira.";
    assert_eq!(claims(text), ["partner Indonesia - Peru asserted"]);
}

#[test]
fn what_is_said_beside_a_name_denies_nothing_else() {
    assert_eq!(
        claims("Ekuador, yang bukan anggota blok itu, menjatuhkan sanksi terhadap Peru."),
        ["sanction Ekuador - Peru asserted"]
    );
    assert_eq!(
        claims("Ekuador membantah tudingan Peru dan bersekutu dengan Brasil."),
        ["partner Brasil - Ekuador asserted"]
    );
    assert_eq!(
        claims("Presiden Ekuador dan Presiden Peru meneken perjanjian akan saling menolong."),
        ["partner Ekuador - Peru asserted"]
    );
}

#[test]
fn its_own_state_is_the_one_that_speaks() {
    assert_eq!(
        claims("Ekuador menganggap embargo Peru terhadap negaranya keliru."),
        ["sanction Peru - Ekuador asserted"]
    );
    let text = "Ekspor itu kalah dari produk Kenya. Negara tersebut bermitra dengan Peru.";
    assert_eq!(claims(text), ["partner Kenya - Peru asserted"]);
}

#[test]
fn a_state_right_behind_a_body_tells_whence_it_is() {
    let text = "Polri menggandeng Kadin Peru dan Samudra Institute Kenya untuk pelatihan.";
    assert_eq!(claims(text).len(), 2);
    let text = "BNN bermitra dengan Biro Anti Candu Laos (BACL). BACL juga menggandeng Polri.";
    assert_eq!(
        claims(text),
        ["partner BNN - Biro Anti Candu Laos asserted", "partner Biro Anti Candu Laos - Polri asserted"]
    );
}

#[test]
fn an_alliance_of_two_states_is_no_name() {
    assert_eq!(claims("Aliansi Peru-Kenya kukuh."), ["partner Kenya - Peru asserted"]);
    assert_eq!(claims("Pakta Peru dan Kenya diperbarui."), ["partner Kenya - Peru asserted"]);
}

#[test]
fn a_like_deal_with_several_is_none_between_them() {
    assert_eq!(
        claims("Peru meneken perjanjian serupa dengan Kenya dan Laos."),
        ["partner Kenya - Peru asserted", "partner Laos - Peru asserted"]
    );
}

#[test]
fn a_minister_of_home_acts_for_it_beside_another_states() {
    let text = "Menteri Agama Wira Kesuma dan Menteri Wakaf dan Urusan Haji Oman Said Nasir menandatangani \
                kesepakatan.";
    assert_eq!(claims(text), ["partner Indonesia - Oman asserted"]);
    let text = "Menhan Prabowo Subianto dan Wakil PM Fiji Anil Tavua meneken perjanjian.";
    assert_eq!(claims(text), ["partner Fiji - Indonesia asserted"]);
    let text = "Jokowi mengajak Kenya bekerja sama memberantas penyelundupan.";
    assert_eq!(claims(text), ["partner Indonesia - Kenya planned"]);
    // In news of other states he may be one of theirs.
    let text = "Menlu Wira Kesuma dan Menlu Oman Said Nasir menandatangani kesepakatan.";
    assert!(claims(text).is_empty());
    let text = "Menlu Wira Kesuma dan Menlu Oman Said Nasir menandatangani kesepakatan. RI gembira.";
    assert_eq!(claims(text), ["partner Indonesia - Oman asserted"]);
    // Among themselves they act for their ministries.
    let text = "Menteri Agama Wira Kesuma dan Menteri Kesehatan Tirta Asri menandatangani kesepakatan.";
    assert_eq!(claims(text), ["partner Kementerian Agama - Kementerian Kesehatan asserted"]);
}

#[test]
fn another_states_ministry_is_a_body_of_its_own() {
    let text = "Kementerian Pertahanan Mali dan Kementerian Pertahanan Kenya meneken perjanjian.";
    assert_eq!(claims(text), ["partner Kementerian Pertahanan Kenya - Kementerian Pertahanan Mali asserted"]);
    let text = "KKP menggandeng Kementerian Pertanian dan Pembangunan Desa Laos.";
    assert_eq!(
        claims(text),
        [
            "partner Kementerian Kelautan dan Perikanan - Kementerian Pertanian dan Pembangunan Desa Laos asserted"
        ]
    );
}

#[test]
fn whither_one_went_is_the_other_of_the_two() {
    let text = "Presiden Peru Alan Wirya melawat ke Kenya. Kedua negara sepakat menjalin kerja sama.";
    assert_eq!(claims(text), ["partner Kenya - Peru asserted"]);
}

#[test]
fn what_is_said_has_its_own_subject() {
    let text = "Pejabat itu menyebut laporan yang mengatakan Kenya ingin meneken perjanjian dengan Peru.";
    assert_eq!(claims(text), ["partner Kenya - Peru planned"]);
}

#[test]
fn a_bloc_of_states_has_members_and_is_meant_by_its_noun() {
    hold(&[
        ("Mercosur semula hanya beranggotakan Paraguay.", "partner Mercosur - Paraguay asserted"),
        (
            "Ethiopia menemui pemimpin Mercosur. Blok itu beranggotakan Uruguay.",
            "partner Mercosur - Uruguay asserted",
        ),
        (
            "Sekjen SAARC pulang, meski Nepal yang juga anggota blok itu bertahan.",
            "partner Nepal - SAARC asserted",
        ),
        (
            "SAARC rapat. Setahun kemudian, kelompok itu meluas dengan masuknya Afghanistan.",
            "partner Afghanistan - SAARC asserted",
        ),
    ]);
}

#[test]
fn who_keeps_out_of_a_rivalry_denies_none() {
    let text = "Peru tidak ingin terseret persaingan Kenya dan Chad.";
    assert_eq!(claims(text), ["rival Chad - Kenya asserted"]);
}

#[test]
fn an_organisation_may_be_a_union_of_states() {
    hold(&[(
        "GCC menggelar rapat di Jeddah. Selain Kuwait dan Oman, organisasi itu beranggotakan Bahrain.",
        "partner Bahrain - GCC asserted; partner GCC - Kuwait asserted; partner GCC - Oman asserted",
    )]);
}

#[test]
fn the_government_alone_is_that_of_home() {
    hold(&[
        ("Pemerintah melarang TikTok Shop berjualan.", "sanction Indonesia - TikTok Shop asserted"),
        ("Pemerintah daerah melarang TikTok Shop berjualan.", ""),
        ("Prancis dan Jerman bertemu. Pemerintah melarang TikTok Shop berjualan.", ""),
        ("PT Gambut Jaya dikenai sanksi paksaan pemerintah.", ""),
    ]);
}

#[test]
fn what_others_do_is_not_the_topics_doing() {
    hold(&[
        ("Grab membuka acara. Warga bekerja sama dengan BCA.", ""),
        ("Grab membuka acara. Pemerintah kota bekerja sama dengan BCA.", ""),
        (
            "Grab membuka acara. Pemkot Malang datang. Pemerintah kota bekerja sama dengan BCA.",
            "partner BCA - Pemkot Malang asserted",
        ),
        ("Grab membuka acara. Layanan ini bekerja sama dengan BCA.", "partner BCA - Grab asserted"),
    ]);
}
