//! Who is compared with whom.

use super::word_list::WordList;
use crate::corpus::Groups;
use crate::error::{Error, Result};

/// The design of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Design {
    /// Each of these groups with all others together.
    OneAgainstRest { groups: Vec<usize> },
    /// Each of these groups with one group.
    Against { groups: Vec<usize>, reference: usize },
    /// Each of these groups with all others together, and every pair of them.
    Pairwise { groups: Vec<usize> },
    /// Each of these groups with an outside list of counts.
    List { groups: Vec<usize>, list: WordList },
}

/// What a group is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reference {
    /// All other groups together.
    Rest,
    /// A group.
    Group(usize),
    /// The outside list.
    List,
}

impl Design {
    /// Checks what was typed against the groups that there are.
    pub fn check(groups: &Groups, group: Option<&str>, against: Option<&str>, pairwise: bool, list: Option<WordList>) -> Result<Self> {
        let together = |a: &str, b: &str| {
            Error::configuration(format!("`{a}` and `{b}` together")).hint("each says what groups are compared with; leave one of them out")
        };
        match (against, pairwise, &list) {
            (Some(_), true, _) => return Err(together("--against", "--pairwise")),
            (Some(_), _, Some(_)) => return Err(together("--against", "--reference")),
            (_, true, Some(_)) => return Err(together("--pairwise", "--reference")),
            _ => {}
        }
        let chosen = match group {
            None => (0..groups.len()).collect(),
            Some(typed) => named(groups, "--group", typed)?,
        };
        if let Some(list) = list {
            return Ok(Self::List { groups: chosen, list });
        }
        if let Some(typed) = against {
            let reference = groups.called("--against", typed.trim())?;
            let others: Vec<usize> = chosen.into_iter().filter(|&group| group != reference).collect();
            if others.is_empty() {
                return Err(Error::configuration(format!("`{}` can't be compared with itself", groups.names[reference]))
                    .hint("name another group with `--group` or `--against`"));
            }
            return Ok(Self::Against { groups: others, reference });
        }
        if pairwise {
            if chosen.len() < 2 && groups.comparable() {
                return Err(Error::configuration("`--pairwise` needs two groups or more").hint("name more of them with `--group`"));
            }
            return Ok(Self::Pairwise { groups: chosen });
        }
        Ok(Self::OneAgainstRest { groups: chosen })
    }

    /// The groups in focus.
    pub fn groups(&self) -> &[usize] {
        match self {
            Self::OneAgainstRest { groups } | Self::Against { groups, .. } | Self::Pairwise { groups } | Self::List { groups, .. } => {
                groups
            }
        }
    }

    /// Whether one group is enough for it.
    pub fn needs_no_groups(&self) -> bool {
        matches!(self, Self::List { .. })
    }
}

/// The groups that `typed` names: one whose name it is, else those between commas; ascending.
fn named(groups: &Groups, flag: &str, typed: &str) -> Result<Vec<usize>> {
    if let Some(group) = groups.names.iter().position(|name| name == typed.trim()) {
        return Ok(vec![group]);
    }
    let mut found = Vec::new();
    for name in typed.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        found.push(groups.called(flag, name)?);
    }
    found.sort_unstable();
    found.dedup();
    if found.is_empty() { Err(Error::configuration(format!("`{flag}` names no group"))) } else { Ok(found) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups() -> Groups {
        let names = ["Bay, North", "Courier", "Gazette"].map(str::to_owned).to_vec();
        Groups { field: "outlet".to_owned(), names, of_document: vec![0, 1, 2], absence: None }
    }

    #[test]
    fn groups_are_found_by_name_and_slips_get_a_hint() {
        let check = |group, against, pairwise| Design::check(&groups(), group, against, pairwise, None);
        assert_eq!(check(None, None, false).unwrap(), Design::OneAgainstRest { groups: vec![0, 1, 2] });
        assert_eq!(check(Some("Bay, North"), None, false).unwrap(), Design::OneAgainstRest { groups: vec![0] });
        assert_eq!(check(Some("gazette,Courier"), None, true).unwrap(), Design::Pairwise { groups: vec![1, 2] });
        assert_eq!(check(None, Some("Courier"), false).unwrap(), Design::Against { groups: vec![0, 2], reference: 1 });
        let hint = |design: Result<Design>| design.unwrap_err().hint_text().unwrap_or_default().to_owned();
        assert_eq!(hint(check(Some("Gazete"), None, false)), "did you mean `Gazette`?");
        assert_eq!(hint(check(None, Some("Zebra Weekly Magazine"), false)), "the groups are Bay, North, Courier, Gazette");
        assert!(check(Some("Courier"), Some("Courier"), false).unwrap_err().to_string().contains("with itself"));
        assert!(check(None, Some("Courier"), true).unwrap_err().to_string().contains("together"));
        assert!(check(Some("Courier"), None, true).is_err());
    }
}
