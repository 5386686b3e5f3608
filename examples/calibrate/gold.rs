//! Annotated events, and which candidates match them: the rules of the scorer `eval/score_events.py`.

use chrono::NaiveDate;
use serde_json::Value;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// One account of an annotated event: its row, and the words that tell it.
pub struct Account {
    pub row: Value,
    pub told: Value,
}

/// The accounts of a gold file.
pub fn accounts(rows: &[Value]) -> Vec<Account> {
    let of = |row: &Value| {
        let told: Vec<Value> = row["mentions"].as_array().into_iter().flatten().cloned().collect();
        told.into_iter().map(|told| Account { row: row.clone(), told }).collect::<Vec<_>>()
    };
    rows.iter().flat_map(of).collect()
}

impl Account {
    /// Whether it only tells of the document itself, or nobody judged it: neither asked for nor counted against.
    pub fn is_neutral(&self) -> bool {
        self.row["importance"] == "header" || self.row["importance"] == "neutral"
    }
}

fn states(row: &Value) -> BTreeSet<String> {
    let codes = row["actors"].as_array().into_iter().flatten().filter_map(|a| a["code"].as_str());
    codes.map(|c| c.split('.').next().unwrap_or(c).to_uppercase().replace("EUN", "EU")).collect()
}

fn overlap(a: (&Value, &Value), b: (&Value, &Value)) -> bool {
    let n = |v: &Value| v.as_u64().unwrap_or_default();
    n(a.0).max(n(b.0)) < n(a.1).min(n(b.1))
}

fn day(value: &Value) -> Option<NaiveDate> {
    value.as_str().and_then(|t| t.parse().ok())
}

/// Whether the dates of a mention and an account meet, and the mention's is not much wider.
fn dated(mention: &Value, gold: &Value) -> bool {
    let loose =
        |end: &str| day(&gold[end]).is_none() || gold["soft_bounds"].as_array().into_iter().flatten().any(|s| s == end);
    let (a, b, c, d) =
        (day(&mention["earliest"]), day(&mention["latest"]), day(&gold["earliest"]), day(&gold["latest"]));
    let (low, high) = (NaiveDate::MIN, NaiveDate::MAX);
    let (start, end) = (a.unwrap_or(low).max(c.unwrap_or(low)), b.unwrap_or(high).min(d.unwrap_or(high)));
    if start > end || a.is_none() && !loose("earliest") || b.is_none() && !loose("latest") {
        return false;
    }
    let days = |from: NaiveDate, to: NaiveDate| (to - from).num_days();
    let slack = c.zip(d).map_or(31, |(c, d)| (2 * days(c, d)).max(31));
    match (a, b) {
        (Some(a), Some(b)) => c.is_none() || d.is_none() || days(a, b) <= slack,
        _ => {
            let end = b.zip(d).is_none_or(|(b, d)| days(d, b) <= slack);
            let start = a.zip(c).is_none_or(|(a, c)| days(a, c) <= slack);
            end && start
        }
    }
}

/// How well a mention fits an account, if it tells it at all; `with_date` asks for the date too.
fn fit(mention: &Value, gold: &Account, with_date: bool) -> Option<f64> {
    let (trigger, told) = (&mention["trigger"], &gold.told);
    let words = overlap((&trigger["start"], &trigger["end"]), (&told["trigger_start"], &told["trigger_end"]));
    let quote = overlap((&mention["start"], &mention["end"]), (&told["char_start"], &told["char_end"]));
    let types: Vec<&str> = ["event_type", "event_type_alt"].iter().filter_map(|k| gold.row[k].as_str()).collect();
    let of_type = types.is_empty() || mention["type"].as_str().is_some_and(|t| types.contains(&t));
    let (ours, theirs) = (states(mention), states(&gold.row));
    let shared = ours.intersection(&theirs).count();
    let by_clause = quote && of_type && shared > 0;
    if !words && !by_clause {
        return None;
    }
    let dates = dated(mention, &gold.row);
    let share = shared as f64 / (1 + ours.union(&theirs).count()) as f64;
    let weight = 4.0 * f64::from(u8::from(words)) + f64::from(u8::from(of_type)) + share;
    (dates || !with_date).then_some(weight + if dates { 2.0 } else { 0.0 })
}

/// The pairs of a mention and the account it tells, best first, each used once.
pub fn matches(mentions: &[&Value], accounts: &[&Account], with_date: bool) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (i, mention) in mentions.iter().enumerate() {
        for (j, account) in accounts.iter().enumerate() {
            pairs.extend(fit(mention, account, with_date).map(|weight| (weight, i, j)));
        }
    }
    pairs.sort_by(|x, y| y.0.partial_cmp(&x.0).unwrap_or(Ordering::Equal).then((x.1, x.2).cmp(&(y.1, y.2))));
    let (mut used, mut told, mut out) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for (_, i, j) in pairs {
        if !used.contains(&i) && !told.contains(&j) {
            used.insert(i);
            told.insert(j);
            out.push((i, j));
        }
    }
    out
}
