//! The date of a mention, by named rules in the order of trust that DESIGN.md lists.
//!
//! A day is claimed only where a day is known: what no expression dates gets bounds from the scene, the order of the
//! telling, named events, and the document's own date, and open ends where nothing bounds it.

use super::binding::Binding;
use super::story::{Footing, Order, Scene, Story};
use super::tie::Tie;
use super::{MentionDate, Modality};
use crate::date::{Date, NaiveDate, Span};
use crate::timex::Relation;
use chrono::{Days, Months};

/// So soon after a conversation what is told in the present is mostly told there.
const NEAR_DAYS: i64 = 3;

/// Within how many days before a cable what it lets somebody say without a date was said: of 114 such accounts of 112
/// cables whose days are known within weeks, 104 were.
const REPORTED_DAYS: u64 = 31;

/// How far back "recently" reaches.
const RECENT_MONTHS: u32 = 6;

/// When the verb of a mention places it, as far as grammar tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// "signed".
    Past,
    /// "has signed", "had signed".
    Perfect,
    /// "signs", "is signing".
    Present,
    /// No finite verb of its own.
    None,
}

/// What the rules look at besides the sentence's expressions.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances {
    /// Index of the sentence.
    pub sentence: usize,
    /// Whether it happened.
    pub modality: Modality,
    /// A verb in the simple past.
    pub past_verb: bool,
    /// Tense of its verb.
    pub tense: Tense,
    /// A speech act: something said or done in words.
    pub verbal: bool,
    /// A vague word sets it in a recent or earlier past.
    pub vague_past: bool,
    /// A word sets it in a recent past ("recently", "the recent decision").
    pub recent: bool,
    /// A number of weeks, months or years "ago" that is not told exactly: the days that it leaves.
    pub about: Option<Span>,
    /// Done in a conversation, and told for itself: discussed, described, handed over.
    pub conversing: bool,
    /// Told by the document's author and not in a scene (a comment).
    pub aside: bool,
    /// A meeting or conversation.
    pub talk: bool,
    /// "The meeting", with nothing that tells it from others: in the report of a meeting, that one.
    pub this_talk: bool,
    /// Expressly going on when it is told ("currently", "still").
    pub now: bool,
    /// A past act told by somebody in the scene ("said that they agreed", words in quotation marks).
    pub retold: bool,
    /// Said by what is written or broadcast ("the editorial urged"), and so in no conversation.
    pub written: bool,
    /// In a clause that only says before or after what something else was done.
    pub framing: bool,
    /// Done by a named person who took no part in the conversation that is reported.
    pub elsewhere: bool,
    /// Told as something that never happened.
    pub never: bool,
    /// A verb in the present, or in progress in the past: it holds when it is told.
    pub state: bool,
    /// In the present, and on nobody's word but the author's: it holds when the document is written, whatever
    /// conversation it reports.
    pub written_now: bool,
    /// On nobody's word but the author's.
    pub own_words: bool,
    /// In the summary, which tells what the body tells.
    pub summary: bool,
    /// What will be, or will not be.
    pub ahead: bool,
    /// A noun called upcoming, proposed or the like.
    pub upcoming: bool,
    /// A noun called ongoing ("the current reforms").
    pub lasting: bool,
    /// The word that heads it.
    pub word: usize,
    /// A noun that no past verb tells of ("a ban could follow", "is a relic of the war"): it need not be of late.
    pub apart: bool,
    /// Only spoken of or prepared for ("a seminar on the elections"): the order of the telling says nothing of it.
    pub topic: bool,
    /// Told again and again ("every year").
    pub habit: bool,
}

impl Circumstances {
    /// Whether it is said or done in the conversation that is reported, if one is.
    fn in_scene(&self) -> bool {
        (self.verbal || self.conversing)
            && !self.aside
            && !self.retold
            && !self.written
            && !self.elsewhere
            && !self.framing
            && !self.never
    }
}

/// A bound that a named event or a dated trigger in the same sentence sets ("after Andijan").
#[derive(Clone, Debug, PartialEq)]
pub struct OrderBound {
    /// Name of what it is set against.
    pub name: String,
    /// Its days.
    pub span: Span,
    /// After or before it.
    pub relation: Relation,
}

