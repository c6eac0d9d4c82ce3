//! All comparisons of a design, their family of tests, and the rows that are listed.

use super::compare::Comparison;
use super::design::{Design, Reference};
use super::row::Row;
use super::settings::{ManyTests, Settings};
use super::strata::Strata;
use super::subject::Subject;
use super::word_list::WordList;

/// The comparisons of a run.
#[derive(Debug)]
pub(super) struct Study<'a> {
    pub subject: &'a Subject<'a>,
    pub settings: &'a Settings,
    pub strata: Option<Strata>,
    /// One-against-rest (or against the reference), from which the main table is made; empty for none.
    pub main: Vec<Comparison>,
    /// Every pair of groups, the first against the second, for `--pairwise`.
    pub pairs: Vec<Comparison>,
    /// Number of tests in the family: all of both.
    pub family: usize,
    pub seed: u64,
}

impl<'a> Study<'a> {
    /// Makes every test of the design.
    pub fn run(subject: &'a Subject<'a>, settings: &'a Settings, strata: Option<Strata>, seed: u64) -> Self {
        let all: Vec<usize> = (0..subject.members.len()).collect();
        let shuffled = |groups: &[usize], focus: &[usize], reference: Reference| {
            Comparison::shuffled(subject, settings, strata.as_ref(), groups, focus, reference, seed)
        };
        let against = |group: usize, reference: usize| shuffled(&[group, reference], &[group], Reference::Group(reference));
        let (mut main, mut pairs) = match &settings.design {
            Design::OneAgainstRest { groups } => (vec![shuffled(&all, groups, Reference::Rest)], Vec::new()),
            Design::Against { groups, reference } => (groups.iter().map(|&group| against(group, *reference)).collect(), Vec::new()),
            Design::Pairwise { groups } => {
                let mut pairs = Vec::new();
                for (position, &first) in groups.iter().enumerate() {
                    pairs.extend(groups[position + 1..].iter().map(|&second| against(first, second)));
                }
                (vec![shuffled(&all, groups, Reference::Rest)], pairs)
            }
            Design::List { groups, list } => (vec![Comparison::listed(subject, settings, groups, list)], Vec::new()),
        };
        let mut comparisons: Vec<&mut Comparison> = main.iter_mut().chain(&mut pairs).collect();
        let family = adjust(&mut comparisons, settings.many_tests);
        Self { subject, settings, strata, main, pairs, family, seed }
    }

    /// Rows of `comparisons` with an adjusted p within `limit` (all for `None`), surest first.
    pub fn rows(&self, comparisons: &[Comparison], limit: Option<f64>) -> Vec<Row> {
        let mut rows = Vec::new();
        for comparison in comparisons {
            let listed = |cell: usize| comparison.q_values[cell].is_some_and(|q| limit.is_none_or(|limit| q <= limit));
            rows.extend(comparison.rows(self, true, &listed));
        }
        self.sort(&mut rows);
        rows
    }

    /// Rows of the main comparisons for the cells that `listed` names, given the comparison's number and the cell; without
    /// intervals unless asked for, and surest first.
    pub fn rows_where(&self, intervals: bool, listed: &dyn Fn(usize, usize) -> bool) -> Vec<Row> {
        let mut rows = Vec::new();
        for (number, comparison) in self.main.iter().enumerate() {
            let listed = |cell: usize| listed(number, cell);
            rows.extend(comparison.rows(self, intervals, &listed));
        }
        self.sort(&mut rows);
        rows
    }

    /// What the outside list counts of `term`; 0 without one.
    pub fn listed_count(&self, term: u32) -> f64 {
        self.list().map_or(0.0, |list| list.get(self.subject.terms.label(term)).count)
    }

    /// The outside list of the design.
    pub fn list(&self) -> Option<&WordList> {
        match &self.settings.design {
            Design::List { list, .. } => Some(list),
            _ => None,
        }
    }

