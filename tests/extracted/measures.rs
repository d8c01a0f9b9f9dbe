//! Penalties and tariffs as sums, lists and orders tell them, and who stands beside.

use super::{claims, hold};

#[test]
fn fines_are_counted_off_by_their_sums() {
    for text in [
        "KPPU menghukum tiga operator. Indosat dihukum membayar denda Rp1 miliar; XL Axiata Rp15,24 miliar; \
         dan Telkomsel Rp 3,36 miliar.",
        "KPPU menghukum tiga operator. Indosat didenda Rp1 miliar, XL Axiata Rp15,24 miliar, dan Telkomsel \
         Rp 3,36 miliar.",
    ] {
        let told = claims(text);
        assert_eq!(told.len(), 3, "{text} {told:?}");
        assert!(told.iter().all(|c| c.starts_with("sanction Komisi Pengawas Persaingan Usaha")), "{told:?}");
    }
    assert!(
        claims("KPPU memuji tiga operator. Indosat untung Rp1 miliar; XL Axiata Rp15,24 miliar.").is_empty()
    );
}

#[test]
fn a_fine_reaches_over_its_sum_in_brackets() {
    hold(&[
        (
            "FIFA menjatuhkan denda sebesar 350.000 franc Swiss (setara sekitar Rp 7,3 miliar) kepada Persib.",
            "sanction FIFA - Persib asserted",
        ),
        ("AFC mewajibkan Persib membayar denda 20 ribu dolar.", "sanction AFC - Persib asserted"),
        ("Persib kembali menerima sanksi dari AFC.", "sanction AFC - Persib asserted"),
        ("Hasil rapat AFC berbuah denda bagi Persib.", "sanction AFC - Persib asserted"),
        ("Persib dinyatakan bersalah oleh AFC.", "sanction AFC - Persib asserted"),
    ]);
}

#[test]
fn others_are_punished_too_by_whom_was_told_before() {
    for next in [
        "Putusan itu terbit bersamaan dengan sanksi yang dijatuhkan kepada klub Persija.",
        "Ganjaran yang sama diberikan pula kepada Persija.",
        "Kali ini giliran satu peserta liga, yakni Persija, yang menerimanya.",
    ] {
        let told = claims(&format!("AFC menghukum Persib. {next}"));
        assert!(told.contains(&"sanction AFC - Persija asserted".to_string()), "{next} {told:?}");
    }
}

#[test]
fn who_stands_beside_the_punisher_punishes_or_helps_and_is_not_struck() {
    hold(&[
        (
            "Georgia menjatuhkan embargo atas Armenia bersama dengan Ukraina.",
            "sanction Georgia - Armenia asserted; sanction Ukraina - Armenia asserted",
        ),
        ("OJK memutus akses pinjol ilegal bersama Bank Indonesia.", ""),
    ]);
    let told = claims("OJK memutus akses keuangan pinjol ilegal bekerja sama dengan Bank Indonesia.");
    assert!(told.iter().all(|c| c.starts_with("partner")), "{told:?}");
}

#[test]
fn tariffs_are_ordered_and_strike_what_comes_in_from_a_state() {
    let both = "sanction Turki - Bulgaria asserted; sanction Turki - Yunani asserted";
    hold(&[
        ("Turki memerintahkan pengenaan tarif untuk barang-barang dari Yunani dan Bulgaria.", both),
        ("Turki menaikkan tarif impor bagi barang yang masuk dari Yunani dan Bulgaria.", both),
        ("Turki meresmikan tarif impor terhadap Yunani dan Bulgaria.", both),
        ("Turki menjatuhkan sanksi kepada satu entitas dari Yunani, Bulgaria, dan Rumania.", ""),
        (
            "Turki menyiapkan pembalasan terhadap tarif impor 30% yang dikenakan Uni Eropa.",
            "sanction Turki - Uni Eropa planned",
        ),
        (
            "Kanada mengumumkan aturan baru yang bakal membekukan perdagangan dengan Iran.",
            "sanction Kanada - Iran planned",
        ),
    ]);
}

#[test]
fn players_and_economists_are_people_whatever_happens_to_them() {
    for next in [
        "Bek kiri tuan rumah, Azwan Hafizi, turut mendapat hukuman keras.",
        "Mantan penggawa timnas Malaysia U-19 itu dilarang tampil empat partai.",
        "Ekonom Bank Permata, Madan Krisnamurti, juga dihukum.",
    ] {
        let told = claims(&format!("AFC menghukum Persib. {next}"));
        assert_eq!(told, ["sanction AFC - Persib asserted"], "{next}");
    }
}

#[test]
fn what_is_reviewed_stands_already() {
    hold(&[
        (
            "XL masih mengkaji kembali kerja sama jaringan dengan Huawei.",
            "partner Huawei - XL Axiata asserted",
        ),
        ("Telkom bakal mengkaji kerja samanya dengan Huawei.", "partner Huawei - Telkom asserted"),
        ("Telkom tengah mengkaji kerja sama dengan Huawei.", "partner Huawei - Telkom planned"),
    ]);
}

#[test]
fn two_states_counted_before_they_are_named_take_part() {
    hold(&[
        (
            "Ini akibat perang dagang antara dua raksasa ekonomi Amerika Serikat dan Tiongkok.",
            "rival Amerika Serikat - Tiongkok asserted",
        ),
        (
            "FIFA melarang timnas Rusia dan Belarus tampil.",
            "sanction FIFA - Belarus asserted; sanction FIFA - Rusia asserted",
        ),
    ]);
}

#[test]
fn licences_of_several_are_revoked_and_named_behind() {
    hold(&[
        (
            "Izin dua perusahaan di Raja Ampat dicabut BPOM, yakni PT Sinar Jaya dan PT Karya Abadi.",
            "sanction Badan Pengawas Obat dan Makanan - PT Karya Abadi asserted; sanction Badan Pengawas Obat dan Makanan - PT Sinar Jaya asserted",
        ),
        (
            "Arab Saudi dan Mesir mengumumkan bahwa blokade terhadap Qatar akan berlanjut.",
            "sanction Arab Saudi - Qatar asserted; sanction Mesir - Qatar asserted",
        ),
        (
            "Amerika Serikat akan mempertahankan tarif terhadap Kamboja.",
            "sanction Amerika Serikat - Kamboja asserted",
        ),
    ]);
}

#[test]
fn what_is_told_beside_a_fact_is_no_hearsay_of_it() {
    hold(&[
        (
            "Petugas gabungan BNN dan Polri menangkap pelaku yang diduga menipu.",
            "partner BNN - Polri asserted",
        ),
        ("Melalui kerja sama ini, BNN dan Polri akan berbagi data.", "partner BNN - Polri asserted"),
        (
            "Polri dikabarkan meneken kesepakatan dengan FBI. Tito membantahnya.",
            "partner FBI - Polri negated",
        ),
    ]);
}
