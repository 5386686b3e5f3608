//! Building the lexicon: from the actor files to an index of the words that each name begins with.

use super::fold::{fold, norm};
use super::guards::{Guard, Guards, is_abbreviation};
use super::model::{Actor, ActorKind, parse_membership, parse_role, parse_span, top_of};
use super::schema::{ActorDef, ExampleDef, File, GuardDef, ModifierDef, PostDef, TitleDef, UnitDef};
use super::{ActorForm, metonym::Metonyms};
use crate::rules::Rules;
use crate::text::tokenize;
use crate::{Error, Result};
use rustc_hash::{FxHashMap, FxHashSet};

/// What an entry of the index names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A state, organisation, group, … or a person by full name.
    Actor(u32, ActorForm),
    /// A person by surname.
    Surname(u32),
    /// A title.
    Title(u32),
    /// A part of a state.
    Unit(u32),
    /// The document's own sender; whether the word is a pronoun.
    Own(u32, bool),
    /// A modifier between state and title.
    Modifier(Modifier),
}

/// What a modifier does to the title after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Modifier {
    /// "deputy": another office.
    Deputy,
    /// "former": held before.
    Former,
    /// "senior": nothing.
    Plain,
}

/// How an entry must be written to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CaseRule {
    Any,
    /// First letter a capital.
    Title,
    /// All capitals or with full stops; in other ways only where that is safe (see `scan`).
    Upper,
    /// All capitals or with full stops, always.
    Strict,
}

/// One name in the index.
#[derive(Debug)]
pub(super) struct Entry {
    /// Normalised words (hyphens left out), or their transliteration keys when `folded`.
    pub words: Vec<String>,
    pub what: What,
    pub case: CaseRule,
    pub guard: Option<u32>,
}

/// Every actor with its names, titles, units and the rules for telling them in text.
#[derive(Debug)]
pub struct Lexicon {
    pub(super) actors: Vec<Actor>,
    pub(super) codes: FxHashMap<String, u32>,
    /// Persons' given names, by actor, folded.
    pub(super) given: FxHashMap<u32, Vec<String>>,
    /// Persons whose bare surname counts only where the document has introduced them.
    pub(super) introduced_only: Vec<bool>,
    pub(super) titles: Vec<TitleDef>,
    /// The first title that goes by these words.
    pub(super) offices: FxHashMap<Vec<String>, u32>,
    /// Cities with consulates, as words, and the state they lie in.
    pub(super) seats: FxHashMap<Vec<String>, u32>,
    pub(super) units: Vec<UnitDef>,
    pub(super) posts: Vec<PostDef>,
    pub(super) metonyms: Metonyms,
    pub(super) entries: Vec<Entry>,
    pub(super) exact: FxHashMap<String, Vec<u32>>,
    pub(super) folded: FxHashMap<String, Vec<u32>>,
    pub(super) guards: Vec<Guard>,
    pub(super) examples: Vec<(String, ExampleDef)>,
    /// Capitalised words that are no given name (days, months), and small words inside names ("bin", "van").
    never_given: FxHashSet<String>,
    particles: FxHashSet<String>,
    /// Words in which the name of a department ends.
    pub(super) departments: FxHashSet<String>,
    /// Words before a unit that say that it is of no state named.
    pub(super) elsewhere: FxHashSet<String>,
    /// Prepositions after a unit whose state it is of.
    pub(super) within: FxHashSet<String>,
    /// Words in brackets that are no abbreviation of what stands before them.
    pub(super) markings: FxHashSet<String>,
    /// Actors of the files; those after are made from units (`UZB.MFA`).
    pub(super) written: usize,
}

/// What the files hold, before the index is made.
#[derive(Default)]
struct Parts {
    actors: Vec<(String, ActorDef)>,
    guards: Vec<(String, GuardDef)>,
    modifiers: Vec<ModifierDef>,
}

