//! Who else takes part: what a sentence leaves out because the text before it, or the kind of document, tells it.
//!
//! "The visit went well" is the visit told before, with its guest and host; "he asked for more" in the report of a
//! conversation was asked of the other side; a visit told in a cable, and no place named, was to the cable's country.

use super::facts::Facts;
use super::lexicon::{Lexicon, Part, Sense};
use super::trigger::Found;
use super::unnamed::Unnamed;
use super::{EventType, Mention, MentionDate, Modality, Participant, Role};
use crate::actor::{ActorKind, Lexicon as Actors};
use crate::date::Span;
use rustc_hash::FxHashMap;

/// What one document has told so far.
#[derive(Debug, Default)]
pub struct Company {
    /// The state that the document was sent from, for a cable of a post.
    host: Option<String>,
    /// The state whose post sent it.
    sender: String,
    /// Whether the document speaks of that state first of all, so that whoever is not named is of it.
    at_home: bool,
    /// The third state that the document speaks of by far the most, where it is not about its own.
    about: Option<String>,
    /// The country of the place last told in the paragraph, and which paragraph that is.
    here: Option<(usize, String)>,
    told: Vec<Told>,
    /// The block of the event told last, and the two states or organisations that it was between.
    last: Option<(usize, [String; 2])>,
}

#[derive(Debug)]
struct Told {
    key: String,
    span: Span,
    cast: Vec<Participant>,
}

/// A state that a document names no more often is not what it is about.
const SPOKEN_OF: usize = 2;
/// How many times as often as any other a document names the third country that it is about.
const BY_FAR: usize = 3;
/// A conversation whose report is given lasts at most so many days.
const TALK: i64 = 7;

impl Company {
    /// Nothing told yet, in a document sent from this state by a post of that one. `named`: every state that the
    /// document names, as often as it does. Of a third country that it names more often than its own, it tells what
    /// happened there ("gunmen attacked the town", reported by the neighbours' post).
    pub fn new(host: Option<&str>, sender: Option<&str>, named: &[&str]) -> Self {
        let sender = sender.unwrap_or_default().to_string();
        let mut often: FxHashMap<&str, usize> = FxHashMap::default();
        named.iter().for_each(|state| *often.entry(state).or_default() += 1);
        let own = host.and_then(|h| often.get(h)).copied().unwrap_or_default();
        let at_home = often.iter().all(|(state, times)| *state == sender || *times <= own.max(SPOKEN_OF));
        let mut others: Vec<(usize, &str)> =
            often.iter().filter(|(s, _)| **s != sender).map(|(s, n)| (*n, *s)).collect();
        others.sort_unstable_by(|x, y| y.cmp(x));
        let next = others.get(1).map_or(0, |o| o.0);
        let about = others.first().filter(|o| o.0 >= BY_FAR * next.max(1)).map(|o| o.1);
        let about = about.filter(|_| !at_home).map(str::to_string);
        Company { host: host.map(str::to_string), sender, at_home, about, here: None, told: Vec::new(), last: None }
    }

    /// Notes where the next sentence, of this paragraph, plays: what is told after "in Oslo" happened there.
    pub fn enter(&mut self, paragraph: usize, facts: &Facts) {
        if let Some(country) = facts.country() {
            self.here = Some((paragraph, country.to_string()));
        } else if self.here.as_ref().is_some_and(|(before, _)| *before != paragraph) {
            self.here = None;
        }
    }

    /// Notes an event of a kind (`key`) with its date and participants.
    pub fn tell(&mut self, key: &str, span: Span, cast: &[Participant]) {
        let cast = cast.iter().filter(|p| p.role != Role::Other).cloned().collect();
        self.told.push(Told { key: key.to_string(), span, cast });
    }

    /// Notes between whom the event told last was, in a block of the text.
    pub fn note(&mut self, block: usize, cast: &[Participant]) {
        let mut tops: Vec<&str> = cast.iter().filter(|p| p.role != Role::Other).map(|p| p.top.as_str()).collect();
        tops.sort_unstable();
        tops.dedup();
        if let [a, b] = tops.as_slice() {
            self.last = Some((block, [a.to_string(), b.to_string()]));
        }
    }

