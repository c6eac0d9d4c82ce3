//! Training: from folders of tagged sets to the bytes of a model file.

use super::context::{Context, TaggerDocument};
use super::dataset::{TrainingData, TrainingDocument, TrainingSet, set_key};
use super::error::TaggerError;
use super::features::{DISTANCES, joint_features, set_features, type_features};
use super::gazetteer::{self, Resources};
use super::hash::{self, HashedMap, Stream};
use super::labels::{Label, OUTSIDE, begin, inside, last, unit};
use super::learn::{Example, LISTS, Learned, Problem, Schedule, Slot, learn};
use super::lexicon::{Lexicon, Table};
use super::options::TrainingOptions;
use super::register;
use super::shrink::{FOLLOWED, SetFeatures, followed, quantised};
use super::surface::Traits;

/// Trains on tagged sets, whose order matters, and returns the bytes of a model file; `note` gets lines of progress.
pub fn train(
    data: &[TrainingSet],
    resources: &Resources,
    options: &TrainingOptions,
    note: &mut dyn FnMut(&str),
) -> Result<Vec<u8>, TaggerError> {
    if data.is_empty() {
        return Err(TaggerError::new("no training data: give at least one folder that holds train.tsv"));
    }
    let mut lexicon = gazetteer::build(resources)?;
    if !options.clusters {
        (lexicon.words, lexicon.tuples) = (Table::of(Vec::new()), Vec::new());
    }
    if !options.gazetteers {
        (lexicon.flagged, lexicon.phrases) = (Table::of(Vec::new()), Table::of(Vec::new()));
    }
    let mut training = TrainingData::default();
    let mut stream = Stream::new(options.seed);
    let mut weights = Vec::new();
    let mut shares = Vec::new();
    for set in data {
        let weight = options.sets.iter().find(|other| other.name == set.name).map_or(1.0, |other| other.weight);
        if weight > 0.0 {
            training.add_set(set, weights.len(), options, &mut stream)?;
            weights.push(weight);
            shares.push(options.share(&set.name));
        }
    }
    if weights.is_empty() {
        return Err(TaggerError::new("every set has the weight 0: nothing to learn from"));
    }
    // With none of the followed sets at hand, predictions are an even mixture of those that are.
    if shares.iter().all(|share| *share == 0.0) {
        let even = 1.0 / shares.len() as f32;
        shares.fill(even);
    }
    lexicon.inner = inner_words(&training);
    note(&format!("{} documents, {} surfaces", training.documents.len(), training.surfaces.list.len()));
    let traits: Vec<Traits> = training.surfaces.list.iter().map(|surface| Traits::of(surface, &lexicon)).collect();
    let task = Task { training: &training, traits: &traits, lexicon: &lexicon, options, weights: &weights };
    let (learned, keys, features_of_sets) = task.learn(note);
    let (learned, keys) = followed(learned, keys, &features_of_sets, &shares);
    let mut model = quantised(&learned, &keys, options);
    (model.sets, model.register) = register::learn(&training, &traits, data, options);
    model.lexicon = lexicon.clone();
    note(&format!("kept {} of {} features, one is {} units", model.weights.len(), keys.len(), model.unit));
    model.to_bytes()
}

/// Words without capitals that stand in entities: 2 if often whole ones, 1 if inside longer ones.
fn inner_words(training: &TrainingData) -> Table {
    let mut counts: std::collections::BTreeMap<u64, [u32; 3]> = std::collections::BTreeMap::new();
    for (surface, roles) in training.surfaces.list.iter().zip(&training.roles) {
        let normal = super::surface::normalise(surface);
        if normal.to_lowercase() == *normal {
            let entry = counts.entry(hash::of_text(&normal)).or_default();
            (0..3).for_each(|role| entry[role] += roles[role]);
        }
    }
    let entries = counts.into_iter().filter_map(|(word, [part, whole, outside])| {
        let named = part + whole;
        let strong = named * 5 >= outside && (whole > 0 || part * 2 >= outside);
        (named > 0).then(|| (hash::fingerprint(word), if strong { 2 } else { 1 }))
    });
    Table::of(entries.collect())
}

/// Everything that the stages of one training share.
struct Task<'a> {
    training: &'a TrainingData,
    traits: &'a [Traits],
    lexicon: &'a Lexicon,
    options: &'a TrainingOptions,
    weights: &'a [f32],
}

/// A token whose features are not numbered yet.
struct Pending {
    around: [u32; DISTANCES],
    allowed: u32,
    joint: std::ops::Range<usize>,
}

/// Feature keys on their way to numbers.
#[derive(Default)]
struct Numbering {
    counts: HashedMap<u32>,
    numbers: HashedMap<u32>,
    keys: Vec<u64>,
}

impl Numbering {
    fn add_list(&mut self, keys: &[u64], least: u32, problem: &mut Problem) -> u32 {
        let numbers: Vec<u32> = keys.iter().filter_map(|&key| self.number(key, least)).collect();
        problem.add_list(numbers)
    }

