//! Sparse rows of single-precision weights and their products with dense rows.

use super::dense::DenseRows;

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
            taken.columns.extend_from_slice(columns);
            taken.weights.extend_from_slice(weights);
            taken.starts.push(taken.columns.len());
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
        let mut next = starts.clone();
        let mut columns = vec![0; self.columns.len()];
        let mut weights = vec![0.0; self.weights.len()];
        for row in 0..self.rows() {
            let (row_columns, row_weights) = self.row(row);
            for (&column, &weight) in row_columns.iter().zip(row_weights) {
                let slot = &mut next[column as usize];
                columns[*slot] = row as u32;
                weights[*slot] = weight;
                *slot += 1;
            }
        }
        Self { starts, columns, weights, width: self.rows() }
    }

    /// This matrix times `right` (which has as many rows as this has columns); rows are computed in parallel, each in order.
    #[must_use]
    pub fn times(&self, right: &DenseRows) -> DenseRows {
        let mut product = DenseRows::zeros(self.rows(), right.width());
        product.update_rows(|row, out| {
            let (columns, weights) = self.row(row);
            add_weighted(columns, weights, right, out);
        });
        product
    }
}

#[inline]
fn add_weighted(columns: &[u32], weights: &[f32], right: &DenseRows, out: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has just said that it knows AVX2; the function itself is safe code.
        unsafe { add_with_avx2(columns, weights, right, out) };
        return;
    }
    add_in_order(columns, weights, right, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn add_with_avx2(columns: &[u32], weights: &[f32], right: &DenseRows, out: &mut [f32]) {
    add_in_order(columns, weights, right, out);
}

#[inline(always)]
fn add_in_order(columns: &[u32], weights: &[f32], right: &DenseRows, out: &mut [f32]) {
    for (&column, &weight) in columns.iter().zip(weights) {
        for (sum, &value) in out.iter_mut().zip(right.row(column as usize)) {
            *sum += weight * value;
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
    fn transposing_twice_gives_the_matrix_back() {
        assert_eq!(small().transposed().row(1), (&[2, 3][..], &[-1.0, 3.0][..]));
        assert_eq!(small().transposed().transposed(), small());
        assert_eq!(small().taken(&[3, 1]).row(0), (&[0, 1][..], &[1.0, 3.0][..]));
    }
}
