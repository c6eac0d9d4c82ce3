//! Heat maps: a cell a row of the table, coloured by its value, with a colour bar.

use super::canvas::{Anchor, Canvas, Letters};
use super::colours::Colours;
use super::frame::{Body, Key, MIDDLE, Nothing, Setting, first_of};
use super::geometry::Rect;
use super::numbers::Format;
use super::reading::{Reading, distinct_in_order};
use crate::error::Result;
use crate::table::{ColumnKind, Heatmap};
use plotters::style::RGBColor;

/// Most rows in a picture whose height is free.
const MOST_ROWS: usize = 40;
/// Height of a line in letter sizes.
const LINE: f64 = 1.25;
/// Most columns.
const MOST_COLUMNS: usize = 36;

struct HeatmapBody {
    rows: Vec<String>,
    columns: Vec<String>,
    all_rows: usize,
    all_columns: usize,
    /// `cells[row][column]`.
    cells: Vec<Vec<Option<f64>>>,
    diverging: bool,
    format: Format,
    title: String,
    twice: usize,
    layout: Option<Layout>,
}

struct Layout {
    row_labels: Vec<String>,
    /// One line if upward, else up to three.
    column_labels: Vec<Vec<String>>,
    left: f64,
    head: f64,
    upward: bool,
    cell_width: f64,
    cell_height: f64,
    number_size: Option<f64>,
    scale: Scale,
}

/// From values to colours.
#[derive(Debug, Clone, Copy)]
struct Scale {
    low: f64,
    high: f64,
    diverging: bool,
}

impl Scale {
    fn colour(self, colours: &Colours, value: f64) -> RGBColor {
        let reach = if self.diverging { self.high } else { self.high - self.low };
        let share = if reach > 0.0 { (value - if self.diverging { 0.0 } else { self.low }) / reach } else { 0.0 };
        if self.diverging { colours.diverging(share) } else { colours.sequential(share) }
    }
}

/// Reads the rows for `heatmap`.
pub(super) fn body(heatmap: &Heatmap, reading: &Reading<'_>, setting: &Setting<'_>) -> Result<Box<dyn Body>> {
    let values = reading.numbers(heatmap.value)?;
    let (rows, row_of) = distinct_in_order(&reading.words(heatmap.row)?, &setting.style.groups);
    let (columns, column_of) = distinct_in_order(&reading.words(heatmap.column)?, &setting.style.groups);
    if values.iter().all(Option::is_none) {
        let reason = if values.is_empty() { "the table has no rows." } else { "no cell has a value." };
        return Ok(Box::new(Nothing { reason: reason.to_owned() }));
    }
    let (all_rows, all_columns) = (rows.len(), columns.len());
    let shown_columns = all_columns.min(MOST_COLUMNS);
    // Rows beyond what any picture shows are not worth their cells; `arrange` cuts further.
    let shown_rows = all_rows.min(MOST_ROWS);
    let mut cells = vec![vec![None; shown_columns]; shown_rows];
    let mut twice = 0;
    for ((value, &row), &column) in values.into_iter().zip(&row_of).zip(&column_of) {
        if let (Some(cell), Some(value)) = (cells.get_mut(row).and_then(|cells: &mut Vec<Option<f64>>| cells.get_mut(column)), value) {
            match cell {
                Some(_) => twice += 1,
                None => *cell = Some(value),
            }
        }
    }
    Ok(Box::new(HeatmapBody {
        rows: rows.iter().take(shown_rows).map(|row| reading.label(row)).collect(),
        columns: columns.iter().take(shown_columns).map(|column| reading.label(column)).collect(),
        all_rows,
        all_columns,
        cells,
        diverging: heatmap.diverging,
        format: reading.format(heatmap.value)?,
        title: reading.axis_title(heatmap.value)?,
        twice,
        layout: None,
    }))
}

impl HeatmapBody {
    /// How many rows are drawn; the first ones.
    fn shown(&self) -> usize {
        self.layout.as_ref().map_or(self.rows.len(), |layout| layout.row_labels.len())
    }

    fn values(&self) -> impl Iterator<Item = f64> {
        self.cells.iter().flatten().filter_map(|cell| *cell)
    }

    fn scale(&self) -> Scale {
        let (low, high) = self.values().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        if self.diverging {
            let reach = low.abs().max(high.abs());
            return Scale { low: -reach, high: reach, diverging: true };
        }
        // From 0 unless all values lie in a narrow range far from it.
        let low = if low >= 0.0 && low < 0.7 * high { 0.0 } else { low };
        Scale { low, high, diverging: false }
    }

