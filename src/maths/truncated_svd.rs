//! Truncated singular value decomposition of a sparse matrix by randomised subspace iteration.
//!
//! Halko, Martinsson & Tropp 2011, algorithms 4.4 and 5.1, orthonormalised by Cholesky factors twice (Yamamoto et al. 2015).

use super::both;
use super::dense::DenseRows;
use super::lanes::{LANES, LaneRows};
use super::random::RandomStream;
use super::symmetric::{inverse_cholesky, symmetric_eigen};
use super::weighted::WeightedRows;

/// Directions beyond the wanted ones, which sharpen the last of the wanted.
const OVERSAMPLING: usize = 10;
/// Squared relative size under which a direction counts as dependent on the earlier ones (single-precision products).
const DEPENDENT: f64 = 1e-9;

/// The leading part of a singular value decomposition `A ≈ U Σ Vᵀ`.
#[derive(Debug, Clone)]
pub struct TruncatedSvd {
    /// Rows of the matrix in the reduced space, `U Σ`: one row a row of the matrix, one column a singular value.
    pub rows: DenseRows,
    /// Singular values, largest first; none is zero.
    pub singular_values: Vec<f64>,
    /// Columns of the matrix in the reduced space, `V`: one row a column of the matrix.
    pub columns: DenseRows,
    /// Share of the matrix's sum of squares that the kept part holds, 0–1.
    pub explained: f64,
}

/// The `rank` largest singular values of `matrix` and their vectors; fewer if the matrix has fewer that are not zero.
///
/// `iterations` (at least one) subspace iterations (two suffice for topic spaces: the last values are then some per cent low). The start is
/// fixed: the same matrix gives the same bits.
pub fn truncated_svd(matrix: &WeightedRows, rank: usize, iterations: usize) -> TruncatedSvd {
    let size = (rank + OVERSAMPLING).min(matrix.rows()).min(matrix.width());
    let (turned, start) = both(|| matrix.transposed(), || random_start(matrix.width(), size));
    let mut basis = matrix.times_lanes(&start);
    let mut columns = start;
    for iteration in 1..=iterations {
        // On the way once is enough to keep the directions apart; only the last basis must be orthonormal to the last digit.
        basis = orthonormal_once(&basis);
        columns = orthonormal_once(&turned.times_lanes(&basis));
        if iteration == iterations {
            columns = orthonormal_once(&columns);
        }
        basis = matrix.times_lanes(&columns);
    }
    // The eigenvectors of BᵀB, where B = A V is the matrix in the basis V, turn V into right singular vectors and B into U Σ.
    let eigen = symmetric_eigen(&basis.gram(), size);
    let largest = eigen.values.first().copied().unwrap_or(0.0);
    let kept = eigen.values.iter().take(rank).take_while(|&&value| value > DEPENDENT * largest && value > 0.0).count();
    let mut turn = DenseRows::zeros(size, kept);
    for (column, vector) in eigen.vectors[..kept].iter().enumerate() {
        // The sign of an eigenvector is arbitrary: the largest element is made positive.
        let top = vector.iter().fold(0.0f64, |top, &x| if x.abs() > top.abs() { x } else { top });
        for (row, &element) in vector.iter().enumerate() {
            turn.row_mut(row)[column] = if top < 0.0 { -element } else { element } as f32;
        }
    }
    let turn = LaneRows::of(&turn);
    let total: f64 = (0..matrix.rows()).map(|row| matrix.row(row).1.iter().map(|&w| f64::from(w) * f64::from(w)).sum::<f64>()).sum();
    let held: f64 = eigen.values[..kept].iter().sum();
    TruncatedSvd {
        rows: basis.times(&turn).dense(),
        columns: columns.times(&turn).dense(),
        singular_values: eigen.values[..kept].iter().map(|value| value.sqrt()).collect(),
        explained: if total > 0.0 { (held / total).min(1.0) } else { 0.0 },
    }
}

