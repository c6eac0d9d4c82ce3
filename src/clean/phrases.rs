//! The phrases that page furniture consists of, in lower case with straight apostrophes.

/// Leads that announce a link when the line is nothing else or goes on after a colon.
#[rustfmt::skip]
pub(super) const LINK_LEADS: [&str; 15] = [
    "read more", "see more", "learn more", "more on this story", "more on this", "more on this topic", "read also", "also read", "see also",
    "read next", "related", "related articles", "related stories", "don't miss", "recommended",
];

/// Whole lines that announce links.
#[rustfmt::skip]
pub(super) const LINKS: [&str; 24] = [
    "related topics", "related content", "related story", "related article", "related coverage", "related links", "related video",
    "recommended stories", "more stories", "more from this section", "you may also like", "you might also like", "up next", "most read",
    "most popular", "trending", "trending now", "editor's picks", "editors' picks", "continue reading", "continue reading the main story",
    "click here to read more", "click here", "read the full story",
];

/// Whole lines that name the page where the article was taken from.
#[rustfmt::skip]
pub(super) const SOURCES: [&str; 7] = [
    "source: read full article", "read full article", "read the full article", "view original article", "read the original article",
    "source link", "original article",
];

/// Whole lines that mark advertisements.
#[rustfmt::skip]
pub(super) const ADVERTISEMENTS: [&str; 17] = [
    "advertisement", "advertisements", "advertising", "advertisement continue reading the main story", "sponsored", "sponsored content",
    "sponsored links", "sponsored message", "paid content", "story continues below", "story continues below advertisement", "story continues",
    "article continues below", "article continues below advertisement", "article continues after advertisement", "article continues after ad",
    "scroll to continue with content",
];

/// Whole lines that invite to share, follow, comment or subscribe.
#[rustfmt::skip]
pub(super) const INVITATIONS: [&str; 40] = [
    "share", "share this", "share this article", "share this story", "share this post", "share on facebook", "share on twitter", "share on x",
    "share via email", "share on whatsapp", "tweet", "tweet this", "pin it", "email this article", "print this article", "print", "copy link",
    "link copied", "save article", "save this article", "leave a comment", "post a comment", "view comments", "show comments", "comments",
    "join the conversation", "follow us", "follow us on facebook", "follow us on twitter", "follow us on x", "follow us on instagram",
    "like us on facebook", "subscribe", "subscribe now", "sign up", "sign in", "log in", "listen to this article", "watch the video",
    "skip to content",
];

/// How invitations to subscribe begin.
#[rustfmt::skip]
pub(super) const SUBSCRIPTIONS: [&str; 7] = [
    "sign up for our ", "sign up to our ", "sign up for the ", "subscribe to our ", "subscribe to the ", "get our free ", "follow us on ",
];

/// What they invite to.
pub(super) const SUBSCRIBED: [&str; 8] = ["newsletter", "newsletters", "email", "e-mail", "alerts", "app", "channel", "podcast"];

/// First words of all lines that a rule drops, sorted; most lines leave at this gate.
#[rustfmt::skip]
const FIRST_WORDS: [&str; 48] = [
    "advertisement", "advertisements", "advertising", "all", "also", "article", "c", "click", "comments", "continue", "copy", "copyright", "don",
    "editor", "editors", "email", "follow", "get", "join", "learn", "leave", "like", "link", "listen", "log", "more", "most", "original", "paid", "pin",
    "post", "print", "read", "recommended", "related", "save", "scroll", "see", "share", "show", "sign", "skip", "source", "sponsored", "story",
    "subscribe", "this", "trending",
];
const FIRST_WORDS_TO_Z: [&str; 6] = ["tweet", "up", "via", "view", "watch", "you"];

/// For each first letter of these words a bit for each second one; the 27th stands for none.
static BEGINNINGS: [u32; 26] = {
    let mut beginnings = [0; 26];
    let mut word = 0;
    while word < FIRST_WORDS.len() + FIRST_WORDS_TO_Z.len() {
        let bytes = if word < FIRST_WORDS.len() { FIRST_WORDS[word] } else { FIRST_WORDS_TO_Z[word - FIRST_WORDS.len()] }.as_bytes();
        let second = if bytes.len() > 1 { bytes[1] - b'a' } else { 26 };
        beginnings[(bytes[0] - b'a') as usize] |= 1 << second;
        word += 1;
    }
    beginnings
};

/// Whether `line` begins with a capital letter, in a word that a line of furniture may begin with.
pub(super) fn may_be_furniture(line: &str) -> bool {
    let bytes = line.as_bytes();
    // Prose wrapped at a fixed width has lines such as `share.`; furniture begins with a capital.
    if !bytes.first().is_some_and(u8::is_ascii_uppercase) {
        return false;
    }
    // Two letters turn most prose away before its first word is looked up.
    let second = bytes.get(1).map_or(26, |byte| if byte.is_ascii_alphabetic() { (byte | 0x20) - b'a' } else { 26 });
    if BEGINNINGS[usize::from(bytes[0] - b'A')] >> second & 1 == 0 {
        return false;
    }
    let end = bytes.iter().take(16).position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(bytes.len().min(16));
    let mut word = [0_u8; 16];
    for (lower, byte) in word.iter_mut().zip(&bytes[..end]) {
        *lower = byte.to_ascii_lowercase();
    }
    let word = &word[..end];
    FIRST_WORDS.binary_search_by(|known| known.as_bytes().cmp(word)).is_ok()
        || FIRST_WORDS_TO_Z.iter().any(|known| known.as_bytes() == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gate_lets_every_phrase_through() {
        assert!(FIRST_WORDS.is_sorted());
        let lists: [&[&str]; 6] = [&LINK_LEADS, &LINKS, &SOURCES, &ADVERTISEMENTS, &INVITATIONS, &SUBSCRIPTIONS];
        for phrase in
            lists.concat().into_iter().chain(["copyright 2024", "c) 2024", "all rights reserved", "this article is more than", "via: http"])
        {
            let line = phrase[..1].to_uppercase() + &phrase[1..];
            assert!(may_be_furniture(&line), "{line}");
            assert!(may_be_furniture(&phrase.to_uppercase()), "{phrase}");
        }
        assert!(!may_be_furniture("share."));
        assert!(!may_be_furniture("The mayor"));
        assert!(!may_be_furniture(""));
    }
}