    /// A number as it stands in a cell: without the per cent sign, with as few decimals as the largest allows.
    fn cell_text(&self, value: f64) -> String {
        let largest = self.values().map(f64::abs).fold(0.0, f64::max);
        let kind = match self.format.kind {
            ColumnKind::Decimal(_) if largest >= 100.0 => ColumnKind::Decimal(0),
            ColumnKind::Decimal(decimals) if largest >= 10.0 => ColumnKind::Decimal(decimals.min(1)),
            kind => kind,
        };
        Format { kind, ..self.format }.value(value).trim_end_matches('%').to_owned()
    }

    /// Column labels on up to three lines if no word is cut, else one line each that reads upwards.
    fn column_labels(&self, setting: &Setting<'_>, cell_width: f64, height: Option<f64>) -> (Vec<Vec<String>>, bool) {
        let size = setting.tick_size();
        let room = cell_width - setting.px(6.0);
        let has_room = |word: &str| setting.lettering.width(word, size, false) <= room;
        if self.columns.iter().flat_map(|label| label.split_inclusive([' ', '-'])).all(|word| has_room(word.trim_end())) {
            let wrapped: Vec<Vec<String>> =
                self.columns.iter().map(|label| setting.lettering.wrapped(label, size, false, room, 3)).collect();
            if wrapped.iter().flatten().all(|line| !line.ends_with('…')) {
                return (wrapped, false);
            }
        }
        let upward = setting.lettering.shortened_labels(
            &self.columns,
            size,
            false,
            height.map_or(setting.px(160.0), |height| (height * 0.28).min(setting.px(160.0))),
        );
        (upward.into_iter().map(|label| vec![label]).collect(), true)
    }
}

impl Body for HeatmapBody {
    fn keys(&self) -> Vec<Key> {
        Vec::new()
    }

    fn arrange(&mut self, setting: &Setting<'_>, width: f64, room: Option<f64>) -> f64 {
        let size = setting.tick_size();
        let foot = setting.px(46.0);
        let row_labels = setting.lettering.shortened_labels(&self.rows, setting.label_size(), false, width * 0.3);
        let left = row_labels.iter().map(|label| setting.label_width(label)).fold(0.0, f64::max) + setting.px(10.0);
        let most_wide = setting.px(110.0);
        let cell_width = ((width - left) / self.columns.len() as f64).min(most_wide);
        let (column_labels, upward) = self.column_labels(setting, cell_width, room);
        let head = if upward {
            column_labels.iter().flatten().map(|label| setting.lettering.width(label, size, false)).fold(0.0, f64::max) + setting.px(12.0)
        } else {
            column_labels.iter().map(Vec::len).max().unwrap_or(1) as f64 * size * LINE + setting.px(10.0)
        };
        let natural = setting.px(26.0);
        let (shown, cell_height) = match room {
            None => (self.rows.len(), natural),
            Some(room) => {
                let room = (room - head - foot).max(1.0);
                let tight = setting.px(15.0);
                let shown = ((room / tight).floor() as usize).clamp(1, self.rows.len());
                (shown, (room / shown as f64).min(setting.px(40.0)))
            }
        };
        let widest =
            |size: f64| self.values().map(|value| setting.lettering.width(&self.cell_text(value), size, false)).fold(0.0, f64::max);
        let number_size = [11.5, 10.5, 9.5]
            .map(|size| setting.px(size))
            .into_iter()
            .find(|&size| widest(size) + setting.px(4.0) <= cell_width && size * 1.3 <= cell_height);
        let scale = self.scale();
        let row_labels = row_labels[..shown].to_vec();
        self.layout = Some(Layout { row_labels, column_labels, left, head, upward, cell_width, cell_height, number_size, scale });
        head + cell_height * shown as f64 + foot
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        notes.extend(first_of(self.shown(), self.all_rows, "rows"));
        notes.extend(first_of(self.columns.len(), self.all_columns, "columns"));
        if self.cells.iter().take(self.shown()).flatten().any(Option::is_none) {
            notes.push("Cells with a dash have no value.".to_owned());
        }
        if self.twice > 0 {
            notes.push(format!("Cells with several values show the first; {} are not shown.", self.twice));
        }
        notes
    }

