//! One short sentence an event, made from its parts.

use super::args;
use super::facts::Facts;
use super::lexicon::{Lexicon, Part, Sense};
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
/// Words taken over from behind a verb at the most.
const TAIL: usize = 7;

/// The headline of one mention, e.g. "Uzbekistan refuses to attend the meeting".
pub fn of(
    facts: &Facts,
    (actors, lexicon): (&Actors, &Lexicon),
    sense: &Sense,
    found: &Found,
    cast: &[Participant],
    modality: Modality,
) -> String {
    let initiators = names(actors, cast, Role::Initiator);
    let mut targets = names(actors, cast, Role::Target);
    targets.retain(|t| !initiators.contains(t));
    let lemma = facts.tree.lemma(found.head).to_lowercase();
    let act = sense.any_verb || sense.any_saying;
    // The words that stand for any act have no verb of their own but the text's.
    let first = if act { &lemma } else { sense.verbs.first().unwrap_or(&lemma) };
    let verb = sense.verb.clone().unwrap_or_else(|| third_person(first));
    let aim = detail(facts, sense, found);
    let verb = match (&aim, &sense.verb_to) {
        (Some(_), Some(verb)) => verb.clone(),
        _ => verb,
    };
    let own = if initiators.is_empty() { as_written((facts, lexicon), found, &targets) } else { None };
    let base = match (initiators.is_empty(), targets.is_empty()) {
        (false, _) => {
            let count = initiators.len() + usize::from(is_plural(&initiators));
            let target =
                (!targets.is_empty() && (act || !lexicon.is("headline.complete", &verb))).then(|| join(&targets));
            let lacking = target.is_none() && is_transitive(&verb);
            let incomplete = lacking && !act && !lexicon.is("headline.alone", &verb);
            // A verb of no sense is told with what stands behind it.
            let tail = if act || incomplete && aim.is_none() { tail(facts, found) } else { None };
            match tail {
                Some(tail) => active(&join(&initiators), &third_person(&lemma), Some(&tail), count),
                None => {
                    let object = aim.or_else(|| thing(facts, sense, found, target.as_deref(), lacking)).or(target);
                    let nameless = object.is_none() && incomplete && !sense.nouns.is_empty();
                    let name = || capitalise(&name_of_act((facts, lexicon), sense, found, &verb));
                    match nameless {
                        true => by(facts, found, name(), &initiators),
                        false => active(&join(&initiators), &verb, object.as_deref(), count),
                    }
                }
            }
        }
        (true, _) if own.is_some() => own.unwrap_or_default(),
        (true, false) => {
            format!("{} involving {}", capitalise(&name_of_act((facts, lexicon), sense, found, &verb)), join(&targets))
        }
        (true, true) => capitalise(&name_of_act((facts, lexicon), sense, found, &verb)),
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

/// What stands behind a verb in its own clause, without times, up to a noun: "twelve Uzbek officials", "four of them
/// back to Uzbekistan". None of a passive, whose object stands before it.
fn tail(facts: &Facts, found: &Found) -> Option<String> {
    let tree = facts.tree;
    if found.part != Part::Verb || args::is_passive(tree, found.head) {
        return None;
    }
    let mut words: Vec<usize> = Vec::new();
    for i in found.head + 1..tree.len() {
        let clause = tree.relation(i) == Relation::Mark && !matches!(tree.lower[i].as_str(), "to" | "that");
        let verb_joined = tree.relation(i) == Relation::Cc && tree.head(i).is_some_and(|h| tree.is_verb(h));
        let stop =
            clause || verb_joined || tree.form(i) == Form::Wh || tree.upos(i) == Upos::Punct && tree.lower[i] != "-";
        if stop || !tree.under(i, found.head) || words.len() == TAIL {
            break;
        }
        if is_when(facts, i) {
            // "signed in June a treaty": the preposition of the time goes with it.
            while words.last().is_some_and(|&w| tree.head(w).is_some_and(|h| facts.in_time(h))) {
                words.pop();
            }
            continue;
        }
        words.push(i);
    }
    let ends = |next: usize| {
        next == tree.len()
            || !tree.under(next, found.head)
            || matches!(tree.lower[next].as_str(), "." | "," | ";" | ":" | ")" | "?" | "!")
    };
    let whole = words.last().is_none_or(|&w| ends(w + 1));
    let loose = |w: usize| {
        let open = matches!(tree.upos(w), Upos::Det | Upos::Cconj | Upos::Sconj | Upos::Part | Upos::Aux | Upos::Punct);
        let halfway = matches!(tree.upos(w), Upos::Adj | Upos::Num | Upos::Adv | Upos::Verb);
        let cut = !whole && (halfway || tree.relation(w).is_subject());
        let waiting = tree.upos(w) == Upos::Adp && tree.relation(w) != Relation::CompoundPrt;
        open || cut || waiting
    };
    while words.last().is_some_and(|&w| loose(w)) {
        words.pop();
    }
    let says = words.iter().any(|&w| tree.is_noun(w) || matches!(tree.upos(w), Upos::Verb | Upos::Pron | Upos::Propn));
    let clause = words.first().is_some_and(|&w| tree.lower[w] == "that");
    let more = if clause && !whole { " …" } else { "" };
    says.then(|| written(facts, &words) + more)
}

/// Whether a word belongs to a time that says when, not to one that is given or taken ("gave them six months").
fn is_when(facts: &Facts, word: usize) -> bool {
    let object = |top: usize| matches!(facts.tree.relation(top), Relation::Obj | Relation::Iobj);
    facts.times.iter().any(|t| t.tokens.contains(&word) && !object(facts.tree.top_of(&t.tokens)))
}

/// Words as written, without the space that a text sets before an ending or beside a hyphen.
fn written(facts: &Facts, words: &[usize]) -> String {
    let mut out = String::new();
    let mut last = None;
    for &w in words {
        let joined = last.is_some_and(|l| facts.adjoin(l, w));
        if !joined && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&facts.surface(w));
        last = Some(w);
    }
    out
}

/// A clause of which no doer is known, in its own words: "Note gives the Americans six months", "Twelve officials
/// named".
fn as_written((facts, lexicon): (&Facts, &Lexicon), found: &Found, targets: &[String]) -> Option<String> {
    let tree = facts.tree;
    if found.part != Part::Verb {
        return None;
    }
    let noun = |h: &&usize| tree.is_noun(**h) && !facts.in_time(**h);
    if args::is_passive(tree, found.head) {
        let thing = |h: &&usize| noun(h) && !facts.in_actor(**h);
        let object = found.args.objects.iter().find(thing).and_then(|&o| short_phrase(facts, o));
        let subject = object.or_else(|| (!targets.is_empty()).then(|| join(targets)))?;
        return Some(capitalise(&format!("{} {}", bare(lexicon, &subject), tree.lower[found.head])));
    }
    let agent = *found.args.agents.iter().find(noun)?;
    let subject = capitalise(bare(lexicon, &short_phrase(facts, agent)?));
    let verb = third_person(&tree.lemma(found.head).to_lowercase());
    let verb = if tree.form(agent) == Form::Plural || found.args.agents.len() > 1 { plural(&verb) } else { verb };
    let object = tail(facts, found);
    Some(format!("{subject} {verb} {}", object.unwrap_or_default()))
}

/// An act by its noun and who did it, where the noun does not name them itself ("Russian invasion").
fn by(facts: &Facts, found: &Found, name: String, initiators: &[String]) -> String {
    let named = found.part == Part::Noun && facts.actors.iter().any(|a| name.contains(&facts.surface(a.head)));
    if named { name } else { format!("{name} by {}", join(initiators)) }
}

/// A noun phrase without the words that open it: "the treaty" is "treaty".
fn bare<'a>(lexicon: &Lexicon, phrase: &'a str) -> &'a str {
    let mut rest = phrase;
    while let Some((first, more)) = rest.split_once(' ')
        && lexicon.is("headline.opening", &first.to_lowercase().replace('’', "'"))
    {
        rest = more;
    }
    rest
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
    // "Takes office" has its object.
    let said = sense.verb.as_deref().is_some_and(|v| v.split(' ').any(|w| w == facts.tree.lower[head]));
    let phrase = short_phrase(facts, head).filter(|_| !said)?;
    Some(match target {
        Some(target) if !phrase.contains(target) => format!("{phrase} with {target}"),
        _ => phrase,
    })
}

