//! One comparison within a frame: which terms are tested, their p, and the numbers of the rows that are listed.

use super::super::measures::FourCells;
use super::super::measures::dispersion::deviation_of_proportions_of_occupied;
use super::super::measures::effect_size::log_ratio;
use super::super::measures::evidence::log_likelihood;
use super::bootstrap::{self, Interval, Intervals, Resamples, Sides};
use super::design::Reference;
use super::driving;
use super::frame::{Frame, Postings, Size};
use super::permutation::{self, Counted};
use super::row::{INTERVAL_DOCUMENTS, MOST_DRIVING, Row, interval_against_list, lower_bound};
use super::settings::Settings;
use super::strata::Strata;
use super::stratified::{self, within};
use super::study::Study;
use super::subject::Subject;
use super::tail::{LengthClasses, Scores};
use super::word_list::{WordList, list_p_value};
use crate::maths::map_in_order;

/// With fewer shuffles beyond the observed statistic than this, p comes from the tail approximation.
const TAIL_BELOW: f64 = 10.0;

/// The tests of some groups against one kind of reference.
#[derive(Debug)]
pub(super) struct Comparison {
    /// The corpus' numbers of the groups whose documents take part.
    pub groups: Vec<usize>,
    /// For each of them whether it is tested against its reference.
    pub tested: Vec<bool>,
    pub reference: Reference,
    /// Terms tested.
    pub terms: Vec<u32>,
    /// p of each term and group: `[term × groups + group]`; missing for groups that aren't tested.
    pub p_values: Vec<Option<f64>>,
    /// Adjusted p, over the family of all comparisons.
    pub q_values: Vec<Option<f64>>,
    /// Observed statistics and the largest of each shuffle, for max-T.
    pub counted: Counted,
    /// Classes of documents among which labels were shuffled; 0 for a list.
    pub classes: usize,
}

/// Terms that are frequent enough in `groups`, and no stop words if those are dropped.
fn tested_terms(subject: &Subject<'_>, settings: &Settings, groups: &[usize]) -> Vec<u32> {
    let all = groups.len() == subject.members.len();
    let vocabulary = &subject.terms;
    (0..vocabulary.len() as u32)
        .filter(|&term| {
            let index = term as usize;
            let (count, documents) =
                if all { (vocabulary.counts[index], vocabulary.documents[index]) } else { subject.totals(term, groups) };
            documents >= settings.min_documents && count >= settings.min_count && !(settings.drop_stop_words && vocabulary.is_stop[index])
        })
        .collect()
}

impl Comparison {
    /// Tests `focus` (the corpus' numbers) among `groups`: each against the others of `groups` together.
    pub fn shuffled(
        subject: &Subject<'_>,
        settings: &Settings,
        strata: Option<&Strata>,
        groups: &[usize],
        focus: &[usize],
        reference: Reference,
        seed: u64,
    ) -> Self {
        let frame = Frame::new(subject, Some(groups), strata);
        let terms = tested_terms(subject, settings, groups);
        let has_both_sides = |group: usize| frame.sizes[group].words > 0.0 && frame.whole.words - frame.sizes[group].words > 0.0;
        let tested: Vec<bool> = groups.iter().enumerate().map(|(local, group)| focus.contains(group) && has_both_sides(local)).collect();
        let counted = match &frame.strata {
            None => permutation::exceedances(&frame, &terms, &tested, seed, settings.resamples),
            Some(strata) => stratified::exceedances(&frame, strata, &terms, &tested, seed, settings.resamples),
        };
        let p_values = p_values(&frame, &terms, &tested, &counted, settings.resamples);
        let classes = frame.shuffled_within.count;
        Self { groups: groups.to_vec(), tested, reference, terms, p_values, q_values: Vec::new(), counted, classes }
    }

