//! Chart files in the chosen theme, size and form, and the page that goes with them.

use crate::program::run;
use std::fs;

/// Width and height of a PNG, from its header.
fn png_size(bytes: &[u8]) -> (u32, u32) {
    assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"), "a PNG");
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[test]
fn chart_files_follow_theme_size_and_form() {
    let folder = tempfile::tempdir().unwrap();
    let out = |name: &str| folder.path().join(name);
    let report = |name: &str, extra: &[&str]| {
        let path = out(name).to_string_lossy().into_owned();
        run(&[&["report", "--sample", "--sections", "overview", "--quiet", "--out", &path], extra].concat());
    };
    report("plain", &[]);
    report("slides", &["--theme", "dark", "--chart-size", "slide", "--chart-format", "both"]);
    report("square", &["--chart-size", "square", "--chart-format", "svg"]);
    let file = |report: &str, name: &str| out(report).join("charts").join(name);
    let page = |report: &str| fs::read_to_string(out(report).join("report.html")).unwrap();

    assert_eq!(png_size(&fs::read(file("plain", "words_by_group.png")).unwrap()).0, 2 * 760);
    assert!(!file("plain", "words_by_group.svg").exists());
    assert!(page("plain").contains("<html lang=\"en\">") && page("plain").contains("words_by_group.png\" download>PNG</a>"));

    assert_eq!(png_size(&fs::read(file("slides", "words_by_group.png")).unwrap()), (2560, 1440));
    let svg = fs::read_to_string(file("slides", "words_by_group.svg")).unwrap();
    assert!(svg.contains("width=\"1280\" height=\"720\"") && svg.contains("fill=\"#15191E\""), "dark ground");
    assert!(page("slides").contains("<html lang=\"en\" data-theme=\"dark\">") && page("slides").contains("download>SVG</a>"));

    let svg = fs::read_to_string(file("square", "words_by_group.svg")).unwrap();
    assert!(svg.contains("width=\"1080\" height=\"1080\"") && svg.contains("fill=\"#FFFFFF\""));
    assert!(!file("square", "words_by_group.png").exists());
    // The page's own pictures are the same whatever the files look like.
    let pictures =
        |text: String| text.split("<svg").skip(1).map(|rest| rest.split("</svg>").next().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(pictures(page("plain")), pictures(page("slides")));
}
