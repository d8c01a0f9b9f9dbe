//! Cooperation: who is in a consortium, whom a list names, what lasts and what ends.

use crate::hold;

#[test]
fn members_of_a_consortium_are_each_others_partners() {
    hold(&[
        (
            "Proyek dimenangkan konsorsium Wijaya Karya; Adhi Karya; dan Hutama Karya.",
            "partner Adhi Karya - Hutama Karya asserted; partner Adhi Karya - Wijaya Karya asserted; partner Hutama Karya - Wijaya Karya asserted",
        ),
        (
            "Konsorsium yang terdiri atas Wijaya Karya, Adhi Karya, dan Hutama Karya mengikuti lelang.",
            "partner Adhi Karya - Hutama Karya asserted; partner Adhi Karya - Wijaya Karya asserted; partner Hutama Karya - Wijaya Karya asserted",
        ),
    ]);
}

#[test]
fn partners_told_by_their_number_are_those_of_the_list() {
    hold(&[
        (
            "Tiga penyedia jasa bayar, yakni OVO, DANA, dan LinkAja, hadir di Padang. Ramayana menggandeng ketiga penyedia tersebut.",
            "partner DANA - Ramayana asserted; partner LinkAja - Ramayana asserted; partner OVO - Ramayana asserted",
        ),
        (
            "Undip menggandeng tiga bank.\n- Bank Mandiri\n- Bank Negara Indonesia (BNI)",
            "partner BNI - Undip asserted; partner Bank Mandiri - Undip asserted",
        ),
        (
            "Sebanyak 17 kampus bekerja sama dengan Telkomsel, di antaranya Undip dan UGM.",
            "partner Telkomsel - UGM asserted; partner Telkomsel - Undip asserted",
        ),
        (
            "Sejumlah bank bekerja sama dengan Gojek, yakni Bank Mandiri dan BCA.",
            "partner BCA - Gojek asserted; partner Bank Mandiri - Gojek asserted",
        ),
        (
            "Di Filipina, Telkomsel bermitra dengan Globe. Di Thailand, ada AIS.",
            "partner AIS - Telkomsel asserted; partner Globe - Telkomsel asserted",
        ),
        // Who merely speaks of it isn't one of them.
        ("Sejumlah bank bekerja sama dengan Gojek, kata Bank Mandiri.", ""),
    ]);
}

#[test]
fn who_joins_a_partnership_is_a_partner() {
    hold(&[
        ("Indosat bergabung dengan kemitraan Telkomsel.", "partner Indosat - Telkomsel asserted"),
        (
            "Toyota bergabung dengan Suzuki mendirikan perusahaan patungan.",
            "partner Suzuki - Toyota asserted",
        ),
    ]);
}

#[test]
fn what_lasts_stands_and_what_is_cut_or_falls_through_does_not() {
    hold(&[
        ("Indonesia bakal tetap bekerja sama dengan Tiongkok.", "partner Indonesia - Tiongkok asserted"),
        ("Gojek akan melanjutkan kerja sama dengan Telkomsel.", "partner Gojek - Telkomsel asserted"),
        ("Gojek akan bekerja sama dengan Telkomsel.", "partner Gojek - Telkomsel planned"),
        ("Rencana kerja sama antara Gojek dan Traveloka kandas.", "partner Gojek - Traveloka negated"),
        ("Gojek memutuskan hubungan dengan Telkomsel.", "partner Gojek - Telkomsel negated"),
        ("Kerja sama Gojek dengan Telkomsel bukan yang pertama.", "partner Gojek - Telkomsel asserted"),
    ]);
}

#[test]
fn what_a_deed_will_bring_about_leaves_it_standing() {
    hold(&[
        ("Kerja sama Gojek dan Tokopedia akan menguntungkan pengguna.", "partner Gojek - Tokopedia asserted"),
        ("Persaingan Gojek dan Grab akan semakin ketat.", "rival Gojek - Grab asserted"),
        (
            "Sanksi Amerika Serikat terhadap Iran akan merugikan petani.",
            "sanction Amerika Serikat - Iran asserted",
        ),
        // What will begin doesn't stand yet.
        ("Kerja sama Gojek dan Tokopedia akan dimulai bulan depan.", "partner Gojek - Tokopedia planned"),
        ("Kemitraan Gojek dan Tokopedia akan ditandatangani besok.", "partner Gojek - Tokopedia planned"),
    ]);
}

#[test]
fn rivals_whom_a_deal_helps_are_rivals_already() {
    hold(&[
        ("Gojek tak memungkiri bersaing dengan Grab.", "rival Gojek - Grab asserted"),
        ("Gojek membidik Maxim sebagai saingan.", "rival Gojek - Maxim asserted"),
        ("Yang bersaing dengan Gojek ialah Maxim.", "rival Gojek - Maxim asserted"),
        ("Langkah Gojek akan menguntungkan saingannya, Grab.", "rival Gojek - Grab asserted"),
    ]);
}

