//! Parameters of the verb `report` alone: how the report is dressed and in which forms its tables come.

use super::settings::{file, flag, text};
use crate::params::{ParamKind, ParamSpec};

/// Parameters that only `report` takes; a configuration file holds them beside the run's own.
pub static REPORT_PARAMS: &[ParamSpec] = &[
    text("title", "title of the report (default: made from the input's name)"),
    text("author", "author named in the report"),
    file("logo", "picture beside the report's title: PNG, JPEG or SVG, at most 1 MB"),
    text("sections", "analyses to make, in this order, with commas between them (default: all)"),
    ParamSpec {
        name: "theme",
        kind: ParamKind::Choice(&["light", "dark"]),
        default: "light",
        meaning: "colours of chart files; the page follows the reader's system unless this is dark, and has a button either way",
    },
    ParamSpec {
        name: "chart-format",
        kind: ParamKind::Choice(&["png", "svg", "both"]),
        default: "png",
        meaning: "form of chart files: PNG with two pixels a CSS pixel, SVG, or both",
    },
    ParamSpec {
        name: "chart-size",
        kind: ParamKind::Choice(&["column", "slide", "square"]),
        default: "column",
        meaning: "size of chart files: 760 pixels wide and as high as needed, 1280 × 720, or 1080 × 1080 with larger letters",
    },
    flag(
        "system-fonts",
        "take fonts of this machine for letters that no bundled font has, such as Chinese: chart files then differ between machines. Without it PNG files spell them in Latin letters in brackets",
    ),
    flag("xlsx", "write one workbook `report.xlsx` too: a cover, a sheet a table, the charts"),
    flag("parquet", "write each table as Parquet too"),
    flag("json", "write each table as JSON too"),
    flag("markdown", "write each table as Markdown too"),
    flag("notebook", "write a folder `notebook` too: every table as Parquet and a dictionary of all columns, for notebooks"),
];
