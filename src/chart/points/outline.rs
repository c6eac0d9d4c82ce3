//! Outlines round points that belong together.

use super::super::canvas::Canvas;
use super::super::colours::Look;
use crate::error::Result;

/// How far an outline stands off from its points, in pixels at scale 1.
const DISTANCE: f64 = 6.0;
/// Opacity of its inside.
const OPACITY: f64 = 0.09;

/// The corners of the smallest convex polygon that encloses `places`, in order (Andrew 1979).
pub(super) fn convex_hull(places: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut sorted = places.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    sorted.dedup();
    if sorted.len() < 3 {
        return sorted;
    }
    let turn = |a: (f64, f64), b: (f64, f64), c: (f64, f64)| (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
    let half = |points: &mut dyn Iterator<Item = (f64, f64)>| {
        let mut chain: Vec<(f64, f64)> = Vec::new();
        for point in points {
            while chain.len() >= 2 && turn(chain[chain.len() - 2], chain[chain.len() - 1], point) <= 0.0 {
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
        chain
    };
    let mut hull = half(&mut sorted.iter().copied());
    hull.extend(half(&mut sorted.iter().rev().copied()));
    hull
}

/// Draws the outline of `places` in the colour of `look`.
pub(super) fn draw(canvas: &Canvas<'_>, places: &[(f64, f64)], look: Look, scale: f64) -> Result<()> {
    let hull = convex_hull(places);
    if hull.len() < 3 {
        return Ok(());
    }
    let count = hull.len() as f64;
    let middle = hull.iter().fold((0.0, 0.0), |sum, corner| (sum.0 + corner.0 / count, sum.1 + corner.1 / count));
    let mut corners: Vec<(f64, f64)> = hull
        .into_iter()
        .map(|(x, y)| {
            let (across, down) = (x - middle.0, y - middle.1);
            let length = (across * across + down * down).sqrt().max(1.0);
            (x + across / length * DISTANCE * scale, y + down / length * DISTANCE * scale)
        })
        .collect();
    canvas.polygon(&corners, look.colour, OPACITY)?;
    corners.push(corners[0]);
    canvas.line(&corners, canvas.colours.tint(look.colour, 0.5), 0.9)
}

#[cfg(test)]
mod tests {
    use super::convex_hull;

    #[test]
    fn the_hull_of_a_grid_is_its_corners() {
        let places: Vec<(f64, f64)> = (0..5).flat_map(|x| (0..4).map(move |y| (f64::from(x), f64::from(y)))).collect();
        assert_eq!(convex_hull(&places), [(0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 3.0)]);
        assert_eq!(convex_hull(&[(1.0, 1.0), (1.0, 1.0)]), [(1.0, 1.0)]);
        assert_eq!(convex_hull(&[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]).len(), 2);
    }
}
