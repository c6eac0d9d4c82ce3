//! Sixteen single-precision numbers that advance together, and matrices of them.
//!
//! Everything here is inlined into functions of `by_processor`, where sixteen numbers are one register, or two. Sums add in a fixed
//! order whatever the processor has, and logarithms and exponentials are polynomials of additions and multiplications only, so
//! the same bits come out everywhere.

use super::by_processor;
use super::dense::DenseRows;
use super::filled_in_parallel;
use rayon::prelude::*;

/// Numbers that advance together.
pub const LANES: usize = 16;
/// Rows of a unit of parallel work; part of results that fold over blocks, so it never depends on threads.
const BLOCK: usize = 256;
/// Most lanes of a sum that stay in registers: 80 numbers.
const MOST_TOGETHER: usize = 5;

/// Sixteen numbers, on a boundary of the processor's cache.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(align(64))]
pub struct Lanes(pub [f32; LANES]);

// Plain counting loops throughout: iterators would not be inlined in test builds, where this would be thirty times slower.
impl Lanes {
    /// The same number sixteen times.
    #[inline(always)]
    pub fn all(value: f32) -> Self {
        Self([value; LANES])
    }

    /// The first sixteen of `values`; where there are fewer, `rest` fills up.
    #[inline(always)]
    pub fn of(values: &[f32], rest: f32) -> Self {
        let mut lanes = [rest; LANES];
        if values.len() >= LANES {
            lanes.copy_from_slice(&values[..LANES]);
        } else {
            lanes[..values.len()].copy_from_slice(values);
        }
        Self(lanes)
    }

    /// Number by number.
    #[inline(always)]
    pub fn map(mut self, change: impl Fn(f32) -> f32) -> Self {
        let mut lane = 0;
        while lane < LANES {
            self.0[lane] = change(self.0[lane]);
            lane += 1;
        }
        self
    }

    /// Number by number with those of `other`.
    #[inline(always)]
    pub fn with(mut self, other: &Self, change: impl Fn(f32, f32) -> f32) -> Self {
        let mut lane = 0;
        while lane < LANES {
            self.0[lane] = change(self.0[lane], other.0[lane]);
            lane += 1;
        }
        self
    }

    /// The sum: halves upon halves, in an order that vectors of any width can follow.
    #[inline(always)]
    pub fn sum(self) -> f32 {
        self.halved(|a, b| a + b)
    }

    /// A bit for each number that is at least `threshold`.
    #[inline(always)]
    pub fn reaching(self, threshold: f32) -> u32 {
        let mut bits = 0;
        let mut lane = 0;
        while lane < LANES {
            bits |= u32::from(self.0[lane] >= threshold) << lane;
            lane += 1;
        }
        bits
    }

    /// The largest.
    #[inline(always)]
    pub fn largest(self) -> f32 {
        self.halved(larger)
    }

    #[inline(always)]
    fn halved(self, join: impl Fn(f32, f32) -> f32) -> f32 {
        let mut lanes = self.0;
        let mut half = LANES / 2;
        while half > 0 {
            let mut lane = 0;
            while lane < half {
                lanes[lane] = join(lanes[lane], lanes[lane + half]);
                lane += 1;
            }
            half /= 2;
        }
        lanes[0]
    }
}

/// The larger of two numbers, of which none is NaN.
#[inline(always)]
pub fn larger(left: f32, right: f32) -> f32 {
    if left > right { left } else { right }
}

