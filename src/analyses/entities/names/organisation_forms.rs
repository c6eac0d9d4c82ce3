//! The forms of an organisation's name: legal form cut, British spelling, generic words, initials.

use super::text;

const LEGAL_ENDINGS: &[&str] = &[
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "ltd",
    "limited",
    "plc",
    "ag",
    "gmbh",
    "sa",
    "spa",
    "nv",
    "bv",
    "ao",
    "oao",
    "pao",
    "zao",
    "ooo",
    "jsc",
    "pjsc",
    "ojsc",
    "llc",
    "llp",
    "lp",
    "ab",
    "asa",
    "oyj",
    "kk",
    "sarl",
    "se",
    "pty",
    "pvt",
    "kgaa",
    "sas",
    "tbk",
    "bhd",
    "holding",
    "holdings",
];
const LEGAL_STARTS: &[&str] = &["oao", "pao", "zao", "ooo", "ao", "jsc", "pjsc", "ojsc", "pt"];

/// What a newspaper adds to say what sort of thing it is, without changing which one.
const GENERIC_ENDINGS: &[&[&str]] = &[
    &["news", "agency"],
    &["news", "service"],
    &["militant", "group"],
    &["terrorist", "group"],
    &["terror", "group"],
    &["rebel", "group"],
    &["private", "military", "company"],
    &["football", "club"],
    &["political", "party"],
    &["newspaper"],
    &["group"],
    &["movement"],
    &["militia"],
    &["militants"],
    &["rebels"],
    &["fighters"],
    &["network"],
    &["pmc"],
    &["fc"],
    &["afc"],
    &["cf"],
    &["party"],
    &["organisation"],
];
const GENERIC_STARTS: &[&[&str]] = &[&["pmc"], &["fc"], &["newspaper"], &["militant", "group"], &["chvk"]];

/// Words that name a sort of organisation or a leaning, not one organisation: "Democratic Party" is not "Democratic".
const COMMON: &[&str] = &[
    "democratic",
    "republican",
    "liberal",
    "conservative",
    "socialist",
    "communist",
    "green",
    "national",
    "people",
    "peoples",
    "workers",
    "contact",
    "working",
    "united",
    "social",
    "islamic",
    "christian",
    "reform",
    "independence",
    "freedom",
    "justice",
    "state",
    "central",
    "world",
    "international",
    "general",
    "new",
    "first",
    "civil",
    "political",
    "opposition",
    "ruling",
    "media",
    "research",
    "federal",
    "public",
    "labor",
    "world bank",
    "resistance",
    "student",
    "protest",
    "peace",
    "rebel",
    "armed",
    "military",
];

/// Words skipped between the words that give an acronym its letters.
pub(super) const SMALL: &[&str] = &[
    "of", "the", "and", "for", "in", "on", "to", "a", "an", "de", "des", "du", "la", "le", "les", "del", "der", "die", "das", "fur", "und",
    "et", "y", "e", "al", "el", "with", "against", "at", "by",
];

/// Demonyms of the countries whose ministries and armies are in the news every day.
const DEMONYMS: &[(&str, &str)] = &[
    ("russian", "russia"),
    ("ukrainian", "ukraine"),
    ("american", "us"),
    ("british", "uk"),
    ("german", "germany"),
    ("french", "france"),
    ("italian", "italy"),
    ("spanish", "spain"),
    ("polish", "poland"),
    ("turkish", "turkey"),
    ("iranian", "iran"),
    ("iraqi", "iraq"),
    ("israeli", "israel"),
    ("syrian", "syria"),
    ("lebanese", "lebanon"),
    ("egyptian", "egypt"),
    ("saudi", "saudiarabia"),
    ("chinese", "china"),
    ("japanese", "japan"),
    ("indian", "india"),
    ("pakistani", "pakistan"),
    ("afghan", "afghanistan"),
    ("belarusian", "belarus"),
    ("georgian", "georgia"),
    ("armenian", "armenia"),
    ("azerbaijani", "azerbaijan"),
    ("kazakh", "kazakhstan"),
    ("moldovan", "moldova"),
    ("romanian", "romania"),
    ("hungarian", "hungary"),
    ("czech", "czechia"),
    ("slovak", "slovakia"),
    ("serbian", "serbia"),
    ("croatian", "croatia"),
    ("bulgarian", "bulgaria"),
    ("greek", "greece"),
    ("dutch", "netherlands"),
    ("belgian", "belgium"),
    ("swedish", "sweden"),
    ("norwegian", "norway"),
    ("danish", "denmark"),
    ("finnish", "finland"),
    ("estonian", "estonia"),
    ("latvian", "latvia"),
    ("lithuanian", "lithuania"),
    ("canadian", "canada"),
    ("australian", "australia"),
    ("mexican", "mexico"),
    ("brazilian", "brazil"),
    ("argentine", "argentina"),
    ("venezuelan", "venezuela"),
    ("colombian", "colombia"),
    ("cuban", "cuba"),
    ("nigerian", "nigeria"),
    ("kenyan", "kenya"),
    ("ethiopian", "ethiopia"),
    ("sudanese", "sudan"),
    ("libyan", "libya"),
    ("tunisian", "tunisia"),
    ("algerian", "algeria"),
    ("moroccan", "morocco"),
    ("jordanian", "jordan"),
    ("yemeni", "yemen"),
    ("qatari", "qatar"),
    ("palestinian", "palestine"),
    ("irish", "ireland"),
    ("swiss", "switzerland"),
    ("austrian", "austria"),
    ("portuguese", "portugal"),
    ("vietnamese", "vietnam"),
    ("thai", "thailand"),
    ("philippine", "philippines"),
    ("indonesian", "indonesia"),
    ("malaysian", "malaysia"),
    ("taiwanese", "taiwan"),
    ("burmese", "myanmar"),
    ("catholic", "catholic"),
];

