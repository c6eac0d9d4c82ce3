//! The page as a whole: harmless whatever the documents say, well formed, the same each time.

use super::{Logo, MethodNote, Rejects, ReportChart, ReportInput, ReportSection, page};
use crate::table::glossary::{COUNT, GROUP, LOG_RATIO, TERM, TITLE};
use crate::table::{
    Card, Context, Explorer, ExplorerDocument, ExplorerGroup, ExplorerPassage, ExplorerPlace, ExplorerTerm, Finding, RowContexts, Standing,
    Table, TableBuilder, TableSpec,
};

static SPEC: TableSpec = TableSpec {
    name: "keyness",
    title: "Keyness",
    summary: "A row a term.",
    order: "G²",
    columns: &[&GROUP, &TERM, &COUNT, &LOG_RATIO, &TITLE],
};

/// Texts that would act, load, or break the page if one place forgot to escape them.
static ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><style>*{display:none}</style>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "<!-- comment",
    "]]><x>",
    "{{ 7 * 7 }}{% include 'x' %}",
    "&lt;b&gt; &amp; <b>",
    "nul\0escape\u{1b}[31m",
    "<a href=\"http://evil.example/\">click</a>",
    "<svg/onload=alert(1)>",
    "\u{202E}reversed\u{2028}",
];

const SVG: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><text id='a'>&lt;label&gt;</text></svg>";

fn hostile_table() -> Table {
    let mut builder = TableBuilder::new(&SPEC);
    for (index, attack) in ATTACKS.iter().enumerate() {
        builder.row([(*attack).into(), (*attack).into(), (index as i64 - 3).into(), (index as f64 / 7.0).into(), attack.repeat(40).into()]);
    }
    ATTACKS.iter().fold(builder.finish(), |table, attack| table.with_note(*attack))
}

fn hostile(table: &Table) -> ReportInput<'_> {
    let all = || ATTACKS.concat();
    let pair = || (all(), all());
    let context = Context { document: all(), title: all(), group: Some(all()), date: Some(0), before: all(), word: all(), after: all() };
    let explorer = Explorer {
        groups: ATTACKS
            .iter()
            .map(|name| ExplorerGroup { name: (*name).to_owned(), words: 100, documents: 9, colours: (all(), all()) })
            .collect(),
        terms: ATTACKS
            .iter()
            .enumerate()
            .map(|(number, term)| ExplorerTerm {
                term: (*term).to_owned(),
                counts: vec![1; ATTACKS.len()],
                documents: vec![1; ATTACKS.len()],
                places: vec![ExplorerPlace { passage: number, start: 0, end: term.len() }],
            })
            .collect(),
        documents: vec![ExplorerDocument { id: all(), title: all(), group: 0, date: Some(0) }],
        passages: ATTACKS.iter().map(|text| ExplorerPassage { document: 0, text: (*text).to_owned() }).collect(),
        start: (0, 1),
        notes: vec![all()],
    };
    let finding = |row| Finding { sentence: all(), weight: 1.0, table: "keyness", row };
    ReportInput {
        title: all(),
        subtitle: all(),
        is_dark: true,
        author: Some(all()),
        logo: Some(Logo { media_type: "image/png", bytes: b"<script>" }),
        key_figures: vec![pair()],
        provenance: vec![pair()],
        headline_findings: vec![finding(Some(0)), finding(None), finding(Some(99_999))],
        cards: vec![Card { title: all(), standing: Standing::Poor, verdict: all(), detail: all() }],
        sections: vec![ReportSection {
            name: all(),
            title: all(),
            summary: all(),
            not_for: all(),
            notes: vec![all()],
            findings: vec![finding(Some(1))],
            charts: vec![ReportChart {
                name: all(),
                title: all(),
                caption: all(),
                svg: SVG,
                svg_dark: Some(SVG),
                alternative_text: all(),
                files: vec![pair()],
            }],
            tables: vec![table],
            contexts: vec![RowContexts { table: "keyness", row: 0, contexts: vec![context] }],
            explorer: Some(explorer),
        }],
        method: vec![MethodNote { title: all(), text: all(), formula: all(), source: all() }],
        limits: vec![all()],
        rejects: Rejects { documents: 3, reasons: vec![(all(), 1)] },
    }
}

