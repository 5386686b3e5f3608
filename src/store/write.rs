//! Writing a document and what was found in it: one transaction each, so that a stop at any moment leaves whole
//! documents behind.

use super::fingerprint::fingerprint;
use super::row::{day_number, ends, json_of};
use super::{Store, explain};
use crate::document::{CharIndex, Document, Fingerprint};
use crate::event::{Extraction, Mention};
use crate::timex::{Timex, TimexKind};
use crate::{Error, Result};
use rusqlite::{ErrorCode, Transaction, TransactionBehavior, params};
use rustc_hash::FxHashMap;
use std::path::Path;

/// What the database holds of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Row of the document.
    pub id: i64,
    /// SHA-256 of the bytes it was read from.
    pub sha256: String,
    /// The rules it was read with.
    pub rules: String,
}

impl Store {
    /// Every document that the database holds, by source.
    ///
    /// # Errors
    /// [`Error::Database`] when the database cannot be read.
    pub fn stored(&self) -> Result<FxHashMap<String, Stored>> {
        let read = || -> rusqlite::Result<FxHashMap<String, Stored>> {
            let mut statement = self.conn.prepare("SELECT source, id, sha256, rules FROM document")?;
            let rows = statement.query_map([], |row| {
                Ok((row.get(0)?, Stored { id: row.get(1)?, sha256: row.get(2)?, rules: row.get(3)? }))
            })?;
            rows.collect()
        };
        read().map_err(|e| self.explain(e))
    }

    /// Writes a document and what was found in it, in place of what was held of its source before.
    ///
    /// # Errors
    /// [`Error::Document`] when a quote is not found where it is said to stand, or when what was found breaks a rule of
    /// the schema, as an interval that ends before it begins (nothing is written then, what was stored stays);
    /// [`Error::Database`] when the database cannot be written.
    pub fn write_document(&mut self, doc: &Document, found: &Extraction, rules: &str) -> Result<()> {
        let chars = CharIndex::new(&doc.text);
        for mention in &found.mentions {
            check_quote(doc, &chars, mention)?;
        }
        let path = self.path().to_path_buf();
        let write = |tx: &Transaction| {
            let old = take_out(tx, &doc.source)?;
            let id = insert_document(tx, doc, old, rules)?;
            insert_parts(tx, doc, id, &chars)?;
            let sentences = insert_sentences(tx, doc, id, &chars, found)?;
            insert_timexes(tx, doc, id, &chars, &sentences, &found.timexes)?;
            let prints = fingerprint(&doc.text, &found.mentions);
            insert_mentions(tx, id, &sentences, &found.mentions, &prints)?;
            // What was imported of it before, without its text, is replaced by what was read.
            tx.prepare_cached(
                "DELETE FROM document WHERE source = 'import:' || ?1 OR (sha256 = ?2 AND name = ?3 \
                 AND substr(source, 1, 7) = 'import:')",
            )?
            .execute([&doc.source, &doc.sha256, &doc.id])?;
            stale(tx)
        };
        self.transaction(&path, write).map_err(|error| match &error {
            // One document with a finding that cannot be true must not end the build of all the others.
            Error::Sqlite(e) if e.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => Error::document(
                &doc.source,
                format!("what was found in it does not hold together ({e}); please report it with the file"),
            ),
            _ => error,
        })
    }

    /// Removes a document with everything found in it. What is not there is removed already.
    ///
    /// # Errors
    /// [`Error::Database`] when the database cannot be written.
    pub fn remove_document(&mut self, source: &str) -> Result<()> {
        let path = self.path().to_path_buf();
        self.transaction(&path, |tx| take_out(tx, source).and_then(|_| stale(tx)))
    }

    pub(super) fn transaction<T>(
        &mut self,
        path: &Path,
        work: impl FnOnce(&Transaction) -> rusqlite::Result<T>,
    ) -> Result<T> {
        let run = || {
            let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&tx)?;
            tx.commit()?;
            Ok(done)
        };
        run().map_err(|e| explain(path, e))
    }
}

