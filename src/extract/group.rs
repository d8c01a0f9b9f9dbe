//! Lists of names as one group, and where such a list begins and ends.

use super::classes::Tags;
use super::cues::Cues;
use super::cut::{Cut, Run};
use super::extractor::Extractor;
use super::groups::Groups;
use super::item::{Item, Kind, word};
use super::parts::{acts, is_verb};
use super::token::Shape;

/// How many in a list may be no entities.
const MOST_SKIPPED: usize = 3;

/// How many items may stand between two semicolons of a list.
const SEGMENT: usize = 16;

/// Joins "A, B, dan C" into one group.
pub(super) fn group(x: &Extractor, text: &str, cut: &Cut, all: &mut Vec<Item>, mut groups: Groups) {
    let cues = &x.cues;
    // The members' places, and which of them a bare comma parts from the one before.
    let (mut ends, mut bare) = (Vec::new(), Vec::new());
    let mut from = 0;
    loop {
        let n = groups.next(from);
        if n >= all.len() {
            return;
        }
        from = n + 1;
        if all[n].kind != Kind::Group {
            continue;
        }
        // Nothing that could join it with another name stands behind it.
        let parted = all.get(n + 1).is_some_and(|i| {
            let mark = i.kind == Kind::Mark || cut.tokens[i.from].shape == Shape::Mark;
            i.classes & cues.and != 0 || mark && matches!(i.mark, 0 | b',' | b';' | b'-' | b'/')
        });
        if !parted {
            continue;
        }
        ends.clear();
        ends.push(n);
        bare.clear();
        bare.push(false);
        // How far the list is certain.
        let mut sure = n;
        // "Alfa melawan Beta dan Gama melawan Delta": each has its own clause.
        // "Alfa dengan Beta dan Gama dengan Delta", "dan Gama yang menjamu Delta" as well.
        let twice = |at: usize| {
            let verb = |at: usize| all.get(at).filter(|i| i.kind == Kind::Word);
            let which = verb(at + 1).is_some_and(|i| word(text, cut, i) == "yang");
            let own = at + 1 + usize::from(which);
            let named = all.get(own + 1).is_some_and(|i| i.kind == Kind::Group);
            let pair = n.checked_sub(1).and_then(verb).zip(verb(own));
            pair.is_some_and(|(a, b)| {
                // "menyebut Alfa dan Beta sebagai pesaing": what part they play.
                let plays = b.classes & cues.part_played != 0;
                let both = !plays && a.classes & x.triggers != 0 && b.classes & x.triggers != 0;
                let same = || x.trie.whole(a.classes) & x.trie.whole(b.classes);
                let with = named && a.classes & cues.with != 0 && b.classes & cues.with != 0;
                with || both && same().meets(x.by_classes.own())
            })
        };
        // "Alfa yang menggandeng Beta, Gama yang menjamu Delta": each has its own clause, too.
        let which = |at: usize| all.get(at).is_some_and(|i| i.mark == 0 && word(text, cut, i) == "yang");
        let parallel = |at: usize| {
            let verb =
                |at: usize| all.get(at).is_some_and(|i| i.kind == Kind::Word && i.classes & x.triggers != 0);
            which(at + 1) && (at + 2..at + 5).any(verb) && (n.saturating_sub(6)..n).any(which)
        };
        let before = n.checked_sub(1).map_or(Tags::NONE, |b| all[b].classes);
        let listed = before & cues.like != 0 || n > 1 && all[n - 2].classes & cues.like != 0;
        // "bekerja sama dengan Alfa, Beta, Gama yang": no apposition has three.
        let led = before & (cues.with | cues.between) != 0;
        // "Alfa vs Beta — derbi": what follows the dash is a third, or none.
        let versus = n.checked_sub(1).is_some_and(|b| matches!(word(text, cut, &all[b]), "vs" | "versus"));
        let told = before & x.triggers != 0 && !versus || before & cues.between != 0;
        let (mut at, mut skipped) = (n, 0);
        loop {
            let mut next = at + 1;
            let mut anded = false;
            let comma = all.get(next).is_some_and(|i| matches!(i.mark, b',' | b';'));
            next += usize::from(comma);
            if all.get(next).is_some_and(|i| i.classes & cues.and != 0) {
                anded = true;
                next += 1;
            }
            // "AS-China", "Iran–Israel", "TNI/Polri".
            let dash = |i: &Item| matches!(word(text, cut, i), "-" | "–" | "/") && cut.tokens[i.from].glued;
            if !comma && !anded && all.get(next).is_some_and(dash) {
                let twice = all.get(next + 1).is_some_and(dash);
                anded = true;
                next += 1 + usize::from(twice);
            }
            // "kerja sama Alfa -- Beta".
            let line = |i: &Item| matches!(word(text, cut, i), "-" | "–" | "—");
            if !comma && !anded && told && all.get(next).is_some_and(line) {
                let twice = all.get(next + 1).is_some_and(line);
                let after = next + 1 + usize::from(twice);
                if all.get(after).is_some_and(|i| i.kind == Kind::Group) {
                    anded = true;
                    next = after;
                }
            }
            // "tidak hanya menggandeng Alfa, tetapi juga Beta".
            if comma
                && !anded
                && let Some(after) = also_behind(text, cut, all, n, next)
            {
                (anded, next) = (true, after);
            }
            if !comma && !anded {
                break;
            }
            // "dua anggota Alfa, Beta dan Gama": who they are stands behind the comma.
            let two = || all.get(next + 1).is_some_and(|i| i.classes & cues.and != 0);
            if before & cues.membership != 0 && comma && !anded && ends.len() == 1 && two() {
                break;
            }
            let listing = ends.len() > 1 || anded;
            let semicolon = comma && all[at + 1].mark == b';';
            if let Some((name, end)) = semicolon.then(|| segment(text, cut, all, next, cues)).flatten() {
                ends.extend(name);
                bare.extend(name.map(|_| true));
                at = end - 1;
                // What stands between semicolons is a list's part, named or not.
                sure = at;
                continue;
            }
            let more = described(text, cut, all, next, cues, listing);
            // "konsorsium Alfa-Beta dan konsorsium Gama-Delta": each is its own.
            let own = |i: &Item| i.classes & cues.alliance_word != 0;
            // "Sebelum Alfa, negara seperti Beta dan Gama": another list begins.
            let like = |i: &Item| i.classes & cues.like != 0;
            if comma && !anded && ends.len() == 1 && more > 1 && all[next..next + more].iter().any(like) {
                break;
            }
            let opens = all[next..next + more].iter().any(own);
            if opens && (semicolon || n > 0 && own(&all[n - 1])) {
                break;
            }
            next += more;
            if !all.get(next).is_some_and(|i| i.kind == Kind::Group) {
                // "Alfa, Beta dan sejumlah bank lain".
                let rest = |at: usize| all.get(at).is_some_and(|i| i.classes & cues.remainder != 0);
                let lain = |i: &Item| i.classes & cues.remainder != 0 || word(text, cut, i) == "lain";
                let others = all.get(next).is_some_and(|i| i.classes & cues.company_word != 0)
                    && all[next + 1..].iter().take(3).take_while(|i| i.kind == Kind::Word).any(lain);
                // "dengan Alfa, Beta, serta layanan milik Gama".
                let noun = led && !goes_on(cut, text, all, next, cues);
                let counted = || counts_more(cut, all, next, cues);
                if anded && ends.len() > 1 && (rest(next) || rest(next - 1) || others || noun || counted()) {
                    sure = at;
                }
                // "Alfa, Beta, dan Gama", where Beta is no entity.
                let over = (skipped < MOST_SKIPPED && !anded).then(|| stepped(cut, all, next, cues));
                let Some(last) = over.flatten() else { break };
                skipped += 1;
                at = last;
                continue;
            }
            if anded && ends.len() == 1 && before & cues.between != 0 && is_hub(all, next, more, cues) {
                break;
            }
            // "Koalisi Alfa besutan Beta dan Gama": both made it.
            if ends.len() == 1 && is_made_by(cut, &all[n], cues) {
                break;
            }
            // "bermitra dengan Alfa dan Beta akan menyusul": Beta does.
            if anded && !comma && ends.len() == 1 && goes_its_way(cut, text, all, (n, next), cues) {
                break;
            }
            // "Alfa menggandeng Beta, dan Gama menolak", "Alfa naik; Beta turun".
            let parts = semicolon || comma && anded && ends.len() == 1 && n > 0;
            // But "Kemitraan Alfa, anak usaha Gama, dan Beta mencakup" is all one noun.
            let told =
                || (0..n).any(|m| acts(text, cut, &all[m], cues) || all[m].classes & cues.company_verb != 0);
            if parts && told() && heads_clause(cut, text, all, next, cues) {
                break;
            }
            // "bersama tiga bank, yakni Alfa, Beta, dan Gama, Delta meluncurkan": Delta acts.
            let acts = listed && comma && heads_clause(cut, text, all, next, cues);
            let closed = !anded && (!listed || acts) && bare.len() > 1 && !bare[bare.len() - 1];
            // "Alfa dan Beta, Gama, serta Delta": the list goes on to another "dan".
            let oxford = |at: usize| {
                all.get(at).is_some_and(|i| i.mark == b',')
                    && all.get(at + 1).is_some_and(|i| i.classes & cues.and != 0)
                    && all.get(at + 2).is_some_and(|i| i.kind == Kind::Group)
            };
            let closed = closed && !oxford(next + 1);
            // "Alfa dan Beta, serta Alfa dan Gama": another list begins.
            let again = comma && anded && bare.last() == Some(&false) && all[next].members == all[n].members;
            if closed || again || anded && ends.len() == 1 && twice(next) || comma && parallel(next) {
                break;
            }
            // "dengan Gama, Alfa, negara tetangga Gama, meneken": that only describes Alfa.
            if comma && !anded && more > 0 && ends.iter().any(|e| all[*e].members == all[next].members) {
                break;
            }
            // "dan konsorsium asal Gama: Delta, Epsilon", "dan tiga bank lain (Delta,
            // Epsilon": what follows the colon or bracket is a list.
            let opens = |i: &Item| {
                matches!(i.mark, b':' | b'(') || i.classes & cues.like != 0 || is_dash(text, cut, i)
            };
            let colon = more > 0 && opens(&all[next - 1]);
            ends.push(next);
            bare.push(!anded || colon);
            at = next;
            if anded {
                sure = next;
            }
        }
        // "menyasar Alfa, Beta, Gama.": at a sentence's end three are no apposition either.
        let last = all.get(at + 1).is_none_or(|i| i.mark == b'.' && at + 2 == all.len());
        // "antara Alfa, Beta dengan Gama".
        let two = before & cues.between != 0 && all.get(at + 1).is_some_and(|i| i.classes & cues.with != 0);
        if listed || two || ends.len() > 3 || ends.len() > 2 && (led || last) {
            sure = at;
        }
        ends.retain(|e| *e <= sure);
        // "Setelah serangan Alfa, Beta dan Gama mengaku": the subject begins behind the comma.
        // "Bagi Alfa, Beta dan Gama adalah pesaing" as well.
        let is = |at: usize| {
            all[0].classes & cues.benefit != 0 && all.get(at).is_some_and(|i| i.classes & cues.copula != 0)
        };
        let on = || goes_on(cut, text, all, sure + 1, cues) || is(sure + 1);
        // "Lewat kerja sama dengan bank seperti Alfa, Beta meluncurkan": Beta does.
        let listed = listed && bare[1..].contains(&false);
        if ends.len() > 1 && !listed && opened(all, n, cues) && on() {
            let cut_at = (1..ends.len()).rev().find(|e| bare[*e]).unwrap_or(ends.len());
            ends.truncate(cut_at);
            sure = ends[cut_at - 1];
        }
        if ends.len() > 1 {
            let members = merged(ends.iter().map(|e| &all[*e]));
            let to = all[sure].to;
            all.drain(n + 1..=sure);
            all[n].members = members.into();
            all[n].extend(to);
            groups = groups.renewed(all);
        }
    }
}

