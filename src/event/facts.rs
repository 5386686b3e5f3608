//! What the other stages found in one sentence, ready for the event rules.

use super::lexicon::Lexicon;
use super::quotes::Quotes;
use super::tree::Tree;
use crate::actor::ActorKind;
use crate::text::Sentence;
use crate::text::syntax::Relation;
use crate::timex::Timex;
use std::ops::Range;

/// An actor at its place in the sentence, pronouns resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorAt {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The token that stands for the whole.
    pub head: usize,
    /// The most specific code.
    pub code: String,
    /// The state or organisation it rolls up to.
    pub top: String,
    /// What it is.
    pub kind: ActorKind,
    /// The words as written; for a pronoun, the words it stands for.
    pub text: String,
    /// A capital's name that means the place here.
    pub as_place: bool,
    /// Whether a pronoun or description was resolved to it.
    pub resolved: bool,
    /// Whether several persons go by the code, since it is no person's own.
    pub shared: bool,
}

/// A place at its place in the sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceAt {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Where.
    pub place: super::Place,
    /// Code of the state it lies in, if it is an actor.
    pub state: Option<String>,
}

/// A named event at its place in the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedAt {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Index in the lexicon of named events.
    pub event: usize,
}

/// Everything known of one sentence.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The document's text.
    pub text: &'a str,
    /// The sentence.
    pub sentence: &'a Sentence,
    /// The parse.
    pub tree: &'a Tree,
    /// Its actors.
    pub actors: Vec<ActorAt>,
    /// Its places.
    pub places: Vec<PlaceAt>,
    /// Named events in it.
    pub named: Vec<NamedAt>,
    /// Its time expressions.
    pub times: Vec<&'a Timex>,
    /// What of it is quoted.
    pub quotes: Quotes,
}

impl Facts<'_> {
    /// The actors whose head is one of these words.
    pub fn actors_in<'b>(&'b self, words: &'b [usize]) -> impl Iterator<Item = &'b ActorAt> + 'b {
        self.actors.iter().filter(move |a| words.contains(&a.head) || a.tokens.clone().any(|t| words.contains(&t)))
    }

    /// Whether an actor is named only as the one whose contact, interlocutor or critic the head of a phrase is.
    pub fn knows_only(&self, lexicon: &Lexicon, head: usize, actor: &ActorAt) -> bool {
        let at = self.tree.top_of(&actor.tokens);
        let owner = self.tree.relation(at) == Relation::NmodPoss || actor.code.ends_with(".EMB");
        // "Most of our contacts said": in whatever phrase they stand.
        let up = self.tree.head(at).filter(|&up| up == head || self.tree.under(up, head));
        // "The former Norwegian colony" is not Norway.
        let belongs = |up: usize| !actor.resolved && lexicon.is("roles.belonging", &self.tree.lower[up]);
        if self.tree.relation(at) == Relation::Amod && up.is_some_and(belongs) {
            return true;
        }
        owner && up.is_some_and(|up| lexicon.is("roles.outsider", &self.tree.lower[up]))
    }

    /// Whether a token belongs to an actor's name.
    pub fn in_actor(&self, token: usize) -> bool {
        self.actors.iter().any(|a| !a.resolved && a.tokens.contains(&token))
    }

    /// Whether a token belongs to the name of an event: "the Oslo Accords" are not Norway's.
    pub fn in_event_name(&self, token: usize) -> bool {
        self.named.iter().any(|n| n.tokens.len() > 1 && n.tokens.contains(&token))
    }

    /// Whether a token stands for somebody whom no lexicon names: a pronoun, or a name that an editor masked ("XXXXXX").
    pub fn is_somebody(&self, lexicon: &Lexicon, token: usize) -> bool {
        let word = &self.tree.lower[token];
        lexicon.is("anaphora.persons", word) || word.len() > 3 && self.is_masked(token)
    }

    /// Whether a token is a name that an editor masked ("XXXXXX").
    pub fn is_masked(&self, token: usize) -> bool {
        self.tree.lower[token].bytes().all(|b| b == b'x')
    }

    /// Whether a token belongs to a time expression.
    pub fn in_time(&self, token: usize) -> bool {
        self.times.iter().any(|t| t.tokens.contains(&token))
    }

    /// Whether a token stands between quotation marks that open before it in its paragraph.
    pub fn quoted(&self, token: usize) -> bool {
        self.quotes.hold(self.text, self.sentence, token)
    }

    /// A token as written.
    pub fn surface(&self, token: usize) -> String {
        self.sentence.tokens.get(token).map(|t| t.word(self.text).into_owned()).unwrap_or_default()
    }

    /// Whether nothing stands between two tokens in the text: the parts of "hard-pressed", a name and its "'s".
    pub fn adjoin(&self, before: usize, after: usize) -> bool {
        let tokens = &self.sentence.tokens;
        tokens.get(before).zip(tokens.get(after)).is_some_and(|(a, b)| a.end == b.start)
    }

    /// The country of the place where a sentence plays, if it names one: "stormed a prison in Oslo and freed the inmates".
    pub fn country(&self) -> Option<&str> {
        let local = |p: &&PlaceAt| {
            matches!(self.tree.case(self.tree.top_of(&p.tokens)).as_str(), "in" | "at" | "near" | "outside")
        };
        self.places.iter().rfind(local).map(|p| p.place.country.as_str()).filter(|c| !c.is_empty())
    }

    /// The place of an event headed by `head`: named under it or its verb with "in", "at" or "near", else no place.
    pub fn place_of(&self, head: usize) -> Option<&super::Place> {
        let nominal = !self.tree.is_verb(head) || self.tree.relation(head).is_subject();
        let verb = self.tree.governor(head).filter(|_| nominal);
        let near = |top: usize| {
            self.places.iter().find(|p| {
                let at = self.tree.top_of(&p.tokens);
                // "Left the treaty, which it had signed in Tashkent": another act's place.
                let own = self.tree.ancestors(at).take_while(|&a| a != top).all(|a| !self.tree.is_predicate(a));
                let beside =
                    matches!(self.tree.relation(at), Relation::Obl | Relation::Nmod | Relation::Conj | Relation::Obj);
                let local = matches!(self.tree.case(at).as_str(), "in" | "at" | "near" | "outside" | "from");
                beside && local && own && self.tree.under(at, top)
            })
        };
        near(head).or_else(|| verb.and_then(near)).map(|p| &p.place)
    }
}
