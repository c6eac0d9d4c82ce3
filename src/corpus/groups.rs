//! The groups that are compared: outlets, parties, years, whatever `--by` names.

use super::ids::GroupId;

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

    /// The documents of each group, ascending.
    pub fn members(&self) -> Vec<Vec<u32>> {
        let mut members = vec![Vec::new(); self.names.len()];
        for (document, &group) in self.of_document.iter().enumerate() {
            members[group as usize].push(document as u32);
        }
        members
    }
}
