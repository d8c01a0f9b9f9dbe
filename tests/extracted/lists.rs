//! Facts of lists and of those who are described rather than named alone.

use super::{claims, extraction, hold};

#[test]
fn nouns_that_describe_a_name_do_not_part_it_from_its_verb() {
    assert_eq!(
        claims("Grab dan produsen baterai kendaraan listrik asal China CATL menandatangani perjanjian."),
        ["partner CATL - Grab asserted"]
    );
    assert_eq!(
        claims(
            "Penandatanganan kerja sama antara PLN dengan dua produsen mobil listrik yakni Hyundai dan Wuling."
        ),
        ["partner Hyundai - PLN asserted", "partner PLN - Wuling asserted"]
    );
}

#[test]
fn those_at_a_lists_end_who_are_not_named_are_passed_over() {
    assert_eq!(
        claims("Amerika Serikat memasukkan Huawei dan 35 perusahaan China lainnya ke dalam daftar hitam."),
        ["sanction Amerika Serikat - Huawei asserted"]
    );
}

#[test]
fn a_name_between_semicolons_is_whole() {
    assert_eq!(
        claims(
            "Kampus yang bekerja sama dengan Grab antara lain Universitas Alfa Beta (UAB); Institut Seni, Sains, \
             dan Bisnis Gama (ISSBG); dan Politeknik Negeri Delta (PND)."
        ),
        [
            "partner Grab - Institut Seni, Sains, dan Bisnis Gama asserted",
            "partner Grab - Politeknik Negeri Delta asserted",
            "partner Grab - Universitas Alfa Beta asserted",
        ]
    );
    assert_eq!(claims("Alfamart menggandeng Grab; Gojek menolak BCA."), ["partner Alfamart - Grab asserted"]);
}

#[test]
fn a_unit_is_one_name_with_its_body_where_the_initials_show_it() {
    assert_eq!(
        claims("Pertamina bersama Pusat Kajian Universitas Alfa (PKUA) menggelar pelatihan."),
        ["partner Pertamina - Pusat Kajian Universitas Alfa asserted"]
    );
}

#[test]
fn a_short_form_that_the_article_gives_is_its_own() {
    // Elsewhere a KSP is a kind of cooperative.
    assert_eq!(
        claims("PT KSP Properti (KSP) berdiri di Cilegon. Kolaborasi antara KSP dan Grab berlanjut."),
        ["partner Grab - PT KSP Properti asserted"]
    );
}

#[test]
fn two_lines_join_those_who_cooperate() {
    assert_eq!(claims("Kerja sama Telkom -- Grab berlanjut."), ["partner Grab - Telkom asserted"]);
}

#[test]
fn an_event_in_capitals_tells_who_cooperates() {
    assert_eq!(
        claims(
            "Hal itu dikatakan Budi dalam acara Penandatanganan Kerja Sama Telkom dengan Grab di Jakarta."
        ),
        ["partner Grab - Telkom asserted"]
    );
}

#[test]
fn what_a_speaker_says_of_a_cooperation_is_the_speakers() {
    assert_eq!(
        claims("Telkom menegaskan bahwa kerja sama mereka dengan Grab berjalan baik."),
        ["partner Grab - Telkom asserted"]
    );
}

#[test]
fn nobody_competes_with_who_stands_beside() {
    assert_eq!(
        claims("Persib menghadapi Persija dalam laga Liga 1 bersama Bukalapak."),
        ["rival Persib - Persija asserted"]
    );
}

#[test]
fn a_plan_beside_what_has_been_done_plans_nothing() {
    assert_eq!(
        claims("Rusia dan Iran yang tak mau diatur itu telah bekerja sama."),
        ["partner Iran - Rusia asserted"]
    );
}

#[test]
fn lists_of_firms_name_those_that_no_lexicon_has() {
    let text = "Beberapa startup lokal seperti Tripi, Ponje, dan Hai Trans sudah tutup.";
    let found = extraction(text);
    let names: Vec<&str> = found.entities.iter().map(|e| &*e.name).collect();
    assert_eq!(names, ["Hai Trans", "Ponje", "Tripi"]);
    // Players are people.
    let found = extraction("Pemain seperti Budi, Tono, dan Joko hadir.");
    assert!(found.entities.is_empty());
}