fn of_phrase(found: &Found) -> impl Iterator<Item = usize> + '_ {
    found.args.obliques.iter().filter(|(case, _)| case == "of").map(|(_, head)| *head)
}

/// What an act is called where nobody is named who did it: its noun as written, with its attributes.
fn name_of_act((facts, lexicon): (&Facts, &Lexicon), sense: &Sense, found: &Found, verb: &str) -> String {
    if found.part == Part::Noun
        && let Some(phrase) = short_phrase(facts, found.head)
    {
        return bare(lexicon, &phrase).to_string();
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
    const LOOSE: [&str; 15] = [
        "with",
        "to",
        "of",
        "in",
        "on",
        "from",
        "by",
        "for",
        "about",
        "against",
        "that it will",
        "into",
        "at",
        "between",
        "among",
    ];
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
    (!words.is_empty()).then(|| written(facts, words))
}

fn noun_phrase(sense: &Sense, verb: &str) -> String {
    sense.nouns.first().cloned().unwrap_or_else(|| strip_preposition(verb).to_string()).replace(" - ", "-")
}

fn place(facts: &Facts, sense: &Sense, found: &Found, base: &str) -> String {
    // Whoever is driven out of a base or leaves it goes from there.
    let away = sense.subtype.as_deref().is_some_and(|s| matches!(s, "base.evict" | "base.depart"));
    let preposition = if away { "from" } else { "in" };
    let verbish = found.part != Part::Noun || found.args.light.is_some();
    let base = base.to_lowercase();
    // "an air base at Karshi", "a prison in Andijon": the place is told in the text's own words.
    let told = |name: &str| {
        let here = facts.places.iter().filter(|p| p.place.name == name);
        let surfaces = here.map(|p| p.tokens.clone().map(|t| facts.surface(t)).join(" "));
        surfaces.chain([name.to_string()]).any(|said| {
            let said = said.to_lowercase();
            base.contains(&said) || said.split(['-', ' ']).next().is_some_and(|first| base.ends_with(first))
        })
    };
    match facts.place_of(found.head).filter(|p| verbish && !told(&p.name)) {
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
    use crate::document::Document;
    use crate::event::Extractor;
    use crate::rules::Rules;

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

    fn headlines(text: &str) -> Vec<String> {
        let extractor = Extractor::new(&Rules::builtin()).expect("the built-in rules load");
        let told = extractor.candidates(&Document::from_text("example", text));
        told.into_iter().map(|c| c.mention.headline).collect()
    }

    #[test]
    fn a_verb_keeps_its_object() {
        for (text, headline) in [
            (
                "On June 9, 2005 the Kyrgyz government handed four suspects back to Uzbekistan.",
                "Kyrgyz government hands four suspects back to Uzbekistan",
            ),
            ("Germany used the airfield on May 3, 2002.", "Germany uses the airfield"),
            ("Germany used it on May 3, 2002.", "Germany uses it"),
        ] {
            let told = headlines(text);
            assert!(told.iter().any(|h| h == headline), "{told:?}");
        }
    }

    #[test]
    fn a_clause_without_a_known_doer_is_told_in_its_own_words() {
        let told = headlines("Two men were arrested near the bridge on 3 May 2001.");
        assert!(told.iter().any(|h| h.starts_with("Two men arrested")), "{told:?}");
        let told = headlines("The bridge was closed on 3 May 2001, and the demonstrators stormed a prison.");
        assert!(told.iter().any(|h| h.starts_with("Demonstrators storm a prison")), "{told:?}");
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
