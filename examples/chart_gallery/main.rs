//! Draws every mark in both themes from made-up tables: `cargo run --example chart_gallery -- FOLDER`.
//!
//! For judging the look of charts by eye after a change in `src/chart`.

mod made;

use std::path::Path;

use headword::chart::{ChartStyle, MissingGlyphs, Size, Theme, draw};
use headword::error::{Error, Result};
use headword::table::{Bars, ChartSpec, Heatmap, Lines, Mark, Points, Table, TableBuilder, TableSpec, Value};
use made::{COUNTS, CURVE, DOCUMENTS, LOGS, Made, OUTLETS, PAIR, PLACES, RATES, SERIES, SHARES, TERMS, TOPICS, VOLCANO};

fn spec(name: &str, title: &str, subtitle: &str, table: &'static str, mark: Mark) -> ChartSpec {
    ChartSpec {
        name: name.to_owned(),
        title: title.to_owned(),
        subtitle: subtitle.to_owned(),
        footer: "Source: 1,204 articles of four outlets, 1 March to 12 April 2024. Method: made up for this gallery.".to_owned(),
        table,
        rows: None,
        mark,
    }
}

fn bars(value: &'static str, interval: bool, series: bool, stacked: bool) -> Mark {
    Mark::Bars(Bars { label: "label", value, interval: interval.then_some(("low", "high")), series: series.then_some("group"), stacked })
}

