//! What a single word looks like.

/// Whether a word is built as common Indonesian nouns and verbs are.
pub(super) fn is_derived(word: &str) -> bool {
    match word.is_ascii() {
        true => is_derived_in(word.as_bytes()),
        false => is_derived_in(word.to_lowercase().as_bytes()),
    }
}

/// The same, whatever the case of its letters of ASCII.
fn is_derived_in(w: &[u8]) -> bool {
    let is = |part: Option<&[u8]>, of: &str| part.is_some_and(|p| p.eq_ignore_ascii_case(of.as_bytes()));
    let head = |prefixes: &[&str]| prefixes.iter().any(|p| is(w.get(..p.len()), p));
    let tail =
        |suffixes: &[&str]| suffixes.iter().any(|s| is(w.len().checked_sub(s.len()).map(|n| &w[n..]), s));
    w.len() > 6
        && (tail(&["nya"])
            || head(&["per", "pem", "pen", "ke"]) && tail(&["an"])
            || head(&["me", "ber", "di", "se"]) && tail(&["nya", "kan"]))
}

/// "kuartal III".
pub(super) fn is_roman(word: &str) -> bool {
    matches!(
        word,
        "I" | "II"
            | "III"
            | "IV"
            | "V"
            | "VI"
            | "VII"
            | "VIII"
            | "IX"
            | "X"
            | "XI"
            | "XII"
            | "XIII"
            | "XIV"
            | "XV"
            | "XVI"
            | "XVII"
            | "XVIII"
    )
}

/// How names of sites end.
pub(super) fn is_domain(word: &str) -> bool {
    matches!(word, "com" | "id" | "co" | "net" | "org" | "io" | "ai" | "go")
}

/// "Rp56", "USD3", and "Rp" before a number: an amount of money.
pub(super) fn is_amount(word: &str) -> bool {
    if word == "Rp" {
        return true;
    }
    let rest = ["Rp", "USD", "US", "EUR"].iter().find_map(|currency| word.strip_prefix(currency));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// "C3", "S24", "X70": a model's number.
pub(super) fn is_model(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = word.len() - digits.len();
    (1..=2).contains(&letters)
        && (1..=4).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a short form's letters stand in a name in their order, from its first on:
/// "BRI" in "Bank Rakyat Indonesia".
pub(super) fn abbreviates(short: &str, name: &str) -> bool {
    let mut letters = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).peekable();
    let mut wanted = short.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).peekable();
    let first = wanted.peek() == letters.peek();
    let inside = wanted.all(|w| letters.any(|l| l == w));
    first && inside
}

/// What the local boards of parties and unions are called.
pub(super) fn is_board(word: &str) -> bool {
    matches!(word, "DPC" | "DPD" | "DPW" | "DPP" | "DPRa" | "PAC" | "PC" | "PW" | "PD")
}
