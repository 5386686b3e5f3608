//! Triggers that only repeat another one, and triggers that perhaps tell no event of their own.

use super::facts::Facts;
use super::lexicon::{Lexicon, Part};
use super::trigger::{Found, dated};
use crate::text::syntax::{Form, Relation, Upos};

/// Notes why the triggers headed by these words are doubted.
fn doubt(found: &mut [Found], heads: &[usize], why: &'static str) {
    found.iter_mut().filter(|f| heads.contains(&f.head)).for_each(|f| f.doubt(why));
}

/// "The base, which the troops call K2": a word that gives a name, read as a noun because the verb looks like one.
pub fn names(facts: &Facts, lexicon: &Lexicon, found: &mut Vec<Found>) {
    let tree = facts.tree;
    let gives = |f: &Found| {
        let next = f.head + 1;
        let named = tree.lower.get(next).is_some() && matches!(tree.upos(next), Upos::Propn | Upos::Num);
        let callers =
            f.head.checked_sub(1).is_some_and(|b| tree.form(b) == Form::Plural && tree.head(b) == Some(f.head));
        f.part == Part::Noun && named && callers && lexicon.is("saying.naming", tree.lemma(f.head))
    };
    found.retain(|f| !gives(f));
}

/// Of a verb that only carries its noun ("made a commitment") the noun stays; a verb with a sense of its own for that
/// noun ("signed a treaty") stays instead of the noun.
pub fn carriers(facts: &Facts, lexicon: &Lexicon, found: &mut Vec<Found>) {
    let tree = facts.tree;
    let (mut gone, mut only) = (Vec::new(), Vec::new());
    for noun in found.iter().filter(|f| f.part == Part::Noun) {
        let Some(verb) = tree.head(noun.head).filter(|&h| tree.is_verb(h)) else { continue };
        if !matches!(tree.relation(noun.head), Relation::Obj | Relation::NsubjPass) {
            continue;
        }
        if let Some(carrier) = found
            .iter()
            .find(|f| f.head == verb && f.part == Part::Verb && (f.is_sure() || lexicon.senses[f.sense].any_verb))
        {
            let sense = &lexicon.senses[carrier.sense];
            let light = lexicon.is("light.verbs", tree.lemma(verb));
            // What has a name stands beside an act that has none.
            if sense.any_verb {
                only.extend(light.then_some(verb));
                continue;
            }
            let conditioned = !sense.object.is_empty() || sense.embeds;
            gone.push(if conditioned || !light { noun.head } else { verb });
        }
    }
    // "The talks held in May": likewise.
    for verb in found.iter().filter(|f| f.part == Part::Verb && lexicon.senses[f.sense].any_verb) {
        let noun = tree.head(verb.head).filter(|_| tree.relation(verb.head) == Relation::Acl);
        let carried = noun.is_some_and(|n| found.iter().any(|f| f.head == n && f.part == Part::Noun));
        let light = lexicon.is("light.verbs", tree.lemma(verb.head));
        only.extend((carried && light && tree.form(verb.head) == Form::PastParticiple).then_some(verb.head));
    }
    // "held talks": the verb tells nothing of its own.
    found.retain(|f| !only.contains(&f.head));
    // "the signing of the treaty": the treaty is what is signed. "came on a visit", "met during a trip": one event.
    for noun in found.iter().filter(|f| f.part == Part::Noun) {
        let Some(outer) = tree.head(noun.head).and_then(|h| found.iter().find(|f| f.head == h && f.is_sure())) else {
            continue;
        };
        let (sense, own) = (&lexicon.senses[outer.sense], &lexicon.senses[noun.sense]);
        let thing = tree.relation(noun.head) == Relation::Nmod && !sense.object.is_empty();
        let manner =
            tree.relation(noun.head) == Relation::Obl && sense.kind == own.kind && tree.case(noun.head) != "for";
        if thing || manner && !dated(facts, noun.head) {
            gone.push(noun.head);
        }
    }
    // "The accord that they signed": a thing named with the act that made it.
    for verb in found.iter().filter(|f| f.is_sure() && f.part == Part::Verb) {
        let below = matches!(tree.relation(verb.head), Relation::AclRelcl | Relation::Acl);
        let (sense, thing) = (&lexicon.senses[verb.sense], tree.head(verb.head).filter(|_| below));
        let of_kind = |f: &Found| lexicon.senses[f.sense].kind == sense.kind && verb.args.objects.contains(&f.head);
        let known = |f: &&Found| f.part == Part::Noun && Some(f.head) == thing && of_kind(f);
        if !sense.object.is_empty() && found.iter().any(|f| known(&f)) {
            gone.extend(thing);
        }
    }
    // "Talks resumed", "riots broke out": a verb that says no more than that its subject took place.
    for noun in found.iter().filter(|f| f.is_sure() && f.part == Part::Noun && tree.relation(f.head).is_subject()) {
        let verb = tree.head(noun.head).and_then(|h| found.iter().find(|f| f.head == h && f.part == Part::Verb));
        let Some(verb) = verb else { continue };
        let said = &lexicon.senses[verb.sense].subject;
        let lemma = tree.lemma(noun.head).to_lowercase();
        if said.contains(&tree.lower[noun.head]) || said.contains(&lemma) {
            gone.push(verb.head);
        }
    }
    doubt(found, &gone, "carried");
}

