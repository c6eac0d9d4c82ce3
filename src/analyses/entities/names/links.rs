//! Which units are one entity by equal keys: aliases, places, organisations. Persons have [`super::cluster`].

use hashbrown::HashMap;

use super::corpus::Unit;
use super::decision::EntityKind;
use super::organisation_forms::{initials, is_acronym, order_free_key, plain_words, without_generic_words, without_legal_form};
use super::witnesses::Witnesses;
use super::{organisation, places, text};

/// Disjoint sets of units; the smallest number of a set stands for it, so that the order of unions doesn't matter.
#[derive(Debug)]
pub(super) struct UnionFind {
    parents: Vec<u32>,
}

impl UnionFind {
    pub(super) fn new(size: usize) -> Self {
        Self { parents: (0..size as u32).collect() }
    }

    pub(super) fn find(&mut self, unit: u32) -> u32 {
        let mut root = unit;
        while let Some(&parent) = self.parents.get(root as usize)
            && parent != root
        {
            root = parent;
        }
        let mut at = unit;
        while let Some(parent) = self.parents.get_mut(at as usize)
            && *parent != root
        {
            at = std::mem::replace(parent, root);
        }
        root
    }

    pub(super) fn union(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        let (low, high) = (a.min(b), a.max(b));
        if let Some(parent) = self.parents.get_mut(high as usize) {
            *parent = low;
        }
    }
}

/// Units that meet under a key, in the order of their numbers.
struct Meeting(HashMap<String, u32>);

impl Meeting {
    fn new() -> Self {
        Self(HashMap::new())
    }

    fn join(&mut self, key: String, unit: u32, sets: &mut UnionFind) {
        let first = *self.0.entry(key).or_insert(unit);
        sets.union(first, unit);
    }
}

/// Whether a unit takes part in the rules: a spelling that the user sent elsewhere does not.
pub(super) fn follows_rules(unit: &Unit) -> bool {
    unit.alias.as_ref().is_none_or(|canonical| text::key(canonical) == unit.key)
}

/// Joins the spellings that the user gave one canonical form.
pub(super) fn link_aliases(units: &[Unit], sets: &mut UnionFind) {
    let mut meeting = Meeting::new();
    for (number, unit) in (0..).zip(units) {
        if let Some(canonical) = &unit.alias {
            meeting.join(format!("{:?} {}", unit.kind, text::key(canonical)), number, sets);
        }
    }
}

/// A key that joins units, unless the user wants them apart.
fn guarded(unit: &Unit, key: &str) -> String {
    // Units with different canonical forms of the user's never meet; those without meet the first of them only.
    unit.alias.as_ref().map_or_else(|| key.to_owned(), |canonical| format!("{key}\u{1}{}", text::key(canonical)))
}

/// Joins units under a key. When the user gave some of them different canonical forms, the rest go with none of them;
/// with one canonical form, the rest go with it.
fn join_groups(groups: Vec<(String, u32)>, units: &[Unit], sets: &mut UnionFind) {
    let mut canonical: HashMap<&str, Option<String>> = HashMap::new();
    for (key, number) in &groups {
        if let Some(alias) = units.get(*number as usize).and_then(|unit| unit.alias.as_ref()) {
            let alias = text::key(alias);
            canonical
                .entry(key.as_str())
                .and_modify(|known| {
                    if known.as_ref() != Some(&alias) {
                        *known = None;
                    }
                })
                .or_insert(Some(alias));
        }
    }
    let mut meeting = Meeting::new();
    for (key, number) in &groups {
        let Some(unit) = units.get(*number as usize) else { continue };
        let joined = match (canonical.get(key.as_str()), &unit.alias) {
            (Some(None), Some(_)) => guarded(unit, key),
            _ => key.clone(),
        };
        meeting.join(joined, *number, sets);
    }
}

/// Joins places that the tables have as one, and unknown ones that are written alike.
pub(super) fn link_places(units: &[Unit], sets: &mut UnionFind) {
    let (mut groups, mut unknown) = (Vec::new(), Vec::new());
    let mut known: HashMap<String, Vec<u32>> = HashMap::new();
    for (number, unit) in (0..).zip(units) {
        if unit.kind != EntityKind::Location || !follows_rules(unit) {
            continue;
        }
        let skeleton = places::slavic_skeleton(&unit.text);
        if let Some(place) = places::lookup(&unit.text) {
            groups.push((format!("row {} {:?}", place.row, place.part), number));
            if let Some(skeleton) = skeleton {
                known.entry(skeleton).or_default().push(number);
            }
        } else {
            groups.push((format!("key {}", places::unknown_key(&unit.text)), number));
            unknown.extend(skeleton.map(|skeleton| (skeleton, number)));
        }
    }
    join_groups(groups, units, sets);
    let mut by_skeleton = Vec::new();
    for (skeleton, number) in unknown {
        // A place that the tables know may take an unknown spelling, if it is the only one.
        let mut roots: Vec<u32> = known.get(&skeleton).into_iter().flatten().map(|known| sets.find(*known)).collect();
        roots.sort_unstable();
        roots.dedup();
        match roots.as_slice() {
            [] => by_skeleton.push((skeleton, number)),
            [only] => by_skeleton.push((format!("known {only}"), number)),
            _ => {}
        }
        if let [only] = roots.as_slice() {
            by_skeleton.push((format!("known {only}"), *only));
        }
    }
    join_groups(by_skeleton, units, sets);
}

