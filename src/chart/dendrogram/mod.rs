//! Dendrograms: things at the left, one a line, and the distance at which they meet to the right.

#[cfg(test)]
mod tests;
mod tree;

use std::collections::BTreeMap;

use super::axis::Axis;
use super::canvas::{Anchor, Canvas};
use super::colours::Look;
use super::frame::{Body, Key, MIDDLE, Nothing, Setting};
use super::geometry::Rect;
use super::grid::{labels_below, ticks_height, upright_lines};
use super::numbers::Format;
use super::reading::Reading;
use crate::error::Result;
use crate::table::Dendrogram;
use tree::{Branch, Tree};

/// Most lines in a picture whose height is free.
const MOST_LINES: usize = 60;

struct DendrogramBody {
    tree: Tree,
    /// The names made legible.
    labels: Vec<String>,
    looks: Option<Vec<Look>>,
    axis: Axis,
    title: String,
    format: Format,
    layout: Option<Layout>,
}

struct Layout {
    tips: Vec<Branch>,
    labels: Vec<String>,
    label_width: f64,
    row_height: f64,
    head: f64,
}

/// Reads the merges for `spec`.
pub(super) fn body(spec: &Dendrogram, reading: &Reading<'_>, setting: &Setting<'_>) -> Result<Box<dyn Body>> {
    let tree = Tree::read(spec, reading)?;
    if tree.joints.is_empty() {
        return Ok(Box::new(Nothing { reason: "the table has no rows.".to_owned() }));
    }
    let format = reading.format(spec.height)?;
    let highest = tree.joints.iter().map(|joint| joint.height).fold(0.0, f64::max);
    let labels: Vec<String> = tree.names.iter().map(|name| reading.label(name)).collect();
    // Only groups have colours of their own: a colour for each of many other things would mean nothing.
    let are_groups = tree.names.iter().all(|name| setting.style.groups.contains(name));
    let looks = are_groups.then(|| setting.looks(&tree.names));
    let axis = Axis::even(0.0, highest, 6, format).trimmed(highest);
    Ok(Box::new(DendrogramBody { labels, looks, axis, title: reading.axis_title(spec.height)?, format, tree, layout: None }))
}

impl DendrogramBody {
    fn tip_label(&self, tip: Branch) -> String {
        let leaves = self.tree.leaves(tip);
        let first = leaves.first().map_or("", |&leaf| self.labels[leaf].as_str());
        if leaves.len() > 1 { format!("{first} + {} more", leaves.len() - 1) } else { first.to_owned() }
    }

    fn tips(&self) -> Vec<Branch> {
        self.layout.as_ref().map_or_else(|| self.tree.tips(usize::MAX), |layout| layout.tips.clone())
    }
}

impl Body for DendrogramBody {
    fn keys(&self) -> Vec<Key> {
        Vec::new()
    }

    fn arrange(&mut self, setting: &Setting<'_>, width: f64, room: Option<f64>) -> f64 {
        let head = setting.px(22.0);
        let foot = ticks_height(setting, &self.axis);
        let leaves = self.labels.len();
        let (most, row_height) = match room {
            None => (MOST_LINES, setting.px(24.0)),
            Some(room) => {
                let room = (room - head - foot).max(0.0);
                let tight = setting.px(17.0);
                let most = ((room / tight).floor() as usize).max(1);
                (most, (room / most.min(leaves) as f64).clamp(tight.min(room), setting.px(40.0)))
            }
        };
        let tips = self.tree.tips(most);
        let names: Vec<String> = tips.iter().map(|&tip| self.tip_label(tip)).collect();
        let labels = setting.lettering.shortened_labels(&names, setting.label_size(), false, width * 0.36);
        let label_width = labels.iter().map(|label| setting.label_width(label)).fold(0.0, f64::max) + setting.px(26.0);
        let height = head + row_height * tips.len() as f64 + foot;
        self.layout = Some(Layout { tips, labels, label_width, row_height, head });
        height
    }

    fn notes(&self) -> Vec<String> {
        let (shown, all) = (self.tips().len(), self.labels.len());
        let note =
            (shown < all).then(|| format!("Of {all} the nearest are drawn as one, so that {shown} lines are left; the table has all."));
        note.into_iter().collect()
    }

