//! Checked values of parameters.

use super::spec::ParamSpec;
use crate::error::{Error, Result};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A checked value.
#[derive(Debug, Clone, PartialEq)]
pub enum ParamValue {
    /// A whole number.
    Integer(u64),
    /// A number.
    Number(f64),
    /// One of the allowed words.
    Choice(&'static str),
    /// On or off.
    Flag(bool),
    /// A text; empty means "not set".
    Text(String),
    /// A file.
    File {
        /// Its path as typed; empty means "not set".
        path: String,
        /// Its bytes, once `Params::load_files` has read them.
        contents: Option<Arc<[u8]>>,
    },
}

impl std::fmt::Display for ParamValue {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Integer(number) => write!(formatter, "{number}"),
            Self::Number(number) => write!(formatter, "{number}"),
            Self::Choice(word) => formatter.write_str(word),
            Self::Flag(truth) => write!(formatter, "{truth}"),
            Self::Text(text) => formatter.write_str(text),
            // Without its folders, which are the machine's and belong in no result.
            Self::File { path, .. } => formatter.write_str(path.rsplit(['/', '\\']).next().unwrap_or(path)),
        }
    }
}

/// The parameters of one analysis, checked and complete.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Params {
    values: BTreeMap<&'static str, ParamValue>,
}

impl Params {
    /// Defaults for `specs`, overridden by what `typed` returns for a name.
    ///
    /// # Errors
    /// A configuration error for a value that its parameter does not take.
    pub fn check(specs: &[ParamSpec], typed: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let mut values = BTreeMap::new();
        for spec in specs {
            let text = typed(spec.name).unwrap_or_else(|| spec.default.to_owned());
            values.insert(spec.name, spec.parse(&text)?);
        }
        Ok(Self { values })
    }

    /// Names and values in order of name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &ParamValue)> {
        self.values.iter().map(|(name, value)| (*name, value))
    }

    /// The whole number called `name`; 0 if the analysis has no such parameter.
    pub fn integer(&self, name: &str) -> u64 {
        match self.values.get(name) {
            Some(ParamValue::Integer(number)) => *number,
            other => unreachable_default(name, other),
        }
    }

    /// The number called `name`.
    pub fn number(&self, name: &str) -> f64 {
        match self.values.get(name) {
            Some(ParamValue::Number(number)) => *number,
            other => unreachable_default(name, other),
        }
    }

    /// The word chosen for `name`.
    pub fn choice(&self, name: &str) -> &'static str {
        match self.values.get(name) {
            Some(ParamValue::Choice(word)) => word,
            other => unreachable_default(name, other),
        }
    }

    /// Whether the flag `name` is on.
    pub fn flag(&self, name: &str) -> bool {
        match self.values.get(name) {
            Some(ParamValue::Flag(truth)) => *truth,
            other => unreachable_default(name, other),
        }
    }

    /// The text or path of `name`, if it is set.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.values.get(name) {
            Some(ParamValue::Text(text) | ParamValue::File { path: text, .. }) => (!text.is_empty()).then_some(text),
            other => unreachable_default(name, other),
        }
    }

    /// Reads the files that are set, so that analyses need not open any: `read` turns a path into bytes.
    ///
    /// # Errors
    /// What `read` could not do, with the parameter's name.
    pub fn load_files(&mut self, read: impl Fn(&str) -> Result<Vec<u8>>) -> Result<()> {
        for (name, value) in &mut self.values {
            if let ParamValue::File { path, contents } = value
                && !path.is_empty()
            {
                let bytes = read(path).map_err(|error| error.context(format!("`--{name}`")))?;
                *contents = Some(bytes.into());
            }
        }
        Ok(())
    }

    /// The bytes of the file that `name` is set to; `None` if it is not set.
    ///
    /// # Errors
    /// An internal error if the file is set but nobody called `load_files`.
    pub fn file_contents(&self, name: &str) -> Result<Option<&[u8]>> {
        match self.values.get(name) {
            Some(ParamValue::File { path, .. }) if path.is_empty() => Ok(None),
            Some(ParamValue::File { contents: Some(contents), .. }) => Ok(Some(contents)),
            Some(ParamValue::File { .. }) => Err(Error::internal(format!("the file of `--{name}` was not loaded"))),
            other => Ok(unreachable_default(name, other)),
        }
    }
}

/// Asking for a parameter that the analysis did not list is a slip in its code: loud in tests, harmless for users.
fn unreachable_default<T: Default>(name: &str, found: Option<&ParamValue>) -> T {
    debug_assert!(false, "parameter `{name}` is asked for, but the registry has {found:?}");
    T::default()
}

#[cfg(test)]
mod tests {
    use super::super::ParamKind;
    use super::*;

    const SPECS: &[ParamSpec] = &[
        ParamSpec { name: "top", kind: ParamKind::Integer(1, 100), default: "20", meaning: "rows" },
        ParamSpec { name: "alias", kind: ParamKind::File, default: "", meaning: "a file" },
        ParamSpec { name: "order", kind: ParamKind::Choice(&["size", "evidence"]), default: "size", meaning: "order" },
    ];

    #[test]
    fn defaults_are_checked_and_overridden() {
        let params = Params::check(SPECS, |name| (name == "top").then(|| "7".to_owned())).unwrap();
        assert_eq!((params.integer("top"), params.choice("order")), (7, "size"));
    }

    #[test]
    fn a_slip_gets_the_nearest_word() {
        let error = Params::check(SPECS, |name| (name == "order").then(|| "evidense".to_owned())).unwrap_err();
        assert_eq!(error.hint_text(), Some("did you mean `evidence`?"));
        let error = Params::check(SPECS, |name| (name == "top").then(|| "0".to_owned())).unwrap_err();
        assert_eq!(error.hint_text(), Some("give a whole number from 1 to 100"));
    }

    #[test]
    fn files_are_loaded_once_and_shown_without_folders() {
        let mut params = Params::check(SPECS, |_| None).unwrap();
        params.load_files(|_| Err(Error::internal("nothing is set"))).unwrap();
        assert_eq!(params.file_contents("alias").unwrap(), None);
        let mut params = Params::check(SPECS, |name| (name == "alias").then(|| "some/where/a.csv".to_owned())).unwrap();
        assert!(params.file_contents("alias").is_err());
        params.load_files(|path| Ok(path.as_bytes().to_vec())).unwrap();
        assert_eq!(params.file_contents("alias").unwrap(), Some(&b"some/where/a.csv"[..]));
        assert_eq!(params.iter().find(|(name, _)| *name == "alias").unwrap().1.to_string(), "a.csv");
        let error = params.load_files(|path| Err(Error::configuration(format!("no file `{path}`")))).unwrap_err();
        assert_eq!(error.to_string(), "`--alias`: no file `some/where/a.csv`");
    }
}
