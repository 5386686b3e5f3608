//! Past or future, from the verbs near an expression. No parser: the nearest marker in the same clause decides, the
//! one before the expression first, since English mostly puts the time after the verb.

use super::compile::Tables;
use super::lexicon::Symbol;
use super::recognise::View;
use super::state::Direction;

/// How far a marker may stand from the expression, in tokens.
const REACH: usize = 14;

/// How many words stand between an expression and its noun at the most, the noun included.
const ATTRIBUTES: usize = 4;

/// The word classes that tell the tense.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Markers {
    future: Option<Symbol>,
    /// Words that look ahead when they stand right before the expression: "until", "effective".
    forward: Option<Symbol>,
    perfect: Option<Symbol>,
    possessive: Option<Symbol>,
    past: Option<Symbol>,
    passive: Option<Symbol>,
    clause: Option<Symbol>,
    /// Words whose infinitive lies ahead of them: "agreed to meet", "likely to fall".
    govern: Option<Symbol>,
    /// Words that no infinitive is: "to the", "to his".
    function: Option<Symbol>,
    determiner: Option<Symbol>,
    to: Option<Symbol>,
    be: Option<Symbol>,
    set: Option<Symbol>,
    for_: Option<Symbol>,
    /// Papers that are cited, and what parts them from their date.
    cited: Option<Symbol>,
    cited_link: Option<Symbol>,
    /// Verbs in the present that tell of what is fixed: "the council meets Monday".
    scheduled: Option<Symbol>,
    /// Prepositions of time that may stand between such a verb and its day.
    on: Option<Symbol>,
    /// What is held on a day fixed long before: elections, a summit.
    fixed: Option<Symbol>,
    /// "by": with a past tense the limit is past as well ("had filed by Wednesday").
    by: Option<Symbol>,
    /// "in", which makes a length of time a point ahead, and what may not follow then.
    within: Option<Symbol>,
    not_within: Option<Symbol>,
    /// "most", "first", "worst".
    extreme: Option<Symbol>,
    as_: Option<Symbol>,
    /// "Originally": what was planned then may be over.
    at_first: Option<Symbol>,
    /// "Postponed", and what stands between it and the new day.
    rescheduled: Option<Symbol>,
    rescheduled_link: Option<Symbol>,
    had: Option<Symbol>,
    /// "Is", which right before a date tells of one to come.
    copula: Option<Symbol>,
    /// "It", behind which "'s" is "is".
    it: Option<Symbol>,
    /// What may stand between "had" and its participle: "not", "already".
    adverb: Option<Symbol>,
    /// "will", "may": behind one of these stands an infinitive.
    modal: Option<Symbol>,
    /// Verbs in the past that tell of a state: "served", "was".
    lasting: Option<Symbol>,
    /// "ahead", "run-up", which look ahead with their preposition.
    forward_of: Option<Symbol>,
    forward_link: Option<Symbol>,
    since: Option<Symbol>,
    /// Verbs in the past of which the time lies ahead as a rule: "invited him for May 3".
    inviting: Option<Symbol>,
    /// "before", which sets something told as to come before what is fixed.
    before: Option<Symbol>,
}

impl Markers {
    pub fn new(tables: &Tables) -> Self {
        Markers {
            future: tables.class("future-marker"),
            forward: tables.class("forward"),
            perfect: tables.class("perfect-be"),
            possessive: tables.class("possessive-s"),
            past: tables.class("past-marker"),
            passive: tables.class("passive-be"),
            clause: tables.class("clause-end"),
            govern: tables.class("infinitive-ahead"),
            function: tables.class("function"),
            determiner: tables.class("determiner"),
            to: tables.class("infinitive-to"),
            be: tables.class("infinitive-be"),
            set: tables.class("set"),
            for_: tables.class("for"),
            cited: tables.class("cited"),
            cited_link: tables.class("cited-link"),
            scheduled: tables.class("scheduled-present"),
            on: tables.class("scheduled-link"),
            fixed: tables.class("fixed-event"),
            by: tables.class("bound-by"),
            within: tables.class("within-in"),
            not_within: tables.class("within-not"),
            extreme: tables.class("extreme"),
            as_: tables.class("num-word"),
            at_first: tables.class("at-first"),
            rescheduled: tables.class("rescheduled"),
            rescheduled_link: tables.class("rescheduled-link"),
            had: tables.class("pluperfect"),
            copula: tables.class("copula"),
            it: tables.class("it"),
            adverb: tables.class("verb-adverb"),
            modal: tables.class("modal"),
            lasting: tables.class("lasting"),
            forward_of: tables.class("forward-of"),
            forward_link: tables.class("forward-link"),
            since: tables.class("since-word"),
            inviting: tables.class("inviting"),
            before: tables.class("bound-before"),
        }
    }

