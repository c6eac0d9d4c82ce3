//! What a token's sentence and document say: runs of capitals, kinds of sentences, other occurrences of a form.

use super::lexicon::{LONGEST_PHRASE, Lexicon, extend_phrase, flag};
use super::surface::{Case, Strength, Traits};

/// A document in the tagger's hands: surfaces by number, sentences by their first tokens.
#[derive(Debug, Clone, Copy)]
pub struct TaggerDocument<'a> {
    /// Places in the list of surfaces that the tagger was prepared with.
    pub tokens: &'a [u32],
    /// The first token of each sentence; the first one is 0.
    pub sentence_starts: &'a [u32],
}

/// How a sentence is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum SentenceCase {
    /// As usual.
    Usual,
    /// All capitals.
    Capitals,
    /// Nearly every word with a capital.
    Headline,
    /// No capital at all.
    Small,
}

/// Where a token stands in its run of capitalised words.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Run {
    /// First token of the run.
    pub(super) start: u32,
    /// The token after the run; equal to `start` outside runs.
    pub(super) end: u32,
}

/// A sentence's borders and writing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sentence {
    /// First token.
    pub(super) start: usize,
    /// The token after the last.
    pub(super) end: usize,
    /// How it is written.
    pub(super) case: SentenceCase,
}

/// A stretch of tokens that may hold entities; all others are outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Segment {
    /// The sentence's number.
    pub(super) sentence: usize,
    /// First token.
    pub(super) start: usize,
    /// The token after the last.
    pub(super) end: usize,
}

/// One phrase match over a token: where in the phrase, and the phrase's flags.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PhraseMatch {
    /// 0 none, 1 first, 2 inside, 3 last.
    pub(super) place: u8,
    /// The phrase's flags.
    pub(super) flags: u32,
}

/// A document with its context worked out.
pub(super) struct Context<'a> {
    /// The tokens' surfaces.
    pub(super) tokens: &'a [u32],
    traits: &'a [Traits],
    edges: [Traits; 2],
    /// The sentences.
    pub(super) sentences: Vec<Sentence>,
    /// The stretches to decode.
    pub(super) segments: Vec<Segment>,
    /// The run of each token.
    pub(super) runs: Vec<Run>,
    /// The phrase over each token.
    pub(super) phrases: Vec<PhraseMatch>,
    /// Capitalised tokens, sorted by form: (form, position).
    forms: Vec<(u64, u32)>,
    /// For each token the place of its form's group in `forms`: (first, end).
    groups: Vec<(u32, u32)>,
    lower_seen: Vec<bool>,
}

impl<'a> Context<'a> {
    /// Works the context out.
    pub(super) fn new(document: &TaggerDocument<'a>, traits: &'a [Traits], lexicon: &Lexicon) -> Self {
        let tokens = document.tokens;
        let count = tokens.len();
        let mut context = Self {
            tokens,
            traits,
            edges: [Traits::edge(false), Traits::edge(true)],
            sentences: Vec::with_capacity(document.sentence_starts.len()),
            segments: Vec::new(),
            runs: vec![Run::default(); count],
            phrases: vec![PhraseMatch::default(); count],
            forms: Vec::new(),
            groups: vec![(0, 0); count],
            lower_seen: vec![false; count],
        };
        for (number, &start) in document.sentence_starts.iter().enumerate() {
            // Tokens before the first start would belong to no sentence.
            let start = if number == 0 { 0 } else { (start as usize).min(count) };
            let end = document.sentence_starts.get(number + 1).map_or(count, |&end| end as usize);
            let end = end.clamp(start, count);
            let case = context.sentence_case(start, end);
            context.sentences.push(Sentence { start, end, case });
            context.find_runs(start, end);
            context.find_phrases(start, end, lexicon);
            context.find_segments(number, start, end);
        }
        context.find_forms();
        context
    }

    /// The traits of a token.
    #[inline]
    pub(super) fn at(&self, position: usize) -> &Traits {
        &self.traits[self.tokens[position] as usize]
    }

