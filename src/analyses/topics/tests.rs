//! Topics on planted corpora, made here so that the truth is known.

use super::model::{Model, Settings, model};
use super::{ENTRY, build};
use crate::analyses::Context;
use crate::corpus::{Corpus, DocumentTermMatrix, Documents, Folding, GroupTermMatrix, Groups, ReadingNotes, Surfaces, Vocabulary};
use crate::maths::RandomStream;
use crate::maths::agreement::agreement;
use crate::maths::float::{exp, pow};
use crate::memory::SparseRows;
use crate::params::Params;
use crate::table::Value;

/// A corpus of `topics` planted topics with its truth: each topic has `own` terms of its own, all share a Zipfian background.
struct Plant {
    documents: usize,
    topics: usize,
    own: usize,
    words: usize,
    /// Share of a document's words that come from its topic.
    clear: f64,
    /// Whether topic sizes fall as 1, 1/2, 1/3 …
    uneven: bool,
}

fn word(number: usize) -> String {
    // Letters only, all of different beginnings, so that no two look like forms of one word.
    let letters = b"bcdfghjklm";
    let digits: String = format!("{number:05}").chars().rev().map(|digit| letters[digit as usize - '0' as usize] as char).collect();
    format!("{digits}a")
}

fn planted(plant: &Plant, seed: u64) -> (Corpus, Vec<u32>) {
    let background = 800;
    let mut stream = RandomStream::new(seed, 0);
    let mut truth = Vec::new();
    let mut rows: Vec<Vec<u32>> = Vec::new();
    let sizes: Vec<f64> = (0..plant.topics).map(|topic| if plant.uneven { 1.0 / (topic as f64 + 1.5) } else { 1.0 }).collect();
    let total: f64 = sizes.iter().sum();
    for _ in 0..plant.documents {
        let mut at = stream.unit() * total;
        let topic = sizes.iter().position(|size| {
            at -= size;
            at < 0.0
        });
        let topic = topic.unwrap_or(0);
        truth.push(topic as u32);
        let length = (plant.words as f64 * exp(0.5 * stream.normal())).max(8.0) as usize;
        let words = (0..length).map(|_| {
            let skewed = |width: usize, stream: &mut RandomStream| (pow(stream.unit(), 2.0) * width as f64) as u32;
            if stream.unit() < plant.clear {
                (background + topic * plant.own) as u32 + skewed(plant.own, &mut stream)
            } else {
                skewed(background, &mut stream)
            }
        });
        rows.push(words.collect());
    }
    (corpus(&rows, background + plant.topics * plant.own), truth)
}

/// A corpus of two groups by turns, dated over three months, with the given term numbers in each document.
fn corpus(rows: &[Vec<u32>], width: usize) -> Corpus {
    let n = rows.len();
    // Names in byte order, as a vocabulary has them.
    let mut names: Vec<(String, usize)> = (0..width).map(|number| (word(number), number)).collect();
    names.sort();
    let mut place = vec![0u32; width];
    names.iter().enumerate().for_each(|(at, (_, number))| place[*number] = at as u32);
    let mut matrix = SparseRows::new(width as u32);
    let mut counts = vec![0u64; width];
    let mut frequency = vec![0u32; width];
    for row in rows {
        let mut terms: Vec<u32> = row.iter().map(|&term| place[term as usize]).collect();
        terms.sort_unstable();
        terms.iter().for_each(|&term| counts[term as usize] += 1);
        let entries: Vec<(u32, u32)> = terms.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32)).collect();
        entries.iter().for_each(|&(term, _)| frequency[term as usize] += 1);
        matrix.push_row(entries);
    }
    let groups = Groups {
        field: "outlet".to_owned(),
        names: vec!["East".to_owned(), "West".to_owned()],
        of_document: (0..n).map(|document| (document % 2) as u16).collect(),
        absence: None,
    };
    let words: Vec<u32> = rows.iter().map(|row| row.len() as u32).collect();
    let matrix = DocumentTermMatrix { rows: matrix };
    Corpus {
        group_terms: GroupTermMatrix::sum(&matrix, &groups, &words),
        documents: Documents {
            ids: (0..n).map(|document| format!("d{document:05}")).collect(),
            titles: (0..n).map(|document| format!("Title {document}")).collect(),
            urls: vec![String::new(); n],
            dates: (0..n).map(|document| (document % 5 != 0).then(|| 20_454 + (document % 3) as i32 * 31)).collect(),
            languages: vec!["eng".to_owned(); n],
            types: words.clone(),
            sentences: vec![1; n],
            fingerprints: (0..n as u128).collect(),
            weights: vec![1.0; n],
            fields: Vec::new(),
            words,
        },
        groups,
        surfaces: Surfaces::default(),
        tokens: None,
        folding: Folding::default(),
        terms: Vocabulary {
            terms: names.iter().map(|(name, _)| name.as_str()).collect(),
            is_stop: vec![false; width],
            counts,
            documents: frequency,
            ..Vocabulary::default()
        },
        document_terms: Some(matrix),
        texts: None,
        language: "eng".to_owned(),
        notes: ReadingNotes::default(),
        lent: Default::default(),
    }
}

