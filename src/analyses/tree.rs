//! Trees of things that are alike: agglomerative clustering by average linkage, shared by the families of analyses.
//!
//! Comes in: distances between things and their names. Goes out: the merges, nearest first, and their table. Not here:
//! what the things are and how their distance is measured.

use crate::error::{Error, Result};
use crate::maths::float::exp;
use crate::table::glossary::column;
use crate::table::{ColumnKind, ColumnSpec, Dendrogram, Mark, Table, TableBuilder, TableSpec};
use linfa::prelude::*;
use linfa_hierarchical::{HierarchicalCluster, Method};
use linfa_kernel::{Kernel, KernelInner, KernelMethod};
use ndarray::Array2;

/// More things than this have no tree: nobody could read it.
pub const MOST_LEAVES: usize = 200;

/// What a merge joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Branch {
    /// One thing, by its position.
    Leaf(usize),
    /// What an earlier merge made, by its position.
    Merge(usize),
}

/// Two branches that become one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Merge {
    /// The branch that holds the thing of lowest position.
    pub first: Branch,
    /// The other branch.
    pub second: Branch,
    /// Mean distance between the things of the two branches (UPGMA).
    pub height: f64,
    /// Things in both.
    pub size: usize,
}

column!(/// Number of a merge.
    MERGE, "merge", "Merge", ColumnKind::Integer, "", "Number of the merge, from 1, the nearest pair first; later merges refer to it.", "");
column!(/// First branch, a thing.
    FIRST, "first", "First", ColumnKind::Text, "", "The first branch, if it is a single thing; empty if it is an earlier merge.", "");
column!(/// First branch, a merge.
    FIRST_MERGE, "first_merge", "First, a merge", ColumnKind::Integer, "", "The first branch, if it is an earlier merge: its number.", "");
column!(/// Second branch, a thing.
    SECOND, "second", "Second", ColumnKind::Text, "", "The second branch, if it is a single thing; empty if it is an earlier merge.", "");
column!(/// Second branch, a merge.
    SECOND_MERGE, "second_merge", "Second, a merge", ColumnKind::Integer, "", "The second branch, if it is an earlier merge: its number.", "");
column!(/// Height of a merge.
    HEIGHT, "height", "Distance", ColumnKind::Decimal(3), "", "Mean of the distances between the members of one branch and those of the other (average linkage).", "Sokal & Michener 1958");
column!(/// Members.
    MEMBERS, "members", "Members", ColumnKind::Integer, "members", "Things in both branches together.", "");

/// The columns of a tree's table, in the order that [`table`] fills them.
pub static COLUMNS: &[&ColumnSpec] = &[&MERGE, &FIRST, &FIRST_MERGE, &SECOND, &SECOND_MERGE, &HEIGHT, &MEMBERS];

/// How a table with [`COLUMNS`] is drawn.
pub fn mark() -> Mark {
    Mark::Dendrogram(Dendrogram {
        merge: MERGE.name,
        first: (FIRST.name, FIRST_MERGE.name),
        second: (SECOND.name, SECOND_MERGE.name),
        height: HEIGHT.name,
    })
}

/// The merges of things whose distances are `distances[a][b]` (symmetric, not negative), nearest first, by average linkage
/// (UPGMA; Sokal & Michener 1958). Empty for fewer than two things or more than [`MOST_LEAVES`].
///
/// # Errors
/// An internal error if the distances are not a square of finite numbers.
pub fn average_linkage(distances: &[Vec<f64>]) -> Result<Vec<Merge>> {
    let things = distances.len();
    let is_regular = |row: &Vec<f64>| row.len() == things && row.iter().all(|distance| distance.is_finite() && *distance >= 0.0);
    if !distances.iter().all(is_regular) {
        return Err(Error::internal("a tree was asked for from distances that are no square of numbers"));
    }
    if !(2..=MOST_LEAVES).contains(&things) {
        return Ok(Vec::new());
    }
    let similarities = similarities(distances);
    let partitions = (1..things).rev().map(|clusters| partition(&similarities, clusters)).collect::<Result<Vec<_>>>()?;
    let mut merges: Vec<Merge> = Vec::with_capacity(things - 1);
    // What each thing is part of so far.
    let mut branch: Vec<Branch> = (0..things).map(Branch::Leaf).collect();
    for partition in partitions {
        // The step from one partition to the next coarser one joins exactly two branches.
        let joined = (0..things).flat_map(|a| (a + 1..things).map(move |b| (a, b)));
        let pair = joined.into_iter().find(|&(a, b)| branch[a] != branch[b] && partition[a] == partition[b]);
        let Some((a, b)) = pair else { return Err(Error::internal("a step of the tree joined nothing")) };
        let (first, second) = (branch[a], branch[b]);
        let members = |of: Branch| (0..things).filter(|&thing| branch[thing] == of).collect::<Vec<usize>>();
        let (left, right) = (members(first), members(second));
        let sum: f64 = left.iter().flat_map(|&a| right.iter().map(move |&b| distances[a][b])).sum();
        let height = sum / (left.len() * right.len()) as f64;
        for &thing in left.iter().chain(&right) {
            branch[thing] = Branch::Merge(merges.len());
        }
        merges.push(Merge { first, second, height, size: left.len() + right.len() });
    }
    Ok(merges)
}

/// linfa takes similarities, makes distances of them by a negative logarithm and tells only the clusters; so distances go
/// in as exponentials, scaled to stay far above its threshold of 1e-6, and heights are taken from the distances again.
fn similarities(distances: &[Vec<f64>]) -> Array2<f64> {
    let largest = distances.iter().flatten().copied().fold(0.0, f64::max);
    let scale = if largest > 0.0 { largest } else { 1.0 };
    Array2::from_shape_fn((distances.len(), distances.len()), |(a, b)| exp(-distances[a][b] / scale))
}

