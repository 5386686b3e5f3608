//! Whether what a trigger names happened: asserted, ongoing, future, hypothetical or negated.

use super::lexicon::{Lexicon, Part};
use super::tree::Tree;
use super::trigger::Found;
use super::worth::definite;
use super::{EventType, Modality};
use crate::text::syntax::{Form, Relation, Upos};

/// Words that stand between an adjective and its noun at the most.
const ATTRIBUTES: usize = 5;

/// Whether word `i` carries a negation of its own or of its auxiliary.
pub fn is_negated(tree: &Tree, lexicon: &Lexicon, i: usize) -> bool {
    let negator = |t: usize| lexicon.is("modality.negators", &tree.lower[t]);
    tree.children(i).filter(|&c| c < i).any(|c| {
        use Relation::{Advmod, Aux, AuxPass, Cc, CcPreconj, Det, Mark};
        let slot = [Advmod, Aux, AuxPass, Cc, Det, CcPreconj, Mark];
        slot.contains(&tree.relation(c)) && negator(c)
    }) || tells_of_none(tree, lexicon, i)
        || has_yet(tree, i)
        || tree.with(i, &[Relation::Aux, Relation::AuxPass, Relation::Cop]).any(|c| tree.children(c).any(negator))
}

/// "Offered no explanation", "no money was paid": whether there is none of what stands with a verb; "reported no losses"
/// was reported all the same.
fn tells_of_none(tree: &Tree, lexicon: &Lexicon, v: usize) -> bool {
    let lemma = tree.lemma(v).to_lowercase();
    let says = lexicon.is("saying.verbs", &lemma) || lexicon.is("saying.attitudes", &lemma);
    tree.is_verb(v)
        && !says
        && tree
            .with(v, &[Relation::Obj, Relation::Nsubj, Relation::NsubjPass])
            .any(|phrase| tree.with(phrase, &[Relation::Det]).any(|d| tree.lower[d] == "no"))
}

/// "Has yet to release": not done so far.
fn has_yet(tree: &Tree, v: usize) -> bool {
    tree.with(v, &[Relation::Mark])
        .any(|m| tree.lower[m] == "to" && m.checked_sub(1).is_some_and(|before| tree.lower[before] == "yet"))
}

/// The modality of a trigger. `Asserted` where nothing says otherwise; who says it is `attribution`'s matter.
pub fn of(tree: &Tree, lexicon: &Lexicon, found: &Found) -> Modality {
    let sense = &lexicon.senses[found.sense];
    let own = match found.part {
        Part::Verb | Part::Adjective => of_verb(tree, lexicon, found.head, sense.negated),
        Part::Noun => of_noun(tree, lexicon, found),
    };
    if sense.did_not && own == Modality::Asserted { Modality::Negated } else { own }
}

/// Whether a trigger only names the aim, the content or the condition of something else ("came to discuss", "hoped to
/// provoke", "if it invades", a question) and so tells of no event, not even of a planned one.
pub fn is_mere_content(tree: &Tree, lexicon: &Lexicon, found: &Found) -> bool {
    if is_question(tree) && !asks(tree, lexicon, found.head) {
        return true;
    }
    let verb = match found.part {
        Part::Noun => found.args.light.or_else(|| tree.head(found.head).filter(|&h| tree.is_verb(h))),
        _ => Some(found.head),
    };
    let Some(verb) = verb else { return false };
    let conditional =
        |v: usize| tree.with(v, &[Relation::Mark]).any(|m| lexicon.is("modality.conditionals", &tree.lower[m]));
    // "if they managed to enter"
    let above = tree.head(verb).filter(|_| tree.relation(verb) == Relation::Xcomp);
    if conditional(verb) || above.is_some_and(conditional) {
        return true;
    }
    let infinitive = tree.is_infinitive(verb);
    let Some(head) = tree.head(verb).filter(|_| infinitive) else { return false };
    // "plans to try to join": what is only tried takes the plan of the verb above.
    let tried = lexicon.is("modality.achieving", &tree.lemma(head).to_lowercase());
    let above = std::iter::once(head).chain(tree.ancestors(head)).take(if tried { 2 } else { 1 });
    let planned = above.into_iter().any(|a| lexicon.is("modality.planning", &tree.lemma(a).to_lowercase()));
    !planned && !tried
}

