//! The forward–backward sums of a conditional random field over BILOU labels (Lafferty, McCallum & Pereira 2001): how
//! likely each label and each step between labels is, of all legal paths through a segment.

use super::decode::legal;
use super::labels::{ANY, LABELS, OUTSIDE};

/// What a label or a step weighs: e to the power of its score.
pub(super) type Potentials = [f64; LABELS];
/// Potentials or expectations of steps from one label (row) to the next (column).
pub(super) type Steps = [[f64; LABELS]; LABELS];

/// Smaller sums are taken as this, so that nothing is divided by zero.
const SMALLEST: f64 = 1.0e-250;

/// How often labels and steps are met, by expectation.
#[derive(Debug, Clone)]
pub(super) struct Expectations {
    /// For each token its labels.
    pub(super) labels: Vec<Potentials>,
    /// Steps of the whole segment, those from and to the outside at its ends included.
    pub(super) steps: Steps,
}

/// Legal steps and the buffers of the sums, kept from call to call.
pub(super) struct Chain {
    legal: Vec<(usize, usize)>,
    forward: Vec<Potentials>,
    backward: Vec<Potentials>,
    sums: Vec<f64>,
}

impl Default for Chain {
    fn default() -> Self {
        let pairs = (0..LABELS).flat_map(|previous| (0..LABELS).map(move |next| (previous, next)));
        let legal = pairs.filter(|&(previous, next)| legal(previous as u8, next as u8)).collect();
        Self { legal, forward: Vec::new(), backward: Vec::new(), sums: Vec::new() }
    }
}

impl Chain {
    /// Legal steps between labels.
    pub(super) fn legal(&self) -> &[(usize, usize)] {
        &self.legal
    }

    /// Adds `sign` times the expectations of the paths that `allowed` (empty, or bits of labels for each token) lets through.
    pub(super) fn expect(&mut self, tokens: &[Potentials], steps: &Steps, allowed: &[u32], sign: f64, found: &mut Expectations) {
        let Some(last) = tokens.len().checked_sub(1) else { return };
        if !allowed.is_empty() && allowed.iter().all(|bits| bits.is_power_of_two()) {
            return one_path(allowed, sign, found);
        }
        let open = |token: usize, label: usize| allowed.get(token).is_none_or(|bits| *bits == ANY || bits >> label & 1 == 1);
        let outside = OUTSIDE as usize;
        self.forward.clear();
        self.sums.clear();
        for (token, potentials) in tokens.iter().enumerate() {
            let mut row = [0.0; LABELS];
            match self.forward.last() {
                None => self.legal.iter().filter(|step| step.0 == outside).for_each(|&(_, next)| row[next] = steps[outside][next]),
                Some(before) => self.legal.iter().for_each(|&(previous, next)| row[next] += before[previous] * steps[previous][next]),
            }
            for (label, value) in row.iter_mut().enumerate() {
                *value = if open(token, label) { *value * potentials[label] } else { 0.0 };
            }
            let sum = row.iter().sum::<f64>().max(SMALLEST);
            self.forward.push(row.map(|value| value / sum));
            self.sums.push(sum);
        }
        self.backward.clear();
        self.backward.resize(tokens.len(), [0.0; LABELS]);
        for &(previous, _) in self.legal.iter().filter(|step| step.1 == outside) {
            self.backward[last][previous] = steps[previous][outside];
        }
        for token in (0..last).rev() {
            // Labels that are not allowed have no forward sums, so they need no check here.
            let mut after = self.backward[token + 1];
            for (value, potential) in after.iter_mut().zip(&tokens[token + 1]) {
                *value *= potential / self.sums[token + 1];
            }
            let mut row = [0.0; LABELS];
            for &(previous, next) in self.legal.iter().filter(|step| open(token + 1, step.1)) {
                row[previous] += steps[previous][next] * after[next];
            }
            self.backward[token] = row;
        }
        let whole = (0..LABELS).map(|label| self.forward[last][label] * self.backward[last][label]).sum::<f64>().max(SMALLEST);
        let share = sign / whole;
        for (token, labels) in found.labels.iter_mut().enumerate() {
            for (label, sum) in labels.iter_mut().enumerate() {
                *sum += share * self.forward[token][label] * self.backward[token][label];
            }
        }
        for label in 0..LABELS {
            found.steps[outside][label] += share * self.forward[0][label] * self.backward[0][label];
            found.steps[label][outside] += share * self.forward[last][label] * self.backward[last][label];
        }
        for (token, potentials) in tokens.iter().enumerate().skip(1) {
            let share = share / self.sums[token];
            for &(previous, next) in self.legal.iter().filter(|step| open(token, step.1)) {
                let path = self.forward[token - 1][previous] * steps[previous][next] * potentials[next];
                found.steps[previous][next] += share * path * self.backward[token][next];
            }
        }
    }
}