fn params(k: usize) -> Params {
    Params::check(ENTRY.params, |name| match name {
        "k" => Some(k.to_string()),
        // Planted topics are clear: fewer starts than for real texts find them.
        "starts" => Some("4".to_owned()),
        _ => None,
    })
    .unwrap()
}

fn fitted(corpus: &Corpus, k: usize) -> Model {
    model(corpus, &Settings::of(&params(k), 1)).unwrap().unwrap()
}

fn labels(model: &Model) -> Vec<u32> {
    model.placements.iter().map(|placement| placement.map_or(99, |placement| placement.topic as u32)).collect()
}

const FOUR: Plant = Plant { documents: 160, topics: 4, own: 40, words: 120, clear: 0.35, uneven: false };
const EIGHT: Plant = Plant { documents: 600, topics: 8, own: 60, words: 90, clear: 0.3, uneven: true };
const TWELVE: Plant = Plant { documents: 800, topics: 12, own: 50, words: 60, clear: 0.35, uneven: false };

#[test]
fn planted_topics_are_found_and_their_number_chosen() {
    for plant in [FOUR, EIGHT, TWELVE] {
        let (corpus, truth) = planted(&plant, 3);
        let model = fitted(&corpus, 0);
        let found = model.topics.len() as f64;
        assert!((found / plant.topics as f64 - 1.0).abs() <= 0.3, "{found} of {}: {:?}", plant.topics, model.choice);
        let given = agreement(&truth, &labels(&fitted(&corpus, plant.topics)));
        assert!(given.adjusted_rand > 0.9, "{} topics: {given:?}", plant.topics);
    }
}

#[test]
fn a_topic_names_its_own_terms_and_all_numbers_add_up() {
    let (corpus, truth) = planted(&FOUR, 5);
    let model = fitted(&corpus, 4);
    for topic in &model.topics {
        let planted = truth[topic.documents[0]] as usize;
        let own: Vec<String> = (0..FOUR.own).map(|at| word(800 + planted * FOUR.own + at)).collect();
        assert!(topic.terms.iter().take(10).all(|term| own.contains(&term.term)), "{:?}", topic.terms);
        assert!(topic.coherence.unwrap() > 0.2 && topic.stability.unwrap() > 0.75 && topic.silhouette.unwrap() > 0.3, "{topic:?}");
    }
    assert!(model.topics.windows(2).all(|pair| pair[0].documents.len() >= pair[1].documents.len()));
    assert_eq!(model.topics.iter().map(|topic| topic.documents.len()).sum::<usize>(), 160);
    for placement in model.placements.iter().flatten() {
        let (other, second) = placement.second.unwrap();
        assert!(other != placement.topic && second >= 0.0 && placement.distance >= 0.0);
    }
}

#[test]
fn the_tables_have_a_row_for_everything() {
    let (corpus, _) = planted(&FOUR, 5);
    let output = build(&corpus, &params(4), &Context { seed: 1, all_rows: false }).unwrap();
    let table = |name: &str| output.tables.iter().find(|table| table.spec.name == name).unwrap();
    assert_eq!(table("topics").rows(), 4);
    assert_eq!(table("topic_terms").rows(), 80);
    assert_eq!(table("document_topics").rows(), 160);
    assert_eq!(table("topic_shares").rows(), 8);
    // Three months, of all documents and of two groups.
    assert_eq!(table("topic_months").rows(), 3 * 3 * 4);
    let share = |row| table("topic_shares").number("document_share", row).unwrap();
    assert!((share(0) + share(1) + share(2) + share(3) - 1.0).abs() < 1e-12);
    assert!(output.tables.iter().all(|table| table.spec.name != "topic_choice"));
    assert_eq!(output.charts.len(), 3);
    assert!(output.findings.iter().all(|finding| finding.weight <= 100.0 && finding.sentence.contains('%')), "{:?}", output.findings);
    for chart in &output.charts {
        assert!(output.tables.iter().any(|table| table.spec.name == chart.table));
    }
}

