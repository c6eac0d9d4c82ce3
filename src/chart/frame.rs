//! What every chart has around its marks: title, subtitle, legend, notes and footer.

use plotters::style::RGBColor;

use super::canvas::{Anchor, Canvas, Letters};
use super::colours::{Colours, Look};
use super::geometry::Rect;
use super::lettering::{Lettering, SPELLED};
use super::markup::{Root, tidied};
use super::style::ChartStyle;
use crate::error::Result;
use crate::table::ChartSpec;

/// What marks need to know to arrange and draw themselves.
pub(super) struct Setting<'s> {
    pub lettering: &'s Lettering,
    pub colours: &'static Colours,
    pub style: &'s ChartStyle,
    pub scale: f64,
}

impl<'s> Setting<'s> {
    /// The setting of `style`.
    pub fn new(style: &'s ChartStyle, lettering: &'s Lettering) -> Self {
        Self { lettering, colours: Colours::of(style.theme), style, scale: style.size.scale() }
    }

    /// A length given for a column, in this size of picture.
    pub fn px(&self, length: f64) -> f64 {
        length * self.scale
    }

    /// Letter size of labels.
    pub fn label_size(&self) -> f64 {
        self.px(13.0)
    }

    /// Letter size of ticks, values and legends.
    pub fn tick_size(&self) -> f64 {
        self.px(11.5)
    }

    /// Letters for labels.
    pub fn label(&self, anchor: Anchor) -> Letters {
        Letters { size: self.label_size(), bold: false, colour: self.colours.ink, anchor }
    }

    /// Letters for ticks and values.
    pub fn tick(&self, anchor: Anchor) -> Letters {
        Letters { size: self.tick_size(), bold: false, colour: self.colours.muted, anchor }
    }

    /// Width of a label.
    pub fn label_width(&self, text: &str) -> f64 {
        self.lettering.width(text, self.label_size(), false)
    }

    /// Width of a tick or value.
    pub fn tick_width(&self, text: &str) -> f64 {
        self.lettering.width(text, self.tick_size(), false)
    }

    /// The looks of series, fixed for groups.
    pub fn looks(&self, names: &[String]) -> Vec<Look> {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        self.colours.looks(&names, &self.style.groups)
    }

    /// The look of what there is nothing to say of: grey, as no series is.
    pub fn muted_look(&self) -> Look {
        Look { colour: self.colours.axis, hollow: false }
    }

    /// The look of a chart without series: no group's colour where there are groups.
    pub fn plain_look(&self) -> Look {
        if self.style.groups.len() > 1 { Look { colour: self.colours.plain, hollow: false } } else { self.colours.look(0) }
    }
}

/// Most names in a legend; a longer one takes the room of the marks.
const MOST_KEYS: usize = 24;

/// How far below the middle of a line its baseline stands, in ems: half of Inter's digit height.
pub(super) const MIDDLE: f64 = 0.36;

/// The sign before a name in a legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// A small square.
    Square,
    /// A dot.
    Dot,
    /// A short line.
    Line,
}

/// An entry of a legend.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Key {
    pub name: String,
    pub look: Look,
    pub sign: Sign,
}

