//! Keyness: which terms each group writes more or less often than a reference, with documents as the unit.
//!
//! Comes in: documents × terms (or surfaces, runs of words, entities), words, groups, weights, strata. Goes out: log ratios
//! with bootstrap intervals, permutation p, q over the family tested, charts and sentences. Without `--within` it does not
//! tell whether a difference is one of topic or of wording.

mod bootstrap;
mod charts;
mod compare;
mod design;
#[cfg(test)]
mod design_tests;
mod driving;
mod findings;
mod frame;
mod further_tables;
mod lengths;
mod main_tables;
mod params;
mod permutation;
mod robustness;
mod row;
mod settings;
mod strata;
mod stratified;
mod study;
mod subject;
mod tables;
mod tail;
#[cfg(test)]
mod tests;
mod word_list;

use self::design::Design;
use self::params::PARAMS;
use self::row::{INTERVAL_DOCUMENTS, Row};
use self::settings::{FeatureKind, Settings};
use self::strata::Strata;
use self::study::Study;
use self::subject::Subject;
use super::{AnalysisEntry, Context, Output};
use crate::corpus::{Corpus, Needs};
use crate::error::Result;
use crate::params::Params;

/// The analysis.
pub static ENTRY: AnalysisEntry = AnalysisEntry {
    name: "keyness",
    title: "Words that set groups apart",
    summary: "Compares each group with the rest, another group or a word list: terms written more or less often, with an interval from resampled documents, a permutation p-value and a false discovery rate",
    not_for: "Telling wording from coverage, unless compared with `--within`: a group that covers a topic more writes its words more. And log-likelihood is evidence under independent words, not size",
    // Tokens are what surfaces and runs of words are made of, and what the check of case looks at.
    needs: |_| Needs::DOCUMENT_TERMS.and(Needs::TOKENS),
    params: PARAMS,
    tables: &[
        &tables::KEYNESS,
        &tables::KEYNESS_GROUPS,
        &tables::ROBUSTNESS,
        &tables::KEYNESS_WITHIN,
        &tables::KEYNESS_PAIRS,
        &tables::KEYNESS_MATRIX,
        &tables::KEYNESS_SHRUNK,
        &tables::LOCKWORDS,
        &tables::UNIQUE_WORDS,
        &tables::KEYNESS_MEASURES,
        &tables::KEYNESS_MAP,
    ],
    build,
};

/// The name under which `--within` takes the topics that the pipeline lends, even where documents have a field `topic`.
pub const TOPIC_CLUSTER: &str = "topic-cluster";

/// Whether a run under `params` needs topics lent: `--within topic` where no document has such a field, or the clusters by name.
pub fn borrows_topics(params: &Params, corpus: &Corpus) -> bool {
    match params.text("within").map(|field| field.trim().to_lowercase()).as_deref() {
        Some(TOPIC_CLUSTER) => true,
        Some("topic") => corpus.documents.field("topic").is_none(),
        _ => false,
    }
}

/// Whether a run under `params` needs entities lent.
pub fn borrows_entities(params: &Params) -> bool {
    params.choice("features") == "entities"
}

fn build(corpus: &Corpus, params: &Params, context: &Context) -> Result<Output> {
    let settings = Settings::check(params, corpus)?;
    let mut output = Output::default();
    if let Some(reason) = corpus.groups.obstacle().filter(|_| !settings.design.needs_no_groups()) {
        output.notes.push(format!("Keyness is left out: {reason}."));
        return Ok(output);
    }
    let subject = Subject::new(corpus, &settings.features, settings.min_documents)?;
    let strata = settings.within.as_deref().map(|field| Strata::new(corpus, field)).transpose()?;
    let study = Study::run(&subject, &settings, strata, context.seed);
    let limit = (!context.all_rows).then_some(settings.max_q);
    let rows = study.rows(&study.main, limit);
    output.notes = notes(&study, &rows);
    output.findings = findings::findings(&study, &rows);
    output.charts = charts::bars(&study, &rows);
    let (map, of_all) = further_tables::map(&study, &rows);
    output.charts.extend(charts::points(&study, &map, of_all));
    if matches!(settings.design, Design::Pairwise { .. }) {
        let pairs = study.rows(&study.pairs, limit);
        let matrix = further_tables::matrix(&study, &pairs);
        output.charts.extend(charts::heatmap(&study, &matrix));
        // Who asks for pairs reads them first.
        output.tables.push(main_tables::terms(&study, &tables::KEYNESS_PAIRS, &study.pairs, &pairs, context.all_rows));
        output.tables.push(matrix);
    }
    output.tables.push(main_tables::terms(&study, &tables::KEYNESS, &study.main, &rows, context.all_rows));
    output.tables.push(main_tables::groups(&study));
    let first: Vec<&Row> =
        rows.iter().filter(|row| row.q_value <= settings.max_q && findings::is_presentable(row)).take(settings.robustness).collect();
    if let Some((table, card)) = robustness::robustness(&study, &first) {
        output.tables.push(table);
        output.cards.push(card);
    }
    if study.strata.is_some() {
        let crude = Study::run(&subject, &settings, None, context.seed);
        output.tables.push(further_tables::within(&study, &rows, &crude));
    }
    if matches!(settings.design, Design::Pairwise { .. }) {
        output.tables.push(further_tables::shrunk(&study, limit));
    }
    output.tables.extend(further_tables::lockwords(&study));
    output.tables.push(further_tables::unique_words(&study));
    if !settings.measures.is_empty() {
        output.tables.push(main_tables::measures(&study, &rows));
    }
    output.tables.push(map);
    Ok(output)
}

