//! Charts for inlining: an SVG cut down to shapes and letters, its ids made distinct, nothing in it that acts or loads.
//!
//! The picture comes from the chart room, but its labels come from documents; so only known elements and attributes
//! pass, `style="…"` becomes presentation attributes (the page's policy forbids inline styles), and references may only
//! point into the picture itself.

use crate::error::{Error, Result};

static ELEMENTS: &[&str] = &[
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "title",
    "desc",
    "defs",
    "clipPath",
    "linearGradient",
    "radialGradient",
    "stop",
    "use",
    "mask",
    "pattern",
    "marker",
    "symbol",
];

static DROPPED_ATTRIBUTES: &[&str] = &["xmlns", "version", "class", "tabindex"];

static REFERENCES: &[&str] = &["aria-labelledby", "aria-describedby"];

/// `svg` ready to stand in a page: ids begin with `prefix`, and the root is an image called `label`.
///
/// # Errors
/// An internal error when `svg` is no well-formed SVG.
pub(super) fn inlined(svg: &str, prefix: &str, label: &str) -> Result<String> {
    let mut rest = svg;
    let mut out = String::with_capacity(svg.len());
    let mut open: Vec<(&str, bool)> = Vec::new();
    let mut hidden = 0_usize;
    while let Some(at) = rest.find('<') {
        let before = &rest[..at];
        if hidden == 0 && !open.is_empty() {
            out.push_str(before);
        }
        rest = &rest[at..];
        if let Some(length) = skipped(rest) {
            rest = &rest[length..];
            continue;
        }
        let end = tag_end(rest).ok_or_else(|| broken(prefix, "a tag has no end"))?;
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            let (expected, was_hidden) = open.pop().ok_or_else(|| broken(prefix, "a tag closes nothing"))?;
            if expected != name.trim() {
                return Err(broken(prefix, "tags are not nested"));
            }
            if was_hidden {
                hidden -= 1;
            } else if hidden == 0 {
                out.push_str("</");
                out.push_str(expected);
                out.push('>');
            }
            continue;
        }
        let closed = tag.ends_with('/');
        let tag = tag.trim_end_matches('/');
        let name = tag.split_whitespace().next().unwrap_or("");
        // The root's own title and description would repeat the label, as a tool-tip over the whole picture.
        let refused = !ELEMENTS.contains(&name) || (open.len() == 1 && matches!(name, "title" | "desc"));
        if open.is_empty() && name != "svg" {
            return Err(broken(prefix, "it does not begin with <svg>"));
        }
        if !refused && hidden == 0 {
            let attributes = attributes(&tag[name.len()..]).ok_or_else(|| broken(prefix, "an attribute is broken"))?;
            out.push('<');
            out.push_str(name);
            if open.is_empty() {
                push_root(&mut out, &attributes, label);
            }
            push_attributes(&mut out, &attributes, prefix, open.is_empty());
            out.push_str(if closed { "/>" } else { ">" });
        }
        if !closed {
            open.push((name, refused));
            hidden += usize::from(refused);
        }
    }
    if open.is_empty() && !out.is_empty() { Ok(out) } else { Err(broken(prefix, "it does not end")) }
}

/// The letters that `svg` shows, one blank between lines, for telling what need not be said again beside it.
pub(super) fn letters(svg: &str) -> String {
    let mut text = String::new();
    for piece in svg.split('<') {
        text.push_str(piece.split_once('>').map_or("", |(_, after)| after));
        text.push(' ');
    }
    let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&#39;", "'");
    plain.replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn broken(name: &str, reason: &str) -> Error {
    Error::internal(format!("chart `{name}` is no SVG that a page can hold: {reason}"))
}

/// The length of a comment, declaration, processing instruction or CDATA section at the start of `rest`.
fn skipped(rest: &str) -> Option<usize> {
    for (start, end) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")] {
        if rest.starts_with(start) {
            return rest.find(end).map(|at| at + end.len());
        }
    }
    None
}

/// The position of the `>` that ends the tag at the start of `rest`, outside of quotes.
fn tag_end(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            (None, b'>') => return Some(at),
            _ => {}
        }
    }
    None
}

fn attributes(mut rest: &str) -> Option<Vec<(&str, &str)>> {
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Some(found);
        }
        let (name, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|first| matches!(first, '"' | '\''))?;
        let (value, after) = after[1..].split_once(quote)?;
        found.push((name.trim_end(), value));
        rest = after;
    }
}

fn push_root(out: &mut String, attributes: &[(&str, &str)], label: &str) {
    let size = |name: &str| attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| value.trim_end_matches("px"));
    if !attributes.iter().any(|(key, _)| *key == "viewBox")
        && let (Some(width), Some(height)) = (size("width"), size("height"))
    {
        push(out, "viewBox", &format!("0 0 {width} {height}"));
    }
    push(out, "role", "img");
    push(out, "aria-label", &escaped(label));
}

