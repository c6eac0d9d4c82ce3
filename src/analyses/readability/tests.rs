//! Counts against textstat's and a naive twin; intervals against a direct loop and known truths; weights, languages, findings.

use super::charts::compared;
use super::counted::{Counted, counted};
use super::resampled::groups;
use super::{Context, ENTRY};
use crate::analyses::Output;
use crate::analyses::measures::TextCounts;
use crate::analyses::measures::readability::{flesch_reading_ease, lix};
use crate::corpus::{Corpus, Needs, RawDocument, ReadingNotes};
use crate::count::{CountOptions, Counter, freeze};
use crate::maths::RandomStream;
use crate::maths::summary::quantile_of_sorted;
use crate::params::Params;

/// Texts written for headword with textstat's counts and scores (scripts/oracles/readability.py).
const TEXTS: &str = include_str!("../../../tests/oracles/readability_texts.csv");

fn corpus_of<'a>(documents: impl IntoIterator<Item = (&'a str, String, f64)>) -> Corpus {
    let options = CountOptions {
        needs: Needs::TOKENS.and(Needs::LANGUAGES),
        group_field: "outlet".to_owned(),
        weight_field: Some("weight".to_owned()),
        keep_repeated_lines: true,
        ..CountOptions::default()
    };
    let mut counter = Counter::new(&options);
    for (number, (outlet, text, weight)) in documents.into_iter().enumerate() {
        let fields = vec![("outlet".to_owned(), outlet.to_owned()), ("weight".to_owned(), weight.to_string())];
        let document = RawDocument { id: format!("d{number:05}"), text: text.clone(), fields, ..RawDocument::default() };
        counter.add(document, std::slice::from_ref(&(0..text.len())), true);
    }
    freeze(vec![counter], &options, ReadingNotes::default()).unwrap()
}

fn run(corpus: &Corpus) -> Output {
    let params = Params::check(ENTRY.params, |_| None).unwrap();
    (ENTRY.build)(corpus, &params, &Context { seed: 42, ..Context::default() }).unwrap()
}

/// Random sentences of short or long words; every text is English enough to be told.
fn random_text(stream: &mut RandomStream, sentences: u32, length: u32, share_of_long: f64) -> String {
    const SHORT: [&str; 12] = ["the", "ship", "of", "and", "was", "in", "to", "that", "old", "with", "they", "sea"];
    const LONG: [&str; 6] = ["government", "harbour's", "committee", "announcement", "understanding", "U.S."];
    let mut text = String::new();
    for _ in 0..sentences {
        let mut words: Vec<&str> = vec!["The"];
        for _ in 0..length + stream.below(5) {
            let long = stream.unit() < share_of_long;
            words.push(if long { LONG[stream.below(LONG.len() as u32) as usize] } else { SHORT[stream.below(12) as usize] });
        }
        text.push_str(&words.join(" "));
        text.push_str(" here. ");
    }
    text
}

#[test]
fn own_texts_have_the_counts_and_scores_of_textstat() {
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(TEXTS.as_bytes()).records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 8);
    let corpus = corpus_of(rows.iter().map(|row| ("A", row[16].to_owned(), 1.0)));
    let (mut syllables, mut heard, mut polysyllables, mut heard_many) = (0.0, 0.0, 0.0, 0.0);
    for (row, document) in rows.iter().zip(counted(&corpus).unwrap()) {
        let number = |column: usize| row[column].parse::<f64>().unwrap();
        assert!(document.is_english);
        let own = document.text();
        let counts = [own.words, own.sentences, own.letters, own.characters, own.long_words];
        assert_eq!(counts.to_vec(), (0..5).map(number).collect::<Vec<f64>>(), "{}", &row[16]);
        let scored = [lix(&own), crate::analyses::measures::readability::automated_readability_index(&own)];
        assert!((scored[0].unwrap() - number(14)).abs() < 1e-9 && (scored[1].unwrap() - number(12)).abs() < 1e-9, "{}", &row[16]);
        syllables += own.syllables.unwrap();
        heard += number(5);
        polysyllables += own.polysyllables.unwrap();
        heard_many += number(6);
    }
    // textstat hears another syllable in `entire` and `hour`, one more in the first `every` of CMUdict, one fewer in `temperature`.
    assert!(
        (syllables - heard).abs() <= 3.0 && (polysyllables - heard_many).abs() <= 2.0,
        "{syllables} {heard} {polysyllables} {heard_many}"
    );
}