/// Dates a mention.
///
/// `heard` is the conversation in which the speaker was heard, if he is named and had but one: its days and trace.
/// `before` is the event told earlier that a definite description speaks of again: its date and trace.
pub fn date(
    story: &Story,
    at: &Circumstances,
    binding: Option<&Binding>,
    order: Option<&OrderBound>,
    before: Option<(&Date, &str)>,
    heard: Option<(Span, &str)>,
) -> MentionDate {
    let outer = story.frame(at.sentence, at.aside);
    // In a conversation whose day is known, a month or year behind the object is that of what is said.
    let told = !matches!(at.modality, Modality::Future | Modality::Hypothetical);
    // "He had announced it in May": done before the conversation.
    let spoken = told && at.tense != Tense::Perfect && at.in_scene() && story.scene(at.sentence).is_some();
    let binding = binding.filter(|b| !(b.loose && spoken));
    if let Some(bound) = binding.and_then(|b| by_expression(story, at, b, outer)) {
        return bound;
    }
    // "The killing" of an account in the past is none that is yet to come.
    let past = told && matches!(at.tense, Tense::Past | Tense::Perfect);
    let to_come = |d: &Date| d.span.earliest.zip(story.reference()).is_some_and(|(e, today)| e > today);
    // "The upcoming talks" are not those that were held.
    let held = |d: &Date| d.span.latest.zip(outer.latest).is_some_and(|(l, told)| l < told);
    let other = |d: &Date| past && to_come(d) || at.upcoming && !past && held(d);
    if let Some((date, trace)) = before.filter(|(d, _)| !other(d)) {
        let trace = format!("{trace} → told-before → {}", date.edtf);
        return made(date.clone(), "told-before", "the same event told before", trace, None);
    }
    if let Some(order) = order {
        let until = story.next_point(at.sentence, order.span).or(outer.latest);
        return by_order(at, order, Span { latest: until, ..outer });
    }
    by_context(story, at, outer, heard)
}

/// The date that an expression in the sentence gives.
fn by_expression(story: &Story, at: &Circumstances, binding: &Binding, outer: Span) -> Option<MentionDate> {
    let timex = binding.timex;
    let date = timex.date.as_ref()?;
    let rule = match binding.tie {
        Tie::Bound => "bound-timex",
        Tie::Clause => "clause-timex",
        Tie::Coordinated => "coordinated-timex",
        Tie::Reporting => "reporting-timex",
        Tie::Sentence => "sentence-timex",
    };
    if binding.tie == Tie::Reporting && !matches!(at.modality, Modality::Future | Modality::Hypothetical) {
        // Said on that day: a speech act then, anything else by then.
        let then = at.verbal && at.tense != Tense::Perfect && !at.retold;
        let span = if then || at.modality == Modality::Ongoing {
            date.span
        } else {
            Span { earliest: None, latest: date.span.latest }
        };
        return Some(made(Date::from_span(span), rule, &timex.anchor, format!("{}; told then", timex.trace), None));
    }
    if binding.tie == Tie::Reporting {
        let span = Span { earliest: date.span.earliest, latest: None };
        return Some(made(
            Date::from_span(span),
            rule,
            &timex.anchor,
            format!("{}; announced then", timex.trace),
            None,
        ));
    }
    let happened = !matches!(at.modality, Modality::Future | Modality::Hypothetical);
    // "owing to the current reforms": going on when it is told, whatever the verb's time.
    if at.lasting && binding.tie > Tie::Bound && binding.relation != Relation::Since {
        return None;
    }
    let (date, note) = match binding.relation {
        Relation::At => clipped(story, at, date),
        Relation::Since => {
            let latest = not_before(date.span, outer.latest.or(story.reference()));
            (Date::from_span(Span { earliest: date.span.earliest, latest }), "; since then")
        }
        Relation::After => (
            Date::from_span(Span { earliest: date.span.earliest, latest: not_before(date.span, outer.latest) }),
            "; after it",
        ),
        // "By January 1992 the state had ceased to exist": the month is the best estimate of what it bounds; a day is not.
        Relation::By if happened && date.span.days().is_some_and(|d| d > 1) => clipped(story, at, date),
        // "To leave by the end of 2002": a plan does not begin before it is told.
        Relation::Before | Relation::By | Relation::Until if !happened => {
            let earliest = story.frame(at.sentence, at.aside).latest.filter(|told| Some(*told) < date.span.latest);
            (Date::from_span(Span { earliest, latest: date.span.latest }), "; not after it")
        }
        Relation::Before | Relation::By | Relation::Until => {
            (Date::from_span(Span { earliest: None, latest: date.span.latest }), "; not after it")
        }
    };
    Some(made(date, rule, &timex.anchor, format!("{}{note}", timex.trace), timex.warning.clone()))
}

