//! A user's list of words with scores.

use crate::error::{Error, Result};
use std::collections::BTreeMap;

/// Words in lower case with their scores.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Lexicon {
    /// Scores by word.
    pub scores: BTreeMap<String, f64>,
    /// Words that stood there again with another score; the first counts.
    pub repeated: usize,
}

/// Reads lines of `word,score` or `word<TAB>score`; a first line without a number is taken as the heading, further columns
/// are ignored.
///
/// # Errors
/// A configuration error that names the first line that has no score, or says that the file holds no word.
pub(super) fn read_lexicon(bytes: &[u8]) -> Result<Lexicon> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let separator = text.lines().find(|line| !line.trim().is_empty()).map_or(',', |line| {
        if line.contains('\t') {
            '\t'
        } else if line.contains(';') && !line.contains(',') {
            ';'
        } else {
            ','
        }
    });
    let mut lexicon = Lexicon::default();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator as u8).from_reader(text.as_bytes());
    let mut is_first = true;
    for (row, record) in reader.records().enumerate() {
        let record = record.map_err(|error| Error::configuration(format!("line {} can't be read: {error}", row + 1)))?;
        let (word, score) = (record.get(0).unwrap_or("").trim().to_lowercase(), record.get(1).unwrap_or("").trim());
        if word.is_empty() || word.starts_with('#') {
            continue;
        }
        let heading = std::mem::take(&mut is_first);
        match score.parse::<f64>() {
            Ok(score) if score.is_finite() => match lexicon.scores.entry(word) {
                std::collections::btree_map::Entry::Vacant(entry) => {
                    entry.insert(score);
                }
                std::collections::btree_map::Entry::Occupied(entry) if *entry.get() != score => lexicon.repeated += 1,
                std::collections::btree_map::Entry::Occupied(_) => {}
            },
            _ if heading => {}
            _ => {
                return Err(Error::configuration(format!("line {}: `{word}` has no score but `{score}`", row + 1))
                    .hint("give one word and one number a line, separated by a comma or a tab"));
            }
        }
    }
    if lexicon.scores.is_empty() {
        return Err(Error::configuration("it holds no word with a score").hint("give lines such as `happy,8.3`"));
    }
    Ok(lexicon)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_separators_and_quotes_are_understood() {
        for text in [
            "word,score\nHappy,8.3\n\"sad\",-2\n",
            "\u{feff}happy\t8.3\tx\nsad\t-2",
            "happy;8.3\nsad;-2\n",
            "# mine\nhappy,8.3\n\nsad,-2\n",
        ] {
            let lexicon = read_lexicon(text.as_bytes()).unwrap();
            assert_eq!(lexicon.scores.into_iter().collect::<Vec<_>>(), [("happy".to_owned(), 8.3), ("sad".to_owned(), -2.0)], "{text}");
        }
        assert_eq!(read_lexicon(b"a,1\nA,2\na,1\n").unwrap(), Lexicon { scores: BTreeMap::from([("a".to_owned(), 1.0)]), repeated: 1 });
    }

    #[test]
    fn what_is_no_lexicon_says_where() {
        assert_eq!(read_lexicon(b"word,score\na,1\nb,x\n").unwrap_err().to_string(), "line 3: `b` has no score but `x`");
        assert!(read_lexicon(b"").is_err() && read_lexicon(b"word,score\n").is_err() && read_lexicon(b"a,nan\nb,inf\n").is_err());
        assert!(read_lexicon(&[0xff, 0xfe, 0, 1]).is_err());
    }
}