    fn draw(&self, setting: &Setting<'_>, canvas: &Canvas<'_>, rect: Rect) -> Result<()> {
        let Some(layout) = &self.layout else { return Ok(()) };
        let top = rect.top + layout.head;
        let rows = layout.tips.len() as f64;
        let plot = Rect::new(rect.left + layout.label_width, top, rect.right - setting.px(14.0), top + layout.row_height * rows);
        let field = canvas.plane(plot, self.axis.low..self.axis.high, -0.5..rows - 0.5);
        let room = rect.right - plot.left;
        let title = setting.lettering.shortened(&setting.lettering.legible(&self.title), setting.tick_size(), false, room);
        canvas.text((plot.left, rect.top + setting.tick_size()), &title, setting.tick(Anchor::Start))?;
        upright_lines(canvas, &field, &self.axis, plot)?;
        labels_below(setting, canvas, &field, &self.axis, plot, (rect.left, rect.right))?;
        let mut places: BTreeMap<Branch, (f64, f64)> = BTreeMap::new();
        for (line, (&tip, label)) in layout.tips.iter().zip(&layout.labels).enumerate() {
            let (zero, middle) = field.place(0.0, rows - 1.0 - line as f64);
            let right = plot.left - setting.px(16.0);
            canvas.text((right, middle + setting.label_size() * MIDDLE), label, setting.label(Anchor::End))?;
            if let (Some(looks), Branch::Leaf(leaf)) = (&self.looks, tip) {
                canvas.dot((plot.left - setting.px(7.0), middle), setting.px(4.2), looks[leaf])?;
            }
            if let Branch::Joint(joint) = tip {
                self.draw_closed(setting, canvas, (zero, field.place(self.tree.joints[joint].height, 0.0).0), middle)?;
            }
            places.insert(tip, (field.place(self.tree.height(tip), 0.0).0, middle));
        }
        for (position, joint) in self.tree.joints.iter().enumerate() {
            let ends = joint.branches.map(|branch| places.get(&branch).copied());
            // Merges below a closed line are told by it.
            let [Some(first), Some(second)] = ends else { continue };
            let x = field.place(joint.height, 0.0).0;
            canvas.line(&[first, (x, first.1), (x, second.1), second], canvas.colours.ink, setting.px(1.5))?;
            places.insert(Branch::Joint(position), (x, first.1.midpoint(second.1)));
        }
        canvas.line(&[(plot.left, plot.top), (plot.left, plot.bottom)], canvas.colours.axis, 1.0)
    }

    fn summary(&self) -> String {
        let nearest = self.tree.joints.iter().min_by(|a, b| a.height.total_cmp(&b.height));
        let names = |branch: Branch| {
            let leaves = self.tree.leaves(branch);
            leaves.iter().map(|&leaf| self.labels[leaf].as_str()).collect::<Vec<_>>().join(", ")
        };
        let nearest = nearest.map_or_else(String::new, |joint| {
            format!("Nearest: {} and {} at {}. ", names(joint.branches[0]), names(joint.branches[1]), self.format.value(joint.height))
        });
        let last = self.tree.joints.last().map_or_else(String::new, |joint| {
            format!("Last to meet: {} with {} at {}", names(joint.branches[0]), names(joint.branches[1]), self.format.value(joint.height))
        });
        format!("Dendrogram of {} by {}. {nearest}{last}", self.labels.len(), self.title)
    }
}

impl DendrogramBody {
    /// A branch that is drawn as one: a wedge from its line to the distance at which its things meet.
    fn draw_closed(&self, setting: &Setting<'_>, canvas: &Canvas<'_>, (zero, end): (f64, f64), middle: f64) -> Result<()> {
        let half = setting.px(5.0);
        canvas.polygon(&[(zero, middle - half), (zero, middle + half), (end, middle)], canvas.colours.axis, 0.5)?;
        canvas.line(&[(zero, middle), (end, middle)], canvas.colours.ink, setting.px(1.0))
    }
}
