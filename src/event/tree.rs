//! One sentence as the event rules see it: its words with class, lemma and head.

use crate::text::Sentence;
use crate::text::syntax::{Form, Model, Relation, Syntax, Upos, Word};
use std::borrow::Cow;
use std::ops::Range;

/// A parsed sentence and its words in lower case.
#[derive(Debug)]
pub struct Tree {
    /// Class, lemma, head and relation of each token.
    pub syntax: Syntax,
    /// Each token lower-cased, apostrophes plain.
    pub lower: Vec<String>,
}

/// Tokens that the parser is to see as one word.
#[derive(Clone, Debug)]
pub struct Unit<'a> {
    /// The tokens.
    pub tokens: Range<usize>,
    /// The token that stands for all of them in the tree.
    pub head: usize,
    /// The word that the parser is shown; without one, the head's own.
    pub word: Option<&'a str>,
    /// Its dictionary form; without one, the head as written.
    pub lemma: Option<&'a str>,
}

/// Whether nearly all words that could be written small are in capitals.
fn shouted<'a>(words: impl Iterator<Item = &'a str>) -> bool {
    let words = words.filter(|w| w.len() > 1 && w.chars().all(char::is_alphabetic));
    let (capitals, all) =
        words.fold((0, 0), |(capitals, all), w| (capitals + usize::from(!w.chars().any(char::is_lowercase)), all + 1));
    capitals >= 3 && capitals * 4 >= all * 3
}

/// Whether an auxiliary stands with a verb.
fn is_aided(words: &[Word], verb: usize) -> bool {
    words.iter().any(|w| w.head == Some(verb) && matches!(w.relation, Relation::Aux | Relation::AuxPass))
}

/// A word in lower case, its apostrophes plain.
pub(super) fn lower(word: &str) -> String {
    if word.is_ascii() { word.to_ascii_lowercase() } else { word.to_lowercase().replace('’', "'") }
}

impl Tree {
    /// Parses a sentence of `text`. Of units that overlap the first given counts. Before each token of `pauses` the parser
    /// is shown a comma that is not in the text, unless the token is inside a unit.
    pub fn new(text: &str, sentence: &Sentence, model: &Model, mut units: Vec<Unit<'_>>, pauses: Vec<usize>) -> Self {
        let surface: Vec<Cow<str>> = sentence.tokens.iter().map(|t| t.word(text)).collect();
        let lower = surface.iter().map(|w| lower(w)).collect();
        let mut covered = vec![None; surface.len()];
        units.retain(|u| u.tokens.end <= surface.len() && u.tokens.contains(&u.head));
        for (number, unit) in units.iter().enumerate() {
            if unit.tokens.clone().all(|t| covered[t].is_none()) {
                covered[unit.tokens.clone()].fill(Some(number));
            }
        }
        // The words shown to the parser, each with the token it stands for, and none for a comma that is not there.
        let mut shown: Vec<(Option<usize>, &str)> = Vec::with_capacity(surface.len() + pauses.len());
        for t in 0..surface.len() {
            let word = match covered[t] {
                None => (t, surface[t].as_ref()),
                Some(n) if t == units[n].tokens.start => {
                    (units[n].head, units[n].word.unwrap_or(&surface[units[n].head]))
                }
                Some(_) => continue,
            };
            if pauses.contains(&t) {
                shown.push((None, ","));
            }
            shown.push((Some(word.0), word.1));
        }
        let plain = |t: Option<usize>| t.is_some_and(|t| covered[t].is_none());
        // A heading in capitals: the parser reads it as names, in small letters as a sentence.
        let shouted = shouted(shown.iter().filter(|(t, _)| plain(*t)).map(|(_, word)| *word));
        let small: Vec<Cow<str>> = shown
            .iter()
            .map(|(t, word)| if shouted && plain(*t) { Cow::from(word.to_lowercase()) } else { Cow::from(*word) })
            .collect();
        let forms: Vec<&str> = small.iter().map(Cow::as_ref).collect();
        let parsed = model.words(&forms);
        let part = |t: usize| Word {
            upos: Upos::Propn,
            form: Form::Plain,
            lemma: covered[t].map_or_else(String::new, |_| surface[t].to_string()),
            head: Some(covered[t].map_or(0, |n| units[n].head)),
            relation: Relation::Flat,
        };
        let mut words: Vec<Word> = (0..surface.len()).map(part).collect();
        // What hangs on a comma that is not there hangs on what that hangs on.
        let over = |head: Option<usize>| match head.and_then(|h| Some((h, shown.get(h)?.0))) {
            Some((comma, None)) => parsed.get(comma).and_then(|w| w.head),
            Some((h, Some(_))) => Some(h),
            None => None,
        };
        let heads: Vec<Option<usize>> = parsed.iter().map(|word| over(word.head)).collect();
        for ((&(token, _), word), head) in shown.iter().zip(parsed).zip(heads) {
            let Some(token) = token else { continue };
            let head = head.and_then(|h| shown.get(h)?.0);
            let lemma = match covered[token] {
                Some(n) => units[n].lemma.unwrap_or(&surface[token]).to_string(),
                None => word.lemma,
            };
            words[token] = Word { head, lemma, ..word };
        }
        Tree { syntax: Syntax::new(words), lower }
    }

