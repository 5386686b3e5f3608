//! One record of a collection: a JSON object whose fields are mapped by name to identifier, day, text and the rest.

use super::cable;
use super::draft::{Draft, squeeze};
use super::page::{self, Fields, Parts};
use super::{DateBasis, Document, html, plain, stated};
use crate::{Error, Result};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// What a record's field may be, with the names that are taken for it, best first.
const KNOWN: &[(&str, &[&str])] = &[
    ("id", &["id", "reference_id", "refid", "identifier", "canonical_id", "cable_id", "doc_id", "uid", "document_id"]),
    (
        "date",
        &["created", "date", "published", "published_at", "publication_date", "timestamp", "created_at", "day", "time"],
    ),
    ("released", &["released", "release_date"]),
    ("title", &["subject", "title", "headline"]),
    ("author", &["author", "authors", "byline", "creator", "from", "signature"]),
    ("origin", &["origin", "source", "publisher", "embassy", "site", "outlet"]),
    ("classification", &["classification"]),
    ("tags", &["tags", "keywords", "subjects"]),
    ("header", &["header", "head"]),
    ("text", &["body", "text", "content", "article", "fulltext", "full_text", "raw", "html"]),
];

/// Which field of a record means what, where the names do not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// (what it means, the field's name)
    pairs: Vec<(&'static str, String)>,
}

impl Mapping {
    /// Reads pairs like `id=refid` and `text=message`: what a field means, and its name in the records.
    ///
    /// # Errors
    /// [`Error::Usage`] when a pair has no `=` or means nothing known.
    pub fn parse<S: AsRef<str>>(pairs: &[S]) -> Result<Mapping> {
        let known = || KNOWN.iter().map(|(k, _)| *k).collect::<Vec<_>>().join(", ");
        let mut mapping = Mapping::default();
        for pair in pairs.iter().flat_map(|p| p.as_ref().split(',')) {
            let (key, name) = pair.split_once('=').unwrap_or((pair, ""));
            let Some((key, _)) = KNOWN.iter().find(|(k, _)| *k == key.trim()) else {
                return Err(Error::Usage(format!(
                    "\"{pair}\" maps no field: write WHAT=NAME with WHAT one of {}",
                    known()
                )));
            };
            if name.trim().is_empty() {
                return Err(Error::Usage(format!("\"{pair}\" names no field of the records: write {key}=NAME")));
            }
            mapping.pairs.push((key, name.trim().to_string()));
        }
        Ok(mapping)
    }

    /// The text of the field that means `key`.
    fn get(&self, record: &Map<String, Value>, key: &str) -> Option<String> {
        let value = match self.pairs.iter().find(|(k, _)| *k == key) {
            Some((_, name)) => record.get(name),
            None => {
                let names = KNOWN.iter().find(|(k, _)| *k == key).map_or(&[][..], |(_, names)| names);
                names.iter().find_map(|n| {
                    record.get(*n).or_else(|| record.iter().find(|(k, _)| k.eq_ignore_ascii_case(n)).map(|(_, v)| v))
                })
            }
        };
        value.and_then(text_of).filter(|t| !t.trim().is_empty())
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => Some(items.iter().filter_map(text_of).collect::<Vec<_>>().join(", ")),
        _ => None,
    }
}

/// Reads the record that stands in `line` of a collection; `source` names file and line.
///
/// # Errors
/// [`Error::Document`] when the line is no JSON object or holds no text.
pub(super) fn read(source: &str, line: &[u8], mapping: &Mapping) -> Result<Document> {
    let record: Map<String, Value> = serde_json::from_slice(line).map_err(|e| {
        Error::document(source, format!("is no JSON object ({e}); a collection holds one object a line"))
    })?;
    let sha256: String = Sha256::digest(line).iter().map(|b| format!("{b:02x}")).collect();
    let Some(body) = mapping.get(&record, "text") else {
        let names: Vec<&str> = record.keys().map(String::as_str).take(12).collect();
        let reason = format!("holds no text; its fields are {}: map one with text=NAME", names.join(", "));
        return Err(Error::document(source, reason));
    };
    let id = mapping.get(&record, "id").map(|id| squeeze(&id));
    let header = mapping.get(&record, "header");
    let text = match &header {
        Some(header) => format!("{header}\n\n{body}"),
        None => body,
    };
    let is_cable = id.as_deref().is_some_and(|id| cable::identifier(id) == Some(id))
        || header.is_some() && cable::message_start(&text, 0..text.len()) == Some(0);
    let read = if is_cable { cable_record(text, &record, mapping) } else { other_record(text, &record, mapping) };
    let (mut draft, format) = read.map_err(|reason| Error::document(source, reason))?;
    draft.id = id.or(draft.id);
    Ok(draft.finish(source, sha256, format))
}

type Read = std::result::Result<(Draft, &'static str), String>;

fn cable_record(text: String, record: &Map<String, Value>, mapping: &Mapping) -> Read {
    let mut draft = Draft::new(text);
    let get = |key| mapping.get(record, key);
    let fields = Fields {
        id: get("id"),
        title: get("title"),
        created: get("date"),
        released: get("released"),
        classification: get("classification"),
        origin: get("origin"),
        tags: get("tags"),
    };
    let message = 0..draft.text.len();
    page::read(&mut draft, fields, Parts { around: Vec::new(), header: 0..0, title: None, message })?;
    Ok((draft, "cable-record"))
}

fn other_record(text: String, record: &Map<String, Value>, mapping: &Mapping) -> Read {
    let mut draft = if html::recognise(&text) { html::read(&text)?.0 } else { plain::read(text) };
    let get = |key| mapping.get(record, key).map(|v| squeeze(&v));
    draft.meta.title = get("title").or(draft.meta.title.take());
    draft.meta.author = get("author").or(draft.meta.author.take());
    draft.meta.origin = get("origin").or(draft.meta.origin.take());
    draft.meta.classification = get("classification");
    draft.meta.tags = get("tags").map(|t| t.split([',', ';']).map(squeeze).collect()).unwrap_or_default();
    if let Some(date) = get("date") {
        match stated::day(&date) {
            Some((day, _)) => draft.claim(day, DateBasis::Header, format!("date: {date}")),
            None => draft.warnings.push(format!("the record's date is not understood: \"{date}\"")),
        }
    }
    Ok((draft, "json-record"))
}
