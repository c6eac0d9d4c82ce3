//! Sentences worth reading first: the most named, and who writes which spelling.

use super::forms::{KINDS, code, noun};
use super::named::Named;
use super::ranking::ALL;
use super::spellings::{Split, Usage};
use super::tables::{ENTITIES, SPELLING_TABLE};
use crate::corpus::Corpus;
use crate::table::{Finding, Table};
use std::ops::Range;

/// Differences of spelling are reported at this false discovery rate.
pub(super) const LEVEL: f64 = 0.05;
/// Below this many documents a complete split is reported without a test, as a description.
const FEW_DOCUMENTS: usize = 12;
/// A complete split needs this many mentions to be worth a sentence.
const LEAST_MENTIONS: u32 = 4;
/// Findings about spelling.
const MOST_FINDINGS: usize = 5;

/// A probability for the end of "q …": "= 0.012", "below 0.001".
pub(super) fn equals(probability: f64) -> String {
    if probability < 0.001 {
        "below 0.001".to_owned()
    } else if probability < 0.1 {
        format!("= {probability:.3}")
    } else {
        format!("= {probability:.2}")
    }
}

/// The splits worth showing: significant ones whose groups prefer different spellings, by q and documents, and in small
/// corpora complete ones.
pub(super) fn telling_splits(corpus: &Corpus, splits: &[Split]) -> Vec<usize> {
    let telling = |split: &Split| {
        let usages: Vec<Usage> = split.groups(corpus).into_iter().map(|group| split.usage(corpus, Some(group))).collect();
        let preferred = |usage: &Usage| usage.spellings.first().map(|first| first.0);
        let differ = usages.windows(2).any(|pair| preferred(&pair[0]) != preferred(&pair[1]));
        let complete = usages.iter().all(|usage| usage.spellings.len() == 1);
        let documents: usize = usages.iter().map(|usage| usage.documents).sum();
        let mentions: u32 = usages.iter().map(|usage| usage.mentions).sum();
        match split.q_value {
            Some(q) if q <= LEVEL => differ,
            _ => differ && complete && documents <= FEW_DOCUMENTS && mentions >= LEAST_MENTIONS,
        }
    };
    let mut chosen: Vec<usize> = (0..splits.len())
        .filter(|&number| splits[number].spellings.len() > 1 && corpus.groups.comparable() && telling(&splits[number]))
        .collect();
    chosen.sort_by(|&a, &b| {
        let q = |number: usize| splits[number].q_value.unwrap_or(1.0);
        let documents = |number: usize| splits[number].usage(corpus, None).documents;
        let significant = |number: usize| q(number) <= LEVEL;
        significant(b).cmp(&significant(a)).then_with(|| documents(b).cmp(&documents(a))).then(q(a).total_cmp(&q(b))).then(a.cmp(&b))
    });
    chosen
}

/// Groups that prefer one spelling.
struct Camp {
    spelling: usize,
    groups: Vec<u16>,
    of_spelling: u32,
    mentions: u32,
}

fn camps(corpus: &Corpus, split: &Split) -> Vec<Camp> {
    let mut camps: Vec<Camp> = Vec::new();
    for group in split.groups(corpus) {
        let usage = split.usage(corpus, Some(group));
        let Some(&(spelling, count, _)) = usage.spellings.first() else { continue };
        match camps.iter_mut().find(|camp| camp.spelling == spelling) {
            Some(camp) => {
                camp.groups.push(group);
                camp.of_spelling += count;
                camp.mentions += usage.mentions;
            }
            None => camps.push(Camp { spelling, groups: vec![group], of_spelling: count, mentions: usage.mentions }),
        }
    }
    // The smaller camps are the news; the largest one comes last as "the others".
    camps.sort_by_key(|camp| (camp.groups.len(), camp.mentions, camp.spelling));
    camps
}

