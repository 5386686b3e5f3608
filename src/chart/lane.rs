//! Which lane an event stands in: by the counterpart of the corpus's main actor. Lanes are data.

use super::style::Kind;
use super::words::Words;
use crate::event::Role;
use crate::merge::Event;
use crate::rules::Rules;
use crate::{Error, Result};
use serde::Deserialize;
use std::collections::BTreeMap;

/// How many lanes are made from the counterparts named most often.
const DERIVED: usize = 6;

/// One lane: its name and the actors that stand in it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Lane {
    /// What is printed.
    pub name: String,
    /// Codes of actors, or of what they roll up to.
    pub codes: Vec<String>,
}

/// What divides events into lanes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// The counterpart of the subject.
    Actor,
    /// The pair of actors.
    Dyad,
    /// The kind of event.
    Kind,
    /// The source that tells of it first: names of sources by the event's identifier.
    Source(BTreeMap<String, String>),
}

/// The lanes of a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanePlan {
    /// What divides them.
    pub by: By,
    /// The actor whose relations are drawn; it names no lane.
    pub subject: String,
    /// The lanes, from top to bottom.
    pub lanes: Vec<Lane>,
    /// Lane of the events that no other lane takes and that name the subject alone or nobody.
    pub domestic: Option<usize>,
    /// Lane of the rest.
    pub other: usize,
}

#[derive(Deserialize)]
struct File {
    subject: String,
    lane: Vec<Lane>,
    domestic: Option<Domestic>,
}

#[derive(Deserialize)]
struct Domestic {
    name: Option<String>,
    #[serde(default)]
    codes: Vec<String>,
}

impl LanePlan {
    /// The plan for these events: a rule file's where its subject is the actor they name most, else one made from the
    /// counterparts of that actor. `names` gives an actor's name for its code.
    ///
    /// # Errors
    /// [`Error::Rules`] when a file is wrong.
    pub fn choose(rules: &Rules, events: &[Event], names: &BTreeMap<String, String>, words: &Words) -> Result<Self> {
        let files: Vec<(String, File)> = rules.section("lanes")?;
        let main = main_actor(events);
        // A user's file comes after the built-in ones and wins.
        for (file, plan) in files.into_iter().rev() {
            if main.is_none() || main.as_deref() == Some(plan.subject.as_str()) {
                return Self::from_file(&file, plan, words);
            }
        }
        Ok(Self::derive(events, &main.unwrap_or_default(), names, words))
    }

    fn from_file(file: &str, plan: File, words: &Words) -> Result<Self> {
        if plan.lane.iter().any(|l| l.name.trim().is_empty()) {
            return Err(Error::Rules { file: file.to_string(), reason: "a lane has no name".into() });
        }
        let mut lanes = plan.lane;
        let domestic = lanes.len();
        let (name, codes) = plan.domestic.map_or((None, Vec::new()), |d| (d.name, d.codes));
        lanes.push(Lane { name: name.unwrap_or_else(|| words.fill("lane_domestic", &[])), codes });
        let other = lanes.len();
        lanes.push(Lane { name: words.fill("lane_other", &[]), codes: Vec::new() });
        Ok(LanePlan { by: By::Actor, subject: plan.subject, lanes, domestic: Some(domestic), other })
    }

    /// Lanes from the counterparts that the events name most often besides `subject`.
    pub fn derive(events: &[Event], subject: &str, names: &BTreeMap<String, String>, words: &Words) -> Self {
        let name = |code: &str| names.get(code).cloned().unwrap_or_else(|| code.to_string());
        let mut lanes: Vec<Lane> = ranked(events)
            .into_iter()
            .filter(|code| code != subject)
            .take(DERIVED)
            .map(|code| Lane { name: name(&code), codes: vec![code] })
            .collect();
        let domestic = lanes.len();
        let own = if subject.is_empty() { words.fill("lane_domestic", &[]) } else { name(subject) };
        lanes.push(Lane { name: own, codes: Vec::new() });
        let other = lanes.len();
        lanes.push(Lane { name: words.fill("lane_other", &[]), codes: Vec::new() });
        LanePlan { by: By::Actor, subject: subject.to_string(), lanes, domestic: Some(domestic), other }
    }

