//! From the corpus to tables: tag, fold, rank, compare spellings, pair.

use super::charts::{naming_charts, network_chart, spelling_charts};
use super::findings::{findings, telling_splits};
use super::forms::{KINDS, code};
use super::mention_table::mention_table;
use super::mentions::find;
use super::named::resolve;
use super::names::{Aliases, EntityKind};
use super::pairs::pair_table;
use super::ranking::entity_table;
use super::spellings::{spelling_table, splits};
use super::verbs::Tagger;
use crate::analyses::{Context, Output};
use crate::corpus::Corpus;
use crate::error::{Error, Result, nearest};
use crate::params::Params;

pub(super) fn build(corpus: &Corpus, params: &Params, context: &Context) -> Result<Output> {
    let kinds = kinds(params.text("types").unwrap_or_default())?;
    let tagger = Tagger::load(params.file_contents("entity-model")?)?;
    let aliases = params.file_contents("alias")?.map(aliases).transpose()?.unwrap_or_default();
    let folding = !params.flag("no-fold");
    let mentions = find(corpus, tagger.as_tagger(), &kinds)?;
    let least = if context.all_rows { 1 } else { params.integer("min-mentions") };
    let named = resolve(&mentions, &aliases, folding, least);
    let listed = named.listed;

    let entities = entity_table(corpus, &named, listed, context.seed);
    let splits = splits(corpus, &named, listed, context.seed);
    let (spellings, ranges) = spelling_table(corpus, &named, &splits, context.all_rows);
    let telling = telling_splits(corpus, &splits);
    let mut output = Output {
        charts: naming_charts(corpus, &entities, params.integer("top") as usize),
        findings: findings(corpus, &named, &entities, &splits, &ranges, &telling),
        notes: notes(corpus, &named.entities.len(), mentions.mentions.len(), folding),
        ..Output::default()
    };
    output.charts.extend(spelling_charts(corpus, &named, &spellings, &splits, &ranges, &telling));
    output.tables.extend([entities, spellings]);
    if params.flag("mentions") {
        output.tables.push(mention_table(corpus, &mentions, &named, listed)?);
    }
    let pairs = params.integer("pairs") as usize;
    if pairs > 0 {
        let pairs = pair_table(corpus, &mentions, &named, listed, pairs);
        output.charts.extend(network_chart(corpus, &pairs));
        output.tables.push(pairs);
    }
    Ok(output)
}

/// The kinds named in `types`, in the fixed order.
pub(super) fn kinds(types: &str) -> Result<Vec<EntityKind>> {
    let mut wanted = Vec::new();
    for word in types.split(',').map(str::trim).filter(|word| !word.is_empty()) {
        let Some(kind) = EntityKind::parse(word) else {
            let error = Error::configuration(format!("`--types` has `{word}`"));
            return Err(match nearest(word, KINDS.map(code)) {
                Some(code) => error.hint(format!("did you mean `{code}`?")),
                None => error.hint("give one or more of PER, ORG, LOC, MISC with commas between"),
            });
        };
        wanted.push(kind);
    }
    if wanted.is_empty() {
        return Err(Error::configuration("`--types` names no type").hint("give one or more of PER, ORG, LOC, MISC with commas between"));
    }
    Ok(KINDS.into_iter().filter(|kind| wanted.contains(kind)).collect())
}

/// Reads the user's table of spellings: CSV with the columns spelling and canonical, with or without a header.
pub(super) fn aliases(bytes: &[u8]) -> Result<Aliases> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut rows: Vec<(String, String)> = Vec::new();
    for record in csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(bytes).records() {
        let wrong =
            |what: String| Error::configuration(format!("the alias file {what}")).hint("give CSV with two columns: spelling, canonical");
        let record = record.map_err(|error| wrong(format!("can't be read: {error}")))?;
        let line = record.position().map_or(0, csv::Position::line);
        let (Some(spelling), Some(canonical)) = (record.get(0), record.get(1)) else {
            return Err(wrong(format!("has one column only in line {line}")));
        };
        let header = rows.is_empty() && spelling.eq_ignore_ascii_case("spelling") && canonical.eq_ignore_ascii_case("canonical");
        if spelling.is_empty() != canonical.is_empty() {
            return Err(wrong(format!("has an empty cell in line {line}")));
        }
        if !header && !spelling.is_empty() {
            rows.push((spelling.to_owned(), canonical.to_owned()));
        }
    }
    Ok(Aliases::from_rows(rows))
}

fn notes(corpus: &Corpus, entities: &usize, mentions: usize, folding: bool) -> Vec<String> {
    let mut notes = vec![format!(
        "{mentions} mentions of {entities} entities were found by a tagger trained on English texts; it errs in roughly every fourth or fifth name."
    )];
    notes.push(if folding {
        "Spellings of one name are folded into one entity by rules for transliteration, given names, acronyms and places; a surname alone is given to the person whom the document names in full, else to the corpus's clearly dominant bearer.".to_owned()
    } else {
        "Spellings were not folded: each is an entity of its own.".to_owned()
    });
    if !matches!(corpus.language.as_str(), "" | "eng") {
        notes.push(format!(
            "The corpus is mostly in the language `{}`, for which the tagger was not trained: expect many mistakes.",
            corpus.language
        ));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_checked() {
        assert_eq!(kinds("misc, per").unwrap(), [EntityKind::Person, EntityKind::Misc]);
        assert_eq!(kinds("PRE").unwrap_err().hint_text(), Some("did you mean `PER`?"));
        assert!(kinds(" , ").is_err());
    }

    #[test]
    fn alias_files_are_checked() {
        assert!(aliases(b"\xef\xbb\xbfspelling,canonical\r\nKiev,Kyiv\r\n\"a, b\",c\r\n").is_ok());
        assert_eq!(aliases(b"Kiev,Kyiv\nDnepr\n").unwrap_err().to_string(), "the alias file has one column only in line 2");
        assert!(aliases(b"Kiev,\n").is_err());
        assert!(aliases(b"").is_ok());
    }
}