    /// Adds to the participants whom the sentence does not name.
    pub fn join(
        &self,
        (facts, lexicon): (&Facts, &Lexicon),
        sense: &Sense,
        found: &Found,
        when: &MentionDate,
        cast: &mut Vec<Participant>,
    ) {
        // "The treaty was signed in Oslo": by those of whom it was told before.
        let unsaid = cast.iter().all(|p| p.role == Role::Other);
        if when.rule == "told-before" && (found.part == Part::Noun || unsaid) {
            self.recall(&sense.key(), when.date.span, cast);
        }
        self.visited(facts, sense, found, cast);
        if self.host.is_none() && self.sender.is_empty() && found.part == Part::Verb {
            self.answered(facts.sentence.block, sense, cast);
        }
        let host = self.host.as_deref().filter(|_| self.at_home).unwrap_or_default();
        let about = self.about.as_deref().unwrap_or_default();
        let here = self.here.as_ref().map_or(host, |(_, country)| country.as_str());
        Unnamed { facts, lexicon, sense, found, host, sender: &self.sender, here, about }.add(cast);
        cast.sort_by_key(|p| p.role);
    }

    /// What is said in a conversation with the document's own side is said to it: the listener of a report, and whoever
    /// only hears what is said of others.
    pub fn hear(&self, m: &mut Mention) {
        let speaks = |p: &&Participant| p.role == Role::Initiator;
        let by_others =
            m.actors.iter().any(|p| speaks(&p)) && !m.actors.iter().any(|p| speaks(&p) && p.top == self.sender);
        if self.sender.is_empty() || !m.kind.is_said() || !by_others {
            return;
        }
        let aimed = m.actors.iter().any(|p| p.role == Role::Target);
        let of_others = aimed || matches!(m.kind, EventType::Accuse | EventType::Threaten);
        let role = if of_others { Role::Other } else { Role::Target };
        match m.actors.iter_mut().find(|p| p.top == self.sender) {
            Some(known) => known.role = known.role.min(role),
            None => {
                let (code, text) = (self.sender.clone(), String::new());
                m.actors.push(Participant { top: code.clone(), code, role, text });
            }
        }
        m.actors.sort_by_key(|p| p.role);
    }

    /// Who took part in the event told before, of which this speaks again.
    fn recall(&self, key: &str, span: Span, cast: &mut Vec<Participant>) {
        let shares = |t: &Told| cast.is_empty() || t.cast.iter().any(|p| cast.iter().any(|c| c.top == p.top));
        let Some(told) = self.told.iter().rev().find(|t| t.key == key && t.span == span && shares(t)) else { return };
        for p in &told.cast {
            let acts = cast.iter().any(|known| known.top == p.top && known.role != Role::Other);
            match cast.iter_mut().find(|known| known.code == p.code) {
                Some(known) => known.role = known.role.min(p.role),
                None if acts => {}
                None => cast.push(Participant { text: String::new(), ..p.clone() }),
            }
        }
    }

    /// "Sweden arrested two Norwegians. Norway recalled its ambassador": an act towards somebody, where nobody but its doer
    /// is told, is towards the other side of what was told before it in the paragraph.
    fn answered(&self, block: usize, sense: &Sense, cast: &mut Vec<Participant>) {
        use EventType::*;
        let Some((at, sides)) = &self.last else { return };
        let towards = match sense.category() {
            Some(Concede) => sense.subtype.as_deref() == Some("sanctions.lift"),
            Some(Sanction | Accuse | Request | Reject | Threaten | Retreat | Aid | Assault) => true,
            _ => false,
        };
        let Some(doer) = cast.first().map(|p| p.top.clone()) else { return };
        let alone = cast.iter().all(|p| p.top == doer && p.role == Role::Initiator);
        let other = sides.iter().find(|s| **s != doer).filter(|_| sides.contains(&doer));
        if let Some(other) = other.filter(|_| towards && alone && *at == block && !sense.mutual) {
            let (code, text) = (other.clone(), String::new());
            cast.push(Participant { code: code.clone(), top: code, role: Role::Target, text });
        }
    }

