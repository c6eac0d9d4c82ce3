//! Counts by group while reading, for runs that keep no document's words.

use crate::corpus::{NONE, TokenKind};
use crate::fold::Folder;
use crate::memory::Interner;

/// Occurrences and documents of one term in one group.
pub(super) type Cell = (u32, u32);

/// Counts by group and term as they grow.
pub(super) struct StreamingCounts {
    folder: Folder,
    pub terms: Interner,
    term_of_surface: Vec<u32>,
    last_document: Vec<u32>,
    /// Cells by term, for each group in order of arrival.
    pub groups: Vec<GroupCounts>,
    current: usize,
    document: u32,
    term: String,
}

/// Counts of one group.
pub(super) struct GroupCounts {
    /// The group's name in the counter's `names`; `None` for documents without the field.
    pub name: Option<u32>,
    /// By the counter's term ids; shorter than the vocabulary where later terms don't occur.
    pub cells: Vec<Cell>,
    /// Words of the group.
    pub words: u64,
    /// Documents of the group.
    pub documents: u32,
}

impl StreamingCounts {
    pub fn new(folder: Folder) -> Self {
        Self {
            folder,
            terms: Interner::default(),
            term_of_surface: Vec::new(),
            last_document: Vec::new(),
            groups: Vec::new(),
            current: 0,
            document: 0,
            term: String::new(),
        }
    }

    pub fn begin_document(&mut self, name: Option<u32>) {
        self.document += 1;
        self.current = self.groups.iter().position(|group| group.name == name).unwrap_or_else(|| {
            self.groups.push(GroupCounts { name, cells: Vec::new(), words: 0, documents: 0 });
            self.groups.len() - 1
        });
    }

    /// Counts one word; `describe` gives its form and kind if the surface is new.
    #[inline]
    pub fn add<'a>(&mut self, surface: u32, describe: impl FnOnce() -> (&'a str, TokenKind)) {
        let surface = surface as usize;
        if surface >= self.term_of_surface.len() || self.term_of_surface[surface] == NONE {
            let (form, kind) = describe();
            self.learn(surface, form, kind);
        }
        let term = self.term_of_surface[surface] as usize;
        let cells = &mut self.groups[self.current].cells;
        if term >= cells.len() {
            cells.resize((term + 1).max(cells.len() * 5 / 4), (0, 0));
        }
        let cell = &mut cells[term];
        cell.0 += 1;
        cell.1 += u32::from(self.last_document[term] != self.document);
        self.last_document[term] = self.document;
    }

    #[cold]
    fn learn(&mut self, surface: usize, form: &str, kind: TokenKind) {
        if surface >= self.term_of_surface.len() {
            self.term_of_surface.resize(surface + 1, NONE);
        }
        self.folder.term(form, kind, &mut self.term);
        let term = self.terms.intern(&self.term);
        if term as usize == self.last_document.len() {
            self.last_document.push(0);
        }
        self.term_of_surface[surface] = term;
    }

    pub fn end_document(&mut self, words: u32) {
        let group = &mut self.groups[self.current];
        group.words += u64::from(words);
        group.documents += 1;
    }
}
