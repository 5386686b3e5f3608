//! The lexicon of events: which words name which kind of event, under which conditions.
//!
//! Data: `rules/data/events-*.toml` (the fields are described in `events-verbal-cooperation.toml`). This module loads
//! and indexes it; finding triggers in a sentence is `trigger`'s work.

use super::EventType;
use crate::rules::Rules;
use crate::{Error, Result};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// One sense as written in a rule file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sense {
    /// Unique name.
    pub name: String,
    /// Verb lemmas, possibly with a particle ("back out").
    #[serde(default)]
    pub verbs: Vec<String>,
    /// Noun lemmas, possibly of several words ("press conference").
    #[serde(default)]
    pub nouns: Vec<String>,
    /// Lemmas of predicate adjectives.
    #[serde(default)]
    pub adjectives: Vec<String>,
    /// PLOVER category, or `NONE` for a sense that is no event and only keeps others away.
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Project sub-type.
    pub subtype: Option<String>,
    /// PLOVER contexts (`military`, `economic`): what the act is about.
    #[serde(default)]
    pub contexts: Vec<String>,
    /// Condition on the object.
    #[serde(default)]
    pub object: Vec<String>,
    /// Condition on the subject.
    #[serde(default)]
    pub subject: Vec<String>,
    /// Condition on prepositional complements.
    #[serde(default)]
    pub to: Vec<String>,
    /// Condition on the words of the complement clause.
    #[serde(default)]
    pub content: Vec<String>,
    /// Condition on the head of the complement clause and the words that hang on it.
    #[serde(default)]
    pub claim: Vec<String>,
    /// The complement tells what is to be done: a gerund or a clause in the bare form ("suggested leaving", "suggested
    /// that he leave").
    #[serde(default)]
    pub proposes: bool,
    /// Prepositions or markers of which one must follow.
    #[serde(default)]
    pub with: Vec<String>,
    /// Not in the passive: "is committed to" is an attitude, "commits itself to" an act.
    #[serde(default)]
    pub active: bool,
    /// Prepositions of which none may follow.
    #[serde(default)]
    pub without: Vec<String>,
    /// The verb has no direct object in this sense.
    #[serde(default)]
    pub intransitive: bool,
    /// Holds only when negated ("will not prolong"), and is then no negated event but the act of refusing.
    #[serde(default)]
    pub negated: bool,
    /// Says by itself that something did not happen ("failed to attend").
    #[serde(default)]
    pub did_not: bool,
    /// All sides act.
    #[serde(default)]
    pub mutual: bool,
    /// The grammatical subject is the target.
    #[serde(default)]
    pub swap: bool,
    /// A meeting in this sense opens no conversation that the text goes on to report.
    #[serde(default)]
    pub no_scene: bool,
    /// What its complement tells is no event of its own.
    #[serde(default)]
    pub embeds: bool,
    /// An event even where neither its time nor another side is told: elections, deaths, collapses.
    #[serde(default)]
    pub alone: bool,
    /// An event only in company: needs initiator and target, or as a verb one of them and an object.
    #[serde(default)]
    pub weak: bool,
    /// Stands for every verb without a sense of its own, where it tells what an actor did.
    #[serde(default)]
    pub any_verb: bool,
    /// Stands for every verb of saying without a sense of its own.
    #[serde(default)]
    pub any_saying: bool,
    /// Third person singular for headlines.
    pub verb: Option<String>,
    /// Third person singular for headlines before an infinitive ("refuses to attend").
    pub verb_to: Option<String>,
    /// Whether a headline names what is acted on ("signs a treaty").
    #[serde(default)]
    pub names_object: bool,
    /// Sentences in which the sense is found.
    #[serde(default)]
    pub examples: Vec<Example>,
    /// Sentences in which it is not.
    #[serde(default)]
    pub rejects: Vec<String>,
}

/// A sentence that shows a sense.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// The word that must be found to name the event.
    pub trigger: String,
}

impl Sense {
    /// The category; `None` for a sense that only keeps others away.
    pub fn category(&self) -> Option<EventType> {
        EventType::parse(&self.kind)
    }

