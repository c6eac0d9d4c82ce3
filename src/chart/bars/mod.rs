//! Bars and interval dots: one row a label, one or several marks a row.
//!
//! Counts are bars from 0. Estimates (a column that is no count, with an interval) are dots with whiskers: a bar would
//! draw the eye to a length that isn't known. The rest follows from the rows: values on both sides of 0 make two-sided
//! bars, several rows a label make lanes, dots on one line, or stacks.

mod arrange;
mod lanes;
mod single;

use super::axis::Axis;
use super::canvas::Canvas;
use super::colours::Look;
use super::frame::{Body, Key, Nothing, Setting, Sign, first_of, left_out};
use super::geometry::Rect;
use super::numbers::Format;
use super::reading::{Reading, distinct, distinct_in_order};
use crate::error::Result;
use crate::table::{Bars, ColumnKind};

/// A mark: one row of the table.
#[derive(Debug, Clone)]
struct Part {
    series: Option<usize>,
    value: f64,
    ends: Option<(f64, f64)>,
}

/// A label and its marks.
#[derive(Debug, Clone)]
struct Row {
    label: String,
    parts: Vec<Part>,
}

/// How the rows are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Bars from 0 to the right.
    Plain,
    /// Bars to both sides of 0, labels on the free side.
    TwoSided,
    /// A dot with whiskers a row.
    Intervals,
    /// Several bars a label, one under the other.
    Lanes,
    /// Several dots a label on one line.
    Dots,
    /// Several intervals a label, one under the other.
    IntervalLanes,
    /// Parts of a whole.
    Stacked,
}

/// The marks of a bar chart.
struct BarsBody {
    form: Form,
    rows: Vec<Row>,
    series: Vec<(String, Look)>,
    plain_look: Look,
    format: Format,
    axis_title: String,
    without_value: usize,
    negative_parts: usize,
    layout: Option<Layout>,
}

/// What `arrange` found.
struct Layout {
    /// How many rows are drawn; the first ones.
    shown: usize,
    labels: Vec<String>,
    label_width: f64,
    values_width: f64,
    row_height: f64,
    lane_height: f64,
    head: f64,
    foot: f64,
    axis: Axis,
    /// Whether some whiskers are cut at the ends of the axis.
    cuts_whiskers: bool,
}

/// Reads the rows for `bars`.
pub(super) fn body(bars: &Bars, reading: &Reading<'_>, setting: &Setting<'_>) -> Result<Box<dyn Body>> {
    let labels = reading.labels(bars.label)?;
    let values = reading.numbers(bars.value)?;
    let ends = reading.intervals(bars.interval)?;
    let format = reading.format(bars.value)?;
    let (names, series_of) = match bars.series {
        Some(column) => {
            let (names, positions) = distinct_in_order(&reading.words(column)?, &setting.style.groups);
            (names, positions.into_iter().map(Some).collect())
        }
        None => (Vec::new(), vec![None; reading.len()]),
    };
    let parts: Vec<(String, Option<Part>)> = (0..reading.len())
        .map(|row| (labels[row].clone(), values[row].map(|value| Part { series: series_of[row], value, ends: ends[row] })))
        .collect();
    let without_value = parts.iter().filter(|(_, part)| part.is_none()).count();
    let parts: Vec<(String, Part)> = parts.into_iter().filter_map(|(label, part)| Some((label, part?))).collect();
    if parts.is_empty() {
        let reason =
            if reading.len() == 0 { "the table has no rows.".to_owned() } else { format!("no row has a value of “{}”.", bars.value) };
        return Ok(Box::new(Nothing { reason }));
    }
    let mut rows = if bars.series.is_some() { gathered(parts) } else { one_each(parts) };
    for row in &mut rows {
        row.parts.sort_by_key(|part| part.series);
    }
    let form = form_of(bars, &rows, names.len(), format);
    let looks = setting.looks(&names);
    let series = names.iter().map(|name| reading.label(name)).zip(looks).collect();
    let mut negative_parts = 0;
    if form == Form::Stacked {
        for row in &mut rows {
            let before = row.parts.len();
            row.parts.retain(|part| part.value >= 0.0);
            negative_parts += before - row.parts.len();
        }
    }
    let axis_title = reading.axis_title(bars.value)?;
    let plain_look = setting.plain_look();
    Ok(Box::new(BarsBody { form, rows, series, plain_look, format, axis_title, without_value, negative_parts, layout: None }))
}

fn one_each(parts: Vec<(String, Part)>) -> Vec<Row> {
    parts.into_iter().map(|(label, part)| Row { label, parts: vec![part] }).collect()
}

fn gathered(parts: Vec<(String, Part)>) -> Vec<Row> {
    let labels: Vec<String> = parts.iter().map(|(label, _)| label.clone()).collect();
    let (names, positions) = distinct(&labels);
    let mut rows: Vec<Row> = names.into_iter().map(|label| Row { label, parts: Vec::new() }).collect();
    for (position, (_, part)) in positions.into_iter().zip(parts) {
        rows[position].parts.push(part);
    }
    rows
}

