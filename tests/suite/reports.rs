//! What a user sets on a report: forms of tables, title, logo, sections, the configuration file, and not making it twice.

use crate::program::{assert_same_files, command, files, run};
use std::fs;
use std::path::Path;
use std::process::Output;

/// Twelve articles of two papers on the ferry, with a party and dates in the European order.
fn corpus() -> String {
    let mut text = String::from("nr,paper,leaning,headline,day,copy\n");
    for number in 0..12 {
        let (paper, leaning, word) = if number % 2 == 0 { ("North Post", "left", "strike") } else { ("South Mail", "right", "walkout") };
        let copy = format!(
            "The ferry to Lunholm left the port of Varra at noon. Captain Ida Berg spoke of the {word} for the {number}th time. \
             The crew went on with the {word} while the harbour office of Varra waited for news from the capital."
        );
        text.push_str(&format!("{number:03},{paper},{leaning},Ferry {number},0{}/03/2026,\"{copy}\"\n", number % 9 + 1));
    }
    text
}

fn in_folder(folder: &Path, arguments: &[&str]) -> Output {
    command(arguments).current_dir(folder).output().unwrap()
}

fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = in_folder(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("news.csv"), corpus()).unwrap();
    folder
}

const FLAGS: &[&str] = &[
    "--text-column",
    "copy",
    "--outlet-column",
    "paper",
    "--date-column",
    "day",
    "--title-column",
    "headline",
    "--id-column",
    "nr",
    "--date-order",
    "day-first",
    "--by",
    "leaning",
    "--sections",
    "terms,overview",
    "--terms-ngrams",
    "both",
];

#[test]
fn a_report_from_flags_equals_the_report_from_the_file() {
    let folder = folder();
    let report = |extra: &[&str]| done(folder.path(), &[&["report", "--quiet"], extra].concat());
    report(&[&["news.csv", "--out", "flags"], FLAGS].concat());
    done(folder.path(), &[&["init", "news.csv", "--quiet"], &FLAGS[..14]].concat());
    let file = folder.path().join("headword.toml");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("\nby = \"leaning\"\n") && text.contains("\ntext_column = \"copy\"\n"), "{text}");
    assert!(text.contains("2 values: left (6), right (6)"), "{text}");
    let text = text
        .replace("\n#sections = \"\"\n", "\nsections = [\"terms\", \"overview\"]\n")
        .replace("\n#ngrams = \"words\"\n", "\nngrams = \"both\"\n");
    fs::write(&file, text).unwrap();
    // Found in the folder, named, and named from elsewhere: paths in it start at its own folder.
    report(&["--out", "found"]);
    fs::rename(&file, folder.path().join("april.toml")).unwrap();
    report(&["--config", "april.toml", "--out", "named"]);
    let elsewhere = tempfile::tempdir().unwrap();
    let path = folder.path().join("april.toml");
    done(elsewhere.path(), &["report", "--quiet", "--config", &path.to_string_lossy(), "--out", "away"]);
    for other in [folder.path().join("found"), folder.path().join("named"), elsewhere.path().join("away")] {
        assert_same_files(&folder.path().join("flags"), &other, &[]);
    }
    let manifest = fs::read_to_string(folder.path().join("flags/run.json")).unwrap();
    assert!(manifest.find("\"sections\"").is_some() && !folder.path().join("flags/tables/keyness.csv").exists());
}

