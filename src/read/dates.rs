//! Publication dates as days since 1970-01-01, from the forms that news tables hold.
//!
//! Comes in: a cell. Goes out: a day, or why there is none. A date with a time and a zone is the day that is printed, whatever the
//! machine's zone; epoch numbers are UTC. Not here: guessing the order of day and month from other rows.

use super::options::DateOrder;
use jiff::civil::Date;

/// What a cell says about the date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateReading {
    /// The day, as days since 1970-01-01.
    Day(i32),
    /// Only a month or a year was given; the day is the first of it.
    FirstOf(i32),
    /// Day and month could be swapped and nobody said which comes first.
    Ambiguous,
    /// No date that headword understands.
    Unreadable,
}

/// Reads `cell`, which is not blank.
///
/// Understood: ISO 8601 dates and date-times, `20230926`, `26/09/2023` and `09-26-23` under `order` (dots always mean day first),
/// month names in seven languages (`Sept. 26, 2023`, `26 September 2023`, `26. Mai 2023`, `26-Sep-23`), RFC 2822, `2023-09` and
/// `2023` (first of it), and epoch seconds, milliseconds, microseconds and nanoseconds. Two-digit years follow POSIX: 69 is 1969, 68 is 2068.
pub fn read_date(cell: &str, order: DateOrder) -> DateReading {
    let cell = cell.trim();
    if cell.len() > 120 {
        return DateReading::Unreadable;
    }
    if let Some(reading) = digits_only(cell) {
        return reading;
    }
    iso(cell).or_else(|| numeric(cell, order)).or_else(|| named_month(cell)).unwrap_or(DateReading::Unreadable)
}

/// Days since 1970-01-01 of a calendar day; `None` if there is no such day.
pub(super) fn days(year: i64, month: i64, day: i64) -> Option<i32> {
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let epoch = jiff::civil::date(1970, 1, 1);
    Some(epoch.until(date).ok()?.get_days())
}

fn day(year: i64, month: i64, day: i64) -> DateReading {
    // Years before printing or far ahead are slips of the pen, not dates.
    if (1000..=2999).contains(&year) {
        days(year, month, day).map_or(DateReading::Unreadable, DateReading::Day)
    } else {
        DateReading::Unreadable
    }
}

fn first_of(year: i64, month: i64) -> DateReading {
    match day(year, month, 1) {
        DateReading::Day(days) => DateReading::FirstOf(days),
        other => other,
    }
}

/// A number by itself: a year, a compact date, or an epoch told apart by its length.
fn digits_only(cell: &str) -> Option<DateReading> {
    // A spreadsheet or pandas may have made `1695736800.0` of the number.
    let (whole, fraction) = cell.split_once('.').unwrap_or((cell, "0"));
    let negative = whole.starts_with('-');
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    if digits.is_empty() || !digits.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let is_whole = fraction.bytes().all(|byte| byte == b'0');
    if digits.len() < 9 && !is_whole {
        return None;
    }
    let number: i64 = digits.parse().ok()?;
    let number = if negative { -number } else { number };
    let epoch = |per_day: i64| {
        let days = i32::try_from(number.div_euclid(per_day)).ok();
        days.filter(|days| (-354_285..=376_200).contains(days)).map_or(DateReading::Unreadable, DateReading::Day)
    };
    Some(match (negative, digits.len()) {
        (false, 4) => first_of(number, 1),
        (false, 6) if (1..=12).contains(&(number % 100)) && number / 100 >= 1000 => first_of(number / 100, number % 100),
        (false, 8) => day(number / 10_000, number / 100 % 100, number % 100),
        (false, 14) => day(number / 10_000_000_000, number / 100_000_000 % 100, number / 1_000_000 % 100),
        (_, 9..=10) => epoch(86_400),
        (_, 11..=13) => epoch(86_400_000),
        (_, 14..=16) => epoch(86_400_000_000),
        (_, 17..=19) => epoch(86_400_000_000_000),
        _ => DateReading::Unreadable,
    })
}