/// Whether an alliance's name has its maker's behind it.
fn is_made_by(cut: &Cut, item: &Item, cues: &Cues) -> bool {
    let alliance = cut.classes[item.from] & cues.alliance_head != 0;
    alliance && cut.classes[item.from..item.to].iter().any(|c| *c & cues.owner != 0)
}

/// "tidak hanya dengan Alfa, tetapi juga dengan Beta": where the other name stands, behind what
/// may stand before the first, if `next` is such a "tetapi juga".
fn also_behind(text: &str, cut: &Cut, all: &[Item], n: usize, next: usize) -> Option<usize> {
    let at = |n: usize| all.get(n).map_or("", |i| word(text, cut, i));
    let but = ["tetapi juga", "tapi juga", "melainkan juga", "namun juga"];
    let behind = match at(next) {
        both if but.contains(&both) => next + 1,
        "tetapi" | "tapi" | "melainkan" | "namun" if at(next + 1) == "juga" => next + 2,
        _ => return None,
    };
    let only = |i: &Item| {
        let first = word(text, cut, i).to_lowercase();
        let mut words = first.split(' ');
        let no = matches!(words.next(), Some("tidak" | "tak" | "bukan" | "enggak" | "nggak"));
        no && matches!(words.next(), Some("hanya" | "cuma" | "saja" | "sekadar" | "sebatas"))
    };
    all[..n].iter().any(only).then_some(())?;
    let same = n > 0 && all[n - 1].kind == Kind::Word && at(behind) == at(n - 1);
    let named = behind + usize::from(same);
    all.get(named).is_some_and(|i| i.kind == Kind::Group).then_some(named)
}

