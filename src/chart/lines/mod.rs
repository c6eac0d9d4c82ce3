//! Lines over days or numbers: together with names at their ends, or one panel a series when there are many.

mod panels;
mod together;

use super::axis::Axis;
use super::canvas::{Canvas, Field};
use super::colours::Look;
use super::frame::{Body, Key, Nothing, Setting, Sign, first_of, left_out};
use super::geometry::Rect;
use super::numbers::Format;
use super::reading::{Reading, distinct_in_order};
use super::style::Size;
use crate::error::Result;
use crate::table::{ColumnKind, Lines};

/// Most lines in one area; more become panels.
const MOST_TOGETHER: usize = 8;
/// So many lines with so many points in all would be a tangle: they become panels too.
const TANGLE: (usize, usize) = (4, 240);
/// Most panels.
const MOST_PANELS: usize = 24;

/// A point of a line.
#[derive(Debug, Clone, Copy)]
struct Point {
    x: f64,
    y: f64,
    ends: Option<(f64, f64)>,
}

/// A line: runs of points, broken where a value is missing.
#[derive(Debug, Clone)]
struct Series {
    name: String,
    look: Look,
    runs: Vec<Vec<Point>>,
}

impl Series {
    fn points(&self) -> impl Iterator<Item = &Point> {
        self.runs.iter().flatten()
    }

    fn last(&self) -> Option<Point> {
        self.runs.last().and_then(|run| run.last()).copied()
    }
}

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
    for (series, mut rows) in series.iter_mut().zip(rows) {
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        let widest = if x_is_date { widest_step(&rows) } else { f64::INFINITY };
        series.runs = rows
            .split(|(_, point)| point.is_none())
            .flat_map(|run| run.chunk_by(|a, b| b.0 - a.0 <= widest))
            .map(|run| run.iter().filter_map(|(_, point)| *point).collect::<Vec<_>>())
            .filter(|run| !run.is_empty())
            .collect();
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

/// Usual steps between days that a line may cross: further apart, nothing is known of what lies between.
const MOST_STEPS: f64 = 4.0;

/// The widest gap between days that a line crosses: some times the usual one.
fn widest_step(rows: &[(f64, Option<Point>)]) -> f64 {
    let mut steps: Vec<f64> = rows.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 2).filter(|_| steps.len() > 2).map_or(f64::INFINITY, |usual| usual * MOST_STEPS)
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

impl Series {
    /// The band and line, clipped in height to the axis.
    fn draw(&self, setting: &Setting<'_>, canvas: &Canvas<'_>, field: &Field<'_, '_>, axis: &Axis, width: f64) -> Result<()> {
        for run in &self.runs {
            let clip = |y: f64| y.clamp(axis.low, axis.high);
            for stretch in run.split(|point| point.ends.is_none()).filter(|stretch| !stretch.is_empty()) {
                let ends: Vec<(f64, f64, f64)> =
                    stretch.iter().filter_map(|point| point.ends.map(|(low, high)| (point.x, clip(low), clip(high)))).collect();
                match ends[..] {
                    // A band over one point has no width: a whisker shows it.
                    [(x, low, high)] => field.line(&[(x, low), (x, high)], canvas.colours.tint(self.look.colour, 0.45), setting.px(1.2))?,
                    _ => field.band(&ends, self.look.colour)?,
                }
            }
        }
        for run in &self.runs {
            let values = thinned(run, |x| field.place(x, 0.0).0);
            if values.len() > 1 {
                field.line(&values, self.look.colour, width)?;
            }
        }
        // Dots show where the values are, as long as they don't make a caterpillar of the line; a single value is a dot.
        let few = self.points().count() <= 16;
        for run in &self.runs {
            for point in run.iter().filter(|_| few || run.len() == 1) {
                let place = field.place(point.x, point.y);
                canvas.disc(place, width * 1.25, self.look.colour)?;
                if self.look.hollow {
                    canvas.disc(place, width * 0.6, canvas.colours.ground)?;
                }
            }
        }
        Ok(())
    }
}

/// The points of `run` that make a difference on paper: of those within half a pixel the first, lowest, highest, last.
fn thinned(run: &[Point], place: impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
    let column = |point: &Point| (place(point.x) * 2.0).round();
    let mut values: Vec<(f64, f64)> = Vec::new();
    for stretch in run.chunk_by(|a, b| column(a) == column(b)) {
        let by_height = |a: &&Point, b: &&Point| a.y.total_cmp(&b.y);
        let lowest = stretch.iter().min_by(by_height);
        let highest = stretch.iter().max_by(by_height);
        let mut kept: Vec<&Point> = [stretch.first(), lowest, highest, stretch.last()].into_iter().flatten().collect();
        kept.sort_by(|a, b| a.x.total_cmp(&b.x));
        kept.dedup_by(|a, b| a.x == b.x && a.y == b.y);
        values.extend(kept.into_iter().map(|point| (point.x, point.y)));
    }
    values
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