/// Natural logarithm of a positive normal number, to 1e-7 of its size or of 1.
///
/// The polynomial of Cephes' `logf` (Moshier 1989).
#[inline(always)]
pub fn ln(x: f32) -> f32 {
    let bits = x.to_bits();
    // x = mantissa · 2^exponent with the mantissa from √½ to √2.
    let below = (bits & 0x007F_FFFF) | 0x3F00_0000;
    let is_small = below < 0x3F35_04F3;
    let exponent = ((bits >> 23) as i32 - 126 - i32::from(is_small)) as f32;
    let mantissa = f32::from_bits(below);
    let m = if is_small { mantissa + mantissa } else { mantissa } - 1.0;
    let square = m * m;
    let mut y = 7.037_683_6e-2;
    y = y * m - 1.151_461e-1;
    y = y * m + 1.167_699_9e-1;
    y = y * m - 1.242_014_1e-1;
    y = y * m + 1.424_932_3e-1;
    y = y * m - 1.666_805_8e-1;
    y = y * m + 2.000_071_5e-1;
    y = y * m - 2.499_999_4e-1;
    y = y * m + 3.333_333e-1;
    y = y * m * square + exponent * -2.121_944_4e-4 - 0.5 * square;
    m + y + exponent * 0.693_359_4
}

/// e to the power `x`, for `x` from −87 to 88, to 2e-7 of its size.
///
/// The polynomial of Cephes' `expf` (Moshier 1989).
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    // Adding one and a half times 2²³ leaves the nearest whole number in the last bits.
    const ROUNDING: f32 = 12_582_912.0;
    let moved = x * std::f32::consts::LOG2_E + ROUNDING;
    let whole = moved - ROUNDING;
    let rest = x - whole * 0.693_359_4 + whole * 2.121_944_4e-4;
    let mut y = 1.987_569_1e-4;
    y = y * rest + 1.398_199_9e-3;
    y = y * rest + 8.333_452e-3;
    y = y * rest + 4.166_579_6e-2;
    y = y * rest + 1.666_666_5e-1;
    y = y * rest + 0.5;
    y = y * rest * rest + rest + 1.0;
    let power = moved.to_bits().wrapping_sub(ROUNDING.to_bits()).wrapping_add(127) << 23;
    y * f32::from_bits(power)
}

/// Dense rows in whole lanes.
#[derive(Debug, Clone)]
pub struct LaneRows {
    width: usize,
    lanes: usize,
    values: Vec<Lanes>,
}

impl LaneRows {
    /// Rows of `width` columns, all `value`, those that fill up the last lanes too.
    pub fn filled(rows: usize, width: usize, value: f32) -> Self {
        let lanes = width.div_ceil(LANES);
        Self { width, lanes, values: filled_in_parallel(Lanes::all(value), rows * lanes) }
    }

    /// The rows of `matrix`, filled up with zeros.
    pub fn of(matrix: &DenseRows) -> Self {
        let (width, lanes) = (matrix.width(), matrix.width().div_ceil(LANES));
        let mut values = Vec::with_capacity(matrix.rows() * lanes);
        for row in 0..matrix.rows() {
            values.extend(matrix.row(row).chunks(LANES).map(|part| Lanes::of(part, 0.0)));
        }
        Self { width, lanes, values }
    }

    /// These rows as a matrix without what fills them up.
    pub fn dense(&self) -> DenseRows {
        let mut matrix = DenseRows::zeros(self.rows(), self.width);
        matrix.update_rows(|row, values| {
            for (values, lanes) in values.chunks_mut(LANES).zip(self.row(row)) {
                values.copy_from_slice(&lanes.0[..values.len()]);
            }
        });
        matrix
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.values.len().checked_div(self.lanes).unwrap_or(0)
    }

    /// The row at `position`.
    #[inline(always)]
    pub fn row(&self, position: usize) -> &[Lanes] {
        &self.values[position * self.lanes..(position + 1) * self.lanes]
    }

    /// This matrix times `right`, which is small enough to stay in the processor's cache.
    #[must_use]
    pub fn times(&self, right: &Self) -> Self {
        let mut product = Self::filled(self.rows(), right.width, 0.0);
        product.update_blocks(BLOCK, |first, rows| multiply(self, right, first, rows));
        product
    }