/// What is told as past did not happen after it was told, and what is told as to come not before: "earlier this year"
/// ends, "later this year" begins with the day of the telling.
fn clipped(story: &Story, at: &Circumstances, date: &Date) -> (Date, &'static str) {
    let ahead = matches!(at.modality, Modality::Future | Modality::Hypothetical) || at.ahead;
    let told = story.frame(at.sentence, at.aside).latest;
    let (frame, note) = if ahead {
        (Span { earliest: told, latest: None }, "; not before it was told")
    } else {
        (Span { earliest: None, latest: told }, "; not after it was told")
    };
    match date.span.intersect(frame).filter(|s| *s != date.span && s.latest != s.earliest) {
        Some(span) => (Date::from_span(span), note),
        None => (date.clone(), ""),
    }
}

/// The upper bound, unless it lies before the span it is to bound (a plan that reaches beyond the document).
fn not_before(span: Span, latest: Option<NaiveDate>) -> Option<NaiveDate> {
    latest.filter(|l| span.earliest.is_none_or(|e| e <= *l))
}

fn by_order(at: &Circumstances, order: &OrderBound, outer: Span) -> MentionDate {
    let happened = !matches!(at.modality, Modality::Future | Modality::Hypothetical);
    let (span, rule) = match order.relation {
        Relation::Before => (Span { earliest: None, latest: order.span.latest }, "before-named-event"),
        Relation::At => (order.span, "during-named-event"),
        _ => {
            let latest = not_before(order.span, outer.latest).filter(|_| happened);
            (Span { earliest: order.span.earliest, latest }, "after-named-event")
        }
    };
    let trace = format!("\"{}\" → {rule} → {}", order.name, Date::from_span(span).edtf);
    made(Date::from_span(span), rule, &order.name, trace, None)
}

/// No expression: the scene, the order of the telling, tense and the document's date.
fn by_context(story: &Story, at: &Circumstances, outer: Span, heard: Option<(Span, &str)>) -> MentionDate {
    // What the author says of the present is of the day of the document, where that is not near the conversation's.
    let late = outer.latest.zip(story.reference()).is_some_and(|(told, today)| (today - told).num_days() > NEAR_DAYS);
    let now = Circumstances { aside: at.aside || at.written_now && late, ..*at };
    let today = story.frame(at.sentence, now.aside).latest;
    let at_document = || bounded(story, Span { earliest: today, latest: today }, "at-document", &now);
    // "meet every year", "the current reforms": so when it is told.
    if (at.habit || at.lasting) && outer.latest.is_some() {
        return at_document();
    }
    if at.ahead && at.modality == Modality::Negated && outer.latest.is_some() {
        return bounded(story, Span { earliest: outer.latest, latest: None }, "ahead-of-document", at);
    }
    if at.now && !matches!(at.modality, Modality::Future | Modality::Hypothetical) {
        return at_document();
    }
    // "May have been convicted", "if they had left": what perhaps was lies back.
    let perhaps_was = at.modality == Modality::Hypothetical && at.tense == Tense::Perfect;
    match at.modality {
        Modality::Future | Modality::Hypothetical if !perhaps_was => {
            if outer.latest.is_none()
                && let Some(order) = story.narrative(at.sentence, at.word)
            {
                return ahead_in_history(at, &order);
            }
            // "The report will follow": what the author says long after a conversation is to come after the document.
            let now = Circumstances { aside: at.aside || late && at.own_words && at.ahead, ..*at };
            let span = Span { earliest: story.frame(at.sentence, now.aside).latest, latest: None };
            return bounded(story, span, "ahead-of-document", &now);
        }
        Modality::Ongoing if at.tense != Tense::Past => {
            if let Some(window) = story.press_window(at.sentence).filter(|_| at.verbal && !at.now) {
                return bounded(story, window, "cited-press", at);
            }
            return at_document();
        }
        _ => {}
    }
    if let Some(span) = at.about {
        return bounded(story, span, "approximate-timex", at);
    }
    // In a report of a meeting, or of the present, a state is that of the telling; a history tells of no such present.
    if at.state && !at.vague_past && outer.latest.is_some() {
        return at_document();
    }
    // "In a recent meeting with the Ambassador", of which the day is told elsewhere.
    let reported = at.talk && at.summary && story.scene(at.sentence).is_some();
    if at.recent
        && !reported
        && let Some(span) = outer.latest.and_then(lately)
    {
        return bounded(story, span, "recently", at);
    }
    if at.vague_past && !reported || at.tense == Tense::Perfect {
        let fresh = at.tense == Tense::Perfect && !at.vague_past;
        // "The talks had failed": in a history that has no present, told of the time that the telling has reached.
        if outer.latest.is_none()
            && let Some(order) = story.narrative(at.sentence, at.word)
        {
            return by_order_of_telling(&order);
        }
        if let Some(span) = story.recent(outer.latest).filter(|_| fresh && !at.apart) {
            return bounded(story, span, "recent-telling", at);
        }
        return match story.press_window(at.sentence).filter(|_| fresh) {
            Some(window) => bounded(story, window, "cited-press", at),
            None => bounded(story, Span { earliest: None, latest: outer.latest }, "before-document", at),
        };
    }
    // "said that they had agreed", "why I insisted", quoted from the meeting: told there, done before.
    // "He threatened strikes but asked for a vote on May 3": told before what that day dates.
    let ahead = |s: &Scene| s.set.footing == Footing::Others && s.sentence == at.sentence && at.word < s.set.word;
    let in_scene = at.in_scene() && !story.scene(at.sentence).is_some_and(ahead);
    if let Some((span, trace)) = heard.filter(|_| in_scene) {
        let trace = format!("{trace} → scene → {}", Date::from_span(span).edtf);
        return made(Date::from_span(span), "scene", "the speaker's conversation", trace, None);
    }
    let here = |s: usize| {
        at.talk && !at.retold && !at.elsewhere && (at.summary || at.this_talk || story.same_paragraph(s, at.sentence))
    };
    if let Some(scene) = story.scene(at.sentence).filter(|s| in_scene || here(s.sentence)) {
        let trace = format!("{} → scene → {}", scene.trace, Date::from_span(scene.span).edtf);
        return made(Date::from_span(scene.span), "scene", &scene.trace, trace, None);
    }
    let in_order = story.narrative(at.sentence, at.word).filter(|_| !at.topic || outer.latest.is_none());
    // A window that the meeting reported makes one day long would claim that day; the document's own day is its last.
    let one_day = |o: &Order| !o.in_force && o.span.days() == Some(1);
    let in_order = in_order.map(|order| {
        let latest = story.reference().filter(|r| one_day(&order) && at.elsewhere && order.span.latest < Some(*r));
        Order { span: Span { latest: latest.or(order.span.latest), ..order.span }, ..order }
    });
    if let Some(order) = in_order {
        return by_order_of_telling(&order);
    }
    if let Some(span) = story.recent(outer.latest).filter(|_| !at.apart && !at.topic) {
        return bounded(story, span, "recent-telling", at);
    }
    // A cable reports what was said of late; acts of which no time is told may lie further back.
    let said = at.verbal && at.tense == Tense::Past && !at.retold && !at.framing && !at.never && !at.topic;
    if let Some(latest) = outer.latest.filter(|_| said && story.is_cable()) {
        let earliest = latest.checked_sub_days(Days::new(REPORTED_DAYS));
        return bounded(story, Span { earliest, latest: Some(latest) }, "recent-report", at);
    }
    bounded(story, Span { earliest: None, latest: outer.latest }, "before-document", at)
}