/// The marks of a chart.
pub(super) trait Body {
    /// The legend; empty if the marks name themselves.
    fn keys(&self) -> Vec<Key>;
    /// Lays the marks out in `width`, and in `room` height if that is given; returns the height they take.
    fn arrange(&mut self, setting: &Setting<'_>, width: f64, room: Option<f64>) -> f64;
    /// What the reader must know about what is not shown.
    fn notes(&self) -> Vec<String>;
    /// Draws into `rect`, as arranged.
    fn draw(&self, setting: &Setting<'_>, canvas: &Canvas<'_>, rect: Rect) -> Result<()>;
    /// What is seen, in words.
    fn summary(&self) -> String;
}

/// A line of text with its baseline.
struct Line {
    text: String,
    baseline: f64,
    size: f64,
    bold: bool,
    colour: RGBColor,
}

/// The finished drawing of one chart.
pub(super) struct Drawn {
    pub svg: String,
    pub width: u32,
    pub height: u32,
    pub alternative_text: String,
}

/// Lays out and draws `body` with all that is around it.
pub(super) fn framed(spec: &ChartSpec, setting: &Setting<'_>, body: &mut dyn Body) -> Result<Drawn> {
    let width = setting.style.size.width();
    let margin = setting.px(24.0);
    let room = f64::from(width) - 2.0 * margin;
    let (mut lines, keys, mut top) = header(spec, setting, body, margin, room);
    let fixed = setting.style.size.height().map(f64::from);
    let line = setting.px(15.5);
    let below = setting.px(16.0) + setting.px(18.0);
    let room_above = |lines: usize| fixed.map(|height| (height - top - below - lines as f64 * line).max(setting.px(60.0)));
    // Notes are known after the marks are arranged, and what fits depends on the room that notes leave: the number of
    // footer lines may only grow from one arrangement to the next.
    let mut kept = 0;
    let (body_height, footer) = loop {
        let body_height = body.arrange(setting, room, room_above(kept));
        let footer = footer_texts(spec, setting, body, room);
        if fixed.is_none() || footer.len() <= kept {
            break (body_height, footer);
        }
        kept = footer.len();
    };
    let footer_height = below + footer.len() as f64 * line;
    let height = fixed.unwrap_or_else(|| (top + body_height + footer_height).ceil());
    let mut baseline = height - setting.px(18.0) - (footer.len().max(1) - 1) as f64 * line;
    for text in footer {
        lines.push(Line { text, baseline, size: setting.px(11.0), bold: false, colour: setting.colours.muted });
        baseline += line;
    }
    let alternative_text = alternative_text(spec, setting, body);
    let mut drawn = String::new();
    let canvas = Canvas::new(&mut drawn, width, height as u32, setting.colours)?;
    for Line { text, baseline, size, bold, colour } in lines {
        canvas.text((margin, baseline), &text, Letters { size, bold, colour, anchor: Anchor::Start })?;
    }
    for (key, left, middle) in keys {
        draw_key(setting, &canvas, &key, left, middle)?;
    }
    top = top.min(height);
    body.draw(setting, &canvas, Rect::new(margin, top, margin + room, top + body_height))?;
    canvas.finish()?;
    let title = setting.lettering.legible(&spec.title);
    let root = Root { name: &spec.name, title: &title, description: &alternative_text, width, height: height as u32 };
    Ok(Drawn { svg: tidied(&drawn, &root), width, height: height as u32, alternative_text })
}

type PlacedKey = (Key, f64, f64);

/// Title, subtitle and legend, and where the marks may begin.
fn header(spec: &ChartSpec, setting: &Setting<'_>, body: &dyn Body, margin: f64, room: f64) -> (Vec<Line>, Vec<PlacedKey>, f64) {
    let mut lines = Vec::new();
    let mut top = setting.px(20.0);
    let mut block = |text: &str, size: f64, bold: bool, colour: RGBColor, most: usize| {
        for text in setting.lettering.wrapped(&setting.lettering.legible(text), size, bold, room, most) {
            lines.push(Line { text, baseline: top + size, size, bold, colour });
            top += size * 1.3;
        }
    };
    block(&spec.title, setting.px(20.0), true, setting.colours.ink, 3);
    block(&spec.subtitle, setting.px(13.0), false, setting.colours.muted, 3);
    top += setting.px(10.0);
    let mut keys = Vec::new();
    let (gap, line) = (setting.px(18.0), setting.px(19.0));
    let mut left = margin;
    for key in body.keys().into_iter().take(MOST_KEYS) {
        let name = setting.lettering.shortened(&key.name, setting.tick_size(), false, room * 0.4);
        let taken = setting.px(19.0) + setting.tick_width(&name);
        if left > margin && left + taken > margin + room {
            left = margin;
            top += line;
        }
        keys.push((Key { name, ..key }, left, top + line / 2.0));
        left += taken + gap;
    }
    top += if keys.is_empty() { setting.px(4.0) } else { line + setting.px(8.0) };
    (lines, keys, top)
}

fn draw_key(setting: &Setting<'_>, canvas: &Canvas<'_>, key: &Key, left: f64, middle: f64) -> Result<()> {
    let side = setting.px(11.0);
    match key.sign {
        Sign::Square => canvas.swatch(Rect::new(left, middle - side / 2.0, left + side, middle + side / 2.0), key.look)?,
        Sign::Dot => canvas.dot((left + side / 2.0, middle), setting.px(4.5), key.look)?,
        Sign::Line => {
            canvas.line(&[(left, middle), (left + side + setting.px(2.0), middle)], key.look.colour, setting.px(2.5))?;
            if key.look.hollow {
                canvas.disc((left + side / 2.0 + setting.px(1.0), middle), setting.px(2.2), setting.colours.ground)?;
            }
        }
    }
    let letters = Letters { colour: setting.colours.ink, ..setting.tick(Anchor::Start) };
    canvas.text((left + setting.px(19.0), middle + setting.tick_size() * MIDDLE), &key.name, letters)
}

/// The lines under the marks: notes, then source and method.
fn footer_texts(spec: &ChartSpec, setting: &Setting<'_>, body: &dyn Body, room: f64) -> Vec<String> {
    let footer = setting.lettering.legible(&spec.footer);
    let mut notes = body.notes();
    let keys = body.keys().len();
    if keys > MOST_KEYS {
        notes.push(format!("The legend names the first {MOST_KEYS} of {keys}; colours repeat."));
    }
    if setting.lettering.has_substituted() {
        notes.push(SPELLED.to_owned());
    }
    let notes = notes.join(" ");
    [(notes, 4), (footer, 3)]
        .into_iter()
        .flat_map(|(text, most)| setting.lettering.wrapped(&text, setting.px(11.0), false, room, most))
        .collect()
}

fn alternative_text(spec: &ChartSpec, setting: &Setting<'_>, body: &dyn Body) -> String {
    let sentences = [spec.title.clone(), spec.subtitle.clone(), body.summary()].into_iter().chain(body.notes());
    let ended = |text: String| {
        let text = setting.lettering.legible(&text);
        if text.is_empty() || text.ends_with(['.', '!', '?', '…']) { text } else { format!("{text}.") }
    };
    sentences.map(ended).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Said when a chart has nothing to draw.
pub(super) struct Nothing {
    pub reason: String,
}

impl Body for Nothing {
    fn keys(&self) -> Vec<Key> {
        Vec::new()
    }

    fn arrange(&mut self, setting: &Setting<'_>, _: f64, room: Option<f64>) -> f64 {
        room.unwrap_or(0.0).max(setting.px(64.0))
    }

    fn notes(&self) -> Vec<String> {
        Vec::new()
    }

    fn draw(&self, setting: &Setting<'_>, canvas: &Canvas<'_>, rect: Rect) -> Result<()> {
        canvas.rectangle(rect, setting.colours.missing)?;
        let text = setting.lettering.shortened(&self.summary(), setting.label_size(), false, rect.width() - setting.px(24.0));
        let middle = rect.top.midpoint(rect.bottom) + setting.label_size() * MIDDLE;
        let letters = Letters { colour: setting.colours.muted, ..setting.label(Anchor::Middle) };
        canvas.text((rect.left.midpoint(rect.right), middle), &text, letters)
    }

    fn summary(&self) -> String {
        format!("Nothing to show: {}", self.reason)
    }
}

/// The note that `count` rows are left out, in the singular or plural.
pub(super) fn left_out(count: usize, one: &str, several: &str) -> String {
    if count == 1 { format!("Left out: 1 {one}.") } else { format!("Left out: {count} {several}.") }
}

/// The note that a chart shows the first rows only.
pub(super) fn first_of(shown: usize, all: usize, what: &str) -> Option<String> {
    let count = |number: usize| {
        super::numbers::Format { kind: crate::table::ColumnKind::Integer, signed: false, is_log_ratio: false }.value(number as f64)
    };
    (shown < all).then(|| format!("The first {} of {} {what} are shown; the table has all.", count(shown), count(all)))
}
