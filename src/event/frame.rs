//! The frame of a document's telling: the press it cites, the meetings whose report it gives, the dates it passes.

use super::extract::{Extractor, Read};
use super::lexicon::Part;
use super::parsing::citations;
use super::story::Story;
use super::trigger::Found;
use super::{EventType, Modality, binding, modality};
use crate::document::Document;
use crate::text::syntax::{Form, Relation as Dep};
use crate::timex::Relation;

impl Extractor {
    /// Sets up press citations, scenes and the order of the telling.
    pub(super) fn frame(&self, story: &mut Story, document: &Document, reads: &[Read]) {
        let citations = citations(document);
        for timex in self.times(document, &citations, |_| true) {
            let Some((sentence, date)) = citations.get(timex.sentence).zip(timex.date.as_ref()) else { continue };
            let words = document.text.get(sentence.range.clone()).unwrap_or_default().to_lowercase();
            // "(see the Bulletin, January 27)": the earlier report that the document carries on.
            let own =
                words.split_whitespace().next().is_some_and(|w| self.events.is("citation.own", w.trim_matches('(')));
            story.cite(timex.range.start, date, own);
        }
        for read in reads {
            for timex in &read.facts.times {
                let Some(date) = &timex.date else { continue };
                let top = read.facts.tree.top_of(&timex.tokens);
                if self.tells_when(read, top) {
                    story.set_point(read.index, date, timex.relation, &timex.trace, top);
                }
                if timex.relation == Relation::At && self.sets_scene(read, top) {
                    story.set_scene(read.index, date, &timex.trace);
                }
            }
            for named in &read.facts.named {
                let Some(event) = self.named.events().get(named.event) else { continue };
                let top = read.facts.tree.top_of(&named.tokens);
                if !self.adverbial(&read.facts, top) {
                    continue;
                }
                let date = self.edge(&read.facts, top, &event.date);
                story.set_point(read.index, &date, Relation::At, &format!("\"{}\"", event.name), top);
            }
        }
    }

    /// Whether a date says when something happened: an attribute of what is no event ("his 2003 study", "the 1974
    /// constitution") does not move a narrative.
    fn tells_when(&self, read: &Read, top: usize) -> bool {
        let attribute = binding::attributive(&read.facts, top);
        !attribute || read.facts.tree.head(top).is_some_and(|h| read.found.iter().any(|f| f.head == h && f.is_sure()))
    }

    /// Whether what hangs above word `top` is a meeting or an act of saying, told as past.
    fn sets_scene(&self, read: &Read, top: usize) -> bool {
        let tree = read.facts.tree;
        let talk = |f: &Found| {
            let sense = &self.events.senses[f.sense];
            f.is_sure()
                && sense.category() == Some(EventType::Consult)
                && !sense.no_scene
                && modality::of(tree, &self.events, f) == Modality::Asserted
        };
        for above in tree.ancestors(top) {
            if read.found.iter().any(|f| f.head == above && f.part == Part::Noun && talk(f)) {
                return true;
            }
            if tree.is_verb(above) {
                let main = matches!(tree.relation(above), Dep::Root | Dep::Conj | Dep::Parataxis | Dep::Ccomp);
                let said = self.events.is("saying.verbs", &tree.lemma(above).to_lowercase());
                let carried = read.found.iter().any(|f| (f.args.light == Some(above) || f.head == above) && talk(f));
                let past = matches!(tree.form(above), Form::Past | Form::PastParticiple);
                return past && main && (said || carried);
            }
        }
        false
    }
}