/// "antara Alfa dan tiga kampus, yaitu Beta dan Gama", "antara Alfa dan keduanya": whether
/// Alfa is with each of those at `next`, behind so many words.
fn is_hub(all: &[Item], next: usize, words: usize, cues: &Cues) -> bool {
    let like = |n: usize| all.get(n).is_some_and(|i| i.classes & cues.like != 0);
    let named = words > 0 && like(next - 1);
    let renamed = all.get(next + 1).is_some_and(|i| i.mark == b',') && like(next + 2);
    let counted = all[next - words..next].iter().any(|i| i.classes & cues.count != 0);
    counted && (named || renamed) || all[next].reference && all[next].members.len() > 1
}

/// "konsorsium Alfa-Beta, Gama-Delta": whom hyphens join, where they do so to all in a list.
pub(super) fn joined(text: &str, cut: &Cut, item: &Item) -> Option<Vec<Vec<u32>>> {
    // Two have one pair, however they are joined.
    if item.members.len() < 3 {
        return None;
    }
    let inside = |r: &&Run| item.from <= r.from && r.to <= item.to;
    let mut parts: Vec<Vec<u32>> = Vec::new();
    let mut end = None;
    for run in cut.runs.iter().filter(inside) {
        let Some(local) = run.local.filter(|l| item.members.contains(l)) else { continue };
        let hyphen = |end: usize| end + 1 == run.from && matches!(cut.tokens[end].text(text), "-" | "–");
        match parts.last_mut() {
            Some(part) if end.is_some_and(hyphen) => part.push(local),
            _ => parts.push(vec![local]),
        }
        end = Some(run.to);
    }
    (parts.len() > 1 && parts.iter().all(|part| part.len() > 1)).then_some(parts)
}

