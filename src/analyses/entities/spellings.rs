//! Who writes which spelling: parts of names that are spelled in more than one way, by group, and a test of each.

use super::forms::code;
use super::named::{Entity, Named};
use super::names::EntityKind;
use super::parts::{Cutter, Part};
use super::permutation::{Observation, p_value};
use super::ranking::ALL;
use super::tables::SPELLING_TABLE;
use crate::corpus::Corpus;
use crate::maths::many_tests::Adjustment;
use crate::maths::summary::wilson_interval;
use crate::maths::{RandomStream, map_in_order};
use crate::table::{Table, TableBuilder};
use std::collections::BTreeMap;
use std::ops::Range;

/// Separates the streams of these tests from those of the bootstrap under the same seed.
const STREAMS: u64 = 0x7370_656C_6C00_0000;
/// A part is tested if at least this many documents deviate from its most frequent spelling.
const LEAST_DEVIATING: usize = 2;

/// A part of an entity's name with its spellings.
#[derive(Debug, Clone)]
pub(super) struct Split {
    /// The entity's position.
    pub entity: usize,
    /// The part.
    pub part: Part,
    /// Its spellings, the most frequent first.
    pub spellings: Vec<String>,
    /// (document, spelling, mentions) by document.
    pub cells: Vec<(u32, usize, u32)>,
    /// Of the test whether groups differ, if there was one.
    pub p_value: Option<f64>,
    /// Adjusted over all tests.
    pub q_value: Option<f64>,
}

/// What a group writes for a part.
#[derive(Debug, Clone, Default)]
pub(super) struct Usage {
    /// (spelling, mentions, documents), the most frequent first.
    pub spellings: Vec<(usize, u32, usize)>,
    /// Documents that have the part.
    pub documents: usize,
    /// Mentions that have the part.
    pub mentions: u32,
}

/// The parts of the names of the first `listed` entities, in order of rank and part; parts with several spellings are
/// tested where groups can be compared.
pub(super) fn splits(corpus: &Corpus, named: &Named, listed: usize, seed: u64) -> Vec<Split> {
    let parts = map_in_order(listed, |position| {
        let mut splits = parts_of(position, &named.entities[position], &named.spellings);
        for split in splits.iter_mut().filter(|split| split.spellings.len() > 1 && corpus.groups.comparable()) {
            let task = (position as u64) << 3 | u64::from(split.part == Part::Surname) << 1 | u64::from(split.part == Part::Abbreviation);
            split.p_value = test(corpus, split, &mut RandomStream::new(seed ^ STREAMS, task));
        }
        splits
    });
    let mut splits: Vec<Split> = parts.into_iter().flatten().collect();
    let tested: Vec<usize> = (0..splits.len()).filter(|&number| splits[number].p_value.is_some()).collect();
    let p_values: Vec<f64> = tested.iter().filter_map(|&number| splits[number].p_value).collect();
    for (&number, q_value) in tested.iter().zip(Adjustment::BenjaminiHochberg.adjust(&p_values)) {
        splits[number].q_value = Some(q_value);
    }
    splits
}

/// What spellings that differ in nothing but capitals share; a people's plural is grammar and no other spelling.
fn key(text: &str, kind: EntityKind) -> String {
    let mut key = text.to_lowercase();
    if kind == EntityKind::Misc && key.ends_with('s') {
        key.pop();
    }
    key
}

/// (document, mentions).
type Cells = Vec<(u32, u32)>;
/// Mentions by exact spelling, and where they are.
type Found = (BTreeMap<String, u32>, Cells);

fn parts_of(position: usize, entity: &Entity, names: &[String]) -> Vec<Split> {
    let cutter = Cutter::new(entity.kind, entity.cells.iter().map(|cell| names[cell.spelling as usize].as_str()));
    // Part → spelling without case → (mentions by exact spelling, cells).
    let mut found: BTreeMap<Part, BTreeMap<String, Found>> = BTreeMap::new();
    for cell in &entity.cells {
        for (part, text) in cutter.parts(&names[cell.spelling as usize]) {
            let (exact, cells) = found.entry(part).or_default().entry(key(&text, entity.kind)).or_default();
            *exact.entry(text).or_default() += cell.count;
            cells.push((cell.document, cell.count));
        }
    }
    let splits = found.into_iter().map(|(part, spellings)| {
        let mut spellings: Vec<(u32, String, Cells)> = spellings
            .into_values()
            .map(|(exact, cells)| {
                let shown = exact.iter().max_by_key(|(text, count)| (**count, std::cmp::Reverse(*text)));
                (exact.values().sum(), shown.map_or(String::new(), |(text, _)| text.clone()), cells)
            })
            .collect();
        spellings.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let mut cells: Vec<(u32, usize, u32)> = Vec::new();
        for (spelling, (_, _, of_spelling)) in spellings.iter().enumerate() {
            cells.extend(of_spelling.iter().map(|&(document, count)| (document, spelling, count)));
        }
        cells.sort_unstable();
        cells.dedup_by(|later, earlier| {
            let same = (later.0, later.1) == (earlier.0, earlier.1);
            if same {
                earlier.2 += later.2;
            }
            same
        });
        let spellings = spellings.into_iter().map(|(_, text, _)| text).collect();
        Split { entity: position, part, spellings, cells, p_value: None, q_value: None }
    });
    splits.collect()
}

