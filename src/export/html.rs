//! A table for a web page: one file that needs no other, readable without a script.

use super::columns::{Cell, named};
use super::phrase::{escape_xml, footnotes, headline, labels, one_line, when};
use super::reference::Reference;
use super::{Selection, Style, put};
use crate::Result;
use crate::date::words::Lang;
use crate::query::Record;
use std::io::Write;

const STYLE: &str = "body{font:1em/1.4 serif;max-width:60em;margin:2em auto;padding:0 1em}table{border-collapse:collapse}\
th,td{text-align:left;vertical-align:top;padding:.3em .8em .3em 0;border-bottom:1px solid #ccc}\
td.n{text-align:right}small{color:#444}q{quotes:none}@media print{body{margin:0}}";

/// Writes the page: date, event with its words and sources, who; or the columns asked for.
pub(super) fn html(selection: &Selection, style: &Style, out: &mut dyn Write) -> Result<usize> {
    let words = labels(style.lang);
    let lang = match style.lang {
        Lang::En => "en",
        Lang::Ru => "ru",
    };
    let about = selection.about();
    put(
        out,
        &format!(
            "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{0}</title>\n\
             <meta name=\"generator\" content=\"{1}\">\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{0}</h1>\n\
             <p>{2}</p>\n<table>\n<thead><tr>",
            words.chronology,
            escape_xml(&about.generator),
            escape_xml(&about.sentences())
        ),
    )?;
    let count = if style.columns.is_empty() {
        put(out, &format!("<th>{}</th><th>{}</th></tr></thead>\n<tbody>\n", words.date, words.event))?;
        selection.each(|record| put(out, &row(record, style)))?
    } else {
        table(selection, style, out)?
    };
    put(out, &format!("</tbody>\n</table>\n<h2>{}</h2>\n<ul>\n", words.sources))?;
    selection.sources(|source| {
        let reference = Reference::of(source);
        put(
            out,
            &format!(
                "<li id=\"{}\">{}</li>\n",
                escape_xml(&reference.key),
                escape_xml(&reference.in_words(style.lang))
            ),
        )
    })?;
    put(out, "</ul>\n</body>\n</html>\n")?;
    Ok(count)
}

/// The row of an event in a chronology.
fn row(record: &Record, style: &Style) -> String {
    let answer = &record.answer;
    let mut cell = escape_xml(&headline(answer, style.lang));
    for told in &record.told_by {
        let reference = super::reference::key(&told.document.name);
        cell.push_str(&format!(
            "<br><small><q>“{}”</q> (<a href=\"#{}\">{}</a>)</small>",
            escape_xml(&one_line(&told.quote)),
            escape_xml(&reference),
            escape_xml(&super::citation(told, style.lang))
        ));
    }
    if record.told_by.is_empty() {
        let said = footnotes(record, style.lang).join(" ");
        cell.push_str(&format!("<br><small>{}</small>", escape_xml(&said)));
    }
    format!(
        "<tr id=\"{}\"><td><time>{}</time></td><td>{cell}</td></tr>\n",
        escape_xml(&answer.event.uid),
        escape_xml(&when(answer, style.lang))
    )
    .replace("<time>", &format!("<time{}>", machine_time(record)))
}

/// The `datetime` of a date that HTML can state: a day, month or year.
fn machine_time(record: &Record) -> String {
    let edtf = &record.answer.event.date.edtf;
    let valid = matches!(edtf.len(), 4 | 7 | 10)
        && edtf.bytes().enumerate().all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() })
        && edtf.get(5..7).is_none_or(|m| m <= "12");
    if valid { format!(" datetime=\"{edtf}\"") } else { String::new() }
}

/// The columns asked for.
fn table(selection: &Selection, style: &Style, out: &mut dyn Write) -> Result<usize> {
    let columns = named(&style.columns)?;
    for column in &columns {
        put(out, &format!("<th>{}</th>", column.name))?;
    }
    put(out, "</tr></thead>\n<tbody>\n")?;
    selection.each(|record| {
        let mut row = String::from("<tr>");
        for column in &columns {
            let cell = match column.cell(record, selection.names(), style) {
                Cell::Empty => "<td></td>".into(),
                Cell::Text(text) => format!("<td>{}</td>", escape_xml(&text)),
                Cell::Integer(n) => format!("<td class=\"n\">{n}</td>"),
                Cell::Number(x) => format!("<td class=\"n\">{x}</td>"),
                Cell::Truth(t) => format!("<td>{t}</td>"),
                Cell::Day(day) => format!("<td>{day}</td>"),
            };
            row.push_str(&cell);
        }
        put(out, &(row + "</tr>\n"))
    })
}

#[cfg(test)]
mod tests {
    use crate::export::tests::written;
    use crate::export::{Format, Style};

    #[test]
    fn what_is_written_is_text_and_never_markup() {
        let text = written(Format::Html, &Style::default());
        let page = dom_query::Document::from(text.as_str());
        assert_eq!(page.select("tbody tr").length(), 4);
        assert_eq!(page.select("tbody tr b").length(), 0, "a headline's <b> is text");
        assert_eq!(page.select("td time[datetime=\"2005-05-13\"]").text().as_ref(), "13 May 2005");
        assert_eq!(page.select("ul li").length(), 4);
        assert!(page.select("tbody").text().contains("=cmd() \"quotes\", 'x'; 100% & $5_#1 {a} ~^\\ <b> new line"));
        assert_eq!(
            page.select("tbody time[datetime]").length(),
            1,
            "what is no plain day, month or year has no datetime"
        );
    }

    #[test]
    fn columns_make_a_table() {
        let style = Style { columns: vec!["id".into(), "headline".into()], ..Style::default() };
        let page = dom_query::Document::from(written(Format::Html, &style).as_str());
        assert_eq!((page.select("thead th").length(), page.select("tbody td").length()), (2, 8));
    }
}
