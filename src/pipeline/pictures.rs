//! The charts of a report: drawn once for the page, light and dark, and once for the files in the chosen theme, size, form.

use super::run::Run;
use crate::chart::{ChartStyle, MissingGlyphs, Picture, Size, Theme, draw};
use crate::error::Result;
use crate::maths::map_in_order;
use crate::params::Params;
use crate::table::{ChartSpec, Table};

/// How chart files look, and which forms they have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChartFiles {
    /// Light or dark; the page begins in it.
    pub theme: Theme,
    /// Width and height.
    pub size: Size,
    /// Whether there are PNG files.
    pub png: bool,
    /// Whether there are SVG files.
    pub svg: bool,
    /// Whether letters that no bundled font has are looked for in the machine's fonts.
    pub system_fonts: bool,
}

impl Default for ChartFiles {
    fn default() -> Self {
        Self { theme: Theme::Light, size: Size::Column, png: true, svg: false, system_fonts: false }
    }
}

impl ChartFiles {
    /// What the run's parameters say.
    pub fn of(run: &Params) -> Self {
        let form = run.choice("chart-format");
        Self {
            theme: if run.choice("theme") == "dark" { Theme::Dark } else { Theme::Light },
            size: match run.choice("chart-size") {
                "slide" => Size::Slide,
                "square" => Size::Square,
                _ => Size::Column,
            },
            png: form != "svg",
            svg: form != "png",
            system_fonts: run.flag("system-fonts"),
        }
    }
}

/// A drawn chart.
pub(super) struct Drawn<'r> {
    /// Position of its section in the run.
    pub section: usize,
    pub spec: &'r ChartSpec,
    /// For the page, on light ground.
    pub light: Picture,
    /// The same on dark ground.
    pub dark: Picture,
    /// In the look of the files.
    pub png: Vec<u8>,
    pub svg: String,
}

impl Drawn<'_> {
    /// Names below `charts` and bytes of its files.
    pub fn files(&self, files: &ChartFiles) -> Vec<(String, &[u8])> {
        let png = files.png.then(|| (format!("{}.png", self.spec.name), self.png.as_slice()));
        let svg = files.svg.then(|| (format!("{}.svg", self.spec.name), self.svg.as_bytes()));
        png.into_iter().chain(svg).collect()
    }
}

/// Draws all charts of `run`.
///
/// # Errors
/// Internal ones: a chart that names a column which is not there.
pub(super) fn drawn<'r>(run: &'r Run, files: &ChartFiles) -> Result<Vec<Drawn<'r>>> {
    let jobs: Vec<(usize, &ChartSpec, &Table)> = run
        .sections
        .iter()
        .enumerate()
        .flat_map(|(section, content)| {
            content.output.charts.iter().filter_map(move |chart| {
                content.output.tables.iter().find(|table| table.spec.name == chart.table).map(|table| (section, chart, table))
            })
        })
        .collect();
    let groups = &run.corpus.groups.names;
    let drawn = map_in_order(jobs.len(), |job| {
        let (section, spec, table) = jobs[job];
        // A browser has fonts for every script, so the page keeps all letters.
        let on_page = |theme| ChartStyle { theme, groups: groups.clone(), size: Size::Column, missing_glyphs: MissingGlyphs::Viewer };
        let (light, dark) = (draw(spec, table, &on_page(Theme::Light))?, draw(spec, table, &on_page(Theme::Dark))?);
        let missing_glyphs = if files.system_fonts { MissingGlyphs::SystemFonts } else { MissingGlyphs::Viewer };
        let style = ChartStyle { theme: files.theme, size: files.size, groups: groups.clone(), missing_glyphs };
        let picture = draw(spec, table, &style)?;
        let png = picture.png().map_err(|error| error.context(format!("chart `{}`", spec.name)))?;
        Ok(Drawn { section, spec, light, dark, png, svg: picture.svg })
    });
    drawn.into_iter().collect()
}
