use super::delta::{delta, z_scores};
use super::shift::{Shift, contributions, level};
use super::{ENTRY, build};
use crate::analyses::measures::distance::{cosine_distance, jensen_shannon};
use crate::analyses::{Context, Output};
use crate::corpus::Corpus;
use crate::corpus::by_hand::{by_hand, by_turns, counted};
use crate::maths::float::{exp, log2};
use crate::maths::{RandomStream, on_threads};
use crate::params::Params;
use crate::table::Table;

const DISTANCES: &str = include_str!("../../../tests/oracles/distances.csv");
const DELTA: &str = include_str!("../../../tests/oracles/delta.csv");
const WORD_SHIFT: &str = include_str!("../../../tests/oracles/word_shift.csv");

fn numbers(cell: &str) -> Vec<f64> {
    cell.split_whitespace().map(|number| number.parse().unwrap()).collect()
}

fn shares(counts: &[f64]) -> Vec<f64> {
    let total: f64 = counts.iter().sum();
    counts.iter().map(|count| count / total).collect()
}

fn near(got: f64, expected: f64, what: &str) {
    assert!((got - expected).abs() <= 1e-9 * expected.abs().max(1e-3), "{what}: got {got:e}, expected {expected:e}");
}

#[test]
fn divergence_and_cosine_are_those_of_scipy() {
    let golden = jensen_shannon(&[0.5, 0.3, 0.2], &[0.2, 0.3, 0.5]);
    assert!((golden - 0.095_816).abs() < 1e-6);
    let mut compared = 0;
    for line in DISTANCES.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let (first, second) = (numbers(cells[0]), numbers(cells[1]));
        near(jensen_shannon(&shares(&first), &shares(&second)), cells[2].parse().unwrap(), "jensen_shannon");
        near(cosine_distance(&first, &second).unwrap(), cells[3].parse().unwrap(), "cosine_distance");
        compared += 1;
    }
    assert_eq!(compared, 1_000);
    assert_eq!(jensen_shannon(&[1.0, 0.0], &[0.0, 1.0]), 1.0);
    assert_eq!(cosine_distance(&[0.0, 0.0], &[0.0, 1.0]), None);
}

#[test]
fn delta_is_that_of_faststylometry_and_of_scipys_z_scores() {
    let mut compared = 0;
    for line in DELTA.lines().skip(1) {
        let (counts, expected) = line.split_once(',').unwrap();
        let rates: Vec<Vec<f64>> = counts.split(';').map(|counts| shares(&numbers(counts))).collect();
        let scores = z_scores(&rates).unwrap();
        near(delta(&scores[0], &scores[1]).unwrap(), expected.parse().unwrap(), "delta");
        compared += 1;
    }
    assert_eq!(compared, 1_000);
    assert!(z_scores(&[vec![0.1], vec![0.2]]).is_none());
    assert!(z_scores(&vec![vec![0.1, 0.2]; 3]).unwrap().iter().all(Vec::is_empty));
}

#[test]
fn contributions_are_those_of_shifterator() {
    let mut compared = 0;
    for line in WORD_SHIFT.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let shift =
            [Shift::Proportion, Shift::Entropy, Shift::Divergence, Shift::Lexicon].into_iter().find(|shift| shift.name() == cells[0]);
        let counts = [numbers(cells[1]), numbers(cells[2])];
        let got = contributions(shift.unwrap(), &shares(&counts[0]), &shares(&counts[1]), &numbers(cells[3]));
        for (got, expected) in got.iter().zip(numbers(cells[4])) {
            near(*got, expected, cells[0]);
            compared += 1;
        }
        near(got.iter().sum(), cells[5].parse().unwrap(), "total");
    }
    assert!(compared > 16_000, "{compared}");
}

