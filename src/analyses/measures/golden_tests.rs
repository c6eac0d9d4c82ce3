//! Every golden number of STATISTICS: to all its printed digits, and to 1e-6 of the value that other programs give with all digits
//! (scripts/oracles/golden_numbers.py).

use super::{FourCells, Input, Parts, Positions, TextCounts, TwoLists, find};

const GOLDEN_NUMBERS: &str = include_str!("../../../tests/oracles/golden_numbers.csv");

/// The measure's value for an input written as numbers, two lists with a stroke between them.
fn value(measure: &str, kind: &str, written: &str) -> f64 {
    let mut lists = written.split(" / ").map(|list| list.split(' ').map(|number| number.parse::<f64>().unwrap()).collect::<Vec<f64>>());
    let (first, second) = (lists.next().unwrap(), lists.next().unwrap_or_default());
    let of = |name: &str, input: Input| find(name).unwrap().value(&input).unwrap();
    match (kind, find(measure).map(|measure| measure.evaluate)) {
        ("cells", _) => of(measure, Input::FourCells(FourCells::new(first[0], first[1], first[2], first[3]))),
        ("text", _) => {
            let [words, sentences, letters, characters, long_words, syllables, polysyllables] = first[..] else { panic!("{written}") };
            let (syllables, polysyllables) = (Some(syllables), Some(polysyllables));
            of(measure, Input::TextCounts(TextCounts { words, sentences, letters, characters, long_words, syllables, polysyllables }))
        }
        // Lists of a registered case live as long as the program; those of a file go to the function itself.
        ("parts", Some(super::Evaluate::Parts(function))) => function(&Parts { counts: &first, sizes: &second }).unwrap(),
        ("places", Some(super::Evaluate::Positions(function))) => {
            let places: Vec<u64> = first.iter().map(|&place| place as u64).collect();
            function(&Positions { places: &places, words: second[0] as u64 }).unwrap()
        }
        ("lists", Some(super::Evaluate::TwoLists(function))) => function(&TwoLists { target: &first, reference: &second }).unwrap(),
        // The metric that the divergence's root is.
        ("lists", None) => value(measure.strip_suffix("_root").unwrap(), kind, written).sqrt(),
        _ => panic!("{measure} of {kind}"),
    }
}

/// Half of the last printed digit's unit.
fn half_unit(printed: &str) -> f64 {
    let (digits, exponent) = printed.split_once('e').unwrap_or((printed, "0"));
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len() as i32);
    let exponent: i32 = exponent.parse().unwrap();
    format!("0.5e{}", exponent - decimals).parse().unwrap()
}

#[test]
fn all_golden_numbers_of_statistics_hold_to_a_millionth() {
    let mut compared = 0;
    for line in GOLDEN_NUMBERS.lines().skip(1) {
        let [measure, kind, input, printed, full] = line.split(',').collect::<Vec<&str>>()[..] else { panic!("{line}") };
        let got = value(measure, kind, input);
        let (full, shown): (f64, f64) = (full.parse().unwrap(), printed.parse().unwrap());
        assert!((got - full).abs() <= 1e-6 * full.abs(), "{measure} of {input}: {got}, not {full}");
        // A hair more than half a unit: the number may lie on the edge.
        assert!((got - shown).abs() <= half_unit(printed) * 1.000_001, "{measure} of {input}: {got}, not {printed}");
        compared += 1;
    }
    assert_eq!(compared, 48);
}

#[test]
fn a_registered_golden_case_asks_for_no_less() {
    // The same numbers stand in the registry, where `headword verify` shows them.
    for line in GOLDEN_NUMBERS.lines().skip(1).filter(|line| !line.starts_with("jensen_shannon_root")) {
        let full: f64 = line.rsplit(',').next().unwrap().parse().unwrap();
        let measure = find(line.split(',').next().unwrap()).unwrap();
        let is_held = measure
            .cases
            .iter()
            .any(|case| case.tolerance <= 1e-6 && case.expected.is_some_and(|expected| (expected - full).abs() <= 1e-6 * full.abs()));
        assert!(is_held, "no case of {} holds {full} to 1e-6", measure.name);
    }
}