    /// The traits of the token at a distance, or of the sentence's edge.
    #[inline]
    pub(super) fn near(&self, sentence: &Sentence, position: usize, distance: isize) -> &Traits {
        let place = position as isize + distance;
        if place < sentence.start as isize {
            &self.edges[0]
        } else if place >= sentence.end as isize {
            &self.edges[1]
        } else {
            self.at(place as usize)
        }
    }

    /// The other places of the token's form with a capital.
    #[inline]
    pub(super) fn others(&self, position: usize) -> impl Iterator<Item = usize> {
        let (first, end) = self.groups[position];
        self.forms[first as usize..end as usize].iter().map(|form| form.1 as usize).filter(move |&other| other != position)
    }

    /// Whether the token's form stands in the document without a capital.
    #[inline]
    pub(super) fn lower_seen(&self, position: usize) -> bool {
        self.lower_seen[position]
    }

    /// The sentence that holds a token.
    #[inline]
    pub(super) fn sentence_of(&self, position: usize) -> &Sentence {
        let after = self.sentences.partition_point(|sentence| sentence.start <= position);
        &self.sentences[after.max(1) - 1]
    }

    fn sentence_case(&self, start: usize, end: usize) -> SentenceCase {
        let (mut words, mut capitals, mut titled, mut long) = (0, 0, 0, 0);
        for position in start..end {
            let traits = self.at(position);
            if !traits.lettered || traits.case == Case::Edge {
                continue;
            }
            words += 1;
            capitals += usize::from(matches!(traits.case, Case::Upper | Case::Initial));
            long += usize::from(traits.case == Case::Upper);
            titled += usize::from(traits.capitalised());
        }
        if words >= 2 && long >= 2 && capitals * 4 >= words * 3 {
            SentenceCase::Capitals
        } else if words >= 4 && titled * 10 >= words * 7 {
            SentenceCase::Headline
        } else if words >= 3 && titled == 0 {
            SentenceCase::Small
        } else {
            SentenceCase::Usual
        }
    }

    fn find_runs(&mut self, start: usize, end: usize) {
        let mut position = start;
        while position < end {
            if !self.at(position).capitalised() {
                self.runs[position] = Run { start: position as u32, end: position as u32 };
                position += 1;
                continue;
            }
            let mut stop = position + 1;
            while stop < end && self.at(stop).capitalised() {
                stop += 1;
            }
            self.runs[position..stop].fill(Run { start: position as u32, end: stop as u32 });
            position = stop;
        }
    }

    fn find_phrases(&mut self, start: usize, end: usize, lexicon: &Lexicon) {
        let mut position = start;
        while position < end {
            let first = self.at(position);
            if first.flags & flag::STARTS_PHRASE == 0 {
                position += 1;
                continue;
            }
            let mut phrase = extend_phrase(0, first.exact);
            let mut found = (0, 0);
            for length in 2..=LONGEST_PHRASE.min(end - position) {
                phrase = extend_phrase(phrase, self.at(position + length - 1).exact);
                let flags = lexicon.phrase_flags(phrase);
                if flags != 0 {
                    found = (length, flags);
                }
            }
            let (length, flags) = found;
            for place in 0..length {
                let kind = if place == 0 {
                    1
                } else if place + 1 == length {
                    3
                } else {
                    2
                };
                self.phrases[position + place] = PhraseMatch { place: kind, flags };
            }
            position += length.max(1);
        }
    }

    fn find_segments(&mut self, sentence: usize, start: usize, end: usize) {
        // A weak token is open beside an open one; any token is open in a gap of up to three between strong ones.
        let mut open = vec![false; end - start];
        let mut last_strong = None;
        for position in start..end {
            if self.at(position).strength == Strength::Strong {
                if let Some(last) = last_strong
                    && position - last <= 4
                {
                    open[last - start..position - start].fill(true);
                }
                open[position - start] = true;
                last_strong = Some(position);
            }
        }
        for place in 1..open.len() {
            open[place] |= open[place - 1] && self.at(start + place).strength == Strength::Weak;
        }
        for place in (1..open.len()).rev() {
            open[place - 1] |= open[place] && self.at(start + place - 1).strength == Strength::Weak;
        }
        // A name after @ is open, whatever it looks like.
        for place in 1..open.len() {
            open[place] |= open[place - 1] && self.at(start + place - 1).flags & flag::HANDLE != 0;
        }
        let mut place = 0;
        while place < open.len() {
            if open[place] {
                let from = place;
                while place < open.len() && open[place] {
                    place += 1;
                }
                self.segments.push(Segment { sentence, start: start + from, end: start + place });
            } else {
                place += 1;
            }
        }
    }

