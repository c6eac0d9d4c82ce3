//! Persons: the surnames must be one, the given names must agree, and nothing may speak against it (another middle name,
//! a suffix on one side, another patronymic).

use super::decision::Decision;
use super::given::{self, Given};
use super::person_parse::{PersonName, Suffix, Word, looks_slavic, parse, without_titles};
use super::person_words::is_english_surname;
use super::sound::{self, Habit, Sounds};
use super::tables::{DIFFERENT_PEOPLE, PEOPLE, Row};
use super::{east_asian, text};

/// The row of the table of people for a cleaned name, with or without its titles.
pub(super) fn table_row(name: &str) -> Option<Row> {
    PEOPLE.row(&text::key(name)).or_else(|| PEOPLE.row(&text::key(without_titles(name).0)))
}

/// Compares two cleaned names as persons.
pub(super) fn compare(a: &str, b: &str) -> Decision {
    if text::key(a) == text::key(b) {
        return Decision::same("the two are written alike but for case, accents and punctuation");
    }
    match (parse(a), parse(b)) {
        (Some(left), Some(right)) => compare_parsed(&Known::new(a, left), &Known::new(b, right)),
        _ => Decision::different("one of the names has no word left when its titles are cut"),
    }
}

/// A name read, with what the tables and its sound say about it; made once and compared many times.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub name: PersonName,
    pub row: Option<Row>,
    pub bare_key: String,
    pub habits: Vec<Habit>,
    pub initials: u32,
    /// Whether the table of people tells the name apart from some other.
    listed: bool,
    undoubled: String,
    slavic: Sounds,
    semitic: Sounds,
}

impl Known {
    pub(super) fn new(cleaned: &str, name: PersonName) -> Self {
        let habits = name.habits();
        let initials = name.given.iter().take(2).fold(0, |bits, word| bits | given::initial_bits(&word.plain));
        let (slavic, semitic) = (Sounds::of(&name.surname.plain, Habit::Slavic), Sounds::of(&name.surname.plain, Habit::Semitic));
        let bare_key = text::key(without_titles(cleaned).0);
        let undoubled = undoubled(&name.surname.plain);
        let listed = DIFFERENT_PEOPLE.iter().any(|(a, b)| *a == bare_key || *b == bare_key);
        Self { row: table_row(cleaned), bare_key, listed, undoubled, habits, initials, slavic, semitic, name }
    }

    /// How the surname sounds by a habit.
    pub(super) fn sounds(&self, habit: Habit) -> &Sounds {
        match habit {
            Habit::Slavic => &self.slavic,
            Habit::Semitic => &self.semitic,
        }
    }

    /// Whether the surnames may be one by any habit.
    pub(super) fn surname_may_be(&self, other: &Self) -> bool {
        self.name.surname.equals(&other.name.surname)
            || self.undoubled == other.undoubled
            || [Habit::Slavic, Habit::Semitic].iter().any(|habit| self.sounds(*habit).alike(other.sounds(*habit), *habit))
    }

    /// False when a quick look tells the two apart, so that [`compare_parsed`] need not be asked. Never false for names
    /// that it would call the same.
    pub(super) fn may_match(&self, other: &Self) -> bool {
        let (a, b) = (&self.name, &other.name);
        if self.row.is_some() || other.row.is_some() || a.key == b.key {
            return true;
        }
        if let (Some(x), Some(y)) = (&a.family_first, &b.family_first)
            && (x.family == y.family || east_asian::compare(x, y).is_some())
        {
            return true;
        }
        if surnames_alone(a, b) || surnames_alone(b, a) {
            return true;
        }
        if without_first_name(a, b) || without_first_name(b, a) {
            return true;
        }
        let spoken = !a.given.is_empty() && !b.given.is_empty();
        if spoken && self.initials & other.initials == 0 {
            return reversed(a, b);
        }
        let habit = |habit: Habit| {
            (self.habits.contains(&habit) || other.habits.contains(&habit)) && self.sounds(habit).alike(other.sounds(habit), habit)
        };
        let one_surname =
            a.surname.equals(&b.surname) || self.undoubled == other.undoubled || habit(Habit::Slavic) || habit(Habit::Semitic);
        if one_surname {
            // John A. Smith and John B. Smith, the usual namesakes.
            let middle = a.given.get(1).zip(b.given.get(1));
            return !middle.is_some_and(|(x, y)| x.is_initial() && y.is_initial() && x.plain != y.plain);
        }
        if !spoken {
            return a.family_first.is_some() || b.family_first.is_some() || a.given_title || b.given_title;
        }
        let starts_alike = a.given.first().zip(b.given.first()).is_some_and(|(first, second)| first.equals(second));
        (starts_alike && a.given.len() != b.given.len()) || reversed(a, b)
    }
}

