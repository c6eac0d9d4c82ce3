//! Entities in order of first mention, each under its most frequent full spelling.

use hashbrown::HashMap;

use super::corpus::{Entity, Folded, Form, Mention};
use super::decision::EntityKind;
use super::organisation_forms::is_acronym;
use super::person_parse::{self, without_titles};
use super::text;

/// How many mentions in the acronym's hundred a long name needs to be the entity's name. NATO is called NATO, but the
/// United States are not called US.
const LONG_NAME_SHARE: f64 = 0.1;

/// Numbers the roots, counts their spellings and names the entities. `aliases` has the user's name for a root.
pub(super) fn name_entities(forms: &[Form], mentions: &[Mention], roots: &[u32], aliases: &HashMap<u32, String>) -> Folded {
    let mut numbers: HashMap<u32, u32> = HashMap::new();
    let mut entities: Vec<Entity> = Vec::new();
    let mut wanted: Vec<Option<&str>> = Vec::new();
    let mut places: HashMap<(u32, u32), u32> = HashMap::new();
    let mut entity_of_mention = Vec::with_capacity(mentions.len());
    for (mention, root) in mentions.iter().zip(roots) {
        let Some(form) = forms.get(mention.surface as usize) else {
            entity_of_mention.push(u32::MAX);
            continue;
        };
        let next = entities.len() as u32;
        let number = *numbers.entry(*root).or_insert(next);
        if number == next {
            entities.push(Entity { canonical: String::new(), kind: form.kind, mentions: 0, spellings: Vec::new() });
            wanted.push(aliases.get(root).map(String::as_str));
        }
        entity_of_mention.push(number);
        let Some(entity) = entities.get_mut(number as usize) else { continue };
        entity.mentions += 1;
        let place = *places.entry((number, mention.surface)).or_insert(entity.spellings.len() as u32);
        match entity.spellings.get_mut(place as usize) {
            Some((_, count)) => *count += 1,
            None => entity.spellings.push((form.text.clone(), 1)),
        }
    }
    for (entity, alias) in entities.iter_mut().zip(wanted) {
        entity.spellings = clean_spellings(&entity.spellings);
        entity.canonical = alias.map_or_else(|| canonical(entity), str::to_owned);
    }
    Folded { entities, entity_of_mention }
}

/// Surfaces that are one when cleaned counted together, the most frequent first.
fn clean_spellings(surfaces: &[(String, u32)]) -> Vec<(String, u32)> {
    let mut cleaned: Vec<(String, u32)> = Vec::with_capacity(surfaces.len());
    let mut places: HashMap<String, usize> = HashMap::new();
    for (surface, count) in surfaces {
        let name = text::clean(surface);
        let place = *places.entry_ref(name.as_str()).or_insert(cleaned.len());
        match cleaned.get_mut(place) {
            Some((_, sum)) => *sum += count,
            None => cleaned.push((name, *count)),
        }
    }
    cleaned.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    cleaned
}

/// The most frequent full spelling; the first of equals.
fn canonical(entity: &Entity) -> String {
    let acronyms: u32 = entity.spellings.iter().filter(|(name, _)| is_acronym(name)).map(|(_, count)| count).sum();
    let mut best: Option<(u8, u32, String)> = None;
    let mut sums: Vec<(u8, u32, String)> = Vec::new();
    for (name, count) in &entity.spellings {
        let shown = shown(name, entity.kind);
        match sums.iter_mut().find(|(_, _, known)| *known == shown) {
            Some((_, sum, _)) => *sum += count,
            None => sums.push((0, *count, shown)),
        }
    }
    for (_, count, shown) in sums {
        let rank = rank(&shown, entity.kind, count, acronyms);
        if best.as_ref().is_none_or(|(top, most, _)| (rank, count) > (*top, *most)) {
            best = Some((rank, count, shown));
        }
    }
    best.map(|(_, _, shown)| shown).unwrap_or_default()
}

/// The name without what is said of its bearer: titles before persons, the article before places.
fn shown(name: &str, kind: EntityKind) -> String {
    match kind {
        EntityKind::Person => match without_titles(name) {
            (bare, false) => bare.to_owned(),
            (_, true) => name.to_owned(),
        },
        EntityKind::Location | EntityKind::Organisation => name
            .strip_prefix("the ")
            .or_else(|| name.strip_prefix("The ").filter(|_| kind == EntityKind::Location))
            .unwrap_or(name)
            .to_owned(),
        EntityKind::Misc => name.to_owned(),
    }
}

/// How full a spelling is: a whole name in mixed case before a part of it, before capitals.
fn rank(name: &str, kind: EntityKind, count: u32, acronyms: u32) -> u8 {
    let capitals = text::is_all_capitals(name);
    match kind {
        EntityKind::Person => {
            let parsed = person_parse::parse(name);
            let initial = parsed.as_ref().and_then(|name| name.given.first()).is_some_and(person_parse::Word::is_initial);
            let whole = parsed.is_some_and(|name| !name.is_single() || name.given_title);
            match (whole, capitals, initial) {
                (true, false, false) => 4,
                (true, false, true) => 3,
                (true, true, _) => 2,
                (false, false, _) => 1,
                (false, true, _) => 0,
            }
        }
        _ if is_acronym(name) => 2,
        _ if capitals => 1,
        EntityKind::Organisation if f64::from(count) < LONG_NAME_SHARE * f64::from(acronyms) => 1,
        _ => 3,
    }
}
