//! Document weights through the command: a document of weight 2 gives the rates and shares of two copies of it.

use crate::program::command;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Name, outlet, weight and text of each document.
const DOCUMENTS: [(&str, &str, f64, &str); 6] = [
    ("a", "North", 2.0, "Angela Merkel met Emmanuel Macron in Berlin on Monday. The talks about the harbour were short."),
    ("b", "North", 1.0, "The harbour opens on Monday, said Angela Merkel. Ships wait outside the harbour."),
    ("c", "North", 1.0, "A storm kept the ships in Hamburg. Nobody was hurt in Hamburg."),
    ("d", "South", 1.0, "Emmanuel Macron spoke in Paris about the ships and about the storm."),
    ("e", "South", 1.0, "The harbour was quiet. Angela Merkel was not there."),
    ("f", "South", 1.0, "Ships from Hamburg came to Paris on Monday, and the storm was over."),
];

fn write(path: &Path, copies: bool) {
    let mut lines = String::new();
    for (id, outlet, weight, text) in DOCUMENTS {
        let number = if copies { weight as usize } else { 1 };
        for copy in 0..number {
            let weight = if copies { 1.0 } else { weight };
            let line = serde_json::json!({"id": format!("{id}{copy}"), "outlet": outlet, "weight": weight, "text": text});
            lines.push_str(&format!("{line}\n"));
        }
    }
    fs::write(path, lines).unwrap();
}

/// The rows of a verb's main table by the values of `keys`.
fn table(path: &Path, arguments: &[&str], keys: &[&str]) -> BTreeMap<Vec<String>, BTreeMap<String, String>> {
    let path = path.to_string_lossy();
    let all =
        [&[arguments[0], &path, "--by", "outlet", "--weight-column", "weight", "--quiet", "--format", "csv", "--all"], &arguments[1..]];
    let output = command(&all.concat()).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    let rows =
        csv::Reader::from_reader(&output.stdout[..]).deserialize::<BTreeMap<String, String>>().map(Result::unwrap).collect::<Vec<_>>();
    rows.into_iter().map(|row| (keys.iter().map(|key| row[*key].clone()).collect(), row)).collect()
}

#[test]
fn rates_and_shares_of_every_verb_count_documents_by_their_weights() {
    let folder = tempfile::tempdir().unwrap();
    let (weighted, copied) = (folder.path().join("weighted.jsonl"), folder.path().join("copied.jsonl"));
    write(&weighted, false);
    write(&copied, true);
    for (arguments, keys, columns) in [
        (&["terms"][..], &["group", "term"][..], &["per_million", "document_share"][..]),
        (&["terms", "--ngrams", "bigrams"], &["group", "term"], &["per_million", "document_share"]),
        (&["terms", "--ngrams", "both"], &["group", "term"], &["per_million", "document_share"]),
        (&["overview"], &["group"], &["word_share", "mean_words"]),
        (&["dispersion", "--words", "harbour,ships,storm"], &["term", "group"], &["per_million", "document_share", "document_share_low"]),
        (&["entities"], &["group", "entity"], &["per_million", "document_share"]),
        (&["keyness", "--min-documents", "1"], &["term", "group"], &["per_million", "per_million_rest", "log_ratio"]),
        (&["readability"], &["group"], &["lix", "flesch_reading_ease", "mean_sentence_length", "mean_word_length"]),
        (&["distances"], &["measure", "group", "other_group"], &["distance"]),
    ] {
        let (by_weight, by_copies) = (table(&weighted, arguments, keys), table(&copied, arguments, keys));
        assert_eq!(by_weight.keys().collect::<Vec<_>>(), by_copies.keys().collect::<Vec<_>>(), "{arguments:?}");
        assert!(!by_weight.is_empty(), "{arguments:?}");
        for (key, row) in &by_weight {
            for column in columns {
                let number = |row: &BTreeMap<String, String>| row[*column].parse::<f64>().ok();
                let both = (number(row), number(&by_copies[key]));
                let same = match both {
                    (Some(weight), Some(copies)) => (weight - copies).abs() <= 1e-9 * copies.abs().max(1.0),
                    _ => both.0 == both.1,
                };
                // Cosine distances weigh words by the number of documents, which weights don't change.
                assert!(
                    same || row.get("measure").is_some_and(|measure| measure == "cosine_distance"),
                    "{arguments:?} {key:?} {column}: {both:?}"
                );
            }
        }
    }
    // And the weight tells at all.
    let share = |rows: &BTreeMap<Vec<String>, BTreeMap<String, String>>| {
        rows[&vec!["North".to_owned(), "harbour".to_owned()]]["document_share"].clone()
    };
    let keys = ["group", "term"];
    assert_eq!(share(&table(&weighted, &["terms"], &keys)).parse::<f64>().unwrap(), 0.75);
}
