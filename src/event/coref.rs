//! Pronouns within a paragraph: "he", "it", "they" stand for the last fitting actor named before them; in quoted words
//! "I" is the speaker, "we" the speaker's side, and "he" somebody else.

use super::described::{Described, Of, described};
use super::facts::ActorAt;
use super::lexicon::Lexicon;
use super::tree::Tree;
use crate::actor::ActorKind;
use crate::text::syntax::{Relation, Upos};

/// The actors last named in a paragraph, by what a pronoun can stand for.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    person: Option<ActorAt>,
    /// The person named before that one, or beside it.
    aside: Option<ActorAt>,
    /// Whose words are quoted: the person last spoken of outside quotation marks.
    speaker: Option<ActorAt>,
    /// The holder of an office who was not named ("the Foreign Minister").
    office: Option<ActorAt>,
    /// Whether this very sentence has such a holder as its subject, and no person before a pronoun.
    office_acts: bool,
    body: Option<ActorAt>,
    group: Option<ActorAt>,
    /// Two who were named together ("the premier and the envoy"), unless a group was named since, and how many sentences
    /// that holds.
    pair: Option<([ActorAt; 2], usize)>,
    /// The last states spoken of, by whatever actor of theirs, the last first.
    states: Vec<ActorAt>,
    /// Three states or more that were last named in a row.
    row: Vec<ActorAt>,
    /// The organisations last spoken of, the last first.
    organisations: Vec<ActorAt>,
}

/// So many states are kept in mind.
const STATES: usize = 6;

impl Memory {
    /// A new paragraph begins: its pronouns stand for nobody named before it; "the two countries" may.
    pub fn paragraph(&mut self) {
        let (states, organisations) = (std::mem::take(&mut self.states), std::mem::take(&mut self.organisations));
        let row = std::mem::take(&mut self.row);
        *self = Memory { states, organisations, row, ..Memory::default() };
    }

    /// Resolves the pronouns of a sentence against the actors before them, then remembers the sentence's actors.
    /// `actors` are those of the sentence, in order; `quoted` tells whether a token stands between quotation marks. The
    /// answer holds the actors and the resolved pronouns.
    pub fn resolve(
        &mut self,
        tree: &Tree,
        lexicon: &Lexicon,
        actors: Vec<ActorAt>,
        quoted: impl Fn(usize) -> bool,
    ) -> Vec<ActorAt> {
        let mut out: Vec<ActorAt> = Vec::new();
        self.office_acts = false;
        self.pair = self.pair.take().and_then(|(pair, more)| Some((pair, more.checked_sub(1)?)));
        let both_sides = lexicon.phrases("anaphora.both_sides");
        let opening = [lexicon.words("anaphora.both"), lexicon.words("anaphora.article")];
        let mut rest = actors.into_iter();
        for i in 0..tree.len() {
            while rest.as_slice().first().is_some_and(|a| a.tokens.start <= i)
                && let Some(actor) = rest.next()
            {
                if !belonging(tree, lexicon, &actor) {
                    self.note(&actor, tree, &quoted);
                    self.note_pair(&out, &actor, tree);
                }
                out.push(actor);
            }
            let covered = |w: usize| {
                let taken = |a: &ActorAt| !a.resolved && a.tokens.contains(&w);
                out.iter().any(taken) || rest.as_slice().first().is_some_and(taken)
            };
            // "Norway, whose troops": the pronoun stands for the name right before it.
            if tree.lower[i] == "whose"
                && let Some(owner) =
                    out.iter().rev().find(|a| !a.as_place && (a.tokens.end..a.tokens.end + 2).contains(&i))
            {
                let owner = owner.clone();
                out.push(stands_for(i, owner));
                continue;
            }
            let opens = opening.iter().flatten().any(|words| words.contains(&tree.lower[i]));
            let described = if opens { self.described(tree, lexicon, both_sides, &out, i) } else { Vec::new() };
            if described.first().is_some_and(|d| !d.tokens.clone().any(covered)) {
                out.extend(described);
            }
            if tree.upos(i) != Upos::Pron || out.iter().any(|a| a.tokens.contains(&i)) {
                continue;
            }
            let ahead = || subject_ahead(tree, lexicon, rest.as_slice(), i);
            let known = ahead().or_else(|| self.antecedent(lexicon, &tree.lower[i], || quoted(i)));
            // "When the president met her": whoever is the subject is not the object too.
            let known = match known {
                Some(k) if is_subject_beside(tree, &out, i, &k) => self.aside.clone().filter(|a| a.code != k.code),
                // "She urged Testov": whoever is the object is not the subject.
                Some(k) if has_object(tree, rest.as_slice(), i, &k) => self.other(&k),
                known => known,
            };
            let both = self.pair.as_ref().filter(|_| lexicon.is("anaphora.plural", &tree.lower[i]));
            let meant = both.map_or_else(|| known.into_iter().collect(), |(pair, _)| pair.to_vec());
            out.extend(meant.into_iter().map(|known| stands_for(i, known)));
        }
        self.note_row(tree, &out);
        out
    }

