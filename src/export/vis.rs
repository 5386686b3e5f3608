//! JSON for vis-timeline (vis-timeline documentation, "Data Format"): `items` and `groups`, one group a quadrant. A day
//! is a box, what lasts or is vague a range; an open end is drawn as long as a year and says so in its class.

use super::phrase::{citation, escape_xml, headline, when};
use super::{Selection, Style, put, put_json};
use crate::Result;
use crate::date::NaiveDate;
use crate::event::Quad;
use crate::query::Record;
use serde_json::{Value, json};
use std::io::Write;

/// Writes `about`, `items` and, by the quadrants, `groups`. vis-timeline takes contents and titles for HTML.
pub(super) fn vis(selection: &Selection, style: &Style, out: &mut dyn Write) -> Result<usize> {
    let mut whole = Vec::new();
    let mut undated = 0;
    let mut first = true;
    put(out, "{\"groups\":")?;
    let groups: Vec<Value> = Quad::all().map(|q| json!({ "id": q.as_str(), "content": q.as_str() })).collect();
    put_json(out, &groups)?;
    put(out, ",\"items\":[")?;
    let count = selection.each(|record| {
        whole.clear();
        match item(record, style) {
            Some(item) => put_json(&mut whole, &item)?,
            None => {
                undated += 1;
                return Ok(());
            }
        }
        put(out, if std::mem::take(&mut first) { "\n" } else { ",\n" })?;
        out.write_all(&whole).map_err(super::failed)
    })?;
    put(out, &format!("\n],\"undated\":{undated},\"about\":"))?;
    put_json(out, selection.about())?;
    put(out, "}\n")?;
    Ok(count)
}

/// How long an open end is drawn, in days.
const OPEN: i64 = 365;

fn item(record: &Record, style: &Style) -> Option<Value> {
    let e = &record.answer.event;
    let far = |day: NaiveDate, n: i64| day.checked_add_signed(chrono::TimeDelta::days(n)).unwrap_or(day);
    let (from, to, open) = match (e.date.span.earliest, e.date.span.latest) {
        (Some(a), Some(b)) => (a, b, ""),
        (Some(a), None) => (a, far(a, OPEN), " open-end"),
        (None, Some(b)) => (far(b, -OPEN), b, " open-start"),
        (None, None) => return None,
    };
    let cited: Vec<String> = record.told_by.iter().map(|t| citation(t, style.lang)).collect();
    let title = format!("{}: {}", when(&record.answer, style.lang), cited.join("; "));
    let mut item = json!({
        "id": e.uid,
        "content": escape_xml(&headline(&record.answer, style.lang)),
        "title": escape_xml(&title),
        "start": from,
        "type": "box",
        "group": e.kind.quad().as_str(),
        "className": format!("{} {}{open}", e.modality.as_str(), e.date.precision.as_str()),
    });
    if from != to {
        item["type"] = "range".into();
        // Its ends are moments: the last day ends when the next begins.
        item["end"] = json!(far(to, 1));
    }
    Some(item)
}

#[cfg(test)]
mod tests {
    use crate::export::tests::written;
    use crate::export::{Format, Style};
    use serde_json::Value;

    #[test]
    fn days_are_boxes_and_the_rest_ranges() {
        let whole: Value = serde_json::from_str(&written(Format::Vis, &Style::default())).expect("JSON");
        let items = whole["items"].as_array().expect("items");
        assert_eq!((items.len(), &whole["undated"]), (3, &1.into()));
        assert_eq!((&items[0]["start"], &items[0]["end"]), (&"2005-05-01".into(), &"2005-06-01".into()));
        assert_eq!((&items[1]["type"], &items[1]["end"]), (&"box".into(), &Value::Null));
        assert!(items[2]["className"].as_str().is_some_and(|c| c.ends_with("open-start")));
        assert_eq!(whole["groups"].as_array().map(Vec::len), Some(5));
    }
}