/// The modality of a verb by its auxiliaries, then by the verbs it depends on.
fn of_verb(tree: &Tree, lexicon: &Lexicon, v: usize, negation_is_the_act: bool) -> Modality {
    if is_negated(tree, lexicon, v) && !negation_is_the_act {
        return Modality::Negated;
    }
    if let Some(m) = by_auxiliaries(tree, lexicon, v).filter(|_| !negation_is_the_act) {
        return m;
    }
    if tree.with(v, &[Relation::Mark]).any(|m| lexicon.is("modality.conditionals", &tree.lower[m])) {
        return Modality::Hypothetical;
    }
    if is_question(tree) && !asks(tree, lexicon, v) {
        return Modality::Hypothetical;
    }
    // "The company plans to build": told by the words where the tree takes "plans" for a noun of something else.
    if let Some(plan) = plans_to(tree, lexicon, v) {
        return if is_negated(tree, lexicon, plan) { Modality::Negated } else { Modality::Future };
    }
    if let Some(m) = by_governor(tree, lexicon, v) {
        return m;
    }
    if let Some(first) = in_row(tree, v) {
        let m = of_verb(tree, lexicon, first, false);
        if matches!(m, Modality::Future | Modality::Hypothetical) {
            return m;
        }
    }
    if progressive(tree, v) || habitual(tree, lexicon, v) { Modality::Ongoing } else { Modality::Asserted }
}

fn by_auxiliaries(tree: &Tree, lexicon: &Lexicon, v: usize) -> Option<Modality> {
    for a in tree.with(v, &[Relation::Aux, Relation::AuxPass]) {
        let word = &tree.lower[a];
        if lexicon.is("modality.future_auxiliaries", word) {
            return Some(Modality::Future);
        }
        // "Must have found out": concluded, not demanded.
        let concluded = word == "must" && tree.with(v, &[Relation::Aux]).any(|h| tree.lower[h] == "have");
        if lexicon.is("modality.hypothetical_auxiliaries", word) && !concluded {
            // "said it would close": the future of a past; "may close", "could close": a possibility.
            let backshifted = word == "would" && reported(tree, v);
            return Some(if backshifted { Modality::Future } else { Modality::Hypothetical });
        }
    }
    let doubtful = |c: usize| lexicon.is("modality.hypothetical_adverbs", &tree.lower[c]);
    tree.with(v, &[Relation::Advmod])
        .any(doubtful)
        .then_some(Modality::Hypothetical)
        .filter(|_| tree.form(v) == Form::Base)
}

fn reported(tree: &Tree, v: usize) -> bool {
    matches!(tree.relation(v), Relation::Ccomp | Relation::Acl | Relation::AclRelcl)
}

