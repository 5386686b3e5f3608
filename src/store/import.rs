//! Accounts that were found elsewhere, by `extract` on another machine or by an earlier export. They come without the
//! documents' texts: of these, what stands between the sentences is left blank, so that every offset still leads to its
//! words.

use super::Store;
use super::fingerprint::fingerprint;
use super::line::{AccountLine, DocumentLine, IMPORTED};
use super::write::insert_mentions;
use crate::Result;
use crate::date::Date;
use crate::event::Mention;
use rusqlite::{OptionalExtension, Transaction, params};
use std::collections::BTreeMap;

/// What an import of accounts did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Imported {
    /// Accounts that are in the database now.
    pub accounts: usize,
    /// Documents that they belong to.
    pub documents: usize,
    /// Accounts of documents that the database has read itself: left as they are.
    pub known: usize,
}

/// An account with the line it was read from.
pub type Numbered = (usize, AccountLine);

/// The longest text that accounts may make us hold, in characters: a wrong offset must not fill the memory.
const LONGEST: usize = 100_000_000;

impl Store {
    /// Adds accounts, all or none. Accounts imported before of the same documents are replaced. Nothing is merged
    /// before [`Store::rebuild_events`].
    ///
    /// # Errors
    /// The faults by line, where there are any (nothing is written then); [`Error::Database`] when the database cannot
    /// be written.
    pub fn import_accounts(&mut self, lines: Vec<Numbered>) -> Result<std::result::Result<Imported, Vec<String>>> {
        let mut faults: Vec<String> =
            lines.iter().filter_map(|(n, line)| Some(format!("line {n}: {}", fault(line)?))).collect();
        let mut documents: BTreeMap<(String, String), Vec<Numbered>> = BTreeMap::new();
        for (n, line) in lines {
            let source = line.about_document.as_ref().map_or(line.mention.doc.clone(), |d| d.source.clone());
            documents.entry((source, line.document.clone())).or_default().push((n, line));
        }
        let mut sparse = Vec::new();
        if faults.is_empty() {
            for ((source, name), lines) in documents {
                match Sparse::new(source, name, lines) {
                    Ok(document) => sparse.push(document),
                    Err(message) => faults.push(message),
                }
            }
        }
        if !faults.is_empty() {
            return Ok(Err(faults));
        }
        let path = self.path().to_path_buf();
        let imported = self.transaction(&path, |tx| {
            let mut done = Imported::default();
            for document in &sparse {
                if document.is_read(tx)? {
                    done.known += document.mentions.len();
                } else {
                    document.write(tx)?;
                    done.documents += 1;
                    done.accounts += document.mentions.len();
                }
            }
            if done.accounts > 0 {
                super::write::stale(tx)?;
            }
            Ok(done)
        })?;
        Ok(Ok(imported))
    }
}

/// What is wrong with an account by itself.
fn fault(line: &AccountLine) -> Option<String> {
    let m = &line.mention;
    let count = |text: &str| text.chars().count();
    if line.document.is_empty() || m.doc.is_empty() {
        return Some("no document is named".into());
    }
    if m.end < m.start || m.end > LONGEST || m.end - m.start != count(&m.quote) {
        return Some(format!("the quote has {} characters, not those of {} to {}", count(&m.quote), m.start, m.end));
    }
    let t = &m.trigger;
    let inside = m.start <= t.start && t.start <= t.end && t.end <= m.end;
    let words = || m.quote.chars().skip(t.start - m.start).take(t.end - t.start).collect::<String>();
    if !inside || words() != t.text {
        return Some(format!("the trigger {:?} does not stand at {} to {} in the quote", t.text, t.start, t.end));
    }
    match Date::from_edtf(&m.when.date.edtf) {
        // What is known of no day at all has no form in EDTF.
        Err(e) if m.when.date.edtf != "../.." => return Some(e.to_string()),
        _ if m.when.date.span.earliest.zip(m.when.date.span.latest).is_some_and(|(a, b)| a > b) => {
            return Some("the date ends before it begins".into());
        }
        _ => {}
    }
    let share = |x: f64| (0.0..=1.0).contains(&x);
    if !share(m.salience) || !share(m.confidence) {
        return Some("salience and confidence are numbers from 0 to 1".into());
    }
    if !ZONES.contains(&m.zone.as_str()) {
        return Some(format!("no zone {:?}; there are {}", m.zone, ZONES.join(", ")));
    }
    let fp = |fp: &String| fp.len() == 32 && fp.bytes().all(|b| b.is_ascii_hexdigit());
    if line.fp.as_ref().is_some_and(|f| !fp(f)) {
        return Some("the fingerprint is none: 32 hexadecimal digits".into());
    }
    let hash = |d: &DocumentLine| d.sha256.len() == 64 && d.sha256.bytes().all(|b| b.is_ascii_hexdigit());
    if line.about_document.as_ref().is_some_and(|d| !hash(d)) {
        return Some("sha256 of the document is none: 64 hexadecimal digits".into());
    }
    None
}

