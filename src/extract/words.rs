//! The forms of Indonesian roots.

/// A root in one form: `meN-kan` on `kerja` is `mengerjakan`, `ber-` on
/// `saing` is `bersaing`, `-` is the root alone. `None` for a form that isn't
/// known.
pub(super) fn inflect(root: &str, form: &str) -> Option<String> {
    let (prefix, suffix) = form.split_once('-')?;
    let suffix_ok = matches!(suffix, "" | "kan" | "i" | "an" | "nya" | "annya");
    let stem = match prefix {
        "" => root.to_string(),
        "meN" => nasal(root, "me"),
        "peN" => nasal(root, "pe"),
        "ber" if root.starts_with('r') => format!("be{root}"),
        "ter" if root.starts_with('r') => format!("te{root}"),
        "per" if root.starts_with('r') => format!("pe{root}"),
        "ber" | "di" | "ter" | "per" | "ke" | "se" | "pe" | "diper" | "memper" => format!("{prefix}{root}"),
        _ => return None,
    };
    suffix_ok.then(|| format!("{stem}{suffix}"))
}

/// The prefix `meN-` or `peN-` before a root, by its first sound.
fn nasal(root: &str, prefix: &str) -> String {
    let rest = |n: usize| &root[n..];
    let first = root.chars().next().unwrap_or(' ');
    let second_vowel = root.chars().nth(1).is_some_and(|c| "aiueo".contains(c));
    match first {
        'p' if second_vowel => format!("{prefix}m{}", rest(1)),
        't' if second_vowel => format!("{prefix}n{}", rest(1)),
        's' if second_vowel => format!("{prefix}ny{}", rest(1)),
        'k' if second_vowel => format!("{prefix}ng{}", rest(1)),
        'b' | 'f' | 'v' | 'p' => format!("{prefix}m{root}"),
        'd' | 'j' | 'c' | 'z' | 't' | 's' => format!("{prefix}n{root}"),
        'g' | 'h' | 'k' | 'a' | 'i' | 'u' | 'e' | 'o' => format!("{prefix}ng{root}"),
        _ => format!("{prefix}{root}"),
    }
}

#[cfg(test)]
mod tests {
    use super::inflect;

    #[test]
    fn roots_take_the_nasal_of_their_first_sound() {
        let forms = [
            ("gandeng", "meN-", "menggandeng"),
            ("saing", "meN-i", "menyaingi"),
            ("saing", "ber-", "bersaing"),
            ("tantang", "peN-", "penantang"),
            ("blokir", "peN-an", "pemblokiran"),
            ("kecam", "di-", "dikecam"),
            ("rangkul", "meN-", "merangkul"),
            ("rival", "be-", ""),
            ("sanksi", "meN-", "menyanksi"),
            ("larang", "-an", "larangan"),
        ];
        for (root, form, want) in forms {
            assert_eq!(inflect(root, form).unwrap_or_default(), want);
        }
    }
}
