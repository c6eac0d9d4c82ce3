//! Typed columns; a missing value is missing, never 0 or NaN.

use super::cells::{Cells, Texts};
use super::spec::ColumnKind;
use std::sync::Arc;

/// The values of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Column {
    /// Words.
    Text(Texts),
    /// Whole numbers.
    Integer(Cells<i64>),
    /// Numbers; NaN and infinities are stored as missing.
    Number(Cells<f64>),
    /// Days since 1970-01-01.
    Date(Cells<i32>),
    /// Yes or no.
    Boolean(Cells<bool>),
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// An empty cell.
    Missing,
    /// Words.
    Text(Arc<str>),
    /// A whole number.
    Integer(i64),
    /// A finite number.
    Number(f64),
    /// Days since 1970-01-01.
    Date(i32),
    /// Yes or no.
    Boolean(bool),
}

impl Column {
    /// An empty column for `kind`.
    pub fn for_kind(kind: ColumnKind) -> Self {
        match kind {
            ColumnKind::Text => Self::Text(Default::default()),
            ColumnKind::Integer => Self::Integer(Default::default()),
            ColumnKind::Decimal(_) | ColumnKind::Share | ColumnKind::Probability => Self::Number(Default::default()),
            ColumnKind::Date => Self::Date(Default::default()),
            ColumnKind::Boolean => Self::Boolean(Default::default()),
        }
    }

    /// Makes room for `rows` more values.
    pub fn reserve(&mut self, rows: usize) {
        match self {
            Self::Text(values) => values.reserve(rows),
            Self::Integer(values) => values.reserve(rows),
            Self::Number(values) => values.reserve(rows),
            Self::Date(values) => values.reserve(rows),
            Self::Boolean(values) => values.reserve(rows),
        }
    }

    /// Number of values.
    pub fn len(&self) -> usize {
        match self {
            Self::Text(values) => values.len(),
            Self::Integer(values) => values.len(),
            Self::Number(values) => values.len(),
            Self::Date(values) => values.len(),
            Self::Boolean(values) => values.len(),
        }
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Appends `value`; a value of another type, a NaN or an infinity becomes missing.
    pub fn push(&mut self, value: Value) {
        debug_assert!(self.takes(&value), "{value:?} does not fit its column");
        match (self, value) {
            (Self::Text(values), Value::Text(text)) => values.push(Some(&text)),
            (Self::Integer(values), Value::Integer(number)) => values.push(Some(number)),
            (Self::Number(values), Value::Number(number)) => values.push(number.is_finite().then_some(number)),
            (Self::Number(values), Value::Integer(number)) => values.push(Some(number as f64)),
            (Self::Date(values), Value::Date(day)) => values.push(Some(day)),
            (Self::Boolean(values), Value::Boolean(truth)) => values.push(Some(truth)),
            (Self::Text(values), _) => values.push(None),
            (Self::Integer(values), _) => values.push(None),
            (Self::Number(values), _) => values.push(None),
            (Self::Date(values), _) => values.push(None),
            (Self::Boolean(values), _) => values.push(None),
        }
    }

    fn takes(&self, value: &Value) -> bool {
        matches!(
            (self, value),
            (_, Value::Missing)
                | (Self::Text(_), Value::Text(_))
                | (Self::Integer(_), Value::Integer(_))
                | (Self::Number(_), Value::Number(_) | Value::Integer(_))
                | (Self::Date(_), Value::Date(_))
                | (Self::Boolean(_), Value::Boolean(_))
        )
    }

    /// The cell at `row`.
    pub fn value(&self, row: usize) -> Value {
        match self {
            Self::Text(values) => values.get(row).into(),
            Self::Integer(values) => values.get(row).map_or(Value::Missing, Value::Integer),
            Self::Number(values) => values.get(row).map_or(Value::Missing, Value::Number),
            Self::Date(values) => values.get(row).map_or(Value::Missing, Value::Date),
            Self::Boolean(values) => values.get(row).map_or(Value::Missing, Value::Boolean),
        }
    }

    /// The number at `row`: of a number or integer column, or a date as days.
    pub fn number(&self, row: usize) -> Option<f64> {
        match self {
            Self::Integer(values) => values.get(row).map(|number| number as f64),
            Self::Number(values) => values.get(row),
            Self::Date(values) => values.get(row).map(f64::from),
            Self::Text(_) | Self::Boolean(_) => None,
        }
    }

    /// The text at `row` of a text column.
    pub fn text(&self, row: usize) -> Option<&str> {
        match self {
            Self::Text(values) => values.get(row),
            _ => None,
        }
    }

    /// A column of the rows at `positions`, in that order.
    #[must_use]
    pub fn taken(&self, positions: &[usize]) -> Self {
        fn take<T: Copy + Default>(values: &Cells<T>, positions: &[usize]) -> Cells<T> {
            positions.iter().map(|&position| values.get(position)).collect()
        }
        match self {
            Self::Text(values) => Self::Text(values.taken(positions)),
            Self::Integer(values) => Self::Integer(take(values, positions)),
            Self::Number(values) => Self::Number(take(values, positions)),
            Self::Date(values) => Self::Date(take(values, positions)),
            Self::Boolean(values) => Self::Boolean(take(values, positions)),
        }
    }
}

macro_rules! value_from {
    ($($from:ty => |$name:ident| $make:expr),* $(,)?) => {$(
        impl From<$from> for Value { fn from($name: $from) -> Self { $make } }
        impl From<Option<$from>> for Value {
            fn from(value: Option<$from>) -> Self { value.map_or(Value::Missing, Value::from) }
        }
    )*};
}

value_from! {
    &str => |text| Value::Text(text.into()),
    String => |text| Value::Text(text.into()),
    Arc<str> => |text| Value::Text(text),
    i64 => |number| Value::Integer(number),
    u64 => |number| Value::Integer(number as i64),
    u32 => |number| Value::Integer(i64::from(number)),
    usize => |number| Value::Integer(number as i64),
    f64 => |number| Value::Number(number),
    bool => |truth| Value::Boolean(truth),
}

impl Value {
    /// A day given as days since 1970-01-01, or an empty cell.
    pub fn date(day: Option<i32>) -> Self {
        day.map_or(Self::Missing, Self::Date)
    }
}
