//! The embedded tables, read on first use. Every table is a text file beside the code; NOTICE.md has the sources.

use hashbrown::HashMap;
use std::sync::LazyLock;

use super::text;

/// A table row's number; equal numbers mean one entity.
pub type Row = u32;

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Spellings of places. Rows of the hand-made table come first and win over GeoNames.
pub struct Places {
    rows: HashMap<String, Row>,
    geonames: HashMap<&'static str, Row>,
    names: Vec<&'static str>,
}

/// Row numbers from here on belong to GeoNames.
const FIRST_GEONAMES_ROW: Row = 1 << 20;

static PLACES: LazyLock<Places> = LazyLock::new(|| {
    let (mut rows, mut names) = (HashMap::new(), Vec::new());
    for (number, line) in (0..).zip(lines(include_str!("tables/places.tsv"))) {
        let spellings = line.split_once('\t').map_or(line, |(_, spellings)| spellings);
        names.push(spellings.split('|').next().unwrap_or(spellings));
        for spelling in spellings.split('|') {
            rows.entry(text::key(spelling)).or_insert(number);
        }
    }
    let mut geonames = HashMap::with_capacity(100_000);
    for (number, line) in (FIRST_GEONAMES_ROW..).zip(lines(include_str!("tables/places_geonames.tsv"))) {
        for spelling in line.split('|') {
            geonames.entry(spelling).or_insert(number);
        }
    }
    Places { rows, geonames, names }
});

impl Places {
    /// The tables, read at the first call.
    pub fn get() -> &'static Self {
        &PLACES
    }

    /// The place that a folded key means.
    pub fn row(&self, key: &str) -> Option<Row> {
        self.rows.get(key).or_else(|| self.geonames.get(key)).copied()
    }

    /// The hand-made row's usual name.
    pub fn name(&self, row: Row) -> Option<&'static str> {
        self.names.get(row as usize).copied()
    }
}

/// A table of whole names: key to row, and the rows' first names.
pub struct Aliases {
    rows: HashMap<String, Row>,
    names: Vec<&'static str>,
}

impl Aliases {
    fn read<'a>(table: impl Iterator<Item = &'static str>, keys: impl Fn(&str) -> String + 'a) -> Self {
        let (mut rows, mut names) = (HashMap::new(), Vec::new());
        for (number, line) in (0..).zip(table) {
            names.push(line.split('|').next().unwrap_or(line));
            for spelling in line.split('|') {
                rows.entry(keys(spelling)).or_insert(number);
            }
        }
        Self { rows, names }
    }

    /// The row of a key.
    pub fn row(&self, key: &str) -> Option<Row> {
        self.rows.get(key).copied()
    }

    /// The row's usual name.
    pub fn name(&self, row: Row) -> &'static str {
        self.names.get(row as usize).copied().unwrap_or_default()
    }
}

/// Organisations: acronyms, other names, translations. The key is `organisation::key`'s.
pub static ORGANISATIONS: LazyLock<Aliases> =
    LazyLock::new(|| Aliases::read(lines(include_str!("tables/organisations.tsv")), super::organisation::table_key));

const PEOPLE_TABLE: &str = include_str!("tables/people.tsv");

/// People with a second name that no rule finds.
pub static PEOPLE: LazyLock<Aliases> =
    LazyLock::new(|| Aliases::read(lines(PEOPLE_TABLE).filter_map(|line| line.strip_prefix("same\t")), text::key));

/// Pairs of keys of two people whom a rule could join.
pub static DIFFERENT_PEOPLE: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    lines(PEOPLE_TABLE)
        .filter_map(|line| line.strip_prefix("different\t")?.split_once('|'))
        .map(|(a, b)| (text::key(a), text::key(b)))
        .collect()
});

/// Where a given name is at home; decides how loosely a surname beside it may be spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Russian, Ukrainian, Belarusian, Balkan, Caucasian, Central Asian.
    Slavic,
    /// Arabic, Persian, Turkish, Urdu, Hebrew.
    Semitic,
    /// Greek, which is written like Slavic names here.
    Greek,
    /// Spanish, Portuguese, French, Italian: two surnames are usual.
    Romance,
    /// Names that say nothing, since half the world bears them.
    Western,
}

/// Given names: sets of equivalent spellings, and short forms.
pub struct GivenNames {
    sets: HashMap<String, Vec<Row>>,
    members: Vec<Vec<String>>,
    origins: Vec<Origin>,
    short: HashMap<&'static str, Vec<&'static str>>,
}

/// The given names, read at the first call.
pub static GIVEN_NAMES: LazyLock<GivenNames> = LazyLock::new(|| {
    let mut given = GivenNames { sets: HashMap::new(), members: Vec::new(), origins: Vec::new(), short: HashMap::new() };
    for (number, line) in (0..).zip(lines(include_str!("tables/given_names.tsv"))) {
        let (origin, names) = line.split_once('\t').unwrap_or(("english", line));
        given.origins.push(match origin {
            "slavic" | "turkic" | "armenian" => Origin::Slavic,
            "arabic" | "hebrew" | "turkish" => Origin::Semitic,
            "greek" => Origin::Greek,
            "romance" => Origin::Romance,
            _ => Origin::Western,
        });
        let members: Vec<String> = names.split(' ').map(text::key).collect();
        for name in &members {
            given.sets.entry(name.clone()).or_default().push(number);
        }
        given.members.push(members);
    }
    for line in lines(include_str!("tables/nicknames.tsv")) {
        if let Some((name, short)) = line.split_once('\t') {
            given.short.insert(name, short.split(' ').collect());
        }
    }
    given
});

impl GivenNames {
    /// The sets that a folded name stands in.
    pub fn sets(&self, name: &str) -> &[Row] {
        self.sets.get(name).map_or(&[], Vec::as_slice)
    }

    /// The names of a set.
    pub fn members(&self, set: Row) -> &[String] {
        self.members.get(set as usize).map_or(&[], Vec::as_slice)
    }

    /// Whether a set is a name with its short forms rather than spellings of one name.
    pub fn is_english(&self, set: Row) -> bool {
        self.origins.get(set as usize) == Some(&Origin::Western)
    }

    /// Short forms of a full name.
    pub fn short_forms(&self, name: &str) -> &[&'static str] {
        self.short.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether the tables have the name at all.
    pub fn has(&self, name: &str) -> bool {
        self.sets.contains_key(name) || self.short.contains_key(name)
    }

    /// The one origin of a name: none for unknown names and for those that are at home everywhere.
    pub fn origin(&self, name: &str) -> Option<Origin> {
        let sets = self.sets(name);
        let origins: Vec<Origin> = sets.iter().filter_map(|set| self.origins.get(*set as usize)).copied().collect();
        if origins.contains(&Origin::Western) || self.short.contains_key(name) {
            return None;
        }
        origins.first().copied()
    }
}
