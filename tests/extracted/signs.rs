//! What tells names from other capitals, and those who act from those who are beside
//! the point; facts whose sides stand in two sentences.

use super::{claims, companies};

#[test]
fn common_words_alone_are_no_name() {
    assert!(companies("Grab menggandeng Direktur Jenderal Pengelolaan Sampah pekan ini.").len() < 2);
    assert_eq!(companies("Harga naik pada akhir Tahun, kata Grab."), ["Grab"]);
}

#[test]
fn what_a_known_firm_makes_is_no_other_firm() {
    assert_eq!(companies("Layanan pesan instan BlackBerry Merlin laris."), ["BlackBerry"]);
    assert_eq!(companies("Acara yang dihentikan yaitu Kuis Malam (RCTI)."), ["RCTI"]);
}

#[test]
fn a_longer_english_name_is_read_whole() {
    assert_eq!(
        claims("Kerja sama antara UGM dan East China Rice Research Institute berlanjut."),
        ["partner East China Rice Research Institute - UGM asserted"]
    );
    assert_eq!(
        claims("Grab bermitra dengan Qatar Food and Drug Authority di Doha."),
        ["partner Grab - Qatar Food and Drug Authority asserted"]
    );
}

#[test]
fn a_town_begins_a_firms_name_behind_a_word_for_partners() {
    assert_eq!(
        claims("Pertamina bermitra dengan Shenzhen Kanfeng untuk kilang baru."),
        ["partner Pertamina - Shenzhen Kanfeng asserted"]
    );
}

#[test]
fn a_part_of_a_body_behind_a_title_stands_for_the_body() {
    assert_eq!(
        claims("Ketua Majelis Hakim KPPU Budi Cita menggandeng Grab."),
        ["partner Grab - Komisi Pengawas Persaingan Usaha asserted"]
    );
}

#[test]
fn punishing_a_person_is_no_sanction() {
    assert!(claims("Komdis PSSI menghukum pelatih Persib Bandung.").is_empty());
    assert!(claims("Amerika Serikat menjatuhkan sanksi kepada Presiden Rusia Vladimir Putin.").is_empty());
    assert_eq!(claims("Komdis PSSI menghukum Persib Bandung."), ["sanction Komdis PSSI - Persib asserted"]);
}

#[test]
fn a_firm_is_meant_by_the_state_that_it_comes_from() {
    assert_eq!(
        claims(
            "Samsung menyetop penjualan cip ke Huawei. Amerika Serikat memblokir perusahaan asal China tersebut."
        ),
        ["sanction Amerika Serikat - Huawei asserted"]
    );
}

#[test]
fn people_of_a_state_are_not_the_state() {
    assert!(claims("Milisi Lebanon melancarkan serangan terhadap Israel.").is_empty());
    assert_eq!(
        claims("Hizbullah, sekutu lama kelompok militan Palestina Hamas, berpidato."),
        ["partner Hamas - Hizbullah asserted"]
    );
}

#[test]
fn a_dateline_is_no_part_of_its_sentence() {
    let bare = claims("Partai Demokrat merapat ke Partai Gerindra.");
    assert_eq!(bare.len(), 1);
    assert_eq!(claims("JAKARTA, ALFA.com - Partai Demokrat merapat ke Partai Gerindra."), bare);
}

#[test]
fn a_longer_phrase_hides_no_fact() {
    // "memberlakukan pembatasan" is one phrase of the data, and a verb with its object.
    assert_eq!(
        claims("India memberlakukan pembatasan terhadap impor minyak sawit Malaysia."),
        ["sanction India - Malaysia asserted"]
    );
}

#[test]
fn who_punished_is_told_in_the_next_sentence() {
    assert_eq!(
        claims("Persib dijatuhi hukuman denda. Demikian diumumkan Komdis PSSI pada Senin."),
        ["sanction Komdis PSSI - Persib asserted"]
    );
    assert!(claims("Persib menang besar. Demikian diumumkan Komdis PSSI pada Senin.").is_empty());
}

#[test]
fn what_is_fought_is_no_rival() {
    assert!(claims("Grab melawan tarif baru Gojek.").is_empty());
    assert_eq!(claims("Grab melawan Gojek."), ["rival Gojek - Grab asserted"]);
}

#[test]
fn a_head_alone_means_the_only_body_of_the_article_that_begins_with_it() {
    assert_eq!(
        claims("Pemkab Garut berbenah. Pemkab menggandeng Grab."),
        ["partner Grab - Pemkab Garut asserted"]
    );
    assert!(claims("Pemkab Garut dan Pemkab Sumedang berbenah. Pemkab menggandeng Grab.").is_empty());
}

#[test]
fn what_is_reported_of_a_firm_does_not_make_it_a_source() {
    assert_eq!(claims("Gojek dilaporkan bekerja sama dengan BCA."), ["partner BCA - Gojek asserted"]);
    assert_eq!(
        claims("Menurut Direktur Gojek Budi Cita, perusahaan menggandeng BCA."),
        ["partner BCA - Gojek asserted"]
    );
}