/// The members of all, each once.
pub(super) fn merged<'i>(items: impl Iterator<Item = &'i Item>) -> Vec<u32> {
    let mut members = Vec::new();
    for m in items.flat_map(|i| &i.members) {
        if !members.contains(m) {
            members.push(*m);
        }
    }
    members
}

/// What stands from `at` to the next semicolon or the sentence's end, if it is no clause:
/// the first name in it, and its end.
fn segment(text: &str, cut: &Cut, all: &[Item], at: usize, cues: &Cues) -> Option<(Option<usize>, usize)> {
    let ends = |i: &Item| matches!(i.mark, b';' | b'.' | b'?' | b'!');
    let end = (at..all.len().min(at + SEGMENT)).find(|n| ends(&all[*n]))?;
    let verb = |i: &Item| {
        i.classes & (cues.verb_like | cues.company_verb | cues.negated | cues.planned | cues.clause) != 0
            || i.classes & (cues.peer_word | cues.with | cues.copula) != 0
            || acts(text, cut, i, cues)
    };
    let part = &all[at..end];
    if part.iter().any(verb) || !part.first().is_some_and(|i| cut.tokens[i.from].is_name_like()) {
        return None;
    }
    let name = part.iter().take_while(|i| i.mark != b'(').position(|i| i.kind == Kind::Group);
    Some((name.map(|n| at + n), end))
}

