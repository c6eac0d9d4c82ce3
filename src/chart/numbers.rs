//! Numbers and days as people write them.
//!
//! Comes in: a value and its column. Goes out: short text: thousands separated, a real minus, shares as per cent.

use crate::table::{ColumnKind, ColumnSpec};

/// The largest magnitude that is drawn; beyond it differences overflow.
pub(super) const LARGEST: f64 = 1e100;

/// How the values of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Format {
    /// The column's kind.
    pub kind: ColumnKind,
    /// Written with `+` where positive: differences and log ratios.
    pub signed: bool,
    /// Whether the value is a binary logarithm of a ratio, so that an axis can say "2×".
    pub is_log_ratio: bool,
}

impl Format {
    /// The format of `column`.
    pub fn of(column: &ColumnSpec) -> Self {
        let unit = column.unit.to_lowercase();
        let is_log_ratio = (unit.contains("log₂") || unit.contains("log2")) && unit.contains("ratio");
        Self { kind: column.kind, signed: is_log_ratio || unit.contains("difference"), is_log_ratio }
    }

    /// `value` as a label.
    pub fn value(self, value: f64) -> String {
        let text = match self.kind {
            ColumnKind::Share => percent(value),
            ColumnKind::Probability => probability(value),
            ColumnKind::Date => super::dates::day(value),
            ColumnKind::Integer => plain(value, 0),
            ColumnKind::Decimal(decimals) => plain(value, decimals.min(6)),
            ColumnKind::Text | ColumnKind::Boolean => plain(value, 2),
        };
        self.with_sign(text, value)
    }

    /// `value` as a tick whose neighbours are `step` away.
    pub fn tick(self, value: f64, step: f64) -> String {
        let text = match self.kind {
            ColumnKind::Share => format!("{}%", grouped(value * 100.0, decimals_of(step * 100.0))),
            ColumnKind::Date => super::dates::day(value),
            _ => {
                let (divisor, suffix) = compact(value.abs().max(step.abs()));
                match decimals_of(step / divisor) {
                    _ if step.abs() < 1e-6 => scientific(value),
                    decimals if decimals <= 2 => format!("{}{suffix}", grouped(value / divisor, decimals)),
                    // Steps far smaller than the values: only all digits tell neighbours apart.
                    _ => grouped(value, decimals_of(step)),
                }
            }
        };
        self.with_sign(text, value)
    }

    fn with_sign(self, text: String, value: f64) -> String {
        let is_zero = !text.chars().any(|letter| ('1'..='9').contains(&letter));
        if self.signed && value > 0.0 && !is_zero { format!("+{text}") } else { text }
    }
}

/// A binary logarithm as a factor: 1 is "2×", −1 is "½×", 0 is "same".
pub(super) fn factor(log_ratio: f64) -> Option<String> {
    let whole = log_ratio.round();
    if (whole - log_ratio).abs() > 1e-9 || whole.abs() > 10.0 {
        return None;
    }
    let times = 1_u32 << (whole.abs() as u32);
    Some(match whole {
        0.0 => "same".to_owned(),
        whole if whole > 0.0 => format!("{times}×"),
        -1.0 => "½×".to_owned(),
        -2.0 => "¼×".to_owned(),
        -3.0 => "⅛×".to_owned(),
        _ => format!("1/{times}×"),
    })
}

/// `value` with `decimals` decimals, fewer for large and more for small ones, so that three digits tell something.
fn plain(value: f64, decimals: u8) -> String {
    let size = value.abs();
    if size >= 1e15 {
        return scientific(value);
    }
    if size >= 1e6 {
        let (divisor, suffix) = compact(size);
        return format!("{}{suffix}", grouped(value / divisor, if size / divisor < 100.0 { 1 } else { 0 }));
    }
    let decimals = usize::from(decimals);
    if size >= 1000.0 {
        return grouped(value, 0);
    }
    if size > 0.0 && decimals > 0 && format!("{size:.decimals$}").bytes().all(|byte| matches!(byte, b'0' | b'.')) {
        return small(value);
    }
    grouped(value, decimals)
}

fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let size = percent.abs();
    if size > 0.0 && size < 0.05 {
        return if share > 0.0 { "<0.1%".to_owned() } else { "−<0.1%".to_owned() };
    }
    // Nothing at all needs no decimal.
    format!("{}%", grouped(percent, u8::from(size > 0.0 && size < 10.0).into()))
}

fn probability(p: f64) -> String {
    match p {
        p if p < 0.0001 && p > 0.0 => "<0.0001".to_owned(),
        p if p == 0.0 || p >= 0.1 => grouped(p, 2),
        p if p >= 0.001 => grouped(p, 3),
        p => grouped(p, 4),
    }
}

/// One significant digit of something near zero.
fn small(value: f64) -> String {
    if value.abs() < 1e-6 { scientific(value) } else { signed_digits(value, &format!("{:.*}", first_decimal(value.abs()), value.abs())) }
}

fn first_decimal(size: f64) -> usize {
    let text = format!("{size:e}");
    text.rsplit_once("e-").and_then(|(_, exponent)| exponent.parse().ok()).unwrap_or(0)
}

