//! Many strings in one buffer.

/// Many strings in one byte buffer; a string costs its bytes and four more.
///
/// Holds at most 4 GiB of text: enough for distinct words and document ids, not for whole corpora.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StringArena {
    bytes: String,
    ends: Vec<u32>,
}

impl StringArena {
    /// Appends `text` and returns its position.
    pub fn push(&mut self, text: &str) -> u32 {
        let position = self.ends.len() as u32;
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len() as u32);
        position
    }

    /// Appends all strings of `other`.
    pub fn append(&mut self, other: &Self) {
        let before = self.bytes.len() as u32;
        self.bytes.push_str(&other.bytes);
        self.ends.extend(other.ends.iter().map(|end| before + end));
    }

    /// The string at `position`.
    #[inline]
    pub fn get(&self, position: u32) -> &str {
        let position = position as usize;
        let start = if position == 0 { 0 } else { self.ends[position - 1] as usize };
        &self.bytes[start..self.ends[position] as usize]
    }

    /// How many strings there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no string.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The strings in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.ends.len() as u32).map(|position| self.get(position))
    }

    /// The position of `text` among strings sorted by bytes.
    pub fn find_sorted(&self, text: &str) -> Option<u32> {
        let (mut low, mut high) = (0, self.len() as u32);
        while low < high {
            let middle = low.midpoint(high);
            match self.get(middle).cmp(text) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// Bytes of text held.
    pub fn text_bytes(&self) -> usize {
        self.bytes.len()
    }
}

impl<'a> FromIterator<&'a str> for StringArena {
    fn from_iter<I: IntoIterator<Item = &'a str>>(strings: I) -> Self {
        let mut arena = Self::default();
        for text in strings {
            arena.push(text);
        }
        arena
    }
}
