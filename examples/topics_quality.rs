//! Scores topics against labels: `cargo run --release --example topics_quality -- FILE.jsonl [STARTS] [SEEDS]`.
//!
//! Every line holds a `text` and a `topic`; lines without a topic are left out. The number of topics is the number of labels.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a bench for developers")]

use headword::analyses::topics::{features, fit, mixture, neighbours, weighting};
use headword::corpus::{Needs, RawDocument, ReadingNotes};
use headword::count::{CountOptions, Counter, freeze};
use headword::maths::agreement::agreement;
use headword::maths::summary::median;
use headword::maths::truncated_svd;
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |at: usize, default: usize| arguments.get(at).map_or(default, |text| text.parse().unwrap());
    let (starts, seeds) = (number(2, 10), number(3, 3));
    let environment = |name: &str, default: f64| std::env::var(name).map_or(default, |text| text.parse().unwrap());
    let start = Instant::now();
    let text = std::fs::read_to_string(&arguments[1]).unwrap();
    let mut labels = Vec::new();
    let mut documents = Vec::new();
    for (position, line) in text.lines().enumerate() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        if let Some(topic) = value["topic"].as_str().filter(|topic| !topic.is_empty()) {
            labels.push(topic.to_owned());
            let text = value["text"].as_str().unwrap().to_owned();
            documents.push(RawDocument { id: format!("{position:08}"), text, ..RawDocument::default() });
        }
    }
    let mut names = labels.clone();
    names.sort();
    names.dedup();
    let truth: Vec<u32> = labels.iter().map(|label| names.binary_search(label).unwrap() as u32).collect();
    println!("read {:.2}", start.elapsed().as_secs_f64());
    let options = CountOptions { needs: Needs::DOCUMENT_TERMS, language: Some("eng".to_owned()), ..CountOptions::default() };
    let mut counter = Counter::new(&options);
    for document in documents {
        let length = document.text.len();
        counter.add(document, std::slice::from_ref(&(0..length)), false);
    }
    let corpus = freeze(vec![counter], &options, ReadingNotes::default()).unwrap();
    println!("count {:.2}", start.elapsed().as_secs_f64());
    let limits = features::TermLimits { min_documents: 0, max_share: environment("MAX_SHARE", 0.5), max_terms: 60_000 };
    let features = features::Features::of(&corpus, limits).unwrap();
    let weighted = features.weighted(&weighting::WEIGHTINGS[environment("SCHEME", 0.0) as usize]);
    println!("features {:.2}: {} x {}, {} stored", start.elapsed().as_secs_f64(), weighted.rows(), weighted.width(), weighted.stored());
    let mut svd = truncated_svd(&weighted, environment("RANK", 100.0) as usize, environment("ITERATIONS", 2.0) as usize);
    println!("svd {:.2}", start.elapsed().as_secs_f64());
    svd.rows.normalise_rows();
    let reduced = neighbours::smoothed(&svd.rows, environment("NEIGHBOURS", 15.0) as usize, environment("STEPS", 4.0) as usize);
    println!("smooth {:.2}", start.elapsed().as_secs_f64());
    let material = fit::Material { reduced, counts: mixture::TermCounts::new(features.damped()), weights: features.weights.clone() };
    if std::env::var("CHOOSE").is_ok() {
        let choice = headword::analyses::topics::choice::choose(&material, 60, 0).unwrap();
        for candidate in &choice.candidates {
            println!("{candidate:?}");
        }
        println!("choice {:.2}: {} of {} labels; {}", start.elapsed().as_secs_f64(), choice.chosen, names.len(), choice.reason);
        return;
    }
    let mut runs = Vec::new();
    for seed in 0..seeds {
        let fitted = material.fit(names.len(), starts, seed as u64).unwrap();
        println!("fit {:.2}", start.elapsed().as_secs_f64());
        let mut topics = vec![0; truth.len()];
        for (row, &document) in features.documents.iter().enumerate() {
            topics[document] = fitted.topics[row];
        }
        runs.push(topics);
    }
    let scores: Vec<_> = runs.iter().map(|topics| agreement(&truth, topics)).collect();
    let mut between = Vec::new();
    for (index, run) in runs.iter().enumerate() {
        between.extend(runs[..index].iter().map(|other| agreement(run, other).adjusted_rand));
    }
    let mean = between.iter().sum::<f64>() / between.len().max(1) as f64;
    let middle = |score: fn(&headword::maths::agreement::Agreement) -> f64| median(&scores.iter().map(score).collect::<Vec<_>>()).unwrap();
    println!(
        "{}: NMI {:.3} ARI {:.3} purity {:.3}; between seeds {mean:.3}",
        arguments[1],
        middle(|s| s.normalised_mutual_information),
        middle(|s| s.adjusted_rand),
        middle(|s| s.purity)
    );
}
