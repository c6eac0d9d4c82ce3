//! Designs of a comparison as a user types them: strata, pairs, a chosen reference, a word list, other features, weights.

use crate::program::command;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Numbers below a bound that look random and are the same on every machine (a multiplicative congruence, Lehmer 1951).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        self.0 % bound
    }
}

/// Two papers that cover two topics in unlike shares, each topic with sixty words of its own. `trophy` is a word of sport
/// for both; `reportedly` is a word that North chooses four times as often
/// whatever it covers, where South prefers `allegedly`. The first story of sport is
/// printed word for word by both papers.
fn corpus() -> String {
    let mut numbers = Numbers(7);
    let mut text = String::new();
    for number in 0..240 {
        let north = number % 2 == 0;
        let sport = number < 2 || numbers.below(100) < if north { 75 } else { 25 };
        let topic = if sport { "pitch" } else { "bill" };
        let mut words: Vec<String> = Vec::new();
        if number < 2 {
            words.extend((0..90).map(|word| format!("{topic}{}", letters(word * 7 % 60))));
        } else {
            for _ in 0..90 + numbers.below(60) {
                words.push(match numbers.below(100) {
                    0..60 => format!("{topic}{}", letters(numbers.below(60))),
                    60..64 if sport => "trophy".to_owned(),
                    60..64 => "minister".to_owned(),
                    64..68 if north || numbers.below(4) == 0 => "reportedly".to_owned(),
                    64..68 => "allegedly".to_owned(),
                    other => format!("common{}", letters(other % 30)),
                });
            }
        }
        let line = serde_json::json!({
            "id": format!("{number:03}"), "outlet": if north { "North" } else { "South" }, "desk": topic,
            "date": format!("2026-0{}-{:02}", 1 + number % 3, 1 + number % 28), "text": words.join(" "),
        });
        text.push_str(&format!("{line}\n"));
    }
    text
}

fn letters(number: u64) -> String {
    [number / 26, number % 26].map(|digit| (b'a' + digit as u8) as char).iter().collect()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("news.jsonl"), corpus()).unwrap();
    folder
}

/// The printed table of `keyness news.jsonl` with `arguments`: one map of column to cell a row.
fn keyness(folder: &Path, arguments: &[&str]) -> Vec<BTreeMap<String, String>> {
    let all = [&["keyness", "news.jsonl", "--quiet", "--format", "csv", "--resamples", "499"], arguments].concat();
    let output = command(&all).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    rows(&output.stdout)
}

fn rows(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(bytes).deserialize().map(Result::unwrap).collect()
}

fn terms<'a>(rows: &'a [BTreeMap<String, String>], group: &str) -> Vec<&'a str> {
    rows.iter().filter(|row| row["group"] == group).map(|row| row["term"].as_str()).collect()
}

#[test]
fn coverage_vanishes_within_topics_found_by_clustering_and_word_choice_stays() {
    let folder = folder();
    let crude = keyness(folder.path(), &[]);
    assert!(terms(&crude, "North").contains(&"trophy") && terms(&crude, "North").contains(&"reportedly"));
    for field in ["topic", "topic-cluster", "desk"] {
        let within = keyness(folder.path(), &["--within", field]);
        let found = terms(&within, "North");
        assert!(found.contains(&"reportedly"), "{field}: {found:?}");
        assert!(found.iter().all(|term| ["reportedly", "allegedly"].contains(term)), "{field}: {found:?}");
    }
}

#[test]
fn copies_of_one_story_weigh_as_one() {
    let folder = folder();
    let read = |arguments: &[&str]| {
        let all = [&["terms", "news.jsonl", "--quiet", "--format", "csv"], arguments].concat();
        rows(&command(&all).current_dir(folder.path()).output().unwrap().stdout)
    };
    let words = |table: &[BTreeMap<String, String>]| {
        let row = table.iter().find(|row| row["group"] == "North" && row["term"] == "trophy").unwrap();
        let number = |column: &str| row[column].parse::<f64>().unwrap();
        (number("count"), number("count") * 1e6 / number("per_million"), number("documents") / number("document_share"))
    };
    let (plain, shared) = (words(&read(&[])), words(&read(&["--wire-weights"])));
    assert_eq!(plain.0, shared.0, "counts stay plain");
    assert!((plain.1 - shared.1 - 45.0).abs() < 1e-6, "half of the story's ninety words: {plain:?} {shared:?}");
    assert!((plain.2 - shared.2 - 0.5).abs() < 1e-6, "half of its document");
}

#[test]
fn a_configuration_file_takes_every_design() {
    let folder = folder();
    fs::write(folder.path().join("list.csv"), "term,count,documents\nreportedly,100,90\ntrophy,x,1\nother,99900,500\n").unwrap();
    for (section, table, reference) in [
        ("pairwise = true\nadjust = \"holm\"", "keyness_pairs", "South"),
        ("group = \"North\"\nagainst = \"South\"\nfeatures = \"ngrams\"\nngram_length = \"1-2\"", "keyness", "South"),
        ("group = \"north\"\nreference = \"list.csv\"\nreference_words = 200000", "keyness", "list.csv"),
        ("within = \"month\"\nadjust = \"max-t\"", "keyness", "the others"),
        ("features = \"surfaces\"", "keyness", "the others"),
    ] {
        fs::write(folder.path().join("headword.toml"), format!("inputs = [\"news.jsonl\"]\n[keyness]\nresamples = 199\n{section}\n"))
            .unwrap();
        let out = folder.path().join("out");
        let arguments = ["keyness", "--config", "headword.toml", "--quiet", "--out", "out"];
        let output = command(&arguments).current_dir(folder.path()).output().unwrap();
        assert!(output.status.success(), "{section}: {}", String::from_utf8_lossy(&output.stderr));
        let found = rows(&fs::read(out.join(format!("{table}.csv"))).unwrap());
        let row = found.iter().find(|row| row["term"] == "reportedly" && row["group"] == "North");
        assert_eq!(row.unwrap_or_else(|| panic!("{section}"))["reference"], reference, "{section}");
        assert!(out.join("robustness.csv").exists() && out.join("keyness_map.csv").exists(), "{section}");
    }
}

#[test]
fn slips_in_a_design_are_told_with_a_hint() {
    let folder = folder();
    fs::write(folder.path().join("list.csv"), "word,cuont\nreportedly,100\n").unwrap();
    for (arguments, message, hint) in [
        (&["--against", "Sout"][..], "there is no group `Sout`", "did you mean `South`?"),
        (&["--within", "dsk"], "no document has a field `dsk`", "did you mean `desk`?"),
        (&["--pairwise", "--against", "South"], "`--against` and `--pairwise` together", "leave one of them out"),
        (&["--reference", "list.csv"], "has no column `count`; is `cuont` meant?", "term, count"),
        (&["--features", "ngram"], "`--features` is `ngram`", "did you mean `ngrams`?"),
        (&["--features", "ngrams", "--ngram-length", "5"], "`--ngram-length` is `5`", "from 1 to 4"),
        (&["--adjust", "bonferoni"], "`--adjust` is `bonferoni`", "did you mean `bonferroni`?"),
    ] {
        let all = [&["keyness", "news.jsonl", "--quiet"], arguments].concat();
        let output = command(&all).current_dir(folder.path()).output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(2) && text.contains(message) && text.contains(hint), "{arguments:?}: {text}");
    }
}
