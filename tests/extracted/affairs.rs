//! Affairs of state: what is asked to end, what threatens, whom a penalty strikes.

use super::claims;

#[test]
fn what_is_asked_or_planned_to_end_still_holds() {
    assert_eq!(
        claims("Kolombia mendesak Jepang mencabut embargo terhadap Kuba."),
        ["sanction Jepang - Kuba asserted"]
    );
    assert_eq!(
        claims("Norwegia didesak mencabut tarif bagi produk Peru."),
        ["sanction Norwegia - Peru asserted"]
    );
    assert_eq!(
        claims("Maroko akan mengakhiri kerja sama militer dengan Spanyol."),
        ["partner Maroko - Spanyol asserted"]
    );
    assert_eq!(
        claims("Norwegia resmi mencabut tarif bagi produk Peru."),
        ["sanction Norwegia - Peru negated"]
    );
    assert_eq!(claims("WTO memerintahkan Jepang mencabut tarif."), [""; 0]);
}

#[test]
fn a_threat_alone_is_planned() {
    assert_eq!(claims("PSSI terancam sanksi FIFA."), ["sanction FIFA - PSSI planned"]);
    assert_eq!(claims("Shopee terancam kena denda dari Uni Eropa."), ["sanction Uni Eropa - Shopee planned"]);
}

#[test]
fn staff_and_officials_are_people() {
    assert_eq!(claims("Otoritas Jasa Keuangan menjatuhkan sanksi kepada direksi Bank Mandiri."), [""; 0]);
    assert_eq!(claims("BPK menjatuhkan sanksi kepada lima pegawai Pertamina."), [""; 0]);
}

#[test]
fn whom_a_penalty_strikes_is_no_partner() {
    assert_eq!(claims("Swiss bergabung dalam sanksi terhadap Belarus."), [""; 0]);
}

#[test]
fn who_fears_something_is_not_its_subject() {
    assert_eq!(claims("Polandia takut Rusia menyerang Estonia."), ["rival Estonia - Rusia asserted"]);
}

#[test]
fn a_concession_has_the_subject_of_its_sentence() {
    assert_eq!(
        claims("Telkomsel tetap untung meski bersaing dengan Indosat."),
        ["rival Indosat - Telkomsel asserted"]
    );
}

#[test]
fn those_named_behind_a_condemned_exercise_hold_it() {
    assert_eq!(
        claims("Rusia mengecam latihan gabungan Polandia dan Latvia."),
        ["partner Latvia - Polandia asserted"]
    );
}

#[test]
fn a_coalition_that_is_not_left_holds() {
    assert_eq!(
        claims("Grab tidak akan keluar dari Global Developer Service Alliance."),
        ["partner Global Developer Service Alliance - Grab asserted"]
    );
}

#[test]
fn a_match_is_between_those_named_around_its_word() {
    assert_eq!(
        claims("PSSI memanggil wasit laga Persib kontra Arema FC."),
        ["rival Arema FC - Persib asserted"]
    );
}

#[test]
fn those_counted_before_their_list_sign_with_another() {
    assert_eq!(
        claims(
            "Undip membuka kelas. Penandatanganan kerja sama dilakukan dengan tiga institusi antara lain, Telkomsel, Grab, dan Pertamina."
        ),
        [
            "partner Grab - Undip asserted",
            "partner Pertamina - Undip asserted",
            "partner Telkomsel - Undip asserted"
        ]
    );
}
