//! The grammatical arguments of a trigger: who stands as subject, object and complement, whatever the construction.

use super::tree::Tree;
use crate::text::syntax::{Form, Relation, Upos};

/// Arguments by grammatical function; each is the head word of a phrase.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    /// Those who act: subject of an active verb, agent of a passive, possessor of a noun.
    pub agents: Vec<usize>,
    /// Those acted on: objects, subject of a passive.
    pub objects: Vec<usize>,
    /// Complements with a preposition.
    pub obliques: Vec<(String, usize)>,
    /// Heads of complement clauses.
    pub clauses: Vec<usize>,
    /// Attributes of a noun without preposition ("Russian", "US-Uzbek").
    pub attributes: Vec<usize>,
    /// The light verb that a noun hangs on ("held" of "held talks"), whose modality and time are the noun's.
    pub light: Option<usize>,
}

/// Arguments of a verb (or of a predicate adjective).
pub fn of_verb(tree: &Tree, v: usize) -> Arguments {
    let mut args = Arguments::default();
    let passive = is_passive(tree, v);
    collect_children(tree, v, passive, &mut args);
    // "The treaty signed by Norway": who did it stands behind, what was done before the verb.
    let open = if passive { args.objects.is_empty() } else { args.agents.is_empty() };
    if open {
        inherit_subject(tree, v, passive, &mut args);
    }
    // "The jailed general", "the ousted president": it befell whom it describes.
    if tree.relation(v) == Relation::Amod && tree.form(v) != Form::Gerund && args.objects.is_empty() {
        args.objects.extend(tree.head(v));
    }
    if tree.relation(v) == Relation::AclRelcl {
        relative(tree, v, passive, &mut args);
    }
    // "presented credentials to the president": parsers hang "to the president" on either.
    let beside: Vec<(String, usize)> = args
        .objects
        .iter()
        .flat_map(|&o| tree.with(o, &[Relation::Nmod]).map(|n| (tree.case(n), n)).collect::<Vec<_>>())
        .filter(|(case, _)| matches!(case.as_str(), "to" | "into" | "with" | "against" | "on" | "from" | "at"))
        .collect();
    args.obliques.extend(beside);
    // "ordered the forces to leave": parsers hang the infinitive on the forces.
    let inner: Vec<usize> = args
        .objects
        .iter()
        .flat_map(|&o| tree.with(o, &[Relation::Acl]).filter(|&c| tree.is_infinitive(c)).collect::<Vec<_>>())
        .collect();
    args.clauses.extend(inner);
    args
}

/// In a relative clause a pronoun stands for the noun before it ("troops that entered the town"), or nothing does ("the
/// memo that the embassy had sent", "the memo the embassy had sent").
fn relative(tree: &Tree, v: usize, passive: bool, args: &mut Arguments) {
    for list in [&mut args.agents, &mut args.objects] {
        list.iter_mut().for_each(|a| *a = antecedent(tree, *a));
    }
    let placed = |c: usize| matches!(tree.relation(c), Relation::Obl | Relation::Advmod) && tree.form(c) == Form::Wh;
    let gap = !passive && args.objects.is_empty() && args.clauses.is_empty() && has_overt_subject(tree, v);
    let head = tree.head(v).filter(|h| gap && !args.agents.contains(h) && !tree.children(v).any(placed));
    args.objects.extend(head);
}

/// Whether `v` is a passive: by its auxiliary or subject, or as a participle after a noun ("officials sanctioned").
pub fn is_passive(tree: &Tree, v: usize) -> bool {
    // "The treaty that the presidents signed": parsers take the past for a participle; a relative clause in the passive has
    // its auxiliary.
    let finite = tree.relation(v) == Relation::AclRelcl;
    let marked = tree.has(v, &[Relation::AuxPass]) || !finite && tree.has(v, &[Relation::NsubjPass]);
    let reduced =
        tree.relation(v) == Relation::Acl && tree.form(v) == Form::PastParticiple && !tree.has(v, &[Relation::Obj]);
    marked || reduced
}

fn collect_children(tree: &Tree, v: usize, passive: bool, args: &mut Arguments) {
    for c in tree.children(v) {
        match tree.relation(c) {
            Relation::Nsubj | Relation::NsubjOuter if passive => args.objects.extend(tree.conjuncts(c)),
            Relation::Nsubj | Relation::NsubjOuter => args.agents.extend(tree.conjuncts(c)),
            Relation::NsubjPass if !passive => args.agents.extend(tree.conjuncts(c)),
            Relation::NsubjPass => args.objects.extend(tree.conjuncts(c)),
            // What has a preposition is no object, whatever a parser calls it.
            Relation::Obj | Relation::Iobj if tree.case(c).is_empty() => args.objects.extend(tree.conjuncts(c)),
            Relation::OblAgent => args.agents.extend(tree.conjuncts(c)),
            Relation::Obl | Relation::Nmod | Relation::Obj | Relation::Iobj => {
                let case = tree.case(c);
                for member in tree.conjuncts(c) {
                    if case == "by" && passive {
                        args.agents.push(member);
                    } else {
                        args.obliques.push((case.clone(), member));
                    }
                }
            }
            Relation::Xcomp | Relation::Ccomp => args.clauses.push(c),
            Relation::Advcl if tree.form(c) == Form::Base || tree.case(c) == "to" => args.clauses.push(c),
            _ => {}
        }
    }
}

