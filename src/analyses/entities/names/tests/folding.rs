//! Folding on small corpora: what goes together, what stays apart, and that nothing depends on chance.

use super::super::{Aliases, EntityKind, FoldOptions, Folded, Form, Mention, fold, reconcile_kinds};

use EntityKind::{Location, Organisation, Person};

/// A corpus from documents of (surface, kind) in order.
fn corpus(documents: &[&[(&str, EntityKind)]]) -> (Vec<Form>, Vec<Mention>) {
    let (mut forms, mut mentions): (Vec<Form>, Vec<Mention>) = (Vec::new(), Vec::new());
    for (document, surfaces) in (0..).zip(documents) {
        for &(text, kind) in *surfaces {
            let at = forms.iter().position(|form| form.text == text && form.kind == kind).unwrap_or_else(|| {
                forms.push(Form { text: text.to_owned(), kind, count: 0 });
                forms.len() - 1
            });
            forms[at].count += 1;
            mentions.push(Mention { document, surface: at as u32, in_brackets: false });
        }
    }
    (forms, mentions)
}

fn folded(documents: &[&[(&str, EntityKind)]]) -> Folded {
    let (forms, mentions) = corpus(documents);
    fold(&forms, &mentions, &Aliases::default(), &FoldOptions::default())
}

/// The canonical form of every mention.
fn names(folded: &Folded) -> Vec<&str> {
    folded.entity_of_mention.iter().map(|entity| folded.entities[*entity as usize].canonical.as_str()).collect()
}

#[test]
fn spellings_of_the_seed_persons_are_one_each() {
    let result = folded(&[
        &[("Aleksey Danilov", Person), ("Danilov", Person), ("Vladimir Zelensky", Person), ("Kiev", Location), ("Danilov's", Person)],
        &[("Oleksiy Danilov", Person), ("Danilov", Person), ("Oleksiy Danilov", Person), ("Rustem Umerov", Person), ("Umerov", Person)],
        &[("Kiev", Location), ("Vitaly Klitschko", Person), ("Dnepr", Location), ("Peskov", Person), ("Dmitry Peskov", Person)],
        &[
            ("Volodymyr Zelenskyy", Person),
            ("Zelenskyy", Person),
            ("Kyiv", Location),
            ("Dnipro", Location),
            ("Kyiv", Location),
            ("Kim Jong-Un", Person),
            ("Kim Jong Un", Person),
            ("PUTIN", Person),
            ("Vladimir Putin", Person),
            ("Kyiv", Location),
            ("Sergei Shoigu", Person),
            ("Col Gen Oleksandr Syrskyi", Person),
            ("Syrskyi", Person),
        ],
    ]);
    let found = names(&result);
    assert_eq!(&found[..5], ["Oleksiy Danilov", "Oleksiy Danilov", "Vladimir Zelensky", "Kyiv", "Oleksiy Danilov"]);
    assert_eq!(result.entities.iter().filter(|entity| entity.canonical.contains("anilov")).count(), 1);
    assert_eq!(result.entities.iter().filter(|entity| entity.canonical.contains("elensk")).count(), 1);
    assert_eq!(result.entities.iter().filter(|entity| entity.kind == Location).count(), 2);
    assert!(found.contains(&"Oleksandr Syrskyi") && found.contains(&"Vitaly Klitschko"));
    assert_eq!(found[13], "Dmitry Peskov", "a headline's surname is the one named later");
    assert_eq!(result.entities.iter().filter(|entity| entity.canonical.starts_with("Kim")).count(), 1);
    assert!(!found.contains(&"PUTIN"));
}

#[test]
fn two_bearers_of_a_surname_are_never_joined() {
    let result = folded(&[
        &[("Bill Clinton", Person), ("Clinton", Person), ("Hillary Clinton", Person), ("Clinton", Person), ("the Clintons", Person)],
        &[("Clinton", Person)],
    ]);
    assert_eq!(names(&result), ["Bill Clinton", "Bill Clinton", "Hillary Clinton", "Hillary Clinton", "Clintons", "Clinton"]);
}

