//! Every mention with its place in the text as read.

use super::forms::code;
use super::mentions::Mentions;
use super::named::Named;
use super::tables::MENTION_TABLE;
use crate::corpus::Corpus;
use crate::error::{Error, Result};
use crate::table::{Table, TableBuilder};

/// The table of the mentions of the first `listed` entities.
///
/// # Errors
/// An internal error if the corpus has no texts.
pub(super) fn mention_table(corpus: &Corpus, mentions: &Mentions, named: &Named, listed: usize) -> Result<Table> {
    let missing = || Error::internal("an analysis asked for texts without stating the need");
    let tokens = corpus.tokens()?;
    let texts = corpus.texts.as_ref().ok_or_else(missing)?;
    let mut builder = TableBuilder::new(&MENTION_TABLE);
    // The byte and the character that the walk through the current document's text has come to.
    let (mut current, mut byte, mut character) = (u32::MAX, 0, 0usize);
    for ((place, mention), &number) in mentions.places.iter().zip(&mentions.mentions).zip(&named.entity_of_mention) {
        if number as usize >= listed {
            continue;
        }
        let document = mention.document as usize;
        if current != mention.document {
            (current, byte, character) = (mention.document, 0, 0);
        }
        let places = tokens.places_of(document).ok_or_else(missing)?;
        let (from, mut to) = (places[place.start as usize].0 as usize, places[place.end as usize - 1].1 as usize);
        let text = &texts[document];
        if place.before_hyphen {
            to = from + text[from..to].rfind(['-', '\u{2010}', '\u{2011}']).unwrap_or(to - from);
        }
        character += text[byte..from].chars().count();
        let length = text[from..to].chars().count();
        byte = from;
        let entity = &named.entities[number as usize];
        builder.row([
            corpus.documents.ids[document].as_str().into(),
            character.into(),
            (character + length).into(),
            text[from..to].into(),
            code(entity.kind).into(),
            entity.name.as_str().into(),
        ]);
    }
    Ok(builder.finish())
}
