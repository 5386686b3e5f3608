//! What of an account the comparison looks at.

use super::Account;
use super::words::Words;
use crate::date::{Precision, Span};
use crate::event::{EventType, Mention, Modality, Role};
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

/// Whether what accounts tell is real, ahead, imagined or denied: only like goes with like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// Told as a fact, on whoever's word.
    Real,
    /// Announced or planned.
    Ahead,
    /// Possible, conditional or asked.
    Imagined,
    /// Did not happen.
    Denied,
}

/// What of an account the comparison looks at.
#[derive(Clone, Debug)]
pub struct Profile<'w> {
    /// By which words accounts are known again.
    pub(super) lexicon: &'w Words,
    pub(super) span: Span,
    pub(super) precision: Precision,
    pub(super) kind: EventType,
    pub(super) subtype: Option<String>,
    pub(super) lemma: String,
    /// Of the lemma: see `merge-words.toml`.
    pub(super) family: Option<usize>,
    /// States and organisations of initiators and targets, sorted.
    pub(super) tops: Vec<String>,
    /// All of them, named in whatever role.
    pub(super) all: Vec<String>,
    /// Persons among initiators and targets, sorted.
    pub(super) persons: Vec<String>,
    /// Persons named in it in whatever role, sorted.
    pub(super) present: Vec<String>,
    /// Names of the persons whom it befalls, sorted.
    pub(super) victims: Vec<String>,
    pub(super) place: Option<String>,
    pub(super) named: Option<String>,
    pub(super) standing: Standing,
    /// Names in the quote, each as a number, sorted.
    pub(super) names: Vec<u64>,
    /// What the words around the trigger tell, each as a number, sorted.
    pub(super) words: Vec<u64>,
    /// Those of them that are no names, sorted.
    pub(super) plain: Vec<u64>,
    /// The ordinal in the quote ("the ninth exercise").
    ordinal: Option<usize>,
    /// The trigger stands after an article or a possessive.
    pub(super) definite: bool,
    /// Dated as what was told before in its document.
    pub(super) again: bool,
    /// Its own sentence dates it.
    pub(super) dated: bool,
    /// Its date only says that it lies before, after or at the document.
    pub(super) adrift: bool,
    /// Its date is that of the conversation reported.
    pub(super) scene: bool,
    /// Something said, asked or promised: there are many of them in one conversation.
    pub(super) speech: bool,
    pub(super) document: String,
    pub(super) zone: String,
    pub(super) sentence: (usize, usize),
    /// The very words and the place of the trigger in them, with what the document is a copy of.
    pub(super) print: u64,
}

/// Words before and after a trigger that tell what it is about.
const BEFORE: usize = 14;
const AFTER: usize = 22;
/// Letters by which a word is known in whatever inflection.
const LETTERS: usize = 6;
/// Words before a trigger among which its article stands ("the first bilateral meeting").
const ARTICLE: usize = 4;

impl<'w> Profile<'w> {
    /// The profile of an account.
    pub fn new(account: &Account, lexicon: &'w Words) -> Self {
        let m = &account.mention;
        let mut tops: Vec<String> = m.actors.iter().filter(|p| p.role != Role::Other).map(|p| p.top.clone()).collect();
        let mut all: Vec<String> = m.actors.iter().map(|p| p.top.clone()).collect();
        let mut persons: Vec<String> =
            m.actors.iter().filter(|p| p.role != Role::Other && p.code != p.top).map(|p| p.code.clone()).collect();
        let mut present: Vec<String> = m.actors.iter().filter(|p| p.code != p.top).map(|p| p.code.clone()).collect();
        let mut victims: Vec<String> = m
            .actors
            .iter()
            .filter(|p| p.role == Role::Target)
            .filter_map(|p| named(&p.code, &p.top, &p.text))
            .collect();
        for list in [&mut tops, &mut all, &mut persons, &mut present, &mut victims] {
            list.sort();
            list.dedup();
        }
        let lemma = m.lemma.to_lowercase();
        let (before, after) = around(m);
        let (words, plain) = content(lexicon, before, &m.trigger.text, after);
        let rule = m.when.rule.as_str();
        // "Expressed interest" is known by its noun.
        let noun = words_of(&m.trigger.text).next_back().map(str::to_lowercase);
        let family = lexicon.family(&lemma).or_else(|| noun.and_then(|n| lexicon.family(&n)));
        Profile {
            lexicon,
            span: m.when.date.span,
            precision: m.when.date.precision,
            kind: m.kind,
            subtype: m.subtype.clone(),
            family,
            lemma,
            tops,
            all,
            persons,
            present,
            victims,
            place: m.place.as_ref().map(|p| p.name.clone()),
            named: m.named_event.clone(),
            standing: standing(m.modality),
            names: names(&m.quote),
            words,
            plain,
            ordinal: words_of(&m.quote).find_map(|w| lexicon.ordinal(&w.to_lowercase())),
            definite: is_definite(lexicon, before, &m.trigger.text),
            again: rule == "told-before",
            dated: matches!(rule, "bound-timex" | "clause-timex" | "sentence-timex" | "coordinated-timex"),
            adrift: matches!(
                rule,
                "at-document" | "ahead-of-document" | "before-document" | "recent-report" | "ahead-in-history"
            ),
            scene: rule == "scene",
            speech: is_speech(m) && !lexicon.is_deed(family),
            document: m.doc.clone(),
            zone: m.zone.clone(),
            sentence: (m.start, m.end),
            print: print(account),
        }
    }