    /// The direction that the verbs around the tokens `start..end` give.
    pub fn direction(&self, view: &View, start: usize, end: usize) -> Direction {
        let is =
            |at: Option<usize>, symbol: Option<Symbol>| at.zip(symbol).is_some_and(|(at, symbol)| view.is(at, symbol));
        // "Wednesday's ruling" has been made.
        if is(Some(end), self.possessive) {
            return Direction::Past;
        }
        if self.cited(view, start) {
            return Direction::Cited;
        }
        // "Prepared for the December elections": the verb does not say whether they are over; the nearer ones are meant.
        // "Since the December elections" they are.
        if self.fixes(view, end) {
            let since = [1, 2].into_iter().any(|back| is(start.checked_sub(back), self.since));
            // "Wins support before the December elections": with nothing past in the clause they are to come.
            let before = [1, 2].into_iter().any(|back| is(start.checked_sub(back), self.before));
            let left = (start.saturating_sub(REACH)..start).rev();
            return match (since, before) {
                (true, _) => Direction::Past,
                (_, true) if !self.first(view, left, start).behind() => Direction::Future,
                _ => Direction::Planned,
            };
        }
        if self.rescheduled(view, start) {
            return Direction::Planned;
        }
        let verb = start.checked_sub(if is(start.checked_sub(1), self.on) { 2 } else { 1 });
        // "The deadline is Friday."
        if is(verb, self.copula) {
            return Direction::Future;
        }
        if is(verb, self.scheduled) && !verb.is_some_and(|at| self.was_planned(view, at)) {
            return Direction::Future;
        }
        let left = (start.saturating_sub(REACH)..start).rev();
        let ahead = is(start.checked_sub(1), self.forward)
            || is(start.checked_sub(2), self.forward)
            || self.forward_of(view, start);
        let the = usize::from(is(start.checked_sub(1), self.determiner));
        let told = match (self.first(view, left, start), ahead) {
            (Direction::Unknown, false) => self.right(view, start, end),
            (Direction::Unknown, true) => match self.right(view, start, end) {
                past if past.behind() && opens(view, start.saturating_sub(the)) => past,
                _ => Direction::Future,
            },
            (known, false) => known,
            (past, true) if past.behind() => {
                let limit = is(start.checked_sub(1), self.by) || is(start.checked_sub(2), self.by);
                if limit || self.lasted(view, start) { past } else { Direction::Planned }
            }
            (_, true) => Direction::Future,
        };
        // "By April it had fallen" leads on; "pushed back beyond where it had stood before the summer offensive" describes.
        let limit = || is(start.checked_sub(1), self.by) || is(start.checked_sub(2), self.by);
        let describes = || {
            let noun = view.word(end).starts_with(|c: char| c.is_ascii_lowercase());
            noun && !is(Some(end), self.function) && !is(Some(end), self.had)
        };
        if told == Direction::Earlier && (limit() || describes()) { Direction::Past } else { told }
    }

    /// Whether "is" stands right before the expression, or "it's".
    pub fn is_there(&self, view: &View, start: usize) -> bool {
        let is = |at: usize, symbol: Option<Symbol>| symbol.is_some_and(|s| view.is(at, s));
        let short = |at: usize| is(at, self.possessive) && at.checked_sub(1).is_some_and(|at| is(at, self.it));
        start.checked_sub(1).is_some_and(|at| is(at, self.copula) || short(at))
    }

