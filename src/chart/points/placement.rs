//! Where labels of points go: near their point, clear of each other, of the dots and of the edges.

use std::collections::BTreeMap;

use super::super::geometry::Rect;
use crate::maths::float::{cos, sin};

/// Side of the squares in which dots are looked up.
const SQUARE: f64 = 24.0;
/// Directions in which a label may stand: right first, then alternating round the point.
const DIRECTIONS: [f64; 12] = [0.0, 180.0, 30.0, 330.0, 60.0, 300.0, 150.0, 210.0, 90.0, 270.0, 120.0, 240.0];
/// Distances from the point.
const DISTANCES: [f64; 5] = [6.0, 10.0, 16.0, 24.0, 34.0];
/// Further distances, where labels name whole outlines: one in the middle of many dots has to go out of it.
const FAR: [f64; 4] = [48.0, 64.0, 84.0, 108.0];
/// Up to this distance a label needs no line to its point.
const NEAR: f64 = 10.0;

/// Dots and labels already placed.
pub(super) struct Placement {
    within: Rect,
    radius: f64,
    scale: f64,
    dots: BTreeMap<(i64, i64), Vec<(f64, f64)>>,
    labels: Vec<Rect>,
    leaders: Vec<Segment>,
    goes_far: bool,
}

type Segment = ((f64, f64), (f64, f64));

/// A placed label.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed {
    /// The text's box.
    pub area: Rect,
    /// Where a line from the point ends, if the label stands so far off that it needs one.
    pub leader: Option<(f64, f64)>,
}

fn square(place: (f64, f64)) -> (i64, i64) {
    ((place.0 / SQUARE).floor() as i64, (place.1 / SQUARE).floor() as i64)
}

impl Placement {
    /// For `dots` of `radius` in the area `within`; `scale` enlarges distances. With `goes_far` labels may stand far from their dots.
    pub fn new(within: Rect, dots: &[(f64, f64)], radius: f64, scale: f64, goes_far: bool) -> Self {
        let mut squares: BTreeMap<(i64, i64), Vec<(f64, f64)>> = BTreeMap::new();
        for &dot in dots {
            squares.entry(square(dot)).or_default().push(dot);
        }
        Self { within, radius, scale, dots: squares, labels: Vec::new(), leaders: Vec::new(), goes_far }
    }

    /// A place for a label of `width` × `height` at `dot`, if there is one; it is taken from then on.
    pub fn place(&mut self, dot: (f64, f64), width: f64, height: f64) -> Option<Placed> {
        let far = FAR.into_iter().filter(|_| self.goes_far);
        let candidates = DISTANCES.into_iter().chain(far).flat_map(|distance| DIRECTIONS.map(|direction| (distance, direction)));
        let place = |(distance, direction): (f64, f64)| {
            let area = beside(dot, direction, distance * self.scale, width, height);
            Placed { area, leader: (distance > NEAR).then(|| nearest(area, dot)) }
        };
        let is_clear = |placed: &Placed| {
            self.is_free(placed.area)
                && self.dots_in(placed.area, Some(dot)) == 0
                && !self.leaders.iter().any(|leader| crosses(*leader, placed.area))
                && placed.leader.is_none_or(|end| !self.labels.iter().any(|label| crosses((dot, end), *label)))
        };
        let placed = candidates.map(place).find(is_clear)?;
        self.labels.push(placed.area);
        self.leaders.extend(placed.leader.map(|end| (dot, end)));
        Some(placed)
    }

    /// Keeps labels out of `area`.
    pub fn reserve(&mut self, area: Rect) {
        self.labels.push(area);
    }

    fn is_free(&self, area: Rect) -> bool {
        self.within.holds(&area) && !self.labels.iter().any(|label| label.grown(2.0 * self.scale).overlaps(&area))
    }

    /// Dots under `area` other than the label's `own`.
    pub fn dots_in(&self, area: Rect, own: Option<(f64, f64)>) -> usize {
        let area = area.grown(self.radius);
        let (from, to) = (square((area.left, area.top)), square((area.right, area.bottom)));
        let covers = |dot: &(f64, f64)| area.left < dot.0 && dot.0 < area.right && area.top < dot.1 && dot.1 < area.bottom;
        let in_squares = (from.0..=to.0).flat_map(|x| (from.1..=to.1).map(move |y| (x, y)));
        in_squares.filter_map(|square| self.dots.get(&square)).flatten().filter(|dot| Some(**dot) != own && covers(dot)).count()
    }
}

