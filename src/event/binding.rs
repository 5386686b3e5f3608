//! Which time expression, if any, a trigger is bound to, and how it bounds the event (how closely it hangs: `tie`).

use super::counted::is_counted_from;
use super::dating::Tense;
use super::facts::Facts;
use super::lexicon::{Lexicon, Part};
use super::said::{follows, in_content, is_judged, is_said, is_topic, of_content, of_object, told_once};
use super::story::MONTH_DAYS;
use super::tie::{Tie, attribute_of, clause, has_when, in_line, is_finite, marker, opens, tie};
use super::trigger::Found;
use super::worth::tense;
use super::{EventType, Modality, modality};
use crate::date::NaiveDate;
use crate::text::syntax::{Form, Relation as Dep, Upos};
use crate::timex::{Relation, Timex, TimexKind};

/// A century has at least so many days.
const CENTURY_DAYS: i64 = 36_500;

/// A time that opens its sentence has at most so many words before it: "In early".
const OPENING_WORDS: usize = 2;

/// Words before a date among which "immediately" stands: "immediately prior to a".
const AT_ONCE: usize = 4;

/// Words between two dates told together at the most: "and", a comma.
const JOINT: usize = 2;

/// A time expression as it bounds a trigger.
#[derive(Clone, Debug, PartialEq)]
pub struct Binding<'a> {
    /// The expression.
    pub timex: &'a Timex,
    /// How closely it hangs on the trigger.
    pub tie: Tie,
    /// It stands behind the object of a verb of saying, and may belong to what is said ("accused them of lies in 2006").
    pub loose: bool,
    /// How it bounds the event, the phrase around it included ("after the massacre of May 13").
    pub relation: Relation,
}

/// The expression that dates the trigger best, if one does. `others` are the heads of the sentence's other triggers.
///
/// `today` is the day of the telling, if it is known.
pub fn of<'a>(
    facts: &Facts<'a>,
    lexicon: &Lexicon,
    found: &Found,
    others: &[usize],
    today: Option<NaiveDate>,
) -> Option<Binding<'a>> {
    let mut best: Option<(Tie, usize, Tie, bool, &'a Timex)> = None;
    for &timex in &facts.times {
        // "In the last six months" is a length with days; "for six months" is one without.
        let calendar = matches!(timex.kind, TimexKind::Date | TimexKind::Time)
            || timex.kind == TimexKind::Duration && timex.date.as_ref().is_some_and(|d| !d.is_open());
        // "Ten days after the coup" says nothing of the coup.
        let from_it = is_counted_from(timex, facts.sentence, found.head);
        // "after September 11": the name of an event, not a day of this year.
        let name = timex.year_implied && facts.named.iter().any(|n| n.tokens.contains(&timex.tokens.start));
        if name
            || timex.date.is_none()
            || is_vague(timex)
            || !calendar
            || from_it
            || beyond_semicolon(facts, found, timex)
        {
            continue;
        }
        let top = facts.tree.top_of(&timex.tokens);
        let past = today.is_some_and(|t| timex.date.as_ref().and_then(|d| d.span.latest).is_some_and(|l| l <= t));
        let tie = match opens(facts, lexicon, found, timex) {
            true => Some(Tie::Bound),
            false => {
                let day = timex.date.as_ref().is_some_and(|d| d.span.days() == Some(1));
                tie(facts, lexicon, found, (top, past, day), others)
            }
        };
        let tie = tie.or_else(|| in_line(facts, found, timex, others).then_some(Tie::Clause));
        let Some(tie) = tie else { continue };
        // "In 2001 he closed the base after May and left": what opens the sentence holds for all its verbs.
        let far = match tie {
            Tie::Coordinated if timex.tokens.start <= OPENING_WORDS => facts.tree.len(),
            Tie::Coordinated if joined_behind(facts, timex, found.head) => 2 * facts.tree.len(),
            _ => 0,
        };
        let distance = far + top.abs_diff(found.head);
        let days = timex.date.as_ref().and_then(|d| d.span.days()).unwrap_or(i64::MAX);
        if in_content(facts, lexicon, found, top, days)
            || tie > Tie::Bound && is_topic(facts, lexicon, found, tie) && !follows(facts, found, timex)
            || not_yet(facts, lexicon, found, (timex, tie), today)
            || asked_for(facts, lexicon, found, (timex, tie), today)
            || tie == Tie::Clause && is_judged(facts, lexicon, found)
            // "21st century socialism": no act of a document with a day is dated so.
            || days >= CENTURY_DAYS && today.is_some()
            || beyond_colon(facts, found, top)
            || past && present_perfect(facts, lexicon, found) && timex.relation == Relation::At && !lasts(timex, today)
            || timex.relation == Relation::Since && told_once(facts, lexicon, found)
            || days >= MONTH_DAYS && of_content(facts, lexicon, found, top, others)
        {
            continue;
        }
        // "In a speech on May 3 the minister predicted a deficit in 1907": what is said has times of its own, so a day
        // told before the verb counts more than a month or year behind its object.
        let loose = days >= MONTH_DAYS && of_object(facts, lexicon, found, top);
        let tie_rank = if loose { Tie::Sentence } else { tie };
        // "That summer he came in, on June 28": of two that hang on it the narrower, where it lies in the wider.
        let within = |a: &Timex, b: &Timex| {
            let span = |t: &Timex| t.date.as_ref().map(|d| d.span);
            span(a).zip(span(b)).is_some_and(|(a, b)| a != b && a.intersect(b) == Some(a))
        };
        let better = best.is_none_or(|(t, d, _, _, other)| match () {
            () if tie_rank <= Tie::Clause && t <= Tie::Clause && within(timex, other) => true,
            () if tie_rank <= Tie::Clause && t <= Tie::Clause && within(other, timex) => false,
            () => (tie_rank, distance) < (t, d),
        });
        if better {
            best = Some((tie_rank, distance, tie, loose, timex));
        }
    }
    best.map(|(_, _, tie, loose, timex)| {
        let timex = first_of(facts, timex);
        let relation = relation(facts, lexicon, found, timex, facts.tree.top_of(&timex.tokens));
        Binding { timex, tie, loose, relation }
    })
}

