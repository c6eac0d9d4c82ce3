//! Building of the lexicon from the resource files and from our own list of names.

use super::error::TaggerError;
use super::hash::{self, HashedMap};
use super::lexicon::{LONGEST_PHRASE, Lexicon, Table, extend_phrase, flag, title_case};
use super::surface::{Case, case_of, normalise};
use std::collections::BTreeMap;

/// Our own list: countries, demonyms, regions, organisations, teams, other names, role and place words.
const OWN_NAMES: &str = include_str!("names.tsv");

/// How many of the surnames (most frequent first) count as frequent.
const FREQUENT_SURNAMES: usize = 4000;

const CLUSTERS: &str = "word_clusters_cc0.tsv";
const SURNAMES: &str = "gazetteers/us_census_surnames.txt";

/// The contents of the resource files that training needs.
#[derive(Debug, Default, Clone)]
pub struct Resources {
    files: BTreeMap<String, String>,
}

impl Resources {
    /// The files, by their places in the folder of resources.
    pub const FILES: [&str; 8] = [
        CLUSTERS,
        "gazetteers/titles.txt",
        "gazetteers/org_words.txt",
        "gazetteers/us_census_first_names.txt",
        "gazetteers/us_states.txt",
        "gazetteers/cities_big_and_alternates.txt",
        "gazetteers/cities_small.txt",
        SURNAMES,
    ];

    /// Takes what was read for one of [`Self::FILES`].
    pub fn add(&mut self, file: &str, content: String) {
        self.files.insert(file.to_owned(), content);
    }

    fn get(&self, file: &str) -> Result<&str, TaggerError> {
        self.files.get(file).map(String::as_str).ok_or_else(|| TaggerError::new(format!("the resource file {file} is missing")))
    }
}

/// Builds the lexicon.
pub(super) fn build(resources: &Resources) -> Result<Lexicon, TaggerError> {
    let mut lexicon = clusters(resources.get(CLUSTERS)?)?;
    let mut names = Names::default();
    let lists = [
        ("gazetteers/titles.txt", flag::TITLE, 0),
        ("gazetteers/org_words.txt", flag::ORGANISATION_WORD, 0),
        ("gazetteers/us_census_first_names.txt", flag::FIRST_NAME, 0),
        ("gazetteers/us_states.txt", flag::STATE, flag::STATE),
        ("gazetteers/cities_big_and_alternates.txt", flag::CITY, flag::CITY),
        ("gazetteers/cities_small.txt", flag::SMALL_CITY, flag::SMALL_CITY),
    ];
    for (file, word_flag, phrase_flag) in lists {
        for line in resources.get(file)?.lines() {
            names.add(line, word_flag, phrase_flag);
        }
    }
    for (rank, line) in resources.get(SURNAMES)?.lines().enumerate() {
        let bit = if rank < FREQUENT_SURNAMES { flag::SURNAME } else { flag::RARE_SURNAME };
        names.add(line, bit, 0);
    }
    for (index, line) in OWN_NAMES.lines().enumerate() {
        names.own_line(line).map_err(|message| TaggerError::at("names.tsv", index + 1, message))?;
    }
    names.finish(&mut lexicon);
    Ok(lexicon)
}

#[derive(Default)]
struct Names {
    words: BTreeMap<u64, u32>,
    phrases: BTreeMap<u64, u32>,
}

impl Names {
    /// Adds a name: a single word with the first flag, a phrase with the second (0: no phrases of this list).
    fn add(&mut self, name: &str, word_flag: u32, phrase_flag: u32) {
        let lower = normalise(name.trim()).to_lowercase();
        self.add_plain(&lower, word_flag, phrase_flag);
        let folded = without_accents(&lower);
        if folded != lower {
            self.add_plain(&folded, word_flag, phrase_flag);
        }
    }

