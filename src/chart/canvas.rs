//! Drawing on plotters' areas in CSS pixels.
//!
//! plotters rounds every coordinate to whole units, so its canvas is ten times larger than the picture: a unit is a
//! tenth of a pixel and lines stay smooth. Everything given in pixels passes through here and nowhere else.

use std::ops::Range;

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::prelude::{Cartesian2d, DrawingArea, IntoDrawingArea, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, FontTransform, RGBColor, ShapeStyle, TextStyle};

use super::colours::{Colours, Look};
use super::fonts::FONT_FAMILY;
use super::geometry::Rect;
use crate::error::{Error, Result};

/// Canvas units a CSS pixel.
pub(super) const UNITS: f64 = 10.0;

/// The area in which marks are placed by their values.
type Plane<'a> = DrawingArea<SVGBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// Which end of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The text begins there.
    Start,
    /// The text is centred there.
    Middle,
    /// The text ends there.
    End,
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letters {
    pub size: f64,
    pub bold: bool,
    pub colour: RGBColor,
    pub anchor: Anchor,
}

/// A picture being drawn.
pub(super) struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    /// The theme's colours.
    pub colours: &'static Colours,
}

fn units(pixels: f64) -> i32 {
    (pixels * UNITS).round() as i32
}

fn at((x, y): (f64, f64)) -> (i32, i32) {
    (units(x), units(y))
}

fn failed<E: std::fmt::Debug>(error: E) -> Error {
    Error::internal(format!("a chart could not be drawn: {error:?}"))
}

fn stroke(colour: RGBColor, width: f64) -> ShapeStyle {
    ShapeStyle { color: colour.to_rgba(), filled: false, stroke_width: units(width).max(1) as u32 }
}

impl<'a> Canvas<'a> {
    /// A canvas of `width` × `height` pixels that writes plotters' SVG into `target`.
    pub fn new(target: &'a mut String, width: u32, height: u32, colours: &'static Colours) -> Result<Self> {
        let size = (width * UNITS as u32, height * UNITS as u32);
        let area = SVGBackend::with_string(target, size).into_drawing_area();
        area.fill(&colours.ground).map_err(failed)?;
        Ok(Self { area, colours })
    }

    /// Ends the drawing.
    pub fn finish(self) -> Result<()> {
        self.area.present().map_err(failed)
    }

    /// A filled rectangle.
    pub fn rectangle(&self, rect: Rect, colour: RGBColor) -> Result<()> {
        let corners = [at((rect.left, rect.top)), at((rect.right, rect.bottom))];
        self.area.draw(&Rectangle::new(corners, colour.filled())).map_err(failed)
    }

    /// A bar or swatch in the look of a series.
    pub fn swatch(&self, rect: Rect, look: Look) -> Result<()> {
        if !look.hollow {
            return self.rectangle(rect, look.colour);
        }
        self.rectangle(rect, self.colours.tint(look.colour, 0.3))?;
        let inner = rect.grown(-0.75);
        if inner.width() <= 0.0 || inner.height() <= 0.0 {
            return self.rectangle(rect, look.colour);
        }
        let corners = [at((inner.left, inner.top)), at((inner.right, inner.bottom))];
        self.area.draw(&Rectangle::new(corners, stroke(look.colour, 1.5))).map_err(failed)
    }

    /// A dot in the look of a series, with a rim of the ground so that dots on lines and on each other stay apart.
    pub fn dot(&self, place: (f64, f64), radius: f64, look: Look) -> Result<()> {
        self.disc(place, radius + 1.0, self.colours.ground)?;
        self.disc(place, radius, look.colour)?;
        if look.hollow { self.disc(place, radius * 0.5, self.colours.ground) } else { Ok(()) }
    }

    /// A ring: a point that is not named.
    pub fn ring(&self, place: (f64, f64), radius: f64, colour: RGBColor) -> Result<()> {
        self.area.draw(&Circle::new(at(place), units(radius), stroke(colour, 1.0))).map_err(failed)
    }

    /// A filled circle.
    pub fn disc(&self, place: (f64, f64), radius: f64, colour: RGBColor) -> Result<()> {
        self.area.draw(&Circle::new(at(place), units(radius), colour.filled())).map_err(failed)
    }

    /// A line through `places`.
    pub fn line(&self, places: &[(f64, f64)], colour: RGBColor, width: f64) -> Result<()> {
        let places: Vec<(i32, i32)> = places.iter().map(|&place| at(place)).collect();
        self.area.draw(&PathElement::new(places, stroke(colour, width))).map_err(failed)
    }