fn notes(study: &Study<'_>, rows: &[Row]) -> Vec<String> {
    let (settings, subject) = (study.settings, study.subject);
    let corpus = subject.corpus;
    let rule = settings.many_tests;
    let mut notes = vec![format!(
        "Keyness: {} {} in {} or more documents, {} tests in all. Documents are the unit: intervals resample documents within groups ({} times, bootstrap-t); q bounds the {} ({}) over all {} tests.",
        study.terms_tested(),
        subject.plural,
        settings.min_documents,
        study.family,
        settings.resamples,
        rule.bounds(),
        rule.name(),
        study.family
    )];
    notes.push(match (&settings.design, &study.strata) {
        (Design::List { .. }, _) => "The reference is a list without documents: p-values come from a quasi-likelihood test, the group's variation over its documents estimated and the list's count taken as Poisson.".to_owned(),
        (_, None) => format!(
            "p-values shuffle the groups of documents{} ({} times, studentised difference of rates, two-sided; the far tail by saddle-point approximation).",
            match study.main.iter().map(|comparison| comparison.classes).min() {
                Some(classes) if classes > 1 => format!(" among documents of like length, in {classes} classes"),
                _ => ", of any length: there are too few of like length".to_owned(),
            },
            settings.resamples
        ),
        (_, Some(strata)) => format!(
            "Groups are compared within the same {}: log ratios are Mantel–Haenszel ratios over {} strata ({} of them with documents of two groups or more), p-values shuffle documents within strata ({} times; the far tail by saddle-point approximation), and intervals resample documents, which keep their stratum.",
            strata.field,
            strata.count,
            strata.shared(subject),
            settings.resamples
        ),
    });
    notes.push(format!(
        "An interval has both ends where at least {INTERVAL_DOCUMENTS} documents on either side hold the term; with fewer on one side it has the end nearer zero only, with fewer on both sides none: the table then says “too few documents”. {}",
        if settings.drop_stop_words {
            "Words of the stop list were not tested."
        } else {
            "Words of the stop list are tested and listed with the flag “function word”, but stay out of charts and sentences."
        }
    ));
    if corpus.documents.is_weighted() {
        let weights: f64 = corpus.documents.weights.iter().sum();
        notes.push(format!(
            "Documents are weighted: {} documents weigh as {weights:.1}. Counts in the tables are plain; rates, ratios, intervals and tests use the weights.",
            corpus.documents.len()
        ));
    }
    if settings.features == FeatureKind::Entities {
        notes.push("Entities are those that `entities` finds with its default settings; rates are mentions per million words.".to_owned());
    }
    notes.extend(settings.remarks.iter().cloned());
    for &group in settings.design.groups() {
        let is_tested = study
            .main
            .iter()
            .any(|comparison| comparison.groups.iter().zip(&comparison.tested).any(|(member, tested)| *member == group && *tested));
        if !is_tested {
            notes.push(format!("“{}” has no words, or all of them: it is not compared.", corpus.groups.names[group]));
        }
    }
    if rows.is_empty() {
        notes.push(format!(
            "No term differs with a {} of at most {}: with {} documents in {} groups, chance explains what differences there are.",
            rule.bounds(),
            settings.max_q,
            corpus.documents.len(),
            corpus.groups.len()
        ));
    }
    notes
}
