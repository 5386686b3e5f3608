//! What is known of a candidate event when its confidence is asked for, as named facts that hold or do not.
//!
//! The names stand in `rules/data/confidence-events.toml` with their weights; `examples/calibrate` fits them.

use super::facts::Facts;
use super::lexicon::{Lexicon, Part, Sense};
use super::tie::Tie;
use super::trigger::Found;
use super::worth::{definite, tense};
use super::{EventType, Mention, Modality, Role};
use crate::date::Precision;
use crate::text::syntax::{Form, Relation};
use std::collections::BTreeSet;
use std::fmt::{self, Write};

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

/// Takes the name of a feature that holds. Names are not written out before: most are only looked up once.
pub type Put<'a> = &'a mut dyn FnMut(fmt::Arguments<'_>);

/// Hands on the names of what holds of a candidate, each once.
pub fn of(lexicon: &Lexicon, c: &Read, mention: &Mention, put: Put<'_>) {
    let (facts, found, sense) = (c.facts, c.found, c.sense);
    let tree = facts.tree;
    let part = match found.part {
        Part::Verb => "verb",
        Part::Noun => "noun",
        Part::Adjective => "adjective",
    };
    let kind = mention.kind.as_str();
    put(format_args!("sense {}", sense.name));
    put(format_args!("sense {} {part}", sense.name));
    put(format_args!("type {kind}"));
    put(format_args!("type {kind} {part}"));
    put(format_args!("{part} {}", Small(tree.relation(found.head))));
    put(format_args!("zone {}", mention.zone));
    put(format_args!("modality {}", mention.modality.as_str()));
    put(format_args!("rule {}", mention.when.rule));
    put(format_args!("precision {}", Small(mention.when.date.precision)));
    put(format_args!("doubts {}", c.doubts.len().min(3)));
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
        flags.iter().filter(|(_, holds)| *holds).for_each(|(name, _)| put(format_args!("noun {name}")));
    } else {
        put(format_args!("tense {}", Small(tense(tree, lexicon, found))));
    }
    // "Also said", "never met", "that they meet".
    let beside = |relation| tree.with(found.head, relation).map(|w| tree.lower[w].as_str());
    beside(&[Relation::Advmod]).for_each(|w| put(format_args!("adverb {w}")));
    beside(&[Relation::Mark]).for_each(|w| put(format_args!("mark {w}")));
    c.doubts.iter().for_each(|why| put(format_args!("doubt {why}")));
    let has = |role: Role| mention.actors.iter().any(|p| p.role == role);
    let sides = match (has(Role::Initiator), has(Role::Target)) {
        (true, true) => "both",
        (true, false) => "initiator",
        (false, true) => "target",
        (false, false) => "none",
    };
    put(format_args!("sides {sides}"));
    put(format_args!("{part} sides {sides}"));
    let states = mention.tops().len();
    put(format_args!("states {}", states.min(3)));
    let initiators = mention.actors.iter().filter(|p| p.role == Role::Initiator);
    let by = initiators.map(|p| match facts.actors.iter().find(|a| a.code == p.code) {
        Some(a) => format!("by {} {}", if a.resolved { "meant" } else { "named" }, Small(a.kind)),
        None => "by implied".to_string(),
    });
    by.collect::<BTreeSet<String>>().iter().for_each(|by| put(format_args!("{by}")));
    let clauses = tree.ancestors(found.head).filter(|&a| tree.is_predicate(a)).count();
    put(format_args!("{part} depth {}", clauses.min(3)));
    setting(lexicon, c, put);
    let act = sense.any_verb || sense.any_saying;
    let rule = &mention.when.rule;
    use EventType::{Accuse, Agree, Concede, Consult, Reject, Request, Statement, Support, Threaten};
    let told = match mention.kind {
        _ if act => "act",
        Accuse | Agree | Concede | Reject | Request | Statement | Support | Threaten => "words",
        Consult => "meeting",
        _ => "deed",
    };
    put(format_args!(
        "{told} {}",
        if c.cable {
            "in cable"
        } else if c.dated {
            "in print"
        } else {
            "undated"
        }
    ));
    put(format_args!("{told} rule {rule}"));
    put(format_args!("{told} sides {sides}"));
    put(format_args!("{told} {part}"));
    put(format_args!("{told} zone {}", mention.zone));
    put(format_args!("{told} doubts {}", c.doubts.len().min(2)));
    let days = facts.times.iter().any(|t| t.date.as_ref().is_some_and(|d| d.precision <= Precision::Month));
    let quoted = facts.quoted(found.head);
    let asked = tree.lower.iter().rev().take(3).any(|t| t == "?");
    let open = mention.when.date.precision == Precision::Open;
    let unreal = matches!(mention.modality, Modality::Future | Modality::Hypothetical | Modality::Negated);
    // "Sweden opposed the plan": held while it was told, no act of a day.
    let attitude = found.part != Part::Noun && lexicon.is("saying.attitudes", &mention.lemma.to_lowercase());
    if attitude {
        put(format_args!("attitude rule {rule}"));
    }
    let flags = [
        ("attitude", attitude),
        ("date in sentence", days),
        ("date in sentence, not bound", days && c.tie.is_none()),
        ("first in paragraph", c.first),
        ("quoted", quoted),
        ("question", asked),
        ("attributed", mention.attributed_to.is_some()),
        ("open and one state", open && states < 2),
        ("open and unreal", open && unreal),
    ];
    flags.iter().filter(|(_, holds)| *holds).for_each(|(name, _)| put(format_args!("{name}")));
}

