//! What the formulas need of each document: words, sentences, letters, syllables.

use super::syllables::syllables;
use crate::analyses::measures::TextCounts;
use crate::corpus::{Corpus, TokenKind};
use crate::error::Result;
use crate::maths::map_in_order;

/// The language whose syllables can be counted.
const ENGLISH: &str = "eng";
/// Languages written without spaces between words: what stands for words there are characters or whole clauses.
const WITHOUT_SPACES: &[&str] = &["cmn", "jpn", "khm", "mya", "tha"];
/// Words of more letters than this are long (Björnsson 1968).
const LONG: u32 = 6;
/// Words of at least so many syllables are polysyllables (McLaughlin 1969).
const MANY_SYLLABLES: u32 = 3;

/// What a surface adds to the counts.
#[derive(Debug, Clone, Copy, Default)]
struct Form {
    is_word: bool,
    letters: u32,
    characters: u32,
    syllables: u32,
}

impl Form {
    fn of(surface: &str, kind: TokenKind, counts_syllables: bool) -> Self {
        if matches!(kind, TokenKind::Url | TokenKind::Email) {
            return Self::default();
        }
        let is_word = kind.counts_as_word();
        let letters = surface.chars().filter(|character| character.is_alphanumeric()).count() as u32;
        Self {
            is_word,
            letters,
            characters: surface.chars().count() as u32,
            syllables: if is_word && counts_syllables { syllables(surface) } else { 0 },
        }
    }
}

/// The counts of a document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counted {
    pub words: u32,
    /// Sentences that hold a word.
    pub sentences: u32,
    pub letters: u32,
    pub characters: u32,
    pub long_words: u32,
    pub syllables: u32,
    pub polysyllables: u32,
    /// Whether the syllables mean anything.
    pub is_english: bool,
}

impl Counted {
    /// Whether there is something to measure.
    pub fn is_measured(&self) -> bool {
        self.words > 0
    }

    /// The counts as the formulas take them.
    pub fn text(&self) -> TextCounts {
        let english = |count: u32| self.is_english.then_some(f64::from(count));
        TextCounts {
            words: f64::from(self.words),
            sentences: f64::from(self.sentences),
            letters: f64::from(self.letters),
            characters: f64::from(self.characters),
            long_words: f64::from(self.long_words),
            syllables: english(self.syllables),
            polysyllables: english(self.polysyllables),
        }
    }

    fn add(&mut self, form: Form) {
        self.letters += form.letters;
        self.characters += form.characters;
        if form.is_word {
            self.words += 1;
            self.long_words += u32::from(form.letters > LONG);
            self.syllables += form.syllables;
            self.polysyllables += u32::from(form.syllables >= MANY_SYLLABLES);
        }
    }
}

/// The language of `document`; that of the corpus where it can't be told.
pub(super) fn language(corpus: &Corpus, document: usize) -> &str {
    let own = corpus.documents.languages[document].as_str();
    if own.is_empty() { &corpus.language } else { own }
}

/// The counts of every document; nothing where words aren't told by spaces.
pub(super) fn counted(corpus: &Corpus) -> Result<Vec<Counted>> {
    let tokens = corpus.tokens()?;
    let (forms, kinds) = (&corpus.surfaces.forms, &corpus.surfaces.kinds);
    let any_english = (0..corpus.documents.len()).any(|document| language(corpus, document) == ENGLISH);
    let forms = map_in_order(kinds.len(), |surface| Form::of(forms.get(surface as u32), kinds[surface], any_english));
    Ok(map_in_order(corpus.documents.len(), |document| {
        let language = language(corpus, document);
        let mut counted = Counted { is_english: language == ENGLISH, ..Counted::default() };
        if WITHOUT_SPACES.contains(&language) {
            return counted;
        }
        let surfaces = tokens.of(document);
        let starts = tokens.sentences_of(document).iter().map(|&start| start as usize);
        let ends = starts.clone().skip(1).chain([surfaces.len()]);
        for (start, end) in starts.zip(ends) {
            let words_before = counted.words;
            surfaces[start..end].iter().for_each(|&surface| counted.add(forms[surface as usize]));
            counted.sentences += u32::from(counted.words > words_before);
        }
        counted
    }))
}
