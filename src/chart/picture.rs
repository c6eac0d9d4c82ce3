//! A finished picture: SVG text, and PNG bytes made from the very same SVG.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{FontResolver, Options, Tree, fontdb};

use super::fonts::Fonts;
use crate::error::{Error, Result};

/// PNG pixels a CSS pixel.
const DENSITY: u32 = 2;

/// A chart as drawn.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The picture as one SVG element without scripts, styles or references; safe to put into a page.
    pub svg: String,
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
    /// What the picture shows, in words, for those who can't see it.
    pub alternative_text: String,
    /// What the PNG is made of where it differs from `svg` (see `MissingGlyphs::Viewer`).
    pub(super) spelled: Option<Box<Picture>>,
    pub(super) fonts: Fonts,
}

impl Picture {
    /// The picture as PNG with two pixels a CSS pixel, drawn by resvg with the bundled fonts.
    ///
    /// # Errors
    /// Internal ones only: the SVG is always one that resvg reads.
    pub fn png(&self) -> Result<Vec<u8>> {
        if let Some(spelled) = &self.spelled {
            return spelled.png();
        }
        let options = Options {
            fontdb: self.fonts.database(),
            font_family: super::fonts::FONT_FAMILY.to_owned(),
            font_resolver: FontResolver { select_font: FontResolver::default_font_selector(), select_fallback: Box::new(fallback) },
            ..Options::default()
        };
        let tree = Tree::from_str(&self.svg, &options).map_err(|error| broken(&error))?;
        let mut pixels =
            Pixmap::new(self.width * DENSITY, self.height * DENSITY).ok_or_else(|| Error::internal("a picture without any pixel"))?;
        let scale = DENSITY as f32;
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
        pixels.encode_png().map_err(|error| broken(&error))
    }
}

fn broken(error: &dyn std::fmt::Display) -> Error {
    Error::internal(format!("a chart could not be turned into pixels: {error}"))
}

/// The first font, in the order of loading, that has `letter`: of the same weight if there is one.
fn fallback(letter: char, used: &[fontdb::ID], database: &mut Arc<fontdb::Database>) -> Option<fontdb::ID> {
    use resvg::usvg::fontdb::Style;
    let weight = used.first().and_then(|&id| database.face(id)).map(|face| face.weight);
    let has = |id: fontdb::ID| {
        database
            .with_face_data(id, |bytes, index| {
                use skrifa::MetadataProvider;
                skrifa::FontRef::from_index(bytes, index).is_ok_and(|font| font.charmap().map(letter).is_some())
            })
            .unwrap_or(false)
    };
    let candidates: Vec<&fontdb::FaceInfo> =
        database.faces().filter(|face| !used.contains(&face.id) && face.style == Style::Normal && has(face.id)).collect();
    let same = candidates.iter().find(|face| Some(face.weight) == weight);
    same.or_else(|| candidates.first()).map(|face| face.id)
}
