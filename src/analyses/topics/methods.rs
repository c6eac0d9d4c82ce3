//! The ways to find a given number of topics, one row each. All give the same: a topic for each document, centres in a space,
//! and clusterings of subsamples that tell how stable the topics are.

use super::allocation::allocate;
use super::factors::factorise;
use super::fit::{Fitted, Material, SHARE, TREE_DOCUMENTS, compact, evenly, joined, means};
use super::mixture::most_likely;
use crate::error::{Error, Result};
use crate::maths::RandomStream;
use crate::maths::dense::{DenseRows, dot};
use crate::maths::float::exp;
use crate::maths::kmeans::nearest_centroids;
use linfa::DatasetBase;
use linfa::prelude::Transformer;
use linfa::traits::Fit;
use linfa_clustering::GaussianMixtureModel;
use linfa_hierarchical::HierarchicalCluster;
use linfa_kernel::{Kernel, KernelInner, KernelMethod};
use ndarray::Array2;

/// Names of the methods, as typed; the first is the default.
pub const METHODS: &[&str] = &["kmeans", "gmm", "hierarchical", "nmf", "lda"];

/// Most documents that a Gaussian mixture is fitted to; all others are then placed.
const MIXTURE_DOCUMENTS: usize = 4000;
/// Dimensions of a Gaussian mixture: covariances of more could not be told from so few documents.
const MIXTURE_DIMENSIONS: usize = 20;
/// What is added to the variances of a Gaussian mixture.
const LEAST_VARIANCE: f64 = 1e-4;
/// Steps of a Gaussian mixture.
const MIXTURE_STEPS: u64 = 60;
/// Subsamples that tell the stability.
const SUBSAMPLES: usize = 3;
/// Most documents of a subsample.
const MOST_DOCUMENTS: usize = 3000;

/// What each method is, for reports.
pub fn describe(method: &str) -> &'static str {
    match method {
        "gmm" => "Gaussian mixture with full covariances (linfa) on the leading dimensions of the reduced space",
        "hierarchical" => "Ward's hierarchical clustering (linfa) of up to 1,200 documents; the others join the nearest centre",
        "nmf" => "non-negative matrix factors of the weights (NNDSVD start); a document is in the topic of its largest share",
        "lda" => "latent Dirichlet allocation by collapsed Gibbs sampling; a document is in the topic of its largest share",
        _ => "k-means (linfa) in the reduced space joined with topic probabilities, voted on by subsamples",
    }
}

/// Whether `method` works on weights or counts beside the reduced space.
pub fn source_of(method: &str) -> Source {
    match method {
        "nmf" => Source::Weights,
        "lda" => Source::Counts,
        _ => Source::None,
    }
}

/// What a method reads beside the reduced space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Nothing.
    None,
    /// Weighted rows.
    Weights,
    /// Counts.
    Counts,
}

/// `topics` topics of `material` by `method`; fewer if the documents are too alike.
///
/// # Errors
/// What the clustering library could not do.
pub fn fit(method: &str, material: &Material, topics: usize, starts: usize, seed: u64) -> Result<Fitted> {
    if method == METHODS[0] {
        return material.fit(topics, starts, seed);
    }
    let mut fitted = once(method, material, topics, seed)?;
    let rows = material.reduced.rows();
    for subsample in 0..SUBSAMPLES {
        let mut taken: Vec<usize> = (0..rows).collect();
        RandomStream::new(seed, 10_000 + subsample as u64).shuffle(&mut taken);
        taken.truncate(((SHARE * rows as f64) as usize).clamp(1, MOST_DOCUMENTS));
        taken.sort_unstable();
        let part = material.taken(&taken);
        let found = once(method, &part, topics, seed)?;
        fitted.repeats.push(nearest_centroids(&material.reduced, &means(&part.reduced, &found.topics)));
    }
    Ok(fitted)
}

