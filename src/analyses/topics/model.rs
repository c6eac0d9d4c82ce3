//! From a corpus to numbered topics, each with its terms, its centre and its quality.

use super::choice::{Choice, choose};
use super::features::{Features, NameUse, TermLimits};
use super::fit::{Material, evenly, joined, means};
use super::labels::{TermScore, TopicTerm, topic_terms, with_pairs};
use super::map::places;
use super::methods::{self, Source};
use super::mixture::{Observed, members_of};
use super::neighbours::smoothed;
use super::stability::stability;
use super::vectors::WordVectors;
use super::weighting::WEIGHTINGS;
use crate::corpus::Corpus;
use crate::error::Result;
use crate::maths::dense::{DenseRows, dot, squared_distance};
use crate::maths::silhouette::cosine_silhouettes;
use crate::maths::summary::mean;
use crate::maths::{WeightedRows, both, truncated_svd};
use crate::params::Params;

/// Dimensions of the reduced space.
const RANK: usize = 64;
/// Most dimensions where more topics than `RANK` are asked for.
const MOST_RANK: usize = 128;
/// Documents times subspace iterations of the decomposition: in few documents every direction tells more, and being exact costs little.
const ITERATED_DOCUMENTS: usize = 32_000;
/// Fewest and most subspace iterations: two leave the last singular values some per cent low.
const ITERATIONS: (usize, usize) = (2, 7);
/// Neighbours towards which a document is drawn, as a share of the documents: in few documents the fifteenth is of another topic.
const NEIGHBOURS_SHARE: f64 = 0.015;
/// Fewest and most of them.
const NEIGHBOURS: (usize, usize) = (5, 15);
/// Steps towards the neighbours.
const SMOOTHING_STEPS: usize = 6;
/// How much the topic space draws documents on the map, beside the words' 1.
const TOPIC_PULL: f32 = 0.5;
/// Fewest documents with telling terms that can be told apart.
pub const FEWEST_DOCUMENTS: usize = 4;

/// A document's nearest topics.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placement {
    /// Its topic, from 0.
    pub topic: usize,
    /// Distance to the topic's centre.
    pub distance: f64,
    /// The next nearest topic and its distance.
    pub second: Option<(usize, f64)>,
}

/// A topic.
#[derive(Debug, Clone)]
pub struct Topic {
    /// Positions of its documents in the corpus, nearest to the centre first.
    pub documents: Vec<usize>,
    /// Its telling terms, most telling first.
    pub terms: Vec<TopicTerm>,
    /// Mean silhouette width of its documents.
    pub silhouette: Option<f64>,
    /// How well subsamples find it again, 0–1.
    pub stability: Option<f64>,
    /// Mean NPMI of its ten first terms.
    pub coherence: Option<f64>,
}

/// The topics of a corpus.
#[derive(Debug, Clone)]
pub struct Model {
    /// Largest first.
    pub topics: Vec<Topic>,
    /// Each document's placement; `None` for documents without telling terms.
    pub placements: Vec<Option<Placement>>,
    /// How the number of topics was chosen; `None` if it was given.
    pub choice: Option<Choice>,
    /// Terms that took part.
    pub terms: usize,
    /// Dimensions of the reduced space.
    pub dimensions: usize,
    /// Share of the weights' sum of squares that the reduced space holds.
    pub explained: f64,
    /// Share of distinct terms among all topics' first ten, 0–1 (Dieng et al. 2020).
    pub diversity: Option<f64>,
    /// Distances between the topics' centres, by cosine.
    pub between: Vec<Vec<f64>>,
    /// Documents on the map: position in the corpus and place.
    pub map: Vec<(usize, [f64; 2])>,
    /// Share of the words that have a vector; `None` without vectors.
    pub known_words: Option<f64>,
    /// Documents whose topic was taken away because it is small or because they lie between two.
    pub unassigned: usize,
    /// Terms that are names as they are printed, among those that take part or would without `--names`.
    pub names: usize,
}

/// What a model is made with.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Name of the method.
    pub method: &'static str,
    /// By what a topic's terms are ordered.
    pub score: TermScore,
    /// Topics of fewer documents leave them without a topic.
    pub smallest: usize,
    /// Documents with a smaller margin have no topic.
    pub least_margin: f64,
    /// Most documents on the map.
    pub mapped: usize,
    /// Word vectors, and whether they take the place of the decomposition.
    pub vectors: Option<(std::sync::Arc<WordVectors>, bool)>,
    /// Which terms take part.
    pub limits: TermLimits,
    /// Name of the weighting scheme.
    pub weighting: &'static str,
    /// Number of topics; 0 to choose.
    pub topics: usize,
    /// Most topics when choosing.
    pub most: usize,
    /// Starts of the clustering.
    pub starts: usize,
    /// Telling terms kept for each topic.
    pub terms: usize,
    /// The run's seed.
    pub seed: u64,
}

