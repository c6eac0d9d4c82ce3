//! The page put together: templates, style, scripts, and the policy that allows exactly those.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};

use super::input::ReportInput;
use super::policy::{base64, content_security_policy};
use super::table_view::FEWEST_ROWS;
use super::view::{PageView, page_view};
use crate::error::{Error, Result};

static PAGE: &str = include_str!("templates/page.html");
static PARTS: &str = include_str!("templates/parts.html");
static STYLE: &str = include_str!("templates/style.css");
pub(super) static SCRIPT: &str = include_str!("templates/script.js");
pub(super) static EXPLORER_SCRIPT: &str = include_str!("templates/explorer.js");

/// Inter, the font of the charts, cut down to Latin, Greek and Cyrillic (see scripts/fonts): the charts' labels were measured
/// with it, so that with another font they could meet or leave their picture.
static FONTS: [(&str, &[u8]); 2] =
    [("400", include_bytes!("fonts/Inter-Regular.woff2")), ("600 700", include_bytes!("fonts/Inter-Bold.woff2"))];

fn font_style() -> String {
    let face = |(weight, bytes): &(&str, &[u8])| {
        let data = base64(bytes);
        format!("@font-face{{font-family:Inter;font-weight:{weight};src:url(data:font/woff2;base64,{data}) format(\"woff2\")}}")
    };
    FONTS.iter().map(face).collect()
}

/// The report as one HTML file.
///
/// It holds its style, scripts and charts, asks for nothing from the network, and reads as a report without scripts.
/// Every text is escaped; the Content-Security-Policy names the page's own style and scripts by their hashes, so that
/// nothing else could run even if a text escaped the escaping.
///
/// # Errors
/// An internal error when a chart is no well-formed SVG, or the explorer's counts do not fit its groups.
pub fn page(input: &ReportInput<'_>) -> Result<String> {
    let mut rows = None;
    loop {
        let view = page_view(input, rows)?;
        let html = rendered(&view)?;
        // The estimate of what fits is for usual tables; one of long texts takes more, and then shows fewer rows.
        if html.len() <= MOST_BYTES || view.rows_a_table <= FEWEST_ROWS {
            return Ok(html);
        }
        rows = Some((view.rows_a_table * 3 / 4).max(FEWEST_ROWS));
    }
}

/// A page stays below 5 MB.
const MOST_BYTES: usize = 4_900_000;

fn rendered(view: &PageView) -> Result<String> {
    let scripts: &[&str] = if view.has_explorer { &[SCRIPT, EXPLORER_SCRIPT] } else { &[SCRIPT] };
    let (fonts, colours) = (font_style(), view.colours.as_str());
    let policy = content_security_policy(&[&fonts, STYLE, colours], scripts);
    let context = context! {
        page => Value::from(Serde(view)), policy, style => STYLE, fonts, colours, script => SCRIPT, explorer_script => EXPLORER_SCRIPT
    };
    let rendered = environment().and_then(|environment| environment.get_template("page.html")?.render(context));
    rendered.map_err(|error| Error::internal(format!("the page can't be put together: {error:#}")))
}

fn environment() -> std::result::Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.add_template("page.html", PAGE)?;
    environment.add_template("parts.html", PARTS)?;
    Ok(environment)
}