    /// What makes two mentions speak of the same kind of event: the sub-type, else the category.
    pub fn key(&self) -> String {
        self.subtype.clone().unwrap_or_else(|| self.kind.clone())
    }

    /// Whether it is a visit, of which a place tells who is visited.
    pub fn is_visit(&self) -> bool {
        self.mode.as_deref() == Some("visit") || self.subtype.as_deref() == Some("visit")
    }

    /// How many kinds of condition it sets: the most particular sense is tried first.
    fn particular(&self) -> usize {
        let lists = [&self.object, &self.subject, &self.to, &self.content, &self.claim, &self.with];
        lists.iter().filter(|l| !l.is_empty()).count() + usize::from(self.negated) + usize::from(self.proposes)
    }
}

/// What a rule file of section `events` holds.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    sense: Vec<Sense>,
    #[serde(default)]
    classes: FxHashMap<String, Vec<String>>,
    light: Option<FxHashMap<String, Vec<String>>>,
    saying: Option<FxHashMap<String, Vec<String>>>,
    modality: Option<FxHashMap<String, Vec<String>>>,
    vague_past: Option<FxHashMap<String, Vec<String>>>,
    order: Option<FxHashMap<String, Vec<String>>>,
    anaphora: Option<FxHashMap<String, Vec<String>>>,
    parse: Option<FxHashMap<String, Vec<String>>>,
    roles: Option<FxHashMap<String, Vec<String>>>,
    tense: Option<FxHashMap<String, Vec<String>>>,
    citation: Option<FxHashMap<String, Vec<String>>>,
    acts: Option<FxHashMap<String, Vec<String>>>,
    topics: Option<FxHashMap<String, Vec<String>>>,
    undoing: Option<FxHashMap<String, Vec<String>>>,
    headline: Option<FxHashMap<String, Vec<String>>>,
}

/// The words under which a sense is looked up: the first word, the rest, and the sense.
type Entries = FxHashMap<String, Vec<(Vec<String>, usize)>>;

/// All senses, indexed by word, and the closed lists.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// All senses, in file order.
    pub senses: Vec<Sense>,
    verbs: Entries,
    nouns: Entries,
    adjectives: Entries,
    classes: FxHashMap<String, FxHashSet<String>>,
    lists: FxHashMap<String, FxHashSet<String>>,
    /// The phrases of each list in words, sorted.
    phrases: FxHashMap<String, Vec<Vec<String>>>,
    any_verb: Option<usize>,
    any_saying: Option<usize>,
    /// The names of the classes of words for one act, sorted.
    acts: Vec<String>,
}

/// Where a lemma is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Among verbs.
    Verb,
    /// Among nouns.
    Noun,
    /// Among predicate adjectives.
    Adjective,
}

impl Lexicon {
    /// Loads the section `events`.
    ///
    /// # Errors
    /// [`Error::Rules`] when a file is not of the form, a type is unknown or two senses share a name.
    pub fn new(rules: &Rules) -> Result<Self> {
        let mut lexicon = Lexicon::default();
        let mut names = FxHashSet::default();
        for (file, content) in rules.section::<File>("events")? {
            for sense in &content.sense {
                let wrong = |reason: String| Err(Error::Rules { file: file.clone(), reason });
                if sense.category().is_none() && sense.kind != "NONE" {
                    return wrong(format!("sense \"{}\": \"{}\" is no event type", sense.name, sense.kind));
                }
                if !names.insert(sense.name.clone()) {
                    return wrong(format!("two senses are called \"{}\"", sense.name));
                }
            }
            lexicon.senses.extend(content.sense);
            for (name, words) in content.classes {
                lexicon.classes.entry(name).or_default().extend(words);
            }
            let tables = [
                ("light", content.light),
                ("saying", content.saying),
                ("modality", content.modality),
                ("vague_past", content.vague_past),
                ("order", content.order),
                ("anaphora", content.anaphora),
                ("parse", content.parse),
                ("roles", content.roles),
                ("tense", content.tense),
                ("citation", content.citation),
                ("acts", content.acts),
                ("topics", content.topics),
                ("undoing", content.undoing),
                ("headline", content.headline),
            ];
            for (table, lists) in tables {
                for (name, words) in lists.into_iter().flatten() {
                    lexicon.lists.entry(format!("{table}.{name}")).or_default().extend(words);
                }
            }
        }
        lexicon.index();
        Ok(lexicon)
    }

