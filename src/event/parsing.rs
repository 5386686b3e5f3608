//! Parses the sentences of a document that may tell events, and finds the citations among them.

use super::gather::Hits;
use super::lexicon::Lexicon;
use super::mend;
use super::tree::{Tree, Unit, lower};
use crate::actor::{ActorForm, ActorHit};
use crate::document::{Document, Zone};
use crate::text::syntax::{Form, Model, Relation, Upos};
use crate::text::{Sentence, tokenize};
use crate::timex::{Timex, TimexKind};
use rustc_hash::FxHashMap;

/// How the tagger's rules begin that count from a time told before: "four days later", which is no attribute.
const COUNTED: &str = "shift-";

/// What has more tokens than this is a list, a table or no text at all, and tells no event in a grammatical way.
const LONGEST: usize = 400;
/// Words that those who are told something take at the most.
const ADDRESSEE: usize = 4;

/// Whether a sentence may tell events by its zone and length.
pub fn tells(sentence: &Sentence) -> bool {
    sentence.zone.tells_events() && sentence.tokens.len() <= LONGEST
}

/// What tells the paragraph of a sentence from others: its number, else its block.
pub fn paragraph(document: &Document, sentence: &Sentence) -> usize {
    let number = document.blocks.get(sentence.block).and_then(|b| b.number);
    number.map_or(sentence.block, |n| usize::MAX - n as usize)
}

/// Parses the sentences of a document that may tell events, one after another. Names and dates of several words go to
/// the parser as one word each: it was trained on neither, and what it makes of them spoils the rest.
#[derive(Debug)]
pub struct Parser<'a> {
    lexicon: &'a Lexicon,
    document: &'a Document,
    model: &'a Model<'a>,
    /// Words that the parser is shown for a date, for one behind a preposition, for a name, and for an adjective of one.
    day: &'a str,
    year: &'a str,
    name: &'a str,
    demonym: &'a str,
    /// Past forms that the parser does not know, each with its verb and the past form that it is shown.
    past: FxHashMap<&'a str, (&'a str, &'a str)>,
}

impl<'a> Parser<'a> {
    /// Begins a document.
    pub fn new(lexicon: &'a Lexicon, document: &'a Document) -> Self {
        let stand_in = |kind: &str| lexicon.list(kind).first().copied().unwrap_or_default();
        let (day, year, name) = (stand_in("parse.day"), stand_in("parse.year"), stand_in("parse.name"));
        let demonym = stand_in("parse.demonym");
        let past = lexicon.phrases("parse.past").iter().filter_map(|words| match words.as_slice() {
            [form, verb, shown] => Some((form.as_str(), (verb.as_str(), shown.as_str()))),
            _ => None,
        });
        Parser { lexicon, document, model: Model::builtin(), day, year, name, demonym, past: past.collect() }
    }

