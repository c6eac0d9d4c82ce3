//! Reading and counting on several threads, with a bounded number of batches in flight.
//!
//! Batches are cut by content and counters are merged by sorting, so neither the number of threads nor their pace shows
//! in a result.

use super::plan::{Plan, SIDE_FIELD};
use super::progress::Progress;
use super::run::interrupted;
use crate::clean::{CleanCounts, CleanOptions, clean};
use crate::corpus::{RawDocument, ReadingNotes, Reject};
use crate::count::Counter;
use crate::error::{Error, Result};
use crate::maths::Threads;
use crate::read::{Batch, BatchContext, ReadingTally, Source};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Mutex, PoisonError};

/// How many documents of a batch have their language guessed even in runs that need no languages: a guess costs as much as
/// counting a short article.
fn sampled(batch: u64) -> usize {
    match batch {
        0 => 10,
        batch => usize::from(batch.is_multiple_of(4)),
    }
}

/// What counting gave.
#[derive(Default)]
pub(super) struct Counted {
    pub counters: Vec<Counter>,
    pub notes: ReadingNotes,
    pub text_bytes: u64,
    documents: u64,
    /// Groups of the documents that were met, where only some are wanted.
    pub groups: BTreeSet<String>,
}

impl Counted {
    /// Adds what another source gave.
    pub fn append(&mut self, other: Self) {
        self.counters.extend(other.counters);
        self.notes.rejects.extend(other.notes.rejects);
        self.notes.remarks.extend(other.notes.remarks);
        self.notes.columns.extend(other.notes.columns);
        self.notes.ambiguous_dates += other.notes.ambiguous_dates;
        self.text_bytes += other.text_bytes;
        self.documents += other.documents;
        self.groups.extend(other.groups);
    }

    pub fn documents(&self) -> u64 {
        self.documents
    }
}

/// What one worker has counted and what it met.
struct Worker<'a> {
    plan: &'a Plan,
    context: &'a BatchContext,
    totals: &'a Totals,
    progress: &'a dyn Progress,
    counter: Counter,
    furniture: CleanCounts,
    met: Vec<(u64, Vec<Reject>, ReadingTally)>,
    groups: BTreeSet<String>,
    /// What the documents get as [`SIDE_FIELD`].
    side: Option<&'a str>,
}

#[derive(Default)]
struct Totals {
    documents: AtomicU64,
    bytes: AtomicU64,
}

impl<'a> Worker<'a> {
    fn new(plan: &'a Plan, side: Option<&'a str>, context: &'a BatchContext, totals: &'a Totals, progress: &'a dyn Progress) -> Self {
        Self {
            plan,
            context,
            totals,
            progress,
            counter: Counter::new(&plan.count),
            furniture: CleanCounts::default(),
            met: Vec::new(),
            groups: BTreeSet::new(),
            side,
        }
    }

    /// Whether `document` is of a group that the plan wants; notes its group.
    fn wants(&mut self, document: &RawDocument) -> bool {
        let wanted = &self.plan.only_groups;
        if wanted.is_empty() {
            return true;
        }
        let Some(group) = document.group_value(&self.plan.count.group_field) else { return false };
        let is_wanted = wanted.iter().any(|name| name.to_lowercase() == group.to_lowercase());
        self.groups.insert(group);
        is_wanted
    }

    fn count(&mut self, batch: Batch) {
        let parsed = batch.parse(self.context);
        let sampled = sampled(parsed.number);
        let (mut documents, mut bytes) = (0, 0);
        for (position, mut document) in parsed.documents.into_iter().enumerate() {
            if let Some(side) = self.side {
                document.fields.retain(|(name, _)| name != SIDE_FIELD);
                document.fields.push((SIDE_FIELD.to_owned(), side.to_owned()));
            }
            if !self.wants(&document) {
                continue;
            }
            documents += 1;
            bytes += document.text.len() as u64;
            let options = CleanOptions { keep_furniture: self.plan.keep_furniture };
            let ranges = clean(&document.text, options, &mut self.furniture);
            self.counter.add(document, &ranges, position < sampled);
        }
        self.met.push((parsed.number, parsed.rejects, parsed.tally));
        let documents = self.totals.documents.fetch_add(documents, Ordering::Relaxed) + documents;
        let bytes = self.totals.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes;
        self.progress.counted(documents, bytes);
    }
}

/// Reads `source` to its end and counts it.
pub(super) fn count_inputs(
    source: &mut Source,
    plan: &Plan,
    side: Option<&str>,
    threads: &Threads,
    progress: &dyn Progress,
) -> Result<Counted> {
    let context = source.context();
    let totals = Totals::default();
    let total_bytes = source.bytes_ahead();
    let workers = if plan.threads == 1 {
        let mut worker = Worker::new(plan, side, &context, &totals, progress);
        while let Some(batch) = source.next_batch()? {
            if progress.is_cancelled() {
                return Err(interrupted());
            }
            worker.count(batch);
            progress.position(source.bytes_read(), total_bytes);
        }
        vec![worker]
    } else {
        count_in_parallel(source, || Worker::new(plan, side, &context, &totals, progress), (threads, plan.threads), progress)?
    };
    let mut notes = ReadingNotes { remarks: source.remarks().to_vec(), columns: source.columns().to_vec(), ..ReadingNotes::default() };
    let (mut met, mut groups) = (Vec::new(), BTreeSet::new());
    let mut counters = Vec::new();
    let mut furniture = CleanCounts::default();
    for worker in workers {
        met.extend(worker.met);
        groups.extend(worker.groups);
        counters.push(worker.counter);
        furniture.merge(&worker.furniture);
    }
    met.sort_by_key(|(number, ..)| *number);
    let mut tally = ReadingTally::default();
    for (_, rejects, of_batch) in met {
        notes.rejects.extend(rejects);
        tally.merge(of_batch);
    }
    notes.ambiguous_dates = tally.ambiguous_dates.count;
    notes.remarks.extend(tally.remarks());
    notes.remarks.extend(furniture.remark());
    Ok(Counted { counters, notes, text_bytes: totals.bytes.into_inner(), documents: totals.documents.into_inner(), groups })
}

/// Reads here while each of `count` threads counts what it takes.
fn count_in_parallel<'a>(
    source: &mut Source,
    worker: impl Fn() -> Worker<'a> + Sync,
    (threads, count): (&Threads, usize),
    progress: &dyn Progress,
) -> Result<Vec<Worker<'a>>> {
    let total_bytes = source.bytes_ahead();
    let (sender, receiver) = sync_channel::<Batch>(count);
    let receiver = Mutex::new(receiver);
    let count = || {
        let mut worker = worker();
        let mut is_sound = true;
        // Even one that has panicked goes on taking, so that reading doesn't wait for ever.
        while let Some(batch) = take(&receiver) {
            is_sound = is_sound && catch_unwind(AssertUnwindSafe(|| worker.count(batch))).is_ok();
        }
        is_sound.then_some(worker)
    };
    let read = || -> Result<()> {
        let sender = sender;
        while let Some(batch) = source.next_batch()? {
            if progress.is_cancelled() {
                return Err(interrupted());
            }
            sender.send(batch).map_err(|_| Error::internal("all counting threads have ended"))?;
            progress.position(source.bytes_read(), total_bytes);
        }
        Ok(())
    };
    let (workers, outcome) = threads.beside(count, read);
    outcome?;
    workers.into_iter().collect::<Option<_>>().ok_or_else(|| Error::internal("a counting thread panicked"))
}

fn take(receiver: &Mutex<Receiver<Batch>>) -> Option<Batch> {
    receiver.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}