#[test]
fn a_surname_alone_goes_to_the_dominant_bearer() {
    let mut documents: Vec<&[(&str, EntityKind)]> = vec![&[("Donald Trump", Person)]; 9];
    documents.push(&[("Melania Trump", Person)]);
    documents.push(&[("Trump", Person)]);
    let result = folded(&documents);
    assert_eq!(names(&result)[10], "Donald Trump");
    documents.truncate(2);
    documents.push(&[("Melania Trump", Person)]);
    documents.push(&[("Trump", Person)]);
    assert_eq!(names(&folded(&documents))[3], "Trump");
}

#[test]
fn an_ambiguous_short_form_joins_nobody() {
    let result = folded(&[
        &[("George W. Bush", Person)],
        &[("George H. W. Bush", Person)],
        &[("George Bush", Person)],
        &[("Donald Trump", Person)],
        &[("Donald Trump Jr.", Person)],
        &[("Donald J. Trump", Person)],
    ]);
    assert_eq!(names(&result)[..3], ["George W. Bush", "George H. W. Bush", "George Bush"]);
    assert_ne!(result.entity_of_mention[3], result.entity_of_mention[4]);
    assert_eq!(result.entity_of_mention[3], result.entity_of_mention[5]);
}

#[test]
fn surfaces_titles_and_acronyms() {
    let result = folded(&[
        &[("President Vladimir\nPutin", Person), ("Vladimir Putin’s", Person), ("VLADIMIR PUTIN", Person), ("Mr. Putin", Person)],
        &[("U.S.", Location), ("US", Location), ("the United States", Location), ("United States", Location)],
        &[("NATO", Organisation), ("North Atlantic Treaty Organization", Organisation), ("Nato", Organisation), ("NATO", Organisation)],
        &[("Regional Grain Board", Organisation), ("RGB", Organisation), ("FBI", Organisation), ("FSB", Organisation)],
    ]);
    let found = names(&result);
    assert!(found[..4].iter().all(|name| *name == "Vladimir Putin"), "{found:?}");
    assert!(found[4..8].iter().all(|name| *name == "United States"), "{found:?}");
    assert_eq!(result.entities.len(), 6, "{found:?}");
    assert_eq!(found[12], found[13]);
}

#[test]
fn aliases_win_and_folding_can_be_off() {
    let (forms, mentions) =
        corpus(&[&[("Kyiv", Location), ("Kiev", Location), ("Ze", Person), ("Zelensky", Person), ("Volodymyr Zelenskyy", Person)]]);
    let aliases = Aliases::from_rows([("Kiev", "Kiev (old spelling)"), ("Ze", "Volodymyr Zelenskyy")]);
    let result = fold(&forms, &mentions, &aliases, &FoldOptions::default());
    assert_eq!(names(&result), ["Kyiv", "Kiev (old spelling)", "Volodymyr Zelenskyy", "Volodymyr Zelenskyy", "Volodymyr Zelenskyy"]);
    let off = fold(&forms, &mentions, &aliases, &FoldOptions { fold: false, ..FoldOptions::default() });
    assert_eq!(off.entities.len(), 5);
}

#[test]
fn kinds_are_reconciled_only_when_clear() {
    let (forms, mentions) = corpus(&[
        &[("Putin", Person), ("Putin", Person), ("Putin", Person), ("Putin", Organisation)],
        &[("Jordan", Person), ("Jordan", Location)],
    ]);
    let (forms, mentions) = reconcile_kinds(&forms, &mentions);
    let kinds: Vec<EntityKind> = mentions.iter().map(|mention| forms[mention.surface as usize].kind).collect();
    assert_eq!(kinds, [Person, Person, Person, Person, Person, Location]);
    assert_eq!(forms.iter().map(|form| form.count).sum::<u32>(), 6);
}

#[test]
fn confusables_stay_apart_in_one_corpus() {
    let pairs: Vec<(&str, &str, EntityKind)> = include_str!("own_pairs.tsv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            (cells.get(2) == Some(&"0") && cells.get(4) == Some(&"tune"))
                .then(|| Some((*cells.first()?, *cells.get(1)?, EntityKind::parse(cells.get(3)?)?)))?
        })
        .filter(|(a, b, _)| a.contains(' ') && b.contains(' '))
        .collect();
    let documents: Vec<Vec<(&str, EntityKind)>> = pairs.iter().map(|(a, b, kind)| vec![(*a, *kind), (*b, *kind)]).collect();
    let slices: Vec<&[(&str, EntityKind)]> = documents.iter().map(Vec::as_slice).collect();
    let result = folded(&slices);
    for (pair, ids) in pairs.iter().zip(result.entity_of_mention.chunks(2)) {
        assert_ne!(ids[0], ids[1], "{} | {}", pair.0, pair.1);
    }
}