    /// Hangs a word on another one than the parser did; not on a word below it, which would make a circle.
    pub fn rehang(&mut self, word: usize, head: usize, relation: Relation) {
        if word >= self.len() || head >= self.len() || self.under(head, word) {
            return;
        }
        let mut words = std::mem::take(&mut self.syntax.words);
        words[word] = Word { head: Some(head), relation, ..words[word].clone() };
        self.syntax = Syntax::new(words);
    }

    /// Makes a verb that was read as a passive active: its subject acts, and the noun that was read as what the subject
    /// was made ("the union named twelve officials") is acted on.
    pub fn turn_active(&mut self, verb: usize) {
        let mut words = std::mem::take(&mut self.syntax.words);
        for word in words.iter_mut().filter(|w| w.head == Some(verb) && w.relation == Relation::NsubjPass) {
            word.relation = Relation::Nsubj;
        }
        let helped: Vec<usize> = words.iter().filter(|w| w.relation == Relation::Cop).filter_map(|w| w.head).collect();
        for (at, word) in words.iter_mut().enumerate().skip(verb + 1) {
            let noun = matches!(word.upos, Upos::Noun | Upos::Propn) && !helped.contains(&at);
            if word.head == Some(verb) && word.relation == Relation::Xcomp && noun {
                word.relation = Relation::Obj;
            }
        }
        if let Some(word) = words.get_mut(verb) {
            word.form = Form::Past;
        }
        self.syntax = Syntax::new(words);
    }

    /// Gives a verb its subject from the other side of what is put in between them. Where the verb hung on that subject
    /// it takes its place.
    pub fn resume(&mut self, subject: usize, verb: usize) {
        if subject >= self.len() || verb >= self.len() {
            return;
        }
        let below = self.under(verb, subject);
        let mut words = std::mem::take(&mut self.syntax.words);
        if below {
            let (head, relation) = (words[subject].head, words[subject].relation);
            words[verb] = Word { head, relation, ..words[verb].clone() };
        }
        if words[verb].form == Form::PastParticiple && !is_aided(&words, verb) {
            words[verb].form = Form::Past;
        }
        words[subject] = Word { head: Some(verb), relation: Relation::Nsubj, ..words[subject].clone() };
        self.syntax = Syntax::new(words);
    }

    /// Makes a verb that was read as an attribute of the noun before it the verb of that noun's clause: "a bomb exploded".
    /// Where `aside` holds of the word that the noun was hung on, such as a time, that word hangs on the verb from then on.
    pub fn promote(&mut self, verb: usize, aside: impl Fn(usize) -> bool) {
        let mut words = std::mem::take(&mut self.syntax.words);
        if let Some(noun) = words.get(verb).and_then(|w| w.head).filter(|&n| n < verb) {
            let (head, relation) = (words[noun].head, words[noun].relation);
            let turned = head.filter(|&h| aside(h) && words[h].head.is_none());
            words[verb] = match turned {
                Some(_) => Word { head: None, relation: Relation::Root, form: Form::Past, ..words[verb].clone() },
                None => Word { head, relation, form: Form::Past, ..words[verb].clone() },
            };
            words[noun] = Word { head: Some(verb), relation: Relation::Nsubj, ..words[noun].clone() };
            if let Some(time) = turned {
                words[time] = Word { head: Some(verb), relation: Relation::Obl, ..words[time].clone() };
            }
        }
        self.syntax = Syntax::new(words);
    }

    /// Whether a semicolon or a colon stands between two tokens: what is told on one side has times of its own.
    pub fn parted(&self, a: usize, b: usize) -> bool {
        (a.min(b)..a.max(b)).any(|w| matches!(self.lower[w].as_str(), ";" | ":"))
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.syntax.words.len()
    }

    /// The words that hang on `i`, in order.
    pub fn children(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        self.syntax.children(i)
    }

