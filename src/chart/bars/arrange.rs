//! Where bars and labels go.

use super::super::axis::Axis;
use super::super::frame::Setting;
use super::super::grid::ticks_height;
use super::super::numbers::Format;
use super::{BarsBody, Form, Layout, Part, Row};
use crate::table::ColumnKind;

/// Most marks, one under the other, in a picture whose height is free.
const MOST_LANES: usize = 96;
/// Most labels in a picture whose height is free.
const MOST_ROWS: usize = 30;

/// Lays out the rows of `body`.
pub(super) fn arranged(body: &BarsBody, setting: &Setting<'_>, width: f64, room: Option<f64>) -> Layout {
    let lanes = lanes(body);
    let (axis, cuts_whiskers) = axis(body, &body.rows, 8);
    let head = setting.px(22.0);
    let foot = if body.form == Form::Plain { setting.px(4.0) } else { ticks_height(setting, &axis) };
    let height_of = |lane: f64| if lanes > 1 { setting.px(lane) * lanes as f64 + setting.px(12.0) } else { setting.px(24.0) };
    let full = height_of(if lanes > 6 { 8.5 } else { 11.0 });
    let (most, row_height) = match room {
        None => (MOST_ROWS.min(MOST_LANES.div_ceil(lanes)), full),
        Some(room) => {
            let room = (room - head - foot).max(0.0);
            let tight = if lanes > 1 { height_of(7.0) } else { setting.px(17.0) };
            let most = ((room / tight).floor() as usize).max(1);
            (most, (room / most.min(body.rows.len()) as f64).clamp(tight.min(room), full.max(setting.px(34.0))))
        }
    };
    let lane_height = ((row_height - setting.px(12.0)) / lanes as f64).min(setting.px(13.0));
    let rows = &body.rows[..most.min(body.rows.len())];
    // Only the rows that are shown decide where the axis ends.
    let (axis, cuts_whiskers) = if rows.len() < body.rows.len() { self::axis(body, rows, 8) } else { (axis, cuts_whiskers) };
    let shown = rows.len();
    let names: Vec<String> = rows.iter().map(|row| row.label.clone()).collect();
    let labels = setting.lettering.shortened_labels(&names, setting.label_size(), false, width * 0.36);
    let label_width = labels.iter().map(|label| setting.label_width(label)).fold(0.0, f64::max) + setting.px(10.0);
    let values_width = values_width(body, rows, setting);
    Layout { shown, labels, label_width, values_width, row_height, lane_height, head, foot, axis, cuts_whiskers }
}

/// Marks one under the other in each row.
pub(super) fn lanes(body: &BarsBody) -> usize {
    match body.form {
        Form::Lanes | Form::IntervalLanes => body.rows.iter().map(|row| row.parts.len()).max().unwrap_or(1),
        Form::Plain | Form::TwoSided | Form::Intervals | Form::Dots | Form::Stacked => 1,
    }
}

/// Room that values written beside the marks need at the right.
fn values_width(body: &BarsBody, rows: &[Row], setting: &Setting<'_>) -> f64 {
    let parts = rows.iter().flat_map(|row| &row.parts);
    let widest = |texts: &mut dyn Iterator<Item = String>| texts.map(|text| setting.tick_width(&text)).fold(0.0, f64::max);
    match body.form {
        Form::Plain | Form::TwoSided | Form::Lanes => widest(&mut parts.map(|part| body.format.value(part.value))) + setting.px(8.0),
        Form::Intervals => {
            let interval = |part: &Part| interval_text(body.format, part);
            value_width(body, rows, setting) + widest(&mut parts.map(interval)) + setting.px(20.0)
        }
        Form::Stacked => match stacked_total(body.format) {
            true => widest(&mut rows.iter().map(|row| body.format.value(total(row)))) + setting.px(8.0),
            false => setting.px(14.0),
        },
        Form::Dots | Form::IntervalLanes => setting.px(14.0),
    }
}

/// Whether a stack's total says something: for counts and rates, not for shares.
pub(super) fn stacked_total(format: Format) -> bool {
    format.kind != ColumnKind::Share
}

/// Sum of a row's parts.
pub(super) fn total(row: &Row) -> f64 {
    row.parts.iter().map(|part| part.value).sum()
}

/// Width of the widest value.
pub(super) fn value_width(body: &BarsBody, rows: &[Row], setting: &Setting<'_>) -> f64 {
    let parts = rows.iter().flat_map(|row| &row.parts);
    parts.map(|part| setting.tick_width(&body.format.value(part.value))).fold(0.0, f64::max)
}

/// `[0.31, 0.74]`, or `≥ 0.31` where there is no upper end.
pub(super) fn interval_text(format: Format, part: &Part) -> String {
    match part.ends {
        None => String::new(),
        Some((low, high)) if high.is_infinite() => format!("≥ {}", format.value(low)),
        Some((low, high)) if low.is_infinite() => format!("≤ {}", format.value(high)),
        Some((low, high)) => format!("[{}, {}]", format.value(low), format.value(high)),
    }
}

/// The axis for `rows`, and whether whiskers are cut at its ends.
fn axis(body: &BarsBody, rows: &[Row], most: usize) -> (Axis, bool) {
    let format = body.format;
    if body.form == Form::Stacked {
        let highest = rows.iter().map(total).fold(0.0, f64::max);
        // Shares that sum to one but for rounding end at one.
        let is_whole = format.kind == ColumnKind::Share && highest > 0.98 && highest < 1.02;
        let mut axis = Axis::even(0.0, if is_whole { 1.0 } else { highest }, most, format);
        if is_whole {
            axis.high = highest.max(1.0);
        }
        return (axis, false);
    }
    let parts = || rows.iter().flat_map(|row| &row.parts);
    let values = || parts().map(|part| part.value);
    let (lowest, highest) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
    // One interval over several powers of ten must not press all values together: whiskers go on beyond the values for
    // half their span, or for three times the half width of the middle interval, whichever is more.
    let ends = || parts().filter_map(|part| part.ends);
    let mut widths: Vec<f64> = ends().map(|(low, high)| high - low).filter(|width| width.is_finite()).collect();
    widths.sort_by(f64::total_cmp);
    let reach = (0.5 * (highest - lowest)).max(1.5 * widths.get(widths.len() / 2).copied().unwrap_or(0.0));
    let low = ends().map(|(low, _)| low).fold(lowest, f64::min).max(lowest - reach);
    let high = ends().map(|(_, high)| high).fold(highest, f64::max).min(highest + reach);
    let cuts = ends().any(|(start, end)| start < low || end > high);
    let shows_zero = match body.form {
        Form::Intervals | Form::IntervalLanes | Form::Dots => format.signed || low < 0.6 * high,
        Form::Plain | Form::TwoSided | Form::Lanes | Form::Stacked => true,
    };
    let (low, high) = if shows_zero { (low.min(0.0), high.max(0.0)) } else { (low, high) };
    match body.form {
        // Without tick labels the longest bar may fill the room.
        Form::Plain => (Axis::close(low, if high > low { high } else { low + 1.0 }, most, format), cuts),
        _ => (Axis::even(low, high, most, format), cuts),
    }
}
