//! The features: those of one word type at one distance (summed once a type) and those that join several.

use super::context::{Context, Run, Segment};
use super::hash;
use super::hash::{join, join3};
use super::lexicon::{Lexicon, flag, title_case};
use super::model::Parts;
use super::surface::{Case, Traits, normalise, shape};

/// The distances at which a word type speaks for a token.
pub(super) const DISTANCES: usize = 5;

/// Adds the key of each feature that `surface` gives to a token `distance - 2` words before it
/// (2 is the token itself, 1 the word before it, 3 the word after it).
pub(super) fn type_features(surface: Option<&str>, traits: &Traits, lexicon: &Lexicon, distance: usize, keys: &mut Vec<u64>) {
    let mut add = |template: u64, value: u64| keys.push(join3(template, distance as u64, value));
    let own = distance == 2;
    let close = distance.abs_diff(2) == 1;
    let case = traits.case as u64;
    add(1, traits.word);
    add(2, traits.lower);
    let normal = surface.map(normalise).unwrap_or_default();
    let lower = normal.to_lowercase();
    let ends: Vec<usize> = lower.char_indices().map(|(place, _)| place).skip(1).take(5).collect();
    let starts: Vec<usize> = lower.char_indices().rev().map(|(place, _)| place).take(5).collect();
    add(3, case);
    for (level, &cluster) in traits.clusters.iter().enumerate() {
        if cluster != 0 {
            add(10 + level as u64, u64::from(cluster));
            if own || close {
                add(20 + level as u64, join(u64::from(cluster), case));
            }
        }
    }
    let flags = traits.flags & !flag::STARTS_PHRASE;
    let mut bits = flags;
    while bits != 0 {
        let bit = u64::from(bits.trailing_zeros());
        bits &= bits - 1;
        add(30, bit);
        add(31, join(bit, case));
    }
    if own || close {
        add(32, join(u64::from(flags), case));
    }
    if surface.is_none() {
        return;
    }
    if own || close {
        add(4, shape(&normal));
        for (length, &start) in starts.iter().enumerate() {
            if (own || length == 2 || length == 1) && start > 0 {
                add(40 + length as u64, hash::of_text(&lower[start..]));
            }
        }
        if own {
            for (length, &end) in ends.iter().enumerate() {
                add(50 + length as u64, hash::of_text(&lower[..end]));
            }
        }
    }
    if own {
        add(5, join(case, lower.chars().count().min(12) as u64));
        if traits.clusters[3] != 0 && traits.case != Case::Lower {
            let small = lexicon.clusters_of(&lower, &lower, Case::Lower);
            for level in [1, 3] {
                add(60 + level as u64, u64::from(small[level]));
            }
        }
        hyphen_features(&normal, &lower, traits, lexicon, &mut add);
    }
}

/// Parts of a word with a hyphen: the last part, the first part, what the lexicon knows of them.
fn hyphen_features(normal: &str, lower: &str, traits: &Traits, lexicon: &Lexicon, add: &mut impl FnMut(u64, u64)) {
    let (Some((head, _)), Some((_, tail))) = (lower.split_once('-'), lower.rsplit_once('-')) else {
        return;
    };
    if head.is_empty() || tail.is_empty() {
        return;
    }
    let tail_small = normal.ends_with(tail);
    add(70, join(hash::of_text(tail), u64::from(tail_small)));
    add(71, hash::of_text(head));
    add(72, join(u64::from(lexicon.flags_of(hash::of_text(head)) & !flag::STARTS_PHRASE), u64::from(tail_small)));
    add(73, join(traits.case as u64, u64::from(tail_small)));
    let clusters = lexicon.clusters_of(&title_case(head), head, Case::Title);
    add(74, join(u64::from(clusters[2]), u64::from(tail_small)));
    let clusters = lexicon.clusters_of(tail, tail, Case::Lower);
    add(75, join(u64::from(clusters[2]), u64::from(tail_small)));
}

