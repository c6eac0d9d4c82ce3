//! How values look to people: digits, signs, percentages, days. Files for machines keep full precision instead.
//!
//! Comes in: a value and its column's kind. Goes out: text, the same on every machine and in every locale. Not here:
//! escaping for HTML, Markdown or XML, which each output does for itself.

use std::borrow::Cow;

use super::column::Value;
use super::spec::ColumnKind;

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// `value` as people read it under `kind`: `12,345`, `0.25`, `12.5%`, `< 0.001`, `2026-03-04`, `yes`; missing is empty.
pub fn display(value: &Value, kind: ColumnKind) -> String {
    match value {
        Value::Missing => String::new(),
        Value::Text(text) => text.to_string(),
        Value::Integer(number) => grouped_integer(*number),
        Value::Number(number) => match kind {
            ColumnKind::Share => percentage(*number),
            ColumnKind::Probability => probability(*number),
            ColumnKind::Decimal(decimals) => decimal(*number, decimals),
            _ => decimal(*number, 2),
        },
        Value::Date(day) => iso_date(*day),
        Value::Boolean(truth) => if *truth { "yes" } else { "no" }.to_owned(),
    }
}

/// A whole number with a comma between thousands.
pub fn grouped_integer(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", group(&number.unsigned_abs().to_string()))
}

/// A count with a comma between thousands.
pub fn thousands(number: u64) -> String {
    group(&number.to_string())
}

/// A number with `decimals` decimals and a comma between thousands; what rounds to zero has no sign.
pub fn decimal(number: f64, decimals: u8) -> String {
    let digits = format!("{:.*}", usize::from(decimals), number.abs());
    let sign = if number < 0.0 && digits.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) { "-" } else { "" };
    match digits.split_once('.') {
        Some((whole, rest)) => format!("{sign}{}.{rest}", group(whole)),
        None => format!("{sign}{}", group(&digits)),
    }
}

/// A share between 0 and 1 as a percentage: one decimal, two below one per cent.
pub fn percentage(share: f64) -> String {
    let percent = share * 100.0;
    match percent.abs() {
        size if size > 0.0 && size < 0.005 => if percent < 0.0 { "> -0.01%" } else { "< 0.01%" }.to_owned(),
        size if size > 0.0 && size < 0.995 => format!("{}%", decimal(percent, 2)),
        _ => format!("{}%", decimal(percent, 1)),
    }
}

/// A probability: three decimals, and `< 0.001` below that.
pub fn probability(probability: f64) -> String {
    if probability < 0.001 { "< 0.001".to_owned() } else { decimal(probability, 3) }
}

fn group(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// The calendar day of a number of days since 1970-01-01; `None` outside the years −9999 to 9999.
pub fn civil(days: i32) -> Option<jiff::civil::Date> {
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// A day counted from 1970-01-01 as `2026-03-04`; one outside the calendar as its number.
pub fn iso_date(day: i32) -> String {
    civil(day).map_or_else(|| format!("day {day}"), |date| date.to_string())
}

/// A day counted from 1970-01-01 as `4 March 2026`; one outside the calendar as its number.
pub fn long_date(day: i32) -> String {
    let in_words = |date: jiff::civil::Date| Some(format!("{} {} {}", date.day(), MONTHS.get(date.month() as usize - 1)?, date.year()));
    civil(day).and_then(in_words).unwrap_or_else(|| format!("day {day}"))
}

/// `text` with every control character but tab and line ends replaced by U+FFFD, the replacement character.
///
/// NUL ends strings in C, escape starts a terminal's commands, and XML 1.0 (so every spreadsheet and page) forbids most
/// of them; a visible mark is more honest than a silent loss. The non-characters U+FFFE and U+FFFF are treated alike.
pub fn printable(text: &str) -> Cow<'_, str> {
    let is_refused = |character: char| match character {
        '\t' | '\n' | '\r' => false,
        '\u{FFFE}' | '\u{FFFF}' => true,
        other => other.is_control(),
    };
    if text.chars().any(is_refused) {
        Cow::Owned(text.chars().map(|character| if is_refused(character) { '\u{FFFD}' } else { character }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Lower-case letters, digits and hyphens for a file name or anchor: `Harbour Times` is `harbour-times`.
///
/// Letters of any script are kept; two names may share a slug, so number them where that matters.
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for character in name.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug: String = slug.trim_end_matches('-').chars().take(60).collect();
    if slug.is_empty() { "group".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_signed_and_rounded() {
        assert_eq!(grouped_integer(0), "0");
        assert_eq!(grouped_integer(999), "999");
        assert_eq!(grouped_integer(-1_234_567), "-1,234,567");
        assert_eq!(grouped_integer(i64::MIN), "-9,223,372,036,854,775,808");
        assert_eq!(decimal(1234.567, 1), "1,234.6");
        assert_eq!(decimal(-0.004, 2), "0.00");
        assert_eq!(decimal(-0.006, 2), "-0.01");
        assert_eq!(decimal(1e6, 0), "1,000,000");
    }

    #[test]
    fn shares_and_probabilities_do_not_round_to_nothing() {
        let shares = [0.0, 0.000_01, 0.0004, 0.0099, 0.125, 1.0, -0.25];
        let shown: Vec<String> = shares.iter().map(|&share| percentage(share)).collect();
        assert_eq!(shown, ["0.0%", "< 0.01%", "0.04%", "0.99%", "12.5%", "100.0%", "-25.0%"]);
        assert_eq!(
            [probability(0.0), probability(0.000_999), probability(0.001), probability(1.0)],
            ["< 0.001", "< 0.001", "0.001", "1.000"]
        );
    }

    #[test]
    fn days_are_calendar_days() {
        // date -u -d @$((DAY * 86400)) +%F, GNU coreutils 9.1.
        let days = [(0, "1970-01-01"), (-1, "1969-12-31"), (11_016, "2000-02-29"), (-25_509, "1900-02-28"), (-25_508, "1900-03-01")];
        for (day, expected) in days {
            assert_eq!(iso_date(day), expected);
        }
        assert_eq!(long_date(20_516), "4 March 2026");
        assert_eq!((iso_date(i32::MAX), long_date(i32::MIN)), ("day 2147483647".to_owned(), "day -2147483648".to_owned()));
    }

    #[test]
    fn slugs_are_safe_file_names() {
        assert_eq!(["Harbour Times", "../x", "***", "Правда"].map(slug), ["harbour-times", "x", "group", "правда"]);
    }

    #[test]
    fn control_characters_become_visible() {
        assert_eq!(printable("a\0b\u{1b}[31mc\u{85}d\u{FFFF}"), "a\u{FFFD}b\u{FFFD}[31mc\u{FFFD}d\u{FFFD}");
        assert!(matches!(printable("tab\tline\r\nend é 😀"), Cow::Borrowed(_)));
    }
}
