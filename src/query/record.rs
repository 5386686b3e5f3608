//! Events one after another, each with the accounts it rests on: what an export is made of. Nothing is held but a
//! batch, so that a million events need no more memory than a thousand.

use super::events::{Answer, COLUMNS, Sort};
use super::{EventFilter, Source, refill};
use crate::Result;
use crate::date::{Fit, Span};
use crate::event::Participant;
use crate::store::{Store, blank_participant, fill_participant, number_day};
use rusqlite::types::Value;
use rustc_hash::FxHashMap;
use std::sync::Arc;
use std::sync::mpsc::{channel, sync_channel};

/// Events read at a time: few enough to hold, enough to fetch what belongs to them in one go.
const BATCH: usize = 512;

/// Documents remembered while reading; their details are short.
const REMEMBERED: usize = 8192;

/// An event and what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The event.
    pub answer: Answer,
    /// Its accounts, in the order of their documents' dates; empty where they were not asked for.
    pub told_by: Vec<Told>,
}

/// An account as it is cited: the words and where they stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Its row.
    pub id: i64,
    /// Fingerprint of the evidence.
    pub fp: String,
    /// The document.
    pub document: Arc<Source>,
    /// Number of the paragraph as printed.
    pub paragraph: Option<u32>,
    /// Portion mark of the paragraph.
    pub marking: Option<String>,
    /// The exact words.
    pub quote: String,
    /// First character of the quote in the document's text.
    pub start: usize,
    /// One past its last character.
    pub end: usize,
}

/// What belongs to an event besides its own row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// The event alone.
    Events,
    /// With the accounts it rests on.
    Accounts,
}

/// Calls `take` with every event that answers, `limit` at most, and gives back how many there were.
///
/// # Errors
/// [`crate::Error::Database`] when the database cannot be read; whatever `take` fails with.
pub fn each(
    store: &Store,
    filter: &EventFilter,
    sort: Sort,
    limit: Option<usize>,
    depth: Depth,
    mut take: impl FnMut(&Record) -> Result<()>,
) -> Result<usize> {
    batches(store, filter, sort, limit, depth, |batch| {
        batch.iter().try_for_each(&mut take)?;
        Ok(Some(batch))
    })
}

/// As [`each`], for what is written: `make` turns some events after another into bytes, in a thread of its own beside
/// the one that reads, and `write` is called with them in order.
///
/// # Errors
/// [`crate::Error::Database`] when the database cannot be read; whatever `make` and `write` fail with.
pub fn each_made(
    store: &Store,
    filter: &EventFilter,
    sort: Sort,
    limit: Option<usize>,
    depth: Depth,
    make: impl Fn(&[Record]) -> Result<Vec<u8>> + Send,
    mut write: impl FnMut(&[u8]) -> Result<()>,
) -> Result<usize> {
    std::thread::scope(|scope| {
        // As far as the one may be ahead of the other: a few batches, so that little is held.
        let (to_make, given) = sync_channel::<Vec<Record>>(2);
        let (to_write, made) = channel();
        scope.spawn(move || {
            for batch in given {
                let bytes = make(&batch);
                let failed = bytes.is_err();
                if to_write.send((bytes, batch)).is_err() || failed {
                    break;
                }
            }
        });
        let count = batches(store, filter, sort, limit, depth, |batch| {
            // Where nobody takes it any more, the reason is among what was made.
            let _ = to_make.send(batch);
            let mut used = None;
            for (bytes, batch) in made.try_iter() {
                write(&bytes?)?;
                used = Some(batch);
            }
            Ok(used)
        })?;
        drop(to_make);
        made.iter().try_for_each(|(bytes, _)| write(&bytes?))?;
        Ok(count)
    })
}

