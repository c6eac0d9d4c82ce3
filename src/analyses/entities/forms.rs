//! From token spans to names as they stand in running text.

use super::names;
use super::tagger;
use crate::corpus::Surfaces;

/// The tagger's kind for the folding rules.
pub(super) fn folding_kind(kind: tagger::EntityKind) -> names::EntityKind {
    match kind {
        tagger::EntityKind::Person => names::EntityKind::Person,
        tagger::EntityKind::Organisation => names::EntityKind::Organisation,
        tagger::EntityKind::Location => names::EntityKind::Location,
        tagger::EntityKind::Miscellaneous => names::EntityKind::Misc,
    }
}

/// All kinds in the order of charts and of ties.
pub(super) const KINDS: [names::EntityKind; 4] =
    [names::EntityKind::Person, names::EntityKind::Organisation, names::EntityKind::Location, names::EntityKind::Misc];

/// The short name of a kind, as in tables and data files.
pub(super) fn code(kind: names::EntityKind) -> &'static str {
    match kind {
        names::EntityKind::Person => "PER",
        names::EntityKind::Organisation => "ORG",
        names::EntityKind::Location => "LOC",
        names::EntityKind::Misc => "MISC",
    }
}

/// What a kind is called in sentences.
pub(super) fn noun(kind: names::EntityKind) -> &'static str {
    match kind {
        names::EntityKind::Person => "person",
        names::EntityKind::Organisation => "organisation",
        names::EntityKind::Location => "place",
        names::EntityKind::Misc => "other name",
    }
}

/// The tokens of a name joined as in running text: no space before a possessive, a comma or a closing bracket, none
/// around hyphens and slashes, none in `AT&T` but some in `Marks & Spencer`.
pub(super) fn joined(tokens: &[u32], surfaces: &Surfaces) -> String {
    let mut text = String::new();
    for (position, &token) in tokens.iter().enumerate() {
        let form = surfaces.forms.get(token);
        let before = position.checked_sub(1).map(|before| surfaces.forms.get(tokens[before]));
        let after = tokens.get(position + 1).map(|&after| surfaces.forms.get(after));
        let two_before = position.checked_sub(2).map(|before| surfaces.forms.get(tokens[before]));
        let closed = match (form, before) {
            (_, None) => true,
            ("'s" | "'S" | "'" | "," | "." | ")" | "]" | ":" | ";" | "!" | "?" | "-" | "/", _) => true,
            (_, Some("(" | "[" | "-" | "/" | "#" | "@")) => true,
            ("&", Some(left)) => is_letter_code(left) && after.is_some_and(is_letter_code),
            (right, Some("&")) => two_before.is_some_and(is_letter_code) && is_letter_code(right),
            ("\"", Some(_)) => text.matches('"').count() % 2 == 1,
            (_, Some("\"")) => text.matches('"').count() % 2 == 1,
            _ => false,
        };
        if !closed {
            text.push(' ');
        }
        text.push_str(form);
    }
    text
}

fn is_letter_code(token: &str) -> bool {
    token.chars().count() <= 3 && token.chars().all(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn join(tokens: &[&str]) -> String {
        let surfaces = Surfaces { forms: tokens.iter().copied().collect(), ..Surfaces::default() };
        joined(&(0..tokens.len() as u32).collect::<Vec<_>>(), &surfaces)
    }

    #[test]
    fn names_read_as_in_running_text() {
        assert_eq!(join(&["Anna", "Holm", "'s"]), "Anna Holm's");
        assert_eq!(join(&["AT", "&", "T"]), "AT&T");
        assert_eq!(join(&["Holm", "&", "Sons", ",", "Inc."]), "Holm & Sons, Inc.");
        assert_eq!(join(&["Ministry", "(", "MoD", ")"]), "Ministry (MoD)");
        assert_eq!(join(&["William", "\"", "Bill", "\"", "Orr"]), "William \"Bill\" Orr");
        assert_eq!(join(&["Rhine", "-", "Main"]), "Rhine-Main");
        assert_eq!(join(&["Oslo"]), "Oslo");
    }
}
