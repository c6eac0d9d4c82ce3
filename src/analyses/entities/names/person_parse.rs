//! Reading a person's name: titles and suffixes cut, particles joined, given names, patronymic and surname told apart.

use super::east_asian::{self, FamilyFirst};
use super::person_words::{ARTICLES, GIVEN_TITLES, OFFICES, PARTICLES, TITLES};
use super::sound::Habit;
use super::{given, text};

/// A word of a name in its two foldings.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Word {
    pub plain: String,
    /// With ö as oe; equal to `plain` for most words.
    pub digraphs: String,
}

impl Word {
    pub(super) fn is_initial(&self) -> bool {
        self.plain.chars().count() == 1
    }

    /// Equal but for diacritics and German digraphs.
    pub(super) fn equals(&self, other: &Self) -> bool {
        self.plain == other.plain || self.digraphs == other.plain || self.plain == other.digraphs
    }
}

/// What stands after the surname.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Suffix {
    Junior,
    Senior,
    Numeral(u8),
}

/// A person's name in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PersonName {
    /// Given and middle names in order, without patronymic. Empty when a surname stands alone.
    pub given: Vec<Word>,
    /// The surname, its particles cut.
    pub surname: Word,
    /// The words of the surname with its particles, joined; decides between Le Pen and Pen only for display and keys.
    pub particles: bool,
    pub patronymic: Option<String>,
    pub suffix: Option<Suffix>,
    /// King, pope, sheikh: what follows is a given name.
    pub given_title: bool,
    /// The name has bin, al-, abu, abd.
    pub arabic: bool,
    /// "Firstname bin Fathername": the father's name is no surname.
    pub nasab: bool,
    pub family_first: Option<FamilyFirst>,
    /// All the words without titles, joined.
    pub key: String,
}

impl PersonName {
    /// Whether the name is one word: a surname (or a given name) alone.
    pub(super) fn is_single(&self) -> bool {
        self.given.is_empty()
    }

    /// The habits of romanisation that the name shows.
    pub(super) fn habits(&self) -> Vec<Habit> {
        let mut found: Vec<Habit> = self.given.iter().filter_map(|word| given::habit(&word.plain)).collect();
        if looks_slavic(&self.surname.plain) || self.patronymic.is_some() {
            found.push(Habit::Slavic);
        }
        // Arabic surnames are given names of forefathers: Hussein, Husayn.
        if self.arabic || given::habit(&self.surname.plain) == Some(Habit::Semitic) {
            found.push(Habit::Semitic);
        }
        found.dedup();
        found
    }
}

pub(super) fn looks_slavic(surname: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "ov", "ova", "ev", "eva", "off", "eff", "sky", "skyi", "skiy", "skij", "skii", "ski", "ska", "skaya", "skaia", "enko", "enka",
        "chuk", "czuk", "tschuk", "yuk", "iuk", "vych", "vich", "vic", "wicz", "witsch", "ovich", "shvili", "schwili", "dze", "nyi", "niy",
        "ny", "iyev", "yev", "ayev", "ivna", "ouski", "yan", "ian", "kin", "tsin", "lin", "hin", "tin", "nin", "kyi", "chko", "iak", "yak",
        "ak", "uk", "ko", "aev", "nyj", "sev", "jev", "au", "ou",
    ];
    surname.len() >= 5
        && ENDINGS.iter().any(|ending| surname.ends_with(ending))
        && !matches!(surname, "martin" | "austin" | "franklin" | "brian" | "kevin" | "colin" | "bryan" | "vivian" | "julian" | "baldwin")
}

fn is_patronymic(word: &str) -> bool {
    word.len() >= 7
        && ["ovich", "evich", "ovych", "evych", "ovna", "evna", "ivna", "yovych", "iyovych", "avich", "ovitch", "evitch", "inichna"]
            .iter()
            .any(|ending| word.ends_with(ending))
        || matches!(word, "ilyich" | "ilich" | "illich" | "kuzmich" | "lukich" | "fomich" | "nikitich")
}

/// Cuts the titles and what stands before them; the name itself always stays.
pub(super) fn without_titles(name: &str) -> (&str, bool) {
    let bare = |word: &str| text::fold(word).trim_matches(|character: char| !character.is_alphanumeric()).to_owned();
    let mut rest = name;
    let mut given_title = false;
    // An office further on ends a run of other titles: everything before it goes.
    let words: Vec<&str> = name.split(' ').collect();
    if words.len() >= 4 {
        let last_office = (1..words.len() - 2).rev().find(|&at| words.get(at).is_some_and(|word| OFFICES.contains(&bare(word).as_str())));
        if let Some(at) = last_office {
            let length: usize = words.iter().take(at + 1).map(|word| word.len() + 1).sum();
            rest = name.get(length..).unwrap_or(name);
        }
    }
    while let Some((first, tail)) = rest.split_once(' ') {
        let word = bare(first);
        if GIVEN_TITLES.contains(&word.as_str()) {
            given_title = true;
        } else if !TITLES.contains(&word.as_str()) || first.ends_with(',') || is_suffix(&bare(tail)).is_some() {
            break;
        }
        if tail.trim().is_empty() {
            break;
        }
        rest = tail;
    }
    (rest, given_title)
}

