//! Chinese and Korean names: family name first, given name in syllables, Pinyin and Wade–Giles, Korean romanisations.

use hashbrown::{HashMap, HashSet};
use std::sync::LazyLock;

/// Family names in Pinyin, in Wade–Giles where that differs, and Korean ones. Words of one row are one name.
const FAMILIES: &[&str] = &[
    "kim gim",
    "lee yi rhee ri li",
    "park pak bak",
    "choi choe",
    "jung jeong chung",
    "kang gang",
    "cho jo",
    "yoon yun youn",
    "jang chang",
    "lim im rim",
    "han",
    "oh o",
    "seo suh",
    "shin sin",
    "kwon gwon",
    "hwang",
    "ahn an",
    "song",
    "ryu yoo yu",
    "hong",
    "roh no noh",
    "moon mun",
    "ban pan",
    "son sohn",
    "bae pae",
    "baek paek",
    "nam",
    "ko go koh",
    "chun jeon jun",
    "hyon hyun",
    "ho hur heo",
    "kwak gwak",
    "woo wu u",
    "ha",
    "hwang",
    "ri",
    "chong",
    "pyon byun",
    "sung seong",
    "na ra",
    "min",
    "chu joo ju",
];

const PINYIN_FAMILIES: &str = "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang \
    deng han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu ding ren shen yao jiang cui zhong tan fan jin shi \
    liao jia xia fu fang bai zou meng xiong qin qiu hou yin xue yan lei long tao mao hao gu gong shao wan qian lai ai bo xi hua zhao wen \
    mo mu zong zuo sima ouyang ji geng kang qiao pu niu hong rao ning kong xiang lou";
const WADE_FAMILIES: &str = "teng chou chiang tsai hsu hsieh hsiao chang kuo kao chu hsi tseng tsao tung chao chin chien ting tien hsia hsiung \
    hsueh soong sung lo ho yeh jen ou tsou tu pai pei ch'en ch'iao";

static SYLLABLES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let initials = "b p m f d t n l g k h j q x zh ch sh r z c s".split(' ');
    let finals: Vec<&str> =
        "a o e ai ei ao ou an en ang eng ong i ia ie iao iu ian in iang ing iong u ua uo uai ui uan un uang ue".split(' ').collect();
    let mut found: HashSet<String> =
        "a o e ai ei ao ou an en ang er yi ya yo ye yao you yan yin yang ying yong yu yue yuan yun wu wa wo wai wei wan \
        wen wang weng"
            .split_whitespace()
            .map(str::to_owned)
            .collect();
    for initial in initials {
        let palatal = matches!(initial, "j" | "q" | "x");
        let retroflex = matches!(initial, "zh" | "ch" | "sh" | "r" | "z" | "c" | "s");
        let velar = matches!(initial, "g" | "k" | "h");
        for &end in &finals {
            let fits = if palatal {
                end.starts_with('i') || matches!(end, "u" | "uan" | "un" | "ue")
            } else if retroflex {
                !end.starts_with('i') || end == "i"
            } else if velar {
                !end.starts_with('i')
            } else {
                !matches!(end, "ua" | "uai" | "uang")
            };
            if fits && !(end == "ue" && !palatal && !matches!(initial, "n" | "l")) {
                found.insert(format!("{initial}{end}"));
            }
        }
    }
    found
});

/// A name with the family name first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FamilyFirst {
    pub family: String,
    /// The given name without hyphen or space.
    pub given: String,
    /// The given name's syllables, as far as it can be cut.
    syllables: Vec<String>,
    /// Whether the name is written as Wade–Giles is: with a hyphen, or with a syllable that Pinyin doesn't have.
    wade: bool,
}

/// Family names, the Korean ones with their row.
static FAMILY_NAMES: LazyLock<HashMap<&'static str, Option<usize>>> = LazyLock::new(|| {
    let mut found: HashMap<&'static str, Option<usize>> =
        PINYIN_FAMILIES.split_whitespace().chain(WADE_FAMILIES.split_whitespace()).map(|family| (family, None)).collect();
    for (number, row) in FAMILIES.iter().enumerate() {
        for family in row.split(' ') {
            let row = found.entry(family).or_insert(None);
            *row = row.or(Some(number));
        }
    }
    found
});

