//! Axes of days: ticks on days, Mondays, months, quarters or round years, whichever fit.

use jiff::civil::{Date, date};
use jiff::{Span, Unit};

use super::axis::{Axis, Tick};

/// The day `days` after 1970-01-01; `None` outside the years −9999 to 9999.
fn civil(days: f64) -> Option<Date> {
    let days = days.round();
    if days.abs() > f64::from(i32::MAX) { None } else { crate::table::format::civil(days as i32) }
}

fn days(day: Date) -> Option<f64> {
    let span = date(1970, 1, 1).until((Unit::Day, day)).ok()?;
    Some(f64::from(span.get_days()))
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn month_name(day: Date) -> &'static str {
    MONTHS[usize::from(day.month().unsigned_abs().clamp(1, 12)) - 1]
}

/// `3 Mar 2024`.
pub(super) fn day(days: f64) -> String {
    civil(days).map_or_else(String::new, |day| format!("{} {} {}", day.day(), month_name(day), day.year()))
}

/// `Mar 2024`.
pub(super) fn month(days: f64) -> String {
    civil(days).map_or_else(String::new, |day| format!("{} {}", month_name(day), day.year()))
}

/// Whether a month begins on that day.
pub(super) fn begins_month(days: f64) -> bool {
    civil(days).is_some_and(|day| day.day() == 1)
}

/// How far apart ticks stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Days(i64),
    Weeks(i64),
    Months(i32),
    Years(i32),
}

const STEPS: [Step; 18] = [
    Step::Days(1),
    Step::Days(2),
    Step::Weeks(1),
    Step::Weeks(2),
    Step::Months(1),
    Step::Months(2),
    Step::Months(3),
    Step::Months(6),
    Step::Years(1),
    Step::Years(2),
    Step::Years(5),
    Step::Years(10),
    Step::Years(20),
    Step::Years(25),
    Step::Years(50),
    Step::Years(100),
    Step::Years(200),
    Step::Years(500),
];

impl Step {
    fn length(self) -> f64 {
        match self {
            Self::Days(days) => days as f64,
            Self::Weeks(weeks) => weeks as f64 * 7.0,
            Self::Months(months) => f64::from(months) * 30.44,
            Self::Years(years) => f64::from(years) * 365.25,
        }
    }

    /// The last tick at or before `day`.
    fn floor(self, day: Date) -> Option<Date> {
        match self {
            // Counting days from a Monday keeps ticks in place when the range grows.
            Self::Days(every) | Self::Weeks(every) => {
                let every = if matches!(self, Self::Weeks(_)) { every * 7 } else { every };
                // 1970-01-05 was a Monday.
                let since = days(day)? as i64 - 4;
                civil((since.div_euclid(every) * every + 4) as f64)
            }
            Self::Months(every) => {
                let month = (i32::from(day.month()) - 1).div_euclid(every) * every + 1;
                Date::new(day.year(), month as i8, 1).ok()
            }
            Self::Years(every) => {
                let year = i32::from(day.year()).div_euclid(every) * every;
                Date::new(year.max(-9999) as i16, 1, 1).ok()
            }
        }
    }

    fn next(self, day: Date) -> Option<Date> {
        let span = match self {
            Self::Days(every) => Span::new().try_days(every),
            Self::Weeks(every) => Span::new().try_weeks(every),
            Self::Months(every) => Span::new().try_months(every),
            Self::Years(every) => Span::new().try_years(every),
        };
        day.checked_add(span.ok()?).ok()
    }

    fn label(self, day: Date) -> String {
        match self {
            Self::Days(_) | Self::Weeks(_) => format!("{} {}", day.day(), month_name(day)),
            Self::Months(_) => month_name(day).to_owned(),
            Self::Years(_) => day.year().to_string(),
        }
    }
}

impl Axis {
    /// An axis of days from `low` to `high` with at most `most` ticks.
    pub fn dates(low: f64, high: f64, most: usize) -> Self {
        let (low, high) = if high > low { (low, high) } else { (low - 3.0, low + 3.0) };
        let mut axis = Self { low, high, ticks: Vec::new(), is_logarithmic: false, gutter: None, is_flipped: false, stresses_zero: false };
        let step = STEPS.into_iter().find(|step| (high - low) / step.length() <= most.max(1) as f64).unwrap_or(Step::Years(1000));
        let mut day = civil(low).and_then(|day| step.floor(day));
        let mut year = None;
        // The bound holds for any step; it stops a loop at the end of the calendar.
        for _ in 0..400 {
            let Some(tick) = day else { break };
            let Some(at) = days(tick) else { break };
            if at > high {
                break;
            }
            if at >= low {
                let says_year = !matches!(step, Step::Years(_)) && year != Some(tick.year());
                year = Some(tick.year());
                axis.ticks.push(Tick { at, label: step.label(tick), below: says_year.then(|| tick.year().to_string()) });
            }
            day = step.next(tick);
        }
        if axis.ticks.is_empty() {
            axis.ticks.push(Tick { at: low, label: self::day(low), below: None });
        }
        axis
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(low: Date, high: Date, most: usize) -> Vec<String> {
        let axis = Axis::dates(days(low).unwrap(), days(high).unwrap(), most);
        axis.ticks
            .iter()
            .map(|tick| format!("{}{}", tick.label, tick.below.as_ref().map_or_else(String::new, |year| format!("/{year}"))))
            .collect()
    }

    #[test]
    fn ticks_fit_the_span() {
        assert_eq!(labels(date(2024, 3, 1), date(2024, 3, 6), 8).len(), 6);
        assert_eq!(labels(date(2024, 3, 1), date(2024, 4, 12), 8), ["4 Mar/2024", "11 Mar", "18 Mar", "25 Mar", "1 Apr", "8 Apr"]);
        assert_eq!(labels(date(2023, 11, 1), date(2024, 3, 1), 8), ["Nov/2023", "Dec", "Jan/2024", "Feb", "Mar"]);
        assert_eq!(labels(date(2018, 5, 1), date(2024, 3, 1), 8), ["2019", "2020", "2021", "2022", "2023", "2024"]);
        assert_eq!(labels(date(1790, 1, 8), date(2020, 2, 4), 8), ["1800", "1850", "1900", "1950", "2000"]);
        assert_eq!(labels(date(2024, 3, 5), date(2024, 3, 5), 8), ["2 Mar/2024", "3 Mar", "4 Mar", "5 Mar", "6 Mar", "7 Mar", "8 Mar"]);
    }

    #[test]
    fn days_beyond_the_calendar_are_no_panic() {
        let axis = Axis::dates(-2e9, 2e9, 8);
        assert_eq!(axis.ticks.len(), 1);
        assert_eq!(day(3e9), "");
        assert_eq!((day(19_787.0), month(19_787.0)), ("5 Mar 2024".to_owned(), "Mar 2024".to_owned()));
        assert!(begins_month(19_783.0) && !begins_month(19_787.0) && !begins_month(3e9));
    }
}
