//! One table as a worksheet: frozen header with notes, filters, number formats from the columns' kinds, fitting widths.
//!
//! - Texts are written as strings: a formula in a text stays a text, `007` keeps its zeros, an address is no link.
//! - A text over 32,767 UTF-16 units (Excel's limit) is cut and says where the whole text is; CSV never cuts.
//! - Whole numbers beyond 2^53 are written as texts, since a spreadsheet would change their last digits.
//! - True and false are those words, as in CSV: LibreOffice reads a spreadsheet's truth values as formulas.
//! - Days before 1 March 1900, which spreadsheets can't hold or disagree about, are ISO texts.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Note, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use crate::table::format::{display, iso_date, printable};
use crate::table::{ColumnKind, ColumnSpec, Table, Value};

/// Excel's limit of characters a cell, in UTF-16 units.
const LONGEST_TEXT: usize = 32_767;
/// Excel's limit of rows, less the header.
const MOST_ROWS: usize = 1_048_575;
const EXACT_INTEGERS: u64 = 1 << 53;
/// Excel's serial number of 1970-01-01.
const EPOCH_SERIAL: i32 = 25_569;
/// Excel's serial number of 1900-03-01: before it Excel counts a leap day that never was.
const FIRST_SAFE_SERIAL: i32 = 61;
const WIDTH_SAMPLE: usize = 300;
const ACCENT: Color = Color::RGB(0x0018_4F66);

/// How many rows of `table` do not fit a sheet.
pub(super) fn rows_left_out(table: &Table) -> usize {
    table.rows().saturating_sub(MOST_ROWS)
}

/// Fills `sheet` with what fits of `table`, row by row.
pub(super) fn fill(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let header = Format::new()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(ACCENT)
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_border_bottom(FormatBorder::Thin);
    let shown = table.rows() - rows_left_out(table);
    let last_column = table.columns.len().saturating_sub(1) as u16;
    sheet.set_row_height(0, 32)?;
    for (position, spec) in table.spec.columns.iter().enumerate() {
        let column = position as u16;
        // The indent keeps right-aligned headings clear of the filter's button.
        let aligned = if is_number(spec.kind) {
            header.clone().set_align(FormatAlign::Right).set_indent(2)
        } else {
            header.clone().set_align(FormatAlign::Left).set_indent(1)
        };
        sheet.write_string_with_format(0, column, spec.heading, &aligned)?;
        sheet.insert_note(0, column, &note(spec))?;
        sheet.set_column_width(column, width(table, position))?;
    }
    let formats: Vec<Format> = table.spec.columns.iter().map(|spec| value_format(spec.kind)).collect();
    for row in 0..shown {
        for (position, format) in formats.iter().enumerate() {
            write_value(sheet, row as u32 + 1, position as u16, &table.columns[position].value(row), table.spec.name, format)?;
        }
    }
    sheet.set_freeze_panes(1, u16::from(table.spec.columns.first().is_some_and(|first| first.kind == ColumnKind::Text)))?;
    sheet.autofilter(0, 0, shown as u32, last_column)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    Ok(())
}

fn is_number(kind: ColumnKind) -> bool {
    matches!(kind, ColumnKind::Integer | ColumnKind::Decimal(_) | ColumnKind::Share | ColumnKind::Probability)
}

fn value_format(kind: ColumnKind) -> Format {
    let format = Format::new();
    match kind {
        // The indent keeps texts clear of a number that ends at their left.
        ColumnKind::Text | ColumnKind::Boolean => format.set_align(FormatAlign::Left).set_indent(1),
        ColumnKind::Integer => format.set_num_format("#,##0"),
        ColumnKind::Decimal(0) => format.set_num_format("#,##0"),
        ColumnKind::Decimal(decimals) => format.set_num_format(format!("#,##0.{}", "0".repeat(usize::from(decimals)))),
        ColumnKind::Share => format.set_num_format("0.0%"),
        ColumnKind::Probability => format.set_num_format("[<0.001]\"< 0.001\";0.000"),
        ColumnKind::Date => format.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left).set_indent(1),
    }
}

fn write_value(sheet: &mut Worksheet, row: u32, column: u16, value: &Value, table: &str, format: &Format) -> Result<(), XlsxError> {
    match value {
        Value::Missing => {}
        Value::Text(text) => {
            sheet.write_string_with_format(row, column, cell_text(text, table), format)?;
        }
        Value::Integer(number) if number.unsigned_abs() > EXACT_INTEGERS => {
            sheet.write_string(row, column, number.to_string())?;
        }
        Value::Integer(number) => {
            sheet.write_number_with_format(row, column, *number as f64, format)?;
        }
        Value::Number(number) => {
            sheet.write_number_with_format(row, column, *number, format)?;
        }
        Value::Date(day) => match day.saturating_add(EPOCH_SERIAL) {
            serial if serial >= FIRST_SAFE_SERIAL => {
                sheet.write_number_with_format(row, column, f64::from(serial), format)?;
            }
            _ => {
                sheet.write_string(row, column, iso_date(*day))?;
            }
        },
        Value::Boolean(truth) => {
            sheet.write_string_with_format(row, column, if *truth { "true" } else { "false" }, format)?;
        }
    }
    Ok(())
}

/// `text` as a cell can hold it: printable, LF for line ends, within Excel's limit.
pub(super) fn cell_text(text: &str, table: &str) -> String {
    let text = printable(text).replace("\r\n", "\n").replace('\r', "\n");
    if text.encode_utf16().count() <= LONGEST_TEXT {
        return text;
    }
    let ending = format!(" … [cut here: the whole text is in {table}.csv]");
    let room = LONGEST_TEXT - ending.encode_utf16().count();
    let mut used = 0;
    let kept: String = text
        .chars()
        .take_while(|character| {
            used += character.len_utf16();
            used <= room
        })
        .collect();
    kept + &ending
}

fn note(spec: &ColumnSpec) -> Note {
    let mut text = format!("{}\n{}", spec.name, spec.meaning);
    if !spec.unit.is_empty() {
        text.push_str(&format!("\nUnit: {}", spec.unit));
    }
    if !spec.source.is_empty() {
        text.push_str(&format!("\nSource: {}", spec.source));
    }
    let lines: usize = text.lines().map(|line| line.width() / 44 + 1).sum();
    Note::new(text).add_author_prefix(false).set_width(300).set_height(lines as u32 * 18 + 12)
}

/// A width that shows the usual cell whole, in characters of the standard font.
fn width(table: &Table, position: usize) -> f64 {
    let spec = table.spec.columns[position];
    let column = &table.columns[position];
    let widest = (0..table.rows().min(WIDTH_SAMPLE))
        .map(|row| display(&column.value(row), spec.kind).lines().map(UnicodeWidthStr::width).max().unwrap_or(0))
        .max()
        .unwrap_or(0);
    // The heading wraps at blanks; the filter's button needs room beside its longest word.
    let heading = spec.heading.split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0) + 4;
    let heading = heading.max(spec.heading.width() / 2 + 4);
    widest.saturating_add(2).max(heading).clamp(8, 60) as f64
}