    /// Products of all columns with all, row after row (`width × width`): sums over blocks of rows, then over blocks in double precision.
    pub fn gram(&self) -> Vec<f64> {
        let mut sums = vec![0.0; self.width * self.width];
        let blocks = super::map_in_order(self.rows().div_ceil(BLOCK), |block| {
            let rows = block * BLOCK..((block + 1) * BLOCK).min(self.rows());
            let mut out = vec![Lanes::all(0.0); self.width * self.lanes];
            gram_of(self, rows, &mut out);
            out
        });
        for block in blocks {
            for (row, sums) in sums.chunks_exact_mut(self.width).enumerate() {
                for (lane, sums) in sums.chunks_mut(LANES).enumerate() {
                    let lane = &block[row * self.lanes + lane].0;
                    sums.iter_mut().zip(lane).for_each(|(sum, &value)| *sum += f64::from(value));
                }
            }
        }
        sums
    }

    /// Number of columns, without those that fill up.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Lanes of a row.
    pub fn lanes(&self) -> usize {
        self.lanes
    }

    /// All lanes, row after row.
    pub fn values(&self) -> &[Lanes] {
        &self.values
    }

    /// All lanes, row after row, to change.
    pub fn values_mut(&mut self) -> &mut [Lanes] {
        &mut self.values
    }

    /// Calls `change` for blocks of up to `size` rows, with the first row's position, on the run's threads; what it returns
    /// comes back in the order of the rows.
    pub fn update_blocks<T: Send>(&mut self, size: usize, change: impl Fn(usize, &mut [Lanes]) -> T + Sync + Send) -> Vec<T> {
        let blocks = self.values.par_chunks_mut(size * self.lanes.max(1)).enumerate();
        blocks.map(|(block, rows)| change(block * size, rows)).collect()
    }

    /// Writes the sum of the rows at `columns`, times their `weights`, to `out`. Every number adds in the order of the columns.
    #[inline(always)]
    pub fn weighted_sum(&self, columns: &[u32], weights: &[f32], out: &mut [Lanes]) {
        let mut first = 0;
        while first < self.lanes {
            let left = self.lanes - first;
            // Four at once the compiler turns into something twenty times slower.
            let part = match left {
                0..=3 | MOST_TOGETHER => left,
                4 => 2,
                _ if left < 2 * MOST_TOGETHER => 3,
                _ => MOST_TOGETHER,
            };
            let out = &mut out[first..first + part];
            match part {
                1 => self.sum_of::<1>(first, columns, weights, out),
                2 => self.sum_of::<2>(first, columns, weights, out),
                3 => self.sum_of::<3>(first, columns, weights, out),
                _ => self.sum_of::<MOST_TOGETHER>(first, columns, weights, out),
            }
            first += part;
        }
    }

    #[inline(always)]
    fn sum_of<const COUNT: usize>(&self, first: usize, columns: &[u32], weights: &[f32], out: &mut [Lanes]) {
        let mut sums = [Lanes::all(0.0); COUNT];
        let weights = &weights[..columns.len()];
        let mut at = 0;
        while at < columns.len() {
            let start = columns[at] as usize * self.lanes + first;
            let row = &self.values[start..start + COUNT];
            let weight = weights[at];
            let mut lane = 0;
            while lane < COUNT {
                let mut place = 0;
                while place < LANES {
                    sums[lane].0[place] += weight * row[lane].0[place];
                    place += 1;
                }
                lane += 1;
            }
            at += 1;
        }
        out.copy_from_slice(&sums);
    }
}

by_processor! {
    /// Writes the rows from `first` on of `left` times `right`.
    fn multiply(left: &LaneRows, right: &LaneRows, first: usize, rows: &mut [Lanes]) {
        let columns: Vec<u32> = (0..left.width as u32).collect();
        let mut weights = vec![0.0; left.width];
        for (row, out) in (first..).zip(rows.chunks_exact_mut(right.lanes)) {
            for (weights, lanes) in weights.chunks_mut(LANES).zip(left.row(row)) {
                weights.copy_from_slice(&lanes.0[..weights.len()]);
            }
            right.weighted_sum(&columns, &weights, out);
        }
    }
}

