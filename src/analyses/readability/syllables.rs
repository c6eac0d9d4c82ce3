//! Syllables of English words by rule: groups of vowel letters, corrected by a table of spellings.
//!
//! Comes in: a word as printed. Goes out: its syllables. Not here: which documents are English.
//! Written from English spelling; `scripts/syllables` compares it with CMUdict, of which nothing is in here. Words in -ire (`fire`,
//! `entire`) have the syllables that dictionaries print, one fewer than CMUdict hears.

use std::sync::LazyLock;

/// Corrections: a spelling, and by how much its words differ from their number of vowel groups. `^` and `$` are the word's ends, `C`
/// a consonant, `[…]` one of the letters. Every place where a spelling fits counts.
#[rustfmt::skip]
static CORRECTIONS: &[(&str, i32)] = &[
    // Two vowels spoken apart, and the endings in which they are not.
    ("ia", 1), ("cia", -1), ("tia", -1), ("gia", -1), ("ssia", -1), ("rsia", -1), ("asia", -1), ("nia$", -1), ("lia$", -1),
    ("lian$", -1), ("lians$", -1), ("iliar", -1), ("uliar", -1), ("liam", -1), ("lliant", -1), ("iage", -1), ("ciat", 1), ("tiat", 1),
    ("tiative", -1), ("ciar", 1), ("giant", 1), ("rcia$", 1), ("io", 1), ("tion", -1), ("sion", -1), ("cion", -1), ("gion", -1),
    ("xion", -1), ("llion", -1), ("nion", -1), ("shion", -1), ("chion", -1), ("cious", -1), ("tious", -1), ("xious", -1),
    ("gious", -1), ("vior", -1), ("nior", -1), ("iu", 1), ("genius", -1), ("eo", 1), ("geo[nru]", -1), ("peopl", -1), ("leop", -1),
    ("jeop", -1), ("seoul", -1), ("ua", 1), ("gua", -1), ("qua", -1), ("juan", -1), ("suade", -1), ("suas", -1), ("uo", 1),
    ("quo", -1), ("cuom", -1), ("ao", 1), ("ii", 1), ("eing", 1), ("oing", 1), ("boing", -1), ("uing", 1), ("Cyi", 1), ("rya", 1),
    ("ryo", 1), ("nyone", 1), ("wyom", 1), ("[ldf]yer", 1), ("iery$", 1), ("ier$", 1), ("iers$", 1), ("soldier", -1), ("premier", -1),
    ("frontier", -1), ("^tier", -1), ("^pier", -1), ("cier", -1), ("iest$", 1), ("^priest", -1), ("iet", 1), ("[drlnv]ien[ct]", 1),
    ("pient", 1), ("scien", 1), ("conscien", -1), ("alien", 1), ("creat", 1), ("creatu", -1), ("idea", 1), ("area", 1), ("theat", 1), ("reali", 1),
    ("korea", 1), ("imea", 1), ("ndrea", 1), ("nuclear", 1), ("linear", 1), ("pean$", 1), ("peans$", 1), ("nean$", 1), ("react", 1),
    ("^reass", 1), ("^reaff", 1), ("^reapp", 1), ("leah$", 1), ("^rein[sftvc]", 1), ("^reim", 1), ("reiter", 1), ("^reuni", 1),
    ("^reele", 1), ("^reen", 1), ("preemp", 1), ("preexi", 1), ("coop", 1), ("cooper$", -1), ("coord", 1), ("israel", 1),
    ("israeli", -1), ("poe", 1), ("poena", -1), ("goer", 1), ("whoev", 1), ("oel", 1), ("oah", 1), ("coali", 1), ("oasi", 1),
    ("diego", 1), ("cruel", 1), ("fuel", 1), ("fueling", -1), ("duel", 1), ("emanuel", 1), ("emmanuel", 1), ("uen", 1), ("guen", -1),
    ("quen", -1), ("fluid", 1), ("ruin", 1), ("suici", 1), ("uity", 1), ("quity", -1), ("uities", 1), ("nuine", 1), ("tuit", 1),
    ("louis", 1), ("luis", 1), ("eum", 1), ("deity", 1), ("naiv", 1), ("[rt]oic", 1),
    // A consonant that makes a syllable.
    ("ism$", 1), ("isms$", 1), ("asm$", 1), ("thm", 1), ("^mcC", 1),
    // Vowels that are not spoken.
    ("Cely$", -1), ("^rely$", 1), ("Cement", -1), ("lement", 1), ("crement", 1), ("^cement", 1), ("hement", 1), ("dement", 1),
    ("cemet", 1), ("Ceful", -1), ("Celess", -1), ("theless", 1), ("nonethe", -1), ("Ceness", -1), ("ically", -1), ("^every", -1),
    ("elihood", -1), ("busin", -1), ("abusin", 1), ("^some[bdhotw]", -1), ("^home[mtw]", -1), ("^homel[ai]", -1), ("^lifet", -1),
    ("^lifes", -1), ("^there[bf]", -1), ("^where[bu]", -1), ("^baseb", -1), ("^timeli", -1), ("^timet", -1), ("^wides", -1),
    ("^whiteh", -1), ("^policem", -1), ("^safe[gt]", -1), ("^house[hkw]", -1), ("^likew", -1), ("^fore[cfhm]", -1), ("^elsew", -1),
    ("spokes", -1), ("tatesm", -1), ("alesm", -1), ("^statew", -1), ("^framew", -1), ("idelin", -1), ("^pipel", -1), ("takeo", -1),
    ("moreo", -1), ("comeb", -1), ("georget", -1), ("^facebo", -1), ("^trade[mu]", -1), ("stalem", -1), ("wholes", -1),
    ("clevel", -1),
];

