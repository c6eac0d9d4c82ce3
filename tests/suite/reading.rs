//! Everything that real inputs are, through the command: what is read, what is guessed, what is counted, what is refused.

use crate::program::command;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// A folder with inputs, and the command run in it.
struct Desk {
    folder: tempfile::TempDir,
}

/// What the command made of the inputs.
struct Seen {
    code: i32,
    stderr: String,
    /// `documents.csv` by document: group, date, title, words, url.
    documents: BTreeMap<String, [String; 5]>,
    /// `rejects.csv`: file, row, reason, excerpt.
    rejects: Vec<[String; 4]>,
    /// What `inspect` says of the same inputs.
    inspected: String,
}

impl Seen {
    fn cell(&self, document: &str, column: usize) -> &str {
        &self.documents.get(document).unwrap_or_else(|| panic!("no `{document}` in {:?}", self.documents.keys()))[column]
    }

    fn groups(&self) -> Vec<(&str, &str)> {
        self.documents.iter().map(|(document, cells)| (document.as_str(), cells[0].as_str())).collect()
    }

    fn dates(&self) -> Vec<&str> {
        self.documents.values().map(|cells| cells[1].as_str()).collect()
    }
}

fn records(path: &Path) -> Vec<Vec<String>> {
    let Ok(mut reader) = csv::Reader::from_path(path) else { return Vec::new() };
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn with(self, name: &str, contents: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
        self
    }

    /// Runs `overview` over `inputs` (with flags among them) and `inspect` over the same.
    fn read(&self, inputs: &[&str]) -> Seen {
        let out = self.path("out");
        let _ = fs::remove_dir_all(&out);
        let output = command(&[&["overview", "--out", "out"], inputs].concat()).current_dir(self.folder.path()).output().unwrap();
        let inspected = command(&[&["inspect", "--quiet"], inputs].concat()).current_dir(self.folder.path()).output().unwrap();
        let documents = records(&out.join("documents.csv")).into_iter();
        let row = |cells: Vec<String>| (cells[0].clone(), [1, 2, 3, 4, 7].map(|column: usize| cells[column].clone()));
        Seen {
            code: output.status.code().unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            documents: documents.map(row).collect(),
            rejects: records(&out.join("rejects.csv")).into_iter().map(|cells| cells.try_into().unwrap()).collect(),
            inspected: String::from_utf8(inspected.stdout).unwrap(),
        }
    }
}

const A: &str = "The ferry left the port at noon with the mail on board.";
const B: &str = "The council met in the old town hall and voted on the port.";

#[test]
fn a_nested_folder_of_all_kinds_of_text_files() {
    let html = format!(
        "<html><head><title>Port &amp; town</title></head><body><nav>Home Sport</nav><article><h1>Port &amp; town</h1>{}</article></body></html>",
        format!("<p>Fish &amp; chips cost 4&nbsp;&euro; caf&eacute; prices rose again said the harbour office on Monday. {A}</p>")
            .repeat(4)
    );
    let desk = Desk::new()
        .with("articles/herald/2026/march/a.txt", A)
        .with("articles/herald/b.md", B)
        .with("articles/times/c.html", &html)
        .with("articles/times/d.htm", &html)
        .with("articles/times/picture.jpg", b"\xff\xd8");
    let seen = desk.read(&["articles"]);
    assert_eq!(seen.groups(), [("herald/2026/march/a", "herald"), ("herald/b", "herald"), ("times/c", "times"), ("times/d", "times")]);
    assert_eq!(seen.cell("times/c", 2), "Port & town");
    assert!(seen.stderr.contains("skipped 1 file ending in `.jpg`"), "{}", seen.stderr);
    let terms = command(&["terms", "articles", "--format", "csv", "--quiet"]).current_dir(desk.folder.path()).output().unwrap();
    let terms = String::from_utf8(terms.stdout).unwrap();
    assert!(terms.contains("times,café,") && !terms.contains("eacute") && !terms.contains("nbsp") && !terms.contains(",sport,"), "{terms}");
    // Single files are inputs too.
    assert_eq!(desk.read(&["articles/herald/b.md", "articles/times/c.html"]).documents.len(), 2);
}