/// Compares two names that have been read.
pub(super) fn compare_parsed(left: &Known, right: &Known) -> Decision {
    let pair = |a: &str, b: &str| DIFFERENT_PEOPLE.iter().any(|(x, y)| (x == a && y == b) || (x == b && y == a));
    if left.listed && right.listed && pair(&left.bare_key, &right.bare_key) {
        return Decision::different("the table of people lists them as two");
    }
    if let (Some(a), Some(b)) = (left.row, right.row) {
        return if a == b {
            Decision::same(format!("the table of people lists both as {}", PEOPLE.name(a)))
        } else {
            Decision::different(format!("the table of people lists them as two: {} and {}", PEOPLE.name(a), PEOPLE.name(b)))
        };
    }
    let (a, b) = (&left.name, &right.name);
    let steps = Vec::new();
    if let Some(veto) = suffix_veto(a, b) {
        return Decision::different(veto);
    }
    if a.key == b.key {
        return Decision::same("they are equal when titles are cut").after(steps);
    }
    let family_first = [&a.family_first, &b.family_first];
    match family_first {
        [Some(x), Some(y)] if x.family == y.family || east_asian::compare(x, y).is_some() => {
            return match east_asian::compare(x, y) {
                Some(reason) => Decision::same(reason),
                None => Decision::different(format!(
                    "both are named {} (family name first), but {} and {} are two given names",
                    x.family, x.given, y.given
                )),
            };
        }
        [Some(full), None] if b.is_single() && !b.given_title => return family_alone(&full.family, &b.surname),
        [None, Some(full)] if a.is_single() && !a.given_title => return family_alone(&full.family, &a.surname),
        _ => {}
    }
    if a.is_single() || b.is_single() {
        return compare_single(left, right);
    }
    compare_full(left, right)
}

fn family_alone(family: &str, single: &Word) -> Decision {
    if east_asian::same_family(family, &single.plain) {
        Decision::compatible("one is the other's family name alone: compatible, the document has to decide")
    } else {
        Decision::different("the single name is not the other's family name")
    }
}

/// Junior, senior and numerals. A suffix on one side alone sets a son apart from his father, unless that side is the more
/// formal name: Joseph R. Biden Jr. for Joe Biden, but not Donald Trump Jr. for Donald J. Trump. With a full middle name
/// (Martin Luther King) the suffix adds nothing either.
fn suffix_veto(a: &PersonName, b: &PersonName) -> Option<String> {
    let (with, without) = match (a.suffix, b.suffix) {
        (None, None) => return None,
        (Some(left), Some(right)) if left == right => return None,
        (Some(_), Some(_)) => return Some("their suffixes differ (Jr., Sr., II …)".to_owned()),
        (Some(_), None) => (a, b),
        (None, Some(_)) => (b, a),
    };
    if with.suffix == Some(Suffix::Senior) || with.given_title || without.given_title || without.is_single() {
        return None;
    }
    if with.is_single() {
        return Some("a surname with Jr. (or a numeral) is not a person who is named without it".to_owned());
    }
    let full_middle = with.given.len() >= 2 && with.given.iter().skip(1).all(|word| !word.is_initial());
    let short_form = with
        .given
        .first()
        .zip(without.given.first())
        .is_some_and(|(formal, short)| formal.plain.len() > short.plain.len() && !short.is_initial() && !formal.equals(short));
    let more_formal = with.given.len() > without.given.len() || (short_form && with.given.len() == without.given.len());
    if with.key == without.key && full_middle || more_formal {
        return None;
    }
    Some("one has Jr. (or a numeral) and is not the more formal name, so they are told apart as father and son".to_owned())
}