impl Lexicon {
    /// Reads the section `actors`.
    ///
    /// # Errors
    /// [`Error::Rules`] naming file and entry: a file not of the section's form, a code given twice, a date that is no
    /// EDTF, a role or membership of an unknown actor, an unknown kind, case or reading.
    pub fn new(rules: &Rules) -> Result<Self> {
        let mut parts = Parts::default();
        let mut lexicon = Lexicon {
            actors: Vec::new(),
            codes: FxHashMap::default(),
            given: FxHashMap::default(),
            introduced_only: Vec::new(),
            titles: Vec::new(),
            offices: FxHashMap::default(),
            seats: FxHashMap::default(),
            units: Vec::new(),
            posts: Vec::new(),
            metonyms: Metonyms::default(),
            entries: Vec::new(),
            exact: FxHashMap::default(),
            folded: FxHashMap::default(),
            guards: Vec::new(),
            examples: Vec::new(),
            never_given: FxHashSet::default(),
            particles: FxHashSet::default(),
            departments: FxHashSet::default(),
            elsewhere: FxHashSet::default(),
            within: FxHashSet::default(),
            markings: FxHashSet::default(),
            written: 0,
        };
        for (file, content) in rules.section::<File>("actors")? {
            lexicon.take(file, content, &mut parts)?;
        }
        for (file, def) in &parts.actors {
            lexicon.add_actor(def, file)?;
        }
        lexicon.written = lexicon.actors.len();
        lexicon.check(&parts)?;
        lexicon.add_offices();
        let guards = lexicon.add_guards(&parts.guards)?;
        for (at, (_, def)) in parts.actors.iter().enumerate() {
            lexicon.index_actor(at as u32, def, &guards);
        }
        lexicon.index_rest(&parts, &guards);
        Ok(lexicon)
    }

    fn take(&mut self, file: String, content: File, parts: &mut Parts) -> Result<()> {
        for title in &content.title {
            self.examples.extend(title.examples.iter().map(|e| (file.clone(), e.clone())));
        }
        for unit in &content.unit {
            self.examples.extend(unit.examples.iter().map(|e| (file.clone(), e.clone())));
        }
        for guard in &content.guard {
            self.examples.extend(guard.examples.iter().map(|e| (file.clone(), e.clone())));
        }
        for post in &content.post {
            let origin = post.origins.first().cloned().unwrap_or_default();
            let with_origin = |e: &ExampleDef| match e.origin.is_empty() {
                true => ExampleDef { origin: origin.clone(), ..e.clone() },
                false => e.clone(),
            };
            self.examples.extend(post.examples.iter().map(|e| (file.clone(), with_origin(e))));
        }
        for rule in &content.metonym {
            self.examples.extend(rule.examples.iter().map(|e| (file.clone(), e.clone())));
            self.metonyms.add(rule, &file)?;
        }
        self.examples.extend(content.example.into_iter().map(|e| (file.clone(), e)));
        self.titles.extend(content.title);
        self.units.extend(content.unit);
        self.posts.extend(content.post);
        parts.modifiers.extend(content.modifier);
        parts.guards.extend(content.guard.into_iter().map(|g| (file.clone(), g)));
        parts.actors.extend(content.actor.into_iter().map(|a| (file.clone(), a)));
        Ok(())
    }

    fn add_actor(&mut self, def: &ActorDef, file: &str) -> Result<()> {
        let wrong = |reason: String| Error::Rules { file: file.to_string(), reason };
        let kind = ActorKind::parse(&def.kind)
            .ok_or_else(|| wrong(format!("actor {}: {:?} is no kind of actor", def.code, def.kind)))?;
        let own = top_of(&def.code);
        let roles = def.roles.iter().map(|r| parse_role(r, own, file)).collect::<Result<_>>()?;
        let members = def.members.iter().map(|m| parse_membership(m, file)).collect::<Result<_>>()?;
        let last = def.name.rsplit(' ').next().unwrap_or(&def.name);
        let short = match (kind, &def.surname) {
            _ if !def.short.is_empty() => def.short.clone(),
            (ActorKind::Person, None) => last.to_string(),
            // Without a surname to be known by, somebody has a name that is said whole: Hu Jintao.
            (ActorKind::Person, Some(surnames)) => surnames.first().unwrap_or(&def.name).clone(),
            _ => def.name.clone(),
        };
        let adjective = if def.adjective.is_empty() { short.clone() } else { def.adjective.clone() };
        let actor = Actor {
            code: def.code.clone(),
            kind,
            name: def.name.clone(),
            short,
            adjective,
            roles,
            members,
            stands_for: def.stands_for.clone(),
            exists: parse_span(&def.exists, &def.code, file)?,
        };
        if self.codes.insert(def.code.clone(), self.actors.len() as u32).is_some() {
            return Err(wrong(format!("actor {} is given twice", def.code)));
        }
        self.actors.push(actor);
        self.introduced_only.push(kind == ActorKind::Person && def.bare == Some(false));
        Ok(())
    }

