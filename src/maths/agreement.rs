//! How well two labellings of the same things agree.
//!
//! Adjusted Rand: Hubert & Arabie 1985. Mutual information over the arithmetic mean of the entropies: Strehl & Ghosh 2002 as
//! in scikit-learn. Homogeneity and completeness: Rosenberg & Hirschberg 2007.

use super::float::x_ln_ratio;

/// Agreement of clusters with labels; every score is at most 1, and 1 is perfect.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// Mutual information over the mean of the two entropies, 0–1.
    pub normalised_mutual_information: f64,
    /// Rand index adjusted for chance; 0 is what chance gives, below 0 is worse.
    pub adjusted_rand: f64,
    /// Share of things whose cluster's most frequent label is theirs, 0–1.
    pub purity: f64,
    /// 1 when each cluster holds one label only, 0–1.
    pub homogeneity: f64,
    /// 1 when each label lies in one cluster only, 0–1.
    pub completeness: f64,
}

/// The agreement of `clusters` with `labels`, one of each a thing, numbered from 0; extra entries of the longer list are ignored.
pub fn agreement(labels: &[u32], clusters: &[u32]) -> Agreement {
    let things = labels.len().min(clusters.len());
    let (labels, clusters) = (&labels[..things], &clusters[..things]);
    if things == 0 {
        return Agreement { normalised_mutual_information: 1.0, adjusted_rand: 1.0, purity: 1.0, homogeneity: 1.0, completeness: 1.0 };
    }
    let (rows, columns) = (sizes(labels), sizes(clusters));
    let cells = cells(labels, clusters, &rows, &columns);
    let n = things as f64;
    let mutual = cells.iter().map(|&(cluster, label, count)| {
        let expected = columns[cluster as usize] as f64 * rows[label as usize] as f64 / n;
        x_ln_ratio(count as f64, expected) / n
    });
    let mutual: f64 = mutual.sum::<f64>().max(0.0);
    let entropy = |counts: &[u64]| counts.iter().filter(|&&count| count > 0).map(|&count| -x_ln_ratio(count as f64, n) / n).sum::<f64>();
    let (label_entropy, cluster_entropy) = (entropy(&rows), entropy(&columns));
    let ratio = |part: f64, whole: f64| if whole > 0.0 { (part / whole).min(1.0) } else { 1.0 };
    let mut purest = vec![0u64; columns.len()];
    cells.iter().for_each(|&(cluster, _, count)| purest[cluster as usize] = purest[cluster as usize].max(count));
    Agreement {
        normalised_mutual_information: ratio(mutual, (label_entropy + cluster_entropy) / 2.0),
        adjusted_rand: adjusted_rand(cells.iter().map(|(_, _, count)| count), rows.iter(), columns.iter(), n),
        purity: purest.iter().sum::<u64>() as f64 / n,
        homogeneity: ratio(mutual, label_entropy),
        completeness: ratio(mutual, cluster_entropy),
    }
}

/// How many things have each number.
fn sizes(numbers: &[u32]) -> Vec<u64> {
    let mut sizes = vec![0; numbers.iter().max().map_or(0, |&top| top as usize + 1)];
    numbers.iter().for_each(|&number| sizes[number as usize] += 1);
    sizes
}

/// Clusters and labels that have things in common, and how many, in ascending order; `rows` are the labels' sizes, `columns` the clusters'.
fn cells(labels: &[u32], clusters: &[u32], rows: &[u64], columns: &[u64]) -> Vec<(u32, u32, u64)> {
    let mut next: Vec<usize> = columns.iter().scan(0, |sum, &size| Some(std::mem::replace(sum, *sum + size as usize))).collect();
    let mut by_cluster = vec![0; labels.len()];
    for (&label, &cluster) in labels.iter().zip(clusters) {
        by_cluster[next[cluster as usize]] = label;
        next[cluster as usize] += 1;
    }
    let mut cells = Vec::new();
    let mut counts = vec![0; rows.len()];
    let mut seen = Vec::new();
    let mut rest = by_cluster.as_slice();
    for (cluster, &size) in columns.iter().enumerate() {
        let (own, others) = rest.split_at(size as usize);
        for &label in own {
            if counts[label as usize] == 0 {
                seen.push(label);
            }
            counts[label as usize] += 1;
        }
        seen.sort_unstable();
        cells.extend(seen.drain(..).map(|label| (cluster as u32, label, std::mem::take(&mut counts[label as usize]))));
        rest = others;
    }
    cells
}

fn adjusted_rand<'a>(
    cells: impl Iterator<Item = &'a u64>,
    rows: impl Iterator<Item = &'a u64>,
    columns: impl Iterator<Item = &'a u64>,
    n: f64,
) -> f64 {
    let pairs = |count: &u64| *count as f64 * (*count as f64 - 1.0) / 2.0;
    let together: f64 = cells.map(pairs).sum();
    let (by_label, by_cluster): (f64, f64) = (rows.map(pairs).sum(), columns.map(pairs).sum());
    let all = n * (n - 1.0) / 2.0;
    let expected = if all > 0.0 { by_label * by_cluster / all } else { 0.0 };
    let most = (by_label + by_cluster) / 2.0;
    if most == expected { 1.0 } else { (together - expected) / (most - expected) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-12, "{found} {expected}");
    }

    #[test]
    fn scores_match_scikit_learn() {
        let (labels, clusters) = ([0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 3, 3], [0, 0, 1, 1, 1, 2, 2, 2, 2, 0, 3, 1]);
        // scikit-learn: normalized_mutual_info_score, adjusted_rand_score, homogeneity_score, completeness_score.
        let found = agreement(&labels, &clusters);
        close(found.normalised_mutual_information, 0.5028909422035811);
        close(found.adjusted_rand, 0.18518518518518517);
        close(found.homogeneity, 0.48957401771001985);
        close(found.completeness, 0.5169525925206235);
        close(found.purity, 8.0 / 12.0);
    }

    #[test]
    fn one_cluster_or_equal_labellings() {
        let perfect = agreement(&[0, 0, 1, 1], &[5, 5, 2, 2]);
        close(perfect.adjusted_rand, 1.0);
        close(perfect.normalised_mutual_information, 1.0);
        let lumped = agreement(&[0, 0, 1, 1], &[0, 0, 0, 0]);
        close(lumped.adjusted_rand, 0.0);
        close(lumped.normalised_mutual_information, 0.0);
        close(lumped.completeness, 1.0);
        close(lumped.purity, 0.5);
    }
}
