//! One panel a series with a shared scale; the other lines stand behind in grey.

use super::super::axis::Axis;
use super::super::canvas::{Anchor, Canvas, Letters};
use super::super::frame::Setting;
use super::super::geometry::Rect;
use super::super::grid::{labels_below, level_lines, ticks_height, ticks_width};
use super::LinesBody;
use crate::error::Result;

/// Most points of grey lines in all panels.
const MOST_GREY_POINTS: usize = 6000;

/// Axes and the division into panels.
pub(super) struct Layout {
    x: Axis,
    y: Axis,
    across: usize,
    down: usize,
}

impl Layout {
    /// The layout with `across` panels beside each other.
    pub fn of(body: &LinesBody, setting: &Setting<'_>, across: usize) -> Self {
        let down = body.series.len().div_ceil(across);
        // A square or column leaves each panel about 210 px, a slide about 180.
        let most = if setting.scale > 1.0 { 2 } else { 3 };
        Self { x: body.x_axis(most), y: body.y_axis(4), across, down }
    }

    /// The height at which panels look well.
    pub fn natural_height(&self, setting: &Setting<'_>) -> f64 {
        setting.px(22.0) + self.down as f64 * setting.px(122.0) + ticks_height(setting, &self.x)
    }

    /// Draws into `rect`.
    pub fn draw(&self, body: &LinesBody, setting: &Setting<'_>, canvas: &Canvas<'_>, rect: Rect) -> Result<()> {
        let title = setting.lettering.shortened(&setting.lettering.legible(&body.y_title), setting.tick_size(), false, rect.width());
        canvas.text((rect.left, rect.top + setting.tick_size()), &title, setting.tick(Anchor::Start))?;
        let left = rect.left + ticks_width(setting, &self.y);
        let (gap, head, foot) = (setting.px(16.0), setting.px(24.0), ticks_height(setting, &self.x));
        let width = (rect.right - left - gap * (self.across - 1) as f64) / self.across as f64;
        let height = (rect.height() - setting.px(22.0) - foot) / self.down as f64;
        for (index, series) in body.series.iter().enumerate() {
            let (row, column) = (index / self.across, index % self.across);
            let x = left + column as f64 * (width + gap);
            let y = rect.top + setting.px(22.0) + row as f64 * height;
            let plot = Rect::new(x, y + head, x + width, y + height - setting.px(6.0));
            let field = canvas.plane(plot, self.x.low..self.x.high, self.y.low..self.y.high);
            level_lines(setting, canvas, &field, &self.y, plot, column == 0)?;
            // In grey, as a hint of the whole: many long lines in each of many panels would make the file large.
            let points: usize = body.series.iter().map(|series| series.points().count()).sum();
            let every = (points * body.series.len()).div_ceil(MOST_GREY_POINTS).max(1);
            for other in body.series.iter().filter(|other| !std::ptr::eq(*other, series)) {
                for run in other.runs.iter().filter(|run| run.len() > 1) {
                    let last = run.len() - 1;
                    let kept = run.iter().enumerate().filter(|(place, _)| place % every == 0 || *place == last);
                    let values: Vec<(f64, f64)> = kept.map(|(_, point)| (point.x, point.y)).collect();
                    field.line(&values, canvas.colours.tint(canvas.colours.axis, 0.3), 0.8)?;
                }
            }
            let emphasis = super::Look { hollow: false, ..series.look };
            let own = super::Series { look: emphasis, ..series.clone() };
            own.draw(setting, canvas, &field, &self.y, setting.px(1.9))?;
            let name = setting.lettering.shortened(&series.name, setting.tick_size(), true, width);
            let letters = Letters { bold: true, colour: canvas.colours.ink, ..setting.tick(Anchor::Start) };
            canvas.text((plot.left, plot.top - setting.px(7.0)), &name, letters)?;
            canvas.line(&[(plot.left, plot.bottom), (plot.right, plot.bottom)], canvas.colours.axis, 1.0)?;
            if index + self.across >= body.series.len() {
                labels_below(setting, canvas, &field, &self.x, plot, (plot.left - gap, plot.right + gap / 2.0))?;
            }
        }
        Ok(())
    }
}
