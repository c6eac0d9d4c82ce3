//! Choosing the number of topics.
//!
//! Each number of topics is fitted on a sample; its evidence (see `mixture`) rises steeply as real topics are told apart and
//! slowly, or not at all, when they are split. The number is taken from which on a further topic adds too little.

use super::coherence::coherence;
use super::features::Features;
use super::fit::{Material, evenly};
use super::labels::{TermScore, topic_terms};
use crate::corpus::Corpus;
use crate::error::Result;
use crate::maths::agreement::agreement;
use crate::maths::map_in_order;
use crate::maths::silhouette::cosine_silhouettes;
use crate::maths::summary::mean;

/// Most documents that take part in the choice.
const SAMPLE: usize = 6000;
/// Starts for each number.
const STARTS: usize = 4;
/// Share of the highest evidence that a further topic has to add.
const LEAST_GAIN: f64 = 0.02;
/// First terms of a topic whose coherence counts.
const COHERENT_TERMS: usize = 10;
/// Numbers tried beyond the best so far.
const PATIENCE: usize = 4;

/// How one number of topics does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The number of topics.
    pub topics: usize,
    /// Evidence over that of a single topic, in nats a document.
    pub gain: f64,
    /// Mean silhouette width by cosine; `None` for a single topic.
    pub silhouette: Option<f64>,
    /// Mean adjusted Rand index between the clusterings of subsamples; `None` for a single topic.
    pub stability: Option<f64>,
    /// Mean NPMI of the topics' first terms; `None` for a single topic.
    pub coherence: Option<f64>,
}

/// The numbers tried and the one taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// In ascending order of topics.
    pub candidates: Vec<Candidate>,
    /// The number taken.
    pub chosen: usize,
    /// Why, in words.
    pub reason: String,
}

/// Tries up to `most` topics on an even sample of the documents.
///
/// # Errors
/// An internal error if a fit fails.
pub fn choose(material: &Material, features: &Features, corpus: &Corpus, most: usize, seed: u64) -> Result<Choice> {
    let rows = material.reduced.rows();
    let taken = evenly(rows, SAMPLE);
    let count = taken.len();
    let (sample, features) = (material.taken(&taken), features.taken(&taken));
    let starts = map_in_order(STARTS, |start| sample.start(start, seed));
    let single = sample.observed.evidence(&vec![0; count], 1);
    let mut candidates = vec![Candidate { topics: 1, gain: 0.0, silhouette: None, stability: None, coherence: None }];
    for topics in (2..=most).filter(|&topics| is_tried(topics)) {
        let fitted = sample.fit_from(&starts, topics)?;
        let found = fitted.centres.rows();
        let gain = (sample.observed.evidence(&fitted.topics, found.max(1)) - single) / count as f64;
        let mut agreements = Vec::new();
        for (index, one) in fitted.drafts.iter().enumerate() {
            agreements.extend(fitted.drafts[..index].iter().map(|other| agreement(one, other).adjusted_rand));
        }
        let silhouette = mean(&cosine_silhouettes(&sample.reduced, &fitted.topics));
        let terms = topic_terms(&features, corpus, &fitted.topics, found, COHERENT_TERMS, TermScore::Both);
        let coherences: Vec<f64> = coherence(&features, &terms).into_iter().flatten().collect();
        candidates.push(Candidate { topics, gain, silhouette, stability: mean(&agreements), coherence: mean(&coherences) });
        let best = best(&candidates);
        if found < topics || candidates.len() > best + PATIENCE.max(best / 2) {
            break;
        }
    }
    let chosen = candidates[best(&candidates)].topics;
    let reason = reason(chosen, &candidates);
    Ok(Choice { candidates, chosen, reason })
}

/// The highest evidence and its number of topics.
fn summit(candidates: &[Candidate]) -> (f64, usize) {
    candidates.iter().fold((0.0, 1), |top, candidate| if candidate.gain > top.0 { (candidate.gain, candidate.topics) } else { top })
}

/// Position of the candidate with the highest evidence after `LEAST_GAIN` of the highest is taken off for each topic: before it
/// topics add more than that, after it less.
fn best(candidates: &[Candidate]) -> usize {
    let price = LEAST_GAIN * summit(candidates).0;
    let worth = |at: usize| candidates[at].gain - price * candidates[at].topics as f64;
    (0..candidates.len()).fold(0, |best, at| if worth(at) > worth(best) { at } else { best })
}

fn reason(chosen: usize, candidates: &[Candidate]) -> String {
    let tried = candidates.last().map_or(1, |candidate| candidate.topics);
    match (chosen, summit(candidates).1) {
        (1, _) => "One topic explains the documents better than any finer division.".to_owned(),
        (chosen, summit) if chosen == summit => {
            format!("{chosen} topics explain the words of the documents best of all numbers up to {tried}.")
        }
        (chosen, _) => format!(
            "Up to {chosen} topics each further one explains the words of the documents clearly better; beyond, it adds less than \
             {:.0} % of what topics can explain at most (numbers up to {tried} were tried).",
            100.0 * LEAST_GAIN
        ),
    }
}

/// Every number up to 12, then in growing steps: the plateau is wide there.
fn is_tried(topics: usize) -> bool {
    match topics {
        0..=12 => true,
        13..=20 => topics.is_multiple_of(2),
        21..=40 => topics.is_multiple_of(4),
        _ => topics.is_multiple_of(10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(gains: &[(usize, f64)]) -> Vec<Candidate> {
        gains.iter().map(|&(topics, gain)| Candidate { topics, gain, silhouette: None, stability: None, coherence: None }).collect()
    }

    #[test]
    fn the_number_is_taken_from_which_on_topics_add_little() {
        // The knee is at 4: before it each topic adds 10, behind it 0.5, less than 2 % of the highest (32).
        let knee = curve(&[(1, 0.0), (2, 10.0), (3, 20.0), (4, 30.0), (6, 31.0), (8, 32.0), (10, 31.0)]);
        assert_eq!(knee[best(&knee)].topics, 4);
        assert!(reason(4, &knee).contains("Up to 4 topics") && reason(4, &knee).contains("up to 10 were tried"));
        let peaked = curve(&[(1, 0.0), (2, 10.0), (3, 20.0), (4, 15.0)]);
        assert_eq!(peaked[best(&peaked)].topics, 3);
        assert!(reason(3, &peaked).starts_with("3 topics explain"));
        let flat = curve(&[(1, 0.0), (2, -3.0)]);
        assert_eq!(flat[best(&flat)].topics, 1);
    }
}