/// Universities where "A University" and "University of A" are two.
const TWO_UNIVERSITIES: &[&str] = &[
    "washington",
    "miami",
    "boston",
    "york",
    "newyork",
    "columbia",
    "ohio",
    "michigan",
    "indiana",
    "illinois",
    "california",
    "texas",
    "florida",
    "georgia",
    "oregon",
    "arizona",
    "colorado",
    "utah",
    "iowa",
    "kansas",
    "missouri",
    "mississippi",
    "oklahoma",
    "tennessee",
    "kentucky",
    "alabama",
    "arkansas",
    "nebraska",
    "minnesota",
    "wisconsin",
    "maryland",
    "delaware",
    "virginia",
    "houston",
    "denver",
    "dallas",
    "rochester",
    "pennsylvania",
    "nationaltaiwan",
    "limerick",
    "sanfrancisco",
    "sandiego",
    "chicago",
    "northwestern",
];

/// Folded words with British spelling, without articles, spaced as one word each; possessives cut inside the name.
pub(super) fn plain_words(name: &str) -> Vec<String> {
    let simple = name.replace("'s ", " ").replace("s' ", "s ");
    let mut words = text::words(&simple);
    if words.len() > 1 && words.first().is_some_and(|first| first == "the") {
        words.remove(0);
    }
    // A word alone has its spelling from its country: Labour is a British party, Labor is not.
    let several = words.len() > 1;
    for word in words.iter_mut().filter(|_| several) {
        let british = match word.as_str() {
            "organization" | "organizations" => word.replace('z', "s"),
            "defense" => "defence".to_owned(),
            "labor" => "labour".to_owned(),
            "center" => "centre".to_owned(),
            "muhammad" | "mohammad" | "muhammed" | "mohamed" => "mohammed".to_owned(),
            "program" => "programme".to_owned(),
            "theater" => "theatre".to_owned(),
            "mobilization" => "mobilisation".to_owned(),
            "stabilization" => "stabilisation".to_owned(),
            "defence's" => "defence".to_owned(),
            _ => continue,
        };
        *word = british;
    }
    words
}

/// What is no name by itself: "Group Inc", "Sons Co" and "Co Ltd" are torn off longer names, each of them its own.
const NO_NAMES: &[&str] =
    &["and", "brothers", "group", "holding", "holdings", "industries", "international", "services", "sons", "uk", "us"];

/// The words without legal form; all of them where what would stay is no name.
pub(super) fn without_legal_form(words: Vec<String>) -> Vec<String> {
    let rest = without_legal_words(words.clone());
    match rest.as_slice() {
        [word] if NO_NAMES.contains(&word.as_str()) || LEGAL_ENDINGS.contains(&word.as_str()) => words,
        _ => rest,
    }
}

fn without_legal_words(mut words: Vec<String>) -> Vec<String> {
    while words.len() > 1 && words.last().is_some_and(|last| LEGAL_ENDINGS.contains(&last.as_str())) {
        words.pop();
    }
    if words.len() > 1 && words.first().is_some_and(|first| LEGAL_STARTS.contains(&first.as_str())) {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|last| last == "and") {
        words.pop();
    }
    words
}