impl Settings {
    /// The settings that checked parameters stand for.
    ///
    /// # Errors
    /// A configuration error if the word vectors can't be read.
    pub fn of(params: &Params, seed: u64) -> Result<Self> {
        let vectors = match params.file_contents("vectors")? {
            Some(bytes) => {
                let read = WordVectors::read(bytes, params.file_contents("vectors-words")?)?;
                Some((std::sync::Arc::new(read), params.choice("vectors-use") == "replace"))
            }
            None => None,
        };
        Ok(Self {
            method: params.choice("method"),
            score: match params.choice("term-score") {
                "c-tf-idf" => TermScore::ClassTfIdf,
                "keyness" => TermScore::Keyness,
                _ => TermScore::Both,
            },
            smallest: params.integer("unassigned") as usize,
            least_margin: params.number("least-margin"),
            mapped: params.integer("map") as usize,
            vectors,
            limits: TermLimits {
                min_documents: params.integer("min-documents") as u32,
                max_share: params.number("max-share"),
                max_terms: params.integer("max-terms") as usize,
                names: match params.choice("names") {
                    "halve" => NameUse::Halve,
                    "exclude" => NameUse::Exclude,
                    _ => NameUse::Keep,
                },
                pairs: params.flag("pairs"),
            },
            weighting: params.choice("weighting"),
            topics: params.integer("k") as usize,
            most: params.integer("max-k") as usize,
            starts: params.integer("starts") as usize,
            terms: params.integer("terms") as usize,
            seed,
        })
    }
}

/// Finds the topics of `corpus`; `Err` in the inner result says in words why there are none.
///
/// # Errors
/// An internal error if the corpus lacks document counts or a fit fails.
pub fn model(corpus: &Corpus, settings: &Settings) -> Result<std::result::Result<Model, String>> {
    let features = Features::of(corpus, settings.limits)?;
    let documents = features.documents.len();
    if documents < FEWEST_DOCUMENTS {
        return Ok(Err(format!("{documents} documents have telling words; at least {FEWEST_DOCUMENTS} are needed to tell topics apart")));
    }
    let weighting = WEIGHTINGS.iter().find(|scheme| scheme.name == settings.weighting).unwrap_or(&WEIGHTINGS[0]);
    let weighted = features.weighted(weighting);
    let Some(space) = reduced(&features, corpus, &weighted, settings) else {
        return Ok(Err("all documents use the same telling words, so there is nothing to tell apart".to_owned()));
    };
    let Reduced { rows, dimensions, explained, known_words } = space;
    let source = match methods::source_of(settings.method) {
        Source::Weights => Some(weighted),
        Source::Counts => Some(features.plain()),
        Source::None => {
            drop(weighted);
            None
        }
    };
    let neighbours = ((NEIGHBOURS_SHARE * documents as f64).ceil() as usize).clamp(NEIGHBOURS.0, NEIGHBOURS.1);
    let (reduced, counts) = both(|| smoothed(&rows, neighbours, SMOOTHING_STEPS), || features.damped());
    // The map shows documents where their words put them: drawn towards neighbours they would fall into spots.
    let on_map = evenly(documents, settings.mapped);
    let unmoved = rows.taken(&on_map);
    let material = Material { reduced, observed: Observed::new(counts, rows), weights: features.weights.clone(), source };
    let most = documents / 2;
    let choice =
        if settings.topics == 0 { Some(choose(&material, &features, corpus, settings.most.min(most), settings.seed)?) } else { None };
    let wanted = choice.as_ref().map_or(settings.topics, |choice| choice.chosen).clamp(1, most.max(1));
    let fitted = methods::fit(settings.method, &material, wanted, settings.starts, settings.seed)?;
    let order = by_size(&fitted.topics, fitted.centres.rows());
    let mut place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(number, &topic)| place[topic] = number);
    let labels: Vec<u32> = fitted.topics.iter().map(|&topic| place[topic as usize] as u32).collect();
    let placed = placements(&fitted.space, &fitted.centres.taken(&order), &labels);
    let (topics, map) = both(
        || describe(&features, corpus, &material, &labels, &placed, &fitted.repeats, settings),
        || mapped(&features, &on_map, &unmoved, &fitted.space),
    );
    let mut topics = topics?;
    let mut between = distances_between(&material.observed.places(), &labels);
    let mut placements: Vec<Option<Placement>> = vec![None; corpus.documents.len()];
    let mut unassigned = 0;
    for (&document, placement) in features.documents.iter().zip(placed) {
        let is_clear = placement.second.is_none_or(|(_, distance)| distance - placement.distance >= settings.least_margin);
        if topics[placement.topic].documents.len() >= settings.smallest && is_clear {
            placements[document] = Some(placement);
        } else {
            unassigned += 1;
        }
    }
    // Topics are sorted by size, so those that are dissolved are the last and no number changes.
    let kept = topics.iter().take_while(|topic| topic.documents.len() >= settings.smallest).count();
    if unassigned > 0 {
        topics.truncate(kept);
        between.truncate(kept);
        between.iter_mut().for_each(|row| row.truncate(kept));
        for placement in placements.iter_mut().flatten() {
            placement.second = placement.second.filter(|(topic, _)| *topic < kept);
        }
        topics.iter_mut().for_each(|topic| topic.documents.retain(|&document| placements[document].is_some()));
    }
    let diversity = super::coherence::diversity(&topics.iter().map(|topic| topic.terms.as_slice()).collect::<Vec<_>>());
    Ok(Ok(Model {
        topics,
        placements,
        choice,
        terms: features.width(),
        dimensions,
        explained,
        diversity,
        between,
        map,
        known_words,
        unassigned,
        names: features.names.iter().flatten().count(),
    }))
}