/// The promise that every event leads back to its exact words.
fn check_quote(doc: &Document, chars: &CharIndex, mention: &Mention) -> Result<()> {
    let at = |start: usize, end: usize| doc.text.get(chars.byte_of(start)..chars.byte_of(end)).unwrap_or_default();
    let trigger = &mention.trigger;
    for (what, start, end, want) in
        [("quote", mention.start, mention.end, &mention.quote), ("trigger", trigger.start, trigger.end, &trigger.text)]
    {
        if start > end || at(start, end) != want {
            let reason = format!(
                "the {what} {want:?} does not stand at characters {start} to {end} of the text; \
                 nothing of this document was stored (please report this, it is a fault of dateline)"
            );
            return Err(Error::document(&doc.source, reason));
        }
    }
    Ok(())
}

/// From now until the next merge, the events are not those of the documents.
pub(super) fn stale(tx: &Transaction) -> rusqlite::Result<()> {
    tx.execute("INSERT INTO state VALUES ('events', 'stale') ON CONFLICT DO UPDATE SET value = 'stale'", [])?;
    Ok(())
}

/// Deletes what is held of a source and gives back the row it had.
fn take_out(tx: &Transaction, source: &str) -> rusqlite::Result<Option<i64>> {
    use rusqlite::OptionalExtension;
    let id: Option<i64> =
        tx.prepare_cached("SELECT id FROM document WHERE source = ?1")?.query_row([source], |r| r.get(0)).optional()?;
    if let Some(id) = id {
        tx.prepare_cached("DELETE FROM document WHERE id = ?1")?.execute([id])?;
    }
    Ok(id)
}

fn insert_document(tx: &Transaction, doc: &Document, id: Option<i64>, rules: &str) -> rusqlite::Result<i64> {
    let stem = doc.stem();
    let (lo, hi) = doc.date.as_ref().map_or((None, None), |d| ends(d.span));
    let mut insert = tx.prepare_cached(
        "INSERT INTO document (id, name, source, stem, sha256, rules, format, title, author, origin, classification, \
         day, lo, hi, date_basis, date_note, text) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
    )?;
    insert.insert(params![
        id,
        doc.id,
        doc.source,
        stem,
        doc.sha256,
        rules,
        doc.format,
        doc.meta.title,
        doc.meta.author,
        doc.meta.origin,
        doc.meta.classification,
        doc.date.as_ref().map(|d| day_number(d.day)),
        lo,
        hi,
        doc.date.as_ref().map(|d| d.basis.as_str()),
        doc.date.as_ref().map(|d| d.note.as_str()),
        doc.text,
    ])
}

fn insert_parts(tx: &Transaction, doc: &Document, id: i64, chars: &CharIndex) -> rusqlite::Result<()> {
    let tags = doc.meta.tags.iter().map(|v| ("tag", v.as_str()));
    let other = doc.meta.other.iter().map(|(n, v)| (n.as_str(), v.as_str()));
    let warnings = doc.warnings.iter().map(|v| ("warning", v.as_str()));
    let mut insert = tx.prepare_cached("INSERT INTO doc_meta VALUES (?1, ?2, ?3, ?4)")?;
    // By it copies of one text are known, whatever their layout (see `Store::accounts`).
    let print = Fingerprint::of(doc).to_text();
    let print = std::iter::once(("fingerprint", print.as_str()));
    for (ord, (name, value)) in tags.chain(other).chain(warnings).chain(print).enumerate() {
        insert.execute(params![id, ord, name, value])?;
    }
    let mut insert = tx.prepare_cached("INSERT INTO doc_ref VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (ord, r) in doc.meta.references.iter().enumerate() {
        insert.execute(params![id, ord, r.letter, r.text, r.id, r.year])?;
    }
    let mut insert = tx.prepare_cached("INSERT INTO doc_date VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    for (ord, claim) in doc.date_claims.iter().enumerate() {
        let (lo, hi) = ends(claim.span);
        insert.execute(params![id, ord, day_number(claim.day), lo, hi, claim.basis.as_str(), claim.note])?;
    }
    let mut insert = tx.prepare_cached("INSERT INTO block VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    for (ord, block) in doc.blocks.iter().enumerate() {
        let at = chars.range(&block.range);
        insert.execute(params![id, ord, at.start, at.end, block.zone.as_str(), block.number, block.marking])?;
    }
    Ok(())
}

/// A stored sentence: its row and its characters.
pub(super) type Placed = (i64, std::ops::Range<usize>);

