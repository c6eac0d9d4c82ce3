//! The explorer's data: one JSON object in the page, which its script draws.

use serde::Serialize;

use super::contexts::{MOST_CONTEXTS, context_view};
use super::input::Explorer;
use crate::error::{Error, Result};
use crate::table::format::printable;

/// Group, document, group and day in words, before, word, after: a tuple, since keys would double the size.
type Place = (usize, String, String, String, String, String);

#[derive(Serialize)]
struct Data {
    groups: Vec<(String, u64)>,
    start: (usize, usize),
    /// The word, its counts and its documents a group.
    terms: Vec<(String, Vec<u64>, Vec<u64>)>,
    /// By term.
    contexts: Vec<Vec<Place>>,
}

/// The data of `explorer` as JSON that can stand inside a script element; `None` when there is nothing to compare.
///
/// # Errors
/// An internal error when a term has not one count a group.
pub(super) fn explorer_json(explorer: &Explorer) -> Result<Option<String>> {
    let groups = explorer.groups.len();
    if groups < 2 || explorer.terms.is_empty() {
        return Ok(None);
    }
    let mut contexts: Vec<Vec<Place>> = vec![Vec::new(); explorer.terms.len()];
    for entry in &explorer.contexts {
        let Some(places) = contexts.get_mut(entry.term) else { continue };
        // Ten a group: which two groups will be looked at is not known.
        if entry.group < groups && places.iter().filter(|place| place.0 == entry.group).count() < MOST_CONTEXTS {
            let view = context_view(&entry.context);
            places.push((entry.group, view.document, view.about, view.before, view.word, view.after));
        }
    }
    let mut terms = Vec::with_capacity(explorer.terms.len());
    for term in &explorer.terms {
        if term.counts.len() != groups || term.documents.len() != groups {
            return Err(Error::internal(format!("the explorer's term `{}` has not one count a group", term.term)));
        }
        terms.push((printable(&term.term).into_owned(), term.counts.clone(), term.documents.clone()));
    }
    let within = |position: usize| if position < groups { position } else { 0 };
    let start = match (within(explorer.start.0), within(explorer.start.1)) {
        (first, second) if first != second => (first, second),
        (first, _) => (first, if first == 0 { 1 } else { 0 }),
    };
    let named = |group: &super::input::ExplorerGroup| (printable(&group.name).into_owned(), group.words);
    let data = Data { groups: explorer.groups.iter().map(named).collect(), start, terms, contexts };
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
    use crate::report::{Context, ExplorerContext, ExplorerGroup, ExplorerTerm};

    fn explorer() -> Explorer {
        let group = |name: &str| ExplorerGroup { name: name.to_owned(), words: 1_000 };
        let term = ExplorerTerm { term: "</script><!--\u{2028}".to_owned(), counts: vec![1, 2], documents: vec![1, 1] };
        let place = |group| ExplorerContext { term: 0, group, context: Context { word: "<b>".to_owned(), ..Context::default() } };
        let contexts = (0..30).map(|at| place(at % 3)).collect();
        Explorer { groups: vec![group("A & B"), group("C")], terms: vec![term], contexts, start: (1, 1) }
    }

    #[test]
    fn the_data_come_back_and_cannot_leave_the_script() {
        let json = explorer_json(&explorer()).expect("consistent").expect("two groups");
        assert!(!json.contains(['<', '>', '&', '\u{2028}']), "{json}");
        let data: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(data["terms"][0][0], "</script><!--\u{2028}");
        assert_eq!((&data["groups"][0][0], &data["start"]), (&"A & B".into(), &serde_json::json!([1, 0])));
        assert_eq!(data["contexts"][0].as_array().map(Vec::len), Some(20));
        assert_eq!(data["contexts"][0][0][4], "<b>");
    }

    #[test]
    fn nothing_to_compare_is_no_explorer_and_a_short_count_an_error() {
        assert_eq!(explorer_json(&Explorer::default()), Ok(None));
        let mut short = explorer();
        short.terms[0].counts.pop();
        assert!(explorer_json(&short).is_err());
    }
}
