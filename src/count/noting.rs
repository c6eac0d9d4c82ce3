//! What a counter that keeps tokens notes of each: its surface, whether space stands before it, its sentence role, its line.

use crate::corpus::{TokenKind, TokenList};
use crate::memory::{Interner, LONGEST_SHORT, ShortKey};
use crate::tokenize::{Flags, Form, SentenceRole, TokenSink, WordRule};
use std::ops::Range;

/// What is known of the distinct surfaces.
#[derive(Default)]
pub(super) struct SurfaceKinds {
    /// The forms that were met, a few dozen at most.
    forms: Vec<Form>,
    /// The form of each surface, as a position in `forms`.
    of_surface: Vec<u8>,
    /// The hash of each surface's lower-case form.
    hashes: Vec<u64>,
}

/// Marks surfaces whose hash is not that of their key in lower case.
const HASH_IS_KEPT: u32 = 1 << 8;

impl SurfaceKinds {
    /// Notes the next surface; its note is the position of its form, and [`HASH_IS_KEPT`].
    fn meet(&mut self, surface: &str, rule: WordRule) -> u32 {
        let form = form_under(rule, surface);
        let position = self.forms.iter().position(|known| *known == form).unwrap_or_else(|| {
            self.forms.push(form);
            self.forms.len() - 1
        });
        self.of_surface.push(position as u8);
        self.hashes.push(hash_folded(surface));
        position as u32 | if surface.is_ascii() && surface.len() <= LONGEST_SHORT { 0 } else { HASH_IS_KEPT }
    }

    /// The kind of the surface with this id.
    pub fn kind(&self, id: u32) -> TokenKind {
        self.form(u32::from(self.of_surface[id as usize])).kind
    }

    #[inline]
    fn form(&self, note: u32) -> Form {
        self.forms[(note & !HASH_IS_KEPT) as usize]
    }
}

/// Takes a document's tokens and notes what a [`Counter`] keeps of them.
pub(super) struct KeptTokens<'a> {
    pub rule: WordRule,
    /// Where the document begins.
    pub first: usize,
    pub surfaces: &'a mut Interner,
    pub kinds: &'a mut SurfaceKinds,
    pub counts: &'a mut Vec<u64>,
    pub tokens: &'a mut TokenList,
    pub marks: &'a mut Vec<(Flags, SentenceRole)>,
    pub keeps_places: bool,
    /// Hashes and starts of lines, where lines are looked at.
    pub lines: Option<(&'a mut Vec<u64>, &'a mut Vec<u32>)>,
    pub line: Fingerprint,
    pub words: u32,
    pub fingerprint: Fingerprint,
}

impl KeptTokens<'_> {
    /// Notes a token of the surface `id`, and the `hash` of its lower-case form.
    #[inline(always)]
    fn push(&mut self, id: u32, form: Form, hash: u64, place: Range<usize>, flags: Flags) {
        if self.lines.is_some() && (flags.has(Flags::LINE) || self.tokens.surfaces.len() == self.first) {
            self.begin_line();
        }
        match self.counts.get_mut(id as usize) {
            Some(count) => *count += 1,
            None => self.counts.push(1),
        }
        if form.kind.counts_as_word() {
            self.words += 1;
            self.fingerprint.add(hash);
            self.line.add(hash);
        }
        self.tokens.surfaces.push(id);
        self.marks.push((flags, form.role));
        self.tokens.spaces.push(flags.has(Flags::SPACE));
        if self.keeps_places {
            self.tokens.places.push((place.start as u32, place.end as u32));
        }
    }

    fn begin_line(&mut self) {
        self.end_line();
        if let Some((_, starts)) = &mut self.lines {
            starts.push((self.tokens.surfaces.len() - self.first) as u32);
        }
    }

    /// Notes the hash of the line that ends, if one has begun.
    pub fn end_line(&mut self) {
        if let Some((hashes, starts)) = &mut self.lines
            && hashes.len() < starts.len()
        {
            let hash = std::mem::take(&mut self.line).0;
            hashes.push(hash as u64 ^ (hash >> 64) as u64);
        }
    }
}

impl TokenSink for KeptTokens<'_> {
    #[inline]
    fn short(&mut self, surface: ShortKey, place: Range<usize>, flags: Flags) {
        let (id, note) = self.surfaces.intern_noted(surface, surface.hash(), |surface| self.kinds.meet(surface, self.rule));
        let hash = if note & HASH_IS_KEPT == 0 { surface.to_ascii_lowercase().hash() } else { self.kinds.hashes[id as usize] };
        self.push(id, self.kinds.form(note), hash, place, flags);
    }

    fn token(&mut self, surface: &str, place: Range<usize>, flags: Flags) {
        if let Some(key) = ShortKey::of(surface.as_bytes()) {
            return self.short(key, place, flags);
        }
        let id = self.surfaces.intern(surface);
        if id as usize == self.kinds.hashes.len() {
            self.kinds.meet(surface, self.rule);
        }
        let note = u32::from(self.kinds.of_surface[id as usize]);
        self.push(id, self.kinds.form(note), self.kinds.hashes[id as usize], place, flags);
    }
}

/// The form of a surface; the simple rule gives nothing but words, runs of underscores among them.
fn form_under(rule: WordRule, surface: &str) -> Form {
    let form = Form::of(surface);
    let is_word = rule == WordRule::Simple && !form.kind.counts_as_word();
    if is_word { Form { kind: TokenKind::Word, ..form } } else { form }
}

/// Order-dependent hash of a document's words without case: equal for exact duplicates.
#[derive(Default)]
pub(super) struct Fingerprint(pub u128);

impl Fingerprint {
    fn add(&mut self, hash: u64) {
        self.0 = (self.0.rotate_left(23) ^ u128::from(hash)).wrapping_mul(0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645);
    }
}

/// A hash of the lower-case form: the same on every machine.
fn hash_folded(surface: &str) -> u64 {
    let folded = surface.to_lowercase();
    match ShortKey::of(folded.as_bytes()) {
        Some(key) => key.hash(),
        // FNV-1a.
        None => folded.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)),
    }
}