#[test]
fn a_coalition_acts_for_who_leads_it_and_a_militia_for_itself() {
    hold(&[
        ("Koalisi yang dipimpin Arab Saudi menyerang Yaman.", "rival Arab Saudi - Yaman asserted"),
        ("Milisi dukungan Iran menyerang Israel.", ""),
    ]);
}

#[test]
fn that_party_is_the_other_of_the_two_named() {
    hold(&[(
        "Golkar yang dulu melawan PDIP kini berkoalisi dengan partai itu.",
        "partner PDI Perjuangan - Partai Golkar asserted; rival PDI Perjuangan - Partai Golkar negated",
    )]);
}

#[test]
fn bodies_by_their_short_names_punish() {
    hold(&[
        ("FIBA menghukum Perbasi.", "sanction FIBA - Perbasi asserted"),
        (
            "Liga basket Amerika Serikat (NBA) mendenda Dallas Mavericks.",
            "sanction NBA - Dallas Mavericks asserted",
        ),
        ("Peru (AMP) mendenda Gojek.", "sanction Peru - Gojek asserted"),
        (
            "KPID Jawa Barat menjatuhkan sanksi kepada Trans TV.",
            "sanction Komisi Penyiaran Indonesia - Trans TV asserted",
        ),
        ("Arema FC diganjar Rp50 juta oleh PSSI.", "sanction PSSI - Arema FC asserted"),
    ]);
}

#[test]
fn penalties_that_are_prepared_or_threatened_are_planned_and_lifted_ones_negated() {
    hold(&[
        (
            "BPOM tak segan menjatuhkan sanksi kepada Kalbe Farma.",
            "sanction Badan Pengawas Obat dan Makanan - Kalbe Farma planned",
        ),
        ("Uni Eropa merampungkan paket sanksi terhadap Belarus.", "sanction Uni Eropa - Belarus planned"),
        (
            "Amerika Serikat mewanti-wanti akan ada sanksi bagi Turki.",
            "sanction Amerika Serikat - Turki planned",
        ),
        ("Amerika Serikat menimbang sanksi terhadap Turki.", "sanction Amerika Serikat - Turki planned"),
        (
            "Amerika Serikat menjatuhkan sanksi kepada Sudan pada 1993. Sanksi itu dicabut pada 2020.",
            "sanction Amerika Serikat - Sudan negated",
        ),
        ("KPPU bersidang atas dugaan kartel Honda dan Yamaha.", ""),
    ]);
}

#[test]
fn where_a_partner_sits_is_no_partner() {
    hold(&[(
        "Kementerian Perindustrian menggandeng Universitas Yale yang berlokasi di Connecticut, Amerika Serikat.",
        "partner Kementerian Perindustrian - Yale asserted",
    )]);
}

#[test]
fn an_apposition_stands_whatever_is_planned_reported_or_denied_beside_it() {
    hold(&[
        (
            "Gojek akan menggandeng Grab, pesaing Maxim.",
            "partner Gojek - Grab planned; rival Grab - Maxim asserted",
        ),
        (
            "Gojek dikabarkan menggandeng Grab, salah satu mitra Telkomsel.",
            "partner Gojek - Grab reported; partner Grab - Telkomsel asserted",
        ),
        ("Usulan itu menyasar pabrik milik Grab, mitra Telkomsel.", "partner Grab - Telkomsel asserted"),
        ("Grab, calon mitra Telkomsel, untung.", "partner Grab - Telkomsel planned"),
        ("Gojek, bukan pesaing Telkomsel, untung.", "rival Gojek - Telkomsel negated"),
    ]);
}

#[test]
fn hearsay_of_others_later_in_the_sentence_leaves_a_fact_asserted() {
    hold(&[
        (
            "Peru memblokir TikTok, dan Chile disebut-sebut akan bekerja sama dengan India.",
            "partner Chili - India reported; sanction Peru - TikTok asserted",
        ),
        (
            "Kementerian Perdagangan membantah telah membekukan izin Kalbe Farma.",
            "sanction Kementerian Perdagangan - Kalbe Farma negated",
        ),
        ("FIFA membekukan PSSI dengan segera.", "sanction FIFA - PSSI asserted"),
        (
            "Uni Eropa menimbang sanksi terhadap Turki, tulis sebuah koran mengutip sejumlah sumber.",
            "sanction Uni Eropa - Turki reported",
        ),
    ]);
}

#[test]
fn that_firm_is_the_one_just_named_whatever_state_stands_behind_its_verb() {
    hold(&[(
        "Telkomsel menemui Huawei karena perusahaan itu didenda Amerika Serikat.",
        "sanction Amerika Serikat - Huawei asserted",
    )]);
}

