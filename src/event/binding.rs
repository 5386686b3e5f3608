//! Which time expression, if any, a trigger is bound to, and how it bounds the event.

use super::counted::is_counted_from;
use super::dating::Tense;
use super::facts::Facts;
use super::lexicon::{Lexicon, Part};
use super::said::{follows, in_content, is_said, is_topic, of_content, of_object, told_once};
use super::story::MONTH_DAYS;
use super::trigger::Found;
use super::worth::tense;
use super::{Modality, modality};
use crate::date::NaiveDate;
use crate::text::syntax::{Form, Relation as Dep, Upos};
use crate::timex::{Relation, Timex, TimexKind};

/// A century has at least so many days.
const CENTURY_DAYS: i64 = 36_500;

/// A time that opens its sentence has at most so many words before it: "In early".
const OPENING_WORDS: usize = 2;

/// Words between a verb and the time behind its object at the most.
const LINE: usize = 9;

/// Words between two dates told together at the most: "and", a comma.
const JOINT: usize = 2;

/// How closely a time expression hangs on a trigger, closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// Inside the trigger's own phrase ("the May 2005 massacre", "met on Monday").
    Bound,
    /// On the verb that carries or governs a noun ("the talks were held in May").
    Clause,
    /// On a verb coordinated with the trigger's ("lost power and was arrested in 2001").
    Coordinated,
    /// On the verb that reports it ("said on Monday that they had met").
    Reporting,
    /// Elsewhere in the sentence, on nothing else.
    Sentence,
}

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
    let finite = tree.form(found.head) == Form::Past || tree.has(found.head, &[Dep::Aux, Dep::AuxPass]) || beside;
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

/// How closely the expression headed by `top` hangs on the trigger; `None` where it belongs to something else. `past`
/// says that it lies before the day of the telling, `day` that it is one day.
fn tie(
    facts: &Facts,
    lexicon: &Lexicon,
    found: &Found,
    (top, past, day): (usize, bool, bool),
    others: &[usize],
) -> Option<Tie> {
    let tree = facts.tree;
    let carrier = carrier(facts, found);
    // "the May 2005 massacre, when troops fired": the clause tells what its noun is dated to.
    let clause = clause(facts, found);
    let when = clause.filter(|&c| has_when(facts, lexicon, c) && top < c);
    let told_of = when.filter(|&c| tree.relation(c) == Dep::AclRelcl).and_then(|c| tree.head(c));
    if top == found.head || told_of == Some(top) {
        return Some(Tie::Clause);
    }
    let mut below = top;
    for above in tree.ancestors(top) {
        if above == found.head {
            return Some(Tie::Bound);
        }
        if carrier == Some(above) || told_of == Some(above) {
            return Some(Tie::Clause);
        }
        // "the 1992 evacuation": an attribute dates its noun and nothing else, unless that noun frames the trigger
        // ("noted in his 2003 study", "following a 1991 referendum").
        if tree.is_noun(above)
            && attributive(facts, below)
            && !attributive(facts, above)
            && tree.relation(above) != Dep::Flat
        {
            if frames(facts, lexicon, found, carrier, above) {
                return Some(Tie::Sentence);
            }
            // "issued a May 3 decree": what the act brings forth is as old as the act.
            if brought_forth(facts, lexicon, found, above) || takes_part(facts, lexicon, found, above) {
                return Some(Tie::Clause);
            }
            return when.map(|_| Tie::Clause);
        }
        if occurs(facts, lexicon, found, above) {
            return Some(Tie::Bound);
        }
        if others.contains(&above) && tree.is_noun(above) && !frames(facts, lexicon, found, carrier, above) {
            return None;
        }
        if tree.is_predicate(above) {
            return at_predicate(facts, lexicon, found, (above, top, past, day), others);
        }
        below = above;
    }
    (!others.iter().any(|&o| tree.under(top, o))).then_some(Tie::Sentence)
}

