//! Which of the training sets a text resembles: naive Bayes over its words, so that the text's own guideline has a say.

use super::dataset::{TrainingData, TrainingSet, set_key};
use super::hash::{self, HashedMap, join};
use super::labels::LABELS;
use super::model::{Row, Weights};
use super::options::TrainingOptions;
use super::surface::Traits;
use crate::maths::float;

/// Weights of a word are logarithms times this.
const SCALE: f32 = 24.0;
/// Words seen less often in all sets say nothing.
const LEAST_COUNT: u32 = 4;
/// So many words of all sets are added to each set's own, so that the small ones are not told by what they lack.
const PRIOR: f32 = 5000.0;
/// Words of a text tell the same story again and again: at most so many count in full.
const MOST_WORDS: f32 = 60.0;
/// By how much, in logarithms, the likeliest set must lead the next one.
const LEAST_LEAD: f32 = 5.0;

/// The key of a word's weights.
fn key(traits: &Traits) -> u64 {
    join(join(3000, traits.word), traits.case as u64)
}

/// Sums of a text's evidence for each set.
pub(super) type Evidence = [i32; LABELS];

/// What a word says for each set.
pub(super) fn heard(register: &Weights, traits: &Traits) -> Row {
    register.get(key(traits)).copied().unwrap_or_default()
}

/// The set that a text of so many words resembles, if one leads clearly.
pub(super) fn likeliest(evidence: &Evidence, words: usize, sets: &[u64]) -> Option<u64> {
    let count = sets.len().min(LABELS);
    if count < 2 || words == 0 {
        return None;
    }
    let mut best = 0;
    for set in 1..count {
        if evidence[set] > evidence[best] {
            best = set;
        }
    }
    let next = (0..count).filter(|set| *set != best).map(|set| evidence[set]).max()?;
    let lead = (evidence[best] - next) as f32 / SCALE;
    let lead = lead * (MOST_WORDS / words as f32).min(1.0);
    (lead >= LEAST_LEAD).then(|| sets[best])
}

/// Learns the words' weights; gives the keys of the sets in the order of the weights.
pub(super) fn learn(training: &TrainingData, traits: &[Traits], data: &[TrainingSet], options: &TrainingOptions) -> (Vec<u64>, Weights) {
    let used = |set: &&TrainingSet| options.sets.iter().find(|other| other.name == set.name).is_none_or(|other| other.weight > 0.0);
    let sets: Vec<u64> = data.iter().filter(used).map(|set| set_key(&set.name)).collect();
    let mut places: HashedMap<usize> = HashedMap::default();
    let mut counts: Vec<(u64, [u32; LABELS])> = Vec::new();
    let mut totals = [0_u32; LABELS];
    for document in training.documents.iter().filter(|document| !document.copy && document.set_index < LABELS) {
        for &token in &document.tokens {
            let key = key(&traits[token as usize]);
            let place = *places.entry(key).or_insert(counts.len());
            if place == counts.len() {
                counts.push((key, [0; LABELS]));
            }
            counts[place].1[document.set_index] += 1;
            totals[document.set_index] += 1;
        }
    }
    let number = sets.len().min(LABELS);
    let all: u32 = totals.iter().sum();
    let entries = counts
        .iter()
        .filter(|(_, count)| count.iter().sum::<u32>() >= LEAST_COUNT)
        .map(|(key, count)| {
            let background = count.iter().sum::<u32>() as f32 / all as f32;
            let mut odds = [0.0_f32; LABELS];
            for set in 0..number {
                let share = (count[set] as f32 + PRIOR * background) / (totals[set] as f32 + PRIOR);
                odds[set] = float::ln(f64::from(share / background)) as f32;
            }
            let row: Row = std::array::from_fn(|set| if set < number { (odds[set] * SCALE).round().clamp(-127.0, 127.0) as i8 } else { 0 });
            (hash::fingerprint(*key), row)
        })
        .collect();
    (sets, Weights::of(entries))
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::*;

    fn set(name: &str, text: &str) -> TrainingSet {
        let content = text.split(' ').map(|word| format!("{word}\tO\n")).collect::<String>();
        TrainingSet { name: name.to_owned(), file: name.to_owned(), content: content.repeat(200).into_bytes() }
    }

    #[test]
    fn texts_resemble_the_set_whose_words_they_have() {
        let data = [set("match", "the goal was late"), set("court", "the judge was late")];
        let (mut training, options) = (TrainingData::default(), TrainingOptions::default());
        for (index, set) in data.iter().enumerate() {
            training.add_set(set, index, &options, &mut hash::Stream::new(1)).unwrap();
        }
        let lexicon = Lexicon::default();
        let traits = |surface: &str| Traits::of(surface, &lexicon);
        let all: Vec<Traits> = training.surfaces.list.iter().map(|surface| traits(surface)).collect();
        let (sets, register) = learn(&training, &all, &data, &options);
        let guess = |text: &str| {
            let mut evidence = Evidence::default();
            for word in text.split(' ') {
                for (sum, weight) in evidence.iter_mut().zip(heard(&register, &traits(word))) {
                    *sum += i32::from(weight);
                }
            }
            likeliest(&evidence, text.split(' ').count(), &sets)
        };
        let many = |word: &str| vec![word; 60].join(" ");
        assert_eq!(guess(&many("goal")), Some(set_key("match")));
        assert_eq!(guess(&many("judge")), Some(set_key("court")));
        assert_eq!(guess(&many("the")), None);
        assert_eq!(guess("unheard"), None);
        assert_eq!(likeliest(&Evidence::default(), 0, &sets), None);
    }
}
