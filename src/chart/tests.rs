use std::fmt::Write as _;

use resvg::tiny_skia::Pixmap;

use super::colours::Look;
use super::fonts::Fonts;
use super::geometry::Rect;
use super::*;
use crate::table::{Bars, ColumnKind, ColumnSpec, Heatmap, Lines, Points, TableBuilder, TableSpec, Value};

pub(super) const fn column(name: &'static str, kind: ColumnKind, unit: &'static str) -> ColumnSpec {
    ColumnSpec { name, heading: name, kind, unit, meaning: "", source: "" }
}

static LABEL: ColumnSpec = column("label", ColumnKind::Text, "");
static GROUP: ColumnSpec = column("group", ColumnKind::Text, "");
static DAY: ColumnSpec = column("day", ColumnKind::Date, "");
static COUNT: ColumnSpec = column("count", ColumnKind::Integer, "occurrences");
static RATE: ColumnSpec = column("rate", ColumnKind::Decimal(1), "per million words");
static RATE_2: ColumnSpec = column("rate_2", ColumnKind::Decimal(1), "per million words");
static LOG: ColumnSpec = column("log_ratio", ColumnKind::Decimal(2), "log₂ of the ratio of rates");
static Q: ColumnSpec = column("q", ColumnKind::Probability, "");
static LOW: ColumnSpec = column("low", ColumnKind::Decimal(2), "");
static HIGH: ColumnSpec = column("high", ColumnKind::Decimal(2), "");
static TABLE: TableSpec = TableSpec {
    name: "made",
    title: "",
    summary: "",
    order: "",
    columns: &[&LABEL, &GROUP, &DAY, &COUNT, &RATE, &RATE_2, &LOG, &Q, &LOW, &HIGH],
};

pub(super) const AWKWARD: [&str; 14] = [
    "a name of more than sixty characters that nobody will ever want to read in full",
    "a name of more than sixty characters that nobody will ever want to skip",
    "<script>alert(\"1\") & 'x'</script>",
    "Київ",
    "الجزيرة نت",
    "הארץ",
    "人民日报",
    "😀 🇺🇦",
    "tab\tline\n\u{7}bell",
    "",
    "\u{202e}desrever",
    "e\u{301}clair Łódź",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "]]>&amp;",
];

/// `rows` rows whose numbers look random, of `groups` groups, with awkward labels.
fn made(rows: usize, groups: usize) -> Table {
    let mut table = TableBuilder::new(&TABLE);
    let mut state = 11_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    for row in 0..rows {
        let (label, group) = (row / groups, row % groups);
        let name = AWKWARD.get(label).map_or_else(|| format!("term {label}"), |name| (*name).to_owned());
        let rate = next() * 900.0;
        let log_ratio = next() * 8.0 - 4.0;
        let missing = row % 23 == 22;
        table.row([
            Value::from(name),
            Value::from(AWKWARD.get(group).map_or_else(|| format!("outlet {group}"), |name| (*name).to_owned())),
            Value::date(Some(19_000 + 7 * label as i32)),
            if missing { Value::Missing } else { Value::from((rate * rate) as i64) },
            Value::from(rate),
            Value::from(if row % 11 == 5 { 0.0 } else { rate * next() }),
            Value::from(log_ratio),
            Value::from(next() * next() * next()),
            // Some intervals lack an end, as those of words that one side hardly has.
            if row % 13 == 4 { Value::Missing } else { Value::from(log_ratio - next()) },
            if row % 13 == 7 { Value::Missing } else { Value::from(log_ratio + next()) },
        ]);
    }
    table.finish()
}

fn spec(mark: Mark) -> ChartSpec {
    ChartSpec {
        name: "made".to_owned(),
        title: "A finding <that> needs \"two\" lines & more, since it says in full what was found in all of the outlets".to_owned(),
        subtitle: "Unit, n = 12".to_owned(),
        footer: "Source: made up".to_owned(),
        table: "made",
        rows: None,
        mark,
    }
}

