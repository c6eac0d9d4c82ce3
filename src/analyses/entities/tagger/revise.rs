//! The second pass: what the first pass said of the other places of a form corrects the scores here.

use super::context::{Context, Segment};
use super::decode::{Decoder, Scores};
use super::hash::{join, join3};
use super::labels::{LABELS, Label, OUTSIDE, kind_of};
use super::model::Model;

/// The second pass' weights are kept in parts of a unit, so many to one.
pub(super) const STEPS: f32 = 4.0;

/// At most so many other places of a form are asked.
const MOST_VOTES: usize = 48;

/// Decodes again with the scores corrected by the first labels of the whole document.
pub(super) fn second_pass(model: &Model, context: &Context<'_>, labels: &mut [Label], emissions: &mut [Scores]) {
    let first = by_position(context, labels);
    let mut decoder = Decoder::default();
    let mut keys = Vec::new();
    let mut from = 0;
    for segment in &context.segments {
        let to = from + segment.end - segment.start;
        for (position, emission) in (segment.start..segment.end).zip(&mut emissions[from..to]) {
            keys.clear();
            revision_features(context, segment, position, &first, emission, model.unit, &mut keys);
            for &key in &keys {
                if let Some(row) = model.revision.get(key) {
                    for label in 0..LABELS {
                        emission[label] += f32::from(row[label]) / STEPS;
                    }
                }
            }
        }
        decoder.best(&emissions[from..to], &model.revision_transitions, &[], &mut labels[from..to]);
        from = to;
    }
}

/// Labels of all the document's tokens from those of its segments.
pub(super) fn by_position(context: &Context<'_>, labels: &[Label]) -> Vec<Label> {
    let mut all = vec![OUTSIDE; context.tokens.len()];
    let mut from = 0;
    for segment in &context.segments {
        let to = from + segment.end - segment.start;
        all[segment.start..segment.end].copy_from_slice(&labels[from..to]);
        from = to;
    }
    all
}

/// Counts of the kinds (4: outside) that other places of a form got.
struct Votes {
    counts: [u32; 5],
    total: u32,
}

impl Votes {
    fn count(labels: impl Iterator<Item = Label>) -> Self {
        let mut votes = Self { counts: [0; 5], total: 0 };
        for label in labels {
            votes.counts[kind_of(label).unwrap_or(4)] += 1;
            votes.total += 1;
        }
        votes
    }

    /// The kind with most votes and how clear it is: 1 all, 2 most, 3 less.
    fn summary(&self) -> u64 {
        let mut best = 0;
        for kind in 1..5 {
            if self.counts[kind] > self.counts[best] {
                best = kind;
            }
        }
        let count = self.counts[best];
        let clear = if count == self.total {
            1
        } else if count * 3 >= self.total * 2 {
            2
        } else {
            3
        };
        best as u64 * 4 + clear
    }
}

/// Adds the keys of the second pass' features of a token.
pub(super) fn revision_features(
    context: &Context<'_>,
    segment: &Segment,
    position: usize,
    first: &[Label],
    emission: &Scores,
    unit: u32,
    keys: &mut Vec<u64>,
) {
    let mut add = |template: u64, value: u64| keys.push(join(3000 + template, value));
    let own = first[position];
    let here = u64::from(own);
    let traits = context.at(position);
    let case = join(traits.case as u64, context.sentences[segment.sentence].case as u64);
    let votes = Votes::count(context.others(position).take(MOST_VOTES).map(|other| first[other]));
    if votes.total == 0 {
        return;
    }
    let summary = votes.summary();
    let many = u64::from(votes.total.min(4));
    add(2, join(here, summary));
    add(3, join3(here, summary, many));
    add(4, join3(here, summary, case));
    add(5, join3(here, summary, u64::from(context.lower_seen(position))));
    // How sure the first pass was, against the kind that the others have.
    let rival = summary / 4;
    let best_of = |kind: u64| {
        let labels = if kind == 4 { 0..1 } else { 1 + 4 * kind as usize..5 + 4 * kind as usize };
        emission[labels].iter().copied().fold(f32::MIN, f32::max)
    };
    let gap = emission[own as usize] - best_of(rival);
    add(6, join3(here, summary, ((gap / (unit as f32 * 2.0)) as i64).clamp(-3, 8).cast_unsigned()));
    // The same two words elsewhere say more than one.
    for (template, other_side) in [(7, -1_isize), (8, 1)] {
        let Some(beside) = position.checked_add_signed(other_side).filter(|place| (segment.start..segment.end).contains(place)) else {
            continue;
        };
        let word = context.at(beside).exact;
        let same = |other: usize| {
            let place = other.checked_add_signed(other_side).filter(|place| *place < context.tokens.len());
            place.is_some_and(|place| context.at(place).exact == word)
        };
        let others = context.others(position).take(MOST_VOTES).filter(|other| same(*other));
        let votes = Votes::count(others.map(|other| first[other]));
        if votes.total > 0 {
            add(template, join3(here, votes.summary(), u64::from(first[beside])));
        }
    }
}
