//! From plotters' SVG to the SVG that is handed out: its own root with size, title and description, shorter tags.

use std::fmt::Write as _;

use super::canvas::UNITS;
use super::fonts::FONT_FAMILY;

/// What stands on the root element.
pub(super) struct Root<'a> {
    /// The chart's name; makes ids that are distinct within a page.
    pub name: &'a str,
    /// The title, for screen readers.
    pub title: &'a str,
    /// What the picture shows, for screen readers.
    pub description: &'a str,
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
}

/// `drawn`, as plotters' backend writes it, under a new root.
///
/// The backend ends every tag with a line break and escapes `<` in texts, so a line that begins with `<` is markup of
/// known form and every other line is the content of a text.
pub(super) fn tidied(drawn: &str, root: &Root<'_>) -> String {
    let mut svg = String::with_capacity(drawn.len());
    open(&mut svg, root);
    let body = drawn.split_once('\n').map_or("", |(_, body)| body);
    let common = format!(" font-family=\"{FONT_FAMILY}\"");
    for line in body.lines() {
        if line.starts_with("<text") {
            // The baseline is given exactly; the shift by half an x-height would depend on the viewer's font.
            let tag = line.replace(" dy=\"-0.5ex\"", "").replace(&common, "").replace(" text-anchor=\"start\"", "");
            svg.push_str(&rounded_font_size(&tag.replace(" opacity=\"1\"", "")));
        } else if line.starts_with("</text") || line.starts_with("</svg") {
            svg.push_str(line);
            svg.push('\n');
        } else if line.starts_with('<') {
            svg.push_str(&line.replace(" opacity=\"1\"", "").replace(" stroke=\"none\"", "").replace(" \"/>", "\"/>"));
            svg.push('\n');
        } else {
            svg.push_str(line);
        }
    }
    svg
}

fn open(svg: &mut String, root: &Root<'_>) {
    let id: String = root.name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
    let (width, height) = (root.width, root.height);
    let (across, down) = (f64::from(width) * UNITS, f64::from(height) * UNITS);
    // `write!` to a String can't fail.
    let _ = writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {across} {down}\" role=\"img\" \
         aria-labelledby=\"chart-{id}-title chart-{id}-description\" font-family=\"{FONT_FAMILY}, system-ui, sans-serif\" \
         stroke-linejoin=\"round\" stroke-linecap=\"round\">"
    );
    let _ = writeln!(svg, "<title id=\"chart-{id}-title\">{}</title>", escaped(root.title));
    let _ = writeln!(svg, "<desc id=\"chart-{id}-description\">{}</desc>", escaped(root.description));
}

/// `1299.9999` as `1300`: plotters' size arithmetic leaves rounding dust.
fn rounded_font_size(tag: &str) -> String {
    let Some((before, rest)) = tag.split_once(" font-size=\"") else { return tag.to_owned() };
    let Some((size, after)) = rest.split_once('"') else { return tag.to_owned() };
    match size.parse::<f64>() {
        Ok(size) => format!("{before} font-size=\"{}\"{after}", size.round()),
        Err(_) => tag.to_owned(),
    }
}

/// `text` for the content of an element.
fn escaped(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            '&' => result.push_str("&amp;"),
            other => result.push(other),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_lose_what_they_repeat_and_texts_stay_as_they_are() {
        let drawn = "<svg width=\"10\">\n<rect opacity=\"1\" x=\"0\" stroke=\"none\"/>\n<text x=\"1\" dy=\"-0.5ex\" \
                     text-anchor=\"start\" font-family=\"Inter\" font-size=\"129.99999999999997\" opacity=\"1\">\n dy=&quot;-0.5ex&quot; \
                     opacity=\"1\"\n</text>\n</svg>\n";
        let root = Root { name: "a b\"", title: "1 < 2 & \"3\"", description: "d", width: 7, height: 5 };
        let svg = tidied(drawn, &root);
        assert!(svg.contains("<text x=\"1\" font-size=\"130\"> dy=&quot;-0.5ex&quot; opacity=\"1\"</text>\n"), "{svg}");
        assert!(svg.contains("<rect x=\"0\"/>\n") && svg.contains("viewBox=\"0 0 70 50\""));
        assert!(svg.contains("id=\"chart-a-b--title\">1 &lt; 2 &amp; \"3\"<"));
    }
}