/// The reduced space before smoothing.
struct Reduced {
    rows: DenseRows,
    dimensions: usize,
    explained: f64,
    known_words: Option<f64>,
}

/// Unit rows of the decomposition, of the averaged word vectors, or of both side by side; `None` if documents can't be told apart.
fn reduced(features: &Features, corpus: &Corpus, weighted: &WeightedRows, settings: &Settings) -> Option<Reduced> {
    let documents = features.documents.len();
    let rank = RANK.max(settings.topics.min(MOST_RANK)).min(documents - 1);
    let svd = truncated_svd(weighted, rank, (ITERATED_DOCUMENTS / documents).clamp(ITERATIONS.0, ITERATIONS.1));
    if svd.singular_values.len() < 2 {
        return None;
    }
    let (dimensions, explained, mut rows) = (svd.singular_values.len(), svd.explained, svd.rows);
    rows.normalise_rows();
    let Some((vectors, replace)) = &settings.vectors else {
        return Some(Reduced { rows, dimensions, explained, known_words: None });
    };
    let (averaged, known) = vectors.documents(features, corpus);
    if *replace {
        return Some(Reduced { dimensions: averaged.width(), rows: averaged, explained, known_words: Some(known) });
    }
    let mut both = joined(&rows, &averaged);
    both.normalise_rows();
    Some(Reduced { dimensions: both.width(), rows: both, explained, known_words: Some(known) })
}

/// 1 − cosine between the topics' mean documents.
fn distances_between(reduced: &DenseRows, labels: &[u32]) -> Vec<Vec<f64>> {
    let mut centres = means(reduced, labels);
    centres.normalise_rows();
    let distance = |a: usize, b: usize| if a == b { 0.0 } else { (1.0 - dot(centres.row(a), centres.row(b))).max(0.0) };
    (0..centres.rows()).map(|a| (0..centres.rows()).map(|b| distance(a, b)).collect()).collect()
}

/// The documents at `rows` with their places on the map: by their words (`unmoved`), beside half the weight of the topic space.
fn mapped(features: &Features, rows: &[usize], unmoved: &DenseRows, space: &DenseRows) -> Vec<(usize, [f64; 2])> {
    let mut clustered = space.taken(rows);
    clustered.update_rows(|_, values| values.iter_mut().for_each(|value| *value *= TOPIC_PULL));
    rows.iter().map(|&row| features.documents[row]).zip(places(&joined(unmoved, &clustered))).collect()
}

/// Topics by number of documents, largest first; ties keep their order.
fn by_size(labels: &[u32], topics: usize) -> Vec<usize> {
    let mut sizes = vec![0usize; topics];
    labels.iter().for_each(|&label| sizes[label as usize] += 1);
    let mut order: Vec<usize> = (0..topics).collect();
    order.sort_by_key(|&topic| std::cmp::Reverse(sizes[topic]));
    order
}

fn placements(space: &DenseRows, centres: &DenseRows, labels: &[u32]) -> Vec<Placement> {
    crate::maths::map_in_order(space.rows(), |row| {
        let distance = |topic: usize| squared_distance(space.row(row), centres.row(topic)).sqrt();
        let topic = labels[row] as usize;
        let second = (0..centres.rows()).filter(|&other| other != topic).map(|other| (other, distance(other)));
        Placement { topic, distance: distance(topic), second: second.min_by(|a, b| a.1.total_cmp(&b.1)) }
    })
}

fn describe(
    features: &Features,
    corpus: &Corpus,
    material: &Material,
    labels: &[u32],
    placed: &[Placement],
    repeats: &[Vec<u32>],
    settings: &Settings,
) -> Result<Vec<Topic>> {
    let count = labels.iter().max().map_or(0, |&top| top as usize + 1);
    let mut terms = topic_terms(features, corpus, labels, count, settings.terms, settings.score);
    if corpus.tokens.is_some() && !settings.limits.pairs {
        with_pairs(features, corpus, labels, &mut terms)?;
    }
    let silhouettes = cosine_silhouettes(&material.reduced, labels);
    let stabilities = stability(labels, count, repeats);
    let members = members_of(labels, count);
    let coherence = super::coherence::coherence(features, &terms);
    Ok(members
        .into_iter()
        .enumerate()
        .map(|(topic, mut rows)| {
            rows.sort_by(|&a, &b| placed[a].distance.total_cmp(&placed[b].distance).then(a.cmp(&b)));
            let widths: Vec<f64> = rows.iter().filter_map(|&row| silhouettes.get(row).copied()).collect();
            Topic {
                documents: rows.iter().map(|&row| features.documents[row]).collect(),
                terms: std::mem::take(&mut terms[topic]),
                silhouette: mean(&widths),
                stability: stabilities[topic],
                coherence: coherence[topic],
            }
        })
        .collect())
}
