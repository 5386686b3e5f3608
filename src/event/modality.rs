//! Whether what a trigger names happened: asserted, ongoing, future, hypothetical or negated.

use super::Modality;
use super::lexicon::{Lexicon, Part};
use super::tree::Tree;
use super::trigger::Found;
use crate::text::syntax::{Form, Relation, Upos};

/// Words that stand between an adjective and its noun at the most.
const ATTRIBUTES: usize = 5;

/// Whether word `i` carries a negation of its own or of its auxiliary.
pub fn is_negated(tree: &Tree, lexicon: &Lexicon, i: usize) -> bool {
    let negator = |t: usize| lexicon.is("modality.negators", &tree.lower[t]);
    tree.children(i).filter(|&c| c < i).any(|c| {
        use Relation::{Advmod, Aux, AuxPass, CcPreconj, Det, Mark};
        let slot = [Advmod, Aux, AuxPass, Det, CcPreconj, Mark];
        slot.contains(&tree.relation(c)) && negator(c)
    }) || tree.with(i, &[Relation::Aux, Relation::AuxPass, Relation::Cop]).any(|c| tree.children(c).any(negator))
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
    if is_question(tree) {
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
    if is_question(tree) {
        return Modality::Hypothetical;
    }
    if let Some(m) = by_governor(tree, lexicon, v) {
        return m;
    }
    if progressive(tree, v) || habitual(tree, lexicon, v) { Modality::Ongoing } else { Modality::Asserted }
}

fn by_auxiliaries(tree: &Tree, lexicon: &Lexicon, v: usize) -> Option<Modality> {
    for a in tree.with(v, &[Relation::Aux, Relation::AuxPass]) {
        let word = &tree.lower[a];
        if lexicon.is("modality.future_auxiliaries", word) {
            return Some(Modality::Future);
        }
        if lexicon.is("modality.hypothetical_auxiliaries", word) {
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
    if lexicon.is("modality.negating", &lemma) && !finite {
        return Some(if is_negated(tree, lexicon, head) { Modality::Asserted } else { Modality::Negated });
    }
    if finite || tree.relation(v) == Relation::Advcl && !infinitive {
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
        || (first..noun).rev().take_while(inside).any(|w| ahead(w) && tree.upos(w) == Upos::Adj)
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
    let subject = tree.relation(n).is_subject();
    if tree.is_predicate(head) && (carried || subject) {
        let verb = of_verb(tree, lexicon, head, false);
        // A state of the event ("the talks are difficult") does not make the event a state.
        return if verb == Modality::Ongoing && !carried { Modality::Asserted } else { verb };
    }
    let governor = tree.lemma(head).to_lowercase();
    if matches!(tree.relation(n), Relation::Obj | Relation::Nmod | Relation::Obl) {
        // "prevented a meeting", "held no talks"; "did not hide his unease" is no denial.
        let denied = lexicon.is("modality.negating", &governor) != is_negated(tree, lexicon, head);
        if tree.relation(n) == Relation::Obj && denied {
            return Modality::Negated;
        }
        if lexicon.is("modality.planning", &governor) && tree.relation(n) != Relation::Obl {
            return Modality::Future;
        }
        if lexicon.is("modality.supposing", &governor) && tree.relation(n) != Relation::Obl {
            return Modality::Hypothetical;
        }
        if tree.relation(n) == Relation::Obj && tree.is_verb(head) {
            let verb = of_verb(tree, lexicon, head, false);
            if matches!(verb, Modality::Future | Modality::Hypothetical) {
                return verb;
            }
        }
    }
    Modality::Asserted
}
