//! The topic of each document, for analyses that compare within topics.

use super::model::{Settings, model};
use crate::corpus::{Corpus, NONE};
use crate::error::{Error, Result};
use crate::params::Params;

/// The topic of each document, from 1, or `NONE`; the same topics as the analysis gives under `params`.
///
/// # Errors
/// An input error if the corpus has no topics; what the fit could not do.
pub fn lend(corpus: &Corpus, params: &Params, seed: u64) -> Result<Vec<u32>> {
    // Nobody looks at the map of borrowed topics.
    let settings = Settings { mapped: 0, ..Settings::of(params, seed)? };
    match model(corpus, &settings)? {
        Ok(model) => Ok(model.placements.iter().map(|placement| placement.map_or(NONE, |placement| placement.topic as u32 + 1)).collect()),
        Err(reason) => Err(Error::input(format!("there are no topics to compare within: {reason}"))
            .hint("leave `--within` out, or name another field such as month")),
    }
}
