//! Choosing the number of topics.
//!
//! Each number of topics is fitted on a sample; its evidence (see `mixture`) rises as real topics are told apart and falls
//! when they are split. The smallest number on the plateau below the peak is taken.

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
/// Share of the peak's gain over a single topic at which the plateau begins.
const PLATEAU: f64 = 0.98;
/// First terms of a topic whose coherence counts.
const COHERENT_TERMS: usize = 10;
/// Numbers tried beyond the last peak.
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
    let single = sample.counts.evidence(&vec![0; count], 1);
    let mut candidates = vec![Candidate { topics: 1, gain: 0.0, silhouette: None, stability: None, coherence: None }];
    let mut peak = (0, 0.0);
    for topics in (2..=most).filter(|&topics| is_tried(topics)) {
        let fitted = sample.fit_from(&starts, topics)?;
        let found = fitted.centres.rows();
        let gain = (sample.counts.evidence(&fitted.topics, found.max(1)) - single) / count as f64;
        let mut agreements = Vec::new();
        for (index, one) in fitted.drafts.iter().enumerate() {
            agreements.extend(fitted.drafts[..index].iter().map(|other| agreement(one, other).adjusted_rand));
        }
        let silhouette = mean(&cosine_silhouettes(&sample.reduced, &fitted.topics));
        let terms = topic_terms(&features, corpus, &fitted.topics, found, COHERENT_TERMS, TermScore::Both);
        let coherences: Vec<f64> = coherence(&features, &terms).into_iter().flatten().collect();
        candidates.push(Candidate { topics, gain, silhouette, stability: mean(&agreements), coherence: mean(&coherences) });
        if gain > peak.1 {
            peak = (candidates.len() - 1, gain);
        }
        if found < topics || candidates.len() > peak.0 + PATIENCE.max(peak.0 / 2) {
            break;
        }
    }
    let at = candidates.iter().position(|candidate| candidate.gain >= PLATEAU * peak.1).unwrap_or(0);
    let (chosen, summit) = (candidates[at].topics, candidates[peak.0].topics);
    let reason = match (chosen, summit) {
        (1, _) => "One topic explains the documents better than any finer division.".to_owned(),
        (chosen, summit) if chosen == summit => format!("The evidence for {chosen} topics is the highest of all numbers tried."),
        (chosen, summit) => {
            format!(
                "The evidence peaks at {summit} topics; {chosen} is the smallest number that reaches {:.0} % of the peak.",
                100.0 * PLATEAU
            )
        }
    };
    Ok(Choice { candidates, chosen, reason })
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