/// "plans to sign", "refused to sign", "may decide to sign": the higher verb decides.
fn by_governor(tree: &Tree, lexicon: &Lexicon, v: usize) -> Option<Modality> {
    let governed = matches!(tree.relation(v), Relation::Xcomp | Relation::Ccomp | Relation::Acl | Relation::Advcl);
    let infinitive = tree.is_infinitive(v);
    let head = tree.head(v).filter(|_| governed)?;
    let lemma = tree.lemma(head).to_lowercase();
    let finite = tree.relation(v) == Relation::Ccomp && !infinitive;
    // "When asked, he declined": a clause that says when is not what was declined.
    let aside = tree.relation(v) == Relation::Advcl
        && !infinitive
        && !tree.with(v, &[Relation::Mark, Relation::Case]).any(|m| tree.lower[m] == "from");
    if lexicon.is("modality.negating", &lemma) && !finite && !aside {
        return Some(if is_negated(tree, lexicon, head) { Modality::Asserted } else { Modality::Negated });
    }
    let by = tree.with(v, &[Relation::Mark, Relation::Case]).any(|m| tree.lower[m] == "by");
    if by && tree.relation(v) == Relation::Advcl && tree.form(v) == Form::Gerund {
        // "Plans to leave by selling its share": the means are as real as what they serve.
        let served = of_verb(tree, lexicon, head, false);
        return Some(served).filter(|m| matches!(m, Modality::Future | Modality::Hypothetical));
    }
    if finite || tree.relation(v) == Relation::Advcl && !infinitive {
        return None;
    }
    // "Used the meeting to warn", "were quick to deny", "flew in to take part": done on the occasion that is told.
    if infinitive && done_on_occasion(tree, lexicon, head) {
        return None;
    }
    if infinitive && lexicon.is("modality.planning", &lemma) {
        return Some(if is_negated(tree, lexicon, head) { Modality::Negated } else { Modality::Future });
    }
    if infinitive && lexicon.is("modality.supposing", &lemma) {
        return Some(Modality::Hypothetical);
    }
    let doubtful = lexicon.is("modality.hypothetical_adjectives", &lemma);
    if infinitive && doubtful {
        return Some(Modality::Hypothetical);
    }
    // "was able to sign" and the like: as real as the higher verb.
    let up = of_verb(tree, lexicon, head, false);
    if up != Modality::Asserted {
        return Some(up);
    }
    // A bare infinitive of purpose ("met to sign") or after a noun ("a plan to sign") has not happened yet.
    let aim = infinitive && matches!(tree.relation(v), Relation::Acl | Relation::Advcl);
    aim.then_some(Modality::Future)
}

/// Whether what an infinitive below `head` tells was done on the occasion that `head` tells.
fn done_on_occasion(tree: &Tree, lexicon: &Lexicon, head: usize) -> bool {
    let verb = match tree.relation(head) {
        // "Took the opportunity to ask": parsers hang the infinitive on the noun.
        Relation::Obj | Relation::Obl | Relation::Nmod if !tree.is_verb(head) => tree.governor(head).unwrap_or(head),
        _ => head,
    };
    let enough = tree.with(verb, &[Relation::Advmod]).any(|a| tree.lower[a] == "enough");
    let occasion = enough || lexicon.is("modality.occasions", &tree.lemma(verb).to_lowercase());
    let past = tree.form(verb) == Form::Past
        || tree.with(verb, &[Relation::Aux]).any(|a| lexicon.is("tense.perfect", &tree.lower[a]))
        || tree.with(verb, &[Relation::Cop]).any(|c| lexicon.is("tense.past", &tree.lower[c]));
    occasion && past && of_verb(tree, lexicon, verb, false) == Modality::Asserted
}

/// A verb that follows another in a row and has nothing of its own before it is as real as the first: "if they refuse it
/// or force a landing", "plans to sign and build".
fn in_row(tree: &Tree, v: usize) -> Option<usize> {
    let own = [Relation::Aux, Relation::AuxPass, Relation::Nsubj, Relation::NsubjPass, Relation::Mark, Relation::Cop];
    let first = tree.head(v).filter(|_| tree.relation(v) == Relation::Conj && !tree.has(v, &own))?;
    let alike = tree.form(first) == tree.form(v) && matches!(tree.form(v), Form::Base | Form::PastParticiple);
    (tree.is_verb(first) && alike).then_some(first)
}

/// Whether a verb tells that a question was put: "he asked: Who is to blame?"
fn asks(tree: &Tree, lexicon: &Lexicon, v: usize) -> bool {
    tree.form(v) == Form::Past && lexicon.is("saying.verbs", &tree.lemma(v).to_lowercase())
}

/// The word for a plan that stands right before an infinitive.
fn plans_to(tree: &Tree, lexicon: &Lexicon, v: usize) -> Option<usize> {
    let to = tree.with(v, &[Relation::Mark]).find(|&m| tree.lower[m] == "to" && tree.is_infinitive(v))?;
    let plan = to.checked_sub(1)?;
    (tree.is_noun(plan) && lexicon.is("modality.planning", &tree.lemma(plan).to_lowercase())).then_some(plan)
}

fn is_question(tree: &Tree) -> bool {
    // A quotation mark or bracket may follow.
    tree.lower.iter().rev().take(3).any(|t| t == "?")
}