#[test]
fn contributions_add_up_to_the_total_whatever_the_counts() {
    let mut stream = RandomStream::new(7, 7);
    for round in 0..400 {
        let words = 1 + stream.below(300) as usize;
        let mut counts = || {
            let mut counts: Vec<f64> =
                (0..words).map(|_| if stream.below(3) == 0 { 0.0 } else { f64::from(stream.below(1 << (1 + round % 20))) }).collect();
            counts[words - 1] += 1.0;
            counts
        };
        let (reference, target) = (shares(&counts()), shares(&counts()));
        let scores: Vec<f64> = (0..words).map(|_| stream.normal() * 3.0).collect();
        for shift in [Shift::Proportion, Shift::Entropy, Shift::Divergence, Shift::Lexicon] {
            let sum: f64 = contributions(shift, &reference, &target, &scores).iter().sum();
            let total = match shift {
                Shift::Proportion => 0.0,
                Shift::Divergence => {
                    // By entropies, another way than the sum over words: H(M) − ½H(P) − ½H(Q).
                    let entropy =
                        |shares: &[f64]| -shares.iter().filter(|share| **share > 0.0).map(|share| share * log2(*share)).sum::<f64>();
                    let middle: Vec<f64> = reference.iter().zip(&target).map(|(a, b)| f64::midpoint(*a, *b)).collect();
                    entropy(&middle) - 0.5 * entropy(&reference) - 0.5 * entropy(&target)
                }
                _ => level(shift, &target, &scores).unwrap() - level(shift, &reference, &scores).unwrap(),
            };
            assert!((sum - total).abs() < 1e-10, "{shift:?} of {words} words: {sum} {total}");
        }
    }
}

/// Documents of `groups` groups by turns, each a list of term numbers below `width`.
fn corpus(rows: &[Vec<u32>], groups: usize, width: usize) -> Corpus {
    let names: Vec<String> = (0..groups).map(|group| format!("Group {}", (b'A' + group as u8) as char)).collect();
    let groups = by_turns(&names.iter().map(String::as_str).collect::<Vec<_>>(), rows.len());
    let words = rows.iter().map(|row| row.len() as u32).collect();
    let terms: Vec<String> = (0..width).map(|term| format!("w{term:04}")).collect();
    let is_stop = (0..width).map(|term| term < 5).collect();
    by_hand(counted(rows, width as u32), words, groups, terms.iter().map(String::as_str).collect(), is_stop)
}

/// Documents of `groups` groups whose rates follow from `seed` and differ by `apart`; every document disturbs its group's
/// rates anew, as texts do. `part` names the draw of documents.
fn bursty(groups: usize, each: usize, width: usize, apart: f64, (seed, part): (u64, u64)) -> Corpus {
    let mut stream = RandomStream::new(seed, 0);
    let mut rate = |group: usize, term: usize| exp(-log2(term as f64 + 2.0) + apart * group as f64 * stream.normal());
    let rates: Vec<Vec<f64>> = (0..groups).map(|group| (0..width).map(|term| rate(group, term)).collect()).collect();
    let mut stream = RandomStream::new(seed, 1 + part);
    let documents: Vec<Vec<u32>> = (0..groups * each)
        .map(|document| {
            let own: Vec<f64> = rates[document % groups].iter().map(|rate| rate * exp(0.7 * stream.normal())).collect();
            let total: f64 = own.iter().sum();
            let length = 60 + stream.below(120);
            let mut word = || {
                let mut at = stream.unit() * total;
                let found = own.iter().position(|rate| {
                    at -= rate;
                    at < 0.0
                });
                found.unwrap_or(0) as u32
            };
            (0..length).map(|_| word()).collect()
        })
        .collect();
    corpus(&documents, groups, width)
}

fn run(corpus: &Corpus, typed: &[(&str, &str)], all_rows: bool) -> Output {
    let params =
        Params::check(ENTRY.params, |name| typed.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())).unwrap();
    build(corpus, &params, &Context { seed: 1, all_rows, ..Context::default() }).unwrap()
}

fn table<'o>(output: &'o Output, name: &str) -> &'o Table {
    output.tables.iter().find(|table| table.spec.name == name).unwrap()
}

#[test]
fn tables_hold_every_pair_and_shifts_add_up_to_their_totals() {
    let corpus = bursty(4, 12, 80, 0.4, (3, 0));
    let output = run(&corpus, &[("resamples", "60")], true);
    let distances = table(&output, "group_distances");
    assert_eq!(distances.rows(), 3 * 4 * 3);
    for row in 0..distances.rows() {
        let value = |column: &str| distances.number(column, row).unwrap();
        let mirror = (0..distances.rows()).find(|&other| {
            distances.text("measure", other) == distances.text("measure", row)
                && distances.text("group", other) == distances.text("other_group", row)
                && distances.text("other_group", other) == distances.text("group", row)
        });
        assert_eq!(distances.number("distance", mirror.unwrap()), Some(value("distance")));
        assert!(value("distance_low") <= value("distance_corrected") && value("distance_corrected") <= value("distance_high"));
    }
    assert_eq!(table(&output, "group_tree").rows(), 3);
    let (words, totals) = (table(&output, "word_shift"), table(&output, "word_shift_totals"));
    assert_eq!(totals.rows(), 4 * 3);
    for row in 0..totals.rows() {
        let same =
            |other: &usize| ["group", "reference", "shift"].iter().all(|column| words.text(column, *other) == totals.text(column, row));
        let rows: Vec<usize> = (0..words.rows()).filter(same).collect();
        let sum: f64 = rows.iter().map(|&row| words.number("contribution", row).unwrap()).sum();
        assert!((sum - totals.number("total", row).unwrap()).abs() < 1e-12 && !rows.is_empty());
        let last = *rows.last().unwrap();
        assert!((words.number("cumulative", last).unwrap() - sum).abs() < 1e-12);
        assert!((words.number("cumulative_share", last).unwrap() - 1.0).abs() < 1e-12);
        assert_eq!(rows.len(), totals.number("terms", row).unwrap() as usize);
    }
    assert!(output.charts.iter().all(|chart| output.tables.iter().any(|table| table.spec.name == chart.table)));
    assert!(output.findings[0].sentence.contains("most alike"), "{:?}", output.findings);
}