    /// Notes the last three states or more that a sentence names in a row: "Norway, Sweden and Finland".
    fn note_row(&mut self, tree: &Tree, actors: &[ActorAt]) {
        let joins = |w: &String| matches!(w.as_str(), "," | "and" | "or" | "the");
        let mut row: Vec<ActorAt> = Vec::new();
        for actor in actors.iter().filter(|a| !a.resolved && !a.as_place && a.kind == ActorKind::State) {
            let between = row.last().and_then(|last| tree.lower.get(last.tokens.end..actor.tokens.start));
            if !between.is_some_and(|words| !words.is_empty() && words.iter().all(joins)) {
                row.clear();
            }
            row.push(ActorAt { code: actor.top.clone(), ..actor.clone() });
            if row.len() > 2 {
                self.row.clone_from(&row);
            }
        }
    }

    fn antecedent(&self, lexicon: &Lexicon, pronoun: &str, quoted: impl Fn() -> bool) -> Option<ActorAt> {
        let is = |list: &str| lexicon.is(list, pronoun);
        if is("anaphora.singular") {
            let speaker = self.speaker.as_ref().filter(|_| quoted());
            let other = |a: &&ActorAt| speaker.is_none_or(|s| s.code != a.code);
            let named = [&self.person, &self.aside].into_iter().flatten().find(other);
            let office = self.office.as_ref().filter(other);
            return if self.office_acts { office.or(named) } else { named.or(office) }.cloned();
        }
        if is("anaphora.first_singular") {
            return self.speaker.as_ref().filter(|_| quoted()).or(self.person.as_ref()).cloned();
        }
        if is("anaphora.first_plural") {
            let side = |s: &ActorAt| ActorAt { code: s.top.clone(), kind: ActorKind::State, ..s.clone() };
            return self.speaker.as_ref().filter(|_| quoted()).map(side);
        }
        if is("anaphora.neuter") {
            return self.body.clone();
        }
        is("anaphora.plural").then(|| self.group.as_ref().or(self.body.as_ref())).flatten().cloned()
    }

    /// Somebody spoken of who is not this one.
    fn other(&self, known: &ActorAt) -> Option<ActorAt> {
        let slots = [&self.person, &self.aside, &self.speaker, &self.office];
        slots.into_iter().flatten().find(|a| a.code != known.code).cloned()
    }

