//! Keyness on corpora made by hand.

use super::bootstrap::{self, Resamples, Sides};
use super::frame::{Frame, Size, Sums};
use super::permutation::{self, signed_square};
use super::tail::{LengthClasses, Scores};
use super::*;
use crate::corpus::Groups;
use crate::corpus::by_hand::by_hand;
use crate::maths::RandomStream;
use crate::maths::special::assert_relative;
use crate::memory::SparseRows;
use crate::table::Mark;
use crate::table::Table;
use std::collections::BTreeMap;

/// A document: its group, its words in all, and its counts of terms.
pub(super) type Document = (&'static str, u32, Vec<(&'static str, u32)>);

pub(super) fn corpus(documents: &[Document]) -> Corpus {
    let mut terms: Vec<&str> = documents.iter().flat_map(|(_, _, counts)| counts.iter().map(|(term, _)| *term)).collect();
    terms.sort_unstable();
    terms.dedup();
    let mut names: Vec<&str> = documents.iter().map(|(group, _, _)| *group).collect();
    names.sort_unstable();
    names.dedup();
    let mut rows = SparseRows::new(terms.len() as u32);
    for (_, _, counts) in documents {
        let row: BTreeMap<u32, u32> = counts
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(term, count)| (terms.binary_search(term).unwrap() as u32, *count))
            .collect();
        rows.push_row(row);
    }
    let groups = Groups {
        field: "outlet".to_owned(),
        names: names.iter().map(|&name| name.to_owned()).collect(),
        of_document: documents.iter().map(|(group, _, _)| names.binary_search(group).unwrap() as u16).collect(),
        absence: (names.len() < 2).then(|| "every document has the same outlet".to_owned()),
    };
    let words = documents.iter().map(|(_, words, _)| *words).collect();
    let is_stop = terms.iter().map(|term| *term == "the").collect();
    by_hand(rows, words, groups, terms.iter().copied().collect(), is_stop)
}

/// Three outlets, 40 documents each of uneven length: `dredging` is three times as frequent in A, `blog` stands 60 times
/// in one long document of A, `even` is everywhere alike, `the` is a function word that B writes less.
pub(super) fn planted() -> Corpus {
    let mut stream = RandomStream::new(11, 0);
    let mut documents: Vec<Document> = Vec::new();
    for number in 0..120 {
        let group = ["A", "B", "C"][number % 3];
        let words = if number == 0 { 4_000 } else { 150 + stream.below(400) };
        let draw = |stream: &mut RandomStream, rate: f64| (0..words).filter(|_| stream.unit() < rate).count() as u32;
        let dredging = draw(&mut stream, if group == "A" { 0.009 } else { 0.003 });
        let the = draw(&mut stream, if group == "B" { 0.04 } else { 0.06 });
        let counts = vec![
            ("dredging", dredging),
            ("even", draw(&mut stream, 0.006)),
            ("the", the),
            ("blog", if number == 0 { 60 } else { u32::from(number % 17 == 3) }),
            ("only", u32::from(group == "C" && number % 2 == 0)),
            ("other", draw(&mut stream, 0.05)),
        ];
        documents.push((group, words, counts));
    }
    corpus(&documents)
}

pub(super) fn run(corpus: &Corpus, all_rows: bool, typed: &[(&str, &str)]) -> Output {
    let params =
        Params::check(PARAMS, |name| typed.iter().find(|(typed, _)| *typed == name).map(|(_, value)| (*value).to_owned())).unwrap();
    build(corpus, &params, &Context { seed: 1, all_rows, ..Context::default() }).unwrap()
}

pub(super) fn find(table: &Table, term: &str, group: &str) -> Option<usize> {
    (0..table.rows()).find(|&row| table.text("term", row) == Some(term) && table.text("group", row) == Some(group))
}

