//! Dense rows of single-precision numbers and their dot products.
//!
//! The products add in the order of the columns, whatever the width of the machine's vectors and without fused
//! multiply-add, so that every processor gives the same bits.

use super::by_processor;
use rayon::prelude::*;

/// Columns of a panel.
const TILE_COLUMNS: usize = 16;
/// Rows of a tile of outer products.
const OUTER_ROWS: usize = 4;
/// Rows of a unit of parallel work; part of results that fold over blocks, so it never depends on threads.
const BLOCK_ROWS: usize = 256;

/// A dense matrix, row after row.
#[derive(Debug, Clone, PartialEq)]
pub struct DenseRows {
    width: usize,
    values: Vec<f32>,
}

impl DenseRows {
    /// A matrix of zeros.
    pub fn zeros(rows: usize, width: usize) -> Self {
        Self { width, values: vec![0.0; rows * width] }
    }

    /// A matrix from its values, row after row; a last incomplete row is dropped.
    pub fn from_values(width: usize, mut values: Vec<f32>) -> Self {
        values.truncate(values.len().checked_div(width).unwrap_or(0) * width);
        Self { width, values }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }

    /// Number of columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The row at `position`.
    #[inline]
    pub fn row(&self, position: usize) -> &[f32] {
        &self.values[position * self.width..(position + 1) * self.width]
    }

    /// The row at `position`, to change.
    #[inline]
    pub fn row_mut(&mut self, position: usize) -> &mut [f32] {
        &mut self.values[position * self.width..(position + 1) * self.width]
    }

    /// All values, row after row.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// All values, row after row, for keeps.
    pub fn into_values(self) -> Vec<f32> {
        self.values
    }

    /// The rows at `positions`, in that order.
    #[must_use]
    pub fn taken(&self, positions: &[usize]) -> Self {
        let mut values = Vec::with_capacity(positions.len() * self.width);
        for &position in positions {
            values.extend_from_slice(self.row(position));
        }
        Self { width: self.width, values }
    }

    /// The columns in `range` of every row.
    #[must_use]
    pub fn rows_of_columns(&self, range: std::ops::Range<usize>) -> Self {
        let values = (0..self.rows()).flat_map(|row| self.row(row)[range.clone()].iter().copied()).collect();
        Self { width: range.len(), values }
    }

    /// The transpose.
    #[must_use]
    pub fn transposed(&self) -> Self {
        let rows = self.rows();
        let mut turned = Self::zeros(self.width, rows);
        for row in 0..rows {
            for (column, &value) in self.row(row).iter().enumerate() {
                turned.values[column * rows + row] = value;
            }
        }
        turned
    }

    /// Calls `change` for every row, with its position, on the run's threads.
    pub fn update_rows(&mut self, change: impl Fn(usize, &mut [f32]) + Sync + Send) {
        if self.width == 0 {
            return;
        }
        let width = self.width;
        self.values.par_chunks_mut(BLOCK_ROWS * width).enumerate().for_each(|(block, rows)| {
            for (offset, row) in rows.chunks_exact_mut(width).enumerate() {
                change(block * BLOCK_ROWS + offset, row);
            }
        });
    }

    /// Calls `change` for blocks of up to `size` rows, with the first row's position, on the run's threads; what it returns
    /// comes back in the order of the rows.
    pub fn update_blocks<T: Send>(&mut self, size: usize, change: impl Fn(usize, &mut [f32]) -> T + Sync + Send) -> Vec<T> {
        if self.width == 0 {
            return Vec::new();
        }
        let blocks = self.values.par_chunks_mut(size * self.width).enumerate();
        blocks.map(|(block, rows)| change(block * size, rows)).collect()
    }

    /// Scales every row to length 1; rows of zeros stay.
    pub fn normalise_rows(&mut self) {
        self.update_rows(|_, row| normalise(row));
    }

