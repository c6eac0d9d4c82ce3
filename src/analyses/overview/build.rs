//! Counts documents, words, dates and duplicates.

use super::charts::charts;
use super::tables::{DOCUMENT_LIST, DUPLICATES, MONTHS, OVERVIEW, REPEATED_LINES, TIMELINE};
use crate::analyses::{Context, Output};
use crate::corpus::Corpus;
use crate::error::Result;
use crate::maths::RandomStream;
use crate::maths::summary::{bootstrap_interval_of_weighted_mean, median, weighted_mean};
use crate::params::Params;
use crate::table::format::{civil, thousands};
use crate::table::{Finding, Table, TableBuilder, Value};
use std::collections::BTreeMap;

const RESAMPLES: usize = 1000;

pub(super) fn build(corpus: &Corpus, _: &Params, context: &Context) -> Result<Output> {
    let duplicates = duplicates_of(corpus);
    let overview = overview(corpus, &duplicates, context.seed);
    let timeline = timeline(corpus);
    let months = months(corpus, context.seed);
    let mut output = Output { findings: findings(corpus, &overview, &duplicates), ..Output::default() };
    output.charts = charts(corpus, &overview, timeline.as_ref().map(|(table, unit)| (table, *unit)), &months);
    output.tables.push(overview);
    output.tables.extend(timeline.map(|(table, _)| table));
    if months.rows() > 0 {
        output.tables.push(months);
    }
    let duplicate_table = duplicate_table(corpus, &duplicates);
    if duplicate_table.rows() > 0 {
        output.tables.push(duplicate_table);
    }
    if !corpus.notes.repeated_lines.is_empty() {
        output.tables.push(repeated_lines(corpus));
    }
    output.tables.push(document_list(corpus));
    output.notes.extend(corpus.groups.absence.clone());
    output.notes.extend(corpus.notes.remarks.iter().cloned());
    output.notes.extend(reading_notes(corpus));
    Ok(output)
}

fn reading_notes(corpus: &Corpus) -> Vec<String> {
    let notes = &corpus.notes;
    let undated = corpus.documents.dates.iter().filter(|date| date.is_none()).count();
    let mut sentences = Vec::new();
    let mut say = |number: u64, one: &str, many: &str| match number {
        0 => {}
        1 => sentences.push(format!("1 {one}.")),
        _ => sentences.push(format!("{} {many}.", thousands(number))),
    };
    say(notes.rejects.len() as u64, "row or file could not be used; see rejects.csv", "rows or files could not be used; see rejects.csv");
    say(undated as u64, "document has no date", "documents have no date");
    say(notes.empty_documents, "document has no words", "documents have no words");
    say(
        notes.repeated_ids,
        "document had an id that was taken, and got a number appended",
        "documents had an id that was taken, and got a number appended",
    );
    say(
        notes.replaced_characters,
        "damaged byte sequence was replaced by the character U+FFFD",
        "damaged byte sequences were replaced by the character U+FFFD",
    );
    let of_their_group = "word for word in at least four documents, and one in a hundred, of their group";
    let left_out = "left out everywhere; see repeated_lines.csv, and `--keep-furniture` to count";
    say(
        notes.repeated_lines.len() as u64,
        &format!("line stands {of_their_group}. It is {left_out} it"),
        &format!("lines stand {of_their_group}. They are {left_out} them"),
    );
    sentences
}

/// For each document the first one with the same words, if that is another.
fn duplicates_of(corpus: &Corpus) -> Vec<Option<u32>> {
    let mut first: BTreeMap<u128, u32> = BTreeMap::new();
    let documents = &corpus.documents;
    (0..documents.len())
        .map(|document| {
            if documents.words[document] == 0 {
                return None;
            }
            let known = *first.entry(documents.fingerprints[document]).or_insert(document as u32);
            (known != document as u32).then_some(known)
        })
        .collect()
}

