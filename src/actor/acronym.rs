//! Abbreviations that a document introduces in brackets: what they stand for from there on.

use super::ActorForm;
use super::compose::{Base, Composer};
use super::lexicon::What;
use super::scan::{Atom, Style};
use crate::text::Case;

impl Composer<'_> {
    /// What the document says that an abbreviation stands for, `Some(None)` where that is nobody known.
    pub(super) fn acronym(&self, at: usize) -> Option<&Option<String>> {
        let capitals = self.style == Style::Normal && self.s.tokens.get(at)?.case == Case::Upper;
        self.memory.filter(|_| capitals)?.0.acronym(self.words.get(at))
    }

    /// An abbreviation of the lexicon that stands for something else in this document: "the Department of Public
    /// Prosecutions (DPP)" is not the party of that name.
    pub(super) fn redefined(&mut self, atom: &Atom) -> Option<usize> {
        if atom.end != atom.start + 1 || !self.whats(atom).any(|w| matches!(w, What::Actor(..))) {
            return None;
        }
        let code = self.acronym(atom.start)?.clone();
        // What the lexicon knows as a state or organisation, or as a body of the post's own state, is that.
        let host = self.host_code();
        let elsewhere = |&a: &u32| {
            let actor = &self.lex.actors[a as usize];
            actor.code.contains('.') && host != Some(actor.top())
        };
        if !self.base(atom)?.actors.iter().all(elsewhere) {
            return None;
        }
        Some(code.map_or(atom.end, |code| self.push_acronym(atom.start, code)))
    }

    pub(super) fn push_acronym(&mut self, at: usize, code: String) -> usize {
        let Some(&actor) = self.lex.codes.get(&code) else { return at + 1 };
        let (actors, form) = (vec![actor], ActorForm::Name);
        self.base_phrase(Base { start: at, end: at + 1, actors, form, person: None, implied: true })
    }
}