    /// This matrix times `right` (its width is `right`'s number of rows).
    #[must_use]
    pub fn times(&self, right: &Self) -> Self {
        let panels = Panels::of_columns(right);
        let mut product = Self::zeros(self.rows(), right.width);
        let (width, inner) = (right.width, self.width);
        if width == 0 || inner == 0 {
            return product;
        }
        product.values.par_chunks_mut(BLOCK_ROWS * width).enumerate().for_each(|(block, out)| {
            let start = block * BLOCK_ROWS * inner;
            panels.products(&self.values[start..start + out.len() / width * inner], out);
        });
        product
    }

    /// Transpose of this matrix times `right`, in double precision: sums over rows in blocks of a fixed size.
    ///
    /// Both have the same number of rows. Returned row after row, `self.width() × right.width()`.
    pub fn transposed_times(&self, right: &Self) -> Vec<f64> {
        let width = right.width;
        let mut sums = vec![0.0; self.width * width];
        let partial = super::map_in_order(self.rows().div_ceil(BLOCK_ROWS), |block| {
            let rows = block * BLOCK_ROWS..((block + 1) * BLOCK_ROWS).min(self.rows());
            let left = &self.values[rows.start * self.width..rows.end * self.width];
            let right = &right.values[rows.start * right.width..rows.end * right.width];
            let mut out = vec![0.0; self.width * width];
            outer_products(left, right, (self.width, width), &mut out);
            out
        });
        for block in partial {
            for (sum, value) in sums.iter_mut().zip(block) {
                *sum += f64::from(value);
            }
        }
        sums
    }
}

/// The right-hand side of many dot products, repacked so that sixteen of them advance together.
#[derive(Debug, Clone)]
pub struct Panels {
    inner: usize,
    width: usize,
    packed: Vec<[f32; TILE_COLUMNS]>,
}

impl Panels {
    /// Packs the rows of `matrix`: products are with its rows.
    pub fn of_rows(matrix: &DenseRows) -> Self {
        Self::pack(matrix.width(), matrix.rows(), |inner, column| matrix.values[column * matrix.width + inner])
    }

    /// Packs the columns of `matrix`: products are with its columns.
    pub fn of_columns(matrix: &DenseRows) -> Self {
        Self::pack(matrix.rows(), matrix.width(), |inner, column| matrix.values[inner * matrix.width + column])
    }

    fn pack(inner: usize, width: usize, at: impl Fn(usize, usize) -> f32) -> Self {
        let mut packed = vec![[0.0; TILE_COLUMNS]; width.div_ceil(TILE_COLUMNS) * inner];
        for column in 0..width {
            let panel = column / TILE_COLUMNS * inner;
            for position in 0..inner {
                packed[panel + position][column % TILE_COLUMNS] = at(position, column);
            }
        }
        Self { inner, width, packed }
    }

    /// Number of products a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Dot products of each row in `left` (row after row) with every packed vector, written to `out` row after row.
    pub fn products(&self, left: &[f32], out: &mut [f32]) {
        if self.inner == 0 || self.width == 0 {
            out.fill(0.0);
            return;
        }
        multiply(self, left, out);
    }
}

by_processor! {
    /// Tiles of as many rows and panels as the processor has registers for; more rows than eight would run out of registers for
    /// their addresses.
    fn multiply(panels: &Panels, left: &[f32], out: &mut [f32]) {
        avx512 => multiply_tiles::<6, 2>(panels, left, out),
        avx2 => multiply_tiles::<6, 1>(panels, left, out),
        any => multiply_tiles::<4, 1>(panels, left, out),
    }
}

#[inline(always)]
fn multiply_tiles<const ROWS: usize, const PANELS: usize>(panels: &Panels, left: &[f32], out: &mut [f32]) {
    let count = panels.width.div_ceil(TILE_COLUMNS);
    let whole = count / PANELS * PANELS;
    for first in (0..whole).step_by(PANELS) {
        multiply_panels::<ROWS, PANELS>(panels, first, left, out);
    }
    for first in whole..count {
        multiply_panels::<ROWS, 1>(panels, first, left, out);
    }
}

