"""Opens hostile CSV and XLSX files in LibreOffice and compares every cell with the JSON of the same table.

    cargo run --example hostile_tables -- FOLDER && python3 scripts/office/check_spreadsheets.py FOLDER
    headword report --sample --xlsx --json --out REPORT && python3 scripts/office/check_spreadsheets.py --report REPORT

The second form opens a real report: every sheet of `report.xlsx`, and its largest CSV files, against the JSON of the same tables.

Python's standard library and `soffice` are enough; with pyarrow installed the Parquet file is checked too.
"""

import json
import math
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

# Separator, quote, UTF-8, first line, column formats (only dates are named: 5 is year-month-day), language, quoted fields are texts,
# special numbers are recognised.
CSV_FILTER = "{separator},34,76,1,6/5,{language},true,true"
# A workbook's numbers are written without exponents, of which LibreOffice reads twenty decimals.
DECIMALS = 1e-20
DANGEROUS = re.compile(r"'*[=+\-@\t\r\n]")


def cleaned(text):
    """The text as every format but JSON and Parquet writes it: control characters are U+FFFD."""
    return "".join("\ufffd" if ord(c) < 32 and c not in "\t\r\n" or 127 <= ord(c) < 160 else c for c in text)


def one_kind_of_line_end(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


def paragraph_text(element):
    """A paragraph's text with its blanks, tabs and line breaks."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == TEXT + "s":
            parts.append(" " * int(child.get(TEXT + "c", "1")))
        elif child.tag == TEXT + "tab":
            parts.append("\t")
        elif child.tag == TEXT + "line-break":
            parts.append("\n")
        else:
            parts.append(paragraph_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def cell_value(cell):
    kind = cell.get(OFFICE + "value-type")
    if kind is None:
        return None
    if kind in ("float", "percentage", "currency"):
        return float(cell.get(OFFICE + "value"))
    if kind == "date":
        return date.fromisoformat(cell.get(OFFICE + "date-value")[:10])
    return "\n".join(paragraph_text(p) for p in cell.findall(TEXT + "p"))


def sheets(path):
    """The rows of each sheet of a flat OpenDocument file, by name; a formula anywhere is an error."""
    found = {}
    for table in ElementTree.parse(path).getroot().iter(TABLE + "table"):
        rows = []
        for row in table.iter(TABLE + "table-row"):
            values = []
            for cell in row.findall(TABLE + "table-cell"):
                assert cell.get(TABLE + "formula") is None, f"{path}: a formula: {cell.attrib}"
                values.extend([cell_value(cell)] * min(int(cell.get(TABLE + "number-columns-repeated", "1")), 20))
            if int(row.get(TABLE + "number-rows-repeated", "1")) < 100:
                rows.append(values)
        found[table.get(TABLE + "name")] = rows
    return found


def opened(path, folder, filter_options=None):
    command = ["soffice", f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless", "--convert-to", "fods", "--outdir", folder]
    if filter_options:
        command.append(f"--infilter=CSV:{filter_options}")
    subprocess.run([*command, str(path)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180)
    return sheets(Path(folder, path.stem + ".fods"))


def compare(name, rows, expected, text_of):
    # A last row without any value is no row to a spreadsheet.
    rows = rows + [[]] * (len(expected) - len(rows))
    for number, (row, record) in enumerate(zip(rows, expected)):
        row = row + [None] * len(record)
        for value, (column, wanted) in zip(row, record.items()):
            place = f"{name}, row {number + 1}, {column}"
            if wanted is None:
                assert value is None, f"{place}: {str(value)[:80]!r} is not empty"
            elif isinstance(wanted, bool):
                assert str(value).upper() in (str(wanted).upper(), str(float(wanted))), f"{place}: {value!r} is not {wanted}"
            elif column == "date" or isinstance(wanted, date):
                wanted = wanted if isinstance(wanted, date) else date.fromisoformat(wanted)
                # Spreadsheets hold no day before 1900-03-01 that all of them agree about: such days are ISO texts.
                if wanted < date(1900, 3, 1):
                    wanted = wanted.isoformat()
                assert value == wanted, f"{place}: {value!r} is not {wanted}"
            elif isinstance(wanted, str):
                assert isinstance(value, str), f"{place}: {value!r} is no text"
                assert value == text_of(wanted), f"{place}: {value[:80]!r} is not {text_of(wanted)[:80]!r}"
            else:
                assert isinstance(value, float), f"{place}: {value!r} is no number"
                assert math.isclose(value, wanted, rel_tol=1e-14, abs_tol=DECIMALS), f"{place}: {value!r} is not {wanted!r}"


# What the table must hold, so that a change of the example can't leave a danger untested.
REQUIRED = {
    "each dangerous first character": lambda texts: all(any(t.startswith(c) for t in texts) for c in "=+-@\t\r\n"),
    "quotes": lambda texts: any('"' in t for t in texts),
    "newlines inside": lambda texts: any("\n" in t[1:] for t in texts),
    "tabs inside": lambda texts: any("\t" in t[1:] for t in texts),
    "NUL": lambda texts: any("\0" in t for t in texts),
    "emoji": lambda texts: any("\U0001f600" in t for t in texts),
    "40,000 characters": lambda texts: any(len(t) >= 40_000 for t in texts),
    "leading zeros": lambda texts: any(re.fullmatch("0[0-9]+", t) for t in texts),
    "long ids": lambda texts: any(re.fullmatch("[0-9]{16,}", t) for t in texts),
    "texts that look like numbers, dates and truths": lambda texts: {"1e5", "3/4", "2026-03-04", "TRUE", "12,5", "50%"} <= set(texts),
}


def in_csv(text):
    text = cleaned(text)
    return one_kind_of_line_end("'" + text if DANGEROUS.match(text) else text)


def in_xlsx(text, table="hostile"):
    text = one_kind_of_line_end(cleaned(text))
    ending = f" … [cut here: the whole text is in {table}.csv]"
    return text if len(text.encode("utf-16-le")) // 2 <= 32767 else text[: 32767 - len(ending)] + ending


def check_report(folder, largest=3):
    """Every sheet of a report's workbook and its largest CSV files hold what the JSON files hold."""
    tables = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(Path(folder, "tables").glob("*.json"))}
    assert tables, "no tables: make the report with --json"
    with tempfile.TemporaryDirectory() as scratch:
        book = opened(Path(folder, "report.xlsx"), scratch)
        assert list(book)[0] == "cover" and "charts" in book, list(book)
        assert "Inputs" in [row[0] for row in book["cover"] if row], book["cover"]
        assert set(tables) <= set(book), set(tables) - set(book)
        for name, table in tables.items():
            # The sheet's first row are the headings; a merged or empty end is no row.
            rows = [row for row in book[name][1:]][: len(table["rows"])]
            compare(f"report.xlsx, {name}", rows, recognised(table), lambda text, name=name: in_xlsx(text, name))
        print(f"report.xlsx: {len(tables)} sheets equal, no formula")
        options = CSV_FILTER.format(separator=44, language=1033)
        for name in sorted(tables, key=lambda name: -Path(folder, "tables", f"{name}.csv").stat().st_size)[:largest]:
            # Only LibreOffice's own recognition tells dates here, so their column is not compared.
            (rows,) = opened(Path(folder, "tables", f"{name}.csv"), scratch, options).values()
            kept = [position for position, column in enumerate(tables[name]["columns"]) if not column["kind"].startswith("date")]
            expected = [{key: value for position, (key, value) in enumerate(row.items()) if position in kept} for row in tables[name]["rows"]]
            rows = [[(row + [None] * 40)[position] for position in kept] for row in rows[1:]]
            compare(f"{name}.csv", rows, expected, in_csv)
            print(f"{name}.csv: {len(expected)} rows equal, no formula")