/// A name of one word against another name.
fn compare_single(left: &Known, right: &Known) -> Decision {
    let (single, full) = if left.name.is_single() { (left, right) } else { (right, left) };
    let (one, other) = (&single.name, &full.name);
    if other.is_single() {
        if one.given_title != other.given_title {
            return Decision::different("one is a title with a given name, the other a single name");
        }
        let habits = shared_habits(left, right);
        if one.surname.equals(&other.surname) || (!one.given_title && surnames_agree(left, right, &habits).is_some()) {
            return Decision::compatible("both are one name, in the same or another romanisation");
        }
        return Decision::different("they are two single names");
    }
    if one.given_title {
        let agrees = other.given_title && other.given.first().is_some_and(|first| first.equals(&one.surname));
        return if agrees {
            Decision::compatible("both have a title before the same given name")
        } else {
            Decision::different("a title before a given name is not matched with a surname")
        };
    }
    match surnames_agree(left, right, &shared_habits(left, right)) {
        // Ron is no spelling of Ryan, nor Isaiah of Issa: Paul and Darrell are not names that get romanised.
        Some(reason) if reason.starts_with("romanisations") && (given::is_known(&one.surname.plain) || !romanised(one, other)) => {
            Decision::different("the single name is a given name, or the other a Western one whose surname has one spelling")
        }
        // Zen sounds like Dayan to whoever hears consonants only; Sisi and Sissi are the same anyway.
        Some(reason) if reason.starts_with("romanisations") && single.undoubled != full.undoubled && is_short(one, other) => {
            Decision::different("the surnames are too short to be taken for romanisations of one name")
        }
        Some(reason) => {
            Decision::compatible(format!("one is the other's surname alone ({reason}): compatible, the document has to decide"))
        }
        None => Decision::different("the single name is not the other's surname"),
    }
}

/// Whether the shorter of two surnames has too few letters for its sound to tell it from others.
fn is_short(a: &PersonName, b: &PersonName) -> bool {
    const LEAST: usize = 5;
    a.surname.plain.len().min(b.surname.plain.len()) < LEAST
}

/// Whether a full name is one of those that get romanised: by its given name, or with a surname that looks Slavic on both sides.
fn romanised(single: &PersonName, full: &PersonName) -> bool {
    full.arabic
        || full.given.iter().any(|word| given::habit(&word.plain).is_some())
        || (looks_slavic(&single.surname.plain) && looks_slavic(&full.surname.plain))
}

/// The habits that either name shows: a name known to be Slavic may stand beside any spelling of it.
fn shared_habits(left: &Known, right: &Known) -> Vec<Habit> {
    let mut habits = left.habits.clone();
    habits.extend(right.habits.iter().filter(|habit| !left.habits.contains(habit)));
    habits
}

/// Whether two surnames are one, and why.
fn surnames_agree(left: &Known, right: &Known, habits: &[Habit]) -> Option<&'static str> {
    let (a, b) = (&left.name.surname, &right.name.surname);
    if a.plain == b.plain {
        return Some("equal");
    }
    if a.equals(b) {
        return Some("equal but for ö = oe and the like");
    }
    if left.undoubled == right.undoubled && a.plain.len().min(b.plain.len()) >= 6 {
        return Some("equal but for a doubled letter, an aspiration or a last vowel");
    }
    let found = habits.iter().find(|habit| left.sounds(**habit).alike(right.sounds(**habit), **habit))?;
    if is_english_surname(&a.plain) || is_english_surname(&b.plain) {
        return None;
    }
    Some(match found {
        Habit::Slavic => "romanisations of one name by Slavic habits",
        Habit::Semitic => "romanisations of one name by Arabic and Persian habits",
    })
}

/// A word with doubled letters made single; of long words also without aspiration and with one last vowel, as Indian names are
/// romanised: Prabhakaran and Prabakaran, Rajapaksa and Rajapakse.
pub(super) fn undoubled(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    let long = word.len() >= 8;
    for character in word.chars() {
        let aspirates = long && character == 'h' && plain.ends_with(['b', 'd', 'g', 'j', 'k', 'p', 't']);
        if !plain.ends_with(character) && !aspirates {
            plain.push(character);
        }
    }
    if long && plain.ends_with('e') {
        plain.pop();
        plain.push('a');
    }
    plain
}

fn compare_full(left: &Known, right: &Known) -> Decision {
    let (a, b) = (&left.name, &right.name);
    let habits = shared_habits(left, right);
    if let Some(reason) = surnames_agree(left, right, &habits) {
        let mut steps = vec![format!("surnames: {} and {}, {reason}", a.surname.plain, b.surname.plain)];
        if let (Some(x), Some(y)) = (&a.patronymic, &b.patronymic)
            && x != y
            && !sound::alike(x, y, Habit::Slavic)
        {
            return Decision::different(format!("patronymics differ: {x} and {y}")).after(steps);
        }
        if surnames_alone(a, b) || surnames_alone(b, a) {
            return Decision::compatible("one has both surnames and leaves out the given names").after(steps);
        }
        let decision = compare_given(a, b, &habits, &mut steps);
        return decision.after(steps);
    }
    if reversed(a, b) {
        return Decision::same("the same two words, surname first in one of them");
    }
    if let Some(decision) = longer_surname(a, b).or_else(|| longer_surname(b, a)) {
        return decision;
    }
    Decision::different(format!("surnames differ: {} and {}", a.surname.plain, b.surname.plain))
}