/// Whether an expression stands in one line with the trigger's verb, whatever the tree says: right behind the object that
/// follows it ("opened its borders on Thursday night and"), or in front of its subject, where it opens the sentence.
/// Nothing that has a time of its own stands between them.
fn in_line(facts: &Facts, found: &Found, timex: &Timex, others: &[usize]) -> bool {
    let tree = facts.tree;
    let finite = tree.form(found.head) == Form::Past || tree.has(found.head, &[Dep::Aux, Dep::AuxPass]);
    let noun = |w: usize| w < tree.len() && matches!(tree.upos(w), Upos::Noun | Upos::Propn | Upos::Adj);
    if found.part != Part::Verb || !finite {
        return false;
    }
    let behind = timex.tokens.start > found.head;
    let (first, last) = if behind { (found.head + 1, timex.tokens.start) } else { (timex.tokens.end, found.head) };
    // Behind an object stands "on Thursday", never "of Thursday" nor an attribute ("the 1997 accord").
    let adverbial = if behind {
        // A name has no time of its own: "handed over to Smith in February".
        let named = || last >= 2 && last - 2 > found.head && tree.upos(last - 2) == Upos::Propn;
        (tree.lower[last - 1] == "on" || tree.lower[last - 1] == "in" && named()) && !noun(timex.tokens.end)
    } else {
        timex.tokens.start <= 1 && timex.relation == Relation::At
    };
    let own = |w: usize| match tree.upos(w) {
        // "told the visiting envoy"
        Upos::Verb => tree.relation(w) == Dep::Amod || tree.form(w) == Form::Gerund && noun(w + 1),
        Upos::Sconj | Upos::Cconj => false,
        Upos::Punct => !behind && w == first && tree.lower[w] == ",",
        Upos::Pron => tree.form(w) != Form::Wh,
        _ => !facts.times.iter().any(|t| t.tokens.contains(&w)),
    };
    adverbial && last - first <= LINE && (first..last).all(|w| own(w) && (!behind || !others.contains(&w)))
}

/// Whether `verb` heads a clause that says of the trigger's noun that it takes place: "the talks slated for May", "the
/// accord that they signed in October", "the meeting that was held last week". Its time is the noun's.
fn occurs(facts: &Facts, lexicon: &Lexicon, found: &Found, verb: usize) -> bool {
    let tree = facts.tree;
    if found.part != Part::Noun || !lexicon.is("order.occurring", &tree.lemma(verb).to_lowercase()) {
        return false;
    }
    let mut at = verb;
    while tree.relation(at) == Dep::Xcomp
        && let Some(head) = tree.head(at)
    {
        at = head;
    }
    matches!(tree.relation(at), Dep::Acl | Dep::AclRelcl) && tree.head(at) == Some(found.head)
}

/// Whether a noun is the trigger's own object and not known before: "issued a decree".
fn brought_forth(facts: &Facts, lexicon: &Lexicon, found: &Found, noun: usize) -> bool {
    let tree = facts.tree;
    found.part == Part::Verb
        && tree.relation(noun) == Dep::Obj
        && tree.head(noun) == Some(found.head)
        && tree.with(noun, &[Dep::Det]).any(|d| lexicon.is("anaphora.indefinite", &tree.lower[d]))
}

/// Whether the trigger tells that somebody took part in the event of `noun`: "attended the May 3 congress".
fn takes_part(facts: &Facts, lexicon: &Lexicon, found: &Found, noun: usize) -> bool {
    let tree = facts.tree;
    found.part == Part::Verb
        && matches!(tree.relation(noun), Dep::Obj | Dep::Obl | Dep::NsubjPass)
        && tree.head(noun) == Some(found.head)
        && lexicon.is("order.partaking", &tree.lemma(found.head).to_lowercase())
}

/// The predicate of the clause that a trigger stands in: itself, or the one above it.
fn clause(facts: &Facts, found: &Found) -> Option<usize> {
    let tree = facts.tree;
    if tree.is_predicate(found.head) { Some(found.head) } else { tree.governor(found.head) }
}

/// The verb that carries or governs a noun as its subject, object or complement.
fn carrier(facts: &Facts, found: &Found) -> Option<usize> {
    let tree = facts.tree;
    found.args.light.or_else(|| {
        let head = tree.head(found.head)?;
        let relation = tree.relation(found.head);
        let argument = relation.is_subject() || matches!(relation, Dep::Obj | Dep::Obl | Dep::Iobj);
        (tree.is_noun(found.head) && argument && tree.is_predicate(head)).then_some(head)
    })
}

/// Whether word `i` stands before its noun as an attribute.
pub fn attributive(facts: &Facts, i: usize) -> bool {
    let relation = facts.tree.relation(i);
    matches!(relation, Dep::Compound | Dep::Amod | Dep::Nummod | Dep::NmodPoss | Dep::NmodUnmarked | Dep::NmodDesc)
}

/// Whether a word stands before the noun `head` as an attribute, of it or of a name before it: "the June 15 Trade Board
/// announcement".
fn attribute_of(facts: &Facts, word: usize, head: usize) -> bool {
    let mut at = word;
    while at < head && attributive(facts, at) {
        match facts.tree.head(at) {
            Some(above) if above == head => return true,
            Some(above) => at = above,
            None => break,
        }
    }
    false
}