    /// "Both sides", "the two countries", "the three governments", "the country", "the alliance": the states and the
    /// organisation last spoken of.
    /// What acts on them ("Finland mediated between the two sides") is none of them; `actors` are those before.
    fn described(
        &self,
        tree: &Tree,
        lexicon: &Lexicon,
        phrases: &[Vec<String>],
        actors: &[ActorAt],
        at: usize,
    ) -> Vec<ActorAt> {
        let Some(Described { tokens, of }) = described(tree, lexicon, phrases, at) else { return Vec::new() };
        let acting = subject_above(tree, tokens.end - 1);
        let acts = |top: &str| actors.iter().any(|a| a.top == top && acting.iter().any(|s| a.tokens.contains(s)));
        let states: Vec<&ActorAt> = self.states.iter().filter(|s| !acts(&s.top)).collect();
        let known: Vec<&ActorAt> = match of {
            Of::States(count) if count > 2 && self.row.len() == count => self.row.iter().collect(),
            // Of more than were named in a row only all that were spoken of.
            Of::States(count) if count > 2 && states.len() != count => Vec::new(),
            Of::States(count) if states.len() >= count => states[..count].iter().rev().copied().collect(),
            Of::States(_) => Vec::new(),
            Of::State => {
                let body = self.body.iter().filter(|b| b.kind == ActorKind::State && !acts(&b.top));
                body.chain(states).take(1).collect()
            }
            Of::Last => self.states.first().into_iter().collect(),
            Of::Organisation => self.organisations.iter().take(1).collect(),
            Of::Called => {
                let noun = &tree.lower[tokens.end - 1];
                let called = |o: &&ActorAt| o.text.to_lowercase().split(' ').any(|w| w == noun);
                self.organisations.iter().find(called).into_iter().collect()
            }
        };
        let last = tokens.end - 1;
        // Each stands on a word of its own, since an actor is known by its word; the noun is the first one's.
        let of = |(nth, known): (usize, &&ActorAt)| ActorAt {
            tokens: tokens.clone(),
            head: if nth == 0 { last } else { (tokens.start + nth - 1).min(last) },
            code: known.top.clone(),
            kind: if known.kind == ActorKind::Igo { ActorKind::Igo } else { ActorKind::State },
            as_place: false,
            resolved: true,
            ..(*known).clone()
        };
        known.iter().enumerate().map(of).collect()
    }

    /// Two of different states that are joined by "and" are who is meant by "they".
    fn note_pair(&mut self, before: &[ActorAt], actor: &ActorAt, tree: &Tree) {
        let joined = (tree.relation(actor.head) == Relation::Conj).then(|| tree.head(actor.head)).flatten();
        let first = joined.and_then(|h| before.iter().find(|a| a.tokens.contains(&h)));
        match first.filter(|a| a.top != actor.top && !a.as_place && !actor.as_place) {
            // Those who act are kept in mind.
            Some(first) => {
                let more = usize::from(tree.relation(first.head).is_subject());
                self.pair = Some(([first.clone(), actor.clone()], more));
            }
            None if is_group(actor, tree) => self.pair = None,
            None => {}
        }
    }

    fn note_state(&mut self, actor: &ActorAt) {
        if actor.kind == ActorKind::Igo {
            self.organisations.retain(|o| o.code != actor.code);
            self.organisations.insert(0, actor.clone());
            self.organisations.truncate(STATES);
        }
        if matches!(actor.kind, ActorKind::Igo | ActorKind::Company | ActorKind::Group) {
            return;
        }
        self.states.retain(|s| s.top != actor.top);
        self.states.insert(0, actor.clone());
        self.states.truncate(STATES);
    }

    /// A subject stays in mind longer than what is named beside it.
    fn note(&mut self, actor: &ActorAt, tree: &Tree, quoted: &impl Fn(usize) -> bool) {
        if actor.as_place {
            return;
        }
        self.note_state(actor);
        let subject = tree.relation(actor.head).is_subject();
        if actor.kind == ActorKind::Person {
            self.office_acts = false;
            self.note_person(actor, subject, quoted(actor.head));
            return;
        }
        // "The union's ministers decided": they are who is meant by "they".
        let whose = tree.head(actor.head).filter(|_| tree.relation(actor.head) == Relation::NmodPoss);
        if whose.is_some_and(|noun| tree.relation(noun).is_subject() && is_plural(tree, noun)) {
            self.group = Some(actor.clone());
            self.pair = None;
        }
        let slot = match actor.kind {
            _ if is_group(actor, tree) => &mut self.group,
            ActorKind::Office => &mut self.office,
            ActorKind::State | ActorKind::Igo | ActorKind::Company => &mut self.body,
            _ => return,
        };
        if subject || slot.is_none() {
            *slot = Some(actor.clone());
            self.office_acts |= subject && actor.kind == ActorKind::Office && !is_group(actor, tree);
        }
    }

