//! Texts before they are drawn: made legible, measured, shortened, wrapped.
//!
//! Comes in: any text from a corpus. Goes out: one line of letters that XML allows and some font has.

use std::cell::Cell;

use unicode_segmentation::UnicodeSegmentation;

use super::fonts::Fonts;
use super::style::MissingGlyphs;

/// Fonts and the rule for letters that they lack.
pub(super) struct Lettering {
    pub fonts: Fonts,
    substitutes: bool,
    substituted: Cell<bool>,
}

/// Said in the footer when a label was spelled in Latin letters.
pub(super) const SPELLED: &str =
    "Names in [ ] are spelled in Latin letters, Chinese characters as in Mandarin, for lack of a font; the table has the originals.";

impl Lettering {
    /// Lettering with `fonts`.
    pub fn new(fonts: Fonts, missing: MissingGlyphs) -> Self {
        Self { fonts, substitutes: missing != MissingGlyphs::Viewer, substituted: Cell::new(false) }
    }

    /// Whether any text had to be spelled in Latin letters.
    pub fn has_substituted(&self) -> bool {
        self.substituted.get()
    }

    /// `text` on one line, without control characters, and with a stated substitute for what no font has.
    pub fn legible(&self, text: &str) -> String {
        let mut line = String::with_capacity(text.len());
        for letter in text.chars() {
            match letter {
                // Direction overrides could turn the rest of the label round.
                '\u{200b}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
                '\u{fffe}' | '\u{ffff}' => {}
                letter if letter.is_control() || letter.is_whitespace() => {
                    if !line.is_empty() && !line.ends_with(' ') {
                        line.push(' ');
                    }
                }
                letter => line.push(letter),
            }
        }
        line.truncate(line.trim_end().len());
        if self.substitutes { self.spelled(&line) } else { line }
    }

    /// `line` with every run of letters that no font has spelled in Latin letters within square brackets.
    fn spelled(&self, line: &str) -> String {
        if line.chars().all(|letter| self.fonts.covers(letter)) {
            return line.to_owned();
        }
        self.substituted.set(true);
        let mut result = String::new();
        let mut run = String::new();
        for cluster in line.graphemes(true) {
            let covered = cluster.chars().all(|letter| self.fonts.covers(letter));
            // Spaces within a run stay in it: "[Bei Jing]", not "[Bei] [Jing]".
            if covered && (run.is_empty() || cluster != " ") {
                close(&mut run, &mut result);
                result.push_str(cluster);
            } else {
                run.push_str(cluster);
            }
        }
        close(&mut run, &mut result);
        result
    }

    /// Width of `text` in CSS pixels.
    pub fn width(&self, text: &str, size: f64, bold: bool) -> f64 {
        self.fonts.width(text, size, bold)
    }

    /// `text` cut at its end to `room`, with an ellipsis if anything is lost.
    pub fn shortened(&self, text: &str, size: f64, bold: bool, room: f64) -> String {
        if self.width(text, size, bold) <= room {
            return text.to_owned();
        }
        let clusters: Vec<&str> = text.graphemes(true).collect();
        let cut = |kept: usize| format!("{}…", clusters[..kept].concat().trim_end());
        cut(self.most_kept(clusters.len(), size, bold, room, &cut))
    }

    /// `text` cut in its middle to `room`: for paths and names that differ at their ends.
    fn shortened_in_the_middle(&self, text: &str, size: f64, bold: bool, room: f64) -> String {
        if self.width(text, size, bold) <= room {
            return text.to_owned();
        }
        let clusters: Vec<&str> = text.graphemes(true).collect();
        let cut = |kept: usize| {
            let tail = kept / 2;
            let head = clusters[..kept - tail].concat();
            format!("{}…{}", head.trim_end(), clusters[clusters.len() - tail..].concat().trim_start())
        };
        cut(self.most_kept(clusters.len(), size, bold, room, &cut))
    }

    /// The largest number of clusters for which `cut` fits; by bisection, since width grows with it.
    fn most_kept(&self, clusters: usize, size: f64, bold: bool, room: f64, cut: &dyn Fn(usize) -> String) -> usize {
        let (mut fits, mut too_long) = (0, clusters);
        while too_long - fits > 1 {
            let middle = fits.midpoint(too_long);
            if self.width(&cut(middle), size, bold) <= room { fits = middle } else { too_long = middle }
        }
        fits
    }

    /// Labels of one axis cut to `room`; cut in the middle where cutting the end would make different ones equal.
    pub fn shortened_labels(&self, labels: &[String], size: f64, bold: bool, room: f64) -> Vec<String> {
        let ends: Vec<String> = labels.iter().map(|label| self.shortened(label, size, bold, room)).collect();
        let mut places: std::collections::BTreeMap<&str, Vec<usize>> = std::collections::BTreeMap::new();
        for (index, end) in ends.iter().enumerate() {
            places.entry(end).or_default().push(index);
        }
        let ambiguous = |index: usize| places[ends[index].as_str()].iter().any(|&other| labels[other] != labels[index]);
        (0..labels.len())
            .map(
                |index| if ambiguous(index) { self.shortened_in_the_middle(&labels[index], size, bold, room) } else { ends[index].clone() },
            )
            .collect()
    }

