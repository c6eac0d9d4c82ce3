//! Fitting a given number of topics.
//!
//! Each start takes a random subsample, cuts Ward's tree of some of its documents in the smoothed reduced space, moves the
//! means by k-means, lets every document join the topic that its own place is nearest to, and refines the clusters by words and
//! places; these then tell the topics of all documents. The three quarters of the starts that agree most with the most cohesive one
//! vote; the vote is refined on all documents; linfa's k-means settles the clusters in the joint space. Only the last two steps walk
//! all documents more than once, so time grows with the documents, and how well the starts agree tells how stable the topics are.

use super::mixture::{Observed, memberships, most_likely};
use super::starved::revive;
use crate::error::{Error, Result};
use crate::maths::agreement::agreement;
use crate::maths::dense::DenseRows;
use crate::maths::kmeans::{kmeans_from, nearest_centroids};
use crate::maths::map_in_order;
use crate::maths::ward::{Merge, cut, ward};
use crate::maths::{RandomStream, WeightedRows};
use linfa::DatasetBase;
use linfa::traits::Fit;
use linfa_clustering::{KMeans, KMeansInit};
use ndarray::{Array2, ArrayView2};

/// Share of the documents in a subsample.
pub const SHARE: f64 = 0.8;
/// What three of four subsamples are drawn by.
const STEADY_SEED: u64 = 0x746F_7069_6373;
/// Most documents of a subsample.
const MOST_DOCUMENTS: usize = 3000;
/// Fewest documents of a subsample, where there are so many.
const FEWEST_DOCUMENTS: usize = 10;
/// Most documents of a tree, whose cost is quadratic.
pub const TREE_DOCUMENTS: usize = 1200;
/// What a document without weight weighs in a tree, which has no place for nothing.
const LEAST_WEIGHT: f64 = 1e-9;
/// Lloyd's steps of a start; the refinement moves on from there.
const START_STEPS: usize = 1;
/// Lloyd's steps of a start among the documents' own places.
const OWN_STEPS: usize = 1;
/// Refining steps of a start.
const DRAFT_STEPS: usize = 3;
/// Refining steps of the vote.
const FINAL_STEPS: usize = 8;
/// Those of them after which topics that have lost their documents are replaced.
const FIRST_STEPS: usize = 4;
/// Lloyd's steps from the refined centres; linfa's k-means, whose steps cost four times as much, does the last.
const CLUSTER_STEPS: usize = 1;

/// A clustering of the documents into topics.
#[derive(Debug, Clone)]
pub struct Fitted {
    /// Each document's topic.
    pub topics: Vec<u32>,
    /// The topics' centres in the joint space.
    pub centres: DenseRows,
    /// The joint space: reduced coordinates, then topic probabilities.
    pub space: DenseRows,
    /// The starts' clusterings, before the vote.
    pub drafts: Vec<Vec<u32>>,
    /// What the method finds on parts of the documents, told of all.
    pub repeats: Vec<Vec<u32>>,
}

/// What the clustering works on.
pub struct Material {
    /// Documents in the smoothed reduced space, of length 1.
    pub reduced: DenseRows,
    /// Their words, and their places before smoothing.
    pub observed: Observed,
    /// Weight of each document.
    pub weights: Vec<f64>,
    /// What the method reads beside these: weighted rows or plain counts.
    pub source: Option<WeightedRows>,
}

/// A subsample with a tree of some of its documents: what a start needs, whatever the number of topics.
pub struct Start {
    sample: Material,
    tree_rows: DenseRows,
    merges: Vec<Merge>,
}

/// What a start makes of all documents.
struct Draft {
    /// Documents × topics: probability of each topic.
    probabilities: DenseRows,
    /// Each document's likeliest topic.
    labels: Vec<u32>,
    /// How near documents lie to the centres of these.
    cohesion: f64,
}

impl Material {
    /// Weighted rows or counts, for methods that read them.
    ///
    /// # Errors
    /// An internal error if the material was made for another method.
    pub fn source(&self) -> Result<&WeightedRows> {
        self.source.as_ref().ok_or_else(|| Error::internal("a method's matrix was not made"))
    }

    /// The part of the documents at `rows`.
    #[must_use]
    pub fn taken(&self, rows: &[usize]) -> Self {
        Self {
            reduced: self.reduced.taken(rows),
            observed: self.observed.taken(rows),
            weights: rows.iter().map(|&row| self.weights[row]).collect(),
            source: self.source.as_ref().map(|source| source.taken(rows)),
        }
    }

    /// Finds `topics` topics from `starts` starts; fewer if the documents are too alike.
    ///
    /// # Errors
    /// An internal error if the clustering library refuses its input.
    pub fn fit(&self, topics: usize, starts: usize, seed: u64) -> Result<Fitted> {
        self.settled(map_in_order(starts.max(1), |start| self.draft(&self.start(start, seed), topics)), true)
    }

