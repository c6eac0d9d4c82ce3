//! The whole analysis on small corpora of our own, and the thresholds on the shared data.

use super::verbs::evaluate_files;
use super::*;
use crate::analyses::{Context, Output};
use crate::corpus::{Corpus, Needs, RawDocument, ReadingNotes};
use crate::count::{CountOptions, Counter, freeze};
use crate::error::Result;
use crate::maths::RandomStream;
use crate::params::Params;
use crate::table::Table;

const CONTEXT: Context = Context { seed: 7, all_rows: false, main_table_only: false };

fn document(id: usize, outlet: &str, text: &str) -> RawDocument {
    let fields = if outlet.is_empty() { Vec::new() } else { vec![("outlet".to_owned(), outlet.to_owned())] };
    RawDocument { id: format!("d{id:03}"), text: text.to_owned(), fields, ..RawDocument::default() }
}

fn corpus(documents: Vec<RawDocument>) -> Corpus {
    let options =
        CountOptions { needs: Needs::TEXTS, group_field: "outlet".to_owned(), language: Some("eng".to_owned()), ..CountOptions::default() };
    let mut counter = Counter::new(&options);
    for document in documents {
        let length = document.text.len();
        counter.add(document, std::slice::from_ref(&(0..length)), false);
    }
    freeze(vec![counter], &options, ReadingNotes::default()).unwrap()
}

fn params(typed: &[(&str, &str)], files: &'static [u8]) -> Params {
    let value = |name: &str| typed.iter().find(|(typed, _)| *typed == name).map(|(_, value)| (*value).to_owned());
    let mut params = Params::check(ENTRY.params, value).unwrap();
    params.load_files(|_| Ok(files.to_vec())).unwrap();
    params
}

fn run(corpus: &Corpus, typed: &[(&str, &str)], files: &'static [u8]) -> Result<Output> {
    (ENTRY.build)(corpus, &params(typed, files), &CONTEXT)
}

fn table<'a>(output: &'a Output, name: &str) -> &'a Table {
    output.tables.iter().find(|table| table.spec.name == name).unwrap()
}

fn rows<'a>(table: &'a Table, column: &'a str, wanted: &'a str) -> impl Iterator<Item = usize> + 'a {
    (0..table.rows()).filter(move |&row| table.text(column, row) == Some(wanted))
}

/// Twelve articles of an outlet that all name the mayor under its own spelling.
fn articles(first: usize, outlet: &str, name: &str, city: &str) -> Vec<RawDocument> {
    let surname = name.rsplit(' ').next().unwrap();
    (0..12)
        .map(|number| {
            let weather = "It rained again in the evening. ".repeat(number % 3);
            let text = format!(
                "Mayor {name} spoke to reporters in {city} on Monday. \"We will rebuild the bridge,\" {surname} said. \
                 President Joe Biden met {surname} in Washington in {}. {weather}",
                2001 + number
            );
            document(first + number, outlet, &text)
        })
        .collect()
}

fn two_outlets() -> Vec<RawDocument> {
    let mut documents = articles(0, "North Star", "Oleksiy Danilov", "Kyiv");
    documents.extend(articles(100, "South Post", "Aleksey Danilov", "Kiev"));
    documents
}

#[test]
fn a_planted_difference_of_spelling_is_found() {
    let corpus = corpus(two_outlets());
    let output = run(&corpus, &[], b"").unwrap();
    let entities = table(&output, "entities");
    let people: Vec<usize> = rows(entities, "entity", "Oleksiy Danilov").chain(rows(entities, "entity", "Aleksey Danilov")).collect();
    // One row for the whole corpus and one for each outlet: the two spellings are one person.
    assert_eq!(people.len(), 3);
    assert_eq!(entities.number("count", people[0]), Some(72.0));
    assert_eq!(entities.number("documents", people[0]), Some(24.0));
    assert_eq!(entities.number("document_share", people[0]), Some(1.0));
    assert_eq!(entities.number("document_share_low", people[0]), None);
    let spellings = table(&output, "entity_spellings");
    for (spelling, group) in [("Kyiv", "North Star"), ("Kiev", "South Post"), ("Oleksiy", "North Star"), ("Aleksey", "South Post")] {
        let row = rows(spellings, "spelling", spelling).find(|&row| spellings.text("group", row) == Some(group)).unwrap();
        assert_eq!(spellings.number("spelling_share", row), Some(1.0));
        assert_eq!(spellings.number("documents", row), Some(12.0));
        assert!(spellings.number("q_value", row).unwrap() < 0.001);
        // statsmodels proportion_confint(12, 12, method="wilson") begins at 0.7575.
        assert!((spellings.number("spelling_share_low", row).unwrap() - 0.7575).abs() < 1e-3);
    }
    let sentence = "South Post writes “Kiev” (12 of 12 mentions), North Star “Kyiv” (12 of 12 mentions)";
    assert!(output.findings.iter().any(|finding| finding.sentence.starts_with(sentence)), "{:#?}", output.findings);
    assert!(output.charts.iter().any(|chart| chart.name.starts_with("spelling_") && chart.table == "entity_spellings"));
}

