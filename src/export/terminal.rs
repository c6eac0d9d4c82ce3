//! An aligned table for a terminal of a given width: numbers at the right, texts at the left, wide characters counted as
//! two columns, and no escape sequence of a document reaching the terminal.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::ExportOptions;
use super::markdown::is_left;
use crate::table::Table;
use crate::table::format::{display, grouped_integer, printable};

const GAP: usize = 2;
const NARROWEST_TEXT: usize = 12;

pub(super) fn write(table: &Table, options: &ExportOptions, out: &mut dyn Write) -> io::Result<()> {
    let shown = options.rows.unwrap_or(usize::MAX).min(table.rows());
    let columns: Vec<Vec<String>> = table
        .spec
        .columns
        .iter()
        .zip(&table.columns)
        .map(|(spec, column)| {
            let cells = (0..shown).map(|row| plain(&display(&column.value(row), spec.kind)));
            std::iter::once(plain(spec.heading)).chain(cells).collect()
        })
        .collect();
    let is_text: Vec<bool> = table.spec.columns.iter().map(|column| is_left(column.kind)).collect();
    let natural: Vec<usize> = columns.iter().map(|cells| cells.iter().map(|cell| cell.width()).max().unwrap_or(0)).collect();
    let widths = fitted(&natural, &is_text, options.width);

    let gap = " ".repeat(GAP);
    for line in 0..=shown {
        let cells: Vec<String> =
            columns.iter().zip(&widths).zip(&is_text).map(|((cells, width), left)| aligned(&cells[line], *width, *left)).collect();
        writeln!(out, "{}", cells.join(&gap).trim_end())?;
        if line == 0 {
            let rule: Vec<String> = widths.iter().map(|&width| "─".repeat(width)).collect();
            writeln!(out, "{}", rule.join(&gap))?;
        }
    }
    write_remarks(table, shown, widths.len(), out)?;
    out.flush()
}

fn write_remarks(table: &Table, shown: usize, columns: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut remarks = Vec::new();
    if shown < table.rows() {
        remarks.push(format!("{} of {} rows", grouped_integer(shown as i64), grouped_integer(table.rows() as i64)));
    } else if table.rows() == 0 {
        remarks.push("no rows".to_owned());
    }
    let left_out: Vec<&str> = table.spec.columns[columns..].iter().map(|column| column.name).collect();
    if !left_out.is_empty() {
        remarks.push(format!("too narrow for {}: `--format csv` has all columns", left_out.join(", ")));
    }
    if table.hidden_rows > 0 {
        remarks.push(format!("{} more with `--all`", grouped_integer(table.hidden_rows as i64)));
    }
    if !remarks.is_empty() {
        writeln!(out, "({})", remarks.join("; "))?;
    }
    Ok(())
}

/// Widths of the columns that fit into `width`: the widest texts shrink first; then columns at the right are left out.
fn fitted(natural: &[usize], is_text: &[bool], width: usize) -> Vec<usize> {
    let mut kept = natural.len();
    loop {
        let mut widths = natural[..kept].to_vec();
        let gaps = GAP * kept.saturating_sub(1);
        while widths.iter().sum::<usize>() + gaps > width {
            let widest = (0..kept).filter(|&at| is_text[at] && widths[at] > NARROWEST_TEXT).max_by_key(|&at| (widths[at], at));
            match widest {
                Some(at) => widths[at] -= 1,
                None => break,
            }
        }
        if widths.iter().sum::<usize>() + gaps <= width || kept <= 1 {
            return widths.into_iter().map(|each| each.min(width.max(1))).collect();
        }
        kept -= 1;
    }
}

fn aligned(cell: &str, width: usize, left: bool) -> String {
    let cell = shortened(cell, width);
    let padding = " ".repeat(width.saturating_sub(cell.width()));
    if left { format!("{cell}{padding}") } else { format!("{padding}{cell}") }
}

