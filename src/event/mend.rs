//! Mends trees where the parser is known to go wrong, before anything is read from them.

use super::tree::Tree;
use crate::text::syntax::{Form, Relation, Upos};

/// Mends a tree. `named` says whether a token is part of an actor's name, `time` whether of a time.
pub fn mend(tree: &mut Tree, named: impl Fn(usize) -> bool, time: impl Fn(usize) -> bool) {
    if !complete(tree) {
        return;
    }
    for (pronoun, noun, verb) in joined_subjects(tree) {
        tree.rehang(pronoun, verb, Relation::Nsubj);
        tree.rehang(noun, pronoun, Relation::Conj);
    }
    for Relative { noun, pronoun, subject, verb } in relatives(tree) {
        tree.rehang(verb, noun, Relation::AclRelcl);
        tree.rehang(subject, verb, Relation::Nsubj);
        tree.rehang(pronoun, verb, Relation::Obj);
    }
    for verb in unaided(tree) {
        tree.turn_active(verb);
    }
    if let Some(verb) = only_verb(tree, &named) {
        tree.promote(verb, &time);
    }
    for (subject, verb) in resumed(tree, &time) {
        tree.resume(subject, verb);
    }
}

/// Whether the words are a whole sentence and no heading: in those, verbs stand without their auxiliaries.
fn complete(tree: &Tree) -> bool {
    let last = tree.len().saturating_sub(3);
    tree.lower.get(last..).is_some_and(|end| end.iter().any(|w| matches!(w.as_str(), "." | "?" | "!")))
}

/// "The Council unanimously called for": verbs read as passives though nothing in their clause says so. A second one may
/// share the auxiliary of the first ("two were arrested and three wounded").
fn unaided(tree: &Tree) -> Vec<usize> {
    let bare = |v: usize| {
        let subject = tree.with(v, &[Relation::NsubjPass]).any(|s| tree.form(s) != Form::Wh && s < v);
        let aided = tree.has(v, &[Relation::AuxPass, Relation::Aux, Relation::OblAgent]);
        let by = tree.with(v, &[Relation::Obl]).any(|o| tree.case(o) == "by");
        let shared = tree.relation(v) == Relation::Conj
            && tree.head(v).is_some_and(|h| tree.has(h, &[Relation::AuxPass, Relation::Aux]));
        let main = matches!(tree.relation(v), Relation::Root | Relation::Conj | Relation::Ccomp | Relation::Parataxis);
        subject && main && !aided && !by && !shared
    };
    (0..tree.len()).filter(|&v| tree.is_verb(v) && tree.form(v) == Form::PastParticiple && bare(v)).collect()
}

/// "Anglo-Norwegian paratroopers landed at the port": the only verb of a sentence, read as an attribute of the noun that
/// it tells of.
fn only_verb(tree: &Tree, named: impl Fn(usize) -> bool) -> Option<usize> {
    let noun = (0..tree.len()).find(|&w| tree.relation(w) == Relation::Root)?;
    let spoken = tree.is_noun(noun) && !tree.has(noun, &[Relation::Cop, Relation::Case, Relation::Mark]);
    let clause = [Relation::Conj, Relation::Parataxis, Relation::Nsubj, Relation::Ccomp, Relation::Acl];
    let verbs: Vec<usize> = tree.with(noun, &clause).filter(|&c| tree.is_predicate(c) || !tree.is_noun(c)).collect();
    let [verb] = verbs.as_slice() else { return None };
    let done = tree.with(*verb, &[Relation::Obl, Relation::OblAgent]).any(|o| tree.case(o) == "by");
    let apart = verb.checked_sub(1).is_some_and(|w| tree.lower[w] == ",");
    let attribute = tree.relation(*verb) == Relation::Acl && tree.form(*verb) == Form::PastParticiple && noun < *verb;
    let somebody = tree.phrase(noun, true).into_iter().any(named);
    (spoken && attribute && !done && !apart && somebody).then_some(*verb)
}

/// "Norway, whose troops were leaving, threatened", "Norway, for its part, had paid": a past verb behind the comma that
/// ends what is put in beside the subject. Each with its subject.
fn resumed(tree: &Tree, time: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let commas = (1..tree.len()).filter(|&w| tree.lower[w] == "," && inserted(tree, w + 1));
    commas.filter_map(|comma| resumed_at(tree, comma, &time)).take(1).collect()
}

fn resumed_at(tree: &Tree, comma: usize, time: impl Fn(usize) -> bool) -> Option<(usize, usize)> {
    let start = clause_start(tree, comma);
    if (start..comma).any(|w| tree.is_verb(w) || tree.upos(w) == Upos::Aux) {
        return None;
    }
    let subject = noun_phrase(tree, start, comma).filter(|&s| !time(s))?;
    // The words of the verb begin with its auxiliary or an adverb.
    let aided = |w: usize| matches!(tree.upos(w), Upos::Adv | Upos::Aux);
    let first = |v: usize| (comma + 1..v).rev().find(|&b| !aided(b)).map_or(v, |b| b + 1);
    let closing = |v: usize| first(v).checked_sub(1).is_some_and(|b| b > comma && tree.lower[b] == ",");
    let finite = |v: usize| matches!(tree.form(v), Form::Past | Form::PastParticiple);
    let alone = |v: usize| {
        let subject = tree.children(v).any(|c| tree.relation(c).is_subject() && c > comma);
        !subject && !tree.has(v, &[Relation::Mark, Relation::Cc])
    };
    let verb = (comma + 2..tree.len()).find(|&v| tree.is_verb(v) && finite(v) && closing(v) && alone(v))?;
    let known = tree.head(subject) == Some(verb) && tree.relation(subject).is_subject();
    (!known).then_some((subject, verb))
}

/// Where the clause begins in which a word stands: behind a semicolon, or ", and".
fn clause_start(tree: &Tree, word: usize) -> usize {
    let joined = |w: usize| tree.upos(w) == Upos::Cconj && w > 0 && tree.lower[w - 1] == ",";
    (0..word).rev().find(|&w| tree.lower[w] == ";" || joined(w)).map_or(0, |w| w + 1)
}

/// Whether what begins at a word is put in beside a noun: a relative clause, a participle, a phrase.
fn inserted(tree: &Tree, w: usize) -> bool {
    let wh = ["which", "who", "whose", "whom", "where"];
    w < tree.len()
        && (wh.contains(&tree.lower[w].as_str())
            || tree.upos(w) == Upos::Adp
            || tree.upos(w) == Upos::Adv && tree.lower.get(w + 1).is_some_and(|next| next == ",")
            || tree.is_verb(w) && tree.form(w) == Form::PastParticiple)
}

/// The head of the noun phrase without a preposition that ends right before a comma and begins the clause that starts at a
/// word, but for a time or another phrase with a comma of its own.
fn noun_phrase(tree: &Tree, clause: usize, comma: usize) -> Option<usize> {
    let last = comma.checked_sub(1).filter(|&w| w >= clause && (tree.is_noun(w) || tree.upos(w) == Upos::Intj))?;
    let start = (clause..comma).rev().find(|&w| tree.lower[w] == ",").map_or(clause, |w| w + 1);
    let within = |w: usize| (start..comma).contains(&w);
    let mut head = last;
    while let Some(up) = tree.head(head).filter(|&up| within(up) && tree.is_noun(up)) {
        head = up;
    }
    let placed = (start..comma).any(|w| tree.relation(w) == Relation::Case && tree.head(w) == Some(head) && w < head);
    (!placed && tree.lower[head] != ",").then_some(head)
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