#[test]
fn shuffled_outlets_show_no_difference() {
    for seed in 0..5 {
        let mut documents = two_outlets();
        let mut fields: Vec<_> = documents.iter().map(|document| document.fields.clone()).collect();
        RandomStream::new(seed, 0).shuffle(&mut fields);
        documents.iter_mut().zip(fields).for_each(|(document, fields)| document.fields = fields);
        let output = run(&corpus(documents), &[], b"").unwrap();
        let spellings = table(&output, "entity_spellings");
        assert!(spellings.rows() > 0);
        // The spellings of the two names agree in every document, so a chance of 5 % is the chance of one test.
        let smallest = (0..spellings.rows()).filter_map(|row| spellings.number("q_value", row)).fold(1.0, f64::min);
        assert!(smallest > 0.01, "seed {seed}: {smallest}");
    }
}

#[test]
fn intervals_hold_the_estimate_and_need_documents() {
    let mut documents = two_outlets();
    for number in 0..12 {
        documents.push(document(200 + number, "East Mail", "The weather was fine and nobody was named at all."));
    }
    let output = run(&corpus(documents), &[], b"").unwrap();
    let entities = table(&output, "entities");
    let row = rows(entities, "entity", "Joe Biden").next().unwrap();
    let number = |column: &str| entities.number(column, row).unwrap();
    assert!((number("document_share") - 2.0 / 3.0).abs() < 1e-12);
    // Documents are drawn within outlets, and each outlet names him always or never: no spread, no interval.
    assert_eq!(entities.number("document_share_low", row), None);
    assert!(number("per_million_low") < number("per_million") && number("per_million") < number("per_million_high"));
}

#[test]
fn threads_change_nothing() {
    let corpus = corpus(two_outlets());
    let results: Vec<String> = [1, 2, 5]
        .into_iter()
        .map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            format!("{:?}", pool.install(|| run(&corpus, &[("mentions", "true")], b"")).unwrap())
        })
        .collect();
    assert_eq!(results[0], results[1]);
    assert_eq!(results[0], results[2]);
}

#[test]
fn folding_can_be_turned_off_and_overruled() {
    let corpus = corpus(two_outlets());
    let output = run(&corpus, &[("no-fold", "true")], b"").unwrap();
    let entities = table(&output, "entities");
    for name in ["Oleksiy Danilov", "Aleksey Danilov", "Danilov", "Kyiv", "Kiev"] {
        assert!(rows(entities, "entity", name).next().is_some(), "{name}");
    }
    assert_eq!(table(&output, "entity_spellings").rows(), 0);
    let output = run(&corpus, &[("alias", "x.csv")], b"spelling,canonical\nKiev,City on the Dnipro\nKyiv,City on the Dnipro\n").unwrap();
    let entities = table(&output, "entities");
    let row = rows(entities, "entity", "City on the Dnipro").next().unwrap();
    assert_eq!(entities.number("count", row), Some(24.0));
    assert!(run(&corpus, &[("alias", "x.csv")], b"Kiev\n").is_err());
    assert!(run(&corpus, &[("entity-model", "x.bin")], b"no model").is_err());
}

