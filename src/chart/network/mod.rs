//! Networks: things in a ring with their names outside, lines between those that belong together.
//!
//! A ring keeps every name readable: names stand in two columns, each on a line of its own, and no line runs over one.

mod order;
#[cfg(test)]
mod tests;

use super::canvas::{Anchor, Canvas};
use super::colours::Look;
use super::frame::{Body, Key, MIDDLE, Nothing, Setting, Sign, first_of};
use super::geometry::Rect;
use super::reading::{Reading, distinct};
use crate::error::Result;
use crate::maths::float::sqrt;
use crate::table::Network;
use order::{Link, around};

/// Most things in a picture whose height is free.
const MOST_THINGS: usize = 32;

struct Thing {
    /// The name made legible.
    label: String,
    kind: usize,
}

struct NetworkBody {
    things: Vec<Thing>,
    /// In the order of the table.
    links: Vec<Link>,
    kinds: Vec<(String, Look)>,
    weight_title: String,
    layout: Option<Layout>,
}

struct Layout {
    /// The things that are drawn, round the ring from the top right, clockwise.
    ring: Vec<usize>,
    /// How many links have both ends drawn: the first ones of the table.
    shown: usize,
    labels: Vec<String>,
    label_width: f64,
    row_height: f64,
}

/// Reads the links for `spec`.
pub(super) fn body(spec: &Network, reading: &Reading<'_>, setting: &Setting<'_>) -> Result<Box<dyn Body>> {
    let weights = reading.numbers(spec.weight)?;
    let ends = [spec.first, spec.second].map(|(name, kind)| Ok((reading.words(name)?, reading.words(kind)?)));
    let [first, second] = ends;
    let (first, second) = (first?, second?);
    // A name and its kind make a thing.
    let keys: Vec<String> =
        (0..reading.len()).flat_map(|row| [&first, &second].map(|(names, kinds)| format!("{}\u{1f}{}", kinds[row], names[row]))).collect();
    let (names, places) = distinct(&keys);
    let kind_of: Vec<String> = names.iter().map(|key| key.split('\u{1f}').next().unwrap_or_default().to_owned()).collect();
    let (kinds, kind_places) = distinct(&kind_of);
    let things: Vec<Thing> = names
        .iter()
        .zip(kind_places)
        .map(|(key, kind)| Thing { label: reading.label(key.split_once('\u{1f}').map_or("", |(_, name)| name)), kind })
        .collect();
    let links: Vec<Link> = places
        .chunks_exact(2)
        .zip(&weights)
        .filter_map(|(ends, weight)| Some(Link { ends: (ends[0], ends[1]), weight: weight.filter(|weight| *weight > 0.0)? }))
        .filter(|link| link.ends.0 != link.ends.1)
        .collect();
    if links.is_empty() {
        return Ok(Box::new(Nothing { reason: "nothing belongs together.".to_owned() }));
    }
    let looks = setting.looks(&kinds);
    let kinds = kinds.iter().map(|kind| reading.label(kind)).zip(looks).collect();
    Ok(Box::new(NetworkBody { things, links, kinds, weight_title: reading.axis_title(spec.weight)?, layout: None }))
}

impl NetworkBody {
    /// The things of the first links, as many as may be drawn, and how many links these are.
    fn first_things(&self, most: usize) -> (Vec<usize>, usize) {
        let mut chosen: Vec<usize> = Vec::new();
        for (number, link) in self.links.iter().enumerate() {
            let new: Vec<usize> = [link.ends.0, link.ends.1].into_iter().filter(|end| !chosen.contains(end)).collect();
            if chosen.len() + new.len() > most {
                return (chosen, number);
            }
            chosen.extend(new);
        }
        (chosen, self.links.len())
    }

    fn shown(&self) -> usize {
        self.layout.as_ref().map_or(self.links.len(), |layout| layout.shown)
    }
}

impl Body for NetworkBody {
    fn keys(&self) -> Vec<Key> {
        self.kinds.iter().map(|(name, look)| Key { name: name.clone(), look: *look, sign: Sign::Dot }).collect()
    }

