//! Affairs of state: what is asked to end, what threatens, whom a penalty strikes.

use super::hold;

#[test]
fn what_is_asked_or_planned_to_end_still_holds() {
    hold(&[
        ("Kolombia mendesak Jepang mencabut embargo terhadap Kuba.", "sanction Jepang - Kuba asserted"),
        ("Norwegia didesak mencabut tarif bagi produk Peru.", "sanction Norwegia - Peru asserted"),
        ("Maroko akan mengakhiri kerja sama militer dengan Spanyol.", "partner Maroko - Spanyol asserted"),
        ("Norwegia resmi mencabut tarif bagi produk Peru.", "sanction Norwegia - Peru negated"),
        ("WTO memerintahkan Jepang mencabut tarif.", ""),
    ]);
}

#[test]
fn what_is_still_in_force_holds_beside_what_has_ended_of_it() {
    hold(&[
        (
            "Jepang mencabut tarif bagi produk Peru. Jepang masih mengenakan bea masuk atas produk Peru.",
            "sanction Jepang - Peru asserted",
        ),
        ("Jepang mencabut sebagian sanksi terhadap Venezuela.", "sanction Jepang - Venezuela asserted"),
    ]);
}

#[test]
fn a_threat_alone_is_planned() {
    hold(&[
        ("PSSI terancam sanksi FIFA.", "sanction FIFA - PSSI planned"),
        ("Shopee terancam kena denda dari Uni Eropa.", "sanction Uni Eropa - Shopee planned"),
    ]);
}

#[test]
fn staff_and_officials_are_people() {
    hold(&[
        ("Otoritas Jasa Keuangan menjatuhkan sanksi kepada direksi Bank Mandiri.", ""),
        ("BPK menjatuhkan sanksi kepada lima pegawai Pertamina.", ""),
    ]);
}

#[test]
fn neither_whom_a_penalty_strikes_nor_whose_it_is_is_a_partner() {
    hold(&[
        ("Swiss bergabung dalam sanksi terhadap Belarus.", "sanction Swiss - Belarus asserted"),
        ("Swiss bergabung dalam sanksi Uni Eropa.", ""),
    ]);
}

#[test]
fn who_does_it_is_told_beside_the_word_for_it() {
    hold(&[
        // Who fears something isn't its subject.
        ("Polandia takut Rusia menyerang Estonia.", "rival Estonia - Rusia asserted"),
        // A concession has its sentence's subject.
        ("Telkomsel tetap untung meski bersaing dengan Indosat.", "rival Indosat - Telkomsel asserted"),
        // A condemned exercise is of those named behind it, a match of those around its word.
        ("Rusia mengecam latihan gabungan Polandia dan Latvia.", "partner Latvia - Polandia asserted"),
        ("PSSI memanggil wasit laga Persib kontra Arema FC.", "rival Arema FC - Persib asserted"),
        // A battle that breaks out begins, and a coalition that isn't left holds.
        ("Pertempuran antara tentara Peru dan Chile pecah.", "rival Chili - Peru asserted"),
        (
            "Grab tidak akan keluar dari Global Developer Service Alliance.",
            "partner Global Developer Service Alliance - Grab asserted",
        ),
        // Those counted right before their list are no party by themselves.
        (
            "Undip membuka kelas. Penandatanganan kerja sama dilakukan dengan tiga institusi antara lain, Telkomsel, Grab, dan Pertamina.",
            "partner Grab - Undip asserted; partner Pertamina - Undip asserted; partner Telkomsel - Undip asserted",
        ),
    ]);
}