fn bar_charts(made: &mut Made) -> Vec<(ChartSpec, Table)> {
    let mut charts = Vec::new();
    let plain = |spec: &'static TableSpec, labels: &[&str], value: &mut dyn FnMut(usize) -> Value| {
        let mut table = TableBuilder::new(spec);
        for (row, label) in labels.iter().enumerate() {
            table.row([Value::from(*label), Value::Missing, value(row), Value::Missing, Value::Missing]);
        }
        table.finish()
    };
    let counts = plain(&COUNTS, &TERMS[..20], &mut |row| Value::from((18_400.0 / (row as f64 + 1.0)) as u64));
    charts.push((
        spec(
            "bars",
            "“harbour” is written twice as often as any other word",
            "Occurrences in all outlets, 412,000 words",
            "counts",
            bars("count", false, false, false),
        ),
        counts,
    ));
    let many: Vec<String> = (1..=100).map(|row| format!("term number {row}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let table = plain(&RATES, &many, &mut |row| Value::from(9000.0 / (row as f64 + 2.0)));
    charts.push((
        spec("bars_capped", "A hundred rows: the first thirty are shown", "Per million words", "rates", bars("rate", false, false, false)),
        table,
    ));
    let awkward = [
        "a name of more than sixty characters that nobody will ever want to read in full",
        "a name of more than sixty characters that nobody will ever want to skip",
        "<b>\"bold\" & 'brave'</b>",
        "Київ",
        "Θεσσαλονίκη",
        "الجزيرة نت",
        "הארץ",
        "人民日报",
        "朝日新聞 digital",
        "한겨레",
        "😀 emoji 🇺🇦",
        "tab\tnew\nline\u{7}bell",
        "",
        "Łódź e\u{301}clair",
        "ไทยรัฐ",
        "\u{202e}desrever",
        "Tiếng Việt",
    ];
    let table = plain(&COUNTS, &awkward, &mut |row| if row == 4 { Value::Missing } else { Value::from(4_000_000_u64 >> row) });
    charts.push((
        spec(
            "bars_awkward",
            "Labels in many scripts, <marked up> & \"quoted\"",
            "人民日报 against 😀, occurrences",
            "counts",
            bars("count", false, false, false),
        ),
        table,
    ));
    let table = plain(&COUNTS, &["the only one"], &mut |_| Value::from(3_u64));
    charts.push((spec("bars_one", "One row", "n = 1", "counts", bars("count", false, false, false)), table));
    let numbers = [1e-9, 0.004, 3.0, 1234.5, 98_765.4, 7.3e6, 2.1e9];
    let table = plain(&RATES, &TERMS[..7], &mut |row| Value::from(numbers[row]));
    charts.push((
        spec("bars_huge", "From a billionth to two billion", "Per million words", "rates", bars("rate", false, false, false)),
        table,
    ));
    let table = plain(&LOGS, &TERMS[..16], &mut |row| Value::from(3.4 - row as f64 * 0.43));
    charts.push((
        spec(
            "bars_two_sided",
            "The Harbour Times writes “ferry” ten times as often as the rest, hardly ever “mayor”",
            "Log ratio of rates, the 8 highest and 8 lowest terms",
            "logs",
            bars("log_ratio", false, false, false),
        ),
        table,
    ));
    charts.push((
        spec("bars_empty", "No term differs between the outlets", "Log ratio", "logs", bars("log_ratio", false, false, false)),
        Table::new(&LOGS),
    ));
    let mut table = TableBuilder::new(&LOGS);
    for (row, term) in TERMS[..22].iter().enumerate() {
        let value = 3.1 - row as f64 * 0.29 + made.bell() * 0.1;
        let half = 0.25 + made.next() * 0.9 + if row == 13 { 14.0 } else { 0.0 };
        table.row([Value::from(*term), Value::from(OUTLETS[0]), Value::from(value), Value::from(value - half), Value::from(value + half)]);
    }
    charts.push((
        spec(
            "bars_keyness",
            "What sets The Harbour Times apart from the three others",
            "Log ratio of rates with 95 % intervals over documents, 301 against 903 articles",
            "logs",
            bars("log_ratio", true, false, false),
        ),
        table.finish(),
    ));
    let mut table = TableBuilder::new(&COUNTS);
    for outlet in &OUTLETS[..12] {
        let value = (2000.0 + made.next() * 60_000.0) as i64;
        table.row([
            Value::from(*outlet),
            Value::from(*outlet),
            Value::from(value),
            Value::from(value as f64 * 0.9),
            Value::from(value as f64 * 1.08),
        ]);
    }
    charts.push((
        spec("bars_outlets", "Twelve outlets, each in its own colour", "Words, with intervals", "counts", bars("count", true, true, false)),
        table.finish(),
    ));
    charts.extend(grouped_bars(made));
    charts
}

fn grouped_bars(made: &mut Made) -> Vec<(ChartSpec, Table)> {
    let mut charts = Vec::new();
    let mut grouped =
        |spec_of: &'static TableSpec, labels: &[&str], groups: &[&str], value: &mut dyn FnMut(&mut Made) -> (Value, Value, Value)| {
            let mut table = TableBuilder::new(spec_of);
            for label in labels {
                for group in groups {
                    let (value, low, high) = value(made);
                    table.row([Value::from(*label), Value::from(*group), value, low, high]);
                }
            }
            table.finish()
        };
    let rate = &mut |made: &mut Made| {
        let value = made.next() * 900.0;
        let half = 40.0 + made.next() * 120.0;
        (Value::from(value), Value::from((value - half).max(0.0)), Value::from(value + half))
    };
    let share = &mut |made: &mut Made| {
        let value = made.next() * 0.6;
        (Value::from(value), Value::from((value - 0.06).max(0.0)), Value::from(value + 0.06))
    };
    let table = grouped(&RATES, &TERMS[..8], &OUTLETS[..3], rate);
    charts.push((spec("bars_lanes", "Three outlets side by side", "Per million words", "rates", bars("rate", false, true, false)), table));
    let table = grouped(&SHARES, &TERMS[..10], &OUTLETS[..7], share);
    charts.push((
        spec("bars_dots", "Seven outlets on one line a term", "Share of documents", "shares", bars("share", false, true, false)),
        table,
    ));
    let table = grouped(&SHARES, &TERMS[..7], &OUTLETS[..4], share);
    charts.push((
        spec(
            "bars_interval_lanes",
            "Four outlets with intervals",
            "Share of documents with 95 % intervals",
            "shares",
            bars("share", true, true, false),
        ),
        table,
    ));
    let table = grouped(&SHARES, &TERMS[..12], &["one"], share);
    charts.push((
        spec(
            "bars_intervals",
            "In how many articles each word stands",
            "Share of documents with 95 % intervals",
            "shares",
            bars("share", true, false, false),
        ),
        table,
    ));
    let mut table = TableBuilder::new(&SHARES);
    for outlet in &OUTLETS[..9] {
        let parts: Vec<f64> = (0..14).map(|_| made.next() * made.next()).collect();
        let sum: f64 = parts.iter().sum();
        for (topic, part) in TOPICS.iter().zip(&parts) {
            table.row([Value::from(*outlet), Value::from(*topic), Value::from(part / sum), Value::Missing, Value::Missing]);
        }
    }
    charts.push((
        spec("bars_stacked", "What each outlet writes about", "Share of documents by topic", "shares", bars("share", false, true, true)),
        table.finish(),
    ));
    let mut table = TableBuilder::new(&COUNTS);
    for outlet in &OUTLETS[..8] {
        for kind in ["PER", "ORG", "LOC", "MISC"] {
            table.row([
                Value::from(*outlet),
                Value::from(kind),
                Value::from((made.next() * 9000.0) as i64),
                Value::Missing,
                Value::Missing,
            ]);
        }
    }
    charts.push((
        spec("bars_stacked_counts", "Who and what is named", "Mentions by type", "counts", bars("count", false, true, true)),
        table.finish(),
    ));
    charts
}