fn is_suffix(word: &str) -> Option<Suffix> {
    Some(match word {
        "jr" | "junior" | "jnr" => Suffix::Junior,
        "sr" | "senior" | "snr" => Suffix::Senior,
        "i" => Suffix::Numeral(1),
        "ii" => Suffix::Numeral(2),
        "iii" => Suffix::Numeral(3),
        "iv" => Suffix::Numeral(4),
        "vi" => Suffix::Numeral(6),
        "vii" => Suffix::Numeral(7),
        "viii" => Suffix::Numeral(8),
        "ix" => Suffix::Numeral(9),
        "xi" => Suffix::Numeral(11),
        "xii" => Suffix::Numeral(12),
        "xiii" => Suffix::Numeral(13),
        "xiv" => Suffix::Numeral(14),
        "xv" => Suffix::Numeral(15),
        "xvi" => Suffix::Numeral(16),
        "xvii" => Suffix::Numeral(17),
        "xxiii" => Suffix::Numeral(23),
        _ => return None,
    })
}

/// One word or hyphenated word of the name, with what its punctuation said.
struct Piece {
    parts: Vec<Word>,
}

fn piece(raw: &str) -> Piece {
    let letters = |text: &str| text.chars().filter(|character| character.is_alphanumeric()).collect::<String>();
    let parts = raw
        .split('-')
        .map(|part| Word { plain: letters(&text::fold(part)), digraphs: letters(&text::fold_with_digraphs(part)) })
        .filter(|word| !word.plain.is_empty())
        .collect();
    Piece { parts }
}

/// Reads a cleaned name; `None` when nothing is left of it.
pub(super) fn parse(name: &str) -> Option<PersonName> {
    let unquoted = without_nickname(name);
    let (bare, given_title) = without_titles(&unquoted);
    // "King, Martin Luther": the surname first. "King, Jr." is no such thing.
    let reordered = match bare.split_once(", ") {
        Some((last, first)) if !last.contains(' ') && is_suffix(&text::key(first)).is_none() => format!("{first} {last}"),
        _ => bare.replace(',', " "),
    };
    let spaced = space_initials(&reordered);
    let mut pieces: Vec<Piece> = spaced.split_whitespace().map(piece).filter(|piece| !piece.parts.is_empty()).collect();
    let mut suffix = None;
    while pieces.len() > 1 {
        let found = pieces.last().and_then(|last| match last.parts.as_slice() {
            [word] if word.plain != "i" || given_title || pieces.len() == 2 => is_suffix(&word.plain),
            _ => None,
        });
        // "Xi" and "Li" style surnames are no numerals when they stand last in full names of two words.
        if found.is_none() || (pieces.len() == 2 && matches!(found, Some(Suffix::Numeral(6 | 11))) && !given_title) {
            break;
        }
        suffix = found;
        pieces.pop();
    }
    let key: String = pieces.iter().flat_map(|piece| &piece.parts).map(|word| word.plain.as_str()).collect();
    let family_first = if suffix.is_none() && !given_title {
        let parts: Vec<Vec<String>> = pieces.iter().map(|piece| piece.parts.iter().map(|word| word.plain.clone()).collect()).collect();
        east_asian::parse(&parts)
    } else {
        None
    };
    let (mut words, arabic, nasab) = join_arabic(pieces);
    let mut patronymic = None;
    if words.len() >= 3
        && let Some(at) = (1..words.len() - 1).find(|&at| words.get(at).is_some_and(|word| is_patronymic(&word.plain)))
    {
        patronymic = Some(words.remove(at).plain);
    }
    let mut particles = false;
    let start = words.iter().skip(1).position(|word| PARTICLES.contains(&word.plain.as_str())).map(|at| at + 1);
    let surname = match start {
        Some(at) if at + 1 < words.len() => {
            particles = true;
            let tail = words.split_off(at);
            // "Von der Leyen" alone.
            if words.iter().all(|word| PARTICLES.contains(&word.plain.as_str())) {
                words.clear();
            }
            join(tail.into_iter().filter(|word| !PARTICLES.contains(&word.plain.as_str())).collect())?
        }
        _ => {
            let last = words.pop()?;
            // "Le Pen", "De Gaulle" alone.
            if !words.is_empty() && words.iter().all(|word| PARTICLES.contains(&word.plain.as_str())) {
                particles = true;
                words.clear();
            }
            last
        }
    };
    Some(PersonName { given: words, surname, particles, patronymic, suffix, given_title, arabic, nasab, family_first, key })
}

