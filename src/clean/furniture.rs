//! Page furniture: lines that a web page prints round an article, told by conservative rules.
//!
//! A rule looks at one line by itself, without its bullets, arrows and brackets. A line of furniture begins with a capital letter. The
//! rules are written for English pages: a rule for a language that nobody checked would drop prose.

use super::phrases::{ADVERTISEMENTS, INVITATIONS, LINK_LEADS, LINKS, SOURCES, SUBSCRIBED, SUBSCRIPTIONS, may_be_furniture};

/// Why a line is furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Furniture {
    /// A link to another article: `Read more`, `READ MORE: …` followed by capitals or by a short line, `Click here to …`.
    ReadMore,
    /// An invitation to share, follow, sign up, comment or subscribe that fills the line.
    Invitation,
    /// `Advertisement`, `Sponsored content`, `Story continues below`.
    Advertisement,
    /// A line that names where the article was taken from: `Source: Read Full Article`, `Read the original article on …`.
    SourceLink,
    /// `© 2024 …`, `Copyright 2024 …`, `All rights reserved.`
    Copyright,
    /// `This article is more than 2 years old`.
    Age,
    /// A line that stood in the same document before, such as a caption printed twice; the first stays.
    Repeated,
}

impl Furniture {
    /// Every rule.
    pub const ALL: [Self; 7] =
        [Self::ReadMore, Self::Invitation, Self::Advertisement, Self::SourceLink, Self::Copyright, Self::Age, Self::Repeated];

    /// The rule in words, for remarks.
    pub fn name(self) -> &'static str {
        match self {
            Self::ReadMore => "links to other articles",
            Self::Invitation => "invitations to share or subscribe",
            Self::Advertisement => "advertisement marks",
            Self::SourceLink => "links to the source",
            Self::Copyright => "copyright lines",
            Self::Age => "notes on the article's age",
            Self::Repeated => "lines printed before in the same document",
        }
    }
}

/// The rule that makes a single line furniture; `None` for prose and blank lines.
pub fn furniture_of(line: &str) -> Option<Furniture> {
    // Furniture is short; most lines are paragraphs and leave here.
    if line.len() > 200 || line.is_empty() {
        return None;
    }
    // A letter is no edge, so the gate can look at the line itself.
    if line.as_bytes()[0].is_ascii_alphabetic() && !may_be_furniture(line) {
        return None;
    }
    let bare = bare(line);
    if bare.starts_with('©') || line.starts_with("(c) ") || line.starts_with("(C) ") {
        return is_copyright(&bare.to_lowercase()).then_some(Furniture::Copyright);
    }
    if !may_be_furniture(bare) {
        return None;
    }
    let lower = bare.to_lowercase().replace('’', "'");
    if is_read_more(line, bare, &lower) {
        Some(Furniture::ReadMore)
    } else if is_source_link(&lower) {
        Some(Furniture::SourceLink)
    } else if ADVERTISEMENTS.contains(&lower.as_str()) {
        Some(Furniture::Advertisement)
    } else if INVITATIONS.contains(&lower.as_str()) || is_subscription(&lower) {
        Some(Furniture::Invitation)
    } else if is_copyright(&lower) {
        Some(Furniture::Copyright)
    } else {
        (lower.starts_with("this article is more than ") && lower.ends_with(" old") && words(&lower) <= 9).then_some(Furniture::Age)
    }
}

