//! The cells of a grid that differ most, for titles that say what a heat map shows.

use super::rows::Table;

/// Two cells of one row of a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct WidestGap {
    /// Label of the row.
    pub row: String,
    /// Column and value of the higher cell.
    pub high: (String, f64),
    /// Column and value of the lower cell.
    pub low: (String, f64),
}

/// Of a grid made of `rows` of `table`, whose labels and values stand in the columns named, the row whose cells lie furthest
/// apart; the first of equal ones. `None` if no row has two different values.
pub fn widest_gap(table: &Table, rows: impl IntoIterator<Item = usize>, row: &str, column: &str, value: &str) -> Option<WidestGap> {
    let mut ranges: Vec<(&str, usize, usize)> = Vec::new();
    let number = |at: usize| table.number(value, at);
    for at in rows {
        let (Some(label), Some(cell)) = (table.text(row, at), number(at)) else { continue };
        match ranges.iter_mut().find(|range| range.0 == label) {
            None => ranges.push((label, at, at)),
            Some((_, high, low)) => {
                if number(*high).is_some_and(|highest| cell > highest) {
                    *high = at;
                }
                if number(*low).is_some_and(|lowest| cell < lowest) {
                    *low = at;
                }
            }
        }
    }
    let gap = |&(_, high, low): &(&str, usize, usize)| Some(number(high)? - number(low)?);
    let widest = ranges.iter().filter(|range| gap(range) > Some(0.0)).fold(None, |best: Option<&(&str, usize, usize)>, range| {
        if best.is_none_or(|best| gap(range) > gap(best)) { Some(range) } else { best }
    });
    let &(label, high, low) = widest?;
    let cell = |at: usize| Some((table.text(column, at)?.to_owned(), number(at)?));
    Some(WidestGap { row: label.to_owned(), high: cell(high)?, low: cell(low)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::glossary::{GROUP, PER_MILLION, TERM};
    use crate::table::{TableBuilder, TableSpec, Value};

    static SPEC: TableSpec = TableSpec { name: "grid", title: "G", summary: "S.", order: "o", columns: &[&TERM, &GROUP, &PER_MILLION] };

    #[test]
    fn the_widest_row_is_found_among_the_rows_given() {
        let mut builder = TableBuilder::new(&SPEC);
        for (term, group, value) in [("a", "N", 5.0), ("b", "N", 9.0), ("a", "S", 7.0), ("b", "S", 2.0), ("c", "N", 99.0), ("b", "W", 1.0)]
        {
            builder.row([term.into(), group.into(), value.into()]);
        }
        builder.row(["b".into(), "X".into(), Value::Missing]);
        let table = builder.finish();
        let gap = |rows: &[usize]| widest_gap(&table, rows.iter().copied(), "term", "group", "per_million");
        let expected = WidestGap { row: "b".to_owned(), high: ("N".to_owned(), 9.0), low: ("W".to_owned(), 1.0) };
        assert_eq!(gap(&[0, 1, 2, 3, 4, 5, 6]), Some(expected));
        assert_eq!(gap(&[0, 2, 4]).map(|gap| (gap.row, gap.high.0)), Some(("a".to_owned(), "S".to_owned())));
        assert_eq!(gap(&[0, 1, 4]), None);
    }
}