fn bars(value: &'static str, interval: bool, series: bool, stacked: bool) -> Mark {
    Mark::Bars(Bars { label: "label", value, interval: interval.then_some(("low", "high")), series: series.then_some("group"), stacked })
}

fn lines(x: &'static str, y: &'static str) -> Mark {
    Mark::Lines(Lines { x, y, interval: Some(("low", "high")), series: Some("group") })
}

fn points(x: &'static str, y: &'static str) -> Mark {
    Mark::Points(Points { x, y, label: Some("label"), series: Some("group"), muted: None, logarithmic: true, outline: None })
}

fn marks() -> Vec<Mark> {
    vec![
        bars("count", false, false, false),
        bars("log_ratio", false, false, false),
        bars("log_ratio", true, false, false),
        bars("rate", false, true, false),
        bars("log_ratio", false, true, false),
        bars("log_ratio", true, true, false),
        bars("count", false, true, true),
        bars("log_ratio", false, true, true),
        lines("day", "log_ratio"),
        lines("count", "rate"),
        Mark::Heatmap(Heatmap { row: "label", column: "group", value: "rate", diverging: false }),
        Mark::Heatmap(Heatmap { row: "label", column: "group", value: "log_ratio", diverging: true }),
        points("rate", "rate_2"),
        points("log_ratio", "q"),
        points("log_ratio", "log_ratio"),
    ]
}

pub(super) fn styles() -> Vec<ChartStyle> {
    [(Theme::Light, Size::Column), (Theme::Dark, Size::Slide), (Theme::Light, Size::Square)]
        .map(|(theme, size)| ChartStyle { theme, size, groups: vec!["Київ".to_owned()], ..ChartStyle::default() })
        .to_vec()
}

/// The box and words of every text in `svg`, in CSS pixels, from the attributes that tell its place.
pub(super) fn texts(svg: &str) -> Vec<(Rect, String)> {
    let fonts = Fonts::default();
    let attribute = |tag: &str, name: &str| {
        tag.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split_once('"')).map(|(value, _)| value.to_owned())
    };
    svg.lines()
        .filter_map(|line| line.strip_prefix("<text")?.strip_suffix("</text>")?.split_once('>'))
        .map(|(tag, words)| {
            let number = |name| attribute(tag, name).and_then(|value| value.parse::<f64>().ok()).unwrap() / 10.0;
            let words =
                words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&");
            let (x, y, size) = (number("x"), number("y"), number("font-size"));
            let width = fonts.width(&words, size, attribute(tag, "font-weight").is_some());
            let left = match attribute(tag, "text-anchor").as_deref() {
                Some("end") => x - width,
                Some("middle") => x - width / 2.0,
                _ => x,
            };
            // From the top of capitals to the baseline: descenders may reach between the lines.
            let area = if tag.contains("rotate(270") {
                Rect::new(x - size * 0.72, y - width, x, y)
            } else {
                Rect::new(left, y - size * 0.72, left + width, y)
            };
            (area, words)
        })
        .collect()
}

/// How many texts `picture` has; none leaves it or touches another, and no number in it is broken.
pub(super) fn texts_that_fit(picture: &Picture, drawn: &dyn Fn() -> String) -> usize {
    let all = Rect::new(0.0, 0.0, f64::from(picture.width), f64::from(picture.height));
    let texts = texts(&picture.svg);
    for (index, (area, words)) in texts.iter().enumerate() {
        assert!(all.holds(area), "outside: {}: {words:?} {area:?}", drawn());
        for (other, other_words) in &texts[..index] {
            assert!(!area.overlaps(other), "touches {other_words:?} {other:?}: {}: {words:?} {area:?}", drawn());
        }
    }
    assert!(!["NaN", "inf"].iter().any(|bad| picture.svg.contains(bad)), "{}", drawn());
    texts.len()
}

