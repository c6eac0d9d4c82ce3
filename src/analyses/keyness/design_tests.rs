//! Designs, strata, features and the questions asked of findings, on corpora made by hand.

use super::frame::Frame;
use super::tail::{LengthClasses, Scores};
use super::tests::{Document, corpus, find, planted, run};
use super::*;
use crate::corpus::{Features, Field};
use crate::maths::RandomStream;
use crate::maths::resampling::{BootstrapWeights, ShuffledLabels};
use crate::maths::special::assert_relative;
use crate::memory::SparseRows;
use crate::table::Table;

fn table<'a>(output: &'a Output, name: &str) -> &'a Table {
    output.tables.iter().find(|table| table.spec.name == name).unwrap_or_else(|| panic!("there is no table {name}"))
}

/// A run with the file of `--reference` in it.
fn run_against(corpus: &Corpus, list: &str, typed: &[(&str, &str)]) -> Result<Output> {
    let typed = |name: &str| match name {
        "reference" => Some("some/where/list.csv".to_owned()),
        _ => typed.iter().find(|(typed, _)| *typed == name).map(|(_, value)| (*value).to_owned()),
    };
    let mut params = Params::check(PARAMS, typed).unwrap();
    params.load_files(|_| Ok(list.as_bytes().to_vec())).unwrap();
    build(corpus, &params, &Context { seed: 1, all_rows: true, ..Context::default() })
}

fn fails(corpus: &Corpus, typed: &[(&str, &str)]) -> (String, String) {
    let params =
        Params::check(PARAMS, |name| typed.iter().find(|(typed, _)| *typed == name).map(|(_, value)| (*value).to_owned())).unwrap();
    let error = build(corpus, &params, &Context { seed: 1, ..Context::default() }).unwrap_err();
    (error.to_string(), error.hint_text().unwrap_or_default().to_owned())
}

/// Two outlets that cover sport and politics in unlike shares: `goal` is a word of sport for both; `claims` is a word that A
/// chooses three times as often whatever it covers. Returns the corpus and each document's topic.
fn coverage_and_wording() -> (Corpus, Vec<u32>) {
    let mut stream = RandomStream::new(17, 0);
    let (mut documents, mut topics): (Vec<Document>, Vec<u32>) = (Vec::new(), Vec::new());
    for number in 0..300 {
        let group = ["A", "B"][number % 2];
        let sport = stream.unit() < if group == "A" { 0.75 } else { 0.25 };
        let words = 200 + stream.below(300);
        let draw = |stream: &mut RandomStream, rate: f64| {
            let rate = rate * (0.3 + 1.4 * stream.unit());
            (0..words).filter(|_| stream.unit() < rate).count() as u32
        };
        let goal = draw(&mut stream, if sport { 0.02 } else { 0.002 });
        let claims = draw(&mut stream, if group == "A" { 0.009 } else { 0.003 });
        documents.push((group, words, vec![("goal", goal), ("claims", claims), ("even", draw(&mut stream, 0.006))]));
        topics.push(u32::from(sport));
    }
    (corpus(&documents), topics)
}

fn topic_field(name: &str, topics: &[u32]) -> Field {
    Field { name: name.to_owned(), levels: vec!["politics".to_owned(), "sport".to_owned()], codes: topics.to_vec() }
}

#[test]
fn a_planted_topic_mix_vanishes_within_topics_and_a_planted_word_choice_stays() {
    let (mut corpus, topics) = coverage_and_wording();
    let crude = run(&corpus, false, &[]);
    let row = find(&crude.tables[0], "goal", "A").expect("coverage makes a difference");
    assert!(crude.tables[0].number("log_ratio_low", row).unwrap() > 0.4);
    corpus.documents.fields = vec![topic_field("topic", &topics)];
    let by_field = run(&corpus, false, &[("within", "topic")]);
    corpus.documents.fields = Vec::new();
    corpus.lent.topics = Some(topics.iter().map(|topic| topic + 1).collect());
    let by_cluster = run(&corpus, false, &[("within", "topic")]);
    assert_eq!(format!("{:?}", by_field.tables[0]), format!("{:?}", by_cluster.tables[0]), "a field and clusters are strata alike");
    for output in [&by_field, &by_cluster] {
        let main = &output.tables[0];
        assert_eq!(find(main, "goal", "A"), None, "what A covers is no way of writing");
        let row = find(main, "claims", "A").expect("a word choice stays");
        let (low, high) = (main.number("log_ratio_low", row).unwrap(), main.number("log_ratio_high", row).unwrap());
        assert!(low > 1.0 && low < 1.585 && high > 1.585 && high < 2.2, "{low} {high}");
        let beside = table(output, "keyness_within");
        let row = find(beside, "goal", "A").unwrap();
        assert!(beside.number("log_ratio_crude", row).unwrap() > 0.6 && beside.number("log_ratio", row).unwrap().abs() < 0.35);
        assert!(beside.number("log_ratio_low", row).unwrap() < 0.0 && beside.number("log_ratio_high", row).unwrap() > 0.0);
        assert!(beside.number("coverage_share", row).unwrap() > 0.6 && beside.number("q_value", row).unwrap() > 0.05);
    }
}