#[test]
fn each_pair_of_a_draw_stands_by_itself() {
    assert_eq!(
        claims(
            "Babak kedua akan mempertemukan Burnley dengan Fulham, PSIM dengan Persis Solo, serta Borneo FC dengan Dewa United."
        ),
        [
            "rival Borneo FC - Dewa United asserted",
            "rival Burnley - Fulham asserted",
            "rival PSIM Yogyakarta - Persis Solo asserted"
        ]
    );
    assert_eq!(
        claims(
            "Hasil imbang terjadi pada laga PSIM melawan Persis Solo serta Dewa United yang menjamu Borneo FC."
        ),
        ["rival Borneo FC - Dewa United asserted", "rival PSIM Yogyakarta - Persis Solo asserted"]
    );
}

#[test]
fn a_list_that_begins_with_the_same_name_again_is_another_list() {
    assert_eq!(
        claims("Ada nota kesepahaman antara Telkomsel dan Grab, serta Telkomsel dan Traveloka."),
        ["partner Grab - Telkomsel asserted", "partner Telkomsel - Traveloka asserted"]
    );
}

#[test]
fn lines_of_firms_are_no_headlines() {
    let text = "OJK mencabut izin tiga perusahaan. Ketiga perusahaan tersebut adalah:\nPT Sumber Karya Lestari\nPT Mekar Abadi Sentosa\nPT Cipta Dana\nOJK meminta nasabah tenang.";
    assert_eq!(
        claims(text),
        [
            "sanction Otoritas Jasa Keuangan - PT Cipta Dana asserted",
            "sanction Otoritas Jasa Keuangan - PT Mekar Abadi Sentosa asserted",
            "sanction Otoritas Jasa Keuangan - PT Sumber Karya Lestari asserted"
        ]
    );
}

#[test]
fn states_behind_one_preposition_are_all_meant() {
    assert_eq!(
        claims("Bea masuk yang diberlakukan oleh Kanada pada Vietnam dan Thailand menaikkan harga sepatu."),
        ["sanction Kanada - Thailand asserted", "sanction Kanada - Vietnam asserted"]
    );
}

#[test]
fn those_counted_are_named_in_brackets_or_behind_a_dash() {
    for text in [
        "Yordania dan dua negara lainnya (Irak dan Oman) meneken perjanjian transit.",
        "Yordania serta dua negara tetangga -- Irak dan Oman -- meneken perjanjian transit.",
    ] {
        assert_eq!(
            claims(text),
            [
                "partner Irak - Oman asserted",
                "partner Irak - Yordania asserted",
                "partner Oman - Yordania asserted"
            ]
        );
    }
}

#[test]
fn one_of_many_is_named_behind_its_description() {
    assert_eq!(
        claims("Grab bekerja sama dengan salah satu toko buku terbesar di Vietnam, Tirtabuku (TB)."),
        ["partner Grab - Tirtabuku asserted"]
    );
    assert_eq!(
        claims("Grab menghentikan kerja sama dengan salah satu distributor mereka, Alfamart."),
        ["partner Alfamart - Grab negated"]
    );
}

#[test]
fn a_counted_heading_begins_a_list_further_down() {
    let text = "4 Mitra Pembayaran Grab di Vietnam\nWarga Hanoi suka membayar dengan ponsel. Uang kertas jarang \
                terlihat.\nPasar itu ramai.\n1. Telkomsel\nPaling banyak dipakai.\n2. BCA\n3. BRI";
    assert_eq!(
        claims(text),
        ["partner BCA - Grab asserted", "partner BRI - Grab asserted", "partner Grab - Telkomsel asserted"]
    );
    // Without the number the list may be of anything.
    let text = "Mitra Pembayaran Grab di Vietnam\nWarga Hanoi suka membayar dengan ponsel. Uang kertas jarang \
                terlihat.\nPasar itu ramai.\n1. Telkomsel\n2. BCA";
    assert!(claims(text).is_empty());
}