/// The last item of a name that is no entity between a list's commas, from `at` on.
fn stepped(cut: &Cut, all: &[Item], at: usize, cues: &Cues) -> Option<usize> {
    let name = |i: &Item| {
        let plain = i.classes == 0 || i.classes & cues.product_word != 0;
        i.kind == Kind::Word && plain && cut.tokens[i.from].is_name_like()
    };
    let goes_on = |i: &Item| matches!(i.mark, b',' | b';') || i.classes & cues.and != 0;
    all.get(at).filter(|i| name(i))?;
    // A place may have the first word: "Solo Jaya".
    let at = at + all[at + 1..].iter().take(2).take_while(|i| name(i)).count();
    // "Alfa Beta (AB)".
    let open = all.get(at + 1).is_some_and(|i| i.mark == b'(');
    let close = open.then(|| (at + 2..all.len().min(at + 6)).find(|n| all[*n].mark == b')'));
    let last = close.flatten().unwrap_or(at);
    all.get(last + 1).is_some_and(goes_on).then_some(last)
}

/// Whether a sentence opens with a clause or phrase that still lasts at item `n`.
fn opened(all: &[Item], n: usize, cues: &Cues) -> bool {
    let opener = cues.same_subject | cues.clause | cues.oblique | cues.with;
    let led = n > 0 && all[n - 1].classes & cues.with != 0;
    let named = all[..n].iter().any(|i| i.kind == Kind::Group);
    // "Lewat kemitraan itu Alfa, Beta, dan Gama bersepakat": "itu" ends the phrase.
    let shut = n > 1 && all[n - 1].classes & cues.that != 0;
    // "Sementara Alfa, Beta, dan Gama bekerja sama": no verb stands before the comma.
    let phrase = cues.same_subject | cues.oblique | cues.with;
    let shut = shut || n == 1 && all[0].classes & cues.clause != 0 && all[0].classes & phrase == 0;
    n > 0
        && all[0].classes & opener != 0
        && !(named && led)
        && !shut
        && (0..n).all(|m| all[m].mark != b',' || m + 2 == n && all[m + 1].classes & cues.like != 0)
}

/// Whether a verb, or what stands before one, is at item `at`.
fn goes_on(cut: &Cut, text: &str, all: &[Item], at: usize, cues: &Cues) -> bool {
    all.get(at).filter(|i| i.kind == Kind::Word).is_some_and(|i| {
        i.classes & (cues.adverb | cues.verb_like | cues.company_verb | cues.planned | cues.negated) != 0
            || acts(text, cut, i, cues)
    })
}

/// How many items may describe the first name of a list.
const DESCRIBED: usize = 5;

/// Whether a verb, or one and "dengan", stand between who acts and the first name, and "akan"
/// or "telah" behind the second: that one begins a clause.
fn goes_its_way(cut: &Cut, text: &str, all: &[Item], (n, next): (usize, usize), cues: &Cues) -> bool {
    let helps =
        |i: &Item| i.classes & cues.adverb != 0 && i.classes & (cues.planned | cues.done | cues.negated) != 0;
    let verb = |n: usize| all[n].classes & cues.company_verb != 0 || acts(text, cut, &all[n], cues);
    // "Langkah Alfa menggandeng Beta dan Gama akan memperluas": that is all one noun.
    let free = |n: usize| {
        n == 0 || all[n - 1].kind == Kind::Mark || all[n - 1].classes & cues.clause != 0 || verb(n - 1)
    };
    let plain = |i: &Item| {
        i.kind == Kind::Word
            && i.classes & (cues.with | cues.clause | cues.company_verb) == 0
            && !acts(text, cut, i, cues)
    };
    // "bermitra dengan sejumlah bank, antara lain Alfa dan Beta akan".
    let describes = |i: &&Item| plain(i) || i.mark == b',';
    let from = n - all[..n].iter().rev().take(DESCRIBED).take_while(describes).count();
    let with = usize::from(from > 0 && all[from - 1].classes & cues.with != 0);
    // "menandatangani nota kesepahaman dengan Alfa dan Beta akan".
    let object = all[..from - with].iter().rev().take(3 * with).take_while(|i| plain(i)).count();
    let at = from - with - object;
    let says = cues.speech | cues.reporting | cues.announcing;
    at > 1
        && verb(at - 1)
        && (all[at - 1].classes & says == 0 || all[at - 1].classes & cues.signing != 0)
        && (0..at - 1).any(|m| all[m].kind == Kind::Group && free(m))
        && all.get(next + 1).is_some_and(helps)
}

/// Whether the name at `at`, with those behind it, has a verb of its own.
fn heads_clause(cut: &Cut, text: &str, all: &[Item], at: usize, cues: &Cues) -> bool {
    let parts = |i: &Item| i.classes & cues.and != 0 || i.mark == b',';
    let mut end = at + 1;
    while all.get(end).is_some_and(parts) && all.get(end + 1).is_some_and(|i| i.kind == Kind::Group) {
        end += 2;
    }
    goes_on(cut, text, all, end, cues) || all.get(end).is_some_and(|i| i.classes & cues.copula != 0)
}

