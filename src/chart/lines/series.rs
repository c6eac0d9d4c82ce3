//! Drawing one line with its band and dots.

use super::super::axis::Axis;
use super::super::canvas::{Canvas, Field};
use super::super::frame::Setting;
use super::{Point, Series};
use crate::error::Result;

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
