//! How a name sounds under loose romanisation: a row of symbols and which symbols may stand for one another.
//!
//! Letters of a script other than Latin come into English in several ways (Zelensky, Selenskyj; Qaddafi, Gadhafi). The
//! relation is not transitive ("e" may be "a" or "i", which are two), so names are compared pair by pair; [`Sounds::keys`]
//! are the keys of the blocks within which pairs are tried.

/// Which habits of romanisation are allowed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Habit {
    /// East and South Slavic, Greek, Caucasian, Central Asian names.
    Slavic,
    /// Arabic, Persian, Turkish, Urdu, Hebrew names.
    Semitic,
}

/// A folded word as it may sound: one row of symbols, or two where Belarusian spelling allows another reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sounds(Vec<Vec<char>>);

impl Sounds {
    pub(super) fn of(word: &str, habit: Habit) -> Self {
        let mut readings = vec![symbols(word, habit)];
        if habit == Habit::Slavic
            && let Some(other) = belarusian(word)
        {
            readings.push(symbols(&other, habit));
        }
        Self(readings)
    }

    /// Whether the two may be romanisations of one name.
    pub(super) fn alike(&self, other: &Self, habit: Habit) -> bool {
        self.0.iter().any(|left| other.0.iter().any(|right| match_symbols(left, right, habit)))
    }

    /// The keys of the blocks to look in: names that are [`alike`](Self::alike) share one.
    pub(super) fn keys(&self, habit: Habit) -> impl Iterator<Item = String> {
        self.0.iter().map(move |reading| {
            let mut key = String::from(if habit == Habit::Slavic { "s:" } else { "m:" });
            key.extend(reading.iter().filter(|symbol| !is_vowel(**symbol)).map(|symbol| class(*symbol, habit)));
            key
        })
    }
}

/// The class of a consonant: symbols that are interchangeable share one.
fn class(symbol: char, habit: Habit) -> char {
    match (habit, symbol) {
        (Habit::Slavic, 'g' | 'h' | 'X' | 'G') => 'h',
        (Habit::Slavic, 's' | 'S' | 'z' | 'Z' | 'c' | 'C' | 'T' | 'J' | 'd' | 'j') => 's',
        (Habit::Semitic, 'g' | 'k' | 'G' | 'X' | 'h' | 'c' | 'j' | 'J' | 'Z') => 'k',
        (Habit::Semitic, 'd' | 'z' | 'T') => 'd',
        (Habit::Semitic, 's' | 'S' | 'C') => 's',
        (_, other) => other,
    }
}

/// Whether two folded words may be romanisations of one name.
pub(super) fn alike(a: &str, b: &str, habit: Habit) -> bool {
    a == b || (liquids(a).eq(liquids(b)) && Sounds::of(a, habit).alike(&Sounds::of(b, habit), habit))
}

/// The letters l, m, n, r of a word, which no habit writes otherwise: a quick look before the sounds are made.
fn liquids(word: &str) -> impl Iterator<Item = u8> {
    let mut last = 0;
    word.bytes().filter(move |letter| {
        let doubled = std::mem::replace(&mut last, *letter) == *letter;
        matches!(letter, b'l' | b'm' | b'n' | b'r') && !doubled
    })
}

/// Belarusian spelling undone: ou before a consonant is ov, tsi- and dzi- are ti- and di-.
fn belarusian(word: &str) -> Option<String> {
    if !["tsi", "dzi", "dzm", "au", "ou", "eu"].iter().any(|sign| word.contains(sign)) {
        return None;
    }
    let mut changed = word.replace("tsi", "ti").replace("dzi", "di").replace("dzm", "dm");
    for vowel in ["a", "o", "e"] {
        for consonant in ["s", "k", "n", "t", "l"] {
            changed = changed.replace(&format!("{vowel}u{consonant}"), &format!("{vowel}v{consonant}"));
        }
        if let Some(stem) = changed.strip_suffix(&format!("{vowel}u")) {
            changed = format!("{stem}{vowel}v");
        }
    }
    (changed != word).then_some(changed)
}

const DIGRAPHS: &[(&str, &str)] = &[
    ("shch", "S"),
    ("schtsch", "S"),
    ("tsch", "C"),
    ("tch", "C"),
    ("sch", "S"),
    ("dzh", "J"),
    ("dsch", "J"),
    ("dj", "J"),
    ("kh", "X"),
    ("gh", "G"),
    ("zh", "Z"),
    ("sh", "S"),
    ("ch", "C"),
    ("ts", "T"),
    ("tz", "T"),
    ("cz", "C"),
    ("sz", "S"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("ck", "k"),
    ("qu", "k"),
    ("x", "ks"),
    ("q", "k"),
    ("w", "v"),
];

/// The symbols of a folded word: consonants by sound, vowels by letter, glides and doubled letters gone.
fn symbols(word: &str, habit: Habit) -> Vec<char> {
    let normal = match habit {
        Habit::Slavic => slavic_ending(word),
        Habit::Semitic => semitic_vowels(word),
    };
    let mut rest = normal.as_str();
    let mut found: Vec<char> = Vec::with_capacity(rest.len());
    'letters: while let Some(first) = rest.chars().next() {
        for (letters, symbol) in DIGRAPHS {
            if let Some(tail) = rest.strip_prefix(letters) {
                for character in symbol.chars() {
                    push(&mut found, character);
                }
                rest = tail;
                continue 'letters;
            }
        }
        rest = &rest[first.len_utf8()..];
        let next_is_vowel = rest.chars().next().is_some_and(is_vowel);
        let after_vowel = found.last().copied().is_some_and(is_vowel);
        match first {
            // Glides: "ya", "ia", "ja" are one; so are "ei", "ey", "ej".
            'y' | 'i' | 'j' if next_is_vowel && habit == Habit::Slavic => {}
            'y' | 'i' | 'j' if after_vowel && habit == Habit::Slavic => {}
            'y' | 'i' if next_is_vowel => {}
            'y' => push(&mut found, 'i'),
            'j' if habit == Habit::Slavic => push(&mut found, if after_vowel { 'i' } else { 'J' }),
            other => push(&mut found, other),
        }
    }
    found
}

