//! Which parts of names are compared when spellings are: `Kiev` with `Kyiv`, `Aleksey` with `Oleksiy`, but not
//! `Danilov` with `Oleksiy Danilov`, which differ in completeness and not in spelling.
//!
//! A person's name has a given name (initials and nicknames in quotes don't count) and a surname with its particles. A
//! single word counts as the surname, unless it is one of the person's given names. Names with the family name first
//! (Xi Jinping, Kim Jong Un) are known by their family name. Titles and suffixes are passed over. Other names are
//! compared as a whole with names of as many words; abbreviations (US, U.S.) only with abbreviations.

use super::names::EntityKind;
use hashbrown::HashSet;

/// A part of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Part {
    /// A person's first name, or what follows an East Asian family name.
    GivenName,
    /// A person's surname with its particles.
    Surname,
    /// The whole name of anything else, with its number of words.
    Name(usize),
    /// An abbreviation in capitals.
    Abbreviation,
}

impl Part {
    /// What tables call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::GivenName => "given name",
            Self::Surname => "surname",
            Self::Name(_) => "name",
            Self::Abbreviation => "abbreviation",
        }
    }
}

const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "president",
    "vice",
    "prime",
    "minister",
    "chancellor",
    "premier",
    "sen",
    "senator",
    "rep",
    "representative",
    "congressman",
    "congresswoman",
    "gov",
    "governor",
    "mayor",
    "gen",
    "general",
    "lt",
    "lieutenant",
    "col",
    "colonel",
    "maj",
    "major",
    "capt",
    "captain",
    "sgt",
    "sergeant",
    "brig",
    "brigadier",
    "adm",
    "admiral",
    "marshal",
    "sir",
    "dame",
    "lord",
    "lady",
    "pope",
    "king",
    "queen",
    "prince",
    "princess",
    "sheikh",
    "sheik",
    "emir",
    "ayatollah",
    "imam",
    "rabbi",
    "rev",
    "reverend",
    "father",
    "sister",
    "bishop",
    "archbishop",
    "cardinal",
    "judge",
    "justice",
    "secretary",
    "ambassador",
    "director",
    "chairman",
    "speaker",
    "house",
    "senate",
    "leader",
    "candidate",
    "chief",
    "commander",
    "foreign",
    "defence",
    "defense",
    "deputy",
    "former",
    "first",
];
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv"];
const PARTICLES: &[&str] = &[
    "van", "von", "de", "der", "den", "da", "di", "du", "del", "della", "dos", "das", "la", "le", "al", "el", "bin", "ibn", "ben", "bint",
    "abu", "ter", "ten", "af", "av", "zu", "st", "mac", "san",
];
const FAMILY_NAMES: &[&str] = &[
    "kim", "park", "lee", "ri", "choi", "choe", "jang", "cho", "jung", "chung", "kang", "yoon", "moon", "roh", "han", "shin", "ban",
    "hwang", "xi", "li", "wang", "zhang", "liu", "chen", "yang", "zhao", "huang", "zhou", "wu", "xu", "sun", "hu", "zhu", "gao", "lin",
    "he", "guo", "ma", "luo", "mao", "deng", "jiang", "wen", "tsai", "lai", "qin", "peng", "nguyen", "tran", "pham", "hoang", "ho", "vo",
    "to",
];

/// How one entity's spellings are cut into parts.
pub(super) struct Cutter {
    kind: EntityKind,
    family_first: bool,
    surnames: HashSet<String>,
    given_names: HashSet<String>,
    /// Words of spellings of several words: one of them alone is a shortening, no other spelling (`States`).
    parts_of_longer: HashSet<String>,
}