    fn find_forms(&mut self) {
        const BITS: usize = 1 << 14;
        let mut seen = [0_u64; BITS / 64];
        for (position, &token) in self.tokens.iter().enumerate() {
            let traits = &self.traits[token as usize];
            if traits.capitalised() {
                self.forms.push((traits.exact, position as u32));
            } else if traits.case == Case::Lower {
                let bit = traits.exact as usize % BITS;
                seen[bit / 64] |= 1 << (bit % 64);
            }
        }
        self.forms.sort_unstable();
        let mut first = 0;
        while first < self.forms.len() {
            let form = self.forms[first].0;
            let mut end = first + 1;
            while end < self.forms.len() && self.forms[end].0 == form {
                end += 1;
            }
            let bit = form as usize % BITS;
            // The bits may lie, so a hit is looked up in full.
            let lower = seen[bit / 64] >> (bit % 64) & 1 == 1
                && self.tokens.iter().any(|&token| {
                    let traits = &self.traits[token as usize];
                    traits.exact == form && traits.case == Case::Lower
                });
            for place in first..end {
                let position = self.forms[place].1 as usize;
                self.groups[position] = (first as u32, end as u32);
                self.lower_seen[position] = lower;
            }
            first = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_context(text: &str, check: impl Fn(&Context<'_>)) {
        let lexicon = Lexicon::default();
        let (mut tokens, mut starts, mut traits) = (Vec::new(), vec![0], Vec::new());
        for word in text.split(' ') {
            // Equal words share a place, as the tagger's callers see to it.
            let known = text.split(' ').position(|other| other == word).unwrap_or_default();
            tokens.push(known as u32);
            traits.push(Traits::of(word, &lexicon));
            if word == "." {
                starts.push(tokens.len() as u32);
            }
        }
        let document = TaggerDocument { tokens: &tokens, sentence_starts: &starts };
        check(&Context::new(&document, &traits, &lexicon));
    }

    #[test]
    fn runs_are_as_long_as_their_capitals() {
        with_context("the Blue Harbour Bank said", |context| {
            let runs: Vec<_> = context.runs.iter().map(|run| (run.start, run.end)).collect();
            assert_eq!(runs, [(0, 0), (1, 4), (1, 4), (1, 4), (4, 4)]);
        });
    }

    #[test]
    fn only_words_near_capitals_are_open() {
        with_context("rain fell on the Bank of Ostrava in the long dark night", |context| {
            assert_eq!(context.segments, [Segment { sentence: 0, start: 4, end: 7 }]);
        });
    }

    #[test]
    fn forms_are_found_again_in_the_whole_document() {
        with_context("Rose spoke . Then Rose sat under a rose .", |context| {
            assert_eq!(context.others(0).collect::<Vec<_>>(), [4]);
            assert_eq!(context.others(3).count(), 0);
            assert!(context.lower_seen(0));
            assert!(!context.lower_seen(3));
        });
    }

    #[test]
    fn headlines_are_told_from_sentences() {
        for (text, case) in [
            ("MAYOR QUITS AFTER VOTE", SentenceCase::Capitals),
            ("Mayor Quits After Close Vote", SentenceCase::Headline),
            ("The mayor quits after a vote", SentenceCase::Usual),
            ("the mayor quits", SentenceCase::Small),
        ] {
            with_context(text, |context| assert_eq!(context.sentences[0].case, case, "{text}"));
        }
    }
}
