//! Places in the texts, as they stand under a finding: document, day, and the line with its word marked.

use serde::Serialize;

use crate::table::format::{long_date, printable};
use crate::table::{Context, RowContexts};

/// Most places shown for one row.
pub(super) const MOST_CONTEXTS: usize = 10;
/// Characters of text on each side of the word.
const SIDE: usize = 160;

#[derive(Serialize)]
pub(super) struct ContextView {
    pub document: String,
    pub about: String,
    pub before: String,
    pub word: String,
    pub after: String,
}

/// The places for row `row` of `table`, if the section has any.
pub(super) fn contexts_of(all: &[RowContexts], table: &str, row: Option<usize>) -> Vec<ContextView> {
    let Some(row) = row else { return Vec::new() };
    all.iter()
        .filter(|entry| entry.table == table && entry.row == row)
        .flat_map(|entry| &entry.contexts)
        .take(MOST_CONTEXTS)
        .map(context_view)
        .collect()
}

/// `context` on one line, cut to a readable length around its word.
pub(super) fn context_view(context: &Context) -> ContextView {
    let about: Vec<String> = context.group.iter().map(|group| printable(group).into_owned()).chain(context.date.map(long_date)).collect();
    ContextView {
        document: named(&context.document, &context.title),
        about: about.join(", "),
        before: last(&on_one_line(&context.before)),
        word: on_one_line(&context.word),
        after: first(&on_one_line(&context.after)),
    }
}

/// Characters of a title.
const TITLE: usize = 90;

/// A document by its title and id, or by its id alone.
pub(super) fn named(id: &str, title: &str) -> String {
    let (id, title) = (on_one_line(id), on_one_line(title));
    let title = title.trim();
    match title.char_indices().nth(TITLE) {
        _ if title.is_empty() || title == id => id,
        Some((end, _)) => format!("{}… ({id})", title[..end].trim_end()),
        None => format!("{title} ({id})"),
    }
}

fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in printable(text).chars() {
        if !character.is_whitespace() {
            line.push(character);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line
}

fn first(text: &str) -> String {
    match text.char_indices().nth(SIDE) {
        Some((end, _)) => format!("{}…", &text[..text[..end].rfind(' ').unwrap_or(end)]),
        None => text.to_owned(),
    }
}

fn last(text: &str) -> String {
    let length = text.chars().count();
    match text.char_indices().nth(length.saturating_sub(SIDE)) {
        Some((start, _)) if length > SIDE => {
            let kept = &text[start..];
            format!("…{}", kept.find(' ').map_or(kept, |blank| &kept[blank + 1..]))
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_cut_around_its_word() {
        let long = "wörd ".repeat(100);
        let context = Context { before: long.clone(), word: "Kyiv".into(), after: format!(" {long}"), date: Some(0), ..Context::default() };
        let view = context_view(&context);
        assert!(view.before.starts_with("…wörd ") && view.before.ends_with("wörd ") && view.before.chars().count() <= SIDE + 1);
        assert!(view.after.starts_with(" wörd") && view.after.ends_with("wörd…") && view.after.chars().count() <= SIDE + 1);
        assert_eq!(view.about, "1 January 1970");
    }

    #[test]
    fn lines_hold_no_breaks_and_no_control_characters() {
        let context = Context { before: "one\r\n\ttwo\0".into(), word: "x".into(), group: Some("A".into()), ..Context::default() };
        let view = context_view(&context);
        assert_eq!((view.before.as_str(), view.about.as_str()), ("one two\u{FFFD}", "A"));
    }

    #[test]
    fn only_the_rows_own_places_are_given_and_ten_at_most() {
        let entry = |row| RowContexts { table: "terms", row, contexts: vec![Context::default(); 8] };
        let all = [entry(1), entry(2), entry(1)];
        assert_eq!(contexts_of(&all, "terms", Some(1)).len(), 10);
        assert_eq!(contexts_of(&all, "terms", Some(3)).len(), 0);
        assert_eq!(contexts_of(&all, "keyness", Some(1)).len(), 0);
        assert_eq!(contexts_of(&all, "terms", None).len(), 0);
    }
}
