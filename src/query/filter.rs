//! What is asked for, and the SQL that asks for it. Every value is a bound parameter; none becomes SQL text.

use super::Period;
use crate::date::Span;
use crate::event::{EventType, Modality, Quad};
use crate::store::ends;
use rusqlite::types::Value;

/// What an event must be like. Empty lists and `None` ask for nothing; all that is asked for must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventFilter {
    /// Days that it must, or may, lie on.
    pub period: Option<Period>,
    /// One of these actors takes part (codes; a state or organisation stands for all that belongs to it).
    pub actors: Vec<String>,
    /// One of these takes part as well.
    pub with: Vec<String>,
    /// One of these does it.
    pub by: Vec<String>,
    /// It is done to one of these.
    pub to: Vec<String>,
    /// One of these categories.
    pub types: Vec<EventType>,
    /// One of these sub-types; `treaty` stands for `treaty.sign` and the others.
    pub subtypes: Vec<String>,
    /// It is of one of these PLOVER contexts.
    pub contexts: Vec<String>,
    /// One of these quadrants.
    pub quads: Vec<Quad>,
    /// One of these modalities.
    pub modalities: Vec<Modality>,
    /// These words stand in one sentence that tells of it, or in its headline. A phrase in double quotes stands
    /// together; `word*` finds words that begin so.
    pub text: Option<String>,
    /// A document of this name, file stem or source tells of it.
    pub document: Option<String>,
    /// It took place there: a place's name, or a country's code.
    pub place: Option<String>,
    /// Salience and confidence of at least this.
    pub min_salience: Option<f64>,
    /// Confidence of at least this.
    pub min_confidence: Option<f64>,
    /// Only those that rest on one source.
    pub one_source: bool,
    /// Only those whose accounts contradict each other's dates.
    pub conflicts: bool,
    /// Only those of which no date is known but that of their documents.
    pub dated_by_document: bool,
    /// Only those announced and never told of as done: nothing of their kind with their actors is told of later, and
    /// no decision links one.
    pub unconfirmed: bool,
    /// Not the event of this identifier.
    pub without: Option<String>,
    /// Only those on this month and day of any year: known to the day.
    pub on_day: Option<(u32, u32)>,
    /// Also those that the researcher rejected.
    pub rejected: bool,
}

/// Conditions on `event e`, with their parameters.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    parts: Vec<String>,
    pub values: Vec<Value>,
}

impl Conditions {
    /// Adds a condition; each `?` in it stands for one of `values`.
    fn add(&mut self, part: impl Into<String>, values: impl IntoIterator<Item = Value>) {
        self.parts.push(part.into());
        self.values.extend(values);
    }

    fn one_of(&mut self, column: &str, words: impl IntoIterator<Item = &'static str>) {
        let values: Vec<Value> = words.into_iter().map(|w| Value::Text(w.to_string())).collect();
        if !values.is_empty() {
            self.add(format!("{column} IN ({})", marks(values.len())), values);
        }
    }

    /// The conditions as one; true where there is none.
    pub fn sql(&self) -> String {
        if self.parts.is_empty() { "1".into() } else { self.parts.join(" AND ") }
    }
}

fn marks(n: usize) -> String {
    vec!["?"; n].join(", ")
}

fn text(word: impl Into<String>) -> Value {
    Value::Text(word.into())
}

impl EventFilter {
    /// The days asked for; open where no period is.
    pub fn span(&self) -> Span {
        self.period.as_ref().map(|p| p.span).unwrap_or_default()
    }

