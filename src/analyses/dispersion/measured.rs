//! The dispersion measures of each word in each group.

use super::tables::DISPERSION;
use crate::analyses::measures::dispersion::{
    average_reduced_frequency, carroll_d2, deviation_of_proportions, deviation_of_proportions_normalised, juilland_d, kullback_leibler,
    rosengren_s,
};
use crate::analyses::measures::{Parts, Positions};
use crate::corpus::{Corpus, TermId};
use crate::error::Result;
use crate::maths::summary::wilson_interval;
use crate::table::{Table, TableBuilder};

/// The running text of a group: how many words it has, and where each of the looked-at words stands in it.
struct RunningText {
    words: u64,
    places: Vec<Vec<u64>>,
}

/// Walks the tokens of `members` one document after the other.
fn running_text(corpus: &Corpus, members: &[u32], terms: &[TermId]) -> Result<RunningText> {
    let tokens = corpus.tokens()?;
    let mut text = RunningText { words: 0, places: vec![Vec::new(); terms.len()] };
    for &document in members {
        for &surface in tokens.of(document as usize) {
            if !corpus.surfaces.kinds[surface as usize].counts_as_word() {
                continue;
            }
            if let Some(term) = corpus.folding.term(surface)
                && let Some(at) = terms.iter().position(|&wanted| wanted == term)
            {
                text.places[at].push(text.words);
            }
            text.words += 1;
        }
    }
    Ok(text)
}

/// The table of all `terms` in all groups.
pub(super) fn table(corpus: &Corpus, terms: &[TermId]) -> Result<Table> {
    let members = corpus.groups.members();
    let rows = &corpus.document_terms()?.rows;
    let texts = members.iter().map(|members| running_text(corpus, members, terms)).collect::<Result<Vec<_>>>()?;
    let mut builder = TableBuilder::new(&DISPERSION);
    for (at, &term) in terms.iter().enumerate() {
        for (group, name) in corpus.groups.names.iter().enumerate() {
            let members = &members[group];
            let in_document = |document: u32| {
                let (held, counts) = rows.row(document as usize);
                held.binary_search(&term).map_or(0.0, |place| f64::from(counts[place]))
            };
            let weight = |document: u32| corpus.documents.weights[document as usize];
            let counts: Vec<f64> = members.iter().map(|&document| weight(document) * in_document(document)).collect();
            let sizes: Vec<f64> =
                members.iter().map(|&document| weight(document) * f64::from(corpus.documents.words[document as usize])).collect();
            let parts = Parts { counts: &counts, sizes: &sizes };
            let (count, words) = (counts.iter().sum::<f64>(), sizes.iter().sum::<f64>());
            let weigh = |documents: &mut dyn Iterator<Item = u32>| documents.map(weight).sum::<f64>();
            let holding = weigh(&mut members.iter().copied().filter(|&document| in_document(document) > 0.0));
            let all = weigh(&mut members.iter().copied());
            let interval = wilson_interval(holding, all);
            let positions = Positions { places: &texts[group].places[at], words: texts[group].words };
            builder.row([
                corpus.terms.label(term).into(),
                name.as_str().into(),
                corpus.group_terms.count(group, term).into(),
                (words > 0.0).then(|| count / words * 1e6).into(),
                corpus.group_terms.documents(group, term).into(),
                (all > 0.0).then(|| holding / all).into(),
                // Of nothing the lower end is nothing, not what rounding leaves.
                interval.map(|ends| if holding > 0.0 { ends.0 } else { 0.0 }).into(),
                interval.map(|ends| ends.1).into(),
                deviation_of_proportions(&parts).into(),
                deviation_of_proportions_normalised(&parts).into(),
                juilland_d(&parts).into(),
                rosengren_s(&parts).into(),
                carroll_d2(&parts).into(),
                kullback_leibler(&parts).into(),
                average_reduced_frequency(&positions).into(),
            ]);
        }
    }
    Ok(builder.finish())
}
