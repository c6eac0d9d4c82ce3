//! Names of unknown kind: every kind is tried, and a table's word counts more than a rule's.

use super::decision::{Decision, EntityKind, Strength};
use super::{clean, compare, given, organisation, person, person_parse, places, text};

/// Compares two names when nobody said what they are names of, and says which rule decided.
///
/// Places and organisations that the tables know are judged as such, since a rule for persons would take "Guinea" for the
/// surname of "Equatorial Guinea".
#[must_use]
pub fn compare_untyped(a: &str, b: &str) -> Decision {
    let (a, b) = (clean(a), clean(b));
    if a.is_empty() || b.is_empty() {
        return Decision::different("one of the names is empty");
    }
    if text::key(&a) == text::key(&b) {
        return Decision::same("the two are written alike but for case, accents and punctuation");
    }
    let place = (places::lookup(&a), places::lookup(&b));
    let organisation = (organisation::lookup(&a), organisation::lookup(&b));
    let human = (person::table_row(&a), person::table_row(&b));
    let as_kind = |kind: EntityKind, word: &str| compare(&a, &b, kind).after(vec![format!("compared as {word}")]);
    if human.0.is_some() && human.0 == human.1 {
        return as_kind(EntityKind::Person, "persons");
    }
    if organisation.0.is_some() && organisation.0 == organisation.1 {
        return as_kind(EntityKind::Organisation, "organisations");
    }
    if place.0.is_some() && place.1.is_some() {
        return as_kind(EntityKind::Location, "places, which the tables both know");
    }
    if organisation.0.is_some() && organisation.1.is_some() {
        return as_kind(EntityKind::Organisation, "organisations, which the table both knows");
    }
    let mut steps = vec!["the kind is unknown, so persons, places and organisations are tried".to_owned()];
    let known_thing = |side: usize| match side {
        0 => place.0.is_some() || organisation.0.is_some(),
        _ => place.1.is_some() || organisation.1.is_some(),
    };
    if place.0.is_none() || place.1.is_none() {
        let decision = compare(&a, &b, EntityKind::Location);
        if decision.same {
            return decision.after(vec!["compared as places".to_owned()]);
        }
        steps.append(&mut decision.steps.iter().map(|step| format!("as places: {step}")).collect());
    }
    let decision = compare(&a, &b, EntityKind::Organisation);
    if decision.same {
        return decision.after(vec!["compared as organisations".to_owned()]);
    }
    steps.extend(decision.steps.iter().map(|step| format!("as organisations: {step}")));
    if !may_be_persons(&a, &b, known_thing(0), known_thing(1)) {
        return Decision::different("they don't look like names of persons").after(steps);
    }
    let decision = compare(&a, &b, EntityKind::Person);
    if decision.same {
        return decision.after(vec!["compared as persons".to_owned()]);
    }
    Decision::different("no kind joins them").after({
        steps.extend(decision.steps.iter().map(|step| format!("as persons: {step}")));
        steps
    })
}

/// Whether the rules for persons may join two names. A surname alone is enough only beside a name that begins like a
/// person's, or when neither is known as a place or organisation.
fn may_be_persons(a: &str, b: &str, a_is_thing: bool, b_is_thing: bool) -> bool {
    let (Some(left), Some(right)) = (person_parse::parse(a), person_parse::parse(b)) else { return false };
    let organisation_word = |name: &str| text::words(name).iter().any(|word| THINGS.contains(&word.as_str()));
    if organisation_word(a) || organisation_word(b) {
        return false;
    }
    let begins_like_a_person =
        |name: &person_parse::PersonName| name.given.first().is_some_and(|word| given::is_known(&word.plain)) || name.given_title;
    match (left.is_single(), right.is_single()) {
        (false, false) => !(a_is_thing && b_is_thing),
        (true, true) => !a_is_thing && !b_is_thing && compare(a, b, EntityKind::Person).strength == Strength::Certain,
        (true, false) => !b_is_thing && (begins_like_a_person(&right) || (!a_is_thing && person_like(&right))),
        (false, true) => !a_is_thing && (begins_like_a_person(&left) || (!b_is_thing && person_like(&left))),
    }
}

/// Two or three capitalised words without anything else.
fn person_like(name: &person_parse::PersonName) -> bool {
    name.given.len() <= 2
}

/// Words that persons' names don't have.
const THINGS: &[&str] = &[
    "ministry",
    "department",
    "university",
    "college",
    "institute",
    "party",
    "union",
    "corp",
    "inc",
    "ltd",
    "group",
    "bank",
    "agency",
    "commission",
    "committee",
    "council",
    "court",
    "parliament",
    "senate",
    "congress",
    "assembly",
    "association",
    "federation",
    "foundation",
    "organization",
    "organisation",
    "authority",
    "bureau",
    "office",
    "service",
    "services",
    "company",
    "corporation",
    "times",
    "post",
    "news",
    "journal",
    "press",
    "television",
    "tv",
    "radio",
    "broadcasting",
    "brigade",
    "division",
    "battalion",
    "regiment",
    "force",
    "forces",
    "army",
    "navy",
    "police",
    "guard",
    "front",
    "movement",
    "alliance",
    "league",
    "club",
    "united",
    "fc",
    "airlines",
    "airways",
    "hospital",
    "school",
    "church",
    "society",
    "trust",
    "center",
    "centre",
    "fund",
    "city",
    "state",
    "republic",
    "oblast",
    "region",
    "province",
    "river",
    "island",
    "islands",
    "airport",
    "port",
    "bay",
    "mount",
    "lake",
    "street",
    "square",
    "north",
    "south",
    "east",
    "west",
    "new",
    "upper",
    "lower",
    "equatorial",
    "of",
    "and",
    "motors",
    "electric",
    "electronics",
    "neft",
    "oil",
    "gas",
    "media",
];
