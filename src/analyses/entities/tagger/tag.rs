//! Tagging: types are scored once, documents then add short vectors.

use super::context::{Context, Segment, TaggerDocument};
use super::dataset::set_key;
use super::decode::{Decoder, Scores};
use super::features::{DISTANCES, joint_features, set_features, type_features};
use super::labels::{EntitySpan, LABELS, Label, OUTSIDE, read_spans};
use super::model::{Model, Row, Weights};
use super::register;
use super::revise;
use super::shrink::FOLLOWED;
use super::surface::Traits;
use super::{DocumentTagger, EntityTagger};
use crate::maths::map_in_order;

/// Labels plus room, so that a vector is a whole number of machine registers.
const LANES: usize = 24;

/// How much the followed mixture and the set that a document resembles weigh, in tenths.
const MIXED_TENTHS: i16 = 3;
const OWN_TENTHS: i16 = 9;

/// Sums of one word type's weights for a token at each distance.
type TypeScores = [[i16; LANES]; DISTANCES];

impl EntityTagger for Model {
    fn prepare<'a>(&'a self, surfaces: &[&str]) -> Box<dyn DocumentTagger + 'a> {
        Box::new(Prepared::new(self, surfaces))
    }

    fn name(&self) -> String {
        "headword conditional random field".to_owned()
    }
}

/// A model with the scores of a corpus' word types.
pub(super) struct Prepared<'a> {
    model: &'a Model,
    traits: Vec<Traits>,
    /// One item a surface, then the two edges of sentences.
    scores: Vec<TypeScores>,
    /// What each surface says for the sets that a text can resemble.
    heard: Vec<Row>,
    followed: u64,
}

/// Buffers for one document.
#[derive(Default)]
struct Buffers {
    decoder: Decoder,
    keys: Vec<u64>,
    emissions: Vec<Scores>,
}

impl<'a> Prepared<'a> {
    /// Scores all surfaces.
    pub(super) fn new(model: &'a Model, surfaces: &[&str]) -> Self {
        let scored = map_in_order(surfaces.len(), |number| {
            let traits = Traits::of(surfaces[number], &model.lexicon);
            (traits, type_scores(model, Some(surfaces[number]), &traits, &mut Vec::new()))
        });
        let (traits, mut scores): (Vec<_>, Vec<_>) = scored.into_iter().unzip();
        for after in [false, true] {
            scores.push(type_scores(model, None, &Traits::edge(after), &mut Vec::new()));
        }
        let heard = traits.iter().map(|traits| register::heard(&model.register, traits)).collect();
        Self { model, traits, scores, heard, followed: set_key(FOLLOWED) }
    }

    /// The set that a document resembles, if it clearly does.
    fn set_of(&self, tokens: &[u32]) -> Option<u64> {
        let mut evidence = register::Evidence::default();
        for &token in tokens {
            for (sum, &weight) in evidence.iter_mut().zip(&self.heard[token as usize]) {
                *sum += i32::from(weight);
            }
        }
        register::likeliest(&evidence, tokens.len(), &self.model.sets)
    }

    /// Adds what is particular to the sets: the mixture that is followed, or more of the set that the document resembles.
    fn add_set(&self, context: &Context<'_>, position: usize, set: Option<u64>, keys: &mut Vec<u64>, sum: &mut [i16; LANES]) {
        keys.clear();
        set_features(context, position, self.followed, keys);
        let Some(set) = set else {
            return add_all(&self.model.weights, keys, sum);
        };
        let mut mixed = [0_i16; LANES];
        add_all(&self.model.weights, keys, &mut mixed);
        keys.clear();
        set_features(context, position, set, keys);
        let mut own = [0_i16; LANES];
        add_all(&self.model.weights, keys, &mut own);
        for lane in 0..LANES {
            sum[lane] = sum[lane].wrapping_add((mixed[lane] * MIXED_TENTHS + own[lane] * OWN_TENTHS) / 10);
        }
    }

    /// The scores of a segment's labels before the second pass.
    fn emissions(&self, context: &Context<'_>, segment: &Segment, set: Option<u64>, buffers: &mut Buffers) {
        let sentence = context.sentences[segment.sentence];
        let edge = self.traits.len();
        for position in segment.start..segment.end {
            let mut sum = [0_i16; LANES];
            for distance in 0..DISTANCES {
                let place = (position + distance).checked_sub(2).filter(|&place| place >= sentence.start);
                let surface = match place {
                    None => edge,
                    Some(place) if place >= sentence.end => edge + 1,
                    Some(place) => context.tokens[place] as usize,
                };
                let row = &self.scores[surface][distance];
                for lane in 0..LANES {
                    sum[lane] = sum[lane].wrapping_add(row[lane]);
                }
            }
            buffers.keys.clear();
            joint_features(context, segment, position, self.model.parts, &mut buffers.keys);
            for &key in &buffers.keys {
                if let Some(row) = self.model.weights.get(key) {
                    add(row, &mut sum);
                }
            }
            self.add_set(context, position, set, &mut buffers.keys, &mut sum);
            buffers.emissions.push(std::array::from_fn(|label| f32::from(sum[label])));
        }
    }

