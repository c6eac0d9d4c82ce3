//! What a comparison answers: the decision, the rule that made it and the steps in words.

use std::fmt;

/// What a name is a name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A person, real or not.
    Person,
    /// A company, agency, party, armed group, team, newspaper.
    Organisation,
    /// A country, city, region, river.
    Location,
    /// Anything else with a name: peoples, events, works, laws.
    Misc,
}

impl EntityKind {
    /// Reads `PER`, `ORG`, `LOC`, `MISC` and their long forms, in any case; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_ascii_lowercase().as_str() {
            "per" | "person" => Some(Self::Person),
            "org" | "organisation" | "organization" => Some(Self::Organisation),
            "loc" | "gpe" | "location" | "place" => Some(Self::Location),
            "misc" => Some(Self::Misc),
            _ => None,
        }
    }
}

/// Whether two names may be one entity's, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// True when the names are spellings of one entity (or, for a surname alone, compatible).
    pub same: bool,
    /// How sure the rule is: a table or a whole name, or only that nothing speaks against it.
    pub strength: Strength,
    /// The steps that led here, as sentences; the last one decided.
    pub steps: Vec<String>,
}

/// How much a decision rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Compatible: an initial or a surname alone agrees; the document has to decide.
    Compatible,
    /// Decided by the names themselves.
    Certain,
}

impl Decision {
    pub(super) fn same(step: impl Into<String>) -> Self {
        Self { same: true, strength: Strength::Certain, steps: vec![step.into()] }
    }

    pub(super) fn compatible(step: impl Into<String>) -> Self {
        Self { same: true, strength: Strength::Compatible, steps: vec![step.into()] }
    }

    pub(super) fn different(step: impl Into<String>) -> Self {
        Self { same: false, strength: Strength::Certain, steps: vec![step.into()] }
    }

    /// Puts earlier steps before the deciding one.
    pub(super) fn after(mut self, mut earlier: Vec<String>) -> Self {
        earlier.append(&mut self.steps);
        self.steps = earlier;
        self
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.steps {
            writeln!(formatter, "- {step}")?;
        }
        write!(formatter, "{}", if self.same { "same" } else { "different" })
    }
}
