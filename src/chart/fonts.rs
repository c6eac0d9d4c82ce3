//! The fonts that come with the program, and on request those of the system.
//!
//! Comes in: text. Goes out: its width, and whether some font can draw it. Not here: shaping, which is resvg's.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use resvg::usvg::fontdb;
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

/// The family that charts ask for; pages may add it with the files of [`bundled_fonts`].
pub const FONT_FAMILY: &str = "Inter";

/// A font file that is compiled into the program.
#[derive(Debug, Clone, Copy)]
pub struct BundledFont {
    /// Family name.
    pub family: &'static str,
    /// Whether it is the bold cut.
    pub bold: bool,
    /// The file, OpenType or TrueType, as it came from its makers.
    pub bytes: &'static [u8],
}

static BUNDLED: [BundledFont; 6] = [
    BundledFont { family: FONT_FAMILY, bold: false, bytes: include_bytes!("fonts/Inter-Regular.otf") },
    BundledFont { family: FONT_FAMILY, bold: true, bytes: include_bytes!("fonts/Inter-Bold.otf") },
    BundledFont { family: "Noto Naskh Arabic", bold: false, bytes: include_bytes!("fonts/NotoNaskhArabic-Regular.ttf") },
    BundledFont { family: "Noto Naskh Arabic", bold: true, bytes: include_bytes!("fonts/NotoNaskhArabic-Bold.ttf") },
    BundledFont { family: "Noto Sans Hebrew", bold: false, bytes: include_bytes!("fonts/NotoSansHebrew-Regular.ttf") },
    BundledFont { family: "Noto Sans Hebrew", bold: true, bytes: include_bytes!("fonts/NotoSansHebrew-Bold.ttf") },
];

/// The bundled fonts in the order of fallback: Inter (Latin, Greek, Cyrillic), Noto Naskh Arabic, Noto Sans Hebrew.
pub fn bundled_fonts() -> &'static [BundledFont] {
    &BUNDLED
}

/// A font read from the system: the file's bytes and which font in it.
#[derive(Debug, Clone)]
pub(super) struct SystemFont {
    bytes: Arc<Vec<u8>>,
    index: u32,
}

/// The fonts of one chart: the bundled ones and what was added from the system.
#[derive(Debug, Clone, Default)]
pub(super) struct Fonts {
    system: Vec<SystemFont>,
}

impl Fonts {
    /// The bundled fonts, and for letters of `text` that they lack the fonts of this system.
    pub fn with_system_fonts_for(text: &str) -> Self {
        let mut fonts = Self::default();
        let letters: std::collections::BTreeSet<char> = text.chars().collect();
        let mut missing: Vec<char> = letters.into_iter().filter(|&letter| !fonts.covers(letter)).collect();
        for path in system_font_files() {
            if missing.is_empty() {
                break;
            }
            let Ok(bytes) = std::fs::read(&path) else { continue };
            let bytes = Arc::new(bytes);
            // Collections (.ttc) hold several fonts; the first that helps is enough, they share their glyphs.
            let helps = (0..8).find(|&index| {
                FontRef::from_index(&bytes, index).is_ok_and(|font| missing.iter().any(|&letter| font.charmap().map(letter).is_some()))
            });
            if let Some(index) = helps {
                fonts.system.push(SystemFont { bytes, index });
                missing.retain(|&letter| !fonts.covers(letter));
            }
        }
        fonts
    }

    /// Whether some font has `letter`, or it needs no glyph.
    pub fn covers(&self, letter: char) -> bool {
        is_invisible(letter) || self.faces(false).any(|face| face.letters.map(letter).is_some())
    }

    /// Advance width of `text` in CSS pixels at `size`; kerning, which resvg adds, is a fraction of a per cent.
    pub fn width(&self, text: &str, size: f64, bold: bool) -> f64 {
        // resvg sets a whole text in the first fallback font that has all its letters, if the first font lacks any.
        let visible = || text.chars().filter(|&letter| !is_invisible(letter));
        if !self.system.is_empty() && !visible().all(|letter| bundled_faces().iter().any(|(_, face)| face.letters.map(letter).is_some())) {
            let whole = |face: &Face<'_>| visible().map(|letter| face.advance(letter)).sum::<Option<f64>>();
            if let Some(em) = self.faces(bold).find_map(|face| whole(&face)) {
                return em * size;
            }
        }
        let em = |letter: char| {
            // A viewer's font: full-width letters and emoji take one em, nothing takes more.
            self.faces(bold).find_map(|face| face.advance(letter)).unwrap_or(1.0)
        };
        visible().map(em).sum::<f64>() * size
    }

