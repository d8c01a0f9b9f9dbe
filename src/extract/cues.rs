//! The word classes that the stages themselves ask for, known when this is compiled.

use super::classes::Cue;
use std::ops::Deref;

macro_rules! cues {
    ($($name:ident),+ $(,)?) => {
        /// The classes that the stages themselves ask for. Their bits are known when this is
        /// compiled, so that asking for any of several is as fast as asking for one.
        #[derive(Debug, Default, Clone, Copy)]
        pub(super) struct Cues;

        /// The bit of each: they are added first, in this order.
        pub(super) struct CueBits {
            $(pub $name: Cue,)+
        }

        const BITS: CueBits = {
            let mut next = 0;
            CueBits { $($name: { next += 1; Cue::of(next - 1) },)+ }
        };

        impl Deref for Cues {
            type Target = CueBits;

            #[inline(always)]
            fn deref(&self) -> &CueBits {
                &BITS
            }
        }

        impl Cues {
            /// The names of these classes, in `words.ron`.
            pub(super) const NAMES: &[&str] = &[$(stringify!($name)),+];

            pub(super) const FIT: () = assert!(Cues::NAMES.len() <= Cue::MOST);

            /// Those by which words may point back to entities.
            #[inline(always)]
            pub(super) fn refers(&self) -> Cue {
                self.both | self.all_of | self.speaker_ref | self.company_ref | self.company_word | self.state_ref | self.state_noun | self.alliance_ref | self.alliance_word | self.body_ref | self.rule_ref
            }
        }
    };
}

cues!(
    and,
    oblique,
    source,
    speech,
    person_title,
    company_head,
    company_tail,
    company_word,
    government_head,
    organisation_head,
    alliance_head,
    government_word,
    planned,
    reported,
    negated,
    ended,
    clause,
    that,
    both,
    all_of,
    company_ref,
    state_ref,
    alliance_ref,
    small,
    verb_like,
    product_word,
    event_head,
    like,
    attributive_ok,
    person_prefix,
    with,
    company_verb,
    place_prep,
    organisation_tail,
    company_title,
    adverb,
    may,
    able,
    fixture,
    once,
    remainder,
    copula,
    same_subject,
    upon,
    between,
    not_verb,
    within_noun,
    owner,
    agent,
    given_name,
    company_object,
    venue_head,
    support_passive,
    area_word,
    crowd,
    until,
    from,
    speaker_ref,
    title_area,
    calendar,
    peer_word,
    purpose_noun,
    team_head,
    count,
    kin_word,
    kin_firm,
    control,
    barred,
    list_intro,
    branch,
    as_client,
    about,
    benefit,
    via_word,
    which_is,
    which_consists,
    upon_deal,
    aimed_at,
    invitation,
    winner_noun,
    opponent_noun,
    the_word,
    regulator_noun,
    amount,
    alliance_word,
    falls_through,
    leader_title,
    degree,
    event_noun,
    bearer_noun,
    share,
    part_played,
    legal_form,
    done,
    also,
    alongside,
    rather,
    body_tail,
    department,
    peer_noun,
    asking,
    membership,
    common,
    channel,
    force,
    measure_noun,
    shut_out,
    barred_noun,
    site,
    village,
    match_noun,
    occasion,
    event_tail,
    body_ref,
    state_noun,
    rule_ref,
    signing,
    announcing,
    war_material,
    likewise_word,
    reporting,
    contest_noun,
    body_noun,
    force_object,
    restored,
    compared,
    attack_noun,
    people_noun,
);