#[test]
fn the_golden_text_has_the_golden_counts() {
    let text = csv::Reader::from_reader(TEXTS.as_bytes()).records().next().unwrap().unwrap()[16].to_owned();
    let expected = Counted {
        words: 30,
        sentences: 4,
        letters: 186,
        characters: 190,
        long_words: 14,
        syllables: 61,
        polysyllables: 8,
        is_english: true,
    };
    assert_eq!(counted(&corpus_of([("A", text, 1.0)])).unwrap(), [expected]);
}

#[test]
fn counts_equal_those_of_a_naive_walk_over_characters() {
    let mut stream = RandomStream::new(4, 0);
    let texts: Vec<String> = (0..300)
        .map(|_| {
            let (sentences, length, share) = (1 + stream.below(9), 1 + stream.below(30), stream.unit());
            random_text(&mut stream, sentences, length, share)
        })
        .collect();
    let corpus = corpus_of(texts.iter().map(|text| ("A", text.clone(), 1.0)));
    for (text, counted) in texts.iter().zip(counted(&corpus).unwrap()) {
        let words: Vec<&str> = text.split_whitespace().collect();
        let letters = |word: &str| word.chars().filter(char::is_ascii_alphanumeric).count() as u32;
        assert_eq!(counted.words as usize, words.len());
        assert_eq!(counted.sentences as usize, text.matches("here.").count());
        assert_eq!(counted.characters as usize, text.chars().filter(|character| !character.is_whitespace()).count());
        assert_eq!(counted.letters, words.iter().map(|word| letters(word)).sum::<u32>());
        // A split-off 's has no part in the length of the word before it.
        assert_eq!(counted.long_words as usize, words.iter().filter(|word| letters(word.trim_end_matches("'s")) > 6).count());
    }
}

#[test]
fn what_is_no_word_has_no_part_and_a_sentence_needs_a_word() {
    let text = "See https://example.org/a/very/long/address or write to someone@example.org now. *** ---\n!!!\nThe end of it.".to_owned();
    let counted = counted(&corpus_of([("A", text, 1.0)])).unwrap()[0];
    assert_eq!((counted.words, counted.sentences, counted.long_words), (9, 2, 0));
    assert_eq!(counted.letters, "Seeorwritetonow".len() as u32 + "Theendofit".len() as u32);
}

#[test]
fn intervals_are_those_of_a_direct_loop_over_documents() {
    let mut stream = RandomStream::new(8, 0);
    let documents: Vec<(&str, String, f64)> =
        (0..40).map(|number| (if number < 25 { "A" } else { "B" }, random_text(&mut stream, 6, 10, 0.3), 1.0)).collect();
    let corpus = corpus_of(documents);
    let counted = counted(&corpus).unwrap();
    let estimated = groups(&corpus, &counted, 42)[1].all.estimate(lix);
    // The twin adds up texts and computes LIX anew in each of as many resamples, with random numbers of its own.
    let members: Vec<TextCounts> = counted[..25].iter().map(Counted::text).collect();
    let of = |drawn: &[TextCounts]| {
        let sum = |count: fn(&TextCounts) -> f64| drawn.iter().map(count).sum::<f64>();
        sum(|text| text.words) / sum(|text| text.sentences) + 100.0 * sum(|text| text.long_words) / sum(|text| text.words)
    };
    let mut values: Vec<f64> =
        (0..4_000).map(|_| of(&(0..25).map(|_| members[stream.below(25) as usize]).collect::<Vec<TextCounts>>())).collect();
    values.sort_unstable_by(f64::total_cmp);
    let ends = [0.025, 0.975].map(|share| quantile_of_sorted(&values, share).unwrap());
    assert!((estimated.value.unwrap() - of(&members)).abs() < 1e-9);
    let width = ends[1] - ends[0];
    assert!((estimated.low.unwrap() - ends[0]).abs() < 0.08 * width, "{estimated:?} {ends:?}");
    assert!((estimated.high.unwrap() - ends[1]).abs() < 0.08 * width, "{estimated:?} {ends:?}");
}