/// Adds the keys of the features that join a token with its neighbours, its run, its sentence and its document.
pub(super) fn joint_features(context: &Context<'_>, segment: &Segment, position: usize, parts: Parts, keys: &mut Vec<u64>) {
    let sentence = &context.sentences[segment.sentence];
    let near = |distance: isize| context.near(sentence, position, distance);
    let (before2, before, own, after, after2) = (near(-2), near(-1), near(0), near(1), near(2));
    let case = own.case as u64;
    let mut add = |template: u64, value: u64| keys.push(join(1000 + template, value));

    add(1, join(before.lower, own.lower));
    add(2, join(own.lower, after.lower));
    let first = position == sentence.start;
    if first {
        add(25, own.lower);
    }
    add(3, join(before.lower, after.lower));
    add(4, join3(before2.lower, before.lower, case));
    add(5, join3(after.lower, after2.lower, case));
    let cases = join3(before.case as u64, case, after.case as u64);
    add(6, cases);
    add(7, join3(before2.case as u64, cases, after2.case as u64));
    add(8, join(before.lower, case));
    add(9, join(after.lower, case));
    for (template, level) in [(10, 1), (13, 2)] {
        let pick = |traits: &Traits| join(u64::from(traits.clusters[level]), traits.case as u64);
        add(template, join(pick(before), pick(own)));
        add(template + 1, join(pick(own), pick(after)));
        add(template + 2, join(pick(before), pick(after)));
    }
    let plain = |traits: &Traits| u64::from(traits.flags & !flag::STARTS_PHRASE);
    add(16, join3(plain(before), plain(own), case));
    add(17, join3(plain(own), plain(after), case));
    add(18, join3(plain(own), before.lower, case));
    add(19, join3(plain(own), after.lower, case));

    // The sentence.
    let writing = join(sentence.case as u64, case);
    add(20, writing);
    add(21, join(writing, u64::from(own.clusters[1])));
    add(22, join(writing, plain(own)));
    if first {
        add(23, writing);
        add(24, join(case, u64::from(own.clusters[2])));
    }

    // The run of capitals.
    let run = context.runs[position];
    if run.end > run.start {
        run_features(context, position, run, &mut add);
    }

    // Phrases of the gazetteers.
    let phrase = context.phrases[position];
    if phrase.place != 0 {
        add(50, join3(u64::from(phrase.place), u64::from(phrase.flags), u64::from(own.capitalised())));
        add(51, join3(u64::from(phrase.place), u64::from(phrase.flags), before.lower));
    }

    if parts.document {
        document_features(context, position, keys);
    }
}

/// Adds the keys of the features that join a token with the set that its text comes from.
pub(super) fn set_features(context: &Context<'_>, position: usize, set: u64, keys: &mut Vec<u64>) {
    let own = context.at(position);
    let case = own.case as u64;
    let mut add = |template: u64, value: u64| keys.push(join(1000 + template, value));
    add(60, set);
    add(61, join(set, case));
    add(62, join3(set, case, u64::from(own.clusters[0])));
    add(63, join(set, own.lower));
    add(64, join(set, u64::from(own.flags & !flag::STARTS_PHRASE)));
    add(65, join3(set, u64::from(own.clusters[1]), case));
}