/// Words that no spelling tells, and acronyms with vowels that are spelled out; sorted.
#[rustfmt::skip]
static EXCEPTIONS: &[(&str, u32)] = &[
    ("abc", 3), ("afl", 3), ("angeles", 3), ("ap", 2), ("argue", 2), ("argued", 2), ("argues", 2), ("beloved", 3), ("ceo", 3),
    ("cia", 3), ("cio", 3), ("crooked", 2), ("dna", 3), ("dr", 2), ("epa", 3), ("etc", 4), ("eu", 2), ("evening", 2),
    ("evenings", 2), ("fbi", 3), ("fda", 3), ("gop", 3), ("hundred", 2), ("irs", 3), ("jared", 2), ("jr", 2), ("kindred", 2),
    ("libya", 3), ("libyan", 3), ("lt", 3), ("maybe", 2), ("mohammed", 3), ("mr", 2), ("mrs", 2), ("ms", 1), ("mueller", 2),
    ("naked", 2), ("nba", 3), ("nra", 3), ("rugged", 2), ("sacred", 2), ("several", 2), ("sgt", 2), ("sr", 2), ("st", 1), ("uk", 2), ("usa", 3),
    ("vs", 2), ("wednesday", 2), ("wednesdays", 2), ("wicked", 2), ("wretched", 2),
];

/// Acronyms spelled out are told from words by having no vowel; each letter is a syllable, but for this one.
const LONG_LETTER: u8 = b'w';

/// Syllables of `word`, which is taken for English whatever it is; at least 1. Parts joined by hyphens or stops add up, so that
/// `U.S.` has two; what has a figure in it is one.
pub fn syllables(word: &str) -> u32 {
    if word.bytes().any(|byte| byte.is_ascii_digit()) {
        // `11th`, `F-16`, `2,400`: how it is read aloud stands in no spelling.
        return 1;
    }
    let is_joined = |letter: char| letter.is_alphabetic() || letter == '\'';
    let word = word.to_lowercase();
    word.split(|letter| !is_joined(letter)).map(|part| of_part(part.trim_matches('\''))).sum::<u32>().max(1)
}

