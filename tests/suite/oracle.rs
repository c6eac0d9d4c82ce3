//! Counts against other tools. These need the developers' data.

use crate::program::{run, shared};
use sha2::{Digest, Sha256};

/// `scripts/oracles/count_vectorizer.py ../shared/data/corpora/sotu/sotu.jsonl.zst`, scikit-learn 1.9.1.
const SOTU_ROWS: usize = 57_477;
const SOTU_SHA256: &str = "6e2bfb667583e1aff3bdd3f179a98d3a1738a15e08dcf31a1236896b9da3ffb7";

#[test]
#[ignore = "needs ../shared/data"]
fn term_counts_equal_count_vectorizer_on_sotu() {
    let corpus = shared("data/corpora/sotu/sotu.jsonl.zst");
    let output = run(&[
        "terms",
        &corpus.to_string_lossy(),
        "--by",
        "outlet",
        "--word-rule",
        "simple",
        "--keep-furniture",
        "--format",
        "csv",
        "--quiet",
    ]);
    let mut reader = csv::Reader::from_reader(output.stdout.as_slice());
    let columns: Vec<usize> = {
        let headers = reader.headers().unwrap();
        ["group", "term", "count", "documents"].iter().map(|name| headers.iter().position(|header| header == *name).unwrap()).collect()
    };
    let mut rows: Vec<String> = reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            let cells: Vec<&str> = columns.iter().map(|&column| &record[column]).collect();
            cells.join("\t") + "\n"
        })
        .collect();
    rows.sort();
    assert_eq!(rows.len(), SOTU_ROWS);
    let digest: String = Sha256::digest(rows.concat().as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(digest, SOTU_SHA256);
}
