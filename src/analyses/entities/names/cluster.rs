//! Persons of a corpus: full names in clusters whose members all agree, and the clusters that a surname alone may mean.
//!
//! Names come in order of how much they say, so that "George Bush" finds both "George W. Bush" and "George H. W. Bush"
//! made, and joins neither unless one is clearly dominant. Whoever joins a cluster must agree with every member: links
//! never make one person of two who disagree.

use hashbrown::HashMap;

use super::corpus::Unit;
use super::decision::EntityKind;
use super::links::{UnionFind, dominant, follows_rules};
use super::person::{Known, compare_parsed, undoubled};
use super::person_parse::{PersonName, Suffix, parse};
use super::sound::Habit;
use super::text;
use super::{east_asian, given};

/// The share of mentions that makes one of two people the bearer of a name that fits both.
const DOMINANT_NAMESAKE: f64 = 0.8;

/// What resolving surnames needs.
#[derive(Debug, Default)]
pub(super) struct Persons {
    /// Units that are a surname alone, with the roots of the people who bear it and their counts.
    pub bearers: HashMap<u32, Vec<(u32, u64)>>,
    /// Units that are a given name alone and hardly anybody's surname, with the roots of the people called so and their counts.
    pub called: HashMap<u32, Vec<(u32, u64)>>,
    /// Whether a unit is a person's full name.
    pub full: Vec<bool>,
}

#[derive(Debug, Default)]
struct Cluster {
    members: Vec<u32>,
    count: u64,
    alias: Option<String>,
}

/// Clusters with indexes: by surname, and by the other keys of their members.
#[derive(Debug, Default)]
struct Clusters {
    clusters: Vec<Cluster>,
    index: HashMap<String, Vec<u32>>,
    surnames: Surnames,
    by_surname: Vec<Vec<u32>>,
}

/// Distinct surnames and which of them may be one. Found once a surname, not once a name: a common one has thousands.
#[derive(Debug, Default)]
struct Surnames {
    numbers: HashMap<String, u32>,
    bearers: Vec<u32>,
    blocks: HashMap<String, Vec<u32>>,
    related: Vec<Vec<u32>>,
}

impl Surnames {
    fn number<'n>(&mut self, unit: u32, name: &Known, known: &impl Fn(u32) -> Option<&'n Known>) -> u32 {
        let next = self.bearers.len() as u32;
        let surname = &name.name.surname;
        let number = *self.numbers.entry(format!("{} {}", surname.plain, surname.digraphs)).or_insert(next);
        if number < next {
            return number;
        }
        self.bearers.push(unit);
        let mut related = vec![next];
        for key in surname_keys(name) {
            let block = self.blocks.entry(key).or_default();
            for &other in block.iter() {
                let bearer = self.bearers.get(other as usize).and_then(|bearer| known(*bearer));
                if !related.contains(&other) && bearer.is_some_and(|bearer| name.surname_may_be(bearer)) {
                    related.push(other);
                    if let Some(back) = self.related.get_mut(other as usize) {
                        back.push(next);
                    }
                }
            }
            if block.last() != Some(&next) {
                block.push(next);
            }
        }
        self.related.push(related);
        next
    }
}

impl Clusters {
    /// Clusters that share a surname or a key, in order.
    fn candidates(&self, surname: u32, keys: &[String]) -> Vec<u32> {
        let related = self.surnames.related.get(surname as usize).into_iter().flatten();
        let mut found: Vec<u32> = related.filter_map(|other| self.by_surname.get(*other as usize)).flatten().copied().collect();
        found.extend(keys.iter().filter_map(|key| self.index.get(key)).flatten());
        found.sort_unstable();
        found.dedup();
        found
    }

    fn add(&mut self, unit: u32, source: &Unit, surname: u32, keys: &[String], cluster: Option<u32>) {
        let number = cluster.unwrap_or(self.clusters.len() as u32);
        if cluster.is_none() {
            self.clusters.push(Cluster::default());
        }
        if let Some(cluster) = self.clusters.get_mut(number as usize) {
            cluster.members.push(unit);
            cluster.count += source.count;
            if cluster.alias.is_none() {
                cluster.alias = source.alias.as_ref().map(|alias| text::key(alias));
            }
        }
        let surname = surname as usize;
        if self.by_surname.len() <= surname {
            self.by_surname.resize_with(surname + 1, Vec::new);
        }
        if let Some(list) = self.by_surname.get_mut(surname)
            && list.last() != Some(&number)
        {
            list.push(number);
        }
        for key in keys {
            let list = self.index.entry_ref(key.as_str()).or_default();
            if list.last() != Some(&number) {
                list.push(number);
            }
        }
    }
}