#[test]
fn one_stratum_gives_the_plain_ratio() {
    let mut corpus = planted();
    corpus.documents.fields = vec![Field { name: "desk".to_owned(), levels: vec!["all".to_owned()], codes: vec![0; 120] }];
    let (plain, within) = (run(&corpus, true, &[]), run(&corpus, true, &[("within", "desk")]));
    let (row, other) = (find(&plain.tables[0], "dredging", "A").unwrap(), find(&within.tables[0], "dredging", "A").unwrap());
    for (column, tolerance) in [("log_ratio", 1e-9), ("log_ratio_low", 0.1), ("log_ratio_high", 0.1), ("per_million_low", 1e-9)] {
        assert_relative(within.tables[0].number(column, other).unwrap(), plain.tables[0].number(column, row).unwrap(), tolerance);
    }
}

#[test]
fn shuffles_within_strata_equal_those_of_a_slow_twin() {
    let (corpus, topics) = coverage_and_wording();
    let strata = Strata { of_document: topics.iter().map(|&topic| topic as u16).collect(), count: 2, field: "topic".to_owned() };
    let subject = Subject::new(&corpus, &FeatureKind::Terms, 1).unwrap();
    let frame = Frame::new(&subject, None, Some(&strata));
    let fast = stratified::exceedances(&frame, &strata, &[0, 1, 2], &[true, true], 9, 200);
    let labels = ShuffledLabels::draw_within(9, &frame.labels, &strata.members(), 0, 200);
    for term in 0..3u32 {
        let count = |document: usize| {
            let (columns, counts) = corpus.document_terms().unwrap().rows.row(document);
            columns.binary_search(&term).map_or(0.0, |place| f64::from(counts[place]))
        };
        let statistic = |label_of: &dyn Fn(usize) -> u16| {
            let (mut sum, mut variance, mut occurrences) = (0.0, 0.0, 0.0);
            for topic in 0..2 {
                let members: Vec<usize> = (0..300).filter(|&document| topics[document] == topic).collect();
                let words = |documents: &mut dyn Iterator<Item = &usize>| documents.map(|&document| frame.words[document]).sum::<f64>();
                let all = words(&mut members.iter());
                let rate = members.iter().map(|&document| count(document)).sum::<f64>() / all;
                let own = words(&mut members.iter().filter(|document| label_of(**document) == 0)) / all;
                for &document in &members {
                    let score = count(document) - rate * frame.words[document];
                    let is_own = label_of(document) == 0;
                    sum += if is_own { score } else { 0.0 };
                    occurrences += if is_own { count(document) } else { 0.0 };
                    variance += (score * if is_own { 1.0 - own } else { own }).powi(2);
                }
            }
            (sum * sum.abs() / variance, occurrences)
        };
        let observed = statistic(&|document| frame.labels[document]);
        assert_relative(fast.observed[term as usize * 2], observed.0, 1e-9);
        let shuffled: Vec<(f64, f64)> = (0..200).map(|replicate| statistic(&|document| labels.of(document as u32)[replicate])).collect();
        let slack = observed.0.abs() * 1e-9;
        let other = |shuffle: &&(f64, f64)| shuffle.1 != observed.1;
        let counts = fast.counts[term as usize * 2];
        assert_eq!(counts.above as usize, shuffled.iter().filter(other).filter(|shuffle| shuffle.0 >= observed.0 - slack).count());
        assert_eq!(counts.below as usize, shuffled.iter().filter(other).filter(|shuffle| shuffle.0 <= observed.0 + slack).count());
    }
}