    fn count(&mut self, key: u64, times: u32) {
        *self.counts.entry(key).or_default() += times;
    }

    fn number(&mut self, key: u64, least: u32) -> Option<u32> {
        if self.counts.get(&key).copied().unwrap_or_default() < least {
            return None;
        }
        let next = self.keys.len() as u32;
        let number = *self.numbers.entry(key).or_insert(next);
        if number == next {
            self.keys.push(key);
        }
        Some(number)
    }
}

impl Task<'_> {
    fn context<'b>(&'b self, document: &'b TrainingDocument) -> Context<'b> {
        let shown = TaggerDocument { tokens: &document.tokens, sentence_starts: &document.sentence_starts };
        Context::new(&shown, self.traits, self.lexicon)
    }

    /// Turns the documents into a problem of numbered features and learns it.
    fn learn(&self, note: &mut dyn FnMut(&str)) -> (Learned, Vec<u64>, SetFeatures) {
        let edge = self.traits.len() as u32;
        let mut numbering = Numbering::default();
        let mut uses = vec![[0_u32; DISTANCES]; self.traits.len() + 2];
        let mut joint_keys: Vec<u64> = Vec::new();
        let mut pending: Vec<Pending> = Vec::new();
        let mut problem = Problem::default();
        let mut broken = 0;
        let mut features_of_sets = SetFeatures::default();
        let mut followed_keys = Vec::new();
        for document in &self.training.documents {
            let context = self.context(document);
            for segment in &context.segments {
                let sentence = context.sentences[segment.sentence];
                let start = pending.len();
                let mut allowed = document.allowed[segment.start..segment.end].to_vec();
                broken += mend_borders(&mut allowed);
                for (position, &bits) in (segment.start..segment.end).zip(&allowed) {
                    let around = std::array::from_fn(|distance| {
                        match (position + distance).checked_sub(2).filter(|&place| place >= sentence.start) {
                            None => edge,
                            Some(place) if place >= sentence.end => edge + 1,
                            Some(place) => context.tokens[place],
                        }
                    });
                    for (distance, &surface) in around.iter().enumerate() {
                        uses[surface as usize][distance] += 1;
                    }
                    let from = joint_keys.len();
                    joint_features(&context, segment, position, self.options.parts, &mut joint_keys);
                    let end = joint_keys.len();
                    followed_keys.clear();
                    if self.options.set_weights {
                        set_features(&context, position, document.set, &mut joint_keys);
                        set_features(&context, position, set_key(FOLLOWED), &mut followed_keys);
                    }
                    for (&key, &followed) in joint_keys[end..].iter().zip(&followed_keys) {
                        features_of_sets.insert(key, (followed, document.set_index));
                    }
                    pending.push(Pending { around, allowed: bits, joint: from..joint_keys.len() });
                }
                let weight = self.weights[document.set_index];
                problem.examples.push(Example { start, end: pending.len(), weight });
            }
        }
        joint_keys.iter().for_each(|&key| numbering.count(key, 1));
        let keys_of = |surface: usize, distance: usize, keys: &mut Vec<u64>| {
            keys.clear();
            match self.traits.get(surface) {
                Some(traits) => {
                    let text = self.training.surfaces.list[surface].as_str();
                    type_features(Some(text), traits, self.lexicon, distance, keys)
                }
                None => type_features(None, &Traits::edge(surface > self.traits.len()), self.lexicon, distance, keys),
            }
        };
        let mut keys = Vec::new();
        for (surface, counts) in uses.iter().enumerate() {
            for (distance, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                keys_of(surface, distance, &mut keys);
                keys.iter().for_each(|&key| numbering.count(key, count));
            }
        }
        let least = self.options.least_count;
        let nothing = problem.add_list([]);
        let mut type_lists = vec![[nothing; DISTANCES]; uses.len()];
        for (surface, counts) in uses.iter().enumerate() {
            for (distance, _) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                keys_of(surface, distance, &mut keys);
                type_lists[surface][distance] = numbering.add_list(&keys, least, &mut problem);
            }
        }
        for Pending { around, allowed, joint } in pending {
            let mut lists = [nothing; LISTS];
            for (distance, &surface) in around.iter().enumerate() {
                lists[distance] = type_lists[surface as usize][distance];
            }
            lists[DISTANCES] = numbering.add_list(&joint_keys[joint], least, &mut problem);
            problem.slots.push(Slot { lists, allowed });
        }
        drop(joint_keys);
        problem.feature_count = numbering.keys.len();
        note(&format!(
            "{} segments, {} open tokens, {} features, {broken} names cut off",
            problem.examples.len(),
            problem.slots.len(),
            problem.feature_count
        ));
        let schedule = Schedule {
            epochs: self.options.epochs,
            seed: self.options.seed,
            step: self.options.step,
            margin: self.options.margin,
            noise: self.options.noise,
            committee: self.options.committee,
        };
        (learn(&problem, schedule), numbering.keys, features_of_sets)
    }
}