#[test]
fn a_list_may_name_those_who_punish() {
    let text = "Berikut negara yang menjatuhkan sanksi terhadap Mali:\n1. Kanada\n2. Jepang\n3. Telkomsel";
    assert_eq!(claims(text), ["sanction Jepang - Mali asserted", "sanction Kanada - Mali asserted"]);
}

#[test]
fn fines_are_listed_some_sentences_after_the_judge() {
    let text = "KPPU menghukum dua operator. Putusan dibaca di Jakarta. Majelis rapat lama. Berikut rincian \
                dendanya:\n- Telkomsel Rp 2 miliar\n- Indosat Rp 3 miliar";
    assert_eq!(
        claims(text),
        [
            "sanction Komisi Pengawas Persaingan Usaha - Indosat asserted",
            "sanction Komisi Pengawas Persaingan Usaha - Telkomsel asserted",
        ]
    );
}

#[test]
fn a_question_is_answered_behind_it() {
    assert_eq!(
        claims("Siapa saja sekutu Oman?\nMesir adalah sekutu paling tua."),
        ["partner Mesir - Oman asserted"]
    );
}

#[test]
fn hyphens_in_a_list_join_two_by_two() {
    assert_eq!(
        claims("Peserta lelang itu adalah konsorsium Telkom-Indosat, Pertamina-PLN, dan BCA-BRI."),
        [
            "partner BCA - BRI asserted",
            "partner Indosat - Telkom asserted",
            "partner PLN - Pertamina asserted"
        ]
    );
}

#[test]
fn the_two_meant_are_others_than_those_who_seek_them() {
    let text = "Ada dua dompet di sana, GoPay dan OVO. BCA dan BRI menjajaki kerja sama dengan kedua penyedia \
                dompet itu.";
    assert_eq!(
        claims(text),
        [
            "partner BCA - GoPay planned",
            "partner BCA - OVO planned",
            "partner BRI - GoPay planned",
            "partner BRI - OVO planned",
        ]
    );
}

#[test]
fn an_alliance_told_of_by_its_own_noun_is_meant() {
    let text = "Forum Pangan Selatan berdiri pada 2018. Forum itu menggandeng Grab. Forum bisnis itu ramai.";
    assert_eq!(claims(text), ["partner Forum Pangan Selatan - Grab asserted"]);
}

#[test]
fn whom_a_firm_works_with_besides_is_not_the_firm() {
    let text = "Startup Bukalapak tumbuh. Selain BRI, perusahaan juga telah bekerja sama dengan BCA.";
    assert!(!claims(text).contains(&"partner BCA - BRI asserted".into()));
    assert!(claims(text).contains(&"partner BCA - Bukalapak asserted".into()));
}

#[test]
fn what_members_of_a_list_do_parts_it_from_nobody() {
    hold(&[
        (
            "Grab menggandeng BCA yang punya banyak cabang, LinkAja, dan OVO.",
            "partner BCA - Grab asserted; partner Grab - LinkAja asserted; partner Grab - OVO asserted",
        ),
        (
            "Grab bekerja sama dengan BCA yang memiliki 1.200 cabang dan LinkAja yang memiliki 50 juta pengguna.",
            "partner BCA - Grab asserted; partner Grab - LinkAja asserted",
        ),
        (
            "Kanada menjatuhkan sanksi kepada Huawei yang terkait militer, serta Xiaomi yang dikendalikan negara.",
            "sanction Kanada - Huawei asserted; sanction Kanada - Xiaomi asserted",
        ),
        (
            "Grab menggandeng BCA yang membuka cabang, dan LinkAja menolak tawaran itu.",
            "partner BCA - Grab asserted",
        ),
    ]);
}

#[test]
fn names_that_only_their_list_tells_of_are_struck_together() {
    let ruling = "Kanada menjatuhkan sanksi baru pada Senin. Sanksi itu dijatuhkan kepada";
    assert_eq!(
        claims(&format!("{ruling} Naga Aviator, Arakan Timber, dan Delta Produk.")),
        [
            "sanction Kanada - Arakan Timber asserted",
            "sanction Kanada - Delta Produk asserted",
            "sanction Kanada - Naga Aviator asserted"
        ]
    );
    assert!(claims(&format!("{ruling} Budi Santoso, Made Wirawan, dan Joko Susilo.")).is_empty());
}

