//! iCalendar (RFC 5545, written by the crate `icalendar`): each event all day long from its earliest to its latest day.
//! What is not known to the day is tentative, an open end is one day, undated events are left out and counted.

use super::phrase::{citation, headline, labels, one_line, when};
use super::{Selection, Style, put};
use crate::date::Precision;
use crate::event::Modality;
use crate::query::Record;
use crate::{Error, Result};
use chrono::Datelike;
use icalendar::{Calendar, Component, Event, EventLike, EventStatus};
use std::io::Write;

/// Writes one calendar.
pub(super) fn ics(selection: &Selection, style: &Style, out: &mut dyn Write) -> Result<usize> {
    // Events are written one by one; the crate writes the calendar around them.
    let about = selection.about();
    let mut calendar = Calendar::new();
    calendar.name(labels(style.lang).chronology).description(&about.sentences());
    let whole = calendar.to_string().replace("PRODID:ICALENDAR-RS", &format!("PRODID:-//{}//EN", about.generator));
    let Some((head, tail)) = whole.split_once("END:VCALENDAR") else {
        return Err(Error::Usage("the calendar cannot be written".into()));
    };
    put(out, head)?;
    let count = selection.each(|record| match event(record, style) {
        Some(event) => {
            let text =
                event.try_into_string().map_err(|e| Error::Usage(format!("the calendar cannot be written: {e}")))?;
            put(out, &text)
        }
        None => Ok(()),
    })?;
    put(out, &format!("END:VCALENDAR{tail}"))?;
    Ok(count)
}

fn event(record: &Record, style: &Style) -> Option<Event> {
    let e = &record.answer.event;
    let (from, to) = match (e.date.span.earliest, e.date.span.latest) {
        (Some(a), Some(b)) => (a, b),
        (a, b) => {
            let day = a.or(b)?;
            (day, day)
        }
    };
    // Years have four digits in iCalendar.
    if !(1..=9998).contains(&from.year()) || !(1..=9998).contains(&to.year()) {
        return None;
    }
    let sure = e.date.precision == Precision::Day
        && e.date.edtf.len() == 10
        && matches!(e.modality, Modality::Asserted | Modality::Reported | Modality::Ongoing);
    let said = headline(&record.answer, style.lang);
    let summary = if sure { said } else { format!("{said} ({})", when(&record.answer, style.lang)) };
    let accounts: Vec<String> =
        record.told_by.iter().map(|t| format!("“{}” ({})", one_line(&t.quote), citation(t, style.lang))).collect();
    let mut event = Event::new();
    event
        .uid(&format!("{}@dateline", e.uid))
        // The moment of writing is not told, so that the same data make the same file.
        .add_property("DTSTAMP", "19700101T000000Z")
        .starts(from)
        .ends(to.succ_opt()?)
        .summary(&summary)
        .description(&format!("{}\n{}", when(&record.answer, style.lang), accounts.join("\n")))
        .status(if sure { EventStatus::Confirmed } else { EventStatus::Tentative })
        .add_property("TRANSP", "TRANSPARENT")
        .categories([e.kind.as_str()]);
    if let Some(place) = &e.place {
        event.location(&one_line(&place.name));
        if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
            event.append_property(icalendar::Property::new("GEO", format!("{lat};{lon}")));
        }
    }
    Some(event)
}

#[cfg(test)]
mod tests {
    use crate::export::tests::written;
    use crate::export::{Format, Style};

    #[test]
    fn days_are_all_day_long_and_vague_dates_tentative() {
        let text = written(Format::Ics, &Style::default());
        let unfolded = text.replace("\r\n ", "");
        assert_eq!(unfolded.matches("BEGIN:VEVENT").count(), 3, "{text}");
        let events: Vec<&str> = unfolded.split("BEGIN:VEVENT").skip(1).collect();
        assert!(
            events[1].contains("DTSTART;VALUE=DATE:20050513\r\n")
                && events[1].contains("DTEND;VALUE=DATE:20050514\r\n")
        );
        assert!(events[1].contains("STATUS:CONFIRMED") && events[0].contains("STATUS:TENTATIVE"));
        assert!(events[0].contains("DTEND;VALUE=DATE:20050601") && events[0].contains("(about May 2005)"));
        assert!(events[1].contains("GEO:38.8;65.9"), "{}", events[1]);
        assert!(text.lines().all(|l| l.trim_end().len() <= 75), "lines are folded");
        assert!(text.contains("PRODID:-//dateline") && text.ends_with("END:VCALENDAR\r\n"));
    }
}