    /// The tree of a sentence; none where it may tell no event.
    pub fn tree(&self, sentence: &Sentence, times: &[Timex], hits: Hits) -> Option<Tree> {
        if !tells(sentence) {
            return None;
        }
        let text = &self.document.text;
        let names: Vec<Option<usize>> = times.iter().map(|t| self.name_behind(sentence, t, &hits)).collect();
        let days = times.iter().zip(&names).filter_map(|(t, name)| {
            let calendar = t.kind == TimexKind::Date && t.date.is_some();
            let before = t.tokens.start.checked_sub(1).and_then(|b| sentence.tokens.get(b));
            let placed = before.is_some_and(|b| self.lexicon.is("parse.prepositions", &lower(&b.word(text))));
            let fronted = placed && name.is_some();
            let word = if fronted { self.year } else { self.day };
            let shown = calendar && (t.tokens.len() > 1 || fronted);
            shown.then(|| Unit { tokens: t.tokens.clone(), head: t.tokens.start, word: Some(word), lemma: None })
        });
        let named = |h: &ActorHit| matches!(h.form, ActorForm::Name | ActorForm::Capital);
        // "The British and French governments": made one word, the second would leave the first without its noun.
        let joined = |h: &ActorHit| {
            let and = h.tokens.start.checked_sub(1).filter(|&a| {
                sentence.tokens.get(a).is_some_and(|t| self.lexicon.is("parse.joining", &lower(&t.word(text))))
            });
            let people = |f: ActorForm| matches!(f, ActorForm::Demonym);
            let first = and.is_some_and(|a| hits.actors.iter().any(|b| b.tokens.end == a && people(b.form)));
            first && h.form == ActorForm::Generic
        };
        let actors = hits.actors.iter().filter(|h| (h.tokens.len() > 1 || named(h)) && !joined(h));
        // "Presidents Putin and Karimov": the title of several goes with the first of them.
        let before = |t: usize| t.checked_sub(1).and_then(|b| sentence.tokens.get(b)).map(|b| lower(&b.word(text)));
        let titled = |h: &ActorHit| {
            let title = before(h.tokens.start).is_some_and(|w| self.lexicon.is("parse.titles", &w));
            h.tokens.start - usize::from(title)..h.tokens.end
        };
        let actors = actors.map(|h| Unit { tokens: titled(h), head: h.head, word: Some(self.name), lemma: None });
        // "Rwandan militias": an adjective that the parser never met.
        let demonyms = hits.actors.iter().filter(|h| h.tokens.len() == 1 && h.form == ActorForm::Demonym);
        let adjective = |h: &ActorHit| sentence.tokens.get(h.head).is_some_and(|t| t.word(text).ends_with("an"));
        let demonyms = demonyms.filter(|h| adjective(h)).map(|h| Unit {
            tokens: h.tokens.clone(),
            head: h.head,
            word: Some(self.demonym),
            lemma: None,
        });
        let verbs = sentence.tokens.iter().enumerate().filter_map(|(t, token)| {
            let word = token.word(text);
            let capital = word.chars().next().is_some_and(|c| !c.is_lowercase());
            let known = if capital { self.past.get(lower(&word).as_str()) } else { self.past.get(word.as_ref()) };
            let (lemma, shown) = known?;
            Some(Unit { tokens: t..t + 1, head: t, word: Some(shown), lemma: Some(lemma) })
        });
        let pauses =
            times.iter().zip(&names).filter(|(t, name)| **name == Some(t.tokens.end)).map(|(t, _)| t.tokens.end);
        let mut tree = Tree::new(
            text,
            sentence,
            self.model,
            days.chain(actors).chain(demonyms).chain(verbs).collect(),
            pauses.chain(self.opening(sentence)).collect(),
        );
        for timex in times.iter().filter(|t| is_day(t)) {
            let capital = |token: usize| {
                let token = sentence.tokens.get(token);
                token.is_some_and(|t| t.word(text).chars().next().is_some_and(char::is_uppercase))
            };
            let named = |token: usize| hits.actors.iter().any(|h| h.tokens.contains(&token));
            let verb = said_then(self.lexicon, &tree, timex, capital).or_else(|| did_then(&tree, timex, named));
            if let Some(verb) = verb {
                tree.rehang(tree.top_of(&timex.tokens), verb, Relation::Obl);
            }
        }
        for timex in times.iter().filter(|t| t.kind == TimexKind::Date) {
            if let Some(verb) = opens_clause(&tree, timex) {
                tree.rehang(tree.top_of(&timex.tokens), verb, Relation::Obl);
            }
        }
        for verb in self.happened(&tree) {
            tree.promote(verb, |token| times.iter().any(|t| t.tokens.contains(&token)));
        }
        let name = |token: usize| hits.actors.iter().any(|h| h.tokens.contains(&token));
        let time = |token: usize| times.iter().any(|t| t.tokens.contains(&token));
        mend::mend(&mut tree, name, time);
        for (agent, verb) in done_by(&tree, |token| time(token) || name(token)) {
            tree.rehang(agent, verb, Relation::OblAgent);
        }
        Some(tree)
    }

    /// "A bomb exploded", where the parser takes the verb for an attribute of its noun: verbs that have no passive, in a
    /// clause without another verb above.
    fn happened(&self, tree: &Tree) -> Vec<usize> {
        let attribute = |v: usize| {
            let noun = tree.head(v).filter(|&n| tree.relation(v) == Relation::Acl && n < v);
            let free = |n: usize| !tree.ancestors(n).any(|a| tree.is_predicate(a)) && !tree.has(n, &[Relation::Cop]);
            tree.form(v) == Form::PastParticiple && noun.is_some_and(free)
        };
        let verbs = (0..tree.len()).filter(|&v| tree.is_verb(v) && attribute(v));
        verbs.filter(|&v| self.lexicon.is("parse.intransitive", &tree.lemma(v).to_lowercase())).take(1).collect()
    }

