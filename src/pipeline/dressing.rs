//! Texts and the picture that the user sets on a report.

use crate::error::{Error, Result};
use crate::params::Params;
use crate::report::Logo;

/// Largest logo in bytes: the page holds it whole.
const MOST_BYTES: usize = 1 << 20;

/// Texts and the picture that the user sets on a report.
#[derive(Debug, Clone, Default)]
pub struct Dressing {
    /// Title of the report.
    pub title: String,
    /// Author, if named.
    pub author: Option<String>,
    logo: Option<(&'static str, Vec<u8>)>,
}

impl Dressing {
    /// What `params` say, with `title` where they name none.
    ///
    /// # Errors
    /// A configuration error for a logo that can't be read, is too large, or is no picture that a page can show.
    pub fn new(params: &Params, title: String) -> Result<Self> {
        let logo = params.text("logo").map(|path| read_logo(path).map_err(|error| error.context("`--logo`"))).transpose()?;
        Ok(Self { title: params.text("title").map_or(title, str::to_owned), author: params.text("author").map(str::to_owned), logo })
    }

    pub(super) fn logo(&self) -> Option<Logo<'_>> {
        self.logo.as_ref().map(|(media_type, bytes)| Logo { media_type, bytes })
    }
}

fn read_logo(path: &str) -> Result<(&'static str, Vec<u8>)> {
    let bytes = std::fs::read(path).map_err(|error| {
        Error::configuration(format!("can't read `{path}`: {error}")).hint("give a PNG, JPEG or SVG file that exists and may be read")
    })?;
    if bytes.len() > MOST_BYTES {
        return Err(Error::configuration(format!("`{path}` has {} bytes", bytes.len()))
            .hint("the page holds the logo whole: make it smaller than 1 MB"));
    }
    match media_type(&bytes) {
        Some(media_type) => Ok((media_type, bytes)),
        None => {
            Err(Error::configuration(format!("`{path}` is no picture that a page can show")).hint("give a whole PNG, JPEG or SVG file"))
        }
    }
}

/// What `bytes` are by their own signature, whatever the file is called: a whole PNG, JPEG or SVG.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    let is_png = bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.get(12..16) == Some(b"IHDR") && bytes.ends_with(b"IEND\xae\x42\x60\x82");
    if is_png {
        return Some("image/png");
    }
    let without_padding = bytes.len() - bytes.iter().rev().take_while(|byte| **byte == 0).count();
    if bytes.starts_with(b"\xff\xd8\xff") && bytes[..without_padding].ends_with(b"\xff\xd9") {
        return Some("image/jpeg");
    }
    let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}').trim();
    let root = without_prolog(text)?;
    let is_svg = root.strip_prefix("<svg").is_some_and(|rest| rest.starts_with([' ', '\n', '\r', '\t', '>', '/']));
    (is_svg && (text.ends_with("</svg>") || text.ends_with("/>") || text.ends_with("-->"))).then_some("image/svg+xml")
}

/// The root element of an XML text: what follows its declaration, comments, instructions and document type.
fn without_prolog(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<?") => rest.find("?>")? + 2,
            _ if rest.starts_with("<!--") => rest.find("-->")? + 3,
            _ if rest.starts_with("<!") => match (rest.find('['), rest.find('>')?) {
                (Some(subset), close) if subset < close => rest.find("]>")? + 2,
                (_, close) => close + 1,
            },
            _ => return Some(rest),
        };
        rest = rest[end..].trim_start();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_told_by_their_bytes() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR....\0\0\0\0IEND\xae\x42\x60\x82";
        assert_eq!(media_type(png), Some("image/png"));
        assert_eq!(media_type(&png[..png.len() - 1]), None);
        assert_eq!(media_type(b"\xff\xd8\xff\xe0 .. \xff\xd9\0\0"), Some("image/jpeg"));
        let svg = "\u{feff}<?xml version=\"1.0\"?>\n<!-- <svg> -->\n<!DOCTYPE svg [ <!ENTITY a \">\"> ]>\n<svg width=\"1\"></svg>\n";
        assert_eq!(media_type(svg.as_bytes()), Some("image/svg+xml"));
        for none in ["", "<html><svg></svg></html>", "<svgx/>", "<svg", "<!-- <svg></svg>", "GIF89a"] {
            assert_eq!(media_type(none.as_bytes()), None, "{none}");
        }
    }
}
