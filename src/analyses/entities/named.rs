//! Entities after folding: ranked, with their mentions by document and spelling.

use super::forms::KINDS;
use super::mentions::Mentions;
use super::names::{self, Aliases, EntityKind, FoldOptions, Folded, clean, fold};
use crate::memory::Interner;
use hashbrown::HashMap;

/// How often an entity stands in a document under a spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cell {
    /// The document.
    pub document: u32,
    /// The spelling's number.
    pub spelling: u32,
    /// Mentions.
    pub count: u32,
}

/// An entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entity {
    /// The most frequent full spelling, or the user's alias.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Its mentions by document, then spelling.
    pub cells: Vec<Cell>,
    /// All mentions.
    pub mentions: u64,
    /// Documents that name it.
    pub documents: usize,
}

/// The entities of a corpus.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// Frequent ones first; by documents, then mentions (highest first), then name and kind.
    pub entities: Vec<Entity>,
    /// The entity of each mention, as a position in `entities`.
    pub entity_of_mention: Vec<u32>,
    /// Spellings by number: cleaned names, in order of first mention.
    pub spellings: Vec<String>,
    /// How many entities have enough mentions to be listed: the first ones.
    pub listed: usize,
}

impl Entity {
    /// (document, mentions) of each document that names it, ascending.
    pub fn by_document(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.cells.chunk_by(|a, b| a.document == b.document).map(|run| (run[0].document, run.iter().map(|cell| cell.count).sum()))
    }

    fn rank_key(&self, least: u64) -> impl Ord + '_ {
        let kind = KINDS.iter().position(|kind| *kind == self.kind);
        (self.mentions < least, std::cmp::Reverse((self.documents, self.mentions)), self.name.as_str(), kind)
    }
}

/// Folds mentions into entities and ranks them; entities with fewer than `least` mentions come last.
pub(super) fn resolve(mentions: &Mentions, aliases: &Aliases, folding: bool, least: u64) -> Named {
    let options = FoldOptions { fold: folding, ..FoldOptions::default() };
    let folded = fold(&mentions.forms, &mentions.mentions, aliases, &options);
    let mut interner = Interner::default();
    let spelling_of_form: Vec<u32> = mentions.forms.iter().map(|form| interner.intern(&clean(&form.text))).collect();
    let joined = if folding { join_plurals(&folded) } else { (0..folded.entities.len() as u32).collect() };
    let entity_of_mention: Vec<u32> = folded.entity_of_mention.iter().map(|&number| joined[number as usize]).collect();
    let mut entities: Vec<Entity> = folded
        .entities
        .into_iter()
        .map(|entity| Entity { name: entity.canonical, kind: entity.kind, cells: Vec::new(), mentions: 0, documents: 0 })
        .collect();
    for (mention, &number) in mentions.mentions.iter().zip(&entity_of_mention) {
        let entity = &mut entities[number as usize];
        entity.mentions += 1;
        entity.cells.push(Cell { document: mention.document, spelling: spelling_of_form[mention.surface as usize], count: 1 });
    }
    for entity in &mut entities {
        entity.cells.sort_unstable();
        entity.cells.dedup_by(|later, earlier| {
            let same = (later.document, later.spelling) == (earlier.document, earlier.spelling);
            if same {
                earlier.count += later.count;
            }
            same
        });
        entity.documents = entity.by_document().count();
    }
    // Entities that were joined to others have no mention left.
    let mut order: Vec<u32> = (0..entities.len() as u32).filter(|&number| entities[number as usize].mentions > 0).collect();
    order.sort_by(|&a, &b| entities[a as usize].rank_key(least).cmp(&entities[b as usize].rank_key(least)));
    let mut rank = vec![0; entities.len()];
    for (position, &number) in order.iter().enumerate() {
        rank[number as usize] = position as u32;
    }
    let listed = order.partition_point(|&number| entities[number as usize].mentions >= least);
    let mut slots: Vec<Option<Entity>> = entities.into_iter().map(Some).collect();
    Named {
        listed,
        entities: order.iter().filter_map(|&number| slots[number as usize].take()).collect(),
        entity_of_mention: entity_of_mention.iter().map(|&number| rank[number as usize]).collect(),
        spellings: interner.arena().iter().map(str::to_owned).collect(),
    }
}

/// `Russians` and `Russian` are one people: of two MISC names that differ by a plural -s alone, the rarer one is joined to the
/// other. Gives each entity the entity that it becomes.
fn join_plurals(folded: &Folded) -> Vec<u32> {
    let entities = &folded.entities;
    let mut becomes: Vec<u32> = (0..entities.len() as u32).collect();
    let of_kind = |entity: &&names::Entity| entity.kind == EntityKind::Misc;
    let places: HashMap<&str, u32> =
        (0..).zip(entities).filter(|(_, entity)| of_kind(entity)).map(|(number, entity)| (entity.canonical.as_str(), number)).collect();
    for (plural, entity) in (0..).zip(entities).filter(|(_, entity)| of_kind(entity)) {
        let Some(&singular) = entity.canonical.strip_suffix('s').and_then(|name| places.get(name)) else { continue };
        if entity.mentions > entities[singular as usize].mentions {
            becomes[singular as usize] = plural;
        } else {
            becomes[plural as usize] = singular;
        }
    }
    // A name may be the plural of one and the singular of another; follow it to the end.
    (0..becomes.len() as u32)
        .map(|start| {
            let mut number = start;
            while becomes[number as usize] != number {
                number = becomes[number as usize];
            }
            number
        })
        .collect()
}