#[test]
fn intervals_hold_the_truth_as_often_as_they_say() {
    // Documents of a population whose LIX is known: sentences of 12 words (8 and 2 to 6 more on average), of which a share is long.
    let mut stream = RandomStream::new(15, 0);
    let population: Vec<Counted> = (0..4_000)
        .map(|_| {
            let sentences = 5 + stream.below(40);
            let length = 10 + stream.below(20);
            let words = sentences * length;
            let long_words = (f64::from(words) * (0.15 + 0.2 * stream.unit())) as u32;
            Counted { words, sentences, long_words, ..Counted::default() }
        })
        .collect();
    let sum = |of: fn(&Counted) -> u32| population.iter().map(|document| f64::from(of(document))).sum::<f64>();
    let (words, sentences, long) = (sum(|one| one.words), sum(|one| one.sentences), sum(|one| one.long_words));
    let truth = words / sentences + 100.0 * long / words;
    let corpus = corpus_of((0..60).map(|_| ("A", "One word.".to_owned(), 1.0)));
    let covered = (0..200)
        .filter(|&seed| {
            let drawn: Vec<Counted> = (0..60).map(|_| population[stream.below(4_000) as usize]).collect();
            let estimated = groups(&corpus, &drawn, seed)[1].all.estimate(lix);
            estimated.low.unwrap() <= truth && truth <= estimated.high.unwrap()
        })
        .count();
    // 200 trials at 95 % have a standard error of 1.5 points.
    assert!((180..=198).contains(&covered), "{covered} of 200");
}

#[test]
fn weights_count_documents_as_often_and_leave_plain_counts_plain() {
    let mut stream = RandomStream::new(5, 0);
    let texts: Vec<String> = (0..12).map(|number| random_text(&mut stream, 4, 8 + number, 0.2)).collect();
    let weighted = run(&corpus_of(texts.iter().enumerate().map(|(at, text)| ("A", text.clone(), if at < 3 { 2.0 } else { 1.0 }))));
    let copied = run(&corpus_of(texts.iter().chain(&texts[..3]).map(|text| ("A", text.clone(), 1.0))));
    for table in 0..2 {
        let (weighted, copied) = (&weighted.tables[table], &copied.tables[table]);
        for column in weighted.spec.columns.iter().filter(|column| !column.source.is_empty() && column.source != "Efron 1979") {
            let pair = [weighted, copied].map(|table| table.number(column.name, 0).unwrap());
            assert!((pair[0] - pair[1]).abs() < 1e-9, "{}: {pair:?}", column.name);
        }
    }
    assert_eq!(weighted.tables[0].number("measured_documents", 0), Some(12.0));
    assert_ne!(weighted.tables[0].number("words", 0), copied.tables[0].number("words", 0));
}

#[test]
fn syllables_are_counted_in_english_only_and_nothing_without_spaces() {
    const GERMAN: &str = "Der Stadtrat beschloss am Dienstag, die alte Fähre auch im Winter fahren zu lassen. Das Schiff ist sehr alt.";
    const CHINESE: &str = "市议会星期二决定让旧渡轮在冬季继续行驶。这艘船已经很旧了,但是人们仍然喜欢它。市长说明年会有新的船。";
    const ENGLISH: &str = "The council voted on Tuesday to keep the old ferry running through the winter months. It is a very old ship.";
    let mut documents: Vec<(&str, String, f64)> = vec![("Chinese", CHINESE.to_owned(), 1.0)];
    documents.extend((0..8).map(|_| ("German", GERMAN.to_owned(), 1.0)));
    documents.extend((0..9).map(|_| ("English", ENGLISH.to_owned(), 1.0)));
    documents.extend((0..6).map(|at| ("Mixed", (if at < 3 { GERMAN } else { ENGLISH }).to_owned(), 1.0)));
    let output = run(&corpus_of(documents));
    let (main, formulas) = (&output.tables[0], &output.tables[1]);
    let row = |group: &str| (0..main.rows()).find(|&row| main.text("group", row) == Some(group)).unwrap();
    let near = |one: Option<f64>, other: Option<f64>| (one.unwrap() - other.unwrap()).abs() < 1e-9;
    for (column, table) in
        [("flesch_reading_ease", main), ("smog", formulas), ("gunning_fog", formulas), ("flesch_kincaid_grade", formulas)]
    {
        assert_eq!(table.number(column, row("German")), None);
        assert!(near(table.number(column, row("Mixed")), table.number(column, row("English"))), "{column}");
    }
    assert!(main.number("lix", row("German")).is_some());
    assert_eq!((main.number("lix", row("Chinese")), main.number("measured_documents", row("Chinese"))), (None, Some(0.0)));
    assert_eq!(main.number("english_documents", row("Mixed")), Some(3.0));
    // Three documents make no interval; and neither German nor mixed texts are set against English ones.
    assert_eq!((main.number("flesch_reading_ease_low", row("Mixed")), main.number("lix_low", row("Mixed")).is_some()), (None, true));
    assert!(output.findings.is_empty() && output.charts.is_empty());
    assert!(output.notes.iter().any(|note| note.contains("Chinese, German, Mixed")), "{:?}", output.notes);
    let alone = run(&corpus_of([("Chinese", CHINESE.to_owned(), 1.0)]));
    assert!(alone.tables.is_empty() && alone.notes.len() == 1);
}