/// "termasuk": it adds to a list, where "yakni" names what stands before.
fn adds(text: &str, cut: &Cut, item: &Item) -> bool {
    word(text, cut, item).eq_ignore_ascii_case("termasuk")
}

fn is_dash(text: &str, cut: &Cut, item: &Item) -> bool {
    matches!(word(text, cut, item), "-" | "–" | "—")
}

/// Whether a bracket or dash at `at` opens the names of those counted from `from` on.
fn set_off(text: &str, cut: &Cut, all: &[Item], from: usize, at: usize, cues: &Cues) -> bool {
    let dash = |i: &Item| is_dash(text, cut, i);
    let counted = all[from].classes & cues.count != 0;
    let opens = all[at].mark == b'(' || dash(&all[at]);
    let next = at + 1 + usize::from(all.get(at + 1).is_some_and(dash));
    let group = all.get(next).is_some_and(|i| i.kind == Kind::Group);
    counted && opens && (group || dash(&all[at - 1]))
}

/// "dan dua bank, Alfa serta Beta": a comma at `at` before those counted from `from` on.
fn counted_off(all: &[Item], from: usize, at: usize, cues: &Cues) -> bool {
    let group = |n: usize| all.get(n).is_some_and(|i| i.kind == Kind::Group);
    let joins = |n: usize| all.get(n).is_some_and(|i| i.mark == b',' || i.classes & cues.and != 0);
    all[from].classes & cues.count != 0 && group(at + 1) && joins(at + 2) && group(at + 3)
}

/// "dan 57 aplikasi lain", "serta beberapa bank asal Gama": whether more of their kind, who
/// aren't named, end a list at `at`.
fn counts_more(cut: &Cut, all: &[Item], at: usize, cues: &Cues) -> bool {
    let amount = |i: &&Item| {
        let figure = cut.tokens[i.from].shape == Shape::Number;
        i.kind == Kind::Word && (figure || i.classes & (cues.count | cues.remainder) != 0)
    };
    let amounts = all[at.min(all.len())..].iter().take(2).take_while(amount).count();
    let nouns = cues.company_word | cues.bearer_noun;
    amounts > 0 && all.get(at + amounts).is_some_and(|i| i.kind == Kind::Word && i.classes & nouns != 0)
}

/// "pemain baru", "pendatang baru": what a firm is in its trade, and to no other.
fn is_new(noun: &str) -> bool {
    noun.ends_with(" baru") || noun.ends_with(" lama")
}

