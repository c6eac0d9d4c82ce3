//! Measures reading by itself on one thread: `cargo run --release --example read_speed -- INPUT…`.
#![allow(clippy::print_stdout)]

use headword::clean::{CleanCounts, CleanOptions, clean};
use headword::read::{ReadOptions, ReadingTally, Source};
use std::time::Instant;

fn main() -> Result<(), headword::error::Error> {
    let options = ReadOptions { inputs: std::env::args_os().skip(1).map(Into::into).collect(), ..ReadOptions::default() };
    let start = Instant::now();
    let mut source = Source::open(&options)?;
    for remark in source.remarks() {
        println!("{remark}");
    }
    let context = source.context();
    let packed = source.bytes_ahead();
    let opened = start.elapsed().as_secs_f64();
    let (mut cutting, mut parsing, mut cleaning) = (0.0, 0.0, 0.0);
    let (mut text_bytes, mut documents, mut rejects, mut batches) = (0, 0, 0, 0);
    let mut tally = ReadingTally::default();
    let mut counts = CleanCounts::default();
    loop {
        let start = Instant::now();
        let Some(batch) = source.next_batch()? else { break };
        cutting += start.elapsed().as_secs_f64();
        let start = Instant::now();
        let parsed = batch.parse(&context);
        parsing += start.elapsed().as_secs_f64();
        let start = Instant::now();
        for document in &parsed.documents {
            text_bytes += document.text.len();
            clean(&document.text, CleanOptions::default(), &mut counts);
        }
        cleaning += start.elapsed().as_secs_f64();
        documents += parsed.documents.len();
        rejects += parsed.rejects.len();
        batches += 1;
        for reject in parsed.rejects.iter().take(3) {
            println!("reject {}:{}: {} [{}]", reject.file, reject.row, reject.reason, reject.excerpt);
        }
        tally.merge(parsed.tally);
    }
    for remark in tally.remarks().into_iter().chain(counts.remark()) {
        println!("{remark}");
    }
    let megabytes = packed as f64 / 1e6;
    println!("{documents} documents, {text_bytes} bytes of text, {rejects} rejects, {batches} batches, {megabytes:.1} MB of files");
    println!(
        "open {opened:.3} s, cut {cutting:.3} s, parse {parsing:.3} s ({:.0} MB/s), clean {cleaning:.3} s",
        megabytes / (cutting + parsing)
    );
    Ok(())
}
