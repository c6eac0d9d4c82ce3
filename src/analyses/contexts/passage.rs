//! A passage written out again from its tokens.

use crate::corpus::{Corpus, Tokens};
use std::ops::Range;

/// Tokens of a document, by position in it.
pub(super) type Span = Range<usize>;

/// The tokens of the sentence of `document` that holds the one at `position`.
pub(super) fn sentence(tokens: &Tokens, document: usize, position: usize) -> Span {
    let starts = tokens.sentences_of(document);
    let after = starts.partition_point(|&start| start as usize <= position);
    let first = after.checked_sub(1).map_or(0, |sentence| starts[sentence] as usize);
    let end = starts.get(after).map_or(tokens.of(document).len(), |&start| start as usize);
    first..end
}

/// The sentence around `inner`, cut to about `most` bytes: as much as fits on both sides.
pub(super) fn window(corpus: &Corpus, tokens: &Tokens, document: usize, inner: &Span, most: usize) -> Span {
    let whole = sentence(tokens, document, inner.start);
    let whole = whole.start..whole.end.max(inner.end);
    let surfaces = tokens.of(document);
    let size =
        |position: usize| corpus.surfaces.forms.get(surfaces[position]).len() + usize::from(tokens.follows_space(document, position));
    let mut room = most.saturating_sub(inner.clone().map(size).sum());
    let (mut start, mut end) = (inner.start, inner.end);
    loop {
        let before = (start > whole.start).then(|| size(start - 1)).filter(|&size| size <= room);
        if let Some(size) = before {
            start -= 1;
            room -= size;
        }
        let after = (end < whole.end).then(|| size(end)).filter(|&size| size <= room);
        if let Some(size) = after {
            end += 1;
            room -= size;
        }
        if before.is_none() && after.is_none() {
            return start..end;
        }
    }
}

/// The text of `span`, with an ellipsis where it cuts its sentence, and the byte range of each of its tokens.
pub(super) fn written(corpus: &Corpus, tokens: &Tokens, document: usize, span: &Span) -> (String, Vec<Range<usize>>) {
    let whole = sentence(tokens, document, span.start);
    let mut text = String::new();
    if span.start > whole.start {
        text.push('…');
    }
    let mut places = Vec::with_capacity(span.len());
    for position in span.clone() {
        if position > span.start && tokens.follows_space(document, position) {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(corpus.surfaces.forms.get(tokens.of(document)[position]));
        places.push(start..text.len());
    }
    if span.end < sentence(tokens, document, span.end.max(1) - 1).end {
        text.push('…');
    }
    (text, places)
}
