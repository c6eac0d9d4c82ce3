//! Page furniture: lines that a web page prints round an article, told by conservative rules.
//!
//! A rule looks at one line by itself, without its bullets, arrows and brackets. The rules are written for English pages, because a
//! rule for a language that nobody checked would drop prose.

use std::collections::HashSet;
use std::hash::BuildHasher;
use std::ops::Range;

/// Why a line is furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Furniture {
    /// A link to another article: `Read more`, `READ MORE: …` followed by capitals or by a short line, `Click here to …`.
    ReadMore,
    /// An invitation to share, follow, sign up, comment or subscribe that fills the line.
    Share,
    /// `Advertisement`, `Sponsored content`, `Story continues below`.
    Advertisement,
    /// A line that names where the article was taken from: `Source: Read Full Article`, `Read the original article on …`.
    SourceLink,
    /// `© 2024 …`, `Copyright 2024 …`, `All rights reserved.`
    Copyright,
    /// A line that stood in the same document before, such as a caption printed twice; the first stays.
    Repeated,
}

impl Furniture {
    /// Every rule.
    pub const ALL: [Self; 6] = [Self::ReadMore, Self::Share, Self::Advertisement, Self::SourceLink, Self::Copyright, Self::Repeated];

    /// The rule in words, for remarks.
    pub fn name(self) -> &'static str {
        match self {
            Self::ReadMore => "links to other articles",
            Self::Share => "invitations to share or subscribe",
            Self::Advertisement => "advertisement marks",
            Self::SourceLink => "links to the source",
            Self::Copyright => "copyright lines",
            Self::Repeated => "lines printed before in the same document",
        }
    }
}

/// How to clean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CleanOptions {
    /// Whether page furniture stays in the text that is analysed.
    pub keep_furniture: bool,
}

impl Default for CleanOptions {
    /// Page furniture is dropped.
    fn default() -> Self {
        Self { keep_furniture: false }
    }
}

/// Lines dropped, by rule; mergeable.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CleanCounts {
    lines: [u64; Furniture::ALL.len()],
    /// Documents from which at least one line was dropped.
    pub documents: u64,
}

impl CleanCounts {
    /// Lines that `rule` dropped.
    pub fn of(&self, rule: Furniture) -> u64 {
        self.lines[rule as usize]
    }

    /// Lines that all rules dropped.
    pub fn total(&self) -> u64 {
        self.lines.iter().sum()
    }

    /// Adds another part's counts.
    pub fn merge(&mut self, other: &Self) {
        for (lines, more) in self.lines.iter_mut().zip(other.lines) {
            *lines += more;
        }
        self.documents += other.documents;
    }

    /// A sentence for people; `None` if nothing was dropped.
    pub fn remark(&self) -> Option<String> {
        let parts: Vec<String> =
            Furniture::ALL.iter().filter(|rule| self.of(**rule) > 0).map(|rule| format!("{} {}", self.of(*rule), rule.name())).collect();
        let lines = if self.total() == 1 { "line" } else { "lines" };
        (!parts.is_empty()).then(|| {
            format!(
                "{} {lines} of page furniture left out of {} documents ({}); `--keep-furniture` keeps them",
                self.total(),
                self.documents,
                parts.join(", ")
            )
        })
    }
}

/// The ranges of `text` to analyse, ascending and apart; without furniture it is the whole text in one range.
pub fn kept_ranges(text: &str, options: CleanOptions) -> Vec<Range<usize>> {
    clean(text, options, &mut CleanCounts::default())
}