/// Whether the noun `event` frames the trigger in time: "accused the West during his visit in December", "directed it
/// as a result of the July summit".
fn frames(facts: &Facts, lexicon: &Lexicon, found: &Found, carrier: Option<usize>, event: usize) -> bool {
    let tree = facts.tree;
    let head = tree.head(event);
    let anchor = clause(facts, found);
    let of_trigger = head == Some(found.head) || head.is_some() && (head == carrier || head == anchor);
    let case = tree.case(event);
    // "As a result of the summit", "in the wake of the vote": the marker's noun hangs on the trigger, the event on it.
    if let Some((marker, noun)) = marker(facts, event)
        && lexicon.is("order.after", &marker)
    {
        let head = tree.head(noun);
        return head == Some(found.head) || head.is_some() && (head == carrier || head == anchor);
    }
    // "Expressed his condolences over the May bombing": what is said is about it, and later.
    let about = is_said(facts, lexicon, found) && lexicon.is("order.about", &case);
    of_trigger
        && !about
        && (lexicon.is("order.within", &case) || lexicon.is("order.after", &case) || lexicon.is("order.before", &case))
}

/// A marker of several words before a noun that the parser takes apart: "as a result of" and its noun "result".
fn marker(facts: &Facts, noun: usize) -> Option<(String, usize)> {
    let tree = facts.tree;
    let above = tree.head(noun).filter(|&h| tree.is_noun(h) && h < noun)?;
    let first = tree.with(above, &[Dep::Case]).next()?;
    let last = tree.with(noun, &[Dep::Case]).next().filter(|&l| first < above && above < l)?;
    Some((tree.lower.get(first..=last)?.join(" "), above))
}

/// Whether the trigger stands in a clause that says what happened at the noun or name headed by `noun`, before it.
pub fn tells_of(facts: &Facts, lexicon: &Lexicon, found: &Found, noun: usize) -> bool {
    let tree = facts.tree;
    let clause = clause(facts, found);
    clause.is_some_and(|c| has_when(facts, lexicon, c) && noun < c && (tree.head(c) == Some(noun) || c - noun < 8))
}

/// Whether an expression stands right before the "when" of the trigger's clause: "returned in August 2006, when they
/// signed".
fn opens(facts: &Facts, lexicon: &Lexicon, found: &Found, timex: &Timex) -> bool {
    let tree = facts.tree;
    // Parsers hang the "when" on whatever comes next, so that the order of the words counts and not the tree.
    let verb = clause(facts, found).unwrap_or(found.head);
    let next = (timex.tokens.end..verb).find(|&w| tree.upos(w) != Upos::Punct);
    next.is_some_and(|w| {
        lexicon.is("order.telling", &tree.lower[w]) && !(w + 1..verb).any(|between| tree.is_predicate(between))
    })
}

/// Whether a clause says when or where ("when", "where", "in which").
fn has_when(facts: &Facts, lexicon: &Lexicon, clause: usize) -> bool {
    let wh = |c: usize| lexicon.is("order.telling", &facts.tree.lower[c]);
    facts.tree.with(clause, &[Dep::Advmod, Dep::Mark, Dep::Obl]).any(wh)
}

