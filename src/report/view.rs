//! From the input to what the templates print: every text cleaned, every link made, nothing left to decide.

use serde::Serialize;

use super::contexts::{ContextView, contexts_of};
use super::explorer::explorer_json;
use super::figure;
use super::inline::{Part, parts};
use super::input::{Logo, MethodNote, ReportChart, ReportInput, ReportSection};
use super::policy::base64;
use super::recolour::Palette;
use super::table_view::{TableView, row_id, rows_a_table, shown_rows, table_view};
use crate::error::Result;
use crate::table::format::{grouped_integer, printable};
use crate::table::{Card, ColumnSpec, Finding, Standing, Table};

#[derive(Serialize)]
pub(super) struct PageView {
    /// First rows that each table shows.
    pub rows_a_table: usize,
    is_dark: bool,
    /// The style of the charts' colours.
    pub colours: String,
    title: String,
    subtitle: String,
    author: Option<String>,
    logo: Option<String>,
    key_figures: Vec<(String, String)>,
    provenance: Vec<(String, String)>,
    findings: Vec<FindingView>,
    cards: Vec<CardView>,
    sections: Vec<SectionView>,
    method: Vec<MethodView>,
    limits: Vec<Vec<Part>>,
    documents: String,
    rejected: Option<String>,
    rejects: Vec<(String, String)>,
    glossary: Vec<GlossaryView>,
    pub has_explorer: bool,
}

#[derive(Serialize)]
struct FindingView {
    sentence: Vec<Part>,
    evidence: Option<EvidenceView>,
    contexts: Vec<ContextView>,
}

#[derive(Serialize)]
struct EvidenceView {
    target: String,
    text: String,
}

#[derive(Serialize)]
struct CardView {
    title: String,
    /// `sound`, `care` or `poor`; also the class.
    standing: &'static str,
    verdict: String,
    detail: String,
}

#[derive(Serialize)]
struct SectionView {
    id: String,
    title: String,
    summary: Vec<Part>,
    not_for: Vec<Part>,
    notes: Vec<Vec<Part>>,
    findings: Vec<FindingView>,
    charts: Vec<ChartView>,
    tables: Vec<TableView>,
    explorer: Option<String>,
    explorer_notes: Vec<String>,
}

#[derive(Serialize)]
struct ChartView {
    id: String,
    caption: String,
    /// What the picture says itself: for those who hear the page.
    unseen_caption: String,
    svg: String,
    /// Drawn for light ground alone: it keeps that ground on dark pages.
    is_light_only: bool,
    files: Vec<(String, String)>,
}

#[derive(Serialize)]
struct MethodView {
    title: String,
    text: Vec<Part>,
    formula: String,
    source: String,
}

#[derive(Serialize)]
struct GlossaryView {
    heading: &'static str,
    name: &'static str,
    unit: &'static str,
    meaning: &'static str,
    source: &'static str,
}

/// `name` as an id: ASCII letters, digits and `_` stay, everything else is `-`.
pub(super) fn slug(name: &str) -> String {
    name.chars().map(|character| if character.is_ascii_alphanumeric() || character == '_' { character } else { '-' }).collect()
}

fn clean(text: &str) -> String {
    printable(text).into_owned()
}

fn clean_pairs(pairs: &[(String, String)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| (clean(name), clean(value))).collect()
}

/// What the templates print for `input`, with `rows` rows a table or as many as are likely to fit.
pub(super) fn page_view(input: &ReportInput<'_>, rows: Option<usize>) -> Result<PageView> {
    let tables: Vec<&Table> = input.sections.iter().flat_map(|section| section.tables.iter().copied()).collect();
    let mut palette = Palette::default();
    let pictures = input.sections.iter().map(|section| Pictures::of(section, &mut palette)).collect::<Result<Vec<_>>>()?;
    let limit = rows.unwrap_or_else(|| rows_a_table(&tables, pictures.iter().map(Pictures::bytes).sum()));
    let links = Links { limit, input };
    let sections: Vec<SectionView> =
        input.sections.iter().zip(pictures).map(|(section, pictures)| section_view(section, pictures, &links)).collect();
    let rejected: u64 = input.rejects.reasons.iter().map(|(_, count)| count).sum();
    Ok(PageView {
        is_dark: input.is_dark,
        rows_a_table: limit,
        colours: palette.style(),
        title: clean(&input.title),
        subtitle: clean(&input.subtitle),
        author: input.author.as_deref().map(clean),
        logo: input.logo.as_ref().map(data_address),
        key_figures: clean_pairs(&input.key_figures),
        provenance: clean_pairs(&input.provenance),
        findings: input.headline_findings.iter().map(|finding| links.finding(finding)).collect(),
        cards: input.cards.iter().map(card_view).collect(),
        has_explorer: sections.iter().any(|section| section.explorer.is_some()),
        sections,
        method: input.method.iter().map(method_view).collect(),
        limits: input.limits.iter().map(|limit| parts(limit)).collect(),
        documents: grouped_integer(input.rejects.documents as i64),
        rejected: (rejected > 0).then(|| grouped_integer(rejected as i64)),
        rejects: input.rejects.reasons.iter().map(|(reason, count)| (clean(reason), grouped_integer(*count as i64))).collect(),
        glossary: glossary(&tables),
    })
}