    pub(super) fn conditions(&self) -> Conditions {
        let mut all = Conditions::default();
        self.add_period(&mut all);
        for (codes, role) in
            [(&self.actors, None), (&self.with, None), (&self.by, Some("initiator")), (&self.to, Some("target"))]
        {
            self.add_actors(&mut all, codes, role);
        }
        all.one_of("e.type", self.types.iter().map(|t| t.as_str()));
        all.one_of("e.quad", self.quads.iter().map(|q| q.as_str()));
        all.one_of("e.modality", self.modalities.iter().map(|m| m.as_str()));
        if !self.subtypes.is_empty() {
            let one = "(e.subtype = ? OR substr(e.subtype, 1, length(?) + 1) = ? || '.')";
            let values = self.subtypes.iter().flat_map(|s| [text(s), text(s), text(s)]);
            all.add(format!("({})", vec![one; self.subtypes.len()].join(" OR ")), values);
        }
        if !self.contexts.is_empty() {
            let sql = format!(
                "EXISTS (SELECT 1 FROM json_each(e.contexts) c WHERE c.value IN ({}))",
                marks(self.contexts.len())
            );
            all.add(sql, self.contexts.iter().map(|c| text(c.to_lowercase())));
        }
        self.add_words(&mut all);
        self.add_qualities(&mut all);
        all
    }

    fn add_period(&self, all: &mut Conditions) {
        let (lo, hi) = ends(self.span());
        if lo.is_none() && hi.is_none() {
            return;
        }
        let mut parts = Vec::new();
        let mut values = Vec::new();
        if let Some(hi) = hi {
            parts.push("s.lo <= ?");
            values.push(Value::Integer(hi));
        }
        if let Some(lo) = lo {
            parts.push("s.hi >= ?");
            values.push(Value::Integer(lo));
        }
        // The R*Tree gives rows of events, and rows are in the order of time: nothing is left to sort.
        all.add(format!("e.id IN (SELECT s.id FROM event_span s WHERE {})", parts.join(" AND ")), values);
    }

    fn add_actors(&self, all: &mut Conditions, codes: &[String], role: Option<&'static str>) {
        if codes.is_empty() {
            return;
        }
        let mut parts = Vec::new();
        let mut values = Vec::new();
        for code in codes {
            if code.contains('.') {
                // All that belongs to an office begins with its code and a full stop; "/" comes right after ".".
                parts.push("(p.code = ? OR (p.code >= ? AND p.code < ?))");
                values.extend([text(code), text(format!("{code}.")), text(format!("{code}/"))]);
            } else {
                parts.push("p.top = ?");
                values.push(text(code));
            }
        }
        let role = role.map_or(String::new(), |r| format!(" AND p.role = '{r}'"));
        let which = format!("({}){role}", parts.join(" OR "));
        // Few events in a closed period: look at each one's actors. Else: from the actors to the events.
        if self.span().days().is_some_and(|d| d <= 366) {
            all.add(format!("EXISTS (SELECT 1 FROM participation p WHERE p.event_id = e.id AND {which})"), values);
        } else {
            all.add(format!("e.id IN (SELECT p.event_id FROM participation p WHERE {which})"), values);
        }
    }

    fn add_words(&self, all: &mut Conditions) {
        if let Some(words) = self.text.as_deref().and_then(match_of) {
            let sql = "(e.id IN (SELECT em.event_id FROM sentence_fts f JOIN mention m ON m.sentence_id = f.rowid \
                       JOIN event_mention em ON em.mention_id = m.id WHERE sentence_fts MATCH ?) \
                       OR instr(lower(e.headline), nullif(lower(?), '')) > 0)";
            let plain = self.text.as_deref().unwrap_or_default().replace(['"', '*'], "");
            all.add(sql, [text(words), text(plain.trim())]);
        }
        if let Some(document) = &self.document {
            let sql = "e.id IN (SELECT em.event_id FROM document d JOIN mention m ON m.document_id = d.id \
                       JOIN event_mention em ON em.mention_id = m.id \
                       WHERE d.name = ? COLLATE NOCASE OR d.stem = ? COLLATE NOCASE OR d.source = ?)";
            all.add(sql, [text(document), text(document), text(document)]);
        }
        if let Some(place) = &self.place {
            all.add(
                "(e.country = ? COLLATE NOCASE OR instr(lower(e.place), lower(?)) > 0)",
                [text(place), text(place)],
            );
        }
    }