/// Like [`kept_ranges`], and adds what was dropped to `counts`.
///
/// Borders of ranges are borders of lines. Repeated lines count only from 20 characters on, so that refrains, speakers' names and
/// `***` stay.
pub fn clean(text: &str, options: CleanOptions, counts: &mut CleanCounts) -> Vec<Range<usize>> {
    if options.keep_furniture || text.is_empty() {
        return if text.is_empty() { Vec::new() } else { std::iter::once(0..text.len()).collect() };
    }
    let hasher = foldhash::fast::FixedState::with_seed(0);
    let mut seen: HashSet<u64> = HashSet::new();
    let mut kept: Vec<Range<usize>> = Vec::new();
    let (mut start, mut kept_from, mut dropped) = (0, 0, 0_u64);
    while start < text.len() {
        let end = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |found| start + found + 1);
        let line = text[start..end].trim();
        let rule = furniture_of(line).or_else(|| {
            let is_long = line.len() >= 20 && line.chars().take(20).count() == 20;
            (is_long && !seen.insert(hasher.hash_one(line))).then_some(Furniture::Repeated)
        });
        if let Some(rule) = rule {
            counts.lines[rule as usize] += 1;
            dropped += 1;
            if start > kept_from {
                kept.push(kept_from..start);
            }
            kept_from = end;
        }
        start = end;
    }
    if text.len() > kept_from {
        kept.push(kept_from..text.len());
    }
    counts.documents += u64::from(dropped > 0);
    kept
}

/// The rule that makes a single line furniture; `None` for prose and blank lines.
pub fn furniture_of(line: &str) -> Option<Furniture> {
    // Furniture is short; most lines are paragraphs and leave here.
    if line.len() > 200 || line.is_empty() {
        return None;
    }
    let bare = bare(line);
    let first = bare.as_bytes().first()?.to_ascii_lowercase();
    if !matches!(first, b'a'..=b'z') && !bare.starts_with('©') {
        return None;
    }
    let lower = bare.to_lowercase();
    if is_read_more(line, bare, &lower) {
        Some(Furniture::ReadMore)
    } else if is_source_link(bare, &lower) {
        Some(Furniture::SourceLink)
    } else if ADVERTISEMENTS.contains(&lower.as_str()) {
        Some(Furniture::Advertisement)
    } else if SHARES.contains(&lower.as_str()) || is_sign_up(&lower) {
        Some(Furniture::Share)
    } else if is_copyright(&lower) {
        Some(Furniture::Copyright)
    } else {
        None
    }
}

/// The line without white space, bullets, arrows, brackets and closing dots.
fn bare(line: &str) -> &str {
    let is_edge = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '•' | '·'
                    | '*'
                    | '-'
                    | '–'
                    | '—'
                    | '>'
                    | '<'
                    | '»'
                    | '«'
                    | '›'
                    | '‹'
                    | '→'
                    | '▶'
                    | '►'
                    | '|'
                    | '['
                    | ']'
                    | '('
                    | '#'
            )
    };
    line.trim_start_matches(|c| is_edge(c)).trim_end_matches(|c| is_edge(c) || matches!(c, '.' | '…' | ':' | '!' | ')'))
}

/// Leads that announce a link when the line is nothing else or goes on after a colon.
const LINK_LEADS: [&str; 14] = [
    "read more",
    "see more",
    "learn more",
    "more on this story",
    "more on this",
    "read also",
    "also read",
    "see also",
    "read next",
    "related",
    "related articles",
    "related stories",
    "don't miss",
    "recommended",
];

fn is_read_more(line: &str, bare: &str, lower: &str) -> bool {
    const WHOLE: [&str; 22] = [
        "related topics",
        "related content",
        "related story",
        "related article",
        "related coverage",
        "related links",
        "recommended stories",
        "more stories",
        "more from this section",
        "you may also like",
        "you might also like",
        "up next",
        "most read",
        "most popular",
        "trending",
        "trending now",
        "editor's picks",
        "continue reading",
        "continue reading the main story",
        "click here to read more",
        "click here",
        "read the full story",
    ];
    let lower = lower.replace('’', "'");
    if WHOLE.contains(&lower.as_str()) || LINK_LEADS.contains(&lower.as_str()) {
        return true;
    }
    if let Some((lead, rest)) = bare.split_once(':')
        && LINK_LEADS.contains(&lead.trim().to_lowercase().replace('’', "'").as_str())
    {
        // A link's title is in capitals, or it does not end like a sentence.
        let rest = rest.trim();
        return is_capitals(rest) || !line.trim_end().ends_with(['.', '!', '”', '"', ',']) && rest.split_whitespace().count() <= 25;
    }
    ["read more on ", "read more about ", "read more from "].iter().any(|lead| lower.starts_with(lead))
        && lower.split_whitespace().count() <= 12
}