/// Each thing's cluster when average linkage stops at `clusters` of them.
fn partition(similarities: &Array2<f64>, clusters: usize) -> Result<Vec<usize>> {
    let kernel = Kernel { inner: KernelInner::Dense(similarities.clone()), method: KernelMethod::Linear };
    let clustered = HierarchicalCluster::default()
        .with_method(Method::Average)
        .num_clusters(clusters)
        .transform(kernel)
        .map_err(|error| Error::internal(format!("no tree could be made: {error}")))?;
    Ok(clustered.targets().clone())
}

/// The table of `merges` between things called `names`, for a `spec` with [`COLUMNS`]; it can be drawn as a dendrogram.
pub fn table(spec: &'static TableSpec, merges: &[Merge], names: &[String]) -> Table {
    let name = |branch: Branch| match branch {
        Branch::Leaf(thing) => Some(names[thing].as_str()),
        Branch::Merge(_) => None,
    };
    let number = |branch: Branch| match branch {
        Branch::Leaf(_) => None,
        Branch::Merge(merge) => Some(merge + 1),
    };
    let mut builder = TableBuilder::new(spec);
    for (position, merge) in merges.iter().enumerate() {
        builder.row([
            (position + 1).into(),
            name(merge.first).map(str::to_owned).into(),
            number(merge.first).into(),
            name(merge.second).map(str::to_owned).into(),
            number(merge.second).into(),
            merge.height.into(),
            merge.size.into(),
        ]);
    }
    builder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::RandomStream;

    fn random(things: usize, seed: u64) -> Vec<Vec<f64>> {
        let mut stream = RandomStream::new(seed, 0);
        let half: Vec<Vec<f64>> = (0..things).map(|a| (0..a).map(|_| stream.unit() * 40.0).collect()).collect();
        let distance = |a: usize, b: usize| if a == b { 0.0 } else { half[a.max(b)][a.min(b)] };
        (0..things).map(|a| (0..things).map(|b| distance(a, b)).collect()).collect()
    }

    /// The slow obvious twin: look at all pairs of clusters, join the nearest, begin again.
    fn twin(distances: &[Vec<f64>]) -> Vec<(Vec<usize>, f64)> {
        let mut clusters: Vec<Vec<usize>> = (0..distances.len()).map(|thing| vec![thing]).collect();
        let mut merged = Vec::new();
        while clusters.len() > 1 {
            let mut best = (0, 1, f64::INFINITY);
            for a in 0..clusters.len() {
                for b in a + 1..clusters.len() {
                    let sum: f64 = clusters[a].iter().flat_map(|&x| clusters[b].iter().map(move |&y| distances[x][y])).sum();
                    let height = sum / (clusters[a].len() * clusters[b].len()) as f64;
                    if height < best.2 {
                        best = (a, b, height);
                    }
                }
            }
            let mut joined = clusters.remove(best.1);
            joined.extend(clusters.remove(best.0));
            joined.sort_unstable();
            clusters.push(joined.clone());
            merged.push((joined, best.2));
        }
        merged
    }

    fn members(merges: &[Merge], branch: Branch) -> Vec<usize> {
        match branch {
            Branch::Leaf(thing) => vec![thing],
            Branch::Merge(merge) => {
                let mut all = members(merges, merges[merge].first);
                all.extend(members(merges, merges[merge].second));
                all.sort_unstable();
                all
            }
        }
    }

    #[test]
    fn the_tree_equals_its_slow_twin_on_random_distances() {
        for (things, seed) in [(2, 1), (3, 2), (7, 3), (18, 4), (40, 5)] {
            let distances = random(things, seed);
            let merges = average_linkage(&distances).unwrap();
            let expected = twin(&distances);
            assert_eq!(merges.len(), expected.len());
            for (position, (joined, height)) in expected.iter().enumerate() {
                assert_eq!(&members(&merges, Branch::Merge(position)), joined, "{things} {position}");
                assert!((merges[position].height - height).abs() < 1e-9 && merges[position].size == joined.len());
            }
        }
    }

    #[test]
    fn heights_are_those_of_scipy() {
        // scipy 1.17.1: linkage(squareform(D), "average")[:, 2] for D below; `scripts/oracles/distances.py` prints it.
        let distances = vec![
            vec![0.0, 0.2, 0.7, 0.9, 0.4],
            vec![0.2, 0.0, 0.6, 0.8, 0.5],
            vec![0.7, 0.6, 0.0, 0.1, 0.65],
            vec![0.9, 0.8, 0.1, 0.0, 0.75],
            vec![0.4, 0.5, 0.65, 0.75, 0.0],
        ];
        let heights: Vec<f64> = average_linkage(&distances).unwrap().iter().map(|merge| merge.height).collect();
        for (height, expected) in heights.iter().zip([0.1, 0.2, 0.45, 0.733_333_333_333_333_3]) {
            assert!((height - expected).abs() < 1e-12, "{heights:?}");
        }
    }

    #[test]
    fn equal_and_zero_distances_and_odd_sizes_are_no_trouble() {
        for distances in [vec![vec![0.0; 6]; 6], vec![vec![1.0; 5]; 5]] {
            assert_eq!(average_linkage(&distances).unwrap().len(), distances.len() - 1);
        }
        assert!(average_linkage(&[]).unwrap().is_empty() && average_linkage(&[vec![0.0]]).unwrap().is_empty());
        assert!(average_linkage(&vec![vec![1.0; 201]; 201]).unwrap().is_empty());
        assert!(average_linkage(&[vec![0.0, f64::NAN], vec![1.0, 0.0]]).is_err() && average_linkage(&[vec![0.0], vec![]]).is_err());
    }
}
