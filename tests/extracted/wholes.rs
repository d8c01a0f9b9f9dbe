//! Where names begin and end, over an article's sentences; who is meant by a place's firms.

use super::{claims, companies, hold};

#[test]
fn a_name_is_whole_wherever_its_first_word_could_mean_something_else() {
    let text = "Manajemen bank Sentosa Nusantara angkat bicara. Sentosa Nusantara menggandeng Grab.";
    assert_eq!(claims(text), ["partner Grab - Sentosa Nusantara asserted"]);
    assert_eq!(companies(text), ["Grab", "Sentosa Nusantara"]);
}

#[test]
fn two_names_joined_by_a_dash_are_two_where_each_stands_alone_as_well() {
    let text =
        "Dua raksasa toko daring Belajaku dan Pasarmu akan bergabung. Penyatuan Belajaku-Pasarmu diawasi.";
    assert_eq!(companies(text), ["Belajaku", "Pasarmu"]);
    let alone = "Perusahaan teknologi Nala-Wira meluncurkan layanan. Nala-Wira menggandeng Grab.";
    assert_eq!(companies(alone), ["Grab", "Nala-Wira"]);
}

#[test]
fn initials_in_brackets_tell_how_far_a_name_reaches_that_begins_with_a_known_one() {
    hold(&[
        (
            "Pelindo Terminal Biru (PTB) dan Maersk meneken nota kesepahaman.",
            "partner Maersk - Pelindo Terminal Biru asserted",
        ),
        ("Pelindo (Persero) dan Maersk meneken nota kesepahaman.", "partner Maersk - Pelindo asserted"),
    ]);
}

#[test]
fn an_unknown_word_that_does_what_firms_do_is_one_at_a_sentences_start() {
    hold(&[
        ("Minolta bekerja sama dengan Sony.", "partner Minolta - Sony asserted"),
        ("Minolta bersaing dengan Sony.", "rival Minolta - Sony asserted"),
    ]);
    assert!(claims("Penggabungan menggandeng Sony.").is_empty());
}

#[test]
fn a_shop_may_be_opened_in_a_firm() {
    let text = "Platform niaga Jualyuk tumbuh. Banyak pelapak membuka toko di Jualyuk. Ada pula yang pindah ke Jualyuk.";
    assert_eq!(companies(text), ["Jualyuk"]);
}

#[test]
fn what_is_done_to_firms_from_somewhere_is_not_done_to_the_states() {
    for text in [
        "Taiwan akan melarang perusahaan asal tiga negara lain, yakni Rusia, Belarus, dan Iran.",
        "Australia melarang 14 penyedia perangkat China ikut tender kabel laut.",
        "Taiwan menggelar rapat bersama BYD. Perusahaan dari wilayah tersebut akan dilarang memasok barang ke Taiwan.",
    ] {
        assert!(claims(text).iter().all(|c| !c.starts_with("sanction")), "{text} {:?}", claims(text));
    }
}

#[test]
fn a_maker_of_that_time_is_told_by_its_name_and_not_pointed_at() {
    let text = "Toyota meluncurkan mobil. Pembuat kamera nomor dua saat itu, Minolta, bekerja sama dengan Sony. \
                Setahun kemudian kerja sama kedua perusahaan itu bubar.";
    assert_eq!(claims(text), ["partner Minolta - Sony negated"]);
}

#[test]
fn a_venture_acts_for_itself_and_not_for_those_who_have_it() {
    for text in [
        "Perusahaan patungan Alfamart dan Indosat bermitra dengan Grab.",
        "Telkomsel menggandeng Indosat. Perusahaan patungan kedua pihak itu bermitra dengan Grab.",
    ] {
        assert!(claims(text).iter().all(|c| !c.contains("Grab")), "{text} {:?}", claims(text));
    }
}

#[test]
fn rivals_are_counted_off_beside_another_and_behind_those_told_of() {
    let beside = "Xiaomi kini tercatat sebagai pesaing utama Samsung bersama Oppo dan Honor.";
    let told = claims(beside);
    for rival in ["rival Honor - Samsung asserted", "rival OPPO - Samsung asserted"] {
        assert!(told.contains(&rival.to_string()), "{told:?}");
    }
    let behind = "Samsung tertinggal dari para pesaingnya. Para pesaing tersebut, mulai dari Oppo hingga Vivo, sudah maju.";
    assert_eq!(claims(behind), ["rival OPPO - Samsung asserted", "rival Samsung - Vivo asserted"]);
    assert_eq!(claims("Duel melawan Samsung bersama Oppo dimulai."), Vec::<String>::new());
}

