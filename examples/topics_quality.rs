//! Scores topics against labels: `cargo run --release --example topics_quality -- FILE.jsonl [SEEDS] [1 to choose the number]`.
//!
//! Every line holds a `text` and a `topic`; lines without a topic are left out. The number of
//! topics is the number of labels unless it is to be chosen. `PARAMS="starts=20 weighting=bm25"` sets parameters.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a bench for developers")]

use headword::analyses::topics;
use headword::corpus::{Needs, RawDocument, ReadingNotes};
use headword::count::{CountOptions, Counter, freeze};
use headword::maths::agreement::agreement;
use headword::maths::summary::median;
use headword::params::Params;
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |at: usize, default: usize| arguments.get(at).map_or(default, |text| text.parse().unwrap());
    let (seeds, chosen) = (number(2, 3) as u64, number(3, 0) > 0);
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
    let options =
        CountOptions { needs: Needs::DOCUMENT_TERMS.and(Needs::TOKENS), language: Some("eng".to_owned()), ..CountOptions::default() };
    let mut counter = Counter::new(&options);
    for document in documents {
        let length = document.text.len();
        counter.add(document, std::slice::from_ref(&(0..length)), false);
    }
    let corpus = freeze(vec![counter], &options, ReadingNotes::default()).unwrap();
    println!("count {:.2}", start.elapsed().as_secs_f64());
    let given = std::env::var("PARAMS").unwrap_or_default();
    let typed = |name: &str| given.split(' ').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=').map(str::to_owned));
    let params = Params::check(topics::ENTRY.params, typed).unwrap();
    let mut runs = Vec::new();
    for seed in 0..seeds {
        let mut settings = topics::Settings::of(&params, seed).unwrap();
        settings.topics = if chosen { 0 } else { names.len() };
        let model = topics::model(&corpus, &settings).unwrap().unwrap();
        println!("topics {:.2}", start.elapsed().as_secs_f64());
        if let Some(choice) = &model.choice {
            choice.candidates.iter().for_each(|candidate| println!("{candidate:?}"));
            println!("chosen {} for {} labels: {}", choice.chosen, names.len(), choice.reason);
        }
        if seed == 0 {
            for topic in &model.topics {
                let terms: Vec<&str> = topic.terms.iter().take(8).map(|term| term.term.as_str()).collect();
                let round = |number: Option<f64>| number.map_or("-".to_owned(), |number| format!("{number:.2}"));
                let (stability, silhouette, coherence) = (round(topic.stability), round(topic.silhouette), round(topic.coherence));
                println!(
                    "{:6} stability {stability} silhouette {silhouette} coherence {coherence}: {}",
                    topic.documents.len(),
                    terms.join(" ")
                );
            }
        }
        // A document without telling words counts as a cluster of its own kind.
        runs.push(model.placements.iter().map(|place| place.map_or(u32::MAX, |place| place.topic as u32)).collect::<Vec<u32>>());
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
