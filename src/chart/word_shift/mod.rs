//! Word-shift graphs: words to the side that they pull to, and how much of the whole has been told so far.

#[cfg(test)]
mod tests;

use super::canvas::{Anchor, Canvas, Letters};
use super::colours::Look;
use super::frame::{Body, Key, MIDDLE, Nothing, Setting, first_of, left_out};
use super::geometry::Rect;
use super::numbers::Format;
use super::reading::Reading;
use crate::error::Result;
use crate::table::WordShift;

/// Most bars in a picture whose height is free.
const MOST_ROWS: usize = 60;

struct Bar {
    label: String,
    /// Length, below 0 to the left.
    value: f64,
    cumulative: Option<f64>,
    hollow: bool,
}

struct WordShiftBody {
    bars: Vec<Bar>,
    without_value: usize,
    sides: (String, String),
    format: Format,
    cumulative: Format,
    cumulative_title: String,
    layout: Option<Layout>,
}

struct Layout {
    shown: usize,
    labels: Vec<String>,
    row_height: f64,
    head: f64,
    /// Width of the column of running totals.
    margin: f64,
}

/// Reads the rows for `shift`.
pub(super) fn body(shift: &WordShift, reading: &Reading<'_>, setting: &Setting<'_>) -> Result<Box<dyn Body>> {
    let (labels, values) = (reading.labels(shift.label)?, reading.numbers(shift.value)?);
    let running = reading.numbers(shift.cumulative)?;
    let directions = shift.direction.map(|column| reading.words(column)).transpose()?;
    let hollow = shift.hollow.map(|column| reading.words(column)).transpose()?;
    let bars: Vec<Bar> = (0..reading.len())
        .filter_map(|row| {
            let value = values[row]?;
            let turn = directions.as_ref().map_or(1.0, |directions| if directions[row] == "less" { -1.0 } else { 1.0 });
            let hollow = hollow.as_ref().is_some_and(|hollow| hollow[row] == "yes");
            Some(Bar { label: labels[row].clone(), value: value * turn, cumulative: running[row], hollow })
        })
        .collect();
    if bars.is_empty() {
        let reason = if reading.len() == 0 { "the table has no rows." } else { "no row has a value." };
        return Ok(Box::new(Nothing { reason: reason.to_owned() }));
    }
    Ok(Box::new(WordShiftBody {
        without_value: reading.len() - bars.len(),
        bars,
        sides: (setting.lettering.legible(&shift.sides.0), setting.lettering.legible(&shift.sides.1)),
        format: Format { signed: false, ..reading.format(shift.value)? },
        cumulative: reading.format(shift.cumulative)?,
        cumulative_title: setting.lettering.legible("so far"),
        layout: None,
    }))
}

impl WordShiftBody {
    fn shown(&self) -> &[Bar] {
        self.layout.as_ref().map_or(&self.bars, |layout| &self.bars[..layout.shown])
    }

    /// Lengths are told without their sign: the side tells it.
    fn text(&self, bar: &Bar) -> String {
        self.format.value(bar.value.abs())
    }
}

impl Body for WordShiftBody {
    fn keys(&self) -> Vec<Key> {
        Vec::new()
    }

    fn arrange(&mut self, setting: &Setting<'_>, width: f64, room: Option<f64>) -> f64 {
        let head = setting.px(24.0);
        let (most, row_height) = match room {
            None => (MOST_ROWS, setting.px(21.0)),
            Some(room) => {
                let room = (room - head).max(0.0);
                let tight = setting.px(17.0);
                let most = ((room / tight).floor() as usize).max(1);
                (most, (room / most.min(self.bars.len()) as f64).clamp(tight.min(room), setting.px(34.0)))
            }
        };
        let shown = most.min(self.bars.len());
        let names: Vec<String> = self.bars[..shown].iter().map(|bar| bar.label.clone()).collect();
        let labels = setting.lettering.shortened_labels(&names, setting.label_size(), false, width * 0.3);
        let running =
            self.bars[..shown].iter().filter_map(|bar| bar.cumulative).map(|value| setting.tick_width(&self.cumulative.value(value)));
        let margin = running.fold(setting.tick_width(&self.cumulative_title), f64::max) + setting.px(18.0);
        self.layout = Some(Layout { shown, labels, row_height, head, margin });
        head + row_height * shown as f64 + setting.px(4.0)
    }

    fn notes(&self) -> Vec<String> {
        let mut notes: Vec<String> = first_of(self.shown().len(), self.bars.len(), "words").into_iter().collect();
        if self.shown().iter().any(|bar| bar.hollow) {
            notes.push("Hollow: function words.".to_owned());
        }
        notes.push("At the right: share of all contributions told so far.".to_owned());
        if self.without_value > 0 {
            notes.push(left_out(self.without_value, "row without a value", "rows without a value"));
        }
        notes
    }