    /// Tests `focus` against an outside list.
    pub fn listed(subject: &Subject<'_>, settings: &Settings, focus: &[usize], list: &WordList) -> Self {
        let groups: Vec<usize> = (0..subject.members.len()).collect();
        let frame = Frame::new(subject, None, None);
        let terms = tested_terms(subject, settings, &groups);
        let tested: Vec<bool> = groups.iter().map(|group| focus.contains(group) && frame.sizes[*group].words > 0.0).collect();
        let p_values = map_in_order(terms.len(), |position| {
            let term = terms[position];
            let (sums, whole) = frame.sums(&frame.postings(term));
            let listed = list.get(subject.terms.label(term)).count;
            let overdispersion = |squares: f64, products: f64, size: Size, count: f64| {
                let rate = count / size.words;
                if count > 0.0 { (squares - 2.0 * rate * products + rate * rate * size.word_squares) / count } else { 1.0 }
            };
            let all = overdispersion(whole.squares, whole.products, frame.whole, whole.count);
            let of_group = |group: usize| {
                let (own, size) = (sums[group], frame.sizes[group]);
                let cells = FourCells::new(own.count, size.words, listed, list.words).checked()?;
                let dispersion = all.max(overdispersion(own.squares, own.products, size, own.count));
                let is_more = cells.rate() >= cells.rate_rest();
                let holding = if is_more { subject.group_terms.documents(group, term) } else { subject.terms.documents[term as usize] };
                tested[group].then(|| list_p_value(&cells, dispersion, f64::from(holding)))
            };
            (0..groups.len()).map(of_group).collect::<Vec<_>>()
        });
        let p_values = p_values.into_iter().flatten().collect();
        Self { groups, tested, reference: Reference::List, terms, p_values, q_values: Vec::new(), counted: Counted::default(), classes: 0 }
    }

    /// The rows for which `listed` says so (position of the term × groups + group), with intervals if asked for, in order
    /// of cells.
    pub fn rows(&self, study: &Study<'_>, intervals: bool, listed: &dyn Fn(usize) -> bool) -> Vec<Row> {
        let subject = study.subject;
        let groups = self.groups.len();
        let asked: Vec<Vec<usize>> = (0..self.terms.len())
            .map(|position| {
                (0..groups)
                    .filter(|group| self.p_values[position * groups + group].is_some() && listed(position * groups + group))
                    .collect()
            })
            .collect();
        let positions: Vec<usize> = (0..self.terms.len()).filter(|&position| !asked[position].is_empty()).collect();
        if positions.is_empty() {
            return Vec::new();
        }
        let frame = Frame::new(subject, Some(&self.groups), study.strata.as_ref());
        let maker = Maker {
            subject,
            frame: &frame,
            longest: driving::longest(&frame),
            stratum_sizes: frame.strata.as_ref().map(|strata| stratified::sizes(&frame, strata)),
            word_spreads: frame.sizes.iter().map(bootstrap::word_spread).collect(),
            list: study.list(),
        };
        let made = map_in_order(positions.len(), |index| {
            let position = positions[index];
            let postings = frame.postings(self.terms[position]);
            asked[position].iter().map(|&group| (position, group, self.row(&maker, &postings, position, group))).collect::<Vec<_>>()
        });
        let mut rows: Vec<(usize, usize, Row)> = made.into_iter().flatten().collect();
        if intervals {
            self.add_intervals(&frame, &mut rows, study.settings.resamples, study.seed);
        }
        rows.into_iter().map(|(_, _, row)| row).collect()
    }

    /// The term and the corpus' number of the group of a cell, its position in `p_values`.
    pub fn cell(&self, cell: usize) -> (u32, usize) {
        (self.terms[cell / self.groups.len()], self.groups[cell % self.groups.len()])
    }

    /// Whether the group at `local` has the higher rate of the term at `position`; within strata over the strata.
    pub fn is_more(&self, study: &Study<'_>, position: usize, local: usize) -> bool {
        if let Some(observed) = self.counted.observed.get(position * self.groups.len() + local) {
            return *observed >= 0.0;
        }
        let (term, group) = (self.terms[position], self.groups[local]);
        let rate = study.subject.totals(term, &[group]).0 as f64 / study.subject.corpus.group_terms.words[group].max(1) as f64;
        study.list().is_none_or(|list| rate >= study.listed_count(term) / list.words)
    }

