//! Dispersion strips: where in a group's documents, by date, something occurs. A panel a word, a row a group, a faint tick
//! for each place with documents and a strong one where they hold it.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Letters};
use super::colours::Look;
use super::frame::{Body, Key, MIDDLE, Nothing, Setting, first_of, left_out};
use super::geometry::Rect;
use super::grid::{labels_below, ticks_height, upright_lines};
use super::numbers::LARGEST;
use super::reading::{Reading, distinct, distinct_in_order};
use crate::error::Result;
use crate::table::{ColumnKind, Strips};

/// Most panels and rows in a picture whose height is free.
const MOST_PANELS: usize = 8;
const MOST_ROWS: usize = 24;

/// Ticks of one row: place, documents there, documents that hold it.
type Ticks = Vec<(f64, f64, f64)>;

struct StripsBody {
    panels: Vec<String>,
    rows: Vec<String>,
    looks: Vec<Look>,
    /// By panel and row.
    ticks: BTreeMap<(usize, usize), Ticks>,
    axis: Axis,
    without_place: usize,
    layout: Option<Layout>,
}

struct Layout {
    panels: usize,
    rows: usize,
    labels: Vec<String>,
    label_width: f64,
    count_width: f64,
    row_height: f64,
}

/// Reads the rows for `strips`.
pub(super) fn body(strips: &Strips, reading: &Reading<'_>, setting: &Setting<'_>) -> Result<Box<dyn Body>> {
    let (panels, panel_of) = distinct(&reading.words(strips.panel)?);
    let (rows, row_of) = distinct_in_order(&reading.words(strips.row)?, &setting.style.groups);
    let (xs, all, found) = (reading.numbers(strips.x)?, reading.numbers(strips.all)?, reading.numbers(strips.found)?);
    let mut ticks: BTreeMap<(usize, usize), Ticks> = BTreeMap::new();
    let (mut low, mut high) = (LARGEST, -LARGEST);
    let mut without_place = 0;
    for row in 0..reading.len() {
        let Some(x) = xs[row] else {
            without_place += 1;
            continue;
        };
        (low, high) = (low.min(x), high.max(x));
        ticks.entry((panel_of[row], row_of[row])).or_default().push((x, all[row].unwrap_or(0.0), found[row].unwrap_or(0.0)));
    }
    if ticks.is_empty() {
        let reason = if reading.len() == 0 { "the table has no rows." } else { "no row has a date." };
        return Ok(Box::new(Nothing { reason: reason.to_owned() }));
    }
    let format = reading.format(strips.x)?;
    let axis = if format.kind == ColumnKind::Date { Axis::dates(low, high, 7) } else { Axis::close(low, high, 7, format) };
    let looks = setting.looks(&rows);
    Ok(Box::new(StripsBody {
        panels: panels.iter().map(|panel| reading.label(panel)).collect(),
        rows: rows.iter().map(|row| reading.label(row)).collect(),
        looks,
        ticks,
        axis,
        without_place,
        layout: None,
    }))
}

impl StripsBody {
    /// `12 of 340`: documents that hold it, of all.
    fn count(&self, panel: usize, row: usize) -> String {
        let (all, found) = self.sums(panel, row);
        format!("{} of {}", whole(found), whole(all))
    }

    fn sums(&self, panel: usize, row: usize) -> (f64, f64) {
        let ticks = self.ticks.get(&(panel, row)).map_or(&[][..], Vec::as_slice);
        ticks.iter().fold((0.0, 0.0), |(all, found), tick| (all + tick.1, found + tick.2))
    }

    fn shown(&self) -> (usize, usize) {
        self.layout.as_ref().map_or((self.panels.len(), self.rows.len()), |layout| (layout.panels, layout.rows))
    }
}

fn whole(number: f64) -> String {
    crate::table::format::thousands(number as u64)
}

impl Body for StripsBody {
    fn keys(&self) -> Vec<Key> {
        Vec::new()
    }