def recognised(table):
    """The rows of a JSON table with its dates as dates."""
    dates = {column["name"] for column in table["columns"] if column["kind"].startswith("date")}
    return [{key: date.fromisoformat(value) if key in dates and value else value for key, value in row.items()} for row in table["rows"]]


def main(folder):
    expected = json.loads(Path(folder, "hostile.json").read_text("utf-8"))["rows"]
    texts = [row["term"] for row in expected if row["term"] is not None]
    for danger, is_there in REQUIRED.items():
        assert is_there(texts), f"the table lacks {danger}"
    assert any(row["count"] is not None and row["count"] < 0 for row in expected), "the table lacks negative numbers"
    with tempfile.TemporaryDirectory() as scratch:
        for name, separator, language in [("hostile.csv", 44, 1033), ("hostile_excel.csv", 44, 1033), ("hostile_comma.csv", 59, 1031), ("hostile.tsv", 9, 1033)]:
            options = CSV_FILTER.format(separator=separator, language=language)
            (rows,) = opened(Path(folder, name), scratch, options).values()
            assert rows[0][:2] == ["term", "count"], rows[0]
            compare(name, rows[1:], expected, in_csv)
            print(f"{name}: {len(expected)} rows equal, no formula")
        book = opened(Path(folder, "hostile.xlsx"), scratch)
        assert list(book) == ["cover", "hostile"], list(book)
        assert book["cover"][0][0] == "=1+1", book["cover"][0]
        assert book["hostile"][0][:2] == ["Term", "Count"], book["hostile"][0]
        compare("hostile.xlsx", book["hostile"][1:], expected, in_xlsx)
        print(f"hostile.xlsx: {len(expected)} rows equal, no formula")
    try:
        import pyarrow.parquet
    except ImportError:
        print("hostile.parquet: not checked, no pyarrow here")
        return
    table = pyarrow.parquet.read_table(Path(folder, "hostile.parquet"))
    records = [{**row, "date": row["date"] and row["date"].isoformat()} for row in table.to_pylist()]
    assert records == expected
    assert table.schema.field("count").metadata[b"unit"] == b"occurrences", table.schema
    print(f"hostile.parquet: {len(expected)} rows equal, types {[str(field.type) for field in table.schema]}")


if __name__ == "__main__":
    if sys.argv[1] == "--report":
        check_report(sys.argv[2])
    else:
        main(sys.argv[1])
