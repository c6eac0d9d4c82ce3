//! Progress on stderr: a bar on a terminal, plain lines elsewhere, nothing with `--quiet`.

use super::terminal::is_coloured;
use crate::pipeline::Progress;
use indicatif::{HumanBytes, HumanCount, HumanDuration, ProgressBar, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Set by Ctrl-C.
static CANCELLED: AtomicBool = AtomicBool::new(false);
/// Whether results are being written: then only the writer may end the run, since it takes its temporary folder away.
static WRITING: AtomicBool = AtomicBool::new(false);
/// How long a long stage is waited for after Ctrl-C.
const PATIENCE: Duration = Duration::from_millis(700);
/// Time between plain lines while a stage lasts.
const LINE_INTERVAL: Duration = Duration::from_secs(5);

/// Lets Ctrl-C end a run at the next border between batches, analyses or files, so that nothing half-written stays; a second
/// Ctrl-C, or an analysis that takes long while nothing is being written, ends it at once.
pub(super) fn catch_interrupts() {
    // Without the handler Ctrl-C still ends the program, only less tidily.
    let _ = ctrlc::set_handler(|| {
        if CANCELLED.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
        std::thread::sleep(PATIENCE);
        if !WRITING.load(Ordering::SeqCst) {
            let _ = writeln!(std::io::stderr().lock(), "\nerror: interrupted; nothing was written");
            std::process::exit(130);
        }
    });
}

/// Tells whether results are being written from here on.
pub(super) fn set_writing(is_writing: bool) {
    WRITING.store(is_writing, Ordering::SeqCst);
}

/// Shows progress to a person.
pub(super) struct Shown {
    bar: Option<ProgressBar>,
    lines: bool,
    stage: Mutex<Stage>,
}

struct Stage {
    name: String,
    started: Instant,
    /// When the last plain line of the stage was written.
    told: Instant,
    documents: u64,
    bytes: u64,
    position: Option<(u64, u64)>,
}

impl Stage {
    fn new(name: &str) -> Self {
        let now = Instant::now();
        Self { name: name.to_owned(), started: now, told: now, documents: 0, bytes: 0, position: None }
    }

    /// `3,210 documents, 12.4 MiB, 8.1 MiB/s, 4 seconds left`.
    fn words(&self) -> String {
        let seconds = self.started.elapsed().as_secs_f64().max(1e-3);
        let rate = HumanBytes((self.bytes as f64 / seconds) as u64);
        let left = self.seconds_left().map_or(String::new(), |left| format!(", {} left", HumanDuration(Duration::from_secs(left))));
        format!("{} documents, {}, {rate}/s{left}", HumanCount(self.documents), HumanBytes(self.bytes))
    }

    /// Seconds left at the pace so far; unknown in the first half second.
    fn seconds_left(&self) -> Option<u64> {
        let seconds = self.started.elapsed().as_secs_f64();
        let (done, all) = self.position.filter(|(done, all)| *done > 0 && all >= done)?;
        (seconds > 0.5).then(|| (seconds * (all - done) as f64 / done as f64).ceil() as u64)
    }
}

impl Shown {
    pub(super) fn new(quiet: bool) -> Self {
        let stderr = std::io::stderr();
        let bar = (stderr.is_terminal() && !quiet).then(|| {
            let bar = ProgressBar::new_spinner().with_style(style(false, is_coloured(&stderr)));
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        Self { lines: bar.is_none() && !quiet, bar, stage: Mutex::new(Stage::new("")) }
    }

    /// Tells `line`, unless the user wants quiet.
    pub(super) fn note(&self, line: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| tell(line)),
            None if self.lines => tell(line),
            None => {}
        }
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    /// Changes the stage's state and shows it.
    fn update(&self, change: impl FnOnce(&mut Stage)) {
        let Ok(mut stage) = self.stage.lock() else { return };
        change(&mut stage);
        if let Some(bar) = &self.bar {
            bar.set_message(stage.words());
            if let Some((done, all)) = stage.position {
                if bar.length() != Some(all) {
                    bar.set_style(style(true, is_coloured(&std::io::stderr())));
                    bar.set_length(all);
                }
                bar.set_position(done.min(all));
            }
        }
        if self.lines && stage.told.elapsed() >= LINE_INTERVAL {
            stage.told = Instant::now();
            tell(&format!("{}: {}", stage.name, stage.words()));
        }
    }
}

/// The look of the bar: with a length the part done is drawn, without one a spinner turns.
fn style(has_length: bool, is_coloured: bool) -> ProgressStyle {
    let template = match (has_length, is_coloured) {
        (true, true) => "{prefix} {bar:24.cyan} {percent:>3}% {msg}",
        (true, false) => "{prefix} {bar:24} {percent:>3}% {msg}",
        (false, _) => "{spinner} {prefix} {msg} {elapsed}",
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner()).progress_chars("█▌░")
}

/// Progress is a courtesy: a closed stderr must not end the run.
pub(super) fn tell(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "headword: {line}");
}

impl Progress for Shown {
    fn stage(&self, name: &str) {
        if let Ok(mut stage) = self.stage.lock() {
            *stage = Stage::new(name);
        }
        if let Some(bar) = &self.bar {
            bar.unset_length();
            bar.set_style(style(false, is_coloured(&std::io::stderr())));
            bar.reset_elapsed();
            bar.set_prefix(name.to_owned());
            bar.set_message("");
        }
        if self.lines {
            tell(name);
        }
    }

    fn counted(&self, documents: u64, bytes: u64) {
        self.update(|stage| (stage.documents, stage.bytes) = (documents, bytes));
    }

    fn position(&self, bytes: u64, of: u64) {
        self.update(|stage| stage.position = (of > 0).then_some((bytes, of)));
    }

    fn is_cancelled(&self) -> bool {
        CANCELLED.load(Ordering::SeqCst)
    }
}
