//! The cards: one for each thing that could explain a difference of vocabulary.

use super::against::{Against, Aspect};
use super::tables::COMPARABILITY;
use crate::table::{Card, Finding, Standing};

/// Most warnings that a card tells; the table has all.
const MOST_TOLD: usize = 4;

const ASPECTS: [(Aspect, &str, &str); 6] = [
    (Aspect::Dates, "Dates", "The groups' documents are spread over time alike (or have no dates to tell)."),
    (
        Aspect::Lengths,
        "Lengths",
        "The groups' documents are of similar length: no median is more than twice or less than half of the rest's.",
    ),
    (Aspect::Languages, "Languages", "The groups have the same main language in similar shares."),
    (Aspect::Topics, "Topics", "No group covers topics very different from the rest's."),
    (Aspect::Metadata, "Missing metadata", "Dates, titles and fields are missing alike."),
    (Aspect::Documents, "Documents", "Every group has at least ten documents and few exact copies."),
];

/// One card an aspect: sound without a warning, poor where half of the groups or more have one.
pub(super) fn cards(groups: &[Against]) -> Vec<Card> {
    ASPECTS
        .iter()
        .map(|(aspect, title, sound)| {
            let told: Vec<String> =
                groups.iter().flat_map(Against::warnings).filter(|(of, _)| of == aspect).map(|(_, sentence)| sentence).collect();
            let warned = groups.iter().filter(|group| group.warnings().iter().any(|(of, _)| of == aspect)).count();
            let title = format!("Comparability: {}", title.to_lowercase());
            if *aspect == Aspect::Topics && !groups.iter().any(Against::topics_are_known) {
                let detail = "No field tells the topic, and there are too few documents to judge it by their words.".to_owned();
                return Card { title, standing: Standing::Care, verdict: "not known".to_owned(), detail };
            }
            if *aspect == Aspect::Topics && warned == 0 && !groups.iter().any(Against::has_topics_by_field) {
                let detail = "No field tells the topic. The groups share most of their widespread content words, which does not rule out that some cover topics of their own: the topics' shares by group tell.".to_owned();
                return Card { title, standing: Standing::Sound, verdict: "widespread words are alike".to_owned(), detail };
            }
            if warned == 0 {
                return Card { title, standing: Standing::Sound, verdict: "alike".to_owned(), detail: (*sound).to_owned() };
            }
            let mut detail: Vec<String> = told.iter().take(MOST_TOLD).cloned().collect();
            if told.len() > MOST_TOLD {
                detail.push(format!("And {} more; see the table `comparability`.", told.len() - MOST_TOLD));
            }
            if !matches!(aspect, Aspect::Documents | Aspect::Metadata) {
                detail.push("This alone can set words apart.".to_owned());
            }
            Card {
                title,
                standing: if 2 * warned >= groups.len() { Standing::Poor } else { Standing::Care },
                verdict: format!("{warned} of {} groups differ", groups.len()),
                detail: detail.join(" "),
            }
        })
        .collect()
}

/// A sentence for the group that differs most plainly, since whoever reads only findings should know. What is missing or
/// small does not explain words; other languages do before other topics, topics before dates, dates before lengths.
pub(super) fn findings(groups: &[Against]) -> Vec<Finding> {
    let order = [Aspect::Languages, Aspect::Topics, Aspect::Dates, Aspect::Lengths];
    let warnings: Vec<Vec<(Aspect, String)>> =
        groups.iter().map(|group| group.warnings().into_iter().filter(|(aspect, _)| order.contains(aspect)).collect()).collect();
    let warned = warnings.iter().filter(|warnings| !warnings.is_empty()).count();
    let all =
        || warnings.iter().enumerate().flat_map(|(row, warnings)| warnings.iter().map(move |(aspect, sentence)| (row, aspect, sentence)));
    let worst = order.iter().find_map(|wanted| all().find(|(_, aspect, _)| *aspect == wanted));
    let Some((row, _, first)) = worst else { return Vec::new() };
    let verb = if warned == 1 { "differs" } else { "differ" };
    let sentence =
        format!("Before words are compared: {warned} of {} groups {verb} in what alone can set words apart. {first}", groups.len());
    vec![Finding { sentence, weight: 58.0, table: COMPARABILITY.name, row: Some(row) }]
}
