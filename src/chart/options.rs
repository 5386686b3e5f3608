//! What a figure is asked to be: period, size, lanes, words.

use super::lane::LanePlan;
use super::palette::Palette;
use super::scene::Hmm;
use super::words::Words;
use crate::date::Span;
use crate::{Error, Result};

/// What a figure is asked to be.
#[derive(Clone, Debug)]
pub struct Options {
    /// The period drawn; open ends are taken from the events.
    pub period: Span,
    /// Width of the page.
    pub width: Hmm,
    /// Height not to be exceeded while there is another way; `None` for as high as it gets.
    pub max_height: Option<Hmm>,
    /// Size of labels in points.
    pub label_points: f64,
    /// Printed above the figure, if given.
    pub title: Option<String>,
    /// The lanes.
    pub plan: LanePlan,
    /// The words.
    pub words: Words,
    /// Only so many events, the most salient ones.
    pub top: Option<usize>,
    /// Whether a crowded part is shown larger in a second panel.
    pub focus: bool,
    /// Whether events that rest on one source get a ring.
    pub mark_single: bool,
    /// The colours.
    pub palette: Palette,
    /// Whether a timeline whose labels do not fit goes on over further pages, instead of numbering or only marking
    /// the least salient events.
    pub paged: bool,
    /// Link of an event, with `{uid}` in it.
    pub link: Option<String>,
    /// The question that was asked, noted in the metadata.
    pub query: String,
}

impl Options {
    /// A page so wide and at most 225 mm high; labels of 6.5 points, on narrow pages of 6.
    pub fn new(plan: LanePlan, words: Words, width: Hmm) -> Self {
        Options {
            period: Span::default(),
            width,
            max_height: Some(22_500),
            label_points: if width < 11_000 { 6.0 } else { 6.5 },
            title: None,
            plan,
            words,
            top: None,
            focus: true,
            mark_single: false,
            palette: Palette::default(),
            paged: false,
            link: None,
            query: String::new(),
        }
    }

    /// Refuses sizes that cannot be printed.
    ///
    /// # Errors
    /// [`Error::Usage`] with what can be chosen.
    pub(super) fn check(&self) -> Result<()> {
        if !(5.0..=40.0).contains(&self.label_points) {
            return Err(Error::Usage(format!(
                "a font size of {} pt cannot be printed: choose 5 to 40 points",
                self.label_points
            )));
        }
        if !(6_000..=200_000).contains(&self.width) {
            return Err(Error::Usage(format!("a width of {} mm is outside 60 mm to 2000 mm", self.width / 100)));
        }
        Ok(())
    }
}