#[test]
fn the_tail_within_strata_agrees_with_full_enumeration() {
    // Two strata of 9 and 8 documents, 4 and 3 of them in the group: all 126 · 56 draws are summed.
    let counts = [7u32, 5, 6, 4, 2, 0, 1, 0, 2, 3, 4, 2, 0, 1, 0, 0, 1];
    let inside = |document: usize| document < 4 || (9..12).contains(&document);
    let documents: Vec<Document> = counts
        .iter()
        .enumerate()
        .map(|(number, &count)| (if inside(number) { "A" } else { "B" }, 200 + 7 * number as u32, vec![("x", count), ("y", 1)]))
        .collect();
    let corpus = corpus(&documents);
    let strata = Strata { of_document: (0..17).map(|number| u16::from(number >= 9)).collect(), count: 2, field: "topic".to_owned() };
    let subject = Subject::new(&corpus, &FeatureKind::Terms, 1).unwrap();
    let frame = Frame::new(&subject, None, Some(&strata));
    let postings = frame.postings(0);
    let sizes = stratified::sizes(&frame, &strata);
    let observed = stratified::score(&frame, &strata, &sizes, &postings, 0, |size| size.words);
    let sums_of = |documents: std::ops::Range<usize>, drawn: u32| {
        let rate = documents.clone().map(|document| f64::from(counts[document])).sum::<f64>()
            / documents.clone().map(|document| frame.words[document]).sum::<f64>();
        let scores: Vec<f64> = documents.map(|document| f64::from(counts[document]) - rate * frame.words[document]).collect();
        let subsets = (0u32..1 << scores.len()).filter(|subset| subset.count_ones() == drawn);
        subsets
            .map(|subset| (0..scores.len()).filter(|place| subset >> place & 1 == 1).map(|place| scores[place]).sum::<f64>())
            .collect::<Vec<_>>()
    };
    let (first, second) = (sums_of(0..9, 4), sums_of(9..17, 3));
    let beyond = first.iter().flat_map(|a| second.iter().map(move |b| a + b)).filter(|sum| *sum >= observed - 1e-9).count();
    let exact = beyond as f64 / (first.len() * second.len()) as f64;
    let scores = Scores::new(&frame, &LengthClasses::new(&frame.words, &strata), &postings);
    let got = scores.tail(|stratum| sizes.0[stratum * 2].documents, observed, true).unwrap();
    assert!(exact < 0.005 && got > 0.5 * exact && got < 2.0 * exact, "exact {exact}, got {got}");
}

#[test]
fn intervals_within_strata_match_a_plain_bootstrap_t() {
    let (corpus, topics) = coverage_and_wording();
    let strata = Strata { of_document: topics.iter().map(|&topic| topic as u16).collect(), count: 2, field: "topic".to_owned() };
    let subject = Subject::new(&corpus, &FeatureKind::Terms, 1).unwrap();
    let frame = Frame::new(&subject, None, Some(&strata));
    let weights = BootstrapWeights::draw(2, &frame.members, 300, 199);
    let term = corpus.terms.find("claims").unwrap();
    let fast = stratified::intervals(&frame, &strata, &weights, &[(term, 0)]);
    let postings = frame.postings(term);
    let estimate = |weight: &dyn Fn(usize) -> f64| {
        let mut cells = [(strata::Cell::default(), strata::Cell::default()); 2];
        for document in 0..300 {
            let (x, w) =
                (postings.documents.binary_search(&(document as u32)).map_or(0.0, |place| postings.counts[place]), frame.words[document]);
            let both = &mut cells[topics[document] as usize];
            let cell = if frame.labels[document] == 0 { &mut both.0 } else { &mut both.1 };
            let by = weight(document);
            cell.count += by * x;
            cell.squares += by * x * x;
            cell.products += by * x * w;
            cell.words += by * w;
            cell.word_squares += by * w * w;
        }
        strata::pool(cells.into_iter(), (150.0, 150.0)).unwrap()
    };
    let full = estimate(&|_| 1.0);
    let mut studentised: Vec<f64> = (0..199)
        .map(|replicate| {
            let resampled = estimate(&|document| f64::from(weights.of(document as u32)[replicate]));
            (resampled.log_ratio - full.log_ratio) / resampled.variance.sqrt()
        })
        .collect();
    studentised.sort_by(f64::total_cmp);
    let rank = (200.0f64 * 0.025) as usize;
    assert_relative(fast[0].low.unwrap(), full.log_ratio - studentised[199 - rank] * full.variance.sqrt(), 1e-4);
    assert_relative(fast[0].high.unwrap(), full.log_ratio - studentised[rank - 1] * full.variance.sqrt(), 1e-4);
}

