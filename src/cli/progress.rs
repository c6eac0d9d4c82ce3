//! Progress on stderr: a bar on a terminal, plain lines elsewhere, nothing with `--quiet`.

use crate::pipeline::Progress;
use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Set by Ctrl-C.
static CANCELLED: AtomicBool = AtomicBool::new(false);

/// Lets Ctrl-C end a run at the next border between batches or analyses, so that nothing half-written stays.
pub(super) fn catch_interrupts() {
    // Without the handler Ctrl-C still ends the program, only less tidily.
    let _ = ctrlc::set_handler(|| {
        if CANCELLED.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
    });
}

/// Shows progress to a person.
pub(super) struct Shown {
    bar: Option<ProgressBar>,
    lines: bool,
    started: Mutex<Instant>,
}

impl Shown {
    pub(super) fn new(quiet: bool) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let bar = (terminal && !quiet).then(|| {
            let style = ProgressStyle::with_template("{spinner} {prefix} {msg}").unwrap_or_else(|_| ProgressStyle::default_spinner());
            let bar = ProgressBar::new_spinner().with_style(style);
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        Self { bar, lines: !terminal && !quiet, started: Mutex::new(Instant::now()) }
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

impl Progress for Shown {
    fn stage(&self, name: &str) {
        if let Ok(mut started) = self.started.lock() {
            *started = Instant::now();
        }
        if let Some(bar) = &self.bar {
            bar.set_prefix(name.to_owned());
            bar.set_message("");
        }
        if self.lines {
            // Progress is a courtesy: a closed stderr must not end the run.
            let _ = writeln!(std::io::stderr().lock(), "headword: {name}");
        }
    }

    fn counted(&self, documents: u64, bytes: u64) {
        if let Some(bar) = &self.bar {
            let seconds = self.started.lock().map_or(1.0, |started| started.elapsed().as_secs_f64()).max(1e-3);
            let rate = HumanBytes((bytes as f64 / seconds) as u64);
            bar.set_message(format!("{} documents, {}, {rate}/s", HumanCount(documents), HumanBytes(bytes)));
        }
    }

    fn is_cancelled(&self) -> bool {
        CANCELLED.load(Ordering::SeqCst)
    }
}