/// Syllables of letters with inner apostrophes: a contraction has a syllable more where its ending can't lean on a vowel.
fn of_part(part: &str) -> u32 {
    let Some((stem, ending)) = part.rsplit_once('\'') else { return of_letters(&plain(part)) };
    let ends_in = |letters: &str| stem.chars().next_back().is_some_and(|last| letters.contains(last));
    let more = match ending {
        "t" => match stem.strip_suffix('n') {
            Some("do" | "wo" | "ca" | "are" | "were" | "ai" | "sha") => return 1,
            Some(verb) if !verb.is_empty() => return of_part(verb) + 1,
            _ => 0,
        },
        "ll" | "ve" | "re" => u32::from(!ends_in("aeiouywr")),
        "d" => u32::from(ends_in("td")),
        "s" => u32::from(matches!(
            stem.as_bytes(),
            [.., b's' | b'x' | b'z'] | [.., b's' | b'c', b'h'] | [.., b's' | b'x' | b'z' | b'c' | b'g', b'e']
        )),
        "m" => 0,
        // O'Brien, y'all, d'Angelo.
        name => of_part(name),
    };
    let leans = stem.len() == 1 && !ends_in("aeiou");
    if leans { more } else { of_part(stem) + more }
}

/// The Latin letters of a word in lower case without their marks; é, which is never silent, as another vowel.
fn plain(word: &str) -> Vec<u8> {
    let letter = |letter: char| match letter {
        'a'..='z' => Some(letter as u8),
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'æ' | 'é' => Some(b'a'),
        'è' | 'ê' | 'ë' => Some(b'e'),
        'ì' | 'í' | 'î' | 'ï' => Some(b'i'),
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => Some(b'o'),
        'ù' | 'ú' | 'û' | 'ü' => Some(b'u'),
        'ç' => Some(b'c'),
        'ñ' => Some(b'n'),
        _ => None,
    };
    word.chars().filter_map(letter).collect()
}

fn of_letters(word: &[u8]) -> u32 {
    if let Ok(at) = EXCEPTIONS.binary_search_by(|(known, _)| known.as_bytes().cmp(word)) {
        return EXCEPTIONS[at].1;
    }
    let is_group = |at: usize| is_vowel(word, at) && (at == 0 || !is_vowel(word, at - 1));
    let groups = (0..word.len()).filter(|&at| is_group(at)).count() as i32;
    if groups == 0 {
        return word.iter().map(|&letter| if letter == LONG_LETTER { 3 } else { 1 }).sum();
    }
    let begin = |at: usize| word[at].checked_sub(b'a').and_then(|letter| BY_LETTER.get(usize::from(letter))).into_iter().flatten();
    let fitting = (0..word.len())
        .flat_map(|at| begin(at).filter(move |spelling| (at == 0 || !spelling.is_at_start) && fits(spelling.letters, word, at)));
    let corrections: i32 = fitting.map(|spelling| spelling.by).sum();
    (groups - i32::from(ends_silently(word)) + corrections).max(1) as u32
}

/// Whether the letter at `at` is spoken as a vowel: u not after q, nor between g and a, e, i; y not before a vowel at the start
/// of a word or after a vowel.
fn is_vowel(word: &[u8], at: usize) -> bool {
    let after = word.get(at + 1);
    match word[at] {
        b'a' | b'e' | b'i' | b'o' => true,
        b'u' => match at.checked_sub(1).map(|before| word[before]) {
            Some(b'q') => false,
            Some(b'g') => !matches!(after, Some(b'a' | b'e' | b'i')),
            _ => true,
        },
        b'y' => !(matches!(after, Some(b'a' | b'e' | b'i' | b'o' | b'u')) && (at == 0 || is_vowel(word, at - 1))),
        _ => false,
    }
}

/// Whether the last vowel is an e that nobody speaks: in -e, -es and -ed, unless the ending needs it (`tables`, `houses`, `wanted`).
fn ends_silently(word: &[u8]) -> bool {
    let (stem, hisses, stops) = match word {
        [stem @ .., b'e'] => (stem, false, false),
        [stem @ .., b'e', b's'] => (stem, matches!(stem, [.., b's' | b'x' | b'z' | b'c' | b'g'] | [.., b's' | b'c', b'h']), false),
        [stem @ .., b'e', b'd'] => (stem, false, matches!(stem, [.., b't' | b'd'])),
        _ => return false,
    };
    let is_past = word.ends_with(b"d");
    let is_heard = match stem {
        // `table`, `handled`, but `belle`, `called`.
        [.., before, b'l'] => *before != b'l' && !is_vowel(word, stem.len() - 2),
        // `hundred`, but `referred`.
        [.., before, b'r'] if is_past => *before != b'r' && !is_vowel(word, stem.len() - 2),
        // `centre`, `acre`.
        [.., b't' | b'c' | b'b' | b'g' | b'v', b'r'] => true,
        _ => hisses || stops,
    };
    !stem.is_empty() && !is_vowel(word, stem.len() - 1) && !is_heard
}

