//! Markwhen text (docs.markwhen.com): a line an event, dates as ISO 8601 and `/` between two, quadrants as tags.

use super::phrase::{citation, headline, labels, one_line, when};
use super::{Selection, Style, put};
use crate::Result;
use crate::date::NaiveDate;
use crate::query::Record;
use chrono::Datelike;
use std::io::Write;

/// Writes one timeline. Undated events become comments, since Markwhen knows none.
pub(super) fn markwhen(selection: &Selection, style: &Style, out: &mut dyn Write) -> Result<usize> {
    let about = selection.about().sentences().replace('"', "'");
    put(
        out,
        &format!("---\ntitle: \"{}\"\ndescription: \"{}\"\n---\n\n", labels(style.lang).chronology, plain(&about)),
    )?;
    selection.each(|record| put(out, &entry(record, style)))
}

fn entry(record: &Record, style: &Style) -> String {
    let e = &record.answer.event;
    let said = plain(&headline(&record.answer, style.lang));
    let Some(dates) = dates(e.date.span.earliest, e.date.span.latest) else {
        return format!("// {}: {said}\n\n", when(&record.answer, style.lang));
    };
    // A hyphen ends a tag there.
    let mut text = format!("{dates}: {said} #{}\n", e.kind.quad().as_str().replace('-', "_"));
    text.push_str(&format!("{}\n", plain(&when(&record.answer, style.lang))));
    for told in &record.told_by {
        text.push_str(&format!("“{}” ({})\n", plain(&one_line(&told.quote)), plain(&citation(told, style.lang))));
    }
    text.push('\n');
    text
}

/// `2005-05-13`, or both ends. An open end is the known one.
fn dates(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Option<String> {
    let (from, to) = (from.or(to)?, to.or(from)?);
    // Years have four digits there.
    if !(0..=9999).contains(&from.year()) || !(0..=9999).contains(&to.year()) {
        return None;
    }
    Some(if from == to { from.to_string() } else { format!("{from}/{to}") })
}

/// Text without what Markwhen takes for a mark: tags, links, properties and comments have no escape there.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        out.push(match c {
            '#' => '＃',
            '@' => '＠',
            '[' => '(',
            ']' => ')',
            c => c,
        });
    }
    out.replace("//", "/ /")
}

#[cfg(test)]
mod tests {
    use crate::export::tests::written;
    use crate::export::{Format, Style};

    #[test]
    fn a_line_has_its_dates_in_front() {
        let text = written(Format::Markwhen, &Style::default());
        assert!(
            text.contains("\n2005-05-13: Ruritania signs a treaty with Dustland #verbal_cooperation\n13 May 2005\n"),
            "{text}"
        );
        assert!(text.contains("\n2005-05-01/2005-05-31: =cmd()") && text.contains("\n// date unknown: "), "{text}");
        assert!(!text.contains("#1 ") && text.contains("＃1 "));
    }
}