fn progressive(tree: &Tree, v: usize) -> bool {
    let be_now = |a: usize| matches!(tree.lower[a].as_str(), "is" | "are" | "am" | "'s" | "'re" | "'m" | "been");
    tree.form(v) == Form::Gerund && tree.with(v, &[Relation::Aux]).any(be_now)
}

/// A present tense that tells of a state or habit and not of one act.
fn habitual(tree: &Tree, lexicon: &Lexicon, v: usize) -> bool {
    let passive = tree.form(v) == Form::PastParticiple
        && tree.with(v, &[Relation::AuxPass]).any(|a| matches!(tree.lower[a].as_str(), "is" | "are" | "'s" | "'re"));
    let did = tree.with(v, &[Relation::Aux]).any(|a| tree.lower[a] == "did");
    passive
        || matches!(tree.form(v), Form::Present | Form::Present3) && !did
        || tree.with(v, &[Relation::Advmod]).any(|a| lexicon.is("modality.habitual_adverbs", &tree.lower[a]))
}

/// Whether a noun is called one that is to come: "the upcoming talks", "an upcoming Franco-German summit".
pub fn is_ahead(tree: &Tree, lexicon: &Lexicon, noun: usize) -> bool {
    let ahead = |w: usize| lexicon.is("modality.future_adjectives", &tree.lower[w]);
    // Parsers hang the adjective on a name between them.
    let inside = |w: &usize| tree.is_noun(*w) || matches!(tree.upos(*w), Upos::Adj | Upos::Punct | Upos::Verb);
    let first = noun.saturating_sub(ATTRIBUTES);
    tree.with(noun, &[Relation::Amod, Relation::Det, Relation::Compound]).any(ahead)
        || (first..noun).rev().take_while(inside).any(|w| ahead(w) && tree.upos(w) != Upos::Propn)
}