#[test]
fn of_many_groups_that_do_not_differ_seldom_two_are_said_to() {
    const GROUPS: [&str; 12] = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L"];
    let corpus = corpus_of((0..180).map(|at| (GROUPS[at % 12], "One word.".to_owned(), 1.0)));
    let mut stream = RandomStream::new(77, 0);
    let (mut found, mut overlooked) = (0, 0);
    for seed in 0..100 {
        let mut counted: Vec<Counted> = (0..180)
            .map(|_| {
                let (sentences, length) = (5 + stream.below(40), 10 + stream.below(20));
                let long_words = (f64::from(sentences * length) * (0.15 + 0.2 * stream.unit())) as u32;
                Counted { words: sentences * length, sentences, long_words, is_english: true, ..Counted::default() }
            })
            .collect();
        found += usize::from(compared(&corpus, &groups(&corpus, &counted, seed)).apart.is_some());
        // One group of the twelve writes sentences twice as long.
        for document in counted.iter_mut().step_by(12) {
            (document.words, document.long_words) = (document.words * 2, document.long_words * 2);
        }
        let pair = compared(&corpus, &groups(&corpus, &counted, seed)).apart;
        overlooked += usize::from(pair.is_none_or(|(hardest, _)| hardest != 1));
    }
    assert!(found <= 8, "{found} of 100 times two of twelve equal groups were said to differ");
    assert!(overlooked <= 20, "{overlooked} of 100 times the hard group was overlooked");
}

#[test]
fn a_finding_needs_groups_that_surely_differ() {
    let mut stream = RandomStream::new(21, 0);
    let mut corpus = |share_of_long: f64| {
        let documents: Vec<(&str, String, f64)> = (0..40)
            .map(|at| {
                let share = 0.1 + 0.1 * stream.unit() + if at % 2 == 0 { share_of_long } else { 0.0 };
                (if at % 2 == 0 { "Hard" } else { "Easy" }, random_text(&mut stream, 12, 9, share), 1.0)
            })
            .collect();
        corpus_of(documents)
    };
    let alike = run(&corpus(0.0));
    assert!(alike.findings.is_empty(), "{:?}", alike.findings);
    assert_eq!(alike.charts[0].title, "How hard the groups are to read");
    let apart = run(&corpus(0.2));
    assert!(apart.findings[0].sentence.starts_with("The texts of Hard are harder to read (LIX "), "{:?}", apart.findings);
    assert_eq!(apart.charts[0].title, "Hard is harder to read than Easy");
    assert_eq!(apart.tables[0].text("group", apart.findings[0].row.unwrap()), Some("Hard"));
}

#[test]
fn documents_are_listed_from_the_hardest_on_with_the_formulas_of_their_own_text() {
    let mut stream = RandomStream::new(2, 0);
    let texts: Vec<String> = (0..9u32).map(|at| random_text(&mut stream, if at < 2 { 2 } else { 20 }, 8, f64::from(at) / 20.0)).collect();
    let corpus = corpus_of(texts.iter().map(|text| ("A", text.clone(), 1.0)));
    let output = run(&corpus);
    let table = output.tables.last().unwrap();
    assert_eq!((table.spec.name, table.rows()), ("document_readability", 7));
    assert_eq!(table.notes, ["2 documents of fewer than 100 words are left out."]);
    let column = |name: &str| (0..7).map(|row| table.number(name, row).unwrap()).collect::<Vec<f64>>();
    assert!(column("lix").windows(2).all(|pair| pair[0] >= pair[1]));
    let all = counted(&corpus).unwrap();
    for row in 0..7 {
        let document = corpus.documents.ids.iter().position(|id| Some(id.as_str()) == table.text("document", row)).unwrap();
        assert_eq!(table.number("flesch_reading_ease", row), flesch_reading_ease(&all[document].text()));
    }
}
