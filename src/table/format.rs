//! Numbers and days for people to read. Files keep full precision.

/// Digits in groups of three: 12,345.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A day as `2026-03-04`, counted from 1970-01-01; empty outside the years −9999 to 9999.
pub fn iso_date(days: i32) -> String {
    civil(days).map_or(String::new(), |date| date.to_string())
}

/// The calendar day of a number of days since 1970-01-01; `None` outside the years −9999 to 9999.
pub fn civil(days: i32) -> Option<jiff::civil::Date> {
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
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
    fn digits_are_grouped() {
        assert_eq!([0, 999, 1000, 1234567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn days_read_as_dates() {
        assert_eq!((iso_date(0), iso_date(-1), iso_date(20_000)), ("1970-01-01".into(), "1969-12-31".into(), "2024-10-04".into()));
        assert_eq!(iso_date(i32::MAX), "");
    }

    #[test]
    fn slugs_are_safe_file_names() {
        assert_eq!(["Harbour Times", "../x", "***", "Правда"].map(slug), ["harbour-times", "x", "group", "правда"]);
    }
}
