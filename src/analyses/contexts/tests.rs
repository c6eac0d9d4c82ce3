//! Passages against slow twins on random corpora, and by hand.

use super::*;
use crate::corpus::{Corpus, Needs, RawDocument, ReadingNotes};
use crate::count::{CountOptions, Counter, freeze};
use crate::fold::FoldRule;
use crate::maths::RandomStream;
use crate::table::glossary::{ENTITY, GROUP, TERM, TOPIC_LABEL, column};
use crate::table::{ColumnKind, ColumnSpec, Explorer, Finding, Table, TableBuilder, TableSpec};

column!(/// More or less.
    DIRECTION, "direction", "Direction", ColumnKind::Text, "", "More or less.", "");
column!(/// A spelling.
    SPELLING, "spelling", "Spelling", ColumnKind::Text, "", "A spelling.", "");
column!(/// A part of a name.
    PART, "part", "Part", ColumnKind::Text, "", "A part of a name.", "");

static TERMS: TableSpec = TableSpec { name: "keyness", title: "T", summary: "S.", order: "o", columns: &[&TERM, &GROUP, &DIRECTION] };
static TOPICS: TableSpec = TableSpec { name: "topics", title: "T", summary: "S.", order: "o", columns: &[&TOPIC_LABEL] };
static SPELLINGS: TableSpec =
    TableSpec { name: "spellings", title: "T", summary: "S.", order: "o", columns: &[&ENTITY, &PART, &SPELLING, &GROUP] };

fn corpus_of(documents: &[(&str, String)], stem: bool, needs: Needs) -> Corpus {
    let fold = FoldRule { lower_case: true, stem, ..FoldRule::default() };
    let options =
        CountOptions { needs, group_field: "outlet".to_owned(), language: Some("eng".to_owned()), fold, ..CountOptions::default() };
    let mut counter = Counter::new(&options);
    for (number, (outlet, text)) in documents.iter().enumerate() {
        let fields = vec![("outlet".to_owned(), (*outlet).to_owned())];
        let document = RawDocument { id: format!("d{number:03}"), text: text.clone(), fields, ..RawDocument::default() };
        counter.add(document, std::slice::from_ref(&(0..text.len())), false);
    }
    freeze(vec![counter], &options, ReadingNotes::default()).unwrap()
}

fn random_corpus(seed: u64) -> Corpus {
    let mut stream = RandomStream::new(seed, 0);
    let words = ["harbour", "Ferry", "ferries", "strike", "vote", "Kyiv", "“Kiev”", "(union)", "the", "of", "said.", "no;"];
    let documents: Vec<(&str, String)> = (0..60)
        .map(|_| {
            let outlet = ["North", "South", "West"][stream.below(3) as usize];
            let text: Vec<&str> = (0..5 + stream.below(60)).map(|_| words[stream.below(words.len() as u32) as usize]).collect();
            (outlet, text.join(" "))
        })
        .collect();
    corpus_of(&documents, seed.is_multiple_of(2), Needs::TOKENS.and(Needs::DOCUMENT_TERMS))
}

