//! `headword.toml`: the run's keys at the top, one section an analysis.

use super::settings::top_params;
use crate::analyses::ANALYSES;
use crate::error::{Error, Result, nearest};
use crate::params::{ParamKind, ParamSpec};
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// The name under which a configuration file is found without being named.
pub const CONFIG_NAME: &str = "headword.toml";

/// A configuration file whose keys are all known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ConfigFile {
    table: Table,
    folder: PathBuf,
}

impl ConfigFile {
    /// Parses `text` and checks its keys; the paths in it start at `folder`.
    ///
    /// # Errors
    /// A configuration error with the line for bad TOML, or with the nearest known key for an unknown one.
    pub fn parse(text: &str, folder: &Path) -> Result<Self> {
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
                _ => check_key(key, &top_params(), "the top of the file")?,
            }
        }
        Ok(Self { table, folder: folder.to_owned() })
    }

    /// The inputs that the file names, from the file's folder.
    ///
    /// # Errors
    /// A configuration error if `inputs` is no list of texts.
    pub fn inputs(&self) -> Result<Vec<PathBuf>> {
        let wrong = || Error::configuration("`inputs` is no list of paths").hint("write `inputs = [\"articles/\"]`");
        match self.table.get("inputs") {
            None => Ok(Vec::new()),
            Some(Value::String(path)) => Ok(vec![self.folder.join(path)]),
            Some(Value::Array(paths)) => {
                paths.iter().map(|path| path.as_str().map(|path| self.folder.join(path)).ok_or_else(wrong)).collect()
            }
            Some(_) => Err(wrong()),
        }
    }

    /// The value of `param` at the top of the file, or in `section`, as typed; a list is its items with commas.
    ///
    /// Paths (`out` and files to read) start at the file's folder, so that a file works from everywhere.
    pub fn value(&self, section: Option<&str>, param: &ParamSpec) -> Option<String> {
        let table = match section {
            None => &self.table,
            Some(section) => self.table.get(section)?.as_table()?,
        };
        let text = match table.get(&param.key())? {
            Value::String(text) => text.clone(),
            Value::Array(items) => items.iter().map(as_typed).collect::<Vec<_>>().join(","),
            other => other.to_string(),
        };
        let is_path = param.kind == ParamKind::File || (section.is_none() && param.name == "out");
        Some(if is_path && !text.is_empty() { self.folder.join(text).to_string_lossy().into_owned() } else { text })
    }
}

fn as_typed(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
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
    use crate::analyses;

    fn parse(text: &str) -> Result<ConfigFile> {
        ConfigFile::parse(text, Path::new("april"))
    }

    #[test]
    fn unknown_keys_get_the_nearest_known_one() {
        let hint = |text: &str| parse(text).unwrap_err().hint_text().unwrap_or_default().to_owned();
        assert_eq!(hint("thread = 2"), "did you mean `threads`?");
        assert_eq!(hint("section = \"terms\""), "did you mean `sections`?");
        assert_eq!(hint("[term]\nngrams = \"words\""), "did you mean `[terms]`?");
        assert_eq!(hint("[terms]\nngram = \"words\""), "did you mean `ngrams`?");
        assert!(parse("by = ").unwrap_err().to_string().starts_with("line 1"));
    }

    #[test]
    fn values_come_back_as_typed_and_paths_from_the_files_folder() {
        let file = parse(
            "inputs = [\"a\"]\nout = \"r\"\nlogo = \"l.png\"\nthreads = 2\nsections = [\"terms\", \"topics\"]\n[terms]\nngrams = \"both\"",
        )
        .unwrap();
        let top = |name: &str| file.value(None, top_params().iter().find(|param| param.name == name).unwrap());
        let of_terms = |name: &str| {
            let params = analyses::find("terms").unwrap().params;
            file.value(Some("terms"), params.iter().find(|param| param.name == name).unwrap())
        };
        assert_eq!(file.inputs().unwrap(), [Path::new("april").join("a")]);
        assert_eq!(top("threads").as_deref(), Some("2"));
        assert_eq!(top("sections").as_deref(), Some("terms,topics"));
        assert_eq!(top("out").map(PathBuf::from), Some(Path::new("april").join("r")));
        assert_eq!(top("logo").map(PathBuf::from), Some(Path::new("april").join("l.png")));
        assert_eq!(of_terms("ngrams").as_deref(), Some("both"));
        assert_eq!(of_terms("min-count"), None);
    }
}
