//! Tables with the columns of ICEWS (Boschee et al., "ICEWS Coded Event Data", Harvard Dataverse) and of GDELT 1.0
//! (Leetaru and Schrodt, "GDELT Event Database Data Format Codebook"), tab-separated, so that series can be joined.
//! A row is a pair of states or organisations in an event that happened. CAMEO codes are root codes. A day is given
//! only where it is known; the columns behind the original ones say the rest.

use super::csv::{pairs, wrong};
use super::phrase::one_line;
use super::{Selection, failed};
use crate::Result;
use crate::date::{NaiveDate, Span};
use crate::event::{Quad, Role};
use crate::query::{Record, Told};
use chrono::Datelike;
use std::io::Write;

const ICEWS: [&str; 24] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "Date EDTF",
    "Earliest",
    "Latest",
    "PLOVER",
];

/// Writes the selection as ICEWS has it.
pub(super) fn icews(selection: &Selection, out: &mut dyn Write) -> Result<usize> {
    table(selection, &ICEWS, out, |record, actor, target| {
        let e = &record.answer.event;
        let first = record.told_by.first();
        let place = e.place.as_ref();
        let party = |top: &str, role: Role| {
            let one =
                e.actors.iter().find(|a| a.top == top && a.role == role).or(e.actors.iter().find(|a| a.top == top));
            selection.name(one.map_or(top, |a| a.code.as_str())).to_string()
        };
        vec![
            e.uid.clone(),
            day(e.date.span).map(|d| d.to_string()).unwrap_or_default(),
            party(actor, Role::Initiator),
            String::new(),
            selection.name(actor).to_string(),
            e.headline.clone(),
            e.kind.cameo().to_string(),
            e.kind.score().to_string(),
            party(target, Role::Target),
            String::new(),
            selection.name(target).to_string(),
            first.map(|t| t.document.name.clone()).unwrap_or_default(),
            first.and_then(|t| t.paragraph).map(|p| p.to_string()).unwrap_or_default(),
            first.and_then(|t| t.document.origin.clone()).unwrap_or_default(),
            place.map(|p| p.name.clone()).unwrap_or_default(),
            String::new(),
            String::new(),
            place.map(|p| selection.name(&p.country).to_string()).unwrap_or_default(),
            place.and_then(|p| p.lat).map(|x| x.to_string()).unwrap_or_default(),
            place.and_then(|p| p.lon).map(|x| x.to_string()).unwrap_or_default(),
            e.date.edtf.clone(),
            end(e.date.span.earliest),
            end(e.date.span.latest),
            e.kind.as_str().to_string(),
        ]
    })
}

/// The columns of GDELT that dateline can fill, by GDELT's names.
const GDELT: [&str; 27] = [
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "ActionGeo_FullName",
    "ActionGeo_CountryCode",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "SOURCEURL",
    "DateEDTF",
    "Earliest",
    "Latest",
];

/// Goldstein scores of the CAMEO roots (CAMEO scale, root codes).
const GOLDSTEIN: [(&str, f64); 18] = [
    ("01", 0.0),
    ("02", 3.0),
    ("03", 4.0),
    ("04", 1.0),
    ("05", 3.5),
    ("06", 6.0),
    ("07", 7.0),
    ("08", 5.0),
    ("09", -2.0),
    ("10", -5.0),
    ("11", -2.0),
    ("12", -4.0),
    ("13", -6.0),
    ("14", -6.5),
    ("15", -7.2),
    ("16", -4.0),
    ("17", -7.0),
    ("18", -9.0),
];

