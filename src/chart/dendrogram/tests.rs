use crate::chart::tests::{AWKWARD, column, styles, texts_that_fit};
use crate::chart::{ChartStyle, draw};
use crate::table::{ChartSpec, ColumnKind, ColumnSpec, Dendrogram, Mark, Table, TableBuilder, TableSpec, Value};

static MERGE: ColumnSpec = column("merge", ColumnKind::Integer, "");
static FIRST: ColumnSpec = column("first", ColumnKind::Text, "");
static FIRST_MERGE: ColumnSpec = column("first_merge", ColumnKind::Integer, "");
static SECOND: ColumnSpec = column("second", ColumnKind::Text, "");
static SECOND_MERGE: ColumnSpec = column("second_merge", ColumnKind::Integer, "");
static HEIGHT: ColumnSpec = column("height", ColumnKind::Decimal(3), "bits");
static TREE: TableSpec = TableSpec {
    name: "tree",
    title: "",
    summary: "",
    order: "",
    columns: &[&MERGE, &FIRST, &FIRST_MERGE, &SECOND, &SECOND_MERGE, &HEIGHT],
};

fn name(leaf: usize) -> String {
    AWKWARD.get(leaf).map_or_else(|| format!("outlet {leaf}"), |name| (*name).to_owned())
}

/// A tree of `leaves` things: pairs first, then pairs of pairs, and so on.
fn made(leaves: usize) -> Table {
    let mut table = TableBuilder::new(&TREE);
    // Each branch is a leaf or a merge's number.
    let mut level: Vec<(Option<usize>, usize)> = (0..leaves).map(|leaf| (Some(leaf), 0)).collect();
    let mut number = 0;
    while level.len() > 1 {
        let mut next = Vec::new();
        for pair in level.chunks(2) {
            let [first, second] = pair else {
                next.extend(pair);
                continue;
            };
            number += 1;
            let text = |branch: &(Option<usize>, usize)| branch.0.map(name).into();
            let link = |branch: &(Option<usize>, usize)| if branch.0.is_some() { Value::Missing } else { branch.1.into() };
            let height = 0.01 * f64::from(number);
            table.row([(number as usize).into(), text(first), link(first), text(second), link(second), height.into()]);
            next.push((None, number as usize));
        }
        level = next;
    }
    table.finish()
}

fn spec() -> ChartSpec {
    ChartSpec {
        name: "tree".to_owned(),
        title: "Which write alike".to_owned(),
        subtitle: "Divergence in bits".to_owned(),
        footer: "Average linkage".to_owned(),
        table: "tree",
        rows: None,
        mark: Mark::Dendrogram(Dendrogram {
            merge: "merge",
            first: ("first", "first_merge"),
            second: ("second", "second_merge"),
            height: "height",
        }),
    }
}

#[test]
fn labels_stay_inside_and_apart_for_any_number_of_leaves() {
    for style in styles() {
        for leaves in [2, 3, 14, 40, 90, 150] {
            let picture = draw(&spec(), &made(leaves), &style).unwrap();
            let texts = texts_that_fit(&picture, &|| format!("{leaves} {:?}", style.size));
            assert!(texts > leaves.min(20), "{leaves}");
            picture.png().unwrap();
        }
    }
}

#[test]
fn joints_stand_at_their_distance() {
    // Two pairs that meet at 0.1 and 0.2, and all at 0.4: the places of the upright lines are in the same ratio.
    let mut table = TableBuilder::new(&TREE);
    let none = || Value::Missing;
    table.row([1_usize.into(), "a".into(), none(), "b".into(), none(), 0.1.into()]);
    table.row([2_usize.into(), "c".into(), none(), "d".into(), none(), 0.2.into()]);
    table.row([3_usize.into(), none(), 1_usize.into(), none(), 2_usize.into(), 0.4.into()]);
    let picture = draw(&spec(), &table.finish(), &ChartStyle::default()).unwrap();
    let paths: Vec<Vec<(f64, f64)>> = picture
        .svg
        .lines()
        .filter(|line| line.contains("points=\"") && line.contains("#1B1F24"))
        .map(|line| {
            let points = line.split_once("points=\"").unwrap().1.split_once('"').unwrap().0;
            points
                .split_whitespace()
                .filter_map(|pair| pair.split_once(','))
                .map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap()))
                .collect()
        })
        .filter(|points: &Vec<(f64, f64)>| points.len() == 4)
        .collect();
    assert_eq!(paths.len(), 3, "{}", picture.svg);
    let zero = paths[0][0].0;
    let far: Vec<f64> = paths.iter().map(|points| points[1].0 - zero).collect();
    assert!((far[1] / far[0] - 2.0).abs() < 0.01 && (far[2] / far[0] - 4.0).abs() < 0.01, "{far:?}");
    // The last joint starts where the two pairs end, half-way between their things.
    assert!((paths[2][0].0 - paths[0][1].0).abs() < 1.5 && (paths[2][0].1 - f64::midpoint(paths[0][1].1, paths[0][2].1)).abs() < 1.5);
    assert!(picture.alternative_text.contains("Nearest: a and b at 0.100"), "{}", picture.alternative_text);
}

#[test]
fn what_is_drawn_as_one_is_said() {
    let picture = draw(&spec(), &made(90), &ChartStyle::default()).unwrap();
    assert!(picture.svg.contains("Of 90 the nearest are drawn as one, so that 60 lines are left"));
    assert!(picture.svg.contains(" + 1 more"));
}

#[test]
fn broken_trees_are_errors_and_empty_ones_say_so() {
    let mut table = TableBuilder::new(&TREE);
    table.row([1_usize.into(), "a".into(), Value::Missing, Value::Missing, 7_usize.into(), 0.1.into()]);
    let error = draw(&spec(), &table.finish(), &ChartStyle::default()).unwrap_err();
    assert_eq!(error.to_string(), "chart `tree`: merge 1 refers to merge 7, which is not before it");
    assert!(draw(&spec(), &Table::new(&TREE), &ChartStyle::default()).unwrap().svg.contains("Nothing to show"));
}
