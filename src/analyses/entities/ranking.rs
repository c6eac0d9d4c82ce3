//! The main table: every entity in the whole corpus and in each group.

use super::forms::code;
use super::intervals::{Bootstrap, Rates};
use super::named::{Cell, Entity, Named};
use super::tables::ENTITIES;
use crate::corpus::Corpus;
use crate::maths::map_in_order;
use crate::table::{Table, TableBuilder, Value};

/// The name of the rows for the whole corpus.
pub(super) const ALL: &str = "(all)";

/// What one group (or the whole corpus) says about an entity.
struct Row {
    entity: usize,
    mentions: u64,
    documents: usize,
    /// Per million words and share of documents, documents counted by their weights.
    rates: Rates,
    intervals: super::intervals::Intervals,
    spellings: Vec<(u32, u32)>,
    dates: (Option<i32>, Option<i32>),
}

/// The table of the first `listed` entities.
pub(super) fn entity_table(corpus: &Corpus, named: &Named, listed: usize, seed: u64) -> Table {
    let bootstrap = Bootstrap::new(corpus, seed);
    let groups = corpus.groups.len();
    let grouped = !corpus.groups.field.is_empty();
    // One task an entity: its row for the whole corpus and its rows for the groups that name it.
    let rows: Vec<Vec<(Option<usize>, Row)>> = map_in_order(listed, |position| {
        let entity = &named.entities[position];
        let mut rows = vec![(None, row(corpus, &bootstrap, position, &entity.cells, None))];
        if grouped {
            let mut cells = entity.cells.clone();
            // Stable, so documents stay in order within a group.
            cells.sort_by_key(|cell| corpus.groups.of_document[cell.document as usize]);
            for run in cells.chunk_by(|a, b| group_of(corpus, a) == group_of(corpus, b)) {
                let group = group_of(corpus, &run[0]);
                rows.push((Some(group), row(corpus, &bootstrap, position, run, Some(group))));
            }
        }
        rows
    });
    let mut by_group: Vec<Vec<Row>> = (0..=groups).map(|_| Vec::new()).collect();
    for (group, row) in rows.into_iter().flatten() {
        by_group[group.map_or(0, |group| group + 1)].push(row);
    }
    let mut builder = TableBuilder::new(&ENTITIES);
    for (group, mut rows) in by_group.into_iter().enumerate() {
        // Entities come ranked for the whole corpus; a stable sort keeps that order among equals.
        rows.sort_by_key(|row| std::cmp::Reverse((row.documents, row.mentions)));
        let name = group.checked_sub(1).map_or(ALL, |group| corpus.groups.names[group].as_str());
        for (rank, row) in rows.iter().enumerate() {
            push(&mut builder, named, name, rank + 1, row);
        }
    }
    let mut table = builder.finish();
    table.hidden_rows = named.entities.len() - listed;
    table
}

fn group_of(corpus: &Corpus, cell: &Cell) -> usize {
    usize::from(corpus.groups.of_document[cell.document as usize])
}

fn row(corpus: &Corpus, bootstrap: &Bootstrap, entity: usize, cells: &[Cell], group: Option<usize>) -> Row {
    let naming: Vec<(u32, u32)> =
        cells.chunk_by(|a, b| a.document == b.document).map(|run| (run[0].document, run.iter().map(|cell| cell.count).sum())).collect();
    let mut spellings: Vec<(u32, u32)> = cells.iter().map(|cell| (cell.spelling, cell.count)).collect();
    spellings.sort_unstable();
    spellings.dedup_by(|later, earlier| {
        let same = later.0 == earlier.0;
        if same {
            earlier.1 += later.1;
        }
        same
    });
    spellings.sort_by_key(|&(spelling, count)| (std::cmp::Reverse(count), spelling));
    let dates = || naming.iter().filter_map(|&(document, _)| corpus.documents.dates[document as usize]);
    Row {
        entity,
        mentions: naming.iter().map(|&(_, count)| u64::from(count)).sum(),
        documents: naming.len(),
        rates: bootstrap.rates(&naming, group),
        intervals: bootstrap.intervals(&naming, group),
        spellings,
        dates: (dates().min(), dates().max()),
    }
}

fn push(builder: &mut TableBuilder, named: &Named, group: &str, rank: usize, row: &Row) {
    let entity: &Entity = &named.entities[row.entity];
    let spellings: Vec<String> =
        row.spellings.iter().map(|&(spelling, count)| format!("{} {count}", named.spellings[spelling as usize])).collect();
    let (rate, share) = (row.intervals.per_million, row.intervals.document_share);
    builder.row([
        rank.into(),
        entity.name.as_str().into(),
        code(entity.kind).into(),
        group.into(),
        row.mentions.into(),
        row.rates.per_million.into(),
        rate.map(|ends| ends.0).into(),
        rate.map(|ends| ends.1).into(),
        row.documents.into(),
        row.rates.document_share.into(),
        share.map(|ends| ends.0).into(),
        share.map(|ends| ends.1).into(),
        row.spellings.len().into(),
        spellings.join(", ").into(),
        Value::date(row.dates.0),
        Value::date(row.dates.1),
    ]);
}
