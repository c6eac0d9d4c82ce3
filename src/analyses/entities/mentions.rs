//! Tagging the corpus: every mention with its place, and the distinct forms that mentions have.

use super::forms::{KINDS, folding_kind, joined};
use super::names::{EntityKind, Form, Mention, clean, is_party_and_state, reconcile_kinds};
use super::tagger::{EntityKind as TaggedKind, EntitySpan, EntityTagger, TaggerDocument};
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
    /// Whether the name ends before the last hyphen of its last token: `Russian` in `Russian-held`.
    pub before_hyphen: bool,
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
        let surface = |position: u32| corpus.surfaces.forms.get(ids[position as usize]);
        let is_named = |span: &EntitySpan| {
            let before = span.start.checked_sub(1).map(surface);
            span.end - span.start > 1 || !is_form_of_address(before.unwrap_or_default(), surface(span.start))
        };
        let mut named: Vec<EntitySpan> = Vec::with_capacity(spans.len());
        for span in spans.into_iter().filter(is_named) {
            let words = [surface(span.start), surface(span.end - 1)];
            match named.last_mut() {
                Some(before) if tells_country(before, &span, words) && sentence_starts.binary_search(&span.start).is_err() => {
                    *before = EntitySpan { start: before.start, ..span };
                }
                _ => named.push(span),
            }
        }
        let found = named.into_iter().map(|span| {
            let sentence = sentence_starts.partition_point(|&start| start <= span.start).saturating_sub(1);
            let mut text = joined(&ids[span.start as usize..span.end as usize], &corpus.surfaces);
            let name_end = end_before_participle(&text);
            let before_hyphen = name_end < text.len();
            text.truncate(name_end);
            (Place { start: span.start, end: span.end, sentence: sentence as u32, before_hyphen }, folding_kind(span.kind), text)
        });
        found.collect::<Vec<_>>()
    });
    let mut all = Mentions::default();
    let mut known: HashMap<(EntityKind, String), u32> = HashMap::new();
    for (document, found) in tagged.into_iter().enumerate() {
        let ids = tokens.of(document);
        let mut end_before = None;
        for (place, kind, text) in found {
            let in_brackets =
                end_before == place.start.checked_sub(1) && end_before.is_some_and(|at| corpus.surfaces.forms.get(ids[at as usize]) == "(");
            end_before = Some(place.end);
            // A politician's party and state looks like an acronym of an organisation and is none.
            let kind = if is_party_and_state(&clean(&text)) { EntityKind::Misc } else { kind };
            let next = all.forms.len() as u32;
            let form = *known.entry((kind, text)).or_insert_with_key(|(kind, text)| {
                all.forms.push(Form { text: text.clone(), kind: *kind, count: 0 });
                next
            });
            all.forms[form as usize].count += 1;
            all.places.push(place);
            all.mentions.push(Mention { document: document as u32, surface: form, in_brackets });
        }
    }
    (all.forms, all.mentions) = reconcile_kinds(&all.forms, &all.mentions);
    settle_miscellaneous(&mut all);
    keep(&mut all, kinds);
    Ok(all)
}

/// Whether `word` behind the word `before` addresses somebody by an office (`Mr. Speaker`), which names nobody.
fn is_form_of_address(before: &str, word: &str) -> bool {
    const COURTESIES: &[&str] = &["Madam", "Madame", "Mr", "Mr.", "Mrs.", "Ms."];
    const OFFICES: &[&str] = &[
        "Ambassador",
        "Attorney",
        "Chair",
        "Chairman",
        "Chairperson",
        "Chairwoman",
        "Chancellor",
        "Clerk",
        "Commissioner",
        "Director",
        "Governor",
        "Majesty",
        "Minister",
        "Moderator",
        "Premier",
        "President",
        "Prime",
        "Secretary",
        "Senator",
        "Speaker",
        "Vice",
    ];
    OFFICES.contains(&word) && COURTESIES.contains(&before)
}

/// Whether the name `first` tells of which country the institution is that stands right behind it: `Russian` of `Defense Ministry`. There is
/// one in every country, so that its name alone would count different ones together. `words` are the first and the last of `second`.
fn tells_country(first: &EntitySpan, second: &EntitySpan, words: [&str; 2]) -> bool {
    const INSTITUTIONS: &[&str] = &["Army", "Consulate", "Embassy", "Ministry", "Navy", "Parliament"];
    first.kind == TaggedKind::Miscellaneous
        && second.kind == TaggedKind::Organisation
        && (first.end - first.start, first.end) == (1, second.start)
        && words.iter().any(|word| INSTITUTIONS.contains(word))
}

