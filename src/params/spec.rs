//! The description of a parameter and the check of its value.

use super::values::ParamValue;
use crate::error::{Error, Result, nearest};

/// What values a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ParamKind {
    /// A whole number between the ends, both allowed.
    Integer(u64, u64),
    /// A number between the ends, both allowed.
    Number(f64, f64),
    /// One of these words.
    Choice(&'static [&'static str]),
    /// On or off; the flag takes no value.
    Flag,
    /// Any text; empty means "not set".
    Text,
    /// A file to read; empty means "not set".
    File,
}

/// A parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ParamSpec {
    /// Name as typed: `min-documents` on the command line, `min_documents` in a file.
    pub name: &'static str,
    /// Which values it takes.
    pub kind: ParamKind,
    /// The value when nothing is said, as typed; `""` for off or not set.
    pub default: &'static str,
    /// What it does, one sentence without a full stop.
    pub meaning: &'static str,
}

impl ParamSpec {
    /// The name as a configuration key.
    pub fn key(&self) -> String {
        self.name.replace('-', "_")
    }

    /// Checks a typed value.
    ///
    /// # Errors
    /// A configuration error that names the parameter, the allowed values and, for choices, the nearest one.
    pub fn parse(&self, typed: &str) -> Result<ParamValue> {
        let typed = typed.trim();
        let wrong = |expected: String| Error::configuration(format!("`--{}` is `{typed}`", self.name)).hint(format!("give {expected}"));
        match self.kind {
            ParamKind::Integer(low, high) => match typed.parse::<u64>() {
                Ok(number) if (low..=high).contains(&number) => Ok(ParamValue::Integer(number)),
                _ => Err(wrong(format!("a whole number from {low} to {high}"))),
            },
            ParamKind::Number(low, high) => match typed.parse::<f64>() {
                Ok(number) if (low..=high).contains(&number) => Ok(ParamValue::Number(number)),
                _ => Err(wrong(format!("a number from {low} to {high}"))),
            },
            ParamKind::Choice(words) => match words.iter().find(|word| **word == typed) {
                Some(word) => Ok(ParamValue::Choice(word)),
                None => Err(match nearest(typed, words.iter().copied()) {
                    Some(word) => Error::configuration(format!("`--{}` is `{typed}`", self.name)).hint(format!("did you mean `{word}`?")),
                    None => wrong(format!("one of {}", words.join(", "))),
                }),
            },
            ParamKind::Flag => match typed {
                "true" => Ok(ParamValue::Flag(true)),
                "false" | "" => Ok(ParamValue::Flag(false)),
                _ => Err(wrong("true or false".to_owned())),
            },
            ParamKind::Text => Ok(ParamValue::Text(typed.to_owned())),
            ParamKind::File => Ok(ParamValue::File { path: typed.to_owned(), contents: None }),
        }
    }
}
