//! Events one after another, each with the accounts it rests on: what an export is made of. Nothing is held but their
//! numbers and a batch for each thread, so that a million events need hardly more memory than a thousand.

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

/// From so many events on, threads save more than their connections cost.
const WORTH_THREADS: usize = 2 * BATCH;

/// Threads that read and write at most: each has a cache of its own.
const MOST_THREADS: usize = 4;

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
    let _one_state = store.reading();
    let ids = ids(store, filter, sort, limit)?;
    let mut reader = Reader::new(store, depth, filter.span());
    let mut batch = Vec::new();
    for some in ids.chunks(BATCH) {
        reader.read(some, &mut batch)?;
        batch.iter().try_for_each(&mut take)?;
    }
    Ok(ids.len())
}

/// As [`each`], for what is written: `make` turns some events after another into bytes, with the store they are read
/// from at hand, and `write` is called with these in order. Long answers are read and made in several threads.
///
/// # Errors
/// [`crate::Error::Database`] when the database cannot be read; whatever `make` and `write` fail with.
pub fn each_made(
    store: &Store,
    filter: &EventFilter,
    sort: Sort,
    limit: Option<usize>,
    depth: Depth,
    make: impl Fn(&Store, &[Record], &mut Vec<u8>) -> Result<()> + Sync,
    mut write: impl FnMut(&[u8]) -> Result<()>,
) -> Result<usize> {
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get().min(MOST_THREADS));
    let stores = if threads > 1 && is_long(store)? { store.companions(threads) } else { Vec::new() };
    let _one_state = if stores.is_empty() { store.reading() } else { None };
    let ids = &ids(stores.first().unwrap_or(store), filter, sort, limit)?;
    let period = filter.span();
    if stores.is_empty() || ids.len() < WORTH_THREADS {
        let store = stores.first().unwrap_or(store);
        let (mut reader, mut batch, mut bytes) = (Reader::new(store, depth, period), Vec::new(), Vec::new());
        for some in ids.chunks(BATCH) {
            reader.read(some, &mut batch)?;
            bytes.clear();
            make(store, &batch, &mut bytes)?;
            write(&bytes)?;
        }
    } else {
        in_threads(stores, ids, |store| Reader::new(store, depth, period), make, write)?;
    }
    Ok(ids.len())
}

/// What [`each_made`] does, with a thread for each store: thread k of n makes batches k, k + n, …, and is at most two
/// of its own ahead of what is written.
fn in_threads(
    stores: Vec<Store>,
    ids: &[i64],
    reader: impl Fn(&Store) -> Reader<'_> + Sync,
    make: impl Fn(&Store, &[Record], &mut Vec<u8>) -> Result<()> + Sync,
    mut write: impl FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    let (count, reader, make) = (stores.len(), &reader, &make);
    std::thread::scope(|scope| {
        let begin = |(k, store): (usize, Store)| {
            let (to_write, made) = sync_channel::<Result<Vec<u8>>>(2);
            let (give_back, written) = channel::<Vec<u8>>();
            scope.spawn(move || {
                let (mut reader, mut batch) = (reader(&store), Vec::new());
                for some in ids.chunks(BATCH).skip(k).step_by(count) {
                    let mut bytes = written.try_recv().unwrap_or_default();
                    bytes.clear();
                    let done = reader.read(some, &mut batch).and_then(|()| make(&store, &batch, &mut bytes));
                    let failed = done.is_err();
                    // Where nobody takes it any more, the reason was told already.
                    if to_write.send(done.map(|()| bytes)).is_err() || failed {
                        break;
                    }
                }
            });
            (made, give_back)
        };
        let threads: Vec<_> = stores.into_iter().enumerate().map(begin).collect();
        for (made, give_back) in threads.iter().cycle().take(ids.len().div_ceil(BATCH)) {
            // A thread that is gone without a word has panicked, and the scope passes that on.
            let Ok(bytes) = made.recv() else { break };
            let bytes = bytes?;
            write(&bytes)?;
            let _ = give_back.send(bytes);
        }
        Ok(())
    })
}

/// Whether there are so many events that an answer may be long.
fn is_long(store: &Store) -> Result<bool> {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM event LIMIT ?1)";
    let found: usize = store.conn.query_row(sql, [WORTH_THREADS], |row| row.get(0)).map_err(|e| store.explain(e))?;
    Ok(found == WORTH_THREADS)
}

/// The rows of the events that answer, in order. They are known before the events are read: eight bytes each.
fn ids(store: &Store, filter: &EventFilter, sort: Sort, limit: Option<usize>) -> Result<Vec<i64>> {
    let conditions = filter.conditions();
    let mut values = conditions.values.clone();
    let mut sql = format!("SELECT e.id FROM event e WHERE {} ORDER BY {}", conditions.sql(), sort.sql());
    if let Some(limit) = limit {
        sql.push_str(" LIMIT ?");
        values.push(Value::Integer(i64::try_from(limit).unwrap_or(i64::MAX)));
    }
    let read = || {
        let mut statement = store.conn.prepare_cached(&sql)?;
        statement.query_map(rusqlite::params_from_iter(values), |row| row.get(0))?.collect::<rusqlite::Result<_>>()
    };
    read().map_err(|e| store.explain(e))
}

/// Reads events and what belongs to them.
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

impl<'a> Reader<'a> {
    fn new(store: &'a Store, depth: Depth, period: Span) -> Self {
        Reader { store, depth, period, documents: FxHashMap::default(), actors: Vec::new(), told: Vec::new() }
    }

