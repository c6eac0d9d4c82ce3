//! A run: read and count, then one analysis after the other.

use super::lend::lend;
use super::plan::Plan;
use super::progress::Progress;
use super::stream::{Counted, count_inputs};
use crate::analyses::{AnalysisEntry, Output};
use crate::corpus::Corpus;
use crate::count::freeze;
use crate::error::{Error, ErrorKind, Result, nearest};
use crate::maths::Threads;
use crate::params::Params;
use crate::read::{ReadOptions, Source};
use std::collections::BTreeSet;
use std::time::Instant;

/// What one analysis gave.
pub struct Section {
    /// The analysis.
    pub entry: &'static AnalysisEntry,
    /// Its parameters.
    pub params: Params,
    /// Its tables, charts and findings.
    pub output: Output,
    /// Seconds it took; for the terminal only, never part of a result.
    pub seconds: f64,
}

/// A finished run.
pub struct Run {
    /// The corpus.
    pub corpus: Corpus,
    /// One section an analysis, in the order of the registry.
    pub sections: Vec<Section>,
    /// Bytes of text read.
    pub text_bytes: u64,
    /// Seconds for reading and counting; for the terminal only.
    pub counting_seconds: f64,
}

/// Makes `threads` the number of threads of everything that runs in parallel in this process; the first call wins.
pub fn use_threads(threads: usize) {
    Threads::of_process(threads);
}

/// Carries out `plan`.
///
/// # Errors
/// What reading, counting or an analysis could not do; an interruption.
pub fn run(plan: &Plan, progress: &dyn Progress) -> Result<Run> {
    let threads = Threads::new(plan.threads).map_err(|error| Error::internal(format!("can't start {} threads: {error}", plan.threads)))?;
    let started = Instant::now();
    progress.stage("reading and counting");
    let counted = counted(plan, &threads, progress)?;
    check_groups(plan, &counted.groups)?;
    if counted.documents() == 0 {
        return Err(nothing_usable(counted.notes.rejects.len()));
    }
    let text_bytes = counted.text_bytes;
    let mut corpus = threads.run(|| freeze(counted.counters, &plan.count, counted.notes))?;
    let counting_seconds = started.elapsed().as_secs_f64();
    threads.run(|| lend(plan, &mut corpus))?;
    let mut sections = Vec::new();
    let all = plan.analyses.len();
    for (position, (entry, params)) in plan.analyses.iter().enumerate() {
        progress.stage(&if all > 1 { format!("{} ({} of {all})", entry.name, position + 1) } else { entry.name.to_owned() });
        let started = Instant::now();
        let output = threads
            .run(|| (entry.build)(&corpus, params, &plan.context))
            .map_err(|error| error.context(format!("analysis `{}`", entry.name)))?;
        if progress.is_cancelled() {
            return Err(interrupted());
        }
        sections.push(Section { entry, params: params.clone(), output, seconds: started.elapsed().as_secs_f64() });
    }
    Ok(Run { corpus, sections, text_bytes, counting_seconds })
}

/// Reads and counts all inputs as one, or each side on its own.
fn counted(plan: &Plan, threads: &Threads, progress: &dyn Progress) -> Result<Counted> {
    if plan.sides.is_empty() {
        return count_inputs(&mut Source::open(&plan.read)?, plan, None, threads, progress);
    }
    let mut all = Counted::default();
    for (input, side) in plan.read.inputs.iter().zip(&plan.sides) {
        let options = ReadOptions { inputs: vec![input.clone()], ..plan.read.clone() };
        all.append(count_inputs(&mut Source::open(&options)?, plan, Some(side), threads, progress)?);
    }
    Ok(all)
}

/// That every group that was asked for was met.
fn check_groups(plan: &Plan, met: &BTreeSet<String>) -> Result<()> {
    let is_met = |name: &&String| met.iter().any(|group| group.to_lowercase() == name.to_lowercase());
    let Some(missing) = plan.only_groups.iter().find(|name| !is_met(name)) else { return Ok(()) };
    let error = Error::input(format!("no document has the {} `{missing}`", plan.count.group_field));
    Err(match nearest(missing, met.iter().map(String::as_str)) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None if met.is_empty() => error.hint("no document has any; name the field with `--by`"),
        None => error.hint(format!("there are {}", met.iter().take(20).cloned().collect::<Vec<_>>().join(", "))),
    })
}

pub(super) fn interrupted() -> Error {
    Error::new(ErrorKind::Interrupted, "interrupted; nothing was written")
}

fn nothing_usable(rejects: usize) -> Error {
    let error = Error::input("no document with text was found");
    match rejects {
        0 => error.hint("give a folder with .txt, .md or .html files, or a CSV, TSV, JSON Lines or Parquet table"),
        _ => error.hint(format!("all {rejects} rows or files were rejected; `headword inspect` shows why")),
    }
}
