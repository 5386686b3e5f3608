//! How alike two accounts are, what forbids them to tell of one event, and what shows that they do.
//!
//! Likeness alone joins nothing: two acts of one meeting share day, actors and kind. It takes a sign that the same act is
//! told again: its name, a definite description, both sides on the same days, or what the sentences say of it.

use super::profile::{Profile, Standing};
use crate::date::{Precision, Span};
use crate::event::EventType;
use rustc_hash::FxHashMap;

/// Weights of the parts of likeness (reference/events.md §5.6).
const DATE: f64 = 0.30;
const ACTORS: f64 = 0.25;
const KIND: f64 = 0.20;
const NAMES: f64 = 0.15;
const PLACE: f64 = 0.10;

/// Likeness of accounts that no sign shows to be one event is no higher than this.
const UNPROVEN: f64 = 0.45;
/// Likeness that a sign of each kind gives: a definite description, both sides on the same days, a part of a visit.
const TOLD_AGAIN: f64 = 0.8;
const BOTH_SIDES: f64 = 0.75;
const DESCRIBED: f64 = 0.7;
/// Likeness of what a summary and the text below tell in words that are hardly the same, to which what they share is added.
const SUMMED_UP: f64 = 0.65;
/// Sentences that share this much of what they tell tell of one event; in other words of one zone, less is enough than
/// where a summary may speak of the same in its own.
const SAME_CONTENT: f64 = 0.5;
const SAME_ACT: f64 = 0.35;
const SAME_STORY: f64 = 0.65;
/// Words shared below which two sentences say too little to be compared.
const SHARED: f64 = 4.0;
/// Days after an announcement without an end in which what is done may be what was announced.
pub const PLANNED: u64 = 731;
/// Letters that two words made of one another share at least, and how much longer they may be.
const STEM: usize = 4;
const ENDING: usize = 5;
/// Days that a visit lasts at the most.
const VISIT: i64 = 10;
/// The zone of what a document sums up.
const SUMMARY: &str = "summary";
/// Days of an interval that says as much as a month.
const FORTNIGHT: i64 = 14;