impl Cutter {
    /// Learns from all spellings of an entity which of its words are given names and which surnames.
    pub fn new<'a>(kind: EntityKind, spellings: impl Iterator<Item = &'a str> + Clone) -> Self {
        let mut cutter =
            Self { kind, family_first: false, surnames: HashSet::new(), given_names: HashSet::new(), parts_of_longer: HashSet::new() };
        if kind != EntityKind::Person {
            for spelling in spellings.filter(|spelling| spelling.split_whitespace().nth(1).is_some()) {
                cutter.parts_of_longer.extend(spelling.split_whitespace().map(str::to_lowercase));
            }
            return cutter;
        }
        let names = || spellings.clone().map(words);
        let singles: HashSet<String> = names().filter(|words| words.len() == 1).map(|words| words[0].to_lowercase()).collect();
        cutter.family_first = names().any(|words| {
            let [first, .., last] = words.as_slice() else { return false };
            let family = FAMILY_NAMES.contains(&first.to_lowercase().as_str());
            let joined = words.len() == 2 && last.contains('-');
            let alone = singles.contains(&first.to_lowercase()) && !singles.contains(&last.to_lowercase());
            family && (words.len() == 3 && FAMILY_NAMES.contains(&first.to_lowercase().as_str()) || joined || alone)
        });
        for words in names().filter(|words| words.len() > 1) {
            let (given, surname) = cutter.cut(&words);
            cutter.given_names.extend(given.map(|given| given.to_lowercase()));
            cutter.surnames.insert(surname.to_lowercase());
        }
        cutter
    }

    /// The parts of a spelling.
    pub fn parts(&self, spelling: &str) -> Vec<(Part, String)> {
        if self.kind != EntityKind::Person {
            if self.parts_of_longer.contains(&spelling.to_lowercase()) {
                return Vec::new();
            }
            let (part, name) = whole(spelling);
            // `Republicans` is the plural of `Republican`, not another way to write it.
            let plural = self.kind == EntityKind::Misc && part != Part::Abbreviation && name.len() > 4 && !name.ends_with("ss");
            let name = if plural { name.strip_suffix('s').map(str::to_owned).unwrap_or(name) } else { name };
            return vec![(part, name)];
        }
        let words = words(spelling);
        match words.as_slice() {
            [] => Vec::new(),
            [word] => {
                let key = word.to_lowercase();
                let part = if self.given_names.contains(&key) && !self.surnames.contains(&key) { Part::GivenName } else { Part::Surname };
                vec![(part, (*word).to_owned())]
            }
            words => {
                let (given, surname) = self.cut(words);
                given.map(|given| (Part::GivenName, given)).into_iter().chain([(Part::Surname, surname)]).collect()
            }
        }
    }

    /// Given name, if it is written out, and surname of two words and more.
    fn cut(&self, words: &[&str]) -> (Option<String>, String) {
        if self.family_first && FAMILY_NAMES.contains(&words[0].to_lowercase().as_str()) {
            return (Some(words[1..].join(" ")), words[0].to_owned());
        }
        let mut start = words.len() - 1;
        while start > 0 && PARTICLES.contains(&words[start - 1].trim_end_matches('.').to_lowercase().as_str()) {
            start -= 1;
        }
        let given = words[..start].iter().find(|word| !word.starts_with(['"', '\''])).filter(|word| !is_initial(word));
        (given.map(|given| (*given).to_owned()), words[start..].join(" "))
    }
}

/// The words of a person's name without titles before and suffixes after it.
fn words(spelling: &str) -> Vec<&str> {
    // Marks that a span took along, as in `Mitch [Orr` and `#Orr`; a nickname in quotes keeps them and is known by them.
    let marks = |character| matches!(character, ',' | '[' | ']' | '(' | ')' | '#' | '@');
    let mut words: Vec<&str> = spelling.split_whitespace().map(|word| word.trim_matches(marks)).filter(|word| !word.is_empty()).collect();
    let bare = |word: &str| {
        let word = word.trim_end_matches('.').to_lowercase();
        word.strip_prefix("then-").or_else(|| word.strip_prefix("ex-")).map_or(word.clone(), str::to_owned)
    };
    while words.len() > 1 && SUFFIXES.contains(&bare(words[words.len() - 1]).as_str()) {
        words.pop();
    }
    let titles = words.iter().take(words.len().saturating_sub(1)).take_while(|word| TITLES.contains(&bare(word).as_str())).count();
    words.drain(..titles);
    words
}

fn is_initial(word: &str) -> bool {
    let letters = word.chars().filter(|character| character.is_alphabetic()).count();
    letters <= 1 || (letters == 2 && word.contains('.'))
}

