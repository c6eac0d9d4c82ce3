//! Rows with several marks: lanes, dots on a line, stacks.

use super::super::canvas::{Anchor, Canvas, Field, Letters};
use super::super::colours::Look;
use super::super::frame::{MIDDLE, Setting};
use super::super::geometry::Rect;
use super::super::grid::{labels_below, upright_lines};
use super::arrange::{lanes, stacked_total, total};
use super::single::{axis_title, field, label, plot, whiskers};
use super::{BarsBody, Form, Layout, Row};
use crate::error::Result;

/// Draws all rows.
pub(super) fn draw(body: &BarsBody, layout: &Layout, setting: &Setting<'_>, canvas: &Canvas<'_>, rect: Rect) -> Result<()> {
    let rows = body.shown().len();
    let plot = plot(layout, rows, rect);
    let field = field(canvas, plot, &layout.axis, rows);
    axis_title(body, setting, canvas, plot.left, rect)?;
    upright_lines(canvas, &field, &layout.axis, plot)?;
    labels_below(setting, canvas, &field, &layout.axis, plot, (rect.left, rect.right))?;
    for (index, row) in body.shown().iter().enumerate() {
        let y = (rows - 1 - index) as f64;
        let middle = field.place(0.0, y).1;
        label(layout, setting, canvas, index, (plot.left - setting.px(8.0), middle))?;
        if index > 0 && lanes(body) > 1 {
            let above = middle - layout.row_height / 2.0;
            canvas.line(&[(rect.left, above), (plot.right, above)], canvas.colours.grid, 1.0)?;
        }
        match body.form {
            Form::Stacked => stack(body, layout, setting, canvas, &field, row, y)?,
            Form::Dots => {
                let (from, to) = row
                    .parts
                    .iter()
                    .fold((f64::INFINITY, f64::NEG_INFINITY), |(from, to), part| (from.min(part.value), to.max(part.value)));
                field.line(&[(from, y), (to, y)], canvas.colours.axis, setting.px(1.2))?;
                // The last series lies on top in no chart: drawing order is that of the legend, reversed.
                for part in row.parts.iter().rev() {
                    canvas.dot(field.place(part.value, y), setting.px(4.6), body.look(part))?;
                }
            }
            _ => several(body, layout, setting, canvas, &field, row, y)?,
        }
    }
    let zero = field.place(0.0, 0.0).0;
    if (plot.left - 0.5..=plot.right + 0.5).contains(&zero) {
        canvas.line(&[(zero, plot.top), (zero, plot.bottom)], canvas.colours.axis, 1.0)?;
    }
    Ok(())
}

/// Bars or intervals one under the other.
fn several(
    body: &BarsBody,
    layout: &Layout,
    setting: &Setting<'_>,
    canvas: &Canvas<'_>,
    field: &Field<'_, '_>,
    row: &Row,
    y: f64,
) -> Result<()> {
    let all = lanes(body).min(row.parts.len()) as f64;
    for (lane, part) in row.parts.iter().enumerate() {
        let y = y - (lane as f64 - (all - 1.0) / 2.0) * layout.lane_height / layout.row_height;
        let look = body.look(part);
        if body.form == Form::IntervalLanes {
            let look = Look { hollow: !body.is_clear(part), ..look };
            whiskers(body, setting, canvas, field, part, y, layout, look)?;
            canvas.dot(field.place(part.value, y), (layout.lane_height * 0.36).min(setting.px(4.2)), look)?;
            continue;
        }
        let bar = field.bar(0.0, part.value, y, layout.lane_height * 0.44, look)?;
        let small = setting.px(9.5);
        let is_right = part.value >= 0.0;
        let (x, anchor) = if is_right { (bar.right + setting.px(4.0), Anchor::Start) } else { (bar.left - setting.px(4.0), Anchor::End) };
        let place = (x, bar.top.midpoint(bar.bottom) + small * MIDDLE);
        let text = body.format.value(part.value);
        // Left of the area stand the labels.
        if is_right || x - setting.lettering.width(&text, small, false) > field.place(layout.axis.low, y).0 {
            canvas.text(place, &text, Letters { size: small, bold: false, colour: canvas.colours.muted, anchor })?;
        }
    }
    Ok(())
}

/// Parts of a whole, end to end, with their values where they fit.
fn stack(
    body: &BarsBody,
    layout: &Layout,
    setting: &Setting<'_>,
    canvas: &Canvas<'_>,
    field: &Field<'_, '_>,
    row: &Row,
    y: f64,
) -> Result<()> {
    let half = (layout.row_height * 0.38).min(setting.px(13.0));
    let mut from = 0.0;
    for part in &row.parts {
        let look = body.look(part);
        let bar = field.bar(from, from + part.value, y, half, look)?;
        from += part.value;
        if bar.width() > 2.0 {
            // A hair of the ground between neighbours keeps similar colours apart.
            canvas.line(&[(bar.right, bar.top), (bar.right, bar.bottom)], canvas.colours.ground, 1.0)?;
        }
        let text = body.format.value(part.value);
        if part.value > 0.0 && setting.tick_width(&text) + setting.px(6.0) <= bar.width() {
            let fill = if look.hollow { canvas.colours.tint(look.colour, 0.3) } else { look.colour };
            let letters = Letters { colour: canvas.colours.ink_on(fill), ..setting.tick(Anchor::Middle) };
            let place = (bar.left.midpoint(bar.right), bar.top.midpoint(bar.bottom) + setting.tick_size() * MIDDLE);
            canvas.text(place, &text, letters)?;
        }
    }
    if stacked_total(body.format) {
        let (x, middle) = field.place(from, y);
        let letters = Letters { colour: canvas.colours.ink, ..setting.tick(Anchor::Start) };
        canvas.text((x + setting.px(6.0), middle + setting.tick_size() * MIDDLE), &body.format.value(total(row)), letters)?;
    }
    Ok(())
}