    fn sort(&self, rows: &mut [Row]) {
        rows.sort_by(|a, b| {
            b.sure_size()
                .total_cmp(&a.sure_size())
                .then(a.q_value.total_cmp(&b.q_value))
                .then(b.log_likelihood.total_cmp(&a.log_likelihood))
                .then(self.subject.terms.label(a.term).cmp(self.subject.terms.label(b.term)))
                .then(a.group.cmp(&b.group))
                .then(a.reference_number().cmp(&b.reference_number()))
        });
    }

    /// Terms tested in the main comparisons.
    pub fn terms_tested(&self) -> usize {
        self.main.iter().map(|comparison| comparison.terms.len()).max().unwrap_or(0)
    }

    /// What a row's group is compared with, in words: `the others`, another group, the list's name.
    pub fn reference_name(&self, reference: Reference) -> &str {
        match reference {
            Reference::Group(group) => &self.subject.corpus.groups.names[group],
            Reference::List => self.list().map_or("the list", |list| &list.name),
            Reference::Rest => "the others",
        }
    }

    /// Documents of the row's group, and of its reference where they are known.
    pub fn documents(&self, row: &Row) -> (usize, Option<usize>) {
        let members = &self.subject.members;
        let own = members[row.group].len();
        let rest = match row.reference {
            Reference::Group(group) => Some(members[group].len()),
            Reference::Rest => Some(self.subject.corpus.documents.len() - own),
            Reference::List => None,
        };
        (own, rest)
    }

    /// The documents of the row's group and those of its reference, ascending; none for a list.
    pub fn sides(&self, row: &Row) -> (Vec<u32>, Vec<u32>) {
        let own = self.subject.members[row.group].clone();
        let rest = match row.reference {
            Reference::Group(group) => self.subject.members[group].clone(),
            Reference::Rest => {
                let of_document = &self.subject.corpus.groups.of_document;
                (0..of_document.len() as u32).filter(|&document| usize::from(of_document[document as usize]) != row.group).collect()
            }
            Reference::List => Vec::new(),
        };
        (own, rest)
    }
}

impl Row {
    fn reference_number(&self) -> usize {
        match self.reference {
            Reference::Rest => 0,
            Reference::List => 1,
            Reference::Group(group) => 2 + group,
        }
    }
}

/// Fills the adjusted p-values of all comparisons as one family; returns its size.
fn adjust(comparisons: &mut [&mut Comparison], rule: ManyTests) -> usize {
    let tested: Vec<f64> = comparisons.iter().flat_map(|comparison| comparison.p_values.iter().flatten().copied()).collect();
    let adjusted = match rule {
        ManyTests::Values(rule) => rule.adjust(&tested),
        ManyTests::None => tested.clone(),
        ManyTests::MaxT => largest_statistic(comparisons),
    };
    let mut adjusted = adjusted.into_iter();
    for comparison in comparisons {
        comparison.q_values = comparison.p_values.iter().map(|p| p.and_then(|_| adjusted.next())).collect();
    }
    tested.len()
}

/// Single-step max-T (Westfall & Young 1993): the share of shuffles in which the largest statistic of the whole family is
/// at least as large as the test's own.
fn largest_statistic(comparisons: &[&mut Comparison]) -> Vec<f64> {
    let shuffles = comparisons.iter().map(|comparison| comparison.counted.largest.len()).max().unwrap_or(0);
    let mut largest = vec![0.0f64; shuffles];
    for comparison in comparisons {
        largest.iter_mut().zip(&comparison.counted.largest).for_each(|(largest, own)| *largest = largest.max(*own));
    }
    largest.sort_by(f64::total_cmp);
    let mut adjusted = Vec::new();
    for comparison in comparisons {
        for (p, observed) in comparison.p_values.iter().zip(&comparison.counted.observed) {
            if p.is_some() {
                let size = observed.abs() * (1.0 - 1e-9);
                let reached = largest.len() - largest.partition_point(|value| *value < size);
                adjusted.push((reached + 1) as f64 / (shuffles + 1) as f64);
            }
        }
    }
    adjusted
}