    fn note_person(&mut self, actor: &ActorAt, subject: bool, quoted: bool) {
        if !quoted && (subject || self.speaker.is_none()) {
            self.speaker = Some(actor.clone());
        }
        let known = self.person.as_ref().is_some_and(|p| p.code == actor.code);
        if subject || self.person.is_none() {
            if !known {
                self.aside = self.person.take();
            }
            self.person = Some(actor.clone());
        } else if !known {
            self.aside = Some(actor.clone());
        }
    }
}

/// Whether several people are named by one phrase ("Swedish officials").
fn is_group(actor: &ActorAt, tree: &Tree) -> bool {
    let people = tree.upos(actor.head) == Upos::Noun || actor.kind == ActorKind::Office;
    actor.kind == ActorKind::Group || people && is_plural(tree, actor.head)
}

fn is_plural(tree: &Tree, noun: usize) -> bool {
    tree.upos(noun) != Upos::Pron && tree.lower[noun].ends_with('s')
}

/// A word that stands for somebody named before.
fn stands_for(token: usize, known: ActorAt) -> ActorAt {
    ActorAt { tokens: token..token + 1, head: token, as_place: false, resolved: true, ..known }
}

/// "The former Norwegian colony" speaks of no Norway.
fn belonging(tree: &Tree, lexicon: &Lexicon, actor: &ActorAt) -> bool {
    let whose = tree.head(actor.head).filter(|_| tree.relation(actor.head) == Relation::Amod);
    whose.is_some_and(|noun| lexicon.is("roles.belonging", &tree.lower[noun]))
}

/// The subjects of the verb that a noun hangs on, where it is none itself.
fn subject_above(tree: &Tree, noun: usize) -> Vec<usize> {
    let verb = tree.head(noun).filter(|_| !tree.relation(noun).is_subject());
    let of = |v: usize| tree.children(v).filter(|&c| tree.relation(c).is_subject()).flat_map(|c| tree.conjuncts(c));
    verb.map(|v| of(v).collect()).unwrap_or_default()
}

/// "In his talk with the guests, Testov said": an owner in a phrase before the subject is mostly the subject.
/// `actors` are those behind the pronoun.
fn subject_ahead(tree: &Tree, lexicon: &Lexicon, actors: &[ActorAt], i: usize) -> Option<ActorAt> {
    let person = lexicon.is("anaphora.singular", &tree.lower[i]);
    if tree.relation(i) != Relation::NmodPoss || !person && !lexicon.is("anaphora.neuter", &tree.lower[i]) {
        return None;
    }
    let top = std::iter::once(i).chain(tree.ancestors(i)).find(|&a| tree.relation(a) == Relation::Obl)?;
    let verb = tree.head(top).filter(|&v| top < v)?;
    let subject = tree.children(verb).find(|&c| tree.relation(c).is_subject() && c > i)?;
    let fits = |a: &&ActorAt| a.tokens.contains(&subject) && !a.as_place && (a.kind == ActorKind::Person) == person;
    actors.iter().find(fits).cloned()
}

/// Whether a subject pronoun's verb has this very actor as its object, among the actors behind the pronoun.
fn has_object(tree: &Tree, behind: &[ActorAt], pronoun: usize, known: &ActorAt) -> bool {
    let Some(verb) = tree.head(pronoun).filter(|_| tree.relation(pronoun).is_subject()) else { return false };
    let objects = tree.with(verb, &[Relation::Obj, Relation::Iobj]);
    let objects: Vec<usize> = objects.collect();
    behind.iter().any(|a| a.code == known.code && !known.shared && objects.iter().any(|o| a.tokens.contains(o)))
}

/// Whether an object pronoun stands beside a subject that is this very actor.
fn is_subject_beside(tree: &Tree, actors: &[ActorAt], pronoun: usize, known: &ActorAt) -> bool {
    let object = matches!(tree.relation(pronoun), Relation::Obj | Relation::Iobj | Relation::Obl);
    let Some(verb) = tree.head(pronoun).filter(|_| object) else { return false };
    let subjects: Vec<usize> = tree.children(verb).filter(|&c| tree.relation(c).is_subject()).collect();
    actors.iter().any(|a| a.code == known.code && subjects.iter().any(|s| a.tokens.contains(s)))
}
