//! The main text of a web page, with its title, date and site where the page states them.
//!
//! Extraction follows Mozilla's Readability (crate `dom_smoothie`); where it finds nothing, all visible text of the body is taken.

use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::Encoding;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Elements that may lie inside each other; of deeper pages the visible text is taken, because extraction recurses.
const MAX_DEPTH: usize = 256;

/// Tags left open above which a page is not parsed at all: the parser looks through all of them at each tag.
const MAX_OPEN_TAGS: usize = 20_000;

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
    if open_tags(html) > MAX_OPEN_TAGS {
        return Err("the page's tags are nested too deeply");
    }
    // The parser is a large foreign crate; a page that trips it must not end the run.
    catch_unwind(AssertUnwindSafe(|| extract_main(html))).map_err(|_| "the page can't be parsed")
}

fn extract_main(html: &str) -> Page {
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let mut page = Page::default();
    let Ok(mut readability) = Readability::new(html, None, Some(config)) else { return page };
    // Metadata and the fallback first: extraction changes the document.
    let stated = readability.parse_json_ld();
    let stated = readability.get_article_metadata(stated);
    page.title = stated.title.trim().to_owned();
    page.date = stated.published_time.filter(|date| !date.trim().is_empty());
    page.site = stated.site_name.filter(|site| !site.trim().is_empty());
    let (visible, depth) = visible_text(&readability);
    if depth <= MAX_DEPTH
        && let Ok(article) = readability.parse()
    {
        page.text = tidy(&article.text_content);
    }
    if page.text.is_empty() {
        page.text = tidy(&visible);
        page.is_whole_body = true;
    }
    page
}

/// All text that a browser would show, and how deep the tree is. Walks without recursion.
fn visible_text(page: &Readability) -> (String, usize) {
    const UNSEEN: [&str; 7] = ["script", "style", "noscript", "template", "head", "svg", "iframe"];
    const INLINE: [&str; 24] = [
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "kbd", "label", "mark", "q", "s", "samp", "small", "span",
        "strong", "sub", "sup", "time", "u", "wbr",
    ];
    let (mut text, mut depth, mut deepest) = (String::new(), 0_usize, 0_usize);
    let mut node = page.doc.root();
    loop {
        let name = node.node_name();
        let name = name.as_deref().unwrap_or("");
        if node.is_text() {
            text.push_str(&node.text());
        } else if !name.is_empty() && !INLINE.contains(&name) {
            text.push('\n');
        }
        let child = if UNSEEN.contains(&name) { None } else { node.first_child() };
        if let Some(child) = child {
            depth += 1;
            deepest = deepest.max(depth);
            node = child;
            continue;
        }
        loop {
            if depth == 0 {
                return (text, deepest);
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return (text, deepest) };
            node = parent;
            depth -= 1;
            if node.node_name().is_some_and(|name| !INLINE.contains(&&*name)) {
                text.push('\n');
            }
        }
    }
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

/// About how many tags are left open at most; comparisons in scripts count too.
fn open_tags(html: &str) -> usize {
    const CLOSED_BY_NEXT: [&[u8]; 12] = [b"br", b"p", b"li", b"td", b"tr", b"th", b"dd", b"dt", b"hr", b"img", b"option", b"input"];
    let bytes = html.as_bytes();
    let (mut open, mut most) = (0_usize, 0_usize);
    for position in memchr::memchr_iter(b'<', bytes) {
        match bytes.get(position + 1) {
            Some(b'/') => open = open.saturating_sub(1),
            Some(byte) if byte.is_ascii_alphabetic() => {
                let name = &bytes[position + 1..];
                let name = &name[..name.iter().take(7).take_while(|byte| byte.is_ascii_alphanumeric()).count()];
                open += usize::from(!CLOSED_BY_NEXT.iter().any(|closed| closed.eq_ignore_ascii_case(name)));
            }
            _ => {}
        }
        most = most.max(open);
    }
    most
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
        // The deepest pages that are extracted fit the small stack of a worker, and deeper ones give their visible text.
        for level in ["<div>", "<table><tr><td>", "<ul><li>", "<b>x<p>", "<span><b>", "<svg><path/>"] {
            for times in [60, 250, 3_000] {
                let page = extract(&format!("{}<p>Text &amp; more.", level.repeat(times))).unwrap();
                assert!(page.text.ends_with("Text & more.") || level.starts_with("<svg>"), "{times} × {level}: {}", page.text.len());
            }
        }
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
