//! Scatter plots: every row a point, as many labels as fit.
//!
//! Logarithmic axes have a gutter for zeros. An axis with values on both sides of 0 stays even, and one of
//! probabilities points the other way, so that a volcano plot is a scatter like any other. Two logarithmic axes with
//! the same unit share their scale and show the line of equal values.

mod outline;
mod placement;
mod surroundings;

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Letters};
use super::colours::Look;
use super::frame::{Body, Key, MIDDLE, Nothing, Setting, Sign, first_of, left_out};
use super::geometry::Rect;
use super::grid::{labels_below, level_lines, ticks_height, ticks_width, upright_lines};
use super::numbers::Format;
use super::reading::{Reading, distinct_in_order};
use crate::error::Result;
use crate::table::{ColumnKind, Points};
use placement::Placement;

/// Most points; a picture with more shows a stain.
const MOST_POINTS: usize = 4000;
/// The usual threshold for probabilities, drawn as a dashed line.
const THRESHOLD: f64 = 0.05;

struct Spot {
    x: f64,
    y: f64,
    label: Option<String>,
    look: Look,
    /// What encloses the point: a number for each value of the outline's column.
    outline: Option<usize>,
}

struct PointsBody {
    spots: Vec<Spot>,
    all_spots: usize,
    without_place: usize,
    series: Vec<(String, Look)>,
    x: Scale,
    y: Scale,
    /// Both axes measure the same on the same scale.
    is_comparison: bool,
}

/// An axis with its title.
struct Scale {
    axis: Axis,
    title: String,
    is_probability: bool,
}

/// Reads the rows for `points`.
pub(super) fn body(points: &Points, reading: &Reading<'_>, setting: &Setting<'_>) -> Result<Box<dyn Body>> {
    let (xs, ys) = (reading.numbers(points.x)?, reading.numbers(points.y)?);
    let labels = points.label.map(|column| reading.words(column)).transpose()?;
    let (names, series_of) = match points.series {
        Some(column) => distinct_in_order(&reading.words(column)?, &setting.style.groups),
        None => (Vec::new(), vec![0; reading.len()]),
    };
    let mut looks = setting.looks(&names);
    for (look, name) in looks.iter_mut().zip(&names) {
        if points.muted == Some(name.as_str()) {
            *look = setting.muted_look();
        }
    }
    let outlines = match points.outline {
        Some(column) => reading.words(column)?,
        None => Vec::new(),
    };
    let (outline_names, outline_of) = distinct_in_order(&outlines, &[]);
    let placed: Vec<usize> = (0..reading.len()).filter(|&row| xs[row].is_some() && ys[row].is_some()).collect();
    let values = |of: &[Option<f64>]| placed.iter().filter_map(|&row| of[row]).collect::<Vec<f64>>();
    let (x_values, y_values) = (values(&xs), values(&ys));
    if placed.is_empty() {
        let reason = if reading.len() == 0 { "the table has no rows." } else { "no row has both values." };
        return Ok(Box::new(Nothing { reason: reason.to_owned() }));
    }
    let is_comparison = points.logarithmic
        && reading.spec(points.x)?.unit == reading.spec(points.y)?.unit
        && !reading.spec(points.x)?.unit.is_empty()
        && is_logarithmic(points, &x_values)
        && is_logarithmic(points, &y_values);
    let both: Vec<f64> = x_values.iter().chain(&y_values).copied().collect();
    let scale = |name: &str, values: &[f64], most: usize| -> Result<Scale> {
        let values = if is_comparison { &both } else { values };
        Ok(Scale {
            axis: axis(values, is_logarithmic(points, values), most, reading.format(name)?),
            title: reading.axis_title(name)?,
            is_probability: reading.spec(name)?.kind == ColumnKind::Probability,
        })
    };
    let (x, y) = (scale(points.x, &x_values, 7)?, scale(points.y, &y_values, 6)?);
    let label = |row: usize| labels.as_ref().map(|labels| labels[row].as_str()).filter(|word| !word.is_empty());
    let spots: Vec<Spot> = placed
        .iter()
        .zip(x_values.iter().zip(&y_values))
        .filter_map(|(&row, (&x_value, &y_value))| {
            let (x, y) = (x.axis.coordinate(x_value)?, y.axis.coordinate(y_value)?);
            let look = looks.get(series_of[row]).copied().unwrap_or(setting.plain_look());
            let outline = outline_of.get(row).copied().filter(|&at| !outline_names[at].is_empty());
            Some(Spot { x, y, label: label(row).map(|word| reading.label(word)), look, outline })
        })
        .take(MOST_POINTS)
        .collect();
    let series = names.iter().map(|name| reading.label(name)).zip(looks).collect();
    let without_place = reading.len() - placed.len();
    Ok(Box::new(PointsBody { spots, all_spots: placed.len(), without_place, series, x, y, is_comparison }))
}

/// Whether these values are drawn on a logarithmic axis: asked for, and possible.
fn is_logarithmic(points: &Points, values: &[f64]) -> bool {
    points.logarithmic && values.iter().all(|&value| value >= 0.0) && values.iter().any(|&value| value > 0.0)
}

