//! Disagreement of the tagger with itself: one surface a person here and a place there.

use hashbrown::HashMap;

use super::corpus::{Form, Mention};
use super::decision::EntityKind;
use super::text;

/// The share of a document's mentions of a name that settles its kind there.
const DOCUMENT_SHARE: f64 = 2.0 / 3.0;
/// The share of the corpus's mentions of a name that settles its kind where the document doesn't.
const CORPUS_SHARE: f64 = 0.8;
/// Fewer mentions than this in the corpus settle nothing.
const CORPUS_MENTIONS: u32 = 5;

/// Gives each mention the kind that its name clearly has: the one with two thirds of the name's mentions in the document
/// (and at least two more than any other), else the one with 80 % of five or more mentions in the corpus; else the
/// tagger's word stands, since Jordan may well be a man and a country.
///
/// Names are told apart without case, accents and possessives. Returns the forms (old ones first, at their places; new
/// ones where a name has a new kind) with their counts made new, and the mentions.
#[must_use]
pub fn reconcile_kinds(forms: &[Form], mentions: &[Mention]) -> (Vec<Form>, Vec<Mention>) {
    let mut names: HashMap<String, u32> = HashMap::new();
    let mut name_of_form = Vec::with_capacity(forms.len());
    for form in forms {
        let next = names.len() as u32;
        name_of_form.push(*names.entry(text::key(&text::clean(&form.text))).or_insert(next));
    }
    let name_of = |mention: &Mention| name_of_form.get(mention.surface as usize).copied();
    let kind_of = |mention: &Mention| forms.get(mention.surface as usize).map(|form| form.kind);
    let mut corpus: Vec<[u32; 4]> = vec![[0; 4]; names.len()];
    for mention in mentions {
        if let (Some(name), Some(kind)) = (name_of(mention), kind_of(mention))
            && let Some(count) = corpus.get_mut(name as usize).and_then(|counts| counts.get_mut(kind as usize))
        {
            *count += 1;
        }
    }
    let mut new_forms: Vec<Form> = forms.iter().map(|form| Form { count: 0, ..form.clone() }).collect();
    let mut place: HashMap<(String, EntityKind), u32> =
        (0..).zip(forms).map(|(number, form)| ((form.text.clone(), form.kind), number)).collect();
    let mut new_mentions = Vec::with_capacity(mentions.len());
    for document in mentions.chunk_by(|a, b| a.document == b.document) {
        let mut here: HashMap<u32, [u32; 4]> = HashMap::new();
        for mention in document {
            if let (Some(name), Some(kind)) = (name_of(mention), kind_of(mention))
                && let Some(count) = here.entry(name).or_default().get_mut(kind as usize)
            {
                *count += 1;
            }
        }
        for mention in document {
            let (Some(name), Some(form)) = (name_of(mention), forms.get(mention.surface as usize)) else {
                new_mentions.push(*mention);
                continue;
            };
            let in_document = here.get(&name).and_then(|counts| clear(counts, DOCUMENT_SHARE, 2, 0));
            let in_corpus = corpus.get(name as usize).and_then(|counts| clear(counts, CORPUS_SHARE, 1, CORPUS_MENTIONS));
            let kind = in_document.or(in_corpus).unwrap_or(form.kind);
            let next = new_forms.len() as u32;
            let surface = if kind == form.kind { mention.surface } else { *place.entry((form.text.clone(), kind)).or_insert(next) };
            if surface == next {
                new_forms.push(Form { text: form.text.clone(), kind, count: 0 });
            }
            if let Some(form) = new_forms.get_mut(surface as usize) {
                form.count += 1;
            }
            new_mentions.push(Mention { surface, ..*mention });
        }
    }
    (new_forms, new_mentions)
}

/// The kind with that share and lead of at least `least` mentions.
fn clear(counts: &[u32; 4], share: f64, lead: u32, least: u32) -> Option<EntityKind> {
    const KINDS: [EntityKind; 4] = [EntityKind::Person, EntityKind::Organisation, EntityKind::Location, EntityKind::Misc];
    let total: u32 = counts.iter().sum();
    if total < least {
        return None;
    }
    KINDS.into_iter().find(|kind| {
        let count = counts.get(*kind as usize).copied().unwrap_or(0);
        let rest = KINDS.iter().filter(|other| *other != kind).filter_map(|other| counts.get(*other as usize)).max().copied().unwrap_or(0);
        f64::from(count) >= share * f64::from(total) && count >= rest + lead
    })
}