fn listed(corpus: &Corpus, groups: &[u16]) -> String {
    let names: Vec<&str> = groups.iter().take(4).map(|&group| corpus.groups.names[usize::from(group)].as_str()).collect();
    match (names.as_slice(), groups.len()) {
        ([one], _) => (*one).to_owned(),
        (_, all) if all > 4 => format!("{} and {} others", names[..3].join(", "), all - 3),
        ([most @ .., last], _) => format!("{} and {last}", most.join(", ")),
        ([], _) => String::new(),
    }
}

/// "A writes “Kiev”, the others “Kyiv”".
pub(super) fn camps_headline(corpus: &Corpus, split: &Split) -> String {
    describe(corpus, split, false)
}

fn describe(corpus: &Corpus, split: &Split, with_numbers: bool) -> String {
    let camps = camps(corpus, split);
    let mut clauses = Vec::new();
    for (place, camp) in camps.iter().enumerate() {
        let last = place + 1 == camps.len();
        let subject = if last && place > 0 && camp.groups.len() > 1 { "the others".to_owned() } else { listed(corpus, &camp.groups) };
        let verb = match (place, camp.groups.len()) {
            (0, 1) => " writes",
            (0, _) => " write",
            _ => "",
        };
        let numbers = if with_numbers { format!(" ({} of {} mentions)", camp.of_spelling, camp.mentions) } else { String::new() };
        clauses.push(format!("{subject}{verb} “{}”{numbers}", split.spellings[camp.spelling]));
    }
    clauses.join(", ")
}

/// The findings, given the rows of `chosen` splits in the table of spellings.
pub(super) fn findings(
    corpus: &Corpus,
    named: &Named,
    entities: &Table,
    splits: &[Split],
    ranges: &[Range<usize>],
    chosen: &[usize],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for &number in chosen.iter().take(MOST_FINDINGS) {
        let split = &splits[number];
        let entity = &named.entities[split.entity];
        let documents = split.usage(corpus, None).documents;
        let evidence = match split.q_value {
            Some(q) if q <= LEVEL => format!("the difference between documents has q {}", equals(q)),
            _ => "too few documents for a test to decide".to_owned(),
        };
        let of = format!("for the {} of {}", split.part.label(), entity.name);
        findings.push(Finding {
            sentence: format!("{} {of}; {documents} documents, {evidence}.", describe(corpus, split, true)),
            weight: if split.q_value.is_some_and(|q| q <= LEVEL) { 70.0 + (documents as f64 / 10.0).min(15.0) } else { 35.0 },
            table: SPELLING_TABLE.name,
            row: Some(ranges[number].start),
        });
    }
    for (kind, weight) in KINDS.into_iter().zip([45.0, 30.0, 25.0, 5.0]) {
        findings.extend(most_named(corpus, entities, code(kind), noun(kind), weight));
    }
    findings
}

fn most_named(corpus: &Corpus, entities: &Table, code: &str, noun: &str, weight: f64) -> Option<Finding> {
    let mut of_kind = (0..entities.rows())
        .take_while(|&row| entities.text("group", row) == Some(ALL))
        .filter(|&row| entities.text("type", row) == Some(code));
    let first = of_kind.next()?;
    let documents = entities.number("documents", first)?;
    let mut sentence =
        format!("The {noun} named in most documents is {}: {documents:.0} of {}", entities.text("entity", first)?, corpus.documents.len());
    let percent = |column: &str| entities.number(column, first).map(|share| share * 100.0);
    if let Some(share) = percent("document_share") {
        sentence.push_str(&format!(" ({share:.0} %"));
        if let (Some(low), Some(high)) = (percent("document_share_low"), percent("document_share_high")) {
            sentence.push_str(&format!(", 95 % interval {low:.0} to {high:.0} %"));
        }
        sentence.push(')');
    }
    let next: Vec<String> = of_kind
        .take(2)
        .filter_map(|row| Some(format!("{} ({:.0})", entities.text("entity", row)?, entities.number("documents", row)?)))
        .collect();
    if !next.is_empty() {
        sentence.push_str(&format!("; then {}", next.join(" and ")));
    }
    sentence.push('.');
    Some(Finding { sentence, weight, table: ENTITIES.name, row: Some(first) })
}
