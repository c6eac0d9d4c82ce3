//! Topics on planted corpora, made here so that the truth is known.

use super::model::{Model, Settings, model};
use super::{ENTRY, build};
use crate::analyses::Context;
use crate::corpus::by_hand::{by_hand, by_turns, counted};
use crate::corpus::{Corpus, DocumentTermMatrix, Folding, Surfaces, Tokens};
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
    let documents: Vec<Vec<u32>> = rows.iter().map(|row| row.iter().map(|&term| place[term as usize]).collect()).collect();
    let words = rows.iter().map(|row| row.len() as u32).collect();
    let terms = names.iter().map(|(name, _)| name.as_str()).collect();
    let mut corpus = by_hand(counted(&documents, width as u32), words, by_turns(&["East", "West"], n), terms, vec![false; width]);
    corpus.documents.dates = over_three_months(n);
    corpus
}

/// Dates of `n` documents, of which every fifth has none.
fn over_three_months(n: usize) -> Vec<Option<i32>> {
    (0..n).map(|document| (document % 5 != 0).then(|| 20_454 + (document % 3) as i32 * 31)).collect()
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
    model(corpus, &Settings::of(&params(k), 1).unwrap()).unwrap().unwrap()
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
    let output = build(&corpus, &params(4), &Context { seed: 1, ..Context::default() }).unwrap();
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
    assert_eq!(table("topic_tree").rows(), 3);
    assert_eq!(table("topic_map").rows(), 160);
    let named: Vec<&str> = (0..160).filter_map(|row| table("topic_map").text("map_label", row)).filter(|label| !label.is_empty()).collect();
    assert_eq!(named.len(), 4);
    let names: Vec<&str> = output.charts.iter().map(|chart| chart.name.as_str()).collect();
    assert_eq!(names, ["topic_sizes", "topic_shares", "topic_months", "topic_tree", "topic_map", "topic_map_groups"]);
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
    let output = build(&corpus, &params(8), &Context { seed: 1, ..Context::default() }).unwrap();
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
        pool.install(|| build(&corpus, &params(8), &Context { seed: 7, ..Context::default() }).unwrap())
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
        let output = build(&corpus(&rows, 40), &params(k), &Context { seed: 1, ..Context::default() }).unwrap();
        if n < 4 {
            assert!(output.tables.is_empty() && output.notes[0].contains("no topics"), "{n}");
        } else {
            assert!(output.tables[0].rows() >= 1 && output.tables[0].rows() <= n / 2, "{n} {k}");
        }
    }
    // Equal documents, documents of stop words only, documents without words.
    let equal = build(&corpus(&vec![vec![1, 2, 3]; 6], 5), &params(0), &Context { seed: 1, ..Context::default() }).unwrap();
    assert!(equal.tables.is_empty() && equal.notes.len() == 1);
    let mut stopped = corpus(&vec![vec![1, 2, 3]; 6], 5);
    stopped.terms.is_stop = vec![true; 5];
    assert!(build(&stopped, &params(0), &Context { seed: 1, ..Context::default() }).unwrap().tables.is_empty());
    assert!(build(&corpus(&vec![Vec::new(); 6], 5), &params(2), &Context { seed: 1, ..Context::default() }).unwrap().tables.is_empty());
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

fn params_with(k: usize, more: &[(&str, &str)]) -> Params {
    Params::check(ENTRY.params, |name| match name {
        "k" => Some(k.to_string()),
        "starts" => Some("4".to_owned()),
        _ => more.iter().find(|(given, _)| *given == name).map(|(_, value)| (*value).to_owned()),
    })
    .unwrap()
}

fn model_with(corpus: &Corpus, params: &Params) -> Model {
    model(corpus, &Settings::of(params, 1).unwrap()).unwrap().unwrap()
}

#[test]
fn every_method_finds_planted_topics() {
    let (corpus, truth) = planted(&FOUR, 3);
    for method in super::methods::METHODS {
        let model = model_with(&corpus, &params_with(4, &[("method", method)]));
        let found = agreement(&truth, &labels(&model));
        assert!(found.adjusted_rand > 0.9, "{method}: {found:?}");
        assert!(model.topics.iter().all(|topic| topic.stability.unwrap() > 0.5 && topic.coherence.is_some()), "{method}");
        assert!(model.placements.iter().flatten().all(|placement| placement.second.is_some()), "{method}");
    }
}

