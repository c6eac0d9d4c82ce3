//! Writes a report page from made-up tables and pictures, to look at the page's design without a corpus:
//! `cargo run --example report_page -- report.html`.

use std::fmt::Write as _;

use headword::error::{Error, Result};
use headword::report::{
    Card, Context, Explorer, ExplorerContext, ExplorerGroup, ExplorerTerm, MethodNote, Rejects, ReportChart, ReportInput, ReportSection,
    RowContexts, Standing, page,
};
use headword::table::glossary::{
    COUNT, DATE, DOCUMENT_SHARE, DOCUMENTS, GROUP, LOG_LIKELIHOOD, LOG_RATIO, LOG_RATIO_HIGH, LOG_RATIO_LOW, PER_MILLION, Q_VALUE, TERM,
    TITLE, WORDS,
};
use headword::table::{Finding, Table, TableBuilder, TableSpec, Value};

static KEYNESS: TableSpec = TableSpec {
    name: "keyness",
    title: "Words that set an outlet apart",
    summary: "A row a word and outlet: how much more often the outlet uses it than all others together.",
    order: "outlet, then log ratio from largest to smallest",
    columns: &[
        &GROUP,
        &TERM,
        &COUNT,
        &PER_MILLION,
        &LOG_RATIO,
        &LOG_RATIO_LOW,
        &LOG_RATIO_HIGH,
        &LOG_LIKELIHOOD,
        &Q_VALUE,
        &DOCUMENT_SHARE,
    ],
};

static DOCUMENT_TABLE: TableSpec = TableSpec {
    name: "documents",
    title: "The documents",
    summary: "A row a document.",
    order: "date, then id",
    columns: &[&DATE, &GROUP, &TITLE, &WORDS, &DOCUMENTS],
};

static EMPTY: TableSpec = TableSpec {
    name: "stories",
    title: "Shared stories",
    summary: "A row a story that several outlets ran.",
    order: "size",
    columns: &[&TITLE, &DOCUMENTS],
};

static OUTLETS: [&str; 4] = ["The Harbour Times", "Northern Ledger", "Vale Daily", "Estuary Post"];
static TERMS: [&str; 24] = [
    "kiev",
    "kyiv",
    "ferry",
    "council",
    "harbour",
    "strike",
    "dredging",
    "herring",
    "quota",
    "mayor",
    "tariff",
    "flood",
    "library",
    "union",
    "wardens",
    "breakwater",
    "ministers",
    "so-called",
    "residents",
    "pilots",
    "tide",
    "école",
    "Ελλάδα",
    "שלום",
];

/// A small generator, so that the page is the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn share(&mut self) -> f64 {
        self.below(1_000_000) as f64 / 1_000_000.0
    }
}

fn keyness(numbers: &mut Numbers) -> Table {
    let mut builder = TableBuilder::new(&KEYNESS);
    for outlet in OUTLETS {
        for index in 0..320 {
            let term = if index < TERMS.len() { TERMS[index].to_owned() } else { format!("{}-{index}", TERMS[index % TERMS.len()]) };
            let ratio = 4.2 - index as f64 / 40.0 + numbers.share() / 10.0;
            let width = 0.2 + numbers.share();
            builder.row([
                outlet.into(),
                term.into(),
                (9_000 / (index as u64 + 1) + numbers.below(40)).into(),
                (4_200.0 / (index as f64 + 1.0) + numbers.share()).into(),
                ratio.into(),
                (ratio - width).into(),
                (ratio + width).into(),
                (ratio * ratio * 40.0).into(),
                (index as f64 / 8_000.0).into(),
                (numbers.share() * 0.6).into(),
            ]);
        }
    }
    let mut table = builder.finish().with_note("4,812 words were tested; q is over all of them.");
    table.hidden_rows = 3_532;
    table
}

fn documents(numbers: &mut Numbers) -> Table {
    let mut builder = TableBuilder::new(&DOCUMENT_TABLE);
    let titles = [
        "Ferry strike enters second week as talks stall",
        "Council votes to dredge the inner harbour",
        "<script>alert('title')</script> and other headlines",
        "Kyiv delegation visits the shipyard",
        "مرحبا بالعالم في الميناء",
        "港の新しい図書館",
        "Herring quota cut by a third",
    ];
    for row in 0..40 {
        let day = if row == 7 { Value::Missing } else { Value::Date(20_500 + row) };
        builder.row([
            day,
            OUTLETS[row as usize % 4].into(),
            titles[row as usize % titles.len()].into(),
            (150 + numbers.below(900)).into(),
            1_u64.into(),
        ]);
    }
    builder.finish()
}