/// "fired into the crowd, killing hundreds": a participle that tells the result of an act of its kind is the same event.
pub fn results(facts: &Facts, lexicon: &Lexicon, found: &mut [Found]) {
    let tree = facts.tree;
    let kind = |f: &Found| lexicon.senses[f.sense].category();
    let mut gone = Vec::new();
    for result in found.iter().filter(|f| tree.relation(f.head) == Relation::Advcl && tree.form(f.head) == Form::Gerund)
    {
        let cause = tree.head(result.head);
        if found.iter().any(|f| Some(f.head) == cause && kind(f) == kind(result)) && !dated(facts, result.head) {
            gone.push(result.head);
        }
    }
    doubt(found, &gone, "result");
}

/// "discussed the upcoming talks", "views on the treaty": a noun that is only the matter of what is said or written is
/// no event told here, unless it has a time of its own.
pub fn topics(facts: &Facts, lexicon: &Lexicon, found: &mut [Found]) {
    let tree = facts.tree;
    let topic = |f: &Found| {
        let Some(head) = tree.head(f.head).filter(|_| f.part == Part::Noun) else { return false };
        let lemma = tree.lemma(head).to_lowercase();
        match tree.relation(f.head) {
            Relation::Obj => lexicon.is("topics.verbs", &lemma),
            Relation::Nmod | Relation::Obl => {
                let list = if tree.is_verb(head) { "topics.verbs_about" } else { "topics.nouns" };
                lexicon.is(list, &lemma) && lexicon.is("topics.prepositions", &tree.case(f.head))
            }
            _ => false,
        }
    };
    let gone: Vec<usize> = found.iter().filter(|f| topic(f) && !dated(facts, f.head)).map(|f| f.head).collect();
    doubt(found, &gone, "topic");
}

/// "Lifted the last of its sanctions", "an end to the fighting", "cancelled the visit": what another word ends or undoes
/// is no event told here, unless it has a time of its own.
pub fn undone(facts: &Facts, lexicon: &Lexicon, found: &mut [Found]) {
    let tree = facts.tree;
    let ended = |f: &Found| {
        let mut at = f.head;
        // "The last of", "most of", "a part of": a quantity of it.
        while let Some(up) = tree.head(at).filter(|&up| {
            let part = tree.relation(at) == Relation::Nmod && tree.case(at) == "of";
            part && (lexicon.is("undoing.parts", &tree.lower[up]) || tree.upos(up) == Upos::Num)
        }) {
            at = up;
        }
        let Some(head) = tree.head(at) else { return false };
        let lemma = tree.lemma(head).to_lowercase();
        match tree.relation(at) {
            Relation::Obj | Relation::NsubjPass => lexicon.is("undoing.verbs", &lemma) && tree.is_verb(head),
            Relation::Nmod => {
                let case = tree.case(at);
                lexicon.is("undoing.nouns", &lemma) && matches!(case.as_str(), "of" | "to")
                    || lexicon.is("undoing.bans", &lemma) && matches!(case.as_str(), "on" | "of")
            }
            _ => false,
        }
    };
    let nouns = found.iter().filter(|f| f.part == Part::Noun && ended(f) && !dated(facts, f.head));
    let gone: Vec<usize> = nouns.map(|f| f.head).collect();
    doubt(found, &gone, "undone");
}