/// Names made from lists: 200,000 distinct persons' names, most surnames shared by many.
pub(super) fn many(count: usize) -> (Vec<Form>, Vec<Mention>) {
    let starts = ["Ba", "Ko", "Mi", "Sha", "Tre", "Lu", "Ver", "Gor", "Hal", "Da", "Zu", "Pe", "Ro", "Sti", "Wen", "Fa", "Ny", "Cla"];
    let middles = ["lan", "ri", "ste", "mo", "vi", "der", "ka", "ns", "tho", "be", "ng", "cha", "lle", "ru", "po", "gi"];
    let ends = ["ov", "son", "enko", "er", "i", "ez", "ini", "man", "ski", "ard", "ton", "ian", "", "es", "uk", "wood"];
    let given = [
        "John",
        "Maria",
        "Oleksandr",
        "Ahmed",
        "Anna",
        "Wei",
        "Peter",
        "Sergei",
        "Fatima",
        "Carlos",
        "Emma",
        "Yuki",
        "David",
        "Ivan",
        "Laura",
        "Omar",
        "Susan",
        "Igor",
    ];
    let forms: Vec<Form> = (0..count)
        .map(|number| {
            let surname = number / 40 % (18 * 16 * 16);
            let first = given[(number * 7 + surname) % given.len()];
            let middle = (number / 18 % 40) as u8;
            let last = format!("{}{}{}", starts[surname % 18], middles[surname / 18 % 16], ends[surname / 288]);
            let text = match middle {
                0..=24 => format!("{first} {}. {last}", char::from(b'A' + middle)),
                25..=30 => format!("{first}{} {last}", char::from(b'a' + middle - 25)),
                _ => format!("{first} {}{} {last}", starts[middle as usize % 18], number % 97),
            };
            Form { text, kind: Person, count: 1 + (number % 5) as u32 }
        })
        .collect();
    let mentions = (0..count as u32).map(|surface| Mention { document: surface / 20, surface, in_brackets: false }).collect();
    (forms, mentions)
}

#[test]
#[ignore = "slow without optimisation"]
fn two_hundred_thousand_names_take_seconds() {
    let (forms, mentions) = many(200_000);
    let distinct: std::collections::BTreeSet<&str> = forms.iter().map(|form| form.text.as_str()).collect();
    let start = std::time::Instant::now();
    let result = fold(&forms, &mentions, &Aliases::default(), &FoldOptions::default());
    println!("{} names, {} entities, {:?}", distinct.len(), result.entities.len(), start.elapsed());
    assert!(result.entities.len() < distinct.len() && result.entity_of_mention.len() == mentions.len());
}

#[test]
fn the_result_is_the_same_each_time() {
    let (forms, mentions) = many(3_000);
    let first = fold(&forms, &mentions, &Aliases::default(), &FoldOptions::default());
    for _ in 0..3 {
        assert_eq!(first, fold(&forms, &mentions, &Aliases::default(), &FoldOptions::default()));
    }
}

#[test]
fn a_given_name_alone_means_the_one_person_called_so() {
    let result = folded(&[
        &[("Hillary Clinton", Person), ("Hillary", Person), ("Bill Clinton", Person)],
        &[("John Boehner", Person), ("John Kerry", Person), ("John", Person)],
        &[("Hillary", Person)],
    ]);
    // Two Johns in one text: nobody knows which. One Hillary in another text is not enough to know her by.
    assert_eq!(names(&result), ["Hillary Clinton", "Hillary Clinton", "Bill Clinton", "John Boehner", "John Kerry", "John", "Hillary"]);
}

#[test]
fn a_given_name_is_no_spelling_of_a_surname() {
    let result = folded(&[&[("Paul Ryan", Person), ("Ron", Person)], &[("Darrell Issa", Person), ("Isaiah", Person)]]);
    assert_eq!(names(&result), ["Paul Ryan", "Ron", "Darrell Issa", "Isaiah"]);
}

#[test]
fn a_junior_is_not_his_father() {
    let result = folded(&[&[("Donald Trump", Person), ("Donald Trump Jr.", Person), ("Trump Jr.", Person), ("Trump", Person)]]);
    let found = names(&result);
    assert_eq!((found[2], found[0] == found[1]), ("Donald Trump Jr.", false));
}

