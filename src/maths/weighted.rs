//! Sparse rows of single-precision weights and their products with dense rows.

use super::dense::DenseRows;
use std::borrow::Cow;

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
        let right = Lanes::of(right);
        product.update_rows(|row, out| {
            let (columns, weights) = self.row(row);
            right.sum(columns, weights, out);
        });
        product
    }
}

/// Numbers that advance together.
const LANE: usize = 8;
/// Most lanes of a sum that stay in registers.
const MOST_LANES: usize = 10;

/// Dense rows filled up to whole lanes.
struct Lanes<'a> {
    lanes: usize,
    values: Cow<'a, [f32]>,
}

impl<'a> Lanes<'a> {
    fn of(matrix: &'a DenseRows) -> Self {
        let (width, lanes) = (matrix.width(), matrix.width().div_ceil(LANE));
        if width == lanes * LANE {
            return Self { lanes, values: Cow::Borrowed(matrix.values()) };
        }
        let mut values = Vec::with_capacity(matrix.rows() * lanes * LANE);
        for row in 0..matrix.rows() {
            values.extend_from_slice(matrix.row(row));
            values.resize((row + 1) * lanes * LANE, 0.0);
        }
        Self { lanes, values: Cow::Owned(values) }
    }

    /// Writes the weighted sum of the rows at `columns` to `out`.
    #[inline]
    fn sum(&self, columns: &[u32], weights: &[f32], out: &mut [f32]) {
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has just said that it knows AVX2; the function itself is safe code.
            unsafe { sum_with_avx2(self, columns, weights, out) };
            return;
        }
        sum_in_parts(self, columns, weights, out);
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn sum_with_avx2(right: &Lanes, columns: &[u32], weights: &[f32], out: &mut [f32]) {
    sum_in_parts(right, columns, weights, out);
}

/// Sums as many lanes at once as stay in registers. Every element adds in the order of the columns, however it is cut.
#[inline(always)]
fn sum_in_parts(right: &Lanes, columns: &[u32], weights: &[f32], out: &mut [f32]) {
    let mut first = 0;
    while first < right.lanes {
        let part = match right.lanes - first {
            left if left <= MOST_LANES => left,
            left if left < 2 * MOST_LANES => left.div_ceil(2),
            _ => MOST_LANES,
        };
        let end = ((first + part) * LANE).min(out.len());
        let out = &mut out[first * LANE..end];
        match part {
            1 => sum_lanes::<1>(right, first, columns, weights, out),
            2 => sum_lanes::<2>(right, first, columns, weights, out),
            3 => sum_lanes::<3>(right, first, columns, weights, out),
            4 => sum_lanes::<4>(right, first, columns, weights, out),
            5 => sum_lanes::<5>(right, first, columns, weights, out),
            6 => sum_lanes::<6>(right, first, columns, weights, out),
            7 => sum_lanes::<7>(right, first, columns, weights, out),
            8 => sum_lanes::<8>(right, first, columns, weights, out),
            9 => sum_lanes::<9>(right, first, columns, weights, out),
            _ => sum_lanes::<MOST_LANES>(right, first, columns, weights, out),
        }
        first += part;
    }
}

/// Lane by lane, so that the compiler keeps each in one register.
#[inline(always)]
fn added(mut sums: [f32; LANE], weight: f32, row: [f32; LANE]) -> [f32; LANE] {
    let mut place = 0;
    while place < LANE {
        sums[place] += weight * row[place];
        place += 1;
    }
    sums
}

#[inline(always)]
fn sum_lanes<const COUNT: usize>(right: &Lanes, first: usize, columns: &[u32], weights: &[f32], out: &mut [f32]) {
    let mut sums = [[0.0f32; LANE]; COUNT];
    let (rows, _) = right.values.as_chunks::<LANE>();
    // Plain counting loops: iterators would not be inlined in test builds.
    let mut at = 0;
    while at < columns.len() {
        let start = columns[at] as usize * right.lanes + first;
        let row = &rows[start..start + COUNT];
        let weight = weights[at];
        let mut lane = 0;
        while lane < COUNT {
            sums[lane] = added(sums[lane], weight, row[lane]);
            lane += 1;
        }
        at += 1;
    }
    // Whole lanes at a time: elements one by one would take the sums out of their registers.
    for (part, sums) in out.chunks_mut(LANE).zip(&sums) {
        part.copy_from_slice(&sums[..part.len()]);
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
