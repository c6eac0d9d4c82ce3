//! Damaged, odd and hostile inputs: counted or rejected with a reason, never a panic.

use super::*;
use crate::read::DateOrder;

#[test]
fn a_bad_line_of_json_does_not_stop_the_rest() {
    let reading = read_bytes(
        "a.jsonl",
        b"{\"text\": \"One.\"}\n{\"text\": \"cut\n[1]\n\n{\"text\": \"  \"}\n{\"title\": \"no text\"}\n{\"text\": null}\nnull\n{\"text\": \"Two.\"}x\n{\"text\": \"Three.\"}",
    );
    assert_eq!(reading.texts(), ["One.", "Three."]);
    let rows: Vec<u64> = reading.rejects.iter().map(|reject| reject.row).collect();
    assert_eq!(rows, [2, 3, 5, 6, 7, 8, 9]);
    assert!(reading.rejects[0].reason.starts_with("not a JSON object: EOF while parsing a string"), "{}", reading.rejects[0].reason);
    assert_eq!(reading.rejects[0].excerpt, "{\"text\": \"cut");
    assert_eq!(reading.rejects[2].reason, "no text");
    assert_eq!(reading.documents[1].place, "a.jsonl:10");
}

#[test]
fn rows_of_a_wrong_width_are_rejected_with_their_line() {
    let reading = read_bytes("a.csv", b"id,text\n1,One.\n2\n3,\"Three\nlines\nlong.\"\n4,Four.,extra\n\n5,\n6,Six.\n");
    assert_eq!(reading.texts(), ["One.", "Three\nlines\nlong.", "Six."]);
    assert_eq!(reading.reasons(), [(3, "1 field where the header has 2"), (7, "3 fields where the header has 2"), (9, "no text")]);
    assert_eq!(reading.rejects[1].excerpt, "4, Four., extra");
}

#[test]
fn a_quote_that_never_closes_costs_one_line() {
    let reading = read_bytes("a.csv", b"id,text\n1,One.\n2,\"Two.\n3,Three.\n4,Four.\n");
    assert_eq!(reading.texts(), ["One.", "Three.", "Four."]);
    assert_eq!(reading.reasons(), [(3, "a quotation mark opens here and never closes")]);
    let reading = read_bytes("a.csv", b"id,text\n1,One.\n2,\"Two.\n3,Three.\n4,5\" pipe.\n5,\"A \"loose\" quote.\"\n");
    assert_eq!(reading.texts(), ["One.", "Three.", "5\" pipe.", "A loose\" quote.\""]);
    assert_eq!(reading.reasons(), [(3, "a quotation mark opens here and closes in the middle of a later line")]);
}

#[test]
fn a_row_above_the_limit_is_rejected_and_the_next_is_read() {
    let long = "x".repeat(30_000);
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        (
            "a.jsonl",
            format!("{{\"text\":\"One.\"}}\n{{\"text\":\"{long}\"}}\n{{\"text\":\"Two.\"}}\n"),
            2,
            "the line is longer than 10000 bytes",
        ),
        ("a.csv", format!("text\nOne.\n{long}\nTwo.\n"), 3, "the row is longer than 10000 bytes"),
        (
            "a.json",
            format!("[{{\"text\":\"One.\"}},{{\"text\":\"{long}\"}},{{\"text\":\"Two.\"}}]"),
            2,
            "the object is longer than 10000 bytes",
        ),
    ];
    for (name, content, row, reason) in cases {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        let options = ReadOptions { inputs: vec![path], max_row_bytes: 10_000, ..ReadOptions::default() };
        let reading = read_with(&options).unwrap();
        assert_eq!(reading.texts(), ["One.", "Two."], "{name}");
        assert_eq!(reading.reasons(), [(row, reason)], "{name}");
    }
    let path = folder.path().join("long.txt");
    std::fs::write(&path, long).unwrap();
    let reading = read_with(&ReadOptions { inputs: vec![path], max_row_bytes: 10_000, ..ReadOptions::default() }).unwrap();
    assert_eq!(reading.reasons(), [(0, "the file is longer than 10000 bytes")]);
}