/// Reads the events that answer, a batch at a time, and gives back how many there were. What `take` gives back is filled
/// again.
fn batches(
    store: &Store,
    filter: &EventFilter,
    sort: Sort,
    limit: Option<usize>,
    depth: Depth,
    mut take: impl FnMut(Vec<Record>) -> Result<Option<Vec<Record>>>,
) -> Result<usize> {
    let mut reader = Reader {
        store,
        depth,
        period: filter.span(),
        documents: FxHashMap::default(),
        actors: Vec::new(),
        told: Vec::new(),
    };
    let conditions = filter.conditions();
    let mut values = conditions.values.clone();
    let mut sql = format!("SELECT {COLUMNS} FROM event e WHERE {} ORDER BY {}", conditions.sql(), sort.sql());
    if let Some(limit) = limit {
        sql.push_str(" LIMIT ?");
        values.push(Value::Integer(i64::try_from(limit).unwrap_or(i64::MAX)));
    }
    let explain = |e| store.explain(e);
    let mut statement = store.conn.prepare_cached(&sql).map_err(explain)?;
    let mut rows = statement.query(rusqlite::params_from_iter(values)).map_err(explain)?;
    let (mut count, mut used) = (0, None::<Vec<Record>>);
    loop {
        let mut batch = used.take().unwrap_or_default();
        reader.clear(&mut batch);
        let mut filled = 0;
        while filled < BATCH
            && let Some(row) = rows.next().map_err(explain)?
        {
            if filled == batch.len() {
                batch.push(Record { answer: refill::blank_answer(), told_by: Vec::new() });
            }
            refill::answer(row, &mut batch[filled].answer).map_err(explain)?;
            filled += 1;
        }
        if filled == 0 {
            return Ok(count);
        }
        batch.truncate(filled);
        reader.fill(&mut batch).map_err(explain)?;
        count += filled;
        used = take(batch)?;
    }
}

/// Fetches what belongs to the events of a batch.
struct Reader<'a> {
    store: &'a Store,
    depth: Depth,
    period: Span,
    documents: FxHashMap<i64, Arc<Source>>,
    /// Participants and accounts of batches that are done with, to be filled again.
    actors: Vec<Participant>,
    told: Vec<Told>,
}

/// The accounts of events, and what is cited of them.
const TOLD: &str = "SELECT em.event_id, m.id, m.fp, m.document_id, m.paragraph, m.marking, m.quote, m.start, m.end_ \
     FROM event_mention em JOIN mention m ON m.id = em.mention_id WHERE em.event_id";

/// Who takes part in events.
const ACTORS: &str = "SELECT event_id, code, top, role, text FROM participation WHERE event_id";

