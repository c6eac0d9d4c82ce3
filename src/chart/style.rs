//! What a user may choose about the look of all charts: theme, size, fixed colours for groups, what to do about
//! scripts that no bundled font has.

/// Light or dark background.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark ink on white; for print and pages.
    #[default]
    Light,
    /// Light ink on a dark ground; for slides and dark pages.
    Dark,
}

/// Width and height of a picture, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Size {
    /// 760 wide, as high as the content needs: for pages and documents.
    #[default]
    Column,
    /// 1280 × 720 with larger letters: for slides. What does not fit is left out with a note.
    Slide,
    /// 1080 × 1080 with larger letters: for feeds. What does not fit is left out with a note.
    Square,
}

impl Size {
    /// Width in CSS pixels.
    pub fn width(self) -> u32 {
        match self {
            Self::Column => 760,
            Self::Slide => 1280,
            Self::Square => 1080,
        }
    }

    /// Height in CSS pixels; `None` where the content decides.
    pub fn height(self) -> Option<u32> {
        match self {
            Self::Column => None,
            Self::Slide => Some(720),
            Self::Square => Some(1080),
        }
    }

    /// How much larger letters, marks and gaps are than in a column.
    pub(super) fn scale(self) -> f64 {
        match self {
            Self::Column => 1.0,
            Self::Slide | Self::Square => 1.45,
        }
    }
}

/// What happens to letters that no bundled font has (Chinese, Japanese, Korean, Thai, Devanagari, emoji …).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MissingGlyphs {
    /// They are spelled in Latin letters in square brackets, and a note under the chart says so. The same bytes on
    /// every machine.
    #[default]
    Substitute,
    /// Fonts of the system are searched; what they lack as well is spelled. Bytes depend on the machine.
    SystemFonts,
    /// The SVG keeps the letters, for browsers that bring their own fonts; the PNG spells them. The same bytes on
    /// every machine.
    Viewer,
}

/// The look of the charts of one report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChartStyle {
    /// Light or dark.
    pub theme: Theme,
    /// Width and height.
    pub size: Size,
    /// All groups of the corpus in order. A group has the colour of its position here in every chart of the report.
    pub groups: Vec<String>,
    /// What to do about letters without a bundled font.
    pub missing_glyphs: MissingGlyphs,
}