fn shortened(cell: &str, width: usize) -> String {
    if cell.width() <= width {
        return cell.to_owned();
    }
    let mut short = String::new();
    let mut used = 1;
    for character in cell.chars() {
        used += character.width().unwrap_or(0);
        if used > width {
            break;
        }
        short.push(character);
    }
    short.push('…');
    short
}

/// One line without terminal commands: whole escape sequences go, line ends and tabs are blanks, other control characters
/// U+FFFD, and marks that turn the direction of the rest of the line vanish.
fn plain(text: &str) -> String {
    let text: String = without_escapes(text)
        .chars()
        .filter(|character| !matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}'))
        .map(|character| if matches!(character, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}') { ' ' } else { character })
        .collect();
    printable(&text).into_owned()
}

/// `text` without ECMA-48 control sequences (`ESC [ … final`), operating system commands (`ESC ] … BEL` or `ESC \`), and
/// two-character escapes.
fn without_escapes(text: &str) -> String {
    let mut rest = text.chars().peekable();
    let mut kept = String::with_capacity(text.len());
    while let Some(character) = rest.next() {
        match (character, rest.peek()) {
            ('\u{1b}', Some('[')) => {
                rest.next();
                while rest.next_if(|next| matches!(next, '\u{20}'..='\u{3f}')).is_some() {}
                rest.next_if(|next| matches!(next, '\u{40}'..='\u{7e}'));
            }
            ('\u{1b}', Some(']' | 'P' | 'X' | '^' | '_')) => {
                while let Some(next) = rest.next() {
                    if next == '\u{7}' || (next == '\u{1b}' && rest.next_if_eq(&'\\').is_some()) {
                        break;
                    }
                }
            }
            ('\u{1b}', _) => {
                rest.next_if(|next| matches!(next, '\u{30}'..='\u{7e}'));
            }
            _ => kept.push(character),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::samples::{SPEC, hostile};

    fn written(width: usize, rows: Option<usize>) -> String {
        let mut out = Vec::new();
        write(&hostile(), &ExportOptions { width, rows, ..ExportOptions::default() }, &mut out).expect("written to memory");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn no_line_is_wider_than_asked_and_columns_stand_under_each_other() {
        for width in [20, 40, 60, 80, 100, 200] {
            let text = written(width, None);
            for line in text.lines().filter(|line| !line.starts_with('(')) {
                assert!(line.width() <= width, "{width}: {} {line:?}", line.width());
            }
        }
        let text = written(120, Some(5));
        let ends: Vec<usize> = text.lines().take(7).filter_map(|line| line.rfind("2026").map(|at| line[..at].width())).collect();
        assert_eq!(ends.len(), 5);
        assert!(ends.iter().all(|end| *end == ends[0]), "{text}");
    }

    #[test]
    fn what_is_left_out_is_said() {
        let text = written(40, Some(3));
        assert!(text.contains("(3 of 29 rows; too narrow for ") && text.contains("is_stop: `--format csv`"), "{text}");
        let mut out = Vec::new();
        write(&Table::new(&SPEC), &ExportOptions::default(), &mut out).expect("written to memory");
        assert!(String::from_utf8_lossy(&out).ends_with("(no rows)\n"));
    }

    #[test]
    fn a_document_cannot_command_the_terminal() {
        assert_eq!(plain("\u{1b}[31mred\u{1b}[0m"), "red");
        assert_eq!(plain("\u{1b}]0;title\u{7}after"), "after");
        assert_eq!(plain("\u{1b}]8;;http://x\u{1b}\\link"), "link");
        assert_eq!(plain("a\u{1b}cb\u{8}\u{9b}31m"), "ab\u{FFFD}\u{FFFD}31m");
        assert_eq!(plain("one\r\ntwo\u{202E}three"), "one  twothree");
        assert!(!written(100, None).contains('\u{1b}'));
    }

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(aligned("東京", 6, true), "東京  ");
        assert_eq!(aligned("東京都庁", 5, true), "東京…");
        assert_eq!(aligned("7", 3, false), "  7");
    }
}
