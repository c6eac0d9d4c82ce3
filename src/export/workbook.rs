//! One workbook for the whole report: a cover, a sheet a table, and the charts as pictures.
//!
//! The bytes depend on nothing but the input: the creation time in the document's properties is a fixed day.

use std::collections::BTreeSet;

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, Image, Url, Workbook as Book, Worksheet, XlsxError};

use unicode_width::UnicodeWidthStr;

use super::sheet;
use crate::error::{Error, Result};
use crate::table::Table;
use crate::table::format::{grouped_integer, printable};

const ACCENT: Color = Color::RGB(0x0018_4F66);
const GREY: Color = Color::RGB(0x0059_5959);
/// Excel's limit of characters in a sheet's name.
const LONGEST_SHEET_NAME: usize = 31;
/// Pictures wider than this many pixels are shown smaller, in full resolution.
const PICTURE_WIDTH: f64 = 960.0;
const PIXELS_A_ROW: f64 = 20.0;
const POINTS_A_LINE: f64 = 15.0;
/// Excel's limit.
const HIGHEST_ROW: f64 = 409.0;
/// Width of the cover's widest column, in characters.
const ABOUT_WIDTH: usize = 90;

/// What goes into a workbook.
#[derive(Debug, Clone, Default)]
pub struct Workbook<'a> {
    /// The report's title.
    pub title: String,
    /// What readers must know first (corpus, date range, settings), as name and value.
    pub cover: Vec<(String, String)>,
    /// The tables, in order; each gets a sheet of its name.
    pub tables: Vec<&'a Table>,
    /// The charts, in order; all on the sheet `charts`.
    pub pictures: Vec<Picture<'a>>,
}

/// A chart as a picture.
#[derive(Debug, Clone)]
pub struct Picture<'a> {
    /// The chart's headline.
    pub title: String,
    /// Unit, n, source and method.
    pub caption: String,
    /// What the picture shows, for those who can't see it.
    pub alternative_text: String,
    /// The picture's bytes.
    pub png: &'a [u8],
}

/// The workbook as the bytes of an XLSX file.
///
/// # Errors
/// An output error when a picture is no PNG, or the workbook can't be put together.
pub fn workbook(content: &Workbook<'_>) -> Result<Vec<u8>> {
    build(content).map_err(|error| Error::output(format!("can't make the workbook: {error}")))
}

fn build(content: &Workbook<'_>) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut book = Book::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(cleaned(&content.title)).set_creation_datetime(&created));

    let mut taken = BTreeSet::from(["cover".to_owned(), "charts".to_owned()]);
    let names: Vec<String> = content.tables.iter().map(|table| sheet_name(table.spec.name, &mut taken)).collect();
    let left_out: Vec<usize> = content.tables.iter().map(|table| sheet::rows_left_out(table)).collect();
    book.push_worksheet(cover(content, &names, &left_out)?);
    if !content.pictures.is_empty() {
        book.push_worksheet(charts(&content.pictures)?);
    }
    for (table, name) in content.tables.iter().zip(&names) {
        // Rows go to a temporary file as they are written: a sheet may have a million.
        let sheet = book.add_worksheet_with_low_memory()?;
        sheet.set_name(name)?;
        sheet::fill(sheet, table)?;
    }
    book.save_to_buffer()
}

fn cleaned(text: &str) -> String {
    sheet::cell_text(text, "run").chars().take(250).collect()
}

fn sheet_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String =
        name.chars().map(|character| if "[]:*?/\\'".contains(character) { '_' } else { character }).take(LONGEST_SHEET_NAME).collect();
    let plain = if plain.is_empty() { "table".to_owned() } else { plain };
    let mut candidate = plain.clone();
    let mut number = 2;
    while !taken.insert(candidate.to_lowercase()) {
        let ending = format!("_{number}");
        candidate = plain.chars().take(LONGEST_SHEET_NAME - ending.len()).collect::<String>() + &ending;
        number += 1;
    }
    candidate
}

