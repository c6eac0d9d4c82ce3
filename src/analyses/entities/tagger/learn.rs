//! The learner: an averaged structured perceptron, with a margin, over numbered features.

use super::decode::{Decoder, Scores, Transitions};
use super::hash::Stream;
use super::labels::{LABELS, Label, OUTSIDE};
use crate::maths::map_in_order;

/// Lists of features that a token has; the last [`OWN_LISTS`] of them tell its own form.
pub(super) const LISTS: usize = 8;
const OWN_LISTS: usize = 2;

/// One token of a segment, with its features.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    /// Lists of features, by number; equal lists are shared by many slots.
    pub(super) lists: [u32; LISTS],
    /// The labels that the token may have.
    pub(super) allowed: u32,
}

/// A segment: slots from `start` to `end`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Example {
    /// The first slot.
    pub(super) start: usize,
    /// The slot after the last.
    pub(super) end: usize,
    /// How much a mistake counts.
    pub(super) weight: f32,
}

/// Everything the learner sees.
#[derive(Default)]
pub(super) struct Problem {
    /// Where each list starts in `features`; one more at the end.
    pub(super) list_starts: Vec<u32>,
    /// Feature numbers of all lists.
    pub(super) features: Vec<u32>,
    /// The tokens.
    pub(super) slots: Vec<Slot>,
    /// The segments.
    pub(super) examples: Vec<Example>,
    /// How many features there are.
    pub(super) feature_count: usize,
}

impl Problem {
    #[inline]
    fn list(&self, number: u32) -> &[u32] {
        let number = number as usize;
        &self.features[self.list_starts[number] as usize..self.list_starts[number + 1] as usize]
    }

    /// Adds a list and returns its number.
    pub(super) fn add_list(&mut self, features: impl IntoIterator<Item = u32>) -> u32 {
        if self.list_starts.is_empty() {
            self.list_starts.push(0);
        }
        self.features.extend(features);
        self.list_starts.push(self.features.len() as u32);
        self.list_starts.len() as u32 - 2
    }
}

/// How to learn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Schedule {
    /// How often all examples are seen.
    pub(super) epochs: u32,
    /// The seed of the order.
    pub(super) seed: u64,
    /// By how much the right labels must win over one wrong label where a name stands.
    pub(super) miss_margin: f32,
    /// The same where none stands.
    pub(super) alarm_margin: f32,
    /// How often, in a thousand, a token's own form is hidden.
    pub(super) dropout: u32,
    /// How many learners, each with an order of its own, are averaged.
    pub(super) committee: u64,
}

/// What was learned: averages over all steps.
pub(super) struct Learned {
    /// A row of label weights a feature.
    pub(super) rows: Vec<[f32; LABELS]>,
    /// Weights of steps between labels.
    pub(super) transitions: Transitions,
}

#[derive(Clone, Copy)]
struct Cell {
    now: [f32; LABELS],
    sum: [f32; LABELS],
}

const FRESH: Cell = Cell { now: [0.0; LABELS], sum: [0.0; LABELS] };

struct Learner<'a> {
    problem: &'a Problem,
    schedule: Schedule,
    cells: Vec<Cell>,
    /// Rows of steps between labels.
    steps: Vec<Cell>,
    /// How many lists each token of the example at hand shows.
    shown: Vec<usize>,
    /// Time, as a share of the whole run, so that sums stay small.
    time: f32,
}

/// Learns.
pub(super) fn learn(problem: &Problem, schedule: Schedule) -> Learned {
    let members = map_in_order(schedule.committee.max(1) as usize, |member| {
        learn_alone(problem, Schedule { seed: schedule.seed + 1000 * member as u64, ..schedule })
    });
    // The sum is taken in the members' order, so that rounding is the same each time.
    let share = 1.0 / members.len() as f32;
    let mut mean = Learned { rows: vec![[0.0; LABELS]; problem.feature_count], transitions: [[0.0; LABELS]; LABELS] };
    for member in &members {
        let rows = member.rows.iter().chain(&member.transitions);
        for (sum, row) in mean.rows.iter_mut().chain(&mut mean.transitions).zip(rows) {
            for label in 0..LABELS {
                sum[label] += row[label] * share;
            }
        }
    }
    mean
}

fn learn_alone(problem: &Problem, schedule: Schedule) -> Learned {
    let mut learner =
        Learner { problem, schedule, cells: vec![FRESH; problem.feature_count], steps: vec![FRESH; LABELS], shown: Vec::new(), time: 0.0 };
    let mut order: Vec<u32> = (0..problem.examples.len() as u32).collect();
    let mut stream = Stream::new(schedule.seed);
    let mut decoder = Decoder::default();
    let total = order.len() as f32 * schedule.epochs as f32;
    for epoch in 0..schedule.epochs {
        stream.shuffle(&mut order);
        for (place, &example) in order.iter().enumerate() {
            learner.time = (epoch as f32 * order.len() as f32 + place as f32) / total.max(1.0);
            let example = &problem.examples[example as usize];
            learner.shown.clear();
            for _ in example.start..example.end {
                let hidden = if stream.chance(schedule.dropout) { OWN_LISTS } else { 0 };
                learner.shown.push(LISTS - hidden);
            }
            learner.see(*example, &mut decoder);
        }
    }
    learner.averages()
}