    fn draw(&self, setting: &Setting<'_>, canvas: &Canvas<'_>, rect: Rect) -> Result<()> {
        let Some(layout) = &self.layout else { return Ok(()) };
        let rows = self.shown().len();
        let top = rect.top + layout.head;
        let plot = Rect::new(rect.left, top, rect.right - layout.margin, top + layout.row_height * rows as f64);
        let sides = self.sides(setting, layout, plot.width());
        let field = canvas.plane(plot, -sides.0 / sides.1..(plot.width() - sides.0) / sides.1, -0.5..rows as f64 - 0.5);
        let zero = field.place(0.0, 0.0).0;
        let gap = setting.px(7.0);
        self.draw_head(setting, canvas, rect, plot, zero)?;
        for (index, (bar, label)) in self.shown().iter().zip(&layout.labels).enumerate() {
            let y = (rows - 1 - index) as f64;
            let middle = field.place(0.0, y).1;
            let is_right = bar.value >= 0.0;
            let look = Look { hollow: bar.hollow, ..canvas.colours.look(usize::from(!is_right)) };
            let drawn = field.bar(0.0, bar.value, y, (layout.row_height * 0.34).min(setting.px(11.0)), look)?;
            let (x, anchor) = if is_right { (zero - gap, Anchor::End) } else { (zero + gap, Anchor::Start) };
            canvas.text((x, middle + setting.label_size() * MIDDLE), label, setting.label(anchor))?;
            let (x, anchor) = if is_right { (drawn.right + gap, Anchor::Start) } else { (drawn.left - gap, Anchor::End) };
            let ink = Letters { colour: canvas.colours.ink, ..setting.tick(anchor) };
            let baseline = middle + setting.tick_size() * MIDDLE;
            canvas.text((x, baseline), &self.text(bar), ink)?;
            if let Some(cumulative) = bar.cumulative {
                canvas.text((rect.right - setting.px(2.0), baseline), &self.cumulative.value(cumulative), setting.tick(Anchor::End))?;
            }
        }
        canvas.line(&[(zero, plot.top), (zero, plot.bottom)], canvas.colours.axis, 1.0)?;
        let edge = plot.right + setting.px(8.0);
        canvas.line(&[(edge, plot.top), (edge, plot.bottom)], canvas.colours.grid, 1.0)
    }

    fn summary(&self) -> String {
        let side = |bar: &Bar| if bar.value >= 0.0 { &self.sides.1 } else { &self.sides.0 };
        let told: Vec<String> =
            self.shown().iter().take(8).map(|bar| format!("{}: {} ({})", bar.label, self.text(bar), side(bar))).collect();
        format!("Word-shift graph, {} words: {}", self.shown().len(), told.join("; "))
    }
}

impl WordShiftBody {
    /// The names of the two sides and of the column at the right.
    fn draw_head(&self, setting: &Setting<'_>, canvas: &Canvas<'_>, rect: Rect, plot: Rect, zero: f64) -> Result<()> {
        let baseline = rect.top + setting.tick_size();
        let gap = setting.px(7.0);
        let bold =
            |anchor: Anchor, look: Look| Letters { bold: true, colour: canvas.colours.readable(look.colour), ..setting.tick(anchor) };
        let fit = |text: &str, room: f64| setting.lettering.shortened(text, setting.tick_size(), true, room.max(0.0));
        let left = format!("← {}", self.sides.0);
        let right = format!("{} →", self.sides.1);
        let width = |text: &str| setting.lettering.width(text, setting.tick_size(), true);
        // Beside the line of 0 where there is room, else at the edges.
        let split =
            zero.clamp(plot.left + width(&left).min(plot.width() * 0.6) + gap, plot.right - width(&right).min(plot.width() * 0.6) - gap);
        let split = if split.is_finite() { split } else { zero };
        let left = fit(&left, split - gap - plot.left);
        let right = fit(&right, plot.right - split - gap);
        canvas.text((split - gap, baseline), &left, bold(Anchor::End, canvas.colours.look(1)))?;
        canvas.text((split + gap, baseline), &right, bold(Anchor::Start, canvas.colours.look(0)))?;
        canvas.text((rect.right - setting.px(2.0), baseline), &self.cumulative_title, setting.tick(Anchor::End))
    }

    /// Pixels left of 0, and pixels a unit: the largest scale at which bars, values and labels of both sides fit.
    fn sides(&self, setting: &Setting<'_>, layout: &Layout, width: f64) -> (f64, f64) {
        let gap = setting.px(16.0);
        let (mut high, mut low, mut on_left, mut on_right) = (0.0_f64, 0.0_f64, 0.0_f64, 0.0_f64);
        for (bar, label) in self.shown().iter().zip(&layout.labels) {
            let label = setting.label_width(label) + gap;
            if bar.value >= 0.0 {
                (high, on_left) = (high.max(bar.value), on_left.max(label));
            } else {
                (low, on_right) = (low.max(-bar.value), on_right.max(label));
            }
        }
        let values = self.shown().iter().map(|bar| setting.tick_width(&self.text(bar))).fold(0.0, f64::max) + gap;
        let left = |scale: f64| (low * scale + values).max(on_left);
        let right = |scale: f64| (high * scale + values).max(on_right);
        let largest = high.max(low);
        let (mut fits, mut too_large) = (0.0, if largest > 0.0 { width / largest } else { 1.0 });
        for _ in 0..50 {
            let middle = f64::midpoint(fits, too_large);
            if left(middle) + right(middle) <= width { fits = middle } else { too_large = middle }
        }
        let scale = if fits > 0.0 { fits } else { too_large };
        (left(scale), scale)
    }
}