#[inline(always)]
fn multiply_panels<const ROWS: usize, const PANELS: usize>(panels: &Panels, first: usize, left: &[f32], out: &mut [f32]) {
    let (inner, width) = (panels.inner, panels.width);
    let rows = left.len() / inner;
    let packed: [&[[f32; TILE_COLUMNS]]; PANELS] =
        std::array::from_fn(|panel| &panels.packed[(first + panel) * inner..(first + panel + 1) * inner]);
    let mut row = 0;
    while row + ROWS <= rows {
        let tile = tile::<ROWS, PANELS>(&left[row * inner..(row + ROWS) * inner], packed, inner);
        for (offset, sums) in tile.iter().enumerate() {
            write(sums, first, &mut out[(row + offset) * width..(row + offset + 1) * width]);
        }
        row += ROWS;
    }
    while row < rows {
        let [sums] = tile::<1, PANELS>(&left[row * inner..(row + 1) * inner], packed, inner);
        write(&sums, first, &mut out[row * width..(row + 1) * width]);
        row += 1;
    }
}

#[inline(always)]
fn write<const PANELS: usize>(sums: &[[f32; TILE_COLUMNS]; PANELS], first: usize, row: &mut [f32]) {
    for (panel, sums) in sums.iter().enumerate() {
        let out = &mut row[(first + panel) * TILE_COLUMNS..];
        // A number of columns that is known beforehand needs no call.
        match out.first_chunk_mut() {
            Some(whole) => *whole = *sums,
            None => out.copy_from_slice(&sums[..out.len()]),
        }
    }
}

#[inline(always)]
fn tile<const ROWS: usize, const PANELS: usize>(
    left: &[f32],
    packed: [&[[f32; TILE_COLUMNS]]; PANELS],
    inner: usize,
) -> [[[f32; TILE_COLUMNS]; PANELS]; ROWS] {
    let mut sums = [[[0.0f32; TILE_COLUMNS]; PANELS]; ROWS];
    let rows: [&[f32]; ROWS] = std::array::from_fn(|row| &left[row * inner..(row + 1) * inner]);
    let packed: [&[[f32; TILE_COLUMNS]]; PANELS] = std::array::from_fn(|panel| &packed[panel][..inner]);
    // Plain counting loops: iterators would not be inlined in test builds, where this would be thirty times slower.
    let mut position = 0;
    while position < inner {
        let mut row = 0;
        while row < ROWS {
            let factor = rows[row][position];
            let mut panel = 0;
            while panel < PANELS {
                let values = &packed[panel][position];
                let mut column = 0;
                while column < TILE_COLUMNS {
                    sums[row][panel][column] += factor * values[column];
                    column += 1;
                }
                panel += 1;
            }
            row += 1;
        }
        position += 1;
    }
    sums
}

/// Sum over rows of the products of each element of the row in `left` with each of the row in `right`; widths as given.
fn outer_products(left: &[f32], right: &[f32], widths: (usize, usize), out: &mut [f32]) {
    if widths.0 == 0 || widths.1 == 0 {
        return;
    }
    outer(left, right, widths, out);
}

by_processor! {
    fn outer(left: &[f32], right: &[f32], widths: (usize, usize), out: &mut [f32]) { outer_in_tiles(left, right, widths, out) }
}

#[inline(always)]
fn outer_in_tiles(left: &[f32], right: &[f32], (left_width, right_width): (usize, usize), out: &mut [f32]) {
    for first in (0..right_width).step_by(TILE_COLUMNS) {
        let columns = TILE_COLUMNS.min(right_width - first);
        let mut panel = vec![[0.0f32; TILE_COLUMNS]; right.len() / right_width];
        for (panel, row) in panel.iter_mut().zip(right.chunks_exact(right_width)) {
            panel[..columns].copy_from_slice(&row[first..first + columns]);
        }
        let mut place = 0;
        while place < left_width {
            let count = OUTER_ROWS.min(left_width - place);
            let tile = if count == OUTER_ROWS {
                outer_tile::<OUTER_ROWS>(&left[place..], left_width, &panel)
            } else {
                let [sums] = outer_tile::<1>(&left[place..], left_width, &panel);
                [sums; OUTER_ROWS]
            };
            let count = if count == OUTER_ROWS { OUTER_ROWS } else { 1 };
            for (offset, sums) in tile[..count].iter().enumerate() {
                let start = (place + offset) * right_width + first;
                out[start..start + columns].copy_from_slice(&sums[..columns]);
            }
            place += count;
        }
    }
}

