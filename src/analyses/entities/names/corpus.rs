//! Folding a corpus: distinct surfaces in, one entity a mention out.

use hashbrown::HashMap;

use super::aliases::Aliases;
use super::canonical;
use super::cluster;
use super::decision::EntityKind;
use super::links::{self, UnionFind};
use super::organisation_forms::is_party_and_state;
use super::resolve;
use super::text;
use super::witnesses::Witnesses;

/// A distinct surface of one kind in the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The surface as the text has it: titles, possessives and line breaks may be in it.
    pub text: String,
    /// What the tagger took it for.
    pub kind: EntityKind,
    /// Mentions in the corpus.
    pub count: u32,
}

/// One mention. A slice of mentions is in document order, all mentions of a document together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The document's number.
    pub document: u32,
    /// The form's place in the slice of forms.
    pub surface: u32,
    /// It stands in brackets right after the mention before it: the text itself says that the two are one.
    pub in_brackets: bool,
}

/// What folding may do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FoldOptions {
    /// False makes every cleaned surface an entity of its own (`--no-fold`).
    pub fold: bool,
    /// The share of mentions that makes one person the clear owner of a surname, or one reading that of an acronym.
    pub dominance: f64,
}

impl Default for FoldOptions {
    fn default() -> Self {
        Self { fold: true, dominance: 0.8 }
    }
}

/// One entity of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The most frequent full spelling, or what the user's alias says.
    pub canonical: String,
    /// The kind of its forms.
    pub kind: EntityKind,
    /// How many mentions it has.
    pub mentions: u32,
    /// Its spellings, cleaned, with their mentions: the most frequent first, ties in order of appearance.
    pub spellings: Vec<(String, u32)>,
}

/// The folded corpus.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Folded {
    /// Entities in order of their first mention.
    pub entities: Vec<Entity>,
    /// For every mention its entity's place in `entities`.
    pub entity_of_mention: Vec<u32>,
}

/// Forms that are one but for case, accents, punctuation and possessives.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub text: String,
    pub key: String,
    pub kind: EntityKind,
    pub count: u64,
    /// The canonical form that the user gave for this very spelling.
    pub alias: Option<String>,
}

/// Folds the names of a corpus.
///
/// Mentions whose surface is out of range get entities of their own form only if the form exists; a caller's bad index
/// is given the entity `u32::MAX`. The result depends on the order of forms and mentions, and on nothing else.
#[must_use]
pub fn fold(forms: &[Form], mentions: &[Mention], aliases: &Aliases, options: &FoldOptions) -> Folded {
    let (units, unit_of_form) = units(forms, aliases, options.fold);
    let mut sets = UnionFind::new(units.len());
    let mut persons = cluster::Persons::default();
    if options.fold {
        links::link_aliases(&units, &mut sets);
        links::link_places(&units, &mut sets);
        let witnesses = Witnesses::new(&units, mentions, &unit_of_form);
        links::link_organisations(&units, &mut sets, &witnesses, options.dominance);
        persons = cluster::link_persons(&units, &mut sets);
    }
    let roots = resolve::roots(mentions, &unit_of_form, &persons, &mut sets, options.dominance);
    let mut wanted: HashMap<u32, String> = HashMap::new();
    for (number, unit) in (0..).zip(&units) {
        if let Some(canonical) = &unit.alias {
            wanted.entry(sets.find(number)).or_insert_with(|| canonical.clone());
        }
    }
    canonical::name_entities(forms, mentions, &roots, &wanted)
}

/// Groups the forms, and adds the canonical forms of aliases that no text has, so that other spellings find them.
fn units(forms: &[Form], aliases: &Aliases, folding: bool) -> (Vec<Unit>, Vec<u32>) {
    let mut units: Vec<Unit> = Vec::new();
    let mut best: Vec<u32> = Vec::new();
    let mut found: HashMap<(EntityKind, String), u32> = HashMap::with_capacity(forms.len());
    let mut unit_of_form = Vec::with_capacity(forms.len());
    let mut wanted: Vec<(EntityKind, String)> = Vec::new();
    for form in forms {
        let cleaned = text::clean(&form.text);
        let key = text::key(&cleaned);
        let written = key.is_empty() || is_party_and_state(&cleaned);
        let identity = if folding && !written { key.clone() } else { cleaned.clone() };
        let next = units.len() as u32;
        let unit = *found.entry((form.kind, identity)).or_insert(next);
        if unit == next {
            let alias = aliases.canonical(&key).filter(|_| folding).map(str::to_owned);
            wanted.extend(alias.iter().map(|canonical| (form.kind, canonical.clone())));
            units.push(Unit { text: cleaned.clone(), key, kind: form.kind, count: 0, alias });
            best.push(0);
        }
        if let (Some(unit), Some(best)) = (units.get_mut(unit as usize), best.get_mut(unit as usize)) {
            unit.count += u64::from(form.count);
            // Rules read the spelling that says most: mixed case before capitals, then the most frequent.
            let better = text::is_all_capitals(&unit.text) && !text::is_all_capitals(&cleaned);
            let worse = !text::is_all_capitals(&unit.text) && text::is_all_capitals(&cleaned);
            if better || (!worse && form.count > *best) {
                unit.text = cleaned;
                *best = form.count;
            }
        }
        unit_of_form.push(unit);
    }
    for (kind, canonical) in wanted {
        let (cleaned, next) = (text::clean(&canonical), units.len() as u32);
        let key = text::key(&cleaned);
        let unit = *found.entry((kind, key.clone())).or_insert(next);
        if unit == next {
            units.push(Unit { text: cleaned, key, kind, count: 0, alias: Some(canonical) });
        } else if let Some(unit) = units.get_mut(unit as usize)
            && unit.alias.is_none()
        {
            unit.alias = Some(canonical);
        }
    }
    (units, unit_of_form)
}