/// The page's tags as (name, attributes), and a panic when elements are not nested. Scripts and styles are text.
fn tags(html: &str) -> Vec<(String, String)> {
    const EMPTY: &[&str] = &["meta", "link", "img", "input", "br", "!doctype"];
    let mut found = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let mut quote = None;
        let end = rest.char_indices().find(|&(_, letter)| match quote {
            None if letter == '"' => {
                quote = Some(letter);
                false
            }
            Some(mark) if letter == mark => {
                quote = None;
                false
            }
            None => letter == '>',
            Some(_) => false,
        });
        let (end, _) = end.expect("a tag that ends");
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "not nested before {:.80}", rest);
            continue;
        }
        let name: String = tag.chars().take_while(|letter| !letter.is_whitespace() && *letter != '/').collect();
        found.push((name.clone(), tag[name.len()..].to_owned()));
        if matches!(name.as_str(), "script" | "style") {
            rest = &rest[rest.find(&format!("</{name}>")).expect("an end")..];
        }
        if !EMPTY.contains(&name.as_str()) && !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    found
}

#[test]
fn hostile_texts_stay_texts() {
    let table = hostile_table();
    let html = page(&hostile(&table)).expect("a page");
    let tags = tags(&html);
    let count = |name: &str| tags.iter().filter(|(tag, _)| tag == name).count();
    // One script for the page, one for the explorer, one that holds its data; styles for fonts, page, charts; one logo.
    assert_eq!((count("script"), count("style"), count("img")), (3, 3, 1));
    for (name, attributes) in &tags {
        // Every other piece between quotes is a value.
        for attribute in attributes.split('"').step_by(2).flat_map(str::split_whitespace) {
            assert!(!attribute.starts_with("on") && attribute != "style=", "{attribute} in <{name}{attributes}>");
        }
        assert!(["b", "x", "iframe", "object", "embed", "base", "form"].iter().all(|refused| refused != name), "<{name}{attributes}>");
    }
    assert!(!html.contains('\0') && !html.contains('\u{1b}'));
    assert!(html.contains("{{ 7 * 7 }}") && !html.contains(">49<"));
}

#[test]
fn links_lead_into_the_page_or_beside_it_and_ids_are_distinct() {
    let table = hostile_table();
    let html = page(&hostile(&table)).expect("a page");
    let tags = tags(&html);
    let values = |attribute: &str| -> Vec<String> {
        let start = format!(" {attribute}=\"");
        let value = |attributes: &String| {
            attributes.split_once(&start).and_then(|(_, rest)| rest.split_once('"')).map(|(value, _)| value.to_owned())
        };
        tags.iter().filter_map(|(_, attributes)| value(attributes)).collect()
    };
    let ids = values("id");
    for (index, id) in ids.iter().enumerate() {
        assert!(!ids[..index].contains(id), "id {id} twice");
        assert!(!id.contains([' ', '<', '"', '\'']), "{id}");
    }
    for link in values("href") {
        match link.strip_prefix('#') {
            Some(target) => assert!(ids.iter().any(|id| id == target), "nothing is called {target}"),
            None => assert!(link == "data:," || link == "tables/keyness.csv", "{link}"),
        }
    }
    for source in values("src") {
        assert!(source.starts_with("data:image/png;base64,"), "{source}");
    }
    // Nothing in style or scripts asks the network either.
    for own in html.split("<style>").skip(1).map(|rest| rest.split_once("</style>").expect("an end").0) {
        assert!(!own.replace("url(data:font/woff2;base64,", "").contains("url(") && !own.contains("@import"));
    }
    for asking in ["fetch(", "XMLHttpRequest", "import(", "WebSocket", "sendBeacon", "innerHTML", "eval("] {
        assert!(!page::SCRIPT.contains(asking) && !page::EXPLORER_SCRIPT.contains(asking), "{asking}");
    }
}