#[test]
fn slips_in_the_field_of_strata_are_told() {
    let (mut corpus, topics) = coverage_and_wording();
    corpus.documents.fields = vec![topic_field("desk", &topics)];
    assert_eq!(fails(&corpus, &[("within", "dsk")]).1, "did you mean `desk`?");
    assert!(fails(&corpus, &[("within", "outlet")]).0.contains("makes the groups"));
    corpus.documents.fields = vec![Field {
        name: "url".to_owned(),
        levels: (0..600).map(|number| format!("{number:03}")).collect(),
        codes: (0..300).map(|code| code * 2).collect(),
    }];
    assert!(run(&corpus, false, &[("within", "url")]).tables[0].rows() == 0, "every document a stratum: nothing can be shuffled");
}

#[test]
fn pairs_are_tested_with_the_others_as_one_family() {
    let output = run(&planted(), false, &[("pairwise", "true")]);
    assert_eq!(output.tables[0].spec.name, "keyness_pairs");
    let matrix = table(&output, "keyness_matrix");
    assert_eq!(matrix.rows(), 6);
    let row = find_pair(matrix, "A", "B");
    assert!(matrix.text("strongest", row).unwrap().contains("dredging") && matrix.number("terms_more", row).unwrap() >= 1.0);
    let (more, less) = (matrix.number("terms_more", row), matrix.number("terms_less", row));
    let mirror = find_pair(matrix, "B", "A");
    assert_eq!((matrix.number("terms_less", mirror), matrix.number("terms_more", mirror)), (more, less));
    let main = table(&output, "keyness");
    // Six terms in three groups, and in three pairs those that enough documents of the pair hold.
    let tests: f64 = ["A", "B"]
        .iter()
        .flat_map(|a| ["B", "C"].iter().map(move |b| (*a, *b)))
        .filter(|(a, b)| a != b)
        .map(|(a, b)| matrix.number("terms_tested", find_pair(matrix, a, b)).unwrap())
        .sum();
    assert!(main.notes[1].contains(&format!("over {} tests", 18 + tests as usize)), "{:?} {tests}", main.notes);
    let shrunk = table(&output, "keyness_shrunk");
    for row in 0..shrunk.rows() {
        let (ratio, kept) = (shrunk.number("log_ratio", row).unwrap(), shrunk.number("log_ratio_shrunk", row).unwrap());
        assert!(kept.abs() <= ratio.abs() && kept * ratio >= 0.0);
    }
    assert!(output.charts.iter().any(|chart| chart.name == "keyness_pairs"));
}

fn find_pair(matrix: &Table, group: &str, reference: &str) -> usize {
    (0..matrix.rows()).find(|&row| matrix.text("group", row) == Some(group) && matrix.text("reference", row) == Some(reference)).unwrap()
}

#[test]
fn a_group_against_another_is_the_corpus_of_both() {
    let documents: Vec<Document> = (0..120)
        .map(|number| {
            let group = ["A", "B", "C"][number % 3];
            (
                group,
                100 + 3 * number as u32,
                vec![("apple", 1 + (number as u32 * 7) % 5 + u32::from(group == "A") * 2), ("pear", 1 + number as u32 % 4)],
            )
        })
        .collect();
    let both: Vec<Document> = documents.iter().filter(|document| document.0 != "C").cloned().collect();
    let against = run(&corpus(&documents), true, &[("group", "a"), ("against", "B")]);
    let alone = run(&corpus(&both), true, &[("group", "A")]);
    for term in ["apple", "pear"] {
        let (row, other) = (find(&against.tables[0], term, "A").unwrap(), find(&alone.tables[0], term, "A").unwrap());
        assert_eq!(against.tables[0].text("reference", row), Some("B"));
        for column in ["count", "count_rest", "log_ratio", "log_ratio_low", "log_ratio_high", "p_value", "q_value", "per_million_high"] {
            assert_eq!(against.tables[0].number(column, row), alone.tables[0].number(column, other), "{term} {column}");
        }
    }
    assert_eq!(against.tables[0].rows(), 2);
    assert_eq!(fails(&corpus(&documents), &[("against", "Bee")]).1, "the groups are A, B, C");
}

