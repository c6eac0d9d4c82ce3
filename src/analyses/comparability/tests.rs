use super::against::{Aspect, compared, kolmogorov_smirnov};
use super::{ENTRY, build};
use crate::analyses::Context;
use crate::corpus::by_hand::{by_hand, by_turns, counted};
use crate::corpus::{Corpus, Field, Groups, NONE};
use crate::params::Params;
use crate::table::Standing;

/// Two groups of `each` documents with 120 content words; `group_words(group)` are the terms of its documents.
fn corpus(each: usize, group_words: impl Fn(usize) -> std::ops::Range<u32>) -> Corpus {
    let n = 2 * each;
    let documents: Vec<Vec<u32>> = (0..n).map(|document| group_words(document % 2).collect()).collect();
    let words = documents.iter().map(|document| document.len() as u32).collect();
    let names: Vec<String> = (0..240).map(|term| format!("w{term:03}")).collect();
    let names = names.iter().map(String::as_str).collect();
    let mut corpus = by_hand(counted(&documents, 240), words, by_turns(&["East", "West"], n), names, vec![false; 240]);
    corpus.documents.dates = (0..n).map(|document| Some(20_000 + (document / 2) as i32)).collect();
    corpus
}

fn aspects(corpus: &Corpus, group: usize) -> Vec<Aspect> {
    compared(corpus)[group].warnings().into_iter().map(|(aspect, _)| aspect).collect()
}

#[test]
fn the_distance_of_dates_is_that_of_scipy() {
    // scipy 1.17.1: ks_2samp([1, 2, 3, 4, 7, 7], [2, 3, 3, 8, 9]).statistic; scripts/oracles/distances.py prints it.
    assert!((kolmogorov_smirnov(&[1, 2, 3, 4, 7, 7], &[2, 3, 3, 8, 9]) - 0.4).abs() < 1e-15);
    assert_eq!(kolmogorov_smirnov(&[1, 2], &[3, 4]), 1.0);
    assert_eq!(kolmogorov_smirnov(&[5, 5, 6], &[5, 5, 6]), 0.0);
}

#[test]
fn equal_groups_get_no_warning_and_sound_cards() {
    let corpus = corpus(20, |_| 0..120);
    let output = build(&corpus, &Params::check(ENTRY.params, |_| None).unwrap(), &Context { seed: 1, ..Context::default() }).unwrap();
    assert!(output.cards.len() == 6 && output.cards.iter().all(|card| card.standing == Standing::Sound), "{:?}", output.cards);
    assert!(output.findings.is_empty());
    assert_eq!(output.tables[0].rows(), 2);
    assert_eq!(output.tables[0].text("warnings", 0), None);
    assert_eq!(output.tables[0].number("shared_words", 0), Some(100.0));
}

#[test]
fn every_difference_gets_its_own_warning() {
    let few = corpus(9, |_| 0..120);
    assert_eq!(aspects(&few, 0), [Aspect::Documents]);
    let other_words = corpus(20, |group| if group == 0 { 0..120 } else { 80..200 });
    assert_eq!(aspects(&other_words, 1), [Aspect::Topics]);
    let long = corpus(20, |group| if group == 0 { 0..110 } else { 0..230 });
    assert_eq!(aspects(&long, 1), [Aspect::Lengths]);
    assert!(compared(&long)[1].warnings()[0].1.contains("2.1 times as long"), "{:?}", compared(&long)[1].warnings());
    assert!(compared(&long)[0].warnings()[0].1.contains("only 47.8% as long"), "{:?}", compared(&long)[0].warnings());

    let mut changed = corpus(20, |_| 0..120);
    for document in (1..40).step_by(2) {
        changed.documents.dates[document] = Some(21_000 + document as i32);
    }
    assert_eq!(aspects(&changed, 1), [Aspect::Dates]);
    for document in (1..40).step_by(2) {
        changed.documents.dates[document] = None;
        changed.documents.languages[document] = "deu".to_owned();
        changed.documents.titles[document] = String::new();
    }
    assert_eq!(aspects(&changed, 1), [Aspect::Languages, Aspect::Metadata, Aspect::Metadata]);
    assert_eq!(compared(&changed)[1].language, "deu");

    let mut copied = corpus(20, |_| 0..120);
    (1..8).step_by(2).for_each(|document| copied.documents.fingerprints[document] = 1);
    assert_eq!(aspects(&copied, 1), [Aspect::Documents]);
}

#[test]
fn a_topic_field_is_believed_more_than_words() {
    let mut corpus = corpus(20, |group| if group == 0 { 0..120 } else { 80..200 });
    let codes = (0..40).map(|document| if document == 0 { NONE } else { document as u32 / 2 % 2 }).collect();
    corpus.documents.fields = vec![Field { name: "topic".to_owned(), levels: vec!["a".to_owned(), "b".to_owned()], codes }];
    assert!(aspects(&corpus, 0).is_empty(), "{:?}", compared(&corpus)[0]);
    corpus.documents.fields[0].codes = (0..40).map(|document| u32::from(document % 2 == 0 || document < 8)).collect();
    let warnings = compared(&corpus)[1].warnings();
    // East is all "b"; of West's 20 documents 4 are.
    assert!(warnings[0].1.contains("80.0% of its documents would have to change theirs: “a” has 80.0% against 0.0%"), "{warnings:?}");
    corpus.groups.field = "topic".to_owned();
    assert_eq!(compared(&corpus)[1].topic_distance, None);
}

#[test]
fn one_group_has_nothing_beside_it() {
    let mut corpus = corpus(3, |_| 0..120);
    corpus.groups = Groups { names: vec!["all".to_owned()], of_document: vec![0; 6], ..Groups::default() };
    let output = build(&corpus, &Params::default(), &Context { seed: 1, ..Context::default() }).unwrap();
    assert!(output.tables.is_empty() && output.cards.is_empty() && output.notes.len() == 1);
}
