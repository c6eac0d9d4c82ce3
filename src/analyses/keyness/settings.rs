//! The parameters of keyness, and the checked settings that run.

use crate::corpus::Corpus;
use crate::error::{Error, Result, nearest};
use crate::params::{ParamKind, ParamSpec, Params};

use super::super::measures::{self, Evaluate, Measure};

/// What can be set.
pub(super) const PARAMS: &[ParamSpec] = &[
    ParamSpec {
        name: "min-documents",
        kind: ParamKind::Integer(0, 1_000_000),
        default: "0",
        meaning: "Test terms that occur in at least this many documents; 0 stands for 5, or a tenth of the documents where there are fewer than 50",
    },
    ParamSpec {
        name: "min-count",
        kind: ParamKind::Integer(1, 1_000_000_000),
        default: "1",
        meaning: "Test terms that occur at least this often in all documents together",
    },
    ParamSpec {
        name: "resamples",
        kind: ParamKind::Integer(99, 100_000),
        default: "1000",
        meaning: "Bootstrap resamples, and shuffles of the permutation test",
    },
    ParamSpec {
        name: "max-q",
        kind: ParamKind::Number(0.0, 1.0),
        default: "0.05",
        meaning: "List rows with a false discovery rate up to this; `--all` lists every row tested",
    },
    ParamSpec {
        name: "function-words",
        kind: ParamKind::Choice(&["keep", "drop"]),
        default: "keep",
        meaning: "Whether words of the stop list are tested; kept ones carry the flag `function word` and stay out of charts and findings",
    },
    ParamSpec { name: "top", kind: ParamKind::Integer(1, 100), default: "12", meaning: "Terms on each side of a group's chart" },
    ParamSpec {
        name: "measures",
        kind: ParamKind::Text,
        default: "",
        meaning: "Further measures for the rows listed, separated by commas, or `all`; they make the table `keyness_measures`",
    },
];

/// Checked settings.
#[derive(Debug)]
pub(super) struct Settings {
    pub min_documents: u32,
    pub min_count: u64,
    pub resamples: usize,
    pub max_q: f64,
    pub drop_stop_words: bool,
    pub top: usize,
    /// Measures of the further table, in the registry's order.
    pub measures: Vec<&'static Measure>,
    /// What was chosen for the user, in words.
    pub remarks: Vec<String>,
}

/// The most memory that bootstrap weights may take, in bytes (one a document and resample).
const MOST_WEIGHTS: usize = 512 << 20;

impl Settings {
    pub fn check(params: &Params, corpus: &Corpus) -> Result<Self> {
        let mut remarks = Vec::new();
        let documents = corpus.documents.len();
        let min_documents = match params.integer("min-documents") as u32 {
            0 => {
                let automatic = documents.div_ceil(10).clamp(1, 5) as u32;
                if automatic < 5 {
                    remarks.push(format!(
                        "with {documents} documents, terms in {automatic} or more are tested (5 would be asked of 41 documents or more); see --min-documents"
                    ));
                }
                automatic
            }
            asked => asked,
        };
        let asked = params.integer("resamples") as usize;
        let resamples = asked.min((MOST_WEIGHTS / documents.max(1)).max(99));
        if resamples < asked {
            remarks.push(format!("{resamples} resamples instead of {asked}: more would not fit in memory with {documents} documents"));
        }
        Ok(Self {
            min_documents,
            min_count: params.integer("min-count"),
            resamples,
            max_q: params.number("max-q"),
            drop_stop_words: params.choice("function-words") == "drop",
            top: params.integer("top") as usize,
            measures: chosen_measures(params.text("measures"))?,
            remarks,
        })
    }
}

/// Measures that can be computed for a term of a comparison.
fn of_a_term() -> impl Iterator<Item = &'static Measure> {
    measures::registry()
        .iter()
        .copied()
        .filter(|measure| matches!(measure.evaluate, Evaluate::FourCells(_) | Evaluate::TwoSamples(_) | Evaluate::Parts(_)))
}

fn chosen_measures(typed: Option<&str>) -> Result<Vec<&'static Measure>> {
    let Some(typed) = typed else { return Ok(Vec::new()) };
    if typed == "all" {
        return Ok(of_a_term().collect());
    }
    let names: Vec<&str> = typed.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    for name in &names {
        if of_a_term().all(|measure| measure.name != *name) {
            let error = Error::configuration(format!("there is no measure `{name}` for terms"));
            return Err(match nearest(name, of_a_term().map(|measure| measure.name)) {
                Some(near) => error.hint(format!("did you mean `{near}`?")),
                None => error.hint(format!("give some of: {}", of_a_term().map(|measure| measure.name).collect::<Vec<_>>().join(", "))),
            });
        }
    }
    Ok(of_a_term().filter(|measure| names.contains(&measure.name)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_chosen_by_name_in_registry_order() {
        let names: Vec<&str> = chosen_measures(Some("log_ratio, log_likelihood")).unwrap().iter().map(|measure| measure.name).collect();
        assert_eq!(names, ["log_likelihood", "log_ratio"]);
        assert!(chosen_measures(None).unwrap().is_empty());
        assert!(chosen_measures(Some("all")).unwrap().len() >= 3);
        let error = chosen_measures(Some("log_ration")).unwrap_err();
        assert_eq!(error.hint_text(), Some("did you mean `log_ratio`?"));
    }
}