    /// Sets `batch`, which may hold an earlier one, to the events of these rows.
    fn read(&mut self, ids: &[i64], batch: &mut Vec<Record>) -> Result<()> {
        for record in batch.iter_mut() {
            self.actors.append(&mut record.answer.event.actors);
            self.told.append(&mut record.told_by);
        }
        batch.resize_with(ids.len(), || Record { answer: refill::blank_answer(), told_by: Vec::new() });
        self.fill(ids, batch).map_err(|e| self.store.explain(e))
    }

    fn fill(&mut self, ids: &[i64], batch: &mut [Record]) -> rusqlite::Result<()> {
        let mut at: Vec<(i64, usize)> = ids.iter().copied().zip(0..).collect();
        at.sort_unstable();
        let (Some(&(first, _)), Some(&(last, _))) = (at.first(), at.last()) else { return Ok(()) };
        // Neighbours in the order of time are neighbours in the database: one scan fetches for all of them.
        if last - first < 4 * i64::try_from(batch.len()).unwrap_or(i64::MAX) {
            return self.fetch(batch, &at, "BETWEEN ?1 AND ?2", [first, last]);
        }
        at.iter().try_for_each(|one| self.fetch(batch, std::slice::from_ref(one), "= ?1 AND ?2 = ?1", [one.0, one.0]))
    }

    /// Reads the events of some rows, each into its place of the batch; `at` is sorted.
    fn fetch(&mut self, batch: &mut [Record], at: &[(i64, usize)], which: &str, ids: [i64; 2]) -> rusqlite::Result<()> {
        let conn = &self.store.conn;
        let mut left = at;
        let mut statement = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM event e WHERE e.id {which}"))?;
        let mut rows = statement.query(ids)?;
        while let Some(row) = rows.next()? {
            let Some(record) = place(&mut left, row.get(0)?).and_then(|i| batch.get_mut(i)) else { continue };
            refill::answer(row, &mut record.answer)?;
            record.answer.fit = record.answer.event.date.span.fit(self.period).unwrap_or(Fit::Possible);
        }
        let mut left = at;
        let mut statement = conn.prepare_cached(&format!("{ACTORS} {which} ORDER BY event_id, ord"))?;
        let mut rows = statement.query(ids)?;
        while let Some(row) = rows.next()? {
            let Some(record) = place(&mut left, row.get(0)?).and_then(|i| batch.get_mut(i)) else { continue };
            let mut actor = self.actors.pop().unwrap_or_else(blank_participant);
            fill_participant(row, 1, &mut actor)?;
            record.answer.event.actors.push(actor);
        }
        if self.depth == Depth::Events {
            return Ok(());
        }
        let mut left = at;
        let mut statement = conn.prepare_cached(&format!("{TOLD} {which} ORDER BY em.event_id, em.mention_id"))?;
        let mut rows = statement.query(ids)?;
        while let Some(row) = rows.next()? {
            let Some(record) = place(&mut left, row.get(0)?).and_then(|i| batch.get_mut(i)) else { continue };
            let document = self.document(row.get(3)?)?;
            let mut told = match self.told.pop() {
                Some(used) => Told { document, ..used },
                None => refill::blank_told(document),
            };
            refill::told(row, &mut told)?;
            record.told_by.push(told);
        }
        for &(_, i) in at {
            if let Some(record) = batch.get_mut(i).filter(|r| r.told_by.len() > 1) {
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

/// The place of the event of row `id`; `left` is stepped on to it, since rows are read in the order of events.
fn place(left: &mut &[(i64, usize)], id: i64) -> Option<usize> {
    while let Some((&(known, place), rest)) = left.split_first() {
        if known >= id {
            return (known == id).then_some(place);
        }
        *left = rest;
    }
    None
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
        filled(Store::in_memory().expect("a database"), BATCH + 20)
    }

    fn filled(mut store: Store, events: usize) -> Store {
        for n in 0..events {
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

    /// What [`each_made`] makes of the events, a line each.
    fn made(store: &Store, sort: Sort, limit: Option<usize>) -> Result<Vec<String>> {
        let mut lines = Vec::new();
        let make = |_: &Store, records: &[Record], bytes: &mut Vec<u8>| {
            if records.iter().any(|r| r.answer.event.headline.contains("nothing")) {
                return Err(crate::Error::Usage("nothing".into()));
            }
            records.iter().for_each(|r| bytes.extend_from_slice(format!("{r:?}\n").as_bytes()));
            Ok(())
        };
        let write = |bytes: &[u8]| {
            lines.extend(String::from_utf8_lossy(bytes).lines().map(str::to_string));
            Ok(())
        };
        let count = each_made(store, &EventFilter::default(), sort, limit, Depth::Accounts, make, write)?;
        assert_eq!(count, lines.len());
        Ok(lines)
    }

    #[test]
    fn threads_make_what_one_makes() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a.db");
        drop(filled(Store::create(&path).expect("made"), WORTH_THREADS + BATCH / 2));
        let store = Store::open(&path).expect("opened");
        for (sort, limit) in [(Sort::Date, None), (Sort::Sources, None), (Sort::Date, Some(WORTH_THREADS + 3))] {
            let mut one_by_one = Vec::new();
            let take = |r: &Record| {
                one_by_one.push(format!("{r:?}"));
                Ok(())
            };
            each(&store, &EventFilter::default(), sort, limit, Depth::Accounts, take).expect("read");
            assert_eq!(made(&store, sort, limit).expect("made"), one_by_one);
        }
        store.conn.pragma_update(None, "query_only", false).expect("set");
        store
            .conn
            .execute("UPDATE event SET headline = 'nothing' WHERE id = (SELECT max(id) FROM event)", [])
            .expect("set");
        assert_eq!(made(&store, Sort::Date, None).expect_err("failed").to_string(), "nothing");
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
