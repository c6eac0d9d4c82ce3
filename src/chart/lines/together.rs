//! All lines in one area.

use super::super::axis::Axis;
use super::super::canvas::{Anchor, Canvas, Letters};
use super::super::frame::{MIDDLE, Setting};
use super::super::geometry::Rect;
use super::super::grid::{labels_below, level_lines, ticks_height, ticks_width, upright_lines};
use super::LinesBody;
use crate::error::Result;

/// Axes, names and the room they take.
pub(super) struct Layout {
    x: Axis,
    y: Axis,
    /// Names at the ends of lines; empty if there are none.
    names: Vec<String>,
    names_width: f64,
}

impl Layout {
    /// The layout for `body` in `width`.
    pub fn of(body: &LinesBody, setting: &Setting<'_>, width: f64) -> Self {
        let names: Vec<String> =
            if body.names_at_ends { body.series.iter().map(|series| series.name.clone()).collect() } else { Vec::new() };
        let names = setting.lettering.shortened_labels(&names, setting.label_size(), true, width * 0.28);
        let names_width = names
            .iter()
            .map(|name| setting.lettering.width(name, setting.label_size(), true) + setting.px(18.0))
            .fold(setting.px(10.0), f64::max);
        let most = (width / setting.px(66.0)) as usize;
        Self { x: body.x_axis(most), y: body.y_axis(5), names, names_width }
    }

    /// Draws into `rect`.
    pub fn draw(&self, body: &LinesBody, setting: &Setting<'_>, canvas: &Canvas<'_>, rect: Rect) -> Result<()> {
        let title = setting.lettering.shortened(&setting.lettering.legible(&body.y_title), setting.tick_size(), false, rect.width());
        canvas.text((rect.left, rect.top + setting.tick_size()), &title, setting.tick(Anchor::Start))?;
        let under = ticks_height(setting, &self.x) + if body.x_is_date { 0.0 } else { setting.px(16.0) };
        let plot = Rect::new(
            rect.left + ticks_width(setting, &self.y),
            rect.top + setting.px(26.0),
            rect.right - self.names_width,
            rect.bottom - under,
        );
        let field = canvas.plane(plot, self.x.low..self.x.high, self.y.low..self.y.high);
        level_lines(setting, canvas, &field, &self.y, plot, true)?;
        if !body.x_is_date {
            upright_lines(canvas, &field, &self.x, plot)?;
            let title = setting.lettering.shortened(&setting.lettering.legible(&body.x_title), setting.tick_size(), false, plot.width());
            let place = (plot.left.midpoint(plot.right), rect.bottom - setting.px(2.0));
            canvas.text(place, &title, setting.tick(Anchor::Middle))?;
        }
        labels_below(setting, canvas, &field, &self.x, plot, (rect.left, rect.right))?;
        canvas.line(&[(plot.left, plot.bottom), (plot.right, plot.bottom)], canvas.colours.axis, 1.0)?;
        // Ticks at the foot: a date's label alone does not show which day it means.
        for tick in &self.x.ticks {
            let x = field.place(tick.at, self.y.low).0;
            canvas.line(&[(x, plot.bottom), (x, plot.bottom + setting.px(4.0))], canvas.colours.axis, 1.0)?;
        }
        for series in body.series.iter().rev() {
            series.draw(setting, canvas, &field, &self.y, setting.px(2.2))?;
        }
        let ends: Vec<(f64, f64)> =
            body.series.iter().filter_map(|series| series.last()).map(|point| field.place(point.x, point.y)).collect();
        let heights: Vec<f64> = ends.iter().map(|end| end.1).collect();
        let free = Rect::new(rect.left, rect.top + setting.px(18.0), rect.right, rect.bottom - under + setting.px(4.0));
        let places = spread(&heights, setting.px(16.0), free.top, free.bottom);
        for (((name, series), end), y) in self.names.iter().zip(&body.series).zip(&ends).zip(places) {
            let left = plot.right + setting.px(16.0);
            if (y - end.1).abs() > setting.px(3.0) || plot.right - end.0 > setting.px(3.0) {
                let leader = canvas.colours.tint(series.look.colour, 0.5);
                canvas.line(&[*end, (plot.right + setting.px(2.0), end.1), (left - setting.px(3.0), y)], leader, 0.8)?;
            }
            let letters = Letters { colour: canvas.colours.readable(series.look.colour), bold: true, ..setting.label(Anchor::Start) };
            canvas.text((left, y + setting.label_size() * MIDDLE), name, letters)?;
        }
        Ok(())
    }
}

/// Heights as near as can be to `wanted`, at least `apart` from each other, between `top` and `bottom`, in the order of
/// `wanted` from top to bottom.
pub(super) fn spread(wanted: &[f64], apart: f64, top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    // Blocks of labels that touch stand around the mean of what their members want.
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for &index in &order {
        blocks.push((wanted[index].clamp(top, bottom), 1));
        while blocks.len() > 1 {
            let (below, above) = (blocks[blocks.len() - 1], blocks[blocks.len() - 2]);
            let reach = (above.1 + below.1) as f64 / 2.0 * apart;
            if below.0 - above.0 >= reach {
                break;
            }
            let size = above.1 + below.1;
            let mean = (above.0 * above.1 as f64 + below.0 * below.1 as f64) / size as f64;
            let half = (size - 1) as f64 / 2.0 * apart;
            blocks.truncate(blocks.len() - 2);
            blocks.push((mean.min(bottom - half).max(top + half), size));
        }
    }
    let mut result = vec![0.0; wanted.len()];
    let mut next = order.iter();
    for (middle, size) in blocks {
        for place in 0..size {
            if let Some(&index) = next.next() {
                result[index] = middle + (place as f64 - (size - 1) as f64 / 2.0) * apart;
            }
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn names_stand_apart_and_inside() {
        assert_eq!(spread(&[10.0, 50.0], 16.0, 0.0, 100.0), [10.0, 50.0]);
        assert_eq!(spread(&[50.0, 50.0, 50.0], 16.0, 0.0, 100.0), [34.0, 50.0, 66.0]);
        assert_eq!(spread(&[99.0, 98.0], 16.0, 0.0, 100.0), [100.0, 84.0]);
        let many = spread(&[1.0, 2.0, 3.0, 4.0, 90.0, 91.0], 16.0, 0.0, 100.0);
        assert!(many.windows(2).all(|pair| pair[1] - pair[0] >= 16.0 - 1e-9), "{many:?}");
        assert!(many[0] >= 0.0 && many[5] <= 100.0);
    }
}
