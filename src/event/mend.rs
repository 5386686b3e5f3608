//! Constructions that the parser reads wrongly in a known way, put right in the tree.

use super::tree::Tree;
use crate::text::syntax::{Form, Relation, Upos};

/// Puts the tree of a sentence right.
pub fn mend(tree: &mut Tree) {
    for (pronoun, noun, verb) in joined_subjects(tree) {
        tree.rehang(pronoun, verb, Relation::Nsubj);
        tree.rehang(noun, pronoun, Relation::Conj);
    }
    for Relative { noun, pronoun, subject, verb } in relatives(tree) {
        tree.rehang(verb, noun, Relation::AclRelcl);
        tree.rehang(subject, verb, Relation::Nsubj);
        tree.rehang(pronoun, verb, Relation::Obj);
    }
    for (verb, subject, object) in actives(tree) {
        tree.rehang(subject, verb, Relation::Nsubj);
        tree.rehang(object, verb, Relation::Obj);
    }
}

/// "He and the premier signed", where the pronoun was hung on the noun as its subject: pronoun, noun and verb.
fn joined_subjects(tree: &Tree) -> Vec<(usize, usize, usize)> {
    let joined = |p: usize| {
        let noun =
            tree.head(p).filter(|&n| tree.upos(p) == Upos::Pron && tree.relation(p) == Relation::Nsubj && p < n)?;
        let and = tree.with(noun, &[Relation::Cc]).any(|c| c == p + 1) || tree.lower.get(p + 1)? == "and";
        let verb =
            tree.head(noun).filter(|&v| tree.relation(noun) == Relation::Nsubj && tree.is_verb(v) && noun < v)?;
        (and && tree.is_noun(noun)).then_some((p, noun, verb))
    };
    (0..tree.len()).filter_map(joined).collect()
}

/// A relative clause whose verb was taken for a participle behind its own subject.
struct Relative {
    noun: usize,
    pronoun: usize,
    subject: usize,
    verb: usize,
}

/// "The pact that the two presidents signed in Oslo": behind a noun and "that" stand a subject and a past verb without
/// object. Parsers hang the verb on its subject, as a participle, or on a noun further up.
fn relatives(tree: &Tree) -> Vec<Relative> {
    let relative = |verb: usize| {
        let clause = matches!(tree.relation(verb), Relation::Acl | Relation::AclRelcl) && tree.is_verb(verb);
        let head = tree.head(verb).filter(|_| clause)?;
        let own = tree.with(verb, &[Relation::Nsubj, Relation::NsubjPass]).find(|s| tree.is_noun(*s));
        let subject = own.unwrap_or(head);
        let pronoun =
            tree.phrase(subject, false).into_iter().min()?.checked_sub(1).filter(|&t| tree.lower[t] == "that")?;
        let noun = pronoun.checked_sub(1).filter(|&n| tree.is_noun(n) && own.is_none_or(|_| n != head))?;
        let past = matches!(tree.form(verb), Form::Past | Form::PastParticiple) && subject < verb;
        let whole = !tree.has(verb, &[Relation::Obj, Relation::OblAgent, Relation::AuxPass, Relation::Ccomp]);
        // "The report that the papers signed in May were lost" has a verb of its own.
        let acts = own.is_none() && tree.relation(subject).is_subject();
        (past && whole && !acts).then_some(Relative { noun, pronoun, subject, verb })
    };
    (0..tree.len()).filter_map(relative).collect()
}

/// "The union named twelve officials": a past verb that was taken for a passive, though no auxiliary says so and an object
/// follows; with its subject and its object.
fn actives(tree: &Tree) -> Vec<(usize, usize, usize)> {
    let active = |verb: usize| {
        let subject = tree.with(verb, &[Relation::NsubjPass]).next().filter(|&s| s < verb)?;
        let helped = tree.has(verb, &[Relation::AuxPass, Relation::Aux, Relation::OblAgent]);
        let reduced = matches!(tree.relation(verb), Relation::Acl | Relation::AclRelcl | Relation::Amod);
        let thing = |o: &usize| tree.is_noun(*o) && *o > verb && !tree.has(*o, &[Relation::Cop, Relation::Case]);
        let object = tree.with(verb, &[Relation::Obj, Relation::Xcomp]).find(thing)?;
        (tree.is_verb(verb) && !helped && !reduced).then_some((verb, subject, object))
    };
    (0..tree.len()).filter_map(active).collect()
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::event::Extractor;
    use crate::event::roles::tests::sides;
    use crate::rules::Rules;

    #[test]
    fn clauses_that_the_parser_misreads_keep_their_subjects() {
        let extractor = Extractor::new(&Rules::builtin()).expect("the built-in rules load");
        let who =
            |text: &str, trigger: &str| sides(&extractor.candidates(&Document::from_text("example", text)), trigger);
        let cases = [
            (
                "The papers gave much room to the trade treaty that Presidents Putin and Karimov signed in Oslo on May 3, 2001.",
                "signed",
                "RUS,UZB>",
            ),
            (
                "Karimov waited until he and President Putin signed a treaty on May 3, 2001.",
                "signed a treaty",
                "RUS,UZB>",
            ),
            ("The European Union named twelve Russian officials on May 3, 2001.", "named", "EU>RUS"),
        ];
        let told = cases.map(|(text, trigger, _)| who(text, trigger));
        assert_eq!(told, cases.map(|(.., expected)| expected.to_string()));
    }
}