#[test]
fn whose_ally_somebody_is_isnt_said_of_whom_the_comma_follows() {
    let text = "Setelah Maroko bertemu dengan Aljazair, negara sekutu Maroko yakni Bahrain dan Sudan pulang.";
    assert_eq!(claims(text), ["partner Bahrain - Maroko asserted", "partner Maroko - Sudan asserted"]);
}

#[test]
fn a_bodys_short_form_may_be_in_another_language_and_stand_inside_its_name() {
    hold(&[
        (
            "Federasi Sepak Bola Kenya atau FKF didenda CAF. FKF pasrah.",
            "sanction CAF - Federasi Sepak Bola Kenya asserted",
        ),
        ("Komite Disiplin (Komdis) FAM menghukum Persib.", "sanction Komite Disiplin FAM - Persib asserted"),
        (
            "Pelindo menggandeng PT Sarana Mega Karya (Persero) atau SMK. SMK ikut senang.",
            "partner PT Sarana Mega Karya - Pelindo asserted",
        ),
    ]);
}

#[test]
fn those_counted_off_behind_a_comma_join_the_list() {
    let told = claims("Grab dan dua bank, BCA serta BRI, digandeng Telkomsel.");
    assert_eq!(
        told,
        [
            "partner BCA - Telkomsel asserted",
            "partner BRI - Telkomsel asserted",
            "partner Grab - Telkomsel asserted"
        ]
    );
}

#[test]
fn where_a_firm_sits_is_no_state_that_acts() {
    hold(&[
        (
            "Startup Mistrala yang bermarkas di London bersaing dengan OpenAI.",
            "rival Mistrala - OpenAI asserted",
        ),
        ("Startup Mistrala yang berbasis di Paris menggandeng OpenAI.", "partner Mistrala - OpenAI asserted"),
    ]);
}

#[test]
fn two_states_are_meant_whose_officials_met_and_the_one_that_acted_last() {
    hold(&[
        (
            "Pertemuan pejabat India dan Brasil digelar. Diskusi itu menghasilkan kesepakatan antara kedua negara.",
            "partner Brasil - India asserted",
        ),
        (
            "Menteri Luar Negeri Malaysia Mohamad Hasan memaparkan capaian diplomasi. Kerja sama dijalin dengan Brunei.",
            "partner Brunei Darussalam - Malaysia asserted",
        ),
        (
            "Pemerintah melanjutkan pembicaraan tentang kerja sama PLN dengan Grab.",
            "partner Grab - PLN planned",
        ),
    ]);
}

#[test]
fn rivals_are_told_by_whose_they_are_and_by_what_everybody_knows() {
    hold(&[
        (
            "Selain Lion Air, kompetitornya, Citilink, juga memulai langkah itu.",
            "rival Citilink - Lion Air asserted",
        ),
        (
            "Tesla tidak punya banyak waktu. Pasalnya BYD, pesaing terberatnya asal China, juga sudah maju.",
            "rival BYD - Tesla asserted",
        ),
        (
            "Belum lagi tingginya rivalitas antara Persib dan Persija yang bukan lagi rahasia umum.",
            "rival Persib - Persija asserted",
        ),
        (
            "Duel Bahari Gresik vs Taruna Madiun di pekan keenam liga itu ricuh.",
            "rival Bahari Gresik - Taruna Madiun asserted",
        ),
        ("Duel Bahari Gresik vs Taruna Madiun itu ricuh.", ""),
        ("Mauritania dimusuhi oleh Maroko.", "rival Maroko - Mauritania asserted"),
        ("Rusia melancarkan perang penuh terhadap Ukraina.", "rival Rusia - Ukraina asserted"),
    ]);
}

#[test]
fn parties_are_talked_round_to_a_coalition_by_whoever_asks_them() {
    hold(&[
        (
            "Demokrat membujuk Hanura dan PKS berkoalisi.",
            "partner Partai Demokrat - Partai Hanura planned; \
             partner Partai Demokrat - Partai Keadilan Sejahtera planned",
        ),
        (
            "Demokrat membentuk koalisi poros baru yang diisi Hanura.",
            "partner Partai Demokrat - Partai Hanura asserted",
        ),
    ]);
}
