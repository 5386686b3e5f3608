//! Finding the actors of a sentence, or of a whole document whose earlier and later sentences tell who is meant.

use super::compose::Composer;
use super::fold::{fold, norm};
use super::lexicon::{Entry, Lexicon, What};
use super::model::{ActorKind, top_of};
use super::own::quote_after;
use super::scan::{Atom, Style, Words, style};
use super::{ActorForm, ActorHit, Context};
use crate::text::{Case, Sentence, TokenKind};
use rustc_hash::FxHashMap;

/// Somebody whom the document introduced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Introduced {
    /// The person's code, or the office's or state's where the lexicon does not know the person.
    pub code: String,
    /// The name as written, for a person whom the lexicon does not know.
    pub person: Option<String>,
}

/// What the rest of the document says of a sentence.
struct Around<'a> {
    style: Style,
    host: Option<u32>,
    memory: Option<(&'a Memory, usize)>,
    quoted: Option<bool>,
}

/// The words of a sentence and the names among them, whatever the rest of the document says.
struct Names {
    words: Words,
    atoms: Vec<Atom>,
}

/// What a document says of who is who.
#[derive(Debug, Default)]
pub(super) struct Memory {
    persons: FxHashMap<String, Introduced>,
    /// By the first name of those who were introduced with it.
    first_names: FxHashMap<String, Introduced>,
    /// Who carried an exclusive title, by sentence.
    holders: FxHashMap<String, Vec<(usize, Introduced)>>,
    actors: FxHashMap<u32, usize>,
    /// What the document says an abbreviation stands for; nothing where that is nobody known.
    acronyms: FxHashMap<String, Option<String>>,
    /// The state that the document speaks of most, by far.
    about: Option<u32>,
}

/// How often a document names the state that it is about, at least, and how many times as often as any other.
const ABOUT: usize = 4;
const BY_FAR: f64 = 1.5;

impl Memory {
    /// The state that the document speaks of most, by far; that of a post is no matter of counting.
    pub fn about(&self) -> Option<u32> {
        self.about
    }

    fn weigh(&mut self, is_state: impl Fn(u32) -> bool) {
        let mut counts: Vec<(usize, u32)> =
            self.actors.iter().filter(|(a, _)| is_state(**a)).map(|(a, n)| (*n, *a)).collect();
        counts.sort_by(|x, y| y.cmp(x));
        let next = counts.get(1).map_or(0, |c| c.0);
        let first = counts.first().filter(|(n, _)| *n >= ABOUT && *n as f64 >= BY_FAR * next as f64);
        self.about = first.map(|(_, a)| *a);
    }

    /// What the document says that an abbreviation stands for, `Some(None)` where that is nobody known.
    pub fn acronym(&self, word: &str) -> Option<&Option<String>> {
        self.acronyms.get(word)
    }

    /// Who goes by this surname in the document.
    pub fn person(&self, surname: &str) -> Option<&Introduced> {
        self.persons.get(&*fold(surname))
    }

    /// Who was introduced with this first name.
    pub fn by_first_name(&self, name: &str) -> Option<&Introduced> {
        self.first_names.get(&*fold(name))
    }

    /// The last person before or in the sentence who carried the title with a name, else the first after.
    pub fn holder(&self, office: &str, sentence: usize) -> Option<&Introduced> {
        let list = self.holders.get(office)?;
        list.iter().rev().find(|(s, _)| *s <= sentence).or(list.first()).map(|(_, who)| who)
    }

    /// Whether the document names the actor without ambiguity.
    pub fn present(&self, actor: u32) -> bool {
        self.actors.contains_key(&actor)
    }

    /// How often it does.
    pub fn count(&self, actor: u32) -> usize {
        self.actors.get(&actor).copied().unwrap_or(0)
    }
}

impl Lexicon {
    /// The actors of one sentence, in order, not overlapping. What other sentences tell is not known here; prefer
    /// [`Lexicon::find_document`].
    pub fn find(&self, text: &str, sentence: &Sentence, context: &Context) -> Vec<ActorHit> {
        let around = Around { style: style(sentence), host: self.host(context), memory: None, quoted: None };
        self.read(text, sentence, context, &around, &self.names(text, sentence, context, around.style))
    }