fn is_family(word: &str) -> bool {
    FAMILY_NAMES.contains_key(word)
}

fn korean_row(word: &str) -> Option<usize> {
    FAMILY_NAMES.get(word).copied().flatten()
}

/// Reads folded parts as a Chinese or Korean name. `hyphen` says that the given name was hyphenated. The family name may
/// also stand last ("Jae-in Moon").
pub(super) fn parse(parts: &[Vec<String>]) -> Option<FamilyFirst> {
    let (first, last) = (parts.first()?, parts.last()?);
    if parts.len() < 2 || parts.len() > 3 {
        return None;
    }
    if let [family] = first.as_slice()
        && is_family(family)
        && let Some(name) = read_given(family, &parts[1..])
    {
        return Some(name);
    }
    match last.as_slice() {
        [family] if is_family(family) && parts.len() == 2 && first.len() == 2 => read_given(family, &parts[..parts.len() - 1]),
        _ => None,
    }
}

fn read_given(family: &str, parts: &[Vec<String>]) -> Option<FamilyFirst> {
    let given: Vec<String> = parts.iter().flatten().cloned().collect();
    let hyphen = parts.iter().any(|part| part.len() > 1);
    let joined = given.concat();
    if given.len() > 2 || joined.len() < 2 {
        return None;
    }
    let syllables = if given.len() == 2 { Some(given.clone()) } else { segment(&joined) };
    let syllabic = given.len() == 2 && given.iter().all(|part| is_syllable(part));
    let pinyin = syllables.as_ref().is_some_and(|parts| parts.len() <= 2 && parts.iter().all(|part| SYLLABLES.contains(part.as_str())));
    if !pinyin && !syllabic && !korean_shape(&joined) {
        return None;
    }
    Some(FamilyFirst {
        family: family.to_owned(),
        wade: hyphen || syllables.as_ref().is_some_and(|parts| parts.iter().any(|part| !SYLLABLES.contains(part.as_str()))),
        syllables: syllables.unwrap_or_default(),
        given: joined,
    })
}

/// One syllable by shape: consonants, vowels, perhaps a final consonant; short.
fn is_syllable(part: &str) -> bool {
    let vowel = |character: char| matches!(character, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w');
    let runs = part.chars().fold((0, false), |(runs, inside), character| {
        let now = vowel(character);
        (runs + usize::from(now && !inside), now)
    });
    runs.0 == 1
        && part.len() <= 6
        && ["ng", "n", "m", "k", "l", "p", "b", "t", "d", "h", "r", "g", "a", "e", "i", "o", "u", "y", "w"]
            .iter()
            .any(|end| part.ends_with(end))
}

/// Two Korean syllables written together ("Kimoon"): only with a spelling that nothing else has.
fn korean_shape(joined: &str) -> bool {
    ["eon", "eun", "yeo", "hye", "hyu", "yun", "moon", "hyo"].iter().any(|sign| joined.contains(sign)) && joined.len() <= 10
}

/// Cuts a Pinyin given name into as few syllables as possible.
fn segment(joined: &str) -> Option<Vec<String>> {
    if SYLLABLES.contains(joined) {
        return Some(vec![joined.to_owned()]);
    }
    // The longest first syllable that leaves a syllable: Jin|ping, Ze|dong.
    (1..joined.len()).rev().find_map(|cut| {
        let (first, second) = joined.split_at_checked(cut)?;
        (SYLLABLES.contains(first) && SYLLABLES.contains(second)).then(|| vec![first.to_owned(), second.to_owned()])
    })
}

/// Why two names are one, or `None` if they are two.
pub(super) fn compare(a: &FamilyFirst, b: &FamilyFirst) -> Option<&'static str> {
    let korean = korean_row(&a.family).is_some() && korean_row(&a.family) == korean_row(&b.family);
    if a.family == b.family && a.given == b.given {
        return Some("family name and given name are equal, hyphen and order apart");
    }
    if korean && korean_skeleton(&a.given) == korean_skeleton(&b.given) {
        return Some("family name and given name are Korean romanisations of one name (g/k, eo/u, eu/u …)");
    }
    if (a.wade || b.wade)
        && same_syllable(&a.family, &b.family)
        && a.syllables.len() == b.syllables.len()
        && !a.syllables.is_empty()
        && a.syllables.iter().zip(&b.syllables).all(|(left, right)| same_syllable(left, right))
    {
        return Some("one is the Wade-Giles and the other the Pinyin form of one Chinese name");
    }
    None
}