#[test]
fn init_fills_in_what_the_data_say_and_asks_for_the_rest() {
    let folder = folder();
    let said = done(folder.path(), &["init", "news.csv", "--text-column", "copy", "--date-column", "day"]);
    assert!(said.contains("headword.toml is written"), "{said}");
    let text = fs::read_to_string(folder.path().join("headword.toml")).unwrap();
    // The paper is taken for the outlet; other fields stand beside it.
    assert!(text.contains("\nby = \"outlet\"\n") && text.contains("\noutlet_column = \"paper\"\n"), "{text}");
    assert!(text.contains("# - leaning: 2 values"), "{text}");
    assert!(text.contains("say day-first or month-first"), "{text}");
    assert!(text.contains("12 documents"), "{text}");
    let again = in_folder(folder.path(), &["init", "news.csv", "--text-column", "copy"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("--force"), "an existing file is kept");
    assert_eq!(fs::read_to_string(folder.path().join("headword.toml")).unwrap(), text);
    done(folder.path(), &["report", "--quiet", "--sections", "overview"]);
    assert!(folder.path().join("reports/news/report.html").is_file());
}

#[test]
fn an_unchanged_report_is_made_once() {
    let folder = folder();
    let arguments = [&["report", "news.csv", "--out", "report", "--sections", "overview,terms"], &FLAGS[..12]].concat();
    let report = |extra: &[&str]| done(folder.path(), &[&arguments[..], extra].concat());
    let page = folder.path().join("report/report.html");
    let made = || fs::metadata(&page).unwrap().modified().unwrap();
    assert!(report(&[]).contains("documents  12"));
    let first = made();
    let again = report(&["--threads", "1"]);
    assert!(again.starts_with("Nothing to do") && again.contains("report/report.html"), "{again}");
    assert_eq!(made(), first);
    assert_eq!(report(&["--quiet"]), "");
    assert_eq!(made(), first);
    // Each of these makes it anew: force, another setting, another input, a file that is gone.
    for extra in [&["--force"][..], &["--title", "Other"], &["--title", "Other", "--stem"]] {
        let before = made();
        assert!(report(extra).contains("documents  12"), "{extra:?}");
        assert_ne!(made(), before, "{extra:?}");
    }
    report(&[]);
    fs::write(folder.path().join("news.csv"), corpus() + "012,North Post,left,New,01/03/2026,One more article on the ferry\n").unwrap();
    assert!(report(&[]).contains("documents  13"));
    fs::remove_file(folder.path().join("report/tables/terms.csv")).unwrap();
    assert!(report(&[]).contains("documents  13"));
    assert!(folder.path().join("report/tables/terms.csv").is_file());
}

#[test]
fn title_author_and_logo_stand_on_the_page() {
    let folder = folder();
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\"/></svg>";
    fs::write(folder.path().join("logo.svg"), svg).unwrap();
    fs::write(folder.path().join("logo.txt"), "no picture").unwrap();
    let arguments = [&["report", "news.csv", "--out", "report", "--quiet", "--sections", "overview"], &FLAGS[..12]].concat();
    let dressed =
        [&arguments[..], &["--title", "Ferries <b>& \"ports\"", "--author", "Desk of Ó Súilleabháin", "--logo", "logo.svg"]].concat();
    done(folder.path(), &dressed);
    let page = fs::read_to_string(folder.path().join("report/report.html")).unwrap();
    assert!(page.contains("<h1>Ferries &lt;b&gt;&amp; &quot;ports&quot;</h1>"), "the title is escaped");
    assert!(page.contains("By Desk of Ó Súilleabháin") && page.contains("src=\"data:image/svg+xml;base64,PHN2ZyB4"));
    for (logo, hint) in [("logo.txt", "whole PNG, JPEG or SVG"), ("none.png", "exists"), (".", "exists")] {
        let output = in_folder(folder.path(), &[&arguments[..], &["--logo", logo]].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("--logo") && said.contains(hint), "{said}");
    }
}

#[test]
fn a_report_in_all_forms() {
    let folder = folder();
    let arguments = [&["report", "news.csv", "--out", "report", "--quiet", "--sections", "overview,terms"], &FLAGS[..12]].concat();
    done(folder.path(), &[&arguments[..], &["--xlsx", "--parquet", "--json", "--markdown", "--notebook", "--excel"]].concat());
    let report = folder.path().join("report");
    let csv = fs::read(report.join("tables/overview.csv")).unwrap();
    assert!(csv.starts_with(b"\xef\xbb\xbfgroup,documents") && csv.windows(2).any(|pair| pair == b"\r\n"));
    let json: serde_json::Value = serde_json::from_slice(&fs::read(report.join("tables/overview.json")).unwrap()).unwrap();
    assert_eq!(json["rows"][0]["documents"], 12);
    assert!(fs::read_to_string(report.join("tables/overview.md")).unwrap().contains("| (all) |"));
    assert!(fs::read(report.join("tables/terms.parquet")).unwrap().starts_with(b"PAR1"));
    let names: Vec<String> = files(&report.join("notebook")).into_iter().map(|(name, _)| name).collect();
    assert!(names.contains(&"dictionary.csv".to_owned()) && names.contains(&"documents.parquet".to_owned()), "{names:?}");
    let tables = names.iter().filter(|name| name.ends_with(".parquet")).count();
    assert!(fs::read_to_string(report.join("notebook/DATA.md")).unwrap().matches(".parquet` |").count() == tables);

    use calamine::Reader;
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(report.join("report.xlsx")).unwrap();
    let sheets = book.sheet_names();
    assert_eq!(&sheets[..3], ["cover", "charts", "overview"]);
    let cover = book.worksheet_range("cover").unwrap();
    let text: Vec<String> = cover.rows().flat_map(|row| row.iter().map(ToString::to_string)).collect();
    for expected in ["Report on news", "news.csv", "2026-03-01 to 2026-03-09", "outlet", "Settings of terms"] {
        assert!(text.iter().any(|cell| cell == expected || cell.contains(expected)), "{expected}: {text:?}");
    }
    let charts = fs::read_dir(report.join("charts")).unwrap().count();
    // A file in a ZIP archive is named twice: before its bytes and in the directory.
    let bytes = fs::read(report.join("report.xlsx")).unwrap();
    let pictures = bytes.windows(14).filter(|window| window == b"xl/media/image").count() / 2;
    assert_eq!(pictures, charts, "each chart is a picture in the workbook");

    // A decimal comma, and a verb's table as a workbook.
    done(folder.path(), &[&["overview", "news.csv", "--out", "comma", "--decimal-comma", "--quiet"], &FLAGS[..12]].concat());
    let comma = fs::read_to_string(folder.path().join("comma/overview.csv")).unwrap();
    assert!(comma.starts_with("group;documents;") && comma.contains(";0,5;"), "{comma}");
    done(folder.path(), &[&["terms", "news.csv", "--out", "book", "--format", "xlsx", "--quiet"], &FLAGS[..12]].concat());
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.path().join("book/terms.xlsx")).unwrap();
    assert!(book.worksheet_range("terms").unwrap().rows().count() > 20);
}

#[test]
fn the_same_report_for_other_threads_has_the_same_workbook() {
    let folder = folder();
    for threads in ["1", "5"] {
        let arguments = ["report", "news.csv", "--out", threads, "--threads", threads, "--xlsx", "--notebook", "--parquet", "--quiet"];
        done(folder.path(), &[&arguments[..], &FLAGS[..12]].concat());
    }
    assert_same_files(&folder.path().join("1"), &folder.path().join("5"), &[]);
}

#[test]
fn the_published_notebook_data_are_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("sample");
    run(&["report", "--sample", "--notebook", "--quiet", "--out", &out.to_string_lossy()]);
    assert_same_files(&crate::program::repository().join("notebooks-data/sample"), &out.join("notebook"), &[]);
}