/// Writes the selection as GDELT 1.0 has it.
pub(super) fn gdelt(selection: &Selection, out: &mut dyn Write) -> Result<usize> {
    table(selection, &GDELT, out, |record, actor, target| {
        let e = &record.answer.event;
        let (root, place) = (e.kind.cameo(), e.place.as_ref());
        let quad = match e.kind.quad() {
            Quad::VerbalCooperation => "1",
            Quad::MaterialCooperation => "2",
            Quad::VerbalConflict => "3",
            Quad::MaterialConflict => "4",
            Quad::Neutral => "",
        };
        let goldstein = GOLDSTEIN.iter().find(|(code, _)| *code == root).map(|(_, score)| score.to_string());
        let code = |top: &str, role: Role| {
            let one = e.actors.iter().find(|a| a.top == top && a.role == role);
            one.map_or(top, |a| a.code.as_str()).to_string()
        };
        vec![
            e.uid.clone(),
            day(e.date.span).map(|d| d.format("%Y%m%d").to_string()).unwrap_or_default(),
            same(e.date.span, |d| (d.year(), d.month())).map(|(y, m)| format!("{y}{m:02}")).unwrap_or_default(),
            same(e.date.span, |d| d.year()).map(|y| y.to_string()).unwrap_or_default(),
            code(actor, Role::Initiator),
            selection.name(actor).to_string(),
            actor.to_string(),
            code(target, Role::Target),
            selection.name(target).to_string(),
            target.to_string(),
            "1".into(),
            root.into(),
            root.into(),
            root.into(),
            quad.into(),
            goldstein.unwrap_or_default(),
            e.accounts.to_string(),
            e.sources.to_string(),
            e.documents.to_string(),
            place.map(|p| format!("{}, {}", p.name, selection.name(&p.country))).unwrap_or_default(),
            place.map(|p| p.country.clone()).unwrap_or_default(),
            place.and_then(|p| p.lat).map(|x| x.to_string()).unwrap_or_default(),
            place.and_then(|p| p.lon).map(|x| x.to_string()).unwrap_or_default(),
            record.told_by.iter().map(address).next().unwrap_or_default(),
            e.date.edtf.clone(),
            end(e.date.span.earliest),
            end(e.date.span.latest),
        ]
    })
}

fn address(told: &Told) -> String {
    told.document.name.clone()
}

fn table(
    selection: &Selection,
    header: &[&str],
    out: &mut dyn Write,
    row: impl Fn(&Record, &str, &str) -> Vec<String>,
) -> Result<usize> {
    let mut writer = ::csv::WriterBuilder::new().delimiter(b'\t').from_writer(out);
    writer.write_record(header).map_err(wrong)?;
    let count = selection.each(|record| {
        for (actor, target) in pairs(record) {
            for field in row(record, actor, target) {
                // Neither format knows quotation marks around a field with a tab or the end of a line in it.
                let field = one_line(&field);
                let guard = if super::csv::is_formula(&field) && field.parse::<f64>().is_err() { "'" } else { "" };
                writer.write_field(format!("{guard}{field}")).map_err(wrong)?;
            }
            writer.write_record(None::<&[u8]>).map_err(wrong)?;
        }
        Ok(())
    })?;
    writer.flush().map_err(failed)?;
    Ok(count)
}

/// The day, where one is known.
fn day(span: Span) -> Option<NaiveDate> {
    span.earliest.filter(|_| span.earliest == span.latest)
}

/// What both ends have in common, if it is the same.
fn same<T: PartialEq>(span: Span, part: impl Fn(NaiveDate) -> T) -> Option<T> {
    let (from, to) = (part(span.earliest?), part(span.latest?));
    (from == to).then_some(from)
}

fn end(day: Option<NaiveDate>) -> String {
    day.map(|d| d.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::written;
    use crate::export::{Format, Style};

    fn rows(format: Format) -> Vec<std::collections::HashMap<String, String>> {
        let text = written(format, &Style::default());
        let mut reader = ::csv::ReaderBuilder::new().delimiter(b'\t').from_reader(text.as_bytes());
        reader.deserialize().collect::<Result<_, _>>().expect("rows")
    }

    #[test]
    fn icews_rows_have_pairs_and_honest_days() {
        let rows = rows(Format::Icews);
        let row = rows.iter().find(|r| r["Date EDTF"] == "2005-05-13").expect("a row");
        assert_eq!((row["Event Date"].as_str(), row["CAMEO Code"].as_str()), ("2005-05-13", "05"));
        assert_eq!((row["Source Country"].as_str(), row["Target Country"].as_str()), ("RUR", "DUS"));
        let vague = rows.iter().find(|r| r["Date EDTF"] == "2005-05~").expect("a row");
        assert_eq!((vague["Event Date"].as_str(), vague["Latest"].as_str()), ("", "2005-05-31"));
        assert!(vague["Event Text"].starts_with("'=cmd()"), "{vague:?}");
    }

    #[test]
    fn gdelt_rows_say_as_much_of_the_date_as_is_known() {
        let rows = rows(Format::Gdelt);
        let vague = rows.iter().find(|r| r["DateEDTF"] == "2005-05~").expect("a row");
        let known = [vague["SQLDATE"].as_str(), vague["MonthYear"].as_str(), vague["Year"].as_str()];
        assert_eq!(known, ["", "200505", "2005"]);
        let row = rows.iter().find(|r| r["SQLDATE"] == "20050513").expect("a row");
        assert_eq!((row["QuadClass"].as_str(), row["GoldsteinScale"].as_str()), ("1", "3.5"));
    }
}