fn join(words: Vec<Word>) -> Option<Word> {
    let joined = Word {
        plain: words.iter().map(|word| word.plain.as_str()).collect(),
        digraphs: words.iter().map(|word| word.digraphs.as_str()).collect(),
    };
    (!joined.plain.is_empty()).then_some(joined)
}

/// `Joaquín "El Chapo" Guzmán` without the quoted part.
fn without_nickname(name: &str) -> String {
    let mut kept = String::with_capacity(name.len());
    for (at, part) in name.split('"').enumerate() {
        if at % 2 == 0 {
            kept.push_str(part);
        }
    }
    let kept = match (kept.find('('), kept.find(')')) {
        (Some(open), Some(close)) if open < close => {
            format!("{} {}", kept.get(..open).unwrap_or_default(), kept.get(close + 1..).unwrap_or_default())
        }
        _ => kept,
    };
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "J.R.R. Tolkien" to "J. R. R. Tolkien"; "ElBaradei" to "El-Baradei".
fn space_initials(name: &str) -> String {
    let mut spaced = String::with_capacity(name.len() + 4);
    let characters: Vec<char> = name.chars().collect();
    for (at, &character) in characters.iter().enumerate() {
        spaced.push(character);
        let next = characters.get(at + 1).copied();
        if character == '.' && next.is_some_and(char::is_alphabetic) {
            spaced.push(' ');
        }
        let starts_word = at == 1 || (at >= 2 && characters.get(at - 2).is_some_and(|before| matches!(before, ' ' | '-')));
        let article = at >= 1 && matches!((characters.get(at - 1), character), (Some('E' | 'A'), 'l'));
        if starts_word && article && next.is_some_and(char::is_uppercase) {
            spaced.push('-');
        }
    }
    spaced
}

/// Cuts Arabic articles and "bin", joins "Abu Bakr" and "Abdel Fattah"; says whether there were any.
fn join_arabic(pieces: Vec<Piece>) -> (Vec<Word>, bool, bool) {
    let (mut arabic, mut nasab) = (false, false);
    let count = pieces.len();
    let mut words: Vec<Word> = Vec::with_capacity(count);
    let mut prefix: Option<&'static str> = None;
    for (at, piece) in pieces.into_iter().enumerate() {
        let mut parts = piece.parts;
        if parts.len() > 1 {
            let before = parts.len();
            let mut position = 0;
            parts.retain(|word| {
                position += 1;
                !(ARTICLES.contains(&word.plain.as_str()) && (position < before))
            });
            arabic |= parts.len() < before;
        } else if let [word] = parts.as_slice() {
            let last = at + 1 == count;
            match word.plain.as_str() {
                "al" | "el" if !last && at > 0 => {
                    arabic = true;
                    continue;
                }
                "bin" | "ibn" | "bint" if !last && at > 0 => {
                    (arabic, nasab) = (true, true);
                    continue;
                }
                "abu" | "abou" if !last => {
                    (arabic, prefix) = (true, Some("abu"));
                    continue;
                }
                "abd" | "abdel" | "abdul" | "abdal" | "abdol" if !last => {
                    (arabic, prefix) = (true, Some("abd"));
                    continue;
                }
                _ => {}
            }
        }
        let servant = parts.first().is_some_and(|first| matches!(first.plain.as_str(), "abdel" | "abdul" | "abd" | "abdal"));
        if servant && parts.len() > 1 {
            (arabic, prefix) = (true, Some("abd"));
            parts.remove(0);
        }
        let Some(mut word) = join(parts) else { continue };
        if let Some(servant) = prefix.take() {
            let servant = if servant == "abd" { "abdul" } else { servant };
            word = Word { plain: format!("{servant}{}", word.plain), digraphs: format!("{servant}{}", word.digraphs) };
        } else if let Some(rest) = ["abdel", "abdal", "abdol"].iter().find_map(|start| word.plain.strip_prefix(start))
            && rest.len() >= 3
        {
            arabic = true;
            let plain = format!("abdul{rest}");
            word = Word { digraphs: plain.clone(), plain };
        }
        words.push(word);
    }
    (words, arabic, nasab)
}
