//! Times that are counted from an event: "three days after the massacre". The tagger counts from the time told last, as
//! TIMEX3 has it; what happened then is dated only where the event itself has a day.

use super::extract::Extractor;
use crate::actor::NamedHit;
use crate::date::NaiveDate;
use crate::document::Document;
use crate::text::{Sentence, Token, TokenKind};
use crate::timex::{Anchoring, Timex, TimexKind};

/// The rule of the tagger that finds them; the event is part of the expression.
const RULE: &str = "shift-event";
/// The rules of the tagger for times told by their distance from one told before ("the day before", "a week later").
const RELATIVE: [&str; 3] = ["the-day-before", "shift-anaphoric", "next-unit-anaphoric"];
/// Words between the event and its day at the most ("the summit in Minsk on June 23").
const NEAR: usize = 6;

/// Whether a time is counted from an event.
pub fn is_counted(timex: &Timex) -> bool {
    timex.rule == RULE
}

/// Whether a time is told by its distance from one told before: as an attribute ("his statement of a day earlier") it
/// dates its noun and moves the telling nowhere.
pub fn is_relative(timex: &Timex) -> bool {
    RELATIVE.contains(&timex.rule.as_str())
}

/// Whether a time is counted from the event that this word of its sentence names.
pub fn is_counted_from(timex: &Timex, sentence: &Sentence, word: usize) -> bool {
    is_counted(timex) && sentence.tokens.get(word).is_some_and(|t| timex.range.contains(&(t.start as usize)))
}

/// Counts the times of a sentence anew from the days of the events they are counted from. Where an event has none, the
/// time has none either.
pub fn count_anew(
    extractor: &Extractor,
    document: &Document,
    sentence: &Sentence,
    timexes: &mut [Timex],
    named: &[NamedHit],
) {
    for at in 0..timexes.len() {
        if !is_counted(&timexes[at]) {
            continue;
        }
        let day = named_day(extractor, sentence, named, &timexes[at])
            .or_else(|| day_behind(sentence, &timexes[at], &timexes[at + 1..]));
        let counted = day.and_then(|day| {
            // A history counts from the time told last: here it is told right before.
            let told = format!("{day}. {}.", document.text.get(timexes[at].range.clone())?);
            extractor.tagger().tag_text(&told, None, Anchoring::Narrative).into_iter().find(is_counted)
        });
        let timex = &mut timexes[at];
        match counted {
            Some(counted) => {
                (timex.date, timex.value, timex.trace) = (counted.date, counted.value, counted.trace);
                timex.anchor = counted.anchor;
            }
            None => {
                timex.date = None;
                timex.warning = Some("the event that it is counted from has no day here".to_string());
            }
        }
    }
}

/// The day of the named event that an expression is counted from: its name ends the expression, or goes on behind it.
fn named_day(extractor: &Extractor, sentence: &Sentence, named: &[NamedHit], timex: &Timex) -> Option<NaiveDate> {
    let holds = |n: &&NamedHit| {
        let words = sentence.tokens.get(n.tokens.clone()).unwrap_or_default();
        let (first, last) = (words.first().map(|t| t.start as usize), words.last().map(|t| t.end as usize));
        first.is_some_and(|first| timex.range.contains(&first)) && last.is_some_and(|last| last >= timex.range.end)
    };
    one_day(extractor.named.event(named.iter().find(holds)?).map(|e| &e.date))
}

/// The day that is told right behind the event: "the summit in Minsk on June 23".
fn day_behind(sentence: &Sentence, timex: &Timex, later: &[Timex]) -> Option<NaiveDate> {
    let next = later.first().filter(|t| t.kind == TimexKind::Date)?;
    let behind = |t: &&Token| t.start as usize >= timex.range.end && (t.end as usize) <= next.range.start;
    let between: Vec<&Token> = sentence.tokens.iter().filter(behind).collect();
    let apart = between.len() > NEAR || between.iter().any(|t| t.kind == TokenKind::Punct);
    one_day(next.date.as_ref()).filter(|_| !apart)
}

fn one_day(date: Option<&crate::date::Date>) -> Option<NaiveDate> {
    let span = date?.span;
    span.earliest.filter(|_| span.earliest == span.latest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rules;

    #[test]
    fn only_the_day_of_the_event_itself_counts() {
        let extractor = Extractor::new(&Rules::builtin()).expect("the rules are right");
        let before = "Norway left the pact on 3 May 1911. ";
        for (text, value) in [
            ("Ten days before the summit in Oslo on 24 June 1911, the king went home.", Some("1911-06-14")),
            ("The king went home three days after the Andijan massacre.", Some("2005-05-16")),
            ("The king went home three days after the riots in Oslo.", None),
            ("The king went home three days after the riots, and on 24 June 1911 he died.", None),
        ] {
            let document = Document::from_text("example", format!("{before}{text}"));
            let timexes = extractor.extract(&document).timexes;
            let counted = timexes.iter().find(|t| is_counted(t)).expect(text);
            let day = counted.date.as_ref().map(|d| d.edtf.as_str());
            assert_eq!(day, value, "{text}");
        }
    }
}