    /// The same from starts that are there: several numbers of topics can share them.
    ///
    /// # Errors
    /// An internal error if the clustering library refuses its input.
    pub fn fit_from(&self, starts: &[Start], topics: usize) -> Result<Fitted> {
        self.settled(map_in_order(starts.len(), |start| self.draft(&starts[start], topics)), false)
    }

    fn settled(&self, drafts: Vec<Draft>, is_repeated: bool) -> Result<Fitted> {
        let repeats = if is_repeated { votes_of_halves(&drafts)? } else { Vec::new() };
        let voted = vote(&drafts.iter().collect::<Vec<_>>())?;
        let drafts: Vec<Vec<u32>> = drafts.into_iter().map(|draft| draft.labels).collect();
        let mut refined = self.observed.refine(voted, &self.weights, FIRST_STEPS);
        revive(&mut refined, &drafts);
        let refined = self.observed.refine(refined, &self.weights, FINAL_STEPS - FIRST_STEPS);
        let space = joined(&self.reduced, &refined);
        let centres = kmeans_from(&space, &vec![1.0; space.rows()], means(&space, &most_likely(&refined)), CLUSTER_STEPS).centroids;
        let (topics, centres) = settle(&space, &centres)?;
        Ok(Fitted { topics, centres, space, drafts, repeats })
    }

    /// The start number `start`. The first one's tree stands on evenly spaced documents, and three of four draw the same
    /// documents, whatever the seed: the vote has a body that stays, and topics change little from run to run.
    pub fn start(&self, start: usize, seed: u64) -> Start {
        let n = self.reduced.rows();
        let seed = if start % 4 == 3 { seed } else { STEADY_SEED };
        let mut rows: Vec<usize> = (0..n).collect();
        RandomStream::new(seed, start as u64).shuffle(&mut rows);
        rows.truncate(((SHARE * n as f64) as usize).min(MOST_DOCUMENTS).max(n.min(FEWEST_DOCUMENTS)));
        let stump: Vec<usize> = match start {
            0 => evenly(n, TREE_DOCUMENTS),
            _ => rows[..rows.len().min(TREE_DOCUMENTS)].to_vec(),
        };
        let tree_rows = self.reduced.taken(&stump);
        let tree_weights: Vec<f64> = stump.iter().map(|&row| self.weights[row].max(LEAST_WEIGHT)).collect();
        rows.sort_unstable();
        Start { sample: self.taken(&rows), merges: ward(&tree_rows, &tree_weights), tree_rows }
    }

    /// The topics of all documents as a subsample tells them.
    fn draft(&self, start: &Start, topics: usize) -> Draft {
        let branches = cut(&start.merges, start.tree_rows.rows(), topics);
        let sample = &start.sample;
        let near = kmeans_from(&sample.reduced, &sample.weights, means(&start.tree_rows, &branches), START_STEPS);
        let places = sample.observed.places();
        let own = kmeans_from(&places, &sample.weights, means(&places, &near.labels), OWN_STEPS);
        let refined = sample.observed.refine(memberships(&own.labels, own.centroids.rows()), &sample.weights, DRAFT_STEPS);
        let probabilities = self.observed.expected(&sample.observed.topics(&refined, &sample.weights));
        let labels = most_likely(&probabilities);
        Draft { cohesion: self.observed.cohesion(&labels), labels, probabilities }
    }
}

/// Mean memberships of the most cohesive of `drafts` and those that agree most with it, three quarters of all, after matching their
/// topics to the first's. Where starts find the documents divided in two ways, one of them prevails and no mixture of both.
fn vote(drafts: &[&Draft]) -> Result<DenseRows> {
    let Some(lead) = drafts.iter().copied().reduce(|best, draft| if draft.cohesion > best.cohesion { draft } else { best }) else {
        return Err(Error::internal("topics were asked for without a start"));
    };
    let others = drafts.iter().filter(|draft| !std::ptr::eq(**draft, lead));
    let mut others: Vec<(f64, &Draft)> = others.map(|draft| (agreement(&lead.labels, &draft.labels).adjusted_rand, *draft)).collect();
    others.sort_by(|a, b| b.0.total_cmp(&a.0));
    others.truncate((drafts.len() * 3).div_ceil(4) - 1);
    let mut sum = lead.probabilities.clone();
    let width = sum.width();
    for (_, other) in others.iter().filter(|(_, other)| other.probabilities.width() == width) {
        let place = matched(&lead.probabilities, &other.probabilities);
        sum.update_rows(|row, values| {
            for (topic, &share) in other.probabilities.row(row).iter().enumerate() {
                values[place[topic]] += share;
            }
        });
    }
    sum.update_rows(|_, values| {
        let total: f32 = values.iter().sum();
        values.iter_mut().for_each(|value| *value /= total);
    });
    Ok(sum)
}

