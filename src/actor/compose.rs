//! The second pass over a sentence: names, titles, units and given names joined to one hit a noun phrase.
//!
//! The phrases it knows: "Uzbek Deputy Foreign Minister X", "Uzbekistan's Foreign Ministry", "the Bush administration",
//! "President of Uzbekistan", "Foreign Ministry spokesman X", "Embassy Dushanbe", "the Ambassador", and names alone.

use super::lexicon::{Lexicon, Modifier, What};
use super::memory::Memory;
use super::model::ActorKind;
use super::names::Named;
use super::persons::{Clues, existed};
use super::scan::{Atom, Style, Words};
use super::{ActorForm, ActorHit, Context};
use crate::text::{Case, Sentence, TokenKind};

/// One sentence being read.
pub(super) struct Composer<'a> {
    pub lex: &'a Lexicon,
    pub text: &'a str,
    pub s: &'a Sentence,
    pub words: &'a Words,
    pub atoms: &'a [Atom],
    pub ctx: &'a Context<'a>,
    pub style: Style,
    /// The state that the document's origin lies in.
    pub host: Option<u32>,
    /// What the document's other sentences introduced, and this sentence's number.
    pub memory: Option<(&'a Memory, usize)>,
    /// Whether the sentence begins inside a quotation, where the sentences before it tell.
    pub quoted: Option<bool>,
    pub hits: Vec<ActorHit>,
}

/// A name at which a phrase begins.
pub(super) struct Base {
    pub start: usize,
    pub end: usize,
    pub actors: Vec<u32>,
    pub form: ActorForm,
    pub person: Option<String>,
    pub implied: bool,
}

/// Titles and units after a name.
#[derive(Default)]
pub(super) struct Tail {
    pub end: usize,
    pub head: usize,
    pub unit: Option<u32>,
    pub title: Option<u32>,
    pub deputy: bool,
    pub former: bool,
    pub name: Option<Named>,
}