#[test]
fn who_is_punished_behind_a_subordinate_word_is_the_subject_of_the_main_clause() {
    hold(&[(
        "Huawei kehilangan dukungan Google setelah diblokir Amerika Serikat.",
        "sanction Amerika Serikat - Huawei asserted",
    )]);
}

#[test]
fn bodies_and_their_short_forms_are_one_and_their_state_takes_no_part() {
    hold(&[(
        "Otoritas Persaingan Usaha (ACM) Belanda mendenda Apple.",
        "sanction Otoritas Konsumen dan Pasar Belanda - Apple asserted",
    )]);
}

#[test]
fn penalties_are_told_over_two_sentences_and_in_other_words() {
    hold(&[
        (
            "KPPU menyatakan dua bank terbukti bersalah. Bank yang divonis bersalah yaitu BCA dan BNI.",
            "sanction Komisi Pengawas Persaingan Usaha - BCA asserted; sanction Komisi Pengawas Persaingan Usaha - BNI asserted",
        ),
        (
            "FIFA membekukan Arema FC. Dua klub lain dibekukan hak transfernya oleh badan yang sama, yakni Persib dan Persija.",
            "sanction FIFA - Arema FC asserted; sanction FIFA - Persib asserted; sanction FIFA - Persija asserted",
        ),
        (
            "Terhadap Gojek dan Grab, KPPU memerintahkan ganti rugi serta melarang keduanya menaikkan tarif.",
            "sanction Komisi Pengawas Persaingan Usaha - Gojek asserted; sanction Komisi Pengawas Persaingan Usaha - Grab asserted",
        ),
        ("Persib dikurangi sembilan poin oleh PSSI.", "sanction PSSI - Persib asserted"),
        (
            "Amerika Serikat menerapkan kebijakan yang memasukkan Huawei ke daftar hitam.",
            "sanction Amerika Serikat - Huawei asserted",
        ),
        (
            "Pengadilan menolak permohonan Google atas denda yang dikenakan Komisi Eropa.",
            "sanction Komisi Eropa - Google asserted",
        ),
        ("Turki mengerahkan pasukan ke Qatar.", ""),
        ("\"Mereka ikut dalam hukuman Uni Eropa,\" ujar juru bicara Kremlin.", ""),
    ]);
}

#[test]
fn what_is_still_planned_is_planned_and_what_still_stands_stands() {
    hold(&[
        ("Gojek masih menjajaki kerja sama dengan BCA.", "partner BCA - Gojek planned"),
        ("Peru tetap akan menjatuhkan sanksi kepada Turki.", "sanction Peru - Turki planned"),
        ("Gojek masih bekerja sama dengan Grab.", "partner Gojek - Grab asserted"),
    ]);
}

#[test]
fn who_stands_beside_the_punished_strikes_only_where_it_is_told_so() {
    hold(&[
        ("Peru menjatuhkan sanksi kepada Rusia bersama Belarus.", "sanction Peru - Rusia asserted"),
        (
            "Georgia menjatuhkan embargo atas Armenia bersama dengan Ukraina.",
            "sanction Georgia - Armenia asserted; sanction Ukraina - Armenia asserted",
        ),
    ]);
}

#[test]
fn a_penalty_that_another_body_lifts_is_its_issuers() {
    hold(&[
        ("PSSI menghukum Persib. Komite Banding mencabut sanksi itu.", "sanction PSSI - Persib negated"),
        (
            "Pengadilan Umum Uni Eropa membatalkan denda yang dijatuhkan Komisi Eropa kepada Google.",
            "sanction Komisi Eropa - Google negated",
        ),
    ]);
}

#[test]
fn what_only_looks_like_a_measure_strikes_nobody() {
    hold(&[
        ("Peru mengambil sikap terhadap negara yang menghukum Rusia.", ""),
        ("Peru tidak mengambil langkah yang melarang TikTok.", "sanction Peru - TikTok negated"),
        ("Laga Persib berakhir dengan sanksi bagi Persija.", ""),
        (
            "OJK mencabut izin BCA. Saham turun; BNI naik Rp 20 ribu.",
            "sanction Otoritas Jasa Keuangan - BCA asserted",
        ),
        ("PBB mengumumkan invasi Rusia terhadap Ukraina melanggar hukum.", "rival Rusia - Ukraina asserted"),
    ]);
}

#[test]
fn who_meets_a_clubs_envoys_does_not_play_it_and_a_clubs_coach_is_a_person() {
    hold(&[
        ("Persib bertemu perwakilan Arema FC.", ""),
        (
            "PSSI menghukum Arema FC. Pelatihnya, Milomir Seslija, juga diskors satu pertandingan.",
            "sanction PSSI - Arema FC asserted",
        ),
    ]);
}