    /// The children of `i` with one of these relations.
    pub fn with<'a>(&'a self, i: usize, relations: &'a [Relation]) -> impl Iterator<Item = usize> + 'a {
        self.children(i).filter(move |&c| relations.contains(&self.relation(c)))
    }

    /// Whether `i` has a child with one of these relations.
    pub fn has(&self, i: usize, relations: &[Relation]) -> bool {
        self.with(i, relations).next().is_some()
    }

    /// The relation of `i` to its head.
    pub fn relation(&self, i: usize) -> Relation {
        self.syntax.words[i].relation
    }

    /// The inflected form of `i`.
    pub fn form(&self, i: usize) -> Form {
        self.syntax.words[i].form
    }

    /// The word class of `i`.
    pub fn upos(&self, i: usize) -> Upos {
        self.syntax.words[i].upos
    }

    /// The head of `i`.
    pub fn head(&self, i: usize) -> Option<usize> {
        self.syntax.words[i].head
    }

    /// The lemma of `i`.
    pub fn lemma(&self, i: usize) -> &str {
        &self.syntax.words[i].lemma
    }

    /// Whether `i` is a verb (no auxiliary).
    pub fn is_verb(&self, i: usize) -> bool {
        self.upos(i) == Upos::Verb
    }

    /// Whether `i` is a verb in its base form behind "to".
    pub fn is_infinitive(&self, i: usize) -> bool {
        self.form(i) == Form::Base && self.with(i, &[Relation::Mark]).any(|m| self.lower[m] == "to")
    }

    /// Whether `i` is a noun or name.
    pub fn is_noun(&self, i: usize) -> bool {
        matches!(self.upos(i), Upos::Noun | Upos::Propn)
    }

    /// Whether `i` is the head of a clause: a verb, or a predicate with a copula.
    pub fn is_predicate(&self, i: usize) -> bool {
        self.is_verb(i) || self.has(i, &[Relation::Cop])
    }

    /// The head and its ancestors, from `i` (excluded) upwards.
    pub fn ancestors(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        self.syntax.ancestors(i)
    }

    /// Whether `i` lies in the subtree of `top` (or is it).
    pub fn under(&self, i: usize, top: usize) -> bool {
        self.syntax.is_under(i, top)
    }

    /// The prepositions (and markers) of `i`, lower-cased, joined by a blank: "in response to".
    pub fn case(&self, i: usize) -> String {
        let mut parts: Vec<&str> = Vec::new();
        for c in self.with(i, &[Relation::Case, Relation::Mark]) {
            if !self.lower[c].starts_with('\'') {
                parts.push(&self.lower[c]);
                parts.extend(self.with(c, &[Relation::Fixed]).map(|f| self.lower[f].as_str()));
            }
        }
        parts.join(" ")
    }

    /// The words of the noun phrase headed by `i`, without the clauses in it. `nested` says whether attributes with a
    /// preposition ("of Uzbekistan") belong to it.
    pub fn phrase(&self, i: usize, nested: bool) -> Vec<usize> {
        let mut out = vec![i];
        let mut at = 0;
        while let Some(&word) = out.get(at) {
            at += 1;
            for c in self.children(word) {
                use Relation::*;
                let keep = match self.relation(c) {
                    // "arms sales": parsers take the second noun for an object of the first.
                    Obj => self.is_noun(word) && self.is_noun(c) && c == word + 1,
                    Acl | AclRelcl | Advcl | AdvclRelcl | Parataxis | Punct | Cc | Csubj | Ccomp | Obl | Nsubj
                    | Xcomp | NsubjPass => false,
                    Nmod => nested,
                    Conj => self.is_noun(c) || self.upos(c) == Upos::Adj,
                    _ => true,
                };
                if keep && out.len() < self.len() {
                    out.push(c);
                }
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The highest word of a token range: the one whose head lies outside.
    pub fn top_of(&self, range: &Range<usize>) -> usize {
        range.clone().find(|&i| self.head(i).is_none_or(|h| !range.contains(&h))).unwrap_or(range.start)
    }

    /// The nominal members of the coordination that `i` begins, itself first.
    pub fn conjuncts(&self, i: usize) -> Vec<usize> {
        let nominal = |c: &usize| self.is_noun(*c) || self.upos(*c) == Upos::Pron;
        std::iter::once(i).chain(self.with(i, &[Relation::Conj]).filter(nominal)).collect()
    }

    /// The nearest predicate above `i`, if any.
    pub fn governor(&self, i: usize) -> Option<usize> {
        self.ancestors(i).find(|&a| self.is_predicate(a))
    }
}
