//! Places: exact lookup of folded spellings, never fuzzy (Niger is not Nigeria, Iran is not Iraq).

use super::decision::Decision;
use super::tables::{Places, Row};
use super::text;

/// What part of the place is meant: the city of Luhansk and the region of Luhansk are two places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Part {
    Itself,
    Region,
    District,
    State,
    Water,
}

/// A place found in the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Place {
    pub row: Row,
    pub part: Part,
}

const AREA_WORDS: &[(&str, Part)] = &[
    ("oblast", Part::Region),
    ("region", Part::Region),
    ("province", Part::Region),
    ("governorate", Part::Region),
    ("voivodeship", Part::Region),
    ("prefecture", Part::Region),
    ("raion", Part::District),
    ("rayon", Part::District),
    ("district", Part::District),
    ("county", Part::District),
    ("state", Part::State),
    ("river", Part::Water),
    ("lake", Part::Water),
];

/// Words that may stand or not without changing the place.
const LEADING: &[&str] = &["the", "city of", "town of", "village of", "port of"];
const ARTICLES: &[&str] = &["al", "el", "ar", "as", "ash", "ad", "an", "at", "az"];

const ARABIC_STARTS: &[&[&str]] = &[
    &["tal", "tel", "tell", "tall"],
    &["deir", "dayr", "dair", "der"],
    &["ain", "ayn", "ein"],
    &["beit", "bayt", "bait", "beyt"],
    &["jabal", "jebel", "djebel", "gebel"],
    &["kafr", "kfar", "kafar"],
    &["wadi", "oued"],
    &["umm", "um", "oum"],
    &["sheikh", "shaykh", "cheikh", "sheik"],
];

/// The place that a name means, if the tables know it.
pub(super) fn lookup(name: &str) -> Option<Place> {
    let tables = Places::get();
    let itself = |row| Place { row, part: Part::Itself };
    if let Some(row) = tables.row(&text::key(name)) {
        return Some(itself(row));
    }
    let words = plain_words(name);
    if let Some(row) = tables.row(&words.concat()) {
        return Some(itself(row));
    }
    for &(area, part) in AREA_WORDS {
        let rest = match words.as_slice() {
            [rest @ .., last] if last == area => rest,
            [first, of, rest @ ..] if first == area && of == "of" => rest,
            _ => continue,
        };
        return tables.row(&rest.concat()).map(|row| Place { row, part });
    }
    // "Kyiv city", but not "Mexico City" and the like, which the tables know as themselves.
    if let [rest @ .., last] = words.as_slice()
        && last == "city"
        && !rest.is_empty()
    {
        return tables.row(&rest.concat()).filter(|row| !is_country(*row)).map(itself);
    }
    let spaced: Vec<&str> = words.iter().map(String::as_str).collect();
    if let [first, rest @ ..] = spaced.as_slice()
        && !rest.is_empty()
        && ARTICLES.contains(first)
    {
        return tables.row(&rest.concat()).map(itself);
    }
    None
}

/// Rows of countries come first in the hand-made table.
fn is_country(row: Row) -> bool {
    Places::get().row("falklandislands").is_some_and(|first_region| row < first_region)
}

/// Folded words without what may be left out, abbreviations spelled out.
fn plain_words(name: &str) -> Vec<String> {
    let mut words = text::words(name);
    for leading in LEADING {
        let parts: Vec<&str> = leading.split(' ').collect();
        if words.len() > parts.len() && words.iter().zip(&parts).all(|(word, part)| word == part) {
            words.drain(..parts.len());
            break;
        }
    }
    for word in &mut words {
        let long = match word.as_str() {
            "st" => "saint",
            "mt" => "mount",
            "ft" => "fort",
            "obl" => "oblast",
            "gubernia" => "governorate",
            "krai" | "kray" => "krai",
            _ => continue,
        };
        *word = long.to_owned();
    }
    words
}

/// The key under which unknown places meet; for blocking, see [`compare`].
pub(super) fn unknown_key(name: &str) -> String {
    let mut words = plain_words(name);
    for word in &mut words {
        if let Some(&(_, part)) = AREA_WORDS.iter().find(|(area, _)| area == word) {
            *word = match part {
                Part::Region => "region",
                Part::District => "district",
                _ => continue,
            }
            .to_owned();
        }
    }
    if words.len() > 1 && words.first().is_some_and(|first| ARTICLES.contains(&first.as_str())) {
        words.remove(0);
    }
    // Arabic words that begin many place names and are written in many ways.
    if words.len() > 1
        && let Some(first) = words.first_mut()
        && let Some(forms) = ARABIC_STARTS.iter().find(|forms| forms.contains(&first.as_str()))
        && let Some(usual) = forms.first()
    {
        *first = (*usual).to_owned();
    }
    words.concat()
}

