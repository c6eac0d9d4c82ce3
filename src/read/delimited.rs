//! From a block of CSV or TSV records to documents.

use super::batch::{BatchContext, Part, TableHead};
use super::block::Block;
use super::encoding::replace_damage;
use super::rows::Row;
use super::schema::{ColumnSample, SAMPLE_ROWS};
use super::tally::excerpt;

/// Parses every record of `block`.
pub(super) fn parse(block: &Block, delimiter: u8, table: &TableHead, context: &BatchContext, part: &mut Part) {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(block.bytes.as_slice());
    // The `csv` crate counts `\n` only; a file of old Mac line ends has as many lines as records.
    let has_line_feeds = memchr::memchr(b'\n', &block.bytes).is_some();
    let mut record = csv::ByteRecord::new();
    let mut index = 0;
    let width = table.schema.columns.len();
    while matches!(reader.read_byte_record(&mut record), Ok(true)) {
        let row_number = block.row + index;
        let lines_before =
            if has_line_feeds { record.position().map_or(0, |position| lines_before(&block.bytes, position)) } else { index };
        let line = block.line + lines_before;
        index += 1;
        if record.len() != width {
            let fields = super::tally::plural(record.len() as u64, "field");
            part.reject(table, line, format!("{fields} where the header has {width}"), &shown(&record));
            continue;
        }
        let mut row = Row::default();
        let mut replaced = 0;
        for (cell, (_, usage)) in record.iter().zip(&table.schema.columns) {
            if cell.is_empty() {
                continue;
            }
            let (cell, damaged) = replace_damage(cell);
            replaced += damaged;
            row.put(usage, cell.into_owned());
        }
        let name = || format!("{}-row-{row_number}", table.stem);
        match row.into_document(name, table.place(line), replaced, context, &mut part.tally) {
            Ok(document) => part.documents.push(document),
            Err(reason) => part.reject(table, line, reason.to_owned(), &shown(&record)),
        }
    }
}

/// Lines before a record; the parser's position lies before the blank lines that it skips.
fn lines_before(bytes: &[u8], position: &csv::Position) -> u64 {
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX).min(bytes.len());
    let blank = bytes[start..].iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).filter(|byte| **byte == b'\n').count();
    position.line().saturating_sub(1) + blank as u64
}

fn shown(record: &csv::ByteRecord) -> String {
    let mut text = String::new();
    for field in record {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(&String::from_utf8_lossy(&field[..field.len().min(500)]));
        if text.len() > 500 {
            break;
        }
    }
    excerpt(&text, 120)
}

/// The header's names, the values' lengths among the first records of `bytes`, and how many lines the header took.
pub(super) fn sample(bytes: &[u8], delimiter: u8, has_ended: bool) -> Option<(Vec<ColumnSample>, usize)> {
    let header_end = super::records::record_end(bytes, delimiter, has_ended)?;
    let reader_of = |bytes| csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(bytes);
    let header = reader_of(&bytes[..header_end]).byte_records().next()?.ok()?;
    let mut samples: Vec<ColumnSample> =
        header.iter().map(|name| ColumnSample { name: replace_damage(name).0.trim().to_owned(), longest: 0 }).collect();
    let records: Vec<csv::ByteRecord> = reader_of(&bytes[header_end..]).byte_records().take(SAMPLE_ROWS).flatten().collect();
    // R leaves out the name of the column of row names; other writers end every row with a delimiter. The last record may be cut off.
    let whole = &records[..records.len() - usize::from(records.len() > 1 && !has_ended)];
    if !whole.is_empty() && whole.iter().all(|record| record.len() == samples.len() + 1) {
        let at = if whole.iter().all(|record| record.iter().next_back().is_some_and(<[u8]>::is_empty)) { samples.len() } else { 0 };
        samples.insert(at, ColumnSample::default());
    }
    for record in &records {
        for (cell, sample) in record.iter().zip(&mut samples) {
            sample.longest = sample.longest.max(cell.len());
        }
    }
    Some((samples, header_end))
}

/// The delimiter of a table whose name says CSV: the likeliest of comma, semicolon, tab and bar in its first line.
pub(super) fn guess_delimiter(bytes: &[u8]) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut is_quoted = false;
    for &byte in bytes {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted => break,
            _ if !is_quoted => {
                if let Some((_, count)) = counts.iter_mut().find(|(delimiter, _)| *delimiter == byte) {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    // The first wins a tie, so that a table of one column is read as CSV.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| *delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_commonest_outside_quotes() {
        assert_eq!(guess_delimiter(b"id,text\n1;2;3"), b',');
        assert_eq!(guess_delimiter(b"id;\"a,b,c\";text\n"), b';');
        assert_eq!(guess_delimiter(b"id\ttext"), b'\t');
        assert_eq!(guess_delimiter(b"text\n"), b',');
    }

    #[test]
    fn a_column_that_every_row_has_and_the_header_lacks_has_no_name() {
        let names = |bytes: &[u8]| sample(bytes, b',', true).unwrap().0.into_iter().map(|sample| sample.name).collect::<Vec<_>>();
        assert_eq!(names(b"id,text\n1,a,One.\n2,b,Two.\n"), ["", "id", "text"]);
        assert_eq!(names(b"id,text\na,One.,\nb,Two.,\n"), ["id", "text", ""]);
        assert_eq!(names(b"id,text\na,One.\nb,Two.,x\n"), ["id", "text"]);
    }

    #[test]
    fn the_header_may_hold_line_ends_in_quotes() {
        let (samples, end) = sample(b"id,\"te\nxt\"\r\n1,abc\r\n2,\"a\"\"b\"\r\n", b',', true).unwrap();
        assert_eq!(samples, [ColumnSample { name: "id".into(), longest: 1 }, ColumnSample { name: "te\nxt".into(), longest: 3 }]);
        assert_eq!(end, 12);
    }
}