#[test]
fn one_long_line_below_the_limit_is_a_document() {
    let long = "word ".repeat(60_000);
    let reading = read_bytes("a.jsonl", format!("{{\"text\":\"One.\"}}\n{{\"text\":\"{long}\"}}\n").as_bytes());
    assert_eq!(reading.documents[1].text.len(), long.len());
}

#[test]
fn a_packed_file_that_ends_too_early_keeps_whole_rows_and_says_so() {
    let mut noise = Noise(5);
    let lines: String = (0..400).map(|row| format!("{{\"id\":{row},\"text\":\"Word {}.\"}}\n", noise.next(1_000_000))).collect();
    let table: String =
        format!("id,text\n{}", (0..400).map(|row| format!("{row},\"Word {}.\"\n", noise.next(1_000_000))).collect::<String>());
    for (name, content) in [("a.jsonl.gz", lines), ("a.csv.gz", table)] {
        let packed = gzip(content.as_bytes());
        let reading = read_bytes(name, &packed[..packed.len() * 3 / 4]);
        assert!((100..400).contains(&reading.documents.len()), "{name}: {}", reading.documents.len());
        assert!(reading.documents.iter().all(|document| document.text.ends_with('.')), "{name}");
        assert_eq!(reading.rejects.len(), 1, "{name}: {:?}", reading.rejects);
        assert!(
            reading.rejects[0].reason.contains("can't be read to its end: the packed file ends too early"),
            "{name}: {:?}",
            reading.rejects
        );
    }
    let table: String = (0..60_000).map(|row| format!("{row},Word {}.\n", noise.next(1_000_000))).collect();
    let whole = zstd::encode_all(format!("id,text\n{table}").as_bytes(), 1).unwrap();
    let reading = read_bytes("a.csv.zst", &whole[..whole.len() / 2]);
    assert!(!reading.documents.is_empty());
    assert!(reading.rejects.iter().any(|reject| reject.reason.contains("can't be read to its end")), "{:?}", reading.rejects);
}

#[test]
fn damaged_bytes_and_nuls_are_counted_where_they_stand() {
    let reading = read_bytes("a.csv", b"text,outlet\n\xE2\x80\x9Cgood\xE2\x80\x9D text,A\nbad \xFF byte,A\nnul\0led,A\n");
    assert_eq!(reading.texts(), ["“good” text", "bad \u{FFFD} byte", "nulled"]);
    let counts: Vec<u32> = reading.documents.iter().map(|document| document.replaced_characters).collect();
    assert_eq!((counts, reading.tally.replaced_characters, reading.tally.dropped_nuls), (vec![0, 1, 0], 1, 1));
    let reading = read_bytes("a.jsonl", b"{\"text\":\"\xE2\x80\x9Cgood\xE2\x80\x9D\"}\n{\"text\":\"bad \xFF byte\"}\n{\"text\":\"nul\0led\\u0000\"}\n{\"text\":\"\\ud83d!\"}\n");
    assert_eq!(reading.texts(), ["“good”", "bad \u{FFFD} byte", "nulled", "\u{FFFD}!"]);
    assert_eq!((reading.tally.replaced_characters, reading.tally.dropped_nuls, reading.tally.mended_lines), (2, 2, 1));
}

#[test]
fn legacy_tables_are_decoded_as_a_whole_and_told() {
    let text = "outlet;text\nGrößenauer Bote;Die Bürger öffneten die Tür für fünf Gäste.\n".repeat(40);
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
    let reading = read_bytes("a.csv", &bytes);
    assert_eq!(reading.documents[0].fields, [("outlet".to_owned(), "Größenauer Bote".to_owned())]);
    assert_eq!(reading.tally.encodings.get("windows-1252"), Some(&1));
    assert_eq!(reading.documents.len(), 79);
}