#[test]
fn planted_differences_are_found_and_the_long_document_is_not() {
    let output = run(&planted(), false, &[]);
    let table = &output.tables[0];
    let row = find(table, "dredging", "A").unwrap();
    let (low, high) = (table.number("log_ratio_low", row).unwrap(), table.number("log_ratio_high", row).unwrap());
    assert!(low > 0.8 && low < 1.585 && high > 1.585 && high < 2.4, "{low} {high}");
    assert_eq!(table.text("direction", row), Some("more"));
    assert!(table.number("q_value", row).unwrap() < 1e-4);
    assert_eq!(table.text("flag", find(table, "the", "B").unwrap()), Some("function word"));
    assert!(table.text("flag", find(table, "only", "C").unwrap()).unwrap().contains("only here"));
    assert_eq!(find(table, "blog", "A"), None, "one long document fakes a difference");
    assert_eq!(find(table, "even", "A"), None);
    let all = run(&planted(), true, &[]);
    let row = find(&all.tables[0], "blog", "A").unwrap();
    assert!(all.tables[0].number("log_likelihood", row).unwrap() > 25.0, "G² is taken in, that is why it is not the rule");
    assert!(all.tables[0].text("flag", row).unwrap().contains("driven by 1 document"));
    assert_eq!(all.tables[0].rows(), 6 * 3);
    assert_eq!(output.tables[0].hidden_rows, 18 - output.tables[0].rows());
}

#[test]
fn a_term_of_one_group_alone_has_the_nearer_end_only() {
    let output = run(&planted(), true, &[]);
    let table = &output.tables[0];
    let row = find(table, "only", "C").unwrap();
    let low = table.number("log_ratio_low", row).unwrap();
    assert!(low > 1.0 && low < table.number("log_ratio", row).unwrap());
    assert_eq!(table.number("log_ratio_high", row), None);
    let row = find(table, "only", "A").unwrap();
    assert_eq!((table.number("log_ratio_low", row), table.text("flag", row)), (None, Some("absent here; too few documents")));
    assert!(table.number("log_ratio_high", row).unwrap() > table.number("log_ratio", row).unwrap());
}

#[test]
fn rows_are_ordered_by_the_nearer_end() {
    let output = run(&planted(), true, &[]);
    let table = &output.tables[0];
    let nearer = |row: usize| match (table.number("log_ratio_low", row), table.number("log_ratio_high", row)) {
        (Some(low), _) if low > 0.0 => low,
        (_, Some(high)) if high < 0.0 => -high,
        _ => 0.0,
    };
    assert!((1..table.rows()).all(|row| nearer(row - 1) >= nearer(row)));
}

#[test]
fn charts_and_findings_point_at_rows_that_exist() {
    let output = run(&planted(), false, &[]);
    let rows = output.tables[0].rows();
    assert!(output.charts.iter().any(|chart| chart.name == "keyness_a"));
    for chart in &output.charts {
        let table = output.tables.iter().find(|table| table.spec.name == chart.table).unwrap();
        let all: Vec<usize> = (0..table.rows()).collect();
        let drawn = chart.rows.as_ref().unwrap_or(&all);
        assert!(!drawn.is_empty() && drawn.iter().all(|&row| row < table.rows()), "{}", chart.name);
        assert!(drawn.iter().all(|&row| table.text("term", row) != Some("the")));
        let names: &[&str] = match &chart.mark {
            Mark::Bars(bars) => &[bars.label, bars.value],
            Mark::Points(points) => &[points.x, points.y],
            _ => panic!("{}", chart.name),
        };
        assert!(names.iter().all(|name| table.column(name).is_some()), "{}", chart.name);
    }
    let volcano = output.charts.iter().find(|chart| chart.name == "keyness_volcano").unwrap();
    let map = output.tables.iter().find(|table| table.spec.name == volcano.table).unwrap();
    let row = find(map, "dredging", "A").unwrap();
    assert!(map.number("q_value", row).unwrap() < 1e-4 && map.text("sure_side", row) == Some("A"));
    let sentences: Vec<&str> = output.findings.iter().map(|finding| finding.sentence.as_str()).collect();
    let has = |start: &str, end: &str| sentences.iter().any(|sentence| sentence.starts_with(start) && sentence.contains(end));
    assert!(has("A writes *dredging* ", " times as often as the others ("), "{sentences:?}");
    assert!(has("Only C writes *only*: 20 of its 40 documents, none of the other 80 (at least ", " times as often)"), "{sentences:?}");
    assert!(output.findings.iter().all(|finding| finding.row.unwrap() < rows));
}