    /// The actors of every sentence of a document, one list a sentence.
    ///
    /// Who is introduced with title or full name anywhere is known by the surname everywhere; "the Foreign Minister"
    /// is the one last named; an abbreviation that several states share ("GOT") is the one that the document is about.
    pub fn find_document(&self, text: &str, sentences: &[Sentence], context: &Context) -> Vec<Vec<ActorHit>> {
        let styles = styles(sentences);
        let quoted = quoted(text, sentences);
        let host = self.host(context);
        let mut memory = Memory::default();
        let names: Vec<Names> = sentences
            .iter()
            .zip(&styles)
            .map(|(sentence, &style)| self.names(text, sentence, context, style))
            .collect();
        for (n, sentence) in sentences.iter().enumerate() {
            let around = Around { style: styles[n], host, memory: None, quoted: Some(quoted[n]) };
            let hits = self.read(text, sentence, context, &around, &names[n]);
            self.remember(&mut memory, text, sentence, n, &hits);
            if styles[n] == Style::Normal {
                self.remember_acronyms(&mut memory, sentence, &names[n].words, &hits);
            }
        }
        memory.weigh(|a| self.actors[a as usize].kind == ActorKind::State);
        let read = |(n, sentence)| {
            let around = Around { style: styles[n], host, memory: Some((&memory, n)), quoted: Some(quoted[n]) };
            self.read(text, sentence, context, &around, &names[n])
        };
        sentences.iter().enumerate().map(read).collect()
    }

    fn names(&self, text: &str, s: &Sentence, ctx: &Context, style: Style) -> Names {
        let words = Words::new(text, s);
        let atoms = self.scan(text, s, &words, style, ctx);
        Names { words, atoms }
    }

    fn read(&self, text: &str, s: &Sentence, ctx: &Context, around: &Around, names: &Names) -> Vec<ActorHit> {
        let Around { style, host, memory, quoted } = *around;
        let Names { words, atoms } = names;
        let hits = Vec::new();
        Composer { lex: self, text, s, words, atoms, ctx, style, host, memory, quoted, hits }.run()
    }

    /// The state whose capital (or other seat of a post) the origin names.
    pub(super) fn host(&self, ctx: &Context) -> Option<u32> {
        let origin = ctx.origin?;
        if !(0..self.posts.len() as u32).any(|p| self.is_sender(p, ctx)) {
            return None;
        }
        let words: Vec<String> = origin.split_whitespace().map(norm).collect();
        let capital = (0..words.len()).find_map(|at| {
            self.exact.get(&words[at])?.iter().find_map(|&e| {
                let entry = &self.entries[e as usize];
                let here = words.get(at..at + entry.words.len())?;
                match entry.what {
                    What::Actor(a, ActorForm::Capital) if here == entry.words && self.is_state(a) => Some(a),
                    _ => None,
                }
            })
        });
        let consulate = |at: usize| (at + 1..=words.len()).find_map(|end| self.seats.get(&words[at..end]).copied());
        capital.or_else(|| (0..words.len()).find_map(consulate))
    }

    /// The organisation to which the mission is accredited that a document comes from: "Mission USNATO".
    pub(super) fn accredited(&self, ctx: &Context) -> Option<u32> {
        let body = |word: &str| {
            let name = norm(word);
            self.exact.get(name.strip_prefix("us")?)?.iter().find_map(|&e| match self.entries[e as usize] {
                Entry { what: What::Actor(a, _), ref words, .. } if words.len() == 1 => {
                    (self.actors[a as usize].kind == ActorKind::Igo).then_some(a)
                }
                _ => None,
            })
        };
        ctx.origin?.split_whitespace().find_map(body)
    }

    fn is_state(&self, actor: u32) -> bool {
        self.actors[actor as usize].kind == ActorKind::State
    }

