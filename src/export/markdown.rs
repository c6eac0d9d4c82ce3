//! A GitHub table: formatted for people, with every mark of Markdown and HTML in a text made plain.

use std::io::{self, Write};

use crate::table::format::{display, printable};
use crate::table::{ColumnKind, Table};

pub(super) fn write(table: &Table, rows: Option<usize>, out: &mut dyn Write) -> io::Result<()> {
    let headings: Vec<String> = table.spec.columns.iter().map(|column| escaped(column.heading)).collect();
    let rules: Vec<&str> = table.spec.columns.iter().map(|column| if is_left(column.kind) { "---" } else { "--:" }).collect();
    writeln!(out, "| {} |\n| {} |", headings.join(" | "), rules.join(" | "))?;
    let shown = rows.unwrap_or(usize::MAX).min(table.rows());
    for row in 0..shown {
        let cells: Vec<String> =
            table.spec.columns.iter().zip(&table.columns).map(|(spec, column)| escaped(&display(&column.value(row), spec.kind))).collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    if shown < table.rows() {
        writeln!(out, "\n{shown} of {} rows.", table.rows())?;
    }
    out.flush()
}

/// Whether cells of `kind` stand at the left; numbers stand at the right, under each other.
pub(super) fn is_left(kind: ColumnKind) -> bool {
    matches!(kind, ColumnKind::Text | ColumnKind::Date | ColumnKind::Boolean)
}

fn escaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in printable(text).chars() {
        match character {
            '\n' | '\r' | '\t' => plain.push(' '),
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            '&' => plain.push_str("&amp;"),
            // A colon after letters would make a link of a bare address.
            ':' if plain.ends_with("http") || plain.ends_with("https") => plain.push_str("&#58;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' | '!' | '$' => {
                plain.push('\\');
                plain.push(character);
            }
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::samples::{TEXTS, hostile};

    fn written(rows: Option<usize>) -> String {
        let mut out = Vec::new();
        write(&hostile(), rows, &mut out).expect("written to memory");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn every_line_is_a_row_of_as_many_cells() {
        let text = written(None);
        assert_eq!(text.lines().count(), 2 + TEXTS.len() + 1);
        for line in text.lines() {
            assert_eq!(line.replace("\\|", "").matches('|').count(), 8, "{line}");
            assert!(!line.contains('<') || line.contains("&lt;") || line.contains("\\<"), "{line}");
        }
        assert!(text.contains("| pipe\\|and \\`tick\\` &lt;b&gt;&amp;amp;&lt;/b&gt; |"), "{text}");
        assert!(text.starts_with("| Term | Count | Per million |"));
        assert!(text.contains("| --- | --: |"));
    }

    #[test]
    fn a_cut_table_says_so() {
        assert!(written(Some(3)).ends_with("\n3 of 29 rows.\n"));
    }
}