    /// A dashed straight line.
    pub fn dashes(&self, from: (f64, f64), to: (f64, f64), colour: RGBColor, width: f64) -> Result<()> {
        let length = crate::maths::float::sqrt((to.0 - from.0) * (to.0 - from.0) + (to.1 - from.1) * (to.1 - from.1));
        let along = |distance: f64| {
            let share = (distance / length).min(1.0);
            (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
        };
        let mut start = 0.0;
        while start < length {
            self.line(&[along(start), along(start + 4.0)], colour, width)?;
            start += 7.0;
        }
        Ok(())
    }

    /// A filled polygon, `opacity` 0 to 1.
    pub fn polygon(&self, corners: &[(f64, f64)], colour: RGBColor, opacity: f64) -> Result<()> {
        let corners: Vec<(i32, i32)> = corners.iter().map(|&corner| at(corner)).collect();
        self.area.draw(&Polygon::new(corners, colour.mix(opacity).filled())).map_err(failed)
    }

    /// `text` with its baseline at `place`.
    pub fn text(&self, place: (f64, f64), text: &str, letters: Letters) -> Result<()> {
        self.lettering(place, text, letters, FontTransform::None)
    }

    /// `text` that reads upwards, its baseline beginning at `place`.
    pub fn upward_text(&self, place: (f64, f64), text: &str, letters: Letters) -> Result<()> {
        self.lettering(place, text, letters, FontTransform::Rotate270)
    }

    fn lettering(&self, place: (f64, f64), text: &str, letters: Letters, turn: FontTransform) -> Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        let cut = if letters.bold { FontStyle::Bold } else { FontStyle::Normal };
        // plotters' SVG backend divides sizes by 1.24, its guess of a line's height in ems.
        let font = FontDesc::new(FontFamily::Name(FONT_FAMILY), letters.size * UNITS * 1.24, cut).transform(turn);
        let side = match letters.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        // `markup::tidied` takes the backend's shift for VPos::Bottom away, so that the place is the baseline.
        let style = TextStyle::from(font).color(&letters.colour).pos(Pos::new(side, VPos::Bottom));
        self.area.draw_text(text, &style, at(place)).map_err(failed)
    }

    /// The area `rect` with the coordinates `x` (left to right) and `y` (bottom to top).
    pub fn plane(&self, rect: Rect, x: Range<f64>, y: Range<f64>) -> Field<'a, '_> {
        let span = (units(rect.left)..units(rect.right), units(rect.bottom)..units(rect.top));
        Field { plane: self.area.apply_coord_spec(Cartesian2d::new(x, y, span)), canvas: self }
    }
}

/// An area with coordinates, on which values are drawn and found.
pub(super) struct Field<'a, 'c> {
    plane: Plane<'a>,
    canvas: &'c Canvas<'a>,
}

impl Field<'_, '_> {
    /// Where a value stands, in pixels of the picture.
    pub fn place(&self, x: f64, y: f64) -> (f64, f64) {
        let (x, y) = self.plane.map_coordinate(&(x, y));
        (f64::from(x) / UNITS, f64::from(y) / UNITS)
    }

    /// A line through values.
    pub fn line(&self, values: &[(f64, f64)], colour: RGBColor, width: f64) -> Result<()> {
        self.plane.draw(&PathElement::new(values.to_vec(), stroke(colour, width))).map_err(failed)
    }

    /// A dashed line between two values.
    pub fn dashes(&self, from: (f64, f64), to: (f64, f64), colour: RGBColor) -> Result<()> {
        self.canvas.dashes(self.place(from.0, from.1), self.place(to.0, to.1), colour, 1.0)
    }

    /// A band between the lower and upper ends at each x.
    pub fn band(&self, ends: &[(f64, f64, f64)], colour: RGBColor) -> Result<()> {
        let lower = ends.iter().map(|&(x, low, _)| (x, low));
        let upper = ends.iter().rev().map(|&(x, _, high)| (x, high));
        let corners: Vec<(f64, f64)> = lower.chain(upper).collect();
        self.plane.draw(&Polygon::new(corners, colour.mix(0.16).filled())).map_err(failed)
    }

    /// A bar from `from` to `to` on the x axis, `half` pixels up and down from the middle of the row `y`.
    pub fn bar(&self, from: f64, to: f64, y: f64, half: f64, look: Look) -> Result<Rect> {
        let (start, middle) = self.place(from.min(to), y);
        let (end, _) = self.place(from.max(to), y);
        // A count of one beside a count of a million is still a line.
        let end = if from != to { end.max(start + 0.5) } else { end };
        let rect = Rect::new(start, middle - half, end, middle + half);
        if rect.width() > 0.0 {
            self.canvas.swatch(rect, look)?;
        }
        Ok(rect)
    }
}