    /// The fonts of a cut, in the order of fallback.
    fn faces(&self, bold: bool) -> impl Iterator<Item = Face<'_>> {
        let bundled = bundled_faces().iter().filter(move |(is_bold, _)| *is_bold == bold).map(|(_, face)| face.clone());
        bundled.chain(self.system.iter().filter_map(|font| Some(Face::of(&FontRef::from_index(&font.bytes, font.index).ok()?))))
    }

    /// The database that resvg draws with: exactly these fonts, never others.
    pub fn database(&self) -> Arc<fontdb::Database> {
        static BUNDLED_ONLY: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
        let bundled = BUNDLED_ONLY.get_or_init(|| {
            let mut database = fontdb::Database::new();
            for font in &BUNDLED {
                database.load_font_source(fontdb::Source::Binary(Arc::new(font.bytes)));
            }
            for family in [fontdb::Database::set_sans_serif_family, fontdb::Database::set_serif_family] {
                family(&mut database, FONT_FAMILY);
            }
            Arc::new(database)
        });
        if self.system.is_empty() {
            return Arc::clone(bundled);
        }
        let mut database = fontdb::Database::clone(bundled);
        for font in &self.system {
            database.load_font_source(fontdb::Source::Binary(Arc::new(SharedBytes(Arc::clone(&font.bytes)))));
        }
        Arc::new(database)
    }
}

struct SharedBytes(Arc<Vec<u8>>);

impl AsRef<[u8]> for SharedBytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// What measuring needs of a font.
#[derive(Clone)]
struct Face<'f> {
    letters: Charmap<'f>,
    metrics: GlyphMetrics<'f>,
    units_per_em: f64,
}

impl<'f> Face<'f> {
    fn of(font: &FontRef<'f>) -> Self {
        let units_per_em = f64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em.max(1));
        Self { letters: font.charmap(), metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()), units_per_em }
    }

    /// Width of `letter` in ems, if the font has it.
    fn advance(&self, letter: char) -> Option<f64> {
        let glyph = self.letters.map(letter)?;
        Some(f64::from(self.metrics.advance_width(glyph).unwrap_or(0.0)) / self.units_per_em)
    }
}

/// The bundled fonts, parsed once: whether bold, and the face.
fn bundled_faces() -> &'static [(bool, Face<'static>)] {
    static FACES: OnceLock<Vec<(bool, Face<'static>)>> = OnceLock::new();
    FACES.get_or_init(|| BUNDLED.iter().filter_map(|font| Some((font.bold, Face::of(&FontRef::new(font.bytes).ok()?)))).collect())
}

/// Joiners, direction marks and variation selectors: shaping uses them, nothing is drawn.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{34f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Font files in the usual folders, sorted, so that one machine gives one result.
fn system_font_files() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        ["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts", "C:\\Windows\\Fonts"]
            .map(PathBuf::from)
            .to_vec();
    if let Some(home) = std::env::var_os("HOME") {
        folders.extend([".local/share/fonts", ".fonts", "Library/Fonts"].map(|folder| Path::new(&home).join(folder)));
    }
    let is_font = |path: &Path| {
        path.extension().and_then(|end| end.to_str()).is_some_and(|end| matches!(end.to_lowercase().as_str(), "ttf" | "otf" | "ttc"))
    };
    let mut files: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| walkdir::WalkDir::new(folder).follow_links(true).max_depth(6))
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| is_font(path))
        .collect();
    // Plain cuts first: a fallback in an odd weight looks worse than none.
    let odd = ["bold", "italic", "oblique", "light", "thin", "black", "medium", "condensed", "mono", "serif", "display", "ui-"];
    files.sort_by_cached_key(|path| {
        let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        (odd.iter().filter(|word| name.contains(**word)).count(), path.clone())
    });
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_bundled_fonts_parse_and_cover_what_they_promise() {
        assert_eq!(bundled_faces().len(), BUNDLED.len());
        let fonts = Fonts::default();
        for letter in "Aé–…−×₂²³⁻¹⁰⁴⁵⁶⁷⁸⁹½¼⅛ЖждΩאבغلمپ→".chars() {
            assert!(fonts.covers(letter), "{letter:?}");
        }
        assert!(!fonts.covers('中') && !fonts.covers('😀'));
    }

    #[test]
    fn width_is_the_sum_of_the_font_s_advances() {
        let fonts = Fonts::default();
        let em = |text| fonts.width(text, 1.0, false);
        // Oracle: fontTools 4.68, sum of hmtx advances of Inter-Regular.otf over its 2816 units per em.
        assert!((em("The Harbour Times") - 9.078125).abs() < 1e-12);
        assert!(fonts.width("Outlet", 13.0, true) > fonts.width("Outlet", 13.0, false));
        assert_eq!(em("\u{200d}"), 0.0);
        assert_eq!(em("中"), 1.0);
    }
}