fn line_charts(made: &mut Made) -> Vec<(ChartSpec, Table)> {
    let mut charts = Vec::new();
    let lines = |x, y, interval: bool, series: bool| {
        Mark::Lines(Lines { x, y, interval: interval.then_some(("low", "high")), series: series.then_some("group") })
    };
    let mut series = |groups: &[&str], first: i32, step: i32, points: usize, gap: Option<usize>| {
        let mut table = TableBuilder::new(&SERIES);
        for group in groups {
            let mut level = 200.0 + made.next() * 500.0;
            for point in 0..points {
                level = (level + made.bell() * 45.0).max(5.0);
                let value = if gap == Some(point) { Value::Missing } else { Value::from(level) };
                table.row([
                    Value::date(Some(first + step * point as i32)),
                    Value::from(*group),
                    value,
                    Value::from(level - 60.0),
                    Value::from(level + 75.0),
                ]);
            }
        }
        table.finish()
    };
    let table = series(&["all"], 19_783, 7, 14, Some(5));
    charts.push((
        spec(
            "lines_one",
            "“flood” peaks in the second week of March",
            "Per million words a week with 95 % intervals",
            "series",
            lines("day", "rate", true, false),
        ),
        table,
    ));
    let table = series(&OUTLETS[..4], 19_358, 30, 14, None);
    charts.push((
        spec(
            "lines_four",
            "All four outlets write more about the ferry since autumn",
            "Per million words a month",
            "series",
            lines("day", "rate", false, true),
        ),
        table,
    ));
    let table = series(&OUTLETS, 19_358, 7, 52, None);
    charts.push((
        spec("lines_panels", "Eighteen outlets, one panel each", "Per million words a week", "series", lines("day", "rate", false, true)),
        table,
    ));
    let mut table = TableBuilder::new(&SERIES);
    for (party, from, to) in [
        ("Federalist", 1790, 1801),
        ("Democratic-Republican", 1801, 1829),
        ("Whig", 1841, 1853),
        ("Democrat", 1829, 2024),
        ("Republican", 1861, 2020),
    ] {
        let mut level = 300.0;
        for year in (from..=to).step_by(3) {
            level = (level + made.bell() * 40.0).max(10.0);
            table.row([
                Value::date(Some((f64::from(year - 1970) * 365.2425) as i32)),
                Value::from(party),
                Value::from(level),
                Value::Missing,
                Value::Missing,
            ]);
        }
    }
    charts.push((
        spec(
            "lines_centuries",
            "“freedom” in State of the Union addresses",
            "Per million words, by party, 1790 to 2024",
            "series",
            lines("day", "rate", false, true),
        ),
        table.finish(),
    ));
    let mut table = TableBuilder::new(&CURVE);
    for k in 4..=40_i64 {
        let value = 0.24 - ((k - 17) as f64 * (k - 17) as f64) / 4200.0 + made.bell() * 0.004;
        table.row([Value::from(k), Value::Missing, Value::from(value), Value::from(value - 0.02), Value::from(value + 0.02)]);
    }
    charts.push((
        spec("lines_numbers", "17 topics separate best", "Mean silhouette by number of topics", "curve", lines("k", "share", true, false)),
        table.finish(),
    ));
    let mut table = TableBuilder::new(&DOCUMENTS);
    for day in 0..42 {
        table.row([
            Value::date(Some(19_783 + day)),
            Value::Missing,
            Value::from((made.next() * 9.0) as i64),
            Value::Missing,
            Value::Missing,
        ]);
    }
    charts.push((spec("lines_days", "Articles a day", "Documents", "documents", lines("day", "count", false, false)), table.finish()));
    let mut table = TableBuilder::new(&DOCUMENTS);
    table.row([Value::date(Some(19_783)), Value::Missing, Value::from(7_i64), Value::Missing, Value::Missing]);
    charts.push((spec("lines_one_point", "A single day", "Documents", "documents", lines("day", "count", false, false)), table.finish()));
    charts
}

