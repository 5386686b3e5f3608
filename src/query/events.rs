//! Events that answer a filter, in the order of time, and the sum of the answer.

use super::{EventFilter, refill};
use crate::Result;
use crate::date::{Fit, NaiveDate};
use crate::merge::Event;
use crate::store::{Store, ends, number_day, participant_of};
use rusqlite::types::Value;
use serde::{Deserialize, Serialize};

/// Whose word an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Found by the program and untouched.
    Machine,
    /// Found by the program and accepted by the researcher.
    Accepted,
    /// Changed by the researcher.
    Edited,
    /// Added by the researcher.
    Manual,
    /// Rejected by the researcher.
    Rejected,
}

impl Status {
    const ALL: [(Status, &'static str); 5] = [
        (Status::Machine, "machine"),
        (Status::Accepted, "accepted"),
        (Status::Edited, "edited"),
        (Status::Manual, "manual"),
        (Status::Rejected, "rejected"),
    ];

    /// The word used in databases and output.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(s, _)| *s == self).map_or("machine", |(_, word)| word)
    }

    /// The status called `word`.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, w)| *w == word).map(|(s, _)| *s)
    }
}

/// One event that answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// Its row.
    #[serde(skip)]
    pub id: i64,
    /// The event.
    #[serde(flatten)]
    pub event: Event,
    /// Whether it surely lies in the period asked for, or possibly.
    pub fit: Fit,
    /// Whose word it is.
    pub status: Status,
    /// When a document first told of it.
    pub first_report: Option<NaiveDate>,
}

/// The order of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By earliest (else latest) day; undated events last.
    #[default]
    Date,
    /// The other way round; undated events last as well.
    Latest,
    /// The most salient first.
    Salience,
    /// The best attested first: number of independent sources, then of accounts.
    Sources,
    /// By the day of the first report.
    Report,
}

impl Sort {
    pub(super) fn sql(self) -> &'static str {
        // Events are numbered in the order of time when they are written (schema.sql).
        match self {
            Sort::Date => "e.id",
            Sort::Latest => "(e.lo IS NULL AND e.hi IS NULL), e.id DESC",
            Sort::Salience => "e.salience DESC, e.id",
            Sort::Sources => "e.sources DESC, e.accounts DESC, e.id",
            Sort::Report => "e.first_report IS NULL, e.first_report, e.id",
        }
    }
}

/// How many events answer, and on how many documents they rest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Events that surely lie in the period.
    pub definite: usize,
    /// Events that may.
    pub possible: usize,
    /// Documents that tell of any of them.
    pub documents: usize,
    /// Documents written in the period, so that "nothing happened" differs from "nothing is here that could tell of
    /// it"; none where no period is asked for or no document is dated.
    pub written: Option<usize>,
}

pub(super) const COLUMNS: &str = "e.id, e.uid, e.headline, e.type, e.mode, e.subtype, e.modality, e.place, e.country, e.lat, e.lon, \
     e.edtf, e.lo, e.hi, e.precision, e.date_trace, e.conflict, e.warning, e.named_event, e.salience, e.confidence, \
     e.accounts, e.documents, e.sources, e.status, e.first_report, e.contexts";

/// The events that answer, `limit` at most.
///
/// # Errors
/// [`crate::Error::Database`] when the database cannot be read.
pub fn events(store: &Store, filter: &EventFilter, sort: Sort, limit: Option<usize>) -> Result<Vec<Answer>> {
    let conditions = filter.conditions();
    let mut values = conditions.values.clone();
    let mut sql = format!("SELECT {COLUMNS} FROM event e WHERE {} ORDER BY {}", conditions.sql(), sort.sql());
    if let Some(limit) = limit {
        sql.push_str(" LIMIT ?");
        values.push(Value::Integer(i64::try_from(limit).unwrap_or(i64::MAX)));
    }
    read(store, filter, &sql, values).map_err(|e| store.explain(e))
}

/// The event of this identifier.
pub(super) fn events_by_id(store: &Store, uid: &str) -> Result<Option<Answer>> {
    let sql = format!("SELECT {COLUMNS} FROM event e WHERE e.uid = ?");
    let found = read(store, &EventFilter::default(), &sql, vec![Value::Text(uid.to_string())]);
    Ok(found.map_err(|e| store.explain(e))?.pop())
}

fn read(store: &Store, filter: &EventFilter, sql: &str, values: Vec<Value>) -> rusqlite::Result<Vec<Answer>> {
    let mut statement = store.conn.prepare_cached(sql)?;
    let mut rows = statement.query(rusqlite::params_from_iter(values))?;
    let mut actors = store
        .conn
        .prepare_cached("SELECT code, top, role, text FROM participation WHERE event_id = ?1 ORDER BY ord")?;
    let period = filter.span();
    let mut answers = Vec::new();
    while let Some(row) = rows.next()? {
        let mut answer = refill::blank_answer();
        refill::answer(row, &mut answer)?;
        answer.fit = answer.event.date.span.fit(period).unwrap_or(Fit::Possible);
        answer.event.actors =
            actors.query_map([answer.id], |row| participant_of(row, 0))?.collect::<rusqlite::Result<_>>()?;
        answers.push(answer);
    }
    Ok(answers)
}

