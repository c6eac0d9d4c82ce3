//! JSON (one object with the columns' meaning and the rows) and JSON Lines (the rows alone, one a line).
//!
//! Rows are objects by column name, so that `pandas.DataFrame(document["rows"])` and `read_json(lines=True)` work as they
//! are. Missing is `null`, a date is an ISO string, a number has the fewest digits that read back as the same number.
//! Texts are exact: JSON can hold every character, and nothing here runs formulas.

use std::io::{self, Write};

use super::delimited::shortest;
use super::dictionary::kind_name;
use crate::table::format::iso_date;
use crate::table::{Table, Value};

pub(super) fn write(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let spec = table.spec;
    writeln!(out, "{{\"table\": {}, \"title\": {},", string(spec.name), string(spec.title))?;
    writeln!(out, "\"summary\": {}, \"order\": {},", string(spec.summary), string(spec.order))?;
    let notes: Vec<String> = table.notes.iter().map(|note| string(note)).collect();
    writeln!(out, "\"notes\": [{}], \"hidden_rows\": {},", notes.join(", "), table.hidden_rows)?;
    let columns: Vec<String> = spec
        .columns
        .iter()
        .map(|column| {
            let pairs = [
                ("name", column.name),
                ("heading", column.heading),
                ("kind", kind_name(column.kind)),
                ("unit", column.unit),
                ("meaning", column.meaning),
                ("source", column.source),
            ];
            format!("{{{}}}", pairs.map(|(key, text)| format!("{}: {}", string(key), string(text))).join(", "))
        })
        .collect();
    write!(out, "\"columns\": [\n{}\n],\n\"rows\": [", columns.join(",\n"))?;
    for row in 0..table.rows() {
        write!(out, "{}\n{}", if row > 0 { "," } else { "" }, record(table, row))?;
    }
    out.write_all(b"\n]}\n")?;
    out.flush()
}

pub(super) fn write_lines(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    for row in 0..table.rows() {
        writeln!(out, "{}", record(table, row))?;
    }
    out.flush()
}

fn record(table: &Table, row: usize) -> String {
    let pairs: Vec<String> = table
        .spec
        .columns
        .iter()
        .zip(&table.columns)
        .map(|(spec, column)| format!("{}: {}", string(spec.name), value(&column.value(row))))
        .collect();
    format!("{{{}}}", pairs.join(", "))
}

fn value(value: &Value) -> String {
    match value {
        Value::Missing => "null".to_owned(),
        Value::Text(text) => string(text),
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => shortest(*number),
        Value::Date(day) => string(&iso_date(*day)),
        Value::Boolean(truth) => truth.to_string(),
    }
}

fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::samples::{SPEC, TEXTS, hostile};

    #[test]
    fn serde_json_reads_back_every_value() {
        let table = hostile();
        let mut out = Vec::new();
        write(&table, &mut out).expect("written to memory");
        let document: serde_json::Value = serde_json::from_slice(&out).expect("JSON");
        assert_eq!(document["table"], "terms");
        assert_eq!(document["columns"][1]["unit"], "occurrences");
        assert_eq!(document["columns"][0]["meaning"], SPEC.columns[0].meaning);
        let rows = document["rows"].as_array().expect("rows");
        assert_eq!(rows.len(), table.rows());
        for (row, text) in TEXTS.iter().enumerate() {
            assert_eq!(rows[row]["term"], *text);
            assert_eq!(rows[row]["count"].as_i64(), Some(row as i64 * 12_345 - 20_000));
            assert_eq!(rows[row]["per_million"].as_f64(), table.number("per_million", row));
            assert_eq!(rows[row]["is_stop"], row % 2 == 0);
        }
        assert_eq!(rows[0]["date"], "2026-02-16");
        assert!(rows[TEXTS.len()].as_object().expect("an object").values().all(serde_json::Value::is_null));
    }

    #[test]
    fn lines_are_one_object_each_even_with_line_ends_inside() {
        let mut out = Vec::new();
        write_lines(&hostile(), &mut out).expect("written to memory");
        let text = String::from_utf8(out).expect("UTF-8");
        assert_eq!(text.lines().count(), TEXTS.len() + 1);
        for (line, text) in text.lines().zip(TEXTS) {
            assert_eq!(serde_json::from_str::<serde_json::Value>(line).expect("JSON")["term"], *text);
        }
    }
}