    fn remember(&self, memory: &mut Memory, text: &str, s: &Sentence, n: usize, hits: &[ActorHit]) {
        for hit in hits {
            if hit.candidates.len() == 1
                && let Some(&at) = self.codes.get(top_of(&hit.code))
            {
                *memory.actors.entry(at).or_default() += 1;
            }
            let known = self.actor(&hit.code).is_some_and(|a| a.kind == ActorKind::Person);
            let titled = hit.form == ActorForm::Title || hit.tokens.len() > 1;
            if !(hit.person.is_some() || known && titled) {
                continue;
            }
            let who = Introduced { code: hit.code.clone(), person: hit.person.clone() };
            let surname = s.tokens.get(hit.head).map(|t| norm(&t.word(text))).unwrap_or_default();
            if surname.chars().count() > 2 && (hit.form == ActorForm::Title || known) {
                let key = fold(&surname).to_string();
                let better = memory.persons.get(&key).is_none_or(|old| old.person.is_some() && shorter(old, &who));
                if better && self.ends_in_name(hit, &surname) {
                    memory.persons.insert(key, who.clone());
                }
            }
            // "Gulnora Karimova", and then "Gulnora".
            let given = self.codes.get(&hit.code).and_then(|at| self.given.get(at));
            for at in hit.tokens.clone().filter(|&at| at != hit.head) {
                let first = fold(&norm(&s.tokens[at].word(text)));
                if given.is_some_and(|g| g.iter().any(|known| **known == *first)) && first.chars().count() > 3 {
                    memory.first_names.entry(first.to_string()).or_insert_with(|| who.clone());
                }
            }
            for office in self.offices_in(text, s, hit) {
                memory.holders.entry(office).or_default().push((n, who.clone()));
            }
        }
    }

    /// "The Ministry of External Relations (MRE)": what abbreviations in brackets stand for. The first that is told holds.
    fn remember_acronyms(&self, memory: &mut Memory, s: &Sentence, words: &Words, hits: &[ActorHit]) {
        for at in 1..s.tokens.len().saturating_sub(2) {
            let word = words.get(at + 1);
            let short = (2..=ACRONYM).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase());
            let bracketed = words.get(at) == "(" && words.get(at + 2) == ")" && s.tokens[at + 1].case == Case::Upper;
            if !short || !bracketed || self.markings.contains(word) || memory.acronyms.contains_key(word) {
                continue;
            }
            let body = |h: &&ActorHit| {
                let known = self.actor(&h.code).is_some_and(|a| a.kind != ActorKind::Person);
                known && h.person.is_none() && !h.place_reading && h.form != ActorForm::Demonym
            };
            let spelled = spelled(s, words, at, word);
            let whole = hits.iter().find(|h| h.tokens.end == at).filter(body);
            let meant = match (whole, spelled) {
                (Some(hit), Some(from)) if hit.tokens.start > from => continue,
                (Some(hit), _) if hit.form != ActorForm::Title => Some(hit.code.clone()),
                // "The Swedish Harbor Commission (SHC)"
                (_, Some(from)) => {
                    let inside = || hits.iter().filter(|h| h.tokens.end > from && h.tokens.start < at);
                    let own = inside().next().filter(|h| h.tokens.contains(&from) && !h.place_reading);
                    let state = |h: &&ActorHit| self.codes.get(top_of(&h.code)).is_some_and(|&a| self.is_state(a));
                    match own.filter(state) {
                        // "The Swedish Ministry of Harbors (MH)"
                        Some(h) if h.tokens.start < from => Some(h.code.clone()),
                        Some(h) => Some(top_of(&h.code).to_string()),
                        None if inside().next().is_none() => None,
                        None => continue,
                    }
                }
                _ => continue,
            };
            memory.acronyms.insert(word.to_string(), meant);
        }
    }

    /// Whether the hit's last word is the person's surname and not the title.
    fn ends_in_name(&self, hit: &ActorHit, surname: &str) -> bool {
        match &hit.person {
            Some(name) => name.split_whitespace().next_back().is_some_and(|last| fold(&norm(last)).ends_with(&*fold(surname)) || norm(last).ends_with(surname)),
            None => self.folded.get(&*fold(surname)).is_some_and(|list| {
                list.iter().any(|&e| matches!(self.entries[e as usize].what, What::Surname(a) if self.actors[a as usize].code == hit.code))
            }),
        }
    }

    /// The exclusive offices whose titles stand in a hit.
    fn offices_in(&self, text: &str, s: &Sentence, hit: &ActorHit) -> Vec<String> {
        if hit.form != ActorForm::Title {
            return Vec::new();
        }
        let words: Vec<String> = s.tokens[hit.tokens.clone()].iter().map(|t| norm(&t.word(text))).collect();
        let mut found: Option<(usize, String)> = None;
        for at in 0..words.len() {
            for &e in self.exact.get(&words[at]).into_iter().flatten() {
                let entry = &self.entries[e as usize];
                let What::Title(t) = entry.what else { continue };
                let title = &self.titles[t as usize];
                let here = words.get(at..at + entry.words.len());
                let longest = found.as_ref().is_none_or(|(n, _)| entry.words.len() > *n);
                if title.exclusive && longest && here.is_some_and(|h| h == entry.words) {
                    let before = at.checked_sub(1).map_or("", |b| words[b].as_str());
                    let office =
                        if self.is_deputy(before) { format!("deputy-{}", title.office) } else { title.office.clone() };
                    found = Some((entry.words.len(), office));
                }
            }
        }
        found.map(|(_, office)| office).into_iter().collect()
    }

    fn is_deputy(&self, word: &str) -> bool {
        self.exact.get(word).is_some_and(|list| {
            list.iter().any(|&e| self.entries[e as usize].what == What::Modifier(super::lexicon::Modifier::Deputy))
        })
    }
}