/// The first of dates told together ("on March 31 and April 1"), whose days the tagger lets run to the last.
fn first_of<'a>(facts: &Facts<'a>, timex: &'a Timex) -> &'a Timex {
    let span = |t: &Timex| t.date.as_ref().map(|d| d.span);
    let near = |t: &&&'a Timex| t.tokens.end < timex.tokens.start && timex.tokens.start <= t.tokens.end + JOINT;
    let joined = |t: &&&'a Timex| {
        span(t).zip(span(timex)).is_some_and(|(a, b)| a != b && a.latest == b.latest && a.intersect(b) == Some(b))
    };
    facts.times.iter().find(|t| near(t) && joined(t)).map_or(timex, |t| first_of(facts, t))
}

/// Whether a semicolon parts the trigger from an expression behind it: "left the pact; in December Norway followed".
fn beyond_semicolon(facts: &Facts, found: &Found, timex: &Timex) -> bool {
    (found.head..timex.tokens.start).any(|w| facts.tree.lower[w] == ";")
}

/// Whether a conjunction stands between an expression and the trigger behind it.
fn joined_behind(facts: &Facts, timex: &Timex, head: usize) -> bool {
    (timex.tokens.end..head).any(|w| facts.tree.upos(w) == Upos::Cconj)
}

/// Whether the expression lies after the day of the telling, which what a past verb tells cannot: "fired the next day",
/// counted from nothing that the text dates, "gave him until December to decide".
fn not_yet(
    facts: &Facts,
    lexicon: &Lexicon,
    found: &Found,
    (timex, tie): (&Timex, Tie),
    today: Option<NaiveDate>,
) -> bool {
    let tree = facts.tree;
    // "The deputy, chosen by the king, takes office in May": done before.
    let beside = tie == Tie::Sentence && tree.form(found.head) == Form::PastParticiple;
    let finite = is_finite(tree, found.head) || beside;
    let planned = lexicon.is("order.scheduling", &tree.lemma(found.head).to_lowercase());
    let done = found.part == Part::Verb
        && finite
        && !planned
        && matches!(tense(tree, lexicon, found), Tense::Past | Tense::Perfect)
        && matches!(modality::of(tree, lexicon, found), Modality::Asserted | Modality::Ongoing);
    let span = timex.date.as_ref().map(|d| d.span).unwrap_or_default();
    let ends = matches!(timex.relation, Relation::By | Relation::Until | Relation::Before);
    let edge = if ends { span.latest } else { span.earliest };
    done && edge.zip(today).is_some_and(|(e, t)| e > t)
}

/// Whether the expression lies ahead and is that of what is asked for or said: "we request guidance by May 3", "thanking
/// him, he said that he would come in May". What is said later is told with a "will".
fn asked_for(
    facts: &Facts,
    lexicon: &Lexicon,
    found: &Found,
    (timex, tie): (&Timex, Tie),
    today: Option<NaiveDate>,
) -> bool {
    let tree = facts.tree;
    let kind = lexicon.senses[found.sense].category();
    let asked = kind == Some(EventType::Request);
    let said = || tie == Tie::Sentence && found.part == Part::Verb && is_said(facts, lexicon, found);
    let span = timex.date.as_ref().map(|d| d.span).unwrap_or_default();
    let ahead = span.earliest.zip(today).is_some_and(|(e, t)| e > t);
    let will = |a: usize| {
        ["modality.future_auxiliaries", "modality.hypothetical_auxiliaries"]
            .iter()
            .any(|list| lexicon.is(list, &tree.lower[a]))
    };
    let later = || {
        let clause = clause(facts, found).unwrap_or(found.head);
        tree.is_infinitive(clause) || [clause, found.head].iter().any(|&c| tree.with(c, &[Dep::Aux]).any(will))
    };
    ahead && (asked || said()) && !later()
}