#[test]
fn dates_that_cannot_be_read_leave_the_document() {
    let table = b"text,date\na,2023-09-26\nb,03/04/2023\nc,someday\nd,\ne,NaN\nf,2023\n";
    let reading = read_bytes("a.csv", table);
    let dates: Vec<Option<i32>> = reading.documents.iter().map(|document| document.date).collect();
    assert_eq!(dates, [Some(19_626), None, None, None, None, Some(19_358)]);
    assert_eq!(
        reading.tally.remarks(),
        [
            "4 of 6 documents have no date",
            "1 date not understood and left missing, the first `someday`",
            "1 date left missing because day and month could be swapped, the first `03/04/2023`; state the order with `--date-order`",
            "1 date taken as the first day of a month or year, the first `2023`",
        ]
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    std::fs::write(&path, table).unwrap();
    let reading = read_with(&ReadOptions { inputs: vec![path], date_order: DateOrder::DayFirst, ..ReadOptions::default() }).unwrap();
    assert_eq!(reading.documents[1].date, Some(19_450));
}

#[test]
fn empty_tables_hold_no_rows_and_do_not_fail() {
    for (name, bytes) in
        [("a.csv", b"".as_slice()), ("a.csv", b"text\n"), ("a.jsonl", b"\n \n"), ("a.json", b"  "), ("a.csv.gz", &gzip(b""))]
    {
        let reading = read_bytes(name, bytes);
        assert!(reading.documents.is_empty() && reading.rejects.is_empty(), "{name}");
    }
}

#[test]
fn files_that_are_not_what_they_say_fail_with_a_hint() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("a.parquet", b"PAR1 but nothing else".as_slice()),
        ("b.parquet", b""),
        ("c.jsonl", b"not json\nat all\n"),
        ("d.json", b"<html>"),
        ("e.json", b"[1, 2, 3]"),
        ("f.csv.gz", b"id,text\n1,x\n"),
        ("g.csv", b"a,b\n1,2\n"),
        ("h.jsonl.zst", b"nonsense"),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let error = read_with(&ReadOptions { inputs: vec![path], ..ReadOptions::default() }).unwrap_err();
        assert!(error.hint_text().is_some(), "{name}: {error}");
        assert!(error.to_string().contains(name), "{error}");
        assert!(!error.to_string().contains(&*folder.path().to_string_lossy()), "{error}");
    }
}

#[test]
fn random_bytes_never_panic() {
    let mut noise = Noise(42);
    let pieces: [&[u8]; 24] = [
        b"\"",
        b",",
        b"\n",
        b"\r",
        b"\r\n",
        b"{",
        b"}",
        b"[",
        b"]",
        b":",
        b"\\",
        b"\\u",
        b"d83d",
        b"text",
        b"\"text\":",
        b"\0",
        b"\xFF",
        b"\xC3",
        b"\xA9",
        b"id,text\n",
        b"---\n",
        b"<p>",
        b"\xFF\xFE",
        b"NaN",
    ];
    let folder = tempfile::tempdir().unwrap();
    for round in 0..1_500 {
        let mut bytes: Vec<u8> = match round % 3 {
            0 => b"id,text,date\n".to_vec(),
            1 => b"{\"text\":\"x\"}\n".to_vec(),
            _ => Vec::new(),
        };
        for _ in 0..noise.next(120) {
            bytes.extend_from_slice(pieces[noise.next(pieces.len())]);
        }
        let name =
            ["a.csv", "a.tsv", "a.jsonl", "a.json", "a.txt", "a.md", "a.html", "a.csv.gz", "a.jsonl.zst", "a.parquet"][noise.next(10)];
        let path = folder.path().join(name);
        std::fs::write(&path, &bytes).unwrap();
        if let Ok(reading) = read_with(&ReadOptions { inputs: vec![path], ..ReadOptions::default() }) {
            assert!(reading.documents.iter().all(|document| !document.text.contains('\0') && !document.text.contains('\r')));
            assert!(
                reading.rejects.iter().all(|reject| reject.excerpt.chars().count() <= 120 && !reject.excerpt.contains(char::is_control))
            );
        }
    }
}