/// Links the persons and says who may be meant by a surname alone.
pub(super) fn link_persons(units: &[Unit], sets: &mut UnionFind) -> Persons {
    let mut names: Vec<Option<Known>> = Vec::with_capacity(units.len());
    for unit in units {
        let reads = unit.kind == EntityKind::Person && follows_rules(unit);
        // "V. II" says no name.
        let parsed = parse(&unit.text).filter(|name| reads && !(name.is_single() && name.surname.is_initial()));
        names.push(parsed.map(|name| Known::new(&unit.text, name)));
    }
    let is_full = |known: &Known| !known.name.is_single() || known.name.given_title || known.row.is_some();
    let full: Vec<bool> = names.iter().map(|known| known.as_ref().is_some_and(is_full)).collect();
    let known = |unit: u32| names.get(unit as usize).and_then(Option::as_ref);

    let mut order: Vec<u32> = (0..).zip(&full).filter(|(_, full)| **full).map(|(unit, _)| unit).collect();
    order.sort_by_key(|&unit| {
        let said = known(unit).map_or(0, |known| detail(&known.name));
        let count = units.get(unit as usize).map_or(0, |unit| unit.count);
        (std::cmp::Reverse(said), std::cmp::Reverse(count), unit)
    });
    let mut clusters = gather(&order, units, &known);
    for cluster in &clusters.clusters {
        for pair in cluster.members.windows(2) {
            if let [a, b] = pair {
                sets.union(*a, *b);
            }
        }
    }

    let singles: Vec<u32> = (0..)
        .zip(&names)
        .filter(|(unit, name)| name.is_some() && !full.get(*unit as usize).copied().unwrap_or(false))
        .map(|(unit, _)| unit)
        .collect();
    let by_given = by_given_name(&clusters, &known);
    let all_juniors = |cluster: &&Cluster| {
        cluster.members.iter().filter_map(|member| known(*member)).all(|member| member.name.suffix == Some(Suffix::Junior))
    };
    let mut juniors: Vec<u32> =
        clusters.clusters.iter().filter(all_juniors).filter_map(|cluster| cluster.members.first()).map(|first| sets.find(*first)).collect();
    juniors.sort_unstable();
    let (mut bearers, mut called) = (HashMap::new(), HashMap::new());
    for &single in &singles {
        let Some(name) = known(single) else { continue };
        let mut found: Vec<(u32, u64)> = Vec::new();
        let surname = clusters.surnames.number(single, name, &known);
        for candidate in clusters.candidates(surname, &other_keys(name)) {
            let Some(cluster) = clusters.clusters.get(candidate as usize) else { continue };
            let fits = cluster
                .members
                .iter()
                .filter_map(|member| known(*member))
                .any(|member| name.may_match(member) && compare_parsed(name, member).same);
            if fits && let Some(first) = cluster.members.first() {
                found.push((sets.find(*first), cluster.count));
            }
        }
        let mut found = without_juniors(name, found, &juniors);
        // Which of several Bushes is the senior one cannot be told.
        if name.name.suffix == Some(Suffix::Senior) && found.len() > 1 {
            found.clear();
        }
        if given::is_known(&name.name.surname.plain) {
            // "Donald Jr." is the junior, "Elizabeth II" is no Elizabeth without a numeral.
            let same_suffix = |first: u32| known(first).is_some_and(|first| first.name.suffix == name.name.suffix);
            let people = by_given.get(name.name.surname.plain.as_str()).into_iter().flatten();
            let people = people.filter(|(first, _)| name.name.suffix.is_none() || same_suffix(*first));
            let people = without_doubles(people.map(|&(first, count)| (sets.find(first), count)).collect());
            // "Crooked Hillary" reads like a surname; the many who write Hillary mean somebody else.
            let sum = |people: &[(u32, u64)]| people.iter().map(|(_, count)| count).sum::<u64>();
            if sum(&found) * 10 <= sum(&people) {
                called.insert(single, people);
            }
        }
        bearers.insert(single, without_doubles(found));
    }
    let alone = gather(&singles, units, &known);
    for cluster in &alone.clusters {
        for pair in cluster.members.windows(2) {
            if let [a, b] = pair {
                sets.union(*a, *b);
            }
        }
    }
    Persons { bearers, called, full }
}

/// A surname alone means a junior only when he is the best-known bearer: Trump is the father.
fn without_juniors(single: &Known, mut found: Vec<(u32, u64)>, juniors: &[u32]) -> Vec<(u32, u64)> {
    let is_junior = |root: &u32| juniors.binary_search(root).is_ok();
    let most = found.iter().filter(|(root, _)| !is_junior(root)).map(|(_, count)| *count).max();
    if let Some(most) = most.filter(|_| single.name.suffix.is_none()) {
        found.retain(|(root, count)| !is_junior(root) || *count > most);
    }
    found
}