    fn arrange(&mut self, setting: &Setting<'_>, width: f64, room: Option<f64>) -> f64 {
        let foot = ticks_height(setting, &self.axis);
        let head = setting.px(26.0);
        let (mut panels, mut rows, mut row_height) = (self.panels.len().min(MOST_PANELS), self.rows.len().min(MOST_ROWS), setting.px(18.0));
        if let Some(room) = room {
            let room = (room - foot).max(head + setting.px(14.0));
            let height = |panels: usize, rows: usize, row: f64| panels as f64 * (head + rows as f64 * row);
            row_height = setting.px(15.0);
            // Rather fewer words than fewer groups.
            while panels > 1 && height(panels, rows, row_height) > room {
                panels -= 1;
            }
            while rows > 1 && height(panels, rows, row_height) > room {
                rows -= 1;
            }
            row_height = ((room / panels as f64 - head) / rows as f64).clamp(1.0, setting.px(30.0));
        }
        let labels = setting.lettering.shortened_labels(&self.rows[..rows], setting.tick_size(), false, width * 0.3);
        let label_width = labels.iter().map(|label| setting.tick_width(label)).fold(0.0, f64::max) + setting.px(10.0);
        let counts = (0..panels).flat_map(|panel| (0..rows).map(move |row| (panel, row)));
        let count_width = counts.map(|(panel, row)| setting.tick_width(&self.count(panel, row))).fold(0.0, f64::max) + setting.px(10.0);
        self.layout = Some(Layout { panels, rows, labels, label_width, count_width, row_height });
        (head + rows as f64 * row_height) * panels as f64 + foot
    }

    fn notes(&self) -> Vec<String> {
        let (panels, rows) = self.shown();
        let mut notes = vec!["Faint: days with documents. Strong: days on which some hold it; higher for a larger share of the day's documents. At the right: documents that hold it.".to_owned()];
        notes.extend(first_of(panels, self.panels.len(), "words"));
        notes.extend(first_of(rows, self.rows.len(), "rows"));
        if self.without_place > 0 {
            notes.push(left_out(self.without_place, "row without a date", "rows without a date"));
        }
        notes
    }

    fn draw(&self, setting: &Setting<'_>, canvas: &Canvas<'_>, rect: Rect) -> Result<()> {
        let Some(layout) = &self.layout else { return Ok(()) };
        let head = setting.px(26.0);
        let (left, right) = (rect.left + layout.label_width, rect.right - layout.count_width);
        let mut top = rect.top;
        for panel in 0..layout.panels {
            let plot = Rect::new(left, top + head, right, top + head + layout.row_height * layout.rows as f64);
            let name = setting.lettering.shortened(&self.panels[panel], setting.label_size(), true, rect.width());
            canvas.text((rect.left, top + head - setting.px(8.0)), &name, Letters { bold: true, ..setting.label(Anchor::Start) })?;
            let field = canvas.plane(plot, self.axis.low..self.axis.high, 0.0..layout.rows as f64);
            upright_lines(canvas, &field, &self.axis, plot)?;
            for row in 0..layout.rows {
                let (middle, half) = (plot.top + (row as f64 + 0.5) * layout.row_height, layout.row_height * 0.42);
                canvas.text(
                    (left - setting.px(8.0), middle + setting.tick_size() * MIDDLE),
                    &layout.labels[row],
                    setting.tick(Anchor::End),
                )?;
                let place = (rect.right - setting.px(2.0), middle + setting.tick_size() * MIDDLE);
                canvas.text(place, &self.count(panel, row), setting.tick(Anchor::End))?;
                canvas.line(&[(left, middle + half), (right, middle + half)], canvas.colours.grid, 0.7)?;
                let ticks = self.ticks.get(&(panel, row)).map_or(&[][..], Vec::as_slice);
                for &(x, _, found) in ticks {
                    if found == 0.0 {
                        let x = field.place(x, 0.0).0;
                        canvas.line(&[(x, middle + half * 0.55), (x, middle + half)], canvas.colours.axis, 0.5)?;
                    }
                }
                let colour = canvas.colours.readable(self.looks[row].colour);
                for &(x, all, found) in ticks.iter().filter(|tick| tick.2 > 0.0) {
                    let x = field.place(x, 0.0).0;
                    let share = if all > 0.0 { (found / all).min(1.0) } else { 1.0 };
                    let height = half * (0.8 + 1.2 * share);
                    canvas.line(&[(x, middle + half - height), (x, middle + half)], colour, setting.px(1.3))?;
                }
            }
            top = plot.bottom;
            if panel + 1 == layout.panels {
                labels_below(setting, canvas, &field, &self.axis, plot, (rect.left, rect.right))?;
            }
        }
        Ok(())
    }

    fn summary(&self) -> String {
        let (panels, rows) = self.shown();
        let told: Vec<String> = (0..panels)
            .map(|panel| {
                let best = (0..rows).max_by(|&a, &b| {
                    let share = |row: usize| {
                        let (all, found) = self.sums(panel, row);
                        if all > 0.0 { found / all } else { 0.0 }
                    };
                    share(a).total_cmp(&share(b))
                });
                best.map_or_else(String::new, |row| {
                    format!("{}: most in {} ({} documents)", self.panels[panel], self.rows[row], self.count(panel, row))
                })
            })
            .collect();
        format!("Dispersion strips of {panels} words in {rows} groups. {}", told.join("; "))
    }
}