/// `2023-09-26`, `2023/9/26`, `2023.09.26`, with or without a time and a zone, and `2023-09`.
fn iso(cell: &str) -> Option<DateReading> {
    let (year, rest) = leading_number(cell)?;
    if cell.len() - rest.len() != 4 {
        return None;
    }
    let separator = rest.chars().next().filter(|separator| matches!(separator, '-' | '/' | '.'))?;
    let (month, rest) = leading_number(&rest[1..])?;
    if rest.is_empty() && separator != '.' {
        return Some(first_of(year, month));
    }
    let rest = rest.strip_prefix(separator)?;
    let (day_of_month, rest) = leading_number(rest)?;
    is_time(rest).then(|| day(year, month, day_of_month))
}

/// `26/09/2023`, `9-26-23`, `26.09.2023`, with or without a time.
fn numeric(cell: &str, order: DateOrder) -> Option<DateReading> {
    let (first, rest) = leading_number(cell)?;
    let separator = rest.chars().next().filter(|separator| matches!(separator, '-' | '/' | '.'))?;
    let (second, rest) = leading_number(&rest[1..])?;
    let after = rest.strip_prefix(separator)?;
    let (year, rest) = leading_number(after)?;
    if !is_time(rest) {
        return None;
    }
    let year = match after.len() - rest.len() {
        2 => two_digit_year(year),
        4 => year,
        _ => return None,
    };
    let day_first = day(year, second, first);
    let month_first = day(year, first, second);
    Some(match (day_first, month_first) {
        (DateReading::Unreadable, other) | (other, DateReading::Unreadable) => other,
        (one, other) if one == other => one,
        _ if separator == '.' || order == DateOrder::DayFirst => day_first,
        _ if order == DateOrder::MonthFirst => month_first,
        _ => DateReading::Ambiguous,
    })
}

/// A month's name with a day and a year round it.
fn named_month(cell: &str) -> Option<DateReading> {
    let (mut month, mut day_of_month, mut year) = (None, None, None);
    let words = cell.split(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '/' | '(' | ')' | '|')).filter(|word| !word.is_empty());
    let mut seen_time = false;
    for word in words {
        let (is_short_year, word) = match word.strip_prefix(['\'', '’']) {
            Some(rest) => (true, rest),
            None => (false, word),
        };
        // `14:05`, or `14.05` as British papers print it.
        if word.contains(':') || word.split_once('.').is_some_and(|(hours, minutes)| is_two_digits(hours) && is_two_digits(minutes)) {
            seen_time = true;
            continue;
        }
        if let Some((number, suffix)) = leading_number(word) {
            let length = word.len() - suffix.len();
            let suffix = suffix.trim_end_matches('.').to_lowercase();
            if !matches!(suffix.as_str(), "" | "st" | "nd" | "rd" | "th" | "er" | "º") {
                // `4pm` and the like.
                if matches!(suffix.as_str(), "am" | "pm" | "a.m" | "p.m" | "h") { continue } else { return None }
            }
            match length {
                1 | 2 if day_of_month.is_none() && !is_short_year => day_of_month = Some(number),
                2 if year.is_none() && (is_short_year || !seen_time) => year = Some(two_digit_year(number)),
                4 if year.is_none() => year = Some(number),
                // A zone such as `+0000` or a stray time after a complete date.
                _ if month.is_some() && day_of_month.is_some() && year.is_some() => {}
                _ => return None,
            }
        } else if word.starts_with('+') {
            seen_time = true;
        } else {
            let word = word.trim_end_matches('.').to_lowercase();
            if let Some(number) = month_number(&word) {
                // The first date counts: `March 5, 2020 / Updated March 6, 2020`.
                month = month.or(Some(number));
            } else if !is_filler(&word) && (!seen_time || word.chars().count() > 5) {
                return None;
            }
        }
    }
    Some(match (year?, month?, day_of_month) {
        (year, month, Some(day_of_month)) => day(year, month, day_of_month),
        (year, month, None) => first_of(year, month),
    })
}

