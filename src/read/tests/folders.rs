//! Folders of texts: where outlet, date and title come from.

use super::*;
use std::path::PathBuf;

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, content) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
}

fn field<'a>(document: &'a RawDocument, name: &str) -> Option<&'a str> {
    document.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
}

#[test]
fn metadata_beats_front_matter_beats_folder() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &[
            ("texts/herald/a.txt", "---\ntitle: From the block\noutlet: The Block\ndate: 26 Sept. 2023\nAuthor: Ann Lee\n---\n\nText a.\n"),
            ("texts/herald/b.txt", "A headline of b\n\nText b."),
            ("texts/times/c.txt", "---\noutlet: Also Block\n---\nText c.\r\nMore.\r\n"),
            ("texts/times/empty.txt", " \n\n"),
            ("meta.csv", "file,publication,date,party\nc.txt,From Metadata,2024-01-01,Left\nherald/b,,,Right\ngone.txt,x,,\n"),
        ],
    );
    let options =
        ReadOptions { inputs: vec![folder.path().join("texts")], metadata: Some(folder.path().join("meta.csv")), ..ReadOptions::default() };
    let reading = read_with(&options).unwrap();
    let [a, b, c] = reading.documents.as_slice() else { panic!("{:?}", reading.documents) };
    assert_eq!((a.id.as_str(), a.title.as_str(), a.date, a.text.as_str()), ("herald/a", "From the block", Some(19_626), "Text a.\n"));
    assert_eq!((field(a, "outlet"), field(a, "author")), (Some("The Block"), Some("Ann Lee")));
    assert_eq!((field(b, "outlet"), field(b, "party"), b.title.as_str()), (Some("herald"), Some("Right"), "A headline of b"));
    assert_eq!((field(c, "outlet"), field(c, "party"), c.date), (Some("From Metadata"), Some("Left"), Some(19_723)));
    assert_eq!(c.text, "Text c.\nMore.\n");
    assert_eq!(reading.rejects, [Reject { file: "times/empty.txt".into(), row: 0, reason: "no text".into(), excerpt: "   ".into() }]);
    assert_eq!(reading.remarks, ["metadata: 3 rows by column `file`, 2 of 4 files found, 1 row without a file"]);
}

#[test]
fn metadata_joins_tables_by_id() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("news.csv", "id,text\na,Text.\nb,Text.\n"), ("meta.csv", "id,outlet\nb,Herald\n")]);
    let options = ReadOptions {
        inputs: vec![folder.path().join("news.csv")],
        metadata: Some(folder.path().join("meta.csv")),
        ..ReadOptions::default()
    };
    let reading = read_with(&options).unwrap();
    assert_eq!(reading.documents.iter().map(|document| field(document, "outlet")).collect::<Vec<_>>(), [None, Some("Herald")]);
    assert_eq!(reading.tally.metadata_matches, 1);
}

#[test]
fn a_field_may_come_from_the_metadata_of_a_table() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("news.csv", "id,text\na,Text.\n"), ("meta.csv", "id,Party\na,Left\n")]);
    let mut options =
        ReadOptions { inputs: vec![folder.path().join("news.csv")], required_fields: vec!["party".into()], ..ReadOptions::default() };
    assert_eq!(read_with(&options).unwrap_err().to_string(), "`news.csv` has no column `party`");
    options.metadata = Some(folder.path().join("meta.csv"));
    assert_eq!(field(&read_with(&options).unwrap().documents[0], "party"), Some("Left"));
}

#[test]
fn tables_in_folders_are_named_by_their_path_and_told_together() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("2023/news.csv", "text,party\nOne.,x\n"), ("2024/news.csv", "text,party\nTwo.,x\n"), ("2025/none.csv", "")]);
    let reading = read(folder.path());
    assert_eq!(reading.documents.iter().map(|document| document.id.as_str()).collect::<Vec<_>>(), ["2023/news-row-1", "2024/news-row-1"]);
    assert_eq!(
        reading.remarks,
        ["columns of `2023/news.csv` and 1 other table: text = `text` (guessed), fields `party`", "no rows in `2025/none.csv`"]
    );
}

#[test]
fn packed_texts_and_pages_are_documents() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt.gz"), gzip("Café.".as_bytes())).unwrap();
    std::fs::write(folder.path().join("b.html"), b"<meta charset=iso-8859-1><title>Caf\xe9</title><p>Caf\xe9 &amp; bar.</p>").unwrap();
    std::fs::write(folder.path().join("c.txt.gz"), &gzip(b"Text that is cut off.")[..20]).unwrap();
    let reading = read(folder.path());
    assert_eq!(reading.texts(), ["Café.", "Café & bar."]);
    assert_eq!(reading.documents[1].title, "Café");
    assert_eq!(reading.reasons(), [(0, "can't be read: the packed file ends too early")]);
}

#[test]
fn several_inputs_come_in_one_order_and_once() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("b.txt", "Text b."), ("a.txt", "Text a."), ("t.csv", "id,text\nx,Text x.\n")]);
    let path = |name: &str| folder.path().join(name);
    let read_all = |inputs: Vec<PathBuf>| read_with(&ReadOptions { inputs, ..ReadOptions::default() }).unwrap();
    let one = read_all(vec![path("t.csv"), path("b.txt"), path("a.txt"), folder.path().join(".").join("a.txt")]);
    let other = read_all(vec![path("a.txt"), path("b.txt"), path("t.csv")]);
    assert_eq!(one.documents, other.documents);
    assert_eq!(one.documents.iter().map(|document| document.id.as_str()).collect::<Vec<_>>(), ["a", "b", "x"]);
}

#[test]
fn many_small_files_make_several_batches() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..120 {
        std::fs::write(folder.path().join(format!("{number:03}.txt")), "Text.").unwrap();
    }
    let reading = read(folder.path());
    assert_eq!((reading.batches, reading.documents.len()), (3, 120));
}