/// Any continuous distribution will do; this one costs least.
fn random_start(rows: usize, width: usize) -> LaneRows {
    let mut stream = RandomStream::new(0x5EED, 0);
    let mut start = LaneRows::filled(rows, width, 0.0);
    for row in start.values_mut().chunks_exact_mut(width.div_ceil(LANES).max(1)) {
        for column in 0..width {
            row[column / LANES].0[column % LANES] = (2.0 * stream.unit() - 1.0) as f32;
        }
    }
    start
}

fn orthonormal_once(matrix: &LaneRows) -> LaneRows {
    let size = matrix.width();
    let inverse = inverse_cholesky(&matrix.gram(), size, DEPENDENT);
    matrix.times(&LaneRows::of(&DenseRows::from_values(size, inverse.into_iter().map(|value| value as f32).collect())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Singular values and explained share by the exact eigenvalues of A Aᵀ.
    fn exact(matrix: &WeightedRows) -> Vec<f64> {
        let rows = matrix.rows();
        let dense: Vec<Vec<f64>> = (0..rows)
            .map(|row| {
                let mut values = vec![0.0; matrix.width()];
                let (columns, weights) = matrix.row(row);
                for (&column, &weight) in columns.iter().zip(weights) {
                    values[column as usize] = f64::from(weight);
                }
                values
            })
            .collect();
        let mut gram = vec![0.0; rows * rows];
        for i in 0..rows {
            for j in 0..rows {
                gram[i * rows + j] = dense[i].iter().zip(&dense[j]).map(|(a, b)| a * b).sum();
            }
        }
        symmetric_eigen(&gram, rows).values.iter().map(|value| value.max(0.0).sqrt()).collect()
    }

    fn sparse(rows: usize, width: usize) -> WeightedRows {
        let mut stream = RandomStream::new(3, 1);
        let mut matrix = WeightedRows::new(width);
        for row in 0..rows {
            let favourite = row % 4;
            let entries: Vec<(u32, f32)> = (0..width as u32)
                .filter_map(|column| {
                    let likely = if column as usize % 4 == favourite { 0.4 } else { 0.05 };
                    (stream.unit() < likely).then(|| (column, 1.0 + stream.unit() as f32))
                })
                .collect();
            matrix.push_row(entries);
        }
        matrix
    }

    #[test]
    fn leading_values_match_the_exact_decomposition() {
        let matrix = sparse(60, 200);
        let exact = exact(&matrix);
        let found = truncated_svd(&matrix, 12, 4);
        for (position, (value, expected)) in found.singular_values.iter().zip(&exact).enumerate() {
            // The planted four directions are exact; the flat tail converges slowly.
            let allowed = if position < 4 { 1e-4 } else { 0.03 };
            assert!((value / expected - 1.0).abs() < allowed, "{position}: {value} {expected}");
        }
        let share = exact[..12].iter().map(|v| v * v).sum::<f64>() / exact.iter().map(|v| v * v).sum::<f64>();
        assert!((found.explained - share).abs() < 0.01, "{} {share}", found.explained);
    }

    #[test]
    fn a_full_rank_request_rebuilds_the_matrix() {
        let matrix = sparse(20, 30);
        let found = truncated_svd(&matrix, 20, 2);
        for row in 0..20 {
            let (columns, weights) = matrix.row(row);
            for column in 0..30 {
                let rebuilt = super::super::dense::dot(found.rows.row(row), found.columns.row(column));
                let there = columns.iter().position(|&c| c as usize == column).map_or(0.0, |at| f64::from(weights[at]));
                assert!((rebuilt - there).abs() < 1e-4, "{rebuilt} {there}");
            }
        }
    }

    #[test]
    fn dependent_rows_and_empty_matrices_give_a_smaller_rank() {
        let mut matrix = WeightedRows::new(5);
        for _ in 0..4 {
            matrix.push_row([(0, 1.0), (3, 2.0)]);
        }
        matrix.push_row([]);
        let found = truncated_svd(&matrix, 4, 2);
        assert_eq!(found.singular_values.len(), 1);
        assert!((found.singular_values[0] - 20f64.sqrt()).abs() < 1e-5);
        assert_eq!(found.rows.row(4), [0.0]);
        assert!(truncated_svd(&WeightedRows::new(3), 2, 1).singular_values.is_empty());
    }
}
