//! The rows and columns of a table that a chart draws, checked.

use std::collections::BTreeMap;

use super::lettering::Lettering;
use super::numbers::{Format, LARGEST};
use crate::error::{Error, Result};
use crate::table::{ChartSpec, Column, ColumnKind, ColumnSpec, Table, Value};

/// A table as one chart sees it.
pub(super) struct Reading<'t> {
    table: &'t Table,
    rows: Vec<usize>,
    lettering: &'t Lettering,
}

impl<'t> Reading<'t> {
    /// The rows of `table` that `spec` draws.
    pub fn new(spec: &ChartSpec, table: &'t Table, lettering: &'t Lettering) -> Result<Self> {
        if spec.table != table.spec.name {
            return Err(Error::internal(format!("it draws table `{}`, not `{}`", spec.table, table.spec.name)));
        }
        let rows = spec.rows.clone().unwrap_or_else(|| (0..table.rows()).collect());
        if let Some(row) = rows.iter().find(|&&row| row >= table.rows()) {
            return Err(Error::internal(format!("row {row} of table `{}` does not exist", table.spec.name)));
        }
        Ok(Self { table, rows, lettering })
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    fn column(&self, name: &str) -> Result<&'t Column> {
        self.table.column(name).ok_or_else(|| Error::internal(format!("table `{}` has no column `{name}`", self.table.spec.name)))
    }

    /// The specification of the column called `name`.
    pub fn spec(&self, name: &str) -> Result<&'static ColumnSpec> {
        let position = self.table.spec.position(name);
        position
            .and_then(|position| self.table.spec.columns.get(position).copied())
            .ok_or_else(|| Error::internal(format!("table `{}` has no column `{name}`", self.table.spec.name)))
    }

    /// How the column's numbers are written.
    pub fn format(&self, name: &str) -> Result<Format> {
        Ok(Format::of(self.spec(name)?))
    }

    /// Heading and unit of a column, for an axis.
    pub fn axis_title(&self, name: &str) -> Result<String> {
        let spec = self.spec(name)?;
        let (heading, unit) = (spec.heading.to_lowercase(), spec.unit.to_lowercase());
        Ok(match () {
            () if heading.contains(&unit) => spec.heading.to_owned(),
            () if unit.contains(&heading) => capitalised(spec.unit),
            () => format!("{}, {}", spec.heading, spec.unit),
        })
    }

    /// The numbers of a column; what is missing or too large to draw is `None`.
    pub fn numbers(&self, name: &str) -> Result<Vec<Option<f64>>> {
        let column = self.column(name)?;
        if matches!(column, Column::Text(_) | Column::Boolean(_)) {
            return Err(Error::internal(format!("column `{name}` of table `{}` holds no numbers", self.table.spec.name)));
        }
        let drawable = |number: &f64| number.is_finite() && number.abs() <= LARGEST;
        Ok(self.rows.iter().map(|&row| column.number(row).filter(drawable)).collect())
    }

    /// The ends of an interval, in order; one that is missing is infinite, and `None` stands where both are.
    pub fn intervals(&self, columns: Option<(&str, &str)>) -> Result<Vec<Option<(f64, f64)>>> {
        let Some((low, high)) = columns else { return Ok(vec![None; self.len()]) };
        let ends = self.numbers(low)?.into_iter().zip(self.numbers(high)?);
        let interval = |(low, high): (Option<f64>, Option<f64>)| match (low, high) {
            (Some(low), Some(high)) => Some((low.min(high), low.max(high))),
            (None, None) => None,
            (low, high) => Some((low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY))),
        };
        Ok(ends.map(interval).collect())
    }

    /// The words of a column, as they stand in the table.
    pub fn words(&self, name: &str) -> Result<Vec<String>> {
        let column = self.column(name)?;
        let days = || self.rows.iter().filter_map(|&row| column.number(row));
        let is_monthly = self.spec(name)?.kind == ColumnKind::Date && days().all(super::dates::begins_month);
        let word = |&row: &usize| match column.value(row) {
            Value::Date(day) if is_monthly => super::dates::month(f64::from(day)),
            Value::Missing => String::new(),
            Value::Text(text) => text.to_string(),
            Value::Integer(number) => number.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Date(day) => super::dates::day(f64::from(day)),
            Value::Boolean(truth) => if truth { "yes" } else { "no" }.to_owned(),
        };
        Ok(self.rows.iter().map(word).collect())
    }

    /// The words of a column made legible; an empty one becomes "(none)".
    pub fn labels(&self, name: &str) -> Result<Vec<String>> {
        Ok(self.words(name)?.iter().map(|word| self.label(word)).collect())
    }

    /// One word made legible.
    pub fn label(&self, word: &str) -> String {
        let label = self.lettering.legible(word);
        if label.is_empty() { "(none)".to_owned() } else { label }
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Distinct words in the order of their first appearance, and the position of each row's word among them.
pub(super) fn distinct(words: &[String]) -> (Vec<String>, Vec<usize>) {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    let positions = words
        .iter()
        .map(|word| {
            *places.entry(word).or_insert_with(|| {
                order.push(word.clone());
                order.len() - 1
            })
        })
        .collect();
    (order, positions)
}

/// As [`distinct`], but words that are `groups` come first, in the order of the groups.
pub(super) fn distinct_in_order(words: &[String], groups: &[String]) -> (Vec<String>, Vec<usize>) {
    let (names, positions) = distinct(words);
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|&name| groups.iter().position(|group| *group == names[name]).unwrap_or(groups.len()));
    let mut rank = vec![0; names.len()];
    for (place, &name) in order.iter().enumerate() {
        rank[name] = place;
    }
    (order.iter().map(|&name| names[name].clone()).collect(), positions.into_iter().map(|position| rank[position]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_come_first_and_in_their_order() {
        let words: Vec<String> = ["new", "b", "a", "b"].map(String::from).to_vec();
        let groups: Vec<String> = ["a", "b", "c"].map(String::from).to_vec();
        assert_eq!(distinct(&words), (vec!["new".to_owned(), "b".to_owned(), "a".to_owned()], vec![0, 1, 2, 1]));
        assert_eq!(distinct_in_order(&words, &groups), (vec!["a".to_owned(), "b".to_owned(), "new".to_owned()], vec![2, 1, 0, 1]));
    }
}