/// How many items before a list's next name only describe it: "operator seluler
/// Alfa", "dua bank, yakni Alfa", "konsorsium asal Gama: Alfa".
pub(super) fn described(
    text: &str,
    cut: &Cut,
    all: &[Item],
    from: usize,
    cues: &Cues,
    listing: bool,
) -> usize {
    let nouns = cues.company_word
        | cues.small
        | cues.person_title
        | cues.product_word
        | cues.government_word
        | cues.government_head
        | cues.alliance_word
        | cues.bearer_noun
        | cues.peer_noun
        | cues.body_ref
        | cues.rule_ref
        | cues.count
        | cues.remainder
        | cues.like;
    // What ends a noun phrase.
    let ends = cues.verb_like
        | cues.company_verb
        | cues.adverb
        | cues.with
        | cues.between
        | cues.oblique
        | cues.upon
        | cues.clause
        | cues.same_subject
        | cues.copula
        | cues.negated
        | cues.planned
        | cues.that
        | cues.agent
        | cues.speech
        | cues.peer_word
        | cues.and
        | cues.place_prep;
    let plain = |i: &Item| {
        let first = cut.tokens[i.from];
        // Verbs of headlines have no prefix.
        let noun = if cut.headline { i.classes == 0 } else { i.classes & ends == 0 };
        // "berkat dukungan Alfa": a preposition, though it is listed as no verb.
        let thanks = first.is(text, "berkat");
        let noun = i.classes & cues.not_verb != 0 || noun && !is_verb(first.text(text));
        first.shape == Shape::Lower && noun && !thanks
    };
    // "Alfa, pesaing Beta dan Gama": it is Alfa that is told so.
    // "Alfa, pemain baru Beta, dan Gama" are three.
    let peer = |i: &Item| i.classes & cues.peer_word != 0 && !is_new(word(text, cut, i));
    if !listing && all.get(from).is_some_and(peer) {
        return 0;
    }
    let mut at = from;
    // "asal Gama Alfa": Gama is whence Alfa comes.
    let group = |at: usize| all.get(at).is_some_and(|i| i.kind == Kind::Group);
    let whence =
        |at: usize| at > from + 1 && group(at) && word(text, cut, &all[at - 1]) == "asal" && group(at + 1);
    // "antara Alfa dan pemilik kawasan, yakni Beta": any noun may be so renamed, but "Alfa dan
    // sekutunya, yakni Beta" tells of both.
    let renamed = || {
        let comma = (from + 1..all.len().min(from + 7)).find(|n| all[*n].kind != Kind::Word);
        let named = |n: usize| all.get(n).is_some_and(|i| matches!(word(text, cut, i), "yakni" | "yaitu"));
        !word(text, cut, &all[from]).ends_with("nya")
            && comma.is_some_and(|n| all[n].mark == b',' && named(n + 1))
    };
    while let Some(item) = all.get(at).filter(|i| i.kind != Kind::Group && at < from + 10) {
        let number = cut.tokens[item.from].shape == Shape::Number;
        let next = all.get(at + 1);
        let like = next.is_some_and(|i| i.kind == Kind::Word && i.classes & cues.like != 0);
        // "dari Alfa, yakni Beta": Beta is what stands before Alfa.
        let renames = at == from && item.classes & cues.like != 0 && !listing && !adds(text, cut, item);
        let fits = match item.kind {
            _ if renames => false,
            Kind::Word if item.classes & nouns != 0 || number => true,
            // A place that is no actor.
            Kind::Word if at > from && !item.members.is_empty() => true,
            // "asal Gama": whence they come.
            Kind::Word if at > from && word(text, cut, item) == "asal" => {
                let place = next.is_some_and(|i| i.kind == Kind::Word) || whence(at + 1);
                at += usize::from(place);
                place
            }
            Kind::Word => plain(item) && (at > from || renamed()),
            // "dan tiga bank lain (Alfa, Beta, dan Gama)".
            Kind::Mark if at > from + 1 && set_off(text, cut, all, from, at, cues) => true,
            Kind::Mark => {
                at > from && item.mark == b',' && (like || listing && counted_off(all, from, at, cues))
            }
            _ => false,
        };
        if !fits {
            return 0;
        }
        at += 1;
    }
    // "serta beberapa bank asal Gama": Gama is whence they come.
    let whence = at > from && group(at) && !group(at + 1) && word(text, cut, &all[at - 1]) == "asal";
    if whence { 0 } else { at - from }
}

/// Drops from a list what only describes the name before it: "Alfa, bank swasta
/// terbesar, Beta, dan Gama", "Alfa, anak usaha Beta, dan Gama".
pub(super) fn asides(text: &str, cut: &Cut, all: &mut Vec<Item>, cues: &Cues) {
    if !cut.has(b',') {
        return;
    }
    let comma = |i: &Item| i.kind == Kind::Mark && i.mark == b',';
    let mut n = 0;
    while n + 3 < all.len() {
        let opens = all[n].kind == Kind::Group
            && comma(&all[n + 1])
            && all[n + 2].classes & (cues.company_word | cues.kin_word) != 0;
        let close = opens.then(|| (n + 3..(n + 12).min(all.len())).find(|m| comma(&all[*m]))).flatten();
        if let Some(close) = close {
            let inside = &all[n + 2..close];
            let kin = inside[0].classes & cues.kin_word != 0;
            let plain = inside.iter().all(|i| {
                i.kind == Kind::Word && i.classes & (cues.with | cues.clause) == 0
                    || kin && i.kind == Kind::Group && i.members.len() == 1
            });
            let next = all.get(close + 1).is_some_and(|i| i.kind == Kind::Group);
            let and = all.get(close + 1).is_some_and(|i| i.classes & cues.and != 0);
            let verb = inside
                .iter()
                .any(|i| i.classes & cues.not_verb == 0 && is_verb(cut.tokens[i.from].text(text)));
            if plain && !verb && (next || and) {
                let to = all[close - 1].to;
                all.drain(n + 1..close);
                all[n].extend(to);
            }
        }
        n += 1;
    }
}