/// What an explorer must hold, checked against the corpus from scratch.
fn check(corpus: &Corpus, explorer: &Explorer) {
    let tokens = corpus.tokens().unwrap();
    for (term_at, term) in explorer.terms.iter().enumerate() {
        let id = (0..corpus.terms.len() as u32).find(|&id| corpus.terms.label(id) == term.term).unwrap();
        let mut documents_used = Vec::new();
        for (group_at, group) in explorer.groups.iter().enumerate() {
            let group_id = corpus.groups.names.iter().position(|name| *name == group.name).unwrap();
            let holding: Vec<usize> = (0..corpus.documents.len())
                .filter(|&document| usize::from(corpus.groups.of_document[document]) == group_id)
                .filter(|&document| tokens.of(document).iter().any(|&surface| corpus.folding.term(surface) == Some(id)))
                .collect();
            assert_eq!(term.documents[group_at], holding.len() as u64);
            let own = term.places.iter().filter(|place| explorer.documents[explorer.passages[place.passage].document].group == group_at);
            // Short texts: the page has room for all, unless two documents have the same passage.
            assert!(own.clone().count() <= MOST_PLACES.min(holding.len()));
            assert!(own.clone().count() > 0 || holding.is_empty(), "{} has no passage in {}", term.term, group.name);
            for place in own {
                let passage = &explorer.passages[place.passage];
                let id_of = &explorer.documents[passage.document].id;
                let document = corpus.documents.ids.binary_search(id_of).unwrap();
                assert!(holding.contains(&document));
                let word = &passage.text[place.start..place.end];
                let surface = (0..corpus.surfaces.forms.len() as u32).find(|&at| corpus.surfaces.forms.get(at) == word).unwrap();
                assert_eq!(corpus.folding.term(surface), Some(id), "{word} in {}", passage.text);
                assert!(!documents_used.contains(&(term_at, document)), "two passages of one document");
                documents_used.push((term_at, document));
            }
        }
    }
}

#[test]
fn every_word_has_passages_of_its_own_documents_and_groups() {
    for seed in 0..12 {
        let corpus = random_corpus(seed);
        let made = explorer(&corpus, seed).unwrap();
        assert_eq!(made.groups.len(), 3);
        assert!(made.terms.iter().all(|term| !["the", "of"].contains(&term.term.as_str())));
        check(&corpus, &made);
        assert_eq!(Some(made), explorer(&corpus, seed), "the same seed, the same passages");
    }
}

#[test]
fn passages_are_written_as_they_stood() {
    let text = "On Monday (at noon) Kyiv's mayor said: “No U.S. ferry, no deal.” Then he left.";
    let corpus = corpus_of(&[("A", text.to_owned()), ("B", "Nothing.".to_owned())], false, Needs::TOKENS);
    let tokens = corpus.tokens().unwrap();
    let ferry = (0..tokens.of(0).len()).find(|&at| corpus.surfaces.forms.get(tokens.of(0)[at]) == "ferry").unwrap();
    let whole = passage::window(&corpus, tokens, 0, &(ferry..ferry + 1), 500);
    let (written, places) = passage::written(&corpus, tokens, 0, &whole);
    // Quotation marks are straight in tokens; all else is as in the text.
    assert_eq!(written, "On Monday (at noon) Kyiv's mayor said: \"No U.S. ferry, no deal.\"");
    assert_eq!(&written[places[ferry].clone()], "ferry");
    let narrow = passage::window(&corpus, tokens, 0, &(ferry..ferry + 1), 20);
    let (written, _) = passage::written(&corpus, tokens, 0, &narrow);
    assert!(written.starts_with('…') && written.ends_with('…') && written.len() <= 30 && written.contains("ferry"), "{written}");
}

fn finding(table: &'static str, row: usize) -> Finding {
    Finding { sentence: String::new(), weight: 1.0, table, row: Some(row) }
}

fn shown(corpus: &Corpus, table: &Table, row: usize) -> Vec<(String, String)> {
    let finding = finding(table.spec.name, row);
    let found = contexts_of_findings(corpus, &[table], &[&finding], 3);
    let contexts = found.into_iter().flat_map(|row| row.contexts);
    contexts.map(|context| (context.group.unwrap_or_default(), context.word)).collect()
}

