//! Charts and sentences of distances and word shifts.

use super::frame::Frame;
use super::pairs::{MEASURES, Pairs};
use super::shift::Shift;
use super::shifts::{REST, Shifted, reference_name};
use super::tables::{GROUP_DISTANCES, GROUP_TREE, WORD_SHIFT, WORD_SHIFT_TOTALS};
use crate::analyses::tree;
use crate::table::format::{decimal, percentage, slug, thousands};
use crate::table::{ChartSpec, Finding, Heatmap, Mark, Table, WordShift};

/// Most word shifts that a report draws: the groups farthest from their reference.
const MOST_GRAPHS: usize = 4;
/// Most groups of a heat map.
const MOST_GROUPS: usize = 36;

/// What stands under every chart of this family.
pub(super) struct Wording {
    /// `5,000 most frequent terms`.
    pub terms: String,
    /// How intervals were made.
    pub resamples: String,
}

impl Wording {
    pub fn of(frame: &Frame<'_>, pairs: &Pairs) -> Self {
        let terms = format!("Shares of the {} most frequent terms", thousands(frame.frequent as u64));
        let resamples = match pairs.resamples {
            0 => "without intervals".to_owned(),
            resamples => format!("documents resampled {resamples} times"),
        };
        Self { terms, resamples }
    }
}

/// The heat map and the tree.
pub(super) fn distance_charts(pairs: &Pairs, distances: &Table, has_tree: bool, names: &[String], wording: &Wording) -> Vec<ChartSpec> {
    let mut charts = Vec::new();
    if names.len() < 3 {
        return charts;
    }
    let bias = if pairs.all_corrected() { "corrected for the bias of small groups" } else { "not corrected for the bias of small groups" };
    let subtitle = format!("Jensen–Shannon divergence in bits, 0 same to 1 nothing in common; {bias}");
    let footer = format!("{}; {}. Lin 1991.", wording.terms, wording.resamples);
    let title = pairs
        .extremes()
        .map_or_else(|| "How far apart the groups are".to_owned(), |[(a, b), _]| format!("{} and {} write most alike", names[a], names[b]));
    if has_tree {
        charts.push(ChartSpec {
            name: "group_tree".to_owned(),
            title: title.clone(),
            subtitle: subtitle.clone(),
            footer: format!("{} Tree by average linkage.", footer),
            table: GROUP_TREE.name,
            rows: None,
            mark: tree::mark(),
        });
    }
    let rows: Vec<usize> = (0..distances.rows()).filter(|&row| distances.text("measure", row) == Some(MEASURES[0])).collect();
    if names.len() <= MOST_GROUPS && !rows.is_empty() {
        let title = match pairs.extremes() {
            Some([_, (a, b)]) if names.len() > 2 => format!("{} and {} are farthest apart", names[a], names[b]),
            _ => title,
        };
        charts.push(ChartSpec {
            name: "group_distances".to_owned(),
            title,
            subtitle,
            footer,
            table: GROUP_DISTANCES.name,
            rows: Some(rows),
            mark: Mark::Heatmap(Heatmap {
                row: "group",
                column: "other_group",
                value: if pairs.all_corrected() { "distance_corrected" } else { "distance" },
                diverging: false,
            }),
        });
    }
    charts
}

/// A name without the brackets of the rest.
fn plain(reference: &str) -> &str {
    if reference == REST { "the rest" } else { reference }
}

/// The word-shift graphs.
pub(super) fn shift_charts(shifts: &[Shifted], words: &Table, names: &[String], top: usize, wording: &Wording) -> Vec<ChartSpec> {
    let has_lexicon = shifts.iter().any(|shifted| shifted.shift == Shift::Lexicon);
    let drawn = |shifted: &&Shifted| shifted.shift == if has_lexicon { Shift::Lexicon } else { Shift::Divergence };
    let mut graphs: Vec<&Shifted> = shifts.iter().filter(drawn).collect();
    let size = |shifted: &Shifted| shifted.total.corrected.or(shifted.total.value).unwrap_or(0.0).abs();
    graphs.sort_by(|a, b| size(b).total_cmp(&size(a)));
    // Of two groups, one against the rest is the mirror image of the other.
    let is_mirrored = names.len() == 2 && graphs.len() == 2 && !has_lexicon;
    graphs.truncate(if is_mirrored { 1 } else { MOST_GRAPHS });
    graphs.into_iter().map(|shifted| shift_chart(shifted, words, names, top, wording)).collect()
}