impl Composer<'_> {
    pub fn run(mut self) -> Vec<ActorHit> {
        let mut at = 0;
        while at < self.words.len() {
            at = self.step(at).max(at + 1);
        }
        self.hits
    }

    pub(super) fn atom(&self, at: usize) -> Option<&Atom> {
        self.atoms.binary_search_by_key(&at, |a| a.start).ok().map(|n| &self.atoms[n])
    }

    pub(super) fn whats(&self, atom: &Atom) -> impl Iterator<Item = What> {
        atom.entries.iter().map(|&e| self.lex.entries[e as usize].what)
    }

    /// Whether a capitalised word that no list knows stands right before a token, so that what follows is part of a
    /// longer name ("Trades Union Congress", "BP Russia President").
    pub(super) fn in_longer_name(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|&b| b > 0 && self.style == Style::Normal) else { return false };
        let token = &self.s.tokens[before];
        let given = matches!(token.case, Case::Title | Case::Mixed | Case::Upper);
        let known = self.atoms.iter().any(|a| a.start <= before && before < a.end);
        let taken = self.hits.last().is_some_and(|h| h.tokens.contains(&before));
        let word = token.kind == TokenKind::Word && given && !known && !taken;
        word && !self.lex.never_given(self.words.get(before))
    }

    fn is_firm(&self, code: &str) -> bool {
        self.lex.actor(code).is_some_and(|a| matches!(a.kind, ActorKind::Company | ActorKind::Media))
    }

    /// Whether a company's name ends right before a token.
    fn after_company(&self, at: usize) -> bool {
        self.hits.last().is_some_and(|h| h.tokens.end == at && self.is_firm(&h.code))
    }

    fn step(&mut self, at: usize) -> usize {
        let Some(atom) = self.atom(at).cloned() else { return self.remembered(at) };
        if let Some(next) = self.redefined(&atom) {
            return next;
        }
        if let Some(base) = self.base(&atom) {
            return self.base_phrase(base);
        }
        let own = self.whats(&atom).find_map(|w| if let What::Own(p, pronoun) = w { Some((p, pronoun)) } else { None });
        if let Some((post, pronoun)) = own {
            return self.own_phrase(&atom, post, pronoun);
        }
        self.title_phrase(at).unwrap_or(atom.end)
    }

    /// A surname that the document introduced but the lexicon does not know.
    fn remembered(&mut self, at: usize) -> usize {
        let Some((memory, _)) = self.memory else { return at + 1 };
        let token = &self.s.tokens[at];
        if is_masked(self.words.get(at)) {
            return self.masked(at);
        }
        if let Some(Some(code)) = self.acronym(at).cloned() {
            return self.push_acronym(at, code);
        }
        if token.kind != TokenKind::Word || token.case == Case::Lower && self.style == Style::Normal {
            return at + 1;
        }
        // A first name stands alone: "Gulnora", and not "Gulnora Ismailova".
        let alone = self.s.tokens.get(at + 1).is_none_or(|t| t.kind != TokenKind::Word || t.case == Case::Lower);
        let first = memory.by_first_name(self.words.get(at)).filter(|_| alone && self.style == Style::Normal);
        let Some(known) = memory.person(self.words.get(at)).or(first) else { return at + 1 };
        let start = self.given_before(at, &[]).0;
        let (code, person) = (known.code.clone(), known.person.clone());
        let base = Base { start, end: at + 1, actors: Vec::new(), form: ActorForm::Name, person, implied: true };
        self.push(&base, vec![code], at, at + 1, ActorForm::Name);
        at + 1
    }

    /// A name that was struck out ("XXXXXXXXXXXX"): somebody of the state that the document comes from.
    fn masked(&mut self, at: usize) -> usize {
        if let Some(state) = self.host_code().map(str::to_string) {
            let (start, end) = (at, at + 1);
            let person = Some(self.text.get(self.s.tokens[at].range()).unwrap_or_default().to_string());
            let base = Base { start, end, actors: Vec::new(), form: ActorForm::Name, person, implied: true };
            self.push(&base, vec![state], at, end, ActorForm::Name);
        }
        at + 1
    }

    /// The name that an atom is, with the given names in front of a surname.
    pub(super) fn base(&self, atom: &Atom) -> Option<Base> {
        let mut actors: Vec<u32> = Vec::new();
        let mut form = ActorForm::Name;
        for what in self.whats(atom) {
            if let What::Actor(a, f) = what {
                if actors.is_empty() {
                    form = f;
                }
                actors.push(a);
            }
        }
        if actors.is_empty() {
            return self.person_base(atom);
        }
        let living: Vec<u32> =
            actors.iter().copied().filter(|&a| existed(&self.lex.actors[a as usize], self.ctx.date)).collect();
        if !living.is_empty() {
            actors = living;
        }
        // "Trades Union Congress": a body's short name inside the longer name of another.
        let short = atom.end == atom.start + 1 && form == ActorForm::Name;
        let body = |a: &u32| {
            let actor = &self.lex.actors[*a as usize];
            actor.kind == ActorKind::Office && actor.code.contains('.')
        };
        if short && actors.iter().all(body) && self.in_longer_name(atom.start) {
            return None;
        }
        if let Some(host) = self.host
            && (actors.contains(&host) || form == ActorForm::Abbreviation && self.is_host_government(atom))
        {
            actors = vec![host];
        } else if let Some((memory, _)) = self.memory {
            actors.sort_by_key(|&a| std::cmp::Reverse(memory.count(a)));
        }
        let named = |e: &&u32| matches!(self.lex.entries[**e as usize].what, What::Actor(..));
        let guarded = atom.entries.iter().filter(named).all(|&e| !self.in_company(e));
        (!guarded).then_some(Base { start: atom.start, end: atom.end, actors, form, person: None, implied: false })
    }

    /// Whether the company that an entry's guard asks for is there.
    pub(super) fn in_company(&self, entry: u32) -> bool {
        let Some(guard) = self.lex.entries[entry as usize].guard else { return true };
        let wanted = &self.lex.guards[guard as usize].only_with;
        wanted.is_empty()
            || wanted.iter().any(|&w| {
                self.memory.is_some_and(|(m, _)| m.present(w))
                    || self.atoms.iter().flat_map(|a| &a.entries).any(|&e| {
                        let entry = &self.lex.entries[e as usize];
                        let free = entry.guard.is_none_or(|g| self.lex.guards[g as usize].only_with.is_empty());
                        free && matches!(entry.what, What::Actor(b, _) if b == w)
                    })
            })
    }

    /// Whether an abbreviation for a government begins as the name of the post's state does: "GOC" in San Jose is not
    /// Croatia's.
    fn is_host_government(&self, atom: &Atom) -> bool {
        let Some(host) = self.host.map(|h| &self.lex.actors[h as usize]) else { return false };
        let letters = self.words.get(atom.start).strip_prefix("go");
        let begins = |l: &str| !l.is_empty() && host.name.to_lowercase().starts_with(l);
        atom.end == atom.start + 1 && letters.is_some_and(begins)
    }

    fn person_base(&self, atom: &Atom) -> Option<Base> {
        let candidates = self.surnames(atom);
        if candidates.is_empty() {
            return None;
        }
        let (start, given) = self.given_before(atom.start, &candidates);
        let clues = Clues { given, host: self.host_code(), date: self.ctx.date, ..Clues::default() };
        let mut ranked = self.lex.rank(&candidates, &clues);
        let known = self.memory.and_then(|(m, _)| m.person(self.words.get(atom.start)));
        if let Some(known) = known
            && clues.given.is_empty()
        {
            match self.lex.codes.get(&known.code) {
                Some(code) if known.person.is_none() => ranked = vec![*code],
                Some(code) => {
                    let person = known.person.clone();
                    let actors = vec![*code];
                    return Some(Base { start, end: atom.end, actors, form: ActorForm::Name, person, implied: true });
                }
                None => {}
            }
        } else if clues.given.is_empty() {
            ranked.retain(|&c| !self.lex.introduced_only[c as usize] && self.expected(c));
        }
        let form = ActorForm::Name;
        (!ranked.is_empty()).then_some(Base {
            start,
            end: atom.end,
            actors: ranked,
            form,
            person: None,
            implied: false,
        })
    }

    /// Whether a document may speak of a person by the bare surname: one of its host state, of a state or body that it
    /// names otherwise, or one in office then.
    fn expected(&self, person: u32) -> bool {
        let Some((memory, _)) = self.memory else { return true };
        let actor = &self.lex.actors[person as usize];
        let top = self.lex.codes.get(actor.top());
        let host = self.host_code() == Some(actor.top());
        let in_office = actor.roles.iter().any(|r| super::persons::holds(r.span, self.ctx.date));
        host || in_office || top.is_none_or(|t| memory.present(*t))
    }

    pub(super) fn surnames(&self, atom: &Atom) -> Vec<u32> {
        let mut found = Vec::new();
        for what in self.whats(atom) {
            if let What::Surname(a) = what
                && !found.contains(&a)
            {
                found.push(a);
            }
        }
        found
    }

    pub(super) fn base_phrase(&mut self, base: Base) -> usize {
        let (possessive, next) = self.possessive(base.end);
        let next = self.past_bureau(next);
        let is_person = self.lex.actors[base.actors[0] as usize].kind == ActorKind::Person;
        let verb_like = possessive || matches!(base.form, ActorForm::Demonym | ActorForm::Abbreviation);
        let tops: Vec<String> = base.actors.iter().map(|&a| self.lex.actors[a as usize].top().to_string()).collect();
        let tail = self.tail(next, tops.first().map(String::as_str), verb_like).filter(|tail| {
            !is_person || tail.title.is_none() && tail.unit.is_some_and(|u| self.lex.units[u as usize].after_person)
        });
        let tail = tail.or_else(|| self.beyond_body(&base, next, tops.first().map(String::as_str)));
        let owner = possessive && !is_person;
        let tail = tail.or_else(|| owner.then(|| self.beyond_words(next, tops.first().map(String::as_str))).flatten());
        match tail {
            // "BP Russia President": an officer of a company in that state.
            Some(tail)
                if tail.title.is_some()
                    && base.form == ActorForm::Name
                    && !possessive
                    && (self.in_longer_name(base.start) || self.after_company(base.start)) =>
            {
                let codes = tops.iter().map(|top| self.company_of(top)).collect();
                self.push_tail(&base, &tail, codes)
            }
            Some(tail) => {
                let mut codes = Vec::new();
                for (n, top) in tops.iter().enumerate() {
                    let own = &self.lex.actors[base.actors[n] as usize].code;
                    codes.extend(self.codes_of(&tail, top, own, is_person));
                }
                self.push_tail(&base, &tail, codes)
            }
            None => {
                let codes = base.actors.iter().map(|&a| self.lex.actors[a as usize].code.clone()).collect();
                let end = base.end;
                self.push(&base, codes, end - 1, end, base.form);
                end
            }
        }
    }

    /// Whether a possessive stands at a token, and the token after it.
    fn possessive(&self, at: usize) -> (bool, usize) {
        let token = self.s.tokens.get(at).map(|t| self.text.get(t.range()).unwrap_or_default()).unwrap_or_default();
        let apostrophe = token.starts_with(['\'', '’']);
        let is = apostrophe && (token.len() <= 4 && self.words.get(at) == "s" || token.chars().count() == 1);
        (is, if is { at + 1 } else { at })
    }

    /// The token after the bureau that a slash joins to a body's name ("PRM/Admissions Director"), if one stands at `at`.
    fn past_bureau(&self, at: usize) -> usize {
        let mut here = at;
        while self.words.get(here) == "/"
            && let Some(word) = self.s.tokens.get(here + 1)
            && word.kind == TokenKind::Word
            && word.case != Case::Lower
            && !word.spaced
            && self.atom(here + 1).is_none_or(|a| self.base(a).is_none())
        {
            here += 2;
        }
        here
    }

    /// Titles, units and a name from a token on; `None` when there is neither title nor unit.
    pub(super) fn tail(&self, from: usize, top: Option<&str>, verb_like: bool) -> Option<Tail> {
        let mut tail = Tail::default();
        let (mut here, mut deputy) = (from, false);
        while let Some(atom) = self.atom(here) {
            let (mut unit, mut title, mut modifier) = (None, None, None);
            for what in self.whats(atom) {
                match what {
                    What::Unit(u) => unit = Some(u),
                    What::Title(t) => title = Some(t),
                    What::Modifier(m) => modifier = Some(m),
                    What::Actor(..) | What::Surname(_) | What::Own(..) => {}
                }
            }
            if let Some(t) = title {
                (tail.title, tail.deputy) = (Some(t), deputy);
                deputy = false;
            } else if let Some(u) = unit {
                if self.lex.units[u as usize].verb_like && !verb_like {
                    break;
                }
                tail.unit = Some(u);
            } else if let Some(m) = modifier {
                deputy |= m == Modifier::Deputy;
                tail.former |= m == Modifier::Former;
                here = atom.end;
                continue;
            } else {
                break;
            }
            here = atom.end;
            (tail.end, tail.head) = (here, here - 1);
            // "Mr. X", "Gen. X": the stop belongs to the title.
            if title.is_some() && self.words.get(here) == "." && self.words.get(here - 1).len() <= 4 {
                here += 1;
            }
        }
        if tail.title.is_none() && tail.unit.is_none() {
            return None;
        }
        if tail.title.is_some() {
            tail.name = self.name(here, &tail, top).or_else(|| self.name_after_department(here));
            if tail.name.is_none()
                && let Some(end) = self.territory(here)
            {
                tail.end = end;
                tail.name = self.name(end, &tail, top);
            }
        }
        Some(tail)
    }

    pub(super) fn office(&self, tail: &Tail) -> Option<(String, bool)> {
        let def = &self.lex.titles[tail.title? as usize];
        if def.office.is_empty() {
            return None;
        }
        Some((if tail.deputy { format!("deputy-{}", def.office) } else { def.office.clone() }, def.exclusive))
    }

    /// The codes of a phrase whose state is `top`: the person, the holder of the office, the office, or the state.
    pub(super) fn codes_of(&self, tail: &Tail, top: &str, own: &str, is_person: bool) -> Vec<String> {
        if let Some(name) = &tail.name
            && !name.known.is_empty()
        {
            return name.known.clone();
        }
        if let (Some((office, true)), None, false, Some(day)) =
            (self.office(tail), &tail.name, tail.former, self.ctx.date)
            && tail.unit.is_none()
            && !(own.contains('.') && own != top && !is_person && self.is_firm(own)) // "the Gazprom president"
            && !tail.deputy // of whom there are several
            && let Some(person) = self.lex.resolve_role(&office, top, day)
        {
            return vec![person.to_string()];
        }
        let unit = tail.unit.map(|u| self.lex.units[u as usize].unit.as_str()).filter(|u| !u.is_empty());
        let title = tail.title.map(|t| self.lex.titles[t as usize].unit.as_str()).filter(|u| !u.is_empty());
        let plain = if is_person || tail.title.is_some() && !own.contains('.') { top } else { own };
        match unit.or(title).map(|u| format!("{top}.{u}")).filter(|code| self.lex.codes.contains_key(code)) {
            Some(code) if is_person || own == top => vec![code],
            _ => vec![plain.to_string()],
        }
    }

    pub(super) fn push_tail(&mut self, base: &Base, tail: &Tail, codes: Vec<String>) -> usize {
        let form = if tail.title.is_some() { ActorForm::Title } else { ActorForm::Generic };
        let mut base = Base { start: base.start, end: base.end, actors: Vec::new(), person: None, ..*base };
        let (mut end, mut head) = (tail.end, tail.head);
        if let Some(name) = &tail.name {
            (end, head) = (name.end, name.end - 1);
            let known_person =
                codes.first().and_then(|c| self.lex.actor(c)).is_some_and(|a| a.kind == ActorKind::Person);
            base.person = (!known_person).then(|| name.text.clone());
            base.implied |= name.implied;
        }
        let codes = match self.bracketed(end).filter(|_| tail.name.as_ref().is_some_and(|n| n.known.is_empty())) {
            Some(state) => vec![state],
            None => codes,
        };
        let beside = if tail.title.is_some() && tail.name.is_none() { self.apposed(end) } else { None };
        let of = codes.clone();
        self.push(&base, codes, head, end, form);
        match beside {
            Some((at, name)) => {
                let base = Base { start: at, end: name.end, person: Some(name.text), ..base };
                self.push(&base, of, name.end - 1, name.end, ActorForm::Title);
                name.end
            }
            None => end,
        }
    }

    /// Business of a state, where the lexicon has a code for it.
    pub(super) fn company_of(&self, top: &str) -> String {
        let code = format!("{top}.BUS");
        if self.lex.codes.contains_key(&code) { code } else { top.to_string() }
    }

    /// "of the Republic of X" after a title or unit: the base's code and the token after it.
    pub(super) fn of_base(&self, at: usize) -> Option<(String, usize)> {
        if !matches!(self.words.get(at), "of" | "for") {
            return None;
        }
        let mut here = at + 1;
        while matches!(self.words.get(here), "the") {
            here += 1;
        }
        let base = self.base(self.atom(here)?)?;
        let actor = &self.lex.actors[base.actors[0] as usize];
        let usable = actor.kind != ActorKind::Person && base.form != ActorForm::Demonym;
        usable.then(|| (actor.code.clone(), base.end))
    }

    pub(super) fn host_code(&self) -> Option<&str> {
        self.host.map(|h| self.lex.actors[h as usize].code.as_str())
    }

    pub(super) fn push(&mut self, base: &Base, mut codes: Vec<String>, head: usize, end: usize, form: ActorForm) {
        let mut seen = Vec::new();
        codes.retain(|c| {
            !seen.contains(c) && {
                seen.push(c.clone());
                true
            }
        });
        let Some(code) = codes.first().cloned() else { return };
        let capital = form == ActorForm::Capital;
        let place_reading =
            capital && self.atom(base.start).is_some_and(|a| self.lex.metonyms.is_place(self.words, a, self.atoms));
        self.hits.push(ActorHit {
            tokens: base.start..end,
            head,
            code,
            candidates: codes,
            form,
            capital,
            place_reading,
            person: base.person.clone(),
            implied: base.implied,
        });
    }
}

/// A word that a publisher put in the place of a name.
fn is_masked(word: &str) -> bool {
    word.len() >= MASK && word.chars().all(|c| c == 'x')
}

/// Letters of such a word at least.
const MASK: usize = 4;
