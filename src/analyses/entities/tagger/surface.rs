//! What a surface form alone says: its normal spelling, its hashes, its shape, its lexicon entries.

use super::hash;
use super::lexicon::Lexicon;
use std::borrow::Cow;

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Case {
    /// Punctuation and symbols.
    Mark,
    /// Digits with or without marks.
    Digits,
    /// Letters, none a capital.
    Lower,
    /// One capital, or one capital and a dot.
    Initial,
    /// A capital and lower-case letters.
    Title,
    /// Two or more capitals, no lower-case letter.
    Upper,
    /// A lower-case first letter, capitals later.
    Inner,
    /// A capital first, more capitals later, lower-case letters too.
    Mixed,
    /// Letters and digits.
    Coded,
    /// The place before or after a sentence.
    Edge,
}

/// May a token be part of an entity?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strength {
    /// It can be one by itself.
    Strong,
    /// Only beside a strong token.
    Weak,
    /// Only between strong tokens.
    None,
}

/// What is known of a surface before its sentence is seen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Traits {
    /// Hash of the normal form, digits as 0.
    pub(super) word: u64,
    /// Hash of the lower-case normal form, digits as 0.
    pub(super) lower: u64,
    /// Hash of the lower-case normal form as it is, for phrases and for finding a form again.
    pub(super) exact: u64,
    /// Cluster numbers, coarse to fine; 0 stands for no cluster.
    pub(super) clusters: [u16; 4],
    /// Lexicon flags.
    pub(super) flags: u32,
    /// How it is written.
    pub(super) case: Case,
    /// May it be in an entity.
    pub(super) strength: Strength,
    /// It has a letter.
    pub(super) lettered: bool,
}

impl Traits {
    /// The place before (`false`) or after (`true`) a sentence.
    pub(super) fn edge(after: bool) -> Self {
        let word = hash::join(0xED6E, u64::from(after));
        Self { word, lower: word, exact: word, clusters: [0; 4], flags: 0, case: Case::Edge, strength: Strength::None, lettered: false }
    }

    /// Written with a capital.
    #[inline]
    pub(super) fn capitalised(&self) -> bool {
        matches!(self.case, Case::Initial | Case::Title | Case::Upper | Case::Mixed | Case::Inner)
    }

    /// Looks a surface up.
    pub(super) fn of(surface: &str, lexicon: &Lexicon) -> Self {
        let normal = normalise(surface);
        let lower = normal.to_lowercase();
        let case = case_of(&normal);
        let exact = hash::of_text(&lower);
        let word = hash::of_text(&without_digits(&normal));
        let lower_hash = hash::of_text(&without_digits(&lower));
        let clusters = lexicon.clusters_of(&normal, &lower, case);
        let flags = lexicon.flags_of(exact);
        let lettered = normal.chars().any(char::is_alphabetic);
        let strength = match case {
            Case::Initial | Case::Title | Case::Upper | Case::Mixed | Case::Inner => Strength::Strong,
            _ => lexicon.strength_of(exact, case),
        };
        Self { word, lower: lower_hash, exact, clusters, flags, case, strength, lettered }
    }
}

/// One spelling for quotes, brackets and dashes that data sets and tokenizers write differently.
pub(super) fn normalise(surface: &str) -> Cow<'_, str> {
    match surface {
        "``" | "''" | "“" | "”" | "„" | "«" | "»" | "&quot;" => return Cow::Borrowed("\""),
        "`" | "‘" | "’" => return Cow::Borrowed("'"),
        "-LRB-" => return Cow::Borrowed("("),
        "-RRB-" => return Cow::Borrowed(")"),
        "-LSB-" => return Cow::Borrowed("["),
        "-RSB-" => return Cow::Borrowed("]"),
        "-LCB-" => return Cow::Borrowed("{"),
        "-RCB-" => return Cow::Borrowed("}"),
        "–" | "—" | "---" => return Cow::Borrowed("--"),
        "&amp;" => return Cow::Borrowed("&"),
        "…" => return Cow::Borrowed("..."),
        _ => {}
    }
    if surface.contains(['’', '‘', '‐', '‑']) {
        Cow::Owned(surface.replace(['’', '‘'], "'").replace(['‐', '‑'], "-"))
    } else {
        Cow::Borrowed(surface)
    }
}

/// The text with every digit as 0, so that numbers of one form are one word.
fn without_digits(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_digit()) {
        Cow::Owned(text.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// How a normal form is written.
pub(super) fn case_of(normal: &str) -> Case {
    let (mut upper, mut lower, mut digits, mut first_upper, mut letters) = (0, 0, 0, false, 0);
    for letter in normal.chars() {
        if letter.is_alphabetic() {
            if letter.is_uppercase() {
                upper += 1;
                first_upper |= letters == 0;
            } else {
                lower += 1;
            }
            letters += 1;
        } else if letter.is_numeric() {
            digits += 1;
        }
    }
    match (letters, digits, upper, lower) {
        (0, 0, ..) => Case::Mark,
        (0, ..) => Case::Digits,
        (_, 1.., ..) if upper > 0 => Case::Mixed,
        (_, 1.., ..) => Case::Coded,
        (_, _, 0, _) => Case::Lower,
        (1, _, 1, _) => Case::Initial,
        (_, _, _, 0) => Case::Upper,
        (_, _, 1, _) if first_upper => Case::Title,
        _ if first_upper => Case::Mixed,
        _ => Case::Inner,
    }
}

/// The shape of a word: runs of capitals, small letters and digits as one sign (up to two), marks as they are.
pub(super) fn shape(normal: &str) -> u64 {
    let mut state = 0x5A;
    let (mut before, mut run) = ('\0', 0);
    for letter in normal.chars() {
        let sign = if letter.is_uppercase() {
            'X'
        } else if letter.is_alphabetic() {
            'x'
        } else if letter.is_numeric() {
            '0'
        } else {
            letter
        };
        run = if sign == before { run + 1 } else { 1 };
        before = sign;
        if run <= 2 {
            state = hash::join(state, sign as u64);
        }
    }
    state
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sorted_by_how_they_are_written() {
        let cases = [
            (",", Case::Mark),
            ("1,250", Case::Digits),
            ("river", Case::Lower),
            ("J.", Case::Initial),
            ("Marta", Case::Title),
            ("U.S.", Case::Upper),
            ("iPhone", Case::Inner),
            ("McKay", Case::Mixed),
            ("G8", Case::Mixed),
            ("65th", Case::Coded),
        ];
        for (word, case) in cases {
            assert_eq!(case_of(word), case, "{word}");
        }
    }

    #[test]
    fn quotes_and_brackets_have_one_spelling() {
        assert_eq!(normalise("``"), "\"");
        assert_eq!(normalise("-LRB-"), "(");
        assert_eq!(normalise("’s"), "'s");
        assert_eq!(normalise("Soviet‑era"), "Soviet-era");
    }

    #[test]
    fn shapes_join_long_runs() {
        assert_eq!(shape("Marta"), shape("Johannesburg"));
        assert_ne!(shape("Marta"), shape("MARTA"));
    }
}