fn bars(dark: bool) -> String {
    let (ground, ink, soft, colour) =
        if dark { ("#15191E", "#EEF1F4", "#A9B3BD", "#05BAFD") } else { ("#FFFFFF", "#1B1F24", "#59626C", "#002BA7") };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"330\" viewBox=\"0 0 760 330\" font-family=\"Inter, system-ui, sans-serif\">\
         <title>Bars</title><rect width=\"760\" height=\"330\" fill=\"{ground}\"/>\
         <text x=\"0\" y=\"22\" font-size=\"19\" font-weight=\"bold\" fill=\"{ink}\">The Harbour Times writes Kiev, the others Kyiv</text>\
         <text x=\"0\" y=\"46\" font-size=\"13\" fill=\"{soft}\">Log ratio with 95 % interval, six weeks of 2026, n = 212 articles</text>"
    );
    for (index, term) in TERMS[..9].iter().enumerate() {
        let y = 70 + index * 28;
        let width = 560 - index * 52;
        let _ = write!(
            svg,
            "<text x=\"120\" y=\"{}\" font-size=\"13\" text-anchor=\"end\" fill=\"{ink}\">{term}</text>\
             <rect x=\"130\" y=\"{y}\" width=\"{width}\" height=\"18\" fill=\"{colour}\"/>",
            y + 14
        );
    }
    svg.push_str("</svg>");
    svg
}

fn explorer(numbers: &mut Numbers) -> Explorer {
    let groups = OUTLETS.iter().map(|name| ExplorerGroup { name: (*name).to_owned(), words: 180_000 + numbers.below(90_000) }).collect();
    let mut terms = Vec::new();
    let mut contexts = Vec::new();
    for index in 0..1_500_usize {
        let term = if index < TERMS.len() { TERMS[index].to_owned() } else { format!("{}{index}", TERMS[index % TERMS.len()]) };
        let base = 6_000 / (index as u64 + 4);
        let counts: Vec<u64> = OUTLETS.iter().map(|_| (base as f64 * numbers.share() * numbers.share() * 3.0) as u64).collect();
        if index < 200 {
            for (group, count) in counts.iter().enumerate() {
                for place in 0..(*count).min(4) {
                    let context = Context {
                        document: format!("{}/article-{}", OUTLETS[group].to_lowercase().replace(' ', "-"), place + 1),
                        group: Some(OUTLETS[group].to_owned()),
                        date: Some(20_500 + place as i32),
                        before: "the committee said on Tuesday that the question of ".to_owned(),
                        word: term.clone(),
                        after: " had been put off until the pilots’ union answered the letter of 3 March".to_owned(),
                    };
                    contexts.push(ExplorerContext { term: index, group, context });
                }
            }
        }
        terms.push(ExplorerTerm { term, documents: counts.iter().map(|count| count.div_ceil(3)).collect(), counts });
    }
    Explorer { groups, terms, contexts, start: (0, 1) }
}

fn finding(sentence: &str, table: &'static str, row: Option<usize>) -> Finding {
    Finding { sentence: sentence.to_owned(), weight: 50.0, table, row }
}

fn contexts() -> Vec<RowContexts> {
    let context = |document: &str, before: &str, after: &str| Context {
        document: document.to_owned(),
        group: Some("The Harbour Times".to_owned()),
        date: Some(20_516),
        before: before.to_owned(),
        word: "Kiev".to_owned(),
        after: after.to_owned(),
    };
    let places = vec![
        context("harbour-times/2026-03-04-grain", "The minister flew to ", " on Monday to sign the grain agreement."),
        context("harbour-times/2026-03-11-yard", "A delegation from ", " toured the yard <b>before</b> lunch."),
    ];
    vec![RowContexts { table: "keyness", row: 0, contexts: places }]
}