#[test]
fn outlet_and_date_come_from_metadata_then_front_matter_then_the_folder() {
    let front = "---\ntitle: Front: a colon\ndate: 2026-01-05\noutlet: Front Gazette\nparty: Green\nurl: https://front.example/1\n---\n\n";
    let desk = Desk::new()
        .with("articles/Folder News/plain.txt", A)
        .with("articles/Folder News/front.txt", format!("{front}{B}"))
        .with("articles/Other/both.txt", format!("{front}{A}"))
        .with("meta.csv", "file,outlet,date,region\nboth.txt,Meta Mail,2026-02-07,north\nabsent.txt,X,2026-01-01,south\n");
    let seen = desk.read(&["articles"]);
    assert_eq!(
        seen.groups(),
        [("Folder News/front", "Front Gazette"), ("Folder News/plain", "Folder News"), ("Other/both", "Front Gazette")]
    );
    assert_eq!((seen.cell("Folder News/front", 2), seen.cell("Folder News/front", 4)), ("Front: a colon", "https://front.example/1"));
    let seen = desk.read(&["articles", "--metadata", "meta.csv"]);
    assert_eq!((seen.cell("Other/both", 0), seen.cell("Other/both", 1)), ("Meta Mail", "2026-02-07"));
    assert_eq!((seen.cell("Folder News/front", 0), seen.cell("Folder News/front", 1)), ("Front Gazette", "2026-01-05"));
    assert!(seen.stderr.contains("metadata: 2 rows by column `file`, 1 of 3 files found, 1 row without a file"), "{}", seen.stderr);
    // Any metadata field makes groups.
    assert_eq!(desk.read(&["articles", "--by", "party"]).cell("Folder News/front", 0), "Green");
    assert_eq!(desk.read(&["articles", "--metadata", "meta.csv", "--by", "region"]).cell("Other/both", 0), "north");
}

#[test]
fn columns_are_guessed_told_and_set() {
    let usual = format!("GUID,Headline,Publication,pubDate,Link,Body,Leaning\n7,Ferry,Herald,2026-03-01,https://x.example/7,{A},left\n");
    let desk = Desk::new().with("usual.csv", usual);
    let seen = desk.read(&["usual.csv"]);
    let guess = "columns of `usual.csv`: text = `Body` (guessed), title = `Headline` (guessed), outlet = `Publication` (guessed), \
                 date = `pubDate` (guessed), url = `Link` (guessed), id = `GUID` (guessed), fields `leaning`";
    assert!(seen.stderr.contains(guess), "{}", seen.stderr);
    assert!(seen.inspected.contains(guess), "{}", seen.inspected);
    assert_eq!(seen.documents["7"], ["Herald", "2026-03-01", "Ferry", "12", "https://x.example/7"]);
    let odd = format!("nr,what,who,when,where,copy,text,side\n1,Ferry,Herald,2026-03-01,https://x.example/1,{A},decoy,left\n");
    let desk = Desk::new().with("odd.csv", odd);
    let flags = ["--text-column", "copy", "--title-column", "what", "--outlet-column", "WHO", "--date-column", "when"];
    let seen = desk.read(&[&["odd.csv"], &flags[..], &["--url-column", "where", "--id-column", "nr"]].concat());
    assert_eq!(seen.documents["1"], ["Herald", "2026-03-01", "Ferry", "12", "https://x.example/1"]);
    assert!(seen.stderr.contains("text = `copy`, title = `what`, outlet = `who`") && !seen.stderr.contains("(guessed)"), "{}", seen.stderr);
    for by in ["side", "year", "month"] {
        let seen = desk.read(&["odd.csv", "--text-column", "copy", "--date-column", "when", "--by", by]);
        let expected = BTreeMap::from([("side", "left"), ("year", "2026"), ("month", "2026-03")])[by];
        assert_eq!(seen.documents.values().next().unwrap()[0], expected, "--by {by}");
    }
}

