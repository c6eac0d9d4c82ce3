//! One line: its points, where it breaks, how it is drawn.

use crate::chart::axis::Axis;
use crate::chart::canvas::{Canvas, Field};
use crate::chart::colours::Look;
use crate::chart::frame::Setting;
use crate::error::Result;

/// A point of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    pub x: f64,
    pub y: f64,
    pub ends: Option<(f64, f64)>,
}

/// A line: runs of points, broken where a value is missing.
#[derive(Debug, Clone)]
pub(super) struct Series {
    pub name: String,
    pub look: Look,
    pub runs: Vec<Vec<Point>>,
}

impl Series {
    pub(super) fn points(&self) -> impl Iterator<Item = &Point> {
        self.runs.iter().flatten()
    }

    pub(super) fn last(&self) -> Option<Point> {
        self.runs.last().and_then(|run| run.last()).copied()
    }
}

/// Usual steps between days that a line may cross: further apart, nothing is known of what lies between.
const MOST_STEPS: f64 = 4.0;

/// The widest gap between days that a line crosses: some times the usual one.
fn widest_step(rows: &[(f64, Option<Point>)]) -> f64 {
    let mut steps: Vec<f64> = rows.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 2).filter(|_| steps.len() > 2).map_or(f64::INFINITY, |usual| usual * MOST_STEPS)
}

/// The runs of points of one series: in order of `x`, broken where a value is missing or, over days, where a gap is long.
pub(super) fn runs_of(mut rows: Vec<(f64, Option<Point>)>, x_is_date: bool) -> Vec<Vec<Point>> {
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    let widest = if x_is_date { widest_step(&rows) } else { f64::INFINITY };
    rows.split(|(_, point)| point.is_none())
        .flat_map(|run| run.chunk_by(|a, b| b.0 - a.0 <= widest))
        .map(|run| run.iter().filter_map(|(_, point)| *point).collect::<Vec<_>>())
        .filter(|run| !run.is_empty())
        .collect()
}

impl Series {
    /// The band and line, clipped in height to the axis.
    pub(super) fn draw(&self, setting: &Setting<'_>, canvas: &Canvas<'_>, field: &Field<'_, '_>, axis: &Axis, width: f64) -> Result<()> {
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
