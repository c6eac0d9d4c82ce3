//! Near-identical sequences: copies of one text with small changes, found without comparing every pair.
//!
//! Comes in: sequences of ids (the words of each document). Goes out: groups of copies. Resemblance is the Jaccard
//! similarity of the sets of five neighbouring ids (Broder 1997); candidates come from min-wise hashes in bands (Broder;
//! locality-sensitive hashing as in Leskovec, Rajaraman & Ullman 2014, ch. 3), and every candidate is checked exactly.

use super::parallel::map_in_order;
use std::collections::BTreeMap;

/// Neighbouring ids in a shingle.
const SHINGLE: usize = 5;
/// Hashes in a band, and bands: a pair at resemblance 0.7 shares a band with probability 0.988, one at 0.8 with 0.9998.
const ROWS: usize = 4;
const BANDS: usize = 16;

/// For each sequence the lowest index of its group of near-identical ones; its own index where it has no copy.
///
/// `sequence(i)` gives the ids of sequence i; two sequences are copies if their resemblance is at least `least` (0–1), and
/// copies of copies are in the same group. Empty sequences are nobody's copy.
pub fn near_duplicates(count: usize, sequence: impl Fn(usize) -> Vec<u32> + Sync, least: f64) -> Vec<u32> {
    let sketches = map_in_order(count, |index| sketch(&shingles(&sequence(index))));
    let mut first: Vec<u32> = (0..count as u32).collect();
    for band in 0..BANDS {
        let mut buckets: BTreeMap<[u64; ROWS], Vec<usize>> = BTreeMap::new();
        for (index, sketch) in sketches.iter().enumerate() {
            if let Some(sketch) = sketch {
                let mut key = [0; ROWS];
                key.copy_from_slice(&sketch[band * ROWS..(band + 1) * ROWS]);
                buckets.entry(key).or_default().push(index);
            }
        }
        for bucket in buckets.into_values().filter(|bucket| bucket.len() > 1) {
            join_copies(&bucket, &mut first, &sequence, least);
        }
    }
    (0..count).map(|index| root(&mut first, index as u32)).collect()
}

/// Compares each sequence of a bucket with one of each group that the bucket has shown so far.
fn join_copies(bucket: &[usize], first: &mut [u32], sequence: &impl Fn(usize) -> Vec<u32>, least: f64) {
    let mut leaders: Vec<(usize, Vec<u64>)> = Vec::new();
    for &index in bucket {
        let own_root = root(first, index as u32);
        if leaders.iter().any(|(leader, _)| root(first, *leader as u32) == own_root) {
            continue;
        }
        let own = shingles(&sequence(index));
        match leaders.iter().find(|(_, other)| resemblance(&own, other) >= least) {
            Some((leader, _)) => {
                let (a, b) = (own_root, root(first, *leader as u32));
                first[a.max(b) as usize] = a.min(b);
            }
            None => leaders.push((index, own)),
        }
    }
}

/// The lowest index of the group of `index`, with the path halved on the way.
fn root(first: &mut [u32], mut index: u32) -> u32 {
    while first[index as usize] != index {
        let next = first[first[index as usize] as usize];
        first[index as usize] = next;
        index = next;
    }
    index
}

/// Hashes of all runs of five ids, sorted and distinct; a shorter sequence is one run.
fn shingles(ids: &[u32]) -> Vec<u64> {
    if ids.is_empty() {
        return Vec::new();
    }
    let hash = |run: &[u32]| run.iter().fold(run.len() as u64, |hash, &id| mixed(hash ^ u64::from(id)));
    let mut hashes: Vec<u64> = ids.windows(SHINGLE.min(ids.len())).map(hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// The least value of each of the hash functions over the shingles; `None` without shingles.
fn sketch(shingles: &[u64]) -> Option<[u64; ROWS * BANDS]> {
    if shingles.is_empty() {
        return None;
    }
    let mut least = [u64::MAX; ROWS * BANDS];
    for &shingle in shingles {
        for (number, least) in least.iter_mut().enumerate() {
            *least = (*least).min(mixed(shingle ^ (number as u64 + 1).wrapping_mul(0xA24B_AED4_963E_E407)));
        }
    }
    Some(least)
}

/// The finaliser of SplitMix64 (Steele, Lea & Flood 2014): every bit of the input moves every bit of the output.
#[inline]
fn mixed(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Jaccard similarity of two sorted lists of distinct values; 0 if either is empty.
fn resemblance(a: &[u64], b: &[u64]) -> f64 {
    let (mut i, mut j, mut common) = (0, 0, 0usize);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                i += 1;
                j += 1;
            }
        }
    }
    let union = a.len() + b.len() - common;
    if union == 0 { 0.0 } else { common as f64 / union as f64 }
}

#[cfg(test)]
mod tests {
    use super::super::RandomStream;
    use super::*;
    use std::collections::BTreeSet;

    /// Forty texts, and copies of some with one word in `gap` changed.
    fn texts() -> Vec<Vec<u32>> {
        let mut stream = RandomStream::new(5, 0);
        let mut texts: Vec<Vec<u32>> = (0..40).map(|_| (0..200 + stream.below(200)).map(|_| stream.below(3_000)).collect()).collect();
        for (original, gap) in [(3usize, 400u32), (3, 150), (7, 60), (9, 12), (11, 1_000)] {
            let copy = texts[original].iter().map(|&id| if stream.below(gap) == 0 { 9_999 } else { id }).collect();
            texts.push(copy);
        }
        texts
    }

    #[test]
    fn groups_equal_those_of_comparing_every_pair() {
        let texts = texts();
        let found = near_duplicates(texts.len(), |index| texts[index].clone(), 0.7);
        // The slow twin: sets of five words as they are, every pair, joined until nothing changes.
        let sets: Vec<BTreeSet<&[u32]>> = texts.iter().map(|text| text.windows(5).collect()).collect();
        let mut expected: Vec<u32> = (0..texts.len() as u32).collect();
        loop {
            let before = expected.clone();
            for a in 0..texts.len() {
                for b in 0..a {
                    let common = sets[a].intersection(&sets[b]).count() as f64;
                    if common / (sets[a].len() + sets[b].len()) as f64 >= 0.7 / 1.7 {
                        let least = expected[a].min(expected[b]);
                        (expected[a], expected[b]) = (least, least);
                    }
                }
            }
            if before == expected {
                break;
            }
        }
        assert_eq!(found, expected);
        assert_eq!((found[40], found[41], found[44]), (3, 3, 11));
        assert_ne!(found[43], 9, "one word in twelve changed is another text");
    }

    #[test]
    fn empty_sequences_are_nobodys_copies() {
        let texts = [vec![], vec![], vec![1, 2], vec![1, 2]];
        assert_eq!(near_duplicates(4, |index| texts[index].clone(), 0.7), [0, 1, 2, 2]);
    }
}