fn overview(corpus: &Corpus, duplicates: &[Option<u32>], seed: u64) -> Table {
    let mut builder = TableBuilder::new(&OVERVIEW);
    let all: Vec<u32> = (0..corpus.documents.len() as u32).collect();
    let documents = &corpus.documents;
    let total: f64 = documents.words.iter().zip(&documents.weights).map(|(&words, weight)| f64::from(words) * weight).sum();
    let mut add = |name: &str, members: &[u32], types: usize, task: u64| {
        let lengths: Vec<f64> = members.iter().map(|&document| f64::from(documents.words[document as usize])).collect();
        let words: u64 = members.iter().map(|&document| u64::from(documents.words[document as usize])).sum();
        let weights: Vec<f64> = members.iter().map(|&document| documents.weights[document as usize]).collect();
        let interval = bootstrap_interval_of_weighted_mean(&lengths, &weights, RESAMPLES, &mut RandomStream::new(seed, task));
        let weighted_words: f64 = lengths.iter().zip(&weights).map(|(length, weight)| length * weight).sum();
        let dates = || members.iter().filter_map(|&document| documents.dates[document as usize]);
        builder.row([
            name.into(),
            members.len().into(),
            words.into(),
            (total > 0.0).then(|| weighted_words / total).into(),
            weighted_mean(&lengths, &weights).into(),
            interval.map(|ends| ends.0).into(),
            interval.map(|ends| ends.1).into(),
            median(&lengths).into(),
            types.into(),
            Value::date(dates().min()),
            Value::date(dates().max()),
            members.iter().filter(|&&document| documents.dates[document as usize].is_none()).count().into(),
            members.iter().filter(|&&document| duplicates[document as usize].is_some()).count().into(),
            languages(corpus, members).into(),
        ]);
    };
    add("(all)", &all, corpus.terms.len(), 0);
    if !corpus.groups.field.is_empty() {
        for (group, members) in corpus.groups.members().iter().enumerate() {
            let types = (0..corpus.terms.len() as u32).filter(|&term| corpus.group_terms.count(group, term) > 0).count();
            add(&corpus.groups.names[group], members, types, group as u64 + 1);
        }
    }
    builder.finish()
}

fn languages(corpus: &Corpus, members: &[u32]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for &document in members {
        let code = corpus.documents.languages[document as usize].as_str();
        *counts.entry(if code.is_empty() { "unknown" } else { code }).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|&(code, count)| (std::cmp::Reverse(count), code));
    counts.iter().map(|(code, count)| format!("{code} {count}")).collect::<Vec<_>>().join(", ")
}

/// The unit of a time axis with a readable number of steps.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
    Decade,
}

impl Unit {
    fn for_span(days: i32) -> Self {
        match days {
            ..=21 => Self::Day,
            22..=210 => Self::Week,
            211..=2200 => Self::Month,
            2201..=25_000 => Self::Year,
            _ => Self::Decade,
        }
    }

    const fn noun(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
            Self::Decade => "decade",
        }
    }

    /// The first day of the period that holds `day`.
    fn start(self, day: i32) -> i32 {
        // 1970-01-05 was a Monday.
        let Some(date) = civil(day) else { return day };
        let into_year = i32::from(date.day_of_year()) - 1;
        match self {
            Self::Day => day,
            Self::Week => day - (day - 4).rem_euclid(7),
            Self::Month => day - i32::from(date.day()) + 1,
            Self::Year => day - into_year,
            Self::Decade => jiff::civil::Date::new(date.year() - date.year().rem_euclid(10), 1, 1).map_or(day, days_of),
        }
    }

    /// The first day of the following period.
    fn next(self, start: i32) -> i32 {
        let step = match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 31,
            Self::Year => 366,
            Self::Decade => 3_653,
        };
        self.start(start + step)
    }
}

fn days_of(date: jiff::civil::Date) -> i32 {
    date.since(jiff::civil::date(1970, 1, 1)).map_or(0, |span| span.get_days())
}

/// (period, group) → words and weight of each document.
fn by_period(corpus: &Corpus, unit: Unit) -> BTreeMap<(i32, u16), Vec<(u32, f64)>> {
    let mut cells: BTreeMap<(i32, u16), Vec<(u32, f64)>> = BTreeMap::new();
    let documents = &corpus.documents;
    for (document, day) in documents.dates.iter().enumerate() {
        if let Some(day) = day {
            let own = (documents.words[document], documents.weights[document]);
            cells.entry((unit.start(*day), corpus.groups.of_document[document])).or_default().push(own);
        }
    }
    cells
}

fn timeline(corpus: &Corpus) -> Option<(Table, &'static str)> {
    let first = corpus.documents.dates.iter().flatten().min().copied()?;
    let last = corpus.documents.dates.iter().flatten().max().copied()?;
    if first == last {
        return None;
    }
    let unit = Unit::for_span(last - first);
    let cells = by_period(corpus, unit);
    let mut builder = TableBuilder::new(&TIMELINE);
    let mut period = unit.start(first);
    while period <= last {
        for (group, name) in corpus.groups.names.iter().enumerate() {
            let words = cells.get(&(period, group as u16)).map_or(&[][..], Vec::as_slice);
            let sum: u64 = words.iter().map(|&(words, _)| u64::from(words)).sum();
            builder.row([Value::Date(period), name.as_str().into(), words.len().into(), sum.into()]);
        }
        period = unit.next(period);
    }
    Some((builder.finish().with_note(format!("A period is a {}.", unit.noun())), unit.noun()))
}