/// A spelling of [`CORRECTIONS`] without its `^`.
struct Spelling {
    letters: &'static [u8],
    is_at_start: bool,
    by: i32,
}

/// The spellings that can begin with each letter, so that a word is not held against all of them.
static BY_LETTER: LazyLock<[Vec<Spelling>; 26]> = LazyLock::new(|| {
    std::array::from_fn(|letter| {
        let letter = [b'a' + letter as u8];
        let spellings = CORRECTIONS.iter().map(|&(spelling, by)| {
            let letters = spelling.trim_start_matches('^');
            Spelling { letters: letters.as_bytes(), is_at_start: letters.len() < spelling.len(), by }
        });
        spellings.filter(|spelling| begins(spelling.letters, &letter)).collect()
    })
});

/// Whether `spelling` can begin with the one `letter`.
fn begins(spelling: &[u8], letter: &[u8]) -> bool {
    match spelling {
        [b'[', letters @ ..] => letters.iter().take_while(|&&byte| byte != b']').any(|byte| letter.contains(byte)),
        [b'C', ..] => !is_vowel(letter, 0) || letter == b"y" || letter == b"u",
        [first, ..] => letter.contains(first),
        [] => false,
    }
}

/// Whether `spelling` fits in `word` from `at` on.
fn fits(mut spelling: &[u8], word: &[u8], mut at: usize) -> bool {
    loop {
        let letter = word.get(at);
        let (is_right, rest) = match spelling {
            [] => return true,
            [b'$'] => return letter.is_none(),
            [b'[', rest @ ..] => {
                let mut halves = rest.splitn(2, |&byte| byte == b']');
                let letters = halves.next().unwrap_or_default();
                (letter.is_some_and(|letter| letters.contains(letter)), halves.next().unwrap_or_default())
            }
            [b'C', rest @ ..] => (letter.is_some() && !is_vowel(word, at), rest),
            [wanted, rest @ ..] => (letter == Some(wanted), rest),
        };
        if !is_right {
            return false;
        }
        (spelling, at) = (rest, at + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_the_syllables_that_dictionaries_print() {
        let words = [
            (1, "the a strength queue eyes played named don't they're fire scenes whole league guests 2,400 11th"),
            (2, "table houses wanted didn't it'll people quiet being lion trying handled centre careful business U.S. TV café O'Hare I.D."),
            (3, "media various committee racism radio everyone W USA agreement science's could've-been Wahlström-Bay"),
            (4, "January experience evaluate realistic"),
            (5, "representative organizations capitalism Soviet-era"),
        ];
        for (expected, listed) in words {
            for word in listed.split(' ') {
                assert_eq!(syllables(word), expected, "{word}");
                assert_eq!(syllables(&word.to_uppercase()), expected, "{word} in capitals");
            }
        }
        assert_eq!((syllables(""), syllables("'"), syllables("東京"), syllables("Москва")), (1, 1, 1, 1));
    }

    #[test]
    fn the_index_by_letters_leaves_no_spelling_out() {
        let words = "creation beyond rely mcconnell society annoying moreover quietly baseball statement journey anyone hundred unicorns";
        for word in words.split(' ').map(str::as_bytes) {
            for (spelling, _) in CORRECTIONS {
                let letters = spelling.trim_start_matches('^').as_bytes();
                let held = (0..word.len()).filter(|&at| fits(letters, word, at));
                assert!(held.into_iter().all(|at| begins(letters, &word[at..=at])), "{spelling}");
            }
        }
    }

    #[test]
    fn tables_are_sorted_and_written_in_the_letters_that_spellings_have() {
        assert!(EXCEPTIONS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (spelling, by) in CORRECTIONS {
            let inner = spelling.trim_start_matches('^').trim_end_matches('$');
            assert!(*by != 0 && inner.len() > 1, "{spelling}");
            assert!(inner.bytes().all(|byte| byte.is_ascii_lowercase() || b"C[]".contains(&byte)), "{spelling}");
            assert_eq!(spelling.matches('[').count(), spelling.matches(']').count(), "{spelling}");
        }
    }
}
