//! Persons' names in a sentence: given names before a surname, and names right after a title.

use super::compose::{Composer, Tail};
use super::lexicon::{What, is_dash};
use super::persons::Clues;
use super::scan::{Atom, Style};
use crate::document::Zone;
use crate::text::{Case, TokenKind};

/// Words that "of" and the name of a department take together at most.
const DEPARTMENT: usize = 10;

/// A person's name after a title.
pub(super) struct Named {
    pub end: usize,
    pub known: Vec<String>,
    pub text: String,
    pub implied: bool,
}

impl Composer<'_> {
    /// The given names and initials right before a surname: where they begin, and the words.
    pub(super) fn given_before(&self, surname: usize, candidates: &[u32]) -> (usize, Vec<&str>) {
        let floor = self.hits.last().map_or(0, |h| h.tokens.end);
        let mut start = surname;
        let mut given: Vec<&str> = Vec::new();
        let mut full = false; // a given name that a candidate has
        while start > floor && given.len() < 3 {
            let mut at = start - 1;
            if self.words.get(at) == "." && at > floor && self.words.get(at - 1).chars().count() == 1 {
                at -= 1;
            }
            let token = &self.s.tokens[at];
            let word = self.words.get(at);
            let key = super::fold::fold(word);
            let known =
                candidates.iter().any(|c| self.lex.given.get(c).is_some_and(|g| g.iter().any(|name| **name == *key)));
            let capital = token.case != Case::Lower && self.style == Style::Normal && at > 0;
            // "Gordon Brown": what is the surname of another may be a given name of his.
            let taken = !known && self.atoms.iter().any(|a| a.start <= at && at < a.end);
            let initial = word.chars().count() == 1;
            let enough = full && !known && !initial;
            if token.kind != TokenKind::Word || taken || enough || !(known || capital && !self.lex.never_given(word)) {
                break;
            }
            full |= known;
            given.insert(0, word);
            start = at;
        }
        (start, given)
    }

    /// A person's name right after a title.
    pub(super) fn name(&self, from: usize, tail: &Tail, top: Option<&str>) -> Option<Named> {
        let mut given: Vec<&str> = Vec::new();
        let mut at = from;
        let mut bracket: Option<(usize, usize)> = None;
        while given.len() < 5 {
            if let Some(atom) = self.atom(at) {
                let candidates = self.surnames(atom);
                if candidates.is_empty() && self.is_first_name(atom) {
                    given.push(self.words.get(at));
                    at += 1;
                    continue;
                }
                if candidates.is_empty() {
                    break;
                }
                return Some(self.known_name(from, atom, &candidates, given, tail, top));
            }
            let Some(token) = self.s.tokens.get(at) else { break };
            let word = self.words.get(at);
            // "(Vladimir) Norov", "[RusAl Chairman Oleg] Deripaska"
            if matches!(word, "(" | ")" | "[" | "]") && bracket.is_none_or(|(b, _)| at < b + 4) {
                bracket = bracket.or(Some((at, given.len())));
                at += 1;
                continue;
            }
            let next_capital =
                self.s.tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Word && t.case != Case::Lower);
            if word == "." && given.last().is_some_and(|g| g.chars().count() == 1)
                || is_dash(word) && !token.spaced && !given.is_empty() && next_capital
            {
                at += 1;
            } else if token.kind == TokenKind::Word
                && (token.case != Case::Lower && !self.lex.never_given(word)
                    || !given.is_empty() && next_capital && self.lex.is_particle(word))
            {
                given.push(word);
                at += 1;
            } else {
                break;
            }
        }
        if let Some((end, names)) = bracket {
            given.truncate(names);
            at = end;
        }
        self.unknown_name(from, at, &given)
    }

    /// "Chief of Refugee Affairs Barbara Example": the name after the department that a title is of, where the
    /// department ends in a word for one.
    pub(super) fn name_after_department(&self, from: usize) -> Option<Named> {
        if !matches!(self.words.get(from), "of" | "for") || self.style != Style::Normal {
            return None;
        }
        let inside = |at: usize| {
            let small = matches!(self.words.get(at), "of" | "for" | "and" | "the" | "&" | "to");
            let capital = self.s.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word && t.case != Case::Lower);
            let actor =
                self.atom(at).is_some_and(|a| self.whats(a).any(|w| matches!(w, What::Actor(..) | What::Own(..))));
            (small || capital) && !actor
        };
        let mut last = None;
        for at in (from + 1..from + DEPARTMENT).take_while(|&at| inside(at)) {
            if self.lex.departments.contains(self.words.get(at)) {
                last = Some(at + 1);
            }
        }
        let start = last?;
        let name = self.name(start, &Tail::default(), None)?;
        (name.end >= start + 2 || !name.known.is_empty()).then_some(name)
    }

    /// "Prosecutor General Washington Pesantez": a capital's name between a title and a capitalised word that no list
    /// knows is a first name.
    fn is_first_name(&self, atom: &Atom) -> bool {
        let capital = self.whats(atom).any(|w| matches!(w, What::Actor(_, super::ActorForm::Capital)));
        let next = self.s.tokens.get(atom.end).is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Title);
        let unknown = self.atom(atom.end).is_none() && !self.lex.never_given(self.words.get(atom.end));
        capital && atom.end == atom.start + 1 && next && unknown && self.style == Style::Normal
    }

    fn known_name(
        &self,
        from: usize,
        atom: &Atom,
        candidates: &[u32],
        given: Vec<&str>,
        tail: &Tail,
        top: Option<&str>,
    ) -> Named {
        let office = self.office(tail);
        let title = tail.title.map(|t| &self.lex.titles[t as usize]);
        let state = title.map(|t| t.state.as_str()).filter(|s| !s.is_empty());
        let clues = Clues {
            given,
            office: office.as_ref().map(|(o, exclusive)| (o.as_str(), *exclusive)),
            of_state: title.is_some_and(|t| t.of_state),
            top: top.or(state),
            host: self.host_code(),
            date: self.ctx.date,
        };
        let ranked = self.lex.rank(candidates, &clues);
        let known = ranked.iter().map(|&c| self.lex.actors[c as usize].code.clone()).collect();
        Named { end: atom.end, known, text: self.words_between(from, atom.end), implied: false }
    }

    fn unknown_name(&self, from: usize, end: usize, given: &[&str]) -> Option<Named> {
        let last = given.last()?;
        if last.chars().count() < 2 || self.s.zone == Zone::Heading || self.style == Style::Caps {
            return None;
        }
        let known = self.memory.and_then(|(m, _)| m.person(last));
        let text = known.and_then(|k| k.person.clone()).unwrap_or_else(|| self.words_between(from, end));
        let codes = known.map(|k| k.code.clone()).into_iter().collect();
        Some(Named { end, known: codes, text, implied: known.is_some() })
    }

    /// The words of some tokens as written, white space made single.
    fn words_between(&self, from: usize, end: usize) -> String {
        crate::text::one_line(self.text, self.s.tokens.get(from..end).unwrap_or_default())
    }
}