#[test]
fn an_acronym_needs_documents_that_have_its_long_name() {
    let mut documents: Vec<Vec<(&str, EntityKind)>> = vec![vec![("NBK", Organisation)]; 40];
    documents[7].push(("National Bloggers Klub", Organisation));
    let slices: Vec<&[(&str, EntityKind)]> = documents.iter().map(Vec::as_slice).collect();
    assert_eq!(folded(&slices).entities.len(), 2);
    documents.truncate(8);
    let slices: Vec<&[(&str, EntityKind)]> = documents.iter().map(Vec::as_slice).collect();
    assert_eq!(folded(&slices).entities.len(), 1);
}

#[test]
fn a_text_explains_its_acronyms() {
    let documents: &[&[(&str, EntityKind)]] = &[
        &[("Northern Relief Committee for Harbours", Organisation), ("NORCOH", Organisation)],
        &[("NORCOH", Organisation)],
        &[("R-N.C.", Organisation), ("RNC", Organisation)],
    ];
    let (forms, mut mentions) = corpus(documents);
    let apart = fold(&forms, &mentions, &Aliases::default(), &FoldOptions::default());
    assert_eq!(apart.entities.len(), 4);
    mentions[1].in_brackets = true;
    let explained = fold(&forms, &mentions, &Aliases::default(), &FoldOptions::default());
    assert_eq!(explained.entities.len(), 3);
    assert_eq!(names(&explained)[2], names(&explained)[0]);
}

#[test]
fn a_surname_alone_is_the_father_not_the_junior() {
    let result = folded(&[
        &[("Donald Trump", Person), ("Donald Trump", Person), ("Donald Trump", Person)],
        &[("Donald Trump Jr.", Person), ("Trump", Person), ("Trump Jr.", Person)],
    ]);
    assert_eq!(names(&result)[3..], ["Donald Trump Jr.", "Donald Trump", "Donald Trump Jr."]);
}

#[test]
fn suffixes_and_initials_keep_fathers_queens_and_sons_apart() {
    let result = folded(&[
        &[("Donald Trump", Person), ("Donald Trump Jr.", Person), ("Donald Jr.", Person), ("Donald", Person)],
        &[("Elizabeth Warren", Person), ("Elizabeth II", Person), ("Elizabeth", Person)],
        &[("George H.W. Bush", Person), ("George W. Bush", Person), ("H.W. Bush", Person), ("Bush Sr.", Person)],
    ]);
    let names = names(&result);
    assert_eq!(names[2..4], ["Donald Trump Jr.", "Donald"]);
    assert_eq!(names[5..7], ["Elizabeth II", "Elizabeth Warren"]);
    assert_eq!(names[9..], ["George H.W. Bush", "Bush Sr."]);
}

#[test]
fn torn_off_legal_forms_and_firms_acronyms_join_nothing() {
    let result = folded(&[
        &[("Co Inc", Organisation), ("Co Ltd", Organisation), ("Group Inc", Organisation), ("Group Plc", Organisation)],
        &[("Ford Motor Co", Organisation), ("FMC", Organisation), ("FMC Corp", Organisation)],
        &[("United Press Group", Organisation), ("United Press", Organisation)],
    ]);
    let names = names(&result);
    assert_eq!(names[..4], ["Co Inc", "Co Ltd", "Group Inc", "Group Plc"]);
    assert_eq!(names[4], "Ford Motor Co");
    assert_ne!(names[5], "Ford Motor Co");
    assert_eq!(names[5], names[6]);
}

#[test]
fn an_english_surname_is_no_romanisation() {
    let result = folded(&[
        &[("Paul Volcker", Person), ("Walker", Person), ("Volcker", Person)],
        &[("Moshe Dayan", Person), ("Zen", Person), ("Dayan", Person), ("Abdel Fattah el-Sisi", Person), ("el-Sissi", Person)],
        &[("Patriarch Constantine V", Person), ("V. II", Person)],
    ]);
    let names = names(&result);
    assert_eq!(names[..3], ["Paul Volcker", "Walker", "Paul Volcker"]);
    assert_eq!(names[3..8], ["Moshe Dayan", "Zen", "Moshe Dayan", "Abdel Fattah el-Sisi", "Abdel Fattah el-Sisi"]);
    assert_ne!(names[8], names[9]);
}
