//! What is known of a candidate event when its confidence is asked for, as named facts that hold or do not.
//!
//! The names stand in `rules/data/confidence-events.toml` with their weights; `examples/calibrate` fits them.

use super::binding::Tie;
use super::facts::Facts;
use super::lexicon::{Lexicon, Part, Sense};
use super::trigger::Found;
use super::worth::{definite, tense};
use super::{EventType, Mention, Modality, Role};
use crate::date::Precision;
use crate::text::syntax::{Form, Relation};
use std::collections::BTreeSet;

/// A trigger as it was read, with the mention made of it.
pub struct Read<'a> {
    /// Its sentence.
    pub facts: &'a Facts<'a>,
    /// Its sense.
    pub sense: &'a Sense,
    /// The trigger.
    pub found: &'a Found,
    /// Reasons to doubt it.
    pub doubts: &'a [&'static str],
    /// How closely a time expression hangs on it.
    pub tie: Option<Tie>,
    /// Whether the document's day is known.
    pub dated: bool,
    /// Whether its sentence is the first of its paragraph.
    pub first: bool,
    /// All triggers of its sentence.
    pub others: &'a [Found],
    /// Whether it is a telegram of an embassy.
    pub cable: bool,
}

/// The names of what holds of a candidate, each once.
pub fn of(lexicon: &Lexicon, c: &Read, mention: &Mention) -> Vec<String> {
    let (facts, found, sense) = (c.facts, c.found, c.sense);
    let tree = facts.tree;
    let part = match found.part {
        Part::Verb => "verb",
        Part::Noun => "noun",
        Part::Adjective => "adjective",
    };
    let kind = mention.kind.as_str();
    let mut out = vec![
        format!("sense {}", sense.name),
        format!("type {kind}"),
        format!("type {kind} {part}"),
        format!("{part} {:?}", tree.relation(found.head)).to_lowercase(),
        format!("zone {}", mention.zone),
        format!("modality {}", mention.modality.as_str()),
        format!("rule {}", mention.when.rule),
        format!("precision {}", precision(mention.when.date.precision)),
        format!("doubts {}", c.doubts.len().min(3)),
    ];
    if found.part == Part::Noun {
        let bare = !tree.has(found.head, &[Relation::Det, Relation::NmodPoss]);
        let plural = tree.form(found.head) == Form::Plural;
        let flags = [
            ("light", found.args.light.is_some()),
            ("definite", definite(tree, lexicon, found)),
            ("bare", bare),
            ("plural", plural),
            ("bare plural", bare && plural),
            ("of somebody", tree.has(found.head, &[Relation::NmodPoss])),
        ];
        out.extend(flags.iter().filter(|(_, holds)| *holds).map(|(name, _)| format!("noun {name}")));
    } else {
        out.push(format!("tense {:?}", tense(tree, lexicon, found)).to_lowercase());
    }
    out.extend(c.doubts.iter().map(|why| format!("doubt {why}")));
    let has = |role: Role| mention.actors.iter().any(|p| p.role == role);
    let sides = match (has(Role::Initiator), has(Role::Target)) {
        (true, true) => "both",
        (true, false) => "initiator",
        (false, true) => "target",
        (false, false) => "none",
    };
    out.push(format!("sides {sides}"));
    out.push(format!("{part} sides {sides}"));
    out.push(format!("states {}", mention.tops().len().min(3)));
    let initiators = mention.actors.iter().filter(|p| p.role == Role::Initiator);
    let by = initiators.map(|p| match facts.actors.iter().find(|a| a.code == p.code) {
        Some(a) => format!("by {} {:?}", if a.resolved { "meant" } else { "named" }, a.kind).to_lowercase(),
        None => "by implied".to_string(),
    });
    out.extend(by.collect::<BTreeSet<String>>());
    let clauses = tree.ancestors(found.head).filter(|&a| tree.is_predicate(a)).count();
    out.push(format!("{part} depth {}", clauses.min(3)));
    out.extend(setting(lexicon, c));
    let act = sense.any_verb || sense.any_saying;
    let rule = &mention.when.rule;
    use EventType::{Accuse, Agree, Concede, Consult, Reject, Request, Statement, Support, Threaten};
    let told = match mention.kind {
        _ if act => "act",
        Accuse | Agree | Concede | Reject | Request | Statement | Support | Threaten => "words",
        Consult => "meeting",
        _ => "deed",
    };
    out.push(format!(
        "{told} {}",
        if c.cable {
            "in cable"
        } else if c.dated {
            "in print"
        } else {
            "undated"
        }
    ));
    out.push(format!("{told} rule {rule}"));
    out.push(format!("{told} sides {sides}"));
    out.push(format!("{told} {part}"));
    out.push(format!("{told} zone {}", mention.zone));
    out.push(format!("{told} doubts {}", c.doubts.len().min(2)));
    let days = facts.times.iter().any(|t| t.date.as_ref().is_some_and(|d| d.precision <= Precision::Month));
    let quoted = facts.quoted(found.head);
    let asked = tree.lower.iter().rev().take(3).any(|t| t == "?");
    let open = mention.when.date.precision == Precision::Open;
    let unreal = matches!(mention.modality, Modality::Future | Modality::Hypothetical | Modality::Negated);
    // "Sweden opposed the plan": held while it was told, no act of a day.
    let attitude = found.part != Part::Noun && lexicon.is("saying.attitudes", &mention.lemma.to_lowercase());
    if attitude {
        out.push(format!("attitude rule {rule}"));
    }
    let flags = [
        ("attitude", attitude),
        ("date in sentence", days),
        ("date in sentence, not bound", days && c.tie.is_none()),
        ("first in paragraph", c.first),
        ("quoted", quoted),
        ("question", asked),
        ("attributed", mention.attributed_to.is_some()),
        ("open and one state", open && mention.tops().len() < 2),
        ("open and unreal", open && unreal),
    ];
    out.extend(flags.iter().filter(|(_, holds)| *holds).map(|(name, _)| name.to_string()));
    out
}

