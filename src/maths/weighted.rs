//! Sparse rows of single-precision weights and their products with dense rows.

use super::dense::DenseRows;
use super::lanes::{LaneRows, Lanes};
use super::{by_processor, map_parts};

/// Rows of a unit of parallel work.
const BLOCK: usize = 256;
/// Parts in which a transpose is made. No part of a result.
const TURNED_PARTS: usize = 4;

/// A sparse matrix of weights by rows: row starts, then column ids (ascending within a row) and weights.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedRows {
    starts: Vec<usize>,
    columns: Vec<u32>,
    weights: Vec<f32>,
    width: usize,
}

impl WeightedRows {
    /// An empty matrix of `width` columns.
    pub fn new(width: usize) -> Self {
        Self { starts: vec![0], columns: Vec::new(), weights: Vec::new(), width }
    }

    /// An empty matrix of `width` columns with room for `rows` rows and `stored` weights, so that it never moves while it grows.
    pub fn with_room(width: usize, rows: usize, stored: usize) -> Self {
        let mut starts = Vec::with_capacity(rows + 1);
        starts.push(0);
        Self { starts, columns: Vec::with_capacity(stored), weights: Vec::with_capacity(stored), width }
    }

    /// Appends a row; `entries` ascend by column.
    pub fn push_row(&mut self, entries: impl IntoIterator<Item = (u32, f32)>) {
        for (column, weight) in entries {
            debug_assert!((column as usize) < self.width);
            self.columns.push(column);
            self.weights.push(weight);
        }
        self.starts.push(self.columns.len());
    }

    /// Appends a row of ascending `columns` and as many `weights`.
    pub fn push_slices(&mut self, columns: &[u32], weights: &[f32]) {
        debug_assert_eq!(columns.len(), weights.len());
        self.columns.extend_from_slice(columns);
        self.weights.extend_from_slice(weights);
        self.starts.push(self.columns.len());
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.starts.len() - 1
    }

    /// Number of columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Number of stored weights.
    pub fn stored(&self) -> usize {
        self.columns.len()
    }

    /// Columns and weights of `row`.
    #[inline]
    pub fn row(&self, row: usize) -> (&[u32], &[f32]) {
        let range = self.starts[row]..self.starts[row + 1];
        (&self.columns[range.clone()], &self.weights[range])
    }

    /// Columns and weights of `row`, weights to change.
    pub fn row_mut(&mut self, row: usize) -> (&[u32], &mut [f32]) {
        let range = self.starts[row]..self.starts[row + 1];
        (&self.columns[range.clone()], &mut self.weights[range])
    }

    /// The rows at `positions`, in that order.
    #[must_use]
    pub fn taken(&self, positions: &[usize]) -> Self {
        let stored = positions.iter().map(|&position| self.starts[position + 1] - self.starts[position]).sum();
        let mut taken = Self::with_room(self.width, positions.len(), stored);
        for &position in positions {
            let (columns, weights) = self.row(position);
            taken.push_slices(columns, weights);
        }
        taken
    }