    /// Where a sentence goes on behind words that stand before it with or without a comma: "In its wake Norway cut".
    fn opening(&self, sentence: &Sentence) -> Option<usize> {
        let text = &self.document.text;
        let word = |token: usize| sentence.tokens.get(token).map(|t| lower(&t.word(text)));
        let first = word(0)?;
        let same = |phrase: &&Vec<String>| {
            phrase[0] == first && phrase.iter().enumerate().all(|(at, w)| word(at).as_ref() == Some(w))
        };
        let length = self.lexicon.phrases("parse.fronted").iter().filter(same).map(Vec::len).max()?;
        let next = word(length)?;
        let ends = next.chars().all(char::is_alphanumeric) && !self.lexicon.is("parse.going_on", &next);
        ends.then_some(length)
    }

    /// Where a name begins right behind a time that is no attribute of it, or behind a comma there: "In May 2005 Karimov
    /// visited".
    fn name_behind(&self, sentence: &Sentence, timex: &Timex, hits: &Hits) -> Option<usize> {
        let text = &self.document.text;
        let word = |token: usize| sentence.tokens.get(token).map(|t| t.word(text));
        let next = timex.tokens.end + usize::from(word(timex.tokens.end).is_some_and(|w| w == ","));
        let capital = word(next).is_some_and(|w| w.chars().next().is_some_and(char::is_uppercase));
        let named = hits.actors.iter().any(|h| h.tokens.start == next && h.form == ActorForm::Name);
        let before = timex.tokens.start.checked_sub(1).and_then(word).map(|w| lower(&w));
        let free = !before.as_deref().is_some_and(|w| self.lexicon.is("parse.attributive", w));
        // "In September 2000 the department put": at the head of a sentence a subject may begin with its article.
        let article =
            timex.tokens.start <= 1 && word(next).is_some_and(|w| self.lexicon.is("parse.opening", &lower(&w)));
        // "On May 21 police had": what follows a time that opens a sentence is no part of it, if it goes on to a verb.
        let fresh = timex.tokens.start == 0 || before.as_deref() == Some(";");
        let opens = timex.kind == TimexKind::Date
            && next == timex.tokens.end
            && (timex.tokens.start == 1 || fresh && timex.rule.starts_with(COUNTED));
        let small = word(next).is_some_and(|w| w.chars().all(char::is_lowercase));
        let goes_on = word(next + 1).is_some_and(|w| w.chars().all(char::is_alphabetic));
        ((capital || named || article || opens && small && goes_on) && free).then_some(next)
    }
}

/// Whether an expression names one day.
fn is_day(timex: &Timex) -> bool {
    timex.kind == TimexKind::Date && timex.date.as_ref().is_some_and(|d| d.span.days() == Some(1))
}

/// The past verb of saying right behind which a day stands, be it with those who are told: "told us August 18 that",
/// "told the Ambassador on May 3 Norway had". Parsers take such a day for a part of what is said.
/// `capital` says whether a word is written like a name.
fn said_then(lexicon: &Lexicon, tree: &Tree, timex: &Timex, capital: impl Fn(usize) -> bool) -> Option<usize> {
    let top = tree.top_of(&timex.tokens);
    // "told us the March 3 talks had failed", "announced March 3 talks": the day of what follows.
    let next = timex.tokens.end;
    let attribute = tree.head(top).is_some_and(|h| h == next) && !capital(next);
    let verb = |w: usize| {
        tree.form(w) == Form::Past && tree.is_verb(w) && lexicon.is("saying.verbs", &tree.lemma(w).to_lowercase())
    };
    let mut at = timex.tokens.start.checked_sub(1)?;
    let plain = tree.lower[at] != "on";
    if !plain {
        at = at.checked_sub(1)?;
    }
    let told = |w: usize| matches!(tree.upos(w), Upos::Pron | Upos::Propn | Upos::Noun | Upos::Det | Upos::Adj);
    let first = at.saturating_sub(ADDRESSEE);
    let found = (first..=at).rev().find(|&w| verb(w) || !told(w)).filter(|&w| verb(w))?;
    // With a preposition and an object between them ("noted the attack on May 3") it may be the object's day.
    let addressed =
        found == at || tree.with(found, &[Relation::Obj, Relation::Iobj]).any(|o| o <= at && is_person(tree, o));
    let free = tree.head(top) != Some(found) && !tree.under(found, top) && !attribute;
    (addressed && free && tree.lower[timex.tokens.start - 1] != "the").then_some(found)
}