    fn add_qualities(&self, all: &mut Conditions) {
        if let Some(least) = self.min_salience {
            all.add("e.salience >= ?", [Value::Real(least)]);
        }
        if let Some(least) = self.min_confidence {
            all.add("e.confidence >= ?", [Value::Real(least)]);
        }
        if self.one_source {
            all.add("e.sources <= 1", []);
        }
        if self.conflicts {
            all.add("e.conflict = 1", []);
        }
        if self.dated_by_document {
            all.add(
                "EXISTS (SELECT 1 FROM event_mention em WHERE em.event_id = e.id) AND NOT EXISTS (SELECT 1 FROM \
                 event_mention em JOIN mention m ON m.id = em.mention_id WHERE em.event_id = e.id \
                 AND instr(m.date_rule, 'document') = 0)",
                [],
            );
        }
        if let Some((month, day)) = self.on_day {
            all.add(
                "e.lo = e.hi AND strftime('%m-%d', e.lo * 86400, 'unixepoch') = ?",
                [text(format!("{month:02}-{day:02}"))],
            );
        }
        if self.unconfirmed {
            all.add(UNCONFIRMED, []);
        }
        if let Some(uid) = &self.without {
            all.add("e.uid <> ?", [text(uid)]);
        }
        if !self.rejected {
            all.add("e.status <> 'rejected'", []);
        }
    }
}

/// Announced, and no event of the same kind with at least the same states is told of as fact on a day that may be later.
const UNCONFIRMED: &str = "e.modality = 'future' AND NOT EXISTS (SELECT 1 FROM event_relation r WHERE r.other_uid = e.uid \
     AND r.relation = 'realises') AND NOT EXISTS (SELECT 1 FROM event f WHERE f.id <> e.id AND f.status <> 'rejected' \
     AND f.modality IN ('asserted', 'reported', 'ongoing') AND coalesce(f.subtype, f.type) = coalesce(e.subtype, e.type) \
     AND (f.hi IS NULL OR e.lo IS NULL OR f.hi >= e.lo) AND NOT EXISTS (SELECT 1 FROM participation p \
     WHERE p.event_id = e.id AND p.role <> 'other' AND p.top NOT IN (SELECT q.top FROM participation q \
     WHERE q.event_id = f.id)))";

/// A query of FTS5 that looks for these words and nothing else: every word is quoted, so that no sign in it is an
/// operator. `None` where there is no word.
fn match_of(asked: &str) -> Option<String> {
    let mut parts = Vec::new();
    for (i, piece) in asked.split('"').enumerate() {
        let words: Vec<&str> = if i % 2 == 1 { vec![piece] } else { piece.split_whitespace().collect() };
        for word in words.into_iter().filter(|w| w.chars().any(char::is_alphanumeric)) {
            let star = if i % 2 == 0 && word.ends_with('*') { "*" } else { "" };
            parts.push(format!("\"{}\"{star}", word.trim_end_matches('*')));
        }
    }
    // No word at all finds nothing, rather than everything.
    Some(if parts.is_empty() { "\"\"".to_string() } else { parts.join(" ") }).filter(|_| !asked.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searched_words_are_never_operators() {
        for (asked, query) in [
            ("karshi base", "\"karshi\" \"base\""),
            ("\"air base\" uzb*", "\"air base\" \"uzb\"*"),
            ("a OR b NOT c", "\"a\" \"OR\" \"b\" \"NOT\" \"c\""),
            ("'; DROP TABLE event; --", "\"DROP\" \"TABLE\" \"event;\""),
            ("Karshi-Khanabad", "\"Karshi-Khanabad\""),
            ("--", "\"\""),
        ] {
            assert_eq!(match_of(asked).as_deref(), Some(query), "{asked}");
        }
    }
}