    /// The transpose.
    #[must_use]
    pub fn transposed(&self) -> Self {
        let mut starts = vec![0usize; self.width + 1];
        for &column in &self.columns {
            starts[column as usize + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut columns = vec![0; self.columns.len()];
        let mut weights = vec![0.0; self.weights.len()];
        // Each part turns a range of columns, with a like number of weights.
        let mut parts = Vec::with_capacity(TURNED_PARTS);
        let (mut rest_columns, mut rest_weights, mut first) = (columns.as_mut_slice(), weights.as_mut_slice(), 0);
        for part in 1..=TURNED_PARTS {
            let end = if part == TURNED_PARTS {
                self.width
            } else {
                starts.partition_point(|&start| start * TURNED_PARTS < part * self.stored())
            };
            let end = end.clamp(first, self.width);
            let (own_columns, others) = std::mem::take(&mut rest_columns).split_at_mut(starts[end] - starts[first]);
            let (own_weights, other_weights) = std::mem::take(&mut rest_weights).split_at_mut(starts[end] - starts[first]);
            parts.push((first..end, own_columns, own_weights));
            (rest_columns, rest_weights, first) = (others, other_weights, end);
        }
        map_parts(parts, |(range, columns, weights)| self.turn(range.clone(), &starts[range.start..range.end], columns, weights));
        Self { starts, columns, weights, width: self.rows() }
    }

    /// Writes the rows and weights of the columns in `range`, which begin at `starts`.
    fn turn(&self, range: std::ops::Range<usize>, starts: &[usize], columns: &mut [u32], weights: &mut [f32]) {
        let offset = starts.first().copied().unwrap_or(0);
        let mut next: Vec<usize> = starts.iter().map(|start| start - offset).collect();
        for row in 0..self.rows() {
            let (row_columns, row_weights) = self.row(row);
            let first = row_columns.partition_point(|&column| (column as usize) < range.start);
            for (&column, &weight) in row_columns[first..].iter().zip(&row_weights[first..]) {
                let Some(place) = next.get_mut(column as usize - range.start) else { break };
                columns[*place] = row as u32;
                weights[*place] = weight;
                *place += 1;
            }
        }
    }

    /// This matrix times `right` (which has as many rows as this has columns); rows are computed in parallel, each in order.
    #[must_use]
    pub fn times(&self, right: &DenseRows) -> DenseRows {
        self.times_lanes(&LaneRows::of(right)).dense()
    }

    /// The same in whole lanes.
    #[must_use]
    pub fn times_lanes(&self, right: &LaneRows) -> LaneRows {
        let mut product = LaneRows::filled(self.rows(), right.width(), 0.0);
        product.update_blocks(BLOCK, |first, rows| multiply(self, right, first, rows));
        product
    }
}

by_processor! {
    /// Writes the product's rows from `first` on.
    fn multiply(left: &WeightedRows, right: &LaneRows, first: usize, rows: &mut [Lanes]) {
        for (row, out) in (first..).zip(rows.chunks_exact_mut(right.lanes())) {
            let (columns, weights) = left.row(row);
            right.weighted_sum(columns, weights, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> WeightedRows {
        let mut matrix = WeightedRows::new(3);
        matrix.push_row([(0, 2.0), (2, 1.0)]);
        matrix.push_row([]);
        matrix.push_row([(1, -1.0)]);
        matrix.push_row([(0, 1.0), (1, 3.0)]);
        matrix
    }

    #[test]
    fn products_follow_the_definition() {
        let right = DenseRows::from_values(2, vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        assert_eq!(small().times(&right).values(), [7.0, 10.0, 0.0, 0.0, -3.0, -4.0, 10.0, 14.0]);
    }

    #[test]
    fn products_equal_the_slow_twin_bit_for_bit_at_awkward_widths() {
        let mut stream = crate::maths::RandomStream::new(4, 0);
        let mut matrix = WeightedRows::new(30);
        for _ in 0..12 {
            let entries: Vec<(u32, f32)> = (0..30).filter(|_| stream.unit() < 0.4).map(|column| (column, 0.3 + column as f32)).collect();
            matrix.push_row(entries);
        }
        for width in [1, 7, 8, 20, 74, 80, 81, 138, 165] {
            let right = DenseRows::from_values(width, (0..30 * width).map(|_| stream.normal() as f32).collect());
            let product = matrix.times(&right);
            for row in 0..12 {
                let (columns, weights) = matrix.row(row);
                for place in 0..width {
                    let slow = columns.iter().zip(weights).fold(0.0f32, |sum, (&column, &w)| sum + w * right.row(column as usize)[place]);
                    assert_eq!(product.row(row)[place].to_bits(), slow.to_bits(), "{width}");
                }
            }
        }
    }

    #[test]
    fn transposing_twice_gives_the_matrix_back() {
        assert_eq!(small().transposed().row(1), (&[2, 3][..], &[-1.0, 3.0][..]));
        assert_eq!(small().transposed().transposed(), small());
        assert_eq!(small().taken(&[3, 1]).row(0), (&[0, 1][..], &[1.0, 3.0][..]));
    }
}
