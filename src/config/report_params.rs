//! Parameters of the verb `report` alone: how the report is dressed and in which forms its tables come.

use super::settings::{file, flag, text};
use crate::params::ParamSpec;

/// Parameters that only `report` takes; a configuration file holds them beside the run's own.
pub static REPORT_PARAMS: &[ParamSpec] = &[
    text("title", "title of the report (default: made from the input's name)"),
    text("author", "author named in the report"),
    file("logo", "picture beside the report's title: PNG, JPEG or SVG, at most 1 MB"),
    text("sections", "analyses to make, in this order, with commas between them (default: all)"),
    flag("xlsx", "write one workbook `report.xlsx` too: a cover, a sheet a table, the charts"),
    flag("parquet", "write each table as Parquet too"),
    flag("json", "write each table as JSON too"),
    flag("markdown", "write each table as Markdown too"),
    flag("notebook", "write a folder `notebook` too: every table as Parquet and a dictionary of all columns, for notebooks"),
];
