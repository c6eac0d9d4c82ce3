//! Colours: the two themes, the series palette, the ramps of heat maps.

use plotters::style::RGBColor;

use super::style::Theme;

/// The colours of a theme.
#[derive(Debug)]
pub(super) struct Colours {
    /// Ground of the picture.
    pub ground: RGBColor,
    /// Titles, labels, values.
    pub ink: RGBColor,
    /// Subtitles, ticks, footers: at least 4.5 : 1 on the ground.
    pub muted: RGBColor,
    /// Grid lines.
    pub grid: RGBColor,
    /// Base and zero lines.
    pub axis: RGBColor,
    /// Marks of charts that tell no groups apart.
    pub plain: RGBColor,
    /// Cells without a value.
    pub missing: RGBColor,
    /// Series colours, in the order of use.
    palette: [RGBColor; PALETTE],
    /// From nothing to much.
    sequential: &'static [RGBColor],
    /// From far below to far above the middle.
    diverging: &'static [RGBColor],
}

/// Number of distinct series colours; after them the look changes (hollow, lighter).
pub(super) const PALETTE: usize = 12;

/// How much of the plain colour is left in the shades of series that may not look like groups.
const SHADES: [f64; 3] = [1.0, 0.62, 0.36];

const fn rgb(hex: u32) -> RGBColor {
    RGBColor((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

// Both palettes come from a search that maximises the smallest OKLab distance between the first 4, 6, 8 and 12 colours
// under normal vision and under full protanopia, deuteranopia and tritanopia (Machado et al. 2009): it stays above 0.08
// for all 12, and contrast with the ground is at least 2.9 : 1.
static LIGHT: Colours = Colours {
    ground: rgb(0xFFFFFF),
    ink: rgb(0x1B1F24),
    muted: rgb(0x59626C),
    grid: rgb(0xE4E7EB),
    axis: rgb(0x7D868F),
    plain: rgb(0x46566A),
    missing: rgb(0xF0F1F3),
    palette: [
        rgb(0x002BA7),
        rgb(0xEE7215),
        rgb(0x028989),
        rgb(0x871954),
        rgb(0x804ED7),
        rgb(0x8F5C07),
        rgb(0x349BFC),
        rgb(0x4F1C01),
        rgb(0x78A16E),
        rgb(0xCF64C2),
        rgb(0x32136F),
        rgb(0x5C4600),
    ],
    sequential: &[rgb(0xF2F6FB), rgb(0xD6E4F2), rgb(0xABCBE6), rgb(0x75ABD6), rgb(0x3F87C1), rgb(0x1A61A4), rgb(0x0A3D78), rgb(0x06264E)],
    diverging: &[
        rgb(0x0B3B73),
        rgb(0x2A6EB0),
        rgb(0x6BA6D6),
        rgb(0xB5D4EC),
        rgb(0xF6F6F6),
        rgb(0xF8CFA8),
        rgb(0xE79A55),
        rgb(0xC0621A),
        rgb(0x7D3505),
    ],
};

static DARK: Colours = Colours {
    ground: rgb(0x15191E),
    ink: rgb(0xEEF1F4),
    muted: rgb(0xA9B3BD),
    grid: rgb(0x2B323A),
    axis: rgb(0x7B8794),
    plain: rgb(0xB4C0CE),
    missing: rgb(0x1E242A),
    palette: [
        rgb(0x05BAFD),
        rgb(0xFC8303),
        rgb(0x21867B),
        rgb(0xCD90B6),
        rgb(0x9B60C9),
        rgb(0xD5D077),
        rgb(0x85EDFE),
        rgb(0xDB4229),
        rgb(0xCFFC4F),
        rgb(0xFFAEBE),
        rgb(0x5281FE),
        rgb(0xA09674),
    ],
    sequential: &[rgb(0x1B2530), rgb(0x1D3A56), rgb(0x1F527F), rgb(0x2A6FA8), rgb(0x4890CB), rgb(0x7AB3E3), rgb(0xB1D5F3), rgb(0xE3F1FC)],
    diverging: &[
        rgb(0xB5DBFA),
        rgb(0x6FB2E8),
        rgb(0x3A7FBA),
        rgb(0x254A69),
        rgb(0x262C33),
        rgb(0x66441F),
        rgb(0xB06C22),
        rgb(0xEA9A48),
        rgb(0xFBD0A3),
    ],
};

/// The colour, as `#rrggbb`, of the group at `position` in all charts of `theme`.
pub fn series_colour(position: usize, theme: Theme) -> String {
    let RGBColor(red, green, blue) = Colours::of(theme).look(position).colour;
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// How a series looks: its colour, and in the second round of the palette hollow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    /// The colour.
    pub colour: RGBColor,
    /// Drawn as outline with a tint, because its colour has been used before.
    pub hollow: bool,
}

impl Colours {
    /// The colours of `theme`.
    pub fn of(theme: Theme) -> &'static Self {
        match theme {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
        }
    }

    /// The look of the series at `position`.
    pub fn look(&self, position: usize) -> Look {
        Look { colour: self.palette[position % PALETTE], hollow: (position / PALETTE) % 2 == 1 }
    }

    /// Looks for series called `names`: by position in `groups` for those in it, then the positions after, so that nothing
    /// else has a group's colour. Where the groups use up all colours, up to three other series are shades of the plain one;
    /// more begin at the first colour.
    pub fn looks(&self, names: &[&str], groups: &[String]) -> Vec<Look> {
        let has_group = names.iter().any(|name| groups.iter().any(|group| group == name));
        if !has_group && groups.len() + names.len() > PALETTE && names.len() <= SHADES.len() {
            return SHADES.iter().take(names.len()).map(|&share| Look { colour: self.tint(self.plain, share), hollow: false }).collect();
        }
        let mut next = if has_group || groups.len() + names.len() <= PALETTE { groups.len() } else { 0 };
        names
            .iter()
            .map(|name| {
                let position = groups.iter().position(|group| group == name).unwrap_or_else(|| {
                    next += 1;
                    next - 1
                });
                self.look(position)
            })
            .collect()
    }

    /// The colour of `share` (0 to 1) on the one-sided ramp.
    pub fn sequential(&self, share: f64) -> RGBColor {
        along(self.sequential, share)
    }

    /// The colour of `share` (−1 to 1) on the two-sided ramp.
    pub fn diverging(&self, share: f64) -> RGBColor {
        along(self.diverging, share.midpoint(1.0))
    }

    /// `colour` mixed with the ground: `share` of it is left.
    pub fn tint(&self, colour: RGBColor, share: f64) -> RGBColor {
        between(self.ground, colour, share)
    }

    /// `colour` moved towards the ink until letters in it can be read on the ground (WCAG AA, 4.5 : 1).
    pub fn readable(&self, colour: RGBColor) -> RGBColor {
        let mixed = |step: u8| between(colour, self.ink, f64::from(step) / 10.0);
        (0..10).map(mixed).find(|colour| contrast(*colour, self.ground) >= 4.5).unwrap_or(self.ink)
    }

    /// Black or white letters, whichever reads better on `fill`.
    pub fn ink_on(&self, fill: RGBColor) -> RGBColor {
        // With a softer black some fills would have neither at 4.5 : 1.
        let (dark, light) = (rgb(0x000000), rgb(0xFFFFFF));
        if contrast(fill, light) >= contrast(fill, dark) { light } else { dark }
    }
}

fn along(ramp: &[RGBColor], share: f64) -> RGBColor {
    let place = share.clamp(0.0, 1.0) * (ramp.len() - 1) as f64;
    let index = (place as usize).min(ramp.len() - 2);
    between(ramp[index], ramp[index + 1], place - index as f64)
}

fn between(from: RGBColor, to: RGBColor, share: f64) -> RGBColor {
    let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share.clamp(0.0, 1.0)).round() as u8;
    RGBColor(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}

/// Contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
pub(super) fn contrast(a: RGBColor, b: RGBColor) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: RGBColor) -> f64 {
    let part = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { crate::maths::float::pow((value + 0.055) / 1.055, 2.4) }
    };
    0.2126 * part(colour.0) + 0.7152 * part(colour.1) + 0.0722 * part(colour.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_equals_wcag_examples() {
        assert!((contrast(rgb(0), rgb(0xFFFFFF)) - 21.0).abs() < 1e-9);
        // #777 on white is the well-known near miss of the 4.5 : 1 rule: 4.48.
        assert!((contrast(rgb(0x777777), rgb(0xFFFFFF)) - 4.48).abs() < 0.005);
    }

    #[test]
    fn letters_and_marks_stand_out_in_both_themes() {
        for theme in [Theme::Light, Theme::Dark] {
            let colours = Colours::of(theme);
            assert!(contrast(colours.ink, colours.ground) > 12.0);
            assert!(contrast(colours.muted, colours.ground) > 4.5 && contrast(colours.plain, colours.ground) > 4.5);
            for (index, colour) in colours.palette.iter().enumerate() {
                assert!(contrast(*colour, colours.ground) >= 2.9, "{theme:?} {index}");
                assert!(contrast(colours.readable(*colour), colours.ground) >= 4.5, "{theme:?} {index}");
            }
            for step in 0..=40 {
                let fill = colours.sequential(f64::from(step) / 40.0);
                assert!(contrast(fill, colours.ink_on(fill)) > 4.5, "{theme:?} {step}");
                let fill = colours.diverging(f64::from(step) / 20.0 - 1.0);
                assert!(contrast(fill, colours.ink_on(fill)) > 4.5, "{theme:?} {step}");
            }
        }
    }

    #[test]
    fn a_group_keeps_its_colour_whatever_else_is_drawn() {
        let groups: Vec<String> = ["a", "b", "c"].map(String::from).to_vec();
        let colours = Colours::of(Theme::Light);
        assert_eq!(colours.looks(&["c"], &groups)[0], colours.looks(&["a", "b", "c"], &groups)[2]);
        assert_eq!(colours.looks(&["new", "a"], &groups), [colours.look(3), colours.look(0)]);
        assert_eq!(colours.looks(&["PER", "ORG"], &groups), [colours.look(3), colours.look(4)]);
        let many: Vec<String> = (0..PALETTE).map(|group| group.to_string()).collect();
        let shades = colours.looks(&["PER", "ORG"], &many);
        assert_eq!(shades[0].colour, colours.plain);
        assert!(shades.iter().all(|shade| !colours.palette.contains(&shade.colour)) && shades[0] != shades[1]);
        assert_eq!(colours.looks(&["a", "b", "c", "d"], &many)[3], colours.look(3));
        assert!(colours.look(PALETTE).hollow && colours.look(PALETTE).colour == colours.look(0).colour);
    }
}
