//! What a match gives against its wording: matches that claim nothing after all.

use super::classes::{ClassSet, Tags};
use super::cues::Cues;
use super::cut::Cut;
use super::element::Past;
use super::item::{Item, Kind, word};
use super::locals::Locals;
use super::matcher::{Filler, Match, Matcher};
use super::pattern::{Give, Pattern};
use super::{ClaimKind, EntityKind};

/// Who speaks for a club or state where one meets them.
const ENVOYS: [&str; 9] =
    ["wakil", "perwakilan", "utusan", "delegasi", "manajemen", "petinggi", "pejabat", "direksi", "pengurus"];
/// Who belongs to a body and isn't it.
const STAFF: [&str; 8] =
    ["pemain", "direksi", "pengurus", "petinggi", "staf", "kader", "eksekutif", "senator"];

/// What firms have together.
const VENTURES: [&str; 2] = ["patungan", "joint venture"];

/// How one says that another helps.
const HELPS: [&str; 4] = ["bekerja", "berkolaborasi", "berkoordinasi", "bersinergi"];

/// How one says that something is held.
const HOLDS: [&str; 7] =
    ["menggelar", "mengadakan", "melakukan", "melaksanakan", "menyelenggarakan", "memulai", "menjalankan"];

/// What a reason begins with.
const BECAUSE: [&str; 5] = ["karena", "lantaran", "sebab", "gara-gara", "akibat"];

/// A match at its trigger, and what stands around it.
pub(super) struct Guard<'a> {
    text: &'a str,
    cut: &'a Cut,
    items: &'a [Item],
    sets: &'a [ClassSet],
    cues: &'a Cues,
    locals: &'a Locals,
    pattern: &'a Pattern,
    at: usize,
    m: &'a Match,
}

