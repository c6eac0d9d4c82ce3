//! One picture for light and dark pages: the colours of both drawings become variables of the page's style.
//!
//! A chart is drawn twice, once in each theme. Both drawings have the same shapes in the same places and differ in
//! colours alone, so the page holds the shapes once, and `fill="#1b1f24"` becomes `fill="var(--c3)"`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The colours of all pictures of a page: on light and on dark ground.
#[derive(Debug, Default)]
pub(super) struct Palette {
    numbers: BTreeMap<(String, String), usize>,
}

impl Palette {
    /// `light` with variables instead of the colours in which `dark` differs; `light` itself where the two are not the same
    /// drawing.
    pub fn merged(&mut self, light: &str, dark: &str) -> String {
        let (pieces, others) = (light.split("\"#"), dark.split("\"#"));
        if pieces.clone().count() != others.clone().count() || !pieces.clone().zip(others.clone()).enumerate().all(is_same_but_colour) {
            return light.to_owned();
        }
        let mut merged = String::with_capacity(light.len());
        for (index, (piece, other)) in pieces.zip(others).enumerate() {
            match (index > 0).then(|| colour(piece).zip(colour(other))).flatten() {
                Some((light, dark)) if light != dark => {
                    let next = self.numbers.len();
                    let number = *self.numbers.entry((light.to_lowercase(), dark.to_lowercase())).or_insert(next);
                    // `write!` to a String can't fail.
                    let _ = write!(merged, "\"var(--c{number}){}", &piece[DIGITS..]);
                }
                _ => {
                    merged.push_str(if index > 0 { "\"#" } else { "" });
                    merged.push_str(piece);
                }
            }
        }
        merged
    }

    /// The style that gives the variables their colours: light, and dark on screens as the page's theme has it.
    pub fn style(&self) -> String {
        let mut pairs: Vec<(usize, &(String, String))> = self.numbers.iter().map(|(pair, &number)| (number, pair)).collect();
        pairs.sort_unstable();
        let light: String = pairs.iter().map(|(number, (light, _))| format!("--c{number}:#{light};")).collect();
        let dark: String = pairs.iter().map(|(number, (_, dark))| format!("--c{number}:#{dark};")).collect();
        format!(
            ":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=\"light\"]){{{dark}}}}}\
             @media screen{{:root[data-theme=\"dark\"]{{{dark}}}}}"
        )
    }
}

/// Hexadecimal digits of a colour.
const DIGITS: usize = 6;

/// The colour that `piece`, which follows `"#`, begins with, if the attribute's value is one.
fn colour(piece: &str) -> Option<&str> {
    let digits = piece.get(..DIGITS)?;
    (digits.bytes().all(|byte| byte.is_ascii_hexdigit()) && piece[DIGITS..].starts_with('"')).then_some(digits)
}

fn is_same_but_colour((index, (piece, other)): (usize, (&str, &str))) -> bool {
    match (index > 0).then(|| colour(piece).zip(colour(other))).flatten() {
        Some(_) => piece[DIGITS..] == other[DIGITS..],
        None => piece == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_that_differ_become_variables_and_nothing_else_changes() {
        let mut palette = Palette::default();
        let light =
            r##"<rect fill="#FFFFFF"/><path fill="#002BA7" stroke="#777777"/><use href="#aabbcc"/><text fill="#FFFFFF">"#12</text>"##;
        let dark = light.replace("#FFFFFF", "#15191E").replace("#002BA7", "#05bafd");
        let merged = palette.merged(light, &dark);
        assert_eq!(
            merged,
            r##"<rect fill="var(--c0)"/><path fill="var(--c1)" stroke="#777777"/><use href="#aabbcc"/><text fill="var(--c0)">"#12</text>"##
        );
        // The same pair in another picture is the same variable.
        assert_eq!(palette.merged("<a fill=\"#002ba7\"/>", "<a fill=\"#05BAFD\"/>"), "<a fill=\"var(--c1)\"/>");
        let style = palette.style();
        assert!(style.starts_with(":root{--c0:#ffffff;--c1:#002ba7;}@media screen"), "{style}");
        assert_eq!(style.matches("--c1:#05bafd;").count(), 2);
    }

    #[test]
    fn drawings_of_different_shapes_stay_light() {
        let light = "<rect fill=\"#ffffff\" x=\"1\"/>";
        for dark in ["<rect fill=\"#000000\" x=\"2\"/>", "<rect fill=\"#000000\" x=\"1\"/><g fill=\"#000000\"/>", "", "<rect/>"] {
            assert_eq!(Palette::default().merged(light, dark), light);
        }
        assert_eq!(Palette::default().merged("é\"#", "é\"#"), "é\"#");
    }
}