/// Joins organisations by table, legal form, word order and generic words; then acronyms with the long names that the documents
/// put them beside.
pub(super) fn link_organisations(units: &[Unit], sets: &mut UnionFind, witnesses: &Witnesses, dominance: f64) {
    let mut groups = Vec::new();
    let mut acronyms: Vec<(u32, bool)> = Vec::new();
    let mut long: HashMap<String, Vec<u32>> = HashMap::new();
    // Acronyms that are firms' own names: "FMC Corp" says that FMC is no Ford Motor Co.
    let mut firms: HashMap<String, u64> = HashMap::new();
    for (number, unit) in (0..).zip(units) {
        if unit.kind != EntityKind::Organisation || !follows_rules(unit) {
            continue;
        }
        let row = organisation::lookup(&unit.text);
        if is_acronym(&unit.text) {
            acronyms.push((number, row.is_some()));
        }
        if let Some(row) = row {
            groups.push((format!("row {row}"), number));
            continue;
        }
        let all_words = plain_words(&unit.text);
        let words = without_legal_form(all_words.clone());
        if let [firm] = words.as_slice()
            && all_words.len() > 1
        {
            *firms.entry_ref(firm.as_str()).or_default() += unit.count;
        }
        groups.push((format!("key {}", words.concat()), number));
        groups.extend(order_free_key(&words).map(|key| (format!("order {key}"), number)));
        groups.extend(without_generic_words(&words).map(|rest| (format!("key {}", rest.concat()), number)));
        groups.extend(organisation::article_skeleton(&words).map(|key| (format!("article {key}"), number)));
        if !is_acronym(&unit.text) {
            for letters in initials(&unit.text) {
                long.entry(letters).or_default().push(number);
            }
        }
    }
    join_groups(groups, units, sets);
    let mut sizes: HashMap<u32, u32> = HashMap::new();
    for (number, _) in (0..).zip(units) {
        *sizes.entry(sets.find(number)).or_default() += 1;
    }
    for (number, listed) in acronyms {
        let Some(unit) = units.get(number as usize) else { continue };
        // The table's reading of an acronym holds when its long name is in the corpus.
        if listed && sizes.get(&sets.find(number)).copied().unwrap_or(1) > 1 {
            continue;
        }
        let mut readings: Vec<(u32, u64)> = Vec::new();
        let is_firm = firms.get(unit.key.as_str()).is_some_and(|count| count * 10 >= unit.count);
        let spelled = long.get(&unit.key).filter(|_| !is_firm);
        let initials = spelled.into_iter().flatten().filter(|candidate| witnesses.speak_for(number, **candidate));
        let explained = witnesses.explained().filter(|(acronym, ..)| *acronym == number).map(|(_, long, _)| long);
        let mut candidates: Vec<u32> = initials.copied().chain(explained).collect();
        candidates.sort_unstable();
        candidates.dedup();
        for candidate in candidates {
            let root = sets.find(candidate);
            let count = units.get(candidate as usize).map_or(0, |unit| unit.count);
            match readings.iter_mut().find(|(known, _)| *known == root) {
                Some((_, sum)) => *sum += count,
                None => readings.push((root, count)),
            }
        }
        if let Some(root) = dominant(&readings, dominance) {
            let clash = units.get(root as usize).is_some_and(|other| other.alias.is_some() && unit.alias.is_some());
            if !clash {
                sets.union(root, number);
            }
        }
    }
}

/// The only candidate, or the one with at least that share of all counts.
pub(super) fn dominant(candidates: &[(u32, u64)], share: f64) -> Option<u32> {
    if let [(only, _)] = candidates {
        return Some(*only);
    }
    let total: u64 = candidates.iter().map(|(_, count)| count).sum();
    candidates.iter().find(|(_, count)| total > 0 && *count as f64 >= share * total as f64).map(|(root, _)| *root)
}