/// Where the name ends in `Kremlin-backed`, `Soviet-era`, `Russian-held`: before the hyphen. The whole length for names
/// like `Kim Jong-un` and `Coca-Cola`.
fn end_before_participle(name: &str) -> usize {
    const TAILS: &[&str] =
        &["held", "made", "led", "run", "era", "born", "built", "style", "speaking", "language", "friendly", "wide", "bound", "grown"];
    let Some((head, tail)) = name.rsplit_once('-') else { return name.len() };
    let participle = tail.len() > 4 && tail.ends_with("ed") && tail.bytes().all(|byte| byte.is_ascii_lowercase());
    let named = head.chars().next_back().is_some_and(|last| last.is_alphanumeric() || last == '.');
    if named && (participle || TAILS.contains(&tail)) { head.len() } else { name.len() }
}

/// MISC is also what the tagger says when it knows no better. Where a name is at least as often something else, its MISC
/// mentions are taken for that; names that are MISC most of the time stay so.
fn settle_miscellaneous(all: &mut Mentions) {
    let mut names: HashMap<String, [u32; KINDS.len()]> = HashMap::new();
    let index = |kind: EntityKind| KINDS.iter().position(|known| *known == kind).unwrap_or(0);
    let keys: Vec<String> = all.forms.iter().map(|form| clean(&form.text).to_lowercase()).collect();
    for (form, key) in all.forms.iter().zip(&keys) {
        names.entry_ref(key.as_str()).or_default()[index(form.kind)] += form.count;
    }
    for (form, key) in all.forms.iter_mut().zip(&keys).filter(|(form, _)| form.kind == EntityKind::Misc) {
        let Some(counts) = names.get(key.as_str()) else { continue };
        let most = KINDS
            .into_iter()
            .filter(|kind| *kind != EntityKind::Misc)
            .max_by_key(|kind| (counts[index(*kind)], std::cmp::Reverse(index(*kind))));
        if let Some(kind) = most
            && counts[index(kind)] >= counts[index(EntityKind::Misc)]
        {
            form.kind = kind;
        }
    }
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
        mentions.push(Mention { surface: *slot, ..*mention });
    }
    *all = Mentions { places, mentions, forms };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn participles_are_no_part_of_a_name() {
        let name = |text: &'static str| &text[..end_before_participle(text)];
        assert_eq!(["Russian-held", "U.S.-backed", "North Korean-made"].map(name), ["Russian", "U.S.", "North Korean"]);
        assert_eq!(
            ["Kim Jong-un", "Coca-Cola", "Kim Il-sung", "Alfred", "Su-25"].map(name),
            ["Kim Jong-un", "Coca-Cola", "Kim Il-sung", "Alfred", "Su-25"]
        );
    }

    #[test]
    fn a_ministry_is_of_its_country() {
        let span = |start, end, kind| EntitySpan { start, end, kind };
        let (russian, ministry) = (span(3, 4, TaggedKind::Miscellaneous), span(4, 6, TaggedKind::Organisation));
        assert!(tells_country(&russian, &ministry, ["Defense", "Ministry"]));
        assert!(tells_country(&russian, &ministry, ["Ministry", "Defense"]));
        assert!(!tells_country(&russian, &ministry, ["Orthodox", "Church"]));
        assert!(!tells_country(&span(2, 3, TaggedKind::Miscellaneous), &ministry, ["Defense", "Ministry"]));
        assert!(!tells_country(&span(3, 4, TaggedKind::Location), &ministry, ["Defense", "Ministry"]));
    }

    #[test]
    fn an_office_that_is_addressed_names_nobody() {
        assert!(is_form_of_address("Mr.", "Speaker") && is_form_of_address("Madam", "President"));
        assert!(!is_form_of_address("the", "Speaker") && !is_form_of_address("Mr.", "Bush") && !is_form_of_address("", "Speaker"));
    }

    #[test]
    fn misc_gives_way_to_a_clearer_kind() {
        let form = |text: &str, kind, count| Form { text: text.to_owned(), kind, count };
        let forms = vec![
            form("Lugovets", EntityKind::Location, 3),
            form("Lugovets", EntityKind::Misc, 2),
            form("Russian", EntityKind::Misc, 9),
            form("Russian", EntityKind::Location, 2),
            form("Lugovets", EntityKind::Organisation, 1),
        ];
        let mut all = Mentions { forms, ..Mentions::default() };
        settle_miscellaneous(&mut all);
        let kinds: Vec<EntityKind> = all.forms.iter().map(|form| form.kind).collect();
        assert_eq!(kinds, [EntityKind::Location, EntityKind::Location, EntityKind::Misc, EntityKind::Location, EntityKind::Organisation]);
    }
}