/// The p-value of a part with several spellings; `None` if one group alone has it or hardly a document deviates.
fn test(corpus: &Corpus, split: &Split, stream: &mut RandomStream) -> Option<f64> {
    let deviating = split.cells.chunk_by(|a, b| a.0 == b.0).filter(|document| document.iter().any(|cell| cell.1 > 0)).count();
    let mut groups: Vec<u16> = split.cells.iter().map(|cell| corpus.groups.of_document[cell.0 as usize]).collect();
    groups.sort_unstable();
    groups.dedup();
    if deviating < LEAST_DEVIATING || groups.len() < 2 {
        return None;
    }
    let observations = split.cells.chunk_by(|a, b| a.0 == b.0).map(|document| {
        let total: u32 = document.iter().map(|cell| cell.2).sum();
        let group = corpus.groups.of_document[document[0].0 as usize];
        Observation {
            group: groups.binary_search(&group).unwrap_or(0),
            shares: document.iter().map(|cell| (cell.1, f64::from(cell.2) / f64::from(total))).collect(),
        }
    });
    Some(p_value(&observations.collect::<Vec<_>>(), groups.len(), split.spellings.len(), stream))
}

impl Split {
    /// What `group` writes; `None` is the whole corpus.
    pub fn usage(&self, corpus: &Corpus, group: Option<u16>) -> Usage {
        let of_group = |document: u32| group.is_none_or(|group| corpus.groups.of_document[document as usize] == group);
        let mut sums = vec![(0u32, 0usize); self.spellings.len()];
        let mut usage = Usage::default();
        for document in self.cells.chunk_by(|a, b| a.0 == b.0).filter(|cells| of_group(cells[0].0)) {
            usage.documents += 1;
            for &(_, spelling, count) in document {
                sums[spelling].0 += count;
                sums[spelling].1 += 1;
                usage.mentions += count;
            }
        }
        usage.spellings = sums
            .into_iter()
            .enumerate()
            .filter(|(_, sum)| sum.0 > 0)
            .map(|(spelling, (count, documents))| (spelling, count, documents))
            .collect();
        usage.spellings.sort_by_key(|&(spelling, count, _)| (std::cmp::Reverse(count), spelling));
        usage
    }

    /// The groups that have the part, ascending.
    pub fn groups(&self, corpus: &Corpus) -> Vec<u16> {
        let mut groups: Vec<u16> = self.cells.iter().map(|cell| corpus.groups.of_document[cell.0 as usize]).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }
}

/// The table of `splits`, and the rows of each split. Parts with one spelling only are shown with `all_rows`.
pub(super) fn spelling_table(corpus: &Corpus, named: &Named, splits: &[Split], all_rows: bool) -> (Table, Vec<Range<usize>>) {
    let mut builder = TableBuilder::new(&SPELLING_TABLE);
    let (mut rows, mut hidden) = (0, 0);
    let mut ranges = Vec::with_capacity(splits.len());
    let grouped = !corpus.groups.field.is_empty();
    for split in splits {
        let groups = if grouped { split.groups(corpus) } else { Vec::new() };
        let first = rows;
        if split.spellings.len() < 2 && !all_rows {
            hidden += 1 + groups.len();
            ranges.push(first..first);
            continue;
        }
        let entity = &named.entities[split.entity];
        for group in std::iter::once(None).chain(groups.into_iter().map(Some)) {
            let usage = split.usage(corpus, group);
            for &(spelling, mentions, documents) in &usage.spellings {
                let share = f64::from(mentions) / f64::from(usage.mentions);
                let interval = wilson_interval(share * usage.documents as f64, usage.documents as f64);
                builder.row([
                    entity.name.as_str().into(),
                    code(entity.kind).into(),
                    split.part.label().into(),
                    split.spellings[spelling].as_str().into(),
                    group.map_or(ALL, |group| corpus.groups.names[usize::from(group)].as_str()).into(),
                    mentions.into(),
                    documents.into(),
                    share.into(),
                    interval.map(|ends| ends.0).into(),
                    interval.map(|ends| ends.1).into(),
                    split.p_value.into(),
                    split.q_value.into(),
                ]);
                rows += 1;
            }
        }
        ranges.push(first..rows);
    }
    let tests = splits.iter().filter(|split| split.p_value.is_some()).count();
    let mut table = builder.finish();
    table.hidden_rows = hidden;
    if tests > 0 {
        table = table.with_note(format!(
            "{tests} parts of names were tested: those with two spellings and more of which at least {LEAST_DEVIATING} documents deviate from the most frequent one. Labels of groups were shuffled among the documents that have the part, each document counting once; q is adjusted over these tests."
        ));
    }
    (table, ranges)
}
