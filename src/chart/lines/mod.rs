//! Lines over days or numbers: together with names at their ends, or one panel a series when there are many.

mod panels;
mod series;
mod together;

use super::axis::Axis;
use super::canvas::Canvas;
use super::colours::Look;
use super::frame::{Body, Key, Nothing, Setting, Sign, first_of, left_out};
use super::geometry::Rect;
use super::numbers::Format;
use super::reading::{Reading, distinct_in_order};
use super::style::Size;
use crate::error::Result;
use crate::table::{ColumnKind, Lines};
use series::{Point, Series, runs_of};

/// Most lines in one area; more become panels.
const MOST_TOGETHER: usize = 8;
/// So many lines with so many points in all would be a tangle: they become panels too.
const TANGLE: (usize, usize) = (4, 240);
/// Most panels.
const MOST_PANELS: usize = 24;

/// How the series are laid out.
enum Layout {
    /// In one area; `names` at the right ends if there is room, else in a legend.
    Together(together::Layout),
    /// Each in its own area.
    Panels(panels::Layout),
}

struct LinesBody {
    series: Vec<Series>,
    all_series: usize,
    /// Whether lines are named where they end.
    names_at_ends: bool,
    x_format: Format,
    x_is_date: bool,
    y_format: Format,
    y_title: String,
    x_title: String,
    without_place: usize,
    in_panels: bool,
    layout: Option<Layout>,
}

/// Reads the rows for `lines`.
pub(super) fn body(lines: &Lines, reading: &Reading<'_>, setting: &Setting<'_>) -> Result<Box<dyn Body>> {
    let (xs, ys) = (reading.numbers(lines.x)?, reading.numbers(lines.y)?);
    let ends = reading.intervals(lines.interval)?;
    let (names, series_of) = match lines.series {
        Some(column) => distinct_in_order(&reading.words(column)?, &setting.style.groups),
        None => (vec![String::new()], vec![0; reading.len()]),
    };
    let looks = setting.looks(&names);
    let mut series: Vec<Series> =
        names.iter().zip(looks).map(|(name, look)| Series { name: reading.label(name), look, runs: Vec::new() }).collect();
    let x_is_date = reading.spec(lines.x)?.kind == ColumnKind::Date;
    let mut rows: Vec<Vec<(f64, Option<Point>)>> = vec![Vec::new(); series.len()];
    let mut without_place = 0;
    for row in 0..reading.len() {
        let Some(x) = xs[row] else {
            without_place += 1;
            continue;
        };
        rows[series_of[row]].push((x, ys[row].map(|y| Point { x, y, ends: ends[row] })));
    }
    for (series, rows) in series.iter_mut().zip(rows) {
        series.runs = runs_of(rows, x_is_date);
    }
    series.retain(|series| !series.runs.is_empty());
    if series.is_empty() {
        let reason = if reading.len() == 0 { "the table has no rows.".to_owned() } else { "no row has both values.".to_owned() };
        return Ok(Box::new(Nothing { reason }));
    }
    let all_series = series.len();
    let (start, end) = x_range(&series);
    // A name at the right margin must not belong to a line that ended long before.
    let all_reach = series.iter().all(|series| series.last().is_some_and(|point| point.x >= start + (end - start) * 0.85));
    let points: usize = series.iter().map(|series| series.points().count()).sum();
    let in_panels = all_series > MOST_TOGETHER || all_series >= TANGLE.0 && points > TANGLE.1;
    let names_at_ends = all_series > 1 && !in_panels && all_reach;
    Ok(Box::new(LinesBody {
        all_series,
        names_at_ends,
        x_format: reading.format(lines.x)?,
        x_is_date,
        y_format: reading.format(lines.y)?,
        y_title: reading.axis_title(lines.y)?,
        x_title: reading.axis_title(lines.x)?,
        without_place,
        in_panels,
        layout: None,
        series,
    }))
}

fn x_range(series: &[Series]) -> (f64, f64) {
    let xs = || series.iter().flat_map(Series::points).map(|point| point.x);
    (xs().fold(f64::INFINITY, f64::min), xs().fold(f64::NEG_INFINITY, f64::max))
}

impl LinesBody {
    fn x_axis(&self, most: usize) -> Axis {
        let (low, high) = x_range(&self.series);
        if self.x_is_date { Axis::dates(low, high, most) } else { Axis::close(low, high, most, self.x_format) }
    }

    fn y_axis(&self, most: usize) -> Axis {
        let points = || self.series.iter().flat_map(Series::points);
        let (lowest, highest) =
            points().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), point| (low.min(point.y), high.max(point.y)));
        let span = (highest - lowest).max(highest.abs().max(lowest.abs()) * 0.25);
        // As with bars: one wide interval must not flatten all lines.
        let ends = || points().filter_map(|point| point.ends);
        let low = ends().map(|(low, _)| low).fold(lowest, f64::min).max(lowest - span);
        let high = ends().map(|(_, high)| high).fold(highest, f64::max).min(highest + span);
        let low = if low >= 0.0 && (low < 0.7 * high || self.y_format.kind == ColumnKind::Integer) { 0.0 } else { low };
        Axis::even(low, high, most, self.y_format).trimmed(high)
    }
}

impl Body for LinesBody {
    fn keys(&self) -> Vec<Key> {
        if self.names_at_ends || self.series.len() < 2 || self.in_panels {
            return Vec::new();
        }
        self.series.iter().map(|series| Key { name: series.name.clone(), look: series.look, sign: Sign::Line }).collect()
    }

    fn arrange(&mut self, setting: &Setting<'_>, width: f64, room: Option<f64>) -> f64 {
        if !self.in_panels {
            let layout = together::Layout::of(self, setting, width);
            self.layout = Some(Layout::Together(layout));
            return room.unwrap_or(setting.px(340.0));
        }
        // What arranging again would do is the same: the first panels.
        self.series.truncate(MOST_PANELS);
        let across = if setting.style.size == Size::Slide { 6 } else { 3 };
        let layout = panels::Layout::of(self, setting, across);
        let height = room.unwrap_or_else(|| layout.natural_height(setting));
        self.layout = Some(Layout::Panels(layout));
        height
    }

    fn notes(&self) -> Vec<String> {
        let mut notes: Vec<String> = first_of(self.series.len(), self.all_series, "lines").into_iter().collect();
        if self.without_place > 0 {
            notes.push(left_out(self.without_place, "row without a place on the axis", "rows without a place on the axis"));
        }
        notes
    }

    fn draw(&self, setting: &Setting<'_>, canvas: &Canvas<'_>, rect: Rect) -> Result<()> {
        match &self.layout {
            Some(Layout::Together(layout)) => layout.draw(self, setting, canvas, rect),
            Some(Layout::Panels(layout)) => layout.draw(self, setting, canvas, rect),
            None => Ok(()),
        }
    }

    fn summary(&self) -> String {
        let first_and_last = |series: &Series| {
            let first = series.points().next().map_or_else(String::new, |point| self.y_format.value(point.y));
            let last = series.last().map_or_else(String::new, |point| self.y_format.value(point.y));
            let name = if series.name == "(none)" { String::new() } else { format!("{} ", series.name) };
            format!("{name}from {first} to {last}")
        };
        let (start, end) = x_range(&self.series);
        let shown: Vec<String> = self.series.iter().take(8).map(first_and_last).collect();
        format!("Lines of {} from {} to {}: {}", self.y_title, self.x_format.value(start), self.x_format.value(end), shown.join("; "))
    }
}
