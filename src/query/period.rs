//! The period language: what a person may write where a period is asked for.
//!
//! EDTF (`2005`, `2005-05`, `2005-05/2005-11`, `../2001-09-10`), plain English ("May 2005", "13 May 2005",
//! "spring 2008", "the 1990s", "between May and November 2005", "since 2001", "first half of 2005") and `1999..2005`.
//! Forms beyond these ("early 2005", "the nineties", "week 20 of 2005") are read by the tagger of time expressions.
//! Whatever is not understood is refused with what would be; nothing is guessed, and no clock is read.

use crate::date::{Date, NaiveDate, Span, words};
use crate::rules::Rules;
use crate::timex::{Anchoring, Tagger};
use crate::{Error, Result};
use chrono::{Datelike, Days};
use std::sync::LazyLock;

/// A period somebody asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// The days it covers.
    pub span: Span,
    /// The words it was asked with.
    pub asked: String,
}

/// Reads a period.
///
/// ```
/// use dateline::query::period;
/// let asked = period::parse("between May and November 2005")?;
/// assert_eq!(asked.span, period::parse("2005-05/2005-11")?.span);
/// # Ok::<(), dateline::Error>(())
/// ```
///
/// # Errors
/// [`Error::Usage`] when it cannot be read, or ends before it begins; the message says what can be written instead.
pub fn parse(text: &str) -> Result<Period> {
    let asked = text.trim().to_string();
    let plain = normal(&asked);
    let span = match (winter(&plain), range(&plain).or_else(|| bound(&plain))) {
        (Some(winter), _) => winter,
        (None, Some(ends)) => ends.span().ok_or_else(|| not_understood(&asked))?,
        (None, None) => point(&plain, None).ok_or_else(|| not_understood(&asked))?.span,
    };
    if let (Some(a), Some(b)) = (span.earliest, span.latest)
        && a > b
    {
        return Err(Error::Usage(format!(
            "the period \"{asked}\" ends ({}) before it begins ({}); write the earlier date first",
            words::of_day(b),
            words::of_day(a)
        )));
    }
    Ok(Period { span, asked })
}

impl Period {
    /// How a sentence about the period begins: "In 2005", "On 13 May 2005", "Between 1 May and 31 December 2005",
    /// "Since 1 January 2001", "Until 10 September 2001".
    pub fn opening(&self) -> String {
        match (self.span.earliest, self.span.latest) {
            (None, None) => "At any time".into(),
            (Some(a), None) => format!("Since {}", words::of_day(a)),
            (None, Some(b)) => format!("Until {}", words::of_day(b)),
            (Some(a), Some(b)) if a == b => format!("On {}", words::of_day(a)),
            _ => {
                let said = words::of_span(self.span);
                match said.strip_prefix("between ") {
                    Some(rest) => format!("Between {rest}"),
                    None => format!("In {said}"),
                }
            }
        }
    }
}

fn not_understood(asked: &str) -> Error {
    let hint = if asked.split('/').count() == 3 {
        "which number is the day cannot be told; write 2005-05-13 or \"13 May 2005\"".to_string()
    } else if ["today", "now", "yesterday", "tomorrow"].iter().any(|w| asked.eq_ignore_ascii_case(w))
        || asked.to_lowercase().starts_with("last ")
    {
        "periods are absolute, so that an answer does not change with the day it is asked; write a date".to_string()
    } else {
        "write a date (2005, 2005-05, 2005-05-13, \"May 2005\", \"spring 2008\", \"the 1990s\"), two with .. between \
         them (1999..2005), \"between May and November 2005\", \"since 2001\", \"before 2001\", or EDTF"
            .to_string()
    };
    Error::Usage(format!("\"{asked}\" is no period: {hint}"))
}

/// Lower case, single spaces, no commas, typographic dashes as "-".
fn normal(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| match c {
            ',' if !text.starts_with(['[', '{']) => ' ',
            '–' | '—' => '-',
            c => c,
        })
        .collect();
    let plain = plain.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    match plain.strip_prefix("prior to ") {
        Some(rest) => format!("before {rest}"),
        None => plain,
    }
}

/// The two ends as written; `None` inside an end = open.
struct Ends {
    from: Option<Option<Point>>,
    to: Option<Option<Point>>,
}