/// The box of a label in `direction` (degrees, anticlockwise from the right) of `dot`.
fn beside(dot: (f64, f64), direction: f64, distance: f64, width: f64, height: f64) -> Rect {
    let angle = direction / 180.0 * std::f64::consts::PI;
    let (across, up) = (cos(angle), sin(angle));
    let middle_x = dot.0 + across * distance + sign(across) * width / 2.0;
    let middle_y = dot.1 - up * distance - sign(up) * height / 2.0;
    Rect::new(middle_x - width / 2.0, middle_y - height / 2.0, middle_x + width / 2.0, middle_y + height / 2.0)
}

/// The point of `area` that is nearest to `place`.
fn nearest(area: Rect, place: (f64, f64)) -> (f64, f64) {
    (place.0.clamp(area.left, area.right), place.1.clamp(area.top, area.bottom))
}

/// Whether the segment has a point inside `area` (clipping by Liang and Barsky 1984).
fn crosses((from, to): Segment, area: Rect) -> bool {
    let (across, down) = (to.0 - from.0, to.1 - from.1);
    let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
    for (step, room) in
        [(-across, from.0 - area.left), (across, area.right - from.0), (-down, from.1 - area.top), (down, area.bottom - from.1)]
    {
        if step == 0.0 {
            if room <= 0.0 {
                return false;
            }
        } else if step < 0.0 {
            enters = enters.max(room / step);
        } else {
            leaves = leaves.min(room / step);
        }
    }
    enters < leaves
}

/// −1, 0 or 1, with 0 for what is only a rounding error away from it.
fn sign(value: f64) -> f64 {
    if value.abs() < 1e-9 { 0.0 } else { value.signum() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_never_touch_each_other_or_leave_the_area() {
        let within = Rect::new(0.0, 0.0, 400.0, 300.0);
        // A fixed scatter from the fractional parts of multiples of two irrational numbers.
        let dots: Vec<(f64, f64)> =
            (1..=300).map(|i| ((f64::from(i) * 0.618_034).fract() * 400.0, (f64::from(i) * 0.754_877).fract() * 300.0)).collect();
        let mut placement = Placement::new(within, &dots, 3.0, 1.0, false);
        let placed: Vec<Rect> = dots.iter().filter_map(|&dot| placement.place(dot, 46.0, 13.0)).map(|placed| placed.area).collect();
        assert!(placed.len() > 20, "{}", placed.len());
        for (index, area) in placed.iter().enumerate() {
            assert!(within.holds(area));
            assert!(placed[..index].iter().all(|other| !other.overlaps(area)));
        }
    }

    #[test]
    fn segments_cross_what_they_pass_through() {
        let area = Rect::new(10.0, 10.0, 20.0, 20.0);
        assert!(crosses(((0.0, 0.0), (30.0, 30.0)), area));
        assert!(crosses(((15.0, 0.0), (15.0, 12.0)), area));
        assert!(!crosses(((0.0, 0.0), (9.0, 9.0)), area));
        assert!(!crosses(((0.0, 15.0), (10.0, 15.0)), area));
        assert!(!crosses(((5.0, 0.0), (30.0, 8.0)), area));
        assert!(!crosses(((25.0, 0.0), (25.0, 40.0)), area));
    }

    #[test]
    fn a_label_goes_out_of_a_crowd_where_it_may() {
        // Dots every eight pixels up to 40 pixels round the middle.
        let crowd: Vec<(f64, f64)> = (0..121).map(|i| (160.0 + f64::from(i % 11) * 8.0, 110.0 + f64::from(i / 11) * 8.0)).collect();
        let placed =
            |goes_far| Placement::new(Rect::new(0.0, 0.0, 400.0, 300.0), &crowd, 3.0, 1.0, goes_far).place((200.0, 150.0), 60.0, 12.0);
        assert_eq!(placed(false), None);
        assert!(placed(true).unwrap().leader.is_some());
    }

    #[test]
    fn a_lone_point_has_its_label_at_the_right() {
        let mut placement = Placement::new(Rect::new(0.0, 0.0, 200.0, 100.0), &[(50.0, 50.0)], 3.0, 1.0, false);
        let placed = placement.place((50.0, 50.0), 40.0, 12.0).unwrap();
        assert_eq!(placed, Placed { area: Rect::new(56.0, 44.0, 96.0, 56.0), leader: None });
        let mut at_edge = Placement::new(Rect::new(0.0, 0.0, 200.0, 100.0), &[(190.0, 50.0)], 3.0, 1.0, false);
        assert!(at_edge.place((190.0, 50.0), 40.0, 12.0).unwrap().area.right < 190.0);
    }
}