impl Reader<'_> {
    /// Takes back what belonged to the events of a batch that is done with.
    fn clear(&mut self, batch: &mut [Record]) {
        for record in batch {
            self.actors.append(&mut record.answer.event.actors);
            self.told.append(&mut record.told_by);
        }
    }

    fn fill(&mut self, batch: &mut [Record]) -> rusqlite::Result<()> {
        for record in batch.iter_mut() {
            record.answer.fit = record.answer.event.date.span.fit(self.period).unwrap_or(Fit::Possible);
        }
        let ids = || batch.iter().map(|r| r.answer.id);
        let (first, last) = (ids().min().unwrap_or(0), ids().max().unwrap_or(0));
        // Neighbours in the order of time are neighbours in the database: one scan fetches for all of them.
        if last - first < 4 * i64::try_from(batch.len()).unwrap_or(i64::MAX) {
            let at: FxHashMap<i64, usize> = ids().enumerate().map(|(i, id)| (id, i)).collect();
            return self.fetch(batch, &at, "BETWEEN ?1 AND ?2", [first, last]);
        }
        for i in 0..batch.len() {
            let id = batch[i].answer.id;
            let at = FxHashMap::from_iter([(id, i)]);
            self.fetch(batch, &at, "= ?1 AND ?2 = ?1", [id, id])?;
        }
        Ok(())
    }

    fn fetch(
        &mut self,
        batch: &mut [Record],
        at: &FxHashMap<i64, usize>,
        which: &str,
        ids: [i64; 2],
    ) -> rusqlite::Result<()> {
        let conn = &self.store.conn;
        let mut statement = conn.prepare_cached(&format!("{ACTORS} {which} ORDER BY event_id, ord"))?;
        let mut rows = statement.query(ids)?;
        while let Some(row) = rows.next()? {
            if let Some(record) = at.get(&row.get(0)?).and_then(|&i| batch.get_mut(i)) {
                let mut actor = self.actors.pop().unwrap_or_else(blank_participant);
                fill_participant(row, 1, &mut actor)?;
                record.answer.event.actors.push(actor);
            }
        }
        if self.depth == Depth::Events {
            return Ok(());
        }
        let mut statement = conn.prepare_cached(&format!("{TOLD} {which} ORDER BY em.event_id, em.mention_id"))?;
        let mut rows = statement.query(ids)?;
        while let Some(row) = rows.next()? {
            let Some(&i) = at.get(&row.get(0)?) else { continue };
            let document = self.document(row.get(3)?)?;
            let mut told = match self.told.pop() {
                Some(used) => Told { document, ..used },
                None => refill::blank_told(document),
            };
            refill::told(row, &mut told)?;
            if let Some(record) = batch.get_mut(i) {
                record.told_by.push(told);
            }
        }
        for &i in at.values() {
            if let Some(record) = batch.get_mut(i)
                && record.told_by.len() > 1
            {
                record.told_by.sort_by_key(|t| (t.document.day.is_none(), t.document.day, t.document.id, t.start));
            }
        }
        Ok(())
    }

    fn document(&mut self, id: i64) -> rusqlite::Result<Arc<Source>> {
        if let Some(known) = self.documents.get(&id) {
            return Ok(known.clone());
        }
        if self.documents.len() >= REMEMBERED {
            self.documents.clear();
        }
        let sql = format!("SELECT {} FROM document d WHERE d.id = ?1", super::source::COLUMNS);
        let source = Arc::new(self.store.conn.prepare_cached(&sql)?.query_row([id], super::source::source_of)?);
        self.documents.insert(id, source.clone());
        Ok(source)
    }
}

/// The day of a column, where there is one.
pub(super) fn day(row: &rusqlite::Row, at: usize) -> rusqlite::Result<Option<crate::date::NaiveDate>> {
    Ok(row.get::<_, Option<i64>>(at)?.and_then(number_day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::events;
    use crate::store::tests::found;

    /// More events than a batch, so that its seams are crossed.
    fn store() -> Store {
        let mut store = Store::in_memory().expect("a database");
        for n in 0..(BATCH + 20) {
            let day = format!("{}-{:02}-{:02}", 1900 + n % 300, n % 12 + 1, n % 28 + 1);
            let (doc, extraction) = found(&format!("D{n}"), &format!("Ruritania signed paper {n}."), &day);
            store.write_document(&doc, &extraction, "r").expect("written");
        }
        store.rebuild_events().expect("merged");
        store
    }

    #[test]
    fn records_are_the_events_of_a_list_with_their_accounts() {
        let store = store();
        for (sort, limit) in [(Sort::Date, None), (Sort::Sources, None), (Sort::Date, Some(3)), (Sort::Salience, None)]
        {
            let filter = EventFilter::default();
            let mut read = Vec::new();
            let count = each(&store, &filter, sort, limit, Depth::Accounts, |r| {
                assert_eq!(r.told_by.len(), r.answer.event.accounts);
                assert!(r.told_by.iter().all(|t| t.quote.contains("signed") && t.end - t.start == t.quote.len()));
                read.push(r.answer.clone());
                Ok(())
            })
            .expect("read");
            let listed = events(&store, &filter, sort, limit).expect("listed");
            assert_eq!((count, read), (listed.len(), listed));
        }
    }

    #[test]
    fn what_fails_stops_the_reading() {
        let mut seen = 0;
        let stopped = each(&store(), &EventFilter::default(), Sort::Date, None, Depth::Events, |_| {
            seen += 1;
            Err(crate::Error::Usage("enough".into()))
        });
        assert_eq!((seen, stopped.expect_err("stopped").to_string().as_str()), (1, "enough"));
    }
}
