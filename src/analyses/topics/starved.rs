//! Topics that lose their documents when drafts vote.
//!
//! Drafts that cut the documents differently leave topics in the vote that nobody agrees on, and the refinement empties them. A
//! topic that most drafts find, but the vote has lost, takes the place of such a one.

use super::mixture::most_likely;
use crate::maths::dense::DenseRows;
use crate::maths::map_in_order;

/// A topic with less than this share of a mean topic's documents is starved.
const STARVED: f64 = 0.05;
/// A topic that takes its place has at least this share of a mean topic's documents.
const WELL_FED: f64 = 0.25;
/// Largest similarity of such a topic with one that is there.
const KNOWN: f64 = 0.5;
/// Least mean similarity of such a topic with its like in the drafts.
const AGREED: f64 = 0.4;

/// Replaces starved topics of `memberships` (documents × topics) by topics of `drafts` (each document's topic).
pub fn revive(memberships: &mut DenseRows, drafts: &[Vec<u32>]) {
    let (rows, topics) = (memberships.rows(), memberships.width());
    let mean = rows as f64 / topics.max(1) as f64;
    let mut labels = most_likely(memberships);
    let mut sizes = vec![0usize; topics];
    labels.iter().for_each(|&label| sizes[label as usize] += 1);
    let starved: Vec<usize> = (0..topics).filter(|&topic| (sizes[topic] as f64) < STARVED * mean).collect();
    if starved.is_empty() || drafts.len() < 2 {
        return;
    }
    // How well the drafts agree on each topic of each draft.
    let agreed = map_in_order(drafts.len(), |number| {
        let mut sums = vec![0.0; topics];
        for other in (0..drafts.len()).filter(|&other| other != number) {
            sums.iter_mut().zip(best_matches(&drafts[number], &drafts[other], topics)).for_each(|(sum, (best, _))| *sum += best);
        }
        sums.iter_mut().for_each(|sum| *sum /= (drafts.len() - 1) as f64);
        sums
    });
    for place in starved {
        let mut best = (0.0, 0, 0);
        for (number, draft) in drafts.iter().enumerate() {
            for (topic, (known, size)) in best_matches(draft, &labels, topics).into_iter().enumerate() {
                let score = agreed[number][topic] * (1.0 - known);
                if size as f64 >= WELL_FED * mean && known <= KNOWN && agreed[number][topic] >= AGREED && score > best.0 {
                    best = (score, number, topic);
                }
            }
        }
        let (score, number, topic) = best;
        if score <= 0.0 {
            return;
        }
        for (row, _) in drafts[number].iter().enumerate().filter(|(_, label)| **label as usize == topic) {
            labels[row] = place as u32;
        }
        let draft = &drafts[number];
        memberships.update_rows(|row, shares| {
            if draft[row] as usize == topic {
                shares.fill(0.0);
                shares[place] = 1.0;
            }
        });
    }
}

/// For each topic of `draft` its Jaccard similarity with the most similar of `others`, and its size.
fn best_matches(draft: &[u32], others: &[u32], topics: usize) -> Vec<(f64, usize)> {
    let mut cells = vec![0usize; topics * topics];
    let (mut own, mut other) = (vec![0usize; topics], vec![0usize; topics]);
    for (&left, &right) in draft.iter().zip(others) {
        let (left, right) = (left as usize, right as usize);
        // A draft of equal documents can have fewer topics, none has more.
        if left < topics && right < topics {
            cells[left * topics + right] += 1;
            own[left] += 1;
            other[right] += 1;
        }
    }
    (0..topics)
        .map(|left| {
            let jaccard = |right: usize| {
                let both = cells[left * topics + right];
                both as f64 / (own[left] + other[right] - both).max(1) as f64
            };
            ((0..topics).map(jaccard).fold(0.0, f64::max), own[left])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyses::topics::mixture::memberships;

    #[test]
    fn a_topic_that_drafts_agree_on_takes_the_place_of_an_empty_one() {
        // Forty documents in four topics of ten; the vote has lumped the last two and left topic 2 without documents.
        let truth: Vec<u32> = (0..40).map(|row| row / 10).collect();
        let lumped: Vec<u32> = truth.iter().map(|&topic| if topic == 2 { 3 } else { topic }).collect();
        let mut found = memberships(&lumped, 4);
        // Drafts number their topics as they like; the third is one document off.
        let turned: Vec<u32> = truth.iter().map(|topic| (topic + 1) % 4).collect();
        let mut off = truth.clone();
        off[20] = 0;
        revive(&mut found, &[truth.clone(), turned, off]);
        let labels = most_likely(&found);
        assert_eq!(crate::maths::agreement::agreement(&truth, &labels).adjusted_rand, 1.0);
        // Nothing is starved: nothing changes.
        let mut fed = memberships(&truth, 4);
        revive(&mut fed, &[lumped.clone(), lumped]);
        assert_eq!(most_likely(&fed), truth);
    }

    #[test]
    fn matches_are_jaccard_similarities() {
        // Topic 0 = {0, 1, 2} against {0, 1}: 2/3; topic 1 = {3} against {2, 3}: 1/2.
        assert_eq!(best_matches(&[0, 0, 0, 1], &[0, 0, 1, 1], 2), [(2.0 / 3.0, 3), (0.5, 1)]);
    }
}
