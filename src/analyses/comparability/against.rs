//! Each group against all others together: the numbers and the warnings that follow from them.

use crate::corpus::{Corpus, Field, NONE};
use crate::maths::float::sqrt;
use crate::maths::summary::median;
use crate::table::format::{decimal, iso_date, percentage, thousands};
use std::collections::BTreeMap;

/// Distance of dates above which news of the day may explain the words.
const MOST_DATE_DISTANCE: f64 = 0.5;
/// Ratio of median lengths, either way.
const MOST_LENGTH_RATIO: f64 = 2.0;
/// Difference of the main language's share.
const MOST_LANGUAGE_DIFFERENCE: f64 = 0.1;
/// Distance of topics beyond what chance makes.
const MOST_TOPIC_DISTANCE: f64 = 0.3;
/// Widespread content words that are looked at.
const WIDESPREAD: usize = 100;
/// Fewest of them that groups of one subject share.
const FEWEST_SHARED: usize = 50;
/// Difference of the shares of missing metadata.
const MOST_MISSING_DIFFERENCE: f64 = 0.2;
/// Share of exact copies.
const MOST_COPIES: f64 = 0.1;
/// Fewest documents of a group.
const FEWEST_DOCUMENTS: usize = 10;
/// Fewest dated documents whose distribution says something.
const FEWEST_DATED: usize = 5;
/// Fields that tell what a document is about, the first that is there counts.
const TOPIC_FIELDS: [&str; 5] = ["topic", "section", "category", "subject", "desk"];

/// What differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Aspect {
    /// When the documents appeared.
    Dates,
    /// How long they are.
    Lengths,
    /// In which language they are.
    Languages,
    /// What they are about.
    Topics,
    /// What is not known about them.
    Metadata,
    /// How many they are, and how many are copies.
    Documents,
}

/// A share in the group and in the rest.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Shares {
    pub own: Option<f64>,
    pub rest: Option<f64>,
}

impl Shares {
    fn differs_by_more_than(self, limit: f64) -> Option<(f64, f64)> {
        self.own.zip(self.rest).filter(|(own, rest)| (own - rest).abs() > limit)
    }
}

/// A group beside the rest.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Against {
    pub name: String,
    pub documents: usize,
    pub words: u64,
    pub median_words: Option<f64>,
    pub length_ratio: Option<f64>,
    pub first_date: Option<i32>,
    pub last_date: Option<i32>,
    /// Middle dates of the group and of the rest.
    pub middle_dates: Option<(i32, i32)>,
    pub date_distance: Option<f64>,
    pub undated: Shares,
    /// The language of most documents of the group.
    pub language: String,
    /// The language of most documents of the corpus.
    pub corpus_language: String,
    pub main_language: Shares,
    pub topic_distance: Option<f64>,
    /// The distance that groups of these sizes would have if documents were dealt at random.
    pub topic_chance: Option<f64>,
    /// The topic whose share differs most from the rest's: its name and both shares.
    pub telling_topic: Option<(String, f64, f64)>,
    pub shared_words: Option<usize>,
    pub untitled: Shares,
    pub empty_fields: Shares,
    pub copies: Option<f64>,
}