fn insert_sentences(
    tx: &Transaction,
    doc: &Document,
    id: i64,
    chars: &CharIndex,
    found: &Extraction,
) -> rusqlite::Result<Vec<Placed>> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO sentence (id, document_id, ord, block, start, end_, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    let mut placed = Vec::with_capacity(found.sentences.len());
    for (ord, sentence) in found.sentences.iter().enumerate() {
        let at = chars.range(&sentence.range);
        let words = crate::text::one_line(&doc.text, &sentence.tokens);
        placed.push((insert.insert(params![row_of(id, ord), id, ord, sentence.block, at.start, at.end, words])?, at));
    }
    Ok(placed)
}

fn insert_timexes(
    tx: &Transaction,
    doc: &Document,
    id: i64,
    chars: &CharIndex,
    sentences: &[Placed],
    timexes: &[Timex],
) -> rusqlite::Result<()> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO timex (id, document_id, sentence_id, start, end_, text, kind, value, modifier, edtf, lo, hi, precision, \
         relation, year_implied, anchor, rule, trace, warning) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
    )?;
    for (ord, t) in timexes.iter().enumerate() {
        let Some((sentence, _)) = sentences.get(t.sentence) else { continue };
        let at = chars.range(&t.range);
        let (lo, hi) = t.date.as_ref().map_or((None, None), |d| ends(d.span));
        insert.execute(params![
            row_of(id, ord),
            id,
            sentence,
            at.start,
            at.end,
            doc.text.get(t.range.clone()).unwrap_or_default(),
            kind(t.kind),
            t.value,
            t.modifier,
            t.date.as_ref().map(|d| d.edtf.as_str()),
            lo,
            hi,
            t.date.as_ref().map(|d| d.precision.as_str()),
            format!("{:?}", t.relation).to_lowercase(),
            t.year_implied,
            t.anchor,
            t.rule,
            t.trace,
            t.warning,
        ])?;
    }
    Ok(())
}

/// The row of a document's part: the same whatever was written before, so that the same documents give the same rows.
pub(super) fn row_of(document: i64, ord: usize) -> i64 {
    document.saturating_mul(1 << 24).saturating_add(i64::try_from(ord).unwrap_or(i64::MAX))
}

fn kind(kind: TimexKind) -> &'static str {
    match kind {
        TimexKind::Date => "DATE",
        TimexKind::Time => "TIME",
        TimexKind::Duration => "DURATION",
        TimexKind::Set => "SET",
    }
}

pub(super) fn insert_mentions(
    tx: &Transaction,
    id: i64,
    sentences: &[Placed],
    mentions: &[Mention],
    prints: &[String],
) -> rusqlite::Result<()> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO mention (id, document_id, sentence_id, fp, start, end_, quote, trigger, trigger_start, trigger_end, \
         lemma, paragraph, marking, zone, type, mode, subtype, modality, attributed_to, place, country, lat, lon, edtf, \
         lo, hi, precision, date_rule, date_anchor, date_trace, date_warning, named_event, headline, salience, \
         confidence, contexts) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, \
         ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36)",
    )?;
    let mut insert_actor = tx.prepare_cached("INSERT INTO mention_actor VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (ord, (m, fp)) in mentions.iter().zip(prints).enumerate() {
        let sentence = sentences.iter().find(|(_, at)| at.contains(&m.trigger.start)).map(|(row, _)| row);
        let (lo, hi) = ends(m.when.date.span);
        let place = m.place.as_ref();
        let row = insert.insert(params![
            row_of(id, ord),
            id,
            sentence,
            fp,
            m.start,
            m.end,
            m.quote,
            m.trigger.text,
            m.trigger.start,
            m.trigger.end,
            m.lemma,
            m.paragraph,
            m.marking,
            m.zone,
            m.kind.as_str(),
            m.mode,
            m.subtype,
            m.modality.as_str(),
            m.attributed_to,
            place.map(|p| p.name.as_str()),
            place.map(|p| p.country.as_str()),
            place.and_then(|p| p.lat),
            place.and_then(|p| p.lon),
            m.when.date.edtf,
            lo,
            hi,
            m.when.date.precision.as_str(),
            m.when.rule,
            m.when.anchor,
            m.when.trace,
            m.when.warning,
            m.named_event,
            m.headline,
            m.salience.clamp(0.0, 1.0),
            m.confidence.clamp(0.0, 1.0),
            json_of(&m.contexts),
        ])?;
        for (ord, a) in m.actors.iter().enumerate() {
            insert_actor.execute(params![row, ord, a.code, a.top, a.role.as_str(), a.text])?;
        }
    }
    Ok(())
}
