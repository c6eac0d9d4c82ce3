//! Training: from folders of tagged sets to the bytes of a model file.

use super::context::{Context, TaggerDocument};
use super::dataset::{TrainingData, TrainingDocument, set_key};
use super::decode::Transitions;
use super::error::TaggerError;
use super::features::{DISTANCES, joint_features, type_features};
use super::gazetteer;
use super::hash::{self, HashedMap, Stream};
use super::labels::{LABELS, Label, OUTSIDE, begin, inside, last, unit};
use super::learn::{Example, LISTS, Learned, Problem, Schedule, Slot, learn};
use super::lexicon::{Lexicon, Table};
use super::model::{Model, Parts, Row, Weights};
use super::surface::Traits;
use std::path::{Path, PathBuf};

/// What is special about one set.
#[derive(Debug, Clone, PartialEq)]
pub struct SetOptions {
    /// The name of the set's folder.
    pub name: String,
    /// How much its mistakes count (1 is usual, 0 leaves the set out).
    pub weight: f32,
}

/// Settings of the trainer. The defaults make the model that ships.
#[derive(Debug, Clone)]
pub struct TrainingOptions {
    /// The seed of all random choices.
    pub seed: u64,
    /// How often the data are seen.
    pub epochs: u32,
    /// Case-changed copies, in a thousand sentences.
    pub copies: u32,
    /// Features seen less often are left out.
    pub least_count: u32,
    /// The margin where a name stands, and where none stands.
    pub margins: [f32; 2],
    /// At most so many features are kept.
    pub most_features: usize,
    /// Sets with a weight of their own.
    pub sets: Vec<SetOptions>,
    /// Sets whose `O` may hide a name of the kind MISC; sets that mark none are found without this.
    pub hidden_misc: Vec<String>,
    /// How often, in a thousand, a token's own form is hidden from the learner, so that it heeds the rest.
    pub dropout: u32,
    /// How many learners with different orders of the data are averaged.
    pub committee: u64,
    /// The set whose guideline predictions follow.
    pub follow: String,
    /// Use word clusters.
    pub clusters: bool,
    /// Use gazetteers.
    pub gazetteers: bool,
    /// Parts that can be left out.
    pub parts: Parts,
}

impl Default for TrainingOptions {
    fn default() -> Self {
        Self {
            seed: 1,
            epochs: 8,
            copies: 60,
            least_count: 2,
            margins: [1.0, 1.0],
            most_features: 320_000,
            sets: Vec::new(),
            hidden_misc: Vec::new(),
            dropout: 0,
            committee: 5,
            follow: "voa".to_owned(),
            clusters: true,
            gazetteers: true,
            parts: Parts::default(),
        }
    }
}

