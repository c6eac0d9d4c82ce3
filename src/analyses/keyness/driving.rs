//! How few documents carry a difference.

use super::frame::{Frame, Postings};

/// Documents of one side as (x, w): occurrences and words.
#[derive(Debug, Clone, Default)]
pub(super) struct Side {
    /// Σ x and Σ w of all documents.
    pub count: f64,
    pub words: f64,
    /// Documents whose removal may matter.
    pub documents: Vec<(f64, f64)>,
}

/// The smallest number of documents, up to `most`, without which the log ratio is less than half as large or turns; `None`
/// if more are needed.
///
/// Documents of both sides may go: those of the side that writes the term more because they hold it often, those of the
/// other because they hold it little. For each number of removals a side the best choice is found exactly, so the sum is
/// the smallest there is.
pub(super) fn driving(own: &Side, rest: &Side, most: usize) -> Option<usize> {
    let rate = |count: f64, words: f64| if count == 0.0 { 0.5 / words } else { count / words };
    let full = rate(own.count, own.words) / rate(rest.count, rest.words);
    if !full.is_finite() || full <= 0.0 || full == 1.0 {
        return None;
    }
    let (more, less) = if full > 1.0 { (own, rest) } else { (rest, own) };
    // The log ratio is halved where the ratio falls to its square root.
    let limit = full.max(1.0 / full).sqrt();
    let lowest: Vec<f64> = (0..=most).map(|removed| extreme_rate(more, removed, true)).collect();
    let highest: Vec<f64> = (0..=most).map(|removed| extreme_rate(less, removed, false)).collect();
    (1..=most).find(|&removed| (0..=removed).any(|of_more| lowest[of_more] < limit * highest[removed - of_more] * (1.0 - 1e-12)))
}

/// The lowest (or highest) rate that removing at most `removed` documents can leave, by Dinkelbach's iteration (1967): for a
/// trial rate t the best documents to remove are those with the largest (smallest) x − t·w.
fn extreme_rate(side: &Side, removed: usize, lowest: bool) -> f64 {
    let sign = if lowest { 1.0 } else { -1.0 };
    let rate = |count: f64, words: f64| if count <= 1e-9 { 0.5 / words } else { count / words };
    let mut best = rate(side.count, side.words);
    if removed == 0 {
        return best;
    }
    let mut order: Vec<usize> = (0..side.documents.len()).collect();
    let mut trial = side.count / side.words;
    for _ in 0..50 {
        let gain = |&index: &usize| sign * (side.documents[index].0 - trial * side.documents[index].1);
        order.sort_by(|a, b| gain(b).total_cmp(&gain(a)).then(a.cmp(b)));
        let (mut count, mut words) = (side.count, side.words);
        for index in order.iter().take(removed).filter(|index| gain(index) > 0.0) {
            count -= side.documents[*index].0;
            words -= side.documents[*index].1;
        }
        if words <= 1e-9 {
            return if lowest { 0.0 } else { f64::INFINITY };
        }
        let now = rate(count, words);
        best = if lowest { best.min(now) } else { best.max(now) };
        let next = count / words;
        if (next - trial).abs() <= 1e-15 * trial.abs() {
            break;
        }
        trial = next;
    }
    best
}

/// The two sides of `group` against the rest of `frame`, with the documents that can matter for `most` removals: all that
/// hold the term, and on each side the longest of the others.
pub(super) fn sides(frame: &Frame<'_>, longest: &[Vec<u32>], postings: &Postings, group: usize, most: usize) -> (Side, Side) {
    let (mut own, mut rest) = (Side::default(), Side::default());
    for (&document, &count) in postings.documents.iter().zip(&postings.counts) {
        let side = if usize::from(frame.labels[document as usize]) == group { &mut own } else { &mut rest };
        side.count += count;
        side.documents.push((count, frame.words[document as usize]));
    }
    own.words = frame.sizes[group].words;
    rest.words = frame.whole.words - own.words;
    let lacking = |document: &&u32| postings.documents.binary_search(document).is_err();
    let words = |document: &u32| (0.0, frame.words[*document as usize]);
    own.documents.extend(longest[group].iter().filter(lacking).take(most).map(words));
    let mut others: Vec<(f64, f64)> = (0..frame.groups())
        .filter(|other| *other != group)
        .flat_map(|other| longest[other].iter().filter(lacking).take(most).map(words))
        .collect();
    others.sort_by(|a, b| b.1.total_cmp(&a.1));
    rest.documents.extend(others.into_iter().take(most));
    (own, rest)
}

/// The documents of each group, longest first.
pub(super) fn longest(frame: &Frame<'_>) -> Vec<Vec<u32>> {
    let sorted = |documents: &Vec<u32>| {
        let mut sorted = documents.clone();
        sorted.sort_by(|&a, &b| frame.words[b as usize].total_cmp(&frame.words[a as usize]).then(a.cmp(&b)));
        sorted
    };
    frame.members.iter().map(sorted).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::measures::FourCells;
    use super::super::super::measures::effect_size::log_ratio;
    use super::*;
    use crate::maths::RandomStream;

    /// Tries every set of documents of both sides.
    fn brute_force(own: &Side, rest: &Side, most: usize) -> Option<usize> {
        let cells = |removed: u32| {
            let side = |side: &Side, first: usize| {
                let kept = |index: &usize| removed >> (first + index) & 1 == 0;
                let of = |part: fn(&(f64, f64)) -> f64| {
                    (0..side.documents.len()).filter(kept).map(|index| part(&side.documents[index])).sum::<f64>()
                };
                (of(|document| document.0), of(|document| document.1))
            };
            let (a, n1) = side(own, 0);
            let (b, n2) = side(rest, own.documents.len());
            FourCells::new(a, n1, b, n2)
        };
        let full = log_ratio(&cells(0))?;
        let halved = |removed: u32| {
            let left = cells(removed);
            let now = if left.total == 0.0 || left.total_rest == 0.0 { return true } else { log_ratio(&left) };
            now.is_none_or(|now| now * full.signum() < full.abs() / 2.0 * (1.0 - 1e-12))
        };
        (0u32..1 << (own.documents.len() + rest.documents.len()))
            .filter(|removed| removed.count_ones() as usize <= most && halved(*removed))
            .map(|removed| removed.count_ones() as usize)
            .min()
    }

    #[test]
    fn the_number_of_driving_documents_is_that_of_trying_every_set() {
        let mut stream = RandomStream::new(21, 0);
        let mut seen = [0; 5];
        for _ in 0..400 {
            let mut side = |documents: u32, most: u32| {
                let documents: Vec<(f64, f64)> = (0..documents)
                    .map(|_| {
                        let words = 50.0 + f64::from(stream.below(300));
                        (f64::from(stream.below(most).saturating_sub(stream.below(3))), words)
                    })
                    .collect();
                Side {
                    count: documents.iter().map(|document| document.0).sum(),
                    words: documents.iter().map(|document| document.1).sum(),
                    documents,
                }
            };
            let (own, rest) = (side(7, 9), side(6, 5));
            if own.count == 0.0 || rest.count == 0.0 {
                continue;
            }
            let got = driving(&own, &rest, 3);
            assert_eq!(got, brute_force(&own, &rest, 3), "{own:?} {rest:?}");
            seen[got.unwrap_or(4)] += 1;
        }
        assert!(seen[1] > 20 && seen[2] > 20 && seen[3] > 10, "{seen:?}");
    }
}