    /// Whether the expression is the day to which something was put off: "slipped to mid-March", "pushed back to Friday".
    fn rescheduled(&self, view: &View, start: usize) -> bool {
        let is = |at: usize, symbol: Option<Symbol>| symbol.is_some_and(|s| view.is(at, s));
        let links = (0..start).rev().take(ATTRIBUTES).take_while(|&at| is(at, self.rescheduled_link)).count();
        links > 0 && start.checked_sub(links + 1).is_some_and(|at| is(at, self.rescheduled))
    }

    /// Whether the verb at a token was planned once: "had been scheduled to arrive".
    fn was_planned(&self, view: &View, at: usize) -> bool {
        let is = |back: usize, symbol: Option<Symbol>| {
            at.checked_sub(back).zip(symbol).is_some_and(|(at, symbol)| view.is(at, symbol))
        };
        is(1, self.to) && is(2, self.govern) && is(3, self.perfect)
    }

    /// Whether "in" stands before a length of time, and nothing that makes it a part of a longer phrase or lets it look
    /// back ("the first time in ten years").
    pub fn within(&self, view: &View, start: usize, end: usize) -> bool {
        let is = |at: usize, symbol: Option<Symbol>| symbol.is_some_and(|s| view.is(at, s));
        let extreme = |at: usize| {
            let word = view.word(at);
            is(at, self.extreme) || word.len() > 5 && word.ends_with("est")
        };
        start.checked_sub(1).is_some_and(|at| is(at, self.within))
            && !(start..=end).any(|at| is(at, self.not_within))
            && !(start.saturating_sub(REACH)..start).any(extreme)
    }

    /// Whether "ahead of the", "in the run-up to the" stands before the expression.
    fn forward_of(&self, view: &View, start: usize) -> bool {
        let is = |back: usize, symbol: Option<Symbol>| {
            start.checked_sub(back).zip(symbol).is_some_and(|(at, symbol)| view.is(at, symbol))
        };
        let the = usize::from(is(1, self.determiner));
        is(the + 1, self.forward_link) && is(the + 2, self.forward_of)
    }

    /// Whether the verb before the expression tells of a state that lasted: "served until December".
    fn lasted(&self, view: &View, start: usize) -> bool {
        let told = |at: &usize| self.past.is_some_and(|s| view.is(*at, s)) || past_form(view.word(*at));
        let verb = (start.saturating_sub(REACH)..start).rev().find(told);
        verb.zip(self.lasting).is_some_and(|(at, symbol)| view.is(at, symbol))
    }

    /// Whether the expression is the date of a paper that is cited: "reftel of May 3", "the letter dated June 2".
    fn cited(&self, view: &View, start: usize) -> bool {
        let is = |at: usize, symbol: Option<Symbol>| symbol.is_some_and(|s| view.is(at, s));
        let links = (start.saturating_sub(3)..start).rev().take_while(|&at| is(at, self.cited_link)).count();
        links > 0 && start.checked_sub(links + 1).is_some_and(|at| is(at, self.cited))
            || start.checked_sub(1).is_some_and(|at| is(at, self.cited) && is(at, self.cited_link))
    }

    /// Whether the expression is an attribute of what is held on a day fixed before: "the December Duma elections".
    fn fixes(&self, view: &View, end: usize) -> bool {
        let until = view.tokens.len().min(end + ATTRIBUTES);
        let is = |at: usize, symbol: Option<Symbol>| symbol.is_some_and(|s| view.is(at, s));
        let inside = |at: &usize| view.word(*at).starts_with(char::is_alphabetic) && !is(*at, self.function);
        (end..until).take_while(inside).any(|at| is(at, self.fixed))
    }

    /// What the words behind the expression tell. Behind a comma stands another clause ("in March, an official said"),
    /// unless the expression opens its own ("On Monday, he left").
    fn right(&self, view: &View, start: usize, end: usize) -> Direction {
        let until = view.tokens.len().min(end + REACH);
        let comma =
            if opens(view, start) { until } else { (end..until).find(|&i| view.word(i) == ",").unwrap_or(until) };
        self.first(view, end..comma, comma)
    }