#[test]
fn two_groups_mirror_each_other_and_get_a_scatter_plot() {
    let documents: Vec<Document> = (0..60)
        .map(|number| {
            let left = number % 2 == 0;
            let counts =
                vec![("apple", if left { 3 } else { 1 } + number % 3), ("pear", 1 + number % 5), ("plum", u32::from(!left) * 2 + 1)];
            (if left { "L" } else { "R" }, 100 + 3 * number, counts)
        })
        .collect();
    let output = run(&corpus(&documents), true, &[]);
    let table = &output.tables[0];
    let (left, right) = (find(table, "apple", "L").unwrap(), find(table, "apple", "R").unwrap());
    for (own, mirror) in [("log_ratio", "log_ratio"), ("log_ratio_low", "log_ratio_high")] {
        assert_relative(table.number(own, left).unwrap(), -table.number(mirror, right).unwrap(), 1e-5);
    }
    assert_relative(table.number("p_value", left).unwrap(), table.number("p_value", right).unwrap(), 1e-6);
    assert!(output.charts.iter().any(|chart| matches!(chart.mark, Mark::Points(_))));
}

#[test]
fn nothing_to_compare_is_said_and_not_computed() {
    let output = run(&corpus(&[("A", 10, vec![("x", 1)]), ("A", 12, vec![("x", 2)])]), false, &[]);
    assert!(output.tables.is_empty());
    assert_eq!(output.notes, ["Keyness is left out: every document has the same outlet."]);
}

#[test]
fn five_documents_of_five_outlets_give_counts_but_no_claims() {
    let names = ["A", "B", "C", "D", "E"];
    let documents: Vec<Document> = names.iter().map(|&name| (name, 300, vec![("port", 4), (name, 9)])).collect();
    let output = run(&corpus(&documents), false, &[]);
    assert_eq!(output.tables[0].rows(), 0);
    assert!(output.notes.iter().any(|note| note.contains("terms in 1 or more are tested")));
    assert!(output.notes.iter().any(|note| note.starts_with("No term differs")));
    let all = run(&corpus(&documents), true, &[]);
    assert_eq!(all.tables[0].rows(), 6 * 5);
    assert!((0..30).all(|row| all.tables[0].number("p_value", row).unwrap() >= 0.15));
}

#[test]
fn an_empty_group_and_a_corpus_without_terms_are_harmless() {
    let output = run(&corpus(&[("A", 0, vec![]), ("B", 50, vec![("x", 2)]), ("B", 50, vec![("x", 1)])]), true, &[]);
    assert!(output.notes.iter().any(|note| note.contains("“A” has no words")));
    let output = run(&corpus(&[("A", 5, vec![]), ("B", 5, vec![])]), true, &[]);
    assert_eq!(output.tables[0].rows(), 0);
}

#[test]
fn the_same_bits_on_any_number_of_threads() {
    let corpus = planted();
    let on = |threads: usize| crate::maths::on_threads(threads, || format!("{:?}", run(&corpus, true, &[]).tables));
    let one = on(1);
    assert_eq!(one, on(2));
    assert_eq!(one, on(7));
}

#[test]
fn permutation_counts_equal_those_of_a_slow_twin() {
    let corpus = planted();
    let subject = Subject::new(&corpus, &FeatureKind::Terms, 1).unwrap();
    let frame = Frame::new(&subject, None, None);
    let terms: Vec<u32> = (0..corpus.terms.len() as u32).collect();
    let fast = permutation::exceedances(&frame, &terms, &[true; 3], 5, 300);
    let labels = crate::maths::resampling::ShuffledLabels::draw_within(5, &frame.labels, &frame.shuffled_within.members(), 0, 300);
    for &term in &terms {
        for group in 0..3u16 {
            let statistic = |label_of: &dyn Fn(u32) -> u16| {
                let (mut own, mut rest) = ((Sums::default(), Size::default()), (Sums::default(), Size::default()));
                for document in 0..frame.labels.len() as u32 {
                    let side = if label_of(document) == group { &mut own } else { &mut rest };
                    let (columns, counts) = corpus.document_terms().unwrap().rows.row(document as usize);
                    let count = columns.binary_search(&term).map_or(0.0, |place| f64::from(counts[place]));
                    side.0.add(count, frame.words[document as usize]);
                    side.1.add(frame.words[document as usize]);
                }
                (signed_square(own.0, own.1, rest.0, rest.1), own.0.count)
            };
            let observed = statistic(&|document| frame.labels[document as usize]);
            let shuffled: Vec<(f64, f64)> = (0..300).map(|replicate| statistic(&|document| labels.of(document)[replicate])).collect();
            let slack = observed.0.abs() * 1e-9;
            let other = |shuffle: &&(f64, f64)| shuffle.1 != observed.1;
            let counts = fast.counts[term as usize * 3 + usize::from(group)];
            assert_eq!(counts.above as usize, shuffled.iter().filter(other).filter(|shuffle| shuffle.0 >= observed.0 - slack).count());
            assert_eq!(counts.below as usize, shuffled.iter().filter(other).filter(|shuffle| shuffle.0 <= observed.0 + slack).count());
            assert_eq!(counts.tied as usize, shuffled.iter().filter(|shuffle| shuffle.1 == observed.1).count());
        }
    }
}