fn cover(content: &Workbook<'_>, names: &[String], left_out: &[usize]) -> std::result::Result<Worksheet, XlsxError> {
    let title = Format::new().set_bold().set_font_size(18).set_font_color(ACCENT);
    let heading = Format::new().set_bold().set_font_color(ACCENT).set_font_size(12);
    let key = Format::new().set_font_color(GREY).set_align(FormatAlign::Top);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_align(FormatAlign::Left).set_indent(1);
    let link = Format::new().set_font_color(ACCENT).set_underline(rust_xlsxwriter::FormatUnderline::Single).set_align(FormatAlign::Top);

    let mut cover = Worksheet::new();
    cover.set_name("cover")?;
    cover.set_screen_gridlines(false);
    cover.set_column_width(0, 28)?;
    cover.set_column_width(1, 12)?;
    cover.set_column_width(2, ABOUT_WIDTH as f64)?;
    cover.set_landscape().set_print_fit_to_pages(1, 0);
    cover.write_string_with_format(0, 0, cleaned(&content.title), &title)?;
    let mut row = 2;
    for (name, value) in &content.cover {
        cover.write_string_with_format(row, 0, cleaned(name), &key)?;
        let value = sheet::cell_text(value, "run");
        cover.set_row_height(row, height(&value, ABOUT_WIDTH + 10))?;
        cover.merge_range(row, 1, row, 2, &value, &text)?;
        row += 1;
    }
    row += 1;
    cover.write_string_with_format(row, 0, "Sheet", &heading)?;
    cover.write_string_with_format(row, 1, "Rows", &heading.clone().set_align(FormatAlign::Right))?;
    cover.write_string_with_format(row, 2, "What it holds", &heading.clone().set_align(FormatAlign::Left).set_indent(1))?;
    row += 1;
    if !content.pictures.is_empty() {
        cover.write_url_with_format(row, 0, Url::new("internal:'charts'!A1").set_text("charts"), &link)?;
        cover.write_string_with_format(row, 2, "The charts as pictures.", &text)?;
        row += 1;
    }
    let count = Format::new().set_num_format("#,##0").set_align(FormatAlign::Top);
    for ((table, name), missing) in content.tables.iter().zip(names).zip(left_out) {
        cover.write_url_with_format(row, 0, Url::new(format!("internal:'{name}'!A1")).set_text(name), &link)?;
        cover.write_number_with_format(row, 1, (table.rows() - missing) as f64, &count)?;
        let about = sheet::cell_text(&about(table, *missing), table.spec.name);
        cover.set_row_height(row, height(&about, ABOUT_WIDTH))?;
        cover.write_string_with_format(row, 2, about, &text)?;
        row += 1;
    }
    Ok(cover)
}

/// The height in points of a row that shows `text` whole when its cell is `width` characters wide.
fn height(text: &str, width: usize) -> f64 {
    let lines: usize = text.lines().map(|line| line.width().div_ceil(width).max(1)).sum();
    (lines.max(1) as f64 * POINTS_A_LINE + 3.0).min(HIGHEST_ROW)
}

fn about(table: &Table, missing: usize) -> String {
    let mut lines = vec![format!("{}. {}", table.spec.title, table.spec.summary), format!("Order: {}.", table.spec.order)];
    lines.extend(table.notes.iter().map(|note| printable(note).into_owned()));
    if table.hidden_rows > 0 {
        lines.push(format!("{} more rows with --all.", grouped_integer(table.hidden_rows as i64)));
    }
    if missing > 0 {
        lines.push(format!("{} rows do not fit a sheet; {}.csv has all.", grouped_integer(missing as i64), table.spec.name));
    }
    lines.join("\n")
}

