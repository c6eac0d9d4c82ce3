//! Counting against a slow twin, and freezing in any order.

use super::*;
use crate::corpus::{Corpus, Needs, RawDocument, ReadingNotes, RepeatedLine};
use crate::maths::RandomStream;
use std::collections::{BTreeMap, BTreeSet};

fn document(id: &str, outlet: &str, text: &str) -> RawDocument {
    let fields = if outlet.is_empty() { Vec::new() } else { vec![("outlet".to_owned(), outlet.to_owned())] };
    RawDocument { id: id.to_owned(), text: text.to_owned(), fields, ..RawDocument::default() }
}

fn options(needs: Needs) -> CountOptions {
    CountOptions { needs, group_field: "outlet".to_owned(), language: Some("eng".to_owned()), ..CountOptions::default() }
}

fn corpus_of(documents: &[RawDocument], needs: Needs, workers: usize) -> Corpus {
    let options = options(needs);
    let mut counters: Vec<Counter> = (0..workers).map(|_| Counter::new(&options)).collect();
    for (index, document) in documents.iter().enumerate() {
        let length = document.text.len();
        counters[index % workers].add(document.clone(), std::slice::from_ref(&(0..length)), false);
    }
    freeze(counters, &options, ReadingNotes::default()).unwrap()
}

/// The same counted as it is read.
fn streamed(documents: &[RawDocument]) -> Corpus {
    let options = CountOptions { keep_repeated_lines: true, ..options(Needs::GROUP_COUNTS) };
    let mut counter = Counter::new(&options);
    for document in documents {
        counter.add(document.clone(), std::slice::from_ref(&(0..document.text.len())), false);
    }
    freeze(vec![counter], &options, ReadingNotes::default()).unwrap()
}

fn random_documents(seed: u64) -> Vec<RawDocument> {
    let words = ["port", "Port", "the", "The", "storm's", "co-op", "naïve", "Київ", "a", "7", "...", "x.y@z.example", "“so”", "U.S."];
    let mut stream = RandomStream::new(seed, 0);
    (0..40)
        .map(|number| {
            let length = stream.below(30);
            let text: Vec<&str> = (0..length).map(|_| words[stream.below(words.len() as u32) as usize]).collect();
            document(&format!("d{number:02}"), ["North", "South", ""][stream.below(3) as usize], &text.join(" "))
        })
        .collect()
}

/// (group, term) → (count, documents) by the plainest means.
fn slow_twin(documents: &[RawDocument]) -> BTreeMap<(String, String), (u32, u32)> {
    let mut counts: BTreeMap<(String, String), (u32, u32)> = BTreeMap::new();
    for document in documents {
        let group = document.group_value("outlet").unwrap_or("(none)".to_owned());
        let mut seen = BTreeSet::new();
        for piece in document.text.split(' ') {
            let word = match piece {
                "..." | "x.y@z.example" | "" => continue,
                "storm's" => "storm",
                "“so”" => "so",
                other => other,
            };
            let cell = counts.entry((group.clone(), word.to_lowercase())).or_default();
            cell.0 += 1;
            if seen.insert(word.to_lowercase()) {
                cell.1 += 1;
            }
        }
    }
    counts
}

fn counted(corpus: &Corpus) -> BTreeMap<(String, String), (u32, u32)> {
    let mut counts = BTreeMap::new();
    for (group, name) in corpus.groups.names.iter().enumerate() {
        for term in 0..corpus.terms.len() as u32 {
            let cell = (corpus.group_terms.count(group, term), corpus.group_terms.documents(group, term));
            if cell.0 > 0 {
                counts.insert((name.clone(), corpus.terms.terms.get(term).to_owned()), cell);
            }
        }
    }
    counts
}

#[test]
fn counts_equal_the_slow_twin_streamed_and_kept() {
    for seed in 0..60 {
        let documents = random_documents(seed);
        let expected = slow_twin(&documents);
        assert_eq!(counted(&corpus_of(&documents, Needs::GROUP_COUNTS, 1)), expected);
        assert_eq!(counted(&streamed(&documents)), expected);
        assert_eq!(counted(&corpus_of(&documents, Needs::TOKENS, 3)), expected);
    }
}