impl Against {
    /// What differs enough to explain a difference of vocabulary, in words.
    pub fn warnings(&self) -> Vec<(Aspect, String)> {
        let mut warnings = Vec::new();
        let name = &self.name;
        let mut warn = |aspect: Aspect, sentence: String| warnings.push((aspect, sentence));
        if self.documents < FEWEST_DOCUMENTS {
            let documents = if self.documents == 1 { "document".to_owned() } else { "documents".to_owned() };
            warn(Aspect::Documents, format!("{name} has only {} {documents}: a single one can decide.", self.documents));
        }
        if let Some(copies) = self.copies.filter(|&copies| copies > MOST_COPIES) {
            warn(Aspect::Documents, format!("{} of {name}'s documents are exact copies of others.", percentage(copies)));
        }
        if let (Some(distance), Some((own, rest))) = (self.date_distance.filter(|&d| d > MOST_DATE_DISTANCE), self.middle_dates) {
            let order = if own < rest { "earlier" } else { "later" };
            let when = if own == rest { "spread differently over time".to_owned() } else { format!("{order} than the rest") };
            warn(
                Aspect::Dates,
                format!(
                    "{name}'s documents are {when}: their middle date is {}, the rest's {} (distance {}).",
                    iso_date(own),
                    iso_date(rest),
                    decimal(distance, 2)
                ),
            );
        }
        if let (Some(ratio), Some(median)) = (self.length_ratio, self.median_words)
            && !(1.0 / MOST_LENGTH_RATIO..=MOST_LENGTH_RATIO).contains(&ratio)
        {
            let median = thousands(median.round() as u64);
            let times =
                if ratio > 1.0 { format!("{} times as long", decimal(ratio, 1)) } else { format!("only {} as long", percentage(ratio)) };
            warn(Aspect::Lengths, format!("{name}'s documents are {times} as the rest's: {median} words in the middle."));
        }
        if let Some((own, rest)) = self.main_language.differs_by_more_than(MOST_LANGUAGE_DIFFERENCE) {
            let shares = format!("{} of {name}'s documents and {} of the rest's", percentage(own), percentage(rest));
            warn(Aspect::Languages, format!("{shares} are in the corpus' main language ({}).", self.corpus_language));
        }
        if let Some(distance) = self.topic_distance.filter(|&distance| distance - self.topic_chance.unwrap_or(0.0) > MOST_TOPIC_DISTANCE) {
            let most = self
                .telling_topic
                .as_ref()
                .map_or(String::new(), |(topic, own, rest)| format!(": “{topic}” has {} against {}", percentage(*own), percentage(*rest)));
            warn(
                Aspect::Topics,
                format!("{name} covers other topics: {} of its documents would have to change theirs{most}.", percentage(distance)),
            );
        }
        if self.topic_distance.is_none()
            && let Some(shared) = self.shared_words.filter(|&shared| shared < FEWEST_SHARED)
        {
            warn(
                Aspect::Topics,
                format!(
                    "{name} seems to cover other topics: of its {WIDESPREAD} most widespread content words only {shared} are among the rest's."
                ),
            );
        }
        for (what, shares) in [("no date", self.undated), ("no title", self.untitled)] {
            if let Some((own, rest)) = shares.differs_by_more_than(MOST_MISSING_DIFFERENCE) {
                let shares = format!("{} of {name}'s documents have {what}", percentage(own));
                warn(Aspect::Metadata, format!("{shares}, {} of the rest's.", percentage(rest)));
            }
        }
        if let Some((own, rest)) = self.empty_fields.differs_by_more_than(MOST_MISSING_DIFFERENCE) {
            let shares = format!("{} of the metadata fields of {name}'s documents are empty", percentage(own));
            warn(Aspect::Metadata, format!("{shares}, {} of the rest's.", percentage(rest)));
        }
        warnings.sort_by_key(|(aspect, _)| *aspect);
        warnings
    }

    /// Whether a field told the group's topics.
    pub fn has_topics_by_field(&self) -> bool {
        self.topic_distance.is_some()
    }

    /// Whether the group's topics could be judged at all.
    pub fn topics_are_known(&self) -> bool {
        self.topic_distance.is_some() || self.shared_words.is_some()
    }
}

/// The field that tells what documents are about, unless it makes the groups.
pub(super) fn topic_field(corpus: &Corpus) -> Option<&Field> {
    TOPIC_FIELDS.iter().filter(|name| **name != corpus.groups.field).find_map(|name| corpus.documents.field(name))
}