/// A verb without a subject of its own takes it from the construction it stands in.
fn inherit_subject(tree: &Tree, v: usize, passive: bool, args: &mut Arguments) {
    let Some(head) = tree.head(v) else { return };
    let inherited = match tree.relation(v) {
        Relation::Conj | Relation::Xcomp | Relation::Advcl | Relation::Ccomp | Relation::Parataxis => {
            let outer = of_verb_shallow(tree, head);
            // "ordered the troops to leave": the object of the higher verb is the subject of the lower.
            if tree.relation(v) == Relation::Xcomp && !outer.objects.is_empty() { outer.objects } else { outer.agents }
        }
        Relation::Acl | Relation::AclRelcl => vec![head],
        _ => Vec::new(),
    };
    let relative = tree.relation(v) == Relation::AclRelcl;
    if passive {
        args.objects.extend(inherited);
    } else if !relative || !has_overt_subject(tree, v) {
        args.agents.extend(inherited);
    }
}

/// Who has, makes or tells of what an infinitive behind a noun says: the subject of the verb whose object the noun is
/// ("Norway has messages to convey", "announced plans to leave").
pub fn beyond_noun(tree: &Tree, v: usize) -> Vec<usize> {
    let noun = tree.head(v).filter(|_| tree.relation(v) == Relation::Acl && tree.is_infinitive(v));
    let verb = noun.filter(|&n| tree.relation(n) == Relation::Obj).and_then(|n| tree.head(n));
    verb.map(|verb| of_verb_shallow(tree, verb).agents).unwrap_or_default()
}

fn has_overt_subject(tree: &Tree, v: usize) -> bool {
    tree.children(v).any(|c| tree.relation(c).is_subject() && tree.form(c) != Form::Wh)
}

/// Arguments on the verb itself, or what it shares with the verb it is coordinated with; no deeper.
fn of_verb_shallow(tree: &Tree, v: usize) -> Arguments {
    let mut args = Arguments::default();
    let mut at = v;
    for _ in 0..4 {
        let passive = is_passive(tree, at);
        collect_children(tree, at, passive, &mut args);
        if !args.agents.is_empty() || passive {
            break;
        }
        match (tree.relation(at), tree.head(at)) {
            (Relation::Conj | Relation::Xcomp | Relation::Advcl, Some(head)) => {
                let objects = std::mem::take(&mut args.objects);
                at = head;
                args = Arguments { objects, ..Arguments::default() };
            }
            (Relation::Acl | Relation::AclRelcl, Some(head)) => {
                args.agents.push(head);
                break;
            }
            _ => break,
        }
    }
    // A relative pronoun stands for the noun it relates to.
    for list in [&mut args.agents, &mut args.objects] {
        for a in list.iter_mut() {
            *a = antecedent(tree, *a);
        }
    }
    args
}

/// The noun that a relative pronoun stands for; any other word stands for itself.
pub fn antecedent(tree: &Tree, i: usize) -> usize {
    if tree.upos(i) != Upos::Pron || tree.form(i) != Form::Wh && tree.lower[i] != "that" {
        return i;
    }
    let clause = tree.ancestors(i).find(|&a| tree.relation(a) == Relation::AclRelcl);
    clause.and_then(|c| tree.head(c)).unwrap_or(i)
}

/// Arguments of a noun. `is_light` tells whether a verb lemma only carries its noun.
pub fn of_noun(tree: &Tree, n: usize, is_light: impl Fn(&str) -> bool) -> Arguments {
    let mut args = Arguments::default();
    for c in tree.children(n) {
        match tree.relation(c) {
            Relation::NmodPoss => args.agents.extend(tree.conjuncts(c)),
            Relation::Nmod | Relation::Obl => {
                let case = tree.case(c);
                args.obliques.extend(tree.conjuncts(c).into_iter().map(|m| (case.clone(), m)));
            }
            Relation::Amod | Relation::Compound | Relation::NmodDesc | Relation::NmodUnmarked | Relation::Flat => {
                args.attributes.push(c);
                args.attributes.extend(tree.with(c, &[Relation::Conj, Relation::Compound, Relation::Amod]));
            }
            // "An offensive launched by the rebels": a verb that only carries its noun.
            Relation::Acl if tree.form(c) == Form::PastParticiple && is_light(tree.lemma(c)) => {
                let verb = of_verb(tree, c);
                args.agents.extend(verb.agents.iter().copied().filter(|&a| a != n));
                args.obliques.extend(verb.obliques);
            }
            Relation::Acl => args.clauses.push(c),
            _ => {}
        }
    }
    let Some(head) = tree.head(n) else { return args };
    let carried = matches!(tree.relation(n), Relation::Obj | Relation::Obl | Relation::NsubjPass);
    if carried && tree.is_verb(head) && is_light(tree.lemma(head)) {
        let verb = of_verb(tree, head);
        args.light = Some(head);
        args.agents.extend(verb.agents.iter().copied().filter(|&a| a != n));
        args.objects.extend(verb.objects.iter().copied().filter(|&o| o != n));
        args.obliques.extend(verb.obliques.iter().filter(|(_, o)| *o != n).cloned());
    }
    args
}
