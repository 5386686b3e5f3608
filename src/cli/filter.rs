//! The options that choose events, the same for every command that lists, draws or exports them.

use crate::date::Span;
use crate::event::{EventType, Modality, Quad};
use crate::query::{EventFilter, Period, actor, details, period};
use crate::store::Store;
use crate::{Error, Result};

/// Which events.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct FilterArgs {
    /// A period: 2005, 2005-05/2005-11, 1999..2005, "May 2005", "spring 2008", "since 2001", or EDTF.
    #[arg(value_name = "PERIOD")]
    pub period: Vec<String>,
    /// Events in which one of these takes part: codes or names (UZB also finds UZB.KARIMOV).
    #[arg(long, value_name = "ACTOR,…", value_delimiter = ',')]
    pub actor: Vec<String>,
    /// …and one of these as well.
    #[arg(long, value_name = "ACTOR,…", value_delimiter = ',')]
    pub with: Vec<String>,
    /// Events that one of these does.
    #[arg(long, value_name = "ACTOR,…", value_delimiter = ',')]
    pub by: Vec<String>,
    /// Events that are done to one of these.
    #[arg(long, value_name = "ACTOR,…", value_delimiter = ',')]
    pub to: Vec<String>,
    /// PLOVER categories: SANCTION, CONSULT, …
    #[arg(long = "type", value_name = "TYPE,…", value_delimiter = ',')]
    pub types: Vec<String>,
    /// Sub-types: treaty.sign, or treaty for all of them.
    #[arg(long, value_name = "SUBTYPE,…", value_delimiter = ',')]
    pub subtype: Vec<String>,
    /// PLOVER contexts: military, economic, …
    #[arg(long, value_name = "CONTEXT,…", value_delimiter = ',')]
    pub context: Vec<String>,
    /// verbal-cooperation, material-cooperation, verbal-conflict, material-conflict, neutral.
    #[arg(long, value_name = "QUAD,…", value_delimiter = ',')]
    pub quad: Vec<String>,
    /// asserted, reported, ongoing, future, hypothetical, negated.
    #[arg(long, value_name = "MODALITY,…", value_delimiter = ',')]
    pub modality: Vec<String>,
    /// Events told with these words ("air base" in quotes stands together, uzb* begins so).
    #[arg(long, value_name = "WORDS")]
    pub text: Option<String>,
    /// Events that this document tells of (identifier, file stem or path).
    #[arg(long, value_name = "DOCUMENT")]
    pub document: Option<String>,
    /// Events at this place, or in this country (code).
    #[arg(long, value_name = "PLACE")]
    pub place: Option<String>,
    /// Events of at least this salience, 0 to 1.
    #[arg(long, value_name = "0..1")]
    pub min_salience: Option<f64>,
    /// Events of at least this confidence, 0 to 1.
    #[arg(long, value_name = "0..1")]
    pub min_confidence: Option<f64>,
    /// Events that rest on one source.
    #[arg(long)]
    pub one_source: bool,
    /// Events whose accounts contradict each other's dates.
    #[arg(long)]
    pub conflicts: bool,
    /// Events of which no date is known but that of their documents.
    #[arg(long)]
    pub dated_by_document: bool,
    /// Events announced and never told of as done.
    #[arg(long)]
    pub unconfirmed: bool,
    /// Events around this one: --days before and after it.
    #[arg(long, value_name = "EVENT", conflicts_with = "period")]
    pub around: Option<String>,
    /// How many days around it.
    #[arg(long, value_name = "N", default_value_t = 90)]
    pub days: u32,
    /// Events on this day of any year: 05-13.
    #[arg(long, value_name = "MM-DD")]
    pub on_day: Option<String>,
    /// Also rejected events.
    #[arg(long)]
    pub all: bool,
}

impl FilterArgs {
    /// The filter that the options ask for.
    ///
    /// # Errors
    /// [`Error::Usage`] when a word is not known; the message says which ones are.
    pub fn filter(&self, store: &Store) -> Result<EventFilter> {
        let (period, without) = match &self.around {
            Some(asked) => around(store, asked, self.days).map(|(period, uid)| (Some(period), Some(uid)))?,
            None if self.period.is_empty() => (None, None),
            None => (Some(period::parse(&self.period.join(" "))?), None),
        };
        let codes = |asked: &[String]| asked.iter().map(|a| actor(store, a)).collect::<Result<Vec<_>>>();
        Ok(EventFilter {
            period,
            actors: codes(&self.actor)?,
            with: codes(&self.with)?,
            by: codes(&self.by)?,
            to: codes(&self.to)?,
            types: words("type", &self.types, EventType::parse, EventType::all().map(EventType::as_str))?,
            subtypes: self.subtype.clone(),
            contexts: self.context.clone(),
            quads: words("quad", &self.quad, Quad::parse, Quad::all().map(Quad::as_str))?,
            modalities: words("modality", &self.modality, Modality::parse, Modality::all().map(Modality::as_str))?,
            text: self.text.clone(),
            document: self.document.clone(),
            place: self.place.clone(),
            min_salience: share("--min-salience", self.min_salience)?,
            min_confidence: share("--min-confidence", self.min_confidence)?,
            one_source: self.one_source,
            conflicts: self.conflicts,
            dated_by_document: self.dated_by_document,
            unconfirmed: self.unconfirmed,
            without,
            on_day: self.on_day.as_deref().map(month_and_day).transpose()?,
            rejected: self.all,
        })
    }
}

/// The days around an event, and its identifier.
fn around(store: &Store, asked: &str, days: u32) -> Result<(Period, String)> {
    let event = details(store, asked)?.answer.event;
    let span = event.date.span;
    if span.earliest.is_none() && span.latest.is_none() {
        return Err(Error::Usage(format!("event {} has no date to look around", event.uid)));
    }
    let far = chrono::Days::new(u64::from(days));
    let span = Span {
        earliest: span.earliest.or(span.latest).and_then(|d| d.checked_sub_days(far)),
        latest: span.latest.or(span.earliest).and_then(|d| d.checked_add_days(far)),
    };
    let period = Period { span, asked: format!("{days} days around {}", event.uid) };
    Ok((period, event.uid))
}

fn words<T>(
    what: &str,
    asked: &[String],
    parse: fn(&str) -> Option<T>,
    known: impl Iterator<Item = &'static str>,
) -> Result<Vec<T>> {
    let known: Vec<&str> = known.collect();
    asked
        .iter()
        .map(|word| {
            parse(word.trim())
                .ok_or_else(|| Error::Usage(format!("no {what} \"{word}\"; there are {}", known.join(", "))))
        })
        .collect()
}

fn share(option: &str, value: Option<f64>) -> Result<Option<f64>> {
    match value {
        Some(v) if !(0.0..=1.0).contains(&v) => Err(Error::Usage(format!("{option} {v}: write a number from 0 to 1"))),
        other => Ok(other),
    }
}

fn month_and_day(text: &str) -> Result<(u32, u32)> {
    // 2004 was a leap year: every day of a year is a day of it.
    let day = chrono::NaiveDate::parse_from_str(&format!("2004-{}", text.trim()), "%Y-%m-%d");
    match day {
        Ok(day) => Ok((chrono::Datelike::month(&day), chrono::Datelike::day(&day))),
        Err(_) => Err(Error::Usage(format!("\"{text}\" is no day of the year; write month and day: 05-13"))),
    }
}
