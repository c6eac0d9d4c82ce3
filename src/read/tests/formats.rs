//! The same rows in every format give the same documents.

use super::*;
use polars::prelude::{Column, DataFrame};
use polars_io::parquet::write::ParquetWriter;

/// Rows of a made-up table: id, outlet, date, title, text, topic.
fn rows(count: usize) -> Vec<[String; 6]> {
    let mut noise = Noise(11);
    let pieces = [
        "The ferry",
        "said “no”",
        "\"quoted\"",
        "a, b; c\td",
        "line\nbreak",
        "naïve café",
        "日本",
        "😀",
        "{brace}",
        "[list]",
        "\\n",
        "12.5 %",
    ];
    (0..count)
        .map(|row| {
            let words = 1 + noise.next(if row % 17 == 0 { 900 } else { 12 });
            let text: Vec<&str> = (0..words).map(|_| pieces[noise.next(pieces.len())]).collect();
            let outlet = ["Harbour Times", "The Quay", ""][noise.next(3)];
            [
                format!("doc-{row:04}"),
                outlet.to_owned(),
                format!("2024-{:02}-{:02}", 1 + noise.next(12), 1 + noise.next(28)),
                format!("Title {row}, \"{}\"", pieces[noise.next(4)].replace(['\t', '\n'], " ")),
                text.join(" "),
                ["sea", "town", ""][noise.next(3)].to_owned(),
            ]
        })
        .collect()
}

const HEADER: [&str; 6] = ["doc_id", "Outlet", "PubDate", "headline", "Body", "topic"];

fn delimited(rows: &[[String; 6]], delimiter: u8, terminator: csv::Terminator) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).terminator(terminator).from_writer(Vec::new());
    writer.write_record(HEADER).unwrap();
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    writer.into_inner().unwrap()
}

fn objects(rows: &[[String; 6]]) -> Vec<String> {
    let object = |row: &[String; 6]| {
        let pairs = HEADER.iter().zip(row).map(|(key, value)| {
            let value = if value.is_empty() { serde_json::Value::Null } else { value.as_str().into() };
            ((*key).to_owned(), value)
        });
        serde_json::Value::Object(pairs.collect()).to_string()
    };
    rows.iter().map(object).collect()
}

fn parquet(rows: &[[String; 6]], group: usize) -> Vec<u8> {
    let columns = (0..6)
        .map(|column| {
            let values: Vec<Option<&str>> = rows.iter().map(|row| Some(row[column].as_str()).filter(|value| !value.is_empty())).collect();
            Column::new(HEADER[column].into(), values)
        })
        .collect();
    let mut frame = DataFrame::new(rows.len(), columns).unwrap();
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).with_row_group_size(Some(group)).with_data_page_size(Some(4_000)).finish(&mut frame).unwrap();
    bytes
}

/// Documents without the place, which names the file.
fn documents(name: &str, bytes: &[u8]) -> Vec<RawDocument> {
    let reading = read_bytes(name, bytes);
    assert_eq!(reading.rejects, [], "{name}");
    reading
        .documents
        .into_iter()
        .map(|mut document| {
            document.place.clear();
            document.fields.sort();
            document
        })
        .collect()
}

#[test]
fn every_format_gives_the_same_documents() {
    let rows = rows(230);
    let expected: Vec<RawDocument> = rows
        .iter()
        .map(|[id, outlet, date, title, text, topic]| {
            let date: jiff::civil::Date = date.parse().unwrap();
            let mut fields = vec![("outlet".to_owned(), outlet.clone()), ("topic".to_owned(), topic.clone())];
            fields.retain(|(_, value)| !value.is_empty());
            RawDocument {
                id: id.clone(),
                title: title.clone(),
                text: text.clone(),
                date: Some(jiff::civil::date(1970, 1, 1).until(date).unwrap().get_days()),
                fields,
                ..RawDocument::default()
            }
        })
        .collect();
    let lines = objects(&rows).join("\n");
    let comma = delimited(&rows, b',', csv::Terminator::CRLF);
    let wide: Vec<u8> =
        std::iter::once(0xFEFF).chain(String::from_utf8(comma.clone()).unwrap().encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("news.csv", comma.clone()),
        ("unix.csv", delimited(&rows, b',', csv::Terminator::Any(b'\n'))),
        ("semicolon.csv", delimited(&rows, b';', csv::Terminator::CRLF)),
        ("marked.csv", [b"\xEF\xBB\xBF".as_slice(), &comma].concat()),
        ("excel.csv", [b"sep=;\r\n".as_slice(), &delimited(&rows, b';', csv::Terminator::CRLF)].concat()),
        ("wide.csv", wide),
        ("news.tsv", delimited(&rows, b'\t', csv::Terminator::CRLF)),
        ("news.csv.gz", gzip(&comma)),
        ("news.csv.zst", zstd::encode_all(comma.as_slice(), 1).unwrap()),
        ("news.jsonl", lines.clone().into_bytes()),
        ("windows.ndjson", format!("{}\r\n\r\n", lines.replace('\n', "\r\n")).into_bytes()),
        ("mac.jsonl", lines.replace('\n', "\r").into_bytes()),
        ("news.jsonl.gz", [gzip(&lines.as_bytes()[..lines.len() / 2]), gzip(&lines.as_bytes()[lines.len() / 2..])].concat()),
        ("news.jsonl.zst", zstd::encode_all(lines.as_bytes(), 1).unwrap()),
        ("array.json", format!("[{}]", objects(&rows).join(",\n  ")).into_bytes()),
        ("array.jsonl", format!("[{}]", objects(&rows).join(", ")).into_bytes()),
        ("wrapped.json", format!("{{\"status\": \"ok\", \"tags\": [1, [2]], \"articles\": [{}]}}", objects(&rows).join(",")).into_bytes()),
        ("lines.json", lines.clone().into_bytes()),
        ("pretty.json", objects(&rows).join("\n\n").replace("\",\"", "\",\n  \"").into_bytes()),
        ("one_group.parquet", parquet(&rows, 1_000)),
        ("groups.parquet", parquet(&rows, 64)),
    ];
    for (name, bytes) in cases {
        let found = documents(name, &bytes);
        assert_eq!(found.len(), expected.len(), "{name}");
        for (found, expected) in found.iter().zip(&expected) {
            assert_eq!(found, expected, "{name}");
        }
    }
}