/// Names that reach out of their segment are taken as outside; returns how many.
fn mend_borders(allowed: &mut [u32]) -> usize {
    let label_at = |bits: u32| {
        if bits.is_power_of_two() { bits.trailing_zeros() as Label } else { OUTSIDE }
    };
    let mut broken = 0;
    let mut place = 0;
    while place < allowed.len() {
        let label = label_at(allowed[place]);
        let kind = (0..4).find(|&kind| label == begin(kind) || label == inside(kind) || label == last(kind));
        let Some(kind) = kind.filter(|&kind| label != unit(kind)) else {
            place += 1;
            continue;
        };
        let mut end = place;
        let whole = label == begin(kind) && {
            end += 1;
            while end < allowed.len() && label_at(allowed[end]) == inside(kind) {
                end += 1;
            }
            end < allowed.len() && label_at(allowed[end]) == last(kind)
        };
        if whole {
            place = end + 1;
            continue;
        }
        end = end.max(place + 1);
        allowed[place..end].fill(1 << OUTSIDE);
        broken += 1;
        place = end;
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::super::conll::read_tagged;
    use super::super::evaluate::evaluate;
    use super::super::labels::EntityKind;
    use super::super::model::{Model, Parts};
    use super::*;

    const TEXT: &str = "-DOCSTART-\tO\n\nOlga\tB-PER\nVesik\tI-PER\nleft\tO\nTarvo\tB-LOC\n.\tO\n\nThe\tO\nTarvo\tB-ORG\nBank\tI-ORG\nclosed\tO\n.\tO\n\nIn\tO\nTarvo\tB-LOC\nit\tO\nrained\tO\n.\tO\n";

    fn set() -> TrainingSet {
        TrainingSet { name: "town".to_owned(), file: "town/train.tsv".to_owned(), content: TEXT.as_bytes().to_vec() }
    }

    fn resources() -> Resources {
        let mut resources = Resources::default();
        for file in Resources::FILES {
            let content = if file.ends_with(".tsv") { "rain\t1\t2\t3\t4\n" } else { "Ostby\n" };
            resources.add(file, content.to_owned());
        }
        resources
    }

    #[test]
    fn what_was_seen_is_learned_and_the_bytes_are_the_same_with_any_number_of_threads() {
        // The second pass would make one kind of the bank and the town.
        let parts = Parts { second_pass: false, ..Parts::default() };
        let options = TrainingOptions { least_count: 1, epochs: 20, parts, ..TrainingOptions::default() };
        let run = |threads| crate::maths::on_threads(threads, || train(&[set()], &resources(), &options, &mut |_| {}).expect("trains"));
        let bytes = run(1);
        assert_eq!(bytes, run(3));
        let model = Model::from_bytes(&bytes).expect("reads");
        assert_eq!(model.to_bytes().expect("writes"), bytes);
        let file = read_tagged(TEXT.as_bytes(), "t", false).expect("reads");
        let scores = evaluate(&model, &[file], &EntityKind::ALL);
        // Averages of so few steps may add a name, but must not lose one.
        assert_eq!(scores[0].all.recall(), Some(100.0), "{scores:?}");
    }

    #[test]
    fn predictions_follow_the_sets_that_are_followed() {
        // The sets disagree on what Tarvo is; whoever is followed has the say.
        let other = TrainingSet { name: "bank".to_owned(), content: TEXT.replace("LOC", "ORG").into_bytes(), ..set() };
        let places_found = |follow: &str| {
            let follow = vec![(follow.to_owned(), 1.0)];
            let parts = Parts { second_pass: false, ..Parts::default() };
            let options = TrainingOptions { least_count: 1, epochs: 30, follow, parts, ..TrainingOptions::default() };
            let bytes = train(&[set(), other.clone()], &resources(), &options, &mut |_| {}).expect("trains");
            let file = read_tagged(TEXT.as_bytes(), "t", false).expect("reads");
            evaluate(&Model::from_bytes(&bytes).expect("reads"), &[file], &[EntityKind::Location])[0].all.right
        };
        assert_eq!((places_found("town"), places_found("bank")), (2, 0));
    }

    #[test]
    fn missing_data_are_named() {
        let error = train(&[set()], &Resources::default(), &TrainingOptions::default(), &mut |_| {}).expect_err("fails");
        assert!(error.to_string().contains("word_clusters_cc0.tsv"));
        assert!(train(&[], &resources(), &TrainingOptions::default(), &mut |_| {}).is_err());
        let mut options = TrainingOptions::default();
        assert!(options.weigh("town=0").is_ok());
        assert!(train(&[set()], &resources(), &options, &mut |_| {}).is_err());
    }

    #[test]
    fn names_that_are_cut_off_are_outside() {
        let bits = |labels: &[Label]| labels.iter().map(|label| 1 << label).collect::<Vec<u32>>();
        let mut allowed = bits(&[last(0), begin(1), unit(2), begin(0), inside(0), last(0), begin(3)]);
        assert_eq!(mend_borders(&mut allowed), 3);
        assert_eq!(allowed, bits(&[0, 0, unit(2), begin(0), inside(0), last(0), 0]));
    }
}