    /// A lane a kind of event.
    pub fn by_kind(words: &Words) -> Self {
        let lane = |kind: Kind| Lane { name: words.kind(kind.key()).to_string(), codes: Vec::new() };
        let lanes: Vec<Lane> = Kind::ALL.into_iter().map(lane).collect();
        let other = lanes.len() - 1;
        LanePlan { by: By::Kind, subject: String::new(), lanes, domestic: None, other }
    }

    /// A lane for each of the pairs of actors named together most often.
    pub fn by_dyad(events: &[Event], names: &BTreeMap<String, String>, words: &Words) -> Self {
        let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
        for pair in events.iter().filter_map(dyad) {
            *counts.entry(pair).or_default() += 1;
        }
        let mut ranked: Vec<_> = counts.into_iter().collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let name = |code: &str| names.get(code).cloned().unwrap_or_else(|| code.to_string());
        let lanes = ranked
            .into_iter()
            .take(DERIVED + 2)
            .map(|((a, b), _)| Lane { name: format!("{} – {}", name(&a), name(&b)), codes: vec![a, b] });
        Self::with_rest(By::Dyad, lanes.collect(), words)
    }

    /// A lane for each of the sources that tell of most events. `sources` names an event's first source.
    pub fn by_source(sources: BTreeMap<String, String>, words: &Words) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for source in sources.values() {
            *counts.entry(source).or_default() += 1;
        }
        let mut ranked: Vec<_> = counts.into_iter().collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let lanes =
            ranked.into_iter().take(DERIVED + 6).map(|(name, _)| Lane { name: name.to_string(), codes: Vec::new() });
        let lanes = lanes.collect();
        Self::with_rest(By::Source(sources), lanes, words)
    }

    fn with_rest(by: By, mut lanes: Vec<Lane>, words: &Words) -> Self {
        let other = lanes.len();
        lanes.push(Lane { name: words.fill("lane_other", &[]), codes: Vec::new() });
        LanePlan { by, subject: String::new(), lanes, domestic: None, other }
    }

    /// The lane of an event.
    pub fn lane_of(&self, event: &Event) -> usize {
        let found = match &self.by {
            By::Actor => return self.by_counterpart(event),
            By::Kind => Some(Kind::of(event.kind) as usize),
            By::Dyad => {
                dyad(event).and_then(|(a, b)| self.lanes.iter().position(|l| l.codes == [a.as_str(), b.as_str()]))
            }
            By::Source(sources) => {
                sources.get(&event.uid).and_then(|s| self.lanes[..self.other].iter().position(|l| l.name == *s))
            }
        };
        found.unwrap_or(self.other)
    }

    fn by_counterpart(&self, event: &Event) -> usize {
        let find =
            |code: &str, top: &str| self.lanes.iter().position(|l| l.codes.iter().any(|c| c == code || c == top));
        let doing = |role: Role| role != Role::Other;
        let by_role = |wanted: bool| {
            event
                .actors
                .iter()
                .filter(|a| a.top != self.subject && doing(a.role) == wanted)
                .find_map(|a| find(&a.code, &a.top))
        };
        by_role(true).or_else(|| by_role(false)).unwrap_or_else(|| {
            let alone = event.actors.iter().all(|a| a.top == self.subject);
            match self.domestic {
                Some(lane) if alone => lane,
                _ => self.other,
            }
        })
    }
}

/// The first two actors that do something in an event, in order of their codes.
fn dyad(event: &Event) -> Option<(String, String)> {
    let mut tops: Vec<&str> = Vec::new();
    let (doing, named): (Vec<_>, Vec<_>) = event.actors.iter().partition(|a| a.role != Role::Other);
    for actor in doing.into_iter().chain(named) {
        if !actor.top.is_empty() && !tops.contains(&actor.top.as_str()) {
            tops.push(&actor.top);
        }
    }
    let (a, b) = (*tops.first()?, *tops.get(1)?);
    Some(if a < b { (a.into(), b.into()) } else { (b.into(), a.into()) })
}

