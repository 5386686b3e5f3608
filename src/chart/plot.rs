//! plotters on a part of the page: a y axis with its labels, bars, lines and areas, through [`super::backend`].
//!
//! The time axis is never plotters' own: [`super::axis`] draws it for all charts alike.

use super::axis::Scale;
use super::backend::{Backend, Sheet};
use super::font::points;
use super::scene::{Colour, Hmm, Item};
use super::style::{GREY, GRID, HAIR, RULE, Sizes};
use super::when::Day;
use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use std::ops::Range;

/// Room for the labels of the y axis: what they need at 6.5 points, in the size of this figure.
pub fn label_room(usual: Hmm, sizes: &Sizes) -> Hmm {
    usual * sizes.axis / points(6.5)
}

/// Where a plot stands: the axis gives left and right, these top and bottom.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// Days to places.
    pub scale: Scale,
    /// Upper edge.
    pub top: Hmm,
    /// Lower edge.
    pub bottom: Hmm,
    /// Room for the labels of the y axis, left of the plot.
    pub labels: Hmm,
    /// Font sizes.
    pub sizes: Sizes,
}

/// A plot in a Cartesian plane: days (as numbers) to the right, values upwards.
pub struct Plot<'a> {
    context: ChartContext<'a, Backend, Cartesian2d<RangedCoordf64, RangedCoordf64>>,
    sheet: Sheet,
}

fn rgb(colour: Colour) -> RGBColor {
    RGBColor((colour.0 >> 16) as u8, (colour.0 >> 8) as u8, colour.0 as u8)
}

/// plotters' errors: drawing into memory has none of its own.
fn failed<E: std::fmt::Display>(error: E) -> crate::Error {
    crate::Error::Usage(format!("the chart cannot be drawn: {error}"))
}

impl Plot<'_> {
    /// A plot whose y axis covers `values`, with about so many labelled lines, written by `label`.
    ///
    /// # Errors
    /// [`crate::Error::Usage`] when plotters cannot make the axes.
    pub fn new(frame: &Frame, values: Range<f64>, lines: usize, label: &dyn Fn(f64) -> String) -> crate::Result<Self> {
        let sheet = Sheet::default();
        let size = (frame.scale.x1, frame.bottom + 2000);
        let root: DrawingArea<Backend, Shift> = Backend::new(&sheet, size).into_drawing_area();
        let left = frame.scale.x0 - frame.labels;
        let part = root.shrink(
            (left, frame.top),
            ((frame.scale.x1 - left).max(1) as u32, (frame.bottom - frame.top).max(1) as u32),
        );
        let days = frame.scale.first as f64..(frame.scale.last + 1) as f64;
        let mut context = ChartBuilder::on(&part)
            .set_label_area_size(LabelAreaPosition::Left, frame.labels)
            .build_cartesian_2d(days, values)
            .map_err(failed)?;
        let grey = rgb(GREY);
        let style = TextStyle::from(("sans-serif", f64::from(frame.sizes.axis)).into_font()).color(&grey);
        context
            .configure_mesh()
            .disable_x_mesh()
            .disable_x_axis()
            .y_labels(lines)
            .y_label_formatter(&|v| label(*v))
            .y_label_style(style)
            .axis_style(rgb(RULE).stroke_width(HAIR as u32))
            .bold_line_style(rgb(GRID).stroke_width(HAIR as u32))
            .light_line_style(TRANSPARENT)
            .set_tick_mark_size(LabelAreaPosition::Left, 50)
            .draw()
            .map_err(failed)?;
        Ok(Plot { context, sheet })
    }

    /// A line through points.
    ///
    /// # Errors
    /// As [`Plot::new`].
    pub fn line(&mut self, points: &[(Day, f64)], colour: Colour, width: Hmm) -> crate::Result<()> {
        let points = points.iter().map(|(d, v)| (*d as f64 + 0.5, *v));
        self.context.draw_series(LineSeries::new(points, rgb(colour).stroke_width(width as u32))).map_err(failed)?;
        Ok(())
    }

    /// A filled area between a line and a value.
    ///
    /// # Errors
    /// As [`Plot::new`].
    pub fn area(&mut self, points: &[(Day, f64)], base: f64, colour: Colour, alpha: f64) -> crate::Result<()> {
        let points = points.iter().map(|(d, v)| (*d as f64 + 0.5, *v));
        let series = AreaSeries::new(points, base, rgb(colour).mix(alpha)).border_style(TRANSPARENT);
        self.context.draw_series(series).map_err(failed)?;
        Ok(())
    }

    /// A band between two lines.
    ///
    /// # Errors
    /// As [`Plot::new`].
    pub fn band(&mut self, low: &[(Day, f64)], high: &[(Day, f64)], colour: Colour, alpha: f64) -> crate::Result<()> {
        let to = |(d, v): &(Day, f64)| (*d as f64 + 0.5, *v);
        let points: Vec<(f64, f64)> = high.iter().map(to).chain(low.iter().rev().map(to)).collect();
        self.context
            .draw_series(std::iter::once(Polygon::new(points, rgb(colour).mix(alpha).filled())))
            .map_err(failed)?;
        Ok(())
    }

    /// A bar over days, from one value to another.
    ///
    /// # Errors
    /// As [`Plot::new`].
    pub fn bar(&mut self, days: Range<Day>, values: Range<f64>, colour: Colour) -> crate::Result<()> {
        let corners = [(days.start as f64, values.end), (days.end as f64, values.start)];
        self.context.draw_series(std::iter::once(Rectangle::new(corners, rgb(colour).filled()))).map_err(failed)?;
        Ok(())
    }

    /// A straight line between two points of the plane.
    ///
    /// # Errors
    /// As [`Plot::new`].
    pub fn stroke(&mut self, from: (Day, f64), to: (Day, f64), colour: Colour, width: Hmm) -> crate::Result<()> {
        let line = vec![(from.0 as f64 + 0.5, from.1), (to.0 as f64 + 0.5, to.1)];
        self.context
            .draw_series(std::iter::once(PathElement::new(line, rgb(colour).stroke_width(width as u32))))
            .map_err(failed)?;
        Ok(())
    }

    /// Where a point of the plane lies on the page.
    pub fn place(&self, day: Day, value: f64) -> (Hmm, Hmm) {
        self.context.backend_coord(&(day as f64 + 0.5, value))
    }

    /// What was drawn.
    pub fn items(self) -> Vec<Item> {
        drop(self.context);
        let items = self.sheet.borrow().clone();
        // plotters closes series with lines of no colour.
        items.into_iter().filter(|item| !matches!(item, Item::Line(_, s) if s.opacity == 0)).collect()
    }
}