/// `1.2×10⁷`.
fn scientific(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let text = format!("{:.1e}", value.abs());
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let digits = digits.strip_suffix(".0").unwrap_or(digits);
    let raised: String = exponent
        .chars()
        .map(|letter| match letter {
            '-' => '⁻',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            digit => digit.to_digit(10).and_then(|digit| char::from_u32(0x2070 + digit)).unwrap_or('⁰'),
        })
        .collect();
    let power = format!("10{raised}");
    signed_digits(value, &if digits == "1" { power } else { format!("{digits}×{power}") })
}

/// Divisor and suffix that make `size` short.
fn compact(size: f64) -> (f64, &'static str) {
    match size {
        size if size >= 999_950_000_000.0 => (1e12, "T"),
        size if size >= 999_950_000.0 => (1e9, "B"),
        size if size >= 999_950.0 => (1e6, "M"),
        _ => (1.0, ""),
    }
}

/// Decimals that a multiple of `step` needs, at most eight.
fn decimals_of(step: f64) -> usize {
    (0..8)
        .find(|&decimals| {
            let scaled = step.abs() * power_of_ten(decimals);
            (scaled - scaled.round()).abs() < 1e-6 * scaled.max(1e-9) && scaled.round() >= 1.0
        })
        .unwrap_or(8) as usize
}

/// Ten to the power `exponent`, correctly rounded on every platform.
pub(super) fn power_of_ten(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(1.0)
}

/// Fixed decimals with commas between thousands, a true minus and no negative zero.
fn grouped(value: f64, decimals: usize) -> String {
    if value.abs() >= 1e15 {
        return scientific(value);
    }
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(whole, fraction)| (whole, Some(fraction)));
    let mut result = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            result.push(',');
        }
        result.push(digit);
    }
    if let Some(fraction) = fraction {
        result.push('.');
        result.push_str(fraction);
    }
    signed_digits(value, &result)
}

fn signed_digits(value: f64, digits: &str) -> String {
    let is_zero = !digits.chars().any(|letter| ('1'..='9').contains(&letter) || matches!(letter, '¹' | '²' | '³'));
    if value < 0.0 && !is_zero { format!("−{digits}") } else { digits.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(kind: ColumnKind) -> Format {
        Format { kind, signed: false, is_log_ratio: false }
    }

    #[test]
    fn values_read_as_people_write_them() {
        let decimal = format(ColumnKind::Decimal(1));
        for (value, text) in [
            (0.0, "0.0"),
            (-0.0, "0.0"),
            (-0.01, "−0.01"),
            (0.00004, "0.00004"),
            (-3e-9, "−3×10⁻⁹"),
            (12.34, "12.3"),
            (1234.5, "1,234"),
            (-98_765.4, "−98,765"),
            (1_250_000.0, "1.2M"),
            (7.3e11, "730B"),
            (2e15, "2×10¹⁵"),
            (1e42, "10⁴²"),
        ] {
            assert_eq!(decimal.value(value), text, "{value}");
        }
        assert_eq!(format(ColumnKind::Integer).value(1_000.0), "1,000");
        let share = format(ColumnKind::Share);
        assert_eq!([0.0, 0.0001, 0.034, 0.5, 1.0].map(|value| share.value(value)), ["0%", "<0.1%", "3.4%", "50%", "100%"]);
        let p = format(ColumnKind::Probability);
        assert_eq!([1e-9, 0.0004, 0.0123, 0.5].map(|value| p.value(value)), ["<0.0001", "0.0004", "0.012", "0.50"]);
        let log_ratio = Format { kind: ColumnKind::Decimal(2), signed: true, is_log_ratio: true };
        assert_eq!([1.5, -0.25, 0.0].map(|value| log_ratio.value(value)), ["+1.50", "−0.25", "0.00"]);
    }

    #[test]
    fn ticks_have_the_decimals_of_their_step() {
        let decimal = format(ColumnKind::Decimal(2));
        assert_eq!([0.0, 0.5, 1.0].map(|at| decimal.tick(at, 0.5)), ["0.0", "0.5", "1.0"]);
        assert_eq!([0.0, 2000.0].map(|at| decimal.tick(at, 2000.0)), ["0", "2,000"]);
        assert_eq!([1_500_000.0, 2_000_000.0].map(|at| decimal.tick(at, 500_000.0)), ["1.5M", "2.0M"]);
        assert_eq!(decimal.tick(-0.25, 0.25), "−0.25");
        assert_eq!(decimal.tick(1_000_000.25, 0.25), "1,000,000.25");
        assert_eq!(decimal.tick(1.5e-12, 0.5e-12), "1.5×10⁻¹²");
        assert_eq!([0.05, 0.1].map(|at| format(ColumnKind::Share).tick(at, 0.05)), ["5%", "10%"]);
        assert_eq!(format(ColumnKind::Share).tick(0.005, 0.005), "0.5%");
    }

    #[test]
    fn factors_undo_the_logarithm() {
        assert_eq!([-4.0, -2.0, -1.0, 0.0, 3.0].map(factor).map(Option::unwrap), ["1/16×", "¼×", "½×", "same", "8×"]);
        assert_eq!(factor(0.5), None);
        assert_eq!(factor(60.0), None);
    }
}