#[test]
fn an_outside_list_is_a_reference() {
    let list = "term,count,documents\ndredging,3000,900\neven,6000,2000\nthe,60000,2100\nother,50000,2000\nsomething,880000,\nbad row\n";
    let output = run_against(&planted(), list, &[]).unwrap();
    let main = &output.tables[0];
    let row = find(main, "dredging", "A").unwrap();
    assert_eq!((main.text("reference", row), main.number("documents_rest", row)), (Some("list.csv"), Some(900.0)));
    let (low, high) = (main.number("log_ratio_low", row).unwrap(), main.number("log_ratio_high", row).unwrap());
    assert!(low > 0.8 && low < 1.585 && high > 1.585 && high < 2.4 && main.number("q_value", row).unwrap() < 0.01, "{low} {high}");
    assert!(main.number("q_value", find(main, "even", "B").unwrap()).unwrap() > 0.05);
    let row = find(main, "blog", "A").unwrap();
    assert!(main.number("q_value", row).unwrap() > 0.05 && main.text("flag", row).unwrap().contains("only here"), "one long document");
    assert!(output.notes.iter().any(|note| note.contains("1 rows of `list.csv` could not be used (first: line 7, a cell is missing)")));
    assert!(run_against(&planted(), list, &[("within", "month")]).unwrap_err().to_string().contains("together"));
    assert!(run_against(&planted(), list, &[("adjust", "max-t")]).unwrap_err().to_string().contains("together"));
    let one_group: Vec<Document> = (0..20).map(|number| ("A", 100, vec![("dredging", 1 + number % 3), ("other", 5)])).collect();
    assert!(run_against(&corpus(&one_group), list, &[]).unwrap().tables[0].rows() > 0, "one group suffices");
}

#[test]
fn p_values_against_a_list_keep_their_level() {
    // 400 bursty words at the list's own rates: 30 documents of a corpus against a list of ten million words.
    let mut stream = RandomStream::new(8, 0);
    let names: Vec<String> = (0..400).map(|number| format!("w{number:03}")).collect();
    let mut documents: Vec<(u32, Vec<u32>)> = (0..30).map(|_| (300 + stream.below(600), Vec::new())).collect();
    for _ in &names {
        for (words, counts) in &mut documents {
            // Half of the documents may hold the word, at twice its rate: Poisson counts of a mixed rate.
            let rate = if stream.below(2) == 0 { 0.004 } else { 0.0 };
            counts.push((0..*words).filter(|_| stream.unit() < rate).count() as u32);
        }
    }
    let documents: Vec<Document> = documents
        .iter()
        .map(|(words, counts)| ("A", *words, names.iter().zip(counts).map(|(name, &count)| (&*name.clone().leak(), count)).collect()))
        .collect();
    let list: String = names.iter().map(|name| format!("{name},20000\n")).collect::<String>() + "rest,2000000\n";
    let output = run_against(&corpus(&documents), &list, &[("reference-words", "10000000")]).unwrap();
    let main = &output.tables[0];
    let below = (0..main.rows()).filter(|&row| main.number("p_value", row).unwrap() < 0.05).count();
    assert!(main.rows() == 400 && (4..=28).contains(&below), "{below} of {}", main.rows());
}

#[test]
fn rules_for_many_tests_are_ordered_by_strictness() {
    let found = |rule: &str| {
        let output = run(&planted(), true, &[("adjust", rule)]);
        let row = find(&output.tables[0], "dredging", "A").unwrap();
        assert!(output.tables[0].notes[1].contains("over 18 tests"));
        (output.tables[0].number("p_value", row).unwrap(), output.tables[0].number("q_value", row).unwrap())
    };
    let (p, none) = found("none");
    assert_eq!(p, none);
    let (bh, by, holm, bonferroni) = (found("bh").1, found("by").1, found("holm").1, found("bonferroni").1);
    assert!(p < bh && bh < by && bh <= holm && holm <= bonferroni, "{p} {bh} {by} {holm} {bonferroni}");
    assert_relative(bonferroni, 18.0 * p, 1e-12);
    // The largest statistic of 1,000 shuffles is never reached: the smallest value that max-T can give.
    assert_relative(found("max-t").1, 1.0 / 1_001.0, 1e-9);
    let even = run(&planted(), true, &[("adjust", "max-t")]);
    assert!(even.tables[0].number("q_value", find(&even.tables[0], "even", "A").unwrap()).unwrap() > 0.5);
}