#[inline(always)]
fn outer_tile<const ROWS: usize>(left: &[f32], stride: usize, panel: &[[f32; TILE_COLUMNS]]) -> [[f32; TILE_COLUMNS]; ROWS] {
    let mut sums = [[0.0f32; TILE_COLUMNS]; ROWS];
    let mut position = 0;
    while position < panel.len() {
        let factors = &left[position * stride..position * stride + ROWS];
        let values = &panel[position];
        let mut row = 0;
        while row < ROWS {
            let factor = factors[row];
            let mut column = 0;
            while column < TILE_COLUMNS {
                sums[row][column] += factor * values[column];
                column += 1;
            }
            row += 1;
        }
        position += 1;
    }
    sums
}

by_processor! {
    /// Squared distance of two vectors, in double precision: eight sums side by side.
    pub fn squared_distance(left: &[f32], right: &[f32]) -> f64 {
        let mut sums = [0.0f64; 8];
        let (left, left_rest) = left.as_chunks::<8>();
        let (right, right_rest) = right.as_chunks::<8>();
        for (left, right) in left.iter().zip(right) {
            let mut lane = 0;
            while lane < 8 {
                let difference = f64::from(left[lane] - right[lane]);
                sums[lane] += difference * difference;
                lane += 1;
            }
        }
        let rest: f64 = left_rest.iter().zip(right_rest).map(|(a, b)| f64::from(a - b) * f64::from(a - b)).sum();
        sums.iter().sum::<f64>() + rest
    }
}

/// Dot product in double precision, in order.
pub fn dot(left: &[f32], right: &[f32]) -> f64 {
    left.iter().zip(right).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum()
}

/// Scales `row` to length 1; a row of zeros stays.
pub fn normalise(row: &mut [f32]) {
    let length = dot(row, row).sqrt();
    if length > 0.0 {
        for value in row {
            *value = (f64::from(*value) / length) as f32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::RandomStream;

    fn random(rows: usize, width: usize, task: u64) -> DenseRows {
        let mut stream = RandomStream::new(1, task);
        DenseRows::from_values(width, (0..rows * width).map(|_| stream.normal() as f32).collect())
    }

    #[test]
    fn products_equal_the_slow_twin_bit_for_bit_at_awkward_sizes() {
        for (rows, inner, columns) in [(1, 1, 1), (5, 3, 17), (257, 31, 16), (9, 40, 33)] {
            let (left, right) = (random(rows, inner, 1), random(inner, columns, 2));
            let product = left.times(&right);
            for row in 0..rows {
                for column in 0..columns {
                    let mut sum = 0.0f32;
                    for position in 0..inner {
                        sum += left.row(row)[position] * right.row(position)[column];
                    }
                    assert_eq!(product.row(row)[column].to_bits(), sum.to_bits());
                }
            }
        }
    }

    #[test]
    fn transposed_times_sums_over_rows() {
        let (left, right) = (random(600, 3, 3), random(600, 5, 4));
        let sums = left.transposed_times(&right);
        for a in 0..3 {
            for b in 0..5 {
                let slow: f64 = (0..600).map(|row| f64::from(left.row(row)[a]) * f64::from(right.row(row)[b])).sum();
                assert!((sums[a * 5 + b] - slow).abs() < 1e-3, "{} {slow}", sums[a * 5 + b]);
            }
        }
    }

    #[test]
    fn distances_are_sums_of_squared_differences() {
        for width in [0, 1, 7, 8, 84] {
            let rows = random(2, width.max(1), 7);
            let (left, right) = (&rows.row(0)[..width], &rows.row(1)[..width]);
            let slow: f64 = left.iter().zip(right).map(|(a, b)| f64::from(a - b) * f64::from(a - b)).sum();
            assert!((squared_distance(left, right) - slow).abs() < 1e-12);
        }
    }

    #[test]
    fn empty_matrices_are_harmless() {
        let empty = DenseRows::zeros(0, 4);
        assert_eq!(empty.times(&random(4, 2, 0)).rows(), 0);
        assert_eq!(DenseRows::zeros(3, 0).rows(), 0);
    }
}
