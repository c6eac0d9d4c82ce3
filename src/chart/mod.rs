//! Draws charts: a table and a description come in, SVG and PNG go out.
//!
//! plotters draws every mark (its areas, coordinate systems, elements and SVG backend); resvg makes the PNG from that
//! SVG with fonts that are compiled in, so the same table gives the same bytes on every machine and for any number of
//! threads. Not here: statistics. A chart shows what its table holds and nothing else; what it leaves out it says.

mod axis;
mod bars;
mod canvas;
mod colours;
mod dates;
mod dendrogram;
mod fonts;
mod frame;
mod geometry;
mod grid;
mod heatmap;
mod lettering;
mod lines;
mod markup;
mod network;
mod numbers;
mod picture;
mod points;
mod reading;
mod strips;
mod style;
mod word_shift;

pub use colours::series_colour;
pub use fonts::{BundledFont, FONT_FAMILY, bundled_fonts};
pub use picture::Picture;
pub use style::{ChartStyle, MissingGlyphs, Size, Theme};

use crate::error::Result;
use crate::table::{ChartSpec, Column, Mark, Table};
use fonts::Fonts;
use frame::{Body, Setting, framed};
use lettering::Lettering;
use reading::Reading;

/// Draws the chart that `spec` describes from `table`, in the look of `style`.
///
/// A table without rows or values gives a small picture that says why nothing is shown.
///
/// # Errors
/// Internal ones only: a specification that names a table, column or row that is not there, or a column of the wrong
/// kind.
pub fn draw(spec: &ChartSpec, table: &Table, style: &ChartStyle) -> Result<Picture> {
    let at_chart = |error: crate::error::Error| error.context(format!("chart `{}`", spec.name));
    let mut picture = drawn(spec, table, style).map_err(at_chart)?;
    if style.missing_glyphs == MissingGlyphs::Viewer {
        let bundled = Fonts::default();
        if picture.svg.chars().any(|letter| !letter.is_control() && !bundled.covers(letter)) {
            let spelling = ChartStyle { missing_glyphs: MissingGlyphs::Substitute, ..style.clone() };
            picture.spelled = Some(Box::new(drawn(spec, table, &spelling).map_err(at_chart)?));
        }
    }
    Ok(picture)
}

fn drawn(spec: &ChartSpec, table: &Table, style: &ChartStyle) -> Result<Picture> {
    let fonts = match style.missing_glyphs {
        MissingGlyphs::SystemFonts => Fonts::with_system_fonts_for(&all_texts(spec, table)),
        MissingGlyphs::Substitute | MissingGlyphs::Viewer => Fonts::default(),
    };
    let lettering = Lettering::new(fonts.clone(), style.missing_glyphs);
    let setting = Setting::new(style, &lettering);
    let reading = Reading::new(spec, table, &lettering)?;
    let mut body: Box<dyn Body> = match &spec.mark {
        Mark::Bars(bars) => bars::body(bars, &reading, &setting)?,
        Mark::Lines(lines) => lines::body(lines, &reading, &setting)?,
        Mark::Heatmap(heatmap) => heatmap::body(heatmap, &reading, &setting)?,
        Mark::Points(points) => points::body(points, &reading, &setting)?,
        Mark::Dendrogram(tree) => dendrogram::body(tree, &reading, &setting)?,
        Mark::WordShift(shift) => word_shift::body(shift, &reading, &setting)?,
        Mark::Strips(strips) => strips::body(strips, &reading, &setting)?,
        Mark::Network(network) => network::body(network, &reading, &setting)?,
    };
    let frame::Drawn { svg, width, height, alternative_text } = framed(spec, &setting, body.as_mut())?;
    Ok(Picture { svg, width, height, alternative_text, spelled: None, fonts })
}

/// Everything that could be written in the chart.
fn all_texts(spec: &ChartSpec, table: &Table) -> String {
    let mut texts = [spec.title.as_str(), &spec.subtitle, &spec.footer].concat();
    for column in &table.columns {
        if let Column::Text(values) = column {
            values.iter().flatten().for_each(|text| texts.push_str(text));
        }
    }
    texts
}

#[cfg(test)]
mod tests;