/// Every group against the rest, in the order of the groups.
pub(super) fn compared(corpus: &Corpus) -> Vec<Against> {
    let documents = &corpus.documents;
    let copies = copies(&documents.fingerprints, &documents.words);
    let languages =
        |of: &[usize]| most_frequent(of.iter().map(|&document| documents.languages[document].as_str()).filter(|code| !code.is_empty()));
    let everything: Vec<usize> = (0..documents.len()).collect();
    let corpus_language = languages(&everything);
    let topics = topic_field(corpus);
    let matrix = &corpus.group_terms;
    let documents_of = |term: u32| (0..matrix.groups()).map(|group| matrix.documents(group, term)).sum::<u32>();
    let totals: Vec<u32> = (0..corpus.terms.len() as u32).map(documents_of).collect();
    (0..corpus.groups.len())
        .map(|group| {
            let (own, rest): (Vec<usize>, Vec<usize>) =
                everything.iter().partition(|&&document| usize::from(corpus.groups.of_document[document]) == group);
            let middle = |of: &[usize]| median(&of.iter().map(|&document| f64::from(documents.words[document])).collect::<Vec<f64>>());
            let dates = |of: &[usize]| {
                let mut dates: Vec<i32> = of.iter().filter_map(|&document| documents.dates[document]).collect();
                dates.sort_unstable();
                dates
            };
            let (own_dates, rest_dates) = (dates(&own), dates(&rest));
            let are_dated = own_dates.len() >= FEWEST_DATED && rest_dates.len() >= FEWEST_DATED;
            let shares = |is: &dyn Fn(usize) -> Option<bool>| Shares { own: share(&own, is), rest: share(&rest, is) };
            let telling = topics.and_then(|field| topic_difference(field, &own, &rest));
            Against {
                name: corpus.groups.names[group].clone(),
                documents: own.len(),
                words: corpus.group_terms.words[group],
                median_words: middle(&own),
                length_ratio: middle(&own).zip(middle(&rest)).filter(|(_, rest)| *rest > 0.0).map(|(own, rest)| own / rest),
                first_date: own_dates.first().copied(),
                last_date: own_dates.last().copied(),
                middle_dates: are_dated.then(|| (own_dates[own_dates.len() / 2], rest_dates[rest_dates.len() / 2])),
                date_distance: are_dated.then(|| kolmogorov_smirnov(&own_dates, &rest_dates)),
                undated: shares(&|document| Some(documents.dates[document].is_none())),
                language: languages(&own),
                corpus_language: corpus_language.clone(),
                main_language: shares(&|document| {
                    let code = documents.languages[document].as_str();
                    (!code.is_empty()).then_some(code == corpus_language)
                }),
                topic_distance: telling.as_ref().map(|topics| topics.distance),
                topic_chance: telling.as_ref().map(|topics| topics.chance),
                telling_topic: telling.map(|topics| topics.telling),
                shared_words: shared_words(corpus, &totals, group, own.len(), rest.len()),
                untitled: shares(&|document| Some(documents.titles[document].is_empty())),
                empty_fields: Shares { own: empty_fields(&documents.fields, &own), rest: empty_fields(&documents.fields, &rest) },
                copies: share(&own, &|document| Some(copies[document])),
            }
        })
        .collect()
}

/// The share of documents for which `is` holds, among those for which it can be told.
fn share(documents: &[usize], is: &dyn Fn(usize) -> Option<bool>) -> Option<f64> {
    let told: Vec<bool> = documents.iter().filter_map(|&document| is(document)).collect();
    (!told.is_empty()).then(|| told.iter().filter(|is| **is).count() as f64 / told.len() as f64)
}

fn most_frequent<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    words.for_each(|word| *counts.entry(word).or_default() += 1);
    // Of equally frequent ones the first by name.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or_else(String::new, |(word, _)| word.to_owned())
}

/// Whether each document has the words of an earlier one.
fn copies(fingerprints: &[u128], words: &[u32]) -> Vec<bool> {
    let mut seen = std::collections::BTreeSet::new();
    fingerprints.iter().zip(words).map(|(&fingerprint, &words)| words > 0 && !seen.insert(fingerprint)).collect()
}

