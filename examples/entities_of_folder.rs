//! Runs the entities analysis over a folder of text files and prints its tables as tab-separated text.
//!
//! `cargo run --release --example entities_of_folder -- FOLDER [PARAMETER=VALUE …]`: the name of a file's folder is its
//! outlet. A file whose name begins with `.` or `README` is passed over.

use headword::analyses::{Context, find};
use headword::corpus::{RawDocument, ReadingNotes};
use headword::count::{CountOptions, Counter, freeze};
use headword::params::Params;
use headword::table::{Column, Table, Value, format::iso_date};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

fn files(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() {
            files(&path, found)?;
        } else if !name.starts_with('.') && !name.starts_with("README") {
            found.push(path);
        }
    }
    Ok(())
}

fn documents(input: &Path) -> Result<Vec<RawDocument>, Box<dyn Error>> {
    if input.extension().is_some_and(|extension| extension == "jsonl") {
        let lines = fs::read_to_string(input)?;
        let parsed = lines.lines().enumerate().map(|(number, line)| {
            let row: serde_json::Value = serde_json::from_str(line)?;
            let text = |name: &str| row.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
            let fields = vec![("outlet".to_owned(), if text("outlet").is_empty() { text("source") } else { text("outlet") })];
            Ok(RawDocument { id: format!("row-{number}"), text: text("text"), fields, ..RawDocument::default() })
        });
        return parsed.collect();
    }
    let mut paths = Vec::new();
    files(input, &mut paths)?;
    let mut documents = Vec::new();
    for path in paths {
        let relative = path.strip_prefix(input)?;
        let outlet = relative.parent().map(|parent| parent.to_string_lossy().into_owned()).filter(|parent| !parent.is_empty());
        documents.push(RawDocument {
            id: relative.with_extension("").to_string_lossy().into_owned(),
            text: String::from_utf8_lossy(&fs::read(&path)?).into_owned(),
            fields: outlet.map(|outlet| ("outlet".to_owned(), outlet)).into_iter().collect(),
            ..RawDocument::default()
        });
    }
    Ok(documents)
}

fn cell(column: &Column, row: usize) -> String {
    match column.value(row) {
        Value::Missing => String::new(),
        Value::Text(text) => text.replace(['\t', '\n'], " "),
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => format!("{number:.4}"),
        Value::Date(day) => iso_date(day),
        Value::Boolean(truth) => truth.to_string(),
    }
}

fn show(table: &Table) {
    println!("# {}: {} rows, {} hidden", table.spec.name, table.rows(), table.hidden_rows);
    println!("{}", table.spec.columns.iter().map(|column| column.name).collect::<Vec<_>>().join("\t"));
    for row in 0..table.rows() {
        println!("{}", table.columns.iter().map(|column| cell(column, row)).collect::<Vec<_>>().join("\t"));
    }
    table.notes.iter().for_each(|note| println!("# {note}"));
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let input = arguments.first().ok_or("name a folder")?;
    let typed = |name: &str| arguments.iter().find_map(|argument| argument.strip_prefix(&format!("{name}=")).map(str::to_owned));
    let entry = find("entities").ok_or("the registry has no entities")?;
    let mut params = Params::check(entry.params, typed)?;
    params.load_files(|path| fs::read(path).map_err(|error| headword::error::Error::input(error.to_string())))?;
    let options = CountOptions { needs: (entry.needs)(&params), group_field: "outlet".to_owned(), ..CountOptions::default() };
    let started = Instant::now();
    let mut counter = Counter::new(&options);
    for document in documents(Path::new(input))? {
        let length = document.text.len();
        counter.add(document, std::slice::from_ref(&(0..length)), true);
    }
    let corpus = freeze(vec![counter], &options, ReadingNotes::default())?;
    let counted = started.elapsed();
    let output = (entry.build)(&corpus, &params, &Context { seed: 42, all_rows: arguments.iter().any(|argument| argument == "all") })?;
    let tokens = corpus.tokens.as_ref().map_or(0, |tokens| tokens.surfaces.len());
    eprintln!(
        "{} documents, {tokens} tokens: counted in {:.2} s, analysed in {:.2} s",
        corpus.documents.len(),
        counted.as_secs_f64(),
        (started.elapsed() - counted).as_secs_f64()
    );
    output.tables.iter().for_each(show);
    output.charts.iter().for_each(|chart| println!("# chart {}: {} | {} | {}", chart.name, chart.title, chart.subtitle, chart.footer));
    output.findings.iter().for_each(|finding| println!("# finding {:.0}: {}", finding.weight, finding.sentence));
    output.notes.iter().for_each(|note| println!("# note: {note}"));
    Ok(())
}