/// Actors by how many events name them, most first; ties by code.
fn ranked(events: &[Event]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for event in events {
        let mut tops: Vec<&str> = event.actors.iter().map(|a| a.top.as_str()).filter(|t| !t.is_empty()).collect();
        tops.sort_unstable();
        tops.dedup();
        for top in tops {
            *counts.entry(top).or_default() += 1;
        }
    }
    let mut ranked: Vec<(&str, usize)> = counts.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    ranked.into_iter().map(|(code, _)| code.to_string()).collect()
}

/// The actor that most events name.
pub fn main_actor(events: &[Event]) -> Option<String> {
    ranked(events).into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::fixture::{event, sample};
    use crate::event::Modality;

    #[test]
    fn lanes_come_from_the_file_where_its_subject_is_the_main_actor_else_from_the_events() {
        let words = Words::english();
        let plan = LanePlan::choose(&Rules::builtin(), &sample(), &BTreeMap::new(), &words).expect("a plan");
        let of = |actors: &[&str]| {
            let event = event("2005", "Event", "CONSULT", actors, Modality::Asserted, 0.5);
            plan.lanes[plan.lane_of(&event)].name.clone()
        };
        assert_eq!(of(&["UZB", "RUS"]), of(&["RUS"]));
        assert_eq!(of(&["UZB"]), words.fill("lane_domestic", &[]));
        assert_eq!(of(&["UZB", "BRA"]), words.fill("lane_other", &[]));
        assert_ne!(of(&["UZB", "NATO"]), of(&["UZB", "CSTO"]));
        let elsewhere: Vec<Event> = ["ARG", "CHL", "CHL", "PER"]
            .iter()
            .map(|a| event("2005", a, "CONSULT", &["BRA", a], Modality::Asserted, 0.5))
            .collect();
        let names = BTreeMap::from([("CHL".to_string(), "Chile".to_string())]);
        let plan = LanePlan::choose(&Rules::builtin(), &elsewhere, &names, &words).expect("a plan");
        assert_eq!((plan.subject.as_str(), plan.lanes[0].name.as_str()), ("BRA", "Chile"));
    }

    #[test]
    fn every_code_of_the_built_in_lanes_is_one_of_the_actor_lexicon() {
        fn codes(value: &toml::Value, out: &mut std::collections::BTreeSet<String>) {
            match value {
                toml::Value::Table(table) => {
                    out.extend(table.get("code").and_then(|c| c.as_str()).map(str::to_string));
                    table.values().for_each(|v| codes(v, out));
                }
                toml::Value::Array(list) => list.iter().for_each(|v| codes(v, out)),
                _ => {}
            }
        }
        let mut known = std::collections::BTreeSet::new();
        for (_, file) in Rules::builtin().section::<toml::Value>("actors").expect("the actor lexicon") {
            codes(&file, &mut known);
        }
        for (file, plan) in Rules::builtin().section::<File>("lanes").expect("the built-in lanes") {
            let own = plan.domestic.map_or_else(Vec::new, |d| d.codes);
            for code in plan.lane.iter().flat_map(|l| &l.codes).chain(&own).chain([&plan.subject]) {
                assert!(known.contains(code), "{file}: no actor has the code {code}");
            }
        }
    }

    #[test]
    fn lanes_by_pair_kind_and_source_take_every_event() {
        let (events, words) = (sample(), Words::english());
        let sources = events.iter().map(|e| (e.uid.clone(), format!("Source {}", e.headline.len() % 4))).collect();
        for plan in [
            LanePlan::by_kind(&words),
            LanePlan::by_dyad(&events, &BTreeMap::new(), &words),
            LanePlan::by_source(sources, &words),
        ] {
            let used: std::collections::BTreeSet<usize> = events.iter().map(|e| plan.lane_of(e)).collect();
            assert!(used.len() > 3 && used.iter().all(|l| *l < plan.lanes.len()), "{:?}", plan.lanes);
        }
    }
}