fn push(symbols: &mut Vec<char>, symbol: char) {
    if symbols.last() != Some(&symbol) {
        symbols.push(symbol);
    }
}

fn is_vowel(character: char) -> bool {
    matches!(character, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// One spelling for the adjective endings and for ou.
fn slavic_ending(word: &str) -> String {
    let word = word.replace("ou", "u").replace("iy", "i").replace("yj", "i");
    for (ending, common) in [
        ("ff", "v"),
        ("skaya", "ska"),
        ("skaia", "ska"),
        ("skaja", "ska"),
        ("naya", "na"),
        ("naja", "na"),
        ("naia", "na"),
        ("skyi", "sk"),
        ("skyy", "sk"),
        ("skii", "sk"),
        ("skij", "sk"),
        ("ski", "sk"),
        ("sky", "sk"),
        ("cki", "tsk"),
        ("ckyi", "tsk"),
        ("yi", ""),
        ("yy", ""),
        ("ij", ""),
        ("ii", ""),
        ("y", ""),
        ("i", ""),
        ("j", ""),
    ] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.len() >= 3
        {
            return format!("{stem}{common}");
        }
    }
    word
}

/// One spelling for long vowels and diphthongs.
fn semitic_vowels(word: &str) -> String {
    let mut word = word.to_owned();
    for (from, to) in [
        ("aou", "u"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("aw", "au"),
        ("ow", "u"),
        ("awu", "u"),
        ("aa", "a"),
        ("aei", "ei"),
        ("ay", "ei"),
        ("ai", "ei"),
        ("ey", "ei"),
        ("au", "o"),
        ("iyy", "iy"),
        ("eia", "aya"),
        ("eie", "aya"),
    ] {
        word = word.replace(from, to);
    }
    word = word.replace("ei", "e");
    // A silent final h; "e" and "a" are interchangeable anyway (Haniyeh, Haniya).
    match word.strip_suffix('h') {
        Some(stem) if stem.len() >= 3 && stem.ends_with(is_vowel) => stem.to_owned(),
        _ => word,
    }
}

fn interchangeable(a: char, b: char, habit: Habit) -> bool {
    let pair = if a <= b { (a, b) } else { (b, a) };
    if a == b {
        return true;
    }
    match habit {
        Habit::Slavic => matches!(
            pair,
            ('a', 'o')
                | ('e', 'i')
                | ('e', 'o')
                | ('g', 'h')
                | ('X', 'h')
                | ('X', 'g')
                | ('G', 'g')
                | ('G', 'h')
                | ('S', 's')
                | ('C', 'c')
                | ('T', 'c')
                | ('C', 'T')
                | ('Z', 'z')
                | ('S', 'Z')
                | ('Z', 'j')
                | ('J', 'd')
                | ('J', 'Z')
                | ('C', 'S')
                | ('s', 'z')
        ),
        Habit::Semitic => matches!(
            pair,
            ('a', 'e')
                | ('e', 'i')
                | ('o', 'u')
                | ('g', 'k')
                | ('G', 'k')
                | ('G', 'g')
                | ('X', 'h')
                | ('X', 'k')
                | ('J', 'j')
                | ('Z', 'j')
                | ('g', 'j')
                | ('J', 'g')
                | ('C', 'S')
                | ('d', 'z')
                | ('c', 'k')
                | ('T', 'z')
                | ('S', 's')
        ),
    }
}

fn match_symbols(a: &[char], b: &[char], habit: Habit) -> bool {
    let (mut i, mut j, mut gaps) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        if interchangeable(a[i], b[j], habit) {
            (i, j) = (i + 1, j + 1);
            continue;
        }
        // A short vowel that one writer leaves out: Zawahiri, Zawahri.
        let omitted = |symbol: char| habit == Habit::Semitic && i > 0 && j > 0 && matches!(symbol, 'e' | 'i');
        if gaps == 0 && omitted(a[i]) && i + 1 < a.len() {
            (i, gaps) = (i + 1, 1);
        } else if gaps == 0 && omitted(b[j]) && j + 1 < b.len() {
            (j, gaps) = (j + 1, 1);
        } else {
            return false;
        }
    }
    i == a.len() && j == b.len()
}