    fn add_plain(&mut self, lower: &str, word_flag: u32, phrase_flag: u32) {
        let tokens = split(lower);
        match tokens.len() {
            0 => {}
            1 => *self.words.entry(hash::of_text(&tokens[0])).or_default() |= word_flag,
            2..=LONGEST_PHRASE if phrase_flag != 0 => {
                let phrase = tokens.iter().fold(0, |phrase, token| extend_phrase(phrase, hash::of_text(token)));
                *self.phrases.entry(phrase).or_default() |= phrase_flag;
                *self.words.entry(hash::of_text(&tokens[0])).or_default() |= flag::STARTS_PHRASE;
            }
            _ => {}
        }
    }

    /// A line of our own list: kind, tab, names with bars between them.
    fn own_line(&mut self, line: &str) -> Result<(), String> {
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let mut fields = line.split('\t');
        let kind = fields.next().unwrap_or_default();
        let names = fields.next().ok_or("expected a kind, a tab and names")?;
        let bit = match kind {
            "country" => {
                for name in fields.next().unwrap_or_default().split('|').filter(|name| !name.is_empty()) {
                    self.add(name, flag::DEMONYM, flag::DEMONYM);
                }
                flag::COUNTRY
            }
            "demonym" => flag::DEMONYM,
            "state" => flag::STATE,
            "region" => flag::REGION,
            "organisation" => flag::ORGANISATION,
            "team" => flag::TEAM,
            "other" => flag::OTHER,
            "weapon" => flag::WEAPON,
            "calendar" => flag::CALENDAR,
            "first_name" => flag::FIRST_NAME,
            "surname" => flag::SURNAME,
            "title" => flag::TITLE,
            "handle" => flag::HANDLE,
            "role" => flag::ROLE,
            "organisation_word" => flag::ORGANISATION_WORD,
            "place_word" => flag::PLACE_WORD,
            _ => return Err(format!("unknown kind {kind:?}")),
        };
        for name in names.split('|') {
            self.add(name, bit, bit);
        }
        Ok(())
    }

    fn finish(self, lexicon: &mut Lexicon) {
        let mut sets: Vec<u32> = self.words.values().chain(self.phrases.values()).copied().collect();
        sets.sort_unstable();
        sets.dedup();
        let table = |entries: BTreeMap<u64, u32>| {
            let place = |flags: u32| sets.binary_search(&flags).unwrap_or_default() as u16;
            Table::of(entries.into_iter().map(|(hash, flags)| (hash::fingerprint(hash), place(flags))).collect())
        };
        lexicon.flagged = table(self.words);
        lexicon.phrases = table(self.phrases);
        lexicon.flag_sets = sets;
    }
}

/// Splits a name as tokenizers do: at blanks, before commas, before `'s`.
fn split(lower: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    for word in lower.split_whitespace() {
        let (word, comma) = word.strip_suffix(',').map_or((word, false), |word| (word, true));
        match word.strip_suffix("'s") {
            Some(stem) if !stem.is_empty() => tokens.extend([stem.to_owned(), "'s".to_owned()]),
            _ => tokens.push(word.to_owned()),
        }
        if comma {
            tokens.push(",".to_owned());
        }
    }
    tokens
}

/// Latin letters without their marks, as newswire writes them.
fn without_accents(lower: &str) -> String {
    const PLAIN: [(&str, &str); 27] = [
        ("àáâãäåāăą", "a"),
        ("çćĉċč", "c"),
        ("ďđḑḍ", "d"),
        ("èéêëēĕėęěệếəể", "e"),
        ("ĝğġģ", "g"),
        ("ĥħḩḥ", "h"),
        ("ìíîïĩīĭįıị", "i"),
        ("ĵ", "j"),
        ("ķ", "k"),
        ("ĺļľŀł", "l"),
        ("ñńņňŉ", "n"),
        ("òóôõöøōŏőơộốồ", "o"),
        ("ŕŗř", "r"),
        ("śŝşšșṣ", "s"),
        ("ţťŧțṭ", "t"),
        ("ùúûüũūŭůűųưụ", "u"),
        ("ŵ", "w"),
        ("ýÿŷ", "y"),
        ("źżžẓ", "z"),
        ("ß", "ss"),
        ("æ", "ae"),
        ("œ", "oe"),
        ("þ", "th"),
        ("ð", "d"),
        ("‘’ʻʼ", "'"),
        ("ʿʾ", ""),
        ("\u{307}\u{301}\u{304}", ""),
    ];
    let mut plain = String::with_capacity(lower.len());
    for letter in lower.chars() {
        match PLAIN.iter().find(|(marked, _)| !letter.is_ascii() && marked.contains(letter)) {
            Some((_, simple)) => plain.push_str(simple),
            None => plain.push(letter),
        }
    }
    plain
}

