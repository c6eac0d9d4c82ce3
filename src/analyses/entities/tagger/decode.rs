//! Viterbi search over BILOU labels; only legal steps are looked at.

use super::labels::{ANY, LABELS, Label, OUTSIDE, begin, inside, last, unit};

/// Scores of one token's labels.
pub(super) type Scores = [f32; LABELS];
/// Scores of steps from one label (row) to the next (column). Illegal steps are never read.
pub(super) type Transitions = [[f32; LABELS]; LABELS];

const LOWEST: f32 = -1.0e30;

/// Labels after which an entity is closed, and labels that may follow these.
const CLOSED: [usize; 9] = [0, 3, 4, 7, 8, 11, 12, 15, 16];
const OPENING: [usize; 9] = [0, 1, 4, 5, 8, 9, 12, 13, 16];

/// Buffers of the search, kept from call to call.
#[derive(Default)]
pub(super) struct Decoder {
    back: Vec<[u8; LABELS]>,
}

impl Decoder {
    /// The best legal labels for a segment that stands between outside tokens.
    ///
    /// `allowed` (empty, or one bit set a token) limits the labels; a limit with no legal path gives whatever is least bad.
    pub(super) fn best(&mut self, emissions: &[Scores], transitions: &Transitions, allowed: &[u32], labels: &mut [Label]) {
        let length = emissions.len();
        if length == 0 {
            return;
        }
        self.back.clear();
        self.back.resize(length, [0; LABELS]);
        let limit = |position: usize| allowed.get(position).copied().unwrap_or(ANY);
        let mut scores = [LOWEST; LABELS];
        for &label in &OPENING {
            if limit(0) >> label & 1 == 1 {
                scores[label] = emissions[0][label] + transitions[OUTSIDE as usize][label];
            }
        }
        for (position, emission) in emissions.iter().enumerate().skip(1) {
            let back = &mut self.back[position];
            let mut next = [LOWEST; LABELS];
            let mut from = [0_u8; LABELS];
            for &previous in &CLOSED {
                let score = scores[previous];
                let row = &transitions[previous];
                for &label in &OPENING {
                    let candidate = score + row[label];
                    if candidate > next[label] {
                        next[label] = candidate;
                        from[label] = previous as u8;
                    }
                }
            }
            for kind in 0..4 {
                let (b, i) = (begin(kind) as usize, inside(kind) as usize);
                for label in [i, last(kind) as usize] {
                    let first = scores[b] + transitions[b][label];
                    let second = scores[i] + transitions[i][label];
                    let further = second > first;
                    next[label] = if further { second } else { first };
                    from[label] = if further { i as u8 } else { b as u8 };
                }
            }
            *back = from;
            for label in 0..LABELS {
                scores[label] = next[label] + emission[label];
            }
            let bits = limit(position);
            if bits != ANY {
                for (label, score) in scores.iter_mut().enumerate() {
                    if bits >> label & 1 == 0 {
                        *score = LOWEST;
                    }
                }
            }
        }
        let mut best = OUTSIDE as usize;
        let mut best_score = LOWEST * 2.0;
        for &label in &CLOSED {
            let score = scores[label] + transitions[label][OUTSIDE as usize];
            if score > best_score {
                best = label;
                best_score = score;
            }
        }
        for position in (0..length).rev() {
            labels[position] = best as Label;
            best = self.back[position][best] as usize;
        }
    }
}

/// Whether `next` may follow `previous`.
pub(super) fn legal(previous: Label, next: Label) -> bool {
    let open = (0..4).find(|&kind| previous == begin(kind) || previous == inside(kind));
    match open {
        Some(kind) => next == inside(kind) || next == last(kind),
        None => next == OUTSIDE || (0..4).any(|kind| next == begin(kind) || next == unit(kind)),
    }
}

/// The label of an entity of one token; used by callers that build limits.
pub(super) fn bits_of_kind(kind: usize) -> u32 {
    1 << begin(kind) | 1 << inside(kind) | 1 << last(kind) | 1 << unit(kind)
}

#[cfg(test)]
mod tests {
    use super::super::hash::Stream;
    use super::*;

    fn total(labels: &[Label], emissions: &[Scores], transitions: &Transitions) -> f32 {
        let mut previous = OUTSIDE as usize;
        let mut sum = 0.0;
        for (label, emission) in labels.iter().zip(emissions) {
            sum += transitions[previous][*label as usize] + emission[*label as usize];
            previous = *label as usize;
        }
        sum + transitions[previous][OUTSIDE as usize]
    }

    #[test]
    fn the_search_finds_what_trying_all_paths_finds() {
        let mut stream = Stream::new(7);
        for _ in 0..20 {
            let mut number = || (stream.below(200) as f32) - 100.0;
            let mut transitions = [[0.0; LABELS]; LABELS];
            transitions.iter_mut().flatten().for_each(|cell| *cell = number());
            let emissions: Vec<Scores> = (0..3).map(|_| std::array::from_fn(|_| number())).collect();
            let mut best = f32::MIN;
            for code in 0..LABELS.pow(3) {
                let path = [code % LABELS, code / LABELS % LABELS, code / LABELS / LABELS].map(|label| label as Label);
                let whole = [OUTSIDE, path[0], path[1], path[2], OUTSIDE];
                if whole.windows(2).all(|pair| legal(pair[0], pair[1])) {
                    best = best.max(total(&path, &emissions, &transitions));
                }
            }
            let mut labels = [0; 3];
            Decoder::default().best(&emissions, &transitions, &[], &mut labels);
            assert_eq!(total(&labels, &emissions, &transitions), best);
        }
    }

    #[test]
    fn limits_are_kept() {
        let emissions = [[0.0; LABELS]; 2];
        let transitions = [[0.0; LABELS]; LABELS];
        let mut labels = [0; 2];
        let limits = [1 << begin(1), 1 << last(1)];
        Decoder::default().best(&emissions, &transitions, &limits, &mut labels);
        assert_eq!(labels, [begin(1), last(1)]);
    }
}