#[test]
fn an_outlet_that_neglects_a_topic_is_found() {
    let (mut corpus, truth) = planted(&EIGHT, 9);
    // West writes nothing about the first topic but one article in ten.
    corpus.groups.of_document =
        truth.iter().enumerate().map(|(at, &topic)| u16::from(if topic == 0 { at % 10 == 0 } else { at % 2 == 0 })).collect();
    let output = build(&corpus, &params(8), &Context { seed: 1, all_rows: false }).unwrap();
    let shares = output.tables.iter().find(|table| table.spec.name == "topic_shares").unwrap();
    let first = (0..shares.rows()).find(|&row| shares.number("q_value", row).is_some_and(|q| q < 0.001)).unwrap();
    assert_eq!(shares.number("topic", first), Some(1.0));
    let sentence = output.findings.iter().find(|finding| finding.table == "topic_shares").unwrap();
    assert!(sentence.sentence.contains("East gives") || sentence.sentence.contains("West gives only"), "{}", sentence.sentence);
}

#[test]
fn the_threads_and_repeated_runs_do_not_change_a_digit() {
    let (corpus, _) = planted(&EIGHT, 4);
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| build(&corpus, &params(8), &Context { seed: 7, all_rows: false }).unwrap())
    };
    let (one, two, seven) = (run(1), run(2), run(7));
    for other in [&two, &seven] {
        for (left, right) in one.tables.iter().zip(&other.tables) {
            for column in 0..left.columns.len() {
                for row in 0..left.rows() {
                    let (a, b) = (left.columns[column].value(row), right.columns[column].value(row));
                    let same = match (&a, &b) {
                        (Value::Number(a), Value::Number(b)) => a.to_bits() == b.to_bits(),
                        _ => a == b,
                    };
                    assert!(same, "{} {row}: {a:?} {b:?}", left.spec.name);
                }
            }
        }
        assert_eq!(one.findings, other.findings);
    }
}

#[test]
fn a_handful_of_documents_works_or_says_why_not() {
    for (n, k) in [(0, 0), (1, 0), (3, 5), (4, 0), (5, 0), (5, 3), (6, 50)] {
        let rows: Vec<Vec<u32>> = (0..n as u32).map(|row| (0..30).map(|at| (row % 2) * 10 + (row + at) % 12).collect()).collect();
        let output = build(&corpus(&rows, 40), &params(k), &Context { seed: 1, all_rows: false }).unwrap();
        if n < 4 {
            assert!(output.tables.is_empty() && output.notes[0].contains("no topics"), "{n}");
        } else {
            assert!(output.tables[0].rows() >= 1 && output.tables[0].rows() <= n / 2, "{n} {k}");
        }
    }
    // Equal documents, documents of stop words only, documents without words.
    let equal = build(&corpus(&vec![vec![1, 2, 3]; 6], 5), &params(0), &Context { seed: 1, all_rows: false }).unwrap();
    assert!(equal.tables.is_empty() && equal.notes.len() == 1);
    let mut stopped = corpus(&vec![vec![1, 2, 3]; 6], 5);
    stopped.terms.is_stop = vec![true; 5];
    assert!(build(&stopped, &params(0), &Context { seed: 1, all_rows: false }).unwrap().tables.is_empty());
    assert!(build(&corpus(&vec![Vec::new(); 6], 5), &params(2), &Context { seed: 1, all_rows: false }).unwrap().tables.is_empty());
}

#[test]
fn labels_are_compared_and_a_missing_field_gets_a_hint() {
    let (mut corpus, truth) = planted(&FOUR, 3);
    let mut codes = truth.clone();
    codes[0] = crate::corpus::NONE;
    let levels = (0..4).map(|level| format!("label {level}")).collect();
    corpus.documents.fields.push(crate::corpus::Field { name: "subject".to_owned(), levels, codes });
    let model = fitted(&corpus, 4);
    let found = super::evaluate(&corpus, &model, "subject").unwrap();
    assert_eq!(found, agreement(&truth[1..], &labels(&model)[1..]));
    let error = super::evaluate(&corpus, &model, "subjects").unwrap_err();
    assert_eq!(error.hint_text(), Some("did you mean `subject`?"));
}

#[test]
fn documents_without_telling_words_have_no_topic() {
    let (mut source, _) = planted(&FOUR, 6);
    let rows = &source.document_terms.as_ref().unwrap().rows;
    let mut emptied = SparseRows::new(rows.width() as u32);
    for row in 0..rows.rows() {
        let (terms, counts) = rows.row(row);
        emptied.push_row(terms.iter().copied().zip(counts.iter().copied()).take(if row == 7 { 0 } else { usize::MAX }));
    }
    source.document_terms = Some(DocumentTermMatrix { rows: emptied });
    let model = fitted(&source, 4);
    assert!(model.placements[7].is_none() && model.placements.iter().flatten().count() == 159);
}

#[test]
fn the_parameters_list_all_weightings() {
    let schemes: Vec<&str> = super::weighting::WEIGHTINGS.iter().map(|scheme| scheme.name).collect();
    assert_eq!(schemes, super::SCHEMES);
    // The documentation shows formula and source of each.
    assert!(super::weighting::WEIGHTINGS.iter().all(|scheme| !scheme.meaning.is_empty() && !scheme.source.is_empty()));
}
