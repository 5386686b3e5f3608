//! Events told as so long before or after another one: "left on May 3, two days after Norway signed" dates the signing,
//! and "left two days after the signing of May 1" the leaving.
//!
//! The amount is that of the expression ("two days"), the sense that of the word behind it ("after"). Days are exact;
//! a week, month or year is counted as people count, give or take half of it. Hours leave the day itself or the next.

use super::MentionDate;
use super::binding::{self, Binding};
use super::counted::is_counted;
use super::extract::{Extractor, Read};
use super::facts::Facts;
use super::said::in_content;
use super::story::{MONTH_DAYS, Story};
use super::trigger::Found;
use super::worth::definite;
use crate::date::{Date, NaiveDate, Span};
use crate::text::syntax::Upos;
use crate::timex::{Anchoring, FEWEST, MOST, Relation, Timex, TimexKind};
use chrono::{Datelike, Months, TimeDelta};

/// A year, and whatever is longer, has at least so many days.
const YEAR: i64 = 360;

/// A length of time that sets the event told behind a word apart from the one told before it.
#[derive(Clone, Copy, Debug)]
struct Gap<'a> {
    timex: &'a Timex,
    /// The word that says before or after.
    word: usize,
    /// What is told outside happened after what is told behind the word.
    after: bool,
}

/// An amount of time: how many of a unit (`H`, `D`, `W`, `M`, `Y`), at least and at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Amount {
    unit: char,
    fewest: i64,
    most: i64,
}

impl Extractor {
    /// The date of a trigger that is told as so long before or after another event of the sentence, where that has one.
    ///
    /// `own` is the expression that the trigger is bound to. What is told behind the word may have its day from the text
    /// before: "two weeks before the killings, Norway had left".
    pub(super) fn set_apart(
        &self,
        read: &Read,
        found: &Found,
        own: Option<&Binding>,
        story: &Story,
    ) -> Option<MentionDate> {
        let today = story.reference();
        let facts = &read.facts;
        let dates_itself = |gap: Gap| own.is_some_and(|b| b.timex.tokens.start < gap.word && dated(b.timex));
        // "Predicted that it would end a month before the vote" is said at a time of its own.
        let of_content = |gap: Gap| {
            let top = facts.tree.top_of(&gap.timex.tokens);
            in_content(facts, self.lexicon(), found, top, MONTH_DAYS)
        };
        facts.times.iter().find_map(|&timex| {
            let gap = self.gap(facts, timex)?;
            let behind = told_behind(read, gap)?;
            let (span, forth) = if found.head == behind {
                (self.day_outside(read, gap, today)?, !gap.after)
            } else if self.outside(read, gap)? == found.head && !dates_itself(gap) && !of_content(gap) {
                (self.day_behind(read, gap, behind, story)?, gap.after)
            } else {
                return None;
            };
            let length = facts.text.get(timex.range.start..token_start(facts, gap.word)?)?;
            let value = self.tagger().tag_text(length, None, Anchoring::News).into_iter().next()?.value;
            let date = Date::from_span(shifted(span, Amount::of(&value)?, forth)?);
            let told = facts.text.get(timex.range.start..facts.sentence.tokens.get(gap.word)?.end as usize)?;
            let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
            let trace = format!("\"{told}\" and {} → set-apart → {}", Date::from_span(span).edtf, date.edtf);
            Some(MentionDate {
                date,
                rule: "set-apart".to_string(),
                anchor: timex.anchor.clone(),
                trace,
                warning: None,
            })
        })
    }

