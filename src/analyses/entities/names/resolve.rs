//! Which entity each mention means: a surname alone is given to the last full name with that surname in the document,
//! else to the only one who is named later, else to the corpus's clearly dominant bearer, else to itself. A given name alone
//! is given to the one person called so in the document, else to one whom the whole corpus knows by it.

use hashbrown::HashMap;

use super::cluster::Persons;
use super::corpus::Mention;
use super::links::{UnionFind, dominant};

/// The root unit of every mention; `u32::MAX` for a mention of a form that doesn't exist.
pub(super) fn roots(mentions: &[Mention], unit_of_form: &[u32], persons: &Persons, sets: &mut UnionFind, dominance: f64) -> Vec<u32> {
    let mut roots = Vec::with_capacity(mentions.len());
    for document in mentions.chunk_by(|a, b| a.document == b.document) {
        let units: Vec<Option<u32>> = document.iter().map(|mention| unit_of_form.get(mention.surface as usize).copied()).collect();
        // Full names of the document in order, as roots.
        let full: Vec<Option<u32>> = units
            .iter()
            .map(|unit| unit.filter(|unit| persons.full.get(*unit as usize).copied().unwrap_or(false)).map(|unit| sets.find(unit)))
            .collect();
        // Where each of them is named last: so far, and in the whole document; a long document has many mentions of few.
        let last: HashMap<u32, usize> = full.iter().enumerate().filter_map(|(at, root)| root.map(|root| (root, at))).collect();
        let mut recent: HashMap<u32, usize> = HashMap::with_capacity(last.len());
        for (at, unit) in units.iter().enumerate() {
            if let Some(root) = at.checked_sub(1).and_then(|before| full[before]) {
                recent.insert(root, at - 1);
            }
            let Some(unit) = *unit else {
                roots.push(u32::MAX);
                continue;
            };
            let own = sets.find(unit);
            let bearers = persons.bearers.get(&unit).map_or(&[][..], Vec::as_slice);
            if let Some(people) = persons.called.get(&unit) {
                roots.push(called(people, &full, dominance).unwrap_or(own));
                continue;
            }
            let bears = |root: &u32| bearers.iter().any(|(bearer, _)| bearer == root);
            let places = bearers.iter().filter_map(|(bearer, _)| recent.get(bearer).map(|place| (*place, *bearer)));
            let before = places.max().map(|(_, bearer)| bearer);
            roots.push(before.or_else(|| named_later(bearers, &last, at)).unwrap_or_else(|| {
                let named_here = last.keys().any(bears);
                if named_here { own } else { dominant(bearers, dominance).unwrap_or(own) }
            }));
        }
    }
    roots
}

/// Whom a given name alone means: the one person called so whom the document names in full; if it names nobody of that name,
/// the corpus's dominant one, who must be well known to it.
fn called(people: &[(u32, u64)], full: &[Option<u32>], dominance: f64) -> Option<u32> {
    const WELL_KNOWN: u64 = 25;
    let mut here = full.iter().flatten().filter(|root| people.iter().any(|(person, _)| person == *root));
    if let Some(first) = here.next() {
        return here.all(|root| root == first).then_some(*first);
    }
    let root = dominant(people, dominance)?;
    people.iter().any(|(person, count)| *person == root && *count >= WELL_KNOWN).then_some(root)
}

/// The one bearer who is named after the mention, as after a headline; nobody when there are two.
fn named_later(bearers: &[(u32, u64)], last: &HashMap<u32, usize>, at: usize) -> Option<u32> {
    let mut later = bearers.iter().map(|(bearer, _)| *bearer).filter(|bearer| last.get(bearer).is_some_and(|place| *place > at));
    let first = later.next()?;
    later.all(|root| root == first).then_some(first)
}
