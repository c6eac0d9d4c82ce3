use crate::chart::tests::{AWKWARD, column, styles, texts, texts_that_fit};
use crate::chart::{ChartStyle, draw};
use crate::table::{ChartSpec, ColumnKind, ColumnSpec, Mark, Network, Table, TableBuilder, TableSpec, Value};

static FIRST: ColumnSpec = column("first", ColumnKind::Text, "");
static FIRST_KIND: ColumnSpec = column("first_kind", ColumnKind::Text, "");
static SECOND: ColumnSpec = column("second", ColumnKind::Text, "");
static SECOND_KIND: ColumnSpec = column("second_kind", ColumnKind::Text, "");
static WEIGHT: ColumnSpec = column("weight", ColumnKind::Decimal(1), "");
static LINKS: TableSpec =
    TableSpec { name: "links", title: "", summary: "", order: "", columns: &[&FIRST, &FIRST_KIND, &SECOND, &SECOND_KIND, &WEIGHT] };

fn spec() -> ChartSpec {
    ChartSpec {
        name: "network".to_owned(),
        title: "Who is named together".to_owned(),
        subtitle: "Evidence over sentences".to_owned(),
        footer: "G²".to_owned(),
        table: "links",
        rows: None,
        mark: Mark::Network(Network { first: ("first", "first_kind"), second: ("second", "second_kind"), weight: "weight" }),
    }
}

fn name(thing: usize) -> String {
    AWKWARD.get(thing).map_or_else(|| format!("thing {thing}"), |name| (*name).to_owned())
}

/// Links among `things` things, each with the next and one farther on.
fn made(things: usize) -> Table {
    let mut table = TableBuilder::new(&LINKS);
    for step in [1, 3] {
        for thing in 0..things {
            let other = (thing + step) % things;
            let kind = |thing: usize| ["PER", "ORG", "LOC"][thing % 3];
            let weight = 1.0 + (things * 2 - thing) as f64 / step as f64;
            table.row([name(thing).into(), kind(thing).into(), name(other).into(), kind(other).into(), weight.into()]);
        }
    }
    table.finish()
}

#[test]
fn labels_stay_inside_and_apart_for_any_number_of_things() {
    for style in styles() {
        for things in [2, 3, 5, 14, 33, 120] {
            let picture = draw(&spec(), &made(things), &style).unwrap();
            let texts = texts_that_fit(&picture, &|| format!("{things} {:?}", style.size));
            assert!(texts > things.min(16), "{things}");
            picture.png().unwrap();
        }
    }
}

#[test]
fn what_is_left_out_is_said() {
    let picture = draw(&spec(), &made(120), &ChartStyle::default()).unwrap();
    assert!(picture.svg.contains("links are shown; the table has all."));
    assert!(!draw(&spec(), &made(6), &ChartStyle::default()).unwrap().svg.contains("links are shown"));
}

#[test]
fn links_of_nothing_say_so() {
    let mut table = TableBuilder::new(&LINKS);
    // No weight, a weight of nothing, a thing with itself.
    for (second, weight) in [("b", Value::Missing), ("b", 0.0.into()), ("a", 3.0.into())] {
        table.row(["a".into(), "PER".into(), second.into(), "PER".into(), weight]);
    }
    assert!(draw(&spec(), &table.finish(), &ChartStyle::default()).unwrap().svg.contains("Nothing to show"));
}

#[test]
fn one_name_of_two_kinds_is_two_things() {
    let mut table = TableBuilder::new(&LINKS);
    table.row(["Lincoln".into(), "PER".into(), "Lincoln".into(), "LOC".into(), 2.0.into()]);
    let picture = draw(&spec(), &table.finish(), &ChartStyle::default()).unwrap();
    assert_eq!(texts(&picture.svg).iter().filter(|(_, words)| words == "Lincoln").count(), 2);
    assert!(picture.alternative_text.contains("First: Lincoln and Lincoln"), "{}", picture.alternative_text);
}
