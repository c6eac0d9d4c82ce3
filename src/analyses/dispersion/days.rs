//! On which days the words occur.

use super::tables::WORD_DATES;
use crate::corpus::{Corpus, TermId};
use crate::error::Result;
use crate::table::format::civil;
use crate::table::{Table, TableBuilder, Value};
use std::collections::BTreeMap;

/// Fewest dated documents that make a strip.
const FEWEST_DATED: usize = 10;
/// Most places (of all groups together) of a strip; beyond it days become weeks, and weeks months.
const MOST_PLACES: usize = 6_000;

/// How far apart places are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
}

impl Unit {
    /// The first day of the period that holds `day`.
    fn start(self, day: i32) -> i32 {
        match self {
            Self::Day => day,
            // 1970-01-05 was a Monday.
            Self::Week => day - (day - 4).rem_euclid(7),
            Self::Month => civil(day).map_or(day, |date| day - i32::from(date.day()) + 1),
        }
    }

    fn note(self) -> &'static str {
        match self {
            Self::Day => "A row is a day.",
            Self::Week => "A row is a week, by its Monday: there are too many days to show.",
            Self::Month => "A row is a month, by its first day: there are too many days to show.",
        }
    }
}

/// Documents, documents that hold the word, occurrences.
type Cell = (u64, u64, u64);

/// The table of days; `None` without enough dates.
pub(super) fn table(corpus: &Corpus, terms: &[TermId]) -> Result<Option<Table>> {
    let dates = &corpus.documents.dates;
    let first = dates.iter().flatten().min();
    if dates.iter().flatten().count() < FEWEST_DATED || first == dates.iter().flatten().max() {
        return Ok(None);
    }
    let places = |unit: Unit| {
        let dated = dates.iter().zip(&corpus.groups.of_document).filter_map(|(day, group)| day.map(|day| (unit.start(day), *group)));
        dated.collect::<std::collections::BTreeSet<_>>().len()
    };
    let unit = [Unit::Day, Unit::Week].into_iter().find(|&unit| places(unit) <= MOST_PLACES).unwrap_or(Unit::Month);
    let rows = &corpus.document_terms()?.rows;
    let mut builder = TableBuilder::new(&WORD_DATES);
    for &term in terms {
        let mut cells: BTreeMap<(u16, i32), Cell> = BTreeMap::new();
        for (document, day) in dates.iter().enumerate() {
            let Some(day) = day else { continue };
            let (held, counts) = rows.row(document);
            let count = held.binary_search(&term).map_or(0, |place| u64::from(counts[place]));
            let cell = cells.entry((corpus.groups.of_document[document], unit.start(*day))).or_default();
            *cell = (cell.0 + 1, cell.1 + u64::from(count > 0), cell.2 + count);
        }
        for ((group, day), (all, holding, count)) in cells {
            builder.row([
                corpus.terms.label(term).into(),
                corpus.groups.names[usize::from(group)].as_str().into(),
                Value::Date(day),
                all.into(),
                holding.into(),
                count.into(),
            ]);
        }
    }
    Ok(Some(builder.finish().with_note(unit.note())))
}