#[test]
fn each_relative_clause_of_several_has_its_own_names() {
    assert_eq!(
        claims(
            "Sebut saja Grab yang menggandeng BCA di Bandung, Gojek yang berkongsi dengan Telkom di Medan, atau \
             Traveloka yang merangkul BRI."
        ),
        [
            "partner BCA - Grab asserted",
            "partner BRI - Traveloka asserted",
            "partner Gojek - Telkom asserted"
        ]
    );
}

#[test]
fn a_group_is_told_of_with_the_one_named_beside_it() {
    assert_eq!(
        claims(
            "Menteri BUMN Rini Soemarno menyebut Telkom sibuk di Medan bersama BRI dan BNI. Ketiganya membentuk \
             perusahaan patungan."
        ),
        ["partner BNI - BRI asserted", "partner BNI - Telkom asserted", "partner BRI - Telkom asserted"]
    );
}

#[test]
fn the_two_are_the_one_just_named_and_another() {
    assert_eq!(
        claims(
            "Grab dan BCA merilis laporan. Gojek punya cerita lain. Pada Mei, Telkom menanam modal dan keduanya \
             sepakat merancang peta."
        ),
        ["partner Gojek - Telkom asserted"]
    );
}

#[test]
fn one_of_several_partners_is_named_alone() {
    hold(&[
        ("Grab memiliki sejumlah mitra. Salah satunya BCA.", "partner BCA - Grab asserted"),
        ("Grab memiliki banyak pesaing. Salah satunya adalah Gojek.", "rival Gojek - Grab asserted"),
        ("Grab tumbuh pesat. Salah satunya BCA.", ""),
    ]);
}

#[test]
fn members_of_an_alliance_stand_behind_their_count() {
    hold(&[
        (
            "Pertengkaran dua anggota NATO, Turki dan Yunani, berlanjut.",
            "partner NATO - Turki asserted; partner NATO - Yunani asserted",
        ),
        ("Turki, anggota NATO yang membeli rudal itu, menolak.", "partner NATO - Turki asserted"),
    ]);
}

#[test]
fn partners_are_counted_off_without_with() {
    assert_eq!(
        claims("Bukalapak menggandeng dua bank. Pertama, Maybank untuk cicilan. Kedua, OCBC untuk tabungan."),
        ["partner Bukalapak - Maybank asserted", "partner Bukalapak - OCBC asserted"]
    );
    assert_eq!(
        claims("Bukalapak menggandeng dua bank. Pertama, Maybank menaikkan bunga."),
        Vec::<String>::new()
    );
    assert_eq!(
        claims(
            "Visa bermitra dengan Maybank sejak 2019, disusul OCBC, UOB, dan terakhir Citibank pada Mei lalu."
        ),
        [
            "partner Citibank - Visa asserted",
            "partner Maybank - Visa asserted",
            "partner OCBC - Visa asserted",
            "partner UOB - Visa asserted"
        ]
    );
}

#[test]
fn a_list_may_name_who_punishes() {
    hold(&[
        (
            "Berikut negara yang melarang TikTok:\n\n1. India\n\nAplikasi itu hilang sejak lama.\n\n2. Nepal\n\nDi sana ia dinilai merusak.",
            "sanction India - TikTok asserted; sanction Nepal - TikTok asserted",
        ),
        (
            "Dua negara memblokir Telegram. Berikut daftarnya:\n1. Iran\n2. Pakistan",
            "sanction Iran - Telegram asserted; sanction Pakistan - Telegram asserted",
        ),
        ("Berikut negara yang memakai TikTok:\n1. India\n2. Nepal", ""),
    ]);
}

#[test]
fn a_dot_behind_a_legal_form_ends_no_list() {
    hold(&[(
        "Grab menggandeng PT Bank Mandiri (Persero) Tbk. dan PT Bank Negara Indonesia (Persero) Tbk. tahun ini.",
        "partner BNI - Grab asserted; partner Bank Mandiri - Grab asserted",
    )]);
}
