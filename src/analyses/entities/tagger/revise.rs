//! The second pass: what the first pass said of the other places of a form corrects the scores here.
//!
//! A trained correction was tried too (features of the votes, learned on held-out first passes) and gained nothing,
//! because texts of the training sets leave it too few mistakes to learn from; this fixed rule gains a point on texts
//! of sets that training did not see.

use super::context::Context;
use super::decode::{Decoder, Scores};
use super::labels::{Label, OUTSIDE, begin, kind_of, unit};
use super::model::Model;

/// At most so many other places of a form are asked.
const MOST_VOTES: usize = 48;
/// What a kind gains if all of very many votes are for it, in natural logarithms of odds.
const STRENGTH: f32 = 6.0;
/// So many votes against nothing: a few votes count less than many.
const DOUBT: f32 = 3.0;
/// The place of votes for no entity, after those of the kinds.
const NONE: usize = 4;

/// Decodes again with the scores corrected by the first labels of the whole document.
///
/// `labels` and `emissions` are those of the segments' tokens, in order.
pub(super) fn second_pass(model: &Model, context: &Context<'_>, labels: &mut [Label], emissions: &mut [Scores]) {
    let first = by_position(context, labels);
    let mut decoder = Decoder::default();
    let mut from = 0;
    for segment in &context.segments {
        let to = from + segment.end - segment.start;
        let mut changed = false;
        for (position, emission) in (segment.start..segment.end).zip(&mut emissions[from..to]) {
            let others = context.others(position).take(MOST_VOTES);
            if let Some(votes) = Votes::count(others.map(|other| first[other])) {
                votes.correct(emission, STRENGTH * model.unit as f32);
                changed = true;
            }
        }
        if changed {
            decoder.best(&emissions[from..to], &model.transitions, &[], &mut labels[from..to]);
        }
        from = to;
    }
}

/// Labels of all the document's tokens from those of its segments.
fn by_position(context: &Context<'_>, labels: &[Label]) -> Vec<Label> {
    let mut all = vec![OUTSIDE; context.tokens.len()];
    let mut from = 0;
    for segment in &context.segments {
        let to = from + segment.end - segment.start;
        all[segment.start..segment.end].copy_from_slice(&labels[from..to]);
        from = to;
    }
    all
}

/// Counts of the kinds that other places of a form got.
struct Votes {
    counts: [u32; 5],
    total: u32,
}

impl Votes {
    /// Counts; `None` if nobody votes.
    fn count(labels: impl Iterator<Item = Label>) -> Option<Self> {
        let mut votes = Self { counts: [0; 5], total: 0 };
        for label in labels {
            votes.counts[kind_of(label).unwrap_or(NONE)] += 1;
            votes.total += 1;
        }
        (votes.total > 0).then_some(votes)
    }

    /// Adds each kind's share of `strength` to its labels; whole numbers, so that sums stay exact.
    fn correct(&self, emission: &mut Scores, strength: f32) {
        let gain = |kind: usize| (strength * self.counts[kind] as f32 / (self.total as f32 + DOUBT)).round();
        emission[OUTSIDE as usize] += gain(NONE);
        for kind in 0..NONE {
            let gain = gain(kind);
            emission[begin(kind) as usize..=unit(kind) as usize].iter_mut().for_each(|score| *score += gain);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::labels::LABELS;
    use super::*;

    #[test]
    fn votes_lift_the_kinds_they_are_for() {
        assert!(Votes::count(std::iter::empty()).is_none());
        let votes = Votes::count([unit(0), begin(0), OUTSIDE].into_iter()).expect("votes");
        let mut emission = [0.0; LABELS];
        votes.correct(&mut emission, 60.0);
        assert_eq!(emission[OUTSIDE as usize], 10.0);
        assert_eq!(emission[begin(0) as usize], 20.0);
        assert_eq!(emission[unit(1) as usize], 0.0);
    }
}
