//! The groups that are compared: outlets, parties, years, whatever `--by` names.

use super::ids::GroupId;
use crate::error::{Error, Result, nearest};

/// Group names and each document's group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Groups {
    /// The field that makes the groups, e.g. `outlet`; empty if there are none.
    pub field: String,
    /// Group names, sorted by bytes; a corpus without groups has one, called `all`.
    pub names: Vec<String>,
    /// Each document's group.
    pub of_document: Vec<GroupId>,
    /// Why there is nothing to compare, in words; `None` when there are two groups or more.
    pub absence: Option<String>,
}

impl Groups {
    /// How many groups there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is no group (an empty corpus).
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether there are at least two groups to compare.
    pub fn comparable(&self) -> bool {
        self.names.len() >= 2
    }

    /// Why nothing can be compared, in words; `None` when there are two groups or more.
    pub fn obstacle(&self) -> Option<&str> {
        (!self.comparable()).then(|| self.absence.as_deref().unwrap_or("there are fewer than two groups"))
    }

    /// The group called `name`: as written, or the only one that is so called in any case. `flag` is what was typed, for the
    /// message.
    ///
    /// # Errors
    /// A configuration error with the nearest name as a hint.
    pub fn called(&self, flag: &str, name: &str) -> Result<usize> {
        if let Some(group) = self.names.iter().position(|known| known == name) {
            return Ok(group);
        }
        let alike: Vec<usize> = (0..self.len()).filter(|&group| self.names[group].to_lowercase() == name.to_lowercase()).collect();
        if let [group] = alike[..] {
            return Ok(group);
        }
        let error = Error::configuration(format!("`{flag}`: there is no group `{name}`"));
        Err(match nearest(name, self.names.iter().map(String::as_str)) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => {
                let shown = self.names.iter().take(20).cloned().collect::<Vec<_>>().join(", ");
                error.hint(format!("the groups are {shown}{}", if self.len() > 20 { " …" } else { "" }))
            }
        })
    }

    /// The documents of each group, ascending.
    pub fn members(&self) -> Vec<Vec<u32>> {
        let mut members = vec![Vec::new(); self.names.len()];
        for (document, &group) in self.of_document.iter().enumerate() {
            members[group as usize].push(document as u32);
        }
        members
    }
}