fn of_noun(tree: &Tree, lexicon: &Lexicon, found: &Found) -> Modality {
    let n = found.head;
    let is = |list: &str, c: usize| lexicon.is(list, &tree.lower[c]);
    let before: Vec<usize> = tree.with(n, &[Relation::Amod, Relation::Det, Relation::Compound]).collect();
    if before.iter().any(|&c| is("modality.negators", c)) {
        return Modality::Negated;
    }
    if is_ahead(tree, lexicon, n) {
        return Modality::Future;
    }
    if before.iter().any(|&c| is("modality.hypothetical_adjectives", c)) {
        return Modality::Hypothetical;
    }
    if before.iter().any(|&c| is("modality.ongoing_adjectives", c)) {
        return Modality::Ongoing;
    }
    let Some(head) = tree.head(n) else { return Modality::Asserted };
    let carried = found.args.light == Some(head);
    // "Your visit will be", "looks forward to your visit": told to a visitor to come.
    let addressed = tree.with(n, &[Relation::NmodPoss]).any(|p| tree.lower[p] == "your");
    if addressed && lexicon.senses[found.sense].is_visit() && tree.form(head) != Form::Past {
        return Modality::Future;
    }
    // "The statement may calm them": what is said of words already said does not undo them.
    use EventType::{Accuse, Agree, Assault, Coerce, Reject, Request, Statement, Support};
    let sense = &lexicon.senses[found.sense];
    let kind = sense.category();
    let words = kind.is_some_and(|k| matches!(k, Accuse | Agree | Reject | Request | Statement | Support));
    // "The appointment may revive his fortunes": nor does it undo what befell somebody.
    let befell = matches!(kind, Some(Assault | Coerce))
        || sense.subtype.as_deref().is_some_and(|s| lexicon.is("modality.befalling", s));
    let words = words || befell && definite(tree, lexicon, found);
    let happens = !words || lexicon.is("order.occurring", &tree.lemma(head).to_lowercase());
    let subject = tree.relation(n).is_subject() && happens;
    if tree.is_predicate(head) && (carried || subject) {
        let verb = of_verb(tree, lexicon, head, false);
        // A state of the event ("the talks are difficult") does not make the event a state.
        return if verb == Modality::Ongoing && !carried { Modality::Asserted } else { verb };
    }
    let governor = tree.lemma(head).to_lowercase();
    if matches!(tree.relation(n), Relation::Obj | Relation::Nmod | Relation::Obl) {
        // "prevented a meeting", "held no talks"; "did not hide his unease" is no denial.
        // "Had not seen the remarks": they were made.
        let known = found.args.light.is_none()
            && tree
                .with(n, &[Relation::Det, Relation::NmodPoss])
                .any(|d| lexicon.is("anaphora.definite", &tree.lower[d]));
        let not = is_negated(tree, lexicon, head) && !known;
        let denied = lexicon.is("modality.negating", &governor) != not;
        if tree.relation(n) == Relation::Obj && denied {
            return Modality::Negated;
        }
        if lexicon.is("modality.planning", &governor) && tree.relation(n) != Relation::Obl {
            return Modality::Future;
        }
        if lexicon.is("modality.supposing", &governor) && tree.relation(n) != Relation::Obl {
            return Modality::Hypothetical;
        }
        // "Benefits before the elections": told from before them.
        let before = matches!(tree.case(n).as_str(), "before" | "until" | "prior to" | "ahead of");
        let past = tree.governor(n).is_none_or(|v| {
            tree.form(v) == Form::Past
                || tree
                    .with(v, &[Relation::Aux, Relation::Cop, Relation::AuxPass])
                    .any(|a| ["tense.past", "tense.perfect"].iter().any(|list| lexicon.is(list, &tree.lower[a])))
        });
        if before && !past {
            return Modality::Future;
        }
        // "Will raise it at the summit", "will go to meetings in Oslo": what will be done at a meeting lies ahead with it.
        let at = tree.relation(n) == Relation::Obl && lexicon.is("modality.at_meeting", &tree.case(n));
        if at && kind == Some(EventType::Consult) && tree.is_verb(head) {
            let verb = of_verb(tree, lexicon, head, false);
            if verb == Modality::Future {
                return verb;
            }
        }
        // "May retract his statement", "will digest their remarks": words of somebody that are out already.
        let owned = words && !befell && tree.has(n, &[Relation::NmodPoss]);
        if tree.relation(n) == Relation::Obj && tree.is_verb(head) && !owned {
            let verb = of_verb(tree, lexicon, head, false);
            if matches!(verb, Modality::Future | Modality::Hypothetical) {
                return verb;
            }
        }
    }
    Modality::Asserted
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::event::{Extractor, Modality};
    use crate::rules::Rules;

    #[test]
    fn whether_it_happened_is_read_from_the_words_around() {
        let extractor = Extractor::new(&Rules::builtin()).expect("the built-in rules load");
        for (text, trigger, modality) in [
            ("Norway used the meeting to warn Sweden.", "warn", Modality::Asserted),
            ("Norway was quick to deny the report of Sweden.", "deny", Modality::Asserted),
            ("Norway plans to recognize Sweden.", "recognize", Modality::Future),
            ("Norway has yet to recognize Sweden.", "recognize", Modality::Negated),
            ("Norway has no plans to recognize Sweden.", "recognize", Modality::Negated),
            ("No Norwegian money was disbursed to Sweden.", "disbursed", Modality::Negated),
            ("Norway looks forward to your visit.", "visit", Modality::Future),
            ("Norway must withdraw its troops from Sweden.", "withdraw its troops", Modality::Hypothetical),
            ("Norway has not seen the remarks of the Swedish king.", "remarks", Modality::Asserted),
            ("Norway hoped to sign and ratify the treaty.", "ratify", Modality::Future),
            ("When asked, the premier of Norway declined to join the pact.", "asked", Modality::Asserted),
            ("The premier of Norway asked: \"Who attacked Sweden?\"", "asked", Modality::Asserted),
            ("The appointment of Sweden's minister in May may please Norway.", "appointment", Modality::Asserted),
            ("Norway will raise the matter at the summit with Sweden.", "summit", Modality::Future),
            ("Norway discussed the pending extradition of the general to Sweden.", "extradition", Modality::Future),
        ] {
            let told = extractor.candidates(&Document::from_text("example", text));
            let found = told.iter().find(|c| c.mention.trigger.text == trigger);
            assert_eq!(found.map(|c| c.mention.modality), Some(modality), "{trigger} in {text}");
        }
    }
}
