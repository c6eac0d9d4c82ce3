//! The explorer's data: one JSON object in the page, which its script draws.

use serde::Serialize;

use super::contexts::named;
use crate::error::{Error, Result};
use crate::table::Explorer;
use crate::table::format::{long_date, printable};

/// The word, its counts and its documents a group, its places as passage, start, end in UTF-16 units, as scripts count.
type Term = (String, Vec<u64>, Vec<u64>, Vec<usize>);

/// Tuples and flat lists instead of objects: keys would double the size.
#[derive(Serialize)]
struct Data {
    /// Name, words, documents, colour on light, colour on dark.
    groups: Vec<(String, u64, u64, String, String)>,
    start: (usize, usize),
    terms: Vec<Term>,
    /// Name, group, day in words.
    documents: Vec<(String, usize, String)>,
    /// Document, text.
    passages: Vec<(usize, String)>,
}

/// The data of `explorer` as JSON that can stand inside a script element; `None` when there is nothing to compare.
///
/// # Errors
/// An internal error when a term has not one count a group, or a place or passage points nowhere.
pub(super) fn explorer_json(explorer: &Explorer) -> Result<Option<String>> {
    let groups = explorer.groups.len();
    if groups < 2 || explorer.terms.is_empty() {
        return Ok(None);
    }
    let broken = |what: &str| Error::internal(format!("the explorer's {what}"));
    let mut terms = Vec::with_capacity(explorer.terms.len());
    for term in &explorer.terms {
        if term.counts.len() != groups || term.documents.len() != groups {
            return Err(broken(&format!("term `{}` has not one count a group", term.term)));
        }
        let mut places = Vec::with_capacity(3 * term.places.len());
        for place in &term.places {
            let text = explorer.passages.get(place.passage).map(|passage| passage.text.as_str());
            let units = |end: usize| text.and_then(|text| text.get(..end)).map(|head| head.encode_utf16().count());
            match (units(place.start), units(place.end)) {
                (Some(start), Some(end)) => places.extend([place.passage, start, end]),
                _ => return Err(broken(&format!("term `{}` has a place that is nowhere", term.term))),
            }
        }
        terms.push((printable(&term.term).into_owned(), term.counts.clone(), term.documents.clone(), places));
    }
    let within = |position: usize| if position < groups { position } else { 0 };
    let start = match (within(explorer.start.0), within(explorer.start.1)) {
        (first, second) if first != second => (first, second),
        (first, _) => (first, if first == 0 { 1 } else { 0 }),
    };
    if explorer.documents.iter().any(|document| document.group >= groups)
        || explorer.passages.iter().any(|passage| passage.document >= explorer.documents.len())
    {
        return Err(broken("passages come from documents or groups that are not there"));
    }
    let data = Data {
        groups: explorer
            .groups
            .iter()
            .map(|group| {
                let (light, dark) = group.colours.clone();
                (printable(&group.name).into_owned(), group.words, group.documents, light, dark)
            })
            .collect(),
        start,
        terms,
        documents: explorer
            .documents
            .iter()
            .map(|document| (named(&document.id, &document.title), document.group, document.date.map(long_date).unwrap_or_default()))
            .collect(),
        // One character for one, so that places stay where they are.
        passages: explorer.passages.iter().map(|passage| (passage.document, printable(&passage.text).into_owned())).collect(),
    };
    let json = serde_json::to_string(&data).map_err(|error| Error::internal(format!("the explorer can't be written: {error}")))?;
    Ok(Some(safe_in_script(&json)))
}

/// JSON whose strings can't end or change the script element that holds them, whatever a document says.
fn safe_in_script(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{ExplorerDocument, ExplorerGroup, ExplorerPassage, ExplorerPlace, ExplorerTerm};

    fn explorer() -> Explorer {
        let group = |name: &str| ExplorerGroup { name: name.to_owned(), words: 1_000, documents: 9, ..ExplorerGroup::default() };
        let text = "😀 é </script> <b>".to_owned();
        let place = ExplorerPlace { passage: 0, start: text.find("</").unwrap_or(0), end: text.find(" <b").unwrap_or(0) };
        let term =
            ExplorerTerm { term: "</script><!--\u{2028}".to_owned(), counts: vec![1, 2], documents: vec![1, 1], places: vec![place] };
        Explorer {
            groups: vec![group("A & B"), group("C")],
            terms: vec![term],
            documents: vec![ExplorerDocument { id: "d".to_owned(), title: "T".to_owned(), group: 1, date: Some(0) }],
            passages: vec![ExplorerPassage { document: 0, text }],
            start: (1, 1),
            notes: Vec::new(),
        }
    }

    #[test]
    fn the_data_come_back_and_cannot_leave_the_script() {
        let json = explorer_json(&explorer()).expect("consistent").expect("two groups");
        assert!(!json.contains(['<', '>', '&', '\u{2028}']), "{json}");
        let data: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(data["terms"][0][0], "</script><!--\u{2028}");
        assert_eq!((&data["groups"][0][0], &data["start"]), (&"A & B".into(), &serde_json::json!([1, 0])));
        // As JavaScript's slice counts: the emoji is two units.
        assert_eq!(data["terms"][0][3], serde_json::json!([0, 5, 14]));
        assert_eq!(data["documents"][0], serde_json::json!(["T (d)", 1, "1 January 1970"]));
    }

    #[test]
    fn nothing_to_compare_is_no_explorer_and_what_points_nowhere_an_error() {
        assert_eq!(explorer_json(&Explorer::default()), Ok(None));
        let breaks: [fn(&mut Explorer); 5] = [
            |explorer| explorer.terms[0].counts.clear(),
            |explorer| explorer.terms[0].places[0].end = 99,
            |explorer| explorer.terms[0].places[0].start = 1,
            |explorer| explorer.passages[0].document = 1,
            |explorer| explorer.documents[0].group = 2,
        ];
        for break_it in breaks {
            let mut explorer = explorer();
            break_it(&mut explorer);
            assert!(explorer_json(&explorer).is_err());
        }
    }
}
