//! Phrases that begin with a title or a unit: "President of Uzbekistan", "the Ambassador", "demonstrators".

use super::compose::{Base, Composer, Tail};
use super::lexicon::What;
use super::model::{ActorKind, top_of};
use super::scan::{Atom, Style};
use super::{ActorForm, ActorHit};
use crate::text::{Case, TokenKind};

impl Composer<'_> {
    /// A phrase that begins with a title, unit or modifier; `None` when nothing comes of it.
    pub(super) fn title_phrase(&mut self, at: usize) -> Option<usize> {
        let state = self.title_state(at);
        let mut tail = self.tail(at, state.as_deref(), true)?;
        let mut base =
            Base { start: at, end: tail.end, actors: Vec::new(), form: ActorForm::Title, person: None, implied: false };
        if tail.name.is_none()
            && let Some((of, end)) = self.of_base(tail.end)
        {
            let top = top_of(&of).to_string();
            tail.name = if tail.title.is_some() { self.name(end, &tail, Some(&top)) } else { None };
            let codes = self.codes_of(&tail, &top, &of, false);
            let head = tail.head;
            tail.end = end;
            let end = self.push_tail(&base, &tail, codes);
            if tail.name.is_none()
                && let Some(hit) = self.hits.last_mut()
            {
                hit.head = head;
            }
            return Some(end);
        }
        let known = tail.name.as_ref().is_some_and(|n| !n.known.is_empty());
        let top = match state {
            Some(state) => state,
            None if known => String::new(),
            None => {
                base.implied = true;
                // "The special envoy for Sweden" is nobody known, and Sweden is what he is for.
                let end = tail.end;
                let beyond = tail.title.is_some() && end > tail.head + 1;
                return self.stateless(base, tail).or(beyond.then_some(end));
            }
        };
        let codes = self.codes_of(&tail, &top, &top, false);
        Some(self.push_tail(&base, &tail, codes))
    }

    /// The state that the first title of a phrase tells ("Secretary of State").
    fn title_state(&self, at: usize) -> Option<String> {
        // "MFA U/S": any state's foreign ministry.
        let ministry = |a: &Atom| self.whats(a).any(|w| matches!(w, What::Unit(u) if self.lex.units[u as usize].alone));
        if self.atoms.iter().any(|a| a.end == at && ministry(a)) {
            return None;
        }
        let mut here = at;
        while let Some(atom) = self.atom(here) {
            if ministry(atom) {
                return None;
            }
            for what in self.whats(atom) {
                if let What::Title(t) = what
                    && !self.lex.titles[t as usize].state.is_empty()
                {
                    return Some(self.lex.titles[t as usize].state.clone());
                }
            }
            here = atom.end;
        }
        None
    }

    /// A title or unit with no state in the words: who the document introduced, else the host state, else the state
    /// that the sentence named first.
    fn stateless(&mut self, base: Base, tail: Tail) -> Option<usize> {
        let alone = tail.name.is_none();
        let bare = tail.title.is_none() && tail.unit.is_some_and(|u| self.lex.units[u as usize].bare);
        if bare {
            return self.bare_unit(base, tail);
        }
        // "Gazprom President Miller" is no president of a state.
        if !alone && self.in_longer_name(base.start) && self.office(&tail).is_some_and(|(_, exclusive)| exclusive) {
            let top = self.host_code()?.to_string();
            let codes = vec![self.company_of(&top)];
            return Some(self.push_tail(&base, &tail, codes));
        }
        let titled = tail.title.map(|t| self.lex.titles[t as usize].alone);
        let allowed = titled.unwrap_or_else(|| tail.unit.is_some_and(|u| self.lex.units[u as usize].alone));
        if alone && !(allowed && (self.words.before(base.start) == "the" || self.is_short(&base))) {
            return None;
        }
        if alone
            && let (Some((memory, sentence)), Some((office, _))) = (self.memory, self.office(&tail))
            && let Some(known) = memory.holder(&office, sentence)
        {
            let (code, person) = (known.code.clone(), known.person.clone());
            let base = Base { person, ..base };
            self.push(&base, vec![code], tail.head, tail.end, ActorForm::Title);
            return Some(tail.end);
        }
        let first = self.hits.iter().find_map(|h| {
            let state = self.lex.actor(top_of(&h.code)).filter(|a| a.kind == ActorKind::State)?;
            (!h.place_reading && !h.implied).then(|| state.code.clone())
        });
        let about = if tail.title.is_none() { self.about_code() } else { None };
        // A title that is no part of any state's government.
        let of_body = tail.title.is_some_and(|t| {
            let title = &self.lex.titles[t as usize];
            alone && !title.of_state && title.unit.is_empty()
        });
        let state = || self.host_code().map(str::to_string).or(about).or(if alone { None } else { first });
        let top = if of_body { self.accredited_code() } else { state() }?;
        let codes = self.codes_of(&tail, &top, &top, false);
        Some(self.push_tail(&base, &tail, codes))
    }

    /// The organisation to which the document's own mission is accredited: "the SecGen" in its cables is its own.
    fn accredited_code(&self) -> Option<String> {
        let at = self.lex.accredited(self.ctx)?;
        Some(self.lex.actors[at as usize].code.clone())
    }

    /// "SecGen asked", "FM said": an abbreviated title needs no article. After a name or an owner it is part of more.
    fn is_short(&self, base: &Base) -> bool {
        let token = self.s.tokens.get(base.start);
        let short = token.is_some_and(|t| matches!(t.case, Case::Upper | Case::Mixed)) && self.style == Style::Normal;
        let before = self.words.before(base.start);
        let owned = before.ends_with(['\'', '’']) || before == "s" || self.lex.elsewhere.contains(before);
        let beside = base.start.checked_sub(1).and_then(|b| self.s.tokens.get(b));
        let capital = beside.is_some_and(|t| t.kind == TokenKind::Word && t.case != Case::Lower) && base.start > 1;
        short && base.end == base.start + 1 && !owned && !capital && !matches!(before, "a" | "an" | "/" | "-")
    }

    /// "Demonstrators gathered", "troops in Georgia": of the state that is told with them, else of the one that the
    /// document comes from or is about.
    fn bare_unit(&mut self, base: Base, tail: Tail) -> Option<usize> {
        let before = self.words.before(base.start);
        let apostrophe = before.ends_with(['\'', '’']) || before == "s";
        if apostrophe || self.lex.elsewhere.contains(before) || self.in_longer_name(base.start) {
            return None;
        }
        let abroad = tail.unit.is_some_and(|u| self.lex.units[u as usize].abroad);
        let within = (!abroad && self.lex.within.contains(self.words.get(tail.end))).then(|| {
            let at = tail.end + 1 + usize::from(self.words.get(tail.end + 1) == "the");
            let named = self.base(self.atom(at)?)?;
            let actor = &self.lex.actors[named.actors[0] as usize];
            (actor.kind == ActorKind::State).then(|| actor.code.clone())
        });
        let commands = |h: &&ActorHit| {
            let part = h.code.split_once('.').map_or("", |(_, part)| part);
            tail.unit.is_some_and(|u| self.lex.units[u as usize].under.iter().any(|u| u == part))
        };
        let commanded = self.hits.iter().rev().find(commands).map(|h| top_of(&h.code).to_string());
        let scene = self.hits.iter().find(|h| h.place_reading).map(|h| top_of(&h.code).to_string());
        let top =
            within.flatten().or(commanded).or(scene).or(self.host_code().map(str::to_string)).or(self.about_code())?;
        let codes = self.codes_of(&tail, &top, &top, false);
        Some(self.push_tail(&base, &tail, codes))
    }

    /// The state that a document without a post is about.
    fn about_code(&self) -> Option<String> {
        let at = self.memory?.0.about()?;
        Some(self.lex.actors[at as usize].code.clone())
    }
}
