//! Do groups differ in spelling? A permutation test with the document as the unit.
//!
//! Each document that has the part of the name counts once, split among its spellings in the ratio of its mentions, so
//! that a long article weighs no more than a short one. The statistic is Pearson's χ² of the table of groups and
//! spellings; its distribution comes from shuffling the groups' labels among those documents, which keeps the number of
//! documents of each group. Shuffling ends early when enough replicates reach the observed value (Besag & Clifford 1991).

use crate::maths::RandomStream;

/// Replicates at most.
const REPLICATES: u32 = 9_999;
/// Replicates at least as extreme after which shuffling ends.
const ENOUGH: u32 = 50;

/// One document of a test.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Observation {
    /// Position of its group among those of the test.
    pub group: usize,
    /// (spelling, share of the document's mentions); the shares add up to 1.
    pub shares: Vec<(usize, f64)>,
}

/// The probability that spellings differ as much between groups when labels are shuffled.
pub(super) fn p_value(observations: &[Observation], groups: usize, spellings: usize, stream: &mut RandomStream) -> f64 {
    let mut labels: Vec<usize> = observations.iter().map(|observation| observation.group).collect();
    let mut sizes = vec![0.0; groups];
    let mut totals = vec![0.0; spellings];
    for observation in observations {
        sizes[observation.group] += 1.0;
        for &(spelling, share) in &observation.shares {
            totals[spelling] += share;
        }
    }
    let mut table = vec![0.0; groups * spellings];
    let mut statistic = |labels: &[usize]| {
        table.fill(0.0);
        for (&group, observation) in labels.iter().zip(observations) {
            for &(spelling, share) in &observation.shares {
                table[group * spellings + spelling] += share;
            }
        }
        // χ² = n·(Σ O²/(row·column) − 1); margins and n are fixed, so the sum alone orders the replicates.
        let cells = table.iter().enumerate().filter(|(_, cell)| **cell > 0.0);
        cells.map(|(place, cell)| cell * cell / (sizes[place / spellings] * totals[place % spellings])).sum::<f64>()
    };
    let observed = statistic(&labels);
    let threshold = observed * (1.0 - 1e-9);
    let mut reached = 0;
    for replicate in 1..=REPLICATES {
        stream.shuffle(&mut labels);
        if statistic(&labels) >= threshold {
            reached += 1;
            if reached == ENOUGH {
                return f64::from(ENOUGH) / f64::from(replicate);
            }
        }
    }
    f64::from(reached + 1) / f64::from(REPLICATES + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn observations(rows: &[(usize, usize)]) -> Vec<Observation> {
        rows.iter().map(|&(group, spelling)| Observation { group, shares: vec![(spelling, 1.0)] }).collect()
    }

    #[test]
    fn a_complete_split_has_the_probability_of_the_hypergeometric_tables() {
        // Five documents each, all of one spelling: 2 of the C(10, 5) = 252 labellings are as extreme, p = 0.00794
        // (scipy.stats.fisher_exact([[5, 0], [0, 5]]) gives 0.007936507936507936).
        let rows: Vec<(usize, usize)> = (0..10).map(|number| (number / 5, number / 5)).collect();
        let p = p_value(&observations(&rows), 2, 2, &mut RandomStream::new(1, 0));
        assert!((p - 2.0 / 252.0).abs() < 0.003, "{p}");
    }

    #[test]
    fn partial_differences_agree_with_fisher() {
        // scipy.stats.fisher_exact([[6, 2], [2, 6]]) gives p = 0.13193473193473195; ties of χ² are the same tables here.
        let mut rows = vec![(0, 0); 6];
        rows.extend([(0, 1); 2]);
        rows.extend([(1, 0); 2]);
        rows.extend([(1, 1); 6]);
        let p = p_value(&observations(&rows), 2, 2, &mut RandomStream::new(1, 0));
        assert!((p - 0.1319).abs() < 0.05, "{p}");
    }

    #[test]
    fn equal_groups_have_a_large_p() {
        let rows: Vec<(usize, usize)> = (0..40).map(|number| (number % 2, number / 2 % 2)).collect();
        assert!(p_value(&observations(&rows), 2, 2, &mut RandomStream::new(1, 0)) > 0.5);
    }

    #[test]
    fn labels_at_random_differ_no_more_often_than_the_level_says() {
        // Few deviating documents, unequal groups, documents that mix spellings: p must stay at least uniform. Of 400 tests
        // at the level 0.05 more than 33 (mean 20, three standard deviations) would show a fault.
        let mut draw = RandomStream::new(11, 0);
        let mut rejected = 0;
        for task in 0..400_u64 {
            let documents = 12 + draw.below(60) as usize;
            let rows: Vec<Observation> = (0..documents)
                .map(|_| {
                    let group = [0, 0, 0, 1, 1, 2][draw.below(6) as usize];
                    let shares = match draw.below(10) {
                        0 => vec![(1, 1.0)],
                        1 => vec![(0, 0.5), (1, 0.5)],
                        2 => vec![(0, 0.75), (2, 0.25)],
                        _ => vec![(0, 1.0)],
                    };
                    Observation { group, shares }
                })
                .collect();
            rejected += u32::from(p_value(&rows, 3, 3, &mut RandomStream::new(12, task)) < 0.05);
        }
        assert!((5..=33).contains(&rejected), "{rejected} of 400");
    }
}