fn main() -> Result<()> {
    let path = std::env::args().nth(1).ok_or_else(|| Error::usage("no file to write").hint("report.html"))?;
    let mut numbers = Numbers(20);
    let keyness = keyness(&mut numbers);
    let documents = documents(&mut numbers);
    let empty = Table::new(&EMPTY);
    let (light, dark) = (bars(false), bars(true));
    let chart = |name: &str, svg_dark| ReportChart {
        name: name.to_owned(),
        title: "The Harbour Times writes Kiev, the others Kyiv".to_owned(),
        caption:
            "Log ratio (log₂ of the ratio of rates per million words) with the 95 % interval over documents; 212 articles of four outlets, \
                  6 January to 16 February 2026."
                .to_owned(),
        svg: &light,
        svg_dark,
        alternative_text: "Nine bars. The longest is Kiev at 4.2, the shortest quota at 1.9.".to_owned(),
        png_path: Some(format!("charts/{name}.png")),
    };
    let card = |title: &str, standing, verdict: &str, detail: &str| Card {
        title: title.to_owned(),
        standing,
        verdict: verdict.to_owned(),
        detail: detail.to_owned(),
    };
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let input = ReportInput {
        title: "What four harbour papers wrote in six weeks".to_owned(),
        subtitle:
            "Words, names and topics of The Harbour Times, Northern Ledger, Vale Daily and Estuary Post, compared document by document."
                .to_owned(),
        author: Some("The data desk".to_owned()),
        logo: None,
        key_figures: vec![pair("articles", "212"), pair("outlets", "4"), pair("words", "87,431"), pair("published", "6 Jan – 16 Feb 2026")],
        provenance: vec![
            pair("Corpus", "notebooks-data/harbour (folder of 212 text files)"),
            pair("Dates", "6 January 2026 to 16 February 2026; 1 document without a date"),
            pair("Compared by", "outlet"),
            pair("Settings", "language en (detected), stop words in, stems off, minimum 3 documents"),
            pair("Version", "headword 0.1.0"),
            pair("Seed", "1"),
        ],
        headline_findings: vec![
            finding(
                "The Harbour Times writes *Kiev* 18 times as often as the other three (log ratio 4.2, 95 % interval 3.6 to 4.9); the others write *Kyiv*.",
                "keyness",
                Some(0),
            ),
            finding(
                "“Strike” stands in 61 % of Northern Ledger’s articles and in 22 % of the others’ (difference 39 points, 28 to 49).",
                "keyness",
                Some(325),
            ),
            finding("Three stories ran nearly word for word in several outlets; together they are 9 % of all words.", "stories", None),
            finding("Vale Daily names the mayor by surname alone in 84 of 97 mentions.", "keyness", Some(1_204)),
            finding("One live blog of 3,012 words is 14 % of Estuary Post’s text.", "documents", Some(4)),
        ],
        cards: vec![
            card(
                "Same period",
                Standing::Sound,
                "Dates overlap",
                "All four outlets published in each of the six weeks; the least busy week has 19 articles.",
            ),
            card(
                "Same length",
                Standing::Care,
                "One live blog",
                "The median article has 310 to 402 words; Estuary Post’s mean is pulled up by one live blog of 3,012.",
            ),
            card(
                "Enough text",
                Standing::Poor,
                "Too little for rare words",
                "Vale Daily has 11,204 words; words under 90 per million can’t be told apart from chance there.",
            ),
        ],
        sections: vec![
            ReportSection {
                name: "keyness".to_owned(),
                title: "Keyness".to_owned(),
                summary: "Which words each outlet uses more, and less, than the others. Size first (log ratio), then how sure it is."
                    .to_owned(),
                not_for: "finding what an outlet writes about most: a word can be key and rare.".to_owned(),
                notes: vec!["Words in fewer than 3 documents were not tested.".to_owned()],
                findings: vec![finding(
                    "“Dredging” is Estuary Post’s word: 7 times the others’ rate (95 % interval 4 to 12).",
                    "keyness",
                    Some(966),
                )],
                charts: vec![chart("keyness_both", Some(dark.as_str())), chart("keyness_light_only", None)],
                tables: vec![&keyness],
                contexts: contexts(),
                explorer: Some(explorer(&mut numbers)),
            },
            ReportSection {
                name: "overview".to_owned(),
                title: "Overview".to_owned(),
                summary: "What is in the corpus.".to_owned(),
                tables: vec![&documents, &empty],
                ..ReportSection::default()
            },
            ReportSection { name: "topics".to_owned(), title: "Topics".to_owned(), ..ReportSection::default() },
        ],
        method: vec![MethodNote {
            title: "Log ratio".to_owned(),
            text: "The binary logarithm of the rate in the group over the rate in the rest. 1 is twice as often, −1 half as often."
                .to_owned(),
            formula: "log₂ ((a + ½·[a = 0]) / n₁) − log₂ ((b + ½·[b = 0]) / n₂)".to_owned(),
            source: "Hardie, A. (2014). Log Ratio: an informal introduction.".to_owned(),
        }],
        limits: vec!["One outlet’s paywalled articles were not in the folder.".to_owned()],
        rejects: Rejects { documents: 212, reasons: vec![("empty file".to_owned(), 3), ("no text column".to_owned(), 1)] },
    };
    let html = page(&input)?;
    std::fs::write(&path, html).map_err(|error| Error::output(format!("can't write `{path}`: {error}")))
}
