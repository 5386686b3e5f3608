//! Answers that are small tables: tone of a pair of actors by year, silences, who met whom, roles, lag, coverage.

use super::EventFilter;
use crate::Result;
use crate::date::{NaiveDate, Span, words};
use crate::store::{Store, day_number, ends, number_day};
use rusqlite::types::Value;
use serde::Serialize;

/// A small table.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Sheet {
    /// Names of the columns.
    pub columns: Vec<&'static str>,
    /// Rows, each as long as `columns`.
    pub rows: Vec<Vec<String>>,
}

/// Yearly tone between two actors: events, mean and sum of their scores, of what happened (not of what was announced,
/// denied or supposed). Each counts in the year of its earliest, else latest, day.
///
/// # Errors
/// [`crate::Error::Database`] when the database cannot be read.
pub fn tone(store: &Store, filter: &EventFilter) -> Result<Sheet> {
    let sql = "SELECT CAST(strftime('%Y', coalesce(e.lo, e.hi) * 86400, 'unixepoch') AS INTEGER) AS year, count(*), \
               sum(e.quad LIKE '%cooperation'), sum(e.quad LIKE '%conflict'), printf('%+.2f', avg(e.score)), \
               printf('%+.1f', sum(e.score)) FROM event e WHERE {where} \
               AND e.modality IN ('asserted', 'reported', 'ongoing') AND coalesce(e.lo, e.hi) IS NOT NULL \
               GROUP BY year ORDER BY year";
    let columns = vec!["year", "events", "cooperation", "conflict", "mean score", "sum of scores"];
    filtered(store, filter, sql, columns)
}

/// Who met whom: pairs of actors in meetings, visits and talks, how often, first and last.
///
/// # Errors
/// [`crate::Error::Database`] when the database cannot be read.
pub fn meetings(store: &Store, filter: &EventFilter) -> Result<Sheet> {
    let sql = "SELECT a.code, b.code, count(DISTINCT e.id), \
               coalesce(date(min(coalesce(e.lo, e.hi)) * 86400, 'unixepoch'), ''), \
               coalesce(date(max(coalesce(e.hi, e.lo)) * 86400, 'unixepoch'), ''), \
               coalesce(group_concat(DISTINCT e.place), '') FROM event e \
               JOIN participation a ON a.event_id = e.id JOIN participation b ON b.event_id = e.id AND b.code > a.code \
               WHERE {where} AND e.type = 'CONSULT' AND e.modality IN ('asserted', 'reported', 'ongoing') \
               AND a.top <> b.top GROUP BY a.code, b.code ORDER BY 3 DESC, 1, 2";
    filtered(store, filter, sql, vec!["who", "whom", "meetings", "first", "last", "places"])
}

/// Days between an event and the first document that tells of it, for events known to the day: what was known when.
///
/// # Errors
/// [`crate::Error::Database`] when the database cannot be read.
pub fn lag(store: &Store, filter: &EventFilter) -> Result<Sheet> {
    let sql = "SELECT CASE WHEN n < 0 THEN 'before it' WHEN n <= 1 THEN '0-1 days' WHEN n <= 7 THEN '2-7 days' \
               WHEN n <= 31 THEN '8-31 days' WHEN n <= 366 THEN '1-12 months' WHEN n <= 3653 THEN '1-10 years' \
               ELSE 'more than 10 years' END, count(*) FROM (SELECT e.first_report - e.lo AS n FROM event e \
               WHERE {where} AND e.lo = e.hi AND e.first_report IS NOT NULL) GROUP BY 1 ORDER BY min(n)";
    filtered(store, filter, sql, vec!["first told", "events"])
}

fn filtered(store: &Store, filter: &EventFilter, sql: &str, columns: Vec<&'static str>) -> Result<Sheet> {
    let conditions = filter.conditions();
    let sql = sql.replace("{where}", &conditions.sql());
    rows(store, &sql, conditions.values, columns)
}

/// Which offices and memberships held on a day (or ever): of one actor, or in one organisation or state.
///
/// # Errors
/// [`crate::Error::Database`] when the database cannot be read.
pub fn roles(store: &Store, actor: Option<&str>, of: Option<&str>, span: Span) -> Result<Sheet> {
    let (lo, hi) = ends(span);
    let sql = "SELECT r.code, coalesce(a.name, r.code), r.role, r.of, coalesce(date(r.lo * 86400, 'unixepoch'), ''), \
               coalesce(date(r.hi * 86400, 'unixepoch'), '') FROM actor_role r LEFT JOIN actor a ON a.code = r.code \
               WHERE (?1 IS NULL OR r.code = ?1 OR a.top = ?1) AND (?2 IS NULL OR r.of = ?2) \
               AND (?4 IS NULL OR r.lo IS NULL OR r.lo <= ?4) AND (?3 IS NULL OR r.hi IS NULL OR r.hi >= ?3) \
               ORDER BY r.of, r.role, r.lo, r.code";
    let text = |t: Option<&str>| t.map_or(Value::Null, |t| Value::Text(t.to_string()));
    let number = |n: Option<i64>| n.map_or(Value::Null, Value::Integer);
    let values = vec![text(actor), text(of), number(lo), number(hi)];
    rows(store, sql, values, vec!["code", "name", "role", "of", "from", "to"])
}

