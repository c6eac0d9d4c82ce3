//! Grid lines and tick labels.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Field};
use super::frame::{MIDDLE, Setting};
use super::geometry::Rect;
use crate::error::Result;

/// Height that tick labels under an area take.
pub(super) fn ticks_height(setting: &Setting<'_>, axis: &Axis) -> f64 {
    let lines = if axis.ticks.iter().any(|tick| tick.below.is_some()) { 2.0 } else { 1.0 };
    lines * setting.px(14.5) + setting.px(7.0)
}

/// Width that tick labels left of an area take.
pub(super) fn ticks_width(setting: &Setting<'_>, axis: &Axis) -> f64 {
    axis.ticks.iter().map(|tick| setting.tick_width(&tick.label)).fold(0.0, f64::max) + setting.px(8.0)
}

/// Upright lines at the ticks of the x axis, from the top to the bottom of `rect`.
pub(super) fn upright_lines(canvas: &Canvas<'_>, field: &Field<'_, '_>, axis: &Axis, rect: Rect) -> Result<()> {
    for tick in &axis.ticks {
        let x = field.place(tick.at, 0.0).0;
        canvas.line(&[(x, rect.top), (x, rect.bottom)], canvas.colours.grid, 1.0)?;
    }
    Ok(())
}

/// Labels under `rect` at the ticks of the x axis; those that would touch are left out, none leaves `within`.
pub(super) fn labels_below(
    setting: &Setting<'_>,
    canvas: &Canvas<'_>,
    field: &Field<'_, '_>,
    axis: &Axis,
    rect: Rect,
    within: (f64, f64),
) -> Result<()> {
    let baseline = rect.bottom + setting.px(7.0) + setting.tick_size() * 0.8;
    let mut free = f64::NEG_INFINITY;
    for tick in &axis.ticks {
        let x = field.place(tick.at, 0.0).0;
        let half =
            [Some(&tick.label), tick.below.as_ref()].into_iter().flatten().map(|text| setting.tick_width(text)).fold(0.0, f64::max) / 2.0;
        let middle = x.max(within.0 + half).min(within.1 - half);
        if middle - half < free || (middle - x).abs() > half {
            continue;
        }
        free = middle + half + setting.px(6.0);
        canvas.text((middle, baseline), &tick.label, setting.tick(Anchor::Middle))?;
        if let Some(below) = &tick.below {
            canvas.text((middle, baseline + setting.px(14.0)), below, setting.tick(Anchor::Middle))?;
        }
    }
    Ok(())
}

/// Level lines and labels at the ticks of the y axis, left of `rect`; the line of 0 stronger if it means something.
pub(super) fn level_lines(
    setting: &Setting<'_>,
    canvas: &Canvas<'_>,
    field: &Field<'_, '_>,
    axis: &Axis,
    rect: Rect,
    labelled: bool,
) -> Result<()> {
    let heights: Vec<f64> = axis.ticks.iter().map(|tick| field.place(0.0, tick.at).1).collect();
    let nearest = heights.windows(2).map(|pair| (pair[0] - pair[1]).abs()).fold(f64::INFINITY, f64::min);
    // In a low panel only every second or third line has room for its label; 0 keeps its own.
    let every = ((setting.tick_size() * 1.2 / nearest).ceil() as usize).clamp(1, axis.ticks.len().max(1));
    let zero = axis.ticks.iter().position(|tick| tick.at == 0.0).unwrap_or(0);
    for ((index, tick), &y) in axis.ticks.iter().enumerate().zip(&heights) {
        let is_zero = axis.stresses_zero && tick.at == 0.0;
        let colour = if is_zero { canvas.colours.axis } else { canvas.colours.grid };
        canvas.line(&[(rect.left, y), (rect.right, y)], colour, 1.0)?;
        if labelled && index % every == zero % every {
            let place = (rect.left - setting.px(8.0), y + setting.tick_size() * MIDDLE);
            canvas.text(place, &tick.label, setting.tick(Anchor::End))?;
        }
    }
    Ok(())
}
