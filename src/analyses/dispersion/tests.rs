use super::{ENTRY, build};
use crate::analyses::{Context, Output};
use crate::corpus::by_hand::{by_hand, by_turns, counted};
use crate::corpus::{Corpus, Folding, Surfaces, TokenKind, Tokens};
use crate::params::Params;

const WORDS: [&str; 5] = ["alpha", "beta", "gamma", "noon", "the"];

/// Documents of two groups by turns, one word a token; dated one day after the other.
fn corpus(texts: &[Vec<u32>]) -> Corpus {
    let n = texts.len();
    let words = texts.iter().map(|text| text.len() as u32).collect();
    let terms = || WORDS.into_iter().collect();
    let is_stop = vec![false, false, false, false, true];
    let mut corpus = by_hand(counted(texts, 5), words, by_turns(&["East", "West"], n), terms(), is_stop);
    corpus.documents.dates = (0..n).map(|document| Some(20_000 + document as i32)).collect();
    corpus.surfaces = Surfaces { forms: terms(), kinds: vec![TokenKind::Word; 5], counts: vec![1; 5] };
    corpus.folding = Folding { term_of_surface: (0..5).collect(), ..Folding::default() };
    corpus.tokens = Some(Tokens::of_sentences(&texts.iter().map(|text| vec![text.clone()]).collect::<Vec<_>>()));
    corpus
}

fn run(corpus: &Corpus, words: &str) -> Output {
    let params = Params::check(ENTRY.params, |name| (name == "words").then(|| words.to_owned())).unwrap();
    build(corpus, &params, &Context { seed: 1, ..Context::default() }).unwrap()
}

/// Gries's five parts as East's documents: letter "a" is `alpha`, everything else `the`. West has documents of `the` only.
fn gries() -> Corpus {
    let parts = [(1, 9), (2, 10), (3, 10), (4, 10), (5, 11)];
    let text = |(count, size): (usize, usize)| [vec![0; count], vec![4; size - count]].concat();
    corpus(&parts.into_iter().flat_map(|part| [text(part), vec![4; 8]]).collect::<Vec<_>>())
}

#[test]
fn a_groups_documents_are_the_parts_of_gries_2008() {
    let output = run(&gries(), "alpha");
    let table = &output.tables[0];
    for (column, expected) in [
        ("deviation_of_proportions", 0.18),
        ("deviation_of_proportions_normalised", 0.219_512),
        ("juilland_d", 0.785_150),
        ("rosengren_s", 0.949_816),
        ("carroll_d2", 0.937_921),
        ("kullback_leibler", 0.136_972),
    ] {
        assert!((table.number(column, 0).unwrap() - expected).abs() < 1e-6, "{column}: {:?}", table.number(column, 0));
        assert_eq!(table.number(column, 1), None, "{column} of a word that does not occur");
    }
    assert_eq!(
        (table.number("count", 0), table.number("documents", 0), table.number("document_share", 1)),
        (Some(15.0), Some(5.0), Some(0.0))
    );
    // Places: 0; 9, 10; 19–21; 29–32; 39–43 of 50 words, mean distance 50/15. By hand: gaps 9 1 9 1 1 8 1 1 1 7 1 1 1 1 7.
    let expected = (5.0 * (50.0 / 15.0) + 10.0) / (50.0 / 15.0);
    assert!(
        (table.number("average_reduced_frequency", 0).unwrap() - expected).abs() < 1e-9,
        "{:?}",
        table.number("average_reduced_frequency", 0)
    );
}

#[test]
fn every_day_with_documents_has_its_place() {
    let output = run(&gries(), "alpha, the");
    let days = &output.tables[1];
    assert_eq!(days.rows(), 2 * 10);
    assert_eq!((0..10).map(|row| days.number("count", row).unwrap()).sum::<f64>(), 15.0);
    assert!((0..10).all(|row| days.number("all_documents", row) == Some(1.0)));
    assert_eq!(output.charts.len(), 1);
    let mut undated = gries();
    undated.documents.dates = vec![None; 10];
    let output = run(&undated, "alpha");
    assert!(output.charts.is_empty() && output.tables.len() == 1 && output.notes.iter().any(|note| note.contains("no strips")));
}

