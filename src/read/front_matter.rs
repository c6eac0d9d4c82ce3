//! A block of `key: value` lines between `---` lines at the head of a text file.
//!
//! A subset of YAML: single values with or without quotes, `[a, b]` and `- a` lists (joined as `a; b`), comments. A block that holds
//! anything else is taken for text.

/// Keys and values in order, and where the text begins; `None` if `text` has no front matter.
pub(super) fn split(text: &str) -> Option<(Vec<(String, String)>, usize)> {
    const MAX_BYTES: usize = 64 << 10;
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut at = first.len();
    let mut pairs: Vec<(String, String)> = Vec::new();
    for line in lines {
        at += line.len();
        if at > MAX_BYTES {
            return None;
        }
        let line = line.trim_end();
        if line == "---" || line == "..." {
            let body = text[at..].trim_start_matches(['\n', '\r', ' ', '\t']);
            return (!pairs.is_empty()).then(|| (pairs, text.len() - body.len()));
        }
        let content = line.trim_start();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        if let Some(item) = content.strip_prefix("- ").or(content.strip_prefix('-').filter(|rest| rest.is_empty())) {
            let (_, value) = pairs.last_mut()?;
            if !value.is_empty() {
                value.push_str("; ");
            }
            value.push_str(&unquoted(item));
            continue;
        }
        let (key, value) = content.split_once(':')?;
        let is_key = !key.is_empty() && key.len() <= 60 && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.'));
        if !is_key || !(value.is_empty() || value.starts_with([' ', '\t'])) {
            return None;
        }
        pairs.push((key.trim().to_owned(), listed(value.trim())));
    }
    None
}

fn listed(value: &str) -> String {
    match value.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
        Some(inner) => inner.split(',').map(|item| unquoted(item.trim())).filter(|item| !item.is_empty()).collect::<Vec<_>>().join("; "),
        None => unquoted(value),
    }
}

fn unquoted(value: &str) -> String {
    let value = value.trim();
    if let Some(inner) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return inner.replace("\\\"", "\"").replace("\\\\", "\\");
    }
    if let Some(inner) = value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        return inner.replace("''", "'");
    }
    // Stricter than YAML, so that `We are #1` stays whole.
    value.split_once(" # ").map_or(value, |(before, _)| before.trim_end()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_the_text_are_split() {
        let text = "---\ntitle: \"Ferry: late \\\"again\\\"\"\noutlet: Harbour Times  # the morning paper\ntags: [sea, 'the port']\nplaces:\n  - Pier One\n  - Quay\n\n---\n\nText.\n";
        let (pairs, start) = split(text).unwrap();
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(
            pairs,
            [("title", "Ferry: late \"again\""), ("outlet", "Harbour Times"), ("tags", "sea; the port"), ("places", "Pier One; Quay")]
        );
        assert_eq!(&text[start..], "Text.\n");
    }

    #[test]
    fn what_is_no_front_matter_stays_text() {
        for text in [
            "---\nA rule, then prose.\n---\nMore.",
            "---\ntitle: x\nno end",
            "--- \n---\nText",
            "Text\n---\na: b\n---",
            "",
            "---",
            "---\nhttp://x\n---\n",
        ] {
            assert_eq!(split(text), None, "{text:?}");
        }
    }

    #[test]
    fn values_may_be_empty_or_hold_colons() {
        let (pairs, _) = split("---\nurl: https://example.org/a\nnote:\n---\n").unwrap();
        assert_eq!(pairs, [("url".to_owned(), "https://example.org/a".to_owned()), ("note".to_owned(), String::new())]);
    }
}