by_processor! {
    /// Writes the products of all columns with all over `rows`.
    fn gram_of(matrix: &LaneRows, rows: std::ops::Range<usize>, out: &mut [Lanes]) {
        let places: Vec<u32> = rows.clone().map(|row| row as u32).collect();
        let mut column = vec![0.0; rows.len()];
        for (number, out) in out.chunks_exact_mut(matrix.lanes).enumerate() {
            for (value, row) in column.iter_mut().zip(rows.clone()) {
                *value = matrix.values[row * matrix.lanes + number / LANES].0[number % LANES];
            }
            matrix.weighted_sum(&places, &column, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::{RandomStream, float};

    #[test]
    fn logarithms_are_those_of_double_precision() {
        let mut stream = RandomStream::new(1, 0);
        let random = (0..200_000).map(|_| float::exp(174.0 * stream.unit() - 87.0) as f32);
        // Around √½, where the mantissa changes its range.
        let border = [0x3F35_04F2, 0x3F35_04F3, 0x3F35_04F4].map(f32::from_bits);
        for x in random.chain(border).chain([1.0, 1e-6, 0.5, 2.0, f32::MIN_POSITIVE, f32::MAX]) {
            let exact = float::ln(f64::from(x));
            assert!((f64::from(ln(x)) - exact).abs() <= 1e-7 * exact.abs().max(1.0), "{x} {} {exact}", ln(x));
        }
        assert_eq!(ln(1.0), 0.0);
    }

    #[test]
    fn exponentials_are_those_of_double_precision() {
        let mut stream = RandomStream::new(2, 0);
        for x in (0..200_000).map(|_| (175.0 * stream.unit() - 87.0) as f32).chain([0.0, -12.0, -87.0, 88.0, 1e-9]) {
            let exact = float::exp(f64::from(x));
            assert!((f64::from(exp(x)) / exact - 1.0).abs() <= 2e-7, "{x} {} {exact}", exp(x));
        }
        assert_eq!(exp(0.0), 1.0);
    }

    fn random(rows: usize, width: usize, task: u64) -> DenseRows {
        let mut stream = RandomStream::new(1, task);
        DenseRows::from_values(width, (0..rows * width).map(|_| stream.normal() as f32).collect())
    }

    #[test]
    fn products_equal_those_of_dense_rows() {
        for (rows, inner, width) in [(1, 1, 1), (300, 74, 64), (9, 16, 33), (520, 90, 90)] {
            let (left, right) = (random(rows, inner, 1), random(inner, width, 2));
            assert_eq!(LaneRows::of(&left).times(&LaneRows::of(&right)).dense(), left.times(&right));
            let slow = left.transposed_times(&left);
            for (found, slow) in LaneRows::of(&left).gram().iter().zip(slow) {
                assert!((found - slow).abs() < 1e-3, "{found} {slow}");
            }
        }
        assert_eq!(LaneRows::of(&DenseRows::zeros(0, 3)).times(&LaneRows::of(&random(3, 2, 0))).dense().rows(), 0);
        assert!(LaneRows::of(&DenseRows::zeros(3, 0)).gram().is_empty());
    }

    #[test]
    fn sixteen_numbers_add_and_compare() {
        let lanes = Lanes(std::array::from_fn(|lane| lane as f32));
        assert_eq!((lanes.sum(), lanes.largest(), lanes.map(|x| -x).largest()), (120.0, 15.0, 0.0));
        assert_eq!(Lanes::of(&[1.0, 2.0], 7.0).sum(), 3.0 + 14.0 * 7.0);
        assert_eq!(lanes.reaching(14.0), 0b1100_0000_0000_0000);
    }
}
