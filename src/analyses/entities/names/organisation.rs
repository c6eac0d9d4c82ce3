//! Organisations: a small table of aliases, legal forms, acronyms and initials. Acronyms never match one another by
//! likeness: FBI is not FSB, WHO is not WTO.

use super::decision::Decision;
use super::organisation_forms::{
    initials, is_acronym, is_party_and_state, order_free_key, plain_words, without_generic_words, without_legal_form,
};
use super::tables::{ORGANISATIONS, Row};
use super::text;

const ARTICLES: &[&str] = &["al", "el", "ul", "ar", "as", "ash", "an"];

/// Words of American bodies that other countries call otherwise.
const AMERICAN_BODIES: &[&str] = &["Department", "Administration", "Agency", "Bureau", "Commission", "Chamber"];

/// The key of the organisation table.
pub(super) fn table_key(name: &str) -> String {
    plain_words(name).concat()
}

/// The table's row for a name, tried as written, without legal form, without generic words, without Arabic article.
pub(super) fn lookup(name: &str) -> Option<Row> {
    if is_party_and_state(name) {
        return None;
    }
    // The table has American bodies without their country: U.S. Department of Justice.
    let american = ["U.S. ", "US ", "United States "].iter().find_map(|start| name.strip_prefix(start));
    if let Some(body) = american.filter(|body| AMERICAN_BODIES.iter().any(|kind| body.split(' ').any(|word| word == *kind)))
        && let Some(row) = ORGANISATIONS.row(&table_key(body))
    {
        return Some(row);
    }
    let table = &*ORGANISATIONS;
    let words = plain_words(name);
    if words.len() == 1 && !is_acronym(name) && words.iter().any(|word| is_listed_acronym_word(word)) && !text::is_all_capitals(name) {
        return None;
    }
    table.row(&words.concat()).or_else(|| {
        let legal = without_legal_form(words.clone());
        table.row(&legal.concat()).or_else(|| without_generic_words(&legal).and_then(|rest| table.row(&rest.concat()))).or_else(|| {
            match legal.as_slice() {
                [first, rest @ ..] if !rest.is_empty() && ARTICLES.contains(&first.as_str()) => {
                    table.row(&format!("al{}", rest.concat())).or_else(|| table.row(&rest.concat()))
                }
                _ => None,
            }
        })
    })
}

/// Acronyms that are words when not in capitals: "who", "is", "it", "us".
fn is_listed_acronym_word(word: &str) -> bool {
    matches!(
        word,
        "who" | "is" | "an" | "us" | "ice" | "pan" | "inter" | "shell" | "total" | "au" | "ec" | "ep" | "let" | "nam" | "pas" | "po" | "va"
    ) && !matches!(word, "inter" | "shell" | "total")
}

/// The usual name of a row.
pub(super) fn usual_name(row: Row) -> &'static str {
    ORGANISATIONS.name(row)
}

/// Compares two names as organisations.
pub(super) fn compare(a: &str, b: &str) -> Decision {
    if is_party_and_state(a) != is_party_and_state(b) {
        return Decision::different("one is a politician's party and state");
    }
    if text::key(a) == text::key(b) {
        return Decision::same("the two are written alike but for case, accents and punctuation");
    }
    let (left, right) = (lookup(a), lookup(b));
    if let (Some(left), Some(right)) = (left, right) {
        return if left == right {
            Decision::same(format!("the organisation table lists both as {}", usual_name(left)))
        } else {
            Decision::different(format!("the organisation table lists them as two: {} and {}", usual_name(left), usual_name(right)))
        };
    }
    let mut steps = Vec::new();
    if let Some(row) = left.or(right) {
        steps.push(format!("the organisation table knows one of them, as {}", usual_name(row)));
    }
    compare_forms(a, b).after(steps)
}

/// Compares by form alone: legal form, word order, acronym, generic word.
fn compare_forms(a: &str, b: &str) -> Decision {
    let (left, right) = (without_legal_form(plain_words(a)), without_legal_form(plain_words(b)));
    if left.concat() == right.concat() {
        return Decision::same("they are equal without article and legal form, spellings like -isation and -ization being one");
    }
    match (is_acronym(a), is_acronym(b)) {
        (true, true) => return Decision::different("both are acronyms, and acronyms are never matched by likeness"),
        (true, false) => return compare_acronym(a, b),
        (false, true) => return compare_acronym(b, a),
        (false, false) => {}
    }
    if let (Some(left), Some(right)) = (order_free_key(&left), order_free_key(&right))
        && left == right
    {
        return Decision::same("they hold the same words in another order");
    }
    let (bare_left, bare_right) = (without_generic_words(&left), without_generic_words(&right));
    if bare_left.is_some() || bare_right.is_some() {
        let (bare_left, bare_right) = (bare_left.unwrap_or(left.clone()), bare_right.unwrap_or(right.clone()));
        if bare_left == bare_right {
            return Decision::same("they differ by a generic word alone");
        }
    }
    if let (Some(left), Some(right)) = (article_skeleton(&left), article_skeleton(&right))
        && left == right
    {
        return Decision::same("they are two romanisations of one Arabic name");
    }
    Decision::different("neither legal form, acronym, word order nor the table joins them")
}

fn compare_acronym(acronym: &str, long: &str) -> Decision {
    let letters = text::key(acronym);
    if initials(long).contains(&letters) {
        Decision::same("the acronym is made of the long name's initials")
    } else {
        Decision::different("the acronym is not made of the long name's initials")
    }
}

/// For names with an Arabic article: the rest with doubled letters and vowel signs made one. Only such names may differ in
/// spelling, and only by romanisation.
pub(super) fn article_skeleton(words: &[String]) -> Option<String> {
    let has_article = words.iter().any(|word| ARTICLES.contains(&word.as_str()));
    let rest: String = words.iter().filter(|word| !ARTICLES.contains(&word.as_str())).map(String::as_str).collect();
    if !has_article || rest.len() < 5 {
        return None;
    }
    let mut skeleton = String::with_capacity(rest.len());
    let rest = rest.replace("ou", "u").replace("oo", "u").replace("ee", "i").replace("aa", "a").replace("kh", "h").replace('q', "k");
    for character in rest.chars() {
        let character = match character {
            'e' | 'y' => 'i',
            'o' | 'w' => 'u',
            other => other,
        };
        if !skeleton.ends_with(character) {
            skeleton.push(character);
        }
    }
    Some(skeleton)
}