#[test]
fn batches_are_cut_by_content() {
    let rows = rows(300);
    for (name, bytes) in [
        ("a.csv", delimited(&rows, b',', csv::Terminator::CRLF)),
        ("a.jsonl", objects(&rows).join("\n").into_bytes()),
        ("a.json", format!("[{}]", objects(&rows).join(",")).into_bytes()),
        ("a.parquet", parquet(&rows, 100)),
    ] {
        let reading = read_bytes(name, &bytes);
        assert!(reading.batches >= 6, "{name}: {} batches", reading.batches);
        assert_eq!(reading.documents.len(), 300, "{name}");
    }
}

#[test]
fn the_same_set_comes_from_any_order_of_rows() {
    let mut rows = rows(120);
    let mut sorted = documents("a.csv", &delimited(&rows, b',', csv::Terminator::CRLF));
    rows.reverse();
    rows.swap(3, 77);
    let mut shuffled = documents("a.csv", &delimited(&rows, b',', csv::Terminator::CRLF));
    sorted.sort_by(|one, other| one.id.cmp(&other.id));
    shuffled.sort_by(|one, other| one.id.cmp(&other.id));
    assert_eq!(sorted, shuffled);
}

#[test]
fn rows_without_an_id_are_named_alike_in_every_format() {
    let csv = read_bytes("news.csv", b"text,n\nOne.,1\n\"T\nwo.\",2\nThree.,3\n");
    let json = read_bytes("news.jsonl", b"{\"text\":\"One.\",\"n\":1}\n{\"text\":\"T\\nwo.\",\"n\":2}\n{\"text\":\"Three.\",\"n\":3}\n");
    let array = read_bytes("news.json", b"[{\"text\":\"One.\",\"n\":1},{\"text\":\"T\\nwo.\",\"n\":2},{\"text\":\"Three.\",\"n\":3}]");
    let ids =
        |reading: &Reading| reading.documents.iter().map(|document| (document.id.clone(), document.fields.clone())).collect::<Vec<_>>();
    assert_eq!(csv.documents[2].id, "news-row-3");
    assert_eq!(csv.documents[2].place, "news.csv:5");
    assert_eq!(ids(&csv), ids(&json));
    assert_eq!(ids(&csv), ids(&array));
}

#[test]
fn values_of_json_become_text_in_a_stated_way() {
    let reading = read_bytes(
        "news.jsonl",
        br#"{"text": ["First paragraph that is long enough to be one, as anybody can see who reads it up to its end, here.", "Second."],
"#
        .iter()
        .copied()
        .filter(|byte| *byte != b'\n')
        .chain(*br#" "source": {"id": null, "name": "Harbour Times"}, "publishedAt": 1695737100, "keywords": ["sea", "port"], "premium": true, "score": 1.0, "deep": {"x": 1}, "none": null}"#)
        .collect::<Vec<u8>>()
        .as_slice(),
    );
    let document = &reading.documents[0];
    assert!(document.text.ends_with("here.\n\nSecond."));
    assert_eq!(document.date, Some(19_626));
    let fields: Vec<(&str, &str)> = document.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(fields, [("outlet", "Harbour Times"), ("keywords", "sea; port"), ("premium", "true"), ("score", "1.0")]);
    assert_eq!(reading.tally.nested_values, 1);
}

#[test]
fn parquet_keeps_numbers_and_truth_values() {
    let mut frame = DataFrame::new(
        3,
        vec![
            Column::new("text".into(), ["One.", "Two.", "Three."]),
            Column::new("year".into(), [2021_i32, 2022, 2023]),
            Column::new("score".into(), [Some(0.5_f64), None, Some(1.0)]),
            Column::new("premium".into(), [true, false, true]),
            Column::new("timestamp".into(), [1_695_737_100_000_i64, 0, -1]),
        ],
    )
    .unwrap();
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut frame).unwrap();
    let reading = read_bytes("n.parquet", &bytes);
    let fields: Vec<Vec<(&str, &str)>> = reading
        .documents
        .iter()
        .map(|document| document.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect())
        .collect();
    assert_eq!(
        fields,
        [
            vec![("year", "2021"), ("score", "0.5"), ("premium", "true")],
            vec![("year", "2022"), ("premium", "false")],
            vec![("year", "2023"), ("score", "1.0"), ("premium", "true")]
        ]
    );
    assert_eq!(reading.documents[0].date, Some(19_626));
    assert_eq!(reading.documents[0].id, "n-row-1");
    assert_eq!(
        reading.remarks,
        ["columns of `n.parquet`: text = `text` (guessed), date = `timestamp` (guessed), fields `year`, `score`, `premium`"]
    );
}