fn once(method: &str, material: &Material, topics: usize, seed: u64) -> Result<Fitted> {
    let space = match method {
        "gmm" => joined(&material.reduced, &gaussian_mixture(&material.reduced, topics, seed)?),
        "nmf" => joined(&material.reduced, &factorise(material.source()?, topics).shares()),
        "lda" => joined(&material.reduced, &allocate(material.source()?, topics, seed)),
        _ => material.reduced.clone(),
    };
    let labels = match method {
        "hierarchical" => tree(&material.reduced, topics)?,
        _ => {
            let first = material.reduced.width();
            let shares = space.rows_of_columns(first..space.width());
            most_likely(&shares)
        }
    };
    let topics = compact(&labels);
    let centres = means(&space, &topics);
    Ok(Fitted { topics, centres, space, drafts: Vec::new(), repeats: Vec::new() })
}

fn gaussian_mixture(reduced: &DenseRows, topics: usize, seed: u64) -> Result<DenseRows> {
    let leading = reduced.rows_of_columns(0..reduced.width().min(MIXTURE_DIMENSIONS));
    let records = |rows: &DenseRows| {
        let values = rows.values().iter().map(|&value| f64::from(value)).collect();
        Array2::from_shape_vec((rows.rows(), rows.width()), values)
            .map_err(|error| Error::internal(format!("the topic space has a wrong shape: {error}")))
    };
    let sample = leading.taken(&evenly(leading.rows(), MIXTURE_DOCUMENTS));
    let random = RandomStream::new(seed, 0).generator().clone();
    let model = GaussianMixtureModel::params_with_rng(topics, random)
        .n_runs(1)
        .reg_covariance(LEAST_VARIANCE)
        .max_n_iterations(MIXTURE_STEPS)
        .fit(&DatasetBase::from(records(&sample)?))
        .map_err(|error| {
            Error::input(format!("a Gaussian mixture of {topics} topics can't be fitted: {error}"))
                .hint("ask for fewer topics with `--k`, or use `--method kmeans`")
        })?;
    let probabilities = model.predict_proba(&records(&leading)?);
    Ok(DenseRows::from_values(topics, probabilities.iter().map(|&value| value as f32).collect()))
}

/// linfa takes similarities, of which it makes distances by a negative logarithm: so Euclidean distances go in as exponentials.
fn tree(reduced: &DenseRows, topics: usize) -> Result<Vec<u32>> {
    let rows = evenly(reduced.rows(), TREE_DOCUMENTS);
    let sample = reduced.taken(&rows);
    let squares: Vec<f64> = (0..rows.len()).map(|row| dot(sample.row(row), sample.row(row))).collect();
    let products = sample.times(&sample.transposed());
    let similarities = Array2::from_shape_fn((rows.len(), rows.len()), |(a, b)| {
        exp(-(squares[a] + squares[b] - 2.0 * f64::from(products.row(a)[b])).max(0.0).sqrt())
    });
    let kernel = Kernel { inner: KernelInner::Dense(similarities), method: KernelMethod::Linear };
    let clustered = HierarchicalCluster::default()
        .with_method(linfa_hierarchical::Method::Ward)
        .num_clusters(topics)
        .transform(kernel)
        .map_err(|error| Error::internal(format!("linfa's hierarchical clustering failed: {error}")))?;
    // linfa numbers clusters by a hash map: the order of first documents takes its place.
    let mut first = Vec::new();
    let labels: Vec<u32> = clustered
        .targets()
        .iter()
        .map(|cluster| {
            first.iter().position(|known| known == cluster).unwrap_or_else(|| {
                first.push(*cluster);
                first.len() - 1
            }) as u32
        })
        .collect();
    Ok(nearest_centroids(reduced, &means(&sample, &labels)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::ward::{cut, ward};

    #[test]
    fn linfas_tree_equals_ours() {
        let mut stream = RandomStream::new(6, 0);
        let mut rows = DenseRows::from_values(5, (0..120 * 5).map(|_| stream.normal() as f32).collect());
        rows.normalise_rows();
        let ours = cut(&ward(&rows, &[1.0; 120]), 120, 7);
        let centres = nearest_centroids(&rows, &means(&rows, &ours));
        assert_eq!(tree(&rows, 7).unwrap(), centres);
    }

    #[test]
    fn labels_are_renumbered_without_gaps() {
        assert_eq!(compact(&[7, 2, 7, 4]), [2, 0, 2, 1]);
    }
}
