//! Rows of (column, count) pairs in three flat arrays (compressed sparse rows).

/// A sparse matrix of counts by rows: row starts, then column ids (ascending within a row) and counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SparseRows {
    starts: Vec<u64>,
    columns: Vec<u32>,
    counts: Vec<u32>,
    width: u32,
}

impl SparseRows {
    /// An empty matrix of `width` columns.
    pub fn new(width: u32) -> Self {
        Self { starts: vec![0], columns: Vec::new(), counts: Vec::new(), width }
    }

    /// An empty matrix of `width` columns with room for `rows` rows and `stored` counts, so that it never moves while it grows.
    pub fn with_room(width: u32, rows: usize, stored: usize) -> Self {
        let mut starts = Vec::with_capacity(rows + 1);
        starts.push(0);
        Self { starts, columns: Vec::with_capacity(stored), counts: Vec::with_capacity(stored), width }
    }

    /// Appends a row; `entries` ascend by column and hold no zero.
    pub fn push_row(&mut self, entries: impl IntoIterator<Item = (u32, u32)>) {
        for (column, count) in entries {
            debug_assert!(column < self.width && count > 0);
            self.columns.push(column);
            self.counts.push(count);
        }
        self.starts.push(self.columns.len() as u64);
    }

    /// Appends all rows of `other`, whose columns are the same.
    pub fn append(&mut self, other: &Self) {
        let before = self.columns.len() as u64;
        self.columns.extend_from_slice(&other.columns);
        self.counts.extend_from_slice(&other.counts);
        self.starts.extend(other.starts[1..].iter().map(|start| before + start));
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.starts.len() - 1
    }

    /// Number of columns.
    pub fn width(&self) -> usize {
        self.width as usize
    }

    /// Number of stored (non-zero) counts.
    pub fn stored(&self) -> usize {
        self.columns.len()
    }

    /// Columns and counts of `row`.
    #[inline]
    pub fn row(&self, row: usize) -> (&[u32], &[u32]) {
        let range = self.starts[row] as usize..self.starts[row + 1] as usize;
        (&self.columns[range.clone()], &self.counts[range])
    }

    /// The matrix of the columns `kept` only (ascending), which are numbered anew by their place in it.
    pub fn with_columns(&self, kept: &[u32]) -> Self {
        let mut place = vec![u32::MAX; self.width as usize];
        for (position, &column) in kept.iter().enumerate() {
            place[column as usize] = position as u32;
        }
        let mut made = Self::new(kept.len() as u32);
        for row in 0..self.rows() {
            let (columns, counts) = self.row(row);
            let entries = columns.iter().zip(counts).map(|(&column, &count)| (place[column as usize], count));
            made.push_row(entries.filter(|(column, _)| *column != u32::MAX));
        }
        made
    }

    /// The transpose: rows become columns. Used to walk the documents of a term.
    pub fn transposed(&self) -> Self {
        let mut starts = vec![0u64; self.width as usize + 1];
        for &column in &self.columns {
            starts[column as usize + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        let mut columns = vec![0; self.columns.len()];
        let mut counts = vec![0; self.counts.len()];
        for row in 0..self.rows() {
            let (row_columns, row_counts) = self.row(row);
            for (&column, &count) in row_columns.iter().zip(row_counts) {
                let slot = next[column as usize] as usize;
                columns[slot] = row as u32;
                counts[slot] = count;
                next[column as usize] += 1;
            }
        }
        Self { starts, columns, counts, width: self.rows() as u32 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transposing_twice_gives_the_matrix_back() {
        let mut matrix = SparseRows::new(4);
        matrix.push_row([(0, 2), (3, 1)]);
        matrix.push_row([]);
        matrix.push_row([(1, 5), (3, 7)]);
        let turned = matrix.transposed();
        assert_eq!(turned.rows(), 4);
        assert_eq!(turned.row(3), (&[0, 2][..], &[1, 7][..]));
        assert_eq!(turned.transposed(), matrix);
        let kept = matrix.with_columns(&[0, 3]);
        assert_eq!((kept.width(), kept.row(0), kept.row(2)), (2, (&[0, 1][..], &[2, 1][..]), (&[1][..], &[7][..])));
    }
}