#[test]
fn no_text_leaves_the_picture_or_touches_another() {
    let mut drawn = 0;
    for style in styles() {
        for (rows, groups) in [(1, 1), (5, 1), (40, 1), (60, 3), (60, 6), (180, 18), (300, 30)] {
            let table = made(rows, groups);
            for mark in marks() {
                let picture = draw(&spec(mark.clone()), &table, &style).unwrap();
                let texts = texts_that_fit(&picture, &|| format!("{mark:?} {:?} {rows}/{groups}", style.size));
                assert!(texts > 3);
                drawn += texts;
            }
        }
    }
    assert!(drawn > 10_000, "{drawn}");
}

#[test]
fn all_charts_are_well_formed_finite_and_described() {
    for table in [made(90, 5), made(1, 1)] {
        for mark in marks() {
            let picture = draw(&spec(mark), &table, &ChartStyle::default()).unwrap();
            assert!(!["NaN", "inf", "-0.0", "<script"].iter().any(|bad| picture.svg.contains(bad)), "{}", picture.svg);
            assert!(picture.svg.starts_with("<svg xmlns") && picture.svg.contains("<title id=") && picture.svg.contains("<desc id="));
            assert!(picture.alternative_text.len() > 60 && picture.alternative_text.contains("A finding <that>"));
            let png = picture.png().unwrap();
            let pixels = Pixmap::decode_png(&png).unwrap();
            assert_eq!((pixels.width(), pixels.height()), (picture.width * 2, picture.height * 2));
        }
    }
}

#[test]
fn the_same_bytes_on_every_thread() {
    let table = made(90, 5);
    let render = || {
        let mut all = Vec::new();
        for mark in marks().into_iter().step_by(3) {
            let picture = draw(&spec(mark), &table, &ChartStyle::default()).unwrap();
            all.push((picture.png().unwrap(), picture.svg));
        }
        all
    };
    let first = render();
    std::thread::scope(|scope| {
        let others: Vec<_> = (0..3).map(|_| scope.spawn(render)).collect();
        for other in others {
            assert!(other.join().unwrap() == first);
        }
    });
}

#[test]
fn an_empty_table_says_why_nothing_is_shown() {
    for mark in marks() {
        let picture = draw(&spec(mark), &Table::new(&TABLE), &ChartStyle::default()).unwrap();
        assert!(picture.svg.contains("Nothing to show: the table has no rows."));
        assert!(picture.height < 260);
    }
    let mut table = TableBuilder::new(&TABLE);
    let mut row = [const { Value::Missing }; 10];
    row[0] = Value::from("a");
    table.row(row);
    let table = table.finish();
    for mark in marks() {
        let picture = draw(&spec(mark), &table, &ChartStyle::default()).unwrap();
        assert!(picture.svg.contains("Nothing to show: no "), "{}", picture.svg);
    }
}

#[test]
fn what_is_left_out_is_said() {
    let picture = draw(&spec(bars("rate", false, false, false)), &made(100, 1), &ChartStyle::default()).unwrap();
    assert!(picture.svg.contains("The first 30 of 100 rows are shown; the table has all."));
    let picture = draw(&spec(bars("count", false, false, false)), &made(23, 1), &ChartStyle::default()).unwrap();
    assert!(picture.svg.contains("Left out: 1 row without a value."));
    assert!(picture.svg.contains("[Ren Min Ri Bao]") && picture.svg.contains("spelled in Latin letters"));
    let picture = draw(&spec(points("rate", "rate_2")), &made(9000, 1), &ChartStyle::default()).unwrap();
    assert!(picture.svg.contains("The first 4,000 of 9,000 points are shown"));
    let picture = draw(&spec(lines("day", "rate")), &made(300, 30), &ChartStyle::default()).unwrap();
    assert!(picture.svg.contains("The first 24 of 30 lines are shown"));
}

