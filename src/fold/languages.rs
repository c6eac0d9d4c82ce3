//! The languages that headword can stem and stop, and the guess of a text's language.

use rust_stemmers::Algorithm;

/// A language with a stemmer and a stop list.
#[derive(Debug, Clone, Copy)]
pub struct Language {
    /// ISO 639-3 code: `eng`.
    pub code: &'static str,
    /// ISO 639-1 code: `en`.
    pub short: &'static str,
    /// English name in lower case.
    pub name: &'static str,
    /// The stemmer.
    pub(super) algorithm: Algorithm,
}

const fn language(code: &'static str, short: &'static str, name: &'static str, algorithm: Algorithm) -> Language {
    Language { code, short, name, algorithm }
}

/// All languages of rust-stemmers, sorted by code.
static LANGUAGES: &[Language] = &[
    language("ara", "ar", "arabic", Algorithm::Arabic),
    language("dan", "da", "danish", Algorithm::Danish),
    language("deu", "de", "german", Algorithm::German),
    language("ell", "el", "greek", Algorithm::Greek),
    language("eng", "en", "english", Algorithm::English),
    language("fin", "fi", "finnish", Algorithm::Finnish),
    language("fra", "fr", "french", Algorithm::French),
    language("hun", "hu", "hungarian", Algorithm::Hungarian),
    language("ita", "it", "italian", Algorithm::Italian),
    language("nld", "nl", "dutch", Algorithm::Dutch),
    language("nob", "no", "norwegian", Algorithm::Norwegian),
    language("por", "pt", "portuguese", Algorithm::Portuguese),
    language("ron", "ro", "romanian", Algorithm::Romanian),
    language("rus", "ru", "russian", Algorithm::Russian),
    language("spa", "es", "spanish", Algorithm::Spanish),
    language("swe", "sv", "swedish", Algorithm::Swedish),
    language("tam", "ta", "tamil", Algorithm::Tamil),
    language("tur", "tr", "turkish", Algorithm::Turkish),
];

impl Language {
    /// The language called `name`: ISO 639-3 or 639-1 code, or English name.
    pub fn find(name: &str) -> Option<&'static Self> {
        let name = name.to_lowercase();
        LANGUAGES.iter().find(|language| [language.code, language.short, language.name].contains(&name.as_str()))
    }

    /// All languages, sorted by code.
    pub fn all() -> &'static [Self] {
        LANGUAGES
    }

    /// The stop list; empty where the crate has none.
    pub fn stop_words(&self) -> &'static [&'static str] {
        stop_words::lookup(self.short).unwrap_or(&[])
    }
}

/// How many bytes of a text are looked at: enough for a sure guess, few enough to cost nothing.
const LOOKED_AT: usize = 800;

/// The ISO 639-3 code of the language that `text` is in, if the guess is reliable.
pub fn detect(text: &str) -> Option<&'static str> {
    let mut end = LOOKED_AT.min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let guess = whatlang::detect(&text[..end])?;
    guess.is_reliable().then(|| guess.lang().code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_a_stop_list_and_its_codes_find_it() {
        for language in Language::all() {
            assert!(language.stop_words().len() > 20, "{} has {} stop words", language.name, language.stop_words().len());
            for name in [language.code, language.short, language.name] {
                assert_eq!(Language::find(name).map(|found| found.code), Some(language.code));
            }
        }
        assert!(Language::all().windows(2).all(|pair| pair[0].code < pair[1].code));
    }

    #[test]
    fn plain_texts_are_recognised() {
        assert_eq!(detect("The council voted on Tuesday to keep the old ferry running through the winter months."), Some("eng"));
        assert_eq!(detect("Der Stadtrat beschloss am Dienstag, die alte Fähre auch im Winter fahren zu lassen."), Some("deu"));
    }
}
