//! Who speaks or acts in a conversation that is reported, and whether what is told was said or done there.

use super::dating::{Circumstances, Tense};
use super::extract::{Extractor, Read};
use super::facts::Facts;
use super::frame::{names_in, people};
use super::lexicon::Part;
use super::said::is_said;
use super::story::{Footing, Scene, Story};
use super::tree::Tree;
use super::trigger::Found;
use super::worth::tense;
use crate::actor::ActorKind;
use crate::date::{Date, Span};
use crate::text::syntax::{Relation as Dep, Upos};
use crate::timex::Timex;

impl Extractor {
    /// Whether the subject of a clause, or of the one that it is coordinated with, is something written or broadcast.
    pub(super) fn written(&self, facts: &Facts, clause: Option<usize>) -> bool {
        let subject = clause.and_then(|c| subject_of(facts, c));
        subject.is_some_and(|s| self.events.is("saying.documents", &facts.tree.lower[s]))
    }

    /// Whether somebody acts of whom it is known that he took no part in the conversation that is reported here: a person
    /// who is named, and not as one of those who did.
    pub(super) fn elsewhere(&self, story: &Story, read: &Read, found: &Found) -> bool {
        let facts = &read.facts;
        if self.among_others(story, read, found) {
            return true;
        }
        // In the report of a meeting more people speak than it names; what somebody else said is told by itself.
        let outside = |s: &&Scene| {
            s.set.footing == Footing::Others
                && !s.set.names.is_empty()
                && s.sentence != read.index
                && story.same_paragraph(s.sentence, read.index)
        };
        let Some(scene) = story.scene(read.index).filter(outside) else { return false };
        let third = || {
            let subject = subject_of(facts, found.head).filter(|_| found.part == Part::Verb)?;
            facts.actors.iter().find(|a| a.tokens.contains(&subject))
        };
        // What others said to each other no third state took part in.
        let state = third().is_some_and(|a| !a.resolved && !a.as_place && a.code == a.top);
        state || self.is_stranger(scene, facts, found)
    }

    /// Whether a verb tells what somebody told a person who took no part in the conversation that the document's own side
    /// had: "Olsen told Berg". `Story::speaker` is that side.
    fn among_others(&self, story: &Story, read: &Read, found: &Found) -> bool {
        let facts = &read.facts;
        let tree = facts.tree;
        let own = |s: &&Scene| s.set.footing == Footing::Own && !s.set.names.is_empty() && s.sentence != read.index;
        let Some(scene) = story.scene(read.index).filter(own) else { return false };
        if found.part != Part::Verb || !self.events.is("saying.telling", &tree.lemma(found.head).to_lowercase()) {
            return false;
        }
        let told = tree.with(found.head, &[Dep::Iobj, Dep::Obj]).find(|&w| tree.upos(w) == Upos::Propn);
        let Some(told) = told else { return false };
        let ours = facts.actors.iter().any(|a| a.tokens.contains(&told) && Some(a.top.as_str()) == story.side());
        let names = names_in(facts, told);
        let other = |n: &String| !scene.set.names.contains(n) && self.actors.office_of(n).is_none();
        !ours && !names.is_empty() && names.iter().all(other)
    }

    /// Whether a verb's subject is a person of whom it is not told that he took part in a conversation whose people are
    /// named.
    fn is_stranger(&self, scene: &Scene, facts: &Facts, found: &Found) -> bool {
        let subject = subject_of(facts, found.head).filter(|_| found.part == Part::Verb && !scene.set.names.is_empty());
        // A name that an editor masked may be anybody's.
        let Some(subject) = subject.filter(|&s| !facts.is_masked(s)) else { return false };
        let surname = match facts.actors.iter().find(|a| a.tokens.contains(&subject)) {
            Some(a) if a.kind == ActorKind::Person => a.text.split_whitespace().last().map(str::to_lowercase),
            Some(_) => None,
            None => names_in(facts, subject).pop().filter(|n| self.actors.office_of(n).is_none()),
        };
        surname.is_some_and(|name| name.len() > 3 && !scene.set.names.contains(&name))
    }