#[test]
fn a_list_ends_before_who_acts_and_a_phrase_with_its_demonstrative() {
    assert_eq!(
        claims("Bersama dua bank, yakni BCA dan BRI, Telkom meluncurkan layanan baru."),
        ["partner BCA - Telkom asserted", "partner BRI - Telkom asserted"]
    );
    assert_eq!(
        claims("Lewat kemitraan itu Australia, Inggris, dan Jepang bersepakat membangun kapal."),
        [
            "partner Australia - Inggris asserted",
            "partner Australia - Jepang asserted",
            "partner Inggris - Jepang asserted",
        ]
    );
}

#[test]
fn two_events_of_a_sentence_keep_their_own_sides() {
    assert_eq!(
        claims("Kolaborasi Gojek dan BCA berlangsung di tengah persaingan antara Grab dan Maxim."),
        ["partner BCA - Gojek asserted", "rival Grab - Maxim asserted"]
    );
}

#[test]
fn adverbs_and_phrases_leave_the_status_to_the_words_in_them() {
    assert_eq!(claims("Gojek tidak boleh bekerja sama dengan BCA."), ["partner BCA - Gojek negated"]);
    assert_eq!(claims("Gojek juga akan bermitra dengan BCA."), ["partner BCA - Gojek planned"]);
    assert_eq!(
        claims("Komdis PSSI menghukum Persib hingga akhir musim."),
        ["sanction Komdis PSSI - Persib asserted"]
    );
}

#[test]
fn each_line_of_a_list_of_the_punished_counts_with_its_penalty_behind_a_colon() {
    let text = "Komdis PSSI menghukum sejumlah klub:\n- Persija: denda Rp25 juta\n- Persib: denda Rp50 juta";
    assert_eq!(
        claims(text),
        ["sanction Komdis PSSI - Persib asserted", "sanction Komdis PSSI - Persija asserted"]
    );
}

#[test]
fn states_that_shut_a_firm_out_are_all_told() {
    assert_eq!(
        claims("Huawei diblokir di Australia, Inggris, dan Swedia."),
        [
            "sanction Australia - Huawei asserted",
            "sanction Inggris - Huawei asserted",
            "sanction Swedia - Huawei asserted",
        ]
    );
}

#[test]
fn a_penalty_on_a_states_goods_is_its_own() {
    assert_eq!(
        claims("Mobil listrik Tiongkok dikenai tarif oleh Uni Eropa."),
        ["sanction Uni Eropa - Tiongkok asserted"]
    );
    assert_eq!(
        claims("Amerika Serikat memberlakukan larangan bagi maskapai Rusia."),
        ["sanction Amerika Serikat - Rusia asserted"]
    );
    assert!(claims("Mobil listrik Tiongkok laris di Uni Eropa.").is_empty());
}

#[test]
fn what_has_not_come_about_is_denied() {
    assert_eq!(
        claims("Hingga kini belum ada kerja sama antara Undip dan Telkomsel."),
        ["partner Telkomsel - Undip negated"]
    );
    assert_eq!(
        claims("Belum ada keputusan mengenai kerja sama antara Undip dan Telkomsel."),
        ["partner Telkomsel - Undip asserted"]
    );
}

#[test]
fn what_still_holds_is_no_plan() {
    assert_eq!(
        claims("Sanksi terhadap Rusia yang dijatuhkan Uni Eropa masih berlaku."),
        ["sanction Uni Eropa - Rusia asserted"]
    );
    assert_eq!(
        claims("Kerja sama Undip dan Telkomsel masih dibahas."),
        ["partner Telkomsel - Undip planned"]
    );
}

#[test]
fn who_bears_a_title_is_no_firm_of_that_name() {
    assert!(
        !companies("Hadir Direktur Telkomsel Wiko Hardiman dan Direktur Grab.").contains(&"Wiko".to_string())
    );
    assert_eq!(companies("Grab menemui Menteri Pertahanan Delfin Lorenzana, Senin."), ["Grab"]);
}

#[test]
fn a_lone_roman_number_behind_capitals_ends_its_sentence() {
    assert_eq!(
        claims("Telkomsel bekerja sama dengan PLN dan KSOP I. Kedua mitra itu senang."),
        ["partner KSOP I - Telkomsel asserted", "partner PLN - Telkomsel asserted"]
    );
}

#[test]
fn what_is_not_ended_goes_on() {
    assert_eq!(
        claims("Grab tidak akan mengakhiri kerja sama dengan Telkomsel."),
        ["partner Grab - Telkomsel asserted"]
    );
    assert_eq!(
        claims("Grab membantah menghentikan kerja sama dengan Telkomsel."),
        ["partner Grab - Telkomsel asserted"]
    );
    assert_eq!(
        claims("Grab tidak pernah bekerja sama dengan Telkomsel."),
        ["partner Grab - Telkomsel negated"]
    );
}
