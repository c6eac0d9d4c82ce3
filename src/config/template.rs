//! The text of a new `headword.toml`: what was found in the data is filled in, everything else stands as a comment.

use super::settings::top_params;
use crate::analyses::ANALYSES;
use crate::params::{ParamKind, ParamSpec};

/// What was found in the data.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TemplateFacts {
    /// The inputs as they are to stand in the file.
    pub inputs: Vec<String>,
    /// What was found, in sentences.
    pub found: Vec<String>,
    /// Keys at the top of the file that the data decide, with their values as typed.
    pub decided: Vec<(&'static str, String)>,
    /// Further remarks on keys: what the data say about them.
    pub remarks: Vec<(&'static str, String)>,
    /// The fields that documents can be grouped by.
    pub fields: Vec<FieldFacts>,
}

/// A metadata field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldFacts {
    /// Its name.
    pub name: String,
    /// Its values and what they count, in words.
    pub values: String,
}

/// Longest line of a comment.
const WIDTH: usize = 110;

/// The configuration file for `facts`. Keys that the data do not decide are comments that state their defaults.
pub fn template(facts: &TemplateFacts) -> String {
    let mut text = String::new();
    comment(&mut text, "Settings of `headword report`, written by `headword init`. `headword report` in this folder reads this file;");
    comment(&mut text, "flags win over it. A key that is a comment has the value that it shows. Paths start at this file's folder.");
    text.push_str("#\n");
    comment(&mut text, "What was found:");
    for sentence in &facts.found {
        comment(&mut text, &format!("- {sentence}"));
    }
    text.push('\n');
    comment(&mut text, "folders and files to read");
    let inputs: Vec<String> = facts.inputs.iter().map(|input| quoted(input)).collect();
    text.push_str(&format!("inputs = [{}]\n", inputs.join(", ")));
    for param in top_params() {
        text.push('\n');
        describe(&mut text, &param);
        if param.name == "sections" {
            let names: Vec<&str> = ANALYSES.iter().map(|entry| entry.name).collect();
            comment(&mut text, &format!("The analyses are {}.", names.join(", ")));
        }
        if param.name == "by" {
            for field in &facts.fields {
                comment(&mut text, &format!("- {}: {}", field.name, field.values));
            }
        }
        for (_, remark) in facts.remarks.iter().filter(|(key, _)| *key == param.name) {
            comment(&mut text, remark);
        }
        let decided = facts.decided.iter().find(|(key, _)| *key == param.name).map(|(_, value)| value.as_str());
        push_key(&mut text, &param, decided);
    }
    for entry in ANALYSES.iter().filter(|entry| !entry.params.is_empty()) {
        text.push_str("\n\n");
        comment(&mut text, entry.summary);
        text.push_str(&format!("[{}]\n", entry.name));
        for param in entry.params {
            text.push('\n');
            describe(&mut text, param);
            push_key(&mut text, param, None);
        }
    }
    text
}

/// What `param` does and takes.
fn describe(text: &mut String, param: &ParamSpec) {
    let allowed = match param.kind {
        ParamKind::Choice(words) => format!("; one of {}", words.join(", ")),
        ParamKind::Integer(low, u64::MAX) => format!("; a whole number from {low}"),
        ParamKind::Integer(low, high) => format!("; a whole number from {low} to {high}"),
        ParamKind::Number(low, high) => format!("; a number from {low} to {high}"),
        ParamKind::Flag | ParamKind::Text | ParamKind::File => String::new(),
    };
    comment(text, &format!("{}{allowed}", param.meaning));
}

fn push_key(text: &mut String, param: &ParamSpec, decided: Option<&str>) {
    let mark = if decided.is_some() { "" } else { "#" };
    let value = decided.unwrap_or(param.default);
    let value = match param.kind {
        ParamKind::Integer(..) | ParamKind::Number(..) | ParamKind::Flag if !value.is_empty() => value.to_owned(),
        _ => quoted(value),
    };
    text.push_str(&format!("{mark}{} = {value}\n", param.key()));
}

/// `words` as comment lines, broken at blanks.
fn comment(text: &mut String, words: &str) {
    let mut used = 0;
    let words = words.replace(|character: char| character.is_control(), " ");
    for word in words.split(' ') {
        let width = word.chars().count() + 1;
        if used == 0 || used + width > WIDTH {
            text.push_str(if used == 0 { "#" } else { "\n#" });
            used = 1;
        }
        text.push(' ');
        text.push_str(word);
        used += width;
    }
    text.push('\n');
}

/// A TOML basic string.
fn quoted(value: &str) -> String {
    toml::Value::from(value).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::{ConfigFile, Settings};
    use super::*;
    use std::path::{Path, PathBuf};

    fn facts() -> TemplateFacts {
        TemplateFacts {
            inputs: vec!["news \"a\"\\b.csv".to_owned()],
            found: vec!["2 documents\nby = \"x\"".to_owned()],
            decided: vec![("by", "party".to_owned()), ("title", "Report on 'news'\u{1b}".to_owned())],
            remarks: vec![("date-order", "3 dates wait for it".to_owned())],
            fields: vec![FieldFacts { name: "party".to_owned(), values: "2 values".to_owned() }],
        }
    }

    fn gathered(text: &str) -> Settings {
        let file = ConfigFile::parse(text, Path::new("")).unwrap_or_else(|error| panic!("{error}\n{text}"));
        Settings::gather(Vec::new(), &file, |_, _| None).unwrap()
    }

    #[test]
    fn the_file_reads_back_and_sets_what_the_data_decide() {
        let settings = gathered(&template(&facts()));
        assert_eq!(settings.inputs, [PathBuf::from("news \"a\"\\b.csv")]);
        assert_eq!((settings.run.text("by"), settings.run.text("title")), (Some("party"), Some("Report on 'news'\u{1b}")));
        let mut plain = Settings::gather(settings.inputs.clone(), &ConfigFile::default(), |_, _| None).unwrap();
        assert_ne!(plain.run, settings.run);
        plain.run = settings.run.clone();
        assert_eq!(plain, settings);
    }

    #[test]
    fn every_key_that_is_a_comment_states_its_default() {
        let text = template(&facts());
        let uncommented: Vec<&str> = text
            .lines()
            .map(|line| match line.strip_prefix('#') {
                Some(key) if key.starts_with(|first: char| first.is_ascii_lowercase()) && key.contains(" = ") => key,
                _ => line,
            })
            .collect();
        assert!(uncommented.iter().filter(|line| line.contains(" = ") && !line.starts_with('#')).count() > 40);
        assert_eq!(gathered(&uncommented.join("\n")), gathered(&text));
    }
}