#[test]
fn without_groups_everything_works_except_comparisons_which_say_why() {
    let rows: String = (0..8).map(|number| format!("{{\"id\":\"{number}\",\"text\":\"{A} {B} Number {number}.\"}}\n")).collect();
    let desk = Desk::new().with("one.jsonl", rows);
    let run = |arguments: &[&str]| command(arguments).current_dir(desk.folder.path()).output().unwrap();
    let output = run(&["report", "one.jsonl", "--out", "report", "--quiet"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let page = fs::read_to_string(desk.path("report/report.html")).unwrap();
    assert!(page.contains("There are no comparisons:"), "the page says why");
    for table in ["overview", "terms_overall", "documents"] {
        assert!(desk.path(&format!("report/tables/{table}.csv")).is_file(), "{table}");
    }
    let keyness = run(&["keyness", "one.jsonl", "--quiet"]);
    let said = String::from_utf8_lossy(&keyness.stderr).into_owned();
    assert_eq!(keyness.status.code(), Some(1), "{said}");
    assert!(said.contains("`keyness` has no result for this corpus") && said.contains("hint:"), "{said}");
}

#[test]
fn encodings_are_told_by_their_bytes() {
    let text = "id,outlet,text\n1,Größe,\"Die Bürger öffneten die Tür für fünf Gäste – „wie früher“, sagte Zoë.\"\n";
    let wide = |big_endian: bool| -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(|unit| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let files: [(&str, Vec<u8>, &str); 6] = [
        ("plain.csv", text.into(), ""),
        ("bom.csv", format!("\u{feff}{text}").into(), ""),
        ("wide_le.csv", wide(false), "UTF-16LE"),
        ("wide_be.csv", wide(true), "UTF-16BE"),
        ("windows.csv", encoding_rs::WINDOWS_1252.encode(text).0.into_owned(), "windows-1252"),
        ("crlf.csv", text.replace('\n', "\r\n").into(), ""),
    ];
    for (name, bytes, encoding) in files {
        let seen = Desk::new().with(name, bytes).read(&[name]);
        assert_eq!((seen.groups(), seen.cell("1", 3)), (vec![("1", "Größe")], "12"), "{name}: {}", seen.stderr);
        assert!(encoding.is_empty() || seen.stderr.contains(&format!("encoding: 1 file read as {encoding}")), "{name}: {}", seen.stderr);
        assert!(seen.rejects.is_empty() && !seen.stderr.contains("U+FFFD"), "{name}: {}", seen.stderr);
    }
    let (cyrillic, _, _) =
        encoding_rs::KOI8_R.encode("Паром ушёл из порта в полдень. Капитан говорил о забастовке экипажа и о погоде на море.");
    let desk = Desk::new().with("a/north/koi.txt", &cyrillic).with("a/south/b.txt", B);
    assert!(desk.read(&["a"]).stderr.contains("encoding: 1 file read as KOI8-"), "a legacy encoding is detected");
    let seen = desk.read(&["a", "--encoding", "koi8-r"]);
    assert_eq!(seen.code, 0, "{}", seen.stderr);
    let slip = desk.read(&["a", "--encoding", "koi8r"]);
    assert!(slip.code == 2 && slip.stderr.contains("did you mean `koi8-r`?"), "{}", slip.stderr);
}

#[test]
fn damage_is_counted_and_costs_no_more_than_its_row() {
    let mut bytes =
        Vec::from(format!("id,outlet,text\r\n1,A,“{A}” – “naïve café”\r\n2,B,\"Quoted \"\"text\"\"\r\nwith lines\"\r\n").as_bytes());
    bytes.extend(b"3,A,bad \xff\xfe byte here\r\n4,B,nul\0led words\r\n5,A\r\n6,B,   \r\n7,A,\r\n1,B,the same id again\r\n");
    let seen = Desk::new().with("news.csv", bytes).read(&["news.csv"]);
    assert_eq!(seen.code, 0);
    assert_eq!(seen.groups(), [("1", "A"), ("1#2", "B"), ("2", "B"), ("3", "A"), ("4", "B")], "{}", seen.stderr);
    for remark in ["became U+FFFD", "1 NUL character dropped", "1 document had an id that was taken"] {
        assert!(seen.stderr.contains(remark), "{remark}: {}", seen.stderr);
    }
    let rejects: Vec<(&str, &str, &str)> =
        seen.rejects.iter().map(|[file, row, reason, _]| (file.as_str(), row.as_str(), reason.as_str())).collect();
    assert_eq!(rejects, [("news.csv", "7", "2 fields where the header has 3"), ("news.csv", "8", "no text"), ("news.csv", "9", "no text")]);
    // In a report, too, and above the allowed number the exit code is 3, with the report written.
    let desk = Desk::new().with("bad.jsonl", format!("{{\"text\":\"{A}\"}}\n{{\"text\": cut\n{{\"text\":\"{B}\"}}\n"));
    let arguments = ["report", "bad.jsonl", "--out", "report", "--max-rejects", "0", "--quiet"];
    let output = command(&arguments).current_dir(desk.folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let rejects = records(&desk.path("report/rejects.csv"));
    assert_eq!((rejects.len(), rejects[0][0].as_str(), rejects[0][1].as_str()), (1, "bad.jsonl", "2"));
    assert!(desk.path("report/report.html").is_file());
}

#[test]
fn empty_files_and_files_of_blanks_are_rejected_with_a_reason() {
    let desk =
        Desk::new().with("a/x/one.txt", A).with("a/x/empty.txt", "").with("a/y/blank.txt", " \n\t\r\n\u{a0}\n").with("a/y/two.txt", B);
    let seen = desk.read(&["a"]);
    assert_eq!(seen.documents.keys().collect::<Vec<_>>(), ["x/one", "y/two"]);
    let rejects: Vec<(&str, &str)> = seen.rejects.iter().map(|[file, _, reason, _]| (file.as_str(), reason.as_str())).collect();
    assert_eq!(rejects.len(), 2, "{rejects:?}");
    assert!(rejects.iter().all(|(file, reason)| ["x/empty.txt", "y/blank.txt"].contains(file) && !reason.is_empty()), "{rejects:?}");
    let only = Desk::new().with("a/empty.txt", "").read(&["a"]);
    assert_eq!(only.code, 1);
    assert!(only.stderr.contains("no document with text was found") && only.stderr.contains("hint:"), "{}", only.stderr);
    let header = Desk::new().with("news.csv", "id,text\n").read(&["news.csv"]);
    assert_eq!(header.code, 1, "{}", header.stderr);
    let nothing = Desk::new().with("news.csv", "").read(&["news.csv"]);
    assert_eq!(nothing.code, 1, "{}", nothing.stderr);
}

#[test]
fn dates_of_many_forms_in_one_column() {
    let forms = [
        ("iso", "2023-09-26"),
        ("isotime", "2023-09-26T23:59:00Z"),
        ("month", "Sept. 26, 2023"),
        ("long", "26 September 2023"),
        ("slashes", "26/09/2023"),
        ("rfc", "Tue, 26 Sep 2023 14:00:00 +0200"),
        ("seconds", "1695686400"),
        ("milliseconds", "1695686400000"),
    ];
    let mut text = String::from("id,date,text\n");
    for (id, date) in forms {
        text.push_str(&format!("{id},\"{date}\",{A} {id}\n"));
    }
    text.push_str(&format!("zz-none,,{A}\nzz-odd,some day,{A}\nzz-swapped,03/04/2023,{A}\n"));
    let desk = Desk::new().with("news.csv", text);
    let seen = desk.read(&["news.csv"]);
    assert_eq!(seen.dates(), [vec!["2023-09-26"; forms.len()], vec![""; 3]].concat());
    for remark in [
        "3 of 11 documents have no date",
        "1 date not understood and left missing, the first `some day`",
        "1 date left missing because day and month could be swapped, the first `03/04/2023`; state the order with `--date-order`",
    ] {
        assert!(seen.stderr.contains(remark), "{remark}: {}", seen.stderr);
    }
    let of = |order: &str| desk.read(&["news.csv", "--date-order", order]).cell("zz-swapped", 1).to_owned();
    assert_eq!((of("day-first"), of("month-first")), ("2023-04-03".to_owned(), "2023-03-04".to_owned()));
}

#[test]
fn packed_tables_and_parquet_read_like_plain_ones() {
    use headword::export::{ExportOptions, TableFormat, write_table};
    use headword::table::{ColumnKind, ColumnSpec, TableBuilder, TableSpec};
    const fn column(name: &'static str) -> ColumnSpec {
        ColumnSpec { name, heading: "", kind: ColumnKind::Text, unit: "", meaning: "", source: "" }
    }
    static ID: ColumnSpec = column("id");
    static OUTLET: ColumnSpec = column("outlet");
    static BODY: ColumnSpec = column("body");
    static SPEC: TableSpec = TableSpec { name: "news", title: "", summary: "", order: "", columns: &[&ID, &OUTLET, &BODY] };
    let rows =
        [("1", "Herald", format!("{A}\n\n\"Quoted\", said\r\nthe office.")), ("2", "Times", B.to_owned()), ("3", "Times", A.to_owned())];
    let mut builder = TableBuilder::new(&SPEC);
    for (id, outlet, body) in &rows {
        builder.row([(*id).into(), (*outlet).into(), body.as_str().into()]);
    }
    let table = builder.finish();
    let written = |format: TableFormat| {
        let mut bytes = Vec::new();
        write_table(&table, format, &ExportOptions::default(), &mut bytes).unwrap();
        bytes
    };
    let gzip = |bytes: &[u8]| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    };
    let zstd = |bytes: &[u8]| zstd::encode_all(bytes, 3).unwrap();
    let (csv, tsv, lines) = (written(TableFormat::Csv), written(TableFormat::Tsv), written(TableFormat::JsonLines));
    let forms = [
        ("news.csv", csv.clone()),
        ("news.csv.gz", gzip(&csv)),
        ("news.csv.zst", zstd(&csv)),
        ("news.tsv", tsv.clone()),
        ("news.tsv.gz", gzip(&tsv)),
        ("news.jsonl", lines.clone()),
        ("news.jsonl.gz", gzip(&lines)),
        ("news.jsonl.zst", zstd(&lines)),
        ("news.parquet", written(TableFormat::Parquet)),
    ];
    for (name, bytes) in forms {
        let seen = Desk::new().with(name, bytes).read(&[name]);
        assert_eq!(seen.groups(), [("1", "Herald"), ("2", "Times"), ("3", "Times")], "{name}: {}", seen.stderr);
        assert_eq!(seen.cell("1", 3), "16", "{name}");
        assert!(seen.rejects.is_empty(), "{name}");
    }
    let text = Desk::new().with("a/x/a.txt.gz", gzip(A.as_bytes())).with("a/y/b.txt.zst", zstd(B.as_bytes())).read(&["a"]);
    assert_eq!(text.groups(), [("x/a", "x"), ("y/b", "y")]);
    let damaged = Desk::new().with("news.parquet", b"PAR1 this is no table PAR1").read(&["news.parquet"]);
    assert_eq!(damaged.code, 1);
    assert!(damaged.stderr.contains("can't read `news.parquet` as Parquet") && damaged.stderr.contains("hint:"), "{}", damaged.stderr);
}

#[test]
fn a_long_line_is_one_document() {
    // 12 MB here; the same with 200 MB is measured in the test below.
    let desk = Desk::new().with("long.jsonl", long_line(12));
    let seen = desk.read(&["long.jsonl"]);
    assert_eq!((seen.code, seen.documents.len()), (0, 2), "{}", seen.stderr);
}

#[test]
#[ignore = "takes half a minute"]
fn one_line_of_200_mb_goes_through_the_whole_report() {
    let desk = Desk::new().with("long.jsonl", long_line(200)).with("a/x/long.txt", "word ".repeat(40_000_000)).with("a/y/b.txt", B);
    // Names are found in linear time, but in a test build 200 MB full of them take minutes.
    let desk = desk.with("names.jsonl", long_line(5));
    for arguments in [
        &["terms", "long.jsonl", "--out", "t", "--quiet"][..],
        &["report", "names.jsonl", "--out", "r", "--quiet"],
        &["report", "a", "--out", "f", "--quiet"],
    ] {
        let output = command(arguments).current_dir(desk.folder.path()).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// JSON Lines with one line of about `megabytes` and one short one.
fn long_line(megabytes: usize) -> String {
    let sentence = "The ferry of Captain Ida Berg left the port of Varra at noon and came back at night. ";
    let long = sentence.repeat(megabytes * 1_000_000 / sentence.len());
    format!("{{\"id\":\"long\",\"outlet\":\"Herald\",\"text\":\"{long}\"}}\n{{\"id\":\"short\",\"outlet\":\"Times\",\"text\":\"{B}\"}}\n")
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_with_130_and_leaves_no_half_output() {
    let rows: String = (0..3_000)
        .map(|number| {
            format!(
                "{{\"id\":\"{number}\",\"outlet\":\"{}\",\"text\":\"{A} {B} {}\"}}\n",
                number % 3,
                "Ida Berg and Otto Lind met. ".repeat(number % 40)
            )
        })
        .collect();
    let desk = Desk::new().with("news.jsonl", rows);
    // Some of these come before the first batch, some in the middle of an analysis, some while files are written.
    for milliseconds in [150, 600, 1_500, 3_000] {
        let arguments = ["report", "news.jsonl", "--out", "out/report", "--xlsx", "--force", "--quiet"];
        let child = command(&arguments).current_dir(desk.folder.path()).stderr(std::process::Stdio::piped()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        let sent = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        let output = child.wait_with_output().unwrap();
        if !sent.is_ok_and(|status| status.success()) || output.status.success() {
            continue; // It had finished before the signal came.
        }
        assert_eq!(output.status.code(), Some(130), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(String::from_utf8_lossy(&output.stderr).contains("interrupted"));
        let left: Vec<_> = fs::read_dir(desk.path("out")).into_iter().flatten().flatten().map(|entry| entry.file_name()).collect();
        assert!(left.is_empty() || (left == ["report"] && desk.path("out/report/run.json").is_file()), "{left:?} is left");
    }
}

#[test]
fn what_can_not_be_read_or_written_is_said_once_with_a_hint() {
    let desk = Desk::new().with("news.csv", format!("id,text\n1,{A}\n")).with("full/other.txt", "x").with("slides.pptx", "x");
    fs::create_dir(desk.path("empty")).unwrap();
    let cases: [(&[&str], i32, &str, &str); 12] = [
        (&["report", "new.csv"], 1, "there is no file or folder `new.csv`", "did you mean `news.csv`?"),
        (&["report", "empty"], 1, "the folder `empty` holds nothing to read", "headword reads .txt"),
        (&["report", "slides.pptx"], 1, "its extension is unknown", "it reads .txt"),
        (&["report", "news.csv", "--out", "full"], 1, "holds files that headword did not write", "--out"),
        (&["report", "news.csv", "--out", "news.csv"], 1, "is a file, not a folder", "--out"),
        (&["report", "news.csv", "--out", "/proc/none/report"], 1, "can't write to `/proc/none`", "may write"),
        (&["report", "news.csv", "--metadata", "empty"], 1, "empty", "hint:"),
        (&["report", "news.csv", "--metadata", "mta.csv"], 1, "mta.csv", "hint:"),
        (&["report", "news.csv", "--by", "party"], 2, "has no column `party`", "its columns are"),
        (&["report", "news.csv", "--sections", "term"], 2, "no analysis `term`", "did you mean `terms`?"),
        (&["report", "news.csv", "--date-column", "dat"], 2, "has no column `dat`", "hint:"),
        (&["report", "news.csv", "--outt", "x"], 2, "unexpected argument '--outt'", "similar argument exists: '--out'"),
    ];
    for (arguments, code, message, hint) in cases {
        let output = command(arguments).current_dir(desk.folder.path()).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(message) && said.contains(hint), "{arguments:?}: {said}");
        assert_eq!(said.matches("error:").count(), 1, "{arguments:?}: {said}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
    assert!(!desk.path("reports/news").exists(), "no half report is left");
}