/// Gives `corpus` tokens: `texts` are the documents' words as printed, of which each sentence is a list.
fn with_tokens(texts: &[Vec<Vec<&str>>]) -> Corpus {
    let mut forms: Vec<&str> = texts.iter().flatten().flatten().copied().collect();
    forms.sort_unstable();
    forms.dedup();
    let mut terms: Vec<String> = forms.iter().map(|form| form.to_lowercase()).collect();
    terms.sort();
    terms.dedup();
    let surface = |form: &str| forms.binary_search(&form).unwrap() as u32;
    let term = |form: &str| terms.binary_search(&form.to_lowercase()).unwrap() as u32;
    let rows: Vec<Vec<u32>> = texts.iter().map(|text| text.iter().flatten().map(|form| term(form)).collect()).collect();
    let words = rows.iter().map(|row| row.len() as u32).collect();
    let (groups, is_stop) = (by_turns(&["East", "West"], rows.len()), vec![false; terms.len()]);
    let labels = terms.iter().map(String::as_str).collect();
    let mut corpus = by_hand(counted(&rows, terms.len() as u32), words, groups, labels, is_stop);
    corpus.documents.dates = over_three_months(rows.len());
    let ids = |sentence: &Vec<&str>| sentence.iter().map(|form| surface(form)).collect();
    let tokens: Vec<Vec<Vec<u32>>> = texts.iter().map(|text| text.iter().map(ids).collect()).collect();
    let mut counts = vec![0; forms.len()];
    tokens.iter().flatten().flatten().for_each(|&surface| counts[surface as usize] += 1);
    corpus.surfaces = Surfaces { kinds: vec![Default::default(); forms.len()], counts, forms: forms.iter().copied().collect() };
    corpus.folding = Folding { term_of_surface: forms.iter().map(|form| term(form)).collect(), ..Folding::default() };
    corpus.tokens = Some(Tokens::of_sentences(&tokens));
    corpus
}

/// Half of the documents are about a court and half about a ferry.
fn two_subjects() -> Corpus {
    let court: Vec<Vec<&str>> = vec![
        vec!["The", "Supreme", "Court", "ruled", "Monday"],
        vec!["Judges", "heard", "Alvarez", "appeal"],
        vec!["Appeal", "before", "Supreme", "Court"],
    ];
    let ferry: Vec<Vec<&str>> =
        vec![vec!["The", "ferry", "sailed", "north"], vec!["Captain", "Brandt", "steered", "ferry"], vec!["Harbour", "ferry", "crossing"]];
    let texts: Vec<Vec<Vec<&str>>> = (0..24)
        .map(|at| {
            let mut text = if at % 2 == 0 { court.clone() } else { ferry.clone() };
            // No two documents are equal.
            text.push(vec![["alpha", "bravo", "carol", "delta"][at % 4], ["juliet", "kilogram", "limestone"][at % 3]]);
            text
        })
        .collect();
    with_tokens(&texts)
}

#[test]
fn a_pair_of_words_takes_the_place_of_a_word_that_stands_in_it() {
    let corpus = two_subjects();
    let model = fitted(&corpus, 2);
    let court = model.topics.iter().find(|topic| topic.terms.iter().any(|term| term.term == "supreme court")).unwrap();
    assert!(court.terms.iter().any(|term| term.shown == "Supreme Court"), "{:?}", court.terms);
    // Neither of its words stands beside it.
    assert!(court.terms.iter().all(|term| term.term != "supreme" && term.term != "court"), "{:?}", court.terms);
    let term = court.terms.iter().find(|term| term.term == "supreme court").unwrap();
    assert_eq!((term.count, term.documents), (24, 12));
    assert!(term.log_likelihood > 0.0);
    // Words of different sentences are no pair.
    assert!(court.terms.iter().all(|term| term.term != "monday judges"));
}

#[test]
fn pairs_and_names_take_part_as_asked() {
    let corpus = two_subjects();
    let limits = |more: &[(&str, &str)]| Settings::of(&params_with(2, more), 1).unwrap().limits;
    let features = |more: &[(&str, &str)]| super::features::Features::of(&corpus, limits(more)).unwrap();
    let terms = |features: &super::features::Features| -> Vec<String> {
        (0..features.width() as u32).map(|column| features.term(&corpus, column)).collect()
    };
    let plain = features(&[]);
    assert!(terms(&plain).contains(&"alvarez".to_owned()) && plain.pairs.is_empty());
    let pairs = features(&[("pairs", "true")]);
    assert!(terms(&pairs).contains(&"supreme court".to_owned()) && !terms(&pairs).contains(&"monday judges".to_owned()));
    let place = terms(&pairs).iter().position(|term| term == "supreme court").unwrap() as u32;
    let (columns, counts) = pairs.counts.row(0);
    assert_eq!(counts[columns.iter().position(|&column| column == place).unwrap()], 2);
    // `appeal` begins a sentence once and is small elsewhere: no name. `Court` is always printed with a capital.
    let without = terms(&features(&[("names", "exclude")]));
    assert!(without.contains(&"appeal".to_owned()) && !without.contains(&"court".to_owned()) && !without.contains(&"brandt".to_owned()));
    let halved = features(&[("names", "halve")]);
    let factor = |term: &str| halved.factors[terms(&halved).iter().position(|other| other == term).unwrap()];
    assert_eq!((factor("brandt"), factor("ferry")), (0.5, 1.0));
}

