//! The order of many strings by their bytes.

use super::sort_in_parallel_by;
use crate::memory::StringArena;

/// The positions of `strings` in the order of their bytes, equal ones in their own; sorted on the run's threads.
pub fn order_of(strings: &StringArena) -> Vec<u32> {
    // Most strings differ in their first eight bytes, which compare as one number.
    let mut keyed: Vec<(u64, u32)> = (0..).zip(strings.iter()).map(|(position, text)| (leading_bytes(text), position)).collect();
    sort_in_parallel_by(&mut keyed, |a, b| a.0.cmp(&b.0).then_with(|| strings.get(a.1).cmp(strings.get(b.1))).then(a.1.cmp(&b.1)));
    keyed.into_iter().map(|(_, position)| position).collect()
}

/// The first position of each of `strings` that differ, in the order of their bytes, and for each position the rank of its string.
pub fn distinct(strings: &StringArena) -> (Vec<u32>, Vec<u32>) {
    let mut firsts: Vec<u32> = Vec::with_capacity(strings.len());
    let mut ranks = vec![0; strings.len()];
    for position in order_of(strings) {
        if firsts.last().is_none_or(|&last| strings.get(last) != strings.get(position)) {
            firsts.push(position);
        }
        ranks[position as usize] = firsts.len() as u32 - 1;
    }
    (firsts, ranks)
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
    }

    #[test]
    fn equal_strings_have_one_rank() {
        let strings = ["b", "abcdefghi", "b", "a", "abcdefghi", "b"];
        assert_eq!(distinct(&strings.into_iter().collect()), (vec![3, 1, 0], vec![2, 1, 2, 0, 1, 2]));
        assert_eq!(distinct(&StringArena::default()), (Vec::new(), Vec::new()));
    }
}
