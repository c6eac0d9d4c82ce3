//! What headword can say about itself: its measures with formula and source, the cases that prove them, and the columns of
//! all its tables.

use super::ANALYSES;
use super::measures::{Case, Input, Measure, Origin, registry};
use crate::table::glossary::column;
use crate::table::{ColumnKind, ColumnSpec, Table, TableBuilder, TableSpec};
use ColumnKind::{Boolean, Decimal, Integer, Text};

column!(/// Name of a measure.
    MEASURE, "measure", "Measure", Text, "", "Name of the measure, as `--measures` takes it.", "");
column!(/// Symbol.
    SYMBOL, "symbol", "Symbol", Text, "", "How the measure is written in print.", "");
column!(/// Kind.
    KIND, "kind", "Kind", Text, "", "What the measure tells: effect size (how large), evidence (how sure if words were independent), p value, dispersion, readability.", "");
column!(/// Unit.
    UNIT, "unit", "Unit", Text, "", "Unit or range of a value.", "");
column!(/// Meaning.
    MEANING, "meaning", "Meaning", Text, "", "What a value means.", "");
column!(/// Formula.
    FORMULA, "formula", "Formula", Text, "", "The formula. a, b: counts in target and reference; n₁, n₂: their words; N = n₁ + n₂; E: expected counts; p: shares; v, s: counts and shares of parts; W, S: words and sentences.", "");
column!(/// Source.
    SOURCE, "source", "Source", Text, "", "Author and year.", "");
column!(/// Cases.
    CASES, "cases", "Cases", Integer, "cases", "Cases that `headword verify` runs.", "");

/// One row a measure.
pub static MEASURES: TableSpec = TableSpec {
    name: "measures",
    title: "Measures",
    summary: "One row a measure: what it tells, its formula and its source.",
    order: "evidence, effect size, association, distance, dispersion, readability",
    columns: &[&MEASURE, &SYMBOL, &KIND, &UNIT, &FORMULA, &SOURCE, &MEANING, &CASES],
};

column!(/// Where the expected value is from.
    ORIGIN, "origin", "Origin", Text, "", "literature: printed in a paper or book. oracle: printed by another program. boundary: follows from the definition at an edge.", "");
column!(/// Paper, program or reason.
    CASE, "case", "Case", Text, "", "Paper with place, program with version, or the reasoning.", "");
column!(/// Expected value.
    EXPECTED, "expected", "Expected", Decimal(6), "unit of the measure", "What must come out; empty for “not defined”.", "");
column!(/// Value found.
    GOT, "got", "Got", Decimal(6), "unit of the measure", "What this program on this machine gives; empty for “not defined”.", "");
column!(/// Tolerance.
    TOLERANCE, "tolerance", "Tolerance", Decimal(12), "relative", "Allowed distance, relative to the expected value (absolute where that is 0); the digits of the source decide it.", "");
column!(/// Verdict.
    AGREES, "agrees", "Agrees", Boolean, "", "Whether the two agree.", "");

/// One row a case.
pub static MEASURE_CASES: TableSpec = TableSpec {
    name: "measure_cases",
    title: "Cases of the measures",
    summary: "One row a case of a measure: who says what must come out, and what comes out here.",
    order: "by measure, in the order of `measures`",
    columns: &[&MEASURE, &EXPECTED, &GOT, &AGREES, &ORIGIN, &CASE, &TOLERANCE],
};

column!(/// Name of a table.
    TABLE, "table", "Table", Text, "", "Name of the table and of its file.", "");
column!(/// Name of a column.
    COLUMN, "column", "Column", Text, "", "Name of the column in files.", "");
column!(/// Heading.
    HEADING, "heading", "Heading", Text, "", "Heading of the column on pages and in spreadsheets.", "");

/// One row a table and column.
pub static COLUMNS: TableSpec = TableSpec {
    name: "columns",
    title: "Columns of all tables",
    summary: "One row a table and column: what it holds, in which unit, and where its formula is from.",
    order: "by analysis in the order of a report, then the table's own order",
    columns: &[&TABLE, &COLUMN, &HEADING, &UNIT, &MEANING, &SOURCE],
};

/// All measures as a table.
pub fn measures() -> Table {
    let mut builder = TableBuilder::new(&MEASURES);
    for measure in registry() {
        builder.row([
            measure.name.into(),
            measure.symbol.into(),
            measure.kind.name().into(),
            measure.unit.into(),
            measure.formula.into(),
            measure.source.into(),
            measure.meaning.into(),
            measure.cases.len().into(),
        ]);
    }
    builder.finish()
}

/// What running the cases of measures gave.
#[derive(Debug)]
pub struct Verification {
    /// One row a case.
    pub table: Table,
    /// Measures whose cases were run.
    pub measures: usize,
    /// Cases in which the value is not the expected one.
    pub failed: usize,
}

/// Runs every case of every measure.
pub fn verify() -> Verification {
    run_cases(registry().iter().map(|measure| (*measure, measure.cases)))
}