impl<'a> Guard<'a> {
    pub(super) fn new(matcher: &Matcher<'a>, pattern: &'a Pattern, at: usize, m: &'a Match) -> Guard<'a> {
        let Matcher { text, cut, items, sets, cues, locals, .. } = *matcher;
        Guard { text, cut, items, sets, cues, locals, pattern, at, m }
    }

    /// Whether the match claims nothing.
    pub(super) fn forbids(&self) -> bool {
        let by_kind = match self.pattern.kind {
            ClaimKind::Partner => {
                self.is_client()
                    || self.is_others_deal()
                    || self.is_struck()
                    || self.is_invited()
                    || self.is_asked_of_two()
                    || self.is_alike()
                    || self.is_another_clause()
                    || self.is_their_venture()
                    || self.is_enlisted()
                    || self.is_held_with()
                    || self.is_reason()
                    || self.is_of_all()
            }
            ClaimKind::Rival => {
                self.is_beside()
                    || self.is_material()
                    || self.is_opponent()
                    || self.is_of_winner()
                    || self.is_fought()
                    || self.is_others_fight()
                    || self.is_talk()
            }
            ClaimKind::Sanction => {
                self.is_person()
                    || self.has_other_issuer()
                    || self.is_at_match()
                    || self.is_beside()
                    || self.is_helper()
            }
        };
        by_kind || self.is_of_others()
    }

    /// The item that fills a slot, if the match names it.
    fn slot(&self, slot: usize) -> Option<usize> {
        match self.m.slots[slot] {
            Some(Filler::Item(n)) => Some(n),
            _ => None,
        }
    }

    fn named(&self) -> impl Iterator<Item = usize> {
        (0..self.m.slots.len()).filter_map(|slot| self.slot(slot))
    }

    fn word(&self, n: usize) -> &str {
        word(self.text, self.cut, &self.items[n])
    }

    /// What the clause says before the trigger, backwards.
    fn told(&self) -> impl Iterator<Item = &Item> {
        self.items[..self.at].iter().rev().take_while(|i| i.kind != Kind::Mark)
    }

    /// "Kedua industri itu bermitra dengan Alfa": others than whom the text is about.
    fn is_of_others(&self) -> bool {
        let counts = self.cues.both | self.cues.all_of;
        let counted = |i: &Item| i.kind == Kind::Word && i.classes & counts != 0;
        let mut behind = self.items[self.at + 1..].iter().take(self.m.last.saturating_sub(self.at));
        (self.m.has(Past::Topic) || self.m.has(Past::Pair))
            && (self.told().any(counted) || behind.any(counted))
    }

    /// "menggaet Alfa sebagai kliennya".
    fn is_client(&self) -> bool {
        self.items.get(self.m.last + 1).is_some_and(|i| i.classes & self.cues.as_client != 0)
    }

    /// "Mereka mendukung kesepakatan itu", "bersaing dengan aliansi itu": others' agreement, but
    /// for "kesepakatan Alfa dan Beta".
    fn is_others_deal(&self) -> bool {
        let before = self.at.checked_sub(1).map_or(Tags::NONE, |n| self.items[n].classes);
        let union = self.items[self.at].classes & self.cues.alliance_word != 0;
        let over = before & self.cues.upon_deal != 0 || union && before & self.cues.with != 0;
        let named = self.slot(0).is_some_and(|n| n > self.at);
        over && !named && matches!(self.pattern.gives[..], [Give::Within(0)])
    }

    /// "menggaet Alfa dan Beta untuk menjadi mitra": whose partners they become.
    fn is_enlisted(&self) -> bool {
        let aims = |n: usize| ["untuk", "guna"].iter().any(|w| self.word(n).eq_ignore_ascii_case(w));
        let within = matches!(self.pattern.gives[..], [Give::Within(0)]);
        let group = self.slot(0).filter(|n| within && *n < self.at);
        group.is_some_and(|n| (n + 1..self.at).any(aims))
    }

    /// "Alfa menghukum Beta karena bekerja sama dengan Gama": it is Beta that did.
    fn is_reason(&self) -> bool {
        let bodies = |n: usize| {
            self.items[n].members.iter().all(|m| self.locals.all[*m as usize].kind == EntityKind::Government)
        };
        let (Some(doer), Some(other)) = (self.slot(0), self.slot(1)) else { return false };
        let why = |n: &usize| BECAUSE.iter().any(|w| self.word(*n).eq_ignore_ascii_case(w));
        let why = (doer + 1..self.at).rev().find(|n| doer < self.at && why(n));
        let struck = |n: &usize| self.items[*n].kind == Kind::Group && !bodies(*n);
        bodies(doer) && !bodies(other) && why.is_some_and(|why| (doer + 1..why).any(|n| struck(&n)))
    }

    /// "Alfa, Beta, dan Gama tak lagi bisa dipakai karena berakhirnya kerja sama": so many had
    /// that with another.
    fn is_of_all(&self) -> bool {
        let Some(doers) = self.slot(0).filter(|n| *n < self.at) else { return false };
        let within = matches!(self.pattern.gives[..], [Give::Within(0)]);
        let many = within && self.items[doers].members.len() > 2;
        let why = |n: &usize| BECAUSE.iter().any(|w| self.word(*n).eq_ignore_ascii_case(w));
        let Some(why) = (doers + 1..self.at).rev().find(|n| many && why(n)) else { return false };
        let over = |i: &Item| i.classes & self.cues.ended != 0;
        self.items.get(self.at + 1).is_some_and(over)
            || (why + 1..self.at).any(|n| over(&self.items[n]) || self.word(n).ends_with("nya"))
    }

    /// "Alfa menggelar patroli bersama Beta dan Gama": each with Alfa.
    fn is_held_with(&self) -> bool {
        let within = matches!(self.pattern.gives[..], [Give::Within(0)]);
        within
            && self.slot(0).is_some_and(|n| n > self.at)
            && (self.word(self.at).ends_with(" bersama") || self.word(self.at + 1) == "bersama")
            && self.at > 1
            && HOLDS.iter().any(|w| self.word(self.at - 1).eq_ignore_ascii_case(w))
            && self.items[..self.at - 1].iter().any(|i| i.kind == Kind::Group)
    }

    /// "bergabung dalam sanksi Alfa terhadap Beta": neither whom that strikes nor whose it is.
    fn is_struck(&self) -> bool {
        let (items, cues) = (self.items, self.cues);
        let measure = |i: &Item| i.classes & cues.measure_noun != 0;
        self.named().filter(|n| *n > self.at + 1).any(|n| {
            let upon = items[n - 1].classes & cues.aimed_at != 0;
            measure(&items[n - 1]) || upon && items[self.at + 1..n - 1].iter().any(measure)
        })
    }

    /// "mengajak Alfa dan Beta bekerja sama": each with whoever asks them.
    fn is_invited(&self) -> bool {
        let invites = |n: usize| {
            let mut words = self.items[..n].iter().rev().take(4).take_while(|i| i.kind == Kind::Word);
            words.any(|i| i.classes & self.cues.invitation != 0)
        };
        matches!(self.pattern.gives[..], [Give::Within(0)]) && self.slot(0).is_some_and(invites)
    }

    /// "Menteri Alfa meminta Beta dan Gama bekerja sama": with each other, not with Alfa.
    fn is_asked_of_two(&self) -> bool {
        // "menunjuk Beta dan Gama sebagai mitra": with whoever chooses them.
        let cast = |n: usize| {
            self.items.get(n + 1).is_some_and(|i| self.cut.tokens[i.from].is(self.text, "sebagai"))
        };
        let two = |n: usize| self.items[n].members.len() > 1 && !cast(n);
        let asked = self.items[self.at].classes & self.cues.invitation == 0;
        asked
            && self.items[self.at].classes & self.cues.control != 0
            && self.pattern.gives[..] == [Give::Cross(0, 1)]
            && self.slot(0).is_some()
            && self.slot(1).is_some_and(two)
    }

    /// "Alfa merilis layanan, Gama bersama Beta": Beta is beside Gama.
    fn is_another_clause(&self) -> bool {
        let Some(n) = self.slot(1).filter(|n| *n > self.at + 3) else { return false };
        let beside = |k: &usize| self.items[*k].classes & self.cues.alongside != 0;
        let own = |k: usize| self.items[k - 1].kind == Kind::Group && self.items[k - 2].mark == b',';
        self.slot(0).is_some_and(|a| a < self.at)
            && (self.at + 3..n).rev().take(4).find(beside).is_some_and(own)
    }

    /// "Usaha patungan Alfa dan Beta menggandeng Gama": the venture does, not those two.
    fn is_their_venture(&self) -> bool {
        let named = self.slot(0).filter(|n| 0 < *n && *n < self.at && self.slot(1).is_some());
        named.is_some_and(|n| {
            let before = n - 1 - usize::from(n > 1 && self.items[n - 1].classes & self.cues.between != 0);
            let noun = self.word(before).to_ascii_lowercase();
            VENTURES.iter().any(|w| noun.ends_with(w))
        })
    }

    /// "duel lawan Alfa bersama Beta", "memutus akses pinjol bersama Beta": who stands beside is
    /// no rival, nor struck, unless the pattern asks for them.
    fn is_beside(&self) -> bool {
        let asked = || self.pattern.asked().meets(&ClassSet::NONE.with_cues(self.cues.alongside));
        let beside = |n: usize| n > self.at + 1 && self.items[n - 1].classes & self.cues.alongside != 0;
        // "menghukum Alfa bersama Beta": whether Beta is struck or strikes, the patterns tell.
        let penalty = self.pattern.kind == ClaimKind::Sanction;
        let named = |n: usize| penalty && self.items[n - 2].kind == Kind::Group;
        self.named().any(|n| beside(n) && !named(n)) && !asked()
    }

    /// "Kapal perang Alfa dan Beta", "latihan perang Alfa dan Beta": no war.
    fn is_material(&self) -> bool {
        self.at > 0 && self.items[self.at - 1].classes & self.cues.war_material != 0
    }

    /// "kerja sama serupa dijalin dengan Beta": whose it is, the text has told of another.
    fn is_alike(&self) -> bool {
        let alike = |i: &Item| i.classes & self.cues.likewise_word != 0;
        self.m.has(Past::Topic) && self.items[self.at.saturating_sub(3)..].iter().take(6).any(alike)
    }

    /// "berurusan dengan lawan Alfa": there it is a noun.
    fn is_opponent(&self) -> bool {
        self.at > 0
            && self.items[self.at].classes & self.cues.opponent_noun != 0
            && self.items[self.at - 1].classes & (self.cues.with | self.cues.oblique) != 0
            && self.slot(0).is_some_and(|n| n < self.at)
    }

    /// "Pemenang laga Alfa melawan Beta akan bertemu Gama": the winner, whoever it is.
    fn is_of_winner(&self) -> bool {
        let named = |n: usize| self.items.get(n).is_some_and(|i| i.kind == Kind::Group);
        let between = self.at > 0 && named(self.at - 1) && named(self.at + 1);
        !between && self.told().any(|i| i.classes & self.cues.winner_noun != 0)
    }

    /// "Alfa mengecam perang dengan Beta": others wage it, but for "perangnya".
    fn is_others_fight(&self) -> bool {
        let over = self.at > 0 && self.items[self.at - 1].classes & self.cues.upon_deal != 0;
        let first = self.cut.tokens[self.items[self.at].from].text(self.text);
        over && !first.ends_with("nya") && self.slot(0).is_some_and(|n| n < self.at)
    }

    /// "bertemu wakil Alfa": they talk.
    fn is_talk(&self) -> bool {
        let meets =
            ["bertemu", "menemui", "bersua", "berjumpa"].iter().any(|w| self.word(self.at).starts_with(w));
        let behind = self.slot(1).filter(|n| meets && *n > self.at);
        behind.is_some_and(|n| (self.at + 1..n).any(|at| ENVOYS.contains(&self.word(at))))
    }

    /// "melawan tarif Alfa": what is fought is no rival.
    fn is_fought(&self) -> bool {
        let asked = self.pattern.asked();
        let whole = |i: &Item| self.sets[i.classes.set()].with_cues(i.classes.cues());
        let penalty = |i: &Item| i.classes & self.cues.measure_noun != 0 && !asked.meets(&whole(i));
        self.named().any(|n| n > self.at && self.items[self.at + 1..n].iter().any(penalty))
    }

    /// "menghukum pelatih fisik Alfa", "Presiden Alfa dikenai sanksi", "menyanksi pegawai Alfa":
    /// people are.
    fn is_person(&self) -> bool {
        let cues = self.cues;
        let titles = cues.person_title | cues.person_prefix | cues.people_noun | cues.crowd;
        // "memasukkan nama Alfa ke daftar hitam" is none, nor is "warga" where the pattern asks for it.
        let asked = self.pattern.asked();
        let own = |i: &Item| asked.meets(&self.sets[i.classes.set()].with_cues(i.classes.cues()));
        let player = |n: usize| {
            let (item, written) = (&self.items[n], self.word(n));
            item.classes & titles != 0 && written != "nama" && !own(item) || STAFF.contains(&written)
        };
        let others = cues.verb_like | cues.oblique | cues.clause | cues.and | cues.like | cues.with;
        let ends = others | cues.company_word | cues.bearer_noun | cues.government_word;
        let plain = |n: &usize| {
            let item = &self.items[*n];
            item.kind == Kind::Word && item.classes & ends == 0 && !self.word(*n).starts_with("me")
        };
        self.slot(1).is_some_and(|n| {
            // "pemain dari Alfa".
            let last = n.saturating_sub(1 + usize::from(n > 1 && self.word(n - 1) == "dari"));
            let behind = self.at + 1..last;
            n > 0
                && !self.items[n].reference
                && (player(last) || plain(&last) && behind.rev().take(2).take_while(plain).any(player))
        })
    }

    /// "menerapkan sanksi Alfa terhadap Beta": Alfa's.
    fn has_other_issuer(&self) -> bool {
        let (items, cues) = (self.items, self.cues);
        let owned = |n: &usize| {
            items[*n].kind == Kind::Group
                && items[n - 1].classes & cues.measure_noun != 0
                && items.get(n + 1).is_some_and(|i| i.classes & cues.upon != 0)
        };
        let issuer = (self.at + 1..items.len().min(self.at + 5)).find(owned);
        // "membatalkan denda yang dijatuhkan Alfa kepada Beta".
        let imposed = |n: &usize| {
            let upon = items.get(n + 1).is_some_and(|i| i.classes & cues.upon != 0);
            items[*n].kind == Kind::Group && upon && items[n - 1].classes & cues.support_passive != 0
        };
        let imposer = || (self.at + 3..items.len().min(self.at + 10)).find(imposed);
        let imposer = imposer().filter(|n| self.slot(1).is_none_or(|struck| *n < struck));
        issuer.or(imposer).is_some_and(|issuer| Some(issuer) != self.slot(0))
    }

    /// "memblokir pinjol bekerja sama dengan Alfa": who helps isn't struck.
    fn is_helper(&self) -> bool {
        self.slot(1).filter(|n| *n > self.at + 2).is_some_and(|n| {
            let helps = |at: usize| HELPS.iter().any(|w| self.word(at).starts_with(w));
            // "sama dengan" may be one phrase.
            self.word(n - 1).ends_with("dengan") && (n.saturating_sub(3)..n - 1).any(helps)
        })
    }

    /// "denda dan larangan pada laga kandang Alfa": there it was, and upon another.
    fn is_at_match(&self) -> bool {
        self.slot(1).filter(|n| *n > self.at).is_some_and(|n| {
            let words = self.items[self.at + 1..n].iter().rev().take(4);
            let plain = |i: &&Item| i.kind == Kind::Word && i.classes & self.cues.aimed_at == 0;
            words.take_while(plain).any(|i| i.classes & self.cues.match_noun != 0)
        })
    }
}