/// Where every token has one label, that path is certain.
fn one_path(allowed: &[u32], sign: f64, found: &mut Expectations) {
    let mut previous = OUTSIDE as usize;
    for (bits, labels) in allowed.iter().zip(&mut found.labels) {
        let label = bits.trailing_zeros() as usize;
        labels[label] += sign;
        found.steps[previous][label] += sign;
        previous = label;
    }
    found.steps[previous][OUTSIDE as usize] += sign;
}

#[cfg(test)]
mod tests {
    use super::super::decode::bits_of_kind;
    use super::super::hash::Stream;
    use super::super::labels::unit;
    use super::*;

    const NOTHING: Steps = [[0.0; LABELS]; LABELS];

    /// The same by going through all paths of three tokens.
    fn by_all_paths(tokens: &[Potentials], steps: &Steps, allowed: &[u32]) -> Expectations {
        let mut found = Expectations { labels: vec![[0.0; LABELS]; 3], steps: NOTHING };
        let mut whole = 0.0;
        for code in 0..LABELS.pow(3) {
            let path = [0, code % LABELS, code / LABELS % LABELS, code / LABELS / LABELS, 0];
            let lawful = path.windows(2).all(|pair| legal(pair[0] as u8, pair[1] as u8));
            if !lawful || (0..3).any(|token| allowed[token] >> path[token + 1] & 1 == 0) {
                continue;
            }
            let weight = path.windows(2).map(|pair| steps[pair[0]][pair[1]]).product::<f64>()
                * (0..3).map(|token| tokens[token][path[token + 1]]).product::<f64>();
            whole += weight;
            (0..3).for_each(|token| found.labels[token][path[token + 1]] += weight);
            path.windows(2).for_each(|pair| found.steps[pair[0]][pair[1]] += weight);
        }
        found.labels.iter_mut().chain(&mut found.steps).flatten().for_each(|value| *value /= whole);
        found
    }

    #[test]
    fn expectations_are_those_of_all_paths() {
        let mut stream = Stream::new(5);
        let mut chain = Chain::default();
        let hidden = 1 << OUTSIDE | bits_of_kind(3);
        for allowed in [[ANY; 3], [hidden, ANY, hidden], [hidden, 1 << unit(1), hidden], [1 << unit(0), 1 << OUTSIDE, 1 << unit(2)]] {
            let mut number = || (stream.below(1000) as f64 + 1.0) / 300.0;
            let mut steps = NOTHING;
            steps.iter_mut().flatten().for_each(|cell| *cell = number());
            let tokens: Vec<Potentials> = (0..3).map(|_| std::array::from_fn(|_| number())).collect();
            let mut found = Expectations { labels: vec![[0.0; LABELS]; 3], steps: NOTHING };
            chain.expect(&tokens, &steps, &allowed, 1.0, &mut found);
            let expected = by_all_paths(&tokens, &steps, &allowed);
            let values = |of: &Expectations| of.labels.iter().chain(&of.steps).flatten().copied().collect::<Vec<f64>>();
            for (value, right) in values(&found).iter().zip(values(&expected)) {
                assert!((value - right).abs() < 1e-12, "{allowed:?}: {value} {right}");
            }
            // Taken away again, nothing is left; no limits are the same as limits that let everything through.
            let same = if allowed == [ANY; 3] { &[] } else { allowed.as_slice() };
            chain.expect(&tokens, &steps, same, -1.0, &mut found);
            assert!(values(&found).iter().all(|value| value.abs() < 1e-12));
        }
    }

    #[test]
    fn a_segment_without_tokens_expects_nothing() {
        let mut found = Expectations { labels: Vec::new(), steps: NOTHING };
        Chain::default().expect(&[], &NOTHING, &[], 1.0, &mut found);
        assert_eq!(found.steps, NOTHING);
    }
}
