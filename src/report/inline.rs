//! The two marks that sentences may hold: `*word*` for a word that is talked about, and backticks round what can be typed.

use serde::Serialize;

use crate::table::format::printable;

/// A stretch of a sentence.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Part {
    /// `em`, `code`, or empty for plain text.
    mark: &'static str,
    text: String,
}

/// `text` cut into its marked and plain stretches; marks that do not pair stay as they are.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let text = printable(text);
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut rest = &*text;
    while let Some(first) = rest.chars().next() {
        let mark = match first {
            '*' => "em",
            '`' => "code",
            _ => "",
        };
        let begins = !mark.is_empty() && !plain.chars().next_back().is_some_and(char::is_alphanumeric);
        match if begins { marked(rest, first) } else { None } {
            None => {
                plain.push(first);
                rest = &rest[first.len_utf8()..];
            }
            Some(inner) => {
                if !plain.is_empty() {
                    parts.push(Part { mark: "", text: std::mem::take(&mut plain) });
                }
                parts.push(Part { mark, text: inner.to_owned() });
                rest = &rest[inner.len() + 2..];
            }
        }
    }
    if !plain.is_empty() {
        parts.push(Part { mark: "", text: plain });
    }
    parts
}

/// What stands between the mark at the start of `rest` and the next one that closes it: a word's own `*` (`*f*ck*`) is
/// followed by a letter and does not.
fn marked(rest: &str, mark: char) -> Option<&str> {
    let inner = &rest[1..];
    let closes = |&(at, _): &(usize, &str)| {
        let before = inner[..at].chars().next_back();
        let after = inner[at + 1..].chars().next();
        before.is_some_and(|letter| !letter.is_whitespace()) && !after.is_some_and(char::is_alphanumeric)
    };
    let (end, _) = inner.match_indices(mark).find(closes)?;
    (!inner.starts_with(char::is_whitespace)).then(|| &inner[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        parts(text)
            .into_iter()
            .map(|part| if part.mark.is_empty() { part.text } else { format!("[{} {}]", part.mark, part.text) })
            .collect()
    }

    #[test]
    fn pairs_are_marked_and_the_rest_stays() {
        assert_eq!(shown("It writes *week* and *f*ck* (*a b*)."), "It writes [em week] and [em f*ck] ([em a b]).");
        assert_eq!(shown("`--all` gives *them*"), "[code --all] gives [em them]");
        for plain in ["2 * 3 * 4", "2*3*4", "* a list", "an *open mark", "``", "**", "*", "", "un`paired"] {
            assert_eq!(shown(plain), plain);
        }
        assert_eq!(shown("*<b>*\0"), "[em <b>]\u{FFFD}");
        assert_eq!(shown("*Ελλάδα* *東京*"), "[em Ελλάδα] [em 東京]");
    }
}