/// The cluster part: words whose clusters another spelling gives anyway are left out.
fn clusters(text: &str) -> Result<Lexicon, TaggerError> {
    let mut rows: Vec<(&str, [u16; 4])> = Vec::new();
    let mut known: HashedMap<[u16; 4]> = HashedMap::default();
    for (index, line) in text.lines().enumerate() {
        let problem = || TaggerError::at("word_clusters_cc0.tsv", index + 1, "expected a word and four numbers");
        let mut fields = line.split('\t');
        let word = fields.next().ok_or_else(problem)?;
        let mut tuple = [0; 4];
        for cell in &mut tuple {
            let number: u16 = fields.next().and_then(|field| field.parse().ok()).ok_or_else(problem)?;
            *cell = number + 1;
        }
        let usable = word.chars().all(|letter| letter.is_alphabetic() || "-.'&".contains(letter)) || word.chars().count() <= 2;
        if usable && word.chars().count() <= 24 {
            known.insert(hash::of_text(word), tuple);
            rows.push((word, tuple));
        }
    }
    rows.retain(|(word, tuple)| {
        let case = case_of(word);
        let lower = word.to_lowercase();
        if lower == *word {
            return true;
        }
        let titled = (case == Case::Upper && word.len() > 1).then(|| title_case(&lower));
        let by_title = titled.and_then(|titled| known.get(&hash::of_text(&titled)));
        let other = by_title.or_else(|| known.get(&hash::of_text(&lower)));
        other != Some(tuple)
    });
    let mut tuples: Vec<[u16; 4]> = rows.iter().map(|row| row.1).collect();
    tuples.sort_unstable_by_key(|tuple| (tuple[3], tuple[2], tuple[1], tuple[0]));
    tuples.dedup();
    let key = |tuple: &[u16; 4]| (tuple[3], tuple[2], tuple[1], tuple[0]);
    let entries = rows
        .iter()
        .map(|(word, tuple)| {
            let place = tuples.binary_search_by_key(&key(tuple), key).unwrap_or_default();
            (hash::fingerprint(hash::of_text(word)), place as u16)
        })
        .collect();
    Ok(Lexicon { words: Table::of(entries), tuples, ..Lexicon::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_list_is_well_formed() {
        let mut names = Names::default();
        for line in OWN_NAMES.lines() {
            assert_eq!(names.own_line(line), Ok(()), "{line}");
        }
        let mut lexicon = Lexicon::default();
        names.finish(&mut lexicon);
        assert_ne!(lexicon.flags_of(hash::of_text("norway")) & flag::COUNTRY, 0);
        assert_ne!(lexicon.flags_of(hash::of_text("norwegian")) & flag::DEMONYM, 0);
    }

    #[test]
    fn names_are_split_as_text_is() {
        assert_eq!(split("lord's resistance army"), ["lord", "'s", "resistance", "army"]);
        assert_eq!(split("washington, d.c."), ["washington", ",", "d.c."]);
        assert_eq!(without_accents("székesfehérvár"), "szekesfehervar");
    }

    #[test]
    fn a_spelling_that_another_one_gives_takes_no_room() {
        let lexicon = clusters("river\t1\t2\t3\t4\nRiver\t1\t2\t3\t4\nRIVER\t5\t6\t7\t8\n").expect("reads");
        assert_eq!(lexicon.words.len(), 2);
        assert_eq!(lexicon.clusters_of("River", "river", Case::Title), [2, 3, 4, 5]);
        assert_eq!(lexicon.clusters_of("RIVER", "river", Case::Upper), [6, 7, 8, 9]);
        assert!(clusters("river\t1\t2\n").is_err());
    }
}