#[test]
fn two_groups_have_the_divergence_of_their_word_shift() {
    let corpus = bursty(2, 10, 60, 0.5, (5, 0));
    let output = run(&corpus, &[("resamples", "0")], false);
    let divergence = table(&output, "group_distances").number("distance", 0).unwrap();
    let totals = table(&output, "word_shift_totals");
    let row = (0..totals.rows()).find(|&row| totals.text("shift", row) == Some("jensen_shannon")).unwrap();
    assert!((totals.number("total", row).unwrap() - divergence).abs() < 1e-12);
    assert_eq!(table(&output, "group_distances").number("distance_low", 0), None);
    assert!(output.tables.iter().all(|table| table.spec.name != "group_tree"));
    assert!((0..2).all(|row| table(&output, "group_distances").text("measure", row) != Some("delta")));
}

#[test]
fn the_interval_without_the_bias_covers_what_percentiles_miss() {
    // Two groups that are the same: the true divergence is 0, and a plain divergence lies well above it.
    let (mut covered, mut plain, mut corrected) = (0, 0.0, 0.0);
    for seed in 0..40 {
        let corpus = bursty(2, 25, 120, 0.0, (100 + seed, 0));
        let output = run(&corpus, &[("resamples", "60")], false);
        let distances = table(&output, "group_distances");
        covered += usize::from(distances.number("distance_low", 0) == Some(0.0));
        plain += distances.number("distance", 0).unwrap() / 40.0;
        corrected += distances.number("distance_corrected", 0).unwrap() / 40.0;
    }
    assert!(covered >= 36, "{covered} of 40 intervals reach down to 0");
    assert!(corrected < 0.3 * plain, "corrected {corrected}, plain {plain}");
    // Groups that differ: the truth is what a corpus a hundred times as large shows.
    let mut inside = 0;
    let large = run(&bursty(2, 1_500, 120, 0.35, (9, 99)), &[("resamples", "0")], false);
    let truth = table(&large, "group_distances").number("distance", 0).unwrap();
    for part in 0..40 {
        let corpus = bursty(2, 30, 120, 0.35, (9, part));
        let output = run(&corpus, &[("resamples", "80")], false);
        let end = |column: &str| table(&output, "group_distances").number(column, 0).unwrap();
        inside += usize::from(end("distance_low") <= truth && truth <= end("distance_high"));
    }
    assert!(inside >= 34, "{inside} of 40 intervals cover {truth}");
}

#[test]
fn target_reference_function_words_and_list_are_followed() {
    let corpus = bursty(3, 8, 50, 0.5, (2, 0));
    let output = run(&corpus, &[("group", "group b"), ("against", "Group C"), ("function-words", "drop"), ("resamples", "0")], true);
    let words = table(&output, "word_shift");
    assert!((0..words.rows()).all(|row| words.text("group", row) == Some("Group B") && words.text("reference", row) == Some("Group C")));
    assert!((0..words.rows()).all(|row| words.value("function_word", row) == false.into()));
    let everybody = run(&corpus, &[("against", "Group C"), ("resamples", "0")], true);
    let targets: std::collections::BTreeSet<&str> = (0..table(&everybody, "word_shift_totals").rows())
        .filter_map(|row| table(&everybody, "word_shift_totals").text("group", row))
        .collect();
    assert_eq!(targets.into_iter().collect::<Vec<_>>(), ["Group A", "Group B"]);

    let refused = |typed: &[(&str, &str)]| {
        let params = Params::check(ENTRY.params, |name| typed.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()));
        build(&corpus, &params.unwrap(), &Context { seed: 1, ..Context::default() }).unwrap_err()
    };
    assert_eq!(refused(&[("group", "Group D")]).hint_text(), Some("did you mean `Group A`?"));
    assert!(refused(&[("group", "Group A"), ("against", "group a")]).to_string().contains("the same group"));
}