    fn row(&self, maker: &Maker<'_>, postings: &Postings, position: usize, group: usize) -> Row {
        let (subject, frame) = (maker.subject, maker.frame);
        let term = self.terms[position];
        let cell = position * self.groups.len() + group;
        let (sums, whole) = frame.sums(postings);
        let size = frame.sizes[group];
        let (cells, count_rest, documents_rest) = match maker.list {
            Some(list) => {
                let listed = list.get(subject.terms.label(term));
                let documents = listed.documents.map(|documents| u32::try_from(documents).unwrap_or(u32::MAX));
                (FourCells::new(sums[group].count, size.words, listed.count, list.words), listed.count.round() as u64, documents)
            }
            None => {
                // Differences of weighted sums can fall a rounding below 0.
                let rest = (whole.count - sums[group].count).max(0.0);
                let others: Vec<usize> = self.groups.iter().copied().filter(|other| *other != self.groups[group]).collect();
                let (count, documents) = subject.totals(term, &others);
                (FourCells::new(sums[group].count, size.words, rest, frame.whole.words - size.words), count, Some(documents))
            }
        };
        let (count, documents) = subject.totals(term, &[self.groups[group]]);
        let is_here = |document: &u32| usize::from(frame.labels[*document as usize]) == group;
        let occupied = postings
            .documents
            .iter()
            .zip(&postings.counts)
            .filter(|(document, _)| is_here(document))
            .map(|(&document, &count)| (count, frame.words[document as usize] / size.words));
        let within = match (&frame.strata, &maker.stratum_sizes) {
            (Some(strata), Some(sizes)) => Some(within(frame, strata, sizes, postings, group)),
            _ => None,
        };
        let crude = log_ratio(&cells);
        let pooled = within.and_then(|within| within.pooled);
        let variance = match (maker.list, within) {
            (Some(_), _) => None,
            (None, Some(_)) => pooled.map(|pooled| pooled.variance),
            (None, None) => bootstrap::log_variance(&sums, whole, frame, group, &maker.word_spreads),
        };
        let driving = if maker.list.is_some() {
            let (own, mut rest) = driving::sides(frame, &maker.longest, postings, group, MOST_DRIVING);
            (rest.count, rest.words) = (cells.count_rest, cells.total_rest);
            rest.documents.clear();
            driving::driving(&own, &rest, MOST_DRIVING)
        } else {
            let (own, rest) = driving::sides(frame, &maker.longest, postings, group, MOST_DRIVING);
            driving::driving(&own, &rest, MOST_DRIVING)
        };
        Row {
            term,
            group: self.groups[group],
            reference: self.reference,
            cells,
            count,
            count_rest,
            documents,
            documents_rest,
            log_ratio: if within.is_some() { pooled.map(|pooled| pooled.log_ratio / std::f64::consts::LN_2) } else { crude },
            log_ratio_crude: crude,
            within,
            variance,
            intervals: Intervals::default(),
            p_value: self.p_values[cell].unwrap_or(1.0),
            q_value: self.q_values.get(cell).copied().flatten().unwrap_or(1.0),
            log_likelihood: log_likelihood(&cells),
            deviation_of_proportions: deviation_of_proportions_of_occupied(occupied),
            driving,
            is_stop: subject.terms.is_stop[term as usize],
            is_own_name: cells.rate() > cells.rate_rest()
                && is_part(subject.terms.label(term), &subject.corpus.groups.names[self.groups[group]]),
        }
    }

