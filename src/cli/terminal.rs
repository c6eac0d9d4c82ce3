//! What a terminal can show: colour unless `NO_COLOR` is set, and its width.

use std::io::IsTerminal;

/// How a word is set off on a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Headings.
    Bold,
    /// What went wrong.
    Red,
    /// What to do about it.
    Cyan,
}

impl Style {
    fn code(self) -> &'static str {
        match self {
            Self::Bold => "1",
            Self::Red => "1;31",
            Self::Cyan => "36",
        }
    }
}

/// `text` in `style`, if `is_coloured`.
pub(super) fn styled(text: &str, style: Style, is_coloured: bool) -> String {
    if is_coloured { format!("\u{1b}[{}m{text}\u{1b}[0m", style.code()) } else { text.to_owned() }
}

/// Whether `stream` shows colour: a terminal that is not dumb, and the user has not set `NO_COLOR` (<https://no-color.org>).
pub(super) fn is_coloured(stream: &impl IsTerminal) -> bool {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    stream.is_terminal() && variable("NO_COLOR").is_none() && variable("TERM").is_none_or(|kind| kind != "dumb")
}

/// Columns of the terminal, by `COLUMNS`; 120 where nothing says otherwise.
pub(super) fn console_width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|width| *width >= 40).unwrap_or(120)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_stays_plain() {
        assert_eq!(styled("error", Style::Red, false), "error");
        assert_eq!(styled("error", Style::Red, true), "\u{1b}[1;31merror\u{1b}[0m");
    }
}
