//! References in BibLaTeX (the biblatex manual, chapter 2; dates are EDTF, section 2.3.8).

use super::latex::escape;
use super::reference::{Reference, Sort};
use super::{Selection, put};
use crate::Result;
use std::io::Write;

/// Writes an entry for every document that tells of the events.
pub(super) fn biblatex(selection: &Selection, out: &mut dyn Write) -> Result<usize> {
    put(out, &format!("% {}\n", selection.about().sentences().replace('\n', " ")))?;
    selection.sources(|source| put(out, &entry(&Reference::of(source))))
}

/// One entry. Titles and institutions stand in double braces: they are neither recased nor taken apart.
pub(super) fn entry(r: &Reference) -> String {
    let kind = match r.sort {
        Sort::Cable => "report",
        Sort::Issue | Sort::Article => "article",
        Sort::Other => "misc",
    };
    let whole = |text: &str| format!("{{{}}}", escape(text));
    let author = match r.sort {
        Sort::Cable => r.origin.as_deref().map(whole),
        _ => r.author.as_deref().map(whole),
    };
    let notes = r.notes();
    let plain = |text: Option<&str>| text.map(escape);
    let journal = r.origin.as_deref().filter(|_| r.sort != Sort::Cable);
    let fields = [
        ("author", author),
        ("title", Some(whole(&r.title))),
        ("journaltitle", journal.filter(|_| kind == "article").map(whole)),
        ("volume", plain(r.volume.as_deref())),
        ("number", plain(r.number.as_deref().or(r.issue.as_deref()))),
        ("type", plain(r.genre())),
        ("institution", r.publisher.map(whole)),
        ("date", r.date.as_ref().map(|d| d.edtf.clone())),
        ("note", (!notes.is_empty()).then(|| escape(&notes.join(", ")))),
        ("library", plain(r.archive)),
        ("url", r.url.as_deref().map(|u| u.replace(['{', '}', '\\', ' '], ""))),
    ];
    let fields: Vec<String> =
        fields.into_iter().filter_map(|(name, value)| Some(format!("  {name} = {{{}}}", value?))).collect();
    format!("\n@{kind}{{{},\n{}\n}}\n", r.key, fields.join(",\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{cable, written};
    use crate::export::{Format, Style};
    use biblatex::{Bibliography, ChunksExt, DateValue, PermissiveType};

    #[test]
    fn a_library_of_others_reads_it_back() {
        let text = written(Format::Biblatex, &Style::default()) + &entry(&Reference::of(&cable())).replace("7,", "8,");
        let read = Bibliography::parse(&text).unwrap_or_else(|e| panic!("{e}\n{text}"));
        assert_eq!(read.len(), 5);
        let cable = read.get("05DUSTVILLE8").expect("by its key");
        assert_eq!(cable.title().expect("a title").format_verbatim(), "A TREATY & ITS 100% COST");
        let PermissiveType::Typed(date) = cable.date().expect("a date") else { panic!("a date that is none") };
        let DateValue::At(day) = date.value else { panic!("{date:?}") };
        assert_eq!((day.year, day.month, day.day), (2005, Some(10), Some(20))); // counted from 0 there
        assert_eq!(cable.institution().expect("one").format_verbatim(), "United States Department of State");
        assert_eq!(cable.get("library").expect("an archive").format_verbatim(), "WikiLeaks, Cablegate");
    }

    #[test]
    fn keys_do_not_depend_on_what_else_is_exported() {
        let text = written(Format::Biblatex, &Style::default());
        assert!(text.contains("{05DUSTVILLE7,") && text.contains("{open,"), "{text}");
    }
}