fn form_of(bars: &Bars, rows: &[Row], series: usize, format: Format) -> Form {
    let is_estimate = bars.interval.is_some() && format.kind != ColumnKind::Integer;
    let is_single = rows.iter().all(|row| row.parts.len() == 1);
    let has_negative = rows.iter().any(|row| row.parts.iter().any(|part| part.value < 0.0));
    match () {
        () if bars.stacked && bars.series.is_some() => Form::Stacked,
        // Whiskers across 0 would run through labels beside it.
        () if is_single && (is_estimate || has_negative && bars.interval.is_some()) => Form::Intervals,
        () if is_single && has_negative => Form::TwoSided,
        () if is_single => Form::Plain,
        () if bars.interval.is_some() => Form::IntervalLanes,
        () if series <= 4 => Form::Lanes,
        () => Form::Dots,
    }
}

impl BarsBody {
    fn look(&self, part: &Part) -> Look {
        part.series.map_or(self.plain_look, |series| self.series[series].1)
    }

    /// Whether the value's interval leaves out 0, where 0 means "no difference".
    fn is_clear(&self, part: &Part) -> bool {
        !self.format.signed || part.ends.is_none_or(|(low, high)| low > 0.0 || high < 0.0)
    }

    /// The rows that are drawn.
    fn shown(&self) -> &[Row] {
        self.layout.as_ref().map_or(&self.rows, |layout| &self.rows[..layout.shown])
    }

    fn what(&self) -> &'static str {
        if self.rows.len() == self.rows.iter().map(|row| row.parts.len()).sum::<usize>() { "rows" } else { "labels" }
    }
}

impl Body for BarsBody {
    fn keys(&self) -> Vec<Key> {
        // A bar that carries its series as label needs no legend.
        let names_itself =
            self.rows.iter().all(|row| row.parts.iter().all(|part| part.series.is_some_and(|at| self.series[at].0 == row.label)));
        if names_itself || self.series.len() < 2 && self.form != Form::Stacked {
            return Vec::new();
        }
        let sign = match self.form {
            Form::Dots | Form::Intervals | Form::IntervalLanes => Sign::Dot,
            Form::Plain | Form::TwoSided | Form::Lanes | Form::Stacked => Sign::Square,
        };
        self.series.iter().map(|(name, look)| Key { name: name.clone(), look: *look, sign }).collect()
    }

    fn arrange(&mut self, setting: &Setting<'_>, width: f64, room: Option<f64>) -> f64 {
        let layout = arrange::arranged(self, setting, width, room);
        let height = layout.head + layout.foot + layout.row_height * layout.shown as f64;
        self.layout = Some(layout);
        height
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        notes.extend(first_of(self.shown().len(), self.rows.len(), self.what()));
        let hollow = self.shown().iter().flat_map(|row| &row.parts).any(|part| !self.is_clear(part));
        if hollow && matches!(self.form, Form::Intervals | Form::IntervalLanes) {
            notes.push("Hollow: the interval includes 0.".to_owned());
        }
        if self.layout.as_ref().is_some_and(|layout| layout.cuts_whiskers) {
            notes.push("Arrow: the interval goes beyond the axis, or has no end there.".to_owned());
        }
        if self.without_value > 0 {
            notes.push(left_out(self.without_value, "row without a value", "rows without a value"));
        }
        if self.negative_parts > 0 {
            notes.push(left_out(self.negative_parts, "negative part, which no stack can show", "negative parts, which no stack can show"));
        }
        notes
    }

    fn draw(&self, setting: &Setting<'_>, canvas: &Canvas<'_>, rect: Rect) -> Result<()> {
        let Some(layout) = &self.layout else { return Ok(()) };
        match self.form {
            Form::TwoSided => single::two_sided(self, layout, setting, canvas, rect),
            Form::Plain | Form::Intervals => single::one_sided(self, layout, setting, canvas, rect),
            Form::Lanes | Form::Dots | Form::IntervalLanes | Form::Stacked => lanes::draw(self, layout, setting, canvas, rect),
        }
    }

    fn summary(&self) -> String {
        let part = |row: &Row, part: &Part| {
            let name = part.series.map_or("", |series| self.series[series].0.as_str());
            let name = if name.is_empty() || name == row.label { row.label.clone() } else { format!("{}, {name}", row.label) };
            format!("{name}: {}", self.format.value(part.value))
        };
        let shown: Vec<String> = self.shown().iter().flat_map(|row| row.parts.iter().map(|mark| part(row, mark))).take(8).collect();
        let kind = match self.form {
            Form::Intervals | Form::IntervalLanes => "Dots with intervals",
            Form::Dots => "Dots",
            Form::Stacked => "Stacked bars",
            Form::Plain | Form::TwoSided | Form::Lanes => "Bars",
        };
        format!("{kind} of {} ({} rows): {}", self.axis_title, self.shown().len(), shown.join("; "))
    }
}