#[test]
fn only_wanted_types_and_frequent_names_are_listed() {
    let corpus = corpus(two_outlets());
    let output = run(&corpus, &[("types", "LOC"), ("min-mentions", "13"), ("pairs", "0")], b"").unwrap();
    let entities = table(&output, "entities");
    assert!((0..entities.rows()).all(|row| entities.text("type", row) == Some("LOC")));
    let overall: Vec<&str> = rows(entities, "group", "(all)").filter_map(|row| entities.text("entity", row)).collect();
    assert_eq!(overall, ["Kyiv", "Washington"]);
    assert!(output.tables.iter().all(|table| table.spec.name != "entity_pairs"));
    assert!(run(&corpus, &[("types", "DOG")], b"").is_err());
}

#[test]
fn pairs_are_counted_in_sentences_and_documents() {
    let corpus = corpus(two_outlets());
    let output = run(&corpus, &[], b"").unwrap();
    let pairs = table(&output, "entity_pairs");
    let row = (0..pairs.rows())
        .find(|&row| {
            pairs.text("entity", row).is_some_and(|name| name.ends_with("Biden")) && pairs.text("other_entity", row) == Some("Washington")
        })
        .or_else(|| rows(pairs, "entity", "Washington").find(|&row| pairs.text("other_entity", row) == Some("Joe Biden")))
        .unwrap();
    assert_eq!((pairs.number("shared_sentences", row), pairs.number("shared_documents", row)), (Some(24.0), Some(24.0)));
    // Both are in 24 sentences, always together: NPMI is 1. Every document names both, so nothing is said by that.
    assert!((pairs.number("sentence_npmi", row).unwrap() - 1.0).abs() < 1e-12);
    assert_eq!(pairs.number("document_npmi", row), None);
}

#[test]
fn plurals_are_one_with_their_singular() {
    let text = "Russian and Ukrainian officials met. The Russians left. A Russian soldier saw Ukrainians in Paris.";
    let output = run(&corpus(vec![document(0, "", text)]), &[], b"").unwrap();
    let entities = table(&output, "entities");
    let found: Vec<(&str, Option<f64>)> =
        rows(entities, "type", "MISC").map(|row| (entities.text("entity", row).unwrap(), entities.number("count", row))).collect();
    assert_eq!(found, [("Russian", Some(3.0)), ("Ukrainian", Some(2.0))]);
    assert_eq!(table(&output, "entity_spellings").rows(), 0, "a plural is no other spelling");
}

#[test]
fn an_empty_corpus_and_one_without_names_give_empty_tables() {
    for documents in [Vec::new(), vec![document(0, "", "nothing is named here")], vec![document(0, "A", "")]] {
        let output = run(&corpus(documents), &[("mentions", "true")], b"").unwrap();
        assert!(output.tables.iter().all(|table| table.rows() == 0));
        assert!(output.findings.is_empty() && output.charts.is_empty());
    }
}

/// Texts of names and everything that makes offsets hard: wide characters, soft hyphens, odd spaces, line breaks.
fn awkward_text(stream: &mut RandomStream) -> String {
    let pieces = [
        "Oleksiy Danilov",
        "Київ",
        "naïve",
        "“Kyiv”",
        "Volo\u{ad}dymyr Zelenskyy’s",
        "the U.S.",
        "Russian-held",
        "\n\n",
        " ",
        "\u{a0}",
        "said",
        "in",
        "Kim Jong‑Un",
        "St. Michael’s",
        "😀",
        "AT&T",
        "Cote\u{301} d’Ivoire",
        ".",
        ",",
        "(",
        ")",
        "Mr. Orr",
        "met",
        "\t",
        "東京",
        "e\u{301}",
    ];
    let length = stream.below(60);
    let mut text = String::new();
    for _ in 0..length {
        text.push_str(pieces[stream.below(pieces.len() as u32) as usize]);
        if stream.below(4) > 0 {
            text.push(' ');
        }
    }
    text
}

