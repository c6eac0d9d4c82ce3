//! Parallel map whose results come back in index order.

use rayon::prelude::*;

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

/// Sorts `items` on the run's threads; equal items must be interchangeable for the result not to depend on threads.
pub fn sort_in_parallel<T: Ord + Send>(items: &mut [T]) {
    items.par_sort_unstable();
}

/// Runs `task` on a pool of `threads` threads, for tests that compare results of several counts.
#[cfg(test)]
pub(crate) fn on_threads<T: Send>(threads: usize, task: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(task)
}
