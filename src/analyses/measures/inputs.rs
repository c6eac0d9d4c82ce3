//! What a measure is computed from.

/// Occurrences of a word in two corpora: counts and totals, which may be weighted.
///
/// In the formulas a and b are the counts, n₁ and n₂ the totals, c = n₁ − a, d = n₂ − b, N = n₁ + n₂, R = a + b,
/// E₁ = n₁R/N, E₂ = n₂R/N, p₁ = a/n₁, p₂ = b/n₂.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FourCells {
    /// a: occurrences in the target.
    pub count: f64,
    /// n₁: words of the target.
    pub total: f64,
    /// b: occurrences in the reference.
    pub count_rest: f64,
    /// n₂: words of the reference.
    pub total_rest: f64,
}

impl FourCells {
    /// Cells from a, n₁, b, n₂.
    pub const fn new(count: f64, total: f64, count_rest: f64, total_rest: f64) -> Self {
        Self { count, total, count_rest, total_rest }
    }

    /// The cells, or `None` if a count is negative or above its total, or a total is not positive.
    pub fn checked(self) -> Option<Self> {
        let side = |count: f64, total: f64| count >= 0.0 && count <= total && total > 0.0 && total.is_finite();
        (side(self.count, self.total) && side(self.count_rest, self.total_rest)).then_some(self)
    }

    /// p₁: share of the target's words.
    pub fn rate(&self) -> f64 {
        self.count / self.total
    }

    /// p₂: share of the reference's words.
    pub fn rate_rest(&self) -> f64 {
        self.count_rest / self.total_rest
    }

    /// N.
    pub fn all(&self) -> f64 {
        self.total + self.total_rest
    }

    /// The four observed cells a, b, c, d.
    pub fn observed(&self) -> [f64; 4] {
        [self.count, self.count_rest, self.total - self.count, self.total_rest - self.count_rest]
    }

    /// The four expected cells under equal rates, in the order of `observed`.
    pub fn expected(&self) -> [f64; 4] {
        let share = (self.count + self.count_rest) / self.all();
        [self.total * share, self.total_rest * share, self.total * (1.0 - share), self.total_rest * (1.0 - share)]
    }

    /// 1 where the target's rate is at least the reference's, else −1.
    pub fn sign(&self) -> f64 {
        if self.rate() >= self.rate_rest() { 1.0 } else { -1.0 }
    }
}

/// A number per document (its rate of the word) in two groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoSamples<'a> {
    /// Values of the target's documents.
    pub target: &'a [f64],
    /// Values of the reference's documents.
    pub reference: &'a [f64],
}

/// A word's occurrences over the parts (documents) of a corpus.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parts<'a> {
    /// v: occurrences in each part.
    pub counts: &'a [f64],
    /// Words of each part; shares s are these over their sum.
    pub sizes: &'a [f64],
}

impl Parts<'_> {
    /// f: all occurrences; `None` if there are none, no part, or lists of unequal length or with a negative number.
    pub fn frequency(&self) -> Option<f64> {
        let regular = |values: &[f64]| values.iter().all(|value| value.is_finite() && *value >= 0.0);
        let frequency: f64 = self.counts.iter().sum();
        let fits = self.counts.len() == self.sizes.len() && regular(self.counts) && regular(self.sizes);
        (fits && frequency > 0.0 && self.words() > 0.0).then_some(frequency)
    }

    /// Words of all parts.
    pub fn words(&self) -> f64 {
        self.sizes.iter().sum()
    }

    /// (v, s) of each part that has words; documents without words are no parts.
    pub fn shares(&self) -> impl Iterator<Item = (f64, f64)> {
        let words = self.words();
        self.counts.iter().zip(self.sizes).filter(|(_, size)| **size > 0.0).map(move |(&count, &size)| (count, size / words))
    }
}

/// Where a word stands in a running text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Positions<'a> {
    /// Positions of its tokens, ascending, from 0.
    pub places: &'a [u64],
    /// Tokens of the text.
    pub words: u64,
}

/// Counts of the same terms in two corpora.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoLists<'a> {
    /// Counts in the target; 0 for a term that it lacks.
    pub target: &'a [f64],
    /// Counts in the reference, in the same order.
    pub reference: &'a [f64],
}

/// What readability formulas are computed from: counts of a text, which may be sums of documents times their weights.
///
/// In the formulas W are the words, S the sentences.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct TextCounts {
    /// W: words.
    pub words: f64,
    /// S: sentences.
    pub sentences: f64,
    /// Letters and digits of the words.
    pub letters: f64,
    /// Characters of words and punctuation marks, without white space.
    pub characters: f64,
    /// Words of more than six letters.
    pub long_words: f64,
    /// Syllables of the words; `None` where nobody can count them, as outside English.
    pub syllables: Option<f64>,
    /// Words of three syllables or more; `None` where nobody can count them.
    pub polysyllables: Option<f64>,
}

impl TextCounts {
    /// The counts, or `None` for a text without words or sentences, and where a count is negative or infinite.
    pub fn checked(self) -> Option<Self> {
        let counts = [self.words, self.sentences, self.letters, self.characters, self.long_words];
        let known = counts.into_iter().chain(self.syllables).chain(self.polysyllables);
        let fit = known.fold(true, |fit, count| fit && count >= 0.0 && count.is_finite());
        (fit && self.words > 0.0 && self.sentences > 0.0).then_some(self)
    }

    /// W/S.
    pub fn words_per_sentence(&self) -> f64 {
        self.words / self.sentences
    }
}