#[test]
fn neither_order_nor_workers_change_a_corpus() {
    for seed in 0..20 {
        let mut documents = random_documents(seed);
        documents.push(document("d00", "South", "a second text under a taken id"));
        let one = corpus_of(&documents, Needs::TEXTS, 1);
        RandomStream::new(seed, 9).shuffle(&mut documents);
        let two = corpus_of(&documents, Needs::TEXTS, 4);
        assert_eq!(one.documents, two.documents);
        assert_eq!((&one.tokens, &one.surfaces, &one.terms, &one.group_terms), (&two.tokens, &two.surfaces, &two.terms, &two.group_terms));
        assert_eq!((&one.texts, &one.document_terms, &one.notes), (&two.texts, &two.document_terms, &two.notes));
        assert_eq!(one.notes.repeated_ids, 1);
    }
}

#[test]
fn kept_places_slice_the_text() {
    let text = "The “co\u{ad}op” of Horodok’s harbour.";
    let corpus = corpus_of(&[document("one", "A", text)], Needs::TEXTS, 1);
    let tokens = corpus.tokens().unwrap();
    let places = tokens.places_of(0).unwrap();
    let slices: Vec<&str> = places.iter().map(|&(start, end)| &text[start as usize..end as usize]).collect();
    assert_eq!(slices, ["The", "“", "co\u{ad}op", "”", "of", "Horodok", "’s", "harbour", "."]);
}

#[test]
fn exact_duplicates_share_a_fingerprint() {
    let corpus = corpus_of(
        &[document("a", "A", "The Port, again."), document("b", "B", "the port again"), document("c", "B", "again the port")],
        Needs::TOKENS,
        1,
    );
    let prints = &corpus.documents.fingerprints;
    assert!(prints[0] == prints[1] && prints[1] != prints[2]);
}

#[test]
fn a_stated_field_that_no_document_has_is_an_error_with_a_hint() {
    let options = CountOptions { group_field: "outlets".to_owned(), group_field_is_stated: true, ..CountOptions::default() };
    let mut counter = Counter::new(&options);
    counter.add(document("a", "A", "text"), std::slice::from_ref(&(0..4)), false);
    let error = freeze(vec![counter], &options, ReadingNotes::default()).unwrap_err();
    assert_eq!(error.hint_text(), Some("did you mean `--by outlet`?"));
}

#[test]
fn lines_that_many_documents_of_a_group_carry_are_found() {
    let texts = |outlet: &str, footer: &str| -> Vec<RawDocument> {
        (0..5)
            .map(|number| {
                document(&format!("{outlet}{number}"), outlet, &format!("Story {number} of the day.\n{footer}\nThe end of {number}"))
            })
            .collect()
    };
    let mut documents = texts("North", "Read us every day!");
    documents.extend(texts("South", ""));
    documents[7].text.push_str("\nRead us every day!");
    let corpus = corpus_of(&documents, Needs::TOKENS, 2);
    let expected = RepeatedLine { group: "North".to_owned(), text: "Read us every day !".to_owned(), documents: 5, occurrences: 5 };
    assert_eq!(corpus.notes.repeated_lines, [expected]);
    let tokens = corpus.tokens().unwrap();
    let words = |document| -> Vec<&str> { tokens.of(document).iter().map(|&surface| corpus.surfaces.forms.get(surface)).collect() };
    assert_eq!(words(0), ["Story", "0", "of", "the", "day", ".", "The", "end", "of", "0"]);
    assert_eq!(tokens.sentences_of(0), [0, 6]);
    assert!(words(7).ends_with(&["Read", "us", "every", "day", "!"]));
    assert_eq!(corpus.documents.words[0], 9);
    let every = corpus.terms.find("every").unwrap();
    assert_eq!((corpus.terms.counts[every as usize], corpus.terms.documents[every as usize]), (1, 1));
    let streamed = corpus_of(&documents, Needs::GROUP_COUNTS, 2);
    assert_eq!(counted(&streamed), counted(&corpus));
}

