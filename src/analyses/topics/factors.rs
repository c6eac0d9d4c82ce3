//! Non-negative matrix factors: every document as a sum of topics, every topic as a sum of terms.
//!
//! Start: Boutsidis & Gallopoulos 2008 (NNDSVD), fixed, so there is nothing random. Steps: hierarchical alternating least
//! squares, Cichocki & Phan 2009.

use crate::maths::WeightedRows;
use crate::maths::dense::{DenseRows, dot};
use crate::maths::truncated_svd;

/// Most alternations.
const STEPS: usize = 80;
/// Alternations stop when the documents' side changes by less than this share of its length.
const SETTLED: f64 = 1e-4;
/// Subspace iterations of the start.
const ITERATIONS: usize = 3;

/// Documents × terms ≈ documents × topics · (terms × topics)ᵀ, nothing negative.
pub struct Factors {
    /// Documents × topics.
    pub documents: DenseRows,
    /// Terms × topics.
    pub terms: DenseRows,
}

/// Factors of `rows` (documents × terms, nothing negative) with `topics` topics; fewer if the rows have fewer dimensions.
pub fn factorise(rows: &WeightedRows, topics: usize) -> Factors {
    let turned = rows.transposed();
    let mut factors = start(rows, topics);
    for _ in 0..STEPS {
        let before = factors.documents.clone();
        improve(&mut factors.documents, rows, &factors.terms);
        improve(&mut factors.terms, &turned, &factors.documents);
        let moved: f64 = before.values().iter().zip(factors.documents.values()).map(|(a, b)| f64::from(a - b) * f64::from(a - b)).sum();
        if moved <= SETTLED * SETTLED * dot(before.values(), before.values()) {
            break;
        }
    }
    factors
}

impl Factors {
    /// Each document's shares of the topics, which sum to 1: a topic counts by the length of its terms. Even for a document that no
    /// topic fits.
    pub fn shares(&self) -> DenseRows {
        let width = self.terms.width();
        let mut squares = vec![0.0f64; width];
        for term in 0..self.terms.rows() {
            squares.iter_mut().zip(self.terms.row(term)).for_each(|(sum, &value)| *sum += f64::from(value) * f64::from(value));
        }
        let lengths: Vec<f32> = squares.iter().map(|square| square.sqrt() as f32).collect();
        let mut shares = self.documents.clone();
        shares.update_rows(|_, row| {
            row.iter_mut().zip(&lengths).for_each(|(value, length)| *value *= length);
            let total: f32 = row.iter().sum();
            if total > 0.0 {
                row.iter_mut().for_each(|value| *value /= total);
            } else {
                row.fill(1.0 / width as f32);
            }
        });
        shares
    }
}

/// One pass over the columns of `left` for the least squares of `rows` ≈ `left` · `right`ᵀ.
fn improve(left: &mut DenseRows, rows: &WeightedRows, right: &DenseRows) {
    let width = left.width();
    let gram: Vec<f32> = right.transposed_times(right).into_iter().map(|value| value as f32).collect();
    let products = rows.times(right);
    left.update_rows(|row, values| {
        let products = products.row(row);
        for column in 0..width {
            let gram = &gram[column * width..(column + 1) * width];
            if gram[column] > 0.0 {
                let fitted: f32 = values.iter().zip(gram).map(|(value, gram)| value * gram).sum();
                values[column] = (values[column] + (products[column] - fitted) / gram[column]).max(0.0);
            }
        }
    });
}

/// Each singular pair gives the larger of its two parts of one sign.
fn start(rows: &WeightedRows, topics: usize) -> Factors {
    let svd = truncated_svd(rows, topics, ITERATIONS);
    let rank = svd.singular_values.len();
    let mut factors = Factors { documents: DenseRows::zeros(rows.rows(), rank), terms: DenseRows::zeros(rows.width(), rank) };
    for (topic, &value) in svd.singular_values.iter().enumerate() {
        let left: Vec<f64> = (0..rows.rows()).map(|row| f64::from(svd.rows.row(row)[topic]) / value).collect();
        let right: Vec<f64> = (0..rows.width()).map(|column| f64::from(svd.columns.row(column)[topic])).collect();
        let length = |values: &[f64], sign: f64| values.iter().map(|v| (v * sign).max(0.0)).map(|v| v * v).sum::<f64>().sqrt();
        // The signs of a pair are arbitrary together; the first pair has one sign only, up to rounding.
        let size = |sign: f64| length(&left, sign) * length(&right, sign);
        let sign = if size(1.0) >= size(-1.0) { 1.0 } else { -1.0 };
        let scale = (value * size(sign)).sqrt();
        for (row, value) in left.iter().enumerate() {
            factors.documents.row_mut(row)[topic] = ((value * sign).max(0.0) / length(&left, sign).max(1e-12) * scale) as f32;
        }
        for (column, value) in right.iter().enumerate() {
            factors.terms.row_mut(column)[topic] = ((value * sign).max(0.0) / length(&right, sign).max(1e-12) * scale) as f32;
        }
    }
    factors
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: [[f32; 5]; 6] = [
        [3.0, 1.0, 0.0, 0.0, 1.0],
        [2.0, 2.0, 0.0, 0.0, 0.0],
        [0.0, 0.0, 4.0, 1.0, 0.0],
        [0.0, 1.0, 2.0, 3.0, 0.0],
        [0.0, 0.0, 0.0, 1.0, 5.0],
        [1.0, 0.0, 0.0, 0.0, 4.0],
    ];

    const ERROR: f64 = 2.401089;
    const SHARES: [[f32; 3]; 6] = [
        [0.24774, 0.0, 0.75226],
        [0.0, 0.02481, 0.97519],
        [0.0, 1.0, 0.0],
        [0.03149, 0.88596, 0.08255],
        [0.95423, 0.04577, 0.0],
        [0.84738, 0.0, 0.15262],
    ];

    fn matrix() -> WeightedRows {
        let mut rows = WeightedRows::new(5);
        for row in ROWS {
            rows.push_row(row.into_iter().enumerate().filter(|(_, value)| *value > 0.0).map(|(column, value)| (column as u32, value)));
        }
        rows
    }

    #[test]
    fn the_error_and_the_shares_match_scikit_learn() {
        // scikit-learn 1.9: NMF(3, init="nndsvd", max_iter=2000, tol=1e-10), reconstruction_err_ and shares of W · ‖H‖.
        let factors = factorise(&matrix(), 3);
        let mut square = 0.0;
        for (row, values) in ROWS.iter().enumerate() {
            for (column, &value) in values.iter().enumerate() {
                let error = f64::from(value) - dot(factors.documents.row(row), factors.terms.row(column));
                square += error * error;
            }
        }
        assert!((square.sqrt() - ERROR).abs() < 2e-3, "{}", square.sqrt());
        for (row, expected) in SHARES.iter().enumerate() {
            let shares = factors.shares();
            for (share, expected) in shares.row(row).iter().zip(expected) {
                assert!((share - expected).abs() < 0.02, "{row}: {:?} {expected:?}", shares.row(row));
            }
        }
    }

    #[test]
    fn an_empty_document_has_even_shares() {
        let mut rows = matrix();
        rows.push_row([]);
        let shares = factorise(&rows, 3).shares();
        assert!(shares.row(6).iter().all(|&share| (share - 1.0 / 3.0).abs() < 1e-6));
    }
}