/// The line without white space, bullets, arrows, brackets and closing dots.
fn bare(line: &str) -> &str {
    const EDGES: &str = "•·*-–—><»«›‹→▶►|[](#";
    let is_edge = |c: char| c.is_whitespace() || EDGES.contains(c);
    line.trim_start_matches(is_edge).trim_end_matches(|c: char| is_edge(c) || matches!(c, '.' | '…' | ':' | '!'))
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

fn is_read_more(line: &str, bare: &str, lower: &str) -> bool {
    if LINKS.contains(&lower) || LINK_LEADS.contains(&lower) {
        return true;
    }
    if let (Some((lead, _)), Some((_, title))) = (lower.split_once(':'), bare.split_once(':'))
        && LINK_LEADS.contains(&lead.trim())
    {
        // A link's title is in capitals, or it does not end like a sentence.
        let title = title.trim();
        return is_capitals(title) || (!line.trim_end().ends_with(['.', '!', '”', '"', ',']) && words(title) <= 25);
    }
    ["read more on ", "read more about ", "read more from "].iter().any(|lead| lower.starts_with(lead)) && words(lower) <= 12
}

/// Letters, and none of them small.
fn is_capitals(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

fn is_source_link(lower: &str) -> bool {
    const LEADS: [&str; 3] = ["read the original article on ", "read the full article on ", "this article originally appeared on "];
    if SOURCES.contains(&lower) || (LEADS.iter().any(|lead| lower.starts_with(lead)) && words(lower) <= 14) {
        return true;
    }
    // `Source: https://…` and nothing else.
    let address = lower.strip_prefix("source:").or_else(|| lower.strip_prefix("via:")).unwrap_or("").trim();
    (address.starts_with("http") || address.starts_with("www.")) && !address.contains(' ')
}

/// `Sign up for our newsletter` and the like, when the line is short.
fn is_subscription(lower: &str) -> bool {
    let mut named = lower.split(|c: char| !c.is_alphanumeric() && c != '-');
    SUBSCRIPTIONS.iter().any(|lead| lower.starts_with(lead))
        && words(lower) <= 20
        && (lower.starts_with("follow us") || named.any(|word| SUBSCRIBED.contains(&word)))
}

/// `© 2024 Harbour Times`, `Copyright 2024 …`, `All rights reserved`: a mark and a year, or the formula, in a short line.
fn is_copyright(lower: &str) -> bool {
    let is_year = |digits: &[u8]| (digits.starts_with(b"19") || digits.starts_with(b"20")) && digits.iter().all(u8::is_ascii_digit);
    let has_mark = ["©", "copyright ", "copyright©", "c) "].iter().any(|mark| lower.starts_with(mark));
    let has_year = lower.as_bytes().windows(4).any(is_year);
    lower == "all rights reserved" || (has_mark && (has_year || lower.ends_with("all rights reserved")) && words(lower) <= 25)
}

/// Shorter lines may repeat.
pub(super) const MIN_REPEATED_BYTES: usize = 40;

/// Whether a repeated line is a caption or paragraph printed twice, not a refrain, a heading or a row of figures.
pub(super) fn may_be_repeated(line: &str) -> bool {
    line.len() >= MIN_REPEATED_BYTES
        && !line.ends_with([':', '!', '?'])
        && line.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '(' | '‘'))
        && words(line) >= 6
        && line.chars().filter(|c| c.is_alphabetic() || *c == ' ').count() * 10 >= line.chars().count() * 8
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("Share this article", Furniture::Invitation),
            ("[Share]", Furniture::Invitation),
            ("Sign up for our daily newsletter.", Furniture::Invitation),
            ("© 2024 Harbour Times. All rights reserved.", Furniture::Copyright),
            ("Copyright 2023 Harbour Times Ltd", Furniture::Copyright),
            ("All rights reserved.", Furniture::Copyright),
            ("(c) 2019 Harbour Agency, LLC", Furniture::Copyright),
            ("Advertisement Continue reading the main story", Furniture::Advertisement),
            ("More On This...", Furniture::ReadMore),
            ("This article is more than 10 months old", Furniture::Age),
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
            "share.",
            "comments.",
            "This article is more than a report: it is a plea.",
            "",
            "- ",
            "日本語の行",
        ] {
            assert_eq!(furniture_of(line), None, "{line}");
        }
    }

    #[test]
    fn refrains_headings_and_figures_may_repeat() {
        for line in [
            "Audience members. Four more years! Four more years! Four more years!",
            "Gentlemen of the Senate and Gentlemen of the House of Representatives:",
            "           04/09/87 03/09/87  04/09/87 03/09/87    12.5     14.0",
            "marketing years and time lags between reported exports and",
            "Short line",
        ] {
            assert!(!may_be_repeated(line.trim()), "{line}");
        }
        assert!(may_be_repeated("Mayor Ann Lee greets the crew of the ferry at the quay on Monday"));
    }
}
