//! What a mistyped name most likely meant.

/// The candidate nearest to a name, if one is near enough to suggest. Ties go
/// to the first in text order.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = |c: &&str| c.len().abs_diff(name.len()) <= 4;
    candidates
        .into_iter()
        .filter(near)
        .map(|c| (strsim::damerau_levenshtein(name, c), c))
        .filter(|(distance, c)| *distance <= 1 + c.len().min(name.len()) / 4)
        .min()
        .map(|(_, c)| c)
}

/// All candidates, the nearest to a name first, those equally near in text order.
pub fn by_nearness<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let distance = |c: &'a str| (strsim::damerau_levenshtein(name, c), c);
    let mut all: Vec<_> = candidates.into_iter().map(distance).collect();
    all.sort_unstable();
    all.into_iter().map(|(_, c)| c).collect()
}

#[cfg(test)]
mod tests {
    use super::{by_nearness, nearest};

    #[test]
    fn near_names_are_suggested_and_far_ones_are_not() {
        assert_eq!(nearest("patner", ["rival", "partner", "partners"]), Some("partner"));
        assert_eq!(nearest("xyz", ["rival", "partner"]), None);
    }

    #[test]
    fn the_nearest_name_comes_first() {
        assert_eq!(by_nearness("patner", ["rival", "partner", "a"]), ["partner", "a", "rival"]);
        assert_eq!(by_nearness("x", ["b", "a"]), ["a", "b"]);
    }
}