impl Ends {
    /// From the first day of the one to the last day of the other; `None` where an end was not understood.
    fn span(self) -> Option<Span> {
        let earliest = match self.from {
            Some(point) => point?.span.earliest,
            None => None,
        };
        let latest = match self.to {
            Some(point) => point?.span.latest,
            None => None,
        };
        Some(Span { earliest, latest })
    }
}

/// Periods that name two ends.
fn range(plain: &str) -> Option<Ends> {
    if plain.starts_with(['[', '{']) {
        return None;
    }
    let (from, to) = ends(plain)?;
    let open = |end: &str| matches!(end, "" | ".." | "?");
    let end = (!open(to)).then(|| point(to, None));
    let missing = end.as_ref().and_then(|p| p.as_ref()).copied();
    let start = (!open(from)).then(|| point(from, missing));
    Some(Ends { from: start, to: end })
}

fn ends(plain: &str) -> Option<(&str, &str)> {
    if let Some(rest) = plain.strip_prefix("between ") {
        return rest.split_once(" and ");
    }
    if let Some((a, b)) = plain.split_once('/') {
        return (!b.contains('/')).then_some((a.trim(), b.trim()));
    }
    if let Some((a, b)) = plain.split_once("..") {
        return Some((a.trim(), b.trim()));
    }
    let bare = plain.strip_prefix("from ").unwrap_or(plain);
    for word in [" to ", " until ", " till ", " through ", " - "] {
        if let Some(pair) = bare.split_once(word) {
            return Some(pair);
        }
    }
    // "1999-2005", "12-13 june 2012" and "may-june 2005"; "2005-11" is a month.
    let (a, b) = plain.split_once('-')?;
    let number = |t: &str, n: std::ops::RangeInclusive<usize>| n.contains(&t.len()) && digits(t).is_some();
    let years = number(a, 4..=4) && number(b, 4..=4);
    let days = number(a, 1..=2) && b.contains(' ') && !b.contains('-');
    let months = month_number(a).is_some() && b.contains(' ');
    (years || days || months).then_some((a, b))
}

/// "Winter 1999/2000": one winter, not the time from a winter to a year.
fn winter(plain: &str) -> Option<Span> {
    let rest = plain.strip_prefix("the ").unwrap_or(plain).strip_prefix("winter ")?;
    let (year, next) = rest.strip_prefix("of ").unwrap_or(rest).split_once(['/', '-'])?;
    let (year, next) = (year_of(year.trim())?, next.trim());
    let following = year + 1;
    let meant = next == following.to_string() || next == format!("{:02}", following % 100);
    meant.then(|| named_month(year, "winter"))?
}

/// Periods open at one end.
fn bound(plain: &str) -> Option<Ends> {
    let from_on = plain.strip_suffix(" onwards").or_else(|| plain.strip_suffix(" on"));
    if let Some(rest) = from_on {
        return Some(Ends { from: Some(point(rest.strip_prefix("from ").unwrap_or(rest), None)), to: None });
    }
    let (rest, make) = BOUNDS.iter().find_map(|(word, make)| Some((plain.strip_prefix(word)?, make)))?;
    Some(make(point(rest, None)))
}

type Bound = fn(Option<Point>) -> Ends;

/// The words that make a date a limit, and the limit they make.
const BOUNDS: [(&str, Bound); 8] = [
    ("since ", |p| Ends { from: Some(p), to: None }),
    ("after ", |p| Ends { from: Some(p.and_then(Point::next)), to: None }),
    ("before ", |p| Ends { from: None, to: Some(p.and_then(Point::previous)) }),
    ("until ", |p| Ends { from: None, to: Some(p) }),
    ("till ", |p| Ends { from: None, to: Some(p) }),
    ("up to ", |p| Ends { from: None, to: Some(p) }),
    ("by ", |p| Ends { from: None, to: Some(p) }),
    ("from ", |p| Ends { from: Some(p), to: None }),
];

/// One date, with the year and month that a date before it may leave out.
#[derive(Clone, Copy)]
struct Point {
    span: Span,
    year: Option<i32>,
    month: Option<u32>,
}

impl Point {
    fn of(span: Span) -> Self {
        let day = span.latest.or(span.earliest);
        Point { span, year: day.map(|d| d.year()), month: day.map(|d| d.month()) }
    }