    fn add_intervals(&self, frame: &Frame<'_>, rows: &mut [(usize, usize, Row)], replicates: usize, seed: u64) {
        let groups = frame.groups();
        let mut row_of_cell = vec![None; self.terms.len() * groups];
        for (index, (position, group, row)) in rows.iter().enumerate() {
            if let Some(sides) = row.sides() {
                // Within strata the plain bootstrap gives the group's rate, and the ratio comes from the strata.
                let sides = match (&frame.strata, sides) {
                    (Some(_), Sides::Both) => Sides::Own,
                    (_, sides) => sides,
                };
                row_of_cell[position * groups + group] = Some((index, sides));
            }
        }
        let resamples = Resamples::draw(frame, seed, replicates);
        let wanted = |position: usize, group: usize| row_of_cell[position * groups + group].map(|(_, sides)| sides);
        let intervals = bootstrap::intervals(frame, &resamples, &self.terms, wanted);
        for (cell, interval) in intervals {
            if let Some((index, sides)) = row_of_cell[cell] {
                let row = &mut rows[index].2;
                row.intervals = interval;
                row.intervals.ratio = match sides {
                    _ if row.reference == Reference::List => interval_against_list(row),
                    _ if frame.strata.is_some() => Interval::default(),
                    Sides::Both => interval.ratio,
                    Sides::Own => Interval { low: lower_bound(row, interval.rate.low), high: None },
                    Sides::Rest => Interval { low: None, high: lower_bound(&row.mirrored(), interval.rest.low).map(|low| -low) },
                };
            }
        }
        if let Some(strata) = &frame.strata {
            let suits =
                |row: &Row| row.documents >= INTERVAL_DOCUMENTS && row.documents_rest.is_some_and(|rest| rest >= INTERVAL_DOCUMENTS);
            let asked: Vec<usize> = (0..rows.len()).filter(|&index| suits(&rows[index].2)).collect();
            let cells: Vec<(u32, usize)> = asked.iter().map(|&index| (rows[index].2.term, rows[index].1)).collect();
            for (index, interval) in asked.into_iter().zip(stratified::intervals(frame, strata, &resamples.weights, &cells)) {
                rows[index].2.intervals.ratio = interval;
            }
        }
    }
}

/// What all rows of a comparison are made with.
struct Maker<'a> {
    subject: &'a Subject<'a>,
    frame: &'a Frame<'a>,
    longest: Vec<Vec<u32>>,
    stratum_sizes: Option<(Vec<Size>, Vec<Size>)>,
    word_spreads: Vec<f64>,
    list: Option<&'a WordList>,
}

/// Whether `term` is a word of `name`, or the name written together (`theblaze` of TheBlaze.com, `foxnews.com` of Fox News).
fn is_part(term: &str, name: &str) -> bool {
    let (term, name) = (term.to_lowercase(), name.to_lowercase());
    let words: Vec<&str> = name.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let address = term.split('.').next().unwrap_or_default();
    words.contains(&term.as_str())
        || words.len() > 1 && (address == words.concat() || address == words[..words.len() - 1].concat() && address.len() > 3)
}

/// Two-sided p-values: twice the smaller side, from the shuffles where they say enough, else from the tail.
fn p_values(frame: &Frame<'_>, terms: &[u32], tested: &[bool], counted: &Counted, shuffles: usize) -> Vec<Option<f64>> {
    let groups = frame.groups();
    let strata = &frame.shuffled_within;
    let sizes = stratified::sizes(frame, strata);
    // By words a group of short documents looks as if it wrote more than shuffles can give it, where lengths of one class
    // differ still; by documents it can't. Of the two tails the larger counts.
    let by_words = LengthClasses::new(&frame.words, strata);
    let by_documents = LengthClasses::new(&vec![1.0; frame.words.len()], strata);
    let made = map_in_order(terms.len(), |position| {
        let counts = &counted.counts[position * groups..][..groups];
        let mut prepared = None;
        let of_group = |group: usize| {
            if !tested[group] {
                return None;
            }
            let above = counts[group].is_above();
            let beyond = counts[group].beyond();
            let by_shuffles = (beyond + 1.0) / (shuffles + 1) as f64;
            let side = if beyond < TAIL_BELOW {
                let (postings, scores) = &*prepared.get_or_insert_with(|| {
                    let postings = frame.postings(terms[position]);
                    let scores = [Scores::new(frame, &by_words, &postings), Scores::new(frame, &by_documents, &postings)];
                    (postings, scores)
                });
                let tail = |scores: &Scores, extent: fn(&Size) -> f64| {
                    let score = stratified::score(frame, strata, &sizes, postings, group, extent);
                    scores.tail(|stratum| sizes.0[stratum * groups + group].documents, score, above)
                };
                let tail = tail(&scores[0], |size| size.words).zip(tail(&scores[1], |size| size.documents)).map(|(a, b)| a.max(b));
                // Both are p-values of the same hypothesis; the tail's linear statistic may see less than the shuffles do.
                tail.map_or(by_shuffles, |tail| tail.min(by_shuffles))
            } else {
                by_shuffles
            };
            Some((2.0 * side).min(1.0))
        };
        (0..groups).map(of_group).collect::<Vec<_>>()
    });
    made.into_iter().flatten().collect()
}
