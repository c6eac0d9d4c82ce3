use crate::chart::tests::{AWKWARD, column, styles, texts_that_fit};
use crate::chart::{ChartStyle, draw};
use crate::table::{ChartSpec, ColumnKind, ColumnSpec, Mark, Strips, Table, TableBuilder, TableSpec, Value};

static TERM: ColumnSpec = column("term", ColumnKind::Text, "");
static GROUP: ColumnSpec = column("group", ColumnKind::Text, "");
static DATE: ColumnSpec = column("date", ColumnKind::Date, "");
static ALL: ColumnSpec = column("all", ColumnKind::Integer, "");
static FOUND: ColumnSpec = column("found", ColumnKind::Integer, "");
static MADE: TableSpec = TableSpec { name: "made", title: "", summary: "", order: "", columns: &[&TERM, &GROUP, &DATE, &ALL, &FOUND] };

fn made(words: usize, groups: usize, days: i32) -> Table {
    let mut table = TableBuilder::new(&MADE);
    let name = |at: usize, plain: &str| AWKWARD.get(at).map_or_else(|| format!("{plain} {at}"), |name| (*name).to_owned());
    for word in 0..words {
        for group in 0..groups {
            for day in 0..days {
                let found = usize::from((day as usize * 7 + word + group).is_multiple_of(5));
                table.row([
                    name(word, "word").into(),
                    name(group, "outlet").into(),
                    Value::Date(18_000 + day * 3),
                    3_usize.into(),
                    found.into(),
                ]);
            }
        }
    }
    table.finish()
}

fn spec() -> ChartSpec {
    ChartSpec {
        name: "made".to_owned(),
        title: "Where a word occurs".to_owned(),
        subtitle: "By date".to_owned(),
        footer: "Source".to_owned(),
        table: "made",
        rows: None,
        mark: Mark::Strips(Strips { panel: "term", row: "group", x: "date", all: "all", found: "found" }),
    }
}

#[test]
fn texts_stay_inside_and_apart() {
    for style in styles() {
        for (words, groups, days) in [(1, 1, 1), (1, 4, 90), (4, 6, 30), (9, 18, 12), (2, 40, 10)] {
            let picture = draw(&spec(), &made(words, groups, days), &style).unwrap();
            texts_that_fit(&picture, &|| format!("{:?} {words} {groups} {days}", style.size));
            picture.png().unwrap();
        }
    }
}

#[test]
fn there_is_a_strong_tick_for_each_day_that_holds_the_word() {
    let mut table = TableBuilder::new(&MADE);
    for (day, found) in [(0, 1_usize), (50, 0), (100, 1)] {
        table.row(["ferry".into(), "A".into(), Value::Date(18_000 + day), 2_usize.into(), found.into()]);
    }
    let style = ChartStyle { groups: vec!["A".to_owned()], ..ChartStyle::default() };
    let picture = draw(&spec(), &table.finish(), &style).unwrap();
    let strong: Vec<f64> = picture
        .svg
        .lines()
        .filter(|line| line.starts_with("<poly") && line.contains("#002BA7"))
        .map(|line| line.split_once("points=\"").unwrap().1.split_once(',').unwrap().0.trim().parse().unwrap())
        .collect();
    assert_eq!(strong.len(), 2, "{}", picture.svg);
    assert!(strong[1] > strong[0]);
    assert!(picture.svg.contains(">2 of 6<"));
    assert!(picture.alternative_text.contains("ferry: most in A (2 of 6 documents)"), "{}", picture.alternative_text);
}

#[test]
fn what_is_left_out_is_said_and_nothing_too() {
    let picture = draw(&spec(), &made(9, 30, 5), &ChartStyle::default()).unwrap();
    assert!(picture.svg.contains("The first 8 of 9 words are shown") && picture.svg.contains("The first 24 of 30 rows are shown"));
    assert!(draw(&spec(), &Table::new(&MADE), &ChartStyle::default()).unwrap().svg.contains("Nothing to show: the table has no rows."));
    let mut table = TableBuilder::new(&MADE);
    table.row(["a".into(), "b".into(), Value::Missing, 1_usize.into(), 1_usize.into()]);
    assert!(draw(&spec(), &table.finish(), &ChartStyle::default()).unwrap().svg.contains("Nothing to show: no row has a date."));
}