/// How the trigger stands in its sentence: below a verb of which kind, with which auxiliary, and below which other trigger.
fn setting(lexicon: &Lexicon, c: &Read, put: Put<'_>) {
    let (tree, found) = (c.facts.tree, c.found);
    let verb = found.args.light.unwrap_or(found.head);
    tree.with(verb, &[Relation::Aux]).for_each(|a| put(format_args!("auxiliary {}", tree.lower[a])));
    if let Some(governor) = tree.governor(verb).filter(|_| tree.relation(verb) != Relation::Conj) {
        let lemma = tree.lemma(governor).to_lowercase();
        let lists = ["saying.verbs", "modality.planning", "modality.supposing", "modality.achieving", "topics.verbs"];
        let list = lists.iter().find(|list| lexicon.is(list, &lemma)).unwrap_or(&"any");
        put(format_args!("under {list} {}", Small(tree.relation(verb))));
    }
    // "urged the sides to meet": the second is often the content of the first, or tells the same again.
    let kind = |f: &Found| lexicon.senses[f.sense].category();
    let above = tree.ancestors(found.head).find_map(|a| c.others.iter().find(|f| f.head == a));
    if let Some(above) = above {
        let same = if kind(above) == kind(found) { "its kind" } else { "another kind" };
        put(format_args!("below {same}"));
        put(format_args!("below {same} {}", Small(tree.relation(found.head))));
    }
}

/// Hands on what holds of a mention made of a named event; `beside`: its name only stands with a trigger of another
/// event.
pub fn of_named(mention: &Mention, beside: bool, put: Put<'_>) {
    put(format_args!("named"));
    put(format_args!("{}", if beside { "named beside an event" } else { "named alone" }));
    put(format_args!("named {}", mention.kind.as_str()));
}

/// The name of a variant in small letters.
struct Small<T>(T);

impl<T: fmt::Debug> fmt::Display for Small<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        struct Lower<'a, 'f>(&'a mut fmt::Formatter<'f>);
        impl fmt::Write for Lower<'_, '_> {
            fn write_str(&mut self, text: &str) -> fmt::Result {
                text.chars().try_for_each(|c| self.0.write_char(c.to_ascii_lowercase()))
            }
        }
        write!(Lower(out), "{:?}", self.0)
    }
}