#[test]
fn a_row_shows_its_word_in_its_group_or_in_the_others() {
    let text = |word: &str, number: usize| format!("Report {number} tells of {word} in the town of day {number}.");
    let mut documents: Vec<(&str, String)> = (0..30).map(|number| (["A", "B"][number % 2], text("Strikes", number))).collect();
    documents.extend((0..4).map(|number| ("A", text("peace", number))));
    let corpus = corpus_of(&documents, false, Needs::TOKENS);
    let mut builder = TableBuilder::new(&TERMS);
    builder.row(["strikes".into(), "A".into(), "more".into()]);
    builder.row(["strikes".into(), "A".into(), "less".into()]);
    builder.row(["peace".into(), "B".into(), "more".into()]);
    builder.row(["no such word".into(), "A".into(), "more".into()]);
    let table = builder.finish();
    let (own, others) = (shown(&corpus, &table, 0), shown(&corpus, &table, 1));
    assert_eq!((own.len(), others.len()), (10, 10));
    assert!(own.iter().all(|place| *place == ("A".to_owned(), "Strikes".to_owned())), "{own:?}");
    assert!(others.iter().all(|place| place.0 == "B"));
    assert!(shown(&corpus, &table, 2).is_empty() && shown(&corpus, &table, 3).is_empty());
    assert!(contexts_of_findings(&corpus, &[&table], &[&finding("keyness", 99), &finding("other", 0)], 3).is_empty());
}

#[test]
fn a_topic_shows_each_term_of_its_label_even_as_stems() {
    let documents: Vec<(&str, String)> =
        (0..12).map(|number| ("A", format!("Number {number}: the ferries and the harbours of {number}."))).collect();
    let corpus = corpus_of(&documents, true, Needs::TOKENS);
    let mut builder = TableBuilder::new(&TOPICS);
    builder.row(["ferries, harbours".into()]);
    let words: Vec<String> = shown(&corpus, &builder.finish(), 0).into_iter().map(|place| place.1).collect();
    assert_eq!(words.iter().filter(|word| *word == "ferries").count(), 5, "{words:?}");
    assert_eq!(words.iter().filter(|word| *word == "harbours").count(), 5);
}

#[test]
fn a_spelling_stands_with_its_rivals_and_near_the_rest_of_the_name() {
    let mut documents: Vec<(&str, String)> = Vec::new();
    for number in 0..8 {
        documents.push(("A", format!("In case {number} Alexei Gorodenko spoke.")));
        documents.push(("B", format!("In case {number} Oleksiy Gorodenko spoke.")));
        documents.push(("B", format!("In case {number} Alexei Petrov sang.")));
    }
    let corpus = corpus_of(&documents, false, Needs::TOKENS);
    let mut builder = TableBuilder::new(&SPELLINGS);
    for spelling in ["Oleksiy", "Alexei"] {
        builder.row(["Oleksiy Gorodenko".into(), "given name".into(), spelling.into(), "(all)".into()]);
    }
    builder.row(["Other Name".into(), "given name".into(), "spoke".into(), "(all)".into()]);
    let table = builder.finish();
    let found = contexts_of_findings(&corpus, &[&table], &[&finding("spellings", 0)], 3);
    let contexts = &found[0].contexts;
    assert_eq!(contexts.len(), 10);
    assert!(contexts.iter().all(|context| context.after.starts_with(" Gorodenko")), "{contexts:?}");
    assert_eq!(contexts.iter().filter(|context| context.word == "Alexei").count(), 5);
}

#[test]
fn without_groups_or_tokens_there_is_less_and_no_panic() {
    let one = corpus_of(&[("A", "One text.".to_owned())], false, Needs::TOKENS);
    assert_eq!(explorer(&one, 1), None);
    let documents = [("A", "ferry harbour".to_owned()), ("B", "ferry strike".to_owned())];
    let counts_only = corpus_of(&documents, false, Needs::GROUP_COUNTS);
    let made = explorer(&counts_only, 1).unwrap();
    assert!(made.terms.len() == 3 && made.passages.is_empty());
    assert!(made.notes.iter().any(|note| note.starts_with("No passages")));
    let empty = corpus_of(&[("A", String::new()), ("B", "ferry".to_owned())], false, Needs::TOKENS);
    assert_eq!(explorer(&empty, 1), None, "a group without words has no rate");
}