impl Profile<'_> {
    /// What speaks against one event, whatever the likeness.
    pub fn forbids(&self, other: &Profile) -> bool {
        let family = self.family.is_some() && self.family == other.family && self.document == other.document;
        if self.standing != other.standing || self.kind != other.kind && !(family && self.speech && other.speech) {
            return true;
        }
        if self.span.intersect(other.span).is_none() {
            return true;
        }
        match (&self.named, &other.named) {
            (Some(a), Some(b)) => return a != b,
            // Besides its name, only a known day ties an account to an event that has one.
            (None, None) => {}
            _ => return self.precision.max(other.precision) > Precision::Day,
        }
        if self.print == other.print {
            return false;
        }
        // Two words of one sentence are two acts, but for a visit and the talks held on it.
        let same_sentence = self.document == other.document && self.sentence == other.sentence;
        same_sentence && !self.lexicon.holds(self.family, other.family)
            || self.counts_otherwise(other)
            || self.contradicts(other)
    }

    /// Whether both are told by the name of one event, on days that agree.
    pub fn one_name(&self, other: &Profile) -> bool {
        self.named.is_some() && self.named == other.named && !self.forbids(other)
    }

    /// Whether this is what `plan` announced: the same act by the same sides, on days within those of the plan.
    pub fn realises(&self, plan: &Profile) -> bool {
        let told = self.standing == Standing::Real && plan.standing == Standing::Ahead && self.kind == plan.kind;
        let (days, planned) = (self.span, plan.span);
        let begun = planned.earliest.is_some_and(|p| days.earliest.is_some_and(|d| d >= p));
        let open = planned.earliest.and_then(|e| e.checked_add_days(chrono::Days::new(PLANNED)));
        let in_time = planned.latest.or(open).is_some_and(|p| days.latest.is_some_and(|d| d <= p));
        let act = self.same_word(plan) || self.subtype.is_some() && self.subtype == plan.subtype;
        // One side alone is too little, but where the very words come again.
        let sides = shared(&self.tops, &plan.tops) > 1
            || shared(&self.tops, &plan.tops) == 1
                && common(&self.words, &plan.words, &Weights::default()) >= SAME_CONTENT;
        told && begun && in_time && act && sides && !self.contradicts(plan) && !self.counts_otherwise(plan)
    }

    /// Whether other persons, places or sides take part.
    fn contradicts(&self, other: &Profile) -> bool {
        let elsewhere = self.place.is_some() && other.place.is_some() && self.place != other.place;
        if self.document != other.document {
            return self.recurrent() && other.recurrent() && (apart(&self.persons, &other.persons) || elsewhere);
        }
        let state = |codes: &[String]| -> Vec<String> {
            codes.iter().map(|c| c.split('.').next().unwrap_or(c).to_string()).collect()
        };
        // "The journalist was killed" may be of one whom another sentence names.
        let once = self.lexicon.is_once(self.family) && self.family == other.family;
        let unnamed = |p: &Profile| once && p.persons.iter().all(|c| is_part(c));
        let others = !unnamed(self)
            && !unnamed(other)
            && apart(&self.persons, &other.persons)
            && !apart(&state(&self.persons), &state(&other.persons));
        let sides = !self.tops.is_empty()
            && !other.tops.is_empty()
            && !within(&self.tops, &other.tops)
            && shared(&self.tops, &other.tops) < 2;
        elsewhere || others || sides
    }

    /// Happens again and again between the same actors, so that likeness of actors and kind proves nothing.
    fn recurrent(&self) -> bool {
        let unique = matches!(
            self.subtype.as_deref(),
            Some("base.evict" | "treaty.sign" | "treaty.nonrenew" | "treaty.withdraw" | "massacre" | "independence")
        );
        !unique
    }

    /// Likeness, 0..1. `weight` gives how telling a name or word is (rare ones tell most).
    pub fn likeness(&self, other: &Profile, weight: &Weights) -> f64 {
        if self.print == other.print || self.named.is_some() && self.named == other.named {
            return 1.0;
        }
        let content = common(&self.words, &other.words, weight);
        let broad = self.broad(other, weight);
        let sign = if self.document == other.document {
            self.told_in_one_text(other, content, weight)
        } else {
            self.told_elsewhere(other, content, broad)
        };
        sign.unwrap_or(broad.min(UNPROVEN))
    }

    /// The same kind of act by the same side, on the same day at the same place; told with the same word, or once by
    /// its name ("fired into the crowd in Andijan on 13 May", "the Andijan events").
    fn one_scene(&self, other: &Profile) -> bool {
        let day = self.precision == Precision::Day && self.span == other.span;
        let place = self.place.is_some() && self.place == other.place;
        let told = self.same_word(other) || self.named.is_some() != other.named.is_some();
        let acts = !self.speech && !other.speech && self.kind != EventType::Consult;
        day && place && told && acts && shared(&self.tops, &other.tops) > 0
    }

    /// What befalls a person once in a text: "the murder of Testova", "her death", "the assassination".
    fn befell_once(&self, other: &Profile) -> bool {
        let once = self.lexicon.is_once(self.family) && self.family == other.family;
        let same = shared(&self.victims, &other.victims) > 0;
        // "The assassination", not "the assassination of Testov".
        let known = |p: &Profile| p.victims.is_empty() && p.again && p.definite;
        once && (same || (known(self) || known(other)) && shared(&self.tops, &other.tops) > 0)
    }

    /// What a summary tells and the text below tells again in its own words: the same kind of act by the same side, and
    /// rare words in common. Of what is said there is too much in a cable for that.
    fn summed_up(&self, other: &Profile, weight: &Weights) -> bool {
        use EventType::*;
        let above = (self.zone == SUMMARY) != (other.zone == SUMMARY);
        let seldom = !matches!(self.kind, Consult | Statement | Other);
        let act = self.same_word(other) || seldom && self.kind == other.kind;
        above && act && shared(&self.tops, &other.tops) > 0 && weight.rare(&self.plain, &other.plain) > 1
    }

    /// "Agreed in May to rejoin", "In May they made a commitment to rejoin": the same word for what is dated alike by
    /// each sentence itself, with rare words in common. On one day two persons may tell much the same.
    fn dated_alike(&self, other: &Profile, weight: &Weights) -> bool {
        if matches!(self.kind, EventType::Consult | EventType::Statement) {
            return false;
        }
        let own = |p: &Profile| p.dated && p.precision <= Precision::Month;
        let same = own(self) && own(other) && self.span == other.span && self.same_word(other);
        same && shared(&self.all, &other.all) > 0 && weight.rare(&self.words, &other.words) > 1
    }

    /// "On May 3 the premier told the Ambassador" opens the conversation that is elsewhere called their meeting.
    fn opens(&self, other: &Profile) -> bool {
        let meets = |p: &Profile| p.subtype.as_deref() == Some("meeting");
        let told = |p: &Profile| self.lexicon.is_telling(p.family) && !p.scene && !p.again && !p.adrift;
        let day = self.span == other.span && self.precision.max(other.precision) == Precision::Day;
        let both = shared(&self.persons, &other.persons) > 1 && shared(&self.tops, &other.tops) > 1;
        (told(self) && meets(other) || meets(self) && told(other)) && day && both
    }

    /// What shows that two accounts of one document are one event, as a likeness.
    fn told_in_one_text(&self, other: &Profile, content: f64, weight: &Weights) -> Option<f64> {
        let same_days = self.span == other.span;
        let close = same_days && self.fine();
        let sides = shared(&self.tops, &other.tops);
        let person = shared(&self.persons, &other.present) > 0 || shared(&self.present, &other.persons) > 0;
        let known = self.definite || other.definite;
        let word = self.same_word(other);
        let acts = !self.speech && !other.speech;
        if self.one_scene(other) || self.opens(other) {
            return Some(BOTH_SIDES);
        }
        if self.befell_once(other) {
            return Some(TOLD_AGAIN);
        }
        if word && acts {
            if same_days && (self.again && self.definite || other.again && other.definite) {
                return Some(TOLD_AGAIN);
            }
            if close && (sides > 1 || person && known) {
                return Some(BOTH_SIDES);
            }
            let drifts = self.adrift || other.adrift;
            let scene = (self.scene || other.scene) && shared(&self.all, &other.all) == 0;
            if close && known && !drifts && !scene {
                return Some(DESCRIBED);
            }
        }
        if !self.recurrent() && self.subtype == other.subtype && same_days && sides > 1 {
            return Some(BOTH_SIDES);
        }
        let stay =
            self.lexicon.holds(self.family, other.family) && same_days && self.span.days().is_some_and(|d| d <= VISIT);
        if stay && acts && person && shared(&self.all, &other.all) > 1 {
            return Some(DESCRIBED);
        }
        if self.dated_alike(other, weight) {
            return Some(DESCRIBED);
        }
        if self.summed_up(other, weight) {
            return Some(SUMMED_UP + 0.1 * content);
        }
        // Joining, leaving, suspending: fewer in a text than meetings, so that less has to be said of them again.
        let seldom = acts && self.kind != EventType::Consult && self.subtype.is_some() && self.subtype == other.subtype;
        let enough = if seldom { SAME_ACT } else { SAME_CONTENT };
        let retold = if word { content >= enough } else { content >= SAME_STORY && self.zone != other.zone };
        (retold && sides > 0).then_some(0.6 + 0.4 * content)
    }

    /// What shows that accounts of two documents are one event, as a likeness.
    fn told_elsewhere(&self, other: &Profile, content: f64, broad: f64) -> Option<f64> {
        if self.one_scene(other) {
            return Some(broad.max(BOTH_SIDES));
        }
        let alike = self.same_word(other) || self.subtype.is_some() && self.subtype == other.subtype;
        if !alike || broad < 0.6 {
            return None;
        }
        let words = self.words.iter().filter(|w| other.words.binary_search(w).is_ok()).count();
        if content >= 0.6 && words as f64 >= 1.5 * SHARED {
            return Some(broad.max(0.65));
        }
        let bounded = self.span.days().is_some() && other.span.days().is_some();
        if self.adrift || other.adrift || !bounded || !self.fine() && !other.fine() {
            return None;
        }
        if content >= 0.45 {
            return Some(broad.max(0.65));
        }
        if self.speech && other.speech {
            return None;
        }
        let pair = self.fine() && other.fine() && shared(&self.tops, &other.tops) > 1;
        let one_day = self.precision.max(other.precision) == Precision::Day;
        let day = one_day && overlap(&self.tops, &other.tops) >= 0.5;
        (pair || day).then_some(broad)
    }

    /// Whether its date says more than a season: only few acts of a kind fall into it.
    fn fine(&self) -> bool {
        self.precision <= Precision::Season || self.span.days().is_some_and(|d| d <= FORTNIGHT)
    }

    /// The same verb or noun, one made of the other ("refused", "refusal"), or one of its family.
    fn same_word(&self, other: &Profile) -> bool {
        let (a, b) = (&self.lemma, &other.lemma);
        let begin = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
        let (short, long) = {
            let (a, b) = (a.chars().count(), b.chars().count());
            (a.min(b), a.max(b))
        };
        let stem = begin >= STEM && begin + 3 >= short && begin + ENDING >= long;
        a == b || stem || self.family.is_some() && self.family == other.family
    }

    /// Likeness of dates, actors, kind, names and place together, 0..1.
    fn broad(&self, other: &Profile, weight: &Weights) -> f64 {
        let date = self.date_likeness(other);
        let actors = overlap(&self.tops, &other.tops).max(0.8 * overlap(&self.all, &other.all));
        let persons = if shared(&self.persons, &other.persons) > 0 { 0.2 } else { 0.0 };
        let kind = if self.lemma == other.lemma {
            1.0
        } else if self.subtype.is_some() && self.subtype == other.subtype {
            0.9
        } else {
            0.5
        };
        let place = match (&self.place, &other.place) {
            (Some(a), Some(b)) if a == b => 1.0,
            (None, None) => 0.4,
            _ => 0.3,
        };
        let names = share(&self.names, &other.names, weight);
        DATE * date + ACTORS * (actors + persons).min(1.0) + KIND * kind + NAMES * names + PLACE * place
    }

    fn date_likeness(&self, other: &Profile) -> f64 {
        let (Some(a), Some(b)) = (self.span.days(), other.span.days()) else {
            return if self.span == other.span && self.document == other.document { 0.5 } else { 0.25 };
        };
        let shared = self.span.intersect(other.span).and_then(Span::days).unwrap_or(0);
        let union = (a + b - shared).max(1);
        let fine = self.precision.max(other.precision);
        let trust = match fine {
            Precision::Day => 1.0,
            Precision::Week => 0.95,
            Precision::Month => 0.9,
            Precision::Season | Precision::Range => 0.75,
            _ => 0.6,
        };
        // A day inside a month agrees with the month better than their sizes say.
        let inside = if shared == a.min(b) { 0.5 } else { 0.0 };
        trust * (shared as f64 / union as f64).max(inside)
    }
}