    /// "Her visit in April": where no place is named, to the country that the cable comes from.
    fn visited(&self, facts: &Facts, sense: &Sense, found: &Found, cast: &mut Vec<Participant>) {
        let Some(host) = &self.host else { return };
        let visit = sense.mode.as_deref() == Some("visit") && found.part == Part::Noun;
        let acting: Vec<&str> = cast.iter().filter(|p| p.role != Role::Other).map(|p| p.top.as_str()).collect();
        let from_abroad = acting.first().is_some_and(|guest| acting.iter().all(|a| a == guest) && guest != host);
        let elsewhere = facts.place_of(found.head).is_some()
            || facts.actors.iter().any(|a| a.as_place && facts.tree.under(a.head, found.head));
        if !visit || !from_abroad || elsewhere || cast.iter().any(|p| p.role == Role::Target) {
            return;
        }
        match cast.iter_mut().find(|p| p.top == *host) {
            Some(known) => known.role = Role::Target,
            None => {
                let (code, text) = (host.clone(), String::new());
                cast.push(Participant { code: code.clone(), top: code, role: Role::Target, text });
            }
        }
    }
}

/// Of a construct ("the West"), adds those it stands for.
pub fn members(actors: &Actors, cast: &mut Vec<Participant>) {
    let constructs: Vec<Participant> = cast
        .iter()
        .filter(|p| actors.actor(&p.code).is_some_and(|a| a.kind == ActorKind::Construct))
        .cloned()
        .collect();
    for construct in constructs {
        for code in actors.stands_for(&construct.code) {
            if !cast.iter().any(|p| p.top == code) {
                let (code, text) = (code.to_string(), construct.text.clone());
                cast.push(Participant { top: actors.top(&code).to_string(), code, role: Role::Other, text });
            }
        }
    }
}

/// What is said in a conversation is said to the other side: adds it, once all mentions of a document are known.
pub fn addressees(mentions: &mut [Mention]) {
    let mut talks: Vec<(usize, Span, Vec<Participant>)> = Vec::new();
    for m in mentions.iter().filter(|m| is_talk(m)) {
        let acting = || m.actors.iter().filter(|p| p.role != Role::Other);
        // "X told the Ambassador that Y would leave": those who talked are persons, where any are told.
        let persons: Vec<Participant> = acting().filter(|p| p.code != p.top).cloned().collect();
        let two = persons.first().is_some_and(|first| persons.iter().any(|p| p.top != first.top));
        talks.push((m.start, m.when.date.span, if two { persons } else { acting().cloned().collect() }));
    }
    for m in mentions.iter_mut().filter(|m| m.when.rule == "scene" && m.kind.is_said()) {
        let here = talks.iter().filter(|(_, span, _)| *span == m.when.date.span);
        let before = here.clone().rfind(|(start, ..)| *start <= m.start);
        let Some((_, _, sides)) = before.or_else(|| here.clone().next()) else { continue };
        let speaking: Vec<&str> =
            m.actors.iter().filter(|p| p.role == Role::Initiator).map(|p| p.top.as_str()).collect();
        let of_talk = !speaking.is_empty() && speaking.iter().all(|s| sides.iter().any(|p| p.top == *s));
        if !of_talk {
            continue;
        }
        let asked = m.kind == EventType::Request && !m.actors.iter().any(|p| p.role == Role::Target);
        let role = if asked { Role::Target } else { Role::Other };
        let new: Vec<Participant> = sides
            .iter()
            .filter(|p| !m.actors.iter().any(|known| known.top == p.top))
            .map(|p| Participant { role, text: String::new(), ..p.clone() })
            .collect();
        m.actors.extend(new);
        m.actors.sort_by_key(|p| p.role);
    }
}

/// A dated meeting of at least two sides that took place.
fn is_talk(m: &Mention) -> bool {
    let sides = m.actors.iter().filter(|p| p.role != Role::Other).map(|p| p.top.as_str());
    let several = sides.clone().next().is_some_and(|first| sides.clone().any(|s| s != first));
    let short = m.when.date.span.days().is_some_and(|d| d <= TALK);
    let real = matches!(m.modality, Modality::Asserted | Modality::Reported);
    m.kind == EventType::Consult && several && short && real && m.when.rule != "scene"
}
