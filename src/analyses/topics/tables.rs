//! Filling the tables of topics.

use super::columns::{TABLE_CHOICE, TABLE_DOCUMENTS, TABLE_MAP, TABLE_TERMS, TABLE_TOPICS, TABLE_TREE};
use super::labels::label;
use super::map::cores;
use super::model::{Model, Topic};
use crate::analyses::tree;
use crate::corpus::Corpus;
use crate::error::Result;
use crate::table::{Table, TableBuilder, Value};

/// A topic with less stability is not to be trusted; from 0.75 on it is a valid one (Hennig 2007, and his `fpc::clusterboot`).
pub const UNSTABLE_BELOW: f64 = 0.6;
/// Fewer documents make no map.
const LEAST_MAPPED: usize = 10;
/// Topics with a colour of their own on the map.
const COLOURS: usize = 8;
/// The name of the others.
const OTHER_TOPICS: &str = "other topics";

/// Labels of all topics, in their order.
pub fn labels(model: &Model) -> Vec<String> {
    model.topics.iter().map(|topic| label(&topic.terms)).collect()
}

/// The topics with their quality and typical documents.
pub fn topics(corpus: &Corpus, model: &Model) -> Table {
    let mut table = TableBuilder::new(&TABLE_TOPICS);
    let placed = model.placements.iter().flatten().count() as f64;
    for (number, topic) in model.topics.iter().enumerate() {
        let [first, second, third] = typical(corpus, topic);
        let terms: Vec<&str> = topic.terms.iter().take(10).map(|term| term.shown.as_str()).collect();
        table.row([
            (number + 1).into(),
            label(&topic.terms).into(),
            topic.documents.len().into(),
            (topic.documents.len() as f64 / placed).into(),
            topic.stability.into(),
            topic.stability.map(|stability| stability < UNSTABLE_BELOW).into(),
            topic.silhouette.into(),
            topic.coherence.into(),
            terms.join(", ").into(),
            first.into(),
            second.into(),
            third.into(),
        ]);
    }
    table.finish()
}

/// Three documents nearest to the centre: of different groups and titles as far as the nearest twentieth (at least ten) of
/// the topic's documents has them.
fn typical(corpus: &Corpus, topic: &Topic) -> [Option<String>; 3] {
    let near = &topic.documents[..topic.documents.len().min((topic.documents.len() / 20).max(10))];
    let mut chosen: Vec<usize> = Vec::new();
    let title = |document: usize| corpus.documents.label(document);
    for new_group_only in [true, false] {
        for &document in near {
            let group = |document: usize| corpus.groups.of_document.get(document);
            let is_new =
                chosen.iter().all(|&other| title(other) != title(document) && !(new_group_only && group(other) == group(document)));
            if chosen.len() < 3 && is_new {
                chosen.push(document);
            }
        }
    }
    std::array::from_fn(|at| chosen.get(at).map(|&document| title(document).to_owned()))
}

/// The telling terms.
pub fn terms(model: &Model) -> Table {
    let mut table = TableBuilder::new(&TABLE_TERMS);
    for (number, topic) in model.topics.iter().enumerate() {
        for (rank, term) in topic.terms.iter().enumerate() {
            table.row([
                (number + 1).into(),
                label(&topic.terms).into(),
                (rank + 1).into(),
                term.term.as_str().into(),
                term.weight.into(),
                term.log_likelihood.into(),
                term.count.into(),
                term.documents.into(),
            ]);
        }
    }
    table.finish()
}

/// Every document with its topic.
pub fn documents(corpus: &Corpus, model: &Model) -> Table {
    let labels = labels(model);
    let mut table = TableBuilder::new(&TABLE_DOCUMENTS);
    for (document, placement) in model.placements.iter().enumerate() {
        let group = corpus.groups.of_document.get(document).and_then(|&group| corpus.groups.names.get(usize::from(group)));
        let title = Some(corpus.documents.titles[document].as_str()).filter(|title| !title.is_empty());
        let second = placement.and_then(|placement| placement.second);
        table.row([
            corpus.documents.ids[document].as_str().into(),
            title.into(),
            group.map(String::as_str).into(),
            Value::date(corpus.documents.dates[document]),
            placement.map(|placement| placement.topic + 1).into(),
            placement.map(|placement| labels[placement.topic].clone()).into(),
            placement.map(|placement| placement.distance).into(),
            second.map(|(topic, _)| topic + 1).into(),
            second.map(|(_, distance)| distance).into(),
            placement.zip(second).map(|(placement, (_, distance))| distance - placement.distance).into(),
        ]);
    }
    let without = model.placements.iter().filter(|placement| placement.is_none()).count();
    let table = table.finish();
    if without == 0 {
        table
    } else {
        table.with_note(format!("{without} documents have no topic: they hold no telling words, or were left without one as asked."))
    }
}

/// The numbers of topics that were tried; `None` if the number was given.
pub fn choice(model: &Model) -> Option<Table> {
    let choice = model.choice.as_ref()?;
    let mut table = TableBuilder::new(&TABLE_CHOICE);
    for candidate in &choice.candidates {
        table.row([
            candidate.topics.into(),
            candidate.gain.into(),
            candidate.silhouette.into(),
            candidate.stability.into(),
            candidate.coherence.into(),
            (candidate.topics == choice.chosen).into(),
        ]);
    }
    Some(table.finish().with_note(choice.reason.clone()))
}

/// The tree of topics; `None` for fewer than three.
///
/// # Errors
/// An internal error if the clustering library refuses the distances.
pub fn tree_of_topics(model: &Model) -> Result<Option<Table>> {
    if model.between.len() < 3 {
        return Ok(None);
    }
    let merges = tree::average_linkage(&model.between)?;
    let names: Vec<String> = labels(model).iter().enumerate().map(|(topic, label)| format!("{} {label}", topic + 1)).collect();
    Ok((!merges.is_empty()).then(|| tree::table(&TABLE_TREE, &merges, &names)))
}

/// The map of documents; `None` without documents on it.
pub fn map(corpus: &Corpus, model: &Model) -> Option<Table> {
    let shown: Vec<(usize, [f64; 2], usize)> =
        model.map.iter().filter_map(|&(document, place)| Some((document, place, model.placements[document].as_ref()?.topic))).collect();
    if shown.len() < LEAST_MAPPED {
        return None;
    }
    let labels = labels(model);
    let places: Vec<[f64; 2]> = shown.iter().map(|(_, place, _)| *place).collect();
    let topics: Vec<u32> = shown.iter().map(|(_, _, topic)| *topic as u32).collect();
    let (is_core, middles) = cores(&places, &topics);
    let mut table = TableBuilder::new(&TABLE_MAP);
    for (row, &(document, [x, y], topic)) in shown.iter().enumerate() {
        let group = corpus.groups.of_document.get(document).and_then(|&group| corpus.groups.names.get(usize::from(group)));
        let title = Some(corpus.documents.titles[document].as_str()).filter(|title| !title.is_empty());
        let label = labels[topic].as_str();
        table.row([
            corpus.documents.ids[document].as_str().into(),
            title.into(),
            group.map(String::as_str).into(),
            (topic + 1).into(),
            label.into(),
            x.into(),
            y.into(),
            (middles.get(topic).copied().flatten() == Some(row)).then_some(label).into(),
            is_core[row].then_some(label).into(),
            (if topic < COLOURS { label } else { OTHER_TOPICS }).into(),
        ]);
    }
    Some(table.finish())
}