#[test]
fn slicing_the_text_gives_the_surface() {
    let mut found = 0;
    for seed in 0..40 {
        let mut stream = RandomStream::new(seed, 3);
        let texts: Vec<String> = (0..5).map(|_| awkward_text(&mut stream)).collect();
        let corpus = corpus(texts.iter().enumerate().map(|(number, text)| document(number, "", text)).collect());
        let output = run(&corpus, &[("mentions", "true"), ("pairs", "0")], b"").unwrap();
        let mentions = table(&output, "entity_mentions");
        for row in 0..mentions.rows() {
            let number: usize = mentions.text("document", row).unwrap()[1..].parse().unwrap();
            let (start, end) = (mentions.number("start", row).unwrap() as usize, mentions.number("end", row).unwrap() as usize);
            let slice: String = texts[number].chars().skip(start).take(end - start).collect();
            assert_eq!(Some(slice.as_str()), mentions.text("surface", row));
            assert!(!slice.is_empty() && !slice.ends_with("-held"), "{slice}");
            found += 1;
        }
    }
    assert!(found > 300, "{found}");
}

fn shared(path: &str) -> std::path::PathBuf {
    let shared = std::env::var("HEADWORD_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    std::path::Path::new(&shared).join(path)
}

#[test]
#[ignore = "needs ../shared/data"]
fn the_tagger_keeps_its_mean_on_the_dev_files() {
    let mut folders: Vec<_> = std::fs::read_dir(shared("data/ner")).unwrap().map(|entry| entry.unwrap().path().join("dev.tsv")).collect();
    folders.retain(|path| path.is_file());
    folders.sort();
    assert!(folders.len() >= 9);
    let files =
        folders.iter().map(|path| (path.display().to_string(), std::io::BufReader::new(std::fs::File::open(path).unwrap()))).collect();
    let scores = evaluate_files(None, files, "").unwrap();
    let mean: f64 = scores.lines().last().unwrap().split('\t').nth(4).unwrap().parse().unwrap();
    assert!(mean > 65.0, "{scores}");
}

#[test]
#[ignore = "needs ../shared/data"]
fn the_names_of_the_five_articles_are_folded_as_people_read_them() {
    let mut documents = Vec::new();
    for entry in std::fs::read_dir(shared("data/seeds")).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().starts_with('0') {
            documents.push(document(documents.len(), "", &std::fs::read_to_string(path).unwrap()));
        }
    }
    let output = run(&corpus(documents), &[], b"").unwrap();
    let entities = table(&output, "entities");
    let one = |kind: &str, spelling: &str| {
        let has = |list: &str| list.split(", ").filter_map(|item| item.rsplit_once(' ')).any(|(name, _)| name == spelling);
        let found: Vec<usize> =
            rows(entities, "group", "(all)").filter(|&row| entities.text("spelling_list", row).is_some_and(has)).collect();
        assert_eq!(found.len(), 1, "{spelling}: {found:?}");
        assert_eq!(entities.text("type", found[0]), Some(kind), "{spelling}");
        found[0]
    };
    let same = |kind: &str, names: &[&str]| {
        let rows: Vec<usize> = names.iter().map(|name| one(kind, name)).collect();
        assert!(rows.windows(2).all(|pair| pair[0] == pair[1]), "{names:?}");
    };
    same("PER", &["Aleksey Danilov", "Oleksiy Danilov", "Danilov"]);
    same("PER", &["Vladimir Zelensky", "Volodymyr Zelenskyy", "Zelenskyy"]);
    same("LOC", &["Kiev", "Kyiv"]);
    same("LOC", &["Dnepr", "Dnipro"]);
    same("LOC", &["Ukraine", "UKRAINE"]);
    same("PER", &["Kim Jong Un", "Kim Jong-Un"]);
    same("PER", &["Vladimir Putin", "Putin", "PUTIN"]);
    for name in [
        "Alexander Lukashenko",
        "Kyrylo Budanov",
        "Rustem Umerov",
        "Dmitry Peskov",
        "Sergei Shoigu",
        "Oleksandr Syrskyi",
        "Mykhailo Podolyak",
        "Vitaly Klitschko",
    ] {
        let row = one("PER", name);
        assert_eq!(entities.text("entity", row), Some(name));
        let surname = name.rsplit(' ').next().unwrap();
        assert!(name == "Vitaly Klitschko" || one("PER", surname) == row, "{name}");
    }
    for name in ["Russian", "Ukrainian", "Belarusian"] {
        one("MISC", name);
    }
}
