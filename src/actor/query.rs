//! Questions to the lexicon: who is this, what does it belong to, who held an office, who was a member.

use super::lexicon::Lexicon;
use super::model::{Actor, ActorKind, HeldRole, top_of};
use crate::date::NaiveDate;

impl Lexicon {
    /// The actor with this code.
    pub fn actor(&self, code: &str) -> Option<&Actor> {
        self.codes.get(code).map(|&at| &self.actors[at as usize])
    }

    /// Every actor that the files name, in their order (offices made from units are left out).
    pub fn actors(&self) -> impl Iterator<Item = &Actor> {
        self.actors[..self.written].iter()
    }

    /// The state or organisation that a code belongs to: `UZB.KARIMOV` → `UZB`.
    pub fn top<'a>(&self, code: &'a str) -> &'a str {
        top_of(code)
    }

    /// The state that a document's post lies in ("Embassy Tashkent": UZB); `None` where its origin is no post.
    pub fn host_of(&self, context: &super::Context) -> Option<&str> {
        self.host(context).map(|at| self.actors[at as usize].code.as_str())
    }

    /// The state whose post sent a document ("Embassy Tashkent": USA); `None` where its origin is no post.
    pub fn sender_of(&self, context: &super::Context) -> Option<&str> {
        let post = (0..self.posts.len() as u32).find(|&p| self.is_sender(p, context))?;
        Some(top_of(&self.posts[post as usize].code))
    }

    /// What a code stands for in counts and dyads: a construct's members (`XWEST` → USA, EU), else the code's top.
    pub fn stands_for<'a>(&'a self, code: &'a str) -> Vec<&'a str> {
        match self.actor(code) {
            Some(actor) if actor.kind == ActorKind::Construct => actor.stands_for.iter().map(String::as_str).collect(),
            _ => vec![top_of(code)],
        }
    }

    /// Who held an office on a day: the person's code. The latest to take it, where a change falls on the day.
    ///
    /// `office` is a role ("president") or any title the lexicon knows for one ("formin").
    pub fn resolve_role(&self, office: &str, state: &str, day: NaiveDate) -> Option<&str> {
        let office = self.office_of(office).unwrap_or(office);
        self.holders(office, state)
            .filter(|(_, role)| contains(role, day))
            .max_by_key(|(_, role)| role.span.earliest)
            .map(|(actor, _)| actor.code.as_str())
    }

    /// Every holder of an office with the time, in the order of the files.
    pub fn holders<'a>(&'a self, office: &str, state: &str) -> impl Iterator<Item = (&'a Actor, &'a HeldRole)> {
        let (office, state) = (office.to_string(), state.to_string());
        self.actors()
            .flat_map(|a| a.roles.iter().map(move |r| (a, r)))
            .filter(move |(_, r)| r.office == office && r.of == state)
    }

    /// The office that a title names: "formin" → `foreign-minister`.
    pub fn office_of(&self, title: &str) -> Option<&str> {
        let def = &self.titles[*self.offices.get(&super::lexicon::key_words(title))? as usize];
        (!def.office.is_empty()).then_some(def.office.as_str())
    }

    /// Offices that a person held on a day.
    pub fn roles_on(&self, person: &str, day: NaiveDate) -> Vec<&HeldRole> {
        self.actor(person).map_or_else(Vec::new, |a| a.roles.iter().filter(|r| contains(r, day)).collect())
    }

    /// Whether a state (or the state of this office or person) was a member of an organisation on a day.
    pub fn member_on(&self, code: &str, organisation: &str, day: NaiveDate) -> bool {
        let member = top_of(code);
        self.actor(organisation).is_some_and(|o| {
            o.members
                .iter()
                .filter(|m| m.member == member)
                .any(|m| m.span.earliest.is_none_or(|e| e <= day) && m.span.latest.is_none_or(|l| day <= l))
        })
    }
}

fn contains(role: &HeldRole, day: NaiveDate) -> bool {
    role.span.earliest.is_none_or(|e| e <= day) && role.span.latest.is_none_or(|l| day <= l)
}

#[cfg(test)]
impl Lexicon {
    /// Names that more than one actor goes by, with nothing to tell them apart.
    pub(super) fn clashes(&self) -> Vec<String> {
        use super::lexicon::What;
        let mut found = Vec::new();
        let mut lists: Vec<(&String, &Vec<u32>)> = self.exact.iter().collect();
        lists.sort();
        for (first, list) in lists {
            for (n, &a) in list.iter().enumerate() {
                for &b in &list[n + 1..] {
                    let (one, other) = (&self.entries[a as usize], &self.entries[b as usize]);
                    let (What::Actor(x, form), What::Actor(y, other_form)) = (one.what, other.what) else { continue };
                    let (p, q) = (&self.actors[x as usize], &self.actors[y as usize]);
                    let abbreviations = form == other_form && form == super::ActorForm::Abbreviation;
                    let government = abbreviations && p.kind == ActorKind::State && q.kind == ActorKind::State;
                    let dated = p.exists != crate::date::Span::default() || q.exists != crate::date::Span::default();
                    let capital = form == other_form && form == super::ActorForm::Capital;
                    if one.words == other.words && x != y && !government && !dated && !capital {
                        found.push(format!("{first}: {} and {}", p.code, q.code));
                    }
                }
            }
        }
        found
    }

    /// Every name of the files that needs no company, with its actor's code.
    pub(super) fn plain_aliases(&self) -> Vec<(String, String)> {
        use super::lexicon::What;
        let mut found = Vec::new();
        for entry in &self.entries {
            let (What::Actor(at, _) | What::Surname(at)) = entry.what else { continue };
            let company = entry.guard.is_some_and(|g| !self.guards[g as usize].only_with.is_empty());
            let exact = self
                .exact
                .get(&entry.words[0])
                .is_some_and(|l| l.iter().any(|&e| std::ptr::eq(&self.entries[e as usize], entry)));
            if !company && exact && !self.introduced_only[at as usize] && entry.words != ["us"] {
                let case = |w: &String| match entry.case {
                    super::lexicon::CaseRule::Any | super::lexicon::CaseRule::Title => {
                        let mut c = w.chars();
                        c.next().map(|f| f.to_uppercase().chain(c).collect::<String>()).unwrap_or_default()
                    }
                    _ => w.to_uppercase(),
                };
                let words: Vec<String> = entry.words.iter().map(case).collect();
                found.push((words.join(" "), self.actors[at as usize].code.clone()));
            }
        }
        found
    }
}
