//! A document as a reference has it: what BibLaTeX, CSL-JSON, RIS and lists of sources share.

use super::phrase::{one_line, short_date};
use crate::date::Date;
use crate::date::words::Lang;
use crate::query::Source;
use sha2::{Digest, Sha256};

/// What a document is, as far as citing it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A diplomatic cable: known by its number, kept in an archive.
    Cable,
    /// An article in a numbered issue of a periodical.
    Issue,
    /// An article of a site or newspaper.
    Article,
    /// Anything else.
    Other,
}

/// A document as it is cited.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reference {
    /// Stable key: the document's name where it is plain ASCII, else a plain form of it with a hash.
    pub key: String,
    pub sort: Sort,
    pub title: String,
    /// A person; of a cable, who signed it.
    pub author: Option<String>,
    /// An institution: the embassy, the periodical, the site.
    pub origin: Option<String>,
    pub date: Option<Date>,
    /// The cable's number.
    pub number: Option<String>,
    pub volume: Option<String>,
    pub issue: Option<String>,
    pub classification: Option<String>,
    /// The archive that keeps it.
    pub archive: Option<&'static str>,
    /// Who issued a cable.
    pub publisher: Option<&'static str>,
    pub url: Option<String>,
    /// What a reader should know of the date, where the document does not state it.
    pub doubt: Option<&'static str>,
}

/// Readers' names for pages of an archive of cables, and the archive as it names itself.
const ARCHIVES: [(&str, &str); 4] = [
    ("cable-browser", "WikiLeaks, Cablegate"),
    ("wikileaks", "WikiLeaks, Cablegate"),
    ("cable-viewer", "WikiLeaks, Cablegate"),
    ("plusd", "WikiLeaks, Public Library of US Diplomacy"),
];

impl Reference {
    /// The reference of a document.
    pub fn of(source: &Source) -> Self {
        let archive = ARCHIVES.iter().find(|(format, _)| source.format.starts_with(format)).map(|(_, name)| *name);
        let cable = archive.is_some() || source.format == "cable-text";
        let field = |name: &str| source.field(name).map(one_line);
        let sort = match (cable, source.field("issue").is_some(), source.origin.is_some() || source.author.is_some()) {
            (true, ..) => Sort::Cable,
            (_, true, _) => Sort::Issue,
            (_, _, true) => Sort::Article,
            _ => Sort::Other,
        };
        let to_washington = cable && archive.is_some();
        Reference {
            key: key(&source.name),
            sort,
            title: source.title.as_deref().map(one_line).filter(|t| !t.is_empty()).unwrap_or(source.name.clone()),
            author: source.author.as_deref().map(one_line),
            origin: source.origin.as_deref().map(one_line).or_else(|| field("publication")),
            date: source.date.clone(),
            number: cable.then(|| source.name.clone()),
            volume: field("volume"),
            issue: field("issue"),
            classification: source.classification.as_deref().map(one_line),
            archive,
            publisher: to_washington.then_some("United States Department of State"),
            url: field("url").or_else(|| web(&source.source)),
            doubt: match source.date_basis.as_deref() {
                Some("issue") => Some("date inferred from the number of the issue"),
                Some("latest-press") => Some("date inferred from the latest press cited"),
                Some("header-bounds") => Some("date inferred from the cable's header"),
                Some("file-name") => Some("date from the name of the file"),
                _ => None,
            },
        }
    }

    /// What kind of thing it is, in a word.
    pub fn genre(&self) -> Option<&'static str> {
        (self.sort == Sort::Cable).then_some("Diplomatic cable")
    }

    /// What an apparatus says besides: classification, who signed, doubts.
    pub fn notes(&self) -> Vec<String> {
        let signed = self.author.as_ref().filter(|_| self.sort == Sort::Cable).map(|a| format!("signed {a}"));
        let doubt = self.doubt.map(str::to_string);
        [self.classification.clone(), signed, doubt].into_iter().flatten().collect()
    }

    /// The reference in a line: "Embassy Dushanbe, “Title”, 05DUSHANBE1839, 21 Nov. 2005, CONFIDENTIAL (WikiLeaks)".
    pub fn in_words(&self, lang: Lang) -> String {
        let who = match self.sort {
            Sort::Cable => self.origin.clone(),
            _ => self.author.clone(),
        };
        let within = self.origin.clone().filter(|_| self.sort != Sort::Cable);
        let issue = match (&self.volume, &self.issue) {
            (Some(v), Some(i)) => Some(format!("{v}/{i}")),
            (v, i) => v.clone().or(i.clone()),
        };
        let date = self.date.as_ref().map(|d| short_date(d, lang));
        let title = (self.title != self.key).then(|| format!("“{}”", self.title));
        let name = self.number.clone().or_else(|| title.is_none().then(|| self.key.clone()));
        let parts = [who, title, within, issue, name, date, self.classification.clone()];
        let mut said = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        if let Some(archive) = self.archive {
            said.push_str(&format!(" ({archive})"));
        }
        if let Some(doubt) = self.doubt {
            said.push_str(&format!(" [{doubt}]"));
        }
        said
    }
}

/// The address of a document that was read from the web.
fn web(source: &str) -> Option<String> {
    (source.starts_with("https://") || source.starts_with("http://")).then(|| source.to_string())
}

/// A key that BibLaTeX, pandoc and Zotero take, drawn from the document's name alone, so that it is the same in every
/// export.
pub(super) fn key(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !name.is_empty() && name.chars().all(plain) && name.chars().any(|c| c.is_ascii_alphanumeric()) {
        return name.to_string();
    }
    let kept: String = name.chars().map(|c| if plain(c) { c } else { '-' }).collect();
    let hash: String = Sha256::digest(name.as_bytes()).iter().take(4).map(|b| format!("{b:02x}")).collect();
    format!("{}-{hash}", kept.trim_matches('-')).trim_start_matches('-').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::cable;

    #[test]
    fn a_cable_keeps_its_archive_data() {
        let reference = Reference::of(&cable());
        assert_eq!(
            reference.in_words(Lang::En),
            "Embassy Dustville, “A TREATY & ITS 100% COST”, 05DUSTVILLE7, 21 Nov. 2005, CONFIDENTIAL \
             (WikiLeaks, Cablegate)"
        );
        assert_eq!(reference.notes(), ["CONFIDENTIAL", "signed RUDOLF"]);
    }

    #[test]
    fn an_issue_of_a_periodical_says_that_its_date_is_inferred() {
        let source = Source {
            title: None,
            author: None,
            origin: Some("Dustland Monitor".into()),
            format: "periodical-brief".into(),
            name: "dm-5-25".into(),
            date_basis: Some("issue".into()),
            classification: None,
            fields: vec![("volume".into(), "5".into()), ("issue".into(), "25".into())],
            ..cable()
        };
        let reference = Reference::of(&source);
        assert_eq!(reference.sort, Sort::Issue);
        assert_eq!(
            reference.in_words(Lang::En),
            "Dustland Monitor, 5/25, dm-5-25, 21 Nov. 2005 [date inferred from the number of the issue]"
        );
    }

    #[test]
    fn keys_are_plain_and_differ_as_names_do() {
        assert_eq!(key("05DUSHANBE1839"), "05DUSHANBE1839");
        let (a, b) = (key("Über, uns"), key("Über; uns"));
        assert_ne!(a, b);
        assert!(a.starts_with("ber--uns-") && a.is_ascii(), "{a}");
        assert!(key("{}").chars().all(|c| c.is_ascii_hexdigit()));
    }
}