#[test]
fn a_group_of_long_documents_does_not_avoid_every_rare_word() {
    // A's documents are three times as long; 300 rare words stand once in six documents each, drawn by their length.
    let mut stream = RandomStream::new(31, 0);
    let lengths: Vec<u32> = (0..200).map(|number| (if number < 20 { 900 } else { 300 }) + stream.below(100)).collect();
    let names: Vec<String> = (0..300).map(|number| format!("rare{number:03}")).collect();
    let all: u32 = lengths.iter().sum();
    let mut counts: Vec<Vec<(&'static str, u32)>> = vec![vec![("other", 50)]; 200];
    for name in &names {
        let name: &'static str = name.clone().leak();
        for _ in 0..6 {
            let mut place = stream.below(all);
            let document = lengths.iter().position(|&length| {
                let inside = place < length;
                place = place.saturating_sub(length);
                inside
            });
            counts[document.unwrap()].push((name, 1));
        }
    }
    let documents: Vec<Document> = lengths
        .iter()
        .zip(counts)
        .enumerate()
        .map(|(number, (&words, mut counts))| {
            counts.sort_unstable();
            counts.dedup_by(|later, earlier| later.0 == earlier.0);
            (if number < 20 { "Long" } else { "Short" }, words, counts)
        })
        .collect();
    let output = run(&corpus(&documents), true, &[("min-documents", "5")]);
    let table = &output.tables[0];
    let below = (0..table.rows()).filter(|&row| table.text("group", row) == Some("Long") && table.number("p_value", row).unwrap() < 0.05);
    let share = below.count() as f64 / (table.rows() / 2) as f64;
    assert!(share < 0.08, "{share} of words without a difference have p < .05");
    assert_eq!((0..table.rows()).filter(|&row| table.number("q_value", row).unwrap() < 0.05).count(), 0);
}

#[test]
fn counts_of_many_blocks_of_terms_are_those_of_one() {
    let corpus = planted();
    let subject = Subject::new(&corpus, &FeatureKind::Terms, 1).unwrap();
    let frame = Frame::new(&subject, None, None);
    let terms: Vec<u32> = (0..corpus.terms.len() as u32).collect();
    let many: Vec<u32> = terms.iter().copied().cycle().take(terms.len() * 40).collect();
    let (one, many) =
        (permutation::exceedances(&frame, &terms, &[true; 3], 5, 400), permutation::exceedances(&frame, &many, &[true; 3], 5, 400));
    assert_eq!(many.counts.chunks(one.counts.len()).filter(|chunk| *chunk == one.counts).count(), 40);
    assert_eq!((many.observed.len(), &many.observed[..18]), (720, &one.observed[..]));
    assert_eq!((one.largest.len(), &many.largest), (400, &one.largest));
}

#[test]
fn the_tail_approximation_agrees_with_full_enumeration() {
    // 16 documents, a group of 6: all 8,008 subsets are summed.
    let counts = [9u32, 7, 4, 6, 5, 3, 0, 1, 2, 0, 3, 1, 0, 2, 1, 4];
    let documents: Vec<Document> = counts
        .iter()
        .enumerate()
        .map(|(number, &count)| (if number < 6 { "A" } else { "B" }, 200 + 7 * number as u32, vec![("x", count), ("y", 1)]))
        .collect();
    let corpus = corpus(&documents);
    let subject = Subject::new(&corpus, &FeatureKind::Terms, 1).unwrap();
    let frame = Frame::new(&subject, None, None);
    let postings = frame.postings(0);
    let scores = Scores::new(&frame, &LengthClasses::new(&frame.words, &Strata::one(frame.words.len())), &postings);
    let total: f64 = counts.iter().map(|&count| f64::from(count)).sum();
    let rate = total / frame.whole.words;
    let score = |document: usize| f64::from(counts[document]) - rate * frame.words[document];
    let observed: f64 = (0..6).map(score).sum();
    let (mut beyond, mut all) = (0u32, 0u32);
    for subset in 0u32..1 << 16 {
        if subset.count_ones() == 6 {
            all += 1;
            let sum: f64 = (0..16).filter(|document| subset >> document & 1 == 1).map(score).sum();
            beyond += u32::from(sum >= observed - 1e-9);
        }
    }
    let exact = f64::from(beyond) / f64::from(all);
    let got = scores.tail(|_| 6.0, observed, true).unwrap();
    assert!(exact < 0.005 && got > 0.6 * exact && got < 1.6 * exact, "exact {exact}, got {got}");
    assert_eq!(scores.tail(|_| 6.0, observed, false), None);
}

#[test]
fn a_rare_word_all_in_one_small_group_has_the_hypergeometric_tail() {
    // 5 of 900 documents hold the word, all among the group's 50.
    let documents: Vec<Document> = (0..900)
        .map(|number| {
            let inside = number % 18 == 0;
            (if inside { "A" } else { "B" }, 400, vec![("x", u32::from(inside && number < 90)), ("y", 1 + number % 3)])
        })
        .collect();
    let corpus = corpus(&documents);
    let subject = Subject::new(&corpus, &FeatureKind::Terms, 1).unwrap();
    let frame = Frame::new(&subject, None, None);
    let scores = Scores::new(&frame, &LengthClasses::new(&frame.words, &Strata::one(frame.words.len())), &frame.postings(0));
    let exact = crate::maths::special::Hypergeometric { population: 900, marked: 5, draws: 50 }.upper_tail(5);
    let got = scores.tail(|_| 50.0, 5.0 - 5.0 / 360_000.0 * 20_000.0, true).unwrap();
    assert!(got > 0.5 * exact && got < 2.0 * exact, "exact {exact:e}, got {got:e}");
}

#[test]
fn intervals_match_a_plain_bootstrap_t_in_double_precision() {
    let corpus = planted();
    let subject = Subject::new(&corpus, &FeatureKind::Terms, 1).unwrap();
    let frame = Frame::new(&subject, None, None);
    let resamples = Resamples::draw(&frame, 2, 400);
    let weights = crate::maths::resampling::BootstrapWeights::draw(2, &frame.members, frame.labels.len(), 400);
    let term = corpus.terms.find("dredging").unwrap();
    let fast = bootstrap::intervals(&frame, &resamples, &[term], |_, _| Some(Sides::Both));
    let counts: Vec<f64> = {
        let postings = frame.postings(term);
        (0..120u32).map(|document| postings.documents.binary_search(&document).map_or(0.0, |place| postings.counts[place])).collect()
    };
    // ln ratio of group 0 and its error, straight from weighted lists.
    let estimate = |weight: &dyn Fn(usize) -> f64| {
        let side = |groups: &[usize]| {
            let inside = |document: &usize| groups.contains(&(document % 3));
            let x: f64 = (0..120).filter(inside).map(|document| weight(document) * counts[document]).sum();
            let w: f64 = (0..120).filter(inside).map(|document| weight(document) * frame.words[document]).sum();
            let mut variance = 0.0;
            for group in groups {
                let members: Vec<usize> = (0..120).filter(|document| document % 3 == *group).collect();
                let n = members.len() as f64;
                let influence = |document: usize| counts[document] / x - frame.words[document] / w;
                let mean = members.iter().map(|&document| weight(document) * influence(document)).sum::<f64>() / n;
                variance +=
                    n / (n - 1.0) * members.iter().map(|&document| weight(document) * (influence(document) - mean).powi(2)).sum::<f64>();
            }
            (crate::maths::float::ln(x / w), variance)
        };
        let (own, rest) = (side(&[0]), side(&[1, 2]));
        (own.0 - rest.0, (own.1 + rest.1).sqrt())
    };
    let (value, error) = estimate(&|_| 1.0);
    let mut studentised: Vec<f64> = (0..400)
        .map(|replicate| {
            let (resampled, its_error) = estimate(&|document| f64::from(weights.of(document as u32)[replicate]));
            (resampled - value) / its_error
        })
        .collect();
    studentised.sort_by(f64::total_cmp);
    let rank = (401.0f64 * 0.025) as usize;
    let ratio = fast[0].1.ratio;
    assert_relative(ratio.low.unwrap(), value - studentised[400 - rank] * error, 1e-4);
    assert_relative(ratio.high.unwrap(), value - studentised[rank - 1] * error, 1e-4);
}

#[test]
fn document_weights_count() {
    let mut corpus = planted();
    let table = |corpus: &Corpus| run(corpus, true, &[]).tables.remove(0);
    let plain = table(&corpus);
    // Half weight for all documents halves words and counts alike: rates, ratios and tests stay.
    corpus.documents.weights = vec![0.5; 120];
    let halved = table(&corpus);
    let (row, other) = (find(&plain, "dredging", "A").unwrap(), find(&halved, "dredging", "A").unwrap());
    for column in ["per_million", "log_ratio", "log_ratio_low", "deviation_of_proportions"] {
        assert_relative(halved.number(column, other).unwrap(), plain.number(column, row).unwrap(), 1e-5);
    }
    // Without the long document nothing is left of its word in A.
    corpus.documents.weights = (0..120).map(|document| if document == 0 { 0.0 } else { 1.0 }).collect();
    let without = table(&corpus);
    let row = find(&without, "blog", "A").unwrap();
    assert!(without.number("per_million", row).unwrap() < plain.number("per_million", find(&plain, "blog", "A").unwrap()).unwrap() / 10.0);
}

#[test]
fn further_measures_follow_the_rows() {
    let output = run(&planted(), false, &[("measures", "log_likelihood,deviation_of_proportions")]);
    let table = output.tables.iter().find(|table| table.spec.name == "keyness_measures").unwrap();
    assert_eq!(table.rows(), output.tables[0].rows() * 2);
    for row in 0..table.rows() {
        let of_main = |column: &str| output.tables[0].number(column, row / 2);
        match (table.text("measure", row), table.number("value", row)) {
            (Some("log_likelihood"), Some(value)) => assert_relative(value.abs(), of_main("log_likelihood").unwrap(), 1e-12),
            (Some("deviation_of_proportions"), Some(value)) => assert_relative(value, of_main("deviation_of_proportions").unwrap(), 1e-9),
            (Some("deviation_of_proportions"), None) => assert_eq!(of_main("count"), Some(0.0)),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn an_outlets_own_name_is_flagged_and_stays_out_of_charts_and_findings() {
    let mut stream = RandomStream::new(3, 0);
    let documents: Vec<Document> = (0..120)
        .map(|number| {
            let harbour = number % 2 == 0;
            let often = |is: bool, stream: &mut RandomStream| u32::from(stream.below(10) < if is { 8 } else { 1 });
            let counts = vec![
                ("ferry", often(harbour, &mut stream)),
                ("harbour", often(harbour, &mut stream)),
                ("harbourtimes.example", often(harbour, &mut stream)),
                ("other", 20),
            ];
            (if harbour { "Harbour Times" } else { "Valley News" }, 100, counts)
        })
        .collect();
    let output = run(&corpus(&documents), false, &[]);
    let table = &output.tables[0];
    let flag = |term: &str, group: &str| table.text("flag", find(table, term, group).unwrap()).unwrap_or_default().contains("own name");
    assert!(flag("harbour", "Harbour Times") && flag("harbourtimes.example", "Harbour Times"));
    assert!(!flag("ferry", "Harbour Times") && !flag("harbour", "Valley News"));
    let bars = output.charts.iter().find(|chart| chart.name == "keyness_harbour-times").unwrap();
    let drawn: Vec<&str> = bars.rows.iter().flatten().filter_map(|&row| table.text("term", row)).collect();
    assert_eq!(drawn, ["ferry"]);
    assert!(output.findings.iter().all(|finding| !finding.sentence.contains("*harbour")), "{:?}", output.findings);
}