/// Letters, and none of them small.
fn is_capitals(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

fn is_source_link(bare: &str, lower: &str) -> bool {
    if matches!(
        lower,
        "source: read full article"
            | "read full article"
            | "read the full article"
            | "view original article"
            | "read the original article"
            | "source link"
            | "original article"
    ) {
        return true;
    }
    if lower.starts_with("read the original article on ")
        || lower.starts_with("read the full article on ")
        || lower.starts_with("this article originally appeared on ")
    {
        return lower.split_whitespace().count() <= 14;
    }
    // `Source: https://…` and nothing else.
    ["source: http", "via: http", "source: www."].iter().any(|lead| lower.starts_with(lead))
        && !bare["source:".len().min(bare.len())..].trim().contains(' ')
}

const ADVERTISEMENTS: [&str; 16] = [
    "advertisement",
    "advertisements",
    "advertising",
    "ad",
    "sponsored",
    "sponsored content",
    "sponsored links",
    "paid content",
    "story continues below",
    "story continues below advertisement",
    "story continues",
    "article continues below",
    "article continues below advertisement",
    "article continues after advertisement",
    "article continues after ad",
    "scroll to continue with content",
];

const SHARES: [&str; 40] = [
    "share",
    "share this",
    "share this article",
    "share this story",
    "share this post",
    "share on facebook",
    "share on twitter",
    "share on x",
    "share via email",
    "share on whatsapp",
    "tweet",
    "tweet this",
    "pin it",
    "email this article",
    "print this article",
    "print",
    "copy link",
    "link copied",
    "save article",
    "save this article",
    "leave a comment",
    "post a comment",
    "view comments",
    "show comments",
    "comments",
    "join the conversation",
    "follow us",
    "follow us on facebook",
    "follow us on twitter",
    "follow us on x",
    "follow us on instagram",
    "like us on facebook",
    "subscribe",
    "subscribe now",
    "sign up",
    "sign in",
    "log in",
    "listen to this article",
    "watch the video",
    "skip to content",
];

/// `Sign up for our …`, `Subscribe to our …`, when the line is short.
fn is_sign_up(lower: &str) -> bool {
    const LEADS: [&str; 8] = [
        "sign up for our ",
        "sign up to our ",
        "sign up for the ",
        "subscribe to our ",
        "subscribe to the ",
        "get our free ",
        "download our app",
        "follow us on ",
    ];
    const NOUNS: [&str; 8] = ["newsletter", "email", "e-mail", "alerts", "app", "updates", "channel", "podcast"];
    LEADS.iter().any(|lead| lower.starts_with(lead))
        && lower.split_whitespace().count() <= 20
        && (lower.starts_with("follow us")
            || lower
                .split(|c: char| !c.is_alphanumeric() && c != '-')
                .any(|word| NOUNS.contains(&word) || NOUNS.contains(&word.trim_end_matches('s'))))
}

/// `© 2024 Harbour Times`, `Copyright 2024 …`, `All rights reserved`: a mark and a year, or the formula, in a short line.
fn is_copyright(lower: &str) -> bool {
    let words = lower.split_whitespace().count();
    let has_year =
        lower.as_bytes().windows(4).any(|year| (year.starts_with(b"19") || year.starts_with(b"20")) && year.iter().all(u8::is_ascii_digit));
    let has_mark = lower.starts_with('©') || lower.starts_with("copyright ") || lower.starts_with("(c) ") || lower.starts_with("c) ");
    lower == "all rights reserved" || (has_mark && (has_year || lower.ends_with("all rights reserved")) && words <= 25)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept<'a>(text: &'a str, counts: &mut CleanCounts) -> String {
        clean(text, CleanOptions::default(), counts).into_iter().map(|range| &text[range]).collect::<Vec<&'a str>>().concat()
    }

    #[test]
    fn furniture_goes_and_prose_stays() {
        let furniture = [
            ("Read more", Furniture::ReadMore),
            ("  READ MORE: FERRY CREW WALKS OUT AS FARES RISE FOR A SECOND TIME", Furniture::ReadMore),
            ("» Read more: Ferry crew walks out", Furniture::ReadMore),
            ("See also: Harbour fares", Furniture::ReadMore),
            ("Related Articles", Furniture::ReadMore),
            ("Don’t miss", Furniture::ReadMore),
            ("Source: Read Full Article", Furniture::SourceLink),
            ("Read the original article on Harbour Insider", Furniture::SourceLink),
            ("Source: https://example.org/ferry", Furniture::SourceLink),
            ("Advertisement", Furniture::Advertisement),
            ("ARTICLE CONTINUES BELOW", Furniture::Advertisement),
            ("Share this article", Furniture::Share),
            ("[Share]", Furniture::Share),
            ("Sign up for our daily newsletter.", Furniture::Share),
            ("© 2024 Harbour Times. All rights reserved.", Furniture::Copyright),
            ("Copyright 2023 Harbour Times Ltd", Furniture::Copyright),
            ("All rights reserved.", Furniture::Copyright),
        ];
        for (line, rule) in furniture {
            assert_eq!(furniture_of(line), Some(rule), "{line}");
        }
        for line in [
            "Read more slowly, the teacher said, and the children did.",
            "Related charges were dropped in May.",
            "Advertisement spending fell by a third.",
            "Share prices fell on Monday.",
            "Comments by the mayor drew laughter.",
            "Read more: the council has published the whole report, and it is long, and few will finish it.",
            "Copyright law was the judge's field.",
            "Subscribe to our view or not, the mayor said, the bridge will be built.",
            "Source: the harbour office, which counts every boat.",
            "Mayor Ann Lee opens the quay. © Photo Harbour Agency",
            "All rights reserved for the few, she wrote.",
            "",
            "- ",
            "日本語の行",
        ] {
            assert_eq!(furniture_of(line), None, "{line}");
        }
    }

    #[test]
    fn a_caption_printed_twice_is_kept_once() {
        let text = "Lead line.\nMayor Ann Lee at the quay on Monday\nText.\n***\nMayor Ann Lee at the quay on Monday\n***\nEnd.";
        let mut counts = CleanCounts::default();
        assert_eq!(kept(text, &mut counts), "Lead line.\nMayor Ann Lee at the quay on Monday\nText.\n***\n***\nEnd.");
        assert_eq!((counts.of(Furniture::Repeated), counts.total(), counts.documents), (1, 1, 1));
        assert!(counts.remark().unwrap().starts_with("1 line of page furniture left out of 1 documents (1 lines printed before"));
    }

    #[test]
    fn furniture_can_be_kept() {
        let text = "Read more\nText.";
        let whole = clean(text, CleanOptions { keep_furniture: true }, &mut CleanCounts::default());
        assert_eq!(whole.into_iter().map(|range| &text[range]).collect::<Vec<_>>(), [text]);
        assert!(kept_ranges("", CleanOptions::default()).is_empty());
        assert!(kept_ranges("Read more", CleanOptions::default()).is_empty());
    }

    #[test]
    fn ranges_ascend_on_line_borders_and_lose_dropped_lines_only() {
        let lines = ["Read more", "Text é.", "", "Advertisement", "A line that is long enough to count", "\u{2028}x", "READ MORE: X"];
        let mut state = 3_u64;
        for _ in 0..2_000 {
            let mut text = String::new();
            for _ in 0..state % 9 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(lines[(state >> 40) as usize % lines.len()]);
                text.push_str(["\n", "\r\n", "\n\n"][(state >> 35) as usize % 3]);
            }
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let mut counts = CleanCounts::default();
            let ranges = clean(&text, CleanOptions::default(), &mut counts);
            let mut last_end = 0;
            for range in &ranges {
                assert!(range.start >= last_end && range.start < range.end);
                assert!(range.start == 0 || text.as_bytes()[range.start - 1] == b'\n');
                last_end = range.end;
            }
            let kept_lines: usize = ranges.iter().map(|range| text[range.clone()].split_inclusive('\n').count()).sum();
            assert_eq!(kept_lines as u64 + counts.total(), text.split_inclusive('\n').count() as u64);
        }
    }
}
