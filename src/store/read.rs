//! Reading mentions and their actors back.

use super::Store;
use super::row::{date_of, number_day};
use crate::Result;
use crate::document::{Fingerprint, copies};
use crate::event::{EventType, Mention, MentionDate, Modality, Participant, Place, Role, Trigger};
use crate::merge::Account;
use rusqlite::Row;
use rustc_hash::FxHashMap;

/// The columns that [`mention_of`] reads, of `mention m` and `document d`.
pub(crate) const MENTION_COLUMNS: &str = "m.id, d.name, m.start, m.end_, m.quote, m.trigger, m.trigger_start, \
     m.trigger_end, m.lemma, m.paragraph, m.marking, m.zone, m.type, m.mode, m.subtype, m.modality, m.attributed_to, \
     m.place, m.country, m.lat, m.lon, m.edtf, m.lo, m.hi, m.precision, m.date_rule, m.date_anchor, m.date_trace, \
     m.date_warning, m.named_event, m.headline, m.salience, m.confidence, m.fp, m.contexts";

/// The number of columns in [`MENTION_COLUMNS`]: a query's own columns come after them.
pub(crate) const MENTION_WIDTH: usize = 35;

/// A mention from its row, without its actors, with its row number and fingerprint.
pub(crate) fn mention_of(row: &Row) -> rusqlite::Result<(i64, Mention, String)> {
    let kind: String = row.get(12)?;
    let modality: String = row.get(15)?;
    let precision: String = row.get(24)?;
    let mention = Mention {
        doc: row.get(1)?,
        start: row.get(2)?,
        end: row.get(3)?,
        quote: row.get(4)?,
        trigger: Trigger { text: row.get(5)?, start: row.get(6)?, end: row.get(7)? },
        lemma: row.get(8)?,
        paragraph: row.get(9)?,
        marking: row.get(10)?,
        zone: row.get(11)?,
        kind: EventType::parse(&kind).unwrap_or(EventType::Other),
        mode: row.get(13)?,
        subtype: row.get(14)?,
        contexts: words_of(row, 34)?,
        actors: Vec::new(),
        modality: Modality::parse(&modality).unwrap_or(Modality::Reported),
        attributed_to: row.get(16)?,
        place: place_of(row, 17)?,
        when: MentionDate {
            date: date_of(row.get(21)?, row.get(22)?, row.get(23)?, &precision),
            rule: row.get(25)?,
            anchor: row.get(26)?,
            trace: row.get(27)?,
            warning: row.get(28)?,
        },
        named_event: row.get(29)?,
        headline: row.get(30)?,
        salience: row.get(31)?,
        confidence: row.get(32)?,
    };
    Ok((row.get(0)?, mention, row.get(33)?))
}

/// A list of words from the column that holds it as JSON.
pub(crate) fn words_of(row: &Row, column: usize) -> rusqlite::Result<Vec<String>> {
    let text = row.get_ref(column)?.as_str()?;
    // Most lists are empty, and a million of them are read at a time.
    Ok(if text == "[]" { Vec::new() } else { serde_json::from_str(text).unwrap_or_default() })
}

/// A place from the four columns that begin at `first`: name, country, latitude, longitude.
pub(crate) fn place_of(row: &Row, first: usize) -> rusqlite::Result<Option<Place>> {
    let Some(name) = row.get::<_, Option<String>>(first)? else { return Ok(None) };
    let country = row.get::<_, Option<String>>(first + 1)?.unwrap_or_default();
    Ok(Some(Place { name, country, lat: row.get(first + 2)?, lon: row.get(first + 3)? }))
}

/// A participant from the four columns that begin at `first`: code, top, role, text.
pub(crate) fn participant_of(row: &Row, first: usize) -> rusqlite::Result<Participant> {
    let role: String = row.get(first + 2)?;
    Ok(Participant {
        code: row.get(first)?,
        top: row.get(first + 1)?,
        role: Role::parse(&role).unwrap_or(Role::Other),
        text: row.get(first + 3)?,
    })
}

impl Store {
    /// All mentions as accounts for merging, with their rows, in the order of documents and places.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when the database cannot be read.
    pub fn accounts(&self) -> Result<(Vec<i64>, Vec<Account>)> {
        self.read_accounts().map_err(|e| self.explain(e))
    }

    /// For each document its name, or where it is a copy of an earlier one, by its bytes or its text, that one's name.
    pub(crate) fn sources(&self) -> rusqlite::Result<FxHashMap<i64, String>> {
        let sql = "SELECT d.id, d.name, d.sha256, m.value FROM document d
            LEFT JOIN doc_meta m ON m.document_id = d.id AND m.name = 'fingerprint' ORDER BY d.id";
        let mut statement = self.conn.prepare(sql)?;
        let mut rows = statement.query([])?;
        let (mut documents, mut prints) = (Vec::<(i64, String)>::new(), Vec::new());
        let (mut same, mut sources) = (FxHashMap::<String, String>::default(), FxHashMap::default());
        while let Some(row) = rows.next()? {
            let (id, name): (i64, String) = (row.get(0)?, row.get(1)?);
            let first = same.entry(row.get(2)?).or_insert_with(|| name.clone());
            sources.insert(id, first.clone());
            let print = row.get::<_, Option<String>>(3)?.and_then(|p| Fingerprint::parse(&p));
            if let Some(print) = print {
                documents.push((id, name));
                prints.push(print);
            }
        }
        for (at, first) in copies(&prints).into_iter().enumerate() {
            if first != at {
                sources.insert(documents[at].0, documents[first].1.clone());
            }
        }
        Ok(sources)
    }

    fn read_accounts(&self) -> rusqlite::Result<(Vec<i64>, Vec<Account>)> {
        let sources = self.sources()?;
        let sql = format!(
            "SELECT {MENTION_COLUMNS}, d.day, d.id FROM mention m JOIN document d ON d.id = m.document_id \
             ORDER BY m.id"
        );
        let mut statement = self.conn.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let (mut ids, mut accounts) = (Vec::new(), Vec::<Account>::new());
        while let Some(row) = rows.next()? {
            let (id, mention, key) = mention_of(row)?;
            let document: i64 = row.get(MENTION_WIDTH + 1)?;
            let source = sources.get(&document).unwrap_or(&mention.doc).clone();
            let doc_date = row.get::<_, Option<i64>>(MENTION_WIDTH)?.and_then(number_day);
            ids.push(id);
            accounts.push(Account { key, mention, source, doc_date });
        }
        let mut statement = self
            .conn
            .prepare("SELECT mention_id, code, top, role, text FROM mention_actor ORDER BY mention_id, ord")?;
        let mut rows = statement.query([])?;
        let mut at = 0;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            while ids.get(at).is_some_and(|&known| known < id) {
                at += 1;
            }
            if let Some(account) = accounts.get_mut(at) {
                account.mention.actors.push(participant_of(row, 1)?);
            }
        }
        Ok((ids, accounts))
    }
}