const ZONES: [&str; 8] = ["header", "summary", "body", "comment", "note", "caption", "heading", "boilerplate"];

/// A document of which only some sentences are known.
struct Sparse {
    source: String,
    name: String,
    about: Option<DocumentLine>,
    text: String,
    mentions: Vec<Mention>,
    fps: Vec<Option<String>>,
}

impl Sparse {
    fn new(source: String, name: String, lines: Vec<Numbered>) -> std::result::Result<Self, String> {
        let length = lines.iter().map(|(_, l)| l.mention.end).max().unwrap_or(0);
        let mut chars: Vec<Option<char>> = vec![None; length];
        let mut mentions = Vec::with_capacity(lines.len());
        let mut fps = Vec::with_capacity(lines.len());
        let mut about = None;
        for (number, line) in lines {
            let places = chars.get_mut(line.mention.start..line.mention.end).unwrap_or_default();
            for (place, c) in places.iter_mut().zip(line.mention.quote.chars()) {
                if place.replace(c).is_some_and(|was| was != c) {
                    return Err(format!("line {number}: its quote contradicts that of another line of {name}"));
                }
            }
            about = about.or(line.about_document);
            mentions.push(line.mention);
            fps.push(line.fp);
        }
        let text = chars.into_iter().map(|c| c.unwrap_or(' ')).collect();
        Ok(Sparse { source: format!("{IMPORTED}{source}"), name, about, text, mentions, fps })
    }

    /// Whether the database has read the document itself.
    fn is_read(&self, tx: &Transaction) -> rusqlite::Result<bool> {
        let Some(about) = &self.about else { return Ok(false) };
        let sql = "SELECT 1 FROM document WHERE sha256 = ?1 AND name = ?2 AND substr(source, 1, 7) <> 'import:'";
        let found: Option<i64> =
            tx.prepare_cached(sql)?.query_row([&about.sha256, &self.name], |r| r.get(0)).optional()?;
        Ok(found.is_some())
    }

