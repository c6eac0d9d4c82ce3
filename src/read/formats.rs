//! Formats and packings, told by file name.

use crate::error::{Error, Result};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Format {
    PlainText,
    Markdown,
    Html,
    CommaSeparated,
    TabSeparated,
    JsonLines,
    Json,
    Parquet,
}

impl Format {
    /// Whether a file of this format is one document.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::PlainText | Self::Markdown | Self::Html)
    }
}

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Plain,
    Gzip,
    Zstandard,
}

/// The extensions that headword reads, for messages.
pub(super) const EXTENSIONS: &str =
    ".txt, .md, .html, .htm, .csv, .tsv, .jsonl, .ndjson, .json, .parquet, and .gz or .zst of all but Parquet";

/// The format and packing of `name`, if headword reads such files.
pub(super) fn classify(name: &str) -> Option<(Format, Packing)> {
    let name = name.to_lowercase();
    let (name, packing) = if let Some(inner) = name.strip_suffix(".gz") {
        (inner, Packing::Gzip)
    } else if let Some(inner) = name.strip_suffix(".zst") {
        (inner, Packing::Zstandard)
    } else {
        (name.as_str(), Packing::Plain)
    };
    let format = match name.rsplit_once('.')?.1 {
        "txt" | "text" => Format::PlainText,
        "md" | "markdown" => Format::Markdown,
        "html" | "htm" | "xhtml" => Format::Html,
        "csv" => Format::CommaSeparated,
        "tsv" | "tab" => Format::TabSeparated,
        "jsonl" | "ndjson" => Format::JsonLines,
        "json" => Format::Json,
        "parquet" if packing == Packing::Plain => Format::Parquet,
        _ => return None,
    };
    Some((format, packing))
}

/// `name` without its extensions: `a/b.txt.gz` becomes `a/b`.
pub(super) fn without_extensions(name: &str) -> &str {
    let folder_end = name.rfind('/').map_or(0, |slash| slash + 1);
    let lower = name.to_lowercase();
    let mut end = name.len();
    if lower.len() == name.len() && (lower.ends_with(".gz") || lower.ends_with(".zst")) {
        end = name.rfind('.').unwrap_or(end);
    }
    match name[folder_end..end].rfind('.') {
        Some(0) | None => &name[..end],
        Some(dot) => &name[..folder_end + dot],
    }
}

/// A file that adds the bytes read from it to a meter.
struct Metered {
    file: File,
    meter: Arc<AtomicU64>,
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.meter.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Opens `path` and unpacks it on the fly.
///
/// # Errors
/// An input error if the file can't be opened.
pub(super) fn open(path: &Path, shown: &str, packing: Packing) -> Result<Box<dyn Read + Send>> {
    open_metered(path, shown, packing, Arc::default())
}

/// As [`open`]; the bytes read, before unpacking, are added to `meter`.
pub(super) fn open_metered(path: &Path, shown: &str, packing: Packing, meter: Arc<AtomicU64>) -> Result<Box<dyn Read + Send>> {
    let failed = |error: std::io::Error| Error::input(format!("can't open `{shown}`: {}", reason(&error)));
    let file = Metered { file: File::open(path).map_err(failed)?, meter };
    Ok(match packing {
        Packing::Plain => Box::new(file),
        Packing::Gzip => Box::new(flate2::read::MultiGzDecoder::new(file)),
        Packing::Zstandard => Box::new(zstd::stream::read::Decoder::new(file).map_err(failed)?),
    })
}

/// An operating system's error in the same words everywhere, without error numbers and paths.
pub(super) fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind as Kind;
    match error.kind() {
        Kind::NotFound => "there is no such file".into(),
        Kind::PermissionDenied => "permission denied".into(),
        Kind::UnexpectedEof => "the packed file ends too early".into(),
        Kind::IsADirectory => "it is a folder".into(),
        Kind::InvalidInput | Kind::InvalidData => "the packed file is damaged".into(),
        kind => kind.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_format_and_packing() {
        assert_eq!(classify("A/B.TXT"), Some((Format::PlainText, Packing::Plain)));
        assert_eq!(classify("news.jsonl.zst"), Some((Format::JsonLines, Packing::Zstandard)));
        assert_eq!(classify("news.csv.gz"), Some((Format::CommaSeparated, Packing::Gzip)));
        assert_eq!(classify("news.parquet.gz"), None);
        assert_eq!(classify("report.pdf"), None);
        assert_eq!(classify("README"), None);
    }

    #[test]
    fn extensions_go_and_folders_stay() {
        assert_eq!(without_extensions("a.b/c.d.txt"), "a.b/c.d");
        assert_eq!(without_extensions("a.b/c.txt.GZ"), "a.b/c");
        assert_eq!(without_extensions("a.b/c"), "a.b/c");
        assert_eq!(without_extensions(".hidden"), ".hidden");
    }
}
