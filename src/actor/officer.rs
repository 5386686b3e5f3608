//! Officers whose title or name stands a few words away from what they belong to: "Sweden's Moscow DCM", "the special
//! representative for Sweden and Norway Testov", "the bank's chief of strategy, Ivan Testov".

use super::ActorForm;
use super::compose::{Base, Composer, Tail};
use super::lexicon::What;
use super::model::ActorKind;
use super::names::Named;
use super::scan::Style;
use crate::text::{Case, TokenKind};

/// Capitalised words between an owner and a title at most.
const BETWEEN: usize = 2;

/// Words that "of" and what a title is of ("of strategy and business development") take together at most.
const OF: usize = 8;

impl Composer<'_> {
    /// "Russian NATO Ambassador Testov": a state's officer at an organisation is the state's.
    pub(super) fn beyond_body(&self, base: &Base, next: usize, top: Option<&str>) -> Option<Tail> {
        let body = self.atom(next).filter(|_| base.form == ActorForm::Demonym)?;
        let known = self.base(body).filter(|b| b.person.is_none())?;
        let actor = &self.lex.actors[known.actors[0] as usize];
        let tail = (actor.kind == ActorKind::Igo).then(|| self.tail(body.end, top, true)).flatten()?;
        tail.title.is_some().then_some(tail)
    }

    /// "Sweden's Moscow DCM", "the bank's new Group Vice President": an officer behind capitalised words of no other actor.
    pub(super) fn beyond_words(&self, next: usize, top: Option<&str>) -> Option<Tail> {
        let modifier = |at: &usize| {
            let atom = self.atom(*at)?;
            self.whats(atom).any(|w| matches!(w, What::Modifier(_))).then_some(atom.end)
        };
        let first = std::iter::successors(Some(next), modifier).last()?;
        let plain = |at: usize| {
            let capital = self.s.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word && t.case != Case::Lower);
            let known = self.atom(at).is_none_or(|a| {
                a.end == at + 1 && self.whats(a).all(|w| matches!(w, What::Actor(_, ActorForm::Capital)))
            });
            capital && known && self.style == Style::Normal
        };
        (first..first + BETWEEN).take_while(|&at| plain(at)).find_map(|at| {
            let tail = self.tail(at + 1, top, true)?;
            tail.title.is_some().then_some(tail)
        })
    }

    /// "Special Representative for Sweden and Norway": the token behind what a title is for.
    pub(super) fn territory(&self, at: usize) -> Option<usize> {
        let mut end = None;
        let mut here = at;
        let joined = |at: usize| matches!(self.words.get(at), "and" | "," | "/" | "&");
        while self.words.get(here) == "for" && end.is_none() || joined(here) && end.is_some() {
            let from = here + 1 + usize::from(self.words.get(here) == "," && self.words.get(here + 1) == "and");
            let from = from + usize::from(self.words.get(from) == "the");
            let Some(base) = self.atom(from).and_then(|a| self.base(a)) else { break };
            let state = self.lex.actors[base.actors[0] as usize].kind != ActorKind::Person;
            if !state || base.form == ActorForm::Demonym {
                break;
            }
            (end, here) = (Some(base.end), base.end);
        }
        end
    }

    /// "Deputy Chairman Ivan Testov (Norwegian, protect)": the nationality told in a bracket behind a name.
    pub(super) fn bracketed(&self, at: usize) -> Option<String> {
        let base = self.atom(at + 1).filter(|_| self.words.get(at) == "(").and_then(|a| self.base(a))?;
        let people = base.form == ActorForm::Demonym && matches!(self.words.get(base.end), ")" | "," | ";");
        people.then(|| self.lex.actors[base.actors[0] as usize].code.clone())
    }

    /// "The bank's chief of strategy, Ivan Testov, called": the name that stands beside a title, and where it begins.
    pub(super) fn apposed(&self, end: usize) -> Option<(usize, Named)> {
        let of = matches!(self.words.get(end), "of" | "for");
        let free = |at: &usize| {
            let word = self.s.tokens.get(*at).is_some_and(|t| t.kind == TokenKind::Word);
            word && self.atom(*at).is_none_or(|a| self.base(a).is_none())
        };
        let comma = if of { (end..end + OF).take_while(free).last().map_or(end, |last| last + 1) } else { end };
        let at = comma + 1;
        let name = (self.words.get(comma) == ",").then(|| self.name(at, &Tail::default(), None)).flatten()?;
        let unknown = name.known.is_empty() && !(at..name.end).any(|t| self.atom(t).is_some());
        let whole = matches!(self.words.get(name.end), "," | "(" | "." | ";") || name.end == self.words.len();
        (unknown && whole && name.end - at >= 2).then_some((at, name))
    }
}