    fn write(&self, tx: &Transaction) -> rusqlite::Result<()> {
        tx.prepare_cached("DELETE FROM document WHERE source = ?1")?.execute([&self.source])?;
        let id = self.write_document(tx)?;
        let mut quotes: BTreeMap<(usize, usize), &Mention> = BTreeMap::new();
        for mention in &self.mentions {
            quotes.entry((mention.start, mention.end)).or_insert(mention);
        }
        let mut placed = Vec::with_capacity(quotes.len());
        for (ord, ((start, end), m)) in quotes.into_iter().enumerate() {
            tx.prepare_cached("INSERT INTO block VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?.execute(params![
                id,
                ord,
                start,
                end,
                m.zone,
                m.paragraph,
                m.marking
            ])?;
            let row = super::write::row_of(id, ord);
            tx.prepare_cached("INSERT INTO sentence (id, document_id, ord, block, start, end_, text) VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6)")?
                .execute(params![row, id, ord, start, end, super::fingerprint::one_line(&m.quote)])?;
            placed.push((row, start..end));
        }
        let named: Vec<Mention> =
            self.mentions.iter().map(|m| Mention { doc: self.name.clone(), ..m.clone() }).collect();
        let computed = fingerprint(&self.text, &named);
        let fps: Vec<String> =
            self.fps.iter().zip(computed).map(|(given, ours)| given.clone().unwrap_or(ours)).collect();
        insert_mentions(tx, id, &placed, &named, &fps)
    }

    fn write_document(&self, tx: &Transaction) -> rusqlite::Result<i64> {
        let stem = self.mentions.first().map_or("", |m| m.doc.as_str());
        let about = self.about.as_ref();
        let (day, lo, hi) = about.map_or((None, None, None), DocumentLine::days);
        let hash = super::fingerprint::hash(&[&self.source]);
        tx.prepare_cached(
            "INSERT INTO document (name, source, stem, sha256, rules, format, title, author, origin, classification, day, lo, \
             hi, date_basis, date_note, text) VALUES (?1, ?2, ?3, ?4, 'import', ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )?
        .insert(params![
            self.name,
            self.source,
            stem,
            // Of a document of which nothing is told, its name must do.
            about.map_or(format!("{hash}{hash}"), |d| d.sha256.clone()),
            about.map_or("unknown", |d| d.format.as_str()),
            about.and_then(|d| d.title.as_deref()),
            about.and_then(|d| d.author.as_deref()),
            about.and_then(|d| d.origin.as_deref()),
            about.and_then(|d| d.classification.as_deref()),
            day,
            lo,
            hi,
            about.and_then(|d| d.date_basis.as_deref()),
            about.and_then(|d| d.date_note.as_deref()),
            self.text,
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::found;
    use crate::store::{check, dump};

    fn lines() -> Vec<Numbered> {
        let text = "The König signed a treaty. It rained. Dustland signed it later.";
        let (doc, extraction) = found("a", text, "2005-05");
        let fps = crate::store::fingerprint(&doc.text, &extraction.mentions);
        (1..)
            .zip(extraction.mentions.into_iter().zip(fps))
            .map(|(n, (mention, fp))| {
                let mention = Mention { doc: "a".into(), ..mention };
                let about = Some(DocumentLine { sha256: "a".repeat(64), ..DocumentLine::of(&doc) });
                (n, AccountLine { document: doc.id.clone(), event: None, fp: Some(fp), about_document: about, mention })
            })
            .collect()
    }

    #[test]
    fn accounts_come_in_whole_and_once() {
        let mut store = Store::in_memory().expect("a database");
        let done = store.import_accounts(lines()).expect("written").expect("right");
        assert_eq!(done, Imported { accounts: 2, documents: 1, known: 0 });
        store.rebuild_events().expect("merged");
        assert_eq!(check(&store).expect("checked"), Vec::<String>::new());
        let first = dump(&store).expect("dumped");
        store.import_accounts(lines()).expect("written").expect("right");
        store.rebuild_events().expect("merged");
        assert_eq!(dump(&store).expect("dumped"), first);
    }

    #[test]
    fn a_document_that_was_read_stays_as_it_is() {
        let mut store = Store::in_memory().expect("a database");
        let (mut doc, extraction) = found("a", "The König signed a treaty.", "2005-05");
        doc.sha256 = "a".repeat(64);
        store.write_document(&doc, &extraction, "r").expect("written");
        let done = store.import_accounts(lines()).expect("written").expect("right");
        assert_eq!(done, Imported { accounts: 0, documents: 0, known: 2 });
    }

    #[test]
    fn faults_are_told_by_line_and_nothing_is_written() {
        for (spoil, told) in [
            ((|m| m.end += 1) as fn(&mut Mention), "line 2: the quote has 25 characters"),
            (|m| m.trigger.text = "sang".into(), "line 2: the trigger \"sang\" does not stand"),
            (|m| m.when.date.edtf = "2005-13".into(), "line 2: \"2005-13\" is no EDTF"),
            (|m| m.confidence = 7.0, "line 2: salience and confidence"),
            (|m| m.zone = "cellar".into(), "line 2: no zone \"cellar\""),
            (
                |m| {
                    (m.start, m.end, m.trigger.start, m.trigger.end) = (1, 26, 10, 16);
                },
                "line 2: its quote contradicts",
            ),
        ] {
            let mut store = Store::in_memory().expect("a database");
            let mut lines = lines();
            spoil(&mut lines[1].1.mention);
            let faults = store.import_accounts(lines).expect("read").expect_err("refused");
            assert!(faults.len() == 1 && faults[0].starts_with(told), "{faults:?}");
            let rows: i64 = store.conn.query_row("SELECT count(*) FROM document", [], |r| r.get(0)).expect("counted");
            assert_eq!(rows, 0);
        }
    }
}