/// The sum of all events that answer.
///
/// # Errors
/// [`crate::Error::Database`] when the database cannot be read.
pub fn summary(store: &Store, filter: &EventFilter) -> Result<Summary> {
    summarise(store, filter).map_err(|e| store.explain(e))
}

fn summarise(store: &Store, filter: &EventFilter) -> rusqlite::Result<Summary> {
    let conditions = filter.conditions();
    let sql = conditions.sql();
    let mut statement = store.conn.prepare_cached(&format!("SELECT e.lo, e.hi FROM event e WHERE {sql}"))?;
    let mut rows = statement.query(rusqlite::params_from_iter(conditions.values.clone()))?;
    let period = filter.span();
    let mut sum = Summary::default();
    while let Some(row) = rows.next()? {
        let end = |i| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(i)?.and_then(number_day));
        let span = crate::date::Span { earliest: end(0)?, latest: end(1)? };
        match span.fit(period) {
            Some(Fit::Definite) => sum.definite += 1,
            _ => sum.possible += 1,
        }
    }
    let documents = if are_most(store, sum.definite + sum.possible)? { OF_MANY } else { OF_FEW };
    sum.documents = store
        .conn
        .prepare_cached(&documents.replace("{where}", &sql))?
        .query_row(rusqlite::params_from_iter(conditions.values), |row| row.get(0))?;
    if filter.period.is_some() {
        let (lo, hi) = ends(period);
        let sql = "SELECT sum(coalesce(hi, day) >= coalesce(?1, -1e9) AND coalesce(lo, day) <= coalesce(?2, 1e9)) \
                   FROM document WHERE day IS NOT NULL";
        sum.written = store.conn.prepare_cached(sql)?.query_row([lo, hi], |row| row.get(0))?;
    }
    Ok(sum)
}

/// How many documents tell of the events that answer, from the events to the documents.
const OF_FEW: &str = "SELECT count(DISTINCT m.document_id) FROM event e JOIN event_mention em ON em.event_id = e.id \
     JOIN mention m ON m.id = em.mention_id WHERE {where}";

/// The same from the documents to the events: at the first that answers, the next document's turn comes.
const OF_MANY: &str = "SELECT count(*) FROM document d WHERE EXISTS (SELECT 1 FROM mention m JOIN event_mention em \
     ON em.mention_id = m.id JOIN event e ON e.id = em.event_id WHERE m.document_id = d.id AND {where})";

/// Whether so many events answer that few of a document's have to be looked at to meet one of them: fewer in all than
/// there are answers.
fn are_most(store: &Store, found: usize) -> rusqlite::Result<bool> {
    let sql = "SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM event)";
    let (documents, events) =
        store.conn.prepare_cached(sql)?.query_row([], |row| Ok((row.get::<_, usize>(0)?, row.get::<_, usize>(1)?)))?;
    Ok(documents.saturating_mul(events) < found.saturating_mul(found))
}

impl Summary {
    /// The sum in a sentence: "Between 1 May and 31 December 2005: 5 definite, 9 possible events, from 3 documents".
    pub fn sentence(&self, filter: &EventFilter) -> String {
        let documents = super::count(self.documents, "document");
        match &filter.period {
            Some(period) => {
                let (opening, definite, possible) = (period.opening(), self.definite, self.possible);
                let none = if self.written == Some(0) { "; no document here was written then" } else { "" };
                format!("{opening}: {definite} definite, {possible} possible events, from {documents}{none}")
            }
            None => format!("{}, from {documents}", super::count(self.definite + self.possible, "event")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::period;
    use crate::store::tests::found;

    #[test]
    fn a_time_without_documents_is_told() {
        let mut store = Store::in_memory().expect("a database");
        let (doc, extraction) = found("05DUSTVILLE7", "Ruritania signed a treaty.", "1999-05-13");
        store.write_document(&doc, &extraction, "r").expect("written");
        store.rebuild_events().expect("merged");
        let told = |asked: &str| {
            let filter = EventFilter { period: Some(period::parse(asked).expect(asked)), ..EventFilter::default() };
            summary(&store, &filter).expect("summed").sentence(&filter)
        };
        store.conn.execute("UPDATE document SET day = NULL, lo = NULL, hi = NULL", []).expect("undated");
        assert_eq!(told("1999"), "In 1999: 1 definite, 0 possible events, from 1 document");
        store.conn.execute("UPDATE document SET day = 14000", []).expect("dated");
        let none = "; no document here was written then";
        assert_eq!(told("1999"), format!("In 1999: 1 definite, 0 possible events, from 1 document{none}"));
        assert!(
            !told("since 2005").contains(none) && !told("2008").contains(none) && told("before 2008").contains(none)
        );
    }
}
