//! Words that are glued to one another.

/// Words that are often glued to the capital after them: "keAlfa".
const GLUED: [&str; 20] = [
    "di", "ke", "dari", "dan", "oleh", "yang", "dengan", "untuk", "pada", "antara", "terhadap", "atau",
    "serta", "bagi", "dalam", "kepada", "bahwa", "sebagai", "melawan", "dgn",
];

/// Outlets whose names begin with a small letter and go on with a capital.
const OUTLETS: [&str; 3] = ["detik", "kumparan", "haibunda"];

/// Where a small word ends that is glued to a capital: after it, or before it
/// where a name stands first, as in "AlfadanBeta".
pub(super) fn glue(word: &str) -> Option<usize> {
    let bytes = word.as_bytes();
    let at =
        (1..bytes.len()).find(|n| bytes[*n].is_ascii_uppercase() && bytes[*n - 1].is_ascii_lowercase())?;
    let left = word.get(..at)?;
    if GLUED.contains(&left) {
        return Some(at);
    }
    // "resmiAlfa": a word of small letters, but for outlets that are written so.
    let plain = bytes[..at].iter().all(u8::is_ascii_lowercase);
    let name = bytes.len() >= at + 3 || bytes[at..].iter().all(u8::is_ascii_uppercase);
    if plain && at >= 5 && name && !OUTLETS.contains(&left) {
        return Some(at);
    }
    let small = GLUED.iter().filter(|g| g.len() >= 3 && left.len() > g.len() + 2 && left.ends_with(**g));
    small.map(|g| at - g.len()).min()
}

/// Where a small word begins that is glued to capitals, or to a name that was glued itself:
/// "ALFAyang", "diAlfadengan".
pub(super) fn glued_tail(word: &str, after: bool) -> Option<usize> {
    const TIME: [&str; 6] = ["pekan", "tahun", "bulan", "akan", "telah", "tidak"];
    let upper = word.bytes().take_while(u8::is_ascii_uppercase).count();
    if upper >= 3 && GLUED.contains(&word.get(upper..)?) {
        return Some(upper);
    }
    let tails = GLUED.iter().chain(&TIME).filter(|t| after && t.len() >= 3 && word.ends_with(**t));
    tails.map(|t| word.len() - t.len()).find(|at| *at >= 4)
}

/// Where the number of a list's next item is glued to a word: "Alfa9. Beta".
pub(super) fn item_number(word: &str) -> Option<usize> {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = word.len() - letters.len();
    ((1..=2).contains(&digits) && letters.len() >= 5).then_some(letters.len())
}