    fn index(&mut self) {
        for (number, sense) in self.senses.iter().enumerate() {
            for (words, index) in [
                (&sense.verbs, &mut self.verbs),
                (&sense.nouns, &mut self.nouns),
                (&sense.adjectives, &mut self.adjectives),
            ] {
                for phrase in words {
                    let mut parts = phrase.split(' ').map(str::to_lowercase);
                    let first = parts.next().unwrap_or_default();
                    index.entry(first).or_default().push((parts.collect(), number));
                }
            }
        }
        self.acts = self.classes.keys().filter(|name| name.starts_with("act_")).cloned().collect();
        self.acts.sort_unstable();
        self.any_verb = self.senses.iter().position(|s| s.any_verb);
        self.any_saying = self.senses.iter().position(|s| s.any_saying);
        for (name, words) in &self.lists {
            let mut sorted: Vec<&String> = words.iter().collect();
            sorted.sort_unstable();
            let phrases = sorted.into_iter().map(|phrase| phrase.split(' ').map(str::to_string).collect());
            self.phrases.insert(name.clone(), phrases.collect());
        }
        let senses = &self.senses;
        for index in [&mut self.verbs, &mut self.nouns, &mut self.adjectives] {
            for entries in index.values_mut() {
                entries.sort_by_key(|(rest, sense)| {
                    let sense_of = &senses[*sense];
                    // Of two that set as many conditions, what is no event at all goes first.
                    let rank = usize::MAX - sense_of.particular();
                    (usize::MAX - rest.len(), rank, sense_of.kind != "NONE", *sense)
                });
            }
        }
    }

    /// The senses whose first word is `lemma`, most particular first: the further words and the sense's number.
    pub fn look_up(&self, part: Part, lemma: &str) -> &[(Vec<String>, usize)] {
        let index = match part {
            Part::Verb => &self.verbs,
            Part::Noun => &self.nouns,
            Part::Adjective => &self.adjectives,
        };
        index.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The sense that stands for every verb without one of its own, if the rules have such a sense.
    pub fn any_verb(&self) -> Option<usize> {
        self.any_verb
    }

    /// The sense that stands for every verb of saying without one of its own, if the rules have such a sense.
    pub fn any_saying(&self) -> Option<usize> {
        self.any_saying
    }

    /// Whether `word` stands in the closed list `name` ("modality.negators").
    pub fn is(&self, name: &str, word: &str) -> bool {
        self.lists.get(name).is_some_and(|l| l.contains(word))
    }

    /// The words of a closed list.
    pub fn words(&self, name: &str) -> Option<&FxHashSet<String>> {
        self.lists.get(name)
    }

    /// The phrases of a closed list, sorted.
    pub fn list(&self, name: &str) -> Vec<&str> {
        let mut words: Vec<&str> = self.lists.get(name).into_iter().flatten().map(String::as_str).collect();
        words.sort_unstable();
        words
    }

    /// The phrases of a closed list in words, sorted.
    pub fn phrases(&self, name: &str) -> &[Vec<String>] {
        self.phrases.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether `lemma` belongs to the word class `name` ("forces").
    pub fn in_class(&self, name: &str, lemma: &str) -> bool {
        self.classes.get(name).is_some_and(|c| c.contains(lemma))
    }

    /// The class of words for one act that a lemma belongs to.
    pub fn act(&self, lemma: &str) -> Option<&str> {
        self.acts.iter().find(|name| self.in_class(name, lemma)).map(String::as_str)
    }

    /// Whether `name` is a class of words (not one that the actor lexicon fills).
    pub fn has_class(&self, name: &str) -> bool {
        self.classes.contains_key(name)
    }
}