    fn next(self) -> Option<Self> {
        Some(Point::of(Span { earliest: Some(self.span.latest?.checked_add_days(Days::new(1))?), latest: None }))
    }

    fn previous(self) -> Option<Self> {
        Some(Point::of(Span { earliest: None, latest: Some(self.span.earliest?.checked_sub_days(Days::new(1))?) }))
    }
}

/// A date; `after` is the date that follows it ("between May and November 2005"), which lends its year or month.
fn point(plain: &str, after: Option<Point>) -> Option<Point> {
    let with_article = ["in ", "on ", "during "].iter().fold(plain, |p, w| p.strip_prefix(w).unwrap_or(p));
    let plain = with_article.strip_prefix("the ").unwrap_or(with_article);
    if let Ok(date) = Date::from_edtf(&plain.to_uppercase()) {
        // "13" is no year here, and EDTF would not read it either: a year has four digits.
        return Some(Point::of(date.span));
    }
    named(plain, after).or_else(|| tagged(with_article, after)).map(Point::of)
}

/// A form that only the tagger knows. Nothing is resolved against a clock: what needs one has no date.
fn tagged(plain: &str, after: Option<Point>) -> Option<Span> {
    let words = || plain.split(' ');
    // Which number is the day is not guessed, and a day that its month does not have is none.
    if plain.contains('/')
        || words().any(|w| digits(w).is_some_and(|n| n < 100)) && words().any(|w| month_number(w).is_some())
    {
        return None;
    }
    static TAGGER: LazyLock<Option<Tagger>> = LazyLock::new(|| Tagger::new(&Rules::builtin()).ok());
    let tagger = TAGGER.as_ref()?;
    let whole = |text: &str| match tagger.tag_text(text, None, Anchoring::News).as_slice() {
        [one] if one.range == (0..text.len()) => one.date.as_ref().map(|d| d.span),
        _ => None,
    };
    whole(plain).or_else(|| whole(&format!("{plain} {}", after?.year?)))
}

fn named(plain: &str, after: Option<Point>) -> Option<Span> {
    let words: Vec<&str> = plain.split(' ').filter(|w| *w != "of" && *w != "the").collect();
    match words.as_slice() {
        [one] => {
            let year = after?.year?;
            day_of(year, after?.month?, one).or_else(|| named_month(year, one))
        }
        [a, b] => two_words(a, b, after),
        [a, b, year] => {
            let year = year_of(year)?;
            day_in(year, a, b).or_else(|| day_in(year, b, a))
        }
        _ => None,
    }
}

fn two_words(a: &str, b: &str, after: Option<Point>) -> Option<Span> {
    if let Some(year) = year_of(b) {
        return named_month(year, a);
    }
    let year = after?.year?;
    day_in(year, a, b).or_else(|| day_in(year, b, a))
}

/// A month or a season of a year.
fn named_month(year: i32, word: &str) -> Option<Span> {
    let season = words::SEASONS.iter().position(|s| *s == word).or((word == "fall").then_some(2));
    let number = match season {
        Some(i) => 21 + i as u32,
        None => month_number(word)?,
    };
    Date::from_edtf(&format!("{year:04}-{number:02}")).ok().map(|d| d.span)
}

/// The month that begins with these letters, three at least.
fn month_number(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.');
    if word.len() < 3 || !word.is_ascii() {
        return None;
    }
    let month: chrono::Month = word[..3].parse().ok()?;
    month.name().to_lowercase().starts_with(word).then(|| month.number_from_month())
}

fn day_in(year: i32, day: &str, month: &str) -> Option<Span> {
    day_of(year, month_number(month)?, day)
}

fn day_of(year: i32, month: u32, day: &str) -> Option<Span> {
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|s| day.strip_suffix(s)).unwrap_or(day);
    NaiveDate::from_ymd_opt(year, month, digits(bare)?).map(Span::day)
}

fn year_of(word: &str) -> Option<i32> {
    (word.len() == 4).then(|| digits(word))?.and_then(|y| i32::try_from(y).ok())
}

fn digits(word: &str) -> Option<u32> {
    (!word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())).then(|| word.parse().ok())?
}

#[cfg(test)]
#[path = "period_tests.rs"]
mod tests;
