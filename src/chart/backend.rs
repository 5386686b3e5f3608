//! plotters drawn into a [`super::scene::Scene`]: a drawing backend whose pixel is a hundredth of a millimetre.
//!
//! plotters' own SVG backend works in whole pixels, guesses the widths of texts and writes characters that XML forbids.
//! Here plotters draws primitives into the scene like everything else: its texts are measured with the face that is
//! embedded, and the overlap test sees them.

use super::font::{ASCENT, DESCENT, Face};
use super::scene::{Colour, Fill, Hmm, Item, Rect, Stroke, Text};
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
};
use std::cell::RefCell;
use std::rc::Rc;

/// Drawing into memory does not fail.
#[derive(Debug)]
pub struct Never;

impl std::fmt::Display for Never {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("drawing failed")
    }
}

impl std::error::Error for Never {}

/// What plotters drew, shared between the drawing areas that it splits off.
pub type Sheet = Rc<RefCell<Vec<Item>>>;

/// The backend: a sheet and its size.
pub struct Backend {
    sheet: Sheet,
    size: (Hmm, Hmm),
}

impl Backend {
    /// A backend for a page of this size that draws onto `sheet`.
    pub fn new(sheet: &Sheet, size: (Hmm, Hmm)) -> Self {
        Backend { sheet: Rc::clone(sheet), size }
    }

    fn push(&self, item: Item) -> Result<(), DrawingErrorKind<Never>> {
        self.sheet.borrow_mut().push(item);
        Ok(())
    }
}

fn colour(c: BackendColor) -> Colour {
    let (r, g, b) = c.rgb;
    Colour(u32::from(r) << 16 | u32::from(g) << 8 | u32::from(b))
}

fn opacity(c: BackendColor) -> u8 {
    (c.alpha.clamp(0.0, 1.0) * 100.0).round() as u8
}

fn stroke<S: BackendStyle>(style: &S) -> Stroke {
    let mut stroke = Stroke::new(colour(style.color()), style.stroke_width() as Hmm);
    stroke.opacity = opacity(style.color());
    stroke
}

fn face<S: BackendTextStyle>(style: &S) -> Face {
    match style.style() {
        FontStyle::Bold => Face::Bold,
        FontStyle::Italic | FontStyle::Oblique => Face::Italic,
        FontStyle::Normal => Face::Regular,
    }
}

type Drawn = Result<(), DrawingErrorKind<Never>>;

impl DrawingBackend for Backend {
    type ErrorType = Never;

    fn get_size(&self) -> (u32, u32) {
        (self.size.0.max(0) as u32, self.size.1.max(0) as u32)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, c: BackendColor) -> Drawn {
        self.push(Item::Rect(Rect::new(x, y, x + 1, y + 1), Fill::Solid(colour(c), opacity(c)), None))
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.push(Item::Line(vec![from, to], stroke(style)))
    }

    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S, fill: bool) -> Drawn {
        let rect = Rect::new(a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1));
        let c = style.color();
        self.push(if fill {
            Item::Rect(rect, Fill::Solid(colour(c), opacity(c)), None)
        } else {
            Item::Rect(rect, Fill::None, Some(stroke(style)))
        })
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.push(Item::Line(path.into_iter().collect(), stroke(style)))
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let c = style.color();
        let (fill, line) =
            if fill { (Fill::Solid(colour(c), opacity(c)), None) } else { (Fill::None, Some(stroke(style))) };
        self.push(Item::Circle(centre, radius as Hmm, fill, line))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, points: I, style: &S) -> Drawn {
        let c = style.color();
        self.push(Item::Area(points.into_iter().collect(), Fill::Solid(colour(c), opacity(c)), None))
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Drawn {
        let size = style.size().round() as Hmm;
        let face = face(style);
        let width = face.width(text, size);
        let x = match style.anchor().h_pos {
            HPos::Left => x,
            HPos::Center => x - width / 2,
            HPos::Right => x - width,
        };
        let (ascent, descent) = (size * ASCENT as Hmm / 1000, size * DESCENT as Hmm / 1000);
        let y = match style.anchor().v_pos {
            VPos::Top => y + ascent,
            // The middle of digits and capitals, not of the line box.
            VPos::Center => y + size * 36 / 100,
            VPos::Bottom => y - descent,
        };
        self.push(Item::Text(Text::line(x, y, size, text).face(face).colour(colour(style.color()))))
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Never>> {
        let size = style.size().round() as Hmm;
        let width = face(style).width(text, size);
        Ok((width.max(0) as u32, (size * (ASCENT + DESCENT) as Hmm / 1000).max(0) as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plotters::prelude::*;

    #[test]
    fn plotters_draws_into_the_scene_with_measured_text() {
        let sheet = Sheet::default();
        let area = Backend::new(&sheet, (8800, 4000)).into_drawing_area();
        let style = ("sans-serif", 229).into_font().color(&BLACK);
        area.draw(&plotters::element::Text::new("Тошкент", (100, 100), style)).expect("drawn");
        area.draw(&PathElement::new(vec![(0, 0), (500, 500)], ShapeStyle::from(&BLACK).stroke_width(9)))
            .expect("drawn");
        drop(area);
        let items = sheet.borrow();
        let Some(Item::Text(text)) = items.first() else { panic!("{items:?}") };
        assert_eq!((text.size, text.width()), (229, Face::Regular.width("Тошкент", 229)));
        assert_eq!(items[1], Item::Line(vec![(0, 0), (500, 500)], Stroke::new(Colour(0), 9)));
    }
}
