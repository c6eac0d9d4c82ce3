//! Sentence starts from the roles of surfaces: nothing here looks at letters.

use super::form::SentenceRole;
use super::words::Flags;

/// Appends to `starts` the positions at which sentences start; 0 is the first of a text that has tokens.
///
/// `role(i)` and `flags(i)` tell of token `i`. In texts with hard line ends (`wrapped`) only a blank line ends a paragraph.
pub fn split_sentences(
    length: usize,
    role: impl Fn(usize) -> SentenceRole,
    flags: impl Fn(usize) -> Flags,
    wrapped: bool,
    starts: &mut Vec<u32>,
) {
    let border = if wrapped { Flags::PARAGRAPH } else { Flags::LINE };
    let mut index = 0;
    while index < length {
        let already = index > 0 && starts.last() == Some(&(index as u32));
        if (index == 0 || flags(index).has(border)) && !already {
            starts.push(index as u32);
        }
        let next = match role(index) {
            SentenceRole::Stop | SentenceRole::Exclamation | SentenceRole::Ellipsis => {
                after_closers(index + 1, length, &role, &flags, border)
            }
            SentenceRole::AbbreviationAnywhere => index + 1,
            _ => {
                index += 1;
                continue;
            }
        };
        if next < length && !flags(next).has(border) && starts_sentence(index, next, length, &role, &flags) {
            starts.push(next as u32);
        }
        // What follows a closing quote is looked at from there; an abbreviation is one token.
        index = next.max(index + 1);
        if index < length && starts.last() == Some(&(index as u32)) {
            index = skip_first(index, &role);
        }
    }
}

/// A sentence's first token ends no sentence by itself, unless it is an abbreviation that needs looking at.
fn skip_first(index: usize, role: &impl Fn(usize) -> SentenceRole) -> usize {
    if role(index) == SentenceRole::AbbreviationAnywhere { index } else { index + 1 }
}

/// The first token that is no closing quote or bracket directly behind the stop.
fn after_closers(
    mut index: usize,
    length: usize,
    role: &impl Fn(usize) -> SentenceRole,
    flags: &impl Fn(usize) -> Flags,
    border: Flags,
) -> usize {
    while index < length && !flags(index).has(border) {
        match role(index) {
            SentenceRole::Stop | SentenceRole::Exclamation | SentenceRole::Closer => {}
            SentenceRole::Quote if !flags(index).has(Flags::SPACE) => {}
            _ => break,
        }
        index += 1;
    }
    index
}

fn starts_sentence(
    stop: usize,
    next: usize,
    length: usize,
    role: &impl Fn(usize) -> SentenceRole,
    flags: &impl Fn(usize) -> Flags,
) -> bool {
    // An opening quotation mark takes the part of what it opens.
    let mut first = next;
    while first < length && role(first) == SentenceRole::Quote && flags(first).has(Flags::SPACE) | (first > next) {
        first += 1;
    }
    if first >= length {
        return false;
    }
    let follows = role(first);
    let opens = matches!(
        follows,
        SentenceRole::Opener | SentenceRole::StrongOpener | SentenceRole::AbbreviationInside | SentenceRole::AbbreviationAnywhere
    );
    match role(stop) {
        SentenceRole::AbbreviationAnywhere => follows == SentenceRole::StrongOpener,
        _ => opens,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Form, Tokenizer, WordRule};
    use super::*;

    fn sentences(text: &str) -> Vec<String> {
        let mut tokens: Vec<(String, Flags)> = Vec::new();
        Tokenizer::new(WordRule::Unicode, false)
            .tokenize(text, 0..text.len(), &mut |surface, _, flags| tokens.push((surface.to_owned(), flags)));
        let mut starts = Vec::new();
        split_sentences(tokens.len(), |index| Form::of(&tokens[index].0).role, |index| tokens[index].1, false, &mut starts);
        let ends = starts.iter().skip(1).map(|&start| start as usize).chain([tokens.len()]);
        starts
            .iter()
            .zip(ends)
            .map(|(&start, end)| tokens[start as usize..end].iter().map(|token| token.0.as_str()).collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn abbreviations_initials_and_decimals_end_nothing() {
        assert_eq!(sentences("Mr. J. F. Reed met Gen. Oster at 4.5 m. He left.").len(), 2);
        assert_eq!(sentences("The U.S. Senate voted. It was close.").len(), 2);
        assert_eq!(sentences("They left the U.S. The ship stayed.").len(), 2);
    }

    #[test]
    fn quotes_close_sentences() {
        assert_eq!(sentences("“We go.” He went. \"Why?\" she asked."), ["\" We go . \"", "He went .", "\" Why ? \" she asked ."]);
        assert_eq!(sentences("He said: “Stop.” “No,” they said.").len(), 2);
    }

    #[test]
    fn lines_and_ellipses() {
        assert_eq!(sentences("A headline\nThe text ... goes on… Then stops").len(), 3);
    }
}
