//! The threads of a run, and a parallel map whose results come back in index order.

use rayon::prelude::*;
use std::cmp::Ordering;
use std::sync::{Mutex, PoisonError};

/// The threads of one run. All its parts run on the same threads: those that have just worked stand on processors of their own, while
/// sleeping ones are woken next to who wakes them and only spread after milliseconds.
pub struct Threads {
    /// None for the threads of the process.
    own: Option<rayon::ThreadPool>,
}

impl Threads {
    /// `count` threads: those of the process if they are as many.
    ///
    /// # Errors
    /// Why the system could not start them.
    pub fn new(count: usize) -> Result<Self, String> {
        if rayon::current_num_threads() == count {
            return Ok(Self { own: None });
        }
        let own = rayon::ThreadPoolBuilder::new().num_threads(count).build().map_err(|error| error.to_string())?;
        Ok(Self { own: Some(own) })
    }

    /// Makes `count` the number of threads of the process; the first call wins.
    pub fn of_process(count: usize) {
        // It fails only if somebody has chosen before, which is then what they want.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(count).build_global();
    }

    /// Runs `task` on one of the threads, so that the parallel parts in it run on all of them.
    pub fn run<T: Send>(&self, task: impl FnOnce() -> T + Send) -> T {
        match &self.own {
            Some(pool) => pool.install(task),
            None => on_run_threads(task),
        }
    }

    /// Runs `task` once on each thread while `feed` runs here; the tasks' results in any order, and that of `feed`.
    pub fn beside<T: Send, F>(&self, task: impl Fn() -> T + Sync, feed: impl FnOnce() -> F) -> (Vec<T>, F) {
        let results = Mutex::new(Vec::new());
        let one = || {
            let result = task();
            results.lock().unwrap_or_else(PoisonError::into_inner).push(result);
        };
        let fed = match &self.own {
            Some(pool) => pool.in_place_scope(|scope| {
                scope.spawn_broadcast(|_, _| one());
                feed()
            }),
            None => rayon::in_place_scope(|scope| {
                scope.spawn_broadcast(|_, _| one());
                feed()
            }),
        };
        (results.into_inner().unwrap_or_else(PoisonError::into_inner), fed)
    }
}

/// `task(0), task(1), … task(count - 1)` computed on the run's threads, collected in index order.
///
/// Fold the results sequentially: a parallel sum of floats would depend on how the work was split.
pub fn map_in_order<T: Send>(count: usize, task: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    (0..count).into_par_iter().map(task).collect()
}

/// The results of two tasks, which run at the same time if there are two threads.
pub fn both<A: Send, B: Send>(first: impl FnOnce() -> A + Send, second: impl FnOnce() -> B + Send) -> (A, B) {
    rayon::join(first, second)
}

/// `task` of each of a few large `parts` on the run's threads, in the order of the parts.
pub fn map_parts<P: Send, T: Send>(parts: Vec<P>, task: impl Fn(P) -> T + Sync + Send) -> Vec<T> {
    // Each part can be taken by whoever is idle.
    parts.into_par_iter().with_max_len(1).map(task).collect()
}

/// `task(part, row, row)` for each of `parts` with its row of two matrices that are held row by row, `width` cells a row, on the run's threads.
pub fn with_rows<P: Send, A: Send, B: Send>(
    parts: Vec<P>,
    (first, second): (&mut [A], &mut [B]),
    width: usize,
    task: impl Fn(P, &mut [A], &mut [B]) + Sync + Send,
) {
    let width = width.max(1);
    let rows = first.par_chunks_mut(width).zip(second.par_chunks_mut(width));
    parts.into_par_iter().zip(rows).for_each(|(part, (first, second))| task(part, first, second));
}

/// Runs `task` on one of the run's threads, so that the parallel parts in it need not wake one first.
pub fn on_run_threads<T: Send>(task: impl FnOnce() -> T + Send) -> T {
    rayon::scope(|_| task())
}

/// `take(task(0)), take(task(1)), …`: tasks run on the run's threads, at most `wave` ahead of what is taken, so that their results
/// needn't be in memory all at once.
///
/// # Errors
/// The first that `take` gives.
pub fn in_waves<T: Send, E>(
    count: usize,
    wave: usize,
    task: impl Fn(usize) -> T + Sync + Send,
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    for first in (0..count).step_by(wave) {
        let results = map_parts((first..count.min(first + wave)).collect(), &task);
        results.into_iter().try_for_each(&mut take)?;
    }
    Ok(())
}

/// `count` times `value`. Memory that is touched for the first time costs more than the writing: all threads touch their part.
pub fn filled_in_parallel<T: Copy + Send + Sync>(value: T, count: usize) -> Vec<T> {
    rayon::iter::repeat_n(value, count).with_min_len(FILLED).collect()
}

/// Fewest values worth a task of their own.
const FILLED: usize = 1 << 12;

/// Sorts `items` on the run's threads; equal items must be interchangeable for the result not to depend on threads.
pub fn sort_in_parallel<T: Ord + Send>(items: &mut [T]) {
    items.par_sort_unstable();
}

/// Sorts `items` by `compare` on the run's threads; equal items must be interchangeable.
pub fn sort_in_parallel_by<T: Send>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering + Sync) {
    items.par_sort_unstable_by(compare);
}

/// Runs `task` on a pool of `threads` threads, for tests that compare results of several counts.
#[cfg(test)]
pub(crate) fn on_threads<T: Send>(threads: usize, task: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(task)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::sync_channel;

    #[test]
    fn each_thread_takes_part_beside_what_feeds_them() {
        for count in [2, 3, 7] {
            let threads = Threads::new(count).unwrap();
            let (sender, receiver) = sync_channel(count);
            let receiver = Mutex::new(receiver);
            let take = || receiver.lock().unwrap().recv().ok();
            let (sums, sent) = threads.beside(
                || std::iter::from_fn(take).sum::<u64>(),
                || {
                    let sender = sender;
                    (0..1_000).map(|number| sender.send(number).unwrap()).count()
                },
            );
            assert_eq!((sums.len(), sums.iter().sum::<u64>(), sent), (count, 999 * 500, 1_000));
            assert_eq!(threads.run(|| map_in_order(3, |index| index)), [0, 1, 2]);
        }
    }
}