    /// Every code that an entry refers to must be there.
    fn check(&self, parts: &Parts) -> Result<()> {
        for (at, (file, def)) in parts.actors.iter().enumerate() {
            let actor = &self.actors[at];
            let roles = actor.roles.iter().map(|r| &r.of);
            let members = actor.members.iter().map(|m| &m.member);
            let top = actor.top().to_string();
            for code in roles.chain(members).chain(&actor.stands_for).chain([&top]) {
                if !self.codes.contains_key(code) {
                    let reason = format!("actor {}: {code} is no actor of the lexicon", def.code);
                    return Err(Error::Rules { file: file.clone(), reason });
                }
            }
        }
        Ok(())
    }

    /// Makes the offices of every state and organisation (`UZB.MFA`) that no file names.
    fn add_offices(&mut self) {
        let tops: Vec<u32> = (0..self.actors.len() as u32)
            .filter(|&a| matches!(self.actors[a as usize].kind, ActorKind::State | ActorKind::Igo))
            .filter(|&a| !self.actors[a as usize].code.contains('.'))
            .collect();
        let mut units: Vec<(String, String)> = Vec::new();
        for unit in &self.units {
            if !unit.unit.is_empty() && !units.iter().any(|(code, _)| *code == unit.unit) {
                units.push((unit.unit.clone(), unit.name.clone()));
            }
        }
        for top in tops {
            for (unit, name) in &units {
                let state = &self.actors[top as usize];
                let code = format!("{}.{unit}", state.code);
                let name = format!("{} {name}", state.adjective);
                if !self.codes.contains_key(&code) {
                    let actor = Actor {
                        code: code.clone(),
                        kind: ActorKind::Office,
                        short: name.clone(),
                        adjective: name.clone(),
                        name,
                        roles: Vec::new(),
                        members: Vec::new(),
                        stands_for: Vec::new(),
                        exists: state.exists,
                    };
                    self.codes.insert(code, self.actors.len() as u32);
                    self.actors.push(actor);
                    self.introduced_only.push(false);
                }
            }
        }
    }

    fn index_actor(&mut self, at: u32, def: &ActorDef, guards: &Guards) {
        let kind = self.actors[at as usize].kind;
        if kind == ActorKind::Person {
            self.index_person(at, def, guards);
            return;
        }
        for name in [&def.name, &def.short].into_iter().chain(&def.aliases) {
            let form = if is_abbreviation(name) { ActorForm::Abbreviation } else { ActorForm::Name };
            self.add(name, What::Actor(at, form), guards, false);
        }
        for alias in &def.gov {
            self.add(alias, What::Actor(at, ActorForm::Abbreviation), guards, false);
        }
        self.add(&def.adjective, What::Actor(at, ActorForm::Demonym), guards, false);
        for people in &def.people {
            self.add(people, What::Actor(at, ActorForm::Demonym), guards, false);
        }
        self.seats.extend(def.seats.iter().map(|seat| (key_words(seat), at)));
        for capital in &def.capital {
            self.add(capital, What::Actor(at, ActorForm::Capital), guards, false);
        }
    }

    fn index_person(&mut self, at: u32, def: &ActorDef, guards: &Guards) {
        let mut words: Vec<&str> = def.name.split(' ').collect();
        let last = words.pop().unwrap_or_default().to_string();
        let surnames = def.surname.clone().unwrap_or_else(|| vec![last]);
        let mut given: Vec<String> = Vec::new();
        for name in words.into_iter().chain(def.given.iter().flat_map(|g| g.split(' '))) {
            let key = fold(&norm(name)).to_string();
            if !given.contains(&key) {
                given.push(key);
            }
        }
        self.given.insert(at, given);
        for surname in &surnames {
            self.add(surname, What::Surname(at), guards, true);
        }
        if surnames.is_empty() {
            self.add(&def.name, What::Actor(at, ActorForm::Name), guards, true);
        }
        for alias in &def.aliases {
            self.add(alias, What::Actor(at, ActorForm::Name), guards, true);
        }
    }

