//! GeoJSON (RFC 7946): a point for each event with a place. Events without one are left out and counted.

use super::phrase::{citation, when};
use super::{Selection, Style, put, put_json};
use crate::Result;
use crate::query::Record;
use serde_json::{Value, json};
use std::io::Write;

/// Writes one collection of features; `about` and `unplaced` are foreign members of it.
pub(super) fn geojson(selection: &Selection, style: &Style, out: &mut dyn Write) -> Result<usize> {
    put(out, "{\"type\":\"FeatureCollection\",\"features\":[")?;
    let (mut first, mut unplaced) = (true, 0);
    let count = selection.each(|record| {
        let Some(feature) = feature(record, style) else {
            unplaced += 1;
            return Ok(());
        };
        put(out, if std::mem::take(&mut first) { "\n" } else { ",\n" })?;
        put_json(out, &feature)
    })?;
    put(out, &format!("\n],\"unplaced\":{unplaced},\"about\":"))?;
    put_json(out, selection.about())?;
    put(out, "}\n")?;
    Ok(count)
}

fn feature(record: &Record, style: &Style) -> Option<Value> {
    let e = &record.answer.event;
    let place = e.place.as_ref()?;
    let (lat, lon) = (place.lat?, place.lon?);
    let actors: Vec<String> = e.actors.iter().map(|a| format!("{} {}", a.role.as_str(), a.code)).collect();
    Some(json!({
        "type": "Feature",
        "id": e.uid,
        "geometry": { "type": "Point", "coordinates": [lon, lat] },
        "properties": {
            "headline": e.headline,
            "when": when(&record.answer, style.lang),
            "date": e.date.edtf,
            "earliest": e.date.span.earliest,
            "latest": e.date.span.latest,
            "type": e.kind.as_str(),
            "subtype": e.subtype,
            "quad": e.kind.quad().as_str(),
            "score": e.kind.score(),
            "modality": e.modality.as_str(),
            "actors": actors,
            "place": place.name,
            "country": place.country,
            "salience": e.salience,
            "citations": record.told_by.iter().map(|t| citation(t, style.lang)).collect::<Vec<_>>(),
        },
    }))
}

#[cfg(test)]
mod tests {
    use crate::export::tests::written;
    use crate::export::{Format, Style};
    use serde_json::{Value, json};

    #[test]
    fn a_point_is_longitude_then_latitude() {
        let whole: Value = serde_json::from_str(&written(Format::Geojson, &Style::default())).expect("JSON");
        assert_eq!(whole["features"].as_array().map(Vec::len), Some(1));
        assert_eq!(whole["features"][0]["geometry"]["coordinates"], json!([65.9, 38.8]));
        assert_eq!(whole["unplaced"], 3);
    }
}