/// The tie to a trigger other than `verb`, for an expression that hangs on the predicate `verb`.
fn at_predicate(
    facts: &Facts,
    lexicon: &Lexicon,
    found: &Found,
    (verb, top, past, day): (usize, usize, bool, bool),
    others: &[usize],
) -> Option<Tie> {
    let tree = facts.tree;
    let anchor = clause(facts, found).unwrap_or(found.head);
    if anchor == verb {
        return Some(Tie::Clause);
    }
    if tree.syntax.first_conjunct(anchor) == tree.syntax.first_conjunct(verb) {
        // "They backed a meeting, and it could be held on Monday": a clause with a subject of its own keeps the time
        // that follows its verb to itself.
        let own = |w: usize| {
            tree.relation(w).is_subject()
                && tree.head(w).is_some_and(|h| h == verb || h < top && tree.relation(h) == Dep::Conj)
        };
        let apart = anchor < verb && verb < top && (anchor + 1..top).any(own);
        // "Left the pact, and in December returned": what stands before the later verb is that verb's.
        let before = |w: usize| tree.relation(w) == Dep::Cc && tree.head(w) == Some(verb);
        // "Guards arrived on May 3, and the mayor protested": a day behind one verb is not that of another subject's.
        let next =
            |w: usize| tree.relation(w).is_subject() && tree.head(w) == Some(anchor) && tree.upos(w) != Upos::Pron;
        let past = |w: usize| tree.form(w) == Form::Past;
        let apart = apart || day && verb < top && past(verb) && past(anchor) && (top + 1..anchor).any(next);
        let apart = apart || top < verb && (anchor + 1..top).any(before);
        return (!apart).then_some(Tie::Coordinated);
    }
    if tree.under(verb, anchor) {
        // "While attending a congress in May, he …", "came when the general visited in July": a clause that says when.
        // The time of what the trigger's complement or any other clause tells is not the trigger's.
        let marked = tree.with(verb, &[Dep::Mark, Dep::Advmod]).any(|m| lexicon.is("order.clause", &tree.lower[m]));
        let near = tree.head(verb) == Some(anchor) && tree.relation(verb) == Dep::Advcl;
        // "agreed to rejoin in May": what is past dates what was agreed, not what was to come of it.
        return (near && marked || past && pulls_up(facts, anchor, verb)).then_some(Tie::Sentence);
    }
    if tree.under(anchor, verb) {
        // "agreed on Saturday to send a mission": on that day it was agreed.
        let infinitive = tree.with(anchor, &[Dep::Mark]).any(|m| tree.lower[m] == "to");
        let complement = tree.head(anchor) == Some(verb) && matches!(tree.relation(anchor), Dep::Xcomp | Dep::Ccomp);
        let put = |list: &str| lexicon.is(list, &tree.lemma(verb).to_lowercase());
        let planned = || {
            (put("modality.planning") || put("modality.supposing") || put("saying.verbs"))
                && matches!(modality::of(tree, lexicon, found), Modality::Future | Modality::Hypothetical)
        };
        if infinitive && complement && top < anchor && tree.form(verb) == Form::Past && planned() {
            return Some(Tie::Reporting);
        }
        let mut at = anchor;
        let mut content_of = tree.relation(at) == Dep::Ccomp;
        while let Some(head) = tree.head(at) {
            if head == verb {
                break;
            }
            at = head;
            content_of |= tree.relation(at) == Dep::Ccomp;
        }
        // "denied on May 3 that they had met", "came on May 3 and said that they had met": by then.
        let before = tree.with(anchor, &[Dep::Aux]).any(|a| lexicon.is("tense.pluperfect", &tree.lower[a]));
        if content_of && before && top < anchor && !put_in(facts, verb) {
            return Some(Tie::Reporting);
        }
        let content = matches!(tree.relation(at), Dep::Ccomp | Dep::Parataxis);
        // "lost power in 2001, was arrested": only a verb of saying reports; else a clause loosely joined goes on.
        let reports = lexicon.is("saying.verbs", &tree.lemma(verb).to_lowercase());
        return Some(match (content, reports) {
            // "In 2003, he said, they had left": the time before what is put in between is that of what is said.
            (true, true) if put_in(facts, verb) && top < verb && verb < anchor => Tie::Coordinated,
            (true, true) => Tie::Reporting,
            (true, false) => Tie::Coordinated,
            _ => Tie::Sentence,
        });
    }
    (!others.contains(&verb)).then_some(Tie::Sentence)
}

/// Whether a verb of saying is put in between commas with its subject: ", he said,".
fn put_in(facts: &Facts, verb: usize) -> bool {
    let tree = facts.tree;
    let subject = tree.with(verb, &[Dep::Nsubj]).find(|&s| s < verb);
    let first = subject.and_then(|s| tree.phrase(s, true).first().copied());
    let comma = |w: Option<usize>| w.is_some_and(|w| tree.lower.get(w).is_some_and(|w| w == ","));
    comma(first.and_then(|f| f.checked_sub(1))) && comma(Some(verb + 1))
}

/// Whether the time that ends an infinitive belongs to the past verb above it.
fn pulls_up(facts: &Facts, anchor: usize, verb: usize) -> bool {
    let tree = facts.tree;
    let infinitive = tree.form(verb) == Form::Base && tree.with(verb, &[Dep::Mark]).any(|m| tree.lower[m] == "to");
    let done =
        tree.form(anchor) == Form::Past || tree.form(anchor) == Form::PastParticiple && tree.has(anchor, &[Dep::Aux]);
    // Parsers hang "has failed to take part" together in either way.
    // "signed a treaty to annex the peninsula on Tuesday"
    let of_object = tree.relation(verb) == Dep::Acl
        && tree.head(verb).is_some_and(|o| tree.relation(o) == Dep::Obj && tree.head(o) == Some(anchor));
    let own = matches!(tree.relation(verb), Dep::Xcomp | Dep::Advcl) && tree.head(verb) == Some(anchor);
    infinitive && (own || of_object) && done
}

/// The expression's own relation, or that of the phrase it stands in.
fn relation(facts: &Facts, lexicon: &Lexicon, found: &Found, timex: &Timex, top: usize) -> Relation {
    let tree = facts.tree;
    // "before the May elections": the preposition belongs to the noun, and says nothing of when the elections are.
    if found.part == Part::Noun && attribute_of(facts, top, found.head) {
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
