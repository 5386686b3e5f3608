//! What is said of a dated past event came after it: "Russia condemned the arrests of May 10", "complained that police had
//! arrested him on May 10".
//!
//! The day is that of the arrests; of the words it is the earliest that they can have been said.

use super::dating::Circumstances;
use super::extract::{Extractor, Read};
use super::said::is_said;
use super::tie::is_finite;
use super::trigger::{Found, told_as_past};
use super::{EventType, MentionDate, Modality};
use crate::date::{Date, Span};
use crate::timex::{Relation, Timex};

/// A content that has a time of so many days at the most says since when.
const LONGEST: i64 = 366;

impl Extractor {
    /// A date that nothing but the order of the telling or the document's own date bounds, begun no earlier than the last
    /// event that the words speak of.
    pub(super) fn after_content(
        &self,
        read: &Read,
        found: &Found,
        at: &Circumstances,
        kind: EventType,
        when: MentionDate,
    ) -> MentionDate {
        let loose =
            matches!(when.rule.as_str(), "before-document" | "recent-report" | "narrative-order" | "recent-telling");
        let told = !matches!(at.modality, Modality::Future | Modality::Hypothetical);
        let latest = when.date.span.latest;
        if !(loose && told && self.reacts(read, found, kind)) {
            return when;
        }
        let past = |t: &&&Timex| {
            t.relation == Relation::At
                && t.date.as_ref().is_some_and(|d| {
                    d.span.days().is_some_and(|days| days <= LONGEST)
                        && latest.is_none_or(|l| d.span.latest.is_some_and(|end| end <= l))
                })
        };
        let of_content = read.facts.times.iter().filter(past).filter(|t| self.spoken_of(read, found, kind, t));
        let begin = of_content.max_by_key(|t| t.date.as_ref().and_then(|d| d.span.earliest));
        let Some((timex, earliest)) = begin.and_then(|t| Some((t, t.date.as_ref()?.span.earliest?))) else {
            return when;
        };
        if when.date.span.earliest.is_some_and(|e| e >= earliest) {
            return when;
        }
        let date = Date::from_span(Span { earliest: Some(earliest), latest });
        let trace = format!("{}; {} → after-content → {}", when.trace, timex.trace, date.edtf);
        MentionDate { date, rule: "after-content".to_string(), trace, ..when }
    }

    /// Whether a trigger tells words about something, or an answer to it.
    fn reacts(&self, read: &Read, found: &Found, kind: EventType) -> bool {
        use EventType::*;
        matches!(kind, Accuse | Support | Reject | Statement) || is_said(&read.facts, &self.events, found)
    }

    /// Whether a time is that of something past which the trigger's words are about.
    fn spoken_of(&self, read: &Read, found: &Found, kind: EventType, timex: &Timex) -> bool {
        use EventType::*;
        let tree = read.facts.tree;
        let top = tree.top_of(&timex.tokens);
        if !tree.under(top, found.head) || tree.head(top) == Some(found.head) {
            return false;
        }
        let inside: Vec<usize> = tree.ancestors(top).take_while(|&w| w != found.head).collect();
        let clause = inside.iter().find(|&&w| tree.is_predicate(w) && !tree.is_noun(w));
        match clause {
            // "said that they would come in May"
            Some(&clause) => is_finite(tree, clause) && told_as_past(tree, &self.events, clause),
            // "accepted the proposal of May 3" answers; "asked for talks in May" looks ahead.
            None => matches!(kind, Accuse | Support | Reject) && inside.iter().any(|&w| tree.is_noun(w)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::event::Extractor;
    use crate::rules::Rules;

    #[test]
    fn what_is_said_of_a_dated_event_came_after_it() {
        let extractor = Extractor::new(&Rules::builtin()).expect("the rules are right");
        let head = "Russian protests\n14 March 2006\n\n";
        for (text, trigger, date) in [
            ("Russia has condemned the arrests of February 10 in Oslo.", "condemned", "2006-02-10/2006-03-14"),
            ("Russia has criticised the February 10 vote in Norway.", "criticised", "2006-02-10/2006-03-14"),
            (
                "Russia has complained that Norway expelled two envoys on February 10.",
                "complained",
                "2006-02-10/2006-03-14",
            ),
            ("Russia has asked Norway for talks in April.", "asked", "../2006-03-14"),
        ] {
            let document = Document::from_bytes("x.txt", format!("{head}{text}").as_bytes()).expect("reads");
            let told = extractor.candidates(&document);
            let mention = told.iter().find(|c| c.mention.trigger.text.contains(trigger)).expect(text);
            assert_eq!(mention.mention.when.date.edtf, date, "{text}");
        }
    }
}
