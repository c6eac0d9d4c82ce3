//! Rows with one mark: bars, two-sided bars, intervals.

use super::super::axis::Axis;
use super::super::canvas::{Anchor, Canvas, Field, Letters};
use super::super::colours::Look;
use super::super::frame::{MIDDLE, Setting};
use super::super::geometry::Rect;
use super::super::grid::{labels_below, upright_lines};
use super::arrange::{interval_text, value_width};
use super::{BarsBody, Form, Layout, Part};
use crate::error::Result;

/// The area between labels, head, foot and values.
pub(super) fn plot(layout: &Layout, rows: usize, rect: Rect) -> Rect {
    let top = rect.top + layout.head;
    Rect::new(rect.left + layout.label_width, top, rect.right - layout.values_width, top + layout.row_height * rows as f64)
}

/// The coordinates of `plot`: values to the right, rows downwards with their middles at whole numbers.
pub(super) fn field<'a, 'c>(canvas: &'c Canvas<'a>, plot: Rect, axis: &Axis, rows: usize) -> Field<'a, 'c> {
    // `Canvas::plane` counts upwards, so row i is at rows − 1 − i.
    canvas.plane(plot, axis.low..axis.high, -0.5..rows as f64 - 0.5)
}

/// The title above the axis.
pub(super) fn axis_title(body: &BarsBody, setting: &Setting<'_>, canvas: &Canvas<'_>, left: f64, rect: Rect) -> Result<()> {
    let text = setting.lettering.legible(&body.axis_title);
    // A long title begins further left rather than being cut.
    let left = left.min(rect.right - setting.tick_width(&text)).max(rect.left);
    let text = setting.lettering.shortened(&text, setting.tick_size(), false, rect.right - left);
    canvas.text((left, rect.top + setting.tick_size()), &text, setting.tick(Anchor::Start))
}

/// The label of row `index`, ending at `x`.
pub(super) fn label(layout: &Layout, setting: &Setting<'_>, canvas: &Canvas<'_>, index: usize, place: (f64, f64)) -> Result<()> {
    canvas.text((place.0, place.1 + setting.label_size() * MIDDLE), &layout.labels[index], setting.label(Anchor::End))
}

/// Bars from 0 to the right, or dots with whiskers, with labels left and values right.
pub(super) fn one_sided(body: &BarsBody, layout: &Layout, setting: &Setting<'_>, canvas: &Canvas<'_>, rect: Rect) -> Result<()> {
    let rows = body.shown().len();
    let plot = plot(layout, rows, rect);
    let field = field(canvas, plot, &layout.axis, rows);
    axis_title(body, setting, canvas, plot.left, rect)?;
    if body.form == Form::Intervals {
        upright_lines(canvas, &field, &layout.axis, plot)?;
        labels_below(setting, canvas, &field, &layout.axis, plot, (rect.left, rect.right))?;
    }
    let values = Letters { colour: canvas.colours.ink, ..setting.tick(Anchor::Start) };
    for (index, row) in body.shown().iter().enumerate() {
        let Some(part) = row.parts.first() else { continue };
        let y = (rows - 1 - index) as f64;
        let (_, middle) = field.place(0.0, y);
        let baseline = middle + setting.tick_size() * MIDDLE;
        label(layout, setting, canvas, index, (plot.left - setting.px(8.0), middle))?;
        if body.form == Form::Intervals {
            canvas.line(&[(plot.left, middle), (plot.right, middle)], canvas.colours.grid, 0.6)?;
            let look = Look { hollow: !body.is_clear(part), ..body.look(part) };
            whiskers(body, setting, canvas, &field, part, y, layout, look)?;
            canvas.dot(field.place(part.value, y), setting.px(4.6), look)?;
            let after_value = plot.right + setting.px(14.0) + value_width(body, body.shown(), setting);
            canvas.text((after_value, baseline), &body.format.value(part.value), Letters { anchor: Anchor::End, ..values })?;
            let interval = interval_text(body.format, part);
            canvas.text((after_value + setting.px(6.0), baseline), &interval, setting.tick(Anchor::Start))?;
        } else {
            let half = (layout.row_height * 0.34).min(setting.px(11.0));
            let bar = field.bar(0.0, part.value, y, half, body.look(part))?;
            let mut end = bar.right;
            if part.ends.is_some() {
                let look = Look { colour: canvas.colours.ink, hollow: false };
                whiskers(body, setting, canvas, &field, part, y, layout, look)?;
                end = end.max(part.ends.map_or(end, |(_, high)| field.place(high.min(layout.axis.high), y).0));
            }
            canvas.text((end + setting.px(6.0), baseline), &body.format.value(part.value), values)?;
        }
    }
    let zero = field.place(0.0, 0.0).0;
    if (plot.left - 0.5..=plot.right + 0.5).contains(&zero) {
        canvas.line(&[(zero, plot.top), (zero, plot.bottom)], canvas.colours.axis, 1.0)?;
    }
    Ok(())
}

