//! Measures against the values that other programs gave for random tables (scripts/oracles/keyness.py and readability.py).

use super::{FourCells, Input, Parts, TextCounts, TwoLists, TwoSamples, find};

const FOUR_CELLS: &str = include_str!("../../../tests/oracles/four_cells.csv");
const SAMPLES: &str = include_str!("../../../tests/oracles/samples.csv");
const LISTS: &str = include_str!("../../../tests/oracles/lists.csv");
const PARTS: &str = include_str!("../../../tests/oracles/parts.csv");
const READABILITY: &str = include_str!("../../../tests/oracles/readability.csv");

fn numbers(cell: &str) -> Vec<f64> {
    cell.split_whitespace().map(|number| number.parse().unwrap()).collect()
}

/// Compares every column after the first `inputs` ones with the measure of its name; returns how many values were compared.
fn compare(csv: &str, inputs: usize, value: impl Fn(&str, &[&str]) -> Option<f64>) -> usize {
    let mut lines = csv.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    let mut compared = 0;
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        for (name, expected) in names[inputs..].iter().zip(&cells[inputs..]) {
            let got = value(name, &cells[..inputs]);
            let Ok(expected) = expected.parse::<f64>() else {
                assert_eq!(got, None, "{name} of {:?}", &cells[..inputs]);
                continue;
            };
            let got = got.unwrap_or_else(|| panic!("{name} of {:?} is missing, expected {expected}", &cells[..inputs]));
            // Differences of nearly equal numbers end near 0 with an absolute error: only there an absolute limit counts.
            let limit = if *name == "fisher_exact" { 1e-9 * expected.max(f64::MIN_POSITIVE) } else { 1e-9 * expected.abs().max(1e-3) };
            assert!((got - expected).abs() <= limit, "{name} of {:?}: got {got:e}, expected {expected:e}", &cells[..inputs]);
            compared += 1;
        }
    }
    compared
}

#[test]
fn a_thousand_tables_agree_with_scipy_statsmodels_association_measures_and_keyflux() {
    let compared = compare(FOUR_CELLS, 4, |name, cells| {
        let [a, n1, b, n2] = [0, 1, 2, 3].map(|index| cells[index].parse().unwrap());
        find(name).unwrap().value(&Input::FourCells(FourCells::new(a, n1, b, n2)))
    });
    assert!(compared > 25_000, "{compared}");
}

#[test]
fn a_thousand_samples_agree_with_scipy_and_statsmodels() {
    let compared = compare(SAMPLES, 2, |name, cells| {
        let (target, reference) = (numbers(cells[0]), numbers(cells[1]));
        // Samples live only here: evaluate through the function, as keyness does.
        match find(name).unwrap().evaluate {
            super::Evaluate::TwoSamples(function) => {
                function(&TwoSamples { target: &target, reference: &reference }).filter(|value| value.is_finite())
            }
            _ => None,
        }
    });
    assert!(compared > 3_500, "{compared}");
}

#[test]
fn dispersion_of_a_thousand_words_agrees_with_numpy_and_scipy() {
    let compared = compare(PARTS, 2, |name, cells| {
        let (counts, sizes) = (numbers(cells[0]), numbers(cells[1]));
        match find(name).unwrap().evaluate {
            super::Evaluate::Parts(function) => function(&Parts { counts: &counts, sizes: &sizes }),
            _ => None,
        }
    });
    assert!(compared > 6_900, "{compared}");
}

#[test]
fn a_thousand_pairs_of_lists_agree_with_keyflux() {
    let compared = compare(LISTS, 2, |name, cells| {
        let (target, reference) = (numbers(cells[0]), numbers(cells[1]));
        match find(name).unwrap().evaluate {
            super::Evaluate::TwoLists(function) => function(&TwoLists { target: &target, reference: &reference }),
            _ => None,
        }
    });
    assert_eq!(compared, 1_000);
}

#[test]
fn readability_of_a_thousand_texts_agrees_with_textstat() {
    let compared = compare(READABILITY, 8, |name, cells| {
        let counts: Vec<f64> = cells.iter().map(|count| count.parse().unwrap()).collect();
        // textstat's Fog has its own polysyllables: those on no list of easy words.
        let polysyllables = if name == "gunning_fog" { counts[7] } else { counts[6] };
        let input = TextCounts {
            words: counts[0],
            sentences: counts[1],
            letters: counts[2],
            characters: counts[3],
            long_words: counts[4],
            syllables: Some(counts[5]),
            polysyllables: Some(polysyllables),
        };
        find(name).unwrap().value(&Input::TextCounts(input))
    });
    assert_eq!(compared, 8_000);
}