    /// `text` broken into at most `lines` lines of `room`; the last ends with an ellipsis if text is left.
    pub fn wrapped(&self, text: &str, size: f64, bold: bool, room: f64, lines: usize) -> Vec<String> {
        let mut result: Vec<String> = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() && result.len() < lines {
            if result.len() + 1 == lines {
                result.push(self.shortened(rest, size, bold, room));
                break;
            }
            let end = self.line_end(rest, size, bold, room);
            result.push(rest[..end].trim_end().to_owned());
            rest = rest[end..].trim_start();
        }
        result
    }

    /// Where the first line of `text` ends: after the last word or hyphen that fits, or within a word that is too long alone.
    fn line_end(&self, text: &str, size: f64, bold: bool, room: f64) -> usize {
        if self.width(text, size, bold) <= room {
            return text.len();
        }
        let fits = |end: &usize| self.width(text[..*end].trim_end(), size, bold) <= room;
        let after_words = text.match_indices([' ', '-']).map(|(at, _)| at + 1).take_while(fits).last();
        after_words
            .or_else(|| text.grapheme_indices(true).map(|(at, cluster)| at + cluster.len()).take_while(fits).last())
            .unwrap_or_else(|| text.graphemes(true).next().map_or(text.len(), str::len))
    }
}

/// Moves `run`, spelled in Latin letters, to `result`.
fn close(run: &mut String, result: &mut String) {
    if run.is_empty() {
        return;
    }
    let trailing = run.len() - run.trim_end().len();
    let spelled = deunicode::deunicode_with_tofu(run.trim(), "?");
    let spelled = spelled.split_whitespace().collect::<Vec<_>>().join(" ");
    if spelled.chars().any(|letter| letter.is_ascii_alphanumeric()) {
        result.push_str(&format!("[{spelled}]"));
    } else {
        // A script without a romanisation: the first code point names it.
        let first = run.chars().next().map_or(0, u32::from);
        let more = if run.chars().count() > 1 { "…" } else { "" };
        result.push_str(&format!("[U+{first:04X}{more}]"));
    }
    if trailing > 0 {
        result.push(' ');
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lettering() -> Lettering {
        Lettering::new(Fonts::default(), MissingGlyphs::Substitute)
    }

    #[test]
    fn control_characters_and_direction_overrides_vanish() {
        assert_eq!(lettering().legible("a\u{0}b\r\n\tc\u{202e}d\u{1b}[31m "), "a b cd [31m");
        assert_eq!(lettering().legible("\u{7}\u{7}"), "");
    }

    #[test]
    fn scripts_without_a_font_are_spelled_and_others_are_kept() {
        let lettering = lettering();
        for kept in ["Łódź", "Київ", "Ελλάδα", "النهار", "הארץ", "e\u{301}"] {
            assert_eq!(lettering.legible(kept), kept);
        }
        assert!(!lettering.has_substituted());
        assert_eq!(lettering.legible("北京 晚报 daily"), "[Bei Jing Wan Bao] daily");
        assert_eq!(lettering.legible("ok 😀"), "ok [grinning]");
        assert_eq!(lettering.legible("\u{13000}\u{13001}"), "[U+13000…]");
        assert!(lettering.has_substituted());
        assert_eq!(Lettering::new(Fonts::default(), MissingGlyphs::Viewer).legible("北京"), "北京");
    }

    #[test]
    fn shortened_labels_fit_and_stay_apart() {
        let lettering = lettering();
        let labels: Vec<String> =
            ["reports/2024/the-harbour-times/one", "reports/2024/the-harbour-times/two", "short"].map(String::from).to_vec();
        let short = lettering.shortened_labels(&labels, 13.0, false, 120.0);
        assert!(short.iter().all(|label| lettering.width(label, 13.0, false) <= 120.0));
        assert_ne!(short[0], short[1]);
        assert!(short[0].contains('…') && short[0].ends_with("one"));
        assert_eq!(short[2], "short");
    }

    #[test]
    fn wrapped_lines_fit_and_lose_nothing_before_the_limit() {
        let lettering = lettering();
        let text = "The Harbour Times writes Kiev, the three others write Kyiv in nine of ten articles";
        let lines = lettering.wrapped(text, 20.0, true, 300.0, 9);
        assert!(lines.len() > 2 && lines.iter().all(|line| lettering.width(line, 20.0, true) <= 300.0));
        assert_eq!(lines.join(" "), text);
        let two = lettering.wrapped(text, 20.0, true, 300.0, 2);
        assert!(two.len() == 2 && two[1].ends_with('…'));
        let wide = lettering.wrapped(&"W".repeat(90), 20.0, true, 300.0, 9);
        assert_eq!(wide.concat(), "W".repeat(90));
    }
}