/// Whether the trigger is a verb in the present perfect, which takes no time that is over: "it was signed on May 3 but has
/// not been ratified".
fn present_perfect(facts: &Facts, lexicon: &Lexicon, found: &Found) -> bool {
    let has = |a: usize| lexicon.is("tense.present_perfect", &facts.tree.lower[a]);
    found.part == Part::Verb && facts.tree.with(found.head, &[Dep::Aux]).any(has)
}

/// Whether a time goes on until the day of the telling ("in the last six months", "this year").
fn lasts(timex: &Timex, today: Option<NaiveDate>) -> bool {
    let latest = timex.date.as_ref().and_then(|d| d.span.latest);
    latest.zip(today).is_none_or(|(latest, today)| latest >= today)
        || timex.date.as_ref().is_some_and(|d| d.span.days().is_none_or(|d| d >= MONTH_DAYS))
}

/// Whether a colon stands between the trigger's verb and the expression: "laid out his version: In 2007 they signed".
fn beyond_colon(facts: &Facts, found: &Found, top: usize) -> bool {
    found.part == Part::Verb && (found.head + 1..top).any(|w| facts.tree.lower[w] == ":")
}

/// Whether an expression points to past, present or future without a date ("recently", "now").
pub fn is_vague(timex: &Timex) -> bool {
    timex.value.ends_with("_REF")
}

/// The expression's own relation, or that of the phrase it stands in.
fn relation(facts: &Facts, lexicon: &Lexicon, found: &Found, timex: &Timex, top: usize) -> Relation {
    let tree = facts.tree;
    // "before the May elections": the preposition belongs to the noun, and says nothing of when the elections are.
    if found.part == Part::Noun && attribute_of(facts, top, found.head) {
        return Relation::At;
    }
    // "Immediately before a May 3 meeting", "just hours after the vote on May 3": on that day.
    let near = timex.tokens.start.saturating_sub(AT_ONCE)..timex.tokens.start;
    let one_day = timex.date.as_ref().is_some_and(|d| d.span.days() == Some(1));
    if one_day && near.into_iter().any(|w| lexicon.is("order.at_once", &tree.lower[w])) {
        return Relation::At;
    }
    // "before dawn on May 3", "by noon on May 3": on that day.
    let part_of_day = timex.kind == TimexKind::Time && timex.date.as_ref().is_some_and(|d| d.span.days() == Some(1));
    if part_of_day && matches!(timex.relation, Relation::Before | Relation::By) {
        return Relation::At;
    }
    // "Waited until May, when it signed": the time before the "when" is that of the clause.
    if opens(facts, lexicon, found, timex) {
        return Relation::At;
    }
    // "From 1991 to 1992" has an end.
    let ends = timex.relation == Relation::Since
        && timex.date.as_ref().is_some_and(|d| d.edtf.contains('/') && d.span.days().is_some());
    if timex.relation != Relation::At && !ends {
        return timex.relation;
    }
    let clause = clause(facts, found);
    if clause.is_some_and(|c| has_when(facts, lexicon, c) && top < c) {
        return Relation::At;
    }
    // A marker of a word that the trigger itself stands under scopes over both, and says nothing of their order.
    let own = |&w: &usize| w != found.head && !tree.under(found.head, w);
    // "The second came after the war: in the autumn they signed".
    let joined = |&w: &usize| !tree.parted(w, top);
    for word in std::iter::once(top).chain(tree.ancestors(top)).take_while(own).take_while(joined) {
        let mut case = tree.case(word);
        if let Some((marker, _)) = marker(facts, word)
            && lexicon.is("order.after", &marker)
        {
            case = marker;
        }
        // What answers an event of a month or year comes in its train, and mostly within it.
        let wide = timex.date.as_ref().and_then(|d| d.span.days()).is_some_and(|d| d >= MONTH_DAYS);
        if lexicon.is("order.result", &case) && wide {
            return Relation::At;
        }
        if lexicon.is("order.after", &case) {
            return Relation::After;
        }
        if lexicon.is("order.before", &case) {
            return Relation::Before;
        }
    }
    Relation::At
}
