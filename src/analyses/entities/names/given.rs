//! Given names: equivalence sets, short forms, initials.

use super::sound::{self, Habit};
use super::tables::{GIVEN_NAMES, Origin};

/// How two given names stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Given {
    /// Written alike.
    Equal,
    /// Forms of one name by the table of given names.
    Equivalent,
    /// A name and its short form.
    Short,
    /// Romanisations of one name.
    Alike,
    /// One is the other's initial.
    Initial,
    /// Two names.
    Different,
}

/// Compares two folded given names. `habits` are the habits of romanisation that the whole names allow.
pub(super) fn compare(a: &str, b: &str, habits: &[Habit]) -> Given {
    if a == b {
        return Given::Equal;
    }
    if a.chars().count() == 1 || b.chars().count() == 1 {
        return if initial_fits(a, b, habits) || initial_fits(b, a, habits) { Given::Initial } else { Given::Different };
    }
    let names = &*GIVEN_NAMES;
    let (left, right) = (names.sets(a), names.sets(b));
    if left.iter().any(|set| right.contains(set) && (!names.is_english(*set) || one_short_form(names.members(*set), a, b))) {
        return Given::Equivalent;
    }
    if names.short_forms(a).contains(&b) || names.short_forms(b).contains(&a) {
        return Given::Short;
    }
    if !left.is_empty() && !right.is_empty() {
        return Given::Different;
    }
    // Unknown spellings of a known name: compare with each of its forms.
    for &habit in habits {
        let near =
            |known: &[u32], other: &str| known.iter().flat_map(|set| names.members(*set)).any(|member| sound::alike(member, other, habit));
        if near(left, b) || near(right, a) || (left.is_empty() && right.is_empty() && sound::alike(a, b, habit)) {
            return Given::Alike;
        }
    }
    Given::Different
}

/// Bob is Robert and so is Rob, but whoever is called Bob is not called Rob: of an English name's forms one must be the
/// full name, or both must begin alike.
fn one_short_form(members: &[String], a: &str, b: &str) -> bool {
    let full = |name: &str| members.first().is_some_and(|first| first == name);
    let begin = |name: &str| -> String {
        name.chars()
            .take(2)
            .map(|letter| match letter {
                'c' => 'k',
                'g' => 'j',
                other => other,
            })
            .collect()
    };
    full(a) || full(b) || begin(a) == begin(b)
}

/// Whether `initial` begins `name` or, where names are romanised, a form of it: "E. Prigozhin" is Yevgeny's or Evgeny's,
/// but "H. W. Bush" is no George.
fn initial_fits(initial: &str, name: &str, habits: &[Habit]) -> bool {
    initial.chars().count() == 1
        && (name.starts_with(initial)
            || !habits.is_empty()
                && GIVEN_NAMES.sets(name).iter().flat_map(|set| GIVEN_NAMES.members(*set)).any(|member| member.starts_with(initial)))
}

/// The habit of romanisation that a given name shows.
pub(super) fn habit(name: &str) -> Option<Habit> {
    match GIVEN_NAMES.origin(name)? {
        Origin::Slavic | Origin::Greek => Some(Habit::Slavic),
        Origin::Semitic => Some(Habit::Semitic),
        Origin::Romance | Origin::Western => None,
    }
}

/// Whether the bearers of a given name have two surnames by custom.
pub(super) fn has_two_surnames(name: &str) -> bool {
    GIVEN_NAMES.origin(name) == Some(Origin::Romance)
}

/// Whether the tables have the name.
pub(super) fn is_known(name: &str) -> bool {
    GIVEN_NAMES.has(name)
}

/// The first letters that forms of the name have, as bits; names whose bits don't meet are two names. A name that the
/// tables don't have may be a spelling of any, so that it has the letters that romanisations confuse.
pub(super) fn initial_bits(name: &str) -> u32 {
    let bit = |name: &str| match name.bytes().next() {
        Some(letter @ b'a'..=b'z') => 1 << (letter - b'a'),
        _ => 1 << 26,
    };
    let mut bits = bit(name);
    for member in GIVEN_NAMES.sets(name).iter().flat_map(|set| GIVEN_NAMES.members(*set)) {
        bits |= bit(member);
    }
    for short in GIVEN_NAMES.short_forms(name) {
        bits |= bit(short);
    }
    if is_known(name) {
        return bits;
    }
    let letters = |set: &str| set.bytes().fold(0, |bits, letter| bits | 1 << (letter - b'a'));
    for group in ["aeiouyj", "hgkqcjxzs", "vw", "bp", "fp", "dzj", "tc"] {
        if bits & letters(group) != 0 {
            bits |= letters(group);
        }
    }
    bits
}