fn data_address(logo: &Logo<'_>) -> String {
    format!("data:{};base64,{}", logo.media_type, base64(logo.bytes))
}

fn card_view(card: &Card) -> CardView {
    let standing = match card.standing {
        Standing::Sound => "sound",
        Standing::Care => "care",
        Standing::Poor => "poor",
    };
    CardView { title: clean(&card.title), standing, verdict: clean(&card.verdict), detail: clean(&card.detail) }
}

fn method_view(note: &MethodNote) -> MethodView {
    MethodView { title: clean(&note.title), text: parts(&note.text), formula: clean(&note.formula), source: clean(&note.source) }
}

/// Which rows stand in the page, so that findings link only to what is there.
struct Links<'a> {
    limit: usize,
    input: &'a ReportInput<'a>,
}

impl Links<'_> {
    /// The rows of the table called `name` that findings of the report cite.
    fn cited(&self, name: &str) -> Vec<usize> {
        let of_sections = self.input.sections.iter().flat_map(|section| &section.findings);
        let all = self.input.headline_findings.iter().chain(of_sections);
        all.filter(|finding| finding.table == name).filter_map(|finding| finding.row).collect()
    }

    /// The findings of `section` that the page does not open with.
    fn further_findings(&self, section: &ReportSection<'_>) -> Vec<FindingView> {
        section
            .findings
            .iter()
            .filter(|finding| !self.input.headline_findings.contains(finding))
            .map(|finding| self.finding(finding))
            .collect()
    }

    fn finding(&self, finding: &Finding) -> FindingView {
        let table = self.input.sections.iter().flat_map(|section| &section.tables).find(|table| table.spec.name == finding.table);
        let evidence = table.map(|table| match finding.row {
            Some(row) if row < table.rows() => EvidenceView {
                target: row_id(table.spec.name, row),
                text: format!("{}, row {}", table.spec.title, grouped_integer(row as i64 + 1)),
            },
            _ => EvidenceView { target: format!("table-{}", slug(table.spec.name)), text: table.spec.title.to_owned() },
        });
        let contexts = self
            .input
            .sections
            .iter()
            .map(|section| contexts_of(&section.contexts, finding.table, finding.row))
            .find(|found| !found.is_empty());
        FindingView { sentence: parts(&finding.sentence), evidence, contexts: contexts.unwrap_or_default() }
    }
}

fn section_view(section: &ReportSection<'_>, pictures: Pictures, links: &Links<'_>) -> SectionView {
    let tables = section.tables.iter().map(|table| {
        let shown = shown_rows(table, links.limit, &links.cited(table.spec.name));
        table_view(table, links.limit, &shown)
    });
    SectionView {
        id: format!("section-{}", slug(&section.name)),
        title: clean(&section.title),
        summary: parts(&section.summary),
        not_for: not_for(&section.not_for),
        notes: section.notes.iter().map(|note| parts(note)).collect(),
        findings: links.further_findings(section),
        charts: pictures.charts,
        tables: tables.collect(),
        explorer: pictures.explorer,
        explorer_notes: section.explorer.iter().flat_map(|explorer| &explorer.notes).map(|note| clean(note)).collect(),
    }
}

/// What of a section is drawn; it is made before the tables, which share the room that it leaves in the page.
struct Pictures {
    charts: Vec<ChartView>,
    explorer: Option<String>,
}

impl Pictures {
    fn of(section: &ReportSection<'_>, palette: &mut Palette) -> Result<Self> {
        Ok(Self {
            charts: section.charts.iter().map(|chart| chart_view(chart, palette)).collect::<Result<_>>()?,
            explorer: section.explorer.as_ref().map(explorer_json).transpose()?.flatten(),
        })
    }

