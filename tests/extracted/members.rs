//! Who belongs to an alliance, and who does something together.

use super::{claims, hold};

#[test]
fn a_member_is_told_by_where_it_is_stays_or_is_left() {
    let asserted = [
        "{A} tergabung dalam {C}.",
        "{A} masih tercatat berada di {C}.",
        "{A} tetap bertahan di {C}.",
        "{A}, anggota {C} yang tersisa, menolak usul itu.",
        "Saat ini, sebagai anggota {C}, {A} menolak usul itu.",
        "Keanggotaan {A} di {C} diperpanjang.",
        "{C} kini hanya menyisakan {A}.",
        "{C} kedatangan anggota baru, {A}.",
        "Anggota {C}, {A}, menolak usul itu.",
        "{C} dipimpin {A}.",
    ];
    let negated = [
        "{A} tidak lagi berada di {C}.",
        "Keanggotaan {A} di {C} dibekukan.",
        "{A}, yang keanggotaannya di {C} dicabut, tidak diundang.",
        "Keluarnya {A} dari {C} disayangkan.",
        "{A} membekukan keanggotaannya di {C}.",
    ];
    for (member, alliance, names) in [
        ("PKB", "Koalisi Pangan Selatan", "Koalisi Pangan Selatan - Partai Kebangkitan Bangsa"),
        ("Grab", "Aliansi Pangan Selatan", "Aliansi Pangan Selatan - Grab"),
        ("Turki", "BRICS", "BRICS - Turki"),
    ] {
        for (status, frames) in [("asserted", &asserted[..]), ("negated", &negated[..])] {
            for frame in frames {
                let text = frame.replace("{A}", member).replace("{C}", alliance);
                assert_eq!(claims(&text).join("; "), format!("partner {names} {status}"), "{text}");
            }
        }
    }
}

#[test]
fn those_beside_a_member_belong_too() {
    hold(&[
        (
            "Australia terikat dengan AUKUS bersama Inggris dan Amerika Serikat.",
            "partner AUKUS - Amerika Serikat asserted; partner AUKUS - Australia asserted; partner AUKUS - \
             Inggris asserted",
        ),
        (
            "Turki dan sekutunya di NATO, termasuk Jerman, menolak usul itu.",
            "partner Jerman - NATO asserted; partner NATO - Turki asserted",
        ),
        (
            "Grab bersama Telkom tergabung dalam Aliansi Pangan Selatan.",
            "partner Aliansi Pangan Selatan - Grab asserted; partner Aliansi Pangan Selatan - Telkom asserted",
        ),
    ]);
}

#[test]
fn a_consortium_may_begin_its_name_as_a_firm_does() {
    assert_eq!(
        claims("Indosat bergabung dengan Konsorsium Garuda Selatan."),
        ["partner Indosat - Konsorsium Garuda Selatan asserted"]
    );
}

#[test]
fn all_who_do_something_together_are_partners() {
    let parties = ["Telkom, OJK, dan Unicef", "OJK, Telkom serta Unicef", "Unicef, OJK dan pihak Telkom"];
    let frames = [
        "Tiga pihak sepakat bekerja sama, yaitu {L}.",
        "Riset bersama {L} itu dimulai tahun lalu.",
        "Kelompok kerja itu dibentuk {L}.",
        "Penelitian itu dilakukan {L} secara bersama-sama.",
        "Proyek itu digarap konsorsium. Anggotanya adalah {L}.",
        "Proyek itu digarap konsorsium. Di antaranya {L}.",
    ];
    let all = [
        "partner Otoritas Jasa Keuangan - Telkom asserted",
        "partner Otoritas Jasa Keuangan - Unicef asserted",
        "partner Telkom - Unicef asserted",
    ];
    for list in parties {
        for frame in frames {
            let text = frame.replace("{L}", list);
            assert_eq!(claims(&text), all, "{text}");
        }
    }
}

#[test]
fn a_state_among_firms_is_a_party() {
    assert_eq!(
        claims("Konsorsium itu beranggotakan Telkom, Indosat, dan Jepang."),
        [
            "partner Indosat - Jepang asserted",
            "partner Indosat - Telkom asserted",
            "partner Jepang - Telkom asserted"
        ]
    );
    assert_eq!(
        claims("Aliansi Indonesia, Australia, dan Malaysia terbentuk."),
        [
            "partner Australia - Indonesia asserted",
            "partner Australia - Malaysia asserted",
            "partner Indonesia - Malaysia asserted"
        ]
    );
}

#[test]
fn a_second_object_behind_tetapi_juga_is_one_of_the_list() {
    hold(&[
        (
            "Telkom tidak hanya menggandeng Grab, tetapi juga Gojek dan Blibli.",
            "partner Blibli - Telkom asserted; partner Gojek - Telkom asserted; partner Grab - Telkom asserted",
        ),
        (
            "Telkom tak cuma bersaing dengan Indosat, tapi juga dengan Smartfren.",
            "rival Indosat - Telkom asserted; rival Smartfren - Telkom asserted",
        ),
        (
            "India bukan hanya memblokir TikTok, melainkan juga WeChat.",
            "sanction India - TikTok asserted; sanction India - WeChat asserted",
        ),
        (
            "Telkom tidak hanya menggandeng Grab, tetapi juga membuka gerai di Jepang.",
            "partner Grab - Telkom asserted",
        ),
    ]);
}

#[test]
fn titles_go_on_over_commas_and_second_titles() {
    hold(&[
        (
            "Penandatanganan dilakukan Wakil Rektor Bidang Perencanaan, Kerja Sama, dan Informasi UGM, Budi, dan \
             Direktur Telkom, Sari.",
            "partner Telkom - UGM asserted",
        ),
        (
            "Menteri Pertahanan Jepang Budi Santoso dan Deputi Perdana Menteri sekaligus Menteri Pertahanan Kanada \
             John Smith meneken kerja sama.",
            "partner Jepang - Kanada asserted",
        ),
        (
            "Penandatanganan dilakukan Menteri Luar Negeri Jepang Budi Santoso dan Menteri Perdagangan \
             Internasional Kanada John Smith.",
            "partner Jepang - Kanada asserted",
        ),
        (
            "Direktur Utama Telkom Budi Santoso (BS) dan Direktur Utama Indosat Sari Dewi meneken nota kesepahaman.",
            "partner Indosat - Telkom asserted",
        ),
    ]);
}

#[test]
fn two_who_meet_and_agree_are_partners() {
    hold(&[
        (
            "Presiden Jepang bertemu Presiden India dan menandatangani perjanjian dagang.",
            "partner India - Jepang asserted",
        ),
        ("Presiden Jepang bertemu Presiden India dan membahas cuaca.", ""),
    ]);
}