#[test]
fn weights_come_from_a_column_and_unusable_ones_are_counted() {
    let weighted = |id: &str, weight: &str| {
        let mut made = document(id, "North", "the port of the north is open to ships again today");
        made.fields.push(("copies".to_owned(), weight.to_owned()));
        made
    };
    let mut documents = vec![weighted("a", " 0.5 "), weighted("b", "much"), weighted("c", "-1"), weighted("d", "0"), weighted("e", "NaN")];
    documents.push(document("f", "South", "nothing is said of a weight here"));
    let options = CountOptions { weight_field: Some("copies".to_owned()), ..options(Needs::DOCUMENT_TERMS) };
    let mut counter = Counter::new(&options);
    for document in &documents {
        counter.add(document.clone(), std::slice::from_ref(&(0..document.text.len())), false);
    }
    let corpus = freeze(vec![counter], &options, ReadingNotes::default()).unwrap();
    assert_eq!(corpus.documents.weights, [0.5, 1.0, 1.0, 0.0, 1.0, 1.0]);
    let remark = "4 of 6 documents have no number of 0 or more in the weight column `copies`: they weigh 1";
    assert_eq!(corpus.notes.remarks, [remark]);
    assert!(corpus.weighted_group_terms().is_some());
}

#[test]
fn copies_of_one_story_weigh_as_one_document() {
    let story: Vec<String> =
        (0..120).map(|number| format!("word{}", (b'a' + number % 25) as char).repeat(1 + number as usize % 3)).collect();
    let story = story.join(" ");
    let other: Vec<String> = (0..120).map(|number| format!("other{}x{}", number % 7, (b'a' + number % 26) as char)).collect();
    let documents = [
        document("a", "North", &story),
        document("b", "South", &story.to_uppercase()),
        document("c", "South", &format!("{story} Reporting by someone else")),
        document("d", "North", &other.join(" ")),
    ];
    let options = CountOptions { wire_weights: true, ..options(Needs::DOCUMENT_TERMS) };
    let mut counter = Counter::new(&options);
    for document in &documents {
        counter.add(document.clone(), std::slice::from_ref(&(0..document.text.len())), false);
    }
    let corpus = freeze(vec![counter], &options, ReadingNotes::default()).unwrap();
    let third = 1.0 / 3.0;
    assert_eq!(corpus.documents.weights, [third, third, third, 1.0]);
    assert!(corpus.notes.remarks[0].contains("3 documents in 1 groups of copies weigh as 1 documents"), "{:?}", corpus.notes.remarks);
    assert_eq!(corpus_of(&documents, Needs::DOCUMENT_TERMS, 2).weighted_group_terms(), None, "all weigh 1 unless asked");
}

#[test]
fn streaming_leaves_out_the_same_lines_as_kept_tokens() {
    let lines = [
        "Read us every day!",
        "“Read us”, every DAY.",
        "* * *",
        "- Follow the port, the port’s storm",
        "\"Quoted\" line of a rather counterrevolutionary harbourmaster",
        "the port",
        "Naïve co-op \u{200b} 7",
        "",
    ];
    let mut stream = RandomStream::new(12, 0);
    for round in 0..60 {
        let documents: Vec<RawDocument> = (0..30)
            .map(|number| {
                let mut text = String::new();
                for _ in 0..stream.below(6) {
                    text.push_str(lines[stream.below(lines.len() as u32) as usize]);
                    text.push_str(["\n", "\n\n"][stream.below(2) as usize]);
                    text.push_str(&format!("A story of port {} and {number}.\n", stream.below(4)));
                }
                document(&format!("d{number:02}"), ["North", "South", ""][stream.below(3) as usize], &text)
            })
            .collect();
        let kept = corpus_of(&documents, Needs::TOKENS, 1);
        for workers in [1, 3] {
            let streamed = corpus_of(&documents, Needs::GROUP_COUNTS, workers);
            assert_eq!(counted(&streamed), counted(&kept), "round {round}");
            assert_eq!(streamed.documents.words, kept.documents.words, "round {round}");
            assert_eq!(streamed.group_terms.words, kept.group_terms.words, "round {round}");
            let of = |corpus: &Corpus| -> Vec<(String, u32, u32)> {
                let mut lines: Vec<_> =
                    corpus.notes.repeated_lines.iter().map(|line| (line.group.clone(), line.documents, line.occurrences)).collect();
                lines.sort();
                lines
            };
            assert_eq!(of(&streamed), of(&kept), "round {round}");
        }
    }
}