/// How the trigger stands in its sentence: below a verb of which kind, with which auxiliary, and below which other trigger.
fn setting(lexicon: &Lexicon, c: &Read) -> Vec<String> {
    let (tree, found) = (c.facts.tree, c.found);
    let verb = found.args.light.unwrap_or(found.head);
    let mut out: Vec<String> =
        tree.with(verb, &[Relation::Aux]).map(|a| format!("auxiliary {}", tree.lower[a])).collect();
    if let Some(governor) = tree.governor(verb).filter(|_| tree.relation(verb) != Relation::Conj) {
        let lemma = tree.lemma(governor).to_lowercase();
        let lists = ["saying.verbs", "modality.planning", "modality.supposing", "modality.achieving", "topics.verbs"];
        let list = lists.iter().find(|list| lexicon.is(list, &lemma)).unwrap_or(&"any");
        out.push(format!("under {list} {:?}", tree.relation(verb)).to_lowercase());
    }
    // "urged the sides to meet": the second is often the content of the first, or tells the same again.
    let kind = |f: &Found| lexicon.senses[f.sense].category();
    let above = tree.ancestors(found.head).find_map(|a| c.others.iter().find(|f| f.head == a));
    if let Some(above) = above {
        let same = if kind(above) == kind(found) { "its kind" } else { "another kind" };
        out.push(format!("below {same}"));
        out.push(format!("below {same} {:?}", tree.relation(found.head)).to_lowercase());
    }
    out
}

/// What holds of a mention made of a named event; `beside`: its name only stands with a trigger of another event.
pub fn of_named(mention: &Mention, beside: bool) -> Vec<String> {
    let place = if beside { "named beside an event" } else { "named alone" };
    vec!["named".to_string(), place.to_string(), format!("named {}", mention.kind.as_str())]
}

fn precision(precision: Precision) -> String {
    format!("{precision:?}").to_lowercase()
}
