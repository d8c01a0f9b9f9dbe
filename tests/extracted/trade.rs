//! Tariffs and bans, told of what a state sells; and what only the headline says.

use super::hold;
use katak::article::read_paths;
use katak::base::SourceMap;
use katak::extract::Extractor;

#[test]
fn goods_tell_whom_a_tariff_strikes() {
    hold(&[
        (
            "Barang asal Indonesia yang masuk ke Amerika Serikat akan dikenai tarif 19 persen.",
            "sanction Amerika Serikat - Indonesia planned",
        ),
        ("Ekspor baja India ke Kanada kena tarif 25 persen.", "sanction Kanada - India asserted"),
        (
            "Larangan impor daging Brasil oleh Jepang berlaku mulai Senin.",
            "sanction Jepang - Brasil asserted",
        ),
        ("Barang asal Indonesia yang masuk ke Amerika Serikat naik 19 persen.", ""),
    ]);
}

#[test]
fn many_states_are_named_behind_whom_they_punish() {
    hold(&[
        (
            "Puluhan negara telah menerapkan sanksi terhadap Rusia, yang meliputi Jepang dan Australia.",
            "sanction Australia - Rusia asserted; sanction Jepang - Rusia asserted",
        ),
        (
            "Ada 10 negara yang memblokir TikTok. Mulai dari Nepal, Iran, dan India.",
            "sanction India - TikTok asserted; sanction Iran - TikTok asserted; sanction Nepal - TikTok asserted",
        ),
        (
            "AFC mendenda empat federasi Asia Tenggara (ASEAN), yakni Malaysia dan Vietnam.",
            "sanction AFC - Malaysia asserted; sanction AFC - Vietnam asserted",
        ),
        (
            "Amerika Serikat menutup pintu bagi warga Chad dan Somalia.",
            "sanction Amerika Serikat - Chad asserted; sanction Amerika Serikat - Somalia asserted",
        ),
    ]);
}

#[test]
fn what_one_has_abroad_is_not_whose() {
    hold(&[
        ("Grab menghentikan operasinya di Rusia.", ""),
        ("Jepang membekukan kegiatannya di Myanmar.", ""),
    ]);
}

#[test]
fn an_enmity_that_ended_is_negated() {
    hold(&[
        (
            "Armenia dan Azerbaijan menandatangani deklarasi yang mengakhiri permusuhan panjang.",
            "partner Armenia - Azerbaijan asserted; rival Armenia - Azerbaijan negated",
        ),
        ("Armenia dan Azerbaijan akhirnya mengakhiri permusuhan.", "rival Armenia - Azerbaijan negated"),
    ]);
}

/// The claims of an article that is a line of JSON, as "kind a - b status".
fn of_line(title: &str, text: &str) -> Vec<String> {
    let line = format!("{{\"id\": \"a\", \"title\": {title:?}, \"text\": {text:?}}}");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.jsonl");
    std::fs::write(&path, line).expect("a file");
    let (articles, _) = read_paths(&[path], &mut SourceMap::new());
    let found = Extractor::builtin().extract(&articles[0]);
    found.claims.iter().map(|c| format!("{} {} - {} {}", c.kind, c.a, c.b, c.status)).collect()
}

#[test]
fn what_only_a_lines_title_says_is_said() {
    let text = "JAKARTA - Hal itu diumumkan pada Senin.\n\nWarga menyambut baik kabar itu.";
    assert_eq!(of_line("Telkom Gandeng Grab Garap Pusat Data", text), ["partner Grab - Telkom asserted"]);
    assert_eq!(
        of_line("Kominfo Blokir TikTok", text),
        ["sanction Kementerian Komunikasi dan Informatika - TikTok asserted"]
    );
}

#[test]
fn the_body_tells_by_itself_whom_it_is_about() {
    let text = "Telkom mencatatkan kenaikan laba. Perusahaan itu juga menggandeng Blibli.";
    assert_eq!(of_line("Kabar Emiten: Grab Naik", text), ["partner Blibli - Telkom asserted"]);
}