#[test]
fn many_days_become_weeks_or_months() {
    let mut long = corpus(&(0..14_000).map(|document| vec![(document % 3) as u32]).collect::<Vec<_>>());
    let output = run(&long, "alpha");
    assert_eq!(output.tables[1].notes, ["A row is a week, by its Monday: there are too many days to show."]);
    assert_eq!((0..output.tables[1].rows()).map(|row| output.tables[1].number("all_documents", row).unwrap()).sum::<f64>(), 14_000.0);
    long.documents.dates.iter_mut().enumerate().for_each(|(document, date)| *date = Some(document as i32 * 7));
    assert!(run(&long, "alpha").tables[1].notes[0].contains("A row is a month"));
}

#[test]
fn words_are_chosen_by_what_sets_groups_apart_and_slips_get_a_hint() {
    // East has `beta` in all its documents, West never; `gamma` is everywhere, `the` is on the stop list.
    let texts: Vec<Vec<u32>> = (0..20).map(|document| if document % 2 == 0 { vec![1, 2, 4, 4] } else { vec![2, 3, 4, 4] }).collect();
    let corpus = corpus(&texts);
    let output = build(&corpus, &Params::check(ENTRY.params, |_| None).unwrap(), &Context { seed: 1, ..Context::default() }).unwrap();
    let chosen: Vec<&str> = (0..output.tables[0].rows()).step_by(2).filter_map(|row| output.tables[0].text("term", row)).collect();
    assert_eq!(chosen, ["beta", "noon", "gamma"]);
    assert!(output.findings[0].sentence.starts_with("*beta* is in 100.0% (95 % interval"), "{:?}", output.findings);
    let refused = |words: &str| {
        let params = Params::check(ENTRY.params, |name| (name == "words").then(|| words.to_owned())).unwrap();
        build(&corpus, &params, &Context { seed: 1, ..Context::default() }).unwrap_err()
    };
    assert_eq!(refused("betta").hint_text(), Some("did you mean `beta`?"));
    assert!(run(&corpus, "BETA,absent").notes.contains(&"No document has absent.".to_owned()));
}

#[test]
fn a_document_of_weight_two_counts_as_two() {
    let texts = [vec![0, 0, 4, 4, 4], vec![0, 4, 4], vec![4; 7], vec![0, 4, 4, 4], vec![1, 4], vec![0, 1, 4, 4]];
    let mut weighted = corpus(&texts);
    weighted.documents.weights = vec![2.0, 1.0, 1.0, 1.0, 1.0, 1.0];
    // East has the documents 0, 2, 4; the copy of 0 comes as its fourth, with an empty one for West, which weighs nothing.
    let mut copied = corpus(&[&texts[..], &[texts[0].clone(), vec![4]]].concat());
    copied.documents.weights = vec![1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0];
    let (weighted, copied) = (run(&weighted, "alpha"), run(&copied, "alpha"));
    for row in 0..2 {
        for column in ["per_million", "document_share", "document_share_low"] {
            let both = [&weighted, &copied].map(|output| output.tables[0].number(column, row).unwrap());
            assert!((both[0] - both[1]).abs() <= 1e-9 * both[0].abs(), "{column} {row}: {both:?}");
        }
    }
    // East: 4 of 10 + 7 + 2 words, in weighted documents 2 of 4.
    assert!((weighted.tables[0].number("per_million", 0).unwrap() - 4e6 / 19.0).abs() < 1e-6);
    assert_eq!(weighted.tables[0].number("document_share", 0), Some(0.5));
    assert_eq!(weighted.tables[0].number("count", 0), Some(2.0), "counts stay plain");
    // DP of parts 10, 7 and 2 words with 4, 0, 0 occurrences.
    let parts = weighted.tables[0].number("deviation_of_proportions", 0).unwrap();
    assert!((parts - (1.0 - 10.0 / 19.0)).abs() < 1e-9, "{parts}");
}
