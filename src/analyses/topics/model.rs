//! From a corpus to numbered topics, each with its terms, its centre and its quality.

use super::choice::{Choice, choose};
use super::features::{Features, TermLimits};
use super::fit::Material;
use super::labels::{TopicTerm, topic_terms};
use super::mixture::TermCounts;
use super::neighbours::smoothed;
use super::stability::stability;
use super::weighting::WEIGHTINGS;
use crate::corpus::Corpus;
use crate::error::Result;
use crate::maths::dense::DenseRows;
use crate::maths::silhouette::cosine_silhouettes;
use crate::maths::summary::mean;
use crate::maths::truncated_svd;
use crate::params::Params;

/// Dimensions of the reduced space.
const RANK: usize = 64;
/// Subspace iterations of the decomposition.
const ITERATIONS: usize = 2;
/// Neighbours towards which a document is drawn.
const NEIGHBOURS: usize = 15;
/// Steps towards the neighbours.
const SMOOTHING_STEPS: usize = 4;
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
}

/// What a model is made with.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
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
    pub fn of(params: &Params, seed: u64) -> Self {
        Self {
            limits: TermLimits {
                min_documents: params.integer("min-documents") as u32,
                max_share: params.number("max-share"),
                max_terms: params.integer("max-terms") as usize,
            },
            weighting: params.choice("weighting"),
            topics: params.integer("k") as usize,
            most: params.integer("max-k") as usize,
            starts: params.integer("starts") as usize,
            terms: params.integer("terms") as usize,
            seed,
        }
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
    let mut svd = truncated_svd(&features.weighted(weighting), RANK.min(documents - 1), ITERATIONS);
    if svd.singular_values.len() < 2 {
        return Ok(Err("all documents use the same telling words, so there is nothing to tell apart".to_owned()));
    }
    let (dimensions, explained) = (svd.singular_values.len(), svd.explained);
    let mut rows = std::mem::replace(&mut svd.rows, DenseRows::zeros(0, 0));
    drop(svd);
    rows.normalise_rows();
    let material = Material {
        reduced: smoothed(&rows, NEIGHBOURS, SMOOTHING_STEPS),
        counts: TermCounts::new(features.damped()),
        weights: features.weights.clone(),
    };
    let most = documents / 2;
    let choice = if settings.topics == 0 { Some(choose(&material, settings.most.min(most), settings.seed)?) } else { None };
    let wanted = choice.as_ref().map_or(settings.topics, |choice| choice.chosen).clamp(1, most.max(1));
    let fitted = material.fit(wanted, settings.starts, settings.seed)?;
    let order = by_size(&fitted.topics, fitted.centres.rows());
    let mut place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(number, &topic)| place[topic] = number);
    let labels: Vec<u32> = fitted.topics.iter().map(|&topic| place[topic as usize] as u32).collect();
    let placed = placements(&fitted.space, &fitted.centres.taken(&order), &labels);
    let topics = describe(&features, corpus, &material, &labels, &placed, &fitted.drafts, settings);
    let mut placements = vec![None; corpus.documents.len()];
    for (&document, placement) in features.documents.iter().zip(placed) {
        placements[document] = Some(placement);
    }
    let diversity = super::coherence::diversity(&topics.iter().map(|topic| topic.terms.as_slice()).collect::<Vec<_>>());
    Ok(Ok(Model { topics, placements, choice, terms: features.terms.len(), dimensions, explained, diversity }))
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
        let distance = |topic: usize| {
            let squares = space.row(row).iter().zip(centres.row(topic)).map(|(a, b)| f64::from(a - b) * f64::from(a - b));
            squares.sum::<f64>().sqrt()
        };
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
    drafts: &[Vec<u32>],
    settings: &Settings,
) -> Vec<Topic> {
    let count = labels.iter().max().map_or(0, |&top| top as usize + 1);
    let mut terms = topic_terms(features, corpus, labels, count, settings.terms);
    let silhouettes = cosine_silhouettes(&material.reduced, labels);
    let stabilities = stability(labels, count, drafts);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); count];
    labels.iter().enumerate().for_each(|(row, &label)| members[label as usize].push(row));
    let coherence = super::coherence::coherence(features, &terms);
    members
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
        .collect()
}