fn run_cases(all: impl Iterator<Item = (&'static Measure, &'static [Case])>) -> Verification {
    let mut builder = TableBuilder::new(&MEASURE_CASES);
    let (mut measures, mut failed) = (0, 0);
    for (measure, cases) in all {
        measures += 1;
        for case in cases {
            let verdict = measure.check_case(case);
            failed += usize::from(!verdict.agrees);
            let origin = match case.origin {
                Origin::Literature => "literature",
                Origin::Oracle => "oracle",
                Origin::Boundary => "boundary",
            };
            builder.row([
                measure.name.into(),
                case.expected.into(),
                verdict.got.into(),
                verdict.agrees.into(),
                origin.into(),
                format!("{}{}", case.source, numbers(&case.input)).into(),
                case.tolerance.into(),
            ]);
        }
    }
    Verification { table: builder.finish(), measures, failed }
}

/// The counts of a case where they are few: a reader may want to compute it again.
fn numbers(input: &Input) -> String {
    match input {
        Input::FourCells(cells) => {
            format!(" (a = {}, n₁ = {}, b = {}, n₂ = {})", cells.count, cells.total, cells.count_rest, cells.total_rest)
        }
        Input::TextCounts(counts) => {
            let known = |count: Option<f64>| count.map_or("unknown".to_owned(), |count| count.to_string());
            format!(
                " (W = {}, S = {}, letters = {}, characters = {}, long = {}, syllables = {}, polysyllables = {})",
                counts.words,
                counts.sentences,
                counts.letters,
                counts.characters,
                counts.long_words,
                known(counts.syllables),
                known(counts.polysyllables)
            )
        }
        Input::TwoSamples(_) | Input::Parts(_) | Input::Positions(_) | Input::TwoLists(_) => String::new(),
    }
}

/// Every table that an analysis may return, and those of this file, in the order of a report.
pub fn tables() -> Vec<&'static TableSpec> {
    let mut tables: Vec<&'static TableSpec> = ANALYSES.iter().flat_map(|entry| entry.tables.iter().copied()).collect();
    tables.extend([&MEASURES, &MEASURE_CASES, &COLUMNS]);
    tables
}

/// The rows of the columns called `name`, of one table if `table` is given; empty for an unknown name.
pub fn columns(among: &[&'static TableSpec], table: Option<&str>, name: Option<&str>) -> Table {
    let mut builder = TableBuilder::new(&COLUMNS);
    for spec in among.iter().filter(|spec| table.is_none_or(|table| spec.name == table)) {
        for column in spec.columns.iter().filter(|column| name.is_none_or(|name| column.name == name)) {
            let text = |text: &'static str| (!text.is_empty()).then_some(text).into();
            builder.row([
                spec.name.into(),
                column.name.into(),
                column.heading.into(),
                text(column.unit),
                column.meaning.into(),
                text(column.source),
            ]);
        }
    }
    builder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyses::measures::FourCells;

    #[test]
    fn every_case_is_run_and_agrees() {
        let verification = verify();
        assert_eq!(verification.failed, 0);
        assert_eq!(verification.measures, registry().len());
        assert_eq!(verification.table.rows(), registry().iter().map(|measure| measure.cases.len()).sum::<usize>());
        assert_eq!(measures().rows(), registry().len());
    }

    #[test]
    fn a_wrong_value_is_counted_and_shown() {
        static WRONG: [Case; 1] = [Case {
            origin: Origin::Oracle,
            source: "nobody",
            input: Input::FourCells(FourCells::new(120.0, 50_000.0, 60.0, 100_000.0)),
            expected: Some(83.3),
            tolerance: 1e-6,
        }];
        let verification = run_cases([(registry()[0], &WRONG[..])].into_iter());
        assert_eq!((verification.failed, verification.table.rows()), (1, 1));
        assert_eq!(verification.table.value("agrees", 0), false.into());
        assert_eq!(verification.table.text("case", 0), Some("nobody (a = 120, n₁ = 50000, b = 60, n₂ = 100000)"));
    }

    #[test]
    fn every_column_of_every_table_is_explained_and_tables_have_their_own_names() {
        let all = tables();
        let rows = columns(&all, None, None);
        assert_eq!(rows.rows(), all.iter().map(|table| table.columns.len()).sum::<usize>());
        for (index, table) in all.iter().enumerate() {
            assert!(all[..index].iter().all(|other| other.name != table.name), "two tables are called {}", table.name);
            for (at, column) in table.columns.iter().enumerate() {
                assert!(!column.meaning.is_empty() && !column.heading.is_empty(), "{}.{}", table.name, column.name);
                assert!(table.columns[..at].iter().all(|other| other.name != column.name), "{}.{} twice", table.name, column.name);
            }
        }
        assert_eq!(columns(&all, Some("keyness"), Some("log_ratio")).rows(), 1);
        assert_eq!(columns(&all, Some("keyness"), Some("nonsense")).rows(), 0);
    }
}