#[test]
fn wrong_specifications_are_errors_and_no_panics() {
    let (table, style) = (made(5, 1), ChartStyle::default());
    let message = |spec: &ChartSpec| draw(spec, &table, &style).unwrap_err().to_string();
    assert_eq!(message(&spec(bars("nothing", false, false, false))), "chart `made`: table `made` has no column `nothing`");
    assert_eq!(message(&spec(bars("label", false, false, false))), "chart `made`: column `label` of table `made` holds no numbers");
    let beyond = ChartSpec { rows: Some(vec![0, 5]), ..spec(bars("rate", false, false, false)) };
    assert_eq!(message(&beyond), "chart `made`: row 5 of table `made` does not exist");
    let other = ChartSpec { table: "other", ..spec(bars("rate", false, false, false)) };
    assert_eq!(message(&other), "chart `made`: it draws table `other`, not `made`");
}

#[test]
fn numbers_of_any_size_are_drawn() {
    for numbers in [[1e-300, 0.0, 1e-9], [1e300, 1.0, 2.0], [-1e99, 1e99, 0.0], [1e15, 1e15 + 1.0, 1e15], [-3.0, -2.0, -1.0], [0.0; 3]] {
        let mut table = TableBuilder::new(&TABLE);
        for (index, &number) in numbers.iter().enumerate() {
            let day = Value::date(Some([i32::MIN, 0, i32::MAX][index]));
            let (low, high) = (Value::from(number * 0.5), Value::from(number * 2.0));
            let number = || Value::from(number);
            let name = || Value::from(["a", "b", "c"][index]);
            table.row([name(), name(), day, Value::from(i64::MAX - index as i64), number(), number(), number(), number(), low, high]);
        }
        let table = table.finish();
        for mark in marks() {
            let picture = draw(&spec(mark.clone()), &table, &ChartStyle::default()).unwrap();
            assert!(!picture.svg.contains("NaN") && !picture.svg.contains("inf"), "{numbers:?} {mark:?}");
            let all = Rect::new(0.0, 0.0, f64::from(picture.width), f64::from(picture.height));
            for (area, words) in texts(&picture.svg) {
                assert!(all.holds(&area), "{numbers:?} {mark:?} {words:?}");
            }
            picture.png().unwrap();
        }
    }
}

/// The `width` of each bar of the first series colour, in canvas units.
fn bar_widths(svg: &str, colour: &str) -> Vec<f64> {
    svg.lines()
        .filter(|line| line.starts_with("<rect") && line.contains(colour))
        .filter_map(|line| line.split_once(" width=\"")?.1.split_once('"')?.0.parse().ok())
        .collect()
}

#[test]
fn bars_are_as_long_as_their_values() {
    let mut table = TableBuilder::new(&TABLE);
    let values = [800.0, 400.0, 200.0, 8.0, 0.0];
    for (index, value) in values.iter().enumerate() {
        let mut row = [const { Value::Missing }; 10];
        row[0] = Value::from(format!("term {index}"));
        row[4] = Value::from(*value);
        table.row(row);
    }
    let picture = draw(&spec(bars("rate", false, false, false)), &table.finish(), &ChartStyle::default()).unwrap();
    let widths = bar_widths(&picture.svg, "#002BA7");
    // A value of 0 has no bar.
    assert_eq!(widths.len(), 4);
    for (width, value) in widths.iter().zip(values) {
        assert!((width / widths[0] - value / 800.0).abs() < 1.0 / 1000.0, "{widths:?}");
    }
}

#[test]
fn letters_of_bundled_scripts_leave_ink_and_are_no_boxes() {
    let ink = |words: &str| {
        let mut table = TableBuilder::new(&TABLE);
        let mut row = [const { Value::Missing }; 10];
        (row[0], row[3]) = (Value::from(words), Value::from(1_i64));
        table.row(row);
        let mut chart = spec(bars("count", false, false, false));
        chart.title = String::new();
        Pixmap::decode_png(&draw(&chart, &table.finish(), &ChartStyle::default()).unwrap().png().unwrap()).unwrap()
    };
    let pictures: Vec<Pixmap> = ["النهار", "النهارر", "הארץ", "הארצ", "Київ", "Ελλάς", "ab"].map(ink).into_iter().collect();
    for (index, picture) in pictures.iter().enumerate() {
        assert!(pictures[..index].iter().all(|other| other.data() != picture.data()), "{index}");
    }
}