fn axis(values: &[f64], is_logarithmic: bool, most: usize, format: Format) -> Axis {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if is_logarithmic {
        let smallest = values.iter().copied().filter(|&value| value > 0.0).fold(f64::INFINITY, f64::min);
        let axis = Axis::logarithmic(smallest, high, low <= 0.0, most, format);
        return if format.kind == ColumnKind::Probability { axis.flipped() } else { axis };
    }
    let room = (high - low) * 0.04;
    Axis { stresses_zero: format.signed, ..Axis::close(low - room, high + room, most, format) }
}

impl Body for PointsBody {
    fn keys(&self) -> Vec<Key> {
        if self.series.len() < 2 {
            return Vec::new();
        }
        self.series.iter().map(|(name, look)| Key { name: name.clone(), look: *look, sign: Sign::Dot }).collect()
    }

    fn arrange(&mut self, setting: &Setting<'_>, _: f64, room: Option<f64>) -> f64 {
        room.unwrap_or(setting.px(if self.is_comparison { 620.0 } else { 500.0 }))
    }

    fn notes(&self) -> Vec<String> {
        let mut notes: Vec<String> = first_of(self.spots.len(), self.all_spots, "points").into_iter().collect();
        if self.spots.iter().any(|spot| spot.label.is_some()) {
            notes.push("Rings: points without a label.".to_owned());
        }
        if self.x.is_probability || self.y.is_probability {
            notes.push(format!("Dashed line: {THRESHOLD}."));
        }
        if self.without_place > 0 {
            notes.push(left_out(self.without_place, "row that lacks one of the two values", "rows that lack one of the two values"));
        }
        notes
    }

    fn draw(&self, setting: &Setting<'_>, canvas: &Canvas<'_>, rect: Rect) -> Result<()> {
        let (x_axis, y_axis) = (&self.x.axis, &self.y.axis);
        let fit = |text: &str, room: f64| setting.lettering.shortened(&setting.lettering.legible(text), setting.tick_size(), false, room);
        let under = ticks_height(setting, x_axis) + setting.px(18.0);
        let plot = Rect::new(
            rect.left + ticks_width(setting, y_axis),
            rect.top + setting.px(22.0),
            rect.right - setting.px(6.0),
            rect.bottom - under,
        );
        let field = canvas.plane(plot, x_axis.low..x_axis.high, y_axis.low..y_axis.high);
        canvas.text((rect.left, rect.top + setting.tick_size()), &fit(&self.y.title, rect.width()), setting.tick(Anchor::Start))?;
        let x_title = fit(&self.x.title, plot.width());
        canvas.text((plot.right, rect.bottom - setting.px(2.0)), &x_title, setting.tick(Anchor::End))?;
        upright_lines(canvas, &field, x_axis, plot)?;
        level_lines(setting, canvas, &field, y_axis, plot, true)?;
        labels_below(setting, canvas, &field, x_axis, plot, (rect.left, rect.right))?;
        self.draw_references(canvas, &field)?;
        let places: Vec<(f64, f64)> = self.spots.iter().map(|spot| field.place(spot.x, spot.y)).collect();
        let is_outlined = self.spots.iter().any(|spot| spot.outline.is_some());
        let mut placement = Placement::new(plot, &places, setting.px(3.4), setting.scale, is_outlined);
        self.draw_hints(setting, canvas, plot, &mut placement)?;
        let labels = self.place_labels(setting, &places, &mut placement, plot.width() * 0.3);
        let outlines = self.spots.iter().filter_map(|spot| spot.outline).max().map_or(0, |last| last + 1);
        for outlined in 0..outlines {
            let members: Vec<usize> = (0..self.spots.len()).filter(|&spot| self.spots[spot].outline == Some(outlined)).collect();
            let enclosed: Vec<(f64, f64)> = members.iter().map(|&spot| places[spot]).collect();
            // An outline round points of several colours has none.
            let looks: Vec<Look> = members.iter().map(|&spot| self.spots[spot].look).collect();
            let own = looks.first().copied().filter(|first| looks.iter().all(|look| look == first));
            outline::draw(canvas, &enclosed, own.unwrap_or(setting.plain_look()), setting.scale)?;
        }
        // Rings first, named points over them, labels last.
        for ((spot, &place), label) in self.spots.iter().zip(&places).zip(&labels) {
            if label.is_none() {
                canvas.ring(place, setting.px(2.6), canvas.colours.tint(spot.look.colour, 0.75))?;
            }
        }
        for ((spot, &place), label) in self.spots.iter().zip(&places).zip(&labels) {
            if let Some((_, placed)) = label {
                if let Some(end) = placed.leader {
                    canvas.line(&[place, end], canvas.colours.axis, 0.7)?;
                }
                canvas.dot(place, setting.px(3.6), spot.look)?;
            }
        }
        for (text, placed) in labels.iter().flatten() {
            let baseline = placed.area.top.midpoint(placed.area.bottom) + setting.tick_size() * MIDDLE;
            let letters = Letters { colour: canvas.colours.ink, ..setting.tick(Anchor::Middle) };
            canvas.text((placed.area.left.midpoint(placed.area.right), baseline), text, letters)?;
        }
        Ok(())
    }

    fn summary(&self) -> String {
        let named: Vec<&str> = self.spots.iter().filter_map(|spot| spot.label.as_deref()).take(8).collect();
        let named = if named.is_empty() { String::new() } else { format!(", among them {}", named.join(", ")) };
        format!("Scatter plot of {} against {}, {} points{named}", self.y.title, self.x.title, self.spots.len())
    }
}