/// What is called recent happened in the half year before it is told.
fn lately(told: NaiveDate) -> Option<Span> {
    Some(Span { earliest: Some(told.checked_sub_months(Months::new(RECENT_MONTHS))?), latest: Some(told) })
}

/// A date still in force, or the window between two dates of the telling.
fn by_order_of_telling(order: &Order) -> MentionDate {
    let rule = if order.in_force { "paragraph-timex" } else { "narrative-order" };
    let date = Date::from_span(order.span);
    let trace = format!("{} → {rule} → {}", order.trace, date.edtf);
    made(date, rule, "order of the telling", trace, None)
}

/// In a history the aim of an act ("dispatched to monitor") lies in the act's own window; what will be, after it.
fn ahead_in_history(at: &Circumstances, order: &Order) -> MentionDate {
    if at.tense == Tense::None {
        return by_order_of_telling(order);
    }
    let span = Span { earliest: order.span.earliest, latest: None };
    let trace = format!("{} → ahead-in-history → {}", order.trace, Date::from_span(span).edtf);
    made(Date::from_span(span), "ahead-in-history", "order of the telling", trace, None)
}

fn bounded(story: &Story, span: Span, rule: &str, at: &Circumstances) -> MentionDate {
    let anchor = story.anchor(at.sentence, at.aside);
    let date = Date::from_span(span);
    let trace = format!("{anchor} → {rule} → {}", date.edtf);
    made(date, rule, &anchor, trace, None)
}

fn made(date: Date, rule: &str, anchor: &str, trace: String, warning: Option<String>) -> MentionDate {
    MentionDate { date, rule: rule.to_string(), anchor: anchor.to_string(), trace, warning }
}