/// "H. W. Bush" for "George H. W. Bush".
fn without_first_name(full: &PersonName, short: &PersonName) -> bool {
    let rest = full.given.get(1..).unwrap_or_default();
    let alike = rest.len() == short.given.len() && rest.iter().zip(&short.given).all(|(a, b)| a.is_initial() && a.equals(b));
    alike && rest.len() >= 2 && full.given.first().is_some_and(|first| !first.is_initial())
}

fn compare_given(a: &PersonName, b: &PersonName, habits: &[Habit], steps: &mut Vec<String>) -> Decision {
    let (Some(first), Some(second)) = (a.given.first(), b.given.first()) else {
        return Decision::compatible("a surname alone");
    };
    if without_first_name(a, b) || without_first_name(b, a) {
        return Decision::compatible("one leaves out the first name and has the other initials");
    }
    let found = if first.equals(second) { Given::Equal } else { given::compare(&first.plain, &second.plain, habits) };
    if found == Given::Different {
        // "Tayyip Erdogan" for "Recep Tayyip Erdogan".
        let called = |full: &PersonName, short: &PersonName, name: &Word| {
            short.given.len() == 1
                && !name.is_initial()
                && full.given.get(1).is_some_and(|middle| {
                    !middle.is_initial()
                        && (middle.equals(name)
                            || matches!(given::compare(&middle.plain, &name.plain, habits), Given::Equivalent | Given::Alike))
                })
        };
        if called(a, b, second) || called(b, a, first) {
            return Decision::same("one goes by the middle name of the other");
        }
        return Decision::different(format!("given names differ: {} and {}", first.plain, second.plain));
    }
    steps.push(format!(
        "given names: {} and {}, {}",
        first.plain,
        second.plain,
        match found {
            Given::Equal => "equal",
            Given::Equivalent => "forms of one name",
            Given::Short => "a name and its short form",
            Given::Alike => "romanisations of one name",
            Given::Initial => "an initial that fits",
            Given::Different => "two names",
        }
    ));
    for (x, y) in a.given.iter().skip(1).zip(b.given.iter().skip(1)) {
        if !x.equals(y) && given::compare(&x.plain, &y.plain, habits) == Given::Different {
            return Decision::different(format!("middle names differ: {} and {}", x.plain, y.plain));
        }
    }
    if found == Given::Initial {
        Decision::compatible("an initial agrees: compatible")
    } else {
        Decision::same("surname and given name agree, and nothing speaks against it")
    }
}

/// "Orbán Viktor": two words in the other order. Not when both are given names: James Franklin, Franklin James.
fn reversed(a: &PersonName, b: &PersonName) -> bool {
    let ([first], [second]) = (a.given.as_slice(), b.given.as_slice()) else { return false };
    first.equals(&b.surname) && second.equals(&a.surname) && !(given::is_known(&first.plain) && given::is_known(&second.plain))
}

/// A second surname, or a father's and a family's name, that the shorter name leaves out.
fn longer_surname(long: &PersonName, short: &PersonName) -> Option<Decision> {
    let words: Vec<&Word> = long.given.iter().chain([&long.surname]).collect();
    let prefix: Vec<&Word> = short.given.iter().chain([&short.surname]).collect();
    let starts = prefix.len() >= 2 && prefix.len() < words.len() && prefix.iter().zip(&words).all(|(x, y)| x.equals(y));
    if !starts {
        return None;
    }
    let first = long.given.first()?;
    let ends_in_given_name = prefix.last().is_none_or(|last| given::is_known(&last.plain));
    if given::has_two_surnames(&first.plain) && !ends_in_given_name && words.len() <= prefix.len() + 1 {
        return Some(Decision::same("one leaves out the second surname"));
    }
    (long.nasab && short.nasab).then(|| Decision::same("one leaves out the family's name"))
}

/// "Rodríguez Zapatero": both surnames without the given names before them.
fn surnames_alone(long: &PersonName, short: &PersonName) -> bool {
    let ([first], [given, .., father]) = (short.given.as_slice(), long.given.as_slice()) else { return false };
    first.equals(father) && short.surname.equals(&long.surname) && !given::is_known(&first.plain) && given::has_two_surnames(&given.plain)
}