fn is_two_digits(text: &str) -> bool {
    (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn two_digit_year(year: i64) -> i64 {
    if year >= 69 { 1900 + year } else { 2000 + year }
}

/// The number that `text` begins with (at most nine digits) and what follows.
fn leading_number(text: &str) -> Option<(i64, &str)> {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    if end == 0 || end > 9 { None } else { Some((text[..end].parse().ok()?, &text[end..])) }
}

/// Whether what follows a date is nothing or looks like a time of day.
fn is_time(rest: &str) -> bool {
    let Some(after) = rest.strip_prefix(['T', 't', ' ', ',', '_']) else { return rest.is_empty() || rest == "Z" };
    after.trim_start().starts_with(|c: char| c.is_ascii_digit()) || after.trim().is_empty() || matches!(after.trim(), "UTC" | "GMT" | "Z")
}

fn is_filler(word: &str) -> bool {
    const FILLERS: [&str; 28] = [
        "first",
        "last",
        "modified",
        "created",
        "",
        "published",
        "updated",
        "posted",
        "on",
        "at",
        "of",
        "the",
        "de",
        "del",
        "den",
        "le",
        "el",
        "am",
        "pm",
        "a.m",
        "p.m",
        "utc",
        "gmt",
        "est",
        "edt",
        "et",
        "z",
        "um",
    ];
    const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    FILLERS.contains(&word)
        || (word.is_ascii() && word.len() <= 9 && WEEKDAYS.iter().any(|weekday| word.starts_with(weekday)))
        || matches!(
            word,
            "montag"
                | "dienstag"
                | "mittwoch"
                | "donnerstag"
                | "freitag"
                | "samstag"
                | "sonntag"
                | "lundi"
                | "mardi"
                | "mercredi"
                | "jeudi"
                | "vendredi"
                | "samedi"
                | "dimanche"
                | "lunes"
                | "martes"
                | "miércoles"
                | "jueves"
                | "viernes"
                | "sábado"
                | "domingo"
        )
}

/// The number of a month by its name in English, German, French, Spanish, Italian, Portuguese or Dutch; `word` is in lower case.
fn month_number(word: &str) -> Option<i64> {
    Some(match word {
        "january" | "jan" | "januar" | "jänner" | "janvier" | "janv" | "enero" | "ene" | "gennaio" | "gen" | "janeiro" | "januari" => 1,
        "february" | "feb" | "februar" | "février" | "fevrier" | "févr" | "febrero" | "febbraio" | "fevereiro" | "fev" | "februari" => 2,
        "march" | "mar" | "märz" | "mrz" | "mär" | "mars" | "marzo" | "março" | "maart" | "mrt" => 3,
        "april" | "apr" | "avril" | "avr" | "abril" | "abr" | "aprile" => 4,
        "may" | "mai" | "mayo" | "maggio" | "mag" | "maio" | "mei" => 5,
        "june" | "jun" | "juni" | "juin" | "junio" | "giugno" | "giu" | "junho" => 6,
        "july" | "jul" | "juli" | "juillet" | "juil" | "julio" | "luglio" | "lug" | "julho" => 7,
        "august" | "aug" | "août" | "aout" | "agosto" | "ago" | "augustus" => 8,
        "september" | "sept" | "sep" | "septembre" | "septiembre" | "setiembre" | "settembre" | "set" | "setembro" => 9,
        "october" | "oct" | "oktober" | "okt" | "octobre" | "octubre" | "ottobre" | "ott" | "outubro" | "out" => 10,
        "november" | "nov" | "novembre" | "noviembre" | "novembro" => 11,
        "december" | "dec" | "dezember" | "dez" | "décembre" | "decembre" | "déc" | "diciembre" | "dic" | "dicembre" | "dezembro" => 12,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // 2023-09-26 is 19,626 days after 1970-01-01 (53 years of 365 days, 13 leap days, 268 days of 2023).
    const DAY: DateReading = DateReading::Day(19_626);

    #[test]
    fn the_forms_of_news_tables_give_the_same_day() {
        for cell in [
            "2023-09-26",
            "2023/09/26",
            "2023.09.26",
            "2023-9-26",
            "20230926",
            "20230926140500",
            "2023-09-26T23:30:00-04:00",
            "2023-09-26T00:10:00.123Z",
            "2023-09-26 14:05:00+02:00",
            "2023-09-26Z",
            "Sept. 26, 2023",
            "Sep 26 2023",
            "September 26th, 2023",
            "26 September 2023",
            "26-Sep-23",
            "26 Sep '23",
            "26. September 2023",
            "26 de septiembre de 2023",
            "mardi 26 septembre 2023",
            "26.09.2023",
            "26/09/2023",
            "09/26/2023",
            "9-26-23",
            "09/26/2023 4:05 PM",
            "Tue, 26 Sep 2023 14:05:00 +0000",
            "Tue, 26 Sep 2023 14:05:00 GMT",
            "Tue Sep 26 14:05:00 2023",
            "Tue Sep 26 14:05:00 +0000 2023",
            "Published Sept. 26, 2023 at 4:05 p.m. ET",
            "Tue 26 Sep 2023 14.05 BST",
            "First published on Tue 26 Sep 2023 05.00 EST",
            "Sept. 26, 2023, 6:00 AM EST / Updated September 27, 2023, 8:12 AM EST",
            "1695737100",
            "1695737100.0",
            "1695737100000",
            "1695737100000000",
            "1695737100000000000",
        ] {
            assert_eq!(read_date(cell, DateOrder::Unstated), DAY, "{cell}");
        }
    }

    #[test]
    fn a_swappable_date_follows_the_stated_order_or_is_ambiguous() {
        let third_of_april = DateReading::Day(days(2023, 4, 3).unwrap());
        let fourth_of_march = DateReading::Day(days(2023, 3, 4).unwrap());
        assert_eq!(read_date("03/04/2023", DateOrder::DayFirst), third_of_april);
        assert_eq!(read_date("03/04/2023", DateOrder::MonthFirst), fourth_of_march);
        assert_eq!(read_date("03/04/2023", DateOrder::Unstated), DateReading::Ambiguous);
        assert_eq!(read_date("04/04/2023", DateOrder::Unstated), DateReading::Day(days(2023, 4, 4).unwrap()));
        assert_eq!(read_date("03.04.2023", DateOrder::MonthFirst), third_of_april);
        // Only one reading exists, so the order doesn't matter.
        assert_eq!(read_date("26/09/2023", DateOrder::MonthFirst), DAY);
    }

    #[test]
    fn months_and_years_are_taken_as_their_first_day() {
        assert_eq!(read_date("2023", DateOrder::Unstated), DateReading::FirstOf(days(2023, 1, 1).unwrap()));
        assert_eq!(read_date("2023-09", DateOrder::Unstated), DateReading::FirstOf(days(2023, 9, 1).unwrap()));
        assert_eq!(read_date("September 2023", DateOrder::Unstated), DateReading::FirstOf(days(2023, 9, 1).unwrap()));
    }

    #[test]
    fn dates_before_1970_are_negative() {
        assert_eq!(read_date("1790-01-08", DateOrder::Unstated), DateReading::Day(-65_736));
        assert_eq!(read_date("1969-12-31", DateOrder::Unstated), DateReading::Day(-1));
        assert_eq!(read_date("-86400000000", DateOrder::Unstated), DateReading::Day(-1_000));
    }

    #[test]
    fn what_is_no_date_is_unreadable() {
        for cell in
            ["yesterday", "2023-02-30", "31/31/2023", "n.d.", "0000-00-00", "12", "26 Brumaire 2023", "-", "9999999999999999999", "🗓"]
        {
            assert_eq!(read_date(cell, DateOrder::DayFirst), DateReading::Unreadable, "{cell}");
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic() {
        let mut state = 7_u64;
        let alphabet: Vec<char> = "0129/-.:, TZSeptMay+'’é年\u{0}".chars().collect();
        for _ in 0..20_000 {
            let mut cell = String::new();
            for _ in 0..(state % 14) {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                cell.push(alphabet[(state >> 33) as usize % alphabet.len()]);
            }
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let reading = read_date(&cell, DateOrder::Unstated);
            assert!(!matches!(reading, DateReading::Day(day) if day.abs() > 400_000), "{cell}");
        }
    }
}
