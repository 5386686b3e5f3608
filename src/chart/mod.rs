//! Figures from events: layout as pure geometry, drawing as SVG.
//!
//! ```
//! use dateline::chart::{self, LanePlan, Options, Words};
//! use dateline::rules::Rules;
//!
//! let words = Words::english();
//! let plan = LanePlan::choose(&Rules::builtin(), &[], &Default::default(), &words)?;
//! let figure = chart::timeline(&[], &Options::new(plan, words, 18_000))?;
//! assert!(figure.svg(chart::Fonts::Embedded).contains("No events"));
//! # Ok::<(), dateline::Error>(())
//! ```
//!
//! A figure is a [`Scene`]: primitives in hundredths of a millimetre, which tests look at (no two texts overlap, none
//! leaves the page). Whatever cannot get a label is numbered or drawn as a mark; the caption says how many of each.
//!
//! This module does not read a database, a clock or the fonts of the machine.

mod axis;
mod backend;
mod caption;
#[cfg(any(feature = "write-pdf", feature = "write-png"))]
mod convert;
mod coverage;
mod curve;
mod density;
mod entry;
mod focus;
mod font;
mod lane;
mod legend;
mod mark;
mod network;
mod options;
mod pack;
mod page;
mod palette;
mod panel;
mod plot;
mod ready;
mod relations;
mod scene;
mod seeded;
mod style;
mod svg;
mod swim;
mod timeline;
mod when;
mod words;

#[cfg(test)]
mod browser;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

pub use coverage::coverage;
pub use density::density;
pub use font::points;
pub use lane::{Lane, LanePlan, main_actor};
pub use network::network;
pub use options::Options;
pub use palette::Palette;
pub use relations::relations;
pub use scene::{Hmm, Scene};
pub use svg::Fonts;
/// The options of every chart, by the name they had first.
pub type TimelineOptions = Options;
pub use timeline::timeline;
pub use words::Words;

/// One event of a figure, as its data file tells it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Row {
    /// Identifier of the event.
    pub uid: String,
    /// When, in EDTF.
    pub date: String,
    /// First possible day, empty where unknown.
    pub earliest: String,
    /// Last possible day, empty where unknown.
    pub latest: String,
    /// Name of its lane.
    pub lane: String,
    /// PLOVER category.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether it happened.
    pub modality: String,
    /// One sentence.
    pub headline: String,
    /// Number of documents that tell of it.
    pub documents: usize,
    /// How it appears: `label`, `number N`, `mark`.
    pub shown: String,
}

impl Row {
    fn new(entry: &entry::Entry<'_>, lane: &str, shown: String) -> Self {
        let event = entry.event;
        let day = |d: Option<crate::date::NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
        Row {
            uid: event.uid.clone(),
            date: event.date.edtf.clone(),
            earliest: day(event.date.span.earliest),
            latest: day(event.date.span.latest),
            lane: lane.to_string(),
            kind: event.kind.as_str().to_string(),
            modality: event.modality.as_str().to_string(),
            headline: event.headline.clone(),
            documents: event.documents,
            shown,
        }
    }
}

/// A figure: what is drawn, what is said of it, and the data behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What is drawn; the first page where there are several.
    pub scene: Scene,
    /// Further pages, for what one page cannot hold.
    pub more: Vec<Scene>,
    /// How many events are shown in which way, in a sentence.
    pub caption: String,
    /// The events drawn, in order of time.
    pub rows: Vec<Row>,
}

impl Scene {
    /// The page as SVG.
    pub fn svg(&self, fonts: Fonts) -> String {
        svg::svg(self, fonts)
    }
}

impl Figure {
    /// The figure as SVG; its first page where there are several.
    pub fn svg(&self, fonts: Fonts) -> String {
        svg::svg(&self.scene, fonts)
    }

    /// All pages.
    pub fn pages(&self) -> impl Iterator<Item = &Scene> {
        std::iter::once(&self.scene).chain(&self.more)
    }

    /// The events drawn as CSV with a header line (RFC 4180).
    ///
    /// # Errors
    /// [`crate::Error::Usage`] when a row cannot be written, which memory alone could cause.
    pub fn csv(&self) -> crate::Result<String> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in &self.rows {
            writer.serialize(row).map_err(|e| crate::Error::Usage(e.to_string()))?;
        }
        let bytes = writer.into_inner().map_err(|e| crate::Error::Usage(e.to_string()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}