fn months(corpus: &Corpus, seed: u64) -> Table {
    let mut builder = TableBuilder::new(&MONTHS);
    for (task, ((month, group), words)) in by_period(corpus, Unit::Month).into_iter().enumerate() {
        let (lengths, weights): (Vec<f64>, Vec<f64>) = words.iter().map(|&(words, weight)| (f64::from(words), weight)).unzip();
        let mut stream = RandomStream::new(seed, (1 << 32) + task as u64);
        let interval = bootstrap_interval_of_weighted_mean(&lengths, &weights, RESAMPLES, &mut stream);
        builder.row([
            Value::Date(month),
            corpus.groups.names[group as usize].as_str().into(),
            words.len().into(),
            words.iter().map(|&(words, _)| u64::from(words)).sum::<u64>().into(),
            weighted_mean(&lengths, &weights).into(),
            interval.map(|ends| ends.0).into(),
            interval.map(|ends| ends.1).into(),
        ]);
    }
    builder.finish()
}

fn duplicate_table(corpus: &Corpus, duplicates: &[Option<u32>]) -> Table {
    let documents = &corpus.documents;
    let mut builder = TableBuilder::new(&DUPLICATES);
    for (document, first) in duplicates.iter().enumerate() {
        if let Some(first) = first {
            let group = corpus.groups.of_document[document] as usize;
            builder.row([
                documents.ids[document].as_str().into(),
                documents.ids[*first as usize].as_str().into(),
                corpus.groups.names[group].as_str().into(),
                documents.words[document].into(),
            ]);
        }
    }
    builder.finish()
}

fn repeated_lines(corpus: &Corpus) -> Table {
    let mut builder = TableBuilder::new(&REPEATED_LINES);
    for line in &corpus.notes.repeated_lines {
        builder.row([line.group.as_str().into(), line.text.as_str().into(), line.documents.into(), line.occurrences.into()]);
    }
    builder.finish()
}

fn document_list(corpus: &Corpus) -> Table {
    let documents = &corpus.documents;
    let mut builder = TableBuilder::new(&DOCUMENT_LIST);
    let text = |text: &str| if text.is_empty() { Value::Missing } else { text.into() };
    for document in 0..documents.len() {
        builder.row([
            documents.ids[document].as_str().into(),
            corpus.groups.names[corpus.groups.of_document[document] as usize].as_str().into(),
            Value::date(documents.dates[document]),
            text(&documents.titles[document]),
            documents.words[document].into(),
            documents.sentences[document].into(),
            text(&documents.languages[document]),
            text(&documents.urls[document]),
        ]);
    }
    builder.finish()
}

fn findings(corpus: &Corpus, overview: &Table, duplicates: &[Option<u32>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let copies = duplicates.iter().flatten().count();
    if copies > 0 {
        findings.push(Finding {
            sentence: format!(
                "{} of {} documents are exact duplicates of another; they count as often as they occur.",
                thousands(copies as u64),
                thousands(corpus.documents.len() as u64)
            ),
            weight: (100.0 * copies as f64 / corpus.documents.len() as f64).min(60.0),
            table: DUPLICATES.name,
            row: None,
        });
    }
    let mean_of = |row: usize| overview.number("mean_words", row);
    let sure = |row: &usize| overview.number("mean_words_low", *row).is_some();
    let rows = || (1..overview.rows()).filter(sure);
    let longest = rows().max_by(|&a, &b| mean_of(a).partial_cmp(&mean_of(b)).unwrap_or(std::cmp::Ordering::Equal));
    let shortest = rows().min_by(|&a, &b| mean_of(a).partial_cmp(&mean_of(b)).unwrap_or(std::cmp::Ordering::Equal));
    if let (Some(longest), Some(shortest)) = (longest, shortest)
        && let (Some(low), Some(high)) = (overview.number("mean_words_low", longest), overview.number("mean_words_high", shortest))
        && low > high
    {
        let describe = |row: usize| {
            format!(
                "{} ({:.0} words; {:.0} to {:.0})",
                overview.text("group", row).unwrap_or_default(),
                mean_of(row).unwrap_or(0.0),
                overview.number("mean_words_low", row).unwrap_or(0.0),
                overview.number("mean_words_high", row).unwrap_or(0.0)
            )
        };
        findings.push(Finding {
            sentence: format!(
                "The longest documents on average are those of {}, the shortest those of {}.",
                describe(longest),
                describe(shortest)
            ),
            weight: 15.0,
            table: OVERVIEW.name,
            row: Some(longest),
        });
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_start_where_people_expect() {
        let day = days_of(jiff::civil::date(2026, 11, 22));
        assert_eq!(civil(Unit::Week.start(day)).unwrap().to_string(), "2026-11-16");
        assert_eq!(civil(Unit::Month.start(day)).unwrap().to_string(), "2026-11-01");
        assert_eq!(civil(Unit::Year.start(day)).unwrap().to_string(), "2026-01-01");
        assert_eq!(civil(Unit::Decade.start(day)).unwrap().to_string(), "2020-01-01");
        for unit in [Unit::Day, Unit::Week, Unit::Month, Unit::Year, Unit::Decade] {
            let start = unit.start(days_of(jiff::civil::date(1890, 2, 3)));
            let next = unit.next(start);
            assert!(next > start && unit.start(next) == next && unit.start(next - 1) == start, "{unit:?}");
        }
    }
}