    fn index_rest(&mut self, parts: &Parts, guards: &Guards) {
        for at in 0..self.titles.len() {
            for word in self.titles[at].words.clone() {
                self.offices.entry(key_words(&word)).or_insert(at as u32);
                self.add(&word, What::Title(at as u32), guards, false);
            }
        }
        for at in 0..self.units.len() {
            for word in self.units[at].words.clone() {
                self.add(&word, What::Unit(at as u32), guards, false);
            }
        }
        for at in 0..self.posts.len() {
            let PostDef { words: bare, definite, .. } = &self.posts[at];
            let with_the = bare.iter().chain(definite).map(|word| format!("the {word}"));
            let all: Vec<String> = bare.iter().cloned().chain(with_the).collect();
            for word in all {
                self.add(&word, What::Own(at as u32, false), guards, false);
            }
            for word in self.posts[at].capitalised.clone() {
                self.index_name(&word, What::Own(at as u32, false), guards, false, Some(CaseRule::Title));
            }
            for word in self.posts[at].pronouns.clone() {
                self.add(&word, What::Own(at as u32, true), guards, false);
            }
        }
        for def in &parts.modifiers {
            let kind = match def.kind.as_str() {
                "deputy" => Modifier::Deputy,
                "former" => Modifier::Former,
                "never-given" => {
                    self.never_given.extend(def.words.iter().map(|w| norm(w)));
                    continue;
                }
                "department" => {
                    self.departments.extend(def.words.iter().map(|w| norm(w)));
                    continue;
                }
                "elsewhere" => {
                    self.elsewhere.extend(def.words.iter().map(|w| norm(w)));
                    continue;
                }
                "marking" => {
                    self.markings.extend(def.words.iter().map(|w| norm(w)));
                    continue;
                }
                "within" => {
                    self.within.extend(def.words.iter().map(|w| norm(w)));
                    continue;
                }
                "particle" => {
                    self.particles.extend(def.words.iter().map(|w| norm(w)));
                    continue;
                }
                _ => Modifier::Plain,
            };
            for word in &def.words {
                self.add(word, What::Modifier(kind), guards, false);
            }
        }
    }

    /// Whether a capitalised word is no given name.
    pub(super) fn never_given(&self, word: &str) -> bool {
        self.never_given.contains(word)
    }

    /// Whether a small word may stand inside a name.
    pub(super) fn is_particle(&self, word: &str) -> bool {
        self.particles.contains(word)
    }

    /// Puts one name into the index; `translit` adds its transliteration key.
    fn add(&mut self, alias: &str, what: What, guards: &Guards, translit: bool) {
        self.index_name(alias, what, guards, translit, None);
    }

    /// As [`Lexicon::add`]; `wanted` is the case in which it counts.
    fn index_name(&mut self, alias: &str, what: What, guards: &Guards, translit: bool, wanted: Option<CaseRule>) {
        let words = key_words(alias);
        let Some(first) = words.first().cloned() else { return };
        let (mut case, guard) = guards.of(alias, &words, what);
        case = wanted.unwrap_or(case);
        let capital = match what {
            What::Title(t) => self.titles[t as usize].capitalised,
            // Many a common surname is a word too.
            What::Surname(a) => self.introduced_only[a as usize],
            _ => false,
        };
        if capital {
            case = CaseRule::Title;
        }
        let known = self.exact.get(&first).is_some_and(|list| {
            list.iter().any(|&e| self.entries[e as usize].words == words && same(self.entries[e as usize].what, what))
        });
        if known {
            return;
        }
        if translit {
            let keys: Vec<String> = words.iter().map(|w| fold(w).to_string()).collect();
            self.folded.entry(keys[0].clone()).or_default().push(self.entries.len() as u32);
            self.entries.push(Entry { words: keys, what, case: CaseRule::Title, guard });
        }
        self.exact.entry(first).or_default().push(self.entries.len() as u32);
        self.entries.push(Entry { words, what, case, guard });
    }
}

/// Whether two entries name the same thing, whatever the form.
fn same(a: What, b: What) -> bool {
    match (a, b) {
        (What::Actor(a, _), What::Actor(b, _)) => a == b,
        _ => a == b,
    }
}

/// The normalised words of a name; hyphens do not count.
pub(super) fn key_words(alias: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    tokenize(alias, 0, alias.len(), &mut tokens);
    tokens.iter().map(|t| norm(&alias[t.range()])).filter(|w| !is_dash(w)).collect()
}

/// Whether a token is a hyphen or dash.
pub(super) fn is_dash(word: &str) -> bool {
    matches!(word, "-" | "–" | "—" | "‐" | "‑")
}