/// Whether a code is of a part of a state ("RUS.JRN") rather than of a person; parts have three letters.
fn is_part(code: &str) -> bool {
    code.split('.').nth(1).is_some_and(|part| part.len() == 3)
}

fn shared(a: &[String], b: &[String]) -> usize {
    a.iter().filter(|x| b.contains(x)).count()
}

fn within(a: &[String], b: &[String]) -> bool {
    let in_common = shared(a, b);
    in_common == a.len() || in_common == b.len()
}

fn apart(a: &[String], b: &[String]) -> bool {
    !a.is_empty() && !b.is_empty() && shared(a, b) == 0
}

/// Share of the smaller list that is in the other, Jaccard-tempered.
fn overlap(a: &[String], b: &[String]) -> f64 {
    let shared = shared(a, b) as f64;
    let (small, union) = (a.len().min(b.len()) as f64, (a.len() + b.len()) as f64 - shared);
    if small == 0.0 { 0.0 } else { 0.5 * shared / small + 0.5 * shared / union }
}

/// How much of what the shorter of two lists tells the other tells too, 0..1. The lists are sorted.
fn share(a: &[u64], b: &[u64], weight: &Weights) -> f64 {
    let of = |t: &u64| weight.of(*t);
    let both: f64 = a.iter().filter(|t| b.binary_search(t).is_ok()).map(of).sum();
    let least = a.iter().map(of).sum::<f64>().min(b.iter().map(of).sum());
    if least > 0.0 { (both / least).min(1.0) } else { 0.0 }
}

