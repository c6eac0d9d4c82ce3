//! The formulas of groups, with intervals over resampled documents.

use super::counted::Counted;
use crate::analyses::measures::TextCounts;
use crate::corpus::Corpus;
use crate::maths::float::sqrt;
use crate::maths::resampling::resampled_sums;
use crate::maths::summary::{mean, quantile_of_sorted};
use crate::maths::{RandomStream, map_in_order};

/// Resamples of the bootstrap.
const RESAMPLES: usize = 1000;
/// Fewer measured documents than this give no interval.
const FEWEST_DOCUMENTS: usize = 5;
/// Separates the streams from those of other analyses under the same seed.
const STREAMS: u64 = 0x7265_6164_0000_0000;
/// Number of counts.
const COUNTS: usize = 7;

/// A formula of a text's counts.
pub(super) type Formula = fn(&TextCounts) -> Option<f64>;

/// A value, the ends of its 95 % interval, and its standard error.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Estimate {
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub error: Option<f64>,
}

/// The sums of some documents, as observed and in each resample.
#[derive(Debug, Clone)]
pub(super) struct Sums {
    /// How many documents.
    pub documents: usize,
    observed: [f64; COUNTS],
    resampled: Vec<[f64; COUNTS]>,
    know_syllables: bool,
}

/// A group: all its measured documents, and the English ones among them.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub name: String,
    /// Plain numbers of words and sentences.
    pub words: u64,
    pub sentences: u64,
    pub all: Sums,
    pub english: Sums,
}

fn weighted(document: &Counted, weight: f64) -> [f64; COUNTS] {
    let Counted { words, sentences, letters, characters, long_words, syllables, polysyllables, .. } = *document;
    [words, sentences, letters, characters, long_words, syllables, polysyllables].map(|count| weight * f64::from(count))
}

fn text(sums: &[f64; COUNTS], know_syllables: bool) -> TextCounts {
    let [words, sentences, letters, characters, long_words, syllables, polysyllables] = *sums;
    let known = |count: f64| know_syllables.then_some(count);
    TextCounts { words, sentences, letters, characters, long_words, syllables: known(syllables), polysyllables: known(polysyllables) }
}

impl Sums {
    fn of(rows: &[[f64; COUNTS]], know_syllables: bool, stream: &mut RandomStream) -> Self {
        let mut observed = [0.0; COUNTS];
        rows.iter().for_each(|row| add(&mut observed, row));
        let resampled = if rows.len() < FEWEST_DOCUMENTS { Vec::new() } else { resampled_sums(rows, RESAMPLES, stream) };
        Self { documents: rows.len(), observed, resampled, know_syllables }
    }

    /// The sums of several groups together: each is resampled within itself; one too small for that stays as it is.
    fn together<'a>(parts: impl Iterator<Item = &'a Self> + Clone, know_syllables: bool) -> Self {
        let (mut observed, mut resampled) = ([0.0; COUNTS], vec![[0.0; COUNTS]; RESAMPLES]);
        for part in parts.clone() {
            add(&mut observed, &part.observed);
            for (at, sum) in resampled.iter_mut().enumerate() {
                add(sum, part.resampled.get(at).unwrap_or(&part.observed));
            }
        }
        if parts.clone().all(|part| part.resampled.is_empty()) {
            resampled.clear();
        }
        Self { documents: parts.map(|part| part.documents).sum(), observed, resampled, know_syllables }
    }

    /// `formula` of the documents as one text, their counts times their weights, and the 95 % percentile-bootstrap interval over
    /// documents (Efron 1979). Without a value in some resample there is no interval.
    pub fn estimate(&self, formula: Formula) -> Estimate {
        let value_of = |sums: &[f64; COUNTS]| text(sums, self.know_syllables).checked().and_then(|counts| formula(&counts));
        let Some(mut values) = self.resampled.iter().map(value_of).collect::<Option<Vec<f64>>>() else {
            return Estimate { value: value_of(&self.observed), ..Estimate::default() };
        };
        values.sort_unstable_by(f64::total_cmp);
        Estimate {
            value: value_of(&self.observed),
            low: quantile_of_sorted(&values, 0.025),
            high: quantile_of_sorted(&values, 0.975),
            error: mean(&values).map(|mean| self.standard_error(&values, mean)),
        }
    }

    /// The resampled values' standard deviation; that of n documents is too small by √((n−1)/n).
    fn standard_error(&self, values: &[f64], mean: f64) -> f64 {
        let documents = self.documents as f64;
        let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / values.len() as f64;
        sqrt(variance * documents / (documents - 1.0))
    }
}

fn add(sum: &mut [f64; COUNTS], row: &[f64; COUNTS]) {
    sum.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
}

/// The whole corpus, then its groups, if it has any.
pub(super) fn groups(corpus: &Corpus, counted: &[Counted], seed: u64) -> Vec<Group> {
    let members = corpus.groups.members();
    let groups = map_in_order(members.len(), |group| {
        let measured = || members[group].iter().map(|&document| document as usize).filter(|&document| counted[document].is_measured());
        let row = |document: usize| weighted(&counted[document], corpus.documents.weights[document]);
        let all: Vec<_> = measured().map(row).collect();
        let english: Vec<_> = measured().filter(|&document| counted[document].is_english).map(row).collect();
        let stream = |of_english: u64| RandomStream::new(seed, STREAMS + 2 * group as u64 + of_english);
        let sums = Sums::of(&all, false, &mut stream(0));
        let of_english = if english.len() == all.len() {
            // The same documents: the same resamples serve.
            Sums { know_syllables: true, ..sums.clone() }
        } else {
            Sums::of(&english, true, &mut stream(1))
        };
        Group {
            name: corpus.groups.names[group].clone(),
            words: measured().map(|document| u64::from(counted[document].words)).sum(),
            sentences: measured().map(|document| u64::from(counted[document].sentences)).sum(),
            all: sums,
            english: of_english,
        }
    });
    let whole = Group {
        name: "(all)".to_owned(),
        words: groups.iter().map(|group| group.words).sum(),
        sentences: groups.iter().map(|group| group.sentences).sum(),
        all: Sums::together(groups.iter().map(|group| &group.all), false),
        english: Sums::together(groups.iter().map(|group| &group.english), true),
    };
    let named = if corpus.groups.field.is_empty() { Vec::new() } else { groups };
    std::iter::once(whole).chain(named).collect()
}