#[test]
fn the_policy_allows_exactly_the_pages_style_and_scripts() {
    let table = hostile_table();
    let html = page(&hostile(&table)).expect("a page");
    let between = |start: &str, end: &str| -> Vec<&str> {
        html.split(start).skip(1).map(|rest| rest.split_once(end).map_or("", |(content, _)| content)).collect()
    };
    let (styles, scripts) = (between("<style>", "</style>"), between("<script>", "</script>"));
    assert_eq!((styles.len(), scripts.len()), (3, 2));
    let policy = super::policy::content_security_policy(&styles, &scripts);
    assert!(html.contains(&format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")));
}

#[test]
fn an_empty_report_and_empty_sections_are_pages() {
    let empty = Table::new(&SPEC);
    let section = |name: &str, tables| ReportSection { name: name.to_owned(), title: name.to_owned(), tables, ..ReportSection::default() };
    let sections = vec![section("bare", Vec::new()), section("keyness", vec![&empty])];
    let html = page(&ReportInput { title: "Nothing".to_owned(), sections, ..ReportInput::default() }).expect("a page");
    tags(&html);
    assert!(html.contains("There is nothing to show for this corpus.") && html.contains("No rows.") && !html.contains("<table"));
    assert!(!html.contains("id=\"findings\"") && !html.contains("href=\"#findings\""));
    assert_eq!(html.matches("<script>").count(), 1, "no explorer, no script for it");
    tags(&page(&ReportInput::default()).expect("a page"));
}

#[test]
fn a_finding_links_to_its_row_wherever_the_row_is() {
    let mut builder = TableBuilder::new(&SPEC);
    for row in 0..3_000_i64 {
        builder.row(["A".into(), format!("term{row}").into(), row.into(), 0.5.into(), "t".into()]);
    }
    let table = builder.finish();
    let finding = |row| Finding { sentence: "S".to_owned(), weight: 1.0, table: "keyness", row };
    let section = ReportSection {
        name: "keyness".to_owned(),
        tables: vec![&table],
        findings: vec![finding(Some(2_999))],
        ..ReportSection::default()
    };
    let input = ReportInput {
        headline_findings: vec![finding(Some(11)), finding(Some(1_500)), finding(None)],
        sections: vec![section],
        ..ReportInput::default()
    };
    let html = page(&input).expect("a page");
    for row in ["keyness-row-12", "keyness-row-1501", "keyness-row-3000"] {
        assert!(html.contains(&format!("<a href=\"#{row}\">")) && html.contains(&format!("<tr id=\"{row}\">")), "{row}");
    }
    assert!(html.contains("<a href=\"#table-keyness\">Keyness</a>") && html.contains("Keyness, row 1,501"));
    assert_eq!(html.matches("<tr id=").count(), 502);
    assert!(html.contains("The first 500 of 3,000 rows, and 2 further down that findings cite."));
}

#[test]
fn a_broken_chart_is_an_error() {
    let chart = ReportChart { svg: "<svg><g></svg>", ..ReportChart::default() };
    let section = ReportSection { charts: vec![chart], ..ReportSection::default() };
    assert!(page(&ReportInput { sections: vec![section], ..ReportInput::default() }).is_err());
}

#[test]
fn a_page_of_many_large_tables_stays_below_five_megabytes_and_the_bytes_repeat() {
    let mut builder = TableBuilder::new(&SPEC);
    for row in 0..5_000_i64 {
        builder.row([
            format!("Outlet number {}", row % 18).into(),
            format!("term{row}").into(),
            (row * 7_919 % 100_003).into(),
            (row as f64 / 777.0).into(),
            "A title of usual length, with a name or two in it".into(),
        ]);
    }
    let table = builder.finish();
    let section = |index: usize| ReportSection { name: format!("s{index}"), tables: vec![&table; 4], ..ReportSection::default() };
    let input = ReportInput { sections: (0..10).map(section).collect(), ..ReportInput::default() };
    let html = page(&input).expect("a page");
    assert!(html.len() < 5_000_000, "{} bytes", html.len());
    assert!(html == page(&input).expect("a page"), "two pages of one report differ");
}

#[test]
fn tables_of_long_texts_show_fewer_rows_rather_than_a_heavy_page() {
    let mut builder = TableBuilder::new(&SPEC);
    for row in 0..800_i64 {
        let long = format!("{row} ") + &"a long line of text ".repeat(40);
        builder.row([long.as_str().into(), long.as_str().into(), row.into(), 0.5.into(), long.as_str().into()]);
    }
    let table = builder.finish();
    let section = |index: usize| ReportSection { name: format!("s{index}"), tables: vec![&table; 3], ..ReportSection::default() };
    let html = page(&ReportInput { sections: (0..5).map(section).collect(), ..ReportInput::default() }).expect("a page");
    assert!(html.len() < 5_000_000, "{} bytes", html.len());
    assert!(html.len() > 2_500_000 && html.contains("of 800 rows."), "as many rows as fit: {} bytes", html.len());
}