    fn draw(&self, setting: &Setting<'_>, canvas: &Canvas<'_>, rect: Rect) -> Result<()> {
        let Some(layout) = &self.layout else { return Ok(()) };
        let (left, top) = (rect.left + layout.left, rect.top + layout.head);
        let letters = Letters { colour: canvas.colours.ink, ..setting.tick(Anchor::Start) };
        for (column, lines) in layout.column_labels.iter().enumerate() {
            let middle = left + (column as f64 + 0.5) * layout.cell_width;
            for (above, line) in lines.iter().rev().enumerate() {
                if layout.upward {
                    canvas.upward_text((middle + setting.tick_size() * MIDDLE, top - setting.px(7.0)), line, letters)?;
                } else {
                    let baseline = top - setting.px(8.0) - above as f64 * setting.tick_size() * LINE;
                    canvas.text((middle, baseline), line, Letters { anchor: Anchor::Middle, ..letters })?;
                }
            }
        }
        for (row, (label, cells)) in layout.row_labels.iter().zip(&self.cells).enumerate() {
            let middle = top + (row as f64 + 0.5) * layout.cell_height;
            canvas.text((left - setting.px(8.0), middle + setting.label_size() * MIDDLE), label, setting.label(Anchor::End))?;
            for (column, cell) in cells.iter().enumerate() {
                // Edges on whole pixels, with a gap between: anti-aliased seams would show as a net of hair lines.
                let x = |column: usize| (left + column as f64 * layout.cell_width).round();
                let y = |row: usize| (top + row as f64 * layout.cell_height).round();
                let area = Rect::new(x(column), y(row), x(column + 1) - 1.0, y(row + 1) - 1.0);
                self.draw_cell(setting, canvas, layout, area, *cell)?;
            }
        }
        let bottom = top + layout.cell_height * layout.row_labels.len() as f64;
        self.draw_bar(setting, canvas, layout.scale, (left.min(rect.right - setting.px(230.0)), bottom + setting.px(16.0)), rect)
    }

    fn summary(&self) -> String {
        let extreme = |better: &dyn Fn(f64, f64) -> bool| {
            let mut best: Option<(usize, usize, f64)> = None;
            for (row, cells) in self.cells.iter().enumerate().take(self.shown()) {
                for (column, value) in cells.iter().enumerate().filter_map(|(column, cell)| cell.map(|value| (column, value))) {
                    if best.is_none_or(|(_, _, than)| better(value, than)) {
                        best = Some((row, column, value));
                    }
                }
            }
            best.map_or_else(String::new, |(row, column, value)| {
                format!("{} with {}: {}", self.rows[row], self.columns[column], self.format.value(value))
            })
        };
        format!(
            "Heat map of {}, {} rows by {} columns. Highest: {}. Lowest: {}",
            self.title,
            self.shown(),
            self.columns.len(),
            extreme(&|a, b| a > b),
            extreme(&|a, b| a < b)
        )
    }
}

impl HeatmapBody {
    fn draw_cell(&self, setting: &Setting<'_>, canvas: &Canvas<'_>, layout: &Layout, area: Rect, cell: Option<f64>) -> Result<()> {
        let fill = cell.map_or(canvas.colours.missing, |value| layout.scale.colour(canvas.colours, value));
        canvas.rectangle(area, fill)?;
        let (text, colour) = match cell {
            Some(value) => (self.cell_text(value), canvas.colours.ink_on(fill)),
            None => ("–".to_owned(), canvas.colours.muted),
        };
        let Some(size) = layout.number_size.or(cell.is_none().then_some(setting.px(9.5))) else { return Ok(()) };
        let place = (area.left.midpoint(area.right), area.top.midpoint(area.bottom) + size * MIDDLE);
        canvas.text(place, &text, Letters { size, bold: false, colour, anchor: Anchor::Middle })
    }

    /// The colour bar with its ends (and 0 in the middle of a two-sided one).
    fn draw_bar(&self, setting: &Setting<'_>, canvas: &Canvas<'_>, scale: Scale, place: (f64, f64), rect: Rect) -> Result<()> {
        let (length, height) = (setting.px(150.0), setting.px(9.0));
        let steps = 60;
        for step in 0..steps {
            let share = |step: i32| f64::from(step) / f64::from(steps);
            let value = scale.low + (scale.high - scale.low) * share(step).midpoint(share(step + 1));
            // Each step reaches to the end, so that no seam shows between it and the next.
            let area = Rect::new(place.0 + length * share(step), place.1, place.0 + length, place.1 + height);
            canvas.rectangle(area, scale.colour(canvas.colours, value))?;
        }
        let baseline = place.1 + height + setting.px(14.0);
        let ends = [self.format.value(scale.low), self.format.value(scale.high)];
        canvas.text((place.0, baseline), &ends[0], setting.tick(Anchor::Start))?;
        canvas.text((place.0 + length, baseline), &ends[1], setting.tick(Anchor::End))?;
        if scale.diverging {
            canvas.text((place.0 + length / 2.0, baseline), "0", setting.tick(Anchor::Middle))?;
        }
        let left = place.0 + length + setting.px(12.0);
        let title = setting.lettering.shortened(&setting.lettering.legible(&self.title), setting.tick_size(), false, rect.right - left);
        canvas.text((left, place.1 + height / 2.0 + setting.tick_size() * MIDDLE), &title, setting.tick(Anchor::Start))
    }
}