fn run_features(context: &Context<'_>, position: usize, run: Run, add: &mut impl FnMut(u64, u64)) {
    let sentence = context.sentence_of(position);
    let (start, end) = (run.start as usize, run.end as usize);
    let own = context.at(position);
    let length = (end - start).min(6) as u64;
    let from_start = (position - start).min(3) as u64;
    let from_end = (end - 1 - position).min(3) as u64;
    let place = join(from_start, from_end);
    let left = if start > sentence.start { context.at(start - 1) } else { context.near(sentence, start, -1) };
    let right = context.near(sentence, end - 1, 1);
    let (head, tail) = (context.at(start), context.at(end - 1));
    add(30, place);
    add(31, join(place, own.case as u64));
    add(32, join(place, left.lower));
    add(33, join(place, right.lower));
    add(34, join3(length, left.lower, right.lower));
    add(35, join(place, tail.lower));
    add(36, join(place, head.lower));
    add(37, join3(place, u64::from(tail.clusters[2]), u64::from(tail.flags)));
    add(38, join3(place, u64::from(head.clusters[2]), u64::from(head.flags)));
    add(39, join(place, u64::from(left.clusters[2])));
    add(40, join(place, u64::from(right.clusters[2])));
    add(41, join3(place, u64::from(own.clusters[2]), own.case as u64));
    add(42, join3(place, u64::from(own.flags & !flag::STARTS_PHRASE), u64::from(start == sentence.start)));
    if tail.flags & (flag::ORGANISATION_WORD | flag::PLACE_WORD) != 0 {
        add(43, join(place, u64::from(tail.flags & (flag::ORGANISATION_WORD | flag::PLACE_WORD))));
    }
}

/// What the other places of the token's form say.
fn document_features(context: &Context<'_>, position: usize, keys: &mut Vec<u64>) {
    const MOST: usize = 5;
    let own = context.at(position);
    if !own.capitalised() {
        return;
    }
    let from = keys.len();
    let mut add = |template: u64, value: u64| keys.push(join(2000 + template, value));
    let mut seen = 0_u64;
    for other in context.others(position).take(MOST) {
        seen += 1;
        let sentence = context.sentence_of(other);
        let (before, after) = (context.near(sentence, other, -1), context.near(sentence, other, 1));
        add(1, before.lower);
        add(2, after.lower);
        add(3, join(u64::from(before.clusters[2]), before.case as u64));
        add(4, join(u64::from(after.clusters[2]), after.case as u64));
        add(5, u64::from(before.flags & !flag::STARTS_PHRASE));
        add(6, u64::from(after.flags & !flag::STARTS_PHRASE));
        let run = context.runs[other];
        let (start, end) = (run.start as usize, run.end as usize);
        let place = join((other - start).min(2) as u64, (end - 1 - other).min(2) as u64);
        let here = context.runs[position];
        let alone = u64::from(here.end - here.start == 1);
        add(7, join3(place, alone, sentence.case as u64));
        add(8, join3(place, alone, context.at(end - 1).lower));
        add(9, join3(place, alone, u64::from(context.at(start).flags & !flag::STARTS_PHRASE)));
    }
    add(10, join(seen.min(3), u64::from(context.lower_seen(position))));
    let sentence = context.sentence_of(position);
    if context.lower_seen(position) {
        add(11, join3(own.case as u64, sentence.case as u64, u64::from(position == sentence.start)));
    }
    // One feature speaks once, however often the form stands in the text.
    keys[from..].sort_unstable();
    let mut kept = from;
    for place in from..keys.len() {
        if kept == from || keys[place] != keys[kept - 1] {
            keys[kept] = keys[place];
            kept += 1;
        }
    }
    keys.truncate(kept);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(surface: &str, distance: usize) -> Vec<u64> {
        let lexicon = Lexicon::default();
        let mut keys = Vec::new();
        type_features(Some(surface), &Traits::of(surface, &lexicon), &lexicon, distance, &mut keys);
        keys
    }

    #[test]
    fn a_type_says_different_things_at_different_distances() {
        let (near, own) = (keys("Harbour", 1), keys("Harbour", 2));
        assert!(near.iter().all(|key| !own.contains(key)));
    }

    #[test]
    fn words_of_one_make_share_all_but_the_form() {
        let (first, second) = (keys("Barling", 2), keys("Marling", 2));
        assert!(first[..2].iter().all(|key| !second.contains(key)));
        assert!(first[2..].iter().any(|key| second.contains(key)));
    }

    #[test]
    fn letters_of_any_script_have_affixes() {
        for surface in ["Łódź", "Київ-схід", "é", "東京", ""] {
            for distance in 0..DISTANCES {
                assert!(!keys(surface, distance).is_empty());
            }
        }
    }
}
