//! One short sentence an event, made from its parts.

use super::facts::Facts;
use super::lexicon::{Part, Sense};
use super::tree::Tree;
use super::trigger::Found;
use super::{Modality, Participant, Role};
use crate::actor::Lexicon as Actors;
use crate::text::syntax::{Form, Relation, Upos};
use itertools::Itertools;

/// Names shown on each side before "and others".
const NAMES: usize = 3;
/// Words of a noun phrase at the most.
const PHRASE: usize = 5;

/// The headline of one mention, e.g. "Uzbekistan refuses to attend the meeting".
pub fn of(
    facts: &Facts,
    actors: &Actors,
    sense: &Sense,
    found: &Found,
    cast: &[Participant],
    modality: Modality,
) -> String {
    let initiators = names(actors, cast, Role::Initiator);
    let mut targets = names(actors, cast, Role::Target);
    targets.retain(|t| !initiators.contains(t));
    let lemma = facts.tree.lemma(found.head).to_lowercase();
    // The words that stand for any act have no verb of their own but the text's.
    let first = if sense.any_verb || sense.any_saying { &lemma } else { sense.verbs.first().unwrap_or(&lemma) };
    let verb = sense.verb.clone().unwrap_or_else(|| third_person(first));
    let aim = detail(facts, sense, found);
    let verb = match (&aim, &sense.verb_to) {
        (Some(_), Some(verb)) => verb.clone(),
        _ => verb,
    };
    let base = match (initiators.is_empty(), targets.is_empty()) {
        (false, _) => {
            let target = (!targets.is_empty()).then(|| join(&targets));
            let lacking = target.is_none() && is_transitive(&verb);
            let object = aim.or_else(|| thing(facts, sense, found, target.as_deref(), lacking)).or(target);
            active(&join(&initiators), &verb, object.as_deref(), initiators.len() + usize::from(is_plural(&initiators)))
        }
        (true, false) => {
            format!("{} involving {}", capitalise(&name_of_act(facts, sense, found, &verb)), join(&targets))
        }
        (true, true) => capitalise(&name_of_act(facts, sense, found, &verb)),
    };
    let place = place(facts, sense, found, &base);
    let text = match modality {
        Modality::Future => format!("{base}{place} (planned)"),
        Modality::Hypothetical => format!("{base}{place} (possible)"),
        Modality::Negated => format!("{base}{place} (did not happen)"),
        _ => format!("{base}{place}"),
    };
    text.split_whitespace().join(" ")
}

/// Short names of the actors in a role, one for each state or organisation: its own name where it is named itself,
/// else that of the first person or office named for it.
fn names(actors: &Actors, cast: &[Participant], role: Role) -> Vec<String> {
    let name = |code: &str| actors.actor(code).map(|a| a.short.clone());
    let here: Vec<&Participant> = cast.iter().filter(|p| p.role == role).collect();
    here.iter()
        .filter(|p| p.code == p.top || !here.iter().any(|q| q.code == p.top))
        .unique_by(|p| p.top.as_str())
        .filter_map(|p| name(&p.code).or_else(|| name(&p.top)).or_else(|| (!p.text.is_empty()).then(|| p.text.clone())))
        .unique()
        .collect()
}

/// "Uzbek forces" takes the plural; "the US" does not.
fn is_plural(names: &[String]) -> bool {
    let last = names.first().and_then(|n| n.rsplit(' ').next()).unwrap_or_default();
    names.len() == 1 && last.ends_with('s') && last.chars().next().is_some_and(char::is_lowercase)
}

/// The thing signed, joined or founded, and with whom: "a treaty of alliance with Russia".
/// `lacking`: the verb says too little without it ("hands over").
fn thing(facts: &Facts, sense: &Sense, found: &Found, target: Option<&str>, lacking: bool) -> Option<String> {
    if !(sense.names_object || sense.any_verb || lacking) || found.part == Part::Adjective {
        return None;
    }
    let nouns = found.args.objects.iter().copied().chain(of_phrase(found));
    let head = nouns.into_iter().find(|&o| !facts.in_actor(o) && facts.tree.is_noun(o))?;
    let phrase = short_phrase(facts, head)?;
    Some(match target {
        Some(target) if !phrase.contains(target) => format!("{phrase} with {target}"),
        _ => phrase,
    })
}

fn of_phrase(found: &Found) -> impl Iterator<Item = usize> + '_ {
    found.args.obliques.iter().filter(|(case, _)| case == "of").map(|(_, head)| *head)
}

/// What an act is called where nobody is named who did it: its noun as written, with its attributes.
fn name_of_act(facts: &Facts, sense: &Sense, found: &Found, verb: &str) -> String {
    if found.part == Part::Noun
        && let Some(phrase) = short_phrase(facts, found.head)
    {
        const SMALL: [&str; 8] = ["the ", "a ", "an ", "his ", "their ", "its ", "this ", "our "];
        let lower = phrase.to_lowercase();
        let cut = SMALL.iter().find(|s| lower.starts_with(**s)).map_or(0, |s| s.len());
        return phrase.get(cut..).unwrap_or(&phrase).to_string();
    }
    noun_phrase(sense, verb)
}

fn join(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        _ if names.len() <= NAMES => {
            format!("{} and {}", names[..names.len() - 1].join(", "), names[names.len() - 1])
        }
        _ => format!("{} and others", names[..NAMES].join(", ")),
    }
}

fn active(subject: &str, verb: &str, object: Option<&str>, count: usize) -> String {
    let (first, rest) = verb.split_once(' ').unwrap_or((verb, ""));
    let first = if count > 1 { plural(first) } else { first.to_string() };
    // Without anyone to act on, "with", "to" or "of" at the end of the phrase leads nowhere.
    let rest = match object {
        Some(object) if object.starts_with("to ") => strip_preposition(rest).to_string() + " " + object,
        Some(object) => format!("{rest} {object}"),
        None => strip_preposition(rest).to_string(),
    };
    format!("{subject} {first} {rest}").split_whitespace().join(" ")
}