    /// The conversation in which whoever speaks was heard, by name, or what he said in public, if that was once.
    pub(super) fn heard<'a>(&self, story: &'a Story, read: &Read, found: &Found) -> Option<(Span, &'a str)> {
        let subject = subject_of(&read.facts, found.head).filter(|_| found.part == Part::Verb)?;
        let scene = story.scene_with(read.index, &names_in(&read.facts, subject));
        let heard = scene.map(|s| (s.span, s.trace.as_str()));
        heard.or_else(|| {
            // Where the paragraph has a scene of its own, that holds.
            let here = |s: &&Scene| story.same_paragraph(s.sentence, read.index) && s.sentence <= read.index;
            if story.scene(read.index).filter(here).is_some() {
                return None;
            }
            // Who talked with us, or is called as he is, spoke there and not in public.
            let names = people(&read.facts, subject);
            let spoken = story.spoken(&names).filter(|_| !story.is_partner(&names))?;
            Some((spoken.0.span, spoken.1))
        })
    }

    /// The day of the letter or statement that says something in the past: told beside it ("a May 3 letter warned"), or
    /// before in the paragraph ("the letter noted").
    pub(super) fn put_down<'a>(
        &self,
        story: &'a Story,
        read: &Read,
        found: &Found,
        at: &Circumstances,
    ) -> Option<(&'a Date, &'a str)> {
        let tree = read.facts.tree;
        let speech = at.verbal || is_said(&read.facts, &self.events, found);
        if found.part != Part::Verb || !speech || at.tense != Tense::Past {
            return None;
        }
        let paper = self.speaking_paper(read, found)?;
        let known = |d: usize| self.events.is("anaphora.definite", &tree.lower[d]);
        let dated = |t: &&Timex| tree.under(tree.top_of(&t.tokens), paper) && t.tokens.end <= found.head;
        let told = tree.with(paper, &[Dep::Det, Dep::NmodPoss]).any(known)
            || read.facts.times.iter().copied().any(|t| dated(&t));
        story.filed(read.index, &tree.lemma(paper).to_lowercase()).filter(|_| told)
    }

    /// What is written or said in public and says what a verb tells, as its subject. Parsers make a sentence with much
    /// between the two a noun with asides.
    pub(super) fn speaking_paper(&self, read: &Read, found: &Found) -> Option<usize> {
        let tree = read.facts.tree;
        let aside = || {
            let loose = tree.relation(found.head) == Dep::Parataxis;
            tree.head(found.head).filter(|&h| loose && h < found.head && tree.relation(h) == Dep::Root)
        };
        let subject = subject_of(&read.facts, found.head).or_else(aside)?;
        Some(subject).filter(|&s| tree.is_noun(s) && self.is_paper(read, s))
    }

    /// "Olsen's remarks", "the remarks by Olsen": what he said in public, if that was once.
    pub(super) fn utterance<'a>(&self, story: &'a Story, facts: &Facts, found: &Found) -> Option<(&'a Date, &'a str)> {
        let tree = facts.tree;
        let noun = || {
            let lemma = tree.lemma(found.head).to_lowercase();
            ["saying.utterances", "saying.occasions"].iter().any(|list| self.events.is(list, &lemma))
        };
        let author = author(tree, found.head).filter(|_| found.part == Part::Noun && noun())?;
        story.spoken(&people(facts, author))
    }

    /// Whether a past act is told in somebody's words: under a verb of saying in the past, or in quotation marks. An
    /// attitude ("said that Paris supported the plan") is one that is held when it is told.
    pub(super) fn retold(&self, facts: &Facts, found: &Found) -> bool {
        let tree = facts.tree;
        if found.part != Part::Verb || tense(tree, &self.events, found) != Tense::Past {
            return false;
        }
        if facts.quoted(found.head) {
            return true;
        }
        let lemma = tree.lemma(found.head).to_lowercase();
        if self.events.is("saying.attitudes", &lemma) {
            return false;
        }
        let mut at = found.head;
        for above in tree.ancestors(found.head) {
            let said = self.events.is("saying.verbs", &tree.lemma(above).to_lowercase());
            match tree.relation(at) {
                // "It was late, he said, and added": what follows the verb of saying goes on beside what was said.
                Dep::Ccomp if said && (at < above && above < found.head || tree.has(at, &[Dep::Cc])) => break,
                Dep::Ccomp if said => return true,
                // "said that the plan was sound, while he confirmed it": told beside what was said.
                Dep::Conj if tree.with(at, &[Dep::Mark]).any(|m| self.events.is("saying.contrast", &tree.lower[m])) => {
                    break;
                }
                Dep::Ccomp | Dep::Conj => at = above,
                _ => break,
            }
        }
        false
    }
}

/// Whose words a noun tells of: "Olsen's remarks", "the remarks by Olsen".
pub(super) fn author(tree: &Tree, noun: usize) -> Option<usize> {
    tree.children(noun).find(|&w| tree.relation(w) == Dep::NmodPoss || tree.case(w) == "by")
}

/// The subject of a verb, or of the verb above it where it is left out: "The editorial praised the law and urged …".
pub(super) fn subject_of(facts: &Facts, verb: usize) -> Option<usize> {
    let tree = facts.tree;
    let mut at = verb;
    loop {
        if let Some(subject) = tree.with(at, &[Dep::Nsubj]).next() {
            return Some(subject);
        }
        at = tree.head(at).filter(|_| matches!(tree.relation(at), Dep::Conj | Dep::Xcomp | Dep::Advcl))?;
    }
}
