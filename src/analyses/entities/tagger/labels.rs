//! Kinds of entities, the BILOU labels that the decoder works with, and the step from labels to spans.

/// What an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place.
    Location,
    /// A nationality, event, work or product.
    Miscellaneous,
}

impl EntityKind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [Self; 4] = [Self::Person, Self::Organisation, Self::Location, Self::Miscellaneous];

    /// The short name that data files use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Person => "PER",
            Self::Organisation => "ORG",
            Self::Location => "LOC",
            Self::Miscellaneous => "MISC",
        }
    }

    /// The kind with a short name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The kind's number.
    #[inline]
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }
}

/// One named entity: token positions in the document, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntitySpan {
    /// The first token.
    pub start: u32,
    /// The token after the last one.
    pub end: u32,
    /// What it is.
    pub kind: EntityKind,
}

/// A label's number: 0 is outside, then begin, inside, last, unit of each kind.
pub(super) type Label = u8;

/// How many labels there are.
pub(super) const LABELS: usize = 17;
/// The label of tokens outside every entity.
pub(super) const OUTSIDE: Label = 0;
/// The set of all labels, as bits.
pub(super) const ANY: u32 = (1 << LABELS) - 1;

/// First token of a longer entity.
#[inline]
pub(super) fn begin(kind: usize) -> Label {
    (1 + 4 * kind) as Label
}
/// Neither first nor last token.
#[inline]
pub(super) fn inside(kind: usize) -> Label {
    (2 + 4 * kind) as Label
}
/// Last token of a longer entity.
#[inline]
pub(super) fn last(kind: usize) -> Label {
    (3 + 4 * kind) as Label
}
/// An entity of one token.
#[inline]
pub(super) fn unit(kind: usize) -> Label {
    (4 + 4 * kind) as Label
}

/// The kind's number of a label, if it is not outside.
#[inline]
pub(super) fn kind_of(label: Label) -> Option<usize> {
    if label == OUTSIDE { None } else { Some((label as usize - 1) / 4) }
}

/// Writes the labels of spans over `labels` (which starts as all outside).
pub(super) fn write_spans(spans: &[EntitySpan], labels: &mut [Label]) {
    for span in spans {
        let kind = span.kind.index();
        let (start, end) = (span.start as usize, span.end as usize);
        if end == start + 1 {
            labels[start] = unit(kind);
        } else {
            labels[start] = begin(kind);
            labels[start + 1..end - 1].fill(inside(kind));
            labels[end - 1] = last(kind);
        }
    }
}

/// Reads spans out of legal labels; `offset` is the position of the first label.
pub(super) fn read_spans(labels: &[Label], offset: usize, spans: &mut Vec<EntitySpan>) {
    let mut start = 0;
    for (position, &label) in labels.iter().enumerate() {
        let Some(kind) = kind_of(label) else { continue };
        if label == begin(kind) {
            start = position;
        } else if label == last(kind) || label == unit(kind) {
            let from = if label == unit(kind) { position } else { start };
            spans.push(EntitySpan { start: (offset + from) as u32, end: (offset + position + 1) as u32, kind: EntityKind::ALL[kind] });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_survive_the_way_through_labels() {
        let spans = [
            EntitySpan { start: 1, end: 2, kind: EntityKind::Location },
            EntitySpan { start: 2, end: 5, kind: EntityKind::Person },
            EntitySpan { start: 6, end: 8, kind: EntityKind::Miscellaneous },
        ];
        let mut labels = [OUTSIDE; 9];
        write_spans(&spans, &mut labels);
        let mut read = Vec::new();
        read_spans(&labels, 0, &mut read);
        assert_eq!(read, spans);
    }

    #[test]
    fn codes_are_read_back() {
        for kind in EntityKind::ALL {
            assert_eq!(EntityKind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(EntityKind::from_code("DATE"), None);
    }
}
