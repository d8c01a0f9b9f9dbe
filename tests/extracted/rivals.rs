//! Rivals: matches, wars and competitors, over lists, references and asides.

use super::hold;

#[test]
fn parties_that_meet_talk_and_clubs_play() {
    hold(&[
        ("Partai Gerindra bertemu PKB di Surabaya.", ""),
        ("Persita bertemu Persik di Tangerang.", "rival Persik Kediri - Persita asserted"),
        (
            "Persita sedang percaya diri. Irsyad Maulana dkk akan menjamu Persik.",
            "rival Persik Kediri - Persita planned",
        ),
    ]);
}

#[test]
fn arms_strike_for_the_state_whose_they_are() {
    hold(&[
        ("Jet tempur Mesir menyerang Ethiopia.", "rival Ethiopia - Mesir asserted"),
        ("Jet tempur Mesir mendarat di Ethiopia.", ""),
        ("Norwegia mengirim rudal kepada Georgia untuk melawan Rusia.", "rival Georgia - Rusia asserted"),
    ]);
}

#[test]
fn two_states_that_a_hyphen_joins_are_two() {
    hold(&[("Perang dagang Jepang-Korea Selatan memanas.", "rival Jepang - Korea Selatan asserted")]);
}

#[test]
fn a_match_that_has_ended_was_played() {
    hold(&[
        ("Laga Persita kontra Persik berakhir ricuh.", "rival Persik Kediri - Persita asserted"),
        ("Laga Persita kontra Persik berakhir 2-1.", "rival Persik Kediri - Persita asserted"),
        ("Laga Persita kontra Persik batal digelar.", "rival Persik Kediri - Persita negated"),
        ("Perang Peru dan Ekuador resmi berakhir.", "rival Ekuador - Peru negated"),
    ]);
}

#[test]
fn what_part_two_play_parts_them_from_no_list() {
    hold(&[
        (
            "Grab menganggap Maxim dan inDrive sebagai pesaing.",
            "rival Grab - Maxim asserted; rival Grab - inDrive asserted",
        ),
        (
            "Bagi OPPO, Vivo dan Xiaomi adalah pesaing.",
            "rival OPPO - Vivo asserted; rival OPPO - Xiaomi asserted",
        ),
    ]);
}

#[test]
fn a_rival_is_named_behind_whence_it_is() {
    hold(&[
        ("Embraer mengalahkan saingannya asal Kanada, Bombardier.", "rival Bombardier - Embraer asserted"),
        ("Embraer mengalahkan saingannya di Kanada, Bombardier.", "rival Bombardier - Embraer asserted"),
    ]);
}

#[test]
fn a_list_of_rivalries_names_both_in_each_line() {
    hold(&[(
        "3 Derbi Terpanas di Eropa\n1. Celtic dan Rangers\nLaga ini panas.\n2. AS Roma dan Lazio\n3. Ajax – Feyenoord",
        "rival AS Roma - Lazio asserted; rival Ajax - Feyenoord asserted; rival Celtic - Rangers asserted",
    )]);
}

#[test]
fn who_asks_why_takes_it_for_granted() {
    hold(&[
        ("Mengapa Peru memusuhi Ekuador?", "rival Ekuador - Peru asserted"),
        ("Apakah Peru memusuhi Ekuador?", ""),
    ]);
}