#[test]
fn lent_entities_are_compared_as_words_are() {
    let mut corpus = planted();
    let words = run(&corpus, true, &[]);
    let labels: Vec<String> = (0..corpus.terms.len() as u32).map(|term| corpus.terms.label(term).to_owned()).collect();
    corpus.lent.entities = Some(Features { labels, rows: corpus.document_terms().unwrap().rows.clone() });
    let entities = run(&corpus, true, &[("features", "entities")]);
    let row = |output: &Output, column: &str| output.tables[0].number(column, find(&output.tables[0], "dredging", "A").unwrap());
    for column in ["count", "count_rest", "log_ratio", "log_ratio_low", "p_value", "documents", "deviation_of_proportions"] {
        assert_eq!(row(&words, column), row(&entities, column), "{column}");
    }
    corpus.lent.entities = Some(Features { labels: Vec::new(), rows: SparseRows::new(0) });
}

#[test]
fn lockwords_and_unique_words_are_listed() {
    let output = run(&planted(), false, &[("lock-margin", "0.8")]);
    let locked = table(&output, "lockwords");
    assert!(locked.rows() > 0 && find(locked, "dredging", "A").is_none() && find(locked, "the", "A").is_some());
    for row in 0..locked.rows() {
        assert!(locked.number("log_ratio_low", row).unwrap() > -0.8 && locked.number("log_ratio_high", row).unwrap() < 0.8);
    }
    let unique = table(&output, "unique_words");
    assert_eq!(unique.rows(), 1);
    assert_eq!((unique.text("term", 0), unique.text("group", 0), unique.number("documents", 0)), (Some("only"), Some("C"), Some(20.0)));
    assert!(run(&planted(), false, &[("lock-margin", "0")]).tables.iter().all(|table| table.spec.name != "lockwords"));
}

#[test]
fn findings_are_tested_for_robustness() {
    let mut corpus = planted();
    corpus.folding.lower_case = true;
    corpus.documents.fingerprints = (0..120).map(|document| u128::from(document as u32)).collect();
    corpus.documents.dates = (0..120).map(|document| Some(if document < 60 { 7 } else { document })).collect();
    // `dredging` shares its stem with `even`: together they don't differ by half as much.
    let stems =
        ["blog", "dredging", "even", "only", "other", "the"].map(|term| if term == "even" { 1 } else { corpus.terms.find(term).unwrap() });
    corpus.lent.stems = Some(stems.to_vec());
    let output = run(&corpus, false, &[]);
    let card = table(&output, "robustness");
    let row = find(card, "dredging", "A").unwrap();
    let ratio = card.number("log_ratio", row).unwrap();
    assert_eq!(card.number("log_ratio_case", row), None, "no tokens, no case");
    assert_relative(card.number("log_ratio_duplicates", row).unwrap(), ratio, 1e-9);
    assert!(card.number("log_ratio_stem", row).unwrap() < 0.75 * ratio);
    assert!((card.number("log_ratio_largest_document", row).unwrap() - ratio).abs() > 1e-6);
    assert!((card.number("log_ratio_busiest_day", row).unwrap() - ratio).abs() > 1e-6);
    assert_eq!(card.text("survives", row), Some("not: stems"));
    // All documents of A are copies of one another: one is left, which says nothing.
    corpus.documents.fingerprints = (0..120).map(|document| if document % 3 == 0 { 0 } else { document }).collect();
    let output = run(&corpus, false, &[]);
    let card = table(&output, "robustness");
    assert_eq!(card.text("survives", find(card, "dredging", "A").unwrap()), Some("not: stems, duplicates"));
    assert!(run(&corpus, false, &[("robustness", "0")]).tables.iter().all(|table| table.spec.name != "robustness"));
}
