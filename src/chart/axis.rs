//! Axes of numbers: where they begin and end, and round ticks between.

use super::numbers::{Format, factor, power_of_ten};
use crate::maths::float::{log10, pow};
use crate::table::ColumnKind;

/// A place on an axis with its label.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    /// In the axis's own coordinate (see [`Axis::coordinate`]).
    pub at: f64,
    /// What stands there.
    pub label: String,
    /// A second line under it: the year of a month, the factor of a log ratio.
    pub below: Option<String>,
}

/// An axis: its ends and ticks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Axis {
    /// Lower end, in its own coordinate.
    pub low: f64,
    /// Upper end, above `low`.
    pub high: f64,
    /// Ticks from low to high.
    pub ticks: Vec<Tick>,
    /// Logarithmic: the coordinate is the decimal logarithm.
    pub is_logarithmic: bool,
    /// On a logarithmic axis, the coordinate at which zeros are drawn: a gutter below the smallest value.
    pub gutter: Option<f64>,
    /// Small values stand where large ones usually do: probabilities, of which the small ones matter.
    pub is_flipped: bool,
    /// 0 is drawn stronger than other ticks: it means "nothing" or "no difference".
    pub stresses_zero: bool,
}

impl Axis {
    /// An even axis over `low` to `high` with at most about `most` ticks, both ends on a tick.
    pub fn even(low: f64, high: f64, most: usize, format: Format) -> Self {
        let (low, high) = widened(low, high);
        let mut step = nice_step((high - low) / most.max(1) as f64);
        if format.kind == ColumnKind::Integer && step.fract() > 0.0 {
            // 2.5 is the only step above 1 that is not whole.
            step = if step < 1.0 { 1.0 } else { 5.0 };
        }
        if format.is_log_ratio && high - low >= 2.0 {
            // Whole steps are powers of two, which the second line of labels names.
            step = step.ceil();
        }
        let first = (low / step + 1e-9).floor();
        let last = (high / step - 1e-9).ceil().max(first + 1.0);
        let count = (last - first).min(50.0) as usize;
        let mut ticks: Vec<Tick> = (0..=count)
            .map(|index| {
                let at = (first + index as f64) * step;
                Tick { at, label: format.tick(at, step), below: None }
            })
            .collect();
        if format.is_log_ratio {
            for tick in &mut ticks {
                tick.below = factor(tick.at);
            }
        }
        Self { low: first * step, high: last * step, ticks, is_logarithmic: false, gutter: None, is_flipped: false, stresses_zero: true }
    }

    /// An even axis that ends where the values end; ticks lie within.
    pub fn close(low: f64, high: f64, most: usize, format: Format) -> Self {
        let (low, high) = widened(low, high);
        let mut axis = Self::even(low, high, most, format);
        axis.ticks.retain(|tick| low <= tick.at && tick.at <= high);
        Self { low, high, ..axis }
    }

    /// The axis without its last tick if that stands far above `high`, the largest value.
    pub fn trimmed(mut self, high: f64) -> Self {
        let room = (self.high - self.low) * 0.12;
        if self.ticks.len() > 2 && self.high - high > room {
            self.high = high + room / 4.0;
            self.ticks.retain(|tick| tick.at <= self.high);
        }
        self
    }

    /// A logarithmic axis over the positive `low` to `high`; with a gutter for zeros if there are any.
    pub fn logarithmic(low: f64, high: f64, has_zeros: bool, most: usize, format: Format) -> Self {
        let (mut from, mut to) = (log10(low), log10(high));
        if to - from < 0.3 {
            (from, to) = (from - 0.15, to + 0.15);
        }
        let padding = (to - from) * 0.03;
        (from, to) = (from - padding, to + padding);
        let mut ticks = log_ticks(from, to, most, format);
        let gutter = has_zeros.then_some(from - (to - from) * 0.06);
        if let Some(at) = gutter {
            ticks.insert(0, Tick { at, label: "0".to_owned(), below: None });
            from = at - (to - from) * 0.03;
        }
        Self { low: from, high: to, ticks, is_logarithmic: true, gutter, is_flipped: false, stresses_zero: false }
    }

    /// Where `value` stands on the axis.
    pub fn coordinate(&self, value: f64) -> Option<f64> {
        let sign = if self.is_flipped { -1.0 } else { 1.0 };
        match (self.is_logarithmic, value > 0.0) {
            (false, _) => Some(sign * value),
            (true, true) => Some(sign * log10(value)),
            (true, false) => self.gutter,
        }
    }

    /// The axis the other way round.
    pub fn flipped(mut self) -> Self {
        self.ticks.iter_mut().for_each(|tick| tick.at = -tick.at);
        self.ticks.reverse();
        Self { low: -self.high, high: -self.low, gutter: self.gutter.map(|at| -at), is_flipped: !self.is_flipped, ..self }
    }
}

/// `low` and `high` in order and apart, whatever they were.
fn widened(low: f64, high: f64) -> (f64, f64) {
    let (low, high) = if low <= high { (low, high) } else { (high, low) };
    let size = low.abs().max(high.abs());
    if high - low > 1e-9 * size && high > low {
        return (low, high);
    }
    let room = if size > 0.0 { size * 0.1 } else { 1.0 };
    (low - room, high + room)
}

/// 1, 2, 2.5 or 5 times a power of ten, not below `raw`.
fn nice_step(raw: f64) -> f64 {
    let power = power_of_ten(log10(raw).floor() as i32);
    let share = raw / power;
    let nice = [1.0, 2.0, 2.5, 5.0].into_iter().find(|&nice| share <= nice * (1.0 + 1e-9)).unwrap_or(10.0);
    nice * power
}