/// What four halves of the drafts would have decided: whole votes on other subsamples, by which stability is measured. With
/// fewer than four drafts each is its own.
fn votes_of_halves(drafts: &[Draft]) -> Result<Vec<Vec<u32>>> {
    let half = drafts.len() / 2;
    if drafts.len() < 4 {
        return Ok(drafts.iter().map(|draft| draft.labels.clone()).collect());
    }
    let halves: [Vec<&Draft>; 4] = [
        drafts[..half].iter().collect(),
        drafts[half..].iter().collect(),
        drafts.iter().step_by(2).collect(),
        drafts[1..].iter().step_by(2).collect(),
    ];
    map_in_order(halves.len(), |number| Ok(most_likely(&vote(&halves[number])?))).into_iter().collect()
}

/// For each topic of `right` the topic of `left` that it shares most with, one to one, greedily from the largest share.
fn matched(left: &DenseRows, right: &DenseRows) -> Vec<usize> {
    let width = left.width();
    let shared = left.transposed_times(right);
    let mut pairs: Vec<usize> = (0..width * width).collect();
    pairs.sort_by(|&a, &b| shared[b].total_cmp(&shared[a]).then(a.cmp(&b)));
    let mut place = vec![usize::MAX; width];
    let mut taken = vec![false; width];
    for pair in pairs {
        let (a, b) = (pair / width, pair % width);
        if place[b] == usize::MAX && !taken[a] {
            place[b] = a;
            taken[a] = true;
        }
    }
    place
}

/// Reduced coordinates and topic probabilities side by side: distances weigh both alike.
pub fn joined(reduced: &DenseRows, probabilities: &DenseRows) -> DenseRows {
    let width = reduced.width();
    let mut space = DenseRows::zeros(reduced.rows(), width + probabilities.width());
    space.update_rows(|row, values| {
        values[..width].copy_from_slice(reduced.row(row));
        values[width..].copy_from_slice(probabilities.row(row));
    });
    space
}

/// linfa's k-means from the centres `start`, so that it needs no starts of its own; topics without documents are dropped.
fn settle(space: &DenseRows, start: &DenseRows) -> Result<(Vec<u32>, DenseRows)> {
    let width = space.width();
    let shape = |error: ndarray::ShapeError| Error::internal(format!("the topic space has a wrong shape: {error}"));
    let records = ArrayView2::from_shape((space.rows(), width), space.values()).map_err(shape)?;
    let centres = Array2::from_shape_vec((start.rows(), width), start.values().to_vec()).map_err(shape)?;
    let dataset = DatasetBase::from(records);
    // Never k-means||, whose result depends on threads, and never several runs, whose counts are the last run's.
    let random = RandomStream::new(0, 0).generator().clone();
    let model = KMeans::params_with_rng(start.rows(), random)
        .n_runs(1)
        .init_method(KMeansInit::Precomputed(centres))
        .max_n_iterations(1)
        .tolerance(1e-4)
        .fit(&dataset)
        .map_err(|error| Error::internal(format!("linfa's k-means failed: {error}")))?;
    let centres = DenseRows::from_values(width, model.centroids().iter().copied().collect());
    let labels = compact(&nearest_centroids(space, &centres));
    let centres = means(space, &labels);
    Ok((labels, centres))
}

/// Labels renumbered from 0 without gaps, in their order.
pub fn compact(labels: &[u32]) -> Vec<u32> {
    let mut seen: Vec<u32> = labels.to_vec();
    seen.sort_unstable();
    seen.dedup();
    labels.iter().map(|label| seen.partition_point(|other| other < label) as u32).collect()
}

/// Evenly spaced rows, at most `most`.
pub fn evenly(rows: usize, most: usize) -> Vec<usize> {
    let count = rows.min(most);
    (0..count).map(|at| at * rows / count).collect()
}

/// Means of the rows of each label that has rows.
pub fn means(space: &DenseRows, labels: &[u32]) -> DenseRows {
    let width = space.width();
    let topics = labels.iter().max().map_or(0, |&top| top as usize + 1);
    let mut sums = vec![0.0f64; topics * width];
    let mut mass = vec![0.0f64; topics];
    for (row, &label) in labels.iter().enumerate() {
        mass[label as usize] += 1.0;
        sums[label as usize * width..].iter_mut().zip(space.row(row)).for_each(|(sum, &value)| *sum += f64::from(value));
    }
    let kept: Vec<usize> = (0..topics).filter(|&topic| mass[topic] > 0.0).collect();
    let values = kept.iter().flat_map(|&topic| sums[topic * width..(topic + 1) * width].iter().map(move |sum| (*sum, topic)));
    DenseRows::from_values(width, values.map(|(sum, topic)| (sum / mass[topic]) as f32).collect())
}
