//! Folding names: one entity for all the spellings of its name.
//!
//! [`compare`] says whether two names can be one entity's and explains itself; [`compare_untyped`] does so when nobody
//! said what the names are names of. [`fold`] runs the same rules over a corpus: it links the distinct surfaces with
//! vetoes, then gives surnames alone to the person whom the document means. No rule looks at the order of a hash map.

mod aliases;
mod canonical;
mod cluster;
mod corpus;
mod decision;
mod east_asian;
mod given;
mod kinds;
mod links;
mod organisation;
mod organisation_forms;
mod person;
mod person_parse;
mod person_words;
mod places;
mod resolve;
mod sound;
mod tables;
#[cfg(test)]
mod tests;
mod text;
mod untyped;
mod witnesses;

pub use aliases::Aliases;
pub use corpus::{Entity, FoldOptions, Folded, Form, Mention, fold};
pub use decision::{Decision, EntityKind, Strength};
pub use kinds::reconcile_kinds;
pub(super) use organisation_forms::is_party_and_state;
pub use text::clean;
pub use untyped::compare_untyped;

/// Compares two names of a known kind.
///
/// Symmetric: the order of the names changes nothing but the wording.
#[must_use]
pub fn compare(a: &str, b: &str, kind: EntityKind) -> Decision {
    let (a, b) = (clean(a), clean(b));
    if a.is_empty() || b.is_empty() {
        return Decision::different("one of the names is empty");
    }
    match kind {
        EntityKind::Person => person::compare(&a, &b),
        EntityKind::Organisation => organisation::compare(&a, &b),
        EntityKind::Location => places::compare(&a, &b),
        EntityKind::Misc if text::key(&a) == text::key(&b) => {
            Decision::same("the two are written alike but for case, accents and punctuation")
        }
        EntityKind::Misc => Decision::different("names of no particular kind are only joined when written alike"),
    }
}