    /// The labels and the scores of all segments' tokens, in their order, before the second pass.
    pub(super) fn first_pass(&self, context: &Context<'_>, set: Option<u64>) -> (Vec<Label>, Vec<Scores>) {
        let mut buffers = Buffers::default();
        for segment in &context.segments {
            self.emissions(context, segment, set, &mut buffers);
        }
        let mut labels = vec![OUTSIDE; buffers.emissions.len()];
        let mut from = 0;
        for segment in &context.segments {
            let to = from + segment.end - segment.start;
            let emissions = &buffers.emissions[from..to];
            buffers.decoder.best(emissions, &self.model.transitions, &[], &mut labels[from..to]);
            from = to;
        }
        (labels, buffers.emissions)
    }
}

fn add(row: &[i8; LABELS], sum: &mut [i16; LANES]) {
    for label in 0..LABELS {
        sum[label] = sum[label].wrapping_add(i16::from(row[label]));
    }
}

fn type_scores(model: &Model, surface: Option<&str>, traits: &Traits, keys: &mut Vec<u64>) -> TypeScores {
    let mut scores = [[0; LANES]; DISTANCES];
    for (distance, sum) in scores.iter_mut().enumerate() {
        keys.clear();
        type_features(surface, traits, &model.lexicon, distance, keys);
        add_all(&model.weights, keys, sum);
    }
    scores
}

fn add_all(weights: &Weights, keys: &[u64], sum: &mut [i16; LANES]) {
    for &key in keys {
        if let Some(row) = weights.get(key) {
            add(row, sum);
        }
    }
}

impl DocumentTagger for Prepared<'_> {
    fn tag(&self, document: &TaggerDocument<'_>) -> Vec<EntitySpan> {
        let context = Context::new(document, &self.traits, &self.model.lexicon);
        let (mut labels, mut emissions) = self.first_pass(&context, self.set_of(document.tokens));
        if self.model.parts.second_pass {
            revise::second_pass(self.model, &context, &mut labels, &mut emissions);
        }
        let mut spans = Vec::new();
        let mut from = 0;
        for segment in &context.segments {
            let to = from + segment.end - segment.start;
            read_spans(&labels[from..to], segment.start, &mut spans);
            from = to;
        }
        spans
    }
}

#[cfg(test)]
mod tests {
    use super::super::EntityKind;
    use super::*;

    fn tagged(text: &str) -> Vec<(String, EntityKind)> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let tokens: Vec<u32> = (0..words.len() as u32).collect();
        let mut starts = vec![0];
        starts.extend(words.iter().enumerate().filter(|(_, word)| **word == ".").map(|(place, _)| place as u32 + 1));
        starts.pop_if(|start| *start as usize == words.len());
        let prepared = Model::built_in().prepare(&words);
        let spans = prepared.tag(&TaggerDocument { tokens: &tokens, sentence_starts: &starts });
        spans.iter().map(|span| (words[span.start as usize..span.end as usize].join(" "), span.kind)).collect()
    }

    #[test]
    fn the_built_in_model_finds_plain_names() {
        let found = tagged("In Lisbon , Portuguese Prime Minister Rui Carvalho met officials of the World Bank on Monday .");
        let expected = [
            ("Lisbon", EntityKind::Location),
            ("Portuguese", EntityKind::Miscellaneous),
            ("Rui Carvalho", EntityKind::Person),
            ("World Bank", EntityKind::Organisation),
        ];
        assert_eq!(found, expected.map(|(name, kind)| (name.to_owned(), kind)));
    }

    #[test]
    fn odd_documents_are_tagged_too() {
        let prepared = Model::built_in().prepare(&["", "\u{200b}", "Żółć", "-", "a\u{301}-", "-B"]);
        let tokens = [0, 1, 2, 3, 4, 5, 2];
        for starts in [&[0_u32][..], &[0, 0, 3], &[0, 99], &[]] {
            let spans = prepared.tag(&TaggerDocument { tokens: &tokens, sentence_starts: starts });
            assert!(spans.iter().all(|span| span.start < span.end && span.end <= 7));
        }
        assert!(prepared.tag(&TaggerDocument { tokens: &[], sentence_starts: &[] }).is_empty());
    }
}