fn shift_chart(shifted: &Shifted, words: &Table, names: &[String], top: usize, wording: &Wording) -> ChartSpec {
    let (group, reference) = (&names[shifted.comparison.target], reference_name(names, shifted.comparison));
    let is_row = |row: &usize| {
        words.text("group", *row) == Some(group)
            && words.text("reference", *row) == Some(reference)
            && words.text("shift", *row) == Some(shifted.shift.name())
    };
    let rows: Vec<usize> = (0..words.rows()).filter(is_row).take(top).collect();
    let told = rows.last().and_then(|&row| words.number("cumulative_share", row)).unwrap_or(0.0);
    let content = rows.iter().find(|&&row| words.value("function_word", row) == crate::table::Value::Boolean(false));
    let title = match content.and_then(|&row| words.text("term", row)) {
        Some(term) => format!("“{term}” tells {group} from {} most, after function words", plain(reference)),
        None => format!("What tells {group} from {}", plain(reference)),
    };
    let title = if content == rows.first() { title.trim_end_matches(", after function words").to_owned() } else { title };
    let total = shifted.total.value.unwrap_or(0.0);
    let measured = match shifted.shift {
        Shift::Lexicon => {
            let level = |level: Option<f64>| level.map_or_else(String::new, |level| decimal(level, 3));
            format!("Mean score {} against {}: total {}", level(shifted.levels.0), level(shifted.levels.1), signed(total, 4))
        }
        Shift::Proportion | Shift::Entropy | Shift::Divergence => format!("Jensen–Shannon divergence: total {} bits", decimal(total, 4)),
    };
    let interval = match (shifted.total.corrected, shifted.total.low, shifted.total.high) {
        (Some(corrected), Some(low), Some(high)) => {
            format!(
                ", {} without the bias of few documents (95 % interval {} to {})",
                if shifted.shift == Shift::Lexicon { signed(corrected, 4) } else { decimal(corrected, 4) },
                decimal(low, 4),
                decimal(high, 4)
            )
        }
        _ => String::new(),
    };
    ChartSpec {
        name: format!("word_shift_{}", slug(group)),
        title,
        subtitle: format!(
            "{measured}{interval}; these {} of {} words make up {}",
            rows.len(),
            thousands(shifted.order.len() as u64),
            percentage(told)
        ),
        footer: format!(
            "Contributions add up to the total; bars are shares of all contributions. {}. Gallagher et al. 2021.",
            wording.terms
        ),
        table: WORD_SHIFT.name,
        rows: Some(rows),
        mark: Mark::WordShift(WordShift {
            label: "term",
            value: "shift_share",
            // A divergence has no sign of its own: its words go to the side that writes them more.
            direction: (shifted.shift != Shift::Lexicon).then_some("direction"),
            sides: match shifted.shift {
                Shift::Lexicon => ("lowers the mean score".to_owned(), "raises the mean score".to_owned()),
                _ => (format!("more in {}", plain(reference)), format!("more in {group}")),
            },
            cumulative: "cumulative_share",
            hollow: Some("function_word"),
        }),
    }
}

fn signed(value: f64, decimals: u8) -> String {
    let sign = if value > 0.0 { "+" } else { "" };
    format!("{sign}{}", decimal(value, decimals))
}

/// The sentences worth reading.
pub(super) fn findings(pairs: &Pairs, distances: &Table, totals: &Table, names: &[String]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let row_of = |a: usize, b: usize| {
        (0..distances.rows()).find(|&row| {
            distances.text("measure", row) == Some(MEASURES[0])
                && distances.text("group", row) == Some(&names[a])
                && distances.text("other_group", row) == Some(&names[b])
        })
    };
    let told = |a: usize, b: usize| {
        let estimate = pairs.of(0, a, b);
        let value = decimal(estimate.corrected.or(estimate.value).unwrap_or(0.0), 3);
        match (estimate.low, estimate.high) {
            (Some(low), Some(high)) => format!("{value} bits, 95 % interval {} to {}", decimal(low, 3), decimal(high, 3)),
            _ => format!("{value} bits, without an interval"),
        }
    };
    if let Some([(a, b), (c, d)]) = pairs.extremes().filter(|_| names.len() > 2) {
        findings.push(Finding {
            sentence: format!(
                "{} and {} choose their words most alike (Jensen–Shannon divergence {}); {} and {} are farthest apart ({}).",
                names[a],
                names[b],
                told(a, b),
                names[c],
                names[d],
                told(c, d)
            ),
            weight: 34.0,
            table: GROUP_DISTANCES.name,
            row: row_of(a, b),
        });
    }
    let lexicon = (0..totals.rows()).filter(|&row| totals.text("shift", row) == Some(Shift::Lexicon.name()));
    let size = |row: usize| totals.number("total", row).unwrap_or(0.0).abs();
    if let Some(row) = lexicon.max_by(|&a, &b| size(a).total_cmp(&size(b))) {
        let number = |column: &str| totals.number(column, row);
        let interval = match (number("total_low"), number("total_high")) {
            (Some(low), Some(high)) => {
                let corrected = number("total_corrected")
                    .map_or_else(String::new, |total| format!("{} without the bias of few documents, ", signed(total, 3)));
                format!(" ({corrected}95 % interval {} to {})", signed(low, 3), signed(high, 3))
            }
            _ => String::new(),
        };
        findings.push(Finding {
            sentence: format!(
                "By your list of scores, {} is at {} and {} at {}: a difference of {}{interval}.",
                totals.text("group", row).unwrap_or_default(),
                decimal(number("level").unwrap_or(0.0), 3),
                plain(totals.text("reference", row).unwrap_or_default()),
                decimal(number("level_reference").unwrap_or(0.0), 3),
                signed(number("total").unwrap_or(0.0), 3)
            ),
            weight: 45.0,
            table: WORD_SHIFT_TOTALS.name,
            row: Some(row),
        });
    }
    findings
}
