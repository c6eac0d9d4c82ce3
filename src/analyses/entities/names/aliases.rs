//! The user's own table: spelling, canonical form. Its rows win over every rule.

use hashbrown::HashMap;

use super::text;

/// Spellings with the canonical form that the user wants for them.
#[derive(Clone, Debug, Default)]
pub struct Aliases {
    canonical: HashMap<String, String>,
}

impl Aliases {
    /// Takes rows of (spelling, canonical form). Rows with an empty cell are passed over; of two rows for one spelling the
    /// later one counts.
    pub fn from_rows<S: AsRef<str>, C: AsRef<str>>(rows: impl IntoIterator<Item = (S, C)>) -> Self {
        let mut canonical = HashMap::new();
        for (spelling, form) in rows {
            let (spelling, form) = (text::key(&text::clean(spelling.as_ref())), form.as_ref().trim());
            if !spelling.is_empty() && !form.is_empty() {
                canonical.insert(spelling, form.to_owned());
            }
        }
        Self { canonical }
    }

    /// The canonical form that the user gave for a folded key.
    pub(super) fn canonical(&self, key: &str) -> Option<&str> {
        self.canonical.get(key).map(String::as_str)
    }
}
