//! Cleaning a surface as the text has it: quotes, line breaks, possessives, case, diacritics.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One name on one line: typographic quotes and dashes made plain, line breaks and runs of spaces made one space,
/// outer punctuation and the possessive cut. Case and diacritics stay, so that the result can be shown.
#[must_use]
pub fn clean(surface: &str) -> String {
    let mut plain = String::with_capacity(surface.len());
    let mut space = false;
    for character in surface.nfc() {
        let mapped = match character {
            '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' | 'ʹ' | '′' | '‛' => '\'',
            '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
            '“' | '”' | '«' | '»' | '„' => '"',
            '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}' => continue,
            other => other,
        };
        if mapped.is_whitespace() {
            space = true;
            continue;
        }
        // A line break after a hyphen splits one word: "Kim Jong-\nUn".
        if space && !plain.is_empty() && !plain.ends_with('-') {
            plain.push(' ');
        }
        space = false;
        plain.push(mapped);
    }
    let trimmed = plain.trim_matches(|character: char| {
        character.is_whitespace() || matches!(character, '"' | ',' | ';' | ':' | '!' | '?' | '[' | ']' | '-' | '*')
    });
    let trimmed = trimmed.trim_start_matches('.');
    let trimmed = match (trimmed.starts_with('('), trimmed.ends_with(')')) {
        (true, true) => trimmed.trim_start_matches('(').trim_end_matches(')'),
        (true, false) if !trimmed.contains(')') => trimmed.trim_start_matches('('),
        (false, true) if !trimmed.contains('(') => trimmed.trim_end_matches(')'),
        _ => trimmed,
    };
    cut_possessive(trimmed).to_owned()
}

/// Cuts `'s` and the bare apostrophe of `s'`; "'s-Gravenhage" and "Sana'a" stay.
fn cut_possessive(name: &str) -> &str {
    for ending in ["'s", "'S"] {
        if let Some(stem) = name.strip_suffix(ending)
            && stem.chars().next_back().is_some_and(|last| last.is_alphanumeric() || last == '.')
        {
            return stem;
        }
    }
    let opened = name.starts_with('\'') && !name.starts_with("'s-");
    let name = if opened { name.trim_start_matches('\'') } else { name };
    name.strip_suffix('\'').unwrap_or(name)
}

/// Lower case without diacritics; ligatures and letters that have no decomposition spelled out. Other characters stay.
#[must_use]
pub fn fold(name: &str) -> String {
    fold_with(name, false)
}

/// Like [`fold`], with the German and Nordic habit of writing a dotted vowel as a digraph (ö = oe, å = aa).
#[must_use]
pub fn fold_with_digraphs(name: &str) -> String {
    fold_with(name, true)
}

fn fold_with(name: &str, digraphs: bool) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(name.len());
    for character in name.nfc().flat_map(char::to_lowercase) {
        let spelled = match character {
            'ä' | 'æ' if digraphs => "ae",
            'ö' | 'ø' | 'œ' if digraphs => "oe",
            'ü' if digraphs => "ue",
            'å' if digraphs => "aa",
            'đ' if digraphs => "dj",
            'ß' => "ss",
            'ø' => "o",
            'ł' => "l",
            'đ' | 'ð' => "d",
            'þ' => "th",
            'æ' => "ae",
            'œ' => "oe",
            'ı' => "i",
            'ə' => "a",
            'ħ' => "h",
            'ŋ' => "n",
            'і' => "i",
            'ʿ' | 'ʾ' | 'ʼ' | '’' | '‘' => "'",
            _ => "",
        };
        if spelled.is_empty() {
            folded.extend(std::iter::once(character).nfd().filter(|part| !is_combining_mark(*part)));
        } else {
            folded.push_str(spelled);
        }
    }
    folded
}

/// The key under which two writings of the very same name meet: folded letters and digits only, `&` read as "and".
#[must_use]
pub fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for character in fold(name).chars() {
        if character.is_alphanumeric() {
            key.push(character);
        } else if character == '&' {
            key.push_str("and");
        }
    }
    key
}

/// Folded words: split at white space, hyphens, slashes and commas; dots and apostrophes dropped.
#[must_use]
pub fn words(name: &str) -> Vec<String> {
    fold(name)
        .replace('&', " and ")
        .split(|character: char| character.is_whitespace() || matches!(character, '-' | '/' | ',' | '(' | ')' | '"'))
        .map(|word| word.chars().filter(|character| character.is_alphanumeric()).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Whether a cleaned name is written without any small letter, as in a headline.
#[must_use]
pub fn is_all_capitals(name: &str) -> bool {
    name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleaning_keeps_the_name_and_cuts_the_rest() {
        assert_eq!(clean("Kim Jong-\nUn’s"), "Kim Jong-Un");
        assert_eq!(clean("Boris\n  Johnson's,"), "Boris Johnson");
        assert_eq!(clean("the Clintons'"), "the Clintons");
        assert_eq!(clean("U.S."), "U.S.");
        assert_eq!(clean("Sana’a"), "Sana'a");
        assert_eq!(clean("'s-Gravenhage"), "'s-Gravenhage");
    }

    #[test]
    fn keys_meet() {
        assert_eq!(key("Gerhard Schröder"), key("GERHARD SCHRODER"));
        assert_eq!(fold_with_digraphs("Schröder"), "schroeder");
        assert_eq!(key("U.S."), key("US"));
        assert_eq!(key("Łódź"), "lodz");
    }
}
