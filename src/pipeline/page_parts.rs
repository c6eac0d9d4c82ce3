//! What the page shows beside tables and charts: the explorer, and how the numbers are made.

use super::plan::Plan;
use super::run::Run;
use crate::analyses::contexts::explorer as explorer_of;
use crate::analyses::measures;
use crate::chart::{Theme, series_colour};
use crate::report::MethodNote;
use crate::table::{Column, Explorer};
use std::collections::BTreeSet;

/// The words of two groups, in the colours that the groups have in the charts.
pub(super) fn explorer(run: &Run, plan: &Plan) -> Option<Explorer> {
    let mut explorer = explorer_of(&run.corpus, plan.context.seed)?;
    for group in &mut explorer.groups {
        let position = run.corpus.groups.names.iter().position(|name| *name == group.name).unwrap_or(0);
        group.colours = (series_colour(position, Theme::Light), series_colour(position, Theme::Dark));
    }
    Some(explorer)
}

/// The section that the explorer stands in: what sets groups apart, or what comes nearest.
pub(super) fn explored_section(run: &Run) -> usize {
    let called = |name: &str| run.sections.iter().position(|section| section.entry.name == name);
    called("keyness").or_else(|| called("terms")).unwrap_or(0)
}

/// How each section was made, then every measure that the tables show, from the measure's own description.
pub(super) fn method(run: &Run) -> Vec<MethodNote> {
    let of_section = |section: &super::run::Section| {
        let settings: Vec<String> = section.params.iter().map(|(name, value)| format!("{name} {value}")).collect();
        let settings = if settings.is_empty() { String::new() } else { format!(" Settings: {}.", settings.join(", ")) };
        let ended = |text: &str| format!("{}.", text.trim_end_matches('.'));
        MethodNote {
            title: section.entry.title.to_owned(),
            text: format!("{} {}{settings}", ended(section.entry.summary), ended(section.entry.not_for)),
            ..MethodNote::default()
        }
    };
    run.sections.iter().map(of_section).chain(measure_notes(&measures_shown(run))).collect()
}

/// Names of columns, and of measures that stand in a column called `measure`.
fn measures_shown(run: &Run) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for table in run.sections.iter().flat_map(|section| &section.output.tables) {
        names.extend(table.spec.columns.iter().map(|column| column.name));
        if let Some(Column::Text(values)) = table.column("measure") {
            names.extend(values.iter().flatten());
        }
    }
    names
}

fn measure_notes(names: &BTreeSet<&str>) -> Vec<MethodNote> {
    let shown = measures::registry().iter().filter(|measure| names.contains(measure.name));
    let note = |measure: &&measures::Measure| {
        let name = measure.name.replace('_', " ");
        let mut letters = name.chars();
        let name: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        MethodNote {
            title: if name == measure.symbol { name } else { format!("{name} ({})", measure.symbol) },
            text: format!("{} It is of the kind {}. Unit: {}.", measure.meaning, measure.kind.name(), measure.unit),
            formula: measure.formula.to_owned(),
            source: format!("Source: {}.", measure.source.trim_end_matches('.')),
        }
    };
    shown.map(note).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_can_explain_itself_on_the_page() {
        let all: BTreeSet<&str> = measures::registry().iter().map(|measure| measure.name).chain(["term", "count"]).collect();
        let notes = measure_notes(&all);
        assert_eq!(notes.len(), measures::registry().len());
        for note in &notes {
            assert!(!note.formula.is_empty() && note.source.starts_with("Source: ") && note.text.contains("Unit: "), "{note:?}");
        }
        assert!(measure_notes(&BTreeSet::from(["term"])).is_empty());
        assert_eq!(measure_notes(&BTreeSet::from(["log_ratio"]))[0].title, "Log ratio (LR)");
    }
}
