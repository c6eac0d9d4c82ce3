//! `headword report`: the folder, or the word that it is current already.

use super::progress::{Shown, set_writing};
use super::terminal::{Style, is_coloured, styled};
use super::verbs::{Order, carry_out_with, check_rejects};
use super::{print, printable};
use crate::error::Result;
use crate::pipeline::{
    Dressing, Forms, Progress, Publication, Published, Run, digest_inputs, fingerprint, is_current, plan, prepare_folder, publish_report,
};
use crate::table::format::{iso_date, thousands};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Findings that the terminal shows.
const FINDINGS: usize = 5;

/// Makes the report that `order` asks for.
pub(super) fn report(order: &Order, force: bool) -> Result<()> {
    let started = Instant::now();
    let mut plan = plan(&order.settings, &order.settings.sections()?)?;
    let dressing = Dressing::new(&order.settings.run, order.title())?;
    // A title that was made is a setting like one that was given: both make the same report.
    plan.stated.insert("title".to_owned(), dressing.title.as_str().into());
    let folder = order.settings.run.text("out").map_or_else(|| order.default_folder(), PathBuf::from);
    prepare_folder(&folder)?;
    let inputs = digest_inputs(&plan)?;
    let fingerprint = fingerprint(&plan, &inputs);
    if !force && is_current(&folder, &fingerprint) {
        return if order.quiet { Ok(()) } else { print(&current(&folder)) };
    }
    let shown = Shown::new(order.quiet);
    let run = carry_out_with(&plan, &shown)?;
    let publication = Publication { folder: &folder, inputs: &inputs, forms: Forms::new(&order.settings.run), dressing, progress: &shown };
    let writing = Instant::now();
    set_writing(true);
    let published = publish_report(&run, &plan, &publication, &fingerprint);
    set_writing(false);
    shown.finish();
    let published = published?;
    if !order.quiet {
        let seconds = (started.elapsed().as_secs_f64(), writing.elapsed().as_secs_f64());
        print(&summary(&run, &published, seconds))?;
    }
    let outcome = if shown.is_cancelled() { Ok(()) } else { check_rejects(&run, &plan) };
    // The process ends here; giving back millions of small pieces of memory one by one would only take time.
    std::mem::forget(run);
    outcome
}

fn heading(text: &str) -> String {
    styled(text, Style::Bold, is_coloured(&std::io::stdout()))
}

/// Rows of a name and a value, in two columns.
fn table(rows: &[(&str, String)]) -> String {
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    rows.iter().map(|(name, value)| format!("  {name:width$}  {}\n", printable(value))).collect()
}

/// The closing words of a report: what it holds, the findings worth reading first, where it is.
fn summary(run: &Run, published: &Published, (seconds, writing): (f64, f64)) -> String {
    let corpus = &run.corpus;
    let mut rows = vec![("documents", thousands(corpus.documents.len() as u64)), ("words", thousands(corpus.group_terms.total_words()))];
    if corpus.groups.comparable() {
        rows.push(("groups", format!("{} by {}", corpus.groups.len(), corpus.groups.field)));
    }
    let dates = || corpus.documents.dates.iter().flatten();
    if let (Some(first), Some(last)) = (dates().min(), dates().max()) {
        rows.push(("dates", format!("{} to {}", iso_date(*first), iso_date(*last))));
    }
    let rejects = corpus.notes.rejects.len();
    if rejects > 0 {
        rows.push(("left out", format!("{rejects} rows or files: {}", published.folder.join("rejects.csv").display())));
    }
    rows.push(("made", format!("{} tables, {} charts", published.tables, published.charts)));
    let mut stages = vec![format!("reading {:.1}", run.counting_seconds)];
    stages.extend(run.sections.iter().map(|section| format!("{} {:.1}", section.entry.name, section.seconds)));
    stages.push(format!("writing {writing:.1}"));
    rows.push(("seconds", format!("{seconds:.1} ({})", stages.join(", "))));
    let sentences: Vec<&str> = published.findings.iter().map(|finding| finding.sentence.as_str()).collect();
    format!("{}\n{}\n{}", table(&rows), findings(&sentences), page(&published.folder))
}

fn findings(sentences: &[&str]) -> String {
    let mut text = String::new();
    if !sentences.is_empty() {
        text.push_str(&format!("{}\n", heading("Findings worth reading first:")));
    }
    for (number, sentence) in sentences.iter().take(FINDINGS).enumerate() {
        text.push_str(&format!("  {}. {}\n", number + 1, printable(sentence)));
    }
    text
}

fn page(folder: &Path) -> String {
    format!("{} {}\n", heading("The page:"), printable(&folder.join("report.html").display().to_string()))
}

/// What is said of a report that need not be made again, with the findings that it gave.
fn current(folder: &Path) -> String {
    let shown = printable(&folder.display().to_string());
    let manifest = std::fs::read_to_string(folder.join("run.json")).ok().and_then(|text| serde_json::from_str::<Value>(&text).ok());
    let kept = manifest.as_ref().and_then(|manifest| manifest["findings"].as_array());
    let sentences: Vec<&str> = kept.into_iter().flatten().filter_map(|finding| finding["sentence"].as_str()).collect();
    format!(
        "Nothing to do: inputs, settings and program are those that `{shown}` was made with. `--force` makes it again.\n\n{}\n{}",
        findings(&sentences),
        page(folder)
    )
}