    /// The gap that an expression opens, if it is a length with "before" or "after" behind it.
    fn gap<'a>(&self, facts: &Facts, timex: &'a Timex) -> Option<Gap<'a>> {
        // The tagger takes the word into an expression that it counts itself.
        let word = match () {
            () if is_counted(timex) => timex.tokens.end.checked_sub(1)?,
            () if timex.kind == TimexKind::Duration && timex.date.is_none() => timex.tokens.end,
            () => return None,
        };
        let lower = facts.tree.lower.get(word)?;
        let after = self.lexicon().is("order.apart_after", lower);
        (after || self.lexicon().is("order.apart_before", lower)).then_some(Gap { timex, word, after })
    }

    /// The trigger that is told outside the gap: on whose word its expression hangs, else the last one before it.
    fn outside(&self, read: &Read, gap: Gap) -> Option<usize> {
        let tree = read.facts.tree;
        let behind = told_behind(read, gap)?;
        let heads = || read.found.iter().filter(|f| f.is_sure() && f.head != behind).map(|f| f.head);
        let top = tree.top_of(&gap.timex.tokens);
        let above = tree.ancestors(top).find(|a| heads().any(|h| h == *a));
        above.or_else(|| heads().filter(|&h| h < gap.timex.tokens.start).max())
    }

    /// When that happened which is told outside the gap: by the expression right before the gap, else by that of its
    /// trigger.
    fn day_outside(&self, read: &Read, gap: Gap, today: Option<NaiveDate>) -> Option<Span> {
        let tree = read.facts.tree;
        let start = gap.timex.tokens.start;
        let link = |w: usize| matches!(tree.upos(w), Upos::Punct | Upos::Adv);
        let beside = |t: &&&Timex| t.tokens.end < start && start <= t.tokens.end + 2 && (t.tokens.end..start).all(link);
        let beside = read.facts.times.iter().find(beside).filter(|t| t.relation == Relation::At && dated(t));
        if let Some(timex) = beside {
            return timex.date.as_ref().map(|d| d.span);
        }
        let outside = self.outside(read, gap)?;
        let found = read.found.iter().find(|f| f.head == outside)?;
        let binding = self.bound(read, found, today)?;
        (binding.relation == Relation::At && dated(binding.timex) && binding.timex.tokens != gap.timex.tokens)
            .then(|| binding.timex.date.as_ref().map(|d| d.span))?
    }

    /// When that happened which is told behind the gap's word, if its own words say so.
    fn day_behind(&self, read: &Read, gap: Gap, behind: usize, story: &Story) -> Option<Span> {
        let facts = &read.facts;
        let named = facts.named.iter().find(|n| n.tokens.contains(&behind) && gap.word < n.tokens.start);
        if let Some(event) = named.and_then(|n| self.named.events().get(n.event)) {
            return Some(event.date.span).filter(|s| s.days().is_some_and(|d| d < MONTH_DAYS));
        }
        let found = read.found.iter().find(|f| f.head == behind)?;
        let binding = self.bound(read, found, story.reference()).filter(|b| b.timex.tokens.start > gap.word);
        let Some(binding) = binding else {
            let known = definite(facts.tree, self.lexicon(), found);
            let told = known.then(|| story.last(&self.matter(facts, found), self.several(facts, found)))??;
            return Some(told.0.span).filter(|s| s.days().is_some_and(|d| d < MONTH_DAYS));
        };
        let own = binding.relation == Relation::At && dated(binding.timex);
        own.then(|| binding.timex.date.as_ref().map(|d| d.span))?
    }

    fn bound<'a>(&self, read: &Read<'a>, found: &Found, today: Option<NaiveDate>) -> Option<Binding<'a>> {
        let others: Vec<usize> =
            read.found.iter().filter(|f| f.is_sure() && f.head != found.head).map(|f| f.head).collect();
        binding::of(&read.facts, self.lexicon(), found, &others, today)
    }
}

/// The trigger told behind the gap's word: the first one, in the same clause.
fn told_behind(read: &Read, gap: Gap) -> Option<usize> {
    let tree = read.facts.tree;
    let first = read.found.iter().filter(|f| f.is_sure() && f.head > gap.word).map(|f| f.head).min();
    let named = read.facts.named.iter().map(|n| tree.top_of(&n.tokens)).filter(|&h| h > gap.word).min();
    let head = first.into_iter().chain(named).min()?;
    let apart = |w: usize| matches!(tree.lower[w].as_str(), "," | ";" | ":" | "--" | "—" | "–");
    (!(gap.word..head).any(apart)).then_some(head)
}

fn dated(timex: &Timex) -> bool {
    let known = timex.date.as_ref().and_then(|d| d.span.days()).is_some_and(|d| d <= YEAR + 6);
    known && matches!(timex.kind, TimexKind::Date | TimexKind::Time) && !is_counted(timex)
}

fn token_start(facts: &Facts, token: usize) -> Option<usize> {
    facts.sentence.tokens.get(token).map(|t| t.start as usize)
}

