//! The checked settings of a comparison.

use super::design::Design;
use super::params::ADJUSTMENTS;
use super::word_list::WordList;
use crate::corpus::Corpus;
use crate::error::{Error, Result, nearest};
use crate::maths::many_tests::Adjustment;
use crate::params::Params;

use super::super::measures::{self, Evaluate, Measure};

/// What is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FeatureKind {
    /// The corpus' terms.
    Terms,
    /// Words as printed.
    Surfaces,
    /// Runs of this many words.
    Ngrams(std::ops::RangeInclusive<usize>),
    /// Entities, lent by the pipeline.
    Entities,
}

/// How p-values are adjusted for their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ManyTests {
    /// By the p-values alone.
    Values(Adjustment),
    /// By the largest statistic of all tests in each shuffle (Westfall & Young 1993, single step).
    MaxT,
    /// Not at all.
    None,
}

impl ManyTests {
    fn named(name: &str) -> Self {
        match name {
            "benjamini-yekutieli" | "by" => Self::Values(Adjustment::BenjaminiYekutieli),
            "holm" => Self::Values(Adjustment::Holm),
            "bonferroni" => Self::Values(Adjustment::Bonferroni),
            "max-t" => Self::MaxT,
            "none" => Self::None,
            _ => Self::Values(Adjustment::BenjaminiHochberg),
        }
    }

    /// The rule's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Values(Adjustment::BenjaminiHochberg) => "Benjamini–Hochberg",
            Self::Values(Adjustment::BenjaminiYekutieli) => "Benjamini–Yekutieli",
            Self::Values(Adjustment::Holm) => "Holm",
            Self::Values(Adjustment::Bonferroni) => "Bonferroni",
            Self::MaxT => "max-T (largest statistic of each shuffle)",
            Self::None => "none: p as it is",
        }
    }

    /// What an adjusted p bounds.
    pub fn bounds(self) -> &'static str {
        match self {
            Self::Values(Adjustment::BenjaminiHochberg | Adjustment::BenjaminiYekutieli) => "false discovery rate",
            Self::Values(Adjustment::Holm | Adjustment::Bonferroni) | Self::MaxT => "family-wise error",
            Self::None => "unadjusted p",
        }
    }
}

/// Checked settings.
#[derive(Debug)]
pub(super) struct Settings {
    pub design: Design,
    /// The field whose values are strata, as typed.
    pub within: Option<String>,
    pub many_tests: ManyTests,
    pub features: FeatureKind,
    pub min_documents: u32,
    pub min_count: u64,
    pub resamples: usize,
    pub max_q: f64,
    pub drop_stop_words: bool,
    pub top: usize,
    /// Measures of the further table, in the registry's order.
    pub measures: Vec<&'static Measure>,
    pub lock_margin: f64,
    pub robustness: usize,
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
        let list = match params.file_contents("reference")? {
            Some(bytes) => {
                let name = params.text("reference").unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
                let list = WordList::parse(bytes, name, params.integer("reference-words"))?;
                remarks.extend(list.remark());
                Some(list)
            }
            None => None,
        };
        let features = features(params)?;
        let design = Design::check(&corpus.groups, params.text("group"), params.text("against"), params.flag("pairwise"), list)?;
        let many_tests = ManyTests::named(params.choice("adjust"));
        debug_assert!(ADJUSTMENTS.contains(&params.choice("adjust")));
        let within = params.text("within").map(|field| field.trim().to_lowercase());
        if matches!(design, Design::List { .. }) {
            let conflict =
                |flag: &str, why: &str| Error::configuration(format!("`{flag}` and `--reference` together")).hint(why.to_owned());
            if within.is_some() {
                return Err(conflict("--within", "a word list has no documents to stratify; leave one of them out"));
            }
            if many_tests == ManyTests::MaxT {
                return Err(conflict("--adjust max-t", "a word list has no documents to shuffle; take holm or benjamini-hochberg"));
            }
            if features == FeatureKind::Entities {
                return Err(conflict("--features entities", "a word list counts words; leave one of them out"));
            }
        }
        Ok(Self {
            design,
            within,
            many_tests,
            features,
            min_documents,
            min_count: params.integer("min-count"),
            resamples,
            max_q: params.number("max-q"),
            drop_stop_words: params.choice("function-words") == "drop",
            top: params.integer("top") as usize,
            measures: chosen_measures(params.text("measures"))?,
            lock_margin: params.number("lock-margin"),
            robustness: params.integer("robustness") as usize,
            remarks,
        })
    }
}

fn features(params: &Params) -> Result<FeatureKind> {
    Ok(match params.choice("features") {
        "surfaces" => FeatureKind::Surfaces,
        "entities" => FeatureKind::Entities,
        "ngrams" => FeatureKind::Ngrams(lengths(params.text("ngram-length").unwrap_or("2"))?),
        _ => FeatureKind::Terms,
    })
}

/// `2`, or `1-3`.
fn lengths(typed: &str) -> Result<std::ops::RangeInclusive<usize>> {
    let wrong = || Error::configuration(format!("`--ngram-length` is `{typed}`")).hint("give a number from 1 to 4, or a range such as 2-3");
    let number = |text: &str| text.trim().parse::<usize>().ok().filter(|length| (1..=4).contains(length)).ok_or_else(wrong);
    let (low, high) = typed.split_once(['-', '–']).unwrap_or((typed, typed));
    let (low, high) = (number(low)?, number(high)?);
    if low > high { Err(wrong()) } else { Ok(low..=high) }
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

    #[test]
    fn lengths_of_runs_are_checked() {
        assert_eq!((lengths("3").unwrap(), lengths("1-4").unwrap()), (3..=3, 1..=4));
        for slip in ["0", "5", "3-2", "two", "", "1-"] {
            assert!(lengths(slip).unwrap_err().hint_text().unwrap().starts_with("give a number from 1 to 4"), "{slip}");
        }
    }
}
