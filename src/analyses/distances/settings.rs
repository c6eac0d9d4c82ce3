//! The parameters of distances and word shifts, and the checked settings that run.

use super::lexicon::{Lexicon, read_lexicon};
use crate::corpus::Corpus;
use crate::error::{Error, Result};
use crate::params::{ParamKind, ParamSpec, Params};

/// What can be set.
pub(super) const PARAMS: &[ParamSpec] = &[
    ParamSpec {
        name: "terms",
        kind: ParamKind::Integer(10, 10_000_000),
        default: "5000",
        meaning: "Compare the shares of this many most frequent terms",
    },
    ParamSpec {
        name: "delta-words",
        kind: ParamKind::Integer(2, 100_000),
        default: "150",
        meaning: "Most frequent words that Burrows's Delta looks at",
    },
    ParamSpec {
        name: "function-words",
        kind: ParamKind::Choice(&["keep", "drop"]),
        default: "keep",
        meaning: "Whether words of the stop list count",
    },
    ParamSpec {
        name: "resamples",
        kind: ParamKind::Integer(0, 100_000),
        default: "200",
        meaning: "Bootstrap resamples of documents for the intervals; 0 for none",
    },
    ParamSpec {
        name: "group",
        kind: ParamKind::Text,
        default: "",
        meaning: "Word shifts of this group only; without it every group has its own",
    },
    ParamSpec {
        name: "against",
        kind: ParamKind::Text,
        default: "",
        meaning: "Word shifts against this group; without it against all others together",
    },
    ParamSpec {
        name: "lexicon",
        kind: ParamKind::File,
        default: "",
        meaning: "Words with scores (CSV or TSV: word,score) for a word shift of the mean score",
    },
    ParamSpec {
        name: "top",
        kind: ParamKind::Integer(1, 10_000),
        default: "30",
        meaning: "Words of each word shift that are listed and drawn",
    },
];

/// Checked settings.
#[derive(Debug)]
pub(super) struct Settings {
    pub terms: usize,
    pub delta_words: usize,
    pub drop_stop_words: bool,
    pub resamples: usize,
    pub target: Option<usize>,
    pub reference: Option<usize>,
    pub lexicon: Option<Lexicon>,
    pub top: usize,
}

impl Settings {
    pub fn check(params: &Params, corpus: &Corpus) -> Result<Self> {
        let group = |name: &str| params.text(name).map(|typed| corpus.groups.called(&format!("--{name}"), typed)).transpose();
        let (target, reference) = (group("group")?, group("against")?);
        if target.is_some() && target == reference {
            return Err(
                Error::configuration("`--group` and `--against` are the same group").hint("leave one of them out, or name two groups")
            );
        }
        let lexicon = params.file_contents("lexicon")?.map(read_lexicon).transpose().map_err(|error| error.context("`--lexicon`"))?;
        Ok(Self {
            terms: params.integer("terms") as usize,
            delta_words: params.integer("delta-words") as usize,
            drop_stop_words: params.choice("function-words") == "drop",
            resamples: params.integer("resamples") as usize,
            target,
            reference,
            lexicon,
            top: params.integer("top") as usize,
        })
    }
}
