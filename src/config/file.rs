//! `headword.toml`: the run's keys at the top, one section an analysis.

use super::settings::RUN_PARAMS;
use crate::analyses::ANALYSES;
use crate::error::{Error, Result, nearest};
use crate::params::ParamSpec;
use toml::{Table, Value};

/// A configuration file whose keys are all known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ConfigFile {
    table: Table,
}

impl ConfigFile {
    /// Parses `text` and checks its keys.
    ///
    /// # Errors
    /// A configuration error with the line for bad TOML, or with the nearest known key for an unknown one.
    pub fn parse(text: &str) -> Result<Self> {
        let table: Table = text.parse().map_err(|error: toml::de::Error| {
            let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            Error::configuration(format!("line {line}: {}", error.message()))
                .hint("see `headword report --help` for the keys, `-` becomes `_`")
        })?;
        for (key, value) in &table {
            match (value, ANALYSES.iter().find(|entry| entry.name == key)) {
                (Value::Table(section), Some(entry)) => {
                    for key in section.keys() {
                        check_key(key, entry.params, &format!("section [{}]", entry.name))?;
                    }
                }
                (Value::Table(_), None) => {
                    let error = Error::configuration(format!("there is no analysis `{key}`"));
                    return Err(match nearest(key, ANALYSES.iter().map(|entry| entry.name)) {
                        Some(name) => error.hint(format!("did you mean `[{name}]`?")),
                        None => error
                            .hint(format!("the sections are {}", ANALYSES.iter().map(|entry| entry.name).collect::<Vec<_>>().join(", "))),
                    });
                }
                (_, _) if key == "inputs" => {}
                _ => check_key(key, RUN_PARAMS, "the top of the file")?,
            }
        }
        Ok(Self { table })
    }

    /// The inputs that the file names.
    ///
    /// # Errors
    /// A configuration error if `inputs` is no list of texts.
    pub fn inputs(&self) -> Result<Vec<String>> {
        let wrong = || Error::configuration("`inputs` is no list of paths").hint("write `inputs = [\"articles/\"]`");
        match self.table.get("inputs") {
            None => Ok(Vec::new()),
            Some(Value::String(path)) => Ok(vec![path.clone()]),
            Some(Value::Array(paths)) => paths.iter().map(|path| path.as_str().map(str::to_owned).ok_or_else(wrong)).collect(),
            Some(_) => Err(wrong()),
        }
    }

    /// The value of `param` at the top of the file, or in `section`, as typed.
    pub fn value(&self, section: Option<&str>, param: &str) -> Option<String> {
        let table = match section {
            None => &self.table,
            Some(section) => self.table.get(section)?.as_table()?,
        };
        match table.get(&param.replace('-', "_"))? {
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }
}

fn check_key(key: &str, params: &[ParamSpec], place: &str) -> Result<()> {
    let keys: Vec<String> = params.iter().map(ParamSpec::key).collect();
    if keys.iter().any(|known| known == key) {
        return Ok(());
    }
    let error = Error::configuration(format!("unknown key `{key}` in {place}"));
    Err(match nearest(key, keys.iter().map(String::as_str)) {
        Some(known) => error.hint(format!("did you mean `{known}`?")),
        None if keys.is_empty() => error.hint("this section takes no keys"),
        None => error.hint(format!("the keys are {}", keys.join(", "))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_keys_get_the_nearest_known_one() {
        let hint = |text: &str| ConfigFile::parse(text).unwrap_err().hint_text().unwrap_or_default().to_owned();
        assert_eq!(hint("thread = 2"), "did you mean `threads`?");
        assert_eq!(hint("[term]\nngrams = \"words\""), "did you mean `[terms]`?");
        assert_eq!(hint("[terms]\nngram = \"words\""), "did you mean `ngrams`?");
        assert!(ConfigFile::parse("by = ").unwrap_err().to_string().starts_with("line 1"));
    }

    #[test]
    fn values_come_back_as_typed() {
        let file = ConfigFile::parse("inputs = [\"a\"]\nthreads = 2\n[terms]\nngrams = \"both\"").unwrap();
        assert_eq!(file.inputs().unwrap(), ["a"]);
        assert_eq!(file.value(None, "threads").as_deref(), Some("2"));
        assert_eq!(file.value(Some("terms"), "ngrams").as_deref(), Some("both"));
        assert_eq!(file.value(Some("terms"), "min-count"), None);
    }
}