/// Sums the counts of equal roots: aliases may have made one set of two clusters.
fn without_doubles(mut found: Vec<(u32, u64)>) -> Vec<(u32, u64)> {
    found.sort_unstable();
    found.dedup_by(|later, earlier| {
        let one = later.0 == earlier.0;
        if one {
            earlier.1 += later.1;
        }
        one
    });
    found
}

/// For each given name the clusters of people who are called so: a member and the cluster's count.
fn by_given_name<'n>(clusters: &Clusters, known: &impl Fn(u32) -> Option<&'n Known>) -> HashMap<&'n str, Vec<(u32, u64)>> {
    let mut found: HashMap<&str, Vec<(u32, u64)>> = HashMap::new();
    for cluster in &clusters.clusters {
        let Some(&first) = cluster.members.first() else { continue };
        let mut names: Vec<&str> = cluster
            .members
            .iter()
            .filter_map(|member| known(*member)?.name.given.first())
            .filter(|given| !given.is_initial())
            .map(|given| given.plain.as_str())
            .collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            found.entry(name).or_default().push((first, cluster.count));
        }
    }
    found
}

/// How much a name says: full given names, then middle names and suffix; initials say little.
fn detail(name: &PersonName) -> usize {
    let words = name.given.iter().map(|word| if word.is_initial() { 1 } else { 3 }).sum::<usize>();
    let initial_only = name.given.first().is_some_and(|first| first.is_initial());
    words + usize::from(name.suffix.is_some()) + if initial_only { 0 } else { 10 }
}

/// Puts each unit into the one cluster that it agrees with, the dominant one of several, or a new one.
fn gather<'n>(order: &[u32], units: &[Unit], known: &impl Fn(u32) -> Option<&'n Known>) -> Clusters {
    let mut clusters = Clusters::default();
    for &unit in order {
        let (Some(name), Some(source)) = (known(unit), units.get(unit as usize)) else { continue };
        let keys = other_keys(name);
        let surname = clusters.surnames.number(unit, name, known);
        let alias = source.alias.as_ref().map(|alias| text::key(alias));
        let mut fitting: Vec<(u32, u64)> = Vec::new();
        for candidate in clusters.candidates(surname, &keys) {
            let Some(cluster) = clusters.clusters.get(candidate as usize) else { continue };
            if alias.is_some() && cluster.alias.is_some() && alias != cluster.alias {
                continue;
            }
            let agrees = cluster
                .members
                .iter()
                .all(|member| known(*member).is_some_and(|member| name.may_match(member) && compare_parsed(name, member).same));
            if agrees {
                fitting.push((candidate, cluster.count));
            }
        }
        let chosen = dominant(&fitting, DOMINANT_NAMESAKE);
        clusters.add(unit, source, surname, &keys, chosen);
    }
    clusters
}

/// Keys of the surname: as written, with digraphs, by sound.
fn surname_keys(known: &Known) -> Vec<String> {
    let surname = &known.name.surname;
    let mut keys = vec![format!("x:{}", surname.plain)];
    if surname.digraphs != surname.plain {
        keys.push(format!("x:{}", surname.digraphs));
    }
    let undoubled = undoubled(&surname.plain);
    if undoubled != surname.plain {
        keys.push(format!("x:{undoubled}"));
    }
    for habit in [Habit::Slavic, Habit::Semitic] {
        keys.extend(known.sounds(habit).keys(habit));
    }
    keys
}

/// Keys beside the surname under which a name's other forms may be found.
fn other_keys(known: &Known) -> Vec<String> {
    let name = &known.name;
    if name.is_single() && !name.given_title && known.row.is_none() {
        return east_asian::family_keys(&name.surname.plain);
    }
    let mut keys = vec![format!("k:{}", name.key)];
    if let Some(row) = known.row {
        keys.push(format!("r:{row}"));
    }
    let mut words: Vec<&str> = name.given.iter().chain([&name.surname]).map(|word| word.plain.as_str()).collect();
    // The key of a name with a second surname, or a father's name, that others leave out.
    if let [first, second, ..] = words.as_slice()
        && (name.nasab || given::has_two_surnames(first))
    {
        keys.push(format!("l:{first} {second}"));
    }
    // A title before a given name: King Abdullah, King Abdullah bin Abdulaziz.
    if name.given_title
        && let Some(first) = words.first()
    {
        keys.push(format!("t:{first}"));
    }
    if words.len() == 2 {
        words.sort_unstable();
        keys.push(format!("v:{}", words.join(" ")));
    }
    if let Some(name) = &name.family_first {
        keys.extend(east_asian::block_keys(name));
        keys.extend(east_asian::family_keys(&name.family));
    }
    keys
}
