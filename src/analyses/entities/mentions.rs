//! Tagging the corpus: every mention with its place, and the distinct forms that mentions have.

use super::forms::{folding_kind, joined};
use super::names::{EntityKind, Form, Mention, reconcile_kinds};
use super::tagger::{EntityTagger, TaggerDocument};
use crate::corpus::Corpus;
use crate::error::Result;
use crate::maths::map_in_order;
use hashbrown::HashMap;

/// Where a mention stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The first token, as a position in the document.
    pub start: u32,
    /// The token after the last one.
    pub end: u32,
    /// The sentence's number in the document.
    pub sentence: u32,
}

/// All mentions of the wanted kinds, in document order.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    /// Where each mention stands.
    pub places: Vec<Place>,
    /// Each mention's document and form.
    pub mentions: Vec<Mention>,
    /// Distinct names of a kind, in order of first mention.
    pub forms: Vec<Form>,
}

/// Finds the names of `kinds` in all documents.
///
/// # Errors
/// An internal error if the corpus has no tokens.
pub(super) fn find(corpus: &Corpus, tagger: &dyn EntityTagger, kinds: &[EntityKind]) -> Result<Mentions> {
    let tokens = corpus.tokens()?;
    let surfaces: Vec<&str> = corpus.surfaces.forms.iter().collect();
    let prepared = tagger.prepare(&surfaces);
    let tagged = map_in_order(tokens.documents(), |document| {
        let (ids, sentence_starts) = (tokens.of(document), tokens.sentences_of(document));
        let spans = prepared.tag(&TaggerDocument { tokens: ids, sentence_starts });
        let found = spans.into_iter().map(|span| {
            let sentence = sentence_starts.partition_point(|&start| start <= span.start).saturating_sub(1);
            let place = Place { start: span.start, end: span.end, sentence: sentence as u32 };
            (place, folding_kind(span.kind), joined(&ids[span.start as usize..span.end as usize], &corpus.surfaces))
        });
        found.collect::<Vec<_>>()
    });
    let mut all = Mentions::default();
    let mut known: HashMap<(EntityKind, String), u32> = HashMap::new();
    for (document, found) in tagged.into_iter().enumerate() {
        for (place, kind, text) in found {
            let next = all.forms.len() as u32;
            let form = *known.entry((kind, text)).or_insert_with_key(|(kind, text)| {
                all.forms.push(Form { text: text.clone(), kind: *kind, count: 0 });
                next
            });
            all.forms[form as usize].count += 1;
            all.places.push(place);
            all.mentions.push(Mention { document: document as u32, surface: form });
        }
    }
    (all.forms, all.mentions) = reconcile_kinds(&all.forms, &all.mentions);
    keep(&mut all, kinds);
    Ok(all)
}

/// Leaves out mentions of kinds that nobody asked for; forms without mentions go too.
fn keep(all: &mut Mentions, kinds: &[EntityKind]) {
    let mut number = vec![u32::MAX; all.forms.len()];
    let mut forms: Vec<Form> = Vec::new();
    let (mut places, mut mentions) = (Vec::new(), Vec::new());
    for (place, mention) in all.places.iter().zip(&all.mentions) {
        let form = &all.forms[mention.surface as usize];
        if !kinds.contains(&form.kind) {
            continue;
        }
        let slot = &mut number[mention.surface as usize];
        if *slot == u32::MAX {
            *slot = forms.len() as u32;
            forms.push(form.clone());
        }
        places.push(*place);
        mentions.push(Mention { document: mention.document, surface: *slot });
    }
    *all = Mentions { places, mentions, forms };
}