/// Whether two family names may be one.
pub(super) fn same_family(a: &str, b: &str) -> bool {
    a == b || korean_row(a).is_some_and(|row| korean_row(b) == Some(row))
}

/// The keys of the blocks in which to look for a name's other forms.
pub(super) fn block_keys(name: &FamilyFirst) -> [String; 2] {
    let family = korean_row(&name.family).map_or_else(|| name.family.clone(), |row| row.to_string());
    let consonants = |text: &str| -> String {
        text.chars()
            .filter_map(|character| match character {
                'd' | 't' => Some('t'),
                'g' | 'k' | 'h' | 'c' | 'j' | 'q' | 'x' | 'z' | 's' | 'r' => Some('k'),
                'b' | 'p' => Some('p'),
                'm' | 'n' | 'l' | 'f' => Some(character),
                _ => None,
            })
            .fold(String::new(), |mut key, character| {
                if !key.ends_with(character) {
                    key.push(character);
                }
                key
            })
    };
    [format!("f:{family} {}", korean_skeleton(&name.given)), format!("w:{}{}", consonants(&name.family), consonants(&name.given))]
}

/// The block of a family name, for those who are called by it alone.
pub(super) fn family_keys(family: &str) -> Vec<String> {
    let row = korean_row(family).map(|row| format!("F:{row}"));
    row.into_iter().chain(std::iter::once(format!("F:{family}"))).collect()
}

fn korean_skeleton(given: &str) -> String {
    let mut text = given.to_owned();
    for (from, to) in [
        ("sh", "s"),
        ("ch", "j"),
        ("yeo", "yo"),
        ("you", "yo"),
        ("yoo", "yo"),
        ("yu", "yo"),
        ("eo", "o"),
        ("eu", "o"),
        ("oo", "o"),
        ("ou", "o"),
        ("ee", "i"),
        ("u", "o"),
        ("g", "k"),
        ("d", "t"),
        ("b", "p"),
        ("oh", "o"),
    ] {
        text = text.replace(from, to);
    }
    text
}

/// Whether two syllables are one by Pinyin and Wade–Giles.
fn same_syllable(a: &str, b: &str) -> bool {
    a == b || pinyin_of(a).iter().any(|form| form == b) || pinyin_of(b).iter().any(|form| form == a)
}

/// The Pinyin syllables that a Wade–Giles syllable may be, its aspiration mark often being left out.
fn pinyin_of(wade: &str) -> Vec<String> {
    const INITIALS: &[(&str, &[&str])] = &[
        ("hs", &["x"]),
        ("tz", &["z", "c"]),
        ("ts", &["z", "c"]),
        ("sz", &["s"]),
        ("ch", &["zh", "ch", "j", "q"]),
        ("sh", &["sh"]),
        ("k", &["g", "k"]),
        ("p", &["b", "p"]),
        ("t", &["d", "t"]),
        ("j", &["r"]),
    ];
    let (initials, end): (Vec<&str>, &str) =
        INITIALS.iter().find_map(|(initial, pinyin)| wade.strip_prefix(initial).map(|end| (pinyin.to_vec(), end))).unwrap_or_else(|| {
            let cut = wade.find(['a', 'e', 'i', 'o', 'u']).unwrap_or(0);
            (vec![&wade[..cut]], &wade[cut..])
        });
    let ends: &[&str] = match end {
        "ung" => &["ong"],
        "iung" => &["iong"],
        "ien" => &["ian"],
        "ieh" => &["ie"],
        "ueh" => &["ue"],
        "uei" => &["ui"],
        "ih" | "u" if wade.starts_with("tz") || wade.starts_with("sz") || end == "ih" => &["i"],
        "o" => &["o", "uo", "e"],
        "eh" => &["e"],
        "en" if wade == "yen" => &["an"],
        other => &[other],
    };
    initials
        .iter()
        .flat_map(|initial| ends.iter().map(move |end| format!("{initial}{end}")))
        .filter(|syllable| SYLLABLES.contains(syllable.as_str()))
        .collect()
}