/// D, the largest gap between two cumulative distributions (Smirnov 1939), of sorted values.
pub(super) fn kolmogorov_smirnov(left: &[i32], right: &[i32]) -> f64 {
    let (mut a, mut b, mut largest) = (0, 0, 0.0_f64);
    while a < left.len() && b < right.len() {
        let day = left[a].min(right[b]);
        a += left[a..].iter().take_while(|&&other| other == day).count();
        b += right[b..].iter().take_while(|&&other| other == day).count();
        largest = largest.max((a as f64 / left.len() as f64 - b as f64 / right.len() as f64).abs());
    }
    largest
}

/// The topics of a group against those of the rest.
struct Topics {
    /// Total variation distance.
    distance: f64,
    /// The distance to expect if documents were dealt at random.
    chance: f64,
    /// The topic whose share differs most, and both shares.
    telling: (String, f64, f64),
}

/// Compares the topics; `None` if either side has none. With many small topics even a random half of a group is far from
/// the other: the expected difference of a share q is √(2/π · q(1−q)(1/n + 1/m)), the mean of a folded normal.
fn topic_difference(field: &Field, own: &[usize], rest: &[usize]) -> Option<Topics> {
    let counts = |of: &[usize]| {
        let mut counts = vec![0.0; field.levels.len()];
        of.iter().map(|&document| field.codes[document]).filter(|&code| code != NONE).for_each(|code| counts[code as usize] += 1.0);
        counts
    };
    let (own, rest) = (counts(own), counts(rest));
    let (n, m): (f64, f64) = (own.iter().sum(), rest.iter().sum());
    if n == 0.0 || m == 0.0 {
        return None;
    }
    let gap = |topic: &usize| (own[*topic] / n - rest[*topic] / m).abs();
    let expected = |topic: usize| {
        let share = (own[topic] + rest[topic]) / (n + m);
        sqrt(2.0 / std::f64::consts::PI * share * (1.0 - share) * (1.0 / n + 1.0 / m))
    };
    let telling = (0..own.len()).rev().max_by(|a, b| gap(a).total_cmp(&gap(b)))?;
    Some(Topics {
        distance: 0.5 * (0..own.len()).map(|topic| gap(&topic)).sum::<f64>(),
        chance: 0.5 * (0..own.len()).map(expected).sum::<f64>(),
        telling: (field.levels[telling].clone(), own[telling] / n, rest[telling] / m),
    })
}

/// Of the content words that most documents of the group hold, how many are among those of the rest.
fn shared_words(corpus: &Corpus, totals: &[u32], group: usize, own: usize, rest: usize) -> Option<usize> {
    if own < FEWEST_DOCUMENTS || rest < FEWEST_DOCUMENTS {
        return None;
    }
    let matrix = &corpus.group_terms;
    let is_content = |term: &u32| corpus.terms.is_content(*term);
    let widespread = |documents: &dyn Fn(u32) -> u32| {
        let mut terms: Vec<u32> = (0..corpus.terms.len() as u32).filter(is_content).filter(|&term| documents(term) > 0).collect();
        terms.sort_by_key(|&term| (std::cmp::Reverse(documents(term)), term));
        terms.truncate(WIDESPREAD);
        terms
    };
    let own = widespread(&|term| matrix.documents(group, term));
    let rest = widespread(&|term| totals[term as usize] - matrix.documents(group, term));
    (own.len() == WIDESPREAD && rest.len() == WIDESPREAD).then(|| own.iter().filter(|term| rest.contains(term)).count())
}

/// Share of fields without a value.
fn empty_fields(fields: &[Field], documents: &[usize]) -> Option<f64> {
    let cells = fields.len() * documents.len();
    let empty = fields.iter().map(|field| documents.iter().filter(|&&document| field.codes[document] == NONE).count()).sum::<usize>();
    (cells > 0).then(|| empty as f64 / cells as f64)
}
