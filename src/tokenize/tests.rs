//! What the rules of the module's page promise, one by one.

use super::{Flags, TokenSink, Tokenizer, WordRule};
use crate::maths::RandomStream;
use crate::memory::ShortKey;

fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    Tokenizer::new(WordRule::Unicode, false).tokenize(text, 0..text.len(), &mut |surface, _, _| tokens.push(surface.to_owned()));
    tokens
}

#[test]
fn words_and_marks() {
    let cases: &[(&str, &[&str])] = &[
        ("The Soviet-era S-400, again.", &["The", "Soviet-era", "S-400", ",", "again", "."]),
        ("the country’s \u{201c}plan\u{201d}", &["the", "country", "'s", "\"", "plan", "\""]),
        ("don’t O'Brien dogs' 1990s", &["don't", "O'Brien", "dogs", "'", "1990s"]),
        ("U.S.-led, the U.S. and a.m.", &["U.S.-led", ",", "the", "U.S.", "and", "a.m."]),
        ("at 10:30, 1,000.5 or 26/09/2023 he said:no", &["at", "10:30", ",", "1,000.5", "or", "26/09/2023", "he", "said", ":", "no"]),
        ("end.Next example.com", &["end", ".", "Next", "example.com"]),
        ("see https://example.org/a?b=1. (www.example.org)", &["see", "https://example.org/a?b=1", ".", "(", "www.example.org", ")"]),
        ("mail a.b@example.org, #port @mayor", &["mail", "a.b@example.org", ",", "#port", "@mayor"]),
        ("wait... no--yes!!", &["wait", "...", "no", "--", "yes", "!!"]),
        ("co\u{ad}op zero\u{200b}width \u{feff}mark", &["coop", "zerowidth", "mark"]),
        ("cafe\u{301} naïve", &["café", "naïve"]),
        ("No. 7 is it. No.", &["No.", "7", "is", "it", ".", "No", "."]),
        ("$5.6bn 20% 700km 3rd", &["$", "5.6bn", "20", "%", "700km", "3rd"]),
        ("Київ Αθήνα القاهرة 東京 부산", &["Київ", "Αθήνα", "القاهرة", "東", "京", "부산"]),
        ("a\u{a0}b", &["a", "b"]),
        ("2022-24 and 17-year-old", &["2022-24", "and", "17-year-old"]),
        ("‘terror attack’ (left)", &["'", "terror", "attack", "'", "(", "left", ")"]),
        ("John F. Kennedy Jr. spoke", &["John", "F.", "Kennedy", "Jr.", "spoke"]),
    ];
    for (text, expected) in cases {
        assert_eq!(tokens(text), *expected, "{text}");
    }
}

#[test]
fn places_point_into_the_text_and_lose_no_letter() {
    let alphabet: Vec<char> = "abZ1 .,:;'-’“”\u{ad}\u{200b}é\u{301}\n東ש#@/_…".chars().collect();
    let mut stream = RandomStream::new(5, 1);
    for round in 0..30_000 {
        let length = 1 + stream.below(14) as usize;
        let text: String = (0..length).map(|_| alphabet[stream.below(alphabet.len() as u32) as usize]).collect();
        let mut last = 0;
        let mut letters = 0;
        Tokenizer::new(WordRule::Unicode, round % 2 == 1).tokenize(&text, 0..text.len(), &mut |surface, place, _| {
            assert!(place.start >= last && place.end >= place.start, "{text:?}");
            assert!(text.get(place.clone()).is_some(), "{text:?}");
            assert!(!surface.is_empty(), "{text:?}");
            last = place.end;
            letters += text[place].chars().filter(|c| c.is_alphanumeric()).count();
        });
        // The alphabet has no `s`, so no `'s` is ever left out.
        assert_eq!(letters, text.chars().filter(|c| c.is_alphanumeric()).count(), "{text:?}");
    }
}

type Found = Vec<(String, std::ops::Range<usize>, Flags)>;

impl TokenSink for Found {
    fn short(&mut self, surface: ShortKey, place: std::ops::Range<usize>, flags: Flags) {
        surface.with_text(|surface| self.token(surface, place, flags));
    }
    fn token(&mut self, surface: &str, place: std::ops::Range<usize>, flags: Flags) {
        self.push((surface.to_owned(), place, flags));
    }
}

#[rustfmt::skip]
const PIECES: &[&str] = &[
    "a", "no", "St", "Z", "Mr", "s", "S", "the", "Parliament", "counterrevolutionaries", "www", "http", "1", "20", "1990", ".", ".", ",",
    ":", ";", "'", "'", "-", "-", "!", "?", "(", ")", "\"", "[", "]", "<", ">", "|", "$", "%", "/", "&", "_", "#", "@", "*", "~", "=", "...",
    "--", "“", "”", "‘", "’", "’s", "'s", "'S", "–", "…", " ", " ", " ", " ", "\n", "\n\n", "\t", "\r\n", "é", "Ж", "\u{ad}", "\u{200b}",
    "\u{a0}", "東", "\u{7f}", "x.y", "U.S.", "://",
];

#[test]
fn the_fast_way_gives_the_general_answer() {
    let mut stream = RandomStream::new(6, 1);
    for round in 0..120_000 {
        // Short texts meet every pair of pieces; long ones the edges of blocks and stretches.
        let length = if round % 100 == 0 { stream.below(200) } else { 1 + stream.below(9) };
        let text: String = (0..length).map(|_| PIECES[stream.below(PIECES.len() as u32) as usize]).collect();
        for rule in [WordRule::Unicode, WordRule::Simple] {
            let (mut fast, mut slow) = (Found::new(), Found::new());
            Tokenizer::new(rule, false).tokenize_into(&text, 0..text.len(), &mut fast);
            Tokenizer::new(rule, false)
                .tokenize(&text, 0..text.len(), &mut |surface, place, flags| slow.push((surface.to_owned(), place, flags)));
            assert_eq!(fast, slow, "{text:?}");
        }
    }
}

#[test]
fn the_simple_rule_is_runs_of_two_word_characters() {
    let mut found = Vec::new();
    let text = "It's a U.S. co-op, naïve_1 x";
    Tokenizer::new(WordRule::Simple, false).tokenize(text, 0..text.len(), &mut |surface, _, _| found.push(surface.to_owned()));
    assert_eq!(found, ["It", "co", "op", "naïve_1"]);
}

#[test]
fn a_text_without_spaces_is_cut() {
    let text = "a".repeat(10_000);
    assert!(tokens(&text).iter().all(|token| token.len() <= 2_048));
    assert_eq!(tokens(&text).concat(), text);
}