/// The past verb right in front of which a day stands, behind its subject: "the embassy on May 9 discussed". Parsers take
/// such a day for an attribute of whoever acts. `named` says whether a word is part of an actor's name.
fn did_then(tree: &Tree, timex: &Timex, named: impl Fn(usize) -> bool) -> Option<usize> {
    let top = tree.top_of(&timex.tokens);
    let verb = timex.tokens.end;
    let before = timex.tokens.start.checked_sub(1)?;
    let subject = if tree.lower[before] == "on" { before.checked_sub(1)? } else { before };
    let does = verb < tree.len() && tree.is_verb(verb) && tree.form(verb) == Form::Past;
    (does && named(subject) && tree.head(top) != Some(verb)).then_some(verb)
}

/// ", and in November, a week before the vote, Norway signed": the past verb of the clause that a time opens behind ", and".
/// Parsers hang such a time on a verb before it.
fn opens_clause(tree: &Tree, timex: &Timex) -> Option<usize> {
    let top = tree.top_of(&timex.tokens);
    let first = timex.tokens.start.checked_sub(1).filter(|&p| tree.upos(p) == Upos::Adp)?;
    let joined = first >= 2 && tree.lower[first - 1] == "and" && tree.lower[first - 2] == ",";
    let before = tree.head(top).is_some_and(|h| h < first);
    let end = timex.tokens.end;
    let own = |v: usize| tree.children(v).any(|c| tree.relation(c).is_subject() && (end..v).contains(&c));
    let main = |v: usize| tree.form(v) == Form::Past && own(v) && !tree.has(v, &[Relation::Mark]);
    (joined && before).then(|| (end..tree.len()).find(|&v| tree.is_verb(v) && main(v))).flatten()
}

/// "Was signed in Rome on 3 May by Italy": those by whom something was done, where the parser hangs them on a time or a
/// name told between; each with the passive verb.
fn done_by(tree: &Tree, aside: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let by = |w: &usize| tree.relation(*w) == Relation::Nmod && tree.case(*w) == "by";
    let verb = |w: usize| {
        let head = tree.head(w).filter(|&h| aside(h))?;
        let verb = tree.ancestors(head).find(|&a| tree.is_verb(a))?;
        (verb < head && super::args::is_passive(tree, verb)).then_some((w, verb))
    };
    (0..tree.len()).filter(by).filter_map(verb).collect()
}

/// Whether a word may stand for somebody: a pronoun or a name.
fn is_person(tree: &Tree, word: usize) -> bool {
    matches!(tree.upos(word), Upos::Pron | Upos::Propn)
}

/// The time expressions of one sentence; `timexes` are in order of their sentences.
pub fn of_sentence(timexes: &[Timex], sentence: usize) -> &[Timex] {
    let start = timexes.partition_point(|t| t.sentence < sentence);
    let end = timexes.partition_point(|t| t.sentence <= sentence);
    &timexes[start..end]
}

/// The press citations that the document's blocks skip: stretches in brackets inside the text that tells events.
pub fn citations(document: &Document) -> Vec<Sentence> {
    let mut out = Vec::new();
    for (block, b) in document.blocks.iter().enumerate().filter(|(_, b)| b.zone.tells_events()) {
        for skip in &b.skip {
            if document.text.get(skip.clone()).is_some_and(|t| t.trim_start().starts_with('(')) {
                let mut tokens = Vec::new();
                tokenize(&document.text, skip.start, skip.end, &mut tokens);
                out.push(Sentence { range: skip.clone(), block, zone: Zone::Boilerplate, tokens });
            }
        }
    }
    out
}
