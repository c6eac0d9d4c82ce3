//! Distances between groups, and the words that make them: divergence, cosine, Delta, word shifts.
//!
//! Comes in: documents × terms and groups. Goes out: the distance of every pair with an interval from resampled documents,
//! a tree, and each word's contribution to a difference. Not here: whether a difference is chance (see `keyness`).

mod charts;
mod delta;
mod frame;
mod interval;
mod lexicon;
mod pairs;
mod settings;
mod shift;
mod shifts;
mod tables;
#[cfg(test)]
mod tests;

use self::charts::Wording;
use self::frame::{Counts, Frame};
use self::interval::FEWEST_DOCUMENTS;
use self::pairs::{Pairs, distances};
use self::settings::{PARAMS, Settings};
use self::tables::{GROUP_DISTANCES, GROUP_TREE, WORD_SHIFT, WORD_SHIFT_TOTALS};
use super::{AnalysisEntry, Context, Output};
use crate::corpus::{Corpus, Needs};
use crate::error::Result;
use crate::params::Params;
use crate::table::format::thousands;

/// The registry row.
pub static ENTRY: AnalysisEntry = AnalysisEntry {
    name: "distances",
    title: "How far apart the groups are",
    summary: "Measures how far apart the groups' words are (Jensen–Shannon divergence, cosine, Burrows's Delta), draws the tree of groups, and tells which words make each difference (word shift)",
    not_for: "Telling style from subject: groups that cover other topics are far apart for that reason alone",
    needs: |_| Needs::DOCUMENT_TERMS,
    params: PARAMS,
    tables: &[&GROUP_DISTANCES, &GROUP_TREE, &WORD_SHIFT, &WORD_SHIFT_TOTALS],
    build,
};

fn build(corpus: &Corpus, params: &Params, context: &Context) -> Result<Output> {
    let settings = Settings::check(params, corpus)?;
    let mut output = Output::default();
    if let Some(reason) = corpus.groups.obstacle() {
        output.notes.push(format!("Distances are left out: {reason}."));
        return Ok(output);
    }
    let names = &corpus.groups.names;
    let frame = Frame::new(corpus, &settings)?;
    let counts = frame.counts()?;
    let comparisons = shifts::comparisons(names.len(), &settings);
    let resamples = settings.resamples.min(affordable(&frame, comparisons.len()));
    let measured = |counts: &Counts| (distances(&frame, counts, settings.delta_words), shifts::totals(&frame, counts, &comparisons));
    let replicates = frame.resampled(context.seed, resamples, measured)?;
    let pairs =
        Pairs::new(&frame, &distances(&frame, &counts, settings.delta_words), &replicates.iter().map(|(of, _)| of).collect::<Vec<_>>());
    let distance_table = pairs.table(&frame);
    let tree = pairs.tree(names)?;
    let shifts = shifts::shifts(&frame, &counts, &comparisons, &replicates.iter().map(|(_, of)| of).collect::<Vec<_>>());
    let words = shifts::words_table(&frame, &counts, &shifts, settings.top, context.all_rows);
    let totals = shifts::totals_table(&frame, &shifts);
    let wording = Wording::of(&frame, &pairs);
    output.charts = charts::distance_charts(&pairs, &distance_table, tree.is_some(), names, &wording);
    output.charts.extend(charts::shift_charts(&shifts, &words, names, settings.top, &wording));
    output.findings = charts::findings(&pairs, &distance_table, &totals, names);
    output.notes = notes(&frame, &settings, &pairs);
    output.tables.push(distance_table);
    output.tables.extend(tree);
    output.tables.push(words);
    output.tables.push(totals);
    Ok(output)
}

/// Most operations that resampling may cost: (pairs + comparisons by every shift) × terms × resamples.
const MOST_WORK: usize = 1_000_000_000;

fn affordable(frame: &Frame<'_>, comparisons: usize) -> usize {
    let groups = frame.members.len();
    MOST_WORK / ((groups * groups / 2 + 4 * comparisons) * frame.terms.len()).max(1)
}

fn notes(frame: &Frame<'_>, settings: &Settings, pairs: &Pairs) -> Vec<String> {
    let corpus = frame.corpus;
    let mut notes = vec![format!(
        "Distances compare the groups' shares of the {} most frequent terms{}; cosine weighs them by inverse document frequency, Delta takes the {} most frequent.",
        thousands(frame.frequent as u64),
        if settings.drop_stop_words { ", function words left out" } else { ", function words among them" },
        thousands(settings.delta_words.min(frame.frequent) as u64)
    )];
    match pairs.resamples {
        0 if settings.resamples == 0 => notes.push("No documents were resampled (`--resamples 0`): there are no intervals.".to_owned()),
        0 => notes.push("There are too many pairs of groups for intervals; fewer `--terms` make them affordable.".to_owned()),
        resamples => notes.push(format!(
            "Intervals resample the documents within each group ({resamples} times; basic bootstrap). Groups with few documents seem farther than they are; `distance_corrected` takes this out to first order. Groups with fewer than {FEWEST_DOCUMENTS} documents have no interval."
        )),
    }
    if corpus.groups.len() < 3 {
        notes.push("Burrows's Delta and the tree need three groups or more.".to_owned());
    }
    if let Some(lexicon) = &settings.lexicon {
        notes.push(format!(
            "The list of scores has {} words, of which {} occur; all others are left out of the mean score.{}",
            thousands(lexicon.scores.len() as u64),
            thousands(frame.scored.len() as u64),
            if lexicon.repeated > 0 {
                format!(" {} stood there again with another score: the first counts.", lexicon.repeated)
            } else {
                String::new()
            }
        ));
        if frame.scored.is_empty() {
            notes.push("No word of the list of scores occurs, so there is no word shift by it.".to_owned());
        }
    }
    notes
}