#[test]
fn viewers_get_the_letters_and_pixels_the_spelling() {
    let style = ChartStyle { missing_glyphs: MissingGlyphs::Viewer, ..ChartStyle::default() };
    let table = made(14, 1);
    let chart = spec(bars("rate", false, false, false));
    let picture = draw(&chart, &table, &style).unwrap();
    assert!(picture.svg.contains("人民日报") && !picture.svg.contains("spelled in Latin"));
    assert_eq!(picture.png().unwrap(), draw(&chart, &table, &ChartStyle::default()).unwrap().png().unwrap());
}

#[test]
fn a_group_has_one_colour_in_all_charts() {
    let mut table = TableBuilder::new(&TABLE);
    for name in ["north", "south"] {
        let mut row = [const { Value::Missing }; 10];
        (row[0], row[1], row[4]) = (Value::from(name), Value::from(name), Value::from(5.0));
        table.row(row);
    }
    let style = ChartStyle { groups: ["east", "north", "south"].map(String::from).to_vec(), ..ChartStyle::default() };
    let both = draw(&spec(bars("rate", false, true, false)), &table.finish(), &style).unwrap();
    let mut used = String::new();
    for colour in ["#002BA7", "#EE7215", "#028989"] {
        let _ = write!(used, "{} ", bar_widths(&both.svg, colour).len());
    }
    assert_eq!(used, "0 1 1 ");
}

/// A table of one series with a day, a rate, a log ratio and its interval a row.
fn rows_of(rows: &[(i32, f64, Option<f64>, Option<f64>)]) -> Table {
    let mut table = TableBuilder::new(&TABLE);
    for &(day, value, low, high) in rows {
        let day = Value::date(Some(day));
        let (rate, low, high) = (Value::from(value), Value::from(low), Value::from(high));
        table.row(["a".into(), "A".into(), day, 1_i64.into(), rate.clone(), 1.0.into(), rate, 0.5.into(), low, high]);
    }
    table.finish()
}

#[test]
fn an_interval_without_an_end_is_an_arrow_and_says_so() {
    let draw_one = |low, high| draw(&spec(bars("log_ratio", true, false, false)), &rows_of(&[(0, 3.0, low, high)]), &ChartStyle::default());
    let open = draw_one(Some(1.0), None).unwrap();
    assert!(open.svg.contains("≥ +1.00") && open.svg.contains("or has no end there"), "{}", open.svg);
    assert_eq!(open.svg.matches("<polygon").count(), 1, "one arrow head");
    let below = draw_one(None, Some(4.0)).unwrap();
    assert!(below.svg.contains("≤ +4.00") && below.svg.contains("Hollow: the interval includes 0."));
    let closed = draw_one(Some(1.0), Some(4.0)).unwrap();
    assert!(closed.svg.contains("[+1.00, +4.00]") && !closed.svg.contains("<polygon"));
}

#[test]
fn a_line_breaks_where_days_lie_far_apart() {
    let lines_of = |days: &[i32]| {
        let rows: Vec<(i32, f64, Option<f64>, Option<f64>)> = days.iter().map(|&day| (day, f64::from(day % 5), None, None)).collect();
        let mark = Mark::Lines(Lines { x: "day", y: "rate", interval: None, series: Some("group") });
        let svg = draw(&spec(mark), &rows_of(&rows), &ChartStyle::default()).unwrap().svg;
        let Look { colour, .. } = colours::Colours::of(Theme::Light).look(0);
        let stroke = format!("stroke=\"#{:02X}{:02X}{:02X}\"", colour.0, colour.1, colour.2);
        svg.lines().filter(|line| line.starts_with("<polyline") && line.contains(&stroke)).count()
    };
    assert_eq!(lines_of(&[0, 7, 14, 21, 28, 35]), 1);
    assert_eq!(lines_of(&[0, 7, 14, 400, 407, 414]), 2);
    assert_eq!(lines_of(&[0, 400]), 1, "two points alone have no usual step");
}