/// The words without generic ones, if what stays is a name by itself.
pub(super) fn without_generic_words(words: &[String]) -> Option<Vec<String>> {
    let matches = |part: &[String], generic: &[&str]| part.iter().map(String::as_str).eq(generic.iter().copied());
    let mut rest = words;
    loop {
        let before = rest.len();
        for generic in GENERIC_ENDINGS {
            if rest.len() > generic.len() && matches(&rest[rest.len() - generic.len()..], generic) {
                rest = &rest[..rest.len() - generic.len()];
            }
        }
        for generic in GENERIC_STARTS {
            if rest.len() > generic.len() && matches(&rest[..generic.len()], generic) {
                rest = &rest[generic.len()..];
            }
        }
        if rest.len() == before {
            break;
        }
    }
    let named = rest.iter().any(|word| !COMMON.contains(&word.as_str()) && !SMALL.contains(&word.as_str()) && word.len() > 3);
    let demonym_alone = rest.len() == 1 && rest.iter().any(|word| DEMONYMS.iter().any(|(demonym, _)| demonym == word));
    (rest.len() < words.len() && named && !demonym_alone).then(|| rest.to_vec())
}

/// A key that does not depend on order for names that are written both ways: "Oxford University", "University of
/// Oxford"; "Ministry of Defence of Ukraine", "Ukrainian Defence Ministry". `None` for other names.
pub(super) fn order_free_key(words: &[String]) -> Option<String> {
    const HEADS: &[&str] = &[
        "university",
        "ministry",
        "department",
        "parliament",
        "government",
        "army",
        "embassy",
        "institute",
        "navy",
        "presidency",
        "forces",
        "staff",
    ];
    let head = words.iter().find(|word| HEADS.contains(&word.as_str()))?;
    let mut rest: Vec<&str> = words
        .iter()
        .filter(|word| *word != head && !SMALL.contains(&word.as_str()))
        .map(|word| DEMONYMS.iter().find(|(demonym, _)| demonym == word).map_or(word.as_str(), |(_, country)| *country))
        .collect();
    if head == "university" && (rest.len() != 1 || rest.iter().any(|name| TWO_UNIVERSITIES.contains(name))) {
        return None;
    }
    if head == "ministry" && rest.contains(&"foreign") {
        rest.retain(|word| *word != "affairs");
    }
    rest.sort_unstable();
    (!rest.is_empty()).then(|| format!("{head} {}", rest.join(" ")))
}

/// Whether a name is written as an acronym: capitals (and dots, digits) without spaces, two to seven letters.
pub(super) fn is_acronym(name: &str) -> bool {
    if is_party_and_state(name) {
        return false;
    }
    let letters = name.chars().filter(|character| character.is_alphanumeric()).count();
    let capitals = name.chars().filter(|character| character.is_uppercase()).count();
    let plain = name.chars().all(|character| character.is_alphanumeric() || matches!(character, '.' | '-' | '&'));
    // "AfD", "CoE": one or two small letters inside.
    let small = name.chars().filter(|character| character.is_lowercase()).count();
    plain && (2..=7).contains(&letters) && capitals >= 2 && small <= 1 && small * 2 <= capitals
}

/// A politician's party and state, as papers write it after the name: `R-N.C.`, `D-Calif.`. No acronym, though it looks like one.
pub(in super::super) fn is_party_and_state(name: &str) -> bool {
    let mut characters = name.chars();
    let party = characters.next().is_some_and(|first| matches!(first, 'R' | 'D' | 'I')) && characters.next() == Some('-');
    let state = characters.as_str();
    let letters = state.chars().filter(|letter| letter.is_alphabetic()).count();
    let dotted = state.contains('.') || letters == 2;
    party
        && dotted
        && (2..=6).contains(&letters)
        && state.chars().all(|letter| letter.is_alphabetic() || letter == '.')
        && state.starts_with(char::is_uppercase)
}

/// The initials of a long name, with and without its small words, and with hyphenated words as one.
pub(super) fn initials(name: &str) -> Vec<String> {
    let words = without_legal_form(plain_words(name));
    if words.len() < 2 {
        return Vec::new();
    }
    let first = |words: &mut dyn Iterator<Item = &String>| words.filter_map(|word| word.chars().next()).collect::<String>();
    let mut found = vec![
        first(&mut words.iter().filter(|word| !SMALL.contains(&word.as_str()))),
        first(&mut words.iter()),
        first(&mut plain_words(name).iter().filter(|word| !SMALL.contains(&word.as_str()))),
    ];
    let joined = plain_words(&name.replace('-', ""));
    found.push(first(&mut joined.iter().filter(|word| !SMALL.contains(&word.as_str()))));
    found.retain(|letters| letters.len() >= 3);
    found.sort();
    found.dedup();
    found
}
