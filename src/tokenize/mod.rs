//! From text to tokens: words by Unicode rules, web things whole, sentences.
//!
//! Comes in: a text and the byte ranges to read. Goes out: for each token its surface (normalised form), its byte range
//! and whether space or a paragraph break stands before it. Not here: case folding, stems, stop words (see `fold`).
//!
//! The rules, in this order:
//! 1. White space separates. A soft hyphen, a zero-width space, joiner or byte-order mark vanishes.
//! 2. A web address, an e-mail address, `#tag` and `@name` are one token each.
//! 3. Words follow Unicode Standard Annex 29, with four changes: a colon does not join letters but joins digits
//!    (`10:30`); a hyphen between word characters joins (`Soviet-era`, `S-400`, `2022-24`); a full stop between a lower-case
//!    and a capitalised word parts them (`end.Next`); `U.S.`, initials and common abbreviations keep their full stop.
//! 4. An apostrophe inside a word stays (`don't`, `O'Brien`), but a final `'s` is a token of its own.
//! 5. Curly and straight quotation marks and apostrophes count as one: surfaces have the straight ones. Surfaces are NFC.
//! 6. Runs of one punctuation mark (`...`, `--`) are one token.

mod abbreviations;
mod edges;
mod form;
mod joined;
mod marks;
mod plain;
mod scanner;
mod segments;
mod sentences;
#[cfg(test)]
mod tests;
mod words;

pub use form::{Form, SentenceRole};
pub use plain::TokenSink;
pub use scanner::{WordScanner, WordSink};
pub use sentences::split_sentences;
pub use words::{Flags, Tokenizer, WordRule};
