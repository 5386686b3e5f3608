//! Reading mentions and their actors back.

use super::Store;
use super::row::{date_of, number_day};
use crate::Result;
use crate::document::{Fingerprint, copies};
use crate::event::{EventType, Mention, MentionDate, Modality, Participant, Place, Role, Trigger};
use crate::merge::Account;
use rusqlite::{Connection, Row};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

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

/// Sets a text to that of a column, in the memory it has.
pub(crate) fn fill_text(row: &Row, column: usize, into: &mut String) -> rusqlite::Result<()> {
    into.clear();
    into.push_str(row.get_ref(column)?.as_str()?);
    Ok(())
}

/// As [`fill_text`], of a column that may hold none.
pub(crate) fn fill_maybe(row: &Row, column: usize, into: &mut Option<String>) -> rusqlite::Result<()> {
    match row.get_ref(column)?.as_str_or_null()? {
        None => *into = None,
        Some(words) => {
            let into = into.get_or_insert_default();
            into.clear();
            into.push_str(words);
        }
    }
    Ok(())
}

/// Sets a place to the four columns that begin at `first`: name, country, latitude, longitude.
pub(crate) fn fill_place(row: &Row, first: usize, into: &mut Option<Place>) -> rusqlite::Result<()> {
    let Some(name) = row.get_ref(first)?.as_str_or_null()? else {
        *into = None;
        return Ok(());
    };
    let into = into.get_or_insert_with(|| Place { name: String::new(), country: String::new(), lat: None, lon: None });
    into.name.clear();
    into.name.push_str(name);
    into.country.clear();
    into.country.push_str(row.get_ref(first + 1)?.as_str_or_null()?.unwrap_or_default());
    into.lat = row.get(first + 2)?;
    into.lon = row.get(first + 3)?;
    Ok(())
}

/// A place from the columns of [`fill_place`].
fn place_of(row: &Row, first: usize) -> rusqlite::Result<Option<Place>> {
    let mut place = None;
    fill_place(row, first, &mut place)?;
    Ok(place)
}

/// A participant that is nobody yet.
pub(crate) fn blank_participant() -> Participant {
    Participant { code: String::new(), top: String::new(), role: Role::Other, text: String::new() }
}

/// Sets a participant to the four columns that begin at `first`: code, top, role, text.
pub(crate) fn fill_participant(row: &Row, first: usize, into: &mut Participant) -> rusqlite::Result<()> {
    fill_text(row, first, &mut into.code)?;
    fill_text(row, first + 1, &mut into.top)?;
    into.role = Role::parse(row.get_ref(first + 2)?.as_str()?).unwrap_or(Role::Other);
    fill_text(row, first + 3, &mut into.text)
}

/// A participant from the columns of [`fill_participant`].
pub(crate) fn participant_of(row: &Row, first: usize) -> rusqlite::Result<Participant> {
    let mut participant = blank_participant();
    fill_participant(row, first, &mut participant)?;
    Ok(participant)
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
        let mut names: FxHashMap<i64, String> = self
            .conn
            .prepare("SELECT id, name FROM document")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        names.extend(self.copies()?);
        Ok(names)
    }

    /// For each document that is a copy of an earlier one, by its bytes or its text, that one's name.
    pub(super) fn copies(&self) -> rusqlite::Result<FxHashMap<i64, String>> {
        let sql = "SELECT d.id, d.name, d.sha256, m.value FROM document d
            LEFT JOIN doc_meta m ON m.document_id = d.id AND m.name = 'fingerprint' ORDER BY d.id";
        let mut statement = self.conn.prepare(sql)?;
        let mut rows = statement.query([])?;
        let (mut documents, mut prints) = (Vec::<(i64, String)>::new(), Vec::new());
        let (mut same, mut sources) = (FxHashMap::<String, String>::default(), FxHashMap::default());
        while let Some(row) = rows.next()? {
            let (id, name): (i64, String) = (row.get(0)?, row.get(1)?);
            match same.entry(row.get(2)?) {
                Entry::Vacant(first) => drop(first.insert(name.clone())),
                Entry::Occupied(first) => drop(sources.insert(id, first.get().clone())),
            }
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
        let copies = self.copies()?;
        let sql = account_query("ORDER BY m.id");
        let mut statement = self.conn.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let (mut ids, mut accounts) = (Vec::new(), Vec::<Account>::new());
        while let Some(row) = rows.next()? {
            let copy_of = copies.get(&row.get(MENTION_WIDTH + 1)?).cloned();
            let (id, account) = account_of(row, copy_of)?;
            ids.push(id);
            accounts.push(account);
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

/// A query of what [`account_of`] reads: a mention, its document's day, row, and what it is a copy of.
fn account_query(rest: &str) -> String {
    format!(
        "SELECT {MENTION_COLUMNS}, d.day, d.id, d.copy_of FROM mention m JOIN document d ON d.id = m.document_id {rest}"
    )
}

fn account_of(row: &Row, copy_of: Option<String>) -> rusqlite::Result<(i64, Account)> {
    let (id, mention, key) = mention_of(row)?;
    let doc_date = row.get::<_, Option<i64>>(MENTION_WIDTH)?.and_then(number_day);
    let source = copy_of.unwrap_or_else(|| mention.doc.clone());
    Ok((id, Account { key, mention, source, doc_date }))
}

/// The accounts in these rows of mentions, in their order; of copies, as the last merge knew them.
pub(super) fn accounts_in(conn: &Connection, ids: &[i64]) -> rusqlite::Result<Vec<Account>> {
    let sql = account_query("WHERE m.id = ?1");
    let mut statement = conn.prepare_cached(&sql)?;
    let mut actors =
        conn.prepare_cached("SELECT code, top, role, text FROM mention_actor WHERE mention_id = ?1 ORDER BY ord")?;
    ids.iter()
        .map(|id| {
            let (_, mut account) = statement.query_row([id], |row| account_of(row, row.get(MENTION_WIDTH + 2)?))?;
            account.mention.actors = actors.query_map([id], |r| participant_of(r, 0))?.collect::<Result<_, _>>()?;
            Ok(account)
        })
        .collect()
}
