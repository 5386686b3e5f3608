//! Which lane an event stands in: by the counterpart of the corpus's main actor. Lanes are data.

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

/// The lanes of a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanePlan {
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
        Ok(LanePlan { subject: plan.subject, lanes, domestic: Some(domestic), other })
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
        LanePlan { subject: subject.to_string(), lanes, domestic: Some(domestic), other }
    }

    /// One lane for each of these: a name, and the events by identifier. Used where lanes are not actors.
    pub fn lane_of(&self, event: &Event) -> usize {
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