fn strip_preposition(rest: &str) -> &str {
    const LOOSE: [&str; 11] = ["with", "to", "of", "in", "on", "from", "by", "for", "about", "against", "that it will"];
    let before = |p: &str| rest.strip_suffix(p).filter(|r| r.is_empty() || r.ends_with(' '));
    LOOSE.iter().find_map(|p| before(p)).unwrap_or(rest).trim_end()
}

/// Whether a verb phrase of a headline is a verb alone or with a particle, and so wants its object: "seizes", "hands
/// over"; not "cracks down on", which loses its preposition, nor "holds an election".
fn is_transitive(verb: &str) -> bool {
    let words: Vec<&str> = verb.split(' ').collect();
    match words[..] {
        [_] => true,
        [_, particle] => strip_preposition(particle) == particle,
        _ => false,
    }
}

/// What is refused, demanded or agreed: "to attend the meeting"; the thing signed or closed: "the treaty".
fn detail(facts: &Facts, sense: &Sense, found: &Found) -> Option<String> {
    let tree = facts.tree;
    if !sense.embeds || !sense.content.is_empty() {
        return None;
    }
    let clause = *found.args.clauses.first()?;
    if !tree.is_verb(clause) || tree.form(clause) != Form::Base {
        return None;
    }
    let mut words = vec!["to".to_string(), tree.lower[clause].clone()];
    words.extend(tree.with(clause, &[Relation::CompoundPrt]).map(|p| tree.lower[p].clone()));
    if let Some(object) = tree.with(clause, &[Relation::Obj]).next() {
        words.push(short_phrase(facts, object)?);
    }
    if let Some(oblique) = tree.with(clause, &[Relation::Obl]).next()
        && !facts.in_time(oblique)
    {
        words.push(tree.case(oblique));
        words.push(short_phrase(facts, oblique)?);
    }
    Some(words.join(" "))
}

/// Head of a noun phrase with its nearest attributes, as written.
fn short_phrase(facts: &Facts, head: usize) -> Option<String> {
    let tree: &Tree = facts.tree;
    let words: Vec<usize> = tree
        .phrase(head, false)
        .into_iter()
        .filter(|&w| w <= head && tree.upos(w) != Upos::Adp && tree.upos(w) != Upos::Punct && !facts.in_time(w))
        .collect();
    let words = &words[words.len().saturating_sub(PHRASE)..];
    let text: Vec<String> = words.iter().map(|&w| facts.surface(w)).collect();
    (!text.is_empty()).then(|| text.join(" ").replace(" 's", "'s").replace(" ’s", "’s"))
}

fn noun_phrase(sense: &Sense, verb: &str) -> String {
    sense.nouns.first().cloned().unwrap_or_else(|| strip_preposition(verb).to_string()).replace(" - ", "-")
}

fn place(facts: &Facts, sense: &Sense, found: &Found, base: &str) -> String {
    // Whoever is driven out of a base or leaves it goes from there.
    let away = sense.subtype.as_deref().is_some_and(|s| matches!(s, "base.evict" | "base.depart"));
    let preposition = if away { "from" } else { "in" };
    let verbish = found.part != Part::Noun || found.args.light.is_some();
    match facts.place_of(found.head).filter(|p| verbish && !base.contains(&p.name)) {
        Some(place) => format!(" {preposition} {}", place.name),
        None => String::new(),
    }
}

/// "refuse" → "refuses".
fn third_person(verb: &str) -> String {
    let (first, rest) = verb.split_once(' ').unwrap_or((verb, ""));
    let sibilant = ["s", "x", "z", "ch", "sh", "o"].iter().any(|e| first.ends_with(e));
    let stem = first.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'o', 'u']));
    let inflected = match stem {
        Some(stem) => format!("{stem}ies"),
        None if sibilant => format!("{first}es"),
        None => format!("{first}s"),
    };
    format!("{inflected} {rest}").trim_end().to_string()
}

/// "refuses" → "refuse", for several subjects.
fn plural(verb: &str) -> String {
    match verb {
        "is" => "are".to_string(),
        "does" => "do".to_string(),
        "has" => "have".to_string(),
        "goes" => "go".to_string(),
        _ => {
            if let Some(stem) = verb.strip_suffix("ies") {
                return format!("{stem}y");
            }
            let es = ["ches", "shes", "sses", "xes", "zes"].iter().any(|e| verb.ends_with(e));
            verb.strip_suffix(if es { "es" } else { "s" }).unwrap_or(verb).to_string()
        }
    }
}

fn capitalise(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_agree_with_their_subjects() {
        for (base, third) in
            [("refuse", "refuses"), ("reach out", "reaches out"), ("deny", "denies"), ("veto", "vetoes")]
        {
            assert_eq!(third_person(base), third);
        }
        for (third, base) in [("refuses", "refuse"), ("denies", "deny"), ("is", "are"), ("reaches", "reach")] {
            assert_eq!(plural(third), base);
        }
    }

    #[test]
    fn several_actors_take_the_plural_and_loose_prepositions_go() {
        let all = ["Russia", "China", "Iran", "India"].map(String::from);
        assert_eq!(join(&all), "Russia, China, Iran and others");
        assert_eq!(active("Russia and China", "meets", None, 2).trim(), "Russia and China meet");
        assert_eq!(active("NATO", "cooperates with", None, 1).trim(), "NATO cooperates");
        assert_eq!(active("NATO", "refuses", Some("to join"), 1), "NATO refuses to join");
    }
}