/// The interval of `part` as a line; an arrow head where the axis ends before it does.
#[expect(clippy::too_many_arguments, reason = "a mark needs its place, its look and the layout")]
pub(super) fn whiskers(
    body: &BarsBody,
    setting: &Setting<'_>,
    canvas: &Canvas<'_>,
    field: &Field<'_, '_>,
    part: &Part,
    y: f64,
    layout: &Layout,
    look: Look,
) -> Result<()> {
    let Some((low, high)) = part.ends else { return Ok(()) };
    let (start, middle) = field.place(low.max(layout.axis.low), y);
    let (end, _) = field.place(high.min(layout.axis.high), y);
    let width = if matches!(body.form, Form::Plain | Form::Lanes) { setting.px(1.2) } else { setting.px(2.2) };
    canvas.line(&[(start, middle), (end, middle)], look.colour, width)?;
    let (long, half) = (setting.px(6.0), setting.px(3.6));
    if low < layout.axis.low {
        canvas.polygon(&[(start - long / 2.0, middle), (start + long, middle - half), (start + long, middle + half)], look.colour, 1.0)?;
    }
    if high > layout.axis.high {
        canvas.polygon(&[(end + long / 2.0, middle), (end - long, middle - half), (end - long, middle + half)], look.colour, 1.0)?;
    }
    Ok(())
}

/// Bars to both sides of 0; each label stands on the side that its bar leaves free.
pub(super) fn two_sided(body: &BarsBody, layout: &Layout, setting: &Setting<'_>, canvas: &Canvas<'_>, rect: Rect) -> Result<()> {
    let rows = body.shown().len();
    let plot = Rect::new(rect.left, rect.top + layout.head, rect.right, rect.top + layout.head + layout.row_height * rows as f64);
    let sides = Sides::of(body, layout, setting, plot.width());
    let (low, high) = (-sides.left / sides.scale, (plot.width() - sides.left) / sides.scale);
    let field = canvas.plane(plot, low..high, -0.5..rows as f64 - 0.5);
    let mut axis = layout.axis.clone();
    axis.ticks.retain(|tick| low <= tick.at && tick.at <= high);
    axis_title(body, setting, canvas, plot.left, rect)?;
    upright_lines(canvas, &field, &axis, plot)?;
    labels_below(setting, canvas, &field, &axis, plot, (rect.left, rect.right))?;
    let gap = setting.px(7.0);
    let zero = field.place(0.0, 0.0).0;
    for (index, row) in body.shown().iter().enumerate() {
        let Some(part) = row.parts.first() else { continue };
        let y = (rows - 1 - index) as f64;
        let middle = field.place(0.0, y).1;
        let is_right = part.value >= 0.0;
        let look = match part.series {
            Some(_) => body.look(part),
            None => canvas.colours.look(usize::from(!is_right)),
        };
        let text = &layout.labels[index];
        let width = setting.label_width(text);
        let (label_left, anchor, place) =
            if is_right { (zero - gap - width, Anchor::End, zero - gap) } else { (zero + gap, Anchor::Start, zero + gap) };
        let behind = Rect::new(label_left, middle - setting.px(8.0), label_left + width, middle + setting.px(8.0)).grown(1.0);
        canvas.rectangle(behind, canvas.colours.ground)?;
        let bar = field.bar(0.0, part.value, y, (layout.row_height * 0.34).min(setting.px(11.0)), look)?;
        canvas.text((place, middle + setting.label_size() * MIDDLE), text, setting.label(anchor))?;
        let (x, anchor) = if is_right { (bar.right + gap, Anchor::Start) } else { (bar.left - gap, Anchor::End) };
        let value = Letters { colour: canvas.colours.ink, ..setting.tick(anchor) };
        canvas.text((x, middle + setting.tick_size() * MIDDLE), &body.format.value(part.value), value)?;
    }
    canvas.line(&[(zero, plot.top), (zero, plot.bottom)], canvas.colours.axis, 1.0)
}

/// How the width is divided between the two sides of 0.
struct Sides {
    /// Pixels left of 0.
    left: f64,
    /// Pixels a unit.
    scale: f64,
}

impl Sides {
    /// The largest scale at which bars, values and labels of both sides fit into `width`.
    fn of(body: &BarsBody, layout: &Layout, setting: &Setting<'_>, width: f64) -> Self {
        let gap = setting.px(16.0);
        let (mut highest, mut lowest, mut right_label, mut left_label) = (0.0_f64, 0.0_f64, 0.0_f64, 0.0_f64);
        for (row, label) in body.shown().iter().zip(&layout.labels) {
            let Some(part) = row.parts.first() else { continue };
            let label = setting.label_width(label) + gap;
            if part.value >= 0.0 {
                (highest, left_label) = (highest.max(part.value), left_label.max(label));
            } else {
                (lowest, right_label) = (lowest.max(-part.value), right_label.max(label));
            }
        }
        let values = layout.values_width + setting.px(8.0);
        let left = |scale: f64| (lowest * scale + values).max(left_label);
        let right = |scale: f64| (highest * scale + values).max(right_label);
        let largest = highest.max(lowest);
        let (mut fits, mut too_large) = (0.0, if largest > 0.0 { width / largest } else { 1.0 });
        for _ in 0..50 {
            let middle = f64::midpoint(fits, too_large);
            if left(middle) + right(middle) <= width { fits = middle } else { too_large = middle }
        }
        let scale = if fits > 0.0 { fits } else { too_large };
        Self { left: left(scale), scale }
    }
}