/// [`share`], less where they have only few words in common.
fn common(a: &[u64], b: &[u64], weight: &Weights) -> f64 {
    let words = a.iter().filter(|t| b.binary_search(t).is_ok()).count() as f64;
    share(a, b, weight) * (words / SHARED).min(1.0)
}

/// How telling each name and word is: the logarithm of how few accounts have it.
#[derive(Debug, Default)]
pub struct Weights {
    of: FxHashMap<u64, f64>,
    /// What a word of few accounts weighs at least.
    rare: f64,
}

impl Weights {
    /// Counts names and words in the accounts.
    pub fn new(profiles: &[Profile]) -> Self {
        let mut counts: FxHashMap<u64, f64> = FxHashMap::default();
        for profile in profiles {
            let more = profile.words.iter().filter(|w| profile.names.binary_search(w).is_err());
            for term in profile.names.iter().chain(more) {
                *counts.entry(*term).or_default() += 1.0;
            }
        }
        let n = profiles.len().max(2) as f64;
        let of = counts.into_iter().map(|(term, count)| (term, (n / count).ln().max(0.05))).collect();
        Weights { of, rare: n.ln() / 2.0 }
    }

    fn of(&self, term: u64) -> f64 {
        self.of.get(&term).copied().unwrap_or(1.0)
    }

    /// Rare words that both lists have. The lists are sorted.
    fn rare(&self, a: &[u64], b: &[u64]) -> usize {
        a.iter().filter(|t| b.binary_search(t).is_ok() && self.of(**t) >= self.rare && self.rare > 0.0).count()
    }
}
