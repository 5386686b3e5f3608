//! JSON for TimelineJS (Knight Lab, "Using JSON with TimelineJS"): a year is mandatory there and uncertainty unknown, so
//! what the date really says stands in `display_date`, and undated events are left out and counted in the title.

use super::phrase::{citation, escape_xml, headline, labels, one_line, when};
use super::{Selection, Style, put, put_json};
use crate::Result;
use crate::date::{NaiveDate, Precision};
use crate::query::Record;
use chrono::Datelike;
use serde_json::{Value, json};
use std::io::Write;

/// Writes one timeline. TimelineJS takes headlines and texts for HTML.
pub(super) fn timelinejs(selection: &Selection, style: &Style, out: &mut dyn Write) -> Result<usize> {
    put(out, "{\"scale\":\"human\",\"events\":[")?;
    let (mut first, mut undated) = (true, 0);
    let count = selection.each(|record| {
        let Some(slide) = slide(record, style) else {
            undated += 1;
            return Ok(());
        };
        put(out, if std::mem::take(&mut first) { "\n" } else { ",\n" })?;
        put_json(out, &slide)
    })?;
    let about = selection.about();
    let left_out = if undated > 0 { format!(" Undated events left out: {undated}.") } else { String::new() };
    let text = json!({
        "headline": labels(style.lang).chronology,
        "text": format!("<p>{}{left_out}</p>", escape_xml(&about.sentences())),
    });
    put(out, "\n],\"title\":")?;
    put_json(out, &json!({ "text": text }))?;
    put(out, "}\n")?;
    Ok(count)
}

fn slide(record: &Record, style: &Style) -> Option<Value> {
    let e = &record.answer.event;
    let span = e.date.span;
    let from = span.earliest.or(span.latest)?;
    let mut text = String::new();
    for told in &record.told_by {
        text.push_str(&format!(
            "<p>“{}” <small>({})</small></p>",
            escape_xml(&one_line(&told.quote)),
            escape_xml(&citation(told, style.lang))
        ));
    }
    let mut slide = json!({
        "unique_id": e.uid,
        "start_date": part(from, e.date.precision),
        "display_date": when(&record.answer, style.lang),
        "text": { "headline": escape_xml(&headline(&record.answer, style.lang)), "text": text },
        "group": e.kind.quad().as_str(),
    });
    // A month or year is one date there; what lies between two days, a span.
    let spans = matches!(
        e.date.precision,
        Precision::Range | Precision::Season | Precision::Decade | Precision::Century | Precision::Week
    );
    if let (Some(to), true) = (span.latest, spans && span.earliest.is_some()) {
        slide["end_date"] = part(to, Precision::Day);
    }
    Some(slide)
}

fn part(day: NaiveDate, precision: Precision) -> Value {
    match precision {
        Precision::Month => json!({ "year": day.year(), "month": day.month() }),
        Precision::Year => json!({ "year": day.year() }),
        _ => json!({ "year": day.year(), "month": day.month(), "day": day.day() }),
    }
}

#[cfg(test)]
mod tests {
    use crate::export::tests::written;
    use crate::export::{Format, Style};
    use serde_json::{Value, json};

    #[test]
    fn vague_dates_say_so_and_undated_events_are_counted() {
        let whole: Value = serde_json::from_str(&written(Format::Timelinejs, &Style::default())).expect("JSON");
        let slides = whole["events"].as_array().expect("slides");
        assert_eq!(slides.len(), 3);
        assert_eq!(slides[0]["display_date"], "about May 2005");
        assert_eq!(slides[0]["start_date"], json!({ "year": 2005, "month": 5 }));
        assert_eq!(slides[2]["display_date"], "by 21 November 2005");
        assert!(whole["title"]["text"]["text"].as_str().is_some_and(|t| t.contains("Undated events left out: 1.")));
        assert!(!slides[0]["text"]["headline"].as_str().is_some_and(|h| h.contains("<b>")));
    }
}