    /// Keys under which accounts that may be one event meet: a named event, kind and a pair of actors, or a document.
    pub fn blocks(&self) -> Vec<String> {
        let standing = self.standing as u8;
        let mut keys: Vec<String> = self.named.iter().map(|named| format!("named {named}")).collect();
        keys.push(format!("{standing} {} in {}", self.kind.as_str(), self.document));
        // "Wanted" and "expressed interest" differ in kind and may be one act.
        keys.extend(self.family.map(|f| format!("{standing} family {f} in {}", self.document)));
        for (i, a) in self.tops.iter().enumerate() {
            if self.tops.len() == 1 {
                keys.push(format!("{standing} {} {a}", self.kind.as_str()));
            }
            for b in &self.tops[i + 1..] {
                keys.push(format!("{standing} {} {a} {b}", self.kind.as_str()));
            }
        }
        keys
    }

    /// "The ninth exercise" and "the tenth exercise" are two.
    pub(super) fn counts_otherwise(&self, other: &Profile) -> bool {
        matches!((self.ordinal, other.ordinal), (Some(a), Some(b)) if a != b)
    }
}

/// The name by which a person is known again: the last word of how it is written, in lower case; `None` for a state, a
/// body or people at large.
fn named(code: &str, top: &str, text: &str) -> Option<String> {
    let last = words_of(text).next_back()?;
    let several = words_of(text).nth(1).is_some();
    (last.starts_with(char::is_uppercase) && (several || code != top)).then(|| last.to_lowercase())
}

/// The quote before and after the trigger.
fn around(m: &Mention) -> (&str, &str) {
    let at = |characters: usize| m.quote.char_indices().nth(characters).map_or(m.quote.len(), |(i, _)| i);
    let (start, end) = (at(m.trigger.start.saturating_sub(m.start)), at(m.trigger.end.saturating_sub(m.start)));
    (m.quote.get(..start).unwrap_or_default(), m.quote.get(end..).unwrap_or_default())
}

fn words_of(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    let joint = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’');
    text.split(move |c| !joint(c)).filter(|w| !w.is_empty())
}

/// Whether an article or a possessive stands before the trigger, or begins it ("the Andijan events").
fn is_definite(lexicon: &Words, before: &str, trigger: &str) -> bool {
    let first = Some(trigger).filter(|t| t.contains(char::is_whitespace)).and_then(|t| words_of(t).next());
    // "In one of his meetings": which one is not said.
    let near: Vec<&str> = words_of(before).rev().take(ARTICLE + 1).collect();
    if near.windows(2).any(|w| w[0].eq_ignore_ascii_case("of") && lexicon.is_any(&w[1].to_lowercase())) {
        return false;
    }
    words_of(before).rev().take(ARTICLE).chain(first).any(|w| lexicon.is_definite(&w.to_lowercase()))
}

/// What the words around a trigger tell, whatever their inflection: words of some length, acronyms, numbers; and those of
/// them that are no names or numbers.
fn content(lexicon: &Words, before: &str, trigger: &str, after: &str) -> (Vec<u64>, Vec<u64>) {
    // The trigger's own word is compared apart; what it takes along ("asked for buses") is content.
    let taken = words_of(trigger).skip(1);
    let near = words_of(before).rev().take(BEFORE).chain(taken).chain(words_of(after).take(AFTER));
    let telling = |w: &&str| {
        let acronym = w.len() > 1 && w.chars().all(char::is_uppercase);
        acronym || w.len() > 3 && !lexicon.is_common(&w.to_lowercase()) || w.chars().all(|c| c.is_ascii_digit())
    };
    let words: Vec<&str> = near.filter(telling).collect();
    let plain = words.iter().filter(|w| w.chars().all(|c| !c.is_uppercase() && !c.is_ascii_digit()));
    let known_by = |w: &&str| w.to_lowercase().chars().take(LETTERS).collect();
    (numbers(words.iter().map(known_by)), numbers(plain.map(known_by)))
}

/// The names in a quote: capitalised words that do not begin it, acronyms.
fn names(quote: &str) -> Vec<u64> {
    let words = quote.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| w.len() >= 3);
    let capital = words
        .enumerate()
        .filter(|(i, w)| w.starts_with(char::is_uppercase) && (*i > 0 || w.chars().all(char::is_uppercase)));
    numbers(capital.map(|(_, w)| w.to_lowercase()))
}

fn numbers(words: impl Iterator<Item = String>) -> Vec<u64> {
    let mut out: Vec<u64> = words.map(|w| number(&w)).collect();
    out.sort_unstable();
    out.dedup();
    out
}

fn number(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

fn print(account: &Account) -> u64 {
    let m = &account.mention;
    let words: Vec<&str> = m.quote.split_whitespace().collect();
    let (before, _) = around(m);
    number(&(account.source.as_str(), words, before.split_whitespace().count(), m.lemma.as_str(), m.kind.as_str()))
}

/// Something said, asked, promised or refused, of which one conversation holds many; a meeting or a treaty is none.
fn is_speech(m: &Mention) -> bool {
    use EventType::*;
    let said = matches!(m.subtype.as_deref(), None | Some("interview" | "treaty.nonrenew"));
    said && matches!(
        m.kind,
        Statement | Request | Accuse | Reject | Threaten | Agree | Support | Concede | Consult | Other
    )
}

fn standing(modality: Modality) -> Standing {
    match modality {
        Modality::Asserted | Modality::Reported | Modality::Ongoing => Standing::Real,
        Modality::Future => Standing::Ahead,
        Modality::Hypothetical => Standing::Imagined,
        Modality::Negated => Standing::Denied,
    }
}
