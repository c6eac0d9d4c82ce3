//! What the documents say of acronyms: which long names they put them beside.

use super::corpus::{Mention, Unit};
use super::decision::EntityKind;
use super::organisation_forms::is_acronym;
use hashbrown::HashMap;

/// Among the documents that have an acronym, at least this share must have the long name too. NBC is no National Bloggers
/// Club, though one document in hundreds has both.
const LEAST_SHARE: f64 = 0.05;

/// Which documents have which organisations, and which acronyms are explained in brackets.
#[derive(Debug, Default)]
pub(super) struct Witnesses {
    /// The documents of each organisation's unit, ascending.
    documents: HashMap<u32, Vec<u32>>,
    /// (acronym, long name) and how often the one stands in brackets after the other.
    explained: HashMap<(u32, u32), u32>,
    /// Explained pairs, in order of first mention.
    pairs: Vec<(u32, u32)>,
}

impl Witnesses {
    /// Reads the mentions, which are in document order.
    pub(super) fn new(units: &[Unit], mentions: &[Mention], unit_of_form: &[u32]) -> Self {
        let mut witnesses = Self::default();
        let organisation = |mention: &Mention| {
            let number = *unit_of_form.get(mention.surface as usize)?;
            units.get(number as usize).filter(|unit| unit.kind == EntityKind::Organisation).map(|unit| (number, unit))
        };
        for (at, mention) in mentions.iter().enumerate() {
            let Some((number, unit)) = organisation(mention) else { continue };
            let documents = witnesses.documents.entry(number).or_default();
            if documents.last() != Some(&mention.document) {
                documents.push(mention.document);
            }
            let before = at.checked_sub(1).and_then(|before| mentions.get(before)).filter(|before| before.document == mention.document);
            if mention.in_brackets
                && let Some((long, named)) = before.and_then(organisation)
                && is_acronym(&unit.text)
                && !is_acronym(&named.text)
                && may_stand_for(&unit.key, &named.text)
            {
                let pair = (number, long);
                let count = witnesses.explained.entry(pair).or_insert(0);
                if *count == 0 {
                    witnesses.pairs.push(pair);
                }
                *count += 1;
            }
        }
        witnesses
    }

    /// Whether enough of the acronym's documents have the long name, or one explains it.
    pub(super) fn speak_for(&self, acronym: u32, long: u32) -> bool {
        if self.explained.contains_key(&(acronym, long)) {
            return true;
        }
        let (Some(short), Some(long)) = (self.documents.get(&acronym), self.documents.get(&long)) else { return false };
        let both = short.iter().filter(|document| long.binary_search(document).is_ok()).count();
        both > 0 && both as f64 >= LEAST_SHARE * short.len() as f64
    }

    /// (acronym, long name, times) of the acronyms that stand in brackets after a long name.
    pub(super) fn explained(&self) -> impl Iterator<Item = (u32, u32, u64)> + '_ {
        self.pairs.iter().map(|pair| (pair.0, pair.1, u64::from(self.explained.get(pair).copied().unwrap_or_default())))
    }
}

/// Whether the letters of an acronym stand in a long name in their order, the first at its start: ROSKOSMOS or UNHCR, whose
/// letters are not all initials.
fn may_stand_for(letters: &str, long: &str) -> bool {
    let words: Vec<String> = super::text::words(long);
    let starts = |words: &[String]| words.first().and_then(|word| word.chars().next()) == letters.chars().next();
    let mut left = words.iter().flat_map(|word| word.chars());
    words.len() >= 2
        && (starts(&words) || (words.len() > 2 && starts(&words[1..])))
        && letters.chars().all(|letter| left.any(|other| other == letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stand_in_order() {
        assert!(may_stand_for("unhcr", "United Nations High Commissioner for Refugees"));
        assert!(may_stand_for("centcom", "Central Command"));
        assert!(!may_stand_for("nbc", "Bloggers National Club"));
        assert!(!may_stand_for("apple", "Apple"));
    }
}