    fn arrange(&mut self, setting: &Setting<'_>, width: f64, room: Option<f64>) -> f64 {
        let tight = setting.px(18.0);
        let most = room.map_or(MOST_THINGS, |room| (2 * (room / tight).floor() as usize).clamp(2, MOST_THINGS));
        let (chosen, shown) = self.first_things(most);
        let numbers = |thing: usize| chosen.iter().position(|other| *other == thing).unwrap_or_default();
        let links: Vec<Link> = self.links[..shown]
            .iter()
            .map(|link| Link { ends: (numbers(link.ends.0), numbers(link.ends.1)), weight: sqrt(link.weight) })
            .collect();
        let ring: Vec<usize> = around(chosen.len(), &links).into_iter().map(|place| chosen[place]).collect();
        let rows = ring.len().div_ceil(2).max(1) as f64;
        let row_height = room.map_or_else(|| setting.px(27.0), |room| (room / rows).clamp(tight.min(room), setting.px(40.0)));
        let names: Vec<String> = ring.iter().map(|&thing| self.things[thing].label.clone()).collect();
        let labels = setting.lettering.shortened_labels(&names, setting.label_size(), false, width * 0.24);
        let label_width = labels.iter().map(|label| setting.label_width(label)).fold(0.0, f64::max) + setting.px(18.0);
        // A ring of few things would be a flat one.
        let height = (row_height * rows).max(room.unwrap_or_else(|| setting.px(240.0)).min(setting.px(240.0)));
        self.layout = Some(Layout { ring, shown, labels, label_width, row_height: height / rows });
        height
    }

    fn notes(&self) -> Vec<String> {
        first_of(self.shown(), self.links.len(), "links").into_iter().collect()
    }

    fn draw(&self, setting: &Setting<'_>, canvas: &Canvas<'_>, rect: Rect) -> Result<()> {
        let Some(layout) = &self.layout else { return Ok(()) };
        let places = places(layout, rect);
        let links = &self.links[..layout.shown];
        let place_of = |thing: usize| layout.ring.iter().position(|other| *other == thing).map(|place| places[place]);
        let strongest = links.iter().map(|link| link.weight).fold(0.0, f64::max);
        // Strong links over weak ones.
        let mut by_weight: Vec<&Link> = links.iter().collect();
        by_weight.sort_by(|a, b| a.weight.total_cmp(&b.weight));
        for link in by_weight {
            let (Some(from), Some(to)) = (place_of(link.ends.0), place_of(link.ends.1)) else { continue };
            let share = sqrt(link.weight / strongest);
            let colour = canvas.colours.tint(canvas.colours.axis, 0.25 + 0.6 * share);
            canvas.line(&[from, to], colour, setting.px(0.8 + 4.2 * share))?;
        }
        let half = layout.ring.len().div_ceil(2);
        for (number, (&thing, label)) in layout.ring.iter().zip(&layout.labels).enumerate() {
            let (x, y) = places[number];
            canvas.disc((x, y), setting.px(6.4), canvas.colours.ground)?;
            canvas.dot((x, y), setting.px(5.0), self.kinds[self.things[thing].kind].1)?;
            let baseline = y + setting.label_size() * MIDDLE;
            let (side, anchor) = if number < half { (setting.px(11.0), Anchor::Start) } else { (-setting.px(11.0), Anchor::End) };
            canvas.text((x + side, baseline), label, setting.label(anchor))?;
        }
        Ok(())
    }

    fn summary(&self) -> String {
        let strongest = self.links[..self.shown()]
            .iter()
            .take(3)
            .map(|link| format!("{} and {}", self.things[link.ends.0].label, self.things[link.ends.1].label));
        format!("Network of {} links by {}. First: {}", self.shown(), self.weight_title, strongest.collect::<Vec<_>>().join("; "))
    }
}

/// Places round the ring: down the right side, then up the left one, each on a line of its own.
fn places(layout: &Layout, rect: Rect) -> Vec<(f64, f64)> {
    let count = layout.ring.len();
    let half = count.div_ceil(2);
    let middle = rect.left.midpoint(rect.right);
    let across = ((rect.width() / 2.0) - layout.label_width).max(8.0);
    let rows = half.max(1) as f64;
    let height = layout.row_height * rows;
    (0..count)
        .map(|number| {
            let (right, row, of) = if number < half { (true, number, half) } else { (false, count - 1 - number, count - half) };
            // The shorter side is spread over the same height.
            let share = (row as f64 + 0.5) / of.max(1) as f64;
            let from_middle = 2.0 * share - 1.0;
            let bulge = across * (0.45 + 0.55 * sqrt(1.0 - from_middle * from_middle));
            (if right { middle + bulge } else { middle - bulge }, rect.top + share * height)
        })
        .collect()
}
