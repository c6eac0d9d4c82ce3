//! The learner: a conditional random field over numbered features, by stochastic gradient steps with noise.
//!
//! At each step half of a token's features are hidden at random, so that no weight relies on another one being there
//! (feature noising; Wang et al. 2013, "Feature noising for log-linear structured prediction", EMNLP): texts of other
//! sources have other words. Wrong labels get a handicap while learning (softmax margin; Gimpel & Smith 2010).

use super::chain::{Chain, Expectations, Potentials};
use super::decode::{Scores, Transitions};
use super::hash::Stream;
use super::labels::LABELS;
use crate::maths::float::exp;
use crate::maths::map_in_order;

/// Lists of features that a token has.
pub(super) const LISTS: usize = 6;
/// The last steps' length, as a share of the first one's.
const LAST_STEP: f32 = 0.02;
/// A token whose expectations are this close to the right ones changes nothing.
const CLOSE_ENOUGH: f64 = 0.002;

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
    /// The seed of the order and of the noise.
    pub(super) seed: u64,
    /// The length of the first step; later ones shrink in a straight line.
    pub(super) step: f32,
    /// What a wrong label's score gets on top.
    pub(super) margin: f32,
    /// How often, in a thousand, a feature is hidden.
    pub(super) noise: u32,
    /// How many learners, each with an order and noise of its own, are averaged.
    pub(super) committee: u64,
}

/// What was learned, in natural logarithms of odds.
pub(super) struct Learned {
    /// A row of label weights a feature.
    pub(super) rows: Vec<[f32; LABELS]>,
    /// Weights of steps between labels.
    pub(super) transitions: Transitions,
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
    let mut learner = Learner {
        problem,
        schedule,
        rows: vec![[0.0; LABELS]; problem.feature_count],
        transitions: [[0.0; LABELS]; LABELS],
        noise: Stream::new(!schedule.seed),
        shown: Vec::new(),
        ends: Vec::new(),
        tokens: Vec::new(),
        found: Expectations { labels: Vec::new(), steps: [[0.0; LABELS]; LABELS] },
        chain: Chain::default(),
    };
    let mut order: Vec<u32> = (0..problem.examples.len() as u32).collect();
    let mut stream = Stream::new(schedule.seed);
    let total = order.len() as f32 * schedule.epochs as f32;
    for epoch in 0..schedule.epochs {
        stream.shuffle(&mut order);
        for (place, &example) in order.iter().enumerate() {
            let time = (epoch as f32 * order.len() as f32 + place as f32) / total;
            learner.see(problem.examples[example as usize], schedule.step * (1.0 - time).max(LAST_STEP));
        }
    }
    Learned { rows: learner.rows, transitions: learner.transitions }
}

struct Learner<'a> {
    problem: &'a Problem,
    schedule: Schedule,
    rows: Vec<[f32; LABELS]>,
    transitions: Transitions,
    noise: Stream,
    /// The features that the example at hand shows, and where those of each token end.
    shown: Vec<u32>,
    ends: Vec<usize>,
    tokens: Vec<Potentials>,
    found: Expectations,
    chain: Chain,
}

impl Learner<'_> {
    /// A step towards the right labels of one example.
    fn see(&mut self, example: Example, step: f32) {
        let slots = &self.problem.slots[example.start..example.end];
        self.shown.clear();
        self.ends.clear();
        self.tokens.clear();
        for slot in slots {
            let scores = self.scores(slot);
            let most = scores.iter().fold(f32::MIN, |most, score| most.max(*score));
            self.tokens.push(scores.map(|score| exp(f64::from(score - most))));
            self.ends.push(self.shown.len());
        }
        let mut steps = [[0.0; LABELS]; LABELS];
        for &(previous, next) in self.chain.legal() {
            steps[previous][next] = exp(f64::from(self.transitions[previous][next]));
        }
        self.found.steps = [[0.0; LABELS]; LABELS];
        self.found.labels.clear();
        self.found.labels.resize(slots.len(), [0.0; LABELS]);
        let allowed: Vec<u32> = slots.iter().map(|slot| slot.allowed).collect();
        self.chain.expect(&self.tokens, &steps, &allowed, 1.0, &mut self.found);
        self.chain.expect(&self.tokens, &steps, &[], -1.0, &mut self.found);
        let step = step * example.weight;
        let mut from = 0;
        for (labels, &end) in self.found.labels.iter().zip(&self.ends) {
            if labels.iter().any(|difference| difference.abs() > CLOSE_ENOUGH) {
                let change = labels.map(|difference| difference as f32 * step);
                for &feature in &self.shown[from..end] {
                    let row = &mut self.rows[feature as usize];
                    for label in 0..LABELS {
                        row[label] += change[label];
                    }
                }
            }
            from = end;
        }
        for (row, differences) in self.transitions.iter_mut().zip(&self.found.steps) {
            for (weight, difference) in row.iter_mut().zip(differences) {
                *weight += *difference as f32 * step;
            }
        }
    }

    /// The scores of a token's labels by the features that are not hidden, which speak louder for those that are.
    fn scores(&mut self, slot: &Slot) -> Scores {
        let mut sum = [0.0_f32; LABELS];
        for &list in &slot.lists {
            for &feature in self.problem.list(list) {
                if self.schedule.noise > 0 && self.noise.chance(self.schedule.noise) {
                    continue;
                }
                self.shown.push(feature);
                let row = &self.rows[feature as usize];
                for label in 0..LABELS {
                    sum[label] += row[label];
                }
            }
        }
        let louder = 1000.0 / (1000.0 - self.schedule.noise.min(999) as f32);
        std::array::from_fn(|label| {
            let handicap = if slot.allowed >> label & 1 == 0 { self.schedule.margin } else { 0.0 };
            sum[label] * louder + handicap
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::decode::Decoder;
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
        let schedule = Schedule { epochs: 40, seed: 1, step: 0.5, margin: 1.0, noise: 200, committee: 2 };
        let learned = learn(&problem, schedule);
        let emissions = [learned.rows[1], learned.rows[2]];
        let mut labels = [0; 2];
        Decoder::default().best(&emissions, &learned.transitions, &[], &mut labels);
        assert_eq!(labels, [begin(0), last(0)]);
    }

    #[test]
    fn without_noise_and_margin_the_weights_go_to_the_odds_of_the_data() {
        // One feature, three tokens outside for each that is a place: the likeliest weights differ by ln 3. With steps of
        // its own (outside to place to outside) the model needs both together, so their sum is looked at.
        let mut problem = Problem { feature_count: 1, ..Problem::default() };
        let list = problem.add_list([0]);
        let nothing = problem.add_list([]);
        for label in [unit(2), 0, 0, 0] {
            let mut lists = [nothing; LISTS];
            lists[0] = list;
            problem.examples.push(Example { start: problem.slots.len(), end: problem.slots.len() + 1, weight: 1.0 });
            problem.slots.push(Slot { lists, allowed: 1 << label });
        }
        let schedule = Schedule { epochs: 4000, seed: 1, step: 0.05, margin: 0.0, noise: 0, committee: 1 };
        let learned = learn(&problem, schedule);
        let place = unit(2) as usize;
        let score = |label: usize| learned.rows[0][label] + learned.transitions[0][label] + learned.transitions[label][0];
        assert!((score(0) - score(place) - 3.0_f32.ln()).abs() < 0.02, "{} {}", score(0), score(place));
    }
}
