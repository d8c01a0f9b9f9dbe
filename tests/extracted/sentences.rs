//! Whole sentences, from their names to their claims.

use super::{claims, extraction};
use katak::article::Article;
use katak::base::SourceMap;
use katak::extract::{ClaimKind, Extractor, Status, jsonl};

#[test]
fn every_pattern_keeps_to_its_examples() {
    let mut sources = SourceMap::new();
    let errors: Vec<_> =
        Extractor::builtin().check(&mut sources).into_iter().filter(|d| d.is_error()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn links_to_other_articles_claim_nothing() {
    assert!(claims("Harga naik hari ini.\n(Baca: Huawei Gandeng Xiaomi Lawan Apple)\nItu saja.").is_empty());
    assert!(claims("Harga naik hari ini. Baca juga: Huawei Gandeng Xiaomi").is_empty());
}

#[test]
fn a_group_stands_for_its_members() {
    assert_eq!(
        claims("Huawei menggandeng Xiaomi, Oppo, dan Vivo."),
        [
            "partner Huawei - OPPO asserted",
            "partner Huawei - Vivo asserted",
            "partner Huawei - Xiaomi asserted"
        ]
    );
}

#[test]
fn the_status_is_the_clauses() {
    assert_eq!(claims("Grab tidak bekerja sama dengan BCA."), ["partner BCA - Grab negated"]);
    assert_eq!(claims("Grab berencana menggandeng BCA."), ["partner BCA - Grab planned"]);
    assert_eq!(claims("Grab dikabarkan menggandeng BCA."), ["partner BCA - Grab reported"]);
}

#[test]
fn a_sanction_is_ordered() {
    let found = extraction("Huawei disanksi AS sejak tahun lalu.");
    let c = &found.claims[0];
    assert_eq!((c.kind, &*c.a, &*c.b), (ClaimKind::Sanction, "Amerika Serikat", "Huawei"));
    assert_eq!(c.status, Status::Asserted);
}

#[test]
fn a_month_with_a_year_word_ends_where_its_words_end() {
    let text = "Huawei menggandeng Xiaomi pada Maret tahun";
    let article = Article { published: "2019-05-03".parse().ok(), ..Article::new("a", text) };
    let found = Extractor::builtin().extract(&article);
    assert_eq!(&text[found.dates[0].span.range()], "Maret tahun");
    assert_eq!(found.dates[0].date.to_string(), "2019-03");
}

#[test]
fn explaining_finds_the_same_with_spans_inside_the_text() {
    let samples = std::fs::read_dir("data/articles").unwrap().map(|entry| entry.unwrap().path());
    for path in samples {
        let text = std::fs::read_to_string(&path).unwrap();
        let article = katak::article::read_text("a", &text);
        let trace = Extractor::builtin().explain(&article);
        assert_eq!(trace.found, Extractor::builtin().extract(&article), "{}", path.display());
        let fits = |s: katak::base::Span| assert!(article.text.get(s.range()).is_some(), "{s:?}");
        for s in &trace.sentences {
            s.tokens.iter().for_each(|t| fits(t.span));
            s.mentions.iter().for_each(|m| fits(m.span));
            s.references.iter().for_each(|r| fits(r.span));
            s.near.iter().for_each(|n| fits(n.at));
            s.fired.iter().for_each(|f| fits(f.trigger));
        }
        // What the findings keep, some pattern claimed.
        for claim in &trace.found.claims {
            let pattern = &claim.evidence.pattern;
            let fired = trace.sentences.iter().flat_map(|s| &s.fired);
            assert!(
                fired.into_iter().any(|f| f.pattern == *pattern && f.claims.iter().any(|c| c.a == claim.a))
            );
        }
    }
}

#[test]
fn a_typing_error_in_a_trigger_is_forgiven_and_flagged() {
    let found = |text: &str| extraction(text);
    let text = "Grab mengandeng BCA. Huawei berkompetsi dengan Xiaomi.";
    let wrong = found(text);
    assert_eq!(wrong.claims.len(), 2, "{:?}", wrong.claims);
    let typos: Vec<_> = wrong.typos.iter().map(|t| (&text[t.span.range()], &*t.meant)).collect();
    assert_eq!(typos, [("mengandeng", "menggandeng"), ("berkompetsi", "berkompetisi")]);
    let row = jsonl(&wrong)
        .lines()
        .find(|row| row.contains("\"Grab\"") && row.contains("partner"))
        .map(String::from);
    assert!(row.is_some_and(|row| row.contains("\"typo\":\"menggandeng\"")));
    // Right words, and words that only look like triggers.
    assert!(found("Grab menggandeng BCA.").typos.is_empty());
    for text in
        ["AS menetapkan sanksi kepada Huawei.", "Huawei mengenalkan Xiaomi.", "Huawei menggendong Xiaomi."]
    {
        assert!(found(text).typos.is_empty(), "{text}");
    }
}

fn dated(text: &str) -> Vec<String> {
    let found = extraction(text);
    let when = |w: Option<katak::base::PartialDate>| w.map_or("-".into(), |w| w.to_string());
    found.claims.iter().map(|c| format!("{} - {} {}", c.a, c.b, when(c.when))).collect()
}

#[test]
fn a_later_sentence_dates_the_fact_that_it_refers_to() {
    let told = "Grab bekerja sama dengan BCA. Penandatanganan nota kesepahaman itu berlangsung di Jakarta, ";
    assert_eq!(dated(&format!("{told}Senin (4/3/2019).")), ["BCA - Grab 2019-03-04"]);
    assert_eq!(
        dated("Grab menggandeng BCA. Acara itu, kata panitia, dihadiri warga pada 4 Maret 2019."),
        ["BCA - Grab -"]
    );
    assert_eq!(
        dated(
            "Grab meneken MoU dengan BCA pada 4 Maret 2019. Dalam MoU tersebut, Grab menggandeng Telkomsel."
        ),
        ["BCA - Grab 2019-03-04", "Grab - Telkomsel 2019-03-04"]
    );
}

#[test]
fn a_date_in_another_clause_is_not_the_facts() {
    assert_eq!(
        dated("Grab menggandeng BCA sebelum aturan baru berlaku pada 4 Maret 2019."),
        ["BCA - Grab -"]
    );
    assert_eq!(dated("Grab menggandeng BCA sejak 4 Maret 2019."), ["BCA - Grab 2019-03-04"]);
}

#[test]
fn a_short_form_inside_a_name_is_no_part_of_it() {
    assert_eq!(
        claims("Pemerintah Kabupaten (Pemkab) Tegal menggandeng Grab."),
        ["partner Grab - Pemkab Tegal asserted"]
    );
}

#[test]
fn a_short_form_in_brackets_names_what_stands_before_it() {
    assert_eq!(
        claims("Universitas Lembah Sunyi (ULS) berdiri lama. Grab bekerja sama dengan ULS."),
        ["partner Grab - Universitas Lembah Sunyi asserted"]
    );
}

#[test]
fn a_dateline_names_nobody() {
    assert_eq!(
        claims("KABARSUNYI.COM, Jakarta - Penandatanganan kerja sama dengan BCA dilakukan Grab.").len(),
        claims("Penandatanganan kerja sama dengan BCA dilakukan Grab.").len()
    );
}

#[test]
fn a_leader_stands_for_the_regions_government() {
    assert_eq!(
        claims("Bupati Tegal Hj. Rara Lembayung, S.E., M.M. meneken nota kesepahaman dengan Grab."),
        ["partner Grab - Pemkab Tegal asserted"]
    );
}

#[test]
fn a_later_sentence_names_the_other_side() {
    let banks = ["partner BCA - Grab planned", "partner BRI - Grab planned"];
    assert_eq!(
        claims("Grab akan menggandeng dua bank besar. Kedua bank tersebut adalah BRI dan BCA."),
        banks
    );
    // What lies between ends the waiting.
    let far = format!("Grab akan menggandeng dua bank besar. {}", "Harga naik. Harga turun. ".repeat(3));
    assert!(claims(&format!("{far}Kedua bank tersebut adalah BRI dan BCA.")).is_empty());
}

#[test]
fn whoever_punished_last_punishes_on() {
    let told = "Komdis PSSI menggelar sidang pada Rabu. Persib didenda puluhan juta rupiah. ";
    assert_eq!(
        claims(&format!("{told}Berikutnya, Persija dikenai denda.")),
        ["sanction Komdis PSSI - Persib asserted", "sanction Komdis PSSI - Persija asserted"]
    );
    assert!(claims("Persib didenda puluhan juta rupiah.").is_empty());
}

#[test]
fn shares_seats_and_brackets_do_not_break_a_list() {
    let three = [
        "partner BCA - Grab asserted",
        "partner BCA - Telkomsel asserted",
        "partner Grab - Telkomsel asserted",
    ];
    assert_eq!(
        claims("Konsorsium itu terdiri atas Grab 51,3%, BCA sebesar 25 persen, dan Telkomsel."),
        three
    );
    assert_eq!(
        claims("Konsorsium itu terdiri atas Grab yang berbasis di Singapura, BCA, dan Telkomsel."),
        three
    );
    assert_eq!(
        claims("Uni Eropa menjatuhkan sanksi kepada dua perusahaan (Google, Meta)."),
        ["sanction Uni Eropa - Google asserted", "sanction Uni Eropa - Meta asserted"]
    );
}

#[test]
fn a_legal_form_is_no_other_entity() {
    assert_eq!(
        claims(
            "Grab menggandeng Delta Maritime Co., Ltd. dan BCA. Delta Maritime Co Ltd bermitra dengan Grab."
        ),
        ["partner BCA - Grab asserted", "partner Delta Maritime Co., Ltd. - Grab asserted"]
    );
}

#[test]
fn a_product_competes_for_its_maker() {
    assert_eq!(
        claims("Toyota Avanza bersaing dengan Mitsubishi Xpander dan Suzuki Ertiga."),
        ["rival Mitsubishi - Toyota asserted", "rival Suzuki - Toyota asserted"]
    );
    assert_eq!(claims("Xpander menantang Avanza."), ["rival Mitsubishi - Toyota asserted"]);
    let told = Article::new("a", "Harga Avanza naik lagi.");
    assert!(Extractor::builtin().extract(&told).entities.is_empty());
}

#[test]
fn the_word_that_gives_a_status_is_told() {
    let because = |text: &str| {
        let trace = Extractor::builtin().explain(&Article::new("a", text));
        let fired = trace.sentences.iter().flat_map(|s| &s.fired);
        fired.filter_map(|f| f.because).map(|span| text[span.range()].to_string()).next()
    };
    assert_eq!(because("Grab akan menggandeng BCA.").as_deref(), Some("akan"));
    assert_eq!(because("Grab batal menggandeng BCA.").as_deref(), Some("batal"));
    assert_eq!(because("Grab menggandeng BCA."), None);
    // A condition plans, what a cooperation is for doesn't.
    assert_eq!(because("Jika Grab menggandeng BCA, harga turun.").as_deref(), Some("Jika"));
    assert_eq!(because("Grab bekerja sama dengan BCA agar pelanggan dapat berhemat."), None);
}