fn rows(store: &Store, sql: &str, values: Vec<Value>, columns: Vec<&'static str>) -> Result<Sheet> {
    let width = columns.len();
    let read = || -> rusqlite::Result<Vec<Vec<String>>> {
        let mut statement = store.conn.prepare_cached(sql)?;
        let cell = |row: &rusqlite::Row, i: usize| -> rusqlite::Result<String> {
            Ok(match row.get::<_, Value>(i)? {
                Value::Null => String::new(),
                Value::Integer(n) => n.to_string(),
                Value::Real(x) => x.to_string(),
                Value::Text(t) => t,
                Value::Blob(_) => String::new(),
            })
        };
        statement
            .query_map(rusqlite::params_from_iter(values), |row| (0..width).map(|i| cell(row, i)).collect())?
            .collect()
    };
    Ok(Sheet { columns, rows: read().map_err(|e| store.explain(e))? })
}

/// The longest stretches without an event that surely or possibly lies in them, among events dated to a month or
/// better, with the number of documents written in each: so that "nothing happened" differs from "no documents".
///
/// # Errors
/// [`crate::Error::Database`] when the database cannot be read.
pub fn silences(store: &Store, filter: &EventFilter) -> Result<Sheet> {
    let answers = super::events(store, filter, super::Sort::Date, None)?;
    let fine = |s: Span| s.days().is_some_and(|d| d <= 31).then_some((s.earliest?, s.latest?));
    let spans: Vec<(NaiveDate, NaiveDate)> = answers.iter().filter_map(|a| fine(a.event.date.span)).collect();
    let mut gaps: Vec<(i64, NaiveDate, NaiveDate)> = Vec::new();
    let mut reached: Option<NaiveDate> = None;
    for (from, to) in spans {
        if let Some(until) = reached
            && let (Some(first), Some(last)) = (until.succ_opt(), from.pred_opt())
            && first <= last
        {
            gaps.push(((last - first).num_days() + 1, first, last));
        }
        reached = Some(reached.map_or(to, |r| r.max(to)));
    }
    gaps.sort_by_key(|g| (std::cmp::Reverse(g.0), g.1));
    let mut sheet = Sheet { columns: vec!["days", "from", "to", "documents"], rows: Vec::new() };
    for (days, from, to) in gaps.into_iter().filter(|g| g.0 > 1) {
        let documents = documents_between(store, from, to)?;
        sheet.rows.push(vec![days.to_string(), words::of_day(from), words::of_day(to), documents.to_string()]);
    }
    Ok(sheet)
}

fn documents_between(store: &Store, from: NaiveDate, to: NaiveDate) -> Result<usize> {
    store
        .conn
        .prepare_cached("SELECT count(*) FROM document WHERE day BETWEEN ?1 AND ?2")
        .and_then(|mut s| s.query_row([day_number(from), day_number(to)], |row| row.get(0)))
        .map_err(|e| store.explain(e))
}

/// Documents and events month by month, from the first to the last month with either: of the events, those dated to
/// a month or better.
///
/// # Errors
/// [`crate::Error::Database`] when the database cannot be read.
pub fn coverage(store: &Store, filter: &EventFilter) -> Result<Sheet> {
    let period = filter.span();
    let mut months: std::collections::BTreeMap<String, (usize, usize)> = std::collections::BTreeMap::new();
    let month = |day: NaiveDate| day.format("%Y-%m").to_string();
    let mut days: Vec<i64> = Vec::new();
    let read = || -> rusqlite::Result<Vec<i64>> {
        let mut statement = store.conn.prepare_cached("SELECT day FROM document WHERE day IS NOT NULL")?;
        statement.query_map([], |row| row.get(0))?.collect()
    };
    days.extend(read().map_err(|e| store.explain(e))?);
    for day in days.into_iter().filter_map(number_day).filter(|d| period.contains(Span::day(*d))) {
        months.entry(month(day)).or_default().0 += 1;
    }
    for answer in super::events(store, filter, super::Sort::Date, None)? {
        let span = answer.event.date.span;
        if let (Some(day), true) = (span.earliest, span.days().is_some_and(|d| d <= 31)) {
            months.entry(month(day)).or_default().1 += 1;
        }
    }
    let rows = months.into_iter().map(|(m, (d, e))| vec![m, d.to_string(), e.to_string()]).collect();
    Ok(Sheet { columns: vec!["month", "documents", "events"], rows })
}