/// Trains on the `train.tsv` of each folder and returns the bytes of a model file; `note` gets lines of progress.
pub fn train(data: &[PathBuf], resources: &Path, options: &TrainingOptions, note: &mut dyn FnMut(&str)) -> Result<Vec<u8>, TaggerError> {
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
    for folder in data {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let weight = options.sets.iter().find(|set| set.name == name).map_or(1.0, |set| set.weight);
        if weight > 0.0 {
            training.add_set(folder, weights.len(), options, &mut stream)?;
            weights.push(weight);
        }
    }
    lexicon.inner = inner_words(&training);
    note(&format!("{} documents, {} surfaces", training.documents.len(), training.surfaces.list.len()));
    let traits: Vec<Traits> = training.surfaces.list.iter().map(|surface| Traits::of(surface, &lexicon)).collect();
    let task = Task { training: &training, traits: &traits, lexicon: &lexicon, options, weights: &weights };
    let (learned, keys) = task.learn(note);
    let mut model = quantised(&learned, &keys, options);
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
    own: usize,
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
    fn learn(&self, note: &mut dyn FnMut(&str)) -> (Learned, Vec<u64>) {
        let edge = self.traits.len() as u32;
        let mut numbering = Numbering::default();
        let mut uses = vec![[0_u32; DISTANCES]; self.traits.len() + 2];
        let mut joint_keys: Vec<u64> = Vec::new();
        let mut pending: Vec<Pending> = Vec::new();
        let mut problem = Problem::default();
        let mut broken = 0;
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
                    let own = joint_features(&context, segment, position, document.set, self.options.parts, &mut joint_keys);
                    pending.push(Pending { around, allowed: bits, joint: from..joint_keys.len(), own });
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
        let mut own_lists = vec![nothing; uses.len()];
        for (surface, counts) in uses.iter().enumerate() {
            for (distance, _) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                let own = keys_of(surface, distance, &mut keys);
                let own = if distance == 2 { own } else { 0 };
                own_lists[surface] = numbering.add_list(&keys[..own], least, &mut problem).max(own_lists[surface]);
                type_lists[surface][distance] = numbering.add_list(&keys[own..], least, &mut problem);
            }
        }
        for Pending { around, allowed, joint, own } in pending {
            let (own_keys, other_keys) = joint_keys[joint].split_at(own);
            let mut lists = [nothing; LISTS];
            for (distance, &surface) in around.iter().enumerate() {
                lists[distance] = type_lists[surface as usize][distance];
            }
            lists[DISTANCES] = numbering.add_list(other_keys, least, &mut problem);
            lists[DISTANCES + 1] = own_lists[around[2] as usize];
            lists[DISTANCES + 2] = numbering.add_list(own_keys, least, &mut problem);
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
            miss_margin: self.options.margins[0],
            alarm_margin: self.options.margins[1],
            dropout: self.options.dropout,
            committee: self.options.committee,
        };
        (learn(&problem, schedule), numbering.keys)
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

/// Rounds weights to bytes on one scale and keeps the heaviest features.
fn quantised(learned: &Learned, keys: &[u64], options: &TrainingOptions) -> Model {
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
    let scale = 127.0 / top;
    sizes.truncate(options.most_features);
    let entries: Vec<(u32, Row)> = sizes
        .iter()
        .map(|&(_, key, number)| {
            let row = learned.rows[number].map(|weight| (weight * scale).round().clamp(-127.0, 127.0) as i8);
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
        set: set_key(&options.follow),
        parts: options.parts,
    }
}

#[cfg(test)]
mod tests {
    use super::super::conll::read_tagged;
    use super::super::evaluate::evaluate;
    use super::super::labels::EntityKind;
    use super::*;

    const TEXT: &str = "-DOCSTART-\tO\n\nOlga\tB-PER\nVesik\tI-PER\nleft\tO\nTarvo\tB-LOC\n.\tO\n\nThe\tO\nTarvo\tB-ORG\nBank\tI-ORG\nclosed\tO\n.\tO\n\nIn\tO\nTarvo\tB-LOC\nit\tO\nrained\tO\n.\tO\n";

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("tagger-training-{}-{name}", std::process::id()));
        let gazetteers = folder.join("gazetteers");
        std::fs::create_dir_all(&gazetteers).expect("a folder");
        std::fs::write(folder.join("train.tsv"), TEXT).expect("a file");
        std::fs::write(folder.join("word_clusters_cc0.tsv"), "rain\t1\t2\t3\t4\n").expect("a file");
        for list in
            ["titles", "org_words", "us_census_first_names", "us_census_surnames", "us_states", "cities_big_and_alternates", "cities_small"]
        {
            std::fs::write(gazetteers.join(format!("{list}.txt")), "Ostby\n").expect("a file");
        }
        folder
    }

    #[test]
    fn what_was_seen_is_learned_and_the_bytes_are_the_same_each_time() {
        let folder = folder("same");
        let follow = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // The second pass would make one kind of the bank and the town.
        let parts = Parts { second_pass: false, ..Parts::default() };
        let options = TrainingOptions { least_count: 1, epochs: 20, follow, parts, ..TrainingOptions::default() };
        let run = || train(std::slice::from_ref(&folder), &folder, &options, &mut |_| {}).expect("trains");
        let bytes = run();
        assert_eq!(bytes, run());
        let model = Model::from_bytes(&bytes).expect("reads");
        assert_eq!(model.to_bytes().expect("writes"), bytes);
        let file = read_tagged(TEXT.as_bytes(), "t", false).expect("reads");
        let scores = evaluate(&model, &[file], &EntityKind::ALL);
        // Averages of so few steps may add a name, but must not lose one.
        assert_eq!(scores[0].all.recall(), Some(100.0), "{scores:?}");
        std::fs::remove_dir_all(folder).expect("removes");
    }

    #[test]
    fn missing_data_are_named() {
        let nowhere = PathBuf::from("no-such-folder");
        let error = train(std::slice::from_ref(&nowhere), &nowhere, &TrainingOptions::default(), &mut |_| {}).expect_err("fails");
        assert!(error.to_string().contains("word_clusters_cc0.tsv"));
        assert!(train(&[], &nowhere, &TrainingOptions::default(), &mut |_| {}).is_err());
    }

    #[test]
    fn names_that_are_cut_off_are_outside() {
        let bits = |labels: &[Label]| labels.iter().map(|label| 1 << label).collect::<Vec<u32>>();
        let mut allowed = bits(&[last(0), begin(1), unit(2), begin(0), inside(0), last(0), begin(3)]);
        assert_eq!(mend_borders(&mut allowed), 3);
        assert_eq!(allowed, bits(&[0, 0, unit(2), begin(0), inside(0), last(0), 0]));
    }
}
