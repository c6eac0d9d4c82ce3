//! From a JSON object to a row, borrowing what can be borrowed.

use super::batch::BatchContext;
use super::rows::Row;
use super::schema::{ColumnSample, Schema, Use, field_name};
use super::tally::ReadingTally;
use crate::corpus::RawDocument;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// Parses one object.
///
/// # Errors
/// The reason why it is no row.
pub(super) fn parse_object(
    bytes: &[u8],
    schema: &Schema,
    name: impl FnOnce() -> String,
    place: String,
    context: &BatchContext,
    tally: &mut ReadingTally,
) -> Result<RawDocument, String> {
    let mut row = Row::default();
    let mut replaced = 0;
    if let Err(error) = read_row(bytes, schema, &mut row) {
        let Some(mended) = super::json_mending::mend(bytes) else { return Err(shown(&error)) };
        row = Row::default();
        read_row(mended.text.as_bytes(), schema, &mut row).map_err(|_| shown(&error))?;
        replaced = mended.replaced;
        tally.dropped_nuls += mended.nuls;
        tally.mended_lines += u64::from(mended.is_mended);
    }
    row.into_document(name, place, replaced, context, tally).map_err(str::to_owned)
}

fn read_row(bytes: &[u8], schema: &Schema, row: &mut Row) -> Result<(), serde_json::Error> {
    // Checking the whole object once is faster than having the parser check each string.
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            let mut parser = serde_json::Deserializer::from_str(text);
            RowReader { schema, row }.deserialize(&mut parser)?;
            parser.end()
        }
        Err(_) => {
            let mut parser = serde_json::Deserializer::from_slice(bytes);
            RowReader { schema, row }.deserialize(&mut parser)?;
            parser.end()
        }
    }
}

/// The parser's complaint without its line number, which counts within the row.
fn shown(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason);
    format!("not a JSON object: {text} (column {})", error.column())
}

struct RowReader<'a> {
    schema: &'a Schema,
    row: &'a mut Row,
}

impl<'de> DeserializeSeed<'de> for RowReader<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RowReader<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key_seed(Key)? {
            let unseen;
            let usage = match self.schema.usage(&key) {
                Some(usage) => usage,
                // The first rows did not have it: a label if it is short.
                None => {
                    let name = field_name(&key);
                    unseen = if name.is_empty() { Use::Skip } else { Use::Field(name.into(), false) };
                    &unseen
                }
            };
            if *usage == Use::Skip {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            match map.next_value_seed(Cell)? {
                Value::Missing => {}
                Value::Text(cell) => self.row.put(usage, cell),
                Value::Nested => self.row.nested += 1,
            }
        }
        Ok(())
    }
}

struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

enum Value {
    Missing,
    Text(String),
    Nested,
}

/// A value as text: numbers and truth values as written, lists of texts joined (`a; b`, paragraphs by lines), objects by their `name`.
struct Cell;

impl<'de> DeserializeSeed<'de> for Cell {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Cell {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Text(truth.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Text(format!("{number:?}")))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Missing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Value, A::Error> {
        let mut texts = Vec::new();
        let mut is_nested = false;
        while let Some(value) = values.next_element_seed(Cell)? {
            match value {
                Value::Text(text) => texts.push(text),
                Value::Nested => is_nested = true,
                Value::Missing => {}
            }
        }
        // Paragraphs are long, keywords are short.
        let separator = if texts.iter().any(|text| text.len() > 80) { "\n\n" } else { "; " };
        Ok(match (texts.is_empty(), is_nested) {
            (false, _) => Value::Text(texts.join(separator)),
            (true, true) => Value::Nested,
            (true, false) => Value::Missing,
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut name = Value::Nested;
        while let Some(key) = map.next_key_seed(Key)? {
            if key == "name" || key == "title" {
                if let Value::Text(text) = map.next_value_seed(Cell)? {
                    name = Value::Text(text);
                }
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(name)
    }
}

/// Looks at the keys of an object and how long its values are; false if it is no object.
pub(super) fn sample(bytes: &[u8], samples: &mut Vec<ColumnSample>) -> bool {
    let mended;
    let mut value: Option<serde_json::Map<String, serde_json::Value>> = serde_json::from_slice(bytes).ok();
    if value.is_none() {
        mended = super::json_mending::mend(bytes);
        value = mended.and_then(|mended| serde_json::from_str(&mended.text).ok());
    }
    let Some(object) = value else { return false };
    for (key, value) in &object {
        let longest = match value {
            serde_json::Value::String(text) => text.len(),
            serde_json::Value::Array(values) => values.iter().map(|value| value.as_str().map_or(0, str::len)).sum(),
            _ => 0,
        };
        match samples.iter_mut().find(|sample| sample.name == *key) {
            Some(sample) => sample.longest = sample.longest.max(longest),
            None => samples.push(ColumnSample { name: key.clone(), longest }),
        }
    }
    true
}