#[test]
fn a_list_of_scores_gives_the_difference_of_mean_scores() {
    let corpus = bursty(2, 12, 50, 0.5, (2, 0));
    let mut params = Params::check(ENTRY.params, |name| (name == "lexicon").then(|| "scores.csv".to_owned())).unwrap();
    params.load_files(|_| Ok(b"word,score\nw0007,2\nw0011,-3\nabsent,9\n".to_vec())).unwrap();
    let output = build(&corpus, &params, &Context { seed: 1, all_rows: true, ..Context::default() }).unwrap();
    let mean = |group: usize| {
        let count = |name: &str| f64::from(corpus.group_terms.count(group, corpus.terms.find(name).unwrap()));
        (2.0 * count("w0007") - 3.0 * count("w0011")) / (count("w0007") + count("w0011"))
    };
    let totals = table(&output, "word_shift_totals");
    let row = (0..totals.rows()).find(|&row| totals.text("shift", row) == Some("lexicon")).unwrap();
    assert!((totals.number("level", row).unwrap() - mean(0)).abs() < 1e-12);
    assert!((totals.number("total", row).unwrap() - (mean(0) - mean(1))).abs() < 1e-12);
    assert!(
        totals.number("total_low", row) < totals.number("total", row) && totals.number("total", row) < totals.number("total_high", row)
    );
    assert!(output.findings.iter().any(|finding| finding.sentence.starts_with("By your list of scores")));
    assert!(output.notes.iter().any(|note| note.contains("3 words, of which 2 occur")), "{:?}", output.notes);
}

#[test]
fn weights_count_as_so_many_documents() {
    let corpus = bursty(3, 6, 40, 0.5, (4, 0));
    let rows = &corpus.document_terms.as_ref().unwrap().rows;
    let texts: Vec<Vec<u32>> = (0..rows.rows())
        .map(|row| rows.row(row).0.iter().zip(rows.row(row).1).flat_map(|(&term, &count)| vec![term; count as usize]).collect())
        .collect();
    let mut weighted = super::tests::corpus(&texts, 3, 40);
    weighted.documents.weights[1] = 3.0;
    // The same document three times, in the same group.
    let mut repeated = texts.clone();
    for _ in 0..2 {
        repeated.extend([Vec::new(), texts[1].clone(), Vec::new()]);
    }
    let mut repeated = super::tests::corpus(&repeated, 3, 40);
    repeated.terms.counts.clone_from(&weighted.terms.counts);
    let distances = |corpus: &Corpus| {
        let output = run(corpus, &[("resamples", "0")], false);
        let table = table(&output, "group_distances");
        (0..table.rows())
            .filter(|&row| table.text("measure", row) != Some("cosine_distance"))
            .map(|row| table.number("distance", row).unwrap())
            .collect::<Vec<f64>>()
    };
    for (left, right) in distances(&weighted).into_iter().zip(distances(&repeated)) {
        assert!((left - right).abs() < 1e-12);
    }
}

#[test]
fn threads_change_no_bit() {
    let corpus = bursty(4, 9, 90, 0.3, (8, 0));
    let bits = |threads| {
        let output = on_threads(threads, || run(&corpus, &[("resamples", "50")], true));
        format!("{:?} {:?} {:?}", output.tables.iter().map(|table| &table.columns).collect::<Vec<_>>(), output.charts, output.findings)
    };
    let one = bits(1);
    assert!(one.len() > 10_000 && one == bits(2) && one == bits(7));
}

#[test]
fn small_and_odd_corpora_work_or_say_why_not() {
    for (rows, groups) in [(vec![vec![0, 1], vec![1, 2]], 2), (vec![vec![0, 1], Vec::new(), vec![2]], 3), (vec![Vec::new(); 4], 2)] {
        let output = run(&corpus(&rows, groups, 4), &[], false);
        assert!(output.tables.len() >= 3 && output.notes.len() >= 2, "{rows:?}");
        for table in &output.tables {
            assert!(table.columns.iter().all(|column| column.len() == table.rows()));
        }
    }
    let alone = run(&corpus(&[vec![0], vec![1]], 1, 4), &[], false);
    assert!(alone.tables.is_empty() && alone.notes[0].contains("there is one group"));
}
