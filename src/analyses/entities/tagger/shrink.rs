//! From what was learned to what ships: features of single sets become those of a mixture, weights become bytes.

use super::decode::Transitions;
use super::hash::{self, HashedMap};
use super::labels::LABELS;
use super::learn::Learned;
use super::lexicon::Lexicon;
use super::model::{Model, Row, Weights};
use super::options::TrainingOptions;

/// The name under which the model file keeps the features of the mixed sets.
pub(super) const FOLLOWED: &str = "followed";

/// Feature of a set → the same feature of the mixed sets, and the set's place in the list of sets.
pub(super) type SetFeatures = HashedMap<(u64, usize)>;

/// Adds to the features of single sets those of a mixture of sets, whose weights are the sums of the sets' shares.
pub(super) fn followed(mut learned: Learned, mut keys: Vec<u64>, features_of_sets: &SetFeatures, shares: &[f32]) -> (Learned, Vec<u64>) {
    let mut places: HashedMap<usize> = HashedMap::default();
    for number in 0..keys.len() {
        let Some(&(followed, set)) = features_of_sets.get(&keys[number]) else { continue };
        if shares[set] == 0.0 {
            continue;
        }
        let place = *places.entry(followed).or_insert(keys.len());
        if place == keys.len() {
            keys.push(followed);
            learned.rows.push([0.0; LABELS]);
        }
        let row = learned.rows[number];
        for (sum, weight) in learned.rows[place].iter_mut().zip(row) {
            *sum += shares[set] * weight;
        }
    }
    (learned, keys)
}

/// Rounds weights to bytes on one scale and keeps the heaviest features.
pub(super) fn quantised(learned: &Learned, keys: &[u64], options: &TrainingOptions) -> Model {
    let heaviest = |row: &[f32; LABELS]| row.iter().fold(0.0_f32, |most, weight| most.max(weight.abs()));
    let mut sizes: Vec<(f32, u64, usize)> = learned
        .rows
        .iter()
        .enumerate()
        .map(|(number, row)| (heaviest(row), keys[number], number))
        .filter(|(size, ..)| *size > 0.0)
        .collect();
    sizes.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)));
    // A few huge weights would leave the others too few steps, so these are cut.
    let top = sizes.get(sizes.len() / 2000).map_or(1.0, |size| size.0);
    let most = ((1_i32 << (options.bits.clamp(2, 8) - 1)) - 1) as f32;
    let scale = most / top;
    sizes.truncate(options.most_features);
    let entries: Vec<(u32, Row)> = sizes
        .iter()
        .map(|&(_, key, number)| {
            let row = learned.rows[number].map(|weight| (weight * scale).round().clamp(-most, most) as i8);
            (hash::fingerprint(key), row)
        })
        .filter(|(_, row)| row.iter().any(|weight| *weight != 0))
        .collect();
    let unit = scale.round().max(1.0);
    let transitions: Transitions = learned.transitions.map(|row| row.map(|weight| (weight * scale).round()));
    Model {
        lexicon: Lexicon::default(),
        unit: unit as u32,
        weights: Weights::of(entries),
        transitions,
        sets: Vec::new(),
        register: Weights::default(),
        parts: options.parts,
    }
}