/// What the complement of a refusal, demand, promise or accusation tells is its content, not an event of its own.
pub fn embedded(facts: &Facts, lexicon: &Lexicon, found: &mut [Found]) {
    let tree = facts.tree;
    let mut gone = Vec::new();
    for outer in found.iter().filter(|f| f.is_sure() && lexicon.senses[f.sense].embeds) {
        let of = outer
            .args
            .obliques
            .iter()
            .filter(|(case, h)| *h > outer.head && matches!(case.as_str(), "of" | "to" | "for" | "about" | "that"));
        let contents: Vec<usize> = outer
            .args
            .clauses
            .iter()
            .copied()
            .chain(outer.args.objects.iter().copied())
            .chain(of.map(|(_, h)| *h))
            .collect();
        for inner in found.iter().filter(|f| f.head != outer.head) {
            let inside =
                |&c: &usize| c != outer.head && tree.under(inner.head, c) && !tree.under(outer.head, inner.head);
            // "when it expires in April": what has a time of its own is worth a place of its own.
            if contents.iter().any(inside) && !dated(facts, inner.head) {
                gone.push(inner.head);
            }
        }
    }
    doubt(found, &gone, "embedded");
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::event::{Candidate, Extractor};
    use crate::rules::Rules;

    fn candidates(text: &str) -> Vec<Candidate> {
        let extractor = Extractor::new(&Rules::builtin()).expect("the built-in rules load");
        extractor.candidates(&Document::from_text("example", text))
    }

    fn doubts(text: &str, trigger: &str) -> Vec<String> {
        let all = candidates(text);
        let found = all.iter().find(|c| c.mention.trigger.text == trigger);
        let features = &found.unwrap_or_else(|| panic!("no {trigger} in {all:?}")).features;
        features.iter().filter_map(|f| f.strip_prefix("doubt ")).map(str::to_string).collect()
    }

    #[test]
    fn a_word_that_gives_a_name_is_no_candidate() {
        let told = candidates("Norway opened the base, which the troops call K2, on 3 May 2001.");
        assert!(told.iter().all(|c| c.mention.trigger.text != "call"), "{told:?}");
    }

    #[test]
    fn a_verb_that_only_carries_its_noun_is_no_candidate() {
        let told = candidates("Norway held talks with Sweden on 4 May 2001.");
        assert_eq!(told.iter().map(|c| c.mention.trigger.text.as_str()).collect::<Vec<_>>(), ["talks"]);
    }

    #[test]
    fn contents_and_topics_are_doubted_and_acts_are_not() {
        assert!(doubts("Norway refused to meet Sweden.", "refused").is_empty());
        assert_eq!(doubts("Norway refused to meet Sweden.", "meet")[0], "embedded");
        assert!(doubts("Norway briefed Sweden on the talks with Denmark.", "talks").contains(&"topic".to_string()));
    }

    #[test]
    fn what_is_undone_and_what_another_word_tells_is_doubted() {
        let has = |text, trigger, why: &str| doubts(text, trigger).contains(&why.to_string());
        assert!(has("Norway lifted the last of its sanctions on Sweden.", "sanctions", "undone"));
        assert!(!has("Norway announced sanctions on Sweden.", "sanctions", "undone"));
        assert!(has("Norway praised the treaty which Sweden signed on 4 May 2001.", "treaty", "carried"));
        assert!(has("Talks between Norway and Sweden resumed on 4 May 2001.", "resumed", "carried"));
    }

    #[test]
    fn what_was_done_to_somebody_unknown_is_doubted_and_no_less_a_candidate() {
        assert!(doubts("Two men were arrested near the bridge.", "arrested").contains(&"nobody".to_string()));
    }

    #[test]
    fn what_a_thing_says_what_a_hyphen_joins_and_what_is_told_elsewhere_are_doubted() {
        let has = |text, trigger, why: &str| doubts(text, trigger).contains(&why.to_string());
        assert!(has("The downturn has highlighted the weakness of Russia.", "highlighted", "thing"));
        assert!(!has("The commission highlighted the weakness of Russia.", "highlighted", "thing"));
        assert!(has("Norway said that the delegation of Sweden was well-received.", "received", "hyphen"));
        assert!(has("President Putin made an occasional statement about Georgia.", "statement", "often"));
    }

    #[test]
    fn what_befell_whom_an_adjective_describes_is_a_candidate() {
        let told = candidates("Norway praised the murdered journalist and the old general.");
        let words: Vec<&str> = told.iter().map(|c| c.mention.trigger.text.as_str()).collect();
        assert_eq!(words, ["praised", "murdered"]);
    }

    #[test]
    fn a_happening_whose_sides_nobody_names_is_a_candidate() {
        assert!(doubts("A wave of arrests followed.", "arrests").contains(&"bare".to_string()));
    }

    #[test]
    fn what_is_told_is_a_choice_of_the_candidates() {
        let text = "On 4 May 2001 Norway and Sweden signed a treaty in Oslo. Norway refused to meet Sweden.";
        let all = candidates(text);
        let extractor = Extractor::new(&Rules::builtin()).expect("the built-in rules load");
        let told = extractor.extract(&Document::from_text("example", text)).mentions;
        let kept: Vec<_> = all.iter().filter(|c| c.kept).map(|c| &c.mention).collect();
        assert!(told.iter().eq(kept));
        let least = told.iter().map(|m| m.confidence).fold(1.0, f64::min);
        assert!(told.iter().any(|m| m.trigger.text.starts_with("signed")));
        assert!(all.iter().filter(|c| !c.kept).all(|c| c.mention.confidence < least));
    }
}
