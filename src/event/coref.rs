//! Pronouns within a paragraph: "he", "it", "they" stand for the last fitting actor named before them.

use super::facts::ActorAt;
use super::lexicon::Lexicon;
use super::tree::Tree;
use crate::actor::ActorKind;
use crate::text::syntax::Upos;

/// The actors last named in a paragraph, by what a pronoun can stand for.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    person: Option<ActorAt>,
    body: Option<ActorAt>,
    group: Option<ActorAt>,
}

impl Memory {
    /// Resolves the pronouns of a sentence against the actors before them, then remembers the sentence's actors.
    /// `actors` are those of the sentence, in order; the answer holds them and the resolved pronouns.
    pub fn resolve(&mut self, tree: &Tree, lexicon: &Lexicon, actors: Vec<ActorAt>) -> Vec<ActorAt> {
        let mut out: Vec<ActorAt> = Vec::new();
        let mut rest = actors.into_iter().peekable();
        for i in 0..tree.len() {
            while let Some(actor) = rest.next_if(|a| a.tokens.start <= i) {
                self.note(&actor, tree);
                out.push(actor);
            }
            if tree.upos(i) != Upos::Pron || out.iter().any(|a| a.tokens.contains(&i)) {
                continue;
            }
            if let Some(known) = self.antecedent(lexicon, &tree.lower[i]) {
                let resolved = ActorAt { tokens: i..i + 1, head: i, as_place: false, resolved: true, ..known.clone() };
                out.push(resolved);
            }
        }
        for actor in rest {
            self.note(&actor, tree);
            out.push(actor);
        }
        out
    }

    fn antecedent(&self, lexicon: &Lexicon, pronoun: &str) -> Option<&ActorAt> {
        if lexicon.is("anaphora.singular", pronoun) || lexicon.is("anaphora.first_singular", pronoun) {
            // "I" stands in words quoted from the person last spoken of.
            self.person.as_ref()
        } else if lexicon.is("anaphora.neuter", pronoun) {
            self.body.as_ref()
        } else if lexicon.is("anaphora.plural", pronoun) {
            self.group.as_ref().or(self.body.as_ref())
        } else {
            None
        }
    }

    /// A subject stays in mind longer than what is named beside it.
    fn note(&mut self, actor: &ActorAt, tree: &Tree) {
        if actor.as_place {
            return;
        }
        let subject = tree.relation(actor.head).is_subject();
        let slot = match actor.kind {
            ActorKind::Person => &mut self.person,
            ActorKind::Office if tree.lower[actor.head].ends_with('s') => &mut self.group,
            ActorKind::State | ActorKind::Igo | ActorKind::Company => &mut self.body,
            ActorKind::Group => &mut self.group,
            _ => return,
        };
        if subject || slot.is_none() {
            *slot = Some(actor.clone());
        }
    }
}
