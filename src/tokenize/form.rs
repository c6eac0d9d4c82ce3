//! What a surface's form tells: its kind, and its part in finding sentence ends. Computed once a distinct surface.

use super::abbreviations;
use crate::corpus::TokenKind;

/// The part a surface plays at sentence borders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SentenceRole {
    /// Starts with a lower-case letter or anything else without a role.
    #[default]
    Other,
    /// Starts with a capital or a digit, or has no case (so it may open a sentence).
    Opener,
    /// A capitalised function word: nearly always opens a sentence.
    StrongOpener,
    /// `.` and the like: ends a sentence unless what follows says otherwise.
    Stop,
    /// `!` or `?`.
    Exclamation,
    /// `...` or `…`: ends a sentence only before a capital.
    Ellipsis,
    /// A closing or opening quotation mark.
    Quote,
    /// A closing bracket.
    Closer,
    /// An abbreviation after which no sentence ends: `Mr.`, an initial.
    AbbreviationInside,
    /// An abbreviation that may end a sentence: `U.S.`, `Inc.`.
    AbbreviationAnywhere,
}

/// Kind and sentence role of a surface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Form {
    /// The kind of token.
    pub kind: TokenKind,
    /// Its part at sentence borders.
    pub role: SentenceRole,
}

impl Form {
    /// Reads the form of `surface`.
    pub fn of(surface: &str) -> Self {
        let kind = kind_of(surface);
        Self { kind, role: role_of(surface, kind) }
    }
}

fn kind_of(surface: &str) -> TokenKind {
    if surface.contains("://") || starts_with_www(surface) {
        return TokenKind::Url;
    }
    let (mut letters, mut digits, mut others) = (0, 0, 0);
    for character in surface.chars() {
        if character.is_numeric() {
            digits += 1;
        } else if character.is_alphanumeric() {
            letters += 1;
        } else if !matches!(character, '.' | ',' | ':' | '\'' | '-' | '/' | '\u{2010}' | '\u{2011}') {
            others += 1;
        }
    }
    if letters + digits == 0 {
        return TokenKind::Punctuation;
    }
    match surface.as_bytes()[0] {
        b'#' => TokenKind::Hashtag,
        b'@' => TokenKind::Mention,
        b'\'' if matches!(surface, "'s" | "'S") => TokenKind::Clitic,
        _ if surface.contains('@') => TokenKind::Email,
        _ if letters == 0 && others == 0 => TokenKind::Number,
        _ => TokenKind::Word,
    }
}

/// Whether `text` begins with `www.` in any case.
pub fn starts_with_www(text: &str) -> bool {
    text.len() > 4 && text.as_bytes()[..4].eq_ignore_ascii_case(b"www.")
}

fn role_of(surface: &str, kind: TokenKind) -> SentenceRole {
    match surface {
        "." | "。" | "।" | "۔" | "؟" | "．" => return SentenceRole::Stop,
        "!" | "?" | "！" | "？" | "!!" | "!!!" | "??" | "???" => return SentenceRole::Exclamation,
        "..." | "…" | ".." | "...." => return SentenceRole::Ellipsis,
        "\"" | "'" => return SentenceRole::Quote,
        ")" | "]" | "}" => return SentenceRole::Closer,
        _ => {}
    }
    if kind == TokenKind::Word
        && let Some(stem) = surface.strip_suffix('.')
    {
        let initial = stem.chars().count() == 1;
        return if initial || abbreviations::never_ends(stem) || abbreviations::before_number(stem) {
            SentenceRole::AbbreviationInside
        } else {
            SentenceRole::AbbreviationAnywhere
        };
    }
    match surface.chars().next() {
        Some(first) if kind == TokenKind::Punctuation || kind == TokenKind::Clitic => {
            if first == '(' || first == '[' || first == '•' || first == '-' { SentenceRole::Opener } else { SentenceRole::Other }
        }
        Some(first) if first.is_lowercase() => SentenceRole::Other,
        Some(_) if abbreviations::opens_sentence(surface) => SentenceRole::StrongOpener,
        _ => SentenceRole::Opener,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_follow_the_form() {
        let kinds = [
            ("house", TokenKind::Word),
            ("S-400", TokenKind::Word),
            ("3.5", TokenKind::Number),
            ("10:30", TokenKind::Number),
            ("'s", TokenKind::Clitic),
            ("#port", TokenKind::Hashtag),
            ("@mayor", TokenKind::Mention),
            ("a@b.example", TokenKind::Email),
            ("https://example.org/x", TokenKind::Url),
            ("…", TokenKind::Punctuation),
            ("Ελλάδα", TokenKind::Word),
            ("東", TokenKind::Word),
        ];
        for (surface, kind) in kinds {
            assert_eq!(Form::of(surface).kind, kind, "{surface}");
        }
    }
}
