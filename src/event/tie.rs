//! How closely a time expression hangs on a trigger in the tree of the sentence.

use super::Modality;
use super::facts::Facts;
use super::lexicon::{Lexicon, Part};
use super::modality;
use super::said::is_said;
use super::tree::Tree;
use super::trigger::Found;
use crate::text::syntax::{Form, Relation as Dep, Upos};
use crate::timex::{Relation, Timex};

/// Words between a verb and the time behind its object at the most.
const LINE: usize = 9;

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

/// How closely the expression headed by `top` hangs on the trigger; `None` where it belongs to something else. `past`
/// says that it lies before the day of the telling, `day` that it is one day.
pub fn tie(
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
            && (attributive(facts, below) || below == top && of_noun(facts, lexicon, top, above))
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
pub fn in_line(facts: &Facts, found: &Found, timex: &Timex, others: &[usize]) -> bool {
    let tree = facts.tree;
    let noun = |w: usize| w < tree.len() && matches!(tree.upos(w), Upos::Noun | Upos::Propn | Upos::Adj);
    if found.part != Part::Verb || !is_finite(tree, found.head) {
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

/// Whether a verb is told as a clause of its own: in the past, or with an auxiliary.
pub fn is_finite(tree: &Tree, verb: usize) -> bool {
    tree.form(verb) == Form::Past || tree.has(verb, &[Dep::Aux, Dep::AuxPass])
}

/// Whether `verb` heads a clause that says of the trigger's noun that it takes place: "the talks slated for May", "the
/// accord that they signed in October", "the meeting that was held last week". Its time is the noun's.
pub fn occurs(facts: &Facts, lexicon: &Lexicon, found: &Found, verb: usize) -> bool {
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
pub fn clause(facts: &Facts, found: &Found) -> Option<usize> {
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

/// Whether a time hangs on a noun by "of": "the arrests of May 3" (but "for most of 2005").
fn of_noun(facts: &Facts, lexicon: &Lexicon, time: usize, noun: usize) -> bool {
    facts.tree.case(time) == "of" && !lexicon.is("order.share", &facts.tree.lower[noun])
}

/// Whether word `i` stands before its noun as an attribute.
pub fn attributive(facts: &Facts, i: usize) -> bool {
    let relation = facts.tree.relation(i);
    matches!(relation, Dep::Compound | Dep::Amod | Dep::Nummod | Dep::NmodPoss | Dep::NmodUnmarked | Dep::NmodDesc)
}

/// Whether a word stands before the noun `head` as an attribute, of it or of a name before it: "the June 15 Trade Board
/// announcement".
pub fn attribute_of(facts: &Facts, word: usize, head: usize) -> bool {
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
pub fn marker(facts: &Facts, noun: usize) -> Option<(String, usize)> {
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
pub fn opens(facts: &Facts, lexicon: &Lexicon, found: &Found, timex: &Timex) -> bool {
    let tree = facts.tree;
    // Parsers hang the "when" on whatever comes next, so that the order of the words counts and not the tree.
    let verb = clause(facts, found).unwrap_or(found.head);
    let next = (timex.tokens.end..verb).find(|&w| tree.upos(w) != Upos::Punct);
    next.is_some_and(|w| {
        lexicon.is("order.telling", &tree.lower[w]) && !(w + 1..verb).any(|between| tree.is_predicate(between))
    })
}

/// Whether a clause says when or where ("when", "where", "in which").
pub fn has_when(facts: &Facts, lexicon: &Lexicon, clause: usize) -> bool {
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
    let done =
        tree.form(anchor) == Form::Past || tree.form(anchor) == Form::PastParticiple && tree.has(anchor, &[Dep::Aux]);
    // "signed a treaty to annex the peninsula on Tuesday"
    let of_object = tree.relation(verb) == Dep::Acl
        && tree.head(verb).is_some_and(|o| tree.relation(o) == Dep::Obj && tree.head(o) == Some(anchor));
    // Parsers hang "has failed to take part" together in either way.
    let own = matches!(tree.relation(verb), Dep::Xcomp | Dep::Advcl) && tree.head(verb) == Some(anchor);
    tree.is_infinitive(verb) && (own || of_object) && done
}