fn charts(pictures: &[Picture<'_>]) -> std::result::Result<Worksheet, XlsxError> {
    let title = Format::new().set_bold().set_font_size(13).set_font_color(ACCENT);
    let caption = Format::new().set_font_color(GREY);
    let mut sheet = Worksheet::new();
    sheet.set_name("charts")?;
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_screen_gridlines(false);
    let mut row = 0;
    for picture in pictures {
        let image = Image::new_from_buffer(picture.png)?.set_alt_text(cleaned(&picture.alternative_text));
        let scale = (PICTURE_WIDTH / image.width()).min(1.0);
        let height = image.height() * scale;
        sheet.write_string_with_format(row, 0, cleaned(&picture.title), &title)?;
        sheet.write_string_with_format(row + 1, 0, sheet::cell_text(&picture.caption, "run"), &caption)?;
        sheet.insert_image(row + 2, 0, &image.set_scale_width(scale).set_scale_height(scale))?;
        row += 4 + (height / PIXELS_A_ROW).ceil() as u32;
    }
    Ok(sheet)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::*;
    use crate::export::samples::{ONE_COLUMN, SPEC, TEXTS, hostile};
    use crate::table::{TableBuilder, Value};

    /// The smallest PNG: one black pixel.
    static PIXEL: &[u8] = &[
        0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3A,
        0x7E, 0x9B, 0x55, 0, 0, 0, 0x0A, b'I', b'D', b'A', b'T', 0x08, 0xD7, 0x63, 0x60, 0, 0, 0, 2, 0, 1, 0xE2, 0x21, 0xBC, 0x33, 0, 0, 0,
        0, b'I', b'E', b'N', b'D', 0xAE, 0x42, 0x60, 0x82,
    ];

    fn content(tables: Vec<&Table>) -> Workbook<'_> {
        let picture = Picture { title: "=A1".to_owned(), caption: "Words".to_owned(), alternative_text: "A dot".to_owned(), png: PIXEL };
        Workbook {
            title: "=cmd|' /C calc'!A0".to_owned(),
            cover: vec![("Corpus".to_owned(), "@SUM(1)\0\u{1b}".to_owned()), ("Rows".to_owned(), "-3".to_owned())],
            tables,
            pictures: vec![picture],
        }
    }

    fn opened(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
        Xlsx::new(Cursor::new(bytes)).expect("a workbook")
    }

    #[test]
    fn calamine_reads_back_every_value_and_no_formula() {
        let table = hostile();
        let mut book = opened(workbook(&content(vec![&table])).expect("made"));
        assert_eq!(book.sheet_names(), ["cover", "charts", "terms"]);
        for name in ["cover", "charts", "terms"] {
            assert!(book.worksheet_formula(name).expect("a sheet").cells().all(|(_, _, formula)| formula.is_empty()), "{name}");
        }
        let range = book.worksheet_range("terms").expect("a sheet");
        let rows: Vec<&[Data]> = range.rows().collect();
        for (heading, column) in rows[0].iter().zip(SPEC.columns) {
            assert_eq!(heading, &Data::String(column.heading.to_owned()));
        }
        for (row, text) in TEXTS.iter().enumerate() {
            let cells = rows[row + 1];
            let expected = if text.is_empty() { Data::Empty } else { Data::String(sheet::cell_text(text, "terms")) };
            assert_eq!(cells[0], expected);
            assert_eq!(cells[1], Data::Float(row as f64 * 12_345.0 - 20_000.0));
            for (cell, column) in cells.iter().zip(&table.columns).skip(2).take(3) {
                assert_eq!(cell, &Data::Float(column.number(row).expect("a number")), "row {row}");
            }
            let Data::DateTime(date) = &cells[5] else { panic!("{:?} is no date", cells[5]) };
            assert_eq!(date.as_f64(), (20_500 + row) as f64 + 25_569.0);
            assert_eq!(cells[6], Data::String(if row % 2 == 0 { "true" } else { "false" }.to_owned()));
        }
        let cover = book.worksheet_range("cover").expect("a sheet");
        assert_eq!(cover.get_value((0, 0)), Some(&Data::String("=cmd|' /C calc'!A0".to_owned())));
        assert_eq!(cover.get_value((2, 1)), Some(&Data::String("@SUM(1)\u{FFFD}\u{FFFD}".to_owned())));
    }

    #[test]
    fn the_bytes_depend_on_the_content_alone() {
        let table = hostile();
        let made = || workbook(&content(vec![&table])).expect("made");
        let first = made();
        // A time of this run would show: ZIP and XML times have a resolution of two and one seconds.
        std::thread::sleep(std::time::Duration::from_millis(2_100));
        assert!(first == made(), "two workbooks of one content differ");
    }

    #[test]
    fn long_cells_long_ids_and_old_days_follow_the_policy() {
        let mut builder = TableBuilder::new(&SPEC);
        let long = "😀".repeat(20_000);
        let rest = || [Value::Missing, Value::Missing, Value::Missing];
        let [share, p, _] = rest();
        builder.row([long.as_str().into(), i64::MAX.into(), Value::Missing, share, p, Value::Date(-65_000), Value::Missing]);
        let table = builder.finish();
        let mut book = opened(workbook(&content(vec![&table])).expect("made"));
        let range = book.worksheet_range("terms").expect("a sheet");
        let Some(Data::String(cell)) = range.get_value((1, 0)) else { panic!("no text") };
        assert!(cell.encode_utf16().count() <= 32_767 && cell.encode_utf16().count() > 32_760);
        assert!(cell.ends_with("the whole text is in terms.csv]"));
        assert_eq!(range.get_value((1, 1)), Some(&Data::String("9223372036854775807".to_owned())));
        assert_eq!(range.get_value((1, 5)), Some(&Data::String("1792-01-14".to_owned())));
    }

    #[test]
    fn sheets_have_distinct_names_and_empty_tables_their_header() {
        let (first, second) = (Table::new(&ONE_COLUMN), Table::new(&ONE_COLUMN));
        let mut book = opened(workbook(&content(vec![&first, &second])).expect("made"));
        assert_eq!(book.sheet_names(), ["cover", "charts", "names", "names_2"]);
        assert_eq!(book.worksheet_range("names_2").expect("a sheet").get_value((0, 0)), Some(&Data::String("Term".to_owned())));
        let mut taken = BTreeSet::new();
        assert_eq!(sheet_name(&"long".repeat(20), &mut taken).chars().count(), 31);
        assert_eq!(sheet_name(&"long".repeat(20), &mut taken).chars().count(), 31);
        assert_eq!(sheet_name("a/b[c]", &mut taken), "a_b_c_");
    }

    #[test]
    fn a_picture_that_is_none_is_an_error() {
        let mut content = content(Vec::new());
        content.pictures[0].png = b"no picture";
        assert!(workbook(&content).is_err());
    }
}