/// Letters of an abbreviation that a document introduces in brackets, at most.
const ACRONYM: usize = 6;

/// Where the words begin whose first letters, one a word, spell the abbreviation in the bracket at `at`.
fn spelled(s: &Sentence, words: &Words, at: usize, acronym: &str) -> Option<usize> {
    let mut left = acronym.chars().rev().peekable();
    let mut here = at;
    while let Some(&letter) = left.peek() {
        here = here.checked_sub(1)?;
        let token = &s.tokens[here];
        if token.kind == TokenKind::Word && words.get(here).starts_with(letter) && token.case != Case::Lower {
            left.next();
        } else if token.kind == TokenKind::Word && token.case != Case::Lower
            || words.get(here) == ","
            || at - here > 2 * ACRONYM
        {
            return None;
        }
    }
    Some(here)
}

/// Whether the newly met name is the fuller one.
fn shorter(old: &Introduced, new: &Introduced) -> bool {
    old.person.as_ref().map_or(0, String::len) < new.person.as_ref().map_or(usize::MAX, String::len)
}

/// How each sentence is written: a document most of whose sentences begin in lower case was lower-cased as a whole.
fn styles(sentences: &[Sentence]) -> Vec<Style> {
    let mut own: Vec<Style> = sentences.iter().map(style).collect();
    let starts = |case: fn(Case) -> bool| {
        let first = |s: &&Sentence| s.tokens.iter().find(|t| t.kind == TokenKind::Word).is_some_and(|t| case(t.case));
        sentences.iter().filter(first).count()
    };
    let (lower, title) = (starts(|c| c == Case::Lower), starts(|c| matches!(c, Case::Title | Case::Mixed)));
    if lower > title {
        own.iter_mut().filter(|s| **s == Style::Normal).for_each(|s| *s = Style::Lowered);
    } else if title > 3 * lower {
        own.iter_mut().filter(|s| **s == Style::Lowered).for_each(|s| *s = Style::Normal);
    }
    own
}

/// Whether each sentence begins inside a quotation. A quotation does not outlast its paragraph.
fn quoted(text: &str, sentences: &[Sentence]) -> Vec<bool> {
    let mut open = false;
    let mut block = usize::MAX;
    let mut out = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        open &= sentence.block == block;
        block = sentence.block;
        out.push(open);
        let marks = sentence.tokens.iter().filter_map(|t| text.get(t.range())?.chars().next());
        open = marks.fold(open, quote_after);
    }
    out
}