fn log_ticks(from: f64, to: f64, most: usize, format: Format) -> Vec<Tick> {
    let (first, last) = (from.ceil() as i32, to.floor() as i32);
    let tick = |digit: f64, exponent: i32| {
        let value = digit * power_of_ten(exponent);
        let label = match format.kind {
            ColumnKind::Share => format.tick(value, value),
            ColumnKind::Probability if exponent < -4 => scientific_power(exponent),
            _ if !(-4..15).contains(&exponent) => scientific_power(exponent),
            _ => Format { kind: ColumnKind::Decimal(0), ..format }.tick(value, value),
        };
        Tick { at: log10(value), label, below: None }
    };
    let decades = (last - first + 1).max(0) as usize;
    if decades >= 3 {
        let every = decades.div_ceil(most.max(2)) as i32;
        return (first..=last).filter(|exponent| exponent.rem_euclid(every) == 0).map(|exponent| tick(1.0, exponent)).collect();
    }
    let within = |tick: &Tick| from <= tick.at && tick.at <= to;
    let ticks: Vec<Tick> =
        (first - 1..=last).flat_map(|exponent| [1.0, 2.0, 5.0].map(|digit| tick(digit, exponent))).filter(within).collect();
    if ticks.len() > 1 {
        return ticks;
    }
    // Less than a factor of two: even steps are rounder.
    let even = Axis::even(pow(10.0, from), pow(10.0, to), most, format);
    even.ticks.into_iter().filter(|tick| tick.at > 0.0).map(|tick| Tick { at: log10(tick.at), ..tick }).filter(within).collect()
}

fn scientific_power(exponent: i32) -> String {
    let format = Format { kind: ColumnKind::Decimal(1), signed: false, is_log_ratio: false };
    if !(-6..15).contains(&exponent) {
        return format.value(power_of_ten(exponent));
    }
    // `value` writes 0.00001 in full; on an axis the power is shorter.
    let raised: String = exponent.to_string().chars().map(|letter| if letter == '-' { '⁻' } else { superscript(letter) }).collect();
    format!("10{raised}")
}

fn superscript(digit: char) -> char {
    match digit {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        digit => digit.to_digit(10).and_then(|digit| char::from_u32(0x2070 + digit)).unwrap_or('⁰'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBER: Format = Format { kind: ColumnKind::Decimal(2), signed: false, is_log_ratio: false };

    #[test]
    fn even_axes_hold_their_values_and_end_on_round_ticks() {
        for (low, high) in [(0.0, 97.0), (-3.2, 4.4), (1e-12, 3e-12), (1e15, 1e15), (0.0, 0.0), (5.0, -5.0), (-1e99, 1e99), (0.93, 0.97)] {
            let axis = Axis::even(low, high, 5, NUMBER);
            assert!(axis.low <= low.min(high) && axis.high >= low.max(high), "{low} {high}: {axis:?}");
            assert!((2..=9).contains(&axis.ticks.len()), "{low} {high}: {}", axis.ticks.len());
            assert!(axis.ticks.windows(2).all(|pair| pair[0].at < pair[1].at && pair[0].label != pair[1].label), "{axis:?}");
            assert!(axis.ticks.iter().all(|tick| tick.label != "-0.0" && tick.label != "−0"));
        }
        assert_eq!(
            Axis::even(0.0, 97.0, 5, NUMBER).ticks.iter().map(|tick| tick.label.as_str()).collect::<Vec<_>>(),
            ["0", "20", "40", "60", "80", "100"]
        );
    }

    #[test]
    fn whole_numbers_have_no_ticks_between_them() {
        let axis = Axis::even(0.0, 2.0, 6, Format { kind: ColumnKind::Integer, ..NUMBER });
        assert_eq!(axis.ticks.iter().map(|tick| tick.label.as_str()).collect::<Vec<_>>(), ["0", "1", "2"]);
        let axis = Axis::even(0.0, 11.0, 5, Format { kind: ColumnKind::Integer, ..NUMBER });
        assert_eq!(axis.ticks.iter().map(|tick| tick.label.as_str()).collect::<Vec<_>>(), ["0", "5", "10", "15"]);
    }

    #[test]
    fn logarithmic_axes_have_decades_and_a_place_for_zero() {
        let axis = Axis::logarithmic(0.5, 20_000.0, true, 6, NUMBER);
        assert_eq!(axis.ticks.iter().map(|tick| tick.label.as_str()).collect::<Vec<_>>(), ["0", "1", "10", "100", "1,000", "10,000"]);
        assert_eq!(axis.coordinate(100.0), Some(2.0));
        assert_eq!(axis.coordinate(0.0), axis.gutter);
        assert!(axis.gutter.is_some_and(|gutter| axis.low < gutter && gutter < log10(0.5)));
        let narrow = Axis::logarithmic(3.0, 3.0, false, 6, NUMBER);
        assert_eq!(narrow.ticks.iter().map(|tick| tick.label.as_str()).collect::<Vec<_>>(), ["2.5", "3.0", "3.5", "4.0"]);
        let wide = Axis::logarithmic(1e-90, 1e90, false, 6, NUMBER);
        assert!(wide.ticks.len() <= 7 && wide.ticks.len() >= 5);
    }

    #[test]
    fn log_ratios_say_the_factor() {
        let axis = Axis::even(-2.0, 2.0, 4, Format { signed: true, is_log_ratio: true, ..NUMBER });
        let below: Vec<_> = axis.ticks.iter().map(|tick| tick.below.clone().unwrap()).collect();
        assert_eq!(below, ["¼×", "½×", "same", "2×", "4×"]);
    }
}