impl Amount {
    /// Reads the value of a length: "P3D", "PT5H", "PXM".
    fn of(value: &str) -> Option<Amount> {
        let rest = value.strip_prefix('P')?;
        let (rest, clock) = rest.strip_prefix('T').map_or((rest, false), |r| (r, true));
        let unit = rest.chars().last()?;
        let number = rest.strip_suffix(unit)?;
        let unit = match (clock, unit) {
            (true, 'H' | 'M' | 'S') => return Some(Amount { unit: 'H', fewest: 0, most: 1 }),
            (false, 'D' | 'W' | 'M' | 'Y') => unit,
            _ => return None,
        };
        let (fewest, most) = if number == "X" {
            (FEWEST, MOST)
        } else {
            let n = number.parse().ok()?;
            (n, n)
        };
        Some(Amount { unit, fewest, most })
    }
}

/// A span so much later (`forth`) or earlier.
fn shifted(span: Span, amount: Amount, forth: bool) -> Option<Span> {
    let (first, last) = (span.earliest?, span.latest?);
    let wide = (last - first).num_days() + 1;
    let (near, far) = (amount.fewest, amount.most);
    let (back, on) = if forth { (near, far) } else { (-far, -near) };
    let days = |from: NaiveDate, n: i64| from.checked_add_signed(TimeDelta::days(n));
    let span = match amount.unit {
        'H' | 'D' => Span::between(days(first, back)?, days(last, on)?),
        'W' => Span::between(days(first, back * 7 - 3)?, days(last, on * 7 + 3)?),
        'M' if wide >= MONTH_DAYS => Span::between(month(first, back)?, days(month(last, on + 1)?, -1)?),
        'M' => Span::between(days(first, back * 30 - 15)?, days(last, on * 30 + 15)?),
        _ if wide >= YEAR => Span::between(month(first, back * 12)?, days(month(last, on * 12 + 1)?, -1)?),
        _ => Span::between(days(first, back * 365 - 183)?, days(last, on * 365 + 183)?),
    };
    Some(span)
}

/// The first day of the month so many months on.
fn month(from: NaiveDate, on: i64) -> Option<NaiveDate> {
    let (first, months) = (from.with_day(1)?, Months::new(u32::try_from(on.unsigned_abs()).ok()?));
    if on < 0 { first.checked_sub_months(months) } else { first.checked_add_months(months) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::rules::Rules;

    #[test]
    fn what_is_told_so_long_before_or_after_a_dated_event_is_counted_from_it() {
        let extractor = Extractor::new(&Rules::builtin()).expect("the rules are right");
        for (text, trigger, date) in [
            (
                "Norway left the pact on 12 June 1911, three days after Sweden signed the treaty.",
                "signed",
                Some("1911-06-09"),
            ),
            (
                "Norway left the pact on 12 June 1911, two days before Sweden signed the treaty.",
                "signed",
                Some("1911-06-14"),
            ),
            (
                "Norway closed its embassy in January 1911, a month before Sweden signed the treaty.",
                "signed",
                Some("1911-02"),
            ),
            ("Norway left the pact three days after Sweden signed the treaty.", "signed", None),
            (
                "Norway left the pact on 12 June 1911, three days after the riot, and Sweden signed the treaty.",
                "signed",
                None,
            ),
        ] {
            let document = Document::from_text("example", text);
            let mentions = extractor.extract(&document).mentions;
            let found = mentions.iter().find(|m| m.trigger.text.starts_with(trigger)).expect(text);
            let told = (found.when.rule == "set-apart").then_some(found.when.date.edtf.as_str());
            assert_eq!(told, date, "{text}");
        }
    }

    #[test]
    fn amounts_are_counted_as_people_count() {
        let day = |s: &str| s.parse::<NaiveDate>().expect("a day");
        let told = |span: Span, value: &str, forth: bool| {
            Date::from_span(shifted(span, Amount::of(value).expect(value), forth).expect(value)).edtf
        };
        let june = Span::day(day("1911-06-12"));
        assert_eq!(told(june, "P3D", false), "1911-06-09");
        assert_eq!(told(june, "PT5H", true), "1911-06-12/1911-06-13");
        assert_eq!(told(june, "P1W", false), "1911-06-02/1911-06-08");
        assert_eq!(told(june, "PXD", false), "1911-06-01/1911-06-10");
        assert_eq!(told(Span::between(day("1911-01-01"), day("1911-01-31")), "P1M", true), "1911-02");
        assert_eq!(told(Span::between(day("1911-01-01"), day("1911-12-31")), "P2Y", false), "1909");
        assert!(Amount::of("P2Q").is_none());
    }
}