fn push_attributes(out: &mut String, attributes: &[(&str, &str)], prefix: &str, is_root: bool) {
    for (name, value) in attributes {
        let is_root_only = is_root && matches!(*name, "role" | "aria-label" | "aria-labelledby" | "aria-describedby" | "width" | "height");
        if is_root_only || name.starts_with("on") || name.starts_with("xmlns:") || DROPPED_ATTRIBUTES.contains(name) {
            continue;
        }
        match *name {
            "id" => push(out, "id", &format!("{prefix}-{value}")),
            "href" | "xlink:href" => {
                if let Some(target) = value.strip_prefix('#') {
                    push(out, "href", &format!("#{prefix}-{target}"));
                }
            }
            "style" => {
                for (property, value) in value.split(';').filter_map(|declaration| declaration.split_once(':')) {
                    push_presentation(out, property.trim(), value.trim(), prefix);
                }
            }
            _ if REFERENCES.contains(name) => {
                let ids: Vec<String> = value.split_whitespace().map(|id| format!("{prefix}-{id}")).collect();
                push(out, name, &ids.join(" "));
            }
            _ => push_presentation(out, name, value, prefix),
        }
    }
}

fn push_presentation(out: &mut String, name: &str, value: &str, prefix: &str) {
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b':');
    if !is_name {
        return;
    }
    if !value.contains("url(") {
        push(out, name, value);
    } else if value.matches("url(").count() == 1
        && let Some((before, target)) = value.split_once("url(#")
    {
        push(out, name, &format!("{before}url(#{prefix}-{target}"));
    }
}

fn push(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    out.push_str(&value.replace('"', "&quot;"));
    out.push('"');
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_references_get_the_prefix() {
        let svg = r##"<?xml version="1.0"?><!-- made --><svg xmlns="http://www.w3.org/2000/svg" width="20" height="10px"><defs>
            <clipPath id="clip"><rect width="5" height="5"/></clipPath></defs><g clip-path="url(#clip)"><use href="#a" xlink:href='#b'/></g></svg>"##;
        let page = inlined(svg, "chart-one", "A \"dot\" & <more>").expect("well formed");
        assert!(page.starts_with("<svg viewBox=\"0 0 20 10\" role=\"img\" aria-label=\"A &quot;dot&quot; &amp; &lt;more&gt;\">"), "{page}");
        assert!(page.contains("id=\"chart-one-clip\"") && page.contains("clip-path=\"url(#chart-one-clip)\""), "{page}");
        assert!(page.contains("<use href=\"#chart-one-a\" href=\"#chart-one-b\"/>") && page.ends_with("</svg>"), "{page}");
        assert!(!page.contains("xmlns") && !page.contains("made"));
    }

    #[test]
    fn whatever_acts_or_loads_is_gone() {
        let svg = r#"<svg viewBox="0 0 1 1" onload="x()" width="1" height="1"><script>alert("1, 2")</script><style>*{}</style>
            <foreignObject><body onclick="x()">in</body></foreignObject><image href="http://a/b.png"/><a href="javascript:x()"><text>t</text></a>
            <rect fill="url(http://a/#p)" style="fill:red;stroke:url(#g);background:url(http://b)" x="1>2"/><text>5 &lt; 6 &gt; 4</text></svg>"#;
        let page = inlined(svg, "c", "l").expect("well formed");
        for gone in ["onload", "script", "alert", "style", "foreign", "onclick", "http", "javascript", "image", "<a", "in</body>"] {
            assert!(!page.contains(gone), "{gone}: {page}");
        }
        assert!(page.contains("<rect fill=\"red\" stroke=\"url(#c-g)\" x=\"1>2\"/>"), "{page}");
        assert!(page.contains("<text>5 &lt; 6 &gt; 4</text>"));
    }

    #[test]
    fn the_roots_title_goes_and_a_marks_title_stays() {
        let page = inlined("<svg viewBox='0 0 1 1'><title>Root</title><desc>All</desc><rect><title>Mark</title></rect></svg>", "c", "l");
        assert_eq!(
            page.expect("well formed"),
            "<svg role=\"img\" aria-label=\"l\" viewBox=\"0 0 1 1\"><rect><title>Mark</title></rect></svg>"
        );
    }

    #[test]
    fn the_letters_of_a_picture_are_one_line() {
        let svg = "<svg><text x='1'>Words &amp; rates,</text>\n<text>per   million</text><rect/></svg>";
        assert_eq!(letters(svg), "Words & rates, per million");
    }

    #[test]
    fn broken_pictures_are_errors_and_no_panics() {
        for broken in [
            "",
            "no svg",
            "<svg",
            "<svg>",
            "</svg>",
            "<g></g>",
            "<svg><g></svg></g>",
            "<svg a=></svg>",
            "<svg a='></svg>",
            "<svg><!-- </svg>",
        ] {
            assert!(inlined(broken, "c", "l").is_err(), "{broken}");
        }
    }
}