#[test]
fn word_vectors_join_or_replace_the_decomposition() {
    let (corpus, truth) = planted(&FOUR, 8);
    // Terms of a topic point the same way; background words have none.
    let file: String = (0..4 * FOUR.own)
        .map(|at| {
            let topic = at / FOUR.own;
            let mut numbers = ["0.1"; 5];
            numbers[topic] = "1";
            format!("{} {}\n", word(800 + at), numbers.join(" "))
        })
        .collect();
    for usage in ["join", "replace"] {
        let mut params = params_with(4, &[("vectors", "tiny.txt"), ("vectors-use", usage)]);
        params.load_files(|path| if path == "tiny.txt" { Ok(file.clone().into_bytes()) } else { Ok(Vec::new()) }).unwrap();
        let model = model_with(&corpus, &params);
        assert!(agreement(&truth, &labels(&model)).adjusted_rand > 0.9, "{usage}");
        assert!(model.known_words.unwrap() > 0.2 && model.known_words.unwrap() < 0.6);
        assert_eq!(model.dimensions, if usage == "replace" { 5 } else { 69 });
    }
    let mut params = params_with(4, &[("vectors", "bad.txt")]);
    params.load_files(|_| Ok(b"ship 1 2\nferry x\n".to_vec())).unwrap();
    assert!(Settings::of(&params, 1).unwrap_err().to_string().contains("line 2"));
}

#[test]
fn small_topics_and_documents_between_topics_are_left_out_only_if_asked() {
    let (corpus, _) = planted(&EIGHT, 3);
    let all = fitted(&corpus, 8);
    let smallest = all.topics.last().unwrap().documents.len();
    assert_eq!(all.unassigned, 0);
    let without = model_with(&corpus, &params_with(8, &[("unassigned", &(smallest + 1).to_string())]));
    assert_eq!((without.topics.len(), without.unassigned), (7, smallest));
    assert_eq!(without.placements.iter().filter(|placement| placement.is_none()).count(), smallest);
    assert!(without.placements.iter().flatten().all(|placement| placement.second.is_none_or(|(topic, _)| topic < 7)));
    let clear = model_with(&corpus, &params_with(8, &[("least-margin", "0.3")]));
    assert!(clear.placements.iter().flatten().all(|placement| placement.second.unwrap().1 - placement.distance >= 0.3));
    assert!(clear.unassigned < 300, "{}", clear.unassigned);
}

#[test]
fn the_evaluation_lists_every_score() {
    let (mut corpus, truth) = planted(&FOUR, 3);
    let levels = (0..4).map(|level| format!("label {level}")).collect();
    corpus.documents.fields.push(crate::corpus::Field { name: "subject".to_owned(), levels, codes: truth });
    let entry = &super::EVALUATION;
    let params = |labels: &str| {
        Params::check(entry.params, |name| match name {
            "labels" => Some(labels.to_owned()),
            "starts" => Some("4".to_owned()),
            _ => None,
        })
        .unwrap()
    };
    let context = Context { seed: 1, ..Context::default() };
    let output = (entry.build)(&corpus, &params("Subject"), &context).unwrap();
    let value = |name: &str| {
        let table = &output.tables[0];
        (0..table.rows()).find(|&row| table.text("score", row) == Some(name)).and_then(|row| table.number("value", row)).unwrap()
    };
    for name in ["normalised_mutual_information", "adjusted_rand", "purity", "homogeneity", "completeness", "stability", "diversity"] {
        assert!(value(name) > 0.9 && value(name) <= 1.0, "{name} {}", value(name));
    }
    assert!(value("coherence") > 0.2);
    // As many topics as labels.
    assert_eq!(value("topics"), 4.0);
    assert!((entry.build)(&corpus, &params(""), &context).unwrap_err().hint_text().unwrap().contains("--labels"));
}
