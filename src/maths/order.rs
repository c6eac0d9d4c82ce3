//! The order of many strings by their bytes.

use super::sort_in_parallel_by;
use crate::memory::StringArena;

/// The positions of `strings`, which differ, in the order of their bytes; sorted on the run's threads.
pub fn order_of(strings: &StringArena) -> Vec<u32> {
    // Most strings differ in their first eight bytes, which compare as one number.
    let mut keyed: Vec<(u64, u32)> = (0..).zip(strings.iter()).map(|(position, text)| (leading_bytes(text), position)).collect();
    sort_in_parallel_by(&mut keyed, |a, b| a.0.cmp(&b.0).then_with(|| strings.get(a.1).cmp(strings.get(b.1))));
    keyed.into_iter().map(|(_, position)| position).collect()
}

/// For each position its rank in `order`, which holds each once.
pub fn ranks_in(order: &[u32]) -> Vec<u32> {
    let mut ranks = vec![0; order.len()];
    for (rank, &position) in (0..).zip(order) {
        ranks[position as usize] = rank;
    }
    ranks
}

/// The first eight bytes as a number that orders as the bytes do; a shorter string is filled up with zeros.
fn leading_bytes(text: &str) -> u64 {
    let mut first = [0; 8];
    let length = text.len().min(8);
    first[..length].copy_from_slice(&text.as_bytes()[..length]);
    u64::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_ordered_by_bytes() {
        let strings = ["b", "a", "", "ä", "abcdefgh", "abcdefghi", "abcdefghh", "ab\0"];
        let order = order_of(&strings.into_iter().collect());
        let mut expected: Vec<u32> = (0..strings.len() as u32).collect();
        expected.sort_by_key(|&position| strings[position as usize]);
        assert_eq!(order, expected);
        assert!(ranks_in(&order).iter().enumerate().all(|(position, &rank)| order[rank as usize] == position as u32));
    }
}
