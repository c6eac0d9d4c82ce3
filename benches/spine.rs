//! Speed of tokenizing and counting: `cargo bench`. Prints megabytes a second; the best of ten rounds, since other
//! programs only ever make a round slower.

use headword::corpus::{Needs, RawDocument, ReadingNotes};
use headword::count::{CountOptions, Counter, freeze};
use headword::memory::ShortKey;
use headword::tokenize::{Tokenizer, WordRule, WordScanner, WordSink};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Bytes of text that a round reads.
const TEXT_BYTES: usize = 8 << 20;

/// The texts of the sample, again and again, as documents of four groups.
fn documents() -> io::Result<Vec<RawDocument>> {
    fn texts(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                texts(&path, found)?;
            } else if path.extension().is_some_and(|extension| extension == "txt") {
                found.push(path);
            }
        }
        found.sort();
        Ok(())
    }
    let mut paths = Vec::new();
    texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("notebooks-data"), &mut paths)?;
    let sample = paths.iter().map(fs::read_to_string).collect::<io::Result<Vec<String>>>()?;
    let mut bytes = 0;
    let mut documents = Vec::new();
    for (number, text) in sample.iter().cycle().enumerate() {
        if bytes > TEXT_BYTES {
            break;
        }
        bytes += text.len();
        let fields = vec![("outlet".to_owned(), format!("outlet {}", number % 4))];
        documents.push(RawDocument { id: format!("{number:06}"), text: text.clone(), fields, ..RawDocument::default() });
    }
    Ok(documents)
}

struct Sum(u64);

impl WordSink for Sum {
    fn short(&mut self, key: ShortKey) {
        self.0 = self.0.wrapping_add(key.hash());
    }
    fn long(&mut self, word: &str) {
        self.0 = self.0.wrapping_add(word.len() as u64);
    }
    fn line(&mut self) {}
}

fn counted(documents: &[RawDocument], needs: Needs) -> u64 {
    let options = CountOptions { needs, group_field: "outlet".to_owned(), language: Some("eng".to_owned()), ..CountOptions::default() };
    let mut counter = Counter::new(&options);
    for document in documents {
        counter.add(document.clone(), std::slice::from_ref(&(0..document.text.len())), false);
    }
    freeze(vec![counter], &options, ReadingNotes::default()).map_or(0, |corpus| corpus.group_terms.total_words())
}

fn main() -> io::Result<()> {
    let documents = documents()?;
    let megabytes = documents.iter().map(|document| document.text.len()).sum::<usize>() as f64 / 1e6;
    let scanned = || {
        let (mut scanner, mut sum) = (WordScanner::new(WordRule::Unicode), Sum(0));
        documents.iter().for_each(|document| scanner.scan(&document.text, 0..document.text.len(), &mut sum));
        sum.0
    };
    let tokenized = || {
        let (mut tokenizer, mut tokens) = (Tokenizer::new(WordRule::Unicode, false), 0);
        documents.iter().for_each(|document| tokenizer.tokenize(&document.text, 0..document.text.len(), &mut |_, _, _| tokens += 1));
        tokens
    };
    let benches: [(&str, &dyn Fn() -> u64); 4] = [
        ("words found (WordScanner)", &scanned),
        ("tokens found (Tokenizer)", &tokenized),
        ("counted by group (Counter, freeze)", &|| counted(&documents, Needs::GROUP_COUNTS)),
        ("counted with tokens kept (Counter, freeze)", &|| counted(&documents, Needs::TOKENS)),
    ];
    let mut out = io::stdout();
    for (name, bench) in benches {
        let mut best = f64::INFINITY;
        for _ in 0..10 {
            let started = Instant::now();
            std::hint::black_box(bench());
            best = best.min(started.elapsed().as_secs_f64());
        }
        writeln!(out, "{name:<44} {:>7.0} MB/s", megabytes / best)?;
    }
    Ok(())
}