/// Compares two names as places.
pub(super) fn compare(a: &str, b: &str) -> Decision {
    if text::key(a) == text::key(b) {
        return Decision::same("the two are written alike but for case, accents and punctuation");
    }
    let (left, right) = (lookup(a), lookup(b));
    if let (Some(left), Some(right)) = (left, right) {
        let usual = Places::get().name(left.row).map_or(String::new(), |name| format!(" ({name})"));
        return match (left.row == right.row, left.part == right.part) {
            (true, true) => Decision::same(format!("the place tables list both as one place{usual}")),
            (true, false) => Decision::different(format!(
                "both name {}, but one the place and the other the area around it",
                Places::get().name(left.row).unwrap_or("one place")
            )),
            _ => Decision::different("the place tables list them as two places"),
        };
    }
    if unknown_key(a) == unknown_key(b) {
        return Decision::same("the names are equal without article and generic word");
    }
    match (slavic_skeleton(a), slavic_skeleton(b)) {
        (Some(left), Some(right)) if left == right => {
            Decision::same("one is the Russian and the other the Ukrainian form of one place name (-ovka/-ivka, g/h, -oye/-e)")
        }
        _ => Decision::different("the place tables don't list them as one place, and places are never matched by likeness"),
    }
}

const SLAVIC_ENDINGS: &[&str] = &[
    "vka", "ske", "skoye", "skoe", "skoje", "noye", "noe", "ne", "ove", "ovo", "eve", "evo", "iv", "ov", "ev", "sk", "sky", "skyi", "skiy",
    "skii", "hrad", "grad", "horod", "gorod", "pil", "pol", "nka", "ets", "tsi", "tsy", "ky", "ki", "ny", "ty",
];

/// A skeleton that Russian and Ukrainian forms of one name share by regular sound laws; `None` for names that don't
/// look Slavic or are too short to be safe.
pub(super) fn slavic_skeleton(name: &str) -> Option<String> {
    let words = plain_words(name);
    let last = words.last()?;
    if last.len() < 6 || !SLAVIC_ENDINGS.iter().any(|ending| last.ends_with(ending)) {
        return None;
    }
    Some(words.iter().map(|word| slavic_word(word)).collect::<Vec<_>>().join(" "))
}

fn slavic_word(word: &str) -> String {
    let mut stem = word.to_owned();
    for (ending, common) in [
        ("skoye", "ske"),
        ("skoe", "ske"),
        ("skoje", "ske"),
        ("noye", "ne"),
        ("noe", "ne"),
        ("noje", "ne"),
        ("ovka", "ivka"),
        ("yevka", "ivka"),
        ("evka", "ivka"),
        ("iivka", "ivka"),
        ("yivka", "ivka"),
        ("ovo", "ove"),
        ("evo", "eve"),
        ("yevo", "eve"),
        ("iyevo", "eve"),
        ("yevsk", "ivsk"),
        ("evsk", "ivsk"),
        ("ovsk", "ivsk"),
        ("ov", "iv"),
        ("yev", "iv"),
        ("ev", "iv"),
        ("yiv", "iv"),
        ("aiv", "iv"),
        ("gorod", "horod"),
        ("grad", "hrad"),
        ("pol", "pil"),
        ("skyi", "sk"),
        ("skiy", "sk"),
        ("skii", "sk"),
        ("skij", "sk"),
        ("sky", "sk"),
        ("ski", "sk"),
        ("tsy", "tsi"),
    ] {
        if let Some(head) = stem.strip_suffix(ending) {
            stem = format!("{head}{common}");
            break;
        }
    }
    for (from, to) in [
        ("kh", "h"),
        ("g", "h"),
        ("shch", "s"),
        ("ya", "a"),
        ("ia", "a"),
        ("yu", "u"),
        ("iu", "u"),
        ("iy", "i"),
        ("yi", "i"),
        ("ye", "e"),
        ("ie", "e"),
        ("je", "e"),
        ("yo", "o"),
        ("io", "o"),
        ("y", "i"),
        ("j", "i"),
        ("ii", "i"),
        ("w", "v"),
    ] {
        stem = stem.replace(from, to);
    }
    let mut plain = String::with_capacity(stem.len());
    for character in stem.chars() {
        if !plain.ends_with(character) {
            plain.push(character);
        }
    }
    plain
}