    /// The first marker of a run of tokens; no infinitive reaches `limit`.
    fn first(&self, view: &View, range: impl Iterator<Item = usize>, limit: usize) -> Direction {
        let is = |at, symbol: Option<Symbol>| symbol.is_some_and(|s| view.is(at, s));
        let mut infinitive = false;
        for at in range {
            if is(at, self.clause) {
                return Direction::Unknown;
            }
            if is(at, self.to) && at + 1 < limit && self.verb(view, at + 1) {
                infinitive = true;
                // "is to meet", "are to leave", "a report to be published"; "said to be held" tells nothing.
                let told = at > 0 && (is(at - 1, self.past) || past_form(view.word(at - 1)));
                if at > 0 && (is(at - 1, self.passive) || is(at + 1, self.be) && !told && !is(at - 1, self.govern)) {
                    return Direction::Future;
                }
            }
            // "As planned", "as previously scheduled": an aside.
            let aside = || (1..=2).any(|back| at >= back && is(at - back, self.as_));
            if (is(at, self.future) || is(at, self.govern)) && aside() {
                continue;
            }
            let set_for = is(at, self.set) && is(at + 1, self.for_);
            if set_for || infinitive && is(at, self.govern) || is(at, self.future) {
                // "had been due to expire": what was planned then is past now.
                let over = at > 0 && is(at - 1, self.perfect);
                // "agreed to meet in May" was said in the past: May may have been.
                let at_first = at > 0 && is(at - 1, self.at_first);
                let planned = at_first || infinitive && is(at, self.govern) && view.word(at).ends_with("ed");
                return match (over, planned) {
                    (true, _) => Direction::Past,
                    (_, true) => Direction::Planned,
                    _ => Direction::Future,
                };
            }
            // "to be released", "is expected": the auxiliary before the participle tells. "an unspecified date": no verb.
            // "to hit", "may cut": the form is that of the past, but it is an infinitive.
            // "May" with a capital inside a clause is the month.
            let modal = |at: usize| {
                is(at, self.modal) && (at == 0 || view.word(at).starts_with(|c: char| c.is_ascii_lowercase()))
            };
            let infinite = at > 0 && (is(at - 1, self.to) || modal(at - 1));
            let passive = at > 0 && (is(at - 1, self.passive) || is(at - 1, self.determiner));
            if !passive && !infinite && (is(at, self.past) || past_form(view.word(at))) {
                return match self.pluperfect(view, at) {
                    true => Direction::Earlier,
                    // "Has invited the envoy for May 3": the nearer one is meant.
                    false if is(at, self.inviting) => Direction::Planned,
                    false => Direction::Past,
                };
            }
        }
        Direction::Unknown
    }

    /// Whether the verb in the past at a token is part of a pluperfect: "had left", "had not yet been heard".
    fn pluperfect(&self, view: &View, at: usize) -> bool {
        let had = |at: usize| self.had.is_some_and(|s| view.is(at, s));
        let participle = |at: usize| {
            let word = view.word(at);
            self.past.is_some_and(|s| view.is(at, s))
                || past_form(word)
                || ["en", "wn", "ne"].iter().any(|e| word.ends_with(e))
        };
        let adverb = |at: usize| view.word(at).ends_with("ly") || self.adverb.is_some_and(|s| view.is(at, s));
        if had(at) {
            let verb = (at + 1..view.tokens.len()).find(|&at| !adverb(at)).unwrap_or(at);
            return verb - at < ATTRIBUTES && !had(verb) && participle(verb);
        }
        (at.saturating_sub(ATTRIBUTES)..at).rev().find(|&at| !adverb(at) && !participle(at) || had(at)).is_some_and(had)
    }

    /// Whether a token behind "to" may be an infinitive: a word in lower case that opens no noun phrase.
    fn verb(&self, view: &View, at: usize) -> bool {
        view.word(at).starts_with(|c: char| c.is_ascii_lowercase()) && !self.function.is_some_and(|s| view.is(at, s))
    }
}

/// Whether an expression, perhaps with its preposition, opens a clause.
fn opens(view: &View, start: usize) -> bool {
    let parts = |at: usize| !view.word(at).chars().any(char::is_alphanumeric);
    let before = |n: usize| start.checked_sub(n).is_none_or(parts);
    before(1) || before(2)
}

/// Whether a word has the ending of the regular past.
pub(super) fn past_form(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed") && word.starts_with(|c: char| c.is_lowercase())
}
