use crate::chart::tests::{AWKWARD, column, styles, texts_that_fit};
use crate::chart::{ChartStyle, draw};
use crate::table::{ChartSpec, ColumnKind, ColumnSpec, Mark, Table, TableBuilder, TableSpec, Value, WordShift};

static TERM: ColumnSpec = column("term", ColumnKind::Text, "");
static SHARE: ColumnSpec = column("share", ColumnKind::Share, "");
static CUMULATIVE: ColumnSpec = column("cumulative", ColumnKind::Share, "");
static DIRECTION: ColumnSpec = column("direction", ColumnKind::Text, "");
static FUNCTION_WORD: ColumnSpec = column("function_word", ColumnKind::Boolean, "");
static MADE: TableSpec =
    TableSpec { name: "made", title: "", summary: "", order: "", columns: &[&TERM, &SHARE, &CUMULATIVE, &DIRECTION, &FUNCTION_WORD] };

fn made(rows: usize, only: Option<&'static str>) -> Table {
    let mut table = TableBuilder::new(&MADE);
    let mut so_far = 0.0;
    for row in 0..rows {
        let share = 0.2 / (row as f64 + 1.0);
        so_far += share;
        let name = AWKWARD.get(row).map_or_else(|| format!("word {row}"), |name| (*name).to_owned());
        let direction = only.unwrap_or(if row % 3 == 0 { "less" } else { "more" });
        table.row([name.into(), share.into(), so_far.into(), direction.into(), (row % 4 == 1).into()]);
    }
    table.finish()
}

fn spec(direction: bool) -> ChartSpec {
    ChartSpec {
        name: "made".to_owned(),
        title: "What tells one from the other".to_owned(),
        subtitle: "Total 0.1 bits".to_owned(),
        footer: "Source".to_owned(),
        table: "made",
        rows: None,
        mark: Mark::WordShift(WordShift {
            label: "term",
            value: "share",
            direction: direction.then_some("direction"),
            sides: ("more in a group with a very long name that nobody wants to read".to_owned(), "more in Київ".to_owned()),
            cumulative: "cumulative",
            hollow: Some("function_word"),
        }),
    }
}

#[test]
fn texts_stay_inside_and_apart_on_both_sides_or_one() {
    for style in styles() {
        for rows in [1, 2, 14, 30, 90] {
            for only in [None, Some("more"), Some("less")] {
                let picture = draw(&spec(true), &made(rows, only), &style).unwrap();
                texts_that_fit(&picture, &|| format!("{:?} {rows} {only:?}", style.size));
                picture.png().unwrap();
            }
        }
    }
}

#[test]
fn bars_go_to_their_side_and_are_as_long_as_their_values() {
    let mut table = TableBuilder::new(&MADE);
    for (name, share, so_far, direction) in [("a", 0.4, 0.4, "more"), ("b", 0.2, 0.6, "less"), ("c", 0.1, 0.7, "more")] {
        table.row([name.into(), share.into(), so_far.into(), direction.into(), false.into()]);
    }
    let picture = draw(&spec(true), &table.finish(), &ChartStyle::default()).unwrap();
    let bars: Vec<(f64, f64)> = picture
        .svg
        .lines()
        .filter(|line| line.starts_with("<rect") && (line.contains("#002BA7") || line.contains("#EE7215")))
        .map(|line| {
            let number = |name: &str| line.split_once(&format!(" {name}=\"")).unwrap().1.split_once('"').unwrap().0.parse::<f64>().unwrap();
            (number("x"), number("width"))
        })
        .collect();
    assert_eq!(bars.len(), 3);
    assert!((bars[0].1 / bars[1].1 - 2.0).abs() < 0.02 && (bars[0].1 / bars[2].1 - 4.0).abs() < 0.02, "{bars:?}");
    // The bar of "less" ends where the others begin.
    assert!((bars[1].0 + bars[1].1 - bars[0].0).abs() < 2.0, "{bars:?}");
    assert!(picture.svg.contains(">70%<") && picture.svg.contains("so far"), "{}", picture.svg);
}

#[test]
fn signs_decide_without_directions_and_nothing_is_said() {
    let mut table = TableBuilder::new(&MADE);
    table.row(["up".into(), 0.3.into(), 0.3.into(), Value::Missing, true.into()]);
    table.row(["down".into(), (-0.3).into(), 0.6.into(), Value::Missing, false.into()]);
    let picture = draw(&spec(false), &table.finish(), &ChartStyle::default()).unwrap();
    assert!(picture.alternative_text.contains("up: 30% (more in Київ); down: 30% (more in a group"), "{}", picture.alternative_text);
    assert!(picture.svg.contains("Hollow: function words."));
    assert!(draw(&spec(true), &Table::new(&MADE), &ChartStyle::default()).unwrap().svg.contains("Nothing to show"));
}