fn whole(spelling: &str) -> (Part, String) {
    let name: String = spelling.chars().filter(|character| !matches!(character, '"' | '[' | ']' | '(' | ')' | '#' | '@')).collect();
    let name = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(&name);
    let letters = name.chars().filter(|character| character.is_alphabetic()).count();
    // `U. S.`, but not `NEW YORK`, which is a headline's way to write a name.
    let spaced = name.contains(' ') && !name.split(' ').all(|piece| piece.ends_with('.'));
    let code = !spaced
        && (2..=6).contains(&letters)
        && name.chars().all(|character| character.is_uppercase() || matches!(character, '.' | '&' | '-' | ' '));
    let cut_short = name.ends_with('.') && !name.contains(' ');
    let part = if code || cut_short { Part::Abbreviation } else { Part::Name(name.split_whitespace().count()) };
    (part, name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(kind: EntityKind, all: &[&str], one: &str) -> Vec<(Part, String)> {
        Cutter::new(kind, all.iter().copied()).parts(one)
    }

    #[test]
    fn a_surname_alone_is_no_rival_of_the_full_name() {
        let names = ["Oleksiy Horodenko", "Alexei Gorodenko", "Horodenko", "Mayor Gorodenko", "O. Horodenko", "Oleksiy"];
        let person = |one| parts(EntityKind::Person, &names, one);
        assert_eq!(person("Alexei Gorodenko"), [(Part::GivenName, "Alexei".into()), (Part::Surname, "Gorodenko".into())]);
        assert_eq!(person("Horodenko"), [(Part::Surname, "Horodenko".into())]);
        assert_eq!(person("Mayor Gorodenko"), [(Part::Surname, "Gorodenko".into())]);
        assert_eq!(person("O. Horodenko"), [(Part::Surname, "Horodenko".into())]);
        assert_eq!(person("Oleksiy"), [(Part::GivenName, "Oleksiy".into())]);
    }

    #[test]
    fn marks_and_titles_are_no_part_of_a_name() {
        for name in ["Speaker Ann Orr", "Ann [Orr", "then-President Ann Orr", "Ann \"Lucky\" Orr", "#Ann Orr"] {
            let cut = parts(EntityKind::Person, &[name], name);
            assert_eq!(cut, [(Part::GivenName, "Ann".into()), (Part::Surname, "Orr".into())], "{name}");
        }
    }

    #[test]
    fn particles_suffixes_and_family_names_first() {
        let person = |all: &[&str], one| parts(EntityKind::Person, all, one);
        let cut = person(&["Ursula von der Marck"], "Ursula von der Marck");
        assert_eq!(cut, [(Part::GivenName, "Ursula".into()), (Part::Surname, "von der Marck".into())]);
        let cut = person(&["Ann B. Orr Jr."], "Ann B. Orr Jr.");
        assert_eq!(cut, [(Part::GivenName, "Ann".into()), (Part::Surname, "Orr".into())]);
        let cut = person(&["Kim Jong-Un", "Kim Jong Un", "Kim"], "Kim Jong Un");
        assert_eq!(cut, [(Part::GivenName, "Jong Un".into()), (Part::Surname, "Kim".into())]);
        let cut = person(&["Xi Jinping", "Xi"], "Xi Jinping");
        assert_eq!(cut, [(Part::GivenName, "Jinping".into()), (Part::Surname, "Xi".into())]);
        let cut = person(&["Lee Oswald", "Oswald"], "Lee Oswald");
        assert_eq!(cut, [(Part::GivenName, "Lee".into()), (Part::Surname, "Oswald".into())]);
    }

    #[test]
    fn plurals_and_shortenings_are_no_rivals() {
        assert_eq!(parts(EntityKind::Misc, &["Ruritanian", "Ruritanians"], "Ruritanians"), [(Part::Name(1), "Ruritanian".into())]);
        assert_eq!(parts(EntityKind::Location, &["United States", "States"], "States"), []);
        assert_eq!(parts(EntityKind::Location, &["United States", "America"], "America"), [(Part::Name(1), "America".into())]);
    }

    #[test]
    fn abbreviations_meet_abbreviations_only() {
        let place = |one| parts(EntityKind::Location, &[one], one);
        assert_eq!(place("U.S."), [(Part::Abbreviation, "U.S.".into())]);
        assert_eq!(place("the US"), [(Part::Abbreviation, "US".into())]);
        assert_eq!(place("the United States"), [(Part::Name(2), "United States".into())]);
        assert_eq!(place("Kiev"), [(Part::Name(1), "Kiev".into())]);
        assert_eq!(place("U. S."), [(Part::Abbreviation, "U. S.".into())]);
        assert_eq!(place("NEW YORK"), [(Part::Name(2), "NEW YORK".into())]);
        assert_eq!(place("Fla."), [(Part::Abbreviation, "Fla.".into())]);
        assert_eq!(place("#Iran"), [(Part::Name(1), "Iran".into())]);
    }
}