    fn bytes(&self) -> usize {
        self.charts.iter().map(|chart| chart.svg.len()).sum::<usize>() + self.explorer.as_ref().map_or(0, String::len)
    }
}

/// What follows "Not for:", whether or not the text begins with it.
fn not_for(text: &str) -> Vec<Part> {
    let start = text.get(..8).filter(|start| start.eq_ignore_ascii_case("not for "));
    parts(&text[start.map_or(0, str::len)..])
}

fn chart_view(chart: &ReportChart<'_>, palette: &mut Palette) -> Result<ChartView> {
    let id = format!("chart-{}", slug(&chart.name));
    let label = match (chart.title.is_empty(), chart.alternative_text.is_empty()) {
        (false, false) => format!("{} {}", sentence(&chart.title), chart.alternative_text),
        (false, true) => chart.title.clone(),
        _ => chart.alternative_text.clone(),
    };
    let label = clean(&label);
    let light = figure::inlined(chart.svg, &id, &label)?;
    let svg = match chart.svg_dark {
        Some(dark) => palette.merged(&light, &figure::inlined(dark, &id, &label)?),
        None => light,
    };
    let (unseen_caption, caption) = captions(&clean(&chart.caption), &figure::letters(chart.svg));
    Ok(ChartView {
        is_light_only: chart.svg_dark.is_none(),
        svg,
        caption,
        unseen_caption,
        files: chart.files.iter().filter_map(|(name, path)| Some((clean(name), relative_path(path)?))).collect(),
        id,
    })
}

/// The sentences of `caption` that stand in the picture's `letters`, and the others.
fn captions(caption: &str, letters: &str) -> (String, String) {
    let sentences = caption.split_inclusive(". ").filter(|sentence| !sentence.trim().is_empty());
    let (said, unsaid): (Vec<&str>, Vec<&str>) = sentences.partition(|sentence| {
        let words: Vec<&str> = sentence.trim_end().trim_end_matches('.').split_whitespace().collect();
        letters.contains(&words.join(" "))
    });
    (said.concat().trim_end().to_owned(), unsaid.concat().trim_end().to_owned())
}

fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?', '…']) { text.to_owned() } else { format!("{text}.") }
}

/// `path` as a link, if it can only mean a file beside the page.
fn relative_path(path: &str) -> Option<String> {
    let is_plain =
        |part: &str| !part.is_empty() && part != ".." && part.chars().all(|letter| letter.is_alphanumeric() || "._-".contains(letter));
    path.split('/').all(is_plain).then(|| path.to_owned())
}

/// The columns of all tables, once each, by heading.
fn glossary(tables: &[&Table]) -> Vec<GlossaryView> {
    let mut columns: Vec<&'static ColumnSpec> = tables.iter().flat_map(|table| table.spec.columns.iter().copied()).collect();
    columns.sort_by_key(|column| (column.heading.to_lowercase(), column.name));
    columns.dedup_by_key(|column| column.name);
    let view = |column: &&'static ColumnSpec| GlossaryView {
        heading: column.heading,
        name: column.name,
        unit: column.unit,
        meaning: column.meaning,
        source: column.source,
    };
    columns.iter().map(view).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_files_stay_beside_the_page() {
        assert_eq!(relative_path("charts/spelling_havránková.png"), Some("charts/spelling_havránková.png".to_owned()));
        assert_eq!(relative_path("charts/keyness-1.png"), Some("charts/keyness-1.png".to_owned()));
        for path in ["javascript:alert(1)", "/etc/passwd", "../../x.png", "http://a/b.png", "//a/b", "charts/\"x", ""] {
            assert_eq!(relative_path(path), None, "{path}");
        }
    }

    #[test]
    fn a_caption_does_not_repeat_what_the_picture_says() {
        let letters = "The finding Words per million, n = 70 Stop words are left out. Source: 4 outlets";
        let (said, unsaid) = captions("Words per million, n = 70. Stop words are left out. With 95 % intervals.", letters);
        assert_eq!((said.as_str(), unsaid.as_str()), ("Words per million, n = 70. Stop words are left out.", "With 95 % intervals."));
        assert_eq!(captions("", letters), (String::new(), String::new()));
    }

    #[test]
    fn not_for_is_said_once() {
        assert_eq!(not_for("Not for telling apart"), parts("telling apart"));
        assert_eq!(not_for("telling apart"), parts("telling apart"));
        assert_eq!(not_for("é"), parts("é"));
    }

    #[test]
    fn slugs_are_ids() {
        assert_eq!(slug("a b/\"c_d\"é"), "a-b--c_d--");
    }
}
