//! The main text of a web page, with its title, date and site where the page states them.
//!
//! Extraction follows Mozilla's Readability (crate `dom_smoothie`); where it finds nothing, all visible text of the body is taken.

use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::Encoding;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Tags that may lie inside each other; deeper pages are broken or hostile, and tree walkers recurse.
const MAX_DEPTH: usize = 400;

/// What a page holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) text: String,
    pub(super) title: String,
    pub(super) date: Option<String>,
    pub(super) site: Option<String>,
    /// Whether no main text could be told apart.
    pub(super) is_whole_body: bool,
}

/// Extracts a page.
///
/// # Errors
/// The reason why nothing can be extracted.
pub(super) fn extract(html: &str) -> Result<Page, &'static str> {
    if depth(html) > MAX_DEPTH {
        return Err("the page's tags are nested too deeply");
    }
    // The parser is a large foreign crate; a page that trips it must not end the run.
    catch_unwind(AssertUnwindSafe(|| extract_main(html))).map_err(|_| "the page can't be parsed")
}

fn extract_main(html: &str) -> Page {
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let mut page = Page::default();
    if let Ok(mut readability) = Readability::new(html, None, Some(config)) {
        // Metadata first: parsing changes the document.
        let stated = readability.parse_json_ld();
        let stated = readability.get_article_metadata(stated);
        page.title = stated.title.trim().to_owned();
        page.date = stated.published_time.filter(|date| !date.trim().is_empty());
        page.site = stated.site_name.filter(|site| !site.trim().is_empty());
        if let Ok(article) = readability.parse() {
            page.text = tidy(&article.text_content);
        }
    }
    if page.text.is_empty()
        && let Ok(readability) = Readability::new(html, None, None)
    {
        let document = readability.doc;
        for unseen in ["script", "style", "noscript", "template", "head", "svg"] {
            document.select(unseen).remove();
        }
        page.text = tidy(&document.formatted_text());
        page.is_whole_body = true;
    }
    page
}

/// Trims lines and squeezes runs of blank lines.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut blank_lines = 0;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            blank_lines += 1;
            continue;
        }
        if !tidied.is_empty() {
            tidied.push_str(if blank_lines > 0 { "\n\n" } else { "\n" });
        }
        tidied.push_str(line);
        blank_lines = 0;
    }
    tidied
}

/// How deeply tags lie inside each other, void elements and unclosed paragraphs not counted.
fn depth(html: &str) -> usize {
    const UNCOUNTED: [&str; 22] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li", "td", "tr", "th",
        "dt", "dd", "option", "param",
    ];
    let (mut open, mut deepest) = (0_usize, 0_usize);
    let bytes = html.as_bytes();
    for position in memchr::memchr_iter(b'<', bytes) {
        let is_end = bytes.get(position + 1) == Some(&b'/');
        let name_start = position + 1 + usize::from(is_end);
        let name_end = (name_start..bytes.len()).take(20).find(|&at| !bytes[at].is_ascii_alphanumeric()).unwrap_or(name_start);
        let name = html.get(name_start..name_end).unwrap_or("").to_ascii_lowercase();
        if name.is_empty() || UNCOUNTED.contains(&name.as_str()) {
            continue;
        }
        if is_end {
            open = open.saturating_sub(1);
        } else {
            open += 1;
            deepest = deepest.max(open);
        }
    }
    deepest
}

/// The encoding that a page states in its first kibibyte: `<meta charset=…>` or an `http-equiv` line.
pub(super) fn stated_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(2048)];
    let mut rest = head;
    while let Some(position) = memchr::memmem::find(rest, b"charset").or_else(|| memchr::memmem::find(rest, b"CHARSET")) {
        rest = &rest[position + 7..];
        let label: Vec<u8> = rest
            .iter()
            .skip_while(|byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'"' | b'\''))
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'))
            .copied()
            .collect();
        if let Some(encoding) = Encoding::for_label(&label) {
            return Some(encoding);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(paragraphs: usize) -> String {
        let paragraph = "<p>The harbour board met on Monday to settle the price of mooring, and after four hours it had settled &ldquo;nothing&rdquo; \
                         at all &amp; went home, said the clerk.</p>";
        format!(
            "<html><head><title>Board settles nothing - Harbour Times</title><meta property=\"og:site_name\" content=\"Harbour Times\">\
             <meta property=\"article:published_time\" content=\"2024-03-05T08:00:00Z\"><script>var x = 'hidden';</script></head>\
             <body><nav><ul><li><a href=/>Home</a></li><li><a href=/sport>Sport</a></li></ul></nav><article><h1>Board settles nothing</h1>{}</article>\
             <footer><a href=/privacy>Privacy</a></footer></body></html>",
            paragraph.repeat(paragraphs)
        )
    }

    #[test]
    fn the_main_text_comes_without_navigation_and_with_entities_decoded() {
        let page = extract(&article(8)).unwrap();
        assert!(page.text.contains("settled “nothing” at all & went home"), "{}", page.text);
        assert!(!page.text.contains("Sport") && !page.text.contains("hidden") && !page.text.contains("Privacy"), "{}", page.text);
        assert!(page.title.contains("Board settles nothing"));
        assert_eq!(page.site.as_deref(), Some("Harbour Times"));
        assert_eq!(page.date.as_deref(), Some("2024-03-05T08:00:00Z"));
        assert!(!page.is_whole_body);
        assert_eq!(page.text.lines().filter(|line| line.starts_with("The harbour board")).count(), 8);
    }

    #[test]
    fn a_page_of_one_line_still_gives_its_text() {
        let page = extract("<html><body><div>Short &lt;note&gt;.</div></body></html>").unwrap();
        assert_eq!(page.text, "Short <note>.");
    }

    #[test]
    fn broken_and_hostile_pages_do_no_harm() {
        assert_eq!(extract("").unwrap().text, "");
        extract("<<<>><p <b></i><table><tr><td>x").unwrap();
        extract(&"<div>".repeat(300)).unwrap();
        assert!(extract(&"<div>".repeat(100_000)).is_err());
        extract(&"<p>x".repeat(50_000)).unwrap();
        extract(&"<b>x</b>".repeat(5_000)).unwrap();
    }

    #[test]
    fn a_stated_encoding_is_found() {
        assert_eq!(stated_encoding(b"<meta charset='ISO-8859-2'>").map(Encoding::name), Some("ISO-8859-2"));
        assert_eq!(stated_encoding(b"<meta content=\"text/html; charset=windows-1251\">").map(Encoding::name), Some("windows-1251"));
        assert_eq!(stated_encoding(b"<meta charset=nonsense>"), None);
    }
}