impl Learner<'_> {
    fn transitions(&self) -> Transitions {
        let mut transitions = [[0.0; LABELS]; LABELS];
        for (row, cell) in transitions.iter_mut().zip(&self.steps) {
            for (value, now) in row.iter_mut().zip(&cell.now) {
                *value += now;
            }
        }
        transitions
    }

    fn see(&mut self, example: Example, decoder: &mut Decoder) {
        let slots = &self.problem.slots[example.start..example.end];
        let mut emissions: Vec<Scores> = slots.iter().enumerate().map(|(place, slot)| self.scores(slot, self.shown[place])).collect();
        let transitions = self.transitions();
        let allowed: Vec<u32> = slots.iter().map(|slot| slot.allowed).collect();
        let mut right = vec![OUTSIDE; slots.len()];
        if allowed.iter().all(|bits| bits.is_power_of_two()) {
            for (label, bits) in right.iter_mut().zip(&allowed) {
                *label = bits.trailing_zeros() as Label;
            }
        } else {
            decoder.best(&emissions, &transitions, &allowed, &mut right);
        }
        for ((emission, &bits), &label) in emissions.iter_mut().zip(&allowed).zip(&right) {
            let margin = if label == OUTSIDE { self.schedule.alarm_margin } else { self.schedule.miss_margin };
            for (other, score) in emission.iter_mut().enumerate() {
                if bits >> other & 1 == 0 {
                    *score += margin;
                }
            }
        }
        let mut found = vec![OUTSIDE; slots.len()];
        decoder.best(&emissions, &transitions, &[], &mut found);
        let agrees = |(label, bits): (&Label, &u32)| bits >> label & 1 == 1;
        if found == right || found.iter().zip(&allowed).all(agrees) {
            return;
        }
        self.mend(example, &right, &found);
    }

    fn scores(&self, slot: &Slot, shown: usize) -> Scores {
        let mut sum = [0.0; LABELS];
        for &list in &slot.lists[..shown] {
            for &feature in self.problem.list(list) {
                let row = &self.cells[feature as usize].now;
                for label in 0..LABELS {
                    sum[label] += row[label];
                }
            }
        }
        sum
    }

    fn mend(&mut self, example: Example, right: &[Label], found: &[Label]) {
        let problem = self.problem;
        let (mut right_before, mut found_before) = (OUTSIDE, OUTSIDE);
        for (place, (&good, &bad)) in right.iter().zip(found).enumerate() {
            if good != bad {
                for &list in &problem.slots[example.start + place].lists[..self.shown[place]] {
                    for &feature in problem.list(list) {
                        let cell = &mut self.cells[feature as usize];
                        change(cell, good, example.weight, self.time);
                        change(cell, bad, -example.weight, self.time);
                    }
                }
            }
            self.step(right_before, good, found_before, bad, example.weight);
            (right_before, found_before) = (good, bad);
        }
        self.step(right_before, OUTSIDE, found_before, OUTSIDE, example.weight);
    }

    fn step(&mut self, right_before: Label, good: Label, found_before: Label, bad: Label, weight: f32) {
        if (right_before, good) != (found_before, bad) {
            change(&mut self.steps[right_before as usize], good, weight, self.time);
            change(&mut self.steps[found_before as usize], bad, -weight, self.time);
        }
    }

    fn averages(self) -> Learned {
        let average = |cell: &Cell| std::array::from_fn(|label| cell.now[label] - cell.sum[label]);
        let mut transitions = [[0.0; LABELS]; LABELS];
        for (row, cell) in transitions.iter_mut().zip(&self.steps) {
            let mean: [f32; LABELS] = average(cell);
            for (value, mean) in row.iter_mut().zip(mean) {
                *value += mean;
            }
        }
        Learned { rows: self.cells.iter().map(average).collect(), transitions }
    }
}

#[inline]
fn change(cell: &mut Cell, label: Label, step: f32, time: f32) {
    cell.now[label as usize] += step;
    cell.sum[label as usize] += step * time;
}

#[cfg(test)]
mod tests {
    use super::super::labels::{begin, last, unit};
    use super::*;

    #[test]
    fn a_separable_problem_is_learned() {
        let mut problem = Problem { feature_count: 3, ..Problem::default() };
        let nothing = problem.add_list([]);
        let lists: Vec<u32> = (0..3).map(|feature| problem.add_list([feature])).collect();
        let tokens = [(0, unit(2)), (1, begin(0)), (2, last(0))];
        for (start, end) in [(0, 1), (1, 3)] {
            problem.examples.push(Example { start, end, weight: 1.0 });
        }
        for (feature, label) in tokens {
            let mut slot = Slot { lists: [nothing; LISTS], allowed: 1 << label };
            slot.lists[0] = lists[feature];
            problem.slots.push(slot);
        }
        let schedule = Schedule { epochs: 10, seed: 1, miss_margin: 1.0, alarm_margin: 1.0, dropout: 0, committee: 1 };
        let learned = learn(&problem, schedule);
        let emissions = [learned.rows[1], learned.rows[2]];
        let mut labels = [0; 2];
        Decoder::default().best(&emissions, &learned.transitions, &[], &mut labels);
        assert_eq!(labels, [begin(0), last(0)]);
    }
}