fn heatmaps(made: &mut Made) -> Vec<(ChartSpec, Table)> {
    let mark = |value, diverging| Mark::Heatmap(Heatmap { row: "label", column: "group", value, diverging });
    let mut charts = Vec::new();
    let mut grid =
        |spec_of: &'static TableSpec, rows: &[&str], columns: &[&str], value: &mut dyn FnMut(&mut Made, usize, usize) -> Option<f64>| {
            let mut table = TableBuilder::new(spec_of);
            for (row, label) in rows.iter().enumerate() {
                for (column, group) in columns.iter().enumerate() {
                    table.row([
                        Value::from(*label),
                        Value::from(*group),
                        Value::from(value(made, row, column)),
                        Value::Missing,
                        Value::Missing,
                    ]);
                }
            }
            table.finish()
        };
    let table = grid(&SHARES, &TOPICS, &OUTLETS, &mut |made, _, _| Some(made.next() * made.next() * made.next() * 0.4));
    charts.push((spec("heat_18_by_20", "Topics by outlet", "Share of documents", "shares", mark("share", false)), table));
    let table = grid(&LOGS, &OUTLETS[..6], &OUTLETS[..6], &mut |made, row, column| (row != column).then(|| made.bell() * 1.2));
    charts.push((spec("heat_diverging", "Who writes more than whom", "Log ratio of rates", "logs", mark("log_ratio", true)), table));
    let table = grid(&RATES, &TERMS[..5], &OUTLETS[..3], &mut |made, _, _| Some(made.next() * 4000.0));
    charts.push((spec("heat_small", "A small grid", "Per million words", "rates", mark("rate", false)), table));
    let names: Vec<String> = (1..=70).map(|row| format!("row {row}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let table = grid(&RATES, &names, &OUTLETS[..9], &mut |made, _, _| Some(made.next() * 4000.0));
    charts.push((spec("heat_capped", "Seventy rows", "Per million words", "rates", mark("rate", false)), table));
    charts
}

fn scatters(made: &mut Made) -> Vec<(ChartSpec, Table)> {
    let mark = |x, y, series: bool, logarithmic| {
        Mark::Points(Points { x, y, label: Some("label"), series: series.then_some("group"), muted: None, logarithmic, outline: None })
    };
    let mut charts = Vec::new();
    let mut table = TableBuilder::new(&PAIR);
    for row in 0..420 {
        let level = (row as f64 + 1.0).recip() * 30_000.0;
        let tilt = (made.bell() * 0.9).clamp(-3.0, 3.0);
        let factor = if tilt >= 0.0 { 1.0 + tilt * tilt } else { (1.0 + tilt * tilt).recip() };
        let (left, right) = (level * factor, level / factor);
        let zero = row % 17 == 3;
        let term = TERMS.get(row).map_or_else(|| format!("word {row}"), |term| (*term).to_owned());
        table.row([Value::from(term), Value::from(if zero { 0.0 } else { left }), Value::from(if row % 41 == 5 { 0.0 } else { right })]);
    }
    charts.push((
        spec(
            "points_two_groups",
            "Two outlets, word by word",
            "Occurrences per million words, 420 words",
            "pair",
            mark("rate_left", "rate_right", false, true),
        ),
        table.finish(),
    ));
    let mut table = TableBuilder::new(&VOLCANO);
    for row in 0..400 {
        let value = made.bell() * 1.3;
        let q = (0.9 * made.next() / (1.0 + value * value * value * value * 30.0 * made.next()))
            .clamp(if row % 90 == 7 { 0.0 } else { 1e-9 }, 1.0);
        let q = if row % 90 == 7 { 0.0 } else { q };
        let term = TERMS.get(row).map_or_else(|| format!("word {row}"), |term| (*term).to_owned());
        table.row([Value::from(term), Value::from(value), Value::from(q)]);
    }
    let mut table = table.finish();
    let mut order: Vec<usize> = (0..table.rows()).collect();
    order.sort_by(|&a, &b| table.number("q_value", a).partial_cmp(&table.number("q_value", b)).unwrap_or(std::cmp::Ordering::Equal));
    table = table.taken(&order);
    charts.push((
        spec(
            "points_volcano",
            "Size against evidence",
            "Log ratio against q, 400 words",
            "volcano",
            mark("log_ratio", "q_value", false, true),
        ),
        table,
    ));
    let mut table = TableBuilder::new(&PLACES);
    for row in 0..240 {
        let group = row % 5;
        let (x, y) = ([-3.0, 2.0, 0.0, 4.0, -1.0][group], [1.0, 3.0, -2.5, -1.0, 4.0][group]);
        let label = TERMS.get(row).map_or(Value::Missing, |term| Value::from(*term));
        table.row([label, Value::from(OUTLETS[group]), Value::from(x + made.bell() * 0.7), Value::from(y + made.bell() * 0.7)]);
    }
    charts.push((
        spec("points_map", "A map of documents", "Two dimensions of the topic space", "places", mark("map_x", "map_y", true, false)),
        table.finish(),
    ));
    charts
}

fn main() -> Result<()> {
    let folder = std::env::args().nth(1).ok_or_else(|| Error::usage("say into which folder: `chart_gallery FOLDER [NAME]`"))?;
    let wanted = std::env::args().nth(2).unwrap_or_default();
    let folder = Path::new(&folder);
    let write =
        |name: String, bytes: &[u8]| std::fs::write(folder.join(&name), bytes).map_err(|error| Error::output(format!("`{name}`: {error}")));
    std::fs::create_dir_all(folder).map_err(|error| Error::output(format!("`{}`: {error}", folder.display())))?;
    let mut made = Made(7);
    let charts: Vec<(ChartSpec, Table)> =
        [bar_charts(&mut made), line_charts(&mut made), heatmaps(&mut made), scatters(&mut made)].into_iter().flatten().collect();
    for (spec, table) in charts.iter().filter(|(spec, _)| spec.name.contains(&wanted)) {
        for (theme, size, suffix) in [
            (Theme::Light, Size::Column, "light"),
            (Theme::Dark, Size::Column, "dark"),
            (Theme::Light, Size::Slide, "slide"),
            (Theme::Dark, Size::Square, "square"),
        ] {
            let style = ChartStyle { theme, size, groups: OUTLETS.map(String::from).to_vec(), ..ChartStyle::default() };
            let picture = draw(spec, table, &style)?;
            write(format!("{}.{suffix}.svg", spec.name), picture.svg.as_bytes())?;
            write(format!("{}.{suffix}.png", spec.name), &picture.png()?)?;
        }
        if spec.name == "bars_awkward" {
            let style = ChartStyle { missing_glyphs: MissingGlyphs::SystemFonts, ..ChartStyle::default() };
            write(format!("{}.system.png", spec.name), &draw(spec, table, &style)?.png()?)?;
        }
    }
    Ok(())
}
