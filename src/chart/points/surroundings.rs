//! What stands around the points: reference lines, hints, labels.

use super::super::axis::Axis;
use super::super::canvas::{Anchor, Canvas, Field, Letters};
use super::super::frame::Setting;
use super::super::geometry::Rect;
use super::placement::{Placed, Placement};
use super::{PointsBody, Scale, THRESHOLD};
use crate::error::Result;

/// Most labels: more are no longer read.
const MOST_LABELS: usize = 70;

impl PointsBody {
    /// Lines of no difference, of equal values and of the threshold.
    pub(super) fn draw_references(&self, canvas: &Canvas<'_>, field: &Field<'_, '_>) -> Result<()> {
        let (x, y) = (&self.x.axis, &self.y.axis);
        let crosses = |axis: &Axis, at: f64| axis.low < at && at < axis.high;
        if x.stresses_zero && crosses(x, 0.0) {
            field.line(&[(0.0, y.low), (0.0, y.high)], canvas.colours.axis, 1.0)?;
        }
        if self.is_comparison {
            field.dashes((x.low, y.low), (x.high, y.high), canvas.colours.axis)?;
        }
        let threshold = |scale: &Scale| scale.axis.coordinate(THRESHOLD).filter(|&at| scale.is_probability && crosses(&scale.axis, at));
        if let Some(at) = threshold(&self.x) {
            field.dashes((at, y.low), (at, y.high), canvas.colours.axis)?;
        }
        if let Some(at) = threshold(&self.y) {
            field.dashes((x.low, at), (x.high, at), canvas.colours.axis)?;
        }
        Ok(())
    }

    /// What the two sides of the line of equal values mean; labels keep clear of it.
    pub(super) fn draw_hints(&self, setting: &Setting<'_>, canvas: &Canvas<'_>, plot: Rect, placement: &mut Placement) -> Result<()> {
        if !self.is_comparison {
            return Ok(());
        }
        let size = setting.tick_size();
        // The subtitle says who writes upwards and who to the right.
        let hint = |side: &str| {
            let text = setting.lettering.legible(&format!("more {side}"));
            setting.lettering.shortened(&text, size, true, plot.width() * 0.45)
        };
        let letters = Letters { bold: true, ..setting.tick(Anchor::Start) };
        let gap = setting.px(8.0);
        let height = size + 2.0 * gap;
        // A little up or down the edge there may be fewer points in the way.
        let quietest = |placement: &Placement, corner: &dyn Fn(f64) -> Rect| {
            let shifts = (0..12).map(|step| corner(f64::from(step) * height * 0.5));
            shifts.min_by_key(|area| placement.dots_in(*area, None)).unwrap_or(plot)
        };
        let above = hint("upwards");
        let width = setting.lettering.width(&above, size, true);
        let area =
            quietest(placement, &|shift| Rect::new(plot.left, plot.top + shift, plot.left + width + 2.0 * gap, plot.top + shift + height));
        canvas.text((area.left + gap, area.bottom - gap), &above, letters)?;
        placement.reserve(area);
        let below = hint("to the right");
        let width = setting.lettering.width(&below, size, true);
        let area = quietest(placement, &|shift| {
            Rect::new(plot.right - width - 2.0 * gap, plot.bottom - shift - height, plot.right, plot.bottom - shift)
        });
        canvas.text((area.right - gap, area.bottom - gap), &below, Letters { anchor: Anchor::End, ..letters })?;
        placement.reserve(area);
        Ok(())
    }

    /// The text and place of each label that fits, in row order.
    pub(super) fn place_labels(
        &self,
        setting: &Setting<'_>,
        places: &[(f64, f64)],
        placement: &mut Placement,
        room: f64,
    ) -> Vec<Option<(String, Placed)>> {
        let mut left = MOST_LABELS;
        self.spots
            .iter()
            .zip(places)
            .map(|(spot, &place)| {
                let text = setting.lettering.shortened(spot.label.as_ref().filter(|_| left > 0)?, setting.tick_size(), false, room);
                let placed = placement.place(place, setting.tick_width(&text) + setting.px(2.0), setting.tick_size() * 1.15)?;
                left -= 1;
                Some((text, placed))
            })
            .collect()
    }
}
